// SPDX-License-Identifier: MIT
// check.c: checking a package: its parts in order, bodies from a queue, and what
// objects mention each other.
#include <string.h>

#include "compiler/check_impl.h"

Checker ck;

ObjInfo *obj_info(Object *o) {
    if (!o->check) o->check = ARENA_NEW(ObjInfo);
    return o->check;
}

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

bool check_mentions_name(const Object *o, const Name *name) {
    const ObjInfo *i = o->check;
    for (uint32_t k = 0; i && k < i->deps.len; k++)
        if (i->deps.at[k]->name == name) return true;
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

// --- bodies

// decl: the package-level object whose dependencies the body's mentions are.
void queue_body(FuncInfo *info, Object *decl, Scope *scope) {
    if (!info->body) return;
    Body b = {info, scope, ck.pkg, decl, ck.iota};
    VEC_PUSH(&ck.work->bodies, b);
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
    if (ck.work->bodies_next < ck.work->bodies.len) func_prefetch(ck.work->bodies.at[ck.work->bodies_next].info);
    if (ck.work->bodies_next + 1 < ck.work->bodies.len) arena_prefetch((ArenaSpan){(const char *)ck.work->bodies.at[ck.work->bodies_next + 1].info, sizeof(FuncInfo)});
}

static void drain_bodies(void) {
    while (ck.work->bodies_next < ck.work->bodies.len) {
        Body b = ck.work->bodies.at[ck.work->bodies_next++];
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
    ck.work->bodies.len = ck.work->bodies_next = 0;
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

static bool is_generic_type(Object *o) { return o->type && o->type->kind == TYPE_K_NAMED && o->type->ntparams && o->type->obj == o; }

static void collect_package(Package *p) {
    for (uint32_t i = 0; i < p->files.len; i++) {
        FileImports f = {.file = p->files.at[i], .scope = scope_new(p->scope)};
        for (uint32_t k = 0; k < f.file->decls.len; k++)
            if (f.file->decls.at[k]->kind == DECL_IMPORT) check_import(&f, f.file->decls.at[k]);
        VEC_PUSH(&ck.work->files, f);
    }
    for (uint32_t i = 0; i < ck.work->files.len; i++) collect_file(&ck.work->files.at[i]);
    check_import_clashes();
    collect_methods();
    for (uint32_t i = 0; i < ck.work->files.len; i++)
        if (!p->is_library) check_linknames(p, ck.work->files.at[i].file);
}

// Resolves the types of the package and hands them their methods. Aliases come
// last: what they stand for may mention types that are not declared yet.
static void resolve_types(Package *p) {
    ObjectList *types = &ck.work->types;
    for (uint32_t i = 0; i < types->len; i++) {
        prefetch_object(types, i);
        if (!types->at[i]->decl->type.alias) resolve_object(types->at[i]);
    }
    for (uint32_t i = 0; i < types->len; i++) {
        resolve_object(types->at[i]);
        attach_methods(types->at[i]);
        check_field_method_clash(types->at[i]);
    }
    for (uint32_t i = 0; i < p->extended.len; i++) {
        attach_methods(p->extended.at[i]);
        check_field_method_clash(p->extended.at[i]);
    }
    check_recursive_types();
    ck.methods_known = true;
    check_waiting_instances();
    for (uint32_t i = 0; i < types->len; i++)
        if (is_generic_type(types->at[i])) type_under(self_instance(types->at[i]));
}

static void resolve_package(Package *p) {
    PackageWork *work = ck.work;
    resolve_types(p);
    resolve_all(&work->funcs);
    resolve_all(&work->consts);
    resolve_all(&work->vars);
    for (uint32_t i = 0; i < work->funcs.len; i++) {
        Object *o = work->funcs.at[i];
        if (o->func.info && o->type != type_invalid && !o->type->ntparams) VEC_PUSH(&p->funcs, o->func.info);
    }
}

// A script's top-level variables and imports go to the package's scope, where
// functions see them.
static void check_script_file(Package *p, FileAst *script) {
    PackageWork *work = ck.work;
    for (uint32_t i = 0; i < work->files.len; i++) {
        if (work->files.at[i].file != script) continue;
        ObjectList *names = &work->files.at[i].names;
        ck.scope = p->scope;
        for (uint32_t k = 0; k < names->len; k++)
            if (!scope_lookup_here(p->scope, names->at[k]->name)) scope_insert(p->scope, names->at[k]);
    }
    check_script(p, script);
}

static void check_main_is_there(Package *p) {
    if (!name_is(p->name, "main") || p->main || p->script || p->is_library || p->earlier || p->tested || !p->files.len) return;
    if (!ck.config->ignore_bodies && source_error_count() == 0) error_in(p->files.at[0]->package_name, "function main is undeclared in the main package");
}

// An import starts another check while one is at rest.
void check_package(Package *p, const CheckConfig *config) {
    static FuncInfo pending_script; // tells auto_import that this package is a script, before its FuncInfo exists
    Checker outer = ck;
    Package *local = type_local_package;
    PackageWork work = {0};
    type_expand_hook = expand_instance;
    type_complete_hook = complete_interface;
    type_resolve_hook = resolve_object;
    type_local_package = p;
    ck = (Checker){.config = config, .pkg = p, .work = &work, .iota = -1};
    p->scope = scope_new(p->earlier ? p->earlier : universe);
    check_package_names(p);
    FileAst *script = script_file(p);
    if (script) p->script = &pending_script;
    collect_package(p);
    resolve_package(p);
    if (script) check_script_file(p, script);
    do drain_bodies();
    while (expand_instances());
    order_initialisation();
    unused_imports();
    check_main_is_there(p);
    type_local_package = local;
    ck = outer;
}
