// SPDX-License-Identifier: MIT
// test.h: the command "csp test".
#ifndef CSP_CLI_TEST_H
#define CSP_CLI_TEST_H

#include "compiler/compile.h"

// words: those behind "test". Answers the exit status: 0, 1 when a test failed
// or did not compile, 2 wrong usage.
int test_run(CompileOptions *o, int nwords, char **words);

#endif
