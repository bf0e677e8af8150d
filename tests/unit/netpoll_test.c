// SPDX-License-Identifier: MIT
// netpoll_test.c: waiting for descriptors, step by step: goroutines are parked
// in their names on the ends of socket pairs, as in chan_test.c, and the test
// itself asks who is ready.
#define _GNU_SOURCE
#include "runtime/netpoll.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runtime/sched.h"
#include "runtime/timer.h"
#include "tests/unit/check.h"

enum { GS = 4 };
static P *p;
static G gs[GS];

static bool is_parked(const G *g) { return atomic_load(&g->status) == G_WAITING; }

static G *next_ready(void) {
    G *g = sched_next(p);
    return g ? g : sched_next_slow(p);
}

static void renew(void) {
    while (next_ready()) {}
    while (netpoll_poll(0)) {}
    memset(gs, 0, sizeof gs);
    for (int i = 0; i < GS; i++) {
        gs[i].sudog.g = &gs[i];
        atomic_store(&gs[i].status, G_RUNNING);
    }
}

// One end is given to the poller, the other one is the test's.
static PollFile open_pair(int *other) {
    int fds[2];
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds) == 0);
    *other = fds[1];
    PollFile f = netpoll_open(fds[0]);
    CHECK(f != 0);
    return f;
}

static bool is_open(int fd) { return fcntl(fd, F_GETFD) >= 0; }

// A try in vain more or less is allowed: waits until it parks.
static PollStatus park(G *g, PollFile f, PollSide side) {
    PollStatus st;
    int tries = 0;
    do st = netpoll_wait(p, g, f, side);
    while (st == POLL_READY && ++tries < 10);
    return st;
}

static void test_read(void) {
    int other;
    PollFile f = open_pair(&other);
    CHECK(netpoll_enter(f, POLL_READ) == POLL_READY);
    while (netpoll_poll(0)) {}
    CHECK(park(&gs[0], f, POLL_READ) == POLL_PARKED && is_parked(&gs[0]) && gs[0].wait_reason == WAIT_IO_WAIT && netpoll_waiting() == 1);
    CHECK(!netpoll_poll(0));
    CHECK(write(other, "x", 1) == 1);
    CHECK(netpoll_poll(1000000000) == &gs[0] && netpoll_waiting() == 0);
    char c;
    CHECK(read(netpoll_fd(f), &c, 1) == 1 && c == 'x');
    // an event while nobody waits is kept for the next one
    CHECK(write(other, "y", 1) == 1);
    CHECK(!netpoll_poll(0) && netpoll_wait(p, &gs[1], f, POLL_READ) == POLL_READY);
    CHECK(read(netpoll_fd(f), &c, 1) == 1 && c == 'y');
    CHECK(park(&gs[1], f, POLL_READ) == POLL_PARKED);
    close(other); // the end of the stream is an event too
    CHECK(netpoll_poll(1000000000) == &gs[1]);
    netpoll_leave(f);
    CHECK(netpoll_close(p, f));
}

static void test_sides(void) {
    int other;
    PollFile f = open_pair(&other);
    static char block[65536];
    CHECK(netpoll_enter(f, POLL_WRITE) == POLL_READY && netpoll_enter(f, POLL_READ) == POLL_READY);
    while (write(netpoll_fd(f), block, sizeof block) > 0) {}
    while (netpoll_poll(0)) {}
    CHECK(park(&gs[0], f, POLL_WRITE) == POLL_PARKED && park(&gs[1], f, POLL_READ) == POLL_PARKED && netpoll_waiting() == 2);
    while (read(other, block, sizeof block) > 0) {} // makes room
    CHECK(netpoll_poll(1000000000) == &gs[0] && !gs[0].sched_link && is_parked(&gs[1]));
    CHECK(write(other, "x", 1) == 1 && netpoll_poll(1000000000) == &gs[1]);
    netpoll_leave(f);
    netpoll_leave(f);
    netpoll_close(p, f);
    close(other);
}

// The descriptor stays open until its last user has left, and a number that was
// closed is refused for ever.
static void test_close(void) {
    int other;
    PollFile f = open_pair(&other);
    CHECK(netpoll_enter(f, POLL_READ) == POLL_READY);
    int fd = netpoll_fd(f);
    CHECK(park(&gs[0], f, POLL_READ) == POLL_PARKED && park(&gs[1], f, POLL_WRITE) == POLL_PARKED);
    CHECK(netpoll_close(p, f));
    CHECK(next_ready() && next_ready() && !next_ready() && netpoll_waiting() == 0);
    CHECK(is_open(fd) && !netpoll_close(p, f));
    CHECK(netpoll_enter(f, POLL_READ) == POLL_CLOSED && netpoll_wait(p, &gs[0], f, POLL_READ) == POLL_CLOSED && !netpoll_set_deadline(p, f, POLL_READ, 1));
    netpoll_leave(f);
    CHECK(!is_open(fd));
    int again;
    PollFile next = open_pair(&again);
    CHECK(next != f && netpoll_enter(f, POLL_READ) == POLL_CLOSED && netpoll_enter(0, POLL_READ) == POLL_CLOSED);
    netpoll_close(p, next);
    close(again);
    close(other);
}

static void test_deadline(void) {
    int other;
    PollFile f = open_pair(&other);
    CHECK(netpoll_enter(f, POLL_READ) == POLL_READY);
    while (netpoll_poll(0)) {}
    CHECK(park(&gs[0], f, POLL_READ) == POLL_PARKED);
    CHECK(netpoll_set_deadline(p, f, POLL_READ, timer_now() - 1)); // over already
    CHECK(next_ready() == &gs[0] && netpoll_wait(p, &gs[0], f, POLL_READ) == POLL_TIMEOUT && netpoll_enter(f, POLL_READ) == POLL_TIMEOUT);
    CHECK(netpoll_enter(f, POLL_WRITE) == POLL_READY); // the other side has none
    netpoll_leave(f);
    CHECK(netpoll_set_deadline(p, f, POLL_READ, 0) && park(&gs[0], f, POLL_READ) == POLL_PARKED);
    int64_t when = timer_now() + 1000000000;
    CHECK(netpoll_set_deadline(p, f, POLL_READ, when));
    CHECK(!timer_run(p, when - 1) && is_parked(&gs[0]));
    CHECK(timer_run(p, when) && next_ready() == &gs[0] && netpoll_wait(p, &gs[0], f, POLL_READ) == POLL_TIMEOUT);
    CHECK(netpoll_set_deadline(p, f, POLL_READ, when + 1000000000) && netpoll_set_deadline(p, f, POLL_READ, 0)); // taken back
    CHECK(park(&gs[0], f, POLL_READ) == POLL_PARKED);
    CHECK(!timer_run(p, when + 2000000000) && is_parked(&gs[0]));
    CHECK(netpoll_cancel(&gs[0]) && netpoll_waiting() == 0 && !netpoll_cancel(&gs[0]));
    netpoll_leave(f);
    netpoll_close(p, f);
    close(other);
}

static void test_refused(void) {
    int fd = open("/dev/null", O_RDONLY);
    CHECK(netpoll_open(fd) == 0 && errno == EPERM && is_open(fd)); // always ready: epoll takes none of these
    close(fd);
}

static void test_break(void) {
    int64_t before = timer_now();
    netpoll_break();
    CHECK(!netpoll_poll(0)); // a look does not take it away
    CHECK(!netpoll_poll(5000000000) && timer_now() - before < 4000000000);
    CHECK(netpoll_active());
}

int main(void) {
    sched_init(1);
    p = current_p;
    static void (*const tests[])(void) = {test_read, test_sides, test_close, test_deadline, test_refused, test_break};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        renew();
        tests[i]();
    }
    return check_status();
}
