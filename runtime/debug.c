// SPDX-License-Identifier: MIT
// debug.c: reading CSPDEBUG.
#include "runtime/debug.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef CSP_DEBUG
DebugFlags debug_flags = {.verify = 1};
#else
DebugFlags debug_flags;
#endif

static void set_flag(const char *name, size_t len, int64_t value) {
#define DEBUG_FLAG(flag, text)                                        \
    if (len == sizeof #flag - 1 && memcmp(name, #flag, len) == 0) {   \
        debug_flags.flag = value;                                     \
        return;                                                       \
    }
#include "runtime/debug.def"
#undef DEBUG_FLAG
    fprintf(stderr, "csp: CSPDEBUG: unknown switch %.*s\n", (int)len, name);
}

void debug_init(void) {
    const char *p = getenv("CSPDEBUG");
    while (p && *p) {
        size_t n = strcspn(p, ",="), rest = strcspn(p, ",");
        set_flag(p, n, p[n] == '=' ? strtoll(p + n + 1, NULL, 10) : 1);
        p += rest;
        if (*p) p++;
    }
}
