// SPDX-License-Identifier: MIT
// c_layout.c: C types in memory and in calls: sizes, alignments, offsets of fields
// and bits, and how values are passed.
#include "compiler/c_impl.h"

CType *c_basic(int kind) {
    static CType basic[C_BASIC_COUNT]; // not in the arena, which may be taken back
    static const struct { uint8_t size, align; } layout[C_BASIC_COUNT] = {
        [C_VOID] = {1, 1}, [C_BOOL] = {1, 1}, [C_CHAR] = {1, 1}, [C_SCHAR] = {1, 1}, [C_UCHAR] = {1, 1}, [C_SHORT] = {2, 2}, [C_USHORT] = {2, 2},
        [C_INT] = {4, 4}, [C_UINT] = {4, 4}, [C_LONG] = {8, 8}, [C_ULONG] = {8, 8}, [C_LLONG] = {8, 8}, [C_ULLONG] = {8, 8},
        [C_INT128] = {16, 16}, [C_UINT128] = {16, 16}, [C_FLOAT] = {4, 4}, [C_DOUBLE] = {8, 8}, [C_LDOUBLE] = {16, 16},
        [C_CFLOAT] = {8, 4}, [C_CDOUBLE] = {16, 8}, [C_CLDOUBLE] = {32, 16},
    };
    CType *t = &basic[kind];
    if (!t->complete) *t = (CType){.kind = (uint8_t)kind, .size = layout[kind].size, .align = layout[kind].align, .complete = true};
    return t;
}

CType *c_strip(CType *t) {
    while (t && t->kind == C_TYPEDEF) t = t->of;
    return t;
}

// --- layout

static int64_t round_up(int64_t n, int64_t align) { return (n + align - 1) / align * align; }

// Bit-fields of one unit follow each other while they fit into their declared
// type at its own alignment; packed ones always do.
static void place_bits(CType *t, CField *f, int64_t *bit, uint32_t *align) {
    int64_t unit = f->type->size * 8;
    if (f->bits == 0) {
        *bit = round_up(*bit, unit);
        return;
    }
    if (!t->packed && *bit / unit != (*bit + f->bits - 1) / unit) *bit = round_up(*bit, unit);
    f->offset = *bit / unit * f->type->size;
    f->bit_offset = (int32_t)(*bit - f->offset * 8);
    *bit += f->bits;
    uint32_t a = t->packed ? 1 : c_strip(f->type)->align;
    if (f->name && a > *align) *align = a;
}

static bool lay_out_fields(CType *t) {
    int64_t bit = 0, largest = 0;
    uint32_t align = 1;
    for (uint32_t i = 0; i < t->nfields; i++) {
        CField *f = &t->fields[i];
        if (!c_layout(f->type)) return false;
        if (t->kind == C_UNION) bit = 0;
        if (f->bits >= 0) {
            place_bits(t, f, &bit, &align);
        } else {
            uint32_t a = t->packed ? 1 : f->type->align;
            if (f->type->min_align > a) a = f->type->min_align;
            f->offset = round_up((bit + 7) / 8, a);
            bit = (f->offset + f->type->size) * 8;
            if (a > align) align = a;
        }
        if (bit > largest) largest = bit;
    }
    if (t->min_align > align) align = t->min_align;
    t->align = align;
    t->size = round_up((largest + 7) / 8, align);
    return true;
}

bool c_layout(CType *t) {
    if (t->align) return true;
    switch (t->kind) {
    case C_POINTER: t->size = t->align = 8; return true;
    case C_FUNC: t->size = t->align = 1; return true;
    case C_TYPEDEF:
        if (!c_layout(t->of)) return false;
        t->size = t->of->size;
        t->align = t->min_align ? t->min_align : t->of->align;
        return true;
    case C_ENUM:
        if (!t->of) return false;
        t->size = t->of->size;
        t->align = t->of->align;
        return true;
    case C_ARRAY:
        if (!c_layout(t->of)) return false;
        if (__builtin_mul_overflow(t->len > 0 ? t->len : 0, t->of->size, &t->size)) return false;
        t->align = t->of->align;
        return true;
    case C_STRUCT: case C_UNION: return t->complete && lay_out_fields(t);
    default: return false;
    }
}

// --- passing by value

int c_foreign_kind(CType *t) {
    static const uint8_t kinds[C_BASIC_COUNT] = {
        [C_BOOL] = FOREIGN_BOOL, [C_CHAR] = FOREIGN_I8, [C_SCHAR] = FOREIGN_I8, [C_UCHAR] = FOREIGN_U8, [C_SHORT] = FOREIGN_I16, [C_USHORT] = FOREIGN_U16,
        [C_INT] = FOREIGN_I32, [C_UINT] = FOREIGN_U32, [C_LONG] = FOREIGN_I64, [C_ULONG] = FOREIGN_U64, [C_LLONG] = FOREIGN_I64, [C_ULLONG] = FOREIGN_U64,
        [C_FLOAT] = FOREIGN_F32, [C_DOUBLE] = FOREIGN_F64, [C_CFLOAT] = FOREIGN_C64, [C_CDOUBLE] = FOREIGN_C128, [C_LDOUBLE] = FOREIGN_LDOUBLE,
    };
    t = c_strip(t);
#ifdef __aarch64__
    if (t->kind == C_CHAR) return FOREIGN_U8;
#endif
    if (t->kind < C_BASIC_COUNT) return kinds[t->kind];
    if (t->kind == C_POINTER) return FOREIGN_PTR;
    if (t->kind == C_ENUM) return t->of ? c_foreign_kind(t->of) : FOREIGN_U32;
    return t->kind == C_STRUCT || t->kind == C_UNION ? FOREIGN_STRUCT : FOREIGN_VOID;
}

enum { MAX_SCALARS = 4096 };

static void add_scalar(ForeignFieldList *out, int kind, int64_t offset) {
    ForeignField f = {.kind = (uint8_t)kind, .offset = (uint32_t)offset};
    if (out->len < MAX_SCALARS) VEC_PUSH(out, f);
}

bool c_flatten(CType *t, uint32_t offset, ForeignFieldList *out) {
    t = c_strip(t);
    if (!c_layout(t) || out->len >= MAX_SCALARS) return out->len >= MAX_SCALARS;
    if (t->kind == C_ARRAY) {
        for (int64_t i = 0; i < t->len && out->len < MAX_SCALARS; i++)
            if (!c_flatten(t->of, offset + (uint32_t)(i * t->of->size), out)) return false;
        return true;
    }
    if (t->kind != C_STRUCT && t->kind != C_UNION) {
        int kind = c_foreign_kind(t);
        if (kind == FOREIGN_VOID || kind == FOREIGN_LDOUBLE) return false;
        if (kind == FOREIGN_C64 || kind == FOREIGN_C128) {
            int half = kind == FOREIGN_C64 ? FOREIGN_F32 : FOREIGN_F64;
            add_scalar(out, half, offset);
            add_scalar(out, half, offset + t->size / 2);
        } else {
            add_scalar(out, kind, offset);
        }
        return true;
    }
    for (uint32_t i = 0; i < t->nfields; i++) {
        const CField *f = &t->fields[i];
        if (f->bits < 0 && !c_flatten(f->type, offset + (uint32_t)f->offset, out)) return false;
        for (int64_t bit = f->bit_offset; f->bits > 0 && bit < f->bit_offset + f->bits; bit += 8 - bit % 8) add_scalar(out, FOREIGN_U8, offset + f->offset + bit / 8);
    }
    return true;
}

static uint32_t scalar_size(uint8_t kind) {
    switch (kind) {
    case FOREIGN_BOOL: case FOREIGN_I8: case FOREIGN_U8: return 1;
    case FOREIGN_I16: case FOREIGN_U16: return 2;
    case FOREIGN_I32: case FOREIGN_U32: case FOREIGN_F32: return 4;
    default: return 8;
    }
}

bool c_misaligned(CType *t) {
    t = c_strip(t);
    ForeignFieldList fields = {0};
    if ((t->kind != C_STRUCT && t->kind != C_UNION) || !c_flatten(t, 0, &fields)) return false;
    for (uint32_t i = 0; i < fields.len; i++)
        if (fields.at[i].offset % scalar_size(fields.at[i].kind)) return true;
    return false;
}
