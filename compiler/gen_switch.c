// SPDX-License-Identifier: MIT
// gen_switch.c: choosing among statements: if, switch, type switch, select.
//
// A clause's body is reached by a jump for each of its cases. Where all cases
// are constants, one instruction finds the body instead: integers close to each
// other through a table of jumps, many strings through a hash table.
#include <string.h>

#include "compiler/gen_impl.h"

// --- if, switch

// The target of a block that is nothing but a break or continue, or NULL.
static Label *only_branch(FuncGen *g, Stmt *block) {
    if (block->kind != STMT_BLOCK || block->block.list.len != 1) return NULL;
    Stmt *s = block->block.list.at[0];
    if (s->kind != STMT_BRANCH || (s->op != TOK_BREAK && s->op != TOK_CONTINUE)) return NULL;
    Target *t = find_target(g, s->branch.target);
    return !t ? NULL : s->op == TOK_BREAK ? t->brk : t->cont;
}

void if_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    Label no, end;
    label_init(&no);
    label_init(&end);
    if (s->if_.init) stmt(g, s->if_.init);
    emit_line(g, s->if_.cond->start);
    Label *away = s->if_.else_ ? NULL : only_branch(g, s->if_.then);
    if (away) {
        cond_jump(g, s->if_.cond, true, away);
        g->top = mark;
        return;
    }
    cond_jump(g, s->if_.cond, false, &no);
    stmt(g, s->if_.then);
    if (s->if_.else_) {
        emit_jump(g, &end);
        label_here(g, &no);
        stmt(g, s->if_.else_);
        label_here(g, &end);
    } else {
        label_here(g, &no);
    }
    g->top = mark;
}

static void case_jump(FuncGen *g, uint32_t tag, Type *tt, Expr *c, Label *to) {
    uint32_t mark = g->top;
    emit_line(g, c->pos);
    int64_t v;
    Type *tu = type_under(tt);
    if (c->mode == MODE_NIL) {
        emit_branch(g, OP_JEQ_I, tag, 0, to);
    } else if (type_is_integer(tt) && c->mode == MODE_CONST && const_is_int64(c->val, &v) && v >= INT16_MIN && v <= INT16_MAX) {
        emit_branch(g, OP_JEQ_I, tag, (uint32_t)v & 0xffff, to);
    } else if (tu->kind == KIND_STRING) {
        emit_branch(g, OP_JEQ_STR, tag, expr_as(g, c, tt, ANY), to);
    } else {
        Type *t = tt;
        uint32_t x = tag;
        if (type_under(c->type)->kind == KIND_INTERFACE && tu->kind != KIND_INTERFACE) {
            t = c->type;
            x = convert_slots(g, tag, tt, t, ANY);
        }
        uint32_t y = expr_as(g, c, t, ANY), ok = slot_word(g, false);
        equal_values(g, t, x, y, ok);
        emit_branch1(g, OP_JUMP_T, ok, to);
    }
    g->top = mark;
}

// A statement that chooses one of its clauses, while it is generated.
typedef struct Choice {
    Stmt *stmt;
    CaseClause *clauses;
    uint32_t n;
    Label *bodies; // of the clauses
    Label *other;  // the default's body, or end
    Label end;
} Choice;

static void choice_init(Choice *x, Stmt *s, CaseClause *clauses, uint32_t n) {
    *x = (Choice){.stmt = s, .clauses = clauses, .n = n, .bodies = arena_alloc((n + 1) * sizeof *x->bodies), .other = &x->end};
    label_init(&x->end);
    for (uint32_t i = 0; i < n; i++) {
        label_init(&x->bodies[i]);
        if (clauses[i].is_default) x->other = &x->bodies[i];
    }
}

// Generates the bodies. enter, unless it is NULL, begins each.
static void clause_bodies(FuncGen *g, Choice *x, void (*enter)(FuncGen *g, Choice *x, uint32_t i, void *ctx), void *ctx) {
    Target t = {g->targets, x->stmt, &x->end, NULL};
    Label *fall = g->fall;
    g->targets = &t;
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t mark = g->top;
        label_here(g, &x->bodies[i]);
        if (enter) enter(g, x, i, ctx);
        g->fall = i + 1 < x->n ? &x->bodies[i + 1] : NULL;
        stmt_list(g, &x->clauses[i].body);
        if (i + 1 < x->n) emit_jump(g, &x->end);
        g->top = mark;
    }
    g->targets = t.up;
    g->fall = fall;
    label_here(g, &x->end);
}

// A switch over integers whose cases are constants close to each other jumps
// through a table: entry k is for the value min + k.
typedef struct SwitchTable {
    int32_t *at;         // NULL: there is none
    int64_t min;
    uint32_t n, behind;  // behind: word index that the entries are relative to
} SwitchTable;

enum { TABLE_LEAST = 4, TABLE_MOST = 2048, TABLE_SPREAD = 4 };

static SwitchTable table_for(Stmt *s, Type *tt) {
    SwitchTable t = {0};
    int64_t max = INT64_MIN, v;
    uint32_t ncases = 0;
    if (!type_is_integer(tt)) return t;
    t.min = INT64_MAX;
    for (uint32_t i = 0; i < s->switch_.nclauses; i++)
        for (uint32_t k = 0; k < s->switch_.clauses[i].exprs.len; k++, ncases++) {
            Expr *c = s->switch_.clauses[i].exprs.at[k];
            if (c->mode != MODE_CONST || !type_identical(c->type, tt) || !const_is_int64(c->val, &v)) return t;
            if (v < t.min) t.min = v;
            if (v > max) max = v;
        }
    uint64_t span = (uint64_t)max - (uint64_t)t.min;
    if (ncases < TABLE_LEAST || t.min < -UINT16_MAX || t.min > UINT16_MAX || span >= TABLE_MOST || span >= (uint64_t)ncases * TABLE_SPREAD) return t;
    t.n = (uint32_t)span + 1;
    t.at = arena_alloc(t.n * sizeof *t.at);
    return t;
}

static void table_jump(FuncGen *g, SwitchTable *t, uint32_t v) {
    uint32_t mark = g->top, k = v;
    if (t->min) emit(g, t->min < 0 ? OP_ADD_I : OP_SUB_I, k = slot_word(g, false), v, (uint32_t)(t->min < 0 ? -t->min : t->min));
    emit_ptr(g, OP_SWITCH, k, t->n, 0, t->at);
    t->behind = g->code.len;
    g->top = mark;
}

// The labels are placed by now.
static void fill_table(Stmt *s, SwitchTable *t, const Label *bodies, const Label *other) {
    for (uint32_t k = 0; k < t->n; k++) t->at[k] = other->at - (int32_t)t->behind;
    for (uint32_t i = 0; i < s->switch_.nclauses; i++)
        for (uint32_t k = 0; k < s->switch_.clauses[i].exprs.len; k++) {
            int64_t v = t->min;
            const_is_int64(s->switch_.clauses[i].exprs.at[k]->val, &v);
            t->at[v - t->min] = bodies[i].at - (int32_t)t->behind;
        }
}

// A switch over strings whose cases are constants looks its tag up.
enum { STRINGS_LEAST = 6 };

static StringTable *strings_for(Stmt *s, Type *tt) {
    uint32_t ncases = 0, size = 8;
    if (type_under(tt)->kind != KIND_STRING) return NULL;
    for (uint32_t i = 0; i < s->switch_.nclauses; i++)
        for (uint32_t k = 0; k < s->switch_.clauses[i].exprs.len; k++, ncases++)
            if (s->switch_.clauses[i].exprs.at[k]->mode != MODE_CONST || type_under(s->switch_.clauses[i].exprs.at[k]->type)->kind == KIND_INTERFACE) return NULL;
    if (ncases < STRINGS_LEAST) return NULL;
    while (size < 2 * ncases) size *= 2;
    StringTable *t = arena_alloc(sizeof *t + size * sizeof *t->cases);
    t->mask = size - 1;
    return t;
}

static void fill_strings(Stmt *s, StringTable *t, uint32_t behind, const Label *bodies) {
    for (uint32_t i = 0; i < s->switch_.nclauses; i++)
        for (uint32_t k = 0; k < s->switch_.clauses[i].exprs.len; k++) {
            Str text = const_str_val(s->switch_.clauses[i].exprs.at[k]->val);
            uint32_t at = string_table_hash(text) & t->mask;
            while (t->cases[at].used) at = (at + 1) & t->mask;
            t->cases[at] = (StringCase){.s = {gen_chars(text), text.len}, .offset = bodies[i].at - (int32_t)behind, .used = true};
        }
}

// To the body of a case of a switch without tag, when it is true.
static void condition_jump(FuncGen *g, Expr *e, Label *to) {
    emit_line(g, e->pos);
    if (type_under(e->type)->kind != KIND_INTERFACE) {
        cond_jump(g, e, true, to);
        return;
    }
    uint32_t mark = g->top, ok = slot_word(g, false), one = slot_alloc(g, lower_type(type_any));
    emit_ptr(g, OP_LOAD_K, one, 0, 0, lower_type(TY(KIND_BOOL)));
    emit_int(g, one + 1, 1);
    emit(g, OP_EQ_IFACE, ok, expr(g, e), one);
    emit_branch1(g, OP_JUMP_T, ok, to);
    g->top = mark;
}

void switch_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    Choice choice;
    choice_init(&choice, s, s->switch_.clauses, s->switch_.nclauses);
    if (s->switch_.init) stmt(g, s->switch_.init);
    Expr *tag = s->switch_.tag;
    uint32_t v = 0;
    Type *tt = NULL;
    if (tag) {
        emit_line(g, tag->pos);
        tt = tag->type;
        if (type_is_untyped(tt)) tt = type_default(tt);
        v = expr_as(g, tag, tt, ANY);
    }
    SwitchTable table = tag ? table_for(s, tt) : (SwitchTable){0};
    StringTable *strings = tag ? strings_for(s, tt) : NULL;
    bool jumped = table.at || strings;
    if (table.at) table_jump(g, &table, v);
    if (strings) emit_ptr(g, OP_SWITCH_STR, v, 0, 0, strings);
    uint32_t behind = g->code.len;
    for (uint32_t i = 0; i < choice.n && !jumped; i++)
        for (uint32_t k = 0; k < choice.clauses[i].exprs.len; k++) {
            Expr *e = choice.clauses[i].exprs.at[k];
            if (tag) case_jump(g, v, tt, e, &choice.bodies[i]);
            else condition_jump(g, e, &choice.bodies[i]);
        }
    emit_jump(g, choice.other);
    clause_bodies(g, &choice, NULL, NULL);
    if (table.at) fill_table(s, &table, choice.bodies, choice.other);
    if (strings) fill_strings(s, strings, behind, choice.bodies);
    g->top = mark;
}

static void type_case_jump(FuncGen *g, uint32_t v, Expr *c, Label *to) {
    uint32_t mark = g->top;
    if (c->mode == MODE_NIL || type_under(c->type)->kind == TYPE_K_UNTYPED_NIL) {
        emit_branch(g, OP_JEQ_I, v, 0, to);
    } else if (type_under(c->type)->kind == KIND_INTERFACE) {
        uint32_t ok = slot_word(g, false);
        emit_ptr(g, OP_IMPLEMENTS, ok, v, 0, lower_type(c->type));
        emit_branch1(g, OP_JUMP_T, ok, to);
    } else {
        uint32_t t = slot_word(g, false);
        emit_ptr(g, OP_LOAD_K, t, 0, 0, lower_type(c->type));
        emit_branch(g, OP_JEQ, v, t, to);
    }
    g->top = mark;
}

static void bind_clause_var(FuncGen *g, CaseClause *c, uint32_t v, Type *xt) {
    Object *o = c->var;
    if (!o) return;
    declare_var(g, o);
    uint32_t mark = g->top;
    if (type_under(o->type)->kind == KIND_INTERFACE || type_identical(o->type, xt)) init_var(g, o, v);
    else {
        const TypeDesc *d = lower_type(o->type);
        uint32_t tmp = slot_alloc(g, d);
        if (d->size && (type_is_direct(d) || is_big(d))) emit_move(g, tmp, v + 1, 1);
        else if (d->size) load_mem(g, tmp, v + 1, 0, o->type);
        init_var(g, o, tmp);
    }
    g->top = mark;
}

typedef struct Switched { uint32_t slot; Type *type; } Switched; // what a type switch is about

static void enter_type_clause(FuncGen *g, Choice *x, uint32_t i, void *ctx) {
    const Switched *on = ctx;
    bind_clause_var(g, &x->clauses[i], on->slot, on->type);
}

void type_switch(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    Choice choice;
    choice_init(&choice, s, s->type_switch.clauses, s->type_switch.nclauses);
    if (s->type_switch.init) stmt(g, s->type_switch.init);
    emit_line(g, s->pos);
    Expr *x = s->type_switch.x;
    if (ast_unparen(x)->kind == EXPR_TYPE_ASSERT && !ast_unparen(x)->assert_.type) x = ast_unparen(x)->assert_.x;
    Switched on = {slot_alloc(g, lower_type(x->type)), x->type};
    expr_to(g, x, on.slot);
    for (uint32_t i = 0; i < choice.n; i++)
        for (uint32_t k = 0; k < choice.clauses[i].exprs.len; k++) type_case_jump(g, on.slot, choice.clauses[i].exprs.at[k], &choice.bodies[i]);
    emit_jump(g, choice.other);
    clause_bodies(g, &choice, enter_type_clause, &on);
    g->top = mark;
}

// --- select

static Arm select_arm(FuncGen *g, Stmt *c) {
    Arm a = {.ok = NO_SLOT, .timer = NO_SLOT};
    emit_line(g, c->pos);
    a.chan = slot_word(g, true);
    comm_channel(g, c, a.chan);
    comm_arm(g, c, &a, false);
    return a;
}

static void enter_comm_clause(FuncGen *g, Choice *x, uint32_t i, void *ctx) {
    Arm *arms = ctx;
    if (!x->clauses[i].is_default && arms[i].kind == ARM_RECEIVE) bind_received(g, x->clauses[i].comm, &arms[i]);
}

enum { CHOSE_DEFAULT = 0xffff }; // by OP_SELECT

void select_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top, n = s->select.nclauses, ncases = 0;
    Choice choice;
    choice_init(&choice, s, s->select.clauses, n);
    Arm *arms = arena_alloc((n + 1) * sizeof *arms);
    SelectCase *cases = arena_alloc((n + 1) * sizeof *cases);
    for (uint32_t i = 0; i < n; i++) {
        if (choice.clauses[i].is_default) continue;
        Arm *a = &arms[i];
        *a = select_arm(g, choice.clauses[i].comm);
        cases[ncases++] = (SelectCase){(uint16_t)a->chan, (uint16_t)a->value, (uint16_t)a->ok, a->kind, false, (uint16_t)a->slots, a->filter};
    }
    uint32_t chosen = slot_word(g, false);
    emit_line(g, s->pos);
    emit_ptr(g, OP_SELECT, chosen, choice.other != &choice.end, ncases, cases);
    for (uint32_t i = 0, k = 0; i < n; i++) emit_branch(g, OP_JEQ_I, chosen, choice.clauses[i].is_default ? CHOSE_DEFAULT : k++, &choice.bodies[i]);
    clause_bodies(g, &choice, enter_comm_clause, arms);
    g->top = mark;
}
