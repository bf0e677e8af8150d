// SPDX-License-Identifier: MIT
// format_stmt.c: statements, declarations and files.
//
// A statement begins a line; an empty line of the source before it stays. Lines
// with cells (fields, values, comments at line ends) are one section as long as
// they follow each other without a statement of several lines between them.
#include "compiler/format_impl.h"

#include <stdlib.h>
#include <string.h>

static void put_decl_group(Printer *p, const Decl *first);

static void put_name_at(Printer *p, Pos pos, const Name *name) {
    put_pos(p, pos);
    put_text(p, (Str){name->text, name->len}, TOK_IDENT, false);
}

static const FormatToken *behind(const Printer *p, Pos end) { return format_token(p->f, token_behind(p->f, end)); }

Pos stmt_start(const Stmt *s) {
    switch ((StmtKind)s->kind) {
    case STMT_EXPR: return s->expr.x->start;
    case STMT_SEND: return s->send.ch->start;
    case STMT_INCDEC: return s->incdec.x->start;
    case STMT_ASSIGN: case STMT_DEFINE: return s->assign.lhs.at[0]->start;
    case STMT_INPUT: return s->input.ch->start;
    case STMT_BAD: case STMT_EMPTY: case STMT_GO: case STMT_DEFER: case STMT_RETURN: case STMT_BRANCH: case STMT_BLOCK: case STMT_IF:
    case STMT_SWITCH: case STMT_TYPE_SWITCH: case STMT_SELECT: case STMT_FOR: case STMT_RANGE: case STMT_LABELED: case STMT_DECL:
    case STMT_GUARDED: case STMT_PARALLEL: case STMT_KIND_COUNT: break;
    }
    return s->pos;
}

// --- lists and blocks

// The lines that labels stand in are not counted to their statement.
static int label_lines(const Stmt *s) {
    int n = 0;
    for (; s->kind == STMT_LABELED; s = s->labeled.stmt) n++;
    return n;
}

static void put_stmt_list(Printer *p, const StmtList *list, bool brace_follows) {
    int line = 0;
    put_blank(p, INDENT);
    for (uint32_t i = 0; i < list->len && !p->broken; i++) {
        const Stmt *s = list->at[i];
        if (p->out.len || p->size) put_linebreak(p, format_line(p->f, stmt_start(s)), 1, IGNORE, i == 0 || p->out_line - line > 0);
        wants_line(p, &line);
        put_stmt(p, s, brace_follows && i + 1 == list->len);
        line += label_lines(s);
    }
    put_blank(p, UNINDENT);
}

static void put_close(Printer *p, Pos rbrace) {
    put_linebreak(p, format_line(p->f, rbrace), 1, IGNORE, true);
    put_token_at(p, rbrace, TOK_RBRACE);
}

void put_block(Printer *p, const Stmt *b) {
    put_token_at(p, b->pos, TOK_LBRACE);
    put_stmt_list(p, &b->block.list, true);
    put_close(p, b->block.rbrace);
}

static void put_clause(Printer *p, const CaseClause *c, bool last) {
    put_pos(p, c->pos);
    if (c->is_default) {
        put_token(p, TOK_DEFAULT);
    } else {
        put_token(p, TOK_CASE);
        put_blank(p, BLANK);
        if (c->comm) put_stmt(p, c->comm, false);
        else put_expr_list(p, c->pos, c->exprs.at, c->exprs.len, 1, 0, c->colon);
    }
    put_token_at(p, c->colon, TOK_COLON);
    put_stmt_list(p, &c->body, last);
}

static void put_clauses(Printer *p, const CaseClause *clauses, uint32_t n, Pos rbrace) {
    put_token_at(p, format_token(p->f, format_token(p->f, token_at(p->f, rbrace))->match)->pos, TOK_LBRACE);
    for (uint32_t i = 0; i < n && !p->broken; i++) {
        put_linebreak(p, format_line(p->f, clauses[i].pos), 1, IGNORE, true);
        put_clause(p, &clauses[i], i + 1 == n);
    }
    put_close(p, rbrace);
}

// --- simple statements

static void put_assign(Printer *p, const ExprList *lhs, const ExprList *rhs, Pos pos) {
    int depth = lhs->len > 1 && rhs->len > 1 ? 2 : 1;
    put_expr_list(p, lhs->at[0]->start, lhs->at, lhs->len, depth, 0, pos);
    put_blank(p, BLANK);
    put_token_at(p, pos, format_token(p->f, token_at(p->f, pos))->kind);
    put_blank(p, BLANK);
    put_expr_list(p, pos, rhs->at, rhs->len, depth, 0, 0);
}

static void put_send(Printer *p, const Stmt *s) {
    put_expr(p, s->send.ch);
    put_blank(p, BLANK);
    put_token_at(p, s->pos, TOK_ARROW);
    put_blank(p, BLANK);
    put_expr(p, s->send.value);
}

static void put_keyword(Printer *p, int kind) {
    put_token(p, kind);
    put_blank(p, BLANK);
}

// Would the results look better if all of them were indented? When one begins on
// another line than the one before ends, or several take more than a line.
static bool indents_list(Printer *p, const ExprList *list) {
    if (list->len < 2) return false;
    int line = format_line(p->f, list->at[0]->start), several = 0;
    if (line >= format_line(p->f, list->at[list->len - 1]->end)) return false;
    for (uint32_t i = 0; i < list->len; i++) {
        int begin = format_line(p->f, list->at[i]->start), end = format_line(p->f, list->at[i]->end);
        if (line < begin) return true;
        several += begin < end;
        line = end;
    }
    return several > 1;
}

static void put_return(Printer *p, const ExprList *results) {
    put_token(p, TOK_RETURN);
    if (!results->len) return;
    put_blank(p, BLANK);
    bool indent = indents_list(p, results);
    if (indent) put_blank(p, INDENT);
    put_expr_list(p, 0, results->at, results->len, 1, indent ? LIST_NO_INDENT : 0, 0);
    if (indent) put_blank(p, UNINDENT);
}

static void put_branch(Printer *p, const Stmt *s) {
    put_token(p, s->op);
    if (!s->branch.label) return;
    put_blank(p, BLANK);
    put_name_at(p, s->branch.label_pos, s->branch.label);
}

static void put_label(Printer *p, const Stmt *s) {
    put_name_at(p, s->pos, s->labeled.label);
    put_token_at(p, behind(p, s->pos + s->labeled.label->len)->pos, TOK_COLON);
}

// The label stands one step further left; write_blanks knows of it.
static void put_labeled(Printer *p, const Stmt *s, bool brace_follows) {
    const Stmt *inner = s->labeled.stmt;
    put_blank(p, UNINDENT);
    put_label(p, s);
    put_blank(p, INDENT);
    if (inner->kind == STMT_EMPTY) {
        if (brace_follows) return;
        put_blank(p, NEWLINE);
        put_token_at(p, inner->pos, TOK_SEMICOLON);
        return;
    }
    put_linebreak(p, format_line(p->f, stmt_start(inner)), 1, IGNORE, true);
    put_stmt(p, inner, brace_follows);
}

// --- control statements

static void put_control(Printer *p, bool is_for, const Stmt *init, const Expr *cond, const Stmt *post) {
    put_blank(p, BLANK);
    bool semicolons = init || post, blank = cond != NULL;
    if (semicolons) {
        if (init) put_stmt(p, init, false);
        put_keyword(p, TOK_SEMICOLON);
    }
    if (cond) put_expr(p, strip_parens(cond));
    if (semicolons && is_for) {
        put_keyword(p, TOK_SEMICOLON);
        if (post) put_stmt(p, post, false);
        blank = post != NULL;
    }
    if (blank) put_blank(p, BLANK);
}

static void put_if(Printer *p, const Stmt *s, bool brace_follows) {
    put_token(p, TOK_IF);
    put_control(p, false, s->if_.init, s->if_.cond, NULL);
    put_block(p, s->if_.then);
    if (!s->if_.else_) return;
    put_blank(p, BLANK);
    put_keyword(p, TOK_ELSE);
    put_stmt(p, s->if_.else_, brace_follows);
}

// x.(type), which the tree has without what is behind x.
static Expr *type_guard(Printer *p, Expr *x) {
    uint32_t open = token_behind(p->f, x->end) + 1;
    Expr *e = arena_alloc(ast_expr_size(EXPR_TYPE_ASSERT));
    e->kind = EXPR_TYPE_ASSERT;
    e->start = x->start;
    e->pos = format_token(p->f, open)->pos;
    e->end = format_token(p->f, format_token(p->f, open)->match)->end;
    e->assert_.x = x;
    return e;
}

static void put_guard(Printer *p, const Stmt *s) {
    Expr *guard = type_guard(p, s->type_switch.x);
    const Name *name = s->type_switch.name;
    if (!name) {
        put_pos(p, guard->start);
        put_expr(p, guard);
        return;
    }
    Expr *x = arena_alloc(ast_expr_size(EXPR_IDENT));
    x->kind = EXPR_IDENT;
    x->start = s->type_switch.name_pos;
    x->end = x->start + name->len;
    x->ident.name = s->type_switch.name;
    ExprList lhs = {&x, 1, 1}, rhs = {&guard, 1, 1};
    put_pos(p, x->start);
    put_assign(p, &lhs, &rhs, behind(p, x->end)->pos);
}

static void put_type_switch(Printer *p, const Stmt *s) {
    put_token(p, TOK_SWITCH);
    if (s->type_switch.init) {
        put_blank(p, BLANK);
        put_stmt(p, s->type_switch.init, false);
        put_token(p, TOK_SEMICOLON);
    }
    put_blank(p, BLANK);
    put_guard(p, s);
    put_blank(p, BLANK);
    put_clauses(p, s->type_switch.clauses, s->type_switch.nclauses, s->type_switch.rbrace);
}

static void put_select(Printer *p, const Stmt *s) {
    put_keyword(p, TOK_SELECT);
    if (s->select.nclauses || comment_before(p, format_place(p->f, s->select.rbrace))) {
        put_clauses(p, s->select.clauses, s->select.nclauses, s->select.rbrace);
        return;
    }
    put_token_at(p, behind(p, s->pos + 6)->pos, TOK_LBRACE);
    put_token_at(p, s->select.rbrace, TOK_RBRACE);
}

static void put_range(Printer *p, const Stmt *s) {
    const Expr *key = s->range.key, *value = s->range.value;
    put_keyword(p, TOK_FOR);
    if (key) {
        put_expr(p, key);
        if (value) {
            put_pos(p, value->start);
            put_keyword(p, TOK_COMMA);
            put_expr(p, value);
        }
        const FormatToken *op = behind(p, (value ? value : key)->end);
        put_blank(p, BLANK);
        put_pos(p, op->pos);
        put_keyword(p, op->kind);
    }
    put_keyword(p, TOK_RANGE);
    put_expr(p, strip_parens(s->range.x));
    put_blank(p, BLANK);
    put_block(p, s->range.body);
}

void put_stmt(Printer *p, const Stmt *s, bool brace_follows) {
    if (p->broken) return;
    put_pos(p, stmt_start(s));
    switch ((StmtKind)s->kind) {
    case STMT_BAD: case STMT_EMPTY: case STMT_KIND_COUNT: break;
    case STMT_EXPR: put_expr(p, s->expr.x); break;
    case STMT_SEND:
        if (s->send.bang) put_output(p, s);
        else put_send(p, s);
        break;
    case STMT_INCDEC:
        put_expr_depth(p, s->incdec.x, PREC_LOWEST, 2);
        put_token_at(p, s->pos, s->op);
        break;
    case STMT_ASSIGN: case STMT_DEFINE: put_assign(p, &s->assign.lhs, &s->assign.rhs, s->pos); break;
    case STMT_GO: case STMT_DEFER:
        put_keyword(p, s->kind == STMT_GO ? TOK_GO : TOK_DEFER);
        put_expr(p, s->go.call);
        break;
    case STMT_RETURN: put_return(p, &s->ret.results); break;
    case STMT_BRANCH: put_branch(p, s); break;
    case STMT_BLOCK: put_block(p, s); break;
    case STMT_IF: put_if(p, s, brace_follows); break;
    case STMT_SWITCH:
        put_token(p, TOK_SWITCH);
        put_control(p, false, s->switch_.init, s->switch_.tag, NULL);
        put_clauses(p, s->switch_.clauses, s->switch_.nclauses, s->switch_.rbrace);
        break;
    case STMT_TYPE_SWITCH: put_type_switch(p, s); break;
    case STMT_SELECT: put_select(p, s); break;
    case STMT_FOR:
        put_token(p, TOK_FOR);
        put_control(p, true, s->for_.init, s->for_.cond, s->for_.post);
        put_block(p, s->for_.body);
        break;
    case STMT_RANGE: put_range(p, s); break;
    case STMT_LABELED: put_labeled(p, s, brace_follows); break;
    case STMT_DECL:
        if (s->pos == s->decl.decl->pos) put_hoare_decl(p, s->decl.decl);
        else put_decl_group(p, s->decl.decl);
        break;
    case STMT_INPUT: put_input(p, s); break;
    case STMT_GUARDED: put_guarded(p, s); break;
    case STMT_PARALLEL: put_parallel(p, s); break;
    }
}

// --- declarations

// A group of declarations with what the tree does not tell of it.
typedef struct Group {
    const Decl *first;
    uint32_t n;
    int keyword;
    Pos pos, open, close; // open 0: no parentheses
} Group;

static Group group_of(const Format *f, const Decl *first) {
    uint32_t i = token_at(f, first->pos);
    if (first->kind != DECL_BAD) i--; // an empty group stands where its '(' does
    Group g = {.first = first};
    if (format_token(f, i)->kind == TOK_LPAREN) {
        g.open = format_token(f, i)->pos;
        g.close = format_token(f, format_token(f, i)->match)->pos;
        i--;
    }
    g.pos = format_token(f, i)->pos;
    g.keyword = format_token(f, i)->kind;
    if (first->kind == DECL_BAD) return g;
    for (const Decl *d = first; d; d = d->next_in_group) g.n++;
    return g;
}

static Pos decl_start(const Decl *d) {
    if (d->kind == DECL_IMPORT) return d->import.name ? d->import.name->start : d->import.path->start;
    return d->pos;
}

static const Expr *type_of(const Decl *d) { return d->value.inherited ? NULL : d->value.type; }
static bool has_values(const Decl *d) { return !d->value.inherited && d->value.values.len > 0; }

static Pos decl_end(const Decl *d) {
    switch ((DeclKind)d->kind) {
    case DECL_IMPORT: return d->import.path->end;
    case DECL_CONST: case DECL_VAR:
        if (has_values(d)) return d->value.values.at[d->value.values.len - 1]->end;
        return type_of(d) ? type_of(d)->end : d->value.names.at[d->value.names.len - 1]->end;
    case DECL_TYPE: return d->type.type->end;
    case DECL_FUNC: return d->func.end;
    case DECL_BAD: break;
    }
    return d->pos;
}

// In which declarations of a group must the column of types be there? Values
// stand in it when no type does in a run of declarations with values.
static bool *keep_type_column(const Group *g) {
    bool *keep = ARENA_ARRAY(bool, g->n), any = false;
    uint32_t i = 0, from = 0;
    bool in_run = false;
    for (const Decl *d = g->first;; d = d->next_in_group, i++) {
        bool values = d && has_values(d);
        if (values && !in_run) {
            from = i;
            any = false;
        }
        if (!values && in_run && any)
            for (uint32_t k = from; k < i; k++) keep[k] = true;
        in_run = values;
        if (!d) return keep;
        if (type_of(d)) any = true;
    }
}

static void put_values(Printer *p, const Decl *d, Blank before) {
    put_blank(p, before);
    put_keyword(p, TOK_ASSIGN);
    put_expr_list(p, 0, d->value.values.at, d->value.values.len, 1, 0, 0);
}

// In columns.
static void put_value_spec(Printer *p, const Decl *d, bool keep_type) {
    int columns = 3;
    put_expr_list(p, 0, d->value.names.at, d->value.names.len, 1, LIST_NO_INDENT, 0);
    if (type_of(d) || keep_type) {
        put_blank(p, VTAB);
        columns--;
    }
    if (type_of(d)) put_expr(p, type_of(d));
    if (has_values(d)) {
        put_values(p, d, VTAB);
        columns--;
    }
    if (has_line_comment(p->f, decl_end(d)))
        for (; columns > 0; columns--) put_blank(p, VTAB);
}

// A path in backquotes gets plain quotes, where they hold the same.
static void put_path(Printer *p, const Expr *path) {
    Str s = path->lit.text;
    put_pos(p, path->start);
    if (*s.ptr == '`' && s.len > 2) {
        char *quoted = arena_dup(s.ptr, (size_t)s.len + 1);
        bool plain = true;
        for (int64_t i = 1; i < s.len - 1; i++) plain &= s.ptr[i] > ' ' && s.ptr[i] < 0x7f && !strchr("!\"#$%&'()*,:;<=>?[\\]^{|}", s.ptr[i]);
        quoted[0] = quoted[s.len - 1] = '"';
        if (plain) s.ptr = quoted;
    }
    put_text(p, s, TOK_STRING, true);
}

static void put_import_spec(Printer *p, const Decl *d) {
    if (d->import.name) {
        put_expr(p, d->import.name);
        put_blank(p, BLANK);
    }
    put_path(p, d->import.path);
    put_pos(p, d->import.path->end);
}

static void put_type_spec(Printer *p, const Decl *d, uint32_t n) {
    put_expr(p, d->type.name);
    if (d->type.tparams.len) put_type_params(p, &d->type.tparams, token_behind(p->f, d->type.name->end), true);
    put_blank(p, n == 1 ? BLANK : VTAB);
    if (d->type.alias) put_keyword(p, TOK_ASSIGN);
    put_expr(p, d->type.type);
}

// n: of the group
static void put_spec(Printer *p, const Decl *d, uint32_t n, bool indent) {
    if (d->kind == DECL_IMPORT) {
        put_import_spec(p, d);
    } else if (d->kind == DECL_TYPE) {
        put_type_spec(p, d, n);
    } else {
        put_expr_list(p, 0, d->value.names.at, d->value.names.len, 1, indent ? 0 : LIST_NO_INDENT, 0);
        if (type_of(d)) {
            put_blank(p, BLANK);
            put_expr(p, type_of(d));
        }
        if (has_values(d)) put_values(p, d, BLANK);
    }
}

static void put_specs(Printer *p, const Group *g) {
    bool columns = g->n > 1 && (g->keyword == TOK_CONST || g->keyword == TOK_VAR);
    const bool *keep = columns ? keep_type_column(g) : NULL;
    int line = 0;
    uint32_t i = 0;
    put_blank(p, INDENT);
    put_blank(p, FORMFEED);
    for (const Decl *d = g->first; d && !p->broken; d = d->next_in_group, i++) {
        if (i > 0) put_linebreak(p, format_line(p->f, decl_start(d)), 1, IGNORE, p->out_line - line > 0);
        wants_line(p, &line);
        if (columns) put_value_spec(p, d, keep[i]);
        else put_spec(p, d, g->n, false);
    }
    put_blank(p, UNINDENT);
    put_blank(p, FORMFEED);
}

static void put_group(Printer *p, const Group *g) {
    put_token_at(p, g->pos, g->keyword);
    put_blank(p, BLANK);
    if (!g->open) {
        put_spec(p, g->first, 1, true);
        return;
    }
    put_token_at(p, g->open, TOK_LPAREN);
    if (g->n) put_specs(p, g);
    put_token_at(p, g->close, TOK_RPAREN);
}

static void put_decl_group(Printer *p, const Decl *first) {
    Group g = group_of(p->f, first);
    put_group(p, &g);
}

static void put_func(Printer *p, const Decl *d) {
    Pos start = d->func.sig->start;
    put_token_at(p, start, TOK_FUNC);
    put_blank(p, BLANK);
    int col = p->out_col - 5;
    if (d->func.recv) {
        uint32_t open = token_behind(p->f, start + 4);
        FieldList recv = {d->func.recv, 1, 1};
        put_params(p, &recv, format_token(p->f, open)->pos, format_token(p->f, format_token(p->f, open)->match)->pos, false);
        put_blank(p, BLANK);
    }
    put_expr(p, d->func.name);
    put_signature(p, d->func.sig);
    put_func_body(p, distance_from(p, start, col), VTAB, d->func.body);
}

// --- imports

typedef struct Spec {
    Decl *d;
    Str path;
    Pos start, end;       // where it stood
    uint32_t place;       // the how many-th it was
    bool commented;
} Spec;

static Str name_of_import(const Decl *d) { return d->import.name ? (Str){d->import.name->ident.name->text, d->import.name->ident.name->len} : (Str){"", 0}; }

static int compare(Str a, Str b) {
    int64_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, (size_t)n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int by_path(const void *a, const void *b) {
    const Spec *x = a, *y = b;
    int c = compare(x->path, y->path);
    if (!c) c = compare(name_of_import(x->d), name_of_import(y->d));
    if (!c) c = x->commented - y->commented;
    return c ? c : x->place < y->place ? -1 : 1;
}

static void merge_line(Format *f, int line) { // with the next one
    if (line < 1 || (uint32_t)line >= f->lines.len) return;
    memmove(f->lines.at + line, f->lines.at + line + 1, (f->lines.len - (uint32_t)line - 1) * sizeof *f->lines.at);
    f->lines.len--;
}

// The comments of a run of imports, and to which of them each group belongs.
typedef struct RunComments {
    uint32_t first, n;    // groups
    struct { uint32_t spec; bool left; } *of;
} RunComments;

static Pos group_pos(const Format *f, const CommentGroup *g) { return f->comments.at[g->first].pos; }

static RunComments comments_of_run(Format *f, const Spec *specs, uint32_t n) {
    RunComments r = {0};
    Pos begin = f->file->base + f->lines.at[format_line(f, specs[0].start) - 1];
    uint32_t end_line = (uint32_t)format_line(f, specs[n - 1].end);
    Pos end = end_line == f->lines.len ? specs[n - 1].end : f->file->base + f->lines.at[end_line];
    for (uint32_t i = 0; i < f->groups.len; i++) {
        const CommentGroup *g = &f->groups.at[i];
        if (comment_end(&f->comments.at[g->first + g->n - 1]) >= end) break;
        if (group_pos(f, g) < begin) continue;
        if (!r.n) r.first = i;
        r.n = i - r.first + 1;
    }
    r.of = arena_alloc(sizeof *r.of * (r.n + 1));
    uint32_t k = 0;
    for (uint32_t i = 0; i < r.n; i++) {
        Pos pos = group_pos(f, &f->groups.at[r.first + i]);
        while (k + 1 < n && specs[k + 1].start <= pos) k++;
        bool left = k == 0 && specs[0].start > pos;
        if (!left && k + 1 < n && format_line(f, specs[k].start) + 1 == format_line(f, pos)) {
            k++;
            left = true;
        }
        r.of[i].spec = k;
        r.of[i].left = left;
    }
    return r;
}

static void move_comments(Format *f, const RunComments *r, uint32_t from, Pos start, Pos end) {
    for (uint32_t i = 0; i < r->n; i++) {
        const CommentGroup *g = &f->groups.at[r->first + i];
        if (r->of[i].spec != from) continue;
        for (uint32_t k = 0; k < g->n; k++) f->comments.at[g->first + k].pos = r->of[i].left ? start - 1 : end;
    }
}

static void order_groups(Format *f, const RunComments *r) { // stable, and mostly in order
    CommentGroup *at = f->groups.at + r->first;
    for (uint32_t i = 1; i < r->n; i++)
        for (uint32_t k = i; k > 0 && group_pos(f, &at[k]) < group_pos(f, &at[k - 1]); k--) {
            CommentGroup g = at[k];
            at[k] = at[k - 1];
            at[k - 1] = g;
        }
}

static bool same_import(const Spec *a, const Spec *b) { return compare(a->path, b->path) == 0 && compare(name_of_import(a->d), name_of_import(b->d)) == 0; }

// Sorts imports that stand on lines in a row: each takes the place of another,
// and its comments go with it. Answers how many are left.
static uint32_t sort_run(Format *f, Spec *specs, uint32_t n) {
    if (n < 2) return n;
    Spec *places = arena_dup(specs, n * sizeof *specs);
    RunComments comments = comments_of_run(f, specs, n);
    qsort(specs, n, sizeof *specs, by_path);
    uint32_t left = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i + 1 == n || !same_import(&specs[i], &specs[i + 1]) || specs[i].commented) specs[left++] = specs[i];
        else merge_line(f, format_line(f, decl_start(specs[i].d)));
    }
    for (uint32_t i = 0; i < left; i++) {
        Decl *d = specs[i].d;
        if (d->import.name) d->import.name->start = places[i].start;
        d->import.path->start = places[i].start;
        d->import.path->end = places[i].end;
    }
    for (uint32_t i = 0; i < left; i++) move_comments(f, &comments, specs[i].place, places[i].start, places[i].end);
    order_groups(f, &comments);
    return left;
}

static Str import_path(const Decl *d) {
    Str s = d->import.path->lit.text;
    return s.len >= 2 ? (Str){s.ptr + 1, s.len - 2} : s;
}

static void sort_imports(Format *f, Decl **first, Pos close) {
    VEC(Spec) specs = {0};
    for (Decl *d = *first; d; d = d->next_in_group) {
        Spec s = {d, import_path(d), decl_start(d), decl_end(d), 0, has_line_comment(f, decl_end(d))};
        VEC_PUSH(&specs, s);
    }
    uint32_t left = 0, n = specs.len;
    for (uint32_t from = 0, i = 1; i <= n; i++) {
        if (i < n && format_line(f, specs.at[i].start) <= 1 + format_line(f, specs.at[i - 1].end)) continue;
        for (uint32_t k = from; k < i; k++) specs.at[k].place = k - from;
        uint32_t kept = sort_run(f, specs.at + from, i - from);
        memmove(specs.at + left, specs.at + from, kept * sizeof *specs.at);
        left += kept;
        from = i;
    }
    for (uint32_t i = 0; i < left; i++) specs.at[i].d->next_in_group = i + 1 < left ? specs.at[i + 1].d : NULL;
    *first = specs.at[0].d;
    int last = format_line(f, decl_start(specs.at[left - 1].d));
    for (int line = format_line(f, close); line > last + 1;) merge_line(f, --line);
}

// --- files

typedef struct Item { // at package level, or of a script
    Pos start;
    int keyword;          // of a declaration, else NO_TOKEN
    const Decl *func;
    const Stmt *stmt;
    Group group;
} Item;

typedef VEC(Item) ItemList;

static int by_start(const void *a, const void *b) {
    const Item *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

static void add_decls(const Format *f, ItemList *items) {
    const FileAst *ast = f->ast;
    for (uint32_t i = 0; i < ast->decls.len;) {
        const Decl *d = ast->decls.at[i];
        Item item = {.keyword = TOK_FUNC, .func = d};
        if (d->kind == DECL_FUNC) {
            item.start = d->func.sig->start;
            i++;
        } else {
            item.func = NULL;
            item.group = group_of(f, d);
            item.start = item.group.pos;
            item.keyword = item.group.keyword;
            i += item.group.n ? item.group.n : 1;
        }
        VEC_PUSH(items, item);
    }
}

static ItemList items_of(const Format *f) {
    ItemList items = {0};
    add_decls(f, &items);
    for (uint32_t i = 0; i < f->ast->script.len; i++) {
        const Stmt *s = f->ast->script.at[i];
        Item item = {.start = stmt_start(s), .keyword = NO_TOKEN, .stmt = s};
        if (s->kind != STMT_EMPTY) VEC_PUSH(&items, item);
    }
    if (items.len) qsort(items.at, items.len, sizeof *items.at, by_start);
    return items;
}

static void sort_all_imports(Format *f, ItemList *items) {
    for (uint32_t i = 0; i < items->len && items->at[i].keyword == TOK_IMPORT; i++) {
        Group *g = &items->at[i].group;
        Decl *first = (Decl *)g->first;
        if (!g->open || !g->n) continue;
        sort_imports(f, &first, g->close);
        *g = (Group){first, 0, g->keyword, g->pos, g->open, g->close};
        for (const Decl *d = first; d; d = d->next_in_group) g->n++;
    }
}

static bool takes_lines(Format *f, const Decl *func) { return func && format_line(f, func->func.end) > format_line(f, func->func.sig->start); }

// Declarations of different kinds have an empty line between them; statements of
// a script only where there was one.
static int least_breaks(const Format *f, const Item *prev, const Item *item) {
    if (!prev || (prev->stmt && item->stmt)) return 1;
    return prev->keyword != item->keyword || format_token(f, token_at(f, item->start))->documented ? 2 : 1;
}

// Of a script: labels cannot stand further left.
static void put_script_stmt(Printer *p, const Stmt *s) {
    for (; s->kind == STMT_LABELED; s = s->labeled.stmt) {
        put_label(p, s);
        put_linebreak(p, format_line(p->f, stmt_start(s->labeled.stmt)), 1, IGNORE, true);
    }
    if (s->kind == STMT_EMPTY) put_token_at(p, s->pos, TOK_SEMICOLON);
    else put_stmt(p, s, false);
}

static void put_item(Printer *p, const Item *item) {
    if (item->func) put_func(p, item->func);
    else if (item->stmt) put_script_stmt(p, item->stmt);
    else put_group(p, &item->group);
}

void put_file(Printer *p) {
    Format *f = p->f;
    ItemList items = items_of(f);
    Item package = {.keyword = NO_TOKEN};
    const Item *prev = NULL;
    sort_all_imports(f, &items);
    find_comment(p);
    if (f->ast->package_name) {
        put_pos(p, format_token(f, token_at(f, f->ast->package_name->start) - 1)->pos);
        put_keyword(p, TOK_PACKAGE);
        put_expr(p, f->ast->package_name);
        prev = &package;
    }
    int line = 0;
    for (uint32_t i = 0; i < items.len; i++) {
        const Item *item = &items.at[i];
        bool section = takes_lines(f, item->func) || (item->stmt && p->out_line - line > 0);
        if (prev) put_linebreak(p, format_line(f, item->start), least_breaks(f, prev, item), IGNORE, section);
        if (item->stmt) wants_line(p, &line);
        put_item(p, item);
        if (item->stmt) line += label_lines(item->stmt);
        prev = item;
    }
    if (prev) put_blank(p, NEWLINE);
}
