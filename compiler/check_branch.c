// SPDX-License-Identifier: MIT
// check_branch.c: labels, break, continue and goto, and which statements end the
// flow of control (terminating statements of the Go specification).
//
// Flows are the statements around the one being checked that a branch may mean.
// A body of a range over a function is a function of its own to generation, but
// shares labels with the one around it (source_func): branches out of it are
// listed in its RangeFunc.
#include "compiler/check_impl.h"

// --- flow

void push_flow(Flow *f, Stmt *s, bool breaks, bool continues) {
    *f = (Flow){s, NULL, NULL, ck.func->info, breaks, continues, ck.flow, ck.clock};
    for (Flow *l = ck.flow; l && l->labeled && l->labeled->labeled.stmt == s; l = NULL) {
        f->label = l->label;
    }
    ck.flow = f;
}

void pop_flow(void) { ck.flow = ck.flow->outer; }

// The function as the source has it: bodies of ranges over functions share its
// labels and its results.
FuncCtx *source_func(void) {
    FuncCtx *f = ck.func;
    while (f->info->range_body) f = f->outer;
    return f;
}

static Stmt *find_label(Name *name) {
    if (name_is_blank(name)) return NULL;
    FuncCtx *f = source_func();
    for (uint32_t i = 0; i < f->labels.len; i++)
        if (f->labels.at[i]->labeled.label == name) return f->labels.at[i];
    return NULL;
}

// A branch from inside of function `from` to a statement of function `to` (or
// the loop `loop` itself) ends the ranges over functions in between.
static void leave_range_bodies(Stmt *s, FuncInfo *from, FuncInfo *to, Stmt *loop) {
    for (FuncInfo *i = from; i != to && i->range_body && i->range_body != loop; i = i->parent) {
        RangeFunc *rf = i->range_body->range.func;
        if (!s->branch.exit) s->branch.exit = ++*rf->nexits;
        VEC_PUSH(&rf->exits, s);
    }
}

static void branch_to(Stmt *s, Flow *f) {
    s->branch.target = f->stmt;
    leave_range_bodies(s, ck.func->info, f->func, f->stmt);
}

void check_branch(Stmt *s) {
    s->branch.func = ck.func->info;
    if (s->op == TOK_GOTO) {
        VEC_PUSH(&source_func()->gotos, s);
        return;
    }
    if (s->op == TOK_FALLTHROUGH) {
        if (!ck.fallthrough_ok) source_error(s->pos, "fallthrough statement out of place");
        return;
    }
    bool want_continue = s->op == TOK_CONTINUE;
    const char *word = want_continue ? "continue" : "break";
    if (s->branch.label) {
        Stmt *l = find_label(s->branch.label);
        if (!l) {
            source_error(s->branch.label_pos, "%s label not defined: %s", word, s->branch.label->text);
            suggest_label(s->branch.label, source_func()->labels.at, source_func()->labels.len);
            return;
        }
        l->labeled.used = true;
        for (Flow *f = ck.flow; f; f = f->outer)
            if (f->label == s->branch.label && f->stmt == l->labeled.stmt) {
                if (want_continue ? !f->continues : !f->breaks) break;
                branch_to(s, f);
                return;
            }
        source_error(s->branch.label_pos, "invalid %s label %s", word, s->branch.label->text);
        return;
    }
    for (Flow *f = ck.flow; f; f = f->outer)
        if (want_continue ? f->continues : f->breaks) {
            branch_to(s, f);
            return;
        }
    if (ck.func->info->process) source_error(s->pos, "%s may not leave a process: a parallel command ends when all its processes have ended", word);
    else if (want_continue) source_error(s->pos, "continue is not in a loop");
    else source_error(s->pos, "break is not in a loop, switch, or select");
}

// --- labels

void check_labeled(Stmt *s) {
    Flow f = {s, s->labeled.label, s, ck.func->info, false, false, ck.flow, ck.clock};
    s->labeled.func = ck.func->info;
    ck.flow = &f;
    check_stmt(s->labeled.stmt);
    ck.flow = f.outer;
}

static void collect_clauses(CaseClause *c, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) collect_labels(&c[i].body);
}

static void collect_label(Stmt *s) {
    if (!s) return;
    switch (s->kind) {
    case STMT_LABELED:
        if (name_is_blank(s->labeled.label)) s->labeled.used = true;
        else if (find_label(s->labeled.label)) {
            source_error(s->pos, "label %s already defined", s->labeled.label->text);
            source_note(find_label(s->labeled.label)->pos, "other declaration of %s", s->labeled.label->text);
            s->labeled.used = true;
        }
        VEC_PUSH(&ck.func->labels, s);
        collect_label(s->labeled.stmt);
        break;
    case STMT_BLOCK: collect_labels(&s->block.list); break;
    case STMT_IF:
        collect_label(s->if_.then);
        collect_label(s->if_.else_);
        break;
    case STMT_FOR: collect_label(s->for_.body); break;
    case STMT_RANGE: collect_label(s->range.body); break;
    case STMT_SWITCH: collect_clauses(s->switch_.clauses, s->switch_.nclauses); break;
    case STMT_TYPE_SWITCH: collect_clauses(s->type_switch.clauses, s->type_switch.nclauses); break;
    case STMT_SELECT: collect_clauses(s->select.clauses, s->select.nclauses); break;
    case STMT_GUARDED:
        for (uint32_t i = 0; i < s->guarded.ncmds; i++) collect_labels(&s->guarded.cmds[i].body);
        break;
    default: break;
    }
}

void collect_labels(StmtList *l) {
    for (uint32_t i = 0; i < l->len; i++) collect_label(l->at[i]);
}

// --- goto: not into blocks, not over variable declarations

typedef struct Path { StmtList *list[64]; uint32_t at[64]; uint32_t n; } Path; // lists on the way and positions in them

static bool path_in_list(StmtList *l, Stmt *target, Path *p);

static bool path_in_clauses(CaseClause *c, uint32_t n, Stmt *target, Path *p) {
    for (uint32_t i = 0; i < n; i++)
        if (path_in_list(&c[i].body, target, p)) return true;
    return false;
}

static bool path_in(Stmt *s, Stmt *target, Path *p) {
    if (!s) return false;
    if (s == target) return true;
    switch (s->kind) {
    case STMT_LABELED: return path_in(s->labeled.stmt, target, p);
    case STMT_BLOCK: return path_in_list(&s->block.list, target, p);
    case STMT_IF: return path_in(s->if_.then, target, p) || path_in(s->if_.else_, target, p);
    case STMT_FOR: return path_in(s->for_.body, target, p);
    case STMT_RANGE: return path_in(s->range.body, target, p);
    case STMT_SWITCH: return path_in_clauses(s->switch_.clauses, s->switch_.nclauses, target, p);
    case STMT_TYPE_SWITCH: return path_in_clauses(s->type_switch.clauses, s->type_switch.nclauses, target, p);
    case STMT_SELECT: return path_in_clauses(s->select.clauses, s->select.nclauses, target, p);
    case STMT_GUARDED:
        for (uint32_t i = 0; i < s->guarded.ncmds; i++)
            if (path_in_list(&s->guarded.cmds[i].body, target, p)) return true;
        return false;
    default: return false;
    }
}

static bool path_in_list(StmtList *l, Stmt *target, Path *p) {
    if (p->n >= 64) return false;
    uint32_t level = p->n++;
    p->list[level] = l;
    for (uint32_t i = 0; i < l->len; i++) {
        p->at[level] = i;
        if (path_in(l->at[i], target, p)) return true;
    }
    p->n = level;
    return false;
}

void check_goto(FuncInfo *info, Stmt *s) {
    Stmt *l = find_label(s->branch.label);
    if (!l) {
        source_error(s->branch.label_pos, "label %s not defined", s->branch.label->text);
        suggest_label(s->branch.label, source_func()->labels.at, source_func()->labels.len);
        return;
    }
    l->labeled.used = true;
    s->branch.target = l;
    Path from = {0}, to = {0};
    if (!info->body || !path_in_list(&info->body->block.list, s, &from) || !path_in_list(&info->body->block.list, l, &to)) return;
    bool into = to.n > from.n;
    for (uint32_t i = 0; i < to.n && !into; i++) into = to.list[i] != from.list[i];
    if (into) {
        source_error(s->branch.label_pos, "goto %s jumps into block", s->branch.label->text);
        return;
    }
    leave_range_bodies(s, s->branch.func, l->labeled.func, NULL);
    uint32_t level = to.n - 1;
    if (to.at[level] <= from.at[level]) return; // backward
    StmtList *list = to.list[level];
    for (uint32_t i = from.at[level] + 1; i < to.at[level] && i < list->len; i++) {
        Stmt *d = list->at[i];
        while (d->kind == STMT_LABELED) d = d->labeled.stmt;
        bool declares = (d->kind == STMT_DECL && d->decl.decl && d->decl.decl->kind == DECL_VAR) || d->kind == STMT_DEFINE;
        if (!declares) continue;
        Location at = source_locate(d->pos);
        source_error(s->branch.label_pos, "goto %s jumps over variable declaration at line %d", s->branch.label->text, at.line);
        source_note(d->pos, "the variable is declared here");
        return;
    }
}

// --- terminating statements

static bool has_break(Stmt *s, Name *label, bool implicit);

static bool list_has_break(StmtList *l, Name *label, bool implicit) {
    for (uint32_t i = 0; i < l->len; i++)
        if (has_break(l->at[i], label, implicit)) return true;
    return false;
}

static bool clauses_have_break(CaseClause *c, uint32_t n, Name *label, bool implicit) {
    for (uint32_t i = 0; i < n; i++)
        if (list_has_break(&c[i].body, label, implicit)) return true;
    return false;
}

// Is there a break that leaves the statement: unlabelled ones count while
// implicit, labelled ones when they name label.
static bool has_break(Stmt *s, Name *label, bool implicit) {
    if (!s) return false;
    switch (s->kind) {
    case STMT_BRANCH: return s->op == TOK_BREAK && (s->branch.label ? s->branch.label == label : implicit);
    case STMT_BLOCK: return list_has_break(&s->block.list, label, implicit);
    case STMT_IF: return has_break(s->if_.then, label, implicit) || has_break(s->if_.else_, label, implicit);
    case STMT_LABELED: return has_break(s->labeled.stmt, label, implicit);
    case STMT_SWITCH: return label && clauses_have_break(s->switch_.clauses, s->switch_.nclauses, label, false);
    case STMT_TYPE_SWITCH: return label && clauses_have_break(s->type_switch.clauses, s->type_switch.nclauses, label, false);
    case STMT_SELECT: return label && clauses_have_break(s->select.clauses, s->select.nclauses, label, false);
    case STMT_FOR: return label && has_break(s->for_.body, label, false);
    case STMT_RANGE: return label && has_break(s->range.body, label, false);
    case STMT_GUARDED:
        for (uint32_t i = 0; label && i < s->guarded.ncmds; i++)
            if (list_has_break(&s->guarded.cmds[i].body, label, false)) return true;
        return false;
    default: return false;
    }
}

bool list_terminates(StmtList *l) { return l->len && is_terminating(l->at[l->len - 1], NULL); }

static bool switch_terminates(CaseClause *c, uint32_t n, Name *label) {
    bool have_default = false;
    for (uint32_t i = 0; i < n; i++) {
        have_default |= c[i].is_default;
        Stmt *last = c[i].body.len ? c[i].body.at[c[i].body.len - 1] : NULL;
        bool falls = last && last->kind == STMT_BRANCH && last->op == TOK_FALLTHROUGH;
        if ((!falls && !list_terminates(&c[i].body)) || list_has_break(&c[i].body, label, true)) return false;
    }
    return have_default;
}

bool is_terminating(Stmt *s, Name *label) {
    switch (s->kind) {
    case STMT_RETURN: return true;
    case STMT_BRANCH: return s->op == TOK_GOTO;
    case STMT_EXPR: {
        Expr *c = ast_unparen(s->expr.x);
        return c->kind == EXPR_CALL && c->call.call_kind == CALL_BUILTIN && c->call.builtin == BUILTIN_panic && !is_invalid(c);
    }
    case STMT_BLOCK: return list_terminates(&s->block.list);
    case STMT_IF: return s->if_.else_ && is_terminating(s->if_.then, NULL) && is_terminating(s->if_.else_, NULL);
    case STMT_FOR: return !s->for_.cond && !has_break(s->for_.body, label, true);
    case STMT_SWITCH: return switch_terminates(s->switch_.clauses, s->switch_.nclauses, label);
    case STMT_TYPE_SWITCH: return switch_terminates(s->type_switch.clauses, s->type_switch.nclauses, label);
    case STMT_SELECT:
        for (uint32_t i = 0; i < s->select.nclauses; i++)
            if (!list_terminates(&s->select.clauses[i].body) || list_has_break(&s->select.clauses[i].body, label, true)) return false;
        return true;
    case STMT_GUARDED: // an alternative without a ready guard does not end either
        for (uint32_t i = 0; i < s->guarded.ncmds; i++)
            if (!list_terminates(&s->guarded.cmds[i].body) || list_has_break(&s->guarded.cmds[i].body, label, true)) return false;
        return !s->guarded.repeat;
    case STMT_LABELED: return is_terminating(s->labeled.stmt, s->labeled.label);
    default: return false;
    }
}
