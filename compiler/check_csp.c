// SPDX-License-Identifier: MIT
// check_csp.c: the notation of CSP: input and output, guarded commands, parallel
// commands with their processes, names and shapes of messages.
//
// A process is checked as a function of its own, with its number and subscripts
// as parameters. What it mentions of the variables around is kept, so that the
// rule of disjointness and the ends of header channels can be found out when
// all processes of the command are checked. Outputs to processes by name are
// kept too: which shape a message has is known when all inputs are.
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/notation.h"

static Type *int_type(void) { return TY(KIND_INT); }

// --- values and targets

static Object *declared(Expr *fn) {
    Scope *where;
    Object *o = fn->kind == EXPR_IDENT ? scope_lookup(ck.scope, fn->ident.name, &where) : NULL;
    return o && o->kind != OBJ_PKG ? o : NULL;
}

// cons(...) with a name that nothing declares is a structured message.
static bool is_constructed(Expr *e) {
    return e && e->kind == EXPR_CALL && e->call.fn->kind == EXPR_IDENT && !e->call.ellipsis && !name_is_blank(e->call.fn->ident.name) && !declared(e->call.fn);
}

// T(x, y) with a struct type T, by position.
static Type *struct_of_call(Expr *e) {
    if (!e || e->kind != EXPR_CALL || e->call.ellipsis) return NULL;
    Expr *named = e->call.fn->kind == EXPR_INDEX ? e->call.fn->index.x : e->call.fn;
    if (!names_type(named)) return NULL;
    Type *t = check_type_or_null(e->call.fn);
    if (!t || t == type_invalid) return NULL;
    Type *u = type_under(t);
    return u->kind == KIND_STRUCT ? t : NULL;
}

static void to_literal(Expr *e, Expr *type, ExprList elems) {
    Pos lbrace = elems.len ? elems.at[0]->start : e->end;
    e->kind = EXPR_COMPOSITE;
    e->composite.type = type;
    e->composite.elems = elems;
    e->composite.lbrace = lbrace;
    e->composite.rbrace = e->end;
}

// A value behind '!': T(x, y) makes a struct of type T.
static void check_sent(Expr *e) {
    Type *t = struct_of_call(e);
    if (t && !(e->call.args.len == 1 && type_under(t)->nfields != 1)) to_literal(e, e->call.fn, e->call.args);
    check_value(e, NULL);
}

// Type of a target; NULL: an error was reported. Being a target counts as a use
// of the variable, so that a process may throw away what it inputs.
static Type *check_input_target(Expr *e) {
    Expr *u = ast_unparen(e);
    if (u->kind == EXPR_IDENT && !name_is_blank(u->ident.name) && !declared(u)) {
        error_in(e, "undefined: %s (the target of an input is declared first: %s: T)", u->ident.name->text, u->ident.name->text);
        invalidate(e);
        return NULL;
    }
    if (!check_assign_target(e)) return NULL;
    if (u->kind == EXPR_IDENT && u->ident.obj) u->ident.obj->flags |= OBJF_USED;
    return e->type ? e->type : TY(TYPE_K_UNTYPED_NIL); // blank: anything
}

static bool is_any_target(Type *t) { return t->kind == TYPE_K_UNTYPED_NIL; }

static bool target_takes(Expr *e, Type *target, Type *from) {
    if (!target) return false;
    if (is_any_target(target)) {
        e->type = ast_unparen(e)->type = from;
        return true;
    }
    if (assignable_type(from, target)) return true;
    error_in(e, "cannot input a value of type %s into %s", type_string(from), operand_string(e));
    return false;
}

static void check_ok_target(Stmt *s) {
    if (!s->input.ok) return;
    Type *t = check_input_target(s->input.ok);
    if (!t) return;
    if (is_any_target(t)) s->input.ok->type = ast_unparen(s->input.ok)->type = TY(KIND_BOOL);
    else if (!type_is_boolean(t)) error_in(s->input.ok, "%s tells whether a value came: it must be boolean, not %s", ast_string(s->input.ok), type_string(t));
}

// Targets that take the fields of a struct by position.
static bool check_field_targets(Comm *c, Type *t, Pos pos) {
    Type *u = type_core(t);
    if (!u || u->kind != KIND_STRUCT) {
        source_error(pos, "several targets take apart a struct, but the value has type %s", type_string(t));
        return false;
    }
    if (u->nfields != c->parts.len) {
        source_error(pos, "%u targets for the %u fields of %s", c->parts.len, u->nfields, type_string(t));
        return false;
    }
    c->by_fields = true;
    c->types = ARENA_ARRAY(Type *, u->nfields + 1);
    bool ok = true;
    for (uint32_t i = 0; i < u->nfields; i++) {
        c->types[i] = u->fields[i].type;
        ok &= target_takes(c->parts.at[i], check_input_target(c->parts.at[i]), c->types[i]);
    }
    return ok;
}

// --- processes by name

static ProcCtx *context_of(Network *net) {
    ProcCtx *c = ck.proc;
    while (c && c->net != net) c = c->outer;
    return c;
}

// Is the statement being checked part of the process itself, not of a function in it?
static bool in_process_itself(ProcessInfo *p) {
    for (FuncCtx *f = ck.func; f; f = f->outer) {
        if (f->info == p->func) return true;
        if (!f->info->process && !f->info->range_body) return false;
    }
    return false;
}

// X or X(i, j) before ! and ?, when X is a process.
static ProcName *process_operand(Expr *ch, ExprList *subs) {
    Expr *fn = ch->kind == EXPR_CALL ? ch->call.fn : ch;
    if (fn->kind != EXPR_IDENT) return NULL;
    Scope *where;
    Object *o = scope_lookup(ck.scope, fn->ident.name, &where);
    if (!o || o->kind != OBJ_PROCESS) return NULL;
    *subs = ch->kind == EXPR_CALL ? ch->call.args : (ExprList){0};
    return o->check;
}

static void check_int(Expr *e, const char *what) {
    check_value(e, int_type());
    if (!is_invalid(e)) assign_to(e, int_type(), what);
}

// The common part of communications by name; false after an error.
static bool check_peer(Comm *c, Expr *ch) {
    ProcCtx *ctx = context_of(c->peer->net);
    const char *name = c->peer->name->text;
    for (uint32_t i = 0; i < c->subs.len; i++) check_int(c->subs.at[i], "process subscript");
    if (!ctx) {
        error_in(ch, "%s is named outside of its parallel command: only its siblings communicate with it", name);
        return false;
    }
    c->self = ctx->process->info;
    if (!in_process_itself(c->self)) {
        error_in(ch, "process %s is named in another function: the names of processes are seen only in the processes of their parallel command", name);
        return false;
    }
    if (!c->self->name) {
        error_in(ch, "this process has no label, so %s can not name it: write one before it, as in Y :: ...", name);
        return false;
    }
    if (c->subs.len != c->peer->nsubs) {
        error_in(ch, "process %s has %u subscript%s, not %u", name, c->peer->nsubs, c->peer->nsubs == 1 ? "" : "s", c->subs.len);
        return false;
    }
    if (c->self->name == c->peer && !c->peer->nsubs) {
        error_in(ch, "process %s communicates with itself: input and output wait for each other, so it would wait for ever", name);
        return false;
    }
    capture(ctx->net->net);
    capture(c->self->self);
    return true;
}

const char *shape_text(const Name *cons, Type *const *parts, uint32_t n) {
    if (n == 1 && !cons) return type_string(parts[0]);
    const char *s = arena_printf("%s(", cons ? cons->text : "");
    for (uint32_t i = 0; i < n; i++) s = arena_printf("%s%s%s", s, i ? ", " : "", type_string(parts[i]));
    return arena_printf("%s)", s);
}

static Shape *shape_of(Network *net, ProcName *from, ProcName *to, Name *cons, Type **parts, uint32_t n) {
    for (uint32_t i = 0; i < net->shapes.len; i++) {
        Shape *s = net->shapes.at[i];
        if (s->from != from || s->to != to || s->cons != cons || s->nparts != n) continue;
        bool same = true;
        for (uint32_t k = 0; k < n; k++) same &= type_identical(s->parts[k], parts[k]);
        if (same) return s;
    }
    Shape *s = ARENA_NEW(Shape);
    *s = (Shape){from, to, cons, parts, n, net->shapes.len};
    VEC_PUSH(&net->shapes, s);
    return s;
}

static bool shape_takes(const Shape *s, const Comm *c, const Name *cons) {
    if (s->from != c->self->name || s->to != c->peer || s->cons != cons || s->nparts != c->parts.len) return false;
    for (uint32_t i = 0; i < s->nparts; i++)
        if (!assignable(c->parts.at[i], s->parts[i])) return false;
    return true;
}

// Among several shapes for untyped constants the one of their default types.
static bool is_default_shape(const Shape *s, const Comm *c) {
    for (uint32_t i = 0; i < s->nparts; i++) {
        Expr *e = c->parts.at[i];
        Type *t = type_is_untyped(e->type) ? type_default(e->type) : e->type;
        if (e->mode == MODE_NIL || !type_identical(t, s->parts[i])) return false;
    }
    return true;
}

static const char *inputs_of(Network *net, const Comm *c) {
    const char *list = "";
    for (uint32_t i = 0; i < net->shapes.len; i++) {
        Shape *s = net->shapes.at[i];
        if (s->from == c->self->name && s->to == c->peer) list = arena_printf("%s%s%s", list, *list ? ", " : "", shape_text(s->cons, s->parts, s->nparts));
    }
    return list;
}

static Name *constructor_of(Stmt *s) { return !s->send.tuple.len && is_constructed(s->send.value) ? s->send.value->call.fn->ident.name : NULL; }

static void resolve_output(Network *net, Stmt *s, Name *cons) {
    Comm *c = s->send.comm;
    Type **types = ARENA_ARRAY(Type *, c->parts.len + 1);
    for (uint32_t i = 0; i < c->parts.len; i++) {
        Expr *e = c->parts.at[i];
        if (is_invalid(e)) return;
        types[i] = type_is_untyped(e->type) && e->mode != MODE_NIL ? type_default(e->type) : e->type;
    }
    Shape *found = NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < net->shapes.len; i++) {
        Shape *sh = net->shapes.at[i];
        if (!shape_takes(sh, c, cons)) continue;
        if (!found || !is_default_shape(found, c)) found = sh;
        n++;
    }
    const char *to = c->peer->name->text, *from = c->self->name->name->text;
    if (!found) {
        const char *have = inputs_of(net, c), *want = shape_text(cons, types, c->parts.len);
        if (*have) error_in(s->send.ch, "%s never inputs %s from %s: its inputs from there are %s", to, want, from, have);
        else error_in(s->send.ch, "%s never inputs %s from %s: an output needs an input of the same shape", to, want, from);
        return;
    }
    if (n > 1 && !is_default_shape(found, c)) {
        error_in(s->send.ch, "this message fits several inputs of %s (%s): convert it to the type that is meant", to, inputs_of(net, c));
        return;
    }
    c->shape = found;
    c->types = found->parts;
    for (uint32_t i = 0; i < c->parts.len; i++) assign_to(c->parts.at[i], found->parts[i], "output");
}

static void output_by_name(Stmt *s, Comm *c) {
    Expr *v = s->send.value;
    Name *cons = constructor_of(s);
    if (cons) {
        c->parts = v->call.args;
    } else if (s->send.tuple.len) {
        c->parts = s->send.tuple;
    } else {
        VEC_PUSH(&c->parts, v);
    }
    for (uint32_t i = 0; i < c->parts.len; i++) check_sent(c->parts.at[i]);
    if (check_peer(c, s->send.ch)) VEC_PUSH(&c->peer->net->outputs, s);
}

static void input_by_name(Stmt *s, Comm *c) {
    Expr *t = s->input.targets.at[0];
    Name *cons = NULL;
    Type *structure = s->input.tuple ? NULL : struct_of_call(t);
    if (!s->input.tuple && is_constructed(t)) {
        cons = t->call.fn->ident.name;
        c->parts = t->call.args;
    } else if (structure) {
        c->parts = t->call.args;
    } else {
        c->parts = s->input.targets;
    }
    bool ok = check_peer(c, s->input.ch);
    if (structure) {
        ok &= check_field_targets(c, structure, t->start);
    } else {
        c->types = ARENA_ARRAY(Type *, c->parts.len + 1);
        for (uint32_t i = 0; i < c->parts.len; i++) {
            Expr *e = c->parts.at[i];
            c->types[i] = check_input_target(e);
            if (c->types[i] && is_any_target(c->types[i])) {
                error_in(e, "the target _ has no type, which tells the messages of a process apart: declare a variable");
                c->types[i] = NULL;
            }
            ok &= c->types[i] != NULL;
        }
    }
    if (!ok) return;
    Type **parts = c->types;
    if (structure) {
        parts = ARENA_NEW(Type *);
        parts[0] = structure;
    }
    c->shape = shape_of(c->peer->net, c->peer, c->self->name, cons, parts, structure ? 1 : c->parts.len);
}

// --- input and output

static Type *channel_of(Expr *ch, Pos pos, bool output) {
    check_value(ch, NULL);
    if (is_invalid(ch)) return NULL;
    Type *u = ch->mode == MODE_NIL ? NULL : type_core(ch->type);
    if (!u || u->kind != KIND_CHAN) source_error(pos, "invalid operation: cannot %s non-channel %s", output ? "send to" : "receive from", operand_string(ch));
    else if (output && u->chan_dir == 1) source_error(pos, "invalid operation: cannot send to receive-only channel %s", operand_string(ch));
    else if (!output && u->chan_dir == 2) source_error(pos, "invalid operation: cannot receive from send-only channel %s", operand_string(ch));
    else {
        note_direction(ch, output ? MAY_OUTPUT : MAY_INPUT);
        return u->elem;
    }
    return NULL;
}

static void no_constructor(Expr *e) {
    error_in(e, "undefined: %s (structured messages with constructors pass between processes by name; a channel passes values of its type)", e->call.fn->ident.name->text);
}

void check_output(Stmt *s) {
    Comm *c = s->send.comm = ARENA_NEW(Comm);
    c->peer = process_operand(s->send.ch, &c->subs);
    if (c->peer) {
        output_by_name(s, c);
        return;
    }
    Type *elem = channel_of(s->send.ch, s->send.ch->start, true);
    if (s->send.tuple.len) {
        Expr *v = ARENA_NEW(Expr);
        v->start = v->pos = s->send.tuple.at[0]->start;
        v->end = s->end;
        to_literal(v, NULL, s->send.tuple);
        s->send.value = v;
        Type *u = elem ? type_core(elem) : NULL;
        if (elem && (!u || u->kind != KIND_STRUCT)) error_in(v, "several values make a struct, but the channel passes %s", type_string(elem));
        else if (elem) check_value(v, elem);
    } else if (is_constructed(s->send.value) && !auto_import(s->send.value->call.fn->ident.name, s->send.value->start)) {
        no_constructor(s->send.value);
        return;
    } else {
        check_sent(s->send.value);
    }
    if (elem && !is_invalid(s->send.value)) assign_to(s->send.value, elem, "output");
}

static void typed_input(Stmt *s, Comm *c, Type *elem, Type *t) {
    Expr *e = s->input.targets.at[0];
    c->parts = e->call.args;
    if (type_is_interface(elem)) {
        Method *missing = NULL;
        Object *have = NULL;
        bool ptr = false;
        if (!type_implements(t, elem, &missing, &have, &ptr)) {
            error_in(e, "no value of %s has type %s: it does not implement %s", ast_string(s->input.ch), type_string(t), type_string(elem));
            return;
        }
        c->filter = t;
    } else if (!type_identical(t, elem)) {
        error_in(e, "%s passes values of type %s, never %s", ast_string(s->input.ch), type_string(elem), type_string(t));
        return;
    }
    check_field_targets(c, t, e->start);
}

void check_input(Stmt *s) {
    Comm *c = s->input.comm = ARENA_NEW(Comm);
    c->peer = process_operand(s->input.ch, &c->subs);
    check_ok_target(s);
    if (c->peer) {
        input_by_name(s, c);
        return;
    }
    Type *elem = channel_of(s->input.ch, s->input.ch->start, false);
    if (!elem) return;
    Expr *t = s->input.targets.at[0];
    Type *structure = s->input.tuple ? NULL : struct_of_call(t);
    if (structure) {
        typed_input(s, c, elem, structure);
    } else if (s->input.tuple) {
        c->parts = s->input.targets;
        check_field_targets(c, elem, t->start);
    } else if (is_constructed(t)) {
        no_constructor(t);
    } else {
        c->parts = s->input.targets;
        target_takes(t, check_input_target(t), elem);
    }
}

// --- guarded commands

static void check_index_range(Range *r) {
    check_int(r->lo, "range");
    check_int(r->hi, "range");
}

static Object *declare_index(Expr *name) {
    Object *o = declare_local(name->ident.name, name->start, int_type());
    o->flags |= OBJF_USED | OBJF_INDEX;
    name->ident.obj = o;
    return o;
}

static void check_ranges(GuardedCmd *c) {
    for (uint32_t i = 0; i < c->ranges.len; i++) check_index_range(&c->ranges.at[i]); // bounds do not see the variables
    for (uint32_t i = 0; i < c->ranges.len; i++) c->ranges.at[i].var = declare_index(c->ranges.at[i].name);
}

static bool communicates(Expr *e);

static bool any_communicates(ExprList l) {
    for (uint32_t i = 0; i < l.len; i++)
        if (communicates(l.at[i])) return true;
    return false;
}

// Does evaluating e receive? What functions do is not seen.
static bool communicates(Expr *e) {
    if (!e) return false;
    switch (e->kind) {
    case EXPR_RECV_POST: return true;
    case EXPR_UNARY: return e->op == TOK_ARROW || communicates(e->unary.x);
    case EXPR_STAR: return communicates(e->unary.x);
    case EXPR_PAREN: return communicates(e->paren.x);
    case EXPR_BINARY: return communicates(e->binary.x) || communicates(e->binary.y);
    case EXPR_SELECTOR: return communicates(e->selector.x);
    case EXPR_INDEX: return communicates(e->index.x) || any_communicates(e->index.index);
    case EXPR_SLICE: return communicates(e->slice.x) || communicates(e->slice.lo) || communicates(e->slice.hi) || communicates(e->slice.max);
    case EXPR_TYPE_ASSERT: return communicates(e->assert_.x);
    case EXPR_CALL: return communicates(e->call.fn) || any_communicates(e->call.args);
    case EXPR_COMPOSITE: return any_communicates(e->composite.elems);
    case EXPR_KEY_VALUE: return communicates(e->kv.key) || communicates(e->kv.value);
    default: return false;
    }
}

static void check_condition(Expr *e) {
    if (communicates(e)) {
        error_in(e, "a condition in a guard must not communicate, so that trying the guard changes nothing: an input stands last in the guard, as in c?x");
        return;
    }
    check_value(e, NULL);
    if (is_invalid(e)) return;
    if (e->mode == MODE_NIL || !type_is_boolean(e->type)) error_in(e, "%s in a guard is no condition: it must be boolean", operand_string(e));
    else use_default(e);
}

static bool is_comm(Stmt *s) { return s->kind == STMT_SEND || s->kind == STMT_INPUT || is_receive_comm(s); }

static void check_guard_elem(Stmt *s, bool last) {
    if (s->kind == STMT_BAD) return;
    if (is_comm(s)) {
        if (!last) source_error(s->pos, "a communication must be the last element of its guard: what follows would be tried after it was done");
        check_stmt(s);
    } else if (s->kind == STMT_DECL) {
        check_stmt(s);
    } else if (s->kind == STMT_EXPR) {
        check_condition(s->expr.x);
    } else {
        source_error(s->pos, "a guard holds declarations, conditions and at last one communication, no other statements");
    }
}

static void check_special_guard(Stmt *s, GuardedCmd *c, GuardedCmd **seen) {
    const char *word = c->is_default ? "default" : "else";
    if (c->ranges.len) source_error(c->pos, "%s stands for itself, not for a range of guards", word);
    if (*seen) source_error(c->pos, "a second default or else: a command has one way out at most");
    *seen = c;
    if (c->is_else && s->guarded.repeat) source_error(c->pos, "else in a repetitive command: *[ ] ends when all guards have failed; what comes then stands behind it");
}

void check_guarded(Stmt *s) {
    Flow f;
    GuardedCmd *special = NULL;
    bool in_command = ck.in_command;
    ck.in_command = true;
    push_flow(&f, s, true, s->guarded.repeat);
    for (uint32_t i = 0; i < s->guarded.ncmds; i++) {
        GuardedCmd *c = &s->guarded.cmds[i];
        push_scope();
        check_ranges(c);
        if (c->is_default || c->is_else) check_special_guard(s, c, &special);
        for (uint32_t k = 0; k < c->guard.len; k++) check_guard_elem(c->guard.at[k], k + 1 == c->guard.len);
        check_stmts(&c->body);
        pop_scope();
    }
    pop_flow();
    ck.in_command = in_command;
}

// --- what processes mention

static bool declared_in(const Object *o, const Process *p) { return o->pos >= p->pos && o->pos < p->end; }

static VarUse *use_of(ProcessInfo *p, Object *o) {
    for (uint32_t i = 0; i < p->uses.len; i++)
        if (p->uses.at[i].var == o) return &p->uses.at[i];
    VarUse u = {.var = o};
    VEC_PUSH(&p->uses, u);
    return &p->uses.at[p->uses.len - 1];
}

// A package's variables belong to nobody; those of a script are its own.
static bool is_shared_anyway(const Object *o) { return !o->pos || ((o->flags & OBJF_GLOBAL) && o->decl); }

void note_mention(Object *o, Pos pos) {
    if (is_shared_anyway(o)) return;
    for (ProcCtx *c = ck.proc; c && !declared_in(o, c->process); c = c->outer) {
        if (o->flags & OBJF_HEADER) {
            Mention m = {o, pos, MAY_INPUT | MAY_OUTPUT};
            VEC_PUSH(&c->process->info->chans, m);
        } else {
            VarUse *u = use_of(c->process->info, o);
            if (!u->mentioned) u->mentioned = pos;
        }
    }
}

void note_assigned(Object *o, Pos pos) {
    if (is_shared_anyway(o)) return;
    for (ProcCtx *c = ck.proc; c && !declared_in(o, c->process); c = c->outer) {
        VarUse *u = use_of(c->process->info, o);
        if (!u->assigned) u->assigned = pos;
    }
}

void note_direction(Expr *ch, uint8_t may) {
    Expr *e = ast_unparen(ch);
    if (e->kind != EXPR_IDENT || !e->ident.obj || !(e->ident.obj->flags & OBJF_HEADER)) return;
    for (ProcCtx *c = ck.proc; c; c = c->outer) {
        ProcessInfo *p = c->process->info;
        for (uint32_t i = p->chans.len; i-- > 0;)
            if (p->chans.at[i].var == e->ident.obj && p->chans.at[i].pos == e->start) p->chans.at[i].dirs = may;
    }
}

static const char *process_title(const Process *p, uint32_t i) {
    return p->label ? arena_printf("process %s", p->label->ident.name->text) : arena_printf("process %u", i + 1);
}

static void check_pair(Stmt *s, const VarUse *u, uint32_t writer, uint32_t other) {
    ProcessInfo *q = s->parallel.procs[other].info;
    for (uint32_t k = 0; k < q->uses.len; k++) {
        if (q->uses.at[k].var != u->var) continue;
        Pos at = q->uses.at[k].mentioned ? q->uses.at[k].mentioned : q->uses.at[k].assigned;
        source_error(at, "%s is assigned in %s, so %s may not mention it: processes share no variable that one of them assigns", u->var->name->text, process_title(&s->parallel.procs[writer], writer), process_title(&s->parallel.procs[other], other));
        source_note(u->assigned, "assigned here");
        return;
    }
}

static void check_disjoint(Stmt *s) {
    for (uint32_t i = 0; i < s->parallel.nprocs; i++) {
        ProcessInfo *p = s->parallel.procs[i].info;
        for (uint32_t k = 0; k < p->uses.len; k++) {
            const VarUse *u = &p->uses.at[k];
            if (!u->assigned) continue;
            if (p->replicated) source_error(u->assigned, "%s is assigned in every copy of %s: processes share no variable that one of them assigns", u->var->name->text, process_title(&s->parallel.procs[i], i));
            else
                for (uint32_t j = 0; j < s->parallel.nprocs; j++)
                    if (j != i) check_pair(s, u, i, j);
        }
    }
}

static void find_directions(Network *net, ProcessInfo *p) {
    p->may = ARENA_ARRAY(uint8_t, net->chans.len + 1);
    for (uint32_t i = 0; i < p->chans.len; i++)
        for (uint32_t k = 0; k < net->chans.len; k++)
            if (net->chans.at[k] == p->chans.at[i].var) p->may[k] |= p->chans.at[i].dirs;
}

// --- parallel commands

static void declare_channels(Stmt *s, Network *net) {
    FieldList *l = &s->parallel.chans;
    Type *t = NULL;
    for (uint32_t i = 0; i < l->len; i++) {
        if (!i || l->at[i].type != l->at[i - 1].type) t = check_var_type(l->at[i].type);
        Expr *name = l->at[i].name;
        Object *o = declare_local(name->ident.name, name->start, t == type_invalid ? t : type_chan_of(t, 3));
        o->flags |= OBJF_USED | OBJF_HEADER;
        name->ident.obj = o;
        VEC_PUSH(&net->chans, o);
    }
}

static bool const_bound(const Expr *e, int64_t *v) { return e && e->mode == MODE_CONST && e->val && const_is_int64(e->val, v); }

// Have cells p and q, of one label, a subscript in common as far as is known?
static bool cells_meet(const Process *p, const Process *q) {
    for (uint32_t i = 0; i < p->subs.len && i < q->subs.len; i++) {
        const Range *a = &p->subs.at[i], *b = &q->subs.at[i];
        int64_t alo, ahi, blo, bhi;
        if (!const_bound(a->lo, &alo) || !const_bound(a->hi ? a->hi : a->lo, &ahi) || !const_bound(b->lo, &blo) || !const_bound(b->hi ? b->hi : b->lo, &bhi)) return false;
        if (ahi < blo || bhi < alo) return false;
    }
    return true;
}

static void check_cells(Stmt *s, uint32_t i) {
    const Process *p = &s->parallel.procs[i];
    for (uint32_t k = 0; k < i; k++) {
        const Process *q = &s->parallel.procs[k];
        if (!q->info->name || q->info->name != p->info->name) continue;
        if (p->subs.len != q->subs.len) error_in(p->label, "process %s has %u subscript%s here and %u before", p->label->ident.name->text, p->subs.len, p->subs.len == 1 ? "" : "s", q->subs.len);
        else if (cells_meet(p, q)) error_in(p->label, "two processes of one name: %s", p->label->ident.name->text);
        else continue;
        source_note(q->label->start, "other declaration of %s", p->label->ident.name->text);
        return;
    }
}

static ProcName *declare_name(Network *net, Process *p) {
    if (!p->label || name_is_blank(p->label->ident.name)) return NULL;
    for (uint32_t i = 0; i < net->names.len; i++)
        if (net->names.at[i]->name == p->label->ident.name) return net->names.at[i];
    ProcName *n = ARENA_NEW(ProcName);
    *n = (ProcName){p->label->ident.name, p->label->start, p->subs.len, net->names.len, net};
    VEC_PUSH(&net->names, n);
    Object *o = object_new(OBJ_PROCESS, p->label->start, ck.pkg, n->name, NULL);
    o->color = BLACK;
    o->check = n;
    enter_local(o);
    return n;
}

static void declare_processes(Stmt *s, Network *net) {
    for (uint32_t i = 0; i < s->parallel.nprocs; i++) {
        Process *p = &s->parallel.procs[i];
        p->info = ARENA_NEW(ProcessInfo);
        for (uint32_t k = 0; k < p->subs.len; k++) {
            if (p->subs.at[k].hi) check_index_range(&p->subs.at[k]);
            else check_int(p->subs.at[k].lo, "process subscript");
            p->info->replicated |= p->subs.at[k].hi != NULL;
        }
    }
    for (uint32_t i = 0; i < s->parallel.nprocs; i++) {
        s->parallel.procs[i].info->name = declare_name(net, &s->parallel.procs[i]);
        check_cells(s, i);
    }
}

static Object *process_param(FuncInfo *f, Expr *name) {
    Object *o = object_new(OBJ_VAR, name ? name->start : 0, ck.pkg, name ? name->ident.name : name_of("number"), int_type());
    o->color = BLACK;
    o->flags = OBJF_USED | OBJF_PARAM | OBJF_INDEX;
    o->var.owner = f;
    return o;
}

// The function of a process: its number in the network and its subscripts.
static FuncInfo *process_func(Process *p, Scope *scope) {
    FuncInfo *f = ARENA_NEW(FuncInfo);
    Stmt *body = ARENA_NEW(Stmt);
    body->kind = STMT_BLOCK;
    body->pos = p->pos;
    body->end = body->block.rbrace = p->end;
    body->block.list = p->body;
    body->block.traits = BODY_LABELS; // maybe
    Type *sig = type_new(KIND_FUNC);
    *f = (FuncInfo){.sig = sig, .body = body, .parent = ck.func->info, .process = p->info, .pkg = ck.pkg, .pos = p->pos, .end = p->end};
    sig->nparams = f->nparams = 1 + p->subs.len;
    sig->params = f->params = ARENA_ARRAY(Object *, f->nparams);
    p->info->self = f->params[0] = process_param(f, NULL);
    for (uint32_t i = 0; i < p->subs.len; i++) {
        Range *r = &p->subs.at[i];
        r->var = f->params[i + 1] = process_param(f, r->name);
        if (r->name) r->name->ident.obj = r->var;
        if (r->name && !name_is_blank(r->name->ident.name) && scope_insert(scope, r->var)) error_in(r->name, "%s redeclared in this block", r->name->ident.name->text);
    }
    VEC_PUSH(&f->parent->literals, f);
    return f;
}

static void check_process(Network *net, Process *p) {
    Scope *scope = scope_new(ck.scope);
    scope->is_func = true;
    ProcCtx ctx = {net, p, ck.proc};
    p->info->func = process_func(p, scope);
    ck.proc = &ctx;
    check_body(p->info->func, scope);
    ck.proc = ctx.outer;
}

void check_parallel(Stmt *s) {
    Network *net = s->parallel.net = ARENA_NEW(Network);
    bool in_command = ck.in_command;
    ck.in_command = true;
    push_scope();
    net->net = hidden_var("network", TY(KIND_UNSAFE_POINTER));
    net->net->flags = OBJF_USED;
    declare_channels(s, net);
    declare_processes(s, net);
    for (uint32_t i = 0; i < s->parallel.nprocs; i++) check_process(net, &s->parallel.procs[i]);
    for (uint32_t i = 0; i < net->outputs.len; i++) resolve_output(net, net->outputs.at[i], constructor_of(net->outputs.at[i]));
    for (uint32_t i = 0; i < s->parallel.nprocs; i++) find_directions(net, s->parallel.procs[i].info);
    check_disjoint(s);
    pop_scope();
    ck.in_command = in_command;
}
