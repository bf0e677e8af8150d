// SPDX-License-Identifier: MIT
// gen_stmt.c: statements.
//
// Temporaries of a statement are released at its end, variables at the end of
// their block. Loops are laid out with the condition at the bottom, so that an
// iteration takes one jump.
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

static bool same_plain(Expr *a, Expr *b) {
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

static bool without_calls(Expr *e) {
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

static void store_one(FuncGen *g, Expr *lhs, Expr *rhs) {
    Place p = place_of(g, lhs);
    if (p.kind == PLACE_BLANK) {
        Type *t = rhs->type;
        if (type_under(t)->kind != TYPE_K_UNTYPED_NIL) expr_as(g, rhs, t, ANY);
        return;
    }
    if (in_slots(&p, lower_type(p.type))) expr_as(g, rhs, p.type, p.slot + (uint32_t)(p.off / 8));
    else {
        uint32_t v = expr_as(g, rhs, p.type, ANY);
        emit_line(g, lhs->pos);
        place_store(g, &p, v);
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
static void freeze_place(FuncGen *g, Place *p) {
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

static bool mentioned_behind(ExprList *l, uint32_t i, Object *o) {
    Mention m = {.obj = o};
    while (!m.found && ++i < l->len) ast_visit(l->at[i], &(AstVisitor){.expr = find_mention, .ctx = &m});
    return m.found;
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

void gen_return(FuncGen *g) {
    if (g->inlined) emit_jump(g, &g->inlined->end);
    else if (g->has_epilogue) emit_jump(g, &g->epilogue);
    else emit_return(g);
}

static void store_result(FuncGen *g, uint32_t i, uint32_t slot, uint32_t v, Type *from) {
    Object *r = g->info->results[i];
    if (r->gen_flags == VAR_BOX) {
        Place p = place_var(g, r);
        place_store(g, &p, convert_slots(g, v, from, r->type, ANY));
    } else {
        convert_slots(g, v, from, r->type, slot);
    }
}

// The values of a return statement of info, each in slots of its own.
static void result_values(FuncGen *g, FuncInfo *info, ExprList *list, uint32_t *slots, Type **types) {
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

static void set_int_var(FuncGen *g, Object *o, int64_t v) {
    uint32_t mark = g->top, k = slot_word(g, false);
    Place p = place_var(g, o);
    emit_int(g, k, v);
    place_store(g, &p, k);
    g->top = mark;
}

// In the body of a range over a function: ends the iteration; the function
// around the loop then does what `exit` stands for.
static void leave_range(FuncGen *g, int64_t exit) {
    set_int_var(g, g->info->range_body->range.func->exit, exit);
    emit_jump(g, g->range_leave);
}

static Target *find_target(FuncGen *g, Stmt *s) {
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

static void branch(FuncGen *g, Stmt *s) {
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

// --- if, switch

// The target of a block that is nothing but a break or continue, or NULL.
static Label *only_branch(FuncGen *g, Stmt *block) {
    if (block->kind != STMT_BLOCK || block->block.list.len != 1) return NULL;
    Stmt *s = block->block.list.at[0];
    if (s->kind != STMT_BRANCH || (s->op != TOK_BREAK && s->op != TOK_CONTINUE)) return NULL;
    Target *t = find_target(g, s->branch.target);
    return !t ? NULL : s->op == TOK_BREAK ? t->brk : t->cont;
}

static void if_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    Label no, end;
    label_init(&no);
    label_init(&end);
    if (s->if_.init) stmt(g, s->if_.init);
    emit_line(g, s->if_.cond->start);
    Label *away = s->if_.else_ ? NULL : only_branch(g, s->if_.then);
    if (away) {
        cond_jump(g, s->if_.cond, true, away);
        g->top = mark;
        return;
    }
    cond_jump(g, s->if_.cond, false, &no);
    stmt(g, s->if_.then);
    if (s->if_.else_) {
        emit_jump(g, &end);
        label_here(g, &no);
        stmt(g, s->if_.else_);
        label_here(g, &end);
    } else {
        label_here(g, &no);
    }
    g->top = mark;
}

static void case_jump(FuncGen *g, uint32_t tag, Type *tt, Expr *c, Label *to) {
    uint32_t mark = g->top;
    emit_line(g, c->pos);
    int64_t v;
    Type *tu = type_under(tt);
    if (c->mode == MODE_NIL) {
        emit_branch(g, OP_JEQ_I, tag, 0, to);
    } else if (type_is_integer(tt) && c->mode == MODE_CONST && const_is_int64(c->val, &v) && v >= INT16_MIN && v <= INT16_MAX) {
        emit_branch(g, OP_JEQ_I, tag, (uint32_t)v & 0xffff, to);
    } else if (tu->kind == KIND_STRING) {
        emit_branch(g, OP_JEQ_STR, tag, expr_as(g, c, tt, ANY), to);
    } else {
        Type *t = tt;
        uint32_t x = tag;
        if (type_under(c->type)->kind == KIND_INTERFACE && tu->kind != KIND_INTERFACE) {
            t = c->type;
            x = convert_slots(g, tag, tt, t, ANY);
        }
        uint32_t y = expr_as(g, c, t, ANY), ok = slot_word(g, false);
        equal_values(g, t, x, y, ok);
        emit_branch1(g, OP_JUMP_T, ok, to);
    }
    g->top = mark;
}

static void clause_bodies(FuncGen *g, Stmt *s, CaseClause *cl, uint32_t n, Label *bodies, Label *end) {
    Target t = {g->targets, s, end, NULL};
    Label *outer_fall = g->fall;
    g->targets = &t;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t mark = g->top;
        label_here(g, &bodies[i]);
        g->fall = i + 1 < n ? &bodies[i + 1] : NULL;
        stmt_list(g, &cl[i].body);
        if (i + 1 < n) emit_jump(g, end);
        g->top = mark;
    }
    g->fall = outer_fall;
    g->targets = t.up;
    label_here(g, end);
}

// A switch over integers whose cases are constants close to each other jumps
// through a table: entry k is for the value min + k.
typedef struct SwitchTable {
    int32_t *at;         // NULL: there is none
    int64_t min;
    uint32_t n, behind;  // behind: word index that the entries are relative to
} SwitchTable;

enum { TABLE_LEAST = 4, TABLE_MOST = 2048, TABLE_SPREAD = 4 };

static SwitchTable table_for(Stmt *s, Type *tt) {
    SwitchTable t = {0};
    int64_t max = INT64_MIN, v;
    uint32_t ncases = 0;
    if (!type_is_integer(tt)) return t;
    t.min = INT64_MAX;
    for (uint32_t i = 0; i < s->switch_.nclauses; i++)
        for (uint32_t k = 0; k < s->switch_.clauses[i].exprs.len; k++, ncases++) {
            Expr *c = s->switch_.clauses[i].exprs.at[k];
            if (c->mode != MODE_CONST || !type_identical(c->type, tt) || !const_is_int64(c->val, &v)) return t;
            if (v < t.min) t.min = v;
            if (v > max) max = v;
        }
    uint64_t span = (uint64_t)max - (uint64_t)t.min;
    if (ncases < TABLE_LEAST || t.min < -UINT16_MAX || t.min > UINT16_MAX || span >= TABLE_MOST || span >= (uint64_t)ncases * TABLE_SPREAD) return t;
    t.n = (uint32_t)span + 1;
    t.at = arena_alloc(t.n * sizeof *t.at);
    return t;
}

static void table_jump(FuncGen *g, SwitchTable *t, uint32_t v) {
    uint32_t mark = g->top, k = v;
    if (t->min) emit(g, t->min < 0 ? OP_ADD_I : OP_SUB_I, k = slot_word(g, false), v, (uint32_t)(t->min < 0 ? -t->min : t->min));
    emit_ptr(g, OP_SWITCH, k, t->n, 0, t->at);
    t->behind = g->code.len;
    g->top = mark;
}

// The labels are placed by now.
static void fill_table(Stmt *s, SwitchTable *t, const Label *bodies, const Label *other) {
    for (uint32_t k = 0; k < t->n; k++) t->at[k] = other->at - (int32_t)t->behind;
    for (uint32_t i = 0; i < s->switch_.nclauses; i++)
        for (uint32_t k = 0; k < s->switch_.clauses[i].exprs.len; k++) {
            int64_t v = t->min;
            const_is_int64(s->switch_.clauses[i].exprs.at[k]->val, &v);
            t->at[v - t->min] = bodies[i].at - (int32_t)t->behind;
        }
}

// A switch over strings whose cases are constants looks its tag up.
enum { STRINGS_LEAST = 6 };

static StringTable *strings_for(Stmt *s, Type *tt) {
    uint32_t ncases = 0, size = 8;
    if (type_under(tt)->kind != KIND_STRING) return NULL;
    for (uint32_t i = 0; i < s->switch_.nclauses; i++)
        for (uint32_t k = 0; k < s->switch_.clauses[i].exprs.len; k++, ncases++)
            if (s->switch_.clauses[i].exprs.at[k]->mode != MODE_CONST || type_under(s->switch_.clauses[i].exprs.at[k]->type)->kind == KIND_INTERFACE) return NULL;
    if (ncases < STRINGS_LEAST) return NULL;
    while (size < 2 * ncases) size *= 2;
    StringTable *t = arena_alloc(sizeof *t + size * sizeof *t->cases);
    t->mask = size - 1;
    return t;
}

static void fill_strings(Stmt *s, StringTable *t, uint32_t behind, const Label *bodies) {
    for (uint32_t i = 0; i < s->switch_.nclauses; i++)
        for (uint32_t k = 0; k < s->switch_.clauses[i].exprs.len; k++) {
            Str text = const_str_val(s->switch_.clauses[i].exprs.at[k]->val);
            uint32_t at = string_table_hash(text) & t->mask;
            while (t->cases[at].used) at = (at + 1) & t->mask;
            t->cases[at] = (StringCase){.s = {gen_chars(text), text.len}, .offset = bodies[i].at - (int32_t)behind, .used = true};
        }
}

static void switch_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top, n = s->switch_.nclauses;
    Label end, *bodies = arena_alloc((n + 1) * sizeof *bodies), *other = &end;
    label_init(&end);
    if (s->switch_.init) stmt(g, s->switch_.init);
    Expr *tag = s->switch_.tag;
    uint32_t v = 0;
    Type *tt = NULL;
    if (tag) {
        emit_line(g, tag->pos);
        tt = tag->type;
        if (type_is_untyped(tt)) tt = type_default(tt);
        v = expr_as(g, tag, tt, ANY);
    }
    SwitchTable table = tag ? table_for(s, tt) : (SwitchTable){0};
    StringTable *strings = tag ? strings_for(s, tt) : NULL;
    bool jumped = table.at || strings;
    if (table.at) table_jump(g, &table, v);
    if (strings) emit_ptr(g, OP_SWITCH_STR, v, 0, 0, strings);
    uint32_t behind = g->code.len;
    for (uint32_t i = 0; i < n; i++) {
        CaseClause *c = &s->switch_.clauses[i];
        label_init(&bodies[i]);
        if (c->is_default) other = &bodies[i];
        for (uint32_t k = 0; k < c->exprs.len && !jumped; k++) {
            if (tag) case_jump(g, v, tt, c->exprs.at[k], &bodies[i]);
            else {
                emit_line(g, c->exprs.at[k]->pos);
                if (type_under(c->exprs.at[k]->type)->kind == KIND_INTERFACE) {
                    uint32_t m = g->top, ok = slot_word(g, false), one = slot_alloc(g, lower_type(type_any));
                    emit_ptr(g, OP_LOAD_K, one, 0, 0, lower_type(TY(KIND_BOOL)));
                    emit_int(g, one + 1, 1);
                    emit(g, OP_EQ_IFACE, ok, expr(g, c->exprs.at[k]), one);
                    emit_branch1(g, OP_JUMP_T, ok, &bodies[i]);
                    g->top = m;
                } else {
                    cond_jump(g, c->exprs.at[k], true, &bodies[i]);
                }
            }
        }
    }
    emit_jump(g, other);
    clause_bodies(g, s, s->switch_.clauses, n, bodies, &end);
    if (table.at) fill_table(s, &table, bodies, other);
    if (strings) fill_strings(s, strings, behind, bodies);
    g->top = mark;
}

static void type_case_jump(FuncGen *g, uint32_t v, Expr *c, Label *to) {
    uint32_t mark = g->top;
    if (c->mode == MODE_NIL || type_under(c->type)->kind == TYPE_K_UNTYPED_NIL) {
        emit_branch(g, OP_JEQ_I, v, 0, to);
    } else if (type_under(c->type)->kind == KIND_INTERFACE) {
        uint32_t ok = slot_word(g, false);
        emit_ptr(g, OP_IMPLEMENTS, ok, v, 0, lower_type(c->type));
        emit_branch1(g, OP_JUMP_T, ok, to);
    } else {
        uint32_t t = slot_word(g, false);
        emit_ptr(g, OP_LOAD_K, t, 0, 0, lower_type(c->type));
        emit_branch(g, OP_JEQ, v, t, to);
    }
    g->top = mark;
}

static void bind_clause_var(FuncGen *g, CaseClause *c, uint32_t v, Type *xt) {
    Object *o = c->var;
    if (!o) return;
    declare_var(g, o);
    uint32_t mark = g->top;
    if (type_under(o->type)->kind == KIND_INTERFACE || type_identical(o->type, xt)) init_var(g, o, v);
    else {
        const TypeDesc *d = lower_type(o->type);
        uint32_t tmp = slot_alloc(g, d);
        if (d->size && (type_is_direct(d) || is_big(d))) emit_move(g, tmp, v + 1, 1);
        else if (d->size) load_mem(g, tmp, v + 1, 0, o->type);
        init_var(g, o, tmp);
    }
    g->top = mark;
}

static void type_switch(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top, n = s->type_switch.nclauses;
    Label end, *bodies = arena_alloc((n + 1) * sizeof *bodies), *other = &end;
    label_init(&end);
    if (s->type_switch.init) stmt(g, s->type_switch.init);
    emit_line(g, s->pos);
    Expr *x = s->type_switch.x;
    if (ast_unparen(x)->kind == EXPR_TYPE_ASSERT && !ast_unparen(x)->assert_.type) x = ast_unparen(x)->assert_.x;
    uint32_t v = slot_alloc(g, lower_type(x->type));
    expr_to(g, x, v);
    for (uint32_t i = 0; i < n; i++) {
        CaseClause *c = &s->type_switch.clauses[i];
        label_init(&bodies[i]);
        if (c->is_default) other = &bodies[i];
        for (uint32_t k = 0; k < c->exprs.len; k++) type_case_jump(g, v, c->exprs.at[k], &bodies[i]);
    }
    emit_jump(g, other);
    Target t = {g->targets, s, &end, NULL};
    g->targets = &t;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t m = g->top;
        CaseClause *c = &s->type_switch.clauses[i];
        label_here(g, &bodies[i]);
        bind_clause_var(g, c, v, x->type);
        stmt_list(g, &c->body);
        if (i + 1 < n) emit_jump(g, &end);
        g->top = m;
    }
    g->targets = t.up;
    label_here(g, &end);
    g->top = mark;
}

// --- select

static Arm select_arm(FuncGen *g, Stmt *c) {
    Arm a = {.ok = NO_SLOT, .timer = NO_SLOT};
    emit_line(g, c->pos);
    a.chan = slot_word(g, true);
    comm_channel(g, c, a.chan);
    comm_arm(g, c, &a, false);
    return a;
}

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

static void select_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top, n = s->select.nclauses, ncases = 0;
    Arm *arms = arena_alloc((n + 1) * sizeof *arms);
    SelectCase *cases = arena_alloc((n + 1) * sizeof *cases);
    Label end, *bodies = arena_alloc((n + 1) * sizeof *bodies);
    bool has_default = false;
    label_init(&end);
    for (uint32_t i = 0; i < n; i++) {
        CaseClause *c = &s->select.clauses[i];
        label_init(&bodies[i]);
        if (c->is_default) {
            has_default = true;
            continue;
        }
        arms[i] = select_arm(g, c->comm);
        cases[ncases++] = (SelectCase){(uint16_t)arms[i].chan, (uint16_t)arms[i].value, (uint16_t)arms[i].ok, arms[i].kind, false, (uint16_t)arms[i].slots, arms[i].filter};
    }
    uint32_t chosen = slot_word(g, false);
    emit_line(g, s->pos);
    emit_ptr(g, OP_SELECT, chosen, has_default ? 1 : 0, ncases, cases);
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        bool def = s->select.clauses[i].is_default;
        emit_branch(g, OP_JEQ_I, chosen, def ? 0xffff : k, &bodies[i]);
        if (!def) k++;
    }
    Target t = {g->targets, s, &end, NULL};
    g->targets = &t;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t m = g->top;
        CaseClause *c = &s->select.clauses[i];
        label_here(g, &bodies[i]);
        if (!c->is_default && arms[i].kind == ARM_RECEIVE) bind_received(g, c->comm, &arms[i]);
        stmt_list(g, &c->body);
        if (i + 1 < n) emit_jump(g, &end);
        g->top = m;
    }
    g->targets = t.up;
    label_here(g, &end);
    g->top = mark;
}

// --- constants in loops

enum { MAX_LOOP_CONSTS = 24 };

static void want_const(FuncGen *g, Expr *e, Type *t) {
    uint64_t bits;
    uint32_t slot;
    e = ast_unparen(e);
    if (e->mode != MODE_CONST || g->loop_consts.len == MAX_LOOP_CONSTS || loop_const(g, e->val, t, &slot) || !const_word(e->val, t, &bits)) return;
    LoopConst c = {bits, slot_word(g, false)};
    if (bits + 0x80000000u <= UINT32_MAX) emit_int(g, c.slot, (int64_t)bits);
    else emit_ext(g, OP_LOAD_K, c.slot, 0, 0, bits);
    VEC_PUSH(&g->loop_consts, c);
}

static bool is_comparison(int op) { return op == TOK_EQL || op == TOK_NEQ || op == TOK_LSS || op == TOK_LEQ || op == TOK_GTR || op == TOK_GEQ; }

static void want_operands(FuncGen *g, int op, Expr *x, Expr *y) {
    Type *t = type_is_untyped(x->type) ? y->type : x->type;
    int64_t v;
    if (op == TOK_LAND || op == TOK_LOR) return;
    if (is_comparison(op)) {
        if (!small_const(x, INT16_MIN, INT16_MAX, &v)) want_const(g, x, t);
        if (!small_const(y, INT16_MIN, INT16_MAX, &v)) want_const(g, y, t);
        return;
    }
    bool commutes = op == TOK_ADD || op == TOK_MUL || op == TOK_AND;
    if (!immediate_form(op, t, y)) want_const(g, y, op == TOK_SHL || op == TOK_SHR ? y->type : t);
    if (!(commutes && immediate_form(op, t, x))) want_const(g, x, t);
}

static bool want_in_expr(Expr *e, void *ctx);
static void want_in_stmt(Stmt *s, void *ctx);

// The arguments and the body of a call that is going to be inlined.
static void want_in_call(FuncGen *g, Expr *e) {
    FuncInfo *f = inline_callee(g, e);
    if (!f) return;
    for (uint32_t i = 0; i < f->nparams; i++)
        if (!(f->params[i]->flags & OBJF_REASSIGNED)) want_const(g, e->call.args.at[i], f->params[i]->type);
    f->inlining = true;
    ast_visit_stmt(f->body, &(AstVisitor){want_in_expr, want_in_stmt, g});
    f->inlining = false;
}

static bool want_in_expr(Expr *e, void *ctx) {
    if (e->mode == MODE_CONST || e->mode == MODE_TYPE || e->kind == EXPR_FUNC_LIT) return false;
    if (e->kind == EXPR_BINARY) want_operands(ctx, e->op, e->binary.x, e->binary.y);
    else if (e->kind == EXPR_CALL) want_in_call(ctx, e);
    else if (e->kind == EXPR_INDEX && !e->index.instance && e->mode != MODE_MAPINDEX && !(e->flags & EXPR_COMMA_OK)) {
        Type *u = type_core(e->index.x->type);
        if (u && u->kind == KIND_SLICE) want_const(ctx, e->index.index.at[0], TY(KIND_INT));
    }
    return true;
}

static void want_in_stmt(Stmt *s, void *ctx) {
    if (s->kind == STMT_FOR && s->for_.post && s->for_.post->kind == STMT_ASSIGN && s->for_.post->op == TOK_ADD) want_const(ctx, s->for_.post->assign.rhs.at[0], s->for_.post->assign.lhs.at[0]->type);
    if (s->kind == STMT_ASSIGN && s->op != TOK_ASSIGN) {
        want_operands(ctx, s->op, s->assign.lhs.at[0], s->assign.rhs.at[0]);
    } else if (s->kind == STMT_ASSIGN && s->assign.lhs.len == s->assign.rhs.len) {
        for (uint32_t i = 0; i < s->assign.lhs.len; i++) {
            Expr *to = ast_unparen(s->assign.lhs.at[i]);
            if (to->kind != EXPR_IDENT) want_const(ctx, s->assign.rhs.at[i], to->type);
        }
    } else if (s->kind == STMT_FOR && s->for_.cond) {
        Expr *c = ast_unparen(s->for_.cond);
        if (c->kind == EXPR_BINARY && (c->op == TOK_LSS || c->op == TOK_LEQ) && type_is_integer(c->binary.x->type)) want_const(ctx, c->binary.y, c->binary.x->type);
    }
}

static void enter_loop(FuncGen *g, Stmt *s) {
    if (g->loop_depth++ == 0) ast_visit_stmt(s, &(AstVisitor){want_in_expr, want_in_stmt, g});
}

static void leave_loop(FuncGen *g) {
    g->hoisted.len = 0; // loops around are no innermost ones
    if (--g->loop_depth == 0) g->loop_consts.len = 0;
}

// --- what is the same in all rounds of a loop
//
// Sums and products of variables that an innermost loop does not change, and of
// constants, are computed before it: they can not fail, so nobody sees when.
// Variables in slots change by the loop's own statements only.

enum { MAX_HOISTED = 6, MAX_CHANGED = 24, MAX_FOUND = 24 };

typedef struct Hoist {
    Object *changed[MAX_CHANGED];
    uint32_t nchanged;
    Expr *found[MAX_FOUND]; // what may be the same in all rounds, outside in
    uint32_t nfound;
    bool never;
} Hoist;

static void changes(Hoist *h, Expr *e) {
    e = ast_unparen(e);
    if (e->kind != EXPR_IDENT || !e->ident.obj) return;
    if (h->nchanged == MAX_CHANGED) h->never = true;
    else h->changed[h->nchanged++] = e->ident.obj;
}

static void range_changes(Hoist *h, Stmt *s) {
    if (s->range.key) changes(h, s->range.key);
    if (s->range.value) changes(h, s->range.value);
}

static void find_changes(Stmt *s, void *ctx) {
    Hoist *h = ctx;
    switch ((StmtKind)s->kind) {
    case STMT_INCDEC: changes(h, s->incdec.x); break;
    case STMT_ASSIGN: case STMT_DEFINE:
        for (uint32_t i = 0; i < s->assign.lhs.len; i++) changes(h, s->assign.lhs.at[i]);
        break;
    case STMT_DECL:
        for (Decl *d = s->decl.decl; d; d = d->next_in_group) h->never |= d->kind == DECL_VAR;
        break;
    case STMT_EMPTY: case STMT_EXPR: case STMT_SEND: case STMT_RETURN: case STMT_BRANCH: case STMT_BLOCK: case STMT_IF: case STMT_SWITCH: break;
    case STMT_FOR: case STMT_RANGE: // no innermost loop
    case STMT_BAD: case STMT_GO: case STMT_DEFER: case STMT_TYPE_SWITCH: case STMT_SELECT: case STMT_LABELED: case STMT_INPUT: case STMT_GUARDED:
    case STMT_PARALLEL: case STMT_KIND_COUNT: h->never = true;
    }
}

static bool is_sum(Expr *e) {
    if (e->kind != EXPR_BINARY || e->mode == MODE_CONST) return false;
    switch (e->op) {
    case TOK_ADD: case TOK_SUB: case TOK_MUL: return type_under(e->type)->kind == KIND_FLOAT64 || (type_is_integer(e->type) && type_size(e->type) == 8);
    case TOK_AND: case TOK_OR: case TOK_XOR: case TOK_AND_NOT: return type_size(e->type) == 8;
    default: return false;
    }
}

static bool is_same_variable(const Hoist *h, Object *o) {
    if (!o || o->kind != OBJ_VAR || o->flags & OBJF_GLOBAL || o->gen_flags != VAR_SLOT) return false;
    for (uint32_t i = 0; i < h->nchanged; i++)
        if (h->changed[i] == o) return false;
    return true;
}

static bool same_in_all_rounds(const Hoist *h, Expr *e) {
    e = ast_unparen(e);
    if (e->mode == MODE_CONST) return true;
    if (e->kind == EXPR_IDENT) return is_same_variable(h, e->ident.obj);
    return is_sum(e) && same_in_all_rounds(h, e->binary.x) && same_in_all_rounds(h, e->binary.y);
}

static bool may_be_same(Expr *e) {
    e = ast_unparen(e);
    return e->kind == EXPR_IDENT || e->kind == EXPR_BINARY || e->mode == MODE_CONST;
}

static bool find_sums(Expr *e, void *ctx) {
    Hoist *h = ctx;
    if (e->mode == MODE_CONST || e->mode == MODE_TYPE || e->kind == EXPR_FUNC_LIT || h->never) return false;
    if (e->kind == EXPR_BINARY && h->nfound < MAX_FOUND && may_be_same(e->binary.x) && may_be_same(e->binary.y) && is_sum(e)) h->found[h->nfound++] = e;
    return true;
}

static bool is_within(Expr *whole, const Expr *part) {
    whole = ast_unparen(whole);
    return whole == part || (whole->kind == EXPR_BINARY && (is_within(whole->binary.x, part) || is_within(whole->binary.y, part)));
}

static void hoist_sum(FuncGen *g, Expr *e) {
    for (uint32_t i = 0; i < g->hoisted.len; i++)
        if (is_within(g->hoisted.at[i].expr, e)) return;
    if (g->hoisted.len == MAX_HOISTED) return;
    uint32_t slot = slot_word(g, false);
    expr_to(g, e, slot);
    VEC_PUSH(&g->hoisted, ((Hoisted){e, slot}));
}

static void hoist(FuncGen *g, Stmt *s) {
    Hoist h;
    h.nchanged = h.nfound = 0;
    h.never = false;
    AstVisitor v = {find_sums, find_changes, &h};
    if (s->kind == STMT_FOR) {
        ast_visit(s->for_.cond, &v);
        ast_visit_stmt(s->for_.post, &v);
        ast_visit_stmt(s->for_.body, &v);
    } else {
        range_changes(&h, s);
        ast_visit_stmt(s->range.body, &v);
    }
    if (h.never) return;
    for (uint32_t i = 0; i < h.nfound; i++)
        if (same_in_all_rounds(&h, h.found[i])) hoist_sum(g, h.found[i]);
}

// --- loops

static void loop_body(FuncGen *g, Stmt *s, Stmt *body, Label *end, Label *next) {
    Target t = {g->targets, s, end, next};
    Label *fall = g->fall;
    g->fall = NULL;
    g->targets = &t;
    stmt(g, body);
    g->targets = t.up;
    g->fall = fall;
}

typedef struct Counter { // of a for statement: x op limit; x++, x-- or x += step
    Expr *x, *limit, *step;
    int op;
    bool down;
} Counter;

// The condition is looked at anew in each round, after the step: an
// instruction that does both finds its operands evaluated before.
static bool counter_of(Stmt *s, Counter *k) {
    Stmt *post = s->for_.post;
    Expr *c = s->for_.cond ? ast_unparen(s->for_.cond) : NULL;
    if (!post || !c || c->kind != EXPR_BINARY) return false;
    bool adds = post->kind == STMT_ASSIGN && post->op == TOK_ADD;
    if (post->kind != STMT_INCDEC && !adds) return false;
    Expr *v = ast_unparen(adds ? post->assign.lhs.at[0] : post->incdec.x);
    *k = (Counter){.x = ast_unparen(c->binary.x), .limit = c->binary.y, .op = c->op, .down = post->op == TOK_DEC, .step = adds ? post->assign.rhs.at[0] : NULL};
    if (k->x->kind != EXPR_IDENT || v->kind != EXPR_IDENT || k->x->ident.obj != v->ident.obj) return false;
    Object *o = k->x->ident.obj;
    if (!o || o->kind != OBJ_VAR || o->flags & OBJF_GLOBAL || o->gen_flags != VAR_SLOT) return false;
    uint8_t kind = type_under(k->x->type)->kind;
    if (kind != KIND_INT && kind != KIND_INT64) return false;
    Mention m = {.obj = o};
    ast_visit(k->limit, &(AstVisitor){.expr = find_mention, .ctx = &m});
    return !m.found;
}

// Step and condition of a loop over an int variable in a slot, in one
// instruction; false when there is none for them.
static bool counted_loop(FuncGen *g, Stmt *s, Label *top) {
    Counter k;
    if (!counter_of(s, &k)) return false;
    uint32_t mark = g->top, i = (uint32_t)k.x->ident.obj->gen_slot;
    int64_t last;
    if (k.down) {
        if ((k.op != TOK_GTR && k.op != TOK_GEQ) || k.limit->mode != MODE_CONST || !const_is_int64(k.limit->val, &last)) return false;
        if (k.op == TOK_GTR) last++;
        if (last < INT16_MIN || last > INT16_MAX) return false;
        emit_branch(g, OP_FOR_GE_I, i, (uint32_t)last & 0xffff, top);
        return true;
    }
    if ((k.op != TOK_LSS && k.op != TOK_LEQ) || (k.step && g->far)) return false;
    if (k.step) {
        uint32_t step = expr_as(g, k.step, k.x->type, ANY), limit = expr_as(g, k.limit, k.x->type, ANY);
        emit_step_loop(g, k.op == TOK_LEQ, i, limit, step, top);
    } else {
        emit_loop(g, k.op == TOK_LSS ? OP_FOR_LT : OP_FOR_LE, i, expr_as(g, k.limit, k.x->type, ANY), top);
    }
    g->top = mark;
    return true;
}

static void fresh_loop_vars(FuncGen *g, Stmt *s) {
    for (uint32_t i = 0; i < s->for_.loop_vars.len; i++) {
        Object *o = s->for_.loop_vars.at[i];
        if (o->gen_flags != VAR_BOX || !(o->flags & (OBJF_CAPTURED | OBJF_ADDR_TAKEN))) continue;
        uint32_t mark = g->top, b = slot_word(g, true);
        const TypeDesc *d = lower_type(o->type);
        emit_new(g, b, d);
        emit_ptr(g, OP_COPY_MEM, b, (uint32_t)o->gen_slot, 0, d);
        emit_move(g, (uint32_t)o->gen_slot, b, 1);
        g->top = mark;
    }
}

static void for_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    Label top, next, end;
    label_init(&top);
    label_init(&next);
    label_init(&end);
    if (s->for_.init) stmt(g, s->for_.init);
    enter_loop(g, s);
    hoist(g, s);
    if (s->for_.cond) {
        emit_line(g, s->for_.cond->pos);
        cond_jump(g, s->for_.cond, false, &end);
    }
    label_here(g, &top);
    loop_body(g, s, s->for_.body, &end, &next);
    label_behind(g, &next);
    fresh_loop_vars(g, s);
    if (s->for_.post) emit_line(g, s->for_.post->pos);
    if (!counted_loop(g, s, &top)) {
        if (s->for_.post) stmt(g, s->for_.post);
        if (s->for_.cond) cond_jump(g, s->for_.cond, true, &top);
        else emit_jump(g, &top);
    }
    label_here(g, &end);
    leave_loop(g);
    g->top = mark;
}

// --- range

static Object *range_obj(Expr *e, bool define) {
    return define && e && e->kind == EXPR_IDENT ? e->ident.obj : NULL;
}

static bool is_blank_expr(Expr *e) { return !e || (e->kind == EXPR_IDENT && strcmp(e->ident.name->text, "_") == 0); }

// Gives an iteration's value v to the range clause's variable or place.
static void range_assign(FuncGen *g, Stmt *s, Expr *to, uint32_t v, Type *from) {
    if (is_blank_expr(to)) return;
    Object *o = range_obj(to, s->range.define);
    uint32_t mark = g->top;
    if (o && (o->flags & OBJF_LOOP)) init_var(g, o, convert_slots(g, v, from, o->type, ANY));
    else {
        Place p = o ? place_var(g, o) : place_of(g, to);
        place_store(g, &p, convert_slots(g, v, from, p.type, ANY));
    }
    g->top = mark;
}

// Are both values assigned to existing places? The operands of both places are
// then evaluated before either changes.
static bool is_pair(Stmt *s) { return !s->range.define && !is_blank_expr(s->range.key) && !is_blank_expr(s->range.value); }

static void range_assign_pair(FuncGen *g, Stmt *s, uint32_t k, Type *kt, uint32_t v, Type *vt) {
    uint32_t mark = g->top;
    Place p[2] = {place_of(g, s->range.key)};
    freeze_place(g, &p[0]);
    p[1] = place_of(g, s->range.value);
    freeze_place(g, &p[1]);
    place_store(g, &p[0], convert_slots(g, k, kt, p[0].type, ANY));
    place_store(g, &p[1], convert_slots(g, v, vt, p[1].type, ANY));
    g->top = mark;
}

// Before Go 1.22 all iterations share one variable.
static void range_declare(FuncGen *g, Stmt *s) {
    Object *vars[2] = {range_obj(s->range.key, s->range.define), range_obj(s->range.value, s->range.define)};
    for (int i = 0; i < 2; i++) {
        if (!vars[i]) continue;
        declare_var(g, vars[i]);
        if (!(vars[i]->flags & OBJF_LOOP)) init_var_zero(g, vars[i]);
    }
}

// The counter itself can be the variable when nobody else changes it.
static bool is_counter(Stmt *s) {
    Object *o = range_obj(s->range.key, s->range.define);
    return o && o->gen_flags == VAR_SLOT && !(o->flags & OBJF_REASSIGNED);
}

typedef struct RangeLoop {
    Label top, next, end;
    uint32_t counter, limit;
    Opcode op;       // of its end: FOR_LT, or one that takes the next element
    uint32_t value;  // to there
} RangeLoop;

static void range_count_begin(FuncGen *g, Stmt *s, RangeLoop *l, Type *kt) {
    label_init(&l->top);
    label_init(&l->next);
    label_init(&l->end);
    bool own = is_counter(s);
    l->counter = own ? (uint32_t)range_obj(s->range.key, true)->gen_slot : slot_word(g, false);
    emit_int(g, l->counter, 0);
    emit_branch(g, OP_JLE, l->limit, l->counter, &l->end);
    if (l->op != OP_FOR_LT) {
        Place first = {.kind = PLACE_INDEX, .slot = l->limit - 1, .index = l->counter, .type = range_obj(s->range.value, true)->type};
        place_load(g, &first, l->value);
    }
    label_here(g, &l->top);
    if (!own && !is_pair(s)) range_assign(g, s, s->range.key, l->counter, kt);
}

static void range_count_end(FuncGen *g, Stmt *s, RangeLoop *l) {
    loop_body(g, s, s->range.body, &l->end, &l->next);
    label_behind(g, &l->next);
    if (l->op == OP_FOR_LT) emit_loop(g, OP_FOR_LT, l->counter, l->limit, &l->top);
    else emit_range_loop(g, l->op, l->counter, l->limit - 1, l->value, &l->top);
    label_here(g, &l->end);
}

// The end of a loop that gives each element to a variable in slots of its own.
static Opcode element_loop(FuncGen *g, Object *v, Type *elem) {
    if (!v || v->gen_flags != VAR_SLOT || g->far || !type_identical(v->type, elem)) return OP_FOR_LT;
    const TypeDesc *d = lower_type(elem);
    if (d->kind == KIND_UINT8 || d->kind == KIND_BOOL) return OP_FOR_RANGE_U8;
    return d->size == 8 ? OP_FOR_RANGE_64 : d->size == 16 ? OP_FOR_RANGE_2 : OP_FOR_LT;
}

static void range_int(FuncGen *g, Stmt *s) {
    RangeLoop l = {.op = OP_FOR_LT};
    Type *t = s->range.x->type;
    Object *k = range_obj(s->range.key, s->range.define);
    if (k) t = k->type;
    else if (type_is_untyped(t)) t = TY(KIND_INT);
    l.limit = slot_word(g, false);
    expr_as(g, s->range.x, t, l.limit);
    range_count_begin(g, s, &l, t);
    range_count_end(g, s, &l);
}

static void range_elements(FuncGen *g, Stmt *s, Type *u) {
    RangeLoop l = {.op = OP_FOR_LT};
    Expr *x = s->range.x;
    bool want_value = !is_blank_expr(s->range.value);
    Type *arr = u->kind == KIND_POINTER ? type_under(u->elem) : u;
    Type *elem = arr->elem;
    static const uint8_t kinds[3] = {SLOT_POINTER, SLOT_SCALAR, SLOT_SCALAR};
    uint32_t hdr = slot_run(g, kinds, 3);
    l.limit = hdr + 1;
    if (u->kind == KIND_SLICE) {
        expr_to(g, x, hdr);
    } else {
        uint32_t mark = g->top;
        if (want_value && u->kind == KIND_POINTER) {
            emit_move(g, hdr, expr(g, x), 1);
            if (arr->len) emit(g, OP_NIL_CHECK, 0, hdr, 0);
        }
        else if (want_value) { // a copy of the array
            Place p = place_of(g, x);
            const TypeDesc *d = lower_type(x->type);
            uint32_t box = slot_word(g, true);
            emit_new(g, box, d);
            if (d->size) {
                if (p.kind == PLACE_SLOT && !is_big(d)) store_mem(g, box, 0, x->type, place_load(g, &p, ANY));
                else emit_ptr(g, OP_COPY_MEM, box, place_addr(g, &p), 0, d);
            }
            emit_move(g, hdr, box, 1);
        } else if (!without_calls(x)) expr_discard(g, x); // else its length alone counts
        g->top = mark;
        emit_int(g, hdr + 1, arr->len);
    }
    Object *v = want_value ? range_obj(s->range.value, s->range.define) : NULL;
    l.op = element_loop(g, v, elem);
    if (l.op != OP_FOR_LT) l.value = (uint32_t)v->gen_slot;
    range_count_begin(g, s, &l, TY(KIND_INT));
    if (want_value && l.op == OP_FOR_LT) {
        Place p = {.kind = PLACE_INDEX, .slot = hdr, .index = l.counter, .type = elem};
        uint32_t mark = g->top;
        if (v && v->gen_flags == VAR_SLOT && type_identical(v->type, elem)) place_load(g, &p, v->gen_slot);
        else if (is_pair(s)) range_assign_pair(g, s, l.counter, TY(KIND_INT), place_load(g, &p, ANY), elem);
        else range_assign(g, s, s->range.value, place_load(g, &p, ANY), elem);
        g->top = mark;
    }
    range_count_end(g, s, &l);
}

static void range_string(FuncGen *g, Stmt *s) {
    Label top, end;
    label_init(&top);
    label_init(&end);
    uint32_t str = slot_alloc(g, lower_type(TY(KIND_STRING)));
    expr_to(g, s->range.x, str);
    static const uint8_t kinds[3] = {SLOT_SCALAR, SLOT_SCALAR, SLOT_SCALAR};
    uint32_t st = slot_run(g, kinds, 3);
    emit_int(g, st + 2, 0);
    label_here(g, &top);
    emit_branch(g, OP_RANGE_STR, st, str, &end);
    if (is_pair(s)) range_assign_pair(g, s, st, TY(KIND_INT), st + 1, type_rune);
    else {
        range_assign(g, s, s->range.key, st, TY(KIND_INT));
        range_assign(g, s, s->range.value, st + 1, type_rune);
    }
    loop_body(g, s, s->range.body, &end, &top);
    emit_jump(g, &top);
    label_here(g, &end);
}

static void range_map(FuncGen *g, Stmt *s, Type *u) {
    Label top, end;
    label_init(&top);
    label_init(&end);
    uint32_t it = slot_word(g, true);
    static const uint8_t kinds[2] = {SLOT_POINTER, SLOT_POINTER};
    uint32_t kv = slot_run(g, kinds, 2), mark = g->top;
    uint32_t m = expr(g, s->range.x);
    emit_ptr(g, OP_MAP_ITER, it, m, 0, lower_type(s->range.x->type));
    g->top = mark;
    label_here(g, &top);
    emit_branch(g, OP_MAP_NEXT, kv, it, &end);
    Type *types[2] = {u->key, u->elem};
    Expr *to[2] = {s->range.key, s->range.value};
    uint32_t got[2];
    for (int i = 0; i < 2; i++) {
        if (is_blank_expr(to[i])) continue;
        got[i] = slot_alloc(g, lower_type(types[i]));
        if (type_size(types[i])) load_mem(g, got[i], kv + (uint32_t)i, 0, types[i]);
        if (is_pair(s)) continue;
        range_assign(g, s, to[i], got[i], types[i]);
        g->top = mark;
    }
    if (is_pair(s)) range_assign_pair(g, s, got[0], types[0], got[1], types[1]);
    g->top = mark;
    loop_body(g, s, s->range.body, &end, &top);
    emit_jump(g, &top);
    label_here(g, &end);
}

static void range_chan(FuncGen *g, Stmt *s, Type *u) {
    Label top, end;
    label_init(&top);
    label_init(&end);
    uint32_t c = slot_word(g, true), ok = slot_word(g, false), v = slot_alloc(g, lower_type(u->elem));
    expr_to(g, s->range.x, c);
    label_here(g, &top);
    emit_line(g, s->pos);
    emit(g, OP_RECV, v, c, ok);
    emit_branch1(g, OP_JUMP_F, ok, &end);
    range_assign(g, s, s->range.key, v, u->elem);
    loop_body(g, s, s->range.body, &end, &top);
    emit_jump(g, &top);
    label_here(g, &end);
}

// --- range over a function
//
// for k, v := range f { body } is the call f(func(k K, v V) bool { body }). The
// body's function answers true to go on. A branch or return that means more
// than this loop puts its number into the variable `exit`, answers false, and
// is done behind the call, or passed on where that is a body as well.

enum { RANGE_RETURN = -1, RANGE_RETURN_NAKED = -2 };

static void declare_hidden(FuncGen *g, Object *o) {
    declare_var(g, o);
    init_var_zero(g, o);
}

static void return_from_range(FuncGen *g, Stmt *s) {
    RangeFunc *rf = g->info->range_body->range.func;
    FuncInfo *func = s->ret.func;
    if (s->ret.results.len) {
        uint32_t slots[256];
        Type *types[256];
        Order o = order_begin_assign(g, NULL, &s->ret.results);
        result_values(g, func, &s->ret.results, slots, types);
        order_end(g, o);
        for (uint32_t i = 0; i < func->nresults; i++) {
            Place p = place_var(g, rf->results[i]);
            place_store(g, &p, convert_slots(g, slots[i], types[i], p.type, ANY));
        }
    }
    leave_range(g, s->ret.results.len ? RANGE_RETURN : RANGE_RETURN_NAKED);
}

static void returned_in_range(FuncGen *g, RangeFunc *rf, int64_t exit) {
    if (g->info->range_body) {
        leave_range(g, exit);
        return;
    }
    uint32_t slot = FRAME_HEADER;
    for (uint32_t i = 0; exit == RANGE_RETURN && i < g->info->nresults; i++) {
        uint32_t mark = g->top;
        Place p = place_var(g, rf->results[i]);
        store_result(g, i, slot, place_load(g, &p, ANY), p.type);
        slot += value_slots(lower_type(p.type));
        g->top = mark;
    }
    gen_return(g);
}

// Skips to `no` unless the loop was left with number exit.
static void unless_exit(FuncGen *g, RangeFunc *rf, int64_t exit, Label *no) {
    uint32_t mark = g->top, k = slot_word(g, false);
    Place p = place_var(g, rf->exit);
    label_init(no);
    emit_int(g, k, exit);
    emit_branch(g, OP_JNE, place_load(g, &p, ANY), k, no);
    g->top = mark;
}

static void after_range_func(FuncGen *g, RangeFunc *rf) {
    Label no;
    for (uint32_t i = 0; i < rf->exits.len; i++) {
        unless_exit(g, rf, rf->exits.at[i]->branch.exit, &no);
        set_int_var(g, rf->exit, 0);
        branch(g, rf->exits.at[i]);
        label_here(g, &no);
    }
    for (int64_t exit = RANGE_RETURN; *rf->returns && exit >= RANGE_RETURN_NAKED; exit--) {
        unless_exit(g, rf, exit, &no);
        returned_in_range(g, rf, exit);
        label_here(g, &no);
    }
}

static void range_func(FuncGen *g, Stmt *s, Type *u) {
    RangeFunc *rf = s->range.func;
    if (rf->outermost) {
        declare_hidden(g, rf->exit);
        for (uint32_t i = 0; *rf->returns && i < g->info->nresults; i++) declare_hidden(g, rf->results[i]);
        declare_var(g, rf->frame);
        uint32_t frame = slot_word(g, false);
        emit(g, OP_FRAME, frame, 0, 0);
        init_var(g, rf->frame, frame);
    }
    declare_hidden(g, rf->state);
    uint32_t at, fn = expr(g, s->range.x), base = call_window(g, u, NULL, &at);
    func_closure_value(g, rf->body, at);
    emit_line(g, s->range.x->pos);
    emit_ext(g, OP_CALL_CLOSURE, base, fn, 0, call_counts(0, u, NULL));
    Place state = place_var(g, rf->state);
    emit(g, OP_RANGE_CHECK, 0, place_load(g, &state, ANY), 1);
    set_int_var(g, rf->state, RANGE_OVER);
    after_range_func(g, rf);
}

static void answer(FuncGen *g, RangeFunc *rf, RangeState state, bool more) {
    set_int_var(g, rf->state, state);
    emit_int(g, FRAME_HEADER, more);
    emit(g, OP_RET, 0, 0, 0);
}

void range_func_body(FuncGen *g, FuncInfo *info) {
    Stmt *s = info->range_body;
    RangeFunc *rf = s->range.func;
    Place state = place_var(g, rf->state);
    emit(g, OP_RANGE_CHECK, 0, place_load(g, &state, ANY), 0);
    set_int_var(g, rf->state, RANGE_RUNNING);
    range_declare(g, s);
    Expr *to[2] = {s->range.key, s->range.value};
    for (uint32_t i = 0; i < info->nparams; i++) {
        Place p = place_var(g, info->params[i]);
        range_assign(g, s, to[i], place_load(g, &p, ANY), p.type);
    }
    Label next, leave;
    label_init(&next);
    label_init(&leave);
    g->range_leave = &leave;
    loop_body(g, s, s->range.body, &leave, &next);
    label_here(g, &next);
    answer(g, rf, RANGE_READY, true);
    label_here(g, &leave);
    answer(g, rf, RANGE_DONE, false);
}

static void range_stmt(FuncGen *g, Stmt *s) {
    uint32_t mark = g->top;
    Type *u = type_core(s->range.x->type);
    if (!u) u = type_under(s->range.x->type);
    emit_line(g, s->range.x->pos);
    if (u->kind == KIND_FUNC) {
        range_func(g, s, u);
        g->top = mark;
        return;
    }
    enter_loop(g, s);
    range_declare(g, s);
    hoist(g, s);
    if (type_is_integer(u) || type_is_untyped(u)) {
        if (u->kind == TYPE_K_UNTYPED_STRING) range_string(g, s);
        else range_int(g, s);
    } else if (u->kind == KIND_STRING) range_string(g, s);
    else if (u->kind == KIND_MAP) range_map(g, s, u);
    else if (u->kind == KIND_CHAN) range_chan(g, s, u);
    else range_elements(g, s, u);
    leave_loop(g);
    g->top = mark;
}

// --- communication

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
