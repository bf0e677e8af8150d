// SPDX-License-Identifier: MIT
// checker_fuzz.c: any bytes are checked, or refused with a message.
#include "tests/fuzz/fuzz.h"

const char *const fuzz_seeds[] = {"tests/lang", "tests/errors", "tests/regress", "examples", NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    CompileOptions o = fuzz_options(data, size);
    o.check_only = true;
    int nerrors;
    compile(&o, &nerrors);
    fuzz_undo();
    return 0;
}
