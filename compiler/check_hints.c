// SPDX-License-Identifier: MIT
// check_hints.c: what the checker's messages say beyond what is wrong: names
// that may be meant, the other place, and how it is mended.
#include <string.h>
#include <strings.h>

#include "compiler/check_impl.h"
#include "compiler/hints.h"

static Str text_of(const Name *n) { return (Str){n->text, n->len}; }

// --- names that were meant

typedef struct Similar { // the nearest name so far
    Name *wanted, *name;
    Object *obj;           // or NULL
    Pos pos;
    uint32_t distance;
} Similar;

static Similar similar_to(Name *wanted) { return (Similar){.wanted = wanted, .distance = hint_tolerance(text_of(wanted)) + 1}; }

static void consider(Similar *s, Name *name, Object *o, Pos pos) {
    if (name == s->wanted || name_is_blank(name)) return;
    bool found = s->name != NULL;
    if (found && s->distance == 0) return;
    uint32_t most = found ? s->distance : s->distance - 1, d = hint_distance(text_of(s->wanted), text_of(name), most);
    bool nearer = d < s->distance || (found && d == s->distance && name->len > s->name->len);
    if (d <= most && nearer) *s = (Similar){s->wanted, name, o, pos, d};
}

static void consider_scope(Similar *s, Scope *scope, bool exported) {
    for (uint32_t i = 0; i < scope_size(scope); i++) {
        Object *o = scope_at(scope, i);
        if (o && o->kind != OBJ_LABEL && (!exported || name_exported(o->name))) consider(s, o->name, o, o->pos);
    }
}

static bool suggest(const Similar *s) {
    if (!s->name) return false;
    bool library = s->obj && s->obj->pkg && s->obj->pkg->is_library; // its place is of no use
    source_note(library ? 0 : s->pos, "did you mean %s?", s->name->text);
    return true;
}

void suggest_member(Package *p, Name *name) {
    Similar s = similar_to(name);
    consider_scope(&s, p->scope, true);
    suggest(&s);
}

void suggest_label(Name *name, Stmt **labels, uint32_t n) {
    Similar s = similar_to(name);
    for (uint32_t i = 0; i < n; i++) consider(&s, labels[i]->labeled.label, NULL, labels[i]->pos);
    if (suggest(&s))
        for (uint32_t i = 0; i < n; i++) labels[i]->labeled.used |= labels[i]->labeled.label == s.name;
}

// --- packages

static Package *library(const char *path) {
    Str p = arena_str(path, strlen(path));
    if (!ck.config->is_library || !ck.config->is_library(ck.config->ctx, p)) return NULL;
    Checker saved = ck;
    Package *imp = ck.config->import_package(ck.config->ctx, p, 0);
    ck = saved;
    return imp;
}

static Object *member(Package *p, Name *name, bool any_case) {
    for (uint32_t i = 0; p && p->scope && i < scope_size(p->scope); i++) {
        Object *o = scope_at(p->scope, i);
        if (o && name_exported(o->name) && (any_case ? strcasecmp(o->name->text, name->text) == 0 : o->name == name)) return o;
    }
    return NULL;
}

// A member of a package of the library that all know, or of one imported.
static bool suggest_qualified(Name *name, bool any_case) {
    static const char *const known[] = {"fmt", "strings", "strconv", "os", "math", "errors", "time", "sort"};
    if (!any_case && !name_exported(name)) return false;
    for (uint32_t i = 0; i < ck.pkg->imports.len; i++)
        if (member(ck.pkg->imports.at[i], name, any_case)) {
            source_note(0, "did you mean %s.%s?", ck.pkg->imports.at[i]->name->text, member(ck.pkg->imports.at[i], name, any_case)->name->text);
            return true;
        }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Object *o = member(library(known[i]), name, any_case);
        if (!o) continue;
        source_note(0, "did you mean %s.%s?", known[i], o->name->text);
        return true;
    }
    return false;
}

void suggest_package(Str path) {
    const char *best = NULL, *p = NULL;
    uint32_t nearest = hint_tolerance(path) + 1;
    while (nearest && ck.config->next_library && (p = ck.config->next_library(p))) {
        const char *slash = strrchr(p, '/');
        Str whole = {p, (int64_t)strlen(p)}, last = slash ? (Str){slash + 1, (int64_t)strlen(slash + 1)} : whole;
        uint32_t d = hint_distance(path, whole, nearest - 1), e = hint_distance(path, last, nearest - 1);
        if (e < d) d = e;
        if (d < nearest) best = p, nearest = d;
    }
    if (best) source_note(0, "did you mean %s?", best);
}

static bool suggest_import(Name *name) {
    Str path;
    if (!check_library_path(ck.config, name, &path)) return false;
    source_note(0, "the package is imported by: import \"%.*s\"", (int)path.len, path.ptr);
    return true;
}

// --- undefined names

static bool suggest_in_scope(Name *name, bool sure) {
    Similar s = similar_to(name);
    for (Scope *scope = ck.scope; scope; scope = scope->parent) consider_scope(&s, scope, false);
    if (!s.name || (sure && s.distance > 0)) return false;
    suggest(&s);
    if (s.obj->kind == OBJ_VAR) s.obj->flags |= OBJF_USED; // it is unused only for the slip
    return true;
}

void undefined_name(Expr *e, bool qualifies) {
    Name *name = e->ident.name;
    error_in(e, "undefined: %s", name->text);
    const char *advice = hint_name_word(text_of(name));
    if (advice) {
        source_note(0, "%s", advice);
        return;
    }
    if (qualifies) {
        if (!suggest_import(name) && !suggest_in_scope(name, false)) suggest_package(text_of(name));
        return;
    }
    if (suggest_qualified(name, false) || suggest_in_scope(name, true) || suggest_qualified(name, true) || suggest_in_scope(name, false)) return;
    suggest_import(name);
}

void advise_new_variable(Expr *e) {
    if (e->kind == EXPR_IDENT && !e->ident.obj) source_note(0, "a new variable is declared by: %s := VALUE", e->ident.name->text);
}

void note_declaration(const Object *o) {
    if (o && o->pos && o->pkg && !o->pkg->is_library) source_note(o->pos, "%s is declared here", o->name->text);
}

// --- fields and methods

static const char *const length_names[] = {"length", "len", "size", "count", "Length", "Len", "Size", "Count"};
static const char *const grow_names[] = {"append", "push", "add", "push_back", "Append", "Push", "Add"};

static bool is_one_of(const Name *name, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(name->text, list[i]) == 0) return true;
    return false;
}

#define IS_ONE_OF(name, list) is_one_of(name, list, sizeof(list) / sizeof *(list))

// Methods that other languages have on lists, tables and strings.
static bool advise_on_method(Expr *x, Type *u, Name *name) {
    bool list = u->kind == KIND_SLICE, sized = list || u->kind == KIND_ARRAY || u->kind == KIND_MAP || u->kind == KIND_STRING || u->kind == KIND_CHAN;
    const char *text = ast_string(x);
    if (sized && IS_ONE_OF(name, length_names)) source_note(0, "the number of elements is len(%s)", text);
    else if (list && IS_ONE_OF(name, grow_names)) source_note(0, "a slice grows by: %s = append(%s, VALUE)", text, text);
    else if (u->kind == KIND_STRING && member(library("strings"), name, true)) source_note(0, "did you mean strings.%s(%s)?", member(library("strings"), name, true)->name->text, text);
    else return false;
    return true;
}

void suggest_field(Expr *x, Type *t, Name *name) {
    Similar s = similar_to(name);
    Type *base = type_deref(t, NULL), *u = type_under(base);
    if (!u || u == type_invalid || (x && advise_on_method(x, u, name))) return;
    MethodSetEntry *methods;
    uint32_t n = type_method_set(base->kind == TYPE_K_NAMED && u->kind != KIND_INTERFACE ? type_pointer_to(base) : base, &methods);
    for (uint32_t i = 0; i < n; i++) consider(&s, methods[i].name, methods[i].sel.method, methods[i].sel.method ? methods[i].sel.method->pos : 0);
    for (uint32_t i = 0; u->kind == KIND_STRUCT && i < u->nfields; i++)
        if (u->fields[i].pkg == ck.pkg || name_exported(u->fields[i].name)) consider(&s, u->fields[i].name, NULL, u->fields[i].pkg && u->fields[i].pkg->is_library ? 0 : u->fields[i].pos);
    suggest(&s);
}

// --- missing methods

static const char *method_text(Name *name, Type *sig) { return arena_printf("%s%s", name->text, type_string(sig) + strlen("func")); }

static Object *method_in_other_case(Type *t, Name *name) {
    MethodSetEntry *methods;
    uint32_t n = type_method_set(t, &methods);
    for (uint32_t i = 0; i < n; i++)
        if (methods[i].name != name && methods[i].sel.method && strcasecmp(methods[i].name->text, name->text) == 0) return methods[i].sel.method;
    return NULL;
}

const char *method_problem(Type *t, Method *m, Object *have, bool ptr) {
    if (!m) return "(missing method)";
    if (ptr) return arena_printf("(method %s has pointer receiver)", m->name->text);
    const char *what = have ? "wrong type for method" : "missing method";
    if (!have) have = method_in_other_case(t, m->name);
    if (have) resolve_object(have);
    if (!have || !have->type || have->type == type_invalid) return arena_printf("(%s %s)", what, m->name->text);
    return arena_printf("(%s %s)\n\t\thave %s\n\t\twant %s", what, m->name->text, method_text(have->name, have->type), method_text(m->name, m->fn->type));
}

void note_method(Type *t, Method *m, Object *have, bool ptr) {
    if (!m) return;
    if (!m->pkg || !m->pkg->is_library) source_note(m->pos, "%s is wanted here", method_text(m->name, m->fn->type));
    if (have && have->pkg && !have->pkg->is_library) source_note(have->pos, "and is declared here for %s", type_string(t));
    else if (!have && !ptr) source_note(0, "what is wanted is: func (x %s) %s", type_string(t), method_text(m->name, m->fn->type));
    if (ptr && t->kind == TYPE_K_NAMED) source_note(0, "*%s has it: take the address, &x", type_string(t));
}

// --- operands that do not fit

static bool is_number(const Expr *e) { return e->mode != MODE_NIL && type_is_numeric(e->type); }
static bool is_text(const Expr *e) { return e->mode != MODE_NIL && type_is_string(e->type); }
static bool is_pointer_to(Type *p, Type *t) { return type_under(p)->kind == KIND_POINTER && type_identical(type_under(p)->elem, t); }

static void advise_numbers(Expr *x, Expr *y) {
    bool into_x = type_is_float(x->type) || !type_is_float(y->type);
    Expr *from = into_x ? y : x, *to = into_x ? x : y;
    source_note(0, "numbers of different types are not mixed: convert one, %s(%s)", type_string(to->type), ast_string(from));
}

static bool is_one_char(const Expr *e) { return e->mode == MODE_CONST && const_kind(e->val) == CONST_STRING && const_str_val(e->val).len == 1; }

static bool is_char(const Expr *e) { return type_under(e->type)->kind == KIND_UINT8 || type_under(e->type)->kind == KIND_INT32 || e->type->kind == TYPE_K_UNTYPED_RUNE; }

void advise_mismatch(int op, Expr *x, Expr *y) {
    if (x->mode == MODE_NIL || y->mode == MODE_NIL || type_is_untyped(x->type) + type_is_untyped(y->type) == 2) {
        if (op == TOK_MUL && (is_text(x) || is_text(y))) source_note(0, "a string is repeated by strings.Repeat(s, n)");
        else if (op == TOK_ADD && (is_text(x) || is_text(y))) source_note(0, "a number becomes text by fmt.Sprint(n)");
        return;
    }
    if (is_number(x) && is_number(y)) advise_numbers(x, y);
    else if ((is_char(x) && is_one_char(y)) || (is_char(y) && is_one_char(x))) source_note(0, "a character is written in single quotes: '%.*s'", 1, const_str_val((is_one_char(y) ? y : x)->val).ptr);
    else if (op == TOK_ADD && ((is_text(x) && is_number(y)) || (is_number(x) && is_text(y)))) source_note(0, "a number becomes text by strconv.Itoa(n) or fmt.Sprint(n)");
    else if (op == TOK_MUL && (is_text(x) || is_text(y))) source_note(0, "a string is repeated by strings.Repeat(s, n)");
    else if (is_pointer_to(x->type, y->type)) source_note(0, "what the pointer points to is *%s", ast_string(x));
    else if (is_pointer_to(y->type, x->type)) source_note(0, "what the pointer points to is *%s", ast_string(y));
}

// e is given where a t is wanted.
void advise_assignment(Expr *e, Type *t) {
    if (e->mode == MODE_NIL || t == type_invalid || t->kind == TYPE_K_TYPE_PARAM || e->type->kind == TYPE_K_TYPE_PARAM) return;
    const char *text = ast_string(e);
    bool constant = e->mode == MODE_CONST && type_is_untyped(e->type);
    Type *tu = type_under(t), *eu = type_under(e->type);
    if (is_one_char(e) && tu && (tu->kind == KIND_UINT8 || tu->kind == KIND_INT32)) source_note(0, "a character is written in single quotes: '%.1s'", const_str_val(e->val).ptr);
    else if (type_is_string(t) && constant && e->type->kind == TYPE_K_UNTYPED_RUNE) source_note(0, "a string is written in double quotes");
    else if (type_is_string(t) && is_number(e)) source_note(0, "a number becomes text by strconv.Itoa(n) or fmt.Sprint(n)");
    else if (type_is_numeric(t) && is_text(e)) source_note(0, "text becomes a number by n, err := strconv.Atoi(s)");
    else if (type_is_numeric(t) && is_number(e) && !constant) source_note(0, "a number of another type is converted: %s(%s)", type_string(t), text);
    else if (is_pointer_to(t, e->type) && e->mode == MODE_VAR) source_note(0, "its address is &%s", text);
    else if (eu && eu->kind == KIND_POINTER && is_pointer_to(e->type, t)) source_note(0, "what the pointer points to is *%s", text);
    else if (tu && tu->kind == KIND_SLICE && eu && eu->kind == KIND_ARRAY && type_identical(tu->elem, eu->elem)) source_note(0, "a slice of the whole array is %s[:]", text);
}

// A slice, e of type given, stands for an argument of a parameter ...elem.
void advise_spread(Expr *e, Type *given, Type *elem) {
    Type *u = type_is_untyped(given) || given->kind == TYPE_K_TUPLE ? NULL : type_core(given);
    if (u && u->kind == KIND_SLICE && type_identical(u->elem, elem)) source_note(0, "the elements of a slice are given one by one by %s...", ast_string(e));
}

void advise_conversion(Expr *x, Type *t) {
    if (type_is_numeric(t) && is_text(x)) source_note(0, "text becomes a number by n, err := strconv.Atoi(s)");
    else if (type_is_string(t)) source_note(0, "any value becomes text by fmt.Sprint(x)");
    else if (type_is_boolean(t) && is_number(x)) source_note(0, "a number is no truth value: write %s != 0", ast_string(x));
    else if (type_is_numeric(t) && type_is_boolean(x->type)) source_note(0, "a truth value becomes a number by: if %s { n = 1 }", ast_string(x));
}

void advise_condition(Expr *c) {
    if (c->mode == MODE_NIL) return;
    const char *text = ast_string(c);
    Type *u = type_under(c->type);
    if (type_is_numeric(c->type)) source_note(0, "write %s != 0", text);
    else if (type_is_string(c->type)) source_note(0, "write %s != \"\"", text);
    else if (u->kind == KIND_SLICE || u->kind == KIND_MAP) source_note(0, "write len(%s) > 0", text);
    else if (u->kind == KIND_POINTER || u->kind == KIND_INTERFACE || u->kind == KIND_FUNC || u->kind == KIND_CHAN) source_note(0, "write %s != nil", text);
}

// A call with several results stands where one value is wanted.
void advise_results(Expr *call, uint32_t wanted) {
    Type *t = call->type;
    if (t->kind != TYPE_K_TUPLE || t->ntypes != wanted + 1 || t->types[t->ntypes - 1] != type_error) return;
    source_note(0, wanted == 1 ? "the second result is an error: v, err := %s" : "the last result is an error: ..., err := %s", ast_string(call));
}

void advise_unused(Expr *e) {
    Expr *u = ast_unparen(e);
    if (u->kind == EXPR_BINARY && u->op == TOK_EQL) source_note(0, "an assignment is written =: %s = %s", ast_string(u->binary.x), ast_string(u->binary.y));
    else if (u->kind == EXPR_CALL && u->call.call_kind == CALL_BUILTIN && u->call.builtin == BUILTIN_append) source_note(0, "the longer slice is the result: %s = %s", ast_string(u->call.args.at[0]), ast_string(e));
    else if (e->mode == MODE_VALUE && e->type->kind == KIND_FUNC && (u->kind == EXPR_IDENT || u->kind == EXPR_SELECTOR)) source_note(0, "a call has parentheses: %s()", ast_string(u));
}
