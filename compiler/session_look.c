// SPDX-License-Identifier: MIT
// session_look.c: looking into a session: its names, completions, declarations
// and their comments.
//
// Everything here is undone at its end, so completing a name that belongs to a
// package not used so far does not import it.
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/doc.h"
#include "compiler/gen_impl.h"
#include "compiler/session_impl.h"
#include "compiler/token.h"

static const char *kind_text(const Object *o) {
    switch (o->kind) {
    case OBJ_VAR: return "var";
    case OBJ_FUNC: return "func";
    case OBJ_TYPE: return "type";
    case OBJ_CONST: return "const";
    case OBJ_PKG: return "package";
    case OBJ_BUILTIN: return "builtin";
    default: return "";
    }
}

static const char *type_text(const Object *o) {
    if (o->kind == OBJ_PKG) return o->pkg_name.imported ? o->pkg_name.imported->path.ptr : "";
    if (o->kind == OBJ_TYPE && o->type && o->type->kind == TYPE_K_NAMED) return type_string(type_under(o->type));
    return o->type ? type_string(o->type) : "";
}

void session_each_name(void (*f)(void *ctx, const SessionName *n), void *ctx) {
    Scope *s = session->main->earlier;
    for (uint32_t i = 0; i < scope_size(s); i++) {
        Object *o = scope_at(s, i);
        if (!o) continue;
        SessionName n = {o->name->text, kind_text(o), type_text(o), (uint32_t)o->gen_slot};
        f(ctx, &n);
    }
}

void session_each_var(void (*f)(void *ctx, const char *name, const TypeDesc *t, const void *at), void *ctx) {
    Scope *s = session->main->earlier;
    for (uint32_t i = 0; i < scope_size(s); i++) {
        Object *o = scope_at(s, i);
        if (o && o->kind == OBJ_VAR && o->gen && o->type) f(ctx, o->name->text, lower_type(o->type), o->gen);
    }
}

// --- finding

static Package *package_called(Name *name) {
    Object *o = scope_lookup_here(session->main->earlier, name);
    if (o) return o->kind == OBJ_PKG ? o->pkg_name.imported : NULL;
    Str path;
    CheckConfig cfg = compile_check_config(&session->c);
    return check_library_path(&cfg, name, &path) ? compile_import(&session->c, path, 0) : NULL;
}

static Object *member_of_type(Type *t, Name *name) {
    Selection sel = {0};
    bool ambiguous;
    if (!t || !type_lookup(t, name, session->main, &sel, &ambiguous)) return NULL;
    return sel.method;
}

// What a dotted name stands for: x, pkg.Name, T.Method, pkg.T.Method.
static Object *find(const char *dotted) {
    const char *dot = strchr(dotted, '.');
    Name *first = name_intern(dotted, dot ? (size_t)(dot - dotted) : strlen(dotted));
    Scope *where;
    Object *o = scope_lookup(session->main->earlier, first, &where);
    if (!dot) return o;
    if (!o || o->kind == OBJ_PKG) {
        Package *p = package_called(first);
        const char *rest = dot + 1;
        dot = strchr(rest, '.');
        o = p && p->scope ? scope_lookup_here(p->scope, name_intern(rest, dot ? (size_t)(dot - rest) : strlen(rest))) : NULL;
        if (!dot || !o) return o;
    }
    return member_of_type(o->type, name_of(dot + 1));
}

// --- completion

typedef struct Choice { const char *name, *what; Pos pos; } Choice; // pos: where it is declared, or 0
typedef VEC(Choice) Choices;

static int by_name(const void *a, const void *b) { return strcmp(((const Choice *)a)->name, ((const Choice *)b)->name); }

static void add_declared(Choices *c, const char *name, const char *what, Pos pos, Str prefix) {
    if (strncmp(name, prefix.ptr, (size_t)prefix.len) != 0 || strcmp(name, "_") == 0) return;
    VEC_PUSH(c, ((Choice){name, what, pos}));
}

static void add(Choices *c, const char *name, const char *what, Str prefix) { add_declared(c, name, what, 0, prefix); }

static void add_object(Choices *c, Object *o, Str prefix) {
    const char *kind = kind_text(o), *type = o->kind == OBJ_BUILTIN ? "" : type_text(o);
    bool says_itself = o->kind == OBJ_FUNC || o->kind == OBJ_VAR;
    add_declared(c, o->name->text, says_itself ? type : arena_printf("%s %s", kind, type), o->kind == OBJ_PKG ? 0 : o->pos, prefix);
}

static void add_scope(Choices *c, Scope *s, Str prefix, bool exported) {
    for (uint32_t i = 0; i < scope_size(s); i++) {
        Object *o = scope_at(s, i);
        if (o && (!exported || name_exported(o->name))) add_object(c, o, prefix);
    }
}

static bool is_visible(Name *name, Package *pkg) { return name_exported(name) || pkg == session->main; }

static void add_fields(Choices *c, Type *t, Str prefix, int depth) {
    Type *u = type_under(t->kind == KIND_POINTER ? t->elem : t);
    if (u && u->kind == KIND_POINTER) u = type_under(u->elem);
    for (uint32_t i = 0; u && u->kind == KIND_STRUCT && i < u->nfields; i++) {
        StructField *f = &u->fields[i];
        if (is_visible(f->name, f->pkg)) add_declared(c, f->name->text, type_string(f->type), f->pos, prefix);
        if (f->embedded && depth < 4) add_fields(c, f->type, prefix, depth + 1);
    }
}

static void add_methods(Choices *c, Type *t, Str prefix) {
    Type *u = type_under(t);
    if (u && u->kind == KIND_INTERFACE) {
        for (uint32_t i = 0; i < u->nmethods; i++)
            if (is_visible(u->methods[i].name, u->methods[i].pkg)) add_declared(c, u->methods[i].name->text, type_string(u->methods[i].fn->type), u->methods[i].pos, prefix);
        return;
    }
    MethodSetEntry *set;
    uint32_t n = type_method_set(t->kind == KIND_POINTER ? t : type_pointer_to(t), &set);
    for (uint32_t i = 0; i < n; i++)
        if (is_visible(set[i].name, set[i].pkg)) add_declared(c, set[i].name->text, set[i].sel.type ? type_string(set[i].sel.type) : "", set[i].sel.method ? set[i].sel.method->pos : 0, prefix);
}

static bool is_name_byte(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }

static size_t name_begin(const char *text, size_t at) {
    while (at > 0 && is_name_byte(text[at - 1])) at--;
    return at;
}

// Where the bracket that closes at text[at - 1] opens; 0 if it does not.
static size_t bracket_begin(const char *text, size_t at) {
    int depth = 0;
    while (at > 0) {
        char c = text[--at];
        if (c == '"' || c == '`') {
            while (at > 0 && text[at - 1] != c) at--;
            if (at > 0) at--;
        } else if (strchr(")]}", c)) depth++;
        else if (strchr("([{", c) && --depth == 0) return at;
    }
    return 0;
}

// Begin of the operand that ends at text[at]: names, dots, calls, indices.
static size_t operand_begin(const char *text, size_t at) {
    for (;;) {
        size_t before = at;
        if (at > 0 && strchr(")]}", text[at - 1])) at = bracket_begin(text, at);
        else if (at > 0 && text[at - 1] == '"') {
            for (at--; at > 0 && text[at - 1] != '"'; at--) {}
            return at ? at - 1 : 0;
        }
        at = name_begin(text, at);
        if (at == before) return at;
        if (at > 0 && text[at - 1] == '.') at--;
        else if (!(at < before && at > 0 && strchr(")]}", text[at - 1]) && !is_name_byte(text[at]))) return at;
    }
}

static void add_members(Choices *c, Str operand, Str prefix) {
    bool simple = name_begin(operand.ptr, (size_t)operand.len) == 0;
    Package *p = simple ? package_called(name_intern(operand.ptr, (size_t)operand.len)) : NULL;
    if (p && p->scope) {
        add_scope(c, p->scope, prefix, true);
        return;
    }
    SessionInput in = {.name = "", .text = operand.ptr, .len = (size_t)operand.len, .only_expr = true};
    SessionResult r;
    if (!session_compile(&in, &r, NULL)) return;
    Expr *e = session->main->shown.stmt->expr.x;
    if (e->mode == MODE_NOVALUE || !e->type || e->type->kind == TYPE_K_TUPLE) return;
    if (e->mode != MODE_TYPE) add_fields(c, e->type, prefix, 0);
    add_methods(c, e->type, prefix);
}

static void add_keywords(Choices *c, Str prefix) {
    for (int k = TOK_BREAK; k < TOK_COUNT; k++)
        if (token_text[k] && token_text[k][0] >= 'a' && token_text[k][0] <= 'z') add(c, token_text[k], "keyword", prefix);
}

static void add_packages(Choices *c, Str prefix) {
    for (const char *path = compile_next_library(NULL); path; path = compile_next_library(path)) {
        const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
        if (strncmp(path, "internal/", 9) != 0 && !scope_lookup_here(session->main->earlier, name_of(name))) add(c, name, arena_printf("package %s", path), prefix);
    }
}

static void add_names(Choices *c, Str prefix) {
    add_scope(c, session->main->earlier, prefix, false);
    add_scope(c, universe, prefix, false);
    add_keywords(c, prefix);
    if (prefix.len) add_packages(c, prefix);
}

// --- completion by what stands around the name

enum { OPEN_MOST = 64 };

// Brackets that are open at the end of text, the outermost first; those in
// strings and comments left out.
static int open_brackets(const char *text, size_t len, size_t *open) {
    int n = 0;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '"' || c == '`' || c == '\'') {
            for (i++; i < len && text[i] != c; i++)
                if (text[i] == '\\' && c != '`') i++;
        } else if (c == '/' && i + 1 < len && text[i + 1] == '/') {
            while (i < len && text[i] != '\n') i++;
        } else if (strchr("([{", c) && n < OPEN_MOST) {
            open[n++] = i;
        } else if (strchr(")]}", c) && n > 0) {
            n--;
        }
    }
    return n;
}

static size_t before_blanks(const char *text, size_t at) {
    while (at > 0 && strchr(" \t\n\r", text[at - 1])) at--;
    return at;
}

// Begin of the type that ends at text[at]: an operand, with [], [N], map[K] and *.
static size_t type_begin(const char *text, size_t at) {
    at = operand_begin(text, at);
    while (at > 0 && strchr("]*", text[at - 1])) {
        if (text[at - 1] == '*') {
            at--;
            continue;
        }
        size_t bracket = bracket_begin(text, at), name = name_begin(text, bracket);
        at = bracket - name == 3 && memcmp(text + name, "map", 3) == 0 ? name : bracket;
    }
    return at;
}

static Type *checked_type(const char *text, size_t from, size_t to, bool is_type) {
    SessionInput in = {.name = "", .text = text + from, .len = to - from, .only_expr = true};
    SessionResult r;
    if (from >= to || !session_compile(&in, &r, NULL)) return NULL;
    Expr *e = session->main->shown.stmt->expr.x;
    return (e->mode == MODE_TYPE) == is_type && e->mode != MODE_NOVALUE ? e->type : NULL;
}

// The type of the composite literal whose last open brace is open[n - 1]. An
// element's own type may be left out; one that is written has no blank behind it.
static Type *literal_type(const char *text, const size_t *open, int n) {
    if (n == 0 || text[open[n - 1]] != '{') return NULL;
    size_t at = open[n - 1], end = before_blanks(text, at);
    if (end > 0 && strchr("{,:", text[end - 1])) {
        Type *outer = literal_type(text, open, n - 1), *u = outer ? type_under(outer) : NULL;
        bool has_elements = u && (u->kind == KIND_SLICE || u->kind == KIND_ARRAY || u->kind == KIND_MAP);
        Type *elem = has_elements ? u->elem : NULL;
        return elem && elem->kind == KIND_POINTER ? elem->elem : elem;
    }
    return end == at ? checked_type(text, type_begin(text, at), at, true) : NULL;
}

static Type *key_type(const char *text, size_t from, const size_t *open, int n) {
    size_t end = before_blanks(text, from);
    return end > 0 && strchr("{,", text[end - 1]) ? literal_type(text, open, n) : NULL;
}

static void add_keys(Choices *c, Type *t, Str prefix) {
    Type *u = type_under(t);
    for (uint32_t i = 0; u && u->kind == KIND_STRUCT && i < u->nfields; i++)
        if (is_visible(u->fields[i].name, u->fields[i].pkg)) add_declared(c, arena_printf("%s: ", u->fields[i].name->text), type_string(u->fields[i].type), u->fields[i].pos, prefix);
}

static bool begins_with_word(const char *text, size_t from, size_t to, const char *word) {
    size_t n = strlen(word);
    return to - from >= n && memcmp(text + from, word, n) == 0 && (to - from == n || !is_name_byte(text[from + n]));
}

static size_t statement_begin(const char *text, size_t at) {
    while (at > 0 && !strchr("\n;{}", text[at - 1])) at--;
    while (text[at] == ' ' || text[at] == '\t') at++;
    return at;
}

// The type of the value that the switch around a case compares.
static Type *case_type(const char *text, size_t from, const size_t *open, int n) {
    if (n == 0 || text[open[n - 1]] != '{' || !begins_with_word(text, statement_begin(text, from), from, "case")) return NULL;
    size_t brace = open[n - 1], end = before_blanks(text, brace), begin = end;
    while (begin > 0 && !strchr("\n{}", text[begin - 1])) begin--;
    while (text[begin] == ' ' || text[begin] == '\t') begin++;
    if (!begins_with_word(text, begin, end, "switch")) return NULL;
    begin += strlen("switch");
    for (size_t i = begin; i < end; i++)
        if (text[i] == ';') begin = i + 1;
    return checked_type(text, begin, end, false);
}

static void add_constants(Choices *c, Type *t, Str prefix) {
    Package *p = t->kind == TYPE_K_NAMED && t->obj ? t->obj->pkg : NULL;
    Scope *s = !p ? NULL : p == session->main ? p->earlier : p->scope;
    for (uint32_t i = 0; s && i < scope_size(s); i++) {
        Object *o = scope_at(s, i);
        if (!o || o->kind != OBJ_CONST || !is_visible(o->name, p) || !o->type || !type_identical(o->type, t)) continue;
        const char *name = p == session->main ? o->name->text : arena_printf("%s.%s", p->name->text, o->name->text);
        add_declared(c, name, arena_printf("const %s", type_string(t)), o->pos, prefix);
    }
}

// Labels of the processes of a parallel command: the names before ::.
static void add_labels(Choices *c, const char *text, size_t len, Str prefix) {
    for (size_t i = 0; i + 1 < len; i++) {
        if (text[i] != ':' || text[i + 1] != ':') continue;
        size_t end = before_blanks(text, i), begin;
        if (end > 0 && text[end - 1] == ')') end = bracket_begin(text, end);
        begin = name_begin(text, end);
        if (begin < end) add(c, arena_str(text + begin, end - begin).ptr, "process", prefix);
    }
}

static void complete_name(Choices *c, const char *text, size_t from, Str prefix) {
    size_t open[OPEN_MOST];
    int n = open_brackets(text, from, open);
    Type *keys = key_type(text, from, open, n), *values = keys ? NULL : case_type(text, from, open, n);
    if (keys) add_keys(c, keys, prefix);
    if (values) add_constants(c, values, prefix);
    add_labels(c, text, from, prefix);
    if (!c->len || prefix.len) add_names(c, prefix);
}

static void add_import(Choices *c, const char *path, const char *what, Str prefix) {
    if (strncmp(path, "internal/", 9) != 0 && !strstr(path, "/internal/")) add(c, path, what, prefix);
}

// Packages of the module: the folders beside what was typed of the path.
static void add_module_imports(Choices *c, Str prefix) {
    const char *module = session->c.module_path;
    size_t n = module ? strlen(module) : 0, last = (size_t)prefix.len;
    if (!module) return;
    while (last > 0 && prefix.ptr[last - 1] != '/') last--;
    if (last <= n || memcmp(prefix.ptr, module, n) != 0 || prefix.ptr[n] != '/') {
        add_import(c, arena_printf("%s/", module), "this module", prefix);
        return;
    }
    const char *folder = arena_printf("%s/%.*s", session->c.module_dir, (int)(last - n - 1), prefix.ptr + n + 1);
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_type == DT_DIR && e->d_name[0] != '.') add_import(c, arena_printf("%.*s%s", (int)last, prefix.ptr, e->d_name), "folder", prefix);
    if (d) closedir(d);
}

static const char *first_line_about(const Choice *c) {
    Str s = c->pos ? doc_first_line(c->pos) : (Str){0};
    return s.len ? arena_str(s.ptr, (size_t)s.len).ptr : "";
}

static void give(Choices *c, void (*f)(void *ctx, const char *name, const char *what, const char *doc), void *ctx) {
    if (c->len) qsort(c->at, c->len, sizeof *c->at, by_name);
    for (uint32_t i = 0; i < c->len; i++)
        if (i == 0 || strcmp(c->at[i].name, c->at[i - 1].name) != 0) f(ctx, c->at[i].name, c->at[i].what, first_line_about(&c->at[i]));
    session_undo();
}

bool session_complete_import(const char *text, size_t len, size_t quote, void (*f)(void *ctx, const char *name, const char *what, const char *doc), void *ctx) {
    size_t open[OPEN_MOST], begin = statement_begin(text, quote), n = (size_t)open_brackets(text, quote, open);
    if (n > 0 && text[open[n - 1]] == '(') begin = statement_begin(text, open[n - 1]);
    if (!begins_with_word(text, begin, quote, "import")) return false;
    Choices c = {0};
    Str prefix = arena_str(text + quote + 1, len - quote - 1);
    for (const char *path = compile_next_library(NULL); path; path = compile_next_library(path)) add_import(&c, path, "package", prefix);
    add_module_imports(&c, prefix);
    give(&c, f, ctx);
    return true;
}

size_t session_complete(const char *text, size_t len, void (*f)(void *ctx, const char *name, const char *what, const char *doc), void *ctx) {
    size_t from = name_begin(text, len);
    Choices c = {0};
    Str prefix = arena_str(text + from, len - from);
    if (from > 0 && text[from - 1] == '.') {
        size_t begin = operand_begin(text, from - 1);
        add_members(&c, arena_str(text + begin, from - 1 - begin), prefix);
    } else {
        complete_name(&c, text, from, prefix);
    }
    give(&c, f, ctx);
    return from;
}

// --- declarations

static bool print_object(Object *o, bool source, FILE *to) {
    if (o->kind == OBJ_PKG) {
        if (o->pkg_name.imported) doc_print_package(o->pkg_name.imported, to);
        return true;
    }
    if (!source_file_of(o->pos)) {
        fprintf(to, "%s %s %s\n", kind_text(o), o->name->text, o->kind == OBJ_BUILTIN ? "(predeclared)" : type_text(o));
        return true;
    }
    doc_print_object(o, source, to);
    return true;
}

bool session_describe(const char *name, bool source, FILE *to) {
    Object *o = find(name);
    Package *p = o ? NULL : package_called(name_of(name));
    if (o) print_object(o, source, to);
    else if (p) doc_print_package(p, to);
    session_undo();
    return o || p;
}

struct Func *session_func(const char *name) {
    Object *o = find(name);
    struct Func *f = o && o->kind == OBJ_FUNC && o->func.info ? o->func.info->gen : NULL;
    return f; // of committed code only: nothing to undo that f is part of
}
