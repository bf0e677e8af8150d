// SPDX-License-Identifier: MIT
// base.h: what every part of the runtime may use: allocation outside of the
// collected heap that never fails (running out of memory ends the process).
#ifndef CSP_RUNTIME_BASE_H
#define CSP_RUNTIME_BASE_H

#include <stddef.h>
#include <stdint.h>

void *base_malloc(size_t size);
void *base_calloc(size_t n, size_t size);
void *base_realloc(void *p, size_t size);
void base_free(void *p);

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

#endif
