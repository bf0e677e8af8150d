// SPDX-License-Identifier: MIT
// gc_mark.c: marking with a stack of grey objects for each marking thread.
//
// On a large heap nearly all of the time is cache misses, so a marker works on
// many objects at once. A word that may be an address goes through a short
// queue, `seen`, in which the load of its span is under way (prefetch), before
// its object is marked. An object is grey from the setting of its mark bit until
// it was scanned. Grey objects wait on the stack of the marker that marked them,
// and go from there through a second queue in which the loads of their memory
// are under way. Objects without pointers are never touched.
//
// A large object is scanned in parts, each with an entry of its own on the
// stack: so others can take parts, and the stack stays short.
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
#include "runtime/panic.h"

enum { SEEN = 16, QUEUE = 8, PART_BYTES = 8192, STACK_KEEP = 1 << 16, DEEP = 256 };
enum { SHARE_FROM = 4, SHARE_MOST = 256, TAKE_MOST = 64, MAX_HELPERS = 7, NAP_NS = 200000 };

typedef struct Grey { // marked, not scanned yet
    const char *obj;           // with PART: a later part of a large object, from there on
    const uint64_t *type_word;
} Grey;
enum { PART = 1 };

typedef struct Seen { // a word, and the span that it points into
    uint64_t word;
    const Span *span;
} Seen;

struct Marker {
    Grey *stack;
    uint64_t depth, cap;
    uint32_t seen_in, seen_out;
    bool parallel; // others mark as well
    bool hold;     // nothing is scanned yet
    Seen seen[SEEN];
};

static Marker own; // of the collecting thread

static struct {
    RtLock lock;
    Grey *items;
    uint64_t cap;
    _Atomic uint32_t n;      // items; a futex of the hungry
    uint32_t busy;           // helpers that have items
    _Alignas(64) _Atomic uint32_t hungry; // threads that wait for items; all look at it often
    _Alignas(64) _Atomic uint32_t round;  // odd: a parallel marking is under way; a futex of helpers
    _Atomic uint32_t resting; // helpers that do not touch the heap
    uint32_t nhelpers;
} pile;

// --- the stack

// Pages of its own: the copy of the process that marks has no allocator.
static void grow(Marker *m) {
    uint64_t cap = m->cap ? m->cap * 2 : 4096;
    m->stack = os_resize(m->stack, m->cap * sizeof *m->stack, cap * sizeof *m->stack);
    if (!m->stack) rt_fatal("out of memory for marking");
    m->cap = cap;
}

// True when the bit was clear.
static inline bool set_bit(uint64_t *word, uint64_t bit, bool parallel) {
    uint64_t old = __atomic_load_n(word, __ATOMIC_RELAXED);
    if (old & bit) return false;
    if (parallel) return !(__atomic_fetch_or(word, bit, __ATOMIC_RELAXED) & bit);
    __atomic_store_n(word, old | bit, __ATOMIC_RELAXED);
    return true;
}

static void push(Marker *m, Grey g) {
    if (UNLIKELY(m->depth == m->cap)) grow(m);
    m->stack[m->depth++] = g;
}

// Marks the object of the oldest word seen.
static inline void mark_oldest(Marker *m) {
    Seen at = m->seen[m->seen_out++ % SEEN];
    const Span *s = at.span;
    uint32_t i = (uint32_t)((at.word - (uint64_t)(uintptr_t)s->start) * s->magic >> 32);
    if (i >= s->nelems || !set_bit(&s->mark[i / 64], 1ull << (i & 63), m->parallel) || s->noscan) return;
    push(m, (Grey){s->start + i * s->size, &s->types[i]});
}

// As heap_find, in two steps.
static inline void mark(Marker *m, uint64_t word) {
    uint64_t off = word - (uint64_t)(uintptr_t)heap.base;
    if (off >= atomic_load_explicit(&heap.used_pages, memory_order_relaxed) << PAGE_SHIFT) return;
    const Span *s = heap.page_span[off >> PAGE_SHIFT];
    if (!s) return;
    __builtin_prefetch(s);
    if (m->seen_in - m->seen_out == SEEN) mark_oldest(m);
    m->seen[m->seen_in++ % SEEN] = (Seen){word, s};
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

// Whole values of type t from p to end; NULL: words.
static void scan_values(Marker *m, const char *p, const char *end, const TypeDesc *t) {
    uint64_t size = t ? t->size : 8;
    if (t && (t->ptr_words > 8 || !t->ptr_map)) {
        for (; (uint64_t)(end - p) >= size; p += size) gc_mark_typed(m, p, t);
        return;
    }
    unsigned map = t ? t->ptr_map[0] : 1;
    for (; (uint64_t)(end - p) >= size; p += size)
        for (unsigned bits = map; bits; bits &= bits - 1) mark(m, ((const uint64_t *)(const void *)p)[__builtin_ctz(bits)]);
}

// One part of a large object, and with the first one entries for the others.
static void scan_part(Marker *m, Grey g, const Span *s, const TypeDesc *t) {
    uint64_t size = t ? t->size : 8, part = size < PART_BYTES ? PART_BYTES / size * size : size;
    const char *from = g.obj, *end = s->start + s->size;
    if ((uint64_t)(uintptr_t)from & PART) {
        from -= PART;
    } else {
        for (uint64_t off = (s->size - 1) / part * part; off > 0; off -= part) push(m, (Grey){s->start + off + PART, g.type_word});
    }
    scan_values(m, from, (uint64_t)(end - from) < part ? end : from + part, t);
}

static __attribute__((noinline)) void scan_general(Marker *m, Grey g, uint64_t type_word) {
    const TypeDesc *t = (const TypeDesc *)(uintptr_t)(type_word & ~(uint64_t)TYPE_WORD_ARRAY);
    bool array = !t || type_word & TYPE_WORD_ARRAY;
    if (t && !array && t->size > PART_BYTES)
        for (; t->kind == KIND_ARRAY && t->size > PART_BYTES; array = true) t = t->elem; // what lies behind the value is zero
    if (!array) {
        gc_mark_typed(m, g.obj, t);
        return;
    }
    uint32_t index;
    const Span *s = heap_find((uint64_t)(uintptr_t)g.obj, &index);
    if (s->size_class == 0) scan_part(m, g, s, t);
    else scan_values(m, g.obj, g.obj + s->size, t);
}

// Most objects are single values whose pointers lie in the first eight words.
static inline void scan(Marker *m, Grey g) {
    uint64_t type_word = *g.type_word;
    const TypeDesc *t = (const TypeDesc *)(uintptr_t)type_word;
    if (UNLIKELY(!t || type_word & TYPE_WORD_ARRAY || t->ptr_words > 8 || !t->ptr_map)) {
        scan_general(m, g, type_word);
        return;
    }
    const uint64_t *w = (const uint64_t *)g.obj;
    for (unsigned bits = t->ptr_map[0]; bits; bits &= bits - 1) mark(m, w[__builtin_ctz(bits)]);
}

void gc_mark_contents(Marker *m, const Span *s, uint32_t index) {
    if (!s->noscan) scan(m, (Grey){s->start + index * s->size, &s->types[index]});
}

// --- the pile

// The oldest half of the stack, which leads to most, or a part of that.
static void share(Marker *m) {
    uint64_t n = m->depth / 2 < SHARE_MOST ? m->depth / 2 : SHARE_MOST;
    rt_lock(&pile.lock);
    uint32_t have = atomic_load_explicit(&pile.n, memory_order_relaxed);
    if (have + n > pile.cap) {
        pile.cap = (have + n) * 2;
        pile.items = base_realloc(pile.items, pile.cap * sizeof *pile.items);
    }
    memcpy(pile.items + have, m->stack, n * sizeof *pile.items);
    atomic_store(&pile.n, have + (uint32_t)n);
    rt_unlock(&pile.lock);
    m->depth -= n;
    memcpy(m->stack, m->stack + m->depth, n * sizeof *m->stack); // the newest fill the hole
    os_futex_wake(&pile.n, 1);
}

// Takes work for m, whose stack is empty; pile.lock held.
static bool take(Marker *m) {
    uint32_t have = atomic_load_explicit(&pile.n, memory_order_relaxed), n = have < TAKE_MOST ? have : TAKE_MOST;
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
        if (in == out) {
            while (m->depth == 0 && m->seen_in != m->seen_out) mark_oldest(m);
            if (m->depth == 0) return;
            continue;
        }
        scan(m, queue[out++ % QUEUE]);
        if (m->parallel && m->depth >= SHARE_FROM && atomic_load_explicit(&pile.hungry, memory_order_relaxed)) share(m);
    }
}

void gc_mark_relieve(Marker *m) {
    if (m->depth >= DEEP && !m->hold) gc_mark_drain(m);
}

void gc_mark_hold(Marker *m) { m->hold = true; }

void gc_mark_forget(Marker *m) {
    m->hold = false;
    m->depth = 0;
    m->seen_out = m->seen_in;
}

static void wait_for_items(void) {
    atomic_fetch_add(&pile.hungry, 1);
    os_futex_wait(&pile.n, 0, NAP_NS);
    atomic_fetch_sub(&pile.hungry, 1);
}

static void drop_stack(Marker *m) {
    if (m->cap <= STACK_KEEP) return;
    os_release(m->stack, m->cap * sizeof *m->stack);
    m->stack = NULL;
    m->cap = 0;
}

void gc_mark_finish(Marker *m) {
    for (;;) {
        gc_mark_drain(m);
        if (!m->parallel) return;
        rt_lock(&pile.lock);
        bool more = take(m), over = !more && pile.busy == 0;
        rt_unlock(&pile.lock);
        if (over) return;
        if (!more) wait_for_items();
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
        wait_for_items();
    }
    drop_stack(m);
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
    drop_stack(m);
    if (!m->parallel) return;
    atomic_fetch_add(&pile.round, 1);
    os_futex_wake(&pile.n, INT32_MAX);
    for (uint32_t r; (r = atomic_load(&pile.resting)) != pile.nhelpers;) os_futex_wait(&pile.resting, r, NAP_NS);
}
