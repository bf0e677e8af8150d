// chan.h: channels and select. Elements are in slot layout (type.h).
#ifndef CSP_RUNTIME_CHAN_H
#define CSP_RUNTIME_CHAN_H

#include "runtime/g.h"
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
#endif
