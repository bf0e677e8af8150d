// SPDX-License-Identifier: MIT
// repl.c: the prompt.
//
// This thread reads keys, compiles inputs and hands them to the live machine,
// whose threads run them. Three things can happen at any time and are waited
// for together: a key, output of the program, and news (a signal, the end of
// the input).
#define _GNU_SOURCE
#include "cli/repl.h"

#include <ctype.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/line.h"
#include "cli/repl_impl.h"
#include "compiler/session.h"
#include "runtime/debug.h"
#include "runtime/gc.h"
#include "runtime/sched.h"
#include "stdlib/stdlib.h"

enum { PARTIAL_MS = 200, DRAWING_MAX = 1 << 14 };

struct Repl repl;

// --- the loop

// "x?" asks for the comment of x, "x??" for its source.
static bool is_question(const char *text, char *name, size_t size, bool *source) {
    size_t n = strlen(text);
    while (n && isspace((unsigned char)text[n - 1])) n--;
    *source = n > 2 && text[n - 2] == '?';
    if (*source && text[n - 1] == '?') n--;
    if (n < 2 || text[n - 1] != '?' || n >= size) return false;
    for (size_t i = 0; i + 1 < n; i++)
        if (!isalnum((unsigned char)text[i]) && text[i] != '_' && text[i] != '.') return false;
    memcpy(name, text, n - 1);
    name[n - 1] = 0;
    return true;
}

static void evaluate(const char *text) {
    char name[256];
    bool source;
    if (repl_is_blank(text)) return;
    if (repl_is_command(text)) repl_run_command(text);
    else if (is_question(text, name, sizeof name, &source)) repl_describe(name, source);
    else repl_run_input(text, "Show");
}

// A comment alone belongs to what follows it: the text above import "C", or of
// a declaration.
static bool is_comment(const char *text) {
    bool last = false;
    for (const char *line = text; *line; line = *line ? line + 1 : line) {
        const char *s = repl_skip_blanks(line);
        last = s[0] == '/' && s[1] == '/';
        if (!last && *s != '\n' && *s) return false;
        line = strchrnul(line, '\n');
    }
    return last;
}

static bool is_complete(const char *text) {
    char name[256];
    bool source;
    if (is_comment(text)) return false;
    if (repl_is_blank(text) || repl_is_command(text) || is_question(text, name, sizeof name, &source)) return true;
    char *clean = repl_without_prompts(text);
    bool whole = session_is_complete(clean, strlen(clean));
    free(clean);
    return whole;
}

static void take_input(char *text) {
    line_history_add(text);
    char *clean = repl_without_prompts(text);
    evaluate(clean);
    if (!repl_is_command(clean) && !repl_is_blank(clean)) {
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
        repl_edit(text);
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

// The marks are taken before they are acted on: what comes meanwhile counts anew.
static void handle_news(void) {
    bool resized = repl.resized;
    repl.resized = 0;
    if (resized) line_resized();
    bool interrupted = repl.interrupted;
    repl.interrupted = 0;
    if (interrupted) line_give_up();
}

static bool wait_for_key(void) {
    while (!repl.interrupted) {
        struct pollfd fds[2] = {{STDIN_FILENO, POLLIN, 0}, {repl.wake[0], POLLIN, 0}};
        if (poll(fds, 2, -1) > 0 && fds[0].revents) return true;
        repl_drain_wake();
    }
    return false;
}

static void prompt_loop(void) {
    char *buf = repl_need(malloc(READ_MAX));
    line_begin(NULL);
    for (bool more = true; more && !repl.quit;) {
        if (repl.interrupted || repl.resized) handle_news();
        struct pollfd fds[3] = {{STDIN_FILENO, POLLIN, 0}, {repl.output, POLLIN, 0}, {repl.wake[0], POLLIN, 0}};
        int n = poll(fds, 3, repl.partial.len ? PARTIAL_MS : -1);
        if (n == 0) repl_show_above("", 0, true);
        if (n <= 0) continue;
        if (fds[2].revents) repl_drain_wake();
        if (fds[1].revents) {
            ssize_t got = repl_read_output(buf);
            if (got > 0) repl_show_above(buf, (size_t)got, false);
        }
        if (fds[0].revents && !repl.interrupted) more = more_keys();
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
    char *path = xdg_path("XDG_CONFIG_HOME", "/.config", "init.csp", false), *text = path ? repl_read_whole(path) : NULL;
    const char *at = text;
    while (at && repl_is_command(at)) {
        char *line = repl_need(strndup(at, strcspn(at, "\n")));
        repl_run_command(line);
        at += strlen(line);
        if (*at) at++;
        free(line);
    }
    if (at && !repl_is_blank(at)) repl_run_named(path, at, strlen(at), NULL);
    repl.saved.len = 0;
    free(text);
    free(path);
}

// The program's output goes to a pipe; the terminal stays ours alone.
static bool take_output(void) {
    int out[2], fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
    if (fd < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(repl.wake, O_CLOEXEC | O_NONBLOCK) < 0) return false;
    repl.tty = fdopen(fd, "w");
    if (repl.tty) setvbuf(repl.tty, NULL, _IOFBF, DRAWING_MAX); // a drawing is one write
    repl.output = out[0];
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fflush(stdout);
    dup2(out[1], STDOUT_FILENO);
    dup2(out[1], STDERR_FILENO);
    close(out[1]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    return repl.tty != NULL;
}

static void on_signal(int sig) {
    if (sig == SIGINT) repl.interrupted = 1;
    else repl.resized = 1;
    repl_wake_up();
}

static void watch_signals(void) {
    struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigaction(SIGINT, &sa, NULL);
    sigaction(SIGWINCH, &sa, NULL);
}

static int64_t tag_of(const G *g) {
    return g->id == live_foreground() || g->id == atomic_load(&stdlib_repl_printer) ? 0 : g->id;
}

int repl_run(const CompileOptions *options, const char *file) {
    static const LineHooks hooks = {is_complete, repl_complete, wait_for_key};
    setlocale(LC_CTYPE, "");
    repl.color = options->color;
    stdlib_repl_color = options->color;
    atomic_store(&stdlib_output_tag, tag_of);
    gc_add_root_scanner(repl_scan_results);
    static SessionMachine machine = {live_change, {live_memory_begin, live_visit_roots, live_object}, live_heap_bytes, false, live_collected, repl_keeps_result};
    debug_init();
    machine.collect_always = debug_flags.gcstress > 0;
    Program *boot = session_begin(options, &machine);
    if (!boot) return 1;
    if (!take_output()) {
        perror("csp");
        return 2;
    }
    if (!line_open(&hooks, repl.tty, repl.color)) {
        repl_restore();
        return 2;
    }
    watch_signals();
    sched_at_exit(repl_restore);
    char *history = xdg_path("XDG_STATE_HOME", "/.local/state", "history", true);
    if (history) line_history_open(history);
    free(history);
    if (!live_start(boot, repl_wake_up, repl_show_panic)) return 2;
    repl_wait_for_end();
    run_init_file();
    if (file) repl_load(file);
    prompt_loop();
    sched_exit(0);
}
