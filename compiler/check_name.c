// SPDX-License-Identifier: MIT
// check_name.c: names and qualified names: what they denote, and what is noted
// on a variable that is mentioned, assigned to or whose address is taken.
//
// Each mention goes through use_object: it resolves the object, makes it a
// dependency of the declaration being checked and marks it as used.
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/escape.h"
#include "compiler/foreign.h"
#include "compiler/notation.h"

// --- marks on variables

// The variable whose storage e denotes a part of, NULL when it is reached
// through a pointer.
static Object *root_var(Expr *e) {
    for (;;) {
        switch (e->kind) {
        case EXPR_PAREN: e = e->paren.x; break;
        case EXPR_IDENT: return e->ident.obj && e->ident.obj->kind == OBJ_VAR ? e->ident.obj : NULL;
        case EXPR_SELECTOR: {
            Selection *s = e->selector.selection;
            if (!s || s->kind != SEL_FIELD || s->indirect || type_under(s->recv)->kind == KIND_POINTER) return NULL;
            e = e->selector.x;
            break;
        }
        case EXPR_INDEX:
            if (!e->index.x->type || type_under(e->index.x->type)->kind != KIND_ARRAY) return NULL;
            e = e->index.x;
            break;
        default: return NULL;
        }
    }
}

void mark_address(Expr *e) {
    Object *o = root_var(e);
    if (o) o->flags |= OBJF_ADDR_TAKEN | OBJF_REASSIGNED;
}

void mark_assigned(Expr *e) {
    Object *o = root_var(e);
    if (!o) return;
    escape_assigned(o);
    note_assigned(o, e->start);
}

bool is_addressable(Expr *e) { return e->mode == MODE_VAR; }

void capture(Object *o) {
    if ((o->flags & OBJF_GLOBAL) || !ck.func || o->var.owner == ck.func->info || !o->var.owner) return;
    o->flags |= OBJF_CAPTURED;
    escape_captured(o);
    for (FuncCtx *f = ck.func; f && f->info != o->var.owner; f = f->outer) {
        bool there = false;
        for (uint32_t i = 0; i < f->info->captures.len && !there; i++) there = f->info->captures.at[i] == o;
        if (!there) VEC_PUSH(&f->info->captures, o);
    }
}

// --- names

static void use_object(Expr *e, Object *o) {
    resolve_object(o);
    note_use(o);
    if (o->flags & OBJF_GLOBAL && ck.func && ck.func->info != ck.pkg->script) o->flags |= OBJF_HELD | OBJF_HELD_NOW;
    if (o->kind != OBJ_VAR) o->flags |= OBJF_USED;
    switch (o->kind) {
    case OBJ_CONST:
        if (o->type == type_invalid || !o->type) break;
        if (!o->pkg && strcmp(o->name->text, "iota") == 0) {
            if (ck.iota < 0) {
                error_in(e, "cannot use iota outside constant declaration");
                break;
            }
            set_const(e, TY(TYPE_K_UNTYPED_INT), const_int(ck.iota));
            return;
        }
        if (!o->konst.val) break;
        set_const(e, o->type, o->konst.val);
        return;
    case OBJ_TYPE:
        if (!o->type || o->type == type_invalid) break;
        e->mode = MODE_TYPE;
        e->type = o->type;
        return;
    case OBJ_VAR:
        o->flags |= OBJF_USED;
        capture(o);
        if (ck.proc) note_mention(o, e->start);
        if (!o->type || o->type == type_invalid) break;
        e->mode = MODE_VAR;
        e->type = o->type;
        return;
    case OBJ_FUNC:
        if (!o->type) error_in(e, "invalid cycle in declaration of %s", o->name->text);
        if (!o->type || o->type == type_invalid) break;
        set_value(e, o->type);
        return;
    case OBJ_BUILTIN:
        e->mode = MODE_BUILTIN;
        e->type = type_invalid;
        return;
    case OBJ_NIL:
        e->mode = MODE_NIL;
        e->type = TY(TYPE_K_UNTYPED_NIL);
        return;
    case OBJ_PROCESS:
        error_in(e, "%s is a process, no value: its name stands before ! and ? only", o->name->text);
        break;
    default: break;
    }
    invalidate(e);
}

// What a name alone means. import "C" is for selectors only: to cgo, which takes
// the import out, C alone is what the package declares by that name.
Object *lookup_alone(Name *name, Scope **where) {
    Object *o = scope_lookup(ck.scope, name, where);
    if (!o || o->kind != OBJ_PKG || !foreign_is_package(o->pkg_name.imported)) return o;
    Scope *outer = NULL;
    Object *declared = scope_lookup((*where)->parent, name, &outer);
    if (!declared) return o;
    *where = outer;
    return declared;
}

void check_ident(Expr *e) {
    Scope *where;
    Object *o = lookup_alone(e->ident.name, &where);
    if (name_is_blank(e->ident.name) && ck.pkg->earlier) o = scope_lookup(ck.scope, name_of("it"), &where); // sessions: the last value
    if (name_is_blank(e->ident.name) && !o) {
        error_in(e, "cannot use _ as value");
        invalidate(e);
        return;
    }
    if (!o) o = auto_import(e->ident.name, e->start);
    if (!o) {
        undefined_name(e, false);
        invalidate(e);
        return;
    }
    e->ident.obj = o;
    note_import_use(o, where);
    if (o->kind == OBJ_PKG) {
        error_in(e, "use of package %s without selector", o->name->text);
        invalidate(e);
        return;
    }
    use_object(e, o);
}

// --- qualified names

// *unknown: a name that nothing declares was reported.
Object *package_operand(Expr *x, bool *unknown) {
    *unknown = false;
    if (x->kind != EXPR_IDENT) return NULL;
    Scope *where;
    Object *o = scope_lookup(ck.scope, x->ident.name, &where);
    if (!o) o = auto_import(x->ident.name, x->start);
    if (!o && !name_is_blank(x->ident.name)) {
        undefined_name(x, true);
        *unknown = true;
    }
    return o && o->kind == OBJ_PKG ? o : NULL;
}

// What name is in an imported package; of C, it may be declared only now.
static Object *imported_object(Package *imp, Expr *sel) {
    if (foreign_is_package(imp)) return foreign_lookup(imp, sel->ident.name, sel->start);
    return imp->scope ? scope_lookup_here(imp->scope, sel->ident.name) : NULL;
}

bool names_type(Expr *e) {
    Expr *x = e->kind == EXPR_SELECTOR ? e->selector.x : e;
    if (x->kind != EXPR_IDENT) return false;
    Scope *where;
    Object *o = scope_lookup(ck.scope, x->ident.name, &where);
    if (e->kind == EXPR_IDENT) return o && o->kind == OBJ_TYPE;
    if (!o) o = auto_import(x->ident.name, x->start);
    Package *imp = o && o->kind == OBJ_PKG ? o->pkg_name.imported : NULL;
    if (!imp || imp->fake) return false;
    o = imported_object(imp, e->selector.sel);
    return o && o->kind == OBJ_TYPE;
}

// A macro of C without parameters stands for a call.
static void call_macro(Expr *e, Object *o) {
    Expr *call = ARENA_NEW(Expr);
    *call = (Expr){.kind = EXPR_CALL, .pos = e->pos, .start = e->start, .end = e->end};
    call->call.fn = ast_dup_expr(e);
    call->call.lparen = call->call.rparen = e->end;
    check_foreign_call(call, foreign_func(o), NULL);
    e->kind = EXPR_PAREN;
    e->paren.x = call;
    e->mode = call->mode;
    e->type = call->type;
    e->val = call->val;
}

// Is o, which may be NULL, there for others? Otherwise reports it, as far as
// foreign_lookup has not.
static bool may_be_used(Expr *e, Package *imp, Object *o) {
    if (foreign_is_package(imp)) return o;
    Expr *sel = e->selector.sel;
    Name *name = sel->ident.name;
    if (o && name_exported(name)) return true;
    if (o) error_in(sel, "name %s not exported by package %s", name->text, imp->name->text);
    else error_in(sel, "undefined: %s.%s", e->selector.x->ident.name->text, name->text);
    suggest_member(imp, name);
    return false;
}

void check_qualified(Expr *e, Object *p) {
    Expr *x = e->selector.x, *sel = e->selector.sel;
    Package *imp = p->pkg_name.imported;
    p->pkg_name.used = true;
    x->ident.obj = p;
    x->mode = MODE_PACKAGE;
    Object *o = imp && !imp->fake ? imported_object(imp, sel) : NULL;
    if (!imp || imp->fake || !may_be_used(e, imp, o)) {
        invalidate(e);
        return;
    }
    e->selector.obj = o;
    sel->ident.obj = o;
    bool foreign = foreign_is_package(imp);
    if (foreign && foreign_is_value(o)) {
        call_macro(e, o);
    } else if (foreign && foreign_is_macro(o)) { // only ever called
        e->mode = MODE_BUILTIN;
        e->type = type_invalid;
    } else {
        use_object(e, o);
    }
}
