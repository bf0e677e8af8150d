// SPDX-License-Identifier: MIT
// check_assign.c: =, :=, op= and ++: targets, and values that are handed out to
// several of them.
//
// A target that is only assigned to does not count as used.
#include "compiler/check_impl.h"
#include "compiler/escape.h"

// --- sources

static void mismatch_count(Pos pos, uint32_t want, uint32_t have, Expr *call) {
    const char *vars = want == 1 ? "variable" : "variables", *vals = have == 1 ? "value" : "values";
    if (call) source_error(pos, "assignment mismatch: %u %s but %s returns %u %s", want, vars, ast_string(call), have, vals), advise_results(call, want);
    else source_error(pos, "assignment mismatch: %u %s but %u %s", want, vars, have, vals);
}

// One value for n things: a call, or a form with two results.
bool check_single_source(Expr *e, uint32_t n, Type **types, Pos pos) {
    check_multi(e);
    if (is_invalid(e)) return false;
    if (n == 2 && has_comma_ok(e)) {
        want_comma_ok(e);
        types[0] = e->type->types[0];
        types[1] = e->type->types[1]->kind == KIND_BOOL ? TY(TYPE_K_UNTYPED_BOOL) : e->type->types[1];
        return true;
    }
    bool tuple = e->type->kind == TYPE_K_TUPLE;
    uint32_t have = tuple ? e->type->ntypes : 1;
    if (have != n) {
        const Expr *call = ast_unparen(e);
        bool calls = tuple || (call->kind == EXPR_CALL && call->call.call_kind != CALL_CONVERSION);
        mismatch_count(pos, n, have, calls ? e : NULL);
        return false;
    }
    for (uint32_t i = 0; i < n; i++) types[i] = tuple ? e->type->types[i] : NULL;
    return true;
}

bool check_sources(ExprList *rhs, uint32_t n, Type **types, Pos pos, Type **hints) {
    if (rhs->len == 1) return check_single_source(rhs->at[0], n, types, pos);
    bool match = rhs->len == n;
    for (uint32_t i = 0; i < rhs->len; i++) check_value(rhs->at[i], match && hints ? hints[i] : NULL);
    if (!match) mismatch_count(pos, n, rhs->len, NULL);
    for (uint32_t i = 0; i < n; i++) types[i] = NULL;
    return match;
}

// result: of a call, or the second of a comma-ok form.
void check_result_type(Expr *call, Type *result, Type *t) {
    if (type_is_untyped(result)) {
        if (!type_is_boolean(t) && !type_is_interface(t)) error_in(call, "cannot use %s (untyped bool value) as %s value in assignment", ast_string(call), type_string(t));
    } else if (!assignable_type(result, t)) {
        error_in(call, "cannot use %s (value of type %s) as %s value in assignment", ast_string(call), type_string(result), type_string(t));
    }
}

Type *variable_type(Expr *e, const char *context) {
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

// --- targets

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
    if (u->kind == EXPR_IDENT && name_is_blank(u->ident.name)) {
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

// After an error in an assignment its variables count as used.
static void use_targets(ExprList *lhs) {
    for (uint32_t i = 0; i < lhs->len; i++) {
        Expr *e = ast_unparen(lhs->at[i]);
        Scope *where;
        Object *o = e->kind == EXPR_IDENT ? scope_lookup(ck.scope, e->ident.name, &where) : NULL;
        if (o && o->kind == OBJ_VAR) o->flags |= OBJF_USED;
    }
}

// --- statements

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

void check_assign(Stmt *s) {
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

// The state of a := statement: per name of the left side.
typedef struct Define {
    ExprList *names;
    Object **objs;  // variables of this scope that the statement assigns to or declares
    bool *is_new;
    uint32_t fresh; // names that stand for something new
} Define;

// What name i of the left side means: nothing, a variable of this scope, a new one.
static void look_up_name(Define *d, uint32_t i) {
    Expr *e = d->names->at[i];
    if (e->kind != EXPR_IDENT) {
        invalidate(e);
        d->fresh++; // an error was reported
        return;
    }
    Name *name = e->ident.name;
    if (name_is_blank(name)) return;
    for (uint32_t k = 0; k < i; k++)
        if (d->names->at[k]->kind == EXPR_IDENT && d->names->at[k]->ident.name == name) error_in(e, "%s repeated on left side of :=", name->text);
    Object *old = scope_lookup_here(ck.scope, name);
    if (!old) {
        d->fresh++;
        d->is_new[i] = true;
    } else if (old->kind == OBJ_VAR) {
        d->objs[i] = old;
        e->ident.obj = old;
        e->mode = MODE_VAR;
        e->type = old->type;
        if (!old->type || old->type == type_invalid) invalidate(e);
        escape_assigned(old);
    } else {
        error_in(e, "cannot assign to %s", name->text);
        invalidate(e);
    }
}

// Gives name i, which is new or blank, its variable of type t.
static void define_name(Stmt *s, Define *d, uint32_t i, Type *t) {
    Expr *e = d->names->at[i];
    e->mode = MODE_VAR;
    e->type = t;
    if (!d->is_new[i]) return;
    Object *o = new_local(e->ident.name, e->start, t);
    if (ck.in_command) mark_shadowing(o);
    if (t == type_invalid) o->flags |= OBJF_USED;
    d->objs[i] = o;
    e->ident.obj = o;
    if (i < 64) s->assign.new_mask |= 1ull << i;
}

void check_define(Stmt *s) {
    ExprList *lhs = &s->assign.lhs, *rhs = &s->assign.rhs;
    uint32_t n = lhs->len;
    Define d = {lhs, ARENA_ARRAY(Object *, n + 1), ARENA_ARRAY(bool, n + 1), 0};
    Type **types = ARENA_ARRAY(Type *, n + 1);
    for (uint32_t i = 0; i < n; i++) look_up_name(&d, i);
    bool ok = check_sources(rhs, n, types, lhs->at[0]->start, NULL);
    if (!d.fresh) no_new_variables(s);
    for (uint32_t i = 0; i < n; i++) {
        Expr *e = lhs->at[i], *v = rhs->len == n ? rhs->at[i] : NULL;
        if (e->kind != EXPR_IDENT) continue;
        if (d.objs[i]) {
            if (ok) assign_value(e, v, types[i], rhs->at[0]);
        } else if (d.is_new[i] || name_is_blank(e->ident.name)) {
            define_name(s, &d, i, !ok ? type_invalid : types[i] ? type_default(types[i]) : variable_type(v, "assignment"));
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (d.is_new[i] && d.objs[i] && !scope_lookup_here(ck.scope, d.objs[i]->name)) scope_insert(ck.scope, d.objs[i]);
}

void check_incdec(Stmt *s) {
    Expr *x = s->incdec.x;
    if (!check_read_target(x)) return;
    if (!x->type) {
        error_in(x, "cannot use _ as value");
        return;
    }
    if (!type_is_numeric(x->type)) error_in(x, "invalid operation: %s%s (non-numeric type %s)", ast_string(x), s->op == TOK_INC ? "++" : "--", type_string(x->type));
}
