// SPDX-License-Identifier: MIT
// ffi_check.c: what C does with the program's memory, under watch (csp run
// -check-ffi).
//
// C functions do not get addresses of heap objects but of copies, one for each
// call. A copy ends at, or up to 15 bytes before, a page that cannot be touched
// and has such a page before it; what is left of its own pages is filled with a
// pattern. After the call the pattern is compared, and what C changed is
// carried over to the object. While C calls back, copy and object are brought
// up to date both ways. The copy is then made inaccessible, so that C code which
// kept the pointer faults; the oldest of such copies are given back.
//
// Strings are copied likewise, and must not be changed. Pinned objects, C's own
// memory and what the arguments point to indirectly are passed as they are.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/base.h"
#include "runtime/heap.h"
#include "runtime/lock.h"
#include "runtime/os.h"
#include "runtime/panic.h"
#include "vm/ffi_impl.h"

bool vm_check_ffi;

typedef struct Guard {
    char *object;          // of the heap; a string's bytes
    char *copy, *snapshot; // snapshot: what both were when they were last the same
    size_t size;
    char *map;             // with the pages around
    size_t map_size;
    uint32_t arg;          // number of the argument, from 1
    bool is_string;
} Guard;

struct FfiGuards {
    Guard *at;
    uint32_t n;
    const ForeignCall *call;
    uint64_t *slots;       // the arguments as C shall get them
};

enum { PATTERN = 0xA5, KEPT_COPIES = 256 };

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

static const char *function_name(const ForeignCall *c) { return c->symbol ? c->symbol->name : "(function pointer)"; }

// --- pinned objects, and copies that are over

typedef struct OldCopy {
    char *map;
    size_t size;
    const char *function;
} OldCopy;

static RtLock lock;
static const void **pinned;  // lock
static uint32_t npinned, pinned_cap;
static OldCopy old[KEPT_COPIES]; // lock; a ring
static uint32_t next_old;

static const void *pinned_address(Iface v) {
    if (!v.type) return NULL;
    if (v.type->kind == KIND_SLICE) return *(const void *const *)(uintptr_t)v.data;
    return v.type->kind == KIND_POINTER || v.type->kind == KIND_UNSAFE_POINTER ? (const void *)(uintptr_t)v.data : NULL;
}

void native_pinned(Iface v, bool on) {
    const void *p = pinned_address(v);
    if (!vm_check_ffi || !p) return;
    rt_lock(&lock);
    if (on) {
        if (npinned == pinned_cap) {
            pinned_cap = pinned_cap ? pinned_cap * 2 : 16;
            pinned = base_realloc(pinned, pinned_cap * sizeof *pinned);
        }
        pinned[npinned++] = p;
    } else {
        for (uint32_t i = 0; i < npinned; i++)
            if (pinned[i] == p) {
                pinned[i] = pinned[--npinned];
                break;
            }
    }
    rt_unlock(&lock);
}

static bool is_pinned(const char *object, size_t size) {
    rt_lock(&lock);
    bool found = false;
    for (uint32_t i = 0; i < npinned && !found; i++) found = (const char *)pinned[i] >= object && (const char *)pinned[i] < object + size;
    rt_unlock(&lock);
    return found;
}

static void retire_copy(const Guard *g, const char *function) {
    mprotect(g->map, g->map_size, PROT_NONE);
    rt_lock(&lock);
    OldCopy *o = &old[next_old++ % KEPT_COPIES], oldest = *o;
    *o = (OldCopy){g->map, g->map_size, function};
    rt_unlock(&lock);
    if (oldest.map) munmap(oldest.map, oldest.size);
}

// --- making copies

static void make_copy(Guard *g) {
    size_t page = page_size(), room = (g->size + page - 1) / page * page;
    if (!room) room = page;
    g->map_size = room + 2 * page;
    g->map = os_reserve(g->map_size);
    if (!g->map) rt_fatal("ffi: no memory for the copy of an argument");
    mprotect(g->map, page, PROT_NONE);
    mprotect(g->map + page + room, page, PROT_NONE);
    memset(g->map + page, PATTERN, room);
    g->copy = g->map + page + (room - g->size) / 16 * 16;
    memcpy(g->copy, g->object, g->size);
    g->snapshot = base_malloc(g->size + 1);
    memcpy(g->snapshot, g->copy, g->size);
}

static Guard *guard_of(const FfiGuards *gs, const char *object) {
    for (uint32_t i = 0; i < gs->n; i++)
        if (gs->at[i].object == object && !gs->at[i].is_string) return &gs->at[i];
    return NULL;
}

static uint64_t guarded(FfiGuards *gs, Guard fresh, const char *p) {
    Guard *g = guard_of(gs, fresh.object);
    if (!g) {
        g = &gs->at[gs->n++];
        *g = fresh;
        make_copy(g);
    }
    return p <= g->object + g->size ? (uint64_t)(uintptr_t)(g->copy + (p - g->object)) : (uint64_t)(uintptr_t)p;
}

// The address for C in place of word; end: of what may be touched, or NULL when
// only the object says it.
static uint64_t watch_pointer(FfiGuards *gs, uint32_t arg, uint64_t word, const char *end) {
    uint32_t i;
    const Span *s = heap_find(word, &i);
    if (!s) return word;
    Guard g = {.object = s->start + i * s->size, .size = s->size, .arg = arg};
    uint64_t type = s->types && !s->noscan ? s->types[i] : 0;
    if (type && !(type & TYPE_WORD_ARRAY)) g.size = ((const TypeDesc *)(uintptr_t)type)->size;
    if (end > g.object && end <= g.object + g.size) g.size = (size_t)(end - g.object);
    const char *p = (const char *)(uintptr_t)word;
    if (p > g.object + g.size || is_pinned(g.object, g.size)) return word;
    return guarded(gs, g, p);
}

static uint64_t watch_string(FfiGuards *gs, uint32_t arg, const uint64_t *s) {
    Guard *g = &gs->at[gs->n++];
    char *text = base_malloc(s[1] + 1);
    if (s[1]) memcpy(text, (const void *)(uintptr_t)s[0], s[1]);
    text[s[1]] = 0;
    *g = (Guard){.object = text, .size = s[1] + 1, .arg = arg, .is_string = true};
    make_copy(g);
    free(text);
    g->object = g->copy;
    return (uint64_t)(uintptr_t)g->copy;
}

FfiGuards *ffi_guards_make(const ForeignCall *c, const uint64_t *args) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->nparams; i++) n += c->params[i].slots;
    FfiGuards *gs = base_calloc(1, sizeof *gs);
    gs->call = c;
    gs->at = base_calloc(c->nparams + 1, sizeof *gs->at);
    gs->slots = base_calloc(n + STACK_HEADROOM, sizeof *gs->slots);
    memcpy(gs->slots, args, n * sizeof *args);
    uint64_t *to = gs->slots;
    for (uint32_t i = 0; i < c->nparams; to += c->params[i++].slots) {
        const ForeignType *t = &c->params[i];
        if (t->kind == FOREIGN_PTR) to[0] = watch_pointer(gs, i + 1, to[0], NULL);
        else if (t->kind == FOREIGN_SLICE) to[0] = watch_pointer(gs, i + 1, to[0], (const char *)(uintptr_t)to[0] + to[2] * t->desc->elem->size);
        else if (t->kind == FOREIGN_STRING) to[0] = watch_string(gs, i + 1, to);
    }
    return gs;
}

const uint64_t *ffi_guards_args(const FfiGuards *gs) { return gs->slots; }

// --- comparing

// Carries over what changed on one side since they were last the same; C's
// changes win.
static void exchange(Guard *g) {
    if (g->is_string) return;
    for (size_t i = 0; i < g->size; i++) {
        if (g->copy[i] != g->snapshot[i]) g->object[i] = g->copy[i];
        else if (g->object[i] != g->snapshot[i]) g->copy[i] = g->object[i];
        g->snapshot[i] = g->copy[i];
    }
}

void ffi_guards_exchange(FfiGuards *gs) {
    for (uint32_t i = 0; i < gs->n; i++) exchange(&gs->at[i]);
}

static bool is_pattern(const char *from, const char *to) {
    for (; from < to; from++)
        if ((unsigned char)*from != PATTERN) return false;
    return true;
}

// What C did that it must not; NULL: nothing.
static const char *misdeed(const Guard *g) {
    size_t page = page_size();
    if (!is_pattern(g->copy + g->size, g->map + g->map_size - page)) return "wrote behind the end of";
    if (!is_pattern(g->map + page, g->copy)) return "wrote before the begin of";
    return g->is_string && memcmp(g->copy, g->snapshot, g->size) != 0 ? "changed the string that is" : NULL;
}

bool ffi_guards_end(FfiGuards *gs, G *running) {
    bool ok = true;
    for (uint32_t i = 0; i < gs->n; i++) {
        Guard *g = &gs->at[i];
        const char *what = misdeed(g);
        if (what && ok) {
            rt_panic_plain(running, "ffi: C.%s %s argument %u (%zu bytes)", function_name(gs->call), what, g->arg, g->is_string ? g->size - 1 : g->size);
            ok = false;
        }
        exchange(g);
        free(g->snapshot);
        retire_copy(g, function_name(gs->call));
    }
    free(gs->at);
    free(gs->slots);
    free(gs);
    return ok;
}

// For the report of a fault: takes no lock.
void ffi_guards_explain(const FfiGuards *gs, const void *addr, FILE *to) {
    const char *p = addr;
    for (uint32_t i = 0; gs && i < gs->n; i++) {
        const Guard *g = &gs->at[i];
        if (p >= g->map && p < g->map + g->map_size) fprintf(to, "the address is %s of argument %u\n", p < g->copy ? "before the begin" : "behind the end", g->arg);
    }
    for (uint32_t i = 0; i < KEPT_COPIES; i++)
        if (old[i].map && p >= old[i].map && p < old[i].map + old[i].size) fprintf(to, "the address was an argument of an earlier call, of C.%s, and may not be used any more (see ffi.Pin)\n", old[i].function);
}
