// SPDX-License-Identifier: MIT
// lower.c: descriptors for the run time.
//
// A descriptor has two halves. Its shape (size, flags, pointer map) depends
// only on types contained by value and is filled when it is made; everything
// else may be recursive and is filled by lower_flush from a work list.
// Invariant: `table` holds one descriptor for each identity class of types.
#include "compiler/lower.h"

#include <string.h>

#include "compiler/gen_impl.h"

typedef struct LowerEntry {
    Type *type;
    TypeDesc *desc;
} LowerEntry;

typedef struct LowerSlot { // the hash stands here as well: growing touches no entry
    LowerEntry *entry;
    uint32_t hash;
} LowerSlot;

typedef struct SelEntry {
    Name *name;
    Package *pkg;
    const TypeDesc *sig;
    uint32_t sel;
    struct SelEntry *next;
} SelEntry;

enum { SEL_BUCKETS = 1024 };

typedef struct LowerState {
    LowerSlot *slots; // open-addressed
    uint32_t mask, count;
    VEC(LowerEntry *) pending;
    VEC(const TypeDesc *) all;
    SelEntry *sels[SEL_BUCKETS];
    uint32_t nsels;
} LowerState;

static LowerState *state(void) {
    void **root = arena_root(ROOT_LOWER);
    if (!*root) {
        LowerState *s = ARENA_NEW(LowerState);
        s->mask = 1023;
        s->slots = ARENA_ARRAY(LowerSlot, s->mask + 1);
        *root = s;
    }
    return *root;
}

uint32_t lower_selector(Name *name, Package *pkg, Type *sig) {
    LowerState *s = state();
    const TypeDesc *d = lower_type(sig);
    if (name_exported(name)) pkg = NULL;
    SelEntry **b = &s->sels[name->hash % SEL_BUCKETS];
    for (SelEntry *e = *b; e; e = e->next)
        if (e->name == name && e->pkg == pkg && e->sig == d) return e->sel;
    SelEntry *e = ARENA_NEW(SelEntry);
    // An odd factor makes the numbering a bijection that spreads over tables.
    *e = (SelEntry){name, pkg, d, ++s->nsels * 0x9E3779B1u, *b};
    *b = e;
    return e->sel;
}

bool lower_word_is_ptr(const TypeDesc *d, uint64_t i) { return type_word_is_ptr(d, i); }

static void struct_fields(TypeDesc *d, Type *u) {
    FieldDesc *fields = ARENA_ARRAY(FieldDesc, u->nfields);
    for (uint32_t i = 0; i < u->nfields; i++) {
        StructField *f = &u->fields[i];
        fields[i] = (FieldDesc){.name = {f->name->text, f->name->len}, .tag = f->tag, .type = lower_type(f->type), .offset = (uint64_t)type_field_offset(u, i), .embedded = f->embedded};
        if (!name_exported(f->name) && f->pkg) fields[i].pkg_path = f->pkg->path;
    }
    d->fields = fields;
    d->nfields = u->nfields;
}

static void shape(TypeDesc *d, Type *t) {
    Type *u = type_under(t);
    d->kind = u->kind;
    d->size = (uint64_t)type_size(t);
    d->align = (uint8_t)type_align(t);
    d->hash = type_hash(t);
    if (u->kind == KIND_ARRAY) {
        d->elem = lower_type(u->elem);
        d->len = u->len;
    } else if (u->kind == KIND_STRUCT) {
        struct_fields(d, u);
    }
    uint64_t map_bytes = type_shape(d);
    if (!map_bytes) return;
    uint8_t *map = arena_alloc(map_bytes);
    type_pointer_map(d, map);
    d->ptr_map = map;
}

static void name_it(TypeDesc *d, Type *t) {
    const char *s = type_desc_string(t);
    d->string = (Str){s, (int64_t)strlen(s)};
    if (t->kind != TYPE_K_NAMED) {
        if (t->kind < KIND_COUNT && TY(t->kind) && type_identical(t, TY(t->kind))) {
            d->flags |= TYPE_PREDECLARED | TYPE_NAMED;
            d->name = d->string;
            if (t->kind == KIND_UNSAFE_POINTER) {
                d->name = arena_str("Pointer", 7);
                d->pkg_path = arena_str("unsafe", 6);
            }
        }
        return;
    }
    d->flags |= TYPE_NAMED;
    const char *dot = s; // behind the package qualifier
    for (const char *p = s; *p && *p != '['; p++)
        if (*p == '.') dot = p + 1;
    d->name = (Str){dot, (int64_t)strlen(dot)};
    if (t->obj && t->obj->pkg) d->pkg_path = t->obj->pkg->path;
    else d->flags |= TYPE_PREDECLARED; // error
}

static void grow_table(LowerState *s) {
    uint32_t mask = s->mask * 4 + 3;
    LowerSlot *slots = ARENA_ARRAY(LowerSlot, mask + 1);
    for (uint32_t i = 0; i <= s->mask; i++) {
        if (!s->slots[i].entry) continue;
        uint32_t k = s->slots[i].hash & mask;
        while (slots[k].entry) k = (k + 1) & mask;
        slots[k] = s->slots[i];
    }
    s->slots = slots;
    s->mask = mask;
}

const TypeDesc *lower_new_type(Type *t) {
    LowerState *s = state();
    if (s->count * 2 >= s->mask) grow_table(s);
    uint32_t h = type_hash(t), i = h & s->mask;
    for (; s->slots[i].entry; i = (i + 1) & s->mask)
        if (s->slots[i].hash == h && type_identical(s->slots[i].entry->type, t)) return t->desc = s->slots[i].entry->desc;
    TypeDesc *d = ARENA_NEW(TypeDesc);
    LowerEntry *e = ARENA_NEW(LowerEntry);
    d->hash = h;
    *e = (LowerEntry){t, d};
    s->slots[i] = (LowerSlot){e, h};
    s->count++;
    t->desc = d;
    shape(d, t);
    name_it(d, t);
    VEC_PUSH(&s->pending, e);
    VEC_PUSH(&s->all, d);
    return d;
}

static const TypeDesc *const *lower_list(Object **objs, uint32_t n) {
    const TypeDesc **out = ARENA_ARRAY(const TypeDesc *, n);
    for (uint32_t i = 0; i < n; i++) out[i] = lower_type(objs[i]->type);
    return out;
}

static void fill_interface(TypeDesc *d, Type *u) {
    MethodDesc *m = ARENA_ARRAY(MethodDesc, u->nmethods);
    for (uint32_t i = 0; i < u->nmethods; i++) {
        Method *im = &u->methods[i];
        m[i] = (MethodDesc){.name = {im->name->text, im->name->len}, .type = lower_type(im->fn->type), .sel = lower_selector(im->name, im->pkg, im->fn->type)};
        if (!name_exported(im->name) && im->pkg) m[i].pkg_path = im->pkg->path;
    }
    d->methods = m;
    d->nmethods = u->nmethods;
}

static void fill_dispatch(TypeDesc *d) {
    uint32_t n = 2;
    while (n < d->nmethods * 2) n *= 2;
    MethodSlot *tab = ARENA_ARRAY(MethodSlot, n);
    for (uint32_t i = 0; i < d->nmethods; i++) {
        uint32_t at = d->methods[i].sel & (n - 1);
        while (tab[at].sel) at = (at + 1) & (n - 1);
        tab[at] = (MethodSlot){d->methods[i].sel, 0, d->methods[i].fn};
    }
    d->mtab = tab;
    d->mtab_mask = n - 1;
}

bool lower_reflected;

static void lower_pointer(Type *t, Type *u) {
    MethodSetEntry *set;
    if (u->kind == KIND_POINTER || (u == t && u->kind != KIND_STRUCT)) return;
    Type *p = type_pointer_to(t);
    if (type_method_set(p, &set)) lower_type(p);
}

static void fill_methods(TypeDesc *d, Type *t) {
    MethodSetEntry *set;
    uint32_t n = type_method_set(t, &set);
    if (!n) return;
    MethodDesc *m = ARENA_ARRAY(MethodDesc, n);
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (set[i].needs_pointer) continue;
        MethodDesc *md = &m[k++];
        *md = (MethodDesc){.name = {set[i].name->text, set[i].name->len}, .sel = lower_selector(set[i].name, set[i].pkg, set[i].sel.type)};
        if (!name_exported(set[i].name) && set[i].pkg) md->pkg_path = set[i].pkg->path;
        md->type = lower_type(set[i].sel.type);
        md->fn = gen_method_entry(t, &set[i].sel);
    }
    d->methods = m;
    d->nmethods = k;
    if (k) fill_dispatch(d);
}

// Named itself, *named, and structs that may embed either.
static bool may_have_methods_of(Type *t, Type *named) {
    if (t->kind == KIND_POINTER) t = t->elem;
    if (t == named) return true;
    Type *u = type_under(t);
    for (uint32_t i = 0; u && u->kind == KIND_STRUCT && i < u->nfields; i++)
        if (u->fields[i].embedded && may_have_methods_of(u->fields[i].type, named)) return true;
    return false;
}

void lower_refresh_methods(Type *named) {
    LowerState *s = state();
    VEC(LowerEntry *) found = {0}; // filling makes further entries
    for (uint32_t i = 0; i <= s->mask; i++) {
        LowerEntry *e = s->slots[i].entry;
        if (e && may_have_methods_of(e->type, named)) VEC_PUSH(&found, e);
    }
    for (uint32_t i = 0; i < found.len; i++) fill_methods(found.at[i]->desc, found.at[i]->type);
}

static void fill(LowerEntry *e) {
    Type *t = e->type, *u = type_under(t);
    TypeDesc *d = e->desc;
    switch ((int)u->kind) {
    case KIND_CHAN: d->chan_dir = u->chan_dir; d->elem = lower_type(u->elem); break;
    case KIND_POINTER: {
        const TypeDesc *elem = lower_type(u->elem);
        d->elem = elem;
        if (t->kind != TYPE_K_NAMED) ((TypeDesc *)(uintptr_t)elem)->ptr_to = d;
        break;
    }
    case KIND_SLICE: d->elem = lower_type(u->elem); break;
    case KIND_MAP: d->key = lower_type(u->key); d->elem = lower_type(u->elem); break;
    case KIND_FUNC:
        d->in = lower_list(u->params, u->nparams);
        d->out = lower_list(u->results, u->nresults);
        d->nin = u->nparams;
        d->nout = u->nresults;
        d->variadic = u->variadic;
        break;
    case KIND_INTERFACE: fill_interface(d, u); return;
    default: break;
    }
    fill_methods(d, t);
    if (lower_reflected) lower_pointer(t, u);
}

void lower_flush(void) {
    LowerState *s = state();
    while (s->pending.len) {
        LowerEntry *e = s->pending.at[--s->pending.len];
        fill(e);
    }
}

const TypeDesc *lower_raw(const uint8_t *ptr, uint32_t nwords) {
    TypeDesc *d = ARENA_NEW(TypeDesc);
    d->size = (uint64_t)nwords * 8;
    d->align = 8;
    d->kind = KIND_STRUCT;
    d->string = arena_str("closure", 7);
    uint8_t *map = arena_alloc((nwords + 7) / 8 + 1);
    for (uint32_t i = 0; i < nwords; i++)
        if (ptr[i]) {
            map[i / 8] |= (uint8_t)(1u << (i % 8));
            d->ptr_words = i + 1;
        }
    d->ptr_map = map;
    return d;
}

uint32_t lower_all(const TypeDesc *const **out) {
    LowerState *s = state();
    *out = s->all.at;
    return s->all.len;
}

// --- collections of a session
//
// A type is known as long as something has its descriptor; a method, as long as
// something has its name and type. Selectors are taken out of their table while
// marking goes on, and put back.

static struct {
    LowerEntry **types;
    SelEntry **sels;
    uint32_t ntypes, nsels, types_cap, sels_cap;
} out;

static void take_out_selectors(SelEntry **at) {
    for (SelEntry *e; (e = *at);) {
        if (arena_is_alive(e)) {
            at = &e->next;
            continue;
        }
        *at = e->next;
        e->next = NULL;
        LIST_ADD(out.sels, out.nsels, out.sels_cap, e);
    }
}

void lower_collect_begin(void) {
    LowerState *s = state();
    arena_weak(s->all.at, s->all.len * sizeof *s->all.at);
    arena_weak(s->slots, (s->mask + 1) * sizeof *s->slots);
    out.ntypes = out.nsels = 0;
    for (uint32_t i = 0; i <= s->mask; i++)
        if (s->slots[i].entry && !arena_is_alive(s->slots[i].entry)) LIST_ADD(out.types, out.ntypes, out.types_cap, s->slots[i].entry);
    for (uint32_t i = 0; i < SEL_BUCKETS; i++) take_out_selectors(&s->sels[i]);
}

void lower_keep(void) {
    for (uint32_t i = 0; i < out.ntypes; i++)
        if (arena_is_alive(out.types[i]->desc)) arena_keep(out.types[i]);
    for (uint32_t i = 0; i < out.nsels; i++)
        if (arena_is_alive(out.sels[i]->name) && arena_is_alive(out.sels[i]->sig)) arena_keep(out.sels[i]);
}

void lower_sweep(void) {
    LowerState *s = state();
    uint32_t n = 0;
    s->count -= arena_sweep_slots(s->slots, s->mask);
    for (uint32_t i = out.nsels; i-- > 0;) {
        SelEntry *e = out.sels[i];
        if (!arena_is_alive(e)) continue;
        SelEntry **b = &s->sels[e->name->hash % SEL_BUCKETS];
        e->next = *b;
        *b = e;
    }
    for (uint32_t i = 0; i < s->all.len; i++)
        if (arena_is_alive(s->all.at[i])) s->all.at[n++] = s->all.at[i];
    while (s->all.len > n) s->all.at[--s->all.len] = NULL;
}
