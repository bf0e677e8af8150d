// SPDX-License-Identifier: MIT
// check_call.c: calls: what is called, and arguments against parameters.
#include "compiler/check_impl.h"
#include "compiler/foreign.h"
#include "compiler/notation.h"

// --- arguments

// Types as a message lists them; what an error was reported for reads <T>.
static const char *listed_type(Type *t) { return t == type_invalid ? "<T>" : type_string(t); }

const char *signature_types(Object **objs, uint32_t n, bool variadic) {
    const char *s = "(";
    for (uint32_t i = 0; i < n; i++) {
        bool last = variadic && i + 1 == n;
        s = arena_printf("%s%s%s%s", s, i ? ", " : "", last ? "..." : "", listed_type(last && objs[i]->type->kind == KIND_SLICE ? objs[i]->type->elem : objs[i]->type));
    }
    return arena_printf("%s)", s);
}

const char *have_types(ExprList *args) {
    const char *s = "(";
    Type *tuple = args->len == 1 && args->at[0]->type && args->at[0]->type->kind == TYPE_K_TUPLE ? args->at[0]->type : NULL;
    uint32_t n = tuple ? tuple->ntypes : args->len;
    for (uint32_t i = 0; i < n; i++) {
        Type *t = tuple ? tuple->types[i] : args->at[i]->type;
        const char *name = !t ? "?" : type_is_untyped(t) && t->kind != TYPE_K_UNTYPED_NIL && type_is_numeric(t) ? "number" : type_is_untyped(t) && t->kind != TYPE_K_UNTYPED_NIL ? type_string(type_default(t)) : listed_type(t);
        s = arena_printf("%s%s%s", s, i ? ", " : "", name);
    }
    return arena_printf("%s)", s);
}

static void count_error(Expr *call, Type *sig, ExprList *args, bool many) {
    Expr *extra = many ? args->at[args->at[0]->type && args->at[0]->type->kind == TYPE_K_TUPLE ? 0 : sig->nparams] : NULL;
    source_error_span(extra ? extra->start : call->call.rparen, extra ? extra->end : call->call.rparen, "%s arguments in call to %s\n\thave %s\n\twant %s", many ? "too many" : "not enough", ast_string(call->call.fn), have_types(args), signature_types(sig->params, sig->nparams, sig->variadic));
    const Expr *fn = ast_unparen(call->call.fn);
    if (fn->kind == EXPR_IDENT) note_declaration(fn->ident.obj);
    else if (fn->kind == EXPR_SELECTOR) note_declaration(fn->selector.selection ? fn->selector.selection->method : fn->selector.obj);
}

// A channel given for a parameter of one direction is used in that one.
static void note_parameter(Expr *arg, Type *t) {
    Type *u = ck.proc ? type_core(t) : NULL;
    if (u && u->kind == KIND_CHAN && u->chan_dir != 3) note_direction(arg, u->chan_dir == 1 ? MAY_INPUT : MAY_OUTPUT);
}

// Arguments are checked already; converts them to the parameters.
bool check_args(Expr *call, Type *sig, ExprList *args, bool ellipsis) {
    Type *tuple = args->len == 1 && args->at[0]->type && args->at[0]->type->kind == TYPE_K_TUPLE ? args->at[0]->type : NULL;
    uint32_t n = tuple ? tuple->ntypes : args->len;
    for (uint32_t i = 0; i < args->len; i++)
        if (is_invalid(args->at[i])) return false;
    if (ellipsis) {
        if (!sig->variadic) {
            error_in(args->at[args->len - 1], "have (...) but function is not variadic: %s", ast_string(call->call.fn));
            return false;
        }
        if (tuple) {
            error_in(args->at[0], "cannot use ... with multi-valued %s", ast_string(args->at[0]));
            return false;
        }
        if (n != sig->nparams) {
            count_error(call, sig, args, n > sig->nparams);
            return false;
        }
        bool ok = true;
        for (uint32_t i = 0; i < n; i++) {
            ok &= assign_argument(args->at[i], sig->params[i]->type, call->call.fn);
            note_parameter(args->at[i], sig->params[i]->type);
        }
        return ok;
    }
    uint32_t fixed = sig->variadic ? sig->nparams - 1 : sig->nparams;
    if (n < fixed || (n > fixed && !sig->variadic)) {
        count_error(call, sig, args, n > fixed);
        return false;
    }
    bool ok = true;
    for (uint32_t i = 0; i < n; i++) {
        Type *t = i < fixed ? sig->params[i]->type : type_under(sig->params[fixed]->type)->kind == KIND_SLICE ? type_under(sig->params[fixed]->type)->elem : type_invalid;
        if (!tuple) {
            Type *given = args->at[i]->type;
            bool fits = assign_argument(args->at[i], t, call->call.fn);
            if (!fits && i >= fixed && given) advise_spread(args->at[i], given, t);
            ok &= fits;
            note_parameter(args->at[i], t);
        } else if (!assignable_type(tuple->types[i], t)) {
            error_in(args->at[0], "cannot use %s (value of type %s) as %s value in argument to %s", ast_string(args->at[0]), type_string(tuple->types[i]), type_string(t), ast_string(call->call.fn));
            ok = false;
        }
    }
    return ok;
}

// Checks the arguments as expressions; one call with several results may
// stand for all of them.
static bool raw_args(ExprList *args) {
    bool ok = true;
    for (uint32_t i = 0; i < args->len; i++) {
        Expr *a = args->at[i];
        if (args->len == 1) check_multi(a);
        else check_value(a, NULL);
        ok &= !is_invalid(a);
    }
    return ok;
}

// --- calls

static void finish_call(Expr *e, Type *sig) {
    e->val = NULL;
    if (sig->nresults == 0) {
        set_novalue(e);
    } else if (sig->nresults == 1) {
        set_value(e, sig->results[0]->type);
        if (e->type == type_invalid) invalidate(e);
    } else {
        Type **types = ARENA_ARRAY(Type *, sig->nresults);
        for (uint32_t i = 0; i < sig->nresults; i++) types[i] = sig->results[i]->type;
        set_value(e, type_tuple(types, sig->nresults));
    }
}

Object *generic_func(Expr *fn, uint32_t *given, Type ***targs) {
    fn = ast_unparen(fn);
    *given = 0;
    ExprList *explicit = NULL;
    if (fn->kind == EXPR_INDEX) {
        if (fn->index.instance) return NULL;
        explicit = &fn->index.index;
        fn = ast_unparen(fn->index.x);
    }
    Object *o = fn->kind == EXPR_IDENT ? fn->ident.obj : fn->kind == EXPR_SELECTOR ? fn->selector.obj : NULL;
    if (!o || o->kind != OBJ_FUNC || !o->type || o->type == type_invalid || !o->type->ntparams) return NULL;
    *targs = ARENA_ARRAY(Type *, o->type->ntparams);
    for (uint32_t i = 0; explicit && i < explicit->len; i++) (*targs)[(*given)++] = explicit->at[i]->type;
    return o;
}

// The callee of a call with the type arguments that follow from its arguments;
// false: reported.
static bool instantiate_callee(Expr *e, Object *generic, Type **targs) {
    if (!need_lang(e->call.lparen, e->end, 18, "implicit function instantiation")) return false;
    if (!infer(generic, targs, &e->call.args, e->call.ellipsis, e->call.rparen)) return false;
    Object *inst = instantiate_func(generic, targs, generic->type->ntparams, e->start);
    if (!inst) return false;
    e->call.instance = inst;
    e->call.fn->type = inst->type;
    return true;
}

static void check_func_call(Expr *e) {
    Expr *fn = e->call.fn;
    ExprList *args = &e->call.args;
    e->call.call_kind = CALL_FUNC;
    Type *sig = fn->mode == MODE_NIL ? NULL : type_core(fn->type);
    if (!sig || sig->kind != KIND_FUNC) {
        error_in(e, "invalid operation: cannot call non-function %s", operand_string(fn));
        raw_args(args);
        invalidate(e);
        return;
    }
    Expr *f = ast_unparen(fn);
    if (f->kind == EXPR_SELECTOR && f->selector.selection && (f->selector.selection->kind == SEL_METHOD || f->selector.selection->kind == SEL_INTERFACE_METHOD)) e->call.call_kind = CALL_METHOD;
    bool ok = raw_args(args);
    uint32_t given;
    Type **targs;
    Object *generic = generic_func(fn, &given, &targs);
    if (generic) {
        if (!ok || !instantiate_callee(e, generic, targs)) {
            invalidate(e);
            return;
        }
        sig = e->call.instance->type;
    }
    if (ok) check_args(e, sig, args, e->call.ellipsis);
    finish_call(e, sig);
}

// A call of a C function, or through a C function pointer.
static bool check_foreign(Expr *e) {
    Expr *fn = ast_unparen(e->call.fn);
    CDecl *c = fn->kind == EXPR_SELECTOR ? foreign_func(fn->selector.obj) : NULL;
    CType *through = c ? NULL : foreign_pointee(e->call.fn->type);
    if (!c && !through) return false;
    check_foreign_call(e, c, through);
    return true;
}

static void check_unknown_args(ExprList *args) {
    for (uint32_t i = 0; i < args->len; i++) check_raw(args->at[i], NULL);
}

static void check_builtin_call(Expr *e) {
    Expr *f = ast_unparen(e->call.fn);
    Object *o = f->kind == EXPR_SELECTOR ? f->selector.obj : f->ident.obj;
    e->call.call_kind = CALL_BUILTIN;
    e->call.builtin = o->builtin;
    check_builtin(e, o->builtin);
}

// T(x)
static void check_type_call(Expr *e) {
    ExprList *args = &e->call.args;
    Type *t = check_type(e->call.fn);
    e->call.call_kind = CALL_CONVERSION;
    if (args->len != 1) {
        check_unknown_args(args);
        if (t != type_invalid && args->len) source_error(args->at[1]->start, "too many arguments in conversion to %s", type_string(t));
        else if (t != type_invalid) source_error(e->call.rparen, "missing argument in conversion to %s", type_string(t));
        invalidate(e);
        return;
    }
    if (e->call.ellipsis) error_in(args->at[0], "invalid use of ... in conversion to %s", type_string(t));
    check_value(args->at[0], t);
    check_conversion(e, args->at[0], t);
}

void check_call(Expr *e) {
    Expr *fn = e->call.fn;
    check_raw(fn, NULL);
    if (fn->mode == MODE_BUILTIN && ast_unparen(fn)->kind == EXPR_SELECTOR && foreign_is_macro(ast_unparen(fn)->selector.obj)) {
        check_foreign(e);
        return;
    }
    switch (fn->mode) {
    case MODE_INVALID:
        check_unknown_args(&e->call.args);
        invalidate(e);
        return;
    case MODE_NOVALUE:
        error_in(fn, "%s (no value) used as value", ast_string(fn));
        invalidate(e);
        return;
    case MODE_BUILTIN: check_builtin_call(e); return;
    case MODE_TYPE: check_type_call(e); return;
    default:
        if (fn->type->kind == TYPE_K_TUPLE) {
            error_in(fn, "multiple-value %s in single-value context", ast_string(fn));
            invalidate(e);
            return;
        }
        if (!check_foreign(e)) check_func_call(e);
    }
}
