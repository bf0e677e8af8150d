// SPDX-License-Identifier: MIT
// sched.c: goroutines on threads.
//
// A thread (M) runs goroutines (G) only while it holds a processor (P). Each P
// has runnext (owner only), a ring of 256 that others steal from, and there is
// one global queue. Threads and the monitor are started when first needed.
//
// This file has what is left beside sched_run.c (queues, the loop of a thread),
// sched_wake.c (threads and goroutines that become active), sched_preempt.c
// (stopping, the monitor) and sched_g.c (goroutines): system calls, the number
// of processors, the end of the process, reports.
//
// Facts that hold whenever Sched.lock is free:
// - a P in idle_ps has status P_IDLE, no M, an empty ring and no runnext;
// - an M in idle_ms holds no P; with next_p set it has been taken off the list;
// - a G with locked_m is never in a ring or runnext, only in the global queue;
// - while stopping is set, no P turns from P_IDLE to P_RUNNING.
//
// Waking is what costs (5 us against 15 ns for a switch), so: a hand-off into
// runnext wakes nobody; whoever makes a ring non-empty wakes one thread if a P
// is idle and nobody is searching; a searcher that finds work wakes the next.
// The look at "idle" and "searching" is unordered after the push. A wake-up
// lost that way delays work only: its P is running, and the monitor looks again
// every 10 ms. Work in a ring wakes nobody either once as many P are in use as
// there are CPUs (excess counts those beyond): more threads would only take
// turns on a CPU, which costs more than turns on a P.
// A thread that soon runs out of work again was not worth its wake-up. Then
// pushes wake nobody: the monitor does, which looks every 250 to 500 us as long
// as work is pushed, until one turns out to be of use (wake_gap).
//
// Turns: runnext has up to SCHED_HOPS turns before the ring gets one. They share
// a time slice, since the monitor sees only the switches of the slow path, and
// when it is over the ring is served: nobody there waits longer for runnext's
// chain than for one goroutine that spins. The ring is served in order, a
// goroutine whose slice is over goes to the global queue's end. While some use up their slices (crowded), slices are
// short, and what timers or I/O made ready goes before all that waits, three
// times out of four: it has waited already, and mostly needs little.
//
// Sleeping: one idle thread, the poller, sleeps until the next timer, in
// netpoll if there is any; the others sleep without limit.
//
// Locks: Sched.lock, innermost but for the ones of timers and netpoll, which
// are never held together with it. Memory orders other than seq_cst name their
// partner; relaxed accesses to runnext, tick and G.status are by the owner, for
// hints, or covered by the ring's tail or a lock.
#include "runtime/sched.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/base.h"
#include "runtime/debug.h"
#include "runtime/heap.h"
#include "runtime/panic.h"
#include "runtime/sched_impl.h"
#include "runtime/timer.h"

// From so many threads on, blocking calls wait for the monitor rather than start one at once.
enum { MANY_THREADS = 32 };

Sched sched;
Engine engine;
_Thread_local P *current_p;
_Thread_local M *sched_current_m;
_Atomic int64_t sched_coarse_now;

// --- system calls

static void enter_syscall(G *g, bool at_once) {
    P *p = current_p;
    M *m = sched_current_m;
    m->syscall_p = p;
    atomic_store_explicit(&m->call_g, g, memory_order_relaxed);
    atomic_store_explicit(&p->syscall_tick, atomic_load_explicit(&p->syscall_tick, memory_order_relaxed) + 1, memory_order_relaxed);
    atomic_store_explicit(&g->status, G_SYSCALL, memory_order_relaxed);
    atomic_store(&p->status, SYSCALL_OF(m)); // pairs with sched_stop_world and the monitor
    if (!at_once && !atomic_load(&sched.stopping)) return;
    lock();
    if (atomic_load(&sched.stopping)) {
        if (p_seize(p, SYSCALL_OF(m), P_STOPPED) && sched.stop_wait > 0 && --sched.stop_wait == 0) {
            atomic_store(&sched.stop_done, 1);
            os_futex_wake(&sched.stop_done, 1);
        }
        unlock();
    } else if (!sched.idle_ms && sched.nms >= MANY_THREADS) {
        unlock(); // a new thread costs more than the monitor's delay; soon one comes back
    } else if (p_seize(p, SYSCALL_OF(m), P_RUNNING)) {
        sched_handoff_unlock(p);
    } else {
        unlock();
    }
}

void sched_enter_syscall(G *g) { enter_syscall(g, false); }
void sched_enter_blocking(G *g) { enter_syscall(g, true); }

// The P was taken: get another, or queue g as tied to this thread.
static P *leave_slow(M *m, G *g) {
    lock();
    sched.blocked_ms--;
    P *p = sched_take_idle_p();
    if (p) {
        p->m = m;
        unlock();
        return p;
    }
    M *tied = g->locked_m;
    g->locked_m = m;
    atomic_store_explicit(&g->status, G_RUNNABLE, memory_order_relaxed);
    back_push(g);
    unlock();
    wake_one();
    p = sched_wait_handoff(m);
    m->next_g = NULL;
    g->locked_m = tied;
    return p;
}

P *sched_leave_syscall(G *g) {
    bool taken;
    return sched_leave_syscall_told(g, &taken);
}

P *sched_leave_syscall_told(G *g, bool *taken) {
    M *m = sched_current_m;
    P *p = m->syscall_p;
    atomic_store_explicit(&m->call_g, NULL, memory_order_relaxed);
    uint64_t mine = SYSCALL_OF(m);
    *taken = !atomic_compare_exchange_strong(&p->status, &mine, P_RUNNING);
    if (*taken) {
        current_p = NULL;
        p = leave_slow(m, g);
        current_p = p;
    }
    mark_running(p, g);
    sched_give_hops(p, m->locked_g || sched.seeded ? 0 : SCHED_HOPS);
    return p;
}

void sched_lock_thread(G *g) {
    g->locked_m = sched_current_m;
    sched_current_m->locked_g = g;
    sched_give_hops(current_p, 0);
}

void sched_unlock_thread(G *g) {
    if (g->callbacks) return;
    g->locked_m = NULL;
    sched_current_m->locked_g = NULL;
}

bool sched_tie(G *g) {
    if (g->locked_m == sched_current_m) return false;
    sched_lock_thread(g);
    return true;
}

void sched_untie(G *g) {
    sched_unlock_thread(g);
    sched_give_hops(current_p, sched.seeded ? 0 : SCHED_HOPS);
}

P *sched_wait_turn(G *g) {
    current_p->current = NULL;
    if (sched_wait_for_locked(sched_current_m) != g) rt_throw("sched: thread got a foreign goroutine");
    mark_running(current_p, g);
    sched_give_hops(current_p, 0); // sched_next must give nothing
    return current_p;
}

// --- processors

static P *p_make(void) {
    P *p = aligned_alloc(_Alignof(P), sizeof *p);
    if (!p) rt_fatal("out of memory");
    memset(p, 0, sizeof *p);
    uint32_t i = atomic_load(&sched.nall);
    p->id = i;
    p->rand = (uint64_t)timer_now() * 2654435761u ^ (uint64_t)(uintptr_t)p ^ (uint64_t)getpid() << 32;
    p->rand |= 1;
    sched_give_hops(p, SCHED_HOPS);
    p->cache = &heap_no_cache;
    p->alone = i == 0;
    if (i == 1) atomic_load(&sched.all[0])->alone = false; // its thread makes the second one
    atomic_store(&sched.all[i], p);
    atomic_store(&sched.nall, i + 1);
    return p;
}

static void count_active(int n) { // lock held
    sched.nactive += (uint32_t)n;
    atomic_store(&sched.excess, sched.nactive > sched.ncpus ? sched.nactive - sched.ncpus : 0);
}

static void p_revive(P *p) { // lock held
    atomic_store(&p->status, P_RUNNING);
    sched_release_p(p);
    count_active(1);
}

int sched_set_procs(int n) {
    lock();
    int old = (int)sched.nactive;
    if (n < 1 || sched.seeded) {
        unlock();
        return old;
    }
    if (n > MAX_PROCS) n = MAX_PROCS;
    for (uint32_t i = 0; i < MAX_PROCS && sched.nactive < (uint32_t)n; i++) {
        if (i == atomic_load(&sched.nall)) p_make(), atomic_store(&sched.all[i]->status, P_DEAD);
        P *p = atomic_load(&sched.all[i]);
        if (p->retire) {
            p->retire = false;
            sched.nretiring--;
            count_active(1);
        } else if (p_status(p) == P_DEAD) {
            p_revive(p);
        }
    }
    for (uint32_t i = atomic_load(&sched.nall); i-- > 0 && sched.nactive > (uint32_t)n;) {
        P *p = atomic_load(&sched.all[i]);
        if (p == current_p || p->retire || p_status(p) == P_DEAD) continue;
        count_active(-1);
        sched.nretiring++;
        p->retire = true;
        if (p_status(p) != P_IDLE) {
            atomic_fetch_or(&p->preempt, PREEMPT_STOP);
            continue;
        }
        for (P **at = &sched.idle_ps; *at; at = &(*at)->idle_link)
            if (*at == p) {
                *at = p->idle_link;
                break;
            }
        atomic_fetch_sub(&sched.nidle, 1);
        sched_release_p(p);
    }
    unlock();
    wake_one();
    return old;
}

bool sched_is_seeded(void) { return sched.seeded; }

static int default_procs(void) {
    const char *s = getenv("GOMAXPROCS");
    int n = s ? atoi(s) : 0;
    return n > 0 ? n : os_cpu_count();
}

void sched_init(int nprocs) {
    if (nprocs < 1) nprocs = default_procs();
    if (nprocs > MAX_PROCS) nprocs = MAX_PROCS;
    sched.seeded = debug_flags.schedseed != 0;
    if (sched.seeded) nprocs = 1;
    atomic_store(&sched.next_id, 1);
    atomic_store(&sched_coarse_now, timer_now());
    M *m = sched_make_m();
    P *p = p_make();
    if (sched.seeded) {
        p->rand = (uint64_t)debug_flags.schedseed * 0x9e3779b97f4a7c15ULL | 1;
        sched_give_hops(p, 0);
    }
    atomic_store(&p->status, P_RUNNING);
    p->m = m;
    m->thread = pthread_self();
    sched_current_m = m;
    current_p = p;
    sched.ncpus = (uint32_t)os_cpu_count();
    count_active(1);
    for (int i = 1; i < nprocs; i++) {
        P *q = p_make();
        lock();
        p_revive(q);
        unlock();
    }
}

// --- ends and reports

static void on_sigquit(int sig) {
    (void)sig;
    atomic_store(&sched.quitting, 1);
    for (uint32_t i = 0; i < atomic_load(&sched.nall); i++) atomic_fetch_or(&atomic_load(&sched.all[i])->preempt, PREEMPT_STOP);
    if (atomic_load(&sched.mon_started)) {
        monitor_poke();
        return;
    }
    // Alone, and in a system call: nobody else would report, and nothing moves.
    P *p = atomic_load(&sched.all[0]);
    if (STATUS_KIND(p_status(p)) == P_SYSCALL) sched_quit_report();
}

void sched_quit_report(void) {
    if (!sched_freeze()) return;
    static const char text[] = "SIGQUIT: quit\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    sched_traceback_all(current_p ? current_p->current : NULL);
    _exit(2);
}

int sched_run(void) {
    struct sigaction sa = {.sa_handler = on_sigquit};
    sigaction(SIGQUIT, &sa, NULL);
    sched_worker_loop(sched_current_m);
    return 0;
}

void sched_at_exit(void (*hook)(void)) {
    lock();
    bool room = sched.nhooks < MAX_HOOKS;
    if (room) sched.hooks[sched.nhooks++] = hook;
    unlock();
    if (!room) rt_throw("sched: too many exit hooks");
}

void sched_exit(int status) {
    while (atomic_exchange(&sched.exiting, 1)) os_sleep(SLICE_NS); // another thread ends the process
    while (sched.nhooks) sched.hooks[--sched.nhooks]();
    _exit(status);
}

bool sched_freeze(void) {
    if (atomic_exchange(&sched.frozen, 1)) return false;
    atomic_store(&sched.stopping, 1);
    uint32_t n = atomic_load(&sched.nall);
    for (uint32_t i = 0; i < n; i++) atomic_fetch_or(&atomic_load(&sched.all[i])->preempt, PREEMPT_STOP);
    for (int tries = 0; tries < 200; tries++) {
        uint32_t running = 0;
        for (uint32_t i = 0; i < n; i++) {
            P *p = atomic_load(&sched.all[i]);
            running += p != current_p && p_status(p) == P_RUNNING;
        }
        if (!running) break;
        os_sleep(100000);
    }
    return true;
}

static const char *const wait_texts[] = {
#define WAIT_REASON(name, text) text,
#include "runtime/wait_reasons.def"
#undef WAIT_REASON
};

const char *sched_state_text(G *g) {
    switch (atomic_load(&g->status)) {
    case G_RUNNABLE: return "runnable";
    case G_RUNNING: return "running";
    case G_SYSCALL: return "syscall";
    case G_WAITING: return g->wait_reason ? wait_texts[g->wait_reason] : "waiting";
    default: return "idle";
    }
}

static void print_g(G *g) {
    char since[48] = "", label[128] = "";
    int64_t minutes = (timer_now() - g->wait_since) / 60000000000LL;
    if (atomic_load(&g->status) == G_WAITING && minutes >= 1) snprintf(since, sizeof since, ", %lld minutes", (long long)minutes);
    if (engine.label) engine.label(g, label, sizeof label);
    fprintf(stderr, "\ngoroutine %lld [%s%s%s]%s%s:\n", (long long)g->id, sched_state_text(g), since, g->locked_m ? ", locked to thread" : "", *label ? ", process " : "", label);
    fflush(stderr);
    if (engine.traceback) engine.traceback(g);
}

static void print_other(G *g, void *current) {
    if (g != current) print_g(g);
}

void sched_traceback_all(G *current) {
    if (current) print_g(current);
    sched_each_g(print_other, current);
}
