// SPDX-License-Identifier: MIT
// check.h: what unit tests share: CHECK counts and prints what does not hold, in
// any thread; main ends with check_status.
#ifndef CSP_TESTS_UNIT_CHECK_H
#define CSP_TESTS_UNIT_CHECK_H

#include <stdio.h>

static _Atomic int failures;

#define CHECK(cond) \
    do { \
        if (!(cond)) { \
            failures++; \
            printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #cond); \
        } \
    } while (0)

// The exit status of the test.
static inline int check_status(void) { return failures != 0; }

#endif
