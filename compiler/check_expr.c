// SPDX-License-Identifier: MIT
// check_expr.c: expressions: the door that sends each kind to its checker, what
// is asked of all results, type assertions and the forms with two results.
//
// After an error an expression has MODE_INVALID and whoever uses it stays
// quiet. Untyped expressions keep an untyped kind until their context is known
// (check_assignable.c), so generation sees only typed ones.
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/foreign.h"

// --- what an expression is

static const char *const_suffix(Expr *e) {
    const char *text = ast_string(e), *val = const_string(e->val);
    return strcmp(text, val) == 0 ? "" : arena_printf(" %s", val);
}

// "x (variable of type int)", as Go words it.
const char *operand_string(Expr *e) {
    const char *s = ast_string(e), *t = e->type && e->type != type_invalid ? type_string(e->type) : "invalid type";
    switch (e->mode) {
    case MODE_NIL: return "nil";
    case MODE_TYPE: return arena_printf("%s (type)", s);
    case MODE_BUILTIN: return arena_printf("%s (built-in)", s);
    case MODE_NOVALUE: return arena_printf("%s (no value)", s);
    case MODE_CONST:
        if (type_is_untyped(e->type)) return arena_printf("%s (%s constant%s)", s, t, const_suffix(e));
        return arena_printf("%s (constant%s of type %s)", s, const_suffix(e)[0] ? const_suffix(e) : arena_printf(" %s", const_string(e->val)), t);
    case MODE_VAR: return arena_printf("%s (variable of type %s)", s, t);
    case MODE_MAPINDEX: return arena_printf("%s (map index expression of type %s)", s, t);
    case MODE_COMMAOK: return arena_printf("%s (comma, ok expression of type %s)", s, t);
    default:
        if (e->type && type_is_untyped(e->type)) return arena_printf("%s (%s value)", s, t);
        return arena_printf("%s (value of type %s)", s, t);
    }
}

enum { MAX_CONST_STRING = 64 << 20 }; // as long as a source file may be

// A typed constant result must fit its type, and each must fit the compiler.
void check_overflow(Expr *e) {
    if (e->mode != MODE_CONST) return;
    if (const_kind(e->val) == CONST_STRING && const_str_val(e->val).len > MAX_CONST_STRING) {
        error_in(e, "constant string too long (%lld bytes)", (long long)const_str_val(e->val).len);
        invalidate(e);
        return;
    }
    if (type_is_untyped(e->type)) {
        if (const_kind(e->val) == CONST_UNKNOWN || (const_kind(e->val) == CONST_INT && const_bit_len(e->val) > 512)) {
            source_error(e->pos, "constant %s overflow", e->kind == EXPR_BINARY ? (e->op == TOK_SHL ? "shift" : e->op == TOK_MUL ? "multiplication" : e->op == TOK_SUB ? "subtraction" : e->op == TOK_XOR ? "bitwise XOR" : e->op == TOK_QUO ? "division" : "addition") : e->op == TOK_XOR ? "bitwise complement" : "operation");
            invalidate(e);
        }
        return;
    }
    Const *rounded = e->val;
    if (!const_representable(e->val, type_under(e->type)->kind, &rounded)) {
        if (type_is_integer(e->type)) error_in(e, "%s (constant %s of type %s) overflows %s", ast_string(e), const_string(e->val), type_string(e->type), type_string(e->type));
        else error_in(e, "constant %s overflows %s", const_string(e->val), type_string(e->type));
        invalidate(e);
        return;
    }
    e->val = rounded;
}

// --- assertions

static void check_assertion(Expr *e) {
    Expr *x = e->assert_.x;
    check_value(x, NULL);
    if (!e->assert_.type) {
        error_in(e, "invalid syntax tree: use of .(type) outside type switch");
        invalidate(e);
        return;
    }
    Type *t = check_var_type(e->assert_.type);
    if (is_invalid(x) || t == type_invalid) {
        invalidate(e);
        return;
    }
    if (!type_is_interface(x->type)) {
        if (x->type->kind == TYPE_K_TYPE_PARAM) error_in(x, "invalid operation: cannot use type assertion on type parameter value %s", operand_string(x));
        else error_in(x, "invalid operation: %s is not an interface", operand_string(x));
        invalidate(e);
        return;
    }
    e->mode = MODE_COMMAOK;
    e->type = t;
    Method *missing = NULL;
    Object *have = NULL;
    bool ptr = false;
    if (!type_is_interface(t) && t->kind != TYPE_K_TYPE_PARAM && !ck.in_instance && !type_implements(t, x->type, &missing, &have, &ptr)) {
        error_in(e, "impossible type assertion: %s\n\t%s does not implement %s %s", ast_string(e), type_string(t), type_string(x->type), method_problem(t, missing, have, ptr));
        note_method(t, missing, have, ptr);
        invalidate(e);
    }
}

// --- comma, ok

bool has_comma_ok(Expr *e) { return e->mode == MODE_COMMAOK || e->mode == MODE_MAPINDEX; }

bool foreign_void(Expr *e) {
    Expr *u = ast_unparen(e);
    if (u->kind != EXPR_CALL || u->call.call_kind != CALL_FOREIGN) return false;
    e->mode = u->mode = MODE_COMMAOK;
    e->type = u->type = u->call.foreign->void_type;
    return true;
}

static bool is_foreign_call(Expr *e) {
    e = ast_unparen(e);
    return e->kind == EXPR_CALL && e->call.call_kind == CALL_FOREIGN;
}

// The second result of a C call is errno, of everything else a bool.
void want_comma_ok(Expr *e) {
    Type *pair[2] = {e->type, is_foreign_call(e) ? type_error : TY(KIND_BOOL)};
    for (;; e = e->paren.x) {
        e->flags |= EXPR_COMMA_OK;
        e->type = type_tuple(pair, 2);
        e->mode = MODE_VALUE;
        if (e->kind != EXPR_PAREN) return;
    }
}

// --- everything

static void check_paren(Expr *e, Type *hint) {
    Expr *x = e->paren.x;
    check_raw(x, hint);
    e->mode = x->mode;
    e->type = x->type;
    e->val = x->val;
}

static void check_by_kind(Expr *e, Type *hint) {
    switch (e->kind) {
    case EXPR_BAD: invalidate(e); return;
    case EXPR_IDENT: check_ident(e); return;
    case EXPR_BASIC_LIT: check_literal(e); return;
    case EXPR_COMPOSITE: check_composite(e, hint); return;
    case EXPR_FUNC_LIT: check_func_literal(e); return;
    case EXPR_PAREN: check_paren(e, hint); return;
    case EXPR_SELECTOR: check_selector(e); return;
    case EXPR_INDEX: check_index(e); return;
    case EXPR_SLICE: check_slice(e); return;
    case EXPR_TYPE_ASSERT: check_assertion(e); return;
    case EXPR_CALL:
        check_call(e);
        ck.calls += ast_is_call(e);
        return;
    case EXPR_STAR: check_star(e); return;
    case EXPR_UNARY:
        check_unary(e);
        ck.calls += ast_is_call(e);
        return;
    case EXPR_RECV_POST:
        check_receive_post(e);
        ck.calls++;
        return;
    case EXPR_BINARY: check_binary_expr(e); return;
    case EXPR_KEY_VALUE:
        error_in(e, "unexpected key:value expression");
        invalidate(e);
        return;
    case EXPR_ELLIPSIS:
        error_in(e, "invalid use of '...'");
        invalidate(e);
        return;
    default:
        if (check_type(e) == type_invalid) invalidate(e);
        return;
    }
}

// Values have types whose structure is known: an expression inside of a type's
// own declaration must not depend on it.
void check_raw(Expr *e, Type *hint) {
    check_by_kind(e, hint);
    if (e->mode == MODE_INVALID || e->mode == MODE_TYPE || !e->type || e->type->kind != TYPE_K_NAMED || e->type->underlying) return;
    if (!require_complete(e->type, e->start)) invalidate(e);
}

void check_expr_or_type(Expr *e) {
    check_raw(e, NULL);
    if (e->mode == MODE_NOVALUE) {
        error_in(e, "%s (no value) used as value", ast_string(e));
        invalidate(e);
    } else if (e->mode == MODE_BUILTIN) {
        error_in(e, "%s (built-in) must be called", ast_string(e));
        invalidate(e);
    } else if (e->mode != MODE_INVALID && e->type->kind == TYPE_K_TUPLE) {
        error_in(e, "multiple-value %s (value of type %s) in single-value context", ast_string(e), type_string(e->type));
        advise_results(e, 1);
        invalidate(e);
    }
}

void check_value(Expr *e, Type *hint) {
    check_raw(e, hint);
    switch (e->mode) {
    case MODE_NOVALUE: error_in(e, "%s (no value) used as value", ast_string(e)); break;
    case MODE_BUILTIN: error_in(e, "%s (built-in) must be called", ast_string(e)); break;
    case MODE_TYPE: error_in(e, "%s (type) is not an expression", ast_string(e)); break;
    default:
        if (e->mode == MODE_INVALID || e->type->kind != TYPE_K_TUPLE) return;
        error_in(e, "multiple-value %s (value of type %s) in single-value context", ast_string(e), type_string(e->type));
        advise_results(e, 1);
    }
    invalidate(e);
}

void check_multi(Expr *e) {
    check_raw(e, NULL);
    if (e->mode == MODE_NOVALUE && foreign_void(e)) return; // _, err := C.f()
    if (e->mode == MODE_NOVALUE) error_in(e, "%s (no value) used as value", ast_string(e));
    else if (e->mode == MODE_BUILTIN) error_in(e, "%s (built-in) must be called", ast_string(e));
    else if (e->mode == MODE_TYPE) error_in(e, "%s (type) is not an expression", ast_string(e));
    else return;
    invalidate(e);
}
