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
int64_t check_index_value(Expr *i, int64_t length, const char *what) {
    if (is_invalid(i)) return -1;
    if (i->mode == MODE_CONST && type_is_untyped(i->type)) {
        if (!type_is_numeric(i->type)) {
            error_in(i, "invalid argument: %s %s must be integer", what, operand_string(i));
            invalidate(i);
            return -1;
        }
        Const *v = const_to_int(i->val);
        if (const_kind(v) != CONST_INT) {
            error_in(i, "invalid argument: %s %s truncated to int", what, operand_string(i));
            invalidate(i);
            return -1;
        }
        if (const_sign(v) < 0) {
            error_in(i, "invalid argument: %s %s must not be negative", what, operand_string(i));
            invalidate(i);
            return -1;
        }
        convert_untyped(i, TY(KIND_INT));
        if (is_invalid(i)) return -1;
    }
    if (type_is_untyped(i->type)) convert_untyped(i, TY(KIND_INT));
    if (is_invalid(i)) return -1;
    if (!type_is_integer(i->type)) {
        error_in(i, "invalid argument: %s %s must be integer", what, operand_string(i));
        invalidate(i);
        return -1;
    }
    if (i->mode != MODE_CONST) return -1;
    if (const_sign(i->val) < 0) {
        error_in(i, "invalid argument: %s %s must not be negative", what, operand_string(i));
        invalidate(i);
        return -1;
    }
    int64_t n;
    if (!const_is_int64(const_to_int(i->val), &n)) {
        error_in(i, "invalid argument: %s %s overflows int", what, operand_string(i));
        invalidate(i);
        return -1;
    }
    if (length >= 0 && n >= length) {
        error_in(i, "invalid argument: %s %s out of bounds [0:%lld]", what, ast_string(i), (long long)length);
        invalidate(i);
        return -1;
    }
    return n;
}

typedef struct IndexTerm { Type *key, *elem; bool value, found; int64_t length; } IndexTerm; // value: elements are not variables; length: of the shortest array, -1: none

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

// x[i] where x's type is a type parameter without core type.
static bool check_index_param(Expr *e, Expr *x, Expr *i) {
    IndexTerm t = {.length = -1};
    if (!type_each(x->type, index_term, &t)) return false;
    check_value(i, t.key);
    if (t.key) {
        if (!is_invalid(i)) assign_to(i, t.key, "map index");
        e->mode = MODE_MAPINDEX;
    } else {
        check_index_value(i, t.length, "index");
        e->mode = t.value ? MODE_VALUE : MODE_VAR;
    }
    e->type = t.elem;
    return true;
}

void check_index(Expr *e) {
    Expr *x = e->index.x;
    check_expr_or_type(x);
    if (is_invalid(x)) {
        for (uint32_t i = 0; i < e->index.index.len; i++) check_raw(e->index.index.at[i], NULL);
        invalidate(e);
        return;
    }
    if (x->mode == MODE_TYPE) {
        Type *t = check_type(e);
        if (t == type_invalid) invalidate(e);
        return;
    }
    if (is_generic_func(x)) {
        instantiate_expr(e);
        return;
    }
    if (e->index.index.len > 1) {
        error_in(e->index.index.at[1], "unexpected comma; expecting ]");
        invalidate(e);
        return;
    }
    Expr *i = e->index.index.at[0];
    use_default(x);
    Type *u = x->mode == MODE_NIL ? x->type : type_core(x->type);
    if (!u) u = type_under(x->type);
    int64_t length = -1;
    switch (u->kind) {
    case KIND_STRING:
        if (x->mode == MODE_CONST) length = const_str_val(x->val).len;
        set_value(e, TY(KIND_UINT8));
        e->type = type_byte;
        break;
    case KIND_ARRAY:
        length = u->len;
        e->mode = x->mode == MODE_VAR ? MODE_VAR : MODE_VALUE;
        e->type = u->elem;
        break;
    case KIND_POINTER:
        if (type_under(u->elem)->kind != KIND_ARRAY) goto bad;
        length = type_under(u->elem)->len;
        e->mode = MODE_VAR;
        e->type = type_under(u->elem)->elem;
        break;
    case KIND_SLICE:
        e->mode = MODE_VAR;
        e->type = u->elem;
        break;
    case KIND_MAP:
        check_value(i, u->key);
        if (!is_invalid(i)) assign_to(i, u->key, "map index");
        e->mode = MODE_MAPINDEX;
        e->type = u->elem;
        return;
    default:
    bad:
        if (x->type->kind == TYPE_K_TYPE_PARAM && check_index_param(e, x, i)) return;
        check_value(i, NULL);
        error_in(x, "invalid operation: cannot index %s", operand_string(x));
        invalidate(e);
        return;
    }
    check_value(i, NULL);
    int64_t k = check_index_value(i, length, "index");
    if (u->kind == KIND_STRING && x->mode == MODE_CONST && i->mode == MODE_CONST && k >= 0) e->val = NULL;
    if (e->type == type_invalid) invalidate(e);
}

// --- slices

static bool bytes_or_string(Type *term, void *ctx) {
    (void)ctx;
    Type *u = type_under(term);
    return u->kind == KIND_STRING || (u->kind == KIND_SLICE && type_under(u->elem)->kind == KIND_UINT8);
}

// Is t a type parameter that stands for byte slices and strings?
bool is_bytes_or_string(Type *t) { return t->kind == TYPE_K_TYPE_PARAM && type_each(t, bytes_or_string, NULL); }

void check_slice(Expr *e) {
    Expr *x = e->slice.x, *part[3] = {e->slice.lo, e->slice.hi, e->slice.max};
    check_value(x, NULL);
    if (is_invalid(x)) {
        for (int i = 0; i < 3; i++)
            if (part[i]) check_raw(part[i], NULL);
        invalidate(e);
        return;
    }
    int64_t length = -1;
    if (x->mode == MODE_CONST && type_is_string(x->type)) length = const_str_val(x->val).len;
    if (type_is_untyped(x->type)) use_default(x);
    Type *u = type_core(x->type);
    if (!u) u = type_under(x->type);
    switch (u->kind) {
    case KIND_STRING:
        set_value(e, x->type);
        if (e->slice.three) {
            error_in(e, "invalid operation: 3-index slice of string");
            invalidate(e);
            return;
        }
        break;
    case KIND_ARRAY:
        if (x->mode != MODE_VAR) {
            error_in(e, "invalid operation: %s (slice of unaddressable value)", operand_string(x));
            invalidate(e);
            return;
        }
        mark_address(x);
        length = u->len;
        set_value(e, type_slice_of(u->elem));
        break;
    case KIND_POINTER:
        if (type_under(u->elem)->kind == KIND_ARRAY) {
            length = type_under(u->elem)->len;
            set_value(e, type_slice_of(type_under(u->elem)->elem));
            break;
        }
        goto bad;
    case KIND_SLICE: set_value(e, x->type); break;
    default:
        if (is_bytes_or_string(x->type)) {
            set_value(e, x->type);
            if (!e->slice.three) break;
            error_in(e, "invalid operation: 3-index slice of string");
            invalidate(e);
            return;
        }
        // fall through
    bad:
        error_in(x, "cannot slice %s", operand_string(x));
        for (int i = 0; i < 3; i++)
            if (part[i]) check_raw(part[i], NULL);
        invalidate(e);
        return;
    }
    int64_t k[3] = {-1, -1, -1};
    for (int i = 0; i < 3; i++) {
        if (!part[i]) continue;
        check_value(part[i], NULL);
        k[i] = check_index_value(part[i], length >= 0 ? length + 1 : -1, "index");
        for (int j = 0; j < i; j++)
            if (k[j] >= 0 && k[i] >= 0 && k[j] > k[i]) {
                error_in(part[i], "invalid slice indices: %lld < %lld", (long long)k[i], (long long)k[j]);
                j = i = 3;
                break;
            }
    }
}
