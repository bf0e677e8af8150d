// SPDX-License-Identifier: MIT
// check_conversion.c: conversions T(x): what may be converted, constants that stay
// constant, and T(x) where T is a type parameter.
#include "compiler/check_impl.h"
#include "runtime/utf8.h"

static bool is_bytes_or_runes(Type *u) {
    if (u->kind != KIND_SLICE) return false;
    int k = type_under(u->elem)->kind;
    return k == KIND_UINT8 || k == KIND_INT32;
}

static bool identical_but_tags(Type *a, Type *b);

static bool objects_but_tags(Object **a, Object **b, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (!identical_but_tags(a[i]->type, b[i]->type)) return false;
    return true;
}

// Identical when struct tags are left out of account.
static bool identical_but_tags(Type *a, Type *b) {
    if (type_identical(a, b)) return true;
    if (a->kind != b->kind) return false;
    switch (a->kind) {
    case KIND_STRUCT:
        if (a->nfields != b->nfields) return false;
        for (uint32_t i = 0; i < a->nfields; i++) {
            const StructField *f = &a->fields[i], *g = &b->fields[i];
            if (f->name != g->name || f->embedded != g->embedded || (!name_exported(f->name) && f->pkg != g->pkg) || !identical_but_tags(f->type, g->type)) return false;
        }
        return true;
    case KIND_POINTER: case KIND_SLICE: return identical_but_tags(a->elem, b->elem);
    case KIND_ARRAY: return a->len == b->len && identical_but_tags(a->elem, b->elem);
    case KIND_MAP: return identical_but_tags(a->key, b->key) && identical_but_tags(a->elem, b->elem);
    case KIND_CHAN: return a->chan_dir == b->chan_dir && identical_but_tags(a->elem, b->elem);
    case KIND_FUNC:
        return a->nparams == b->nparams && a->nresults == b->nresults && a->variadic == b->variadic && objects_but_tags(a->params, b->params, a->nparams) && objects_but_tags(a->results, b->results, a->nresults);
    default: return false;
    }
}

static bool convertible(Expr *x, Type *t);

static bool convertible_to_term(Type *term, void *x) {
    Expr *e = x;
    Const *r;
    if (e->mode == MODE_CONST && type_is_numeric(e->type) && type_is_numeric(term)) return const_representable(e->val, type_under(term)->kind, &r);
    return convertible(e, term);
}

typedef struct Conversion { Expr *x; Type *to; } Conversion;

static bool convertible_from_term(Type *term, void *ctx) {
    Conversion *c = ctx;
    Expr x;
    ast_copy_expr(&x, c->x);
    x.mode = MODE_VALUE;
    x.type = term;
    return convertible(&x, c->to);
}

static bool convertible(Expr *x, Type *t) {
    if (assignable(x, t)) return true;
    if (t->kind == TYPE_K_TYPE_PARAM) return type_each(t, convertible_to_term, x);
    if (x->type->kind == TYPE_K_TYPE_PARAM) {
        Conversion c = {x, t};
        return type_each(x->type, convertible_from_term, &c);
    }
    Type *v = x->type, *vu = type_under(v), *tu = type_under(t);
    if (identical_but_tags(vu, tu)) return true;
    if (vu->kind == KIND_POINTER && tu->kind == KIND_POINTER && !type_is_named(v) && !type_is_named(t) && identical_but_tags(type_under(vu->elem), type_under(tu->elem))) return true;
    bool vn = type_is_integer(v) || type_is_float(v), tn = type_is_integer(t) || type_is_float(t);
    if (vn && tn) return true;
    if (type_is_complex(v) && type_is_complex(t)) return true;
    if (type_is_string(t) && (type_is_integer(v) || is_bytes_or_runes(vu))) return true;
    if (type_is_string(v) && is_bytes_or_runes(tu)) return true;
    if (tu->kind == KIND_UNSAFE_POINTER && (vu->kind == KIND_POINTER || vu->kind == KIND_UINTPTR || vu->kind == KIND_UNSAFE_POINTER)) return true;
    if (vu->kind == KIND_UNSAFE_POINTER && (tu->kind == KIND_POINTER || tu->kind == KIND_UINTPTR)) return true;
    if (vu->kind == KIND_SLICE) {
        Type *arr = tu->kind == KIND_POINTER ? type_under(tu->elem) : tu;
        if (arr->kind == KIND_ARRAY && lang_at_least(tu->kind == KIND_POINTER ? 17 : 20)) return type_identical(arr->elem, vu->elem);
    }
    return false;
}

// A constant converted to a constant type stays one.
static bool const_conversion(Expr *e, Expr *x, Type *t) {
    if (x->mode != MODE_CONST || !type_is_const_type(t)) return false;
    Const *r = x->val;
    int kind = type_under(t)->kind;
    if (const_representable(x->val, kind, &r) && (type_is_string(t) == type_is_string(x->type)) && type_is_boolean(t) == type_is_boolean(x->type)) {
        set_const(e, t, r);
        if (type_is_untyped(x->type)) set_typed(x, type_is_numeric(t) || type_is_string(t) || type_is_boolean(t) ? t : type_default(x->type));
        return true;
    }
    if (type_is_string(t) && type_is_integer(x->type)) {
        int64_t n;
        if (!const_is_int64(const_to_int(x->val), &n) || n < 0 || n > INT32_MAX) n = -1;
        char buf[4];
        size_t len = (size_t)utf8_encode(buf, (int32_t)n);
        set_const(e, t, const_str(arena_str(buf, len)));
        if (type_is_untyped(x->type)) set_typed(x, type_default(x->type));
        return true;
    }
    return false;
}

// Does a conversion's type read as a type parameter in the generic source?
static bool is_type_arg(Expr *type) {
    type = ast_unparen(type);
    return type->kind == EXPR_IDENT && type->ident.obj && (type->ident.obj->flags & OBJF_TYPE_ARG);
}

// T(x) for a type parameter T: never a constant, whatever T stands for.
static void convert_to_param(Expr *e, Expr *x, Type *t) {
    Const *r;
    bool fits = x->mode == MODE_CONST && type_is_const_type(t) && type_is_string(t) == type_is_string(x->type) && type_is_boolean(t) == type_is_boolean(x->type) && t->kind != TYPE_K_TYPE_PARAM && const_representable(x->val, type_under(t)->kind, &r);
    if (!fits && !convertible(x, t)) {
        error_in(x, "cannot convert %s to type %s", operand_string(x), type_string(t));
        invalidate(e);
        return;
    }
    if (type_is_untyped(x->type)) convert_untyped(x, x->mode == MODE_NIL || fits || (t->kind != TYPE_K_TYPE_PARAM && x->mode != MODE_CONST && type_is_const_type(t)) ? t : type_default(x->type));
    if (is_invalid(x)) invalidate(e);
    else set_value(e, t);
}

// A constraint is no type to convert to. false: reported.
static bool check_interface_target(Expr *e, Type *t) {
    Type *u = type_under(t);
    complete_interface(u);
    if (!u->has_typeset && !u->comparable_constraint && t != type_comparable) return true;
    error_in(e, "cannot use interface %s in conversion (contains specific type constraints or is comparable)", type_string(t));
    return false;
}

static void cannot_convert_to(Expr *x, Type *t) {
    if (x->mode != MODE_CONST || !type_is_numeric(x->type) || !type_is_numeric(t)) {
        error_in(x, "cannot convert %s to type %s", operand_string(x), type_string(t));
        advise_conversion(x, t);
    } else if (type_is_integer(t) && const_kind(const_to_int(x->val)) != CONST_INT) {
        error_in(x, "cannot convert %s to type %s (truncated)", operand_string(x), type_string(t));
    } else {
        error_in(x, "cannot convert %s to type %s (constant %s overflows %s)", operand_string(x), type_string(t), const_string(x->val), type_string(t));
    }
}

// The type that an untyped operand of a conversion to t has before it: its
// default where t says nothing of it, as in interface{}(1) and []byte("x").
static Type *operand_type(Expr *x, Type *t) {
    if (x->mode == MODE_NIL) return t;
    if (type_is_interface(t) || type_under(t)->kind == KIND_UNSAFE_POINTER) return type_default(x->type);
    bool other_kind = x->mode == MODE_CONST && (!type_is_const_type(t) || (type_is_string(t) && type_is_numeric(x->type)));
    return other_kind ? type_default(x->type) : t;
}

void check_conversion(Expr *e, Expr *x, Type *t) {
    e->call.call_kind = CALL_CONVERSION;
    if (is_invalid(x) || t == type_invalid || !require_complete(t, e->start)) {
        invalidate(e);
        return;
    }
    if (t->kind == TYPE_K_TYPE_PARAM || is_type_arg(e->call.fn)) {
        convert_to_param(e, x, t);
        return;
    }
    if (type_is_interface(t) && !check_interface_target(e, t)) {
        invalidate(e);
        return;
    }
    if (const_conversion(e, x, t)) return;
    bool const_numbers = x->mode == MODE_CONST && type_is_numeric(x->type) && type_is_numeric(t);
    if (const_numbers || !convertible(x, t)) {
        cannot_convert_to(x, t);
        invalidate(e);
        return;
    }
    if (type_is_untyped(x->type)) convert_untyped(x, operand_type(x, t));
    if (is_invalid(x)) invalidate(e);
    else set_value(e, t);
}
