// SPDX-License-Identifier: MIT
// gc.c: the collector: pacing, roots, finalizers, the course of a collection.
//
// Scanning of roots and sweeping stop the world, and marking (gc_mark.c) as long
// as the heap is small. A large heap is marked beside the program (gc_snapshot.c):
// the first stop ends with the snapshot, a second one takes over its marks when
// they are there, or waits for them when the program allocates faster than they
// come. Roots and objects are exact as far as types tell; words that may or may not be pointers (slots of both
// kinds, the data words of interfaces) are tested against the page table.
// Objects never move. A goroutine blocked for ever keeps what it holds.
//
// An object with a finalizer keeps alive what it points to, but not itself. So
// of two such objects the one that points to the other is finalized first, and
// a cycle through one never is.
// Lock: gc.lock guards the tables of roots and finalizers; the collection takes
// it too, since threads without a goroutine may add roots.
#include "runtime/gc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/debug.h"
#include "runtime/gc_mark.h"
#include "runtime/gc_snapshot.h"
#include "runtime/heap.h"
#include "runtime/os.h"
#include "runtime/panic.h"
#include "runtime/sched.h"

typedef void Scanner(void (*visit)(void *ctx, uint64_t word), void *ctx);
typedef struct Root { const void *addr; const TypeDesc *type; } Root;
typedef struct Finalizer { void *obj; const void *closure; const TypeDesc *arg; } Finalizer;

typedef struct Course { // times of its begin and of the ends of its phases
    int64_t begin, stopped, marked, swept, cpu;
    uint64_t before; // bytes
    uint32_t threads;
} Course;

enum { MIN_HEAP = 4 << 20, MIN_STEP = 64 << 10, PARALLEL_FROM = 16 << 20, MARK_THREADS = 4, SNAPSHOT_FROM = 64 << 20 };

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
    _Atomic uint64_t trigger; // heap.live at which the next collection is due
    _Atomic int percent;      // < 0: off
    _Atomic uint64_t num_gc, num_full, pause_total, last_gc; // full: without a snapshot
    _Atomic bool beside;      // a snapshot is being marked; written while the world is stopped
    Course snapshot;          // how it was made
} gc;

_Atomic bool gc_wanted;

// --- pacing

// GOGC: a number, or "off"; anything else is as if it were not set.
static int read_percent(void) {
    const char *s = getenv("GOGC");
    if (!s || !*s) return 100;
    if (strcmp(s, "off") == 0) return -1;
    char *end;
    long v = strtol(s, &end, 10);
    if (*end || v > INT32_MAX) return 100;
    return v < 0 ? -1 : (int)v;
}

static bool is_large(uint64_t live) {
    return live >= (debug_flags.gcsnapshot > 0 ? (uint64_t)debug_flags.gcsnapshot << 10 : SNAPSHOT_FROM);
}

// A snapshot is made somewhat before the heap has grown as it may, since it goes
// on growing while that is marked; from the next trigger on the program waits.
static void set_trigger(void) {
    int percent = atomic_load(&gc.percent);
    if (percent < 0) {
        atomic_store(&gc.trigger, UINT64_MAX);
        return;
    }
    uint64_t live = atomic_load(&heap.live), least = (uint64_t)MIN_HEAP * (uint64_t)percent / 100;
    uint64_t step = live / 100 * (uint64_t)percent; // no overflow: live has less than 39 bits
    if (gc.beside) step /= 4;
    else if (is_large(live)) step -= step / 4;
    uint64_t next = live + (step > MIN_STEP ? step : MIN_STEP);
    atomic_store(&gc.trigger, next < least ? least : next);
}

void gc_pace_init(void) {
    atomic_store(&gc.percent, read_percent());
    set_trigger();
}

void gc_request(P *p) {
    atomic_store(&gc_wanted, true);
    atomic_fetch_or(&p->preempt, PREEMPT_GC);
}

void gc_pace(P *p) {
    uint64_t trigger = atomic_load_explicit(&gc.trigger, memory_order_relaxed);
    if (UNLIKELY(atomic_load_explicit(&heap.live, memory_order_relaxed) >= trigger)) gc_request(p);
}

int gc_set_percent(int percent) {
    heap_init();
    int old = atomic_exchange(&gc.percent, percent < 0 ? -1 : percent);
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

void gc_visit_tables(void (*visit)(void *ctx, uint64_t word), void *ctx) {
    rt_lock(&gc.lock);
    for (uint32_t i = 0; i < gc.nscanners; i++) gc.scanners[i](visit, ctx);
    for (uint32_t i = 0; i < gc.nfinalizers + gc.nready; i++) {
        const Finalizer *f = i < gc.nfinalizers ? &gc.finalizers[i] : &gc.ready[i - gc.nfinalizers];
        visit(ctx, (uint64_t)(uintptr_t)f->obj);
        visit(ctx, (uint64_t)(uintptr_t)f->closure);
        visit(ctx, (uint64_t)(uintptr_t)f->arg);
    }
    rt_unlock(&gc.lock);
}

void gc_drop_roots(bool (*is_gone)(const void *addr)) {
    uint32_t n = 0;
    rt_lock(&gc.lock);
    for (uint32_t i = 0; i < gc.nroots; i++)
        if (!is_gone(gc.roots[i].addr)) gc.roots[n++] = gc.roots[i];
    gc.nroots = n;
    rt_unlock(&gc.lock);
}

// --- marking

static void mark_pointer(Marker *m, const void *p) { gc_mark_word(m, (uint64_t)(uintptr_t)p); }

static void mark_g(G *g, void *m) {
    engine.scan(g, gc_mark_word, m);
    gc_mark_relieve(m);
}

static void mark_roots(Marker *m) {
    for (uint32_t i = 0; i < gc.nroots; i++) {
        gc_mark_typed(m, gc.roots[i].addr, gc.roots[i].type);
        gc_mark_relieve(m);
    }
    for (uint32_t i = 0; i < gc.nscanners; i++) gc.scanners[i](gc_mark_word, m);
    sched_each_g(mark_g, m);
    for (uint32_t i = 0; i < gc.nready; i++) {
        mark_pointer(m, gc.ready[i].obj);
        mark_pointer(m, gc.ready[i].closure);
    }
    for (uint32_t i = 0; i < gc.nfinalizers; i++) {
        uint32_t index = 0;
        const Span *s = heap_find((uint64_t)(uintptr_t)gc.finalizers[i].obj, &index);
        mark_pointer(m, gc.finalizers[i].closure);
        if (s) gc_mark_contents(m, s, index); // not itself, see above
        gc_mark_relieve(m);
    }
}

// A small heap is marked before helpers are awake.
static uint32_t mark_threads(void) {
    if (atomic_load(&heap.live) < PARALLEL_FROM) return 1;
    int cpus = os_cpu_count(), procs = sched_set_procs(0), n = cpus < procs ? cpus : procs;
    return n < MARK_THREADS ? (uint32_t)n : MARK_THREADS;
}

// --- finalizers

static bool is_marked(const void *obj) {
    uint32_t i;
    const Span *s = heap_find((uint64_t)(uintptr_t)obj, &i);
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
static void find_dead(Marker *m) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < gc.nfinalizers; i++) {
        Finalizer f = gc.finalizers[i];
        if (is_marked(f.obj)) gc.finalizers[kept++] = f;
        else add_finalizer(&gc.ready, &gc.nready, &gc.ready_cap, f);
    }
    gc.nfinalizers = kept;
    for (uint32_t i = 0; i < gc.nready; i++) mark_pointer(m, gc.ready[i].obj);
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

// True when obj is the begin of a heap object.
static bool is_object(const void *obj) {
    uint32_t index;
    rt_lock(&heap.lock);
    const Span *s = heap_find((uint64_t)(uintptr_t)obj, &index);
    bool ok = s && s->start + index * s->size == (const char *)obj;
    rt_unlock(&heap.lock);
    return ok;
}

bool gc_set_finalizer(P *p, void *obj, const void *closure, const TypeDesc *arg) {
    (void)p;
    if (!is_object(obj)) return false;
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

static double ms(int64_t from, int64_t to) { return (double)(to - from) / 1e6; }

static void trace(const Course *c, bool beside) {
    char first[96] = "";
    if (beside)
        snprintf(first, sizeof first, "snapshot %.3f ms, marked beside the program for %.3f ms, ", ms(gc.snapshot.begin, gc.snapshot.marked),
                 ms(gc.snapshot.marked, c->begin));
    fprintf(stderr, "gc %llu: %spause %.3f ms = stop %.3f + mark %.3f + sweep %.3f, cpu %.3f by %u thread%s, %llu -> %llu KB, next at %llu KB\n",
            (unsigned long long)gc.num_gc, first, ms(c->begin, c->swept), ms(c->begin, c->stopped), ms(c->stopped, c->marked), ms(c->marked, c->swept),
            ms(c->cpu, os_cputime()), c->threads, c->threads > 1 ? "s" : "", (unsigned long long)c->before >> 10,
            (unsigned long long)atomic_load(&heap.live) >> 10, (unsigned long long)atomic_load(&gc.trigger) >> 10);
}

static Course course(int64_t begin, uint32_t threads) {
    return (Course){.begin = begin, .stopped = os_nanotime(), .before = atomic_load(&heap.live), .threads = threads, .cpu = os_cputime()};
}

// All that can be reached is marked. gc.lock held, as for the rest.
static void end_collection(Course *c, Marker *m, bool beside) {
    find_dead(m);
    gc_mark_end(m);
    c->marked = os_nanotime();
    heap_sweep();
    set_trigger();
    c->swept = os_nanotime();
    int64_t sec;
    int32_t nsec;
    os_walltime(&sec, &nsec);
    atomic_fetch_add(&gc.num_gc, 1);
    atomic_fetch_add(&gc.pause_total, (uint64_t)(c->swept - c->begin));
    atomic_store(&gc.last_gc, (uint64_t)sec * 1000000000u + (uint64_t)nsec);
    if (debug_flags.gctrace) trace(c, beside);
}

static void collect(int64_t begin, uint32_t nthreads) {
    Course c = course(begin, nthreads);
    gc.beside = false;
    heap_drop_caches();
    Marker *m = gc_mark_begin(nthreads);
    mark_roots(m);
    gc_mark_finish(m);
    end_collection(&c, m, false);
    atomic_fetch_add(&gc.num_full, 1);
}

static void begin_snapshot(int64_t begin) {
    gc.snapshot = course(begin, 1);
    heap_drop_caches();
    Marker *m = gc_mark_begin(1);
    gc_mark_hold(m);
    mark_roots(m);
    gc.beside = gc_snapshot_begin(m);
    if (gc.beside) {
        heap_begin_snapshot();
        set_trigger();
        gc.snapshot.marked = os_nanotime();
        atomic_fetch_add(&gc.pause_total, (uint64_t)(gc.snapshot.marked - begin));
    } else { // the copy that there cannot be is done without
        gc_mark_finish(m);
        end_collection(&gc.snapshot, m, false);
    }
}

static void end_snapshot(int64_t begin, uint32_t nthreads) {
    Course c = course(begin, 1);
    gc_snapshot_wait();
    gc.beside = false;
    if (!gc_snapshot_take()) {
        collect(begin, nthreads);
        return;
    }
    heap_drop_caches();
    heap_keep_new();
    end_collection(&c, gc_mark_begin(1), true);
}

static void resume(P *p) {
    rt_unlock(&gc.lock);
    sched_start_world(p);
    heap_scavenge();
    start_finalizers(p);
}

void gc_collect(P *p) {
    heap_init();
    uint64_t seen = atomic_load(&gc.num_full);
    uint32_t nthreads = mark_threads();
    int64_t begin = os_nanotime();
    sched_stop_world(p);
    rt_lock(&gc.lock);
    // not when another thread has just done it
    if (atomic_exchange(&gc_wanted, false) || atomic_load(&gc.num_full) == seen) {
        gc_snapshot_abandon();
        collect(begin, nthreads);
    }
    resume(p);
}

bool gc_step_due(void) { return gc_snapshot_poll(); }

// Of what is waiting when a collection ends, some may have been asked for before.
static bool is_due(uint64_t live) { return live >= atomic_load(&gc.trigger) || debug_flags.gcstress > 0; }

void gc_step(P *p) {
    uint32_t nthreads = mark_threads();
    int64_t begin = os_nanotime();
    sched_stop_world(p);
    rt_lock(&gc.lock);
    if (atomic_exchange(&gc_wanted, false)) { // or another thread has seen to it
        uint64_t live = atomic_load(&heap.live);
        if (gc.beside) {
            if (gc_snapshot_poll() || live >= atomic_load(&gc.trigger)) end_snapshot(begin, nthreads);
        } else if (is_due(live)) {
            if (is_large(live)) begin_snapshot(begin);
            else collect(begin, nthreads);
        }
    }
    resume(p);
}

void gc_stats(GcStats *out) {
    uint64_t objects = 0, bytes = 0;
    if (current_p) heap_cached(current_p, &objects, &bytes);
    rt_lock(&heap.lock);
    *out = (GcStats){
        .heap_alloc = atomic_load(&heap.live) - bytes, .total_alloc = heap.total_alloc - bytes,
        .mallocs = heap.mallocs - objects, .frees = heap.mallocs - heap.objects, .heap_objects = heap.objects - objects,
        .sys = atomic_load(&heap.used_pages) << PAGE_SHIFT, .next_gc = atomic_load(&gc.trigger),
        .num_gc = atomic_load(&gc.num_gc), .pause_total_ns = atomic_load(&gc.pause_total), .last_gc_ns = atomic_load(&gc.last_gc)};
    rt_unlock(&heap.lock);
}
