// SPDX-License-Identifier: MIT
// gen_place.c: places (variables, fields, elements, map entries): how they are
// found, read, written and addressed; and moves between slots and memory.
#include <string.h>

#include "compiler/foreign.h"
#include "compiler/gen_impl.h"

// --- slots and memory

static Opcode load_op(uint8_t k) {
    switch (k) {
    case KIND_BOOL: case KIND_UINT8: return OP_LOAD_U8;
    case KIND_INT8: return OP_LOAD_I8;
    case KIND_INT16: return OP_LOAD_I16;
    case KIND_UINT16: return OP_LOAD_U16;
    case KIND_INT32: return OP_LOAD_I32;
    case KIND_UINT32: case KIND_FLOAT32: return OP_LOAD_U32;
    default: return OP_LOAD_64;
    }
}

// An offset must fit 16 bits; larger ones are added to the pointer first.
static uint32_t near_pointer(FuncGen *g, uint32_t ptr, uint64_t *off) {
    if (*off <= UINT16_MAX) return ptr;
    uint32_t p = slot_word(g, true);
    emit_ext(g, OP_LEA_K, p, ptr, 0, *off);
    *off = 0;
    return p;
}

void load_mem(FuncGen *g, uint32_t dst, uint32_t ptr, uint64_t off, Type *t) {
    const TypeDesc *d = lower_type(t);
    if (is_big(d)) { // a private copy, which nobody changes
        uint32_t src = ptr;
        if (off) {
            src = slot_word(g, true);
            emit_ext(g, OP_LEA_K, src, ptr, 0, off);
        }
        uint32_t tmp = slot_word(g, true);
        emit_new(g, tmp, d);
        emit_ptr(g, OP_COPY_MEM, tmp, src, 0, d);
        emit_move(g, dst, tmp, 1);
        return;
    }
    ptr = near_pointer(g, ptr, &off);
    uint8_t k = d->kind;
    uint32_t o = (uint32_t)off;
    if (is_scalar_kind(k)) emit(g, load_op(k), dst, ptr, o);
    else if (d->size == 8) emit(g, OP_LOAD_64, dst, ptr, o);
    else if (d->size == 16) emit(g, OP_LOAD2, dst, ptr, o);
    else if (d->size == 24) emit(g, OP_LOAD3, dst, ptr, o);
    else if (d->size) emit_ext(g, OP_LOAD_N, dst, ptr, o, d->size);
    else emit(g, OP_NIL_CHECK, 0, ptr, 0);
}

void store_mem(FuncGen *g, uint32_t ptr, uint64_t off, Type *t, uint32_t src) {
    const TypeDesc *d = lower_type(t);
    if (is_big(d)) {
        uint32_t dst = ptr;
        if (off) {
            dst = slot_word(g, true);
            emit_ext(g, OP_LEA_K, dst, ptr, 0, off);
        }
        emit_ptr(g, OP_COPY_MEM, dst, src, 0, d);
        return;
    }
    ptr = near_pointer(g, ptr, &off);
    uint32_t o = (uint32_t)off;
    switch (d->kind) {
    case KIND_STRING: emit(g, OP_STORE_STR, ptr, src, o); return;
    case KIND_INTERFACE: emit(g, OP_STORE_IFACE, ptr, src, o); return;
    case KIND_SLICE: emit(g, OP_STORE_SLICE, ptr, src, o); return;
    case KIND_STRUCT: case KIND_ARRAY: case KIND_COMPLEX128:
        if (d->size == 8) emit(g, d->ptr_words ? OP_STORE_PTR : OP_STORE_64, ptr, src, o);
        else if (d->size) emit_ptr(g, OP_STORE_N, ptr, src, o, d);
        else emit(g, OP_NIL_CHECK, 0, ptr, 0);
        return;
    default: break;
    }
    if (d->ptr_words) emit(g, OP_STORE_PTR, ptr, src, o);
    else emit(g, d->size == 1 ? OP_STORE_8 : d->size == 2 ? OP_STORE_16 : d->size == 4 ? OP_STORE_32 : OP_STORE_64, ptr, src, o);
}

// --- finding places

Place place_var(FuncGen *g, Object *o) {
    Place p = {.type = o->type};
    if (o->c) { // a variable of C, wherever it turns out to be
        p.kind = PLACE_MEM;
        p.slot = slot_word(g, true);
        emit_ptr(g, OP_GLOBAL_GET, p.slot, 0, 0, gen_foreign_cell(o, 0));
        return p;
    }
    if (o->name && strcmp(o->name->text, "_") == 0 && o->gen_flags == VAR_NONE) {
        p.kind = PLACE_BLANK;
        return p;
    }
    if (o->flags & OBJF_GLOBAL) {
        p.kind = PLACE_GLOBAL;
        p.addr = gen_global_addr(o);
    } else if (o->gen_flags == VAR_BOX) {
        p.kind = PLACE_MEM;
        p.slot = (uint32_t)o->gen_slot;
    } else {
        p.kind = PLACE_SLOT;
        p.slot = (uint32_t)o->gen_slot;
    }
    return p;
}

static Place mem_place(uint32_t ptr, uint64_t off, Type *t) { return (Place){.kind = PLACE_MEM, .slot = ptr, .off = off, .type = t}; }

// A big value in slots is a pointer to its memory.
static Place settle_big(Place p) {
    if (p.kind == PLACE_SLOT && is_big(lower_type(p.type))) p.kind = PLACE_MEM;
    return p;
}

static Place rvalue_place(FuncGen *g, Expr *e) {
    Place p = {.kind = PLACE_SLOT, .type = e->type};
    p.slot = expr(g, e);
    return settle_big(p);
}

// INDEX places denote elements of a slice; anything further needs an address.
static Place as_memory(FuncGen *g, Place p) {
    if (p.kind == PLACE_INDEX || p.kind == PLACE_ARRAY || p.kind == PLACE_MAP) return mem_place(place_addr(g, &p), 0, p.type);
    return p;
}

static Place field_place(FuncGen *g, Place base, uint32_t i) {
    Type *u = type_under(base.type);
    if (u->kind == KIND_POINTER) {
        uint32_t ptr = place_load(g, &base, ANY);
        Type *st = type_under(u->elem);
        return mem_place(ptr, (uint64_t)type_field_offset(st, i), st->fields[i].type);
    }
    Place p = as_memory(g, settle_big(base));
    p.off += (uint64_t)type_field_offset(u, i);
    p.part = true;
    p.type = u->fields[i].type;
    return p;
}

// Follows the first n fields of sel's path from x; *out is the place reached.
// A member of a C union, or a bit-field.
static Place member_place(FuncGen *g, Place base, const ForeignMember *m) {
    Type *u = type_under(base.type);
    Place p;
    if (u->kind == KIND_POINTER) p = mem_place(place_load(g, &base, ANY), m->offset, m->type);
    else {
        p = as_memory(g, settle_big(base));
        p.off += m->offset;
        p.part = true;
        p.type = m->type;
    }
    if (m->bits) p.member = m;
    return p;
}

// The bit-field's unit, in a slot as an unsigned number.
static uint32_t load_unit(FuncGen *g, Place *p) {
    Place unit = *p;
    unit.member = NULL;
    unit.type = p->member->unit;
    return place_load(g, &unit, slot_word(g, false));
}

static uint32_t bits_load(FuncGen *g, Place *p, int64_t dst) {
    const ForeignMember *m = p->member;
    uint32_t to = dst == ANY ? slot_word(g, false) : (uint32_t)dst, mark = g->top, unit = load_unit(g, p);
    emit(g, OP_SHL_I, to, unit, 64u - m->bits - m->bit_offset);
    emit(g, type_is_unsigned(m->type) || type_is_boolean(m->type) ? OP_USHR_I : OP_SHR_I, to, to, 64u - m->bits);
    g->top = mark;
    return to;
}

static void bits_store(FuncGen *g, Place *p, uint32_t src) {
    const ForeignMember *m = p->member;
    uint32_t mark = g->top, unit = load_unit(g, p), value = slot_word(g, false), mask = slot_word(g, false);
    emit_int(g, mask, (int64_t)((UINT64_MAX >> (64 - m->bits)) << m->bit_offset));
    emit(g, OP_SHL_I, value, src, m->bit_offset);
    emit(g, OP_AND, value, value, mask);
    emit(g, OP_ANDNOT, unit, unit, mask);
    emit(g, OP_OR, unit, unit, value);
    Place whole = *p;
    whole.member = NULL;
    whole.type = m->unit;
    place_store(g, &whole, unit);
    g->top = mark;
}

uint32_t walk_path(FuncGen *g, Expr *x, Selection *sel, uint32_t n, Place *out) {
    Place p = place_of(g, x);
    for (uint32_t i = 0; i < n; i++) p = field_place(g, p, sel->path[i]);
    if (sel->member) p = member_place(g, p, sel->member);
    *out = p;
    return n;
}

// The text about an index that is out of range depends on its type.
static uint32_t index_value(FuncGen *g, Expr *i) {
    uint32_t v = expr(g, i);
    uint8_t k = type_under(i->type)->kind;
    bool is_unsigned = (k == KIND_UINT || k == KIND_UINT64 || k == KIND_UINTPTR) && i->mode != MODE_CONST;
    uint32_t n = g->index_kinds.len, last = n ? g->index_kinds.at[n - 1] : 0;
    if (is_unsigned != (last & 1)) VEC_PUSH(&g->index_kinds, g->code.len << 1 | is_unsigned);
    return v;
}

// Elements that instructions take from an array by its address and their index.
static bool is_word_or_byte(const TypeDesc *d) { return is_scalar_kind(d->kind) && (d->size == 8 || d->kind == KIND_UINT8 || d->kind == KIND_BOOL); }

static Place array_index(FuncGen *g, Place base, Expr *index) {
    Type *u = type_under(base.type);
    bool through_pointer = u->kind == KIND_POINTER;
    if (through_pointer) {
        base = mem_place(place_load(g, &base, ANY), 0, u->elem);
        u = type_under(u->elem);
    }
    base = as_memory(g, settle_big(base));
    uint64_t size = (uint64_t)type_size(u->elem);
    int64_t k;
    if (index->mode == MODE_CONST && const_is_int64(index->val, &k) && k >= 0 && k < u->len) {
        base.off += (uint64_t)k * size;
        base.part = true;
        base.type = u->elem;
        return base;
    }
    if (base.kind == PLACE_SLOT) { // an array value in slots: give it memory
        const TypeDesc *d = lower_type(base.type);
        Place whole = base;
        uint32_t v = place_load(g, &whole, ANY), box = slot_word(g, true);
        emit_new(g, box, d);
        store_mem(g, box, 0, base.type, v);
        base = mem_place(box, 0, base.type);
    }
    if ((uint64_t)u->len > UINT32_MAX || size > UINT32_MAX) g->too_large = true;
    bool near = base.kind == PLACE_MEM && base.off <= UINT32_MAX;
    Place p = {.kind = PLACE_ARRAY, .slot = near ? base.slot : place_addr(g, &base), .off = near ? base.off : 0, .len = (uint32_t)u->len, .type = u->elem};
    if (!is_word_or_byte(lower_type(u->elem))) {
        p.slot = near ? place_addr(g, &base) : p.slot;
        p.off = 0;
    }
    p.index = index_value(g, index);
    return is_word_or_byte(lower_type(u->elem)) ? p : mem_place(place_addr(g, &p), 0, u->elem);
}

static void array_op(FuncGen *g, Opcode op, uint32_t a, uint32_t b, const Place *p) { emit_ext(g, op, a, b, p->index, p->len | p->off << 32); }

uint32_t place_load_once(FuncGen *g, Place *p, int64_t dst, uint32_t temps) {
    const TypeDesc *d = lower_type(p->type);
    uint32_t to = dst == ANY ? slot_alloc(g, d) : (uint32_t)dst;
    bool byte = d->kind == KIND_UINT8 || d->kind == KIND_BOOL, word = d->size == 8 && !is_big(d);
    if (p->kind == PLACE_INDEX && (byte || word) && emit_index2(g, to, p->slot, p->index, byte, temps)) return to;
    if (p->kind == PLACE_INDEX && (byte || word) && emit_field_index(g, to, p->slot, p->index, byte, temps)) return to;
    if (p->kind == PLACE_ARRAY && word && !p->off && emit_array2(g, to, p->slot, p->index, p->len, temps)) return to;
    return place_load(g, p, to);
}

// The pointer and length of a string or slice to be indexed, in two slots: of a
// slice in memory the capacity is left there.
static uint32_t indexed_slice(FuncGen *g, Expr *x) {
    x = ast_unparen(x);
    bool stored = x->mode == MODE_VAR && (x->kind == EXPR_IDENT || x->kind == EXPR_SELECTOR || x->kind == EXPR_STAR);
    if (!stored || type_under(x->type)->kind != KIND_SLICE) return expr(g, x);
    Place p = place_of(g, x);
    if (p.kind == PLACE_MEM || p.kind == PLACE_GLOBAL) p.type = TY(KIND_STRING);
    return place_load(g, &p, ANY);
}

// Is e a sum of variables in slots, constants and the length of slice x? Nobody can tell when it is computed.
static bool is_plain_sum(Expr *e, Expr *x) {
    e = ast_unparen(e);
    if (e->mode == MODE_CONST) return true;
    if (e->kind == EXPR_CALL && e->call.call_kind == CALL_BUILTIN && e->call.builtin == BUILTIN_len) return same_plain(e->call.args.at[0], x);
    if (e->kind == EXPR_IDENT) return e->ident.obj && e->ident.obj->kind == OBJ_VAR && e->ident.obj->gen_flags == VAR_SLOT && !(e->ident.obj->flags & OBJF_GLOBAL);
    return e->kind == EXPR_BINARY && (e->op == TOK_ADD || e->op == TOK_SUB) && is_plain_sum(e->binary.x, x) && is_plain_sum(e->binary.y, x);
}

// An element of a row of rows or of a slice that is a field: the row or slice
// comes last, so that one instruction can take both steps.
static bool row_comes_last(Expr *x, Expr *i) {
    x = ast_unparen(x);
    if (x->kind == EXPR_SELECTOR) return is_plain_sum(i, x) && !type_is_unsigned(i->type);
    return x->kind == EXPR_INDEX && !x->index.instance && x->mode != MODE_MAPINDEX && is_plain_sum(i, x) && !type_is_unsigned(i->type) && !type_is_unsigned(x->index.index.at[0]->type);
}

static Place index_place(FuncGen *g, Expr *e) {
    Expr *x = e->index.x, *i = e->index.index.at[0];
    Type *u = type_core(x->type);
    if (!u) u = type_under(x->type);
    if (u->kind == KIND_MAP) {
        Place p = {.kind = PLACE_MAP, .type = u->elem, .container = x->type};
        p.slot = expr(g, x);
        p.index = expr_as(g, i, u->key, ANY);
        return p;
    }
    if (u->kind == KIND_SLICE || u->kind == KIND_STRING) {
        Place p = {.kind = PLACE_INDEX, .type = u->kind == KIND_STRING ? type_byte : u->elem};
        bool early = row_comes_last(x, i);
        if (early) p.index = index_value(g, i);
        p.slot = indexed_slice(g, x);
        if (!early) p.index = index_value(g, i);
        return p;
    }
    Place base = place_of(g, x);
    emit_line(g, e->pos);
    return array_index(g, base, i);
}

Place place_of(FuncGen *g, Expr *e) {
    e = ast_unparen(e);
    if (e->mode == MODE_CONST || e->mode == MODE_NIL) return rvalue_place(g, e);
    switch (e->kind) {
    case EXPR_IDENT:
        if (strcmp(e->ident.name->text, "_") == 0 && (!e->ident.obj || e->ident.obj->gen_flags == VAR_NONE)) return (Place){.kind = PLACE_BLANK, .type = e->type};
        if (e->ident.obj && e->ident.obj->kind == OBJ_VAR) return place_var(g, e->ident.obj);
        break;
    case EXPR_SELECTOR:
        if (e->selector.obj && e->selector.obj->kind == OBJ_VAR) return place_var(g, e->selector.obj);
        if (e->selector.selection && e->selector.selection->kind == SEL_FIELD) {
            Place p;
            walk_path(g, e->selector.x, e->selector.selection, e->selector.selection->npath, &p);
            return p;
        }
        break;
    case EXPR_INDEX:
        if (!e->index.instance && !(e->flags & EXPR_COMMA_OK)) return index_place(g, e);
        break;
    case EXPR_STAR: {
        uint32_t p = expr(g, e->unary.x);
        return mem_place(p, 0, e->type);
    }
    default: break;
    }
    return rvalue_place(g, e);
}

// --- reading and writing places

// Does p (of kind SLOT) cover whole slots? A variable of narrow scalar type is
// one canonical slot; a narrow field of a struct in slots is a few bytes of the
// struct's memory image, marked by p->part.
static bool covers_slots(const Place *p, const TypeDesc *d) {
    return is_big(d) || d->size == 0 || (p->off % 8 == 0 && d->size % 8 == 0) || !p->part;
}

static uint32_t slot_load(FuncGen *g, Place *p, const TypeDesc *d, int64_t dst) {
    uint32_t at = p->slot + (uint32_t)(p->off / 8);
    if (covers_slots(p, d)) {
        if (dst == ANY) return at;
        emit_move(g, (uint32_t)dst, at, value_slots(d));
        return (uint32_t)dst;
    }
    uint32_t to = dst == ANY ? slot_alloc(g, d) : (uint32_t)dst;
    if (is_scalar_kind(d->kind)) {
        emit_ext(g, OP_FRAME_LOAD, to, p->slot, (uint32_t)p->off, d->kind);
    } else {
        emit_int(g, to + value_slots(d) - 1, 0);
        emit_ext(g, OP_FRAME_COPY, to, p->slot, 0, d->size | p->off << 48);
    }
    return to;
}

static void slot_store(FuncGen *g, Place *p, const TypeDesc *d, uint32_t src) {
    uint32_t at = p->slot + (uint32_t)(p->off / 8);
    if (covers_slots(p, d)) emit_move(g, at, src, value_slots(d));
    else if (is_scalar_kind(d->kind)) emit_ext(g, OP_FRAME_STORE, p->slot, src, (uint32_t)p->off, d->size);
    else emit_ext(g, OP_FRAME_COPY, p->slot, src, 0, d->size | p->off << 32);
}

static Opcode index_op(const TypeDesc *d) {
    switch (d->kind) {
    case KIND_BOOL: case KIND_UINT8: return OP_INDEX_U8;
    case KIND_INT8: return OP_INDEX_I8;
    case KIND_INT16: return OP_INDEX_I16;
    case KIND_UINT16: return OP_INDEX_U16;
    case KIND_INT32: return OP_INDEX_I32;
    case KIND_UINT32: case KIND_FLOAT32: return OP_INDEX_U32;
    default: break;
    }
    if (d->size == 8) return OP_INDEX_64;
    if (d->size == 16) return OP_INDEX_2;
    if (d->size == 24) return OP_INDEX_3;
    return OP_NOP;
}

// Where a map operation finds its key: big keys are spread into slots for it.
uint32_t map_key(FuncGen *g, Place *p) {
    const TypeDesc *kd = lower_type(type_under(p->container)->key);
    if (!is_big(kd)) return p->index;
    uint64_t n = type_slots(kd);
    if (n > 8192) {
        g->too_large = true;
        return p->index;
    }
    uint8_t *kinds = arena_alloc(n);
    for (uint64_t i = 0; i < n; i++) kinds[i] = lower_word_is_ptr(kd, i) ? SLOT_POINTER : SLOT_SCALAR;
    uint32_t at = slot_run(g, kinds, (uint32_t)n);
    emit_ext(g, OP_LOAD_N, at, p->index, 0, kd->size);
    return at;
}

uint32_t place_load(FuncGen *g, Place *p, int64_t dst) {
    if (p->member) return bits_load(g, p, dst);
    const TypeDesc *d = lower_type(p->type);
    if (p->kind == PLACE_SLOT) return slot_load(g, p, d, dst);
    uint32_t to = dst == ANY ? slot_alloc(g, d) : (uint32_t)dst;
    switch (p->kind) {
    case PLACE_MEM: load_mem(g, to, p->slot, p->off, p->type); break;
    case PLACE_GLOBAL:
        if (d->size == 8) emit_ext(g, OP_GLOBAL_GET, to, 0, 0, (uint64_t)(uintptr_t)p->addr + p->off);
        else if ((d->size == 16 || d->size == 24) && !is_scalar_kind(d->kind)) emit_ext(g, d->size == 16 ? OP_GLOBAL_GET2 : OP_GLOBAL_GET3, to, 0, 0, (uint64_t)(uintptr_t)p->addr + p->off);
        else load_mem(g, to, place_addr(g, p), 0, p->type);
        break;
    case PLACE_INDEX: {
        Opcode op = index_op(d);
        if (op != OP_NOP && !is_big(d)) emit(g, op, to, p->slot, p->index);
        else load_mem(g, to, place_addr(g, p), 0, p->type);
        break;
    }
    case PLACE_ARRAY: array_op(g, d->size == 8 ? OP_ARRAY_64 : OP_ARRAY_U8, to, p->slot, p); break;
    case PLACE_MAP: {
        uint32_t addr = slot_word(g, true);
        emit_ptr(g, OP_MAP_GET, addr, p->slot, map_key(g, p), lower_type(p->container));
        if (d->size) load_mem(g, to, addr, 0, p->type);
        break;
    }
    default: break;
    }
    return to;
}

static bool set_op(const TypeDesc *d, Opcode *op) {
    if (is_big(d)) return false;
    if (is_scalar_kind(d->kind) || d->size == 8) {
        *op = d->ptr_words ? OP_SET_PTR : d->size == 1 ? OP_SET_8 : d->size == 2 ? OP_SET_16 : d->size == 4 ? OP_SET_32 : OP_SET_64;
        return true;
    }
    return false;
}

void place_store(FuncGen *g, Place *p, uint32_t src) {
    if (p->kind == PLACE_BLANK) return;
    if (p->member) {
        bits_store(g, p, src);
        return;
    }
    const TypeDesc *d = lower_type(p->type);
    Opcode op;
    switch (p->kind) {
    case PLACE_SLOT: slot_store(g, p, d, src); break;
    case PLACE_MEM: store_mem(g, p->slot, p->off, p->type, src); break;
    case PLACE_GLOBAL:
        if (d->size == 8) emit_ext(g, d->ptr_words ? OP_GLOBAL_SET_PTR : OP_GLOBAL_SET, 0, src, 0, (uint64_t)(uintptr_t)p->addr + p->off);
        else if (d->size) store_mem(g, place_addr(g, p), 0, p->type, src);
        break;
    case PLACE_INDEX:
        if (set_op(d, &op)) {
            emit(g, op, p->slot, src, p->index);
            break;
        }
        store_mem(g, place_addr(g, p), 0, p->type, src);
        break;
    case PLACE_ARRAY:
        if (d->ptr_words) store_mem(g, place_addr(g, p), 0, p->type, src);
        else array_op(g, d->size == 8 ? OP_ARRAY_SET_64 : OP_ARRAY_SET_8, p->slot, src, p);
        break;
    case PLACE_MAP: {
        uint32_t addr = slot_word(g, true);
        emit_ptr(g, OP_MAP_SET, addr, p->slot, map_key(g, p), lower_type(p->container));
        if (d->size) store_mem(g, addr, 0, p->type, src);
        break;
    }
    default: break;
    }
}

void place_store_once(FuncGen *g, Place *p, uint32_t src, uint32_t temps) {
    Opcode op;
    if (p->kind == PLACE_INDEX && !p->member && set_op(lower_type(p->type), &op) && emit_field_set(g, op, p->slot, src, p->index, temps)) return;
    place_store(g, p, src);
}

void place_zero(FuncGen *g, Place *p) {
    const TypeDesc *d = lower_type(p->type);
    if (p->kind == PLACE_SLOT && !p->member && !is_big(d) && covers_slots(p, d)) {
        emit_zero(g, p->slot + (uint32_t)(p->off / 8), value_slots(d));
        return;
    }
    if (p->kind == PLACE_MEM && d->size > 24) {
        emit_ptr(g, OP_ZERO_MEM, place_addr(g, p), 0, 0, d);
        return;
    }
    uint32_t mark = g->top, z = slot_alloc(g, d);
    if (is_big(d)) emit_new(g, z, d);
    else emit_zero(g, z, value_slots(d));
    place_store(g, p, z);
    g->top = mark;
}

uint32_t place_addr(FuncGen *g, Place *p) {
    uint32_t dst;
    switch (p->kind) {
    case PLACE_MEM:
        if (p->off == 0) return p->slot;
        dst = slot_word(g, true);
        if (p->off <= UINT16_MAX) emit(g, OP_LEA, dst, p->slot, (uint32_t)p->off);
        else emit_ext(g, OP_LEA_K, dst, p->slot, 0, p->off);
        return dst;
    case PLACE_GLOBAL:
        dst = slot_word(g, true);
        emit_ext(g, OP_LOAD_K, dst, 0, 0, (uint64_t)(uintptr_t)p->addr + p->off);
        return dst;
    case PLACE_INDEX:
        dst = slot_word(g, true);
        emit_ext(g, OP_INDEX_ADDR, dst, p->slot, p->index, (uint64_t)type_size(p->type));
        return dst;
    case PLACE_ARRAY: {
        Place array = mem_place(p->slot, p->off, p->type);
        uint32_t base = place_addr(g, &array);
        dst = slot_word(g, true);
        emit_ext(g, OP_ARRAY_ADDR, dst, base, p->index, p->len | (uint64_t)type_size(p->type) << 32);
        return dst;
    }
    case PLACE_MAP: // only to read a part of the value
        dst = slot_word(g, true);
        emit_ptr(g, OP_MAP_GET, dst, p->slot, map_key(g, p), lower_type(p->container));
        return dst;
    case PLACE_SLOT: { // a value without an address of its own: copy it to the heap
        uint32_t v = place_load(g, p, ANY);
        dst = slot_word(g, true);
        emit_new(g, dst, lower_type(p->type));
        store_mem(g, dst, 0, p->type, v);
        return dst;
    }
    default:
        dst = slot_word(g, true);
        emit_new(g, dst, lower_type(p->type));
        return dst;
    }
}

bool behind_pointer(Expr *x) {
    for (;;) {
        x = ast_unparen(x);
        if (x->kind == EXPR_STAR) return true;
        if (x->kind == EXPR_SELECTOR && x->selector.selection) {
            Selection *s = x->selector.selection;
            if (s->indirect || type_under(s->recv)->kind == KIND_POINTER) return true;
            x = x->selector.x;
        } else if (x->kind == EXPR_INDEX && !x->index.instance) {
            Type *u = type_under(x->index.x->type);
            if (u->kind != KIND_ARRAY) return u->kind == KIND_POINTER;
            x = x->index.x;
        } else {
            return false;
        }
    }
}

// Forming an address with an offset checks by itself.
uint32_t place_checked_addr(FuncGen *g, Place *p) {
    if (p->kind == PLACE_MEM && p->off == 0) emit(g, OP_NIL_CHECK, 0, p->slot, 0);
    return place_addr(g, p);
}
