// SPDX-License-Identifier: MIT
// check.c: checking a package: collecting its declarations, resolving them on
// demand, bodies, unused imports, the order of initialisation.
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/foreign.h"

Checker ck;

typedef struct Body { FuncInfo *info; Scope *scope; Package *pkg; Object *decl; int64_t iota; } Body;
static VEC(Body) bodies;
static uint32_t bodies_next;

typedef struct FileImports { FileAst *file; Scope *scope; VEC(Object *) names; } FileImports;
static VEC(FileImports) files;

ObjInfo *obj_info(Object *o) {
    if (!o->check) o->check = ARENA_NEW(ObjInfo);
    return o->check;
}

static bool is_name(const Name *n, const char *text) { return strcmp(n->text, text) == 0; }

// An object of the package: of this input, or of an earlier one of the session.
static Object *own_object(Name *name) {
    Object *o = scope_lookup_here(ck.pkg->scope, name);
    return o || !ck.pkg->earlier ? o : scope_lookup_here(ck.pkg->earlier, name);
}

static bool is_earlier(const Object *o) { return ck.pkg->earlier && ck.pkg->files.len && o->pos < ck.pkg->files.at[0]->source->base; }

bool need_lang(Pos pos, Pos end, int minor, const char *what) {
    if (lang_at_least(minor)) return true;
    source_error_span(pos, end, "%s requires go1.%d or later (-lang was set to go1.%d; check go.mod)", what, minor, ck.pkg->lang_minor);
    return false;
}

// --- dependencies

void note_use(Object *o) {
    if (!ck.decl || !o->pkg || o->pkg != ck.pkg) return;
    bool global = (o->kind == OBJ_VAR && (o->flags & OBJF_GLOBAL)) || o->kind == OBJ_FUNC || (o->kind == OBJ_CONST && o->decl);
    if (!global) return;
    ObjInfo *of = obj_info(o);
    if (of->noted_by == ck.decl) return;
    of->noted_by = ck.decl;
    ObjInfo *i = obj_info(ck.decl);
    VEC_PUSH(&i->deps, o);
}

static uint32_t lineage(const Object *o) {
    const ObjInfo *i = o->check;
    return i ? i->lineage : 0;
}

bool check_mentions(const Object *o, const Object *other) {
    const ObjInfo *i = o->check;
    uint32_t line = lineage(other);
    for (uint32_t k = 0; i && k < i->deps.len; k++)
        if (i->deps.at[k] == other || (line && lineage(i->deps.at[k]) == line)) return true;
    return false;
}

void check_replaced(Object *old, Object *by) {
    static uint32_t last;
    ObjInfo *i = obj_info(old);
    if (!i->lineage) i->lineage = ++last;
    obj_info(by)->lineage = i->lineage;
}

void check_settle_func(FuncInfo *info) {
    if (!info->body) return;
    Stmt *empty = ARENA_NEW(Stmt);
    empty->kind = STMT_BLOCK;
    empty->pos = info->body->pos;
    empty->end = info->body->end;
    info->body = empty;
    info->literals.at = NULL;
    info->literals.len = info->literals.cap = 0;
    if (info->obj && info->obj->decl && info->obj->decl->kind == DECL_FUNC) info->obj->decl->func.body = empty;
}

// Only where a value ends is still of interest.
static void settle_value(Decl *d) {
    if (!d->value.values.len) return;
    const Expr *last = d->value.values.at[d->value.values.len - 1];
    Expr *e = arena_alloc(ast_expr_size(EXPR_BAD));
    e->kind = EXPR_BAD;
    e->start = last->start;
    e->end = last->end;
    d->value.values.at = arena_dup(&e, sizeof e);
    d->value.values.len = d->value.values.cap = 1;
}

void check_settle(Object *o) {
    if (o->decl && (o->decl->kind == DECL_VAR || o->decl->kind == DECL_CONST)) settle_value(o->decl);
    ObjInfo *i = o->check;
    if (!i) return;
    i->spec = NULL;
    i->noted_by = NULL;
    if (o->kind == OBJ_VAR || o->kind == OBJ_CONST) check_drop_mentions(o);
}

void check_drop_mentions(Object *o) {
    ObjInfo *i = o->check;
    if (!i) return;
    i->deps.at = NULL;
    i->deps.len = i->deps.cap = 0;
}

// decl: the package-level object whose dependencies the body's mentions are.
void queue_body(FuncInfo *info, Object *decl, Scope *scope) {
    if (!info->body) return;
    Body b = {info, scope, ck.pkg, decl, ck.iota};
    VEC_PUSH(&bodies, b);
}

// The generic function (or the method as it is in the generic type) that o is
// an instance of, maybe o itself; NULL: o is not generic.
static Object *generic_of(Object *o) {
    if (!o || o->kind != OBJ_FUNC) return NULL;
    if (o->type->ntparams) return o;
    Type *recv = o->func.recv_named;
    if (recv && recv->ntargs) {
        Type *self = self_instance(recv->obj);
        if (self == recv) return o;
        for (uint32_t i = 0; i < self->nmethods; i++)
            if (self->methods[i].name == o->name) return self->methods[i].fn;
    }
    return o->func.origin;
}

// While one body is being checked the next one's memory comes near.
static void prefetch_bodies(void) {
    if (bodies_next < bodies.len) func_prefetch(bodies.at[bodies_next].info);
    if (bodies_next + 1 < bodies.len) arena_prefetch((ArenaSpan){(const char *)bodies.at[bodies_next + 1].info, sizeof(FuncInfo)});
}

static void drain_bodies(void) {
    while (bodies_next < bodies.len) {
        Body b = bodies.at[bodies_next++];
        prefetch_bodies();
        Checker saved = ck;
        ck.pkg = b.pkg;
        ck.decl = b.decl;
        ck.func = NULL;
        ck.flow = NULL;
        ck.iota = b.iota;
        ck.proc = NULL;
        ck.in_command = false;
        ck.type_depth = 0;
        ck.in_script_top = false;
        Object *generic = generic_of(b.info->obj);
        ck.in_instance = generic && generic != b.info->obj;
        int errors = source_error_count();
        const char *from = arena_here();
        if (!ck.in_instance || !obj_info(generic)->bad_body) check_body(b.info, b.scope);
        b.info->checked = arena_since(from);
        if (generic == b.info->obj && generic) obj_info(generic)->bad_body = source_error_count() > errors;
        ck = saved;
    }
    bodies.len = bodies_next = 0;
}

// --- resolving objects

typedef VEC(Object *) ObjectList;
static ObjectList open_objects; // those being resolved (GREY), the outermost first

void forget_open_objects(void) { memset(&open_objects, 0, sizeof open_objects); }

static void cycle_notes(Object **at, uint32_t n, uint32_t first) {
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

static void resolve_vars(ObjInfo *info) {
    VarSpec *s = info->spec;
    if (s->resolved) return;
    s->resolved = true;
    Decl *d = s->decl;
    Type *t = d->value.type ? check_var_type(d->value.type) : NULL;
    ExprList *vals = &d->value.values;
    Expr *only = vals->len == 1 && s->nobjs > 1 ? vals->at[0] : NULL;
    for (uint32_t i = 0; i < s->nobjs; i++) {
        if (only) s->objs[i]->color = GREY; // one value gives the types of all
        if (t) s->objs[i]->type = t;
    }
    if (!vals->len) return;
    if (!only && vals->len != s->nobjs) {
        for (uint32_t i = 0; i < vals->len; i++) check_value(vals->at[i], NULL);
        if (vals->len > s->nobjs) error_in(vals->at[s->nobjs], "assignment mismatch: %u variable%s but %u values", s->nobjs, s->nobjs == 1 ? "" : "s", vals->len);
        else source_error(s->objs[0]->pos, "assignment mismatch: %u variables but %u value%s", s->nobjs, vals->len, vals->len == 1 ? "" : "s");
        for (uint32_t i = 0; i < s->nobjs; i++)
            if (!t) s->objs[i]->type = type_invalid;
        return;
    }
    if (only) {
        s->holder = ck.decl;
        check_multi(only);
        Type *types[2] = {NULL, NULL}, **got = types;
        uint32_t n = 0;
        if (!is_invalid(only)) {
            if (s->nobjs == 2 && has_comma_ok(only)) {
                want_comma_ok(only);
                types[0] = only->type->types[0];
                types[1] = only->type->types[1];
                n = 2;
            } else if (only->type->kind == TYPE_K_TUPLE) {
                got = only->type->types;
                n = only->type->ntypes;
            } else {
                n = 1;
            }
            if (n != s->nobjs) source_error(s->objs[0]->pos, "assignment mismatch: %u variables but %s returns %u value%s", s->nobjs, ast_string(only), n, n == 1 ? "" : "s"), advise_results(only, s->nobjs);
        }
        for (uint32_t i = 0; i < s->nobjs; i++) {
            if (n != s->nobjs) {
                if (!t) s->objs[i]->type = type_invalid;
            } else if (!t) {
                s->objs[i]->type = got[i];
            } else if (!assignable_type(got[i], t)) {
                error_in(only, "cannot use %s (value of type %s) as %s value in assignment", ast_string(only), type_string(got[i]), type_string(t));
            }
        }
    }
}

static void check_var_value(Object *o, ObjInfo *info) {
    VarSpec *s = info->spec;
    Decl *d = s->decl;
    if (d->value.values.len != s->nobjs) return; // one value for all, or an error: done by resolve_vars
    Expr *v = d->value.values.at[info->value_index];
    Type *t = d->value.type ? o->type : NULL;
    check_value(v, t);
    if (t) {
        assign_to(v, t, "variable declaration");
        return;
    }
    if (is_invalid(v)) o->type = type_invalid;
    else if (v->mode == MODE_NIL) {
        error_in(v, "use of untyped nil in variable declaration");
        o->type = type_invalid;
    } else {
        use_default(v);
        o->type = is_invalid(v) ? type_invalid : v->type;
        if (o->type->kind == KIND_FUNC && o->type->ntparams) {
            error_in(v, "cannot use generic function %s without instantiation", ast_string(v));
            o->type = type_invalid;
        }
    }
}

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
    ck.pkg = o->pkg;
    ck.scope = info->scope;
    ck.func = NULL;
    ck.flow = NULL;
    ck.proc = NULL;
    ck.in_command = false;
    ck.iota = -1;
    ck.in_script_top = false;
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

// --- imports

static Object *import_object(Package *imp, Name *name, Pos pos) {
    Object *o = object_new(OBJ_PKG, pos, ck.pkg, name, NULL);
    o->color = BLACK;
    o->pkg_name.imported = imp;
    return o;
}

static void add_package_import(Package *imp) {
    for (uint32_t i = 0; i < ck.pkg->imports.len; i++)
        if (ck.pkg->imports.at[i] == imp) return;
    VEC_PUSH(&ck.pkg->imports, imp);
}

bool check_library_path(const CheckConfig *config, Name *name, Str *path) {
    static const char *const prefixes[] = {"", "math/", "unicode/", "sync/", "container/", "encoding/", "path/", "os/", "text/", "hash/", "runtime/", "io/", "net/", "log/", "crypto/", "golang.org/x/sync/", "golang.org/x/time/"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes && config->is_library; i++) {
        char *text = arena_printf("%s%s", prefixes[i], name->text);
        *path = (Str){text, (int64_t)strlen(text)};
        if (config->is_library(config->ctx, *path)) return true;
    }
    return false;
}

// In a script, a name that nothing declares may be a library package.
Object *auto_import(Name *name, Pos pos) {
    Str path;
    if (!ck.pkg || !ck.pkg->script || !check_library_path(ck.config, name, &path)) return NULL;
    Checker saved = ck;
    Package *imp = ck.config->import_package(ck.config->ctx, path, pos);
    ck = saved;
    if (!imp) return NULL;
    Object *o = import_object(imp, name, pos);
    o->flags |= OBJF_IMPORTED_AUTO;
    o->pkg_name.used = true;
    scope_insert(ck.pkg->scope, o);
    add_package_import(imp);
    return o;
}

static bool import_path(Decl *d, Str *path) {
    if (d->import.path->kind != EXPR_BASIC_LIT) return false;
    Const *c = const_from_literal(TOK_STRING, d->import.path->lit.text);
    if (!c) return false;
    *path = const_str_val(c);
    if (path->len == 0) {
        error_in(d->import.path, "invalid import path (empty string)");
        return false;
    }
    for (int64_t i = 0; i < path->len; i++)
        if ((unsigned char)path->ptr[i] <= ' ' || strchr("!\"#$%&'()*,:;<=>?[]^`{|}\\", path->ptr[i])) {
            error_in(d->import.path, "invalid import path: %.*s", (int)d->import.path->lit.text.len, d->import.path->lit.text.ptr);
            return false;
        }
    return true;
}

static void check_import(FileImports *f, Decl *d) {
    Str path;
    if (!import_path(d, &path)) return;
    Checker saved = ck;
    int errors = source_error_count();
    Package *imp;
    if (path.len == 1 && path.ptr[0] == 'C') {
        if (d->import.name) error_in(d->import.path, "cannot rename import \"C\"");
        Str doc = d->import.preamble;
        imp = foreign_import(ck.pkg, doc, doc.len ? f->file->source->base + (Pos)(doc.ptr - f->file->source->text.ptr) : 0, d->import.path->start);
        if (imp) ck.config->import_package(ck.config->ctx, arena_str("runtime/cgo", 11), 0); // CString and its kind
    } else {
        imp = ck.config->import_package(ck.config->ctx, path, d->import.path->start);
    }
    ck = saved;
    bool failed = !imp;
    if (!imp) {
        if (source_error_count() == errors) {
            error_in(d->import.path, "package %.*s is not in std", (int)path.len, path.ptr);
            suggest_package(path);
        }
        imp = ARENA_NEW(Package); // keeps further errors away
        const char *slash = path.ptr;
        for (int64_t i = 0; i < path.len; i++)
            if (path.ptr[i] == '/') slash = path.ptr + i + 1;
        imp->name = name_intern(slash, (size_t)(path.ptr + path.len - slash));
        imp->path = path;
        imp->fake = true;
        imp->scope = scope_new(NULL);
    } else {
        add_package_import(imp);
    }
    Name *name = d->import.name ? d->import.name->ident.name : imp->name;
    if (name_is_blank(name)) return;
    if (is_name(name, "init")) {
        source_error(d->pos, "cannot import package as init - init must be a func");
        return;
    }
    Object *o = import_object(imp, name, d->import.name ? d->import.name->start : d->import.path->start);
    o->pkg_name.used = failed || foreign_is_package(imp); // C code may be all that is wanted
    VEC_PUSH(&f->names, o);
    if (is_name(name, ".")) {
        Scope *s = imp->scope;
        for (uint32_t i = 0; i < scope_size(s); i++) {
            Object *x = scope_at(s, i);
            if (x && name_exported(x->name)) scope_insert(f->scope, x);
        }
        return;
    }
    Object *old = scope_insert(f->scope, o);
    if (old) source_error(o->pos, "%s redeclared in this block", name->text), source_note(old->pos, "other declaration of %s", name->text);
}

// --- collecting

static void declare(Object *o) {
    if (name_is_blank(o->name)) return;
    if (is_name(o->name, "init") && o->kind != OBJ_FUNC) {
        source_error(o->pos, "cannot declare init - must be func");
        return;
    }
    if (is_name(o->name, "main") && o->kind != OBJ_FUNC && is_name(o->pkg->name, "main")) {
        source_error(o->pos, "cannot declare main - must be func");
        return;
    }
    Object *old = scope_insert(ck.pkg->scope, o);
    if (!old) return;
    source_error(o->pos, "%s redeclared in this block", o->name->text);
    source_note(old->pos, "other declaration of %s", o->name->text);
}

static ObjectList consts, types, vars, funcs; // of the package, in source order

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
        obj_info(o)->order = consts.len + vars.len;
        if (is_const) {
            VEC_PUSH(&consts, o);
        } else {
            o->flags |= OBJF_GLOBAL | OBJF_USED;
            VEC_PUSH(&vars, o);
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
    VEC_PUSH(&types, o);
    declare(o);
}

typedef struct MethodDecl { Decl *d; Scope *scope; } MethodDecl;
static VEC(MethodDecl) methods;

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
        VEC_PUSH(&methods, m);
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
    VEC_PUSH(&funcs, o);
    if (d->doc.len) collect_export(d, o);
    bool is_init = is_name(name, "init"), is_main = is_name(name, "main") && is_name(ck.pkg->name, "main");
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

enum { DECL_HEAD_BYTES = 512 }; // of a declaration with its type or signature, mostly

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

// Passes over declarations look at what was parsed next to them.
static void prefetch_decl(const Decl *d) { arena_prefetch((ArenaSpan){(const char *)d, DECL_HEAD_BYTES}); }

static void collect_file(FileImports *f) {
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

static void collect_methods(void) {
    for (uint32_t i = 0; i < methods.len; i++) {
        Decl *d = methods.at[i].d;
        Expr *base = type_expr_base(d->func.recv->type);
        Object *t = base->kind == EXPR_IDENT ? own_object(base->ident.name) : NULL;
        bool ptr = ast_unparen(d->func.recv->type)->kind == EXPR_STAR;
        for (int steps = 0; t && t->kind == OBJ_TYPE && t->decl && t->decl->type.alias; steps++) { // through aliases
            Expr *to = type_expr_base(t->decl->type.type);
            ptr |= ast_unparen(t->decl->type.type)->kind == EXPR_STAR;
            t = to->kind == EXPR_IDENT && steps < MAX_ALIASES ? own_object(to->ident.name) : NULL;
        }
        bool local = t && t->kind == OBJ_TYPE;
        Object *o = package_object(OBJ_FUNC, d->func.name, d, methods.at[i].scope);
        o->flags |= OBJF_USED;
        d->func.obj = o;
        o->func.ptr_recv = ptr;
        if (!d->func.body && !ck.pkg->is_library && !ck.config->ignore_bodies) source_error(d->pos, "missing function body");
        if (!local) {
            VEC_PUSH(&funcs, o); // the receiver's error is reported when it is resolved
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
        if (!t->decl->type.tparams.len) VEC_PUSH(&funcs, o);
        else check_receiver_params(d, t);
    }
}

// Hands a named type its methods once the type exists.
static void attach_methods(Object *o) {
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

static void check_field_method_clash(Object *o) {
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

// --- initialisation order

static uint32_t walk_stamp;

// All variables and constants o's initialiser or body may touch, through
// functions too.
static ObjInfo *dependencies(Object *o) {
    ObjInfo *i = o->check;
    return i && i->spec && i->spec->holder ? i->spec->holder->check : i;
}

static void reachable_values(Object *o, ObjectList *out) {
    ObjInfo *i = dependencies(o);
    if (!i) return;
    for (uint32_t k = 0; k < i->deps.len; k++) {
        Object *d = i->deps.at[k];
        ObjInfo *di = obj_info(d);
        if (di->mark == walk_stamp) continue;
        di->mark = walk_stamp;
        if (d->kind == OBJ_FUNC) reachable_values(d, out);
        else if (d->decl) VEC_PUSH(out, d);
    }
}

// A node of the graph that orders the initialisation, one for each constant
// and variable. Constants and variables without a value take their turn too,
// although nothing is done then, as in Go's compiler.
typedef struct InitNode {
    Object *obj;
    uint32_t waits;         // for so many nodes
    VEC(uint32_t) waiters;  // nodes that wait for this one
    bool done;
} InitNode;

static void emit_init(Object *o) {
    VarSpec *s = obj_info(o)->spec;
    ExprList *vals = &s->decl->value.values;
    bool whole = vals->len == 1 && s->nobjs > 1;
    if (o->kind == OBJ_CONST || !vals->len || s->emitted || (!whole && vals->len != s->nobjs)) return;
    InitStep st = {.lhs = s->objs, .nlhs = s->nobjs, .rhs = vals->at[0], .pos = o->pos};
    if (whole) {
        s->emitted = true;
    } else {
        uint32_t i = obj_info(o)->value_index;
        st.lhs = &s->objs[i];
        st.nlhs = 1;
        st.rhs = vals->at[i];
    }
    VEC_PUSH(&ck.pkg->init_order, st);
}

// Finds a way from o back to target along the dependencies.
static bool find_way(Object *o, Object *target, ObjectList *way) {
    ObjInfo *i = dependencies(o);
    VEC_PUSH(way, o);
    for (uint32_t k = 0; i && k < i->deps.len; k++) {
        Object *d = i->deps.at[k];
        if (d == target) return true;
        if (obj_info(d)->mark == walk_stamp) continue;
        obj_info(d)->mark = walk_stamp;
        if (find_way(d, target, way)) return true;
    }
    way->len--;
    return false;
}

static void report_init_cycle(Object *o) {
    ObjectList way = {0};
    walk_stamp++;
    if (o->type == type_invalid && source_error_count() > 0 && o->kind == OBJ_VAR && !obj_info(o)->cyclic) return;
    if (!find_way(o, o, &way)) return;
    if (way.len == 1) {
        source_error(o->pos, "initialization cycle: %s refers to itself", o->name->text);
        return;
    }
    source_error(o->pos, "initialization cycle for %s", o->name->text);
    cycle_notes(way.at, way.len, 0);
}

static void build_init_graph(InitNode *nodes, ObjectList *values) {
    for (uint32_t i = 0; i < values->len; i++) nodes[obj_info(values->at[i])->order].obj = values->at[i];
    ObjectList deps = {0};
    for (uint32_t i = 0; i < values->len; i++) {
        Object *o = values->at[i];
        deps.len = 0;
        walk_stamp++;
        reachable_values(o, &deps);
        uint32_t at = obj_info(o)->order;
        nodes[at].waits = deps.len;
        for (uint32_t k = 0; k < deps.len; k++) VEC_PUSH(&nodes[obj_info(deps.at[k])->order].waiters, at);
    }
}

// Of the nodes that wait for nothing the first in the source is next; in a
// cycle, one that waits for the fewest.
static InitNode *next_init(InitNode *nodes, uint32_t n, uint32_t first) {
    InitNode *best = NULL;
    for (uint32_t i = first; i < n; i++) {
        if (nodes[i].done || (best && best->waits <= nodes[i].waits)) continue;
        best = &nodes[i];
        if (!best->waits) break;
    }
    return best;
}

static void order_initialisation(void) {
    ObjectList values = {0};
    for (uint32_t i = 0; i < consts.len; i++) VEC_PUSH(&values, consts.at[i]);
    for (uint32_t i = 0; i < vars.len; i++) VEC_PUSH(&values, vars.at[i]);
    InitNode *nodes = ARENA_ARRAY(InitNode, values.len + 1);
    build_init_graph(nodes, &values);
    uint32_t first = 0;
    for (uint32_t left = values.len; left > 0; left--) {
        while (nodes[first].done) first++;
        InitNode *n = next_init(nodes, values.len, first);
        if (n->waits) report_init_cycle(n->obj);
        n->done = true;
        emit_init(n->obj);
        for (uint32_t k = 0; k < n->waiters.len; k++)
            if (nodes[n->waiters.at[k]].waits) nodes[n->waiters.at[k]].waits--;
    }
}

// --- the package

static void check_package_names(Package *p) {
    Name *first = NULL;
    for (uint32_t i = 0; i < p->files.len; i++) {
        Expr *n = p->files.at[i]->package_name;
        if (!n) continue;
        if (name_is_blank(n->ident.name)) error_in(n, "invalid package name _");
        if (first && n->ident.name != first) error_in(n, "package %s; expected package %s", n->ident.name->text, first->text);
        if (!first) first = n->ident.name;
    }
}

static void unused_imports(void) {
    if (ck.config->ignore_unused) return;
    for (uint32_t i = 0; i < files.len; i++)
        for (uint32_t k = 0; k < files.at[i].names.len; k++) {
            Object *o = files.at[i].names.at[k];
            if (o->pkg_name.used) continue;
            Package *imp = o->pkg_name.imported;
            if (imp->name == o->name || is_name(o->name, ".")) source_error(o->pos, "\"%.*s\" imported and not used", (int)imp->path.len, imp->path.ptr);
            else source_error(o->pos, "\"%.*s\" imported as %s and not used", (int)imp->path.len, imp->path.ptr, o->name->text);
        }
}

// o was found in scope where: a name that a dot import brought makes it used.
void note_import_use(Object *o, Scope *where) {
    if (!where || where->parent != ck.pkg->scope || o->pkg == ck.pkg) return; // not of a file
    for (uint32_t i = 0; i < files.len; i++) {
        if (files.at[i].scope != where) continue;
        for (uint32_t k = 0; k < files.at[i].names.len; k++) {
            Object *p = files.at[i].names.at[k];
            if (is_name(p->name, ".") && scope_lookup_here(p->pkg_name.imported->scope, o->name) == o) p->pkg_name.used = true;
        }
    }
}

static void check_dot_import_clashes(FileImports *f) {
    for (uint32_t k = 0; k < scope_size(f->scope); k++) {
        Object *o = scope_at(f->scope, k), *own = o ? scope_lookup_here(ck.pkg->scope, o->name) : NULL;
        if (!own || o->kind == OBJ_PKG || own == o) continue;
        source_error(own->pos, "%s already declared through dot-import of package", own->name->text);
    }
}

static void check_import_clashes(void) {
    for (uint32_t i = 0; i < files.len; i++) check_dot_import_clashes(&files.at[i]);
    for (uint32_t i = 0; i < files.len; i++)
        for (uint32_t k = 0; k < files.at[i].names.len; k++) {
            Object *o = files.at[i].names.at[k], *old = scope_lookup_here(ck.pkg->scope, o->name);
            if (old && old != o && !foreign_is_package(o->pkg_name.imported)) source_error(old->pos, "%s already declared through import of package %s", o->name->text, o->pkg_name.imported->name->text), source_note(o->pos, "other declaration of %s", o->name->text);
        }
}

// A //go:linkname names a function or a variable of the package, each once.
static void check_linknames(Package *p, const FileAst *f) {
    for (uint32_t i = 0; i < f->linknames.len; i++) {
        const LinkName *l = &f->linknames.at[i];
        Object *o = scope_lookup_here(p->scope, l->local);
        bool twice = false;
        for (uint32_t k = 0; k < i; k++) twice |= f->linknames.at[k].local == l->local;
        if (!o || (o->kind != OBJ_FUNC && o->kind != OBJ_VAR)) {
            if (lang_at_least(18)) source_error_span(l->pos, l->end, "//go:linkname must refer to declared function or variable");
        } else if (twice) {
            source_error_span(l->pos, l->end, "duplicate //go:linkname for %s", l->local->text);
        }
    }
}

static FileAst *script_file(Package *p) {
    for (uint32_t i = 0; i < p->files.len; i++)
        if (!p->files.at[i]->package_name) return p->files.at[i];
    return NULL;
}

// While one object is being resolved the memory of the next ones comes near.
static void prefetch_object(const ObjectList *l, uint32_t i) {
    if (i + 2 < l->len) arena_prefetch((ArenaSpan){(const char *)l->at[i + 2], sizeof(Object) + sizeof(ObjInfo)});
    if (i + 1 < l->len) prefetch_decl(l->at[i + 1]->decl);
}

static void resolve_all(ObjectList *l) {
    for (uint32_t i = 0; i < l->len; i++) {
        prefetch_object(l, i);
        resolve_object(l->at[i]);
    }
}

// The state of one package's check is global; an import starts another check
// while it is at rest, so it is put aside.
typedef struct State {
    Checker ck;
    __typeof__(bodies) bodies;
    uint32_t bodies_next;
    __typeof__(files) files;
    ObjectList consts, types, vars, funcs;
    __typeof__(methods) methods;
} State;

static void save(State *s) {
    s->ck = ck;
    s->bodies_next = bodies_next;
    memcpy(&s->bodies, &bodies, sizeof bodies);
    memcpy(&s->files, &files, sizeof files);
    memcpy(&s->methods, &methods, sizeof methods);
    s->consts = consts;
    s->types = types;
    s->vars = vars;
    s->funcs = funcs;
}

static void restore(const State *s) {
    ck = s->ck;
    bodies_next = s->bodies_next;
    memcpy(&bodies, &s->bodies, sizeof bodies);
    memcpy(&files, &s->files, sizeof files);
    memcpy(&methods, &s->methods, sizeof methods);
    consts = s->consts;
    types = s->types;
    vars = s->vars;
    funcs = s->funcs;
}

static bool is_generic_type(Object *o) { return o->type && o->type->kind == TYPE_K_NAMED && o->type->ntparams && o->type->obj == o; }

static void collect_package(Package *p) {
    for (uint32_t i = 0; i < p->files.len; i++) {
        FileImports f = {.file = p->files.at[i], .scope = scope_new(p->scope)};
        for (uint32_t k = 0; k < f.file->decls.len; k++)
            if (f.file->decls.at[k]->kind == DECL_IMPORT) check_import(&f, f.file->decls.at[k]);
        VEC_PUSH(&files, f);
    }
    for (uint32_t i = 0; i < files.len; i++) collect_file(&files.at[i]);
    check_import_clashes();
    collect_methods();
    for (uint32_t i = 0; i < files.len; i++)
        if (!p->is_library) check_linknames(p, files.at[i].file);
}

void check_package(Package *p, const CheckConfig *config) {
    static const State fresh;
    State outer;
    save(&outer);
    restore(&fresh);
    type_expand_hook = expand_instance;
    type_complete_hook = complete_interface;
    type_resolve_hook = resolve_object;
    Package *local = type_local_package;
    ck.config = config;
    ck.pkg = p;
    ck.iota = -1;
    type_local_package = p;
    p->scope = scope_new(p->earlier ? p->earlier : universe);
    check_package_names(p);
    FileAst *script = script_file(p);
    static FuncInfo pending_script; // tells auto_import that this package is a script, before its FuncInfo exists
    if (script) p->script = &pending_script;
    collect_package(p);
    // aliases come last: what they stand for may mention types that are not declared yet
    for (uint32_t i = 0; i < types.len; i++) {
        prefetch_object(&types, i);
        if (!types.at[i]->decl->type.alias) resolve_object(types.at[i]);
    }
    for (uint32_t i = 0; i < types.len; i++) {
        resolve_object(types.at[i]);
        attach_methods(types.at[i]);
        check_field_method_clash(types.at[i]);
    }
    for (uint32_t i = 0; i < p->extended.len; i++) {
        attach_methods(p->extended.at[i]);
        check_field_method_clash(p->extended.at[i]);
    }
    check_recursive_types();
    ck.methods_known = true;
    check_waiting_instances();
    for (uint32_t i = 0; i < types.len; i++)
        if (is_generic_type(types.at[i])) type_under(self_instance(types.at[i]));
    resolve_all(&funcs);
    resolve_all(&consts);
    resolve_all(&vars);
    for (uint32_t i = 0; i < funcs.len; i++) {
        Object *o = funcs.at[i];
        if (o->func.info && o->type != type_invalid && !o->type->ntparams) VEC_PUSH(&p->funcs, o->func.info);
    }
    if (script) {
        for (uint32_t i = 0; i < files.len; i++)
            if (files.at[i].file == script) {
                // top-level variables go to the package scope, where functions see them
                ck.scope = p->scope;
                for (uint32_t k = 0; k < files.at[i].names.len; k++)
                    if (!scope_lookup_here(p->scope, files.at[i].names.at[k]->name)) scope_insert(p->scope, files.at[i].names.at[k]);
            }
        check_script(p, script);
    }
    do drain_bodies();
    while (expand_instances());
    order_initialisation();
    unused_imports();
    if (is_name(p->name, "main") && !p->main && !p->script && !ck.config->ignore_bodies && !p->is_library && !p->earlier && !p->tested && source_error_count() == 0 && p->files.len) error_in(p->files.at[0]->package_name, "function main is undeclared in the main package");
    type_local_package = local;
    restore(&outer);
}
