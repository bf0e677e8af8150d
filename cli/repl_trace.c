// SPDX-License-Identifier: MIT
// repl_trace.c: reports of panics and of inputs that were interrupted, as the
// prompt shows them: the user's own calls, with the line of source of each. What
// was left out can be asked for later.
//
// A report is shown on the thread of the goroutine that it ends.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/repl_impl.h"
#include "runtime/lock.h"

enum { SOURCE_MAX = 200 }; // bytes shown of a line of source

static struct {
    RtLock lock;
    char *whole; // the latest report
} latest;

typedef struct Place { const char *file; size_t len; uint32_t line; } Place;

static const char *next_line(const char *at) {
    at = strchrnul(at, '\n');
    return *at ? at + 1 : at;
}

// Reads "\tFILE:LINE +0x10", of which the end may be missing.
static bool read_place(const char *line, Place *out) {
    const char *end = next_line(line), *colon = end;
    if (*line != '\t') return false;
    while (colon > line && *colon != ':') colon--;
    if (colon == line) return false;
    *out = (Place){line + 1, (size_t)(colon - line - 1), (uint32_t)strtoul(colon + 1, NULL, 10)};
    return out->line > 0;
}

static size_t package_length(const char *function) {
    size_t n = strcspn(function, "[(\n"), dot = 0;
    for (size_t i = 0; i < n; i++)
        if (function[i] == '/') dot = 0;
        else if (function[i] == '.' && !dot) dot = i;
    return dot;
}

// A package of the library is called as the folder of its files.
static bool is_library(const char *function, const Place *p) {
    static const char creation[] = "created by ";
    if (strncmp(function, creation, strlen(creation)) == 0) function += strlen(creation);
    const char *slash = memrchr(p->file, '/', p->len);
    size_t n = package_length(function);
    return slash && n == (size_t)(slash - p->file) && memcmp(function, p->file, n) == 0;
}

static char *line_of_file(const Place *p) {
    char *path = repl_need(strndup(p->file, p->len)), *line = NULL;
    FILE *f = fopen(path, "r");
    size_t room = 0;
    ssize_t got = f ? 0 : -1;
    for (uint32_t i = 0; i < p->line && got >= 0; i++) got = getline(&line, &room, f);
    if (f) fclose(f);
    free(path);
    if (got >= 0) return line;
    free(line);
    return NULL;
}

static void add_source(Text *t, const Place *p) {
    char *line = p->len > 3 && memcmp(p->file, "In[", 3) == 0 ? repl_input_line(atoi(p->file + 3), p->line) : line_of_file(p);
    if (!line) return;
    const char *at = repl_skip_blanks(line);
    size_t n = strcspn(at, "\r\n"), shown = n;
    if (n > SOURCE_MAX)
        for (shown = SOURCE_MAX; shown > 0 && ((unsigned char)at[shown] & 0xc0) == 0x80;) shown--;
    if (n) {
        text_add(t, "\t    ", 5);
        text_add(t, at, shown);
        if (shown < n) text_add(t, " ...", 4);
        text_add(t, "\n", 1);
    }
    free(line);
}

static void add_left_out(Text *t, int n) {
    char buf[96];
    if (n) text_add(t, buf, (size_t)snprintf(buf, sizeof buf, "(%d call%s in the library left out; :trace shows all)\n", n, n == 1 ? "" : "s"));
}

// Adds calls as native_traceback prints them.
static void add_own(Text *t, const char *at) {
    int left_out = 0;
    while (*at) {
        const char *place = next_line(at), *end = place;
        Place p;
        bool has_place = read_place(place, &p);
        if (has_place) end = next_line(place);
        if (has_place && is_library(at, &p)) {
            left_out++;
        } else {
            text_add(t, at, (size_t)(end - at));
            if (has_place) add_source(t, &p);
        }
        at = end;
    }
    add_left_out(t, left_out);
}

static void keep_latest(const char *report) {
    char *copy = repl_need(strdup(report));
    rt_lock(&latest.lock);
    char *old = latest.whole;
    latest.whole = copy;
    rt_unlock(&latest.lock);
    free(old);
}

// Where the calls begin: behind the last line that tells of a goroutine. The text
// of a panic may have such lines too.
static const char *calls_of(const char *report) {
    const char *calls = report;
    for (const char *at = report; (at = strstr(at, "\n\ngoroutine ")); at++) calls = next_line(at + 2);
    return calls;
}

char *repl_own_calls(const char *report) {
    const char *calls = calls_of(report);
    Text t = {0};
    keep_latest(report);
    text_add(&t, report, (size_t)(calls - report));
    add_own(&t, calls);
    return t.at;
}

void repl_show_panic(const char *report) {
    char *text = repl_own_calls(report);
    for (size_t done = 0, len = strlen(text); done < len;) {
        ssize_t n = write(STDERR_FILENO, text + done, len - done);
        if (n < 0 && errno != EINTR) break;
        if (n > 0) done += (size_t)n;
    }
    free(text);
}

void repl_show_latest_trace(void) {
    rt_lock(&latest.lock);
    char *text = latest.whole ? strdup(latest.whole) : NULL;
    rt_unlock(&latest.lock);
    repl_say("%s", text ? text : "nothing has panicked yet; :trace N is for goroutine N\n");
    free(text);
}
