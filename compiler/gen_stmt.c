// SPDX-License-Identifier: MIT
// gen_stmt.c: statements.
//
// Temporaries of a statement are released at its end, variables at the end of
// their block.
#include <string.h>

#include "compiler/escape.h"
#include "compiler/gen_impl.h"

// --- variables

static bool holds_array(Type *t) {
    Type *u = type_under(t);
    if (u->kind == KIND_ARRAY) return true;
    if (u->kind == KIND_STRUCT)
        for (uint32_t i = 0; i < u->nfields; i++)
            if (holds_array(u->fields[i].type)) return true;
    return false;
}

// Variables live in frame slots unless something else must see their changes:
// a pointer, or a function literal when they change. Arrays are indexed
// through memory.
bool needs_box(Object *o) {
    if (o->flags & OBJF_ADDR_TAKEN) return true;
    if ((o->flags & OBJF_CAPTURED) && !escape_by_value(o)) return true;
    const TypeDesc *d = lower_type(o->type);
    // Types of size 0 may have any number of parts to look through.
    return is_big(d) || (d->size == 0 && d->nfields) || holds_array(o->type);
}

static bool is_blank(Object *o) { return !o->name || strcmp(o->name->text, "_") == 0; }

void declare_var(FuncGen *g, Object *o) {
    if (o->flags & OBJF_GLOBAL) {
        o->gen_flags = VAR_GLOBAL;
    } else if (is_blank(o)) {
        o->gen_flags = VAR_NONE;
    } else if (needs_box(o)) {
        o->gen_flags = VAR_BOX;
        o->gen_slot = (int32_t)slot_word(g, true);
    } else {
        o->gen_flags = VAR_SLOT;
        o->gen_slot = (int32_t)slot_alloc(g, lower_type(o->type));
    }
}

static void new_box(FuncGen *g, Object *o) { emit_new(g, (uint32_t)o->gen_slot, lower_type(o->type)); }

void init_var(FuncGen *g, Object *o, uint32_t src) {
    uint32_t mark = g->top;
    switch ((VarStorage)o->gen_flags) {
    case VAR_NONE: break;
    case VAR_SLOT: emit_move(g, (uint32_t)o->gen_slot, src, value_slots(lower_type(o->type))); break;
    case VAR_BOX: {
        new_box(g, o);
        store_mem(g, (uint32_t)o->gen_slot, 0, o->type, src);
        break;
    }
    case VAR_GLOBAL: {
        Place p = place_var(g, o);
        place_store(g, &p, src);
        break;
    }
    }
    g->top = mark;
}

void init_var_zero(FuncGen *g, Object *o) {
    uint32_t mark = g->top;
    switch ((VarStorage)o->gen_flags) {
    case VAR_NONE: break;
    case VAR_SLOT: emit_zero(g, (uint32_t)o->gen_slot, value_slots(lower_type(o->type))); break;
    case VAR_BOX: new_box(g, o); break;
    case VAR_GLOBAL: {
        Place p = place_var(g, o);
        place_zero(g, &p);
        break;
    }
    }
    g->top = mark;
}

// Declares o and gives it e's value, computed in place where that is possible.
static void define_var(FuncGen *g, Object *o, Expr *e) {
    declare_var(g, o);
    uint32_t mark = g->top;
    if (o->gen_flags == VAR_NONE) expr_as(g, e, o->type, ANY);
    else if (o->gen_flags == VAR_SLOT) expr_as(g, e, o->type, o->gen_slot);
    else {
        Expr *u = ast_unparen(e);
        Type *ut = type_under(o->type);
        if (o->gen_flags == VAR_BOX && u->kind == EXPR_COMPOSITE && type_identical(u->type, o->type) && (ut->kind == KIND_STRUCT || ut->kind == KIND_ARRAY)) {
            uint32_t tmp = slot_word(g, true); // the literal may mention the variable's slot of the last round
            emit_new(g, tmp, lower_type(o->type));
            Place p = {.kind = PLACE_MEM, .slot = tmp, .type = o->type};
            Order order = order_begin(g, u);
            if (u->composite.elems.len) composite_into(g, u, &p);
            order_end(g, order);
            emit_move(g, (uint32_t)o->gen_slot, tmp, 1);
        } else {
            init_var(g, o, expr_as(g, e, o->type, ANY));
        }
    }
    g->top = mark;
}

// --- assignments

static bool in_slots(Place *p, const TypeDesc *d) { return p->kind == PLACE_SLOT && (!p->part || (p->off % 8 == 0 && d->size % 8 == 0)) && !is_big(d); }

// Does e denote the same when it is evaluated again, and is it free of panics
// but for those of its selectors?
static bool is_plain(Expr *e) {
    e = ast_unparen(e);
    if (e->mode == MODE_CONST) return true;
    switch ((int)e->kind) {
    case EXPR_IDENT: return e->ident.obj && e->ident.obj->kind == OBJ_VAR && !e->ident.obj->c;
    case EXPR_SELECTOR: return e->selector.selection && e->selector.selection->kind == SEL_FIELD && !e->selector.selection->member && is_plain(e->selector.x);
    case EXPR_BINARY: return (e->op == TOK_ADD || e->op == TOK_SUB) && is_plain(e->binary.x) && is_plain(e->binary.y);
    default: return false;
    }
}

bool same_plain(Expr *a, Expr *b) {
    a = ast_unparen(a);
    b = ast_unparen(b);
    int64_t x, y;
    if (a->mode == MODE_CONST || b->mode == MODE_CONST) return a->mode == b->mode && const_is_int64(a->val, &x) && const_is_int64(b->val, &y) && x == y;
    if (a->kind != b->kind || !is_plain(a) || !is_plain(b)) return false;
    if (a->kind == EXPR_IDENT) return a->ident.obj == b->ident.obj;
    if (a->kind == EXPR_BINARY) return a->op == b->op && same_plain(a->binary.x, b->binary.x) && same_plain(a->binary.y, b->binary.y);
    Selection *s = a->selector.selection, *t = b->selector.selection;
    return s->npath == t->npath && memcmp(s->path, t->path, s->npath * sizeof *s->path) == 0 && type_identical(s->recv, t->recv) && same_plain(a->selector.x, b->selector.x);
}

static bool no_call(Expr *e, void *ctx) {
    bool call = e->kind == EXPR_CALL && e->call.call_kind != CALL_CONVERSION && !(e->call.call_kind == CALL_BUILTIN && (e->call.builtin == BUILTIN_len || e->call.builtin == BUILTIN_cap));
    if (call || e->kind == EXPR_FUNC_LIT || e->kind == EXPR_RECV_POST || (e->kind == EXPR_UNARY && e->op == TOK_ARROW)) *(bool *)ctx = false;
    return *(bool *)ctx;
}

bool without_calls(Expr *e) {
    bool ok = true;
    ast_visit(e, &(AstVisitor){.expr = no_call, .ctx = &ok});
    return ok;
}

// The pointer and offset of a slice variable outside of the frame.
static bool slice_in_memory(FuncGen *g, Expr *lhs, Place *p) {
    *p = place_of(g, lhs);
    if (p->kind == PLACE_GLOBAL) *p = (Place){.kind = PLACE_MEM, .slot = place_addr(g, p), .type = p->type};
    return p->kind == PLACE_MEM && p->off <= UINT16_MAX;
}

// s = append(s, v) of a slice in memory.
static bool append_in_place(FuncGen *g, Expr *lhs, Expr *rhs) {
    if (rhs->kind != EXPR_CALL || rhs->call.call_kind != CALL_BUILTIN || rhs->call.builtin != BUILTIN_append || rhs->call.ellipsis || rhs->call.args.len != 2) return false;
    Expr *v = rhs->call.args.at[1];
    Type *st = type_core(rhs->type);
    const TypeDesc *ed = lower_type(st->elem);
    if ((ed->size != 8 && ed->size != 1) || is_big(ed) || !type_identical(lhs->type, rhs->type) || !same_plain(lhs, rhs->call.args.at[0]) || !without_calls(v)) return false;
    if (lhs->kind == EXPR_IDENT && lhs->ident.obj->gen_flags == VAR_SLOT) return false;
    uint32_t mark = g->top;
    Place p;
    if (!slice_in_memory(g, lhs, &p)) {
        g->top = mark;
        return false;
    }
    uint32_t value = expr_as(g, v, st->elem, ANY);
    emit_line(g, rhs->pos);
    emit_ptr(g, OP_APPEND_MEM, p.slot, value, (uint32_t)p.off, ed);
    return true;
}

// s = s[:n].
static bool reslice_in_place(FuncGen *g, Expr *lhs, Expr *rhs) {
    if (rhs->kind != EXPR_SLICE || rhs->slice.lo || rhs->slice.max || !rhs->slice.hi) return false;
    Type *u = type_core(rhs->slice.x->type);
    if (!u || u->kind != KIND_SLICE || !type_identical(lhs->type, rhs->type) || !same_plain(lhs, rhs->slice.x) || !without_calls(rhs->slice.hi)) return false;
    uint32_t mark = g->top;
    Place p = place_of(g, lhs);
    bool slots = p.kind == PLACE_SLOT;
    if (!slots && !slice_in_memory(g, lhs, &p)) {
        g->top = mark;
        return false;
    }
    uint32_t n = expr_as(g, rhs->slice.hi, rhs->slice.hi->mode == MODE_CONST ? TY(KIND_INT) : rhs->slice.hi->type, ANY);
    emit_line(g, rhs->pos);
    if (slots) emit(g, OP_RESLICE, p.slot + (uint32_t)(p.off / 8), n, 0);
    else emit(g, OP_RESLICE_MEM, p.slot, n, (uint32_t)p.off);
    return true;
}

// T{} of a struct or array: no value of its own is made of it.
static bool is_empty_literal(Expr *e) {
    e = ast_unparen(e);
    uint32_t kind = e->kind == EXPR_COMPOSITE && e->composite.elems.len == 0 ? type_under(e->type)->kind : 0;
    return kind == KIND_STRUCT || kind == KIND_ARRAY;
}

static void store_one(FuncGen *g, Expr *lhs, Expr *rhs) {
    uint32_t temps = g->top;
    Place p = place_of(g, lhs);
    if (p.kind == PLACE_BLANK) {
        Type *t = rhs->type;
        if (type_under(t)->kind != TYPE_K_UNTYPED_NIL) expr_as(g, rhs, t, ANY);
        return;
    }
    if (p.kind == PLACE_MEM && is_empty_literal(rhs) && type_identical(p.type, rhs->type)) {
        emit_line(g, lhs->pos);
        place_zero(g, &p);
    } else if (in_slots(&p, lower_type(p.type))) expr_as(g, rhs, p.type, p.slot + (uint32_t)(p.off / 8));
    else {
        uint32_t v = expr_as(g, rhs, p.type, ANY);
        emit_line(g, lhs->pos);
        place_store_once(g, &p, v, temps);
    }
}

static void assign_one(FuncGen *g, Expr *lhs, Expr *rhs) {
    Expr *to = ast_unparen(lhs), *from = ast_unparen(rhs);
    if ((to->kind == EXPR_IDENT || to->kind == EXPR_SELECTOR) && (append_in_place(g, to, from) || reslice_in_place(g, to, from))) return;
    if (to->kind == EXPR_IDENT) {
        store_one(g, lhs, rhs);
        return;
    }
    Order o = order_begin_pair(g, lhs, rhs);
    store_one(g, lhs, rhs);
    order_end(g, o);
}

static void copy_slot(FuncGen *g, uint32_t *slot, const TypeDesc *d) {
    uint32_t t = slot_alloc(g, d);
    emit_move(g, t, *slot, value_slots(d));
    *slot = t;
}

// In a tuple assignment operands of the left side are evaluated before any
// variable changes; slots that are variables themselves must be saved.
void freeze_place(FuncGen *g, Place *p) {
    if (p->kind == PLACE_MEM) copy_slot(g, &p->slot, lower_type(TY(KIND_UNSAFE_POINTER)));
    else if (p->kind == PLACE_INDEX) {
        copy_slot(g, &p->slot, lower_type(TY(KIND_STRING))); // pointer and length
        copy_slot(g, &p->index, lower_type(TY(KIND_INT)));
    } else if (p->kind == PLACE_ARRAY) {
        copy_slot(g, &p->slot, lower_type(TY(KIND_UNSAFE_POINTER)));
        copy_slot(g, &p->index, lower_type(TY(KIND_INT)));
    } else if (p->kind == PLACE_MAP) {
        copy_slot(g, &p->slot, lower_type(p->container));
        copy_slot(g, &p->index, lower_type(type_under(p->container)->key));
    }
}

typedef struct Mention { Object *obj; bool found; } Mention;

static bool find_mention(Expr *e, void *ctx) {
    Mention *m = ctx;
    if (e->kind == EXPR_IDENT && e->ident.obj == m->obj) m->found = true;
    return !m->found;
}

bool mentions(Expr *e, Object *o) {
    Mention m = {.obj = o};
    ast_visit(e, &(AstVisitor){.expr = find_mention, .ctx = &m});
    return m.found;
}

static bool mentioned_behind(ExprList *l, uint32_t i, Object *o) {
    while (++i < l->len)
        if (mentions(l->at[i], o)) return true;
    return false;
}

static Object *slot_variable(FuncGen *g, Expr *e) {
    e = ast_unparen(e);
    Object *o = e->kind == EXPR_IDENT ? e->ident.obj : NULL;
    if (!o || o->kind != OBJ_VAR || o->flags & OBJF_GLOBAL || o->gen_flags != VAR_SLOT || is_blank(o)) return NULL;
    if (o->flags & OBJF_RESULT && g->info->has_defer) return NULL; // still seen when a later operand panics
    return o;
}

// Variables in slots: one gets its value at once when no later operand reads it.
static bool assign_slots(FuncGen *g, ExprList *lhs, ExprList *rhs) {
    uint32_t n = lhs->len, mark = g->top;
    if (rhs->len != n) return false;
    for (uint32_t i = 0; i < n; i++)
        if (!slot_variable(g, lhs->at[i])) return false;
    uint32_t *v = arena_alloc(n * sizeof *v);
    for (uint32_t i = 0; i < n; i++) {
        Object *o = slot_variable(g, lhs->at[i]);
        v[i] = (uint32_t)o->gen_slot;
        if (!mentioned_behind(rhs, i, o)) expr_as(g, rhs->at[i], o->type, o->gen_slot);
        else {
            v[i] = expr_as(g, rhs->at[i], o->type, ANY);
            if (v[i] < mark && ast_unparen(rhs->at[i])->mode != MODE_CONST) copy_slot(g, &v[i], lower_type(o->type));
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        Object *o = slot_variable(g, lhs->at[i]);
        emit_move(g, (uint32_t)o->gen_slot, v[i], value_slots(lower_type(o->type)));
    }
    return true;
}

static bool same_element(Expr *a, Expr *b) { return a->kind == EXPR_INDEX && b->kind == EXPR_INDEX && same_plain(a->index.x, b->index.x) && same_plain(a->index.index.at[0], b->index.index.at[0]); }

// s[i], s[j] = s[j], s[i] for a slice s.
static bool swap_elements(FuncGen *g, ExprList *lhs, ExprList *rhs) {
    if (lhs->len != 2 || rhs->len != 2) return false;
    Expr *a = ast_unparen(lhs->at[0]), *b = ast_unparen(lhs->at[1]);
    if (!same_element(a, ast_unparen(rhs->at[1])) || !same_element(b, ast_unparen(rhs->at[0])) || !same_plain(a->index.x, b->index.x)) return false;
    Type *u = type_core(a->index.x->type);
    if (!u || u->kind != KIND_SLICE || !type_size(u->elem)) return false;
    Place p = place_of(g, a);
    uint32_t j = expr(g, b->index.index.at[0]);
    if (p.kind != PLACE_INDEX) return false;
    emit_line(g, a->pos);
    emit_ext(g, OP_SWAP_ELEM, p.slot, p.index, j, (uint64_t)type_size(u->elem));
    return true;
}

static void tuple_results(FuncGen *g, ExprList *lhs, Expr *rhs) {
    uint32_t n = lhs->len, slots[256];
    multi_value(g, rhs, slots);
    Type **types = ast_unparen(rhs)->type->types;
    Place *p = arena_alloc(n * sizeof *p);
    for (uint32_t i = 0; i < n; i++) p[i] = place_of(g, lhs->at[i]);
    for (uint32_t i = 0; i < n; i++)
        if (p[i].kind == PLACE_SLOT) {
            for (uint32_t k = 0; k < n; k++) freeze_place(g, &p[k]);
            break;
        }
    for (uint32_t i = 0; i < n; i++) place_store(g, &p[i], p[i].kind == PLACE_BLANK ? slots[i] : convert_slots(g, slots[i], types[i], p[i].type, ANY));
}

static void tuple_values(FuncGen *g, ExprList *lhs, ExprList *rhs) {
    uint32_t n = lhs->len;
    Place *p = arena_alloc(n * sizeof *p);
    uint32_t *v = arena_alloc(n * sizeof *v);
    bool touches_slots = false;
    for (uint32_t i = 0; i < n; i++) {
        p[i] = place_of(g, lhs->at[i]);
        if (p[i].kind == PLACE_SLOT) touches_slots = true;
    }
    if (touches_slots)
        for (uint32_t i = 0; i < n; i++) freeze_place(g, &p[i]);
    for (uint32_t i = 0; i < n; i++) {
        Type *t = p[i].kind == PLACE_BLANK ? rhs->at[i]->type : p[i].type;
        if (type_under(t)->kind == TYPE_K_UNTYPED_NIL) continue;
        v[i] = expr_as(g, rhs->at[i], t, ANY);
        if (touches_slots && ast_unparen(rhs->at[i])->mode != MODE_CONST) copy_slot(g, &v[i], lower_type(t));
    }
    for (uint32_t i = 0; i < n; i++) place_store(g, &p[i], v[i]);
}

static void assign_tuple(FuncGen *g, ExprList *lhs, ExprList *rhs) {
    Order o = order_begin_assign(g, lhs, rhs);
    if (lhs->len != rhs->len) tuple_results(g, lhs, rhs->at[0]);
    else if (!assign_slots(g, lhs, rhs) && !swap_elements(g, lhs, rhs)) tuple_values(g, lhs, rhs);
    order_end(g, o);
}

// += and -= of a 64-bit number in memory: one instruction.
static bool update_memory(FuncGen *g, Expr *lhs, Place *p, int op, Expr *rhs) {
    bool elem = p->kind == PLACE_INDEX, flt = type_under(p->type)->kind == KIND_FLOAT64;
    if (!elem && p->kind != PLACE_ARRAY && !(p->kind == PLACE_MEM && p->off <= UINT16_MAX)) return false;
    if ((op != TOK_ADD && op != TOK_SUB) || !(flt || (type_is_integer(p->type) && type_size(p->type) == 8))) return false;
    int64_t k = 0;
    bool small = !flt && small_const(rhs, INT16_MIN + 1, INT16_MAX, &k);
    if (!flt && op == TOK_SUB && !small) return false;
    if (p->kind == PLACE_ARRAY) *p = (Place){.kind = PLACE_MEM, .slot = place_addr(g, p), .type = p->type};
    uint32_t temps = g->top;
    uint32_t v = small ? (uint32_t)(op == TOK_SUB ? -k : k) & 0xffff : expr_as(g, rhs, p->type, ANY);
    Opcode o = small ? (elem ? OP_ELEM_ADD_I : OP_MEM_ADD_I) : !flt ? (elem ? OP_ELEM_ADD : OP_MEM_ADD) : op == TOK_ADD ? (elem ? OP_ELEM_ADD_F : OP_MEM_ADD_F) : (elem ? OP_ELEM_SUB_F : OP_MEM_SUB_F);
    if (flt && !elem && emit_mem_product(g, op == TOK_SUB, p->slot, p->off, v, temps)) return true;
    emit_line(g, lhs->pos);
    emit(g, o, p->slot, v, elem ? p->index : (uint32_t)p->off);
    return true;
}

// A stand-in for what is in a slot; o is its variable, for as long.
static Expr slot_ref(Object *o, Type *t, uint32_t slot, Pos pos) {
    *o = (Object){.kind = OBJ_VAR, .name = name_of("op"), .type = t, .gen_flags = VAR_SLOT, .gen_slot = (int32_t)slot};
    return (Expr){.kind = EXPR_IDENT, .mode = MODE_VAR, .pos = pos, .type = t, .ident = {o->name, o}};
}

// m[k] op= v looks the key up once: the entry is made, then changed in memory.
// Not where the operator may fail, which must leave no entry behind.
static void op_assign_map(FuncGen *g, Expr *lhs, Place *p, int op, Expr *rhs) {
    Object old, new;
    Expr right;
    ast_copy_expr(&right, rhs);
    if (rhs->mode != MODE_CONST) right = slot_ref(&new, rhs->type, expr_as(g, rhs, rhs->type, ANY), rhs->pos);
    emit_line(g, lhs->pos);
    Place m = {.kind = PLACE_MEM, .slot = slot_word(g, true), .type = p->type};
    emit_ptr(g, OP_MAP_SET, m.slot, p->slot, map_key(g, p), lower_type(p->container));
    if (update_memory(g, lhs, &m, op, &right)) return;
    Expr left = slot_ref(&old, p->type, place_load(g, &m, ANY), lhs->pos);
    Expr bin = {.kind = EXPR_BINARY, .mode = MODE_VALUE, .op = (uint8_t)op, .pos = lhs->pos, .type = p->type, .binary = {&left, &right}};
    place_store(g, &m, expr(g, &bin));
}

static void update(FuncGen *g, Expr *lhs, int op, Expr *rhs) {
    Place p = place_of(g, lhs);
    if (update_memory(g, lhs, &p, op, rhs)) return;
    bool fails = op == TOK_QUO || op == TOK_REM || op == TOK_SHL || op == TOK_SHR;
    if (p.kind == PLACE_MAP && !fails && !is_big(lower_type(p.type))) {
        op_assign_map(g, lhs, &p, op, rhs);
        return;
    }
    const TypeDesc *d = lower_type(p.type);
    // The place is evaluated once: the operator's left operand is a stand-in.
    uint32_t cur = place_load(g, &p, ANY);
    Object old;
    Expr left = slot_ref(&old, p.type, cur, lhs->pos);
    Expr bin = {.kind = EXPR_BINARY, .mode = MODE_VALUE, .op = (uint8_t)op, .pos = lhs->pos, .type = p.type, .binary = {&left, rhs}};
    if (in_slots(&p, d)) expr_to(g, &bin, p.slot + (uint32_t)(p.off / 8));
    else place_store(g, &p, expr(g, &bin));
}

static void op_assign(FuncGen *g, Expr *lhs, int op, Expr *rhs) {
    Order o = order_begin_pair(g, lhs, rhs);
    update(g, lhs, op, rhs);
    order_end(g, o);
}

static void incdec(FuncGen *g, Stmt *s) {
    Expr one = {.kind = EXPR_BASIC_LIT, .mode = MODE_CONST, .pos = s->pos, .type = s->incdec.x->type, .val = const_int(1)};
    op_assign(g, s->incdec.x, s->op == TOK_INC ? TOK_ADD : TOK_SUB, &one);
}

static void assign(FuncGen *g, Stmt *s) {
    ExprList *lhs = &s->assign.lhs, *rhs = &s->assign.rhs;
    if (s->op != TOK_ASSIGN) op_assign(g, lhs->at[0], s->op, rhs->at[0]);
    else if (lhs->len == 1 && rhs->len == 1) assign_one(g, lhs->at[0], rhs->at[0]);
    else assign_tuple(g, lhs, rhs);
}

static bool is_new(Stmt *s, uint32_t i) {
    Expr *id = s->assign.lhs.at[i];
    if (i < 64) return (s->assign.new_mask >> i & 1) != 0;
    return id->ident.obj && id->ident.obj->pos == id->pos;
}

static void store_defined(FuncGen *g, Stmt *s, uint32_t i, uint32_t v, Type *from) {
    Expr *id = s->assign.lhs.at[i];
    if (is_new(s, i) && id->ident.obj) {
        Object *o = id->ident.obj;
        init_var(g, o, convert_slots(g, v, from, o->type, ANY));
    } else {
        Place p = place_of(g, id);
        if (p.kind != PLACE_BLANK) place_store(g, &p, convert_slots(g, v, from, p.type, ANY));
    }
}

// v, ok := of two new variables in slots.
static bool define_comma_ok(FuncGen *g, Stmt *s) {
    ExprList *lhs = &s->assign.lhs;
    Expr *e = ast_unparen(s->assign.rhs.at[0]);
    if (lhs->len != 2 || s->assign.rhs.len != 1 || !(e->flags & EXPR_COMMA_OK) || e->kind == EXPR_CALL || e->type->kind != TYPE_K_TUPLE) return false;
    Object *o[2] = {lhs->at[0]->ident.obj, lhs->at[1]->ident.obj};
    for (uint32_t i = 0; i < 2; i++)
        if (!o[i] || !is_new(s, i) || o[i]->gen_flags != VAR_SLOT || !type_identical(o[i]->type, i ? TY(KIND_BOOL) : e->type->types[0])) return false;
    comma_ok(g, e, (uint32_t)o[0]->gen_slot, (uint32_t)o[1]->gen_slot);
    return true;
}

static void define(FuncGen *g, Stmt *s) {
    ExprList *lhs = &s->assign.lhs, *rhs = &s->assign.rhs;
    if (lhs->len == 1 && is_new(s, 0) && lhs->at[0]->ident.obj) {
        define_var(g, lhs->at[0]->ident.obj, rhs->at[0]);
        return;
    }
    for (uint32_t i = 0; i < lhs->len; i++)
        if (is_new(s, i) && lhs->at[i]->ident.obj) declare_var(g, lhs->at[i]->ident.obj);
    uint32_t mark = g->top;
    if (define_comma_ok(g, s)) {
    } else if (rhs->len == lhs->len) {
        // New variables are not in scope on the right: they are computed in place.
        uint32_t *v = arena_alloc(lhs->len * sizeof *v);
        Order order = order_begin_assign(g, NULL, rhs);
        for (uint32_t i = 0; i < lhs->len; i++) {
            Object *o = lhs->at[i]->ident.obj;
            Type *t = o ? o->type : rhs->at[i]->type;
            bool in_place = o && is_new(s, i) && o->gen_flags == VAR_SLOT;
            v[i] = expr_as(g, rhs->at[i], t, in_place ? o->gen_slot : ANY);
            if (!in_place && rhs->at[i]->mode == MODE_VAR) copy_slot(g, &v[i], lower_type(t));
        }
        order_end(g, order);
        for (uint32_t i = 0; i < lhs->len; i++) {
            Expr *id = lhs->at[i];
            store_defined(g, s, i, v[i], id->ident.obj ? id->ident.obj->type : rhs->at[i]->type);
        }
    } else {
        uint32_t slots[256], n = multi_value(g, rhs->at[0], slots);
        Type **types = ast_unparen(rhs->at[0])->type->types;
        for (uint32_t i = 0; i < n && i < lhs->len; i++) store_defined(g, s, i, slots[i], types[i]);
    }
    g->top = mark;
}

static void var_decl(FuncGen *g, Decl *d) {
    uint32_t n = d->value.objs.len;
    Object **o = d->value.objs.at;
    ExprList *vals = &d->value.values;
    if (vals->len == n) {
        if (n == 1) {
            define_var(g, o[0], vals->at[0]);
            return;
        }
        for (uint32_t i = 0; i < n; i++) declare_var(g, o[i]);
        uint32_t mark = g->top, *v = arena_alloc(n * sizeof *v);
        Order order = order_begin_assign(g, NULL, vals);
        for (uint32_t i = 0; i < n; i++) {
            v[i] = expr_as(g, vals->at[i], o[i]->type, ANY);
            if (vals->at[i]->mode == MODE_VAR) copy_slot(g, &v[i], lower_type(o[i]->type));
        }
        order_end(g, order);
        for (uint32_t i = 0; i < n; i++) init_var(g, o[i], v[i]);
        g->top = mark;
        return;
    }
    for (uint32_t i = 0; i < n; i++) declare_var(g, o[i]);
    if (vals->len == 0) {
        for (uint32_t i = 0; i < n; i++) init_var_zero(g, o[i]);
        return;
    }
    uint32_t slots[256], mark = g->top;
    multi_value(g, vals->at[0], slots);
    Type **types = ast_unparen(vals->at[0])->type->types;
    for (uint32_t i = 0; i < n; i++) init_var(g, o[i], convert_slots(g, slots[i], types[i], o[i]->type, ANY));
    g->top = mark;
}

static void decl_stmt(FuncGen *g, Decl *d) {
    for (; d; d = d->next_in_group)
        if (d->kind == DECL_VAR) {
            emit_line(g, d->pos);
            var_decl(g, d);
        }
}

// --- return

static bool boxed_results(FuncInfo *info) {
    for (uint32_t i = 0; i < info->nresults; i++)
        if (info->results[i]->gen_flags == VAR_BOX) return true;
    return false;
}

// To the collector a slot that is still read is alive.
void read_held(FuncGen *g) {
    uint32_t at = FRAME_HEADER + g->fn->nresult_slots + g->fn->nparam_slots;
    for (uint32_t i = g->held->nparams; i-- > 0;) {
        at -= value_slots(lower_type(g->held->params[i]->type));
        uint32_t mark = g->top;
        emit_move(g, slot_word(g, true), at, 1);
        g->top = mark;
    }
}

void gen_return(FuncGen *g) {
    if (g->inlined) emit_jump(g, &g->inlined->end);
    else if (g->has_epilogue) emit_jump(g, &g->epilogue);
    else {
        if (g->held) read_held(g);
        emit_return(g);
    }
}

void store_result(FuncGen *g, uint32_t i, uint32_t slot, uint32_t v, Type *from) {
    Object *r = g->info->results[i];
    if (r->gen_flags == VAR_BOX) {
        Place p = place_var(g, r);
        place_store(g, &p, convert_slots(g, v, from, r->type, ANY));
    } else {
        convert_slots(g, v, from, r->type, slot);
    }
}

// The values of a return statement of info, each in slots of its own.
void result_values(FuncGen *g, FuncInfo *info, ExprList *list, uint32_t *slots, Type **types) {
    if (list->len == info->nresults) {
        for (uint32_t i = 0; i < info->nresults; i++) {
            types[i] = info->results[i]->type;
            slots[i] = expr_as(g, list->at[i], types[i], ANY);
            if (list->at[i]->mode == MODE_VAR) copy_slot(g, &slots[i], lower_type(types[i]));
        }
        return;
    }
    multi_value(g, list->at[0], slots);
    memcpy(types, ast_unparen(list->at[0])->type->types, info->nresults * sizeof *types);
}

static void return_values(FuncGen *g, ExprList *list) {
    FuncInfo *info = g->info;
    uint32_t slot = g->results_at, n = info->nresults;
    // A deferred call that recovers must find the results untouched by the
    // expression that panicked.
    bool boxes = boxed_results(info), apart = boxes || info->has_defer;
    if (n == 1 && list->len == 1 && !apart) {
        expr_as(g, list->at[0], info->results[0]->type, slot);
        return;
    }
    if (list->len == n && !apart && !info->named_results) {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t mark = g->top;
            expr_as(g, list->at[i], info->results[i]->type, slot);
            slot += value_slots(lower_type(info->results[i]->type));
            g->top = mark;
        }
        return;
    }
    uint32_t slots[256];
    Type *types[256];
    result_values(g, info, list, slots, types);
    for (uint32_t i = 0; i < n; i++) {
        store_result(g, i, slot, slots[i], types[i]);
        slot += value_slots(lower_type(info->results[i]->type));
    }
}

// --- branches

void set_int_var(FuncGen *g, Object *o, int64_t v) {
    uint32_t mark = g->top, k = slot_word(g, false);
    Place p = place_var(g, o);
    emit_int(g, k, v);
    place_store(g, &p, k);
    g->top = mark;
}

// In the body of a range over a function: ends the iteration; the function
// around the loop then does what `exit` stands for.
void leave_range(FuncGen *g, int64_t exit) {
    set_int_var(g, g->info->range_body->range.func->exit, exit);
    emit_jump(g, g->range_leave);
}

Target *find_target(FuncGen *g, Stmt *s) {
    Stmt *inner = s;
    while (inner && inner->kind == STMT_LABELED) inner = inner->labeled.stmt;
    for (Target *t = g->targets; t; t = t->up)
        if (t->stmt == s || t->stmt == inner) return t;
    return NULL;
}

static Label *goto_label(FuncGen *g, Stmt *labeled) {
    for (uint32_t i = 0; i < g->gotos.len; i++)
        if (g->gotos.at[i]->stmt == labeled) return &g->gotos.at[i]->label;
    GotoLabel *l = ARENA_NEW(GotoLabel);
    l->stmt = labeled;
    label_init(&l->label);
    VEC_PUSH(&g->gotos, l);
    return &l->label;
}

void branch(FuncGen *g, Stmt *s) {
    if (s->op == TOK_FALLTHROUGH) {
        if (g->fall) emit_jump(g, g->fall);
        return;
    }
    if (s->op == TOK_GOTO) {
        if (s->branch.exit && s->branch.target->labeled.func != g->info) leave_range(g, s->branch.exit);
        else emit_jump(g, goto_label(g, s->branch.target));
        return;
    }
    Target *t = find_target(g, s->branch.target);
    if (t) emit_jump(g, s->op == TOK_BREAK ? t->brk : t->cont);
    else if (s->branch.exit) leave_range(g, s->branch.exit);
}

// --- communication

void bind_received(FuncGen *g, Stmt *c, Arm *a) {
    uint32_t vals[2] = {a->value, a->ok};
    Type *types[2] = {a->elem, TY(KIND_BOOL)};
    if (c->kind == STMT_DEFINE) {
        for (uint32_t i = 0; i < c->assign.lhs.len; i++)
            if (is_new(c, i) && c->assign.lhs.at[i]->ident.obj) declare_var(g, c->assign.lhs.at[i]->ident.obj);
        for (uint32_t i = 0; i < c->assign.lhs.len; i++) store_defined(g, c, i, vals[i], types[i]);
    } else if (c->kind == STMT_ASSIGN) {
        for (uint32_t i = 0; i < c->assign.lhs.len; i++) {
            Place p = place_of(g, c->assign.lhs.at[i]);
            if (p.kind != PLACE_BLANK) place_store(g, &p, convert_slots(g, vals[i], types[i], p.type, ANY));
        }
    } else if (c->kind == STMT_INPUT) {
        if (!c->input.ok) unless_ended(g, a->ok);
        input_bind(g, c, a);
    }
}

static void send_stmt(FuncGen *g, Stmt *s) {
    if (s->send.bang) {
        output_stmt(g, s);
        return;
    }
    Type *ct = type_core(s->send.ch->type);
    Order o = order_begin_pair(g, s->send.ch, s->send.value);
    uint32_t c = expr(g, s->send.ch), v = expr_as(g, s->send.value, ct->elem, ANY);
    order_end(g, o);
    emit_line(g, s->pos);
    emit(g, OP_SEND, value_slots(lower_type(ct->elem)), c, v);
}

// --- all of them

static void labeled(FuncGen *g, Stmt *s) {
    label_here(g, goto_label(g, s));
    stmt(g, s->labeled.stmt);
}

static void show_value(FuncGen *g, Object *show, uint32_t v, Type *t) {
    uint32_t mark = g->top, at;
    uint32_t base = call_window(g, show->type, NULL, &at);
    const char *name = type_string(t);
    Expr text = {.kind = EXPR_BASIC_LIT, .mode = MODE_CONST, .type = TY(KIND_STRING), .val = const_str((Str){name, (int64_t)strlen(name)})};
    expr_to(g, &text, at);
    convert_slots(g, v, t, type_any, at + 2);
    emit_ptr(g, OP_CALL, base, 0, 0, gen_func_of(show));
    g->top = mark;
}

// The last expression of a session's input: its first value is kept, all are shown.
static void shown_stmt(FuncGen *g, Shown *sh) {
    Expr *e = sh->stmt->expr.x;
    uint32_t slots[256], n = 1;
    Type **types = &e->type;
    if (e->type->kind == TYPE_K_TUPLE) {
        n = multi_value(g, e, slots);
        types = ast_unparen(e)->type->types;
    } else {
        slots[0] = expr(g, e);
    }
    if (sh->it) {
        declare_var(g, sh->it);
        init_var(g, sh->it, slots[0]);
    }
    if (n == 1 && sh->only_kept) return;
    for (uint32_t i = 0; i < n; i++) show_value(g, sh->show, slots[i], types[i]);
}

static void expr_stmt(FuncGen *g, Stmt *s) {
    Package *pkg = g->info ? g->info->pkg : NULL;
    if (pkg && pkg->shown.stmt == s && s->expr.x->mode != MODE_NOVALUE) shown_stmt(g, &pkg->shown);
    else expr_discard(g, s->expr.x);
}

static void gen(FuncGen *g, Stmt *s) {
    switch ((StmtKind)s->kind) {
    case STMT_BAD: case STMT_EMPTY: case STMT_KIND_COUNT: break;
    case STMT_EXPR: expr_stmt(g, s); break;
    case STMT_SEND: send_stmt(g, s); break;
    case STMT_INCDEC: incdec(g, s); break;
    case STMT_ASSIGN: assign(g, s); break;
    case STMT_DEFINE: define(g, s); return; // its variables stay
    case STMT_DECL: decl_stmt(g, s->decl.decl); return;
    case STMT_GO: case STMT_DEFER: gen_go_defer(g, s); break;
    case STMT_RETURN:
        if (g->info->range_body) {
            return_from_range(g, s);
            break;
        }
        if (s->ret.results.len) {
            Order o = order_begin_assign(g, NULL, &s->ret.results);
            return_values(g, &s->ret.results);
            order_end(g, o);
        }
        if (!g->inlined || s != g->inlined->tail) gen_return(g);
        break;
    case STMT_BRANCH: branch(g, s); break;
    case STMT_BLOCK: stmt_list(g, &s->block.list); break;
    case STMT_IF: if_stmt(g, s); break;
    case STMT_SWITCH: switch_stmt(g, s); break;
    case STMT_TYPE_SWITCH: type_switch(g, s); break;
    case STMT_SELECT: select_stmt(g, s); break;
    case STMT_FOR: for_stmt(g, s); break;
    case STMT_RANGE: range_stmt(g, s); break;
    case STMT_LABELED: labeled(g, s); return;
    case STMT_INPUT: input_stmt(g, s); break;
    case STMT_GUARDED: guarded_stmt(g, s); break;
    case STMT_PARALLEL: parallel_stmt(g, s); break;
    }
}

void stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    bool calm = g->calm;
    g->calm = s->calm;
    emit_line(g, s->pos);
    gen(g, s);
    g->calm = calm;
    if (s->kind != STMT_DEFINE && s->kind != STMT_DECL && s->kind != STMT_LABELED) g->top = mark;
}

void stmt_list(FuncGen *g, StmtList *l) {
    uint32_t mark = g->top;
    for (uint32_t i = 0; i < l->len; i++) stmt(g, l->at[i]);
    g->top = mark;
}
