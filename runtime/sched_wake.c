// SPDX-License-Identifier: MIT
// sched_wake.c: threads that get and lose their P, goroutines that become ready,
// sleep and its timers, and the state in which nobody can become ready any more.
#include <string.h>

#include "runtime/base.h"
#include "runtime/netpoll.h"
#include "runtime/panic.h"
#include "runtime/sched_impl.h"
#include "runtime/timer.h"

#define GAP_MOST_NS 500000LL
#define LATE_NS 1000000LL // a timer may be seen so late, for fewer wake-ups of the monitor

// --- waking

void sched_release_p(P *p) { // lock held; p has no work
    p->m = NULL;
    if (STATUS_KIND(p_status(p)) == P_RUNNING && atomic_load(&sched.stopping) && sched.stop_wait > 0 && --sched.stop_wait == 0) {
        atomic_store(&sched.stop_done, 1);
        os_futex_wake(&sched.stop_done, 1);
    }
    if (p->retire) {
        p->retire = false;
        sched.nretiring--;
        atomic_store(&p->status, P_DEAD);
        return;
    }
    atomic_store(&p->status, P_IDLE);
    p->idle_link = sched.idle_ps;
    sched.idle_ps = p;
    atomic_fetch_add(&sched.nidle, 1);
}

P *sched_take_idle_p(void) { // lock held
    P *p = sched.idle_ps;
    if (!p || atomic_load(&sched.stopping)) return NULL;
    sched.idle_ps = p->idle_link;
    atomic_fetch_sub(&sched.nidle, 1);
    atomic_store(&p->status, P_RUNNING);
    if (sched.mon_deep) {
        sched.mon_deep = false;
        monitor_poke();
    }
    return p;
}

M *sched_make_m(void) {
    M *m = base_calloc(1, sizeof *m);
    m->id = ++sched.nms;
    m->all_link = sched.all_ms;
    sched.all_ms = m;
    return m;
}

static void *thread_main(void *arg) {
    M *m = arg;
    lock(); // next_p was set under it
    P *p = m->next_p;
    m->next_p = NULL;
    p->m = m;
    unlock();
    sched_current_m = m;
    current_p = p;
    m->thread = pthread_self();
    m->woken_at = m->searching ? timer_now() : 0;
    sched_worker_loop(m);
    return NULL;
}

void sched_start_thread(void *(*fn)(void *), void *arg) {
    pthread_attr_t attr;
    pthread_t thread;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    sigset_t all, old; // signals belong to the first thread, but for that of sched_interrupt
    sigfillset(&all);
    sigdelset(&all, INTERRUPT_SIGNAL);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int err = pthread_create(&thread, &attr, fn, arg);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
    if (err) rt_fatal("cannot create a thread: %s", strerror(err));
}

// An idle thread other than the poller if there is one.
static M *m_take_idle(void) { // lock held
    M **at = &sched.idle_ms;
    if (*at && *at == sched.poller && (*at)->idle_link) at = &(*at)->idle_link;
    M *m = *at;
    if (m) *at = m->idle_link;
    return m;
}

// Gives p (status P_RUNNING) to m, or to a new thread. Lock held on entry,
// released on return.
static void m_start_unlock(M *m, P *p, bool search) {
    bool fresh = !m;
    if (fresh) m = sched_make_m();
    m->next_p = p;
    m->searching = search; // m sleeps, or is not there yet: nobody else touches it
    p->m = m;
    bool poll = m->in_poll;
    unlock();
    if (fresh) {
        sched_start_thread(thread_main, m);
        return;
    }
    atomic_store(&m->wake, 1);
    if (poll) netpoll_break();
    else os_futex_wake(&m->wake, 1);
}

// While a caller holds `searching` others count on it to see their work, so one
// that found no P looks again: since then a P may have become idle and work have
// come from outside.
void sched_wake_slow(void) {
    for (uint32_t none = 0; atomic_compare_exchange_strong(&sched.searching, &none, 1);) {
        lock();
        P *p = sched_take_idle_p();
        if (p) {
            atomic_store(&sched.on_trial, 1);
            m_start_unlock(m_take_idle(), p, true);
            return;
        }
        unlock();
        atomic_store(&sched.searching, 0);
        atomic_thread_fence(memory_order_seq_cst); // with that of wake_one
        if (!global_len() || !atomic_load(&sched.nidle) || atomic_load(&sched.stopping)) return;
    }
}

// The monitor looks soon, instead of a wake-up now.
void sched_monitor_soon(void) {
    if (atomic_load_explicit(&sched.mon_short, memory_order_relaxed)) return;
    atomic_store(&sched.mon_short, SHORT_ROUNDS);
    monitor_poke();
}

void sched_wake_was_of_use(bool use) {
    int64_t gap = atomic_load(&sched.wake_gap);
    if (use) gap = 0;
    else gap = gap ? GAP_MOST_NS : SHORT_NS;
    atomic_store(&sched.wake_gap, gap);
    atomic_store(&sched.on_trial, 0);
}

// p lost its thread: another one gets it if there is work, else it is idle.
void sched_handoff_unlock(P *p) { // lock held, released
    atomic_store(&p->status, P_RUNNING);
    if (!p->retire && !atomic_load(&sched.stopping) && (has_local_work(p) || global_len())) {
        m_start_unlock(m_take_idle(), p, false);
        return;
    }
    G *g;
    if (atomic_load(&sched.stopping) && has_local_work(p)) { // idle P are empty
        while ((g = sched_ring_get(p))) global_push(g);
    }
    g = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    if (g) {
        atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
        global_push(g);
    }
    while ((g = sched_ring_get(p))) global_push(g);
    sched_release_p(p);
    unlock();
}

void sched_ready_global(G *g) {
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_release); // pairs with sched_each_g: g may come from a thread without processor
    lock();
    global_push(g);
    unlock();
    wake_one();
}

static void ready_urgent(G *g) {
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_release); // pairs with sched_each_g
    lock();
    back_push(g);
    unlock();
    wake_one();
}

void sched_ready_tail(P *p, G *g) {
    if (atomic_load_explicit(&sched.crowded, memory_order_relaxed)) {
        ready_urgent(g);
        return;
    }
    if (!p || g->locked_m) {
        sched_ready_global(g);
        return;
    }
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
    sched_push(p, g);
}

void sched_requeue(P *p, G *g) {
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
    p->current = NULL;
    lock();
    global_push(g);
    unlock();
    if (has_local_work(p)) wake_for_push();
}

// --- deadlock

static bool deadlocked(int pending) { // lock held
    return atomic_load(&sched.nidle) == sched.nactive && sched.nretiring == 0 && sched.blocked_ms == 0 && sched.pending == pending &&
           global_len() == 0 && !atomic_load(&sched.stopping) && timer_earliest() == TIMER_NEVER && netpoll_waiting() == 0;
}

void sched_check_deadlock(void) { // lock held, still held on return
    if (!deadlocked(0)) return;
    if (sched.on_asleep) {
        sched.on_asleep();
        return;
    }
    unlock();
    if (sched_num_goroutine() == 0) rt_fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    rt_fatal_deadlock("all goroutines are asleep - deadlock!");
}

void sched_on_asleep(void (*f)(void)) { sched.on_asleep = f; }

bool sched_asleep(void) {
    lock();
    bool yes = deadlocked(0);
    unlock();
    return yes;
}

void sched_pending_add(int n) {
    lock();
    sched.pending += n;
    if (sched.pending == 0) sched_check_deadlock();
    unlock();
}

// --- timers and sleep

void sched_note_deadline(int64_t when) {
    // All threads run goroutines, and may do so for long: the monitor sees to it.
    if (when < atomic_load(&sched.mon_until) - LATE_NS && !atomic_load(&sched.poll_until)) monitor_poke();
    if (when >= atomic_load(&sched.poll_until)) return; // also without a poller
    lock();
    M *m = sched.poller;
    if (m) {
        atomic_store(&m->wake, 1);
        if (m->in_poll) netpoll_break();
        else os_futex_wake(&m->wake, 1);
    }
    unlock();
}

static void sleep_over(P *p, void *arg, uint64_t seq) {
    (void)seq;
    sched_ready_tail(p, arg);
}

void sched_sleep(P *p, G *g, int64_t ns) {
    if (ns <= 0) {
        sched_requeue(p, g);
        return;
    }
    if (!g->timer) {
        Timer *t = base_calloc(1, sizeof *t);
        t->fire = sleep_over;
        t->arg = g;
        g->timer = t;
    }
    int64_t when;
    if (__builtin_add_overflow(timer_now(), ns, &when)) when = TIMER_NEVER - 1;
    sched_park_begin(g, WAIT_SLEEP);
    timer_start(p, g->timer, when, 0);
}
