// SPDX-License-Identifier: MIT
// c_impl.h: what the reader of C declarations is made of (c_*.c).
//
// A unit (CUnit) belongs to one package of the program: the C names that its
// preambles declare. c_token.c turns text into tokens and expands macros,
// c_decl.c reads declarations, c_source.c gets the text (preambles, headers
// through the system's preprocessor), c_import.c shows it as package "C".
// Everything lives in the compilation's arena.
#ifndef CSP_COMPILER_C_IMPL_H
#define CSP_COMPILER_C_IMPL_H

#include "compiler/foreign.h"
#include "compiler/types.h"

// --- types of C

typedef enum CKind {
    C_VOID, C_BOOL, C_CHAR, C_SCHAR, C_UCHAR, C_SHORT, C_USHORT, C_INT, C_UINT, C_LONG, C_ULONG, C_LLONG, C_ULLONG,
    C_INT128, C_UINT128, C_FLOAT, C_DOUBLE, C_LDOUBLE, C_CFLOAT, C_CDOUBLE, C_CLDOUBLE,
    C_BASIC_COUNT,
    C_POINTER = C_BASIC_COUNT, C_ARRAY, C_FUNC, C_STRUCT, C_UNION, C_ENUM, C_TYPEDEF,
    C_OPAQUE // of known size, unknown inside: va_list, vectors
} CKind;

typedef struct CField {
    Name *name;         // NULL: anonymous struct or union, unnamed bit-field
    CType *type;
    int64_t offset;     // bytes; of a bit-field: of the unit that holds it
    int32_t bits;       // width of a bit-field, -1 otherwise
    int32_t bit_offset; // within the unit
} CField;

struct CType {
    uint8_t kind;       // CKind
    bool is_const;      // of the thing itself: const int
    bool complete;      // struct, union, enum: its body is known
    bool packed, variadic;
    bool no_prototype;  // int f(): called with any arguments
    CType *of;          // pointer, array, typedef: what it is of; function: result; enum: integer type
    int64_t len;        // array; -1: none given
    CField *fields;
    uint32_t nfields;
    CType **params;
    uint32_t nparams;
    CUnit *unit;        // function, struct, union: where its types belong
    Name *name;         // tag, or name of the typedef; NULL without
    int64_t size;       // bytes; computed by c_layout for composites
    uint32_t align;
    uint32_t min_align; // asked for by an attribute
    Type *go;           // its counterpart, once asked for
};

// --- names of C

typedef enum CDeclKind { CDECL_TYPEDEF, CDECL_FUNC, CDECL_VAR, CDECL_CONST, CDECL_MACRO } CDeclKind; // MACRO: one with parameters

typedef struct CDecl {
    uint8_t kind;       // CDeclKind
    struct CMacro *macro; // MACRO
    bool is_static;     // has no symbol of its own: reached through the companion object
    bool defined;       // body or storage stands in a preamble
    bool in_preamble;   // as opposed to: in a header
    bool fast;          // //csp:fast
    uint8_t format;     // number of the parameter that is a format of printf or scanf, by its attribute, or 0
    bool format_scans;  // of scanf
    uint32_t preamble;  // number of the preamble it comes from
    Name *name;
    CType *type;
    const char *symbol; // in libraries; other than name with asm("...")
    int64_t value;      // CONST
    bool is_unsigned;   // CONST
    Object *obj;        // in package "C", once asked for
} CDecl;

typedef struct CText {    // one declaration as it was read, or a struct with its body
    Str text, file;       // file: of the header, empty in the preamble
    bool has_body;        // of a function
    VEC(Name *) defines;  // typedefs, functions, variables, constants; tags as "struct x"
} CText;

typedef struct CMacro {
    Name *name;
    Str file;
    bool has_params, variadic, busy;
    Name **params;
    uint32_t nparams;
    Str body;
    bool in_preamble;
    uint32_t preamble;  // number of the preamble it comes from
} CMacro;

typedef struct CTable { // from names to declarations of one name space
    struct CEntry { Name *name; void *what; } *at;
    uint32_t len, cap;
} CTable;

typedef struct CPreamble {
    Str text;           // comment marks and #cgo lines replaced by blanks, lines kept
    Str expanded;       // of the preprocessor; empty when it was not needed
    const char *path;   // of the source file
    Pos pos;            // of its first line in the source file
    const char *tail;   // functions made of macros, to be compiled with it, or NULL
    bool has_bodies;    // defines functions or variables
} CPreamble;

struct CUnit {
    Package *owner;     // who imports "C"
    Package *pkg;       // the package "C" it sees
    CTable names, tags, macros;
    VEC(CPreamble) preambles;
    VEC(const char *) cflags, ldflags; // of #cgo lines and pkg-config
    VEC(Name *) fast;   // named by //csp:fast
    VEC(CDecl *) wanted; // used, and reached only through the companion object
    VEC(CText) texts;   // all declarations, in order; kept for bindings
    bool keep_texts;
    VEC(ExportedFunc) exports;
    Pos pos;            // of the first import "C", for messages
    uint32_t anonymous; // structs numbered so far
    bool failed;        // a message was given: unknown names are not reported
};

// --- c_token.c

enum { CTOK_EOF, CTOK_NAME, CTOK_NUMBER, CTOK_CHAR, CTOK_STRING, CTOK_PUNCT };

typedef struct CToken {
    uint8_t kind;
    uint32_t punct;     // its characters, first one lowest
    Str text;
    Name *name;
} CToken;

typedef struct CLexer {
    CUnit *unit;
    uint32_t preamble;
    const char *p, *end;
    bool line_start;
    bool in_preamble;   // the current line belongs to the preamble itself
    uint32_t line;      // of the preamble, 1-based, where in_preamble
    uint32_t pack;      // #pragma pack, 0: none
    uint32_t packs[16], npacks;
    Str file;           // of the header that the current line is from
    CToken tok;
    const char *tok_start;
    const char *tok_end; // end of the previous token
} CLexer;

#define C2(a, b) ((uint32_t)(a) | (uint32_t)(b) << 8)
#define C3(a, b, c) (C2(a, b) | (uint32_t)(c) << 16)

void c_lexer_init(CLexer *l, CUnit *u, Str text);
void c_next(CLexer *l);
void *c_find(const CTable *t, Name *n);
void c_enter(CTable *t, Name *n, void *what); // replaces
// The text of a macro's body, or any text, with macros expanded.
Str c_expand(CUnit *u, Str text);
bool c_string_value(const CToken *t, Str *out);     // unquoted
bool c_char_value(const CToken *t, int64_t *out);

// --- c_expr.c

typedef struct CValue { // of a constant expression
    enum { CVAL_NONE, CVAL_INT, CVAL_FLOAT, CVAL_STRING } kind;
    bool is_unsigned;
    uint8_t bytes;      // 4 or 8
    uint64_t i;
    double f;
    Str s;
    CType *type;        // of a cast to a pointer
} CValue;

CValue c_evaluate(CUnit *u, Str text); // of text as a constant expression; CVAL_NONE when it is none

// --- c_decl.c

void c_parse(CUnit *u, uint32_t preamble, Str text);
CType *c_evaluate_type(CUnit *u, Str text); // of text as a type name; NULL when it is none
CType *c_type_of_name(CUnit *u, const char *name); // "int", "struct_x", a typedef; NULL

// --- c_layout.c

CType *c_basic(int kind);
CType *c_strip(CType *t);                          // without typedefs
bool c_layout(CType *t);                           // fills size and align; false: incomplete
// How values of t are passed; FOREIGN_VOID for what cannot be.
int c_foreign_kind(CType *t);
// The scalars in t, from offset on; false when there is one of no foreign kind.
typedef VEC(ForeignField) ForeignFieldList;
bool c_flatten(CType *t, uint32_t offset, ForeignFieldList *out);
bool c_misaligned(CType *t);                       // a struct with a field off its alignment

// --- c_macro.c

// The name in C of a type that came from there, or has a counterpart; NULL: none.
const char *c_type_name(CUnit *u, Type *t);
// A function that does what the macro does with arguments of these types; NULL:
// a message was given.
CDecl *c_macro_function(CUnit *u, CMacro *m, Type **types, uint32_t n, Pos pos);

// --- c_source.c

// Reads the comment above import "C" and all it includes.
bool c_read_preamble(CUnit *u, Str comment, Pos pos, const char *path);
// Compiles a preamble's text with tail behind it and reads the number that
// stands PROBE_MARK bytes behind the text mark in the result. false: *why
// (unless why is NULL) is the compiler's first complaint.
enum { PROBE_MARK = 96 };
bool c_probe(CUnit *u, uint32_t preamble, const char *tail, const char *mark, int32_t *value, const char **why);
// Compiles what has no symbol of its own; the path of the object, or NULL when
// nothing is needed. false: a message was given.
bool c_companion(CUnit *u, const char **object, bool *temporary); // temporary: to be removed once it is loaded

#endif
