// SPDX-License-Identifier: MIT
// parse_hints.c: advice on syntax errors: which bracket was left open, and what
// is written here for what other languages write. All of it looks at the source
// text when an error is there already, so that a correct program pays nothing.
#define _GNU_SOURCE
#include <ctype.h>
#include <string.h>

#include "compiler/hints.h"
#include "compiler/parser_impl.h"

static const char *text_at(Pos pos) { return parser.l.start + (pos > parser.l.file->base ? pos - parser.l.file->base : 0); }
static bool is_word_char(char c) { return c == '_' || isalnum((unsigned char)c) || (unsigned char)c >= 0x80; }

static Str word_at(Pos pos) {
    const char *p = text_at(pos), *q = p;
    while (q < parser.l.limit && is_word_char(*q)) q++;
    return (Str){p, q - p};
}

// The word that the token before the current one is or ends with.
static Str word_before(void) {
    const char *q = text_at(parser.l.prev_end), *p = q;
    while (p > parser.l.start && is_word_char(p[-1])) p--;
    return (Str){p, q - p};
}

static char char_before(void) { return parser.l.prev_end > parser.l.file->base ? text_at(parser.l.prev_end)[-1] : 0; }
static char char_behind(void) { return parser.l.p < parser.l.limit ? *parser.l.p : 0; }
static bool touches(void) { return parser.l.prev_end == tok_pos(); } // nothing stands between the tokens
static bool is_literal(void) { return tok() >= TOK_INT && tok() <= TOK_STRING; }
static bool at_line_end(void) { return tok() == TOK_SEMICOLON && parser.l.auto_semi; }

static bool line_ends_at(const char *p) {
    while (p < parser.l.limit && (*p == ' ' || *p == '\t' || *p == '\r')) p++;
    return p == parser.l.limit || *p == '\n' || (*p == '/' && p + 1 < parser.l.limit && (p[1] == '/' || p[1] == '*'));
}

bool line_ends_behind(void) { return line_ends_at(parser.l.p); }

// --- brackets

typedef struct Opened { Pos pos; uint8_t close; } Opened;

static uint32_t indentation(Pos pos) {
    const char *p = text_at(pos);
    uint32_t n = 0;
    while (p > parser.l.start && p[-1] != '\n') p--;
    for (; p < parser.l.limit && (*p == ' ' || *p == '\t'); p++) n += *p == '\t' ? 8 : 1;
    return n;
}

static uint8_t closing(int kind) {
    switch (kind) {
    case TOK_LPAREN: return TOK_RPAREN;
    case TOK_LBRACK: return TOK_RBRACK;
    case TOK_LBRACE: return TOK_RBRACE;
    default: return 0;
    }
}

// The bracket that the text before limit leaves open. When a line that closes
// one stands further left than the line that opened it, that one was meant to
// be closed before.
static Pos unclosed_bracket(Pos limit) {
    VEC(Opened) open = {0};
    Lexer l;
    lexer_init(&l, parser.l.file);
    for (lexer_next(&l); l.kind != TOK_EOF && l.pos < limit; lexer_next(&l)) {
        uint8_t close = closing(l.kind);
        if (close) {
            Opened o = {l.pos, close};
            VEC_PUSH(&open, o);
        }
        if (!open.len || l.kind != open.at[open.len - 1].close) continue;
        Pos opened = open.at[--open.len].pos;
        if (l.kind == TOK_RBRACE && l.newline_before && indentation(l.pos) < indentation(opened)) return opened;
    }
    return open.len ? open.at[open.len - 1].pos : 0;
}

bool at_margin(void) { return indentation(tok_pos()) == 0; }

// Called before the error is reported, since the text is scanned once more.
static Pos left_open(void) {
    bool inner_func = tok() == TOK_IDENT && char_before() == 'c' && at_margin(); // func NAME inside of a function
    if (tok() != TOK_EOF && !(tok() == TOK_SEMICOLON && parser.l.at_eof) && !inner_func) return 0;
    return unclosed_bracket(tok_pos());
}

// --- tokens

static const char *advice_on_name(Str before) {
    Str word = word_at(tok_pos());
    const char *op = hint_operator_word(word);
    if (op) return arena_printf("%.*s is written %s", (int)word.len, word.ptr, op);
    if ((op = hint_operator_word(before))) return arena_printf("%.*s is written %s", (int)before.len, before.ptr, op);
    if (word.len == 2 && memcmp(word.ptr, "in", 2) == 0) return "a loop over the elements of x is: for i, e := range x { ... }";
    return hint_statement_word(before);
}

static const char *advice_on_string(Str before) {
    if (before.len && touches()) return "a text that holds values is made by fmt.Sprintf(\"... %v ...\", x)";
    if (char_before() == '"') return "strings are joined by +";
    return hint_statement_word(before);
}

static const char *advice_on_line_end(const char *msg) {
    const char *p = parser.l.p;
    while (p < parser.l.limit && isspace((unsigned char)*p)) p++;
    if (strstr(msg, "argument list")) return p < parser.l.limit && *p == ')' ? COMMA_ADVICE : "a ) is missing in this line";
    if (strstr(msg, "expected {")) return BRACE_ADVICE;
    return NULL;
}

static const char *advice_on_assign(void) {
    if (char_before() == '=' && touches()) return "=== is written ==";
    if (char_behind() == '>') return "a function without name is: func(x TYPE) RESULT { return ... }";
    if (char_before() == '!' && touches()) return "!== is written !=";
    return NULL;
}

static const char *advice_on_guard(void) {
    if (touches()) return "what a pointer points to is reached by a dot: p.x";
    if (char_before() == ')') return "the result type follows the parameters without a sign: func f(x TYPE) RESULT";
    return parser.command == IN_BRACES ? "a function without name is: func(x TYPE) RESULT { return ... }" : NULL;
}

// What may help with an error at the current token; NULL: nothing known.
static const char *advice_on_token(const char *msg) {
    Str before = word_before();
    if (char_before() == '?' && tok() != TOK_EOF && !at_line_end()) return "a choice between two values is a statement: if COND { x = A } else { x = B }";
    switch (tok()) {
    case TOK_IDENT: return advice_on_name(before);
    case TOK_STRING: return advice_on_string(before);
    case TOK_INT: case TOK_FLOAT: case TOK_IMAG: case TOK_CHAR: return hint_statement_word(before);
    case TOK_INC: case TOK_DEC: return arena_printf("x%s is a statement by itself, and no value", token_text[tok()]);
    case TOK_SEMICOLON: return parser.l.auto_semi && !parser.l.at_eof ? advice_on_line_end(msg) : NULL;
    case TOK_ASSIGN: return advice_on_assign();
    case TOK_EQL: return char_before() == '!' && touches() ? "!== is written !=" : NULL;
    case TOK_GUARD: return advice_on_guard();
    case TOK_COLON: return strstr(msg, "expected {") ? "a block stands in braces: { ... }" : NULL;
    case TOK_LBRACE: return strcmp(msg, "expected expression") == 0 ? "a literal begins with its type: map[string]int{\"a\": 1}, []int{1, 2}" : NULL;
    case TOK_LSS: return strcmp(msg, "expected (") == 0 ? "type parameters stand in brackets: func f[T any](x T)" : NULL;
    default: return NULL;
    }
}

// --- reporting

void report_syntax(const char *text, const char *msg) {
    Pos open = left_open();
    source_error_span(tok_pos(), parser.l.end, "syntax error: %s", text);
    const char *advice = advice_on_token(msg);
    if (advice) source_note(0, "%s", advice);
    if (open) source_note(open, "this %c is not closed", *text_at(open));
}

// Does the token behind a word make it look like a keyword?
static bool looks_like_keyword(Str word) {
    const char *p = word.ptr + word.len;
    while (p < parser.l.limit && (*p == ' ' || *p == '\t')) p++;
    return p < parser.l.limit && (is_word_char(*p) || strchr("({\"'`$*[:", *p)) && !(p[0] == ':' && p[1] == '=');
}

// Advice on the statement that began at pos and has not ended where it should.
static const char *advice_on_statement(Pos begin) {
    Str word = word_at(begin);
    if (!word.len || !looks_like_keyword(word)) return NULL;
    const char *advice = hint_statement_word(word), *keyword;
    if (advice) return advice;
    bool alone = text_at(parser.l.prev_end) == word.ptr + word.len && (tok() == TOK_IDENT || tok() == TOK_LBRACE || is_literal());
    if ((alone || begin == tok_pos()) && (keyword = hint_keyword(word))) return arena_printf("did you mean %s?", keyword);
    return NULL;
}

// "(int) 3.5": a name in parentheses, and a value behind it.
static const char *advice_on_cast(void) {
    const char *q = text_at(parser.l.prev_end);
    if (char_before() != ')' || !(is_literal() || tok() == TOK_IDENT)) return NULL;
    const char *p = q - 1;
    while (p > parser.l.start && is_word_char(p[-1])) p--;
    if (p == q - 1 || p == parser.l.start || p[-1] != '(' || (p - 1 > parser.l.start && is_word_char(p[-2]))) return NULL;
    return arena_printf("a conversion is written %.*s(x)", (int)(q - 1 - p), p);
}

bool end_of_statement_error(const char *msg, Pos begin) {
    if (!syntax_error(msg)) return false;
    const char *cast = advice_on_cast();
    if (cast) source_note(0, "%s", cast);
    const char *advice = advice_on_statement(begin);
    if (advice) source_note(0, "%s", advice);
    return true;
}

// The kind of the token behind the block that begins with the next token.
static int kind_behind_block(void) {
    Lexer l = parser.l;
    int open = 0;
    do {
        lexer_next(&l);
        if (l.kind == TOK_LBRACE) open++;
        else if (l.kind == TOK_RBRACE) open--;
    } while (open > 0 && l.kind != TOK_EOF);
    lexer_next(&l);
    return l.kind;
}

bool foreign_block(const char *inside) {
    if (!line_ends_at(inside)) return false;
    Str word = word_at(tok_pos());
    if (!hint_statement_word(word) && !hint_keyword(word)) return false;
    int behind = kind_behind_block();
    return behind != TOK_PERIOD && behind != TOK_LBRACK; // T{ ... }.M() is a statement
}
