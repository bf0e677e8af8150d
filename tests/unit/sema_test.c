// SPDX-License-Identifier: MIT
// sema_test.c: semaphores, the slow half of Mutex, and notify lists, step by
// step: this thread calls the operations in the goroutines' names, as in
// chan_test.c, and none of them runs.
#include "runtime/sema.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "runtime/sched.h"
#include "tests/unit/check.h"

enum { GS = 8, LOCKED = 1, STARVING = 4 };
static P *p;
static G gs[GS];

static bool is_parked(const G *g) { return atomic_load(&g->status) == G_WAITING; }

static G *next_ready(void) {
    G *g = sched_next(p);
    if (!g) {
        atomic_store(&p->preempt, 0); // a hand-off asks for a yield
        g = sched_next_slow(p);
    }
    return g;
}

static void renew(void) {
    while (next_ready()) {}
    memset(gs, 0, sizeof gs);
    for (int i = 0; i < GS; i++) {
        gs[i].id = i + 1;
        atomic_store(&gs[i].status, G_RUNNING);
    }
}

static void test_count(void) {
    _Atomic uint32_t s = 2;
    CHECK(sema_acquire(p, &gs[0], &s, WAIT_SEMACQUIRE, false) == SEMA_DONE && sema_try_acquire(&s) && s == 0);
    CHECK(!sema_try_acquire(&s));
    sema_release(p, &s, false);
    CHECK(s == 1 && !next_ready());
}

// A permit goes to the one that has waited longest, and none is left over.
static void test_order(void) {
    _Atomic uint32_t s = 0, other = 0;
    for (int i = 0; i < 4; i++) CHECK(sema_acquire(p, &gs[i], i == 2 ? &other : &s, WAIT_SEMACQUIRE, false) == SEMA_PARKED && is_parked(&gs[i]));
    CHECK(sema_acquire(p, &gs[4], &s, WAIT_SEMACQUIRE, true) == SEMA_PARKED); // in front
    static const int order[] = {4, 0, 1, 3};
    for (int i = 0; i < 4; i++) {
        sema_release(p, &s, false);
        CHECK(next_ready() == &gs[order[i]] && s == 0);
    }
    CHECK(is_parked(&gs[2]));
    sema_release(p, &other, false);
    CHECK(next_ready() == &gs[2] && other == 0 && !next_ready());
}

// Many addresses share the buckets: each waiter is found by its own.
static void test_buckets(void) {
    enum { N = 3000 };
    static _Atomic uint32_t semas[N];
    static G waiters[N];
    for (int i = 0; i < N; i++) CHECK(sema_acquire(p, &waiters[i], &semas[i], WAIT_SEMACQUIRE, false) == SEMA_PARKED);
    for (int i = 0; i < N; i++) {
        int k = (i * 1009 + 7) % N;
        sema_release(p, &semas[k], false);
        CHECK(next_ready() == &waiters[k] && semas[k] == 0);
        if (failures > 10) return;
    }
}

// --- Mutex

static SemaStatus lock(G *g, MutexWords *m) { // as the machine does it
    if (g->wake_value == 0 && sema_mutex_try_lock(p, m)) return SEMA_DONE;
    return sema_mutex_lock_slow(p, g, m, WAIT_MUTEX_LOCK);
}

static void test_mutex(void) {
    MutexWords m = {0};
    CHECK(lock(&gs[0], &m) == SEMA_DONE && m.state == LOCKED && !sema_mutex_try_lock(p, &m));
    CHECK(sema_mutex_unlock(p, &m) && m.state == 0 && sema_mutex_try_lock(p, &m));
    CHECK(lock(&gs[1], &m) == SEMA_AGAIN && is_parked(&gs[1]) && gs[1].wake_value != 0);
    CHECK(lock(&gs[2], &m) == SEMA_AGAIN);
    CHECK(sema_mutex_unlock(p, &m) && next_ready() == &gs[1] && is_parked(&gs[2]));
    CHECK(lock(&gs[3], &m) == SEMA_DONE); // whoever runs may be faster
    CHECK(sema_mutex_unlock(p, &m) && !next_ready());                      // one woken waiter at a time
    CHECK(lock(&gs[1], &m) == SEMA_DONE && gs[1].wake_value == 0);
    CHECK(sema_mutex_unlock(p, &m) && next_ready() == &gs[2]);
    CHECK(lock(&gs[2], &m) == SEMA_DONE && sema_mutex_unlock(p, &m) && m.state == 0);
    CHECK(!sema_mutex_unlock(p, &m)); // it was not locked
}

// A waiter that lost its turn after more than a millisecond gets the mutex from
// hand to hand; nobody comes between.
static void test_starving(void) {
    MutexWords m = {0};
    CHECK(sema_mutex_try_lock(p, &m));
    CHECK(lock(&gs[0], &m) == SEMA_AGAIN && lock(&gs[1], &m) == SEMA_AGAIN);
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    CHECK(sema_mutex_unlock(p, &m) && next_ready() == &gs[0] && sema_mutex_try_lock(p, &m));
    CHECK(lock(&gs[0], &m) == SEMA_AGAIN && (m.state & STARVING));
    CHECK(sema_mutex_unlock(p, &m) && !sema_mutex_try_lock(p, &m)); // free, but not for others
    CHECK(lock(&gs[2], &m) == SEMA_AGAIN);
    CHECK(next_ready() == &gs[0]); // in front of gs[1], which came later
    CHECK(lock(&gs[0], &m) == SEMA_DONE && (m.state & LOCKED));
    for (int i = 1; i < 3; i++) {
        CHECK(sema_mutex_unlock(p, &m) && next_ready() == &gs[i]);
        CHECK(lock(&gs[i], &m) == SEMA_DONE);
    }
    CHECK(!(m.state & STARVING) && sema_mutex_unlock(p, &m) && m.state == 0 && m.sema == 0 && !next_ready());
}

// --- WaitGroup

static void test_group(void) {
    GroupWords wg = {0};
    CHECK(sema_group_wait(p, &gs[0], &wg) == SEMA_DONE);
    CHECK(sema_group_add(p, &wg, 2));
    for (int i = 0; i < 3; i++) CHECK(sema_group_wait(p, &gs[i], &wg) == SEMA_PARKED);
    CHECK(sema_group_add(p, &wg, -1) && !next_ready());
    CHECK(sema_group_add(p, &wg, -1));
    CHECK(next_ready() && next_ready() && next_ready() && !next_ready() && wg.state == 0 && wg.sema == 0);
    CHECK(!sema_group_add(p, &wg, -1)); // below 0
}

// --- giving up a wait

static void test_cancel(void) {
    MutexWords m = {0};
    GroupWords wg = {0};
    NotifyList l = {0};
    CHECK(lock(&gs[0], &m) == SEMA_DONE);
    for (int i = 1; i < 4; i++) CHECK(lock(&gs[i], &m) == SEMA_AGAIN);
    CHECK(sema_cancel(&gs[2]) && gs[2].wake_value == 0 && sema_cancel(&gs[1]));
    CHECK(sema_mutex_unlock(p, &m) && next_ready() == &gs[3] && lock(&gs[3], &m) == SEMA_DONE);
    CHECK(sema_mutex_unlock(p, &m) && m.state == 0 && !next_ready());
    CHECK(sema_group_add(p, &wg, 1) && sema_group_wait(p, &gs[4], &wg) == SEMA_PARKED && sema_cancel(&gs[4]));
    CHECK(sema_group_add(p, &wg, -1) && !next_ready() && wg.state == 0);
    for (int i = 0; i < 3; i++) CHECK(sema_notify_wait(p, &gs[i], &l, sema_notify_add(&l)) == SEMA_PARKED);
    CHECK(sema_cancel(&gs[1]) && sema_cancel(&gs[0])); // no Signal is spent on them
    sema_notify_one(p, &l);
    CHECK(next_ready() == &gs[2] && !l.head && !l.tail);
}

// --- Cond

static void test_notify(void) {
    NotifyList l = {0};
    sema_notify_one(p, &l); // nobody there: without effect
    sema_notify_all(p, &l);
    uint32_t ticket[5];
    for (int i = 0; i < 5; i++) ticket[i] = sema_notify_add(&l);
    static const int coming[] = {2, 0, 3, 1}; // in another order than that of their tickets
    for (int i = 0; i < 4; i++) CHECK(sema_notify_wait(p, &gs[coming[i]], &l, ticket[coming[i]]) == SEMA_PARKED);
    for (int i = 0; i < 2; i++) {
        sema_notify_one(p, &l);
        CHECK(next_ready() == &gs[i] && !next_ready());
    }
    sema_notify_all(p, &l);
    CHECK(next_ready() && next_ready() && !next_ready() && !is_parked(&gs[2]) && !is_parked(&gs[3]));
    CHECK(sema_notify_wait(p, &gs[4], &l, ticket[4]) == SEMA_DONE); // was told before it came
    uint32_t late = sema_notify_add(&l);
    CHECK(sema_notify_wait(p, &gs[0], &l, late) == SEMA_PARKED);
    sema_notify_one(p, &l);
    CHECK(next_ready() == &gs[0] && !l.head && !l.tail);
}

static void test_wrap(void) { // tickets go round
    NotifyList l = {.wait = UINT32_MAX, .notify = UINT32_MAX};
    uint32_t a = sema_notify_add(&l), b = sema_notify_add(&l);
    CHECK(a == UINT32_MAX && b == 0);
    CHECK(sema_notify_wait(p, &gs[0], &l, a) == SEMA_PARKED && sema_notify_wait(p, &gs[1], &l, b) == SEMA_PARKED);
    sema_notify_one(p, &l);
    CHECK(next_ready() == &gs[0] && is_parked(&gs[1]));
    sema_notify_one(p, &l);
    CHECK(next_ready() == &gs[1]);
}

int main(void) {
    sched_init(1);
    p = current_p;
    static void (*const tests[])(void) = {test_count, test_order, test_buckets, test_mutex, test_starving, test_group, test_cancel, test_notify, test_wrap};
    size_t n = sizeof tests / sizeof *tests;
    for (size_t i = 0; i < 2 * n; i++) {
        p->alone = i < n; // with and without the short ways of a single processor
        renew();
        tests[i % n]();
    }
    return check_status();
}
