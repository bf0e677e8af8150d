// SPDX-License-Identifier: MIT
// interp.c: the dispatch loop.
//
// One function, threaded code. pc, fp and g live in registers; p is the
// processor of this thread (natives that block may come back on another one).
// The state is written to g (SAVE) before anything that may look at it or move
// the stack, and read again (LOAD) afterwards. Bodies use only the operand
// macros, NEXT, TAKE (a jump) and the shared endings below the loop.
//
// Safepoints are jumps and calls: P.preempt is looked at there, and only there
// may a collection or a switch for fairness happen.
#include <math.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/heap.h"
#include "runtime/iface.h"
#include "runtime/map.h"
#include "runtime/network.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "runtime/sema.h"
#include "runtime/slice.h"
#include "runtime/str.h"
#include "vm/ffi.h"
#include "vm/machine.h"

static inline double f64(uint64_t w) {
    double d;
    memcpy(&d, &w, sizeof d);
    return d;
}
static inline uint64_t bits64(double d) {
    uint64_t w;
    memcpy(&w, &d, sizeof w);
    return w;
}
static inline float f32(uint64_t w) {
    uint32_t u = (uint32_t)w;
    float f;
    memcpy(&f, &u, sizeof f);
    return f;
}
static inline uint64_t bits32(float f) {
    uint32_t u;
    memcpy(&u, &f, sizeof u);
    return u;
}

static inline Slice slice_at(const uint64_t *v) { return (Slice){(void *)(uintptr_t)v[0], (int64_t)v[1], (int64_t)v[2]}; }
static inline void put_slice(uint64_t *v, Slice s) {
    v[0] = (uint64_t)(uintptr_t)s.ptr;
    v[1] = (uint64_t)s.len;
    v[2] = (uint64_t)s.cap;
}
static inline Str str_at(const uint64_t *v) { return (Str){(const char *)(uintptr_t)v[0], (int64_t)v[1]}; }
static inline void put_str(uint64_t *v, Str s) {
    v[0] = (uint64_t)(uintptr_t)s.ptr;
    v[1] = (uint64_t)s.len;
}
static inline Iface iface_at(const uint64_t *v) { return (Iface){(const TypeDesc *)(uintptr_t)v[0], v[1]}; }

// --- select: arms from the instruction's constant records

enum { ARMS_ON_STACK = 16 };

static ChanStatus run_select(P *p, G *g, const Word *pc, uint64_t *fp, bool finish) {
    const Word w = pc[0];
    const SelectCase *cases = pc[1].ptr;
    SelectArm small[ARMS_ON_STACK], *arms = w.c <= ARMS_ON_STACK ? small : base_malloc(w.c * sizeof *arms);
    for (uint32_t i = 0; i < w.c; i++)
        arms[i] = (SelectArm){(Chan *)(uintptr_t)fp[cases[i].chan], &fp[cases[i].value], cases[i].ok == NO_SLOT ? NULL : &fp[cases[i].ok], cases[i].filter, cases[i].kind, cases[i].fails, fp[cases[i].chan] & 1};
    int64_t chosen = 0;
    ChanStatus st = finish ? chan_select_finish(p, g, arms, w.c, w.b, &chosen) : chan_select(p, g, arms, w.c, w.b, &chosen);
    if (st == CHAN_DONE) fp[w.a] = (uint64_t)chosen;
    if (arms != small) base_free(arms);
    return st;
}

// Arms from a list: of each its ArmSite, channel or condition, the range
// variables, the value to send.
typedef struct ArmList {
    uint64_t n, used, room; // arms; words of buf
    uint64_t *buf;
} ArmList;

static ArmList *arm_list(P *p, ArmList *old) {
    ArmList *l = old ? old : gc_new_scan(p, sizeof *l / 8);
    l->n = l->used = 0;
    return l;
}

static uint32_t arm_words(const ArmSite *s) { return 2u + s->nindices + s->words; }

// The function that has taken the place of that of entry, in the end. It is noted
// there, so that a row of replacements is walked once.
static const Func *latest_of(const Word *entry) {
    const Func *first = __atomic_load_n(&entry->ptr, __ATOMIC_ACQUIRE), *f = first; // pairs with gen_replace_func
    for (;;) {
        const Word *w = f->code;
        while (w->op != OP_ENTRY) w += op_words(w);
        const Func *next = __atomic_load_n(&w[1].ptr, __ATOMIC_ACQUIRE);
        if (!next) break;
        f = next;
    }
    if (f != first) __atomic_store_n((const void **)(uintptr_t)&entry->ptr, f, __ATOMIC_RELEASE);
    return f;
}

static void add_arm(P *p, ArmList *l, const ArmSite *s, const uint64_t *run) {
    uint32_t n = arm_words(s);
    if (l->used + n > l->room) {
        uint64_t room = 2 * (l->used + n) + 16, *buf = gc_new_scan(p, room);
        for (uint64_t i = 0; i < l->used; i++) buf[i] = l->buf[i];
        l->buf = buf;
        l->room = room;
    }
    uint64_t *to = l->buf + l->used;
    to[0] = (uint64_t)(uintptr_t)s;
    for (uint32_t i = 1; i < n; i++) to[i] = run[i - 1];
    l->used += n;
    l->n++;
}

static ChanStatus run_select_arms(P *p, G *g, const Word *pc, uint64_t *fp, bool finish) {
    const Word w = pc[0];
    ArmList *l = (ArmList *)(uintptr_t)fp[w.b];
    SelectArm small[ARMS_ON_STACK], *arms = l->n <= ARMS_ON_STACK ? small : base_malloc(l->n * sizeof *arms);
    uint64_t *at = l->buf;
    for (uint64_t i = 0; i < l->n; i++) {
        const ArmSite *s = (const ArmSite *)(uintptr_t)at[0];
        arms[i] = (SelectArm){(Chan *)(uintptr_t)at[1], s->kind == ARM_SEND ? at + 2 + s->nindices : &fp[s->value], s->ok == NO_SLOT ? NULL : &fp[s->ok], s->filter, s->kind, s->fails, at[1] & 1};
        at += arm_words(s);
    }
    int64_t chosen = 0;
    ChanStatus st = finish ? chan_select_finish(p, g, arms, (uint32_t)l->n, w.c, &chosen) : chan_select(p, g, arms, (uint32_t)l->n, w.c, &chosen);
    if (st == CHAN_DONE && chosen >= 0) {
        at = l->buf;
        for (int64_t i = 0; i < chosen; i++) at += arm_words((const ArmSite *)(uintptr_t)at[0]);
        const ArmSite *s = (const ArmSite *)(uintptr_t)at[0];
        for (uint32_t i = 0; i < s->nindices; i++) fp[s->index + i] = at[2 + i];
        chosen = s->guard;
    }
    if (st == CHAN_DONE) fp[w.a] = (uint64_t)chosen;
    if (arms != small) base_free(arms);
    return st;
}

// --- switches over strings

static const StringCase *string_case(const StringTable *t, Str s) {
    for (uint32_t i = string_table_hash(s) & t->mask; t->cases[i].used; i = (i + 1) & t->mask)
        if (str_eq(t->cases[i].s, s)) return &t->cases[i];
    return NULL;
}

// --- defer

// The list is sorted by frame, deepest first.
static void push_deferred(G *g, uint64_t frame, const Closure *c, const uint64_t *window) {
    uint32_t n = c ? c->fn->nparam_slots : 0;
    Deferred *d = defer_new(n);
    d->closure = c;
    d->fp = frame;
    const uint64_t *args = window + FRAME_HEADER + (c ? c->fn->nresult_slots : 0);
    for (uint32_t i = 0; i < n; i++) d->args[i] = args[i];
    Deferred **at_link = &g->defers;
    while (*at_link && (*at_link)->fp > frame) at_link = &(*at_link)->link;
    d->link = *at_link;
    *at_link = d;
}

static __attribute__((noinline)) void nil_func_in_go(void) { rt_fatal("go of nil func value"); }

// pc stands behind the instruction's first word. Operands are read from memory
// where they are used: one load each, folded by the compiler, nothing kept.
#define OA (pc[-1].a)
#define OB (pc[-1].b)
#define OC (pc[-1].c)
#define A fp[OA]
#define B fp[OB]
#define C fp[OC]
#define SA ((int64_t)A)
#define SB ((int64_t)B)
#define SC ((int64_t)C)
#define SIMM_B ((int64_t)(int16_t)OB)
#define WIDE ((int32_t)((uint32_t)OB | (uint32_t)OC << 16))
#define X1 (pc[0].raw)
#define T1 ((const TypeDesc *)pc[0].ptr)

// Numbers in the word behind, of 16 bits, and the slots of such names.
#define X16(i) (((const uint16_t *)pc)[i])
#define XSLOT(i) fp[X16(i)]

#define NEXT                          \
    do {                              \
        pc++;                         \
        goto *dispatch[pc[-1].op];    \
    } while (0)
#define NEXT_X                        \
    do {                              \
        pc += 2;                      \
        goto *dispatch[pc[-1].op];    \
    } while (0)
#define SAVE() (g->pc = pc, g->fp = (uint64_t)(fp - g->stack))
#define LOAD() (pc = g->pc, fp = g->stack + g->fp)
// A jump polls.
#define TAKE(offset)                                                                              \
    do {                                                                                          \
        pc += (offset);                                                                           \
        if (UNLIKELY(atomic_load_explicit(&p->preempt, memory_order_relaxed))) goto safepoint;    \
        NEXT;                                                                                     \
    } while (0)
#define BRANCH(cond)                    \
    do {                                \
        if (cond) TAKE((int16_t)OC);   \
        NEXT;                           \
    } while (0)
// Structs of C may be packed, so nothing is known of an address's alignment.
#define MEM(type, ptr, off) (((struct { type v; } __attribute__((packed)) *)(uintptr_t)((ptr) + (off)))->v)
typedef uint64_t __attribute__((aligned(1))) AnyWord;
#define NIL_CHECK(ptr)                                    \
    do {                                                  \
        if (UNLIKELY((uint64_t)(ptr) < 4096)) goto nil_deref; \
    } while (0)
#define INDEX_CHECK(i, n)                              \
    do {                                               \
        if (UNLIKELY((uint64_t)(i) >= (uint64_t)(n))) { \
            bad_index = (int64_t)(i);                  \
            bad_length = (int64_t)(n);                 \
            goto index_error;                          \
        }                                              \
    } while (0)

// The end of a counted loop goes round more often than not.
#define LOOP_WHILE(cond)                      \
    do {                                      \
        if (LIKELY(cond)) TAKE((int16_t)OC);  \
        NEXT;                                 \
    } while (0)

#define OPCODE(name) L_##name:

void machine_run(P *p, G *g) {
    static const void *const labels[OP_COUNT] = {
#define OP(name, a, b, c, ext, flags, effect) [OP_##name] = &&L_##name,
#include "vm/opcodes.def"
#undef OP
    };
    const Word *pc;
    uint64_t *fp;
    int64_t bad_index = 0, bad_length = 0;
    bool returned = false; // the goroutine's function has, as opposed to Goexit
    // The same, but for operations on channels, which are counted first: so that
    // counting costs nothing while nobody asks for it.
#define IS_CHAN_OP(op) ((op) + 0 == OP_SEND || (op) + 0 == OP_RECV || (op) + 0 == OP_SELECT || (op) + 0 == OP_SELECT_ARMS)
    static const void *const counting_labels[OP_COUNT] = {
#define OP(name, a, b, c, ext, flags, effect) [OP_##name] = IS_CHAN_OP(OP_##name) ? &&counted : &&L_##name,
#include "vm/opcodes.def"
#undef OP
    };
    const void *const *dispatch = labels;
look_around:
    dispatch = machine_counts_chan_ops ? counting_labels : labels;
    __asm__("" : "+r"(dispatch)); // keeps the address in a register, instead of computing it at each jump

    goto resume;
parked: // another one's turn
    g = sched_next(p);
    if (UNLIKELY(!g)) return;
resume:
    LOAD();
    if (LIKELY(g->resume == RESUME_NEXT)) NEXT;
    switch ((GResume)g->resume) {
    case RESUME_SELECT: goto select_resumed;
    case RESUME_JOIN: goto join_resumed;
    case RESUME_ENDED:
        g->resume = RESUME_NEXT;
        rt_panic_plain(g, "csp: destination ended");
        goto panicked;
    case RESUME_CLOSED:
        g->resume = RESUME_NEXT;
        rt_panic_plain(g, "send on closed channel");
        goto panicked;
    case RESUME_PANIC: g->resume = RESUME_NEXT; goto panicked;
    case RESUME_EXIT: g->resume = RESUME_NEXT; goto goexit;
    case RESUME_NEXT: case RESUME_CALL:
        g->resume = RESUME_NEXT;
        NEXT;
    }

    OPCODE(NOP) NEXT;
    OPCODE(ENTRY) {
        if (LIKELY(!pc[0].ptr)) NEXT_X;
        const Func *f = latest_of(pc);
        if (UNLIKELY(fp + f->nslots > g->stack_end)) {
            SAVE();
            stack_reserve(g, g->fp + f->nslots + STACK_HEADROOM);
            LOAD();
        }
        fp[FRAME_CLOSURE] = (uint64_t)(uintptr_t)func_closure((Func *)(uintptr_t)f);
        pc = f->code;
        NEXT;
    }
    OPCODE(MOVE) A = B; NEXT;
    OPCODE(MOVE2) {
        uint64_t *a = &A, *b = &B, x = b[0], y = b[1];
        a[0] = x, a[1] = y;
        NEXT;
    }
    OPCODE(MOVE3) {
        uint64_t *a = &A, *b = &B, x = b[0], y = b[1], z = b[2];
        a[0] = x, a[1] = y, a[2] = z;
        NEXT;
    }
    OPCODE(MOVES) A = B; XSLOT(0) = XSLOT(1); NEXT_X;
    OPCODE(MOVE_N) memmove(&A, &B, (size_t)OC * 8); NEXT;
    OPCODE(LOAD_INT) A = (uint64_t)(int64_t)WIDE; NEXT;
    OPCODE(LOAD_K) A = X1; NEXT_X;
    OPCODE(LOAD_K2) {
        uint64_t *a = &A;
        a[0] = pc[0].raw, a[1] = pc[1].raw;
        pc += 2;
        NEXT;
    }
    OPCODE(ZERO) {
        uint64_t *a = &A, *end = a + OB;
        while (a < end) {
            *a++ = 0;
            __asm__("" : "+r"(a)); // no call of memset for a few words
        }
        NEXT;
    }
    OPCODE(LOAD_CAP) {
        const uint64_t *from = frame_closure(fp)->captures + OB;
        uint64_t *a = &A;
        for (uint32_t i = 0; i < OC; i++) a[i] = from[i];
        NEXT;
    }
    OPCODE(LOAD_CAP1) A = frame_closure(fp)->captures[OB]; NEXT;
    OPCODE(GLOBAL_GET) A = MEM(uint64_t, X1, 0); NEXT_X;
    OPCODE(GLOBAL_GET2) {
        uint64_t *a = &A;
        a[0] = MEM(uint64_t, X1, 0), a[1] = MEM(uint64_t, X1, 8);
        NEXT_X;
    }
    OPCODE(GLOBAL_GET3) {
        uint64_t *a = &A;
        a[0] = MEM(uint64_t, X1, 0), a[1] = MEM(uint64_t, X1, 8), a[2] = MEM(uint64_t, X1, 16);
        NEXT_X;
    }
    OPCODE(GLOBAL_SET) MEM(uint64_t, X1, 0) = B; NEXT_X;
    OPCODE(GLOBAL_SET_PTR) GC_BARRIER(X1, B); MEM(uint64_t, X1, 0) = B; NEXT_X;

    OPCODE(ADD) A = B + C; NEXT;
    OPCODE(SUB) A = B - C; NEXT;
    OPCODE(MUL) A = B * C; NEXT;
    OPCODE(DIV) {
        int64_t x = SB, y = SC;
        if (UNLIKELY((uint64_t)y + 1 <= 1)) { // 0 or -1
            if (y == 0) goto divide_error;
            A = -(uint64_t)x;
            NEXT;
        }
        A = (uint64_t)(x / y);
        NEXT;
    }
    OPCODE(REM) {
        int64_t x = SB, y = SC;
        if (UNLIKELY((uint64_t)y + 1 <= 1)) {
            if (y == 0) goto divide_error;
            A = 0;
            NEXT;
        }
        A = (uint64_t)(x % y);
        NEXT;
    }
    OPCODE(UDIV) if (UNLIKELY(C == 0)) goto divide_error; A = B / C; NEXT;
    OPCODE(UREM) if (UNLIKELY(C == 0)) goto divide_error; A = B % C; NEXT;
    OPCODE(AND) A = B & C; NEXT;
    OPCODE(OR) A = B | C; NEXT;
    OPCODE(XOR) A = B ^ C; NEXT;
    OPCODE(ANDNOT) A = B & ~C; NEXT;
    OPCODE(SHL) A = C < 64 ? B << C : 0; NEXT;
    OPCODE(SHR) A = (uint64_t)(SB >> (C < 63 ? C : 63)); NEXT;
    OPCODE(USHR) A = C < 64 ? B >> C : 0; NEXT;
    OPCODE(SHIFT_CHECK) if (UNLIKELY(SB < 0)) goto shift_error; NEXT;
    OPCODE(NEG) A = -B; NEXT;
    OPCODE(COM) A = ~B; NEXT;
    OPCODE(MULADD) {
        uint64_t product = B * C;
        A += product;
        NEXT;
    }
    OPCODE(MUL_ADD) A = B * C + fp[X1]; NEXT_X;
    OPCODE(MUL_ADD_I) A = B * C + X1; NEXT_X;
    OPCODE(MUL_I_ADD_I) A = B * OC + X1; NEXT_X;
    OPCODE(MUL_I_ADD) A = B * X1 + C; NEXT_X;
    OPCODE(ADD3) A = B + C + fp[X1]; NEXT_X;
    OPCODE(ADD_ADD_I) A = B + C + X1; NEXT_X;
    OPCODE(SUB_ADD_I) A = B - C + X1; NEXT_X;
    OPCODE(ADD_I) A = B + OC; NEXT;
    OPCODE(SUB_I) A = B - OC; NEXT;
    OPCODE(STEP2) {
        A += (uint64_t)(int64_t)(int8_t)OC;
        B += (uint64_t)(int64_t)(int8_t)(OC >> 8);
        NEXT;
    }
    OPCODE(MUL_I) A = B * OC; NEXT;
    OPCODE(DIV_I) A = (uint64_t)(SB / (int64_t)OC); NEXT;
    OPCODE(REM_I) A = (uint64_t)(SB % (int64_t)OC); NEXT;
    OPCODE(DIV_P2) {
        int64_t b = SB;
        A = (uint64_t)((b + (int64_t)((uint64_t)(b >> 63) & ((1ull << OC) - 1))) >> OC);
        NEXT;
    }
    OPCODE(REM_P2) {
        uint64_t b = B, mask = (1ull << OC) - 1, bias = (uint64_t)((int64_t)b >> 63) & mask;
        A = ((b + bias) & mask) - bias;
        NEXT;
    }
    OPCODE(AND_I) A = B & OC; NEXT;
    OPCODE(SHL_I) A = B << OC; NEXT;
    OPCODE(SHR_I) A = (uint64_t)(SB >> OC); NEXT;
    OPCODE(USHR_I) A = B >> OC; NEXT;
    OPCODE(SEXT8) A = (uint64_t)(int64_t)(int8_t)B; NEXT;
    OPCODE(SEXT16) A = (uint64_t)(int64_t)(int16_t)B; NEXT;
    OPCODE(SEXT32) A = (uint64_t)(int64_t)(int32_t)B; NEXT;
    OPCODE(ZEXT8) A = (uint8_t)B; NEXT;
    OPCODE(ZEXT16) A = (uint16_t)B; NEXT;
    OPCODE(ZEXT32) A = (uint32_t)B; NEXT;
    OPCODE(ADD_I32) A = (uint64_t)(int64_t)(int32_t)(B + C); NEXT;
    OPCODE(SUB_I32) A = (uint64_t)(int64_t)(int32_t)(B - C); NEXT;
    OPCODE(MUL_I32) A = (uint64_t)(int64_t)(int32_t)(B * C); NEXT;
    OPCODE(ADD_U32) A = (uint32_t)(B + C); NEXT;
    OPCODE(SUB_U32) A = (uint32_t)(B - C); NEXT;
    OPCODE(MUL_U32) A = (uint32_t)(B * C); NEXT;
    OPCODE(NOT) A = B ^ 1; NEXT;
    OPCODE(EQ) A = B == C; NEXT;
    OPCODE(NE) A = B != C; NEXT;
    OPCODE(LT) A = SB < SC; NEXT;
    OPCODE(LE) A = SB <= SC; NEXT;
    OPCODE(ULT) A = B < C; NEXT;
    OPCODE(ULE) A = B <= C; NEXT;

    OPCODE(ADD_F) A = bits64(f64(B) + f64(C)); NEXT;
    OPCODE(SUB_F) A = bits64(f64(B) - f64(C)); NEXT;
    OPCODE(MUL_F) A = bits64(f64(B) * f64(C)); NEXT;
    OPCODE(DIV_F) A = bits64(f64(B) / f64(C)); NEXT;
    OPCODE(NEG_F) A = B ^ 1ull << 63; NEXT;
    OPCODE(MULADD_F) {
        double product = f64(B) * f64(C);
        A = bits64(f64(A) + product);
        NEXT;
    }
#define WITH_PRODUCT(name, value)                        \
    OPCODE(name) {                                       \
        double product = f64(B) * f64(C), x = f64(fp[X1]); \
        A = bits64(value);                               \
        NEXT_X;                                          \
    }
    WITH_PRODUCT(MUL3_F, product * x)
    WITH_PRODUCT(MUL_ADD_F, x + product)
    WITH_PRODUCT(MUL_SUB_F, product - x)
    WITH_PRODUCT(SUB_MUL_F, x - product)
    OPCODE(ADD_F32) A = bits32(f32(B) + f32(C)); NEXT;
    OPCODE(SUB_F32) A = bits32(f32(B) - f32(C)); NEXT;
    OPCODE(MUL_F32) A = bits32(f32(B) * f32(C)); NEXT;
    OPCODE(DIV_F32) A = bits32(f32(B) / f32(C)); NEXT;
    OPCODE(NEG_F32) A = B ^ 1ull << 31; NEXT;
    OPCODE(EQ_F) A = f64(B) == f64(C); NEXT;
    OPCODE(NE_F) A = f64(B) != f64(C); NEXT;
    OPCODE(LT_F) A = f64(B) < f64(C); NEXT;
    OPCODE(LE_F) A = f64(B) <= f64(C); NEXT;
    OPCODE(EQ_F32) A = f32(B) == f32(C); NEXT;
    OPCODE(NE_F32) A = f32(B) != f32(C); NEXT;
    OPCODE(LT_F32) A = f32(B) < f32(C); NEXT;
    OPCODE(LE_F32) A = f32(B) <= f32(C); NEXT;
    OPCODE(SQRT_F) A = bits64(sqrt(f64(B))); NEXT;
    OPCODE(ABS_F) A = B & ~(1ull << 63); NEXT;
    OPCODE(INT_TO_F) A = bits64((double)SB); NEXT;
    OPCODE(UINT_TO_F) A = bits64((double)B); NEXT;
    OPCODE(F_TO_INT) A = (uint64_t)op_float_to_int(f64(B)); NEXT;
    OPCODE(F_TO_UINT) A = op_float_to_uint(f64(B)); NEXT;
    OPCODE(INT_TO_F32) A = bits32((float)SB); NEXT;
    OPCODE(UINT_TO_F32) A = bits32((float)B); NEXT;
    OPCODE(F_TO_F32) A = bits32((float)f64(B)); NEXT;
    OPCODE(F32_TO_F) A = bits64((double)f32(B)); NEXT;
    OPCODE(ADD_C) {
        uint64_t *a = &A, *b = &B, *c = &C;
        uint64_t re = bits64(f64(b[0]) + f64(c[0])), im = bits64(f64(b[1]) + f64(c[1]));
        a[0] = re, a[1] = im;
        NEXT;
    }
    OPCODE(SUB_C) {
        uint64_t *a = &A, *b = &B, *c = &C;
        uint64_t re = bits64(f64(b[0]) - f64(c[0])), im = bits64(f64(b[1]) - f64(c[1]));
        a[0] = re, a[1] = im;
        NEXT;
    }
    OPCODE(MUL_C) {
        uint64_t *a = &A;
        double x = f64(fp[OB]), y = f64(fp[OB + 1]), u = f64(fp[OC]), v = f64(fp[OC + 1]);
        a[0] = bits64(x * u - y * v), a[1] = bits64(x * v + y * u);
        NEXT;
    }
    OPCODE(DIV_C) op_complex_div(&A, &B, &C); NEXT;
    OPCODE(NEG_C) {
        uint64_t *a = &A, *b = &B, re = b[0] ^ 1ull << 63, im = b[1] ^ 1ull << 63;
        a[0] = re, a[1] = im;
        NEXT;
    }
    OPCODE(EQ_C) A = f64(fp[OB]) == f64(fp[OC]) && f64(fp[OB + 1]) == f64(fp[OC + 1]); NEXT;
    OPCODE(C64_TO_C) {
        uint64_t *a = &A, b = B;
        a[0] = bits64((double)f32(b)), a[1] = bits64((double)f32(b >> 32));
        NEXT;
    }
    OPCODE(C_TO_C64) A = bits32((float)f64(fp[OB])) | bits32((float)f64(fp[OB + 1])) << 32; NEXT;

    OPCODE(JUMP) TAKE(WIDE);
    OPCODE(JUMP_T) if (A) TAKE(WIDE); NEXT;
    OPCODE(JUMP_F) if (!A) TAKE(WIDE); NEXT;
    OPCODE(JEQ) BRANCH(A == B);
    OPCODE(JNE) BRANCH(A != B);
    OPCODE(JLT) BRANCH(SA < SB);
    OPCODE(JLE) BRANCH(SA <= SB);
    OPCODE(JULT) BRANCH(A < B);
    OPCODE(JULE) BRANCH(A <= B);
    OPCODE(JEQ_I) BRANCH(SA == SIMM_B);
    OPCODE(JNE_I) BRANCH(SA != SIMM_B);
    OPCODE(JLT_I) BRANCH(SA < SIMM_B);
    OPCODE(JLE_I) BRANCH(SA <= SIMM_B);
    OPCODE(JGT_I) BRANCH(SA > SIMM_B);
    OPCODE(JGE_I) BRANCH(SA >= SIMM_B);
    OPCODE(JLT_F) BRANCH(f64(A) < f64(B));
    OPCODE(JLE_F) BRANCH(f64(A) <= f64(B));
    OPCODE(JNLT_F) BRANCH(!(f64(A) < f64(B)));
    OPCODE(JNLE_F) BRANCH(!(f64(A) <= f64(B)));
    OPCODE(FOR_LT) {
        int64_t i = (int64_t)(A + 1);
        A = (uint64_t)i;
        LOOP_WHILE(i < SB);
    }
    OPCODE(FOR_LE) {
        int64_t i = (int64_t)(A + 1);
        A = (uint64_t)i;
        LOOP_WHILE(i <= SB);
    }
// The word behind names the slots of what is done before: X, Y, Z.
#define FOR_LT_AND(name, value)                    \
    OPCODE(name) {                                 \
        XSLOT(0) = value;                          \
        int64_t i = (int64_t)(A + 1);              \
        A = (uint64_t)i;                           \
        if (LIKELY(i < SB)) TAKE((int16_t)OC + 1); \
        NEXT_X;                                    \
    }
    FOR_LT_AND(FOR_LT_ADD, XSLOT(0) + XSLOT(1))
    FOR_LT_AND(FOR_LT_ADD_F, bits64(f64(XSLOT(0)) + f64(XSLOT(1))))
    FOR_LT_AND(FOR_LT_MULADD, XSLOT(0) + XSLOT(1) * XSLOT(2))
    FOR_LT_AND(FOR_LT_MULADD_F, bits64(f64(XSLOT(0)) + f64(XSLOT(1)) * f64(XSLOT(2))))
#define FOR_ADD(name, cmp)                             \
    OPCODE(name) {                                     \
        int64_t i = (int64_t)(A + fp[X1]);             \
        A = (uint64_t)i;                               \
        if (LIKELY(i cmp SB)) TAKE((int16_t)OC + 1);   \
        NEXT_X;                                        \
    }
    FOR_ADD(FOR_ADD_LT, <)
    FOR_ADD(FOR_ADD_LE, <=)
// The element was within the bounds when the loop began, and the slice is the loop's own.
#define FOR_RANGE(name, ...)                               \
    OPCODE(name) {                                         \
        uint64_t i = A + 1, *b = &B;                       \
        A = i;                                             \
        if (UNLIKELY((int64_t)i >= (int64_t)b[1])) NEXT_X; \
        uint64_t from = b[0], *to = &XSLOT(0);             \
        __VA_ARGS__;                                       \
        TAKE((int16_t)OC + 1);                             \
    }
    FOR_RANGE(FOR_RANGE_U8, *to = ((const uint8_t *)(uintptr_t)from)[i])
    FOR_RANGE(FOR_RANGE_64, *to = ((const uint64_t *)(uintptr_t)from)[i])
    FOR_RANGE(FOR_RANGE_2, const AnyWord *m = (const AnyWord *)(uintptr_t)from + 2 * i; uint64_t x = m[0], y = m[1]; to[0] = x, to[1] = y)
    OPCODE(FOR_GE_I) {
        int64_t i = (int64_t)(A - 1);
        A = (uint64_t)i;
        LOOP_WHILE(i >= SIMM_B);
    }
    OPCODE(SWITCH) {
        uint64_t i = A;
        const int32_t *table = (const int32_t *)(uintptr_t)X1;
        if (i < OB) TAKE(table[i] + 1);
        NEXT_X;
    }

    OPCODE(SWITCH_STR) {
        const StringCase *c = string_case((const StringTable *)pc[0].ptr, str_at(&A));
        if (c) TAKE(c->offset + 1);
        NEXT_X;
    }

#define LOADER(name, type, cast) OPCODE(name) { uint64_t b = B; NIL_CHECK(b); A = (uint64_t)(cast)MEM(type, b, OC); NEXT; }
    LOADER(LOAD_I8, int8_t, int64_t)
    LOADER(LOAD_U8, uint8_t, uint64_t)
    LOADER(LOAD_I16, int16_t, int64_t)
    LOADER(LOAD_U16, uint16_t, uint64_t)
    LOADER(LOAD_I32, int32_t, int64_t)
    LOADER(LOAD_U32, uint32_t, uint64_t)
    LOADER(LOAD_64, uint64_t, uint64_t)
    OPCODE(LOAD_ADD_I) {
        uint64_t b = B;
        NIL_CHECK(b);
        A = MEM(uint64_t, b, OC) + X1;
        NEXT_X;
    }
// The second operand is in memory, or both are.
#define WITH_LOAD(name, value)                     \
    OPCODE(name) {                                 \
        uint64_t x = B, y = C;                     \
        NIL_CHECK(y);                              \
        y = MEM(uint64_t, y, X1);                  \
        A = value;                                 \
        NEXT_X;                                    \
    }
#define WITH_LOADS(name, value)                            \
    OPCODE(name) {                                         \
        uint64_t x = B, y = C;                             \
        NIL_CHECK(x);                                      \
        NIL_CHECK(y);                                      \
        x = MEM(uint64_t, x, ((const uint16_t *)pc)[0]);   \
        y = MEM(uint64_t, y, ((const uint16_t *)pc)[1]);   \
        A = value;                                         \
        NEXT_X;                                            \
    }
    WITH_LOAD(ADD_LOAD, x + y)
    WITH_LOAD(SUB_LOAD, x - y)
    WITH_LOAD(MUL_LOAD, x * y)
    WITH_LOAD(ADD_LOAD_F, bits64(f64(x) + f64(y)))
    WITH_LOAD(SUB_LOAD_F, bits64(f64(x) - f64(y)))
    WITH_LOAD(MUL_LOAD_F, bits64(f64(x) * f64(y)))
    WITH_LOADS(ADD_LOADS, x + y)
    WITH_LOADS(SUB_LOADS, x - y)
    WITH_LOADS(MUL_LOADS, x * y)
    WITH_LOADS(ADD_LOADS_F, bits64(f64(x) + f64(y)))
    WITH_LOADS(SUB_LOADS_F, bits64(f64(x) - f64(y)))
    WITH_LOADS(MUL_LOADS_F, bits64(f64(x) * f64(y)))
#define JUMP_LOAD(name, cmp)                                                  \
    OPCODE(name) {                                                            \
        uint64_t a = A;                                                       \
        NIL_CHECK(a);                                                         \
        if (MEM(int64_t, a, X1) cmp SIMM_B) TAKE((int16_t)OC + 1);            \
        NEXT_X;                                                               \
    }
    JUMP_LOAD(JEQ_LOAD, ==)
    JUMP_LOAD(JNE_LOAD, !=)
    JUMP_LOAD(JLT_LOAD, <)
    JUMP_LOAD(JLE_LOAD, <=)
    JUMP_LOAD(JGT_LOAD, >)
    JUMP_LOAD(JGE_LOAD, >=)
    OPCODE(LOAD2) {
        uint64_t b = B, *a = &A;
        NIL_CHECK(b);
        const AnyWord *m = (const AnyWord *)(uintptr_t)(b + OC);
        uint64_t x = m[0], y = m[1];
        a[0] = x, a[1] = y;
        NEXT;
    }
    OPCODE(LOAD3) {
        uint64_t b = B, *a = &A;
        NIL_CHECK(b);
        const AnyWord *m = (const AnyWord *)(uintptr_t)(b + OC);
        uint64_t x = m[0], y = m[1], z = m[2];
        a[0] = x, a[1] = y, a[2] = z;
        NEXT;
    }
    OPCODE(LOAD_N) {
        uint64_t b = B, n = X1, *a = &A;
        NIL_CHECK(b);
        if (n & 7) a[n / 8] = 0;
        base_move(a, (const void *)(uintptr_t)(b + OC), n);
        NEXT_X;
    }
#define STORER(name, type) OPCODE(name) { uint64_t a = A; NIL_CHECK(a); MEM(type, a, OC) = (type)B; NEXT; }
    STORER(STORE_8, uint8_t)
    STORER(STORE_16, uint16_t)
    STORER(STORE_32, uint32_t)
    STORER(STORE_64, uint64_t)
    OPCODE(STORE_PTR) {
        uint64_t a = A;
        NIL_CHECK(a);
        GC_BARRIER(a + OC, B);
        MEM(uint64_t, a, OC) = B;
        NEXT;
    }
    OPCODE(STORE_STR) OPCODE(STORE_IFACE) {
        uint64_t a = A, *b = &B;
        NIL_CHECK(a);
        AnyWord *m = (AnyWord *)(uintptr_t)(a + OC);
        m[0] = b[0], m[1] = b[1];
        NEXT;
    }
    OPCODE(STORE_SLICE) {
        uint64_t a = A, *b = &B;
        NIL_CHECK(a);
        AnyWord *m = (AnyWord *)(uintptr_t)(a + OC);
        m[0] = b[0], m[1] = b[1], m[2] = b[2];
        NEXT;
    }
    OPCODE(STORE_N) {
        uint64_t a = A;
        NIL_CHECK(a);
        base_move((void *)(uintptr_t)(a + OC), &B, T1->size);
        NEXT_X;
    }
#define MEM_OP(name, value) OPCODE(name) { uint64_t a = A; NIL_CHECK(a); uint64_t m = MEM(uint64_t, a, OC); MEM(uint64_t, a, OC) = value; NEXT; }
    MEM_OP(MEM_ADD, m + B)
    MEM_OP(MEM_ADD_I, m + (uint64_t)SIMM_B)
    MEM_OP(MEM_ADD_F, bits64(f64(m) + f64(B)))
    MEM_OP(MEM_SUB_F, bits64(f64(m) - f64(B)))
#define MEM_MUL_OP(name, op)                                              \
    OPCODE(name) {                                                        \
        uint64_t a = A;                                                   \
        double product = f64(B) * f64(fp[X1]);                            \
        NIL_CHECK(a);                                                     \
        MEM(uint64_t, a, OC) = bits64(f64(MEM(uint64_t, a, OC)) op product); \
        NEXT_X;                                                           \
    }
    MEM_MUL_OP(MEM_ADD_MUL_F, +)
    MEM_MUL_OP(MEM_SUB_MUL_F, -)
    OPCODE(COPY_MEM) {
        uint64_t a = A, b = B;
        NIL_CHECK(a);
        NIL_CHECK(b);
        base_move((void *)(uintptr_t)a, (const void *)(uintptr_t)b, T1->size);
        NEXT_X;
    }
    OPCODE(ZERO_MEM) {
        uint64_t a = A;
        NIL_CHECK(a);
        memset((void *)(uintptr_t)a, 0, T1->size);
        NEXT_X;
    }
    OPCODE(NIL_CHECK) NIL_CHECK(B); NEXT;
    OPCODE(LEA) {
        uint64_t b = B;
        NIL_CHECK(b);
        A = b + OC;
        NEXT;
    }
    OPCODE(LEA_K) {
        uint64_t b = B;
        NIL_CHECK(b);
        A = b + X1;
        NEXT_X;
    }
    OPCODE(FRAME_LOAD) {
        const char *m = (const char *)&B + OC;
        uintptr_t at = (uintptr_t)m;
        switch ((int)X1) {
        case KIND_BOOL: case KIND_UINT8: A = MEM(uint8_t, at, 0); break;
        case KIND_INT8: A = (uint64_t)(int64_t)MEM(int8_t, at, 0); break;
        case KIND_INT16: A = (uint64_t)(int64_t)MEM(int16_t, at, 0); break;
        case KIND_UINT16: A = MEM(uint16_t, at, 0); break;
        case KIND_INT32: A = (uint64_t)(int64_t)MEM(int32_t, at, 0); break;
        case KIND_UINT32: case KIND_FLOAT32: A = MEM(uint32_t, at, 0); break;
        default: memcpy(&A, m, 8); break;
        }
        NEXT_X;
    }
    OPCODE(FRAME_STORE) memcpy((char *)&A + OC, &B, X1); NEXT_X;
    OPCODE(FRAME_COPY) {
        uint64_t x = X1;
        memmove((char *)&A + (uint16_t)(x >> 32), (const char *)&B + (uint16_t)(x >> 48), (uint32_t)x);
        NEXT_X;
    }
    OPCODE(NEW) {
        CacheSlot *slot = p->cache->row[OB];
        void *obj = LIKELY(slot->free != 0) ? heap_take(slot, X1) : gc_new(p, T1);
        A = (uint64_t)(uintptr_t)obj;
        NEXT_X;
    }

#define INDEXER(name, type, cast) OPCODE(name) { uint64_t i = C, *b = &B; INDEX_CHECK(i, b[1]); A = (uint64_t)(cast)((const type *)(uintptr_t)b[0])[i]; NEXT; }
    INDEXER(INDEX_I8, int8_t, int64_t)
    INDEXER(INDEX_U8, uint8_t, uint64_t)
    INDEXER(INDEX_I16, int16_t, int64_t)
    INDEXER(INDEX_U16, uint16_t, uint64_t)
    INDEXER(INDEX_I32, int32_t, int64_t)
    INDEXER(INDEX_U32, uint32_t, uint64_t)
    INDEXER(INDEX_64, uint64_t, uint64_t)
    OPCODE(INDEX_2) {
        uint64_t i = C, *b = &B, *a = &A;
        INDEX_CHECK(i, b[1]);
        const AnyWord *m = (const AnyWord *)(uintptr_t)b[0] + 2 * i;
        uint64_t x = m[0], y = m[1];
        a[0] = x, a[1] = y;
        NEXT;
    }
    OPCODE(INDEX_3) {
        uint64_t i = C, *b = &B, *a = &A;
        INDEX_CHECK(i, b[1]);
        const AnyWord *m = (const AnyWord *)(uintptr_t)b[0] + 3 * i;
        uint64_t x = m[0], y = m[1], z = m[2];
        a[0] = x, a[1] = y, a[2] = z;
        NEXT;
    }
#define INDEXER2(name, type)                                                             \
    OPCODE(name) {                                                                       \
        uint64_t i = C, k = XSLOT(0), *b = &B;                                           \
        INDEX_CHECK(i, b[1]);                                                            \
        const AnyWord *inner = (const AnyWord *)(uintptr_t)(b[0] + i * ((const uint16_t *)pc)[1]); \
        INDEX_CHECK(k, inner[1]);                                                        \
        A = ((const type *)(uintptr_t)inner[0])[k];                                      \
        NEXT_X;                                                                          \
    }
    INDEXER2(INDEX2_U8, uint8_t)
    INDEXER2(INDEX2_64, uint64_t)
// Elements of a slice in memory, whose header stays there.
#define FIELD_SLICE(base)                                                        \
        uint64_t i = C, at = base;                                               \
        NIL_CHECK(at);                                                           \
        const AnyWord *s = (const AnyWord *)(uintptr_t)(at + X1);                \
        INDEX_CHECK(i, s[1]);
#define FIELD_GETTER(name, type) OPCODE(name) { FIELD_SLICE(B) A = ((const type *)(uintptr_t)s[0])[i]; NEXT_X; }
#define FIELD_SETTER(name, type) OPCODE(name) { FIELD_SLICE(A) ((type *)(uintptr_t)s[0])[i] = (type)B; NEXT_X; }
    FIELD_GETTER(FIELD_U8, uint8_t)
    FIELD_GETTER(FIELD_64, uint64_t)
    FIELD_SETTER(FIELD_SET_8, uint8_t)
    FIELD_SETTER(FIELD_SET_64, uint64_t)
    OPCODE(INDEX_ADDR) {
        uint64_t i = C, *b = &B;
        INDEX_CHECK(i, b[1]);
        A = b[0] + i * X1;
        NEXT_X;
    }
    OPCODE(ARRAY_ADDR) {
        uint64_t i = C, b = B, x = X1;
        NIL_CHECK(b);
        INDEX_CHECK(i, (uint32_t)x);
        A = b + i * (x >> 32);
        NEXT_X;
    }
// The extension word: length of the array, where it begins.
#define ARRAY_AT(base)              \
        uint64_t i = C, at = base;  \
        NIL_CHECK(at);              \
        INDEX_CHECK(i, pc[0].low);  \
        at += pc[0].high;
#define ARRAY_GETTER(name, type) OPCODE(name) { ARRAY_AT(B) A = MEM(type, at, i * sizeof(type)); NEXT_X; }
#define ARRAY_SETTER(name, type) OPCODE(name) { ARRAY_AT(A) MEM(type, at, i * sizeof(type)) = (type)B; NEXT_X; }
    ARRAY_GETTER(ARRAY_U8, uint8_t)
    ARRAY_GETTER(ARRAY_64, uint64_t)
    ARRAY_SETTER(ARRAY_SET_8, uint8_t)
    ARRAY_SETTER(ARRAY_SET_64, uint64_t)
    OPCODE(ARRAY2_64) {
        uint64_t i = C, k = fp[(uint16_t)pc[1].high], b = B;
        NIL_CHECK(b);
        INDEX_CHECK(i, pc[0].low);
        INDEX_CHECK(k, pc[1].low);
        A = MEM(uint64_t, b + i * pc[0].high, k * 8);
        pc += 2;
        NEXT;
    }
#define SETTER(name, type) OPCODE(name) { uint64_t i = C, *a = &A; INDEX_CHECK(i, a[1]); ((type *)(uintptr_t)a[0])[i] = (type)B; NEXT; }
    SETTER(SET_8, uint8_t)
    SETTER(SET_16, uint16_t)
    SETTER(SET_32, uint32_t)
    SETTER(SET_64, uint64_t)
    SETTER(SET_PTR, uint64_t)
#define ELEM_OP(name, value) OPCODE(name) { uint64_t i = C, *a = &A; INDEX_CHECK(i, a[1]); uint64_t *m = (uint64_t *)(uintptr_t)a[0] + i; *m = value; NEXT; }
    ELEM_OP(ELEM_ADD, *m + B)
    ELEM_OP(ELEM_ADD_I, *m + (uint64_t)SIMM_B)
    ELEM_OP(ELEM_ADD_F, bits64(f64(*m) + f64(B)))
    ELEM_OP(ELEM_SUB_F, bits64(f64(*m) - f64(B)))
    OPCODE(SWAP_ELEM) {
        uint64_t i = B, j = C, *a = &A;
        INDEX_CHECK(i, a[1]);
        INDEX_CHECK(j, a[1]);
        op_swap((char *)(uintptr_t)a[0], X1, i, j);
        NEXT_X;
    }
    OPCODE(SWAP_MEM) {
        const uint64_t *a = &A;
        op_swap((char *)(uintptr_t)a[0], a[1], B, C);
        NEXT;
    }
#define JUMP_AT(name, type, cond)                                  \
    OPCODE(name) {                                                 \
        uint64_t i = B, *a = &A, x = X1;                           \
        INDEX_CHECK(i, a[1]);                                      \
        const type v = ((const type *)(uintptr_t)a[0])[i];         \
        if (cond) TAKE((int16_t)OC + 1);                           \
        NEXT_X;                                                    \
    }
    JUMP_AT(JEQ_AT, int64_t, v == (int64_t)fp[x])
    JUMP_AT(JNE_AT, int64_t, v != (int64_t)fp[x])
    JUMP_AT(JLT_AT, int64_t, v < (int64_t)fp[x])
    JUMP_AT(JLE_AT, int64_t, v <= (int64_t)fp[x])
    JUMP_AT(JGT_AT, int64_t, v > (int64_t)fp[x])
    JUMP_AT(JGE_AT, int64_t, v >= (int64_t)fp[x])
    JUMP_AT(JEQ_AT_I, int64_t, v == (int64_t)x)
    JUMP_AT(JNE_AT_I, int64_t, v != (int64_t)x)
    JUMP_AT(JLT_AT_I, int64_t, v < (int64_t)x)
    JUMP_AT(JLE_AT_I, int64_t, v <= (int64_t)x)
    JUMP_AT(JGT_AT_I, int64_t, v > (int64_t)x)
    JUMP_AT(JGE_AT_I, int64_t, v >= (int64_t)x)
    JUMP_AT(JEQ_AT8, uint8_t, v == x)
    JUMP_AT(JNE_AT8, uint8_t, v != x)
// The end of a loop that looks for an element: the step before the test.
#define SCAN(name, type, cond)                                \
    OPCODE(name) {                                            \
        uint64_t i = B + (uint64_t)(int64_t)(int16_t)X16(1), *a = &A; \
        B = i;                                                \
        INDEX_CHECK(i, a[1]);                                 \
        const type v = ((const type *)(uintptr_t)a[0])[i];    \
        if (cond) TAKE((int16_t)OC + 1);                      \
        NEXT_X;                                               \
    }
    SCAN(SCAN_LT, int64_t, v < (int64_t)XSLOT(0))
    SCAN(SCAN_LE, int64_t, v <= (int64_t)XSLOT(0))
    SCAN(SCAN_GT, int64_t, v > (int64_t)XSLOT(0))
    SCAN(SCAN_GE, int64_t, v >= (int64_t)XSLOT(0))
    SCAN(SCAN_EQ8, uint8_t, v == X16(0))
    SCAN(SCAN_NE8, uint8_t, v != X16(0))
    OPCODE(BOUNDS) INDEX_CHECK(B, C); NEXT;
    OPCODE(SLICE) if (UNLIKELY(!op_slice(g, &A, &B, &C, X1))) goto panicked_x; NEXT_X;
    OPCODE(SLICE_STR) if (UNLIKELY(!op_slice_string(g, &A, &B, &C, X1))) goto panicked_x; NEXT_X;
    OPCODE(SLICE_TO_ARRAY) {
        uint64_t *b = &B;
        if (UNLIKELY(b[1] < X1)) {
            rt_panic(g, ERR_SLICE_TO_ARRAY, (long long)b[1], (long long)X1);
            goto panicked_x;
        }
        A = b[0];
        NEXT_X;
    }
    OPCODE(UNSAFE_SLICE) {
        uint64_t at = B, n = C, bytes, *a = &A;
        if (UNLIKELY((int64_t)n < 0 || __builtin_mul_overflow(n, X1, &bytes) || (at && bytes > -at))) {
            rt_panic(g, ERR_UNSAFE_SLICE_LEN);
            goto panicked_x;
        }
        if (UNLIKELY(!at && n)) {
            rt_panic(g, ERR_UNSAFE_SLICE_NIL);
            goto panicked_x;
        }
        a[0] = at;
        a[1] = a[2] = n;
        NEXT_X;
    }
    OPCODE(MAKE_SLICE) {
        Slice s;
        if (UNLIKELY(!slice_make(p, g, T1, SB, SC, &s))) goto panicked_x;
        put_slice(&A, s);
        NEXT_X;
    }
    OPCODE(APPEND_GROW) {
        Slice s = slice_at(&B), out;
        if (UNLIKELY(!slice_grow(p, g, T1, s, OC, &out))) goto panicked_x;
        uint64_t *a = &A;
        put_slice(a, out);
        a[3] = (uint64_t)(uintptr_t)out.ptr + (uint64_t)s.len * T1->size;
        NEXT_X;
    }
    OPCODE(APPEND_64) {
        uint64_t *a = &A, *b = &B, v = C, len = b[1];
        if (LIKELY(len < b[2])) {
            uint64_t ptr = b[0], cap = b[2];
            ((uint64_t *)(uintptr_t)ptr)[len] = v;
            a[0] = ptr, a[1] = len + 1, a[2] = cap;
            NEXT_X;
        }
        Slice out;
        if (UNLIKELY(!slice_grow(p, g, T1, slice_at(b), 1, &out))) goto panicked_x;
        ((uint64_t *)out.ptr)[len] = v;
        put_slice(a, out);
        NEXT_X;
    }
    OPCODE(APPEND_8) {
        uint64_t *a = &A, *b = &B, v = C, len = b[1];
        if (LIKELY(len < b[2])) {
            uint64_t ptr = b[0], cap = b[2];
            ((uint8_t *)(uintptr_t)ptr)[len] = (uint8_t)v;
            a[0] = ptr, a[1] = len + 1, a[2] = cap;
            NEXT_X;
        }
        Slice out;
        if (UNLIKELY(!slice_grow(p, g, T1, slice_at(b), 1, &out))) goto panicked_x;
        ((uint8_t *)out.ptr)[len] = (uint8_t)v;
        put_slice(a, out);
        NEXT_X;
    }
    OPCODE(APPEND_MEM) {
        uint64_t a = A, v = B;
        NIL_CHECK(a);
        AnyWord *m = (AnyWord *)(uintptr_t)(a + OC);
        uint64_t len = m[1];
        if (UNLIKELY(len >= m[2])) {
            Slice out;
            if (UNLIKELY(!slice_grow(p, g, T1, (Slice){(void *)(uintptr_t)m[0], (int64_t)len, (int64_t)m[2]}, 1, &out))) goto panicked_x;
            GC_BARRIER(a + OC, (uint64_t)(uintptr_t)out.ptr);
            m[0] = (uint64_t)(uintptr_t)out.ptr, m[2] = (uint64_t)out.cap;
        }
        if (T1->size == 8) ((uint64_t *)(uintptr_t)m[0])[len] = v;
        else ((uint8_t *)(uintptr_t)m[0])[len] = (uint8_t)v;
        m[1] = len + 1;
        NEXT_X;
    }
    OPCODE(RESLICE) {
        uint64_t *a = &A;
        if (UNLIKELY(B > a[2]) && !op_slice(g, a, a, &B - 1, RESLICE_HIGH)) goto panicked;
        a[1] = B;
        NEXT;
    }
    OPCODE(RESLICE_MEM) {
        uint64_t a = A;
        NIL_CHECK(a);
        AnyWord *m = (AnyWord *)(uintptr_t)(a + OC);
        if (UNLIKELY(B > m[2])) {
            uint64_t s[3] = {m[0], m[1], m[2]};
            if (!op_slice(g, s, s, &B - 1, RESLICE_HIGH)) goto panicked;
        }
        m[1] = B;
        NEXT;
    }
    OPCODE(APPEND_SLICE) {
        Slice out;
        if (UNLIKELY(!slice_append(p, g, T1, slice_at(&B), slice_at(&C), &out))) goto panicked_x;
        put_slice(&A, out);
        NEXT_X;
    }
    OPCODE(APPEND_STR) {
        uint64_t *c = &C;
        Slice out, more = {(void *)(uintptr_t)c[0], (int64_t)c[1], (int64_t)c[1]};
        if (UNLIKELY(!slice_append(p, g, T1, slice_at(&B), more, &out))) goto panicked_x;
        put_slice(&A, out);
        NEXT_X;
    }
    OPCODE(COPY_SLICE) A = (uint64_t)slice_copy(T1, slice_at(&B), slice_at(&C)); NEXT_X;
    OPCODE(COPY_STR) {
        Slice d = slice_at(&B);
        Str s = str_at(&C);
        int64_t n = d.len < s.len ? d.len : s.len;
        if (n > 0) memmove(d.ptr, s.ptr, (size_t)n);
        A = (uint64_t)n;
        NEXT;
    }
    OPCODE(CLEAR_SLICE) {
        Slice s = slice_at(&B);
        if (s.len > 0) memset(s.ptr, 0, (size_t)s.len * T1->size);
        NEXT_X;
    }
    OPCODE(CONCAT) {
        Str out;
        if (UNLIKELY(!str_concat(p, g, (const Str *)&B, OC, &out))) goto panicked;
        put_str(&A, out);
        NEXT;
    }
    OPCODE(EQ_STR) A = str_eq(str_at(&B), str_at(&C)); NEXT;
    OPCODE(LT_STR) A = str_cmp(str_at(&B), str_at(&C)) < 0; NEXT;
    OPCODE(LE_STR) A = str_cmp(str_at(&B), str_at(&C)) <= 0; NEXT;
    OPCODE(JEQ_STR) BRANCH(str_eq(str_at(&A), str_at(&B)));
    OPCODE(JNE_STR) BRANCH(!str_eq(str_at(&A), str_at(&B)));
    OPCODE(BYTES_TO_STR) put_str(&A, str_from_bytes(p, (Slice){(void *)(uintptr_t)fp[OB], (int64_t)fp[OB + 1], (int64_t)fp[OB + 1]})); NEXT;
    OPCODE(STR_TO_BYTES) put_slice(&A, str_to_bytes(p, str_at(&B))); NEXT;
    OPCODE(RUNES_TO_STR) put_str(&A, str_from_runes(p, (Slice){(void *)(uintptr_t)fp[OB], (int64_t)fp[OB + 1], (int64_t)fp[OB + 1]})); NEXT;
    OPCODE(STR_TO_RUNES) put_slice(&A, str_to_runes(p, str_at(&B))); NEXT;
    OPCODE(RUNE_TO_STR) put_str(&A, str_from_rune(p, SB)); NEXT;
    OPCODE(RANGE_STR) if (!op_range_string(&A, &B)) TAKE((int16_t)OC); NEXT;

    OPCODE(MAKE_MAP) A = (uint64_t)(uintptr_t)map_make(p, T1, SB); NEXT_X;
    // A map that is used by several goroutines at once ends the program with a
    // traceback.
    OPCODE(MAP_GET) {
        bool found;
        SAVE();
        void *v = map_get(p, g, T1, (const Map *)(uintptr_t)B, &C, &found);
        if (UNLIKELY(!v)) goto panicked_x;
        A = (uint64_t)(uintptr_t)v;
        NEXT_X;
    }
    OPCODE(MAP_GET_OK) {
        bool found;
        SAVE();
        void *v = map_get(p, g, T1, (const Map *)(uintptr_t)B, &C, &found);
        if (UNLIKELY(!v)) goto panicked_x;
        uint64_t *a = &A;
        a[0] = (uint64_t)(uintptr_t)v, a[1] = found;
        NEXT_X;
    }
    OPCODE(MAP_SET) {
        SAVE();
        void *v = map_set(p, g, T1, (Map *)(uintptr_t)B, &C);
        if (UNLIKELY(!v)) goto panicked_x;
        A = (uint64_t)(uintptr_t)v;
        NEXT_X;
    }
    OPCODE(MAP_DELETE)
        SAVE();
        if (UNLIKELY(!map_delete(p, g, T1, (Map *)(uintptr_t)B, &C))) goto panicked_x;
        NEXT_X;
    OPCODE(MAP_CLEAR) SAVE(); map_clear(p, T1, (Map *)(uintptr_t)B); NEXT_X;
    OPCODE(MAP_LEN) A = (uint64_t)map_len((const Map *)(uintptr_t)B); NEXT;
    OPCODE(MAP_ITER) SAVE(); A = (uint64_t)(uintptr_t)map_iter(p, T1, (Map *)(uintptr_t)B); NEXT_X;
    OPCODE(MAP_NEXT) {
        void *k, *v;
        SAVE();
        if (!map_next(p, (MapIter *)(uintptr_t)B, &k, &v)) TAKE((int16_t)OC);
        uint64_t *a = &A;
        a[0] = (uint64_t)(uintptr_t)k, a[1] = (uint64_t)(uintptr_t)v;
        NEXT;
    }

    OPCODE(BOX) A = iface_box_slots(p, T1, &B); NEXT_X;
    OPCODE(BOX_MEM) {
        uint64_t b = B;
        NIL_CHECK(b);
        A = iface_box_mem(p, T1, (const void *)(uintptr_t)b);
        NEXT_X;
    }
    OPCODE(ASSERT) {
        const TypeDesc *have = (const TypeDesc *)(uintptr_t)B;
        if (UNLIKELY(have != T1)) {
            iface_assert_panic(g, pc[1].ptr, have, T1);
            pc += 2;
            goto panicked;
        }
        pc += 2;
        NEXT;
    }
    OPCODE(ASSERT_I) {
        uint64_t *a = &A, *b = &B;
        const TypeDesc *have = (const TypeDesc *)(uintptr_t)b[0];
        if (UNLIKELY(!have || !iface_implements(have, T1, NULL))) {
            iface_assert_panic(g, pc[1].ptr, have, T1);
            pc += 2;
            goto panicked;
        }
        uint64_t x = b[0], y = b[1];
        a[0] = x, a[1] = y;
        pc += 2;
        NEXT;
    }
    OPCODE(IMPLEMENTS) {
        const TypeDesc *have = (const TypeDesc *)(uintptr_t)B;
        A = have && iface_implements(have, T1, NULL);
        NEXT_X;
    }
    OPCODE(EQ_IFACE) {
        int r = iface_eq(g, iface_at(&B), iface_at(&C));
        if (UNLIKELY(r < 0)) goto panicked;
        A = (uint64_t)r;
        NEXT;
    }
    OPCODE(EQ_MEM) {
        int r = value_eq(g, T1, (const void *)(uintptr_t)B, (const void *)(uintptr_t)C);
        if (UNLIKELY(r < 0)) goto panicked_x;
        A = (uint64_t)r;
        NEXT_X;
    }
    OPCODE(EQ_SLOTS) {
        int r = value_eq(g, T1, &B, &C);
        if (UNLIKELY(r < 0)) goto panicked_x;
        A = (uint64_t)r;
        NEXT_X;
    }

// The callee's window is in place; f and c are known.
#define ENTER(base, f, c)                                                                              \
    do {                                                                                               \
        uint64_t *window = &fp[base];                                                                  \
        if (UNLIKELY(window + (f)->nslots > g->stack_end)) goto grow_stack;                               \
        if (UNLIKELY(atomic_load_explicit(&p->preempt, memory_order_relaxed))) goto safepoint_at_call; \
        window[FRAME_RET] = (uint64_t)(uintptr_t)(pc + 1);                                             \
        window[FRAME_CLOSURE] = (uint64_t)(uintptr_t)(c);                                              \
        fp = window;                                                                                   \
        pc = (f)->code;                                                                                \
        NEXT;                                                                                          \
    } while (0)

    const Func *callee;
    OPCODE(CALL) {
        callee = (const Func *)pc[0].ptr;
        ENTER(OA, callee, func_closure((Func *)callee));
    }
    OPCODE(CALL_CLOSURE) {
        const Closure *c = (const Closure *)(uintptr_t)B;
        NIL_CHECK(c);
        callee = c->fn;
        ENTER(OA, callee, c);
    }
    OPCODE(CALL_METHOD) {
        const TypeDesc *t = (const TypeDesc *)(uintptr_t)fp[OB];
        NIL_CHECK(t);
        callee = type_method_find(t, (uint32_t)X1);
        fp[OC] = fp[OB + 1];
        ENTER(OA, callee, func_closure((Func *)callee));
    }
    OPCODE(CALL_NATIVE) {
        uint64_t x = X1;
        uint64_t *window = &A;
        NativeCall call = {g, window + FRAME_HEADER, window + FRAME_HEADER + pc[0].b};
        pc++;
        SAVE();
        NativeStatus st = machine_natives[(uint32_t)x](&call);
        p = current_p;
        if (LIKELY(st == NATIVE_OK)) NEXT;
        if (st == NATIVE_PANIC) goto panicked;
        if (st == NATIVE_EXIT) goto goexit;
        goto parked;
    }
    OPCODE(NATIVE) {
        const Func *f = frame_func(fp);
        NativeCall call = {g, fp + FRAME_HEADER, fp + FRAME_HEADER + f->nresult_slots};
        uint64_t x = X1;
        pc++;
        SAVE();
        NativeStatus st = machine_natives[(uint32_t)x](&call);
        p = current_p;
        if (LIKELY(st == NATIVE_OK)) NEXT;
        if (st == NATIVE_PANIC) goto panicked;
        if (st == NATIVE_EXIT) goto goexit;
        goto parked;
    }
    OPCODE(CALL_C) {
        const ForeignCall *c = pc[0].ptr;
        uint32_t base = OA, pointer = OB;
        pc++;
        SAVE();
        NativeStatus st = ffi_invoke(c, g, base, pointer);
        p = current_p;
        if (LIKELY(st == NATIVE_OK)) {
            LOAD(); // functions that C called may have moved the stack
            NEXT;
        }
        LOAD();
        if (st == NATIVE_PANIC) goto panicked;
        goto goexit;
    }
    OPCODE(C_RETURN)
        SAVE();
        g->callbacks->done = true;
        return;
    OPCODE(RET) {
        pc = (const Word *)(uintptr_t)fp[FRAME_RET];
        fp -= pc[-2].a;
        NEXT;
    }
    OPCODE(RET_MOVE) {
        fp[FRAME_HEADER] = B;
        pc = (const Word *)(uintptr_t)fp[FRAME_RET];
        fp -= pc[-2].a;
        NEXT;
    }
#define RETURNS(name, value)                               \
    OPCODE(name) {                                         \
        fp[FRAME_HEADER] = value;                          \
        pc = (const Word *)(uintptr_t)fp[FRAME_RET];       \
        fp -= pc[-2].a;                                    \
        NEXT;                                              \
    }
    RETURNS(RET_ADD, B + C)
    RETURNS(RET_SUB, B - C)
    RETURNS(RET_ADD_I, B + (uint64_t)(int64_t)(int16_t)OC)
    RETURNS(RET_LT, SB < SC)
    OPCODE(RET_LT_AT) {
        uint64_t i = C, j = A, *b = &B;
        INDEX_CHECK(i, b[1]);
        INDEX_CHECK(j, b[1]);
        const int64_t *m = (const int64_t *)(uintptr_t)b[0];
        fp[FRAME_HEADER] = m[i] < m[j];
        pc = (const Word *)(uintptr_t)fp[FRAME_RET];
        fp -= pc[-2].a;
        NEXT;
    }
    OPCODE(RET_INT) {
        fp[FRAME_HEADER] = (uint64_t)(int64_t)WIDE;
        pc = (const Word *)(uintptr_t)fp[FRAME_RET];
        fp -= pc[-2].a;
        NEXT;
    }
    OPCODE(CLOSURE) {
        Func *f = (Func *)pc[0].ptr;
        const TypeDesc *t = f->closure_type; // at least one capture and the function's word
        CacheSlot *slot = p->cache->row[type_alloc_row(t)];
        Closure *c = LIKELY(slot->free != 0) ? heap_take(slot, (uint64_t)(uintptr_t)t) : gc_new(p, t);
        c->fn = f;
        A = (uint64_t)(uintptr_t)c;
        NEXT_X;
    }
    OPCODE(METHOD_FUNC) {
        const TypeDesc *t = (const TypeDesc *)(uintptr_t)B;
        NIL_CHECK(t);
        A = (uint64_t)(uintptr_t)func_closure(type_method_find(t, (uint32_t)X1));
        NEXT_X;
    }
    OPCODE(GO) {
        const Closure *c = (const Closure *)(uintptr_t)B;
        const uint64_t *window = &A;
        pc++;
        if (UNLIKELY(!c)) {
            SAVE();
            nil_func_in_go();
        }
        G *made = sched_go(p, c, &window[FRAME_HEADER + c->fn->nresult_slots], c->fn->nparam_slots);
        made->go_pc = pc;
        made->go_func = (struct Func *)frame_func(fp);
        made->group = g->group;
        NEXT;
    }
    OPCODE(DEFER) push_deferred(g, (uint64_t)(fp - g->stack), (const Closure *)(uintptr_t)B, &A); NEXT_X;
    OPCODE(DEFER_OUTER) push_deferred(g, C, (const Closure *)(uintptr_t)B, &A); NEXT_X;
    OPCODE(FRAME) A = (uint64_t)(fp - g->stack); NEXT;
    OPCODE(RANGE_CHECK)
        if (UNLIKELY(OC ? B == RANGE_RUNNING : B != RANGE_READY)) goto range_error;
        NEXT;
    OPCODE(DEFER_RUN) {
        Deferred *d = g->defers;
        if (!d || d->fp != (uint64_t)(fp - g->stack)) {
            pc += 2;
            NEXT;
        }
        uint64_t base = (uint64_t)(&A - g->stack);
        pc++;
        SAVE();
        g->defers = d->link;
        const Closure *c = d->closure;
        if (UNLIKELY(!c)) {
            defer_free(d);
            goto nil_deref;
        }
        const Func *f = c->fn;
        stack_reserve(g, base + f->nslots + STACK_HEADROOM);
        uint64_t *at = g->stack + base + FRAME_HEADER + f->nresult_slots;
        for (uint32_t i = 0; i < d->nargs; i++) at[i] = d->args[i];
        defer_free(d);
        enter_call(g, c, base, pc);
        LOAD();
        NEXT;
    }
    OPCODE(PANIC) {
        SAVE();
        rt_panic_value(g, iface_at(&B));
        goto panicked;
    }
    OPCODE(RECOVER) {
        SAVE();
        Iface i = unwind_recover(g);
        uint64_t *a = &A;
        a[0] = (uint64_t)(uintptr_t)i.type, a[1] = i.data;
        NEXT;
    }
    OPCODE(GOEXIT)
        returned = true;
        goto ended;
    OPCODE(PANIC_RET)
        if (!unwind_continue(p, g)) goto ended;
        LOAD();
        NEXT;
    OPCODE(UNREACHABLE)
        SAVE();
        rt_throw("%s", (const char *)pc[0].ptr);
    OPCODE(PRINT) op_print(&B, OC); NEXT;

    OPCODE(MAKE_CHAN) {
        Chan *c = chan_make(p, T1, SB, g);
        if (UNLIKELY(!c)) goto panicked_x;
        A = (uint64_t)(uintptr_t)c;
        NEXT_X;
    }
// alone is a constant, so that the code for one processor has no lock in it.
#define SEND_ON(c, alone)                                           \
    do {                                                            \
        ChanStatus st = chan_send_fast(p, c, &C, alone);            \
        if (st == CHAN_DONE) NEXT;                                  \
        if (UNLIKELY(st == CHAN_BLOCKED)) goto send_slow;           \
        SAVE();                                                     \
        chan_park_send(c, g, &C);                                   \
        if (!(alone)) rt_unlock(&(c)->lock);                        \
        goto parked;                                                \
    } while (0)
#define RECV_FROM(c, alone)                                         \
    do {                                                            \
        ChanStatus st = chan_recv_fast(p, c, &A, alone);            \
        if (st == CHAN_DONE) {                                      \
            if (UNLIKELY(OC != NO_SLOT)) C = 1;                     \
            NEXT;                                                   \
        }                                                           \
        if (UNLIKELY(st == CHAN_BLOCKED)) goto recv_slow;           \
        SAVE();                                                     \
        chan_park_recv(c, g, &A, OC == NO_SLOT ? NULL : &C);        \
        if (!(alone)) rt_unlock(&(c)->lock);                        \
        goto parked;                                                \
    } while (0)
    OPCODE(SEND) {
        Chan *c = (Chan *)(uintptr_t)B;
        if (UNLIKELY(!chan_is_real(c))) goto send_slow;
        if (LIKELY(p->alone)) SEND_ON(c, true);
        SEND_ON(c, false);
    }
    OPCODE(RECV) {
        Chan *c = (Chan *)(uintptr_t)B;
        if (UNLIKELY(!chan_is_real(c))) goto recv_slow;
        if (LIKELY(p->alone)) RECV_FROM(c, true);
        RECV_FROM(c, false);
    }
    OPCODE(CLOSE) if (chan_close(p, g, (Chan *)(uintptr_t)B) == CHAN_PANIC) goto panicked; NEXT;
    OPCODE(POISON) {
        Chan *c = (Chan *)(uintptr_t)B;
        NIL_CHECK(c);
        chan_poison(p, g, c);
        NEXT;
    }
    OPCODE(CHAN_LEN) A = (uint64_t)chan_len((const Chan *)(uintptr_t)B); NEXT;
    OPCODE(CHAN_CAP) A = (uint64_t)chan_cap((const Chan *)(uintptr_t)B); NEXT;

// The address of an atomic access is nil-checked.
#define ATOMIC(...)                     \
    do {                                \
        uint64_t addr = B;              \
        NIL_CHECK(addr);                \
        __VA_ARGS__;                    \
        NEXT;                           \
    } while (0)
#define AT(type) ((type *)(uintptr_t)addr)
#define ATOMIC_CAS(type)                                                                                               \
    do {                                                                                                               \
        uint64_t *c = &C;                                                                                              \
        type old = (type)c[0];                                                                                         \
        A = __atomic_compare_exchange_n(AT(type), &old, (type)c[1], false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);        \
    } while (0)
    OPCODE(ATOMIC_LOAD_I32) ATOMIC(A = (uint64_t)(int64_t)__atomic_load_n(AT(int32_t), __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_LOAD_U32) ATOMIC(A = __atomic_load_n(AT(uint32_t), __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_LOAD_64) ATOMIC(A = __atomic_load_n(AT(uint64_t), __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_STORE_32) ATOMIC(__atomic_store_n(AT(uint32_t), (uint32_t)C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_STORE_64) ATOMIC(__atomic_store_n(AT(uint64_t), C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_STORE_PTR) ATOMIC(GC_BARRIER(addr, C); __atomic_store_n(AT(uint64_t), C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_ADD_I32) ATOMIC(A = (uint64_t)(int64_t)(int32_t)__atomic_add_fetch(AT(uint32_t), (uint32_t)C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_ADD_U32) ATOMIC(A = __atomic_add_fetch(AT(uint32_t), (uint32_t)C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_ADD_64) ATOMIC(A = __atomic_add_fetch(AT(uint64_t), C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_SWAP_I32) ATOMIC(A = (uint64_t)(int64_t)__atomic_exchange_n(AT(int32_t), (int32_t)C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_SWAP_U32) ATOMIC(A = __atomic_exchange_n(AT(uint32_t), (uint32_t)C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_SWAP_64) ATOMIC(A = __atomic_exchange_n(AT(uint64_t), C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_SWAP_PTR) ATOMIC(GC_BARRIER(addr, C); A = __atomic_exchange_n(AT(uint64_t), C, __ATOMIC_SEQ_CST));
    OPCODE(ATOMIC_CAS_32) ATOMIC(ATOMIC_CAS(uint32_t));
    OPCODE(ATOMIC_CAS_64) ATOMIC(ATOMIC_CAS(uint64_t));
    OPCODE(ATOMIC_CAS_PTR) ATOMIC(GC_BARRIER(addr, (&C)[1]); ATOMIC_CAS(uint64_t));
    OPCODE(MUTEX_LOCK) {
        MutexWords *m = (MutexWords *)(uintptr_t)B;
        NIL_CHECK(m);
        if (LIKELY(!g->wake_value && sema_mutex_try_lock(p, m))) NEXT;
        pc--; // made again after a wake-up
        SAVE();
        if (sema_mutex_lock_slow(p, g, m, WAIT_MUTEX_LOCK) == SEMA_AGAIN) goto parked;
        pc++;
        NEXT;
    }
    OPCODE(MUTEX_TRY) {
        MutexWords *m = (MutexWords *)(uintptr_t)B;
        NIL_CHECK(m);
        A = sema_mutex_try_lock(p, m);
        NEXT;
    }
    OPCODE(MUTEX_UNLOCK) {
        MutexWords *m = (MutexWords *)(uintptr_t)B;
        NIL_CHECK(m);
        if (LIKELY(sema_mutex_unlock(p, m))) NEXT;
        SAVE();
        rt_fatal("sync: unlock of unlocked mutex");
    }
    OPCODE(READ_LOCK) {
        RWMutexWords *rw = (RWMutexWords *)(uintptr_t)B;
        NIL_CHECK(rw);
        if (LIKELY(sema_readers_add(p, rw, 1) >= 0)) NEXT;
        SAVE();
        if (sema_acquire(p, g, &rw->reader_sem, WAIT_RWMUTEX_RLOCK, false) == SEMA_PARKED) goto parked;
        NEXT;
    }
    OPCODE(READ_UNLOCK) {
        RWMutexWords *rw = (RWMutexWords *)(uintptr_t)B;
        NIL_CHECK(rw);
        int32_t left = sema_readers_add(p, rw, -1);
        if (LIKELY(left >= 0) || sema_read_unlock_slow(p, rw, left)) NEXT;
        SAVE();
        rt_fatal("sync: RUnlock of unlocked RWMutex");
    }
    OPCODE(GROUP_ADD) {
        GroupWords *wg = (GroupWords *)(uintptr_t)B;
        NIL_CHECK(wg);
        if (LIKELY(sema_group_add(p, wg, SC))) NEXT;
        SAVE();
        rt_panic_string(g, "sync: negative WaitGroup counter");
        goto panicked;
    }

    OPCODE(SELECT) {
        ChanStatus st;
        pc--;
        g->resume = RESUME_SELECT;
        SAVE();
        st = run_select(p, g, pc, fp, false);
        goto select_done;
    select_resumed:
        st = pc[0].op == OP_SELECT ? run_select(p, g, pc, fp, true) : run_select_arms(p, g, pc, fp, true);
    select_done:
        if (st == CHAN_PARKED) goto parked;
        g->resume = RESUME_NEXT;
        pc += 2;
        if (st == CHAN_PANIC) goto panicked;
        NEXT;
    }

    OPCODE(SELECT_ARMS) {
        pc--;
        g->resume = RESUME_SELECT;
        SAVE();
        ChanStatus st = run_select_arms(p, g, pc, fp, false);
        if (st == CHAN_PARKED) goto parked;
        g->resume = RESUME_NEXT;
        pc += 2;
        if (st == CHAN_PANIC) goto panicked;
        NEXT;
    }
    OPCODE(ARMS) A = (uint64_t)(uintptr_t)arm_list(p, (ArmList *)(uintptr_t)A); NEXT;
    OPCODE(ARM) add_arm(p, (ArmList *)(uintptr_t)B, pc[0].ptr, &C); NEXT_X;
    OPCODE(FAIL)
        pc++;
        SAVE();
        rt_panic_plain(g, "%s", (const char *)pc[-1].ptr);
        goto panicked;
    OPCODE(RANDOM) A = (sched_rand(p) >> 32) * OB >> 32; NEXT;
    OPCODE(NETWORK) {
        Network *net = network_new(p, g, pc[0].ptr, (const int64_t *)&B, (Chan *const *)&C);
        if (UNLIKELY(!net)) goto panicked_x;
        A = (uint64_t)(uintptr_t)net;
        NEXT_X;
    }
    OPCODE(PROCESSES) network_start(p, (Network *)(uintptr_t)B, (uint32_t)X1, (const void *)(uintptr_t)C); NEXT_X;
    OPCODE(PEER) A = (uint64_t)(uintptr_t)network_peer(p, g, (Network *)(uintptr_t)B, pc[0].ptr, (&B)[1], (const int64_t *)&B + 2); NEXT_X;
    OPCODE(JOIN) {
        g->resume = RESUME_JOIN;
        SAVE();
        ChanStatus st;
    join_resumed:
        st = network_join(p, g, (Network *)(uintptr_t)B);
        if (st == CHAN_PARKED) goto parked;
        g->resume = RESUME_NEXT;
        if (st == CHAN_DONE) NEXT;
        SAVE();
        if (!unwind_join_panic(p, g, network_origin((const Network *)(uintptr_t)B))) goto ended;
        LOAD();
        NEXT;
    }

    // --- shared endings

    ChanStatus passed;
send_slow:
    SAVE();
    passed = chan_send(p, g, (Chan *)(uintptr_t)B, &C);
    goto passing;
recv_slow:
    SAVE();
    passed = chan_recv(p, g, (Chan *)(uintptr_t)B, &A, OC == NO_SLOT ? NULL : &C);
passing:
    if (passed == CHAN_DONE) NEXT;
    if (passed == CHAN_PANIC) goto panicked;
    goto parked;

counted:
    p->chan_ops++;
    goto *labels[pc[-1].op];

safepoint_at_call: // the call is made again afterwards
    pc--;
safepoint:
    SAVE();
    if (!sched_safepoint(p, g)) {
        if (LIKELY(!g->interrupted)) goto look_around; // the world may have been stopped
        g->interrupted = 0;
        goto goexit;
    }
    goto parked; // it was queued: another one's turn

grow_stack:
    SAVE();
    if (UNLIKELY(machine_overflow && machine_overflow(g, g->fp + OA + callee->nslots))) goto panicked_x;
    enter_call(g, pc[-1].op == OP_CALL_CLOSURE ? (const Closure *)(uintptr_t)B : func_closure((Func *)callee), g->fp + OA, pc + 1);
    LOAD();
    NEXT;

panicked_x:
    pc++;
panicked:
    SAVE();
    if (!unwind_panic(p, g)) goto ended;
    LOAD();
    NEXT;

nil_deref:
    SAVE();
    rt_panic(g, ERR_NIL_DEREF);
    goto panicked;
divide_error:
    SAVE();
    rt_panic(g, ERR_DIVIDE);
    goto panicked;
shift_error:
    SAVE();
    rt_panic(g, ERR_SHIFT);
    goto panicked;
range_error:
    SAVE();
    rt_panic(g, OC ? ERR_RANGE_RECOVERED : (RuntimeError)(ERR_RANGE_DONE + B - RANGE_DONE));
    goto panicked;
index_error:
    SAVE();
    if (bad_index < 0 && func_unsigned_index(frame_func(fp), (uint32_t)(pc - frame_func(fp)->code) - 1)) rt_panic(g, ERR_INDEX_UNSIGNED, (unsigned long long)bad_index, (long long)bad_length);
    else if (bad_index < 0) rt_panic(g, ERR_INDEX_NEG, (long long)bad_index);
    else rt_panic(g, ERR_INDEX, (long long)bad_index, (long long)bad_length);
    goto panicked;

goexit:
    SAVE();
    if (unwind_goexit(p, g)) {
        LOAD();
        NEXT;
    }
ended:
    if (UNLIKELY(g->id == atomic_load_explicit(&machine_main_id, memory_order_relaxed))) machine_main_ended(g, returned);
    bool visit = g->foreign != NULL;
    if (UNLIKELY(visit)) ffi_goroutine_ended(g, returned);
    returned = false;
    if (g->process) network_ended(p, g);
    g->pc = NULL;
    sched_exit_g(p, g);
    if (UNLIKELY(visit)) return; // to C, whose thread this is
    goto parked;
}
