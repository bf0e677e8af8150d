// SPDX-License-Identifier: MIT
// gen_order.c: which parts of an expression are evaluated first.
//
// The language orders calls, receives and logical operations among each other
// and leaves open when variables are read. Programs rely on what Go's compiler
// does: the calls of a statement come first, in the order of the source, and
// what can change through them (variables that others see, fields, elements)
// is read behind the last one; `total += visit(n)` adds to the total that
// visit has left. What may panic stands behind the calls in the same way.
//
// A tree is looked through once, from its root: a statement's operands, a
// condition, or the operands of a unit. Units are the parts that are evaluated
// by themselves and in order: calls, receives, logical operations with calls in
// them, and lengths and other builtins, slices, assertions and method values,
// which are no calls but take their turn. Where something is read before a call, the units up to that call
// are evaluated at the root into slots, and gen() finds them there. Statements
// without calls (Stmt.calm) are in order as they are.
#include "compiler/gen_impl.h"

typedef struct Scan {
    VEC(Expr *) units;
    uint32_t wanted;  // so many of them must come first
    bool read;        // something was passed that a call could change
} Scan;

static void scan(Scan *s, Expr *e);

static void scan_list(Scan *s, ExprList *l) {
    for (uint32_t i = 0; i < l->len; i++) scan(s, l->at[i]);
}

static bool is_logical(Expr *e) { return e->kind == EXPR_BINARY && (e->op == TOK_LAND || e->op == TOK_LOR); }

// Conversions, min and max have no turn of their own.
static bool is_transparent(Expr *call) {
    if (call->call.call_kind == CALL_CONVERSION) return true;
    return call->call.call_kind == CALL_BUILTIN && (call->call.builtin == BUILTIN_min || call->call.builtin == BUILTIN_max);
}

static bool is_method_value(Expr *e) { return e->kind == EXPR_SELECTOR && e->selector.selection && e->selector.selection->kind != SEL_FIELD; }

bool order_is_unit(Expr *e) {
    switch ((int)e->kind) {
    case EXPR_CALL: return !is_transparent(e);
    case EXPR_SLICE: case EXPR_TYPE_ASSERT: case EXPR_RECV_POST: return true;
    case EXPR_UNARY: return e->op == TOK_ARROW;
    case EXPR_SELECTOR: return is_method_value(e);
    default: return is_logical(e);
    }
}

static bool find_call(Expr *e, void *ctx) {
    if (ast_is_call(e)) *(bool *)ctx = true;
    return !*(bool *)ctx && e->kind != EXPR_FUNC_LIT;
}

static bool has_call(Expr *e) {
    bool found = false;
    ast_visit(e, &(AstVisitor){.expr = find_call, .ctx = &found});
    return found;
}

static void scan_unit(Scan *s, Expr *e) {
    bool call = has_call(e);
    if (is_logical(e) && !call) {
        s->read = true;
        return;
    }
    VEC_PUSH(&s->units, e);
    if (call && s->read) s->wanted = s->units.len;
    if (!call) s->read = true;
}

static bool may_change(const Object *o) {
    return o && o->kind == OBJ_VAR && (o->c || o->flags & OBJF_GLOBAL || o->gen_flags == VAR_BOX || o->gen_flags == VAR_GLOBAL);
}

static void scan_selector(Scan *s, Expr *e) {
    Selection *sel = e->selector.selection;
    if (!sel) {
        if (may_change(e->selector.obj)) s->read = true;
        return;
    }
    scan(s, e->selector.x);
    if (sel->indirect || type_under(sel->recv)->kind == KIND_POINTER) s->read = true;
}

static void scan_binary(Scan *s, Expr *e) {
    scan(s, e->binary.x);
    scan(s, e->binary.y);
    bool fails = e->op == TOK_QUO || e->op == TOK_REM || e->op == TOK_SHL || e->op == TOK_SHR;
    if (fails && e->binary.y->mode != MODE_CONST) s->read = true;
}

static void scan_composite(Scan *s, Expr *e) {
    bool keys = type_core(e->type) && type_core(e->type)->kind == KIND_MAP;
    for (uint32_t i = 0; i < e->composite.elems.len; i++) {
        Expr *v = e->composite.elems.at[i];
        if (v->kind == EXPR_KEY_VALUE) {
            if (keys) scan(s, v->kv.key);
            v = v->kv.value;
        }
        scan(s, v);
    }
}

static void scan(Scan *s, Expr *e) {
    e = ast_unparen(e);
    if (e->mode == MODE_CONST || e->mode == MODE_NIL || e->mode == MODE_TYPE) return;
    if (order_is_unit(e)) {
        scan_unit(s, e);
        return;
    }
    switch ((int)e->kind) {
    case EXPR_IDENT:
        if (may_change(e->ident.obj)) s->read = true;
        break;
    case EXPR_SELECTOR: scan_selector(s, e); break;
    case EXPR_INDEX:
        if (e->index.instance) break;
        scan(s, e->index.x);
        scan_list(s, &e->index.index);
        s->read = true;
        break;
    case EXPR_STAR:
        scan(s, e->unary.x);
        s->read = true;
        break;
    case EXPR_UNARY: scan(s, e->unary.x); break;
    case EXPR_BINARY: scan_binary(s, e); break;
    case EXPR_CALL: scan_list(s, &e->call.args); break;
    case EXPR_COMPOSITE:
        if (e->type) scan_composite(s, e);
        break;
    default: break;
    }
}

static void scan_call(Scan *s, Expr *e) {
    ExprList *args = &e->call.args;
    if (args->len == 1 && args->at[0]->type && args->at[0]->type->kind == TYPE_K_TUPLE) return;
    if (e->call.call_kind != CALL_BUILTIN && !e->call.instance) {
        Expr *f = ast_unparen(e->call.fn);
        if (is_method_value(f)) scan_selector(s, f);
        else scan(s, f);
    }
    scan_list(s, args);
}

// The operands of a unit, or the tree below any other root.
static void scan_root(Scan *s, Expr *e) {
    if (!order_is_unit(e)) {
        scan(s, e);
        return;
    }
    switch ((int)e->kind) {
    case EXPR_CALL: scan_call(s, e); break;
    case EXPR_SLICE:
        scan(s, e->slice.x);
        if (e->slice.lo) scan(s, e->slice.lo);
        if (e->slice.hi) scan(s, e->slice.hi);
        if (e->slice.max) scan(s, e->slice.max);
        break;
    case EXPR_TYPE_ASSERT: scan(s, e->assert_.x); break;
    case EXPR_SELECTOR: scan_selector(s, e); break;
    default: break; // one operand, or conditions that are roots themselves
    }
}

static Order begin(FuncGen *g) {
    Order o = {.ordered = g->ordered, .early = g->early.len};
    g->ordered = true;
    return o;
}

static void evaluate(FuncGen *g, Scan *s) {
    if (!s->wanted) return;
    g->ordered = false;
    for (uint32_t i = 0; i < s->wanted; i++) {
        EarlyValue v = {s->units.at[i], expr(g, s->units.at[i])};
        VEC_PUSH(&g->early, v);
    }
    g->ordered = true;
}

Order order_begin(FuncGen *g, Expr *e) {
    Order o = begin(g);
    if (g->calm) return o;
    Scan s = {0};
    e = ast_unparen(e);
    if (is_logical(e)) g->ordered = false;
    else {
        scan_root(&s, e);
        evaluate(g, &s);
    }
    return o;
}

Order order_begin_assign(FuncGen *g, ExprList *to, ExprList *from) {
    Order o = begin(g);
    if (g->calm) return o;
    Scan s = {0};
    for (uint32_t i = 0; to && i < to->len; i++)
        if (ast_unparen(to->at[i])->kind != EXPR_IDENT) scan(&s, to->at[i]);
    if (to && to->len != from->len) s.wanted = s.units.len; // a call behind all of it
    else scan_list(&s, from);
    evaluate(g, &s);
    return o;
}

Order order_begin_pair(FuncGen *g, Expr *x, Expr *y) {
    Order o = begin(g);
    if (g->calm) return o;
    Scan s = {0};
    scan(&s, x);
    scan(&s, y);
    evaluate(g, &s);
    return o;
}

void order_end(FuncGen *g, Order o) {
    g->ordered = o.ordered;
    g->early.len = o.early;
}

bool order_early(FuncGen *g, Expr *e, uint32_t *slot) {
    for (uint32_t i = g->early.len; i-- > 0;)
        if (g->early.at[i].e == e) {
            *slot = g->early.at[i].slot;
            return true;
        }
    return false;
}
