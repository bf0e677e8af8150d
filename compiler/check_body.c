// SPDX-License-Identifier: MIT
// check_body.c: bodies of functions and scripts: their returns, and what was
// declared in them but not used.
#include "compiler/check_impl.h"

// --- return

static void return_from_range(RangeFunc *rf, FuncInfo *func, bool values) {
    *rf->returns = true;
    for (uint32_t i = 0; values && i < func->nresults; i++) capture(rf->results[i]);
}

// return without values: allowed when the results have names that nothing hides.
static void check_bare_return(Stmt *s, FuncInfo *info) {
    Type *sig = info->sig;
    if (sig->nresults && !info->named_results) {
        source_error(s->pos, "not enough return values\n\thave ()\n\twant %s", signature_types(sig->results, sig->nresults, false));
        return;
    }
    for (uint32_t i = 0; i < sig->nresults; i++) {
        Object *o = sig->results[i];
        if (!o->name || name_is_blank(o->name)) continue;
        Scope *where;
        Object *now = scope_lookup(ck.scope, o->name, &where);
        if (now == o) continue;
        source_error(s->pos, "result parameter %s not in scope at return", o->name->text);
        if (now) source_note(now->pos, "inner declaration of %s", o->name->text);
    }
}

static void check_needless_results(ExprList *r, FuncInfo *info) {
    for (uint32_t i = 0; i < r->len; i++) check_multi(r->at[i]);
    if (info->process) error_in(r->at[0], "return ends the process and has no values: the function around goes on when all processes have ended");
    else error_in(r->at[0], "too many return values\n\thave %s\n\twant ()", have_types(r));
}

static void wrong_count(Expr *at, ExprList *r, uint32_t have, Type *sig) {
    error_in(at, "%s return values\n\thave %s\n\twant %s", have < sig->nresults ? "not enough" : "too many", have_types(r), signature_types(sig->results, sig->nresults, false));
}

// One expression for several results: a call of a function that has as many.
static void check_result_call(ExprList *r, Type *sig) {
    Expr *e = r->at[0];
    check_multi(e);
    if (is_invalid(e)) return;
    uint32_t have = e->type->kind == TYPE_K_TUPLE ? e->type->ntypes : 1;
    if (have != sig->nresults) {
        wrong_count(e, r, have, sig);
        return;
    }
    for (uint32_t i = 0; i < have; i++)
        if (!assignable_type(e->type->types[i], sig->results[i]->type)) error_in(e, "cannot use %s (value of type %s) as %s value in return statement", ast_string(e), type_string(e->type->types[i]), type_string(sig->results[i]->type));
}

static void check_results(ExprList *r, Type *sig) {
    uint32_t n = sig->nresults;
    for (uint32_t i = 0; i < r->len; i++) check_value(r->at[i], i < n ? sig->results[i]->type : NULL);
    if (r->len != n) {
        wrong_count(r->at[r->len < n ? r->len - 1 : n], r, r->len, sig);
        return;
    }
    for (uint32_t i = 0; i < n; i++) assign_to(r->at[i], sig->results[i]->type, "return statement");
}

void check_return(Stmt *s) {
    FuncInfo *info = s->ret.func = source_func()->info;
    ExprList *r = &s->ret.results;
    if (ck.func->info->range_body) return_from_range(ck.func->info->range_body->range.func, info, r->len != 0);
    if (!r->len) check_bare_return(s, info);
    else if (!info->sig->nresults) check_needless_results(r, info);
    else if (r->len == 1 && info->sig->nresults != 1) check_result_call(r, info->sig);
    else check_results(r, info->sig);
}

// --- bodies

void report_unused(FuncCtx *f) {
    for (uint32_t i = 0; i < f->locals.len; i++) {
        Object *o = f->locals.at[i];
        if ((o->flags & OBJF_USED) || name_is_blank(o->name) || ck.config->ignore_unused) continue;
        if (o->flags & OBJF_SHADOWS) source_error(o->pos, "declared and not used: %s (:= declares another %s here; to assign to the one outside write %s = ...)", o->name->text, o->name->text, o->name->text);
        else source_error(o->pos, "declared and not used: %s", o->name->text);
    }
    for (uint32_t i = 0; i < f->labels.len; i++)
        if (!f->labels.at[i]->labeled.used) source_error(f->labels.at[i]->pos, "label %s defined and not used", f->labels.at[i]->labeled.label->text);
}

static void own_params(FuncInfo *info, Object **at, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (at[i]) at[i]->var.owner = info;
}

// scope holds the parameters; the body's statements share it, as in Go.
void check_body(FuncInfo *info, Scope *scope) {
    FuncCtx f = {.info = info, .outer = ck.func, .around = ck.flow};
    Scope *saved = ck.scope;
    Flow *flow = ck.flow;
    bool top = ck.in_script_top, ft = ck.fallthrough_ok;
    uint32_t calls = ck.calls;
    ck.func = &f;
    ck.flow = NULL;
    ck.scope = scope;
    ck.in_script_top = ck.fallthrough_ok = false;
    own_params(info, info->params, info->nparams);
    own_params(info, info->results, info->nresults);
    if (info->recv) info->recv->var.owner = info;
    for (uint32_t i = 0; i < info->nresults; i++) info->named_results |= info->results[i]->name != NULL;
    if (info->body->block.traits & BODY_LABELS) collect_labels(&info->body->block.list);
    check_stmts(&info->body->block.list);
    for (uint32_t i = 0; i < f.gotos.len; i++) check_goto(info, f.gotos.at[i]);
    info->has_goto = f.gotos.len != 0;
    if (info->nresults && !list_terminates(&info->body->block.list)) source_error(info->body->block.rbrace, "missing return");
    report_unused(&f);
    ck.scope = saved;
    ck.func = f.outer;
    ck.flow = flow;
    ck.in_script_top = top;
    ck.fallthrough_ok = ft;
    ck.calls = calls;
}

// A script's statements: the body of a function whose outermost variables are
// package variables.
void check_script(Package *p, FileAst *file) {
    FuncInfo *info = ARENA_NEW(FuncInfo);
    info->sig = type_new(KIND_FUNC);
    info->pkg = p;
    Stmt *body = ARENA_NEW(Stmt);
    body->kind = STMT_BLOCK;
    body->block.list = file->script;
    if (file->script.len) info->pos = body->pos = file->script.at[0]->pos;
    info->end = body->block.rbrace = file->source->base + (Pos)file->source->text.len;
    info->body = body;
    p->script = info;
    FuncCtx f = {.info = info};
    ck.func = &f;
    ck.in_script_top = true;
    collect_labels(&body->block.list);
    check_stmts(&body->block.list);
    for (uint32_t i = 0; i < f.gotos.len; i++) check_goto(info, f.gotos.at[i]);
    ck.in_script_top = false;
    report_unused(&f);
    ck.func = NULL;
}
