// SPDX-License-Identifier: MIT
// check_switch.c: switch, type switch and select: their cases, which must differ,
// and the scopes of their clauses.
#include "compiler/check_impl.h"

// --- switch

typedef struct CaseConst { Const *val; Type *type; Pos pos; } CaseConst;
typedef VEC(CaseConst) CaseConsts;

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

// The type of what a switch compares its cases with.
static Type *tag_type(Expr *tag) {
    if (!tag) return TY(KIND_BOOL);
    check_value(tag, NULL);
    Type *t = is_invalid(tag) ? type_invalid : variable_type(tag, "switch expression");
    if (t == type_invalid) return t;
    int k = type_under(t)->kind;
    if (type_comparable_(t) || k == KIND_FUNC || k == KIND_SLICE || k == KIND_MAP) return t; // those with nil only
    error_in(tag, "cannot switch on %s", operand_string(tag));
    return type_invalid;
}

// A case of a switch without tag.
static void check_condition_case(Expr **case_) {
    Expr *e = *case_;
    if (e->mode != MODE_NIL && type_is_interface(e->type)) *case_ = equals_true(e);
    else if (e->mode == MODE_NIL || !type_is_boolean(e->type) || e->type->kind == TYPE_K_NAMED) error_in(e, "invalid case %s in switch (mismatched types %s and bool)", ast_string(e), e->mode == MODE_NIL ? "untyped nil" : type_string(e->type));
    else use_default(e);
}

static bool case_matches(Expr *e, Type *t) {
    if (e->mode == MODE_NIL) return true;
    if (!type_is_untyped(e->type)) return assignable_type(e->type, t) || assignable_type(t, e->type);
    if (type_is_interface(t)) return true;
    return type_is_boolean(e->type) ? type_is_boolean(t) : type_is_string(e->type) ? type_is_string(t) : type_is_numeric(t);
}

// false: reported.
static bool check_tag_case(Expr *e, Expr *tag, Type *t) {
    if (!case_matches(e, t)) {
        error_in(e, "invalid case %s in switch on %s (mismatched types %s and %s)", ast_string(e), ast_string(tag), type_string(e->type), type_string(t));
        return false;
    }
    Expr left = {.kind = EXPR_IDENT, .mode = MODE_VALUE, .type = t, .start = tag->start, .pos = tag->pos, .end = tag->end, .ident = {name_of("tag"), NULL}};
    Expr probe = {.kind = EXPR_BINARY, .op = TOK_EQL, .start = e->start, .pos = e->start, .end = e->end, .binary = {&left, e}};
    check_binary(&probe, TOK_EQL, &left, e);
    return !is_invalid(e);
}

static void note_case(CaseConsts *seen, Expr *e) {
    if (seen->len >= 5000) return; // each is compared with all before it
    for (uint32_t i = 0; i < seen->len; i++) {
        const CaseConst *c = &seen->at[i];
        if (const_kind(c->val) != const_kind(e->val) || !type_identical(c->type, e->type) || !const_compare(TOK_EQL, c->val, e->val)) continue;
        error_in(e, "duplicate case %s in expression switch", ast_string(e));
        source_note(c->pos, "previous case");
        break;
    }
    CaseConst c = {e->val, e->type, e->start};
    VEC_PUSH(seen, c);
}

// The statements of a case; last: of the switch.
static void check_clause_body(StmtList *body, bool last) {
    push_scope();
    for (uint32_t i = 0; i < body->len; i++) {
        Stmt *b = body->at[i];
        bool final = i + 1 == body->len;
        ck.fallthrough_ok = final && !last;
        if (final && last && b->kind == STMT_BRANCH && b->op == TOK_FALLTHROUGH) source_error(b->pos, "cannot fallthrough final case in switch");
        else check_stmt(b);
    }
    ck.fallthrough_ok = false;
    pop_scope();
}

static void note_default(CaseClause *c, bool *have, const char *where) {
    if (!c->is_default) return;
    if (*have) source_error(c->pos, "multiple defaults in %s", where);
    *have = true;
}

void check_switch(Stmt *s) {
    push_scope();
    if (s->switch_.init) check_stmt(s->switch_.init);
    Expr *tag = s->switch_.tag;
    Type *t = tag_type(tag);
    Flow f;
    push_flow(&f, s, true, false);
    CaseConsts seen = {0};
    bool have_default = false;
    for (uint32_t i = 0; i < s->switch_.nclauses; i++) {
        CaseClause *c = &s->switch_.clauses[i];
        note_default(c, &have_default, "switch");
        for (uint32_t k = 0; k < c->exprs.len; k++) {
            Expr *e = c->exprs.at[k];
            check_value(e, NULL);
            if (is_invalid(e) || t == type_invalid) continue;
            if (!tag) check_condition_case(&c->exprs.at[k]);
            else if (check_tag_case(e, tag, t) && e->mode == MODE_CONST && const_kind(e->val) != CONST_BOOL && !ck.in_instance) note_case(&seen, e);
        }
        check_clause_body(&c->body, i + 1 == s->switch_.nclauses);
    }
    pop_flow();
    pop_scope();
}

// --- type switch

typedef VEC(Type *) Types;

static bool same_case_type(Type *a, Type *b) { return (!a && !b) || (a && b && type_identical(a, b)); }

// A type that a value of interface type x could not hold is reported.
static void check_possible(Expr *e, Type *t, Expr *x) {
    Method *missing = NULL;
    Object *have = NULL;
    bool ptr = false;
    if (type_is_interface(t) || t->kind == TYPE_K_TYPE_PARAM || ck.in_instance || type_implements(t, x->type, &missing, &have, &ptr)) return;
    error_in(e, "impossible type switch case: %s cannot have dynamic type %s %s", operand_string(x), type_string(t), method_problem(t, missing, have, ptr));
    note_method(t, missing, have, ptr);
}

// The type that a case names, NULL for nil, type_invalid after an error.
// x: what is switched on; NULL: it is in error.
static Type *check_case_type(Expr *e, Expr *x) {
    check_raw(e, NULL);
    if (e->mode == MODE_NIL) {
        if (x) e->type = x->type;
        return NULL;
    }
    if (is_invalid(e)) return type_invalid;
    if (e->mode != MODE_TYPE) {
        error_in(e, "%s is not a type", operand_string(e));
        return type_invalid;
    }
    Type *t = check_var_type(e);
    if (t != type_invalid && x) check_possible(e, t, x);
    return t;
}

static void note_case_type(Types *seen, Expr *e, Type *t) {
    for (uint32_t i = 0; i < seen->len && !ck.in_instance; i++)
        if (same_case_type(seen->at[i], t)) {
            error_in(e, "%s in type switch", t ? arena_printf("duplicate case %s", ast_string(e)) : "multiple nil cases");
            break;
        }
    VEC_PUSH(seen, t);
}

// Checks the types of a clause; the type its variable takes when it is not that of x: NULL.
static Type *check_case_types(CaseClause *c, Expr *x, Types *seen) {
    Type *last = NULL;
    for (uint32_t i = 0; i < c->exprs.len; i++) {
        last = check_case_type(c->exprs.at[i], x);
        if (last != type_invalid) note_case_type(seen, c->exprs.at[i], last);
    }
    return c->exprs.len == 1 ? last : NULL;
}

// What a type switch is about; NULL after an error.
static Expr *check_switched(Expr *x) {
    check_value(x, NULL);
    if (is_invalid(x)) return NULL;
    if (type_is_interface(x->type)) return x;
    if (x->type->kind == TYPE_K_TYPE_PARAM) error_in(x, "cannot use type switch on type parameter value %s", operand_string(x));
    else error_in(x, "%s is not an interface", operand_string(x));
    return NULL;
}

// Each clause has a variable of its own; one use is enough.
static Object *clause_variable(Stmt *s, CaseClause *c, Type *t) {
    Object *o = object_new(OBJ_VAR, s->type_switch.name_pos, ck.pkg, s->type_switch.name, t);
    o->color = BLACK;
    if (ck.func) o->var.owner = ck.func->info;
    c->var = o;
    scope_insert(ck.scope, o);
    return o;
}

void check_type_switch(Stmt *s) {
    push_scope();
    if (s->type_switch.init) check_stmt(s->type_switch.init);
    Expr *x = check_switched(s->type_switch.x);
    Name *name = s->type_switch.name;
    if (name && name_is_blank(name)) {
        source_error(s->type_switch.name_pos, "no new variable on left side of :=");
        name = NULL;
    }
    Flow f;
    push_flow(&f, s, true, false);
    Types seen = {0};
    bool have_default = false, used = false;
    for (uint32_t i = 0; i < s->type_switch.nclauses; i++) {
        CaseClause *c = &s->type_switch.clauses[i];
        note_default(c, &have_default, "switch");
        Type *t = check_case_types(c, x, &seen);
        push_scope();
        Object *var = name ? clause_variable(s, c, t ? t : x ? x->type : type_invalid) : NULL;
        ck.fallthrough_ok = false;
        for (uint32_t k = 0; k < c->body.len; k++) {
            Stmt *b = c->body.at[k];
            if (b->kind == STMT_BRANCH && b->op == TOK_FALLTHROUGH) source_error(b->pos, "cannot fallthrough in type switch");
            else check_stmt(b);
        }
        pop_scope();
        used |= var && (var->flags & OBJF_USED);
    }
    if (name && !used && !ck.config->ignore_unused) source_error(s->type_switch.name_pos, "declared and not used: %s", name->text);
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
        note_default(c, &have_default, "select");
        if (c->comm) {
            if (!valid_comm(c->comm)) source_error(c->comm->pos, "select case must be receive, send or assign recv");
            else check_stmt(c->comm);
        }
        ck.fallthrough_ok = false;
        check_stmts(&c->body);
        pop_scope();
    }
    pop_flow();
}
