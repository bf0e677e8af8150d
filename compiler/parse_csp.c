// SPDX-License-Identifier: MIT
// parse_csp.c: the notation of CSP: input and output, guarded and parallel
// commands.
//
// A '[' where a statement begins opens a command when "->", "||" or "::" stands
// directly inside of it; no valid Go statement looks so. What each bracket of
// the file holds is found out once, in one pass over the tokens, when the first
// such '[' is met; so nothing is read twice however deep commands nest.
#include <string.h>

#include "compiler/parser_impl.h"

// --- what the brackets of the file hold

enum { HOLDS_GUARD = 1, HOLDS_BAR = 2, HOLDS_LABELS = 4 };

typedef struct Bracket { Pos pos; uint8_t holds; } Bracket;
typedef struct BracketTable { VEC(Bracket) list; } BracketTable; // of every '[', in the order of the source

static const BracketTable *bracket_table(void) {
    if (parser.brackets) return parser.brackets;
    BracketTable *t = ARENA_NEW(BracketTable);
    VEC(uint32_t) open = {0}; // number of the '[' in the list, UINT32_MAX for '(' and '{'
    Lexer l;
    lexer_init(&l, parser.l.file);
    for (lexer_next(&l); l.kind != TOK_EOF; lexer_next(&l)) {
        uint8_t holds = 0;
        switch (l.kind) {
        case TOK_LBRACK: {
            Bracket b = {l.pos, 0};
            VEC_PUSH(&open, t->list.len);
            VEC_PUSH(&t->list, b);
            break;
        }
        case TOK_LPAREN: case TOK_LBRACE: VEC_PUSH(&open, UINT32_MAX); break;
        case TOK_RBRACK: case TOK_RPAREN: case TOK_RBRACE: if (open.len) open.len--; break;
        case TOK_GUARD: holds = HOLDS_GUARD; break;
        case TOK_LOR: holds = HOLDS_BAR; break;
        case TOK_LABELS: holds = HOLDS_LABELS; break;
        default: break;
        }
        if (holds && open.len && open.at[open.len - 1] != UINT32_MAX) t->list.at[open.at[open.len - 1]].holds |= holds;
    }
    return parser.brackets = t;
}

static uint8_t bracket_holds(Pos pos) {
    const BracketTable *t = bracket_table();
    uint32_t lo = 0, hi = t->list.len;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (t->list.at[mid].pos < pos) lo = mid + 1;
        else hi = mid;
    }
    return lo < t->list.len && t->list.at[lo].pos == pos ? t->list.at[lo].holds : 0;
}

// --- looking ahead

static bool is_pri(void) { return tok() == TOK_IDENT && parser.l.name->len == 3 && memcmp(parser.l.name->text, "pri", 3) == 0; }

// Is the next thing that is no blank a '[' or a name? Saves most look-aheads.
static bool bracket_near(void) {
    const char *p = parser.l.p;
    while (p < parser.l.limit && (*p == ' ' || *p == '\t')) p++;
    return p < parser.l.limit && (*p == '[' || *p == 'p');
}

bool at_command(void) {
    if (lexer_plain_go) return false;
    if (tok() == TOK_LBRACK) return bracket_holds(tok_pos()) != 0;
    if ((tok() != TOK_MUL && !is_pri()) || !bracket_near()) return false;
    Lexer saved = parser.l;
    if (tok() == TOK_MUL) lexer_next(&parser.l);
    if (is_pri()) lexer_next(&parser.l);
    bool yes = tok() == TOK_LBRACK && bracket_holds(tok_pos()) != 0;
    parser.l = saved;
    return yes;
}

static int next_kind(void) {
    Lexer l = parser.l;
    lexer_next(&l);
    return l.kind;
}

static bool directly_in(int command) { return parser.command == command && parser.expr_level <= 0; }

bool at_empty_brackets(void) { return tok() == TOK_LBRACK && directly_in(IN_GUARDED) && next_kind() == TOK_RBRACK; }

bool at_process_bar(void) { return tok() == TOK_LOR && parser.command == IN_PARALLEL && parser.expr_level == 0; }

bool input_follows(void) {
    if (parser.input_level != parser.expr_level + 1) return false;
    int next = next_kind();
    return next == TOK_IDENT || next == TOK_LPAREN || next == TOK_MUL;
}

// --- communication

static ExprList paren_list(void) {
    ExprList list = {0};
    next_token(); // (
    parser.expr_level++;
    list = parse_expr_list();
    parser.expr_level--;
    want(TOK_RPAREN);
    return list;
}

static Expr *paren_of(Expr *x, Pos start) {
    Expr *e = new_expr(EXPR_PAREN, start);
    e->paren.x = x;
    return finish(e);
}

Stmt *parse_input(Expr *ch) {
    Stmt *s = new_stmt(STMT_INPUT, tok_pos());
    next_token(); // ?
    s->input.ch = ch;
    if (tok() == TOK_LPAREN) {
        Pos start = tok_pos();
        ExprList *l = &s->input.targets;
        *l = paren_list();
        s->input.tuple = l->len > 1;
        if (!s->input.tuple) l->at[0] = parse_operand_suffixes(paren_of(l->at[0], start), true); // (*p).x
    } else {
        Expr *t = parse_unary();
        VEC_PUSH(&s->input.targets, t);
    }
    if (got(TOK_COMMA)) s->input.ok = parse_unary();
    return finish_stmt(s);
}

Stmt *parse_output(Expr *ch) {
    Stmt *s = new_stmt(STMT_SEND, tok_pos());
    Pos start;
    next_token(); // !
    s->send.ch = ch;
    s->send.bang = true;
    start = tok_pos();
    if (tok() != TOK_LPAREN) {
        s->send.value = parse_expr();
        return finish_stmt(s);
    }
    ExprList list = paren_list();
    if (list.len > 1) s->send.tuple = list;
    else s->send.value = parse_binary_from(parse_operand_suffixes(paren_of(list.at[0], start), true), 0);
    return finish_stmt(s);
}

// --- declarations as the paper writes them

static Stmt *var_decl(ExprList names, Expr *type) {
    Stmt *s = new_stmt(STMT_DECL, names.at[0]->start);
    Decl *d = ARENA_NEW(Decl);
    d->kind = DECL_VAR;
    d->pos = names.at[0]->start;
    d->value.names = names;
    d->value.type = type;
    s->decl.decl = d;
    return finish_stmt(s);
}

Stmt *parse_hoare_decl(ExprList names) {
    next_token(); // :
    for (uint32_t i = 0; i < names.len; i++)
        if (names.at[i]->kind != EXPR_IDENT) {
            syntax_error_at(names.at[i]->start, "only names stand before the : of a declaration");
            names.at[i]->kind = EXPR_IDENT;
            names.at[i]->ident.name = name_of("_");
            names.at[i]->ident.obj = NULL;
        }
    return var_decl(names, parse_type());
}

// A statement that is nothing but a type is no Go.
Stmt *hoare_decl_of_label(Stmt *s) {
    if (s->kind != STMT_LABELED || s->labeled.stmt->kind != STMT_EXPR) return NULL;
    Expr *type = s->labeled.stmt->expr.x;
    switch (type->kind) {
    case EXPR_IDENT: case EXPR_SELECTOR: case EXPR_INDEX: case EXPR_STAR: case EXPR_PAREN: case EXPR_ARRAY_TYPE: case EXPR_STRUCT_TYPE:
    case EXPR_FUNC_TYPE: case EXPR_INTERFACE_TYPE: case EXPR_MAP_TYPE: case EXPR_CHAN_TYPE: break;
    default: return NULL;
    }
    Expr *name = new_expr(EXPR_IDENT, s->pos);
    name->ident.name = s->labeled.label;
    name->end = s->pos + s->labeled.label->len;
    ExprList names = {0};
    VEC_PUSH(&names, name);
    return var_decl(names, type);
}

// --- lists of statements in commands

static bool at_separator(void) {
    return tok() == TOK_BOX || at_empty_brackets() || at_process_bar();
}

static bool at_list_end(void) {
    switch (tok()) {
    case TOK_EOF: case TOK_RBRACK: case TOK_RBRACE: case TOK_RPAREN: case TOK_CASE: return true;
    default: return at_separator();
    }
}

static void skip_in_list(Pos before) {
    skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RBRACK, TOK_RBRACE, TOK_BOX, TOK_LOR}, 5);
    if (!got(TOK_SEMICOLON) && tok_pos() == before && !at_list_end()) next_token();
}

static StmtList command_list(void) {
    StmtList list = {0};
    while (!at_list_end()) {
        Pos before = tok_pos();
        Stmt *s = parse_stmt();
        if (s && s->kind != STMT_EMPTY) VEC_PUSH(&list, s);
        if (got(TOK_SEMICOLON) || at_list_end()) continue;
        if (tok() == TOK_GUARD && s && s->kind == STMT_RETURN) syntax_error("unexpected ->: [] on the line of a return is its operand, so write ; or a new line before it");
        else if (tok() == TOK_GUARD) syntax_error("unexpected ->: [] separates guarded commands");
        else syntax_error(s ? "at end of statement" : "expected statement or ]");
        skip_in_list(before);
    }
    return list;
}

// --- guarded commands

static bool at_range(void) {
    if (tok() != TOK_IDENT) return false;
    return next_kind() == TOK_COLON;
}

static Range range(void) {
    Range r = {0};
    r.name = parse_name();
    want(TOK_COLON);
    r.lo = parse_expr();
    if (want(TOK_DOTDOT)) r.hi = parse_expr();
    else r.hi = bad_expr(tok_pos());
    return r;
}

// "(i: 1..n" begins no expression.
static bool at_ranges(void) {
    if (tok() != TOK_LPAREN) return false;
    Lexer saved = parser.l;
    lexer_next(&parser.l);
    bool yes = at_range();
    parser.l = saved;
    return yes;
}

static void ranges(GuardedCmd *c) {
    next_token(); // (
    parser.expr_level++;
    do {
        Range r = range();
        VEC_PUSH(&c->ranges, r);
    } while (got(TOK_COMMA));
    parser.expr_level--;
    want(TOK_RPAREN);
    got(TOK_SEMICOLON);
}

// names ":" begins a declaration: labels do not occur in guards.
static bool at_declaration(void) {
    if (tok() != TOK_IDENT) return false;
    Lexer saved = parser.l;
    lexer_next(&parser.l);
    while (tok() == TOK_COMMA) {
        lexer_next(&parser.l);
        if (tok() == TOK_IDENT) lexer_next(&parser.l);
        else break;
    }
    bool yes = tok() == TOK_COLON;
    parser.l = saved;
    return yes;
}

static Stmt *guard_elem(void) {
    if (!at_declaration()) return parse_simple_stmt(false);
    ExprList names = {0};
    do {
        Expr *n = parse_name();
        VEC_PUSH(&names, n);
    } while (got(TOK_COMMA));
    return parse_hoare_decl(names);
}

static void guard(GuardedCmd *c) {
    if (at_ranges()) ranges(c);
    if (tok() == TOK_DEFAULT || tok() == TOK_ELSE) {
        c->is_default = tok() == TOK_DEFAULT;
        c->is_else = !c->is_default;
        next_token();
        got(TOK_SEMICOLON);
        return;
    }
    while (tok() != TOK_GUARD && !at_list_end()) {
        Pos before = tok_pos();
        if (got(TOK_SEMICOLON)) continue;
        Stmt *s = guard_elem();
        VEC_PUSH(&c->guard, s);
        if (tok() == TOK_SEMICOLON || tok() == TOK_GUARD || at_list_end()) continue;
        syntax_error("in guard, expected ; or ->");
        skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_GUARD, TOK_RBRACK, TOK_RBRACE, TOK_BOX}, 5);
        if (tok() == TOK_SEMICOLON && parser.l.auto_semi) return; // what was to follow the -> has begun
        if (tok_pos() == before) next_token();
    }
    if (!c->guard.len) syntax_error("expected a guard before ->");
}

// Behind a guard that went wrong the commands may follow without "->".
static bool guard_ended(int errors) { return tok() == TOK_GUARD || source_syntax_error_count() == errors; }

static bool separator(void) {
    if (got(TOK_BOX)) return true;
    if (!at_empty_brackets()) return false;
    next_token();
    next_token();
    return true;
}

static void guarded(Stmt *s) {
    VEC(GuardedCmd) cmds = {0};
    do {
        while (got(TOK_SEMICOLON)) {}
        GuardedCmd c = {.pos = tok_pos()};
        int errors = source_syntax_error_count();
        guard(&c);
        if (!guard_ended(errors) || want(TOK_GUARD)) c.body = command_list();
        VEC_PUSH(&cmds, c);
        while (tok() == TOK_SEMICOLON) next_token();
    } while (separator());
    s->guarded.cmds = cmds.at;
    s->guarded.ncmds = cmds.len;
}

// --- parallel commands

// name "::" or name "(" ... ")" "::"
static bool at_label(void) {
    if (tok() != TOK_IDENT) return false;
    Lexer saved = parser.l;
    lexer_next(&parser.l);
    if (tok() == TOK_LPAREN) {
        int depth = 0;
        do {
            if (tok() == TOK_LPAREN || tok() == TOK_LBRACK || tok() == TOK_LBRACE) depth++;
            else if (tok() == TOK_RPAREN || tok() == TOK_RBRACK || tok() == TOK_RBRACE) depth--;
            lexer_next(&parser.l);
        } while (depth > 0 && tok() != TOK_EOF && tok() != TOK_SEMICOLON);
    }
    bool yes = tok() == TOK_LABELS;
    parser.l = saved;
    return yes;
}

static void label(Process *p) {
    p->label = parse_name();
    if (got(TOK_LPAREN)) {
        parser.expr_level++;
        do {
            Range r = {0};
            if (at_range()) r = range();
            else r.lo = parse_expr();
            VEC_PUSH(&p->subs, r);
        } while (got(TOK_COMMA));
        parser.expr_level--;
        want(TOK_RPAREN);
    }
    want(TOK_LABELS);
}

static void header_channels(FieldList *list) {
    while (tok() == TOK_CHAN) {
        ExprList names = {0};
        next_token();
        do {
            Expr *n = parse_name();
            VEC_PUSH(&names, n);
        } while (got(TOK_COMMA));
        Expr *type = parse_type();
        for (uint32_t i = 0; i < names.len; i++) {
            Field f = {.name = names.at[i], .type = type};
            VEC_PUSH(list, f);
        }
        if (tok() != TOK_RBRACK) want(TOK_SEMICOLON);
    }
}

static void parallel(Stmt *s) {
    VEC(Process) procs = {0};
    while (got(TOK_SEMICOLON)) {}
    header_channels(&s->parallel.chans);
    do {
        while (got(TOK_SEMICOLON)) {}
        Process p = {.pos = tok_pos()};
        if (at_label()) label(&p);
        p.body = command_list();
        p.end = parser.l.prev_end;
        VEC_PUSH(&procs, p);
    } while (at_process_bar() && got(TOK_LOR));
    s->parallel.procs = procs.at;
    s->parallel.nprocs = procs.len;
}

// --- both

Stmt *parse_command(void) {
    Stmt *s = new_stmt(STMT_PARALLEL, tok_pos());
    bool repeat = got(TOK_MUL), pri = is_pri();
    if (pri) next_token();
    Pos open = tok_pos();
    uint8_t command = parser.command;
    int level = parser.expr_level, input = parser.input_level;
    parser.expr_level = parser.input_level = 0;
    if (bracket_holds(open) & HOLDS_GUARD) {
        s->kind = STMT_GUARDED;
        s->guarded.repeat = repeat;
        s->guarded.pri = pri;
        parser.command = IN_GUARDED;
        next_token(); // [
        guarded(s);
    } else {
        if (repeat || pri) syntax_error_at(s->pos, "* and pri stand before guarded commands only: a parallel command runs once, all processes at the same time");
        parser.command = IN_PARALLEL;
        next_token(); // [
        parallel(s);
    }
    parser.command = command;
    parser.expr_level = level;
    parser.input_level = input;
    want(TOK_RBRACK);
    return finish_stmt(s);
}
