// SPDX-License-Identifier: MIT
// check_loop.c: for and range.
//
// The body of a range over a function becomes a function literal, whose
// branches and returns act on the function around it by hidden variables
// (RangeFunc).
#include "compiler/check_impl.h"
#include "compiler/notation.h"

// --- for

static bool new_loop_variables(void) { return lang_at_least(22); }

void check_for(Stmt *s) {
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

// --- range

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
        if (name_is_blank(e->ident.name)) return;
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
    bool blank_value = !s->range.value || (s->range.value->kind == EXPR_IDENT && name_is_blank(s->range.value->ident.name));
    if (s->range.define && s->range.key && s->range.key->kind == EXPR_IDENT && name_is_blank(s->range.key->ident.name) && blank_value) source_error(s->pos, "no new variables on left side of :=");
    if (k) enter_local(k);
    if (v) enter_local(v);
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

// A constant count takes the type of the variable it is assigned to.
static void type_count(Stmt *s, Expr *x) {
    Expr *key = s->range.key;
    if (type_is_integer(x->type) && key && !s->range.define && !(key->kind == EXPR_IDENT && name_is_blank(key->ident.name))) {
        check_assign_target(key);
        if (!is_invalid(key) && key->type) convert_untyped(x, key->type);
    }
    use_default(x);
}

static bool need_range(Expr *x, int minor) { return lang_at_least(minor) || need_lang(x->start, x->end, minor, arena_printf("cannot range over %s:", operand_string(x))); }

// Checks what is ranged over and the types of its iteration values, which are
// invalid after an error. Answers whether it is a function.
static bool check_ranged(Stmt *s, Type **key, Type **value) {
    Expr *x = s->range.x;
    const char *why;
    check_value(x, NULL);
    bool known = !is_invalid(x) && range_types(x, key, value, &why);
    if (!known && !is_invalid(x)) error_in(x, "cannot range over %s%s", operand_string(x), why);
    if (known && type_is_untyped(x->type)) {
        type_count(s, x);
        if (type_is_integer(x->type)) *key = x->type;
    }
    if (!is_invalid(x)) note_direction(x, MAY_INPUT);
    if (known && !is_invalid(x) && type_is_integer(x->type)) known = need_range(x, 22);
    if (!known) *key = *value = type_invalid;
    Type *core = known && !type_is_untyped(x->type) ? type_core(x->type) : NULL;
    return core && core->kind == KIND_FUNC && need_range(x, 23);
}

void check_range(Stmt *s) {
    push_scope();
    uint32_t began = ck.clock;
    bool top = ck.in_script_top;
    ck.in_script_top = false;
    Type *kt, *vt;
    if (check_ranged(s, &kt, &vt)) {
        check_range_func(s, kt, vt);
    } else {
        range_targets(s, kt, vt);
        Flow f;
        push_flow(&f, s, true, true);
        f.clock = began;
        check_stmt(s->range.body);
        pop_flow();
    }
    ck.in_script_top = top;
    pop_scope();
}
