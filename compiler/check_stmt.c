// SPDX-License-Identifier: MIT
// check_stmt.c: statements, local declarations, labels, function bodies.
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/escape.h"
#include "compiler/notation.h"

bool lang_at_least(int minor) { return ck.pkg->lang_minor == 0 || ck.pkg->lang_minor >= minor; }

bool need_lang(Pos pos, Pos end, int minor, const char *what) {
    if (lang_at_least(minor)) return true;
    source_error_span(pos, end, "%s requires go1.%d or later (-lang was set to go1.%d; check go.mod)", what, minor, ck.pkg->lang_minor);
    return false;
}

static bool is_blank(const Name *n) { return n->text[0] == '_' && n->len == 1; }

void push_scope(void) { ck.scope = scope_new(ck.scope); }
void pop_scope(void) { ck.scope = ck.scope->parent; }

// --- declaring

static Object *new_local(Name *name, Pos pos, Type *t) {
    Object *o = object_new(OBJ_VAR, pos, ck.pkg, name, t);
    o->color = BLACK;
    escape_declared(o);
    if (ck.in_script_top) {
        o->flags |= OBJF_GLOBAL | OBJF_USED;
        VEC_PUSH(&ck.pkg->vars, o);
    } else if (ck.func) {
        o->var.owner = ck.func->info;
        VEC_PUSH(&ck.func->locals, o);
    }
    return o;
}

void enter_local(Object *o) {
    if (is_blank(o->name)) return;
    Object *old = scope_insert(ck.scope, o);
    if (!old) return;
    source_error(o->pos, "%s redeclared in this block", o->name->text);
    if (old->pos) source_note(old->pos, "other declaration of %s", o->name->text);
}

Object *declare_local(Name *name, Pos pos, Type *t) {
    Object *o = new_local(name, pos, t);
    enter_local(o);
    return o;
}

static void mismatch_count(Pos pos, uint32_t want, uint32_t have, Expr *call) {
    const char *vars = want == 1 ? "variable" : "variables", *vals = have == 1 ? "value" : "values";
    if (call) source_error(pos, "assignment mismatch: %u %s but %s returns %u %s", want, vars, ast_string(call), have, vals), advise_results(call, want);
    else source_error(pos, "assignment mismatch: %u %s but %u %s", want, vars, have, vals);
}

// Checks the right side of an assignment or declaration of n things. Answers
// the types of the n values in types (NULL: the expression's own), or false.
static bool check_sources(ExprList *rhs, uint32_t n, Type **types, Pos pos, Type **hints) {
    if (rhs->len == n && n > 1) {
        bool ok = true;
        for (uint32_t i = 0; i < n; i++) {
            check_value(rhs->at[i], hints ? hints[i] : NULL);
            ok &= !is_invalid(rhs->at[i]);
            types[i] = NULL;
        }
        return ok || true;
    }
    if (rhs->len == 1) {
        Expr *e = rhs->at[0];
        check_multi(e);
        if (is_invalid(e)) return false;
        if (n == 2 && has_comma_ok(e)) {
            want_comma_ok(e);
            types[0] = e->type->types[0];
            types[1] = e->type->types[1]->kind == KIND_BOOL ? TY(TYPE_K_UNTYPED_BOOL) : e->type->types[1];
            return true;
        }
        if (e->type->kind == TYPE_K_TUPLE) {
            if (e->type->ntypes != n) {
                mismatch_count(pos, n, e->type->ntypes, e);
                return false;
            }
            for (uint32_t i = 0; i < n; i++) types[i] = e->type->types[i];
            return true;
        }
        if (n == 1) {
            types[0] = NULL;
            return true;
        }
        mismatch_count(pos, n, 1, ast_unparen(e)->kind == EXPR_CALL && ast_unparen(e)->call.call_kind != CALL_CONVERSION ? e : NULL);
        return false;
    }
    for (uint32_t i = 0; i < rhs->len; i++) check_value(rhs->at[i], NULL);
    mismatch_count(pos, n, rhs->len, NULL);
    return false;
}

// The type a new variable takes from its value.
static Type *variable_type(Expr *e, const char *context) {
    if (is_invalid(e)) return type_invalid;
    if (e->mode == MODE_NIL) {
        error_in(e, "use of untyped nil in %s", context);
        invalidate(e);
        return type_invalid;
    }
    if (e->type->kind == KIND_FUNC && e->type->ntparams) {
        error_in(e, "cannot use generic function %s without instantiation", ast_string(e));
        invalidate(e);
        return type_invalid;
    }
    use_default(e);
    return is_invalid(e) ? type_invalid : e->type;
}

static void local_var_decl(Decl *d) {
    uint32_t n = d->value.names.len;
    Type *t = d->value.type ? check_var_type(d->value.type) : NULL;
    Type **types = ARENA_ARRAY(Type *, n + 1), **hints = ARENA_ARRAY(Type *, n + 1);
    for (uint32_t i = 0; i < n; i++) hints[i] = t;
    bool ok = true;
    if (d->value.values.len) {
        ok = check_sources(&d->value.values, n, types, d->value.names.at[0]->start, hints);
        if (d->value.values.len == 1 && n == 1 && t && !is_invalid(d->value.values.at[0])) types[0] = NULL;
    }
    for (uint32_t i = 0; i < n; i++) {
        Expr *name = d->value.names.at[i];
        Type *vt = t ? t : type_invalid;
        if (d->value.values.len && ok) {
            Expr *v = d->value.values.len == n ? d->value.values.at[i] : NULL;
            if (t) {
                if (!types[i] && v) assign_to(v, t, "variable declaration");
                else if (types[i] && !type_is_untyped(types[i]) && !assignable_type(types[i], t)) error_in(d->value.values.at[0], "cannot use %s (value of type %s) as %s value in assignment", ast_string(d->value.values.at[0]), type_string(types[i]), type_string(t));
                else if (types[i] && type_is_untyped(types[i]) && !type_is_boolean(t) && !type_is_interface(t)) error_in(d->value.values.at[0], "cannot use %s (untyped bool value) as %s value in assignment", ast_string(d->value.values.at[0]), type_string(t));
            } else {
                vt = types[i] ? type_default(types[i]) : variable_type(v, "variable declaration");
            }
        }
        Object *o = new_local(name->ident.name, name->start, vt);
        if (vt == type_invalid) o->flags |= OBJF_USED;
        name->ident.obj = o;
        name->type = vt;
        VEC_PUSH(&d->value.objs, o);
    }
    for (uint32_t i = 0; i < n; i++) enter_local(d->value.objs.at[i]);
}

// The value of name i of a constant spec. The expression may be shared with
// other specs of the group, so each checks a copy.
void const_decl_value(Object *o, Decl *d, uint32_t i, Scope *scope) {
    Scope *saved = ck.scope;
    int64_t iota = ck.iota;
    FuncCtx *func = ck.func;
    ck.scope = scope;
    ck.iota = d->value.iota;
    o->type = type_invalid;
    Type *t = NULL;
    if (d->value.type) {
        t = check_type(d->value.inherited ? ast_clone_expr(d->value.type) : d->value.type);
        if (t != type_invalid && (t->kind == TYPE_K_TYPE_PARAM || !type_is_const_type(t))) {
            error_in(d->value.type, "invalid constant type %s", type_string(t));
            t = type_invalid;
        }
    }
    if (i >= d->value.values.len) {
        if (d->value.inherited && !d->value.values.len) source_error(o->pos, "missing init expr for const declaration");
        else source_error(o->pos, "missing init expr for const declaration");
    } else {
        Expr *v = d->value.values.at[i];
        v = d->value.inherited || v->type ? ast_clone_expr(v) : v;
        if (d->value.inherited)
            for (Expr *x = v; x; x = x->kind == EXPR_BINARY ? x->binary.x : x->kind == EXPR_PAREN ? x->paren.x : NULL) x->flags |= EXPR_IMPLICIT;
        if (d->value.inherited) source_force_pos(o->pos);
        check_value(v, NULL);
        if (!is_invalid(v) && v->mode != MODE_CONST) {
            error_in(v, "%s is not constant", operand_string(v));
            invalidate(v);
        }
        if (!is_invalid(v) && t != type_invalid && (!t || assign_to(v, t, "constant declaration"))) {
            o->type = v->type;
            o->konst.val = v->val;
        }
        source_force_pos(0);
    }
    ck.scope = saved;
    ck.iota = iota;
    ck.func = func;
}

static void local_const_decl(Decl *d) {
    uint32_t n = d->value.names.len;
    Object **objs = ARENA_ARRAY(Object *, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        Expr *name = d->value.names.at[i];
        objs[i] = object_new(OBJ_CONST, name->start, ck.pkg, name->ident.name, NULL);
        objs[i]->color = BLACK;
        const_decl_value(objs[i], d, i, ck.scope);
        name->ident.obj = objs[i];
    }
    if (d->value.values.len > n && d->value.inherited && n) error_in(d->value.names.at[n - 1], "extra init expr: the values are those of an earlier constant");
    else if (d->value.values.len > n) error_in(d->value.values.at[n], "extra init expr");
    for (uint32_t i = 0; i < n; i++) enter_local(objs[i]);
}

// Its scope begins with its name, so what it stands for may mention it, wrongly.
static void local_alias(Object *o, Decl *d) {
    need_alias(d);
    o->flags |= OBJF_ALIAS;
    o->color = GREY;
    enter_local(o);
    Type *t = check_type(d->type.type);
    if (o->type == type_invalid) source_error(o->pos, "invalid recursive type %s", o->name->text);
    else o->type = t;
    o->color = BLACK;
}

static void local_type_decl(Decl *d) {
    Name *name = d->type.name->ident.name;
    Object *o = object_new(OBJ_TYPE, d->type.name->start, ck.pkg, name, NULL);
    o->decl = d;
    o->color = BLACK;
    d->type.obj = o;
    bool generic = ck.decl && (ck.in_instance || (ck.decl->type && ck.decl->type->ntparams) || (ck.decl->kind == OBJ_FUNC && ck.decl->func.ntargs));
    if (generic && !lang_at_least(20)) source_error(d->pos, "type declarations inside generic functions are not supported before go1.20");
    if (d->type.tparams.len) {
        enter_local(o);
        obj_info(o)->scope = ck.scope;
        check_type_decl(o);
        type_under(self_instance(o));
        return;
    }
    if (d->type.alias) {
        local_alias(o, d);
        return;
    }
    enter_local(o);
    declare_named(o, d->type.type);
    if (ck.type_depth == 0) check_recursive_types();
}

void check_local_decl(Decl *d) {
    for (; d; d = d->next_in_group) {
        switch (d->kind) {
        case DECL_VAR: local_var_decl(d); break;
        case DECL_CONST: local_const_decl(d); break;
        case DECL_TYPE: local_type_decl(d); break;
        default: break;
        }
    }
}

// --- assignment

static void cannot_assign(Expr *e, Expr *u) {
    if (u->kind == EXPR_SELECTOR && ast_unparen(u->selector.x)->mode == MODE_MAPINDEX) {
        error_in(e, "cannot assign to struct field %s in map", ast_string(e));
        source_note(0, "take the element out, change it and put it back: v := %s; v.%s = ...; %s = v", ast_string(u->selector.x), u->selector.sel->ident.name->text, ast_string(u->selector.x));
    } else if (e->mode == MODE_CONST) {
        error_in(e, "cannot assign to %s", operand_string(e));
        note_declaration(u->kind == EXPR_IDENT ? u->ident.obj : NULL);
    } else {
        error_in(e, "cannot assign to %s (neither addressable nor a map index expression)", operand_string(e));
        if (u->kind == EXPR_INDEX && u->index.x->type && type_is_string(u->index.x->type)) source_note(0, "strings do not change: change the bytes of b := []byte(%s) and take string(b)", ast_string(u->index.x));
    }
}

// A name on the left side is no use of the variable.
bool check_assign_target(Expr *e) {
    Expr *u = ast_unparen(e);
    if (u->kind == EXPR_IDENT && is_blank(u->ident.name)) {
        for (;; e = e->paren.x) {
            e->mode = MODE_VAR;
            e->type = NULL;
            if (e->kind != EXPR_PAREN) break;
        }
        u->ident.obj = NULL;
        return true;
    }
    Object *o = NULL;
    uint32_t used = 0;
    if (u->kind == EXPR_IDENT) {
        Scope *where;
        o = scope_lookup(ck.scope, u->ident.name, &where);
        if (o && o->kind == OBJ_VAR) used = o->flags & OBJF_USED;
        else o = NULL;
    }
    check_value(e, NULL);
    if (o && !used && !(o->flags & OBJF_GLOBAL)) o->flags &= ~(uint32_t)OBJF_USED;
    if (is_invalid(e)) return false;
    if (e->mode == MODE_MAPINDEX) return true;
    if (e->mode == MODE_VAR && o && (o->flags & OBJF_INDEX)) {
        error_in(e, "cannot assign to %s: the variable of a range is constant in each copy", ast_string(e));
        invalidate(e);
        return false;
    }
    if (e->mode == MODE_VAR) {
        mark_assigned(e);
        return true;
    }
    cannot_assign(e, u);
    invalidate(e);
    return false;
}

// A target whose old value counts too, as in x += 1 and x++: that is a use.
static bool check_read_target(Expr *e) {
    if (!check_assign_target(e)) return false;
    Expr *u = ast_unparen(e);
    if (u->kind == EXPR_IDENT && u->ident.obj && u->ident.obj->kind == OBJ_VAR) u->ident.obj->flags |= OBJF_USED;
    return true;
}

static void assign_value(Expr *lhs, Expr *rhs, Type *type, Expr *source) {
    if (is_invalid(lhs)) return;
    if (!lhs->type) { // blank
        if (type) lhs->type = ast_unparen(lhs)->type = type_default(type);
        else {
            lhs->type = variable_type(rhs, "assignment");
            ast_unparen(lhs)->type = lhs->type;
        }
        return;
    }
    if (!type) {
        assign_to(rhs, lhs->type, "assignment");
        return;
    }
    bool ok = type_is_untyped(type) ? type_is_boolean(lhs->type) || (type_is_interface(lhs->type) && type_under(lhs->type)->nmethods == 0) : assignable_type(type, lhs->type);
    if (!ok) error_in(source, "cannot use %s (value of type %s) as %s value in assignment", ast_string(source), type_string(type), type_string(lhs->type));
}

static void check_op_assign(Stmt *s) {
    Expr *x = s->assign.lhs.at[0], *y = s->assign.rhs.at[0];
    if (!check_read_target(x) || (x->kind == EXPR_IDENT && !x->type)) {
        if (!is_invalid(x)) error_in(x, "cannot use _ as value");
        check_value(y, NULL);
        return;
    }
    check_value(y, NULL);
    Expr probe = {.kind = EXPR_BINARY, .op = s->op, .pos = s->pos, .start = x->start, .end = y->end, .binary = {x, y}};
    Expr *p = arena_dup(&probe, sizeof probe);
    uint8_t mode = x->mode;
    Type *t = x->type;
    x->mode = MODE_VAR; // whatever it is, here its value counts
    check_binary(p, s->op, x, y);
    x->mode = mode;
    x->type = t;
    if (!is_invalid(p)) assign_to(p, t, "assignment");
}

// After an error in an assignment its variables count as used.
static void use_targets(ExprList *lhs) {
    for (uint32_t i = 0; i < lhs->len; i++) {
        Expr *e = ast_unparen(lhs->at[i]);
        Scope *where;
        Object *o = e->kind == EXPR_IDENT ? scope_lookup(ck.scope, e->ident.name, &where) : NULL;
        if (o && o->kind == OBJ_VAR) o->flags |= OBJF_USED;
    }
}

static void check_assign(Stmt *s) {
    if (s->op != TOK_ASSIGN) {
        check_op_assign(s);
        return;
    }
    ExprList *lhs = &s->assign.lhs, *rhs = &s->assign.rhs;
    uint32_t n = lhs->len;
    Type **types = ARENA_ARRAY(Type *, n + 1), **hints = ARENA_ARRAY(Type *, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (!check_assign_target(lhs->at[i])) advise_new_variable(lhs->at[i]);
        hints[i] = is_invalid(lhs->at[i]) ? NULL : lhs->at[i]->type;
    }
    int errors = source_error_count();
    if (check_sources(rhs, n, types, rhs->at[0]->start, hints))
        for (uint32_t i = 0; i < n; i++) assign_value(lhs->at[i], rhs->len == n ? rhs->at[i] : NULL, types[i], rhs->at[0]);
    if (source_error_count() > errors) use_targets(lhs);
}

// The paper writes := for assignment.
static void mark_shadowing(Object *o) {
    Scope *where;
    Object *outside = scope_lookup(ck.scope, o->name, &where);
    if (outside && outside->kind == OBJ_VAR) o->flags |= OBJF_SHADOWS;
}

static void no_new_variables(Stmt *s) {
    const Object *o = s->assign.lhs.at[0]->kind == EXPR_IDENT ? s->assign.lhs.at[0]->ident.obj : NULL;
    source_error_span(s->pos, s->pos + 2, "no new variables on left side of :=");
    source_note(0, "an assignment to a variable that is there is written =");
    note_declaration(o);
}

static void check_define(Stmt *s) {
    ExprList *lhs = &s->assign.lhs, *rhs = &s->assign.rhs;
    uint32_t n = lhs->len, fresh = 0;
    Object **objs = ARENA_ARRAY(Object *, n + 1);
    bool *is_new = ARENA_ARRAY(bool, n + 1);
    Type **types = ARENA_ARRAY(Type *, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        Expr *e = lhs->at[i];
        if (e->kind != EXPR_IDENT) {
            invalidate(e);
            fresh++; // an error was reported
            continue;
        }
        for (uint32_t k = 0; k < i; k++)
            if (lhs->at[k]->kind == EXPR_IDENT && lhs->at[k]->ident.name == e->ident.name && !is_blank(e->ident.name)) error_in(e, "%s repeated on left side of :=", e->ident.name->text);
        Object *old = is_blank(e->ident.name) ? NULL : scope_lookup_here(ck.scope, e->ident.name);
        if (old && old->kind == OBJ_VAR) {
            objs[i] = old;
            e->ident.obj = old;
            e->mode = MODE_VAR;
            e->type = old->type;
            if (!old->type || old->type == type_invalid) invalidate(e);
            escape_assigned(old);
        } else if (old) {
            error_in(e, "cannot assign to %s", e->ident.name->text);
            invalidate(e);
        } else if (!is_blank(e->ident.name)) {
            fresh++;
            is_new[i] = true;
        }
    }
    bool ok = check_sources(rhs, n, types, lhs->at[0]->start, NULL);
    if (!fresh) no_new_variables(s);
    for (uint32_t i = 0; i < n; i++) {
        Expr *e = lhs->at[i];
        if (e->kind != EXPR_IDENT) continue;
        Expr *v = rhs->len == n ? rhs->at[i] : NULL;
        if (objs[i]) {
            if (ok) assign_value(e, v, types[i], rhs->at[0]);
            continue;
        }
        Type *t = !ok ? type_invalid : types[i] ? type_default(types[i]) : variable_type(v, "assignment");
        if (is_invalid(e) && !is_new[i] && !is_blank(e->ident.name)) continue;
        Object *o = is_new[i] ? new_local(e->ident.name, e->start, t) : NULL;
        if (o && ck.in_command) mark_shadowing(o);
        if (o && t == type_invalid) o->flags |= OBJF_USED;
        objs[i] = o;
        e->ident.obj = o;
        e->mode = MODE_VAR;
        e->type = t;
        if (o && i < 64) s->assign.new_mask |= 1ull << i;
    }
    for (uint32_t i = 0; i < n; i++)
        if (is_new[i] && objs[i]) {
            if (!scope_lookup_here(ck.scope, objs[i]->name)) scope_insert(ck.scope, objs[i]);
        }
}

static void check_incdec(Stmt *s) {
    Expr *x = s->incdec.x;
    if (!check_read_target(x)) return;
    if (!x->type) {
        error_in(x, "cannot use _ as value");
        return;
    }
    if (!type_is_numeric(x->type)) error_in(x, "invalid operation: %s%s (non-numeric type %s)", ast_string(x), s->op == TOK_INC ? "++" : "--", type_string(x->type));
}

// --- flow

void push_flow(Flow *f, Stmt *s, bool breaks, bool continues) {
    *f = (Flow){s, NULL, NULL, ck.func->info, breaks, continues, ck.flow, ck.clock};
    for (Flow *l = ck.flow; l && l->labeled && l->labeled->labeled.stmt == s; l = NULL) {
        f->label = l->label;
    }
    ck.flow = f;
}

void pop_flow(void) { ck.flow = ck.flow->outer; }

// The function as the source has it: bodies of ranges over functions share its
// labels and its results.
static FuncCtx *source_func(void) {
    FuncCtx *f = ck.func;
    while (f->info->range_body) f = f->outer;
    return f;
}

static Stmt *find_label(Name *name) {
    if (is_blank(name)) return NULL;
    FuncCtx *f = source_func();
    for (uint32_t i = 0; i < f->labels.len; i++)
        if (f->labels.at[i]->labeled.label == name) return f->labels.at[i];
    return NULL;
}

// A branch from inside of function `from` to a statement of function `to` (or
// the loop `loop` itself) ends the ranges over functions in between.
static void leave_range_bodies(Stmt *s, FuncInfo *from, FuncInfo *to, Stmt *loop) {
    for (FuncInfo *i = from; i != to && i->range_body && i->range_body != loop; i = i->parent) {
        RangeFunc *rf = i->range_body->range.func;
        if (!s->branch.exit) s->branch.exit = ++*rf->nexits;
        VEC_PUSH(&rf->exits, s);
    }
}

static void branch_to(Stmt *s, Flow *f) {
    s->branch.target = f->stmt;
    leave_range_bodies(s, ck.func->info, f->func, f->stmt);
}

static void check_branch(Stmt *s) {
    s->branch.func = ck.func->info;
    if (s->op == TOK_GOTO) {
        VEC_PUSH(&source_func()->gotos, s);
        return;
    }
    if (s->op == TOK_FALLTHROUGH) {
        if (!ck.fallthrough_ok) source_error(s->pos, "fallthrough statement out of place");
        return;
    }
    bool want_continue = s->op == TOK_CONTINUE;
    const char *word = want_continue ? "continue" : "break";
    if (s->branch.label) {
        Stmt *l = find_label(s->branch.label);
        if (!l) {
            source_error(s->branch.label_pos, "%s label not defined: %s", word, s->branch.label->text);
            suggest_label(s->branch.label, source_func()->labels.at, source_func()->labels.len);
            return;
        }
        l->labeled.used = true;
        for (Flow *f = ck.flow; f; f = f->outer)
            if (f->label == s->branch.label && f->stmt == l->labeled.stmt) {
                if (want_continue ? !f->continues : !f->breaks) break;
                branch_to(s, f);
                return;
            }
        source_error(s->branch.label_pos, "invalid %s label %s", word, s->branch.label->text);
        return;
    }
    for (Flow *f = ck.flow; f; f = f->outer)
        if (want_continue ? f->continues : f->breaks) {
            branch_to(s, f);
            return;
        }
    if (ck.func->info->process) source_error(s->pos, "%s may not leave a process: a parallel command ends when all its processes have ended", word);
    else if (want_continue) source_error(s->pos, "continue is not in a loop");
    else source_error(s->pos, "break is not in a loop, switch, or select");
}

static void check_labeled(Stmt *s) {
    Flow f = {s, s->labeled.label, s, ck.func->info, false, false, ck.flow, ck.clock};
    s->labeled.func = ck.func->info;
    ck.flow = &f;
    check_stmt(s->labeled.stmt);
    ck.flow = f.outer;
}

// Collects the labels of a function body before it is checked.
static void collect_labels(StmtList *l);

static void collect_clauses(CaseClause *c, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) collect_labels(&c[i].body);
}

static void collect_label(Stmt *s) {
    if (!s) return;
    switch (s->kind) {
    case STMT_LABELED:
        if (is_blank(s->labeled.label)) s->labeled.used = true;
        else if (find_label(s->labeled.label)) {
            source_error(s->pos, "label %s already defined", s->labeled.label->text);
            source_note(find_label(s->labeled.label)->pos, "other declaration of %s", s->labeled.label->text);
            s->labeled.used = true;
        }
        VEC_PUSH(&ck.func->labels, s);
        collect_label(s->labeled.stmt);
        break;
    case STMT_BLOCK: collect_labels(&s->block.list); break;
    case STMT_IF:
        collect_label(s->if_.then);
        collect_label(s->if_.else_);
        break;
    case STMT_FOR: collect_label(s->for_.body); break;
    case STMT_RANGE: collect_label(s->range.body); break;
    case STMT_SWITCH: collect_clauses(s->switch_.clauses, s->switch_.nclauses); break;
    case STMT_TYPE_SWITCH: collect_clauses(s->type_switch.clauses, s->type_switch.nclauses); break;
    case STMT_SELECT: collect_clauses(s->select.clauses, s->select.nclauses); break;
    case STMT_GUARDED:
        for (uint32_t i = 0; i < s->guarded.ncmds; i++) collect_labels(&s->guarded.cmds[i].body);
        break;
    default: break;
    }
}

static void collect_labels(StmtList *l) {
    for (uint32_t i = 0; i < l->len; i++) collect_label(l->at[i]);
}

// --- goto: not into blocks, not over variable declarations

typedef struct Path { StmtList *list[64]; uint32_t at[64]; uint32_t n; } Path; // lists on the way and positions in them

static bool path_in_list(StmtList *l, Stmt *target, Path *p);

static bool path_in_clauses(CaseClause *c, uint32_t n, Stmt *target, Path *p) {
    for (uint32_t i = 0; i < n; i++)
        if (path_in_list(&c[i].body, target, p)) return true;
    return false;
}

static bool path_in(Stmt *s, Stmt *target, Path *p) {
    if (!s) return false;
    if (s == target) return true;
    switch (s->kind) {
    case STMT_LABELED: return path_in(s->labeled.stmt, target, p);
    case STMT_BLOCK: return path_in_list(&s->block.list, target, p);
    case STMT_IF: return path_in(s->if_.then, target, p) || path_in(s->if_.else_, target, p);
    case STMT_FOR: return path_in(s->for_.body, target, p);
    case STMT_RANGE: return path_in(s->range.body, target, p);
    case STMT_SWITCH: return path_in_clauses(s->switch_.clauses, s->switch_.nclauses, target, p);
    case STMT_TYPE_SWITCH: return path_in_clauses(s->type_switch.clauses, s->type_switch.nclauses, target, p);
    case STMT_SELECT: return path_in_clauses(s->select.clauses, s->select.nclauses, target, p);
    case STMT_GUARDED:
        for (uint32_t i = 0; i < s->guarded.ncmds; i++)
            if (path_in_list(&s->guarded.cmds[i].body, target, p)) return true;
        return false;
    default: return false;
    }
}

static bool path_in_list(StmtList *l, Stmt *target, Path *p) {
    if (p->n >= 64) return false;
    uint32_t level = p->n++;
    p->list[level] = l;
    for (uint32_t i = 0; i < l->len; i++) {
        p->at[level] = i;
        if (path_in(l->at[i], target, p)) return true;
    }
    p->n = level;
    return false;
}

static void check_goto(FuncInfo *info, Stmt *s) {
    Stmt *l = find_label(s->branch.label);
    if (!l) {
        source_error(s->branch.label_pos, "label %s not defined", s->branch.label->text);
        suggest_label(s->branch.label, source_func()->labels.at, source_func()->labels.len);
        return;
    }
    l->labeled.used = true;
    s->branch.target = l;
    Path from = {0}, to = {0};
    if (!info->body || !path_in_list(&info->body->block.list, s, &from) || !path_in_list(&info->body->block.list, l, &to)) return;
    bool into = to.n > from.n;
    for (uint32_t i = 0; i < to.n && !into; i++) into = to.list[i] != from.list[i];
    if (into) {
        source_error(s->branch.label_pos, "goto %s jumps into block", s->branch.label->text);
        return;
    }
    leave_range_bodies(s, s->branch.func, l->labeled.func, NULL);
    uint32_t level = to.n - 1;
    if (to.at[level] <= from.at[level]) return; // backward
    StmtList *list = to.list[level];
    for (uint32_t i = from.at[level] + 1; i < to.at[level] && i < list->len; i++) {
        Stmt *d = list->at[i];
        while (d->kind == STMT_LABELED) d = d->labeled.stmt;
        bool declares = (d->kind == STMT_DECL && d->decl.decl && d->decl.decl->kind == DECL_VAR) || d->kind == STMT_DEFINE;
        if (!declares) continue;
        Location at = source_locate(d->pos);
        source_error(s->branch.label_pos, "goto %s jumps over variable declaration at line %d", s->branch.label->text, at.line);
        source_note(d->pos, "the variable is declared here");
        return;
    }
}

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

static void check_switch(Stmt *s) {
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

static bool same_case_type(Type *a, Type *b) { return (!a && !b) || (a && b && type_identical(a, b)); }

static void check_type_switch(Stmt *s) {
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
    if (name && is_blank(name)) {
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

static void check_select(Stmt *s) {
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

// --- loops

static void report_unused(FuncCtx *f);

static bool new_loop_variables(void) { return lang_at_least(22); }

static void check_for(Stmt *s) {
    push_scope();
    uint32_t began = ck.clock, first = ck.func->locals.len;
    bool top = ck.in_script_top;
    ck.in_script_top = false;
    if (s->for_.init) check_stmt(s->for_.init);
    for (uint32_t i = first; i < ck.func->locals.len && s->for_.init && s->for_.init->kind == STMT_DEFINE && new_loop_variables(); i++) {
        Object *o = ck.func->locals.at[i];
        if (o->var.owner != ck.func->info || scope_lookup_here(ck.scope, o->name) != o) continue;
        o->flags |= OBJF_LOOP;
        VEC_PUSH(&s->for_.loop_vars, o);
    }
    if (s->for_.cond) {
        check_value(s->for_.cond, NULL);
        if (!is_invalid(s->for_.cond)) {
            if (s->for_.cond->mode == MODE_NIL || !type_is_boolean(s->for_.cond->type)) error_in(s->for_.cond, "non-boolean condition in for statement"), advise_condition(s->for_.cond);
            else use_default(s->for_.cond);
        }
    }
    if (s->for_.post) check_stmt(s->for_.post);
    Flow f;
    push_flow(&f, s, true, true);
    f.clock = began; // the post statement is met before the body, but follows it
    check_stmt(s->for_.body);
    pop_flow();
    ck.in_script_top = top;
    pop_scope();
}

// Types of the iteration values of a range over x; false: not iterable.
static bool range_types(Expr *x, Type **key, Type **value, const char **why) {
    *key = *value = NULL;
    *why = "";
    if (x->mode == MODE_NIL) return false;
    Type *u = type_is_untyped(x->type) ? type_under(x->type) : type_core(x->type);
    if (!u) return false;
    switch (u->kind) {
    case KIND_STRING: case TYPE_K_UNTYPED_STRING:
        *key = TY(KIND_INT);
        *value = type_rune;
        return true;
    case KIND_POINTER:
        u = type_under(u->elem);
        if (u->kind != KIND_ARRAY) return false;
        // fall through
    case KIND_ARRAY: case KIND_SLICE:
        *key = TY(KIND_INT);
        *value = u->elem;
        return true;
    case KIND_MAP:
        *key = u->key;
        *value = u->elem;
        return true;
    case KIND_CHAN:
        *key = u->elem;
        if (u->chan_dir == 2) {
            *why = ": receive from send-only channel";
            return false;
        }
        return true;
    case KIND_FUNC: // func(yield func(K, V) bool)
        if (u->nparams != 1 || u->nresults) return false;
        u = type_core(u->params[0]->type);
        if (!u || u->kind != KIND_FUNC || u->nparams > 2 || u->nresults != 1 || !type_is_boolean(u->results[0]->type)) return false;
        if (u->nparams > 0) *key = u->params[0]->type;
        if (u->nparams > 1) *value = u->params[1]->type;
        return true;
    default:
        if (!type_is_integer(x->type)) return false;
        *key = x->type;
        return true;
    }
}

static void range_target(Stmt *s, Expr *e, Type *t, const char *which, Object **declared) {
    *declared = NULL;
    if (!e) return;
    if (!t && !s->range.define) {
        error_in(e, "range over %s permits %s", operand_string(s->range.x), which);
        return;
    }
    if (s->range.define) {
        if (e->kind != EXPR_IDENT) {
            error_in(e, "non-name %s on left side of :=", ast_string(e));
            return;
        }
        if (!t) {
            error_in(e, "range over %s permits %s", operand_string(s->range.x), which);
            t = type_invalid;
        }
        e->mode = MODE_VAR;
        e->type = t;
        if (is_blank(e->ident.name)) return;
        Object *o = new_local(e->ident.name, e->start, t);
        o->flags |= new_loop_variables() ? OBJF_LOOP : OBJF_REASSIGNED;
        if (t == type_invalid) o->flags |= OBJF_USED;
        e->ident.obj = o;
        *declared = o;
        return;
    }
    if (!check_assign_target(e)) return;
    if (!e->type) e->type = ast_unparen(e)->type = t;
    else if (type_is_untyped(t) ? !type_is_integer(e->type) : !assignable_type(t, e->type)) error_in(e, "cannot assign value of type %s to %s in range", type_string(t), operand_string(e));
}

static void range_targets(Stmt *s, Type *kt, Type *vt) {
    Object *k, *v;
    range_target(s, s->range.key, kt, kt ? "one iteration variable" : "no iteration variables", &k);
    range_target(s, s->range.value, vt, kt ? "only one iteration variable" : "no iteration variables", &v);
    bool blank_value = !s->range.value || (s->range.value->kind == EXPR_IDENT && is_blank(s->range.value->ident.name));
    if (s->range.define && s->range.key && s->range.key->kind == EXPR_IDENT && is_blank(s->range.key->ident.name) && blank_value) source_error(s->pos, "no new variables on left side of :=");
    if (k) enter_local(k);
    if (v) enter_local(v);
}

// A variable that the source does not have, shared with function literals.
Object *hidden_var(const char *name, Type *t) {
    Object *o = object_new(OBJ_VAR, 0, ck.pkg, name_of(name), t);
    o->color = BLACK;
    o->flags = OBJF_USED | OBJF_CAPTURED | OBJF_REASSIGNED;
    o->var.owner = ck.func->info;
    return o;
}

static RangeFunc *new_range_func(void) {
    RangeFunc *rf = ARENA_NEW(RangeFunc);
    FuncInfo *info = ck.func->info;
    RangeFunc *around = info->range_body ? info->range_body->range.func : NULL;
    if (around) {
        *rf = *around;
        rf->outermost = false;
        rf->exits.at = NULL;
        rf->exits.len = rf->exits.cap = 0;
    } else {
        rf->outermost = true;
        rf->exit = hidden_var("exit", TY(KIND_INT));
        rf->frame = hidden_var("frame", TY(KIND_INT));
        rf->nexits = ARENA_NEW(uint32_t);
        rf->returns = ARENA_NEW(bool);
        rf->results = ARENA_ARRAY(Object *, info->nresults + 1);
        for (uint32_t i = 0; i < info->nresults; i++) rf->results[i] = hidden_var("result", info->results[i]->type);
    }
    rf->state = hidden_var("state", TY(KIND_INT));
    return rf;
}

// The body of a range over a function is checked as a function literal whose
// branches and returns act on the function around it.
static void check_range_func(Stmt *s, Type *kt, Type *vt) {
    RangeFunc *rf = s->range.func = new_range_func();
    Type *yield = type_core(type_core(s->range.x->type)->params[0]->type);
    FuncInfo *info = rf->body = ARENA_NEW(FuncInfo);
    *info = (FuncInfo){.sig = yield, .nparams = yield->nparams, .results = yield->results, .nresults = 1, .body = s->range.body, .parent = ck.func->info, .range_body = s, .pkg = ck.pkg, .pos = s->pos, .end = s->range.body->block.rbrace};
    info->params = ARENA_ARRAY(Object *, info->nparams + 1);
    VEC_PUSH(&info->parent->literals, info);
    Flow f;
    push_flow(&f, s, true, true);
    FuncCtx ctx = {.info = info, .outer = ck.func, .around = ck.flow};
    ck.func = &ctx;
    if (!s->range.define && s->range.key) range_targets(s, kt, vt);
    for (uint32_t i = 0; i < info->nparams; i++) {
        info->params[i] = object_new(OBJ_VAR, 0, ck.pkg, name_of("value"), yield->params[i]->type);
        info->params[i]->var.owner = info;
    }
    if (s->range.define) range_targets(s, kt, vt);
    capture(rf->state);
    capture(rf->exit);
    check_stmt(s->range.body);
    report_unused(&ctx);
    ck.func = ctx.outer;
    pop_flow();
}

static void check_range(Stmt *s) {
    push_scope();
    uint32_t began = ck.clock;
    bool top = ck.in_script_top;
    ck.in_script_top = false;
    Expr *x = s->range.x;
    check_value(x, NULL);
    Type *kt = type_invalid, *vt = type_invalid;
    bool over_func = false;
    const char *why;
    if (!is_invalid(x)) {
        if (!range_types(x, &kt, &vt, &why)) {
            error_in(x, "cannot range over %s%s", operand_string(x), why);
            kt = vt = type_invalid;
        } else if (type_is_untyped(x->type)) {
            // a constant count takes the type of the variable it is assigned to
            if (type_is_integer(x->type) && s->range.key && !s->range.define && !(s->range.key->kind == EXPR_IDENT && is_blank(s->range.key->ident.name))) {
                check_assign_target(s->range.key);
                if (!is_invalid(s->range.key) && s->range.key->type) convert_untyped(x, s->range.key->type);
            }
            use_default(x);
            if (type_is_integer(x->type)) kt = x->type;
        }
        note_direction(x, MAY_INPUT);
        over_func = kt != type_invalid && !type_is_untyped(x->type) && type_core(x->type) && type_core(x->type)->kind == KIND_FUNC;
        if (!is_invalid(x) && type_is_integer(x->type) && ck.pkg->lang_minor && ck.pkg->lang_minor < 22) {
            need_lang(x->start, x->end, 22, arena_printf("cannot range over %s:", operand_string(x)));
            kt = vt = type_invalid;
        }
        if (over_func && ck.pkg->lang_minor && ck.pkg->lang_minor < 23) {
            need_lang(x->start, x->end, 23, arena_printf("cannot range over %s:", operand_string(x)));
            over_func = false;
        }
    }
    if (over_func) {
        check_range_func(s, kt, vt);
        ck.in_script_top = top;
        pop_scope();
        return;
    }
    range_targets(s, kt, vt);
    Flow f;
    push_flow(&f, s, true, true);
    f.clock = began;
    check_stmt(s->range.body);
    pop_flow();
    ck.in_script_top = top;
    pop_scope();
}

// --- the others

static void check_send(Stmt *s) {
    if (s->send.bang) {
        check_output(s);
        return;
    }
    check_value(s->send.ch, NULL);
    check_value(s->send.value, NULL);
    if (is_invalid(s->send.ch) || is_invalid(s->send.value)) return;
    Type *u = s->send.ch->mode == MODE_NIL ? NULL : type_core(s->send.ch->type);
    if (!u || u->kind != KIND_CHAN) {
        source_error(s->pos, "invalid operation: cannot send to non-channel %s", operand_string(s->send.ch));
        return;
    }
    if (u->chan_dir == 1) {
        source_error(s->pos, "invalid operation: cannot send to receive-only channel %s", operand_string(s->send.ch));
        return;
    }
    note_direction(s->send.ch, MAY_OUTPUT);
    assign_to(s->send.value, u->elem, "send");
}

static const char *unused_kind(Expr *e) {
    switch (e->mode) {
    case MODE_CONST: case MODE_VAR: case MODE_VALUE: case MODE_NIL: case MODE_MAPINDEX: case MODE_COMMAOK: return "is not used";
    case MODE_TYPE: return "(type) is not an expression";
    case MODE_BUILTIN: return "(built-in) must be called";
    default: return NULL;
    }
}

static bool builtin_statement(int id) {
    static const bool ok[] = {
#define BUILTIN(name, nmin, variadic, stmt) stmt,
#include "compiler/builtins.def"
#undef BUILTIN
    };
    return ok[id];
}

bool is_skip(Expr *e) {
    if (e->kind != EXPR_IDENT || strcmp(e->ident.name->text, "skip") != 0) return false;
    Scope *where;
    Object *o = scope_lookup(ck.scope, e->ident.name, &where);
    return o && o->kind == OBJ_BUILTIN;
}

// Of the input of a session: an expression of any kind is shown.
static void check_shown(Expr *e) {
    Type *t = e->type;
    if (e->mode == MODE_TYPE && ck.pkg->shown.only_type) return;
    if (e->mode == MODE_NIL) error_in(e, "use of untyped nil");
    else if (e->mode == MODE_TYPE || e->mode == MODE_BUILTIN || (t && t->kind == KIND_FUNC && t->ntparams)) error_in(e, "%s is not a value", operand_string(e));
    else if (type_is_untyped(t)) use_default(e);
}

static void check_expr_stmt(Stmt *s) {
    Expr *e = s->expr.x, *u = ast_unparen(e);
    if (is_skip(e)) {
        s->kind = STMT_EMPTY;
        return;
    }
    check_raw(e, NULL);
    if (is_invalid(e)) return;
    if (ck.in_script_top && ck.pkg->shown.stmt == s) {
        check_shown(e);
        return;
    }
    if (u->kind == EXPR_CALL) {
        if (u->call.call_kind == CALL_FUNC || u->call.call_kind == CALL_METHOD || u->call.call_kind == CALL_FOREIGN) return;
        if (u->call.call_kind == CALL_BUILTIN && builtin_statement(u->call.builtin)) return;
        error_in(e, "%s %s", operand_string(e), "is not used");
        advise_unused(e);
        return;
    }
    if (u->kind == EXPR_UNARY && u->op == TOK_ARROW) return;
    if (u->kind == EXPR_RECV_POST) return;
    const char *why = unused_kind(e);
    if (!why) return;
    bool value = e->mode != MODE_TYPE && e->mode != MODE_BUILTIN;
    error_in(e, "%s %s", value ? operand_string(e) : ast_string(e), why);
    if (value) advise_unused(e);
    if (value && ck.func && ck.func->info->process && type_is_boolean(e->type)) source_note(e->start, "directly in a parallel command || separates processes: the logical or needs parentheses");
}

static void check_go_defer(Stmt *s) {
    Expr *e = s->go.call;
    const char *word = s->kind == STMT_GO ? "go" : "defer";
    if (s->kind == STMT_DEFER && ck.func) {
        source_func()->info->has_defer = true;
        if (ck.func->info->range_body) capture(ck.func->info->range_body->range.func->frame);
    }
    check_raw(e, NULL);
    if (is_invalid(e)) return;
    if (e->call.call_kind == CALL_CONVERSION) error_in(e, "%s requires function call, not conversion", word);
    else if (e->call.call_kind == CALL_BUILTIN && !builtin_statement(e->call.builtin)) error_in(e, "%s discards result of %s", word, operand_string(e));
}

static void return_from_range(RangeFunc *rf, FuncInfo *func, bool values) {
    *rf->returns = true;
    for (uint32_t i = 0; values && i < func->nresults; i++) capture(rf->results[i]);
}

static void check_return(Stmt *s) {
    FuncInfo *info = source_func()->info;
    Type *sig = info->sig;
    ExprList *r = &s->ret.results;
    s->ret.func = info;
    if (ck.func->info->range_body) return_from_range(ck.func->info->range_body->range.func, info, r->len != 0);
    uint32_t n = sig->nresults;
    if (!r->len) {
        if (!n) return;
        if (!info->named_results) {
            source_error(s->pos, "not enough return values\n\thave ()\n\twant %s", signature_types(sig->results, n, false));
            return;
        }
        for (uint32_t i = 0; i < n; i++) {
            Object *o = sig->results[i];
            if (!o->name || is_blank(o->name)) continue;
            Scope *where;
            Object *now = scope_lookup(ck.scope, o->name, &where);
            if (now != o) {
                source_error(s->pos, "result parameter %s not in scope at return", o->name->text);
                if (now) source_note(now->pos, "inner declaration of %s", o->name->text);
            }
        }
        return;
    }
    if (!n) {
        for (uint32_t i = 0; i < r->len; i++) check_multi(r->at[i]);
        if (info->process) {
            error_in(r->at[0], "return ends the process and has no values: the function around goes on when all processes have ended");
            return;
        }
        error_in(r->at[0], "too many return values\n\thave %s\n\twant ()", have_types(r));
        return;
    }
    if (r->len == 1 && n != 1) {
        Expr *e = r->at[0];
        check_multi(e);
        if (is_invalid(e)) return;
        if (e->type->kind == TYPE_K_TUPLE && e->type->ntypes == n) {
            for (uint32_t i = 0; i < n; i++)
                if (!assignable_type(e->type->types[i], sig->results[i]->type)) error_in(e, "cannot use %s (value of type %s) as %s value in return statement", ast_string(e), type_string(e->type->types[i]), type_string(sig->results[i]->type));
            return;
        }
        uint32_t have = e->type->kind == TYPE_K_TUPLE ? e->type->ntypes : 1;
        error_in(e, "%s return values\n\thave %s\n\twant %s", have < n ? "not enough" : "too many", have_types(r), signature_types(sig->results, n, false));
        return;
    }
    for (uint32_t i = 0; i < r->len; i++) check_value(r->at[i], i < n ? sig->results[i]->type : NULL);
    if (r->len != n) {
        error_in(r->at[r->len < n ? r->len - 1 : n], "%s return values\n\thave %s\n\twant %s", r->len < n ? "not enough" : "too many", have_types(r), signature_types(sig->results, n, false));
        return;
    }
    for (uint32_t i = 0; i < n; i++) assign_to(r->at[i], sig->results[i]->type, "return statement");
}

static void check_if(Stmt *s) {
    push_scope();
    bool top = ck.in_script_top;
    ck.in_script_top = false;
    if (s->if_.init) check_stmt(s->if_.init);
    Expr *c = s->if_.cond;
    check_value(c, NULL);
    if (!is_invalid(c)) {
        if (c->mode == MODE_NIL || !type_is_boolean(c->type)) error_in(c, "non-boolean condition in if statement"), advise_condition(c);
        else use_default(c);
    }
    check_stmt(s->if_.then);
    if (s->if_.else_) check_stmt(s->if_.else_);
    ck.in_script_top = top;
    pop_scope();
}

static void inner(Stmt *s, void (*check)(Stmt *)) {
    bool top = ck.in_script_top;
    ck.in_script_top = false;
    check(s);
    ck.in_script_top = top;
}

static void check_block(Stmt *s) {
    uint32_t calls = ck.calls;
    push_scope();
    check_stmts(&s->block.list);
    pop_scope();
    ck.calls = calls; // those of the statements around it count their own
}

void check_stmt(Stmt *s) {
    uint32_t calls = ck.calls;
    ck.clock++;
    if (ck.func) ck.func->clock = ck.clock;
    bool fallthrough = ck.fallthrough_ok;
    if (s->kind != STMT_BRANCH && s->kind != STMT_LABELED) ck.fallthrough_ok = false;
    switch (s->kind) {
    case STMT_EXPR: check_expr_stmt(s); break;
    case STMT_SEND: check_send(s); break;
    case STMT_INCDEC: check_incdec(s); break;
    case STMT_ASSIGN: check_assign(s); break;
    case STMT_DEFINE: check_define(s); break;
    case STMT_GO: case STMT_DEFER: check_go_defer(s); break;
    case STMT_RETURN: check_return(s); break;
    case STMT_BRANCH: check_branch(s); break;
    case STMT_BLOCK: inner(s, check_block); break;
    case STMT_IF: check_if(s); break;
    case STMT_SWITCH: inner(s, check_switch); break;
    case STMT_TYPE_SWITCH: inner(s, check_type_switch); break;
    case STMT_SELECT: inner(s, check_select); break;
    case STMT_FOR: check_for(s); break;
    case STMT_RANGE: check_range(s); break;
    case STMT_LABELED: check_labeled(s); break;
    case STMT_DECL:
        if (!(ck.in_script_top && s->decl.decl->kind != DECL_VAR)) check_local_decl(s->decl.decl); // a script's constants and types were declared before
        break;
    case STMT_INPUT: check_input(s); break;
    case STMT_GUARDED: inner(s, check_guarded); break;
    case STMT_PARALLEL: inner(s, check_parallel); break;
    default: break;
    }
    s->calm = ck.calls == calls;
    ck.fallthrough_ok = fallthrough;
}

void check_stmts(StmtList *l) {
    for (uint32_t i = 0; i < l->len; i++) check_stmt(l->at[i]);
}

// --- terminating statements (Go spec)

static bool has_break(Stmt *s, Name *label, bool implicit);

static bool list_has_break(StmtList *l, Name *label, bool implicit) {
    for (uint32_t i = 0; i < l->len; i++)
        if (has_break(l->at[i], label, implicit)) return true;
    return false;
}

static bool clauses_have_break(CaseClause *c, uint32_t n, Name *label, bool implicit) {
    for (uint32_t i = 0; i < n; i++)
        if (list_has_break(&c[i].body, label, implicit)) return true;
    return false;
}

// Is there a break that leaves the statement: unlabelled ones count while
// implicit, labelled ones when they name label.
static bool has_break(Stmt *s, Name *label, bool implicit) {
    if (!s) return false;
    switch (s->kind) {
    case STMT_BRANCH: return s->op == TOK_BREAK && (s->branch.label ? s->branch.label == label : implicit);
    case STMT_BLOCK: return list_has_break(&s->block.list, label, implicit);
    case STMT_IF: return has_break(s->if_.then, label, implicit) || has_break(s->if_.else_, label, implicit);
    case STMT_LABELED: return has_break(s->labeled.stmt, label, implicit);
    case STMT_SWITCH: return label && clauses_have_break(s->switch_.clauses, s->switch_.nclauses, label, false);
    case STMT_TYPE_SWITCH: return label && clauses_have_break(s->type_switch.clauses, s->type_switch.nclauses, label, false);
    case STMT_SELECT: return label && clauses_have_break(s->select.clauses, s->select.nclauses, label, false);
    case STMT_FOR: return label && has_break(s->for_.body, label, false);
    case STMT_RANGE: return label && has_break(s->range.body, label, false);
    case STMT_GUARDED:
        for (uint32_t i = 0; label && i < s->guarded.ncmds; i++)
            if (list_has_break(&s->guarded.cmds[i].body, label, false)) return true;
        return false;
    default: return false;
    }
}

static bool list_terminates(StmtList *l) { return l->len && is_terminating(l->at[l->len - 1], NULL); }

static bool switch_terminates(CaseClause *c, uint32_t n, Name *label) {
    bool have_default = false;
    for (uint32_t i = 0; i < n; i++) {
        have_default |= c[i].is_default;
        Stmt *last = c[i].body.len ? c[i].body.at[c[i].body.len - 1] : NULL;
        bool falls = last && last->kind == STMT_BRANCH && last->op == TOK_FALLTHROUGH;
        if ((!falls && !list_terminates(&c[i].body)) || list_has_break(&c[i].body, label, true)) return false;
    }
    return have_default;
}

bool is_terminating(Stmt *s, Name *label) {
    switch (s->kind) {
    case STMT_RETURN: return true;
    case STMT_BRANCH: return s->op == TOK_GOTO;
    case STMT_EXPR: {
        Expr *c = ast_unparen(s->expr.x);
        return c->kind == EXPR_CALL && c->call.call_kind == CALL_BUILTIN && c->call.builtin == BUILTIN_panic && !is_invalid(c);
    }
    case STMT_BLOCK: return list_terminates(&s->block.list);
    case STMT_IF: return s->if_.else_ && is_terminating(s->if_.then, NULL) && is_terminating(s->if_.else_, NULL);
    case STMT_FOR: return !s->for_.cond && !has_break(s->for_.body, label, true);
    case STMT_SWITCH: return switch_terminates(s->switch_.clauses, s->switch_.nclauses, label);
    case STMT_TYPE_SWITCH: return switch_terminates(s->type_switch.clauses, s->type_switch.nclauses, label);
    case STMT_SELECT:
        for (uint32_t i = 0; i < s->select.nclauses; i++)
            if (!list_terminates(&s->select.clauses[i].body) || list_has_break(&s->select.clauses[i].body, label, true)) return false;
        return true;
    case STMT_GUARDED: // an alternative without a ready guard does not end either
        for (uint32_t i = 0; i < s->guarded.ncmds; i++)
            if (!list_terminates(&s->guarded.cmds[i].body) || list_has_break(&s->guarded.cmds[i].body, label, true)) return false;
        return !s->guarded.repeat;
    case STMT_LABELED: return is_terminating(s->labeled.stmt, s->labeled.label);
    default: return false;
    }
}

// --- bodies

static void report_unused(FuncCtx *f) {
    for (uint32_t i = 0; i < f->locals.len; i++) {
        Object *o = f->locals.at[i];
        if ((o->flags & OBJF_USED) || is_blank(o->name) || ck.config->ignore_unused) continue;
        if (o->flags & OBJF_SHADOWS) source_error(o->pos, "declared and not used: %s (:= declares another %s here; to assign to the one outside write %s = ...)", o->name->text, o->name->text, o->name->text);
        else source_error(o->pos, "declared and not used: %s", o->name->text);
    }
    for (uint32_t i = 0; i < f->labels.len; i++)
        if (!f->labels.at[i]->labeled.used) source_error(f->labels.at[i]->pos, "label %s defined and not used", f->labels.at[i]->labeled.label->text);
}

static void own_params(FuncInfo *info, Object **at, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (at[i]) at[i]->var.owner = info;
}

// scope holds the parameters; the body's statements share it, as in Go.
void check_body(FuncInfo *info, Scope *scope) {
    FuncCtx f = {.info = info, .outer = ck.func, .around = ck.flow};
    Scope *saved = ck.scope;
    Flow *flow = ck.flow;
    bool top = ck.in_script_top, ft = ck.fallthrough_ok;
    uint32_t calls = ck.calls;
    ck.func = &f;
    ck.flow = NULL;
    ck.scope = scope;
    ck.in_script_top = ck.fallthrough_ok = false;
    own_params(info, info->params, info->nparams);
    own_params(info, info->results, info->nresults);
    if (info->recv) info->recv->var.owner = info;
    for (uint32_t i = 0; i < info->nresults; i++) info->named_results |= info->results[i]->name != NULL;
    if (info->body->block.traits & BODY_LABELS) collect_labels(&info->body->block.list);
    check_stmts(&info->body->block.list);
    for (uint32_t i = 0; i < f.gotos.len; i++) check_goto(info, f.gotos.at[i]);
    info->has_goto = f.gotos.len != 0;
    if (info->nresults && !list_terminates(&info->body->block.list)) source_error(info->body->block.rbrace, "missing return");
    report_unused(&f);
    ck.scope = saved;
    ck.func = f.outer;
    ck.flow = flow;
    ck.in_script_top = top;
    ck.fallthrough_ok = ft;
    ck.calls = calls;
}

// A script's statements: the body of a function whose outermost variables are
// package variables.
void check_script(Package *p, FileAst *file) {
    FuncInfo *info = ARENA_NEW(FuncInfo);
    info->sig = type_new(KIND_FUNC);
    info->pkg = p;
    Stmt *body = ARENA_NEW(Stmt);
    body->kind = STMT_BLOCK;
    body->block.list = file->script;
    if (file->script.len) info->pos = body->pos = file->script.at[0]->pos;
    info->end = body->block.rbrace = file->source->base + (Pos)file->source->text.len;
    info->body = body;
    p->script = info;
    FuncCtx f = {.info = info};
    ck.func = &f;
    ck.in_script_top = true;
    collect_labels(&body->block.list);
    check_stmts(&body->block.list);
    for (uint32_t i = 0; i < f.gotos.len; i++) check_goto(info, f.gotos.at[i]);
    ck.in_script_top = false;
    report_unused(&f);
    ck.func = NULL;
}
