// SPDX-License-Identifier: MIT
// timer.h: timers, in a 4-ary heap for each processor.
//
// A Timer belongs for life to the heap it was first started on, so all its
// fields but home are guarded by that one heap's lock, and start, stop and
// reset may be called by any goroutines at once. It may lie in the collected
// heap: an active timer and its arg are roots.
#ifndef CSP_RUNTIME_TIMER_H
#define CSP_RUNTIME_TIMER_H

#include "runtime/g.h"

typedef struct TimerHeap TimerHeap;

// Zeroed memory is a stopped timer. Set fire, arg, seq before the first start
// or while it is stopped.
typedef struct Timer {
    int64_t when;   // monotonic ns (timer_now)
    int64_t period; // > 0: starts again by itself
    // Runs on a thread that holds p, outside all locks; must not block or park.
    void (*fire)(P *p, void *arg, uint64_t seq);
    void *arg;
    uint64_t seq;
    TimerHeap *_Atomic home; // set once
    uint32_t index;          // place in the heap + 1; 0: not active
} Timer;

int64_t timer_now(void); // monotonic ns
void timer_start(P *p, Timer *t, int64_t when, int64_t period); // t must be stopped, else it is moved
bool timer_stop(Timer *t);                                      // tells whether it was active
bool timer_reset(P *p, Timer *t, int64_t when, int64_t period); // the same, then starts it

#define TIMER_NEVER INT64_MAX
int64_t timer_earliest(void);        // over all heaps; TIMER_NEVER without timers
int64_t timer_earliest_of(P *p);     // of p's own heap
bool timer_run(P *p, int64_t now);   // fires what is due on all heaps; tells whether anything was
#endif
