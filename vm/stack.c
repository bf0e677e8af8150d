// SPDX-License-Identifier: MIT
// stack.c: stacks of goroutines: growing, starting, scanning.
#include <stdio.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/debug.h"
#include "runtime/heap.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "vm/liveness.h"
#include "vm/machine.h"

uint64_t machine_max_slots = 1000000000 / 8;
uint64_t machine_headroom = STACK_HEADROOM;

const Word goexit_code[3] = {{.op = OP_CALL}, {.raw = 0}, {.op = OP_GOEXIT}};

static _Noreturn void overflow(void) {
    fprintf(stderr, "runtime: goroutine stack exceeds %llu-byte limit\n", (unsigned long long)machine_max_slots * 8);
    rt_fatal("stack overflow");
}

// CSPDEBUG=stackmove: a new block for the same slots. The old one is spoiled, so
// that whoever still points into it reads nonsense. A call pays for MOVE_SLOTS
// slots: a stack that is not larger moves at every call, a deep one when its
// calls have paid for it, so that deep recursion stays linear.
enum { MOVE_SLOTS = 128 };

static void set_end(G *g) { g->stack_end = g->stack + g->stack_slots - machine_headroom; }

static void move_stack(G *g) {
    static _Thread_local uint64_t paid;
    paid += MOVE_SLOTS;
    if (paid < g->stack_slots) return;
    paid = 0;
    size_t size = g->stack_slots * sizeof *g->stack;
    uint64_t *to = base_malloc(size);
    memcpy(to, g->stack, size);
    memset(g->stack, 0xdb, size);
    base_free(g->stack);
    g->stack = to;
    set_end(g);
}

static __attribute__((noinline)) void grow(G *g, uint64_t top) {
    uint64_t slots = g->stack_slots ? g->stack_slots : G_STACK_START;
    while (slots < top) slots *= 2;
    if (slots > machine_max_slots) slots = machine_max_slots;
    if (top > slots) overflow();
    g->stack = base_realloc(g->stack, slots * sizeof *g->stack);
    memset(g->stack + g->stack_slots, 0, (slots - g->stack_slots) * sizeof *g->stack);
    g->stack_slots = (uint32_t)slots;
    set_end(g);
}

void stack_reserve(G *g, uint64_t top) {
    if (UNLIKELY(debug_flags.stackmove) && g->stack_slots) move_stack(g);
    if (UNLIKELY(top > g->stack_slots)) grow(g, top);
}

static inline void begin_frame(G *g, const Closure *closure, uint64_t base, const Word *ret) {
    uint64_t *fp = g->stack + base;
    fp[FRAME_RET] = (uint64_t)(uintptr_t)ret;
    fp[FRAME_CLOSURE] = (uint64_t)(uintptr_t)closure;
    g->fp = base;
    g->pc = closure->fn->code;
}

void enter_call(G *g, const Closure *closure, uint64_t base, const Word *ret) {
    stack_reserve(g, base + closure->fn->nslots + STACK_HEADROOM);
    begin_frame(g, closure, base, ret);
}

void machine_start_call(G *g, const void *closure, const uint64_t *args, uint32_t nwords) {
    const Closure *c = closure;
    const Func *f = c->fn;
    set_end(g);
    stack_reserve(g, f->nslots + STACK_HEADROOM);
    uint64_t *at = g->stack + FRAME_HEADER + f->nresult_slots;
    for (uint32_t i = 0; i < nwords; i++) at[i] = args[i];
    begin_frame(g, c, 0, &goexit_code[2]);
}

// --- scanning

// --- what frames hold
//
// Of a frame the collector visits the pointer slots that are live where its
// function stands. What was found out about such a place is kept for the next
// collections. Only the collecting thread comes here, world stopped.

typedef enum PointKind {
    POINT_CALL,  // a call that has not returned, or a goroutine between two instructions
    POINT_TOP,   // the instruction before pc may still be in progress
    POINT_PANIC  // the function has panicked; only its epilogue may go on
} PointKind;

typedef struct Point { // a place in a function: pc of the next instruction
    const Word *pc;    // NULL: no entry
    uint32_t kind;     // PointKind
    uint32_t n;
    uint16_t *slots;   // pointer slots live there
} Point;

typedef struct Known { // what is live in a function
    const Func *f;     // NULL: no entry
    Liveness *live;    // NULL: any slot may be
} Known;

static struct {
    Point *points;
    Known *funcs;
    uint32_t npoints, points_cap, nfuncs, funcs_cap; // powers of two
} known;

static uint32_t hash_of(const void *p, uint32_t cap) { return (uint32_t)((uint64_t)(uintptr_t)p * 0x9e3779b97f4a7c15u >> 33) & (cap - 1); }

static Point *point_place(Point *points, uint32_t cap, const Word *pc, uint32_t kind) {
    uint32_t i = hash_of(pc + kind, cap);
    while (points[i].pc && (points[i].pc != pc || points[i].kind != kind)) i = (i + 1) & (cap - 1);
    return &points[i];
}

static void grow_points(void) {
    uint32_t cap = known.points_cap ? known.points_cap * 2 : 256;
    Point *points = base_calloc(cap, sizeof *points);
    for (uint32_t i = 0; i < known.points_cap; i++)
        if (known.points[i].pc) *point_place(points, cap, known.points[i].pc, known.points[i].kind) = known.points[i];
    base_free(known.points);
    known.points = points;
    known.points_cap = cap;
}

static Known *func_place(Known *funcs, uint32_t cap, const Func *f) {
    uint32_t i = hash_of(f, cap);
    while (funcs[i].f && funcs[i].f != f) i = (i + 1) & (cap - 1);
    return &funcs[i];
}

static void grow_funcs(void) {
    uint32_t cap = known.funcs_cap ? known.funcs_cap * 2 : 64;
    Known *funcs = base_calloc(cap, sizeof *funcs);
    for (uint32_t i = 0; i < known.funcs_cap; i++)
        if (known.funcs[i].f) *func_place(funcs, cap, known.funcs[i].f) = known.funcs[i];
    base_free(known.funcs);
    known.funcs = funcs;
    known.funcs_cap = cap;
}

// Functions in the heap (thunk.c) come and go: nothing is remembered of them.
static const Liveness *liveness_of(const Func *f) {
    uint32_t index;
    if (known.nfuncs * 2 >= known.funcs_cap) grow_funcs();
    Known *k = func_place(known.funcs, known.funcs_cap, f);
    if (k->f) return k->live;
    if (heap_find((uint64_t)(uintptr_t)f, &index)) return NULL;
    *k = (Known){f, liveness_new(f)};
    known.nfuncs++;
    return k->live;
}

static void fill_point(Point *p, const Func *f, const uint64_t *set) {
    for (uint32_t pass = 0; pass < 2; pass++) {
        p->n = 0;
        for (uint32_t i = FRAME_HEADER; i < f->nslots; i++)
            if (f->ptr_map[i / 8] >> (i % 8) & 1 && liveness_has(set, i)) {
                if (pass) p->slots[p->n] = (uint16_t)i;
                p->n++;
            }
        if (!pass) p->slots = base_malloc((p->n + 1) * sizeof *p->slots);
    }
}

// NULL: it is not known what is live.
static const Point *point_of(const Func *f, const Word *pc, uint32_t kind) {
    if (kind == POINT_PANIC) pc = f->code;
    if (known.npoints * 2 >= known.points_cap) grow_points();
    Point *p = point_place(known.points, known.points_cap, pc, kind);
    if (p->pc) return p;
    const Liveness *l = pc >= f->code && pc < f->code + f->ncode ? liveness_of(f) : NULL;
    if (!l) return NULL;
    uint64_t *set = base_malloc((liveness_words(l) + 1) * sizeof *set);
    bool found = true;
    if (kind == POINT_PANIC) liveness_epilogue(l, set);
    else found = liveness_at(l, (uint32_t)(pc - f->code), kind == POINT_TOP, set);
    if (found) {
        *p = (Point){.pc = pc, .kind = kind};
        fill_point(p, f, set);
        known.npoints++;
    }
    base_free(set);
    return found ? p : NULL;
}

void machine_forget_functions(void) {
    for (uint32_t i = 0; i < known.points_cap; i++) base_free(known.points[i].slots);
    for (uint32_t i = 0; i < known.funcs_cap; i++)
        if (known.funcs[i].live) liveness_free(known.funcs[i].live);
    base_free(known.points);
    base_free(known.funcs);
    memset(&known, 0, sizeof known);
}

// Slots from `end` on belong to the callee.
static void scan_frame(const uint64_t *fp, const Point *point, uint64_t end, void (*visit)(void *ctx, uint64_t word), void *ctx) {
    const Func *f = frame_func(fp);
    visit(ctx, fp[FRAME_CLOSURE]);
    if (point) {
        for (uint32_t i = 0; i < point->n && point->slots[i] < end; i++) visit(ctx, fp[point->slots[i]]);
        return;
    }
    if (end > f->nslots) end = f->nslots;
    for (uint64_t i = FRAME_HEADER; i < end; i++)
        if (f->ptr_map[i / 8] >> (i % 8) & 1) visit(ctx, fp[i]);
}

void machine_scan(G *g, void (*visit)(void *ctx, uint64_t word), void *ctx) {
    visit(ctx, g->pending_panic.data);
    for (Deferred *d = g->defers; d; d = d->link) {
        visit(ctx, (uint64_t)(uintptr_t)d->closure);
        for (uint32_t i = 0; i < d->nargs; i++) visit(ctx, d->args[i]);
    }
    for (Panic *k = g->panics; k; k = k->link) visit(ctx, k->value.data);
    if (!g->stack || !g->pc) return;
    const Word *pc = g->pc;
    uint64_t at = g->fp, end = UINT64_MAX;
    bool done = atomic_load_explicit(&g->status, memory_order_relaxed) == G_RUNNABLE && g->resume == RESUME_NEXT;
    for (uint32_t kind = done ? POINT_CALL : POINT_TOP;;) {
        const uint64_t *fp = g->stack + at;
        scan_frame(fp, point_of(frame_func(fp), pc, kind), end, visit, ctx);
        pc = (const Word *)(uintptr_t)fp[FRAME_RET];
        if (pc == &goexit_code[2]) return;
        kind = pc->op == OP_PANIC_RET ? POINT_PANIC : POINT_CALL;
        end = pc[-2].a;
        at -= end;
    }
}
