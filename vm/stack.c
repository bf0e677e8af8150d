// SPDX-License-Identifier: MIT
// stack.c: stacks of goroutines: growing, starting, scanning.
#include <stdio.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/debug.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "vm/machine.h"

uint64_t machine_max_slots = 1000000000 / 8;
uint64_t machine_headroom = STACK_HEADROOM;

const Word goexit_code[3] = {{.op = OP_CALL}, {.raw = 0}, {.op = OP_GOEXIT}};

static _Noreturn void overflow(void) {
    fprintf(stderr, "runtime: goroutine stack exceeds %llu-byte limit\n", (unsigned long long)machine_max_slots * 8);
    rt_fatal("stack overflow");
}

// CSPDEBUG=stackmove: a new block for the same slots. The old one is spoiled, so
// that whoever still points into it reads nonsense.
static void move_stack(G *g) {
    size_t size = g->stack_slots * sizeof *g->stack;
    uint64_t *to = base_malloc(size);
    memcpy(to, g->stack, size);
    memset(g->stack, 0xdb, size);
    base_free(g->stack);
    g->stack = to;
}

void stack_reserve(G *g, uint64_t top) {
    if (UNLIKELY(debug_flags.stackmove) && g->stack_slots) move_stack(g);
    if (top <= g->stack_slots) return;
    uint64_t slots = g->stack_slots ? g->stack_slots : G_STACK_START;
    while (slots < top) slots *= 2;
    if (slots > machine_max_slots) slots = machine_max_slots;
    if (top > slots) overflow();
    g->stack = base_realloc(g->stack, slots * sizeof *g->stack);
    memset(g->stack + g->stack_slots, 0, (slots - g->stack_slots) * sizeof *g->stack);
    g->stack_slots = (uint32_t)slots;
}

void enter_call(G *g, const Closure *closure, uint64_t base, const Word *ret) {
    const Func *f = closure->fn;
    stack_reserve(g, base + f->nslots + STACK_HEADROOM);
    uint64_t *fp = g->stack + base;
    fp[FRAME_RET] = (uint64_t)(uintptr_t)ret;
    fp[FRAME_CLOSURE] = (uint64_t)(uintptr_t)closure;
    g->fp = base;
    g->pc = f->code;
}

void machine_start_call(G *g, const void *closure, const uint64_t *args, uint32_t nwords) {
    const Closure *c = closure;
    const Func *f = c->fn;
    memset(g->stack, 0, g->stack_slots * sizeof *g->stack);
    stack_reserve(g, f->nslots + STACK_HEADROOM);
    uint64_t *at = g->stack + FRAME_HEADER + f->nresult_slots;
    for (uint32_t i = 0; i < nwords; i++) at[i] = args[i];
    enter_call(g, c, 0, &goexit_code[2]);
}

// --- scanning

static void scan_frame(const uint64_t *fp, const Func *f, uint64_t nslots, void (*visit)(void *ctx, uint64_t word), void *ctx) {
    if (nslots > f->nslots) nslots = f->nslots;
    visit(ctx, fp[FRAME_CLOSURE]);
    for (uint64_t i = FRAME_HEADER; i < nslots; i++)
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
    uint64_t at = g->fp, live = UINT64_MAX;
    for (;;) {
        const uint64_t *fp = g->stack + at;
        const Word *ret = (const Word *)(uintptr_t)fp[FRAME_RET];
        scan_frame(fp, frame_func(fp), live, visit, ctx);
        if (ret == &goexit_code[2]) return;
        live = ret[-2].a; // the caller's slots behind belong to its callee
        at -= live;
    }
}
