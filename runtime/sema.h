// SPDX-License-Identifier: MIT
// sema.h: what sync is made of: semaphores keyed by their address, the slow
// half of Mutex, and notify lists for Cond.
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
// What sema_cancel takes back of the books of a wait at addr, for reasons that
// only the library knows; false: not now. Set before a goroutine is cancelled.
extern bool (*sema_leave)(WaitReason why, _Atomic uint32_t *addr);
uint32_t sema_waiters(const _Atomic uint32_t *addr); // with the world stopped

// A sync.Mutex: the first words of the library's struct. Zero is unlocked.
typedef struct MutexWords {
    _Atomic uint32_t state; // bit 0 locked, 1 a waiter is awake, 2 starving, above: number of waiters
    _Atomic uint32_t sema;
} MutexWords;

// Normal mode: a woken waiter competes with running goroutines. Once one has
// waited for more than 1 ms the mutex is handed over in order until the queue
// is short again.
SemaStatus sema_mutex_lock_slow(P *p, G *g, MutexWords *m, WaitReason why);
bool sema_mutex_try_lock(MutexWords *m);
void sema_mutex_unlock_slow(P *p, MutexWords *m, uint32_t state); // state: after taking the lock bit away

// SEMA_DONE or SEMA_AGAIN.
static inline SemaStatus sema_mutex_lock(P *p, G *g, MutexWords *m, WaitReason why) {
    uint32_t expected = 0;
    if (g->wake_value == 0 && atomic_compare_exchange_strong_explicit(&m->state, &expected, 1, memory_order_acquire, memory_order_relaxed)) return SEMA_DONE;
    return sema_mutex_lock_slow(p, g, m, why);
}

// false: it was not locked (the library's fatal "sync: unlock of unlocked mutex").
static inline bool sema_mutex_unlock(P *p, MutexWords *m) {
    uint32_t before = atomic_fetch_sub_explicit(&m->state, 1, memory_order_release); // pairs with the acquire of lock
    if (!(before & 1)) return false;
    if (before != 1) sema_mutex_unlock_slow(p, m, before - 1);
    return true;
}

// A list of waiters served by ticket (sync.Cond). Zero is empty.
typedef struct NotifyList {
    _Atomic uint32_t wait;   // next ticket
    _Atomic uint32_t notify; // next ticket to be served; written under lock
    RtLock lock;
    Sudog *head, *tail;      // lock
} NotifyList;

uint32_t sema_notify_add(NotifyList *l); // before the caller unlocks its Locker
SemaStatus sema_notify_wait(P *p, G *g, NotifyList *l, uint32_t ticket); // SEMA_DONE or SEMA_PARKED
void sema_notify_all(P *p, NotifyList *l);
void sema_notify_one(P *p, NotifyList *l);
#endif
