// SPDX-License-Identifier: MIT
// arena.c: one reserved stretch of address space, filled from the bottom.
//
// The kernel hands out zeroed pages as they are touched, so allocating is a
// pointer bump and nothing is cleared twice. At the beginning lies the block of
// roots. After an image was adopted its block stays in force and new memory
// comes from a second stretch.
#define _GNU_SOURCE
#include "compiler/arena_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define RESERVE ((size_t)1 << 36)

enum { START_OVER_KEPT = 16 << 20 }; // bytes that are cleared rather than given back
enum { HUGE_PAGE = 2 << 20, HUGE_FROM = 1 << 20, LARGE_TEXT = 64 << 10 };

char *arena_base;
struct ArenaRoom arena_room;
static char *large_pages; // memory from here on has them; NULL: none
char *image_base;
size_t image_size;
static void **arena_roots;

void arena_out_of_memory(void) {
    fputs("csp: out of memory while compiling\n", stderr);
    exit(1);
}

static void start(char *base, size_t size) {
    arena_base = arena_room.next = base;
    arena_room.limit = base + size;
}

static void reserve(void) {
    void *p = mmap(NULL, RESERVE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    size_t size = RESERVE;
    if (p == MAP_FAILED) { // a tight limit on address space: take what is given
        size = (size_t)1 << 30;
        p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    }
    if (p == MAP_FAILED) arena_out_of_memory();
#ifdef MADV_HUGEPAGE // a large program takes a page fault for each 2 MB; a small one stays in front
    uintptr_t from = ((uintptr_t)p + HUGE_FROM + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
    if (madvise((void *)from, size - (from - (uintptr_t)p), MADV_HUGEPAGE) == 0) large_pages = (char *)from;
#endif
    start(p, size);
}

static void take_roots(void) {
    arena_roots = (void **)arena_room.next;
    arena_room.next += ROOT_COUNT * sizeof(void *);
}

static bool map_at(char *base, size_t max) {
    void *p = mmap(base, max, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (p == base) return true;
    if (p != MAP_FAILED) munmap(p, max);
    return false;
}

// What is left out lies where no two neighbouring 32-bit numbers look like a
// pointer to it: positions and lengths do not have the highest bit.
#define LEFT_OUT_DISTANCE ((size_t)1 << 31)

static struct { // of an image being made
    char *base, *end;         // of what is left out; NULL: no image is being made
    bool on;                  // arena_room is there
    struct ArenaRoom other;   // what arena_room is not
} left_out;

bool arena_begin_fixed(void *base, size_t max) {
    char *out = (char *)base + LEFT_OUT_DISTANCE;
    if (!map_at(base, max) || !map_at(out, max)) return false;
    left_out.base = out;
    left_out.end = out + max;
    left_out.other = (struct ArenaRoom){out, out + max};
    start(base, max);
    take_roots();
    return true;
}

bool arena_makes_image(void) { return left_out.base != NULL; }

bool arena_leave_out(bool leave_out) {
    bool before = left_out.on;
    if (!left_out.base || before == leave_out) return before;
    struct ArenaRoom room = arena_room;
    arena_room = left_out.other;
    left_out.other = room;
    left_out.on = leave_out;
    return before;
}

void *arena_alloc_beside(const void *owner, size_t size) {
    if (!left_out.base) return arena_alloc(size);
    bool out = arena_leave_out(arena_is_left_out(owner));
    void *p = arena_alloc(size);
    arena_leave_out(out);
    return p;
}

bool arena_is_left_out(const void *p) { return left_out.base && (const char *)p >= left_out.base && (const char *)p < left_out.end; }

void arena_extent(void **base, size_t *used) {
    *base = arena_base;
    *used = (size_t)(arena_room.next - arena_base);
    void **words = (void **)arena_base;
    for (size_t i = 0; i < *used / sizeof *words; i++)
        if (arena_is_left_out(words[i])) words[i] = NULL;
}

void arena_adopt(void *base, size_t size) {
    image_base = base;
    image_size = size;
    arena_roots = base;
    arena_base = arena_room.next = arena_room.limit = NULL;
}

void arena_start_over(void) {
    if (!arena_base) return;
    size_t used = (size_t)(arena_room.next - arena_base);
    if (used > START_OVER_KEPT && madvise(arena_base, used, MADV_DONTNEED) == 0) used = 0;
    memset(arena_base, 0, used);
    arena_room.next = arena_base;
    take_roots();
}

void *arena_alloc_slow(size_t size) {
    if (arena_in_session) return arena_session_alloc(size);
    if (arena_base) arena_out_of_memory();
    reserve();
    if (!arena_roots) take_roots();
    return arena_alloc(size);
}

void *arena_alloc_large(size_t size) {
    if (size > LARGE_TEXT && !arena_in_session) {
        if (!arena_base) arena_alloc_slow(0);
        if (arena_room.next < large_pages && large_pages < arena_room.limit) arena_room.next = large_pages;
    }
    return arena_alloc(size);
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
    vec_grow_to(at, cap, *cap ? *cap * 2 : elem_size <= 8 ? 4 : elem_size <= 32 ? 2 : 1, elem_size);
}

void vec_grow_to(void **at, uint32_t *cap, uint32_t n, size_t elem_size) {
    char *end = (char *)*at + ((*cap * elem_size + 7) & ~(size_t)7);
    if (*cap && end == arena_room.next && (size_t)(arena_room.limit - end) > n * elem_size) { // grows in place
        arena_alloc((n - *cap) * elem_size);
        *cap = n;
        return;
    }
    void *p = arena_alloc(n * elem_size);
    if (*cap) memcpy(p, *at, *cap * elem_size);
    *at = p;
    *cap = n;
}

// --- names

typedef struct NameSlot { // the hash stands here as well, so that a probe touches no name but the right one
    Name *name;
    uint32_t hash;
} NameSlot;

typedef struct NameTable {
    NameSlot *slots;
    uint32_t mask, count;
} NameTable;

static void grow_names(NameTable *t) {
    uint32_t mask = t->slots ? t->mask * 2 + 1 : 1023;
    bool out = arena_leave_out(false);
    NameSlot *slots = ARENA_ARRAY(NameSlot, mask + 1);
    arena_leave_out(out);
    for (uint32_t i = 0; t->slots && i <= t->mask; i++) {
        if (!t->slots[i].name) continue;
        uint32_t k = t->slots[i].hash & mask;
        while (slots[k].name) k = (k + 1) & mask;
        slots[k] = t->slots[i];
    }
    t->slots = slots;
    t->mask = mask;
}

Name *name_intern_hashed(const char *p, size_t n, uint32_t h) {
    NameTable *t = *arena_root(ROOT_NAMES);
    if (!t) *arena_root(ROOT_NAMES) = t = ARENA_NEW(NameTable);
    if (t->count * 2 >= t->mask) grow_names(t);
    uint32_t i = h & t->mask;
    for (; t->slots[i].name; i = (i + 1) & t->mask) {
        Name *e = t->slots[i].name;
        if (t->slots[i].hash == h && e->len == n && memcmp(e->text, p, n) == 0) return e;
    }
    bool out = arena_leave_out(false);
    Name *e = arena_alloc(sizeof *e + n + 1);
    arena_leave_out(out);
    e->len = (uint32_t)n;
    e->hash = h;
    memcpy(e->text, p, n);
    t->count++;
    t->slots[i] = (NameSlot){e, h};
    return e;
}

void name_collect_begin(void) {
    NameTable *t = *arena_root(ROOT_NAMES);
    arena_weak(t->slots, (t->mask + 1) * sizeof *t->slots);
}

void name_sweep(void) {
    NameTable *t = *arena_root(ROOT_NAMES);
    t->count -= arena_sweep_slots(t->slots, t->mask);
}

Name *name_intern(const char *p, size_t n) {
    uint32_t h = NAME_HASH_SEED;
    for (size_t i = 0; i < n; i++) h = NAME_HASH_STEP(h, p[i]);
    return name_intern_hashed(p, n, h);
}

Name *name_of(const char *cstr) { return name_intern(cstr, strlen(cstr)); }
