// SPDX-License-Identifier: MIT
// types.c: types that a program makes at run time.
//
// Descriptors are unique, so a new type is first looked for among all composite
// types of the program. The table of those is made when it is first asked for;
// types made later are entered, never removed, and live in malloc'ed memory. What
// they refer to must stay; of others the table is made anew when some have gone.
// Locks: table_lock guards the table; a descriptor is complete before it is
// entered.
#include "stdlib/reflect/reflect.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/str.h"
#include "vm/native.h"

typedef struct Table { // open addressing; slots is a power of two
    const TypeDesc **at;
    uint32_t slots, used;
} Table;

static Table table;
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;

static uint32_t mix(uint32_t h, uint64_t v) { return (h ^ (uint32_t)v ^ (uint32_t)(v >> 32)) * 0x9E3779B1u ^ h >> 15; }
static uint32_t mix_type(uint32_t h, const TypeDesc *t) { return mix(h, t ? t->hash : 0); }

static uint32_t hash_of(const TypeDesc *t) {
    uint32_t h = mix(t->kind + 77u, (uint64_t)t->len);
    h = mix(mix_type(mix_type(h, t->elem), t->key), t->chan_dir);
    for (uint32_t i = 0; i < t->nin; i++) h = mix_type(h, t->in[i]);
    for (uint32_t i = 0; i < t->nout; i++) h = mix_type(h, t->out[i]) + 1;
    for (uint32_t i = 0; i < t->nfields; i++) h = mix_type(mix(h, (uint64_t)t->fields[i].name.len), t->fields[i].type);
    return h;
}

static bool same_list(const TypeDesc *const *a, const TypeDesc *const *b, uint32_t n) { return n == 0 || memcmp(a, b, n * sizeof *a) == 0; }

static bool same_fields(const TypeDesc *a, const TypeDesc *b) {
    if (a->nfields != b->nfields) return false;
    for (uint32_t i = 0; i < a->nfields; i++) {
        const FieldDesc *f = &a->fields[i], *g = &b->fields[i];
        if (f->type != g->type || f->embedded != g->embedded || !str_eq(f->name, g->name) || !str_eq(f->tag, g->tag) || !str_eq(f->pkg_path, g->pkg_path)) return false;
    }
    return true;
}

static bool same_type(const TypeDesc *a, const TypeDesc *b) {
    return a->kind == b->kind && a->elem == b->elem && a->key == b->key && a->len == b->len && a->chan_dir == b->chan_dir && a->variadic == b->variadic &&
           a->nin == b->nin && a->nout == b->nout && same_list(a->in, b->in, a->nin) && same_list(a->out, b->out, a->nout) && same_fields(a, b);
}

static const TypeDesc **place_of(const TypeDesc *t) {
    for (uint32_t i = hash_of(t) & (table.slots - 1);; i = (i + 1) & (table.slots - 1))
        if (!table.at[i] || same_type(table.at[i], t)) return &table.at[i];
}

static void enter(const TypeDesc *t);

static void grow(uint32_t slots) {
    Table old = table;
    table = (Table){base_calloc(slots, sizeof *table.at), slots, 0};
    for (uint32_t i = 0; i < old.slots; i++)
        if (old.at[i]) enter(old.at[i]);
    base_free(old.at);
}

static void enter(const TypeDesc *t) {
    if (table.used * 2 >= table.slots) grow(table.slots * 2);
    const TypeDesc **at = place_of(t);
    if (*at) return;
    *at = t;
    table.used++;
}

static bool is_composite(const TypeDesc *t) {
    return !(t->flags & TYPE_NAMED) && (t->kind == KIND_ARRAY || t->kind == KIND_CHAN || t->kind == KIND_FUNC || t->kind == KIND_MAP || t->kind == KIND_POINTER || t->kind == KIND_SLICE || t->kind == KIND_STRUCT);
}

// Enters the program's types; a program that is typed in line by line gets more.
static uint32_t filled;
static struct { const TypeDesc **at; uint32_t n, room; } made;

static void visit_list(const TypeDesc *const *at, uint32_t n, void (*visit)(void *ctx, uint64_t word), void *ctx) {
    for (uint32_t i = 0; i < n; i++) visit(ctx, (uint64_t)(uintptr_t)at[i]);
}

static void visit_made(void (*visit)(void *ctx, uint64_t word), void *ctx) {
    for (uint32_t i = 0; i < made.n; i++) {
        const TypeDesc *t = made.at[i];
        visit_list(&t->elem, 1, visit, ctx);
        visit_list(&t->key, 1, visit, ctx);
        visit_list(t->in, t->nin, visit, ctx);
        visit_list(t->out, t->nout, visit, ctx);
        for (uint32_t k = 0; k < t->nfields; k++) {
            visit_list(&t->fields[k].type, 1, visit, ctx);
            visit(ctx, (uint64_t)(uintptr_t)t->fields[k].name.ptr);
            visit(ctx, (uint64_t)(uintptr_t)t->fields[k].tag.ptr);
            visit(ctx, (uint64_t)(uintptr_t)t->fields[k].pkg_path.ptr);
        }
    }
}

static void forget_others(void) {
    memset(table.at, 0, table.slots * sizeof *table.at);
    table.used = filled = 0;
    for (uint32_t i = 0; i < made.n; i++) enter(made.at[i]);
}

static void note_made(const TypeDesc *t) {
    if (made.n == made.room) {
        made.room = made.room * 2 + 64;
        made.at = base_realloc(made.at, made.room * sizeof *made.at);
    }
    made.at[made.n++] = t;
}

static void fill_table(void) {
    static NativeTypes holder = {.visit = visit_made, .forget = forget_others};
    uint32_t n;
    const TypeDesc *const *all = native_types(&n);
    if (!table.at) {
        native_add_types(&holder);
        grow(1024);
    }
    for (; filled < n; filled++)
        if (is_composite(all[filled])) enter(all[filled]);
}

// --- texts

typedef struct Text {
    char *at;
    size_t len, room;
} Text;

static void put_n(Text *t, const char *s, size_t n) {
    if (t->len + n > t->room) {
        t->room = (t->len + n) * 2;
        t->at = base_realloc(t->at, t->room);
    }
    memcpy(t->at + t->len, s, n);
    t->len += n;
}

static void put(Text *t, const char *s) { put_n(t, s, strlen(s)); }
static void put_str(Text *t, Str s) { put_n(t, s.ptr, (size_t)s.len); }

static void put_quoted(Text *t, Str s) {
    put(t, "\"");
    for (int64_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '"' || c == '\\') put_n(t, "\\", 1);
        if (c == '\n') put(t, "\\n");
        else if (c == '\t') put(t, "\\t");
        else put_n(t, &c, 1);
    }
    put(t, "\"");
}

static void put_func(Text *t, const TypeDesc *d) {
    put(t, "func(");
    for (uint32_t i = 0; i < d->nin; i++) {
        if (i) put(t, ", ");
        bool rest = d->variadic && i + 1 == d->nin;
        if (rest) put(t, "...");
        put_str(t, (rest ? d->in[i]->elem : d->in[i])->string);
    }
    put(t, ")");
    if (d->nout) put(t, d->nout > 1 ? " (" : " ");
    for (uint32_t i = 0; i < d->nout; i++) {
        if (i) put(t, ", ");
        put_str(t, d->out[i]->string);
    }
    if (d->nout > 1) put(t, ")");
}

static void put_struct(Text *t, const TypeDesc *d) {
    put(t, "struct {");
    for (uint32_t i = 0; i < d->nfields; i++) {
        const FieldDesc *f = &d->fields[i];
        put(t, i ? "; " : " ");
        if (!f->embedded) {
            put_str(t, f->name);
            put(t, " ");
        }
        put_str(t, f->type->string);
        if (f->tag.len) {
            put(t, " ");
            put_quoted(t, f->tag);
        }
    }
    put(t, d->nfields ? " }" : "}");
}

static Str type_text(const TypeDesc *d) {
    Text t = {0};
    char n[32];
    switch ((int)d->kind) {
    case KIND_POINTER: put(&t, "*"); break;
    case KIND_SLICE: put(&t, "[]"); break;
    case KIND_ARRAY:
        snprintf(n, sizeof n, "[%lld]", (long long)d->len);
        put(&t, n);
        break;
    case KIND_MAP:
        put(&t, "map[");
        put_str(&t, d->key->string);
        put(&t, "]");
        break;
    case KIND_CHAN: put(&t, d->chan_dir == 1 ? "<-chan " : d->chan_dir == 2 ? "chan<- " : "chan "); break;
    case KIND_FUNC: put_func(&t, d); break;
    case KIND_STRUCT: put_struct(&t, d); break;
    default: break;
    }
    bool parens = d->kind == KIND_CHAN && d->chan_dir == 3 && d->elem->kind == KIND_CHAN && d->elem->chan_dir == 1 && !(d->elem->flags & TYPE_NAMED);
    if (parens) put(&t, "(");
    if (d->elem) put_str(&t, d->elem->string);
    if (parens) put(&t, ")");
    return (Str){t.at, (int64_t)t.len};
}

// --- making

static void *copy_of(const void *p, size_t size) {
    if (!size) return NULL;
    void *c = base_malloc(size);
    memcpy(c, p, size);
    return c;
}

static Str copy_text(Str s) { return (Str){s.len ? copy_of(s.ptr, (size_t)s.len) : "", s.len}; }

// Offsets as the compiler lays structs out: an empty last field gets a byte, so
// that its address stays inside.
static void lay_out(TypeDesc *d) {
    FieldDesc *fields = copy_of(d->fields, d->nfields * sizeof *fields);
    uint64_t off = 0, align = 1;
    for (uint32_t i = 0; i < d->nfields; i++) {
        FieldDesc *f = &fields[i];
        f->name = copy_text(f->name);
        f->tag = copy_text(f->tag);
        f->pkg_path = copy_text(f->pkg_path);
        uint64_t a = f->type->align;
        if (a > align) align = a;
        f->offset = off = (off + a - 1) / a * a;
        off += f->type->size;
        if (i + 1 == d->nfields && f->type->size == 0 && off > 0) off++;
    }
    d->fields = fields;
    d->size = (off + align - 1) / align * align;
    d->align = (uint8_t)align;
}

static const TypeDesc *make(const TypeDesc *want) {
    TypeDesc *d = copy_of(want, sizeof *want);
    d->hash = hash_of(want);
    d->size = d->align = 8;
    if (d->kind == KIND_SLICE) d->size = 24;
    if (d->kind == KIND_ARRAY) {
        d->size = d->elem->size * (uint64_t)d->len;
        d->align = d->elem->align;
    }
    if (d->kind == KIND_STRUCT) lay_out(d);
    d->in = copy_of(d->in, d->nin * sizeof *d->in);
    d->out = copy_of(d->out, d->nout * sizeof *d->out);
    d->string = type_text(d);
    uint64_t map_bytes = type_shape(d);
    if (map_bytes) {
        uint8_t *map = base_calloc(map_bytes, 1);
        type_pointer_map(d, map);
        d->ptr_map = map;
    }
    return d;
}

const TypeDesc *types_of(const TypeDesc *want) {
    pthread_mutex_lock(&table_lock);
    fill_table();
    const TypeDesc *t = *place_of(want);
    if (!t) {
        t = make(want);
        enter(t);
        note_made(t);
    }
    pthread_mutex_unlock(&table_lock);
    return t;
}
