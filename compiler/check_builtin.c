// SPDX-License-Identifier: MIT
// check_builtin.c: calls of builtin functions (builtins.def) and of those of package
// unsafe.
#include <string.h>

#include "compiler/check_impl.h"

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

// --- lengths

static bool has_length(Type *t, void *cap) {
    Type *u = type_under(t);
    if (u->kind == KIND_POINTER && type_under(u->elem)->kind == KIND_ARRAY) return true;
    if (u->kind == KIND_ARRAY || u->kind == KIND_SLICE || u->kind == KIND_CHAN) return true;
    return !cap && (u->kind == KIND_STRING || u->kind == KIND_MAP || u->kind == TYPE_K_UNTYPED_STRING);
}

// Does evaluating e call a function or receive? Then len(e) is no constant.
static bool has_effects(Expr *e) {
    if (!e || e->mode == MODE_CONST) return false;
    switch (e->kind) {
    case EXPR_CALL: return e->call.call_kind != CALL_CONVERSION || has_effects(e->call.args.at[0]);
    case EXPR_UNARY: return e->op == TOK_ARROW || has_effects(e->unary.x);
    case EXPR_RECV_POST: return true;
    case EXPR_PAREN: return has_effects(e->paren.x);
    case EXPR_STAR: return has_effects(e->unary.x);
    case EXPR_SELECTOR: return has_effects(e->selector.x);
    case EXPR_INDEX: return has_effects(e->index.x) || has_effects(e->index.index.at[0]);
    case EXPR_BINARY: return has_effects(e->binary.x) || has_effects(e->binary.y);
    case EXPR_KEY_VALUE: return has_effects(e->kv.value);
    case EXPR_COMPOSITE:
        for (uint32_t i = 0; i < e->composite.elems.len; i++)
            if (has_effects(e->composite.elems.at[i])) return true;
        return false;
    default: return false;
    }
}

static void check_len_cap(Expr *e, bool cap) {
    Expr *x = e->call.args.at[0];
    bool param = x->mode != MODE_NIL && x->type->kind == TYPE_K_TYPE_PARAM;
    if (param ? !type_each(x->type, has_length, cap ? x : NULL) : x->mode == MODE_NIL || !has_length(x->type, cap ? x : NULL)) {
        bad(e, x, "invalid argument: %s for built-in %s", cap ? "cap" : "len");
        return;
    }
    if (x->mode == MODE_CONST) { // a string
        use_default(x);
        set_const(e, TY(KIND_INT), const_int(const_str_val(x->val).len));
        return;
    }
    use_default(x);
    set_value(e, TY(KIND_INT));
    Type *u = param ? x->type : type_under(x->type);
    if (u->kind == KIND_POINTER) u = type_under(u->elem);
    if (u->kind == KIND_ARRAY && !has_effects(x)) set_const(e, TY(KIND_INT), const_int(u->len));
}

// --- slices and maps

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

// --- numbers

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

// --- channels, printing

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

// --- package unsafe

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

static void check_sizeof(Expr *e, Expr *x, int id) {
    use_default(x);
    if (x->mode == MODE_NIL) error_in(x, "use of untyped nil in argument to unsafe.%s", builtins[id].name);
    if (is_invalid(x) || x->mode == MODE_NIL) invalidate(e);
    else if (varies(x->type, 0)) set_value(e, TY(KIND_UINTPTR));
    else set_const(e, TY(KIND_UINTPTR), const_int(id == BUILTIN_Sizeof ? type_size(x->type) : (int64_t)type_align(x->type)));
}

static void check_offsetof(Expr *e, Expr *x) {
    Expr *s = ast_unparen(x);
    Selection *sel = s->kind == EXPR_SELECTOR ? s->selector.selection : NULL;
    if (!sel || sel->kind != SEL_FIELD) {
        error_in(x, "invalid argument: %s is not a selector expression", ast_string(x));
        invalidate(e);
        return;
    }
    Type *t = type_under(sel->recv);
    if (t->kind == KIND_POINTER) t = type_under(t->elem);
    int64_t offset = 0;
    for (uint32_t i = 0; i < sel->npath; i++) {
        if (t->kind == KIND_POINTER) {
            error_in(x, "invalid argument: field %s is embedded via a pointer in %s", s->selector.sel->ident.name->text, ast_string(s->selector.x));
            invalidate(e);
            return;
        }
        offset += type_field_offset(t, sel->path[i]);
        t = type_under(t->fields[sel->path[i]].type);
    }
    set_const(e, TY(KIND_UINTPTR), const_int(offset));
}

// unsafe.Slice and unsafe.SliceData: the type of the result, from the pointer or slice x.
static void check_slice_parts(Expr *e, Expr *x, bool data) {
    Type *u = x->mode == MODE_NIL ? NULL : data ? type_core(x->type) : type_under(x->type);
    if (!u || u->kind != (data ? KIND_SLICE : KIND_POINTER)) bad(e, x, data ? "invalid argument: %s is not a slice%s" : "invalid argument: %s is not a pointer%s", "");
    else set_value(e, data ? type_pointer_to(u->elem) : type_slice_of(u->elem));
}

static void check_unsafe(Expr *e, int id) {
    ExprList *args = &e->call.args;
    Expr *x = args->at[0];
    need_lang(e->start, e->end, unsafe_release(id), arena_printf("unsafe.%s", builtins[id].name));
    switch (id) {
    case BUILTIN_Sizeof: case BUILTIN_Alignof: check_sizeof(e, x, id); return;
    case BUILTIN_Offsetof: check_offsetof(e, x); return;
    case BUILTIN_Add:
        assign_to(x, TY(KIND_UNSAFE_POINTER), "argument to unsafe.Add");
        if (type_is_untyped(args->at[1]->type)) convert_untyped(args->at[1], TY(KIND_INT));
        else if (!type_is_integer(args->at[1]->type)) error_in(args->at[1], "invalid argument: %s must be integer", operand_string(args->at[1]));
        set_value(e, TY(KIND_UNSAFE_POINTER));
        return;
    case BUILTIN_Slice:
        check_index_value(args->at[1], -1, "length");
        check_slice_parts(e, x, false);
        return;
    case BUILTIN_SliceData: check_slice_parts(e, x, true); return;
    case BUILTIN_String:
        assign_to(x, type_pointer_to(type_byte), "argument to unsafe.String");
        check_index_value(args->at[1], -1, "length");
        set_value(e, TY(KIND_STRING));
        return;
    case BUILTIN_StringData:
        assign_to(x, TY(KIND_STRING), "argument to unsafe.StringData");
        set_value(e, type_pointer_to(type_byte));
        return;
    default: invalidate(e);
    }
}

// --- arguments

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
    uint32_t n = e->call.args.len, least = builtins[id].least;
    bool few = n < least, many = n > least && !builtins[id].variadic;
    if (few || many) source_error(few ? e->call.rparen : e->call.args.at[least]->start, "%s arguments for %s (expected %u, found %u)", few ? "not enough" : "too many", ast_string(e), least, n);
    return !few && !many;
}

// make and new take a type first.
static void check_allocation(Expr *e, int id) {
    ExprList *args = &e->call.args;
    if (!count_ok(e, id)) {
        for (uint32_t i = 1; i < args->len; i++) check_raw(args->at[i], NULL);
        invalidate(e);
    } else if (id == BUILTIN_make) {
        check_make(e);
    } else {
        Type *t = check_var_type(args->at[0]);
        if (t == type_invalid) invalidate(e);
        else set_value(e, type_pointer_to(t));
    }
}

void check_builtin(Expr *e, int id) {
    ExprList *args = &e->call.args;
    if (e->call.ellipsis && id != BUILTIN_append) {
        error_in(e, "invalid operation: invalid use of ... with built-in %s", builtins[id].name);
        for (uint32_t i = 0; i < args->len; i++) check_raw(args->at[i], NULL);
        invalidate(e);
        return;
    }
    if (id == BUILTIN_make || id == BUILTIN_new) {
        check_allocation(e, id);
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
        if (!need_lang(e->start, e->end, 21, builtins[id].name)) invalidate(e);
        else if (id == BUILTIN_clear) check_clear(e);
        else check_min_max(e, id == BUILTIN_min);
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
