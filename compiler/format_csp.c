// SPDX-License-Identifier: MIT
// format_csp.c: the notation of CSP.
//
// A command keeps its line breaks. What begins a line in it is indented once
// more than the line of its '[', but for "[]", "||" and "]", which stand below it;
// statements on one line have semicolons between. Communications have no blanks,
// and what they carry few.
#include "compiler/format_impl.h"

static const FormatToken *tokens_of(const Printer *p) { return p->f->tokens.at; }

// --- communication

static void put_tuple(Printer *p, const ExprList *list, Pos end) {
    Pos open = format_token(p->f, format_token(p->f, token_at(p->f, end - 1))->match)->pos;
    put_token_at(p, open, TOK_LPAREN);
    put_expr_list(p, open, list->at, list->len, 1, LIST_COMMA_TERM, end - 1);
    put_token_at(p, end - 1, TOK_RPAREN);
}

void put_output(Printer *p, const Stmt *s) {
    put_expr_depth(p, s->send.ch, PREC_LOWEST, 2);
    put_token_at(p, s->pos, TOK_NOT);
    if (s->send.value) put_expr_depth(p, s->send.value, PREC_LOWEST, s->send.value->kind == EXPR_BINARY ? 2 : 1);
    else put_tuple(p, &s->send.tuple, s->end);
}

static Pos targets_end(const Printer *p, const Stmt *s) {
    return s->input.ok ? tokens_of(p)[token_at(p->f, s->input.ok->start) - 2].end : s->end;
}

void put_input(Printer *p, const Stmt *s) {
    put_expr_depth(p, s->input.ch, PREC_LOWEST, 2);
    put_token_at(p, s->pos, TOK_QUERY);
    if (s->input.tuple) put_tuple(p, &s->input.targets, targets_end(p, s));
    else put_expr_depth(p, s->input.targets.at[0], PREC_UNARY, 2);
    if (!s->input.ok) return;
    put_token_at(p, s->input.ok->start, TOK_COMMA);
    put_blank(p, BLANK);
    put_expr(p, s->input.ok);
}

// --- declarations and ranges

void put_hoare_decl(Printer *p, const Decl *d) {
    const ExprList *names = &d->value.names;
    put_expr_list(p, names->at[0]->start, names->at, names->len, 1, 0, 0);
    put_token_at(p, format_token(p->f, token_behind(p->f, names->at[names->len - 1]->end))->pos, TOK_COLON);
    put_blank(p, BLANK);
    put_expr(p, d->value.type);
}

static void put_range(Printer *p, const Range *r) {
    if (r->name) {
        put_expr(p, r->name);
        put_token(p, TOK_COLON);
    }
    put_expr_depth(p, r->lo, PREC_LOWEST, 2);
    if (!r->hi) return;
    put_token(p, TOK_DOTDOT);
    put_expr_depth(p, r->hi, PREC_LOWEST, 2);
}

static void put_ranges(Printer *p, const Range *at, uint32_t n, uint32_t open) {
    const FormatToken *t = format_token(p->f, open);
    put_token_at(p, t->pos, TOK_LPAREN);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0) {
            put_token(p, TOK_COMMA);
            put_blank(p, BLANK);
        }
        put_range(p, &at[i]);
    }
    put_token_at(p, format_token(p->f, t->match)->pos, TOK_RPAREN);
}

// --- commands

// A sign of the notation in the spelling of the source.
static void put_sign(Printer *p, uint32_t i) {
    const FormatToken *t = format_token(p->f, i);
    Str s = {p->f->file->text.ptr + (t->pos - p->f->file->base), t->end - t->pos};
    put_pos(p, t->pos);
    put_text(p, s, t->kind, false);
    p->implied_semi = false;
}

// A line break where the source has one, else a blank. Lines that are indented
// differently are of different sections, else the columns of one would move the other.
static bool put_gap_in(Printer *p, Pos pos, bool section) {
    if (put_linebreak(p, format_line(p->f, pos), 0, IGNORE, section) > 0) return true;
    put_blank(p, BLANK);
    return false;
}

static bool put_gap(Printer *p, Pos pos) { return put_gap_in(p, pos, true); }

static bool breaks_before(Printer *p, Pos pos) { return p->pos.line < format_line(p->f, pos); }

static uint32_t before_semicolons(const Printer *p, uint32_t i) {
    while (i > 0 && tokens_of(p)[i].kind == TOK_SEMICOLON) i--;
    return i;
}

static bool needs_semicolon(const Stmt *s) { // lest what follows is its operand
    while (s->kind == STMT_LABELED) s = s->labeled.stmt;
    return s->kind == STMT_RETURN && !s->ret.results.len;
}

// Statements of a command, the first behind a blank or line break.
static void put_list(Printer *p, const StmtList *list) {
    int line = 0;
    for (uint32_t i = 0; i < list->len && !p->broken; i++) {
        const Stmt *s = list->at[i];
        Pos start = stmt_start(s);
        bool section = i == 0 || p->out_line > line || p->line_indent != p->indent;
        if (i > 0 && !breaks_before(p, start)) put_token(p, TOK_SEMICOLON);
        put_gap_in(p, start, section);
        wants_line(p, &line);
        put_stmt(p, s, false);
    }
}

// "[]" or "||" before what begins at pos, on the level of the command's '['. The
// part before it began in *line; parts of one line are one section.
static void put_separator(Printer *p, Pos pos, const StmtList *before, int *line) {
    uint32_t last = before_semicolons(p, token_at(p->f, pos) - 1);
    bool brackets = tokens_of(p)[last].kind == TOK_RBRACK;
    uint32_t first = brackets ? last - 1 : last;
    Pos pos_of_sign = tokens_of(p)[first].pos;
    bool breaks = breaks_before(p, pos_of_sign), section = p->out_line > *line || p->line_indent != p->indent - 1;
    if (!breaks && brackets && before->len && needs_semicolon(before->at[before->len - 1])) put_token(p, TOK_SEMICOLON);
    put_blank(p, UNINDENT);
    put_gap_in(p, pos_of_sign, section);
    if (breaks) wants_line(p, line);
    put_sign(p, first);
    if (brackets) put_sign(p, last);
    put_blank(p, INDENT);
}

static void put_close(Printer *p, Pos end) {
    put_blank(p, UNINDENT);
    put_gap(p, end - 1);
    put_token_at(p, end - 1, TOK_RBRACK);
}

// --- guarded commands

// The elements of a guard; answers the token "->" behind them.
static uint32_t put_guard(Printer *p, const GuardedCmd *c) {
    uint32_t i = token_at(p->f, c->pos);
    if (c->ranges.len) {
        put_ranges(p, c->ranges.at, c->ranges.len, i);
        i = tokens_of(p)[i].match + 1;
        while (format_token(p->f, i)->kind == TOK_SEMICOLON) i++;
        put_gap(p, format_token(p->f, i)->pos);
    }
    if (c->is_default || c->is_else) put_token_at(p, format_token(p->f, i)->pos, c->is_default ? TOK_DEFAULT : TOK_ELSE);
    for (uint32_t k = 0; k < c->guard.len; k++) {
        const Stmt *s = c->guard.at[k];
        Pos start = stmt_start(s);
        if (k > 0) {
            if (!breaks_before(p, start)) put_token(p, TOK_SEMICOLON);
            put_gap(p, start);
        }
        put_stmt(p, s, false);
        i = token_behind(p->f, s->end);
    }
    while (format_token(p->f, i)->kind != TOK_GUARD && format_token(p->f, i)->kind != TOK_EOF) i++;
    return i;
}

// Below a guard that begins a line its statements are indented once more.
static void put_guarded_cmd(Printer *p, const GuardedCmd *c) {
    bool deeper = put_gap(p, c->pos);
    uint32_t arrow = put_guard(p, c);
    if (deeper) put_blank(p, INDENT);
    put_gap(p, format_token(p->f, arrow)->pos);
    put_sign(p, arrow);
    put_list(p, &c->body);
    if (deeper) put_blank(p, UNINDENT);
}

void put_guarded(Printer *p, const Stmt *s) {
    uint32_t open = token_at(p->f, s->pos);
    if (s->guarded.repeat) put_token_at(p, tokens_of(p)[open++].pos, TOK_MUL);
    if (s->guarded.pri) {
        put_pos(p, tokens_of(p)[open++].pos);
        put_text(p, STR("pri"), TOK_IDENT, false);
        put_blank(p, BLANK);
    }
    int line = 0;
    wants_line(p, &line);
    put_token_at(p, tokens_of(p)[open].pos, TOK_LBRACK);
    put_blank(p, INDENT);
    for (uint32_t i = 0; i < s->guarded.ncmds && !p->broken; i++) {
        const GuardedCmd *c = &s->guarded.cmds[i];
        if (i > 0) put_separator(p, c->pos, &s->guarded.cmds[i - 1].body, &line);
        put_guarded_cmd(p, c);
    }
    put_close(p, s->end);
}

// --- parallel commands

static void put_channels(Printer *p, const FieldList *list) {
    for (uint32_t i = 0; i < list->len;) {
        Pos at = format_token(p->f, token_at(p->f, list->at[i].name->start) - 1)->pos;
        if (i > 0 && !breaks_before(p, at)) put_token(p, TOK_SEMICOLON);
        put_gap(p, at);
        put_token_at(p, at, TOK_CHAN);
        const Expr *type = list->at[i].type;
        for (bool more = false; i < list->len && list->at[i].type == type; i++, more = true) {
            if (more) put_token(p, TOK_COMMA);
            put_blank(p, BLANK);
            put_expr(p, list->at[i].name);
        }
        put_blank(p, BLANK);
        put_expr(p, type);
    }
}

static void put_process(Printer *p, const Process *q, bool behind_channels) {
    if (behind_channels && !breaks_before(p, q->pos)) put_token(p, TOK_SEMICOLON);
    if (!q->label) {
        put_list(p, &q->body);
        return;
    }
    bool deeper = put_gap(p, q->pos);
    uint32_t i = token_at(p->f, q->pos) + 1;
    put_expr(p, q->label);
    if (q->subs.len) {
        put_ranges(p, q->subs.at, q->subs.len, i);
        i = tokens_of(p)[i].match + 1;
    }
    put_blank(p, BLANK);
    put_sign(p, i);
    if (deeper) put_blank(p, INDENT);
    put_list(p, &q->body);
    if (deeper) put_blank(p, UNINDENT);
}

void put_parallel(Printer *p, const Stmt *s) {
    int line = 0;
    wants_line(p, &line);
    put_token_at(p, s->pos, TOK_LBRACK);
    put_blank(p, INDENT);
    put_channels(p, &s->parallel.chans);
    for (uint32_t i = 0; i < s->parallel.nprocs && !p->broken; i++) {
        const Process *q = &s->parallel.procs[i];
        if (i > 0) put_separator(p, q->pos, &s->parallel.procs[i - 1].body, &line);
        put_process(p, q, i == 0 && s->parallel.chans.len);
    }
    put_close(p, s->end);
}
