// SPDX-License-Identifier: MIT
// repl.c: natives of package internal/repl.
//
// Values that pass watched channels lie in a queue, in slot layout, until the
// goroutine that prints them takes them. Lock: watch.lock, inside of a
// channel's; the collector reads the queue while the world is stopped.
#include "runtime/chan.h"
#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/lock.h"
#include "runtime/sched.h"
#include "stdlib/stdlib.h"
#include "vm/native.h"

bool stdlib_repl_color;

static NativeStatus color(NativeCall *c) {
    native_ret_bool(c, stdlib_repl_color);
    return NATIVE_OK;
}

_Atomic int64_t stdlib_repl_printer;

static NativeStatus print_for_prompt(NativeCall *c) {
    atomic_store(&stdlib_repl_printer, c->g->id);
    return NATIVE_OK;
}

enum { IDS_SHOWN = 64 };

static Slice id_list(const int64_t *ids, uint32_t n) {
    int64_t *list = gc_new_noscan(current_p, n ? n * sizeof *list : 1);
    memcpy(list, ids, n * sizeof *list);
    return (Slice){list, n, n};
}

static NativeStatus chan_state_of(NativeCall *c) {
    int64_t receivers[IDS_SHOWN], senders[IDS_SHOWN];
    ChanState s = {.receivers = receivers, .senders = senders, .room = IDS_SHOWN};
    chan_state(native_ptr(c), &s);
    native_ret_int(c, s.len);
    native_ret_int(c, s.cap);
    native_ret_bool(c, s.closed);
    native_ret_slice(c, id_list(receivers, s.nreceivers));
    native_ret_slice(c, id_list(senders, s.nsenders));
    return NATIVE_OK;
}

static NativeStatus chan_elem(NativeCall *c) {
    Chan *ch = native_ptr(c);
    int64_t i = native_int(c);
    native_ret_bool(c, chan_peek(ch, i, native_ptr(c)));
    return NATIVE_OK;
}

// --- watched channels

typedef struct Passed {
    struct Passed *next;
    Chan *chan;
    uint32_t slots;
    uint64_t value[];
} Passed;

static struct {
    RtLock lock;
    Passed *first, **end;
    G *printer; // parked until there is something
} watch = {.end = &watch.first};

static void note_passed(Chan *c, const uint64_t *value, uint32_t slots) {
    Passed *m = base_malloc(sizeof *m + slots * sizeof *value);
    *m = (Passed){.chan = c, .slots = slots};
    memcpy(m->value, value, slots * sizeof *value);
    rt_lock(&watch.lock);
    *watch.end = m;
    watch.end = &m->next;
    G *g = watch.printer;
    watch.printer = NULL;
    rt_unlock(&watch.lock);
    if (g) sched_ready(current_p, g);
}

static void scan_passed(void (*visit)(void *ctx, uint64_t word), void *ctx) {
    for (const Passed *m = watch.first; m; m = m->next) {
        visit(ctx, (uint64_t)(uintptr_t)m->chan);
        for (uint32_t i = 0; i < m->slots; i++) visit(ctx, m->value[i]);
    }
}

static NativeStatus watch_chan(NativeCall *c) {
    if (!chan_watcher) {
        chan_watcher = note_passed;
        gc_add_root_scanner(scan_passed);
    }
    chan_watch(native_ptr(c));
    return NATIVE_OK;
}

// The channel of the oldest value; waits for one.
static NativeStatus watch_next(NativeCall *c) {
    native_again(c);
    rt_lock(&watch.lock);
    Passed *m = watch.first;
    if (!m) {
        watch.printer = c->g;
        c->g->sudog.owner = NULL; // no channel: for reports
        sched_park_begin(c->g, WAIT_CHAN_RECEIVE);
    }
    rt_unlock(&watch.lock);
    if (!m) return NATIVE_AGAIN;
    native_ret_ptr(c, m->chan);
    return NATIVE_OK;
}

static NativeStatus watch_take(NativeCall *c) {
    uint64_t *dst = native_ptr(c);
    rt_lock(&watch.lock);
    Passed *m = watch.first;
    watch.first = m->next;
    if (!watch.first) watch.end = &watch.first;
    rt_unlock(&watch.lock);
    memcpy(dst, m->value, m->slots * sizeof *dst);
    base_free(m);
    return NATIVE_OK;
}

const NativeDef internal_repl_natives[] = {{"color", color}, {"chanState", chan_state_of}, {"chanElem", chan_elem}, {"watchChan", watch_chan}, {"printForPrompt", print_for_prompt}, {"watchNext", watch_next}, {"watchTake", watch_take}, {NULL, NULL}};
