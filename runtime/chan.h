// chan.h: channels and select. Elements are in slot layout (type.h).
#ifndef CSP_RUNTIME_CHAN_H
#define CSP_RUNTIME_CHAN_H

#include <stddef.h>

#include "runtime/g.h"
#include "runtime/lock.h"
#include "runtime/sched.h"
#include "runtime/site.h"

typedef enum ChanStatus {
    CHAN_DONE,    // completed now
    CHAN_PARKED,  // g is queued and parked; see G.resume for what follows
    CHAN_PANIC,   // a panic was recorded
    CHAN_BLOCKED  // would block (non-blocking forms)
} ChanStatus;

Chan *chan_make(P *p, const TypeDesc *chan_type, int64_t size, G *g); // NULL: panic recorded
// value and dst are frame slots of g (or any memory for try forms). On a park
// the partner copies straight to dst and writes *ok. c may be NULL.
ChanStatus chan_send(P *p, G *g, Chan *c, const uint64_t *value);
ChanStatus chan_recv(P *p, G *g, Chan *c, uint64_t *dst, uint64_t *ok); // ok may be NULL
ChanStatus chan_try_send(P *p, G *g, Chan *c, const uint64_t *value); // g NULL: on a closed channel drop silently, CHAN_DONE
ChanStatus chan_try_recv(P *p, G *g, Chan *c, uint64_t *dst, uint64_t *ok);
ChanStatus chan_close(P *p, G *g, Chan *c);
void chan_poison(P *p, G *g, Chan *c); // ends c from either side: buffered values dropped, both see it as ended
void chan_close_quietly(P *p, Chan *c); // as chan_close; nothing when c has ended already
int64_t chan_len(const Chan *c);
int64_t chan_cap(const Chan *c);

// Stands for a channel whose partner has ended, or does not exist: to receive
// from it gives nothing, to send to it fails.
#define CHAN_ENDED ((Chan *)(uintptr_t)1)
// In a select: the arm fails, because a condition before it does not hold.
#define CHAN_OFF ((Chan *)(uintptr_t)2)
static inline bool chan_is_real(const Chan *c) { return (uintptr_t)c > (uintptr_t)CHAN_OFF; } // neither these nor nil

// Channels that are part of another object: their size, and how one is made
// ready in zeroed memory. Unbuffered, for elements of that many slots; a send
// to one that has ended fails as an output to a process does.
size_t chan_size(void);
void chan_init_part(Chan *c, uint32_t slots);
typedef struct ChanState { // for reports
    int64_t len, cap;
    bool closed;
    int64_t *receivers, *senders; // numbers of waiting goroutines, first come first; up to room of each
    uint32_t nreceivers, nsenders, room;
} ChanState;
void chan_state(Chan *c, ChanState *out);
// The element i places behind the oldest, into dst (whole slots); false: there is none.
bool chan_peek(Chan *c, int64_t i, uint64_t *dst);
// From now on watcher is called for each value that passes c, under c's lock:
// it must not touch channels. One watcher for all, set before the first call.
void chan_watch(Chan *c);
extern void (*chan_watcher)(Chan *c, const uint64_t *value, uint32_t slots);
// Takes g off the queues it waits in, if its wait is of a channel or select. g
// is parked and the world is stopped; whoever calls this makes it ready.
bool chan_cancel(G *g);

typedef struct SelectArm { // built by the engine for one select
    Chan *c;            // NULL: never ready
    uint64_t *value;    // frame slots: source of a send, destination of a receive
    uint64_t *ok;       // may be NULL
    const void *filter; // of a receive from a channel of interface type: only values of this dynamic type; NULL: any
    uint8_t kind;       // ArmKind
    bool fails;         // fails when the channel has ended, instead of Go's meaning
    bool holds;         // ARM_CONDITION
} SelectArm;
enum { SELECT_DEFAULT = 1, SELECT_PRIORITY = 2, SELECT_CAN_FAIL = 4 };
// CHAN_DONE: *chosen is the arm, -1 for default, -2 when all arms failed.
// CHAN_PARKED: on resume chan_select_finish gives the arm (it may also answer
// CHAN_PANIC, or CHAN_PARKED again when a guard's channel ended meanwhile).
ChanStatus chan_select(P *p, G *g, SelectArm *arms, uint32_t n, uint32_t flags, int64_t *chosen);
ChanStatus chan_select_finish(P *p, G *g, SelectArm *arms, uint32_t n, uint32_t flags, int64_t *chosen);

// --- the hot path, in place in the machine

typedef struct ChanQueue { Sudog *head, *tail; } ChanQueue;

struct Chan { // for chan.c and the functions below only; all but cap and slots under lock
    RtLock lock;
    union {
        struct {
            bool closed : 1;
            bool watched : 1;  // each value that passes is reported
            bool filtered : 1; // some receiver with a filter has waited
        };
        uint8_t special;       // any of them
    };
    bool poisoned : 1;         // closed from the receivers' side
    bool part : 1;             // of a network: between two processes by name
    uint16_t slots;            // of an element
    uint32_t first;            // index of the oldest element; means nothing without slots
    int64_t count, cap;
    ChanQueue receivers, senders;
    uint64_t buf[];            // cap * slots
};
_Static_assert(sizeof(Chan) == 64, "without a buffer a channel is one cache line");

// Channels are touched by goroutines and timers only, both of which need a
// processor: where there is one, there is nobody to keep out.
static inline void chan_lock(P *p, Chan *c) {
    if (!p->alone) rt_lock(&c->lock);
}
static inline void chan_unlock(P *p, Chan *c) {
    if (!p->alone) rt_unlock(&c->lock);
}

static inline void chan_copy(uint64_t *to, const uint64_t *from, uint32_t slots) {
    if (__builtin_expect(slots == 1, 1)) *to = *from;
    else
        for (uint32_t i = 0; i < slots; i++) to[i] = from[i];
}

static inline uint64_t *chan_element(Chan *c, int64_t i) { // i behind the oldest
    int64_t at = c->first + i;
    if (at >= c->cap) at -= c->cap;
    return c->buf + (uint64_t)at * c->slots;
}

static inline void chan_enqueue(ChanQueue *q, Sudog *s) {
    s->next = NULL;
    Sudog *last = q->tail;
    s->prev = last;
    if (__builtin_expect(!last, 1)) q->head = s;
    else last->next = s;
    q->tail = s;
}

// s is its head, the entry in G itself, no entry of a select.
static inline G *chan_pop_waiter(ChanQueue *q, Sudog *s) {
    Sudog *next = s->next;
    q->head = next;
    if (__builtin_expect(!next, 1)) q->tail = NULL;
    else next->prev = NULL;
    return (G *)(void *)((char *)s - offsetof(G, sudog)); // s->g, which would have to be waited for
}

// Values in the buffer, under the lock; chan_len looks without it.
static inline void chan_count(Chan *c, int64_t n) { __atomic_store_n(&c->count, n, __ATOMIC_RELAXED); }

// Waits in q, for what a partner does with value. The rest of the entry never
// changes, in the one that is part of G, or is not looked at.
static inline void chan_park(Chan *c, ChanQueue *q, G *g, uint64_t *value, WaitReason why) {
    Sudog *s = &g->sudog;
    s->owner = c;
    s->value = value;
    chan_enqueue(q, s);
    sched_park_begin(g, why);
}
static inline void chan_park_send(Chan *c, G *g, const uint64_t *value) {
    chan_park(c, &c->senders, g, (uint64_t *)(uintptr_t)value, WAIT_CHAN_SEND);
}
static inline void chan_park_recv(Chan *c, G *g, uint64_t *dst, uint64_t *ok) {
    g->sudog.ok = ok;
    chan_park(c, &c->receivers, g, dst, WAIT_CHAN_RECEIVE);
}

// The parts of chan_send and chan_recv for what happens most: a channel that is
// nothing special, and a partner, if one waits, that waits for nothing else.
// CHAN_DONE, CHAN_BLOCKED: not for here, nothing has been done, or CHAN_PARKED:
// the goroutine has to wait. Then the channel is still locked: the caller saves
// the goroutine's state, calls chan_park_send or chan_park_recv, and unlocks.
// The receiver's second result is true when the first came at once.
// alone is P.alone: only without it is there a lock.
static inline __attribute__((always_inline)) ChanStatus chan_send_fast(P *p, Chan *c, const uint64_t *value, bool alone) {
    if (!alone) rt_lock(&c->lock);
    Sudog *s = c->receivers.head;
    if (__builtin_expect(c->special || (s && s->is_select), 0)) {
        if (!alone) rt_unlock(&c->lock);
        return CHAN_BLOCKED;
    }
    if (s) {
        if (s->value) chan_copy(s->value, value, c->slots);
        if (s->ok) *s->ok = 1;
        G *partner = chan_pop_waiter(&c->receivers, s);
        if (!alone) rt_unlock(&c->lock);
        sched_ready_here(p, partner);
        return CHAN_DONE;
    }
    if (c->count >= c->cap) return CHAN_PARKED;
    chan_copy(chan_element(c, c->count), value, c->slots);
    chan_count(c, c->count + 1);
    if (!alone) rt_unlock(&c->lock);
    return CHAN_DONE;
}

static inline __attribute__((always_inline)) ChanStatus chan_recv_fast(P *p, Chan *c, uint64_t *dst, bool alone) {
    if (!alone) rt_lock(&c->lock);
    Sudog *s = c->senders.head;
    if (__builtin_expect(c->special || (s && s->is_select), 0)) {
        if (!alone) rt_unlock(&c->lock);
        return CHAN_BLOCKED;
    }
    if (c->count > 0) { // where the oldest was becomes the place of a waiting sender's value
        uint64_t *e = chan_element(c, 0);
        chan_copy(dst, e, c->slots);
        if (++c->first == c->cap) c->first = 0;
        if (s) chan_copy(e, s->value, c->slots);
        else {
            chan_count(c, c->count - 1);
            for (uint32_t i = 0; i < c->slots; i++) e[i] = 0; // keeps nothing alive
        }
    } else if (s) {
        chan_copy(dst, s->value, c->slots);
    } else {
        return CHAN_PARKED;
    }
    G *partner = s ? chan_pop_waiter(&c->senders, s) : NULL;
    if (!alone) rt_unlock(&c->lock);
    if (partner) sched_ready_here(p, partner);
    return CHAN_DONE;
}
#endif
