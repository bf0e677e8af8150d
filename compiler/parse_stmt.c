// SPDX-License-Identifier: MIT
// parse_stmt.c: statements.
#include <string.h>

#include "compiler/parser_impl.h"

Stmt *new_stmt(int kind, Pos pos) {
    Stmt *s = arena_alloc(ast_stmt_sizes[kind]);
    s->kind = (uint8_t)kind;
    s->pos = s->end = pos;
    parser.traits |= ast_stmt_traits[kind];
    return s;
}

Stmt *finish_stmt(Stmt *s) {
    s->end = parser.l.prev_end;
    return s;
}

// --- recovery

static void skip_cases(void);

static bool cases_follow(void) {
    Lexer l = parser.l;
    lexer_next(&l);
    return l.kind == TOK_CASE || l.kind == TOK_DEFAULT;
}

// A block that ends its line is read as one, for the errors in it, and dropped.
void skip_statement(void) {
    bool moved = false;
    for (uint32_t open = 0; tok() != TOK_EOF; moved = true) {
        if (tok() == TOK_LBRACE && line_ends_behind()) {
            if (cases_follow()) skip_cases();
            else parse_block("");
            continue;
        }
        if (tok() == TOK_LBRACE) open++;
        else if (tok() == TOK_RBRACE && open-- == 0) return;
        else if (tok() == TOK_SEMICOLON && (parser.l.auto_semi || !open)) return;
        else if ((tok() == TOK_CASE || tok() == TOK_DEFAULT) && !open) return;
        else if (moved && starts_statement(tok())) return;
        next_token();
    }
}

bool skip_to_block(void) {
    Pos begin = tok_pos();
    for (uint32_t open = 0; tok() != TOK_EOF; next_token()) {
        if (parser.l.newline_before && tok_pos() != begin) {
            parser.broken_at = tok_pos();
            return false;
        }
        if (tok() == TOK_LBRACE && line_ends_behind()) return true;
        if (tok() == TOK_LBRACE) open++;
        else if (tok() == TOK_RBRACE && open-- == 0) return false;
        else if (tok() == TOK_SEMICOLON && parser.l.auto_semi) return false;
    }
    return false;
}

// --- simple statements

static Stmt *expr_stmt(Expr *x) {
    Stmt *s = new_stmt(STMT_EXPR, x->start);
    s->expr.x = x;
    return finish_stmt(s);
}

static Stmt *range_clause(ExprList *lhs, bool define, Pos pos) {
    Stmt *s = new_stmt(STMT_RANGE, pos);
    next_token(); // range
    if (lhs && lhs->len > 0) s->range.key = lhs->at[0];
    if (lhs && lhs->len > 1) s->range.value = lhs->at[1];
    if (lhs && lhs->len > 2) source_error(lhs->at[2]->start, "range clause permits at most two iteration variables");
    s->range.define = define;
    s->range.x = parse_expr();
    return finish_stmt(s);
}

static int op_of_assign(int t) {
    switch (t) {
    case TOK_ADD_ASSIGN: return TOK_ADD;
    case TOK_SUB_ASSIGN: return TOK_SUB;
    case TOK_OR_ASSIGN: return TOK_OR;
    case TOK_XOR_ASSIGN: return TOK_XOR;
    case TOK_MUL_ASSIGN: return TOK_MUL;
    case TOK_QUO_ASSIGN: return TOK_QUO;
    case TOK_REM_ASSIGN: return TOK_REM;
    case TOK_AND_ASSIGN: return TOK_AND;
    case TOK_AND_NOT_ASSIGN: return TOK_AND_NOT;
    case TOK_SHL_ASSIGN: return TOK_SHL;
    case TOK_SHR_ASSIGN: return TOK_SHR;
    default: return 0;
    }
}

static Stmt *assign_stmt(ExprList lhs, bool range_ok) {
    Pos pos = tok_pos();
    bool define = tok() == TOK_DEFINE;
    next_token();
    if (range_ok && tok() == TOK_RANGE) return range_clause(&lhs, define, pos);
    Stmt *s = new_stmt(define ? STMT_DEFINE : STMT_ASSIGN, pos);
    s->op = TOK_ASSIGN;
    s->assign.lhs = lhs;
    s->assign.rhs = parse_expr_list();
    if (define)
        for (uint32_t i = 0; i < lhs.len; i++)
            if (lhs.at[i]->kind != EXPR_IDENT && lhs.at[i]->kind != EXPR_BAD) {
                source_error(lhs.at[i]->start, "non-name %s on left side of :=", ast_string(lhs.at[i]));
                lhs.at[i]->kind = EXPR_BAD;
            }
    return finish_stmt(s);
}

static Stmt *op_assign_stmt(Expr *lhs, int op) {
    Stmt *s = new_stmt(STMT_ASSIGN, tok_pos());
    s->op = (uint8_t)op;
    next_token();
    VEC_PUSH_LAST(&s->assign.lhs, lhs);
    Expr *rhs = parse_expr();
    VEC_PUSH_LAST(&s->assign.rhs, rhs);
    return finish_stmt(s);
}

// What a statement begins with; there "c ? x" is an input command, except in
// control clauses.
static ExprList leading_exprs(void) {
    int level = parser.input_level;
    parser.input_level = parser.expr_level >= 0 ? parser.expr_level + 1 : 0;
    ExprList list = parse_expr_list();
    parser.input_level = level;
    return list;
}

// range_ok: directly in a for header.
Stmt *parse_simple_stmt(bool range_ok) {
    if (range_ok && tok() == TOK_RANGE) return range_clause(NULL, false, tok_pos());
    ExprList lhs = leading_exprs();
    if (tok() == TOK_ASSIGN || tok() == TOK_DEFINE) return assign_stmt(lhs, range_ok);
    if (lhs.len > 1) {
        if (tok() == TOK_COLON && parser.command != IN_BRACES) return parse_hoare_decl(lhs);
        syntax_error("expected := or = or comma");
        skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RBRACE}, 2);
        Stmt *bad = new_stmt(STMT_BAD, lhs.at[0]->start);
        return finish_stmt(bad);
    }
    Expr *x = lhs.at[0];
    int op = op_of_assign(tok());
    if (op) return op_assign_stmt(x, op);
    if (tok() == TOK_INC || tok() == TOK_DEC) {
        Stmt *s = new_stmt(STMT_INCDEC, tok_pos());
        s->op = parser.l.kind;
        s->incdec.x = x;
        next_token();
        return finish_stmt(s);
    }
    if (tok() == TOK_ARROW) {
        Stmt *s = new_stmt(STMT_SEND, tok_pos());
        next_token();
        s->send.ch = x;
        s->send.value = parse_expr();
        return finish_stmt(s);
    }
    if (tok() == TOK_QUERY) return parse_input(x);
    if (tok() == TOK_NOT && !lexer_plain_go) return parse_output(x);
    return expr_stmt(x);
}

// --- blocks

Stmt *parse_block(const char *context) {
    Stmt *s = new_stmt(STMT_BLOCK, tok_pos());
    if (tok() != TOK_LBRACE) {
        syntax_error(*context ? arena_printf("expected { after %s", context) : "expected {");
        if (!skip_to_block()) {
            s->block.rbrace = tok_pos();
            got(TOK_RBRACE);
            return s;
        }
    }
    next_token();
    uint8_t command = parser.command;
    parser.command = IN_BRACES;
    if (enter_nesting()) s->block.list = parse_stmt_list();
    leave_nesting();
    parser.command = command;
    s->block.rbrace = tok_pos();
    want(TOK_RBRACE);
    return finish_stmt(s);
}

Stmt *parse_func_body(void) {
    bool was = parser.in_func;
    int level = parser.expr_level, input = parser.input_level;
    uint8_t command = parser.command, traits = parser.traits;
    parser.in_func = true;
    parser.traits = 0;
    parser.expr_level = parser.input_level = 0;
    parser.command = IN_BRACES;
    Stmt *s = new_stmt(STMT_BLOCK, tok_pos());
    next_token(); // {
    if (enter_nesting()) s->block.list = parse_stmt_list();
    leave_nesting();
    s->block.rbrace = tok_pos();
    s->block.traits = parser.traits;
    want(TOK_RBRACE);
    parser.traits = traits;
    parser.in_func = was;
    parser.expr_level = level;
    parser.input_level = input;
    parser.command = command;
    return finish_stmt(s);
}

// --- control clauses

typedef struct Header { Stmt *init, *post; Stmt *cond; Pos semi; bool semi_newline; int errors; } Header; // errors: syntax errors before it

static const char *keyword_name(int keyword) { return keyword == TOK_FOR ? "for" : keyword == TOK_SWITCH ? "switch" : "if"; }

static Stmt *header_init(int keyword) {
    if (tok() == TOK_VAR) {
        syntax_error(arena_printf("var declaration not allowed in %s initializer", keyword_name(keyword)));
        next_token();
    }
    return parse_simple_stmt(keyword == TOK_FOR);
}

static Header header_parts(int keyword) {
    Header h = {.errors = source_syntax_error_count()};
    if (tok() == TOK_LBRACE) {
        if (keyword == TOK_IF) {
            syntax_error("missing condition in if statement");
            h.cond = expr_stmt(bad_expr(tok_pos()));
        }
        return h;
    }
    int level = parser.expr_level;
    parser.expr_level = -1;
    if (tok() != TOK_SEMICOLON) h.init = header_init(keyword);
    if (h.init && h.init->kind == STMT_RANGE) {
        parser.expr_level = level;
        return h;
    }
    if (tok() != TOK_SEMICOLON) {
        h.cond = h.init;
        h.init = NULL;
    } else {
        h.semi = tok_pos();
        h.semi_newline = parser.l.auto_semi;
        next_token();
        if (keyword == TOK_FOR) {
            if (tok() != TOK_SEMICOLON) {
                if (tok() == TOK_LBRACE) {
                    syntax_error("expected for loop condition");
                    parser.expr_level = level;
                    return h;
                }
                h.cond = parse_simple_stmt(false);
            }
            want(TOK_SEMICOLON);
            if (tok() != TOK_LBRACE) {
                h.post = parse_simple_stmt(false);
                if (h.post->kind == STMT_DEFINE) syntax_error_at(h.post->pos, "cannot declare in post statement of for loop");
            }
        } else if (tok() != TOK_LBRACE) {
            h.cond = parse_simple_stmt(false);
        }
    }
    parser.expr_level = level;
    return h;
}

// What separates commands can not stand in a control clause.
static Header parse_header(int keyword) {
    uint8_t command = parser.command;
    parser.command = IN_BRACES;
    Header h = header_parts(keyword);
    parser.command = command;
    return h;
}

static void misplaced_assignment(const Stmt *s) {
    const Expr *x = s->assign.lhs.at[0], *y = s->assign.rhs.at[0];
    const char *xs = ast_string(x), *ys = ast_string(y);
    source_error_span(x->start, y->end, s->kind == STMT_DEFINE ? "syntax error: cannot use %s := %s as value" : "syntax error: cannot use assignment %s = %s as value", xs, ys);
    if (s->kind == STMT_DEFINE) source_note(0, "a condition follows it: %s := %s; COND", xs, ys);
    else source_note(0, "equality is written ==: %s == %s", xs, ys);
}

// The condition of if and for must be an expression.
static Expr *condition(Header *h, int keyword) {
    if (!h->cond) {
        if (keyword == TOK_IF) {
            if (h->semi_newline) syntax_error_at(h->semi, "unexpected newline, expected { after if clause"), source_note(0, BRACE_ADVICE);
            else syntax_error_at(h->semi ? h->semi : tok_pos(), "missing condition in if statement");
            return bad_expr(tok_pos());
        }
        return NULL;
    }
    if (h->cond->kind == STMT_EXPR) return h->cond->expr.x;
    Stmt *s = h->cond;
    if (s->kind == STMT_BAD || source_syntax_error_count() > h->errors) return bad_expr(s->pos); // reported
    if (s->kind == STMT_ASSIGN && s->op == TOK_ASSIGN && s->assign.lhs.len == 1 && s->assign.rhs.len == 1)
        misplaced_assignment(s);
    else if (s->kind == STMT_DEFINE && s->assign.lhs.len == 1 && s->assign.rhs.len == 1)
        misplaced_assignment(s);
    else syntax_error_at(s->pos, arena_printf("cannot use statement as value in %s clause", keyword_name(keyword)));
    return bad_expr(s->pos);
}

static Stmt *if_stmt(void) {
    Stmt *s = new_stmt(STMT_IF, tok_pos());
    next_token();
    if (!enter_nesting()) return s;
    Header h = parse_header(TOK_IF);
    s->if_.init = h.init;
    s->if_.cond = condition(&h, TOK_IF);
    s->if_.then = parse_block("if clause");
    if (got(TOK_ELSE)) {
        if (tok() == TOK_IF) s->if_.else_ = if_stmt();
        else if (tok() == TOK_LBRACE) s->if_.else_ = parse_block("else");
        else {
            if (syntax_error("else must be followed by if or statement block")) source_note(0, "a block stands in braces: else { ... }");
            skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RBRACE}, 2);
        }
    }
    leave_nesting();
    return finish_stmt(s);
}

static Stmt *for_stmt(void) {
    Pos pos = tok_pos();
    next_token();
    Header h = parse_header(TOK_FOR);
    if (h.init && h.init->kind == STMT_RANGE) {
        h.init->pos = pos;
        h.init->range.body = parse_block("for clause");
        return finish_stmt(h.init);
    }
    Stmt *s = new_stmt(STMT_FOR, pos);
    s->for_.init = h.init;
    s->for_.cond = condition(&h, TOK_FOR);
    s->for_.post = h.post;
    s->for_.body = parse_block("for clause");
    return finish_stmt(s);
}

typedef VEC(CaseClause) ClauseList;

static void case_head(CaseClause *c, bool is_select) {
    begin_anew();
    c->pos = tok_pos();
    if (got(TOK_DEFAULT)) {
        c->is_default = true;
    } else if (got(TOK_CASE)) {
        if (is_select) {
            c->comm = parse_simple_stmt(false);
        } else {
            c->exprs = parse_expr_list();
        }
    } else {
        syntax_error("expected case or default or }");
        skip_to((const uint8_t[]){TOK_COLON, TOK_CASE, TOK_DEFAULT, TOK_RBRACE}, 4);
        c->is_default = true;
        if (tok() != TOK_COLON) return;
    }
    c->colon = tok_pos();
    if (!want(TOK_COLON)) {
        skip_to((const uint8_t[]){TOK_COLON, TOK_CASE, TOK_DEFAULT, TOK_RBRACE}, 4);
        got(TOK_COLON);
    }
}

static ClauseList clauses(bool is_select, Pos *rbrace, const char *context) {
    ClauseList list = {0};
    if (!want(TOK_LBRACE)) {
        (void)context;
        skip_to((const uint8_t[]){TOK_CASE, TOK_DEFAULT, TOK_RBRACE}, 3);
    }
    uint8_t command = parser.command;
    parser.command = IN_BRACES;
    while (tok() != TOK_RBRACE && tok() != TOK_EOF) {
        CaseClause c = {0};
        Pos before = tok_pos();
        case_head(&c, is_select);
        if (enter_nesting()) c.body = parse_stmt_list();
        leave_nesting();
        VEC_PUSH(&list, c);
        if (tok_pos() == before) next_token();
    }
    parser.command = command;
    *rbrace = tok_pos();
    want(TOK_RBRACE);
    return list;
}

static void skip_cases(void) {
    Pos rbrace;
    clauses(false, &rbrace, "");
}

static bool is_type_guard(const Expr *x) { return x->kind == EXPR_TYPE_ASSERT && !x->assert_.type; }

static Stmt *switch_stmt(void) {
    Pos pos = tok_pos();
    next_token();
    Header h = parse_header(TOK_SWITCH);
    Stmt *g = h.cond;
    bool define = g && g->kind == STMT_DEFINE && g->assign.lhs.len == 1 && g->assign.rhs.len == 1 && is_type_guard(g->assign.rhs.at[0]);
    bool plain = g && g->kind == STMT_EXPR && is_type_guard(g->expr.x);
    Stmt *s = new_stmt(define || plain ? STMT_TYPE_SWITCH : STMT_SWITCH, pos);
    Pos rbrace;
    if (define || plain) {
        s->type_switch.init = h.init;
        s->type_switch.x = (define ? g->assign.rhs.at[0] : g->expr.x)->assert_.x;
        if (define && g->assign.lhs.at[0]->kind == EXPR_IDENT) {
            s->type_switch.name = g->assign.lhs.at[0]->ident.name;
            s->type_switch.name_pos = g->assign.lhs.at[0]->start;
        }
        ClauseList list = clauses(false, &rbrace, "switch clause");
        s->type_switch.clauses = list.at;
        s->type_switch.nclauses = list.len;
        s->type_switch.rbrace = rbrace;
        return finish_stmt(s);
    }
    s->switch_.init = h.init;
    s->switch_.tag = condition(&h, TOK_SWITCH);
    ClauseList list = clauses(false, &rbrace, "switch clause");
    s->switch_.clauses = list.at;
    s->switch_.nclauses = list.len;
    s->switch_.rbrace = rbrace;
    return finish_stmt(s);
}

static Stmt *select_stmt(void) {
    Stmt *s = new_stmt(STMT_SELECT, tok_pos());
    next_token();
    ClauseList list = clauses(true, &s->select.rbrace, "select clause");
    s->select.clauses = list.at;
    s->select.nclauses = list.len;
    return finish_stmt(s);
}

static Stmt *go_defer(int kind, const char *what) {
    Stmt *s = new_stmt(kind, tok_pos());
    int errors = source_syntax_error_count();
    next_token();
    Expr *x = parse_operand_suffixes(NULL, true);
    x = parse_binary_from(x, 0);
    Expr *inner = x;
    while (inner->kind == EXPR_PAREN) inner = inner->paren.x;
    if (inner->kind != EXPR_CALL) {
        if (inner->kind != EXPR_BAD && source_syntax_error_count() == errors) {
            source_error_span(x->start, x->end, "syntax error: expression in %s must be function call", what);
            source_note(0, inner->kind == EXPR_FUNC_LIT ? "a function literal is called by the parentheses behind it: %s func() { ... }()" : "a call has parentheses: %s f()", what);
        }
        s->kind = STMT_BAD;
        return finish_stmt(s);
    }
    if (inner != x) syntax_error_at(x->start, arena_printf("expression in %s must not be parenthesized", what));
    s->go.call = inner;
    return finish_stmt(s);
}

static Stmt *branch_stmt(void) {
    Stmt *s = new_stmt(STMT_BRANCH, tok_pos());
    s->op = parser.l.kind;
    next_token();
    if (s->op != TOK_FALLTHROUGH && tok() == TOK_IDENT) {
        s->branch.label = parser.l.name;
        s->branch.label_pos = tok_pos();
        next_token();
    } else if (s->op == TOK_GOTO) {
        syntax_error("expected name");
        s->kind = STMT_BAD;
    }
    return finish_stmt(s);
}

static Stmt *return_stmt(void) {
    Stmt *s = new_stmt(STMT_RETURN, tok_pos());
    next_token();
    bool ends = parser.command != IN_BRACES && (tok() == TOK_RBRACK || tok() == TOK_BOX || at_process_bar());
    if (!ends && tok() != TOK_SEMICOLON && tok() != TOK_RBRACE && tok() != TOK_EOF) s->ret.results = parse_expr_list();
    return finish_stmt(s);
}

static Stmt *decl_stmt(int keyword) {
    Stmt *s = new_stmt(STMT_DECL, tok_pos());
    next_token();
    s->decl.decl = parse_decl(keyword);
    if (!s->decl.decl) s->kind = STMT_EMPTY;
    return finish_stmt(s);
}

static Stmt *labeled_stmt(Name *name, Pos pos) {
    Stmt *s = new_stmt(STMT_LABELED, pos);
    s->labeled.label = name;
    next_token(); // :
    if (tok() == TOK_RBRACE) {
        s->labeled.stmt = new_stmt(STMT_EMPTY, tok_pos());
        return finish_stmt(s);
    }
    s->labeled.stmt = parse_stmt();
    if (!s->labeled.stmt) {
        syntax_error_at(s->pos, "missing statement after label");
        s->labeled.stmt = new_stmt(STMT_EMPTY, tok_pos());
    }
    return finish_stmt(s);
}

// A statement that begins with a name: a label needs the token behind it.
static Stmt *name_stmt(void) {
    const char *p = parser.l.p;
    while (*p == ' ' || *p == '\t') p++;
    if ((*p == ':' && p[1] != '=') || (*p == '/' && p[1] == '*')) { // else it can not be a label; saves the look-ahead
        Lexer saved = parser.l;
        Name *name = parser.l.name;
        Pos pos = tok_pos();
        next_token();
        if (tok() == TOK_COLON) {
            Stmt *s = labeled_stmt(name, pos);
            Stmt *decl = parser.command == IN_BRACES ? NULL : hoare_decl_of_label(s);
            return decl ? decl : s;
        }
        parser.l = saved;
    }
    if (p < parser.l.limit && *p == '{' && foreign_block(p + 1)) return expr_stmt(parse_name()); // try {
    return parse_simple_stmt(false);
}

static Stmt *stmt_of_token(void) {
    if (at_command()) return parse_command();
    switch (tok()) {
    case TOK_SEMICOLON: return new_stmt(STMT_EMPTY, tok_pos());
    case TOK_LBRACE: return parse_block("");
    case TOK_VAR: case TOK_CONST: case TOK_TYPE: return decl_stmt(tok());
    case TOK_IDENT: return name_stmt();
    case TOK_INT: case TOK_FLOAT: case TOK_IMAG: case TOK_CHAR: case TOK_STRING: case TOK_FUNC: case TOK_LPAREN:
    case TOK_LBRACK: case TOK_STRUCT: case TOK_MAP: case TOK_CHAN: case TOK_INTERFACE:
    case TOK_ARROW: case TOK_MUL: case TOK_AND: case TOK_ADD: case TOK_SUB: case TOK_XOR: case TOK_NOT: case TOK_TILDE:
        return parse_simple_stmt(false);
    case TOK_FOR: return for_stmt();
    case TOK_SWITCH: return switch_stmt();
    case TOK_SELECT: return select_stmt();
    case TOK_IF: return if_stmt();
    case TOK_FALLTHROUGH: case TOK_BREAK: case TOK_CONTINUE: case TOK_GOTO: return branch_stmt();
    case TOK_GO: return go_defer(STMT_GO, "go");
    case TOK_DEFER: return go_defer(STMT_DEFER, "defer");
    case TOK_RETURN: return return_stmt();
    default: return NULL;
    }
}

Stmt *parse_stmt(void) {
    if (!enter_nesting()) return NULL;
    begin_anew();
    Stmt *s = stmt_of_token();
    leave_nesting();
    return s;
}

static bool else_follows(void) {
    if (tok() != TOK_SEMICOLON) return false;
    Lexer l = parser.l;
    lexer_next(&l);
    return l.kind == TOK_ELSE;
}

// else on a line of its own: what hangs on it is no part of the list.
void stray_else(void) {
    if (syntax_error("expected }")) source_note(0, "else stands on the line of the } before it: } else {");
    do {
        while (tok() != TOK_ELSE) next_token();
        next_token();
        if (tok() == TOK_IF) if_stmt();
        else if (tok() == TOK_LBRACE) parse_block("");
        else skip_statement();
    } while (else_follows());
}

StmtList parse_stmt_list(void) {
    StmtList list = {0};
    while (tok() != TOK_EOF && tok() != TOK_RBRACE && tok() != TOK_CASE && tok() != TOK_DEFAULT) {
        Pos begin = tok_pos();
        Stmt *s = parse_stmt();
        if (s) {
            if (s->kind != STMT_EMPTY) VEC_PUSH(&list, s);
        }
        if (got(TOK_SEMICOLON) || (broken_before() && tok_pos() != begin)) continue;
        if (s && tok() == TOK_RBRACE) break;
        if (s && (tok() == TOK_CASE || tok() == TOK_DEFAULT)) {
            if (s->kind != STMT_LABELED) syntax_error("at end of statement"); // a label without statement was reported
            break;
        }
        if (tok() == TOK_ELSE) {
            stray_else();
            continue;
        }
        if (tok() == TOK_EOF) break;
        if (!s && (tok() == TOK_RPAREN)) {
            syntax_error("");
            next_token();
        } else {
            end_of_statement_error(s ? "at end of statement" : "expected }", begin);
        }
        Pos before = tok_pos();
        skip_statement();
        if (!got(TOK_SEMICOLON) && tok_pos() == before && tok() != TOK_RBRACE && tok() != TOK_CASE && tok() != TOK_DEFAULT) next_token();
    }
    return list;
}
