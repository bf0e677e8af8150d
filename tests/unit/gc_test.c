// SPDX-License-Identifier: MIT
// gc_test.c: size classes, the page table, what stays alive and what does not,
// finalizers, pacing, marking by several threads and beside the program, and
// goroutines that allocate while others collect. The engine is a stub: its roots are `words`, and its
// goroutines are C functions called step by step.
#include "runtime/gc.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/debug.h"
#include "runtime/heap.h"
#include "runtime/os.h"
#include "runtime/sched.h"
#include "tests/unit/check.h"

typedef struct Node { struct Node *left, *right; uint64_t value; } Node;

static const uint8_t bit0[1] = {1}, bit01[1] = {3};
static const TypeDesc type_ptr = {.size = 8, .align = 8, .kind = KIND_POINTER, .ptr_words = 1, .ptr_map = bit0};
static const TypeDesc type_int = {.size = 8, .align = 8, .kind = KIND_INT};
static const TypeDesc type_node = {.size = sizeof(Node), .align = 8, .kind = KIND_STRUCT, .ptr_words = 2, .ptr_map = bit01};
static const TypeDesc type_nodes = {.size = 3 * sizeof(Node), .align = 8, .kind = KIND_ARRAY, .ptr_words = 8, .elem = &type_node, .len = 3};

static P *p;
static uint64_t words[4]; // what the stub's goroutines hold
static void *global;

static uint64_t word_of(const void *q) { return (uint64_t)(uintptr_t)q; }

static bool is_alive(const void *q) {
    uint32_t i;
    const Span *s = heap_find(word_of(q), &i);
    return s && (s->alloc[i / 64] >> (i & 63) & 1);
}

static void collect(void) { gc_collect(p); }

static void forget(void) {
    memset(words, 0, sizeof words);
    global = NULL;
    collect();
}

// Each page of a used span leads to it, of a free run the ends only; the runs
// cover the heap without gaps, and no two free ones touch.
static void check_page_table(void) {
    uint64_t pages = heap.used_pages, used = 0;
    const Span *before = NULL;
    for (uint64_t page = 0; page < pages;) {
        const Span *s = heap.page_span[page];
        CHECK(s != NULL);
        if (!s) return;
        CHECK(s->start == heap.base + (page << PAGE_SHIFT) && s->npages > 0);
        bool free = s->state == SPAN_FREE;
        CHECK(!free || !before || before->state != SPAN_FREE);
        for (uint64_t i = 0; i < s->npages; i++) CHECK(heap.page_span[page + i] == (free && i > 0 && i + 1 < s->npages ? NULL : s));
        used += !free;
        page += s->npages;
        before = s;
        if (failures > 20) return;
    }
    CHECK(used == heap.nall);
}

// --- sizes

static void test_round_size(void) {
    static const uint64_t pairs[][2] = {{0, 0}, {1, 8}, {8, 8}, {9, 16}, {33, 48}, {1024, 1024}, {1025, 1152}, {4097, 4864}, {6785, 6912}, {6913, 8192}, {28673, 32768},
                                        {32768, 32768}, {32769, 40960}, {40960, 40960}, {40961, 49152}, {1000000, 1007616}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) CHECK(gc_round_size(pairs[i][0], i % 2) == pairs[i][1]);
    for (uint64_t n = 1, last = 0; n < 70000; n++) {
        uint64_t r = gc_round_size(n, true);
        CHECK(r >= n && r >= last && gc_round_size(r, false) == r);
        last = r;
    }
}

// The division by multiplying is exact for each address of each class.
static void test_interior(void) {
    for (uint64_t size = 8; size <= LARGE_OBJECT; size = gc_round_size(size + 1, true)) {
        uint32_t index;
        const Span *s = heap_find(word_of(gc_new_noscan(p, size)), &index);
        CHECK(s && s->size == size);
        if (!s) return;
        for (uint64_t off = 0; off < s->npages << PAGE_SHIFT; off++) {
            const Span *found = heap_find(word_of(s->start + off), &index);
            if (off / size < s->nelems) CHECK(found == s && index == off / size);
            else CHECK(!found);
            if (failures > 20) return;
        }
    }
    CHECK(!heap_find(0, &(uint32_t){0}) && !heap_find(word_of(heap.base) - 1, &(uint32_t){0}) && !heap_find(word_of(words), &(uint32_t){0}) && !heap_find(UINT64_MAX, &(uint32_t){0}));
}

static bool is_zero(const unsigned char *q, uint64_t n) {
    for (uint64_t i = 0; i < n; i++)
        if (q[i]) return false;
    return true;
}

static void test_zeroed(void) {
    static const uint64_t sizes[] = {1, 8, 24, 100, 512, 1000, 5000, 32768, 40000, 300000, 3000000};
    for (int round = 0; round < 6; round++) {
        // in every second round an object of each size stays, and with it the rest of its span
        void **kept = gc_new_scan(p, 2 * (sizeof sizes / sizeof *sizes));
        words[0] = word_of(kept);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int k = 0; k < (sizes[i] > 10000 ? 3 : 300); k++) {
                uint64_t n = gc_round_size(sizes[i], true);
                unsigned char *q = k % 2 ? gc_new_noscan(p, sizes[i]) : gc_new_scan(p, (sizes[i] + 7) / 8);
                CHECK(is_zero(q, n));
                memset(q, 0xff, n);
                kept[2 * i + (size_t)k % 2] = q;
            }
        if (round % 2) forget();
        else collect();
        check_page_table();
    }
    forget();
    CHECK(gc_new(p, &type_ptr) != gc_new(p, &type_ptr));
    CHECK(gc_new_noscan(p, 0) != NULL && gc_new_array(p, &type_node, 0) != NULL);
}

// --- what stays alive

static void test_exact(void) {
    Node *n = gc_new(p, &type_node);
    n->left = gc_new(p, &type_node);
    n->right = gc_new_noscan(p, 100000);
    void *hidden = gc_new(p, &type_node), *through_bytes = gc_new(p, &type_node);
    Node *left = n->left;
    void *right = n->right;
    n->value = word_of(hidden); // an integer
    uint64_t *bytes = gc_new_noscan(p, 64);
    bytes[0] = word_of(through_bytes);
    words[0] = word_of(n);
    words[1] = word_of(bytes) + 63; // an interior pointer
    collect();
    CHECK(is_alive(n) && is_alive(left) && is_alive(right) && is_alive(bytes));
    CHECK(!is_alive(hidden) && !is_alive(through_bytes));
    n->right = (Node *)((char *)right + 99999);
    words[0] = words[1] = 0;
    global = &n->value; // global is a root
    collect();
    CHECK(is_alive(n) && is_alive(left) && is_alive(right) && !is_alive(bytes));
    forget();
    CHECK(!is_alive(n) && !is_alive(left) && !is_alive(right));
}

static void test_arrays(void) {
    enum { N = 5000 };
    Node *a = gc_new_array(p, &type_node, N), *three = gc_new(p, &type_nodes);
    void **any = gc_new_scan(p, 20);
    words[0] = word_of(a + N / 2);
    words[1] = word_of(three);
    words[2] = word_of(any + 19);
    for (int i = 0; i < N; i++) a[i].right = gc_new(p, &type_node), a[i].value = word_of(gc_new(p, &type_node));
    three[2].left = gc_new(p, &type_node);
    three[2].value = word_of(gc_new(p, &type_node));
    any[19] = gc_new_array(p, &type_int, 3);
    collect();
    for (int i = 0; i < N; i++) CHECK(is_alive(a[i].right) && !is_alive((void *)(uintptr_t)a[i].value));
    CHECK(is_alive(three[2].left) && !is_alive((void *)(uintptr_t)three[2].value) && is_alive(any[19]));
    forget();
}

static void scan_table(void (*visit)(void *ctx, uint64_t word), void *ctx) { visit(ctx, words[3]); }

// A long list must not need a deep stack, a dead cycle must go.
static void test_shapes(void) {
    Node *head = NULL;
    for (uint64_t i = 0; i < 200000; i++) {
        Node *n = gc_new(p, &type_node);
        *n = (Node){head, NULL, i};
        head = n;
    }
    words[3] = word_of(head); // by the scanner of roots only
    Node *a = gc_new(p, &type_node), *b = gc_new(p, &type_node);
    a->left = b, b->left = a;
    collect();
    CHECK(!is_alive(a) && !is_alive(b));
    uint64_t i = 200000;
    for (Node *n = head; n; n = n->left) CHECK(is_alive(n) && n->value == --i);
    CHECK(i == 0);
    forget();
}

// Random sizes that come and go; page runs must join again and be reused.
static void test_churn(void) {
    enum { N = 64 };
    void **live = gc_new_scan(p, N);
    uint64_t seed = 88172645463325252u;
    words[0] = word_of(live);
    for (int i = 0; i < 6000; i++) {
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        uint64_t size = seed % 8 == 0 ? seed / 8 % 3000000 : seed % 8 < 4 ? seed / 8 % 60000 : seed / 8 % 600;
        unsigned char *q = gc_new_noscan(p, size + 1);
        q[0] = q[size] = (unsigned char)(seed >> 32);
        live[seed / 1024 % N] = i % 7 ? q : NULL;
        if (i % 50 == 0) {
            collect();
            check_page_table();
            if (failures > 20) return;
        }
    }
    uint64_t before = heap.used_pages;
    for (int i = 0; i < 500; i++) {
        gc_new_noscan(p, 2000000);
        if (i % 4 == 3) collect();
    }
    CHECK(heap.used_pages < before + 2000);
    forget();
    check_page_table();
}

// --- finalizers

static int nstarted;
static uint64_t started_arg[8];
static const void *started[8];

static void test_finalizers(void) {
    static const int closure = 0, other = 0;
    Node *a = gc_new(p, &type_node), *b = gc_new(p, &type_node), *self = gc_new(p, &type_node), *none = gc_new(p, &type_node);
    a->left = b;
    b->value = 7;
    self->left = self;
    CHECK(gc_set_finalizer(p, a, &other, &type_ptr) && gc_set_finalizer(p, a, &closure, &type_ptr)); // the last one counts
    CHECK(gc_set_finalizer(p, b, &other, &type_ptr) && gc_set_finalizer(p, self, &other, &type_ptr));
    CHECK(gc_set_finalizer(p, none, &other, &type_ptr) && gc_set_finalizer(p, none, NULL, &type_ptr));
    CHECK(!gc_set_finalizer(p, &a->value, &other, &type_ptr) && !gc_set_finalizer(p, words, &other, &type_ptr));
    words[0] = word_of(a);
    collect();
    CHECK(nstarted == 0 && !is_alive(none));
    words[0] = 0;
    collect(); // a points to b, so a is first
    CHECK(nstarted == 1 && started[0] == &closure && started_arg[0] == word_of(a) && is_alive(a) && is_alive(b) && b->value == 7);
    collect();
    CHECK(nstarted == 2 && started[1] == &other && started_arg[1] == word_of(b) && !is_alive(a));
    collect();
    CHECK(nstarted == 2 && !is_alive(b) && is_alive(self)); // a cycle stays
    CHECK(gc_set_finalizer(p, self, NULL, &type_ptr));
    Node *kept = gc_new(p, &type_node); // the closure of a finalizer is a root as well
    words[0] = word_of(self);
    CHECK(gc_set_finalizer(p, self, kept, &type_ptr));
    collect();
    CHECK(is_alive(kept));
    CHECK(gc_set_finalizer(p, self, NULL, &type_ptr));
    forget();
    CHECK(!is_alive(kept) && !is_alive(self));
}

// --- pacing, numbers

static void test_pace(void) {
    forget();
    atomic_store(&gc_wanted, false);
    CHECK(gc_set_percent(-1) == 100);
    for (int i = 0; i < 100; i++) gc_new_noscan(p, 1 << 20);
    CHECK(!atomic_load(&gc_wanted));
    collect();
    CHECK(gc_set_percent(100) == -1);
    for (int i = 0; i < 20; i++) gc_new_noscan(p, 100 << 10);
    CHECK(!atomic_load(&gc_wanted));
    for (int i = 0; i < 30; i++) gc_new_noscan(p, 100 << 10);
    CHECK(atomic_load(&gc_wanted) && (atomic_load(&p->preempt) & PREEMPT_GC));
    words[0] = word_of(gc_new_noscan(p, 40 << 20));
    collect();
    CHECK(!atomic_load(&gc_wanted));
    gc_new_noscan(p, 30 << 20); // up to twice what was live
    CHECK(!atomic_load(&gc_wanted));
    gc_new_noscan(p, 20 << 20);
    CHECK(atomic_load(&gc_wanted));
    forget();
}

static void test_stats(void) {
    GcStats a, b, c;
    forget();
    gc_stats(&a);
    for (int i = 0; i < 1000; i++) gc_new(p, &type_node);
    gc_new_noscan(p, 100000);
    gc_stats(&b);
    CHECK(b.mallocs - a.mallocs == 1001 && b.frees == a.frees && b.heap_objects - a.heap_objects == 1001);
    CHECK(b.total_alloc - a.total_alloc == 1000 * sizeof(Node) + 106496 && b.heap_alloc - a.heap_alloc == b.total_alloc - a.total_alloc);
    collect();
    gc_stats(&c);
    CHECK(c.mallocs == b.mallocs && c.frees - b.frees == 1001 && c.heap_objects == a.heap_objects && c.heap_alloc == a.heap_alloc);
    CHECK(c.total_alloc == b.total_alloc && c.num_gc == b.num_gc + 1 && c.pause_total_ns > b.pause_total_ns && c.last_gc_ns >= b.last_gc_ns);
}

// --- marking by several threads

static Node *tree(int depth, uint64_t *count) {
    Node *n = gc_new(p, &type_node);
    n->value = (*count)++;
    if (depth > 0) n->left = tree(depth - 1, count), n->right = tree(depth - 1, count);
    return n;
}

static bool all_alive(const Node *n) { return !n || (is_alive(n) && all_alive(n->left) && all_alive(n->right)); }

static void test_parallel(void) {
    enum { TREES = 64 };
    uint64_t count = 0;
    Node **trees = gc_new_array(p, &type_ptr, TREES);
    words[0] = word_of(trees);
    for (int i = 0; i < TREES; i++) trees[i] = tree(13, &count);
    for (int round = 0; round < 6; round++) {
        for (int i = 0; i < 20000; i++) gc_new(p, &type_node);
        collect();
        CHECK(heap.objects == count + 1);
        for (int i = 0; i < TREES; i++) CHECK(all_alive(trees[i]));
    }
    forget();
    CHECK(heap.objects == 0);
    check_page_table();
}

// Large arrays are scanned in parts: pointers, structs whose size does not
// divide a part, one value of an array type, words without type; up to the last
// element, by one marker and by several.
enum { MANY = 40000, LONG_ODD = 1000 };
static const uint8_t odd_map[1] = {4};
static const TypeDesc type_odd = {.size = 72, .align = 8, .kind = KIND_STRUCT, .ptr_words = 3, .ptr_map = odd_map};
static const TypeDesc type_fixed = {.size = MANY * sizeof(Node), .align = 8, .kind = KIND_ARRAY, .ptr_words = MANY * 3 - 1, .elem = &type_node, .len = MANY};

static void test_parts(bool fill) {
    uint64_t **lists = gc_new_scan(p, 4), count = 5;
    words[0] = word_of(lists);
    if (fill) words[1] = word_of(tree(17, &(uint64_t){0})), count += (1 << 18) - 1; // from here on several mark
    lists[0] = gc_new_array(p, &type_ptr, MANY);
    lists[1] = gc_new_array(p, &type_odd, LONG_ODD);
    lists[2] = gc_new(p, &type_fixed);
    lists[3] = gc_new_scan(p, MANY);
    for (int i = 0; i < MANY; i += 1 + i / 7, count += 3)
        for (int k = 0; k < 4; k += k == 0 ? 2 : 1) {
            Node *n = gc_new(p, &type_node);
            lists[k][k == 2 ? i * 3 + 1 : i] = word_of(n);
        }
    for (int i = 0; i < LONG_ODD; i++, count++) {
        lists[1][i * 9 + 2] = word_of(gc_new(p, &type_node));
        lists[1][i * 9 + 3] = word_of(gc_new(p, &type_node)); // not a pointer
    }
    Node *ends[] = {gc_new(p, &type_node), gc_new(p, &type_node), gc_new(p, &type_node)};
    lists[0][MANY - 1] = word_of(ends[0]), lists[2][(MANY - 1) * 3 + 1] = word_of(ends[1]), lists[3][MANY - 1] = word_of(ends[2]);
    count += 3;
    collect();
    CHECK(heap.objects == count);
    for (int i = 0; i < 3; i++) CHECK(is_alive(ends[i]));
    for (int i = 0; i < LONG_ODD; i++) CHECK(is_alive((void *)(uintptr_t)lists[1][i * 9 + 2]));
    forget();
    CHECK(heap.objects == 0);
}

// Memory of long runs goes back to the system, and comes again as zero.
static void test_scavenge(void) {
    for (int round = 0; round < 3; round++) {
        char *q = gc_new_noscan(p, 8 << 20);
        CHECK(is_zero((unsigned char *)q, 8 << 20));
        memset(q, 1, 8 << 20);
        collect();
        for (const Span *s = heap.free_runs[128]; s; s = s->next) CHECK(s->spare < 128);
        check_page_table();
    }
}

// --- marking beside the program

static uint64_t collections(void) {
    GcStats s;
    gc_stats(&s);
    return s.num_gc;
}

static void step_collection(void) {
    gc_request(p);
    gc_step(p);
}

// Threads without work take part as well once the monitor has asked them to: so
// a snapshot may be another's, or be at its end at once.
static void begin_beside(void) {
    for (uint64_t before = UINT64_MAX; collections() != before;) {
        before = collections();
        words[2] = word_of(gc_new_noscan(p, 1 << 17));
        step_collection();
    }
}

static void end_beside(void) {
    uint64_t before = collections();
    for (int i = 0; i < 100000 && !gc_step_due(); i++) os_sleep(100000);
    step_collection();
    CHECK(collections() == before + 1);
}

// Its memory may be that of words[2] now.
static bool is_dead(const void *q) {
    uint32_t i, k;
    return !is_alive(q) || heap_find(word_of(q), &i) == heap_find(words[2], &k);
}

// What is new, or was reachable at the snapshot, stays.
static void check_one_snapshot(void) {
    Node *a = gc_new(p, &type_node), *b = gc_new(p, &type_node), *dead = gc_new(p, &type_node);
    Node *large = gc_new_array(p, &type_node, 100000), *dead_large = gc_new_array(p, &type_node, 100000);
    words[0] = word_of(a);
    a->left = b;
    a->right = large;
    begin_beside();
    Node *fresh = gc_new(p, &type_node), *lost = gc_new(p, &type_node), *fresh_large = gc_new_noscan(p, 100000);
    a->left = fresh;
    fresh->left = b;
    fresh->right = fresh_large;
    end_beside();
    CHECK(is_alive(a) && is_alive(b) && is_alive(large) && is_alive(fresh) && is_alive(lost) && is_alive(fresh_large));
    // the memory of the dead may be in use again
    CHECK((is_dead(dead) || dead == fresh || dead == lost) && (is_dead(dead_large) || dead_large == fresh_large));
    check_page_table();
    collect();
    CHECK(is_alive(a) && is_alive(b) && is_alive(large) && is_alive(fresh) && is_alive(fresh_large) && !is_alive(lost));
    forget();
}

static void test_finalizer_beside(void) {
    static const uint64_t closure = 0;
    Node *a = gc_new(p, &type_node), *held = gc_new(p, &type_node);
    a->left = held;
    CHECK(gc_set_finalizer(p, a, &closure, &type_ptr));
    nstarted = 0;
    begin_beside();
    Node *late = gc_new(p, &type_node); // dead, but not in this snapshot
    CHECK(gc_set_finalizer(p, late, &closure, &type_ptr));
    end_beside();
    CHECK(nstarted == 1 && started_arg[0] == word_of(a) && is_alive(a) && is_alive(held));
    CHECK(gc_set_finalizer(p, late, NULL, &type_ptr));
    forget();
    CHECK(!is_alive(a) && !is_alive(held));
}

// A full collection does not wait for a snapshot, nor take anything from it.
static void test_abandoned(void) {
    Node *a = gc_new(p, &type_node);
    words[0] = word_of(a);
    begin_beside();
    words[0] = 0;
    collect();
    CHECK(!is_alive(a));
    CHECK(!gc_step_due());
}

// The pace asks for the end of a collection that takes too long.
static void test_waited_for(void) {
    words[0] = word_of(gc_new_noscan(p, 40 << 20));
    collect();
    begin_beside();
    uint64_t before = collections();
    gc_new_noscan(p, 20 << 20);
    CHECK(atomic_load(&gc_wanted));
    gc_step(p);
    CHECK(collections() == before + 1);
    forget();
}

// Unless the system does not tell which process it is.
static void kill_copy(void) {
    FILE *f = fopen("/proc/thread-self/children", "r");
    int pid = 0;
    if (f && fscanf(f, "%d", &pid) == 1) kill(pid, SIGKILL);
    if (f) fclose(f);
}

// A copy that fails is as if there had been none.
static void test_killed(void) {
    for (int i = 0; i < 5; i++) {
        Node *a = gc_new_array(p, &type_node, 100000), *dead = gc_new(p, &type_node);
        words[0] = word_of(a);
        for (int k = 1; k < 100000; k++) a[k].left = &a[k - 1];
        begin_beside();
        kill_copy();
        end_beside();
        CHECK(is_alive(a) && is_dead(dead));
    }
    forget();
}

static void test_beside(void) {
    debug_flags.gcsnapshot = 1;
    gc_set_percent(0);
    for (int i = 0; i < 20; i++) check_one_snapshot();
    test_finalizer_beside();
    test_abandoned();
    test_waited_for();
    test_killed();
    gc_set_percent(100);
    debug_flags.gcsnapshot = 0;
}

// --- goroutines

enum { GOROUTINES = 12, STEPS = 60, LIST = 300, SLOT_LIST = 0, SLOT_STEP = 1, SLOT_ID = 2 };
#define FIRST 0ull         // goroutine that holds `words` and waits for the others
#define FINALIZER UINT64_MAX

static _Atomic int ended;
static _Atomic int thread_failures;

// One step: drop the list of the step before if it is whole, and make another.
static bool step(P *on, G *g) {
    uint64_t id = g->stack[SLOT_ID], n = 0;
    for (const Node *x = (const Node *)(uintptr_t)g->stack[SLOT_LIST]; x; x = x->left, n++)
        if (x->value != (id << 32 | g->stack[SLOT_STEP]) || x->right->value != n) atomic_fetch_add(&thread_failures, 1);
    if (g->stack[SLOT_STEP] && n != LIST) atomic_fetch_add(&thread_failures, 1);
    if (++g->stack[SLOT_STEP] > STEPS) return false;
    Node *head = NULL;
    for (uint64_t i = LIST; i-- > 0;) {
        Node *x = gc_new(on, &type_node);
        x->left = head;
        x->value = id << 32 | g->stack[SLOT_STEP];
        x->right = gc_new_array(on, &type_node, 1 + (int64_t)(i % 30));
        x->right->value = i;
        head = x;
    }
    g->stack[SLOT_LIST] = word_of(head);
    if (g->stack[SLOT_STEP] % 16 == id % 16) gc_collect(on);
    if (g->stack[SLOT_STEP] % 8 == (id + 3) % 8) gc_request(on);
    return true;
}

// False: g has ended.
static bool advance(P *on, G *g) {
    if (g->stack[SLOT_ID] == FINALIZER) return false;
    if (g->stack[SLOT_ID] == FIRST) {
        if (atomic_load(&ended) == GOROUTINES) sched_exit(failures || atomic_load(&thread_failures));
        return true;
    }
    if (step(on, g)) return true;
    atomic_fetch_add(&ended, 1);
    return false;
}

static void run(P *on, G *g) {
    for (; g; g = sched_next(on)) {
        if (!advance(on, g)) sched_exit_g(on, g);
        else if (!atomic_load(&on->preempt) || !sched_safepoint(on, g)) sched_requeue(on, g);
    }
}

static void scan(G *g, void (*visit)(void *ctx, uint64_t word), void *ctx) {
    visit(ctx, g->stack[SLOT_LIST]);
    if (g->stack[SLOT_ID] == FIRST)
        for (size_t i = 0; i < 3; i++) visit(ctx, words[i]);
}

static void start_call(G *g, const void *closure, const uint64_t *args, uint32_t nwords) {
    g->stack[SLOT_LIST] = g->stack[SLOT_STEP] = 0;
    g->stack[SLOT_ID] = closure ? FINALIZER : args[0];
    if (!closure) return;
    CHECK(nwords == 1 && nstarted < 8);
    started[nstarted] = closure;
    started_arg[nstarted++] = args[0];
}

static void traceback(G *g) { (void)g; }

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0); // sched_exit does not flush
    engine = (Engine){.run = run, .scan = scan, .traceback = traceback, .start_call = start_call};
    CHECK(gc_round_size(5, true) == 8); // before anything was set up
    sched_init(4);
    p = current_p;
    gc_add_root(&global, &type_ptr);
    gc_add_root_scanner(scan_table);
    sched_go(p, NULL, (uint64_t[]){FIRST}, 1);
    test_zeroed(); // first: while pages are fresh, nothing else makes spans dirty
    test_round_size();
    test_interior();
    forget();
    test_exact();
    test_arrays();
    test_shapes();
    test_churn();
    test_pace();
    test_stats();
    test_parallel();
    test_parts(false);
    test_parts(true);
    test_scavenge();
    test_finalizers();
    test_beside();
    debug_flags.gcsnapshot = 1; // so that some collections of the goroutines are
    for (uint64_t i = 1; i <= GOROUTINES; i++) sched_go(p, NULL, &i, 1);
    return sched_run(); // ends in advance
}
