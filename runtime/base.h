// SPDX-License-Identifier: MIT
// base.h: what every part of the runtime may use: allocation outside of the
// collected heap that never fails (running out of memory ends the process).
#ifndef CSP_RUNTIME_BASE_H
#define CSP_RUNTIME_BASE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// As malloc and its kind, in bytes, but never NULL. The caller owns the result until
// base_free; base_calloc's is zeroed.
void *base_malloc(size_t size);
void *base_calloc(size_t n, size_t size);
void *base_realloc(void *p, size_t size);
void base_free(void *p); // p may be NULL

// Built with the address sanitizer: gcc and clang each say so in their own way.
#if defined __SANITIZE_ADDRESS__
#define ADDRESS_SANITIZER 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

// memmove for memory that the program shares: whole words stay whole for who reads
// them meanwhile, as a pointer must. The C library's does so on its own, the address
// sanitizer's goes byte by byte.
#ifdef ADDRESS_SANITIZER
static inline void base_move(void *to, const void *from, size_t size) {
    if (((uintptr_t)to | (uintptr_t)from | size) % sizeof(uint64_t)) {
        memmove(to, from, size);
        return;
    }
    volatile uint64_t *t = to;
    const volatile uint64_t *f = from;
    size_t n = size / sizeof *t;
    if ((uintptr_t)to <= (uintptr_t)from)
        for (size_t i = 0; i < n; i++) t[i] = f[i];
    else
        while (n-- > 0) t[n] = f[n];
}
#else
static inline void base_move(void *to, const void *from, size_t size) { memmove(to, from, size); }
#endif

#endif
