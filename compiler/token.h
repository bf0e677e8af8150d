// SPDX-License-Identifier: MIT
// token.h: kinds of tokens, from the one table token.def.
#ifndef CSP_COMPILER_TOKEN_H
#define CSP_COMPILER_TOKEN_H

#include <stdbool.h>

typedef enum TokenKind {
#define TOKEN(name, text) TOK_##name,
#define OPERATOR(name, text, prec) TOK_##name,
#define KEYWORD(name, text) TOK_##name,
#include "compiler/token.def"
#undef TOKEN
#undef OPERATOR
#undef KEYWORD
    TOK_COUNT
} TokenKind;

extern const char *const token_text[TOK_COUNT];
extern const unsigned char token_precedence[TOK_COUNT]; // of binary operators, 0 for others

_Static_assert(TOK_GEQ - TOK_EQL == 5, "the comparisons stand together in token.def");
static inline bool token_is_comparison(int op) { return op >= TOK_EQL && op <= TOK_GEQ; }
static inline bool token_is_shift(int op) { return op == TOK_SHL || op == TOK_SHR; }

#endif
