// SPDX-License-Identifier: MIT
// iface_test.c: layouts, boxing, equality, assertions.
#include "runtime/iface.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "runtime/panic.h"
#include "runtime/sched.h"
#include "tests/unit/check.h"

#define NAME(s) {s, sizeof s - 1}
enum { MEMEQ = TYPE_COMPARABLE | TYPE_MEMEQ };

static const uint8_t map_bit0[1] = {1}, map_bit01[1] = {3}, map_bit1[1] = {2};
static const TypeDesc type_int = {.size = 8, .align = 8, .hash = 1, .kind = KIND_INT, .flags = TYPE_DIRECT | MEMEQ, .string = NAME("int")};
static const TypeDesc type_int8 = {.size = 1, .align = 1, .hash = 2, .kind = KIND_INT8, .flags = TYPE_DIRECT | MEMEQ, .string = NAME("int8")};
static const TypeDesc type_float32 = {.size = 4, .align = 4, .hash = 3, .kind = KIND_FLOAT32, .flags = TYPE_DIRECT | TYPE_COMPARABLE, .string = NAME("float32")};
static const TypeDesc type_complex = {.size = 16, .align = 8, .hash = 9, .kind = KIND_COMPLEX128, .flags = TYPE_COMPARABLE, .string = NAME("complex128")};
static const TypeDesc type_string = {.size = 16, .align = 8, .hash = 4, .kind = KIND_STRING, .flags = TYPE_COMPARABLE, .ptr_words = 1, .ptr_map = map_bit0, .string = NAME("string")};
static const TypeDesc type_any = {.size = 16, .align = 8, .hash = 5, .kind = KIND_INTERFACE, .flags = TYPE_COMPARABLE | TYPE_HASHPANIC, .ptr_words = 2, .ptr_map = map_bit01, .string = NAME("interface {}")};
static const TypeDesc type_ints = {.size = 24, .align = 8, .hash = 6, .kind = KIND_SLICE, .ptr_words = 1, .ptr_map = map_bit0, .elem = &type_int, .string = NAME("[]int")};

// struct { a int; _ int; b string }
static const FieldDesc blank_fields[] = {{.name = NAME("a"), .type = &type_int, .offset = 0}, {.name = NAME("_"), .type = &type_int, .offset = 8}, {.name = NAME("b"), .type = &type_string, .offset = 16}};
static const TypeDesc type_blank = {.size = 32, .align = 8, .hash = 7, .kind = KIND_STRUCT, .flags = TYPE_COMPARABLE, .ptr_words = 3, .ptr_map = (const uint8_t[]){4}, .nfields = 3, .fields = blank_fields, .string = NAME("main.B")};
static const FieldDesc any_fields[] = {{.name = NAME("n"), .type = &type_int, .offset = 0}, {.name = NAME("x"), .type = &type_any, .offset = 8}};
static const TypeDesc type_holder = {.size = 24, .align = 8, .hash = 8, .kind = KIND_STRUCT, .flags = TYPE_COMPARABLE | TYPE_HASHPANIC, .ptr_words = 3, .ptr_map = (const uint8_t[]){6}, .nfields = 2, .fields = any_fields, .string = NAME("main.H")};

static G test_g;
static G *g = &test_g;
static P *p;

static bool panicked_with(const char *text) {
    const Str *s = (const Str *)(uintptr_t)g->pending_panic.data;
    bool same = s && s->len == (int64_t)strlen(text) && memcmp(s->ptr, text, strlen(text)) == 0;
    if (s && !same) printf("panic text: %.*s\n", (int)s->len, s->ptr);
    return same;
}

static void test_layouts(void) {
    uint64_t slot = 99;
    int8_t small = -5;
    value_load(&type_int8, &slot, &small);
    CHECK(slot == (uint64_t)-5);
    small = 0;
    value_store(&type_int8, &small, &slot);
    CHECK(small == -5);
    float f = -1.5f, back;
    value_load(&type_float32, &slot, &f);
    CHECK(slot >> 32 == 0);
    value_store(&type_float32, &back, &slot);
    CHECK(back == f);
    CHECK(iface_box_mem(p, &type_int8, &small) == (uint64_t)-5);
    Str s = NAME("boxed");
    Iface i = {&type_string, iface_box_mem(p, &type_string, &s)};
    CHECK(((const Str *)iface_value(&i))->ptr == s.ptr);
}

static void test_eq(void) {
    Str a = NAME("same"), b = {(char[]){'s', 'a', 'm', 'e'}, 4};
    Iface x = {&type_string, (uint64_t)(uintptr_t)&a}, y = {&type_string, (uint64_t)(uintptr_t)&b};
    CHECK(iface_eq(g, x, y) == 1);
    Iface one = {&type_int, 1}, nil = {NULL, 0};
    CHECK(iface_eq(g, one, x) == 0 && iface_eq(g, nil, nil) == 1 && iface_eq(g, nil, one) == 0);
    float nan = NAN, zero = 0, minus = -0.0f;
    CHECK(value_eq(g, &type_float32, &nan, &nan) == 0 && value_eq(g, &type_float32, &zero, &minus) == 1);
    double c1[2] = {1, 0.0}, c2[2] = {1, -0.0}, c3[2] = {1, NAN};
    CHECK(value_eq(g, &type_complex, c1, c2) == 1 && value_eq(g, &type_complex, c3, c3) == 0);
    struct { int64_t a, blank; Str b; } s = {1, 2, a}, t = {1, 3, b};
    CHECK(value_eq(g, &type_blank, &s, &t) == 1);
    uint64_t hs, ht;
    CHECK(value_hash(g, &type_blank, &s, 5, &hs) && value_hash(g, &type_blank, &t, 5, &ht) && hs == ht);
    t.a = 2;
    CHECK(value_eq(g, &type_blank, &s, &t) == 0);
}

static void test_uncomparable(void) {
    uint64_t words[3] = {0};
    Iface list = {&type_ints, (uint64_t)(uintptr_t)words};
    CHECK(iface_eq(g, list, list) == -1 && panicked_with("comparing uncomparable type []int"));
    CHECK(iface_eq(NULL, list, list) == 0);
    struct { int64_t n; Iface x; } a = {1, list}, b = {2, list};
    CHECK(value_eq(g, &type_holder, &a, &b) == 0); // decided before the uncomparable field
    b.n = 1;
    CHECK(value_eq(g, &type_holder, &a, &b) == -1);
    uint64_t h;
    CHECK(!value_hash(g, &type_holder, &a, 0, &h) && panicked_with("hash of unhashable type []int"));
}

static void test_assertions(void) {
    static const MethodDesc wanted[] = {{.name = NAME("Close"), .sel = 3}, {.name = NAME("Read"), .sel = 5}};
    static const TypeDesc closer = {.size = 16, .kind = KIND_INTERFACE, .hash = 20, .flags = TYPE_COMPARABLE, .nmethods = 1, .methods = wanted, .string = NAME("main.Closer"), .ptr_words = 2, .ptr_map = map_bit1};
    static const TypeDesc both = {.size = 16, .kind = KIND_INTERFACE, .hash = 21, .flags = TYPE_COMPARABLE, .nmethods = 2, .methods = wanted, .string = NAME("main.I")};
    static int dummy;
    static MethodSlot table[4];
    table[3] = (MethodSlot){.sel = 3, .fn = (struct Func *)(void *)&dummy};
    static const TypeDesc file = {.size = 8, .kind = KIND_INT, .hash = 22, .flags = TYPE_DIRECT | MEMEQ, .mtab = table, .mtab_mask = 3, .string = NAME("main.T")};
    Str missing = {NULL, 0};
    for (int i = 0; i < 2; i++) {
        CHECK(iface_implements(&file, &closer, NULL) && iface_implements(&file, &type_any, NULL));
        CHECK(!iface_implements(&file, &both, &missing) && missing.len == 4);
        CHECK(!iface_implements(&type_int, &closer, NULL));
    }
    iface_assert_panic(g, &type_any, &file, &both);
    CHECK(panicked_with("interface conversion: main.T is not main.I: missing method Read"));
    iface_assert_panic(g, &type_any, &type_string, &type_int);
    CHECK(panicked_with("interface conversion: interface {} is string, not int"));
    iface_assert_panic(g, &type_any, NULL, &both);
    CHECK(panicked_with("interface conversion: interface is nil, not main.I"));
    iface_assert_panic(g, &type_any, NULL, &type_int);
    CHECK(panicked_with("interface conversion: interface {} is nil, not int"));
    iface_assert_panic(g, &closer, NULL, &type_int);
    CHECK(panicked_with("interface conversion: main.Closer is nil, not int"));
}

int main(void) {
    sched_init(1);
    p = current_p;
    // The assertion error is a pointer to a struct of one string: a string has
    // the same layout.
    static const TypeDesc pointer = {.size = 8, .kind = KIND_POINTER, .flags = TYPE_DIRECT, .elem = &type_string, .string = NAME("*string")};
    rt_set_error_types(&type_string, &type_string, &type_string, &pointer, &pointer);
    test_layouts();
    test_eq();
    test_uncomparable();
    test_assertions();
    return check_status();
}
