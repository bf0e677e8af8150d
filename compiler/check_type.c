// SPDX-License-Identifier: MIT
// check_type.c: type expressions and type declarations.
//
// A named type may be mentioned before its underlying type is known; what
// depends on that (method sets of interfaces, underlying types that are other
// named types) waits until the outermost declaration is complete.
#include <stdlib.h>
#include <string.h>

#include "compiler/check_impl.h"

typedef struct Waiting { Type *named, *from; } Waiting; // named.underlying = underlying of from

typedef VEC(Method) MethodList;
typedef VEC(Term) TermList;

static VEC(Waiting) waiting;
static VEC(Type *) waiting_interfaces;
static VEC(Type *) waiting_keys; // map types whose keys must be comparable
static VEC(Pos) waiting_key_pos;
typedef struct WaitingEmbed { Expr *e; Type *type; } WaitingEmbed;
static VEC(WaitingEmbed) waiting_embeds; // embedded fields of types that are not declared yet
static VEC(WaitingEmbed) waiting_var_types; // of variables: must not be constraints
static VEC(WaitingEmbed) waiting_unions;
static VEC(WaitingEmbed) waiting_sizes; // arrays, and elements of channels
typedef struct WaitingElement { Pos pos; Type *type; } WaitingElement;
static VEC(WaitingElement) waiting_elements; // of interfaces, which were interfaces before Go 1.18
static VEC(Object *) declared_types;

#define FORGET(v) ((v).at = NULL, (v).len = (v).cap = 0)
void check_forget(void) {
    FORGET(waiting);
    FORGET(waiting_interfaces);
    FORGET(waiting_keys);
    FORGET(waiting_key_pos);
    FORGET(declared_types);
    FORGET(waiting_embeds);
    FORGET(waiting_var_types);
    FORGET(waiting_unions);
    FORGET(waiting_sizes);
    FORGET(waiting_elements);
    forget_open_objects();
    forget_instances();
}

Expr *type_expr_base(Expr *e) {
    for (;;) {
        if (e->kind == EXPR_PAREN) e = e->paren.x;
        else if (e->kind == EXPR_STAR) e = e->unary.x;
        else if (e->kind == EXPR_INDEX) e = e->index.x;
        else return e;
    }
}

bool type_expr_is_instance(Expr *e) {
    while (e->kind == EXPR_PAREN || e->kind == EXPR_STAR) e = e->kind == EXPR_PAREN ? e->paren.x : e->unary.x;
    return e->kind == EXPR_INDEX;
}

static Type *invalid_type(Expr *e) {
    e->mode = MODE_INVALID;
    return e->type = type_invalid;
}

static Type *as_type(Expr *e, Type *t) {
    e->mode = MODE_TYPE;
    return e->type = t;
}

static Type *generic_without_args(Expr *e, Object *o) {
    error_in(e, "cannot use generic type %s without instantiation", o->name->text);
    note_declaration(o);
    return invalid_type(e);
}

static Type *type_of_object(Expr *e, Object *o) {
    resolve_object(o);
    if (!o->type || o->type == type_invalid) return invalid_type(e);
    if (o->type->kind == TYPE_K_NAMED && o->type->ntparams && !o->type->ntargs && !(o->flags & OBJF_ALIAS)) return generic_without_args(e, o);
    return as_type(e, o->type);
}

static Type *type_name(Expr *e, bool quiet) {
    if (e->kind == EXPR_SELECTOR) {
        check_raw(e, NULL);
        if (e->mode == MODE_TYPE) return e->type;
        if (e->mode != MODE_INVALID && !quiet) error_in(e, "%s is not a type", ast_string(e));
        return invalid_type(e);
    }
    Scope *where;
    Object *o = lookup_alone(e->ident.name, &where);
    if (!o) {
        if (strcmp(e->ident.name->text, "_") == 0) error_in(e, "cannot use _ as value or type");
        else undefined_name(e, false);
        return invalid_type(e);
    }
    e->ident.obj = o;
    note_import_use(o, where);
    if (o->kind == OBJ_BUILTIN && o->builtin == BUILTIN_real && !quiet) return as_type(e, TY(KIND_FLOAT64)); // the paper's name
    if (o->kind != OBJ_TYPE) {
        o->flags |= OBJF_USED;
        if (!quiet) error_in(e, "%s is not a type", e->ident.name->text);
        return invalid_type(e);
    }
    o->flags |= OBJF_USED;
    if (!o->pkg && !lang_at_least(18) && (o->type == type_any || o->type == type_comparable)) need_lang(e->start, e->end, 18, arena_printf("predeclared %s", o->name->text));
    return type_of_object(e, o);
}

static Type *instance_type(Expr *e) {
    Expr *g = ast_unparen(e->index.x);
    Object *o = NULL;
    if (g->kind == EXPR_IDENT) {
        Scope *where;
        o = scope_lookup(ck.scope, g->ident.name, &where);
        g->ident.obj = o;
        if (o) note_import_use(o, where);
    } else if (g->kind == EXPR_SELECTOR) {
        check_raw(g, NULL);
        o = g->selector.obj;
    }
    if (!o) {
        if (g->kind == EXPR_IDENT) undefined_name(g, false);
        else if (g->mode != MODE_INVALID) error_in(g, "%s is not a generic type", ast_string(g));
        return invalid_type(e);
    }
    resolve_object(o);
    if (o->type == type_invalid) return invalid_type(e);
    if (o->kind != OBJ_TYPE || !o->type || o->type->kind != TYPE_K_NAMED || !o->type->ntparams) {
        error_in(g, "%s is not a generic type", ast_string(g));
        return invalid_type(e);
    }
    uint32_t n = e->index.index.len;
    need_lang(e->pos, e->end, 18, "type instantiation");
    Type **targs = ARENA_ARRAY(Type *, n);
    for (uint32_t i = 0; i < n; i++)
        if ((targs[i] = check_var_type(e->index.index.at[i])) == type_invalid) return invalid_type(e);
    if (n != o->type->ntparams) {
        if (n < o->type->ntparams) error_in(e, "not enough type arguments for type %s: have %u, want %u", o->name->text, n, o->type->ntparams);
        else error_in(e->index.index.at[o->type->ntparams], "too many type arguments for type %s: have %u, want %u", o->name->text, n, o->type->ntparams);
        return invalid_type(e);
    }
    Type *t = instantiate_type(o, targs, n, e->start);
    return t ? as_type(e, t) : invalid_type(e);
}

// --- sizes
//
// Go's compiler has limits for them, and programs that it refuses are refused.

enum { MAX_CHAN_ELEM = 1 << 16, LARGE_LENGTH = 1 << 24, MAX_DEPTH_SIZED = 100 };
static const int64_t MAX_BYTES = (int64_t)1 << 50;

static int64_t add_size(int64_t a, int64_t b) { return a >= MAX_BYTES || b >= MAX_BYTES ? MAX_BYTES : a + b; }

// About the size of t, at most MAX_BYTES; 0 where it depends on a type parameter.
static int64_t rough_size(Type *t, int depth) {
    Type *u = type_under(t);
    int64_t n = 0;
    if (!u || t->kind == TYPE_K_TYPE_PARAM || depth > MAX_DEPTH_SIZED) return 0;
    switch (u->kind) {
    case KIND_ARRAY:
        n = rough_size(u->elem, depth + 1);
        return n && u->len > MAX_BYTES / n ? MAX_BYTES : n * u->len;
    case KIND_STRUCT:
        for (uint32_t i = 0; i < u->nfields; i++) n = add_size(n, rough_size(u->fields[i].type, depth + 1));
        return n;
    case KIND_BOOL: case KIND_INT8: case KIND_UINT8: return 1;
    case KIND_INT16: case KIND_UINT16: return 2;
    case KIND_INT32: case KIND_UINT32: case KIND_FLOAT32: return 4;
    default: return 8;
    }
}

static void check_size(Expr *e, Type *t) {
    int64_t n = rough_size(t, 0);
    if (e->kind == EXPR_CHAN_TYPE && n >= MAX_CHAN_ELEM) error_in(e, "channel element type too large");
    else if (e->kind == EXPR_ARRAY_TYPE && n >= MAX_BYTES) error_in(e, "type %s larger than address space", type_string(t));
}

static void require_size(Expr *e, Type *t) {
    WaitingEmbed w = {e, t};
    if (ck.type_depth) VEC_PUSH(&waiting_sizes, w);
    else check_size(e, t);
}

void check_length(Expr *literal, Type *elem, int64_t n) {
    if (n < LARGE_LENGTH || elem == type_invalid) return;
    Type *t = type_array_of(elem, n);
    if (rough_size(t, 0) >= MAX_BYTES) error_in(literal, "type %s larger than address space", type_string(t));
}

// --- arrays

static int64_t array_length(Expr *e) {
    check_value(e, NULL);
    if (is_invalid(e)) return -1;
    if (e->mode != MODE_CONST) {
        error_in(e, "array length %s must be constant", operand_string(e));
        source_note(0, "what has a length that is found at run time is a slice: make([]T, n)");
        return -1;
    }
    Const *v = const_to_int(e->val);
    int64_t n;
    if (const_kind(v) != CONST_INT || !(type_is_untyped(e->type) || type_is_integer(e->type))) {
        error_in(e, "array length %s must be integer", operand_string(e));
        return -1;
    }
    if (const_sign(v) < 0) {
        error_in(e, "invalid array length %s", operand_string(e));
        return -1;
    }
    if (!const_is_int64(v, &n)) {
        error_in(e, "invalid array length %s", operand_string(e));
        return -1;
    }
    convert_untyped(e, TY(KIND_INT));
    return n;
}

static Type *array_type(Expr *e) {
    if (!e->array.len) return as_type(e, type_slice_of(check_var_type(e->array.elem)));
    if (e->array.len->kind == EXPR_ELLIPSIS) {
        error_in(e->array.len, "invalid use of [...] array (outside a composite literal)");
        check_type(e->array.elem);
        return invalid_type(e);
    }
    int64_t n = array_length(e->array.len);
    Type *elem = check_var_type(e->array.elem);
    if (n < 0 || elem == type_invalid) return invalid_type(e);
    Type *t = type_array_of(elem, n);
    if (n >= LARGE_LENGTH) require_size(e, t);
    return as_type(e, t);
}

// --- structs

static Name *embedded_name(Expr *e) {
    e = type_expr_base(e);
    if (e->kind == EXPR_IDENT) return e->ident.name;
    if (e->kind == EXPR_SELECTOR) return e->selector.sel->ident.name;
    return name_of("_");
}

static void check_embedded(Expr *e, Type *t) {
    if (t == type_invalid) return;
    bool ptr = t->kind == KIND_POINTER;
    Type *b = ptr ? t->elem : t;
    if (b->kind == TYPE_K_TYPE_PARAM) {
        error_in(e, "embedded field type cannot be a type parameter");
        return;
    }
    Type *u = b->kind == TYPE_K_NAMED ? b->underlying : b;
    if (!u) {
        WaitingEmbed w = {e, t};
        VEC_PUSH(&waiting_embeds, w);
        return;
    }
    if (u->kind == KIND_POINTER) error_in(e, "embedded field type cannot be a pointer");
    else if (u->kind == KIND_UNSAFE_POINTER) error_in(e, "embedded field type cannot be unsafe.Pointer");
    else if (ptr && u->kind == KIND_INTERFACE) error_in(e, "embedded field type cannot be a pointer to an interface");
}

static Type *struct_type(Expr *e) {
    Type *t = type_new(KIND_STRUCT);
    FieldList *fl = &e->struct_.fields;
    t->fields = ARENA_ARRAY(StructField, fl->len);
    t->nfields = fl->len;
    for (uint32_t i = 0; i < fl->len; i++) {
        Field *f = &fl->at[i];
        StructField *out = &t->fields[i];
        out->type = i && fl->at[i - 1].type == f->type ? t->fields[i - 1].type : check_var_type(f->type);
        out->embedded = f->embedded;
        out->name = f->embedded ? embedded_name(f->type) : f->name->ident.name;
        out->pos = f->embedded ? f->type->start : f->name->start;
        out->pkg = ck.pkg;
        if (f->embedded) check_embedded(f->type, out->type);
        if (f->tag && f->tag->kind == EXPR_BASIC_LIT) {
            Const *c = const_from_literal(TOK_STRING, f->tag->lit.text);
            if (c) out->tag = const_str_val(c);
        }
    }
    // repeated names: small structs by comparison, big ones through a scope
    Scope *seen = fl->len > 16 ? scope_new(NULL) : NULL;
    for (uint32_t i = 0; i < t->nfields; i++) {
        StructField *f = &t->fields[i];
        if (strcmp(f->name->text, "_") == 0) continue;
        Pos first = 0;
        Object *old = seen ? scope_insert(seen, object_new(OBJ_VAR, f->pos, ck.pkg, f->name, f->type)) : NULL;
        if (old) first = old->pos;
        for (uint32_t k = 0; !seen && !first && k < i; k++)
            if (t->fields[k].name == f->name) first = t->fields[k].pos;
        if (!first) continue;
        source_error(f->pos, "%s redeclared", f->name->text);
        source_note(first, "other declaration of %s", f->name->text);
    }
    return as_type(e, t);
}

// --- interfaces

static bool union_terms(Expr *e, Type *u) {
    if (e->kind == EXPR_BINARY && e->op == TOK_OR) {
        bool left = union_terms(e->binary.x, u); // errors of both sides are wanted
        return union_terms(e->binary.y, u) && left;
    }
    Term term = {0};
    Expr *te = e;
    if (e->kind == EXPR_UNARY && e->op == TOK_TILDE) {
        term.tilde = true;
        te = e->unary.x;
        e->mode = MODE_TYPE;
    }
    term.type = check_type(te);
    term.pos = e->start;
    if (term.type == type_invalid) return false;
    if (term.type->kind == TYPE_K_TYPE_PARAM) {
        if (term.tilde) error_in(te, "type in term ~%s cannot be a type parameter", type_string(term.type));
        else error_in(te, "term cannot represent type parameter");
        return false;
    }
    Term *terms = ARENA_ARRAY(Term, u->nterms + 1);
    if (u->nterms) memcpy(terms, u->terms, u->nterms * sizeof *terms);
    terms[u->nterms++] = term;
    u->terms = terms;
    return true;
}

static Type *union_type(Expr *e) {
    Type *u = type_new(TYPE_K_UNION);
    e->mode = MODE_TYPE;
    if (!union_terms(e, u)) return invalid_type(e);
    WaitingEmbed w = {e, u};
    if (!ck.in_instance) VEC_PUSH(&waiting_unions, w);
    return as_type(e, u);
}

// Do two terms that are no interfaces have types in common?
static bool overlapping(const Term *a, const Term *b) {
    Type *x = b->tilde ? type_under(a->type) : a->type, *y = a->tilde ? type_under(b->type) : b->type;
    return type_identical(x, y);
}

static const char *term_string(const Term *t) { return arena_printf("%s%s", t->tilde ? "~" : "", type_string(t->type)); }

// An interface among several terms may restrict types only.
static void check_interface_term(const Term *t, Type *u) {
    complete_interface(u);
    if (t->type == type_comparable) source_error(t->pos, "cannot use comparable in union");
    else if (u->nmethods) source_error(t->pos, "cannot use %s in union (%s contains methods)", type_string(t->type), type_string(t->type));
    else if (u->comparable_constraint) source_error(t->pos, "cannot use %s in union (%s embeds comparable)", type_string(t->type), type_string(t->type));
}

static void check_term(const Type *un, uint32_t i) {
    const Term *t = &un->terms[i];
    Type *u = type_under(t->type);
    if (!u || u == type_invalid) return;
    bool iface = u->kind == KIND_INTERFACE;
    if (t->tilde && iface) source_error(t->pos, "invalid use of ~ (%s is an interface)", type_string(t->type));
    else if (t->tilde && !type_identical(u, t->type)) source_error(t->pos, "invalid use of ~ (underlying type of %s is %s)", type_string(t->type), type_string(u));
    else if (iface && un->nterms > 1) check_interface_term(t, u);
    if (iface || (t->tilde && !type_identical(u, t->type))) return;
    for (uint32_t k = 0; k < i; k++) {
        Type *ku = type_under(un->terms[k].type);
        if (!ku || ku->kind == KIND_INTERFACE || !overlapping(t, &un->terms[k])) continue;
        source_error(t->pos, "overlapping terms %s and %s", term_string(t), term_string(&un->terms[k]));
        return;
    }
}

enum { MAX_TERMS = 100 }; // Go's limit; overlaps are looked for in pairs

static void check_union(const Type *u) {
    uint32_t all = 0;
    for (uint32_t i = 0; i < u->nterms; i++) {
        Type *x = type_under(u->terms[i].type);
        if (x && x->kind == KIND_INTERFACE) complete_interface(x);
        all += x && x->kind == KIND_INTERFACE ? x->nterms : 1;
    }
    if (all > MAX_TERMS) {
        source_error(u->terms[u->nterms > MAX_TERMS ? MAX_TERMS : 0].pos, "cannot handle more than %d union terms (implementation limitation)", MAX_TERMS);
        return;
    }
    for (uint32_t i = 0; i < u->nterms; i++) check_term(u, i);
}

static Type *interface_type(Expr *e) {
    Type *t = type_new(KIND_INTERFACE);
    FieldList *el = &e->iface.elems;
    VEC(Method) methods = {0};
    VEC(Type *) embeds = {0};
    VEC(Pos) embed_pos = {0};
    as_type(e, t);
    for (uint32_t i = 0; i < el->len; i++) {
        Field *f = &el->at[i];
        if (!f->name) {
            bool is_union = f->type->kind == EXPR_BINARY || f->type->kind == EXPR_UNARY;
            if (is_union && !need_lang(f->type->start, f->type->end, 18, arena_printf("embedding interface element %s", ast_string(f->type)))) continue;
            Type *x = is_union ? union_type(f->type) : check_type(f->type);
            if (x == type_invalid) continue;
            if (x->kind == TYPE_K_TYPE_PARAM) {
                error_in(f->type, "term cannot represent type parameter");
                continue;
            }
            VEC_PUSH(&embeds, x);
            VEC_PUSH(&embed_pos, f->type->start);
            continue;
        }
        Name *name = f->name->ident.name;
        if (strcmp(name->text, "_") == 0) {
            error_in(f->name, "methods must have a unique non-blank name");
            continue;
        }
        for (uint32_t k = 0; k < methods.len; k++)
            if (methods.at[k].name == name) error_in(f->name, "duplicate method %s", name->text), source_note(methods.at[k].pos, "other declaration of method %s", name->text);
        Type *sig = check_signature(f->type, NULL, NULL, scope_new(ck.scope));
        f->type->mode = MODE_TYPE;
        f->type->type = sig;
        Object *o = object_new(OBJ_FUNC, f->name->start, ck.pkg, name, sig);
        o->color = BLACK;
        Method m = {name, ck.pkg, o, f->name->start};
        VEC_PUSH(&methods, m);
    }
    t->methods = methods.at;
    t->nmethods = methods.len;
    t->embeds = embeds.at;
    t->embed_pos = embed_pos.at;
    t->nembeds = embeds.len;
    VEC_PUSH(&waiting_interfaces, t);
    if (ck.type_depth == 0) complete_types();
    return t;
}

static int method_order(const Method *a, const Method *b) {
    int c = strcmp(a->name->text, b->name->text);
    if (c || name_exported(a->name) || a->pkg == b->pkg) return c;
    return a->pkg < b->pkg ? -1 : 1;
}

static void add_method(MethodList *out, const Method *m, Pos pos) {
    for (uint32_t i = 0; i < out->len; i++)
        if (method_order(&out->at[i], m) == 0) {
            if (!lang_at_least(14) || !type_identical(out->at[i].fn->type, m->fn->type)) {
                source_error(pos, "duplicate method %s", m->name->text);
                source_note(out->at[i].pos, "other declaration of method %s", m->name->text);
            }
            return;
        }
    VEC_PUSH(out, *m);
}

// The intersection of two type sets given as terms.
static void intersect(Type *t, const Term *terms, uint32_t n) {
    if (!t->has_typeset) {
        t->terms = n ? arena_dup(terms, n * sizeof *terms) : NULL;
        t->nterms = n;
        t->has_typeset = true;
        return;
    }
    VEC(Term) out = {0};
    for (uint32_t i = 0; i < t->nterms; i++)
        for (uint32_t k = 0; k < n; k++) {
            Term a = t->terms[i], b = terms[k];
            if (type_identical(a.type, b.type)) {
                Term r = {a.tilde && b.tilde, a.type, a.pos};
                VEC_PUSH(&out, r);
            } else if (a.tilde && type_identical(a.type, type_under(b.type))) {
                VEC_PUSH(&out, b);
            } else if (b.tilde && type_identical(b.type, type_under(a.type))) {
                VEC_PUSH(&out, a);
            }
        }
    t->terms = out.at;
    t->nterms = out.len;
}

static void union_set(Type *u, TermList *out, bool *all) {
    for (uint32_t i = 0; i < u->nterms; i++) {
        Type *x = type_under(u->terms[i].type);
        if (x && x->kind == KIND_INTERFACE) {
            complete_interface(x);
            if (!x->has_typeset) *all = true;
            for (uint32_t k = 0; k < x->nterms; k++) VEC_PUSH(out, x->terms[k]);
        } else {
            VEC_PUSH(out, u->terms[i]);
        }
    }
}

// Types that cannot be compared are not in the type set of what also embeds comparable.
static void drop_incomparable_terms(Type *t) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->nterms; i++)
        if (type_comparable_(t->terms[i].type)) n++;
    if (n == t->nterms) return;
    Term *terms = ARENA_ARRAY(Term, n);
    n = 0;
    for (uint32_t i = 0; i < t->nterms; i++)
        if (type_comparable_(t->terms[i].type)) terms[n++] = t->terms[i];
    t->terms = terms;
    t->nterms = n;
}

void complete_interface(Type *t) {
    if (t->completed) return;
    t->completed = true; // also ends recursion through itself, which is reported as a recursive type
    MethodList all = {0};
    for (uint32_t i = 0; i < t->nmethods; i++) VEC_PUSH(&all, t->methods[i]);
    for (uint32_t i = 0; i < t->nembeds; i++) {
        Type *x = t->embeds[i];
        if (x == type_comparable) {
            t->comparable_constraint = true;
            continue;
        }
        if (x->kind == TYPE_K_UNION) {
            TermList terms = {0};
            bool everything = false;
            union_set(x, &terms, &everything);
            if (!everything) intersect(t, terms.at, terms.len);
            continue;
        }
        Type *u = type_under(x);
        if (!u) continue;
        if (u->kind != KIND_INTERFACE && !lang_at_least(18)) {
            WaitingElement w = {t->embed_pos ? t->embed_pos[i] : 0, x};
            VEC_PUSH(&waiting_elements, w);
            continue;
        }
        if (u->kind != KIND_INTERFACE) {
            Term one = {false, x, 0};
            intersect(t, &one, 1);
            continue;
        }
        complete_interface(u);
        t->comparable_constraint |= u->comparable_constraint;
        if (u->has_typeset) intersect(t, u->terms, u->nterms);
        for (uint32_t k = 0; k < u->nmethods; k++) add_method(&all, &u->methods[k], t->embed_pos ? t->embed_pos[i] : u->methods[k].pos);
    }
    for (uint32_t i = 1; i < all.len; i++) // insertion sort: few, and usually sorted
        for (uint32_t k = i; k > 0 && method_order(&all.at[k], &all.at[k - 1]) < 0; k--) {
            Method m = all.at[k];
            all.at[k] = all.at[k - 1];
            all.at[k - 1] = m;
        }
    t->methods = all.at;
    t->nmethods = all.len;
    if (t->comparable_constraint && t->has_typeset) drop_incomparable_terms(t);
}

// --- signatures

static Type *param_type(Expr *e, bool last, bool *variadic) {
    if (e->kind != EXPR_ELLIPSIS) return check_var_type(e);
    Type *elem = check_var_type(e->ellipsis.elem);
    if (!last) {
        error_in(e, "can only use ... with final parameter in list");
        return elem;
    }
    *variadic = true;
    e->mode = MODE_TYPE;
    return e->type = elem == type_invalid ? elem : type_slice_of(elem);
}

// After an error in a parameter's type: were name and type swapped, or is there no type?
static void advise_parameter(const Field *f) {
    Scope *where;
    Object *o = f->name ? scope_lookup(ck.scope, f->name->ident.name, &where) : NULL;
    if (f->type->kind != EXPR_IDENT || f->type->ident.obj) return;
    const char *type = f->type->ident.name->text;
    if (o && o->kind == OBJ_TYPE) source_note(0, "the type follows the name: %s %s", type, o->name->text);
    else if (!f->name) source_note(0, "a parameter has a name and a type: %s TYPE", type);
}

static Object **param_objects(FieldList *l, uint32_t flag, bool *variadic) {
    Object **out = ARENA_ARRAY(Object *, l->len);
    Type *t = NULL;
    for (uint32_t i = 0; i < l->len; i++) {
        Field *f = &l->at[i];
        if (i == 0 || l->at[i - 1].type != f->type) {
            bool v = false;
            int errors = source_error_count();
            t = param_type(f->type, i + 1 == l->len && variadic, variadic ? variadic : &v);
            if (source_error_count() > errors) advise_parameter(f);
            if (f->type->kind == EXPR_ELLIPSIS && i + 1 < l->len && l->at[i + 1].type == f->type) error_in(f->type, "can only use ... with final parameter in list");
        }
        Name *name = f->name ? f->name->ident.name : NULL;
        Object *o = object_new(OBJ_VAR, f->name ? f->name->start : f->type->start, ck.pkg, name, t);
        o->flags = flag | OBJF_USED;
        o->color = BLACK;
        if (f->name) f->name->ident.obj = o;
        out[i] = o;
    }
    return out;
}

static void declare_params(Object **params, uint32_t n, Scope *scope) {
    for (uint32_t i = 0; i < n; i++) {
        Object *o = params[i];
        if (!o->name || strcmp(o->name->text, "_") == 0) continue;
        Object *old = scope_insert(scope, o);
        if (old) source_error(o->pos, "%s redeclared in this block", o->name->text), source_note(old->pos, "other declaration of %s", o->name->text);
    }
}

Type *check_signature(Expr *sig, Type *recv_type, Object *recv, Scope *scope) {
    Type *t = type_new(KIND_FUNC);
    Scope *saved = ck.scope;
    (void)recv_type;
    t->recv = recv;
    if (sig->sig.tparams.len) declare_type_params(&sig->sig.tparams, t, scope);
    ck.scope = scope;
    t->params = param_objects(&sig->sig.params, OBJF_PARAM, &t->variadic);
    t->nparams = sig->sig.params.len;
    t->results = param_objects(&sig->sig.results, OBJF_RESULT, NULL);
    t->nresults = sig->sig.results.len;
    ck.scope = saved;
    // their names are the body's: none hides anything from the types beside it
    if (recv) declare_params(&recv, 1, scope);
    declare_params(t->params, t->nparams, scope);
    declare_params(t->results, t->nresults, scope);
    sig->mode = MODE_TYPE;
    sig->type = t;
    return t;
}

// --- type parameters

static bool is_structural(const Decl *d) {
    int kind = d ? d->type.type->kind : 0;
    return kind == EXPR_STRUCT_TYPE || kind == EXPR_ARRAY_TYPE || kind == EXPR_MAP_TYPE || kind == EXPR_CHAN_TYPE || kind == EXPR_FUNC_TYPE || kind == EXPR_STAR;
}

void declare_type_params(FieldList *fields, Type *owner, Scope *scope) {
    Scope *saved = ck.scope;
    need_lang(fields->at[0].name->start, fields->at[0].name->end, 18, "type parameter");
    ck.scope = scope;
    owner->tparams = ARENA_ARRAY(Type *, fields->len);
    owner->ntparams = fields->len;
    for (uint32_t i = 0; i < fields->len; i++) {
        Expr *n = fields->at[i].name;
        Type *t = type_new(TYPE_K_TYPE_PARAM);
        Object *o = object_new(OBJ_TYPE, n->start, ck.pkg, n->ident.name, t);
        o->color = BLACK;
        o->flags |= OBJF_USED;
        t->obj = o;
        t->index = i;
        t->constraint = type_any;
        owner->tparams[i] = t;
        if (strcmp(n->ident.name->text, "_") != 0 && scope_insert(scope, o)) error_in(n, "%s redeclared in this block", n->ident.name->text);
    }
    ck.type_depth++;
    bool open = ck.type_params_open;
    ck.type_params_open = true;
    for (uint32_t i = 0; i < fields->len; i++) {
        Expr *c = fields->at[i].type;
        if (i && fields->at[i - 1].type == c) {
            owner->tparams[i]->constraint = owner->tparams[i - 1]->constraint;
            continue;
        }
        bool is_union = c->kind == EXPR_BINARY || c->kind == EXPR_UNARY;
        Type *k = is_union ? union_type(c) : check_type(c);
        if (k == type_invalid) continue;
        if (k->kind == TYPE_K_TYPE_PARAM) {
            error_in(c, "cannot use a type parameter as constraint");
            continue;
        }
        Type *u = k->kind == TYPE_K_NAMED ? k->underlying : k;
        if (!u && k->ntargs && is_structural(k->obj->decl)) is_union = true; // not expanded yet, no interface
        if (is_union || (u && u->kind != KIND_INTERFACE)) { // a set of types alone stands for interface{ set }
            Type *wrap = type_new(KIND_INTERFACE);
            wrap->embeds = arena_dup(&k, sizeof k);
            wrap->nembeds = 1;
            VEC_PUSH(&waiting_interfaces, wrap);
            k = wrap;
        }
        owner->tparams[i]->constraint = k;
    }
    ck.type_params_open = open;
    ck.type_depth--;
    if (ck.type_depth == 0) complete_types();
    ck.scope = saved;
}

// --- the others

static void require_comparable_key(Type *map, Pos pos) {
    Type *k = map->key;
    if (k == type_invalid) return;
    if (!type_comparable_(k)) {
        if (k->kind == TYPE_K_TYPE_PARAM) source_error(pos, "invalid map key type %s (missing comparable constraint)", type_string(k));
        else source_error(pos, "invalid map key type %s", type_string(k));
    }
}

static Type *map_type(Expr *e) {
    Type *k = check_var_type(e->map.key), *v = check_var_type(e->map.elem);
    if (k == type_invalid || v == type_invalid) return invalid_type(e);
    Type *t = type_map_of(k, v);
    if (ck.type_depth > 0) {
        VEC_PUSH(&waiting_keys, t);
        VEC_PUSH(&waiting_key_pos, e->map.key->start);
    } else {
        require_comparable_key(t, e->map.key->start);
    }
    return as_type(e, t);
}

static Type *require_variable_type(Expr *e, Type *t);

static Type *pointer_type(Expr *e) {
    Type *t = check_type_or_null(e->unary.x);
    if (!t) return NULL;
    if (t != type_invalid) t = require_variable_type(e->unary.x, t);
    return t == type_invalid ? invalid_type(e) : as_type(e, type_pointer_to(t));
}

// The type e denotes; NULL when e is not written as a type.
static Type *type_expr(Expr *e, bool quiet) {
    switch (e->kind) {
    case EXPR_BAD: return invalid_type(e);
    case EXPR_IDENT: case EXPR_SELECTOR: return type_name(e, quiet);
    case EXPR_PAREN: {
        Type *t = type_expr(e->paren.x, quiet);
        return !t ? NULL : t == type_invalid ? invalid_type(e) : as_type(e, t);
    }
    case EXPR_INDEX: return instance_type(e);
    case EXPR_STAR: return pointer_type(e);
    case EXPR_ARRAY_TYPE: return array_type(e);
    case EXPR_STRUCT_TYPE: return struct_type(e);
    case EXPR_INTERFACE_TYPE: return interface_type(e);
    case EXPR_MAP_TYPE: return map_type(e);
    case EXPR_CHAN_TYPE: {
        Type *t = check_var_type(e->chan.elem);
        if (t == type_invalid) return invalid_type(e);
        if (t->kind >= KIND_ARRAY && t->kind != KIND_STRING && !has_type_param(t)) require_size(e, t);
        return as_type(e, type_chan_of(t, e->chan.dir));
    }
    case EXPR_FUNC_TYPE:
        if (e->sig.tparams.len) error_in(e, "function type must have no type parameters");
        return as_type(e, check_signature(e, NULL, NULL, scope_new(ck.scope)));
    case EXPR_BINARY: case EXPR_UNARY:
        if (e->kind == EXPR_BINARY ? e->op == TOK_OR : e->op == TOK_TILDE) return union_type(e);
        return NULL;
    default: return NULL;
    }
}

Type *check_type_or_null(Expr *e) {
    Type *t = type_expr(e, false);
    return t;
}

// A variable that stands where a type is wanted is the mistake, not that it is unused.
static void use_called(Expr *e) {
    Expr *f = e->kind == EXPR_CALL ? ast_unparen(e->call.fn) : e;
    Scope *where;
    Object *o = f->kind == EXPR_IDENT ? scope_lookup(ck.scope, f->ident.name, &where) : NULL;
    if (o) o->flags |= OBJF_USED;
}

Type *check_type(Expr *e) {
    Type *t = type_expr(e, false);
    if (t) return t;
    error_in(e, "%s is not a type", ast_string(e));
    use_called(e);
    return invalid_type(e);
}

static bool only_constraint(Expr *e, Type *t, Type *u) {
    complete_interface(u);
    if (u->has_typeset) error_in(e, "cannot use type %s outside a type constraint: interface contains type constraints", type_string(t));
    else if (u->comparable_constraint) error_in(e, "cannot use type %s outside a type constraint: interface is (or embeds) comparable", type_string(t));
    else return false;
    return true;
}

// t, unless it is an interface that is good for constraints only. What is not
// known yet is looked at when the outermost declaration is complete.
static Type *require_variable_type(Expr *e, Type *t) {
    Type *u = t->kind == TYPE_K_NAMED ? t->underlying : t;
    bool known = u && (u->kind != KIND_INTERFACE || u->completed || ck.type_depth == 0);
    if (!known && (t->kind == TYPE_K_NAMED || t->kind == KIND_INTERFACE)) {
        WaitingEmbed w = {e, t};
        VEC_PUSH(&waiting_var_types, w);
        return t;
    }
    if (!u || u->kind != KIND_INTERFACE) return t;
    return only_constraint(e, t, u) ? invalid_type(e) : t;
}

Type *check_var_type(Expr *e) {
    Type *t = check_type(e);
    return t == type_invalid ? t : require_variable_type(e, t);
}

// --- declarations

static Type *waits_for(Type *named) {
    for (uint32_t i = 0; i < waiting.len; i++)
        if (waiting.at[i].named == named) return waiting.at[i].from;
    return NULL;
}

// What still waits stands for a name that leads to itself: type a b; type b a.
// Each circle is reported once, where it begins in the source.
static void report_name_cycles(void) {
    for (uint32_t i = 0; i < waiting.len; i++) {
        Type *t = waiting.at[i].named, *first = t;
        if (t->underlying) continue;
        uint32_t steps = 0;
        Type *x = waits_for(t);
        for (; x && x != t && steps++ < waiting.len; x = waits_for(x))
            if (x->obj->pos < first->obj->pos) first = x;
        if (x == t && first == t) source_error(t->obj->pos, "invalid recursive type %s", t->obj->name->text);
    }
    for (uint32_t i = 0; i < waiting.len; i++)
        if (!waiting.at[i].named->underlying) waiting.at[i].named->underlying = type_invalid;
}

// Gives the names that wait for other names their underlying types as far as
// those are known.
static void settle_names(void) {
    bool progress = true;
    while (progress) {
        progress = false;
        for (uint32_t i = 0; i < waiting.len; i++) {
            Waiting *w = &waiting.at[i];
            if (w->named->underlying) continue;
            Type *from = w->from;
            if (from->kind == TYPE_K_NAMED && from->origin && !from->underlying) expand_instance(from);
            Type *u = from->kind == TYPE_K_NAMED ? from->underlying : from;
            if (!u) continue;
            w->named->underlying = u;
            progress = true;
        }
    }
}

// Is enough known about t for a value of it? Otherwise its declaration needs
// that value: a recursive type, reported here.
bool require_complete(Type *t, Pos pos) {
    if (t->kind != TYPE_K_NAMED || type_under(t)) return true;
    settle_names();
    if (t->underlying) return true;
    source_error(pos, "invalid recursive type %s: its declaration needs a value of it", t->obj->name->text);
    return false;
}

void complete_types(void) {
    settle_names();
    report_name_cycles();
    waiting.len = 0;
    for (uint32_t i = 0; i < waiting_embeds.len; i++) {
        Type *b = waiting_embeds.at[i].type;
        if (b->kind == KIND_POINTER) b = b->elem;
        if (b->underlying) check_embedded(waiting_embeds.at[i].e, waiting_embeds.at[i].type);
    }
    waiting_embeds.len = 0;
    while (waiting_interfaces.len) complete_interface(waiting_interfaces.at[--waiting_interfaces.len]);
    while (waiting_unions.len) check_union(waiting_unions.at[--waiting_unions.len].type);
    for (uint32_t i = 0; i < waiting_keys.len; i++) require_comparable_key(waiting_keys.at[i], waiting_key_pos.at[i]);
    waiting_keys.len = waiting_key_pos.len = 0;
    if (ck.methods_known) check_waiting_instances();
}

static void check_waiting_elements(void) {
    for (uint32_t i = 0; i < waiting_elements.len; i++) {
        WaitingElement w = waiting_elements.at[i];
        if (type_under(w.type) != type_invalid) need_lang(w.pos, w.pos, 18, arena_printf("embedding non-interface type %s", type_string(w.type)));
    }
    waiting_elements.len = 0;
}

// Interfaces that variables have got although they restrict types: looked at
// after the recursive types, which say more.
static void check_waiting_var_types(void) {
    for (uint32_t i = 0; i < waiting_var_types.len; i++) {
        WaitingEmbed w = waiting_var_types.at[i];
        bool skip = w.type->ntargs && w.type->obj->decl && w.type->obj->decl->type.type->kind != EXPR_INTERFACE_TYPE;
        Type *u = skip ? NULL : type_under(w.type); // an instance that is none need not be expanded
        if (u && u->kind == KIND_INTERFACE) only_constraint(w.e, w.type, u);
    }
    waiting_var_types.len = 0;
    check_waiting_elements();
    for (uint32_t i = 0; i < waiting_sizes.len; i++) check_size(waiting_sizes.at[i].e, waiting_sizes.at[i].type);
    waiting_sizes.len = 0;
}

void need_alias(const Decl *d) { need_lang(d->pos, d->type.name->end, 9, "type aliases"); }

Type *declare_named(Object *o, Expr *rhs) {
    Type *t = type_new(TYPE_K_NAMED);
    t->obj = o;
    o->type = t;
    ck.type_depth++;
    Type *from = check_type(rhs);
    if (from->kind == TYPE_K_TYPE_PARAM) {
        error_in(rhs, "cannot use a type parameter as RHS in type declaration");
        from = type_invalid;
    }
    ck.type_depth--;
    t->rhs = from;
    if (from->kind == TYPE_K_NAMED) {
        Waiting w = {t, from};
        VEC_PUSH(&waiting, w);
    } else {
        t->underlying = from;
    }
    VEC_PUSH(&declared_types, o);
    if (ck.type_depth == 0) complete_types();
    return t;
}

void check_type_decl(Object *o) {
    Decl *d = o->decl;
    if (d->type.alias) {
        if (d->type.tparams.len) source_error(d->pos, "generic type cannot be alias");
        need_alias(d);
        o->flags |= OBJF_ALIAS;
        o->type = check_type(d->type.type);
        return;
    }
    if (d->type.tparams.len) { // the generic type itself: instances expand copies of the declaration
        Type *t = type_new(TYPE_K_NAMED);
        t->obj = o;
        o->type = t;
        t->underlying = type_invalid;
        declare_type_params(&d->type.tparams, t, scope_new(ck.scope));
        VEC_PUSH(&declared_types, o);
        return;
    }
    declare_named(o, d->type.type);
}

// A type that contains itself without a pointer between has no size. The
// search goes through declarations as they are written: where a type parameter
// is met, it continues with the argument it stands for, in the context of the
// instance around. So it ends although instances may grow without end.
typedef struct TypePath {
    VEC(Type *) nest; // the named types around, each an instance or not generic
    uint32_t steps, depth;
} TypePath;

enum { MAX_STEPS = 20000, MAX_TYPE_DEPTH = 1000 }; // nested arguments can take exponential time

static void report_recursive(Type **at, uint32_t n) {
    uint32_t first = 0;
    for (uint32_t i = 1; i < n; i++)
        if (at[i]->obj->pos < at[first]->obj->pos) first = i;
    Object *o = at[first]->obj;
    if (o->type->valid) return; // reported
    source_error(o->pos, "invalid recursive type %s", o->name->text);
    for (uint32_t i = 0; i < n; i++) {
        Object *a = at[(first + i) % n]->obj, *b = at[(first + i + 1) % n]->obj;
        a->type->valid = true;
        if (!a->type->ntparams) a->type->underlying = type_invalid;
        source_note(a->pos, "%s refers to %s", a->name->text, b->name->text);
    }
}

static bool valid_type(Type *t, TypePath *p);

static bool valid_named(Type *t, TypePath *p) {
    Type *generic = t->obj->type, *rhs = t->rhs;
    if (t->valid || (!t->ntargs && t->underlying == type_invalid) || t->obj->kind != OBJ_TYPE) return true;
    for (uint32_t i = 0; i < p->nest.len; i++) {
        if (!type_identical(p->nest.at[i], t)) continue;
        report_recursive(&p->nest.at[i], p->nest.len - i);
        return false;
    }
    if (t->ntargs && generic->kind == TYPE_K_NAMED && generic->ntparams) {
        Type *self = self_instance(t->obj);
        if (!self) return true;
        type_under(self);
        rhs = self->rhs;
    }
    if (!rhs) return true;
    uint32_t depth = p->nest.len;
    VEC_PUSH(&p->nest, t);
    bool ok = valid_type(rhs, p);
    p->nest.len = depth;
    if (ok && !t->ntargs) t->valid = true;
    return ok;
}

static bool valid_argument(Type *param, TypePath *p) {
    if (!p->nest.len) return true;
    Type *around = p->nest.at[p->nest.len - 1], *generic = around->obj->type;
    if (param->index >= around->ntargs || generic->ntparams != around->ntargs || generic->tparams[param->index] != param) return true;
    p->nest.len--;
    bool ok = valid_type(around->targs[param->index], p);
    p->nest.at[p->nest.len++] = around;
    return ok;
}

static bool valid_parts(Type *t, TypePath *p) {
    bool ok = true;
    switch (t->kind) {
    case KIND_ARRAY: return valid_type(t->elem, p);
    case TYPE_K_NAMED: return valid_named(t, p);
    case TYPE_K_TYPE_PARAM: return valid_argument(t, p);
    case KIND_STRUCT:
        for (uint32_t i = 0; ok && i < t->nfields; i++) ok = valid_type(t->fields[i].type, p);
        return ok;
    case KIND_INTERFACE:
        for (uint32_t i = 0; ok && i < t->nembeds; i++) ok = valid_type(t->embeds[i], p);
        return ok;
    case TYPE_K_UNION:
        for (uint32_t i = 0; ok && i < t->nterms; i++) ok = valid_type(t->terms[i].type, p);
        return ok;
    default: return true;
    }
}

static bool valid_type(Type *t, TypePath *p) {
    if (p->steps++ > MAX_STEPS || p->depth > MAX_TYPE_DEPTH) return true;
    p->depth++;
    bool ok = valid_parts(t, p);
    p->depth--;
    return ok;
}

static int by_pos(const void *a, const void *b) {
    Pos x = (*(Object *const *)a)->pos, y = (*(Object *const *)b)->pos;
    return x < y ? -1 : x > y;
}

void check_recursive_types(void) {
    bool in_order = true;
    for (uint32_t i = 1; in_order && i < declared_types.len; i++) in_order = declared_types.at[i - 1]->pos <= declared_types.at[i]->pos;
    if (!in_order) qsort(declared_types.at, declared_types.len, sizeof(Object *), by_pos);
    for (uint32_t i = 0; i < declared_types.len; i++) {
        Object *o = declared_types.at[i];
        if (!o->type || o->type->kind != TYPE_K_NAMED || o->type->obj != o) continue;
        TypePath p = {0};
        Type *self = o->type->ntparams ? self_instance(o) : o->type;
        if (self) valid_named(self, &p);
    }
    declared_types.len = 0;
    check_waiting_var_types();
}
