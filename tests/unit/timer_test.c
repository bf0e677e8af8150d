// SPDX-License-Identifier: MIT
// timer_test.c: the heap of timers: order, stop, reset, periods, callbacks
// that change timers, and goroutines' threads that do all this at once. The
// times are made up: timer_run is told what time it is.
#include "runtime/timer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/sched.h"
#include "tests/unit/check.h"

enum { MANY = 3000 };
// Far ahead, so that no thread of the scheduler finds one due by itself.
#define BASE (INT64_MAX / 2)

static P *p;
static Timer timers[MANY];
static uint64_t fired[2 * MANY];
static uint32_t nfired;

static void note(P *on, void *arg, uint64_t seq) {
    CHECK(on == p && arg == &timers[seq]);
    if (nfired < 2 * MANY) fired[nfired++] = seq;
}

static void prepare(uint32_t n) {
    memset(timers, 0, n * sizeof *timers);
    for (uint32_t i = 0; i < n; i++) timers[i] = (Timer){.fire = note, .arg = &timers[i], .seq = i};
    nfired = 0;
}

static uint64_t seed = 88172645463325252u;
static uint64_t next_random(void) {
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return seed;
}

static bool fired_in_order(void) {
    for (uint32_t i = 1; i < nfired; i++)
        if (timers[fired[i - 1]].when > timers[fired[i]].when) return false;
    return true;
}

static void test_empty(void) {
    CHECK(timer_earliest() == TIMER_NEVER && timer_earliest_of(p) == TIMER_NEVER);
    CHECK(!timer_run(p, INT64_MAX));
    prepare(1);
    CHECK(!timer_stop(&timers[0])); // never started
}

static void test_one(void) {
    prepare(1);
    timer_start(p, &timers[0], BASE + 10, 0);
    CHECK(timer_earliest() == BASE + 10 && timer_earliest_of(p) == BASE + 10);
    CHECK(!timer_run(p, BASE + 9) && nfired == 0);
    CHECK(timer_run(p, BASE + 10) && nfired == 1);
    CHECK(!timer_run(p, BASE + 11) && nfired == 1 && timer_earliest() == TIMER_NEVER);
    CHECK(!timer_stop(&timers[0]));
    timer_start(p, &timers[0], BASE + 20, 0); // again
    CHECK(timer_stop(&timers[0]) && !timer_stop(&timers[0]));
    CHECK(!timer_run(p, INT64_MAX) && nfired == 1 && timer_earliest() == TIMER_NEVER);
    timer_start(p, &timers[0], -5, 0); // long ago
    CHECK(timer_run(p, 0) && nfired == 2);
}

static void test_reset(void) {
    prepare(3);
    CHECK(!timer_reset(p, &timers[0], BASE + 10, 0) && !timer_reset(p, &timers[1], BASE + 20, 0) && !timer_reset(p, &timers[2], BASE + 30, 0));
    CHECK(timer_reset(p, &timers[0], BASE + 40, 0)); // first becomes last
    CHECK(timer_earliest() == BASE + 20);
    CHECK(timer_reset(p, &timers[2], BASE + 15, 0)); // last becomes first
    CHECK(timer_earliest() == BASE + 15);
    CHECK(timer_run(p, BASE + 100) && nfired == 3 && fired[0] == 2 && fired[1] == 1 && fired[2] == 0);
    timer_start(p, &timers[0], BASE + 10, 0);
    timer_start(p, &timers[0], BASE + 50, 0); // moved, not doubled
    CHECK(!timer_run(p, BASE + 49) && timer_run(p, BASE + 50) && nfired == 4 && timer_earliest() == TIMER_NEVER);
}

// All due ones and no others, each once, in the order of their times.
static void test_many(void) {
    prepare(MANY);
    for (uint32_t i = 0; i < MANY; i++) timer_start(p, &timers[i], BASE + (int64_t)(next_random() % 1000), 0);
    CHECK(timer_run(p, BASE + 499));
    uint32_t due = 0;
    for (uint32_t i = 0; i < MANY; i++) due += timers[i].when <= BASE + 499;
    CHECK(nfired == due && fired_in_order() && timer_earliest() > BASE + 499);
    CHECK(timer_run(p, BASE + 999) && nfired == MANY && fired_in_order() && timer_earliest() == TIMER_NEVER);
    uint8_t seen[MANY] = {0};
    for (uint32_t i = 0; i < nfired; i++) seen[fired[i]]++;
    for (uint32_t i = 0; i < MANY; i++) CHECK(seen[i] == 1);
}

// Timers stopped and moved at random from the midst of the heap, against a
// table that says which are active.
static void test_random(void) {
    prepare(MANY);
    static int64_t when[MANY]; // 0: not active
    memset(when, 0, sizeof when);
    for (int step = 0; step < 20000; step++) {
        uint32_t i = (uint32_t)(next_random() % MANY);
        if (next_random() % 3 == 0) {
            CHECK(timer_stop(&timers[i]) == (when[i] != 0));
            when[i] = 0;
        } else {
            int64_t t = BASE + (int64_t)(next_random() % 100000);
            CHECK(timer_reset(p, &timers[i], t, 0) == (when[i] != 0));
            when[i] = t;
        }
        if (failures > 20) return;
    }
    int64_t least = TIMER_NEVER;
    uint32_t active = 0;
    for (uint32_t i = 0; i < MANY; i++)
        if (when[i]) active++, least = when[i] < least ? when[i] : least;
    CHECK(timer_earliest() == least);
    CHECK(timer_run(p, BASE + 100000) && nfired == active && fired_in_order());
    for (uint32_t i = 0; i < nfired; i++) CHECK(when[fired[i]] == timers[fired[i]].when);
}

static void test_period(void) {
    prepare(2);
    timer_start(p, &timers[0], BASE + 10, 10);
    for (int64_t now = BASE; now < BASE + 100; now++) timer_run(p, now);
    CHECK(nfired == 9 && timer_earliest() == BASE + 100);
    CHECK(timer_run(p, BASE + 155) && nfired == 10);      // ticks that were missed are one
    CHECK(timer_earliest() == BASE + 160);                // and the phase is kept
    timer_start(p, &timers[1], BASE + 165, 0);
    CHECK(timer_run(p, BASE + 165) && nfired == 12 && fired[10] == 0 && fired[11] == 1);
    CHECK(timer_stop(&timers[0]) && !timer_run(p, INT64_MAX - 1) && nfired == 12);
}

// --- callbacks that change timers

static void restart(P *on, void *arg, uint64_t seq) {
    (void)seq;
    Timer *t = arg;
    if (nfired++ < 5) timer_start(on, t, t->when + 10, 0);
}

static void stop_next(P *on, void *arg, uint64_t seq) {
    (void)on, (void)arg;
    nfired++;
    CHECK(timer_stop(&timers[seq + 1]));
}

static void test_callbacks(void) {
    prepare(3);
    timers[0].fire = restart;
    timer_start(p, &timers[0], BASE + 10, 0);
    CHECK(timer_run(p, BASE + 35) && nfired == 3 && timer_earliest() == BASE + 40);
    CHECK(timer_run(p, BASE + 1000) && nfired == 6 && timer_earliest() == TIMER_NEVER);
    prepare(3);
    timers[0].fire = stop_next;
    for (int i = 0; i < 3; i++) timer_start(p, &timers[i], BASE + i, 0);
    CHECK(timer_run(p, BASE + 10) && nfired == 2 && fired[1] == 2);
}

// --- several threads

enum { THREADS = 4, ROUNDS = 4000, SHARED = 16 };
static Timer shared[SHARED];
static _Atomic int64_t starts, stops, fires;

static void count(P *on, void *arg, uint64_t seq) {
    (void)on, (void)arg, (void)seq;
    atomic_fetch_add(&fires, 1);
}

// Each start that made a timer active is ended by one stop or one firing.
static void *hammer(void *arg) {
    P other = {0}; // a heap is made for each processor
    uint64_t state = (uint64_t)(uintptr_t)arg;
    for (int i = 0; i < ROUNDS; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        Timer *t = &shared[state >> 40 & (SHARED - 1)];
        switch (state >> 33 & 3) {
        case 0:
            if (timer_stop(t)) atomic_fetch_add(&stops, 1);
            break;
        case 1: timer_run(&other, BASE + (int64_t)(state >> 50)); break;
        default:
            if (!timer_reset(&other, t, BASE + (int64_t)(state >> 49), 0)) atomic_fetch_add(&starts, 1);
        }
    }
    return NULL;
}

static void test_threads(void) {
    for (int i = 0; i < SHARED; i++) shared[i].fire = count;
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, hammer, (void *)(i + 1));
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < SHARED; i++) stops += timer_stop(&shared[i]);
    CHECK(starts == stops + fires && fires > 0);
    CHECK(timer_earliest() == TIMER_NEVER);
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    sched_init(1);
    p = current_p;
    test_empty();
    test_one();
    test_reset();
    test_many();
    test_random();
    test_period();
    test_callbacks();
    test_threads();
    return check_status();
}
