// SPDX-License-Identifier: MIT
// sched_test.c: run queues, parking, stealing and safepoints of the scheduler.
//
// First step by step on this thread, which holds one of the processors and runs
// nothing. Then with goroutines of a stub engine on all processors; what they
// do is a number in their stack.
#include "runtime/sched.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "runtime/chan.h"
#include "runtime/sema.h"
#include "runtime/timer.h"
#include "tests/unit/check.h"

enum { PROCS = 4, SLOT_ROLE = 0, SLOT_COUNT = 1, SLOT_STATE = 2, SLOT_VALUE = 3 };
typedef enum Role { ROLE_MAIN, ROLE_YIELD, ROLE_PING, ROLE_PONG, ROLE_MUTEX, ROLE_SLEEP, ROLE_SPIN, ROLE_CALL, ROLE_COUNT } Role;

static P *p;

// --- step by step, before anything runs

// The monitor may ask for a switch at any moment, and then nothing is given.
static G *take(void) {
    G *g = NULL;
    for (int i = 0; i < 3 && !g; i++) {
        atomic_store(&p->preempt, 0);
        g = sched_next(p);
        if (!g) g = sched_next_slow(p);
    }
    return g;
}

// Neither the ring's nor the global queue's turn is near.
static void begin_turns(void) {
    p->hops = SCHED_HOPS;
    p->slow_ticks = 0;
}

static G *make(uint64_t n) {
    uint64_t args[2] = {ROLE_COUNT, n};
    return sched_go(p, NULL, args, 2);
}

static uint64_t number_of(const G *g) { return g ? g->stack[SLOT_COUNT] : UINT64_MAX; }

// The newest comes first, through runnext; the others in order.
static void test_order(void) {
    begin_turns();
    for (uint64_t i = 0; i < 5; i++) make(i);
    CHECK(sched_num_goroutine() == 5);
    static const uint64_t order[] = {4, 0, 1, 2, 3};
    for (size_t i = 0; i < 5; i++) {
        G *g = take();
        CHECK(number_of(g) == order[i] && atomic_load(&g->status) == G_RUNNING && p->current == g);
        if (g) sched_exit_g(p, g);
    }
    CHECK(!take() && sched_num_goroutine() == 0);
}

// A ring that is full gives half of itself to the global queue: nothing is
// lost, nothing comes twice.
static void test_overflow(void) {
    enum { N = 3 * P_RING };
    static bool seen[N];
    for (uint64_t i = 0; i < N; i++) make(i);
    for (int i = 0; i < N; i++) {
        G *g = take();
        uint64_t n = number_of(g);
        CHECK(n < N && !seen[n]);
        if (n >= N) return;
        seen[n] = true;
        sched_exit_g(p, g);
    }
    CHECK(!take());
}

// Two goroutines that wake each other do not keep the ring from its turn.
static void test_fairness(void) {
    begin_turns();
    G *ring = make(7), *a = make(1);
    CHECK(take() == a);
    G *other = make(2); // in runnext; ring's goroutine is in the ring
    int turns = 0;
    for (G *g; (g = take()) != ring && turns < 100; turns++) {
        G *partner = g == a ? other : a;
        sched_park_begin(g, WAIT_CHAN_RECEIVE);
        if (turns == 0) sched_park_begin(partner, WAIT_CHAN_RECEIVE);
        sched_ready(p, partner);
    }
    CHECK(turns > 0 && turns <= 2 * SCHED_HOPS);
    while (take()) {}
    G *all[] = {ring, a, other};
    for (int i = 0; i < 3; i++) sched_exit_g(p, all[i]);
}

static void test_requeue(void) {
    begin_turns();
    G *a = make(1);
    CHECK(take() == a);
    G *b = make(2);
    sched_requeue(p, a); // behind all that is here
    CHECK(take() == b && take() == a && !take());
    sched_park_begin(a, WAIT_SLEEP);
    sched_park_begin(b, WAIT_SLEEP);
    sched_ready_tail(p, a);
    sched_ready(p, b);
    CHECK(take() == b && take() == a);
    sched_park_begin(a, WAIT_SLEEP);
    sched_ready_global(a);
    CHECK(take() == a);
    sched_exit_g(p, a);
    sched_exit_g(p, b);
}

static void test_safepoint(void) {
    begin_turns();
    G *a = make(1);
    CHECK(take() == a);
    atomic_store(&p->preempt, PREEMPT_SLICE);
    CHECK(!sched_next(p) && !sched_safepoint(p, a)); // nobody else: it goes on
    CHECK(atomic_load(&p->preempt) == 0);
    G *b = make(2);
    atomic_store(&p->preempt, PREEMPT_SLICE);
    CHECK(!sched_next(p)); // preempt first
    CHECK(sched_safepoint(p, a) && atomic_load(&a->status) == G_RUNNABLE && take() == b && take() == a);
    sched_exit_g(p, a);
    sched_exit_g(p, b);
}

static void make_next(P *on, void *g, uint64_t seq) {
    (void)seq;
    sched_ready(on, g);
}

// The turns of runnext share a slice: when it is over, the ring's turn comes
// first, but for what a timer has made ready at that moment.
static void test_shared_slice(void) {
    begin_turns();
    G *a = make(1);
    CHECK(take() == a);
    G *ring = make(2), *next = make(3); // the second one pushes the first to the ring
    atomic_store(&p->preempt, PREEMPT_SLICE);
    CHECK(sched_safepoint(p, a) && take() == ring && take() == next && take() == a && !take());

    G *woken = ring; // again, with a timer that is due
    sched_park_begin(woken, WAIT_SLEEP);
    sched_park_begin(next, WAIT_SLEEP);
    sched_ready_tail(p, next);
    Timer t = {.fire = make_next, .arg = woken};
    timer_start(p, &t, timer_now() - 1, 0);
    atomic_store(&p->preempt, PREEMPT_SLICE);
    CHECK(sched_safepoint(p, a) && take() == woken && take() == next && take() == a && !take());
    G *all[] = {a, woken, next};
    for (int i = 0; i < 3; i++) sched_exit_g(p, all[i]);
}

// A goroutine's memory is used again with a new number.
static void test_reuse(void) {
    G *a = make(1);
    int64_t id = a->id;
    CHECK(take() == a);
    sched_exit_g(p, a);
    G *b = make(2);
    CHECK(b == a && b->id != id && take() == b);
    sched_exit_g(p, b);
}

// --- on all processors

enum { YIELDERS = 300, PAIRS = 20, LOCKERS = 20, SLEEPERS = 50, SPINNERS = PROCS + 1, CALLERS = 10 };
enum { WORKERS = YIELDERS + 2 * PAIRS + LOCKERS + SLEEPERS + SPINNERS + CALLERS };

static _Atomic int ended;
static _Atomic uint64_t on_processor[PROCS];
static Chan *chans[PAIRS];
static MutexWords mutex;
static uint64_t guarded; // by mutex
static _Atomic uint32_t spinning;

typedef enum Step { STEP_ON, STEP_PARKED, STEP_END } Step;

static Step ping(P *on, G *g, bool sends) {
    Chan *c = chans[g->stack[SLOT_VALUE + 1]];
    if (sends) g->stack[SLOT_VALUE] = g->stack[SLOT_COUNT];
    else if (g->stack[SLOT_STATE]++) CHECK(g->stack[SLOT_VALUE] == g->stack[SLOT_COUNT] + 1);
    if (g->stack[SLOT_COUNT]-- == 0) return STEP_END;
    ChanStatus st = sends ? chan_send(on, g, c, &g->stack[SLOT_VALUE]) : chan_recv(on, g, c, &g->stack[SLOT_VALUE], NULL);
    return st == CHAN_PARKED ? STEP_PARKED : STEP_ON;
}

static Step lock_and_count(P *on, G *g) {
    bool taken = g->wake_value == 0 && sema_mutex_try_lock(on, &mutex);
    if (!taken && sema_mutex_lock_slow(on, g, &mutex, WAIT_MUTEX_LOCK) == SEMA_AGAIN) return STEP_PARKED;
    uint64_t seen = guarded;
    if (g->stack[SLOT_COUNT] % 8 == 0) nanosleep(&(struct timespec){.tv_nsec = 1000}, NULL);
    guarded = seen + 1;
    CHECK(sema_mutex_unlock(on, &mutex));
    return --g->stack[SLOT_COUNT] ? STEP_ON : STEP_END;
}

// More of them than processors, each waits for all to have begun: who never
// yields by itself must be made to.
static Step spin(G *g) {
    if (!g->stack[SLOT_STATE]) g->stack[SLOT_STATE] = atomic_fetch_add(&spinning, 1) + 1;
    return atomic_load(&spinning) == SPINNERS ? STEP_END : STEP_ON;
}

static Step step(P **on, G *g) {
    atomic_fetch_add(&on_processor[(*on)->id % PROCS], 1);
    switch ((Role)g->stack[SLOT_ROLE]) {
    case ROLE_MAIN: return STEP_ON;
    case ROLE_YIELD: return --g->stack[SLOT_COUNT] ? STEP_ON : STEP_END;
    case ROLE_PING: return ping(*on, g, true);
    case ROLE_PONG: return ping(*on, g, false);
    case ROLE_MUTEX: return lock_and_count(*on, g);
    case ROLE_SLEEP:
        if (g->stack[SLOT_COUNT]-- == 0) return STEP_END;
        sched_sleep(*on, g, 100000 * (int64_t)(g->stack[SLOT_COUNT] % 5 + 1));
        return STEP_PARKED;
    case ROLE_SPIN: return spin(g);
    case ROLE_CALL:
        sched_enter_syscall(g);
        nanosleep(&(struct timespec){.tv_nsec = 300000}, NULL);
        *on = sched_leave_syscall(g);
        CHECK(*on && *on == current_p);
        return --g->stack[SLOT_COUNT] ? STEP_ON : STEP_END;
    case ROLE_COUNT: break;
    }
    CHECK(!"a goroutine of no role");
    return STEP_END;
}

static void check_all(void) {
    CHECK(guarded == LOCKERS * 100 && mutex.state == 0);
    CHECK(sched_num_goroutine() == 1);
    sched_exit(check_status());
}

static void run(P *on, G *g) {
    while (g) {
        if (g->stack[SLOT_ROLE] == ROLE_MAIN && atomic_load(&ended) == WORKERS) check_all();
        Step st = step(&on, g);
        if (st == STEP_END) {
            atomic_fetch_add(&ended, 1);
            sched_exit_g(on, g);
        } else if (st == STEP_ON) {
            if (g->stack[SLOT_ROLE] == ROLE_SPIN && !atomic_load(&on->preempt)) continue; // keeps the processor
            if (!atomic_load(&on->preempt) || !sched_safepoint(on, g)) sched_requeue(on, g);
        }
        g = sched_next(on);
    }
}

static void scan(G *g, void (*visit)(void *ctx, uint64_t word), void *ctx) { (void)g, (void)visit, (void)ctx; }
static void traceback(G *g) { (void)g; }

static void start_call(G *g, const void *closure, const uint64_t *args, uint32_t nwords) {
    (void)closure;
    g->stack[SLOT_STATE] = 0;
    for (uint32_t i = 0; i < nwords; i++) g->stack[i == 2 ? SLOT_VALUE + 1 : i] = args[i];
}

static void start(Role role, uint64_t count, uint64_t which) { sched_go(p, NULL, (uint64_t[]){role, count, which}, 3); }

static void start_all(void) {
    static const TypeDesc type_int = {.size = 8, .align = 8, .kind = KIND_INT};
    static const TypeDesc chan_of_int = {.size = 8, .align = 8, .kind = KIND_CHAN, .elem = &type_int};
    start(ROLE_MAIN, 0, 0);
    for (uint64_t i = 0; i < YIELDERS; i++) start(ROLE_YIELD, 50, 0);
    for (uint64_t i = 0; i < PAIRS; i++) {
        chans[i] = chan_make(p, &chan_of_int, (int64_t)(i % 3), NULL);
        start(ROLE_PONG, 200, i);
        start(ROLE_PING, 200, i);
    }
    for (uint64_t i = 0; i < LOCKERS; i++) start(ROLE_MUTEX, 100, 0);
    for (uint64_t i = 0; i < SLEEPERS; i++) start(ROLE_SLEEP, 10, 0);
    for (uint64_t i = 0; i < SPINNERS; i++) start(ROLE_SPIN, 0, 0);
    for (uint64_t i = 0; i < CALLERS; i++) start(ROLE_CALL, 10, 0);
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0); // sched_exit does not flush
    engine = (Engine){.run = run, .scan = scan, .traceback = traceback, .start_call = start_call};
    sched_init(1);
    p = current_p;
    test_order();
    test_overflow();
    test_fairness();
    test_requeue();
    test_safepoint();
    test_shared_slice();
    test_reuse();
    CHECK(sched_set_procs(PROCS) == 1 && sched_set_procs(0) == PROCS);
    start_all();
    return sched_run(); // ends in check_all
}
