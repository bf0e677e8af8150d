// SPDX-License-Identifier: MIT
// live_memory.c: what running programs can reach of code, types, variables and
// constants.
//
// The collector of the language's heap has no interest in words that do not
// point into it, so this looks at whole frames and whole objects. Of an object
// without pointers only the beginning counts: it may be a closure that captures
// plain numbers, whose first word is its function.
#include <string.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/heap.h"
#include "runtime/iface.h"
#include "runtime/sched.h"
#include "vm/live.h"
#include "vm/machine.h"
#include "vm/native.h"

enum { NOSCAN_WORDS = 16, ABOVE_FRAME = 64 }; // words of an object; slots for arguments above the window

typedef void Visit(void *ctx, uint64_t word);

static uint64_t *seen; // a bit for each 8 bytes of the heap

void live_memory_begin(void) { seen = base_calloc(((atomic_load(&heap.used_pages) << PAGE_SHIFT) / 8 + 63) / 64 + 1, sizeof *seen); }

bool live_object(uint64_t word, const uint64_t **at, size_t *nwords, uint64_t *type) {
    uint32_t i = 0;
    const Span *s = heap_find(word, &i);
    if (!s) return false;
    const char *p = s->start + i * s->size;
    uint64_t bit = (uint64_t)(p - heap.base) / 8;
    if (seen[bit / 64] >> (bit % 64) & 1) return false;
    seen[bit / 64] |= 1ull << (bit % 64);
    *at = (const uint64_t *)(const void *)p;
    *nwords = s->size / 8;
    if (s->noscan && *nwords > NOSCAN_WORDS) *nwords = NOSCAN_WORDS;
    *type = s->noscan ? 0 : s->types[i] & ~(uint64_t)TYPE_WORD_ARRAY;
    return true;
}

typedef struct Visitor { Visit *visit; void *ctx; } Visitor;

// Of a goroutine that waits for the network, the one who polls may change a word
// meanwhile: it visits what it had or what it has.
__attribute__((no_sanitize("thread"))) static void visit_words(const Visitor *v, const void *at, size_t bytes) {
    const uint64_t *w = at;
    for (size_t i = 0; i < bytes / sizeof *w; i++) v->visit(v->ctx, w[i]);
}

static void visit_stack(const Visitor *v, const G *g) {
    uint64_t top = g->stack_slots;
    if (!g->stack) return;
    if (g->pc) {
        uint64_t end = g->fp + frame_func(g->stack + g->fp)->nslots + ABOVE_FRAME;
        if (end < top) top = end;
    }
    visit_words(v, g->stack, top * sizeof *g->stack);
}

static void visit_g(G *g, void *ctx) {
    const Visitor *v = ctx;
    visit_words(v, g, sizeof *g);
    visit_stack(v, g);
    for (const Deferred *d = g->defers; d; d = d->link) {
        v->visit(v->ctx, (uint64_t)(uintptr_t)d->closure);
        visit_words(v, d->args, d->nargs * sizeof *d->args);
    }
    for (const Panic *k = g->panics; k; k = k->link) visit_words(v, k, sizeof *k);
    for (const CallbackRun *c = g->callbacks; c; c = c->up) visit_words(v, c, sizeof *c);
    for (const Sudog *s = g->waiting; s; s = s->link) visit_words(v, s, sizeof *s);
}

static NativeTypes *holders;

void native_add_types(NativeTypes *t) {
    t->next = holders;
    holders = t;
}

void live_visit_roots(Visit *visit, void *ctx) {
    Visitor v = {visit, ctx};
    gc_visit_tables(visit, ctx);
    sched_each_g(visit_g, &v);
    for (const NativeTypes *t = holders; t; t = t->next) t->visit(visit, ctx);
}

void live_collected(const Program *p, bool (*is_gone)(const void *addr)) {
    gc_drop_roots(is_gone);
    machine_set_tables(p);
    iface_forget();
    machine_forget_functions();
    for (const NativeTypes *t = holders; t; t = t->next) t->forget();
    base_free(seen);
    seen = NULL;
}

size_t live_heap_bytes(void) { return atomic_load(&heap.live); }
