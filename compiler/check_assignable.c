// SPDX-License-Identifier: MIT
// check_assignable.c: which values may be assigned to which types, and the type
// that untyped ones take then.
//
// convert_untyped rewrites the whole tree below an untyped expression, for the
// operands of a shift or a sum take the type of the whole.
#include <string.h>

#include "compiler/check_impl.h"

// --- untyped values

void set_typed(Expr *e, Type *t) {
    for (;;) {
        if (!e->type || !type_is_untyped(e->type)) return;
        if (e->mode == MODE_CONST && t->kind == TYPE_K_TYPE_PARAM) {
            set_value(e, t);
            return;
        }
        if (e->mode == MODE_CONST) {
            Const *r = e->val;
            if (!type_is_untyped(t)) const_representable(e->val, type_under(t)->kind, &r);
            if (r) e->val = r;
            e->type = t;
            return;
        }
        e->type = t;
        switch (e->kind) {
        case EXPR_PAREN: e = e->paren.x; break;
        case EXPR_UNARY: e = e->unary.x; break;
        case EXPR_BINARY:
            if (token_is_comparison(e->op)) return; // operands have types of their own
            if (!token_is_shift(e->op)) set_typed(e->binary.y, t);
            e = e->binary.x;
            break;
        default: return;
        }
    }
}

// A constant operand of a non-constant shift takes the type of the whole.
static bool leaf_fits(Expr *e, Type *t) {
    Const *r;
    if (e->mode != MODE_CONST || !e->type || !type_is_untyped(e->type) || !type_is_numeric(e->type) || t->kind == TYPE_K_TYPE_PARAM || !type_is_numeric(t)) return true;
    if (const_representable(e->val, type_under(t)->kind, &r)) return true;
    if (type_is_integer(t) && const_kind(const_to_int(e->val)) != CONST_INT) error_in(e, "%s truncated to %s", operand_string(e), type_string(t));
    else error_in(e, "cannot use %s as %s value (overflows %s)", operand_string(e), type_string(t), type_string(t));
    return false;
}

// A non-constant shift whose left operand was untyped must become an integer.
static bool shifts_ok(Expr *e, Type *t) {
    for (;;) {
        if (!e->type || !type_is_untyped(e->type) || e->mode == MODE_CONST) return true;
        switch (e->kind) {
        case EXPR_PAREN: e = e->paren.x; break;
        case EXPR_UNARY: e = e->unary.x; break;
        case EXPR_BINARY:
            if (token_is_comparison(e->op)) return true;
            if (token_is_shift(e->op)) {
                if (type_is_integer(t) && !leaf_fits(e->binary.x, t)) return false;
                if (!type_is_integer(t)) {
                    error_in(e, "invalid operation: shifted operand %s (type %s) must be integer", ast_string(e->binary.x), type_string(t));
                    return false;
                }
            } else if (!leaf_fits(e->binary.y, t) || !leaf_fits(e->binary.x, t) || !shifts_ok(e->binary.y, t)) {
                return false;
            }
            e = e->binary.x;
            break;
        default: return true;
        }
    }
}

static void cannot_convert(Expr *e, Type *t) {
    if (e->mode == MODE_CONST && type_is_numeric(e->type) && type_is_numeric(t)) {
        if (type_is_integer(t) && const_kind(const_to_int(e->val)) != CONST_INT) error_in(e, "cannot use %s as %s value in %s (truncated)", operand_string(e), type_string(t), "expression");
        else error_in(e, "cannot use %s as %s value in %s (overflows)", operand_string(e), type_string(t), "expression");
    } else if (e->mode == MODE_NIL) {
        error_in(e, "cannot use nil as %s value", type_string(t));
    } else {
        error_in(e, "cannot use %s as %s value in %s", operand_string(e), type_string(t), "expression");
    }
    invalidate(e);
}
static bool nil_comparable_term(Type *t, void *ctx) {
    (void)ctx;
    return nil_comparable(t);
}

bool nil_comparable(Type *t) {
    if (t->kind == TYPE_K_TYPE_PARAM) return type_each(t, nil_comparable_term, NULL);
    switch (type_under(t)->kind) {
    case KIND_POINTER: case KIND_FUNC: case KIND_SLICE: case KIND_MAP: case KIND_CHAN: case KIND_INTERFACE: case KIND_UNSAFE_POINTER: return true;
    default: return false;
    }
}

static bool untyped_fits(Expr *e, Type *t, Const **rounded);
static bool untyped_fits_term(Type *term, void *e) {
    Const *r;
    return untyped_fits(e, term, &r);
}

// Can untyped e become a t? Fills nothing.
static bool untyped_fits(Expr *e, Type *t, Const **rounded) {
    if (t->kind == TYPE_K_TYPE_PARAM) return type_each(t, untyped_fits_term, e);
    Type *u = type_under(t);
    if (e->mode == MODE_NIL) return nil_comparable(t);
    if (u->kind == KIND_INTERFACE) return u->nmethods == 0 && !u->has_typeset;
    if (type_is_untyped(t)) return true;
    if (e->mode == MODE_CONST) {
        bool kinds = type_is_boolean(e->type) ? type_is_boolean(t) : type_is_string(e->type) ? type_is_string(t) : type_is_numeric(t);
        return kinds && u->kind <= KIND_STRING && const_representable(e->val, u->kind, rounded);
    }
    if (type_is_boolean(e->type)) return type_is_boolean(t);
    return type_is_numeric(e->type) && type_is_numeric(t);
}

void convert_untyped(Expr *e, Type *t) {
    if (is_invalid(e) || !type_is_untyped(e->type) || t == type_invalid) return;
    if (type_is_untyped(t)) {
        set_typed(e, t);
        return;
    }
    Const *rounded = e->val;
    if (e->mode == MODE_VALUE && !type_is_interface(t) && !shifts_ok(e, t)) {
        invalidate(e);
        return;
    }
    if (!untyped_fits(e, t, &rounded)) {
        cannot_convert(e, t);
        return;
    }
    if (e->mode == MODE_NIL) {
        for (Expr *x = e;; x = x->paren.x) { // parentheses around nil as well
            x->type = t;
            if (x->kind != EXPR_PAREN) break;
        }
        return;
    }
    Type *to = t;
    if (type_is_interface(t)) {
        to = type_default(e->type);
        rounded = e->val;
        if (e->mode == MODE_CONST && !const_representable(e->val, type_under(to)->kind, &rounded)) {
            cannot_convert(e, to);
            return;
        }
    }
    if (!shifts_ok(e, to)) {
        invalidate(e);
        return;
    }
    set_typed(e, to);
    if (e->mode == MODE_CONST) e->val = rounded;
}

void use_default(Expr *e) {
    if (is_invalid(e) || !e->type || !type_is_untyped(e->type) || e->mode == MODE_NIL) return;
    convert_untyped(e, type_default(e->type));
}

// --- assignability

static bool takes_term(Type *term, void *t) { return assignable_type(term, t); }
static bool term_takes(Type *term, void *v) { return assignable_type(v, term); }

bool assignable_type(Type *v, Type *t) {
    if (v == t || type_identical(v, t)) return true;
    Type *vu = type_under(v), *tu = type_under(t);
    if (!vu || !tu || vu == type_invalid || tu == type_invalid) return true;
    bool named = type_is_named(v) && type_is_named(t);
    if (v->kind != TYPE_K_TYPE_PARAM && t->kind != TYPE_K_TYPE_PARAM && !named && type_identical(vu, tu)) return true;
    if (tu->kind == KIND_INTERFACE && t->kind != TYPE_K_TYPE_PARAM) {
        Method *m;
        Object *h;
        bool p;
        return type_implements(v, t, &m, &h, &p);
    }
    if (vu->kind == KIND_CHAN && tu->kind == KIND_CHAN && vu->chan_dir == 3 && !named) return type_identical(vu->elem, tu->elem);
    if (t->kind == TYPE_K_TYPE_PARAM) return !type_is_named(v) && type_each(t, term_takes, v);
    if (v->kind == TYPE_K_TYPE_PARAM) return !type_is_named(t) && type_each(v, takes_term, t);
    return false;
}

bool assignable(Expr *e, Type *t) {
    if (is_invalid(e) || t == type_invalid) return true;
    if (type_is_untyped(e->type)) {
        Const *r;
        return untyped_fits(e, t, &r);
    }
    return assignable_type(e->type, t);
}

static const char *why_not(Expr *e, Type *t) {
    if (!type_is_interface(t) || type_is_untyped(e->type)) {
        if (type_is_interface(e->type) && !type_is_interface(t) && t->kind != TYPE_K_TYPE_PARAM) {
            Method *mm;
            Object *hh;
            bool pp;
            if (type_implements(t, e->type, &mm, &hh, &pp)) return ": need type assertion";
        }
        return "";
    }
    Method *m = NULL;
    Object *have = NULL;
    bool ptr = false;
    if (type_implements(e->type, t, &m, &have, &ptr) || !m) return "";
    return arena_printf(": %s does not implement %s %s", type_string(e->type), type_string(t), method_problem(e->type, m, have, ptr));
}

static void advise_unassignable(Expr *e, Type *t) {
    Method *m = NULL;
    Object *have = NULL;
    bool ptr = false;
    if (type_is_interface(t) && !type_is_untyped(e->type) && !type_implements(e->type, t, &m, &have, &ptr)) note_method(e->type, m, have, ptr);
    else if (!type_is_interface(t)) advise_assignment(e, t);
}

// The text of a context is made only when it is needed.
// Makes e, which names a generic function, the instance that type want asks for.
static bool instantiate_as(Expr *e, Type *want) {
    Expr *x = ast_unparen(e);
    uint32_t given;
    Type **targs;
    Object *o = generic_func(x, &given, &targs);
    if (!o || !want || want->kind != KIND_FUNC) return false;
    if (!infer_from_type(o, targs, want, e->start)) return false;
    Object *inst = instantiate_func(o, targs, o->type->ntparams, e->start);
    if (!inst) return false;
    if (x->kind == EXPR_IDENT) {
        x->ident.obj = inst;
    } else {
        if (x->kind != EXPR_INDEX) {
            Expr *copy = ast_dup_expr(x);
            x->kind = EXPR_INDEX;
            memset(&x->index, 0, sizeof x->index);
            x->index.x = copy;
        }
        x->index.instance = inst;
    }
    for (;; e = e->paren.x) {
        set_value(e, inst->type);
        if (e->kind != EXPR_PAREN) return true;
    }
}

static void report_unassignable(Expr *e, Type *t, const char *context, Expr *callee) {
    const char *suffix = why_not(e, t);
    if (e->mode == MODE_CONST && type_is_untyped(e->type) && type_is_numeric(e->type) && type_is_numeric(t))
        suffix = type_is_integer(t) && const_kind(const_to_int(e->val)) != CONST_INT ? " (truncated)" : " (overflows)";
    error_in(e, "cannot use %s as %s value in %s%s%s", operand_string(e), type_string(t), context, callee ? ast_string(callee) : "", suffix);
    advise_unassignable(e, t);
}

// The text of a context is made only when it is needed.
static bool assign_in(Expr *e, Type *t, const char *context, Expr *callee) {
    if (is_invalid(e) || !t || t == type_invalid) return false;
    bool generic = e->type->kind == KIND_FUNC && e->type->ntparams;
    if (generic && !instantiate_as(e, type_core(t))) {
        error_in(e, "cannot use generic function %s without instantiation", ast_string(e));
        invalidate(e);
        return false;
    }
    if (!assignable(e, t)) {
        report_unassignable(e, t, context, callee);
        invalidate(e);
        return false;
    }
    convert_untyped(e, t);
    return !is_invalid(e);
}

bool assign_to(Expr *e, Type *t, const char *context) { return assign_in(e, t, context, NULL); }

bool assign_argument(Expr *e, Type *t, Expr *callee) { return assign_in(e, t, "argument to ", callee); }
