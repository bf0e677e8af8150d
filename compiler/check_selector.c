// SPDX-License-Identifier: MIT
// check_selector.c: x.f: fields and methods of values, methods of types
// (method expressions), and why there is none of that name.
//
// What is found, with the way through embedded fields, is kept in the node's
// Selection for generation.
#include "compiler/check_impl.h"
#include "compiler/foreign.h"

static Type *method_expr_type(Type *recv, Type *sig) {
    Type *t = type_new(KIND_FUNC);
    t->params = ARENA_ARRAY(Object *, sig->nparams + 1);
    t->params[0] = object_new(OBJ_VAR, 0, ck.pkg, NULL, recv);
    for (uint32_t i = 0; i < sig->nparams; i++) t->params[i + 1] = sig->params[i];
    t->nparams = sig->nparams + 1;
    t->results = sig->results;
    t->nresults = sig->nresults;
    t->variadic = sig->variadic;
    return t;
}

// Another spelling that only differs in the first letter's case.
static bool other_case(Expr *e, Type *t) {
    const char *name = e->selector.sel->ident.name->text;
    char *alt = arena_printf("%s", name);
    Selection s = {0};
    bool ambiguous;
    alt[0] ^= 0x20;
    if (!type_lookup(t, name_of(alt), ck.pkg, &s, &ambiguous)) return false;
    error_in(e->selector.sel, "%s.%s undefined (type %s has no field or method %s, but does have %s %s)", ast_string(e->selector.x), name, type_string(t), name, s.kind == SEL_FIELD ? "field" : "method", alt);
    return true;
}

// A field or method of that name which only its own package may use.
static bool unexported(Expr *e, Type *t) {
    Type *base = type_deref(t, NULL);
    Name *name = e->selector.sel->ident.name;
    Selection s = {0};
    bool ambiguous;
    if (base->kind != TYPE_K_NAMED || !base->obj->pkg || base->obj->pkg == ck.pkg || name_exported(name) || !type_lookup(t, name, base->obj->pkg, &s, &ambiguous)) return false;
    error_in(e->selector.sel, "%s.%s undefined (cannot refer to unexported %s %s)", ast_string(e->selector.x), name->text, s.kind == SEL_FIELD ? "field" : "method", name->text);
    return true;
}

static void selection_error(Expr *e, Type *t, bool ambiguous) {
    Expr *sel = e->selector.sel;
    const char *name = sel->ident.name->text, *x = ast_string(e->selector.x);
    Type *u = type_under(t);
    if (u == type_invalid) return;
    if (!u) error_in(sel, "%s.%s undefined (type %s has no field or method %s)", x, name, type_string(t), name); // its declaration is not complete
    else if (ambiguous) error_in(sel, "ambiguous selector %s.%s", x, name);
    else if (u->kind == KIND_POINTER && type_under(u->elem)->kind == KIND_INTERFACE)
        error_in(sel, "%s.%s undefined (type %s is pointer to interface, not interface)", x, name, type_string(t));
    else if (!other_case(e, t) && !unexported(e, t)) {
        error_in(sel, "%s.%s undefined (type %s has no field or method %s)", x, name, type_string(t), name);
        suggest_field(e->selector.x, t, sel->ident.name);
    }
}

static void resolve_selection(Selection *s) {
    if (s->method) {
        resolve_object(s->method);
        note_use(s->method);
        s->type = s->method->type;
    }
}

static void select_from_type(Expr *e, Selection *s) {
    if (s->kind == SEL_FIELD) {
        error_in(e->selector.sel, "%s undefined (type %s has no method %s)", ast_string(e), type_string(s->recv), e->selector.sel->ident.name->text);
        invalidate(e);
        return;
    }
    if (s->kind == SEL_METHOD && s->method->func.ptr_recv && !selection_ends_in_pointer(s) && !s->indirect) {
        error_in(e->selector.sel, "invalid method expression %s (needs pointer receiver (*%s).%s)", ast_string(e), type_string(s->recv), e->selector.sel->ident.name->text);
        invalidate(e);
        return;
    }
    if (!s->type) {
        invalidate(e);
        return;
    }
    s->kind = SEL_METHOD_EXPR;
    set_value(e, s->type = method_expr_type(s->recv, s->type));
}

static void select_from_value(Expr *e, Selection *s) {
    Expr *x = e->selector.x;
    bool through_pointer = s->indirect || type_under(s->recv)->kind == KIND_POINTER;
    if (s->kind == SEL_FIELD) {
        e->mode = x->mode == MODE_VAR || through_pointer ? MODE_VAR : MODE_VALUE;
        e->type = s->type;
        if (e->type == type_invalid) invalidate(e);
        return;
    }
    if (s->kind == SEL_METHOD && s->method->func.ptr_recv && !selection_ends_in_pointer(s)) {
        if (x->mode != MODE_VAR && !through_pointer) {
            error_in(e, "cannot call pointer method %s on %s", e->selector.sel->ident.name->text, type_string(s->recv));
            invalidate(e);
            return;
        }
        if (!through_pointer) mark_address(x);
    }
    if (!s->type || s->type == type_invalid) {
        invalidate(e);
        return;
    }
    set_value(e, s->type);
}

// The operand of a selector that is no package. false: in error, reported.
static bool check_selected(Expr *x) {
    check_expr_or_type(x);
    if (is_invalid(x)) return false;
    if (x->mode == MODE_TYPE && x->type->kind == TYPE_K_NAMED && x->type->ntparams && !x->type->ntargs) {
        error_in(x, "cannot use generic type %s without instantiation", x->type->obj->name->text);
        return false;
    }
    if (x->mode != MODE_TYPE) use_default(x);
    return true;
}

// Finds name in the type of x. Through a pointer to an interface there is
// nothing, through a named pointer type there are no methods.
static bool find_selection(Expr *x, Name *name, Selection *s, bool *ambiguous) {
    Type *t = x->type;
    if (t->kind == TYPE_K_NAMED && t->obj->check && !t->underlying) resolve_object(t->obj);
    Type *u = type_under(t), *pointee = u && u->kind == KIND_POINTER ? type_under(u->elem) : NULL;
    if (!u || (pointee && pointee->kind == KIND_INTERFACE)) return false;
    if (!type_lookup(t, name, ck.pkg, s, ambiguous)) return false;
    return s->kind == SEL_FIELD || t->kind != TYPE_K_NAMED || u->kind != KIND_POINTER;
}

static void check_member(Expr *e) {
    Expr *x = e->selector.x;
    Name *name = e->selector.sel->ident.name;
    if (name_is_blank(name)) {
        error_in(e->selector.sel, "cannot refer to blank field or method");
        invalidate(e);
        return;
    }
    Selection *s = ARENA_NEW_BESIDE(e, Selection);
    bool ambiguous = false;
    if (x->mode != MODE_TYPE && (s->member = foreign_member(x->type, name))) {
        s->kind = SEL_FIELD;
        s->type = s->member->type;
    } else if (!find_selection(x, name, s, &ambiguous)) {
        selection_error(e, x->type, ambiguous);
        invalidate(e);
        return;
    }
    s->recv = x->type;
    s->name = name;
    resolve_selection(s);
    e->selector.selection = s;
    if (x->mode == MODE_TYPE) select_from_type(e, s);
    else select_from_value(e, s);
}

void check_selector(Expr *e) {
    Expr *x = e->selector.x;
    bool unknown;
    Object *p = package_operand(x, &unknown);
    if (unknown) invalidate(x);
    if (p) check_qualified(e, p);
    else if (unknown || !check_selected(x)) invalidate(e);
    else check_member(e);
}
