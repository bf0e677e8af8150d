// SPDX-License-Identifier: MIT
// constant.c: exact arithmetic on constants.
//
// A number is an integer or a rational in one of three forms: num/den in 64
// bits (nearly all of them), an exact double, or limbs in the arena for what is
// larger. Only the last form needs GMP, which is opened when the first such
// number is computed. Rationals that grow beyond any use are rounded to 512
// bits of mantissa, the precision the Go specification asks for. Beyond a
// million bits of exponent numbers are such a mantissa and a power of two,
// whose exponent has 32 bits as in Go's compiler.
#include "compiler/constant.h"

#include <dlfcn.h>
#include <gmp.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/utf8.h"

typedef enum Form { FORM_SMALL, FORM_DOUBLE, FORM_BIG, FORM_HUGE } Form;

typedef struct Limbs { const uint64_t *at; uint32_t n; } Limbs;

struct Const {
    uint8_t kind; // ConstKind
    uint8_t form; // Form, of INT and FLOAT
    bool truth;   // BOOL
    bool negative;  // FORM_BIG, FORM_HUGE
    int64_t num, den; // FORM_SMALL; den > 0. FORM_HUGE: num is the power of two
    double f64;     // FORM_DOUBLE: the value; FORM_BIG: the nearest double; FORM_HUGE: infinite or 0
    Limbs bnum, bden; // FORM_BIG; FORM_HUGE: bnum is the mantissa
    Str str;
    Const *re, *im;
};

// --- GMP on demand

#define GMP_FUNCTIONS(F)                                                                                              \
    F(mpz_init) F(mpz_clear) F(mpz_import) F(mpz_export) F(mpz_sizeinbase) F(mpz_set_str) F(mpz_get_str)              \
    F(mpz_add) F(mpz_sub) F(mpz_mul) F(mpz_tdiv_q) F(mpz_tdiv_r) F(mpz_and) F(mpz_ior) F(mpz_xor) F(mpz_com)          \
    F(mpz_mul_2exp) F(mpz_fdiv_q_2exp) F(mpz_tdiv_q_2exp) F(mpz_cmp) F(mpz_set_si) F(mpz_set_ui) F(mpz_ui_pow_ui)     \
    F(mpq_init) F(mpq_clear) F(mpq_canonicalize) F(mpq_add) F(mpq_sub) F(mpq_mul) F(mpq_div) F(mpq_cmp)               \
    F(mpz_fits_slong_p) F(mpz_get_si) F(mpz_get_d_2exp) F(mpz_set) F(mpz_tstbit) F(mpz_scan1) F(mpz_neg)

// The header names its functions by macros (mpz_init is __gmpz_init), so the
// table is built from the expanded names.
#define STRING_OF(x) #x
#define EXPANDED(x) STRING_OF(x)
static struct Gmp {
#define F(name) __typeof__(&name) name##_;
    GMP_FUNCTIONS(F)
#undef F
    bool open;
} gmp;

static void open_gmp(void) {
    if (gmp.open) return;
    void *h = dlopen("libgmp.so.10", RTLD_NOW | RTLD_LOCAL);
    if (!h) {
        fputs("csp: large constants need the GMP library (libgmp.so.10); on Debian: apt-get install libgmp10\n", stderr);
        exit(1);
    }
#define F(name) \
    *(void **)&gmp.name##_ = dlsym(h, EXPANDED(name));
    GMP_FUNCTIONS(F)
#undef F
    gmp.open = true;
}

#define Z(f) gmp.mpz_##f##_
#define Q(f) gmp.mpq_##f##_

// --- making constants

static Const *const_of_size(int kind, size_t size) {
    Const *c = arena_alloc(size);
    c->kind = (uint8_t)kind;
    c->den = 1;
    return c;
}

static Const *new_const(int kind) { return const_of_size(kind, sizeof(Const)); }

// Most constants are small numbers, and take memory only for these.
static Const *new_small(int kind) { return const_of_size(kind, offsetof(Const, f64)); }

static Const *copy_number(const Const *x) {
    if (x->form != FORM_SMALL) return arena_dup(x, sizeof *x);
    Const *c = new_const(x->kind);
    c->num = x->num;
    c->den = x->den;
    return c;
}

static Const *unknown(void) { return new_const(CONST_UNKNOWN); }

Const *const_bool(bool b) {
    Const *c = new_small(CONST_BOOL);
    c->truth = b;
    return c;
}

Const *const_str(Str s) {
    Const *c = new_const(CONST_STRING);
    c->str = s;
    return c;
}

Const *const_int(int64_t v) {
    Const *c = new_small(CONST_INT);
    c->num = v;
    return c;
}

static Const *small_ratio(int kind, int64_t num, int64_t den) {
    Const *c = new_small(kind);
    c->num = num;
    c->den = den;
    return c;
}

static Limbs store_limbs(mpz_srcptr z) {
    size_t n = 0;
    uint64_t *p = arena_alloc((Z(sizeinbase)(z, 2) + 63) / 64 * 8 + 8);
    Z(export)(p, &n, -1, 8, 0, 0, z);
    return (Limbs){p, (uint32_t)n};
}

// Is q (canonical) too large to be kept exactly?
enum { EXACT_BITS = 8192, ROUNDED_BITS = 512 };

static void shift(mpz_ptr z, long by) {
    if (by >= 0) Z(mul_2exp)(z, z, (mp_bitcnt_t)by);
    else Z(tdiv_q_2exp)(z, z, (mp_bitcnt_t)-by);
}

static void round_ratio(mpq_ptr q) {
    mpz_ptr num = mpq_numref(q), den = mpq_denref(q);
    size_t nb = Z(sizeinbase)(num, 2), db = Z(sizeinbase)(den, 2);
    if (nb <= EXACT_BITS && db <= EXACT_BITS) return;
    if (db == 1) {
        long drop = (long)nb - ROUNDED_BITS;
        shift(num, -drop);
        shift(num, drop);
        return;
    }
    long up = ROUNDED_BITS + (long)db - (long)nb;
    mpz_t m;
    Z(init)(m);
    Z(set)(m, num);
    shift(m, up);
    Z(tdiv_q)(m, m, den);
    Z(set)(num, m);
    Z(set_ui)(den, 1);
    if (up >= 0) shift(den, up);
    else shift(num, -up);
    Z(clear)(m);
    Q(canonicalize)(q);
}

// The double nearest to q, ties to even. bits is the precision, 53 or 24;
// emin the exponent of the least denormal's bit.
static double ratio_to_double(mpq_srcptr q, int bits, int emin, int emax) {
    mpz_srcptr num = mpq_numref(q), den = mpq_denref(q);
    int sign = mpz_sgn(num);
    if (sign == 0) return 0;
    long nb = (long)Z(sizeinbase)(num, 2), db = (long)Z(sizeinbase)(den, 2);
    long exp = nb - db - bits - 2; // the quotient gets bits + 2 or bits + 3 bits
    if (exp < emin - 2) exp = emin - 2;
    mpz_t m, r, d;
    Z(init)(m);
    Z(init)(r);
    Z(init)(d);
    Z(set)(m, num);
    if (sign < 0) Z(neg)(m, m);
    Z(set)(d, den);
    if (exp < 0) shift(m, -exp);
    else shift(d, exp);
    Z(tdiv_r)(r, m, d);
    Z(tdiv_q)(m, m, d);
    bool sticky = mpz_sgn(r) != 0;
    long mb = mpz_sgn(m) ? (long)Z(sizeinbase)(m, 2) : 0;
    long drop = mb - bits;
    if (exp + drop < emin) drop = emin - exp;
    if (drop < 1) drop = 1;
    bool half = Z(tstbit)(m, (mp_bitcnt_t)drop - 1);
    if (half && !sticky) {
        mp_bitcnt_t low = Z(scan1)(m, 0);
        sticky = low < (mp_bitcnt_t)drop - 1;
    }
    shift(m, -drop);
    bool odd = Z(tstbit)(m, 0);
    uint64_t v = 0;
    size_t n;
    if (mpz_sgn(m)) Z(export)(&v, &n, -1, 8, 0, 0, m);
    if (half && (sticky || odd)) v++;
    Z(clear)(m);
    Z(clear)(r);
    Z(clear)(d);
    double out = ldexp((double)v, (int)(exp + drop > 5000 ? 5000 : exp + drop));
    if (exp + drop + (v >> bits ? bits + 1 : bits) > emax + 1 && v && ldexp((double)v, (int)(exp + drop > 5000 ? 5000 : exp + drop)) >= ldexp(1, emax)) out = INFINITY;
    return sign < 0 ? -out : out;
}

// From this binary exponent on a number is kept as a mantissa and a power of
// two: else squaring one a few dozen times would fill the memory with its
// exponent.
enum { MAX_BINARY_EXPONENT = 1 << 20 };
static const int64_t MAX_HUGE_EXPONENT = INT32_MAX;

typedef struct Scaled { // m * 2^e
    mpz_t m;
    int64_t e;
} Scaled;

static long bit_length(mpz_srcptr z) { return mpz_sgn(z) ? (long)Z(sizeinbase)(z, 2) : 0; }

// To the nearest mantissa of so many bits.
static void scaled_round(Scaled *s, long bits) {
    long drop = bit_length(s->m) - bits;
    if (drop <= 0) return;
    mpz_t half;
    Z(init)(half);
    Z(set_si)(half, mpz_sgn(s->m));
    shift(half, drop - 1);
    Z(add)(s->m, s->m, half);
    shift(s->m, -drop);
    s->e += drop;
    Z(clear)(half);
}

// a /= b, with some bits more than are kept.
static void scaled_quotient(Scaled *a, mpz_srcptr b) {
    long up = ROUNDED_BITS + 64 + bit_length(b) - bit_length(a->m);
    if (up < 0) up = 0;
    shift(a->m, up);
    Z(tdiv_q)(a->m, a->m, b);
    a->e -= up;
}

static Const *from_ratio(int kind, mpq_ptr q);

static Const *from_scaled(Scaled *s) {
    scaled_round(s, ROUNDED_BITS);
    int64_t exponent = s->e + bit_length(s->m);
    if (mpz_sgn(s->m) == 0 || exponent < -MAX_HUGE_EXPONENT) return small_ratio(CONST_FLOAT, 0, 1);
    if (exponent > MAX_HUGE_EXPONENT) return unknown();
    Const *c;
    if (exponent <= MAX_BINARY_EXPONENT && exponent >= -MAX_BINARY_EXPONENT) {
        mpq_t q;
        Q(init)(q);
        Z(set)(mpq_numref(q), s->m);
        Z(set_ui)(mpq_denref(q), 1);
        shift(s->e > 0 ? mpq_numref(q) : mpq_denref(q), (long)(s->e > 0 ? s->e : -s->e));
        Q(canonicalize)(q);
        c = from_ratio(CONST_FLOAT, q);
        Q(clear)(q);
        return c;
    }
    c = new_const(CONST_FLOAT);
    c->form = FORM_HUGE;
    c->negative = mpz_sgn(s->m) < 0;
    c->bnum = store_limbs(s->m);
    c->num = s->e;
    c->f64 = copysign(exponent > 0 ? INFINITY : 0, mpz_sgn(s->m));
    return c;
}

static Const *huge_from_ratio(mpq_srcptr q) {
    Scaled s = {.e = 0};
    Z(init)(s.m);
    Z(set)(s.m, mpq_numref(q));
    scaled_quotient(&s, mpq_denref(q));
    Const *c = from_scaled(&s);
    Z(clear)(s.m);
    return c;
}

static Const *from_ratio(int kind, mpq_ptr q) {
    round_ratio(q);
    mpz_ptr num = mpq_numref(q), den = mpq_denref(q);
    long exponent = (long)Z(sizeinbase)(num, 2) - (long)Z(sizeinbase)(den, 2);
    if (labs(exponent) > MAX_BINARY_EXPONENT) return huge_from_ratio(q);
    if (Z(fits_slong_p)(num) && Z(fits_slong_p)(den)) return small_ratio(kind, Z(get_si)(num), Z(get_si)(den));
    Const *c = new_const(kind);
    c->form = FORM_BIG;
    c->negative = mpz_sgn(num) < 0;
    c->bnum = store_limbs(num);
    c->bden = store_limbs(den);
    c->f64 = ratio_to_double(q, 53, -1074, 1024);
    return c;
}

static Const *from_mpz(mpz_srcptr z) {
    if (Z(fits_slong_p)(z)) return const_int(Z(get_si)(z));
    Const *c = new_const(CONST_INT);
    c->form = FORM_BIG;
    c->negative = mpz_sgn(z) < 0;
    c->bnum = store_limbs(z);
    static const uint64_t one = 1;
    uint64_t *d = arena_dup(&one, sizeof one);
    c->bden = (Limbs){d, 1};
    mpq_t q;
    Q(init)(q);
    Z(set)(mpq_numref(q), z);
    Z(set_ui)(mpq_denref(q), 1);
    c->f64 = ratio_to_double(q, 53, -1074, 1024);
    Q(clear)(q);
    return c;
}

static void load_mpz(const Const *c, mpz_ptr z) {
    if (c->form == FORM_BIG) {
        Z(import)(z, c->bnum.n, -1, 8, 0, 0, c->bnum.at);
        if (c->negative) Z(neg)(z, z);
    } else {
        Z(set_si)(z, c->num);
    }
}

static void load_ratio(const Const *c, mpq_ptr q) {
    mpz_ptr num = mpq_numref(q), den = mpq_denref(q);
    if (c->form == FORM_DOUBLE) {
        int e;
        double m = frexp(c->f64, &e);
        Z(set_si)(num, (long)ldexp(m, 53));
        Z(set_ui)(den, 1);
        e -= 53;
        if (e >= 0) shift(num, e);
        else shift(den, -e);
        Q(canonicalize)(q);
        return;
    }
    load_mpz(c, num);
    if (c->form == FORM_BIG) Z(import)(den, c->bden.n, -1, 8, 0, 0, c->bden.at);
    else Z(set_si)(den, c->den);
}

// Of a number of any form; s->m is initialised here.
static void load_scaled(const Const *c, Scaled *s) {
    Z(init)(s->m);
    s->e = 0;
    if (c->form == FORM_HUGE) {
        Z(import)(s->m, c->bnum.n, -1, 8, 0, 0, c->bnum.at);
        if (c->negative) Z(neg)(s->m, s->m);
        s->e = c->num;
        return;
    }
    mpq_t q;
    Q(init)(q);
    load_ratio(c, q);
    Z(set)(s->m, mpq_numref(q));
    scaled_quotient(s, mpq_denref(q));
    Q(clear)(q);
}

Const *const_uint(uint64_t v) {
    if (v <= INT64_MAX) return const_int((int64_t)v);
    Const *c = new_const(CONST_INT);
    c->form = FORM_BIG;
    uint64_t *p = arena_alloc(16);
    p[0] = v;
    p[1] = 1;
    c->bnum = (Limbs){p, 1};
    c->bden = (Limbs){p + 1, 1};
    c->f64 = (double)v;
    return c;
}

Const *const_float(double v) {
    if (fabs(v) < 1e18 && v == (double)(int64_t)v) return small_ratio(CONST_FLOAT, (int64_t)v, 1);
    Const *c = new_const(CONST_FLOAT);
    c->form = FORM_DOUBLE;
    c->f64 = v;
    return c;
}

// --- literals

static bool power_of_ten(int n, int64_t *out) {
    int64_t v = 1;
    if (n > 18) return false;
    while (n-- > 0) v *= 10;
    *out = v;
    return true;
}

static Const *reduced(int kind, int64_t num, int64_t den) {
    int64_t a = num < 0 ? -num : num, b = den;
    while (b) {
        int64_t t = a % b;
        a = b;
        b = t;
    }
    if (a > 1) num /= a, den /= a;
    return small_ratio(kind, num, den);
}

static int digit_value(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

static Const *int_literal(const char *p, size_t n, int base) {
    uint64_t v = 0;
    bool big = false;
    for (size_t i = 0; i < n && !big; i++) big = __builtin_mul_overflow(v, (uint64_t)base, &v) || __builtin_add_overflow(v, (uint64_t)digit_value(p[i]), &v);
    if (!big) return const_uint(v);
    if (n > 100000) return NULL;
    open_gmp();
    mpz_t z;
    Z(init)(z);
    Const *c = Z(set_str)(z, p, base) == 0 ? from_mpz(z) : NULL;
    Z(clear)(z);
    return c;
}

// 10^n with more bits than are kept.
static void power_of_ten_scaled(Scaled *s, int64_t n) {
    Scaled b = {.e = 0};
    Z(init)(b.m);
    Z(init)(s->m);
    Z(set_ui)(b.m, 10);
    Z(set_ui)(s->m, 1);
    s->e = 0;
    for (; n; n >>= 1) {
        if (n & 1) {
            Z(mul)(s->m, s->m, b.m);
            s->e += b.e;
            scaled_round(s, ROUNDED_BITS + 128);
        }
        Z(mul)(b.m, b.m, b.m);
        b.e *= 2;
        scaled_round(&b, ROUNDED_BITS + 128);
    }
    Z(clear)(b.m);
}

// The literal with exponent e (of ten, or of two) behind its digits.
static Const *huge_literal(const char *digits, bool hex, int64_t e) {
    Scaled s = {.e = 0}, p;
    open_gmp();
    Z(init)(s.m);
    Z(set_str)(s.m, digits, hex ? 16 : 10);
    if (hex) s.e = e;
    else {
        power_of_ten_scaled(&p, e < 0 ? -e : e);
        if (e < 0) {
            scaled_quotient(&s, p.m);
            s.e -= p.e;
        } else {
            Z(mul)(s.m, s.m, p.m);
            s.e += p.e;
        }
        Z(clear)(p.m);
    }
    Const *c = from_scaled(&s);
    Z(clear)(s.m);
    return c->kind == CONST_UNKNOWN ? NULL : c;
}

enum { MAX_EXPONENT = 50000, MAX_DIGITS = 20000 };

static Const *float_literal(const char *p, size_t n) {
    bool hex = n > 1 && p[0] == '0' && (p[1] | 0x20) == 'x';
    if (hex) p += 2, n -= 2;
    char *digits = arena_alloc(n + 1);
    size_t nd = 0;
    long exp = 0, scale = 0;
    bool point = false;
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        if (c == '.') {
            point = true;
        } else if (hex ? (c | 0x20) == 'p' : (c | 0x20) == 'e') {
            exp = strtol(p + i + 1, NULL, 10);
            break;
        } else {
            digits[nd++] = c;
            scale += point;
        }
    }
    if (exp < -MAX_HUGE_EXPONENT) exp = -MAX_HUGE_EXPONENT; // beyond the limit, wherever the point may be
    if (exp > MAX_HUGE_EXPONENT || nd > MAX_DIGITS) return NULL;
    while (nd > 1 && point && digits[nd - 1] == '0' && scale > 0) nd--, scale--;
    digits[nd] = 0;
    long e = hex ? exp - 4 * scale : exp - scale;
    uint64_t m = 0;
    bool big = nd > 18;
    for (size_t i = 0; i < nd && !big; i++) m = m * (hex ? 16 : 10) + (uint64_t)digit_value(digits[i]);
    int64_t p10 = 1;
    if (!big && !hex && power_of_ten((int)(e < 0 ? -e : e > 18 ? 19 : e), &p10)) {
        if (e < 0) return reduced(CONST_FLOAT, (int64_t)m, p10);
        int64_t v;
        if (!__builtin_mul_overflow((int64_t)m, p10, &v)) return small_ratio(CONST_FLOAT, v, 1);
    }
    if (!big && m == 0) return small_ratio(CONST_FLOAT, 0, 1);
    if (labs(e) > MAX_EXPONENT) return huge_literal(digits, hex, e);
    open_gmp();
    mpq_t q;
    mpz_t t;
    Q(init)(q);
    Z(init)(t);
    Z(set_str)(mpq_numref(q), digits, hex ? 16 : 10);
    Z(set_ui)(mpq_denref(q), 1);
    mpz_ptr side = e < 0 ? mpq_denref(q) : mpq_numref(q);
    unsigned long by = (unsigned long)(e < 0 ? -e : e);
    if (hex) {
        shift(side, (long)by);
    } else {
        Z(ui_pow_ui)(t, 10, by);
        Z(mul)(side, side, t);
    }
    Q(canonicalize)(q);
    Const *c = from_ratio(CONST_FLOAT, q);
    Z(clear)(t);
    Q(clear)(q);
    return c;
}

static Const *number_literal(int kind, const char *p, size_t n) {
    char *text = arena_alloc(n + 1);
    size_t len = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i] != '_') text[len++] = p[i];
    if (kind == TOK_FLOAT) return float_literal(text, len);
    int base = 10;
    size_t skip = 0;
    if (len > 1 && text[0] == '0') {
        char c = (char)(text[1] | 0x20);
        base = c == 'x' ? 16 : c == 'b' ? 2 : 8;
        skip = c == 'x' || c == 'b' || c == 'o' ? 2 : 1;
    }
    return int_literal(text + skip, len - skip, base);
}

static Const *imaginary(Str s) {
    size_t n = (size_t)s.len - 1;
    bool is_float = false, prefixed = n > 1 && s.ptr[0] == '0' && strchr("xXbBoO", s.ptr[1]);
    bool hex = prefixed && (s.ptr[1] | 0x20) == 'x';
    for (size_t i = 0; i < n; i++) is_float |= s.ptr[i] == '.' || (hex ? (s.ptr[i] | 0x20) == 'p' : !prefixed && (s.ptr[i] | 0x20) == 'e');
    if (!is_float && !prefixed) is_float = true; // 0123i is decimal
    Const *im = number_literal(is_float ? TOK_FLOAT : TOK_INT, s.ptr, n);
    return im ? const_make_complex(const_int(0), im) : NULL;
}

// One escape sequence behind the backslash; answers its length, and the code
// with *byte telling whether it is a byte value.
static size_t unescape(const char *p, uint32_t *code, bool *byte) {
    static const char from[] = "abfnrtv\\'\"", to[] = "\a\b\f\n\r\t\v\\'\"";
    const char *simple = strchr(from, p[0]);
    *byte = false;
    if (simple && p[0]) {
        *code = (unsigned char)to[simple - from];
        return 1;
    }
    int n = p[0] == 'x' ? 2 : p[0] == 'u' ? 4 : p[0] == 'U' ? 8 : 3, base = n == 3 ? 8 : 16;
    const char *d = n == 3 ? p : p + 1;
    uint32_t v = 0;
    for (int i = 0; i < n; i++) v = v * (uint32_t)base + (uint32_t)digit_value(d[i]);
    *code = v;
    *byte = n < 4;
    return (size_t)(d - p) + (size_t)n;
}

static Const *rune_literal(Str s) {
    const char *p = s.ptr + 1;
    if (*p == '\\') {
        uint32_t code;
        bool byte;
        unescape(p + 1, &code, &byte);
        return const_int(code);
    }
    int32_t r;
    utf8_decode(p, s.len - 2, &r);
    return const_int(r);
}

static Const *string_literal(Str s) {
    const char *p = s.ptr + 1, *end = s.ptr + s.len - 1;
    char *out = arena_alloc((size_t)s.len), *o = out;
    if (s.ptr[0] == '`') {
        for (; p < end; p++)
            if (*p != '\r') *o++ = *p;
    } else {
        while (p < end) {
            if (*p != '\\') {
                *o++ = *p++;
                continue;
            }
            uint32_t code;
            bool byte;
            p += 1 + unescape(p + 1, &code, &byte);
            if (byte || code < 0x80) *o++ = (char)code;
            else o += utf8_encode(o, (int32_t)code);
        }
    }
    *o = 0;
    return const_str((Str){out, o - out});
}

Const *const_from_literal(int kind, Str text) {
    switch (kind) {
    case TOK_CHAR: return rune_literal(text);
    case TOK_STRING: return string_literal(text);
    case TOK_IMAG: return imaginary(text);
    default: return number_literal(kind, text.ptr, (size_t)text.len);
    }
}

// --- reading

ConstKind const_kind(const Const *c) { return (ConstKind)c->kind; }
bool const_bool_val(const Const *c) { return c->truth; }
Str const_str_val(const Const *c) { return c->str; }
Const *const_real(const Const *c) { return c->kind == CONST_COMPLEX ? c->re : (Const *)c; }
Const *const_imag(const Const *c) { return c->kind == CONST_COMPLEX ? c->im : const_int(0); }

Const *const_make_complex(const Const *re, const Const *im) {
    if (re->kind == CONST_UNKNOWN || im->kind == CONST_UNKNOWN) return unknown();
    Const *c = new_const(CONST_COMPLEX);
    c->re = (Const *)re;
    c->im = (Const *)im;
    return c;
}

bool const_is_int64(const Const *c, int64_t *out) {
    if (c->kind != CONST_INT || c->form != FORM_SMALL) return false;
    *out = c->num;
    return true;
}

bool const_is_uint64(const Const *c, uint64_t *out) {
    if (c->kind != CONST_INT) return false;
    if (c->form == FORM_SMALL) {
        *out = (uint64_t)c->num;
        return c->num >= 0;
    }
    if (c->negative || c->bnum.n != 1) return false;
    *out = c->bnum.at[0];
    return true;
}

static bool fits53(int64_t v) { return v > -(1LL << 53) && v < (1LL << 53); }

double const_f64(const Const *c) {
    if (c->kind == CONST_COMPLEX) return const_f64(c->re);
    if (c->form != FORM_SMALL) return c->f64;
    if (c->den == 1) return (double)c->num;
    if (fits53(c->num) && fits53(c->den)) return (double)c->num / (double)c->den; // one rounding
    open_gmp();
    mpq_t q;
    Q(init)(q);
    load_ratio(c, q);
    double v = ratio_to_double(q, 53, -1074, 1024);
    Q(clear)(q);
    return v;
}

float const_f32(const Const *c) {
    if (c->kind == CONST_COMPLEX) return const_f32(c->re);
    if (c->form == FORM_DOUBLE || c->form == FORM_HUGE) return (float)c->f64;
    if (c->form == FORM_SMALL && c->den == 1) return (float)c->num;
    open_gmp();
    mpq_t q;
    Q(init)(q);
    load_ratio(c, q);
    float v = (float)ratio_to_double(q, 24, -149, 128);
    Q(clear)(q);
    return v;
}

int const_sign(const Const *c) {
    if (c->kind == CONST_COMPLEX) return const_sign(c->re) | const_sign(c->im);
    if (c->form == FORM_DOUBLE) return c->f64 < 0 ? -1 : c->f64 > 0;
    if (c->form == FORM_BIG || c->form == FORM_HUGE) return c->negative ? -1 : 1;
    return c->num < 0 ? -1 : c->num > 0;
}

int const_bit_len(const Const *c) {
    if (c->form == FORM_BIG) return (int)(c->bnum.n * 64 - (uint32_t)__builtin_clzll(c->bnum.at[c->bnum.n - 1]));
    uint64_t u = c->num < 0 ? -(uint64_t)c->num : (uint64_t)c->num;
    return u ? 64 - __builtin_clzll(u) : 0;
}

static bool is_number(const Const *c) { return c->kind == CONST_INT || c->kind == CONST_FLOAT || c->kind == CONST_COMPLEX; }
static bool is_zero(const Const *c) { return is_number(c) && const_sign(c) == 0; }

Const *const_to_int(const Const *c) {
    if (c->kind == CONST_INT) return (Const *)c;
    if (c->kind == CONST_COMPLEX) return is_zero(c->im) ? const_to_int(c->re) : unknown();
    if (c->kind != CONST_FLOAT) return unknown();
    if (c->form == FORM_SMALL) return c->den == 1 ? const_int(c->num) : unknown();
    if (c->form == FORM_BIG) {
        if (c->bden.n != 1 || c->bden.at[0] != 1) return unknown();
        Const *i = copy_number(c);
        i->kind = CONST_INT;
        return i;
    }
    if (c->form == FORM_HUGE || c->f64 != trunc(c->f64)) return unknown(); // no integer is so large
    open_gmp();
    mpq_t q;
    Q(init)(q);
    load_ratio(c, q);
    Const *i = from_mpz(mpq_numref(q));
    Q(clear)(q);
    return i;
}

Const *const_to_float(const Const *c) {
    if (c->kind == CONST_FLOAT) return (Const *)c;
    if (c->kind == CONST_COMPLEX) return is_zero(c->im) ? const_to_float(c->re) : unknown();
    if (c->kind != CONST_INT) return unknown();
    Const *f = copy_number(c);
    f->kind = CONST_FLOAT;
    return f;
}

Const *const_to_complex(const Const *c) {
    if (c->kind == CONST_COMPLEX) return (Const *)c;
    return is_number(c) ? const_make_complex(c, const_int(0)) : unknown();
}

// --- operations

static Const *negate(const Const *x) {
    if (x->kind == CONST_COMPLEX) return const_make_complex(negate(x->re), negate(x->im));
    Const *c = copy_number(x);
    if (x->form == FORM_SMALL && x->num != INT64_MIN) {
        c->num = -x->num;
        return c;
    }
    if (x->form != FORM_SMALL) c->f64 = -x->f64;
    if (x->form == FORM_DOUBLE) return c;
    if (x->form == FORM_HUGE) {
        c->negative = !x->negative;
        return c;
    }
    if (x->form == FORM_BIG) {
        // -(2^63) becomes small
        if (x->kind == CONST_INT && x->bnum.n == 1 && x->bnum.at[0] == (uint64_t)1 << 63 && !x->negative) return const_int(INT64_MIN);
        c->negative = !x->negative;
        return c;
    }
    open_gmp();
    mpq_t q;
    Q(init)(q);
    load_ratio(x, q);
    Z(neg)(mpq_numref(q), mpq_numref(q));
    c = x->kind == CONST_INT ? from_mpz(mpq_numref(q)) : from_ratio(CONST_FLOAT, q);
    Q(clear)(q);
    return c;
}

static Const *complement(const Const *x, int bits) {
    if (bits > 0 && x->form == FORM_SMALL) return const_uint(bits == 64 ? ~(uint64_t)x->num : ~(uint64_t)x->num & ((1ull << bits) - 1));
    if (bits > 0) return const_uint(~x->bnum.at[0]);
    if (x->form == FORM_SMALL) return const_int(~x->num);
    open_gmp();
    mpz_t z;
    Z(init)(z);
    load_mpz(x, z);
    Z(com)(z, z);
    Const *c = from_mpz(z);
    Z(clear)(z);
    return c;
}

Const *const_unary(int op, const Const *x, int bits) {
    switch (op) {
    case TOK_ADD: return (Const *)x;
    case TOK_SUB: return negate(x);
    case TOK_XOR: return complement(x, bits);
    case TOK_NOT: return const_bool(!x->truth);
    default: return unknown();
    }
}

static Const *big_int_op(int op, const Const *x, const Const *y) {
    open_gmp();
    mpz_t a, b;
    Z(init)(a);
    Z(init)(b);
    load_mpz(x, a);
    load_mpz(y, b);
    switch (op) {
    case TOK_ADD: Z(add)(a, a, b); break;
    case TOK_SUB: Z(sub)(a, a, b); break;
    case TOK_MUL: Z(mul)(a, a, b); break;
    case TOK_QUO: Z(tdiv_q)(a, a, b); break;
    case TOK_REM: Z(tdiv_r)(a, a, b); break;
    case TOK_AND: Z(and)(a, a, b); break;
    case TOK_OR: Z(ior)(a, a, b); break;
    case TOK_XOR: Z(xor)(a, a, b); break;
    case TOK_AND_NOT:
        Z(com)(b, b);
        Z(and)(a, a, b);
        break;
    default: break;
    }
    Const *c = from_mpz(a);
    Z(clear)(a);
    Z(clear)(b);
    return c;
}

static Const *int_op(int op, const Const *x, const Const *y) {
    if (x->form != FORM_SMALL || y->form != FORM_SMALL) return big_int_op(op, x, y);
    int64_t a = x->num, b = y->num, v;
    switch (op) {
    case TOK_ADD:
        if (__builtin_add_overflow(a, b, &v)) return big_int_op(op, x, y);
        return const_int(v);
    case TOK_SUB:
        if (__builtin_sub_overflow(a, b, &v)) return big_int_op(op, x, y);
        return const_int(v);
    case TOK_MUL:
        if (__builtin_mul_overflow(a, b, &v)) return big_int_op(op, x, y);
        return const_int(v);
    case TOK_QUO: return b == -1 && a == INT64_MIN ? big_int_op(op, x, y) : const_int(a / b);
    case TOK_REM: return const_int(b == -1 ? 0 : a % b);
    case TOK_AND: return const_int(a & b);
    case TOK_OR: return const_int(a | b);
    case TOK_XOR: return const_int(a ^ b);
    case TOK_AND_NOT: return const_int(a & ~b);
    default: return unknown();
    }
}

static bool small_ratio_op(int op, const Const *x, const Const *y, Const **out) {
    if (x->form != FORM_SMALL || y->form != FORM_SMALL) return false;
    __int128 n, d;
    switch (op) {
    case TOK_ADD: n = (__int128)x->num * y->den + (__int128)y->num * x->den, d = (__int128)x->den * y->den; break;
    case TOK_SUB: n = (__int128)x->num * y->den - (__int128)y->num * x->den, d = (__int128)x->den * y->den; break;
    case TOK_MUL: n = (__int128)x->num * y->num, d = (__int128)x->den * y->den; break;
    default: n = (__int128)x->num * y->den, d = (__int128)x->den * y->num; break;
    }
    if (d < 0) n = -n, d = -d;
    if (n > INT64_MAX || n < -INT64_MAX || d > INT64_MAX) return false;
    *out = reduced(CONST_FLOAT, (int64_t)n, (int64_t)d);
    return true;
}

static int64_t top_exponent(const Scaled *s) { return s->e + bit_length(s->m); }

// a += b; what is too small to be seen is left out.
static void scaled_add(Scaled *a, Scaled *b) {
    int64_t apart = top_exponent(a) - top_exponent(b);
    if (mpz_sgn(b->m) == 0 || (mpz_sgn(a->m) && apart > 2 * ROUNDED_BITS)) return;
    if (mpz_sgn(a->m) == 0 || apart < -2 * ROUNDED_BITS) {
        Z(set)(a->m, b->m);
        a->e = b->e;
        return;
    }
    Scaled *upper = a->e > b->e ? a : b;
    int64_t low = a->e > b->e ? b->e : a->e;
    shift(upper->m, (long)(upper->e - low));
    Z(add)(a->m, a->m, b->m);
    a->e = low;
}

static Const *huge_op(int op, const Const *x, const Const *y) {
    Scaled a, b;
    open_gmp();
    load_scaled(x, &a);
    load_scaled(y, &b);
    switch (op) {
    case TOK_SUB: Z(neg)(b.m, b.m); // fall through
    case TOK_ADD: scaled_add(&a, &b); break;
    case TOK_MUL:
        Z(mul)(a.m, a.m, b.m);
        a.e += b.e;
        break;
    default:
        scaled_quotient(&a, b.m);
        a.e -= b.e;
        break;
    }
    Const *c = from_scaled(&a);
    Z(clear)(a.m);
    Z(clear)(b.m);
    return c;
}

static Const *ratio_op(int op, const Const *x, const Const *y) {
    Const *c;
    if (op == TOK_QUO && const_sign(y) == 0) return unknown(); // became too small to be told from 0
    if (small_ratio_op(op, x, y, &c)) return c;
    if (x->form == FORM_HUGE || y->form == FORM_HUGE) return huge_op(op, x, y);
    open_gmp();
    mpq_t a, b;
    Q(init)(a);
    Q(init)(b);
    load_ratio(x, a);
    load_ratio(y, b);
    switch (op) {
    case TOK_ADD: Q(add)(a, a, b); break;
    case TOK_SUB: Q(sub)(a, a, b); break;
    case TOK_MUL: Q(mul)(a, a, b); break;
    default: Q(div)(a, a, b); break;
    }
    c = from_ratio(CONST_FLOAT, a);
    Q(clear)(a);
    Q(clear)(b);
    return c;
}

static Const *real_op(int op, const Const *x, const Const *y) {
    bool ints = x->kind == CONST_INT && y->kind == CONST_INT && op != TOK_QUO;
    return ints ? int_op(op, x, y) : ratio_op(op, x, y);
}

static Const *complex_op(int op, const Const *x, const Const *y) {
    Const *a = x->re, *b = x->im, *c = y->re, *d = y->im;
    if (op == TOK_ADD || op == TOK_SUB) return const_make_complex(real_op(op, a, c), real_op(op, b, d));
    if (op == TOK_MUL) return const_make_complex(real_op(TOK_SUB, real_op(TOK_MUL, a, c), real_op(TOK_MUL, b, d)), real_op(TOK_ADD, real_op(TOK_MUL, b, c), real_op(TOK_MUL, a, d)));
    Const *norm = real_op(TOK_ADD, real_op(TOK_MUL, c, c), real_op(TOK_MUL, d, d));
    Const *re = real_op(TOK_ADD, real_op(TOK_MUL, a, c), real_op(TOK_MUL, b, d));
    Const *im = real_op(TOK_SUB, real_op(TOK_MUL, b, c), real_op(TOK_MUL, a, d));
    return const_make_complex(real_op(TOK_QUO, re, norm), real_op(TOK_QUO, im, norm));
}

static Const *concatenation(const Const *x, const Const *y) {
    char *p = arena_alloc((size_t)(x->str.len + y->str.len) + 1);
    if (x->str.len) memcpy(p, x->str.ptr, (size_t)x->str.len);
    if (y->str.len) memcpy(p + x->str.len, y->str.ptr, (size_t)y->str.len);
    return const_str((Str){p, x->str.len + y->str.len});
}

Const *const_binary(int op, const Const *x, const Const *y, bool integer_division) {
    if (x->kind == CONST_STRING) return concatenation(x, y);
    if (x->kind == CONST_BOOL) return const_bool(op == TOK_LAND ? x->truth && y->truth : x->truth || y->truth);
    if (!is_number(x) || !is_number(y)) return unknown();
    if (integer_division || op == TOK_REM || op == TOK_AND || op == TOK_OR || op == TOK_XOR || op == TOK_AND_NOT) {
        x = const_to_int(x);
        y = const_to_int(y);
        return x->kind == CONST_INT && y->kind == CONST_INT ? int_op(op, x, y) : unknown();
    }
    if (x->kind == CONST_COMPLEX || y->kind == CONST_COMPLEX) return complex_op(op, const_to_complex(x), const_to_complex(y));
    return real_op(op, x, y);
}

Const *const_shift(int op, const Const *x, uint64_t n) {
    if (x->form == FORM_SMALL) {
        if (op == TOK_SHR) return const_int(n > 63 ? (x->num < 0 ? -1 : 0) : x->num >> n);
        if (x->num == 0) return (Const *)x;
        if (n < 63 && x->num < (INT64_MAX >> n) && x->num > -(INT64_MAX >> n)) return const_int((int64_t)((uint64_t)x->num << n));
    }
    open_gmp();
    mpz_t z;
    Z(init)(z);
    load_mpz(x, z);
    if (op == TOK_SHL) Z(mul_2exp)(z, z, (mp_bitcnt_t)n);
    else Z(fdiv_q_2exp)(z, z, (mp_bitcnt_t)n);
    Const *c = from_mpz(z);
    Z(clear)(z);
    return c;
}

static int order(const Const *x, const Const *y) {
    if (x->form == FORM_SMALL && y->form == FORM_SMALL) {
        __int128 a = (__int128)x->num * y->den, b = (__int128)y->num * x->den;
        return a < b ? -1 : a > b;
    }
    if (x->form == FORM_HUGE || y->form == FORM_HUGE) {
        int sx = const_sign(x), sy = const_sign(y);
        return sx != sy ? (sx < sy ? -1 : 1) : const_sign(huge_op(TOK_SUB, x, y));
    }
    open_gmp();
    mpq_t a, b;
    Q(init)(a);
    Q(init)(b);
    load_ratio(x, a);
    load_ratio(y, b);
    int c = Q(cmp)(a, b);
    Q(clear)(a);
    Q(clear)(b);
    return c;
}

static int compare_strings(Str a, Str b) {
    int64_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, (size_t)n) : 0;
    return c ? c : a.len < b.len ? -1 : a.len > b.len;
}

bool const_compare(int op, const Const *x, const Const *y) {
    int c;
    if (x->kind == CONST_BOOL) c = x->truth != y->truth;
    else if (x->kind == CONST_STRING) c = compare_strings(x->str, y->str);
    else if (x->kind == CONST_COMPLEX || y->kind == CONST_COMPLEX) {
        const Const *a = const_to_complex(x), *b = const_to_complex(y);
        c = order(a->re, b->re) != 0 || order(a->im, b->im) != 0;
    } else c = order(x, y);
    switch (op) {
    case TOK_EQL: return c == 0;
    case TOK_NEQ: return c != 0;
    case TOK_LSS: return c < 0;
    case TOK_LEQ: return c <= 0;
    case TOK_GTR: return c > 0;
    default: return c >= 0;
    }
}

// --- representability

static bool int_fits(const Const *c, int kind) {
    static const int bits[] = {[KIND_INT] = 64, [KIND_INT8] = 8, [KIND_INT16] = 16, [KIND_INT32] = 32, [KIND_INT64] = 64, [KIND_UINT] = 64, [KIND_UINT8] = 8, [KIND_UINT16] = 16, [KIND_UINT32] = 32, [KIND_UINT64] = 64, [KIND_UINTPTR] = 64};
    int64_t s;
    uint64_t u;
    int b = bits[kind];
    if (kind >= KIND_UINT) return const_is_uint64(c, &u) && (b == 64 || u >> b == 0);
    return const_is_int64(c, &s) && (b == 64 || (s >= -(1LL << (b - 1)) && s < 1LL << (b - 1)));
}

static Const *rounded_float(const Const *c, int kind) { // NULL: too large
    double v = kind == KIND_FLOAT32 ? const_f32(c) : const_f64(c);
    if (isinf(v) || isnan(v)) return NULL;
    if (v == 0) return small_ratio(CONST_FLOAT, 0, 1);
    return const_float(v);
}

bool const_representable(const Const *c, int kind, Const **rounded) {
    Const *r = (Const *)c;
    bool ok = false;
    if (kind >= TYPE_K_UNTYPED_BOOL && kind <= TYPE_K_UNTYPED_NIL) {
        if (kind == TYPE_K_UNTYPED_INT || kind == TYPE_K_UNTYPED_RUNE) {
            r = const_to_int(c);
            ok = r->kind == CONST_INT;
        } else {
            ok = true;
        }
    } else if (kind == KIND_BOOL) {
        ok = c->kind == CONST_BOOL;
    } else if (kind == KIND_STRING) {
        ok = c->kind == CONST_STRING;
    } else if (kind >= KIND_INT && kind <= KIND_UINTPTR) {
        r = const_to_int(c);
        ok = r->kind == CONST_INT && int_fits(r, kind);
    } else if (kind == KIND_FLOAT32 || kind == KIND_FLOAT64) {
        r = const_to_float(c);
        ok = r->kind == CONST_FLOAT && (r = rounded_float(r, kind));
    } else if (kind == KIND_COMPLEX64 || kind == KIND_COMPLEX128) {
        if (is_number(c)) {
            const Const *z = const_to_complex(c);
            int part = kind == KIND_COMPLEX64 ? KIND_FLOAT32 : KIND_FLOAT64;
            Const *re = rounded_float(const_to_float(z->re), part), *im = rounded_float(const_to_float(z->im), part);
            ok = re && im;
            if (ok) r = const_make_complex(re, im);
        }
    }
    if (ok && rounded) *rounded = r;
    return ok;
}

// --- text

static const char *quoted(Str s) {
    enum { LIMIT = 72 };
    char *out = arena_alloc((size_t)(s.len < LIMIT ? s.len : LIMIT) * 4 + 8), *o = out;
    *o++ = '"';
    int64_t n = s.len < LIMIT ? s.len : LIMIT;
    while (n > 0 && n < s.len && ((unsigned char)s.ptr[n] & 0xc0) == 0x80) n--;
    for (int64_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') *o++ = '\\', *o++ = (char)c;
        else if (c == '\n') *o++ = '\\', *o++ = 'n';
        else if (c == '\t') *o++ = '\\', *o++ = 't';
        else if (c < 0x20 || c == 0x7f) o += sprintf(o, "\\x%02x", c);
        else *o++ = (char)c;
    }
    if (n < s.len) memcpy(o, "...", 3), o += 3;
    *o++ = '"';
    *o = 0;
    return out;
}

static const char *big_int_string(const Const *c) {
    mpz_t z;
    open_gmp();
    Z(init)(z);
    load_mpz(c, z);
    char *s = arena_alloc(Z(sizeinbase)(z, 10) + 3);
    Z(get_str)(s, 10, z);
    Z(clear)(z);
    size_t n = strlen(s);
    if (n <= 60) return s;
    return arena_printf("%.10s...%s (%zu digits)", s, s + n - 10, n);
}

// By its logarithm: six digits and the exponent.
static const char *huge_string(const Const *c) {
    Scaled s;
    long two;
    open_gmp();
    load_scaled(c, &s);
    double m = Z(get_d_2exp)(&two, s.m), log = log10(fabs(m)) + (double)(two + s.e) * log10(2), power = floor(log);
    Z(clear)(s.m);
    return arena_printf("%s%.6ge%+.0f", c->negative ? "-" : "", pow(10, log - power), power);
}

const char *const_string(const Const *c) {
    if (!c) return "?";
    switch (c->kind) {
    case CONST_BOOL: return c->truth ? "true" : "false";
    case CONST_STRING: return quoted(c->str);
    case CONST_INT: return c->form == FORM_SMALL ? arena_printf("%lld", (long long)c->num) : big_int_string(c);
    case CONST_FLOAT:
        if (c->form == FORM_SMALL && c->den == 1) return arena_printf("%lld", (long long)c->num);
        return c->form == FORM_HUGE || isinf(const_f64(c)) ? huge_string(c) : arena_printf("%.6g", const_f64(c));
    case CONST_COMPLEX: return arena_printf("(%s + %si)", const_string(c->re), const_string(c->im));
    default: return "unknown";
    }
}
