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
// Two untyped operands take the wider of their kinds. false: reported.
static bool match_untyped(Expr *e, Expr *x, Expr *y) {
    bool nil = x->mode == MODE_NIL || y->mode == MODE_NIL;
    if (!nil && type_is_numeric(x->type) && type_is_numeric(y->type)) {
        x->type = y->type = x->type->kind > y->type->kind ? x->type : y->type;
        return true;
    }
    if (nil ? x->mode == y->mode : x->type->kind == y->type->kind) return true;
    mismatch(e, x, y);
    return false;
}

// Gives both operands one type where one of them is untyped; false: reported.
static bool match_types(Expr *e, Expr *x, Expr *y) {
    bool ux = type_is_untyped(x->type), uy = type_is_untyped(y->type);
    if (ux && uy) return match_untyped(e, x, y);
    if (!ux && !uy) return true;
    Expr *u = ux ? x : y, *t = ux ? y : x;
    if (!may_convert(u, t->type)) {
        mismatch(e, x, y);
        return false;
    }
    if (type_is_interface(t->type) && u->mode != MODE_NIL) use_default(u);
    else convert_untyped(u, t->type);
    if (is_invalid(u)) invalidate(e);
    return !is_invalid(u);
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

// The operand that makes x == y wrong, with the reason in why; NULL: none.
static Expr *bad_equality(int op, Expr *x, Expr *y, const char **why) {
    if (x->mode == MODE_NIL && y->mode == MODE_NIL) {
        *why = "operator == not defined on nil";
        return x;
    }
    if (x->mode == MODE_NIL || y->mode == MODE_NIL || (type_comparable_(x->type) && type_comparable_(y->type))) return NULL;
    Expr *bad = type_comparable_(x->type) ? y : x;
    *why = incomparable_reason(bad->type);
    if (!*why) *why = arena_printf("operator %s not defined on %s", token_text[op], type_string(bad->type));
    return bad;
}

static const char *unordered_kind(Expr *e) {
    static const char *const kinds[KIND_COUNT] = {[KIND_SLICE] = "slice", [KIND_MAP] = "map", [KIND_FUNC] = "func", [KIND_STRUCT] = "struct", [KIND_POINTER] = "pointer", [KIND_INTERFACE] = "interface", [KIND_CHAN] = "chan", [KIND_BOOL] = "bool", [KIND_ARRAY] = "array"};
    if (e->mode == MODE_NIL) return "nil";
    int k = type_under(e->type)->kind;
    return k < KIND_COUNT && kinds[k] ? kinds[k] : type_string(e->type);
}

// The same for x < y.
static Expr *bad_order(int op, Expr *x, Expr *y, const char **why) {
    bool ordered_x = x->mode != MODE_NIL && type_is_ordered(x->type), ordered_y = y->mode != MODE_NIL && type_is_ordered(y->type);
    if (ordered_x && ordered_y) return NULL;
    Expr *bad = ordered_x ? y : x;
    if (bad->mode != MODE_NIL && bad->type->kind == TYPE_K_TYPE_PARAM) *why = arena_printf("type parameter %s is not comparable with %s", type_string(bad->type), token_text[op]);
    else *why = arena_printf("operator %s not defined on %s", token_text[op], unordered_kind(bad));
    return bad;
}

// May the types of x and y be compared with each other at all?
static bool types_meet(int op, Expr *x, Expr *y) {
    if (x->mode != MODE_NIL && y->mode != MODE_NIL) return (type_is_untyped(x->type) && type_is_untyped(y->type)) || assignable_type(x->type, y->type) || assignable_type(y->type, x->type);
    if (x->mode == y->mode || (op != TOK_EQL && op != TOK_NEQ)) return true; // is wrong for another reason
    return nil_comparable(x->mode == MODE_NIL ? y->type : x->type);
}

void check_comparison(Expr *e, int op, Expr *x, Expr *y) {
    if (!types_meet(op, x, y)) {
        mismatch(e, x, y);
        return;
    }
    const char *why;
    Expr *bad = op == TOK_EQL || op == TOK_NEQ ? bad_equality(op, x, y, &why) : bad_order(op, x, y, &why);
    if (bad) {
        error_in(e->kind == EXPR_BINARY ? e : bad, "invalid operation: %s %s %s (%s)", ast_string(x), token_text[op], ast_string(y), why);
        invalidate(e);
        return;
    }
    if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
        set_const(e, TY(TYPE_K_UNTYPED_BOOL), const_bool(const_compare(op, x->val, y->val)));
        return;
    }
    // operands of a comparison that is not folded need types of their own
    use_default(x);
    use_default(y);
    set_value(e, TY(TYPE_K_UNTYPED_BOOL));
}

// --- shifts

// The operand of a shift as an integer constant, NULL when it is none.
static Const *shifted_const(Expr *x) {
    Const *v = x->mode == MODE_CONST ? const_to_int(x->val) : NULL;
    return v && const_kind(v) == CONST_INT ? v : NULL;
}

static bool is_shiftable(Expr *x, Const *v) {
    if (x->mode == MODE_NIL) return false;
    if (type_is_integer(x->type)) return true;
    return type_is_untyped(x->type) && (v || (x->mode != MODE_CONST && type_is_numeric(x->type)));
}

static bool bad_count(const char *problem, Expr *y) {
    error_in(y, problem, operand_string(y));
    return false;
}

// *n: the count, as far as it counts. false: reported.
static bool check_const_count(Expr *y, uint64_t *n) {
    Const *v = const_to_int(y->val);
    bool untyped = type_is_untyped(y->type);
    if (const_kind(v) != CONST_INT || !(untyped ? type_is_numeric(y->type) : type_is_integer(y->type))) return bad_count("invalid operation: shift count %s must be integer", y);
    if (const_sign(v) < 0) return bad_count("invalid operation: negative shift count %s", y);
    bool fits = const_is_uint64(v, n);
    if (untyped && !fits) return bad_count("invalid shift count %s", y);
    if (untyped) convert_untyped(y, TY(KIND_UINT));
    if (!fits) *n = UINT64_MAX;
    return true;
}

static bool check_variable_count(Expr *y) {
    bool untyped = type_is_untyped(y->type);
    if (y->mode == MODE_NIL || (!untyped && !type_is_integer(y->type))) return bad_count("invalid operation: shift count %s must be integer", y);
    if (!untyped && !type_is_unsigned(y->type) && !lang_at_least(13)) need_lang(y->start, y->end, 13, arena_printf("invalid operation: signed shift count %s", operand_string(y)));
    if (untyped) convert_untyped(y, TY(KIND_UINT));
    return !is_invalid(y);
}

enum {
    MAX_SHIFT = 1023 - 1 + 52, // of a constant that is not 0, as in Go
    FULL_SHIFT = 10000         // moves all bits of any constant out
};

static void check_shift(Expr *e, int op, Expr *x, Expr *y) {
    Const *v = shifted_const(x);
    if (!is_shiftable(x, v)) {
        error_in(x, "invalid operation: shifted operand %s must be integer", operand_string(x));
        invalidate(e);
        return;
    }
    uint64_t n = 0;
    if (!(y->mode == MODE_CONST ? check_const_count(y, &n) : check_variable_count(y))) {
        invalidate(e);
        return;
    }
    if (x->mode != MODE_CONST || y->mode != MODE_CONST) {
        set_value(e, x->type); // when it is untyped, the context of the shift gives the type
        return;
    }
    if (op == TOK_SHL && n > MAX_SHIFT && const_sign(v) != 0) {
        bad_count("invalid shift count %s", y);
        invalidate(e);
        return;
    }
    if (op == TOK_SHL && n > MAX_SHIFT) n = 0;
    Type *t = type_is_untyped(x->type) && !type_is_integer(x->type) ? TY(TYPE_K_UNTYPED_INT) : x->type;
    set_const(e, t, const_shift(op, v, n > FULL_SHIFT ? FULL_SHIFT : n));
    check_overflow(e);
}

// --- everything

// Division by a constant 0 (reported) is found for integers always, for other
// kinds when it would be done here.
static bool divides_by_zero(int op, const Expr *x, const Expr *y) {
    if ((op != TOK_QUO && op != TOK_REM) || y->mode != MODE_CONST) return false;
    if (!type_is_integer(x->type) && x->mode != MODE_CONST) return false;
    bool zero = const_sign(y->val) == 0;
    if (const_kind(y->val) == CONST_COMPLEX) zero = const_sign(const_real(y->val)) == 0 && const_sign(const_imag(y->val)) == 0;
    if (zero) error_in(y, "invalid operation: division by zero");
    return zero;
}

static void fold_binary(Expr *e, int op, const Expr *x, const Expr *y) {
    if (op == TOK_LAND || op == TOK_LOR) {
        bool a = const_bool_val(x->val), b = const_bool_val(y->val);
        set_const(e, x->type, const_bool(op == TOK_LAND ? a && b : a || b));
        return;
    }
    set_const(e, x->type, const_binary(op, x->val, y->val, op == TOK_QUO && type_is_integer(x->type)));
    check_overflow(e);
}

// Operands of one type with an operator that is no shift and no comparison.
static void check_arithmetic(Expr *e, int op, Expr *x, Expr *y) {
    if (x->mode == MODE_NIL && y->mode == MODE_NIL) {
        error_in(e, "invalid operation: operator %s not defined on nil", token_text[op]);
        invalidate(e);
    } else if (x->mode == MODE_NIL || y->mode == MODE_NIL || !type_identical(x->type, y->type)) {
        mismatch(e, x, y);
    } else if (!binary_defined(op, x->type)) {
        error_in(x, "invalid operation: operator %s not defined on %s", token_text[op], operand_string(x));
        invalidate(e);
    } else if (divides_by_zero(op, x, y)) {
        invalidate(e);
    } else if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
        fold_binary(e, op, x, y);
    } else {
        set_value(e, x->type);
    }
}

void check_binary(Expr *e, int op, Expr *x, Expr *y) {
    if (is_invalid(x) || is_invalid(y)) invalidate(e);
    else if (token_is_shift(op)) check_shift(e, op, x, y);
    else if (!match_types(e, x, y)) return;
    else if (token_is_comparison(op)) check_comparison(e, op, x, y);
    else check_arithmetic(e, op, x, y);
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
