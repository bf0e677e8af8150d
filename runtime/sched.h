// sched.h: goroutines on threads: run queues, parking, preemption, stopping
// the world, deadlock detection.
#ifndef CSP_RUNTIME_SCHED_H
#define CSP_RUNTIME_SCHED_H

#include "runtime/g.h"

// sched_init makes nprocs processors (0: $GOMAXPROCS or the number of CPUs) and
// gives the calling thread the first one. sched_run runs goroutines until
// sched_exit; it returns the exit status.
void sched_init(int nprocs);
int sched_run(void);
void sched_exit(int status); // ends the process after flushing; callable from any goroutine
int sched_set_procs(int n);  // runtime.GOMAXPROCS; n < 1 only asks; returns the old number

// sched_go makes a runnable goroutine that calls closure with nwords argument
// slots, and puts it into p's runnext (nobody is woken unless work is left over).
G *sched_go(P *p, const void *closure, const uint64_t *args, uint32_t nwords);
void sched_exit_g(P *p, G *g);         // g has ended; its memory is reused

// Parking: the running goroutine's state must be saved in g (pc, fp, resume).
// sched_park_begin marks g waiting; from then on a waker may take it. Callers
// hold the lock that the waker takes, and release it after the call.
void sched_park_begin(G *g, WaitReason why);
void sched_ready(P *p, G *g);          // makes a waiting goroutine runnable, as p's runnext
void sched_ready_tail(P *p, G *g);     // the same at the ring's end (yield, timers, netpoll)
void sched_yield(P *p, G *g);          // g stays runnable, goes to the global queue's end

// sched_next returns the next goroutine to run on p from its own queues, now
// and then from the global one, marked running and current; NULL when p must
// go back to the scheduler (nothing local, or p->preempt says so).
G *sched_next(P *p);

// sched_safepoint is called by the engine when p->preempt is set, with the
// running goroutine saved in g: takes part in stop-the-world, collection and
// time slices. Returns true when g must yield (it was queued; take sched_next).
bool sched_safepoint(P *p, G *g);

// A blocking operating system call: the processor may be taken by another
// thread in between; leave returns the processor the goroutine goes on with
// (the same or another; it waits for one if need be).
void sched_enter_syscall(G *g);
P *sched_leave_syscall(G *g);

void sched_stop_world(P *p);   // returns when no other thread runs goroutines or touches the heap
void sched_start_world(P *p);
void sched_each_g(void (*f)(G *g, void *ctx), void *ctx); // all live goroutines; world stopped or reports only
int64_t sched_num_goroutine(void);
void sched_lock_thread(G *g);
void sched_unlock_thread(G *g);

// External work that can make goroutines runnable keeps the deadlock report
// away (signal handlers, helper threads).
void sched_pending_add(int n);

void sched_sleep(P *p, G *g, int64_t ns); // parks g for ns
#endif
