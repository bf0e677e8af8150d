// SPDX-License-Identifier: MIT
// map_test.c: maps of each key class, iteration while the map changes, odd
// keys. With an argument it prints times of the common operations instead.
#include "runtime/map.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runtime/iface.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "tests/unit/check.h"

static const uint8_t map_bit0[1] = {1}, map_bit01[1] = {3};
#define NAME(s) {s, sizeof s - 1}
enum { MEMEQ = TYPE_COMPARABLE | TYPE_MEMEQ };
static const TypeDesc type_int = {.size = 8, .align = 8, .hash = 11, .kind = KIND_INT, .flags = TYPE_DIRECT | MEMEQ, .string = NAME("int")};
static const TypeDesc type_int32 = {.size = 4, .align = 4, .hash = 12, .kind = KIND_INT32, .flags = TYPE_DIRECT | MEMEQ, .string = NAME("int32")};
static const TypeDesc type_float = {.size = 8, .align = 8, .hash = 13, .kind = KIND_FLOAT64, .flags = TYPE_DIRECT | TYPE_COMPARABLE, .string = NAME("float64")};
static const TypeDesc type_string = {.size = 16, .align = 8, .hash = 14, .kind = KIND_STRING, .flags = TYPE_COMPARABLE, .ptr_words = 1, .ptr_map = map_bit0, .string = NAME("string")};
static const TypeDesc type_any = {.size = 16, .align = 8, .hash = 15, .kind = KIND_INTERFACE, .flags = TYPE_COMPARABLE | TYPE_HASHPANIC, .ptr_words = 2, .ptr_map = map_bit01, .string = NAME("interface {}")};
static const TypeDesc type_ints = {.size = 24, .align = 8, .hash = 16, .kind = KIND_SLICE, .ptr_words = 1, .ptr_map = map_bit0, .elem = &type_int, .string = NAME("[]int")};
static const TypeDesc type_empty = {.size = 0, .align = 1, .hash = 17, .kind = KIND_STRUCT, .flags = TYPE_DIRECT | MEMEQ, .string = NAME("struct {}")};
static const TypeDesc type_big = {.size = 4096, .align = 8, .hash = 18, .kind = KIND_ARRAY, .flags = MEMEQ, .elem = &type_int, .len = 512, .string = NAME("[512]int")};

#define MAP_TYPE(k, v) {.size = 8, .align = 8, .kind = KIND_MAP, .flags = TYPE_DIRECT, .ptr_words = 1, .ptr_map = map_bit0, .key = &type_##k, .elem = &type_##v}
static const TypeDesc int_int = MAP_TYPE(int, int), int32_int = MAP_TYPE(int32, int), string_int = MAP_TYPE(string, int),
                      float_int = MAP_TYPE(float, int), any_int = MAP_TYPE(any, int), int_empty = MAP_TYPE(int, empty), int_big = MAP_TYPE(int, big);

static G test_g;
static P *p;
static G *g = &test_g;

static void set_int(const TypeDesc *t, Map *m, int64_t key, int64_t value) { memcpy(map_set(p, g, t, m, &key), &value, 8); }

static int64_t get_int(const TypeDesc *t, Map *m, int64_t key, bool *found) {
    int64_t v;
    memcpy(&v, map_get(p, g, t, m, &key, found), 8);
    return v;
}

static void test_ints(const TypeDesc *t) {
    Map *m = map_make(p, t, 0);
    bool found;
    for (int64_t i = 0; i < 20000; i++) {
        set_int(t, m, i * 7, i);
        if (i % 3 == 0) {
            int64_t k = i * 7;
            CHECK(map_delete(p, g, t, m, &k));
        }
    }
    CHECK(map_len(m) == 20000 - 6667);
    for (int64_t i = 0; i < 20000; i++) {
        int64_t v = get_int(t, m, i * 7, &found);
        CHECK(found == (i % 3 != 0) && v == (found ? i : 0));
        get_int(t, m, i * 7 + 1, &found);
        CHECK(!found);
    }
    map_clear(p, t, m);
    CHECK(map_len(m) == 0);
    get_int(t, m, 7, &found);
    CHECK(!found);
    set_int(t, m, 7, 70);
    CHECK(get_int(t, m, 7, &found) == 70 && found);
}

// The same few keys over and over: dead entries must not pile up.
static void test_churn(void) {
    Map *m = map_make(p, &int_int, 0);
    for (int64_t i = 0; i < 300000; i++) {
        set_int(&int_int, m, i, i);
        int64_t old = i - 50;
        map_delete(p, g, &int_int, m, &old);
    }
    CHECK(map_len(m) == 50);
    for (int64_t i = 300000 - 50; i < 300000; i++) {
        bool found;
        CHECK(get_int(&int_int, m, i, &found) == i && found);
    }
}

static void test_strings(void) {
    enum { N = 5000 };
    static char text[N][24];
    Map *m = map_make(p, &string_int, 100);
    for (int64_t i = 0; i < N; i++) {
        Str s = {text[i], snprintf(text[i], sizeof text[i], "key %0*lld", (int)(i % 17), (long long)i)};
        memcpy(map_set(p, g, &string_int, m, &s), &i, 8);
    }
    CHECK(map_len(m) == N);
    for (int64_t i = 0; i < N; i++) {
        Str s = {text[i], (int64_t)strlen(text[i])};
        bool found;
        int64_t v;
        memcpy(&v, map_get(p, g, &string_int, m, &s, &found), 8);
        CHECK(found && v == i);
    }
    Str none = {NULL, 0};
    bool found;
    map_get(p, g, &string_int, m, &none, &found);
    CHECK(!found);
    CHECK(map_set(p, g, &string_int, m, &none) != NULL && map_len(m) == N + 1);
}

static int64_t count_iter(const TypeDesc *t, Map *m) {
    void *k, *v;
    int64_t n = 0;
    for (MapIter *it = map_iter(p, t, m); map_next(p, it, &k, &v);) n++;
    return n;
}

static void test_floats(void) {
    Map *m = map_make(p, &float_int, 0);
    double zero = 0, minus = -0.0, nan = NAN;
    *(int64_t *)map_set(p, g, &float_int, m, &zero) = 1;
    *(int64_t *)map_set(p, g, &float_int, m, &minus) = 2;
    CHECK(map_len(m) == 1);
    for (int i = 0; i < 40; i++) *(int64_t *)map_set(p, g, &float_int, m, &nan) = i;
    CHECK(map_len(m) == 41 && count_iter(&float_int, m) == 41);
    bool found;
    map_get(p, g, &float_int, m, &nan, &found);
    CHECK(!found);
    map_delete(p, g, &float_int, m, &nan);
    CHECK(map_len(m) == 41);
    void *k, *v;
    MapIter *it = map_iter(p, &float_int, m); // NaN keys survive growth under an iterator
    int64_t seen = 0;
    for (double d = 1; map_next(p, it, &k, &v); seen++)
        for (int i = 0; i < 10; i++, d++) *(int64_t *)map_set(p, g, &float_int, m, &d) = 0;
    CHECK(seen == 41);
    map_clear(p, &float_int, m);
    CHECK(map_len(m) == 0 && count_iter(&float_int, m) == 0);
}

static const char *panic_text(void) {
    const Str *s = (const Str *)(uintptr_t)g->pending_panic.data;
    static char text[200];
    snprintf(text, sizeof text, "%.*s", (int)s->len, s->ptr);
    return text;
}

static void test_interfaces(void) {
    Map *m = map_make(p, &any_int, 0);
    Iface one = {&type_int, 1}, one32 = {&type_int32, 1}, nil = {NULL, 0}, bad = {&type_ints, 0};
    uint64_t words[3] = {0, 0, 0};
    bad.data = (uint64_t)(uintptr_t)words;
    *(int64_t *)map_set(p, g, &any_int, m, &one) = 10;
    *(int64_t *)map_set(p, g, &any_int, m, &one32) = 20;
    *(int64_t *)map_set(p, g, &any_int, m, &nil) = 30;
    bool found;
    CHECK(*(int64_t *)map_get(p, g, &any_int, m, &one, &found) == 10 && found);
    CHECK(*(int64_t *)map_get(p, g, &any_int, m, &nil, &found) == 30 && found);
    CHECK(map_set(p, g, &any_int, m, &bad) == NULL);
    CHECK(strcmp(panic_text(), "hash of unhashable type []int") == 0);
    CHECK(map_get(p, g, &any_int, NULL, &bad, &found) == NULL);
    CHECK(!map_delete(p, g, &any_int, NULL, &bad));
}

static void test_nil_and_sizes(void) {
    bool found = true;
    int64_t key = 3;
    CHECK(get_int(&int_int, NULL, 3, &found) == 0 && !found);
    CHECK(map_len(NULL) == 0 && map_delete(p, g, &int_int, NULL, &key));
    CHECK(count_iter(&int_int, NULL) == 0);
    map_clear(p, &int_int, NULL);
    CHECK(map_set(p, g, &int_int, NULL, &key) == NULL);
    CHECK(strcmp(panic_text(), "assignment to entry in nil map") == 0);
    Map *set = map_make(p, &int_empty, 1000);
    for (key = 0; key < 3000; key++) CHECK(map_set(p, g, &int_empty, set, &key) != NULL);
    CHECK(map_len(set) == 3000 && count_iter(&int_empty, set) == 3000);
    Map *big = map_make(p, &int_big, -1);
    const int64_t *zero = map_get(p, g, &int_big, big, &key, &found);
    CHECK(!found && zero[511] == 0);
    for (key = 0; key < 20; key++) ((int64_t *)map_set(p, g, &int_big, big, &key))[511] = key;
    for (key = 0; key < 20; key++) CHECK(((int64_t *)map_get(p, g, &int_big, big, &key, &found))[511] == key);
}

// Each entry that stays is seen exactly once, deleted ones never, whatever
// growth and compaction happen meanwhile.
static void test_iteration(void) {
    enum { N = 1000 };
    for (int round = 0; round < 20; round++) {
        Map *m = map_make(p, &int_int, 0);
        for (int64_t i = 0; i < N; i++) set_int(&int_int, m, i, i);
        uint8_t seen[N] = {0}, gone[N] = {0};
        int64_t extra = N;
        void *k, *v;
        for (MapIter *it = map_iter(p, &int_int, m); map_next(p, it, &k, &v);) {
            int64_t key = *(int64_t *)k;
            if (key >= N) continue;
            CHECK(!seen[key] && !gone[key] && *(int64_t *)v == key);
            seen[key] = 1;
            for (int i = 0; i < round; i++) set_int(&int_int, m, extra++, 0);
            int64_t drop = (key * 31 + 7) % N;
            if (!seen[drop]) {
                gone[drop] = 1;
                map_delete(p, g, &int_int, m, &drop);
            }
        }
        for (int i = 0; i < N; i++) CHECK(seen[i] != gone[i]);
    }
}

static void test_random_start(void) {
    Map *m = map_make(p, &int_int, 0);
    for (int64_t i = 0; i < 8; i++) set_int(&int_int, m, i, i);
    uint32_t firsts = 0;
    for (int i = 0; i < 200; i++) {
        void *k, *v;
        MapIter *it = map_iter(p, &int_int, m);
        CHECK(map_next(p, it, &k, &v));
        firsts |= 1u << *(int64_t *)k;
    }
    CHECK(firsts == 255);
}

// --- times

static double now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void time_ints(int64_t n) {
    double a = now_ns();
    Map *m = map_make(p, &int_int, 0);
    for (int64_t i = 0; i < n; i++) set_int(&int_int, m, i * 7919, i);
    double b = now_ns();
    int64_t sum = 0;
    bool found;
    for (int64_t i = 0; i < n; i++) sum += get_int(&int_int, m, (i * 40503 % n) * 7919, &found);
    double c = now_ns();
    void *k, *v;
    for (MapIter *it = map_iter(p, &int_int, m); map_next(p, it, &k, &v);) sum += *(int64_t *)v;
    double d = now_ns();
    printf("int %8lld: set %.1f get %.1f next %.1f ns (%lld)\n", (long long)n, (b - a) / (double)n, (c - b) / (double)n, (d - c) / (double)n, (long long)sum);
}

static void time_strings(int64_t n) {
    char(*text)[32] = malloc((size_t)n * 32);
    for (int64_t i = 0; i < n; i++) snprintf(text[i], 32, "key%lld", (long long)i);
    double a = now_ns();
    Map *m = map_make(p, &string_int, 0);
    for (int64_t i = 0; i < n; i++) {
        Str s = {text[i], (int64_t)strlen(text[i])};
        memcpy(map_set(p, g, &string_int, m, &s), &i, 8);
    }
    double b = now_ns();
    bool found;
    for (int64_t i = 0; i < n; i++) {
        Str s = {text[i * 40503 % n], 0};
        s.len = (int64_t)strlen(s.ptr);
        map_get(p, g, &string_int, m, &s, &found);
    }
    double c = now_ns();
    printf("str %8lld: set %.1f get %.1f ns\n", (long long)n, (b - a) / (double)n, (c - b) / (double)n);
    free(text);
}

int main(int argc, char **argv) {
    (void)argv;
    sched_init(1);
    p = current_p;
    rt_set_error_types(&type_string, &type_string, &type_string, &type_string, &type_string);
    if (argc > 1) {
        for (int64_t n = 8; n <= 1000000; n = n == 8 ? 1000 : n * 1000) time_ints(n), time_strings(n);
        return 0;
    }
    test_ints(&int_int);
    test_ints(&int32_int);
    test_churn();
    test_strings();
    test_floats();
    test_interfaces();
    test_nil_and_sizes();
    test_iteration();
    test_random_start();
    return check_status();
}
