// SPDX-License-Identifier: MIT
// ffi_callback.c: functions of the program that C calls.
//
// A Callback is a libffi closure and the function value behind it. Lent ones
// live as long as the C call they are an argument of; kept ones until they are
// freed, and then their code stays in place for a while, so that C calling a
// freed one is a panic and not a crash.
//
// On a thread that is in a C call the function runs there, on the stack of the
// goroutine that made the call: its frame stands behind the caller's, its
// return address is the C_RETURN of a CallbackRun. Until it returns the
// goroutine is tied to the thread, whose C stack it needs; when it blocks, the
// thread waits and its processor goes on with others. A panic that nothing
// recovers stops at the border: C gets zeros, further callbacks of the same
// call do not run, and the panic goes on where the C function was called.
//
// On a thread of C's own the function runs in a new goroutine on that thread,
// which takes a processor for as long as it runs.
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "vm/ffi_impl.h"

typedef enum CallbackState { CALLBACK_IDLE, CALLBACK_LENT, CALLBACK_KEPT, CALLBACK_FREED } CallbackState;

typedef struct Signature { // of a function type; made once
    const TypeDesc *type;
    const ForeignSignature *callee; // or NULL: type tells all
    ForeignType result, *params;
    ForeignType *results;       // of several, which result has as fields of a struct
    uint32_t *offsets;          // of these in the struct
    uint32_t nparams, nresults;
    ffi_cif cif;
    Callback *idle;             // lent and given back, newest first
    Callback *freed, **freed_end; // kept and freed, oldest first
    uint32_t nfreed;
    struct Signature *next;
} Signature;

struct Callback {
    Signature *sig;
    const Closure *fn;          // seen by the collector
    _Atomic uint32_t state;     // CallbackState
    void *code;
    Callback *next;             // in a list of its signature
    Callback *older;            // of all
};

enum { MAX_RESULT_SLOTS = 128, FREED_KEPT_BACK = 256 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // of all below; held for moments, never across a park
static Signature *signatures;
static Callback *all;

static void scan(void (*visit)(void *ctx, uint64_t word), void *ctx) { // world stopped
    for (Callback *c = all; c; c = c->older) visit(ctx, (uint64_t)(uintptr_t)c->fn);
    for (Signature *s = signatures; s; s = s->next) { // no heap words, but of interest where types may go
        visit(ctx, (uint64_t)(uintptr_t)s->type);
        visit(ctx, (uint64_t)(uintptr_t)s->callee);
    }
}

// --- signatures

static const char *check_function_type(const TypeDesc *t) {
    if (t->kind != KIND_FUNC) return "not a function";
    if (t->variadic) return "the function is variadic";
    for (uint32_t i = 0; i < t->nin + t->nout; i++)
        if (ffi_describe(i < t->nin ? t->in[i] : t->out[i - t->nin]).kind == FOREIGN_VOID) return "a parameter or result has no C counterpart";
    return NULL;
}

// Several results are one struct in C, as cgo has it.
static void describe_results(Signature *s, const TypeDesc *t) {
    s->nresults = t->nout;
    s->results = base_calloc(t->nout, sizeof *s->results);
    s->offsets = base_calloc(t->nout, sizeof *s->offsets);
    ForeignType *whole = &s->result;
    *whole = (ForeignType){.kind = FOREIGN_STRUCT, .align = 1};
    ForeignField *fields = NULL;
    for (uint32_t i = 0; i < t->nout; i++) {
        ForeignType r = s->results[i] = ffi_describe(t->out[i]);
        if (r.align > whole->align) whole->align = r.align;
        s->offsets[i] = whole->size = (whole->size + r.align - 1) / r.align * r.align;
        uint32_t n = r.kind == FOREIGN_STRUCT ? r.nfields : 1;
        fields = base_realloc(fields, (whole->nfields + n) * sizeof *fields);
        for (uint32_t k = 0; k < n; k++) {
            ForeignField f = r.kind == FOREIGN_STRUCT ? r.fields[k] : (ForeignField){0, r.kind};
            f.offset += whole->size;
            fields[whole->nfields++] = f;
        }
        whole->size += r.size;
        whole->slots = (uint16_t)(whole->slots + r.slots);
    }
    whole->size = (whole->size + whole->align - 1) / whole->align * whole->align;
    whole->fields = fields;
}

static Signature *signature_of(const TypeDesc *t, const ForeignSignature *callee) { // lock held
    for (Signature *s = signatures; s; s = s->next)
        if (s->type == t && s->callee == callee) return s;
    const LibFfi *lib = ffi_library();
    Signature *s = base_calloc(1, sizeof *s);
    s->type = t;
    s->callee = callee;
    s->nparams = t->nin;
    s->params = base_calloc(t->nin + 1, sizeof *s->params);
    s->freed_end = &s->freed;
    ffi_type **types = base_calloc(t->nin + 1, sizeof *types), *result = lib->scalars[FOREIGN_VOID];
    for (uint32_t i = 0; i < t->nin; i++) {
        s->params[i] = callee ? callee->params[i] : ffi_describe(t->in[i]);
        types[i] = ffi_type_for(lib, &s->params[i]);
    }
    if (t->nout == 1) s->result = callee ? callee->result : ffi_describe(t->out[0]);
    if (t->nout > 1) describe_results(s, t);
    if (t->nout) result = ffi_type_for(lib, &s->result);
    if (lib->prep_cif(&s->cif, FFI_DEFAULT_ABI, t->nin, result, types) != FFI_OK) rt_throw("ffi: libffi refuses the type %.*s", (int)t->string.len, t->string.ptr);
    s->next = signatures;
    signatures = s;
    return s;
}

// --- running one

static void load_args(const Signature *s, uint64_t *slots, void **args) {
    for (uint32_t i = 0; i < s->nparams; slots += s->params[i++].slots) {
        const ForeignType *t = &s->params[i];
        if (t->kind == FOREIGN_STRUCT || t->kind == FOREIGN_C64 || t->kind == FOREIGN_C128) {
            ffi_load_struct(t, slots, args[i]);
        } else {
            *slots = ffi_load(t->kind, args[i]);
        }
    }
}

static const void *in_memory(const ForeignType *t, const uint64_t *slots) { return t->boxed ? (const void *)(uintptr_t)slots[0] : slots; }

static void store_result(const Signature *s, void *ret, const uint64_t *slots) {
    for (uint32_t i = 0; i < s->nresults; slots += s->results[i++].slots) memcpy((char *)ret + s->offsets[i], in_memory(&s->results[i], slots), s->results[i].size); // the machine is little-endian
    if (s->nresults) return;
    if (s->result.kind == FOREIGN_STRUCT || s->result.kind == FOREIGN_C64 || s->result.kind == FOREIGN_C128) memcpy(ret, in_memory(&s->result, slots), s->result.size);
    else ffi_store_result(s->result.kind, ret, *slots);
}

static void zero_result(const Signature *s, void *ret) {
    if (s->result.kind != FOREIGN_VOID) memset(ret, 0, s->result.size < 8 ? 8 : s->result.size);
}

// Runs the function on the goroutine of frame f; false: it panicked or ended.
static bool run(P *p, G *g, CallFrame *f, const Callback *cb, void *ret, void **args) {
    const Signature *s = cb->sig;
    const Closure *fn = cb->fn;
    CallbackRun r = {.up = g->callbacks, .pc = g->pc, .fp = g->fp, .c_name = f->call->symbol ? f->call->symbol->name : NULL};
    r.base = g->fp + frame_func(g->stack + g->fp)->nslots;
    r.stub[0].op = OP_CALL;
    r.stub[0].a = (uint16_t)(r.base - g->fp);
    r.stub[2].op = OP_C_RETURN;
    enter_call(g, fn, r.base, &r.stub[2]);
    uint64_t *at = g->stack + r.base + FRAME_HEADER;
    for (uint32_t i = 0; i < fn->fn->nresult_slots; i++) at[i] = 0;
    load_args(s, at + fn->fn->nresult_slots, args);
    bool tied = sched_tie(g);
    g->callbacks = &r;
    ffi_innermost = NULL;
    machine_run(p, g);
    while (!r.done) machine_run(sched_wait_turn(g), g); // it had parked
    ffi_innermost = f;
    g->callbacks = r.up;
    if (tied) sched_untie(g);
    g->pc = r.pc;
    g->fp = r.fp;
    f->ended = r.ended;
    if (!r.ended) store_result(s, ret, g->stack + r.base + FRAME_HEADER);
    return !r.ended;
}

static void call_here(CallFrame *f, const Callback *cb, void *ret, void **args) {
    G *g = f->g;
    int e = errno;
    P *p = f->entered ? sched_leave_syscall(g) : current_p;
    if (UNLIKELY(vm_check_ffi) && f->guards) ffi_guards_exchange(f->guards);
    uint32_t state = atomic_load_explicit(&cb->state, memory_order_acquire);
    bool ok = false;
    if (state == CALLBACK_LENT || state == CALLBACK_KEPT) {
        ok = run(p, g, f, cb, ret, args);
    } else {
        rt_panic_plain(g, "ffi: C called a function that was %s", state == CALLBACK_FREED ? "freed" : "passed to an earlier call only");
        f->ended = NATIVE_PANIC;
    }
    if (!ok) zero_result(cb->sig, ret);
    sched_take_part(current_p); // a short function may not come to a safepoint
    if (UNLIKELY(vm_check_ffi) && f->guards) ffi_guards_exchange(f->guards);
    if (f->entered) sched_enter_syscall(g);
    errno = e;
}

// --- on threads of C's own

typedef struct Request {
    bool done;
    uint32_t nslots;
    uint64_t slots[MAX_RESULT_SLOTS];
} Request;

void ffi_goroutine_ended(G *g, bool returned) {
    Request *r = g->foreign;
    g->foreign = NULL;
    if (returned) memcpy(r->slots, g->stack + FRAME_HEADER, r->nslots * sizeof *r->slots);
    else memset(r->slots, 0, r->nslots * sizeof *r->slots);
    r->done = true;
}

static void call_elsewhere(const Callback *cb, void *ret, void **args) {
    uint32_t state = atomic_load_explicit(&cb->state, memory_order_acquire);
    if (state != CALLBACK_KEPT && state != CALLBACK_LENT) rt_fatal("ffi: a thread of C called a function that was freed");
    const Signature *s = cb->sig;
    Request r;
    r.done = false;
    r.nslots = s->result.kind == FOREIGN_VOID ? 0 : s->result.slots;
    int e = errno;
    G *g;
    P *p = sched_visit(cb->fn, &r, &g);
    load_args(s, g->stack + FRAME_HEADER + cb->fn->fn->nresult_slots, args);
    machine_run(p, g);
    while (!r.done) machine_run(sched_wait_turn(g), g); // it had parked
    if (s->result.kind != FOREIGN_VOID) store_result(s, ret, r.slots); // before anything is collected
    sched_visit_end();
    errno = e;
}

static void on_call(ffi_cif *cif, void *ret, void **args, void *user) {
    (void)cif;
    const Callback *cb = user;
    CallFrame *f = ffi_innermost;
    if (!f) call_elsewhere(cb, ret, args);
    else if (f->ended) zero_result(cb->sig, ret);
    else call_here(f, cb, ret, args);
}

// --- making and freeing

static Callback *make(Signature *s) { // lock held
    const LibFfi *lib = ffi_library();
    Callback *c = base_calloc(1, sizeof *c);
    ffi_closure *closure = lib->closure_alloc(sizeof *closure, &c->code);
    if (!closure || lib->prep_closure_loc(closure, &s->cif, on_call, c, c->code) != FFI_OK) rt_fatal("ffi: no memory for callbacks may be made executable");
    c->sig = s;
    if (!all) gc_add_root_scanner(scan);
    c->older = all;
    all = c;
    return c;
}

Callback *ffi_callback_lend(const Closure *fn, const TypeDesc *t, const ForeignSignature *callee) {
    pthread_mutex_lock(&lock);
    Signature *s = signature_of(t, callee);
    Callback *c = s->idle;
    if (c) s->idle = c->next;
    else c = make(s);
    c->fn = fn;
    pthread_mutex_unlock(&lock);
    atomic_store_explicit(&c->state, CALLBACK_LENT, memory_order_release);
    return c;
}

void ffi_callback_release(Callback *c) {
    atomic_store_explicit(&c->state, CALLBACK_IDLE, memory_order_release);
    pthread_mutex_lock(&lock);
    c->fn = NULL;
    c->next = c->sig->idle;
    c->sig->idle = c;
    pthread_mutex_unlock(&lock);
}

void *ffi_callback_code(const Callback *c) { return c->code; }

Callback *ffi_callback_keep(const Closure *fn, const TypeDesc *t, const char **why) {
    if ((*why = check_function_type(t))) return NULL;
    if (!ffi_library()) return *why = ffi_library_error(), NULL;
    static bool pending;
    pthread_mutex_lock(&lock);
    Signature *s = signature_of(t, NULL);
    if (s->result.slots > MAX_RESULT_SLOTS) {
        pthread_mutex_unlock(&lock);
        *why = "its results are too large";
        return NULL;
    }
    Callback *c = NULL;
    if (s->nfreed > FREED_KEPT_BACK) { // freed long ago
        c = s->freed;
        s->freed = c->next;
        s->nfreed--;
    } else {
        c = make(s);
    }
    c->fn = fn;
    bool first = !pending;
    pending = true;
    pthread_mutex_unlock(&lock);
    atomic_store_explicit(&c->state, CALLBACK_KEPT, memory_order_release);
    if (first) sched_pending_add(1); // a thread of C may wake the program up at any time
    return c;
}

static Callback *by_code(const void *code) { // lock held
    for (Callback *c = all; c; c = c->older)
        if (c->code == code) return c;
    return NULL;
}

void *native_callback_new(Iface fn, const char **why) {
    const TypeDesc *t = fn.type;
    if (!t) return *why = "the function is nil", NULL;
    if (t->kind == KIND_FUNC && !fn.data) return *why = "the function is nil", NULL;
    Callback *c = ffi_callback_keep((const Closure *)(uintptr_t)fn.data, t, why);
    return c ? c->code : NULL;
}

bool native_callback_free(void *code) {
    pthread_mutex_lock(&lock);
    Callback *c = by_code(code);
    uint32_t kept = CALLBACK_KEPT;
    bool ok = c && atomic_compare_exchange_strong(&c->state, &kept, CALLBACK_FREED);
    if (ok) {
        Signature *s = c->sig;
        c->fn = NULL;
        c->next = NULL;
        if (!s->freed) s->freed_end = &s->freed;
        *s->freed_end = c;
        s->freed_end = &c->next;
        s->nfreed++;
    }
    pthread_mutex_unlock(&lock);
    return ok;
}
