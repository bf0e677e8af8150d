// SPDX-License-Identifier: MIT
// check_expr.c: expressions: names, literals, selectors, indices, operators,
// untyped values and assignability.
//
// After an error an expression has MODE_INVALID and whoever uses it stays
// quiet. Untyped expressions keep an untyped kind until their context is known;
// convert_untyped then rewrites the whole tree below, so generation sees only
// typed ones.
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/escape.h"
#include "compiler/foreign.h"
#include "compiler/notation.h"

void invalidate(Expr *e) {
    e->mode = MODE_INVALID;
    e->type = type_invalid;
    e->val = NULL;
}

bool is_invalid(const Expr *e) { return e->mode == MODE_INVALID; }

void set_const(Expr *e, Type *t, Const *v) {
    e->mode = MODE_CONST;
    e->type = t;
    e->val = v;
}

static void set_value(Expr *e, Type *t) {
    e->mode = MODE_VALUE;
    e->type = t;
    e->val = NULL;
}

static bool is_blank(const Name *n) { return n->text[0] == '_' && n->len == 1; }
bool is_nil_type(Type *t) { return t && t->kind == TYPE_K_UNTYPED_NIL; }

// --- descriptions

static const char *const_suffix(Expr *e) {
    const char *text = ast_string(e), *val = const_string(e->val);
    return strcmp(text, val) == 0 ? "" : arena_printf(" %s", val);
}

// "x (variable of type int)", as Go words it.
const char *operand_string(Expr *e) {
    const char *s = ast_string(e), *t = e->type && e->type != type_invalid ? type_string(e->type) : "invalid type";
    switch (e->mode) {
    case MODE_NIL: return "nil";
    case MODE_TYPE: return arena_printf("%s (type)", s);
    case MODE_BUILTIN: return arena_printf("%s (built-in)", s);
    case MODE_NOVALUE: return arena_printf("%s (no value)", s);
    case MODE_CONST:
        if (type_is_untyped(e->type)) return arena_printf("%s (%s constant%s)", s, t, const_suffix(e));
        return arena_printf("%s (constant%s of type %s)", s, const_suffix(e)[0] ? const_suffix(e) : arena_printf(" %s", const_string(e->val)), t);
    case MODE_VAR: return arena_printf("%s (variable of type %s)", s, t);
    case MODE_MAPINDEX: return arena_printf("%s (map index expression of type %s)", s, t);
    case MODE_COMMAOK: return arena_printf("%s (comma, ok expression of type %s)", s, t);
    default:
        if (e->type && type_is_untyped(e->type)) return arena_printf("%s (%s value)", s, t);
        return arena_printf("%s (value of type %s)", s, t);
    }
}

// --- marks on variables

// The variable whose storage e denotes a part of, NULL when it is reached
// through a pointer.
static Object *root_var(Expr *e) {
    for (;;) {
        switch (e->kind) {
        case EXPR_PAREN: e = e->paren.x; break;
        case EXPR_IDENT: return e->ident.obj && e->ident.obj->kind == OBJ_VAR ? e->ident.obj : NULL;
        case EXPR_SELECTOR: {
            Selection *s = e->selector.selection;
            if (!s || s->kind != SEL_FIELD || s->indirect || type_under(s->recv)->kind == KIND_POINTER) return NULL;
            e = e->selector.x;
            break;
        }
        case EXPR_INDEX:
            if (!e->index.x->type || type_under(e->index.x->type)->kind != KIND_ARRAY) return NULL;
            e = e->index.x;
            break;
        default: return NULL;
        }
    }
}

void mark_address(Expr *e) {
    Object *o = root_var(e);
    if (o) o->flags |= OBJF_ADDR_TAKEN | OBJF_REASSIGNED;
}

void mark_assigned(Expr *e) {
    Object *o = root_var(e);
    if (!o) return;
    escape_assigned(o);
    note_assigned(o, e->start);
}

bool is_addressable(Expr *e) { return e->mode == MODE_VAR; }

// --- names

void capture(Object *o) {
    if ((o->flags & OBJF_GLOBAL) || !ck.func || o->var.owner == ck.func->info || !o->var.owner) return;
    o->flags |= OBJF_CAPTURED;
    escape_captured(o);
    for (FuncCtx *f = ck.func; f && f->info != o->var.owner; f = f->outer) {
        bool there = false;
        for (uint32_t i = 0; i < f->info->captures.len && !there; i++) there = f->info->captures.at[i] == o;
        if (!there) VEC_PUSH(&f->info->captures, o);
    }
}

static void use_object(Expr *e, Object *o) {
    resolve_object(o);
    note_use(o);
    if (o->flags & OBJF_GLOBAL && ck.func && ck.func->info != ck.pkg->script) o->flags |= OBJF_HELD | OBJF_HELD_NOW;
    if (o->kind != OBJ_VAR) o->flags |= OBJF_USED;
    switch (o->kind) {
    case OBJ_CONST:
        if (o->type == type_invalid || !o->type) break;
        if (!o->pkg && strcmp(o->name->text, "iota") == 0) {
            if (ck.iota < 0) {
                error_in(e, "cannot use iota outside constant declaration");
                break;
            }
            set_const(e, TY(TYPE_K_UNTYPED_INT), const_int(ck.iota));
            return;
        }
        if (!o->konst.val) break;
        set_const(e, o->type, o->konst.val);
        return;
    case OBJ_TYPE:
        if (!o->type || o->type == type_invalid) break;
        e->mode = MODE_TYPE;
        e->type = o->type;
        return;
    case OBJ_VAR:
        o->flags |= OBJF_USED;
        capture(o);
        if (ck.proc) note_mention(o, e->start);
        if (!o->type || o->type == type_invalid) break;
        e->mode = MODE_VAR;
        e->type = o->type;
        return;
    case OBJ_FUNC:
        if (!o->type) error_in(e, "invalid cycle in declaration of %s", o->name->text);
        if (!o->type || o->type == type_invalid) break;
        set_value(e, o->type);
        return;
    case OBJ_BUILTIN:
        e->mode = MODE_BUILTIN;
        e->type = type_invalid;
        return;
    case OBJ_NIL:
        e->mode = MODE_NIL;
        e->type = TY(TYPE_K_UNTYPED_NIL);
        return;
    case OBJ_PROCESS:
        error_in(e, "%s is a process, no value: its name stands before ! and ? only", o->name->text);
        break;
    default: break;
    }
    invalidate(e);
}

static void check_ident(Expr *e) {
    Scope *where;
    Object *o = scope_lookup(ck.scope, e->ident.name, &where);
    if (is_blank(e->ident.name) && ck.pkg->earlier) o = scope_lookup(ck.scope, name_of("it"), &where); // sessions: the last value
    if (is_blank(e->ident.name) && !o) {
        error_in(e, "cannot use _ as value");
        invalidate(e);
        return;
    }
    if (!o) o = auto_import(e->ident.name, e->start);
    if (!o) {
        undefined_name(e, false);
        invalidate(e);
        return;
    }
    e->ident.obj = o;
    note_import_use(o, where);
    if (o->kind == OBJ_PKG) {
        error_in(e, "use of package %s without selector", o->name->text);
        invalidate(e);
        return;
    }
    use_object(e, o);
}

// --- selectors

// *unknown: a name that nothing declares was reported.
static Object *package_operand(Expr *x, bool *unknown) {
    *unknown = false;
    if (x->kind != EXPR_IDENT) return NULL;
    Scope *where;
    Object *o = scope_lookup(ck.scope, x->ident.name, &where);
    if (!o) o = auto_import(x->ident.name, x->start);
    if (!o && !is_blank(x->ident.name)) {
        undefined_name(x, true);
        *unknown = true;
    }
    return o && o->kind == OBJ_PKG ? o : NULL;
}

bool names_type(Expr *e) {
    Expr *x = e->kind == EXPR_SELECTOR ? e->selector.x : e;
    if (x->kind != EXPR_IDENT) return false;
    Scope *where;
    Object *o = scope_lookup(ck.scope, x->ident.name, &where);
    if (e->kind == EXPR_IDENT) return o && o->kind == OBJ_TYPE;
    if (!o) o = auto_import(x->ident.name, x->start);
    Package *imp = o && o->kind == OBJ_PKG ? o->pkg_name.imported : NULL;
    if (!imp || imp->fake) return false;
    Name *name = e->selector.sel->ident.name;
    o = foreign_is_package(imp) ? foreign_lookup(imp, name, e->selector.sel->start) : imp->scope ? scope_lookup_here(imp->scope, name) : NULL;
    return o && o->kind == OBJ_TYPE;
}

static void qualified(Expr *e, Object *p) {
    Expr *x = e->selector.x;
    Name *name = e->selector.sel->ident.name;
    p->pkg_name.used = true;
    x->ident.obj = p;
    x->mode = MODE_PACKAGE;
    Package *imp = p->pkg_name.imported;
    if (!imp || imp->fake) {
        invalidate(e);
        return;
    }
    bool foreign = foreign_is_package(imp);
    Object *o = foreign ? foreign_lookup(imp, name, e->selector.sel->start) : imp->scope ? scope_lookup_here(imp->scope, name) : NULL;
    if (foreign && !o) {
        invalidate(e);
        return;
    }
    if (o && !foreign && !name_exported(name)) {
        error_in(e->selector.sel, "name %s not exported by package %s", name->text, imp->name->text);
        suggest_member(imp, name);
        invalidate(e);
        return;
    }
    if (!o) {
        error_in(e->selector.sel, "undefined: %s.%s", x->ident.name->text, name->text);
        suggest_member(imp, name);
        invalidate(e);
        return;
    }
    e->selector.obj = o;
    e->selector.sel->ident.obj = o;
    if (foreign && foreign_is_value(o)) { // stands for a call
        Expr *call = ARENA_NEW(Expr);
        *call = (Expr){.kind = EXPR_CALL, .pos = e->pos, .start = e->start, .end = e->end};
        call->call.fn = ast_dup_expr(e);
        call->call.lparen = call->call.rparen = e->end;
        check_foreign_call(call, foreign_func(o), NULL);
        e->kind = EXPR_PAREN;
        e->paren.x = call;
        e->mode = call->mode;
        e->type = call->type;
        e->val = call->val;
        return;
    }
    if (foreign && foreign_is_macro(o)) { // only ever called
        e->mode = MODE_BUILTIN;
        e->type = type_invalid;
        return;
    }
    use_object(e, o);
}

// Is the value at the end of the embedded path a pointer?
static bool receiver_is_pointer(Selection *s) {
    Type *t = s->recv;
    for (uint32_t i = 0; i < s->npath; i++) {
        Type *u = type_under(t);
        if (u->kind == KIND_POINTER) u = type_under(u->elem);
        t = u->fields[s->path[i]].type;
    }
    return type_under(t)->kind == KIND_POINTER;
}

static Type *method_expr_type(Type *recv, Type *sig) {
    Type *t = type_new(KIND_FUNC);
    t->params = ARENA_ARRAY(Object *, sig->nparams + 1);
    t->params[0] = object_new(OBJ_VAR, 0, ck.pkg, NULL, recv);
    for (uint32_t i = 0; i < sig->nparams; i++) t->params[i + 1] = sig->params[i];
    t->nparams = sig->nparams + 1;
    t->results = sig->results;
    t->nresults = sig->nresults;
    t->variadic = sig->variadic;
    return t;
}

// Another spelling that only differs in the first letter's case.
static bool other_case(Expr *e, Type *t) {
    const char *name = e->selector.sel->ident.name->text;
    char *alt = arena_printf("%s", name);
    Selection s = {0};
    bool ambiguous;
    alt[0] ^= 0x20;
    if (!type_lookup(t, name_of(alt), ck.pkg, &s, &ambiguous)) return false;
    error_in(e->selector.sel, "%s.%s undefined (type %s has no field or method %s, but does have %s %s)", ast_string(e->selector.x), name, type_string(t), name, s.kind == SEL_FIELD ? "field" : "method", alt);
    return true;
}

// A field or method of that name which only its own package may use.
static bool unexported(Expr *e, Type *t) {
    Type *base = type_deref(t, NULL);
    Name *name = e->selector.sel->ident.name;
    Selection s = {0};
    bool ambiguous;
    if (base->kind != TYPE_K_NAMED || !base->obj->pkg || base->obj->pkg == ck.pkg || name_exported(name) || !type_lookup(t, name, base->obj->pkg, &s, &ambiguous)) return false;
    error_in(e->selector.sel, "%s.%s undefined (cannot refer to unexported %s %s)", ast_string(e->selector.x), name->text, s.kind == SEL_FIELD ? "field" : "method", name->text);
    return true;
}

static void selection_error(Expr *e, Type *t, bool ambiguous) {
    Expr *sel = e->selector.sel;
    const char *name = sel->ident.name->text, *x = ast_string(e->selector.x);
    Type *u = type_under(t);
    if (u == type_invalid) return;
    if (!u) error_in(sel, "%s.%s undefined (type %s has no field or method %s)", x, name, type_string(t), name); // its declaration is not complete
    else if (ambiguous) error_in(sel, "ambiguous selector %s.%s", x, name);
    else if (u->kind == KIND_POINTER && type_under(u->elem)->kind == KIND_INTERFACE)
        error_in(sel, "%s.%s undefined (type %s is pointer to interface, not interface)", x, name, type_string(t));
    else if (!other_case(e, t) && !unexported(e, t)) {
        error_in(sel, "%s.%s undefined (type %s has no field or method %s)", x, name, type_string(t), name);
        suggest_field(e->selector.x, t, sel->ident.name);
    }
}

static void resolve_selection(Selection *s) {
    if (s->method) {
        resolve_object(s->method);
        note_use(s->method);
        s->type = s->method->type;
    }
}

static void select_from_type(Expr *e, Selection *s) {
    if (s->kind == SEL_FIELD) {
        error_in(e->selector.sel, "%s undefined (type %s has no method %s)", ast_string(e), type_string(s->recv), e->selector.sel->ident.name->text);
        invalidate(e);
        return;
    }
    if (s->kind == SEL_METHOD && s->method->func.ptr_recv && !receiver_is_pointer(s) && !s->indirect) {
        error_in(e->selector.sel, "invalid method expression %s (needs pointer receiver (*%s).%s)", ast_string(e), type_string(s->recv), e->selector.sel->ident.name->text);
        invalidate(e);
        return;
    }
    if (!s->type) {
        invalidate(e);
        return;
    }
    s->kind = SEL_METHOD_EXPR;
    set_value(e, s->type = method_expr_type(s->recv, s->type));
}

static void select_from_value(Expr *e, Selection *s) {
    Expr *x = e->selector.x;
    bool through_pointer = s->indirect || type_under(s->recv)->kind == KIND_POINTER;
    if (s->kind == SEL_FIELD) {
        e->mode = x->mode == MODE_VAR || through_pointer ? MODE_VAR : MODE_VALUE;
        e->type = s->type;
        if (e->type == type_invalid) invalidate(e);
        return;
    }
    if (s->kind == SEL_METHOD && s->method->func.ptr_recv && !receiver_is_pointer(s)) {
        if (x->mode != MODE_VAR && !through_pointer) {
            error_in(e, "cannot call pointer method %s on %s", e->selector.sel->ident.name->text, type_string(s->recv));
            invalidate(e);
            return;
        }
        if (!through_pointer) mark_address(x);
    }
    if (!s->type || s->type == type_invalid) {
        invalidate(e);
        return;
    }
    set_value(e, s->type);
}

static void check_selector(Expr *e) {
    Expr *x = e->selector.x;
    bool unknown;
    Object *p = package_operand(x, &unknown);
    if (p) {
        qualified(e, p);
        return;
    }
    if (unknown) {
        invalidate(x);
        invalidate(e);
        return;
    }
    check_expr_or_type(x);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    if (x->mode == MODE_TYPE && x->type->kind == TYPE_K_NAMED && x->type->ntparams && !x->type->ntargs) {
        error_in(x, "cannot use generic type %s without instantiation", x->type->obj->name->text);
        invalidate(e);
        return;
    }
    if (x->mode != MODE_TYPE) use_default(x);
    Name *name = e->selector.sel->ident.name;
    if (is_blank(name)) {
        error_in(e->selector.sel, "cannot refer to blank field or method");
        invalidate(e);
        return;
    }
    Selection *s = ARENA_NEW_BESIDE(e, Selection);
    bool ambiguous = false;
    if (x->type->kind == TYPE_K_NAMED && x->type->obj->check && !x->type->underlying) resolve_object(x->type->obj);
    Type *u = type_under(x->type);
    bool ptr_to_iface = u && u->kind == KIND_POINTER && type_under(u->elem) && type_under(u->elem)->kind == KIND_INTERFACE;
    bool ptr_named = x->type->kind == TYPE_K_NAMED && u && u->kind == KIND_POINTER;
    if (x->mode != MODE_TYPE && (s->member = foreign_member(x->type, name))) {
        s->kind = SEL_FIELD;
        s->type = s->member->type;
        s->recv = x->type;
        s->name = name;
        e->selector.selection = s;
        select_from_value(e, s);
        return;
    }
    if (!u || ptr_to_iface || !type_lookup(x->type, name, ck.pkg, s, &ambiguous) || (ptr_named && s->kind != SEL_FIELD)) {
        selection_error(e, x->type, ambiguous);
        invalidate(e);
        return;
    }
    s->recv = x->type;
    s->name = name;
    resolve_selection(s);
    e->selector.selection = s;
    if (x->mode == MODE_TYPE) select_from_type(e, s);
    else select_from_value(e, s);
}

// --- literals

// Forms of numbers that came with Go 1.13.
static void check_old_number(Expr *e) {
    Str s = e->lit.text;
    if (e->lit.lit_kind == TOK_CHAR || e->lit.lit_kind == TOK_STRING || s.len <= 2) return;
    int radix = s.ptr[0] == '0' ? s.ptr[1] | 0x20 : 0;
    const char *what = NULL;
    if (memchr(s.ptr, '_', (size_t)s.len)) what = "underscores in numeric literals";
    else if (radix == 'b') what = "binary literals";
    else if (radix == 'o') what = "0o/0O-style octal literals";
    else if (radix == 'x' && e->lit.lit_kind != TOK_INT) what = "hexadecimal floating-point literals";
    if (what) need_lang(e->start, e->end, 13, what);
}

static void check_literal(Expr *e) {
    Const *v = const_from_literal(e->lit.lit_kind, e->lit.text);
    if (!v) {
        error_in(e, "excessively long or malformed constant: %s", ast_string(e));
        invalidate(e);
        return;
    }
    static const uint8_t kinds[] = {[TOK_INT] = TYPE_K_UNTYPED_INT, [TOK_FLOAT] = TYPE_K_UNTYPED_FLOAT, [TOK_IMAG] = TYPE_K_UNTYPED_COMPLEX, [TOK_CHAR] = TYPE_K_UNTYPED_RUNE, [TOK_STRING] = TYPE_K_UNTYPED_STRING};
    if (e->lit.lit_kind == TOK_INT && const_bit_len(v) > 512) {
        error_in(e, "excessively large constant");
        invalidate(e);
        return;
    }
    if (!lang_at_least(13)) check_old_number(e);
    set_const(e, TY(kinds[e->lit.lit_kind]), v);
}

void check_func_literal(Expr *e) {
    FuncInfo *info = ARENA_NEW(FuncInfo);
    Scope *scope = scope_new(ck.scope);
    scope->is_func = true;
    Type *sig = check_signature(e->func.sig, NULL, NULL, scope);
    info->sig = sig;
    info->params = sig->params;
    info->nparams = sig->nparams;
    info->results = sig->results;
    info->nresults = sig->nresults;
    info->body = e->func.body;
    info->parent = ck.func ? ck.func->info : NULL;
    info->pkg = ck.pkg;
    info->pos = e->start;
    info->end = e->end;
    e->func.info = info;
    set_value(e, sig);
    if (info->parent) VEC_PUSH(&info->parent->literals, info);
    else info->initialiser = ++ck.pkg->ninitialisers;
    // In a package-level initialiser the body may mention the variable that is
    // being declared, whose type is not known before this expression's.
    if (ck.func) check_body(info, scope);
    else queue_body(info, ck.decl, scope);
}

static void check_elided(Expr *v, Type *elem) {
    if (v->kind == EXPR_COMPOSITE && !v->composite.type) {
        Type *u = type_core(elem);
        bool ptr = u && u->kind == KIND_POINTER;
        check_raw(v, ptr ? u->elem : elem);
        if (is_invalid(v) || !ptr) return;
        // &T elided: the literal's address is meant
        Expr *lit = ast_dup_expr(v);
        *v = (Expr){.kind = EXPR_UNARY, .op = TOK_AND, .flags = EXPR_IMPLICIT, .pos = lit->pos, .start = lit->start, .end = lit->end};
        v->unary.x = lit;
        set_value(v, elem);
        return;
    }
    check_value(v, elem);
}

static void check_struct_literal(Expr *e, Type *t, Type *u) {
    ExprList *el = &e->composite.elems;
    bool keyed = el->len && el->at[0]->kind == EXPR_KEY_VALUE;
    uint8_t *seen = arena_alloc(u->nfields + 1);
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i];
        if ((x->kind == EXPR_KEY_VALUE) != keyed) {
            error_in(x, "mixture of field:value and value elements in struct literal");
            Expr *v = x->kind == EXPR_KEY_VALUE ? x->kv.value : x;
            check_value(v, NULL);
            continue;
        }
        uint32_t k = i;
        Expr *v = x;
        if (keyed) {
            v = x->kv.value;
            if (x->kv.key->kind != EXPR_IDENT) {
                error_in(x->kv.key, "invalid field name %s in struct literal", ast_string(x->kv.key));
                check_value(v, NULL);
                continue;
            }
            Name *name = x->kv.key->ident.name;
            for (k = 0; k < u->nfields; k++)
                if (u->fields[k].name == name && !is_blank(name) && (name_exported(name) || u->fields[k].pkg == ck.pkg)) break;
            if (k == u->nfields) {
                error_in(x->kv.key, "unknown field %s in struct literal of type %s", name->text, type_string(t));
                suggest_field(NULL, t, name);
                check_value(v, NULL);
                continue;
            }
            if (seen[k]) error_in(x->kv.key, "duplicate field name %s in struct literal", name->text);
            seen[k] = 1;
            x->mode = MODE_VALUE;
            x->type = u->fields[k].type;
        } else if (i >= u->nfields) {
            error_in(x, "too many values in struct literal of type %s", type_string(t));
            for (; i < el->len; i++) check_value(el->at[i], NULL);
            return;
        } else if (u->fields[k].pkg != ck.pkg && !name_exported(u->fields[k].name)) {
            error_in(x, "implicit assignment to unexported field %s in struct literal of type %s", u->fields[k].name->text, type_string(t));
            check_value(v, NULL);
            continue;
        }
        bool elided = v->kind == EXPR_COMPOSITE && !v->composite.type;
        check_value(v, elided ? NULL : u->fields[k].type);
        if (!elided) assign_to(v, u->fields[k].type, "struct literal");
    }
    if (!keyed && el->len && el->len < u->nfields) source_error(e->composite.rbrace, "too few values in struct literal of type %s", type_string(t));
}

// Elements of arrays and slices; returns the length.
static int64_t check_elements(ExprList *el, Type *elem, int64_t length) {
    int64_t next = 0, max = 0;
    struct { int64_t *at; uint32_t len, cap; } keys = {0};
    bool any_key = false;
    for (uint32_t i = 0; i < el->len; i++) any_key |= el->at[i]->kind == EXPR_KEY_VALUE;
    uint8_t *seen = NULL;
    int64_t seen_cap = 0;
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i], *v = x;
        bool valid = true;
        if (x->kind == EXPR_KEY_VALUE) {
            v = x->kv.value;
            check_value(x->kv.key, NULL);
            valid = false;
            if (!is_invalid(x->kv.key)) {
                int64_t k = x->kv.key->mode == MODE_CONST ? check_index_value(x->kv.key, length, "index") : -1;
                if (x->kv.key->mode != MODE_CONST && !is_invalid(x->kv.key)) error_in(x->kv.key, "index %s must be integer constant", ast_string(x->kv.key));
                if (k >= 0) next = k, valid = true;
            }
            x->mode = MODE_VALUE;
            x->type = elem;
        } else if (length >= 0 && next >= length) {
            error_in(x, "index %lld is out of bounds (>= %lld)", (long long)next, (long long)length);
            valid = false;
        }
        if (valid && any_key) {
            if (next < (1 << 20)) {
                if (next >= seen_cap) {
                    int64_t cap = (next + 64) * 2;
                    uint8_t *grown = arena_alloc((size_t)cap);
                    if (seen) memcpy(grown, seen, (size_t)seen_cap);
                    seen = grown;
                    seen_cap = cap;
                }
                if (seen[next]) error_in(x, "duplicate index %lld in array or slice literal", (long long)next);
                seen[next] = 1;
            } else {
                for (uint32_t k = 0; k < keys.len; k++)
                    if (keys.at[k] == next) error_in(x, "duplicate index %lld in array or slice literal", (long long)next);
                VEC_PUSH(&keys, next);
            }
        }
        check_elided(v, elem);
        assign_to(v, elem, "array or slice literal");
        if (next < INT64_MAX) next++;
        if (next > max) max = next;
    }
    return max;
}

typedef struct ConstKey { Const *val; Type *type; Pos pos; } ConstKey;

static void check_map_literal(Expr *e, Type *u) {
    ExprList *el = &e->composite.elems;
    VEC(ConstKey) keys = {0};
    Scope *strings = NULL;
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *x = el->at[i];
        if (x->kind != EXPR_KEY_VALUE) {
            error_in(x, "missing key in map literal");
            check_value(x, NULL);
            continue;
        }
        x->mode = MODE_VALUE;
        x->type = u->elem;
        Expr *k = x->kv.key;
        check_elided(k, u->key);
        if (assign_to(k, u->key, "map literal") && k->mode == MODE_CONST) {
            bool twice = false;
            if (const_kind(k->val) == CONST_STRING) {
                if (!strings) strings = scope_new(NULL);
                Str s = const_str_val(k->val);
                if (type_is_interface(u->key)) { // equal only when the types are, too
                    const char *typed = arena_printf("%s %.*s", type_desc_string(k->type), (int)s.len, s.ptr);
                    s = arena_str(typed, strlen(typed));
                }
                twice = scope_insert(strings, object_new(OBJ_VAR, k->start, NULL, name_intern(s.ptr, (size_t)s.len), k->type)) != NULL;
            } else if (keys.len < 4096) {
                for (uint32_t n = 0; n < keys.len && !twice; n++)
                    twice = const_kind(keys.at[n].val) == const_kind(k->val) && type_identical(keys.at[n].type, k->type) && const_compare(TOK_EQL, keys.at[n].val, k->val);
                ConstKey c = {k->val, k->type, k->start};
                VEC_PUSH(&keys, c);
            }
            if (twice) error_in(k, "duplicate key %s in map literal", ast_string(k));
        }
        check_elided(x->kv.value, u->elem);
        assign_to(x->kv.value, u->elem, "map literal");
    }
}

static void check_composite(Expr *e, Type *hint) {
    Type *t = hint;
    Expr *te = e->composite.type;
    bool open = te && ast_unparen(te)->kind == EXPR_ARRAY_TYPE && ast_unparen(te)->array.len && ast_unparen(te)->array.len->kind == EXPR_ELLIPSIS;
    Type *open_elem = NULL;
    if (open) {
        open_elem = check_var_type(ast_unparen(te)->array.elem);
        t = open_elem == type_invalid ? type_invalid : type_array_of(open_elem, 0);
    } else if (te) {
        t = check_type(te);
    }
    if (!t) {
        error_in(e, "invalid composite literal type: missing type in composite literal");
        t = type_invalid;
    }
    Type *u = t == type_invalid ? t : type_core(t);
    if (!u) {
        error_in(e, "invalid composite literal type %s", type_string(t));
        u = type_invalid;
    }
    set_value(e, t);
    switch (u->kind) {
    case KIND_STRUCT: check_struct_literal(e, t, u); break;
    case KIND_ARRAY: {
        int64_t n = check_elements(&e->composite.elems, u->elem, open ? -1 : u->len);
        if (open) {
            e->type = type_array_of(u->elem, n);
            te->mode = MODE_TYPE;
            te->type = e->type;
            check_length(e, u->elem, n);
        }
        break;
    }
    case KIND_SLICE: check_length(e, u->elem, check_elements(&e->composite.elems, u->elem, -1)); break;
    case KIND_MAP: check_map_literal(e, u); break;
    default:
        if (t != type_invalid && u != type_invalid) error_in(e, "invalid composite literal type %s", type_string(t));
        for (uint32_t i = 0; i < e->composite.elems.len; i++) {
            Expr *x = e->composite.elems.at[i];
            if (x->kind == EXPR_KEY_VALUE) {
                if (x->kv.key->kind != EXPR_IDENT) check_raw(x->kv.key, NULL);
                x = x->kv.value;
            }
            if (x->kind != EXPR_COMPOSITE || x->composite.type) check_raw(x, NULL);
        }
        invalidate(e);
    }
}

// --- indices

// Checks an integer index; length < 0: unknown. Gives a constant's value, -1
// for others; after an error i is invalid.
int64_t check_index_value(Expr *i, int64_t length, const char *what) {
    if (is_invalid(i)) return -1;
    if (i->mode == MODE_CONST && type_is_untyped(i->type)) {
        if (!type_is_numeric(i->type)) {
            error_in(i, "invalid argument: %s %s must be integer", what, operand_string(i));
            invalidate(i);
            return -1;
        }
        Const *v = const_to_int(i->val);
        if (const_kind(v) != CONST_INT) {
            error_in(i, "invalid argument: %s %s truncated to int", what, operand_string(i));
            invalidate(i);
            return -1;
        }
        if (const_sign(v) < 0) {
            error_in(i, "invalid argument: %s %s must not be negative", what, operand_string(i));
            invalidate(i);
            return -1;
        }
        convert_untyped(i, TY(KIND_INT));
        if (is_invalid(i)) return -1;
    }
    if (type_is_untyped(i->type)) convert_untyped(i, TY(KIND_INT));
    if (is_invalid(i)) return -1;
    if (!type_is_integer(i->type)) {
        error_in(i, "invalid argument: %s %s must be integer", what, operand_string(i));
        invalidate(i);
        return -1;
    }
    if (i->mode != MODE_CONST) return -1;
    if (const_sign(i->val) < 0) {
        error_in(i, "invalid argument: %s %s must not be negative", what, operand_string(i));
        invalidate(i);
        return -1;
    }
    int64_t n;
    if (!const_is_int64(const_to_int(i->val), &n)) {
        error_in(i, "invalid argument: %s %s overflows int", what, operand_string(i));
        invalidate(i);
        return -1;
    }
    if (length >= 0 && n >= length) {
        error_in(i, "invalid argument: %s %s out of bounds [0:%lld]", what, ast_string(i), (long long)length);
        invalidate(i);
        return -1;
    }
    return n;
}

static void instantiate_expr(Expr *e) {
    Expr *x = e->index.x;
    Object *o = ast_unparen(x)->kind == EXPR_SELECTOR ? ast_unparen(x)->selector.obj : ast_unparen(x)->ident.obj;
    uint32_t n = e->index.index.len;
    Type *sig = o->type;
    Type **targs = ARENA_ARRAY(Type *, sig->ntparams);
    if (n > sig->ntparams) {
        error_in(e->index.index.at[sig->ntparams], "got %u type arguments but %s has %u type parameters", n, ast_string(x), sig->ntparams);
        invalidate(e);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        if ((targs[i] = check_var_type(e->index.index.at[i])) == type_invalid) {
            invalidate(e);
            return;
        }
    set_value(e, o->type);
    need_lang(e->pos, e->end, 18, "function instantiation");
    if (n < sig->ntparams) {
        // the call (or the constraints) must give the rest
        ExprList none = {0};
        Type **full = ARENA_ARRAY(Type *, sig->ntparams);
        memcpy(full, targs, n * sizeof *targs);
        if (!infer(o, full, &none, false, 0)) return;
        targs = full;
    }
    Object *inst = instantiate_func(o, targs, sig->ntparams, e->start);
    if (!inst) {
        invalidate(e);
        return;
    }
    e->index.instance = inst;
    set_value(e, inst->type);
}

static bool is_generic_func(Expr *x) {
    x = ast_unparen(x);
    Object *o = x->kind == EXPR_IDENT ? x->ident.obj : x->kind == EXPR_SELECTOR ? x->selector.obj : NULL;
    return o && o->kind == OBJ_FUNC && o->type && o->type->ntparams > 0;
}

typedef struct IndexTerm { Type *key, *elem; bool value, found; int64_t length; } IndexTerm; // value: elements are not variables; length: of the shortest array, -1: none

static bool index_term(Type *term, void *ctx) {
    IndexTerm *x = ctx;
    Type *u = type_under(term), *key = NULL, *elem;
    if (u->kind == KIND_POINTER && type_under(u->elem)->kind == KIND_ARRAY) u = type_under(u->elem);
    if (u->kind == KIND_STRING) elem = type_byte, x->value = true;
    else if (u->kind == KIND_ARRAY || u->kind == KIND_SLICE) elem = u->elem;
    else if (u->kind == KIND_MAP) elem = u->elem, key = u->key;
    else return false;
    if (u->kind == KIND_ARRAY && (x->length < 0 || u->len < x->length)) x->length = u->len;
    if (x->found && (!type_identical(elem, x->elem) || !x->key != !key || (key && !type_identical(key, x->key)))) return false;
    x->elem = elem;
    x->key = key;
    x->found = true;
    return true;
}

// x[i] where x's type is a type parameter without core type.
static bool check_index_param(Expr *e, Expr *x, Expr *i) {
    IndexTerm t = {.length = -1};
    if (!type_each(x->type, index_term, &t)) return false;
    check_value(i, t.key);
    if (t.key) {
        if (!is_invalid(i)) assign_to(i, t.key, "map index");
        e->mode = MODE_MAPINDEX;
    } else {
        check_index_value(i, t.length, "index");
        e->mode = t.value ? MODE_VALUE : MODE_VAR;
    }
    e->type = t.elem;
    return true;
}

static void check_index(Expr *e) {
    Expr *x = e->index.x;
    check_expr_or_type(x);
    if (is_invalid(x)) {
        for (uint32_t i = 0; i < e->index.index.len; i++) check_raw(e->index.index.at[i], NULL);
        invalidate(e);
        return;
    }
    if (x->mode == MODE_TYPE) {
        Type *t = check_type(e);
        if (t == type_invalid) invalidate(e);
        return;
    }
    if (is_generic_func(x)) {
        instantiate_expr(e);
        return;
    }
    if (e->index.index.len > 1) {
        error_in(e->index.index.at[1], "unexpected comma; expecting ]");
        invalidate(e);
        return;
    }
    Expr *i = e->index.index.at[0];
    use_default(x);
    Type *u = x->mode == MODE_NIL ? x->type : type_core(x->type);
    if (!u) u = type_under(x->type);
    int64_t length = -1;
    switch (u->kind) {
    case KIND_STRING:
        if (x->mode == MODE_CONST) length = const_str_val(x->val).len;
        set_value(e, TY(KIND_UINT8));
        e->type = type_byte;
        break;
    case KIND_ARRAY:
        length = u->len;
        e->mode = x->mode == MODE_VAR ? MODE_VAR : MODE_VALUE;
        e->type = u->elem;
        break;
    case KIND_POINTER:
        if (type_under(u->elem)->kind != KIND_ARRAY) goto bad;
        length = type_under(u->elem)->len;
        e->mode = MODE_VAR;
        e->type = type_under(u->elem)->elem;
        break;
    case KIND_SLICE:
        e->mode = MODE_VAR;
        e->type = u->elem;
        break;
    case KIND_MAP:
        check_value(i, u->key);
        if (!is_invalid(i)) assign_to(i, u->key, "map index");
        e->mode = MODE_MAPINDEX;
        e->type = u->elem;
        return;
    default:
    bad:
        if (x->type->kind == TYPE_K_TYPE_PARAM && check_index_param(e, x, i)) return;
        check_value(i, NULL);
        error_in(x, "invalid operation: cannot index %s", operand_string(x));
        invalidate(e);
        return;
    }
    check_value(i, NULL);
    int64_t k = check_index_value(i, length, "index");
    if (u->kind == KIND_STRING && x->mode == MODE_CONST && i->mode == MODE_CONST && k >= 0) e->val = NULL;
    if (e->type == type_invalid) invalidate(e);
}

static bool bytes_or_string(Type *term, void *ctx) {
    (void)ctx;
    Type *u = type_under(term);
    return u->kind == KIND_STRING || (u->kind == KIND_SLICE && type_under(u->elem)->kind == KIND_UINT8);
}

// Is t a type parameter that stands for byte slices and strings?
bool is_bytes_or_string(Type *t) { return t->kind == TYPE_K_TYPE_PARAM && type_each(t, bytes_or_string, NULL); }

static void check_slice(Expr *e) {
    Expr *x = e->slice.x, *part[3] = {e->slice.lo, e->slice.hi, e->slice.max};
    check_value(x, NULL);
    if (is_invalid(x)) {
        for (int i = 0; i < 3; i++)
            if (part[i]) check_raw(part[i], NULL);
        invalidate(e);
        return;
    }
    int64_t length = -1;
    if (x->mode == MODE_CONST && type_is_string(x->type)) length = const_str_val(x->val).len;
    if (type_is_untyped(x->type)) use_default(x);
    Type *u = type_core(x->type);
    if (!u) u = type_under(x->type);
    switch (u->kind) {
    case KIND_STRING:
        set_value(e, x->type);
        if (e->slice.three) {
            error_in(e, "invalid operation: 3-index slice of string");
            invalidate(e);
            return;
        }
        break;
    case KIND_ARRAY:
        if (x->mode != MODE_VAR) {
            error_in(e, "invalid operation: %s (slice of unaddressable value)", operand_string(x));
            invalidate(e);
            return;
        }
        mark_address(x);
        length = u->len;
        set_value(e, type_slice_of(u->elem));
        break;
    case KIND_POINTER:
        if (type_under(u->elem)->kind == KIND_ARRAY) {
            length = type_under(u->elem)->len;
            set_value(e, type_slice_of(type_under(u->elem)->elem));
            break;
        }
        goto bad;
    case KIND_SLICE: set_value(e, x->type); break;
    default:
        if (is_bytes_or_string(x->type)) {
            set_value(e, x->type);
            if (!e->slice.three) break;
            error_in(e, "invalid operation: 3-index slice of string");
            invalidate(e);
            return;
        }
        // fall through
    bad:
        error_in(x, "cannot slice %s", operand_string(x));
        for (int i = 0; i < 3; i++)
            if (part[i]) check_raw(part[i], NULL);
        invalidate(e);
        return;
    }
    int64_t k[3] = {-1, -1, -1};
    for (int i = 0; i < 3; i++) {
        if (!part[i]) continue;
        check_value(part[i], NULL);
        k[i] = check_index_value(part[i], length >= 0 ? length + 1 : -1, "index");
        for (int j = 0; j < i; j++)
            if (k[j] >= 0 && k[i] >= 0 && k[j] > k[i]) {
                error_in(part[i], "invalid slice indices: %lld < %lld", (long long)k[i], (long long)k[j]);
                j = i = 3;
                break;
            }
    }
}

// --- assertions, pointers

static void check_assertion(Expr *e) {
    Expr *x = e->assert_.x;
    check_value(x, NULL);
    if (!e->assert_.type) {
        error_in(e, "invalid syntax tree: use of .(type) outside type switch");
        invalidate(e);
        return;
    }
    Type *t = check_var_type(e->assert_.type);
    if (is_invalid(x) || t == type_invalid) {
        invalidate(e);
        return;
    }
    if (!type_is_interface(x->type)) {
        if (x->type->kind == TYPE_K_TYPE_PARAM) error_in(x, "invalid operation: cannot use type assertion on type parameter value %s", operand_string(x));
        else error_in(x, "invalid operation: %s is not an interface", operand_string(x));
        invalidate(e);
        return;
    }
    e->mode = MODE_COMMAOK;
    e->type = t;
    Method *missing = NULL;
    Object *have = NULL;
    bool ptr = false;
    if (!type_is_interface(t) && t->kind != TYPE_K_TYPE_PARAM && !ck.in_instance && !type_implements(t, x->type, &missing, &have, &ptr)) {
        error_in(e, "impossible type assertion: %s\n\t%s does not implement %s %s", ast_string(e), type_string(t), type_string(x->type), method_problem(t, missing, have, ptr));
        note_method(t, missing, have, ptr);
        invalidate(e);
    }
}

static void check_star(Expr *e) {
    Expr *x = e->unary.x;
    check_expr_or_type(x);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    if (x->mode == MODE_TYPE) {
        if (check_type(e) == type_invalid) invalidate(e);
        return;
    }
    if (x->mode == MODE_NIL) {
        error_in(e, "invalid operation: cannot indirect nil");
        invalidate(e);
        return;
    }
    Type *u = type_core(x->type);
    if (!u || u->kind != KIND_POINTER) {
        error_in(e, "invalid operation: cannot indirect %s", operand_string(x));
        invalidate(e);
        return;
    }
    e->mode = MODE_VAR;
    e->type = u->elem;
    if (e->type == type_invalid) invalidate(e);
}

static void check_address(Expr *e) {
    Expr *x = e->unary.x, *inner = ast_unparen(x);
    check_value(x, NULL);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    const Selection *s = inner->kind == EXPR_SELECTOR ? inner->selector.selection : NULL;
    if (s && s->member && s->member->bits) {
        error_in(e, "invalid operation: cannot take address of %s (a bit-field)", operand_string(x));
        invalidate(e);
        return;
    }
    if (inner->kind != EXPR_COMPOSITE && x->mode != MODE_VAR) {
        error_in(e, "invalid operation: cannot take address of %s", operand_string(x));
        invalidate(e);
        return;
    }
    if (inner->kind != EXPR_COMPOSITE) mark_address(x);
    set_value(e, type_pointer_to(x->type));
}

static void check_receive(Expr *e) {
    Expr *x = e->unary.x;
    check_value(x, NULL);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    Type *u = x->mode == MODE_NIL ? NULL : type_core(x->type);
    if (!u || u->kind != KIND_CHAN) {
        error_in(e, "invalid operation: cannot receive from non-channel %s", operand_string(x));
        invalidate(e);
        return;
    }
    if (u->chan_dir == 2) {
        error_in(e, "invalid operation: cannot receive from send-only channel %s", operand_string(x));
        invalidate(e);
        return;
    }
    note_direction(x, MAY_INPUT);
    e->mode = MODE_COMMAOK;
    e->type = u->elem;
}

// c? of the notation
void check_receive_post(Expr *e) {
    check_receive(e);
    if (e->mode == MODE_COMMAOK) e->mode = MODE_VALUE;
}

enum { MAX_CONST_STRING = 64 << 20 }; // as long as a source file may be

// A typed constant result must fit its type, and each must fit the compiler.
static void check_overflow(Expr *e) {
    if (e->mode != MODE_CONST) return;
    if (const_kind(e->val) == CONST_STRING && const_str_val(e->val).len > MAX_CONST_STRING) {
        error_in(e, "constant string too long (%lld bytes)", (long long)const_str_val(e->val).len);
        invalidate(e);
        return;
    }
    if (type_is_untyped(e->type)) {
        if (const_kind(e->val) == CONST_UNKNOWN || (const_kind(e->val) == CONST_INT && const_bit_len(e->val) > 512)) {
            source_error(e->pos, "constant %s overflow", e->kind == EXPR_BINARY ? (e->op == TOK_SHL ? "shift" : e->op == TOK_MUL ? "multiplication" : e->op == TOK_SUB ? "subtraction" : e->op == TOK_XOR ? "bitwise XOR" : e->op == TOK_QUO ? "division" : "addition") : e->op == TOK_XOR ? "bitwise complement" : "operation");
            invalidate(e);
        }
        return;
    }
    Const *rounded = e->val;
    if (!const_representable(e->val, type_under(e->type)->kind, &rounded)) {
        if (type_is_integer(e->type)) error_in(e, "%s (constant %s of type %s) overflows %s", ast_string(e), const_string(e->val), type_string(e->type), type_string(e->type));
        else error_in(e, "constant %s overflows %s", const_string(e->val), type_string(e->type));
        invalidate(e);
        return;
    }
    e->val = rounded;
}

static bool unary_defined(int op, Type *t) {
    switch (op) {
    case TOK_ADD: case TOK_SUB: return type_is_numeric(t);
    case TOK_XOR: return type_is_integer(t);
    default: return type_is_boolean(t);
    }
}

static int unsigned_bits(Type *t) {
    switch (type_under(t)->kind) {
    case KIND_UINT8: return 8;
    case KIND_UINT16: return 16;
    case KIND_UINT32: return 32;
    case KIND_UINT: case KIND_UINT64: case KIND_UINTPTR: return 64;
    default: return 0;
    }
}

static void check_unary(Expr *e) {
    if (e->op == TOK_AND) {
        check_address(e);
        return;
    }
    if (e->op == TOK_ARROW) {
        check_receive(e);
        return;
    }
    Expr *x = e->unary.x;
    if (e->op == TOK_TILDE) {
        check_value(x, NULL);
        error_in(e, "cannot use ~ outside of interface or type constraint");
        invalidate(e);
        return;
    }
    check_value(x, NULL);
    if (is_invalid(x)) {
        invalidate(e);
        return;
    }
    if (x->mode == MODE_NIL || !unary_defined(e->op, x->type)) {
        error_in(e, "invalid operation: operator %s not defined on %s", token_text[e->op], operand_string(x));
        invalidate(e);
        return;
    }
    if (x->mode == MODE_CONST) {
        Const *v = x->val;
        if (e->op == TOK_XOR) v = const_to_int(v);
        set_const(e, x->type, const_unary(e->op, v, unsigned_bits(x->type)));
        check_overflow(e);
        return;
    }
    set_value(e, x->type);
}

// --- binary operators

static bool is_comparison(int op) { return op >= TOK_EQL && op <= TOK_GEQ; }
static bool is_shift(int op) { return op == TOK_SHL || op == TOK_SHR; }

static bool number_or_string(Type *t, void *ctx) {
    (void)ctx;
    return type_is_numeric(t) || type_is_string(t);
}

static bool binary_defined(int op, Type *t) {
    if (op == TOK_ADD && t->kind == TYPE_K_TYPE_PARAM) return type_each(t, number_or_string, NULL);
    switch (op) {
    case TOK_ADD: return type_is_numeric(t) || type_is_string(t);
    case TOK_SUB: case TOK_MUL: case TOK_QUO: return type_is_numeric(t);
    case TOK_REM: case TOK_AND: case TOK_OR: case TOK_XOR: case TOK_AND_NOT: return type_is_integer(t);
    default: return type_is_boolean(t);
    }
}

static void mismatch(Expr *e, Expr *x, Expr *y) {
    error_in(e->kind == EXPR_BINARY ? e : x, "invalid operation: %s %s %s (mismatched types %s and %s)", ast_string(x), token_text[e->op], ast_string(y), type_string(x->type), type_string(y->type));
    advise_mismatch(e->op, x, y);
    invalidate(e);
}

static bool may_convert(Expr *u, Type *t);
static bool may_convert_to_term(Type *term, void *u) { return may_convert(u, term); }

// Could an untyped operand take type t at all? (Otherwise: mismatched types.)
static bool may_convert(Expr *u, Type *t) {
    if (u->mode == MODE_NIL) return true;
    if (t->kind == TYPE_K_TYPE_PARAM) return type_each(t, may_convert_to_term, u);
    if (type_is_interface(t)) return true;
    if (type_is_untyped(t) || type_under(t)->kind <= KIND_STRING || type_under(t)->kind == KIND_UNSAFE_POINTER) {
        if (type_is_boolean(u->type)) return type_is_boolean(t);
        if (type_is_string(u->type)) return type_is_string(t);
        if (type_is_numeric(u->type)) return type_is_numeric(t);
    }
    return false;
}

// Gives both operands one type where one of them is untyped; false: reported.
static bool match_types(Expr *e, Expr *x, Expr *y) {
    bool ux = type_is_untyped(x->type), uy = type_is_untyped(y->type);
    if (ux && uy) {
        if (x->mode == MODE_NIL || y->mode == MODE_NIL) {
            if (x->mode == MODE_NIL && y->mode == MODE_NIL) return true;
            mismatch(e, x, y);
            return false;
        }
        if (type_is_numeric(x->type) && type_is_numeric(y->type)) {
            if (x->mode != MODE_CONST || y->mode != MODE_CONST) {
                // an untyped non-constant shift: both take the wider kind later
                Type *t = x->type->kind > y->type->kind ? x->type : y->type;
                x->type = y->type = t;
                return true;
            }
            Type *t = x->type->kind > y->type->kind ? x->type : y->type;
            x->type = y->type = t;
            return true;
        }
        if (x->type->kind != y->type->kind) {
            mismatch(e, x, y);
            return false;
        }
        return true;
    }
    if (ux || uy) {
        Expr *u = ux ? x : y, *t = ux ? y : x;
        if (!may_convert(u, t->type)) {
            mismatch(e, x, y);
            return false;
        }
        if (type_is_interface(t->type) && u->mode != MODE_NIL) {
            use_default(u);
        } else {
            convert_untyped(u, t->type);
        }
        if (is_invalid(u)) {
            invalidate(e);
            return false;
        }
    }
    return true;
}

static bool nil_comparable(Type *t);
static bool nil_comparable_term(Type *t, void *ctx) {
    (void)ctx;
    return nil_comparable(t);
}

static bool nil_comparable(Type *t) {
    if (t->kind == TYPE_K_TYPE_PARAM) return type_each(t, nil_comparable_term, NULL);
    switch (type_under(t)->kind) {
    case KIND_POINTER: case KIND_FUNC: case KIND_SLICE: case KIND_MAP: case KIND_CHAN: case KIND_INTERFACE: case KIND_UNSAFE_POINTER: return true;
    default: return false;
    }
}

static const char *incomparable_reason(Type *t) {
    Type *u = type_under(t);
    switch (u->kind) {
    case KIND_SLICE: return "slice can only be compared to nil";
    case KIND_MAP: return "map can only be compared to nil";
    case KIND_FUNC: return "func can only be compared to nil";
    case KIND_STRUCT:
        for (uint32_t i = 0; i < u->nfields; i++)
            if (!type_comparable_(u->fields[i].type)) return arena_printf("struct containing %s cannot be compared", type_string(u->fields[i].type));
        return "struct cannot be compared";
    case KIND_ARRAY: return arena_printf("%s cannot be compared", type_string(t));
    default: return NULL;
    }
}

void check_comparison(Expr *e, int op, Expr *x, Expr *y) {
    bool ok = x->mode == MODE_NIL || y->mode == MODE_NIL || assignable_type(x->type, y->type) || assignable_type(y->type, x->type);
    if (type_is_untyped(x->type) && type_is_untyped(y->type)) ok = true;
    if (!ok) {
        mismatch(e, x, y);
        return;
    }
    const char *why = NULL;
    Expr *bad = x;
    if (op == TOK_EQL || op == TOK_NEQ) {
        if (x->mode == MODE_NIL && y->mode == MODE_NIL) why = "operator == not defined on nil";
        else if (x->mode == MODE_NIL || y->mode == MODE_NIL) {
            Expr *v = x->mode == MODE_NIL ? y : x;
            if (!nil_comparable(v->type)) {
                mismatch(e, x, y);
                return;
            }
        } else if (!type_comparable_(x->type) || !type_comparable_(y->type)) {
            bad = type_comparable_(x->type) ? y : x;
            why = incomparable_reason(bad->type);
            if (!why) why = arena_printf("operator %s not defined on %s", token_text[op], type_string(bad->type));
        }
    } else if (x->mode == MODE_NIL || y->mode == MODE_NIL || !type_is_ordered(x->type) || !type_is_ordered(y->type)) {
        bad = x->mode != MODE_NIL && type_is_ordered(x->type) ? y : x;
        const char *kinds[] = {[KIND_SLICE] = "slice", [KIND_MAP] = "map", [KIND_FUNC] = "func", [KIND_STRUCT] = "struct", [KIND_POINTER] = "pointer", [KIND_INTERFACE] = "interface", [KIND_CHAN] = "chan", [KIND_BOOL] = "bool", [KIND_ARRAY] = "array"};
        int k = bad->mode == MODE_NIL ? 0 : type_under(bad->type)->kind;
        const char *what = bad->mode == MODE_NIL ? "nil" : k < (int)(sizeof kinds / sizeof *kinds) && kinds[k] ? kinds[k] : type_string(bad->type);
        why = arena_printf("operator %s not defined on %s", token_text[op], what);
        if (bad->mode != MODE_NIL && bad->type->kind == TYPE_K_TYPE_PARAM) why = arena_printf("type parameter %s is not comparable with %s", type_string(bad->type), token_text[op]);
    }
    if (why) {
        error_in(e->kind == EXPR_BINARY ? e : bad, "invalid operation: %s %s %s (%s)", ast_string(x), token_text[op], ast_string(y), why);
        invalidate(e);
        return;
    }
    if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
        set_const(e, TY(TYPE_K_UNTYPED_BOOL), const_bool(const_compare(op, x->val, y->val)));
        return;
    }
    // operands of a comparison that is not folded need types of their own
    if (type_is_untyped(x->type) && x->mode != MODE_NIL) use_default(x);
    if (type_is_untyped(y->type) && y->mode != MODE_NIL) use_default(y);
    set_value(e, TY(TYPE_K_UNTYPED_BOOL));
}

static void check_shift(Expr *e, int op, Expr *x, Expr *y) {
    Const *xv = NULL;
    if (x->mode == MODE_CONST) {
        xv = const_to_int(x->val);
        if (const_kind(xv) != CONST_INT) xv = NULL;
    }
    bool ok = x->mode != MODE_NIL && (type_is_integer(x->type) || (type_is_untyped(x->type) && xv) || (type_is_untyped(x->type) && x->mode != MODE_CONST && type_is_numeric(x->type)));
    if (!ok) {
        error_in(x, "invalid operation: shifted operand %s must be integer", operand_string(x));
        invalidate(e);
        return;
    }
    uint64_t n = 0;
    if (y->mode == MODE_CONST) {
        Const *yv = const_to_int(y->val);
        if (const_kind(yv) != CONST_INT || !(type_is_untyped(y->type) ? type_is_numeric(y->type) : type_is_integer(y->type))) {
            error_in(y, "invalid operation: shift count %s must be integer", operand_string(y));
            invalidate(e);
            return;
        }
        if (const_sign(yv) < 0) {
            error_in(y, "invalid operation: negative shift count %s", operand_string(y));
            invalidate(e);
            return;
        }
        if (type_is_untyped(y->type)) {
            if (!const_is_uint64(yv, &n)) {
                error_in(y, "invalid shift count %s", operand_string(y));
                invalidate(e);
                return;
            }
            convert_untyped(y, TY(KIND_UINT));
        }
        if (!const_is_uint64(yv, &n)) n = UINT64_MAX;
    } else {
        if (y->mode == MODE_NIL || (!type_is_untyped(y->type) && !type_is_integer(y->type))) {
            error_in(y, "invalid operation: shift count %s must be integer", operand_string(y));
            invalidate(e);
            return;
        }
        if (!type_is_untyped(y->type) && !type_is_unsigned(y->type) && !lang_at_least(13)) need_lang(y->start, y->end, 13, arena_printf("invalid operation: signed shift count %s", operand_string(y)));
        if (type_is_untyped(y->type)) convert_untyped(y, TY(KIND_UINT));
        if (is_invalid(y)) {
            invalidate(e);
            return;
        }
    }
    if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
        if (op == TOK_SHL && n > 1023 - 1 + 52) {
            if (const_sign(xv) == 0) n = 0;
            else {
                error_in(y, "invalid shift count %s", operand_string(y));
                invalidate(e);
                return;
            }
        }
        Type *t = x->type;
        if (type_is_untyped(t) && !type_is_integer(t)) t = TY(TYPE_K_UNTYPED_INT);
        set_const(e, t, const_shift(op, xv, n > 10000 ? 10000 : n));
        check_overflow(e);
        return;
    }
    if (x->mode == MODE_CONST && type_is_untyped(x->type)) {
        // the type of the operand comes from the context of the shift
        set_value(e, x->type);
        return;
    }
    set_value(e, x->type);
}

void check_binary(Expr *e, int op, Expr *x, Expr *y) {
    if (is_invalid(x) || is_invalid(y)) {
        invalidate(e);
        return;
    }
    if (is_shift(op)) {
        check_shift(e, op, x, y);
        return;
    }
    if (!match_types(e, x, y)) return;
    if (is_comparison(op)) {
        check_comparison(e, op, x, y);
        return;
    }
    if (x->mode == MODE_NIL || y->mode == MODE_NIL) {
        if (x->mode == MODE_NIL && y->mode == MODE_NIL) error_in(e, "invalid operation: operator %s not defined on nil", token_text[op]);
        else mismatch(e, x, y);
        invalidate(e);
        return;
    }
    if (!type_identical(x->type, y->type)) {
        mismatch(e, x, y);
        return;
    }
    if (!binary_defined(op, x->type)) {
        error_in(x, "invalid operation: operator %s not defined on %s", token_text[op], operand_string(x));
        invalidate(e);
        return;
    }
    if ((op == TOK_QUO || op == TOK_REM) && y->mode == MODE_CONST && (type_is_integer(x->type) || (x->mode == MODE_CONST)) && const_sign(y->val) == 0 && (const_kind(y->val) != CONST_COMPLEX)) {
        error_in(y, "invalid operation: division by zero");
        invalidate(e);
        return;
    }
    if (x->mode == MODE_CONST && y->mode == MODE_CONST) {
        bool int_div = op == TOK_QUO && type_is_integer(x->type);
        if (const_kind(y->val) == CONST_COMPLEX && op == TOK_QUO && const_sign(const_real(y->val)) == 0 && const_sign(const_imag(y->val)) == 0) {
            error_in(y, "invalid operation: division by zero");
            invalidate(e);
            return;
        }
        if (op == TOK_LAND || op == TOK_LOR) {
            bool a = const_bool_val(x->val), b = const_bool_val(y->val);
            set_const(e, x->type, const_bool(op == TOK_LAND ? a && b : a || b));
            return;
        }
        set_const(e, x->type, const_binary(op, x->val, y->val, int_div));
        check_overflow(e);
        return;
    }
    set_value(e, x->type);
}

static void check_binary_expr(Expr *e) {
    // long chains like a + b + c + ... lean to the left: no recursion there
    uint32_t n = 0;
    Expr *left = e;
    while (left->kind == EXPR_BINARY) {
        n++;
        left = left->binary.x;
    }
    Expr **chain = arena_alloc(n * sizeof *chain);
    left = e;
    for (uint32_t i = n; i-- > 0; left = left->binary.x) chain[i] = left;
    check_value(left, NULL);
    for (uint32_t i = 0; i < n; i++) {
        Expr *b = chain[i];
        check_value(b->binary.y, NULL);
        check_binary(b, b->op, b->binary.x, b->binary.y);
        if (has_comma_ok(b)) b->mode = MODE_VALUE;
    }
}

// --- untyped values

static void retype(Expr *e, Type *t) {
    for (;;) {
        if (!e->type || !type_is_untyped(e->type)) return;
        if (e->mode == MODE_CONST && t->kind == TYPE_K_TYPE_PARAM) {
            set_value(e, t);
            return;
        }
        if (e->mode == MODE_CONST) {
            Const *r = e->val;
            if (!type_is_untyped(t)) const_representable(e->val, type_under(t)->kind, &r);
            if (r) e->val = r;
            e->type = t;
            return;
        }
        e->type = t;
        switch (e->kind) {
        case EXPR_PAREN: e = e->paren.x; break;
        case EXPR_UNARY: e = e->unary.x; break;
        case EXPR_BINARY:
            if (is_comparison(e->op)) return; // operands have types of their own
            if (!is_shift(e->op)) retype(e->binary.y, t);
            e = e->binary.x;
            break;
        default: return;
        }
    }
}

// A constant operand of a non-constant shift takes the type of the whole.
static bool leaf_fits(Expr *e, Type *t) {
    Const *r;
    if (e->mode != MODE_CONST || !e->type || !type_is_untyped(e->type) || !type_is_numeric(e->type) || t->kind == TYPE_K_TYPE_PARAM || !type_is_numeric(t)) return true;
    if (const_representable(e->val, type_under(t)->kind, &r)) return true;
    if (type_is_integer(t) && const_kind(const_to_int(e->val)) != CONST_INT) error_in(e, "%s truncated to %s", operand_string(e), type_string(t));
    else error_in(e, "cannot use %s as %s value (overflows %s)", operand_string(e), type_string(t), type_string(t));
    return false;
}

// A non-constant shift whose left operand was untyped must become an integer.
static bool shifts_ok(Expr *e, Type *t) {
    for (;;) {
        if (!e->type || !type_is_untyped(e->type) || e->mode == MODE_CONST) return true;
        switch (e->kind) {
        case EXPR_PAREN: e = e->paren.x; break;
        case EXPR_UNARY: e = e->unary.x; break;
        case EXPR_BINARY:
            if (is_comparison(e->op)) return true;
            if (is_shift(e->op)) {
                if (type_is_integer(t) && !leaf_fits(e->binary.x, t)) return false;
                if (!type_is_integer(t)) {
                    error_in(e, "invalid operation: shifted operand %s (type %s) must be integer", ast_string(e->binary.x), type_string(t));
                    return false;
                }
            } else if (!leaf_fits(e->binary.y, t) || !leaf_fits(e->binary.x, t) || !shifts_ok(e->binary.y, t)) {
                return false;
            }
            e = e->binary.x;
            break;
        default: return true;
        }
    }
}

void set_typed(Expr *e, Type *t) { retype(e, t); }

static void cannot_convert(Expr *e, Type *t) {
    if (e->mode == MODE_CONST && type_is_numeric(e->type) && type_is_numeric(t)) {
        if (type_is_integer(t) && const_kind(const_to_int(e->val)) != CONST_INT) error_in(e, "cannot use %s as %s value in %s (truncated)", operand_string(e), type_string(t), "expression");
        else error_in(e, "cannot use %s as %s value in %s (overflows)", operand_string(e), type_string(t), "expression");
    } else if (e->mode == MODE_NIL) {
        error_in(e, "cannot use nil as %s value", type_string(t));
    } else {
        error_in(e, "cannot use %s as %s value in %s", operand_string(e), type_string(t), "expression");
    }
    invalidate(e);
}

static bool untyped_fits(Expr *e, Type *t, Const **rounded);
static bool untyped_fits_term(Type *term, void *e) {
    Const *r;
    return untyped_fits(e, term, &r);
}

// Can untyped e become a t? Fills nothing.
static bool untyped_fits(Expr *e, Type *t, Const **rounded) {
    if (t->kind == TYPE_K_TYPE_PARAM) return type_each(t, untyped_fits_term, e);
    Type *u = type_under(t);
    if (e->mode == MODE_NIL) return nil_comparable(t);
    if (u->kind == KIND_INTERFACE) return u->nmethods == 0 && !u->has_typeset;
    if (type_is_untyped(t)) return true;
    if (e->mode == MODE_CONST) {
        bool kinds = type_is_boolean(e->type) ? type_is_boolean(t) : type_is_string(e->type) ? type_is_string(t) : type_is_numeric(t);
        return kinds && u->kind <= KIND_STRING && const_representable(e->val, u->kind, rounded);
    }
    if (type_is_boolean(e->type)) return type_is_boolean(t);
    return type_is_numeric(e->type) && type_is_numeric(t);
}

void convert_untyped(Expr *e, Type *t) {
    if (is_invalid(e) || !type_is_untyped(e->type) || t == type_invalid) return;
    if (type_is_untyped(t)) {
        retype(e, t);
        return;
    }
    Const *rounded = e->val;
    if (e->mode == MODE_VALUE && !type_is_interface(t) && !shifts_ok(e, t)) {
        invalidate(e);
        return;
    }
    if (!untyped_fits(e, t, &rounded)) {
        cannot_convert(e, t);
        return;
    }
    if (e->mode == MODE_NIL) {
        for (Expr *x = e;; x = x->paren.x) { // parentheses around nil as well
            x->type = t;
            if (x->kind != EXPR_PAREN) break;
        }
        return;
    }
    Type *to = t;
    if (type_is_interface(t)) {
        to = type_default(e->type);
        rounded = e->val;
        if (e->mode == MODE_CONST && !const_representable(e->val, type_under(to)->kind, &rounded)) {
            cannot_convert(e, to);
            return;
        }
    }
    if (!shifts_ok(e, to)) {
        invalidate(e);
        return;
    }
    retype(e, to);
    if (e->mode == MODE_CONST) e->val = rounded;
}

void use_default(Expr *e) {
    if (is_invalid(e) || !e->type || !type_is_untyped(e->type) || e->mode == MODE_NIL) return;
    convert_untyped(e, type_default(e->type));
}

// --- assignability

static bool takes_term(Type *term, void *t) { return assignable_type(term, t); }
static bool term_takes(Type *term, void *v) { return assignable_type(v, term); }

bool assignable_type(Type *v, Type *t) {
    if (v == t || type_identical(v, t)) return true;
    Type *vu = type_under(v), *tu = type_under(t);
    if (!vu || !tu || vu == type_invalid || tu == type_invalid) return true;
    bool named = type_is_named(v) && type_is_named(t);
    if (v->kind != TYPE_K_TYPE_PARAM && t->kind != TYPE_K_TYPE_PARAM && !named && type_identical(vu, tu)) return true;
    if (tu->kind == KIND_INTERFACE && t->kind != TYPE_K_TYPE_PARAM) {
        Method *m;
        Object *h;
        bool p;
        return type_implements(v, t, &m, &h, &p);
    }
    if (vu->kind == KIND_CHAN && tu->kind == KIND_CHAN && vu->chan_dir == 3 && !named) return type_identical(vu->elem, tu->elem);
    if (t->kind == TYPE_K_TYPE_PARAM) return !type_is_named(v) && type_each(t, term_takes, v);
    if (v->kind == TYPE_K_TYPE_PARAM) return !type_is_named(t) && type_each(v, takes_term, t);
    return false;
}

bool assignable(Expr *e, Type *t) {
    if (is_invalid(e) || t == type_invalid) return true;
    if (type_is_untyped(e->type)) {
        Const *r;
        return untyped_fits(e, t, &r);
    }
    return assignable_type(e->type, t);
}

static const char *why_not(Expr *e, Type *t) {
    if (!type_is_interface(t) || type_is_untyped(e->type)) {
        if (type_is_interface(e->type) && !type_is_interface(t) && t->kind != TYPE_K_TYPE_PARAM) {
            Method *mm;
            Object *hh;
            bool pp;
            if (type_implements(t, e->type, &mm, &hh, &pp)) return ": need type assertion";
        }
        return "";
    }
    Method *m = NULL;
    Object *have = NULL;
    bool ptr = false;
    if (type_implements(e->type, t, &m, &have, &ptr) || !m) return "";
    return arena_printf(": %s does not implement %s %s", type_string(e->type), type_string(t), method_problem(e->type, m, have, ptr));
}

static void advise_unassignable(Expr *e, Type *t) {
    Method *m = NULL;
    Object *have = NULL;
    bool ptr = false;
    if (type_is_interface(t) && !type_is_untyped(e->type) && !type_implements(e->type, t, &m, &have, &ptr)) note_method(e->type, m, have, ptr);
    else if (!type_is_interface(t)) advise_assignment(e, t);
}

// The text of a context is made only when it is needed.
static bool assign_in(Expr *e, Type *t, const char *context, Expr *callee) {
    if (is_invalid(e) || !t || t == type_invalid) return false;
    if (e->type->kind == KIND_FUNC && e->type->ntparams) {
        // a generic function as a value: its type arguments follow from the target
        Expr *x = ast_unparen(e);
        Object *o = x->kind == EXPR_IDENT ? x->ident.obj : x->kind == EXPR_SELECTOR ? x->selector.obj : x->kind == EXPR_INDEX ? (ast_unparen(x->index.x)->kind == EXPR_IDENT ? ast_unparen(x->index.x)->ident.obj : ast_unparen(x->index.x)->selector.obj) : NULL;
        Type *want = type_core(t);
        if (o && want && want->kind == KIND_FUNC) {
            Type **targs = ARENA_ARRAY(Type *, o->type->ntparams);
            uint32_t given = 0;
            if (x->kind == EXPR_INDEX)
                for (; given < x->index.index.len; given++) targs[given] = x->index.index.at[given]->type;
            if (infer_from_type(o, targs, want, e->start)) {
                Object *inst = instantiate_func(o, targs, o->type->ntparams, e->start);
                if (inst) {
                    if (x->kind == EXPR_IDENT) {
                        x->ident.obj = inst;
                    } else {
                        Expr *copy = ast_dup_expr(x);
                        if (x->kind != EXPR_INDEX) {
                            x->kind = EXPR_INDEX;
                            memset(&x->index, 0, sizeof x->index);
                            x->index.x = copy;
                        }
                        x->index.instance = inst;
                    }
                    for (Expr *p = e;; p = p->paren.x) {
                        set_value(p, inst->type);
                        if (p->kind != EXPR_PAREN) break;
                    }
                    return assign_in(e, t, context, callee);
                }
            }
        }
        error_in(e, "cannot use generic function %s without instantiation", ast_string(e));
        invalidate(e);
        return false;
    }
    if (!assignable(e, t)) {
        const char *suffix = why_not(e, t);
        if (e->mode == MODE_CONST && type_is_untyped(e->type) && type_is_numeric(e->type) && type_is_numeric(t))
            suffix = type_is_integer(t) && const_kind(const_to_int(e->val)) != CONST_INT ? " (truncated)" : " (overflows)";
        error_in(e, "cannot use %s as %s value in %s%s%s", operand_string(e), type_string(t), context, callee ? ast_string(callee) : "", suffix);
        advise_unassignable(e, t);
        invalidate(e);
        return false;
    }
    convert_untyped(e, t);
    return !is_invalid(e);
}

bool assign_to(Expr *e, Type *t, const char *context) { return assign_in(e, t, context, NULL); }

bool assign_argument(Expr *e, Type *t, Expr *callee) { return assign_in(e, t, "argument to ", callee); }

// --- comma, ok

bool has_comma_ok(Expr *e) { return e->mode == MODE_COMMAOK || e->mode == MODE_MAPINDEX; }

bool foreign_void(Expr *e) {
    Expr *u = ast_unparen(e);
    if (u->kind != EXPR_CALL || u->call.call_kind != CALL_FOREIGN) return false;
    e->mode = u->mode = MODE_COMMAOK;
    e->type = u->type = u->call.foreign->void_type;
    return true;
}

static bool is_foreign_call(Expr *e) {
    e = ast_unparen(e);
    return e->kind == EXPR_CALL && e->call.call_kind == CALL_FOREIGN;
}

// The second result of a C call is errno, of everything else a bool.
void want_comma_ok(Expr *e) {
    Type *pair[2] = {e->type, is_foreign_call(e) ? type_error : TY(KIND_BOOL)};
    for (;; e = e->paren.x) {
        e->flags |= EXPR_COMMA_OK;
        e->type = type_tuple(pair, 2);
        e->mode = MODE_VALUE;
        if (e->kind != EXPR_PAREN) return;
    }
}

// --- everything

static void check_paren(Expr *e, Type *hint) {
    Expr *x = e->paren.x;
    check_raw(x, hint);
    e->mode = x->mode;
    e->type = x->type;
    e->val = x->val;
}

static void check_by_kind(Expr *e, Type *hint) {
    switch (e->kind) {
    case EXPR_BAD: invalidate(e); return;
    case EXPR_IDENT: check_ident(e); return;
    case EXPR_BASIC_LIT: check_literal(e); return;
    case EXPR_COMPOSITE: check_composite(e, hint); return;
    case EXPR_FUNC_LIT: check_func_literal(e); return;
    case EXPR_PAREN: check_paren(e, hint); return;
    case EXPR_SELECTOR: check_selector(e); return;
    case EXPR_INDEX: check_index(e); return;
    case EXPR_SLICE: check_slice(e); return;
    case EXPR_TYPE_ASSERT: check_assertion(e); return;
    case EXPR_CALL:
        check_call(e, hint);
        ck.calls += ast_is_call(e);
        return;
    case EXPR_STAR: check_star(e); return;
    case EXPR_UNARY:
        check_unary(e);
        ck.calls += ast_is_call(e);
        return;
    case EXPR_RECV_POST:
        check_receive_post(e);
        ck.calls++;
        return;
    case EXPR_BINARY: check_binary_expr(e); return;
    case EXPR_KEY_VALUE:
        error_in(e, "unexpected key:value expression");
        invalidate(e);
        return;
    case EXPR_ELLIPSIS:
        error_in(e, "invalid use of '...'");
        invalidate(e);
        return;
    default:
        if (check_type(e) == type_invalid) invalidate(e);
        return;
    }
}

// Values have types whose structure is known: an expression inside of a type's
// own declaration must not depend on it.
void check_raw(Expr *e, Type *hint) {
    check_by_kind(e, hint);
    if (e->mode == MODE_INVALID || e->mode == MODE_TYPE || !e->type || e->type->kind != TYPE_K_NAMED || e->type->underlying) return;
    if (!require_complete(e->type, e->start)) invalidate(e);
}

void check_expr_or_type(Expr *e) {
    check_raw(e, NULL);
    if (e->mode == MODE_NOVALUE) {
        error_in(e, "%s (no value) used as value", ast_string(e));
        invalidate(e);
    } else if (e->mode == MODE_BUILTIN) {
        error_in(e, "%s (built-in) must be called", ast_string(e));
        invalidate(e);
    } else if (e->mode != MODE_INVALID && e->type->kind == TYPE_K_TUPLE) {
        error_in(e, "multiple-value %s (value of type %s) in single-value context", ast_string(e), type_string(e->type));
        advise_results(e, 1);
        invalidate(e);
    }
}

void check_value(Expr *e, Type *hint) {
    check_raw(e, hint);
    switch (e->mode) {
    case MODE_NOVALUE: error_in(e, "%s (no value) used as value", ast_string(e)); break;
    case MODE_BUILTIN: error_in(e, "%s (built-in) must be called", ast_string(e)); break;
    case MODE_TYPE: error_in(e, "%s (type) is not an expression", ast_string(e)); break;
    default:
        if (e->mode == MODE_INVALID || e->type->kind != TYPE_K_TUPLE) return;
        error_in(e, "multiple-value %s (value of type %s) in single-value context", ast_string(e), type_string(e->type));
        advise_results(e, 1);
    }
    invalidate(e);
}

void check_multi(Expr *e) {
    check_raw(e, NULL);
    if (e->mode == MODE_NOVALUE && foreign_void(e)) return; // _, err := C.f()
    if (e->mode == MODE_NOVALUE) error_in(e, "%s (no value) used as value", ast_string(e));
    else if (e->mode == MODE_BUILTIN) error_in(e, "%s (built-in) must be called", ast_string(e));
    else if (e->mode == MODE_TYPE) error_in(e, "%s (type) is not an expression", ast_string(e));
    else return;
    invalidate(e);
}
