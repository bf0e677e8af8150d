// SPDX-License-Identifier: MIT
// live.c: a machine that lives on between programs.
//
// The scheduler's first thread belongs to the machine, not to the prompt, so a
// prompt can wait for keys while goroutines run. What would end the process of
// an ordinary program (a panic, main's return, a deadlock, a full stack) ends
// the goroutine or is passed to the prompt.
#include "vm/live.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/chan.h"
#include "runtime/gc.h"
#include "runtime/heap.h"
#include "runtime/iface.h"
#include "runtime/network.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "runtime/timer.h"
#include "vm/machine.h"
#include "vm/native.h"

// A deferred call needs room on a stack that is full.
enum { OVERFLOW_RESERVE = 1 << 16, LIVE_STACK = (64 << 20) / 8 };

static struct {
    const Program *boot;
    void (*notify)(void);
    void (*report)(const char *text);
    _Atomic int state; // LiveState of the foreground goroutine
    _Atomic int64_t begun_ns, ended_ns; // of the foreground goroutine
} live;

static void foreground_ended(G *g, bool returned) {
    (void)g;
    atomic_store(&live.ended_ns, timer_now());
    int running = LIVE_RUNNING; // a panic has said so itself
    atomic_compare_exchange_strong(&live.state, &running, returned ? LIVE_RETURNED : LIVE_EXITED);
    live.notify();
}

static void panic_report(G *g, const char *text, size_t len) {
    if (len) live.report(text);
    int running = LIVE_RUNNING;
    if (g->id == atomic_load(&machine_main_id)) atomic_compare_exchange_strong(&live.state, &running, LIVE_PANICKED);
}

static bool overflow(G *g, uint64_t top) {
    if (top + OVERFLOW_RESERVE < machine_max_slots || g->panics) return false;
    rt_panic_plain(g, "stack overflow");
    return true;
}

static void *machine_thread(void *arg) {
    (void)arg;
    machine_begin(live.boot, 0);
    sched_run();
    return NULL;
}

bool live_start(const Program *boot, void (*notify)(void), void (*report)(const char *text)) {
    live.boot = boot;
    live.report = report;
    live.notify = notify;
    atomic_store(&live.state, LIVE_RUNNING);
    machine_main_ended = foreground_ended;
    machine_panic_report = panic_report;
    machine_overflow = overflow;
    if (!getenv("CSP_MAXSTACK")) machine_max_slots = LIVE_STACK;
    sched_on_asleep(notify);
    pthread_t thread;
    sigset_t all, old; // signals belong to the prompt's thread
    sigfillset(&all);
    sigdelset(&all, SIGURG); // of sched_interrupt
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int failed = pthread_create(&thread, NULL, machine_thread, NULL);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return !failed;
}

static void live_stopped(void (*f)(void *ctx), void *ctx) {
    sched_stop_world(NULL);
    f(ctx);
    sched_start_world(NULL);
}

static void forget_functions(void *ctx) {
    (void)ctx;
    machine_forget_functions();
}

bool live_run(const Program *input) {
    live_stopped(forget_functions, NULL); // the code may lie where that of an earlier input was
    if (!machine_take(input)) return false;
    atomic_store(&live.state, LIVE_RUNNING);
    atomic_store(&live.begun_ns, timer_now());
    sched_go_outside(func_closure(input->entry), &machine_main_id);
    return true;
}

LiveState live_state(void) { return (LiveState)atomic_load(&live.state); }

bool live_stuck(void) { return live_state() == LIVE_RUNNING && sched_asleep() && live_state() == LIVE_RUNNING; }

int64_t live_foreground(void) { return atomic_load(&machine_main_id); }

void live_detach(void) { atomic_store(&machine_main_id, 0); }

// --- with the world stopped

void live_change(void (*change)(void *ctx), void *ctx) {
    sched_stop_world(NULL);
    change(ctx);
    iface_forget();
    machine_forget_functions(); // those of inputs that are over are gone
    sched_start_world(NULL);
}

typedef struct Find { int64_t id; G *found; } Find;

static void match(G *g, void *ctx) {
    Find *f = ctx;
    if (g->id == f->id) f->found = g;
}

static G *find_g(int64_t id) {
    Find f = {.id = id};
    sched_each_g(match, &f);
    return f.found;
}

static bool interrupt(G *g);

static void interrupt_process(G *g, void *owner) {
    if (network_owner(g) == owner) interrupt(g);
}

// A goroutine that waits for the processes of a parallel command ends after them.
static bool interrupt(G *g) {
    if (atomic_load(&g->status) != G_WAITING || g->wait_reason != WAIT_PARALLEL) return sched_interrupt(g);
    g->interrupted = 1;
    sched_each_g(interrupt_process, g);
    return true;
}

typedef struct Ask { int64_t id; bool again; FILE *where; LiveInterrupt answer; } Ask;

static bool is_ending(const G *g) {
    for (const Panic *k = g->panics; k; k = k->link)
        if (k->goexit) return true;
    return false;
}

static void ask(void *ctx) {
    Ask *a = ctx;
    G *g = find_g(a->id);
    a->answer = LIVE_UNKNOWN;
    if (!g) return;
    if (a->where) native_traceback(a->where, g);
    a->answer = (a->again && is_ending(g)) || interrupt(g) ? LIVE_ASKED : LIVE_CANNOT;
}

LiveInterrupt live_interrupt(int64_t id, bool again, FILE *where) {
    Ask a = {id, again, where, LIVE_UNKNOWN};
    live_stopped(ask, &a);
    return a.answer;
}

static bool is_own(Str function) { return function.len > 5 && memcmp(function.ptr, "main.", 5) == 0; }

static void add_chan(LiveGoroutine *out, const Chan *c, bool send) {
    if (!chan_is_real(c) || c->part) return; // parts of a network are told of by their processes
    if (out->nchans < LIVE_CHANS) out->chans[out->nchans] = (LiveChan){c, send, chan_len(c), chan_cap(c)};
    out->nchans++;
}

static void add_chans(LiveGoroutine *out, const G *g) {
    if (g->wait_reason == WAIT_CHAN_SEND || g->wait_reason == WAIT_CHAN_RECEIVE) add_chan(out, g->sudog.owner, g->wait_reason == WAIT_CHAN_SEND);
    if (g->wait_reason != WAIT_SELECT) return;
    for (const Sudog *s = g->waiting; s; s = s->link) add_chan(out, s->owner, s->send);
}

static LiveGoroutine describe(G *g) {
    LiveGoroutine out = {.id = g->id, .state = sched_state_text(g), .foreground = g->id == live_foreground()};
    network_label(g, out.label, sizeof out.label);
    if (atomic_load(&g->status) == G_WAITING) {
        int64_t waited = timer_now() - g->wait_since;
        out.waited_ns = waited > 0 ? waited : 1;
        add_chans(&out, g);
    }
    NativeFrame f, first = {0};
    if (!g->pc || !g->stack) return out;
    for (int64_t i = 0; native_caller(g, i, &f); i++) {
        if (i == 0) first = f;
        if (!is_own(f.function)) continue;
        first = f;
        break;
    }
    out.function = first.function;
    out.file = first.file;
    out.line = first.line;
    return out;
}

typedef struct Visit { void (*f)(void *ctx, const LiveGoroutine *g); void *ctx; } Visit;

static void visit_g(G *g, void *ctx) {
    Visit *v = ctx;
    LiveGoroutine d = describe(g);
    v->f(v->ctx, &d);
}

static void visit_all(void *ctx) { sched_each_g(visit_g, ctx); }

void live_each(void (*f)(void *ctx, const LiveGoroutine *g), void *ctx) {
    Visit v = {f, ctx};
    live_stopped(visit_all, &v);
}

// --- where a channel is to be found

enum { SEARCH_MOST = 256, ELEMENTS_MOST = 64 };

typedef struct Search {
    const void *chan;
    char *path;
    size_t size;
    int left; // values to look at
} Search;

static bool find_chan(Search *s, const TypeDesc *t, const char *at, size_t len);

static bool find_in_elements(Search *s, const TypeDesc *t, const char *at, int64_t n, size_t len) {
    for (int64_t i = 0; i < n && i < ELEMENTS_MOST; i++) {
        int more = snprintf(s->path + len, s->size - len, "[%lld]", (long long)i);
        if (len + (size_t)more < s->size && find_chan(s, t, at + (uint64_t)i * t->size, len + (size_t)more)) return true;
    }
    return false;
}

static bool find_in_fields(Search *s, const TypeDesc *t, const char *at, size_t len) {
    for (uint32_t i = 0; i < t->nfields; i++) {
        const FieldDesc *f = &t->fields[i];
        int more = snprintf(s->path + len, s->size - len, ".%.*s", (int)f->name.len, f->name.ptr);
        if (len + (size_t)more < s->size && find_chan(s, f->type, at + f->offset, len + (size_t)more)) return true;
    }
    return false;
}

// What lies elsewhere may be C's, and be gone.
static bool in_heap(const void *p) {
    uint32_t i;
    return heap_find((uint64_t)(uintptr_t)p, &i) != NULL;
}

static bool find_chan(Search *s, const TypeDesc *t, const char *at, size_t len) {
    if (!t->ptr_words || s->left-- <= 0) return false;
    const void *p = *(const void *const *)(const void *)at;
    s->path[len] = 0;
    switch (t->kind) {
    case KIND_CHAN: return p == s->chan;
    case KIND_STRUCT: return find_in_fields(s, t, at, len);
    case KIND_ARRAY: return find_in_elements(s, t->elem, at, t->len, len);
    case KIND_SLICE: return in_heap(p) && find_in_elements(s, t->elem, p, ((const Slice *)(const void *)at)->len, len);
    case KIND_POINTER: return t->elem->kind == KIND_STRUCT && in_heap(p) && find_in_fields(s, t->elem, p, len);
    default: return false;
    }
}

bool live_chan_path(const void *chan, const TypeDesc *t, const void *addr, char *path, size_t size) {
    Search s = {chan, path, size, SEARCH_MOST};
    return find_chan(&s, t, addr, 0);
}

static bool place_of(G *g, Str *file, uint32_t *line) {
    NativeFrame f;
    if (!native_caller(g, 0, &f)) return false;
    *file = f.file;
    *line = f.line;
    return true;
}

static void report_networks(void *to) { network_report(to, place_of); }

void live_report_networks(FILE *to) { live_stopped(report_networks, to); }

typedef struct Trace { int64_t id; FILE *to; bool found; } Trace;

static void trace(void *ctx) {
    Trace *t = ctx;
    G *g = find_g(t->id);
    t->found = g != NULL;
    if (g) native_traceback(t->to, g);
}

bool live_traceback(int64_t id, FILE *to) {
    Trace t = {id, to, false};
    live_stopped(trace, &t);
    return t.found;
}

// --- counts

static void add_counts(P *p, void *ctx) {
    LiveCounts *c = ctx;
    uint64_t objects, bytes;
    heap_cached(p, &objects, &bytes); // counted as allocated when the processor got them
    c->bytes -= bytes;
    c->mallocs -= objects;
    c->switches += atomic_load_explicit(&p->tick, memory_order_relaxed) + p->hops_given - p->hops;
    c->chan_ops += p->chan_ops;
}

static void count(void *ctx) {
    LiveCounts *c = ctx;
    GcStats s;
    gc_stats(&s);
    *c = (LiveCounts){.bytes = s.total_alloc, .mallocs = s.mallocs, .goroutines = sched_num_goroutine(), .started = sched_num_started()};
    sched_each_p(add_counts, c);
}

LiveCounts live_counts(void) {
    LiveCounts c;
    live_stopped(count, &c);
    return c;
}

static void set_counting(void *ctx) { machine_counts_chan_ops = *(bool *)ctx; }
void live_count_chan_ops(bool on) { live_stopped(set_counting, &on); }

int64_t live_took_ns(void) { return atomic_load(&live.ended_ns) - atomic_load(&live.begun_ns); }
