// SPDX-License-Identifier: MIT
// check_switch.c: switch, type switch and select: their cases, which must differ,
// and the scopes of their clauses.
#include "compiler/check_impl.h"

// --- switch

typedef struct CaseConst { Const *val; Type *type; Pos pos; } CaseConst;

// A case of a switch without tag that is an interface value is compared with true.
static Expr *equals_true(Expr *e) {
    Expr *b = ARENA_NEW(Expr), *yes = ARENA_NEW(Expr);
    *yes = (Expr){.kind = EXPR_IDENT, .flags = EXPR_IMPLICIT, .pos = e->pos, .start = e->start, .end = e->end, .ident = {name_of("true"), NULL}};
    set_const(yes, TY(TYPE_K_UNTYPED_BOOL), const_bool(true));
    *b = (Expr){.kind = EXPR_BINARY, .op = TOK_EQL, .flags = EXPR_IMPLICIT, .pos = e->pos, .start = e->start, .end = e->end, .binary = {e, yes}};
    check_binary(b, TOK_EQL, e, yes);
    use_default(b);
    return b;
}

void check_switch(Stmt *s) {
    push_scope();
    if (s->switch_.init) check_stmt(s->switch_.init);
    Expr *tag = s->switch_.tag;
    Type *t = TY(KIND_BOOL);
    if (tag) {
        check_value(tag, NULL);
        t = is_invalid(tag) ? type_invalid : variable_type(tag, "switch expression");
        if (t != type_invalid && !type_comparable_(t) && type_under(t)->kind != KIND_FUNC && type_under(t)->kind != KIND_SLICE && type_under(t)->kind != KIND_MAP) {
            error_in(tag, "cannot switch on %s", operand_string(tag));
            t = type_invalid;
        }
    }
    Flow f;
    push_flow(&f, s, true, false);
    VEC(CaseConst) seen = {0};
    bool have_default = false;
    for (uint32_t i = 0; i < s->switch_.nclauses; i++) {
        CaseClause *c = &s->switch_.clauses[i];
        if (c->is_default) {
            if (have_default) source_error(c->pos, "multiple defaults in switch");
            have_default = true;
        }
        for (uint32_t k = 0; k < c->exprs.len; k++) {
            Expr *e = c->exprs.at[k];
            check_value(e, NULL);
            if (is_invalid(e) || t == type_invalid) continue;
            if (!tag) {
                if (e->mode != MODE_NIL && type_is_interface(e->type)) {
                    c->exprs.at[k] = equals_true(e);
                    continue;
                }
                if (e->mode == MODE_NIL || !type_is_boolean(e->type) || e->type->kind == TYPE_K_NAMED) {
                    error_in(e, "invalid case %s in switch (mismatched types %s and bool)", ast_string(e), e->mode == MODE_NIL ? "untyped nil" : type_string(e->type));
                    continue;
                }
                use_default(e);
                continue;
            }
            Expr left = {.kind = EXPR_IDENT, .mode = MODE_VALUE, .type = t, .start = tag->start, .pos = tag->pos, .end = tag->end, .ident = {name_of("tag"), NULL}};
            Expr probe = {.kind = EXPR_BINARY, .op = TOK_EQL, .start = e->start, .pos = e->start, .end = e->end};
            probe.binary.x = &left;
            probe.binary.y = e;
            if (e->mode != MODE_NIL && type_is_untyped(e->type) && !type_is_interface(t)) {
                bool kinds = type_is_boolean(e->type) ? type_is_boolean(t) : type_is_string(e->type) ? type_is_string(t) : type_is_numeric(t);
                if (!kinds) {
                    error_in(e, "invalid case %s in switch on %s (mismatched types %s and %s)", ast_string(e), ast_string(tag), type_string(e->type), type_string(t));
                    continue;
                }
            } else if (e->mode != MODE_NIL && !type_is_untyped(e->type) && !assignable_type(e->type, t) && !assignable_type(t, e->type)) {
                error_in(e, "invalid case %s in switch on %s (mismatched types %s and %s)", ast_string(e), ast_string(tag), type_string(e->type), type_string(t));
                continue;
            }
            check_binary(&probe, TOK_EQL, &left, e);
            if (is_invalid(e) || e->mode != MODE_CONST || const_kind(e->val) == CONST_BOOL || ck.in_instance) continue;
            if (seen.len < 5000) {
                for (uint32_t q = 0; q < seen.len; q++)
                    if (const_kind(seen.at[q].val) == const_kind(e->val) && type_identical(seen.at[q].type, e->type) && const_compare(TOK_EQL, seen.at[q].val, e->val)) {
                        error_in(e, "duplicate case %s in expression switch", ast_string(e));
                        source_note(seen.at[q].pos, "previous case");
                        break;
                    }
                CaseConst cc = {e->val, e->type, e->start};
                VEC_PUSH(&seen, cc);
            }
        }
        push_scope();
        for (uint32_t k = 0; k < c->body.len; k++) {
            bool last = k + 1 == c->body.len;
            ck.fallthrough_ok = last && i + 1 < s->switch_.nclauses;
            Stmt *b = c->body.at[k];
            if (last && i + 1 == s->switch_.nclauses && b->kind == STMT_BRANCH && b->op == TOK_FALLTHROUGH) source_error(b->pos, "cannot fallthrough final case in switch");
            else if (b->kind == STMT_LABELED && b->labeled.stmt->kind == STMT_BRANCH) check_stmt(b);
            else {
                bool ok = ck.fallthrough_ok;
                if (b->kind != STMT_BRANCH) ck.fallthrough_ok = false;
                check_stmt(b);
                ck.fallthrough_ok = ok;
            }
        }
        ck.fallthrough_ok = false;
        pop_scope();
    }
    pop_flow();
    pop_scope();
}

// --- type switch

static bool same_case_type(Type *a, Type *b) { return (!a && !b) || (a && b && type_identical(a, b)); }

void check_type_switch(Stmt *s) {
    push_scope();
    if (s->type_switch.init) check_stmt(s->type_switch.init);
    Expr *x = s->type_switch.x;
    check_value(x, NULL);
    bool ok = !is_invalid(x);
    if (ok && !type_is_interface(x->type)) {
        if (x->type->kind == TYPE_K_TYPE_PARAM) error_in(x, "cannot use type switch on type parameter value %s", operand_string(x));
        else error_in(x, "%s is not an interface", operand_string(x));
        ok = false;
    }
    Name *name = s->type_switch.name;
    if (name && name_is_blank(name)) {
        source_error(s->type_switch.name_pos, "no new variable on left side of :=");
        name = NULL;
    }
    Flow f;
    push_flow(&f, s, true, false);
    VEC(Type *) seen = {0};
    VEC(Object *) vars = {0};
    bool have_default = false;
    for (uint32_t i = 0; i < s->type_switch.nclauses; i++) {
        CaseClause *c = &s->type_switch.clauses[i];
        if (c->is_default) {
            if (have_default) source_error(c->pos, "multiple defaults in switch");
            have_default = true;
        }
        Type *single = NULL;
        for (uint32_t k = 0; k < c->exprs.len; k++) {
            Expr *e = c->exprs.at[k];
            Type *t = NULL;
            check_raw(e, NULL);
            if (e->mode == MODE_NIL) {
                e->type = ok ? x->type : e->type;
            } else if (is_invalid(e)) {
                single = type_invalid;
                continue;
            } else if (e->mode != MODE_TYPE) {
                error_in(e, "%s is not a type", operand_string(e));
                single = type_invalid;
                continue;
            } else {
                t = check_var_type(e);
                if (t == type_invalid) {
                    single = t;
                    continue;
                }
                Method *missing = NULL;
                Object *have = NULL;
                bool ptr = false;
                if (ok && !type_is_interface(t) && t->kind != TYPE_K_TYPE_PARAM && !ck.in_instance && !type_implements(t, x->type, &missing, &have, &ptr)) {
                    error_in(e, "impossible type switch case: %s cannot have dynamic type %s %s", operand_string(x), type_string(t), method_problem(t, missing, have, ptr));
                    note_method(t, missing, have, ptr);
                }
            }
            for (uint32_t q = 0; q < seen.len && !ck.in_instance; q++)
                if (same_case_type(seen.at[q], t)) {
                    error_in(e, "%s in type switch", t ? arena_printf("duplicate case %s", ast_string(e)) : "multiple nil cases");
                    break;
                }
            VEC_PUSH(&seen, t);
            single = t;
        }
        push_scope();
        if (name) {
            Type *vt = c->exprs.len == 1 && single ? single : ok ? x->type : type_invalid;
            Object *o = object_new(OBJ_VAR, s->type_switch.name_pos, ck.pkg, name, vt);
            o->color = BLACK;
            if (ck.func) o->var.owner = ck.func->info;
            c->var = o;
            scope_insert(ck.scope, o);
            VEC_PUSH(&vars, o);
        }
        ck.fallthrough_ok = false;
        for (uint32_t k = 0; k < c->body.len; k++) {
            Stmt *b = c->body.at[k];
            if (b->kind == STMT_BRANCH && b->op == TOK_FALLTHROUGH) source_error(b->pos, "cannot fallthrough in type switch");
            else check_stmt(b);
        }
        pop_scope();
    }
    if (name) {
        bool used = false;
        for (uint32_t i = 0; i < vars.len; i++) used |= (vars.at[i]->flags & OBJF_USED) != 0;
        if (!used && !ck.config->ignore_unused) source_error(s->type_switch.name_pos, "declared and not used: %s", name->text);
    }
    pop_flow();
    pop_scope();
}

// --- select

static bool is_receive(Expr *e) {
    e = ast_unparen(e);
    return e->kind == EXPR_UNARY && e->op == TOK_ARROW;
}

bool is_receive_comm(Stmt *c) {
    switch (c->kind) {
    case STMT_EXPR: return is_receive(c->expr.x);
    case STMT_ASSIGN: case STMT_DEFINE: return (c->kind == STMT_DEFINE || c->op == TOK_ASSIGN) && c->assign.rhs.len == 1 && c->assign.lhs.len <= 2 && is_receive(c->assign.rhs.at[0]);
    default: return false;
    }
}

static bool valid_comm(Stmt *c) { return c->kind == STMT_SEND || c->kind == STMT_INPUT || c->kind == STMT_BAD || is_receive_comm(c); }

void check_select(Stmt *s) {
    Flow f;
    push_flow(&f, s, true, false);
    bool have_default = false;
    for (uint32_t i = 0; i < s->select.nclauses; i++) {
        CaseClause *c = &s->select.clauses[i];
        push_scope();
        if (c->is_default) {
            if (have_default) source_error(c->pos, "multiple defaults in select");
            have_default = true;
        } else if (c->comm) {
            if (!valid_comm(c->comm)) source_error(c->comm->pos, "select case must be receive, send or assign recv");
            else check_stmt(c->comm);
        }
        ck.fallthrough_ok = false;
        check_stmts(&c->body);
        pop_scope();
    }
    pop_flow();
}
