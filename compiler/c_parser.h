// SPDX-License-Identifier: MIT
// c_parser.h: what the readers of C declarations (c_decl.c) and of constant
// expressions (c_expr.c) share.
#ifndef CSP_COMPILER_C_PARSER_H
#define CSP_COMPILER_C_PARSER_H

#include <string.h>

#include "compiler/c_impl.h"

typedef struct CParser {
    CLexer l;
    CUnit *u;
    uint32_t preamble;
    bool failed;        // of the declaration under way
    bool not_constant;  // of the expression under way
    int depth;
    CText text;         // of the declaration under way
} CParser;

enum { C_MAX_DEPTH = 200 };

static inline bool is_punct(CParser *p, uint32_t c) { return p->l.tok.kind == CTOK_PUNCT && p->l.tok.punct == c; }
static inline bool got(CParser *p, uint32_t c) {
    if (!is_punct(p, c)) return false;
    c_next(&p->l);
    return true;
}
static inline bool at_end(CParser *p) { return p->l.tok.kind == CTOK_EOF; }

static inline bool is_word(CParser *p, const char *w) { return p->l.tok.kind == CTOK_NAME && strcmp(p->l.tok.name->text, w) == 0; }

// The keyword with its spellings __w and __w__.
static inline bool is_keyword(CParser *p, const char *w) {
    if (p->l.tok.kind != CTOK_NAME) return false;
    const char *t = p->l.tok.name->text;
    if (strcmp(t, w) == 0) return true;
    if (t[0] != '_' || t[1] != '_') return false;
    size_t n = strlen(w);
    return strncmp(t + 2, w, n) == 0 && (t[2 + n] == 0 || strcmp(t + 2 + n, "__") == 0);
}
static inline bool got_keyword(CParser *p, const char *w) {
    if (!is_keyword(p, w)) return false;
    c_next(&p->l);
    return true;
}

void c_parser_init(CParser *p, CUnit *u, Str text);   // on text of its own: messages are not given
void c_fail(CParser *p, const char *what);           // ends the declaration under way
void c_want(CParser *p, uint32_t c);                 // goes over a character that must stand here

// --- c_expr.c
CValue c_primary(CParser *p);
CValue c_conditional(CParser *p);                    // a whole constant expression; CVAL_NONE: it is none
CValue c_int_value(uint64_t v, int bytes, bool is_unsigned);

// --- c_decl.c
bool c_starts_type(CParser *p);
CType *c_parse_type_name(CParser *p);                // NULL: it is none

#endif
