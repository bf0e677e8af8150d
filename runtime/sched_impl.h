// SPDX-License-Identifier: MIT
// sched_impl.h: what the files of the scheduler share (sched*.c).
#ifndef CSP_RUNTIME_SCHED_IMPL_H
#define CSP_RUNTIME_SCHED_IMPL_H

#include <pthread.h>
#include <signal.h>

#include "runtime/lock.h"
#include "runtime/os.h"
#include "runtime/sched.h"

enum { MAX_PROCS = 1024, SHORT_ROUNDS = 40, MAX_HOOKS = 16 };
#define SLICE_NS 10000000LL     // time slice, and the monitor's usual period
#define SHORT_NS 250000LL       // its period while parallel work may wait in a runnext
#define INTERRUPT_SIGNAL SIGURG // ignored by default, so a stray one harms nobody

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

typedef struct Slab Slab; // sched_g.c

typedef struct Sched {
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
} Sched;

extern Sched sched;
extern _Thread_local M *sched_current_m;

static inline void lock(void) { rt_lock(&sched.lock); }
static inline void unlock(void) { rt_unlock(&sched.lock); }

static inline uint64_t p_status(P *p) { return atomic_load(&p->status); }

// --- sched.c

void sched_quit_report(void); // after SIGQUIT: does not return unless another thread reports

// --- sched_run.c

void sched_worker_loop(M *m);
G *sched_ring_get(P *p);                // owner only
bool sched_any_ring_filled(void);
void sched_inject(P *p, G *list);       // goroutines that netpoll found ready; p may be NULL
P *sched_wait_handoff(M *m);            // outside the list of idle threads
G *sched_wait_for_locked(M *m);         // the goroutine tied to m stopped running: waits for its turn

// --- sched_wake.c

void sched_release_p(P *p);             // lock held; p has no work
P *sched_take_idle_p(void);             // lock held
M *sched_make_m(void);                  // lock held
void sched_start_thread(void *(*fn)(void *), void *arg);
void sched_wake_slow(void);
void sched_monitor_soon(void);
void sched_wake_was_of_use(bool use);
void sched_handoff_unlock(P *p);        // p lost its thread; lock held, released
void sched_check_deadlock(void);        // lock held, still held on return

// --- sched_preempt.c

void sched_check_world(P *p);           // takes part in what the whole process waits for

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

static inline void global_push(G *g) { // lock held
    g->sched_link = NULL;
    if (sched.global_tail) sched.global_tail->sched_link = g;
    else sched.global_head = g;
    sched.global_tail = g;
    atomic_store_explicit(&sched.nglobal, atomic_load_explicit(&sched.nglobal, memory_order_relaxed) + 1, memory_order_relaxed);
}

// A goroutine that is back from a call occupies a thread while it waits.
static inline void back_push(G *g) { // lock held
    g->sched_link = NULL;
    if (sched.back_tail) sched.back_tail->sched_link = g;
    else sched.back_head = g;
    sched.back_tail = g;
    atomic_store_explicit(&sched.nback, atomic_load_explicit(&sched.nback, memory_order_relaxed) + 1, memory_order_relaxed);
    atomic_store_explicit(&sched.nglobal, atomic_load_explicit(&sched.nglobal, memory_order_relaxed) + 1, memory_order_relaxed);
}

static inline uint32_t global_len(void) { return atomic_load_explicit(&sched.nglobal, memory_order_relaxed); }

// --- waking

static inline void monitor_poke(void) {
    atomic_store(&sched.mon_word, 1);
    os_futex_wake(&sched.mon_word, 1);
}

// An idle P for which there is a CPU.
static inline bool has_spare(void) {
    return atomic_load_explicit(&sched.nidle, memory_order_relaxed) > atomic_load_explicit(&sched.excess, memory_order_relaxed);
}

// Wakes a thread for work that lies in a queue, if that helps.
static inline void wake_one(void) {
    atomic_thread_fence(memory_order_seq_cst); // the work is seen by who is searching, or it is seen here that nobody is
    if (atomic_load(&sched.nidle) && !atomic_load(&sched.searching)) sched_wake_slow();
}

// The same for work that may be done soon by the thread that has it.
static inline void wake_for_push(void) {
    if (!has_spare() || atomic_load_explicit(&sched.searching, memory_order_relaxed)) return;
    if (atomic_load_explicit(&sched.wake_gap, memory_order_relaxed)) sched_monitor_soon();
    else sched_wake_slow();
}

// --- states

static inline void mark_running(P *p, G *g) {
    atomic_store_explicit(&p->tick, atomic_load_explicit(&p->tick, memory_order_relaxed) + 1, memory_order_relaxed);
    atomic_store_explicit(&g->status, G_RUNNING, memory_order_relaxed);
    p->current = g;
}

// Takes q from a thread in a system call, into state to. Lock held.
static inline bool p_seize(P *q, uint64_t seen, PStatus to) {
    if (!atomic_compare_exchange_strong(&q->status, &seen, to)) return false;
    q->m = NULL;
    sched.blocked_ms++;
    return true;
}

#endif
