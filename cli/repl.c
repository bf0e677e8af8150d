// SPDX-License-Identifier: MIT
// repl.c: the prompt.
//
// This thread reads keys, compiles inputs and hands them to the live machine,
// whose threads run them. Three things can happen at any time and are waited
// for together: a key, output of the program, and news (a signal, the end of
// the input). Output comes through a pipe in the place of standard output and
// error, so that it never lands inside of the block being typed; while an input
// runs it is passed on at once, else line by line above the block.
//
// An input is a transaction: its names are known to later ones only if it ran
// to its end.
#define _GNU_SOURCE
#include "cli/repl.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <regex.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/line.h"
#include "compiler/session.h"
#include "runtime/debug.h"
#include "runtime/gc.h"
#include "runtime/lock.h"
#include "runtime/sched.h"
#include "stdlib/stdlib.h"
#include "vm/disasm.h"
#include "vm/live.h"

enum { READ_MAX = 1 << 16, PARTIAL_MS = 200, AGAIN_MS = 20, INTERRUPT_TRIES = 50, NAME_MAX_LEN = 64 };

typedef struct Text {
    char *at;
    size_t len, cap;
} Text;

static struct {
    FILE *tty;
    int output;          // what the program writes
    int wake[2];         // a byte: something has happened
    bool color, quit;
    bool stopped;        // the latest input was interrupted
    int number;          // of the latest input
    Text partial;        // output of the background that is no whole line yet
    struct {             // reading the marks in the output
        char mark[64];
        size_t len;      // of the mark read so far
        size_t left;     // bytes that who has written
        int64_t who;
    } tag;
    bool line_open;      // the cursor is not at the begin of a line, while an input runs
    Text saved;          // inputs that worked, for :save
    char *last;          // the latest input, for :edit
    char *editing;       // text the next prompt begins with
    volatile sig_atomic_t interrupted, resized;
} repl;

static void *need(void *p) {
    if (p) return p;
    fputs("csp: out of memory\n", repl.tty ? repl.tty : stderr);
    exit(2);
}

static void text_add(Text *t, const char *s, size_t n) {
    if (t->len + n + 1 > t->cap) t->at = need(realloc(t->at, t->cap = (t->len + n + 1) * 2));
    memcpy(t->at + t->len, s, n);
    t->len += n;
    t->at[t->len] = 0;
}

static void __attribute__((format(printf, 1, 2))) say(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    vfprintf(repl.tty, fmt, ap);
    va_end(ap);
    fflush(repl.tty);
}

static const char *dim(void) { return repl.color ? "\033[2m" : ""; }
static const char *red(void) { return repl.color ? "\033[31m" : ""; }
static const char *plain(void) { return repl.color ? "\033[0m" : ""; }

// --- news

static void wake_up(void) {
    int e = errno;
    ssize_t ignored = write(repl.wake[1], "", 1); // a full pipe wakes as well
    (void)ignored;
    errno = e;
}

static void on_signal(int sig) {
    if (sig == SIGINT) repl.interrupted = 1;
    else repl.resized = 1;
    wake_up();
}

static void drain_wake(void) {
    char buf[256];
    while (read(repl.wake[0], buf, sizeof buf) > 0) {}
}

// --- output of the program

static void pass_on(const char *s, size_t n) {
    if (!n) return;
    fwrite(s, 1, n, repl.tty);
    fflush(repl.tty);
    repl.line_open = s[n - 1] != '\n';
}

static void flush_partial(void) {
    pass_on(repl.partial.at, repl.partial.len);
    repl.partial.len = 0;
}

typedef void Emit(int64_t who, const char *s, size_t n);

// One more character of a mark, or of what only begins like one.
static void read_mark(char c, Emit *f) {
    long long who;
    repl.tag.mark[repl.tag.len++] = c;
    repl.tag.mark[repl.tag.len] = 0;
    if (c == TAG_END && sscanf(repl.tag.mark + 1, "%lld,%zu", &who, &repl.tag.left) == 2) repl.tag.who = who;
    else if ((repl.tag.len == 1 || isdigit((unsigned char)c) || c == ',') && repl.tag.len + 1 < sizeof repl.tag.mark) return;
    else f(0, repl.tag.mark, repl.tag.len);
    repl.tag.len = 0;
}

// Takes the marks out and passes on what goroutine who (0: not known, or the
// foreground) has written.
static void each_writer(const char *s, size_t n, Emit *f) {
    for (size_t k; n; s += k, n -= k) {
        k = 1;
        if (repl.tag.left) {
            k = n < repl.tag.left ? n : repl.tag.left;
            repl.tag.left -= k;
            f(repl.tag.who, s, k);
        } else if (repl.tag.len || *s == TAG_BEGIN) {
            read_mark(*s, f);
        } else {
            const char *next = memchr(s, TAG_BEGIN, n);
            if (next) k = (size_t)(next - s);
            else k = n;
            f(0, s, k);
        }
    }
}

static void pass_on_any(int64_t who, const char *s, size_t n) {
    (void)who;
    pass_on(s, n);
}

// While an input runs.
static void pass_on_output(const char *s, size_t n) { each_writer(s, n, pass_on_any); }

// Each line says who writes it.
static void add_partial(int64_t who, const char *s, size_t n) {
    char prefix[64];
    int len = who ? snprintf(prefix, sizeof prefix, "%sg%lld:%s ", dim(), (long long)who, plain()) : 0;
    while (n) {
        const char *end = memchr(s, '\n', n);
        size_t k = end ? (size_t)(end - s) + 1 : n;
        if (!repl.partial.len || repl.partial.at[repl.partial.len - 1] == '\n') text_add(&repl.partial, prefix, (size_t)len);
        text_add(&repl.partial, s, k);
        s += k;
        n -= k;
    }
}

// Whole lines appear above the block; the rest waits for its end.
static void show_above(const char *s, size_t n, bool all) {
    each_writer(s, n, add_partial);
    if (!repl.partial.len) return;
    const char *end = all ? repl.partial.at + repl.partial.len : memrchr(repl.partial.at, '\n', repl.partial.len);
    if (!end || end == repl.partial.at) return;
    if (!all) end++;
    size_t shown = (size_t)(end - repl.partial.at);
    line_hide();
    fwrite(repl.partial.at, 1, shown, repl.tty);
    if (end[-1] != '\n') fputs("\n", repl.tty);
    memmove(repl.partial.at, end, repl.partial.len - shown);
    repl.partial.len -= shown;
    line_show();
}

static ssize_t read_output(char *buf) {
    ssize_t n;
    do n = read(repl.output, buf, READ_MAX);
    while (n < 0 && errno == EINTR);
    return n;
}

// Everything that has been written so far.
static void drain_output(void) {
    char *buf = need(malloc(READ_MAX));
    ssize_t n;
    flush_partial();
    while ((n = read_output(buf)) > 0) pass_on_output(buf, (size_t)n);
    free(buf);
}

static void end_line(void) {
    if (repl.line_open) fputs("\n", repl.tty);
    repl.line_open = false;
    fflush(repl.tty);
}

// At the end of the process, on whatever thread.
static void restore(void) {
    line_finish();
    atomic_store(&stdlib_output_tag, NULL);
    drain_output();
    end_line();
    dup2(fileno(repl.tty), STDOUT_FILENO);
    dup2(fileno(repl.tty), STDERR_FILENO);
}

// --- running an input

// Goroutines of the prompt itself are not told about.
static bool is_own(const LiveGoroutine *g) {
    static const char own[] = "internal/repl.";
    return g->function.len >= (int64_t)sizeof own - 1 && memcmp(g->function.ptr, own, sizeof own - 1) == 0;
}

static void print_waiting(void *ctx, const LiveGoroutine *g) {
    bool *foreground = ctx;
    if (g->foreground != *foreground || is_own(g)) return;
    say("    g%lld  %s", (long long)g->id, g->state);
    if (g->function.len) say("  %.*s (%.*s:%u)", (int)g->function.len, g->function.ptr, (int)g->file.len, g->file.ptr, g->line);
    if (*g->label) say("  process %s", g->label);
    say("\n");
}

static void report_deadlock(void) {
    drain_output();
    end_line();
    say("%sdeadlock:%s the input waits for something that nothing will do\n", red(), plain());
    bool foreground = true;
    live_each(print_waiting, &foreground);
    if (live_counts().goroutines > 1) say("  so do\n");
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
            drain_wake();
            drain_output();
        }
    }
    return true;
}

static void print_interrupted(void) {
    char *trace = NULL;
    size_t n = 0;
    FILE *f = need(open_memstream(&trace, &n));
    live_interrupt(live_foreground(), false, f);
    fclose(f);
    drain_output();
    end_line();
    say("%sinterrupted%s\n%s", red(), plain(), trace);
    free(trace);
}

// Waits for the end of the foreground goroutine and passes output on. False:
// it was left to the background.
static bool wait_for_end(void) {
    char *buf = need(malloc(READ_MAX));
    bool ended = true;
    repl.stopped = false;
    while (live_state() == LIVE_RUNNING && ended) {
        struct pollfd fds[2] = {{repl.output, POLLIN, 0}, {repl.wake[0], POLLIN, 0}};
        poll(fds, 2, -1);
        if (fds[0].revents) {
            ssize_t n = read_output(buf);
            if (n > 0) pass_on_output(buf, (size_t)n);
        }
        if (!fds[1].revents) continue;
        drain_wake();
        bool asked = repl.interrupted;
        repl.interrupted = 0;
        if (live_state() != LIVE_RUNNING) break;
        if (asked) print_interrupted();
        else if (live_stuck()) report_deadlock();
        else continue;
        repl.stopped = true;
        ended = end_foreground();
        if (ended) continue;
        say("%sg%lld cannot be interrupted here; it goes on in the background%s\n", dim(), (long long)live_foreground(), plain());
        live_detach();
    }
    free(buf);
    drain_output();
    end_line();
    repl.interrupted = 0;
    return ended;
}

typedef enum Outcome { FINE, WRONG, FAILED } Outcome; // it ran to its end; errors; it did not

// What :save writes begins each input with a line of this kind, so that :load
// takes them one by one: a name may be declared in several.
static const char input_mark[] = "// In[";

static void keep_for_save(const char *name, const char *text, size_t len, const SessionResult *r) {
    if (r->type && !r->returns_nothing) return; // only shows something
    text_add(&repl.saved, "// ", 3);
    text_add(&repl.saved, name, strlen(name));
    text_add(&repl.saved, "\n", 1);
    text_add(&repl.saved, text, len);
    if (len && text[len - 1] != '\n') text_add(&repl.saved, "\n", 1);
}

static Outcome run_named(const char *name, const char *text, size_t len, const char *show) {
    SessionInput in = {.name = name, .text = text, .len = len, .show = show, .keep = show && strcmp(show, "Show") == 0};
    SessionResult r;
    if (!session_compile(&in, &r, repl.tty)) {
        fflush(repl.tty);
        return WRONG;
    }
    if (!live_run(&r.program)) {
        drain_output();
        session_reject(true);
        return WRONG;
    }
    bool over = wait_for_end();
    if (over && live_state() == LIVE_RETURNED && !repl.stopped) {
        keep_for_save(name, text, len, &r);
        session_accept(repl.tty);
        fflush(repl.tty);
        return FINE;
    }
    session_reject(over);
    return FAILED;
}

// --- numbered inputs, and results: _7 is that of the seventh input
//
// The latest ones are kept. A result becomes a variable when an input names it.

enum { INPUTS_KEPT = 1000, RESULTS_KEPT = 50, RESULT_MAX = 1 << 12 };

static struct { int number; char *text; } inputs[INPUTS_KEPT];

typedef struct Result { int number; int32_t type; size_t size; uint64_t *value; } Result;

static struct {
    RtLock lock; // the collector reads them
    Result at[RESULTS_KEPT];
} results;

static void scan_results(void (*visit)(void *ctx, uint64_t word), void *ctx) {
    rt_lock(&results.lock);
    for (int i = 0; i < RESULTS_KEPT; i++)
        for (size_t k = 0; results.at[i].value && k < results.at[i].size / sizeof(uint64_t); k++) visit(ctx, results.at[i].value[k]);
    rt_unlock(&results.lock);
}

static bool keeps_result(int32_t type) {
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
    uint64_t *value = need(calloc(1, size + sizeof *value)), *old = r->value;
    rt_lock(&results.lock);
    memcpy(value, at, size);
    *r = (Result){repl.number, type, (size + 7) & ~(size_t)7, value};
    rt_unlock(&results.lock);
    free(old);
}

static void keep_input(const char *text, size_t len) {
    char **kept = &inputs[repl.number % INPUTS_KEPT].text;
    free(*kept);
    *kept = need(strndup(text, len));
    inputs[repl.number % INPUTS_KEPT].number = repl.number;
}

typedef struct Exchange { uint64_t *with; void *at; size_t size; } Exchange;

static void exchange(void *ctx) {
    Exchange *x = ctx;
    uint64_t *old = need(malloc(x->size + 1));
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
    run_named("In", text, (size_t)n, NULL);
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

static Outcome run_numbered(const char *text, size_t len, const char *show) {
    char name[NAME_MAX_LEN];
    snprintf(name, sizeof name, "In[%d]", ++repl.number);
    keep_input(text, len);
    Outcome o = run_named(name, text, len, show);
    if (o == FINE && show && strcmp(show, "Show") == 0) keep_result();
    return o;
}

static Outcome run_input(const char *text, const char *show) {
    define_results(text);
    return run_numbered(text, strlen(text), show);
}

// --- text of inputs

static const char *const pasted_prompts[] = {"csp> ", "...> ", "$ "};

static size_t prompt_length(const char *line) {
    size_t blanks = strspn(line, " ");
    for (size_t i = 0; i < sizeof pasted_prompts / sizeof *pasted_prompts; i++) {
        size_t n = strlen(pasted_prompts[i]);
        if (strncmp(line + blanks, pasted_prompts[i], n) == 0) return blanks + n;
        if (strncmp(line + blanks, pasted_prompts[i], n - 1) == 0 && strchr("\n", line[blanks + n - 1])) return blanks + n - 1; // an empty line
    }
    return 0;
}

// A pasted transcript: prompts are taken off, and lines without one are output.
static char *without_prompts(const char *text) {
    if (!prompt_length(text)) return need(strdup(text));
    Text out = {0};
    text_add(&out, "", 0);
    while (*text) {
        const char *end = strchrnul(text, '\n');
        size_t skip = prompt_length(text);
        if (skip) {
            text_add(&out, text + skip, (size_t)(end - text) - skip);
            text_add(&out, "\n", 1);
        }
        text = *end ? end + 1 : end;
    }
    if (out.len) out.at[--out.len] = 0;
    return out.at;
}

static bool is_blank(const char *s) { return s[strspn(s, " \t\r\n")] == 0; }

static const char *skip_blanks(const char *s) { return s + strspn(s, " \t"); }

static char *read_whole(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    Text t = {0};
    char buf[4096];
    text_add(&t, "", 0);
    for (size_t n; (n = fread(buf, 1, sizeof buf, f)) > 0;) text_add(&t, buf, n);
    bool bad = ferror(f);
    fclose(f);
    if (!bad) return t.at;
    free(t.at);
    return NULL;
}

// --- commands

typedef struct Command {
    const char *name, *args, *help;
    void (*run)(const char *arg);
} Command;

static void evaluate(const char *text);

static void cmd_quit(const char *arg) {
    (void)arg;
    repl.quit = true;
}

// The type of an expression; NULL: an error was printed.
static const char *type_of(const char *expr, SessionResult *r) {
    SessionInput in = {.name = "In", .text = expr, .len = strlen(expr), .only_expr = true};
    if (!session_compile(&in, r, repl.tty)) return NULL;
    return r->type;
}

static void cmd_type(const char *arg) {
    SessionResult r;
    const char *type = type_of(arg, &r);
    if (!type) return;
    say("%s\n", type);
    session_reject(true);
}

static void describe(const char *arg, bool source) {
    if (!session_describe(arg, source, repl.tty)) say("nothing is known of %s\n", arg);
    fflush(repl.tty);
}

static void cmd_doc(const char *arg) { describe(arg, false); }
static void cmd_source(const char *arg) { describe(arg, true); }

static const char *next_input(const char *text) {
    const char *next = strstr(text + 1, input_mark);
    while (next && next[-1] != '\n') next = strstr(next + 1, input_mark);
    return next ? next : text + strlen(text);
}

static Outcome run_inputs(const char *text) {
    Outcome o = FINE;
    for (const char *next; *text && o == FINE; text = next) {
        next = next_input(text);
        const char *body = strchrnul(text, '\n');
        if (body < next) o = run_numbered(body + 1, (size_t)(next - body - 1), NULL);
    }
    return o;
}

static Outcome load(const char *path) {
    char *text = read_whole(path);
    if (!text) {
        say("%s: %s\n", path, strerror(errno));
        return WRONG;
    }
    if (text[0] == '#' && text[1] == '!') text[0] = text[1] = '/'; // of a script, and no Go
    bool saved = strncmp(text, input_mark, sizeof input_mark - 1) == 0;
    Outcome o = saved ? run_inputs(text) : run_named(path, text, strlen(text), NULL);
    free(text);
    return o;
}

static void cmd_load(const char *arg) { load(arg); }

static void cmd_save(const char *arg) {
    FILE *f = fopen(arg, "w");
    if (f && fwrite(repl.saved.at, 1, repl.saved.len, f) == repl.saved.len && fclose(f) == 0) return;
    say("%s: %s\n", arg, strerror(errno));
}

extern char **environ;

// A new process is the one way to be sure that nothing is left.
static void cmd_reset(const char *arg) {
    (void)arg;
    restore();
    execv("/proc/self/exe", (char *[]){"csp", NULL});
    say("cannot start again: %s\n", strerror(errno));
}

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void cmd_time(const char *arg) {
    LiveCounts before = live_counts();
    int64_t start = now_ns();
    if (run_input(arg, "Show") == WRONG) return;
    double took = (double)(now_ns() - start) / 1e6;
    LiveCounts after = live_counts();
    say("%s%.3f ms, %llu bytes in %llu allocations, %+lld goroutines%s\n", dim(), took, (unsigned long long)(after.bytes - before.bytes), (unsigned long long)(after.mallocs - before.mallocs), (long long)(after.goroutines - before.goroutines), plain());
}

static void cmd_bench(const char *arg) {
    SessionResult r;
    const char *type = type_of(arg, &r);
    if (!type) return;
    Text t = {0};
    const char *head = r.returns_nothing ? "func() { " : "func() { _ = ";
    text_add(&t, head, strlen(head));
    text_add(&t, arg, strlen(arg));
    text_add(&t, "\n}", 2);
    session_reject(true);
    run_named("In", t.at, t.len, "Bench");
    free(t.at);
}

static void cmd_disasm(const char *arg) {
    struct Func *f = session_func(arg);
    if (f) disasm_func(repl.tty, NULL, f);
    else say("no function %s\n", arg);
    fflush(repl.tty);
}

typedef struct NameList { const char *kind; SessionName *at; size_t n, cap; } NameList;

static void collect_name(void *ctx, const SessionName *n) {
    NameList *l = ctx;
    bool wanted = l->kind ? strcmp(n->kind, l->kind) == 0 : strcmp(n->kind, "package") != 0;
    if (!wanted) return;
    if (l->n == l->cap) l->at = need(realloc(l->at, (l->cap = l->cap * 2 + 64) * sizeof *l->at));
    l->at[l->n++] = *n;
}

static int by_order(const void *a, const void *b) {
    const SessionName *x = a, *y = b;
    return x->order < y->order ? -1 : x->order > y->order;
}

// kind NULL: all but packages
static NameList names_of_kind(const char *kind) {
    NameList l = {.kind = kind};
    session_each_name(collect_name, &l);
    qsort(l.at, l.n, sizeof *l.at, by_order);
    return l;
}

static void list_names(const char *kind) {
    NameList l = names_of_kind(kind);
    for (size_t i = 0; i < l.n; i++) say("%s%-7s%s %s %s\n", dim(), l.at[i].kind, plain(), l.at[i].name, l.at[i].type);
    free(l.at);
}

static void cmd_vars(const char *arg) {
    (void)arg;
    list_names(NULL);
}

static void cmd_funcs(const char *arg) {
    (void)arg;
    list_names("func");
}

static void cmd_types(const char *arg) {
    (void)arg;
    list_names("type");
}

static void cmd_imports(const char *arg) {
    (void)arg;
    list_names("package");
}

static void print_input(int number, const char *text) {
    int line = 1;
    say("%sIn[%d]%s\n", dim(), number, plain());
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = strchrnul(text, '\n');
        say("%4d  %.*s\n", line++, (int)(end - text), text);
    }
}

enum { LISTED = 20 };

static void cmd_list(const char *arg) {
    int only = atoi(arg + (strncmp(arg, "In[", 3) == 0 ? 3 : 0)), first = only > 0 ? only : repl.number - LISTED + 1;
    if (*arg && only <= 0) {
        say("%s is no number of an input\n", arg);
        return;
    }
    for (int n = first > 0 ? first : 1; n <= (only > 0 ? only : repl.number); n++) {
        int i = n % INPUTS_KEPT;
        if (inputs[i].text && inputs[i].number == n) print_input(n, inputs[i].text);
        else if (only > 0) say("In[%d] is no longer kept\n", n);
    }
    if (only > repl.number) say("there is no In[%d] yet\n", only);
}

static void cmd_history(const char *arg) {
    char *pattern = need(strdup(*arg == '/' ? arg + 1 : arg));
    size_t n = strlen(pattern);
    regex_t rx;
    if (*arg == '/' && n && pattern[n - 1] == '/') pattern[n - 1] = 0;
    int wrong = regcomp(&rx, pattern, REG_EXTENDED | REG_NOSUB);
    free(pattern);
    if (wrong) {
        char message[128];
        regerror(wrong, &rx, message, sizeof message);
        say("%s: %s\n", arg, message);
        return;
    }
    const char *text;
    for (int i = 0; (text = line_history_at(i)); i++)
        if (regexec(&rx, text, 0, NULL, 0) == 0) say("%s\n", text);
    regfree(&rx);
}

static void print_goroutine(void *ctx, const LiveGoroutine *g) {
    if (is_own(g)) return;
    Text *t = ctx;
    char buf[512], waited[32] = "";
    if (g->waited_ns > 1000000000) snprintf(waited, sizeof waited, ", %lld s", (long long)(g->waited_ns / 1000000000));
    int n = snprintf(buf, sizeof buf, "g%-4lld %s%s", (long long)g->id, g->state, waited);
    text_add(t, buf, (size_t)n);
    n = snprintf(buf, sizeof buf, "%*s %.*s (%.*s:%u)%s%s\n", n < 28 ? 28 - n : 0, "", (int)g->function.len, g->function.ptr, (int)g->file.len, g->file.ptr, g->line, *g->label ? "  process " : "", g->label);
    text_add(t, buf, (size_t)n);
}

static void cmd_goroutines(const char *arg) {
    (void)arg;
    Text t = {0};
    text_add(&t, "", 0);
    live_each(print_goroutine, &t);
    say("%s", t.len ? t.at : "no goroutines\n");
    free(t.at);
}

static void cmd_chan(const char *arg) { run_named("In", arg, strlen(arg), "Chan"); }
static bool is_chan(const char *type) { return strncmp(type, "chan", 4) == 0 || strncmp(type, "<-chan", 6) == 0; }

// All channels that variables hold. The inputs that look at them take the names
// away, hence the copies.
static void cmd_chans(const char *arg) {
    (void)arg;
    NameList l = names_of_kind("var");
    Text chans = {0};
    for (size_t i = 0; i < l.n; i++)
        if (is_chan(l.at[i].type)) text_add(&chans, l.at[i].name, strlen(l.at[i].name) + 1);
    free(l.at);
    for (const char *name = chans.at; name && name < chans.at + chans.len; name += strlen(name) + 1) {
        say("%s: ", name);
        run_named("In", name, strlen(name), "Chan");
    }
    free(chans.at);
}

static void cmd_watch(const char *arg) { run_named("In", arg, strlen(arg), "Watch"); }

static void cmd_more(const char *arg) {
    (void)arg;
    run_named("In", "true", 4, "More");
}

static bool goroutine_number(const char *arg, int64_t *id) {
    char *end;
    *id = strtoll(arg + (*arg == 'g'), &end, 10);
    if (*id > 0 && *end == 0) return true;
    say("%s is no number of a goroutine; see :goroutines\n", arg);
    return false;
}

static void cmd_trace(const char *arg) {
    int64_t id;
    if (!goroutine_number(arg, &id)) return;
    if (!live_traceback(id, repl.tty)) say("no goroutine g%lld\n", (long long)id);
    fflush(repl.tty);
}

static void cmd_kill(const char *arg) {
    int64_t id;
    if (!goroutine_number(arg, &id)) return;
    for (int i = 0; i < INTERRUPT_TRIES; i++) {
        LiveInterrupt answer = live_interrupt(id, true, NULL);
        if (answer == LIVE_UNKNOWN && i == 0) say("no goroutine g%lld\n", (long long)id);
        if (answer == LIVE_UNKNOWN) return;
        if (answer == LIVE_CANNOT && i > 10) break;
        poll(NULL, 0, 5);
    }
    say("g%lld is in a system or C call; it cannot be ended there\n", (long long)id);
}

// Waits until the background is at rest: all goroutines have ended or wait for
// one another.
static void cmd_wait(const char *arg) {
    (void)arg;
    char *buf = need(malloc(READ_MAX));
    while (!sched_asleep() && !repl.interrupted) {
        struct pollfd fds[2] = {{repl.output, POLLIN, 0}, {repl.wake[0], POLLIN, 0}};
        poll(fds, 2, 100);
        if (fds[1].revents) drain_wake();
        ssize_t n = fds[0].revents ? read_output(buf) : 0;
        if (n > 0) pass_on_output(buf, (size_t)n);
    }
    repl.interrupted = 0;
    free(buf);
    drain_output();
    end_line();
}

static int run_program(char *const *argv) {
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fileno(repl.tty), STDOUT_FILENO);
        dup2(fileno(repl.tty), STDERR_FILENO);
        signal(SIGINT, SIG_DFL);
        execvp(argv[0], argv);
        _exit(127);
    }
    int status = -1;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    repl.interrupted = 0;
    return status;
}

static void shell(const char *command) { run_program((char *[]){"sh", "-c", (char *)(uintptr_t)command, NULL}); }

// The text of what arg names, or of the latest input.
static char *text_to_edit(const char *arg) {
    if (!*arg) return need(strdup(repl.last ? repl.last : ""));
    char *text = NULL;
    size_t n = 0;
    FILE *f = need(open_memstream(&text, &n));
    session_describe(arg, true, f);
    fclose(f);
    return text;
}

// Has the user's editor change text; then the next prompt begins with it.
static void edit(const char *text) {
    char path[] = "/tmp/csp-edit-XXXXXX.csp";
    int fd = mkstemps(path, 4);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f) {
        say("cannot make a file to edit: %s\n", strerror(errno));
        return;
    }
    fputs(text, f);
    fclose(f);
    const char *editor = getenv("VISUAL");
    if (!editor || !*editor) editor = getenv("EDITOR");
    Text command = {0};
    if (!editor || !*editor) editor = "vi";
    text_add(&command, editor, strlen(editor));
    text_add(&command, " ", 1);
    text_add(&command, path, strlen(path));
    shell(command.at);
    free(command.at);
    free(repl.editing);
    repl.editing = read_whole(path);
    if (repl.editing) { // without the last line end, which Enter makes
        size_t n = strlen(repl.editing);
        while (n && repl.editing[n - 1] == '\n') repl.editing[--n] = 0;
    }
    unlink(path);
}

static void cmd_edit(const char *arg) {
    char *text = text_to_edit(arg);
    edit(text);
    free(text);
}

static void set_color(bool on) {
    repl.color = on;
    stdlib_repl_color = on;
    session_set_color(on);
    line_set_color(on);
}

static void cmd_set(const char *arg) {
    char first[64], next[64];
    if (strcmp(arg, "color on") == 0) set_color(true);
    else if (strcmp(arg, "color off") == 0) set_color(false);
    else if (sscanf(arg, "prompt \"%63[^\"]\" \"%63[^\"]\"", first, next) == 2) line_set_prompt(first, next);
    else if (sscanf(arg, "prompt \"%63[^\"]\"", first) == 1) line_set_prompt(first, "...> ");
    else say(":set color on|off\n:set prompt \"FIRST\" \"NEXT\"\n");
}

static void cmd_help(const char *arg);

static const Command commands[] = {
    {"help", "", "this list", cmd_help},
    {"quit", "", "end (also Ctrl-D)", cmd_quit},
    {"type", "EXPR", "the type of an expression, which is not evaluated", cmd_type},
    {"more", "", "lines of the latest value that were left out", cmd_more},
    {"doc", "NAME", "declaration and comment: fmt.Println, x, T.Method", cmd_doc},
    {"source", "NAME", "the whole text of a function, type or variable", cmd_source},
    {"src", "NAME", "the same", cmd_source},
    {"load", "FILE", "run a file here", cmd_load},
    {"save", "FILE", "write the inputs that worked to a file", cmd_save},
    {"edit", "[NAME]", "edit the latest input, or what NAME is, in $EDITOR", cmd_edit},
    {"reset", "", "forget everything", cmd_reset},
    {"time", "STMT", "run an input; time (compiling included), allocations, goroutines", cmd_time},
    {"bench", "EXPR", "the time of one evaluation, of many", cmd_bench},
    {"disasm", "FUNC", "the bytecode of a function", cmd_disasm},
    {"list", "[N]", "the latest inputs with their numbers, or input N", cmd_list},
    {"history", "[/RX/]", "what was typed, or what of it matches", cmd_history},
    {"vars", "", "what was declared", cmd_vars},
    {"funcs", "", "functions that were declared", cmd_funcs},
    {"types", "", "types that were declared", cmd_types},
    {"imports", "", "packages in use", cmd_imports},
    {"goroutines", "", "all of them: state, place, what they wait for", cmd_goroutines},
    {"trace", "N", "where goroutine N is, call by call", cmd_trace},
    {"chan", "EXPR", "a channel: what is in it, who waits", cmd_chan},
    {"chans", "", "the channels that variables hold", cmd_chans},
    {"watch", "EXPR", "print each message that passes a channel from now on", cmd_watch},
    {"kill", "N", "end goroutine N; its deferred calls run", cmd_kill},
    {"wait", "", "wait until the background is at rest", cmd_wait},
    {"set", "WHAT", "color on|off, prompt \"FIRST\" \"NEXT\"", cmd_set},
};

enum { NCOMMANDS = sizeof commands / sizeof *commands };

static void cmd_help(const char *arg) {
    (void)arg;
    say("Statements and declarations run; the value of an expression is shown, and is\n"
        "then called it or _. Packages of the library need no import. Ctrl-C interrupts\n"
        "the input, Tab completes (twice: with types), Alt-Enter runs an input that looks\n"
        "unfinished, Ctrl-R searches the history.\n\n");
    for (int i = 0; i < NCOMMANDS; i++) say("  :%-11s%-8s %s\n", commands[i].name, commands[i].args, commands[i].help);
    say("  :!%-18s run a command of the shell\n", "COMMAND");
}

// The one command that begins with the word, or whose name it is.
static const Command *find_command(const char *word, size_t n) {
    const Command *found = NULL;
    for (int i = 0; i < NCOMMANDS; i++) {
        if (strncmp(commands[i].name, word, n) != 0) continue;
        if (strlen(commands[i].name) == n) return &commands[i];
        if (found) return NULL;
        found = &commands[i];
    }
    return found;
}

static void run_command(const char *line) {
    line = skip_blanks(line) + 1;
    if (*line == '!') {
        shell(line + 1);
        return;
    }
    size_t n = strcspn(line, " \t\n");
    const Command *c = n ? find_command(line, n) : NULL;
    if (!c) {
        say("no command :%.*s; see :help\n", (int)n, line);
        return;
    }
    char *arg = need(strdup(skip_blanks(line + n)));
    size_t len = strlen(arg);
    while (len && isspace((unsigned char)arg[len - 1])) arg[--len] = 0;
    if (!len && isupper((unsigned char)c->args[0])) say("usage: :%s %s\n", c->name, c->args);
    else c->run(arg);
    free(arg);
}

// --- the loop

static bool is_command(const char *text) { return *skip_blanks(text) == ':'; }

// "x?" asks for the comment of x.
static bool is_question(const char *text, char *name, size_t size) {
    size_t n = strlen(text);
    while (n && isspace((unsigned char)text[n - 1])) n--;
    if (n < 2 || text[n - 1] != '?' || n >= size) return false;
    for (size_t i = 0; i + 1 < n; i++)
        if (!isalnum((unsigned char)text[i]) && text[i] != '_' && text[i] != '.') return false;
    memcpy(name, text, n - 1);
    name[n - 1] = 0;
    return true;
}

static void evaluate(const char *text) {
    char name[256];
    if (is_blank(text)) return;
    if (is_command(text)) run_command(text);
    else if (is_question(text, name, sizeof name)) describe(name, false);
    else run_input(text, "Show");
}

// A comment alone belongs to what follows it: the text above import "C", or of
// a declaration.
static bool is_comment(const char *text) {
    bool last = false;
    for (const char *line = text; *line; line = *line ? line + 1 : line) {
        const char *s = skip_blanks(line);
        last = s[0] == '/' && s[1] == '/';
        if (!last && *s != '\n' && *s) return false;
        line = strchrnul(line, '\n');
    }
    return last;
}

static bool is_complete(const char *text) {
    char name[256];
    if (is_comment(text)) return false;
    if (is_blank(text) || is_command(text) || is_question(text, name, sizeof name)) return true;
    char *clean = without_prompts(text);
    bool whole = session_is_complete(clean, strlen(clean));
    free(clean);
    return whole;
}

static void take_input(char *text) {
    line_history_add(text);
    char *clean = without_prompts(text);
    evaluate(clean);
    if (!is_command(clean) && !is_blank(clean)) {
        free(repl.last);
        repl.last = clean;
    } else {
        free(clean);
    }
    free(text);
}

static bool more_keys(void) {
    char *text;
    switch (line_key(&text)) {
    case LINE_MORE: return true;
    case LINE_END: return false;
    case LINE_INPUT: take_input(text); break;
    case LINE_EDIT:
        edit(text);
        free(text);
        break;
    }
    if (repl.quit) return false;
    char *begin = repl.editing;
    repl.editing = NULL;
    line_begin(begin);
    free(begin);
    return true;
}

static void handle_news(void) {
    drain_wake();
    if (repl.resized) line_resized();
    if (repl.interrupted) line_give_up();
    repl.resized = repl.interrupted = 0;
}

static void prompt_loop(void) {
    char *buf = need(malloc(READ_MAX));
    line_begin(NULL);
    for (bool more = true; more && !repl.quit;) {
        struct pollfd fds[3] = {{STDIN_FILENO, POLLIN, 0}, {repl.output, POLLIN, 0}, {repl.wake[0], POLLIN, 0}};
        int n = poll(fds, 3, repl.partial.len ? PARTIAL_MS : -1);
        if (n == 0) show_above("", 0, true);
        if (n <= 0) continue;
        if (fds[2].revents) handle_news();
        if (fds[1].revents) {
            ssize_t got = read_output(buf);
            if (got > 0) show_above(buf, (size_t)got, false);
        }
        if (fds[0].revents) more = more_keys();
    }
    free(buf);
}

// --- beginning

// $XDG_VAR/csp/name, or $HOME/fallback/csp/name; the folders are made if make says so.
static char *xdg_path(const char *var, const char *fallback, const char *name, bool make) {
    const char *base = getenv(var), *home = getenv("HOME");
    Text t = {0};
    if (base && *base == '/') {
        text_add(&t, base, strlen(base));
    } else if (home && *home) {
        text_add(&t, home, strlen(home));
        text_add(&t, fallback, strlen(fallback));
    } else {
        return NULL;
    }
    text_add(&t, "/csp", 4);
    for (char *p = t.at + 1; make && *p; p++) {
        if (*p != '/') continue;
        *p = 0;
        mkdir(t.at, 0700);
        *p = '/';
    }
    if (make) mkdir(t.at, 0700);
    text_add(&t, "/", 1);
    text_add(&t, name, strlen(name));
    return t.at;
}

// Commands at its beginning, then code.
static void run_init_file(void) {
    char *path = xdg_path("XDG_CONFIG_HOME", "/.config", "init.csp", false), *text = path ? read_whole(path) : NULL;
    const char *at = text;
    while (at && is_command(at)) {
        char *line = need(strndup(at, strcspn(at, "\n")));
        run_command(line);
        at += strlen(line);
        if (*at) at++;
        free(line);
    }
    if (at && !is_blank(at)) run_named(path, at, strlen(at), NULL);
    repl.saved.len = 0;
    free(text);
    free(path);
}

// The program's output goes to a pipe; the terminal stays ours alone.
static bool take_output(void) {
    int out[2], fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
    if (fd < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(repl.wake, O_CLOEXEC | O_NONBLOCK) < 0) return false;
    repl.tty = fdopen(fd, "w");
    repl.output = out[0];
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fflush(stdout);
    dup2(out[1], STDOUT_FILENO);
    dup2(out[1], STDERR_FILENO);
    close(out[1]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    return repl.tty != NULL;
}

static void watch_signals(void) {
    struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigaction(SIGINT, &sa, NULL);
    sigaction(SIGWINCH, &sa, NULL);
}

// Files whose names begin as the string that is open at the end of text does.
static bool complete_file(const char *text, size_t len, size_t *from, void (*add)(void *ctx, const char *name, const char *what), void *ctx) {
    size_t quote = 0;
    bool inside = false;
    for (size_t i = 0; i < len; i++)
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) {
            inside = !inside;
            quote = i;
        }
    if (!inside) return false;
    char *path = need(strndup(text + quote + 1, len - quote - 1)), *slash = strrchr(path, '/');
    const char *begin = slash ? slash + 1 : path;
    *from = quote + 1 + (size_t)(begin - path);
    char *folder = slash ? need(strndup(path, (size_t)(slash - path) + 1)) : need(strdup("."));
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
        if (strncmp(e->d_name, begin, strlen(begin)) == 0 && (e->d_name[0] != '.' || *begin == '.')) add(ctx, e->d_name, e->d_type == DT_DIR ? "folder" : "file");
    if (d) closedir(d);
    free(folder);
    free(path);
    return true;
}

static size_t complete(const char *text, size_t len, void (*add)(void *ctx, const char *name, const char *what), void *ctx) {
    size_t in_string;
    if (complete_file(text, len, &in_string, add, ctx)) return in_string;
    const char *word = skip_blanks(text);
    if (*word != ':' || memchr(word, ' ', len - (size_t)(word - text))) return session_complete(text, len, add, ctx);
    size_t from = (size_t)(word + 1 - text);
    for (int i = 0; i < NCOMMANDS; i++)
        if (strncmp(commands[i].name, word + 1, len - from) == 0) add(ctx, commands[i].name, commands[i].help);
    return from;
}

static int64_t tag_of(const G *g) {
    return g->id == live_foreground() || g->id == atomic_load(&stdlib_repl_printer) ? 0 : g->id;
}

int repl_run(const CompileOptions *options, const char *file) {
    static const LineHooks hooks = {is_complete, complete};
    setlocale(LC_CTYPE, "");
    repl.color = options->color;
    stdlib_repl_color = options->color;
    atomic_store(&stdlib_output_tag, tag_of);
    gc_add_root_scanner(scan_results);
    static SessionMachine machine = {live_change, {live_memory_begin, live_visit_roots, live_object}, live_heap_bytes, false, live_collected, keeps_result};
    debug_init();
    machine.collect_always = debug_flags.gcstress > 0;
    Program *boot = session_begin(options, &machine);
    if (!boot) return 1;
    if (!take_output()) {
        perror("csp");
        return 2;
    }
    if (!line_open(&hooks, repl.tty, repl.color)) {
        restore();
        return 2;
    }
    watch_signals();
    sched_at_exit(restore);
    char *history = xdg_path("XDG_STATE_HOME", "/.local/state", "history", true);
    if (history) line_history_open(history);
    free(history);
    if (!live_start(boot, wake_up)) return 2;
    wait_for_end();
    run_init_file();
    if (file) load(file);
    prompt_loop();
    sched_exit(0);
}
