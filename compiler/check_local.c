// SPDX-License-Identifier: MIT
// check_local.c: scopes of function bodies and what is declared in them:
// variables, constants and types.
//
// The scope of a local object begins after its declaration, that of a type with
// its name. The values of constants are checked here for packages, too.
#include "compiler/check_impl.h"
#include "compiler/escape.h"

// --- scopes and objects

void push_scope(void) { ck.scope = scope_new(ck.scope); }
void pop_scope(void) { ck.scope = ck.scope->parent; }

Object *new_local(Name *name, Pos pos, Type *t) {
    Object *o = object_new(OBJ_VAR, pos, ck.pkg, name, t);
    o->color = BLACK;
    escape_declared(o);
    if (ck.in_script_top) {
        o->flags |= OBJF_GLOBAL | OBJF_USED;
        VEC_PUSH(&ck.pkg->vars, o);
    } else if (ck.func) {
        o->var.owner = ck.func->info;
        VEC_PUSH(&ck.func->locals, o);
    }
    return o;
}

void enter_local(Object *o) {
    if (name_is_blank(o->name)) return;
    Object *old = scope_insert(ck.scope, o);
    if (!old) return;
    source_error(o->pos, "%s redeclared in this block", o->name->text);
    if (old->pos) source_note(old->pos, "other declaration of %s", o->name->text);
}

Object *declare_local(Name *name, Pos pos, Type *t) {
    Object *o = new_local(name, pos, t);
    enter_local(o);
    return o;
}

// A variable that the source does not have, shared with function literals.
Object *hidden_var(const char *name, Type *t) {
    Object *o = object_new(OBJ_VAR, 0, ck.pkg, name_of(name), t);
    o->color = BLACK;
    o->flags = OBJF_USED | OBJF_CAPTURED | OBJF_REASSIGNED;
    o->var.owner = ck.func->info;
    return o;
}

// --- declarations

// The type of variable i of a declaration whose type and values were checked.
// t: as declared, or NULL; result: of the call that is the only value, or NULL.
static Type *declared_type(Decl *d, uint32_t i, Type *t, Type *result) {
    ExprList *values = &d->value.values;
    Expr *v = values->len == d->value.names.len ? values->at[i] : NULL;
    if (!t) return result ? type_default(result) : variable_type(v, "variable declaration");
    if (result) check_result_type(values->at[0], result, t);
    else if (v) assign_to(v, t, "variable declaration");
    return t;
}

static void local_var_decl(Decl *d) {
    ExprList *values = &d->value.values;
    uint32_t n = d->value.names.len;
    Type *t = d->value.type ? check_var_type(d->value.type) : NULL;
    Type **types = ARENA_ARRAY(Type *, n + 1), **hints = ARENA_ARRAY(Type *, n + 1);
    for (uint32_t i = 0; i < n; i++) hints[i] = t;
    bool ok = values->len && check_sources(values, n, types, d->value.names.at[0]->start, hints);
    for (uint32_t i = 0; i < n; i++) {
        Expr *name = d->value.names.at[i];
        Type *vt = ok ? declared_type(d, i, t, types[i]) : t ? t : type_invalid;
        Object *o = new_local(name->ident.name, name->start, vt);
        if (vt == type_invalid) o->flags |= OBJF_USED;
        name->ident.obj = o;
        name->type = vt;
        VEC_PUSH(&d->value.objs, o);
    }
    for (uint32_t i = 0; i < n; i++) enter_local(d->value.objs.at[i]);
}

static Type *check_const_type(Decl *d) {
    Type *t = check_type(d->value.inherited ? ast_clone_expr(d->value.type) : d->value.type);
    if (t == type_invalid || (t->kind != TYPE_K_TYPE_PARAM && type_is_const_type(t))) return t;
    error_in(d->value.type, "invalid constant type %s", type_string(t));
    return type_invalid;
}

// Gives o the value v, of type t unless that is NULL. Errors of a value that is
// inherited from an earlier constant of the group are reported at o.
static void check_const_value(Object *o, Expr *v, Type *t, bool inherited) {
    if (inherited || v->type) v = ast_clone_expr(v);
    if (inherited) {
        for (Expr *x = v; x; x = x->kind == EXPR_BINARY ? x->binary.x : x->kind == EXPR_PAREN ? x->paren.x : NULL) x->flags |= EXPR_IMPLICIT;
        source_force_pos(o->pos);
    }
    check_value(v, NULL);
    if (!is_invalid(v) && v->mode != MODE_CONST) {
        error_in(v, "%s is not constant", operand_string(v));
        invalidate(v);
    }
    if (!is_invalid(v) && t != type_invalid && (!t || assign_to(v, t, "constant declaration"))) {
        o->type = v->type;
        o->konst.val = v->val;
    }
    source_force_pos(0);
}

// The value of name i of a constant spec. The expression may be shared with
// other specs of the group, so each checks a copy.
void const_decl_value(Object *o, Decl *d, uint32_t i, Scope *scope) {
    Scope *saved = ck.scope;
    int64_t iota = ck.iota;
    FuncCtx *func = ck.func;
    ck.scope = scope;
    ck.iota = d->value.iota;
    o->type = type_invalid;
    Type *t = d->value.type ? check_const_type(d) : NULL;
    if (i < d->value.values.len) check_const_value(o, d->value.values.at[i], t, d->value.inherited);
    else source_error(o->pos, "missing init expr for const declaration");
    ck.scope = saved;
    ck.iota = iota;
    ck.func = func;
}

static void local_const_decl(Decl *d) {
    uint32_t n = d->value.names.len;
    Object **objs = ARENA_ARRAY(Object *, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        Expr *name = d->value.names.at[i];
        objs[i] = object_new(OBJ_CONST, name->start, ck.pkg, name->ident.name, NULL);
        objs[i]->color = BLACK;
        const_decl_value(objs[i], d, i, ck.scope);
        name->ident.obj = objs[i];
    }
    if (d->value.values.len > n && d->value.inherited && n) error_in(d->value.names.at[n - 1], "extra init expr: the values are those of an earlier constant");
    else if (d->value.values.len > n) error_in(d->value.values.at[n], "extra init expr");
    for (uint32_t i = 0; i < n; i++) enter_local(objs[i]);
}

// Its scope begins with its name, so what it stands for may mention it, wrongly.
static void local_alias(Object *o, Decl *d) {
    need_alias(d);
    o->flags |= OBJF_ALIAS;
    o->color = GREY;
    enter_local(o);
    Type *t = check_type(d->type.type);
    if (o->type == type_invalid) source_error(o->pos, "invalid recursive type %s", o->name->text);
    else o->type = t;
    o->color = BLACK;
}

static void local_type_decl(Decl *d) {
    Name *name = d->type.name->ident.name;
    Object *o = object_new(OBJ_TYPE, d->type.name->start, ck.pkg, name, NULL);
    o->decl = d;
    o->color = BLACK;
    d->type.obj = o;
    bool generic = ck.decl && (ck.in_instance || (ck.decl->type && ck.decl->type->ntparams) || (ck.decl->kind == OBJ_FUNC && ck.decl->func.ntargs));
    if (generic && !lang_at_least(20)) source_error(d->pos, "type declarations inside generic functions are not supported before go1.20");
    if (d->type.tparams.len) {
        enter_local(o);
        obj_info(o)->scope = ck.scope;
        check_type_decl(o);
        type_under(self_instance(o));
        return;
    }
    if (d->type.alias) {
        local_alias(o, d);
        return;
    }
    enter_local(o);
    declare_named(o, d->type.type);
    if (ck.type_depth == 0) check_recursive_types();
}

void check_local_decl(Decl *d) {
    for (; d; d = d->next_in_group) {
        switch (d->kind) {
        case DECL_VAR: local_var_decl(d); break;
        case DECL_CONST: local_const_decl(d); break;
        case DECL_TYPE: local_type_decl(d); break;
        default: break;
        }
    }
}
