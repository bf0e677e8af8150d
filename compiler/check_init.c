// SPDX-License-Identifier: MIT
// check_init.c: the order in which the variables of a package are initialised.
//
// The values form a graph: each waits for those that its initialiser mentions,
// directly or through functions. Circles in it are errors.
#include "compiler/check_impl.h"

static uint32_t walk_stamp;

// All variables and constants o's initialiser or body may touch, through
// functions too.
static ObjInfo *dependencies(Object *o) {
    ObjInfo *i = o->check;
    return i && i->spec && i->spec->holder ? i->spec->holder->check : i;
}

static void reachable_values(Object *o, ObjectList *out) {
    ObjInfo *i = dependencies(o);
    if (!i) return;
    for (uint32_t k = 0; k < i->deps.len; k++) {
        Object *d = i->deps.at[k];
        ObjInfo *di = obj_info(d);
        if (di->mark == walk_stamp) continue;
        di->mark = walk_stamp;
        if (d->kind == OBJ_FUNC) reachable_values(d, out);
        else if (d->decl) VEC_PUSH(out, d);
    }
}

// A node of the graph that orders the initialisation, one for each constant
// and variable. Constants and variables without a value take their turn too,
// although nothing is done then, as in Go's compiler.
typedef struct InitNode {
    Object *obj;
    uint32_t waits;         // for so many nodes
    VEC(uint32_t) waiters;  // nodes that wait for this one
    bool done;
} InitNode;

static void emit_init(Object *o) {
    VarSpec *s = obj_info(o)->spec;
    ExprList *vals = &s->decl->value.values;
    bool whole = vals->len == 1 && s->nobjs > 1;
    if (o->kind == OBJ_CONST || !vals->len || s->emitted || (!whole && vals->len != s->nobjs)) return;
    InitStep st = {.lhs = s->objs, .nlhs = s->nobjs, .rhs = vals->at[0], .pos = o->pos};
    if (whole) {
        s->emitted = true;
    } else {
        uint32_t i = obj_info(o)->value_index;
        st.lhs = &s->objs[i];
        st.nlhs = 1;
        st.rhs = vals->at[i];
    }
    VEC_PUSH(&ck.pkg->init_order, st);
}

// Finds a way from o back to target along the dependencies.
static bool find_way(Object *o, Object *target, ObjectList *way) {
    ObjInfo *i = dependencies(o);
    VEC_PUSH(way, o);
    for (uint32_t k = 0; i && k < i->deps.len; k++) {
        Object *d = i->deps.at[k];
        if (d == target) return true;
        if (obj_info(d)->mark == walk_stamp) continue;
        obj_info(d)->mark = walk_stamp;
        if (find_way(d, target, way)) return true;
    }
    way->len--;
    return false;
}

static void report_init_cycle(Object *o) {
    ObjectList way = {0};
    walk_stamp++;
    if (o->type == type_invalid && source_error_count() > 0 && o->kind == OBJ_VAR && !obj_info(o)->cyclic) return;
    if (!find_way(o, o, &way)) return;
    if (way.len == 1) {
        source_error(o->pos, "initialization cycle: %s refers to itself", o->name->text);
        return;
    }
    source_error(o->pos, "initialization cycle for %s", o->name->text);
    cycle_notes(way.at, way.len, 0);
}

static void build_init_graph(InitNode *nodes, ObjectList *values) {
    for (uint32_t i = 0; i < values->len; i++) nodes[obj_info(values->at[i])->order].obj = values->at[i];
    ObjectList deps = {0};
    for (uint32_t i = 0; i < values->len; i++) {
        Object *o = values->at[i];
        deps.len = 0;
        walk_stamp++;
        reachable_values(o, &deps);
        uint32_t at = obj_info(o)->order;
        nodes[at].waits = deps.len;
        for (uint32_t k = 0; k < deps.len; k++) VEC_PUSH(&nodes[obj_info(deps.at[k])->order].waiters, at);
    }
}

// Of the nodes that wait for nothing the first in the source is next; in a
// cycle, one that waits for the fewest.
static InitNode *next_init(InitNode *nodes, uint32_t n, uint32_t first) {
    InitNode *best = NULL;
    for (uint32_t i = first; i < n; i++) {
        if (nodes[i].done || (best && best->waits <= nodes[i].waits)) continue;
        best = &nodes[i];
        if (!best->waits) break;
    }
    return best;
}

void order_initialisation(void) {
    ObjectList values = {0};
    for (uint32_t i = 0; i < ck.work->consts.len; i++) VEC_PUSH(&values, ck.work->consts.at[i]);
    for (uint32_t i = 0; i < ck.work->vars.len; i++) VEC_PUSH(&values, ck.work->vars.at[i]);
    InitNode *nodes = ARENA_ARRAY(InitNode, values.len + 1);
    build_init_graph(nodes, &values);
    uint32_t first = 0;
    for (uint32_t left = values.len; left > 0; left--) {
        while (nodes[first].done) first++;
        InitNode *n = next_init(nodes, values.len, first);
        if (n->waits) report_init_cycle(n->obj);
        n->done = true;
        emit_init(n->obj);
        for (uint32_t k = 0; k < n->waiters.len; k++)
            if (nodes[n->waiters.at[k]].waits) nodes[n->waiters.at[k]].waits--;
    }
}
