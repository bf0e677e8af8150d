// SPDX-License-Identifier: MIT
// debug.h: switches of CSPDEBUG, read once at the start.
#ifndef CSP_RUNTIME_DEBUG_H
#define CSP_RUNTIME_DEBUG_H

#include <stdint.h>

typedef struct DebugFlags {
#define DEBUG_FLAG(name, text) int64_t name;
#include "runtime/debug.def"
#undef DEBUG_FLAG
} DebugFlags;

extern DebugFlags debug_flags;
void debug_init(void); // reads the environment; unknown names are reported

#endif
