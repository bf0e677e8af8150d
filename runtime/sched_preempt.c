// SPDX-License-Identifier: MIT
// sched_preempt.c: stopping the world, safepoints, and the monitor, a thread
// that sees to those that run for long, are in system calls for long, or leave
// work in their queues for long.
#include "runtime/gc.h"
#include "runtime/heap.h"
#include "runtime/netpoll.h"
#include "runtime/sched_impl.h"
#include "runtime/timer.h"

#define SYSCALL_NS 20000LL      // the monitor's period after it took a P from a system call
#define CROWDED_NS 2500000LL    // the time slice once goroutines use up theirs while others wait
enum { CROWDED_ROUNDS = 40, DEEP_ROUNDS = 5 };

// --- stopping the world

// The calling thread's P stops until the world starts again. Lock held on
// entry and on return.
static void stop_here(P *p) {
    atomic_store(&p->status, P_STOPPED);
    if (sched.stop_wait > 0 && --sched.stop_wait == 0) {
        atomic_store(&sched.stop_done, 1);
        os_futex_wake(&sched.stop_done, 1);
    }
    uint32_t gen = atomic_load(&sched.world_gen);
    unlock();
    while (atomic_load(&sched.world_gen) == gen) os_futex_wait(&sched.world_gen, gen, -1);
    lock();
}

void sched_stop_world(P *p) {
    lock();
    while (atomic_load(&sched.stopping)) {
        if (p) {
            stop_here(p);
            continue;
        }
        unlock();
        os_sleep(SYSCALL_NS);
        lock();
    }
    // seq_cst with the status of P entering a system call: one of both sides
    // sees the other
    atomic_store(&sched.stopping, 1);
    atomic_store(&sched.stop_done, 0);
    sched.stop_wait = 0;
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) {
        P *q = atomic_load(&sched.all[i]);
        if (q == p) continue;
        atomic_fetch_or(&q->preempt, PREEMPT_STOP);
        for (;;) {
            uint64_t s = p_status(q);
            if (STATUS_KIND(s) == P_SYSCALL && !p_seize(q, s, P_STOPPED)) continue;
            if (STATUS_KIND(s) == P_RUNNING) sched.stop_wait++;
            break;
        }
    }
    bool wait = sched.stop_wait > 0;
    unlock();
    while (wait && !atomic_load(&sched.stop_done)) os_futex_wait(&sched.stop_done, 0, -1);
}

void sched_start_world(P *p) {
    lock();
    while (atomic_load(&sched.frozen)) { // a report is being printed; the process ends
        unlock();
        os_sleep(SLICE_NS);
        lock();
    }
    atomic_store(&sched.stopping, 0);
    P *orphans = NULL;
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) {
        P *q = atomic_load(&sched.all[i]);
        if (q == p || STATUS_KIND(p_status(q)) != P_STOPPED) continue;
        atomic_store(&q->status, P_RUNNING);
        if (!q->m) {
            q->idle_link = orphans;
            orphans = q;
        }
    }
    atomic_fetch_add(&sched.world_gen, 1);
    unlock();
    os_futex_wake(&sched.world_gen, INT32_MAX);
    while (orphans) { // P of threads in system calls
        P *q = orphans;
        orphans = q->idle_link;
        lock();
        sched_handoff_unlock(q);
    }
    if (global_len()) wake_one();
}

// Takes part in what the whole process waits for.
void sched_check_world(P *p) {
    if (atomic_load(&sched.quitting)) sched_quit_report();
    while (atomic_load(&sched.stopping)) {
        lock();
        if (atomic_load(&sched.stopping)) stop_here(p);
        unlock();
    }
    if (atomic_load(&gc_wanted)) gc_step(p);
}

void sched_take_part(P *p) {
    if (!atomic_load_explicit(&p->preempt, memory_order_relaxed)) return;
    atomic_fetch_and(&p->preempt, ~(uint32_t)(PREEMPT_STOP | PREEMPT_GC));
    sched_check_world(p);
}

bool sched_safepoint(P *p, G *g) {
    uint32_t why = atomic_exchange(&p->preempt, 0);
    sched_check_world(p);
    if (p->retire) {
        atomic_fetch_or(&p->preempt, PREEMPT_STOP); // sched_next gives nothing any more
        sched_requeue(p, g);
        return true;
    }
    if (why & PREEMPT_KICK) { // work in runnext that another thread could do
        G *next = atomic_load_explicit(&p->runnext, memory_order_relaxed);
        if (next) {
            atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
            sched_push(p, next);
        }
    }
    if (!(why & PREEMPT_SLICE)) return false;
    G *next = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    timer_run(p, timer_now());
    if (!has_local_work(p) && !global_len()) return false;
    // The slice was that of all the turns that runnext had in it: now the ring
    // gets one, but for what a timer has just made ready.
    if (ring_len(p) && atomic_load_explicit(&p->runnext, memory_order_relaxed) == next) sched_give_hops(p, 0);
    sched_requeue(p, g);
    return true;
}

// --- the monitor

typedef struct Look { // what one round of the monitor found
    int64_t now;
    bool retook, kicked, due, crowded;
} Look;

// A P in a system call since the last look, and wanted, is taken from it.
static void look_syscall(P *p, uint64_t status, Look *look) {
    uint32_t tick = atomic_load_explicit(&p->syscall_tick, memory_order_relaxed);
    if (p->seen_syscall_tick != tick) {
        p->seen_syscall_tick = tick;
        p->seen_when = look->now;
        if (has_local_work(p) || global_len()) look->retook = true; // look again soon
        return;
    }
    bool wanted = has_local_work(p) || global_len() || look->due;
    if (!wanted && look->now - p->seen_when < SLICE_NS) return;
    lock();
    if (!atomic_load(&sched.stopping) && p_seize(p, status, P_RUNNING)) {
        sched_handoff_unlock(p);
        look->retook = true;
    } else {
        unlock();
    }
}

static void look_running(P *p, Look *look) {
    uint32_t tick = atomic_load_explicit(&p->tick, memory_order_relaxed);
    if (p->seen_tick != tick) {
        p->seen_tick = tick;
        p->seen_when = look->now;
        return;
    }
    if (look->due) {
        atomic_fetch_or(&p->preempt, PREEMPT_SLICE);
        look->due = false; // one is enough
    }
    int64_t slice = atomic_load_explicit(&sched.crowded, memory_order_relaxed) ? CROWDED_NS : SLICE_NS;
    if (look->now - p->seen_when >= slice && (has_local_work(p) || global_len())) {
        look->crowded = true;
        p->seen_when = look->now;
        atomic_fetch_or(&p->preempt, PREEMPT_SLICE);
    } else if (atomic_load_explicit(&p->runnext, memory_order_relaxed) && has_spare()) {
        atomic_fetch_or(&p->preempt, PREEMPT_KICK);
        look->kicked = true;
    }
}

static void want_collection(P *p, void *ctx) {
    (void)ctx;
    gc_request(p);
}

static void look_at_all(Look *look) {
    if (gc_step_due()) sched_each_p(want_collection, NULL);
    look->due = timer_earliest() <= look->now;
    lock();
    bool poller = sched.poller != NULL;
    unlock();
    if (poller) look->due = false;
    if (!poller && netpoll_active()) sched_inject(NULL, netpoll_poll(0));
    if (look->due && atomic_load(&sched.nidle)) {
        wake_one();
        look->due = false;
    }
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) {
        P *p = atomic_load(&sched.all[i]);
        uint64_t s = p_status(p);
        if (STATUS_KIND(s) == P_SYSCALL) look_syscall(p, s, look);
        else if (STATUS_KIND(s) == P_RUNNING) look_running(p, look);
    }
    if (has_spare() && (global_len() || sched_any_ring_filled())) {
        wake_one();
        look->kicked = true;
    }
}

// Sleeps without limit once nothing has run for some rounds. Tells whether it did.
static bool monitor_rest(uint32_t *idle_rounds) {
    lock();
    bool idle = atomic_load(&sched.nidle) == sched.nactive && sched.nretiring == 0;
    *idle_rounds = idle ? *idle_rounds + 1 : 0;
    if (*idle_rounds < DEEP_ROUNDS) {
        unlock();
        return false;
    }
    sched.mon_deep = true;
    atomic_store(&sched.mon_word, 0);
    unlock();
    while (!atomic_load(&sched.mon_word)) os_futex_wait(&sched.mon_word, 0, -1);
    *idle_rounds = 0;
    return true;
}

static int64_t monitor_period(const Look *look, int64_t fast_rounds) {
    int64_t period = atomic_load(&sched.crowded) ? CROWDED_NS : SLICE_NS;
    int64_t gap = atomic_load(&sched.wake_gap);
    if (atomic_load(&sched.mon_short)) period = gap > SHORT_NS ? gap : SHORT_NS;
    if (fast_rounds) period = SYSCALL_NS;
    if (atomic_load(&sched.poll_until) == 0) { // nobody else waits for the timers
        int64_t left = timer_earliest() - look->now;
        if (left < period) period = left > SYSCALL_NS ? left : SYSCALL_NS;
    }
    return period;
}

static void *monitor_main(void *arg) {
    (void)arg;
    uint32_t idle_rounds = 0, fast_rounds = 0;
    bool on_trial = false;
    Look look = {.now = timer_now()};
    for (;;) {
        int64_t period = monitor_period(&look, fast_rounds);
        atomic_store(&sched.mon_until, look.now + period);
        os_futex_wait(&sched.mon_word, 0, period);
        atomic_store(&sched.mon_until, 0);
        atomic_store(&sched.mon_word, 0);
        if (atomic_load(&sched.quitting)) sched_quit_report();
        look = (Look){.now = timer_now()};
        atomic_store_explicit(&sched_coarse_now, look.now, memory_order_relaxed);
        if (atomic_load(&sched.stopping) || monitor_rest(&idle_rounds)) continue;
        // at work for more than a round already
        if (on_trial && atomic_load(&sched.on_trial) && !fast_rounds) sched_wake_was_of_use(true);
        on_trial = atomic_load(&sched.on_trial);
        look_at_all(&look);
        uint32_t left = atomic_load(&sched.mon_short);
        if (left) atomic_store(&sched.mon_short, left - 1);
        if (look.kicked) atomic_store(&sched.mon_short, SHORT_ROUNDS);
        left = atomic_load(&sched.crowded);
        if (look.crowded || left) atomic_store(&sched.crowded, look.crowded ? CROWDED_ROUNDS : left - 1);
        if (look.retook) fast_rounds = SHORT_ROUNDS;
        else if (fast_rounds) fast_rounds--;
    }
    return NULL;
}

void sched_need_monitor(void) {
    if (atomic_load_explicit(&sched.mon_started, memory_order_relaxed)) return;
    if (!atomic_exchange(&sched.mon_started, 1)) sched_start_thread(monitor_main, NULL);
}
