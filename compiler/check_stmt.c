// SPDX-License-Identifier: MIT
// check_stmt.c: statements: the door that sends each kind to its checker, and
// those too short for a file of their own.
#include <string.h>

#include "compiler/check_impl.h"
#include "compiler/notation.h"

// --- expressions, sends, go and defer

static void check_send(Stmt *s) {
    if (s->send.bang) {
        check_output(s);
        return;
    }
    check_value(s->send.ch, NULL);
    check_value(s->send.value, NULL);
    if (is_invalid(s->send.ch) || is_invalid(s->send.value)) return;
    Type *u = s->send.ch->mode == MODE_NIL ? NULL : type_core(s->send.ch->type);
    if (!u || u->kind != KIND_CHAN) {
        source_error(s->pos, "invalid operation: cannot send to non-channel %s", operand_string(s->send.ch));
        return;
    }
    if (u->chan_dir == 1) {
        source_error(s->pos, "invalid operation: cannot send to receive-only channel %s", operand_string(s->send.ch));
        return;
    }
    note_direction(s->send.ch, MAY_OUTPUT);
    assign_to(s->send.value, u->elem, "send");
}

static const char *unused_kind(Expr *e) {
    switch (e->mode) {
    case MODE_CONST: case MODE_VAR: case MODE_VALUE: case MODE_NIL: case MODE_MAPINDEX: case MODE_COMMAOK: return "is not used";
    case MODE_TYPE: return "(type) is not an expression";
    case MODE_BUILTIN: return "(built-in) must be called";
    default: return NULL;
    }
}

static bool builtin_statement(int id) {
    static const bool ok[] = {
#define BUILTIN(name, nmin, variadic, stmt) stmt,
#include "compiler/builtins.def"
#undef BUILTIN
    };
    return ok[id];
}

bool is_skip(Expr *e) {
    if (e->kind != EXPR_IDENT || strcmp(e->ident.name->text, "skip") != 0) return false;
    Scope *where;
    Object *o = scope_lookup(ck.scope, e->ident.name, &where);
    return o && o->kind == OBJ_BUILTIN;
}

// Of the input of a session: an expression of any kind is shown.
static void check_shown(Expr *e) {
    Type *t = e->type;
    if (e->mode == MODE_TYPE && ck.pkg->shown.only_type) return;
    if (e->mode == MODE_NIL) error_in(e, "use of untyped nil");
    else if (e->mode == MODE_TYPE || e->mode == MODE_BUILTIN || (t && t->kind == KIND_FUNC && t->ntparams)) error_in(e, "%s is not a value", operand_string(e));
    else if (type_is_untyped(t)) use_default(e);
}

static void check_expr_stmt(Stmt *s) {
    Expr *e = s->expr.x, *u = ast_unparen(e);
    if (is_skip(e)) {
        s->kind = STMT_EMPTY;
        return;
    }
    check_raw(e, NULL);
    if (is_invalid(e)) return;
    if (ck.in_script_top && ck.pkg->shown.stmt == s) {
        check_shown(e);
        return;
    }
    if (u->kind == EXPR_CALL) {
        if (u->call.call_kind == CALL_FUNC || u->call.call_kind == CALL_METHOD || u->call.call_kind == CALL_FOREIGN) return;
        if (u->call.call_kind == CALL_BUILTIN && builtin_statement(u->call.builtin)) return;
        error_in(e, "%s %s", operand_string(e), "is not used");
        advise_unused(e);
        return;
    }
    if (u->kind == EXPR_UNARY && u->op == TOK_ARROW) return;
    if (u->kind == EXPR_RECV_POST) return;
    const char *why = unused_kind(e);
    if (!why) return;
    bool value = e->mode != MODE_TYPE && e->mode != MODE_BUILTIN;
    error_in(e, "%s %s", value ? operand_string(e) : ast_string(e), why);
    if (value) advise_unused(e);
    if (value && ck.func && ck.func->info->process && type_is_boolean(e->type)) source_note(e->start, "directly in a parallel command || separates processes: the logical or needs parentheses");
}

static void check_go_defer(Stmt *s) {
    Expr *e = s->go.call;
    const char *word = s->kind == STMT_GO ? "go" : "defer";
    if (s->kind == STMT_DEFER && ck.func) {
        source_func()->info->has_defer = true;
        if (ck.func->info->range_body) capture(ck.func->info->range_body->range.func->frame);
    }
    check_raw(e, NULL);
    if (is_invalid(e)) return;
    if (e->call.call_kind == CALL_CONVERSION) error_in(e, "%s requires function call, not conversion", word);
    else if (e->call.call_kind == CALL_BUILTIN && !builtin_statement(e->call.builtin)) error_in(e, "%s discards result of %s", word, operand_string(e));
}

// --- blocks

static void check_if(Stmt *s) {
    push_scope();
    bool top = ck.in_script_top;
    ck.in_script_top = false;
    if (s->if_.init) check_stmt(s->if_.init);
    Expr *c = s->if_.cond;
    check_value(c, NULL);
    if (!is_invalid(c)) {
        if (c->mode == MODE_NIL || !type_is_boolean(c->type)) error_in(c, "non-boolean condition in if statement"), advise_condition(c);
        else use_default(c);
    }
    check_stmt(s->if_.then);
    if (s->if_.else_) check_stmt(s->if_.else_);
    ck.in_script_top = top;
    pop_scope();
}

static void inner(Stmt *s, void (*check)(Stmt *)) {
    bool top = ck.in_script_top;
    ck.in_script_top = false;
    check(s);
    ck.in_script_top = top;
}

static void check_block(Stmt *s) {
    uint32_t calls = ck.calls;
    push_scope();
    check_stmts(&s->block.list);
    pop_scope();
    ck.calls = calls; // those of the statements around it count their own
}

// --- everything

void check_stmt(Stmt *s) {
    uint32_t calls = ck.calls;
    ck.clock++;
    if (ck.func) ck.func->clock = ck.clock;
    bool fallthrough = ck.fallthrough_ok;
    if (s->kind != STMT_BRANCH && s->kind != STMT_LABELED) ck.fallthrough_ok = false;
    switch (s->kind) {
    case STMT_EXPR: check_expr_stmt(s); break;
    case STMT_SEND: check_send(s); break;
    case STMT_INCDEC: check_incdec(s); break;
    case STMT_ASSIGN: check_assign(s); break;
    case STMT_DEFINE: check_define(s); break;
    case STMT_GO: case STMT_DEFER: check_go_defer(s); break;
    case STMT_RETURN: check_return(s); break;
    case STMT_BRANCH: check_branch(s); break;
    case STMT_BLOCK: inner(s, check_block); break;
    case STMT_IF: check_if(s); break;
    case STMT_SWITCH: inner(s, check_switch); break;
    case STMT_TYPE_SWITCH: inner(s, check_type_switch); break;
    case STMT_SELECT: inner(s, check_select); break;
    case STMT_FOR: check_for(s); break;
    case STMT_RANGE: check_range(s); break;
    case STMT_LABELED: check_labeled(s); break;
    case STMT_DECL:
        if (!(ck.in_script_top && s->decl.decl->kind != DECL_VAR)) check_local_decl(s->decl.decl); // a script's constants and types were declared before
        break;
    case STMT_INPUT: check_input(s); break;
    case STMT_GUARDED: inner(s, check_guarded); break;
    case STMT_PARALLEL: inner(s, check_parallel); break;
    default: break;
    }
    s->calm = ck.calls == calls;
    ck.fallthrough_ok = fallthrough;
}

void check_stmts(StmtList *l) {
    for (uint32_t i = 0; i < l->len; i++) check_stmt(l->at[i]);
}
