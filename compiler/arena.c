// SPDX-License-Identifier: MIT
// arena.c: one reserved stretch of address space, filled from the bottom.
//
// The kernel hands out zeroed pages as they are touched, so allocating is a
// pointer bump and nothing is cleared twice. At the beginning lies the block of
// roots. After an image was adopted its block stays in force and new memory
// comes from a second stretch.
#define _GNU_SOURCE
#include "compiler/arena.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define RESERVE ((size_t)1 << 36)

enum { PAGE = 4096, LIVE_CHUNK = 16 * PAGE, HUGE_PAGE = 2 << 20, HUGE_FROM = 1 << 20, LARGE_TEXT = 64 << 10 };

static char *arena_base;
struct ArenaRoom arena_room;
static char *large_pages; // memory from here on has them; NULL: none
static char *image_base; // of an adopted image
static size_t image_size;
static void **arena_roots;

static void out_of_memory(void) {
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
    if (p == MAP_FAILED) out_of_memory();
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

void *arena_alloc_slow(size_t size) {
    if (arena_base) out_of_memory();
    reserve();
    if (!arena_roots) take_roots();
    return arena_alloc(size);
}

void *arena_alloc_large(size_t size) {
    if (size > LARGE_TEXT) {
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

// --- going back
//
// A checkpoint holds copies of the pages that were written before it: all of
// the arena's own, and those of the image that differ from the file, which the
// kernel tells apart (pagemap: a private copy of a file's page is anonymous).
// Going back compares and copies, and drops the private copies that are newer.

typedef struct LiveChunk {
    char *at, *next, *limit;
    struct LiveChunk *link;
} LiveChunk;

void *arena_alloc_live(size_t size) {
    size = (size + 7) & ~(size_t)7;
    LiveChunk **root = (LiveChunk **)arena_root(ROOT_LIVE), *c = *root;
    if (!c || (size_t)(c->limit - c->next) < size) {
        size_t room = (size + LIVE_CHUNK - 1) / PAGE * PAGE;
        char *p = arena_alloc(room + PAGE);
        c = ARENA_NEW(LiveChunk);
        c->at = c->next = (char *)(((uintptr_t)p + PAGE - 1) & ~(uintptr_t)(PAGE - 1));
        c->limit = c->at + room;
        c->link = *root;
        *root = c;
    }
    void *p = c->next;
    c->next += size;
    return p;
}

static bool is_live(const char *page) {
    for (LiveChunk *c = *arena_root(ROOT_LIVE); c; c = c->link)
        if (page >= c->at && page < c->limit) return true;
    return false;
}

typedef struct SavedPage { char *at; char *copy; } SavedPage;

static struct {
    char *next, *limit, *base; // of the arena then
    char *own;                 // copy of [base, next)
    size_t own_cap;
    SavedPage *pages;          // of the image, ascending
    size_t npages, pages_cap;
    uint64_t *map;
} kept;

static void *grown(void *p, size_t size) {
    p = realloc(p, size);
    if (!p) out_of_memory();
    return p;
}

// Reads which pages of the image are private copies; all of them when the
// kernel does not tell.
static bool read_pagemap(void) {
    size_t n = image_size / PAGE * sizeof(uint64_t);
    if (!kept.map) kept.map = grown(NULL, n + 1);
    int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && pread(fd, kept.map, n, (off_t)((uintptr_t)image_base / PAGE * sizeof(uint64_t))) == (ssize_t)n;
    if (fd >= 0) close(fd);
    return ok;
}

static bool is_private(size_t page) {
    uint64_t e = kept.map[page];
    bool present = e >> 63 & 1, swapped = e >> 62 & 1, of_file = e >> 61 & 1;
    return (present || swapped) && !of_file;
}

static void keep_page(char *at) {
    if (kept.npages == kept.pages_cap) {
        kept.pages_cap = kept.pages_cap ? kept.pages_cap * 2 : 256;
        kept.pages = grown(kept.pages, kept.pages_cap * sizeof *kept.pages);
        memset(kept.pages + kept.npages, 0, (kept.pages_cap - kept.npages) * sizeof *kept.pages);
    }
    SavedPage *s = &kept.pages[kept.npages++];
    s->at = at;
    if (!s->copy) s->copy = grown(NULL, PAGE);
    memcpy(s->copy, at, PAGE);
}

void arena_checkpoint(void) {
    arena_root(ROOT_LIVE);
    kept.base = arena_base;
    kept.next = arena_room.next;
    kept.limit = arena_room.limit;
    size_t used = (size_t)(arena_room.next - arena_base);
    if (used > kept.own_cap) kept.own = grown(kept.own, kept.own_cap = used * 2);
    if (used) memcpy(kept.own, arena_base, used);
    kept.npages = 0;
    if (!image_size) return;
    bool told = read_pagemap();
    for (size_t i = 0; i < image_size / PAGE; i++)
        if ((!told || is_private(i)) && !is_live(image_base + i * PAGE)) keep_page(image_base + i * PAGE);
}

static void copy_back(char *at, const char *from, size_t n) {
    if (memcmp(at, from, n) != 0) memcpy(at, from, n);
}

static void go_back_own(void) {
    size_t used = (size_t)(kept.next - kept.base);
    char *old_next = arena_room.next;
    for (size_t off = 0; off < used;) { // page by page, as live chunks are left out by page
        char *at = kept.base + off;
        size_t n = PAGE - ((uintptr_t)at & (PAGE - 1));
        if (n > used - off) n = used - off;
        if (!is_live((char *)((uintptr_t)at & ~(uintptr_t)(PAGE - 1)))) copy_back(at, kept.own + off, n);
        off += n;
    }
    if (!kept.base) { // the own stretch was begun since
        arena_room.next = arena_base;
    } else {
        arena_base = kept.base;
        arena_room.next = kept.next;
        arena_room.limit = kept.limit;
    }
    if (old_next > arena_room.next) memset(arena_room.next, 0, (size_t)(old_next - arena_room.next));
}

static void go_back_image(void) {
    if (!image_size || !read_pagemap()) {
        for (size_t i = 0; i < kept.npages; i++) copy_back(kept.pages[i].at, kept.pages[i].copy, PAGE);
        return;
    }
    size_t next = 0;
    for (size_t i = 0; i < image_size / PAGE; i++) {
        char *at = image_base + i * PAGE;
        bool saved = next < kept.npages && kept.pages[next].at == at;
        if (saved) copy_back(at, kept.pages[next++].copy, PAGE);
        else if (is_private(i) && !is_live(at)) madvise(at, PAGE, MADV_DONTNEED);
    }
}

void arena_go_back(void) {
    go_back_own(); // first: the list of live chunks may have to be as it was
    go_back_image();
}

size_t arena_used(void) { return (size_t)(arena_room.next - arena_base); }

// --- names

typedef struct NameSlot { // the hash stands here as well, so that a probe touches no name but the right one
    uint32_t hash;
    Name *name;
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
    t->slots[i] = (NameSlot){h, e};
    return e;
}

Name *name_intern(const char *p, size_t n) {
    uint32_t h = NAME_HASH_SEED;
    for (size_t i = 0; i < n; i++) h = NAME_HASH_STEP(h, p[i]);
    return name_intern_hashed(p, n, h);
}

Name *name_of(const char *cstr) { return name_intern(cstr, strlen(cstr)); }
