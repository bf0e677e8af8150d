// SPDX-License-Identifier: MIT
// fmt.h: the command csp fmt.
#ifndef CSP_CLI_FMT_H
#define CSP_CLI_FMT_H

#include <stdbool.h>

typedef struct FmtOptions {
    bool list, diff, write, all_errors; // -l -d -w -e
    bool color;                         // of messages
} FmtOptions;

// Formats files, all sources below folders, or standard input when nothing is
// named. Answers the exit status: 2 when something could not be read, formatted
// or written.
int fmt_run(const FmtOptions *o, int npaths, char *const *paths);

#endif
