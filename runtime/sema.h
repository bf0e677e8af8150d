// SPDX-License-Identifier: MIT
// sema.h: what sync is made of: semaphores keyed by their address, Mutex, the
// readers' side of RWMutex, WaitGroup, and notify lists for Cond.
//
// None of these allocates: a waiting goroutine uses the entry inside its G.
#ifndef CSP_RUNTIME_SEMA_H
#define CSP_RUNTIME_SEMA_H

#include "runtime/g.h"
#include "runtime/lock.h"

typedef enum SemaStatus {
    SEMA_DONE,   // go on
    SEMA_PARKED, // parked; the operation is complete when g runs again
    SEMA_AGAIN   // parked; the same operation must be called again then
} SemaStatus;

// sema_acquire waits until *addr > 0 and takes one from it. lifo queues g in
// front of the others. Waiters are served in order; a release that finds one
// grants to it directly.
SemaStatus sema_acquire(P *p, G *g, _Atomic uint32_t *addr, WaitReason why, bool lifo);
bool sema_try_acquire(_Atomic uint32_t *addr);
void sema_release(P *p, _Atomic uint32_t *addr, bool handoff); // handoff: the caller yields soon

// With the world stopped: g, which waits here for whatever reason, waits no
// longer; as if it had not come. False: not now, or it waits elsewhere.
bool sema_cancel(G *g);

// A sync.Mutex: the first words of the library's struct. Zero is unlocked.
typedef struct MutexWords {
    _Atomic uint32_t state; // bit 0 locked, 1 a waiter is awake, 2 starving, above: number of waiters
    _Atomic uint32_t sema;
} MutexWords;

// Normal mode: a woken waiter competes with running goroutines. Once one has
// waited for more than 1 ms the mutex is handed over in order until the queue
// is short again.
SemaStatus sema_mutex_lock_slow(P *p, G *g, MutexWords *m, WaitReason why);
void sema_mutex_unlock_slow(P *p, MutexWords *m, uint32_t state); // state: after taking the lock bit away

// The words are touched by goroutines only, so as long as there is one
// processor (P.alone) nothing happens between a load and the store behind it.
// Both are atomic all the same, which is free, since threads take turns.

// Takes m if it is free; a goroutine that has waited for m (G.wake_value) goes
// to sema_mutex_lock_slow instead.
static inline bool sema_mutex_try_lock(P *p, MutexWords *m) {
    uint32_t old = atomic_load_explicit(&m->state, memory_order_relaxed);
    if (__builtin_expect(old & 5, 0)) return false; // locked, or kept for the first waiter
    if (__builtin_expect(p->alone, 1)) {
        atomic_store_explicit(&m->state, old | 1, memory_order_relaxed);
        return true;
    }
    return atomic_compare_exchange_strong_explicit(&m->state, &old, old | 1, memory_order_acquire, memory_order_relaxed); // pairs with unlock
}

// false: it was not locked.
static inline bool sema_mutex_unlock(P *p, MutexWords *m) {
    if (p->alone && atomic_load_explicit(&m->state, memory_order_relaxed) == 1) {
        atomic_store_explicit(&m->state, 0, memory_order_relaxed);
        return true;
    }
    uint32_t before = atomic_fetch_sub_explicit(&m->state, 1, memory_order_release); // pairs with the acquire of lock
    if (!(before & 1)) return false;
    if (before != 1) sema_mutex_unlock_slow(p, m, before - 1);
    return true;
}

// A sync.RWMutex, as the library's struct has it. Locking for writing is
// written there; zero is unlocked.
typedef struct RWMutexWords {
    MutexWords writers;
    _Atomic uint32_t writer_sem, reader_sem;
    _Atomic int32_t readers;      // less RW_WRITER while a writer waits or holds
    _Atomic int32_t readers_left; // that a waiting writer must see go
} RWMutexWords;
enum { RW_WRITER = 1 << 30 };

static inline int32_t sema_readers_add(P *p, RWMutexWords *rw, int32_t n) { // the new number
    if (!p->alone) return atomic_fetch_add(&rw->readers, n) + n;
    int32_t now = atomic_load_explicit(&rw->readers, memory_order_relaxed) + n;
    atomic_store_explicit(&rw->readers, now, memory_order_relaxed);
    return now;
}

bool sema_read_unlock_slow(P *p, RWMutexWords *rw, int32_t left); // a negative number of readers is left; false: it was not locked

// A sync.WaitGroup, as the library's struct has it. Zero waits for nothing.
typedef struct GroupWords {
    _Atomic uint64_t state; // count in the upper half, waiters in the lower
    _Atomic uint32_t sema;
} GroupWords;

bool sema_group_done(P *p, GroupWords *wg, uint64_t state); // nothing to wait for any more, or too little: false

// Adds to the count; false: it is negative now.
static inline bool sema_group_add(P *p, GroupWords *wg, int64_t delta) {
    uint64_t add = (uint64_t)delta << 32, now;
    if (p->alone) {
        now = atomic_load_explicit(&wg->state, memory_order_relaxed) + add;
        atomic_store_explicit(&wg->state, now, memory_order_relaxed);
    } else {
        now = atomic_fetch_add(&wg->state, add) + add;
    }
    return __builtin_expect((int64_t)now >= (int64_t)1 << 32, 1) || sema_group_done(p, wg, now);
}
SemaStatus sema_group_wait(P *p, G *g, GroupWords *wg); // SEMA_DONE or SEMA_PARKED

// A list of waiters served by ticket (sync.Cond). Zero is empty.
typedef struct NotifyList {
    _Atomic uint32_t wait;   // next ticket
    _Atomic uint32_t notify; // next ticket to be served; written under lock
    RtLock lock;
    Sudog *head, *tail;      // lock
} NotifyList;

uint32_t sema_notify_add(NotifyList *l); // before the caller unlocks its Locker
SemaStatus sema_notify_wait(P *p, G *g, NotifyList *l, uint32_t ticket); // SEMA_DONE or SEMA_PARKED
// Make the waiters (one: the one with the lowest ticket) ready; none is no fault.
void sema_notify_all(P *p, NotifyList *l);
void sema_notify_one(P *p, NotifyList *l);
#endif
