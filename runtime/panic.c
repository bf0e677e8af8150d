// SPDX-License-Identifier: MIT
// panic.c: values of run-time panics, and the fatal ends of a process.
//
// A panic value is a string of one of two named kinds, so that Error() of the
// library decides about the prefix "runtime error: "; only a failed assertion
// is a pointer to a struct, as programs test for that type.
// Locks: none. Fatal reports freeze the other threads first (sched_freeze).
#include "runtime/panic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/gc.h"
#include "runtime/sched.h"

enum { TEXT_MAX = 1024 };

static const char *error_formats[] = { // changed by rt_set_language only
#define ERROR(name, text) text,
#define EARLIER(name, minor, text)
#include "runtime/errors.def"
#undef EARLIER
#undef ERROR
};

static bool nil_panics_plainly; // panic(nil) is no error of its own

void rt_set_language(int language) {
    nil_panics_plainly = language < 21;
#define ERROR(name, text)
#define EARLIER(name, minor, text) if (language < minor) error_formats[ERR_##name] = text;
#include "runtime/errors.def"
#undef EARLIER
#undef ERROR
}

// Stand-in until rt_set_error_types: a string type that is nobody's.
static const uint8_t string_ptr_map[] = {1};
static const TypeDesc unnamed_error = {
    .size = 16, .kind = KIND_STRING, .align = 8, .flags = TYPE_COMPARABLE, .ptr_words = 1, .ptr_map = string_ptr_map,
    .string = {"runtime.errorString", 19}};

static const TypeDesc *type_error_string = &unnamed_error;
static const TypeDesc *type_plain_error = &unnamed_error;
static const TypeDesc *type_string = &unnamed_error;
static const TypeDesc *type_assertion_ptr; // NULL: assertions use errorString
static const TypeDesc *type_panic_nil_ptr;

void rt_set_error_types(const TypeDesc *string, const TypeDesc *error_string, const TypeDesc *plain_error, const TypeDesc *assertion_error_ptr, const TypeDesc *panic_nil_ptr) {
    type_string = string;
    type_error_string = error_string ? error_string : &unnamed_error;
    type_plain_error = plain_error ? plain_error : &unnamed_error;
    type_assertion_ptr = assertion_error_ptr;
    type_panic_nil_ptr = panic_nil_ptr;
}

static Str copy_text(P *p, const char *text, int n) {
    if (n > TEXT_MAX - 1) n = TEXT_MAX - 1; // what vsnprintf stored
    char *bytes = gc_new_noscan(p, n > 0 ? (uint64_t)n : 1);
    memcpy(bytes, text, (size_t)n);
    return (Str){bytes, n};
}

// A string type is never direct: its data word points to a copy of the two words.
static Iface boxed_string(P *p, const TypeDesc *t, Str s) {
    Str *box = gc_new(p, t);
    *box = s;
    return (Iface){t, (uint64_t)(uintptr_t)box};
}

static void record(G *g, const TypeDesc *t, const char *fmt, va_list args) {
    char text[TEXT_MAX];
    int n = vsnprintf(text, sizeof text, fmt, args);
    P *p = current_p;
    g->pending_panic = boxed_string(p, t, copy_text(p, text, n));
}

const char *rt_error_text(RuntimeError e) { return error_formats[e]; }

void rt_panic(G *g, RuntimeError e, ...) {
    va_list args;
    va_start(args, e);
    record(g, type_error_string, error_formats[e], args);
    va_end(args);
}

void rt_panic_str(G *g, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    record(g, type_error_string, fmt, args);
    va_end(args);
}

void rt_panic_plain(G *g, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    record(g, type_plain_error, fmt, args);
    va_end(args);
}

void rt_panic_string(G *g, const char *text) { g->pending_panic = boxed_string(current_p, type_string, copy_text(current_p, text, (int)strlen(text))); }

// panic(nil) becomes a *runtime.PanicNilError, since a nil value would look
// like no panic at all; programs before go1.21 know it so.
void rt_panic_value(G *g, Iface v) {
    if (!v.type && type_panic_nil_ptr && !nil_panics_plainly) v = (Iface){type_panic_nil_ptr, (uint64_t)(uintptr_t)gc_new(current_p, type_panic_nil_ptr->elem)};
    g->pending_panic = v;
}

void rt_panic_assertion(G *g, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    if (type_assertion_ptr) {
        char text[TEXT_MAX];
        int n = vsnprintf(text, sizeof text, fmt, args);
        Str *message = gc_new(current_p, type_assertion_ptr->elem); // struct {message string}
        *message = copy_text(current_p, text, n);
        g->pending_panic = (Iface){type_assertion_ptr, (uint64_t)(uintptr_t)message};
    } else {
        record(g, type_error_string, fmt, args);
    }
    va_end(args);
}

// The first report wins; threads that come later wait for the end of the process.
static void begin_report(const char *prefix, const char *fmt, va_list args) {
    while (!sched_freeze()) pause();
    fflush(stdout);
    fputs(prefix, stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    fflush(stderr);
}

void rt_fatal(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    begin_report("fatal error: ", fmt, args);
    va_end(args);
    sched_traceback_all(current_p ? current_p->current : NULL);
    sched_exit(2);
}

static void begin_report_of(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    begin_report("fatal error: ", fmt, args);
    va_end(args);
}

void rt_fatal_deadlock(const char *text) {
    begin_report_of("%s", text);
    if (engine.deadlock) engine.deadlock();
    sched_traceback_all(current_p ? current_p->current : NULL);
    sched_exit(2);
}

void rt_throw(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    begin_report("runtime: ", fmt, args);
    va_end(args);
    sched_traceback_all(current_p ? current_p->current : NULL);
    _exit(2);
}
