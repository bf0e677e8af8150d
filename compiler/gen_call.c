// SPDX-License-Identifier: MIT
// gen_call.c: calls: windows, arguments, receivers, builtins, go and defer.
//
// The callee's window is allocated first and arguments are computed straight
// into it; after the call only its header and results stay allocated.
#include <string.h>

#include "compiler/foreign.h"
#include "compiler/gen_impl.h"

static void push_kinds(uint8_t *kinds, uint32_t *n, Type *t) {
    const TypeDesc *d = lower_type(t);
    uint32_t k = value_slots(d);
    for (uint32_t i = 0; i < k; i++) kinds[(*n)++] = is_big(d) || lower_word_is_ptr(d, i) ? SLOT_POINTER : SLOT_SCALAR;
}

static uint32_t result_slots(Type *sig) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < sig->nresults; i++) n += value_slots(lower_type(sig->results[i]->type));
    return n;
}

uint64_t call_counts(uint32_t low, Type *sig, Type *recv) {
    uint32_t n = recv ? value_slots(lower_type(recv)) : 0;
    for (uint32_t i = 0; i < sig->nparams; i++) n += value_slots(lower_type(sig->params[i]->type));
    return low | (uint64_t)result_slots(sig) << 32 | (uint64_t)n << 48;
}

// fn's signature as its frame has it. With //go:uintptrescapes arguments that are
// numbers may be addresses, and what they point to lives until it returns.
Type *frame_signature(Object *fn, Type *sig) {
    Type *last = sig->nparams ? sig->params[sig->nparams - 1]->type : NULL;
    bool numbers = sig->variadic && type_under(last->elem)->kind == KIND_UINTPTR;
    for (uint32_t i = 0; i < sig->nparams; i++) numbers |= type_under(sig->params[i]->type)->kind == KIND_UINTPTR;
    if (!numbers || !gen_is_marked(fn, "//go:uintptrescapes")) return sig;
    Type *out = arena_dup(sig, sizeof *sig);
    out->params = ARENA_ARRAY(Object *, sig->nparams);
    for (uint32_t i = 0; i < sig->nparams; i++) {
        Object *o = out->params[i] = arena_dup(sig->params[i], sizeof *o);
        if (type_under(o->type)->kind == KIND_UINTPTR) o->type = TY(KIND_UNSAFE_POINTER);
        else if (sig->variadic && o->type == last && type_under(last->elem)->kind == KIND_UINTPTR) o->type = type_slice_of(TY(KIND_UNSAFE_POINTER));
    }
    return out;
}

// Allocates the window of a call of sig (recv: type of the receiver slot, or
// NULL); *first_arg is the slot of the receiver or first parameter.
uint32_t call_window(FuncGen *g, Type *sig, Type *recv, uint32_t *first_arg) {
    uint32_t words = FRAME_HEADER + result_slots(sig) + (recv ? value_slots(lower_type(recv)) : 0), n = 0;
    for (uint32_t i = 0; i < sig->nparams; i++) words += value_slots(lower_type(sig->params[i]->type));
    uint8_t small[64], *kinds = words <= sizeof small ? small : arena_alloc(words);
    kinds[n++] = SLOT_SCALAR;
    kinds[n++] = SLOT_SCALAR; // the closure is of interest while the callee runs, whose own map says so
    for (uint32_t i = 0; i < sig->nresults; i++) push_kinds(kinds, &n, sig->results[i]->type);
    uint32_t at = n;
    if (recv) push_kinds(kinds, &n, recv);
    for (uint32_t i = 0; i < sig->nparams; i++) push_kinds(kinds, &n, sig->params[i]->type);
    uint32_t base = slot_run(g, kinds, n);
    *first_arg = base + at;
    return base;
}

// --- arguments

static void variadic_slice(FuncGen *g, Expr **args, uint32_t n, Type *slice, uint32_t dst) {
    if (n == 0) {
        emit_zero(g, dst, 3);
        return;
    }
    uint32_t mark = g->top, ptr = slot_word(g, true);
    Type *elem = type_under(slice)->elem;
    int64_t size = type_size(elem);
    emit_new(g, ptr, lower_type(type_array_of(elem, n)));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t m = g->top;
        store_mem(g, ptr, (uint64_t)(size * i), elem, expr_as(g, args[i], elem, ANY));
        g->top = m;
    }
    emit_result(g, dst, ptr, 1);
    emit_int(g, dst + 1, n);
    emit_int(g, dst + 2, n);
    g->top = mark;
}

// f(g()) with several results of g.
static void spread_args(FuncGen *g, Expr *e, Type *sig, uint32_t at) {
    uint32_t slots[256], mark = g->top;
    uint32_t n = multi_value(g, e, slots), fixed = sig->variadic ? sig->nparams - 1 : sig->nparams;
    Type **types = ast_unparen(e)->type->types;
    for (uint32_t i = 0; i < fixed; i++) {
        convert_slots(g, slots[i], types[i], sig->params[i]->type, at);
        at += value_slots(lower_type(sig->params[i]->type));
    }
    if (sig->variadic) {
        Type *elem = type_under(sig->params[fixed]->type)->elem;
        uint32_t extra = n - fixed;
        if (!extra) emit_zero(g, at, 3);
        else {
            uint32_t ptr = slot_word(g, true);
            emit_new(g, ptr, lower_type(type_array_of(elem, extra)));
            for (uint32_t i = 0; i < extra; i++) store_mem(g, ptr, (uint64_t)(type_size(elem) * i), elem, convert_slots(g, slots[fixed + i], types[fixed + i], elem, ANY));
            emit_move(g, at, ptr, 1);
            emit_int(g, at + 1, extra);
            emit_int(g, at + 2, extra);
        }
    }
    g->top = mark;
}

static void gen_args(FuncGen *g, Expr *e, Type *sig, uint32_t at) {
    ExprList *args = &e->call.args;
    if (args->len == 1 && args->at[0]->type && args->at[0]->type->kind == TYPE_K_TUPLE) {
        spread_args(g, args->at[0], sig, at);
        return;
    }
    uint32_t fixed = sig->variadic && !e->call.ellipsis ? sig->nparams - 1 : sig->nparams;
    for (uint32_t i = 0; i < fixed && i < args->len; i++) {
        uint32_t mark = g->top;
        expr_as(g, args->at[i], sig->params[i]->type, at);
        at += value_slots(lower_type(sig->params[i]->type));
        g->top = mark;
    }
    if (fixed < sig->nparams) variadic_slice(g, args->at + fixed, args->len - fixed, sig->params[fixed]->type, at);
}

// --- callees

typedef struct Callee { // how a call reaches its function
    Type *sig, *recv;
    Func *fn;            // known at compile time
    uint32_t closure;    // slot of a function value
    uint32_t iface;      // slot of the interface value of a method call
    uint32_t sel;
    uint32_t recv_src;   // slot with the receiver
    bool recv_temp;      // that slot is no variable's
    enum { BY_FUNC, BY_CLOSURE, BY_INTERFACE } by;
} Callee;

static Object *static_callee(Expr *e) {
    if (e->call.instance) return e->call.instance;
    Expr *f = ast_unparen(e->call.fn);
    if (f->kind == EXPR_IDENT && f->ident.obj && f->ident.obj->kind == OBJ_FUNC) return f->ident.obj;
    if (f->kind == EXPR_SELECTOR && f->selector.obj && f->selector.obj->kind == OBJ_FUNC) return f->selector.obj;
    if (f->kind == EXPR_INDEX && f->index.instance) return f->index.instance;
    return NULL;
}

FuncInfo *known_callee(Expr *e) {
    Object *o = static_callee(e);
    Expr *f = ast_unparen(e->call.fn);
    Selection *sel = !o && f->kind == EXPR_SELECTOR ? f->selector.selection : NULL;
    if (sel && sel->kind == SEL_METHOD) o = sel->method;
    return o ? o->func.info : NULL;
}

static void method_receiver(FuncGen *g, Expr *f, Callee *c) {
    Selection *sel = f->selector.selection;
    Place p;
    walk_path(g, f->selector.x, sel, sel->npath, &p);
    if (sel->kind == SEL_INTERFACE_METHOD) {
        c->by = BY_INTERFACE;
        c->iface = place_load(g, &p, ANY);
        c->sel = lower_selector(sel->name, sel->method ? sel->method->pkg : NULL, sel->type);
        c->sig = sel->type;
        c->recv = TY(KIND_UNSAFE_POINTER);
        return;
    }
    uint32_t mark = g->top;
    bool is_ptr = type_under(p.type)->kind == KIND_POINTER;
    c->fn = gen_func_of(sel->method);
    c->sig = frame_signature(sel->method, sel->type);
    if (sel->method->func.ptr_recv) {
        c->recv = is_ptr ? p.type : type_pointer_to(p.type);
        bool may_be_nil = sel->npath ? sel->indirect || type_under(sel->recv)->kind == KIND_POINTER || behind_pointer(f->selector.x) : behind_pointer(f->selector.x);
        c->recv_src = is_ptr ? place_load(g, &p, ANY) : may_be_nil ? place_checked_addr(g, &p) : place_addr(g, &p);
    } else {
        if (is_ptr) p = (Place){.kind = PLACE_MEM, .slot = place_load(g, &p, ANY), .type = type_under(p.type)->elem};
        c->recv = p.type;
        c->recv_src = place_load(g, &p, ANY);
    }
    c->recv_temp = c->recv_src >= mark;
}

uint32_t call_receiver(FuncGen *g, Expr *method) {
    Callee c = {.by = BY_FUNC};
    method_receiver(g, method, &c);
    return c.recv_src;
}

static Callee find_callee(FuncGen *g, Expr *e) {
    Callee c = {.by = BY_FUNC};
    Expr *f = ast_unparen(e->call.fn);
    Object *o = static_callee(e);
    if (o) {
        c.fn = gen_func_of(o);
        c.sig = frame_signature(o, o->type);
    } else if (f->kind == EXPR_SELECTOR && f->selector.selection &&
               (f->selector.selection->kind == SEL_METHOD || f->selector.selection->kind == SEL_INTERFACE_METHOD)) {
        method_receiver(g, f, &c);
    } else {
        c.by = BY_CLOSURE;
        c.sig = type_core(f->type);
        c.closure = expr(g, f);
    }
    return c;
}

// --- functions that are one instruction

static const struct Intrinsic { const char *path, *name; Opcode op; } intrinsics[] = {
#define INTRINSIC(path, name, op) {path, name, OP_##op},
#include "compiler/intrinsics.def"
#undef INTRINSIC
};

static bool is_text(Str s, const char *text) { return s.len == (int64_t)strlen(text) && memcmp(s.ptr, text, (size_t)s.len) == 0; }

static int find_intrinsic(FuncInfo *f) {
    Object *o = f->obj;
    if (f->body || !o || !o->pkg || !o->pkg->is_library) return -1;
    const char *type = o->func.recv_named ? o->func.recv_named->obj->name->text : "";
    size_t n = strlen(type);
    for (size_t i = 0; i < sizeof intrinsics / sizeof *intrinsics; i++) {
        const char *name = intrinsics[i].name;
        if (n && (strncmp(name, type, n) != 0 || name[n] != '.')) continue;
        if (strcmp(n ? name + n + 1 : name, o->name->text) == 0 && is_text(o->pkg->path, intrinsics[i].path)) return (int)i + 1;
    }
    return -1;
}

bool gen_is_intrinsic(FuncInfo *f) {
    if (f->body) return false;
    if (!f->intrinsic) f->intrinsic = (int16_t)find_intrinsic(f);
    return f->intrinsic > 0;
}

// Operands in the order of the instruction's row; the ones of a pair stand one
// behind the other.
static void emit_intrinsic(FuncGen *g, const FuncInfo *f, uint32_t dst, const uint32_t *params) {
    Opcode op = intrinsics[f->intrinsic - 1].op;
    const uint8_t roles[3] = {op_info[op].a, op_info[op].b, op_info[op].c};
    uint32_t at[3] = {0};
    for (int i = 0; i < 3; i++) {
        if (roles[i] == ROLE_DST) at[i] = dst;
        if (roles[i] == ROLE_SRC || roles[i] == ROLE_SRC2) at[i] = *params++;
    }
    emit(g, op, at[0], at[1], at[2]);
}

void gen_intrinsic_body(FuncGen *g, FuncInfo *f) {
    uint32_t params[4], n = 0, at = FRAME_HEADER + g->fn->nresult_slots;
    if (f->recv) params[n++] = at++;
    for (uint32_t i = 0; i < f->nparams; i++) {
        params[n++] = at;
        at += value_slots(lower_type(f->params[i]->type));
    }
    emit_intrinsic(g, f, FRAME_HEADER, params);
    emit(g, OP_RET, 0, 0, 0);
}

bool gen_intrinsic(FuncGen *g, Expr *e, int64_t dst, uint32_t *out) {
    FuncInfo *f = known_callee(e);
    ExprList *args = &e->call.args;
    if (!f || !gen_is_intrinsic(f) || (args->len && args->at[0]->type->kind == TYPE_K_TUPLE)) return false;
    *out = FRAME_HEADER;
    if (f->nresults) *out = dst == ANY ? slot_alloc(g, lower_type(f->results[0]->type)) : (uint32_t)dst;
    uint32_t params[4], n = 0, mark = g->top;
    bool pair = op_info[intrinsics[f->intrinsic - 1].op].c == ROLE_SRC2;
    if (f->recv) params[n++] = call_receiver(g, ast_unparen(e->call.fn));
    uint8_t kind = pair && lower_word_is_ptr(lower_type(f->params[1]->type), 0) ? SLOT_POINTER : SLOT_SCALAR;
    uint32_t run = pair ? slot_run(g, (uint8_t[]){kind, kind}, 2) : 0;
    for (uint32_t i = 0; i < args->len; i++) {
        bool paired = pair && i + 2 >= args->len;
        params[n++] = expr_as(g, args->at[i], f->params[i]->type, paired ? (int64_t)run + i + 2 - args->len : ANY);
    }
    emit_line(g, e->pos);
    emit_intrinsic(g, f, *out, params);
    g->top = mark;
    return true;
}

// Puts the receiver into place; the receiver of an interface call is moved by
// the call itself.
static uint32_t place_receiver(FuncGen *g, Callee *c, uint32_t at) {
    if (!c->recv) return at;
    uint32_t n = value_slots(lower_type(c->recv));
    if (c->by == BY_FUNC && c->recv_temp) emit_result(g, at, c->recv_src, n);
    else if (c->by == BY_FUNC) emit_move(g, at, c->recv_src, n);
    return at + n;
}

static void emit_call(FuncGen *g, Callee *c, uint32_t base, uint32_t recv_slot) {
    switch (c->by) {
    case BY_FUNC:
        if (c->fn->flags & FUNC_NATIVE) emit_ext(g, OP_CALL_NATIVE, base, 0, 0, call_counts(c->fn->native, c->sig, c->recv));
        else emit_ptr(g, OP_CALL, base, 0, 0, c->fn);
        break;
    case BY_CLOSURE: emit_ext(g, OP_CALL_CLOSURE, base, c->closure, 0, call_counts(0, c->sig, NULL)); break;
    case BY_INTERFACE: emit_ext(g, OP_CALL_METHOD, base, c->iface, recv_slot, call_counts(c->sel, c->sig, NULL)); break;
    }
}

uint32_t gen_call(FuncGen *g, Expr *e) {
    e = ast_unparen(e);
    if (e->call.call_kind == CALL_FOREIGN) return gen_foreign_call(g, e);
    FuncInfo *small = inline_callee(g, e);
    if (small) {
        uint32_t results = inline_results(g, small);
        inline_call(g, e, small, results);
        return results - FRAME_HEADER;
    }
    Callee c = find_callee(g, e);
    uint32_t at, base = call_window(g, c.sig, c.recv, &at);
    uint32_t recv_slot = at;
    at = place_receiver(g, &c, at);
    gen_args(g, e, c.sig, at);
    emit_line(g, e->pos);
    emit_call(g, &c, base, recv_slot);
    g->top = base + FRAME_HEADER + result_slots(c.sig);
    return base;
}

// --- go and defer

static Object *temp_var(FuncGen *g, Type *t) {
    Object *o = object_new(OBJ_VAR, 0, g->info ? g->info->pkg : NULL, name_of("arg"), t);
    o->var.owner = g->info;
    return o;
}

static Expr *var_ref(Object *o, Pos pos) {
    Expr *e = ARENA_NEW(Expr);
    e->kind = EXPR_IDENT;
    e->mode = MODE_VAR;
    e->pos = e->start = e->end = pos;
    e->type = o->type;
    e->ident.name = o->name;
    e->ident.obj = o;
    return e;
}

// The results of a call that stands for all arguments of a builtin.
static void spread_results(FuncGen *g, Expr *e) {
    if (!e->call.spread) return;
    uint32_t slots[256];
    multi_value(g, e->call.spread, slots);
    for (uint32_t i = 0; i < e->call.args.len; i++) {
        Object *o = e->call.args.at[i]->ident.obj;
        o->gen_flags = VAR_SLOT;
        o->gen_slot = (int32_t)slots[i];
    }
}

// go or defer of a builtin, conversion or C function: a literal that captures
// the evaluated arguments.
static uint32_t wrapped_call(FuncGen *g, Expr *e) {
    FuncInfo *info = ARENA_NEW(FuncInfo);
    info->sig = type_new(KIND_FUNC);
    info->parent = g->info;
    info->pkg = g->info ? g->info->pkg : NULL;
    info->pos = e->pos;
    info->deferred_recover = e->call.call_kind == CALL_BUILTIN && e->call.builtin == BUILTIN_recover;
    Expr *inner = arena_dup(e, sizeof *e);
    inner->call.args = (ExprList){0};
    inner->call.spread = NULL;
    spread_results(g, e);
    if (e->call.call_kind == CALL_FOREIGN && !e->call.foreign->decl) { // the pointer too is evaluated now
        Object *o = temp_var(g, e->call.fn->type);
        declare_var(g, o);
        init_var(g, o, expr_as(g, e->call.fn, o->type, ANY));
        VEC_PUSH(&info->captures, o);
        inner->call.fn = var_ref(o, e->pos);
    }
    for (uint32_t i = 0; i < e->call.args.len; i++) {
        Expr *a = e->call.args.at[i];
        if (a->mode == MODE_CONST || a->mode == MODE_TYPE || a->mode == MODE_NIL) {
            VEC_PUSH(&inner->call.args, a);
            continue;
        }
        Type *t = e->call.call_kind == CALL_BUILTIN && e->call.builtin == BUILTIN_panic ? type_any : a->type;
        Object *o = temp_var(g, t);
        declare_var(g, o);
        init_var(g, o, expr_as(g, a, t, ANY));
        VEC_PUSH(&info->captures, o);
        VEC_PUSH(&inner->call.args, var_ref(o, a->pos));
    }
    Stmt *s = ARENA_NEW(Stmt), *body = ARENA_NEW(Stmt);
    s->kind = STMT_EXPR;
    s->pos = e->pos;
    s->expr.x = inner;
    body->kind = STMT_BLOCK;
    body->pos = e->pos;
    VEC_PUSH(&body->block.list, s);
    info->body = body;
    Expr lit = {.kind = EXPR_FUNC_LIT, .mode = MODE_VALUE, .pos = e->pos, .type = info->sig, .func = {.info = info}};
    return expr(g, arena_dup(&lit, sizeof lit));
}

void gen_go_defer(FuncGen *g, Stmt *s) {
    Expr *e = ast_unparen(s->go.call);
    Opcode op = s->kind == STMT_GO ? OP_GO : OP_DEFER;
    uint32_t mark = g->top, fnv, base, at;
    uint64_t counts;
    emit_line(g, s->pos);
    if (e->call.call_kind == CALL_BUILTIN || e->call.call_kind == CALL_CONVERSION || e->call.call_kind == CALL_FOREIGN) {
        fnv = wrapped_call(g, e);
        base = call_window(g, type_new(KIND_FUNC), NULL, &at);
        counts = 0;
    } else {
        Callee c = find_callee(g, e);
        fnv = slot_word(g, true);
        if (c.by == BY_CLOSURE) emit_move(g, fnv, c.closure, 1);
        else if (c.by == BY_INTERFACE) emit_ext(g, OP_METHOD_FUNC, fnv, c.iface, 0, c.sel);
        else emit_ptr(g, OP_LOAD_K, fnv, 0, 0, func_closure(c.fn));
        base = call_window(g, c.sig, c.recv, &at);
        counts = call_counts(0, c.sig, c.recv);
        if (c.by == BY_INTERFACE) {
            emit_move(g, at, c.iface + 1, 1);
            at++;
        } else {
            at = place_receiver(g, &c, at);
        }
        gen_args(g, e, c.sig, at);
    }
    emit_line(g, s->pos);
    if (op == OP_DEFER && g->info && g->info->range_body) { // the function around the loop defers it
        Place frame = place_var(g, g->info->range_body->range.func->frame);
        emit_ext(g, OP_DEFER_OUTER, base, fnv, place_load(g, &frame, ANY), counts);
    } else {
        emit_ext(g, op, base, fnv, 0, counts);
    }
    g->top = mark;
}

// --- builtins

static uint32_t dest(FuncGen *g, Type *t, int64_t dst) { return dst == ANY ? slot_alloc(g, lower_type(t)) : (uint32_t)dst; }

// A variable, field or element that is no frame slot.
static bool in_memory(Expr *x) {
    x = ast_unparen(x);
    if (x->mode != MODE_VAR) return false;
    if (x->kind == EXPR_IDENT) return x->ident.obj && x->ident.obj->kind == OBJ_VAR && x->ident.obj->gen_flags != VAR_SLOT;
    return x->kind == EXPR_STAR || (x->kind == EXPR_SELECTOR && !(x->selector.selection && x->selector.selection->kind != SEL_FIELD));
}

static uint32_t gen_len(FuncGen *g, Expr *x, bool cap, int64_t dst) {
    Type *u = type_core(x->type);
    if (!u) u = type_under(x->type);
    uint32_t d = dest(g, TY(KIND_INT), dst), mark = g->top;
    if (u->kind == KIND_POINTER || u->kind == KIND_ARRAY) {
        Type *arr = u->kind == KIND_POINTER ? type_under(u->elem) : u;
        expr(g, x);
        emit_int(g, d, arr->len);
    } else if ((u->kind == KIND_STRING || u->kind == KIND_SLICE) && in_memory(x)) {
        Place p = place_of(g, x); // only that word of it
        if (p.kind == PLACE_MEM || p.kind == PLACE_GLOBAL) {
            p.off += cap ? 16 : 8;
            p.type = TY(KIND_INT);
            place_load(g, &p, d);
        } else {
            emit_move(g, d, place_load(g, &p, ANY) + (cap ? 2 : 1), 1);
        }
    } else if (u->kind == KIND_STRING || u->kind == KIND_SLICE) {
        uint32_t v = expr(g, x) + (cap ? 2 : 1);
        if (dst == ANY && v < mark) { // a variable: its length slot is the value
            g->top = mark;
            return v;
        }
        emit_move(g, d, v, 1);
    } else {
        uint32_t v = expr(g, x);
        emit(g, u->kind == KIND_MAP ? OP_MAP_LEN : cap ? OP_CHAN_CAP : OP_CHAN_LEN, d, v, 0);
    }
    g->top = mark;
    return d;
}

static uint32_t gen_append(FuncGen *g, Expr *e, int64_t dst) {
    ExprList *args = &e->call.args;
    Type *st = type_core(e->type);
    const TypeDesc *ed = lower_type(st->elem);
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    uint32_t s = expr_as(g, args->at[0], e->type, ANY);
    if (e->call.ellipsis) {
        Expr *more = args->at[1];
        Type *mu = type_core(more->type);
        bool str = (mu ? mu : type_under(more->type))->kind == KIND_STRING || type_is_string(more->type);
        uint32_t v = expr_as(g, more, str ? more->type : e->type, ANY);
        emit_line(g, e->pos);
        emit(g, str ? OP_APPEND_STR : OP_APPEND_SLICE, d, s, v);
        emit_word(g, (uint64_t)(uintptr_t)ed);
    } else if (args->len == 1) {
        emit_move(g, d, s, 3);
    } else if (args->len == 2 && (ed->size == 8 || ed->size == 1) && !is_big(ed)) {
        uint32_t v = expr_as(g, args->at[1], st->elem, ANY);
        emit_ptr(g, ed->size == 8 ? OP_APPEND_64 : OP_APPEND_8, d, s, v, ed);
    } else {
        uint32_t n = args->len - 1, *v = arena_alloc(n * sizeof *v + 1);
        for (uint32_t i = 0; i < n; i++) v[i] = expr_as(g, args->at[i + 1], st->elem, ANY);
        static const uint8_t kinds[4] = {SLOT_POINTER, SLOT_SCALAR, SLOT_SCALAR, SLOT_POINTER};
        uint32_t run = slot_run(g, kinds, 4);
        emit_ptr(g, OP_APPEND_GROW, run, s, n, ed);
        if (ed->size)
            for (uint32_t i = 0; i < n; i++) store_mem(g, run + 3, i * ed->size, st->elem, v[i]);
        emit_move(g, d, run, 3);
    }
    g->top = mark;
    return d;
}

static uint32_t int_arg(FuncGen *g, Expr *e) {
    int64_t v;
    if (e->mode == MODE_CONST && const_is_int64(const_to_int(e->val), &v)) {
        uint32_t s = slot_word(g, false);
        emit_int(g, s, v);
        return s;
    }
    return expr(g, e); // a huge unsigned size reads as negative and so fails
}

static uint32_t gen_make(FuncGen *g, Expr *e, int64_t dst) {
    ExprList *args = &e->call.args;
    Type *u = type_core(e->type);
    const TypeDesc *td = lower_type(e->type);
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    uint32_t n;
    if (args->len > 1) n = int_arg(g, args->at[1]);
    else {
        n = slot_word(g, false);
        emit_int(g, n, 0);
    }
    if (u->kind == KIND_SLICE) {
        uint32_t c = args->len > 2 ? int_arg(g, args->at[2]) : n;
        emit_ptr(g, OP_MAKE_SLICE, d, n, c, lower_type(u->elem));
    } else if (u->kind == KIND_MAP) {
        emit_ptr(g, OP_MAKE_MAP, d, n, 0, td);
    } else { // big elements travel as pointers to copies
        if (is_big(lower_type(u->elem))) td = lower_type(type_chan_of(TY(KIND_UNSAFE_POINTER), 3));
        emit_ptr(g, OP_MAKE_CHAN, d, n, 0, td);
    }
    g->top = mark;
    return d;
}

static uint32_t gen_minmax(FuncGen *g, Expr *e, bool min, int64_t dst) {
    Type *t = e->type;
    const TypeDesc *td = lower_type(t);
    uint32_t d = dest(g, t, dst), mark = g->top, acc = slot_alloc(g, td), ok = slot_word(g, false);
    uint32_t n = value_slots(td);
    uint8_t k = type_under(t)->kind;
    expr_as(g, e->call.args.at[0], t, acc);
    for (uint32_t i = 1; i < e->call.args.len; i++) {
        uint32_t m = g->top, v = expr_as(g, e->call.args.at[i], t, ANY);
        Label keep, take;
        label_init(&keep);
        label_init(&take);
        bool f32 = k == KIND_FLOAT32, f = f32 || k == KIND_FLOAT64;
        if (f) { // NaN wins; min prefers -0
            emit(g, f32 ? OP_NE_F32 : OP_NE_F, ok, acc, acc);
            emit_branch1(g, OP_JUMP_T, ok, &keep);
            emit(g, f32 ? OP_NE_F32 : OP_NE_F, ok, v, v);
            emit_branch1(g, OP_JUMP_T, ok, &take);
            Label differ;
            label_init(&differ);
            emit(g, f32 ? OP_EQ_F32 : OP_EQ_F, ok, v, acc);
            emit_branch1(g, OP_JUMP_F, ok, &differ);
            emit(g, min ? OP_OR : OP_AND, acc, acc, v); // equal numbers differ in the sign of zero at most
            emit_jump(g, &keep);
            label_here(g, &differ);
        }
        uint32_t a = min ? v : acc, b = min ? acc : v;
        if (k == KIND_STRING) emit(g, OP_LT_STR, ok, a, b);
        else if (f) emit(g, f32 ? OP_LT_F32 : OP_LT_F, ok, a, b);
        else emit(g, k == KIND_UINT || k == KIND_UINT64 || k == KIND_UINTPTR ? OP_ULT : OP_LT, ok, a, b);
        emit_branch1(g, OP_JUMP_F, ok, &keep);
        label_here(g, &take);
        emit_move(g, acc, v, n);
        label_here(g, &keep);
        g->top = m;
    }
    emit_move(g, d, acc, n);
    g->top = mark;
    return d;
}

static void gen_print(FuncGen *g, Expr *e, bool ln) {
    ExprList *args = &e->call.args;
    for (uint32_t i = 0; i < args->len; i++) {
        uint32_t mark = g->top;
        Expr *a = args->at[i];
        if (ln && i) emit(g, OP_PRINT, 0, 0, 0x100);
        uint32_t v = expr_as(g, a, a->type, ANY);
        emit(g, OP_PRINT, 0, v, type_under(a->type)->kind);
        g->top = mark;
    }
    if (ln) emit(g, OP_PRINT, 0, 0, 0x101);
}

static uint32_t gen_copy(FuncGen *g, Expr *e, int64_t dst) {
    Expr *to = e->call.args.at[0], *from = e->call.args.at[1];
    uint32_t d = dest(g, TY(KIND_INT), dst), mark = g->top;
    uint32_t a = expr(g, to), b = expr(g, from);
    if (type_is_string(from->type)) emit(g, OP_COPY_STR, d, a, b);
    else emit_ptr(g, OP_COPY_SLICE, d, a, b, lower_type(type_core(to->type)->elem));
    g->top = mark;
    return d;
}

static uint32_t gen_complex_parts(FuncGen *g, Expr *e, int64_t dst) {
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    Expr *x = e->call.args.at[0];
    bool wide = type_under(e->call.builtin == BUILTIN_complex ? e->type : x->type)->kind == KIND_COMPLEX128;
    if (e->call.builtin == BUILTIN_complex) {
        Type *part = TY(wide ? KIND_FLOAT64 : KIND_FLOAT32);
        uint32_t re = expr_as(g, x, part, ANY), im = expr_as(g, e->call.args.at[1], part, ANY);
        if (wide) {
            uint32_t tmp = slot_word(g, false); // im may be d's first slot
            emit_move(g, tmp, im, 1);
            emit_move(g, d, re, 1);
            emit_move(g, d + 1, tmp, 1);
        } else {
            uint32_t hi = slot_word(g, false);
            emit(g, OP_SHL_I, hi, im, 32);
            emit(g, OP_OR, d, re, hi);
        }
    } else {
        uint32_t v = expr(g, x);
        bool imag = e->call.builtin == BUILTIN_imag;
        if (wide) emit_move(g, d, v + (imag ? 1 : 0), 1);
        else if (imag) emit(g, OP_USHR_I, d, v, 32);
        else emit(g, OP_ZEXT32, d, v, 0);
    }
    g->top = mark;
    return d;
}

static uint32_t gen_delete(FuncGen *g, Expr *e) {
    Expr *m = e->call.args.at[0];
    Type *u = type_core(m->type);
    Place p = {.kind = PLACE_MAP, .type = u->elem, .container = m->type};
    p.slot = expr(g, m);
    p.index = expr_as(g, e->call.args.at[1], u->key, ANY);
    emit_ptr(g, OP_MAP_DELETE, 0, p.slot, map_key(g, &p), lower_type(m->type));
    return 0;
}

static uint32_t gen_unsafe(FuncGen *g, Expr *e, int64_t dst) {
    ExprList *args = &e->call.args;
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    switch (e->call.builtin) {
    case BUILTIN_Add: {
        uint32_t p = expr(g, args->at[0]), n = int_arg(g, args->at[1]);
        emit(g, OP_ADD, d, p, n);
        break;
    }
    case BUILTIN_SliceData: case BUILTIN_StringData: emit_move(g, d, expr(g, args->at[0]), 1); break;
    case BUILTIN_Slice: case BUILTIN_String: {
        static const uint8_t kinds[3] = {SLOT_POINTER, SLOT_SCALAR, SLOT_SCALAR};
        bool slice = e->call.builtin == BUILTIN_Slice;
        uint32_t p = expr(g, args->at[0]), n = int_arg(g, args->at[1]), run = slot_run(g, kinds, 3);
        emit_ext(g, OP_UNSAFE_SLICE, run, p, n, slice ? (uint64_t)type_size(type_under(e->type)->elem) : 1);
        emit_move(g, d, run, slice ? 3 : 2);
        break;
    }
    default: break;
    }
    g->top = mark;
    return d;
}

uint32_t gen_builtin(FuncGen *g, Expr *e, int64_t dst) {
    ExprList *args = &e->call.args;
    spread_results(g, e);
    emit_line(g, e->pos);
    switch ((BuiltinId)e->call.builtin) {
    case BUILTIN_append: return gen_append(g, e, dst);
    case BUILTIN_cap: return gen_len(g, args->at[0], true, dst);
    case BUILTIN_len: return gen_len(g, args->at[0], false, dst);
    case BUILTIN_clear: {
        Type *u = type_core(args->at[0]->type);
        uint32_t v = expr(g, args->at[0]);
        if (u->kind == KIND_MAP) emit_ptr(g, OP_MAP_CLEAR, 0, v, 0, lower_type(args->at[0]->type));
        else emit_ptr(g, OP_CLEAR_SLICE, 0, v, 0, lower_type(u->elem));
        return 0;
    }
    case BUILTIN_close: emit(g, OP_CLOSE, 0, expr(g, args->at[0]), 0); return 0;
    case BUILTIN_complex: case BUILTIN_real: case BUILTIN_imag: return gen_complex_parts(g, e, dst);
    case BUILTIN_copy: return gen_copy(g, e, dst);
    case BUILTIN_delete: return gen_delete(g, e);
    case BUILTIN_make: return gen_make(g, e, dst);
    case BUILTIN_max: return gen_minmax(g, e, false, dst);
    case BUILTIN_min: return gen_minmax(g, e, true, dst);
    case BUILTIN_new: {
        uint32_t d = dst == ANY ? slot_word(g, true) : (uint32_t)dst;
        emit_new(g, d, lower_type(type_under(e->type)->elem));
        return d;
    }
    case BUILTIN_panic: {
        uint32_t v = expr_as(g, args->at[0], type_any, ANY);
        emit_line(g, e->pos);
        emit(g, OP_PANIC, 0, v, 0);
        return 0;
    }
    case BUILTIN_poison: emit(g, OP_POISON, 0, expr(g, args->at[0]), 0); return 0;
    case BUILTIN_print: gen_print(g, e, false); return 0;
    case BUILTIN_println: gen_print(g, e, true); return 0;
    case BUILTIN_recover: {
        uint32_t d = dest(g, type_any, dst);
        emit(g, OP_RECOVER, d, 0, 0);
        return d;
    }
    case BUILTIN_Add: case BUILTIN_Slice: case BUILTIN_SliceData: case BUILTIN_String: case BUILTIN_StringData: return gen_unsafe(g, e, dst);
    case BUILTIN_Alignof: case BUILTIN_Offsetof: case BUILTIN_Sizeof: case BUILTIN_COUNT: break; // constants
    case BUILTIN_skip: break; // a command, and as such gone
    }
    return FRAME_HEADER;
}
