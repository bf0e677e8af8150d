// panic.h: run-time errors (kind 2) and fatal ends (kinds 3 and 4).
//
// rt_panic_* record a panic value in g->pending_panic; the caller returns its
// failure status at once, up to the machine, which unwinds. No longjmp.
#ifndef CSP_RUNTIME_PANIC_H
#define CSP_RUNTIME_PANIC_H

#include "runtime/g.h"

typedef enum RuntimeError {
#define ERROR(name, text) ERR_##name,
#define EARLIER(name, minor, text)
#include "runtime/errors.def"
#undef EARLIER
#undef ERROR
    ERR_COUNT
} RuntimeError;

void rt_panic(G *g, RuntimeError e, ...);      // printf-like arguments of the row's text
const char *rt_error_text(RuntimeError e);      // the row's text
void rt_panic_str(G *g, const char *fmt, ...); // a runtime.Error whose Error() is "runtime error: " + text
void rt_panic_plain(G *g, const char *fmt, ...); // a runtime.Error without that prefix
void rt_panic_string(G *g, const char *text);     // the string text, as panic("text") does
void rt_panic_value(G *g, Iface v);            // any value, as panic(v) does
void rt_panic_assertion(G *g, const char *fmt, ...); // *runtime.TypeAssertionError with message
// How those above make their values; set once from Program.known.
void rt_set_error_types(const TypeDesc *string, const TypeDesc *error_string, const TypeDesc *plain_error, const TypeDesc *assertion_error_ptr, const TypeDesc *panic_nil_ptr);

// The language of the program, go1.MINOR; before any of its code runs.
void rt_set_language(int minor);

// Fatal fault of the program: "fatal error: TEXT", tracebacks, exit status 2.
_Noreturn void rt_fatal(const char *fmt, ...);
_Noreturn void rt_fatal_deadlock(const char *text); // with the processes that wait
// A bug of ours: "runtime: TEXT", traceback, abort with status 2.
_Noreturn void rt_throw(const char *fmt, ...);
#endif
