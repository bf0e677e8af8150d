// SPDX-License-Identifier: MIT
// timer.c: the timer heaps.
//
// Each heap publishes the time of its first timer in an atomic, so that
// sleepers and busy threads look without a lock. Stopping removes at once: an
// entry keeps its own index, which makes that logarithmic and leaves no dead
// entries to be scanned by the collector.
// Locks: TimerHeap.lock, never held while fire runs.
#include "runtime/timer.h"

#include <stdlib.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/lock.h"
#include "runtime/os.h"
#include "runtime/sched.h"

typedef struct Entry { // the time is kept beside the pointer: sifting stays in one array
    int64_t when;
    Timer *t;
} Entry;

struct TimerHeap {
    RtLock lock;
    _Atomic int64_t first; // when of a[0], or TIMER_NEVER; written under lock
    Entry *a;
    uint32_t n, cap;
    TimerHeap *next;       // list of all heaps, set before it is published
};

static TimerHeap *_Atomic all_heaps;

int64_t timer_now(void) { return os_nanotime(); }

static void place(TimerHeap *h, uint32_t i, Entry e) {
    h->a[i] = e;
    e.t->index = i + 1;
}

static void sift_up(TimerHeap *h, uint32_t i, Entry e) {
    while (i > 0) {
        uint32_t parent = (i - 1) / 4;
        if (h->a[parent].when <= e.when) break;
        place(h, i, h->a[parent]);
        i = parent;
    }
    place(h, i, e);
}

static void sift_down(TimerHeap *h, uint32_t i, Entry e) {
    for (;;) {
        uint32_t child = 4 * i + 1, least = child;
        if (child >= h->n) break;
        for (uint32_t c = child + 1; c < child + 4 && c < h->n; c++)
            if (h->a[c].when < h->a[least].when) least = c;
        if (h->a[least].when >= e.when) break;
        place(h, i, h->a[least]);
        i = least;
    }
    place(h, i, e);
}

static void publish_first(TimerHeap *h) {
    // seq_cst: pairs with the sleeper, which announces its deadline and then
    // reads first (idle threads in sched_run.c)
    atomic_store(&h->first, h->n ? h->a[0].when : TIMER_NEVER);
}

static void insert(TimerHeap *h, Timer *t) {
    if (h->n == h->cap) {
        h->cap = h->cap ? 2 * h->cap : 8;
        h->a = base_realloc(h->a, h->cap * sizeof *h->a);
    }
    sift_up(h, h->n++, (Entry){t->when, t});
}

static void remove_at(TimerHeap *h, uint32_t i) {
    h->a[i].t->index = 0;
    Entry last = h->a[--h->n];
    if (i == h->n) return;
    if (i > 0 && h->a[(i - 1) / 4].when > last.when) sift_up(h, i, last);
    else sift_down(h, i, last);
}

static void scan_roots(void (*visit)(void *ctx, uint64_t word), void *ctx) {
    for (TimerHeap *h = atomic_load(&all_heaps); h; h = h->next)
        for (uint32_t i = 0; i < h->n; i++) {
            visit(ctx, (uint64_t)(uintptr_t)h->a[i].t);
            visit(ctx, (uint64_t)(uintptr_t)h->a[i].t->arg);
        }
}

static TimerHeap *heap_of(P *p) {
    TimerHeap *h = atomic_load_explicit(&p->timers, memory_order_relaxed); // only the owner stores
    if (h) return h;
    h = base_calloc(1, sizeof *h);
    atomic_init(&h->first, TIMER_NEVER);
    h->next = atomic_load(&all_heaps);
    while (!atomic_compare_exchange_weak(&all_heaps, &h->next, h)) {}
    if (!h->next) gc_add_root_scanner(scan_roots);
    atomic_store_explicit(&p->timers, h, memory_order_release); // pairs with timer_earliest_of
    return h;
}

// The heap that guards t for ever; set by the first start.
static TimerHeap *home_of(P *p, Timer *t) {
    TimerHeap *h = atomic_load_explicit(&t->home, memory_order_acquire);
    if (h) return h;
    TimerHeap *mine = heap_of(p);
    // two first starts at once: the loser uses the winner's heap
    if (atomic_compare_exchange_strong(&t->home, &h, mine)) return mine;
    return h;
}

bool timer_reset(P *p, Timer *t, int64_t when, int64_t period) {
    TimerHeap *h = home_of(p, t);
    if (when < 0) when = 0;
    rt_lock(&h->lock);
    bool active = t->index != 0;
    if (active) remove_at(h, t->index - 1);
    t->when = when;
    t->period = period;
    insert(h, t);
    publish_first(h);
    bool is_first = t->index == 1;
    rt_unlock(&h->lock);
    // From here on t may have fired and be gone.
    if (is_first) sched_note_deadline(when);
    return active;
}

void timer_start(P *p, Timer *t, int64_t when, int64_t period) { timer_reset(p, t, when, period); }

bool timer_stop(Timer *t) {
    TimerHeap *h = atomic_load_explicit(&t->home, memory_order_acquire);
    if (!h) return false;
    rt_lock(&h->lock);
    bool active = t->index != 0;
    if (active) {
        remove_at(h, t->index - 1);
        publish_first(h);
    }
    rt_unlock(&h->lock);
    return active;
}

int64_t timer_earliest(void) {
    int64_t best = TIMER_NEVER;
    for (TimerHeap *h = atomic_load(&all_heaps); h; h = h->next) {
        int64_t first = atomic_load(&h->first);
        if (first < best) best = first;
    }
    return best;
}

int64_t timer_earliest_of(P *p) {
    TimerHeap *h = atomic_load_explicit(&p->timers, memory_order_acquire);
    return h ? atomic_load_explicit(&h->first, memory_order_relaxed) : TIMER_NEVER;
}

static bool run_heap(P *p, TimerHeap *h, int64_t now) {
    bool any = false;
    rt_lock(&h->lock);
    while (h->n && h->a[0].when <= now) {
        Timer *t = h->a[0].t;
        void (*fire)(P *, void *, uint64_t) = t->fire;
        void *arg = t->arg;
        uint64_t seq = t->seq;
        if (t->period > 0) { // keep the phase; ticks that were missed are left out
            t->when += t->period * (1 + (now - t->when) / t->period);
            sift_down(h, 0, (Entry){t->when, t});
        } else {
            remove_at(h, 0);
        }
        publish_first(h);
        rt_unlock(&h->lock);
        fire(p, arg, seq);
        any = true;
        rt_lock(&h->lock);
    }
    rt_unlock(&h->lock);
    return any;
}

bool timer_run(P *p, int64_t now) {
    bool any = false;
    for (TimerHeap *h = atomic_load(&all_heaps); h; h = h->next)
        if (atomic_load_explicit(&h->first, memory_order_acquire) <= now) any |= run_heap(p, h, now);
    return any;
}
