// SPDX-License-Identifier: MIT
// value.c: natives of internal/value: the machine's type descriptors and
// values seen from programs of the library.
#include <string.h>

#include "runtime/chan.h"
#include "runtime/gc.h"
#include "runtime/iface.h"
#include "runtime/map.h"
#include "runtime/panic.h"
#include "vm/native.h"

static NativeStatus nil_type(NativeCall *c) {
    rt_panic(c->g, ERR_NIL_DEREF);
    return NATIVE_PANIC;
}

// Defines a native method of Type: t is the receiver, BODY writes the results.
#define TYPE_METHOD(name, BODY)                        \
    static NativeStatus name(NativeCall *c) {          \
        const TypeDesc *t = native_ptr(c);             \
        if (!t) return nil_type(c);                    \
        BODY;                                          \
        return NATIVE_OK;                              \
    }

static NativeStatus type_of(NativeCall *c) {
    native_ret_ptr(c, native_iface(c).type);
    return NATIVE_OK;
}

TYPE_METHOD(type_kind, native_ret_word(c, t->kind))
TYPE_METHOD(type_string, native_ret_str(c, t->string))
TYPE_METHOD(type_name, native_ret_str(c, t->flags & (TYPE_NAMED | TYPE_PREDECLARED) ? (t->name.len ? t->name : t->string) : (Str){"", 0}))
TYPE_METHOD(type_pkg_path, native_ret_str(c, t->pkg_path))
TYPE_METHOD(type_elem, native_ret_ptr(c, t->elem))
TYPE_METHOD(type_key, native_ret_ptr(c, t->key))
TYPE_METHOD(type_len, native_ret_int(c, t->len))
TYPE_METHOD(type_size, native_ret_word(c, t->size))
TYPE_METHOD(type_align, native_ret_int(c, t->align))
TYPE_METHOD(type_num_field, native_ret_int(c, t->nfields))
TYPE_METHOD(type_num_in, native_ret_int(c, t->nin))
TYPE_METHOD(type_num_out, native_ret_int(c, t->nout))
TYPE_METHOD(type_is_variadic, native_ret_bool(c, t->variadic))
TYPE_METHOD(type_chan_dir, native_ret_int(c, t->chan_dir))
TYPE_METHOD(type_num_method, native_ret_int(c, t->nmethods))
TYPE_METHOD(type_comparable, native_ret_bool(c, (t->flags & TYPE_COMPARABLE) != 0))
TYPE_METHOD(type_is_named, native_ret_bool(c, (t->flags & (TYPE_NAMED | TYPE_PREDECLARED)) != 0))
TYPE_METHOD(type_ptr_to, native_ret_ptr(c, t->ptr_to))

static NativeStatus bad_index(NativeCall *c, int64_t i, uint64_t n) {
    rt_panic(c->g, ERR_INDEX, (long long)i, (long long)n);
    return NATIVE_PANIC;
}

static NativeStatus type_field(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    int64_t i = native_int(c);
    if (!t) return nil_type(c);
    if ((uint64_t)i >= t->nfields) return bad_index(c, i, t->nfields);
    const FieldDesc *f = &t->fields[i];
    native_ret_str(c, f->name);
    native_ret_str(c, f->tag);
    native_ret_str(c, f->pkg_path);
    native_ret_ptr(c, f->type);
    native_ret_word(c, f->offset);
    native_ret_bool(c, f->embedded);
    return NATIVE_OK;
}

static NativeStatus type_in(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    int64_t i = native_int(c);
    if (!t) return nil_type(c);
    if ((uint64_t)i >= t->nin) return bad_index(c, i, t->nin);
    native_ret_ptr(c, t->in[i]);
    return NATIVE_OK;
}

static NativeStatus type_out(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    int64_t i = native_int(c);
    if (!t) return nil_type(c);
    if ((uint64_t)i >= t->nout) return bad_index(c, i, t->nout);
    native_ret_ptr(c, t->out[i]);
    return NATIVE_OK;
}

static NativeStatus type_method(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    int64_t i = native_int(c);
    if (!t) return nil_type(c);
    if ((uint64_t)i >= t->nmethods) return bad_index(c, i, t->nmethods);
    native_ret_str(c, t->methods[i].name);
    native_ret_str(c, t->methods[i].pkg_path);
    native_ret_ptr(c, t->methods[i].type);
    return NATIVE_OK;
}

// An interface type implements another when its own wanted methods include
// the other's; selectors name methods program-wide.
static bool interface_includes(const TypeDesc *t, const TypeDesc *i) {
    for (uint32_t m = 0; m < i->nmethods; m++) {
        bool found = false;
        for (uint32_t k = 0; k < t->nmethods && !found; k++)
            found = t->methods[k].sel == i->methods[m].sel && (!t->methods[k].type || !i->methods[m].type || t->methods[k].type == i->methods[m].type);
        if (!found) return false;
    }
    return true;
}

static bool implements(const TypeDesc *t, const TypeDesc *i) {
    if (t->kind == KIND_INTERFACE) return interface_includes(t, i);
    return iface_implements(t, i, NULL);
}

static NativeStatus type_implements(NativeCall *c) {
    const TypeDesc *t = native_ptr(c), *i = native_ptr(c);
    if (!t || !i) return nil_type(c);
    native_ret_bool(c, implements(t, i));
    return NATIVE_OK;
}

// --- values

// Of(v any) Value: a value held directly gets memory of its own.
static NativeStatus value_of(NativeCall *c) {
    Iface v = native_iface(c);
    void *p = NULL;
    if (v.type && type_is_direct(v.type)) {
        uint64_t *word = v.type->ptr_words ? gc_new_scan(current_p, 1) : gc_new_noscan(current_p, 8);
        *word = v.data;
        p = word;
    } else if (v.type) {
        p = (void *)(uintptr_t)v.data;
    }
    native_ret_ptr(c, v.type);
    native_ret_ptr(c, p);
    native_ret_word(c, 0); // flags
    return NATIVE_OK;
}

static NativeStatus alloc(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    int64_t n = native_int(c);
    uint64_t bytes;
    if (n < 0 || __builtin_mul_overflow(t->size, (uint64_t)n, &bytes) || bytes > (1ULL << 47)) {
        rt_panic(c->g, ERR_MAKESLICE_LEN);
        return NATIVE_PANIC;
    }
    native_ret_ptr(c, gc_new_array(current_p, t, n));
    return NATIVE_OK;
}

static NativeStatus copy_value(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    void *dst = native_ptr(c);
    const void *src = native_ptr(c);
    if (t->size) memmove(dst, src, t->size);
    return NATIVE_OK;
}

static NativeStatus box(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    const void *p = native_ptr(c);
    Iface v = {NULL, 0};
    if (t && t->kind == KIND_INTERFACE) memcpy(&v, p, sizeof v);
    else if (t) v = (Iface){t, iface_box_mem(current_p, t, p)};
    native_ret_iface(c, v);
    return NATIVE_OK;
}

static NativeStatus value_equal(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    const void *a = native_ptr(c), *b = native_ptr(c);
    int eq = value_eq(c->g, t, a, b);
    if (eq < 0) return NATIVE_PANIC;
    native_ret_bool(c, eq);
    return NATIVE_OK;
}

// Assign(place Value, v any) bool
static NativeStatus assign(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    void *p = native_ptr(c);
    native_word(c);
    Iface v = native_iface(c);
    bool ok;
    if (t->kind == KIND_INTERFACE) {
        ok = !v.type || iface_implements(v.type, t, NULL);
        if (ok) memcpy(p, &v, sizeof v);
    } else {
        ok = v.type == t;
        if (ok && t->size) memcpy(p, iface_value(&v), t->size);
    }
    native_ret_bool(c, ok);
    return NATIVE_OK;
}

static NativeStatus func_name(NativeCall *c) {
    NativeFrame f = native_closure(native_ptr(c));
    native_ret_str(c, f.function);
    native_ret_str(c, f.file);
    native_ret_int(c, f.line);
    return NATIVE_OK;
}

// --- maps and channels

static NativeStatus map_length(NativeCall *c) {
    const Map *m = native_ptr(c);
    native_ret_int(c, m ? map_len(m) : 0);
    return NATIVE_OK;
}

static NativeStatus map_iterate(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    Map *m = native_ptr(c);
    native_ret_ptr(c, map_iter(current_p, t, m));
    return NATIVE_OK;
}

static void *copy_of(const TypeDesc *t, const void *v) {
    void *p = gc_new(current_p, t);
    if (t->size) memcpy(p, v, t->size);
    return p;
}

static NativeStatus map_advance(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    MapIter *it = native_ptr(c);
    void *k, *e;
    bool ok = map_next(current_p, it, &k, &e);
    native_ret_ptr(c, ok ? copy_of(t->key, k) : NULL);
    native_ret_ptr(c, ok ? copy_of(t->elem, e) : NULL);
    native_ret_bool(c, ok);
    return NATIVE_OK;
}

static NativeStatus map_create(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    int64_t n = native_int(c);
    native_ret_ptr(c, map_make(current_p, t, n));
    return NATIVE_OK;
}

static NativeStatus map_lookup(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    Map *m = native_ptr(c);
    const void *key = native_ptr(c);
    bool found = false;
    void *p = map_get(current_p, c->g, t, m, key, &found);
    if (!p) return NATIVE_PANIC;
    native_ret_ptr(c, found ? copy_of(t->elem, p) : NULL);
    return NATIVE_OK;
}

static NativeStatus map_store(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    Map *m = native_ptr(c);
    const void *key = native_ptr(c), *elem = native_ptr(c);
    void *p = map_set(current_p, c->g, t, m, key);
    if (!p) return NATIVE_PANIC;
    if (t->elem->size) memcpy(p, elem, t->elem->size);
    return NATIVE_OK;
}

static NativeStatus map_remove(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    Map *m = native_ptr(c);
    const void *key = native_ptr(c);
    if (m && !map_delete(current_p, c->g, t, m, key)) return NATIVE_PANIC;
    return NATIVE_OK;
}

static NativeStatus chan_length(NativeCall *c) {
    const Chan *ch = native_ptr(c);
    native_ret_int(c, ch ? chan_len(ch) : 0);
    return NATIVE_OK;
}

static NativeStatus chan_capacity(NativeCall *c) {
    const Chan *ch = native_ptr(c);
    native_ret_int(c, ch ? chan_cap(ch) : 0);
    return NATIVE_OK;
}

// A channel of big elements carries pointers to copies, as the compiler's do.
static const TypeDesc *carried(const TypeDesc *t) {
    static const uint8_t map[] = {1};
    static const TypeDesc pointer = {.size = 8, .align = 8, .kind = KIND_UNSAFE_POINTER, .flags = TYPE_DIRECT, .ptr_words = 1, .ptr_map = map};
    static const TypeDesc chan_of_pointer = {.size = 8, .align = 8, .kind = KIND_CHAN, .chan_dir = 3, .elem = &pointer};
    return native_is_big(t->elem) ? &chan_of_pointer : t;
}

static NativeStatus chan_create(NativeCall *c) {
    const TypeDesc *t = carried(native_ptr(c));
    Chan *ch = chan_make(current_p, t, native_int(c), c->g);
    if (!ch) return NATIVE_PANIC;
    native_ret_ptr(c, ch);
    return NATIVE_OK;
}

extern const NativeDef internal_value_natives[];
const NativeDef internal_value_natives[] = {
    {"TypeOf", type_of},
    {"Type.Kind", type_kind},
    {"Type.String", type_string},
    {"Type.Name", type_name},
    {"Type.PkgPath", type_pkg_path},
    {"Type.Elem", type_elem},
    {"Type.Key", type_key},
    {"Type.Len", type_len},
    {"Type.Size", type_size},
    {"Type.Align", type_align},
    {"Type.NumField", type_num_field},
    {"Type.Field", type_field},
    {"Type.NumIn", type_num_in},
    {"Type.In", type_in},
    {"Type.NumOut", type_num_out},
    {"Type.Out", type_out},
    {"Type.IsVariadic", type_is_variadic},
    {"Type.ChanDir", type_chan_dir},
    {"Type.NumMethod", type_num_method},
    {"Type.Method", type_method},
    {"Type.Comparable", type_comparable},
    {"Type.IsNamed", type_is_named},
    {"Type.Implements", type_implements},
    {"Type.PtrTo", type_ptr_to},
    {"Of", value_of},
    {"alloc", alloc},
    {"Copy", copy_value},
    {"box", box},
    {"Equal", value_equal},
    {"Assign", assign},
    {"FuncName", func_name},
    {"mapLen", map_length},
    {"mapIter", map_iterate},
    {"mapNext", map_advance},
    {"mapMake", map_create},
    {"mapGet", map_lookup},
    {"mapSet", map_store},
    {"mapDelete", map_remove},
    {"chanLen", chan_length},
    {"chanCap", chan_capacity},
    {"chanMake", chan_create},
    {NULL, NULL},
};
