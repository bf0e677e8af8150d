// SPDX-License-Identifier: MIT
// gen_inline.c: small functions in place of their calls.
//
// A call whose callee is known and small is its callee's body: the operands are
// evaluated as for a call; a parameter is then the slot where its argument is,
// a variable's own slot too, since nothing but the body runs meanwhile; or a
// copy, when the body assigns it. Func.inlined tells tracebacks which code
// stands for which function.
// A function's variables have one place at a time, so it is not put into
// itself (FuncInfo.inlining).
#define _GNU_SOURCE
#include <string.h>

#include "compiler/gen_impl.h"

// Weights: an operator, selector, conversion or statement 1. INLINE_WORDS bounds
// what a function grows by.
enum { INLINE_MOST = 40, INLINE_CALL = 22, INLINE_BUILTIN = 2, INLINE_PARAMS = 12, INLINE_WORDS = 4000, INLINE_NEVER = 255 };

typedef struct Weighing {
    uint32_t weight;
    bool never;
} Weighing;

static uint32_t weight_of(FuncInfo *f);

static bool weigh_call(Weighing *w, Expr *e) {
    switch ((CallKind)e->call.call_kind) {
    case CALL_CONVERSION: w->weight++; return true;
    case CALL_BUILTIN:
        w->weight += INLINE_BUILTIN;
        if (e->call.builtin == BUILTIN_recover || e->call.spread) w->never = true;
        return true;
    case CALL_FOREIGN: w->never = true; return false;
    case CALL_FUNC: case CALL_METHOD: break;
    }
    FuncInfo *f = known_callee(e);
    if (f && gen_is_intrinsic(f)) {
        w->weight += INLINE_BUILTIN;
        return true;
    }
    uint32_t body = !f ? INLINE_NEVER : gen_is_intrinsic(f) ? 1 : weight_of(f);
    w->weight += body <= INLINE_MOST + 1 ? body : INLINE_CALL;
    return true;
}

static bool weigh_expr(Expr *e, void *ctx) {
    Weighing *w = ctx;
    if (e->mode == MODE_CONST || e->mode == MODE_TYPE || w->never) return false;
    switch ((int)e->kind) {
    case EXPR_PAREN: case EXPR_IDENT: case EXPR_KEY_VALUE: return true;
    case EXPR_FUNC_LIT: w->never = true; return false;
    case EXPR_CALL: return weigh_call(w, e);
    default: w->weight++; return true;
    }
}

static void weigh_stmt(Stmt *s, void *ctx) {
    Weighing *w = ctx;
    w->weight++;
    if (ast_stmt_traits[s->kind] & BODY_NEVER_INLINED) w->never = true;
    else if (s->kind == STMT_BRANCH) w->never |= s->op != TOK_BREAK && s->op != TOK_FALLTHROUGH;
    else if (s->kind == STMT_DECL)
        for (Decl *d = s->decl.decl; d; d = d->next_in_group) w->never |= d->kind == DECL_FUNC;
}

static bool boxed(Object **vars, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (needs_box(vars[i])) return true;
    return false;
}

bool gen_is_marked(Object *o, const char *mark) {
    return o && o->decl && o->decl->doc.len && memmem(o->decl->doc.ptr, (size_t)o->decl->doc.len, mark, strlen(mark));
}

// Functions of sessions can be replaced.
static bool may_be_inlined(FuncInfo *f) {
    if (!f->body || f->body->block.traits & BODY_NEVER_INLINED || arena_is_left_out(f->body) || !f->obj || f->parent || f->range_body || f->process || f->has_defer || f->has_recover) return false;
    if (f->sig->variadic || f->nparams > INLINE_PARAMS || f->nresults > INLINE_PARAMS || (f->pkg && f->pkg->earlier)) return false;
    if (f->recv && needs_box(f->recv)) return false;
    return !boxed(f->params, f->nparams) && !boxed(f->results, f->nresults) && !gen_is_marked(f->obj, "//go:noinline") && !gen_is_marked(f->obj, "//go:uintptrescapes");
}

// Kept in the function: 0 not weighed yet, INLINE_NEVER also while it is weighed.
static uint32_t weight_of(FuncInfo *f) {
    if (f->inline_weight) return f->inline_weight;
    f->inline_weight = INLINE_NEVER;
    if (!may_be_inlined(f)) return INLINE_NEVER;
    Weighing w = {0};
    ast_visit_stmt(f->body, &(AstVisitor){weigh_expr, weigh_stmt, &w});
    f->inline_weight = w.never || w.weight > INLINE_MOST ? INLINE_NEVER : (uint8_t)(w.weight + 1);
    return f->inline_weight;
}

FuncInfo *inline_callee(FuncGen *g, Expr *call) {
    call = ast_unparen(call);
    if (call->kind != EXPR_CALL || (call->call.call_kind != CALL_FUNC && call->call.call_kind != CALL_METHOD)) return NULL;
    FuncInfo *f = known_callee(call);
    if (!f || f->inlining || weight_of(f) > INLINE_MOST + 1 || g->inlined_words > INLINE_WORDS) return NULL;
    ExprList *args = &call->call.args;
    if (args->len != f->nparams || (args->len && args->at[0]->type->kind == TYPE_K_TUPLE)) return NULL;
    return f;
}

Expr *inline_value(FuncInfo *f) {
    StmtList *l = &f->body->block.list;
    if (f->nresults != 1 || f->named_results || l->len != 1 || l->at[0]->kind != STMT_RETURN) return NULL;
    ExprList *r = &l->at[0]->ret.results;
    return r->len == 1 ? r->at[0] : NULL;
}

// --- putting a body in

// A slot below mark belongs to a variable or constant of the caller.
static void bind(FuncGen *g, Object *o, uint32_t slot, uint32_t mark) {
    const TypeDesc *d = lower_type(o->type);
    if (!o->name || strcmp(o->name->text, "_") == 0) {
        o->gen_flags = VAR_NONE;
        return;
    }
    if (o->flags & OBJF_REASSIGNED && slot < mark) {
        uint32_t own = slot_alloc(g, d);
        emit_move(g, own, slot, value_slots(d));
        slot = own;
    }
    o->gen_flags = VAR_SLOT;
    o->gen_slot = (int32_t)slot;
}

void inline_begin(FuncGen *g, Expr *call, FuncInfo *f, Inlined *in) {
    call = ast_unparen(call);
    uint32_t slots[INLINE_PARAMS + 1], n = 0, mark = g->top;
    if (f->recv) slots[n++] = call_receiver(g, ast_unparen(call->call.fn));
    for (uint32_t i = 0; i < f->nparams; i++) slots[n++] = expr_as(g, call->call.args.at[i], f->params[i]->type, ANY);
    n = 0;
    if (f->recv) bind(g, f->recv, slots[n++], mark);
    for (uint32_t i = 0; i < f->nparams; i++) bind(g, f->params[i], slots[n++], mark);
    emit_line(g, call->pos);
    *in = (Inlined){.up = g->inlined, .caller = g->info, .targets = g->targets, .fall = g->fall, .results_at = g->results_at, .func = f, .from = g->code.len, .line = g->last_line, .ordered = g->ordered};
    label_init(&in->end);
    f->inlining = true;
    g->ordered = false;
    g->inlined = in;
    g->info = f;
    g->targets = NULL;
    g->fall = NULL;
}

void inline_end(FuncGen *g, Expr *call, Inlined *in) {
    label_behind(g, &in->end);
    in->func->inlining = false;
    g->inlined = in->up;
    g->info = in->caller;
    g->targets = in->targets;
    g->fall = in->fall;
    g->results_at = in->results_at;
    g->ordered = in->ordered;
    uint32_t to = g->code.len;
    g->inlined_words += to - in->from;
    if (to > in->from) VEC_PUSH(&g->inlines, ((InlinedCall){in->from, to, in->line, gen_func_of_info(in->func)}));
    emit_line(g, call->pos);
}

static void bind_results(FuncGen *g, FuncInfo *f, uint32_t at) {
    for (uint32_t i = 0; i < f->nresults; i++) {
        Object *o = f->results[i];
        uint32_t n = value_slots(lower_type(o->type));
        bool named = o->name && strcmp(o->name->text, "_") != 0;
        o->gen_flags = named ? VAR_SLOT : VAR_NONE;
        o->gen_slot = (int32_t)at;
        if (f->named_results) emit_zero(g, at, n);
        at += n;
    }
}

// The statements, with results in the slots from `at` on.
static void inline_body(FuncGen *g, FuncInfo *f, Inlined *in, uint32_t at) {
    StmtList *l = &f->body->block.list;
    bind_results(g, f, at);
    g->results_at = at;
    in->tail = l->len ? l->at[l->len - 1] : NULL;
    stmt_list(g, l);
}

void inline_call(FuncGen *g, Expr *call, FuncInfo *f, uint32_t at) {
    uint32_t mark = g->top;
    Inlined in;
    inline_begin(g, call, f, &in);
    Expr *value = inline_value(f);
    if (value) {
        emit_line(g, f->body->block.list.at[0]->pos);
        expr_as(g, value, f->results[0]->type, at);
    } else {
        inline_body(g, f, &in, at);
    }
    inline_end(g, call, &in);
    g->top = mark;
}

uint32_t inline_results(FuncGen *g, FuncInfo *f) {
    uint8_t kinds[INLINE_PARAMS * BIG_BYTES / 8];
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->nresults; i++) {
        const TypeDesc *d = lower_type(f->results[i]->type);
        uint32_t k = value_slots(d);
        for (uint32_t w = 0; w < k; w++) kinds[n++] = lower_word_is_ptr(d, w) ? SLOT_POINTER : SLOT_SCALAR;
    }
    return slot_run(g, kinds, n);
}
