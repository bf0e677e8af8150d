// SPDX-License-Identifier: MIT
// format_fuzz.c: any bytes give a canonical form or a message; a canonical form
// is source text again, and of the same tokens.
#include "tests/fuzz/fuzz.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/format.h"
#include "compiler/lexer.h"

const char *const fuzz_seeds[] = {"tests/fmt", "tests/lang", "tests/regress", "examples", NULL};

typedef struct Tokens { uint64_t sum; bool imports; } Tokens;

// Those that formatting never adds nor takes away, whatever their order. Imports
// are sorted, and given once.
static Tokens tokens_of(SourceFile *file) {
    Tokens t = {0};
    Lexer l;
    lexer_init(&l, file);
    for (lexer_next(&l); l.kind != TOK_EOF; lexer_next(&l)) {
        uint64_t h = NAME_HASH_SEED + l.kind;
        if (l.kind == TOK_IMPORT) t.imports = true;
        if (l.kind == TOK_SEMICOLON || l.kind == TOK_COMMA || l.kind == TOK_LPAREN || l.kind == TOK_RPAREN || l.kind == TOK_IMAG) continue;
        for (int64_t i = 0; i < l.text.len; i++)
            if (l.text.ptr[i] != '\r') h = NAME_HASH_STEP(h, tolower((unsigned char)l.text.ptr[i]));
        t.sum += h * h;
    }
    return t;
}

static void check_again(const char *text, size_t len) {
    size_t n;
    char *copy = malloc(len + 1);
    if (!copy) abort();
    memcpy(copy, text, len + 1);
    if (!format_source((Str){"again.csp", 9}, (Str){copy, (int64_t)len}, &n)) fuzz_fail("the canonical form is no source text:\n%s\n", copy);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SourceFile *file = fuzz_source(data, size);
    size_t len;
    const char *text = format_source(file->path, file->text, &len);
    if (text) {
        Tokens before = tokens_of(file), after = tokens_of(source_add((Str){"after.csp", 9}, (Str){text, (int64_t)len}));
        if (before.sum != after.sum && !before.imports) fuzz_fail("tokens were lost or made:\n%s\n", text);
        check_again(text, len);
    }
    source_print_errors(stderr);
    fuzz_undo();
    return 0;
}
