// SPDX-License-Identifier: MIT
// lock.h: the small lock of the runtime, two words that need no setting up.
//
// Made for critical sections of some dozens of instructions: taking it is one
// compare-and-swap, giving it back a plain store. The price is that a sleeper
// may miss its wake-up (the store may still be under way when the sleeper
// count is read); therefore sleepers sleep for a bounded time only.
// Never held across a park, a system call or a safepoint.
#ifndef CSP_RUNTIME_LOCK_H
#define CSP_RUNTIME_LOCK_H

#include <stdatomic.h>
#include <stdint.h>

typedef struct RtLock {
    _Atomic uint32_t word;     // 0 free, 1 held
    _Atomic uint32_t sleepers; // threads in rt_lock_slow's futex wait
} RtLock;

// What the inline functions below call: waits until the lock is taken; wakes a sleeper after it was left.
void rt_lock_slow(RtLock *l);
void rt_lock_wake(RtLock *l);

static inline void rt_lock(RtLock *l) {
    uint32_t expected = 0;
    // acquire pairs with the release of rt_unlock
    if (__builtin_expect(!atomic_compare_exchange_strong_explicit(&l->word, &expected, 1, memory_order_acquire, memory_order_relaxed), 0))
        rt_lock_slow(l);
}

static inline void rt_unlock(RtLock *l) {
    atomic_store_explicit(&l->word, 0, memory_order_release); // pairs with rt_lock
    if (__builtin_expect(atomic_load_explicit(&l->sleepers, memory_order_relaxed) != 0, 0)) rt_lock_wake(l);
}
#endif
