// SPDX-License-Identifier: MIT
// netpoll_epoll.c: netpoll over Linux's epoll.
//
// A descriptor is registered once, for both sides and edge-triggered: an event
// wakes the side's waiter, or is kept as "ready" for the next wait, which then
// does not park. An edge between a call's EAGAIN and the wait is thus not lost;
// the price is a try in vain now and then.
//
// A Slot's number and the count of its reuses make the PollFile. Slots are
// never freed, so that one out of date can be looked at.
// Locks: Slot.lock, inside it the locks of timers; table_lock alone.
#define _GNU_SOURCE
#include "runtime/netpoll.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "runtime/base.h"
#include "runtime/lock.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "runtime/timer.h"

typedef struct Slot Slot;

typedef struct Side {
    Slot *slot;
    G *waiter;
    bool ready;   // an event came while nobody waited
    bool expired; // the time limit is over
    Timer timer;  // its seq tells limits of now from earlier ones
} Side;

struct Slot {
    RtLock lock;
    uint32_t number, reuse; // reuse: changed by close, under lock
    int fd;
    uint32_t users; // between enter and leave, and one for being open
    Side side[2];   // by PollSide
    Slot *next_free; // table_lock
};

enum { CHUNK = 256, CHUNKS = 4096 };

static Slot *_Atomic chunks[CHUNKS];
static RtLock table_lock;
static uint32_t nslots;  // table_lock
static Slot *free_slots; // table_lock

static int epoll_fd = -1, wake_fd = -1;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Atomic uint32_t waiting;
static _Atomic bool active;

static void open_epoll(void) {
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (epoll_fd < 0 || wake_fd < 0) return;
    struct epoll_event e = {.events = EPOLLIN, .data.u64 = 0};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, wake_fd, &e);
    atomic_store(&active, true);
    sched_note_deadline(0); // who sleeps for timers alone must come and sleep here
    sched_need_monitor();
}

// --- slots

static Slot *slot_of(PollFile f) {
    uint32_t number = (uint32_t)f;
    return atomic_load_explicit(&chunks[number / CHUNK], memory_order_acquire) + number % CHUNK;
}

static PollFile file_of(const Slot *s) { return (PollFile)s->reuse << 32 | s->number; }

// The slot of f, locked; NULL: f is closed. Numbers that were never given out
// do not come here.
static Slot *lock_slot(PollFile f) {
    if (f == 0) return NULL;
    Slot *s = slot_of(f);
    rt_lock(&s->lock);
    if (s->reuse == f >> 32) return s;
    rt_unlock(&s->lock);
    return NULL;
}

static void deadline_over(P *p, void *arg, uint64_t seq);

static Slot *new_slot(void) { // table_lock held
    uint32_t number = nslots;
    Slot *chunk = atomic_load_explicit(&chunks[number / CHUNK], memory_order_relaxed);
    if (!chunk) {
        chunk = base_calloc(CHUNK, sizeof *chunk);
        atomic_store_explicit(&chunks[number / CHUNK], chunk, memory_order_release);
    }
    nslots++;
    Slot *s = &chunk[number % CHUNK];
    s->number = number;
    s->reuse = 1; // no PollFile is 0
    for (int i = 0; i < 2; i++) {
        s->side[i].slot = s;
        s->side[i].timer.fire = deadline_over;
        s->side[i].timer.arg = &s->side[i];
    }
    return s;
}

static Slot *take_slot(void) { // NULL: more files than any limit of open files allows
    rt_lock(&table_lock);
    Slot *s = free_slots;
    if (s) free_slots = s->next_free;
    else if (nslots < CHUNK * CHUNKS) s = new_slot();
    rt_unlock(&table_lock);
    return s;
}

static void give_slot(Slot *s) {
    rt_lock(&table_lock);
    s->next_free = free_slots;
    free_slots = s;
    rt_unlock(&table_lock);
}

// Whoever holds its number finds the file closed.
static void out_of_date(Slot *s) { s->reuse = s->reuse == UINT32_MAX ? 1 : s->reuse + 1; } // lock held

PollFile netpoll_open(int fd) {
    pthread_once(&once, open_epoll);
    Slot *s = atomic_load(&active) ? take_slot() : NULL;
    if (!s) {
        errno = EMFILE;
        return 0;
    }
    rt_lock(&s->lock);
    s->fd = fd;
    s->users = 1;
    for (int i = 0; i < 2; i++) s->side[i].ready = s->side[i].expired = false;
    PollFile f = file_of(s);
    rt_unlock(&s->lock);
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.u64 = f};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &e) == 0) return f;
    int error = errno;
    rt_lock(&s->lock);
    out_of_date(s);
    rt_unlock(&s->lock);
    give_slot(s);
    errno = error;
    return 0;
}

// --- waiting

// Whoever waits at the side, to be made ready by the caller.
static G *take_waiter(Side *side) { // the slot's lock held
    G *g = side->waiter;
    if (!g) return NULL;
    side->waiter = NULL;
    g->sudog.owner = NULL;
    atomic_fetch_sub(&waiting, 1);
    return g;
}

PollStatus netpoll_wait(P *p, G *g, PollFile f, PollSide which) {
    (void)p;
    Slot *s = lock_slot(f);
    if (!s) return POLL_CLOSED;
    Side *side = &s->side[which];
    PollStatus status = side->expired ? POLL_TIMEOUT : POLL_READY;
    if (status == POLL_READY && !side->ready) {
        if (side->waiter) rt_fatal("netpoll: two goroutines wait for one side of a file");
        side->waiter = g;
        g->sudog.owner = side;
        atomic_fetch_add(&waiting, 1);
        sched_park_begin(g, WAIT_IO_WAIT);
        status = POLL_PARKED;
    }
    side->ready = false;
    rt_unlock(&s->lock);
    return status;
}

PollStatus netpoll_enter(PollFile f, PollSide which) {
    Slot *s = lock_slot(f);
    if (!s) return POLL_CLOSED;
    PollStatus status = s->side[which].expired ? POLL_TIMEOUT : POLL_READY;
    if (status == POLL_READY) s->users++;
    rt_unlock(&s->lock);
    return status;
}

static void leave_unlock(Slot *s) {
    bool last = --s->users == 0;
    int fd = s->fd;
    rt_unlock(&s->lock);
    if (!last) return;
    close(fd); // epoll forgets it
    give_slot(s);
}

void netpoll_leave(PollFile f) {
    Slot *s = slot_of(f);
    rt_lock(&s->lock);
    leave_unlock(s);
}

int netpoll_fd(PollFile f) { return slot_of(f)->fd; }

bool netpoll_close(P *p, PollFile f) {
    Slot *s = lock_slot(f);
    if (!s) return false;
    G *woken[2];
    out_of_date(s);
    for (int i = 0; i < 2; i++) {
        timer_stop(&s->side[i].timer);
        woken[i] = take_waiter(&s->side[i]);
    }
    leave_unlock(s);
    for (int i = 0; i < 2; i++)
        if (woken[i]) sched_ready(p, woken[i]);
    return true;
}

bool netpoll_cancel(G *g) {
    Side *side = g->sudog.owner;
    if (!side) return false; // its event came, and whoever took it off makes it ready
    Slot *s = side->slot;
    rt_lock(&s->lock);
    bool waits = side->waiter == g && take_waiter(side);
    rt_unlock(&s->lock);
    return waits;
}

// --- time limits

static void deadline_over(P *p, void *arg, uint64_t seq) {
    Side *side = arg;
    Slot *s = side->slot;
    G *g = NULL;
    rt_lock(&s->lock);
    if (seq == side->timer.seq) {
        side->expired = true;
        g = take_waiter(side);
    }
    rt_unlock(&s->lock);
    if (g) sched_ready_tail(p, g);
}

bool netpoll_set_deadline(P *p, PollFile f, PollSide which, int64_t when) {
    Slot *s = lock_slot(f);
    if (!s) return false;
    Side *side = &s->side[which];
    G *g = NULL;
    timer_stop(&side->timer);
    side->timer.seq++; // one that fires just now finds itself out of date
    side->expired = when != 0 && when <= timer_now();
    if (side->expired) g = take_waiter(side);
    else if (when != 0) timer_start(p, &side->timer, when, 0);
    rt_unlock(&s->lock);
    if (g) sched_ready(p, g);
    return true;
}

// --- for the scheduler

// An event of a side: its waiter joins the list, or the next wait is spared.
static void side_ready(Side *side, G **list) { // the slot's lock held
    G *g = take_waiter(side);
    if (!g) {
        side->ready = true;
        return;
    }
    g->sched_link = *list;
    *list = g;
}

static void slot_event(PollFile f, uint32_t events, G **list) {
    Slot *s = lock_slot(f);
    if (!s) return; // closed meanwhile
    if (events & ~(uint32_t)EPOLLOUT) side_ready(&s->side[POLL_READ], list);
    if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) side_ready(&s->side[POLL_WRITE], list);
    rt_unlock(&s->lock);
}

static void drain_wake(void) {
    uint64_t count;
    ssize_t ignored = read(wake_fd, &count, sizeof count);
    (void)ignored;
}

static int wait_events(struct epoll_event *events, int max, int64_t ns) {
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 35)
    static bool _Atomic coarse; // the kernel is older than the call
    if (ns > 0 && !atomic_load_explicit(&coarse, memory_order_relaxed)) {
        struct timespec t = {ns / 1000000000, ns % 1000000000};
        int n = epoll_pwait2(epoll_fd, events, max, &t, NULL);
        if (n >= 0 || errno != ENOSYS) return n;
        atomic_store(&coarse, true);
    }
#endif
    int ms = ns < 0 ? -1 : ns == 0 ? 0 : ns > 1000000000000LL ? 1000000 : (int)((ns + 999999) / 1000000);
    return epoll_wait(epoll_fd, events, max, ms);
}

G *netpoll_poll(int64_t ns) {
    struct epoll_event events[64];
    int n = wait_events(events, 64, ns);
    G *list = NULL;
    for (int i = 0; i < n; i++) {
        if (events[i].data.u64) slot_event(events[i].data.u64, events[i].events, &list);
        else if (ns != 0) drain_wake(); // it is meant for the one who sleeps, not for a passer-by
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
