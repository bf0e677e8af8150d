// SPDX-License-Identifier: MIT
// gc_mark.c: marking with a stack of grey objects for each marking thread.
//
// An object is grey from the setting of its mark bit until it was scanned. Grey
// objects wait on the stack of the marker that marked them, and go from there
// through a short queue in which the loads of their memory are under way
// (prefetch), since on a large heap nearly all of the time is cache misses.
//
// Helpers are threads that are made at the first large collection and sleep
// between collections. A marker with much on its stack gives a part of it to
// the shared pile when somebody is hungry. Marking is over when the pile is
// empty and no helper is busy, both seen under the pile's lock: only a busy
// helper or the collecting thread itself can add to the pile.
// Lock: pile.lock for the pile, `busy` and `round`.
#include "runtime/gc_mark.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/os.h"

enum { QUEUE = 8, SHARE_FROM = 64, SHARE_MOST = 256, MAX_HELPERS = 7, NAP_NS = 200000 };

typedef struct Grey { // marked, not scanned yet
    const char *obj;
    const uint64_t *type_word;
} Grey;

struct Marker {
    Grey *stack;
    uint64_t depth, cap;
    bool parallel; // others mark as well
};

static Marker own; // of the collecting thread

static struct {
    RtLock lock;
    Grey *items;
    uint64_t cap;
    _Atomic uint32_t n;      // items; a futex of the hungry
    _Atomic uint32_t hungry; // helpers that wait for items
    uint32_t busy;           // helpers that have items
    _Atomic uint32_t round;  // odd: a parallel marking is under way; a futex of helpers
    _Atomic uint32_t resting; // helpers that do not touch the heap
    uint32_t nhelpers;
} pile;

// --- the stack

static void grow(Marker *m) {
    m->cap = m->cap ? m->cap * 2 : 4096;
    m->stack = base_realloc(m->stack, m->cap * sizeof *m->stack);
}

// True when the bit was clear.
static inline bool set_bit(uint64_t *word, uint64_t bit, bool parallel) {
    uint64_t old = __atomic_load_n(word, __ATOMIC_RELAXED);
    if (old & bit) return false;
    if (parallel) return !(__atomic_fetch_or(word, bit, __ATOMIC_RELAXED) & bit);
    __atomic_store_n(word, old | bit, __ATOMIC_RELAXED);
    return true;
}

static inline void mark(Marker *m, uint64_t word) {
    uint32_t i;
    const Span *s = heap_find(word, &i);
    if (!s || !set_bit(&s->mark[i / 64], 1ull << (i & 63), m->parallel) || s->noscan) return;
    if (UNLIKELY(m->depth == m->cap)) grow(m);
    m->stack[m->depth++] = (Grey){s->start + i * s->size, &s->types[i]};
}

void gc_mark_word(void *marker, uint64_t word) { mark(marker, word); }

// --- scanning

static void mark_map(Marker *m, const uint64_t *w, const uint8_t *map, uint64_t nwords) {
    for (uint64_t i = 0; i < nwords; i += 8) {
        unsigned bits = map[i / 8];
        if (i + 8 > nwords) bits &= (1u << (nwords - i)) - 1;
        for (; bits; bits &= bits - 1) mark(m, w[i + (unsigned)__builtin_ctz(bits)]);
    }
}

// Bits behind ptr_words are clear in the map of a type.
void gc_mark_typed(Marker *m, const char *mem, const TypeDesc *t) {
    if (t->ptr_words == 0) return;
    if (t->ptr_map) {
        mark_map(m, (const uint64_t *)mem, t->ptr_map, t->ptr_words);
        return;
    }
    for (int64_t i = 0; i < t->len; i++) gc_mark_typed(m, mem + (uint64_t)i * t->elem->size, t->elem); // an array
}

static __attribute__((noinline)) void scan_general(Marker *m, const char *obj, uint64_t type_word) {
    const TypeDesc *t = (const TypeDesc *)(uintptr_t)(type_word & ~(uint64_t)TYPE_WORD_ARRAY);
    if (t && !(type_word & TYPE_WORD_ARRAY)) {
        gc_mark_typed(m, obj, t);
        return;
    }
    uint32_t index;
    uint64_t size = heap_find((uint64_t)(uintptr_t)obj, &index)->size;
    if (t) {
        for (uint64_t off = 0; off + t->size <= size; off += t->size) gc_mark_typed(m, obj + off, t);
        return;
    }
    const uint64_t *w = (const uint64_t *)obj;
    for (uint64_t i = 0; i < size / 8; i++) mark(m, w[i]);
}

// Most objects are single values whose pointers lie in the first eight words.
static inline void scan(Marker *m, Grey g) {
    uint64_t type_word = *g.type_word;
    const TypeDesc *t = (const TypeDesc *)(uintptr_t)type_word;
    if (UNLIKELY(!t || type_word & TYPE_WORD_ARRAY || t->ptr_words > 8 || !t->ptr_map)) {
        scan_general(m, g.obj, type_word);
        return;
    }
    const uint64_t *w = (const uint64_t *)g.obj;
    for (unsigned bits = t->ptr_map[0]; bits; bits &= bits - 1) mark(m, w[__builtin_ctz(bits)]);
}

void gc_mark_contents(Marker *m, const Span *s, uint32_t index) {
    if (!s->noscan) scan(m, (Grey){s->start + index * s->size, &s->types[index]});
}

// --- the pile

static void share(Marker *m) {
    uint64_t n = m->depth / 2 < SHARE_MOST ? m->depth / 2 : SHARE_MOST;
    rt_lock(&pile.lock);
    uint32_t have = atomic_load_explicit(&pile.n, memory_order_relaxed);
    if (have + n > pile.cap) {
        pile.cap = (have + n) * 2;
        pile.items = base_realloc(pile.items, pile.cap * sizeof *pile.items);
    }
    m->depth -= n;
    memcpy(pile.items + have, m->stack + m->depth, n * sizeof *pile.items);
    atomic_store(&pile.n, have + (uint32_t)n);
    rt_unlock(&pile.lock);
    os_futex_wake(&pile.n, 1);
}

// Takes work for m, whose stack is empty; pile.lock held.
static bool take(Marker *m) {
    uint32_t have = atomic_load_explicit(&pile.n, memory_order_relaxed), n = have < SHARE_FROM ? have : SHARE_FROM;
    if (n == 0) return false;
    while (m->cap < n) grow(m);
    memcpy(m->stack, pile.items + have - n, n * sizeof *pile.items);
    m->depth = n;
    atomic_store(&pile.n, have - n);
    return true;
}

void gc_mark_drain(Marker *m) {
    Grey queue[QUEUE];
    uint32_t in = 0, out = 0;
    for (;;) {
        while (m->depth && in - out < QUEUE) {
            Grey g = m->stack[--m->depth];
            __builtin_prefetch(g.obj);
            __builtin_prefetch(g.type_word);
            queue[in++ % QUEUE] = g;
        }
        if (in == out) return;
        scan(m, queue[out++ % QUEUE]);
        if (m->parallel && m->depth >= SHARE_FROM && atomic_load_explicit(&pile.hungry, memory_order_relaxed)) share(m);
    }
}

void gc_mark_finish(Marker *m) {
    for (;;) {
        gc_mark_drain(m);
        if (!m->parallel) return;
        rt_lock(&pile.lock);
        bool more = take(m), over = !more && pile.busy == 0;
        rt_unlock(&pile.lock);
        if (over) return;
        if (!more) os_futex_wait(&pile.n, 0, NAP_NS);
    }
}

// --- helpers

// Works off the pile until the round ends.
static void help(Marker *m, uint32_t round) {
    bool working = false;
    while (atomic_load(&pile.round) == round) {
        rt_lock(&pile.lock);
        bool got = take(m);
        if (got != working) pile.busy += got ? 1 : -1u;
        bool last = working && !got && pile.busy == 0;
        rt_unlock(&pile.lock);
        if (last) os_futex_wake(&pile.n, INT32_MAX); // the collecting thread may wait for this
        working = got;
        if (got) {
            gc_mark_drain(m);
            continue;
        }
        atomic_fetch_add(&pile.hungry, 1);
        os_futex_wait(&pile.n, 0, NAP_NS);
        atomic_fetch_sub(&pile.hungry, 1);
    }
}

static void *helper_main(void *arg) {
    Marker m = {.parallel = true};
    (void)arg;
    for (;;) {
        uint32_t round = atomic_load(&pile.round);
        if (round & 1) {
            atomic_fetch_sub(&pile.resting, 1);
            // the round may have ended before it was known that this helper is awake
            if (atomic_load(&pile.round) == round) help(&m, round);
            atomic_fetch_add(&pile.resting, 1);
            os_futex_wake(&pile.resting, 1);
        }
        uint32_t now = atomic_load(&pile.round);
        if (now == round) os_futex_wait(&pile.round, now, -1);
    }
    return NULL;
}

// Fewer helpers than wanted is no fault.
static void make_helpers(uint32_t want) {
    if (want > MAX_HELPERS) want = MAX_HELPERS;
    sigset_t all, old; // signals belong to the first thread
    sigfillset(&all);
    pthread_attr_t attr;
    if (pile.nhelpers >= want || pthread_attr_init(&attr) != 0) return;
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attr, 256 << 10); // scanning nests only as deep as array types do
    pthread_sigmask(SIG_SETMASK, &all, &old);
    for (; pile.nhelpers < want; pile.nhelpers++) {
        pthread_t thread;
        atomic_fetch_add(&pile.resting, 1);
        if (pthread_create(&thread, &attr, helper_main, NULL) != 0) {
            atomic_fetch_sub(&pile.resting, 1);
            break;
        }
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
}

Marker *gc_mark_begin(uint32_t nthreads) {
    if (nthreads > 1) make_helpers(nthreads - 1);
    own.parallel = nthreads > 1 && pile.nhelpers > 0;
    if (own.parallel) {
        atomic_fetch_add(&pile.round, 1);
        os_futex_wake(&pile.round, INT32_MAX);
    }
    return &own;
}

void gc_mark_end(Marker *m) {
    gc_mark_finish(m);
    if (!m->parallel) return;
    atomic_fetch_add(&pile.round, 1);
    os_futex_wake(&pile.n, INT32_MAX);
    for (uint32_t r; (r = atomic_load(&pile.resting)) != pile.nhelpers;) os_futex_wait(&pile.resting, r, NAP_NS);
}
