// SPDX-License-Identifier: MIT
// sched_run.c: run queues, stealing, and the loop of a thread: what it runs next,
// and how it sleeps when there is nothing.
#include <stdlib.h>

#include "runtime/gc.h"
#include "runtime/netpoll.h"
#include "runtime/panic.h"
#include "runtime/sched_impl.h"
#include "runtime/timer.h"

enum {
    GLOBAL_EVERY = 16,   // entries of the slow path between looks at the global queue
    GLOBAL_BATCH = 64,
};
#define WORTH_NS 50000LL // a thread should find so much to do when it is woken

// --- queues

static G *back_pop(void) { // lock held
    G *g = sched.back_head;
    sched.back_head = g->sched_link;
    if (!sched.back_head) sched.back_tail = NULL;
    atomic_store_explicit(&sched.nback, atomic_load_explicit(&sched.nback, memory_order_relaxed) - 1, memory_order_relaxed);
    return g;
}

static G *global_pop(void) { // lock held
    G *g = sched.back_head ? back_pop() : sched.global_head;
    if (!g) return NULL;
    if (g == sched.global_head) sched.global_head = g->sched_link;
    if (!sched.global_head) sched.global_tail = NULL;
    atomic_store_explicit(&sched.nglobal, atomic_load_explicit(&sched.nglobal, memory_order_relaxed) - 1, memory_order_relaxed);
    return g;
}

// Moves half of a full ring and g to the global queue.
static __attribute__((noinline)) bool ring_overflow(P *p, G *g, uint32_t h) {
    G *batch[P_RING / 2];
    for (uint32_t i = 0; i < P_RING / 2; i++)
        batch[i] = atomic_load_explicit(&p->ring[(h + i) % P_RING], memory_order_relaxed);
    // acq_rel: against thieves that do the same
    if (!atomic_compare_exchange_strong_explicit(&p->head, &h, h + P_RING / 2, memory_order_acq_rel, memory_order_relaxed)) return false;
    lock();
    for (uint32_t i = 0; i < P_RING / 2; i++) global_push(batch[i]);
    global_push(g);
    unlock();
    return true;
}

static inline void ring_put(P *p, G *g) { // owner only
    for (;;) {
        uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire); // pairs with thieves' CAS: the place is free
        uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
        if (t - h < P_RING) {
            atomic_store_explicit(&p->ring[t % P_RING], g, memory_order_relaxed);
            atomic_store_explicit(&p->tail, t + 1, memory_order_release); // publishes g to thieves
            return;
        }
        if (ring_overflow(p, g, h)) return;
    }
}

static inline G *ring_get(P *p) { // owner only
    uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire);
    for (;;) {
        if (h == atomic_load_explicit(&p->tail, memory_order_relaxed)) return NULL;
        G *g = atomic_load_explicit(&p->ring[h % P_RING], memory_order_relaxed);
        if (p->alone) { // no thieves
            atomic_store_explicit(&p->head, h + 1, memory_order_relaxed);
            return g;
        }
        if (atomic_compare_exchange_weak_explicit(&p->head, &h, h + 1, memory_order_acq_rel, memory_order_acquire)) return g;
    }
}

G *sched_ring_get(P *p) { return ring_get(p); }

// Takes half of victim's ring; returns one, the rest goes to p's ring (empty).
static G *ring_steal(P *p, P *victim) {
    uint32_t tail = atomic_load_explicit(&p->tail, memory_order_relaxed);
    for (;;) {
        uint32_t h = atomic_load_explicit(&victim->head, memory_order_acquire); // pairs with other thieves
        uint32_t t = atomic_load_explicit(&victim->tail, memory_order_acquire); // pairs with ring_put
        uint32_t n = t - h;
        n -= n / 2;
        if (n == 0) return NULL;
        if (n > P_RING / 2) continue; // h and t are of different moments
        for (uint32_t i = 0; i < n; i++) {
            G *g = atomic_load_explicit(&victim->ring[(h + i) % P_RING], memory_order_relaxed);
            atomic_store_explicit(&p->ring[(tail + i) % P_RING], g, memory_order_relaxed);
        }
        if (!atomic_compare_exchange_strong_explicit(&victim->head, &h, h + n, memory_order_acq_rel, memory_order_relaxed)) continue;
        n--;
        G *g = atomic_load_explicit(&p->ring[(tail + n) % P_RING], memory_order_relaxed);
        if (n) atomic_store_explicit(&p->tail, tail + n, memory_order_release);
        return g;
    }
}

// Takes a fair share of the global queue; the first is returned. A goroutine
// tied to a thread comes alone.
static G *global_take(P *p, uint32_t max) {
    if (global_len() == 0) return NULL;
    lock();
    uint32_t n = global_len() / (sched.nactive ? sched.nactive : 1) + 1;
    if (n > max) n = max;
    G *first = global_pop();
    if (first && !first->locked_m)
        while (--n > 0 && sched.global_head && !sched.global_head->locked_m) ring_put(p, global_pop());
    unlock();
    return first;
}

void sched_push(P *p, G *g) {
    ring_put(p, g);
    wake_for_push();
}

// --- finding work

// m is about to sleep.
static void judge_wake(M *m) {
    if (!m->woken_at) return;
    sched_wake_was_of_use(timer_now() - m->woken_at >= WORTH_NS);
    m->woken_at = 0;
}

static void searching_end(M *m) {
    if (!m->searching) return;
    m->searching = false;
    atomic_store(&sched.searching, 0);
}

// With schedseed every choice is drawn: runnext joins the ring, which is
// turned by a random number of places.
static __attribute__((noinline)) void shuffle_local(P *p) {
    G *next = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    if (next) {
        atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
        ring_put(p, next);
    }
    uint32_t n = ring_len(p);
    if (n < 2) return;
    for (uint64_t turns = sched_rand(p) % (n < 8 ? n : 8); turns > 0; turns--) ring_put(p, ring_get(p));
}

// Next goroutine from ring or runnext: the ring first, since runnext had its
// turns when this is called.
static inline G *local_take(P *p) {
    sched_give_hops(p, sched.seeded ? 0 : SCHED_HOPS);
    if (sched.seeded) shuffle_local(p);
    G *g = ring_get(p);
    if (g) return g;
    g = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
    return g;
}

G *sched_next_slow(P *p) {
    if (atomic_load_explicit(&p->preempt, memory_order_relaxed) || p->m->locked_g) return NULL;
    if (atomic_load_explicit(&sched.nback, memory_order_relaxed)) return NULL; // for the worker loop
    G *g = NULL;
    if (++p->slow_ticks % GLOBAL_EVERY == 0) {
        int64_t due = timer_earliest_of(p);
        if (due != TIMER_NEVER) {
            int64_t now = timer_now();
            if (due <= now) timer_run(p, now);
        }
        g = global_take(p, 1);
    }
    if (!g) g = local_take(p);
    if (!g) g = global_take(p, GLOBAL_BATCH);
    if (!g) return NULL;
    if (g->locked_m) { // only the worker loop hands it to its thread, and it is its turn
        lock();
        back_push(g);
        unlock();
        return NULL;
    }
    mark_running(p, g);
    return g;
}

static G *steal(P *p) {
    uint32_t n = atomic_load(&sched.nall);
    uint32_t start = (uint32_t)(sched_rand(p) % n);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < n; i++) {
            P *victim = atomic_load(&sched.all[(start + i) % n]);
            if (victim == p) continue;
            G *g = ring_steal(p, victim);
            if (g) return g;
        }
    return NULL;
}

bool sched_any_ring_filled(void) {
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++)
        if (ring_len(atomic_load(&sched.all[i]))) return true;
    return false;
}

// Puts a list of goroutines that netpoll found ready into p's ring, or the
// global queue without p.
void sched_inject(P *p, G *list) {
    while (list) {
        G *g = list;
        list = g->sched_link;
        sched_ready_tail(p, g);
    }
}

// The poller's sleep. Returns goroutines that I/O made ready.
static G *poller_sleep(M *m) {
    int64_t until;
    do { // a timer may be started while we announce until when we sleep
        until = timer_earliest();
        atomic_store(&sched.poll_until, until);
    } while (timer_earliest() < until);
    int64_t timeout = -1;
    if (until != TIMER_NEVER) {
        timeout = until - timer_now();
        if (timeout < 0) timeout = 0;
    }
    G *list = NULL;
    if (m->in_poll) list = netpoll_poll(timeout);
    else if (timeout != 0) os_futex_wait(&m->wake, 0, timeout);
    atomic_store_explicit(&sched_coarse_now, timer_now(), memory_order_relaxed);
    return list;
}

static void m_unlist(M *m) { // lock held
    for (M **at = &sched.idle_ms; *at; at = &(*at)->idle_link)
        if (*at == m) {
            *at = m->idle_link;
            return;
        }
}

// One sleep of an idle thread; true once it has a P. Lock held throughout but
// for the sleep itself.
static bool idle_round(M *m, bool *may_poll, G **ready) {
    bool poll = *may_poll && !sched.poller;
    if (poll) {
        sched.poller = m;
        m->in_poll = netpoll_active();
    }
    unlock();
    G *list = NULL;
    if (poll) list = poller_sleep(m);
    else os_futex_wait(&m->wake, 0, -1);
    if (atomic_load(&sched.quitting)) sched_quit_report();
    lock();
    atomic_store(&m->wake, 0);
    if (poll) {
        sched.poller = NULL;
        m->in_poll = false;
        atomic_store(&sched.poll_until, 0);
    }
    *ready = list;
    if (m->next_p) return true;
    bool due = poll && timer_earliest() <= timer_now();
    if (!list && !due) return false;
    m->next_p = sched_take_idle_p();
    if (m->next_p) {
        m_unlist(m);
        return true;
    }
    // All P are busy: they run timers themselves when the monitor asks them, and take from the queue.
    if (due) monitor_poke();
    *may_poll = false;
    while (list) {
        G *g = list;
        list = g->sched_link;
        atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
        global_push(g);
    }
    *ready = NULL;
    return false;
}

// m, which has no P, sleeps until it has one. Lock held on entry, released.
static void m_idle_unlock(M *m) {
    bool may_poll = true;
    G *ready = NULL;
    m->idle_link = sched.idle_ms;
    sched.idle_ms = m;
    while (!idle_round(m, &may_poll, &ready)) {}
    P *p = m->next_p;
    m->next_p = NULL;
    p->m = m;
    unlock();
    current_p = p;
    m->woken_at = m->searching ? timer_now() : 0;
    sched_inject(p, ready);
}

// Waits for another thread to hand over a P: outside the list of idle threads.
P *sched_wait_handoff(M *m) {
    for (;;) {
        os_futex_wait(&m->wake, 0, -1);
        if (atomic_load(&sched.quitting)) sched_quit_report();
        lock();
        atomic_store(&m->wake, 0);
        P *p = m->next_p;
        m->next_p = NULL;
        if (p) p->m = m;
        unlock();
        if (p) return p;
    }
}

// Gives p and g to the one thread that may run g; m goes idle.
static void hand_to_locked(M *m, P *p, G *g) {
    searching_end(m);
    current_p = NULL;
    lock();
    M *to = g->locked_m;
    to->next_g = g;
    to->next_p = p;
    p->m = to;
    atomic_store(&to->wake, 1);
    os_futex_wake(&to->wake, 1);
    m_idle_unlock(m);
}

// The thread found nothing: it gives up p and sleeps, unless work turns up.
static void go_idle(M *m, P *p) {
    judge_wake(m);
    lock();
    if (!p->retire && (global_len() || atomic_load(&sched.stopping))) {
        unlock();
        return;
    }
    current_p = NULL;
    sched_release_p(p);
    searching_end(m);
    if (sched_any_ring_filled()) { // pushed while we were the searcher
        P *q = sched_take_idle_p();
        if (q) {
            q->m = m;
            unlock();
            current_p = q;
            return;
        }
    }
    sched_check_deadlock();
    m_idle_unlock(m);
}

static void retire(M *m, P *p) {
    G *g;
    lock();
    while ((g = local_take(p))) global_push(g);
    current_p = NULL;
    searching_end(m);
    if (!p->retire) { // wanted again meanwhile
        current_p = p;
        unlock();
        return;
    }
    sched_release_p(p);
    P *q = global_len() ? sched_take_idle_p() : NULL;
    if (q) {
        q->m = m;
        unlock();
        current_p = q;
        return;
    }
    sched_check_deadlock();
    m_idle_unlock(m);
}

static G *poll_now(P *p) {
    if (!netpoll_active()) return NULL;
    G *g = netpoll_poll(0);
    if (!g) return NULL;
    sched_inject(p, g);
    return local_take(p);
}

// Is there somebody to be served first? Now and then it is the ring's turn all the same.
static bool look_back(P *p) {
    return atomic_load_explicit(&sched.nback, memory_order_relaxed) && (++p->back_turns % 4 || !has_local_work(p));
}

static G *look_for_work(M *m, P *p) {
    int64_t due = timer_earliest();
    if (due != TIMER_NEVER) {
        int64_t now = timer_now();
        atomic_store_explicit(&sched_coarse_now, now, memory_order_relaxed);
        if (due <= now) timer_run(p, now);
    }
    G *g = NULL;
    if (look_back(p) || ++p->slow_ticks % GLOBAL_EVERY == 0) g = global_take(p, 1);
    if (!g) g = local_take(p);
    if (!g) g = global_take(p, GLOBAL_BATCH);
    if (!g) g = poll_now(p);
    if (g) return g;
    uint32_t none = 0;
    if (!m->searching && atomic_load(&sched.nall) > 1) m->searching = atomic_compare_exchange_strong(&sched.searching, &none, 1);
    return m->searching ? steal(p) : NULL;
}

static G *find_runnable(M *m) {
    for (;;) {
        P *p = current_p;
        atomic_store(&p->preempt, 0);
        sched_check_world(p);
        if (p->retire) {
            retire(m, p);
            continue;
        }
        G *g = look_for_work(m, p);
        if (!g) {
            go_idle(m, p);
            continue;
        }
        if (m->searching) {
            searching_end(m);
            if (ring_len(p) || global_len()) wake_for_push();
        }
        if (!g->locked_m || g->locked_m == m) return g;
        hand_to_locked(m, p, g);
        if (m->next_g) break; // not reached by threads without a locked goroutine
    }
    rt_throw("sched: thread got a foreign goroutine");
}

// The goroutine tied to m stopped running: m waits until it is its turn again.
G *sched_wait_for_locked(M *m) {
    P *p = current_p;
    current_p = NULL;
    lock();
    sched_handoff_unlock(p);
    lock();
    sched_check_deadlock();
    unlock();
    current_p = sched_wait_handoff(m);
    G *g = m->next_g;
    m->next_g = NULL;
    return g;
}

void sched_worker_loop(M *m) {
    for (;;) {
        G *g = m->locked_g ? sched_wait_for_locked(m) : find_runnable(m);
        P *p = current_p;
        mark_running(p, g);
        if (m->locked_g) sched_give_hops(p, 0); // sched_next must give nothing
        engine.run(p, g);
        current_p->current = NULL;
    }
}
