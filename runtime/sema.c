// SPDX-License-Identifier: MIT
// sema.c: semaphores keyed by address, mutexes, notify lists.
//
// A table of buckets, chosen by address. A bucket holds one queue for each
// address that has waiters: the heads are linked by next, the waiters of an
// address behind their head by link; the head keeps the last one in prev.
//
// A release adds to the count and looks for waiters only if the bucket has
// any; an acquirer counts itself as waiter before it looks at the count a last
// time. Both are seq_cst, so one of them sees the other.
// Locks: Bucket.lock, NotifyList.lock; taken alone, never across a park.
#include "runtime/sema.h"

#include <stddef.h>

#include "runtime/sched.h"
#include "runtime/timer.h"

enum { BUCKETS = 1024 };
#define STARVE_NS 1000000LL

typedef struct Bucket {
    RtLock lock;
    _Atomic uint32_t waiters; // written under lock
    Sudog *heads;             // lock
} Bucket;

static Bucket buckets[BUCKETS];

static Bucket *bucket_of(const void *addr) {
    return &buckets[((uintptr_t)addr >> 3) * 0x9e3779b97f4a7c15ULL >> 54];
}

static Sudog **find_head(Bucket *b, const void *addr) {
    Sudog **at = &b->heads;
    while (*at && (*at)->owner != addr) at = &(*at)->next;
    return at;
}

static void enqueue(Bucket *b, Sudog *s, bool lifo) {
    Sudog **at = find_head(b, s->owner);
    Sudog *head = *at;
    s->next = s->link = NULL;
    s->prev = s;
    if (!head) {
        *at = s;
    } else if (lifo) {
        s->link = head;
        s->prev = head->prev;
        s->next = head->next;
        *at = s;
    } else {
        head->prev->link = s;
        head->prev = s;
    }
}

static Sudog *dequeue(Bucket *b, const void *addr) {
    Sudog **at = find_head(b, addr);
    Sudog *s = *at;
    if (!s) return NULL;
    Sudog *second = s->link;
    if (second) {
        second->prev = s->prev;
        second->next = s->next;
        *at = second;
    } else {
        *at = s->next;
    }
    s->owner = NULL;
    return s;
}

bool sema_try_acquire(_Atomic uint32_t *addr) {
    uint32_t n = atomic_load(addr);
    while (n > 0)
        if (atomic_compare_exchange_weak(addr, &n, n - 1)) return true;
    return false;
}

SemaStatus sema_acquire(P *p, G *g, _Atomic uint32_t *addr, WaitReason why, bool lifo) {
    (void)p;
    if (sema_try_acquire(addr)) return SEMA_DONE;
    Bucket *b = bucket_of(addr);
    rt_lock(&b->lock);
    atomic_fetch_add(&b->waiters, 1);
    if (sema_try_acquire(addr)) {
        atomic_fetch_sub(&b->waiters, 1);
        rt_unlock(&b->lock);
        return SEMA_DONE;
    }
    Sudog *s = &g->sudog;
    s->g = g;
    s->owner = addr;
    enqueue(b, s, lifo);
    sched_park_begin(g, why);
    rt_unlock(&b->lock);
    return SEMA_PARKED;
}

void sema_release(P *p, _Atomic uint32_t *addr, bool handoff) {
    atomic_fetch_add(addr, 1);
    Bucket *b = bucket_of(addr);
    if (atomic_load(&b->waiters) == 0) return;
    rt_lock(&b->lock);
    // The permit is taken back for a waiter; if another took it meanwhile, its
    // release will serve the waiter.
    Sudog *s = *find_head(b, addr) && sema_try_acquire(addr) ? dequeue(b, addr) : NULL;
    if (s) atomic_fetch_sub(&b->waiters, 1);
    rt_unlock(&b->lock);
    if (!s) return;
    sched_ready(p, s->g);
    if (handoff && p) atomic_fetch_or_explicit(&p->preempt, PREEMPT_SLICE, memory_order_relaxed);
}

// --- Mutex

enum { LOCKED = 1, WOKEN = 2, STARVING = 4, WAITER = 8 };

_Static_assert((LOCKED | STARVING) == 5, "as sema_mutex_try_lock has it");

// The woken first waiter of a starving mutex owns it: only the books remain.
static void take_handoff(MutexWords *m, bool stay_starving) {
    uint32_t old = atomic_load(&m->state), new;
    do {
        new = (old - WAITER) | LOCKED;
        if (!stay_starving || old / WAITER == 1) new &= ~(uint32_t)STARVING;
    } while (!atomic_compare_exchange_weak(&m->state, &old, new));
}

// g->wake_value is 0 at the first call; after a wake-up it holds when g began
// to wait.
SemaStatus sema_mutex_lock_slow(P *p, G *g, MutexWords *m, WaitReason why) {
    bool woken = g->wake_value != 0, starving = false;
    if (woken) {
        starving = timer_now() - g->wake_value > STARVE_NS;
        if (atomic_load(&m->state) & STARVING) {
            take_handoff(m, starving);
            g->wake_value = 0;
            return SEMA_DONE;
        }
    }
    for (;;) {
        uint32_t old = atomic_load(&m->state), new = old;
        if (!(old & STARVING)) new |= LOCKED;
        if (old & (LOCKED | STARVING)) new += WAITER;
        if (starving && (old & LOCKED)) new |= STARVING;
        if (woken) new &= ~(uint32_t)WOKEN;
        if (!atomic_compare_exchange_strong(&m->state, &old, new)) continue;
        if (!(old & (LOCKED | STARVING))) {
            g->wake_value = 0;
            return SEMA_DONE;
        }
        if (!g->wake_value) g->wake_value = timer_now();
        if (sema_acquire(p, g, &m->sema, why, woken) == SEMA_PARKED) return SEMA_AGAIN;
        // granted at once, as if woken
        woken = true;
        starving = starving || timer_now() - g->wake_value > STARVE_NS;
        if (atomic_load(&m->state) & STARVING) {
            take_handoff(m, starving);
            g->wake_value = 0;
            return SEMA_DONE;
        }
    }
}

void sema_mutex_unlock_slow(P *p, MutexWords *m, uint32_t state) {
    if (state & STARVING) { // the lock passes to the first waiter
        sema_release(p, &m->sema, true);
        return;
    }
    for (;;) {
        if (state / WAITER == 0 || (state & (LOCKED | WOKEN | STARVING))) return;
        uint32_t new = (state - WAITER) | WOKEN;
        if (atomic_compare_exchange_strong(&m->state, &state, new)) {
            sema_release(p, &m->sema, false);
            return;
        }
    }
}

// --- RWMutex, WaitGroup

bool sema_read_unlock_slow(P *p, RWMutexWords *rw, int32_t left) {
    if (left + 1 == 0 || left + 1 == -RW_WRITER) return false;
    if (atomic_fetch_sub(&rw->readers_left, 1) == 1) sema_release(p, &rw->writer_sem, false);
    return true;
}

bool sema_group_done(P *p, GroupWords *wg, uint64_t state) {
    if ((int64_t)state < 0) return false;
    uint32_t waiters = (uint32_t)state;
    if (waiters == 0) return true;
    atomic_store(&wg->state, 0);
    for (; waiters > 0; waiters--) sema_release(p, &wg->sema, false);
    return true;
}

SemaStatus sema_group_wait(P *p, G *g, GroupWords *wg) {
    uint64_t old = atomic_load(&wg->state);
    do {
        if (old >> 32 == 0) return SEMA_DONE;
    } while (!atomic_compare_exchange_weak(&wg->state, &old, old + 1));
    return sema_acquire(p, g, &wg->sema, WAIT_WAITGROUP_WAIT, false);
}

// --- notify lists

uint32_t sema_notify_add(NotifyList *l) { return atomic_fetch_add(&l->wait, 1); }

static bool ticket_before(uint32_t a, uint32_t b) { return (int32_t)(a - b) < 0; }

SemaStatus sema_notify_wait(P *p, G *g, NotifyList *l, uint32_t ticket) {
    (void)p;
    rt_lock(&l->lock);
    if (ticket_before(ticket, atomic_load(&l->notify))) { // notified before we came here
        rt_unlock(&l->lock);
        return SEMA_DONE;
    }
    Sudog *s = &g->sudog;
    s->g = g;
    s->owner = l;
    s->arm = ticket;
    s->next = NULL;
    if (l->tail) l->tail->next = s;
    else l->head = s;
    l->tail = s;
    sched_park_begin(g, WAIT_COND_WAIT);
    rt_unlock(&l->lock);
    return SEMA_PARKED;
}

void sema_notify_all(P *p, NotifyList *l) {
    if (atomic_load(&l->wait) == atomic_load(&l->notify)) return;
    rt_lock(&l->lock);
    Sudog *s = l->head;
    l->head = l->tail = NULL;
    atomic_store(&l->notify, atomic_load(&l->wait));
    rt_unlock(&l->lock);
    while (s) {
        Sudog *next = s->next; // s is its goroutine's again once that is ready
        s->owner = NULL;
        sched_ready(p, s->g);
        s = next;
    }
}

void sema_notify_one(P *p, NotifyList *l) {
    if (atomic_load(&l->wait) == atomic_load(&l->notify)) return;
    rt_lock(&l->lock);
    uint32_t ticket = atomic_load(&l->notify);
    if (ticket == atomic_load(&l->wait)) {
        rt_unlock(&l->lock);
        return;
    }
    atomic_store(&l->notify, ticket + 1);
    Sudog *prev = NULL, *s = l->head;
    while (s && s->arm != ticket) prev = s, s = s->next;
    if (s) { // else its owner has the ticket but is not here yet: it will not wait
        if (prev) prev->next = s->next;
        else l->head = s->next;
        if (l->tail == s) l->tail = prev;
        s->owner = NULL;
    }
    rt_unlock(&l->lock);
    if (s) sched_ready(p, s->g);
}

// --- leaving
//
// The world is stopped, and no native of the library is half done: the books
// of locks and the queues agree.

static uint32_t count_waiters(const _Atomic uint32_t *addr) {
    uint32_t n = 0;
    for (const Sudog *s = *find_head(bucket_of(addr), addr); s; s = s->link) n++;
    return n;
}

static void remove_waiter(Sudog *s) {
    Bucket *b = bucket_of(s->owner);
    Sudog *head = *find_head(b, s->owner), *before = head;
    atomic_fetch_sub(&b->waiters, 1);
    if (head == s) {
        dequeue(b, s->owner);
        return;
    }
    while (before->link != s) before = before->link;
    before->link = s->link;
    if (head->prev == s) head->prev = before;
    s->owner = NULL;
}

#define WORDS_OF(type, member, addr) ((type *)((char *)(addr) - offsetof(type, member)))

static void leave_mutex(MutexWords *m) {
    uint32_t state = atomic_fetch_sub(&m->state, WAITER) - WAITER;
    if (state / WAITER == 0) atomic_fetch_and(&m->state, ~(uint32_t)STARVING); // nobody is left to hand it to
}

// A writer at Unlock that has counted this reader will grant to it.
static bool leave_readers(RWMutexWords *rw) {
    if (atomic_load(&rw->readers) >= 0) return false;
    atomic_fetch_sub(&rw->readers, 1);
    return true;
}

// As Unlock does it, but the readers that the writer waited for go on.
static bool leave_writer(RWMutexWords *rw) {
    int32_t waiting = (int32_t)count_waiters(&rw->reader_sem);
    if (atomic_load(&rw->readers) + RW_WRITER != atomic_load(&rw->readers_left) + waiting) return false;
    atomic_store(&rw->readers_left, 0);
    atomic_fetch_add(&rw->readers, RW_WRITER);
    for (; waiting > 0; waiting--) sema_release(NULL, &rw->reader_sem, false);
    uint32_t before = atomic_fetch_sub(&rw->writers.state, LOCKED);
    if (before != LOCKED) sema_mutex_unlock_slow(NULL, &rw->writers, before - LOCKED);
    return true;
}

// The ticket is given back by renumbering the later ones, so that no Signal is
// spent on it; not while one of them is on its way to the list.
static bool leave_list(NotifyList *l, Sudog *s) {
    uint32_t n = 0;
    Sudog *before = NULL;
    for (Sudog *t = l->head; t; t = t->next) {
        n++;
        if (t->next == s) before = t;
    }
    if (n != atomic_load(&l->wait) - atomic_load(&l->notify)) return false;
    if (before) before->next = s->next;
    else l->head = s->next;
    if (l->tail == s) l->tail = before;
    for (Sudog *t = l->head; t; t = t->next)
        if (ticket_before(s->arm, t->arm)) t->arm--;
    atomic_fetch_sub(&l->wait, 1);
    s->owner = NULL;
    return true;
}

static bool leave_books(WaitReason why, void *sema) {
    switch ((int)why) {
    case WAIT_MUTEX_LOCK: leave_mutex(WORDS_OF(MutexWords, sema, sema)); return true;
    case WAIT_RWMUTEX_RLOCK: return leave_readers(WORDS_OF(RWMutexWords, reader_sem, sema));
    case WAIT_RWMUTEX_LOCK: return leave_writer(WORDS_OF(RWMutexWords, writer_sem, sema));
    case WAIT_WAITGROUP_WAIT: atomic_fetch_sub(&WORDS_OF(GroupWords, sema, sema)->state, 1); return true;
    default: return false;
    }
}

bool sema_cancel(G *g) {
    Sudog *s = &g->sudog;
    if (g->wait_reason == WAIT_COND_WAIT) return leave_list(s->owner, s);
    if (!leave_books((WaitReason)g->wait_reason, s->owner)) return false;
    remove_waiter(s);
    g->wake_value = 0;
    return true;
}
