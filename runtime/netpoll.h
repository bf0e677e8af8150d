// SPDX-License-Identifier: MIT
// netpoll.h: sockets and other descriptors that goroutines wait for.
//
// A PollFile is a number that stands for an open descriptor; a number is never
// given out again, so one kept after the close is told apart and refused. The
// descriptor is closed once its last user has left it, and not before: no call
// under way ever meets a descriptor that means another file by now.
//
// The pattern of a native that reads: netpoll_enter, try the call on
// netpoll_fd, netpoll_leave; at EAGAIN netpoll_wait between the two, and when
// it parks, answer NATIVE_AGAIN.
#ifndef CSP_RUNTIME_NETPOLL_H
#define CSP_RUNTIME_NETPOLL_H

#include "runtime/g.h"

typedef uint64_t PollFile; // 0: none

typedef enum PollSide { POLL_READ, POLL_WRITE } PollSide;

typedef enum PollStatus {
    POLL_READY,   // go on, or try again
    POLL_PARKED,  // the goroutine is parked; it is to try again when woken
    POLL_CLOSED,  // the file is closed
    POLL_TIMEOUT, // its time limit is over
} PollStatus;

// Takes over fd, which must not block. 0: this kind of file cannot be waited
// for (errno says why), and fd is still the caller's.
PollFile netpoll_open(int fd);
// Wakes all who wait. False: it was closed before.
bool netpoll_close(P *p, PollFile f);
// A user of one side comes (POLL_READY: and must leave) and goes.
PollStatus netpoll_enter(PollFile f, PollSide side);
void netpoll_leave(PollFile f);
int netpoll_fd(PollFile f); // between enter and leave
// Parks g, whose state is saved, until the side may have become ready. One
// goroutine at a time waits for each side of a file.
PollStatus netpoll_wait(P *p, G *g, PollFile f, PollSide side);
// The time limit of all waits of a side (monotonic ns); 0: none. False: closed.
bool netpoll_set_deadline(P *p, PollFile f, PollSide side, int64_t when);

// Takes g, which waits here, away from its file. The world is stopped.
bool netpoll_cancel(G *g);

// For the scheduler: goroutines made ready within ns (negative: no limit),
// linked through sched_link. One thread at a time sleeps here; any may look (ns 0).
G *netpoll_poll(int64_t ns);
void netpoll_break(void);      // ends a sleep in netpoll_poll, now or the next
bool netpoll_active(void);     // something waits or has waited
uint32_t netpoll_waiting(void); // how many goroutines wait

#endif
