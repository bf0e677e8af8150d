// SPDX-License-Identifier: MIT
// ffi_sysv.c: calls with structs, variable arguments and arguments on the
// stack, after the System V convention of x86-64.
//
// Where each word of the arguments goes is worked out once, as a list of moves
// into an image of the argument registers and the stack's argument area. The
// call itself is ordinary C: the image's registers are passed as six integers
// and eight doubles, the stack's words as one struct by value, which the
// compiler copies to where stack arguments lie. The callee's type is given as
// variadic, so that the number of float registers is told to those who ask.
#include <string.h>

#include "runtime/base.h"
#include "vm/ffi_impl.h"

#if defined(__x86_64__)

enum { INTS = 6, FLOATS = 8, STACK = INTS + FLOATS, STACK_MAX = 64, IMAGE = STACK + STACK_MAX };

typedef enum PlanReturn { RETURN_INT, RETURN_FLOAT, RETURN_INT_INT, RETURN_FLOAT_FLOAT, RETURN_INT_FLOAT, RETURN_FLOAT_INT, RETURN_LDOUBLE, RETURN_MEMORY } PlanReturn;

typedef struct Move {
    uint16_t slot;   // of the argument area
    uint16_t to;     // word of the image
    uint16_t param;
    uint16_t word;   // of a boxed struct
    uint8_t how;     // MoveHow
} Move;

typedef enum MoveHow { MOVE_SLOT, MOVE_CONVERT, MOVE_BOXED, MOVE_LDOUBLE } MoveHow;

struct FfiPlan {
    uint8_t ret;     // PlanReturn
    uint16_t nstack; // words of the stack in use
    uint32_t nmoves;
    Move moves[];
};

typedef struct Allocation { uint16_t ints, floats, stack; } Allocation;

static bool is_float(uint8_t k) { return k == FOREIGN_F32 || k == FOREIGN_F64 || k == FOREIGN_PROMOTED; }

// Is word w of the struct passed in a float register?
static bool float_word(const ForeignType *t, uint32_t w) {
    if (t->kind == FOREIGN_C64 || t->kind == FOREIGN_C128) return true;
    bool any = false;
    for (uint32_t i = 0; i < t->nfields; i++)
        if (t->fields[i].offset / 8 == w) {
            if (!is_float(t->fields[i].kind)) return false;
            any = true;
        }
    return any;
}

static bool is_compound(const ForeignType *t) { return t->kind == FOREIGN_STRUCT || t->kind == FOREIGN_C64 || t->kind == FOREIGN_C128; }

// A struct goes to registers whole or not at all; one with a field off its
// alignment never does.
static bool place_struct(const ForeignType *t, Allocation *a, uint16_t *to) {
    uint32_t n = (t->size + 7) / 8, floats = 0;
    if (t->size <= 16 && !t->misaligned) {
        for (uint32_t w = 0; w < n; w++) floats += float_word(t, w);
        if (a->floats + floats <= FLOATS && a->ints + n - floats <= INTS) {
            for (uint32_t w = 0; w < n; w++) to[w] = (uint16_t)(float_word(t, w) ? INTS + a->floats++ : a->ints++);
            return true;
        }
    }
    if (t->align > 8) a->stack = (uint16_t)((a->stack + 1) / 2 * 2);
    if (a->stack + n > STACK_MAX) return false;
    for (uint32_t w = 0; w < n; w++) to[w] = (uint16_t)(STACK + a->stack++);
    return true;
}

static bool place_ldouble(Allocation *a, uint16_t *to) {
    a->stack = (uint16_t)((a->stack + 1) / 2 * 2);
    if (a->stack + 2 > STACK_MAX) return false;
    *to = (uint16_t)(STACK + a->stack);
    a->stack = (uint16_t)(a->stack + 2);
    return true;
}

static bool place_scalar(const ForeignType *t, Allocation *a, uint16_t *to) {
    if (t->kind == FOREIGN_LDOUBLE) return place_ldouble(a, to);
    if (is_float(t->kind) && a->floats < FLOATS) *to = (uint16_t)(INTS + a->floats++);
    else if (!is_float(t->kind) && a->ints < INTS) *to = a->ints++;
    else if (a->stack < STACK_MAX) *to = (uint16_t)(STACK + a->stack++);
    else return false;
    return true;
}

static PlanReturn return_of(const ForeignType *t) {
    if (t->kind == FOREIGN_LDOUBLE) return RETURN_LDOUBLE;
    if (!is_compound(t)) return is_float(t->kind) ? RETURN_FLOAT : RETURN_INT;
    if (t->size > 16 || t->misaligned) return RETURN_MEMORY;
    bool f0 = float_word(t, 0), f1 = t->size > 8 && float_word(t, 1);
    if (t->size <= 8) return f0 ? RETURN_FLOAT : RETURN_INT;
    return f0 ? (f1 ? RETURN_FLOAT_FLOAT : RETURN_FLOAT_INT) : f1 ? RETURN_INT_FLOAT : RETURN_INT_INT;
}

// NULL: more on the stack than the image holds.
FfiPlan *ffi_plan(const ForeignCall *c) {
    Move moves[IMAGE];
    uint32_t n = 0, slot = 0;
    Allocation a = {0};
    PlanReturn ret = return_of(&c->result);
    if (ret == RETURN_MEMORY) a.ints = 1; // the result's address
    for (uint32_t i = 0; i < c->nparams; slot += c->params[i++].slots) {
        const ForeignType *t = &c->params[i];
        uint16_t to[STACK_MAX];
        if (is_compound(t)) {
            if ((t->size + 7) / 8 > STACK_MAX || !place_struct(t, &a, to)) return NULL;
            for (uint32_t w = 0; w < (t->size + 7) / 8; w++)
                moves[n++] = (Move){.slot = (uint16_t)(t->boxed ? slot : slot + w), .to = to[w], .param = (uint16_t)i, .word = (uint16_t)w, .how = t->boxed ? MOVE_BOXED : MOVE_SLOT};
        } else {
            if (!place_scalar(t, &a, to)) return NULL;
            moves[n++] = (Move){.slot = (uint16_t)slot, .to = to[0], .param = (uint16_t)i, .how = t->kind == FOREIGN_LDOUBLE ? MOVE_LDOUBLE : t->kind > FOREIGN_STRUCT ? MOVE_CONVERT : MOVE_SLOT};
        }
    }
    FfiPlan *p = base_malloc(sizeof *p + n * sizeof *moves);
    *p = (FfiPlan){.ret = (uint8_t)ret, .nstack = a.stack, .nmoves = n};
    memcpy(p->moves, moves, n * sizeof *moves);
    return p;
}

static void store_ldouble(void *to, const uint64_t *slot) {
    double d;
    memcpy(&d, slot, sizeof d);
    long double wide = d;
    memcpy(to, &wide, sizeof wide);
}

void ffi_plan_load(const FfiPlan *p, const ForeignCall *c, const uint64_t *args, FfiTemps *t, uint64_t *image, void *result) {
    if (p->ret == RETURN_MEMORY) image[0] = (uint64_t)(uintptr_t)result;
    for (uint32_t i = 0; i < p->nmoves; i++) {
        const Move *m = &p->moves[i];
        if (m->how == MOVE_SLOT) image[m->to] = args[m->slot];
        else if (m->how == MOVE_LDOUBLE) store_ldouble(&image[m->to], &args[m->slot]);
        else if (m->how == MOVE_CONVERT) image[m->to] = ffi_word_of(t, &c->params[m->param], &args[m->slot]);
        else image[m->to] = ((const uint64_t *)(uintptr_t)args[m->slot])[m->word];
    }
}

uint32_t ffi_plan_words(const FfiPlan *p) { return p->nstack <= 8 ? STACK + 8 : IMAGE; }

typedef struct IntInt { uint64_t a, b; } IntInt;
typedef struct FloatFloat { double a, b; } FloatFloat;
typedef struct IntFloat { uint64_t a; double b; } IntFloat;
typedef struct FloatInt { double a; uint64_t b; } FloatInt;
typedef struct Stack8 { uint64_t w[8]; } Stack8;
typedef struct Stack64 { uint64_t w[STACK_MAX]; } Stack64;

#define REGISTERS v[0], v[1], v[2], v[3], v[4], v[5], f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]
#define CALL(R, to)                                                                               \
    do {                                                                                          \
        R r;                                                                                      \
        R (*fn)(uint64_t, ...) = (R(*)(uint64_t, ...))addr;                                       \
        if (p->nstack == 0) r = fn(REGISTERS);                                                    \
        else if (p->nstack <= 8) r = fn(REGISTERS, *(const Stack8 *)(const void *)(v + STACK));   \
        else r = fn(REGISTERS, *(const Stack64 *)(const void *)(v + STACK));                      \
        memcpy(to, &r, sizeof r);                                                                 \
    } while (0)

void ffi_plan_call(const FfiPlan *p, void *addr, const uint64_t *v, void *result) {
    double f[FLOATS];
    memcpy(f, v + INTS, sizeof f);
    uint64_t address;
    long double wide;
    switch ((PlanReturn)p->ret) {
    case RETURN_INT: CALL(uint64_t, result); break;
    case RETURN_FLOAT: CALL(double, result); break;
    case RETURN_INT_INT: CALL(IntInt, result); break;
    case RETURN_FLOAT_FLOAT: CALL(FloatFloat, result); break;
    case RETURN_INT_FLOAT: CALL(IntFloat, result); break;
    case RETURN_FLOAT_INT: CALL(FloatInt, result); break;
    case RETURN_LDOUBLE:
        CALL(long double, &wide);
        *(double *)result = (double)wide;
        break;
    case RETURN_MEMORY: CALL(uint64_t, &address); break;
    }
}

#else

FfiPlan *ffi_plan(const ForeignCall *c) { return (void)c, NULL; }
void ffi_plan_load(const FfiPlan *p, const ForeignCall *c, const uint64_t *args, FfiTemps *t, uint64_t *image, void *result) { (void)p, (void)c, (void)args, (void)t, (void)image, (void)result; }
uint32_t ffi_plan_words(const FfiPlan *p) { return (void)p, 0; }
void ffi_plan_call(const FfiPlan *p, void *addr, const uint64_t *v, void *result) { (void)p, (void)addr, (void)v, (void)result; }

#endif
