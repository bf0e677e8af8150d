// SPDX-License-Identifier: MIT
// test_json.c: what tests print, as events in JSON (go help test2json).
//
// Lines like "=== RUN   TestX" and "--- PASS: TestX (0.00s)" are both output and
// events of their own. A verdict's event comes after the lines set in below it,
// which belong to its test, so it waits for the next line that is not.
#define _GNU_SOURCE
#include "cli/test_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/files.h"
#include "runtime/utf8.h"

typedef struct JsonResult {
    const char *action; // "pass", "fail", "skip"
    char *name;
    double seconds;
    size_t indent;
} JsonResult;

static void print_string(const char *s, size_t n) {
    putchar('"');
    for (size_t i = 0; i < n;) {
        int32_t r;
        int w = utf8_decode(s + i, (int64_t)(n - i), &r);
        if (r == '"' || r == '\\') printf("\\%c", r);
        else if (r == '\n') fputs("\\n", stdout);
        else if (r == '\t') fputs("\\t", stdout);
        else if (r == '\r') fputs("\\r", stdout);
        else if (r < 0x20 || r == '<' || r == '>' || r == '&' || r == 0x2028 || r == 0x2029) printf("\\u%04x", (unsigned)r);
        else if (r == 0xfffd && w == 1) fputs("\\ufffd", stdout);
        else fwrite(s + i, 1, (size_t)w, stdout);
        i += (size_t)w;
    }
    putchar('"');
}

static void print_time(void) {
    struct timespec t;
    struct tm tm;
    char date[32], zone[8];
    clock_gettime(CLOCK_REALTIME, &t);
    localtime_r(&t.tv_sec, &tm);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &tm);
    strftime(zone, sizeof zone, "%z", &tm);
    printf("{\"Time\":\"%s.%09ld", date, t.tv_nsec);
    if (strcmp(zone, "+0000") == 0) fputs("Z\"", stdout);
    else printf("%.3s:%s\"", zone, zone + 3);
}

static void print_event(const TestJson *j, const char *action, const char *name, const char *output, size_t len, double seconds) {
    print_time();
    printf(",\"Action\":\"%s\",\"Package\":", action);
    print_string(j->package, strlen(j->package));
    if (name) {
        fputs(",\"Test\":", stdout);
        print_string(name, strlen(name));
    }
    if (output) {
        fputs(",\"Output\":", stdout);
        print_string(output, len);
    }
    if (seconds >= 0) printf(",\"Elapsed\":%.6g", (double)(long)(seconds * 1000 + 0.5) / 1000);
    fputs("}\n", stdout);
}

static void set_name(TestJson *j, const char *name, size_t len) {
    free(j->name);
    j->name = name ? files_must(strndup(name, len)) : NULL;
}

// Prints the verdicts that wait, down to those set in less than indent.
static void flush_results(TestJson *j, size_t indent) {
    while (j->npending && j->pending[j->npending - 1].indent >= indent) {
        JsonResult *r = &j->pending[--j->npending];
        print_event(j, r->action, r->name, NULL, 0, r->seconds);
        free(r->name);
    }
    set_name(j, j->npending ? j->pending[j->npending - 1].name : NULL, 1 << 20);
}

static void add_result(TestJson *j, const char *action, const char *name, size_t len, double seconds, size_t indent) {
    flush_results(j, indent);
    j->pending = files_must(realloc(j->pending, (j->npending + 1) * sizeof *j->pending));
    j->pending[j->npending++] = (JsonResult){action, files_must(strndup(name, len)), seconds, indent};
    set_name(j, name, len);
}

static const struct { const char *text, *action; } updates[] = {
    {"=== RUN   ", "run"}, {"=== PAUSE ", "pause"}, {"=== CONT  ", "cont"}, {"=== NAME  ", NULL},
};
static const struct { const char *text, *action; } verdicts[] = {
    {"--- PASS: ", "pass"}, {"--- FAIL: ", "fail"}, {"--- SKIP: ", "skip"}, {"--- BENCH: ", "bench"},
};

static bool take_update(TestJson *j, const char *line, size_t len) {
    for (size_t i = 0; i < sizeof updates / sizeof *updates; i++) {
        size_t n = strlen(updates[i].text);
        if (len <= n || memcmp(line, updates[i].text, n) != 0) continue;
        flush_results(j, 0);
        size_t end = len - (line[len - 1] == '\n');
        set_name(j, line + n, end - n);
        if (updates[i].action) print_event(j, updates[i].action, j->name, NULL, 0, -1);
        return true;
    }
    return false;
}

static void take_verdict(TestJson *j, const char *line, size_t len, size_t indent) {
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        size_t n = strlen(verdicts[i].text);
        if (len <= n || memcmp(line, verdicts[i].text, n) != 0) continue;
        const char *name = line + n, *end = memchr(name, '\n', len - n);
        if (!end) end = line + len;
        const char *open = memmem(name, (size_t)(end - name), " (", 2);
        double seconds = open ? strtod(open + 2, NULL) : 0;
        add_result(j, verdicts[i].action, name, (size_t)((open ? open : end) - name), seconds, indent);
        return;
    }
}

static bool is_end(const char *line, size_t len) {
    return (len == 5 && (memcmp(line, "PASS\n", 5) == 0 || memcmp(line, "FAIL\n", 5) == 0));
}

static void take_line(TestJson *j, const char *line, size_t len) {
    size_t indent = 0;
    while (indent + 4 <= len && memcmp(line + indent, "    ", 4) == 0) indent += 4;
    if (take_update(j, line, len)) {
        print_event(j, "output", j->name, line, len, -1);
        return;
    }
    if (is_end(line, len)) flush_results(j, 0);
    else take_verdict(j, line + indent, len - indent, indent / 4);
    print_event(j, "output", j->name, line, len, -1);
}

void test_json_begin(TestJson *j, const char *package) {
    *j = (TestJson){.package = package};
    test_json_event(j, "start", NULL, -1);
}

void test_json_write(TestJson *j, const char *text, size_t len) {
    while (len) {
        const char *nl = memchr(text, '\n', len);
        size_t n = nl ? (size_t)(nl + 1 - text) : len;
        if (j->len + n > j->cap) j->line = files_must(realloc(j->line, j->cap = (j->len + n) * 2));
        memcpy(j->line + j->len, text, n);
        j->len += n;
        text += n;
        len -= n;
        if (!nl) continue;
        take_line(j, j->line, j->len);
        j->len = 0;
    }
    fflush(stdout);
}

void test_json_event(TestJson *j, const char *action, const char *output, double seconds) {
    print_event(j, action, NULL, output, output ? strlen(output) : 0, seconds);
    fflush(stdout);
}

void test_json_end(TestJson *j) {
    if (j->len) take_line(j, j->line, j->len);
    flush_results(j, 0);
    free(j->line);
    free(j->name);
    free(j->pending);
}
