// SPDX-License-Identifier: MIT
// netpoll_epoll.c: netpoll over Linux's epoll.
//
// A wait registers the descriptor for one event and is forgotten when it came,
// so closing a descriptor needs no bookkeeping here.
#define _GNU_SOURCE
#include "runtime/netpoll.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "runtime/sched.h"

static int epoll_fd = -1, wake_fd = -1;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Atomic uint32_t waiting;
static _Atomic bool active;

static void open_epoll(void) {
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (epoll_fd < 0 || wake_fd < 0) return;
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, wake_fd, &e);
    atomic_store(&active, true);
}

bool netpoll_wait(P *p, G *g, int fd, bool write) {
    (void)p;
    pthread_once(&once, open_epoll);
    if (!atomic_load(&active)) return false;
    struct epoll_event e = {.events = (write ? EPOLLOUT : EPOLLIN) | EPOLLONESHOT | EPOLLRDHUP, .data.ptr = g};
    // parked first: the event may come at once, on another thread
    atomic_fetch_add(&waiting, 1);
    sched_park_begin(g, WAIT_IO_WAIT);
    if (epoll_ctl(epoll_fd, EPOLL_CTL_MOD, fd, &e) == 0 || (errno == ENOENT && epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &e) == 0)) {
        sched_need_monitor();
        return true;
    }
    atomic_store(&g->status, G_RUNNING);
    atomic_fetch_sub(&waiting, 1);
    return false;
}

G *netpoll_poll(int64_t ns) {
    struct epoll_event events[64];
    int ms = ns < 0 ? -1 : ns == 0 ? 0 : ns > 1000000000000LL ? 1000000 : (int)((ns + 999999) / 1000000);
    int n = epoll_wait(epoll_fd, events, 64, ms);
    G *list = NULL;
    for (int i = 0; i < n; i++) {
        G *g = events[i].data.ptr;
        if (!g) {
            uint64_t count;
            ssize_t ignored = read(wake_fd, &count, sizeof count);
            (void)ignored;
            continue;
        }
        atomic_fetch_sub(&waiting, 1);
        g->sched_link = list;
        list = g;
    }
    return list;
}

void netpoll_break(void) {
    uint64_t one = 1;
    ssize_t ignored = write(wake_fd, &one, sizeof one);
    (void)ignored;
}

bool netpoll_active(void) { return atomic_load(&active); }
uint32_t netpoll_waiting(void) { return atomic_load(&waiting); }
