// SPDX-License-Identifier: MIT
// check_foreign.c: calls of C functions, by name or through a pointer.
//
// An argument must be assignable to the parameter's counterpart in Go, as cgo
// has it. Three more things pass where their C form is wanted: a string for
// const char *, a slice for a pointer to its elements, a function value for a
// function pointer; what C gets of them is good as long as the call.
#include "compiler/c_impl.h"
#include "compiler/check_impl.h"

// The type of an argument or result: in memory a long double is an array of
// bytes, as a value it is a double.
static Type *value_type(CUnit *u, CType *c) { return foreign_go_type(u->pkg, c_strip(c)->kind == C_LDOUBLE ? c_basic(C_DOUBLE) : c); }

static bool is_pointer_like(Type *t) {
    int k = type_under(t)->kind;
    return k == KIND_POINTER || k == KIND_UNSAFE_POINTER || k == KIND_UINTPTR;
}

// Does a value of Go type t look to the machine as one of C type c?
static bool same_machine_type(CUnit *u, Type *t, CType *c) {
    Type *g = foreign_go_type(u->pkg, c);
    if (type_identical(t, g)) return true;
    if (is_pointer_like(t) && is_pointer_like(g)) return true;
    Type *a = type_under(t), *b = type_under(g);
    if (a->kind == KIND_INT) return b->kind == KIND_INT64;
    if (a->kind == KIND_UINT) return b->kind == KIND_UINT64;
    return a->kind == b->kind && a->kind <= KIND_COMPLEX128;
}

static bool fits_function_pointer(CUnit *u, Type *sig, CType *f) {
    if (sig->variadic || f->variadic || sig->nparams != f->nparams || sig->nresults > 1) return false;
    bool none = c_strip(f->of)->kind == C_VOID;
    if (none != (sig->nresults == 0) || (!none && !same_machine_type(u, sig->results[0]->type, f->of))) return false;
    for (uint32_t i = 0; i < f->nparams; i++)
        if (!same_machine_type(u, sig->params[i]->type, f->params[i])) return false;
    return true;
}

static const char *function_shape(CUnit *u, CType *f) {
    const char *s = "func(";
    for (uint32_t i = 0; i < f->nparams; i++) s = arena_printf("%s%s%s", s, i ? ", " : "", type_string(foreign_go_type(u->pkg, f->params[i])));
    if (c_strip(f->of)->kind == C_VOID) return arena_printf("%s)", s);
    return arena_printf("%s) %s", s, type_string(foreign_go_type(u->pkg, f->of)));
}

// The implicit forms; FOREIGN_VOID when none applies.
static int implicit_kind(CUnit *u, Expr *arg, CType *param) {
    CType *p = c_strip(param);
    if (p->kind != C_POINTER || is_invalid(arg)) return FOREIGN_VOID;
    CType *of = c_strip(p->of);
    Type *t = type_under(arg->type);
    if (t->kind == KIND_UNSAFE_POINTER && of->kind == C_VOID) return FOREIGN_PTR; // typedef void *handle
    if (type_is_string(arg->type)) return p->of->is_const && (of->kind == C_CHAR || of->kind == C_VOID || of->kind == C_UCHAR || of->kind == C_SCHAR) ? FOREIGN_STRING : FOREIGN_VOID;
    if (t->kind == KIND_SLICE) {
        if (of->kind == C_VOID) return FOREIGN_SLICE;
        Type *want = foreign_go_type(u->pkg, p->of);
        bool bytes = type_under(t->elem)->kind == KIND_UINT8 && of->size == 1;
        return type_identical(t->elem, want) || bytes ? FOREIGN_SLICE : FOREIGN_VOID;
    }
    return t->kind == KIND_FUNC && of->kind == C_FUNC && fits_function_pointer(u, t, of) ? FOREIGN_FUNC : FOREIGN_VOID;
}

static const char *unpassable(CType *t) {
    switch (c_strip(t)->kind) {
    case C_CLDOUBLE: return "long double _Complex";
    case C_INT128: case C_UINT128: return "__int128";
    case C_STRUCT: case C_UNION: return "an incomplete or over-aligned struct, or one with long double or vectors inside,";
    default: return "this C type";
    }
}

static bool can_pass_struct(CType *t) {
    ForeignFieldList fields = {0};
    return c_layout(t) && c_flatten(t, 0, &fields) && t->align <= 16;
}

// libffi, which calls back, does not know how packed structs are passed.
static bool check_callback(Expr *call, Expr *arg, CType *f) {
    bool packed = c_misaligned(f->of);
    for (uint32_t i = 0; i < f->nparams; i++) packed |= c_misaligned(f->params[i]);
    if (packed) error_in(arg, "cannot use %s as C function pointer in argument to %s: a packed struct is passed by value", operand_string(arg), ast_string(call->call.fn));
    return !packed;
}

static bool passable(Expr *e, CType *t, Pos pos) {
    int kind = c_foreign_kind(t);
    if (kind != FOREIGN_VOID && (kind != FOREIGN_STRUCT || can_pass_struct(c_strip(t)))) return true;
    source_error(pos, "cannot pass %s by value in call of %s", unpassable(t), ast_string(e->call.fn));
    return false;
}

static bool fixed_arg(CUnit *u, Expr *call, Expr *arg, CType *param, ForeignArg *out) {
    if (is_invalid(arg)) return false;
    Type *want = value_type(u, param);
    // C is lax about names of pointer types, so any of that shape will do
    if (want->kind == TYPE_K_NAMED && type_under(want)->kind == KIND_POINTER) want = type_under(want);
    *out = (ForeignArg){.type = want, .c = param, .kind = (uint8_t)c_foreign_kind(param)};
    if (!passable(call, param, arg->start)) return false;
    int implicit = arg->mode == MODE_NIL || assignable(arg, want) ? FOREIGN_VOID : implicit_kind(u, arg, param);
    if (implicit == FOREIGN_FUNC && !check_callback(call, arg, c_strip(c_strip(param)->of))) return false;
    if (implicit != FOREIGN_VOID) {
        if (type_is_untyped(arg->type)) use_default(arg);
        out->kind = (uint8_t)implicit;
        out->type = arg->type;
        return !is_invalid(arg);
    }
    CType *p = c_strip(param), *of = p->kind == C_POINTER ? c_strip(p->of) : NULL;
    if (of && of->kind == C_FUNC && type_under(arg->type)->kind == KIND_FUNC) {
        error_in(arg, "cannot use %s as C function pointer in argument to %s\n\thave %s\n\twant %s", operand_string(arg), ast_string(call->call.fn), type_string(arg->type), function_shape(u, of));
        return false;
    }
    return assign_to(arg, want, arena_printf("argument to %s", ast_string(call->call.fn)));
}

// In the variable part C's promotions apply to the argument's own type.
static bool variable_arg(CUnit *u, Expr *call, Expr *arg, ForeignArg *out) {
    (void)u;
    if (is_invalid(arg)) return false;
    if (arg->mode == MODE_NIL) convert_untyped(arg, TY(KIND_UNSAFE_POINTER));
    else if (arg->mode == MODE_CONST && (arg->type->kind == TYPE_K_UNTYPED_INT || arg->type->kind == TYPE_K_UNTYPED_RUNE)) {
        Const *v = const_to_int(arg->val);
        convert_untyped(arg, TY(const_representable(v, KIND_INT32, NULL) ? KIND_INT32 : const_representable(v, KIND_INT64, NULL) ? KIND_INT64 : KIND_UINT64));
    } else if (type_is_untyped(arg->type)) use_default(arg);
    if (is_invalid(arg)) return false;
    static const uint8_t kinds[KIND_COUNT] = {
        [KIND_BOOL] = FOREIGN_I32, [KIND_INT] = FOREIGN_I64, [KIND_INT8] = FOREIGN_I32, [KIND_INT16] = FOREIGN_I32, [KIND_INT32] = FOREIGN_I32, [KIND_INT64] = FOREIGN_I64,
        [KIND_UINT] = FOREIGN_U64, [KIND_UINT8] = FOREIGN_I32, [KIND_UINT16] = FOREIGN_I32, [KIND_UINT32] = FOREIGN_U32, [KIND_UINT64] = FOREIGN_U64, [KIND_UINTPTR] = FOREIGN_U64,
        [KIND_FLOAT32] = FOREIGN_PROMOTED, [KIND_FLOAT64] = FOREIGN_F64, [KIND_POINTER] = FOREIGN_PTR, [KIND_UNSAFE_POINTER] = FOREIGN_PTR, [KIND_STRING] = FOREIGN_STRING, [KIND_SLICE] = FOREIGN_SLICE,
    };
    *out = (ForeignArg){.type = arg->type, .kind = kinds[type_under(arg->type)->kind]};
    if (out->kind != FOREIGN_VOID) return true;
    error_in(arg, "cannot pass %s to the variable part of %s", operand_string(arg), ast_string(call->call.fn));
    return false;
}

static void count_mismatch(Expr *e, CType *f) {
    bool many = e->call.args.len > f->nparams;
    const char *want = "(", *have = "(";
    for (uint32_t i = 0; i < f->nparams; i++) want = arena_printf("%s%s%s", want, i ? ", " : "", type_string(value_type(f->unit, f->params[i])));
    for (uint32_t i = 0; i < e->call.args.len; i++) {
        Expr *a = e->call.args.at[i];
        have = arena_printf("%s%s%s", have, i ? ", " : "", is_invalid(a) ? "?" : type_is_untyped(a->type) && type_is_numeric(a->type) ? "number" : type_string(a->type));
    }
    source_error(many ? e->call.args.at[f->nparams]->start : e->call.rparen, "%s arguments in call to %s\n\thave %s)\n\twant %s%s)", many ? "too many" : "not enough", ast_string(e->call.fn), have, want, f->variadic ? ", ..." : "");
}

static bool check_arguments(Expr *e, CType *f, ForeignUse *use) {
    ExprList *args = &e->call.args;
    bool ok = true;
    for (uint32_t i = 0; i < args->len; i++) {
        check_value(args->at[i], NULL);
        ok &= !is_invalid(args->at[i]);
    }
    if (e->call.ellipsis) {
        error_in(args->at[args->len - 1], "cannot use ... in a call of a C function");
        return false;
    }
    if (args->len < f->nparams || (args->len > f->nparams && !f->variadic)) {
        count_mismatch(e, f);
        return false;
    }
    use->nfixed = f->nparams;
    use->nargs = args->len;
    use->args = ARENA_ARRAY(ForeignArg, args->len + 1);
    for (uint32_t i = 0; i < args->len; i++)
        ok &= i < f->nparams ? fixed_arg(f->unit, e, args->at[i], f->params[i], &use->args[i]) : variable_arg(f->unit, e, args->at[i], &use->args[i]);
    return ok;
}

// A macro with parameters: the types of the arguments make a function of it.
static CDecl *macro_call(Expr *e, CDecl *d, ForeignUse *use) {
    CUnit *u = d->obj->pkg->c;
    ExprList *args = &e->call.args;
    Type **types = ARENA_ARRAY(Type *, args->len + 1);
    bool ok = true;
    use->nargs = use->nfixed = args->len;
    use->args = ARENA_ARRAY(ForeignArg, args->len + 1);
    for (uint32_t i = 0; i < args->len; i++) {
        check_value(args->at[i], NULL);
        ok = ok && !is_invalid(args->at[i]) && variable_arg(u, e, args->at[i], &use->args[i]);
        if (!ok) continue;
        types[i] = args->at[i]->type;
        if (use->args[i].kind == FOREIGN_PROMOTED) use->args[i].kind = FOREIGN_F32;
    }
    if (ok && d->macro->has_params && args->len != d->macro->nparams) {
        source_error(e->call.rparen, "C.%s takes %u arguments, not %u", d->name->text, d->macro->nparams, args->len);
        ok = false;
    }
    return ok ? c_macro_function(u, d->macro, types, args->len, e->start) : NULL;
}

void check_foreign_call(Expr *e, CDecl *d, CType *through) {
    ForeignUse *use = ARENA_NEW(ForeignUse);
    e->call.call_kind = CALL_FOREIGN;
    e->call.foreign = use;
    bool is_macro = d && d->kind == CDECL_MACRO;
    if (is_macro && !(d = macro_call(e, d, use))) {
        invalidate(e);
        return;
    }
    CType *f = c_strip(d ? d->type : through);
    e->val = NULL;
    use->decl = d;
    use->variadic = f->variadic;
    use->void_type = foreign_go_type(f->unit->pkg, c_basic(C_VOID));
    bool ok = is_macro || check_arguments(e, f, use);
    if (ok && d && use->variadic) check_format(e, d, use);
    if (c_strip(f->of)->kind == C_VOID) {
        e->mode = MODE_NOVALUE;
        e->type = type_tuple(NULL, 0);
        return;
    }
    Type *t = value_type(f->unit, f->of);
    ok = ok && passable(e, f->of, e->start);
    use->result = (ForeignArg){.type = t, .c = f->of, .kind = (uint8_t)c_foreign_kind(f->of)};
    e->mode = MODE_COMMAOK;
    e->type = t;
    if (!ok) invalidate(e);
}
