// SPDX-License-Identifier: MIT
// parser.c: the parser's frame: tokens, errors, files and declarations.
#define _GNU_SOURCE
#include "compiler/parser_impl.h"

#include <string.h>

enum { LONG_BODY = 250 }; // bytes

Parser parser;

static const char *token_description(int kind) {
    switch (kind) {
    case TOK_COMMA: return "comma";
    case TOK_SEMICOLON: return "semicolon or newline";
    default: return token_text[kind];
    }
}

static const char *current_token(void) {
    Lexer *l = &parser.l;
    switch (l->kind) {
    case TOK_IDENT: return arena_printf("name %s", l->name->text);
    case TOK_SEMICOLON: return l->at_eof ? "EOF" : l->auto_semi ? "newline" : "semicolon";
    case TOK_EOF: return "EOF";
    case TOK_INT: case TOK_FLOAT: case TOK_IMAG: case TOK_CHAR: case TOK_STRING:
        return arena_printf("literal %.*s", (int)(l->text.len > 60 ? 60 : l->text.len), l->text.ptr);
    case TOK_COMMA: return "comma";
    default:
        if (l->kind >= TOK_BREAK) return arena_printf("keyword %s", token_text[l->kind]);
        return token_text[l->kind];
    }
}

void syntax_error_at(Pos pos, const char *msg) {
    source_error(pos, "syntax error: %s", msg);
    parser.unsettled = true;
}

bool parse_ended_early(void) { return parser.ended_early || parser.l.open_ended; }

static bool at_end(void) { return tok() == TOK_EOF || (tok() == TOK_SEMICOLON && parser.l.at_eof); }

// What closes or separates what an error may have opened or ended too early.
static bool closes(int kind) {
    switch (kind) {
    case TOK_RBRACE: case TOK_RPAREN: case TOK_RBRACK: case TOK_LOR: case TOK_BOX: case TOK_CASE: case TOK_DEFAULT: return true;
    default: return false;
    }
}

// In the middle of a line it is a mistake by itself, except behind a block.
static bool closes_line(void) {
    bool behind = parser.l.prev_end > parser.l.file->base && parser.l.start[parser.l.prev_end - parser.l.file->base - 1] == '}';
    if (tok() == TOK_LPAREN) return behind; // the call of a function literal
    if (tok() == TOK_GUARD || tok() == TOK_LABELS) return !parser.l.newline_before;
    return closes(tok()) && (parser.l.newline_before || behind);
}

// Does an error at the current token only follow from one before it?
static bool is_consequence(const char *msg) {
    if (parser.error_sync == parser.sync + 1) return true; // of the same statement
    if (!parser.unsettled) return false;
    bool inner_func = strcmp(msg, "expected (") == 0 && tok() == TOK_IDENT && at_margin();
    return closes_line() || inner_func || strcmp(msg, STRAY_STATEMENT) == 0;
}

bool syntax_error(const char *msg) {
    if (source_error_count() == 0) parser.ended_early = at_end();
    if (parser.fresh_error && parser.error_pos == tok_pos()) return false; // one error a token
    bool earlier = source_syntax_error_count() > parser.errors_before;
    if ((tok() == TOK_EOF && earlier) || (at_end() && parser.l.open_ended)) return false; // the end of a file that went wrong earlier
    if (source_syntax_error_count() > parser.errors_before && is_consequence(msg)) return false;
    parser.fresh_error = parser.unsettled = true;
    parser.error_pos = tok_pos();
    parser.error_sync = parser.sync + 1;
    bool spaced = strncmp(msg, "in ", 3) == 0 || strncmp(msg, "at ", 3) == 0 || strncmp(msg, "after ", 6) == 0;
    const char *text = msg;
    if (strncmp(msg, "expected ", 9) == 0 || spaced) text = arena_printf("unexpected %s%s%s", current_token(), spaced ? " " : ", ", msg);
    else if (!*msg) text = arena_printf("unexpected %s", current_token());
    report_syntax(text, msg);
    return true;
}

bool want_missing(int kind) {
    syntax_error(arena_printf("expected %s", token_description(kind)));
    return false;
}

bool got_assign(void) {
    if (tok() == TOK_DEFINE && syntax_error("expected =")) source_note(0, ":= declares a variable by itself; behind var and const stands =");
    return got(TOK_ASSIGN) || got(TOK_DEFINE);
}

static void stop_reading(void) { // nothing sensible can follow
    parser.l.p = parser.l.limit;
    parser.l.need_semi = false;
    lexer_next(&parser.l);
}

bool nesting_too_deep(void) {
    syntax_error_at(tok_pos(), arena_printf("nesting is deeper than %d", (int)MAX_NESTING));
    stop_reading();
    return false;
}

// Chains such as a + b + c ... and a.b().c() ... are read by a loop and make
// deep trees all the same, which the passes behind the parser descend.
void grow_height(uint32_t left) {
    if (left > parser.height) parser.height = left;
    if (++parser.height != MAX_HEIGHT) return;
    syntax_error_at(tok_pos(), arena_printf("expression with more than %d operators in a row", (int)MAX_HEIGHT));
    stop_reading();
}

bool starts_statement(int kind) {
    switch (kind) {
    case TOK_BREAK: case TOK_CONST: case TOK_CONTINUE: case TOK_DEFER: case TOK_FALLTHROUGH: case TOK_FOR: case TOK_GO:
    case TOK_GOTO: case TOK_IF: case TOK_RETURN: case TOK_SELECT: case TOK_SWITCH: case TOK_TYPE: case TOK_VAR:
        return true;
    default:
        return false;
    }
}

void skip_to(const uint8_t *follow, int n) {
    for (int steps = 0; tok() != TOK_EOF; next_token()) {
        for (int i = 0; i < n; i++)
            if (tok() == follow[i]) return;
        // a statement keyword is a good place too, but never twice the same one
        if (parser.in_func && starts_statement(tok()) && steps++ > 0) return;
    }
}

// --- declarations

static Decl *new_decl(int kind, Pos pos) {
    Decl *d = ARENA_NEW(Decl);
    d->kind = (uint8_t)kind;
    d->pos = pos;
    return d;
}

static Decl *import_spec(void) {
    Decl *d = new_decl(DECL_IMPORT, tok_pos());
    d->import.preamble = parser.l.doc;
    if (tok() == TOK_IDENT) {
        d->import.name = parse_name();
    } else if (tok() == TOK_PERIOD) {
        d->import.name = new_expr(EXPR_IDENT, tok_pos());
        d->import.name->ident.name = name_of(".");
        next_token();
        finish(d->import.name);
    }
    if (tok() != TOK_STRING) {
        if (syntax_error("missing import path; require quoted string") && d->import.name) source_note(0, "the path is a string: import \"%s\"", d->import.name->ident.name->text);
        skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RPAREN}, 2);
        return NULL;
    }
    Expr *path = new_expr(EXPR_BASIC_LIT, tok_pos());
    path->lit.lit_kind = TOK_STRING;
    path->lit.text = parser.l.text;
    if (parser.l.bad) path->kind = EXPR_BAD;
    next_token();
    d->import.path = finish(path);
    return d;
}

static void name_list(ExprList *out) {
    do {
        Expr *n = parse_name();
        VEC_PUSH(out, n);
    } while (got(TOK_COMMA));
}

// name ":" TYPE
void colon_before_type(void) {
    if (syntax_error("expected type")) source_note(0, "the type follows the name without a colon: x int");
    next_token();
}

typedef struct ConstGroup { uint32_t iota; Expr *type; ExprList values; } ConstGroup;

static Decl *const_spec(ConstGroup *g) {
    Decl *d = new_decl(DECL_CONST, tok_pos());
    d->value.iota = g->iota++;
    name_list(&d->value.names);
    if (tok() != TOK_EOF && tok() != TOK_SEMICOLON && tok() != TOK_RPAREN) {
        if (tok() == TOK_COLON) colon_before_type();
        d->value.type = parse_type_or_null();
        if (got_assign()) d->value.values = parse_expr_list();
    }
    if (d->value.type || d->value.values.len) {
        g->type = d->value.type;
        g->values = d->value.values;
    } else {
        d->value.inherited = true;
        d->value.type = g->type;
        d->value.values = g->values;
    }
    return d;
}

static Decl *var_spec(void) {
    Decl *d = new_decl(DECL_VAR, tok_pos());
    name_list(&d->value.names);
    if (tok() == TOK_COLON) colon_before_type();
    if (got_assign()) {
        d->value.values = parse_expr_list();
    } else {
        d->value.type = parse_type();
        if (got_assign()) d->value.values = parse_expr_list();
    }
    return d;
}

// Does x look like "P C" of a type parameter list (and no array length)? The
// name alone was parsed as the beginning of an expression x: P *C and P (C) are
// ambiguous; they are parameters only when a constraint-like part shows it.
static bool is_constraint_like(const Expr *x) {
    switch (x->kind) {
    case EXPR_ARRAY_TYPE: case EXPR_STRUCT_TYPE: case EXPR_FUNC_TYPE: case EXPR_INTERFACE_TYPE: case EXPR_MAP_TYPE: case EXPR_CHAN_TYPE: return true;
    case EXPR_BINARY: return is_constraint_like(x->binary.x) || is_constraint_like(x->binary.y);
    case EXPR_UNARY: return x->op == TOK_TILDE;
    case EXPR_PAREN: return is_constraint_like(x->paren.x);
    default: return false;
    }
}

// Splits "name *T | U" or "name (T)" into a type parameter and its constraint.
static bool split_param(Expr *x, bool force, Expr **name, Expr **constraint) {
    if (x->kind == EXPR_BINARY && x->op == TOK_MUL && x->binary.x->kind == EXPR_IDENT && (force || is_constraint_like(x->binary.y))) {
        Expr *star = new_expr(EXPR_STAR, x->pos);
        star->unary.x = x->binary.y;
        star->end = x->end;
        *name = x->binary.x;
        *constraint = star;
        return true;
    }
    if (x->kind == EXPR_BINARY && x->op == TOK_OR && split_param(x->binary.x, force || is_constraint_like(x->binary.y), name, constraint)) {
        Expr *u = new_expr(EXPR_BINARY, (*constraint)->start);
        u->op = TOK_OR;
        u->pos = x->pos;
        u->binary.x = *constraint;
        u->binary.y = x->binary.y;
        u->end = x->end;
        *constraint = u;
        return true;
    }
    if (x->kind == EXPR_CALL && x->call.fn->kind == EXPR_IDENT && x->call.args.len == 1 && !x->call.ellipsis && (force || is_constraint_like(x->call.args.at[0]))) {
        *name = x->call.fn;
        *constraint = x->call.args.at[0];
        return true;
    }
    return false;
}

// After "type Name": '[' begins type parameters or an array or slice type.
static void type_spec_bracket(Decl *d) {
    Pos pos = tok_pos();
    next_token();
    if (got(TOK_RBRACK)) { // []E
        Expr *t = new_expr(EXPR_ARRAY_TYPE, pos);
        t->array.elem = parse_type();
        d->type.type = finish(t);
        return;
    }
    Expr *len = NULL;
    if (tok() == TOK_IDENT) {
        int level = parser.expr_level++;
        Expr *x = parse_name();
        if (tok() != TOK_LBRACK) x = parse_binary_from(parse_operand_suffixes(x, false), 0);
        parser.expr_level = level;
        Expr *name = NULL, *constraint = NULL;
        bool params = split_param(x, tok() == TOK_COMMA, &name, &constraint);
        if (!params && x->kind == EXPR_IDENT && tok() != TOK_RBRACK) {
            params = true;
            name = x;
        }
        if (params) {
            d->type.tparams = parse_params_from(name, constraint, true, TOK_RBRACK);
            d->type.alias = got(TOK_ASSIGN);
            d->type.type = parse_type();
            return;
        }
        len = x;
    } else if (tok() == TOK_ELLIPSIS) {
        len = new_expr(EXPR_ELLIPSIS, tok_pos());
        next_token();
    } else {
        int level = parser.expr_level++;
        len = parse_expr();
        parser.expr_level = level;
    }
    want(TOK_RBRACK);
    Expr *t = new_expr(EXPR_ARRAY_TYPE, pos);
    t->array.len = len;
    t->array.elem = parse_type();
    d->type.type = finish(t);
}

static Decl *type_spec(void) {
    Decl *d = new_decl(DECL_TYPE, tok_pos());
    d->type.name = parse_name();
    if (tok() == TOK_LBRACK) {
        type_spec_bracket(d);
    } else {
        d->type.alias = got(TOK_ASSIGN);
        d->type.type = parse_type_or_null();
        if (!d->type.type) {
            if (syntax_error("in type declaration") && tok() == TOK_LBRACE) source_note(0, "what has fields is a struct, what has methods alone an interface: type %s struct { ... }", d->type.name->ident.name->text);
            d->type.type = bad_expr(tok_pos());
            skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RPAREN}, 2);
        }
    }
    return d;
}

static Decl *one_spec(int keyword, ConstGroup *g) {
    begin_anew();
    switch (keyword) {
    case TOK_IMPORT: return import_spec();
    case TOK_CONST: return const_spec(g);
    case TOK_VAR: return var_spec();
    default: return type_spec();
    }
}

Decl *parse_decl(int keyword) {
    ConstGroup g = {0};
    Pos open = tok_pos();
    if (!got(TOK_LPAREN)) return one_spec(keyword, &g);
    Decl *first = NULL, **link = &first;
    while (tok() != TOK_EOF && tok() != TOK_RPAREN) {
        Decl *d = one_spec(keyword, &g);
        if (d) {
            *link = d;
            link = &d->next_in_group;
        }
        if (tok() == TOK_RPAREN) break;
        if (!got(TOK_SEMICOLON)) {
            syntax_error("expected semicolon, newline, or )");
            skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RPAREN}, 2);
            got(TOK_SEMICOLON);
        }
    }
    want(TOK_RPAREN);
    return first || !parser.to_format ? first : new_decl(DECL_BAD, open);
}

static Field *receiver(FieldList *list, Pos pos) {
    if (list->len == 0) {
        source_error(pos, "method has no receiver");
        return NULL;
    }
    if (list->len > 1) source_error(pos, "method has multiple receivers");
    Field *f = ARENA_NEW(Field);
    *f = list->at[0];
    return f;
}

static bool is_generic(const Field *recv, const Expr *sig) {
    const Expr *t = recv ? recv->type : NULL;
    while (t && (t->kind == EXPR_STAR || t->kind == EXPR_PAREN)) t = t->unary.x; // x is where both have it
    return sig->sig.tparams.len || (t && t->kind == EXPR_INDEX);
}

// Is the body that begins here surely none that is put in place of its calls:
// for its length, or what stands in it? (In the library a body ends with a brace
// at the beginning of a line. An error only makes the image larger or some code
// slower.)
static bool is_never_inlined(void) {
    static const char *const signs[] = {"\tfor ", "\tdefer ", "\tgo ", "\tselect {", "func("};
    const char *from = parser.l.p, *end = memmem(from, (size_t)(parser.l.limit - from), "\n}", 2);
    const char *line = memchr(from, '\n', (size_t)(parser.l.limit - from));
    if (!end || !line || line[-1] != '{') return false;
    bool never = end - from > LONG_BODY;
    for (size_t i = 0; !never && i < sizeof signs / sizeof *signs; i++) never = memmem(from, (size_t)(end - from), signs[i], strlen(signs[i])) != NULL;
    return never;
}

// The image of the library needs the trees of functions that are to be
// instantiated or inlined; of the others it has the code.
static Stmt *function_body(const Field *recv, const Expr *sig) {
    bool out = arena_makes_image() && arena_leave_out(!is_generic(recv, sig) && is_never_inlined());
    Stmt *body = parse_func_body();
    arena_leave_out(out);
    return body;
}

// func f() ":" T or "->" T
static void sign_before_result(Expr *sig) {
    if (syntax_error("after top level declaration") && tok() == TOK_COLON) source_note(0, "the result type follows the parameters without a sign: func f(x TYPE) RESULT");
    next_token();
    Field f = {.type = parse_type()};
    VEC_PUSH(&sig->sig.results, f);
}

// A body that begins on the line below its function: Go ends the declaration
// before it.
static void brace_on_next_line(void) {
    const char *p = parser.l.p;
    while (p < parser.l.limit && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')) p++;
    if (p == parser.l.limit || *p != '{') return;
    next_token();
    if (syntax_error("unexpected semicolon or newline before {")) source_note(0, "the { stands on the line of the function's name");
}

// The rest of a function declaration from its name on.
static Decl *func_rest(Field *recv, Pos start, const char *from) {
    Decl *d = new_decl(DECL_FUNC, tok_pos());
    d->func.recv = recv;
    d->func.name = parse_name();
    d->func.sig = parse_signature(start, true);
    if (tok() == TOK_COLON || tok() == TOK_GUARD) sign_before_result(d->func.sig);
    if (tok() == TOK_SEMICOLON && parser.l.auto_semi) brace_on_next_line();
    if (tok() == TOK_LBRACE) d->func.body = function_body(recv, d->func.sig);
    d->func.end = parser.l.prev_end;
    d->func.tree = arena_since(from);
    return d;
}

Decl *parse_func_decl(Pos func_pos) {
    Field *recv = NULL;
    const char *from = arena_here();
    if (tok() == TOK_LPAREN) {
        Pos pos = tok_pos();
        next_token();
        FieldList list = parse_params(false, TOK_RPAREN);
        recv = receiver(&list, pos);
    }
    if (tok() != TOK_IDENT) {
        syntax_error("expected name or (");
        skip_to((const uint8_t[]){TOK_LBRACE, TOK_SEMICOLON}, 2);
        if (tok() == TOK_LBRACE) parse_func_body();
        return NULL;
    }
    return func_rest(recv, func_pos, from);
}

// --- files

static bool begins_declaration(void) {
    switch (tok()) {
    case TOK_IMPORT: case TOK_CONST: case TOK_TYPE: case TOK_VAR: case TOK_FUNC: return !parser.unsettled || (parser.l.newline_before && at_margin());
    default: return false;
    }
}

static void end_of_declaration(const char *where) {
    if (tok() == TOK_EOF || got(TOK_SEMICOLON)) return;
    syntax_error(where);
    while (tok() != TOK_EOF && tok() != TOK_SEMICOLON && !begins_declaration()) {
        if (tok() == TOK_LBRACE && line_ends_behind()) parse_func_body();
        else next_token();
    }
    got(TOK_SEMICOLON);
}

// The comment above a lone import belongs to it, as one inside of the parentheses.
static Decl *with_doc(Decl *d, int keyword, Str doc) {
    if (d && d->kind == DECL_IMPORT && keyword == TOK_IMPORT && !d->next_in_group && !d->import.preamble.len) d->import.preamble = doc;
    return d;
}

static void push_group(FileAst *f, Decl *d) {
    for (; d; d = d->next_in_group) VEC_PUSH(&f->decls, d);
}

// Where a declaration should begin, something else does. Blocks in it are no
// declarations either.
static void stray_statement(void) {
    Pos pos = tok_pos();
    if (end_of_statement_error(STRAY_STATEMENT, pos) && tok() == TOK_IDENT) {
        const char *p = parser.l.p;
        while (*p == ' ') p++;
        if (p[0] == ':' && p[1] == '=') source_note(0, "outside of functions a variable is declared by: var %s = VALUE", parser.l.name->text);
        else if (*p == '(' || *p == '.' || *p == '=') source_note(0, "in a file with a package clause statements stand in functions: func main() { ... }");
    }
    while (tok() != TOK_EOF && !begins_declaration()) {
        if (tok() == TOK_LBRACE && line_ends_behind()) parse_func_body();
        else next_token();
    }
}

static void parse_package_file(FileAst *f) {
    bool imports_over = false;
    while (tok() != TOK_EOF) {
        begin_anew();
        if (parser.unsettled && begins_declaration()) parser.unsettled = false;
        int keyword = tok();
        Pos pos = tok_pos();
        Str doc = parser.l.doc;
        if (got(TOK_SEMICOLON)) continue;
        switch (keyword) {
        case TOK_IMPORT:
            if (imports_over) syntax_error("imports must appear before other declarations");
            // fall through
        case TOK_CONST: case TOK_VAR: case TOK_TYPE:
            next_token();
            push_group(f, with_doc(parse_decl(keyword), keyword, doc));
            break;
        case TOK_FUNC: {
            next_token();
            Decl *d = parse_func_decl(pos);
            if (!d) break;
            d->doc = doc;
            VEC_PUSH(&f->decls, d);
            break;
        }
        default:
            stray_statement();
            continue;
        }
        if (keyword != TOK_IMPORT) imports_over = true;
        end_of_declaration("after top level declaration");
    }
}

// In a script "func (" begins a method declaration when a name and '(' or '['
// follow the parameters, else a function literal.
static bool is_method_decl(void) {
    Parser saved = parser;
    next_token(); // (
    for (int depth = 1; depth > 0 && tok() != TOK_EOF; next_token()) {
        if (tok() == TOK_LPAREN) depth++;
        else if (tok() == TOK_RPAREN) depth--;
    }
    bool method = tok() == TOK_IDENT;
    if (method) {
        next_token();
        method = tok() == TOK_LPAREN || tok() == TOK_LBRACK;
    }
    parser = saved;
    return method;
}

static bool script_func(FileAst *f) {
    Parser saved = parser;
    Pos pos = tok_pos();
    Str doc = parser.l.doc;
    next_token();
    if (tok() == TOK_IDENT || (tok() == TOK_LPAREN && is_method_decl())) {
        parser.in_func = false;
        Decl *d = parse_func_decl(pos);
        parser.in_func = true;
        if (!d) return true;
        d->doc = doc;
        VEC_PUSH(&f->decls, d);
        return true;
    }
    parser = saved;
    return false;
}

static void parse_script(FileAst *f) {
    parser.in_func = true;
    while (tok() != TOK_EOF) {
        if (got(TOK_SEMICOLON)) continue;
        if (parser.unsettled && parser.l.newline_before && at_margin() && !closes(tok())) parser.unsettled = false;
        Pos begin = tok_pos();
        begin_anew();
        if (tok() == TOK_IMPORT) {
            Str doc = parser.l.doc;
            next_token();
            push_group(f, with_doc(parse_decl(TOK_IMPORT), TOK_IMPORT, doc));
        } else if (tok() != TOK_FUNC || !script_func(f)) {
            begin = tok_pos();
            Stmt *s = parse_stmt();
            if (s) VEC_PUSH(&f->script, s);
            else if (tok() == TOK_ELSE) stray_else();
            else if (tok_pos() == begin) {
                end_of_statement_error(tok() == TOK_RBRACE ? "unmatched }" : "", begin);
                next_token();
                skip_statement();
                while (got(TOK_RBRACE)) {}
            }
        }
        if (tok() == TOK_EOF || got(TOK_SEMICOLON) || broken_before()) continue;
        end_of_statement_error("at end of statement", begin);
        skip_statement();
        while (got(TOK_RBRACE)) {}
    }
}

FileAst *parse_file(SourceFile *file, int flags) {
    memset(&parser, 0, sizeof parser);
    parser.to_format = flags & PARSE_TO_FORMAT;
    parser.errors_before = source_syntax_error_count();
    lexer_init(&parser.l, file);
    next_token();
    FileAst *f = ARENA_NEW(FileAst);
    f->source = file;
    while (tok() == TOK_SEMICOLON && !parser.l.auto_semi) next_token();
    if (got(TOK_PACKAGE)) {
        f->package_name = parse_name();
        end_of_declaration("after package clause");
        parse_package_file(f);
    } else if (file->path.len > 3 && memcmp(file->path.ptr + file->path.len - 3, ".go", 3) == 0 && tok() != TOK_EOF) {
        syntax_error("package statement must be first");
    } else {
        file->is_script = true;
        parse_script(f);
    }
    f->lang_minor = parser.l.lang_minor;
    if (file->has_directives && !parser.to_format && source_error_count() == 0) check_directives(f);
    return f;
}
