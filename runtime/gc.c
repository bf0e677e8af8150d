// SPDX-License-Identifier: MIT
// gc.c: the collector: pacing, roots, marking, finalizers.
//
// Marking stops the world. Roots and objects are exact as far as types tell;
// words that may or may not be pointers (slots of both kinds, the data words of
// interfaces) are tested against the page table. Objects never move.
// Lock: gc.lock guards the tables of roots and finalizers.
#include "runtime/gc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/debug.h"
#include "runtime/heap.h"
#include "runtime/os.h"
#include "runtime/panic.h"
#include "runtime/sched.h"

typedef void Scanner(void (*visit)(void *ctx, uint64_t word), void *ctx);
typedef struct Root { const void *addr; const TypeDesc *type; } Root;
typedef struct Finalizer { void *obj; const void *closure; const TypeDesc *arg; } Finalizer;
typedef struct Grey { char *obj; uint64_t size, type_word; } Grey; // marked, not scanned yet

#define MIN_HEAP (4u << 20)

static struct {
    RtLock lock;
    Root *roots;
    uint32_t nroots, roots_cap;
    Scanner *scanners[16];
    uint32_t nscanners;
    Finalizer *finalizers;
    uint32_t nfinalizers, finalizers_cap;
    Finalizer *ready; // of objects found dead by this collection
    uint32_t nready, ready_cap;
    Grey *stack;
    uint64_t depth, stack_cap;
    _Atomic uint64_t trigger;
    _Atomic int percent; // < 0: off
    bool percent_read;
    uint64_t num_gc, pause_total, last_gc;
} gc;

_Atomic bool gc_wanted;

// --- pacing

static int gc_percent(void) {
    if (!gc.percent_read) {
        gc.percent_read = true;
        const char *s = getenv("GOGC");
        int v = s && *s ? (strcmp(s, "off") == 0 ? -1 : atoi(s)) : 100;
        if (s && *s && v == 0 && strcmp(s, "0") != 0) v = 100;
        atomic_store(&gc.percent, v);
    }
    return atomic_load_explicit(&gc.percent, memory_order_relaxed);
}

static void set_trigger(void) {
    int percent = gc_percent();
    uint64_t live = atomic_load(&heap.live), least = (uint64_t)MIN_HEAP * (uint64_t)(percent > 0 ? percent : 100) / 100;
    uint64_t next = percent < 0 ? UINT64_MAX : live + live * (uint64_t)percent / 100;
    atomic_store(&gc.trigger, next < least ? least : next);
}

void gc_request(P *p) {
    atomic_store(&gc_wanted, true);
    atomic_fetch_or(&p->preempt, PREEMPT_GC);
}

void gc_pace(P *p) {
    uint64_t trigger = atomic_load_explicit(&gc.trigger, memory_order_relaxed);
    if (UNLIKELY(trigger == 0)) {
        set_trigger();
        trigger = atomic_load(&gc.trigger);
    }
    if (UNLIKELY(atomic_load_explicit(&heap.live, memory_order_relaxed) >= trigger)) gc_request(p);
}

int gc_set_percent(int percent) {
    int old = gc_percent();
    atomic_store(&gc.percent, percent < 0 ? -1 : percent);
    set_trigger();
    return old;
}

// --- roots

void gc_add_root(const void *addr, const TypeDesc *t) {
    rt_lock(&gc.lock);
    if (gc.nroots == gc.roots_cap) {
        gc.roots_cap = gc.roots_cap ? gc.roots_cap * 2 : 64;
        gc.roots = base_realloc(gc.roots, gc.roots_cap * sizeof *gc.roots);
    }
    gc.roots[gc.nroots++] = (Root){addr, t};
    rt_unlock(&gc.lock);
}

void gc_add_root_scanner(Scanner *scan) {
    rt_lock(&gc.lock);
    if (gc.nscanners == sizeof gc.scanners / sizeof *gc.scanners) rt_throw("too many root scanners");
    gc.scanners[gc.nscanners++] = scan;
    rt_unlock(&gc.lock);
}

// --- marking

static void push_grey(char *obj, uint64_t size, uint64_t type_word) {
    if (gc.depth == gc.stack_cap) {
        gc.stack_cap = gc.stack_cap ? gc.stack_cap * 2 : 4096;
        gc.stack = base_realloc(gc.stack, gc.stack_cap * sizeof *gc.stack);
    }
    gc.stack[gc.depth++] = (Grey){obj, size, type_word};
}

static inline void mark(uint64_t word) {
    uint32_t i;
    Span *s = heap_find(word, &i);
    if (!s) return;
    uint64_t bit = 1ull << (i & 63);
    if (s->mark[i / 64] & bit) return;
    s->mark[i / 64] |= bit;
    if (!s->noscan) push_grey(s->start + i * s->size, s->size, s->types[i]);
}

static void visit_word(void *ctx, uint64_t word) {
    (void)ctx;
    mark(word);
}

static void mark_typed(const char *mem, const TypeDesc *t);

// The pointer words of one value of type t at mem.
static void mark_map(const char *mem, const TypeDesc *t) {
    const uint64_t *w = (const uint64_t *)mem;
    const uint8_t *map = t->ptr_map;
    for (uint64_t i = 0; i < t->ptr_words; i += 8) {
        unsigned bits = map[i / 8];
        if (i + 8 > t->ptr_words) bits &= (1u << (t->ptr_words - i)) - 1;
        while (bits) {
            mark(w[i + (unsigned)__builtin_ctz(bits)]);
            bits &= bits - 1;
        }
    }
}

static void mark_typed(const char *mem, const TypeDesc *t) {
    if (t->ptr_words == 0) return;
    if (t->ptr_map) {
        mark_map(mem, t);
        return;
    }
    for (int64_t i = 0; i < t->len; i++) mark_typed(mem + (uint64_t)i * t->elem->size, t->elem); // an array
}

static void scan_object(Grey g) {
    if (!g.type_word) {
        const uint64_t *w = (const uint64_t *)g.obj;
        for (uint64_t i = 0; i < g.size / 8; i++) mark(w[i]);
        return;
    }
    const TypeDesc *t = (const TypeDesc *)(uintptr_t)(g.type_word & ~(uint64_t)TYPE_WORD_ARRAY);
    if (!(g.type_word & TYPE_WORD_ARRAY)) {
        mark_typed(g.obj, t);
        return;
    }
    for (uint64_t off = 0; off + t->size <= g.size; off += t->size) mark_typed(g.obj + off, t);
}

static void drain(void) {
    while (gc.depth) scan_object(gc.stack[--gc.depth]);
}

static void mark_g(G *g, void *ctx) {
    (void)ctx;
    engine.scan(g, visit_word, NULL);
    drain();
}

static void mark_roots(void) {
    for (uint32_t i = 0; i < gc.nroots; i++) {
        mark_typed(gc.roots[i].addr, gc.roots[i].type);
        drain();
    }
    for (uint32_t i = 0; i < gc.nscanners; i++) {
        gc.scanners[i](visit_word, NULL);
        drain();
    }
    sched_each_g(mark_g, NULL);
    for (uint32_t i = 0; i < gc.nready; i++) mark((uint64_t)(uintptr_t)gc.ready[i].obj), mark((uint64_t)(uintptr_t)gc.ready[i].closure);
    for (uint32_t i = 0; i < gc.nfinalizers; i++) mark((uint64_t)(uintptr_t)gc.finalizers[i].closure);
    drain();
}

// --- finalizers

static bool is_marked(const void *obj) {
    uint32_t i;
    Span *s = heap_find((uint64_t)(uintptr_t)obj, &i);
    return !s || (s->mark[i / 64] >> (i & 63) & 1);
}

static void add_finalizer(Finalizer **at, uint32_t *n, uint32_t *cap, Finalizer f) {
    if (*n == *cap) {
        *cap = *cap ? *cap * 2 : 32;
        *at = base_realloc(*at, *cap * sizeof **at);
    }
    (*at)[(*n)++] = f;
}

// Dead objects with a finalizer live until it has run.
static void find_dead(void) {
    uint32_t kept = 0, first = gc.nready;
    for (uint32_t i = 0; i < gc.nfinalizers; i++) {
        Finalizer f = gc.finalizers[i];
        if (is_marked(f.obj)) gc.finalizers[kept++] = f;
        else add_finalizer(&gc.ready, &gc.nready, &gc.ready_cap, f);
    }
    gc.nfinalizers = kept;
    for (uint32_t i = first; i < gc.nready; i++) mark((uint64_t)(uintptr_t)gc.ready[i].obj);
    drain();
}

static void start_finalizers(P *p) {
    for (;;) {
        rt_lock(&gc.lock);
        bool any = gc.nready > 0;
        Finalizer f = {0};
        if (any) f = gc.ready[--gc.nready];
        rt_unlock(&gc.lock);
        if (!any) return;
        uint64_t arg = (uint64_t)(uintptr_t)f.obj;
        sched_go(p, f.closure, &arg, 1);
    }
}

bool gc_set_finalizer(P *p, void *obj, const void *closure, const TypeDesc *arg) {
    (void)p;
    uint32_t index;
    Span *s = heap_find((uint64_t)(uintptr_t)obj, &index);
    if (!s || s->start + index * s->size != (char *)obj) return false;
    rt_lock(&gc.lock);
    for (uint32_t i = 0; i < gc.nfinalizers; i++)
        if (gc.finalizers[i].obj == obj) {
            gc.finalizers[i] = gc.finalizers[--gc.nfinalizers];
            break;
        }
    if (closure) add_finalizer(&gc.finalizers, &gc.nfinalizers, &gc.finalizers_cap, (Finalizer){obj, closure, arg});
    rt_unlock(&gc.lock);
    return true;
}

// --- a collection

static void trace(int64_t ns, uint64_t before) {
    fprintf(stderr, "gc %llu: %.3f ms, %llu -> %llu KB\n", (unsigned long long)gc.num_gc, (double)ns / 1e6, (unsigned long long)before >> 10, (unsigned long long)atomic_load(&heap.live) >> 10);
}

void gc_collect(P *p) {
    uint64_t seen = gc.num_gc;
    sched_stop_world(p);
    if (!atomic_exchange(&gc_wanted, false) && gc.num_gc != seen) { // another thread has just done it
        sched_start_world(p);
        return;
    }
    int64_t t0 = os_nanotime();
    uint64_t before = atomic_load(&heap.live);
    heap_drop_caches();
    mark_roots();
    find_dead();
    heap_sweep();
    set_trigger();
    gc.num_gc++;
    int64_t ns = os_nanotime() - t0;
    gc.pause_total += (uint64_t)ns;
    int64_t sec;
    int32_t nsec;
    os_walltime(&sec, &nsec);
    gc.last_gc = (uint64_t)sec * 1000000000u + (uint64_t)nsec;
    if (debug_flags.gctrace) trace(ns, before);
    sched_start_world(p);
    start_finalizers(p);
}

void gc_stats(GcStats *out) {
    rt_lock(&heap.lock);
    *out = (GcStats){
        .heap_alloc = atomic_load(&heap.live), .total_alloc = heap.total_alloc, .mallocs = heap.mallocs, .frees = heap.frees,
        .sys = heap.used_pages << PAGE_SHIFT, .heap_objects = heap.mallocs - heap.frees, .next_gc = atomic_load(&gc.trigger),
        .num_gc = gc.num_gc, .pause_total_ns = gc.pause_total, .last_gc_ns = gc.last_gc};
    rt_unlock(&heap.lock);
}
