// SPDX-License-Identifier: MIT
// base.c: malloc that ends the process when there is no memory.
#include "runtime/base.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void out_of_memory(void) {
    static const char text[] = "fatal error: out of memory\n";
    ssize_t ignored = write(2, text, sizeof text - 1);
    (void)ignored;
    _exit(2);
}

void *base_malloc(size_t size) {
    void *p = malloc(size ? size : 1);
    if (!p) out_of_memory();
    return p;
}

void *base_calloc(size_t n, size_t size) {
    void *p = calloc(n ? n : 1, size ? size : 1);
    if (!p) out_of_memory();
    return p;
}

void *base_realloc(void *old, size_t size) {
    void *p = realloc(old, size ? size : 1);
    if (!p) out_of_memory();
    return p;
}

void base_free(void *p) { free(p); }
