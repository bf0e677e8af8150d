// SPDX-License-Identifier: MIT
// check_literal.c: literals: of numbers and strings, of functions, and composite
// ones of structs, arrays, slices and maps.
#include <string.h>

#include "compiler/check_impl.h"

// --- numbers, strings, functions

// Forms of numbers that came with Go 1.13.
static void check_old_number(Expr *e) {
    Str s = e->lit.text;
    if (e->lit.lit_kind == TOK_CHAR || e->lit.lit_kind == TOK_STRING || s.len <= 2) return;
    int radix = s.ptr[0] == '0' ? s.ptr[1] | 0x20 : 0;
    const char *what = NULL;
    if (memchr(s.ptr, '_', (size_t)s.len)) what = "underscores in numeric literals";
    else if (radix == 'b') what = "binary literals";
    else if (radix == 'o') what = "0o/0O-style octal literals";
    else if (radix == 'x' && e->lit.lit_kind != TOK_INT) what = "hexadecimal floating-point literals";
    if (what) need_lang(e->start, e->end, 13, what);
}

void check_literal(Expr *e) {
    Const *v = const_from_literal(e->lit.lit_kind, e->lit.text);
    if (!v) {
        error_in(e, "excessively long or malformed constant: %s", ast_string(e));
        invalidate(e);
        return;
    }
    static const uint8_t kinds[] = {[TOK_INT] = TYPE_K_UNTYPED_INT, [TOK_FLOAT] = TYPE_K_UNTYPED_FLOAT, [TOK_IMAG] = TYPE_K_UNTYPED_COMPLEX, [TOK_CHAR] = TYPE_K_UNTYPED_RUNE, [TOK_STRING] = TYPE_K_UNTYPED_STRING};
    if (e->lit.lit_kind == TOK_INT && const_bit_len(v) > 512) {
        error_in(e, "excessively large constant");
        invalidate(e);
        return;
    }
    if (!lang_at_least(13)) check_old_number(e);
    set_const(e, TY(kinds[e->lit.lit_kind]), v);
}

void check_func_literal(Expr *e) {
    FuncInfo *info = ARENA_NEW(FuncInfo);
    Scope *scope = scope_new(ck.scope);
    scope->is_func = true;
    Type *sig = check_signature(e->func.sig, NULL, NULL, scope);
    info->sig = sig;
    info->params = sig->params;
    info->nparams = sig->nparams;
    info->results = sig->results;
    info->nresults = sig->nresults;
    info->body = e->func.body;
    info->parent = ck.func ? ck.func->info : NULL;
    info->pkg = ck.pkg;
    info->pos = e->start;
    info->end = e->end;
    e->func.info = info;
    set_value(e, sig);
    if (info->parent) VEC_PUSH(&info->parent->literals, info);
    else info->initialiser = ++ck.pkg->ninitialisers;
    // In a package-level initialiser the body may mention the variable that is
    // being declared, whose type is not known before this expression's.
    if (ck.func) check_body(info, scope);
    else queue_body(info, ck.decl, scope);
}

// --- composite literals

static void check_elided(Expr *v, Type *elem) {
    if (v->kind == EXPR_COMPOSITE && !v->composite.type) {
        Type *u = type_core(elem);
        bool ptr = u && u->kind == KIND_POINTER;
        check_raw(v, ptr ? u->elem : elem);
        if (is_invalid(v) || !ptr) return;
        // &T elided: the literal's address is meant
        Expr *lit = ast_dup_expr(v);
        *v = (Expr){.kind = EXPR_UNARY, .op = TOK_AND, .flags = EXPR_IMPLICIT, .pos = lit->pos, .start = lit->start, .end = lit->end};
        v->unary.x = lit;
        set_value(v, elem);
        return;
    }
    check_value(v, elem);
}

// The number of the field that a key names; -1: reported.
static int64_t keyed_field(Expr *key, Type *t, Type *u) {
    if (key->kind != EXPR_IDENT) {
        error_in(key, "invalid field name %s in struct literal", ast_string(key));
        return -1;
    }
    Name *name = key->ident.name;
    for (uint32_t i = 0; i < u->nfields; i++)
        if (u->fields[i].name == name && !name_is_blank(name) && (name_exported(name) || u->fields[i].pkg == ck.pkg)) return i;
    error_in(key, "unknown field %s in struct literal of type %s", name->text, type_string(t));
    suggest_field(NULL, t, name);
    return -1;
}

static void check_field_value(Expr *v, Type *field) {
    bool elided = v->kind == EXPR_COMPOSITE && !v->composite.type;
    check_value(v, elided ? NULL : field);
    if (!elided) assign_to(v, field, "struct literal");
}

static void check_keyed_fields(ExprList *el, Type *t, Type *u) {
    uint8_t *seen = arena_alloc(u->nfields + 1);
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i];
        if (x->kind != EXPR_KEY_VALUE) {
            error_in(x, "mixture of field:value and value elements in struct literal");
            check_value(x, NULL);
            continue;
        }
        int64_t k = keyed_field(x->kv.key, t, u);
        if (k < 0) {
            check_value(x->kv.value, NULL);
            continue;
        }
        if (seen[k]) error_in(x->kv.key, "duplicate field name %s in struct literal", x->kv.key->ident.name->text);
        seen[k] = 1;
        x->mode = MODE_VALUE;
        x->type = u->fields[k].type;
        check_field_value(x->kv.value, x->type);
    }
}

static void check_positional_fields(ExprList *el, Type *t, Type *u) {
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i];
        if (x->kind == EXPR_KEY_VALUE) {
            error_in(x, "mixture of field:value and value elements in struct literal");
            check_value(x->kv.value, NULL);
        } else if (i >= u->nfields) {
            error_in(x, "too many values in struct literal of type %s", type_string(t));
            for (; i < el->len; i++) check_value(el->at[i], NULL);
        } else if (u->fields[i].pkg != ck.pkg && !name_exported(u->fields[i].name)) {
            error_in(x, "implicit assignment to unexported field %s in struct literal of type %s", u->fields[i].name->text, type_string(t));
            check_value(x, NULL);
        } else {
            check_field_value(x, u->fields[i].type);
        }
    }
}

static void check_struct_literal(Expr *e, Type *t, Type *u) {
    ExprList *el = &e->composite.elems;
    if (!el->len) return;
    if (el->at[0]->kind == EXPR_KEY_VALUE) {
        check_keyed_fields(el, t, u);
        return;
    }
    check_positional_fields(el, t, u);
    if (el->len < u->nfields) source_error(e->composite.rbrace, "too few values in struct literal of type %s", type_string(t));
}

// Elements of arrays and slices; returns the length.
// The indices of an array or slice literal with keys that were met so far.
typedef struct Indices {
    uint8_t *seen;       // by index, the first cap of them
    int64_t cap;
    VEC(int64_t) large;  // those beyond SEEN_LIMIT
} Indices;

enum { SEEN_LIMIT = 1 << 20 };

static bool note_index(Indices *x, int64_t i) {
    if (i >= SEEN_LIMIT) {
        bool twice = false;
        for (uint32_t k = 0; k < x->large.len; k++) twice |= x->large.at[k] == i;
        VEC_PUSH(&x->large, i);
        return twice;
    }
    if (i >= x->cap) {
        int64_t cap = (i + 64) * 2;
        uint8_t *grown = arena_alloc((size_t)cap);
        if (x->seen) memcpy(grown, x->seen, (size_t)x->cap);
        x->seen = grown;
        x->cap = cap;
    }
    bool twice = x->seen[i];
    x->seen[i] = 1;
    return twice;
}

// The index that the key of an element gives; -1: reported.
static int64_t check_element_key(Expr *key, int64_t length) {
    check_value(key, NULL);
    if (is_invalid(key)) return -1;
    if (key->mode == MODE_CONST) return check_index_value(key, length, "index");
    error_in(key, "index %s must be integer constant", ast_string(key));
    return -1;
}

// Elements of arrays and slices; returns the length.
static int64_t check_elements(ExprList *el, Type *elem, int64_t length) {
    int64_t next = 0, max = 0;
    Indices indices = {0};
    bool any_key = false;
    for (uint32_t i = 0; i < el->len; i++) any_key |= el->at[i]->kind == EXPR_KEY_VALUE;
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i], *v = x;
        bool valid = true;
        if (x->kind == EXPR_KEY_VALUE) {
            int64_t k = check_element_key(x->kv.key, length);
            valid = k >= 0;
            if (valid) next = k;
            v = x->kv.value;
            x->mode = MODE_VALUE;
            x->type = elem;
        } else if (length >= 0 && next >= length) {
            error_in(x, "index %lld is out of bounds (>= %lld)", (long long)next, (long long)length);
            valid = false;
        }
        if (valid && any_key && note_index(&indices, next)) error_in(x, "duplicate index %lld in array or slice literal", (long long)next);
        check_elided(v, elem);
        assign_to(v, elem, "array or slice literal");
        if (next < INT64_MAX) next++;
        if (next > max) max = next;
    }
    return max;
}

// The constant keys of a map literal that were met so far.
typedef struct ConstKey { Const *val; Type *type; } ConstKey;
typedef struct ConstKeys {
    Scope *strings;      // by their text
    VEC(ConstKey) other; // compared one by one, up to OTHER_LIMIT
} ConstKeys;

enum { OTHER_LIMIT = 4096 };

static bool note_string_key(ConstKeys *keys, const Expr *k, bool any_type) {
    if (!keys->strings) keys->strings = scope_new(NULL);
    Str s = const_str_val(k->val);
    if (any_type) { // equal only when the types are, too
        const char *typed = arena_printf("%s %.*s", type_desc_string(k->type), (int)s.len, s.ptr);
        s = arena_str(typed, strlen(typed));
    }
    return scope_insert(keys->strings, object_new(OBJ_VAR, k->start, NULL, name_intern(s.ptr, (size_t)s.len), k->type)) != NULL;
}

// Was the constant k there before? any_type: keys are interfaces.
static bool note_key(ConstKeys *keys, const Expr *k, bool any_type) {
    if (const_kind(k->val) == CONST_STRING) return note_string_key(keys, k, any_type);
    if (keys->other.len >= OTHER_LIMIT) return false;
    bool twice = false;
    for (uint32_t i = 0; i < keys->other.len && !twice; i++) {
        const ConstKey *c = &keys->other.at[i];
        twice = const_kind(c->val) == const_kind(k->val) && type_identical(c->type, k->type) && const_compare(TOK_EQL, c->val, k->val);
    }
    ConstKey c = {k->val, k->type};
    VEC_PUSH(&keys->other, c);
    return twice;
}

static void check_map_literal(Expr *e, Type *u) {
    ExprList *el = &e->composite.elems;
    ConstKeys keys = {0};
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i];
        if (x->kind != EXPR_KEY_VALUE) {
            error_in(x, "missing key in map literal");
            check_value(x, NULL);
            continue;
        }
        x->mode = MODE_VALUE;
        x->type = u->elem;
        Expr *k = x->kv.key;
        check_elided(k, u->key);
        if (assign_to(k, u->key, "map literal") && k->mode == MODE_CONST && note_key(&keys, k, type_is_interface(u->key))) error_in(k, "duplicate key %s in map literal", ast_string(k));
        check_elided(x->kv.value, u->elem);
        assign_to(x->kv.value, u->elem, "map literal");
    }
}

static bool is_open_array(const Expr *type) { return type->kind == EXPR_ARRAY_TYPE && type->array.len && type->array.len->kind == EXPR_ELLIPSIS; }

// The type of a composite literal, as written or wanted; of [...]T as if it were empty.
static Type *composite_type(Expr *e, Type *hint) {
    Expr *written = e->composite.type, *bare = written ? ast_unparen(written) : NULL;
    if (!written) {
        if (!hint) error_in(e, "invalid composite literal type: missing type in composite literal");
        return hint ? hint : type_invalid;
    }
    if (!is_open_array(bare)) return check_type(written);
    Type *elem = check_var_type(bare->array.elem);
    return elem == type_invalid ? type_invalid : type_array_of(elem, 0);
}

static void check_array_literal(Expr *e, Type *u) {
    Expr *written = e->composite.type;
    bool open = written && is_open_array(ast_unparen(written));
    int64_t n = check_elements(&e->composite.elems, u->elem, open ? -1 : u->len);
    if (!open) return;
    e->type = type_array_of(u->elem, n);
    written->mode = MODE_TYPE;
    written->type = e->type;
    check_length(e, u->elem, n);
}

// The elements of a literal whose type is in error.
static void check_unknown_elements(ExprList *el) {
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i];
        if (x->kind == EXPR_KEY_VALUE) {
            if (x->kv.key->kind != EXPR_IDENT) check_raw(x->kv.key, NULL);
            x = x->kv.value;
        }
        if (x->kind != EXPR_COMPOSITE || x->composite.type) check_raw(x, NULL);
    }
}

void check_composite(Expr *e, Type *hint) {
    Type *t = composite_type(e, hint);
    Type *u = t == type_invalid ? t : type_core(t);
    set_value(e, t);
    switch (u ? u->kind : TYPE_K_INVALID) {
    case KIND_STRUCT: check_struct_literal(e, t, u); break;
    case KIND_ARRAY: check_array_literal(e, u); break;
    case KIND_SLICE: check_length(e, u->elem, check_elements(&e->composite.elems, u->elem, -1)); break;
    case KIND_MAP: check_map_literal(e, u); break;
    default:
        if (u != type_invalid) error_in(e, "invalid composite literal type %s", type_string(t));
        check_unknown_elements(&e->composite.elems);
        invalidate(e);
    }
}
