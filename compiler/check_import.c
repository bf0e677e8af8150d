// SPDX-License-Identifier: MIT
// check_import.c: imports: what they bring into the scope of a file, what scripts
// import by naming it, and imports that nothing uses.
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/foreign.h"

// --- importing

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

// Stands for a package that was not found and keeps further errors away.
static Package *fake_package(Str path) {
    Package *p = ARENA_NEW(Package);
    const char *last = path.ptr;
    for (int64_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '/') last = path.ptr + i + 1;
    p->name = name_intern(last, (size_t)(path.ptr + path.len - last));
    p->path = path;
    p->fake = true;
    p->scope = scope_new(NULL);
    return p;
}

static Package *import_c(FileImports *f, Decl *d) {
    if (d->import.name) error_in(d->import.path, "cannot rename import \"C\"");
    Str doc = d->import.preamble;
    Pos at = doc.len ? f->file->source->base + (Pos)(doc.ptr - f->file->source->text.ptr) : 0;
    Package *c = foreign_import(ck.pkg, doc, at, d->import.path->start);
    if (c) ck.config->import_package(ck.config->ctx, arena_str("runtime/cgo", 11), 0); // CString and its kind
    return c;
}

// The package that d imports; a fake one after an error.
static Package *find_package(FileImports *f, Decl *d, Str path) {
    Checker saved = ck;
    int errors = source_error_count();
    bool c = path.len == 1 && path.ptr[0] == 'C';
    Package *imp = c ? import_c(f, d) : ck.config->import_package(ck.config->ctx, path, d->import.path->start);
    ck = saved;
    if (imp) {
        add_package_import(imp);
        return imp;
    }
    if (source_error_count() == errors) {
        error_in(d->import.path, "package %.*s is not in std", (int)path.len, path.ptr);
        suggest_package(path);
    }
    return fake_package(path);
}

static void import_all_names(FileImports *f, Package *imp) {
    for (uint32_t i = 0; i < scope_size(imp->scope); i++) {
        Object *x = scope_at(imp->scope, i);
        if (x && name_exported(x->name)) scope_insert(f->scope, x);
    }
}

void check_import(FileImports *f, Decl *d) {
    Str path;
    if (!import_path(d, &path)) return;
    Package *imp = find_package(f, d, path);
    Name *name = d->import.name ? d->import.name->ident.name : imp->name;
    if (name_is_blank(name)) return;
    if (name_is(name, "init")) {
        source_error(d->pos, "cannot import package as init - init must be a func");
        return;
    }
    Object *o = import_object(imp, name, d->import.name ? d->import.name->start : d->import.path->start);
    o->pkg_name.used = imp->fake || foreign_is_package(imp); // C code may be all that is wanted
    VEC_PUSH(&f->names, o);
    if (name_is(name, ".")) {
        import_all_names(f, imp);
        return;
    }
    Object *old = scope_insert(f->scope, o);
    if (!old) return;
    source_error(o->pos, "%s redeclared in this block", name->text);
    source_note(old->pos, "other declaration of %s", name->text);
}

// --- uses and clashes

// o was found in scope where: a name that a dot import brought makes it used.
void note_import_use(Object *o, Scope *where) {
    if (!where || where->parent != ck.pkg->scope || o->pkg == ck.pkg) return; // not of a file
    for (uint32_t i = 0; i < ck.work->files.len; i++) {
        if (ck.work->files.at[i].scope != where) continue;
        for (uint32_t k = 0; k < ck.work->files.at[i].names.len; k++) {
            Object *p = ck.work->files.at[i].names.at[k];
            if (name_is(p->name, ".") && scope_lookup_here(p->pkg_name.imported->scope, o->name) == o) p->pkg_name.used = true;
        }
    }
}

void unused_imports(void) {
    if (ck.config->ignore_unused) return;
    for (uint32_t i = 0; i < ck.work->files.len; i++)
        for (uint32_t k = 0; k < ck.work->files.at[i].names.len; k++) {
            Object *o = ck.work->files.at[i].names.at[k];
            if (o->pkg_name.used) continue;
            Package *imp = o->pkg_name.imported;
            if (imp->name == o->name || name_is(o->name, ".")) source_error(o->pos, "\"%.*s\" imported and not used", (int)imp->path.len, imp->path.ptr);
            else source_error(o->pos, "\"%.*s\" imported as %s and not used", (int)imp->path.len, imp->path.ptr, o->name->text);
        }
}

static void check_dot_import_clashes(FileImports *f) {
    for (uint32_t k = 0; k < scope_size(f->scope); k++) {
        Object *o = scope_at(f->scope, k), *own = o ? scope_lookup_here(ck.pkg->scope, o->name) : NULL;
        if (!own || o->kind == OBJ_PKG || own == o) continue;
        source_error(own->pos, "%s already declared through dot-import of package", own->name->text);
    }
}

void check_import_clashes(void) {
    for (uint32_t i = 0; i < ck.work->files.len; i++) check_dot_import_clashes(&ck.work->files.at[i]);
    for (uint32_t i = 0; i < ck.work->files.len; i++)
        for (uint32_t k = 0; k < ck.work->files.at[i].names.len; k++) {
            Object *o = ck.work->files.at[i].names.at[k], *old = scope_lookup_here(ck.pkg->scope, o->name);
            if (!old || old == o || foreign_is_package(o->pkg_name.imported)) continue;
            source_error(old->pos, "%s already declared through import of package %s", o->name->text, o->pkg_name.imported->name->text);
            source_note(o->pos, "other declaration of %s", o->name->text);
        }
}
