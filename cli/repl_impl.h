// SPDX-License-Identifier: MIT
// repl_impl.h: what the files of the prompt share.
//
// repl.c begins and loops; repl_output.c carries what the program writes to the
// terminal; repl_run.c runs inputs and keeps their results; repl_trace.c shows where
// they failed; repl_commands.c has the commands that begin with a colon; repl_files.c loads files; repl_complete.c
// completes; repl_text.c has what all of them do with texts. All run on the prompt's own thread, but for
// what says otherwise.
#ifndef CSP_CLI_REPL_IMPL_H
#define CSP_CLI_REPL_IMPL_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "vm/live.h"

enum { READ_MAX = 1 << 16, INTERRUPT_TRIES = 50 };

typedef struct Text {
    char *at;
    size_t len, cap;
} Text;

extern struct Repl {
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

// --- repl_text.c
void *repl_need(void *p); // ends the process when p is NULL: out of memory
void text_add(Text *t, const char *s, size_t n);
void repl_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
const char *repl_dim(void); // colours, or ""
const char *repl_red(void);
const char *repl_plain(void);
bool repl_is_blank(const char *s);
bool repl_is_command(const char *text);
const char *repl_skip_blanks(const char *s);
char *repl_read_whole(const char *path); // of a file; NULL: errno says why
char *repl_without_prompts(const char *text); // of a pasted transcript
// The begin of the first line behind at at which no bracket, string or comment of
// text is open; at points into text.
const char *repl_closed_end(const char *text, const char *at);
// Adds code with the indentation that gofmt gives it.
void repl_add_indented(Text *t, const char *code, size_t len);

// --- repl_output.c
void repl_wake_up(void); // any thread, and in signal handlers
void repl_drain_wake(void);
void repl_pass_on_output(const char *s, size_t n); // while an input runs
void repl_show_above(const char *s, size_t n, bool all); // while a block is typed
ssize_t repl_read_output(char *buf);
void repl_drain_output(void);
void repl_end_line(void);
void repl_restore(void); // at the end of the process, on whatever thread

// --- repl_run.c
typedef enum Outcome { FINE, WRONG, FAILED } Outcome; // it ran to its end; errors; it did not
extern const char repl_input_mark[];
bool repl_is_own(const LiveGoroutine *g);
void repl_add_chans(Text *t, const LiveGoroutine *g); // what it waits for; in the midst of live_each
bool repl_wait_for_end(void);
Outcome repl_run_named(const char *name, const char *text, size_t len, const char *show);
Outcome repl_run_numbered(const char *text, size_t len, const char *show);
Outcome repl_run_input(const char *text, const char *show);
Outcome repl_measure_input(const char *text); // and tells what it took
const char *repl_input_text(int number); // NULL: not kept
char *repl_input_line(int number, uint32_t line); // to be freed, or NULL; on any thread
bool repl_keeps_result(int32_t type);
void repl_scan_results(void (*visit)(void *ctx, uint64_t word), void *ctx); // for the collector

// --- repl_trace.c
// A report without the library's calls, with lines of source; to be freed. It is
// kept as the latest one.
char *repl_own_calls(const char *report);
void repl_show_panic(const char *report); // on the thread where it happened
void repl_show_latest_trace(void); // all of it

// --- repl_commands.c
void repl_run_command(const char *line);
const char *repl_command_name(int i, const char **help); // NULL behind the last
void repl_describe(const char *name, bool source);
void repl_edit(const char *text);

// --- repl_files.c
Outcome repl_load(const char *path);
void repl_reload(void); // the files that have changed since they were loaded

// --- repl_complete.c
size_t repl_complete(const char *text, size_t len, void (*add)(void *ctx, const char *name, const char *what, const char *doc), void *ctx);

#endif
