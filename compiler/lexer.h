// SPDX-License-Identifier: MIT
// lexer.h: source text to tokens, with Go's automatic semicolons.
//
// Errors (bad characters, unterminated literals) are reported here; the token
// is still delivered, so the parser sees a whole program.
#ifndef CSP_COMPILER_LEXER_H
#define CSP_COMPILER_LEXER_H

#include "compiler/source.h"
#include "compiler/token.h"

typedef struct Lexer {
    // the current token
    uint8_t kind;        // TokenKind
    bool auto_semi;      // SEMICOLON: inserted at a line end or EOF
    bool at_eof;         // of an inserted semicolon: because of the end of file
    bool newline_before; // a line end stands between the previous token and this one
    bool bad;            // a literal that an error was reported for
    Pos pos, end;
    Pos prev_end;        // end of the previous token
    Str text;            // literals: as in the source
    Name *name;          // identifiers
    Str doc;             // comment group that ends on the line above the token, or on its line before it
    // scanning
    SourceFile *file;
    const char *p, *limit, *start;
    uint32_t bias;       // what the low half of an address exceeds its position by
    bool need_semi;      // a line end now makes a semicolon
    bool open_ended;     // the text ended inside of a comment or raw string
    int lang_minor;      // of a //go:build go1.N line before the package clause
} Lexer;

extern bool lexer_plain_go; // the tokens of the notation are errors, as in Go
void lexer_init(Lexer *l, SourceFile *file); // borrows file; the first token is not read yet
void lexer_next(Lexer *l);                   // reads the next token into *l; behind the last it stays at TOK_EOF

#endif
