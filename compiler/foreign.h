// SPDX-License-Identifier: MIT
// foreign.h: the pseudo package "C": names of C for the checker, and calls of
// C functions for checker and generation.
#ifndef CSP_COMPILER_FOREIGN_H
#define CSP_COMPILER_FOREIGN_H

#include <stdio.h>

#include "compiler/types.h"
#include "vm/bytecode.h"

typedef struct CType CType;
typedef struct CUnit CUnit;
typedef struct CDecl CDecl;

typedef struct ExportedFunc { // a function marked //export NAME
    Name *name;
    Object *fn;
    Pos pos;
} ExportedFunc;

// How a call passes an argument or takes a result. [check]
typedef struct ForeignArg {
    Type *type;         // of the value in slots
    CType *c;           // NULL in the variable part
    uint8_t kind;       // ForeignKind
} ForeignArg;

typedef struct ForeignUse { // of EXPR_CALL with CALL_FOREIGN [check]
    CDecl *decl;        // NULL: through a pointer
    ForeignArg *args;
    uint32_t nargs, nfixed;
    bool variadic;
    ForeignArg result;  // type NULL: none
    Type *void_type;    // C.void
} ForeignUse;

// A member of a union, or a bit-field.
typedef struct ForeignMember {
    Type *type;
    uint64_t offset;    // bytes; of a bit-field's unit
    uint8_t bits;       // width of a bit-field, or 0
    uint8_t bit_offset; // within its unit
    Type *unit;         // of a bit-field: unsigned integer that holds it
} ForeignMember;

// --- c_import.c

// The package "C" of p, with one more preamble: the comment above the import at
// pos. NULL: refused, with a message.
Package *foreign_import(Package *p, Str preamble, Pos preamble_pos, Pos pos);
Type *foreign_go_type(const Package *c, CType *t);  // the counterpart of t
// A name of it; reports and answers NULL when C does not have it.
Object *foreign_lookup(Package *c, Name *name, Pos pos);
bool foreign_is_package(const Package *p);
// The C function, or macro with parameters, that o stands for, or NULL.
CDecl *foreign_func(const Object *o);
bool foreign_is_macro(const Object *o);
bool foreign_is_value(const Object *o);             // a macro without parameters that is no constant: a call without arguments
// The function type that values of t point to, when t came from C; else NULL.
CType *foreign_pointee(Type *t);
// Prints header's declarations as a file of the package that needs no compiler
// to be used; flags as for the C compiler and linker. false: messages wait.
bool foreign_bind(FILE *out, const char *header, const char *package, const char *const *flags, uint32_t nflags);
// The member of t (or what t points to) that Go's selectors do not know; NULL:
// none of this name.
const ForeignMember *foreign_member(Type *t, Name *name);
void foreign_add_export(Package *p, Name *name, Object *fn, Pos pos);
extern bool foreign_refused; // -no-ffi
// Package syscall's Errno, for the form v, err := C.f().
extern Type *(*foreign_errno_type)(void);

// --- check_foreign.c
void check_foreign_call(Expr *e, CDecl *f, CType *through);

// --- check_format.c
// The constant format of a call of printf's or scanf's kind, against its arguments.
void check_format(Expr *e, const CDecl *d, const ForeignUse *use);

// --- gen_foreign.c
typedef struct FuncGen FuncGen;
uint32_t gen_foreign_call(FuncGen *g, Expr *e);     // as gen_call
const void *gen_foreign_cell(Object *o, Pos pos);   // where the address of a C function or variable will stand
void gen_foreign_begin(void);                       // a new program
void gen_foreign_package(Package *p);               // p's C side takes part in the program
// For the Program. May ask for further functions; false: a message was given.
bool gen_foreign_table(ForeignTable *out);

#endif
