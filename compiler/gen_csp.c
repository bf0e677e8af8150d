// SPDX-License-Identifier: MIT
// gen_csp.c: the commands of the notation.
//
// A guarded command tries its guards in the order of the text; what becomes of
// them depends on what they hold. Conditions alone make a chain of branches,
// that begins anywhere when more than one may be true. One input alone is a
// receive. Everything else is a select, whose arms are constant data, or are
// collected in a list when a guard stands for a range.
// A parallel command makes a network and starts a goroutine for each process.
#include <string.h>

#include "compiler/gen_impl.h"
#include "compiler/notation.h"

enum { OFF = 2 }; // in the slot of a channel: the guard fails (CHAN_OFF of the runtime)

// --- messages

static uint32_t parts_slots(Type *const *types, uint32_t n) {
    uint32_t total = 0;
    for (uint32_t i = 0; i < n; i++) total += value_slots(lower_type(types[i]));
    return total;
}

static uint32_t part_kinds(Type *t, uint8_t *kinds) {
    const TypeDesc *d = lower_type(t);
    uint32_t n = value_slots(d);
    for (uint32_t i = 0; i < n; i++) kinds[i] = is_big(d) || lower_word_is_ptr(d, i) ? SLOT_POINTER : SLOT_SCALAR;
    return n;
}

// The types of the values that travel together.
static uint32_t travelling(const Comm *c, Type *elem, Type *const **types, Type **one) {
    if (c && c->peer) {
        *types = c->shape->parts;
        return c->shape->nparts;
    }
    *one = elem;
    *types = one;
    return 1;
}

static Type *element(Expr *ch) { return type_core(ch->type)->elem; }

static uint32_t peer_channel(FuncGen *g, const Comm *c, bool out, uint32_t dst) {
    uint32_t mark = g->top, n = c->subs.len;
    uint8_t *kinds = arena_alloc(2 + n);
    kinds[0] = SLOT_POINTER;
    memset(kinds + 1, SLOT_SCALAR, 1 + n);
    uint32_t run = slot_run(g, kinds, 2 + n);
    Place net = place_var(g, c->peer->net->net), self = place_var(g, c->self->self);
    place_load(g, &net, run);
    place_load(g, &self, run + 1);
    for (uint32_t i = 0; i < n; i++) expr_as(g, c->subs.at[i], TY(KIND_INT), run + 2 + i);
    PeerSite *site = ARENA_NEW(PeerSite);
    const Shape *s = c->shape;
    const char *text = s->nparts == 1 && !s->cons ? arena_printf("(%s)", type_string(s->parts[0])) : shape_text(s->cons, s->parts, s->nparts);
    *site = (PeerSite){c->peer->number, n, s->number, parts_slots(s->parts, s->nparts), out, text};
    emit_ptr(g, OP_PEER, dst, run, 0, site);
    g->top = mark;
    return dst;
}

static Comm *comm_of(Stmt *s) { return s->kind == STMT_SEND ? s->send.comm : s->kind == STMT_INPUT ? s->input.comm : NULL; }

static Expr *channel_expr(Stmt *s) {
    switch (s->kind) {
    case STMT_SEND: return s->send.ch;
    case STMT_INPUT: return s->input.ch;
    case STMT_EXPR: return ast_unparen(s->expr.x)->unary.x;
    default: return ast_unparen(s->assign.rhs.at[0])->unary.x;
    }
}

void comm_channel(FuncGen *g, Stmt *s, uint32_t dst) {
    const Comm *c = comm_of(s);
    if (c && c->peer) peer_channel(g, c, s->kind == STMT_SEND, dst);
    else expr_to(g, channel_expr(s), dst);
}

static bool is_slot_var(Expr *e) {
    e = ast_unparen(e);
    return e->kind == EXPR_IDENT && e->ident.obj && e->ident.obj->kind == OBJ_VAR && !(e->ident.obj->flags & OBJF_GLOBAL) && e->ident.obj->gen_flags == VAR_SLOT;
}

// The slot of a target that can take the value as it comes, or NO_SLOT.
static uint32_t direct_target(Stmt *s, Type *const *types, uint32_t n) {
    const Comm *c = comm_of(s);
    if (s->kind != STMT_INPUT || n != 1 || c->parts.len != 1 || c->by_fields || c->filter || s->input.ok) return NO_SLOT;
    Expr *t = ast_unparen(c->parts.at[0]);
    if (!is_slot_var(t) || !type_identical(t->ident.obj->type, types[0]) || is_big(lower_type(types[0]))) return NO_SLOT;
    return (uint32_t)t->ident.obj->gen_slot;
}

static uint32_t message_run(FuncGen *g, Type *const *types, uint32_t n) {
    uint8_t *kinds = arena_alloc(parts_slots(types, n) + 1);
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) k += part_kinds(types[i], kinds + k);
    return slot_run(g, kinds, k);
}

static void message_to(FuncGen *g, Stmt *s, Type *const *types, uint32_t n, uint32_t run) {
    const Comm *c = s->send.comm;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t mark = g->top;
        expr_as(g, c && c->peer ? c->parts.at[i] : s->send.value, types[i], run);
        g->top = mark;
        run += value_slots(lower_type(types[i]));
    }
}

// Operands of a communication but the channel. A guard fails at the end of its
// partner, unless it asks for the second result.
void comm_arm(FuncGen *g, Stmt *s, Arm *a, bool guard) {
    Type *one;
    Type *const *types;
    const Comm *c = comm_of(s);
    a->elem = c && c->peer ? NULL : element(channel_expr(s));
    uint32_t n = travelling(c, a->elem, &types, &one);
    a->ok = NO_SLOT;
    a->slots = 0;
    a->kind = s->kind == STMT_SEND ? ARM_SEND : ARM_RECEIVE;
    a->fails = guard && (s->kind == STMT_SEND || (s->kind == STMT_INPUT && !s->input.ok));
    a->filter = c && c->filter ? lower_type(c->filter) : NULL;
    if (a->kind == ARM_SEND) {
        a->value = message_run(g, types, n);
        a->slots = g->top - a->value;
        message_to(g, s, types, n, a->value);
        return;
    }
    uint32_t direct = direct_target(s, types, n);
    a->value = direct == NO_SLOT ? message_run(g, types, n) : direct;
    if (!a->fails) {
        a->ok = slot_word(g, false);
        if (c && c->peer) emit_zero(g, a->value, parts_slots(types, n)); // a partner that does not exist gives nothing
    }
}

static void store_target(FuncGen *g, Expr *target, uint32_t v, Type *from) {
    uint32_t mark = g->top;
    Place p = place_of(g, target);
    if (p.kind != PLACE_BLANK) place_store(g, &p, convert_slots(g, v, from, p.type, ANY));
    g->top = mark;
}

static void take_fields(FuncGen *g, const Comm *c, Type *t, uint32_t v) {
    Type *u = type_core(t);
    for (uint32_t i = 0; i < c->parts.len; i++) {
        uint32_t mark = g->top;
        Place p = {.kind = is_big(lower_type(t)) ? PLACE_MEM : PLACE_SLOT, .part = true, .slot = v, .off = (uint64_t)type_field_offset(u, i), .type = c->types[i]};
        store_target(g, c->parts.at[i], place_load(g, &p, ANY), c->types[i]);
        g->top = mark;
    }
}

// The struct of type t that the interface value in slot v holds, when there is
// one: ok, or NO_SLOT.
static uint32_t dynamic_value(FuncGen *g, Type *t, uint32_t v, uint32_t ok) {
    const TypeDesc *d = lower_type(t);
    uint32_t to = slot_alloc(g, d);
    Label none;
    label_init(&none);
    if (ok != NO_SLOT) {
        if (is_big(d)) emit_new(g, to, d);
        else emit_zero(g, to, value_slots(d));
        emit_branch1(g, OP_JUMP_F, ok, &none);
    }
    if (d->size && (type_is_direct(d) || is_big(d))) emit_move(g, to, v + 1, 1);
    else if (d->size) load_mem(g, to, v + 1, 0, t);
    label_here(g, &none);
    return to;
}

// Gives the targets of input s what came.
void input_bind(FuncGen *g, Stmt *s, const Arm *a) {
    const Comm *c = s->input.comm;
    uint32_t mark = g->top, v = a->value;
    if (c->filter) take_fields(g, c, c->filter, dynamic_value(g, c->filter, v, s->input.ok ? a->ok : NO_SLOT));
    else if (c->by_fields) take_fields(g, c, c->peer ? c->shape->parts[0] : a->elem, v);
    else
        for (uint32_t i = 0; i < c->parts.len; i++) {
            Type *t = c->peer ? c->types[i] : a->elem;
            if (!is_slot_var(c->parts.at[i]) || (uint32_t)ast_unparen(c->parts.at[i])->ident.obj->gen_slot != v) store_target(g, c->parts.at[i], v, t);
            v += value_slots(lower_type(t));
        }
    if (s->input.ok) store_target(g, s->input.ok, a->ok, TY(KIND_BOOL));
    g->top = mark;
}

// --- input and output as commands

static void emit_fail(FuncGen *g, const char *text) { emit_ptr(g, OP_FAIL, 0, 0, 0, text); }

void gen_source_ended(FuncGen *g) { emit_fail(g, "csp: source ended"); }

void unless_ended(FuncGen *g, uint32_t ok) {
    Label fine;
    label_init(&fine);
    emit_branch1(g, OP_JUMP_T, ok, &fine);
    gen_source_ended(g);
    label_here(g, &fine);
}

static void select_one(FuncGen *g, Arm *a) {
    SelectCase *sc = ARENA_NEW(SelectCase);
    *sc = (SelectCase){(uint16_t)a->chan, (uint16_t)a->value, (uint16_t)a->ok, a->kind, a->fails, (uint16_t)a->slots, a->filter};
    emit_ptr(g, OP_SELECT, slot_word(g, false), 0, 1, sc);
}

void input_stmt(FuncGen *g, Stmt *s) {
    Arm a;
    const Comm *c = s->input.comm;
    if (!c->peer && is_slot_var(s->input.ch)) {
        a.chan = expr(g, s->input.ch);
    } else {
        a.chan = slot_word(g, true);
        comm_channel(g, s, a.chan);
    }
    comm_arm(g, s, &a, false);
    emit_line(g, s->pos);
    if (a.filter) select_one(g, &a);
    else emit(g, OP_RECV, a.value, a.chan, a.ok);
    if (!s->input.ok) unless_ended(g, a.ok);
    input_bind(g, s, &a);
}

void output_stmt(FuncGen *g, Stmt *s) {
    Type *one;
    Type *const *types;
    const Comm *c = s->send.comm;
    uint32_t ch, n;
    if (!c->peer) {
        ch = expr(g, s->send.ch);
        uint32_t v = expr_as(g, s->send.value, element(s->send.ch), ANY);
        emit_line(g, s->pos);
        emit(g, OP_SEND, value_slots(lower_type(element(s->send.ch))), ch, v);
        return;
    }
    ch = slot_word(g, true);
    comm_channel(g, s, ch);
    n = travelling(c, NULL, &types, &one);
    uint32_t run = message_run(g, types, n);
    message_to(g, s, types, n, run);
    emit_line(g, s->pos);
    emit(g, OP_SEND, parts_slots(types, n), ch, run);
}

// --- guards that exclude each other

static bool same_expr(const Expr *a, const Expr *b) {
    while (a->kind == EXPR_PAREN) a = a->paren.x;
    while (b->kind == EXPR_PAREN) b = b->paren.x;
    if (a->mode == MODE_CONST && b->mode == MODE_CONST) return type_identical(a->type, b->type) && const_compare(TOK_EQL, a->val, b->val);
    if (a->kind != b->kind || a->mode == MODE_CONST || b->mode == MODE_CONST) return false;
    switch (a->kind) {
    case EXPR_IDENT: return a->ident.obj && a->ident.obj == b->ident.obj;
    case EXPR_SELECTOR: return a->selector.selection && a->selector.selection->kind == SEL_FIELD && a->selector.sel->ident.name == b->selector.sel->ident.name && same_expr(a->selector.x, b->selector.x);
    case EXPR_INDEX: return a->index.index.len == 1 && b->index.index.len == 1 && same_expr(a->index.x, b->index.x) && same_expr(a->index.index.at[0], b->index.index.at[0]);
    case EXPR_BINARY: return a->op == b->op && same_expr(a->binary.x, b->binary.x) && same_expr(a->binary.y, b->binary.y);
    case EXPR_CALL: return a->call.call_kind == CALL_BUILTIN && a->call.builtin == BUILTIN_len && b->call.call_kind == CALL_BUILTIN && b->call.builtin == BUILTIN_len && same_expr(a->call.args.at[0], b->call.args.at[0]);
    default: return false;
    }
}

enum { LESS = 1, EQUAL = 2, GREATER = 4 }; // the outcomes of a comparison for which an operator holds

static int outcomes(int op, bool swapped) {
    switch (op) {
    case TOK_EQL: return EQUAL;
    case TOK_NEQ: return LESS | GREATER;
    case TOK_LSS: return swapped ? GREATER : LESS;
    case TOK_LEQ: return swapped ? GREATER | EQUAL : LESS | EQUAL;
    case TOK_GTR: return swapped ? LESS : GREATER;
    case TOK_GEQ: return swapped ? LESS | EQUAL : GREATER | EQUAL;
    default: return LESS | EQUAL | GREATER;
    }
}

static bool comparisons_exclude(const Expr *a, const Expr *b) {
    if (a->kind != EXPR_BINARY || b->kind != EXPR_BINARY) return false;
    bool floats = type_is_float(a->binary.x->type) || type_is_float(a->binary.y->type);
    if (same_expr(a->binary.x, b->binary.x) && same_expr(a->binary.y, b->binary.y)) return !(outcomes(a->op, false) & outcomes(b->op, false)) && !(floats && (a->op == TOK_NEQ || b->op == TOK_NEQ) && a->op != TOK_EQL && b->op != TOK_EQL);
    if (same_expr(a->binary.x, b->binary.y) && same_expr(a->binary.y, b->binary.x)) return !(outcomes(a->op, false) & outcomes(b->op, true)) && !floats;
    // x == 1 and x == 2
    return a->op == TOK_EQL && b->op == TOK_EQL && a->binary.y->mode == MODE_CONST && b->binary.y->mode == MODE_CONST && same_expr(a->binary.x, b->binary.x) && !same_expr(a->binary.y, b->binary.y);
}

static bool is_negation(const Expr *a, const Expr *b) { return a->kind == EXPR_UNARY && a->op == TOK_NOT && same_expr(a->unary.x, b); }

static bool conditions_exclude(Expr *a, Expr *b) {
    a = ast_unparen(a);
    b = ast_unparen(b);
    if (a->kind == EXPR_BINARY && a->op == TOK_LAND) return conditions_exclude(a->binary.x, b) || conditions_exclude(a->binary.y, b);
    if (b->kind == EXPR_BINARY && b->op == TOK_LAND) return conditions_exclude(a, b->binary.x) || conditions_exclude(a, b->binary.y);
    return is_negation(a, b) || is_negation(b, a) || comparisons_exclude(a, b);
}

static bool guards_exclude(const GuardedCmd *a, const GuardedCmd *b) {
    for (uint32_t i = 0; i < a->guard.len; i++)
        for (uint32_t k = 0; k < b->guard.len; k++)
            if (a->guard.at[i]->kind == STMT_EXPR && b->guard.at[k]->kind == STMT_EXPR && conditions_exclude(a->guard.at[i]->expr.x, b->guard.at[k]->expr.x)) return true;
    return false;
}

// --- guarded commands

typedef struct Guarded {
    Stmt *s;
    GuardedCmd *special; // with default or else, or NULL
    GuardedCmd **cmds;   // the others
    uint32_t n;
    Label top, end, failed;
    Label *bodies;
    Target target;
} Guarded;

static Stmt *comm_stmt(const GuardedCmd *c) {
    if (!c->guard.len) return NULL;
    Stmt *last = c->guard.at[c->guard.len - 1];
    bool receive = last->kind == STMT_EXPR && ast_unparen(last->expr.x)->kind == EXPR_UNARY && ast_unparen(last->expr.x)->op == TOK_ARROW;
    return last->kind == STMT_DECL || (last->kind == STMT_EXPR && !receive) ? NULL : last;
}

static bool is_true(Expr *e) { return e->mode == MODE_CONST && const_bool_val(e->val); }

static bool has_condition(const GuardedCmd *c) {
    for (uint32_t i = 0; i < c->guard.len; i++)
        if (c->guard.at[i]->kind == STMT_EXPR && c->guard.at[i] != comm_stmt(c) && !is_true(c->guard.at[i]->expr.x)) return true;
    return false;
}

// Declarations and conditions of a guard, in order; jumps to no when one fails.
static void try_conditions(FuncGen *g, const GuardedCmd *c, Label *no) {
    Stmt *comm = comm_stmt(c);
    for (uint32_t i = 0; i < c->guard.len; i++) {
        Stmt *e = c->guard.at[i];
        if (e == comm) continue;
        if (e->kind == STMT_DECL) stmt(g, e);
        else {
            emit_line(g, e->pos);
            cond_jump(g, e->expr.x, false, no);
        }
    }
}

static void body(FuncGen *g, Guarded *m, GuardedCmd *c) {
    Label *fall = g->fall;
    g->fall = NULL;
    stmt_list(g, &c->body);
    g->fall = fall;
    emit_jump(g, m->s->guarded.repeat ? &m->top : &m->end);
}

// All guards have failed.
static void failed(FuncGen *g, Guarded *m) {
    label_here(g, &m->failed);
    if (m->special) {
        body(g, m, m->special);
    } else if (!m->s->guarded.repeat) {
        Location l = source_locate(m->s->pos);
        emit_line(g, m->s->pos);
        emit_fail(g, l.file ? arena_printf("csp: alternative failed at %.*s:%d", (int)l.file->path.len, l.file->path.ptr, l.line) : "csp: alternative failed");
    }
}

static bool tried_in_order(const Guarded *m) {
    if (m->s->guarded.pri) return true;
    for (uint32_t i = 0; i < m->n; i++)
        for (uint32_t k = 0; k < i; k++)
            if (!guards_exclude(m->cmds[i], m->cmds[k])) return false;
    return true;
}

// Repeats one command with conditions only: they are tried at the bottom too.
static void simple_loop(FuncGen *g, Guarded *m) {
    GuardedCmd *c = m->cmds[0];
    Label top, *fall = g->fall;
    label_init(&top);
    try_conditions(g, c, &m->failed);
    label_here(g, &top);
    g->fall = NULL;
    stmt_list(g, &c->body);
    g->fall = fall;
    label_here(g, &m->top); // where continue goes
    for (uint32_t i = 0; i < c->guard.len; i++) {
        bool last = i + 1 == c->guard.len;
        emit_line(g, c->guard.at[i]->pos);
        cond_jump(g, c->guard.at[i]->expr.x, last, last ? &top : &m->failed);
    }
}

static bool only_conditions(const GuardedCmd *c) {
    for (uint32_t i = 0; i < c->guard.len; i++)
        if (c->guard.at[i]->kind != STMT_EXPR) return false;
    return c->guard.len > 0;
}

static void chain(FuncGen *g, Guarded *m) {
    label_here(g, &m->top);
    for (uint32_t i = 0; i < m->n; i++) {
        uint32_t mark = g->top;
        Label next;
        label_init(&next);
        try_conditions(g, m->cmds[i], &next);
        body(g, m, m->cmds[i]);
        label_here(g, &next);
        g->top = mark;
    }
}

// Several guards may hold: the trial begins with any of them and goes round.
static void random_chain(FuncGen *g, Guarded *m) {
    uint32_t at = slot_word(g, false), left = slot_word(g, false);
    Label *tries = arena_alloc(m->n * sizeof *tries);
    for (uint32_t i = 0; i < m->n; i++) label_init(&tries[i]);
    label_here(g, &m->top);
    emit(g, OP_RANDOM, at, m->n, 0);
    emit_int(g, left, m->n);
    for (uint32_t i = 1; i < m->n; i++) emit_branch(g, OP_JEQ_I, at, i, &tries[i]);
    for (uint32_t i = 0; i < m->n; i++) {
        uint32_t mark = g->top;
        Label no;
        label_init(&no);
        label_here(g, &tries[i]);
        try_conditions(g, m->cmds[i], &no);
        body(g, m, m->cmds[i]);
        label_here(g, &no);
        emit(g, OP_SUB_I, left, left, 1);
        emit_branch(g, OP_JEQ_I, left, 0, &m->failed);
        if (i + 1 == m->n) emit_jump(g, &tries[0]);
        g->top = mark;
    }
}

// One input and nothing else: a receive that may find the end.
static bool is_single_input(const Guarded *m) {
    Stmt *comm = m->n == 1 ? comm_stmt(m->cmds[0]) : NULL;
    return comm && comm->kind != STMT_SEND && !(comm_of(comm) && comm_of(comm)->filter) && !(m->special && m->special->is_default);
}

// --- timeouts
//
// A guard <-time.After(d) among others has a Timer that is stopped when another
// guard is chosen, so that none is left over from each round of a loop.

static Object *after_func(Expr *ch) {
    Expr *e = ast_unparen(ch);
    Expr *fn = e->kind == EXPR_CALL ? ast_unparen(e->call.fn) : NULL;
    Object *o = !fn ? NULL : fn->kind == EXPR_SELECTOR ? fn->selector.obj : fn->kind == EXPR_IDENT ? fn->ident.obj : NULL;
    if (!o || o->kind != OBJ_FUNC || !o->pkg || o->func.recv_named || strcmp(o->name->text, "After") != 0) return NULL;
    return o->pkg->is_library && o->pkg->path.len == 4 && memcmp(o->pkg->path.ptr, "time", 4) == 0 ? o : NULL;
}

static Object *timer_method(Type *timer, const char *name) {
    for (uint32_t i = 0; i < timer->nmethods; i++)
        if (strcmp(timer->methods[i].name->text, name) == 0) return timer->methods[i].fn;
    return NULL;
}

static Object *new_timer_func(Object *after) { return scope_lookup_here(after->pkg->scope, name_of("NewTimer")); }

static bool is_timeout(Stmt *comm) { return comm && comm->kind != STMT_SEND && comm->kind != STMT_INPUT && after_func(channel_expr(comm)); }

// Starts the timer of a guard; its channel goes to chan.
static void start_timer(FuncGen *g, Stmt *comm, Arm *a) {
    Expr *call = ast_unparen(channel_expr(comm));
    Object *make = new_timer_func(after_func(call));
    Type *sig = make->type, *timer = type_under(sig->results[0]->type)->elem, *u = type_under(timer);
    uint32_t mark = g->top, at, base = call_window(g, sig, NULL, &at);
    expr_as(g, call->call.args.at[0], sig->params[0]->type, at);
    emit_ptr(g, OP_CALL, base, 0, 0, gen_func_of(make));
    emit_move(g, a->timer, base + FRAME_HEADER, 1);
    g->top = mark;
    for (uint32_t i = 0; i < u->nfields; i++)
        if (strcmp(u->fields[i].name->text, "C") == 0) load_mem(g, a->chan, a->timer, (uint64_t)type_field_offset(u, i), u->fields[i].type);
}

static void stop_timer(FuncGen *g, Stmt *comm, const Arm *a, uint32_t number, uint32_t chosen) {
    Type *t = new_timer_func(after_func(channel_expr(comm)))->type->results[0]->type;
    Object *stop = timer_method(type_under(t)->elem, "Stop");
    Label no;
    label_init(&no);
    emit_branch(g, OP_JEQ_I, chosen, number, &no);
    emit_branch(g, OP_JEQ_I, a->timer, 0, &no);
    uint32_t mark = g->top, at, base = call_window(g, stop->type, t, &at);
    emit_move(g, at, a->timer, 1);
    emit_ptr(g, OP_CALL, base, 0, 0, gen_func_of(stop));
    g->top = mark;
    label_here(g, &no);
}

// The channel of a guard stays in its variable where nothing can change it.
static uint32_t guard_channel(FuncGen *g, Stmt *s, bool off) {
    const Comm *c = comm_of(s);
    if (!off && !(c && c->peer) && is_slot_var(channel_expr(s))) return expr(g, channel_expr(s));
    return slot_word(g, true);
}

static void channel_into(FuncGen *g, Stmt *s, uint32_t dst) {
    const Comm *c = comm_of(s);
    if (!(c && c->peer) && is_slot_var(channel_expr(s)) && expr(g, channel_expr(s)) == dst) return;
    comm_channel(g, s, dst);
}

static void bind(FuncGen *g, Stmt *comm, Arm *a) {
    if (comm->kind == STMT_INPUT) input_bind(g, comm, a);
    else if (comm->kind != STMT_SEND) bind_received(g, comm, a);
}

static void single_input(FuncGen *g, Guarded *m) {
    GuardedCmd *c = m->cmds[0];
    Stmt *comm = comm_stmt(c);
    Arm a;
    label_here(g, &m->top);
    try_conditions(g, c, &m->failed);
    emit_line(g, comm->pos);
    a.chan = guard_channel(g, comm, false);
    channel_into(g, comm, a.chan);
    comm_arm(g, comm, &a, true);
    if (a.ok == NO_SLOT) a.ok = slot_word(g, false);
    emit_line(g, comm->pos);
    emit(g, OP_RECV, a.value, a.chan, a.ok);
    if (a.fails) emit_branch1(g, OP_JUMP_F, a.ok, &m->failed);
    bind(g, comm, &a);
    body(g, m, c);
}

static void arm_of(FuncGen *g, GuardedCmd *c, Arm *a) {
    Label off;
    Stmt *comm = comm_stmt(c);
    bool conditional = has_condition(c);
    label_init(&off);
    *a = (Arm){.ok = NO_SLOT, .kind = ARM_CONDITION, .timer = NO_SLOT};
    emit_line(g, c->pos);
    if (!comm) {
        a->chan = a->value = slot_word(g, false);
        if (conditional) emit_int(g, a->chan, 0);
        try_conditions(g, c, &off);
        emit_int(g, a->chan, 1);
    } else {
        a->chan = guard_channel(g, comm, conditional);
        if (conditional) emit_int(g, a->chan, OFF);
        if (is_timeout(comm)) emit_int(g, a->timer = slot_word(g, true), 0);
        try_conditions(g, c, &off);
        emit_line(g, comm->pos);
        if (a->timer != NO_SLOT) start_timer(g, comm, a);
        else channel_into(g, comm, a->chan);
        comm_arm(g, comm, a, true);
    }
    label_here(g, &off);
}

static uint32_t select_flags(const Guarded *m) { return (m->special && m->special->is_default ? 1u : 0) | (m->s->guarded.pri ? 2u : 0) | 4u; }

static void dispatch(FuncGen *g, Guarded *m, uint32_t chosen) {
    for (uint32_t i = 0; i < m->n; i++) emit_branch(g, OP_JEQ_I, chosen, i, &m->bodies[i]);
    failed(g, m); // or default
    if (!m->special && m->s->guarded.repeat) emit_jump(g, &m->end);
}

static void select_cmds(FuncGen *g, Guarded *m) {
    Arm *arms = arena_alloc((m->n + 1) * sizeof *arms);
    SelectCase *cases = arena_alloc((m->n + 1) * sizeof *cases);
    label_here(g, &m->top);
    for (uint32_t i = 0; i < m->n; i++) {
        arm_of(g, m->cmds[i], &arms[i]);
        cases[i] = (SelectCase){(uint16_t)arms[i].chan, (uint16_t)arms[i].value, (uint16_t)arms[i].ok, arms[i].kind, arms[i].fails, (uint16_t)arms[i].slots, arms[i].filter};
    }
    uint32_t chosen = slot_word(g, false);
    emit_line(g, m->s->pos);
    emit_ptr(g, OP_SELECT, chosen, select_flags(m), m->n, cases);
    for (uint32_t i = 0; i < m->n; i++)
        if (arms[i].timer != NO_SLOT) stop_timer(g, comm_stmt(m->cmds[i]), &arms[i], i, chosen);
    dispatch(g, m, chosen);
    for (uint32_t i = 0; i < m->n; i++) {
        uint32_t mark = g->top;
        Stmt *comm = comm_stmt(m->cmds[i]);
        label_here(g, &m->bodies[i]);
        if (comm) bind(g, comm, &arms[i]);
        body(g, m, m->cmds[i]);
        g->top = mark;
    }
}

// --- guards with ranges

typedef struct RangeArm {
    Arm arm;
    ArmSite *site;
} RangeArm;

static void add_arm(FuncGen *g, uint32_t list, GuardedCmd *c, RangeArm *r, const uint32_t *counters) {
    Stmt *comm = comm_stmt(c);
    uint32_t nindices = c->ranges.len, nvalue = r->site->words;
    Type *one;
    Type *const *types = NULL;
    uint32_t n = comm ? travelling(comm_of(comm), comm_of(comm) && comm_of(comm)->peer ? NULL : element(channel_expr(comm)), &types, &one) : 0;
    uint8_t *kinds = arena_alloc(2 + nindices + nvalue);
    kinds[0] = SLOT_POINTER;
    memset(kinds + 1, SLOT_SCALAR, nindices);
    for (uint32_t i = 0, k = 1 + nindices; nvalue && i < n; i++) k += part_kinds(types[i], kinds + k);
    uint32_t run = slot_run(g, kinds, 1 + nindices + nvalue);
    if (r->arm.timer != NO_SLOT) {
        r->arm.chan = run;
        start_timer(g, comm, &r->arm);
    } else if (comm) {
        comm_channel(g, comm, run);
    } else {
        emit_int(g, run, 1);
    }
    for (uint32_t i = 0; i < nindices; i++) emit_move(g, run + 1 + i, counters[i], 1);
    if (nvalue) message_to(g, comm, types, n, run + 1 + nindices);
    emit_ptr(g, OP_ARM, 0, list, run, r->site);
}

static void make_site(FuncGen *g, uint32_t number, GuardedCmd *c, RangeArm *r) {
    Stmt *comm = comm_stmt(c);
    uint8_t *kinds = arena_alloc(c->ranges.len + 1);
    memset(kinds, SLOT_SCALAR, c->ranges.len);
    r->site = ARENA_NEW(ArmSite);
    *r->site = (ArmSite){.guard = (uint16_t)number, .kind = ARM_CONDITION, .ok = NO_SLOT, .nindices = (uint16_t)c->ranges.len};
    r->site->index = (uint16_t)slot_run(g, kinds, c->ranges.len);
    if (!comm) return;
    if (comm->kind == STMT_SEND) {
        Type *one;
        Type *const *types;
        uint32_t n = travelling(comm_of(comm), comm_of(comm) && comm_of(comm)->peer ? NULL : element(comm->send.ch), &types, &one);
        r->site->kind = ARM_SEND;
        r->site->fails = true;
        r->site->words = (uint16_t)parts_slots(types, n);
        return;
    }
    comm_arm(g, comm, &r->arm, true);
    r->site->kind = ARM_RECEIVE;
    r->site->fails = r->arm.fails;
    r->site->value = (uint16_t)r->arm.value;
    r->site->ok = (uint16_t)r->arm.ok;
    r->site->filter = r->arm.filter;
}

// The loops over the ranges from number k on, and within them the guard.
static void range_loop(FuncGen *g, uint32_t list, GuardedCmd *c, RangeArm *r, uint32_t k, uint32_t *counters, uint32_t *limits) {
    uint32_t mark = g->top;
    Label next;
    label_init(&next);
    if (k == c->ranges.len) {
        try_conditions(g, c, &next);
        add_arm(g, list, c, r, counters);
        label_here(g, &next);
        g->top = mark;
        return;
    }
    Label top, end;
    label_init(&top);
    label_init(&end);
    counters[k] = slot_word(g, false);
    expr_as(g, c->ranges.at[k].lo, TY(KIND_INT), counters[k]);
    label_here(g, &top);
    emit_branch(g, OP_JLT, limits[k], counters[k], &end);
    init_var(g, c->ranges.at[k].var, counters[k]);
    range_loop(g, list, c, r, k + 1, counters, limits);
    emit_branch(g, OP_JEQ, counters[k], limits[k], &end); // the limit may be the greatest number
    emit(g, OP_ADD_I, counters[k], counters[k], 1);
    emit_jump(g, &top);
    label_here(g, &end);
    g->top = mark;
}

static void guard_declarations(FuncGen *g, GuardedCmd *c) {
    for (uint32_t i = 0; i < c->guard.len; i++)
        if (c->guard.at[i]->kind == STMT_DECL) stmt(g, c->guard.at[i]);
}

static void range_arms(FuncGen *g, uint32_t list, GuardedCmd *c, RangeArm *r, uint32_t number) {
    uint32_t n = c->ranges.len, *counters = arena_alloc((n + 1) * sizeof *counters), *limits = arena_alloc((n + 1) * sizeof *limits);
    for (uint32_t k = 0; k < n; k++) {
        declare_var(g, c->ranges.at[k].var);
        limits[k] = slot_word(g, false);
        expr_as(g, c->ranges.at[k].hi, TY(KIND_INT), limits[k]);
    }
    r->arm = (Arm){.ok = NO_SLOT, .timer = NO_SLOT};
    if (!n && is_timeout(comm_stmt(c))) emit_int(g, r->arm.timer = slot_word(g, true), 0);
    guard_declarations(g, c); // targets are the same variables for all arms
    make_site(g, number, c, r);
    range_loop(g, list, c, r, 0, counters, limits);
}

static void select_ranges(FuncGen *g, Guarded *m) {
    RangeArm *arms = arena_alloc((m->n + 1) * sizeof *arms);
    uint32_t list = slot_word(g, true);
    emit_int(g, list, 0);
    label_here(g, &m->top);
    emit(g, OP_ARMS, list, 0, 0);
    for (uint32_t i = 0; i < m->n; i++) range_arms(g, list, m->cmds[i], &arms[i], i);
    uint32_t chosen = slot_word(g, false);
    emit_line(g, m->s->pos);
    emit_ext(g, OP_SELECT_ARMS, chosen, list, select_flags(m), 0);
    for (uint32_t i = 0; i < m->n; i++)
        if (arms[i].arm.timer != NO_SLOT) stop_timer(g, comm_stmt(m->cmds[i]), &arms[i].arm, i, chosen);
    dispatch(g, m, chosen);
    for (uint32_t i = 0; i < m->n; i++) {
        uint32_t mark = g->top;
        GuardedCmd *c = m->cmds[i];
        Stmt *comm = comm_stmt(c);
        label_here(g, &m->bodies[i]);
        for (uint32_t k = 0; k < c->ranges.len; k++) init_var(g, c->ranges.at[k].var, arms[i].site->index + k);
        if (comm) bind(g, comm, &arms[i].arm);
        body(g, m, c);
        g->top = mark;
    }
}

// --- which way

static void choose_way(FuncGen *g, Guarded *m) {
    bool comms = false, ranges = false;
    for (uint32_t i = 0; i < m->n; i++) {
        comms |= comm_stmt(m->cmds[i]) != NULL;
        ranges |= m->cmds[i]->ranges.len != 0;
    }
    if (ranges) {
        select_ranges(g, m);
        return;
    }
    if (comms && !is_single_input(m)) {
        select_cmds(g, m);
        return;
    }
    if (comms) single_input(g, m);
    else if (m->n == 1 && m->s->guarded.repeat && !m->special && only_conditions(m->cmds[0])) simple_loop(g, m);
    else if (tried_in_order(m)) chain(g, m);
    else random_chain(g, m);
    failed(g, m);
}

void guarded_stmt(FuncGen *g, Stmt *s) {
    Guarded m = {.s = s};
    uint32_t mark = g->top, n = s->guarded.ncmds;
    m.cmds = arena_alloc((n + 1) * sizeof *m.cmds);
    m.bodies = arena_alloc((n + 1) * sizeof *m.bodies);
    label_init(&m.top);
    label_init(&m.end);
    label_init(&m.failed);
    for (uint32_t i = 0; i < n; i++) {
        GuardedCmd *c = &s->guarded.cmds[i];
        label_init(&m.bodies[i]);
        if (c->is_default || c->is_else) m.special = c;
        else m.cmds[m.n++] = c;
    }
    m.target = (Target){g->targets, s, &m.end, s->guarded.repeat ? &m.top : NULL};
    g->targets = &m.target;
    choose_way(g, &m);
    g->targets = m.target.up;
    label_here(g, &m.end);
    g->top = mark;
}

// --- parallel commands

static const NetworkSite *network_site(Stmt *s) {
    NetworkSite *site = ARENA_NEW(NetworkSite);
    const Network *net = s->parallel.net;
    uint32_t n = s->parallel.nprocs;
    ProcessSite *procs = ARENA_ARRAY(ProcessSite, n + 1);
    const char **chans = ARENA_ARRAY(const char *, net->chans.len + 1);
    Location l = source_locate(s->pos);
    for (uint32_t i = 0; i < n; i++) {
        const Process *p = &s->parallel.procs[i];
        const ProcName *name = p->info->name;
        procs[i] = (ProcessSite){name ? name->name->text : NULL, name ? name->number : 0, p->subs.len, p->info->may};
        site->nsubs += p->subs.len;
    }
    for (uint32_t i = 0; i < net->chans.len; i++) chans[i] = net->chans.at[i]->name->text;
    site->processes = procs;
    site->nprocesses = n;
    site->chans = chans;
    site->nchans = net->chans.len;
    site->where = l.file ? arena_printf("%.*s:%d", (int)l.file->path.len, l.file->path.ptr, l.line) : "?";
    return site;
}

static uint32_t make_channels(FuncGen *g, const Network *net) {
    uint32_t n = net->chans.len, zero = slot_word(g, false);
    uint8_t *kinds = arena_alloc(n + 1);
    memset(kinds, SLOT_POINTER, n);
    uint32_t run = slot_run(g, kinds, n);
    if (n) emit_int(g, zero, 0);
    for (uint32_t i = 0; i < n; i++) {
        Object *o = net->chans.at[i];
        Type *elem = o->type->elem;
        declare_var(g, o);
        emit_ptr(g, OP_MAKE_CHAN, run + i, zero, 0, lower_type(is_big(lower_type(elem)) ? type_chan_of(TY(KIND_UNSAFE_POINTER), 3) : o->type));
        init_var(g, o, run + i);
    }
    return run;
}

static uint32_t bounds(FuncGen *g, Stmt *s, uint32_t nsubs) {
    uint8_t *kinds = arena_alloc(2 * nsubs + 1);
    memset(kinds, SLOT_SCALAR, 2 * nsubs);
    uint32_t run = slot_run(g, kinds, 2 * nsubs), at = run;
    for (uint32_t i = 0; i < s->parallel.nprocs; i++) {
        const Process *p = &s->parallel.procs[i];
        for (uint32_t k = 0; k < p->subs.len; k++) {
            const Range *r = &p->subs.at[k];
            expr_as(g, r->lo, TY(KIND_INT), at);
            if (r->hi) expr_as(g, r->hi, TY(KIND_INT), at + 1);
            else emit_move(g, at + 1, at, 1);
            at += 2;
        }
    }
    return run;
}

void parallel_stmt(FuncGen *g, Stmt *s) {
    const Network *net = s->parallel.net;
    const NetworkSite *site = network_site(s);
    uint32_t mark = g->top;
    declare_var(g, net->net);
    uint32_t chans = make_channels(g, net), b = bounds(g, s, site->nsubs), at = (uint32_t)net->net->gen_slot, fn = slot_word(g, true);
    emit_line(g, s->pos);
    emit_ptr(g, OP_NETWORK, at, b, chans, site);
    for (uint32_t i = 0; i < s->parallel.nprocs; i++) {
        func_closure_value(g, s->parallel.procs[i].info->func, fn);
        emit_ext(g, OP_PROCESSES, 0, at, fn, i);
    }
    emit_line(g, s->pos);
    emit(g, OP_JOIN, 0, at, 0);
    g->top = mark;
}
