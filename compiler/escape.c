// SPDX-License-Identifier: MIT
// escape.c: which captured variables function literals may copy.
//
// A literal that captures a variable needs the variable itself only when it is
// assigned after the literal was made, or in a literal. The checker meets the
// statements of a function in the order of the source, so this is a matter of
// counting them: each statement has a number, the checker's clock. A variable
// is captured by value when its last assignment has a smaller number than the
// statement with the first literal that captures it. Statements run again in
// loops: a literal counts as made where the outermost loop begins that is
// around it, but not around the variable's declaration, since what that loop
// assigns may follow the literal of an earlier round. The variables of a for
// clause are declared in their loop: each round has its own, and the clause's
// post statement assigns to that of the next. A goto is a loop that nobody sees
// coming; functions with one, and sources from before Go 1.22, whose rounds
// share their variables, are left alone.
#include "compiler/escape.h"

#include "compiler/check_impl.h"

void escape_declared(Object *o) { o->var.born = ck.clock; }

void escape_assigned(Object *o) {
    o->flags |= OBJF_REASSIGNED;
    bool own = ck.func && ck.func->info == o->var.owner;
    uint32_t when = own ? ck.clock : UINT32_MAX;
    if (when > o->var.assigned) o->var.assigned = when;
}

static bool is_loop(const Stmt *s) { return s->kind == STMT_FOR || s->kind == STMT_RANGE || s->kind == STMT_GUARDED; }

// The context of the literal, directly in o's owner, that mentions o.
static const FuncCtx *outermost_literal(const Object *o) {
    const FuncCtx *f = ck.func;
    while (f && f->outer && f->outer->info != o->var.owner) f = f->outer;
    return f && f->outer ? f : NULL;
}

void escape_captured(Object *o) {
    const FuncCtx *f = outermost_literal(o);
    if (!f || !lang_at_least(22)) {
        o->var.assigned = UINT32_MAX;
        return;
    }
    uint32_t made = f->outer->clock;
    for (const Flow *l = f->around; l; l = l->outer)
        if (l->func == o->var.owner && l->stmt && is_loop(l->stmt) && l->clock > o->var.born && l->clock < made) made = l->clock;
    if (!o->var.captured || made < o->var.captured) o->var.captured = made;
}

static bool has_goto(const FuncInfo *f) {
    for (; f; f = f->parent)
        if (f->has_goto) return true;
    return false;
}

bool escape_by_value(const Object *o) {
    if (o->flags & OBJF_RESULT) return false; // a return statement assigns results
    if (!(o->flags & OBJF_REASSIGNED)) return true;
    return o->var.assigned && o->var.assigned < o->var.captured && !has_goto(o->var.owner);
}
