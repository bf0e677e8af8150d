// SPDX-License-Identifier: MIT
// gen_loop.c: loops: for, range, range over a function.
//
// Loops are laid out with the condition at the bottom, so that an iteration
// takes one jump. Constants that instructions want in slots are put there
// before the outermost loop, what all rounds of an innermost loop share before
// that one.
#include <string.h>

#include "compiler/gen_impl.h"

// --- constants in loops

enum { MAX_LOOP_CONSTS = 24 };

static void want_const(FuncGen *g, Expr *e, Type *t) {
    uint64_t bits;
    uint32_t slot;
    e = ast_unparen(e);
    if (e->mode != MODE_CONST || g->loop_consts.len == MAX_LOOP_CONSTS || loop_const(g, e->val, t, &slot) || !const_word(e->val, t, &bits)) return;
    LoopConst c = {bits, slot_word(g, false)};
    if (bits + 0x80000000u <= UINT32_MAX) emit_int(g, c.slot, (int64_t)bits);
    else emit_ext(g, OP_LOAD_K, c.slot, 0, 0, bits);
    VEC_PUSH(&g->loop_consts, c);
}

static void want_operands(FuncGen *g, int op, Expr *x, Expr *y) {
    Type *t = type_is_untyped(x->type) ? y->type : x->type;
    int64_t v;
    if (op == TOK_LAND || op == TOK_LOR) return;
    if (token_is_comparison(op)) {
        if (!small_const(x, INT16_MIN, INT16_MAX, &v)) want_const(g, x, t);
        if (!small_const(y, INT16_MIN, INT16_MAX, &v)) want_const(g, y, t);
        return;
    }
    bool commutes = op == TOK_ADD || op == TOK_MUL || op == TOK_AND;
    if (!immediate_form(op, t, y)) want_const(g, y, op == TOK_SHL || op == TOK_SHR ? y->type : t);
    if (!(commutes && immediate_form(op, t, x))) want_const(g, x, t);
}

static bool want_in_expr(Expr *e, void *ctx);
static void want_in_stmt(Stmt *s, void *ctx);

// The arguments and the body of a call that is going to be inlined.
static void want_in_call(FuncGen *g, Expr *e) {
    FuncInfo *f = inline_callee(g, e);
    if (!f) return;
    for (uint32_t i = 0; i < f->nparams; i++)
        if (!(f->params[i]->flags & OBJF_REASSIGNED)) want_const(g, e->call.args.at[i], f->params[i]->type);
    f->inlining = true;
    ast_visit_stmt(f->body, &(AstVisitor){want_in_expr, want_in_stmt, g});
    f->inlining = false;
}

static bool want_in_expr(Expr *e, void *ctx) {
    if (e->mode == MODE_CONST || e->mode == MODE_TYPE || e->kind == EXPR_FUNC_LIT) return false;
    if (e->kind == EXPR_BINARY) want_operands(ctx, e->op, e->binary.x, e->binary.y);
    else if (e->kind == EXPR_CALL) want_in_call(ctx, e);
    else if (e->kind == EXPR_INDEX && !e->index.instance && e->mode != MODE_MAPINDEX && !(e->flags & EXPR_COMMA_OK)) {
        Type *u = type_core(e->index.x->type);
        if (u && u->kind == KIND_SLICE) want_const(ctx, e->index.index.at[0], TY(KIND_INT));
    }
    return true;
}

static void want_in_stmt(Stmt *s, void *ctx) {
    if (s->kind == STMT_FOR && s->for_.post && s->for_.post->kind == STMT_ASSIGN && s->for_.post->op == TOK_ADD) want_const(ctx, s->for_.post->assign.rhs.at[0], s->for_.post->assign.lhs.at[0]->type);
    if (s->kind == STMT_ASSIGN && s->op != TOK_ASSIGN) {
        want_operands(ctx, s->op, s->assign.lhs.at[0], s->assign.rhs.at[0]);
    } else if (s->kind == STMT_ASSIGN && s->assign.lhs.len == s->assign.rhs.len) {
        for (uint32_t i = 0; i < s->assign.lhs.len; i++) {
            Expr *to = ast_unparen(s->assign.lhs.at[i]);
            if (to->kind != EXPR_IDENT) want_const(ctx, s->assign.rhs.at[i], to->type);
        }
    } else if (s->kind == STMT_FOR && s->for_.cond) {
        Expr *c = ast_unparen(s->for_.cond);
        if (c->kind == EXPR_BINARY && (c->op == TOK_LSS || c->op == TOK_LEQ) && type_is_integer(c->binary.x->type)) want_const(ctx, c->binary.y, c->binary.x->type);
    }
}

static void enter_loop(FuncGen *g, Stmt *s) {
    if (g->loop_depth++ == 0) ast_visit_stmt(s, &(AstVisitor){want_in_expr, want_in_stmt, g});
}

static void leave_loop(FuncGen *g) {
    g->hoisted.len = 0; // loops around are no innermost ones
    if (--g->loop_depth == 0) g->loop_consts.len = 0;
}

// --- what is the same in all rounds of a loop
//
// Sums and products of variables that an innermost loop does not change, and of
// constants, are computed before it: they can not fail, so nobody sees when.
// Variables in slots change by the loop's own statements only.

enum { MAX_HOISTED = 6, MAX_CHANGED = 24, MAX_FOUND = 24 };

typedef struct Hoist {
    Object *changed[MAX_CHANGED];
    uint32_t nchanged;
    Expr *found[MAX_FOUND]; // what may be the same in all rounds, outside in
    uint32_t nfound;
    bool never;
} Hoist;

static void changes(Hoist *h, Expr *e) {
    e = ast_unparen(e);
    if (e->kind != EXPR_IDENT || !e->ident.obj) return;
    if (h->nchanged == MAX_CHANGED) h->never = true;
    else h->changed[h->nchanged++] = e->ident.obj;
}

static void range_changes(Hoist *h, Stmt *s) {
    if (s->range.key) changes(h, s->range.key);
    if (s->range.value) changes(h, s->range.value);
}

static void find_changes(Stmt *s, void *ctx) {
    Hoist *h = ctx;
    switch ((StmtKind)s->kind) {
    case STMT_INCDEC: changes(h, s->incdec.x); break;
    case STMT_ASSIGN: case STMT_DEFINE:
        for (uint32_t i = 0; i < s->assign.lhs.len; i++) changes(h, s->assign.lhs.at[i]);
        break;
    case STMT_DECL:
        for (Decl *d = s->decl.decl; d; d = d->next_in_group) h->never |= d->kind == DECL_VAR;
        break;
    case STMT_EMPTY: case STMT_EXPR: case STMT_SEND: case STMT_RETURN: case STMT_BRANCH: case STMT_BLOCK: case STMT_IF: case STMT_SWITCH: break;
    case STMT_FOR: case STMT_RANGE: // no innermost loop
    case STMT_BAD: case STMT_GO: case STMT_DEFER: case STMT_TYPE_SWITCH: case STMT_SELECT: case STMT_LABELED: case STMT_INPUT: case STMT_GUARDED:
    case STMT_PARALLEL: case STMT_KIND_COUNT: h->never = true;
    }
}

static bool is_sum(Expr *e) {
    if (e->kind != EXPR_BINARY || e->mode == MODE_CONST) return false;
    switch (e->op) {
    case TOK_ADD: case TOK_SUB: case TOK_MUL: return type_under(e->type)->kind == KIND_FLOAT64 || (type_is_integer(e->type) && type_size(e->type) == 8);
    case TOK_AND: case TOK_OR: case TOK_XOR: case TOK_AND_NOT: return type_size(e->type) == 8;
    default: return false;
    }
}

static bool is_same_variable(const Hoist *h, Object *o) {
    if (!o || o->kind != OBJ_VAR || o->flags & OBJF_GLOBAL || o->gen_flags != VAR_SLOT) return false;
    for (uint32_t i = 0; i < h->nchanged; i++)
        if (h->changed[i] == o) return false;
    return true;
}

static bool same_in_all_rounds(const Hoist *h, Expr *e) {
    e = ast_unparen(e);
    if (e->mode == MODE_CONST) return true;
    if (e->kind == EXPR_IDENT) return is_same_variable(h, e->ident.obj);
    return is_sum(e) && same_in_all_rounds(h, e->binary.x) && same_in_all_rounds(h, e->binary.y);
}

static bool may_be_same(Expr *e) {
    e = ast_unparen(e);
    return e->kind == EXPR_IDENT || e->kind == EXPR_BINARY || e->mode == MODE_CONST;
}

static bool find_sums(Expr *e, void *ctx) {
    Hoist *h = ctx;
    if (e->mode == MODE_CONST || e->mode == MODE_TYPE || e->kind == EXPR_FUNC_LIT || h->never) return false;
    if (e->kind == EXPR_BINARY && h->nfound < MAX_FOUND && may_be_same(e->binary.x) && may_be_same(e->binary.y) && is_sum(e)) h->found[h->nfound++] = e;
    return true;
}

static bool is_within(Expr *whole, const Expr *part) {
    whole = ast_unparen(whole);
    return whole == part || (whole->kind == EXPR_BINARY && (is_within(whole->binary.x, part) || is_within(whole->binary.y, part)));
}

static void hoist_sum(FuncGen *g, Expr *e) {
    for (uint32_t i = 0; i < g->hoisted.len; i++)
        if (is_within(g->hoisted.at[i].expr, e)) return;
    if (g->hoisted.len == MAX_HOISTED) return;
    uint32_t slot = slot_word(g, false);
    expr_to(g, e, slot);
    VEC_PUSH(&g->hoisted, ((Hoisted){e, slot}));
}

static void hoist(FuncGen *g, Stmt *s) {
    Hoist h;
    h.nchanged = h.nfound = 0;
    h.never = false;
    AstVisitor v = {find_sums, find_changes, &h};
    if (s->kind == STMT_FOR) {
        ast_visit(s->for_.cond, &v);
        ast_visit_stmt(s->for_.post, &v);
        ast_visit_stmt(s->for_.body, &v);
    } else {
        range_changes(&h, s);
        ast_visit_stmt(s->range.body, &v);
    }
    if (h.never) return;
    for (uint32_t i = 0; i < h.nfound; i++)
        if (same_in_all_rounds(&h, h.found[i])) hoist_sum(g, h.found[i]);
}

// --- loops

static void loop_body(FuncGen *g, Stmt *s, Stmt *body, Label *end, Label *next) {
    Target t = {g->targets, s, end, next};
    Label *fall = g->fall;
    g->fall = NULL;
    g->targets = &t;
    stmt(g, body);
    g->targets = t.up;
    g->fall = fall;
}

typedef struct Counter { // of a for statement: x op limit; x++, x-- or x += step
    Expr *x, *limit, *step;
    int op;
    bool down;
} Counter;

// The condition is looked at anew in each round, after the step: an
// instruction that does both finds its operands evaluated before.
static bool counter_of(Stmt *s, Counter *k) {
    Stmt *post = s->for_.post;
    Expr *c = s->for_.cond ? ast_unparen(s->for_.cond) : NULL;
    if (!post || !c || c->kind != EXPR_BINARY) return false;
    bool adds = post->kind == STMT_ASSIGN && post->op == TOK_ADD;
    if (post->kind != STMT_INCDEC && !adds) return false;
    Expr *v = ast_unparen(adds ? post->assign.lhs.at[0] : post->incdec.x);
    *k = (Counter){.x = ast_unparen(c->binary.x), .limit = c->binary.y, .op = c->op, .down = post->op == TOK_DEC, .step = adds ? post->assign.rhs.at[0] : NULL};
    if (k->x->kind != EXPR_IDENT || v->kind != EXPR_IDENT || k->x->ident.obj != v->ident.obj) return false;
    Object *o = k->x->ident.obj;
    if (!o || o->kind != OBJ_VAR || o->flags & OBJF_GLOBAL || o->gen_flags != VAR_SLOT) return false;
    uint8_t kind = type_under(k->x->type)->kind;
    if (kind != KIND_INT && kind != KIND_INT64) return false;
    return !mentions(k->limit, o);
}

// Step and condition of a loop over an int variable in a slot, in one
// instruction; false when there is none for them.
static bool counted_loop(FuncGen *g, Stmt *s, Label *top) {
    Counter k;
    if (!counter_of(s, &k)) return false;
    uint32_t mark = g->top, i = (uint32_t)k.x->ident.obj->gen_slot;
    int64_t last;
    if (k.down) {
        if ((k.op != TOK_GTR && k.op != TOK_GEQ) || k.limit->mode != MODE_CONST || !const_is_int64(k.limit->val, &last)) return false;
        if (k.op == TOK_GTR) last++;
        if (last < INT16_MIN || last > INT16_MAX) return false;
        emit_branch(g, OP_FOR_GE_I, i, (uint32_t)last & 0xffff, top);
        return true;
    }
    if ((k.op != TOK_LSS && k.op != TOK_LEQ) || (k.step && g->far)) return false;
    if (k.step) {
        uint32_t step = expr_as(g, k.step, k.x->type, ANY), limit = expr_as(g, k.limit, k.x->type, ANY);
        emit_step_loop(g, k.op == TOK_LEQ, i, limit, step, top);
    } else {
        emit_loop(g, k.op == TOK_LSS ? OP_FOR_LT : OP_FOR_LE, i, expr_as(g, k.limit, k.x->type, ANY), top);
    }
    g->top = mark;
    return true;
}

static void fresh_loop_vars(FuncGen *g, Stmt *s) {
    for (uint32_t i = 0; i < s->for_.loop_vars.len; i++) {
        Object *o = s->for_.loop_vars.at[i];
        if (o->gen_flags != VAR_BOX || !(o->flags & (OBJF_CAPTURED | OBJF_ADDR_TAKEN))) continue;
        uint32_t mark = g->top, b = slot_word(g, true);
        const TypeDesc *d = lower_type(o->type);
        emit_new(g, b, d);
        emit_ptr(g, OP_COPY_MEM, b, (uint32_t)o->gen_slot, 0, d);
        emit_move(g, (uint32_t)o->gen_slot, b, 1);
        g->top = mark;
    }
}

void for_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    Label top, next, end;
    label_init(&top);
    label_init(&next);
    label_init(&end);
    if (s->for_.init) stmt(g, s->for_.init);
    enter_loop(g, s);
    hoist(g, s);
    if (s->for_.cond) {
        emit_line(g, s->for_.cond->pos);
        cond_jump(g, s->for_.cond, false, &end);
    }
    label_here(g, &top);
    loop_body(g, s, s->for_.body, &end, &next);
    label_behind(g, &next);
    fresh_loop_vars(g, s);
    if (s->for_.post) emit_line(g, s->for_.post->pos);
    if (!counted_loop(g, s, &top)) {
        if (s->for_.post) stmt(g, s->for_.post);
        if (s->for_.cond) cond_jump(g, s->for_.cond, true, &top);
        else emit_jump(g, &top);
    }
    label_here(g, &end);
    leave_loop(g);
    g->top = mark;
}

// --- range

static Object *range_obj(Expr *e, bool define) {
    return define && e && e->kind == EXPR_IDENT ? e->ident.obj : NULL;
}

static bool is_blank_expr(Expr *e) { return !e || (e->kind == EXPR_IDENT && strcmp(e->ident.name->text, "_") == 0); }

// Gives an iteration's value v to the range clause's variable or place.
static void range_assign(FuncGen *g, Stmt *s, Expr *to, uint32_t v, Type *from) {
    if (is_blank_expr(to)) return;
    Object *o = range_obj(to, s->range.define);
    uint32_t mark = g->top;
    if (o && (o->flags & OBJF_LOOP)) init_var(g, o, convert_slots(g, v, from, o->type, ANY));
    else {
        Place p = o ? place_var(g, o) : place_of(g, to);
        place_store(g, &p, convert_slots(g, v, from, p.type, ANY));
    }
    g->top = mark;
}

// Are both values assigned to existing places? The operands of both places are
// then evaluated before either changes.
static bool is_pair(Stmt *s) { return !s->range.define && !is_blank_expr(s->range.key) && !is_blank_expr(s->range.value); }

static void range_assign_pair(FuncGen *g, Stmt *s, uint32_t k, Type *kt, uint32_t v, Type *vt) {
    uint32_t mark = g->top;
    Place p[2] = {place_of(g, s->range.key)};
    freeze_place(g, &p[0]);
    p[1] = place_of(g, s->range.value);
    freeze_place(g, &p[1]);
    place_store(g, &p[0], convert_slots(g, k, kt, p[0].type, ANY));
    place_store(g, &p[1], convert_slots(g, v, vt, p[1].type, ANY));
    g->top = mark;
}

// Before Go 1.22 all iterations share one variable.
static void range_declare(FuncGen *g, Stmt *s) {
    Object *vars[2] = {range_obj(s->range.key, s->range.define), range_obj(s->range.value, s->range.define)};
    for (int i = 0; i < 2; i++) {
        if (!vars[i]) continue;
        declare_var(g, vars[i]);
        if (!(vars[i]->flags & OBJF_LOOP)) init_var_zero(g, vars[i]);
    }
}

// The counter itself can be the variable when nobody else changes it.
static bool is_counter(Stmt *s) {
    Object *o = range_obj(s->range.key, s->range.define);
    return o && o->gen_flags == VAR_SLOT && !(o->flags & OBJF_REASSIGNED);
}

typedef struct RangeLoop {
    Label top, next, end;
    uint32_t counter, limit;
    Opcode op;       // of its end: FOR_LT, or one that takes the next element
    uint32_t value;  // to there
} RangeLoop;

static void range_count_begin(FuncGen *g, Stmt *s, RangeLoop *l, Type *kt) {
    label_init(&l->top);
    label_init(&l->next);
    label_init(&l->end);
    bool own = is_counter(s);
    l->counter = own ? (uint32_t)range_obj(s->range.key, true)->gen_slot : slot_word(g, false);
    emit_int(g, l->counter, 0);
    emit_branch(g, OP_JLE, l->limit, l->counter, &l->end);
    if (l->op != OP_FOR_LT) {
        Place first = {.kind = PLACE_INDEX, .slot = l->limit - 1, .index = l->counter, .type = range_obj(s->range.value, true)->type};
        place_load(g, &first, l->value);
    }
    label_here(g, &l->top);
    if (!own && !is_pair(s)) range_assign(g, s, s->range.key, l->counter, kt);
}

static void range_count_end(FuncGen *g, Stmt *s, RangeLoop *l) {
    loop_body(g, s, s->range.body, &l->end, &l->next);
    label_behind(g, &l->next);
    if (l->op == OP_FOR_LT) emit_loop(g, OP_FOR_LT, l->counter, l->limit, &l->top);
    else emit_range_loop(g, l->op, l->counter, l->limit - 1, l->value, &l->top);
    label_here(g, &l->end);
}

// The end of a loop that gives each element to a variable in slots of its own.
static Opcode element_loop(FuncGen *g, Object *v, Type *elem) {
    if (!v || v->gen_flags != VAR_SLOT || g->far || !type_identical(v->type, elem)) return OP_FOR_LT;
    const TypeDesc *d = lower_type(elem);
    if (d->kind == KIND_UINT8 || d->kind == KIND_BOOL) return OP_FOR_RANGE_U8;
    return d->size == 8 ? OP_FOR_RANGE_64 : d->size == 16 ? OP_FOR_RANGE_2 : OP_FOR_LT;
}

static void range_int(FuncGen *g, Stmt *s) {
    RangeLoop l = {.op = OP_FOR_LT};
    Type *t = s->range.x->type;
    Object *k = range_obj(s->range.key, s->range.define);
    if (k) t = k->type;
    else if (type_is_untyped(t)) t = TY(KIND_INT);
    l.limit = slot_word(g, false);
    expr_as(g, s->range.x, t, l.limit);
    range_count_begin(g, s, &l, t);
    range_count_end(g, s, &l);
}

static void range_elements(FuncGen *g, Stmt *s, Type *u) {
    RangeLoop l = {.op = OP_FOR_LT};
    Expr *x = s->range.x;
    bool want_value = !is_blank_expr(s->range.value);
    Type *arr = u->kind == KIND_POINTER ? type_under(u->elem) : u;
    Type *elem = arr->elem;
    static const uint8_t kinds[3] = {SLOT_POINTER, SLOT_SCALAR, SLOT_SCALAR};
    uint32_t hdr = slot_run(g, kinds, 3);
    l.limit = hdr + 1;
    if (u->kind == KIND_SLICE) {
        expr_to(g, x, hdr);
    } else {
        uint32_t mark = g->top;
        if (want_value && u->kind == KIND_POINTER) {
            emit_move(g, hdr, expr(g, x), 1);
            if (arr->len) emit(g, OP_NIL_CHECK, 0, hdr, 0);
        }
        else if (want_value) { // a copy of the array
            Place p = place_of(g, x);
            const TypeDesc *d = lower_type(x->type);
            uint32_t box = slot_word(g, true);
            emit_new(g, box, d);
            if (d->size) {
                if (p.kind == PLACE_SLOT && !is_big(d)) store_mem(g, box, 0, x->type, place_load(g, &p, ANY));
                else emit_ptr(g, OP_COPY_MEM, box, place_addr(g, &p), 0, d);
            }
            emit_move(g, hdr, box, 1);
        } else if (!without_calls(x)) expr_discard(g, x); // else its length alone counts
        g->top = mark;
        emit_int(g, hdr + 1, arr->len);
    }
    Object *v = want_value ? range_obj(s->range.value, s->range.define) : NULL;
    l.op = element_loop(g, v, elem);
    if (l.op != OP_FOR_LT) l.value = (uint32_t)v->gen_slot;
    range_count_begin(g, s, &l, TY(KIND_INT));
    if (want_value && l.op == OP_FOR_LT) {
        Place p = {.kind = PLACE_INDEX, .slot = hdr, .index = l.counter, .type = elem};
        uint32_t mark = g->top;
        if (v && v->gen_flags == VAR_SLOT && type_identical(v->type, elem)) place_load(g, &p, v->gen_slot);
        else if (is_pair(s)) range_assign_pair(g, s, l.counter, TY(KIND_INT), place_load(g, &p, ANY), elem);
        else range_assign(g, s, s->range.value, place_load(g, &p, ANY), elem);
        g->top = mark;
    }
    range_count_end(g, s, &l);
}

static void range_string(FuncGen *g, Stmt *s) {
    Label top, end;
    label_init(&top);
    label_init(&end);
    uint32_t str = slot_alloc(g, lower_type(TY(KIND_STRING)));
    expr_to(g, s->range.x, str);
    static const uint8_t kinds[3] = {SLOT_SCALAR, SLOT_SCALAR, SLOT_SCALAR};
    uint32_t st = slot_run(g, kinds, 3);
    emit_int(g, st + 2, 0);
    label_here(g, &top);
    emit_branch(g, OP_RANGE_STR, st, str, &end);
    if (is_pair(s)) range_assign_pair(g, s, st, TY(KIND_INT), st + 1, type_rune);
    else {
        range_assign(g, s, s->range.key, st, TY(KIND_INT));
        range_assign(g, s, s->range.value, st + 1, type_rune);
    }
    loop_body(g, s, s->range.body, &end, &top);
    emit_jump(g, &top);
    label_here(g, &end);
}

static void range_map(FuncGen *g, Stmt *s, Type *u) {
    Label top, end;
    label_init(&top);
    label_init(&end);
    uint32_t it = slot_word(g, true);
    static const uint8_t kinds[2] = {SLOT_POINTER, SLOT_POINTER};
    uint32_t kv = slot_run(g, kinds, 2), mark = g->top;
    uint32_t m = expr(g, s->range.x);
    emit_ptr(g, OP_MAP_ITER, it, m, 0, lower_type(s->range.x->type));
    g->top = mark;
    label_here(g, &top);
    emit_branch(g, OP_MAP_NEXT, kv, it, &end);
    Type *types[2] = {u->key, u->elem};
    Expr *to[2] = {s->range.key, s->range.value};
    uint32_t got[2];
    for (int i = 0; i < 2; i++) {
        if (is_blank_expr(to[i])) continue;
        got[i] = slot_alloc(g, lower_type(types[i]));
        if (type_size(types[i])) load_mem(g, got[i], kv + (uint32_t)i, 0, types[i]);
        if (is_pair(s)) continue;
        range_assign(g, s, to[i], got[i], types[i]);
        g->top = mark;
    }
    if (is_pair(s)) range_assign_pair(g, s, got[0], types[0], got[1], types[1]);
    g->top = mark;
    loop_body(g, s, s->range.body, &end, &top);
    emit_jump(g, &top);
    label_here(g, &end);
}

static void range_chan(FuncGen *g, Stmt *s, Type *u) {
    Label top, end;
    label_init(&top);
    label_init(&end);
    Object *o = range_obj(s->range.key, s->range.define);
    bool own = o && o->gen_flags == VAR_SLOT && type_identical(o->type, u->elem); // no second place keeps the value alive
    uint32_t c = slot_word(g, true), ok = slot_word(g, false), v = own ? (uint32_t)o->gen_slot : slot_alloc(g, lower_type(u->elem));
    expr_to(g, s->range.x, c);
    label_here(g, &top);
    emit_line(g, s->pos);
    emit(g, OP_RECV, v, c, ok);
    emit_branch1(g, OP_JUMP_F, ok, &end);
    if (!own) range_assign(g, s, s->range.key, v, u->elem);
    loop_body(g, s, s->range.body, &end, &top);
    emit_jump(g, &top);
    label_here(g, &end);
}

// --- range over a function
//
// for k, v := range f { body } is the call f(func(k K, v V) bool { body }). The
// body's function answers true to go on. A branch or return that means more
// than this loop puts its number into the variable `exit`, answers false, and
// is done behind the call, or passed on where that is a body as well.

enum { RANGE_RETURN = -1, RANGE_RETURN_NAKED = -2 };

static void declare_hidden(FuncGen *g, Object *o) {
    declare_var(g, o);
    init_var_zero(g, o);
}

void return_from_range(FuncGen *g, Stmt *s) {
    RangeFunc *rf = g->info->range_body->range.func;
    FuncInfo *func = s->ret.func;
    if (s->ret.results.len) {
        uint32_t slots[256];
        Type *types[256];
        Order o = order_begin_assign(g, NULL, &s->ret.results);
        result_values(g, func, &s->ret.results, slots, types);
        order_end(g, o);
        for (uint32_t i = 0; i < func->nresults; i++) {
            Place p = place_var(g, rf->results[i]);
            place_store(g, &p, convert_slots(g, slots[i], types[i], p.type, ANY));
        }
    }
    leave_range(g, s->ret.results.len ? RANGE_RETURN : RANGE_RETURN_NAKED);
}

static void returned_in_range(FuncGen *g, RangeFunc *rf, int64_t exit) {
    if (g->info->range_body) {
        leave_range(g, exit);
        return;
    }
    uint32_t slot = FRAME_HEADER;
    for (uint32_t i = 0; exit == RANGE_RETURN && i < g->info->nresults; i++) {
        uint32_t mark = g->top;
        Place p = place_var(g, rf->results[i]);
        store_result(g, i, slot, place_load(g, &p, ANY), p.type);
        slot += value_slots(lower_type(p.type));
        g->top = mark;
    }
    gen_return(g);
}

// Skips to `no` unless the loop was left with number exit.
static void unless_exit(FuncGen *g, RangeFunc *rf, int64_t exit, Label *no) {
    uint32_t mark = g->top, k = slot_word(g, false);
    Place p = place_var(g, rf->exit);
    label_init(no);
    emit_int(g, k, exit);
    emit_branch(g, OP_JNE, place_load(g, &p, ANY), k, no);
    g->top = mark;
}

static void after_range_func(FuncGen *g, RangeFunc *rf) {
    Label no;
    for (uint32_t i = 0; i < rf->exits.len; i++) {
        unless_exit(g, rf, rf->exits.at[i]->branch.exit, &no);
        set_int_var(g, rf->exit, 0);
        branch(g, rf->exits.at[i]);
        label_here(g, &no);
    }
    for (int64_t exit = RANGE_RETURN; *rf->returns && exit >= RANGE_RETURN_NAKED; exit--) {
        unless_exit(g, rf, exit, &no);
        returned_in_range(g, rf, exit);
        label_here(g, &no);
    }
}

static void range_func(FuncGen *g, Stmt *s, Type *u) {
    RangeFunc *rf = s->range.func;
    if (rf->outermost) {
        declare_hidden(g, rf->exit);
        for (uint32_t i = 0; *rf->returns && i < g->info->nresults; i++) declare_hidden(g, rf->results[i]);
        declare_var(g, rf->frame);
        uint32_t frame = slot_word(g, false);
        emit(g, OP_FRAME, frame, 0, 0);
        init_var(g, rf->frame, frame);
    }
    declare_hidden(g, rf->state);
    uint32_t at, fn = expr(g, s->range.x), base = call_window(g, u, NULL, &at);
    func_closure_value(g, rf->body, at);
    emit_line(g, s->range.x->pos);
    emit_ext(g, OP_CALL_CLOSURE, base, fn, 0, call_counts(0, u, NULL));
    Place state = place_var(g, rf->state);
    emit(g, OP_RANGE_CHECK, 0, place_load(g, &state, ANY), 1);
    set_int_var(g, rf->state, RANGE_OVER);
    after_range_func(g, rf);
}

static void answer(FuncGen *g, RangeFunc *rf, RangeState state, bool more) {
    set_int_var(g, rf->state, state);
    emit_int(g, FRAME_HEADER, more);
    emit(g, OP_RET, 0, 0, 0);
}

void range_func_body(FuncGen *g, FuncInfo *info) {
    Stmt *s = info->range_body;
    RangeFunc *rf = s->range.func;
    Place state = place_var(g, rf->state);
    emit(g, OP_RANGE_CHECK, 0, place_load(g, &state, ANY), 0);
    set_int_var(g, rf->state, RANGE_RUNNING);
    range_declare(g, s);
    Expr *to[2] = {s->range.key, s->range.value};
    for (uint32_t i = 0; i < info->nparams; i++) {
        Place p = place_var(g, info->params[i]);
        range_assign(g, s, to[i], place_load(g, &p, ANY), p.type);
    }
    Label next, leave;
    label_init(&next);
    label_init(&leave);
    g->range_leave = &leave;
    loop_body(g, s, s->range.body, &leave, &next);
    label_here(g, &next);
    answer(g, rf, RANGE_READY, true);
    label_here(g, &leave);
    answer(g, rf, RANGE_DONE, false);
}

void range_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    Type *u = type_core(s->range.x->type);
    if (!u) u = type_under(s->range.x->type);
    emit_line(g, s->range.x->pos);
    if (u->kind == KIND_FUNC) {
        range_func(g, s, u);
        g->top = mark;
        return;
    }
    enter_loop(g, s);
    range_declare(g, s);
    hoist(g, s);
    if (type_is_integer(u) || type_is_untyped(u)) {
        if (u->kind == TYPE_K_UNTYPED_STRING) range_string(g, s);
        else range_int(g, s);
    } else if (u->kind == KIND_STRING) range_string(g, s);
    else if (u->kind == KIND_MAP) range_map(g, s, u);
    else if (u->kind == KIND_CHAN) range_chan(g, s, u);
    else range_elements(g, s, u);
    leave_loop(g);
    g->top = mark;
}
