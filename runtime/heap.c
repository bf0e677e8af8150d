// SPDX-License-Identifier: MIT
// heap.c: spans, allocation, sweeping.
//
// An object's memory is cleared when it is handed out, small ones in groups
// before, unless its pages come fresh from the kernel. A cache takes a whole span; what it has not used when
// the next collection comes is free again, since only marks decide. Sweeping
// reads bitmaps only, never objects, so all of it is done in the pause.
// Lock: heap.lock for everything but the fast path, which touches nothing that
// another thread writes.
#include "runtime/heap.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/debug.h"
#include "runtime/gc.h"
#include "runtime/os.h"
#include "runtime/panic.h"
#include "runtime/sched.h"

Heap heap;

// The size classes that Go programs see through cap().
static const uint16_t class_size[SIZE_CLASSES] = {
    0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512, 576, 640, 704,
    768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728,
    10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768};
static uint8_t small_class[1024 / 8 + 1], medium_class[(32768 - 1024) / 128 + 1];
enum { SPOILED = 0xdb, CLEARED_AHEAD = 128, LONG_RUN = 128, SPANS_AT_ONCE = 32 };
// Random accesses to a large heap miss the TLB unless its pages are huge. But a
// small heap should not take 2 MB at a time, nor a large buffer of which little
// is ever touched: huge pages are for small objects and arrays with pointers.
#define HUGE_FROM (32ull << 20)
#define HUGE_PAGE (2ull << 20)
#define HUGE_CHUNK (4ull << 20)
static CacheSlot empty_slot;
static _Alignas(16) char zero_object[8]; // address of all objects of size 0

#define EMPTY4 &empty_slot, &empty_slot, &empty_slot, &empty_slot
#define EMPTY32 EMPTY4, EMPTY4, EMPTY4, EMPTY4, EMPTY4, EMPTY4, EMPTY4, EMPTY4
HeapCache heap_no_cache = {.row = {EMPTY32, EMPTY32, EMPTY32, EMPTY32, EMPTY32, EMPTY32, EMPTY32, EMPTY32, &empty_slot, &empty_slot}};
_Static_assert(ALLOC_ROWS == 258, "all rows have a slot");

static inline uint32_t class_of(uint64_t size) { return size <= 1024 ? small_class[(size + 7) / 8] : medium_class[(size - 1024 + 127) / 128]; }

static void init_classes(void) {
    uint32_t c = 1;
    for (uint32_t i = 0; i <= 1024 / 8; i++) {
        while (class_size[c] < i * 8) c++;
        small_class[i] = (uint8_t)c;
    }
    for (uint32_t i = 0; i <= (32768 - 1024) / 128; i++) {
        while (class_size[c] < 1024 + i * 128) c++;
        medium_class[i] = (uint8_t)c;
    }
}

static void init_space(void) {
    char *base = NULL;
    uint64_t size = 1ull << 38; // an address space limit (ulimit -v) may allow less only
    while (!(base = os_reserve(size)) && size > 1ull << 28) size /= 2;
    if (base) heap.page_span = os_reserve((size >> PAGE_SHIFT) * sizeof(Span *));
    if (!base || !heap.page_span) rt_fatal("cannot reserve heap address space");
    uint64_t skew = (uint64_t)(uintptr_t)base % PAGE_BYTES;
    heap.reserved = skew ? size - PAGE_BYTES : size;
    heap.base = base + (skew ? PAGE_BYTES - skew : 0);
}

void heap_init(void) {
    rt_lock(&heap.lock);
    if (!heap.base) {
        init_classes();
        init_space();
        gc_pace_init();
    }
    rt_unlock(&heap.lock);
}

// --- runs of pages; heap.lock held

static Span *take_struct(void) {
    if (!heap.spare_spans) {
        Span *a = aligned_alloc(_Alignof(Span), SPANS_AT_ONCE * sizeof *a);
        if (!a) rt_fatal("out of memory");
        for (uint32_t i = 0; i < SPANS_AT_ONCE; i++) {
            a[i].next = heap.spare_spans;
            heap.spare_spans = &a[i];
        }
    }
    Span *s = heap.spare_spans;
    heap.spare_spans = s->next;
    memset(s, 0, sizeof *s);
    return s;
}

static void give_struct(Span *s) {
    s->next = heap.spare_spans;
    heap.spare_spans = s;
}

static void list_push(Span **head, Span *s) {
    s->prev = NULL;
    s->next = *head;
    if (*head) (*head)->prev = s;
    *head = s;
}

static void list_remove(Span **head, Span *s) {
    if (s->prev) s->prev->next = s->next;
    else *head = s->next;
    if (s->next) s->next->prev = s->prev;
    s->next = s->prev = NULL;
}

static Span **run_list(uint64_t npages) { return &heap.free_runs[npages < LONG_RUN ? npages : LONG_RUN]; }
static uint64_t page_of(const char *p) { return (uint64_t)(p - heap.base) >> PAGE_SHIFT; }

static void set_ends(const Span *s, Span *to) {
    uint64_t page = page_of(s->start);
    heap.page_span[page] = heap.page_span[page + s->npages - 1] = to;
}

static Span *take_run(uint64_t npages) {
    for (uint64_t n = npages < LONG_RUN ? npages : LONG_RUN; n <= LONG_RUN; n++)
        for (Span *s = heap.free_runs[n]; s; s = s->next)
            if (s->npages >= npages) {
                list_remove(run_list(s->npages), s);
                return s;
            }
    return NULL;
}

// Joins the free run right to the free run left before it; neither is in a list or table.
static Span *join_runs(Span *left, Span *right) {
    left->npages += right->npages;
    left->resident += right->resident;
    left->spare += right->spare;
    give_struct(right);
    return left;
}

static void unlink_run(Span *s) {
    list_remove(run_list(s->npages), s);
    set_ends(s, NULL);
}

static void free_run(Span *s) {
    s->state = SPAN_FREE;
    s->nelems = 0;
    uint64_t page = page_of(s->start), after = page + s->npages;
    Span *left = page > 0 ? heap.page_span[page - 1] : NULL;
    Span *right = after < atomic_load_explicit(&heap.used_pages, memory_order_relaxed) ? heap.page_span[after] : NULL;
    memset(&heap.page_span[page], 0, s->npages * sizeof *heap.page_span);
    if (left && left->state == SPAN_FREE) {
        unlink_run(left);
        s = join_runs(left, s);
    }
    if (right && right->state == SPAN_FREE) {
        unlink_run(right);
        s = join_runs(s, right);
    }
    set_ends(s, s);
    list_push(run_list(s->npages), s);
}

// The pages of a new run from the untouched part of the heap; NULL: full.
static Span *fresh_run(uint64_t npages) {
    uint64_t used = atomic_load_explicit(&heap.used_pages, memory_order_relaxed);
    if (npages > (heap.reserved >> PAGE_SHIFT) - used) return NULL;
    Span *s = take_struct();
    s->start = heap.base + (used << PAGE_SHIFT);
    s->npages = npages;
    atomic_store_explicit(&heap.used_pages, used + npages, memory_order_relaxed);
    return s;
}

// The same for small spans of a large heap: a run of some huge pages, to be split.
static Span *fresh_chunk(uint64_t npages) {
    uint64_t used = atomic_load_explicit(&heap.used_pages, memory_order_relaxed) << PAGE_SHIFT, chunk = used / 256 / HUGE_PAGE * HUGE_PAGE;
    if (used < HUGE_FROM || npages >= LONG_RUN) return NULL;
    if (chunk < HUGE_CHUNK) chunk = HUGE_CHUNK;
    uint64_t gap = -(uint64_t)(uintptr_t)(heap.base + used) % HUGE_PAGE;
    Span *s = fresh_run((gap + chunk) >> PAGE_SHIFT);
    if (s) os_huge_pages(s->start + gap, chunk);
    return s;
}

static void split_run(Span *s, uint64_t npages) {
    Span *rest = take_struct();
    rest->start = s->start + (npages << PAGE_SHIFT);
    rest->npages = s->npages - npages;
    rest->resident = s->resident < rest->npages ? s->resident : rest->npages;
    rest->spare = s->spare < rest->npages ? s->spare : rest->npages;
    rest->state = SPAN_FREE;
    s->npages = npages;
    set_ends(rest, rest);
    list_push(run_list(rest->npages), rest);
}

static Span *alloc_run(uint64_t npages) {
    Span *s = take_run(npages);
    if (!s) s = fresh_chunk(npages);
    if (!s) s = fresh_run(npages);
    if (!s) return NULL;
    if (s->npages > npages) split_run(s, npages);
    s->state = SPAN_USED;
    s->taken = heap.snapshot;
    s->dirty = s->resident > 0;
    uint64_t page = page_of(s->start);
    for (uint64_t i = 0; i < npages; i++) heap.page_span[page + i] = s;
    s->where = heap.nall;
    if (heap.nall == heap.all_cap) {
        heap.all_cap = heap.all_cap ? heap.all_cap * 2 : 256;
        heap.all = base_realloc(heap.all, heap.all_cap * sizeof *heap.all);
    }
    heap.all[heap.nall++] = s;
    return s;
}

// Of a large heap the spans are longer: fewer of them, so that the structs and
// marks of all stay in the cache.
static uint64_t class_pages(uint32_t c) {
    uint64_t live = atomic_load_explicit(&heap.live, memory_order_relaxed), small = live < 16 << 20 ? 2 : live < 64 << 20 ? 4 : 8;
    uint64_t bytes = class_size[c] <= SMALL_OBJECT ? small * PAGE_BYTES : 8ull * class_size[c];
    return (bytes + PAGE_BYTES - 1) >> PAGE_SHIFT;
}

// Room for bitmaps and type words. Those of small objects lie in the span
// itself, in what the objects leave.
static void make_tables(Span *s) {
    bool inside = !s->noscan && s->size_class && s->size <= SMALL_OBJECT;
    uint64_t bytes = s->npages << PAGE_SHIFT;
    s->nelems = s->size_class ? (uint32_t)(bytes / (s->size + (inside ? sizeof *s->types : 0))) : 1;
    uint64_t words = span_words(s), outside = s->noscan || inside ? 0 : s->nelems;
    uint64_t *p = base_calloc(words * 2 + outside, sizeof *p); // owned through mark
    s->mark = p;
    s->alloc = p + words;
    s->types = outside ? p + 2 * words : NULL;
    if (!inside) return;
    s->types = (uint64_t *)(void *)(s->start + s->nelems * s->size);
    if (s->dirty) memset(s->types, 0, s->nelems * sizeof *s->types); // a word of uncertain kind may lead to an object that never was
}

static Span *new_span(uint64_t npages, uint32_t size_class, uint64_t size, bool noscan) {
    Span *s = alloc_run(npages);
    if (!s) return NULL;
    s->size_class = (uint8_t)size_class;
    s->size = size;
    s->noscan = noscan;
    s->magic = size_class ? (uint32_t)((1ull << 32) / size + ((1ull << 32) % size != 0)) : 0;
    s->used = 0;
    make_tables(s);
    return s;
}

static void release_span(Span *s) {
    base_free(s->mark < s->alloc ? s->mark : s->alloc);
    s->mark = s->alloc = s->types = NULL;
    heap.all[s->where] = heap.all[--heap.nall];
    heap.all[s->where]->where = s->where;
    s->resident = s->npages;
    s->spare = s->npages >= LONG_RUN ? s->npages : 0;
    free_run(s);
}

static Span *next_to_scavenge(void) {
    for (Span *s = heap.free_runs[LONG_RUN]; s; s = s->next)
        if (s->spare >= LONG_RUN) return s;
    return NULL;
}

void heap_scavenge(void) {
    rt_lock(&heap.lock);
    for (Span *s; (s = next_to_scavenge());) {
        list_remove(run_list(s->npages), s);
        s->state = SPAN_AWAY;
        rt_unlock(&heap.lock); // this may take long
        os_discard(s->start, s->npages << PAGE_SHIFT);
        rt_lock(&heap.lock);
        s->resident = s->spare = 0;
        free_run(s);
    }
    rt_unlock(&heap.lock);
}

// --- allocation

static HeapCache *cache_of(P *p) {
    if (LIKELY(p->cache && p->cache != &heap_no_cache)) return p->cache;
    heap_init();
    HeapCache *c = base_calloc(1, sizeof *c);
    for (uint32_t noscan = 0; noscan < 2; noscan++)
        for (uint32_t words = 0; words <= ALLOC_WORDS; words++)
            c->row[noscan * (ALLOC_WORDS + 1) + words] = words ? &c->slot[noscan][class_of(words * 8)] : &empty_slot;
    return p->cache = c;
}

static uint64_t free_bits(const Span *s, uint32_t base) {
    uint64_t bits = ~s->alloc[base / 64];
    uint32_t left = s->nelems - base;
    return left < 64 ? bits & ((1ull << left) - 1) : bits;
}

// heap.lock held.
static void count_alloc(uint64_t objects, uint64_t size) {
    heap.total_alloc += objects * size;
    heap.mallocs += objects;
    heap.objects += objects;
    atomic_fetch_add_explicit(&heap.live, objects * size, memory_order_relaxed);
}

static void clear_free(const CacheSlot *slot) {
    for (uint64_t left = slot->free; left;) {
        uint32_t from = (uint32_t)__builtin_ctzll(left);
        uint64_t used = ~(left >> from);
        uint32_t n = used ? (uint32_t)__builtin_ctzll(used) : 64;
        memset(slot->start + from * slot->size, 0, n * slot->size);
        left = from + n < 64 ? left >> (from + n) << (from + n) : 0;
    }
}

// The group from slot->base on becomes the one to take from, if it has free objects.
static bool open_group(HeapCache *cache, CacheSlot *slot) {
    const Span *s = slot->span;
    if ((slot->free = free_bits(s, slot->base)) == 0) return false;
    slot->start = s->start + slot->base * s->size;
    slot->size = s->size;
    slot->types = s->types ? s->types + slot->base : cache->noscan_types;
    slot->dirty = s->dirty;
    if (s->dirty && s->size <= CLEARED_AHEAD) {
        clear_free(slot);
        slot->dirty = false;
    }
    return true;
}

// Gives slot a group of free objects: the next of its span, or another span's.
static void refill(P *p, CacheSlot *slot, uint32_t size_class, bool noscan) {
    HeapCache *cache = p->cache;
    if (slot->span)
        for (slot->base += 64; slot->base < slot->span->nelems; slot->base += 64)
            if (open_group(cache, slot)) return;
    rt_lock(&heap.lock);
    Span *s = heap.partial[noscan][size_class];
    if (s) {
        list_remove(&heap.partial[noscan][size_class], s);
        s->taken = heap.snapshot;
    } else {
        s = new_span(class_pages(size_class), size_class, class_size[size_class], noscan);
    }
    if (s) count_alloc(s->nelems - s->used, s->size);
    rt_unlock(&heap.lock);
    if (!s) rt_fatal("out of memory: heap limit of %llu bytes reached", (unsigned long long)heap.reserved);
    slot->span = s;
    for (slot->base = 0; slot->base < s->nelems; slot->base += 64)
        if (open_group(cache, slot)) break;
    gc_pace(p);
}

static __attribute__((noinline)) void *alloc_slow(P *p, uint64_t size, bool noscan, uint64_t type_word);

static inline void *alloc_small(P *p, uint64_t size, bool noscan, uint64_t type_word) {
    HeapCache *cache = p->cache;
    if (LIKELY(cache != NULL)) {
        CacheSlot *slot = size <= 8 * ALLOC_WORDS ? cache->row[noscan * (ALLOC_WORDS + 1) + (size + 7) / 8] : &cache->slot[noscan][class_of(size)];
        if (LIKELY(slot->free != 0)) return heap_take(slot, type_word);
    }
    return alloc_slow(p, size, noscan, type_word);
}

static void *alloc_slow(P *p, uint64_t size, bool noscan, uint64_t type_word) {
    HeapCache *cache = cache_of(p);
    uint32_t size_class = class_of(size); // the tables exist from here on
    CacheSlot *slot = &cache->slot[noscan][size_class];
    slot->free = slot->kept;
    slot->kept = 0;
    while (!slot->free) refill(p, slot, size_class, noscan);
    void *obj = heap_take(slot, type_word);
    if (UNLIKELY(debug_flags.gcstress > 0)) { // make each allocation come here
        slot->kept = slot->free;
        slot->free = 0;
        if (++cache->stress >= debug_flags.gcstress) {
            cache->stress = 0;
            gc_request(p);
        }
    }
    return obj;
}

static __attribute__((noinline)) void *alloc_large(P *p, uint64_t size, bool noscan, uint64_t type_word) {
    cache_of(p);
    uint64_t npages = (size >> PAGE_SHIFT) + (size % PAGE_BYTES != 0);
    rt_lock(&heap.lock);
    Span *s = npages <= heap.reserved >> PAGE_SHIFT ? new_span(npages, 0, npages << PAGE_SHIFT, noscan) : NULL;
    if (s) count_alloc(1, s->size);
    rt_unlock(&heap.lock);
    if (!s) rt_fatal("out of memory: cannot allocate %llu bytes", (unsigned long long)size);
    if (s->types) s->types[0] = type_word;
    if (!noscan && s->size >= HUGE_CHUNK) os_huge_pages(s->start, s->size);
    if (s->dirty) memset(s->start, 0, s->size);
    if (UNLIKELY(debug_flags.gcstress > 0)) gc_request(p);
    gc_pace(p);
    return s->start;
}

static inline void *alloc(P *p, uint64_t size, bool noscan, uint64_t type_word) {
    if (LIKELY(size <= LARGE_OBJECT)) return size ? alloc_small(p, size, noscan, type_word) : (void *)zero_object;
    return alloc_large(p, size, noscan, type_word);
}

void *gc_new(P *p, const TypeDesc *t) { return alloc(p, t->size, t->ptr_words == 0, (uint64_t)(uintptr_t)t); }

void *gc_new_array(P *p, const TypeDesc *elem, int64_t n) {
    return alloc(p, elem->size * (uint64_t)n, elem->ptr_words == 0, (uint64_t)(uintptr_t)elem | TYPE_WORD_ARRAY);
}

void *gc_new_noscan(P *p, uint64_t size) { return alloc(p, size, true, 0); }
void *gc_new_scan(P *p, uint64_t nwords) { return alloc(p, nwords * 8, false, 0); }

uint64_t gc_round_size(uint64_t size, bool noscan) {
    (void)noscan;
    if (size == 0) return 0;
    if (UNLIKELY(!small_class[1])) heap_init();
    if (size <= LARGE_OBJECT) return class_size[class_of(size)];
    return (size + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

// --- collection

static uint64_t slot_unused(const CacheSlot *slot) {
    const Span *s = slot->span;
    if (!s) return 0;
    uint64_t n = (uint64_t)__builtin_popcountll(slot->free | slot->kept);
    for (uint32_t base = slot->base + 64; base < s->nelems; base += 64) n += (uint64_t)__builtin_popcountll(free_bits(s, base));
    return n;
}

void heap_cached(P *p, uint64_t *objects, uint64_t *bytes) {
    const HeapCache *c = p->cache;
    *objects = *bytes = 0;
    for (uint32_t i = 0; c && i < 2 * SIZE_CLASSES; i++) {
        const CacheSlot *slot = &c->slot[0][0] + i;
        uint64_t n = slot_unused(slot);
        *objects += n;
        *bytes += n ? n * slot->span->size : 0;
    }
}

static void settle(const CacheSlot *slot) {
    const Span *s = slot->span;
    if (!s) return;
    s->alloc[slot->base / 64] |= slot->free | slot->kept;
    for (uint32_t base = slot->base + 64; base < s->nelems; base += 64) s->alloc[base / 64] = UINT64_MAX;
}

static void drop_cache(P *p, void *ctx) {
    (void)ctx;
    HeapCache *c = p->cache;
    if (!c || c == &heap_no_cache) return;
    uint64_t objects, bytes;
    heap_cached(p, &objects, &bytes);
    heap.mallocs -= objects;
    heap.total_alloc -= bytes;
    for (uint32_t i = 0; i < 2 * SIZE_CLASSES; i++) settle(&c->slot[0][0] + i);
    memset(c->slot, 0, sizeof c->slot);
}

void heap_drop_caches(void) { sched_each_p(drop_cache, NULL); }

void heap_begin_snapshot(void) { heap.snapshot++; }

void heap_keep_new(void) {
    for (uint32_t i = 0; i < heap.nall; i++) {
        const Span *s = heap.all[i];
        if (s->taken != heap.snapshot) continue;
        for (uint32_t base = 0; base < s->nelems; base += 64) s->mark[base / 64] |= free_bits(s, base);
    }
}

void heap_clear_marks(void) {
    for (uint32_t i = 0; i < heap.nall; i++) memset(heap.all[i]->mark, 0, span_words(heap.all[i]) * sizeof *heap.all[i]->mark);
}

static uint32_t count_marks(const Span *s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < span_words(s); i++) n += (uint32_t)__builtin_popcountll(s->mark[i]);
    return n;
}

// gcstress: dead objects are overwritten, so that a use of one that the
// collector did not see is found soon.
static void spoil(const Span *s) {
    for (uint32_t i = 0; i < s->nelems; i++)
        if (!(s->mark[i / 64] >> (i & 63) & 1)) memset(s->start + (uint64_t)i * s->size, SPOILED, s->size);
}

// Marks become the allocation bits.
static void keep_span(Span *s, uint32_t used) {
    uint64_t *was = s->alloc;
    s->alloc = s->mark;
    s->mark = was;
    memset(was, 0, span_words(s) * sizeof *was);
    s->used = used;
    s->dirty = true;
    s->next = s->prev = NULL;
    if (s->size_class && used < s->nelems) list_push(&heap.partial[s->noscan][s->size_class], s);
}

void heap_sweep(void) {
    memset(heap.partial, 0, sizeof heap.partial);
    uint64_t live = 0, objects = 0;
    // downwards: release_span moves the last span, which is done, into the hole
    for (uint32_t i = heap.nall; i-- > 0;) {
        Span *s = heap.all[i];
        if (i >= 4) __builtin_prefetch(heap.all[i - 4]);
        uint32_t used = count_marks(s);
        live += used * s->size;
        objects += used;
        if (UNLIKELY(debug_flags.gcstress > 0)) spoil(s);
        if (used) keep_span(s, used);
        else release_span(s);
    }
    heap.objects = objects;
    atomic_store(&heap.live, live);
}
