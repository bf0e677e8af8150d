// SPDX-License-Identifier: MIT
// arena_session.c: the arena of a program that is typed in line by line.
//
// From its begin on, memory comes from three zones: `code` for all that the
// compiler makes, which goes back when an input is undone; `live` for variables,
// which running programs write; `texts` for constants that values may point to.
//
// What nothing refers to is freed. Any word that looks like a pointer into an
// object keeps it, so nobody needs to tell types here. Looked through are: the
// memory from before the session as far as it was changed, static variables,
// what the machine visits, and what is found on the way, the program's heap
// included. A variable is kept by those who can reach it, not by its value, and
// objects of the heap only by variables that are kept; so cycles that lead
// through both are freed as well.
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "compiler/arena_impl.h"
#include "compiler/checkpoint.h"
#include "compiler/zone.h"

enum { PAGE = 4096, LIVE_CHUNK = 16 * PAGE, COLLECT_STEP = 1 << 20, WEAK_MOST = 32 };

bool arena_in_session;
static Zone code, live, texts;
static struct ArenaRoom before;   // the session: arena_room then
static size_t used_then;          // bytes in the zones after the last collection
static Region image = {.offset = 0}, own = {.offset = 1ull << 40}, coded = {.offset = 2ull << 40};

// --- variables that programs write, before a session

typedef struct LiveChunk {
    char *at, *next, *limit;
    struct LiveChunk *link;
} LiveChunk;

static void *or_fail(void *p) {
    if (!p) arena_out_of_memory();
    return p;
}

void *arena_alloc_live(size_t size) {
    size = (size + 7) & ~(size_t)7;
    if (arena_in_session) return or_fail(zone_alloc(&live, size));
    LiveChunk **root = (LiveChunk **)arena_root(ROOT_LIVE), *c = *root;
    if (!c || (size_t)(c->limit - c->next) < size) {
        size_t room = (size + LIVE_CHUNK - 1) / PAGE * PAGE;
        char *p = arena_alloc(room + PAGE);
        c = ARENA_NEW(LiveChunk);
        c->at = c->next = (char *)(((uintptr_t)p + PAGE - 1) & ~(uintptr_t)(PAGE - 1));
        c->limit = c->at + room;
        c->link = *root;
        *root = c;
    }
    void *p = c->next;
    c->next += size;
    return p;
}

static bool is_live(const char *page) {
    for (LiveChunk *c = *arena_root(ROOT_LIVE); c; c = c->link)
        if (page >= c->at && page < c->limit) return true;
    return false;
}

// --- the session's own memory

static void drop_pages(char *from, size_t size) { madvise(from, size, MADV_DONTNEED); }
static void drop_code(char *from, size_t size) { checkpoint_zero(&coded, from, size); }

void arena_begin_session(void) {
    if (!zone_init(&code, (size_t)1 << 34, drop_code) || !zone_init(&live, (size_t)1 << 36, drop_pages) || !zone_init(&texts, (size_t)1 << 33, drop_pages)) arena_out_of_memory();
    before = arena_room;
    arena_room.next = arena_room.limit = code.base; // nothing is left there, so every allocation comes to arena_session_alloc
    coded.base = code.base;
    if (image_size) image.kept = or_fail(calloc(image_size / PAGE / 64 + 1, sizeof *image.kept));
    arena_in_session = true;
}

void *arena_session_alloc(size_t size) { return or_fail(zone_alloc(&code, size)); }
void *arena_alloc_text(size_t size) { return or_fail(zone_alloc(&texts, size)); }

size_t arena_used(void) { return arena_in_session ? code.at.used + live.at.used : (size_t)(arena_room.next - arena_base); }

// --- going back

static struct { char *base; struct ArenaRoom room; } kept; // of the arena before a session

void arena_checkpoint(void) {
    arena_root(ROOT_LIVE);
    image.base = image_base;
    own.base = arena_base;
    image.leave = own.leave = is_live;
    kept.base = arena_base;
    kept.room = arena_in_session ? before : arena_room;
    checkpoint_keep(&image, image_size);
    if (arena_base) checkpoint_keep(&own, (size_t)(kept.room.next - arena_base));
    if (!arena_in_session) return;
    checkpoint_keep(&coded, (size_t)(code.at.next - code.base));
    zone_checkpoint(&code);
    zone_checkpoint(&live);
}

static void go_back_own(void) {
    if (!kept.base) { // the own stretch was begun since
        memset(arena_base, 0, (size_t)(arena_room.next - arena_base));
        arena_room.next = arena_base;
        return;
    }
    char *old_next = arena_room.next;
    checkpoint_go_back(&own, (size_t)(kept.room.next - kept.base));
    if (arena_in_session) return;
    arena_base = kept.base;
    arena_room = kept.room;
    if (old_next > arena_room.next) memset(arena_room.next, 0, (size_t)(old_next - arena_room.next));
}

void arena_go_back(void) {
    if (arena_base) go_back_own(); // first: the list of live chunks may have to be as it was
    checkpoint_go_back(&image, image_size);
    if (!arena_in_session) return;
    checkpoint_go_back(&coded, (size_t)(code.kept.next - code.base));
    zone_go_back(&code);
    zone_go_back(&live);
}

// --- collecting

typedef struct Part { const uint64_t *at; size_t nwords; } Part; // marked, to be looked through

static struct {
    const ArenaMachine *machine;
    Part *stack;
    size_t depth, cap;
    struct { const char *from, *to; } weak[WEAK_MOST];
    uint32_t nweak;
} gc;

static size_t used_now(void) { return code.at.used + live.at.used + texts.at.used; }

bool arena_wants_collection(size_t heap_bytes) {
    size_t grown = used_now() > used_then ? used_now() - used_then : 0;
    return grown > COLLECT_STEP + used_then / 2 + heap_bytes / 16;
}

void arena_collect_begin(const ArenaMachine *m) {
    gc.machine = m;
    gc.nweak = 0;
    zone_clear_marks(&code);
    zone_clear_marks(&live);
    zone_clear_marks(&texts);
    m->begin();
}

void arena_weak(const void *at, size_t size) {
    if (!size) return;
    if (gc.nweak == WEAK_MOST) abort();
    gc.weak[gc.nweak].from = at;
    gc.weak[gc.nweak++].to = (const char *)at + size;
}

static void push(const void *at, size_t nwords) {
    if (gc.depth == gc.cap) gc.stack = or_fail(realloc(gc.stack, (gc.cap = gc.cap * 2 + 1024) * sizeof *gc.stack));
    gc.stack[gc.depth++] = (Part){at, nwords};
}

static bool mark_in(Zone *z, uint64_t word, bool look_through) {
    char *from, *to;
    if (!zone_has(z, word)) return false;
    if (zone_object(z, word, &from, &to) && zone_mark(z, from) && look_through) push(from, (size_t)(to - from) / sizeof(uint64_t));
    return true;
}

static void mark_word(void *ctx, uint64_t word) {
    const uint64_t *at;
    size_t n;
    uint64_t type;
    (void)ctx;
    if (mark_in(&code, word, true) || mark_in(&live, word, true) || mark_in(&texts, word, false)) return;
    if (!gc.machine->object(word, &at, &n, &type)) return;
    push(at, n);
    if (type) mark_word(ctx, type);
}

// Words are read while goroutines of the runtime itself may write some of them
// (static variables), and the space between variables that a sanitizer guards.
__attribute__((no_sanitize("address", "thread"))) static void mark_words(const uint64_t *at, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint64_t word = ((const volatile uint64_t *)at)[i];
        if (word >> 16) mark_word(NULL, word);
    }
}

// Weak parts are left out.
static void look_through(const char *from, const char *to) {
    for (uint32_t i = 0; i < gc.nweak; i++) {
        const char *a = gc.weak[i].from, *b = gc.weak[i].to;
        if (a >= to || b <= from) continue;
        if (a > from) look_through(from, a);
        if (b < to) look_through(b, to);
        return;
    }
    mark_words((const uint64_t *)(const void *)from, (size_t)(to - from) / sizeof(uint64_t));
}

bool arena_drain(void) {
    bool any = gc.depth > 0;
    while (gc.depth) {
        Part p = gc.stack[--gc.depth];
        look_through((const char *)p.at, (const char *)(p.at + p.nwords));
    }
    return any;
}

static void mark_image(void) {
    if (!image_size) return;
    checkpoint_look(&image, image_size);
    for (char *page = image_base; page < image_base + image_size; page += PAGE)
        if (checkpoint_changed(&image, page)) look_through(page, page + PAGE);
}

extern char __data_start[], _end[]; // of the static variables, set by the linker

void arena_mark_roots(void) {
    const char *first = (const char *)(((uintptr_t)__data_start + 7) & ~(uintptr_t)7);
    mark_words((const uint64_t *)(const void *)first, (size_t)(_end - first) / sizeof(uint64_t));
    mark_image();
    if (arena_base) look_through(arena_base, before.next);
    gc.machine->visit_roots(mark_word, NULL);
}

static bool alive_in(const Zone *z, const void *p, bool *alive) {
    char *from, *to;
    if (!zone_has(z, (uint64_t)(uintptr_t)p)) return false;
    *alive = zone_object(z, (uint64_t)(uintptr_t)p, &from, &to) && zone_is_marked(z, from);
    return true;
}

void *arena_list_grow(void *at, uint32_t *cap, size_t elem_size) {
    *cap = *cap ? *cap * 2 : 256;
    return or_fail(realloc(at, *cap * elem_size));
}

bool arena_is_alive(const void *object) {
    bool alive = true;
    if (!alive_in(&code, object, &alive) && !alive_in(&live, object, &alive)) alive_in(&texts, object, &alive);
    return alive;
}

typedef struct WeakSlot { // as the tables' own slots, which are read and written bytewise
    const void *what;
    uint32_t hash;
} WeakSlot;

static WeakSlot slot_at(const char *slots, uint32_t i) {
    WeakSlot s;
    memcpy(&s, slots + i * sizeof s, sizeof s);
    return s;
}

// Empties slot i; later entries that would not be found any more move up.
static void remove_slot(char *slots, uint32_t mask, uint32_t i) {
    for (uint32_t k = i;;) {
        k = (k + 1) & mask;
        WeakSlot s = slot_at(slots, k);
        if (!s.what) break;
        if (((k - s.hash) & mask) < ((k - i) & mask)) continue;
        memcpy(slots + i * sizeof s, &s, sizeof s);
        i = k;
    }
    memset(slots + i * sizeof(WeakSlot), 0, sizeof(WeakSlot));
}

uint32_t arena_sweep_slots(void *slots, uint32_t mask) {
    uint32_t n = 0;
    for (uint32_t i = 0; i <= mask; i++)
        for (WeakSlot s; (s = slot_at(slots, i)).what && !arena_is_alive(s.what); n++) remove_slot(slots, mask, i);
    return n;
}

void arena_keep(const void *p) { mark_word(NULL, (uint64_t)(uintptr_t)p); }

void arena_collect_end(void) {
    zone_sweep(&code);
    zone_sweep(&live);
    zone_sweep(&texts);
    used_then = used_now();
}
