// SPDX-License-Identifier: MIT
// repl_run.c: running an input, and what is kept of it.
//
// An input is a transaction: its names are known to later ones only if it ran to
// its end. Waiting for that end, the prompt's thread passes output on, and hears of
// Ctrl-C and of deadlocks.
#define _GNU_SOURCE
#include <ctype.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "cli/repl_impl.h"
#include "compiler/session.h"
#include "runtime/lock.h"
#include "runtime/sched.h"

enum { AGAIN_MS = 20, NAME_MAX_LEN = 64 };

// --- running an input

// Goroutines of the prompt itself are not told about.
bool repl_is_own(const LiveGoroutine *g) {
    static const char own[] = "internal/repl.";
    return g->function.len >= (int64_t)sizeof own - 1 && memcmp(g->function.ptr, own, sizeof own - 1) == 0;
}

// The best name of a channel: a variable, else what a variable leads to, else "it".
typedef struct ChanName {
    const void *chan;
    int rank; // of text; 0: none
    char text[96];
} ChanName;

static void match_chan(void *ctx, const char *name, const TypeDesc *t, const void *at) {
    ChanName *c = ctx;
    char path[64];
    if (c->rank == 3 || !live_chan_path(c->chan, t, at, path, sizeof path)) return;
    int rank = strcmp(name, "it") == 0 || name[0] == '_' ? 1 : *path ? 2 : 3;
    if (rank <= c->rank) return;
    c->rank = rank;
    snprintf(c->text, sizeof c->text, "%s%s", name, path);
}

static void add_chan(Text *t, const LiveChan *c) {
    char buf[96];
    ChanName found = {.chan = c->at};
    session_each_var(match_chan, &found);
    const char *name = found.rank ? found.text : NULL;
    int n = name ? 0 : snprintf(buf, sizeof buf, "chan %p", c->at);
    text_add(t, name ? name : buf, name ? strlen(name) : (size_t)n);
    n = c->cap ? snprintf(buf, sizeof buf, " (%lld of %lld)", (long long)c->len, (long long)c->cap) : snprintf(buf, sizeof buf, name ? "" : " (unbuffered)");
    text_add(t, buf, (size_t)n);
}

// A plain wait names its channel; a select has an arrow at each.
void repl_add_chans(Text *t, const LiveGoroutine *g) {
    bool arrows = strncmp(g->state, "select", 6) == 0;
    for (uint32_t i = 0; i < g->nchans && i < LIVE_CHANS; i++) {
        const LiveChan *c = &g->chans[i];
        const char *before = arrows && !c->send ? " <-" : " ";
        text_add(t, ",", i > 0);
        text_add(t, before, strlen(before));
        add_chan(t, c);
        text_add(t, "<-", arrows && c->send ? 2 : 0);
    }
    if (g->nchans > LIVE_CHANS) text_add(t, ", ...", 5);
}

static void print_waiting(void *ctx, const LiveGoroutine *g) {
    bool *foreground = ctx;
    if (g->foreground != *foreground || repl_is_own(g)) return;
    Text chans = {0};
    text_add(&chans, "", 0);
    repl_add_chans(&chans, g);
    repl_say("    g%lld  %s%s", (long long)g->id, g->state, chans.at);
    free(chans.at);
    if (g->function.len) repl_say("  %.*s (%.*s:%u)", (int)g->function.len, g->function.ptr, (int)g->file.len, g->file.ptr, g->line);
    if (*g->label) repl_say("  process %s", g->label);
    repl_say("\n");
}

static void report_deadlock(void) {
    repl_drain_output();
    repl_end_line();
    repl_say("%sdeadlock:%s the input waits for something that nothing will do\n", repl_red(), repl_plain());
    bool foreground = true;
    live_each(print_waiting, &foreground);
    if (live_counts().goroutines > 1) repl_say("  so do\n");
    foreground = false;
    live_each(print_waiting, &foreground);
    live_report_networks(repl.tty);
    fflush(repl.tty);
}

// Ends the foreground goroutine; false when it can only be left behind.
static bool end_foreground(void) {
    for (int i = 0; live_state() == LIVE_RUNNING; i++) {
        LiveInterrupt answer = live_interrupt(live_foreground(), !repl.interrupted, NULL);
        repl.interrupted = 0;
        if (i == INTERRUPT_TRIES || (answer == LIVE_CANNOT && i > 10)) return false;
        struct pollfd fd = {repl.wake[0], POLLIN, 0};
        for (int waited = 0; waited < AGAIN_MS && live_state() == LIVE_RUNNING; waited += 5) {
            poll(&fd, 1, 5);
            repl_drain_wake();
            repl_drain_output();
        }
    }
    return true;
}

static void print_interrupted(void) {
    char *trace = NULL;
    size_t n = 0;
    FILE *f = repl_need(open_memstream(&trace, &n));
    live_interrupt(live_foreground(), false, f);
    fclose(f);
    repl_drain_output();
    repl_end_line();
    char *own = repl_own_calls(trace);
    repl_say("%sinterrupted%s\n%s", repl_red(), repl_plain(), own);
    free(own);
    free(trace);
}

// Waits for the end of the foreground goroutine and passes output on. False:
// it was left to the background.
bool repl_wait_for_end(void) {
    char *buf = repl_need(malloc(READ_MAX));
    bool ended = true;
    repl.stopped = false;
    while (live_state() == LIVE_RUNNING && ended) {
        struct pollfd fds[2] = {{repl.output, POLLIN, 0}, {repl.wake[0], POLLIN, 0}};
        poll(fds, 2, -1);
        if (fds[0].revents) {
            ssize_t n = repl_read_output(buf);
            if (n > 0) repl_pass_on_output(buf, (size_t)n);
        }
        if (!fds[1].revents) continue;
        repl_drain_wake();
        bool asked = repl.interrupted;
        repl.interrupted = 0;
        if (live_state() != LIVE_RUNNING) break;
        if (asked) print_interrupted();
        else if (live_stuck()) report_deadlock();
        else continue;
        repl.stopped = true;
        ended = end_foreground();
        if (ended) continue;
        repl_say("%sg%lld cannot be interrupted here; it goes on in the background%s\n", repl_dim(), (long long)live_foreground(), repl_plain());
        live_detach();
    }
    free(buf);
    repl_drain_output();
    repl_end_line();
    repl.interrupted = 0;
    return ended;
}


// What :save writes begins each input with a line of this kind, so that :load
// takes them one by one: a name may be declared in several.
const char repl_input_mark[] = "// In[";

static void keep_for_save(const char *name, const char *text, size_t len, const SessionResult *r) {
    if (r->type && !r->returns_nothing) return; // only shows something
    text_add(&repl.saved, "// ", 3);
    text_add(&repl.saved, name, strlen(name));
    text_add(&repl.saved, "\n", 1);
    repl_add_indented(&repl.saved, text, len);
}

// --- measuring

static LiveCounts begin_counting(void) {
    live_count_chan_ops(true);
    return live_counts();
}

static LiveCounts end_counting(void) {
    LiveCounts c = live_counts();
    live_count_chan_ops(false);
    return c;
}

static void print_count(uint64_t n, const char *what) { repl_say("%llu %s%s", (unsigned long long)n, what, n == 1 ? "" : "s"); }

// The goroutine of the input itself is not counted.
static void print_counts(const LiveCounts *before, const LiveCounts *after) {
    repl_say("%s%.3f ms, ", repl_dim(), (double)live_took_ns() / 1e6);
    print_count(after->bytes - before->bytes, "byte");
    repl_say(" in ");
    print_count(after->mallocs - before->mallocs, "allocation");
    repl_say(", ");
    print_count((uint64_t)(after->started - before->started - 1), "goroutine");
    repl_say(" started, ");
    print_count(after->chan_ops - before->chan_ops, "channel operation");
    repl_say(", ");
    repl_say("%llu switches", (unsigned long long)(after->switches - before->switches));
    repl_say("%s\n", repl_plain());
}

static Outcome run(const SessionInput *in, bool measured) {
    SessionResult r;
    if (!session_compile(in, &r, repl.tty)) {
        fflush(repl.tty);
        return WRONG;
    }
    LiveCounts before = {0};
    if (measured) before = begin_counting();
    if (!live_run(&r.program)) {
        repl_drain_output();
        session_reject(true);
        return WRONG;
    }
    bool over = repl_wait_for_end(), fine = over && live_state() == LIVE_RETURNED && !repl.stopped;
    LiveCounts after = {0};
    if (measured) after = end_counting();
    if (fine) {
        keep_for_save(in->name, in->text, in->len, &r);
        session_accept(repl.tty);
        fflush(repl.tty);
    } else {
        session_reject(over);
    }
    if (r.hidden && fine) repl_run_named("In", "it", 2, "Show");
    if (measured) print_counts(&before, &after);
    return fine ? FINE : FAILED;
}

Outcome repl_run_named(const char *name, const char *text, size_t len, const char *show) {
    SessionInput in = {.name = name, .text = text, .len = len, .show = show, .keep = show && strcmp(show, "Show") == 0};
    return run(&in, false);
}

// --- numbered inputs, and results: _7 is that of the seventh input
//
// The latest ones are kept. A result becomes a variable when an input names it.

enum { INPUTS_KEPT = 1000, RESULTS_KEPT = 50, RESULT_MAX = 1 << 12 };

static struct { int number; char *text; } inputs[INPUTS_KEPT];
static RtLock inputs_lock; // this thread alone writes them

typedef struct Result { int number; int32_t type; size_t size; uint64_t *value; } Result;

static struct {
    RtLock lock; // the collector reads them
    Result at[RESULTS_KEPT];
} results;

void repl_scan_results(void (*visit)(void *ctx, uint64_t word), void *ctx) {
    rt_lock(&results.lock);
    for (int i = 0; i < RESULTS_KEPT; i++)
        for (size_t k = 0; results.at[i].value && k < results.at[i].size / sizeof(uint64_t); k++) visit(ctx, results.at[i].value[k]);
    rt_unlock(&results.lock);
}

bool repl_keeps_result(int32_t type) {
    for (int i = 0; i < RESULTS_KEPT; i++)
        if (results.at[i].value && results.at[i].type == type) return true;
    return false;
}

static void keep_result(void) {
    void *at;
    size_t size;
    int32_t type = session_result(&at, &size);
    if (type < 0 || size > RESULT_MAX) return;
    Result *r = &results.at[repl.number % RESULTS_KEPT];
    uint64_t *value = repl_need(calloc(1, size + sizeof *value)), *old = r->value;
    rt_lock(&results.lock);
    memcpy(value, at, size);
    *r = (Result){repl.number, type, (size + 7) & ~(size_t)7, value};
    rt_unlock(&results.lock);
    free(old);
}

static void keep_input(const char *text, size_t len) {
    char **kept = &inputs[repl.number % INPUTS_KEPT].text, *copy = repl_need(strndup(text, len)), *old = *kept;
    rt_lock(&inputs_lock);
    *kept = copy;
    inputs[repl.number % INPUTS_KEPT].number = repl.number;
    rt_unlock(&inputs_lock);
    free(old);
}

typedef struct Exchange { uint64_t *with; void *at; size_t size; } Exchange;

const char *repl_input_text(int number) { return inputs[number % INPUTS_KEPT].number == number ? inputs[number % INPUTS_KEPT].text : NULL; }

char *repl_input_line(int number, uint32_t line) {
    if (number <= 0) return NULL;
    rt_lock(&inputs_lock);
    const char *at = repl_input_text(number);
    while (at && --line && (at = strchr(at, '\n'))) at++;
    char *copy = at ? strndup(at, strcspn(at, "\n")) : NULL;
    rt_unlock(&inputs_lock);
    return copy;
}

static void exchange(void *ctx) {
    Exchange *x = ctx;
    uint64_t *old = repl_need(malloc(x->size + 1));
    memcpy(old, x->at, x->size);
    memcpy(x->at, x->with, x->size);
    memcpy(x->with, old, x->size);
    free(old);
}

// Declares the variable _N: for a moment that result is "it" again.
static void define_result(int number) {
    Result *r = &results.at[number % RESULTS_KEPT];
    char text[64];
    void *at, *ignored;
    int n = snprintf(text, sizeof text, "_%d", number);
    if (!r->value || r->number != number || session_knows(text)) return;
    n += snprintf(text + n, sizeof text - (size_t)n, " := it");
    int32_t before = session_choose_it(r->type, &at);
    Exchange x = {r->value, at, r->size};
    live_change(exchange, &x);
    repl_run_named("In", text, (size_t)n, NULL);
    live_change(exchange, &x);
    if (before >= 0) session_choose_it(before, &ignored);
}

static void define_results(const char *text) {
    for (const char *s = text; (s = strchr(s, '_')); s++) {
        if (!isdigit((unsigned char)s[1]) || (s > text && (isalnum((unsigned char)s[-1]) || s[-1] == '_' || s[-1] == '.'))) continue;
        char *end;
        long number = strtol(s + 1, &end, 10);
        if (!isalpha((unsigned char)*end) && *end != '_' && number > 0 && number <= repl.number) define_result((int)number);
    }
}

static void begin_numbered(char name[NAME_MAX_LEN], const char *text, size_t len) {
    snprintf(name, NAME_MAX_LEN, "In[%d]", ++repl.number);
    keep_input(text, len);
}

Outcome repl_run_numbered(const char *text, size_t len, const char *show) {
    char name[NAME_MAX_LEN];
    begin_numbered(name, text, len);
    Outcome o = repl_run_named(name, text, len, show);
    if (o == FINE && show && strcmp(show, "Show") == 0) keep_result();
    return o;
}

Outcome repl_run_input(const char *text, const char *show) {
    define_results(text);
    return repl_run_numbered(text, strlen(text), show);
}

Outcome repl_measure_input(const char *text) {
    char name[NAME_MAX_LEN];
    define_results(text);
    begin_numbered(name, text, strlen(text));
    SessionInput in = {.name = name, .text = text, .len = strlen(text), .show = "Show", .keep = true, .only_keep = true};
    Outcome o = run(&in, true);
    if (o == FINE) keep_result();
    return o;
}
