// SPDX-License-Identifier: MIT
// diff.h: how one text differs from another, line by line.
#ifndef CSP_CLI_DIFF_H
#define CSP_CLI_DIFF_H

#include <stdio.h>

// Prints the changes from a to b as a unified diff without its head. Lines end
// with '\n', but for the last one.
void diff_print(FILE *to, const char *a, size_t alen, const char *b, size_t blen);

#endif
