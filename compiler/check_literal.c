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

static void check_struct_literal(Expr *e, Type *t, Type *u) {
    ExprList *el = &e->composite.elems;
    bool keyed = el->len && el->at[0]->kind == EXPR_KEY_VALUE;
    uint8_t *seen = arena_alloc(u->nfields + 1);
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i];
        if ((x->kind == EXPR_KEY_VALUE) != keyed) {
            error_in(x, "mixture of field:value and value elements in struct literal");
            Expr *v = x->kind == EXPR_KEY_VALUE ? x->kv.value : x;
            check_value(v, NULL);
            continue;
        }
        uint32_t k = i;
        Expr *v = x;
        if (keyed) {
            v = x->kv.value;
            if (x->kv.key->kind != EXPR_IDENT) {
                error_in(x->kv.key, "invalid field name %s in struct literal", ast_string(x->kv.key));
                check_value(v, NULL);
                continue;
            }
            Name *name = x->kv.key->ident.name;
            for (k = 0; k < u->nfields; k++)
                if (u->fields[k].name == name && !name_is_blank(name) && (name_exported(name) || u->fields[k].pkg == ck.pkg)) break;
            if (k == u->nfields) {
                error_in(x->kv.key, "unknown field %s in struct literal of type %s", name->text, type_string(t));
                suggest_field(NULL, t, name);
                check_value(v, NULL);
                continue;
            }
            if (seen[k]) error_in(x->kv.key, "duplicate field name %s in struct literal", name->text);
            seen[k] = 1;
            x->mode = MODE_VALUE;
            x->type = u->fields[k].type;
        } else if (i >= u->nfields) {
            error_in(x, "too many values in struct literal of type %s", type_string(t));
            for (; i < el->len; i++) check_value(el->at[i], NULL);
            return;
        } else if (u->fields[k].pkg != ck.pkg && !name_exported(u->fields[k].name)) {
            error_in(x, "implicit assignment to unexported field %s in struct literal of type %s", u->fields[k].name->text, type_string(t));
            check_value(v, NULL);
            continue;
        }
        bool elided = v->kind == EXPR_COMPOSITE && !v->composite.type;
        check_value(v, elided ? NULL : u->fields[k].type);
        if (!elided) assign_to(v, u->fields[k].type, "struct literal");
    }
    if (!keyed && el->len && el->len < u->nfields) source_error(e->composite.rbrace, "too few values in struct literal of type %s", type_string(t));
}

// Elements of arrays and slices; returns the length.
static int64_t check_elements(ExprList *el, Type *elem, int64_t length) {
    int64_t next = 0, max = 0;
    struct { int64_t *at; uint32_t len, cap; } keys = {0};
    bool any_key = false;
    for (uint32_t i = 0; i < el->len; i++) any_key |= el->at[i]->kind == EXPR_KEY_VALUE;
    uint8_t *seen = NULL;
    int64_t seen_cap = 0;
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i], *v = x;
        bool valid = true;
        if (x->kind == EXPR_KEY_VALUE) {
            v = x->kv.value;
            check_value(x->kv.key, NULL);
            valid = false;
            if (!is_invalid(x->kv.key)) {
                int64_t k = x->kv.key->mode == MODE_CONST ? check_index_value(x->kv.key, length, "index") : -1;
                if (x->kv.key->mode != MODE_CONST && !is_invalid(x->kv.key)) error_in(x->kv.key, "index %s must be integer constant", ast_string(x->kv.key));
                if (k >= 0) next = k, valid = true;
            }
            x->mode = MODE_VALUE;
            x->type = elem;
        } else if (length >= 0 && next >= length) {
            error_in(x, "index %lld is out of bounds (>= %lld)", (long long)next, (long long)length);
            valid = false;
        }
        if (valid && any_key) {
            if (next < (1 << 20)) {
                if (next >= seen_cap) {
                    int64_t cap = (next + 64) * 2;
                    uint8_t *grown = arena_alloc((size_t)cap);
                    if (seen) memcpy(grown, seen, (size_t)seen_cap);
                    seen = grown;
                    seen_cap = cap;
                }
                if (seen[next]) error_in(x, "duplicate index %lld in array or slice literal", (long long)next);
                seen[next] = 1;
            } else {
                for (uint32_t k = 0; k < keys.len; k++)
                    if (keys.at[k] == next) error_in(x, "duplicate index %lld in array or slice literal", (long long)next);
                VEC_PUSH(&keys, next);
            }
        }
        check_elided(v, elem);
        assign_to(v, elem, "array or slice literal");
        if (next < INT64_MAX) next++;
        if (next > max) max = next;
    }
    return max;
}

typedef struct ConstKey { Const *val; Type *type; Pos pos; } ConstKey;

static void check_map_literal(Expr *e, Type *u) {
    ExprList *el = &e->composite.elems;
    VEC(ConstKey) keys = {0};
    Scope *strings = NULL;
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
        if (assign_to(k, u->key, "map literal") && k->mode == MODE_CONST) {
            bool twice = false;
            if (const_kind(k->val) == CONST_STRING) {
                if (!strings) strings = scope_new(NULL);
                Str s = const_str_val(k->val);
                if (type_is_interface(u->key)) { // equal only when the types are, too
                    const char *typed = arena_printf("%s %.*s", type_desc_string(k->type), (int)s.len, s.ptr);
                    s = arena_str(typed, strlen(typed));
                }
                twice = scope_insert(strings, object_new(OBJ_VAR, k->start, NULL, name_intern(s.ptr, (size_t)s.len), k->type)) != NULL;
            } else if (keys.len < 4096) {
                for (uint32_t n = 0; n < keys.len && !twice; n++)
                    twice = const_kind(keys.at[n].val) == const_kind(k->val) && type_identical(keys.at[n].type, k->type) && const_compare(TOK_EQL, keys.at[n].val, k->val);
                ConstKey c = {k->val, k->type, k->start};
                VEC_PUSH(&keys, c);
            }
            if (twice) error_in(k, "duplicate key %s in map literal", ast_string(k));
        }
        check_elided(x->kv.value, u->elem);
        assign_to(x->kv.value, u->elem, "map literal");
    }
}

void check_composite(Expr *e, Type *hint) {
    Type *t = hint;
    Expr *te = e->composite.type;
    bool open = te && ast_unparen(te)->kind == EXPR_ARRAY_TYPE && ast_unparen(te)->array.len && ast_unparen(te)->array.len->kind == EXPR_ELLIPSIS;
    Type *open_elem = NULL;
    if (open) {
        open_elem = check_var_type(ast_unparen(te)->array.elem);
        t = open_elem == type_invalid ? type_invalid : type_array_of(open_elem, 0);
    } else if (te) {
        t = check_type(te);
    }
    if (!t) {
        error_in(e, "invalid composite literal type: missing type in composite literal");
        t = type_invalid;
    }
    Type *u = t == type_invalid ? t : type_core(t);
    if (!u) {
        error_in(e, "invalid composite literal type %s", type_string(t));
        u = type_invalid;
    }
    set_value(e, t);
    switch (u->kind) {
    case KIND_STRUCT: check_struct_literal(e, t, u); break;
    case KIND_ARRAY: {
        int64_t n = check_elements(&e->composite.elems, u->elem, open ? -1 : u->len);
        if (open) {
            e->type = type_array_of(u->elem, n);
            te->mode = MODE_TYPE;
            te->type = e->type;
            check_length(e, u->elem, n);
        }
        break;
    }
    case KIND_SLICE: check_length(e, u->elem, check_elements(&e->composite.elems, u->elem, -1)); break;
    case KIND_MAP: check_map_literal(e, u); break;
    default:
        if (t != type_invalid && u != type_invalid) error_in(e, "invalid composite literal type %s", type_string(t));
        for (uint32_t i = 0; i < e->composite.elems.len; i++) {
            Expr *x = e->composite.elems.at[i];
            if (x->kind == EXPR_KEY_VALUE) {
                if (x->kv.key->kind != EXPR_IDENT) check_raw(x->kv.key, NULL);
                x = x->kv.value;
            }
            if (x->kind != EXPR_COMPOSITE || x->composite.type) check_raw(x, NULL);
        }
        invalidate(e);
    }
}
