// SPDX-License-Identifier: MIT
// chan.c: channels and select.
//
// A Chan and its buffer are one object of the collected heap, elements in slot
// layout. Waiting goroutines stand in FIFO queues of Sudogs; a partner copies
// straight from frame to frame, which may not move while its owner is parked.
//
// Lock: Chan.lock guards everything of the channel, its queues and the value
// pointers of waiting entries. A select locks all its channels in the order of
// their addresses. An entry of a select is won by exchanging G.select_done;
// whoever takes an entry off a queue sets its owner to NULL.
//
// Receivers of the notation may ask for one dynamic type of an interface value
// (Sudog.filter); only they may wait while values are there, and the first value
// is then none of theirs. When another value becomes the first one, those that
// want it are woken to try again (wake_wanting).
#include "runtime/chan.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/lock.h"
#include "runtime/panic.h"
#include "runtime/sched.h"

Chan *chan_make(P *p, const TypeDesc *t, int64_t size, G *g) {
    uint64_t slots = type_slots(t->elem), bytes;
    if (size < 0 || __builtin_mul_overflow((uint64_t)size, slots * 8, &bytes) || bytes > 1ull << 46 || (slots && size > UINT32_MAX)) {
        rt_panic_plain(g, "makechan: size out of range");
        return NULL;
    }
    bytes += sizeof(Chan);
    Chan *c = t->elem->ptr_words && size ? gc_new_scan(p, bytes / 8) : gc_new_noscan(p, bytes);
    c->slots = (uint16_t)slots; // elements have 64 KB at most
    c->cap = size;
    return c;
}

size_t chan_size(void) { return sizeof(Chan); }

void chan_init_part(Chan *c, uint32_t slots) {
    c->slots = (uint16_t)slots;
    c->part = true;
}

// --- helpers; c->lock held

static inline void clear_slots(uint64_t *to, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) to[i] = 0;
}

void (*chan_watcher)(Chan *c, const uint64_t *value, uint32_t slots);

static inline void note_value(Chan *c, const uint64_t *value) {
    if (UNLIKELY(c->watched)) chan_watcher(c, value, c->slots);
}

static inline void push_value(Chan *c, const uint64_t *value) {
    note_value(c, value);
    chan_copy(chan_element(c, c->count), value, c->slots);
    chan_count(c, c->count + 1);
}

static inline void pop_value(Chan *c, uint64_t *dst) {
    uint64_t *e = chan_element(c, 0);
    if (dst) chan_copy(dst, e, c->slots);
    clear_slots(e, c->slots); // keeps nothing alive
    if (++c->first == c->cap) c->first = 0;
    chan_count(c, c->count - 1);
}

static inline void unlink_entry(ChanQueue *q, Sudog *s) {
    if (s->prev) s->prev->next = s->next;
    else q->head = s->next;
    if (s->next) s->next->prev = s->prev;
    else q->tail = s->prev;
    s->next = s->prev = NULL;
    s->owner = NULL;
}

// The first waiter that can be served: for entries of a select that means to
// win it.
static inline Sudog *dequeue(ChanQueue *q) {
    for (Sudog *s; (s = q->head);) {
        unlink_entry(q, s);
        if (!s->is_select) return s;
        uint32_t open = 0;
        if (atomic_compare_exchange_strong(&s->g->select_done, &open, 1)) {
            s->g->select_case = s->arm;
            return s;
        }
    }
    return NULL;
}

static bool is_gone(const Sudog *s) { return s->is_select && atomic_load(&s->g->select_done); }

// The first value that waits: in the buffer, or with a sender.
static const uint64_t *first_value(Chan *c) {
    if (c->count > 0) return chan_element(c, 0);
    for (Sudog *s = c->senders.head; s; s = s->next)
        if (!is_gone(s)) return s->value;
    return NULL;
}

static bool wants(const Sudog *s, const uint64_t *value) { return !s->filter || (uint64_t)(uintptr_t)s->filter == value[0]; }

// As dequeue, of the receivers that want value.
static Sudog *dequeue_wanting(ChanQueue *q, const uint64_t *value) {
    for (Sudog *s = q->head, *next; s; s = next) {
        next = s->next;
        if (!wants(s, value)) continue;
        unlink_entry(q, s);
        if (!s->is_select) return s;
        uint32_t open = 0;
        if (atomic_compare_exchange_strong(&s->g->select_done, &open, 1)) {
            s->g->select_case = s->arm;
            return s;
        }
    }
    return NULL;
}

// The first value is another one, or none is left in a closed channel: receivers
// that have waited for that try again. Pushes them to *woken.
static void wake_wanting(Chan *c, G **woken) {
    const uint64_t *value = first_value(c);
    if (!value && !c->closed) return;
    for (Sudog *s; (s = value ? dequeue_wanting(&c->receivers, value) : dequeue(&c->receivers));) {
        s->success = false;
        s->retry = true;
        s->g->sched_link = *woken;
        *woken = s->g;
    }
}

static inline Sudog *next_receiver(Chan *c, const uint64_t *value) {
    if (LIKELY(!c->filtered)) return c->receivers.head ? dequeue(&c->receivers) : NULL;
    return first_value(c) ? NULL : dequeue_wanting(&c->receivers, value); // else this value is not the first
}

// May a receiver with that filter have the first value? Without values: yes.
static inline bool filter_passes(Chan *c, const void *filter) {
    if (LIKELY(!filter)) return true;
    const uint64_t *value = first_value(c);
    return !value || value[0] == (uint64_t)(uintptr_t)filter;
}

static inline void give(Chan *c, Sudog *s, const uint64_t *value) {
    note_value(c, value);
    if (s->value) chan_copy(s->value, value, c->slots);
    if (s->ok) *s->ok = 1;
    s->success = true;
}

static inline void take_value(Chan *c, Sudog *s, uint64_t *dst) {
    note_value(c, s->value);
    if (dst) chan_copy(dst, s->value, c->slots);
    s->success = true;
}

static void receive_nothing(Chan *c, uint64_t *dst, uint64_t *ok) {
    if (dst) clear_slots(dst, c->slots);
    if (ok) *ok = 0;
}

static ChanStatus send_on_closed(G *g, const Chan *c) {
    rt_panic_plain(g, chan_is_real(c) && !c->part ? "send on closed channel" : "csp: destination ended");
    return CHAN_PANIC;
}

// Puts a goroutine that is to be made ready after unlocking into the list.
static inline void woke(G **woken, G *g) {
    g->sched_link = NULL;
    *woken = g;
}

// Sends now if a partner or room is there.
static inline bool send_now(Chan *c, const uint64_t *value, G **woken) {
    Sudog *s = next_receiver(c, value);
    if (s) {
        give(c, s, value);
        woke(woken, s->g);
        return true;
    }
    if (c->count == c->cap) return false;
    push_value(c, value);
    return true;
}

static inline bool recv_now(Chan *c, uint64_t *dst, uint64_t *ok, const void *filter, G **woken) {
    if (!filter_passes(c, filter)) return false;
    if (c->count > 0) {
        pop_value(c, dst);
        Sudog *s = c->senders.head ? dequeue(&c->senders) : NULL;
        if (s) {
            push_value(c, s->value);
            s->success = true;
            woke(woken, s->g);
        }
    } else {
        Sudog *s = c->senders.head ? dequeue(&c->senders) : NULL;
        if (!s) return false;
        take_value(c, s, dst);
        woke(woken, s->g);
    }
    if (UNLIKELY(c->filtered)) wake_wanting(c, woken);
    if (ok) *ok = 1;
    return true;
}

static void ready_all(P *p, G *g, bool at_tail) {
    while (g) {
        G *next = g->sched_link;
        if (at_tail) sched_ready_tail(p, g);
        else sched_ready(p, g);
        g = next;
    }
}

static inline void ready_woken(P *p, G *woken) {
    if (!woken) return;
    if (LIKELY(!woken->sched_link)) sched_ready(p, woken);
    else ready_all(p, woken, false);
}

// --- operations

ChanStatus chan_send(P *p, G *g, Chan *c, const uint64_t *value) {
    if (UNLIKELY(!chan_is_real(c))) {
        if (c == CHAN_ENDED) return send_on_closed(g, c);
        sched_park_begin(g, WAIT_CHAN_SEND_NIL);
        return CHAN_PARKED;
    }
    G *woken = NULL;
    chan_lock(p, c);
    if (UNLIKELY(c->closed)) {
        chan_unlock(p, c);
        return send_on_closed(g, c);
    }
    if (send_now(c, value, &woken)) {
        chan_unlock(p, c);
        ready_woken(p, woken);
        return CHAN_DONE;
    }
    chan_park_send(c, g, value);
    chan_unlock(p, c);
    return CHAN_PARKED;
}

ChanStatus chan_recv(P *p, G *g, Chan *c, uint64_t *dst, uint64_t *ok) {
    if (UNLIKELY(!chan_is_real(c))) {
        if (c == CHAN_ENDED) {
            if (ok) *ok = 0;
            return CHAN_DONE;
        }
        sched_park_begin(g, WAIT_CHAN_RECEIVE_NIL);
        return CHAN_PARKED;
    }
    G *woken = NULL;
    chan_lock(p, c);
    if (recv_now(c, dst, ok, NULL, &woken)) {
        chan_unlock(p, c);
        ready_woken(p, woken);
        return CHAN_DONE;
    }
    if (c->closed) {
        receive_nothing(c, dst, ok);
        chan_unlock(p, c);
        return CHAN_DONE;
    }
    chan_park_recv(c, g, dst, ok);
    chan_unlock(p, c);
    return CHAN_PARKED;
}

ChanStatus chan_try_send(P *p, G *g, Chan *c, const uint64_t *value) {
    if (!c) return CHAN_BLOCKED;
    G *woken = NULL;
    chan_lock(p, c);
    if (c->closed) {
        chan_unlock(p, c);
        return g ? send_on_closed(g, c) : CHAN_DONE;
    }
    bool done = send_now(c, value, &woken);
    chan_unlock(p, c);
    ready_woken(p, woken);
    return done ? CHAN_DONE : CHAN_BLOCKED;
}

ChanStatus chan_try_recv(P *p, G *g, Chan *c, uint64_t *dst, uint64_t *ok) {
    (void)g;
    if (!c) return CHAN_BLOCKED;
    G *woken = NULL;
    chan_lock(p, c);
    bool done = recv_now(c, dst, ok, NULL, &woken);
    if (!done && c->closed) {
        receive_nothing(c, dst, ok);
        done = true;
    }
    chan_unlock(p, c);
    ready_woken(p, woken);
    return done ? CHAN_DONE : CHAN_BLOCKED;
}

// Ends the channel: takes all waiters off and tells them. Returns them linked
// through sched_link, first come first.
static G *end_waiters(Chan *c) {
    G *first = NULL, **link = &first;
    for (Sudog *s; (s = dequeue(&c->receivers));) {
        if (!s->is_select) receive_nothing(c, s->value, s->ok);
        s->success = false;
        *link = s->g;
        link = &s->g->sched_link;
    }
    for (Sudog *s; (s = dequeue(&c->senders));) {
        if (!s->is_select) s->g->resume = c->part ? RESUME_ENDED : RESUME_CLOSED;
        s->success = false;
        *link = s->g;
        link = &s->g->sched_link;
    }
    *link = NULL;
    return first;
}

ChanStatus chan_close(P *p, G *g, Chan *c) {
    if (!c) {
        rt_panic_plain(g, "close of nil channel");
        return CHAN_PANIC;
    }
    chan_lock(p, c);
    if (c->closed) {
        bool poisoned = c->poisoned;
        chan_unlock(p, c);
        if (poisoned) return CHAN_DONE; // the other side has ended it already
        rt_panic_plain(g, "close of closed channel");
        return CHAN_PANIC;
    }
    c->closed = true;
    G *list = end_waiters(c);
    chan_unlock(p, c);
    ready_all(p, list, true);
    return CHAN_DONE;
}

void chan_close_quietly(P *p, Chan *c) {
    chan_lock(p, c);
    G *list = c->closed ? NULL : end_waiters(c);
    c->closed = true;
    chan_unlock(p, c);
    ready_all(p, list, true);
}

void chan_poison(P *p, G *g, Chan *c) {
    (void)g;
    chan_lock(p, c);
    G *list = NULL;
    while (c->count > 0) pop_value(c, NULL);
    if (!c->closed) {
        c->closed = true;
        list = end_waiters(c);
    }
    c->poisoned = true;
    chan_unlock(p, c);
    ready_all(p, list, true);
}

int64_t chan_len(const Chan *c) {
    if (!c) return 0;
    return __atomic_load_n(&c->count, __ATOMIC_RELAXED);
}

int64_t chan_cap(const Chan *c) { return c ? c->cap : 0; }

// --- looking on, for reports

static uint32_t list_waiters(const ChanQueue *q, int64_t *ids, uint32_t room) {
    uint32_t n = 0;
    for (const Sudog *s = q->head; s && n < room; s = s->next) ids[n++] = s->g->id;
    return n;
}

void chan_state(Chan *c, ChanState *out) {
    rt_lock(&c->lock);
    out->len = c->count;
    out->cap = c->cap;
    out->closed = c->closed;
    out->nreceivers = list_waiters(&c->receivers, out->receivers, out->room);
    out->nsenders = list_waiters(&c->senders, out->senders, out->room);
    rt_unlock(&c->lock);
}

void chan_watch(Chan *c) {
    rt_lock(&c->lock);
    c->watched = true;
    rt_unlock(&c->lock);
}

bool chan_peek(Chan *c, int64_t i, uint64_t *dst) {
    rt_lock(&c->lock);
    bool there = i < c->count;
    if (there) chan_copy(dst, chan_element(c, i), c->slots);
    rt_unlock(&c->lock);
    return there;
}

// --- select

enum { SMALL_SELECT = 16 };

static void lock_in_order(P *p, Chan **order, uint32_t n) {
    if (p->alone) return;
    for (uint32_t i = 0; i < n; i++)
        if (order[i] && (i == 0 || order[i] != order[i - 1])) rt_lock(&order[i]->lock);
}

static void unlock_in_order(P *p, Chan **order, uint32_t n) {
    if (p->alone) return;
    for (uint32_t i = n; i-- > 0;)
        if (order[i] && (i == 0 || order[i] != order[i - 1])) rt_unlock(&order[i]->lock);
}

static int by_address(const void *a, const void *b) {
    uintptr_t x = (uintptr_t) * (Chan *const *)a, y = (uintptr_t) * (Chan *const *)b;
    return x < y ? -1 : x > y;
}

static void sort_channels(Chan **order, const SelectArm *arms, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) order[i] = chan_is_real(arms[i].c) ? arms[i].c : NULL;
    if (n > SMALL_SELECT) {
        qsort(order, n, sizeof *order, by_address);
        return;
    }
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = i; k > 0 && (uintptr_t)order[k] < (uintptr_t)order[k - 1]; k--) {
            Chan *c = order[k];
            order[k] = order[k - 1];
            order[k - 1] = c;
        }
}

static void shuffle(P *p, uint32_t *perm, uint32_t n, bool in_order) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = in_order ? i : (uint32_t)((sched_rand(p) >> 32) * (i + 1) >> 32);
        perm[i] = perm[k];
        perm[k] = i;
    }
}

typedef enum ArmState { STATE_WAITS, STATE_DONE, STATE_FAILED, STATE_PANICS } ArmState;

// The partner of the arm has ended.
static ArmState try_ended(const SelectArm *a) {
    if (a->fails) return STATE_FAILED;
    if (a->kind == ARM_SEND) return STATE_PANICS;
    if (a->c != CHAN_ENDED) receive_nothing(a->c, a->value, a->ok);
    else if (a->ok) *a->ok = 0;
    return STATE_DONE;
}

static ArmState try_arm(const SelectArm *a, G **woken) {
    Chan *c = a->c;
    if (a->kind == ARM_CONDITION) return a->holds ? STATE_DONE : STATE_FAILED;
    if (!c) return STATE_WAITS;
    if (c == CHAN_OFF) return STATE_FAILED;
    if (c == CHAN_ENDED) return try_ended(a);
    if (a->kind == ARM_SEND) {
        if (c->closed) return try_ended(a);
        return send_now(c, a->value, woken) ? STATE_DONE : STATE_WAITS;
    }
    if (recv_now(c, a->value, a->ok, a->filter, woken)) return STATE_DONE;
    return c->closed && !c->count ? try_ended(a) : STATE_WAITS; // count: values that the filter does not want
}

static Sudog *new_sudog(P *p) {
    Sudog *s = p->sudogs;
    if (s) {
        p->sudogs = s->link;
        p->nsudogs--;
        return s;
    }
    return base_calloc(1, sizeof *s);
}

static void free_sudog(P *p, Sudog *s) {
    if (p->nsudogs >= 1024) {
        base_free(s);
        return;
    }
    memset(s, 0, sizeof *s);
    s->link = p->sudogs;
    p->sudogs = s;
    p->nsudogs++;
}

// All channels locked, no arm is ready: waits in all of them.
static void park_select(P *p, G *g, SelectArm *arms, uint32_t n) {
    Sudog **link = &g->waiting;
    for (uint32_t i = 0; i < n; i++) {
        Chan *c = arms[i].c;
        if (!chan_is_real(c) || (arms[i].fails && c->closed && !c->count)) continue;
        Sudog *s = new_sudog(p);
        *s = (Sudog){.g = g, .owner = c, .value = arms[i].value, .ok = arms[i].ok, .arm = i, .is_select = true, .send = arms[i].kind == ARM_SEND, .filter = arms[i].filter};
        if (s->filter) c->filtered = true;
        chan_enqueue(s->send ? &c->senders : &c->receivers, s);
        *link = s;
        link = &s->link;
    }
    *link = NULL;
    atomic_store_explicit(&g->select_done, 0, memory_order_relaxed); // published by the channels' locks
    sched_park_begin(g, n ? WAIT_SELECT : WAIT_SELECT_NO_CASES);
}

static ChanStatus select_with(P *p, G *g, SelectArm *arms, uint32_t n, uint32_t flags, int64_t *chosen, Chan **order, uint32_t *perm) {
    G *woken = NULL;
    uint32_t failed = 0;
    sort_channels(order, arms, n);
    shuffle(p, perm, n, (flags & SELECT_PRIORITY) != 0);
    lock_in_order(p, order, n);
    for (uint32_t k = 0; k < n; k++) {
        ArmState st = try_arm(&arms[perm[k]], &woken);
        if (st == STATE_FAILED) failed++;
        if (st != STATE_DONE && st != STATE_PANICS) continue;
        unlock_in_order(p, order, n);
        ready_woken(p, woken);
        *chosen = perm[k];
        return st == STATE_DONE ? CHAN_DONE : send_on_closed(g, arms[perm[k]].c);
    }
    bool stay = false;
    if (flags & SELECT_DEFAULT) *chosen = -1;
    else if ((flags & SELECT_CAN_FAIL) && failed == n) *chosen = -2;
    else stay = true;
    if (stay) park_select(p, g, arms, n);
    unlock_in_order(p, order, n);
    return stay ? CHAN_PARKED : CHAN_DONE;
}

ChanStatus chan_select(P *p, G *g, SelectArm *arms, uint32_t n, uint32_t flags, int64_t *chosen) {
    if (n <= SMALL_SELECT) {
        Chan *order[SMALL_SELECT];
        uint32_t perm[SMALL_SELECT];
        return select_with(p, g, arms, n, flags, chosen, order, perm);
    }
    Chan **order = base_malloc(n * (sizeof *order + sizeof(uint32_t)));
    ChanStatus st = select_with(p, g, arms, n, flags, chosen, order, (uint32_t *)(order + n));
    base_free(order);
    return st;
}

ChanStatus chan_select_finish(P *p, G *g, SelectArm *arms, uint32_t n, uint32_t flags, int64_t *chosen) {
    uint32_t arm = g->select_case;
    bool success = false, retry = false;
    G *woken = NULL;
    for (Sudog *s = g->waiting, *next; s; s = next) {
        next = s->link;
        Chan *c = arms[s->arm].c;
        if (s->arm == arm) success = s->success, retry = s->retry;
        chan_lock(p, c);
        if (s->owner) {
            unlink_entry(s->send ? &c->senders : &c->receivers, s);
            if (UNLIKELY(c->filtered) && s->send) wake_wanting(c, &woken);
        }
        chan_unlock(p, c);
        free_sudog(p, s);
    }
    g->waiting = NULL;
    ready_woken(p, woken);
    *chosen = arm;
    if (success) return CHAN_DONE;
    if (retry || arms[arm].fails) return chan_select(p, g, arms, n, flags, chosen); // the guard's partner has ended: choose anew
    if (arms[arm].kind == ARM_SEND) return send_on_closed(g, arms[arm].c);
    if (arms[arm].filter) return chan_select(p, g, arms, n, flags, chosen); // values of other types may be left
    receive_nothing(arms[arm].c, arms[arm].value, arms[arm].ok);
    return CHAN_DONE;
}

// --- giving up a wait

static void leave_queue(Sudog *s, bool send) {
    Chan *c = s->owner;
    if (!c) return;
    rt_lock(&c->lock);
    if (s->owner) unlink_entry(send ? &c->senders : &c->receivers, s);
    rt_unlock(&c->lock);
}

bool chan_cancel(G *g) {
    uint8_t why = g->wait_reason;
    if (why == WAIT_CHAN_RECEIVE || why == WAIT_CHAN_SEND) {
        leave_queue(&g->sudog, why == WAIT_CHAN_SEND);
        return true;
    }
    if (why == WAIT_SELECT) {
        for (Sudog *s = g->waiting, *next; s; s = next) {
            next = s->link;
            leave_queue(s, s->send);
            base_free(s);
        }
        g->waiting = NULL;
        return true;
    }
    return why == WAIT_CHAN_RECEIVE_NIL || why == WAIT_CHAN_SEND_NIL || why == WAIT_SELECT_NO_CASES;
}
