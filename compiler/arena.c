// SPDX-License-Identifier: MIT
// arena.c: one reserved stretch of address space, filled from the bottom.
//
// The kernel hands out zeroed pages as they are touched, so allocating is a
// pointer bump and nothing is cleared twice. At the beginning lies the block of
// roots. After an image was adopted its block stays in force and new memory
// comes from a second stretch.
#define _GNU_SOURCE
#include "compiler/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define RESERVE ((size_t)1 << 36)

static char *arena_base, *arena_next, *arena_limit;
static void **arena_roots;

static void out_of_memory(void) {
    fputs("csp: out of memory while compiling\n", stderr);
    exit(1);
}

static void start(char *base, size_t size) {
    arena_base = arena_next = base;
    arena_limit = base + size;
}

static void reserve(void) {
    void *p = mmap(NULL, RESERVE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    size_t size = RESERVE;
    if (p == MAP_FAILED) { // a tight limit on address space: take what is given
        size = (size_t)1 << 30;
        p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    }
    if (p == MAP_FAILED) out_of_memory();
    start(p, size);
}

static void take_roots(void) {
    arena_roots = (void **)arena_next;
    arena_next += ROOT_COUNT * sizeof(void *);
}

bool arena_begin_fixed(void *base, size_t max) {
    void *p = mmap(base, max, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (p != base) {
        if (p != MAP_FAILED) munmap(p, max);
        return false;
    }
    start(p, max);
    take_roots();
    return true;
}

void arena_extent(void **base, size_t *used) {
    *base = arena_base;
    *used = (size_t)(arena_next - arena_base);
}

void arena_adopt(void *base, size_t size) {
    (void)size;
    arena_roots = base;
    arena_base = arena_next = arena_limit = NULL;
}

void *arena_alloc(size_t size) {
    size = (size + 7) & ~(size_t)7;
    if (__builtin_expect(size > (size_t)(arena_limit - arena_next), 0)) {
        if (arena_base) out_of_memory();
        reserve();
        if (!arena_roots) take_roots();
    }
    void *p = arena_next;
    arena_next += size;
    return p;
}

void **arena_root(ArenaRoot which) {
    if (!arena_roots) arena_alloc(0);
    if (!arena_roots) {
        reserve();
        take_roots();
    }
    return &arena_roots[which];
}

void *arena_dup(const void *p, size_t size) {
    void *q = arena_alloc(size);
    if (size) memcpy(q, p, size);
    return q;
}

char *arena_printf(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *s = arena_alloc((size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(s, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return s;
}

Str arena_str(const char *p, size_t n) {
    char *s = arena_alloc(n + 1);
    if (n) memcpy(s, p, n);
    return (Str){s, (int64_t)n};
}

void vec_grow(void **at, uint32_t *cap, size_t elem_size) {
    uint32_t n = *cap ? *cap * 2 : 4;
    void *p = arena_alloc(n * elem_size);
    if (*cap) memcpy(p, *at, *cap * elem_size);
    *at = p;
    *cap = n;
}

// --- names

typedef struct NameTable {
    Name **slots;
    uint32_t mask, count;
} NameTable;

static uint32_t hash_bytes(const char *p, size_t n) {
    uint32_t h = 2166136261u; // FNV-1a
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h ? h : 1;
}

static void grow_names(NameTable *t) {
    uint32_t mask = t->slots ? t->mask * 2 + 1 : 1023;
    Name **slots = ARENA_ARRAY(Name *, mask + 1);
    for (uint32_t i = 0; t->slots && i <= t->mask; i++) {
        if (!t->slots[i]) continue;
        uint32_t k = t->slots[i]->hash & mask;
        while (slots[k]) k = (k + 1) & mask;
        slots[k] = t->slots[i];
    }
    t->slots = slots;
    t->mask = mask;
}

Name *name_intern(const char *p, size_t n) {
    NameTable *t = *arena_root(ROOT_NAMES);
    if (!t) *arena_root(ROOT_NAMES) = t = ARENA_NEW(NameTable);
    if (t->count * 2 >= t->mask) grow_names(t);
    uint32_t h = hash_bytes(p, n), i = h & t->mask;
    for (; t->slots[i]; i = (i + 1) & t->mask) {
        Name *e = t->slots[i];
        if (e->hash == h && e->len == n && memcmp(e->text, p, n) == 0) return e;
    }
    Name *e = arena_alloc(sizeof *e + n + 1);
    e->len = (uint32_t)n;
    e->hash = h;
    memcpy(e->text, p, n);
    t->count++;
    return t->slots[i] = e;
}

Name *name_of(const char *cstr) { return name_intern(cstr, strlen(cstr)); }
