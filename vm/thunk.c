// SPDX-License-Identifier: MIT
// thunk.c: functions made at run time, between reflection's calls, which hand
// over arguments in memory, and functions of the program, which take them in
// slots of a frame.
//
// They are small bytecode functions, so that every call is an ordinary call of
// the machine: it may block, panic, grow the stack. Those that depend only on
// a function type are kept for ever, in malloc'ed memory. Those of one use lie
// in the collected heap: the closure in their frame keeps them alive.
// Memory for arguments or results holds their slots one after the other.
// Locks: kept_lock guards the list of kept functions.
#include "vm/native.h"

#include <pthread.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "vm/bytecode.h"

enum { SCALAR, POINTER };

// A function under construction. Slots are taken one after the other.
typedef struct Maker {
    bool keep;        // in malloc'ed memory
    Func *fn;
    Word code[24];    // the longest of the functions below
    uint8_t *kinds;   // of the slots
    uint32_t nslots, room;
} Maker;

static void *memory(const Maker *m, uint64_t bytes) {
    if (m->keep) return base_calloc(bytes ? bytes : 1, 1);
    return gc_new_scan(current_p, (bytes + 7) / 8);
}

static uint32_t slot(Maker *m, uint8_t kind) {
    if (m->nslots == m->room) {
        m->room = m->room * 2 + 32;
        m->kinds = base_realloc(m->kinds, m->room);
    }
    m->kinds[m->nslots] = kind;
    return m->nslots++;
}

static uint32_t value(Maker *m, const TypeDesc *t) {
    uint32_t at = m->nslots, n = frame_slots(t);
    for (uint32_t i = 0; i < n; i++) slot(m, t->size > BIG_BYTES || type_word_is_ptr(t, i) ? POINTER : SCALAR);
    return at;
}

static uint32_t header(Maker *m) {
    uint32_t at = slot(m, SCALAR);
    slot(m, POINTER);
    return at;
}

static uint32_t results(Maker *m, const TypeDesc *sig) {
    uint32_t from = m->nslots;
    for (uint32_t i = 0; i < sig->nout; i++) value(m, sig->out[i]);
    return m->nslots - from;
}

static uint32_t params(Maker *m, const TypeDesc *sig) {
    uint32_t from = m->nslots;
    for (uint32_t i = 0; i < sig->nin; i++) value(m, sig->in[i]);
    return m->nslots - from;
}

static Maker begin(bool keep, const char *name) {
    Maker m = {.keep = keep};
    m.fn = memory(&m, sizeof *m.fn);
    m.fn->self = m.fn;
    m.fn->name = (Str){name, (int64_t)strlen(name)};
    m.fn->file = (Str){"", 0};
    m.fn->flags = FUNC_WRAPPER;
    header(&m);
    return m;
}

static void op(Maker *m, Opcode code, uint32_t a, uint32_t b, uint32_t c) {
    m->code[m->fn->ncode++] = (Word){.op = (uint16_t)code, .a = (uint16_t)a, .b = (uint16_t)b, .c = (uint16_t)c};
}

static void op_x(Maker *m, Opcode code, uint32_t a, uint32_t b, uint32_t c, uint64_t x1) {
    op(m, code, a, b, c);
    m->code[m->fn->ncode++].raw = x1;
}

static void op_ptr(Maker *m, Opcode code, uint32_t a, uint32_t b, uint32_t c, const void *x1) { op_x(m, code, a, b, c, (uint64_t)(uintptr_t)x1); }

// The extension word of a call through a function value.
static uint64_t counts(uint32_t nresults, uint32_t nparams) { return (uint64_t)nresults << 32 | (uint64_t)nparams << 48; }

static void move(Maker *m, uint32_t dst, uint32_t src, uint32_t n) {
    if (n) op(m, OP_MOVE_N, dst, src, n);
}

// n words, each of which may be a pointer.
static const TypeDesc *words_type(Maker *m, uint32_t n) {
    TypeDesc *d = memory(m, sizeof *d + (n + 7) / 8);
    uint8_t *map = (uint8_t *)(d + 1);
    for (uint32_t i = 0; i < n; i++) map[i / 8] |= (uint8_t)(1u << (i % 8));
    *d = (TypeDesc){.size = n * 8ull, .align = 8, .kind = KIND_STRUCT, .ptr_words = n, .ptr_map = map};
    return d;
}

// Ends the function; locals, from slot `locals` on, and results are cleared
// before its code. NULL: it needs more slots than the machine has.
static Func *finish(Maker *m, uint32_t locals) {
    Func *f = m->fn;
    Word *code = NULL;
    if (m->nslots <= MAX_SLOTS) {
        op(m, OP_RET, 0, 0, 0);
        code = memory(m, (f->ncode + 2) * sizeof *code);
        code[0] = (Word){.op = OP_ZERO, .a = FRAME_HEADER, .b = (uint16_t)f->nresult_slots};
        code[1] = (Word){.op = OP_ZERO, .a = (uint16_t)locals, .b = (uint16_t)(m->nslots - locals)};
        memcpy(code + 2, m->code, f->ncode * sizeof *code);
        f->code = code;
        f->ncode += 2;
        f->nslots = m->nslots;
        uint8_t *map = memory(m, (m->nslots + 7) / 8);
        for (uint32_t i = 0; i < m->nslots; i++)
            if (m->kinds[i] == POINTER) map[i / 8] |= (uint8_t)(1u << (i % 8));
        f->ptr_map = map;
    }
    base_free(m->kinds);
    return code ? f : NULL;
}

// --- the functions

// func(target, args, results unsafe.Pointer): calls target, which is of type sig.
static Func *make_caller(const TypeDesc *sig) {
    Maker m = begin(true, "reflect.call");
    uint32_t target = slot(&m, POINTER), args = slot(&m, POINTER), res = slot(&m, POINTER);
    m.fn->nparam_slots = 3;
    uint32_t locals = header(&m), nres = results(&m, sig), at = m.nslots;
    uint32_t n = params(&m, sig);
    if (n) op_x(&m, OP_LOAD_N, at, args, 0, n * 8ull);
    op_x(&m, OP_CALL_CLOSURE, locals, target, 0, counts(nres, n));
    if (nres) op_ptr(&m, OP_STORE_N, res, locals + FRAME_HEADER, 0, words_type(&m, nres));
    return finish(&m, locals);
}

// A function of type sig that calls captures[0] with captures[1] in front of
// its own arguments: a method value.
static Func *make_bound(const TypeDesc *sig) {
    Maker m = begin(true, "reflect.methodValue");
    uint32_t nres = m.fn->nresult_slots = results(&m, sig), own = m.nslots, n = m.fn->nparam_slots = params(&m, sig);
    uint32_t target = slot(&m, POINTER), base = header(&m);
    results(&m, sig);
    uint32_t receiver = slot(&m, POINTER);
    params(&m, sig);
    op(&m, OP_LOAD_CAP, target, 0, 1);
    op(&m, OP_LOAD_CAP, receiver, 1, 1);
    move(&m, receiver + 1, own, n);
    op_x(&m, OP_CALL_CLOSURE, base, target, 0, counts(nres, n + 1));
    move(&m, FRAME_HEADER, base + FRAME_HEADER, nres);
    return finish(&m, target);
}

// A function of type sig that hands its arguments to captures[0], a
// func(context, args, results unsafe.Pointer), with captures[1] as context.
static Func *make_made(const TypeDesc *sig) {
    Maker m = begin(true, "reflect.makeFuncStub");
    uint32_t nres = m.fn->nresult_slots = results(&m, sig), own = m.nslots, n = m.fn->nparam_slots = params(&m, sig);
    uint32_t target = slot(&m, POINTER), args = slot(&m, POINTER), res = slot(&m, POINTER), base = header(&m);
    uint32_t at = slot(&m, POINTER);
    slot(&m, POINTER);
    slot(&m, POINTER);
    op(&m, OP_LOAD_CAP, target, 0, 1);
    op(&m, OP_LOAD_CAP, at, 1, 1);
    op_ptr(&m, OP_NEW, args, 0, 0, words_type(&m, n + 1));
    op_ptr(&m, OP_NEW, res, 0, 0, words_type(&m, nres + 1));
    if (n) op_ptr(&m, OP_STORE_N, args, own, 0, words_type(&m, n));
    op(&m, OP_MOVE2, at + 1, args, 0);
    op_x(&m, OP_CALL_CLOSURE, base, target, 0, counts(0, 3));
    if (nres) op_x(&m, OP_LOAD_N, FRAME_HEADER, res, 0, nres * 8ull);
    return finish(&m, target);
}

// --- functions that are kept: one of each sort for a function type

typedef Func *MakeFn(const TypeDesc *sig);

typedef struct Kept {
    MakeFn *how;
    const TypeDesc *sig;
    Func *fn;
    struct Kept *next;
} Kept;

enum { BUCKETS = 256 };
static Kept *kept[BUCKETS];
static pthread_mutex_t kept_lock = PTHREAD_MUTEX_INITIALIZER;

static void visit_kept(void (*visit)(void *ctx, uint64_t word), void *ctx) {
    for (uint32_t i = 0; i < BUCKETS; i++)
        for (const Kept *k = kept[i]; k; k = k->next) visit(ctx, (uint64_t)(uintptr_t)k->sig);
}

static void forget_nothing(void) {}

static Func *find(MakeFn *how, const TypeDesc *sig) {
    static NativeTypes holder = {.visit = visit_kept, .forget = forget_nothing};
    static bool known;
    pthread_mutex_lock(&kept_lock);
    if (!known) native_add_types(&holder);
    known = true;
    Kept **bucket = &kept[sig->hash % BUCKETS], *k = *bucket;
    while (k && (k->how != how || k->sig != sig)) k = k->next;
    if (!k) {
        k = base_calloc(1, sizeof *k);
        *k = (Kept){how, sig, how(sig), *bucket};
        *bucket = k;
    }
    pthread_mutex_unlock(&kept_lock);
    return k->fn;
}

static const void *closure(Func *f, uint64_t target, uint64_t capture) {
    if (!f) return NULL;
    uint64_t *words = gc_new_scan(current_p, 3);
    words[0] = (uint64_t)(uintptr_t)f;
    words[1] = target;
    words[2] = capture;
    return words;
}

static const void *plain(Func *f) { return f ? func_closure(f) : NULL; }

// --- the doors

uint32_t native_slots(const TypeDesc *t) { return frame_slots(t); }
bool native_is_big(const TypeDesc *t) { return t->size > BIG_BYTES; }

const void *native_func_value(struct Func *f) { return func_closure(f); }

const void *native_caller_of(const TypeDesc *sig) { return plain(find(make_caller, sig)); }

const void *native_bound(const TypeDesc *sig, const void *target, uint64_t receiver) {
    return closure(find(make_bound, sig), (uint64_t)(uintptr_t)target, receiver);
}

const void *native_made_func(const TypeDesc *sig, const void *handler, const void *context) {
    Func *f = ((const Closure *)handler)->fn; // its callee counts as called by who calls the made function
    if (!(f->flags & FUNC_WRAPPER)) f->flags |= FUNC_WRAPPER;
    return closure(find(make_made, sig), (uint64_t)(uintptr_t)handler, (uint64_t)(uintptr_t)context);
}

const void *native_method_func(const TypeDesc *t, const MethodDesc *method) {
    Maker m = begin(false, "reflect.methodFunc");
    uint32_t nres = m.fn->nresult_slots = results(&m, method->type), own = value(&m, t), n = params(&m, method->type);
    m.fn->nparam_slots = m.nslots - own;
    uint32_t base = header(&m);
    results(&m, method->type);
    uint32_t receiver = slot(&m, POINTER);
    params(&m, method->type);
    if (t->size && !type_is_direct(t) && t->size <= BIG_BYTES) op_ptr(&m, OP_BOX, receiver, own, 0, t);
    else move(&m, receiver, own, frame_slots(t));
    move(&m, receiver + 1, own + frame_slots(t), n);
    op_ptr(&m, OP_CALL, base, 0, 0, method->fn);
    move(&m, FRAME_HEADER, base + FRAME_HEADER, nres);
    return plain(finish(&m, base));
}

const void *native_select_func(const bool *send, const int64_t *size, int64_t n, bool has_default) {
    Maker m = begin(false, "reflect.rselect");
    uint32_t words = slot(&m, POINTER), chosen = slot(&m, SCALAR);
    m.fn->nparam_slots = 1;
    SelectCase *cases = memory(&m, (uint64_t)n * sizeof *cases + 8);
    for (int64_t i = 0; i < n && m.nslots <= MAX_SLOTS; i++) {
        cases[i] = (SelectCase){.chan = (uint16_t)m.nslots, .ok = (uint16_t)(m.nslots + 1), .value = (uint16_t)(m.nslots + 2), .kind = send[i] ? ARM_SEND : ARM_RECEIVE, .slots = (uint16_t)size[i]};
        for (int64_t k = 0; k < size[i] + 2 && m.nslots <= MAX_SLOTS; k++) slot(&m, POINTER);
    }
    uint32_t run = m.nslots - chosen;
    op_x(&m, OP_LOAD_N, chosen, words, 0, run * 8ull);
    op_ptr(&m, OP_SELECT, chosen, has_default, (uint32_t)n, cases);
    op_ptr(&m, OP_STORE_N, words, chosen, 0, words_type(&m, run));
    return plain(finish(&m, chosen));
}
