// SPDX-License-Identifier: MIT
// type.c: what follows from a type's structure: flags and pointer words. The
// compiler's descriptors (compiler/lower) and those that programs make at run
// time (stdlib/reflect) get them from here, so both agree.
#include "runtime/type.h"

bool type_word_is_ptr(const TypeDesc *d, uint64_t i) {
    while (d->kind == KIND_ARRAY) {
        if (i >= d->ptr_words) return false;
        i %= d->elem->size / 8;
        d = d->elem;
    }
    return i < d->ptr_words && (d->ptr_map[i / 8] >> (i % 8) & 1);
}

static bool is_blank(const FieldDesc *f) { return f->name.len == 1 && f->name.ptr[0] == '_'; }

static void shape_array(TypeDesc *d) {
    const TypeDesc *e = d->elem;
    d->ptr_words = e->ptr_words && d->len > 0 ? (uint64_t)(d->len - 1) * (e->size / 8) + e->ptr_words : 0;
    d->flags |= e->flags & (TYPE_COMPARABLE | TYPE_MEMEQ | TYPE_HASHPANIC);
}

static void shape_struct(TypeDesc *d) {
    uint64_t end = 0;
    bool mem = true;
    d->flags |= TYPE_COMPARABLE;
    for (uint32_t i = 0; i < d->nfields; i++) {
        const FieldDesc *f = &d->fields[i];
        if (f->offset != end || !(f->type->flags & TYPE_MEMEQ) || is_blank(f)) mem = false;
        end = f->offset + f->type->size;
        if (!(f->type->flags & TYPE_COMPARABLE)) d->flags &= (uint8_t)~TYPE_COMPARABLE;
        d->flags |= f->type->flags & TYPE_HASHPANIC;
        if (f->type->ptr_words) d->ptr_words = f->offset / 8 + f->type->ptr_words;
    }
    if (mem && end == d->size && (d->flags & TYPE_COMPARABLE)) d->flags |= TYPE_MEMEQ;
}

uint64_t type_shape(TypeDesc *d) {
    switch ((int)d->kind) {
    case KIND_FLOAT32: case KIND_FLOAT64: case KIND_COMPLEX64: case KIND_COMPLEX128: d->flags |= TYPE_COMPARABLE; break;
    case KIND_STRING: d->flags |= TYPE_COMPARABLE, d->ptr_words = 1; break;
    case KIND_SLICE: case KIND_FUNC: case KIND_MAP: d->ptr_words = 1; break;
    case KIND_INTERFACE: d->flags |= TYPE_COMPARABLE | TYPE_HASHPANIC, d->ptr_words = 2; break;
    case KIND_CHAN: case KIND_POINTER: case KIND_UNSAFE_POINTER: d->flags |= TYPE_COMPARABLE | TYPE_MEMEQ, d->ptr_words = 1; break;
    case KIND_ARRAY: shape_array(d); break;
    case KIND_STRUCT: shape_struct(d); break;
    default: d->flags |= TYPE_COMPARABLE | TYPE_MEMEQ; // booleans and integers
    }
    if (d->size <= 8) d->flags |= TYPE_DIRECT;
    return d->kind == KIND_ARRAY ? 0 : (d->ptr_words + 7) / 8;
}

static void set_bit(uint8_t *map, uint64_t i) { map[i / 8] |= (uint8_t)(1u << (i % 8)); }

void type_pointer_map(const TypeDesc *d, uint8_t *map) {
    if (d->kind == KIND_INTERFACE) set_bit(map, 1);
    else if (d->kind != KIND_STRUCT) set_bit(map, 0);
    for (uint32_t i = 0; i < d->nfields; i++)
        for (uint64_t w = 0; w < d->fields[i].type->ptr_words; w++)
            if (type_word_is_ptr(d->fields[i].type, w)) set_bit(map, d->fields[i].offset / 8 + w);
}
