// SPDX-License-Identifier: MIT
// check_call.c: calls, conversions, builtin functions.
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/foreign.h"
#include "compiler/notation.h"

static void set_novalue(Expr *e) {
    e->mode = MODE_NOVALUE;
    e->type = type_tuple(NULL, 0);
}

// --- conversions

static bool is_bytes_or_runes(Type *u) {
    if (u->kind != KIND_SLICE) return false;
    int k = type_under(u->elem)->kind;
    return k == KIND_UINT8 || k == KIND_INT32;
}

static bool identical_but_tags(Type *a, Type *b);

static bool objects_but_tags(Object **a, Object **b, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (!identical_but_tags(a[i]->type, b[i]->type)) return false;
    return true;
}

// Identical when struct tags are left out of account.
static bool identical_but_tags(Type *a, Type *b) {
    if (type_identical(a, b)) return true;
    if (a->kind != b->kind) return false;
    switch (a->kind) {
    case KIND_STRUCT:
        if (a->nfields != b->nfields) return false;
        for (uint32_t i = 0; i < a->nfields; i++) {
            const StructField *f = &a->fields[i], *g = &b->fields[i];
            if (f->name != g->name || f->embedded != g->embedded || (!name_exported(f->name) && f->pkg != g->pkg) || !identical_but_tags(f->type, g->type)) return false;
        }
        return true;
    case KIND_POINTER: case KIND_SLICE: return identical_but_tags(a->elem, b->elem);
    case KIND_ARRAY: return a->len == b->len && identical_but_tags(a->elem, b->elem);
    case KIND_MAP: return identical_but_tags(a->key, b->key) && identical_but_tags(a->elem, b->elem);
    case KIND_CHAN: return a->chan_dir == b->chan_dir && identical_but_tags(a->elem, b->elem);
    case KIND_FUNC:
        return a->nparams == b->nparams && a->nresults == b->nresults && a->variadic == b->variadic && objects_but_tags(a->params, b->params, a->nparams) && objects_but_tags(a->results, b->results, a->nresults);
    default: return false;
    }
}

static bool convertible(Expr *x, Type *t);

static bool convertible_to_term(Type *term, void *x) {
    Expr *e = x;
    Const *r;
    if (e->mode == MODE_CONST && type_is_numeric(e->type) && type_is_numeric(term)) return const_representable(e->val, type_under(term)->kind, &r);
    return convertible(e, term);
}

typedef struct Conversion { Expr *x; Type *to; } Conversion;

static bool convertible_from_term(Type *term, void *ctx) {
    Conversion *c = ctx;
    Expr x;
    ast_copy_expr(&x, c->x);
    x.mode = MODE_VALUE;
    x.type = term;
    return convertible(&x, c->to);
}

static bool convertible(Expr *x, Type *t) {
    if (assignable(x, t)) return true;
    if (t->kind == TYPE_K_TYPE_PARAM) return type_each(t, convertible_to_term, x);
    if (x->type->kind == TYPE_K_TYPE_PARAM) {
        Conversion c = {x, t};
        return type_each(x->type, convertible_from_term, &c);
    }
    Type *v = x->type, *vu = type_under(v), *tu = type_under(t);
    if (identical_but_tags(vu, tu)) return true;
    if (vu->kind == KIND_POINTER && tu->kind == KIND_POINTER && !type_is_named(v) && !type_is_named(t) && identical_but_tags(type_under(vu->elem), type_under(tu->elem))) return true;
    bool vn = type_is_integer(v) || type_is_float(v), tn = type_is_integer(t) || type_is_float(t);
    if (vn && tn) return true;
    if (type_is_complex(v) && type_is_complex(t)) return true;
    if (type_is_string(t) && (type_is_integer(v) || is_bytes_or_runes(vu))) return true;
    if (type_is_string(v) && is_bytes_or_runes(tu)) return true;
    if (tu->kind == KIND_UNSAFE_POINTER && (vu->kind == KIND_POINTER || vu->kind == KIND_UINTPTR || vu->kind == KIND_UNSAFE_POINTER)) return true;
    if (vu->kind == KIND_UNSAFE_POINTER && (tu->kind == KIND_POINTER || tu->kind == KIND_UINTPTR)) return true;
    if (vu->kind == KIND_SLICE) {
        Type *arr = tu->kind == KIND_POINTER ? type_under(tu->elem) : tu;
        if (arr->kind == KIND_ARRAY && lang_at_least(tu->kind == KIND_POINTER ? 17 : 20)) return type_identical(arr->elem, vu->elem);
    }
    return false;
}

// A constant converted to a constant type stays one.
static bool const_conversion(Expr *e, Expr *x, Type *t) {
    if (x->mode != MODE_CONST || !type_is_const_type(t)) return false;
    Const *r = x->val;
    int kind = type_under(t)->kind;
    if (const_representable(x->val, kind, &r) && (type_is_string(t) == type_is_string(x->type)) && type_is_boolean(t) == type_is_boolean(x->type)) {
        set_const(e, t, r);
        if (type_is_untyped(x->type)) set_typed(x, type_is_numeric(t) || type_is_string(t) || type_is_boolean(t) ? t : type_default(x->type));
        return true;
    }
    if (type_is_string(t) && type_is_integer(x->type)) {
        int64_t n;
        if (!const_is_int64(const_to_int(x->val), &n) || n < 0 || n > 0x10ffff || (n >= 0xd800 && n < 0xe000)) n = 0xfffd;
        char buf[4];
        size_t len;
        if (n < 0x80) buf[0] = (char)n, len = 1;
        else if (n < 0x800) buf[0] = (char)(0xc0 | n >> 6), buf[1] = (char)(0x80 | (n & 63)), len = 2;
        else if (n < 0x10000) buf[0] = (char)(0xe0 | n >> 12), buf[1] = (char)(0x80 | (n >> 6 & 63)), buf[2] = (char)(0x80 | (n & 63)), len = 3;
        else buf[0] = (char)(0xf0 | n >> 18), buf[1] = (char)(0x80 | (n >> 12 & 63)), buf[2] = (char)(0x80 | (n >> 6 & 63)), buf[3] = (char)(0x80 | (n & 63)), len = 4;
        set_const(e, t, const_str(arena_str(buf, len)));
        if (type_is_untyped(x->type)) set_typed(x, type_default(x->type));
        return true;
    }
    return false;
}

// Does a conversion's type read as a type parameter in the generic source?
static bool is_type_arg(Expr *type) {
    type = ast_unparen(type);
    return type->kind == EXPR_IDENT && type->ident.obj && (type->ident.obj->flags & OBJF_TYPE_ARG);
}

// T(x) for a type parameter T: never a constant, whatever T stands for.
static void convert_to_param(Expr *e, Expr *x, Type *t) {
    Const *r;
    bool fits = x->mode == MODE_CONST && type_is_const_type(t) && type_is_string(t) == type_is_string(x->type) && type_is_boolean(t) == type_is_boolean(x->type) && t->kind != TYPE_K_TYPE_PARAM && const_representable(x->val, type_under(t)->kind, &r);
    if (!fits && !convertible(x, t)) {
        error_in(x, "cannot convert %s to type %s", operand_string(x), type_string(t));
        invalidate(e);
        return;
    }
    if (type_is_untyped(x->type)) convert_untyped(x, x->mode == MODE_NIL || fits || (t->kind != TYPE_K_TYPE_PARAM && x->mode != MODE_CONST && type_is_const_type(t)) ? t : type_default(x->type));
    if (is_invalid(x)) invalidate(e);
    else set_value(e, t);
}

void check_conversion(Expr *e, Expr *x, Type *t) {
    e->call.call_kind = CALL_CONVERSION;
    if (is_invalid(x) || t == type_invalid || !require_complete(t, e->start)) {
        invalidate(e);
        return;
    }
    if (t->kind == TYPE_K_TYPE_PARAM || is_type_arg(e->call.fn)) {
        convert_to_param(e, x, t);
        return;
    }
    if (type_is_interface(t)) {
        complete_interface(type_under(t));
        if (type_under(t)->has_typeset || type_under(t)->comparable_constraint || t == type_comparable) {
            error_in(e, "cannot use interface %s in conversion (contains specific type constraints or is comparable)", type_string(t));
            invalidate(e);
            return;
        }
    }
    if (const_conversion(e, x, t)) return;
    bool const_numbers = x->mode == MODE_CONST && type_is_numeric(x->type) && type_is_numeric(t);
    if (const_numbers || !convertible(x, t)) {
        const char *suffix = "";
        if (const_numbers) {
            if (type_is_integer(t) && const_kind(const_to_int(x->val)) != CONST_INT) suffix = " (truncated)";
            else {
                error_in(x, "cannot convert %s to type %s (constant %s overflows %s)", operand_string(x), type_string(t), const_string(x->val), type_string(t));
                invalidate(e);
                return;
            }
        }
        error_in(x, "cannot convert %s to type %s%s", operand_string(x), type_string(t), suffix);
        if (!const_numbers) advise_conversion(x, t);
        invalidate(e);
        return;
    }
    if (type_is_untyped(x->type)) {
        // string(1<<s), []byte("x"), interface{}(1): the operand's own default type
        Type *final = t;
        if (type_is_interface(t) || type_under(t)->kind == KIND_UNSAFE_POINTER || (x->mode == MODE_CONST && !type_is_const_type(t))) final = x->mode == MODE_NIL ? t : type_default(x->type);
        else if (x->mode == MODE_CONST && type_is_string(t) && type_is_numeric(x->type)) final = type_default(x->type);
        if (x->mode == MODE_NIL) final = t;
        convert_untyped(x, final);
        if (is_invalid(x)) {
            invalidate(e);
            return;
        }
    }
    set_value(e, t);
}

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
static bool raw_args(ExprList *args, Type *sig) {
    bool ok = true;
    for (uint32_t i = 0; i < args->len; i++) {
        Expr *a = args->at[i];
        Type *hint = NULL;
        (void)sig;
        if (args->len == 1) {
            check_multi(a);
            if (!is_invalid(a) && a->type->kind != TYPE_K_TUPLE && a->mode == MODE_COMMAOK) a->mode = MODE_COMMAOK;
        } else {
            check_value(a, hint);
        }
        ok &= !is_invalid(a);
    }
    return ok;
}

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

static void check_func_call(Expr *e) {
    Expr *fn = e->call.fn;
    ExprList *args = &e->call.args;
    e->call.call_kind = CALL_FUNC;
    Type *sig = fn->mode == MODE_NIL ? NULL : type_core(fn->type);
    if (!sig || sig->kind != KIND_FUNC) {
        error_in(e, "invalid operation: cannot call non-function %s", operand_string(fn));
        raw_args(args, NULL);
        invalidate(e);
        return;
    }
    Expr *f = ast_unparen(fn);
    if (f->kind == EXPR_SELECTOR && f->selector.selection && (f->selector.selection->kind == SEL_METHOD || f->selector.selection->kind == SEL_INTERFACE_METHOD)) e->call.call_kind = CALL_METHOD;
    bool ok = raw_args(args, sig);
    uint32_t given;
    Type **targs;
    Object *generic = generic_func(fn, &given, &targs);
    if (generic) {
        if (!ok || !need_lang(e->call.lparen, e->end, 18, "implicit function instantiation") || !infer(generic, targs, args, e->call.ellipsis, e->call.rparen)) {
            invalidate(e);
            return;
        }
        Object *inst = instantiate_func(generic, targs, sig->ntparams, e->start);
        if (!inst) {
            invalidate(e);
            return;
        }
        e->call.instance = inst;
        fn->type = sig = inst->type;
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

void check_call(Expr *e, Type *hint) {
    Expr *fn = e->call.fn;
    check_raw(fn, NULL);
    if (fn->mode == MODE_BUILTIN && ast_unparen(fn)->kind == EXPR_SELECTOR && foreign_is_macro(ast_unparen(fn)->selector.obj)) {
        check_foreign(e);
        return;
    }
    switch (fn->mode) {
    case MODE_INVALID:
        for (uint32_t i = 0; i < e->call.args.len; i++) check_raw(e->call.args.at[i], NULL);
        invalidate(e);
        return;
    case MODE_NOVALUE:
        error_in(fn, "%s (no value) used as value", ast_string(fn));
        invalidate(e);
        return;
    case MODE_BUILTIN: {
        Expr *f = ast_unparen(fn);
        Object *o = f->kind == EXPR_SELECTOR ? f->selector.obj : f->ident.obj;
        e->call.call_kind = CALL_BUILTIN;
        e->call.builtin = o->builtin;
        check_builtin(e, o->builtin, hint);
        return;
    }
    case MODE_TYPE: {
        Type *t = check_type(fn);
        e->call.call_kind = CALL_CONVERSION;
        if (e->call.args.len != 1) {
            for (uint32_t i = 0; i < e->call.args.len; i++) check_raw(e->call.args.at[i], NULL);
            if (t != type_invalid) source_error(e->call.args.len ? e->call.args.at[1]->start : e->call.rparen, "%s arguments in conversion to %s", e->call.args.len ? "too many" : "missing argument in conversion; not enough", type_string(t));
            invalidate(e);
            return;
        }
        if (e->call.ellipsis) error_in(e->call.args.at[0], "invalid use of ... in conversion to %s", type_string(t));
        check_value(e->call.args.at[0], t);
        check_conversion(e, e->call.args.at[0], t);
        return;
    }
    default:
        if (fn->type->kind == TYPE_K_TUPLE) {
            error_in(fn, "multiple-value %s in single-value context", ast_string(fn));
            invalidate(e);
            return;
        }
        if (check_foreign(e)) return;
        check_func_call(e);
    }
}

// --- builtins

static const struct { const char *name; uint8_t least; bool variadic, statement; } builtins[] = {
#define BUILTIN(name, nmin, variadic, stmt) {#name, nmin, variadic, stmt},
#include "compiler/builtins.def"
#undef BUILTIN
};

static bool bad(Expr *e, Expr *arg, const char *fmt, const char *what) {
    error_in(arg, fmt, operand_string(arg), what);
    invalidate(e);
    return false;
}

static bool has_length(Type *t, void *cap) {
    Type *u = type_under(t);
    if (u->kind == KIND_POINTER && type_under(u->elem)->kind == KIND_ARRAY) return true;
    return u->kind == KIND_ARRAY || u->kind == KIND_SLICE || u->kind == KIND_CHAN || (!cap && (u->kind == KIND_STRING || u->kind == KIND_MAP));
}

static void check_len_cap(Expr *e, bool cap) {
    Expr *x = e->call.args.at[0];
    if (x->mode != MODE_NIL && x->type->kind == TYPE_K_TYPE_PARAM) {
        if (type_each(x->type, has_length, cap ? x : NULL)) set_value(e, TY(KIND_INT));
        else bad(e, x, "invalid argument: %s for built-in %s", cap ? "cap" : "len");
        return;
    }
    if (x->mode == MODE_CONST && type_is_string(x->type) && !cap) {
        if (type_is_untyped(x->type)) use_default(x);
        set_const(e, TY(KIND_INT), const_int(const_str_val(x->val).len));
        return;
    }
    Type *u = x->mode == MODE_NIL ? x->type : type_under(x->type);
    if (u->kind == KIND_POINTER && type_under(u->elem)->kind == KIND_ARRAY) u = type_under(u->elem);
    bool ok = u->kind == KIND_ARRAY || u->kind == KIND_SLICE || u->kind == KIND_CHAN || (!cap && (u->kind == KIND_STRING || u->kind == KIND_MAP || u->kind == TYPE_K_UNTYPED_STRING));
    if (!ok) {
        bad(e, x, "invalid argument: %s for built-in %s", cap ? "cap" : "len");
        return;
    }
    if (type_is_untyped(x->type)) use_default(x);
    set_value(e, TY(KIND_INT));
    if (u->kind != KIND_ARRAY) return;
    // constant unless the operand calls or receives
    Expr *stack[64];
    uint32_t n = 0;
    bool calls = false;
    stack[n++] = x;
    while (n && !calls) {
        Expr *s = stack[--n];
        if (!s || n > 60) continue;
        switch (s->kind) {
        case EXPR_CALL:
            if (s->mode == MODE_CONST) break;
            if (s->call.call_kind == CALL_CONVERSION) stack[n++] = s->call.args.at[0];
            else calls = true;
            break;
        case EXPR_UNARY:
            if (s->op == TOK_ARROW) calls = true;
            else stack[n++] = s->unary.x;
            break;
        case EXPR_PAREN: stack[n++] = s->paren.x; break;
        case EXPR_STAR: stack[n++] = s->unary.x; break;
        case EXPR_SELECTOR: stack[n++] = s->selector.x; break;
        case EXPR_INDEX: stack[n++] = s->index.x; stack[n++] = s->index.index.at[0]; break;
        case EXPR_BINARY: stack[n++] = s->binary.x; stack[n++] = s->binary.y; break;
        case EXPR_COMPOSITE:
            for (uint32_t i = 0; i < s->composite.elems.len; i++) {
                Expr *v = s->composite.elems.at[i];
                if (v->kind == EXPR_KEY_VALUE) v = v->kv.value;
                if (v->mode != MODE_CONST && n < 60) stack[n++] = v;
            }
            break;
        default: break;
        }
    }
    if (!calls) set_const(e, TY(KIND_INT), const_int(u->len));
}

static void check_append(Expr *e) {
    ExprList *args = &e->call.args;
    Expr *s = args->at[0];
    if (s->mode == MODE_NIL) {
        bad(e, s, "first argument to append must be a typed slice; have untyped %s%s", "");
        return;
    }
    Type *u = type_core(s->type);
    if (!u || u->kind != KIND_SLICE) {
        bad(e, s, "invalid argument: %s is not a slice%s", "");
        return;
    }
    set_value(e, s->type);
    if (e->call.ellipsis) {
        if (args->len != 2) {
            error_in(e, "can only use ... with final argument in list");
            invalidate(e);
            return;
        }
        Expr *more = args->at[1];
        if (type_under(u->elem)->kind == KIND_UINT8 && type_is_string(more->type)) {
            use_default(more);
            return;
        }
        if (more->mode == MODE_NIL) {
            convert_untyped(more, s->type);
            return;
        }
        Type *mu = type_core(more->type);
        if (mu && mu->kind == KIND_SLICE && type_identical(mu->elem, u->elem)) return;
        if (type_under(u->elem)->kind == KIND_UINT8 && is_bytes_or_string(more->type)) return;
        assign_to(more, type_slice_of(u->elem), "argument to append");
        if (is_invalid(more)) invalidate(e);
        return;
    }
    for (uint32_t i = 1; i < args->len; i++) assign_to(args->at[i], u->elem, "argument to append");
}

static void check_make(Expr *e) {
    ExprList *args = &e->call.args;
    Type *t = check_var_type(args->at[0]);
    for (uint32_t i = 1; i < args->len; i++) check_value(args->at[i], NULL);
    if (t == type_invalid) {
        invalidate(e);
        return;
    }
    Type *u = type_core(t);
    uint32_t least = 1;
    if (u && u->kind == KIND_SLICE) least = 2;
    else if (!u || (u->kind != KIND_MAP && u->kind != KIND_CHAN)) {
        error_in(args->at[0], "invalid argument: cannot make %s; type must be slice, map, or channel", ast_string(args->at[0]));
        invalidate(e);
        return;
    }
    if (args->len < least || args->len > least + 1) {
        error_in(e, "invalid operation: %s expects %u or %u arguments; found %u", ast_string(e), least, least + 1, args->len);
        invalidate(e);
        return;
    }
    int64_t size[2] = {-1, -1};
    for (uint32_t i = 1; i < args->len; i++) {
        Expr *a = args->at[i];
        if (is_invalid(a)) continue;
        if (a->mode == MODE_CONST && type_is_untyped(a->type) && type_is_numeric(a->type) && const_kind(const_to_int(a->val)) == CONST_INT) a->val = const_to_int(a->val);
        size[i - 1] = check_index_value(a, -1, "index");
    }
    if (args->len == 3 && size[0] >= 0 && size[1] >= 0 && size[0] > size[1]) error_in(args->at[1], "invalid argument: length and capacity swapped");
    set_value(e, t);
}

static void check_copy(Expr *e) {
    Expr *dst = e->call.args.at[0], *src = e->call.args.at[1];
    Type *d = dst->mode == MODE_NIL ? NULL : type_core(dst->type), *s = src->mode == MODE_NIL ? NULL : type_under(src->type);
    if (s && !type_is_string(src->type)) s = type_core(src->type);
    if (!d || d->kind != KIND_SLICE) {
        error_in(e, "invalid argument: copy expects slice arguments; found %s and %s", operand_string(dst), operand_string(src));
        invalidate(e);
        return;
    }
    set_value(e, TY(KIND_INT));
    if (src->mode != MODE_NIL && (type_is_string(src->type) || is_bytes_or_string(src->type)) && type_identical(d->elem, type_byte)) {
        use_default(src);
        return;
    }
    if (src->mode != MODE_NIL && (type_is_string(src->type) || is_bytes_or_string(src->type))) s = type_slice_of(type_byte); // of other elements
    if (!s || s->kind != KIND_SLICE) {
        error_in(e, "invalid argument: copy expects slice arguments; found %s and %s", operand_string(dst), operand_string(src));
        invalidate(e);
        return;
    }
    if (!type_identical(d->elem, s->elem)) {
        error_in(e, "invalid argument: arguments to copy %s and %s have different element types %s and %s", operand_string(dst), operand_string(src), type_string(d->elem), type_string(s->elem));
        invalidate(e);
    }
}

// The type of the result would depend on the one of the argument: refused, as by Go.
static bool no_type_param(Expr *e, Expr *x) {
    if (x->mode == MODE_NIL || x->type->kind != TYPE_K_TYPE_PARAM) return false;
    error_in(x, "%s not supported as argument to built-in %s", operand_string(x), builtins[e->call.builtin].name);
    invalidate(e);
    return true;
}

static void check_complex(Expr *e) {
    Expr *x = e->call.args.at[0], *y = e->call.args.at[1];
    if (x->mode == MODE_NIL || y->mode == MODE_NIL) {
        bad(e, x->mode == MODE_NIL ? x : y, "invalid argument: %s%s", "");
        return;
    }
    if (no_type_param(e, x) || no_type_param(e, y)) return;
    bool ux = type_is_untyped(x->type), uy = type_is_untyped(y->type);
    if (ux && !uy) convert_untyped(x, y->type);
    if (uy && !ux) convert_untyped(y, x->type);
    if (ux && uy) {
        if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
            Const *re = const_to_float(x->val), *im = const_to_float(y->val);
            if (type_is_numeric(x->type) && type_is_numeric(y->type) && const_kind(re) != CONST_UNKNOWN && const_kind(im) != CONST_UNKNOWN) {
                set_const(e, TY(TYPE_K_UNTYPED_COMPLEX), const_make_complex(re, im));
                return;
            }
        } else {
            convert_untyped(x, TY(KIND_FLOAT64));
            convert_untyped(y, TY(KIND_FLOAT64));
        }
    }
    if (is_invalid(x) || is_invalid(y)) {
        invalidate(e);
        return;
    }
    if (!type_identical(x->type, y->type)) {
        error_in(e, "invalid operation: %s (mismatched types %s and %s)", ast_string(e), type_string(x->type), type_string(y->type));
        invalidate(e);
        return;
    }
    int k = type_under(x->type)->kind;
    if (k != KIND_FLOAT32 && k != KIND_FLOAT64) {
        bad(e, x, "invalid argument: arguments have type %s, expected floating-point%s", "");
        return;
    }
    Type *t = TY(k == KIND_FLOAT32 ? KIND_COMPLEX64 : KIND_COMPLEX128);
    if (x->mode == MODE_CONST && y->mode == MODE_CONST) set_const(e, t, const_make_complex(const_to_float(x->val), const_to_float(y->val)));
    else set_value(e, t);
}

static void check_real_imag(Expr *e, bool imag) {
    Expr *x = e->call.args.at[0];
    if (no_type_param(e, x)) return;
    if (x->mode == MODE_CONST && type_is_untyped(x->type) && type_is_numeric(x->type)) {
        Const *c = const_to_complex(x->val);
        set_const(e, TY(TYPE_K_UNTYPED_FLOAT), imag ? const_imag(c) : const_real(c));
        return;
    }
    if (type_is_untyped(x->type)) convert_untyped(x, TY(KIND_COMPLEX128));
    if (is_invalid(x) || !type_is_complex(x->type)) {
        if (is_invalid(x)) invalidate(e);
        else bad(e, x, "invalid argument: %s not of complex type%s", "");
        return;
    }
    Type *t = TY(type_under(x->type)->kind == KIND_COMPLEX64 ? KIND_FLOAT32 : KIND_FLOAT64);
    if (x->mode == MODE_CONST) set_const(e, t, imag ? const_imag(const_to_complex(x->val)) : const_real(const_to_complex(x->val)));
    else set_value(e, t);
}

static bool map_with_key(Type *t, void *key) {
    Type **k = key, *u = type_under(t);
    if (u->kind != KIND_MAP || (*k && !type_identical(*k, u->key))) return false;
    *k = u->key;
    return true;
}

static void check_delete(Expr *e) {
    Expr *m = e->call.args.at[0], *k = e->call.args.at[1];
    Type *key = NULL;
    if (m->mode != MODE_NIL && m->type->kind == TYPE_K_TYPE_PARAM && type_each(m->type, map_with_key, &key)) {
        assign_to(k, key, "argument to delete");
        set_novalue(e);
        return;
    }
    Type *u = m->mode == MODE_NIL ? NULL : type_core(m->type);
    if (!u || u->kind != KIND_MAP) {
        bad(e, m, "invalid argument: %s is not a map%s", "");
        return;
    }
    if (assign_to(k, u->key, "argument to delete")) set_novalue(e);
    else invalidate(e);
}

static void check_clear(Expr *e) {
    Expr *x = e->call.args.at[0];
    Type *u = x->mode == MODE_NIL ? NULL : type_core(x->type);
    if (!u || (u->kind != KIND_MAP && u->kind != KIND_SLICE)) {
        bad(e, x, "invalid argument: clear %s must be a map or slice%s", "");
        return;
    }
    set_novalue(e);
}

static bool sendable(Type *t, void *ctx) {
    (void)ctx;
    return type_under(t)->kind == KIND_CHAN && type_under(t)->chan_dir != 1;
}

static void check_chan_end(Expr *e, const char *name) {
    Expr *c = e->call.args.at[0];
    if (c->mode != MODE_NIL && c->type->kind == TYPE_K_TYPE_PARAM && type_each(c->type, sendable, NULL)) {
        set_novalue(e);
        return;
    }
    Type *u = c->mode == MODE_NIL ? NULL : type_core(c->type);
    if (!u || u->kind != KIND_CHAN) {
        error_in(c, "invalid operation: cannot %s non-channel %s", name, operand_string(c));
        invalidate(e);
        return;
    }
    if (u->chan_dir == 1 && strcmp(name, "close") == 0) {
        error_in(c, "invalid operation: cannot close receive-only channel %s", operand_string(c));
        invalidate(e);
        return;
    }
    set_novalue(e);
}

static void check_min_max(Expr *e, bool min) {
    ExprList *args = &e->call.args;
    Expr *acc = args->at[0];
    for (uint32_t i = 0; i < args->len; i++)
        if (args->at[i]->mode == MODE_NIL || !type_is_ordered(args->at[i]->type)) {
            bad(e, args->at[i], "invalid argument: %s cannot be ordered%s", "");
            return;
        }
    bool all_const = acc->mode == MODE_CONST;
    Type *t = acc->type;
    for (uint32_t i = 1; i < args->len; i++) {
        Type *b = args->at[i]->type;
        all_const &= args->at[i]->mode == MODE_CONST;
        if (type_is_untyped(t) && type_is_untyped(b)) t = b->kind > t->kind ? b : t;
        else if (type_is_untyped(t)) t = b;
        else if (!type_is_untyped(b) && !type_identical(t, b)) {
            error_in(args->at[i], "invalid argument: mismatched types %s (previous argument) and %s (type of %s)", type_string(t), type_string(b), ast_string(args->at[i]));
            invalidate(e);
            return;
        }
    }
    if (!all_const && type_is_untyped(t)) t = type_default(t);
    for (uint32_t i = 0; i < args->len; i++) {
        convert_untyped(args->at[i], t);
        if (is_invalid(args->at[i])) {
            invalidate(e);
            return;
        }
    }
    if (!all_const) {
        set_value(e, t);
        return;
    }
    Const *best = acc->val;
    for (uint32_t i = 1; i < args->len; i++)
        if (const_compare(min ? TOK_LSS : TOK_GTR, args->at[i]->val, best)) best = args->at[i]->val;
    set_const(e, t, best);
}

static void check_print(Expr *e) {
    for (uint32_t i = 0; i < e->call.args.len; i++) {
        Expr *a = e->call.args.at[i];
        if (a->mode == MODE_NIL) {
            error_in(a, "use of untyped nil in argument to built-in %s", builtins[e->call.builtin].name);
            continue;
        }
        if (a->mode == MODE_CONST && a->type->kind == TYPE_K_UNTYPED_INT) {
            uint64_t u;
            int64_t s;
            if (!const_is_int64(a->val, &s) && const_is_uint64(a->val, &u)) {
                convert_untyped(a, TY(KIND_UINT64));
                continue;
            }
            convert_untyped(a, TY(KIND_INT64));
            continue;
        }
        use_default(a);
    }
    set_novalue(e);
}

// Does t's size depend on a type parameter?
static bool varies(Type *t, int depth) {
    if (t->kind == TYPE_K_TYPE_PARAM) return true;
    Type *u = type_under(t);
    if (!u || depth > 100) return false;
    if (u->kind == KIND_ARRAY) return varies(u->elem, depth + 1);
    if (u->kind == KIND_STRUCT)
        for (uint32_t i = 0; i < u->nfields; i++)
            if (varies(u->fields[i].type, depth + 1)) return true;
    return false;
}

// The release of Go that brought a function of package unsafe.
static int unsafe_release(int id) {
    if (id == BUILTIN_Add || id == BUILTIN_Slice) return 17;
    return id == BUILTIN_SliceData || id == BUILTIN_String || id == BUILTIN_StringData ? 20 : 0;
}

static void check_unsafe(Expr *e, int id) {
    ExprList *args = &e->call.args;
    Expr *x = args->at[0];
    need_lang(e->start, e->end, unsafe_release(id), arena_printf("unsafe.%s", builtins[id].name));
    switch (id) {
    case BUILTIN_Sizeof: case BUILTIN_Alignof:
        use_default(x);
        if (x->mode == MODE_NIL) error_in(x, "use of untyped nil in argument to unsafe.%s", builtins[id].name);
        if (is_invalid(x) || x->mode == MODE_NIL) break;
        if (varies(x->type, 0)) {
            set_value(e, TY(KIND_UINTPTR));
            return;
        }
        set_const(e, TY(KIND_UINTPTR), const_int(id == BUILTIN_Sizeof ? type_size(x->type) : (int64_t)type_align(x->type)));
        return;
    case BUILTIN_Offsetof: {
        Expr *s = ast_unparen(x);
        if (s->kind != EXPR_SELECTOR || !s->selector.selection || s->selector.selection->kind != SEL_FIELD) {
            error_in(x, "invalid argument: %s is not a selector expression", ast_string(x));
            break;
        }
        Selection *sel = s->selector.selection;
        Type *t = type_under(sel->recv);
        if (t->kind == KIND_POINTER) t = type_under(t->elem);
        int64_t off = 0;
        for (uint32_t i = 0; i < sel->npath; i++) {
            off += type_field_offset(t, sel->path[i]);
            if (i + 1 == sel->npath) break;
            t = type_under(t->fields[sel->path[i]].type);
            if (t->kind == KIND_POINTER) {
                error_in(x, "invalid argument: field %s is embedded via a pointer in %s", s->selector.sel->ident.name->text, ast_string(s->selector.x));
                invalidate(e);
                return;
            }
        }
        set_const(e, TY(KIND_UINTPTR), const_int(off));
        return;
    }
    case BUILTIN_Add:
        assign_to(x, TY(KIND_UNSAFE_POINTER), "argument to unsafe.Add");
        if (type_is_untyped(args->at[1]->type)) convert_untyped(args->at[1], TY(KIND_INT));
        else if (!type_is_integer(args->at[1]->type)) error_in(args->at[1], "invalid argument: %s must be integer", operand_string(args->at[1]));
        set_value(e, TY(KIND_UNSAFE_POINTER));
        return;
    case BUILTIN_Slice: {
        Type *u = x->mode == MODE_NIL ? NULL : type_under(x->type);
        check_index_value(args->at[1], -1, "length");
        if (!u || u->kind != KIND_POINTER) {
            bad(e, x, "invalid argument: %s is not a pointer%s", "");
            return;
        }
        set_value(e, type_slice_of(u->elem));
        return;
    }
    case BUILTIN_SliceData: {
        Type *u = x->mode == MODE_NIL ? NULL : type_core(x->type);
        if (!u || u->kind != KIND_SLICE) {
            bad(e, x, "invalid argument: %s is not a slice%s", "");
            return;
        }
        set_value(e, type_pointer_to(u->elem));
        return;
    }
    case BUILTIN_String:
        assign_to(x, type_pointer_to(type_byte), "argument to unsafe.String");
        check_index_value(args->at[1], -1, "length");
        set_value(e, TY(KIND_STRING));
        return;
    case BUILTIN_StringData:
        assign_to(x, TY(KIND_STRING), "argument to unsafe.StringData");
        set_value(e, type_pointer_to(type_byte));
        return;
    default: break;
    }
    invalidate(e);
}

// One multi-value call may stand for all arguments of append, print, ...: its
// results become temporaries, which the arguments then name.
static void spread_call(Expr *e) {
    Expr *call = e->call.args.at[0];
    ExprList args = {0};
    for (uint32_t i = 0; i < call->type->ntypes; i++) {
        Object *o = object_new(OBJ_VAR, call->start, ck.pkg, name_of("result"), call->type->types[i]);
        o->color = BLACK;
        o->var.owner = ck.func ? ck.func->info : NULL;
        Expr *v = ARENA_NEW(Expr);
        v->kind = EXPR_IDENT;
        v->pos = call->pos;
        v->start = call->start;
        v->end = call->end;
        v->ident.name = o->name;
        v->ident.obj = o;
        set_value(v, o->type);
        VEC_PUSH(&args, v);
    }
    e->call.spread = call;
    e->call.args = args;
}

static bool builtin_args(Expr *e) {
    ExprList *args = &e->call.args;
    if (args->len == 1 && ast_unparen(args->at[0])->kind == EXPR_CALL && !e->call.ellipsis) {
        check_multi(args->at[0]);
        if (is_invalid(args->at[0])) return false;
        if (args->at[0]->type->kind == TYPE_K_TUPLE) spread_call(e);
        return true;
    }
    bool ok = true;
    for (uint32_t i = 0; i < args->len; i++) {
        check_value(args->at[i], NULL);
        ok &= !is_invalid(args->at[i]);
    }
    return ok;
}

static bool count_ok(Expr *e, int id) {
    uint32_t n = e->call.args.len;
    const char *what = NULL;
    if (n < builtins[id].least) what = "not enough";
    else if (!builtins[id].variadic && n > builtins[id].least) what = "too many";
    if (!what) return true;
    const char *name = ast_string(e->call.fn);
    source_error(what[0] == 'n' ? e->call.rparen : e->call.args.at[builtins[id].least]->start, "%s arguments for %s (expected %u, found %u)", what, ast_string(e), builtins[id].least, n);
    (void)name;
    return false;
}

void check_builtin(Expr *e, int id, Type *hint) {
    ExprList *args = &e->call.args;
    (void)hint;
    if (e->call.ellipsis && id != BUILTIN_append) {
        error_in(e, "invalid operation: invalid use of ... with built-in %s", builtins[id].name);
        for (uint32_t i = 0; i < args->len; i++) check_raw(args->at[i], NULL);
        invalidate(e);
        return;
    }
    if (id == BUILTIN_make || id == BUILTIN_new) {
        if (!count_ok(e, id)) {
            for (uint32_t i = 1; i < args->len; i++) check_raw(args->at[i], NULL);
            invalidate(e);
            return;
        }
        if (id == BUILTIN_make) {
            check_make(e);
            return;
        }
        Type *t = check_var_type(args->at[0]);
        if (t == type_invalid) invalidate(e);
        else set_value(e, type_pointer_to(t));
        return;
    }
    if (!builtin_args(e) || !count_ok(e, id)) {
        invalidate(e);
        return;
    }
    switch (id) {
    case BUILTIN_append: check_append(e); break;
    case BUILTIN_cap: check_len_cap(e, true); break;
    case BUILTIN_len: check_len_cap(e, false); break;
    case BUILTIN_clear: case BUILTIN_max: case BUILTIN_min:
        if (!need_lang(e->start, e->end, 21, builtins[id].name)) {
            invalidate(e);
        } else if (id == BUILTIN_clear) {
            check_clear(e);
        } else {
            check_min_max(e, id == BUILTIN_min);
        }
        break;
    case BUILTIN_close: check_chan_end(e, "close"); break;
    case BUILTIN_poison: check_chan_end(e, "poison"); break;
    case BUILTIN_complex: check_complex(e); break;
    case BUILTIN_copy: check_copy(e); break;
    case BUILTIN_delete: check_delete(e); break;
    case BUILTIN_imag: check_real_imag(e, true); break;
    case BUILTIN_real: check_real_imag(e, false); break;
    case BUILTIN_panic:
        assign_to(args->at[0], type_any, "argument to panic");
        set_novalue(e);
        break;
    case BUILTIN_print: case BUILTIN_println: check_print(e); break;
    case BUILTIN_recover:
        if (ck.func) ck.func->info->has_recover = true;
        set_value(e, type_any);
        break;
    case BUILTIN_skip:
        error_in(e, "skip is a command by itself, it is not called");
        invalidate(e);
        break;
    default: check_unsafe(e, id); break;
    }
}
