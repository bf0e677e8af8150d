// native.h: the door for functions of the library written in C.
//
// A native serves a function declared without body in a package's .csp file.
// It reads its parameters in order with the native_* getters, writes its
// results in order with native_ret_*, and returns a status. It never blocks a
// worker: it parks (NATIVE_PARKED), asks to be called again once the goroutine
// is woken (NATIVE_AGAIN), or brackets an operating system call with
// sched_enter_syscall / sched_leave_syscall.
// The collector never runs while a native runs, except inside such a bracket,
// where everything it needs afterwards must be reachable from its arguments.
// Results must be written with the getters only after all parameters they
// overlap are read: results and parameters lie in different slots, so there is
// no overlap.
#ifndef CSP_VM_NATIVE_H
#define CSP_VM_NATIVE_H

#include <stdio.h>
#include <string.h>

#include "runtime/g.h"
#include "runtime/type.h"

typedef enum NativeStatus {
    NATIVE_OK,     // results are complete
    NATIVE_PANIC,  // a panic was recorded with rt_panic_* (runtime/panic.h)
    NATIVE_PARKED, // the goroutine is parked; on wake-up the call is complete
    NATIVE_AGAIN,  // the goroutine is parked, after native_again; on wake-up the call is made again
    NATIVE_EXIT,   // the goroutine ends (runtime.Goexit): deferred calls run
} NativeStatus;

typedef struct NativeCall {
    G *g;
    uint64_t *ret; // next result slot
    uint64_t *arg; // next parameter slot
} NativeCall;

typedef NativeStatus (*NativeFn)(NativeCall *c);

typedef struct NativeDef { // a package's table ends with {NULL, NULL}
    const char *name;      // "Index", or "Builder.grow" for a method
    NativeFn fn;
} NativeDef;

typedef struct NativePackage {
    const char *path; // import path
    const NativeDef *defs;
} NativePackage;

// Announces NATIVE_AGAIN. To be called before parking: once parked, another
// thread may already run the goroutine. Harmless when the native completes.
static inline void native_again(NativeCall *c) { c->g->pc = (const uint64_t *)c->g->pc - 2; }

static inline uint64_t native_word(NativeCall *c) { return *c->arg++; }
static inline int64_t native_int(NativeCall *c) { return (int64_t)*c->arg++; }
static inline bool native_bool(NativeCall *c) { return (*c->arg++ & 1) != 0; }
static inline void *native_ptr(NativeCall *c) { return (void *)(uintptr_t)*c->arg++; }
static inline double native_f64(NativeCall *c) {
    double d;
    memcpy(&d, c->arg++, sizeof d);
    return d;
}
static inline float native_f32(NativeCall *c) {
    float f;
    memcpy(&f, c->arg++, sizeof f);
    return f;
}
static inline Str native_str(NativeCall *c) {
    Str s = {(const char *)(uintptr_t)c->arg[0], (int64_t)c->arg[1]};
    c->arg += 2;
    return s;
}
static inline Slice native_slice(NativeCall *c) {
    Slice s = {(void *)(uintptr_t)c->arg[0], (int64_t)c->arg[1], (int64_t)c->arg[2]};
    c->arg += 3;
    return s;
}
static inline Iface native_iface(NativeCall *c) {
    Iface i = {(const TypeDesc *)(uintptr_t)c->arg[0], c->arg[1]};
    c->arg += 2;
    return i;
}

static inline void native_ret_word(NativeCall *c, uint64_t v) { *c->ret++ = v; }
static inline void native_ret_int(NativeCall *c, int64_t v) { *c->ret++ = (uint64_t)v; }
static inline void native_ret_bool(NativeCall *c, bool v) { *c->ret++ = v; }
static inline void native_ret_ptr(NativeCall *c, const void *p) { *c->ret++ = (uint64_t)(uintptr_t)p; }
static inline void native_ret_f64(NativeCall *c, double v) { memcpy(c->ret++, &v, sizeof v); }
static inline void native_ret_f32(NativeCall *c, float v) {
    *c->ret = 0;
    memcpy(c->ret++, &v, sizeof v);
}
static inline void native_ret_str(NativeCall *c, Str s) {
    *c->ret++ = (uint64_t)(uintptr_t)s.ptr;
    *c->ret++ = (uint64_t)s.len;
}
static inline void native_ret_slice(NativeCall *c, Slice s) {
    *c->ret++ = (uint64_t)(uintptr_t)s.ptr;
    *c->ret++ = (uint64_t)s.len;
    *c->ret++ = (uint64_t)s.cap;
}
static inline void native_ret_iface(NativeCall *c, Iface i) {
    *c->ret++ = (uint64_t)(uintptr_t)i.type;
    *c->ret++ = i.data;
}

// A call in progress, for reports. Strings live as long as the program.
typedef struct NativeFrame {
    Str function, file;
    uint32_t line;
} NativeFrame;
// The frame skip levels above the native's caller (0); false: there is none.
bool native_caller(const G *g, int64_t skip, NativeFrame *out);
// The function that a function value runs, and where it is declared; empty for nil.
NativeFrame native_closure(const void *func_value);
// The function of the program at address f; false: there is none.
bool native_func_at(uint64_t f, NativeFrame *out);
// All types of the program, for reflection.
const TypeDesc *const *native_types(uint32_t *n);
// Tables of types that natives keep, for machines whose types may go (live.h):
// visit is called with each type that must stay; then forget, for all others.
typedef struct NativeTypes {
    void (*visit)(void (*visit)(void *ctx, uint64_t word), void *ctx);
    void (*forget)(void);
    struct NativeTypes *next;
} NativeTypes;
void native_add_types(NativeTypes *t);

// Functions made at run time, for reflection (thunk.c). They are function
// values; NULL: too many slots for the machine. "Words" are memory that holds
// the slots of arguments or results one after the other, typed as any words.
uint32_t native_slots(const TypeDesc *t);   // slots of a value in frames and channels
bool native_is_big(const TypeDesc *t);      // its one slot points to a copy that nobody changes
const void *native_func_value(struct Func *f);
// func(target, args, results unsafe.Pointer): calls target, of type sig, with words.
const void *native_caller_of(const TypeDesc *sig);
// A function of type sig that calls target with word receiver in front of its arguments.
const void *native_bound(const TypeDesc *sig, const void *target, uint64_t receiver);
// A function of type sig that calls handler, a func(context, args, results unsafe.Pointer).
const void *native_made_func(const TypeDesc *sig, const void *handler, const void *context);
// A method of t as a function that takes the receiver as first argument.
const void *native_method_func(const TypeDesc *t, const MethodDesc *method);
// func(words unsafe.Pointer): a select of n cases with send or receive of values
// of size[i] >= 1 slots. Its words are the number of the case chosen, -1 for
// the default, then for each case channel, "received" and value.
const void *native_select_func(const bool *send, const int64_t *size, int64_t n, bool has_default);

// g's traceback without header line; g is running the native, or stopped.
void native_traceback(FILE *to, G *g);
// C functions (vm/ffi*.c). A function value as C function pointer, until it is
// freed; NULL: *why says. Free is false for what is none, or freed already.
void *native_callback_new(Iface fn, const char **why);
bool native_callback_free(void *code);
// v is kept in place for C from now on, or no longer.
void native_pinned(Iface v, bool on);
// A library by name or path; NULL: *tried says, to be freed. A symbol of it, or
// NULL with the symbol spelled most like it.
void *native_library_open(const char *name, char **tried);
void *native_library_lookup(void *handle, const char *name, const char **nearest);
// Limit of a goroutine's stack in bytes; answers the old one.
int64_t vm_set_max_stack(int64_t bytes);

#endif
