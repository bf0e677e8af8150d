// SPDX-License-Identifier: MIT
// compiler_fuzz.c: any bytes are compiled, or refused with a message; what is
// compiled passes the verifier. Nothing is run.
#include "tests/fuzz/fuzz.h"

#include "vm/verify.h"

const char *const fuzz_seeds[] = {"tests/lang", "tests/errors", "tests/regress", "examples", NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    CompileOptions o = fuzz_options(data, size);
    int nerrors;
    Program *p = compile(&o, &nerrors);
    VerifyError e;
    if (!p && !nerrors) fuzz_fail("no program and no message\n");
    if (p && !verify_program(p, UINT32_MAX, &e)) fuzz_fail("%.*s, word %u: %s\n", (int)e.func->name.len, e.func->name.ptr, e.pc, e.text);
    fuzz_undo();
    return 0;
}
