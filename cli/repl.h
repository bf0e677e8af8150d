// SPDX-License-Identifier: MIT
// repl.h: the prompt.
#ifndef CSP_CLI_REPL_H
#define CSP_CLI_REPL_H

#include "compiler/compile.h"

// Runs the prompt until its end; file (may be NULL) is run first. Returns only
// when it cannot begin: the exit status.
int repl_run(const CompileOptions *options, const char *file);

#endif
