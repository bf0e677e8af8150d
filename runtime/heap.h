// SPDX-License-Identifier: MIT
// heap.h: the collected heap: spans of equal objects, allocation caches, and
// what the collector (gc.c) needs of them.
//
// The heap lies in one reserved stretch of address space, cut into pages of
// 8 KiB; a table gives the span of each page, so any word can be tested for
// being an address inside an object. Invariant of the table: each page of a
// used span points to it; of a free run only the first and last page do, the
// pages between are NULL, so no entry outlives its Span. Objects without pointers have spans of
// their own. What a scanned object holds is told by one word for each object
// beside or behind the objects: its TypeDesc, with TYPE_WORD_ARRAY when the descriptor
// repeats over the object; 0: each word may be a pointer.
#ifndef CSP_RUNTIME_HEAP_H
#define CSP_RUNTIME_HEAP_H

#include <string.h>

#include "runtime/g.h"
#include "runtime/lock.h"

enum { PAGE_SHIFT = 13, PAGE_BYTES = 1 << PAGE_SHIFT, SIZE_CLASSES = 68, SMALL_OBJECT = 1024, LARGE_OBJECT = 32768, TYPE_WORD_ARRAY = 1 };

// SPAN_AWAY: a free run that heap_scavenge has taken out of the lists.
typedef enum SpanState { SPAN_FREE, SPAN_USED, SPAN_AWAY } SpanState;

// Marking reads the first cache line only.
typedef struct Span {
    _Alignas(64) char *start;
    uint64_t size;       // of an object, bytes
    uint64_t *mark, *alloc; // one bit for each object
    uint64_t *types;     // type words, NULL with noscan; of small objects they lie behind the objects
    uint32_t nelems;     // 0 in free runs
    uint32_t magic;      // index = offset * magic >> 32; 0: one large object
    uint8_t size_class;  // 0: large
    uint8_t state;       // SpanState
    bool noscan;
    bool dirty;          // memory may be nonzero
    uint32_t used;       // objects in use at the last sweep
    uint64_t npages;
    struct Span *next, *prev; // lists of the heap
    uint64_t resident;   // free runs: pages that may hold memory and be nonzero, at most
    uint64_t spare;      // free runs: of these, pages of long spans, which are not likely to be wanted soon
    uint32_t where;      // place in heap.all
    uint32_t taken;      // heap.snapshot when a cache took it last, or when it was made
} Span;

// Where a P takes objects of one class from: a group of up to 64 objects that
// lie side by side in a span.
typedef struct CacheSlot {
    uint64_t free;       // bits of the group's free objects
    char *start;         // of the group
    uint64_t size;       // of an object
    uint64_t *types;     // type words of the group; of noscan objects: memory that nobody reads
    bool dirty;          // an object is cleared when it is handed out
    uint32_t base;       // index of the group's first object in the span
    Span *span;          // NULL: none
    uint64_t kept;       // gcstress: the free bits, out of sight of the fast path
} CacheSlot;

typedef struct HeapCache HeapCache;
// Invariant: each entry of row points to a slot; row[0], and all entries of
// heap_no_cache, to one that is always empty.
struct HeapCache {
    CacheSlot *row[ALLOC_ROWS]; // by type_alloc_row
    CacheSlot slot[2][SIZE_CLASSES]; // [noscan]
    uint64_t noscan_types[64];
    int64_t stress;      // gcstress: allocations since the last forced collection
};

extern HeapCache heap_no_cache; // of a P that has not allocated anything yet

// Takes a free object of a slot that has one.
static inline void *heap_take(CacheSlot *slot, uint64_t type_word) {
    uint32_t i = (uint32_t)__builtin_ctzll(slot->free);
    slot->free &= slot->free - 1;
    char *obj = slot->start + i * slot->size;
    slot->types[i] = type_word;
    if (__builtin_expect(slot->dirty, 0)) memset(obj, 0, slot->size);
    return obj;
}

typedef struct Heap {
    RtLock lock;         // page runs, lists, counters below
    char *base;
    uint64_t reserved;   // bytes
    Span **page_span;
    Span **all;          // spans in use
    uint32_t nall, all_cap;
    Span *spare_spans;   // structs at hand
    Span *partial[2][SIZE_CLASSES]; // spans with free objects
    Span *free_runs[129];           // by pages; [128]: longer ones
    _Atomic uint64_t live;          // bytes in use or handed to caches
    // Whole spans count when a cache takes them; what it has not used by the
    // next collection is taken off again.
    uint64_t total_alloc, mallocs;
    uint64_t objects;               // alive after the last collection, plus those handed out since
    _Atomic uint64_t used_pages; // handed out so far from the bottom
    uint32_t snapshot;   // number of the last snapshot
} Heap;

extern Heap heap;

void heap_init(void);        // made at the first allocation if not before; any number of calls
// The span of the object that word points into, with its number; NULL: none.
// World stopped, or heap.lock held.
static inline Span *heap_find(uint64_t word, uint32_t *index) {
    uint64_t off = word - (uint64_t)(uintptr_t)heap.base;
    if (off >= atomic_load_explicit(&heap.used_pages, memory_order_relaxed) << PAGE_SHIFT) return NULL;
    Span *s = heap.page_span[off >> PAGE_SHIFT];
    if (!s) return NULL;
    uint64_t in = word - (uint64_t)(uintptr_t)s->start;
    uint32_t i = (uint32_t)(in * s->magic >> 32);
    if (i >= s->nelems) return NULL;
    *index = i;
    return s;
}
// World stopped: all caches give up their spans. What they have not used looks
// used from now on to heap_keep_new.
void heap_drop_caches(void);
void heap_begin_snapshot(void); // world stopped, caches dropped: what is allocated from here on is new
void heap_keep_new(void);       // world stopped, caches dropped: marks what is new
void heap_clear_marks(void);    // world stopped
static inline uint32_t span_words(const Span *s) { return (s->nelems + 63) / 64; } // of a bitmap
void heap_sweep(void);       // world stopped, marking done: unmarked objects become free
void heap_scavenge(void);    // gives the memory of long spans that became free back to the system
// Objects and bytes that p's cache holds but has not given out.
void heap_cached(P *p, uint64_t *objects, uint64_t *bytes);
void gc_pace_init(void);       // first trigger, from the environment
void gc_request(P *p);         // asks for a collection
void gc_pace(P *p);            // asks for one when enough was allocated

#endif
