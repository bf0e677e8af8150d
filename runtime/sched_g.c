// SPDX-License-Identifier: MIT
// sched_g.c: the life of goroutines: their memory, how they begin and end, on
// threads of the scheduler or of C's own, and how others end them.
//
// A G is never freed. Dead ones are kept by each P, beyond a number by all.
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/chan.h"
#include "runtime/netpoll.h"
#include "runtime/panic.h"
#include "runtime/sched_impl.h"
#include "runtime/sema.h"
#include "runtime/timer.h"

enum {
    FREE_GS_KEEP = 256,
    SLAB_FIRST = 32,
    SLAB_GS = 256,
    AHEAD = 4,           // what a walk over goroutines loads in advance
    ID_BATCH = 16,
};

struct Slab { // never freed; slabs are listed in order of creation
    struct Slab *_Atomic next;
    uint32_t n;
    G gs[];
};

// --- goroutines

static void slab_new(P *p) {
    uint32_t n = atomic_load(&sched.first_slab) ? SLAB_GS : SLAB_FIRST;
    size_t size = sizeof(Slab) + n * sizeof(G);
    Slab *s = aligned_alloc(_Alignof(Slab), size);
    if (!s) rt_fatal("out of memory");
    memset(s, 0, size);
    s->n = n;
    lock();
    if (sched.last_slab) atomic_store(&sched.last_slab->next, s);
    else atomic_store(&sched.first_slab, s);
    sched.last_slab = s;
    unlock();
    p->slab_next = s->gs;
    p->slab_end = s->gs + n;
}

// p has no dead goroutine: some that all had, or a new one.
static __attribute__((noinline)) G *g_alloc_slow(P *p) {
    if (p->slab_next == p->slab_end) {
        lock();
        while (sched.free_gs && p->nfree_gs < FREE_GS_KEEP / 2) {
            G *g = sched.free_gs;
            sched.free_gs = g->sched_link;
            g->sched_link = p->free_gs;
            p->free_gs = g;
            p->nfree_gs++;
        }
        unlock();
    }
    G *g = p->free_gs;
    if (g) {
        p->free_gs = g->sched_link;
        p->nfree_gs--;
    } else {
        if (p->slab_next == p->slab_end) slab_new(p);
        g = p->slab_next++;
        g->sudog.g = g;
    }
    if (g->stack) return g;
    g->stack = base_calloc(G_STACK_START, sizeof *g->stack);
    g->stack_slots = G_STACK_START;
    return g;
}

static inline G *g_alloc(P *p) {
    G *g = p->free_gs;
    if (UNLIKELY(!g || !g->stack)) return g_alloc_slow(p);
    p->free_gs = g->sched_link;
    p->nfree_gs--;
    return g;
}

static inline int64_t next_id(P *p) {
    if (UNLIKELY(p->next_id == p->end_id)) {
        p->next_id = atomic_fetch_add(&sched.next_id, ID_BATCH);
        p->end_id = p->next_id + ID_BATCH;
    }
    return p->next_id++;
}

static inline void live_add(P *p, int n) {
    atomic_store_explicit(&p->live, atomic_load_explicit(&p->live, memory_order_relaxed) + n, memory_order_relaxed);
}

static inline G *g_make(P *p, const void *closure, const uint64_t *args, uint32_t nwords, struct Process *process) {
    G *g = g_alloc(p);
    g->process = process;
    g->id = next_id(p);
    g->resume = RESUME_CALL;
    g->go_pc = NULL;
    g->go_func = NULL;
    g->interrupted = 0;
    g->group = 0;
    engine.start_call(g, closure, args, nwords);
    live_add(p, 1);
    return g;
}

static inline G *go(P *p, const void *closure, const uint64_t *args, uint32_t nwords, struct Process *process) {
    G *g = g_make(p, closure, args, nwords, process);
    sched_ready_here(p, g);
    if (LIKELY(g->id != 1)) {
        if (UNLIKELY(!atomic_load_explicit(&sched.mon_started, memory_order_relaxed))) sched_need_monitor();
        // g may be worth a thread of its own if its maker goes on for long: the
        // monitor looks soon, instead of a wake-up for each go statement
        if (has_spare()) sched_monitor_soon();
    }
    return g;
}

G *sched_go(P *p, const void *closure, const uint64_t *args, uint32_t nwords) { return go(p, closure, args, nwords, NULL); }

G *sched_go_process(P *p, const void *closure, const uint64_t *args, uint32_t nwords, struct Process *process) {
    return go(p, closure, args, nwords, process);
}

// Goroutines made where there is no processor: an allocator of its own.
static P outside;
static pthread_mutex_t outside_lock = PTHREAD_MUTEX_INITIALIZER;

static G *make_outside(const void *closure) {
    pthread_mutex_lock(&outside_lock);
    G *g = g_make(&outside, closure, NULL, 0, NULL);
    pthread_mutex_unlock(&outside_lock);
    return g;
}

void sched_go_outside(const void *closure, _Atomic int64_t *id) {
    G *g = make_outside(closure);
    if (id) atomic_store(id, g->id);
    sched_need_monitor();
    sched_ready_global(g);
}

// --- visits: goroutines on threads of C's own

static pthread_key_t visitor_key;
static pthread_once_t visitor_once = PTHREAD_ONCE_INIT;

static void visitor_left(void *thread) { // it ends: its M serves another one
    M *m = thread;
    lock();
    m->idle_link = sched.free_visitors;
    sched.free_visitors = m;
    unlock();
}

static void visitor_init(void) {
    if (pthread_key_create(&visitor_key, visitor_left)) rt_fatal("no room for data of threads");
}

static M *visitor_arrives(void) {
    pthread_once(&visitor_once, visitor_init);
    lock();
    M *m = sched.free_visitors;
    if (m) sched.free_visitors = m->idle_link;
    else m = sched_make_m();
    unlock();
    m->thread = pthread_self();
    pthread_setspecific(visitor_key, m);
    sched_need_monitor();
    return sched_current_m = m;
}

// All processors are in use: the first that is given up comes to g and its thread.
static P *visit_queue(M *m, G *g) {
    lock();
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_release); // pairs with sched_each_g
    back_push(g);
    unlock();
    wake_one();
    P *p = sched_wait_handoff(m);
    m->next_g = NULL;
    return p;
}

P *sched_visit(const void *closure, void *foreign, G **out) {
    M *m = sched_current_m ? sched_current_m : visitor_arrives();
    lock();
    P *p = sched_take_idle_p();
    if (p) p->m = m;
    unlock();
    G *g = p ? g_make(p, closure, NULL, 0, NULL) : make_outside(closure);
    g->foreign = foreign;
    g->locked_m = m;
    m->locked_g = g;
    if (!p) p = visit_queue(m, g);
    current_p = p;
    mark_running(p, g);
    sched_give_hops(p, 0); // sched_next must give nothing
    *out = g;
    return p;
}

void sched_visit_end(void) {
    P *p = current_p;
    sched_take_part(p); // short functions may not come to a safepoint
    current_p = NULL;
    lock();
    sched_handoff_unlock(p);
}

void sched_exit_g(P *p, G *g) {
    if (g->locked_m) sched_unlock_thread(g);
    if (g->id == 1) atomic_store(&sched.main_left, 1);
    if (g->stack_slots > G_STACK_KEEP) {
        free(g->stack);
        g->stack = NULL;
        g->stack_slots = 0;
    }
    g->defers = NULL;
    g->panics = NULL;
    g->waiting = NULL;
    g->process = NULL;
    g->wake_value = 0;
    g->pending_panic = (Iface){0};
    atomic_store_explicit(&g->status, G_DEAD, memory_order_release); // pairs with sched_each_g
    if (p->current == g) p->current = NULL;
    live_add(p, -1);
    g->sched_link = p->free_gs;
    p->free_gs = g;
    if (++p->nfree_gs <= FREE_GS_KEEP) return;
    lock();
    while (p->nfree_gs > FREE_GS_KEEP / 2) {
        g = p->free_gs;
        p->free_gs = g->sched_link;
        p->nfree_gs--;
        g->sched_link = sched.free_gs;
        sched.free_gs = g;
    }
    unlock();
}

static bool is_alive(G *g) {
    uint32_t status = atomic_load_explicit(&g->status, memory_order_acquire); // pairs with those who make and end goroutines
    return status != G_IDLE && status != G_DEAD;
}

void sched_each_g(void (*f)(G *g, void *ctx), void *ctx) {
    for (Slab *s = atomic_load(&sched.first_slab); s; s = atomic_load(&s->next))
        for (uint32_t i = 0; i < s->n; i++) {
            if (i + AHEAD < s->n && is_alive(&s->gs[i + AHEAD])) __builtin_prefetch(s->gs[i + AHEAD].stack);
            if (is_alive(&s->gs[i])) f(&s->gs[i], ctx);
        }
}

void sched_each_p(void (*f)(P *p, void *ctx), void *ctx) {
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) f(atomic_load(&sched.all[i]), ctx);
}

void sched_memory(uint64_t *stacks, uint64_t *records) {
    *stacks = *records = 0;
    for (Slab *s = atomic_load(&sched.first_slab); s; s = atomic_load(&s->next)) {
        *records += sizeof *s + s->n * sizeof *s->gs;
        for (uint32_t i = 0; i < s->n; i++) *stacks += s->gs[i].stack_slots * sizeof *s->gs[i].stack;
    }
}

int64_t sched_num_goroutine(void) {
    int64_t n = atomic_load_explicit(&outside.live, memory_order_relaxed);
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++)
        n += atomic_load_explicit(&atomic_load(&sched.all[i])->live, memory_order_relaxed);
    return n;
}

int64_t sched_num_started(void) {
    int64_t n = atomic_load(&sched.next_id) - 1;
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) {
        const P *p = atomic_load(&sched.all[i]);
        n -= p->end_id - p->next_id;
    }
    pthread_mutex_lock(&outside_lock);
    n -= outside.end_id - outside.next_id;
    pthread_mutex_unlock(&outside_lock);
    return n;
}

// --- ending goroutines from outside

static void no_action(int sig) { (void)sig; }

// Makes g's system call return EINTR, if it is of the kind that can.
static void interrupt_call(G *g) {
    static bool ready; // under the stopped world
    struct sigaction sa = {.sa_handler = no_action}; // without SA_RESTART
    if (!ready) sigaction(INTERRUPT_SIGNAL, &sa, NULL);
    ready = true;
    lock();
    for (M *m = sched.all_ms; m; m = m->all_link)
        if (atomic_load(&m->call_g) == g) pthread_kill(m->thread, INTERRUPT_SIGNAL);
    unlock();
}

static bool leave_wait(G *g) {
    if (g->wait_reason == WAIT_SLEEP) return timer_stop(g->timer);
    if (g->wait_reason == WAIT_IO_WAIT) return netpoll_cancel(g);
    return chan_cancel(g) || sema_cancel(g);
}

bool sched_interrupt(G *g) {
    uint32_t status = atomic_load(&g->status);
    if (status == G_WAITING) {
        if (!leave_wait(g)) return false;
        g->resume = RESUME_EXIT;
        g->interrupted = 0;
        sched_ready_global(g);
        return true;
    }
    // One that a Mutex has woken must take its turn: others count on that.
    if (status == G_RUNNABLE && !g->wake_value && (g->resume == RESUME_NEXT || g->resume == RESUME_CALL)) {
        g->resume = RESUME_EXIT;
        return true;
    }
    g->interrupted = 1;
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) atomic_fetch_or(&atomic_load(&sched.all[i])->preempt, PREEMPT_SLICE);
    if (status == G_SYSCALL) interrupt_call(g);
    return status != G_SYSCALL;
}
