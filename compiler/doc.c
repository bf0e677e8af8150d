// SPDX-License-Identifier: MIT
// doc.c: declarations and their comments, taken from the source text.
//
// A comment belongs to the declaration whose first line follows its last.
#define _GNU_SOURCE // memmem
#include "compiler/doc.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/compile_impl.h"

static const char *line_begin(const SourceFile *f, const char *at) {
    while (at > f->text.ptr && at[-1] != '\n') at--;
    return at;
}

static const char *line_end(const SourceFile *f, const char *at) {
    const char *limit = f->text.ptr + f->text.len;
    while (at < limit && *at != '\n') at++;
    return at;
}

static const char *skip_indent(const char *at) {
    while (*at == ' ' || *at == '\t') at++;
    return at;
}

static const char *text_at(const SourceFile *f, Pos pos) { return f->text.ptr + (pos - f->base); }

// --- comments

static bool is_comment_line(const SourceFile *f, const char *line) {
    const char *end = line_end(f, line), *at = skip_indent(line);
    return end - at >= 2 && at[0] == '/' && at[1] == '/';
}

static const char *comment_begin(const SourceFile *f, const char *line) {
    while (line > f->text.ptr && is_comment_line(f, line_begin(f, line - 1))) line = line_begin(f, line - 1);
    return line;
}

// The text of a comment's line, without slashes.
static Str comment_text(const SourceFile *f, const char *line) {
    const char *at = skip_indent(line) + 2;
    return (Str){at, line_end(f, line) - at};
}

static bool is_licence(Str s) { return memmem(s.ptr, (size_t)s.len, "SPDX-", 5) != NULL; }

// Prints the comment lines that end above line.
static void print_comment(const SourceFile *f, const char *line, FILE *to) {
    for (const char *at = comment_begin(f, line); at < line; at = line_end(f, at) + 1) {
        Str s = comment_text(f, at);
        if (!is_licence(s)) fprintf(to, "   %.*s\n", (int)s.len, s.ptr);
    }
}

Str doc_first_line(Pos pos) {
    const SourceFile *f = source_file_of(pos);
    if (!f) return (Str){0};
    const char *line = line_begin(f, text_at(f, pos));
    for (const char *at = comment_begin(f, line); at < line; at = line_end(f, at) + 1) {
        Str s = comment_text(f, at);
        while (s.len && strchr(" \t", *s.ptr)) s.ptr++, s.len--;
        while (s.len && strchr(" \t\r", s.ptr[s.len - 1])) s.len--;
        if (s.len && !is_licence(s)) return s;
    }
    return (Str){0};
}

static bool names_package(Str s) { return memmem(s.ptr, (size_t)s.len, "Package ", 8) != NULL; }

// The file that has the package's comment, as opposed to one of the file's own,
// and the line below it; NULL: none has.
static const SourceFile *package_comment(const Package *p, const char **line) {
    for (uint32_t i = 0; i < p->files.len; i++) {
        const FileAst *a = p->files.at[i];
        const SourceFile *f = a->source;
        if (!a->package_name) continue;
        *line = line_begin(f, text_at(f, a->package_name->start));
        const char *first = comment_begin(f, *line);
        if (first < *line && names_package(comment_text(f, first))) return f;
    }
    return NULL;
}

// The first sentence of a package's comment.
static void print_synopsis(const Package *p, FILE *to) {
    const char *line;
    const SourceFile *f = package_comment(p, &line);
    if (!f) return;
    const char *space = "";
    for (const char *at = comment_begin(f, line); at < line; at = line_end(f, at) + 1) {
        Str s = comment_text(f, at);
        while (s.len && *s.ptr == ' ') s.ptr++, s.len--;
        const char *stop = memmem(s.ptr, (size_t)s.len, ". ", 2);
        if (!stop && s.len && s.ptr[s.len - 1] == '.') stop = s.ptr + s.len - 1;
        if (!stop) stop = memmem(s.ptr, (size_t)s.len, ": ", 2);
        if (!stop && s.len && s.ptr[s.len - 1] == ':') stop = s.ptr + s.len - 1;
        fprintf(to, "%s%.*s", space, (int)(stop ? stop - s.ptr : s.len), s.ptr);
        space = " ";
        if (stop || !s.len) return;
    }
}

// --- declarations

static Expr *decl_name(const Decl *d) {
    switch (d->kind) {
    case DECL_FUNC: return d->func.name;
    case DECL_TYPE: return d->type.name;
    case DECL_CONST: case DECL_VAR: return d->value.names.len ? d->value.names.at[0] : NULL;
    default: return NULL;
    }
}

static bool decl_exported(const Decl *d) {
    const Expr *e = decl_name(d);
    return e && e->kind == EXPR_IDENT && name_exported(e->ident.name);
}

// The name of the type in a receiver or result, through stars, packages' own types only.
static const Name *base_name(const Expr *e) {
    while (e && (e->kind == EXPR_STAR || e->kind == EXPR_PAREN || e->kind == EXPR_INDEX)) e = e->kind == EXPR_STAR ? e->unary.x : e->kind == EXPR_PAREN ? e->paren.x : e->index.x;
    return e && e->kind == EXPR_IDENT ? e->ident.name : NULL;
}

static const Name *receiver_of(const Decl *d) { return d->kind == DECL_FUNC && d->func.recv ? base_name(d->func.recv->type) : NULL; }

// The type that a function makes: that of its first result.
static const Name *maker_of(const Decl *d) {
    if (d->kind != DECL_FUNC || d->func.recv || !d->func.sig->sig.results.len) return NULL;
    return base_name(d->func.sig->sig.results.at[0].type);
}

// Where a declaration's text ends: all of it, or what can be told in short.
static const char *text_end(const SourceFile *f, const Decl *d, const char *line, bool whole) {
    const char *end = line_end(f, line);
    if (!d) return end;
    Pos last = 0;
    if (d->kind == DECL_FUNC) last = whole ? d->func.end : d->func.sig->end;
    else if (d->kind == DECL_TYPE && d->type.type) last = d->type.type->end;
    else if (whole && d->kind == DECL_VAR && d->value.values.len) last = d->value.values.at[d->value.values.len - 1]->end;
    return last > f->base && last - f->base <= (Pos)f->text.len ? text_at(f, last) : end;
}

static const char *keyword(const Decl *d) { return d->kind == DECL_CONST ? "const " : d->kind == DECL_VAR ? "var " : d->kind == DECL_TYPE ? "type " : "func "; }

// One line for a declaration: no bodies, no fields.
static void print_short(const SourceFile *f, const Decl *d, const char *indent, FILE *to) {
    const char *line = line_begin(f, text_at(f, d->pos)), *end = text_end(f, d, line, false), *at = skip_indent(line);
    bool opens = d->kind == DECL_TYPE && memchr(at, '\n', (size_t)(end - at));
    if (d->kind != DECL_FUNC || memchr(at, '\n', (size_t)(end - at))) end = line_end(f, line);
    const char *note = memmem(at, (size_t)(end - at), " //", 3);
    if (note && !memchr(note, '"', (size_t)(end - note))) end = note;
    while (end > at && (end[-1] == ' ' || end[-1] == '\t')) end--;
    const char *value = d->kind == DECL_VAR && end[-1] == '{' ? memmem(at, (size_t)(end - at), " = ", 3) : NULL;
    if (value) end = value + 3;
    const char *word = keyword(d);
    fprintf(to, "%s%s%.*s%s\n", indent, strncmp(at, word, strlen(word)) == 0 ? "" : word, (int)(end - at), at, value ? "..." : opens ? " ... }" : "");
}

// Calls f for each exported declaration of the kind, in the order of the source.
static void each_decl(const Package *p, DeclKind kind, void (*f)(const Package *p, const SourceFile *file, const Decl *d, FILE *to), FILE *to) {
    for (uint32_t i = 0; i < p->files.len; i++) {
        const FileAst *a = p->files.at[i];
        for (uint32_t k = 0; k < a->decls.len; k++)
            if (a->decls.at[k]->kind == kind && decl_exported(a->decls.at[k])) f(p, a->source, a->decls.at[k], to);
    }
}

static bool declares_type(const Package *p, const Name *name) {
    for (uint32_t i = 0; i < p->files.len; i++) {
        const FileAst *a = p->files.at[i];
        for (uint32_t k = 0; k < a->decls.len; k++)
            if (a->decls.at[k]->kind == DECL_TYPE && decl_name(a->decls.at[k])->ident.name == name && name_exported(name)) return true;
    }
    return false;
}

static void print_value(const Package *p, const SourceFile *f, const Decl *d, FILE *to) {
    (void)p;
    print_short(f, d, "", to);
}

static void print_function(const Package *p, const SourceFile *f, const Decl *d, FILE *to) {
    const Name *maker = maker_of(d);
    if (!d->func.recv && !(maker && declares_type(p, maker))) print_short(f, d, "", to);
}

// The functions that make the type, then its methods.
static void print_family(const Package *p, const Name *type, FILE *to) {
    for (int methods = 0; methods < 2; methods++)
        for (uint32_t i = 0; i < p->files.len; i++) {
            const FileAst *a = p->files.at[i];
            for (uint32_t k = 0; k < a->decls.len; k++) {
                const Decl *d = a->decls.at[k];
                if (d->kind == DECL_FUNC && decl_exported(d) && (methods ? receiver_of(d) : maker_of(d)) == type) print_short(a->source, d, "    ", to);
            }
        }
}

static void print_type(const Package *p, const SourceFile *f, const Decl *d, FILE *to) {
    print_short(f, d, "", to);
    print_family(p, d->type.name->ident.name, to);
}

void doc_print_package(const Package *p, FILE *to) {
    fprintf(to, "package %s  // import \"%.*s\"\n", p->name->text, (int)p->path.len, p->path.ptr);
    const char *line;
    const SourceFile *f = package_comment(p, &line);
    if (f) print_comment(f, line, to);
    fputs("\n", to);
    each_decl(p, DECL_CONST, print_value, to);
    each_decl(p, DECL_VAR, print_value, to);
    each_decl(p, DECL_FUNC, print_function, to);
    each_decl(p, DECL_TYPE, print_type, to);
}

void doc_print_object(const Object *o, bool source, FILE *to) {
    const SourceFile *f = source_file_of(o->pos);
    const char *line = line_begin(f, text_at(f, o->pos)), *end = text_end(f, o->decl, line, source);
    fprintf(to, "%.*s\n", (int)(end - line), line);
    if (source) return;
    if (o->kind == OBJ_VAR) fprintf(to, "    %s %s\n", o->name->text, o->type ? type_string(o->type) : "");
    print_comment(f, line, to);
    if (o->kind == OBJ_TYPE && o->pkg) print_family(o->pkg, o->name, to);
}

// --- the command

static Package *package_of(Compilation *c, const char *path) {
    Str s = {path, (int64_t)strlen(path)};
    CheckConfig cfg = compile_check_config(c);
    if (!strchr(path, '/') && strcmp(path, "unsafe") != 0 && !check_library_path(&cfg, name_of(path), &s)) return NULL;
    return compile_import(c, s, 0);
}

// "Name" or "Type.Method".
static Object *member(Package *p, const char *dotted) {
    const char *dot = strchr(dotted, '.');
    Object *o = p->scope ? scope_lookup_here(p->scope, name_intern(dotted, dot ? (size_t)(dot - dotted) : strlen(dotted))) : NULL;
    if (!o || !dot) return o;
    Selection sel = {0};
    bool ambiguous;
    return o->kind == OBJ_TYPE && type_lookup(o->type, name_of(dot + 1), p, &sel, &ambiguous) ? sel.method : NULL;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void print_library(Compilation *c, FILE *to) {
    VEC(const char *) paths = {0};
    for (const char *path = compile_next_library(NULL); path; path = compile_next_library(path))
        if (strncmp(path, "internal", 8) != 0 && !strstr(path, "/internal")) VEC_PUSH(&paths, path);
    if (paths.len) qsort(paths.at, paths.len, sizeof *paths.at, by_text);
    for (uint32_t i = 0; i < paths.len; i++) {
        fprintf(to, "%-31s ", paths.at[i]);
        const Package *p = compile_import(c, arena_str(paths.at[i], strlen(paths.at[i])), 0);
        if (p) print_synopsis(p, to);
        fputs("\n", to);
    }
}

bool compile_doc(const CompileOptions *o, const char *query, FILE *to) {
    compile_begin(o);
    Compilation c = {.o = o};
    compile_find_module(&c);
    if (!*query) {
        print_library(&c, to);
        return true;
    }
    Package *p = package_of(&c, query);
    if (p) {
        doc_print_package(p, to);
        return true;
    }
    // a dot of the last element ends the path
    const char *slash = strrchr(query, '/'), *dot = strchr(slash ? slash : query, '.');
    if (!dot || !(p = package_of(&c, arena_printf("%.*s", (int)(dot - query), query)))) return false;
    Object *found = member(p, dot + 1);
    if (!found || !source_file_of(found->pos)) return false;
    doc_print_object(found, false, to);
    return true;
}
