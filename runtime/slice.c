// SPDX-License-Identifier: MIT
// slice.c: making, growing and copying slices.
//
// Invariant: a slice that is not nil has a non-NULL pointer, even when it has
// no bytes; all empty ones may share one address.
#include "runtime/slice.h"

#include <string.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/panic.h"

// No slice is larger than the address space of a process.
static const uint64_t MAX_BYTES = 1ull << 48;

static uint64_t empty_base; // where slices without bytes point

static void *new_array(P *p, const TypeDesc *elem, int64_t n) {
    if (n == 0 || elem->size == 0) return &empty_base;
    return gc_new_array(p, elem, n);
}

static bool fits(const TypeDesc *elem, int64_t n) {
    uint64_t bytes;
    return n >= 0 && !__builtin_mul_overflow((uint64_t)n, elem->size, &bytes) && bytes <= MAX_BYTES;
}

bool slice_make(P *p, G *g, const TypeDesc *elem, int64_t len, int64_t cap, Slice *out) {
    if (__builtin_expect(len < 0 || len > cap || !fits(elem, cap), 0)) {
        rt_panic(g, fits(elem, len) ? ERR_MAKESLICE_CAP : ERR_MAKESLICE_LEN);
        return false;
    }
    *out = (Slice){new_array(p, elem, cap), len, cap};
    return true;
}

// Go's rule: twice the capacity below 256 elements, from there smoothly down
// to a quarter more.
static int64_t next_cap(int64_t old, int64_t need) {
    enum { THRESHOLD = 256 };
    if (need > 2 * old) return need;
    if (old < THRESHOLD) return 2 * old;
    int64_t cap = old;
    while (cap < need) cap += (cap + 3 * THRESHOLD) >> 2;
    return cap;
}

bool slice_grow(P *p, G *g, const TypeDesc *elem, Slice s, int64_t n, Slice *out) {
    int64_t need;
    if (__builtin_add_overflow(s.len, n, &need)) need = -1;
    if (need >= 0 && need <= s.cap) {
        *out = (Slice){s.ptr, need, s.cap};
        return true;
    }
    if (need < 0 || !fits(elem, need)) {
        rt_panic(g, ERR_GROWSLICE);
        return false;
    }
    if (elem->size == 0) {
        *out = (Slice){s.ptr ? s.ptr : &empty_base, need, need};
        return true;
    }
    int64_t cap = next_cap(s.cap, need);
    if (!fits(elem, cap)) cap = need;
    cap = (int64_t)(gc_round_size((uint64_t)cap * elem->size, elem->ptr_words == 0) / elem->size);
    void *mem = new_array(p, elem, cap);
    if (s.len) base_move(mem, s.ptr, (uint64_t)s.len * elem->size);
    *out = (Slice){mem, need, cap};
    return true;
}

bool slice_append(P *p, G *g, const TypeDesc *elem, Slice s, Slice more, Slice *out) {
    Slice grown;
    if (more.len == 0) {
        *out = s;
        return true;
    }
    if (!slice_grow(p, g, elem, s, more.len, &grown)) return false;
    base_move((char *)grown.ptr + (uint64_t)s.len * elem->size, more.ptr, (uint64_t)more.len * elem->size);
    *out = grown;
    return true;
}

int64_t slice_copy(const TypeDesc *elem, Slice dst, Slice src) {
    int64_t n = dst.len < src.len ? dst.len : src.len;
    if (n) base_move(dst.ptr, src.ptr, (uint64_t)n * elem->size);
    return n;
}
