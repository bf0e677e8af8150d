// SPDX-License-Identifier: MIT
// ast.c: copies of syntax trees, and their text for messages.
#include "compiler/types.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Conversions are none, nor builtins that look at their operands or panic.
bool ast_is_call(const Expr *e) {
    if (e->kind != EXPR_CALL) return e->kind == EXPR_RECV_POST || (e->kind == EXPR_UNARY && e->op == TOK_ARROW);
    if (e->mode == MODE_CONST || e->call.call_kind == CALL_CONVERSION) return false;
    return e->call.call_kind != CALL_BUILTIN || e->call.builtin == BUILTIN_copy || e->call.builtin == BUILTIN_recover;
}

// --- sizes

#define UP_TO(part) (uint8_t)(offsetof(Expr, part) + sizeof((Expr *)0)->part)

// Kinds that may be made another one have room for it: any for a name or
// operator (a name again, after an error), a selection for an instance or in
// parentheses; those that are listed as WHOLE have room for all.
#define WHOLE sizeof(Expr)
const uint8_t ast_expr_sizes[EXPR_KIND_COUNT] = {
    [EXPR_IDENT] = UP_TO(ident), [EXPR_BASIC_LIT] = UP_TO(lit), [EXPR_SELECTOR] = UP_TO(selector), [EXPR_INDEX] = UP_TO(index),
    [EXPR_PAREN] = UP_TO(ident), [EXPR_STAR] = UP_TO(ident), [EXPR_UNARY] = UP_TO(ident), [EXPR_RECV_POST] = UP_TO(ident),
    [EXPR_BINARY] = UP_TO(ident), [EXPR_KEY_VALUE] = UP_TO(ident), [EXPR_ARRAY_TYPE] = UP_TO(ident), [EXPR_MAP_TYPE] = UP_TO(ident),
    [EXPR_CHAN_TYPE] = UP_TO(ident), [EXPR_ELLIPSIS] = UP_TO(ident),
    [EXPR_BAD] = WHOLE, [EXPR_COMPOSITE] = WHOLE, [EXPR_FUNC_LIT] = WHOLE, [EXPR_SLICE] = WHOLE, [EXPR_TYPE_ASSERT] = WHOLE, [EXPR_CALL] = WHOLE,
    [EXPR_STRUCT_TYPE] = WHOLE, [EXPR_FUNC_TYPE] = WHOLE, [EXPR_INTERFACE_TYPE] = WHOLE,
};
_Static_assert(sizeof(((Expr *)0)->binary) <= sizeof(((Expr *)0)->ident) && sizeof(((Expr *)0)->chan) <= sizeof(((Expr *)0)->ident), "operators have the size of names");
_Static_assert(sizeof(((Expr *)0)->index) <= sizeof(((Expr *)0)->selector), "a selection may be made an instance");

void ast_copy_expr(Expr *to, const Expr *from) { memcpy(to, from, ast_expr_size(from->kind)); }
Expr *ast_dup_expr(const Expr *e) { return arena_dup(e, ast_expr_size(e->kind)); }

// Kinds that are not listed by their part have room for all: one that is being
// parsed may turn out to be another.
#define STMT_UP_TO(part) (uint8_t)(offsetof(Stmt, part) + sizeof((Stmt *)0)->part)
const uint8_t ast_stmt_sizes[STMT_KIND_COUNT] = {
    [STMT_BAD] = offsetof(Stmt, expr), [STMT_EMPTY] = offsetof(Stmt, expr), [STMT_EXPR] = STMT_UP_TO(expr), [STMT_SEND] = sizeof(Stmt), [STMT_INCDEC] = STMT_UP_TO(incdec),
    [STMT_ASSIGN] = STMT_UP_TO(assign), [STMT_DEFINE] = STMT_UP_TO(assign), [STMT_GO] = STMT_UP_TO(go), [STMT_DEFER] = STMT_UP_TO(go),
    [STMT_RETURN] = STMT_UP_TO(ret), [STMT_BRANCH] = STMT_UP_TO(branch), [STMT_BLOCK] = STMT_UP_TO(block), [STMT_IF] = STMT_UP_TO(if_),
    [STMT_SWITCH] = sizeof(Stmt), [STMT_TYPE_SWITCH] = sizeof(Stmt), [STMT_SELECT] = sizeof(Stmt), [STMT_FOR] = sizeof(Stmt), [STMT_RANGE] = sizeof(Stmt),
    [STMT_LABELED] = sizeof(Stmt), [STMT_DECL] = STMT_UP_TO(decl), [STMT_INPUT] = sizeof(Stmt), [STMT_GUARDED] = sizeof(Stmt), [STMT_PARALLEL] = sizeof(Stmt),
};

const uint8_t ast_stmt_traits[STMT_KIND_COUNT] = {
    [STMT_BAD] = BODY_NEVER_INLINED, [STMT_SEND] = BODY_NEVER_INLINED, [STMT_GO] = BODY_NEVER_INLINED, [STMT_DEFER] = BODY_NEVER_INLINED, [STMT_TYPE_SWITCH] = BODY_NEVER_INLINED,
    [STMT_SELECT] = BODY_NEVER_INLINED, [STMT_FOR] = BODY_NEVER_INLINED, [STMT_RANGE] = BODY_NEVER_INLINED,
    [STMT_LABELED] = BODY_NEVER_INLINED | BODY_LABELS, [STMT_INPUT] = BODY_NEVER_INLINED, [STMT_GUARDED] = BODY_NEVER_INLINED,
    [STMT_PARALLEL] = BODY_NEVER_INLINED,
};

// --- copies

static ExprList clone_list(ExprList l) {
    ExprList out = {0};
    for (uint32_t i = 0; i < l.len; i++) VEC_PUSH(&out, ast_clone_expr(l.at[i]));
    return out;
}

// Neighbours that share one type expression share one copy, too.
static FieldList clone_fields(FieldList l) {
    FieldList out = {0};
    const Expr *last = NULL;
    Expr *copy = NULL;
    for (uint32_t i = 0; i < l.len; i++) {
        Field f = l.at[i];
        if (f.type != last) {
            last = f.type;
            copy = ast_clone_expr(f.type);
        }
        f.type = copy;
        f.name = ast_clone_expr(f.name);
        f.tag = ast_clone_expr(f.tag);
        VEC_PUSH(&out, f);
    }
    return out;
}

static void clone_parts(Expr *c) {
    switch (c->kind) {
    case EXPR_IDENT: c->ident.obj = NULL; break;
    case EXPR_COMPOSITE:
        c->composite.type = ast_clone_expr(c->composite.type);
        c->composite.elems = clone_list(c->composite.elems);
        break;
    case EXPR_KEY_VALUE:
        c->kv.key = ast_clone_expr(c->kv.key);
        c->kv.value = ast_clone_expr(c->kv.value);
        break;
    case EXPR_FUNC_LIT:
        c->func.sig = ast_clone_expr(c->func.sig);
        c->func.body = ast_clone_stmt(c->func.body);
        c->func.info = NULL;
        break;
    case EXPR_PAREN: c->paren.x = ast_clone_expr(c->paren.x); break;
    case EXPR_SELECTOR:
        c->selector.x = ast_clone_expr(c->selector.x);
        c->selector.sel = ast_clone_expr(c->selector.sel);
        c->selector.selection = NULL;
        c->selector.obj = NULL;
        break;
    case EXPR_INDEX:
        c->index.x = ast_clone_expr(c->index.x);
        c->index.index = clone_list(c->index.index);
        c->index.instance = NULL;
        break;
    case EXPR_SLICE:
        c->slice.x = ast_clone_expr(c->slice.x);
        c->slice.lo = ast_clone_expr(c->slice.lo);
        c->slice.hi = ast_clone_expr(c->slice.hi);
        c->slice.max = ast_clone_expr(c->slice.max);
        break;
    case EXPR_TYPE_ASSERT:
        c->assert_.x = ast_clone_expr(c->assert_.x);
        c->assert_.type = ast_clone_expr(c->assert_.type);
        break;
    case EXPR_CALL:
        c->call.fn = ast_clone_expr(c->call.fn);
        c->call.args = clone_list(c->call.args);
        c->call.instance = NULL;
        c->call.call_kind = 0;
        c->call.builtin = 0;
        c->call.spread = NULL;
        break;
    case EXPR_STAR: case EXPR_UNARY: case EXPR_RECV_POST: c->unary.x = ast_clone_expr(c->unary.x); break;
    case EXPR_BINARY:
        c->binary.x = ast_clone_expr(c->binary.x);
        c->binary.y = ast_clone_expr(c->binary.y);
        break;
    case EXPR_ARRAY_TYPE:
        c->array.len = ast_clone_expr(c->array.len);
        c->array.elem = ast_clone_expr(c->array.elem);
        break;
    case EXPR_STRUCT_TYPE: c->struct_.fields = clone_fields(c->struct_.fields); break;
    case EXPR_FUNC_TYPE:
        c->sig.tparams = clone_fields(c->sig.tparams);
        c->sig.params = clone_fields(c->sig.params);
        c->sig.results = clone_fields(c->sig.results);
        break;
    case EXPR_INTERFACE_TYPE: c->iface.elems = clone_fields(c->iface.elems); break;
    case EXPR_MAP_TYPE:
        c->map.key = ast_clone_expr(c->map.key);
        c->map.elem = ast_clone_expr(c->map.elem);
        break;
    case EXPR_CHAN_TYPE: c->chan.elem = ast_clone_expr(c->chan.elem); break;
    case EXPR_ELLIPSIS: c->ellipsis.elem = ast_clone_expr(c->ellipsis.elem); break;
    default: break;
    }
}

Expr *ast_clone_expr(const Expr *e) {
    if (!e) return NULL;
    Expr *c = ast_dup_expr(e);
    c->mode = MODE_INVALID;
    c->flags &= EXPR_IMPLICIT;
    c->type = NULL;
    c->val = NULL;
    clone_parts(c);
    return c;
}

static StmtList clone_stmts(StmtList l) {
    StmtList out = {0};
    for (uint32_t i = 0; i < l.len; i++) VEC_PUSH(&out, ast_clone_stmt(l.at[i]));
    return out;
}

static CaseClause *clone_clauses(const CaseClause *at, uint32_t n) {
    CaseClause *out = ARENA_ARRAY(CaseClause, n);
    for (uint32_t i = 0; i < n; i++) {
        out[i] = at[i];
        out[i].exprs = clone_list(at[i].exprs);
        out[i].comm = ast_clone_stmt(at[i].comm);
        out[i].body = clone_stmts(at[i].body);
        out[i].var = NULL;
    }
    return out;
}

static Range clone_range(Range r) { return (Range){ast_clone_expr(r.name), ast_clone_expr(r.lo), ast_clone_expr(r.hi), NULL}; }

static void clone_guarded(Stmt *c) {
    GuardedCmd *out = ARENA_ARRAY(GuardedCmd, c->guarded.ncmds);
    for (uint32_t i = 0; i < c->guarded.ncmds; i++) {
        const GuardedCmd *g = &c->guarded.cmds[i];
        out[i] = *g;
        out[i].ranges.at = NULL;
        out[i].ranges.len = out[i].ranges.cap = 0;
        for (uint32_t k = 0; k < g->ranges.len; k++) VEC_PUSH(&out[i].ranges, clone_range(g->ranges.at[k]));
        out[i].guard = clone_stmts(g->guard);
        out[i].body = clone_stmts(g->body);
    }
    c->guarded.cmds = out;
}

static void clone_parallel(Stmt *c) {
    Process *out = ARENA_ARRAY(Process, c->parallel.nprocs);
    for (uint32_t i = 0; i < c->parallel.nprocs; i++) {
        const Process *p = &c->parallel.procs[i];
        out[i] = *p;
        out[i].label = ast_clone_expr(p->label);
        out[i].subs.at = NULL;
        out[i].subs.len = out[i].subs.cap = 0;
        for (uint32_t k = 0; k < p->subs.len; k++) VEC_PUSH(&out[i].subs, clone_range(p->subs.at[k]));
        out[i].body = clone_stmts(p->body);
        out[i].info = NULL;
    }
    c->parallel.procs = out;
    c->parallel.chans = clone_fields(c->parallel.chans);
    c->parallel.net = NULL;
}

Stmt *ast_clone_stmt(const Stmt *s) {
    if (!s) return NULL;
    Stmt *c = arena_dup(s, ast_stmt_sizes[s->kind]);
    switch (c->kind) {
    case STMT_EXPR: c->expr.x = ast_clone_expr(c->expr.x); break;
    case STMT_SEND:
        c->send.ch = ast_clone_expr(c->send.ch);
        c->send.value = ast_clone_expr(c->send.value);
        c->send.tuple = clone_list(c->send.tuple);
        c->send.comm = NULL;
        break;
    case STMT_INCDEC: c->incdec.x = ast_clone_expr(c->incdec.x); break;
    case STMT_ASSIGN: case STMT_DEFINE:
        c->assign.lhs = clone_list(c->assign.lhs);
        c->assign.rhs = clone_list(c->assign.rhs);
        c->assign.new_mask = 0;
        break;
    case STMT_GO: case STMT_DEFER: c->go.call = ast_clone_expr(c->go.call); break;
    case STMT_RETURN:
        c->ret.results = clone_list(c->ret.results);
        c->ret.func = NULL;
        break;
    case STMT_BRANCH: c->branch.target = NULL; break;
    case STMT_BLOCK: c->block.list = clone_stmts(c->block.list); break;
    case STMT_IF:
        c->if_.init = ast_clone_stmt(c->if_.init);
        c->if_.cond = ast_clone_expr(c->if_.cond);
        c->if_.then = ast_clone_stmt(c->if_.then);
        c->if_.else_ = ast_clone_stmt(c->if_.else_);
        break;
    case STMT_SWITCH:
        c->switch_.init = ast_clone_stmt(c->switch_.init);
        c->switch_.tag = ast_clone_expr(c->switch_.tag);
        c->switch_.clauses = clone_clauses(c->switch_.clauses, c->switch_.nclauses);
        break;
    case STMT_TYPE_SWITCH:
        c->type_switch.init = ast_clone_stmt(c->type_switch.init);
        c->type_switch.x = ast_clone_expr(c->type_switch.x);
        c->type_switch.clauses = clone_clauses(c->type_switch.clauses, c->type_switch.nclauses);
        break;
    case STMT_SELECT: c->select.clauses = clone_clauses(c->select.clauses, c->select.nclauses); break;
    case STMT_FOR:
        c->for_.init = ast_clone_stmt(c->for_.init);
        c->for_.cond = ast_clone_expr(c->for_.cond);
        c->for_.post = ast_clone_stmt(c->for_.post);
        c->for_.body = ast_clone_stmt(c->for_.body);
        memset(&c->for_.loop_vars, 0, sizeof c->for_.loop_vars);
        break;
    case STMT_RANGE:
        c->range.key = ast_clone_expr(c->range.key);
        c->range.value = ast_clone_expr(c->range.value);
        c->range.x = ast_clone_expr(c->range.x);
        c->range.body = ast_clone_stmt(c->range.body);
        c->range.func = NULL;
        break;
    case STMT_LABELED:
        c->labeled.stmt = ast_clone_stmt(c->labeled.stmt);
        c->labeled.used = false;
        break;
    case STMT_DECL: c->decl.decl = ast_clone_decl(c->decl.decl); break;
    case STMT_INPUT:
        c->input.ch = ast_clone_expr(c->input.ch);
        c->input.ok = ast_clone_expr(c->input.ok);
        c->input.targets = clone_list(c->input.targets);
        c->input.comm = NULL;
        break;
    case STMT_GUARDED: clone_guarded(c); break;
    case STMT_PARALLEL: clone_parallel(c); break;
    default: break;
    }
    return c;
}

Decl *ast_clone_decl(const Decl *d) {
    if (!d) return NULL;
    Decl *c = arena_dup(d, sizeof *d);
    c->next_in_group = ast_clone_decl(d->next_in_group);
    switch (c->kind) {
    case DECL_CONST: case DECL_VAR:
        c->value.names = clone_list(c->value.names);
        c->value.type = ast_clone_expr(c->value.type);
        c->value.values = clone_list(c->value.values);
        memset(&c->value.objs, 0, sizeof c->value.objs);
        break;
    case DECL_TYPE:
        c->type.name = ast_clone_expr(c->type.name);
        c->type.tparams = clone_fields(c->type.tparams);
        c->type.type = ast_clone_expr(c->type.type);
        c->type.obj = NULL;
        break;
    case DECL_FUNC:
        c->func.name = ast_clone_expr(c->func.name);
        if (c->func.recv) {
            Field *f = arena_dup(c->func.recv, sizeof *f);
            f->name = ast_clone_expr(f->name);
            f->type = ast_clone_expr(f->type);
            c->func.recv = f;
        }
        c->func.sig = ast_clone_expr(c->func.sig);
        c->func.body = ast_clone_stmt(c->func.body);
        c->func.obj = NULL;
        break;
    default: break;
    }
    return c;
}

// --- names


static void visit_list(ExprList l, const AstVisitor *v) {
    for (uint32_t i = 0; i < l.len; i++) ast_visit(l.at[i], v);
}

static void visit_fields(FieldList l, const AstVisitor *v) {
    for (uint32_t i = 0; i < l.len; i++)
        if (i == 0 || l.at[i].type != l.at[i - 1].type) ast_visit(l.at[i].type, v);
}

void ast_visit(Expr *e, const AstVisitor *v) {
    if (!e || !v->expr(e, v->ctx)) return;
    switch (e->kind) {
    case EXPR_COMPOSITE:
        ast_visit(e->composite.type, v);
        visit_list(e->composite.elems, v);
        break;
    case EXPR_KEY_VALUE:
        ast_visit(e->kv.key, v);
        ast_visit(e->kv.value, v);
        break;
    case EXPR_FUNC_LIT:
        ast_visit(e->func.sig, v);
        ast_visit_stmt(e->func.body, v);
        break;
    case EXPR_PAREN: ast_visit(e->paren.x, v); break;
    case EXPR_SELECTOR: ast_visit(e->selector.x, v); break;
    case EXPR_INDEX:
        ast_visit(e->index.x, v);
        visit_list(e->index.index, v);
        break;
    case EXPR_SLICE:
        ast_visit(e->slice.x, v);
        ast_visit(e->slice.lo, v);
        ast_visit(e->slice.hi, v);
        ast_visit(e->slice.max, v);
        break;
    case EXPR_TYPE_ASSERT:
        ast_visit(e->assert_.x, v);
        ast_visit(e->assert_.type, v);
        break;
    case EXPR_CALL:
        ast_visit(e->call.fn, v);
        visit_list(e->call.args, v);
        break;
    case EXPR_STAR: case EXPR_UNARY: case EXPR_RECV_POST: ast_visit(e->unary.x, v); break;
    case EXPR_BINARY:
        ast_visit(e->binary.x, v);
        ast_visit(e->binary.y, v);
        break;
    case EXPR_ARRAY_TYPE:
        ast_visit(e->array.len, v);
        ast_visit(e->array.elem, v);
        break;
    case EXPR_STRUCT_TYPE: visit_fields(e->struct_.fields, v); break;
    case EXPR_FUNC_TYPE:
        visit_fields(e->sig.tparams, v);
        visit_fields(e->sig.params, v);
        visit_fields(e->sig.results, v);
        break;
    case EXPR_INTERFACE_TYPE: visit_fields(e->iface.elems, v); break;
    case EXPR_MAP_TYPE:
        ast_visit(e->map.key, v);
        ast_visit(e->map.elem, v);
        break;
    case EXPR_CHAN_TYPE: ast_visit(e->chan.elem, v); break;
    case EXPR_ELLIPSIS: ast_visit(e->ellipsis.elem, v); break;
    default: break;
    }
}

static void visit_stmts(StmtList l, const AstVisitor *v) {
    for (uint32_t i = 0; i < l.len; i++) ast_visit_stmt(l.at[i], v);
}

static void visit_clauses(CaseClause *at, uint32_t n, const AstVisitor *v) {
    for (uint32_t i = 0; i < n; i++) {
        visit_list(at[i].exprs, v);
        ast_visit_stmt(at[i].comm, v);
        visit_stmts(at[i].body, v);
    }
}

static void visit_decl(Decl *d, const AstVisitor *v) {
    for (; d; d = d->next_in_group) {
        if (d->kind == DECL_CONST || d->kind == DECL_VAR) {
            ast_visit(d->value.type, v);
            visit_list(d->value.values, v);
        } else if (d->kind == DECL_TYPE) {
            ast_visit(d->type.type, v);
        }
    }
}

static void visit_range(const Range *r, const AstVisitor *v) {
    ast_visit(r->lo, v);
    ast_visit(r->hi, v);
}

static void visit_guarded(Stmt *s, const AstVisitor *v) {
    for (uint32_t i = 0; i < s->guarded.ncmds; i++) {
        GuardedCmd *c = &s->guarded.cmds[i];
        for (uint32_t k = 0; k < c->ranges.len; k++) visit_range(&c->ranges.at[k], v);
        visit_stmts(c->guard, v);
        visit_stmts(c->body, v);
    }
}

static void visit_parallel(Stmt *s, const AstVisitor *v) {
    visit_fields(s->parallel.chans, v);
    for (uint32_t i = 0; i < s->parallel.nprocs; i++) {
        Process *p = &s->parallel.procs[i];
        for (uint32_t k = 0; k < p->subs.len; k++) visit_range(&p->subs.at[k], v);
        visit_stmts(p->body, v);
    }
}

void ast_visit_stmt(Stmt *s, const AstVisitor *v) {
    if (!s) return;
    if (v->stmt) v->stmt(s, v->ctx);
    switch (s->kind) {
    case STMT_EXPR: ast_visit(s->expr.x, v); break;
    case STMT_SEND:
        ast_visit(s->send.ch, v);
        ast_visit(s->send.value, v);
        visit_list(s->send.tuple, v);
        break;
    case STMT_INCDEC: ast_visit(s->incdec.x, v); break;
    case STMT_ASSIGN: case STMT_DEFINE:
        visit_list(s->assign.lhs, v);
        visit_list(s->assign.rhs, v);
        break;
    case STMT_GO: case STMT_DEFER: ast_visit(s->go.call, v); break;
    case STMT_RETURN: visit_list(s->ret.results, v); break;
    case STMT_BLOCK: visit_stmts(s->block.list, v); break;
    case STMT_IF:
        ast_visit_stmt(s->if_.init, v);
        ast_visit(s->if_.cond, v);
        ast_visit_stmt(s->if_.then, v);
        ast_visit_stmt(s->if_.else_, v);
        break;
    case STMT_SWITCH:
        ast_visit_stmt(s->switch_.init, v);
        ast_visit(s->switch_.tag, v);
        visit_clauses(s->switch_.clauses, s->switch_.nclauses, v);
        break;
    case STMT_TYPE_SWITCH:
        ast_visit_stmt(s->type_switch.init, v);
        ast_visit(s->type_switch.x, v);
        visit_clauses(s->type_switch.clauses, s->type_switch.nclauses, v);
        break;
    case STMT_SELECT: visit_clauses(s->select.clauses, s->select.nclauses, v); break;
    case STMT_FOR:
        ast_visit_stmt(s->for_.init, v);
        ast_visit(s->for_.cond, v);
        ast_visit_stmt(s->for_.post, v);
        ast_visit_stmt(s->for_.body, v);
        break;
    case STMT_RANGE:
        ast_visit(s->range.key, v);
        ast_visit(s->range.value, v);
        ast_visit(s->range.x, v);
        ast_visit_stmt(s->range.body, v);
        break;
    case STMT_LABELED: ast_visit_stmt(s->labeled.stmt, v); break;
    case STMT_DECL: visit_decl(s->decl.decl, v); break;
    case STMT_INPUT:
        ast_visit(s->input.ch, v);
        visit_list(s->input.targets, v);
        ast_visit(s->input.ok, v);
        break;
    case STMT_GUARDED: visit_guarded(s, v); break;
    case STMT_PARALLEL: visit_parallel(s, v); break;
    default: break;
    }
}

// --- text

enum { TEXT_LIMIT = 4000 };
typedef struct Text { char *at; size_t len; } Text; // a buffer of TEXT_LIMIT bytes; what is longer is cut

static void put_n(Text *t, const char *s, size_t n) {
    if (t->len + n >= TEXT_LIMIT) n = TEXT_LIMIT - 1 - t->len;
    memcpy(t->at + t->len, s, n);
    t->len += n;
}
static void put(Text *t, const char *s) { put_n(t, s, strlen(s)); }

static void put_expr(Text *t, const Expr *e);

static void put_list(Text *t, ExprList l) {
    for (uint32_t i = 0; i < l.len; i++) {
        if (i) put(t, ", ");
        put_expr(t, l.at[i]);
    }
}

static void put_fields(Text *t, FieldList l, const char *sep) {
    for (uint32_t i = 0; i < l.len; i++) {
        if (i) put(t, sep);
        const Field *f = &l.at[i];
        if (f->name) {
            put_expr(t, f->name);
            if (i + 1 < l.len && l.at[i + 1].type == f->type) continue;
            if (f->type) put(t, " ");
        }
        put_expr(t, f->type);
    }
}

static void put_signature(Text *t, const Expr *e) {
    put(t, "(");
    put_fields(t, e->sig.params, ", ");
    put(t, ")");
    if (!e->sig.results.len) return;
    put(t, " ");
    bool parens = e->sig.results.len > 1 || e->sig.results.at[0].name;
    if (parens) put(t, "(");
    put_fields(t, e->sig.results, ", ");
    if (parens) put(t, ")");
}

static void put_elems(Text *t, FieldList l) {
    for (uint32_t i = 0; i < l.len; i++) {
        const Field *f = &l.at[i];
        if (i) put(t, "; ");
        if (f->name) {
            put_expr(t, f->name);
            put_signature(t, f->type);
        } else {
            put_expr(t, f->type);
        }
    }
}

static void put_expr(Text *t, const Expr *e) {
    if (!e || t->len >= TEXT_LIMIT - 1) return;
    switch (e->kind) {
    case EXPR_IDENT: put(t, e->ident.name->text); break;
    case EXPR_BASIC_LIT: put_n(t, e->lit.text.ptr, (size_t)e->lit.text.len); break;
    case EXPR_COMPOSITE:
        put_expr(t, e->composite.type);
        put(t, e->composite.elems.len ? "{\xe2\x80\xa6}" : "{}");
        break;
    case EXPR_KEY_VALUE:
        put_expr(t, e->kv.key);
        put(t, ": ");
        put_expr(t, e->kv.value);
        break;
    case EXPR_FUNC_LIT:
        put(t, "func");
        put_signature(t, e->func.sig);
        put(t, " {\xe2\x80\xa6}");
        break;
    case EXPR_PAREN:
        put(t, "(");
        put_expr(t, e->paren.x);
        put(t, ")");
        break;
    case EXPR_SELECTOR:
        put_expr(t, e->selector.x);
        put(t, ".");
        put_expr(t, e->selector.sel);
        break;
    case EXPR_INDEX:
        put_expr(t, e->index.x);
        put(t, "[");
        put_list(t, e->index.index);
        put(t, "]");
        break;
    case EXPR_SLICE:
        put_expr(t, e->slice.x);
        put(t, "[");
        put_expr(t, e->slice.lo);
        put(t, ":");
        put_expr(t, e->slice.hi);
        if (e->slice.three) {
            put(t, ":");
            put_expr(t, e->slice.max);
        }
        put(t, "]");
        break;
    case EXPR_TYPE_ASSERT:
        put_expr(t, e->assert_.x);
        put(t, ".(");
        if (e->assert_.type) put_expr(t, e->assert_.type);
        else put(t, "type");
        put(t, ")");
        break;
    case EXPR_CALL:
        put_expr(t, e->call.fn);
        put(t, "(");
        put_list(t, e->call.args);
        if (e->call.ellipsis) put(t, "...");
        put(t, ")");
        break;
    case EXPR_STAR:
        put(t, "*");
        put_expr(t, e->unary.x);
        break;
    case EXPR_UNARY:
        put(t, token_text[e->op]);
        put_expr(t, e->unary.x);
        break;
    case EXPR_RECV_POST:
        put_expr(t, e->unary.x);
        put(t, "?");
        break;
    case EXPR_BINARY:
        put_expr(t, e->binary.x);
        put(t, " ");
        put(t, token_text[e->op]);
        put(t, " ");
        put_expr(t, e->binary.y);
        break;
    case EXPR_ARRAY_TYPE:
        put(t, "[");
        put_expr(t, e->array.len);
        put(t, "]");
        put_expr(t, e->array.elem);
        break;
    case EXPR_STRUCT_TYPE:
        put(t, "struct{");
        put_fields(t, e->struct_.fields, "; ");
        put(t, "}");
        break;
    case EXPR_FUNC_TYPE:
        put(t, "func");
        put_signature(t, e);
        break;
    case EXPR_INTERFACE_TYPE:
        put(t, "interface{");
        put_elems(t, e->iface.elems);
        put(t, "}");
        break;
    case EXPR_MAP_TYPE:
        put(t, "map[");
        put_expr(t, e->map.key);
        put(t, "]");
        put_expr(t, e->map.elem);
        break;
    case EXPR_CHAN_TYPE:
        put(t, e->chan.dir == 1 ? "<-chan " : e->chan.dir == 2 ? "chan<- " : "chan ");
        put_expr(t, e->chan.elem);
        break;
    case EXPR_ELLIPSIS:
        put(t, "...");
        put_expr(t, e->ellipsis.elem);
        break;
    default: put(t, "_"); break;
    }
}

const char *ast_string(const Expr *e) {
    Text t = {arena_alloc(TEXT_LIMIT), 0};
    put_expr(&t, e);
    return t.at;
}
