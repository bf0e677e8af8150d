// SPDX-License-Identifier: MIT
// ffi_types.c: loading libffi, and its descriptions of types.
//
// libffi computes the layout of a struct from its elements, which cannot say
// unions, bit-fields or alignment asked for. So a struct is described by what
// the calling convention looks at: on x86-64 the class of each eight bytes, on
// AArch64 whether it is up to four floats of one size; its size and alignment
// are given.
#include <dlfcn.h>
#include <string.h>

#include "runtime/base.h"
#include "vm/ffi_impl.h"

static LibFfi lib;
static const char *why_not;

static bool load(void) {
    static const char *const names[] = {CSP_LIBFFI, "libffi.so.8", "libffi.so.7", "libffi.so.6"};
    void *h = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !h; i++) h = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!h) {
        why_not = "the library " CSP_LIBFFI " is not installed (Debian: libffi8)";
        return false;
    }
    static const struct { int kind; const char *name; } scalars[] = {
        {FOREIGN_VOID, "ffi_type_void"}, {FOREIGN_BOOL, "ffi_type_uint8"}, {FOREIGN_I8, "ffi_type_sint8"}, {FOREIGN_I16, "ffi_type_sint16"}, {FOREIGN_I32, "ffi_type_sint32"},
        {FOREIGN_I64, "ffi_type_sint64"}, {FOREIGN_U8, "ffi_type_uint8"}, {FOREIGN_U16, "ffi_type_uint16"}, {FOREIGN_U32, "ffi_type_uint32"}, {FOREIGN_U64, "ffi_type_uint64"},
        {FOREIGN_F32, "ffi_type_float"}, {FOREIGN_F64, "ffi_type_double"}, {FOREIGN_C64, "ffi_type_complex_float"}, {FOREIGN_C128, "ffi_type_complex_double"}, {FOREIGN_PTR, "ffi_type_pointer"},
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) ok &= (lib.scalars[scalars[i].kind] = dlsym(h, scalars[i].name)) != NULL;
    ok &= (lib.ldouble = dlsym(h, "ffi_type_longdouble")) != NULL;
    const struct { void **to; const char *name; } functions[] = {
        {(void **)&lib.prep_cif, "ffi_prep_cif"}, {(void **)&lib.prep_cif_var, "ffi_prep_cif_var"}, {(void **)&lib.call, "ffi_call"},
        {(void **)&lib.closure_alloc, "ffi_closure_alloc"}, {(void **)&lib.prep_closure_loc, "ffi_prep_closure_loc"},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) ok &= (*functions[i].to = dlsym(h, functions[i].name)) != NULL;
    if (!ok) why_not = "the installed libffi lacks functions that csp needs";
    return ok;
}

const LibFfi *ffi_library(void) {
    static int state; // 0 not tried, 1 there, 2 not there; first asked before the program runs
    if (!state) state = load() ? 1 : 2;
    return state == 1 ? &lib : NULL;
}

const char *ffi_library_error(void) { return why_not ? why_not : "libffi cannot be loaded"; }

// --- structs

static bool is_float(uint8_t kind) { return kind == FOREIGN_F32 || kind == FOREIGN_F64; }

typedef struct Elements { ffi_type *at[20]; uint32_t n; } Elements;

static void add(Elements *e, int kind) { e->at[e->n++] = lib.scalars[kind]; }

// Integers that fill n bytes, n at most 8.
static void add_bytes(Elements *e, uint32_t n) {
    static const uint8_t kinds[] = {FOREIGN_U64, FOREIGN_U32, FOREIGN_U16, FOREIGN_U8};
    for (uint32_t i = 0, size = 8; i < 4; i++, size /= 2)
        for (; n >= size; n -= size) add(e, kinds[i]);
}

#if defined(__x86_64__)
static void classify(const ForeignType *t, Elements *e) {
    for (uint32_t at = 0; at < t->size; at += 8) {
        uint32_t len = t->size - at < 8 ? t->size - at : 8;
        bool all_float = true, any = false;
        for (uint32_t i = 0; i < t->nfields; i++)
            if (t->fields[i].offset / 8 == at / 8) any = true, all_float &= is_float(t->fields[i].kind);
        if (any && all_float && len != 8 && len != 4) all_float = false;
        if (any && all_float) add(e, len == 8 ? FOREIGN_F64 : FOREIGN_F32);
        else add_bytes(e, len);
    }
}
#else
static void classify(const ForeignType *t, Elements *e) {
    uint32_t distinct = 0;
    bool uniform = t->nfields > 0 && is_float(t->fields[0].kind);
    for (uint32_t i = 0; i < t->nfields && uniform; i++) {
        bool seen = false;
        uniform = t->fields[i].kind == t->fields[0].kind;
        for (uint32_t k = 0; k < i; k++) seen |= t->fields[k].offset == t->fields[i].offset;
        distinct += !seen;
    }
    uint32_t each = uniform && t->fields[0].kind == FOREIGN_F64 ? 8 : 4;
    if (uniform && distinct <= 4 && distinct * each == t->size) {
        for (uint32_t i = 0; i < distinct; i++) add(e, t->fields[0].kind);
        return;
    }
    for (uint32_t at = 0; at < t->size; at += 8) add_bytes(e, t->size - at < 8 ? t->size - at : 8);
}
#endif

static ffi_type *struct_type(const ForeignType *t) {
    Elements e = {.n = 0};
    bool in_memory = t->size > 16;
#if !defined(__x86_64__)
    in_memory = t->size > 32; // four doubles may still be in registers
#endif
    if (in_memory) add(&e, FOREIGN_U64); // only the size counts
    else classify(t, &e);
    ffi_type *f = base_calloc(1, sizeof *f + (e.n + 1) * sizeof *f->elements);
    f->elements = (ffi_type **)(f + 1);
    memcpy(f->elements, e.at, e.n * sizeof *f->elements);
    f->type = FFI_TYPE_STRUCT;
    f->size = t->size;
    f->alignment = (unsigned short)t->align;
    return f;
}

ffi_type *ffi_type_for(const LibFfi *l, const ForeignType *t) {
    if (t->kind == FOREIGN_STRUCT) return t->size ? struct_type(t) : NULL;
    if (t->kind == FOREIGN_PROMOTED) return l->scalars[FOREIGN_F64];
    if (t->kind == FOREIGN_LDOUBLE) return l->ldouble;
    return l->scalars[t->kind > FOREIGN_PTR ? FOREIGN_PTR : t->kind];
}

// --- from descriptors

static int scalar_kind(const TypeDesc *d) {
    static const uint8_t kinds[KIND_COUNT] = {
        [KIND_BOOL] = FOREIGN_BOOL, [KIND_INT] = FOREIGN_I64, [KIND_INT8] = FOREIGN_I8, [KIND_INT16] = FOREIGN_I16, [KIND_INT32] = FOREIGN_I32, [KIND_INT64] = FOREIGN_I64,
        [KIND_UINT] = FOREIGN_U64, [KIND_UINT8] = FOREIGN_U8, [KIND_UINT16] = FOREIGN_U16, [KIND_UINT32] = FOREIGN_U32, [KIND_UINT64] = FOREIGN_U64, [KIND_UINTPTR] = FOREIGN_U64,
        [KIND_FLOAT32] = FOREIGN_F32, [KIND_FLOAT64] = FOREIGN_F64, [KIND_COMPLEX64] = FOREIGN_C64, [KIND_COMPLEX128] = FOREIGN_C128, [KIND_POINTER] = FOREIGN_PTR, [KIND_UNSAFE_POINTER] = FOREIGN_PTR,
    };
    return kinds[d->kind];
}

typedef struct FieldList { ForeignField *at; uint32_t n, cap; } FieldList;
enum { MAX_FIELDS = 4096 };

static void add_field(FieldList *out, uint32_t offset, int kind) {
    if (out->n == out->cap) {
        out->cap = out->cap ? out->cap * 2 : 8;
        out->at = base_realloc(out->at, out->cap * sizeof *out->at);
    }
    out->at[out->n++] = (ForeignField){offset, (uint8_t)kind};
}

static bool flatten(const TypeDesc *d, uint32_t offset, FieldList *out) {
    if (d->kind == KIND_ARRAY) {
        for (int64_t i = 0; i < d->len; i++)
            if (!flatten(d->elem, offset + (uint32_t)(i * (int64_t)d->elem->size), out)) return false;
        return true;
    }
    if (d->kind == KIND_STRUCT) {
        for (uint32_t i = 0; i < d->nfields; i++) {
            const FieldDesc *f = &d->fields[i];
            bool gap = f->name.len == 1 && f->name.ptr[0] == '_';
            if (f->offset % f->type->align) return false; // packed: the rules of passing are others
            if (!gap && !flatten(f->type, offset + (uint32_t)f->offset, out)) return false;
        }
        return true;
    }
    if (d->kind == KIND_STRING || d->kind == KIND_SLICE || d->kind == KIND_INTERFACE) { // words: cgo's GoString, GoSlice, GoInterface
        for (uint32_t at = 0; at < d->size; at += 8) add_field(out, offset + at, at ? FOREIGN_I64 : FOREIGN_PTR);
        return true;
    }
    int kind = scalar_kind(d);
    if (kind == FOREIGN_VOID) return false;
    if (out->n >= MAX_FIELDS) return true; // so large that only the size counts
    if (kind == FOREIGN_C64 || kind == FOREIGN_C128) {
        int half = kind == FOREIGN_C64 ? FOREIGN_F32 : FOREIGN_F64;
        add_field(out, offset, half);
        add_field(out, offset + (uint32_t)d->size / 2, half);
    } else {
        add_field(out, offset, kind);
    }
    return true;
}

ForeignType ffi_describe(const TypeDesc *d) {
    ForeignType t = {.kind = (uint8_t)scalar_kind(d), .boxed = d->size > BIG_BYTES, .size = (uint32_t)d->size, .align = d->align, .desc = d};
    t.slots = t.boxed ? 1 : (uint16_t)type_slots(d);
    bool compound = d->kind == KIND_STRUCT || d->kind == KIND_STRING || d->kind == KIND_SLICE || d->kind == KIND_INTERFACE;
    if (!compound) return t;
    FieldList fields = {0};
    if (!flatten(d, 0, &fields) || !d->size) return t;
    t.kind = FOREIGN_STRUCT;
    t.fields = fields.at;
    t.nfields = fields.n;
    return t;
}
