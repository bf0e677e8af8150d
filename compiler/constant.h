// constant.h: exact values of constants.
//
// Small integers and simple values need no library; larger integers, rationals
// and floats use GMP/MPFR, loaded with dlopen at the first need. Values are
// immutable and hold no library-owned memory (limbs live in the arena), so
// they may stand in the library image.
#ifndef CSP_COMPILER_CONSTANT_H
#define CSP_COMPILER_CONSTANT_H

#include "compiler/types.h"

typedef enum ConstKind { CONST_UNKNOWN, CONST_BOOL, CONST_STRING, CONST_INT, CONST_FLOAT, CONST_COMPLEX } ConstKind;

// Constants live in the compiler's arena and never change; they may share parts.
Const *const_bool(bool b);
Const *const_str(Str s); // keeps s.ptr
Const *const_int(int64_t v);
Const *const_uint(uint64_t v);
Const *const_float(double v);
// From literal text (underscores, prefixes, hex floats, imaginary i). NULL: malformed or too large.
Const *const_from_literal(int token_kind, Str text);
// Those of runes and strings are unquoted; NULL on a bad escape, too, which the lexer has reported.
ConstKind const_kind(const Const *c);
bool const_bool_val(const Const *c);
Str const_str_val(const Const *c);
bool const_is_int64(const Const *c, int64_t *out);   // exact
bool const_is_uint64(const Const *c, uint64_t *out);
double const_f64(const Const *c);                    // nearest
float const_f32(const Const *c);                     // nearest, rounded once
Const *const_real(const Const *c); Const *const_imag(const Const *c);
Const *const_make_complex(const Const *re, const Const *im);
int const_sign(const Const *c);
Const *const_to_int(const Const *c);     // UNKNOWN unless an exact integer
Const *const_to_float(const Const *c);
Const *const_to_complex(const Const *c);
Const *const_unary(int op, const Const *x, int bits); // bits > 0: unsigned width for ^
Const *const_binary(int op, const Const *x, const Const *y, bool integer_division); // y != 0 for / %
Const *const_shift(int op, const Const *x, uint64_t n);
bool const_compare(int op, const Const *x, const Const *y);
int const_bit_len(const Const *c);
// Is c representable as kind? *rounded gets the value converted (floats are rounded); NULL allowed.
bool const_representable(const Const *c, int kind, Const **rounded);
const char *const_string(const Const *c); // for messages, as Go shows it; long ones cut

#endif
