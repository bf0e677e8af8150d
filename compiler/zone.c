// SPDX-License-Identifier: MIT
// zone.c: memory that is freed object by object when nothing refers to it.
//
// Invariant: outside of objects a zone is zero, so neither allocating nor going
// back has to know what was there.
#define _GNU_SOURCE
#include "compiler/zone.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/base.h"

#ifdef ADDRESS_SANITIZER // free memory is nobody's
#include <sanitizer/asan_interface.h>
#define GUARD(from, to) __asan_poison_memory_region(from, (size_t)((to) - (from)))
#define UNGUARD(from, to) __asan_unpoison_memory_region(from, (size_t)((to) - (from)))
#else
#define GUARD(from, to) ((void)0)
#define UNGUARD(from, to) ((void)0)
#endif

enum { UNIT = 8, PAGE = 4096, LEAST_GAP = 64, FROM_THE_END = 2048, RELEASE_FROM = 16 * PAGE };

// --- bits

static size_t bit_of(const Zone *z, const char *p) { return (size_t)(p - z->base) / UNIT; }
static bool get(const uint64_t *bits, size_t i) { return bits[i / 64] >> (i % 64) & 1; }
static void set(uint64_t *bits, size_t i) { bits[i / 64] |= 1ull << (i % 64); }

static void clear_range(uint64_t *bits, size_t from, size_t to) {
    for (; from < to && from % 64; from++) bits[from / 64] &= ~(1ull << (from % 64));
    if (to - from >= 64) memset(&bits[from / 64], 0, (to - from) / 64 * 8);
    for (from += (to - from) / 64 * 64; from < to; from++) bits[from / 64] &= ~(1ull << (from % 64));
}

static size_t last_set(const uint64_t *bits, size_t i) { // at or before i; there is one
    uint64_t w = bits[i / 64] & (~0ull >> (63 - i % 64));
    for (i /= 64; !w;) w = bits[--i];
    return i * 64 + 63 - (size_t)__builtin_clzll(w);
}

static size_t next_set(const uint64_t *bits, size_t i, size_t end) { // behind i; end: none
    if (++i >= end) return end;
    uint64_t w = bits[i / 64] & (~0ull << (i % 64));
    for (i /= 64; !w; w = bits[i])
        if (++i * 64 >= end) return end;
    i = i * 64 + (size_t)__builtin_ctzll(w);
    return i < end ? i : end;
}

// --- allocating

bool zone_init(Zone *z, size_t reserve, void (*release)(char *from, size_t size)) {
    size_t bits = reserve / UNIT / 8 + PAGE;
    char *p = MAP_FAILED;
    for (; p == MAP_FAILED && reserve >= 1 << 24; reserve /= p == MAP_FAILED ? 4 : 1) { // a tight limit on address space allows less
        bits = reserve / UNIT / 8 + PAGE;
        p = mmap(NULL, reserve + 3 * bits, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    }
    if (p == MAP_FAILED) return false;
    *z = (Zone){.base = p, .limit = p + reserve, .release = release};
    z->starts = (uint64_t *)(void *)(p + reserve);
    z->free = (uint64_t *)(void *)(p + reserve + bits);
    z->marks = (uint64_t *)(void *)(p + reserve + 2 * bits);
    z->at.cursor = z->at.next = p;
    zone_checkpoint(z);
    return true;
}

static char *gap_end(const Zone *z) { return z->at.gap < z->ngaps ? z->gaps[z->at.gap].to : z->at.cursor; }

static void *begin_object(Zone *z, char *p, size_t size) {
    UNGUARD(p, p + size);
    set(z->starts, bit_of(z, p));
    z->at.used += size;
    return p;
}

// What is left of the gap begins behind the new object.
static void *from_gap(Zone *z, size_t size) {
    char *p = z->at.cursor, *end = gap_end(z);
    z->free[bit_of(z, p) / 64] &= ~(1ull << (bit_of(z, p) % 64));
    z->at.cursor += size;
    if (z->at.cursor < end) {
        set(z->starts, bit_of(z, z->at.cursor));
        set(z->free, bit_of(z, z->at.cursor));
    }
    return begin_object(z, p, size);
}

void *zone_alloc(Zone *z, size_t size) {
    size = size ? (size + UNIT - 1) & ~(size_t)(UNIT - 1) : UNIT;
    while (size < FROM_THE_END && z->at.gap < z->ngaps) {
        if ((size_t)(gap_end(z) - z->at.cursor) >= size) return from_gap(z, size);
        if (++z->at.gap < z->ngaps) z->at.cursor = z->gaps[z->at.gap].from;
    }
    char *p = z->at.next;
    if ((size_t)(z->limit - p) < size) return NULL;
    z->at.next += size;
    return begin_object(z, p, size);
}

void zone_checkpoint(Zone *z) { z->kept = z->at; }

static void empty_gap(Zone *z, char *from, char *to) {
    if (from >= to) return;
    clear_range(z->starts, bit_of(z, from), bit_of(z, to));
    clear_range(z->free, bit_of(z, from), bit_of(z, to));
    set(z->starts, bit_of(z, from));
    set(z->free, bit_of(z, from));
    GUARD(from, to);
}

static bool is_zero(const char *from, const char *to) { return from == to || (*from == 0 && memcmp(from, from + 1, (size_t)(to - from) - 1) == 0); }

void zone_go_back(Zone *z) {
    for (uint32_t i = z->kept.gap; i < z->ngaps && i <= z->at.gap; i++) {
        char *from = i == z->kept.gap ? z->kept.cursor : z->gaps[i].from, *to = i == z->at.gap ? z->at.cursor : z->gaps[i].to;
        UNGUARD(from, to); // the end of a gap that was left as too small as well
        if (!is_zero(from, to)) memset(from, 0, (size_t)(to - from));
        empty_gap(z, from, z->gaps[i].to);
    }
    clear_range(z->starts, bit_of(z, z->kept.next), bit_of(z, z->at.next));
    clear_range(z->free, bit_of(z, z->kept.next), bit_of(z, z->at.next));
    memset(z->kept.next, 0, (size_t)(z->at.next - z->kept.next));
    z->at = z->kept;
}

// --- marking

bool zone_object(const Zone *z, uint64_t word, char **from, char **to) {
    size_t first = last_set(z->starts, bit_of(z, (const char *)(uintptr_t)word));
    if (get(z->free, first)) return false;
    *from = z->base + first * UNIT;
    *to = z->base + next_set(z->starts, first, bit_of(z, z->at.next)) * UNIT;
    return true;
}

bool zone_is_marked(const Zone *z, const char *object) { return get(z->marks, bit_of(z, object)); }

bool zone_mark(Zone *z, const char *object) {
    if (zone_is_marked(z, object)) return false;
    set(z->marks, bit_of(z, object));
    return true;
}

void zone_clear_marks(Zone *z) { clear_range(z->marks, 0, bit_of(z, z->at.next)); }

// --- sweeping

static void add_gap(Zone *z, char *from, char *to) {
    if (z->ngaps == z->gaps_cap) {
        z->gaps_cap = z->gaps_cap ? z->gaps_cap * 2 : 256;
        z->gaps = realloc(z->gaps, z->gaps_cap * sizeof *z->gaps);
        if (!z->gaps) abort();
    }
    z->gaps[z->ngaps++] = (Gap){from, to};
}

static char *page_up(char *p) { return (char *)(((uintptr_t)p + PAGE - 1) & ~(uintptr_t)(PAGE - 1)); }
static char *page_down(char *p) { return (char *)((uintptr_t)p & ~(uintptr_t)(PAGE - 1)); }

// Pages that are zero already stay as they are.
static void zero(const Zone *z, char *from, char *to) {
    UNGUARD(from, to);
    char *first = page_up(from), *last = page_down(to);
    if (last > first && last - first >= RELEASE_FROM) {
        z->release(first, (size_t)(last - first));
        zero(z, from, first);
        zero(z, last, to);
    } else if (!is_zero(from, to)) {
        memset(from, 0, (size_t)(to - from));
    }
}

static void free_range(Zone *z, char *from, char *to) {
    zero(z, from, to);
    empty_gap(z, from, to);
    if (to - from >= LEAST_GAP) add_gap(z, from, to);
}

static void free_end(Zone *z, char *from) {
    zero(z, from, z->at.next);
    clear_range(z->starts, bit_of(z, from), bit_of(z, z->at.next));
    clear_range(z->free, bit_of(z, from), bit_of(z, z->at.next));
    z->at.next = from;
}

void zone_sweep(Zone *z) {
    size_t end = bit_of(z, z->at.next);
    char *gap = NULL; // begin of the free memory before `at`
    z->ngaps = 0;
    z->at.used = 0;
    for (size_t at = end ? 0 : end, next; at < end; at = next) {
        next = next_set(z->starts, at, end);
        char *p = z->base + at * UNIT;
        if (!get(z->marks, at)) {
            if (!gap) gap = p;
            continue;
        }
        if (gap) free_range(z, gap, p);
        gap = NULL;
        z->at.used += (next - at) * UNIT;
    }
    if (gap) free_end(z, gap);
    z->at.gap = 0;
    z->at.cursor = z->ngaps ? z->gaps[0].from : z->at.next;
    zone_checkpoint(z);
}
