// SPDX-License-Identifier: MIT
// check_collect.c: collecting the declarations of a package before anything is
// resolved: objects for the names of all files, and methods for the types that
// they belong to.
#define _GNU_SOURCE
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/foreign.h"

// An object of the package: of this input, or of an earlier one of the session.
static Object *own_object(Name *name) {
    Object *o = scope_lookup_here(ck.pkg->scope, name);
    return o || !ck.pkg->earlier ? o : scope_lookup_here(ck.pkg->earlier, name);
}

static bool is_earlier(const Object *o) { return ck.pkg->earlier && ck.pkg->files.len && o->pos < ck.pkg->files.at[0]->source->base; }

// --- objects

static void declare(Object *o) {
    if (name_is_blank(o->name)) return;
    if (name_is(o->name, "init") && o->kind != OBJ_FUNC) {
        source_error(o->pos, "cannot declare init - must be func");
        return;
    }
    if (name_is(o->name, "main") && o->kind != OBJ_FUNC && name_is(o->pkg->name, "main")) {
        source_error(o->pos, "cannot declare main - must be func");
        return;
    }
    Object *old = scope_insert(ck.pkg->scope, o);
    if (!old) return;
    source_error(o->pos, "%s redeclared in this block", o->name->text);
    source_note(old->pos, "other declaration of %s", o->name->text);
}

static Object *package_object(int kind, Expr *name, Decl *d, Scope *scope) {
    Object *o = object_new((ObjKind)kind, name->start, ck.pkg, name->ident.name, NULL);
    o->decl = d;
    obj_info(o)->scope = scope;
    name->ident.obj = o;
    return o;
}

static void collect_values(Decl *d, Scope *scope) {
    uint32_t n = d->value.names.len;
    VarSpec *spec = ARENA_NEW(VarSpec);
    spec->objs = ARENA_ARRAY(Object *, n);
    spec->nobjs = n;
    spec->decl = d;
    bool is_const = d->kind == DECL_CONST;
    for (uint32_t i = 0; i < n; i++) {
        Object *o = package_object(is_const ? OBJ_CONST : OBJ_VAR, d->value.names.at[i], d, scope);
        obj_info(o)->value_index = i;
        obj_info(o)->spec = spec;
        spec->objs[i] = o;
        obj_info(o)->order = ck.work->consts.len + ck.work->vars.len;
        if (is_const) {
            VEC_PUSH(&ck.work->consts, o);
        } else {
            o->flags |= OBJF_GLOBAL | OBJF_USED;
            VEC_PUSH(&ck.work->vars, o);
            VEC_PUSH(&ck.pkg->vars, o);
        }
        VEC_PUSH(&d->value.objs, o);
        declare(o);
    }
    if (is_const && !d->value.inherited && d->value.values.len > n) error_in(d->value.values.at[n], "extra init expr");
    else if (is_const && n && d->value.values.len > n) error_in(d->value.names.at[n - 1], "extra init expr: the values are those of an earlier constant");
}

static void collect_type(Decl *d, Scope *scope) {
    Object *o = package_object(OBJ_TYPE, d->type.name, d, scope);
    d->type.obj = o;
    VEC_PUSH(&ck.work->types, o);
    declare(o);
}

// "//export NAME" in the comment above a function gives it to C.
static void collect_export(Decl *d, Object *o) {
    static const char mark[] = "//export ";
    for (const char *p = d->doc.ptr, *end = p + d->doc.len; p && (p = memmem(p, (size_t)(end - p), mark, sizeof mark - 1));) {
        const char *from = p += sizeof mark - 1;
        while (p < end && (*p == '_' || (*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z'))) p++;
        if (p > from) foreign_add_export(ck.pkg, name_intern(from, (size_t)(p - from)), o, o->pos);
    }
}

static void collect_func(Decl *d, Scope *scope) {
    if (d->func.recv) {
        MethodDecl m = {d, scope};
        VEC_PUSH(&ck.work->methods, m);
        if (d->func.sig->sig.tparams.len) {
            error_in(d->func.sig->sig.tparams.at[0].name, "methods cannot have type parameters");
            d->func.sig->sig.tparams.len = 0;
        }
        return;
    }
    Name *name = d->func.name->ident.name;
    Object *o = package_object(OBJ_FUNC, d->func.name, d, scope);
    o->flags |= OBJF_USED;
    d->func.obj = o;
    VEC_PUSH(&ck.work->funcs, o);
    if (d->doc.len) collect_export(d, o);
    bool is_init = name_is(name, "init"), is_main = name_is(name, "main") && name_is(ck.pkg->name, "main");
    if (is_init || is_main) {
        if (d->func.sig->sig.tparams.len) source_error(d->pos, "func %s must have no type parameters", name->text);
        if (d->func.sig->sig.params.len || d->func.sig->sig.results.len) source_error(d->pos, "func %s must have no arguments and no return values", name->text);
        if (!d->func.body) source_error(d->pos, "func %s is missing a body", name->text);
    }
    if (is_init) VEC_PUSH(&ck.pkg->inits, o);
    else declare(o);
    if (is_main) ck.pkg->main = o;
    if (!d->func.body && !ck.pkg->is_library && !ck.config->ignore_bodies && !is_init && !is_main) source_error(d->pos, "missing function body");
}

static void collect_script_decls(FileAst *f, Scope *scope) {
    for (uint32_t i = 0; i < f->script.len; i++) {
        Stmt *s = f->script.at[i];
        if (s->kind != STMT_DECL) continue;
        for (Decl *d = s->decl.decl; d; d = d->next_in_group) {
            if (d->kind == DECL_CONST) collect_values(d, scope);
            else if (d->kind == DECL_TYPE) collect_type(d, scope);
        }
    }
}

enum { DECL_HEAD_BYTES = 512 }; // of a declaration with its type or signature, mostly

// Passes over declarations look at what was parsed next to them.
void prefetch_decl(const Decl *d) { arena_prefetch((ArenaSpan){(const char *)d, DECL_HEAD_BYTES}); }

void collect_file(FileImports *f) {
    FileAst *a = f->file;
    scope_reserve(ck.pkg->scope, ck.pkg->scope->len + a->decls.len);
    for (uint32_t i = 0; i < a->decls.len; i++) {
        Decl *d = a->decls.at[i];
        if (i + 1 < a->decls.len) prefetch_decl(a->decls.at[i + 1]);
        switch (d->kind) {
        case DECL_CONST: case DECL_VAR: collect_values(d, f->scope); break;
        case DECL_TYPE: collect_type(d, f->scope); break;
        case DECL_FUNC: collect_func(d, f->scope); break;
        default: break;
        }
    }
    if (!a->package_name) collect_script_decls(a, f->scope);
}

// --- methods

// A method of a later input takes the place of an earlier one.
static void drop_earlier_method(ObjInfo *info, Object *by) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < info->methods.len; i++) {
        if (info->methods.at[i]->name == by->name && is_earlier(info->methods.at[i])) {
            Replaced r = {info->methods.at[i], by};
            VEC_PUSH(&ck.pkg->replaced, r);
            continue;
        }
        info->methods.at[n] = info->methods.at[i];
        info->method_decls.at[n++] = info->method_decls.at[i];
    }
    info->methods.len = info->method_decls.len = n;
}

// A receiver of a generic type names the type's parameters, all of them.
static void check_receiver_params(Decl *d, Object *t) {
    Expr *r = d->func.recv->type;
    while (r->kind == EXPR_PAREN || r->kind == EXPR_STAR) r = r->kind == EXPR_PAREN ? r->paren.x : r->unary.x;
    uint32_t want = t->decl->type.tparams.len;
    if (r->kind != EXPR_INDEX) {
        if (r->kind == EXPR_IDENT && own_object(r->ident.name) == t) error_in(r, "cannot use generic type %s without instantiation", t->name->text);
        return;
    }
    ExprList *names = &r->index.index;
    for (uint32_t i = 0; i < names->len; i++)
        if (names->at[i]->kind != EXPR_IDENT) {
            error_in(names->at[i], "receiver type parameter %s must be an identifier", ast_string(names->at[i]));
            return;
        }
    if (names->len != want) error_in(r, "receiver declares %u type parameter%s, but receiver base type declares %u", names->len, names->len == 1 ? "" : "s", want);
}

// The methods' objects exist before anything is resolved, so that method sets
// are whole from the first look on.
enum { MAX_ALIASES = 100 }; // from a receiver to its type; more are a circle

void collect_methods(void) {
    for (uint32_t i = 0; i < ck.work->methods.len; i++) {
        Decl *d = ck.work->methods.at[i].d;
        Expr *base = type_expr_base(d->func.recv->type);
        Object *t = base->kind == EXPR_IDENT ? own_object(base->ident.name) : NULL;
        bool ptr = ast_unparen(d->func.recv->type)->kind == EXPR_STAR;
        for (int steps = 0; t && t->kind == OBJ_TYPE && t->decl && t->decl->type.alias; steps++) { // through aliases
            Expr *to = type_expr_base(t->decl->type.type);
            ptr |= ast_unparen(t->decl->type.type)->kind == EXPR_STAR;
            t = to->kind == EXPR_IDENT && steps < MAX_ALIASES ? own_object(to->ident.name) : NULL;
        }
        bool local = t && t->kind == OBJ_TYPE;
        Object *o = package_object(OBJ_FUNC, d->func.name, d, ck.work->methods.at[i].scope);
        o->flags |= OBJF_USED;
        d->func.obj = o;
        o->func.ptr_recv = ptr;
        if (!d->func.body && !ck.pkg->is_library && !ck.config->ignore_bodies) source_error(d->pos, "missing function body");
        if (!local) {
            VEC_PUSH(&ck.work->funcs, o); // the receiver's error is reported when it is resolved
            continue;
        }
        ObjInfo *info = obj_info(t);
        if (is_earlier(t)) {
            VEC_PUSH(&ck.pkg->extended, t);
            drop_earlier_method(info, o);
        }
        if (!name_is_blank(o->name)) {
            for (uint32_t k = 0; k < info->methods.len; k++)
                if (info->methods.at[k]->name == o->name) {
                    source_error(o->pos, "method %s.%s already declared", t->name->text, o->name->text);
                    source_note(info->methods.at[k]->pos, "other declaration of method %s", o->name->text);
                    break;
                }
        }
        VEC_PUSH(&info->method_decls, d);
        VEC_PUSH(&info->methods, o);
        if (!t->decl->type.tparams.len) VEC_PUSH(&ck.work->funcs, o);
        else check_receiver_params(d, t);
    }
}

// Hands a named type its methods once the type exists.
void attach_methods(Object *o) {
    ObjInfo *info = obj_info(o);
    Type *t = o->type;
    if (!info->methods.len || !t || t->kind != TYPE_K_NAMED || (o->flags & OBJF_ALIAS)) return;
    VEC(Method) out = {0};
    for (uint32_t i = 0; i < info->methods.len; i++) {
        Object *m = info->methods.at[i];
        m->func.recv_named = t;
        if (name_is_blank(m->name)) continue;
        Method entry = {m->name, ck.pkg, m, m->pos};
        VEC_PUSH(&out, entry);
    }
    t->methods = out.at;
    t->nmethods = out.len;
}

void check_field_method_clash(Object *o) {
    Type *t = o->type, *u = t && t->kind == TYPE_K_NAMED ? t->underlying : NULL;
    if (!u || u->kind != KIND_STRUCT) return;
    ObjInfo *info = obj_info(o);
    for (uint32_t i = 0; i < info->methods.len; i++)
        for (uint32_t k = 0; k < u->nfields; k++)
            if (u->fields[k].name == info->methods.at[i]->name && !name_is_blank(u->fields[k].name)) {
                source_error(info->methods.at[i]->pos, "field and method with the same name %s", u->fields[k].name->text);
                source_note(u->fields[k].pos, "other declaration of %s", u->fields[k].name->text);
            }
}
