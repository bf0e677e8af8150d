// SPDX-License-Identifier: MIT
// sched.h: goroutines on threads: run queues, parking, preemption, stopping
// the world, deadlock detection.
#ifndef CSP_RUNTIME_SCHED_H
#define CSP_RUNTIME_SCHED_H

#include "runtime/g.h"

// sched_init makes nprocs processors (0: $GOMAXPROCS or the number of CPUs) and
// gives the calling thread the first one. sched_run runs goroutines; the
// process ends by sched_exit.
void sched_init(int nprocs);
int sched_run(void);
_Noreturn void sched_exit(int status);  // runs the hooks and ends the process; callable from any goroutine
void sched_at_exit(void (*hook)(void)); // hooks run in reverse order, once
int sched_set_procs(int n);  // runtime.GOMAXPROCS; n < 1 only asks; returns the old number

// sched_go makes a runnable goroutine that calls closure with nwords argument
// slots, and puts it into p's runnext (nobody is woken unless work is left over).
G *sched_go(P *p, const void *closure, const uint64_t *args, uint32_t nwords);
G *sched_go_process(P *p, const void *closure, const uint64_t *args, uint32_t nwords, struct Process *process); // of a parallel command
void sched_exit_g(P *p, G *g);         // g has ended; its memory is reused

// A safepoint is called by the engine when p->preempt is set, with the
// running goroutine saved in g: takes part in stop-the-world, collection and
// time slices. Returns true when g must yield (it was queued; take sched_next).
bool sched_safepoint(P *p, G *g);
void sched_take_part(P *p);              // as sched_safepoint, but the goroutine goes on in any case
void sched_requeue(P *p, G *g);          // g stays runnable, goes to the global queue's end
void sched_ready_tail(P *p, G *g);     // as sched_ready, at the ring's end (timers, netpoll)

// A blocking operating system call: the processor may be taken by another
// thread in between; leave returns the processor the goroutine goes on with
// (the same or another; it waits for one if need be). enter_blocking gives the
// processor away at once when work waits: for calls known to take long.
void sched_enter_syscall(G *g);
void sched_enter_blocking(G *g);
P *sched_leave_syscall(G *g);
P *sched_leave_syscall_told(G *g, bool *taken); // taken: the processor had gone to another thread

// Returns when no other thread runs goroutines or touches the heap. p is NULL
// for a thread without processor.
void sched_stop_world(P *p);
void sched_start_world(P *p);
void sched_each_g(void (*f)(G *g, void *ctx), void *ctx); // all live goroutines; world stopped or reports only
void sched_each_p(void (*f)(P *p, void *ctx), void *ctx); // all processors ever made; world stopped
// Bytes of goroutines' stacks, and of what is kept about each; world stopped.
void sched_memory(uint64_t *stacks, uint64_t *records);
int64_t sched_num_goroutine(void);
int64_t sched_num_started(void); // goroutines ever made; world stopped
void sched_lock_thread(G *g);
void sched_unlock_thread(G *g);      // without effect while C frames of the thread belong to g
// Ties the running goroutine to its thread, for C frames; false: it was already.
bool sched_tie(G *g);
void sched_untie(G *g);
// A tied goroutine has parked below C frames: the thread waits for its turn.
P *sched_wait_turn(G *g);
// sched_go for threads that are not the scheduler's; *id, unless NULL: its number, before it runs.
void sched_go_outside(const void *closure, _Atomic int64_t *id);
// A thread of C's own takes a processor, waiting for one if need be, to run a
// new goroutine, *g, that is tied to it; its arguments are still to be stored,
// foreign goes to G.foreign. When the goroutine has ended, the processor is
// given up with sched_visit_end.
P *sched_visit(const void *closure, void *foreign, G **g);
void sched_visit_end(void);

// External work that can make goroutines runnable keeps the deadlock report
// away (signal handlers, helper threads).
void sched_pending_add(int n);

void sched_sleep(P *p, G *g, int64_t ns); // parks g for ns

// Instead of the deadlock report, calls f whenever all goroutines wait for one
// another. f must only pass the news on; sched_asleep tells whether it still holds.
void sched_on_asleep(void (*f)(void));
bool sched_asleep(void);

// Asks a goroutine to end, its deferred calls run first. The world is stopped.
// False: it waits for something that it cannot leave.
bool sched_interrupt(G *g);
// Is g, which is in a system call, asked to end? Then EINTR is not tried again.
static inline bool sched_interrupted(const G *g) { return __atomic_load_n(&g->interrupted, __ATOMIC_RELAXED) != 0; }

const char *sched_state_text(G *g); // "running", "chan receive"

// Prints every goroutine to standard error, current first (may be NULL).
void sched_traceback_all(G *current);
// Stops the others as far as that succeeds within a short time, for good:
// before a fatal report. False when another thread reports already.
bool sched_freeze(void);

// For timer.c and netpoll: something will happen at when; sleepers must know.
void sched_note_deadline(int64_t when);
void sched_need_monitor(void); // starts the monitor thread if it is not there yet
bool sched_is_seeded(void);    // schedseed: one processor, replayable order

// --- the hot path

// Coarse clock for wait_since, kept by monitor and idle threads.
extern _Atomic int64_t sched_coarse_now;
// Turns of runnext before the ring gets one. They share a time slice, so that
// the ring never waits longer than that.
enum { SCHED_HOPS = 15 };

void sched_push(P *p, G *g);       // to the ring's end; wakes a thread if one is idle
void sched_ready_global(G *g);     // for threads without P, and goroutines tied to a thread
G *sched_next_slow(P *p);

// Parking: the running goroutine's state must be saved in g (pc, fp, resume).
// sched_park_begin marks g waiting; from then on a waker may take it. Callers
// hold the lock that the waker takes, and release it after the call.
static inline void sched_park_begin(G *g, WaitReason why) {
    g->wait_reason = (uint8_t)why;
    g->wait_since = atomic_load_explicit(&sched_coarse_now, memory_order_relaxed);
    // relaxed: the release of the caller's lock publishes it
    atomic_store_explicit(&g->status, G_WAITING, memory_order_relaxed);
}

// sched_ready_here makes a waiting goroutine runnable, as runnext of p, which the
// thread holds.
static inline void sched_ready_here(P *p, G *g) {
    if (__builtin_expect(g->locked_m != NULL, 0)) {
        sched_ready_global(g);
        return;
    }
    // relaxed: other threads see g only through the ring's tail or a lock
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
    G *old = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    atomic_store_explicit(&p->runnext, g, memory_order_relaxed);
    if (__builtin_expect(old != NULL, 0)) sched_push(p, old);
}

// The same where there may be no processor, p NULL: then through the global queue.
static inline void sched_ready(P *p, G *g) {
    if (p) sched_ready_here(p, g);
    else sched_ready_global(g);
}

// The next turns of runnext. What is left of the former ones was not used.
static inline void sched_give_hops(P *p, uint32_t n) {
    atomic_store_explicit(&p->tick, atomic_load_explicit(&p->tick, memory_order_relaxed) + p->hops_given - p->hops, memory_order_relaxed);
    p->hops = p->hops_given = n;
}

// sched_next returns the next goroutine to run on p from its own queues, now
// and then from the global one, marked running and current; NULL when p must
// go back to the scheduler (nothing at hand, or p->preempt says so).
static inline G *sched_next(P *p) {
    G *g = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    if (__builtin_expect(!g || p->hops == 0 || atomic_load_explicit(&p->preempt, memory_order_relaxed), 0))
        return sched_next_slow(p);
    p->hops--;
    atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
    atomic_store_explicit(&g->status, G_RUNNING, memory_order_relaxed);
    p->current = g;
    return g;
}

// Random numbers of the scheduler's own choices (xorshift; never zero state).
static inline uint64_t sched_rand(P *p) {
    uint64_t x = p->rand;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    p->rand = x;
    return x * 0x2545f4914f6cdd1dULL;
}
#endif
