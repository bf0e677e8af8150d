// SPDX-License-Identifier: MIT
// iface.c: interface values: boxing, comparison, hashing, assertions.
//
// Values are walked by their descriptors. Boxed copies are immutable, so two
// interfaces may share one.
// The cache of iface_implements only grows: one record for each pair of a
// concrete and an interface type that the program ever tests, in lists that
// are pushed to at the front by compare-and-swap and read without a lock.
#include "runtime/iface.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/gc.h"
#include "runtime/panic.h"
#include "runtime/str.h"

// --- layouts

void value_load(const TypeDesc *t, uint64_t *slots, const void *mem) {
    switch ((int)t->kind) {
    case KIND_BOOL:
    case KIND_UINT8: slots[0] = *(const uint8_t *)mem; return;
    case KIND_INT8: slots[0] = (uint64_t)(int64_t)*(const int8_t *)mem; return;
    case KIND_INT16: slots[0] = (uint64_t)(int64_t)*(const int16_t *)mem; return;
    case KIND_UINT16: slots[0] = *(const uint16_t *)mem; return;
    case KIND_INT32: slots[0] = (uint64_t)(int64_t)*(const int32_t *)mem; return;
    case KIND_UINT32:
    case KIND_FLOAT32: slots[0] = *(const uint32_t *)mem; return;
    default: break;
    }
    if (t->size % 8) slots[t->size / 8] = 0;
    if (t->size) memcpy(slots, mem, t->size);
}

void value_store(const TypeDesc *t, void *mem, const uint64_t *slots) {
    // Little-endian: a canonical slot begins with the narrow value.
    if (t->size) memcpy(mem, slots, t->size);
}

uint64_t iface_box_slots(P *p, const TypeDesc *t, const uint64_t *slots) {
    if (type_is_direct(t)) return t->size ? slots[0] : 0;
    void *copy = gc_new(p, t);
    if (t->size) memcpy(copy, slots, t->size);
    return (uint64_t)(uintptr_t)copy;
}

uint64_t iface_box_mem(P *p, const TypeDesc *t, const void *mem) {
    uint64_t word = 0;
    if (type_is_direct(t)) {
        if (t->size) value_load(t, &word, mem);
        return word;
    }
    void *copy = gc_new(p, t);
    memcpy(copy, mem, t->size);
    return (uint64_t)(uintptr_t)copy;
}

// --- comparison

static bool is_blank(const FieldDesc *f) { return f->name.len == 1 && f->name.ptr[0] == '_'; }

static int uncomparable(G *g, const TypeDesc *t) {
    if (!g) return 0;
    rt_panic(g, ERR_UNCOMPARABLE, (int)t->string.len, t->string.ptr);
    return -1;
}

static bool eq_f32(const void *a, const void *b) {
    float x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x == y;
}

static bool eq_f64(const void *a, const void *b) {
    double x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x == y;
}

static int eq_struct(G *g, const TypeDesc *t, const char *a, const char *b) {
    for (uint32_t i = 0; i < t->nfields; i++) {
        const FieldDesc *f = &t->fields[i];
        if (is_blank(f)) continue;
        int r = value_eq(g, f->type, a + f->offset, b + f->offset);
        if (r != 1) return r;
    }
    return 1;
}

static int eq_array(G *g, const TypeDesc *t, const char *a, const char *b) {
    for (int64_t i = 0; i < t->len; i++) {
        uint64_t at = (uint64_t)i * t->elem->size;
        int r = value_eq(g, t->elem, a + at, b + at);
        if (r != 1) return r;
    }
    return 1;
}

int value_eq(G *g, const TypeDesc *t, const void *a, const void *b) {
    if (t->flags & TYPE_MEMEQ) return memcmp(a, b, t->size) == 0;
    switch ((int)t->kind) {
    case KIND_FLOAT32: return eq_f32(a, b);
    case KIND_FLOAT64: return eq_f64(a, b);
    case KIND_COMPLEX64: return eq_f32(a, b) && eq_f32((const char *)a + 4, (const char *)b + 4);
    case KIND_COMPLEX128: return eq_f64(a, b) && eq_f64((const char *)a + 8, (const char *)b + 8);
    case KIND_STRING: return str_eq(*(const Str *)a, *(const Str *)b);
    case KIND_INTERFACE: return iface_eq(g, *(const Iface *)a, *(const Iface *)b);
    case KIND_STRUCT: return eq_struct(g, t, a, b);
    case KIND_ARRAY: return eq_array(g, t, a, b);
    case KIND_FUNC:
    case KIND_MAP:
    case KIND_SLICE: return uncomparable(g, t);
    default: return memcmp(a, b, t->size) == 0;
    }
}

int iface_eq(G *g, Iface a, Iface b) {
    if (a.type != b.type) return 0;
    if (!a.type) return 1;
    if (!(a.type->flags & TYPE_COMPARABLE)) return uncomparable(g, a.type);
    return value_eq(g, a.type, iface_value(&a), iface_value(&b));
}

// --- hashing

static uint64_t mix(uint64_t a, uint64_t b) {
    unsigned __int128 r = (unsigned __int128)a * b;
    return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static uint64_t hash_bytes(const void *v, uint64_t n, uint64_t seed) {
    return str_hash((Str){v, (int64_t)n}, seed);
}

// Equal zeros hash alike; a NaN equals nothing, so each gets a hash of its own
// and maps do not degenerate when many are entered.
static uint64_t hash_float(double d, uint64_t seed) {
    static _Thread_local uint64_t nan_count;
    uint64_t bits = 0;
    if (d != d) bits = (nan_count += 0x9e3779b97f4a7c15ull);
    else if (d != 0) memcpy(&bits, &d, sizeof bits);
    return mix(bits ^ seed, 0xd6e8feb86659fd93ull);
}

static double read_float(const char *v, bool wide) {
    double d;
    float f;
    if (wide) return memcpy(&d, v, sizeof d), d;
    memcpy(&f, v, sizeof f);
    return (double)f;
}

static bool hash_iface(G *g, Iface i, uint64_t seed, uint64_t *out) {
    if (!i.type) {
        *out = mix(seed, 0x8bb84b93962eacc9ull);
        return true;
    }
    if (!(i.type->flags & TYPE_COMPARABLE)) {
        if (g) rt_panic(g, ERR_HASH_UNHASHABLE, (int)i.type->string.len, i.type->string.ptr);
        return false;
    }
    return value_hash(g, i.type, iface_value(&i), seed ^ i.type->hash, out);
}

static bool hash_struct(G *g, const TypeDesc *t, const char *v, uint64_t seed, uint64_t *out) {
    *out = seed;
    for (uint32_t i = 0; i < t->nfields; i++) {
        const FieldDesc *f = &t->fields[i];
        if (!is_blank(f) && !value_hash(g, f->type, v + f->offset, *out, out)) return false;
    }
    return true;
}

bool value_hash(G *g, const TypeDesc *t, const void *v, uint64_t seed, uint64_t *out) {
    *out = 0;
    if (t->flags & TYPE_MEMEQ) {
        *out = hash_bytes(v, t->size, seed);
        return true;
    }
    switch ((int)t->kind) {
    case KIND_FLOAT32:
    case KIND_FLOAT64: *out = hash_float(read_float(v, t->size == 8), seed); return true;
    case KIND_COMPLEX64:
    case KIND_COMPLEX128: {
        uint64_t half = t->size / 2;
        *out = hash_float(read_float(v, half == 8), seed);
        *out = hash_float(read_float((const char *)v + half, half == 8), *out);
        return true;
    }
    case KIND_STRING: *out = str_hash(*(const Str *)v, seed); return true;
    case KIND_INTERFACE: return hash_iface(g, *(const Iface *)v, seed, out);
    case KIND_STRUCT: return hash_struct(g, t, v, seed, out);
    case KIND_ARRAY:
        *out = seed;
        for (int64_t i = 0; i < t->len; i++)
            if (!value_hash(g, t->elem, (const char *)v + (uint64_t)i * t->elem->size, *out, out)) return false;
        return true;
    case KIND_FUNC:
    case KIND_MAP:
    case KIND_SLICE:
        if (g) rt_panic(g, ERR_HASH_UNHASHABLE, (int)t->string.len, t->string.ptr);
        return false;
    default: *out = hash_bytes(v, t->size, seed); return true;
    }
}

// --- assertions

typedef struct Answer Answer;
struct Answer { // never changed once published
    const TypeDesc *type, *iface;
    bool yes;
    Answer *next;
};

enum { BUCKETS = 1024 };
static _Atomic(Answer *) buckets[BUCKETS];

static const MethodDesc *first_missing(const TypeDesc *t, const TypeDesc *i) {
    for (uint32_t m = 0; m < i->nmethods; m++)
        if (!type_method_find(t, i->methods[m].sel)) return &i->methods[m];
    return NULL;
}

static bool remember(_Atomic(Answer *) *bucket, const TypeDesc *t, const TypeDesc *i) {
    Answer *a = malloc(sizeof *a);
    if (!a) rt_fatal("out of memory");
    *a = (Answer){.type = t, .iface = i, .yes = first_missing(t, i) == NULL};
    a->next = atomic_load_explicit(bucket, memory_order_relaxed);
    // Release: readers that find the record see its fields. Two threads may
    // enter the same pair; either record serves.
    while (!atomic_compare_exchange_weak_explicit(bucket, &a->next, a, memory_order_release, memory_order_relaxed)) {}
    return a->yes;
}

void iface_forget(void) {
    for (uint32_t i = 0; i < BUCKETS; i++) {
        Answer *a = atomic_exchange(&buckets[i], NULL);
        for (Answer *next; a; a = next) {
            next = a->next;
            free(a);
        }
    }
}

bool iface_implements(const TypeDesc *t, const TypeDesc *i, Str *missing) {
    if (i->nmethods == 0) return true;
    _Atomic(Answer *) *bucket = &buckets[(t->hash * 31u + i->hash) % BUCKETS];
    bool yes;
    const Answer *a = atomic_load_explicit(bucket, memory_order_acquire); // pairs with remember
    while (a && (a->type != t || a->iface != i)) a = a->next;
    yes = a ? a->yes : remember(bucket, t, i);
    if (!yes && missing) *missing = first_missing(t, i)->name;
    return yes;
}

#define STR_ARG(s) (int)(s).len, (s).ptr

static void missing_method_panic(G *g, const TypeDesc *have, const TypeDesc *want) {
    Str missing = {"", 0};
    iface_implements(have, want, &missing);
    rt_panic_assertion(g, "interface conversion: %.*s is not %.*s: missing method %.*s", STR_ARG(have->string), STR_ARG(want->string), STR_ARG(missing));
}

// The package a type belongs to; a struct type without name, by its fields.
static Str package_of(const TypeDesc *t) {
    for (uint32_t i = 0; t->pkg_path.len == 0 && i < t->nfields; i++)
        if (t->fields[i].pkg_path.len) return t->fields[i].pkg_path;
    return t->pkg_path;
}

void iface_assert_panic(G *g, const TypeDesc *static_iface, const TypeDesc *have, const TypeDesc *want) {
    Str from = {"interface", 9};
    bool to_iface = want->kind == KIND_INTERFACE;
    if (have && to_iface) {
        missing_method_panic(g, have, want);
        return;
    }
    if (!to_iface && static_iface) from = static_iface->string;
    if (!have) {
        rt_panic_assertion(g, "interface conversion: %.*s is nil, not %.*s", STR_ARG(from), STR_ARG(want->string));
        return;
    }
    const char *why = "";
    if (str_eq(have->string, want->string))
        why = str_eq(package_of(have), package_of(want)) ? " (types from different scopes)" : " (types from different packages)";
    rt_panic_assertion(g, "interface conversion: %.*s is %.*s, not %.*s%s", STR_ARG(from), STR_ARG(have->string), STR_ARG(want->string), why);
}
