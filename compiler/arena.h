// arena.h: memory of a compilation, and interned names.
//
// Everything the compiler makes lives in one arena and is never freed singly.
// Arena memory is zeroed. The library image is a snapshot of an arena that was
// made at a fixed address, so nothing in an arena may point outside of arenas
// (no malloc'ed memory, no C function pointers, no library-owned objects);
// static const tables of the program are outside too.
#ifndef CSP_COMPILER_ARENA_H
#define CSP_COMPILER_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "runtime/type.h"

typedef struct Arena Arena;

typedef struct Name { // interned: equal names are one pointer
    uint32_t len;
    uint32_t hash;
    char text[]; // NUL-terminated
} Name;

static inline bool name_is(const Name *n, const char *text) { return strcmp(n->text, text) == 0; }
static inline bool name_is_blank(const Name *n) { return n->text[0] == '_' && n->len == 1; }

// The current arena of the process; compilations are not concurrent.
extern struct ArenaRoom { char *next, *limit; } arena_room; // arena.c's own; what is free
void *arena_alloc_slow(size_t size);
static inline void *arena_alloc(size_t size) { // 8-aligned, zeroed
    size = (size + 7) & ~(size_t)7;
    if (__builtin_expect(size > (size_t)(arena_room.limit - arena_room.next), 0)) return arena_alloc_slow(size);
    void *p = arena_room.next;
    arena_room.next += size;
    return p;
}
void *arena_alloc_large(size_t size);           // the same, for texts: goes to where pages are large
void *arena_dup(const void *p, size_t size);
char *arena_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
Str arena_str(const char *p, size_t n);         // a copy
// What was allocated from a place on. Passes that go over one part of the tree
// after another ask for the next one's memory before they begin with this one.
typedef struct ArenaSpan {
    const char *at;
    size_t size;
} ArenaSpan;
static inline const char *arena_here(void) { return arena_room.next; }
static inline ArenaSpan arena_since(const char *here) {
    bool whole = here && arena_room.next > here; // not when a new stretch was begun meanwhile
    return (ArenaSpan){here, whole ? (size_t)(arena_room.next - here) : 0};
}
enum { CACHE_LINE = 64, ARENA_PREFETCH_MOST = 16 << 10 };
static inline void arena_prefetch(ArenaSpan s) {
    if (s.size > ARENA_PREFETCH_MOST) s.size = ARENA_PREFETCH_MOST;
    for (size_t i = 0; i < s.size; i += CACHE_LINE) __builtin_prefetch(s.at + i);
}

#define ARENA_NEW(T) ((T *)arena_alloc(sizeof(T)))
void *arena_alloc_beside(const void *owner, size_t size); // left out of an image if owner is
#define ARENA_NEW_BESIDE(owner, T) ((T *)arena_alloc_beside(owner, sizeof(T)))
#define ARENA_ARRAY(T, n) ((T *)arena_alloc(sizeof(T) * (size_t)(n)))

Name *name_intern(const char *p, size_t n); // copies the n bytes when the name is new
// With the hash of the text, which the lexer computes while it scans: the seed
// taken through all bytes by steps (FNV-1a).
Name *name_intern_hashed(const char *p, size_t n, uint32_t hash);
#define NAME_HASH_SEED 2166136261u
#define NAME_HASH_STEP(h, c) (((h) ^ (unsigned char)(c)) * 16777619u)
Name *name_of(const char *cstr);

// Growable array in the arena: VEC(T) { T *at; uint32_t len, cap; }
#define VEC(T) struct { T *at; uint32_t len, cap; }
#define VEC_PUSH(v, x) (((v)->len == (v)->cap ? vec_grow((void **)&(v)->at, &(v)->cap, sizeof *(v)->at) : (void)0), (void)((v)->at[(v)->len++] = (x)))
// The same for the last element: takes no more room than there must be.
#define VEC_PUSH_LAST(v, x) (((v)->len == (v)->cap ? vec_grow_to((void **)&(v)->at, &(v)->cap, (v)->cap + 1, sizeof *(v)->at) : (void)0), (void)((v)->at[(v)->len++] = (x)))
void vec_grow(void **at, uint32_t *cap, size_t elem_size);
void vec_grow_to(void **at, uint32_t *cap, uint32_t n, size_t elem_size);

// Gives up all that is in the arena, for a process that takes one text after
// another. Without an image, and outside of sessions.
void arena_start_over(void);

// A root block at the arena's start for pointers that an image must keep
// (name table, library packages, universe): one pointer per ArenaRoot.
typedef enum ArenaRoot { ROOT_NAMES, ROOT_SOURCES, ROOT_UNIVERSE, ROOT_PACKAGES, ROOT_TYPES, ROOT_CONSTS, ROOT_LOWER, ROOT_EMIT, ROOT_LIVE, ROOT_INSTANCES, ROOT_COUNT } ArenaRoot;
void **arena_root(ArenaRoot which);

// Memory that running programs write (package variables): pages of its own,
// which going back leaves alone.
void *arena_alloc_live(size_t size);
// Keeps the arena as it is now; arena_go_back makes it so again. Both cost what
// the pages changed meanwhile cost. Nothing allocated since may be in use, and
// static variables that point to it must be reset by their owners.
void arena_checkpoint(void);
void arena_go_back(void);
size_t arena_used(void); // bytes, the image left out

// --- sessions (arena_session.c): what is allocated from here on is freed when
// nothing refers to it any more.
extern bool arena_in_session;
void arena_begin_session(void);
void *arena_alloc_text(size_t size); // for constants that a program may keep a pointer to; going back leaves it alone
// Has so much been allocated since the last collection, beside a heap of that
// size which it has to look through, that one is due?
bool arena_wants_collection(size_t heap_bytes);

// What a collection has to know of the machine. Visited is each word; those that
// point to nothing here do no harm.
typedef struct ArenaMachine {
    void (*begin)(void); // before anything is visited; nothing runs from here to the end of the collection
    void (*visit_roots)(void (*visit)(void *ctx, uint64_t word), void *ctx);
    // Does word point into an object of the program's heap that was not seen
    // since begin? Then its words, and one more that tells its type.
    bool (*object)(uint64_t word, const uint64_t **at, size_t *nwords, uint64_t *type);
} ArenaMachine;

// A collection is begin, roots, then drain and what is kept besides until
// nothing more comes, sweep. Tables whose entries count only as long as somebody
// else refers to them are told with arena_weak between begin and roots.
void arena_collect_begin(const ArenaMachine *m);
void arena_weak(const void *at, size_t size); // an object, or part of the memory before the session
void arena_mark_roots(void);
bool arena_drain(void);                 // marks all that marked things refer to; false: that was nothing
bool arena_is_alive(const void *object); // marked, or not subject to collections
void arena_keep(const void *p);         // marks the object that p points into
void arena_collect_end(void);
// Lists of what a weak table had: memory of its own, since the arena is at rest.
void *arena_list_grow(void *at, uint32_t *cap, size_t elem_size);
#define LIST_ADD(at, n, cap, x) ((void)((n) == (cap) ? (at) = arena_list_grow((at), &(cap), sizeof *(at)) : (at)), (void)((at)[(n)++] = (x)))
// Of an open-addressed table (linear, mask + 1 slots of 16 bytes: a pointer, NULL
// in free ones, and a 32-bit hash): takes out what is not alive. How many.
uint32_t arena_sweep_slots(void *slots, uint32_t mask);
// The same for names, which are a weak table.
void name_collect_begin(void);
void name_sweep(void);

// While an image is being made: memory given from here on is left out of it (or
// no longer), and the image has NULL in the place of pointers there. Answers
// what was so before. Without effect in other compilations.
bool arena_makes_image(void);
bool arena_leave_out(bool leave_out);
bool arena_is_left_out(const void *p);

// For the library image: makes all memory of the arena lie at base (false: the
// address is taken); the extent used so far; takes over a mapped image, with
// further memory elsewhere.
bool arena_begin_fixed(void *base, size_t max);
void arena_extent(void **base, size_t *used); // with pointers to what is left out made NULL
void arena_adopt(void *base, size_t size);

#endif
