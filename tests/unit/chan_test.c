// SPDX-License-Identifier: MIT
// chan_test.c: channels and select, step by step.
//
// No goroutine runs: this thread holds the only processor, parks goroutines by
// calling the operations in their names, and looks at what became of them. So
// every order of events is one the test has chosen.
#include "runtime/chan.h"

#include <stdio.h>
#include <string.h>

#include "runtime/sched.h"
#include "tests/unit/check.h"

static const TypeDesc type_int = {.size = 8, .align = 8, .kind = KIND_INT};
static const TypeDesc type_pair = {.size = 16, .align = 8, .kind = KIND_STRUCT};
static const TypeDesc chan_of_int = {.size = 8, .align = 8, .kind = KIND_CHAN, .elem = &type_int};
static const TypeDesc type_nothing = {.size = 0, .align = 1, .kind = KIND_STRUCT};
static const TypeDesc chan_of_nothing = {.size = 8, .align = 8, .kind = KIND_CHAN, .elem = &type_nothing};
static const TypeDesc chan_of_pair = {.size = 8, .align = 8, .kind = KIND_CHAN, .elem = &type_pair};

enum { GS = 8 };
static P *p;
static G gs[GS];

static Chan *ints(int64_t size) { return chan_make(p, &chan_of_int, size, &gs[0]); }
static bool is_parked(const G *g) { return atomic_load(&g->status) == G_WAITING; }

// As the machine does it, with and without the way for what happens most.
static bool fast;

static ChanStatus send(G *g, Chan *c, uint64_t *value) {
    ChanStatus st = fast && chan_is_real(c) ? chan_send_fast(p, c, value, p->alone) : CHAN_BLOCKED;
    if (st == CHAN_PARKED) {
        chan_park_send(c, g, value);
        chan_unlock(p, c);
    }
    return st == CHAN_BLOCKED ? chan_send(p, g, c, value) : st;
}

static ChanStatus receive_from(G *g, Chan *c, uint64_t *dst, uint64_t *ok) {
    ChanStatus st = fast && chan_is_real(c) && dst ? chan_recv_fast(p, c, dst, p->alone) : CHAN_BLOCKED;
    if (st == CHAN_DONE && ok) *ok = 1;
    if (st == CHAN_PARKED) {
        chan_park_recv(c, g, dst, ok);
        chan_unlock(p, c);
    }
    return st == CHAN_BLOCKED ? chan_recv(p, g, c, dst, ok) : st;
}

// The next goroutine that was made ready, or NULL.
static G *next_ready(void) {
    G *g = sched_next(p);
    if (!g) g = sched_next_slow(p);
    return g;
}

static bool is_next(const G *g) { return next_ready() == g; }

// All goroutines running, nothing queued.
static void renew(void) {
    while (next_ready()) {}
    memset(gs, 0, sizeof gs);
    for (int i = 0; i < GS; i++) {
        gs[i].id = i + 1;
        gs[i].sudog.g = &gs[i];
        atomic_store(&gs[i].status, G_RUNNING);
    }
}

// A value goes straight from the sender's slots to the receiver's, whichever
// comes first.
static void test_direct(void) {
    Chan *c = ints(0);
    uint64_t got = 7, ok = 7, sent = 41;
    CHECK(receive_from(&gs[0], c, &got, &ok) == CHAN_PARKED && is_parked(&gs[0]) && gs[0].wait_reason == WAIT_CHAN_RECEIVE);
    CHECK(got == 7);
    CHECK(send(&gs[1], c, &sent) == CHAN_DONE);
    CHECK(got == 41 && ok == 1 && is_next(&gs[0]) && chan_len(c) == 0);
    sent = 42;
    CHECK(send(&gs[2], c, &sent) == CHAN_PARKED && is_parked(&gs[2]) && gs[2].wait_reason == WAIT_CHAN_SEND);
    CHECK(receive_from(&gs[3], c, &got, NULL) == CHAN_DONE);
    CHECK(got == 42 && is_next(&gs[2]) && !next_ready());
    CHECK(send(&gs[4], c, &sent) == CHAN_PARKED);
    CHECK(receive_from(&gs[5], c, NULL, NULL) == CHAN_DONE && is_next(&gs[4])); // into nothing
    Chan *pairs = chan_make(p, &chan_of_pair, 0, &gs[0]);
    uint64_t pair[2] = {1, 2}, into[3] = {0, 0, 9};
    CHECK(receive_from(&gs[0], pairs, into, NULL) == CHAN_PARKED);
    CHECK(send(&gs[1], pairs, pair) == CHAN_DONE && into[0] == 1 && into[1] == 2 && into[2] == 9);
    CHECK(is_next(&gs[0]));
}

static void test_buffer(void) {
    enum { SIZE = 3 };
    Chan *c = ints(SIZE);
    CHECK(chan_cap(c) == SIZE && chan_len(c) == 0 && chan_len(NULL) == 0 && chan_cap(NULL) == 0);
    uint64_t in = 0, out = 0, ok;
    for (int round = 0; round < 5; round++) { // the ring turns by other than its size
        for (int i = 0; i < 2; i++, in++) CHECK(send(&gs[0], c, &in) == CHAN_DONE);
        CHECK(chan_len(c) == 2);
        for (int i = 0; i < 2; i++, out++) {
            uint64_t got = 99;
            CHECK(receive_from(&gs[1], c, &got, &ok) == CHAN_DONE && got == out && ok == 1);
        }
    }
    for (int i = 0; i < SIZE; i++, in++) CHECK(send(&gs[0], c, &in) == CHAN_DONE);
    CHECK(chan_try_send(p, &gs[0], c, &in) == CHAN_BLOCKED);
    uint64_t last = in;
    CHECK(send(&gs[2], c, &last) == CHAN_PARKED); // its value goes into the buffer when there is room
    uint64_t got = 99, peeked = 99;
    CHECK(receive_from(&gs[1], c, &got, NULL) == CHAN_DONE && got == out++);
    CHECK(is_next(&gs[2]) && chan_len(c) == SIZE);
    CHECK(chan_peek(c, SIZE - 1, &peeked) && peeked == last && !chan_peek(c, SIZE, &peeked));
    for (; out <= last; out++) CHECK(receive_from(&gs[1], c, &got, NULL) == CHAN_DONE && got == out);
    CHECK(chan_try_recv(p, &gs[1], c, &got, &ok) == CHAN_BLOCKED);
    CHECK(!chan_make(p, &chan_of_int, -1, &gs[7]));
    CHECK(!chan_make(p, &chan_of_int, INT64_MAX, &gs[7]));
    CHECK(!chan_make(p, &chan_of_int, 1ll << 32, &gs[7]));
    Chan *wide = chan_make(p, &chan_of_nothing, 1ll << 40, &gs[7]); // elements without size need no memory
    CHECK(wide && chan_cap(wide) == 1ll << 40);
}

static void test_order(void) {
    Chan *c = ints(0);
    uint64_t got[GS] = {0}, values[GS];
    for (int i = 0; i < GS - 1; i++) CHECK(receive_from(&gs[i], c, &got[i], NULL) == CHAN_PARKED);
    for (uint64_t i = 0; i < GS - 1; i++) {
        uint64_t v = 100 + i;
        CHECK(send(&gs[GS - 1], c, &v) == CHAN_DONE);
        CHECK(got[i] == v);
    }
    renew();
    for (uint64_t i = 0; i < GS - 1; i++) {
        values[i] = 200 + i;
        CHECK(send(&gs[i], c, &values[i]) == CHAN_PARKED);
    }
    int64_t senders[GS], receivers[GS];
    ChanState state = {.receivers = receivers, .senders = senders, .room = GS};
    chan_state(c, &state);
    CHECK(state.nsenders == GS - 1 && state.nreceivers == 0 && senders[0] == 1 && senders[GS - 2] == GS - 1);
    for (uint64_t i = 0; i < GS - 1; i++) CHECK(receive_from(&gs[GS - 1], c, &got[0], NULL) == CHAN_DONE && got[0] == 200 + i);
}

static void test_close(void) {
    Chan *c = ints(2);
    uint64_t v = 5, got[3] = {7, 7, 7}, ok[3] = {7, 7, 7};
    CHECK(send(&gs[0], c, &v) == CHAN_DONE && chan_close(p, &gs[0], c) == CHAN_DONE);
    CHECK(receive_from(&gs[0], c, &got[0], &ok[0]) == CHAN_DONE && got[0] == 5 && ok[0] == 1); // what was sent before
    CHECK(receive_from(&gs[0], c, &got[0], &ok[0]) == CHAN_DONE && got[0] == 0 && ok[0] == 0);
    CHECK(send(&gs[1], c, &v) == CHAN_PANIC && chan_close(p, &gs[2], c) == CHAN_PANIC && chan_close(p, &gs[3], NULL) == CHAN_PANIC);
    CHECK(chan_try_send(p, NULL, c, &v) == CHAN_DONE && chan_len(c) == 0);
    chan_close_quietly(p, c);
    renew();
    c = ints(0);
    for (int i = 0; i < 3; i++) CHECK(receive_from(&gs[i], c, &got[i], &ok[i]) == CHAN_PARKED);
    got[1] = got[2] = 7;
    CHECK(chan_close(p, &gs[3], c) == CHAN_DONE);
    for (int i = 0; i < 3; i++) CHECK(got[i] == 0 && ok[i] == 0 && gs[i].resume == RESUME_NEXT && is_next(&gs[i])); // first come first
    renew();
    c = ints(0);
    for (int i = 0; i < 2; i++) CHECK(send(&gs[i], c, &v) == CHAN_PARKED);
    CHECK(chan_close(p, &gs[3], c) == CHAN_DONE);
    for (int i = 0; i < 2; i++) CHECK(gs[i].resume == RESUME_CLOSED && is_next(&gs[i]));
}

static void test_nil(void) {
    uint64_t v = 1, ok = 7;
    CHECK(send(&gs[0], NULL, &v) == CHAN_PARKED && gs[0].wait_reason == WAIT_CHAN_SEND_NIL);
    CHECK(receive_from(&gs[1], NULL, &v, NULL) == CHAN_PARKED && gs[1].wait_reason == WAIT_CHAN_RECEIVE_NIL);
    CHECK(chan_try_send(p, &gs[2], NULL, &v) == CHAN_BLOCKED && chan_try_recv(p, &gs[2], NULL, &v, NULL) == CHAN_BLOCKED);
    CHECK(receive_from(&gs[3], CHAN_ENDED, &v, &ok) == CHAN_DONE && ok == 0);
    CHECK(send(&gs[4], CHAN_ENDED, &v) == CHAN_PANIC);
    CHECK(!next_ready());
}

static void test_poison(void) {
    Chan *c = ints(2);
    uint64_t v = 5, got = 7, ok = 7;
    CHECK(send(&gs[0], c, &v) == CHAN_DONE);
    chan_poison(p, &gs[0], c);
    CHECK(receive_from(&gs[1], c, &got, &ok) == CHAN_DONE && got == 0 && ok == 0); // what lay in it is dropped
    CHECK(chan_close(p, &gs[1], c) == CHAN_DONE);
}

static void test_cancel(void) {
    Chan *c = ints(0);
    uint64_t v = 5, got[2] = {7, 7};
    CHECK(receive_from(&gs[0], c, &got[0], NULL) == CHAN_PARKED && receive_from(&gs[1], c, &got[1], NULL) == CHAN_PARKED);
    CHECK(chan_cancel(&gs[0]));
    CHECK(send(&gs[2], c, &v) == CHAN_DONE && got[0] == 7 && got[1] == 5 && is_next(&gs[1]) && !next_ready());
}

// --- select

static SelectArm receive(Chan *c, uint64_t *into) { return (SelectArm){.c = c, .value = into, .kind = ARM_RECEIVE}; }
static SelectArm output(Chan *c, uint64_t *from) { return (SelectArm){.c = c, .value = from, .kind = ARM_SEND}; }

// Each of the ready arms is taken about equally often.
static void test_uniform(void) {
    enum { ARMS = 5, ROUNDS = 5000 };
    Chan *c[ARMS];
    SelectArm arms[ARMS];
    uint64_t v = 1;
    int taken[ARMS] = {0}, in_order = 0;
    for (int i = 0; i < ARMS; i++) {
        c[i] = ints(1);
        if (i != 3) CHECK(send(&gs[0], c[i], &v) == CHAN_DONE); // arm 3 is never ready
        arms[i] = receive(c[i], &v);
    }
    for (int i = 0; i < ROUNDS; i++) {
        int64_t chosen = -9;
        CHECK(chan_select(p, &gs[0], arms, ARMS, 0, &chosen) == CHAN_DONE);
        if (chosen < 0 || chosen >= ARMS) return;
        taken[chosen]++;
        send(&gs[0], c[chosen], &v);
    }
    for (int i = 0; i < ARMS; i++) // 1250 expected, standard deviation 31
        CHECK(i == 3 ? taken[i] == 0 : taken[i] > 1050 && taken[i] < 1450);
    for (int i = 0; i < 50; i++) {
        int64_t chosen = -9;
        CHECK(chan_select(p, &gs[0], arms, ARMS, SELECT_PRIORITY, &chosen) == CHAN_DONE);
        in_order += chosen == 0;
        send(&gs[0], c[0], &v);
    }
    CHECK(in_order == 50);
}

static void test_default(void) {
    Chan *a = ints(0), *b = ints(1);
    uint64_t v = 3, w = 4;
    SelectArm arms[] = {receive(a, &v), output(NULL, &w)};
    int64_t chosen = -9;
    CHECK(chan_select(p, &gs[0], arms, 2, SELECT_DEFAULT, &chosen) == CHAN_DONE && chosen == -1);
    CHECK(chan_select(p, &gs[0], arms, 0, SELECT_DEFAULT, &chosen) == CHAN_DONE && chosen == -1);
    arms[1].c = b;
    CHECK(chan_select(p, &gs[0], arms, 2, SELECT_DEFAULT, &chosen) == CHAN_DONE && chosen == 1 && chan_len(b) == 1);
    CHECK(chan_select(p, &gs[0], arms, 2, SELECT_DEFAULT, &chosen) == CHAN_DONE && chosen == -1);
    chan_close(p, &gs[0], a);
    CHECK(chan_select(p, &gs[0], arms, 2, SELECT_DEFAULT, &chosen) == CHAN_DONE && chosen == 0 && v == 0);
    arms[0] = output(a, &w);
    CHECK(chan_select(p, &gs[0], arms, 1, 0, &chosen) == CHAN_PANIC);
}

// A parked select is won once; its other entries are gone or pass others by.
static void test_parked_select(void) {
    Chan *a = ints(0), *b = ints(0);
    uint64_t from_a = 7, from_b = 7, v = 11, w = 12;
    SelectArm arms[] = {receive(a, &from_a), receive(b, &from_b)};
    int64_t chosen = -9;
    CHECK(chan_select(p, &gs[0], arms, 2, 0, &chosen) == CHAN_PARKED && is_parked(&gs[0]) && gs[0].wait_reason == WAIT_SELECT);
    CHECK(receive_from(&gs[1], a, &from_b, NULL) == CHAN_PARKED); // behind the select
    CHECK(send(&gs[2], b, &w) == CHAN_DONE && is_next(&gs[0]));
    CHECK(send(&gs[2], a, &v) == CHAN_DONE && is_next(&gs[1])); // the select has been won: the other receiver gets it
    CHECK(from_a == 7 && from_b == 11);
    CHECK(chan_select_finish(p, &gs[0], arms, 2, 0, &chosen) == CHAN_DONE && chosen == 1 && !gs[0].waiting);
    int64_t ids[4];
    ChanState state = {.receivers = ids, .senders = ids, .room = 4};
    chan_state(a, &state);
    CHECK(state.nreceivers == 0 && state.nsenders == 0);
    chan_state(b, &state);
    CHECK(state.nreceivers == 0);
    renew();
    SelectArm both[] = {output(a, &v), receive(a, &from_a)}; // never with itself
    CHECK(chan_select(p, &gs[0], both, 2, 0, &chosen) == CHAN_PARKED);
    CHECK(receive_from(&gs[1], a, &from_b, NULL) == CHAN_DONE && from_b == 11 && is_next(&gs[0]));
    CHECK(chan_select_finish(p, &gs[0], both, 2, 0, &chosen) == CHAN_DONE && chosen == 0);
    renew();
    CHECK(chan_select(p, &gs[0], arms, 2, 0, &chosen) == CHAN_PARKED);
    from_a = 7;
    chan_close(p, &gs[1], a);
    CHECK(is_next(&gs[0]) && chan_select_finish(p, &gs[0], arms, 2, 0, &chosen) == CHAN_DONE && chosen == 0 && from_a == 0);
    renew();
    CHECK(chan_select(p, &gs[0], &both[0], 1, 0, &chosen) == CHAN_PANIC); // a is closed
    both[0].c = b;
    CHECK(chan_select(p, &gs[0], both, 1, 0, &chosen) == CHAN_PARKED);
    chan_close(p, &gs[1], b);
    CHECK(is_next(&gs[0]) && chan_select_finish(p, &gs[0], both, 1, 0, &chosen) == CHAN_PANIC);
}

// More arms than the small arrays hold; one channel in several arms.
static void test_many_arms(void) {
    enum { ARMS = 40 };
    Chan *c[4] = {ints(0), ints(0), ints(0), ints(0)};
    SelectArm arms[ARMS];
    uint64_t into[ARMS] = {0}, v = 9;
    int64_t chosen = -9;
    for (int i = 0; i < ARMS; i++) arms[i] = receive(i % 5 == 4 ? NULL : c[i % 5], &into[i]);
    CHECK(chan_select(p, &gs[0], arms, ARMS, 0, &chosen) == CHAN_PARKED);
    CHECK(send(&gs[1], c[2], &v) == CHAN_DONE && is_next(&gs[0]));
    CHECK(chan_select_finish(p, &gs[0], arms, ARMS, 0, &chosen) == CHAN_DONE && chosen == 2 && into[2] == 9);
    CHECK(chan_try_send(p, &gs[1], c[0], &v) == CHAN_BLOCKED); // nobody waits any more
}

int main(void) {
    sched_init(1);
    p = current_p;
    static void (*const tests[])(void) = {test_direct, test_buffer, test_order, test_close, test_nil, test_poison, test_cancel, test_uniform, test_default, test_parked_select, test_many_arms};
    size_t n = sizeof tests / sizeof *tests;
    for (size_t i = 0; i < 3 * n; i++) {
        fast = i >= n;
        p->alone = i < 2 * n; // a single processor takes no locks
        renew();
        tests[i % n]();
    }
    return check_status();
}
