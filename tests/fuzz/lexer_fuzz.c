// SPDX-License-Identifier: MIT
// lexer_fuzz.c: any bytes are cut into tokens that follow one another and end.
#include "tests/fuzz/fuzz.h"

#include "compiler/lexer.h"

const char *const fuzz_seeds[] = {"tests/lang", "tests/errors", "tests/regress", "examples", NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SourceFile *f = fuzz_source(data, size);
    Lexer l;
    lexer_init(&l, f);
    Pos last = f->base, end = f->base + (Pos)size;
    do {
        lexer_next(&l);
        if (l.pos < last || l.end < l.pos || l.end > end) fuzz_fail("a token from %u to %u behind %u, of %zu bytes\n", l.pos - f->base, l.end - f->base, last - f->base, size);
        last = l.end;
    } while (l.kind != TOK_EOF);
    fuzz_undo();
    return 0;
}
