// SPDX-License-Identifier: MIT
// slice_test.c: growth and copying of slices.
#include "runtime/slice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/panic.h"
#include "runtime/sched.h"
#include "tests/unit/check.h"

#define NAME(s) {s, sizeof s - 1}

static const uint8_t map_bit0[1] = {1};
static const TypeDesc type_int = {.size = 8, .align = 8, .kind = KIND_INT, .flags = TYPE_DIRECT | TYPE_COMPARABLE | TYPE_MEMEQ, .string = NAME("int")};
static const TypeDesc type_byte = {.size = 1, .align = 1, .kind = KIND_UINT8, .flags = TYPE_DIRECT | TYPE_COMPARABLE | TYPE_MEMEQ, .string = NAME("uint8")};
static const TypeDesc type_empty = {.size = 0, .align = 1, .kind = KIND_STRUCT, .flags = TYPE_DIRECT | TYPE_COMPARABLE | TYPE_MEMEQ, .string = NAME("struct {}")};
static const TypeDesc type_string = {.size = 16, .align = 8, .kind = KIND_STRING, .flags = TYPE_COMPARABLE, .ptr_words = 1, .ptr_map = map_bit0, .string = NAME("string")};

static G test_g;
static G *g = &test_g;
static P *p;

static bool panicked_with(const char *text) {
    const Str *s = (const Str *)(uintptr_t)g->pending_panic.data;
    return s && s->len == (int64_t)strlen(text) && memcmp(s->ptr, text, strlen(text)) == 0;
}

static void test_make(void) {
    Slice s;
    CHECK(slice_make(p, g, &type_int, 3, 5, &s) && s.len == 3 && s.cap == 5 && ((int64_t *)s.ptr)[4] == 0);
    CHECK(slice_make(p, g, &type_int, 0, 0, &s) && s.ptr);
    CHECK(slice_make(p, g, &type_empty, 1ll << 60, 1ll << 60, &s) && s.ptr);
    CHECK(!slice_make(p, g, &type_int, -1, 0, &s) && panicked_with("makeslice: len out of range"));
    CHECK(!slice_make(p, g, &type_int, 1ll << 61, 1ll << 61, &s) && panicked_with("makeslice: len out of range"));
    CHECK(!slice_make(p, g, &type_int, 2, 1, &s) && panicked_with("makeslice: cap out of range"));
    CHECK(!slice_make(p, g, &type_int, 2, 1ll << 61, &s) && panicked_with("makeslice: cap out of range"));
}

// The capacities that programs written for Go print.
static void test_caps(void) {
    static const int64_t want[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280, 1792, 2560};
    Slice s = {NULL, 0, 0};
    size_t step = 0;
    int64_t last = 0;
    for (int64_t i = 0; i < 2000; i++) {
        CHECK(slice_grow(p, g, &type_int, s, 1, &s));
        ((int64_t *)s.ptr)[i] = i;
        if (s.cap != last && step < sizeof want / sizeof want[0]) CHECK(s.cap == want[step++]);
        last = s.cap;
    }
    for (int64_t i = 0; i < 2000; i++) CHECK(((int64_t *)s.ptr)[i] == i);
    Slice b = {NULL, 0, 0};
    CHECK(slice_grow(p, g, &type_byte, b, 1, &b) && b.cap == 8);
    CHECK(slice_grow(p, g, &type_byte, b, 40, &b) && b.len == 41 && b.cap == 48);
    Slice five = {NULL, 0, 0};
    CHECK(slice_grow(p, g, &type_int, five, 5, &five) && five.cap == 6);
    Slice strings = {NULL, 0, 0};
    CHECK(slice_grow(p, g, &type_string, strings, 3, &strings) && strings.cap == 3);
    Slice none = {NULL, 0, 0};
    CHECK(slice_grow(p, g, &type_empty, none, 4, &none) && none.len == 4 && none.ptr);
    CHECK(!slice_grow(p, g, &type_int, s, INT64_MAX, &s) && panicked_with("growslice: len out of range"));
}

static void test_append_copy(void) {
    Slice s = {NULL, 0, 0}, t;
    CHECK(slice_append(p, g, &type_byte, s, s, &s) && s.ptr == NULL);
    char text[] = "hello";
    CHECK(slice_append(p, g, &type_byte, s, (Slice){text, 5, 5}, &s) && s.len == 5);
    CHECK(slice_append(p, g, &type_byte, s, s, &t) && t.len == 10 && memcmp(t.ptr, "hellohello", 10) == 0);
    Slice tail = {(char *)t.ptr + 1, 9, 9};
    CHECK(slice_copy(&type_byte, tail, t) == 9 && memcmp(t.ptr, "hhellohell", 10) == 0);
    CHECK(slice_copy(&type_byte, (Slice){NULL, 0, 0}, t) == 0);
    Slice front = {t.ptr, 2, 10};
    CHECK(slice_append(p, g, &type_byte, front, (Slice){text, 1, 1}, &front) && front.ptr == t.ptr && ((char *)t.ptr)[2] == 'h');
}

int main(void) {
    sched_init(1);
    p = current_p;
    rt_set_error_types(&type_string, &type_string, &type_string, &type_string, &type_string);
    test_make();
    test_caps();
    test_append_copy();
    return check_status();
}
