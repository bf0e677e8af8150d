// SPDX-License-Identifier: MIT
// parse_expr.c: expressions and types.
#include <string.h>

#include "compiler/parser_impl.h"

Expr *new_expr(int kind, Pos start) {
    Expr *e = arena_alloc(ast_expr_size(kind));
    e->kind = (uint8_t)kind;
    e->pos = e->start = start;
    e->end = parser.l.end;
    return e;
}

Expr *finish(Expr *e) {
    e->end = parser.l.prev_end;
    return e;
}

Expr *bad_expr(Pos pos) {
    Expr *e = new_expr(EXPR_BAD, pos);
    e->end = pos;
    return e;
}

Expr *parse_name(void) {
    Expr *e = new_expr(EXPR_IDENT, tok_pos());
    if (tok() == TOK_IDENT) {
        e->ident.name = parser.l.name;
        next_token();
        return finish(e);
    }
    e->ident.name = name_of("_");
    e->end = e->pos;
    syntax_error("expected name");
    if (tok() >= TOK_BREAK) next_token(); // a keyword stands for the name
    return e;
}

ExprList parse_expr_list(void) {
    ExprList list = {0};
    for (;;) {
        Expr *e = parse_expr();
        if (tok() != TOK_COMMA) {
            VEC_PUSH_LAST(&list, e);
            return list;
        }
        VEC_PUSH(&list, e);
        next_token();
    }
}

// --- types

static Expr *qualified_name(Expr *x) {
    if (!x) x = parse_name();
    if (tok() == TOK_PERIOD) {
        Expr *s = new_expr(EXPR_SELECTOR, x->start);
        next_token();
        s->pos = tok_pos();
        s->selector.x = x;
        s->selector.sel = parse_name();
        x = finish(s);
    }
    return x;
}

static Expr *type_args(Expr *x) {
    Expr *e = new_expr(EXPR_INDEX, x->start);
    e->pos = tok_pos();
    next_token(); // [
    parser.expr_level++;
    e->index.x = x;
    while (tok() != TOK_RBRACK && tok() != TOK_EOF) {
        Expr *t = parse_type();
        VEC_PUSH(&e->index.index, t);
        if (!got(TOK_COMMA)) break;
    }
    if (!e->index.index.len) syntax_error("expected type argument list");
    parser.expr_level--;
    want(TOK_RBRACK);
    return finish(e);
}

static Expr *type_name(Expr *x) {
    x = qualified_name(x);
    return tok() == TOK_LBRACK && !at_empty_brackets() ? type_args(x) : x;
}

// [1, 2, 3], at the first comma.
static void untyped_list(Expr *t) {
    if (syntax_error("unexpected comma; expected ]")) source_note(0, "a list is a slice, and begins with its type: []int{1, 2, 3}");
    while (got(TOK_COMMA) && tok() != TOK_RBRACK) parse_expr();
    parser.expr_level--;
    want(TOK_RBRACK);
    finish(t);
    t->kind = EXPR_BAD;
}

static Expr *array_or_slice_type(void) {
    Expr *t = new_expr(EXPR_ARRAY_TYPE, tok_pos());
    next_token(); // [
    if (!got(TOK_RBRACK)) {
        parser.expr_level++;
        if (tok() == TOK_ELLIPSIS) {
            t->array.len = new_expr(EXPR_ELLIPSIS, tok_pos());
            next_token();
        } else {
            t->array.len = parse_expr();
        }
        if (tok() == TOK_COMMA) {
            untyped_list(t);
            return t;
        }
        parser.expr_level--;
        want(TOK_RBRACK);
    }
    t->array.elem = parse_type();
    return finish(t);
}

static Expr *map_type(void) {
    Expr *t = new_expr(EXPR_MAP_TYPE, tok_pos());
    next_token();
    bool parens = tok() == TOK_LPAREN && syntax_error("expected [");
    if (parens) source_note(0, "a map type is map[KEY]VALUE");
    if (!parens) want(TOK_LBRACK);
    else next_token();
    t->map.key = parse_type();
    want(parens ? TOK_RPAREN : TOK_RBRACK);
    t->map.elem = parse_type();
    return finish(t);
}

static Expr *chan_elem(void) {
    Expr *t = parse_type_or_null();
    if (t) return t;
    syntax_error("missing channel element type");
    return bad_expr(tok_pos());
}

static Expr *chan_type(void) {
    Expr *t = new_expr(EXPR_CHAN_TYPE, tok_pos());
    t->chan.dir = 3;
    if (got(TOK_ARROW)) {
        t->chan.dir = 1;
        want(TOK_CHAN);
    } else {
        next_token();
        if (got(TOK_ARROW)) t->chan.dir = 2;
    }
    t->chan.elem = chan_elem();
    return finish(t);
}

static void struct_tag(FieldList *fields, uint32_t from) {
    if (tok() != TOK_STRING) return;
    Expr *tag = new_expr(parser.l.bad ? EXPR_BAD : EXPR_BASIC_LIT, tok_pos());
    tag->lit.lit_kind = TOK_STRING;
    tag->lit.text = parser.l.text;
    next_token();
    finish(tag);
    for (uint32_t i = from; i < fields->len; i++) fields->at[i].tag = tag;
}

static void embedded_field(FieldList *fields, Expr *type) {
    Field f = {.type = type, .embedded = true};
    VEC_PUSH(fields, f);
}

// name [ ... : an array field or an embedded generic type. NULL: it was embedded.
static Expr *array_or_type_args(Expr **name) {
    Pos pos = tok_pos();
    next_token(); // [
    Expr *len = NULL;
    ExprList args = {0};
    if (tok() != TOK_RBRACK) {
        parser.expr_level++;
        while (tok() != TOK_RBRACK && tok() != TOK_EOF) {
            Expr *x = tok() == TOK_ELLIPSIS ? NULL : parse_expr();
            if (!x) {
                x = new_expr(EXPR_ELLIPSIS, tok_pos());
                next_token();
            }
            VEC_PUSH(&args, x);
            if (!got(TOK_COMMA)) break;
        }
        parser.expr_level--;
        len = args.len ? args.at[0] : NULL;
    }
    want(TOK_RBRACK);
    Expr *elem = args.len > 1 ? NULL : parse_type_or_null();
    if (elem) {
        Expr *t = new_expr(EXPR_ARRAY_TYPE, pos);
        t->array.len = len;
        t->array.elem = elem;
        return finish(t);
    }
    if (!args.len) {
        syntax_error("expected type argument list");
        return bad_expr(pos);
    }
    Expr *e = new_expr(EXPR_INDEX, (*name)->start);
    e->pos = pos;
    e->index.x = *name;
    e->index.index = args;
    *name = NULL;
    return finish(e);
}

static void struct_field(FieldList *fields) {
    uint32_t from = fields->len;
    begin_anew();
    if (tok() == TOK_IDENT) {
        Expr *name = parse_name();
        if (tok() == TOK_PERIOD || tok() == TOK_STRING || tok() == TOK_SEMICOLON || tok() == TOK_RBRACE) {
            embedded_field(fields, type_name(name));
        } else {
            ExprList names = {0};
            VEC_PUSH_LAST(&names, name);
            Expr *type = NULL;
            if (tok() == TOK_LBRACK) {
                Expr *n = name;
                type = array_or_type_args(&n);
                if (!n) {
                    embedded_field(fields, type);
                    struct_tag(fields, from);
                    return;
                }
            } else {
                while (got(TOK_COMMA)) {
                    Expr *more = parse_name();
                    VEC_PUSH(&names, more);
                }
                if (tok() == TOK_COLON) colon_before_type();
                type = parse_type();
            }
            for (uint32_t i = 0; i < names.len; i++) {
                Field f = {.name = names.at[i], .type = type};
                VEC_PUSH(fields, f);
            }
        }
    } else if (tok() == TOK_MUL) {
        Expr *star = new_expr(EXPR_STAR, tok_pos());
        next_token();
        if (tok() == TOK_LPAREN) syntax_error("cannot parenthesize embedded type");
        star->unary.x = got(TOK_LPAREN) ? type_name(NULL) : type_name(NULL);
        got(TOK_RPAREN);
        embedded_field(fields, finish(star));
    } else if (tok() == TOK_LPAREN) {
        syntax_error("cannot parenthesize embedded type");
        skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RBRACE}, 2);
    } else {
        syntax_error("expected field name or embedded type");
        skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RBRACE}, 2);
    }
    struct_tag(fields, from);
}

static void end_of_field_error(void) {
    if (syntax_error("expected semicolon, newline, or } after field")) {
        if (tok() == TOK_COMMA) source_note(0, "a field ends with its line, or with a semicolon");
        else if (tok() == TOK_ASSIGN) source_note(0, "fields have no values of their own: give it where the struct is made, T{x: VALUE}");
    }
    if (got(TOK_COMMA)) return;
    skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RBRACE}, 2);
    got(TOK_SEMICOLON);
}

static Expr *struct_type(void) {
    Expr *t = new_expr(EXPR_STRUCT_TYPE, tok_pos());
    next_token();
    want(TOK_LBRACE);
    while (tok() != TOK_RBRACE && tok() != TOK_EOF) {
        bool left_open = starts_statement(tok());
        struct_field(&t->struct_.fields);
        if (left_open) return finish(t);
        if (tok() == TOK_RBRACE) break;
        if (!got(TOK_SEMICOLON)) {
            end_of_field_error();
        }
    }
    want(TOK_RBRACE);
    return finish(t);
}

static Expr *embedded_term(void) {
    if (tok() == TOK_TILDE) {
        Expr *t = new_expr(EXPR_UNARY, tok_pos());
        t->op = TOK_TILDE;
        next_token();
        t->unary.x = parse_type();
        return finish(t);
    }
    Expr *t = parse_type_or_null();
    if (t) return t;
    syntax_error("expected ~ term or type");
    skip_to((const uint8_t[]){TOK_OR, TOK_SEMICOLON, TOK_RPAREN, TOK_RBRACK, TOK_COMMA, TOK_RBRACE}, 6);
    return bad_expr(tok_pos());
}

Expr *parse_embedded_elem(Expr *first) {
    uint32_t outer = begin_height();
    Expr *x = first ? first : embedded_term();
    while (tok() == TOK_OR) {
        uint32_t left = begin_height();
        Expr *u = new_expr(EXPR_BINARY, x->start);
        u->op = TOK_OR;
        u->pos = tok_pos();
        next_token();
        u->binary.x = x;
        u->binary.y = embedded_term();
        grow_height(left);
        x = finish(u);
    }
    end_height(outer);
    return x;
}

// At the '[' behind a name in an interface: do type parameters of a method
// follow, or is it an embedded instance?
static bool method_type_params(void) {
    Parser saved = parser;
    int depth = 0;
    do {
        if (tok() == TOK_LBRACK) depth++;
        else if (tok() == TOK_RBRACK) depth--;
        next_token();
    } while (depth > 0 && tok() != TOK_EOF);
    bool method = tok() == TOK_LPAREN;
    parser = saved;
    return method;
}

static void interface_elem(FieldList *elems) {
    Field f = {0};
    begin_anew();
    if (tok() == TOK_IDENT) {
        Expr *name = parse_name();
        if (tok() == TOK_LPAREN) {
            f.name = name;
            f.type = parse_signature(name->start, false);
        } else if (tok() == TOK_LBRACK && method_type_params()) {
            source_error(tok_pos(), "interface method must have no type parameters");
            f.name = name;
            f.type = parse_signature(name->start, true);
            f.type->sig.tparams.len = 0;
        } else {
            f.embedded = true;
            f.type = parse_embedded_elem(type_name(name));
        }
    } else {
        f.embedded = true;
        f.type = parse_embedded_elem(NULL);
    }
    VEC_PUSH(elems, f);
}

static Expr *interface_type(void) {
    Expr *t = new_expr(EXPR_INTERFACE_TYPE, tok_pos());
    next_token();
    want(TOK_LBRACE);
    while (tok() != TOK_RBRACE && tok() != TOK_EOF) {
        bool left_open = starts_statement(tok());
        interface_elem(&t->iface.elems);
        if (left_open) return finish(t);
        if (tok() == TOK_RBRACE) break;
        if (!got(TOK_SEMICOLON)) {
            syntax_error("expected semicolon, newline, or } after interface element");
            skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RBRACE}, 2);
            got(TOK_SEMICOLON);
        }
    }
    want(TOK_RBRACE);
    return finish(t);
}

static Expr *paren_type(void) {
    Expr *t = new_expr(EXPR_PAREN, tok_pos());
    next_token();
    parser.expr_level++;
    t->paren.x = parse_type();
    parser.expr_level--;
    want(TOK_RPAREN);
    return finish(t);
}

static Expr *star_type(void) {
    Expr *t = new_expr(EXPR_STAR, tok_pos());
    next_token();
    t->unary.x = parse_type();
    return finish(t);
}

static Expr *type_of_token(void) {
    switch (tok()) {
    case TOK_MUL: return star_type();
    case TOK_ARROW: case TOK_CHAN: return chan_type();
    case TOK_FUNC: {
        Pos pos = tok_pos();
        next_token();
        if (tok() == TOK_LBRACK) syntax_error("function type must have no type parameters");
        return parse_signature(pos, true);
    }
    case TOK_LBRACK: return array_or_slice_type();
    case TOK_MAP: return map_type();
    case TOK_STRUCT: return struct_type();
    case TOK_INTERFACE: return interface_type();
    case TOK_IDENT: return type_name(NULL);
    case TOK_LPAREN: return paren_type();
    default: return NULL;
    }
}

Expr *parse_type_or_null(void) {
    if (!enter_nesting()) return bad_expr(tok_pos());
    Expr *t = type_of_token();
    leave_nesting();
    return t;
}

Expr *parse_type(void) {
    Expr *t = parse_type_or_null();
    if (t) return t;
    Pos pos = tok_pos();
    if (syntax_error("expected type") && (tok() == TOK_INT || tok() == TOK_RBRACK)) source_note(0, "in a type the brackets stand before: [3]int, []int");
    skip_to((const uint8_t[]){TOK_COMMA, TOK_COLON, TOK_SEMICOLON, TOK_RPAREN, TOK_RBRACK, TOK_RBRACE}, 6);
    return bad_expr(pos);
}

// --- signatures

typedef struct Param { Expr *name, *type; } Param; // name alone: type NULL; type alone: name NULL

static Expr *ellipsis_type(void) {
    Expr *t = new_expr(EXPR_ELLIPSIS, tok_pos());
    next_token();
    t->ellipsis.elem = parse_type_or_null();
    if (!t->ellipsis.elem) {
        syntax_error("... is missing type");
        t->ellipsis.elem = bad_expr(tok_pos());
    }
    return finish(t);
}

static Expr *param_type(bool type_params) {
    if (type_params) return parse_embedded_elem(NULL);
    return tok() == TOK_ELLIPSIS ? ellipsis_type() : parse_type();
}

static bool type_follows(bool type_params) {
    switch (tok()) {
    case TOK_IDENT: case TOK_MUL: case TOK_ARROW: case TOK_CHAN: case TOK_FUNC: case TOK_LBRACK: case TOK_MAP: case TOK_STRUCT: case TOK_INTERFACE: case TOK_LPAREN: case TOK_ELLIPSIS: return true;
    case TOK_TILDE: return type_params;
    default: return false;
    }
}

static Param one_param(bool type_params) {
    Param p = {0};
    if (tok() != TOK_IDENT) {
        p.type = param_type(type_params);
        return p;
    }
    Expr *name = parse_name();
    if (tok() == TOK_PERIOD) {
        p.type = type_name(name);
        if (type_params) p.type = parse_embedded_elem(p.type);
    } else if (tok() == TOK_LBRACK) {
        Expr *n = name;
        p.type = array_or_type_args(&n);
        p.name = n;
        if (type_params && p.name) p.type = parse_embedded_elem(p.type);
    } else if (type_params && tok() == TOK_OR) {
        p.type = parse_embedded_elem(name);
    } else {
        p.name = name;
        if (tok() == TOK_COLON && !type_params) {
            if (syntax_error("in parameter list; possibly missing comma or )")) source_note(0, "the type follows the name without a colon: x int");
            next_token();
        }
        if (type_follows(type_params)) p.type = param_type(type_params);
    }
    return p;
}

// A line end, and behind it the bracket that closes what it stands in?
static bool closed_behind(int close) {
    if (tok() != TOK_SEMICOLON || !parser.l.auto_semi) return false;
    Lexer l = parser.l;
    lexer_next(&l);
    return l.kind == close;
}

static FieldList resolve_params(Param *ps, uint32_t n, bool type_params) {
    FieldList list = {ARENA_ARRAY(Field, n), n, n};
    bool named = type_params;
    for (uint32_t i = 0; i < n; i++)
        if (ps[i].name && ps[i].type) named = true;
    Expr *type = NULL;
    for (uint32_t i = n; i-- > 0;) {
        if (!named) {
            if (!ps[i].type) ps[i].type = ps[i].name;
            ps[i].name = NULL;
            continue;
        }
        if (!ps[i].name && ps[i].type && ps[i].type->kind == EXPR_IDENT) {
            ps[i].name = ps[i].type;
            ps[i].type = NULL;
        }
        if (!ps[i].name) {
            syntax_error_at(ps[i].type->start, type_params ? "missing type parameter name" : "mixed named and unnamed parameters");
            ps[i].name = new_expr(EXPR_IDENT, ps[i].type->start);
            ps[i].name->ident.name = name_of("_");
        }
        if (ps[i].type) type = ps[i].type;
        else if (type) ps[i].type = type;
        else {
            syntax_error_at(ps[i].name->start, type_params ? "missing type constraint" : "mixed named and unnamed parameters");
            ps[i].type = type = bad_expr(ps[i].name->start);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        list.at[i].name = ps[i].name;
        list.at[i].type = ps[i].type;
    }
    return list;
}

enum { USUAL_PARAMS = 6 };

FieldList parse_params_from(Expr *first_name, Expr *first_type, bool type_params, int close) {
    Param few[USUAL_PARAMS];
    VEC(Param) ps = {few, 0, USUAL_PARAMS};
    parser.expr_level++;
    if (first_name) {
        Param p = {first_name, first_type ? parse_embedded_elem(first_type) : NULL};
        if (!p.type && tok() != TOK_COMMA && tok() != close) p.type = param_type(type_params);
        VEC_PUSH(&ps, p);
        if (tok() != close && !got(TOK_COMMA)) syntax_error(arena_printf("in type parameter list; possibly missing comma or %s", token_text[close]));
    }
    while (tok() != close && tok() != TOK_EOF) {
        Pos before = tok_pos();
        Param p = one_param(type_params);
        VEC_PUSH(&ps, p);
        if (got(TOK_COMMA)) continue;
        if (tok() != close) {
            syntax_error(arena_printf("in %s list; possibly missing comma or %s", type_params ? "type parameter" : "parameter", token_text[close]));
            skip_to((const uint8_t[]){TOK_COMMA, (uint8_t)close, TOK_LBRACE, TOK_SEMICOLON}, 4);
            if (got(TOK_COMMA) && tok_pos() != before) continue;
            if (closed_behind(close)) next_token();
        }
        break;
    }
    parser.expr_level--;
    want(close);
    return resolve_params(ps.at, ps.len, type_params);
}

FieldList parse_params(bool type_params, int close) { return parse_params_from(NULL, NULL, type_params, close); }

// func f<T>(...)
static void skip_angle_brackets(void) {
    syntax_error("expected (");
    skip_to((const uint8_t[]){TOK_LPAREN, TOK_LBRACE, TOK_SEMICOLON}, 3);
}

Expr *parse_signature(Pos start, bool tparams_allowed) {
    Expr *t = new_expr(EXPR_FUNC_TYPE, start);
    if (tok() == TOK_LBRACK && tparams_allowed) {
        next_token();
        if (tok() == TOK_RBRACK) syntax_error("empty type parameter list");
        t->sig.tparams = parse_params(true, TOK_RBRACK);
    }
    if (tok() == TOK_LSS && tparams_allowed) skip_angle_brackets();
    t->sig.lparen = tok_pos();
    if (want(TOK_LPAREN)) t->sig.params = parse_params(false, TOK_RPAREN);
    if (tok() == TOK_LPAREN) {
        next_token();
        t->sig.results = parse_params(false, TOK_RPAREN);
    } else {
        Expr *result = parse_type_or_null();
        if (result) {
            Field f = {.type = result};
            VEC_PUSH_LAST(&t->sig.results, f);
        }
    }
    return finish(t);
}

// --- operands

static Expr *literal(void) {
    Expr *e = new_expr(parser.l.bad ? EXPR_BAD : EXPR_BASIC_LIT, tok_pos());
    e->lit.lit_kind = parser.l.kind;
    e->lit.text = parser.l.text;
    next_token();
    return finish(e);
}

Expr *parse_func_body_expr(Expr *sig, Pos start) {
    Expr *e = new_expr(EXPR_FUNC_LIT, start);
    int level = parser.expr_level;
    parser.expr_level = 0;
    e->func.sig = sig;
    e->func.body = parse_func_body();
    parser.traits |= BODY_NEVER_INLINED;
    parser.expr_level = level;
    return finish(e);
}

static Expr *composite_value(void);

static bool same_line(Pos a, Pos b) {
    const char *text = parser.l.file->text.ptr, *p = text + (a - parser.l.file->base);
    return !memchr(p, '\n', b - a);
}

// After an element that no comma or } follows. A literal on a line of its own
// was not closed; in one of several lines a comma is missing, and what follows
// is read on. False: nothing more of it is there.
static bool go_on_in_literal(Pos lbrace) {
    bool line_end = tok() == TOK_SEMICOLON && parser.l.auto_semi, one_line = same_line(lbrace, tok_pos());
    if (syntax_error("in composite literal; possibly missing comma or }")) {
        if (tok() == TOK_ASSIGN) source_note(0, "a field is given by name and colon: T{x: VALUE}");
        else if (line_end) source_note(0, "%s", one_line ? "a } is missing in this line" : COMMA_ADVICE);
    }
    if (line_end && one_line) return false;
    if (!line_end) skip_to((const uint8_t[]){TOK_COMMA, TOK_RBRACE, TOK_RBRACK, TOK_RPAREN, TOK_SEMICOLON}, 5);
    begin_anew();
    return got(TOK_COMMA) || got(TOK_SEMICOLON) || tok() == TOK_RBRACE;
}

static Expr *composite(Expr *type, Pos start) {
    Expr *e = new_expr(EXPR_COMPOSITE, start);
    e->composite.type = type;
    e->composite.lbrace = e->pos = tok_pos();
    if (!enter_nesting()) return bad_expr(start);
    parser.expr_level++;
    next_token(); // {
    while (tok() != TOK_RBRACE && tok() != TOK_EOF) {
        Expr *x = composite_value();
        if (tok() == TOK_COLON) {
            Expr *kv = new_expr(EXPR_KEY_VALUE, x->start);
            kv->pos = tok_pos();
            next_token();
            kv->kv.key = x;
            kv->kv.value = composite_value();
            x = finish(kv);
        }
        VEC_PUSH(&e->composite.elems, x);
        if (got(TOK_COMMA)) continue;
        if (tok() != TOK_RBRACE && !go_on_in_literal(e->composite.lbrace)) break;
        if (tok() == TOK_RBRACE) break;
    }
    e->composite.rbrace = tok_pos();
    parser.expr_level--;
    leave_nesting();
    want(TOK_RBRACE);
    return finish(e);
}

static Expr *composite_value(void) { return tok() == TOK_LBRACE ? composite(NULL, tok_pos()) : parse_expr(); }

// func NAME(...) where an expression should stand
static void named_function(void) {
    if (syntax_error("expected (") && !at_margin()) source_note(0, "a function in a function is a value: %s := func(...) { ... }", parser.l.name->text);
    next_token();
}

static Expr *operand(bool keep_parens) {
    Pos pos = tok_pos();
    switch (tok()) {
    case TOK_IDENT: return parse_name();
    case TOK_INT: case TOK_FLOAT: case TOK_IMAG: case TOK_CHAR: case TOK_STRING: return literal();
    case TOK_LPAREN: {
        Expr *e = new_expr(EXPR_PAREN, pos);
        next_token();
        parser.expr_level++;
        e->paren.x = parse_expr();
        parser.expr_level--;
        if (tok() == TOK_DEFINE && syntax_error("expected )")) source_note(0, "for, if and switch have no parentheses around what follows them");
        else want(TOK_RPAREN);
        (void)keep_parens;
        return finish(e);
    }
    case TOK_FUNC: {
        next_token();
        if (tok() == TOK_LBRACK) syntax_error("function type must have no type parameters");
        if (tok() == TOK_IDENT) named_function();
        Expr *sig = parse_signature(pos, true);
        sig->sig.tparams.len = 0;
        return tok() == TOK_LBRACE ? parse_func_body_expr(sig, pos) : sig;
    }
    case TOK_LBRACK: case TOK_CHAN: case TOK_MAP: case TOK_STRUCT: case TOK_INTERFACE: return parse_type();
    default: {
        Expr *e = bad_expr(pos);
        syntax_error("expected expression");
        skip_to((const uint8_t[]){TOK_RPAREN, TOK_RBRACK, TOK_RBRACE, TOK_SEMICOLON, TOK_COMMA, TOK_COLON, TOK_LBRACE}, 7);
        return e;
    }
    }
}

static Expr *selector_or_assert(Expr *x) {
    next_token(); // .
    if (tok() == TOK_LPAREN) {
        Expr *e = new_expr(EXPR_TYPE_ASSERT, x->start);
        e->pos = tok_pos();
        next_token();
        e->assert_.x = x;
        if (!got(TOK_TYPE)) e->assert_.type = parse_type();
        want(TOK_RPAREN);
        return finish(e);
    }
    Expr *e = new_expr(EXPR_SELECTOR, x->start);
    e->pos = tok_pos();
    e->selector.x = x;
    if (tok() == TOK_IDENT) {
        e->selector.sel = parse_name();
    } else {
        syntax_error("expected name or (");
        skip_to((const uint8_t[]){TOK_SEMICOLON, TOK_RPAREN, TOK_RBRACE}, 3);
        return bad_expr(x->start);
    }
    return finish(e);
}

static Expr *index_or_slice(Expr *x) {
    Pos pos = tok_pos();
    next_token(); // [
    parser.expr_level++;
    Expr *part[3] = {0};
    int colons = 0;
    ExprList list = {0};
    if (tok() == TOK_RBRACK && syntax_error("expected operand") && x->kind == EXPR_IDENT) source_note(0, "in a type the brackets stand before: []%s", x->ident.name->text);
    if (tok() != TOK_COLON && tok() != TOK_LABELS && tok() != TOK_RBRACK) {
        part[0] = parse_expr();
        VEC_PUSH_LAST(&list, part[0]);
        while (got(TOK_COMMA) && tok() != TOK_RBRACK) {
            Expr *t = parse_type();
            VEC_PUSH(&list, t);
        }
    }
    while (colons < 2 && list.len < 2 && (tok() == TOK_COLON || (tok() == TOK_LABELS && !colons))) {
        colons += tok() == TOK_LABELS ? 2 : 1; // :: is a token of the notation
        next_token();
        if (tok() != TOK_COLON && tok() != TOK_RBRACK && tok() != TOK_EOF) part[colons] = parse_expr();
    }
    parser.expr_level--;
    if (colons == 2 && !part[1]) source_error(tok_pos(), "middle index required in 3-index slice");
    if (colons == 2 && !part[2]) source_error(tok_pos(), "final index required in 3-index slice");
    Expr *e = new_expr(colons ? EXPR_SLICE : EXPR_INDEX, x->start);
    e->pos = pos;
    if (colons) {
        e->slice.x = x;
        e->slice.lo = part[0];
        e->slice.hi = part[1];
        e->slice.max = part[2];
        e->slice.three = colons == 2;
        if (colons == 2 && (!part[1] || !part[2])) e->kind = EXPR_BAD;
    } else {
        e->index.x = x;
        e->index.index = list;
        if (!list.len) e->kind = EXPR_BAD;
    }
    want(TOK_RBRACK);
    return finish(e);
}

static Expr *call(Expr *fn) {
    Expr *e = new_expr(EXPR_CALL, fn->start);
    e->pos = e->call.lparen = tok_pos();
    e->call.fn = fn;
    next_token(); // (
    parser.expr_level++;
    while (tok() != TOK_RPAREN && tok() != TOK_EOF) {
        Expr *a = parse_expr();
        if (tok() == TOK_RPAREN) VEC_PUSH_LAST(&e->call.args, a);
        else VEC_PUSH(&e->call.args, a);
        if (got(TOK_ELLIPSIS)) e->call.ellipsis = true;
        if (got(TOK_COMMA)) {
            if (e->call.ellipsis && tok() != TOK_RPAREN) syntax_error("can only use ... with final argument in list");
            continue;
        }
        if (tok() != TOK_RPAREN) {
            syntax_error("in argument list; possibly missing comma or )");
            skip_to((const uint8_t[]){TOK_RPAREN, TOK_COMMA, TOK_SEMICOLON, TOK_RBRACE}, 4);
            if (got(TOK_COMMA)) continue;
            if (closed_behind(TOK_RPAREN)) next_token();
        }
        break;
    }
    parser.expr_level--;
    e->call.rparen = tok_pos();
    want(TOK_RPAREN);
    return finish(e);
}

static Expr *strip_parens(Expr *x) {
    while (x->kind == EXPR_PAREN) x = x->paren.x;
    return x;
}

// Is x surely a value, and so no part of a type?
static bool is_value(const Expr *x) {
    switch (x->kind) {
    case EXPR_BASIC_LIT: case EXPR_COMPOSITE: case EXPR_FUNC_LIT: case EXPR_SLICE: case EXPR_TYPE_ASSERT: case EXPR_CALL: case EXPR_UNARY: case EXPR_BINARY: return true;
    case EXPR_PAREN: return is_value(x->paren.x);
    case EXPR_INDEX: return is_value(x->index.x) || (x->index.index.len && is_value(x->index.index.at[0]));
    default: return false;
    }
}

// May '{' behind x begin a composite literal?
static bool literal_type(const Expr *x) {
    switch (x->kind) {
    case EXPR_IDENT: return parser.expr_level >= 0;
    case EXPR_SELECTOR: return parser.expr_level >= 0 && x->selector.x->kind == EXPR_IDENT;
    case EXPR_INDEX: return parser.expr_level >= 0 && literal_type(x->index.x) && !is_value(x);
    case EXPR_ARRAY_TYPE: case EXPR_STRUCT_TYPE: case EXPR_MAP_TYPE: return true;
    default: return false;
    }
}

static Expr *receive_post(Expr *x) {
    Expr *e = new_expr(EXPR_RECV_POST, x->start);
    e->pos = tok_pos();
    e->unary.x = x;
    next_token(); // ?
    return finish(e);
}

// The next suffix of x, or NULL when there is none.
static Expr *suffix(Expr *x) {
    switch (tok()) {
    case TOK_PERIOD: return selector_or_assert(x);
    case TOK_LBRACK: return at_empty_brackets() ? NULL : index_or_slice(x);
    case TOK_LPAREN: return call(x);
    case TOK_QUERY: return input_follows() ? NULL : receive_post(x);
    case TOK_LBRACE: {
        Expr *t = strip_parens(x);
        if (!literal_type(t)) return NULL;
        if (t != x) syntax_error("cannot parenthesize type in composite literal");
        return composite(x, x->start);
    }
    default: return NULL;
    }
}

Expr *parse_operand_suffixes(Expr *x, bool keep_parens) {
    uint32_t outer = begin_height();
    if (!x) x = operand(keep_parens);
    for (;;) {
        uint32_t left = begin_height();
        Expr *longer = suffix(x);
        if (!longer) {
            end_height(left);
            break;
        }
        grow_height(left);
        x = longer;
    }
    end_height(outer);
    return x;
}

// --- operators

// "<-" stood before channel type t: it belongs to the type.
static bool receive_into_type(Expr *t) {
    if (t->chan.dir == 3) {
        t->chan.dir = 1;
        return true;
    }
    if (t->chan.dir == 2 && t->chan.elem->kind == EXPR_CHAN_TYPE) { // <-chan<- chan T is <-chan (<-chan T)
        t->chan.dir = 1;
        return receive_into_type(t->chan.elem);
    }
    return false;
}

static Expr *unary_op(int kind, int op) {
    Expr *e = new_expr(kind, tok_pos());
    e->op = (uint8_t)op;
    next_token();
    e->unary.x = parse_unary();
    if (op == TOK_ARROW && e->unary.x->kind == EXPR_CHAN_TYPE) {
        Expr *t = e->unary.x;
        if (!receive_into_type(t)) syntax_error_at(e->pos, "unexpected <-, expected chan");
        t->start = t->pos = e->start;
        return t;
    }
    return finish(e);
}

static Expr *unary_of_token(void) {
    switch (tok()) {
    case TOK_MUL: return unary_op(EXPR_STAR, TOK_MUL);
    case TOK_ADD: case TOK_SUB: case TOK_NOT: case TOK_XOR: case TOK_TILDE: case TOK_ARROW: case TOK_AND: return unary_op(EXPR_UNARY, tok());
    default: return parse_operand_suffixes(NULL, true);
    }
}

Expr *parse_unary(void) {
    if (!enter_nesting()) return bad_expr(tok_pos());
    Expr *e = unary_of_token();
    leave_nesting();
    return e;
}

Expr *parse_binary_from(Expr *x, int prec) {
    uint32_t outer = begin_height();
    if (!x) x = parse_unary();
    while (token_precedence[tok()] > prec && !at_process_bar()) {
        uint32_t left = begin_height();
        Expr *e = new_expr(EXPR_BINARY, x->start);
        e->op = (uint8_t)tok();
        e->pos = tok_pos();
        int p = token_precedence[tok()];
        next_token();
        e->binary.x = x;
        e->binary.y = parse_binary_from(NULL, p);
        grow_height(left);
        x = finish(e);
    }
    end_height(outer);
    return x;
}

Expr *parse_expr(void) { return parse_binary_from(NULL, 0); }
