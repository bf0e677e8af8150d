// SPDX-License-Identifier: MIT
// check_index.c: x[i] and x[i:j:k]: elements, slices, and the instantiation of a
// generic function, which is written like an index.
#include <string.h>

#include "compiler/check_impl.h"

// --- instantiation

static void instantiate_expr(Expr *e) {
    Expr *x = e->index.x;
    Object *o = ast_unparen(x)->kind == EXPR_SELECTOR ? ast_unparen(x)->selector.obj : ast_unparen(x)->ident.obj;
    uint32_t n = e->index.index.len;
    Type *sig = o->type;
    Type **targs = ARENA_ARRAY(Type *, sig->ntparams);
    if (n > sig->ntparams) {
        error_in(e->index.index.at[sig->ntparams], "got %u type arguments but %s has %u type parameters", n, ast_string(x), sig->ntparams);
        invalidate(e);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        if ((targs[i] = check_var_type(e->index.index.at[i])) == type_invalid) {
            invalidate(e);
            return;
        }
    set_value(e, o->type);
    need_lang(e->pos, e->end, 18, "function instantiation");
    if (n < sig->ntparams) {
        // the call (or the constraints) must give the rest
        ExprList none = {0};
        Type **full = ARENA_ARRAY(Type *, sig->ntparams);
        memcpy(full, targs, n * sizeof *targs);
        if (!infer(o, full, &none, false, 0)) return;
        targs = full;
    }
    Object *inst = instantiate_func(o, targs, sig->ntparams, e->start);
    if (!inst) {
        invalidate(e);
        return;
    }
    e->index.instance = inst;
    set_value(e, inst->type);
}

static bool is_generic_func(Expr *x) {
    x = ast_unparen(x);
    Object *o = x->kind == EXPR_IDENT ? x->ident.obj : x->kind == EXPR_SELECTOR ? x->selector.obj : NULL;
    return o && o->kind == OBJ_FUNC && o->type && o->type->ntparams > 0;
}

// --- indices

// Checks an integer index; length < 0: unknown. Gives a constant's value, -1
// for others; after an error i is invalid.
static int64_t bad_index(Expr *i, const char *what, const char *problem) {
    error_in(i, "invalid argument: %s %s %s", what, operand_string(i), problem);
    invalidate(i);
    return -1;
}

// An untyped constant index may be written as 1.0, too. false: reported.
static bool untyped_index(Expr *i, const char *what) {
    const char *problem = NULL;
    Const *v = type_is_numeric(i->type) ? const_to_int(i->val) : NULL;
    if (!v) problem = "must be integer";
    else if (const_kind(v) != CONST_INT) problem = "truncated to int";
    else if (const_sign(v) < 0) problem = "must not be negative";
    if (problem) bad_index(i, what, problem);
    return !problem;
}

// Checks an integer index; length < 0: unknown. Gives a constant's value, -1
// for others; after an error i is invalid.
int64_t check_index_value(Expr *i, int64_t length, const char *what) {
    if (is_invalid(i)) return -1;
    if (type_is_untyped(i->type)) {
        if (i->mode == MODE_CONST && !untyped_index(i, what)) return -1;
        convert_untyped(i, TY(KIND_INT));
        if (is_invalid(i)) return -1;
    }
    if (!type_is_integer(i->type)) return bad_index(i, what, "must be integer");
    if (i->mode != MODE_CONST) return -1;
    int64_t n;
    if (const_sign(i->val) < 0) return bad_index(i, what, "must not be negative");
    if (!const_is_int64(const_to_int(i->val), &n)) return bad_index(i, what, "overflows int");
    if (length < 0 || n < length) return n;
    error_in(i, "invalid argument: %s %s out of bounds [0:%lld]", what, ast_string(i), (long long)length);
    invalidate(i);
    return -1;
}

typedef struct IndexTerm { // what the types of a type parameter's set have in common
    Type *key, *elem;
    bool value;     // elements are not variables
    bool found;     // there was a type already
    int64_t length; // of the shortest array, -1: none
} IndexTerm;

static bool index_term(Type *term, void *ctx) {
    IndexTerm *x = ctx;
    Type *u = type_under(term), *key = NULL, *elem;
    if (u->kind == KIND_POINTER && type_under(u->elem)->kind == KIND_ARRAY) u = type_under(u->elem);
    if (u->kind == KIND_STRING) elem = type_byte, x->value = true;
    else if (u->kind == KIND_ARRAY || u->kind == KIND_SLICE) elem = u->elem;
    else if (u->kind == KIND_MAP) elem = u->elem, key = u->key;
    else return false;
    if (u->kind == KIND_ARRAY && (x->length < 0 || u->len < x->length)) x->length = u->len;
    if (x->found && (!type_identical(elem, x->elem) || !x->key != !key || (key && !type_identical(key, x->key)))) return false;
    x->elem = elem;
    x->key = key;
    x->found = true;
    return true;
}

static void check_map_index(Expr *e, Expr *i, Type *key, Type *elem) {
    check_value(i, key);
    if (!is_invalid(i)) assign_to(i, key, "map index");
    e->mode = MODE_MAPINDEX;
    e->type = elem;
}

// x[i] where x's type is a type parameter without core type.
static bool check_index_param(Expr *e, Expr *x, Expr *i) {
    IndexTerm t = {.length = -1};
    if (!type_each(x->type, index_term, &t)) return false;
    if (t.key) {
        check_map_index(e, i, t.key, t.elem);
        return true;
    }
    check_value(i, NULL);
    check_index_value(i, t.length, "index");
    e->mode = t.value ? MODE_VALUE : MODE_VAR;
    e->type = t.elem;
    return true;
}

// Gives e = x[i] the type of an element of x; *length: the bound of i, when it
// is known. false: x has no elements with integer indices.
static bool element_type(Expr *e, Expr *x, Type *u, int64_t *length) {
    Type *array = u->kind == KIND_POINTER ? type_under(u->elem) : u;
    if (u->kind == KIND_STRING) {
        if (x->mode == MODE_CONST) *length = const_str_val(x->val).len;
        set_value(e, type_byte);
    } else if (array->kind == KIND_ARRAY) {
        *length = array->len;
        e->mode = array != u || x->mode == MODE_VAR ? MODE_VAR : MODE_VALUE;
        e->type = array->elem;
    } else if (u->kind == KIND_SLICE) {
        e->mode = MODE_VAR;
        e->type = u->elem;
    } else {
        return false;
    }
    return true;
}

static void check_element(Expr *e, Expr *x, Expr *i) {
    use_default(x);
    Type *u = x->mode == MODE_NIL ? x->type : type_core(x->type);
    if (!u) u = type_under(x->type);
    int64_t length = -1;
    if (u->kind == KIND_MAP) {
        check_map_index(e, i, u->key, u->elem);
    } else if (element_type(e, x, u, &length)) {
        check_value(i, NULL);
        check_index_value(i, length, "index");
        if (e->type == type_invalid) invalidate(e);
    } else if (x->type->kind != TYPE_K_TYPE_PARAM || !check_index_param(e, x, i)) {
        check_value(i, NULL);
        error_in(x, "invalid operation: cannot index %s", operand_string(x));
        invalidate(e);
    }
}

void check_index(Expr *e) {
    Expr *x = e->index.x;
    ExprList *index = &e->index.index;
    check_expr_or_type(x);
    if (is_invalid(x)) {
        for (uint32_t i = 0; i < index->len; i++) check_raw(index->at[i], NULL);
        invalidate(e);
    } else if (x->mode == MODE_TYPE) {
        if (check_type(e) == type_invalid) invalidate(e);
    } else if (is_generic_func(x)) {
        instantiate_expr(e);
    } else if (index->len > 1) {
        error_in(index->at[1], "unexpected comma; expecting ]");
        invalidate(e);
    } else {
        check_element(e, x, index->at[0]);
    }
}

// --- slices

static bool bytes_or_string(Type *term, void *ctx) {
    (void)ctx;
    Type *u = type_under(term);
    return u->kind == KIND_STRING || (u->kind == KIND_SLICE && type_under(u->elem)->kind == KIND_UINT8);
}

// Is t a type parameter that stands for byte slices and strings?
bool is_bytes_or_string(Type *t) { return t->kind == TYPE_K_TYPE_PARAM && type_each(t, bytes_or_string, NULL); }

static void check_parts(Expr *const part[3]) {
    for (int i = 0; i < 3; i++)
        if (part[i]) check_raw(part[i], NULL);
}

// Gives e the type of a slice of x; *length: of what is sliced, when it is
// known. false: reported.
static bool slice_type(Expr *e, Expr *x, int64_t *length) {
    Type *u = type_core(x->type);
    if (!u) u = type_under(x->type);
    Type *array = u->kind == KIND_POINTER ? type_under(u->elem) : u;
    if (array->kind == KIND_ARRAY) {
        if (array == u && x->mode != MODE_VAR) {
            error_in(e, "invalid operation: %s (slice of unaddressable value)", operand_string(x));
            return false;
        }
        if (array == u) mark_address(x);
        *length = array->len;
        set_value(e, type_slice_of(array->elem));
        return true;
    }
    bool text = u->kind == KIND_STRING || (u->kind != KIND_SLICE && is_bytes_or_string(x->type));
    if (text && e->slice.three) {
        error_in(e, "invalid operation: 3-index slice of string");
        return false;
    }
    if (text || u->kind == KIND_SLICE) {
        set_value(e, x->type);
        return true;
    }
    error_in(x, "cannot slice %s", operand_string(x));
    return false;
}

// Constant indices must be in order.
static void check_bounds(Expr *const part[3], int64_t length) {
    int64_t k[3] = {-1, -1, -1};
    for (int i = 0; i < 3; i++) {
        if (!part[i]) continue;
        check_value(part[i], NULL);
        k[i] = check_index_value(part[i], length >= 0 ? length + 1 : -1, "index");
        for (int j = 0; j < i; j++)
            if (k[j] >= 0 && k[i] >= 0 && k[j] > k[i]) {
                error_in(part[i], "invalid slice indices: %lld < %lld", (long long)k[i], (long long)k[j]);
                return;
            }
    }
}

void check_slice(Expr *e) {
    Expr *x = e->slice.x, *const part[3] = {e->slice.lo, e->slice.hi, e->slice.max};
    int64_t length = -1;
    check_value(x, NULL);
    if (!is_invalid(x)) {
        if (x->mode == MODE_CONST && type_is_string(x->type)) length = const_str_val(x->val).len;
        if (type_is_untyped(x->type)) use_default(x);
    }
    if (is_invalid(x) || !slice_type(e, x, &length)) {
        check_parts(part);
        invalidate(e);
        return;
    }
    check_bounds(part, length);
}
