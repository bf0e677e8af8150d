// SPDX-License-Identifier: MIT
// check_binary.c: operators with two operands: arithmetic, logic, comparisons and
// shifts; also of x op= y and of the cases of a switch.
//
// Where one operand is untyped it takes the type of the other (match_types);
// two constants are folded here.
#include "compiler/check_impl.h"

// --- operands

static bool number_or_string(Type *t, void *ctx) {
    (void)ctx;
    return type_is_numeric(t) || type_is_string(t);
}

static bool binary_defined(int op, Type *t) {
    if (op == TOK_ADD && t->kind == TYPE_K_TYPE_PARAM) return type_each(t, number_or_string, NULL);
    switch (op) {
    case TOK_ADD: return type_is_numeric(t) || type_is_string(t);
    case TOK_SUB: case TOK_MUL: case TOK_QUO: return type_is_numeric(t);
    case TOK_REM: case TOK_AND: case TOK_OR: case TOK_XOR: case TOK_AND_NOT: return type_is_integer(t);
    default: return type_is_boolean(t);
    }
}

static void mismatch(Expr *e, Expr *x, Expr *y) {
    error_in(e->kind == EXPR_BINARY ? e : x, "invalid operation: %s %s %s (mismatched types %s and %s)", ast_string(x), token_text[e->op], ast_string(y), type_string(x->type), type_string(y->type));
    advise_mismatch(e->op, x, y);
    invalidate(e);
}

static bool may_convert(Expr *u, Type *t);
static bool may_convert_to_term(Type *term, void *u) { return may_convert(u, term); }

// Could an untyped operand take type t at all? (Otherwise: mismatched types.)
static bool may_convert(Expr *u, Type *t) {
    if (u->mode == MODE_NIL) return true;
    if (t->kind == TYPE_K_TYPE_PARAM) return type_each(t, may_convert_to_term, u);
    if (type_is_interface(t)) return true;
    if (type_is_untyped(t) || type_under(t)->kind <= KIND_STRING || type_under(t)->kind == KIND_UNSAFE_POINTER) {
        if (type_is_boolean(u->type)) return type_is_boolean(t);
        if (type_is_string(u->type)) return type_is_string(t);
        if (type_is_numeric(u->type)) return type_is_numeric(t);
    }
    return false;
}

// Gives both operands one type where one of them is untyped; false: reported.
static bool match_types(Expr *e, Expr *x, Expr *y) {
    bool ux = type_is_untyped(x->type), uy = type_is_untyped(y->type);
    if (ux && uy) {
        if (x->mode == MODE_NIL || y->mode == MODE_NIL) {
            if (x->mode == MODE_NIL && y->mode == MODE_NIL) return true;
            mismatch(e, x, y);
            return false;
        }
        if (type_is_numeric(x->type) && type_is_numeric(y->type)) {
            if (x->mode != MODE_CONST || y->mode != MODE_CONST) {
                // an untyped non-constant shift: both take the wider kind later
                Type *t = x->type->kind > y->type->kind ? x->type : y->type;
                x->type = y->type = t;
                return true;
            }
            Type *t = x->type->kind > y->type->kind ? x->type : y->type;
            x->type = y->type = t;
            return true;
        }
        if (x->type->kind != y->type->kind) {
            mismatch(e, x, y);
            return false;
        }
        return true;
    }
    if (ux || uy) {
        Expr *u = ux ? x : y, *t = ux ? y : x;
        if (!may_convert(u, t->type)) {
            mismatch(e, x, y);
            return false;
        }
        if (type_is_interface(t->type) && u->mode != MODE_NIL) {
            use_default(u);
        } else {
            convert_untyped(u, t->type);
        }
        if (is_invalid(u)) {
            invalidate(e);
            return false;
        }
    }
    return true;
}

// --- comparisons

static const char *incomparable_reason(Type *t) {
    Type *u = type_under(t);
    switch (u->kind) {
    case KIND_SLICE: return "slice can only be compared to nil";
    case KIND_MAP: return "map can only be compared to nil";
    case KIND_FUNC: return "func can only be compared to nil";
    case KIND_STRUCT:
        for (uint32_t i = 0; i < u->nfields; i++)
            if (!type_comparable_(u->fields[i].type)) return arena_printf("struct containing %s cannot be compared", type_string(u->fields[i].type));
        return "struct cannot be compared";
    case KIND_ARRAY: return arena_printf("%s cannot be compared", type_string(t));
    default: return NULL;
    }
}

void check_comparison(Expr *e, int op, Expr *x, Expr *y) {
    bool ok = x->mode == MODE_NIL || y->mode == MODE_NIL || assignable_type(x->type, y->type) || assignable_type(y->type, x->type);
    if (type_is_untyped(x->type) && type_is_untyped(y->type)) ok = true;
    if (!ok) {
        mismatch(e, x, y);
        return;
    }
    const char *why = NULL;
    Expr *bad = x;
    if (op == TOK_EQL || op == TOK_NEQ) {
        if (x->mode == MODE_NIL && y->mode == MODE_NIL) why = "operator == not defined on nil";
        else if (x->mode == MODE_NIL || y->mode == MODE_NIL) {
            Expr *v = x->mode == MODE_NIL ? y : x;
            if (!nil_comparable(v->type)) {
                mismatch(e, x, y);
                return;
            }
        } else if (!type_comparable_(x->type) || !type_comparable_(y->type)) {
            bad = type_comparable_(x->type) ? y : x;
            why = incomparable_reason(bad->type);
            if (!why) why = arena_printf("operator %s not defined on %s", token_text[op], type_string(bad->type));
        }
    } else if (x->mode == MODE_NIL || y->mode == MODE_NIL || !type_is_ordered(x->type) || !type_is_ordered(y->type)) {
        bad = x->mode != MODE_NIL && type_is_ordered(x->type) ? y : x;
        const char *kinds[] = {[KIND_SLICE] = "slice", [KIND_MAP] = "map", [KIND_FUNC] = "func", [KIND_STRUCT] = "struct", [KIND_POINTER] = "pointer", [KIND_INTERFACE] = "interface", [KIND_CHAN] = "chan", [KIND_BOOL] = "bool", [KIND_ARRAY] = "array"};
        int k = bad->mode == MODE_NIL ? 0 : type_under(bad->type)->kind;
        const char *what = bad->mode == MODE_NIL ? "nil" : k < (int)(sizeof kinds / sizeof *kinds) && kinds[k] ? kinds[k] : type_string(bad->type);
        why = arena_printf("operator %s not defined on %s", token_text[op], what);
        if (bad->mode != MODE_NIL && bad->type->kind == TYPE_K_TYPE_PARAM) why = arena_printf("type parameter %s is not comparable with %s", type_string(bad->type), token_text[op]);
    }
    if (why) {
        error_in(e->kind == EXPR_BINARY ? e : bad, "invalid operation: %s %s %s (%s)", ast_string(x), token_text[op], ast_string(y), why);
        invalidate(e);
        return;
    }
    if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
        set_const(e, TY(TYPE_K_UNTYPED_BOOL), const_bool(const_compare(op, x->val, y->val)));
        return;
    }
    // operands of a comparison that is not folded need types of their own
    if (type_is_untyped(x->type) && x->mode != MODE_NIL) use_default(x);
    if (type_is_untyped(y->type) && y->mode != MODE_NIL) use_default(y);
    set_value(e, TY(TYPE_K_UNTYPED_BOOL));
}

// --- shifts

static void check_shift(Expr *e, int op, Expr *x, Expr *y) {
    Const *xv = NULL;
    if (x->mode == MODE_CONST) {
        xv = const_to_int(x->val);
        if (const_kind(xv) != CONST_INT) xv = NULL;
    }
    bool ok = x->mode != MODE_NIL && (type_is_integer(x->type) || (type_is_untyped(x->type) && xv) || (type_is_untyped(x->type) && x->mode != MODE_CONST && type_is_numeric(x->type)));
    if (!ok) {
        error_in(x, "invalid operation: shifted operand %s must be integer", operand_string(x));
        invalidate(e);
        return;
    }
    uint64_t n = 0;
    if (y->mode == MODE_CONST) {
        Const *yv = const_to_int(y->val);
        if (const_kind(yv) != CONST_INT || !(type_is_untyped(y->type) ? type_is_numeric(y->type) : type_is_integer(y->type))) {
            error_in(y, "invalid operation: shift count %s must be integer", operand_string(y));
            invalidate(e);
            return;
        }
        if (const_sign(yv) < 0) {
            error_in(y, "invalid operation: negative shift count %s", operand_string(y));
            invalidate(e);
            return;
        }
        if (type_is_untyped(y->type)) {
            if (!const_is_uint64(yv, &n)) {
                error_in(y, "invalid shift count %s", operand_string(y));
                invalidate(e);
                return;
            }
            convert_untyped(y, TY(KIND_UINT));
        }
        if (!const_is_uint64(yv, &n)) n = UINT64_MAX;
    } else {
        if (y->mode == MODE_NIL || (!type_is_untyped(y->type) && !type_is_integer(y->type))) {
            error_in(y, "invalid operation: shift count %s must be integer", operand_string(y));
            invalidate(e);
            return;
        }
        if (!type_is_untyped(y->type) && !type_is_unsigned(y->type) && !lang_at_least(13)) need_lang(y->start, y->end, 13, arena_printf("invalid operation: signed shift count %s", operand_string(y)));
        if (type_is_untyped(y->type)) convert_untyped(y, TY(KIND_UINT));
        if (is_invalid(y)) {
            invalidate(e);
            return;
        }
    }
    if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
        if (op == TOK_SHL && n > 1023 - 1 + 52) {
            if (const_sign(xv) == 0) n = 0;
            else {
                error_in(y, "invalid shift count %s", operand_string(y));
                invalidate(e);
                return;
            }
        }
        Type *t = x->type;
        if (type_is_untyped(t) && !type_is_integer(t)) t = TY(TYPE_K_UNTYPED_INT);
        set_const(e, t, const_shift(op, xv, n > 10000 ? 10000 : n));
        check_overflow(e);
        return;
    }
    if (x->mode == MODE_CONST && type_is_untyped(x->type)) {
        // the type of the operand comes from the context of the shift
        set_value(e, x->type);
        return;
    }
    set_value(e, x->type);
}

// --- everything

void check_binary(Expr *e, int op, Expr *x, Expr *y) {
    if (is_invalid(x) || is_invalid(y)) {
        invalidate(e);
        return;
    }
    if (token_is_shift(op)) {
        check_shift(e, op, x, y);
        return;
    }
    if (!match_types(e, x, y)) return;
    if (token_is_comparison(op)) {
        check_comparison(e, op, x, y);
        return;
    }
    if (x->mode == MODE_NIL || y->mode == MODE_NIL) {
        if (x->mode == MODE_NIL && y->mode == MODE_NIL) error_in(e, "invalid operation: operator %s not defined on nil", token_text[op]);
        else mismatch(e, x, y);
        invalidate(e);
        return;
    }
    if (!type_identical(x->type, y->type)) {
        mismatch(e, x, y);
        return;
    }
    if (!binary_defined(op, x->type)) {
        error_in(x, "invalid operation: operator %s not defined on %s", token_text[op], operand_string(x));
        invalidate(e);
        return;
    }
    if ((op == TOK_QUO || op == TOK_REM) && y->mode == MODE_CONST && (type_is_integer(x->type) || (x->mode == MODE_CONST)) && const_sign(y->val) == 0 && (const_kind(y->val) != CONST_COMPLEX)) {
        error_in(y, "invalid operation: division by zero");
        invalidate(e);
        return;
    }
    if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
        bool int_div = op == TOK_QUO && type_is_integer(x->type);
        if (const_kind(y->val) == CONST_COMPLEX && op == TOK_QUO && const_sign(const_real(y->val)) == 0 && const_sign(const_imag(y->val)) == 0) {
            error_in(y, "invalid operation: division by zero");
            invalidate(e);
            return;
        }
        if (op == TOK_LAND || op == TOK_LOR) {
            bool a = const_bool_val(x->val), b = const_bool_val(y->val);
            set_const(e, x->type, const_bool(op == TOK_LAND ? a && b : a || b));
            return;
        }
        set_const(e, x->type, const_binary(op, x->val, y->val, int_div));
        check_overflow(e);
        return;
    }
    set_value(e, x->type);
}

void check_binary_expr(Expr *e) {
    // long chains like a + b + c + ... lean to the left: no recursion there
    uint32_t n = 0;
    Expr *left = e;
    while (left->kind == EXPR_BINARY) {
        n++;
        left = left->binary.x;
    }
    Expr **chain = arena_alloc(n * sizeof *chain);
    left = e;
    for (uint32_t i = n; i-- > 0; left = left->binary.x) chain[i] = left;
    check_value(left, NULL);
    for (uint32_t i = 0; i < n; i++) {
        Expr *b = chain[i];
        check_value(b->binary.y, NULL);
        check_binary(b, b->op, b->binary.x, b->binary.y);
        if (has_comma_ok(b)) b->mode = MODE_VALUE;
    }
}
