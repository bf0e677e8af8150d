// SPDX-License-Identifier: MIT
// types.c: compile-time types: construction, identity, predicates, layout,
// lookup of fields and methods; scopes and objects.
#include <stdlib.h>
#include <string.h>

#include "compiler/types.h"
#include "compiler/unicode_names.h"
#include "runtime/utf8.h"

Type *type_basic[TYPE_K_UNTYPED_NIL + 1];
Type *type_byte, *type_rune, *type_error, *type_any, *type_invalid, *type_comparable;
Package *type_local_package;
void (*type_expand_hook)(Type *named);
void (*type_complete_hook)(Type *iface);
void (*type_resolve_hook)(Object *method);

Type *type_new(int kind) {
    Type *t = ARENA_NEW(Type);
    t->kind = (uint8_t)kind;
    return t;
}

// --- derived types, one of each

typedef struct DerivedSlot { // the hash stands here as well: growing touches no type
    Type *type;
    uint32_t hash;
} DerivedSlot;

typedef struct DerivedTable {
    DerivedSlot *slots;
    uint32_t mask, count;
} DerivedTable;

static uint32_t derived_hash(int kind, Type *elem, Type *key, int64_t n) {
    uint64_t h = (uint64_t)(uintptr_t)elem * 0x9e3779b97f4a7c15u ^ (uint64_t)(uintptr_t)key * 0xc2b2ae3d27d4eb4fu;
    h ^= ((uint64_t)n + (uint64_t)kind * 0x100000001b3u) * 0xd6e8feb86659fd93u;
    return (uint32_t)(h ^ h >> 29);
}

static int64_t derived_number(const Type *t) { return t->kind == KIND_ARRAY ? t->len : t->chan_dir; }

static void grow_derived(DerivedTable *d) {
    uint32_t mask = d->slots ? d->mask * 2 + 1 : 255;
    DerivedSlot *slots = ARENA_ARRAY(DerivedSlot, mask + 1);
    for (uint32_t i = 0; d->slots && i <= d->mask; i++) {
        if (!d->slots[i].type) continue;
        uint32_t k = d->slots[i].hash & mask;
        while (slots[k].type) k = (k + 1) & mask;
        slots[k] = d->slots[i];
    }
    d->slots = slots;
    d->mask = mask;
}

typedef struct TypeState { // under ROOT_TYPES: what an image must keep of this module
    DerivedTable derived;
} TypeState;

static TypeState *type_state(void) {
    TypeState *s = *arena_root(ROOT_TYPES);
    if (!s) *arena_root(ROOT_TYPES) = s = ARENA_NEW(TypeState);
    return s;
}

static Type *derived(int kind, Type *elem, Type *key, int64_t n) {
    DerivedTable *d = &type_state()->derived;
    if (d->count * 2 >= d->mask) grow_derived(d);
    uint32_t h = derived_hash(kind, elem, key, n), i = h & d->mask;
    for (; d->slots[i].type; i = (i + 1) & d->mask) {
        Type *t = d->slots[i].type;
        if (d->slots[i].hash == h && t->kind == kind && t->elem == elem && t->key == key && derived_number(t) == n) return t;
    }
    Type *t = type_new(kind);
    t->elem = elem;
    t->key = key;
    if (kind == KIND_ARRAY) t->len = n;
    else t->chan_dir = (uint8_t)n;
    d->count++;
    d->slots[i] = (DerivedSlot){t, h};
    return t;
}

void type_collect_begin(void) {
    DerivedTable *d = &type_state()->derived;
    if (d->slots) arena_weak(d->slots, (d->mask + 1) * sizeof *d->slots);
}

void type_sweep(void) {
    DerivedTable *d = &type_state()->derived;
    if (d->slots) d->count -= arena_sweep_slots(d->slots, d->mask);
}

Type *type_pointer_to(Type *t) { return derived(KIND_POINTER, t, NULL, 0); }
Type *type_slice_of(Type *t) { return derived(KIND_SLICE, t, NULL, 0); }
Type *type_array_of(Type *t, int64_t len) { return derived(KIND_ARRAY, t, NULL, len); }
Type *type_chan_of(Type *t, int dir) { return derived(KIND_CHAN, t, NULL, dir); }
Type *type_map_of(Type *k, Type *v) { return derived(KIND_MAP, v, k, 0); }

Type *type_tuple(Type **types, uint32_t n) {
    Type *t = type_new(TYPE_K_TUPLE);
    t->types = arena_dup(types, n * sizeof *types);
    t->ntypes = n;
    return t;
}

// --- underlying and core types

Type *type_under_of_name(Type *t) {
    if (t->kind == TYPE_K_TYPE_PARAM) return type_under(t->constraint);
    if (!t->underlying && t->origin && type_expand_hook) type_expand_hook(t);
    return t->underlying;
}

static void complete(Type *iface) {
    if (!iface->completed && type_complete_hook) type_complete_hook(iface);
}

Type *type_core(Type *t) {
    Type *u = type_under(t);
    if (!u || (t->kind != TYPE_K_TYPE_PARAM && u->kind != KIND_INTERFACE)) return u;
    if (u->kind != KIND_INTERFACE) return u;
    if (t->kind != TYPE_K_TYPE_PARAM) return u;
    complete(u);
    Type *core = NULL;
    for (uint32_t i = 0; i < u->nterms; i++) {
        Type *x = type_under(u->terms[i].type);
        if (!core) core = x;
        else if (core->kind == KIND_CHAN && x->kind == KIND_CHAN && type_identical(core->elem, x->elem) && (core->chan_dir | x->chan_dir) == 3 && (core->chan_dir == 3 || x->chan_dir == 3)) core = core->chan_dir == 3 ? x : core; // the direction that all have
        else if (!type_identical(core, x)) return NULL;
    }
    return core;
}

// --- identity

static bool same_objects(Object **a, Object **b, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (!type_identical(a[i]->type, b[i]->type)) return false;
    return true;
}

static bool same_name(Name *a, struct Package *pa, Name *b, struct Package *pb) { return a == b && (name_exported(a) || pa == pb); }

typedef struct InterfacePair {
    Type *a, *b;
    struct InterfacePair *outer;
    int depth;
} InterfacePair;

static bool same_interface(Type *a, Type *b) {
    complete(a);
    complete(b);
    if (a->nmethods != b->nmethods || a->comparable_constraint != b->comparable_constraint || a->has_typeset != b->has_typeset || a->nterms != b->nterms) return false;
    for (uint32_t i = 0; i < a->nmethods; i++)
        if (!same_name(a->methods[i].name, a->methods[i].pkg, b->methods[i].name, b->methods[i].pkg)) return false;
    static InterfacePair *open; // those being compared
    for (InterfacePair *p = open; p; p = p->outer)
        if ((p->a == a && p->b == b) || (p->a == b && p->b == a)) return true; // recursive through their own methods: equal so far
    InterfacePair pair = {a, b, open, open ? open->depth + 1 : 1};
    if (pair.depth > 50) return true;
    open = &pair;
    bool same = true;
    for (uint32_t i = 0; same && i < a->nmethods; i++) same = type_identical(a->methods[i].fn->type, b->methods[i].fn->type);
    for (uint32_t i = 0; same && i < a->nterms; i++) same = a->terms[i].tilde == b->terms[i].tilde && type_identical(a->terms[i].type, b->terms[i].type);
    open = pair.outer;
    return same;
}

// A struct of C may have another layout than one of the same fields in Go.
static bool same_layout(Type *a, Type *b) {
    if (type_size(a) != type_size(b)) return false;
    for (uint32_t i = 0; i < a->nfields; i++)
        if (type_field_offset(a, i) != type_field_offset(b, i)) return false;
    return true;
}

bool type_identical(Type *a, Type *b) {
    if (a == b) return true;
    if (!a || !b || a->kind != b->kind) return false;
    switch (a->kind) {
    case TYPE_K_NAMED:
        if (!a->origin || a->obj != b->obj || a->ntargs != b->ntargs || !b->origin) return false;
        for (uint32_t i = 0; i < a->ntargs; i++)
            if (!type_identical(a->targs[i], b->targs[i])) return false;
        return true;
    case KIND_POINTER: case KIND_SLICE: return type_identical(a->elem, b->elem);
    case KIND_ARRAY: return a->len == b->len && type_identical(a->elem, b->elem);
    case KIND_MAP: return type_identical(a->key, b->key) && type_identical(a->elem, b->elem);
    case KIND_CHAN: return a->chan_dir == b->chan_dir && type_identical(a->elem, b->elem);
    case KIND_FUNC:
        return a->nparams == b->nparams && a->nresults == b->nresults && a->variadic == b->variadic && a->ntparams == b->ntparams && same_objects(a->params, b->params, a->nparams) && same_objects(a->results, b->results, a->nresults);
    case KIND_STRUCT:
        if (a->nfields != b->nfields || ((a->c_layout || b->c_layout) && !same_layout(a, b))) return false;
        for (uint32_t i = 0; i < a->nfields; i++) {
            const StructField *f = &a->fields[i], *g = &b->fields[i];
            if (!same_name(f->name, f->pkg, g->name, g->pkg) || f->embedded != g->embedded || f->tag.len != g->tag.len || memcmp(f->tag.ptr ? f->tag.ptr : "", g->tag.ptr ? g->tag.ptr : "", (size_t)f->tag.len) != 0 || !type_identical(f->type, g->type)) return false;
        }
        return true;
    case KIND_INTERFACE: return same_interface(a, b);
    case TYPE_K_TUPLE:
        if (a->ntypes != b->ntypes) return false;
        for (uint32_t i = 0; i < a->ntypes; i++)
            if (!type_identical(a->types[i], b->types[i])) return false;
        return true;
    case TYPE_K_UNION:
        if (a->nterms != b->nterms) return false;
        for (uint32_t i = 0; i < a->nterms; i++)
            if (a->terms[i].tilde != b->terms[i].tilde || !type_identical(a->terms[i].type, b->terms[i].type)) return false;
        return true;
    default: return false; // basic types, type parameters: one object each
    }
}

static uint32_t mix(uint32_t h, uint32_t x) { return (h ^ x) * 0x01000193u ^ (h >> 15); }

static uint32_t hash_text(uint32_t h, Str s) {
    for (int64_t i = 0; i < s.len; i++) h = mix(h, (unsigned char)s.ptr[i]);
    return h;
}

uint32_t type_hash(Type *t) {
    uint32_t h = mix(0x811c9dc5u, t->kind);
    switch (t->kind) {
    case TYPE_K_NAMED:
        h = mix(h, t->obj->name->hash);
        if (t->obj->pkg) h = hash_text(h, t->obj->pkg->path);
        for (uint32_t i = 0; i < t->ntargs; i++) h = mix(h, type_hash(t->targs[i]));
        return mix(h, t->obj->pos);
    case KIND_POINTER: case KIND_SLICE: return mix(h, type_hash(t->elem));
    case KIND_ARRAY: return mix(mix(h, type_hash(t->elem)), (uint32_t)t->len);
    case KIND_CHAN: return mix(mix(h, type_hash(t->elem)), t->chan_dir);
    case KIND_MAP: return mix(mix(h, type_hash(t->key)), type_hash(t->elem));
    case KIND_FUNC:
        for (uint32_t i = 0; i < t->nparams; i++) h = mix(h, type_hash(t->params[i]->type));
        for (uint32_t i = 0; i < t->nresults; i++) h = mix(h, type_hash(t->results[i]->type) + 7);
        return h;
    case KIND_STRUCT:
        for (uint32_t i = 0; i < t->nfields; i++) h = mix(mix(h, t->fields[i].name->hash), type_hash(t->fields[i].type));
        return h;
    case KIND_INTERFACE:
        complete(t);
        for (uint32_t i = 0; i < t->nmethods; i++) h = mix(h, t->methods[i].name->hash);
        return h;
    default: return h;
    }
}

// --- predicates

bool type_is_named(Type *t) { return t->kind == TYPE_K_NAMED || t->kind == TYPE_K_TYPE_PARAM || (t->kind < KIND_ARRAY && t->kind != KIND_INVALID) || t->kind == KIND_STRING || t->kind == KIND_UNSAFE_POINTER; }
bool type_is_interface(Type *t) {
    Type *u = type_under(t);
    return t->kind != TYPE_K_TYPE_PARAM && u && u->kind == KIND_INTERFACE;
}

// A predicate holds for a type parameter when it holds for its whole type set.
static bool all_types(Type *t, bool (*holds)(Type *)) {
    Type *u = type_under(t);
    complete(u);
    if (!u->has_typeset || !u->nterms) return false;
    for (uint32_t i = 0; i < u->nterms; i++)
        if (!holds(u->terms[i].type)) return false;
    return true;
}

bool type_each(Type *t, bool (*holds)(Type *, void *), void *ctx) {
    Type *u = type_under(t);
    complete(u);
    if (!u->has_typeset || !u->nterms) return false;
    for (uint32_t i = 0; i < u->nterms; i++)
        if (!holds(u->terms[i].type, ctx)) return false;
    return true;
}

#define PREDICATE(name, test)                                         \
    bool name(Type *t) {                                              \
        if (t->kind == TYPE_K_TYPE_PARAM) return all_types(t, name);  \
        Type *u = type_under(t);                                      \
        int k = u ? u->kind : KIND_INVALID;                           \
        return test;                                                  \
    }
PREDICATE(type_is_boolean, k == KIND_BOOL || k == TYPE_K_UNTYPED_BOOL)
PREDICATE(type_is_integer, (k >= KIND_INT && k <= KIND_UINTPTR) || k == TYPE_K_UNTYPED_INT || k == TYPE_K_UNTYPED_RUNE)
PREDICATE(type_is_unsigned, k >= KIND_UINT && k <= KIND_UINTPTR)
PREDICATE(type_is_float, k == KIND_FLOAT32 || k == KIND_FLOAT64 || k == TYPE_K_UNTYPED_FLOAT)
PREDICATE(type_is_complex, k == KIND_COMPLEX64 || k == KIND_COMPLEX128 || k == TYPE_K_UNTYPED_COMPLEX)
PREDICATE(type_is_numeric, (k >= KIND_INT && k <= KIND_COMPLEX128) || (k >= TYPE_K_UNTYPED_INT && k <= TYPE_K_UNTYPED_COMPLEX))
PREDICATE(type_is_string, k == KIND_STRING || k == TYPE_K_UNTYPED_STRING)
PREDICATE(type_is_ordered, (k >= KIND_INT && k <= KIND_FLOAT64) || k == KIND_STRING || (k >= TYPE_K_UNTYPED_INT && k <= TYPE_K_UNTYPED_FLOAT) || k == TYPE_K_UNTYPED_STRING)
PREDICATE(type_is_const_type, (k >= KIND_BOOL && k <= KIND_COMPLEX128) || k == KIND_STRING || (k >= TYPE_K_UNTYPED_BOOL && k <= TYPE_K_UNTYPED_STRING))

static bool comparable(Type *t, int depth);

bool type_comparable_(Type *t) { return comparable(t, 0); }

// depth: an invalid recursive type must not be followed forever.
static bool comparable(Type *t, int depth) {
    if (depth > 100) return true;
    if (t->kind == TYPE_K_TYPE_PARAM) {
        Type *u = type_under(t);
        if (t->constraint == type_comparable) return true;
        complete(u);
        if (!u->has_typeset) return u->comparable_constraint;
        for (uint32_t i = 0; i < u->nterms; i++)
            if (!comparable(u->terms[i].type, depth + 1)) return false;
        return u->nterms > 0;
    }
    Type *u = type_under(t);
    if (!u) return true;
    switch (u->kind) {
    case KIND_SLICE: case KIND_MAP: case KIND_FUNC: return false;
    case KIND_ARRAY: return comparable(u->elem, depth + 1);
    case KIND_STRUCT:
        for (uint32_t i = 0; i < u->nfields; i++)
            if (!comparable(u->fields[i].type, depth + 1)) return false;
        return true;
    default: return true;
    }
}

static bool strictly_comparable(Type *t, int depth) {
    if (t->kind == TYPE_K_TYPE_PARAM || depth > 100) return type_comparable_(t);
    Type *u = type_under(t);
    if (!u) return true;
    if (u->kind == KIND_INTERFACE) return false;
    if (u->kind == KIND_ARRAY) return strictly_comparable(u->elem, depth + 1);
    if (u->kind == KIND_STRUCT)
        for (uint32_t i = 0; i < u->nfields; i++)
            if (!strictly_comparable(u->fields[i].type, depth + 1)) return false;
    return type_comparable_(t);
}

bool type_strictly_comparable(Type *t) { return strictly_comparable(t, 0); }

Type *type_default(Type *t) {
    switch (t->kind) {
    case TYPE_K_UNTYPED_BOOL: return TY(KIND_BOOL);
    case TYPE_K_UNTYPED_INT: return TY(KIND_INT);
    case TYPE_K_UNTYPED_RUNE: return type_rune;
    case TYPE_K_UNTYPED_FLOAT: return TY(KIND_FLOAT64);
    case TYPE_K_UNTYPED_COMPLEX: return TY(KIND_COMPLEX128);
    case TYPE_K_UNTYPED_STRING: return TY(KIND_STRING);
    default: return t;
    }
}

Type *type_deref(Type *t, bool *was_pointer) {
    Type *u = type_under(t);
    bool ptr = u && u->kind == KIND_POINTER;
    if (was_pointer) *was_pointer = ptr;
    return ptr ? u->elem : t;
}

// --- text

typedef struct Text { char *at; size_t len, cap; bool desc; } Text;

static void put_n(Text *t, const char *s, size_t n) {
    if (t->len + n + 1 > t->cap) {
        size_t cap = (t->len + n + 1) * 2;
        char *p = arena_alloc(cap);
        if (t->len) memcpy(p, t->at, t->len);
        t->at = p;
        t->cap = cap;
    }
    memcpy(t->at + t->len, s, n);
    t->len += n;
    t->at[t->len] = 0;
}
static void put(Text *t, const char *s) { put_n(t, s, strlen(s)); }
static void put_type(Text *t, Type *x, int depth);

static void put_params(Text *t, Object **at, uint32_t n, bool variadic, int depth, bool names) {
    put(t, "(");
    for (uint32_t i = 0; i < n; i++) {
        if (i) put(t, ", ");
        if (names && at[i]->name && !t->desc) {
            put(t, at[i]->name->text);
            put(t, " ");
        }
        bool last = variadic && i + 1 == n && type_under(at[i]->type)->kind == KIND_SLICE;
        if (last) put(t, "...");
        put_type(t, last ? type_under(at[i]->type)->elem : at[i]->type, depth);
    }
    put(t, ")");
}

static void put_signature(Text *t, Type *f, int depth) {
    put_params(t, f->params, f->nparams, f->variadic, depth, true);
    if (!f->nresults) return;
    put(t, " ");
    if (f->nresults == 1 && (t->desc || !f->results[0]->name)) put_type(t, f->results[0]->type, depth);
    else put_params(t, f->results, f->nresults, false, depth, true);
}

static void put_struct(Text *t, Type *x, int depth) {
    put(t, !t->desc ? "struct{" : x->nfields ? "struct { " : "struct {");
    for (uint32_t i = 0; i < x->nfields; i++) {
        StructField *f = &x->fields[i];
        if (i) put(t, "; ");
        if (!f->embedded) {
            put(t, f->name->text);
            put(t, " ");
        }
        put_type(t, f->type, depth);
        if (f->tag.len) {
            put(t, " \"");
            for (int64_t k = 0; k < f->tag.len; k++) {
                if (f->tag.ptr[k] == '"' || f->tag.ptr[k] == '\\') put(t, "\\");
                put_n(t, f->tag.ptr + k, 1);
            }
            put(t, "\"");
        }
    }
    put(t, t->desc && x->nfields ? " }" : "}");
}

static void put_terms(Text *t, Term *terms, uint32_t n, int depth) {
    for (uint32_t i = 0; i < n; i++) {
        if (i) put(t, " | ");
        if (terms[i].tilde) put(t, "~");
        put_type(t, terms[i].type, depth);
    }
}

static void put_interface(Text *t, Type *x, int depth) {
    complete(x);
    if (!x->nmethods && !x->has_typeset && !x->comparable_constraint) {
        put(t, t->desc ? "interface {}" : x == type_any ? "any" : "interface{}");
        return;
    }
    put(t, t->desc ? "interface { " : "interface{");
    for (uint32_t i = 0; i < x->nmethods; i++) {
        if (i) put(t, "; ");
        if (t->desc && !name_exported(x->methods[i].name) && x->methods[i].pkg) {
            put(t, x->methods[i].pkg->name->text);
            put(t, ".");
        }
        put(t, x->methods[i].name->text);
        put_signature(t, x->methods[i].fn->type, depth);
    }
    if (x->comparable_constraint) put(t, x->nmethods ? "; comparable" : "comparable");
    if (x->has_typeset) {
        if (x->nmethods || x->comparable_constraint) put(t, "; ");
        put_terms(t, x->terms, x->nterms, depth);
    }
    put(t, t->desc ? " }" : "}");
}

static void put_named(Text *t, Type *x, int depth) {
    Object *o = x->obj;
    if (o->pkg && o->pkg->c_owner && t->desc) { // as cgo names it
        put(t, o->pkg->c_owner->name->text);
        put(t, "._Ctype_");
    } else if (o->pkg && (t->desc || o->pkg != type_local_package)) {
        put(t, o->pkg->name->text);
        put(t, ".");
    }
    put(t, o->name->text);
    if (!x->ntargs) return;
    put(t, "[");
    for (uint32_t i = 0; i < x->ntargs; i++) {
        if (i) put(t, ",");
        put_type(t, x->targs[i], depth);
    }
    put(t, "]");
}

static void put_type(Text *t, Type *x, int depth) {
    static const char *const basic[] = {"invalid type", "bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "float32", "float64", "complex64", "complex128"};
    static const char *const untyped[] = {"untyped bool", "untyped int", "untyped rune", "untyped float", "untyped complex", "untyped string", "untyped nil"};
    if (!x) {
        put(t, "invalid type");
        return;
    }
    if (depth > 40) {
        put(t, "...");
        return;
    }
    depth++;
    if (x->kind <= KIND_COMPLEX128) {
        if (x == type_byte && !t->desc) put(t, "byte");
        else if (x == type_rune && !t->desc) put(t, "rune");
        else put(t, basic[x->kind]);
        return;
    }
    if (x->kind >= TYPE_K_UNTYPED_BOOL && x->kind <= TYPE_K_UNTYPED_NIL) {
        put(t, untyped[x->kind - TYPE_K_UNTYPED_BOOL]);
        return;
    }
    switch (x->kind) {
    case KIND_STRING: put(t, "string"); break;
    case KIND_UNSAFE_POINTER: put(t, "unsafe.Pointer"); break;
    case KIND_POINTER: put(t, "*"), put_type(t, x->elem, depth); break;
    case KIND_SLICE: put(t, "[]"), put_type(t, x->elem, depth); break;
    case KIND_ARRAY: {
        char n[32];
        put_n(t, n, (size_t)snprintf(n, sizeof n, "[%lld]", (long long)x->len));
        put_type(t, x->elem, depth);
        break;
    }
    case KIND_MAP:
        put(t, "map[");
        put_type(t, x->key, depth);
        put(t, "]");
        put_type(t, x->elem, depth);
        break;
    case KIND_CHAN: {
        bool parens = x->chan_dir != 2 && x->elem->kind == KIND_CHAN && x->elem->chan_dir == 1 && x->chan_dir == 3;
        put(t, x->chan_dir == 1 ? "<-chan " : x->chan_dir == 2 ? "chan<- " : "chan ");
        if (parens) put(t, "(");
        put_type(t, x->elem, depth);
        if (parens) put(t, ")");
        break;
    }
    case KIND_FUNC: put(t, "func"), put_signature(t, x, depth); break;
    case KIND_STRUCT: put_struct(t, x, depth); break;
    case KIND_INTERFACE: put_interface(t, x, depth); break;
    case TYPE_K_NAMED: put_named(t, x, depth); break;
    case TYPE_K_TYPE_PARAM: put(t, x->obj->name->text); break;
    case TYPE_K_UNION: put_terms(t, x->terms, x->nterms, depth); break;
    case TYPE_K_TUPLE:
        put(t, "(");
        for (uint32_t i = 0; i < x->ntypes; i++) {
            if (i) put(t, ", ");
            put_type(t, x->types[i], depth);
        }
        put(t, ")");
        break;
    default: put(t, "invalid type"); break;
    }
}

const char *type_string(Type *t) {
    Text b = {0};
    put_type(&b, t, 0);
    return b.at;
}

const char *type_desc_string(Type *t) {
    Text b = {.desc = true};
    put_type(&b, t, 0);
    return b.at;
}

// --- layout

static int64_t round_up(int64_t n, uint32_t align) { return (n + align - 1) / align * align; }

static void lay_out(Type *t) {
    static const uint8_t sizes[] = {[KIND_BOOL] = 1, [KIND_INT] = 8, [KIND_INT8] = 1, [KIND_INT16] = 2, [KIND_INT32] = 4, [KIND_INT64] = 8, [KIND_UINT] = 8, [KIND_UINT8] = 1, [KIND_UINT16] = 2, [KIND_UINT32] = 4, [KIND_UINT64] = 8, [KIND_UINTPTR] = 8, [KIND_FLOAT32] = 4, [KIND_FLOAT64] = 8, [KIND_COMPLEX64] = 8, [KIND_COMPLEX128] = 16, [KIND_CHAN] = 8, [KIND_FUNC] = 8, [KIND_INTERFACE] = 16, [KIND_MAP] = 8, [KIND_POINTER] = 8, [KIND_SLICE] = 24, [KIND_STRING] = 16, [KIND_UNSAFE_POINTER] = 8};
    Type *u = type_under(t);
    if (!u || u->kind >= KIND_COUNT) {
        t->size = 8;
        t->align = 8;
        return;
    }
    if (u != t) {
        t->size = type_size(u);
        t->align = type_align(u);
        return;
    }
    if (u->kind == KIND_ARRAY) {
        int64_t e = type_size(u->elem);
        if (__builtin_mul_overflow(e, u->len, &t->size) || t->size > MAX_TYPE_SIZE) t->size = MAX_TYPE_SIZE;
        t->align = type_align(u->elem);
        return;
    }
    if (u->kind == KIND_STRUCT) {
        int64_t off = 0, *offsets = ARENA_ARRAY(int64_t, u->nfields);
        uint32_t align = 1;
        for (uint32_t i = 0; i < u->nfields; i++) {
            uint32_t a = type_align(u->fields[i].type);
            if (a > align) align = a;
            off = offsets[i] = round_up(off, a);
            int64_t size = type_size(u->fields[i].type);
            off = off + size > MAX_TYPE_SIZE ? MAX_TYPE_SIZE : off + size;
            if (i + 1 == u->nfields && size == 0 && off > 0) off++; // an address behind the struct must stay inside
        }
        t->size = round_up(off, align);
        t->align = align;
        t->offsets = offsets;
        return;
    }
    t->size = sizes[u->kind];
    t->align = u->kind == KIND_COMPLEX64 ? 4 : t->size > 8 ? 8 : (uint32_t)t->size;
}

// A type that contains itself is reported by the checker, maybe only after
// somebody asked for its size.
static void lay_out_once(Type *t) {
    if (t->align || t->laying_out) return;
    t->laying_out = true;
    lay_out(t);
    t->laying_out = false;
}

int64_t type_size(Type *t) {
    lay_out_once(t);
    return t->size;
}

uint32_t type_align(Type *t) {
    lay_out_once(t);
    return t->align ? t->align : 1;
}

int64_t type_field_offset(Type *structure, uint32_t n) {
    Type *u = type_under(structure);
    lay_out_once(u);
    return u->offsets ? u->offsets[n] : 0;
}

// --- lookup

bool name_exported(const Name *n) {
    unsigned char c = (unsigned char)n->text[0];
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    int32_t r;
    utf8_decode(n->text, n->len, &r);
    return unicode_upper_case(r);
}

typedef struct Level { // an embedded type found at the current depth
    Type *type;        // without pointer
    uint32_t *path;
    uint32_t npath;
    bool indirect, multiples;
} Level;

typedef VEC(Level) LevelList;

static Method *declared_method(Type *named, Name *name, struct Package *pkg) {
    for (uint32_t i = 0; i < named->nmethods; i++)
        if (same_name(named->methods[i].name, named->methods[i].pkg, name, pkg)) return &named->methods[i];
    return NULL;
}

static Type *method_type(Object *fn) {
    if (!fn->type && type_resolve_hook) type_resolve_hook(fn);
    return fn->type;
}

static uint32_t *extended(const Level *l, uint32_t i) {
    uint32_t *p = ARENA_ARRAY(uint32_t, l->npath + 1);
    if (l->npath) memcpy(p, l->path, l->npath * sizeof *p);
    p[l->npath] = i;
    return p;
}

// Looks for name directly in l's type. 1: found, filled in out.
static int find_at(const Level *l, Name *name, struct Package *pkg, Selection *out) {
    int found = 0;
    Type *t = l->type;
    if (t->kind == TYPE_K_NAMED) {
        type_under(t);
        Method *m = declared_method(t, name, pkg);
        if (m) {
            *out = (Selection){.kind = SEL_METHOD, .path = l->path, .npath = l->npath, .method = m->fn, .indirect = l->indirect, .name = name, .type = m->fn->type};
            return 1; // a field of that name beside it was reported
        }
    }
    Type *u = type_under(t);
    if (!u) return found;
    if (u->kind == KIND_STRUCT) {
        for (uint32_t i = 0; i < u->nfields; i++)
            if (same_name(u->fields[i].name, u->fields[i].pkg, name, pkg)) {
                *out = (Selection){.kind = SEL_FIELD, .path = extended(l, i), .npath = l->npath + 1, .indirect = l->indirect, .name = name, .type = u->fields[i].type};
                found++;
                break;
            }
    } else if (u->kind == KIND_INTERFACE) {
        complete(u);
        for (uint32_t i = 0; i < u->nmethods; i++)
            if (same_name(u->methods[i].name, u->methods[i].pkg, name, pkg)) {
                *out = (Selection){.kind = SEL_INTERFACE_METHOD, .path = l->path, .npath = l->npath, .method = u->methods[i].fn, .iface = t, .indirect = l->indirect, .name = name, .type = u->methods[i].fn->type};
                found++;
                break;
            }
    }
    return found;
}

static bool seen_before(Type **seen, uint32_t n, Type *t) {
    for (uint32_t i = 0; i < n; i++)
        if (seen[i] == t || (t->kind == TYPE_K_NAMED && type_identical(seen[i], t))) return true;
    return false;
}

// The embedded types of all of cur, those of one type merged.
static void next_level(const LevelList *cur, LevelList *next) {
    for (uint32_t i = 0; i < cur->len; i++) {
        Level *l = &cur->at[i];
        Type *u = type_under(l->type);
        if (!u || u->kind != KIND_STRUCT) continue;
        for (uint32_t k = 0; k < u->nfields; k++) {
            if (!u->fields[k].embedded) continue;
            bool ptr;
            Type *ft = u->fields[k].type, *t = ft;
            ptr = ft->kind == KIND_POINTER;
            if (ptr) t = ft->elem;
            if (t->kind != TYPE_K_NAMED && t->kind != KIND_STRUCT && t->kind != KIND_INTERFACE) continue;
            bool merged = false;
            for (uint32_t q = 0; q < next->len && !merged; q++)
                if (next->at[q].type == t || type_identical(next->at[q].type, t)) next->at[q].multiples = merged = true;
            if (merged) continue;
            Level n = {t, extended(l, k), l->npath + 1, l->indirect || ptr, l->multiples};
            VEC_PUSH(next, n);
        }
    }
}

static bool embeds_something(Type *u) {
    for (uint32_t i = 0; u && u->kind == KIND_STRUCT && i < u->nfields; i++)
        if (u->fields[i].embedded) return true;
    return false;
}

bool type_lookup(Type *t, Name *name, Package *pkg, Selection *out, bool *ambiguous) {
    bool ptr;
    Type *base = t;
    *ambiguous = false;
    memset(out, 0, sizeof *out);
    // a named pointer type has fields but no methods of its own
    Type *u = type_under(t);
    ptr = u && u->kind == KIND_POINTER;
    if (ptr) base = u->elem;
    if (ptr && type_under(base) && type_under(base)->kind == KIND_INTERFACE) return false;
    Level first = {base, NULL, 0, ptr, false};
    if (find_at(&first, name, pkg, out)) { // nearly always: of the type itself
        out->recv = t;
        if (out->method) out->type = method_type(out->method);
        return true;
    }
    if (!embeds_something(type_under(base))) return false;
    LevelList cur = {0};
    VEC_PUSH(&cur, first);
    VEC(Type *) seen = {0};
    while (cur.len) {
        LevelList fresh = {0};
        uint32_t hits = 0;
        bool multiple = false;
        for (uint32_t i = 0; i < cur.len; i++) {
            Level *l = &cur.at[i];
            if (l->type->kind == TYPE_K_NAMED) {
                if (seen_before(seen.at, seen.len, l->type)) continue;
                VEC_PUSH(&seen, l->type);
            }
            VEC_PUSH(&fresh, *l);
            Selection s = {0};
            int n = find_at(l, name, pkg, &s);
            if (n) {
                if (!hits) *out = s;
                hits += (uint32_t)n;
                multiple |= l->multiples;
            }
        }
        if (hits == 1 && !multiple) {
            out->recv = t;
            if (out->method) out->type = method_type(out->method);
            return true;
        }
        if (hits) {
            *ambiguous = true;
            return false;
        }
        LevelList next = {0};
        next_level(&fresh, &next);
        cur = next;
    }
    return false;
}

// --- method sets

typedef struct Candidate { Name *name; struct Package *pkg; } Candidate;
typedef VEC(Candidate) CandidateList;

static void add_candidate(CandidateList *list, Name *name, struct Package *pkg) {
    if (name->len == 1 && name->text[0] == '_') return;
    for (uint32_t i = 0; i < list->len; i++)
        if (same_name(list->at[i].name, list->at[i].pkg, name, pkg)) return;
    Candidate c = {name, pkg};
    VEC_PUSH(list, c);
}

static void gather(Type *t, CandidateList *out, int depth) {
    if (depth > 32) return;
    if (t->kind == KIND_POINTER) t = t->elem;
    Type *u = type_under(t);
    if (t->kind == TYPE_K_NAMED)
        for (uint32_t i = 0; i < t->nmethods; i++) add_candidate(out, t->methods[i].name, t->methods[i].pkg);
    if (!u) return;
    if (u->kind == KIND_INTERFACE) {
        complete(u);
        for (uint32_t i = 0; i < u->nmethods; i++) add_candidate(out, u->methods[i].name, u->methods[i].pkg);
    } else if (u->kind == KIND_STRUCT) {
        for (uint32_t i = 0; i < u->nfields; i++)
            if (u->fields[i].embedded) gather(u->fields[i].type, out, depth + 1);
    }
}

bool selection_ends_in_pointer(const Selection *s) {
    Type *t = s->recv;
    for (uint32_t i = 0; i < s->npath; i++) {
        Type *u = type_under(t);
        if (u->kind == KIND_POINTER) u = type_under(u->elem);
        t = u->fields[s->path[i]].type;
    }
    return type_under(t)->kind == KIND_POINTER;
}

static int by_name(const void *a, const void *b) {
    const MethodSetEntry *x = a, *y = b;
    int c = strcmp(x->name->text, y->name->text);
    if (c || x->pkg == y->pkg) return c;
    int64_t n = x->pkg && y->pkg ? (x->pkg->path.len < y->pkg->path.len ? x->pkg->path.len : y->pkg->path.len) : 0;
    c = n ? memcmp(x->pkg->path.ptr, y->pkg->path.ptr, (size_t)n) : 0;
    return c ? c : x->pkg < y->pkg ? -1 : 1;
}

uint32_t type_method_set(Type *t, MethodSetEntry **out) {
    *out = NULL;
    Type *u = type_under(t);
    if (!u) return 0;
    bool ptr = u->kind == KIND_POINTER;
    if (ptr && t->kind == TYPE_K_NAMED) return 0;
    if (ptr && type_under(u->elem) && (type_under(u->elem)->kind == KIND_INTERFACE || type_under(u->elem)->kind == KIND_POINTER)) return 0;
    CandidateList names = {0};
    gather(t, &names, 0);
    VEC(MethodSetEntry) set = {0};
    for (uint32_t i = 0; i < names.len; i++) {
        MethodSetEntry e = {.name = names.at[i].name, .pkg = names.at[i].pkg};
        bool ambiguous;
        if (!type_lookup(t, e.name, e.pkg, &e.sel, &ambiguous) || e.sel.kind == SEL_FIELD) continue;
        if (e.sel.kind == SEL_METHOD && e.sel.method->func.ptr_recv) {
            bool reachable = ptr || e.sel.indirect || selection_ends_in_pointer(&e.sel);
            e.needs_pointer = !reachable;
            if (!reachable) continue;
        }
        VEC_PUSH(&set, e);
    }
    if (set.len) qsort(set.at, set.len, sizeof *set.at, by_name);
    *out = set.at;
    return set.len;
}

bool type_implements(Type *t, Type *iface, Method **missing, Object **have, bool *ptr_recv) {
    Type *iu = type_under(iface);
    *missing = NULL;
    *have = NULL;
    *ptr_recv = false;
    if (!iu || iu->kind != KIND_INTERFACE) return false;
    complete(iu);
    if (iu->comparable_constraint && !type_comparable_(t)) return false;
    if (iu->has_typeset) {
        bool in = t->kind == TYPE_K_TYPE_PARAM;
        for (uint32_t i = 0; i < iu->nterms && !in; i++) in = iu->terms[i].tilde ? type_identical(type_under(t), type_under(iu->terms[i].type)) : type_identical(t, iu->terms[i].type);
        if (!in) return false;
    }
    bool is_ptr = type_under(t) && type_under(t)->kind == KIND_POINTER;
    for (uint32_t i = 0; i < iu->nmethods; i++) {
        Method *m = &iu->methods[i];
        Selection s = {0};
        bool ambiguous;
        if ((is_ptr && t->kind == TYPE_K_NAMED) || !type_lookup(t, m->name, m->pkg, &s, &ambiguous) || s.kind == SEL_FIELD) {
            *missing = m;
            return false;
        }
        Type *mt = s.method ? method_type(s.method) : s.type;
        if (mt && m->fn->type && !type_identical(mt, m->fn->type)) {
            *missing = m;
            *have = s.method;
            return false;
        }
        if (s.kind == SEL_METHOD && s.method->func.ptr_recv && !is_ptr && !s.indirect && !selection_ends_in_pointer(&s)) {
            *missing = m;
            *ptr_recv = true;
            return false;
        }
    }
    return true;
}

// --- scopes and objects

struct ScopeEntry { Name *name; Object *obj; };
enum { LINEAR_SCOPE = 8 };

Scope *scope_new(Scope *parent) {
    Scope *s = ARENA_NEW(Scope);
    s->parent = parent;
    return s;
}

// Small scopes are lists; larger ones open-addressed tables of cap slots.
static inline __attribute__((always_inline)) struct ScopeEntry *scope_find(Scope *s, Name *name) {
    if (s->cap <= LINEAR_SCOPE) {
        for (uint32_t i = 0; i < s->len; i++)
            if (s->table[i].name == name) return &s->table[i];
        return NULL;
    }
    for (uint32_t i = name->hash & (s->cap - 1);; i = (i + 1) & (s->cap - 1)) {
        if (!s->table[i].name) return NULL;
        if (s->table[i].name == name) return &s->table[i];
    }
}

Object *scope_lookup_here(Scope *s, Name *name) {
    struct ScopeEntry *e = s->len ? scope_find(s, name) : NULL;
    return e ? e->obj : NULL;
}

Object *scope_lookup(Scope *s, Name *name, Scope **where) {
    for (; s; s = s->parent) {
        struct ScopeEntry *e = s->len ? scope_find(s, name) : NULL;
        if (e) {
            *where = s;
            return e->obj;
        }
    }
    *where = NULL;
    return NULL;
}

static void put_entry(struct ScopeEntry *table, uint32_t cap, Name *name, Object *obj) {
    uint32_t i = name->hash & (cap - 1);
    while (table[i].name) i = (i + 1) & (cap - 1);
    table[i] = (struct ScopeEntry){name, obj};
}

static void scope_grow_to(Scope *s, uint32_t cap) {
    struct ScopeEntry *table = ARENA_ARRAY(struct ScopeEntry, cap);
    if (cap <= LINEAR_SCOPE) {
        if (s->len) memcpy(table, s->table, s->len * sizeof *table);
    } else {
        for (uint32_t i = 0; i < s->cap; i++)
            if (s->table[i].name) put_entry(table, cap, s->table[i].name, s->table[i].obj);
    }
    s->table = table;
    s->cap = cap;
}

static void scope_grow(Scope *s) { scope_grow_to(s, s->cap ? s->cap * 2 : 4); }

void scope_reserve(Scope *s, uint32_t n) {
    uint32_t cap = LINEAR_SCOPE;
    while (cap < n * 2) cap *= 2;
    if (cap > s->cap) scope_grow_to(s, cap);
}

Object *scope_insert(Scope *s, Object *obj) {
    Object *old = scope_lookup_here(s, obj->name);
    if (old) return old;
    if (s->cap <= LINEAR_SCOPE ? s->len == s->cap : s->len * 2 >= s->cap) scope_grow(s);
    if (s->cap <= LINEAR_SCOPE) s->table[s->len] = (struct ScopeEntry){obj->name, obj};
    else put_entry(s->table, s->cap, obj->name, obj);
    s->len++;
    obj->parent = s;
    return NULL;
}

uint32_t scope_size(Scope *s) { return s->cap <= LINEAR_SCOPE ? s->len : s->cap; }
Object *scope_at(Scope *s, uint32_t i) { return s->table[i].obj; }

void scope_replace(Scope *s, Object *obj) {
    struct ScopeEntry *e = s->len ? scope_find(s, obj->name) : NULL;
    if (!e) scope_insert(s, obj);
    else e->obj = obj;
}

void func_prefetch(const FuncInfo *f) {
    arena_prefetch(f->declared);
    arena_prefetch(f->tree);
    arena_prefetch(f->checked);
}

Object *object_new(ObjKind kind, Pos pos, Package *pkg, Name *name, Type *type) {
    Object *o = ARENA_NEW(Object);
    o->kind = (uint8_t)kind;
    o->pos = pos;
    o->pkg = pkg;
    o->name = name;
    o->type = type;
    return o;
}
