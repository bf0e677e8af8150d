// SPDX-License-Identifier: MIT
// netpoll.h: goroutines that wait for file descriptors.
#ifndef CSP_RUNTIME_NETPOLL_H
#define CSP_RUNTIME_NETPOLL_H

#include "runtime/g.h"

// Parks g (its state is saved) until fd can be read (or written). False: this
// kind of file cannot be waited for; g is not parked.
bool netpoll_wait(P *p, G *g, int fd, bool write);

// For the scheduler: goroutines made ready within ns (negative: no limit),
// linked through sched_link. One thread at a time.
G *netpoll_poll(int64_t ns);
void netpoll_break(void);      // ends a netpoll_poll under way
bool netpoll_active(void);     // something waits or has waited
uint32_t netpoll_waiting(void); // how many goroutines wait

#endif
