// SPDX-License-Identifier: MIT
// repl_output.c: what the program writes, and news for the prompt.
//
// Output comes through a pipe in the place of standard output and error, so that
// it never lands inside of the block being typed. While an input runs it is passed
// on at once, else line by line above the block, with marks around what each
// goroutine of the background has written.
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/line.h"
#include "cli/repl_impl.h"
#include "stdlib/stdlib.h"

// --- news

void repl_wake_up(void) {
    int e = errno;
    ssize_t ignored = write(repl.wake[1], "", 1); // a full pipe wakes as well
    (void)ignored;
    errno = e;
}

void repl_drain_wake(void) {
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
void repl_pass_on_output(const char *s, size_t n) { each_writer(s, n, pass_on_any); }

// Each line says who writes it.
static void add_partial(int64_t who, const char *s, size_t n) {
    char prefix[64];
    int len = who ? snprintf(prefix, sizeof prefix, "%sg%lld:%s ", repl_dim(), (long long)who, repl_plain()) : 0;
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
void repl_show_above(const char *s, size_t n, bool all) {
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

ssize_t repl_read_output(char *buf) {
    ssize_t n;
    do n = read(repl.output, buf, READ_MAX);
    while (n < 0 && errno == EINTR);
    return n;
}

// Everything that has been written so far.
void repl_drain_output(void) {
    char *buf = repl_need(malloc(READ_MAX));
    ssize_t n;
    flush_partial();
    while ((n = repl_read_output(buf)) > 0) repl_pass_on_output(buf, (size_t)n);
    free(buf);
}

void repl_end_line(void) {
    if (repl.line_open) fputs("\n", repl.tty);
    repl.line_open = false;
    fflush(repl.tty);
}

// At the end of the process, on whatever thread.
void repl_restore(void) {
    line_finish();
    atomic_store(&stdlib_output_tag, NULL);
    repl_drain_output();
    repl_end_line();
    dup2(fileno(repl.tty), STDOUT_FILENO);
    dup2(fileno(repl.tty), STDERR_FILENO);
}
