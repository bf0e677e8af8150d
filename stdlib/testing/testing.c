// SPDX-License-Identifier: MIT
// testing.c: natives of package testing: groups of goroutines, the alarm.
//
// A group is a number in each goroutine, which those it starts inherit
// (vm/interp.c). Only the goroutine itself writes its own.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/os.h"
#include "runtime/sched.h"
#include "runtime/str.h"
#include "vm/native.h"

enum { GROUPS = 256 };

static bool is_member(const G *g, int64_t group, const G *but) { return g->group == group && g != but; }

static void mark_group(G *g, void *taken) { ((bool *)taken)[g->group] = true; }

static NativeStatus begin_group(NativeCall *c) {
    static int last;
    bool taken[GROUPS] = {false};
    sched_stop_world(current_p);
    sched_each_g(mark_group, taken);
    int n = 0;
    for (int tried = 1; !n && tried < GROUPS; tried++) {
        last = last % (GROUPS - 1) + 1;
        if (!taken[last]) n = last;
    }
    c->g->group = (uint8_t)n;
    sched_start_world(current_p);
    native_ret_int(c, n);
    return NATIVE_OK;
}

typedef struct Members {
    int64_t group;
    const G *but;
    int64_t all, busy;
    FILE *to;
} Members;

static void count_member(G *g, void *ctx) {
    Members *m = ctx;
    if (!is_member(g, m->group, m->but)) return;
    m->all++;
    m->busy += atomic_load(&g->status) != G_WAITING;
}

static NativeStatus group_members(NativeCall *c) {
    Members m = {.group = native_int(c), .but = c->g};
    sched_stop_world(current_p);
    sched_each_g(count_member, &m);
    sched_start_world(current_p);
    native_ret_int(c, m.all);
    native_ret_int(c, m.busy);
    return NATIVE_OK;
}

static void print_member(G *g, void *ctx) {
    const Members *m = ctx;
    if (!is_member(g, m->group, m->but)) return;
    fprintf(m->to, "goroutine %lld [%s]:\n", (long long)g->id, sched_state_text(g));
    native_traceback(m->to, g);
    fputc('\n', m->to);
}

static NativeStatus group_text(NativeCall *c) {
    char *text = NULL;
    size_t n = 0;
    Members m = {.group = native_int(c), .but = c->g, .to = open_memstream(&text, &n)};
    if (m.to) {
        sched_stop_world(current_p);
        sched_each_g(print_member, &m);
        sched_start_world(current_p);
        fclose(m.to);
    }
    native_ret_str(c, str_make(current_p, text ? text : "", (int64_t)n));
    free(text);
    return NATIVE_OK;
}

static NativeStatus allocated(NativeCall *c) {
    GcStats s;
    sched_stop_world(current_p);
    gc_stats(&s);
    sched_start_world(current_p);
    native_ret_word(c, s.mallocs);
    native_ret_word(c, s.total_alloc);
    return NATIVE_OK;
}

// --- the alarm: a thread, not a timer, since a program whose goroutines wait
// for one another and for nothing else is to be found out at once.

typedef struct Alarm {
    int64_t ns;
    const void *closure; // of a declared function: not in the heap
} Alarm;

static void *ring(void *arg) {
    Alarm a = *(Alarm *)arg;
    free(arg);
    for (int64_t end = os_nanotime() + a.ns, left; (left = end - os_nanotime()) > 0;) os_sleep(left);
    sched_go_outside(a.closure, NULL);
    return NULL;
}

static NativeStatus start_alarm(NativeCall *c) {
    Alarm *a = base_malloc(sizeof *a);
    a->ns = native_int(c);
    a->closure = native_ptr(c);
    pthread_t thread;
    if (pthread_create(&thread, NULL, ring, a) == 0) pthread_detach(thread);
    else free(a);
    return NATIVE_OK;
}

// Prints all goroutines and ends the process.
static NativeStatus die_with(NativeCall *c) {
    Str text = native_str(c);
    while (!sched_freeze()) os_sleep(INT64_C(1000000000)); // another report ends the process
    fwrite(text.ptr, 1, (size_t)text.len, stderr);
    sched_traceback_all(c->g);
    sched_exit(2);
}

extern const NativeDef testing_natives[];
const NativeDef testing_natives[] = {
    {"beginGroup", begin_group}, {"groupMembers", group_members}, {"groupText", group_text}, {"allocated", allocated}, {"startAlarm", start_alarm}, {"dieWith", die_with}, {NULL, NULL}};
