// SPDX-License-Identifier: MIT
// check_unary.c: operators with one operand: *x, &x, <-x, c? of the notation, and
// those of arithmetic and logic.
#include "compiler/check_impl.h"
#include "compiler/foreign.h"
#include "compiler/notation.h"

void check_star(Expr *e) {
    Expr *x = e->unary.x;
    check_expr_or_type(x);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    if (x->mode == MODE_TYPE) {
        if (check_type(e) == type_invalid) invalidate(e);
        return;
    }
    if (x->mode == MODE_NIL) {
        error_in(e, "invalid operation: cannot indirect nil");
        invalidate(e);
        return;
    }
    Type *u = type_core(x->type);
    if (!u || u->kind != KIND_POINTER) {
        error_in(e, "invalid operation: cannot indirect %s", operand_string(x));
        invalidate(e);
        return;
    }
    e->mode = MODE_VAR;
    e->type = u->elem;
    if (e->type == type_invalid) invalidate(e);
}

static void check_address(Expr *e) {
    Expr *x = e->unary.x, *inner = ast_unparen(x);
    check_value(x, NULL);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    const Selection *s = inner->kind == EXPR_SELECTOR ? inner->selector.selection : NULL;
    if (s && s->member && s->member->bits) {
        error_in(e, "invalid operation: cannot take address of %s (a bit-field)", operand_string(x));
        invalidate(e);
        return;
    }
    if (inner->kind != EXPR_COMPOSITE && x->mode != MODE_VAR) {
        error_in(e, "invalid operation: cannot take address of %s", operand_string(x));
        invalidate(e);
        return;
    }
    if (inner->kind != EXPR_COMPOSITE) mark_address(x);
    set_value(e, type_pointer_to(x->type));
}

static void check_receive(Expr *e) {
    Expr *x = e->unary.x;
    check_value(x, NULL);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    Type *u = x->mode == MODE_NIL ? NULL : type_core(x->type);
    if (!u || u->kind != KIND_CHAN) {
        error_in(e, "invalid operation: cannot receive from non-channel %s", operand_string(x));
        invalidate(e);
        return;
    }
    if (u->chan_dir == 2) {
        error_in(e, "invalid operation: cannot receive from send-only channel %s", operand_string(x));
        invalidate(e);
        return;
    }
    note_direction(x, MAY_INPUT);
    e->mode = MODE_COMMAOK;
    e->type = u->elem;
}

// c? of the notation
void check_receive_post(Expr *e) {
    check_receive(e);
    if (e->mode == MODE_COMMAOK) e->mode = MODE_VALUE;
}

static bool unary_defined(int op, Type *t) {
    switch (op) {
    case TOK_ADD: case TOK_SUB: return type_is_numeric(t);
    case TOK_XOR: return type_is_integer(t);
    default: return type_is_boolean(t);
    }
}

static int unsigned_bits(Type *t) {
    switch (type_under(t)->kind) {
    case KIND_UINT8: return 8;
    case KIND_UINT16: return 16;
    case KIND_UINT32: return 32;
    case KIND_UINT: case KIND_UINT64: case KIND_UINTPTR: return 64;
    default: return 0;
    }
}

void check_unary(Expr *e) {
    if (e->op == TOK_AND) {
        check_address(e);
        return;
    }
    if (e->op == TOK_ARROW) {
        check_receive(e);
        return;
    }
    Expr *x = e->unary.x;
    if (e->op == TOK_TILDE) {
        check_value(x, NULL);
        error_in(e, "cannot use ~ outside of interface or type constraint");
        invalidate(e);
        return;
    }
    check_value(x, NULL);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    if (x->mode == MODE_NIL || !unary_defined(e->op, x->type)) {
        error_in(e, "invalid operation: operator %s not defined on %s", token_text[e->op], operand_string(x));
        invalidate(e);
        return;
    }
    if (x->mode == MODE_CONST) {
        Const *v = x->val;
        if (e->op == TOK_XOR) v = const_to_int(v);
        set_const(e, x->type, const_unary(e->op, v, unsigned_bits(x->type)));
        check_overflow(e);
        return;
    }
    set_value(e, x->type);
}
