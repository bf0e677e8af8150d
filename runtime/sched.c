// SPDX-License-Identifier: MIT
// sched.c: goroutines on threads.
//
// A thread (M) runs goroutines (G) only while it holds a processor (P). Each P
// has runnext (owner only), a ring of 256 that others steal from, and there is
// one global queue. Threads and the monitor are started when first needed.
//
// Facts that hold whenever Sched.lock is free:
// - a P in idle_ps has status P_IDLE, no M, an empty ring and no runnext;
// - an M in idle_ms holds no P; with next_p set it has been taken off the list;
// - a G with locked_m is never in a ring or runnext, only in the global queue;
// - while stopping is set, no P turns from P_IDLE to P_RUNNING.
//
// Waking is what costs (5 us against 15 ns for a switch), so: a hand-off into
// runnext wakes nobody; whoever makes a ring non-empty wakes one thread if a P
// is idle and nobody is searching; a searcher that finds work wakes the next.
// The look at "idle" and "searching" is unordered after the push. A wake-up
// lost that way delays work only: its P is running, and the monitor looks again
// every 10 ms. Work in a ring wakes nobody either once as many P are in use as
// there are CPUs (excess counts those beyond): more threads would only take
// turns on a CPU, which costs more than turns on a P.
// A thread that soon runs out of work again was not worth its wake-up. Then
// pushes wake nobody: the monitor does, which looks every 250 to 500 us as long
// as work is pushed, until one turns out to be of use (wake_gap).
//
// Turns: the ring is served in order, a goroutine whose slice is over goes to
// the global queue's end. While some use up their slices (crowded), slices are
// short, and what timers or I/O made ready goes before all that waits, three
// times out of four: it has waited already, and mostly needs little.
//
// Sleeping: one idle thread, the poller, sleeps until the next timer, in
// netpoll if there is any; the others sleep without limit.
//
// Locks: Sched.lock, innermost but for the ones of timers and netpoll, which
// are never held together with it. Memory orders other than seq_cst name their
// partner; relaxed accesses to runnext, tick and G.status are by the owner, for
// hints, or covered by the ring's tail or a lock.
#include "runtime/sched.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/base.h"
#include "runtime/chan.h"
#include "runtime/debug.h"
#include "runtime/gc.h"
#include "runtime/heap.h"
#include "runtime/lock.h"
#include "runtime/netpoll.h"
#include "runtime/os.h"
#include "runtime/panic.h"
#include "runtime/sema.h"
#include "runtime/timer.h"

enum {
    MAX_PROCS = 1024,
    GLOBAL_EVERY = 16,   // entries of the slow path between looks at the global queue
    GLOBAL_BATCH = 64,
    FREE_GS_KEEP = 64,
    SLAB_FIRST = 32,
    SLAB_GS = 256,
    AHEAD = 4,           // what a walk over goroutines loads in advance
    ID_BATCH = 16,
    MANY_THREADS = 32,   // from here on blocking calls wait for the monitor rather than start a thread at once
};
#define SLICE_NS 10000000LL     // time slice, and the monitor's usual period
#define CROWDED_NS 2500000LL    // the same once goroutines use up their slices while others wait
#define SHORT_NS 250000LL       // its period while parallel work may wait in a runnext
#define SYSCALL_NS 20000LL      // its period after it took a P from a system call
#define INTERRUPT_SIGNAL SIGURG   // ignored by default, so a stray one harms nobody
#define WORTH_NS 50000LL        // a thread should find so much to do when it is woken
#define GAP_MOST_NS 500000LL
#define LATE_NS 1000000LL       // a timer may be seen so late, for fewer wake-ups of the monitor
enum { SHORT_ROUNDS = 40, CROWDED_ROUNDS = 40, DEEP_ROUNDS = 5, MAX_HOOKS = 16 };

// P.status; with P_SYSCALL the number of the thread in the call stands above,
// so that a thread takes back only what is still its own.
typedef enum PStatus { P_IDLE, P_RUNNING, P_SYSCALL, P_STOPPED, P_DEAD } PStatus;
#define SYSCALL_OF(m) ((uint64_t)P_SYSCALL | (uint64_t)(m)->id << 8)
#define STATUS_KIND(s) ((PStatus)((s) & 0xff))

struct M {
    uint32_t id;
    bool searching;         // own thread only
    bool in_poll;           // sleeps in netpoll, not in the futex; lock
    P *syscall_p;           // own thread only: P held when the call began
    P *next_p;              // lock: handed over by a waker
    G *next_g;              // lock: with next_p, the goroutine to run at once
    G *locked_g;            // own thread only: LockOSThread
    M *idle_link;           // lock
    M *all_link;            // set once, under lock
    int64_t woken_at;       // own thread only: when it was woken to search; 0 once that is judged
    pthread_t thread;       // own thread, before its first goroutine
    G *_Atomic call_g;      // own thread: goroutine in a system call, for sched_interrupt
    _Atomic uint32_t wake;  // futex
};

typedef struct Slab { // never freed; slabs are listed in order of creation
    struct Slab *_Atomic next;
    uint32_t n;
    G gs[];
} Slab;

static struct {
    RtLock lock;
    G *global_head, *global_tail; // lock
    G *back_head, *back_tail;     // lock: served first: back from calls that lost their P, others tied to a thread whose turn it is, urgent ones
    _Atomic uint32_t nback;       // written under lock; nglobal counts them too
    _Atomic uint32_t nglobal;     // written under lock
    P *idle_ps;                   // lock
    M *idle_ms;                   // lock
    uint32_t nactive;             // lock: P neither dead nor retiring
    uint32_t ncpus;               // set once
    uint32_t nretiring;           // lock: still in use, but to be given up
    uint32_t blocked_ms;          // lock: threads in a call whose P was taken
    int pending;                  // lock
    uint32_t stop_wait;           // lock: P that have yet to stop
    G *free_gs;                   // lock
    uint32_t nms;                 // lock
    M *all_ms;                    // lock
    M *poller;                    // lock
    M *free_visitors;             // lock: of threads of C's own that have ended
    Slab *last_slab;              // lock
    _Atomic uint32_t nidle;       // written under lock
    _Atomic uint32_t excess;      // P beyond the number of CPUs; written under lock
    _Atomic uint32_t searching;   // 0 or 1 threads
    _Atomic int64_t wake_gap;     // 0: pushes wake threads; else only the monitor does, every so many ns
    _Atomic uint32_t on_trial;    // a thread was woken, and it is not known yet whether that was of use
    _Atomic uint32_t stopping;    // written under lock
    _Atomic uint32_t stop_done;   // futex of the stopper
    _Atomic uint32_t world_gen;   // futex of the stopped
    _Atomic uint32_t nall;
    _Atomic int64_t poll_until;   // when the poller wakes by itself; 0: no poller
    _Atomic int64_t next_id;
    _Atomic uint32_t frozen, quitting, exiting;
    _Atomic uint32_t main_left;   // main called Goexit
    bool seeded;
    Slab *_Atomic first_slab;
    _Atomic(P *) all[MAX_PROCS];

    _Atomic uint32_t mon_started;
    _Atomic uint32_t mon_word;    // futex of the monitor
    _Atomic int64_t mon_until;    // when it wakes by itself; 0: it does not
    _Atomic uint32_t mon_short;   // rounds of the short period left
    _Atomic uint32_t crowded;     // rounds left since a slice was used up while others waited; monitor only writes
    bool mon_deep;                // lock: sleeps until a P is taken

    void (*hooks[MAX_HOOKS])(void);
    uint32_t nhooks;              // lock
    void (*on_asleep)(void);      // set once
} sched;

Engine engine;
_Thread_local P *current_p;
static _Thread_local M *current_m;
_Atomic int64_t sched_coarse_now;

static void worker_loop(M *m);
static void quit_report(void);

static inline void lock(void) { rt_lock(&sched.lock); }
static inline void unlock(void) { rt_unlock(&sched.lock); }

static inline uint64_t p_status(P *p) { return atomic_load(&p->status); }

static void monitor_poke(void) {
    atomic_store(&sched.mon_word, 1);
    os_futex_wake(&sched.mon_word, 1);
}

// --- queues

static inline uint32_t ring_len(P *p) {
    uint32_t h = atomic_load_explicit(&p->head, memory_order_relaxed);
    uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
    int32_t n = (int32_t)(t - h); // the two loads may be of different moments
    return n > 0 ? (uint32_t)n : 0;
}

static inline bool has_local_work(P *p) {
    return ring_len(p) > 0 || atomic_load_explicit(&p->runnext, memory_order_relaxed) != NULL;
}

static void global_push(G *g) { // lock held
    g->sched_link = NULL;
    if (sched.global_tail) sched.global_tail->sched_link = g;
    else sched.global_head = g;
    sched.global_tail = g;
    atomic_store_explicit(&sched.nglobal, atomic_load_explicit(&sched.nglobal, memory_order_relaxed) + 1, memory_order_relaxed);
}

// A goroutine that is back from a call occupies a thread while it waits.
static void back_push(G *g) { // lock held
    g->sched_link = NULL;
    if (sched.back_tail) sched.back_tail->sched_link = g;
    else sched.back_head = g;
    sched.back_tail = g;
    atomic_store_explicit(&sched.nback, atomic_load_explicit(&sched.nback, memory_order_relaxed) + 1, memory_order_relaxed);
    atomic_store_explicit(&sched.nglobal, atomic_load_explicit(&sched.nglobal, memory_order_relaxed) + 1, memory_order_relaxed);
}

static G *back_pop(void) { // lock held
    G *g = sched.back_head;
    sched.back_head = g->sched_link;
    if (!sched.back_head) sched.back_tail = NULL;
    atomic_store_explicit(&sched.nback, atomic_load_explicit(&sched.nback, memory_order_relaxed) - 1, memory_order_relaxed);
    return g;
}

static G *global_pop(void) { // lock held
    G *g = sched.back_head ? back_pop() : sched.global_head;
    if (!g) return NULL;
    if (g == sched.global_head) sched.global_head = g->sched_link;
    if (!sched.global_head) sched.global_tail = NULL;
    atomic_store_explicit(&sched.nglobal, atomic_load_explicit(&sched.nglobal, memory_order_relaxed) - 1, memory_order_relaxed);
    return g;
}

static inline uint32_t global_len(void) { return atomic_load_explicit(&sched.nglobal, memory_order_relaxed); }

// Moves half of a full ring and g to the global queue.
static bool ring_overflow(P *p, G *g, uint32_t h) {
    G *batch[P_RING / 2];
    for (uint32_t i = 0; i < P_RING / 2; i++)
        batch[i] = atomic_load_explicit(&p->ring[(h + i) % P_RING], memory_order_relaxed);
    // acq_rel: against thieves that do the same
    if (!atomic_compare_exchange_strong_explicit(&p->head, &h, h + P_RING / 2, memory_order_acq_rel, memory_order_relaxed)) return false;
    lock();
    for (uint32_t i = 0; i < P_RING / 2; i++) global_push(batch[i]);
    global_push(g);
    unlock();
    return true;
}

static void ring_put(P *p, G *g) { // owner only
    for (;;) {
        uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire); // pairs with thieves' CAS: the place is free
        uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
        if (t - h < P_RING) {
            atomic_store_explicit(&p->ring[t % P_RING], g, memory_order_relaxed);
            atomic_store_explicit(&p->tail, t + 1, memory_order_release); // publishes g to thieves
            return;
        }
        if (ring_overflow(p, g, h)) return;
    }
}

static G *ring_get(P *p) { // owner only
    uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire);
    for (;;) {
        if (h == atomic_load_explicit(&p->tail, memory_order_relaxed)) return NULL;
        G *g = atomic_load_explicit(&p->ring[h % P_RING], memory_order_relaxed);
        if (p->alone) { // no thieves
            atomic_store_explicit(&p->head, h + 1, memory_order_relaxed);
            return g;
        }
        if (atomic_compare_exchange_weak_explicit(&p->head, &h, h + 1, memory_order_acq_rel, memory_order_acquire)) return g;
    }
}

// Takes half of victim's ring; returns one, the rest goes to p's ring (empty).
static G *ring_steal(P *p, P *victim) {
    uint32_t tail = atomic_load_explicit(&p->tail, memory_order_relaxed);
    for (;;) {
        uint32_t h = atomic_load_explicit(&victim->head, memory_order_acquire); // pairs with other thieves
        uint32_t t = atomic_load_explicit(&victim->tail, memory_order_acquire); // pairs with ring_put
        uint32_t n = t - h;
        n -= n / 2;
        if (n == 0) return NULL;
        if (n > P_RING / 2) continue; // h and t are of different moments
        for (uint32_t i = 0; i < n; i++) {
            G *g = atomic_load_explicit(&victim->ring[(h + i) % P_RING], memory_order_relaxed);
            atomic_store_explicit(&p->ring[(tail + i) % P_RING], g, memory_order_relaxed);
        }
        if (!atomic_compare_exchange_strong_explicit(&victim->head, &h, h + n, memory_order_acq_rel, memory_order_relaxed)) continue;
        n--;
        G *g = atomic_load_explicit(&p->ring[(tail + n) % P_RING], memory_order_relaxed);
        if (n) atomic_store_explicit(&p->tail, tail + n, memory_order_release);
        return g;
    }
}

// Takes a fair share of the global queue; the first is returned. A goroutine
// tied to a thread comes alone.
static G *global_take(P *p, uint32_t max) {
    if (global_len() == 0) return NULL;
    lock();
    uint32_t n = global_len() / (sched.nactive ? sched.nactive : 1) + 1;
    if (n > max) n = max;
    G *first = global_pop();
    if (first && !first->locked_m)
        while (--n > 0 && sched.global_head && !sched.global_head->locked_m) ring_put(p, global_pop());
    unlock();
    return first;
}

// --- waking

static void p_release(P *p) { // lock held; p has no work
    p->m = NULL;
    if (STATUS_KIND(p_status(p)) == P_RUNNING && atomic_load(&sched.stopping) && sched.stop_wait > 0 && --sched.stop_wait == 0) {
        atomic_store(&sched.stop_done, 1);
        os_futex_wake(&sched.stop_done, 1);
    }
    if (p->retire) {
        p->retire = false;
        sched.nretiring--;
        atomic_store(&p->status, P_DEAD);
        return;
    }
    atomic_store(&p->status, P_IDLE);
    p->idle_link = sched.idle_ps;
    sched.idle_ps = p;
    atomic_fetch_add(&sched.nidle, 1);
}

static P *p_take_idle(void) { // lock held
    P *p = sched.idle_ps;
    if (!p || atomic_load(&sched.stopping)) return NULL;
    sched.idle_ps = p->idle_link;
    atomic_fetch_sub(&sched.nidle, 1);
    atomic_store(&p->status, P_RUNNING);
    if (sched.mon_deep) {
        sched.mon_deep = false;
        monitor_poke();
    }
    return p;
}

static M *m_make(void) {
    M *m = base_calloc(1, sizeof *m);
    m->id = ++sched.nms;
    m->all_link = sched.all_ms;
    sched.all_ms = m;
    return m;
}

static void *thread_main(void *arg) {
    M *m = arg;
    lock(); // next_p was set under it
    P *p = m->next_p;
    m->next_p = NULL;
    p->m = m;
    unlock();
    current_m = m;
    current_p = p;
    m->thread = pthread_self();
    m->woken_at = m->searching ? timer_now() : 0;
    worker_loop(m);
    return NULL;
}

static void thread_start(void *(*fn)(void *), void *arg) {
    pthread_attr_t attr;
    pthread_t thread;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    sigset_t all, old; // signals belong to the first thread, but for that of sched_interrupt
    sigfillset(&all);
    sigdelset(&all, INTERRUPT_SIGNAL);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int err = pthread_create(&thread, &attr, fn, arg);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
    if (err) rt_fatal("cannot create a thread: %s", strerror(err));
}

// An idle thread other than the poller if there is one.
static M *m_take_idle(void) { // lock held
    M **at = &sched.idle_ms;
    if (*at && *at == sched.poller && (*at)->idle_link) at = &(*at)->idle_link;
    M *m = *at;
    if (m) *at = m->idle_link;
    return m;
}

// Gives p (status P_RUNNING) to m, or to a new thread. Lock held on entry,
// released on return.
static void m_start_unlock(M *m, P *p, bool search) {
    bool fresh = !m;
    if (fresh) m = m_make();
    m->next_p = p;
    m->searching = search; // m sleeps, or is not there yet: nobody else touches it
    p->m = m;
    bool poll = m->in_poll;
    unlock();
    if (fresh) {
        thread_start(thread_main, m);
        return;
    }
    atomic_store(&m->wake, 1);
    if (poll) netpoll_break();
    else os_futex_wake(&m->wake, 1);
}

// An idle P for which there is a CPU.
static inline bool has_spare(void) {
    return atomic_load_explicit(&sched.nidle, memory_order_relaxed) > atomic_load_explicit(&sched.excess, memory_order_relaxed);
}

// While a caller holds `searching` others count on it to see their work, so one
// that found no P looks again: since then a P may have become idle and work have
// come from outside.
static void wake_slow(void) {
    for (uint32_t none = 0; atomic_compare_exchange_strong(&sched.searching, &none, 1);) {
        lock();
        P *p = p_take_idle();
        if (p) {
            atomic_store(&sched.on_trial, 1);
            m_start_unlock(m_take_idle(), p, true);
            return;
        }
        unlock();
        atomic_store(&sched.searching, 0);
        atomic_thread_fence(memory_order_seq_cst); // with that of wake_one
        if (!global_len() || !atomic_load(&sched.nidle) || atomic_load(&sched.stopping)) return;
    }
}

// Wakes a thread for work that lies in a queue, if that helps.
static inline void wake_one(void) {
    atomic_thread_fence(memory_order_seq_cst); // the work is seen by who is searching, or it is seen here that nobody is
    if (atomic_load(&sched.nidle) && !atomic_load(&sched.searching)) wake_slow();
}

// The monitor looks soon, instead of a wake-up now.
static void monitor_soon(void) {
    if (atomic_load_explicit(&sched.mon_short, memory_order_relaxed)) return;
    atomic_store(&sched.mon_short, SHORT_ROUNDS);
    monitor_poke();
}

// The same for work that may be done soon by the thread that has it.
static inline void wake_for_push(void) {
    if (!has_spare() || atomic_load_explicit(&sched.searching, memory_order_relaxed)) return;
    if (atomic_load_explicit(&sched.wake_gap, memory_order_relaxed)) monitor_soon();
    else wake_slow();
}

static void wake_was_of_use(bool use) {
    int64_t gap = atomic_load(&sched.wake_gap);
    if (use) gap = 0;
    else gap = gap ? GAP_MOST_NS : SHORT_NS;
    atomic_store(&sched.wake_gap, gap);
    atomic_store(&sched.on_trial, 0);
}

// m is about to sleep.
static void judge_wake(M *m) {
    if (!m->woken_at) return;
    wake_was_of_use(timer_now() - m->woken_at >= WORTH_NS);
    m->woken_at = 0;
}

static void searching_end(M *m) {
    if (!m->searching) return;
    m->searching = false;
    atomic_store(&sched.searching, 0);
}

// p lost its thread: another one gets it if there is work, else it is idle.
static void p_handoff_unlock(P *p) { // lock held, released
    atomic_store(&p->status, P_RUNNING);
    if (!p->retire && !atomic_load(&sched.stopping) && (has_local_work(p) || global_len())) {
        m_start_unlock(m_take_idle(), p, false);
        return;
    }
    G *g;
    if (atomic_load(&sched.stopping) && has_local_work(p)) { // idle P are empty
        while ((g = ring_get(p))) global_push(g);
    }
    g = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    if (g) {
        atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
        global_push(g);
    }
    while ((g = ring_get(p))) global_push(g);
    p_release(p);
    unlock();
}

void sched_push(P *p, G *g) {
    ring_put(p, g);
    wake_for_push();
}

void sched_ready_global(G *g) {
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_release); // pairs with sched_each_g: g may come from a thread without processor
    lock();
    global_push(g);
    unlock();
    wake_one();
}

static void ready_urgent(G *g) {
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_release); // pairs with sched_each_g
    lock();
    back_push(g);
    unlock();
    wake_one();
}

void sched_ready_tail(P *p, G *g) {
    if (atomic_load_explicit(&sched.crowded, memory_order_relaxed)) {
        ready_urgent(g);
        return;
    }
    if (!p || g->locked_m) {
        sched_ready_global(g);
        return;
    }
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
    sched_push(p, g);
}

void sched_requeue(P *p, G *g) {
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
    p->current = NULL;
    lock();
    global_push(g);
    unlock();
    if (has_local_work(p)) wake_for_push();
}

// --- deadlock

static bool deadlocked(int pending) { // lock held
    return atomic_load(&sched.nidle) == sched.nactive && sched.nretiring == 0 && sched.blocked_ms == 0 && sched.pending == pending &&
           global_len() == 0 && !atomic_load(&sched.stopping) && timer_earliest() == TIMER_NEVER && netpoll_waiting() == 0;
}

static void check_deadlock_locked(void) { // lock held, still held on return
    if (!deadlocked(0)) return;
    if (sched.on_asleep) {
        sched.on_asleep();
        return;
    }
    unlock();
    if (sched_num_goroutine() == 0) rt_fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    rt_fatal_deadlock("all goroutines are asleep - deadlock!");
}

void sched_on_asleep(void (*f)(void)) { sched.on_asleep = f; }

bool sched_asleep(void) {
    lock();
    bool yes = deadlocked(0);
    unlock();
    return yes;
}

void sched_pending_add(int n) {
    lock();
    sched.pending += n;
    if (sched.pending == 0) check_deadlock_locked();
    unlock();
}

// --- stopping the world

// The calling thread's P stops until the world starts again. Lock held on
// entry and on return.
static void stop_here(P *p) {
    atomic_store(&p->status, P_STOPPED);
    if (sched.stop_wait > 0 && --sched.stop_wait == 0) {
        atomic_store(&sched.stop_done, 1);
        os_futex_wake(&sched.stop_done, 1);
    }
    uint32_t gen = atomic_load(&sched.world_gen);
    unlock();
    while (atomic_load(&sched.world_gen) == gen) os_futex_wait(&sched.world_gen, gen, -1);
    lock();
}

// Takes q from a thread in a system call, into state to. Lock held.
static bool p_seize(P *q, uint64_t seen, PStatus to) {
    if (!atomic_compare_exchange_strong(&q->status, &seen, to)) return false;
    q->m = NULL;
    sched.blocked_ms++;
    return true;
}

void sched_stop_world(P *p) {
    lock();
    while (atomic_load(&sched.stopping)) {
        if (p) {
            stop_here(p);
            continue;
        }
        unlock();
        os_sleep(SYSCALL_NS);
        lock();
    }
    // seq_cst with the status of P entering a system call: one of both sides
    // sees the other
    atomic_store(&sched.stopping, 1);
    atomic_store(&sched.stop_done, 0);
    sched.stop_wait = 0;
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) {
        P *q = atomic_load(&sched.all[i]);
        if (q == p) continue;
        atomic_fetch_or(&q->preempt, PREEMPT_STOP);
        for (;;) {
            uint64_t s = p_status(q);
            if (STATUS_KIND(s) == P_SYSCALL && !p_seize(q, s, P_STOPPED)) continue;
            if (STATUS_KIND(s) == P_RUNNING) sched.stop_wait++;
            break;
        }
    }
    bool wait = sched.stop_wait > 0;
    unlock();
    while (wait && !atomic_load(&sched.stop_done)) os_futex_wait(&sched.stop_done, 0, -1);
}

void sched_start_world(P *p) {
    lock();
    while (atomic_load(&sched.frozen)) { // a report is being printed; the process ends
        unlock();
        os_sleep(SLICE_NS);
        lock();
    }
    atomic_store(&sched.stopping, 0);
    P *orphans = NULL;
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) {
        P *q = atomic_load(&sched.all[i]);
        if (q == p || STATUS_KIND(p_status(q)) != P_STOPPED) continue;
        atomic_store(&q->status, P_RUNNING);
        if (!q->m) {
            q->idle_link = orphans;
            orphans = q;
        }
    }
    atomic_fetch_add(&sched.world_gen, 1);
    unlock();
    os_futex_wake(&sched.world_gen, INT32_MAX);
    while (orphans) { // P of threads in system calls
        P *q = orphans;
        orphans = q->idle_link;
        lock();
        p_handoff_unlock(q);
    }
    if (global_len()) wake_one();
}

// Takes part in what the whole process waits for.
static void check_world(P *p) {
    if (atomic_load(&sched.quitting)) quit_report();
    while (atomic_load(&sched.stopping)) {
        lock();
        if (atomic_load(&sched.stopping)) stop_here(p);
        unlock();
    }
    if (atomic_load(&gc_wanted)) gc_collect(p);
}

void sched_take_part(P *p) {
    if (!atomic_load_explicit(&p->preempt, memory_order_relaxed)) return;
    atomic_fetch_and(&p->preempt, ~(uint32_t)(PREEMPT_STOP | PREEMPT_GC));
    check_world(p);
}

bool sched_safepoint(P *p, G *g) {
    uint32_t why = atomic_exchange(&p->preempt, 0);
    check_world(p);
    if (p->retire) {
        atomic_fetch_or(&p->preempt, PREEMPT_STOP); // sched_next gives nothing any more
        sched_requeue(p, g);
        return true;
    }
    if (why & PREEMPT_KICK) { // work in runnext that another thread could do
        G *next = atomic_load_explicit(&p->runnext, memory_order_relaxed);
        if (next) {
            atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
            sched_push(p, next);
        }
    }
    if (!(why & PREEMPT_SLICE)) return false;
    timer_run(p, timer_now());
    if (!has_local_work(p) && !global_len()) return false;
    sched_requeue(p, g);
    return true;
}

// --- finding work

static void mark_running(P *p, G *g) {
    atomic_store_explicit(&p->tick, atomic_load_explicit(&p->tick, memory_order_relaxed) + 1, memory_order_relaxed);
    atomic_store_explicit(&g->status, G_RUNNING, memory_order_relaxed);
    p->current = g;
}

// With schedseed every choice is drawn: runnext joins the ring, which is
// turned by a random number of places.
static void shuffle_local(P *p) {
    G *next = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    if (next) {
        atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
        ring_put(p, next);
    }
    uint32_t n = ring_len(p);
    if (n < 2) return;
    for (uint64_t turns = sched_rand(p) % (n < 8 ? n : 8); turns > 0; turns--) ring_put(p, ring_get(p));
}

// Next goroutine from ring or runnext: the ring first, since runnext had its
// turns when this is called.
static G *local_take(P *p) {
    p->hops = sched.seeded ? 0 : SCHED_HOPS;
    if (sched.seeded) shuffle_local(p);
    G *g = ring_get(p);
    if (g) return g;
    g = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
    return g;
}

G *sched_next_slow(P *p) {
    if (atomic_load_explicit(&p->preempt, memory_order_relaxed) || p->m->locked_g) return NULL;
    if (atomic_load_explicit(&sched.nback, memory_order_relaxed)) return NULL; // for the worker loop
    G *g = NULL;
    if (++p->slow_ticks % GLOBAL_EVERY == 0) {
        int64_t due = timer_earliest_of(p);
        if (due != TIMER_NEVER) {
            int64_t now = timer_now();
            if (due <= now) timer_run(p, now);
        }
        g = global_take(p, 1);
    }
    if (!g) g = local_take(p);
    if (!g) g = global_take(p, GLOBAL_BATCH);
    if (!g) return NULL;
    if (g->locked_m) { // only the worker loop hands it to its thread, and it is its turn
        lock();
        back_push(g);
        unlock();
        return NULL;
    }
    mark_running(p, g);
    return g;
}

static G *steal(P *p) {
    uint32_t n = atomic_load(&sched.nall);
    uint32_t start = (uint32_t)(sched_rand(p) % n);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < n; i++) {
            P *victim = atomic_load(&sched.all[(start + i) % n]);
            if (victim == p) continue;
            G *g = ring_steal(p, victim);
            if (g) return g;
        }
    return NULL;
}

static bool any_ring_filled(void) {
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++)
        if (ring_len(atomic_load(&sched.all[i]))) return true;
    return false;
}

// Puts a list of goroutines that netpoll found ready into p's ring, or the
// global queue without p.
static void inject(P *p, G *list) {
    while (list) {
        G *g = list;
        list = g->sched_link;
        sched_ready_tail(p, g);
    }
}

// The poller's sleep. Returns goroutines that I/O made ready.
static G *poller_sleep(M *m) {
    int64_t until;
    do { // a timer may be started while we announce until when we sleep
        until = timer_earliest();
        atomic_store(&sched.poll_until, until);
    } while (timer_earliest() < until);
    int64_t timeout = -1;
    if (until != TIMER_NEVER) {
        timeout = until - timer_now();
        if (timeout < 0) timeout = 0;
    }
    G *list = NULL;
    if (m->in_poll) list = netpoll_poll(timeout);
    else if (timeout != 0) os_futex_wait(&m->wake, 0, timeout);
    atomic_store_explicit(&sched_coarse_now, timer_now(), memory_order_relaxed);
    return list;
}

static void m_unlist(M *m) { // lock held
    for (M **at = &sched.idle_ms; *at; at = &(*at)->idle_link)
        if (*at == m) {
            *at = m->idle_link;
            return;
        }
}

// One sleep of an idle thread; true once it has a P. Lock held throughout but
// for the sleep itself.
static bool idle_round(M *m, bool *may_poll, G **ready) {
    bool poll = *may_poll && !sched.poller;
    if (poll) {
        sched.poller = m;
        m->in_poll = netpoll_active();
    }
    unlock();
    G *list = NULL;
    if (poll) list = poller_sleep(m);
    else os_futex_wait(&m->wake, 0, -1);
    if (atomic_load(&sched.quitting)) quit_report();
    lock();
    atomic_store(&m->wake, 0);
    if (poll) {
        sched.poller = NULL;
        m->in_poll = false;
        atomic_store(&sched.poll_until, 0);
    }
    *ready = list;
    if (m->next_p) return true;
    bool due = poll && timer_earliest() <= timer_now();
    if (!list && !due) return false;
    m->next_p = p_take_idle();
    if (m->next_p) {
        m_unlist(m);
        return true;
    }
    // All P are busy: they run timers themselves when the monitor asks them, and take from the queue.
    if (due) monitor_poke();
    *may_poll = false;
    while (list) {
        G *g = list;
        list = g->sched_link;
        atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
        global_push(g);
    }
    *ready = NULL;
    return false;
}

// m, which has no P, sleeps until it has one. Lock held on entry, released.
static void m_idle_unlock(M *m) {
    bool may_poll = true;
    G *ready = NULL;
    m->idle_link = sched.idle_ms;
    sched.idle_ms = m;
    while (!idle_round(m, &may_poll, &ready)) {}
    P *p = m->next_p;
    m->next_p = NULL;
    p->m = m;
    unlock();
    current_p = p;
    m->woken_at = m->searching ? timer_now() : 0;
    inject(p, ready);
}

// Waits for another thread to hand over a P: outside the list of idle threads.
static P *m_wait_handoff(M *m) {
    for (;;) {
        os_futex_wait(&m->wake, 0, -1);
        if (atomic_load(&sched.quitting)) quit_report();
        lock();
        atomic_store(&m->wake, 0);
        P *p = m->next_p;
        m->next_p = NULL;
        if (p) p->m = m;
        unlock();
        if (p) return p;
    }
}

// Gives p and g to the one thread that may run g; m goes idle.
static void hand_to_locked(M *m, P *p, G *g) {
    searching_end(m);
    current_p = NULL;
    lock();
    M *to = g->locked_m;
    to->next_g = g;
    to->next_p = p;
    p->m = to;
    atomic_store(&to->wake, 1);
    os_futex_wake(&to->wake, 1);
    m_idle_unlock(m);
}

// The thread found nothing: it gives up p and sleeps, unless work turns up.
static void go_idle(M *m, P *p) {
    judge_wake(m);
    lock();
    if (!p->retire && (global_len() || atomic_load(&sched.stopping))) {
        unlock();
        return;
    }
    current_p = NULL;
    p_release(p);
    searching_end(m);
    if (any_ring_filled()) { // pushed while we were the searcher
        P *q = p_take_idle();
        if (q) {
            q->m = m;
            unlock();
            current_p = q;
            return;
        }
    }
    check_deadlock_locked();
    m_idle_unlock(m);
}

static void retire(M *m, P *p) {
    G *g;
    lock();
    while ((g = local_take(p))) global_push(g);
    current_p = NULL;
    searching_end(m);
    if (!p->retire) { // wanted again meanwhile
        current_p = p;
        unlock();
        return;
    }
    p_release(p);
    P *q = global_len() ? p_take_idle() : NULL;
    if (q) {
        q->m = m;
        unlock();
        current_p = q;
        return;
    }
    check_deadlock_locked();
    m_idle_unlock(m);
}

static G *poll_now(P *p) {
    if (!netpoll_active()) return NULL;
    G *g = netpoll_poll(0);
    if (!g) return NULL;
    inject(p, g);
    return local_take(p);
}

// Is there somebody to be served first? Now and then it is the ring's turn all the same.
static bool look_back(P *p) {
    return atomic_load_explicit(&sched.nback, memory_order_relaxed) && (++p->back_turns % 4 || !has_local_work(p));
}

static G *look_for_work(M *m, P *p) {
    int64_t due = timer_earliest();
    if (due != TIMER_NEVER) {
        int64_t now = timer_now();
        atomic_store_explicit(&sched_coarse_now, now, memory_order_relaxed);
        if (due <= now) timer_run(p, now);
    }
    G *g = NULL;
    if (look_back(p) || ++p->slow_ticks % GLOBAL_EVERY == 0) g = global_take(p, 1);
    if (!g) g = local_take(p);
    if (!g) g = global_take(p, GLOBAL_BATCH);
    if (!g) g = poll_now(p);
    if (g) return g;
    uint32_t none = 0;
    if (!m->searching && atomic_load(&sched.nall) > 1) m->searching = atomic_compare_exchange_strong(&sched.searching, &none, 1);
    return m->searching ? steal(p) : NULL;
}

static G *find_runnable(M *m) {
    for (;;) {
        P *p = current_p;
        atomic_store(&p->preempt, 0);
        check_world(p);
        if (p->retire) {
            retire(m, p);
            continue;
        }
        G *g = look_for_work(m, p);
        if (!g) {
            go_idle(m, p);
            continue;
        }
        if (m->searching) {
            searching_end(m);
            if (ring_len(p) || global_len()) wake_for_push();
        }
        if (!g->locked_m || g->locked_m == m) return g;
        hand_to_locked(m, p, g);
        if (m->next_g) break; // not reached by threads without a locked goroutine
    }
    rt_throw("sched: thread got a foreign goroutine");
}

// The goroutine tied to m stopped running: m waits until it is its turn again.
static G *wait_for_locked(M *m) {
    P *p = current_p;
    current_p = NULL;
    lock();
    p_handoff_unlock(p);
    lock();
    check_deadlock_locked();
    unlock();
    current_p = m_wait_handoff(m);
    G *g = m->next_g;
    m->next_g = NULL;
    return g;
}

static void worker_loop(M *m) {
    for (;;) {
        G *g = m->locked_g ? wait_for_locked(m) : find_runnable(m);
        P *p = current_p;
        mark_running(p, g);
        if (m->locked_g) p->hops = 0; // sched_next must give nothing
        engine.run(p, g);
        current_p->current = NULL;
    }
}

// --- system calls

static void enter_syscall(G *g, bool at_once) {
    P *p = current_p;
    M *m = current_m;
    m->syscall_p = p;
    atomic_store_explicit(&m->call_g, g, memory_order_relaxed);
    atomic_store_explicit(&p->syscall_tick, atomic_load_explicit(&p->syscall_tick, memory_order_relaxed) + 1, memory_order_relaxed);
    atomic_store_explicit(&g->status, G_SYSCALL, memory_order_relaxed);
    atomic_store(&p->status, SYSCALL_OF(m)); // pairs with sched_stop_world and the monitor
    if (!at_once && !atomic_load(&sched.stopping)) return;
    lock();
    if (atomic_load(&sched.stopping)) {
        if (p_seize(p, SYSCALL_OF(m), P_STOPPED) && sched.stop_wait > 0 && --sched.stop_wait == 0) {
            atomic_store(&sched.stop_done, 1);
            os_futex_wake(&sched.stop_done, 1);
        }
        unlock();
    } else if (!sched.idle_ms && sched.nms >= MANY_THREADS) {
        unlock(); // a new thread costs more than the monitor's delay; soon one comes back
    } else if (p_seize(p, SYSCALL_OF(m), P_RUNNING)) {
        p_handoff_unlock(p);
    } else {
        unlock();
    }
}

void sched_enter_syscall(G *g) { enter_syscall(g, false); }
void sched_enter_blocking(G *g) { enter_syscall(g, true); }

// The P was taken: get another, or queue g as tied to this thread.
static P *leave_slow(M *m, G *g) {
    lock();
    sched.blocked_ms--;
    P *p = p_take_idle();
    if (p) {
        p->m = m;
        unlock();
        return p;
    }
    M *tied = g->locked_m;
    g->locked_m = m;
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
    back_push(g);
    unlock();
    wake_one();
    p = m_wait_handoff(m);
    m->next_g = NULL;
    g->locked_m = tied;
    return p;
}

P *sched_leave_syscall(G *g) {
    bool taken;
    return sched_leave_syscall_told(g, &taken);
}

P *sched_leave_syscall_told(G *g, bool *taken) {
    M *m = current_m;
    P *p = m->syscall_p;
    atomic_store_explicit(&m->call_g, NULL, memory_order_relaxed);
    uint64_t mine = SYSCALL_OF(m);
    *taken = !atomic_compare_exchange_strong(&p->status, &mine, P_RUNNING);
    if (*taken) {
        current_p = NULL;
        p = leave_slow(m, g);
        current_p = p;
    }
    mark_running(p, g);
    p->hops = m->locked_g || sched.seeded ? 0 : SCHED_HOPS;
    return p;
}

void sched_lock_thread(G *g) {
    g->locked_m = current_m;
    current_m->locked_g = g;
    current_p->hops = 0;
}

void sched_unlock_thread(G *g) {
    if (g->callbacks) return;
    g->locked_m = NULL;
    current_m->locked_g = NULL;
}

bool sched_tie(G *g) {
    if (g->locked_m == current_m) return false;
    sched_lock_thread(g);
    return true;
}

void sched_untie(G *g) {
    sched_unlock_thread(g);
    current_p->hops = sched.seeded ? 0 : SCHED_HOPS;
}

P *sched_wait_turn(G *g) {
    current_p->current = NULL;
    if (wait_for_locked(current_m) != g) rt_throw("sched: thread got a foreign goroutine");
    mark_running(current_p, g);
    current_p->hops = 0; // sched_next must give nothing
    return current_p;
}

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

static G *g_alloc(P *p) {
    if (!p->free_gs && p->slab_next == p->slab_end) {
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
        return g;
    }
    if (p->slab_next == p->slab_end) slab_new(p);
    g = p->slab_next++;
    g->sudog.g = g;
    return g;
}

static int64_t next_id(P *p) {
    if (p->next_id == p->end_id) {
        p->next_id = atomic_fetch_add(&sched.next_id, ID_BATCH);
        p->end_id = p->next_id + ID_BATCH;
    }
    return p->next_id++;
}

static inline void live_add(P *p, int n) {
    atomic_store_explicit(&p->live, atomic_load_explicit(&p->live, memory_order_relaxed) + n, memory_order_relaxed);
}

static G *g_make(P *p, const void *closure, const uint64_t *args, uint32_t nwords, struct Process *process) {
    G *g = g_alloc(p);
    g->process = process;
    g->id = next_id(p);
    if (!g->stack) {
        g->stack = base_malloc(G_STACK_START * sizeof(uint64_t));
        g->stack_slots = G_STACK_START;
    }
    g->fp = 0;
    g->pc = NULL;
    g->resume = RESUME_CALL;
    g->go_pc = NULL;
    g->go_func = NULL;
    g->interrupted = 0;
    engine.start_call(g, closure, args, nwords);
    live_add(p, 1);
    return g;
}

G *sched_go(P *p, const void *closure, const uint64_t *args, uint32_t nwords) { return sched_go_process(p, closure, args, nwords, NULL); }

G *sched_go_process(P *p, const void *closure, const uint64_t *args, uint32_t nwords, struct Process *process) {
    G *g = g_make(p, closure, args, nwords, process);
    sched_ready(p, g);
    if (g->id != 1) {
        sched_need_monitor();
        // g may be worth a thread of its own if its maker goes on for long: the
        // monitor looks soon, instead of a wake-up for each go statement
        if (has_spare()) monitor_soon();
    }
    return g;
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
    else m = m_make();
    unlock();
    m->thread = pthread_self();
    pthread_setspecific(visitor_key, m);
    sched_need_monitor();
    return current_m = m;
}

// All processors are in use: the first that is given up comes to g and its thread.
static P *visit_queue(M *m, G *g) {
    lock();
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_release); // pairs with sched_each_g
    back_push(g);
    unlock();
    wake_one();
    P *p = m_wait_handoff(m);
    m->next_g = NULL;
    return p;
}

P *sched_visit(const void *closure, void *foreign, G **out) {
    M *m = current_m ? current_m : visitor_arrives();
    lock();
    P *p = p_take_idle();
    if (p) p->m = m;
    unlock();
    G *g = p ? g_make(p, closure, NULL, 0, NULL) : make_outside(closure);
    g->foreign = foreign;
    g->locked_m = m;
    m->locked_g = g;
    if (!p) p = visit_queue(m, g);
    current_p = p;
    mark_running(p, g);
    p->hops = 0; // sched_next must give nothing
    *out = g;
    return p;
}

void sched_visit_end(void) {
    P *p = current_p;
    sched_take_part(p); // short functions may not come to a safepoint
    current_p = NULL;
    lock();
    p_handoff_unlock(p);
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

// --- timers and sleep

void sched_note_deadline(int64_t when) {
    // All threads run goroutines, and may do so for long: the monitor sees to it.
    if (when < atomic_load(&sched.mon_until) - LATE_NS && !atomic_load(&sched.poll_until)) monitor_poke();
    if (when >= atomic_load(&sched.poll_until)) return; // also without a poller
    lock();
    M *m = sched.poller;
    if (m) {
        atomic_store(&m->wake, 1);
        if (m->in_poll) netpoll_break();
        else os_futex_wake(&m->wake, 1);
    }
    unlock();
}

static void sleep_over(P *p, void *arg, uint64_t seq) {
    (void)seq;
    sched_ready_tail(p, arg);
}

void sched_sleep(P *p, G *g, int64_t ns) {
    if (ns <= 0) {
        sched_requeue(p, g);
        return;
    }
    if (!g->timer) {
        Timer *t = base_calloc(1, sizeof *t);
        t->fire = sleep_over;
        t->arg = g;
        g->timer = t;
    }
    int64_t when;
    if (__builtin_add_overflow(timer_now(), ns, &when)) when = TIMER_NEVER - 1;
    sched_park_begin(g, WAIT_SLEEP);
    timer_start(p, g->timer, when, 0);
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

// --- the monitor

typedef struct Look { // what one round of the monitor found
    int64_t now;
    bool retook, kicked, due, crowded;
} Look;

// A P in a system call since the last look, and wanted, is taken from it.
static void look_syscall(P *p, uint64_t status, Look *look) {
    uint32_t tick = atomic_load_explicit(&p->syscall_tick, memory_order_relaxed);
    if (p->seen_syscall_tick != tick) {
        p->seen_syscall_tick = tick;
        p->seen_when = look->now;
        if (has_local_work(p) || global_len()) look->retook = true; // look again soon
        return;
    }
    bool wanted = has_local_work(p) || global_len() || look->due;
    if (!wanted && look->now - p->seen_when < SLICE_NS) return;
    lock();
    if (!atomic_load(&sched.stopping) && p_seize(p, status, P_RUNNING)) {
        p_handoff_unlock(p);
        look->retook = true;
    } else {
        unlock();
    }
}

static void look_running(P *p, Look *look) {
    uint32_t tick = atomic_load_explicit(&p->tick, memory_order_relaxed);
    if (p->seen_tick != tick) {
        p->seen_tick = tick;
        p->seen_when = look->now;
        return;
    }
    if (look->due) {
        atomic_fetch_or(&p->preempt, PREEMPT_SLICE);
        look->due = false; // one is enough
    }
    int64_t slice = atomic_load_explicit(&sched.crowded, memory_order_relaxed) ? CROWDED_NS : SLICE_NS;
    if (look->now - p->seen_when >= slice && (has_local_work(p) || global_len())) {
        look->crowded = true;
        p->seen_when = look->now;
        atomic_fetch_or(&p->preempt, PREEMPT_SLICE);
    } else if (atomic_load_explicit(&p->runnext, memory_order_relaxed) && has_spare()) {
        atomic_fetch_or(&p->preempt, PREEMPT_KICK);
        look->kicked = true;
    }
}

static void look_at_all(Look *look) {
    look->due = timer_earliest() <= look->now;
    lock();
    bool poller = sched.poller != NULL;
    unlock();
    if (poller) look->due = false;
    if (!poller && netpoll_active()) inject(NULL, netpoll_poll(0));
    if (look->due && atomic_load(&sched.nidle)) {
        wake_one();
        look->due = false;
    }
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) {
        P *p = atomic_load(&sched.all[i]);
        uint64_t s = p_status(p);
        if (STATUS_KIND(s) == P_SYSCALL) look_syscall(p, s, look);
        else if (STATUS_KIND(s) == P_RUNNING) look_running(p, look);
    }
    if (has_spare() && (global_len() || any_ring_filled())) {
        wake_one();
        look->kicked = true;
    }
}

// Sleeps without limit once nothing has run for some rounds. Tells whether it did.
static bool monitor_rest(uint32_t *idle_rounds) {
    lock();
    bool idle = atomic_load(&sched.nidle) == sched.nactive && sched.nretiring == 0;
    *idle_rounds = idle ? *idle_rounds + 1 : 0;
    if (*idle_rounds < DEEP_ROUNDS) {
        unlock();
        return false;
    }
    sched.mon_deep = true;
    atomic_store(&sched.mon_word, 0);
    unlock();
    while (!atomic_load(&sched.mon_word)) os_futex_wait(&sched.mon_word, 0, -1);
    *idle_rounds = 0;
    return true;
}

static int64_t monitor_period(const Look *look, int64_t fast_rounds) {
    int64_t period = atomic_load(&sched.crowded) ? CROWDED_NS : SLICE_NS;
    int64_t gap = atomic_load(&sched.wake_gap);
    if (atomic_load(&sched.mon_short)) period = gap > SHORT_NS ? gap : SHORT_NS;
    if (fast_rounds) period = SYSCALL_NS;
    if (atomic_load(&sched.poll_until) == 0) { // nobody else waits for the timers
        int64_t left = timer_earliest() - look->now;
        if (left < period) period = left > SYSCALL_NS ? left : SYSCALL_NS;
    }
    return period;
}

static void *monitor_main(void *arg) {
    (void)arg;
    uint32_t idle_rounds = 0, fast_rounds = 0;
    bool on_trial = false;
    Look look = {.now = timer_now()};
    for (;;) {
        int64_t period = monitor_period(&look, fast_rounds);
        atomic_store(&sched.mon_until, look.now + period);
        os_futex_wait(&sched.mon_word, 0, period);
        atomic_store(&sched.mon_until, 0);
        atomic_store(&sched.mon_word, 0);
        if (atomic_load(&sched.quitting)) quit_report();
        look = (Look){.now = timer_now()};
        atomic_store_explicit(&sched_coarse_now, look.now, memory_order_relaxed);
        if (atomic_load(&sched.stopping) || monitor_rest(&idle_rounds)) continue;
        // at work for more than a round already
        if (on_trial && atomic_load(&sched.on_trial) && !fast_rounds) wake_was_of_use(true);
        on_trial = atomic_load(&sched.on_trial);
        look_at_all(&look);
        uint32_t left = atomic_load(&sched.mon_short);
        if (left) atomic_store(&sched.mon_short, left - 1);
        if (look.kicked) atomic_store(&sched.mon_short, SHORT_ROUNDS);
        left = atomic_load(&sched.crowded);
        if (look.crowded || left) atomic_store(&sched.crowded, look.crowded ? CROWDED_ROUNDS : left - 1);
        if (look.retook) fast_rounds = SHORT_ROUNDS;
        else if (fast_rounds) fast_rounds--;
    }
    return NULL;
}

void sched_need_monitor(void) {
    if (atomic_load_explicit(&sched.mon_started, memory_order_relaxed)) return;
    if (!atomic_exchange(&sched.mon_started, 1)) thread_start(monitor_main, NULL);
}

// --- processors

static P *p_make(void) {
    P *p = aligned_alloc(_Alignof(P), sizeof *p);
    if (!p) rt_fatal("out of memory");
    memset(p, 0, sizeof *p);
    uint32_t i = atomic_load(&sched.nall);
    p->id = i;
    p->rand = (uint64_t)timer_now() * 2654435761u ^ (uint64_t)(uintptr_t)p ^ (uint64_t)getpid() << 32;
    p->rand |= 1;
    p->hops = SCHED_HOPS;
    p->cache = &heap_no_cache;
    p->alone = i == 0;
    if (i == 1) atomic_load(&sched.all[0])->alone = false; // its thread makes the second one
    atomic_store(&sched.all[i], p);
    atomic_store(&sched.nall, i + 1);
    return p;
}

static void count_active(int n) { // lock held
    sched.nactive += (uint32_t)n;
    atomic_store(&sched.excess, sched.nactive > sched.ncpus ? sched.nactive - sched.ncpus : 0);
}

static void p_revive(P *p) { // lock held
    atomic_store(&p->status, P_RUNNING);
    p_release(p);
    count_active(1);
}

int sched_set_procs(int n) {
    lock();
    int old = (int)sched.nactive;
    if (n < 1 || sched.seeded) {
        unlock();
        return old;
    }
    if (n > MAX_PROCS) n = MAX_PROCS;
    for (uint32_t i = 0; i < MAX_PROCS && sched.nactive < (uint32_t)n; i++) {
        if (i == atomic_load(&sched.nall)) p_make(), atomic_store(&sched.all[i]->status, P_DEAD);
        P *p = atomic_load(&sched.all[i]);
        if (p->retire) {
            p->retire = false;
            sched.nretiring--;
            count_active(1);
        } else if (p_status(p) == P_DEAD) {
            p_revive(p);
        }
    }
    for (uint32_t i = atomic_load(&sched.nall); i-- > 0 && sched.nactive > (uint32_t)n;) {
        P *p = atomic_load(&sched.all[i]);
        if (p == current_p || p->retire || p_status(p) == P_DEAD) continue;
        count_active(-1);
        sched.nretiring++;
        p->retire = true;
        if (p_status(p) != P_IDLE) {
            atomic_fetch_or(&p->preempt, PREEMPT_STOP);
            continue;
        }
        for (P **at = &sched.idle_ps; *at; at = &(*at)->idle_link)
            if (*at == p) {
                *at = p->idle_link;
                break;
            }
        atomic_fetch_sub(&sched.nidle, 1);
        p_release(p);
    }
    unlock();
    wake_one();
    return old;
}

bool sched_is_seeded(void) { return sched.seeded; }

static int default_procs(void) {
    const char *s = getenv("GOMAXPROCS");
    int n = s ? atoi(s) : 0;
    return n > 0 ? n : os_cpu_count();
}

void sched_init(int nprocs) {
    if (nprocs < 1) nprocs = default_procs();
    if (nprocs > MAX_PROCS) nprocs = MAX_PROCS;
    sched.seeded = debug_flags.schedseed != 0;
    if (sched.seeded) nprocs = 1;
    atomic_store(&sched.next_id, 1);
    atomic_store(&sched_coarse_now, timer_now());
    M *m = m_make();
    P *p = p_make();
    if (sched.seeded) {
        p->rand = (uint64_t)debug_flags.schedseed * 0x9e3779b97f4a7c15ULL | 1;
        p->hops = 0;
    }
    atomic_store(&p->status, P_RUNNING);
    p->m = m;
    m->thread = pthread_self();
    current_m = m;
    current_p = p;
    sched.ncpus = (uint32_t)os_cpu_count();
    count_active(1);
    for (int i = 1; i < nprocs; i++) {
        P *q = p_make();
        lock();
        p_revive(q);
        unlock();
    }
}

// --- ends and reports

static void on_sigquit(int sig) {
    (void)sig;
    atomic_store(&sched.quitting, 1);
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) atomic_fetch_or(&atomic_load(&sched.all[i])->preempt, PREEMPT_STOP);
    if (atomic_load(&sched.mon_started)) {
        monitor_poke();
        return;
    }
    // Alone, and in a system call: nobody else would report, and nothing moves.
    P *p = atomic_load(&sched.all[0]);
    if (STATUS_KIND(p_status(p)) == P_SYSCALL) quit_report();
}

static void quit_report(void) {
    if (!sched_freeze()) return;
    static const char text[] = "SIGQUIT: quit\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    sched_traceback_all(current_p ? current_p->current : NULL);
    _exit(2);
}

int sched_run(void) {
    struct sigaction sa = {.sa_handler = on_sigquit};
    sigaction(SIGQUIT, &sa, NULL);
    worker_loop(current_m);
    return 0;
}

void sched_at_exit(void (*hook)(void)) {
    lock();
    bool room = sched.nhooks < MAX_HOOKS;
    if (room) sched.hooks[sched.nhooks++] = hook;
    unlock();
    if (!room) rt_throw("sched: too many exit hooks");
}

void sched_exit(int status) {
    while (atomic_exchange(&sched.exiting, 1)) os_sleep(SLICE_NS); // another thread ends the process
    while (sched.nhooks) sched.hooks[--sched.nhooks]();
    _exit(status);
}

bool sched_freeze(void) {
    if (atomic_exchange(&sched.frozen, 1)) return false;
    atomic_store(&sched.stopping, 1);
    uint32_t n = atomic_load(&sched.nall);
    for (uint32_t i = 0; i < n; i++) atomic_fetch_or(&atomic_load(&sched.all[i])->preempt, PREEMPT_STOP);
    for (int tries = 0; tries < 200; tries++) {
        uint32_t running = 0;
        for (uint32_t i = 0; i < n; i++) {
            P *p = atomic_load(&sched.all[i]);
            running += p != current_p && p_status(p) == P_RUNNING;
        }
        if (!running) break;
        os_sleep(100000);
    }
    return true;
}

static const char *const wait_texts[] = {
#define WAIT_REASON(name, text) text,
#include "runtime/wait_reasons.def"
#undef WAIT_REASON
};

const char *sched_state_text(G *g) {
    switch (atomic_load(&g->status)) {
    case G_RUNNABLE: return "runnable";
    case G_RUNNING: return "running";
    case G_SYSCALL: return "syscall";
    case G_WAITING: return g->wait_reason ? wait_texts[g->wait_reason] : "waiting";
    default: return "idle";
    }
}

static void print_g(G *g) {
    char since[48] = "", label[128] = "";
    int64_t minutes = (timer_now() - g->wait_since) / 60000000000LL;
    if (atomic_load(&g->status) == G_WAITING && minutes >= 1) snprintf(since, sizeof since, ", %lld minutes", (long long)minutes);
    if (engine.label) engine.label(g, label, sizeof label);
    fprintf(stderr, "\ngoroutine %lld [%s%s%s]%s%s:\n", (long long)g->id, sched_state_text(g), since, g->locked_m ? ", locked to thread" : "", *label ? ", process " : "", label);
    fflush(stderr);
    if (engine.traceback) engine.traceback(g);
}

static void print_other(G *g, void *current) {
    if (g != current) print_g(g);
}

void sched_traceback_all(G *current) {
    if (current) print_g(current);
    sched_each_g(print_other, current);
}
