// gc.h: the allocation entry and the collector.
//
// Collections happen at safepoints of goroutines only (sched_safepoint), never
// inside gc_new: an allocation that passes the pace only asks for one. So C
// code may hold fresh pointers in locals until it returns to the machine.
// All memory returned is zeroed. Out of memory ends the program (rt_fatal).
// The collector ignores words that are not addresses inside heap objects, and
// takes interior pointers. A large heap is marked while the program runs, so
// the memory of such a collection comes free later than it was asked for.
#ifndef CSP_RUNTIME_GC_H
#define CSP_RUNTIME_GC_H

#include "runtime/g.h"

void *gc_new(P *p, const TypeDesc *t);                        // one value of type t
void *gc_new_array(P *p, const TypeDesc *elem, int64_t n);    // n >= 0 values; n * size must not overflow
void *gc_new_noscan(P *p, uint64_t size);                     // bytes without pointers
void *gc_new_scan(P *p, uint64_t nwords);                     // words each of which may be a pointer
// What an allocation of size bytes would really get (append rounds caps up to it).
uint64_t gc_round_size(uint64_t size, bool noscan);

extern _Atomic bool gc_wanted; // the next safepoint collects
void gc_collect(P *p);        // runtime.GC: full collection now; call at a safepoint only
void gc_step(P *p);           // what gc_wanted is for: a collection, or a part of one; call at a safepoint only
bool gc_step_due(void);       // a collection beside the program can go on; for the monitor
void gc_add_root(const void *addr, const TypeDesc *t);        // t: type of the memory at addr
void gc_add_root_scanner(void (*scan)(void (*visit)(void *ctx, uint64_t word), void *ctx)); // runtime tables that hold heap pointers
// World stopped: calls visit with the words of those tables and what finalizers hold.
void gc_visit_tables(void (*visit)(void *ctx, uint64_t word), void *ctx);
void gc_drop_roots(bool (*is_gone)(const void *addr));        // world stopped: forgets roots whose memory is gone
bool gc_set_finalizer(P *p, void *obj, const void *closure, const TypeDesc *arg); // closure NULL: remove

// Pointer stores into heap or globals pass here; empty while marking stops the world.
#define GC_BARRIER(slot_addr, new_value) ((void)0)

typedef struct GcStats { // as runtime.MemStats needs it
    uint64_t heap_alloc, total_alloc, mallocs, frees, sys, heap_objects, next_gc, num_gc, pause_total_ns, last_gc_ns;
} GcStats;
void gc_stats(GcStats *out); // sums over all processors, each a moment apart
int gc_set_percent(int percent); // debug.SetGCPercent; returns the old one

#endif
