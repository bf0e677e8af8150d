// SPDX-License-Identifier: MIT
// unwind.c: deferred calls, panics, recover, Goexit, tracebacks.
//
// A panic runs the deferred calls of its goroutine, newest first, on top of the
// frames that are still there. Each such call returns to the PANIC_RET of its
// Panic's stub, which comes back here. A recovered panic drops the frames above
// the one that deferred the recovering call, and that function goes on with its
// epilogue. When no deferred call is left, the values are turned into text
// (Error and String methods are run for it), the report is printed and the
// process ends.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/iface.h"
#include "runtime/network.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "vm/machine.h"
#include "vm/native.h"
#include "vm/unwind.h"

// --- deferred calls

static _Thread_local Deferred *spare;
static _Thread_local uint32_t nspare;

Deferred *defer_new(uint32_t nargs) {
    if (nargs <= DEFER_ARGS_KEPT) {
        Deferred *d = spare;
        if (d) {
            spare = d->link;
            nspare--;
        } else {
            d = base_malloc(sizeof *d + DEFER_ARGS_KEPT * sizeof *d->args);
            d->room = DEFER_ARGS_KEPT;
        }
        d->nargs = nargs;
        return d;
    }
    Deferred *d = base_malloc(sizeof *d + nargs * sizeof *d->args);
    d->room = d->nargs = nargs;
    return d;
}

void defer_free(Deferred *d) {
    if (d->room != DEFER_ARGS_KEPT || nspare >= 256) {
        free(d);
        return;
    }
    d->link = spare;
    spare = d;
    nspare++;
}

// --- text of panic values

static const WellKnown *known;

void unwind_set_known(const WellKnown *k) { known = k; }

static char *copy_text(const char *fmt, Str s, const char *suffix) {
    size_t n = (size_t)s.len + strlen(fmt) + strlen(suffix) + 1;
    char *t = base_malloc(n), *at = t;
    size_t head = strlen(fmt);
    memcpy(at, fmt, head);
    at += head;
    if (s.len) memcpy(at, s.ptr, (size_t)s.len);
    at += s.len;
    strcpy(at, suffix);
    return t;
}

static char *format_float(double v) {
    if (v != v) return strdup("NaN");
    if (v > 1.7976931348623157e308) return strdup("+Inf");
    if (v < -1.7976931348623157e308) return strdup("-Inf");
    char buf[64], out[96];
    snprintf(buf, sizeof buf, "%+.6e", v);
    char *e = strchr(buf, 'e');
    int exp = atoi(e + 1);
    *e = 0;
    snprintf(out, sizeof out, "%se%c%03d", buf, exp < 0 ? '-' : '+', abs(exp));
    return strdup(out);
}

static char *basic_text(const TypeDesc *t, const void *v) {
    char buf[64];
    switch (t->kind) {
    case KIND_BOOL: return strdup(*(const uint8_t *)v ? "true" : "false");
    case KIND_INT: case KIND_INT64: snprintf(buf, sizeof buf, "%lld", *(const long long *)v); break;
    case KIND_INT8: snprintf(buf, sizeof buf, "%d", *(const int8_t *)v); break;
    case KIND_INT16: snprintf(buf, sizeof buf, "%d", *(const int16_t *)v); break;
    case KIND_INT32: snprintf(buf, sizeof buf, "%d", *(const int32_t *)v); break;
    case KIND_UINT: case KIND_UINT64: case KIND_UINTPTR: snprintf(buf, sizeof buf, "%llu", *(const unsigned long long *)v); break;
    case KIND_UINT8: snprintf(buf, sizeof buf, "%u", *(const uint8_t *)v); break;
    case KIND_UINT16: snprintf(buf, sizeof buf, "%u", *(const uint16_t *)v); break;
    case KIND_UINT32: snprintf(buf, sizeof buf, "%u", *(const uint32_t *)v); break;
    case KIND_FLOAT32: return format_float((double)*(const float *)v);
    case KIND_FLOAT64: return format_float(*(const double *)v);
    case KIND_COMPLEX64: case KIND_COMPLEX128: {
        double re = t->kind == KIND_COMPLEX64 ? (double)((const float *)v)[0] : ((const double *)v)[0];
        double im = t->kind == KIND_COMPLEX64 ? (double)((const float *)v)[1] : ((const double *)v)[1];
        char *a = format_float(re), *b = format_float(im);
        snprintf(buf, sizeof buf, "(%s%si)", a, b);
        free(a);
        free(b);
        break;
    }
    case KIND_STRING: return copy_text("", *(const Str *)v, "");
    default: return NULL;
    }
    return strdup(buf);
}

static char *value_text(Iface i) {
    const TypeDesc *t = i.type;
    if (!t) return strdup("nil");
    const void *v = iface_value(&i);
    if (known && t == known->runtime_error) return copy_text("runtime error: ", *(const Str *)v, "");
    if (known && t == known->runtime_plain_error) return copy_text("", *(const Str *)v, "");
    if (known && t == known->type_assertion_error && i.data) return copy_text("", *(const Str *)(uintptr_t)i.data, "");
    char *s = basic_text(t, v);
    if (s && !(t->flags & TYPE_PREDECLARED) && (t->flags & TYPE_NAMED)) {
        // main.T(5), main.S("text")
        const char *quote = t->kind == KIND_STRING ? "\"" : "";
        char *head = copy_text("", t->string, "(");
        size_t n = strlen(head) + strlen(s) + 4;
        char *all = base_malloc(n);
        snprintf(all, n, "%s%s%s%s)", head, quote, s, quote);
        free(head);
        free(s);
        return all;
    }
    if (s) return s;
    char addr[32];
    snprintf(addr, sizeof addr, ") %#llx", (unsigned long long)i.data);
    return copy_text("(", t->string, addr);
}

// --- the report

static void print_panic(FILE *to, const Panic *k) {
    if (k->link && !k->link->goexit) fputs("\t", to);
    if (k->goexit) return;
    fprintf(to, "panic: %s%s\n", k->text, k->recovered ? " [recovered]" : "");
    if (k->origin) fprintf(to, "\tin %s\n", k->origin);
}

// Oldest first. There may be millions of them: no recursion.
static void print_chain(FILE *to, const Panic *newest) {
    size_t n = 0;
    for (const Panic *k = newest; k; k = k->link) n++;
    const Panic **all = base_malloc(n * sizeof *all);
    size_t i = n;
    for (const Panic *k = newest; k; k = k->link) all[--i] = k;
    for (; i < n; i++) print_panic(to, all[i]);
    base_free(all);
}

static void print_report(FILE *to, G *g) {
    Panic *k = g->panics;
    print_chain(to, k);
    g->pc = k->pc;
    g->fp = k->fp;
    char label[128];
    network_label(g, label, sizeof label);
    fprintf(to, "\ngoroutine %lld [running]%s%s:\n", (long long)g->id, *label ? ", process " : "", label);
    native_traceback(to, g);
}

static void free_panics(G *g);

// Ends the process; or only g, in a machine that lives on: then false.
static bool report(G *g) {
    if (machine_panic_report) {
        char *text = NULL;
        size_t n = 0;
        FILE *f = open_memstream(&text, &n);
        if (f) {
            print_report(f, g);
            fclose(f);
        }
        machine_panic_report(g, text, n);
        free(text);
        free_panics(g);
        return false;
    }
    sched_freeze();
    fflush(stdout);
    print_report(stderr, g);
    sched_exit(2);
}

// --- unwinding

static void free_panic(Panic *k) {
    free(k->text);
    free(k->origin);
    free(k);
}

static void free_panics(G *g) {
    while (g->panics) {
        Panic *next = g->panics->link;
        free_panic(g->panics);
        g->panics = next;
    }
}

static Panic *push_panic(G *g) {
    Panic *k = base_calloc(1, sizeof *k);
    k->link = g->panics;
    k->pc = g->pc;
    k->fp = g->fp;
    k->stub[0].op = OP_CALL;
    k->stub[2].op = OP_PANIC_RET;
    g->panics = k;
    return k;
}

// Where a call made by unwinding begins: behind the window of the frame at fp.
static uint64_t above(G *g, uint64_t fp) { return fp + frame_func(g->stack + fp)->nslots; }

static void call_from(G *g, Panic *k, const Closure *c, const uint64_t *args, uint32_t nargs) {
    uint64_t base = above(g, k->fp);
    const Func *f = c->fn;
    k->stub[0].a = (uint16_t)(base - k->fp);
    stack_reserve(g, base + f->nslots + STACK_HEADROOM);
    uint64_t *at = g->stack + base + FRAME_HEADER;
    memset(at, 0, f->nresult_slots * sizeof *at);
    for (uint32_t i = 0; i < nargs; i++) at[f->nresult_slots + i] = args[i];
    k->call_fp = base;
    enter_call(g, c, base, &k->stub[2]);
}

static bool has_method(const TypeDesc *t, uint32_t sel) { return t && sel && type_method_find(t, sel); }

// Turns values into text until a method has to be called for one.
static bool print_values(G *g) {
    Panic *top = g->panics;
    for (Panic *k = top; k; k = k->link) {
        if (k->text || k->goexit) continue;
        uint32_t sel = has_method(k->value.type, known->sel_error) ? known->sel_error : has_method(k->value.type, known->sel_string) ? known->sel_string : 0;
        bool ours = k->value.type == known->runtime_error || k->value.type == known->runtime_plain_error || k->value.type == known->type_assertion_error;
        if (!sel || ours) {
            k->text = value_text(k->value);
            continue;
        }
        k->text = strdup("(panic while printing panic value)"); // replaced when the method returns
        top->printed = k;
        struct Func *f = type_method_find(k->value.type, sel);
        call_from(g, top, func_closure(f), &k->value.data, 1);
        return true;
    }
    return report(g);
}

// The frames of a function that C called are unwound: what is left to do is
// done where C was called, once C has returned there.
static bool leave_callback(G *g) {
    CallbackRun *c = g->callbacks;
    c->ended = g->panics->goexit ? NATIVE_EXIT : NATIVE_PANIC;
    if (c->ended == NATIVE_PANIC) g->pending_panic = g->panics->value;
    while (g->panics && g->panics->fp >= c->base) {
        Panic *k = g->panics;
        g->panics = k->link;
        free_panic(k);
    }
    g->fp = c->fp;
    g->pc = &c->stub[2];
    return true;
}

// A panic that leaves a process goes on in the goroutine of the parallel command.
static void fail_process(P *p, G *g, Panic *k) {
    char where[320] = "?";
    NativeFrame f;
    g->pc = k->pc;
    g->fp = k->fp;
    if (native_caller(g, 0, &f)) snprintf(where, sizeof where, "%.*s:%u", (int)(f.file.len < 256 ? f.file.len : 256), f.file.ptr, f.line);
    network_failed(p, g, k->value, where, k->origin);
}

static bool run_next(P *p, G *g) {
    Panic *k = g->panics;
    for (;;) {
        Deferred *d = g->defers;
        if (!d || (g->callbacks && d->fp < g->callbacks->base)) break;
        g->defers = d->link;
        const Closure *c = d->closure;
        k->defer_fp = d->fp;
        if (!c) {
            defer_free(d);
            g->pc = k->pc;
            g->fp = k->fp;
            rt_panic(g, ERR_NIL_DEREF);
            return unwind_panic(p, g);
        }
        call_from(g, k, c, d->args, d->nargs);
        defer_free(d);
        return true;
    }
    if (g->callbacks) return leave_callback(g);
    if (g->process && !k->goexit) fail_process(p, g, k);
    if (k->goexit || g->process) {
        free_panics(g);
        return false;
    }
    return print_values(g);
}

bool unwind_panic(P *p, G *g) { return unwind_join_panic(p, g, NULL); }

bool unwind_join_panic(P *p, G *g, const char *origin) {
    if (g->panics && g->panics->printed) { // the method run for the report panicked itself
        g->panics->printed = NULL;
        return print_values(g);
    }
    Panic *k = push_panic(g);
    k->value = g->pending_panic;
    k->origin = origin ? strdup(origin) : NULL;
    g->pending_panic = (Iface){0};
    return run_next(p, g);
}

bool unwind_goexit(P *p, G *g) {
    push_panic(g)->goexit = true;
    return run_next(p, g);
}

// The frame that deferred the recovering call goes on at its epilogue.
static bool resume_recovered(P *p, G *g, uint64_t frame) {
    bool goexit = false;
    Panic *k = g->panics;
    do { // panics that began in this frame or above are over
        goexit |= k->goexit;
        g->panics = k->link;
        free_panic(k);
        k = g->panics;
    } while (k && k->fp >= frame);
    g->fp = frame;
    const Func *f = frame_func(g->stack + frame);
    g->pc = f->code + f->defer_pc;
    return goexit ? unwind_goexit(p, g) : true;
}

bool unwind_continue(P *p, G *g) {
    Panic *k = g->panics;
    if (k->printed) { // Error() or String() has returned
        const uint64_t *fp = g->stack + k->call_fp;
        Str s = {(const char *)(uintptr_t)fp[FRAME_HEADER], (int64_t)fp[FRAME_HEADER + 1]};
        free(k->printed->text);
        k->printed->text = copy_text("", s, "");
        k->printed = NULL;
        return print_values(g);
    }
    if (k->recovered) return resume_recovered(p, g, k->defer_fp);
    g->fp = k->fp;
    return run_next(p, g);
}

Iface unwind_recover(G *g) {
    Panic *k = g->panics;
    if (!k || k->goexit || k->recovered || k->printed) return (Iface){0};
    // the caller must be the deferred function itself: called by the panic, or
    // through generated wrappers only
    const uint64_t *fp = g->stack + g->fp;
    bool deferred = (frame_func(fp)->flags & FUNC_DEFERRED_RECOVER) != 0;
    for (;;) {
        const Word *ret = (const Word *)(uintptr_t)fp[FRAME_RET];
        if (ret == &k->stub[2]) {
            if (deferred) return (Iface){0};
            break;
        }
        if (ret == &goexit_code[2]) return (Iface){0};
        const uint64_t *caller = fp - ret[-2].a;
        if (!deferred && !(frame_func(caller)->flags & FUNC_WRAPPER)) return (Iface){0};
        deferred = false;
        fp = caller;
    }
    k->recovered = true;
    return k->value;
}

// --- tracebacks

// Generated code has no line and is not shown.
static void print_frame(FILE *to, const Func *f, const Word *pc) {
    uint32_t at = pc > f->code ? (uint32_t)(pc - f->code) - 1 : 0;
    FuncSource s;
    for (uint32_t depth = 0; func_source(f, at, depth, &s); depth++)
        if (s.line) fprintf(to, "%.*s(%s)\n\t%.*s:%u +%#x\n", (int)s.fn->name.len, s.fn->name.ptr, s.fn->nparam_slots ? "..." : "", (int)s.file.len, s.file.ptr, s.line, at * 8);
}

enum { FRAMES_SHOWN = 100 };

void native_traceback(FILE *to, G *g) {
    if (!g->stack || !g->pc) return;
    uint64_t at = g->fp;
    const Word *pc = g->pc;
    uint32_t total = 0;
    for (uint64_t a = at;; total++) {
        const Word *ret = (const Word *)(uintptr_t)g->stack[a + FRAME_RET];
        if (ret == &goexit_code[2]) break;
        a -= ret[-2].a;
    }
    const Panic *k = g->panics; // in the order of the frames
    for (uint32_t n = 0;; n++) {
        const uint64_t *fp = g->stack + at;
        const Func *f = frame_func(fp);
        const Word *ret = (const Word *)(uintptr_t)fp[FRAME_RET];
        bool shown = total < FRAMES_SHOWN || n < FRAMES_SHOWN / 2 || n + FRAMES_SHOWN / 2 > total;
        bool is_stub = pc >= (const Word *)f->code + f->ncode || pc < (const Word *)f->code;
        if (total >= FRAMES_SHOWN && n == FRAMES_SHOWN / 2) fprintf(to, "...%u frames elided...\n", total - FRAMES_SHOWN);
        if (shown && !(f->flags & FUNC_WRAPPER) && !is_stub) print_frame(to, f, pc);
        else if (shown && is_stub) print_frame(to, f, f->code + 1);
        if (ret == &goexit_code[2]) break;
        if (ret->op == OP_PANIC_RET && shown) fputs("panic(...)\n", to);
        at -= ret[-2].a;
        pc = ret;
        if (ret->op == OP_C_RETURN)
            for (CallbackRun *c = g->callbacks; c; c = c->up)
                if (ret == &c->stub[2]) {
                    pc = c->pc;
                    if (c->c_name) fprintf(to, "C.%s(...)\n", c->c_name);
                }
        if (ret->op != OP_PANIC_RET) continue;
        while (k && ret != &k->stub[2]) k = k->link;
        if (k) pc = k->pc; // the panicking frame's own position is kept with the panic
    }
    if (g->go_func) {
        const Func *f = g->go_func;
        FuncSource s;
        func_source(f, (uint32_t)((const Word *)g->go_pc - f->code) - 1, 0, &s);
        fprintf(to, "created by %.*s\n\t%.*s:%u\n", (int)s.fn->name.len, s.fn->name.ptr, (int)s.file.len, s.file.ptr, s.line);
    }
}

void machine_traceback(G *g) { native_traceback(stderr, g); }

static bool waits_at(G *g, Str *file, uint32_t *line) {
    NativeFrame f;
    if (!g->stack || !g->pc || !native_caller(g, 0, &f)) return false;
    *file = f.file;
    *line = f.line;
    return true;
}

void machine_deadlock(void) { network_report(stderr, waits_at); }

bool native_caller(const G *g, int64_t skip, NativeFrame *out) {
    uint64_t at = g->fp;
    const Word *pc = g->pc;
    for (;;) {
        const uint64_t *fp = g->stack + at;
        const Func *f = frame_func(fp);
        const Word *ret = (const Word *)(uintptr_t)fp[FRAME_RET];
        uint32_t word = pc > f->code && pc <= f->code + f->ncode ? (uint32_t)(pc - f->code) - 1 : 0;
        FuncSource s;
        for (uint32_t depth = 0; !(f->flags & (FUNC_WRAPPER | FUNC_NATIVE)) && func_source(f, word, depth, &s); depth++)
            if ((s.line || ret == &goexit_code[2]) && skip-- == 0) {
                *out = (NativeFrame){s.fn->name, s.file, s.line};
                return true;
            }
        if (ret == &goexit_code[2]) {
            *out = (NativeFrame){{"runtime.goexit", 14}, {"runtime", 7}, 0};
            return skip == 0;
        }
        at -= ret[-2].a;
        pc = ret;
        if (ret->op == OP_PANIC_RET) { // a frame for the panic, then the place where it happened
            for (const Panic *k = g->panics; k; k = k->link)
                if (ret == &k->stub[2]) pc = k->pc;
            if (skip-- == 0) {
                *out = (NativeFrame){{"runtime.gopanic", 15}, {"runtime", 7}, 0};
                return true;
            }
        }
        for (const CallbackRun *c = g->callbacks; c && ret->op == OP_C_RETURN; c = c->up)
            if (ret == &c->stub[2]) pc = c->pc;
    }
}

NativeFrame native_closure(const void *func_value) {
    if (!func_value) return (NativeFrame){{"", 0}, {"", 0}, 0};
    const Func *f = ((const Closure *)func_value)->fn;
    return (NativeFrame){f->name, f->file, f->line};
}
