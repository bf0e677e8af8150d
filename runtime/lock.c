// SPDX-License-Identifier: MIT
// lock.c: the contended paths of the runtime's small lock.
#include "runtime/lock.h"

#include "runtime/os.h"

enum { SPINS = 60, SLEEP_NS = 100000 };

static inline void spin_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static inline bool try_lock(RtLock *l) {
    uint32_t expected = 0;
    return atomic_load_explicit(&l->word, memory_order_relaxed) == 0 &&
           atomic_compare_exchange_strong_explicit(&l->word, &expected, 1, memory_order_acquire, memory_order_relaxed);
}

void rt_lock_slow(RtLock *l) {
    for (int i = 0; i < SPINS; i++) {
        if (try_lock(l)) return;
        spin_pause();
    }
    atomic_fetch_add(&l->sleepers, 1);
    while (!try_lock(l)) os_futex_wait(&l->word, 1, SLEEP_NS);
    atomic_fetch_sub(&l->sleepers, 1);
}

void rt_lock_wake(RtLock *l) { os_futex_wake(&l->word, 1); }
