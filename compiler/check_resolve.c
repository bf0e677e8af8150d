// SPDX-License-Identifier: MIT
// check_resolve.c: resolving the objects of a package on demand: their types, and
// the values of constants and variables.
//
// An object is WHITE, then GREY while it is being resolved, then BLACK. One that
// is met while it is GREY depends on itself (check_cycle).
#include <string.h>

#include "compiler/check_impl.h"

// --- circles

static ObjectList open_objects; // those being resolved (GREY), the outermost first

void forget_open_objects(void) { memset(&open_objects, 0, sizeof open_objects); }

void cycle_notes(Object **at, uint32_t n, uint32_t first) {
    for (uint32_t i = 0; i < n; i++) {
        Object *a = at[(first + i) % n], *b = at[(first + i + 1) % n];
        source_note(a->pos, "%s refers to %s", a->name->text, b->name->text);
    }
}

static void cycle_error(Object **at, uint32_t n) {
    uint32_t first = 0;
    for (uint32_t i = 1; i < n; i++)
        if (at[i]->pos < at[first]->pos) first = i;
    Object *o = at[first];
    if (o->kind == OBJ_TYPE) source_error(o->pos, "invalid recursive type %s", o->name->text);
    else source_error(o->pos, "invalid cycle in declaration of %s", o->name->text);
    cycle_notes(at, n, first);
}

// o is mentioned while it is being resolved. Types may refer to each other in
// circles when one of them is defined; circles of constants and variables alone
// are found when the initialisation is ordered.
static void check_cycle(Object *o) {
    uint32_t from = open_objects.len;
    while (from > 0 && open_objects.at[from - 1] != o) from--;
    bool valid = true;
    if (from-- > 0) {
        uint32_t n = open_objects.len - from, values = 0, defined = 0;
        Object **at = &open_objects.at[from];
        bool through_params = false;
        for (uint32_t i = 0; i < n; i++) {
            values += at[i]->kind == OBJ_CONST || at[i]->kind == OBJ_VAR;
            defined += at[i]->kind == OBJ_TYPE && !at[i]->decl->type.alias;
            through_params |= ck.type_params_open && at[i]->kind == OBJ_TYPE && at[i]->decl->type.tparams.len > 0;
        }
        valid = !through_params && (values == n || (values == 0 && defined > 0));
        for (uint32_t i = 0; i < n && values == n; i++) obj_info(at[i])->cyclic = true;
        if (!valid) {
            cycle_error(at, n);
            o->type = type_invalid;
        }
    }
    if (!o->type && o->kind != OBJ_FUNC) o->type = type_invalid;
}

// --- variables

// One value for all names of a spec.
static void resolve_shared_value(VarSpec *s, Expr *value, Type *t) {
    Type **types = ARENA_ARRAY(Type *, s->nobjs);
    s->holder = ck.decl;
    for (uint32_t i = 0; i < s->nobjs; i++) s->objs[i]->color = GREY; // it gives the types of all
    bool ok = check_single_source(value, s->nobjs, types, s->objs[0]->pos);
    for (uint32_t i = 0; i < s->nobjs; i++) {
        if (!t) s->objs[i]->type = ok ? type_default(types[i]) : type_invalid;
        else if (ok) check_result_type(value, types[i], t);
    }
}

// Values whose number is wrong.
static void resolve_mismatch(VarSpec *s, ExprList *values, Type *t) {
    uint32_t n = values->len;
    for (uint32_t i = 0; i < n; i++) check_value(values->at[i], NULL);
    if (n > s->nobjs) error_in(values->at[s->nobjs], "assignment mismatch: %u variable%s but %u values", s->nobjs, s->nobjs == 1 ? "" : "s", n);
    else source_error(s->objs[0]->pos, "assignment mismatch: %u variables but %u value%s", s->nobjs, n, n == 1 ? "" : "s");
    for (uint32_t i = 0; i < s->nobjs && !t; i++) s->objs[i]->type = type_invalid;
}

// What the variables of a spec share; values of their own are left to check_var_value.
static void resolve_vars(ObjInfo *info) {
    VarSpec *s = info->spec;
    if (s->resolved) return;
    s->resolved = true;
    Decl *d = s->decl;
    ExprList *values = &d->value.values;
    Type *t = d->value.type ? check_var_type(d->value.type) : NULL;
    for (uint32_t i = 0; i < s->nobjs && t; i++) s->objs[i]->type = t;
    if (values->len == 1 && s->nobjs > 1) resolve_shared_value(s, values->at[0], t);
    else if (values->len && values->len != s->nobjs) resolve_mismatch(s, values, t);
}

static void check_var_value(Object *o, ObjInfo *info) {
    Decl *d = info->spec->decl;
    if (d->value.values.len != info->spec->nobjs) return; // done by resolve_vars
    Expr *v = d->value.values.at[info->value_index];
    Type *t = d->value.type ? o->type : NULL;
    check_value(v, t);
    if (t) assign_to(v, t, "variable declaration");
    else o->type = variable_type(v, "variable declaration");
}

// --- functions

static Type *receiver_type(Decl *d, Object *o, Scope *scope) {
    Scope *saved = ck.scope;
    ck.scope = scope;
    Type *t;
    if (o->func.recv_named && o->func.recv_named->ntargs) { // method of an instance
        t = o->func.ptr_recv ? type_pointer_to(o->func.recv_named) : o->func.recv_named;
    } else {
        t = check_var_type(d->func.recv->type);
    }
    ck.scope = saved;
    return t;
}

static void check_receiver_base(Decl *d, Type *t) {
    if (t == type_invalid) return;
    Type *b = t->kind == KIND_POINTER ? t->elem : t;
    const char *name = type_string(b);
    Pos pos = d->func.recv->type->start;
    bool written = type_expr_is_instance(d->func.recv->type);
    if (b->kind != TYPE_K_NAMED || !b->obj || !b->obj->pkg) source_error(pos, b->kind == TYPE_K_NAMED || b->kind < KIND_ARRAY || b->kind == KIND_STRING ? "cannot define new methods on non-local type %s" : "invalid receiver type %s", name), source_note(0, "methods are for types of this package: type T %s", name);
    else if (b->obj->pkg != ck.pkg) source_error(pos, "cannot define new methods on non-local type %s", name), source_note(0, "methods are for types of this package: type T struct { %s }", name);
    else if (b->ntargs && !written) source_error(pos, "cannot define new methods on instantiated type %s", name);
    else if (type_under(b)->kind == KIND_POINTER || type_under(b)->kind == KIND_INTERFACE || type_under(b)->kind == KIND_UNSAFE_POINTER) source_error(pos, "invalid receiver type %s (pointer or interface type)", name);
}

static void resolve_func(Object *o, ObjInfo *info) {
    Decl *d = o->decl;
    FuncInfo *fi = ARENA_NEW(FuncInfo);
    Scope *scope = scope_new(info->scope);
    scope->is_func = true;
    Object *recv = NULL;
    if (d->func.recv) {
        Field *f = d->func.recv;
        Type *rt = receiver_type(d, o, info->scope);
        check_receiver_base(d, rt);
        recv = object_new(OBJ_VAR, f->name ? f->name->start : f->type->start, ck.pkg, f->name ? f->name->ident.name : NULL, rt);
        recv->flags |= OBJF_PARAM | OBJF_USED;
        recv->color = BLACK;
        if (f->name) f->name->ident.obj = recv;
    }
    ck.scope = info->scope;
    Type *sig = check_signature(d->func.sig, NULL, recv, scope);
    o->type = sig;
    o->func.info = fi;
    fi->obj = o;
    fi->sig = sig;
    fi->recv = recv;
    fi->params = sig->params;
    fi->nparams = sig->nparams;
    fi->results = sig->results;
    fi->nresults = sig->nresults;
    fi->body = d->func.body;
    fi->pkg = ck.pkg;
    fi->pos = d->pos;
    fi->end = d->func.end;
    fi->tree = d->func.tree;
    fi->declared = arena_since((const char *)fi);
    if (sig->ntparams) {
        fi->body = d->func.body ? ast_clone_stmt(d->func.body) : NULL; // instances copy the declaration's own
        queue_body(fi, o, scope);
        return;
    }
    Type *recv_type = o->func.recv_named;
    if (recv_type && has_type_param(recv_type) && recv_type != self_instance(recv_type->obj)) return;
    queue_body(fi, o, scope);
}

// --- everything

void enter_package_level(Package *pkg, Scope *scope) {
    ck.pkg = pkg;
    ck.scope = scope;
    ck.func = NULL;
    ck.flow = NULL;
    ck.proc = NULL;
    ck.in_command = false;
    ck.iota = -1;
    ck.in_script_top = false;
}

void resolve_object(Object *o) {
    if (o->color == BLACK || !o->decl) return;
    if (o->color == GREY) {
        check_cycle(o);
        return;
    }
    ObjInfo *info = obj_info(o);
    Checker saved = ck;
    o->color = GREY;
    VEC_PUSH(&open_objects, o);
    enter_package_level(o->pkg, info->scope);
    if (o->kind != OBJ_TYPE) ck.type_depth = 0;
    ck.type_params_open = false;
    ck.decl = o;
    switch (o->kind) {
    case OBJ_CONST: const_decl_value(o, o->decl, info->value_index, info->scope); break;
    case OBJ_VAR:
        resolve_vars(info);
        check_var_value(o, info);
        break;
    case OBJ_TYPE:
        ck.decl = NULL;
        check_type_decl(o);
        break;
    case OBJ_FUNC:
        ck.decl = NULL;
        resolve_func(o, info);
        break;
    default: break;
    }
    o->color = BLACK;
    open_objects.len--;
    if (!o->type) o->type = type_invalid;
    ck = saved;
}
