// SPDX-License-Identifier: MIT
// ffi.c: calls of C functions.
//
// Three ways. A function whose arguments are scalars that fit the registers of
// the calling convention goes through one of a few C casts that load all
// argument registers: a function looks only at those it has parameters for.
// Structs by value, variable arguments and arguments on the stack go where a
// plan says (ffi_sysv.c), or through libffi where there is no plan. What does
// not depend on the call is worked out before the program runs (ffi_prepare).
//
// During a call the goroutine is in a system call as the scheduler sees it: its
// processor may go on with others, and the collector may run. Everything C was
// given stays reachable through the window. Fast functions keep the processor.
//
// The frame of a call stands in a list of its thread: callbacks find there whom
// they belong to, and a fault its C function.
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/os.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "vm/ffi_impl.h"
#include "vm/vm.h"

typedef enum Way { // TEXTS: as INTS, with strings; TEMPS: registers, with anything that needs FfiTemps
    WAY_INTS, WAY_TEXTS, WAY_REGISTERS, WAY_TEMPS, WAY_PLAN, WAY_LIBFFI
} Way;

typedef struct Prepared {
    uint8_t way;
    bool plain;              // arguments go as they stand in their slots, one each
    bool float_result;
    _Atomic uint8_t blocks;  // > 0: lately it blocked, so the processor is given away at once
    uint16_t result_slots;   // of the C value
    uint16_t args_at;        // slot of the first argument in the window
    uint16_t nints, nfloats;
    FfiPlan *plan;           // with WAY_PLAN
    ffi_cif cif;             // with WAY_LIBFFI
} Prepared;

_Static_assert((int)STACK_HEADROOM >= 8, "argument registers may be loaded from behind the arguments");

_Thread_local CallFrame *ffi_innermost;
static _Thread_local bool thread_ready;

#if defined(__x86_64__)
enum { INT_REGISTERS = 6, FLOAT_REGISTERS = 8 };
#define INT_TYPES uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t
#define INT_VALUES(a) (a)[0], (a)[1], (a)[2], (a)[3], (a)[4], (a)[5]
#else
enum { INT_REGISTERS = 8, FLOAT_REGISTERS = 8 };
#define INT_TYPES uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t
#define INT_VALUES(a) (a)[0], (a)[1], (a)[2], (a)[3], (a)[4], (a)[5], (a)[6], (a)[7]
#endif
#define FLOAT_TYPES double, double, double, double, double, double, double, double
#define FLOAT_VALUES(f) (f)[0], (f)[1], (f)[2], (f)[3], (f)[4], (f)[5], (f)[6], (f)[7]

typedef uint64_t (*IntsFn)(INT_TYPES);
typedef uint64_t (*RegistersFn)(INT_TYPES, FLOAT_TYPES);
typedef double (*FloatFn)(INT_TYPES, FLOAT_TYPES);

// --- preparing

static bool is_int_kind(int k) { return (k >= FOREIGN_BOOL && k <= FOREIGN_U64) || k == FOREIGN_PTR || k == FOREIGN_STRING || k == FOREIGN_SLICE || k == FOREIGN_FUNC; }
static bool is_float_kind(int k) { return k == FOREIGN_F32 || k == FOREIGN_F64; }

static bool fits_registers(const ForeignCall *c, Prepared *p) {
    int r = c->result.kind;
    if (c->variadic || !(r == FOREIGN_VOID || is_int_kind(r) || is_float_kind(r))) return false;
    for (uint32_t i = 0; i < c->nparams; i++) {
        if (is_int_kind(c->params[i].kind)) p->nints++;
        else if (is_float_kind(c->params[i].kind)) p->nfloats++;
        else return false;
    }
    return p->nints <= INT_REGISTERS && p->nfloats <= FLOAT_REGISTERS;
}

// Structs with a field off its alignment are passed by a rule that libffi does
// not have; on AArch64 they are passed like others.
#if defined(__x86_64__)
enum { MISALIGNED_IN_MEMORY = true };
#else
enum { MISALIGNED_IN_MEMORY = false };
#endif

static bool prepare_libffi(ForeignCall *c, Prepared *p) {
    const LibFfi *lib = ffi_library();
    if (!lib) return false;
    for (uint32_t i = 0; i < c->nparams; i++)
        if (MISALIGNED_IN_MEMORY && c->params[i].misaligned) rt_throw("ffi: more arguments of C.%s than fit beside a packed struct", c->symbol ? c->symbol->name : "(function pointer)");
    ffi_type **types = base_calloc(c->nparams + 1, sizeof *types);
    for (uint32_t i = 0; i < c->nparams; i++) types[i] = ffi_type_for(lib, &c->params[i]);
    ffi_type *result = c->result.kind == FOREIGN_VOID ? lib->scalars[FOREIGN_VOID] : ffi_type_for(lib, &c->result);
    ffi_status st = c->variadic ? lib->prep_cif_var(&p->cif, FFI_DEFAULT_ABI, c->nfixed, c->nparams, result, types)
                                : lib->prep_cif(&p->cif, FFI_DEFAULT_ABI, c->nparams, result, types);
    if (st != FFI_OK) rt_throw("ffi: libffi refuses the types of C.%s", c->symbol ? c->symbol->name : "(function pointer)");
    return true;
}

static Way way_by_registers(const ForeignCall *c, const Prepared *p) {
    bool ints = !p->nfloats && !p->float_result, texts = ints && !vm_check_ffi;
    for (uint32_t i = 0; i < c->nparams; i++) texts &= c->params[i].kind != FOREIGN_FUNC;
    if (p->plain) return ints ? WAY_INTS : WAY_REGISTERS;
    return texts ? WAY_TEXTS : WAY_TEMPS;
}

bool ffi_prepare(ForeignCall *c) {
    Prepared *p = base_calloc(1, sizeof *p);
    c->prepared = p;
    p->result_slots = c->result.kind == FOREIGN_VOID ? 0 : c->result.slots;
    p->args_at = (uint16_t)(FRAME_HEADER + p->result_slots + (c->errno_type ? 2 : 0));
    p->float_result = is_float_kind(c->result.kind);
    p->plain = !vm_check_ffi;
    for (uint32_t i = 0; i < c->nparams; i++) p->plain &= c->params[i].kind <= FOREIGN_STRUCT;
    if (fits_registers(c, p)) {
        p->way = (uint8_t)way_by_registers(c, p);
    } else if ((p->plan = ffi_plan(c))) {
        p->way = WAY_PLAN;
    } else {
        p->way = WAY_LIBFFI;
        return prepare_libffi(c, p);
    }
    return true;
}

// --- values

uint64_t ffi_load(int kind, const void *from) {
    switch (kind) {
    case FOREIGN_BOOL: return *(const uint8_t *)from != 0;
    case FOREIGN_I8: return (uint64_t)(int64_t)*(const int8_t *)from;
    case FOREIGN_I16: return (uint64_t)(int64_t)*(const int16_t *)from;
    case FOREIGN_I32: return (uint64_t)(int64_t)*(const int32_t *)from;
    case FOREIGN_U8: return *(const uint8_t *)from;
    case FOREIGN_U16: return *(const uint16_t *)from;
    case FOREIGN_U32: case FOREIGN_F32: return *(const uint32_t *)from;
    default: return *(const uint64_t *)from;
    }
}

void ffi_load_struct(const ForeignType *t, uint64_t *slots, const void *from) {
    if (t->boxed) {
        void *box = gc_new(current_p, t->desc);
        memcpy(box, from, t->size);
        slots[0] = (uint64_t)(uintptr_t)box;
        return;
    }
    if (t->size % 8) slots[t->size / 8] = 0;
    memcpy(slots, from, t->size);
}

void ffi_store_result(int kind, void *to, uint64_t slot) {
    if (kind == FOREIGN_F32) memcpy(to, &slot, 4);
    else if (kind != FOREIGN_VOID) memcpy(to, &slot, 8);
}

// --- arguments

enum { MAX_ON_STACK = 4096 };

// The arguments to load.
static const uint64_t *temps_begin(FfiTemps *t, const ForeignCall *c, const uint64_t *args) {
    size_t need = 0;
    const uint64_t *at = args;
    for (uint32_t i = 0; i < c->nparams; at += c->params[i++].slots)
        if (c->params[i].kind == FOREIGN_STRING) need += (size_t)at[1] + 1;
    t->bytes = need <= TEMP_BYTES ? t->small : base_malloc(need);
    t->used = 0;
    t->ncallbacks = 0;
    t->guards = vm_check_ffi ? ffi_guards_make(c, args) : NULL;
    return t->guards ? ffi_guards_args(t->guards) : args;
}

static void temps_end(FfiTemps *t, CallFrame *f) {
    if (t->bytes != t->small) free(t->bytes);
    for (uint32_t i = 0; i < t->ncallbacks; i++) ffi_callback_release(t->callbacks[i]);
    if (UNLIKELY(t->guards != NULL) && !ffi_guards_end(t->guards, f->g) && !f->ended) f->ended = NATIVE_PANIC;
}

static uint64_t string_copy(FfiTemps *t, const uint64_t *s) {
    if (UNLIKELY(t->guards != NULL)) return s[0]; // a copy already
    char *to = t->bytes + t->used;
    if (s[1]) memcpy(to, (const void *)(uintptr_t)s[0], s[1]);
    to[s[1]] = 0;
    t->used += s[1] + 1;
    return (uint64_t)(uintptr_t)to;
}

static uint64_t function_pointer(FfiTemps *t, uint64_t closure, const ForeignType *type) {
    if (!closure) return 0;
    if (t->ncallbacks == TEMP_CALLBACKS) rt_throw("ffi: more than %d function values in one call", TEMP_CALLBACKS);
    Callback *cb = ffi_callback_lend((const Closure *)(uintptr_t)closure, type->desc, type->callee);
    t->callbacks[t->ncallbacks++] = cb;
    return (uint64_t)(uintptr_t)ffi_callback_code(cb);
}

// The word that stands for a scalar argument.
uint64_t ffi_word_of(FfiTemps *t, const ForeignType *p, const uint64_t *slot) {
    switch ((ForeignKind)p->kind) {
    case FOREIGN_STRING: return string_copy(t, slot);
    case FOREIGN_FUNC: return function_pointer(t, slot[0], p);
    case FOREIGN_PROMOTED: {
        float f;
        double d;
        uint64_t w;
        memcpy(&f, slot, sizeof f);
        d = (double)f;
        memcpy(&w, &d, sizeof w);
        return w;
    }
    case FOREIGN_VOID: case FOREIGN_BOOL: case FOREIGN_I8: case FOREIGN_I16: case FOREIGN_I32: case FOREIGN_I64: case FOREIGN_U8: case FOREIGN_U16: case FOREIGN_U32: case FOREIGN_U64:
    case FOREIGN_F32: case FOREIGN_F64: case FOREIGN_C64: case FOREIGN_C128: case FOREIGN_PTR: case FOREIGN_STRUCT: case FOREIGN_LDOUBLE: case FOREIGN_SLICE: break;
    }
    return slot[0];
}

// --- the call itself

// A function that blocked is expected to block again: waiting for the monitor
// to take the processor away costs the others 20 us or more each time. One that
// returns soon loses that name.
enum { BLOCKS_AT_MOST = 4 };
#define SOON_NS 5000

static __attribute__((noinline)) void enter_slow(CallFrame *f) {
    if (!thread_ready) {
        thread_ready = true;
        ffi_prepare_thread();
    }
    if (!f->entered) return;
    Prepared *p = f->call->prepared;
    if (!atomic_load_explicit(&p->blocks, memory_order_relaxed)) {
        sched_enter_syscall(f->g);
        return;
    }
    f->since = os_nanotime();
    sched_enter_blocking(f->g);
}

static __attribute__((noinline)) void leave_slow(CallFrame *f, bool taken) {
    Prepared *p = f->call->prepared;
    uint8_t n = atomic_load_explicit(&p->blocks, memory_order_relaxed); // a hint: lost updates do no harm
    bool blocked = f->since ? os_nanotime() - f->since > SOON_NS : taken;
    if (blocked && n < BLOCKS_AT_MOST) atomic_store_explicit(&p->blocks, (uint8_t)(n + 1), memory_order_relaxed);
    if (!blocked && n > 0) atomic_store_explicit(&p->blocks, (uint8_t)(n - 1), memory_order_relaxed);
}

static inline void begin(CallFrame *f, G *g, const ForeignCall *c) {
    f->up = ffi_innermost;
    f->g = g;
    f->call = c;
    f->entered = !c->fast;
    f->ended = NATIVE_OK;
    f->since = 0;
    ffi_innermost = f;
    const Prepared *p = c->prepared;
    if (UNLIKELY(!thread_ready || atomic_load_explicit(&p->blocks, memory_order_relaxed))) enter_slow(f);
    else if (!c->fast) sched_enter_syscall(g);
    if (c->errno_type) errno = 0;
}

static inline int end(CallFrame *f) {
    int e = f->call->errno_type ? errno : 0;
    ffi_innermost = f->up;
    if (f->entered) {
        bool taken = false;
        sched_leave_syscall_told(f->g, &taken);
        if (UNLIKELY(taken || f->since)) leave_slow(f, taken);
    }
    return e;
}

static inline void put_errno(const ForeignCall *c, const Prepared *p, uint64_t *window, int e) {
    uint64_t *at = window + FRAME_HEADER + p->result_slots;
    at[0] = e ? (uint64_t)(uintptr_t)c->errno_type : 0;
    at[1] = (uint64_t)e;
}

// A result register as slot: what C leaves in its upper part means nothing.
static inline uint64_t canonical(int kind, uint64_t r) {
    switch (kind) {
    case FOREIGN_BOOL: return (uint8_t)r != 0;
    case FOREIGN_I8: return (uint64_t)(int64_t)(int8_t)r;
    case FOREIGN_I16: return (uint64_t)(int64_t)(int16_t)r;
    case FOREIGN_I32: return (uint64_t)(int64_t)(int32_t)r;
    case FOREIGN_U8: return (uint8_t)r;
    case FOREIGN_U16: return (uint16_t)r;
    case FOREIGN_U32: case FOREIGN_F32: return (uint32_t)r;
    default: return r;
    }
}

static inline NativeStatus finish(const ForeignCall *c, const Prepared *p, const CallFrame *f, uint64_t *window, uint64_t result, int e) {
    if (UNLIKELY(f->ended)) return (NativeStatus)f->ended;
    if (p->result_slots) window[FRAME_HEADER] = canonical(c->result.kind, result);
    if (c->errno_type) put_errno(c, p, window, e);
    return NATIVE_OK;
}

static uint64_t float_bits(double d) {
    uint64_t w;
    memcpy(&w, &d, sizeof w);
    return w;
}

static NativeStatus call_ints(const ForeignCall *c, const Prepared *p, G *g, uint32_t base, void *addr) {
    CallFrame f;
    // slots behind the arguments are there too: the stack has headroom
    const uint64_t *args = g->stack + g->fp + base + p->args_at;
    uint64_t v[INT_REGISTERS];
    memcpy(v, args, sizeof v);
    begin(&f, g, c);
    uint64_t r = ((IntsFn)addr)(INT_VALUES(v));
    int e = end(&f);
    return finish(c, p, &f, g->stack + g->fp + base, r, e);
}

static NativeStatus call_with_temps(const ForeignCall *c, const Prepared *p, G *g, uint32_t base, void *addr);

// Short strings are copied to this frame; with a long one it is a call like others.
static NativeStatus call_texts(const ForeignCall *c, const Prepared *p, G *g, uint32_t base, void *addr) {
    CallFrame f;
    const uint64_t *args = g->stack + g->fp + base + p->args_at;
    uint64_t v[INT_REGISTERS] = {0};
    char texts[TEMP_BYTES], *to = texts;
    for (uint32_t i = 0; i < c->nparams; args += c->params[i++].slots) {
        v[i] = args[0];
        if (c->params[i].kind != FOREIGN_STRING) continue;
        if (args[1] >= (size_t)(texts + TEMP_BYTES - to)) return call_with_temps(c, p, g, base, addr);
        v[i] = (uint64_t)(uintptr_t)to;
        if (args[1]) to = (char *)memcpy(to, (const void *)(uintptr_t)args[0], args[1]) + args[1];
        *to++ = 0;
    }
    begin(&f, g, c);
    uint64_t r = ((IntsFn)addr)(INT_VALUES(v));
    int e = end(&f);
    return finish(c, p, &f, g->stack + g->fp + base, r, e);
}

static uint64_t by_registers(const Prepared *p, void *addr, const uint64_t *ints, const double *floats) {
    if (p->float_result) return float_bits(((FloatFn)addr)(INT_VALUES(ints), FLOAT_VALUES(floats)));
    return ((RegistersFn)addr)(INT_VALUES(ints), FLOAT_VALUES(floats));
}

static void load_registers(const ForeignCall *c, const uint64_t *args, FfiTemps *t, uint64_t *ints, double *floats) {
    for (uint32_t i = 0; i < c->nparams; args += c->params[i++].slots) {
        if (is_float_kind(c->params[i].kind)) memcpy(floats++, args, sizeof *floats);
        else *ints++ = t ? ffi_word_of(t, &c->params[i], args) : args[0];
    }
}

static NativeStatus call_registers(const ForeignCall *c, const Prepared *p, G *g, uint32_t base, void *addr) {
    CallFrame f;
    const uint64_t *args = g->stack + g->fp + base + p->args_at;
    uint64_t ints[INT_REGISTERS] = {0}, r;
    double floats[FLOAT_REGISTERS] = {0};
    load_registers(c, args, NULL, ints, floats);
    begin(&f, g, c);
    r = by_registers(p, addr, ints, floats);
    int e = end(&f);
    return finish(c, p, &f, g->stack + g->fp + base, r, e);
}

static NativeStatus call_with_temps(const ForeignCall *c, const Prepared *p, G *g, uint32_t base, void *addr) {
    CallFrame f;
    FfiTemps t;
    const uint64_t *args = g->stack + g->fp + base + p->args_at;
    uint64_t ints[INT_REGISTERS] = {0}, r;
    double floats[FLOAT_REGISTERS] = {0};
    args = temps_begin(&t, c, args);
    load_registers(c, args, &t, ints, floats);
    begin(&f, g, c);
    f.guards = t.guards;
    r = by_registers(p, addr, ints, floats);
    int e = end(&f);
    temps_end(&t, &f);
    return finish(c, p, &f, g->stack + g->fp + base, r, e);
}

static bool is_compound(const ForeignType *t) { return t->kind == FOREIGN_STRUCT || t->kind == FOREIGN_C128 || t->kind == FOREIGN_C64; }

static NativeStatus finish_compound(const ForeignCall *c, const Prepared *p, const CallFrame *f, uint64_t *window, const void *result, int e) {
    if (f->ended) return (NativeStatus)f->ended;
    uint64_t word;
    memcpy(&word, result, sizeof word);
    if (is_compound(&c->result)) ffi_load_struct(&c->result, window + FRAME_HEADER, result);
    else if (p->result_slots) window[FRAME_HEADER] = canonical(c->result.kind, word);
    if (c->errno_type) put_errno(c, p, window, e);
    return NATIVE_OK;
}

static NativeStatus call_plan(const ForeignCall *c, const Prepared *p, G *g, uint32_t base, void *addr) {
    CallFrame f;
    FfiTemps t;
    const uint64_t *args = g->stack + g->fp + base + p->args_at;
    uint64_t *image = __builtin_alloca(ffi_plan_words(p->plan) * sizeof *image);
    size_t room = c->result.size < 32 ? 32 : c->result.size;
    void *big = room > MAX_ON_STACK ? base_malloc(room) : NULL;
    char *result = big ? big : __builtin_alloca_with_align(room, 128);
    if (!p->plain) args = temps_begin(&t, c, args);
    ffi_plan_load(p->plan, c, args, &t, image, result);
    begin(&f, g, c);
    if (!p->plain) f.guards = t.guards;
    ffi_plan_call(p->plan, addr, image, result);
    int e = end(&f);
    if (!p->plain) temps_end(&t, &f);
    NativeStatus st = finish_compound(c, p, &f, g->stack + g->fp + base, result, e);
    free(big);
    return st;
}

static NativeStatus call_libffi(const ForeignCall *c, Prepared *p, G *g, uint32_t base, void *addr) {
    CallFrame f;
    FfiTemps t;
    uint64_t *args = g->stack + g->fp + base + p->args_at;
    uint64_t *words = c->nparams <= 64 ? __builtin_alloca((c->nparams + 1) * sizeof *words) : base_malloc(c->nparams * sizeof *words), *heap_words = c->nparams <= 64 ? NULL : words;
    void **values = c->nparams <= 64 ? __builtin_alloca((c->nparams + 1) * sizeof *values) : base_malloc(c->nparams * sizeof *values), **heap_values = c->nparams <= 64 ? NULL : values;
    long double *wide = base_malloc((c->nparams + 1) * sizeof *wide);
    const uint64_t *at = temps_begin(&t, c, args);
    for (uint32_t i = 0; i < c->nparams; at += c->params[i++].slots) {
        const ForeignType *q = &c->params[i];
        if (is_compound(q)) {
            values[i] = q->boxed ? (void *)(uintptr_t)at[0] : (void *)(uintptr_t)at;
        } else if (q->kind == FOREIGN_LDOUBLE) {
            double d;
            memcpy(&d, at, sizeof d);
            wide[i] = (long double)d;
            values[i] = &wide[i];
        } else {
            words[i] = ffi_word_of(&t, q, at);
            values[i] = &words[i];
        }
    }
    size_t room = c->result.size < 32 ? 32 : c->result.size;
    void *big = room > MAX_ON_STACK ? base_malloc(room) : NULL;
    _Alignas(16) char *result = big ? big : __builtin_alloca_with_align(room, 128);
    begin(&f, g, c);
    f.guards = t.guards;
    ffi_library()->call(&p->cif, (void (*)(void))addr, result, values);
    int e = end(&f);
    temps_end(&t, &f);
    if (c->result.kind == FOREIGN_LDOUBLE) {
        double d = (double)*(long double *)(void *)result;
        memcpy(result, &d, sizeof d);
    }
    NativeStatus st = finish_compound(c, p, &f, g->stack + g->fp + base, result, e);
    free(wide);
    free(heap_words);
    free(heap_values);
    free(big);
    return st;
}

NativeStatus ffi_invoke(const ForeignCall *c, G *g, uint32_t base, uint32_t pointer) {
    Prepared *p = c->prepared;
    void *addr = c->symbol ? c->symbol->addr : (void *)(uintptr_t)(g->stack + g->fp)[pointer];
    if (UNLIKELY((uintptr_t)addr < 4096)) {
        rt_panic(g, ERR_NIL_DEREF);
        return NATIVE_PANIC;
    }
    switch ((Way)p->way) {
    case WAY_INTS: return call_ints(c, p, g, base, addr);
    case WAY_TEXTS: return call_texts(c, p, g, base, addr);
    case WAY_REGISTERS: return call_registers(c, p, g, base, addr);
    case WAY_TEMPS: return call_with_temps(c, p, g, base, addr);
    case WAY_PLAN: return call_plan(c, p, g, base, addr);
    case WAY_LIBFFI: return call_libffi(c, p, g, base, addr);
    }
    return NATIVE_OK;
}
