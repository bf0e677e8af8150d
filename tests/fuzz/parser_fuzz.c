// SPDX-License-Identifier: MIT
// parser_fuzz.c: any bytes give a tree or a message; trees can be copied and
// printed.
#include "tests/fuzz/fuzz.h"

#include "compiler/parser.h"

const char *const fuzz_seeds[] = {"tests/lang", "tests/errors", "tests/regress", "examples", NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FileAst *f = parse_file(fuzz_source(data, size), 0);
    if (!source_error_count()) {
        for (uint32_t i = 0; i < f->decls.len; i++) ast_clone_decl(f->decls.at[i]);
        for (uint32_t i = 0; i < f->script.len; i++) {
            Stmt *s = ast_clone_stmt(f->script.at[i]);
            if (s->kind == STMT_EXPR) ast_string(s->expr.x);
        }
    }
    source_print_errors(stderr);
    fuzz_undo();
    return 0;
}
