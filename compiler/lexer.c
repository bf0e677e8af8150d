// SPDX-License-Identifier: MIT
// lexer.c: source text to tokens.
//
// A NUL byte stands behind the text, where the quick loops over names and blanks
// stop without looking at the limit; a NUL within the text is an error that is
// found where they stop. What most tokens are (names, brackets, operators, line
// ends) lexer_next finds itself; comments and literals are next_of_any's.
#include "compiler/lexer.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/unicode_names.h"
#include "runtime/utf8.h"

const char *const token_text[TOK_COUNT] = {
#define TOKEN(name, text) text,
#define OPERATOR(name, text, prec) text,
#define KEYWORD(name, text) text,
#include "compiler/token.def"
#undef TOKEN
#undef OPERATOR
#undef KEYWORD
};

const unsigned char token_precedence[TOK_COUNT] = {
#define TOKEN(name, text)
#define OPERATOR(name, text, prec) [TOK_##name] = prec,
#define KEYWORD(name, text)
#include "compiler/token.def"
#undef TOKEN
#undef OPERATOR
#undef KEYWORD
};

enum { CLASS_OTHER, CLASS_SPACE, CLASS_OPERATOR, CLASS_LETTER, CLASS_DIGIT }; // from LETTER on: part of names

static const uint8_t char_class[256] = {
    ['\t'] = CLASS_SPACE, [' '] = CLASS_SPACE, ['\r'] = CLASS_SPACE,
    ['0' ... '9'] = CLASS_DIGIT, ['A' ... 'Z'] = CLASS_LETTER, ['a' ... 'z'] = CLASS_LETTER, ['_'] = CLASS_LETTER,
    // '/' is none: a comment may begin there
    [':'] = CLASS_OPERATOR, ['.'] = CLASS_OPERATOR, ['+'] = CLASS_OPERATOR, ['-'] = CLASS_OPERATOR, ['*'] = CLASS_OPERATOR,
    ['%'] = CLASS_OPERATOR, ['^'] = CLASS_OPERATOR, ['='] = CLASS_OPERATOR, ['!'] = CLASS_OPERATOR, ['|'] = CLASS_OPERATOR,
    ['&'] = CLASS_OPERATOR, ['<'] = CLASS_OPERATOR, ['>'] = CLASS_OPERATOR, ['?'] = CLASS_OPERATOR,
};

static Pos pos_at(const Lexer *l, const char *p) { return (Pos)(uintptr_t)p - l->bias; }
static int peek(const Lexer *l, int n) { return l->limit - l->p > n ? (unsigned char)l->p[n] : -1; }

// --- line directives and comments

static void line_directive(Lexer *l, const char *from, const char *to, const char *next_line) {
    // "//line file:line[:col]" and "/*line file:line[:col]*/": numbers from the right
    const char *end = to;
    long nums[2];
    int n = 0;
    while (n < 2) {
        const char *q = end;
        while (q > from && q[-1] >= '0' && q[-1] <= '9') q--;
        if (q == end || q == from || q[-1] != ':') break;
        long v = 0;
        for (const char *d = q; d < end && v < 1 << 30; d++) v = v * 10 + (*d - '0');
        nums[n++] = v;
        end = q - 1;
    }
    if (n == 0) return;
    int line = (int)(n == 2 ? nums[1] : nums[0]), col = n == 2 ? (int)nums[0] : 0;
    if (line <= 0 || (n == 2 && col <= 0)) {
        source_error(pos_at(l, from), "invalid line number: %.*s", (int)(to - end - 1), end + 1);
        return;
    }
    source_line_directive(l->file, (uint32_t)(next_line - l->start), (Str){from, end - from}, line, col);
}

static void build_constraint(Lexer *l, const char *from, const char *to) {
    for (const char *q = from; q + 4 < to; q++)
        if (memcmp(q, "go1.", 4) == 0 && (q == from || q[-1] == ' ')) {
            int v = 0;
            for (q += 4; q < to && *q >= '0' && *q <= '9' && v < 1000; q++) v = v * 10 + (*q - '0');
            l->lang_minor = v;
            return;
        }
}

static void go_comment(Lexer *l, const char *from, const char *to) {
    l->file->has_directives = true;
    if (to - from > 10 && memcmp(from, "//go:build", 10) == 0 && l->kind == TOK_EOF) build_constraint(l, from + 10, to);
}

// At a byte 0xef in a comment: is it a byte order mark? Moves past it.
static void find_bom(Lexer *l) {
    if (l->limit - l->p >= 3 && memcmp(l->p, "\xef\xbb\xbf", 3) == 0) source_error(pos_at(l, l->p), "invalid BOM in the middle of the file");
    l->p++;
}

static void skip_line_comment(Lexer *l) {
    const char *from = l->p;
    const char *nl = memchr(l->p, '\n', (size_t)(l->limit - l->p));
    const char *to = nl ? nl : l->limit;
    while (l->p < to && (l->p = memchr(l->p, 0xef, (size_t)(to - l->p)))) find_bom(l);
    l->p = to;
    if (to > from && to[-1] == '\r') to--;
    if (to - from > 7 && memcmp(from, "//line ", 7) == 0 && (from == l->start || from[-1] == '\n')) line_directive(l, from + 7, to, nl ? nl + 1 : l->limit);
    else if (to - from > 5 && memcmp(from, "//go:", 5) == 0) go_comment(l, from, to);
}

// Returns whether the comment holds a line end.
static bool skip_block_comment(Lexer *l) {
    const char *from = l->p;
    bool newline = false;
    for (l->p += 2;; l->p++) {
        if (l->limit - l->p < 2) {
            l->open_ended = true;
            source_error(pos_at(l, from), "comment not terminated");
            l->p = l->limit;
            return newline;
        }
        if (*l->p == '\n') newline = true;
        if ((unsigned char)*l->p == 0xef) {
            find_bom(l);
            l->p--;
        }
        if (l->p[0] == '*' && l->p[1] == '/') break;
    }
    l->p += 2;
    if (l->p - from > 9 && memcmp(from, "/*line ", 7) == 0) line_directive(l, from + 7, l->p - 2, l->p);
    return newline;
}

// --- literals

static bool is_digit_of(int c, int base) {
    if (c < 0) return false;
    if (base <= 10) return c >= '0' && c <= '9';
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

typedef struct Digits { bool any, misplaced; int bad; const char *bad_at; } Digits;

static void scan_digits(Lexer *l, int base, Digits *d, bool *last_underscore) {
    for (;; l->p++) {
        int c = peek(l, 0);
        if (c == '_') {
            if (*last_underscore) d->misplaced = true;
            *last_underscore = true;
            continue;
        }
        if (!is_digit_of(c, base)) break;
        if (base < 10 && c >= '0' + base && !d->bad) {
            d->bad = c;
            d->bad_at = l->p;
        }
        d->any = true;
        *last_underscore = false;
    }
    if (*last_underscore) d->misplaced = true;
    *last_underscore = false;
}

static void literal_error(Lexer *l, const char *at, const char *text) {
    if (!l->bad) source_error(pos_at(l, at), "%s", text);
    l->bad = true;
}

static void scan_number(Lexer *l) {
    const char *begin = l->p;
    int base = 10, prefix = 0;
    bool last_underscore = false;
    Digits d = {0};
    l->kind = TOK_INT;
    if (peek(l, 0) == '0') {
        int c = peek(l, 1) | 0x20;
        if (c == 'x' || c == 'o' || c == 'b') {
            prefix = c;
            base = c == 'x' ? 16 : c == 'o' ? 8 : 2;
            l->p += 2;
        } else if (peek(l, 1) >= 0) {
            prefix = '0';
            base = 8;
            l->p++;
            d.any = true;
        }
    }
    bool legacy = prefix == '0';
    if (peek(l, 0) != '.') scan_digits(l, legacy ? 8 : base, &d, &last_underscore);
    const char *name = base == 2 ? "binary" : base == 16 ? "hexadecimal" : base == 8 ? "octal" : "decimal";
    // a number followed by ".." is a whole number and a range of the notation
    if (peek(l, 0) == '.' && (lexer_plain_go || !(peek(l, 1) == '.' && peek(l, 2) != '.'))) {
        l->kind = TOK_FLOAT;
        if (prefix == 'o' || prefix == 'b') literal_error(l, l->p, arena_printf("invalid radix point in %s literal", name));
        l->p++;
        if (peek(l, 0) == '_') d.misplaced = true;
        scan_digits(l, prefix == 'x' ? 16 : 10, &d, &last_underscore);
    }
    if (!d.any) literal_error(l, begin, arena_printf("%s literal has no digits", name));
    int e = peek(l, 0) | 0x20;
    if (peek(l, 0) >= 0 && (e == 'e' || e == 'p') && !(e == 'e' && prefix == 'x')) {
        if (e == 'e' && prefix && prefix != '0') literal_error(l, l->p, arena_printf("'%c' exponent requires decimal mantissa", *l->p));
        if (e == 'p' && prefix != 'x') literal_error(l, l->p, arena_printf("'%c' exponent requires hexadecimal mantissa", *l->p));
        l->p++;
        l->kind = TOK_FLOAT;
        if (peek(l, 0) == '+' || peek(l, 0) == '-') l->p++;
        Digits x = {0};
        if (peek(l, 0) == '_') x.misplaced = true;
        scan_digits(l, 10, &x, &last_underscore);
        if (!x.any) literal_error(l, begin, "exponent has no digits");
        d.misplaced |= x.misplaced;
    } else if (prefix == 'x' && l->kind == TOK_FLOAT) {
        literal_error(l, begin, "hexadecimal mantissa requires a 'p' exponent");
    }
    if (peek(l, 0) == 'i') {
        l->kind = TOK_IMAG;
        l->p++;
    }
    if (l->kind == TOK_INT && d.bad) literal_error(l, d.bad_at, arena_printf("invalid digit '%c' in %s literal", d.bad, name));
    if (d.misplaced) literal_error(l, begin, "'_' must separate successive digits");
    l->text = (Str){begin, l->p - begin};
}

// Checks an escape sequence behind the backslash; quote is ' or ".
static void scan_escape(Lexer *l, int quote) {
    const char *at = l->p - 1;
    int c = peek(l, 0), n, base;
    uint32_t max, v = 0;
    switch (c) {
    case 'a': case 'b': case 'f': case 'n': case 'r': case 't': case 'v': case '\\': l->p++; return;
    case '0' ... '7': n = 3, base = 8, max = 255; break;
    case 'x': l->p++, n = 2, base = 16, max = 255; break;
    case 'u': l->p++, n = 4, base = 16, max = 0x10ffff; break;
    case 'U': l->p++, n = 8, base = 16, max = 0x10ffff; break;
    default:
        if (c == quote) {
            l->p++;
            return;
        }
        if (c < 0) return; // the literal's end reports it
        literal_error(l, at, "unknown escape");
        return;
    }
    for (int i = 0; i < n; i++, l->p++) {
        int d = peek(l, 0);
        if (d < 0) return; // the literal's end reports it
        bool ok = base == 8 ? d >= '0' && d <= '7' : is_digit_of(d, 16);
        if (!ok) {
            if (d == quote || d == '\n') literal_error(l, l->p, arena_printf("invalid character %s in %s escape", d == quote ? (quote == '"' ? "'\"'" : "'\\''") : "newline", base == 8 ? "octal" : "hexadecimal"));
            else literal_error(l, l->p, arena_printf("invalid character '%c' in %s escape", d, base == 8 ? "octal" : "hexadecimal"));
            return;
        }
        v = v * (uint32_t)base + (uint32_t)(d <= '9' ? d - '0' : (d | 0x20) - 'a' + 10);
    }
    if (base == 8 && v > max) literal_error(l, at, arena_printf("octal escape value %u > 255", v));
    else if (v > max || (max > 255 && v >= 0xd800 && v < 0xe000)) literal_error(l, at, "escape is invalid Unicode code point");
}

// One character of text inside literals and comments: checks its encoding.
static void scan_char(Lexer *l) {
    int c = peek(l, 0);
    if (c < 0x80) {
        if (c == 0) literal_error(l, l->p, "invalid NUL character");
        l->p++;
        return;
    }
    int32_t r;
    int n = (int)utf8_decode(l->p, l->limit - l->p, &r);
    if (r == UTF8_ERROR && n == 1) literal_error(l, l->p, "invalid UTF-8 encoding");
    if (r == 0xfeff) source_error(pos_at(l, l->p), "invalid BOM in the middle of the file");
    l->p += n;
}

static void scan_string(Lexer *l) {
    const char *begin = l->p++;
    for (;;) {
        int c = peek(l, 0);
        if (c == '"') {
            l->p++;
            break;
        }
        if (c == '\n' || c < 0) {
            l->bad = false; // whatever else was wrong, this is the cause
            literal_error(l, c < 0 ? begin : l->p, c < 0 ? "string not terminated" : "newline in string");
            source_note(0, "a \" is missing; a string of several lines stands in backquotes");
            break;
        }
        if (c == '\\') {
            l->p++;
            scan_escape(l, '"');
        } else {
            scan_char(l);
        }
    }
    l->kind = TOK_STRING;
    l->text = (Str){begin, l->p - begin};
}

static void scan_raw_string(Lexer *l) {
    const char *begin = l->p++;
    while (peek(l, 0) >= 0 && *l->p != '`') scan_char(l);
    if (peek(l, 0) < 0) {
        l->open_ended = true;
        literal_error(l, begin, "string not terminated");
    }
    else l->p++;
    l->kind = TOK_STRING;
    l->text = (Str){begin, l->p - begin};
}

static void scan_rune(Lexer *l) {
    const char *begin = l->p++;
    int n = 0;
    for (;; n++) {
        int c = peek(l, 0);
        if (c == '\'') {
            l->p++;
            if (n == 0) literal_error(l, begin, "empty rune literal or unescaped ' in rune literal");
            else if (n > 1 && !l->bad) literal_error(l, begin, "more than one character in rune literal"), source_note(0, "a string stands in double quotes: \"...\"");
            break;
        }
        if (c == '\n' || c < 0) {
            literal_error(l, c < 0 ? begin : l->p, c < 0 ? "rune literal not terminated" : "newline in rune literal");
            break;
        }
        if (c == '\\') {
            l->p++;
            scan_escape(l, '\'');
        } else {
            scan_char(l);
        }
    }
    l->kind = TOK_CHAR;
    l->text = (Str){begin, l->p - begin};
}

// --- names

static const struct Keyword { const char *text; uint8_t len, kind; } keywords[] = {
#define TOKEN(name, text)
#define OPERATOR(name, text, prec)
#define KEYWORD(name, text) {text, sizeof text - 1, TOK_##name},
#include "compiler/token.def"
#undef TOKEN
#undef OPERATOR
#undef KEYWORD
};

// By the low bits of the hash of their text: 1 + the index in keywords, 0: none.
enum { KEYWORD_SLOTS = 256 };
static uint8_t keyword_slots[KEYWORD_SLOTS];

static void index_keywords(void) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        uint32_t h = NAME_HASH_SEED;
        for (const char *p = keywords[i].text; *p; p++) h = NAME_HASH_STEP(h, *p);
        while (keyword_slots[h % KEYWORD_SLOTS]) h++;
        keyword_slots[h % KEYWORD_SLOTS] = (uint8_t)(i + 1);
    }
}

static int keyword(const char *p, size_t n, uint32_t hash) {
    for (; keyword_slots[hash % KEYWORD_SLOTS]; hash++) {
        const struct Keyword *k = &keywords[keyword_slots[hash % KEYWORD_SLOTS] - 1];
        if (k->len == n && memcmp(k->text, p, n) == 0) return k->kind;
    }
    return TOK_IDENT;
}

static void scan_name_tail(Lexer *l) {
    for (;;) {
        int c = peek(l, 0);
        if (c < 0) return;
        if (c < 0x80) {
            if (char_class[c] != CLASS_LETTER && char_class[c] != CLASS_DIGIT) return;
            l->p++;
            continue;
        }
        int32_t r;
        int n = (int)utf8_decode(l->p, l->limit - l->p, &r);
        if (unicode_name_letter(r) || unicode_name_digit(r)) {
            l->p += n;
            continue;
        }
        if (r == 0x2192 || r == 0x25a1) return; // → and □ of the notation
        if (r == UTF8_ERROR && n == 1) source_error(pos_at(l, l->p), "invalid UTF-8 encoding");
        else if (r == 0xfeff) source_error(pos_at(l, l->p), "invalid BOM in the middle of the file");
        else source_error(pos_at(l, l->p), "invalid character U+%04X%s in identifier", (unsigned)r, arena_printf(" '%.*s'", n, l->p));
        l->p += n;
    }
}

static uint32_t hash_text(const char *p, const char *end) {
    uint32_t h = NAME_HASH_SEED;
    for (; p < end; p++) h = NAME_HASH_STEP(h, *p);
    return h;
}

static void scan_name(Lexer *l) {
    const char *begin = l->p, *p = begin;
    uint32_t h = NAME_HASH_SEED;
    for (; char_class[(unsigned char)*p] >= CLASS_LETTER; p++) h = NAME_HASH_STEP(h, *p);
    l->p = p;
    if ((unsigned char)*p >= 0x80) {
        scan_name_tail(l);
        h = hash_text(begin, l->p);
    }
    size_t n = (size_t)(l->p - begin);
    l->kind = (uint8_t)keyword(begin, n, h);
    l->text = (Str){begin, (int64_t)n};
    if (l->kind == TOK_IDENT) l->name = name_intern_hashed(begin, n, h);
}

// --- operators

static int op(Lexer *l, int n, int kind) {
    l->p += n;
    return kind;
}

static int op_assign(Lexer *l, int kind, int assign) { return l->p[1] == '=' ? op(l, 2, assign) : op(l, 1, kind); }

bool lexer_plain_go;

// Operators that are one character and begin no longer one; 0: no such.
static const uint8_t single[256] = {
    ['('] = TOK_LPAREN, [')'] = TOK_RPAREN, ['['] = TOK_LBRACK, [']'] = TOK_RBRACK, ['{'] = TOK_LBRACE, ['}'] = TOK_RBRACE,
    [','] = TOK_COMMA, [';'] = TOK_SEMICOLON, ['~'] = TOK_TILDE,
};

// At an ASCII character; -1 when none begins there.
static int scan_operator(Lexer *l, int c) {
    int d = (unsigned char)l->p[1]; // behind the last character stands a NUL
    bool notation = !lexer_plain_go;
    switch (c) {
    case ':':
        if (d == '=') return op(l, 2, TOK_DEFINE);
        return d == ':' && notation ? op(l, 2, TOK_LABELS) : op(l, 1, TOK_COLON);
    case '.':
        if (d != '.') return op(l, 1, TOK_PERIOD);
        if (l->p[2] == '.') return op(l, 3, TOK_ELLIPSIS);
        return notation ? op(l, 2, TOK_DOTDOT) : op(l, 1, TOK_PERIOD);
    case '?': return notation ? op(l, 1, TOK_QUERY) : -1;
    case '+': return d == '+' ? op(l, 2, TOK_INC) : op_assign(l, TOK_ADD, TOK_ADD_ASSIGN);
    case '-':
        if (d == '>' && notation) return op(l, 2, TOK_GUARD);
        return d == '-' ? op(l, 2, TOK_DEC) : op_assign(l, TOK_SUB, TOK_SUB_ASSIGN);
    case '*': return op_assign(l, TOK_MUL, TOK_MUL_ASSIGN);
    case '/': return op_assign(l, TOK_QUO, TOK_QUO_ASSIGN);
    case '%': return op_assign(l, TOK_REM, TOK_REM_ASSIGN);
    case '^': return op_assign(l, TOK_XOR, TOK_XOR_ASSIGN);
    case '=': return op_assign(l, TOK_ASSIGN, TOK_EQL);
    case '!': return op_assign(l, TOK_NOT, TOK_NEQ);
    case '|': return d == '|' ? op(l, 2, TOK_LOR) : op_assign(l, TOK_OR, TOK_OR_ASSIGN);
    case '&':
        if (d == '&') return op(l, 2, TOK_LAND);
        if (d == '^') return l->p[2] == '=' ? op(l, 3, TOK_AND_NOT_ASSIGN) : op(l, 2, TOK_AND_NOT);
        return op_assign(l, TOK_AND, TOK_AND_ASSIGN);
    case '<':
        if (d == '<') return l->p[2] == '=' ? op(l, 3, TOK_SHL_ASSIGN) : op(l, 2, TOK_SHL);
        if (d == '-') return op(l, 2, TOK_ARROW);
        return op_assign(l, TOK_LSS, TOK_LEQ);
    case '>':
        if (d == '>') return l->p[2] == '=' ? op(l, 3, TOK_SHR_ASSIGN) : op(l, 2, TOK_SHR);
        return op_assign(l, TOK_GTR, TOK_GEQ);
    }
    return -1;
}

static const bool ends_statement[TOK_COUNT] = {
    [TOK_IDENT] = true, [TOK_INT] = true, [TOK_FLOAT] = true, [TOK_IMAG] = true, [TOK_CHAR] = true, [TOK_STRING] = true,
    [TOK_BREAK] = true, [TOK_CONTINUE] = true, [TOK_FALLTHROUGH] = true, [TOK_RETURN] = true,
    [TOK_INC] = true, [TOK_DEC] = true, [TOK_RPAREN] = true, [TOK_RBRACK] = true, [TOK_RBRACE] = true, [TOK_QUERY] = true,
};

static void auto_semicolon(Lexer *l, bool eof) {
    l->kind = TOK_SEMICOLON;
    l->auto_semi = true;
    l->at_eof = eof;
    l->need_semi = false;
    l->text = (Str){l->p, 0};
}

// At a line end that ends a statement.
static void line_end_token(Lexer *l) {
    l->newline_before = true;
    l->pos = l->end = pos_at(l, l->p);
    auto_semicolon(l, false);
}

// What an editor or another language has instead of a character of Go's.
static const char *character_advice(int32_t r) {
    switch (r) {
    case '#': return "a comment begins with //";
    case '$': return "a variable is written by its name alone; a text that holds values is made by fmt.Sprintf(\"... %v ...\", x)";
    case '@': return "there are no decorators";
    case 0x2018: case 0x2019: case 0xb4: return "a character stands in straight quotes: 'x'";
    case 0x201c: case 0x201d: case 0x201e: case 0xab: case 0xbb: return "a string stands in straight quotes: \"...\"";
    case 0x2212: case 0x2013: case 0x2014: return "minus is the character - of the keyboard";
    case 0xd7: return "times is written *";
    case 0xf7: return "a division is written /";
    case 0x2260: return "not equal is written !=";
    case 0x2264: return "less or equal is written <=";
    case 0x2265: return "greater or equal is written >=";
    case 0xa0: case 0x2007: case 0x202f: case 0x3000: return "this blank is none of the space bar's";
    case 0x200b: case 0x200c: case 0x200d: case 0x2060: return "this character is not seen, but it is there";
    case 0xff08: case 0xff09: case 0xff0c: case 0xff1a: case 0xff1b: return "this is a wide character; the plain one is meant";
    default: return NULL;
    }
}

static void stray_character(Lexer *l, int32_t r, int n) {
    const char *advice = character_advice(r);
    source_error_span(pos_at(l, l->p), pos_at(l, l->p + n), "invalid character U+%04X '%.*s'", (unsigned)r, n, l->p);
    if (advice) source_note(0, "%s", advice);
}

static void bad_character(Lexer *l) {
    int32_t r;
    int n = (int)utf8_decode(l->p, l->limit - l->p, &r);
    unsigned char c = (unsigned char)*l->p;
    if (c == 0) source_error(pos_at(l, l->p), "invalid NUL character");
    else if (r == UTF8_ERROR && n == 1) source_error(pos_at(l, l->p), "invalid UTF-8 encoding");
    else if (r == 0xfeff) source_error(pos_at(l, l->p), "invalid BOM in the middle of the file");
    else if (r < 0x20 || r == 0x7f) source_error(pos_at(l, l->p), "invalid character U+%04X", (unsigned)r);
    else stray_character(l, r, n);
    l->p += n;
}

void lexer_init(Lexer *l, SourceFile *file) {
    *l = (Lexer){.file = file, .start = file->text.ptr, .p = file->text.ptr, .limit = file->text.ptr + file->text.len, .bias = (uint32_t)(uintptr_t)file->text.ptr - file->base, .kind = TOK_EOF};
    static bool indexed;
    if (!indexed) index_keywords();
    indexed = true;
    if (file->text.len >= 3 && memcmp(l->p, "\xef\xbb\xbf", 3) == 0) l->p += 3;
    if (l->limit - l->p >= 2 && l->p[0] == '#' && l->p[1] == '!') // a script's interpreter line
        while (l->p < l->limit && *l->p != '\n') l->p++;
}

// --- comments above declarations

static int lines_between(const char *p, const char *end) {
    int n = 0;
    for (; p < end; p++) n += *p == '\n';
    return n;
}

// The comment from at to l->p joins the group above it, or begins a new one.
static void note_comment(Lexer *l, const char *at) {
    if (!l->doc.len || lines_between(l->doc.ptr + l->doc.len, at) > 1) l->doc.ptr = at;
    l->doc.len = l->p - l->doc.ptr;
}

// Skips blanks and comments; true when it made a semicolon token.
static bool skip_blanks(Lexer *l) {
    for (;;) {
        while (char_class[(unsigned char)*l->p] == CLASS_SPACE) l->p++;
        int c = (unsigned char)*l->p;
        if (c == '\n') {
            if (l->need_semi) {
                line_end_token(l);
                return true;
            }
            l->newline_before = true;
            l->p++;
        } else if (c != '/') {
            return false;
        } else if (peek(l, 1) == '/') {
            const char *at = l->p;
            skip_line_comment(l);
            note_comment(l, at);
            if (l->need_semi) { // the semicolon stands where the comment begins
                l->pos = pos_at(l, at);
                auto_semicolon(l, l->p == l->limit);
                l->end = l->pos;
                return true;
            }
        } else if (peek(l, 1) == '*') {
            const char *at = l->p;
            bool newline = skip_block_comment(l);
            note_comment(l, at);
            if (newline) l->newline_before = true;
            if (newline && l->need_semi) {
                l->pos = pos_at(l, at);
                auto_semicolon(l, false);
                l->end = l->pos;
                return true;
            }
        } else {
            return false;
        }
    }
}

// Operators beyond ASCII, of the notation.
static int scan_symbol(Lexer *l, int32_t r) {
    if (lexer_plain_go) return -1;
    return r == 0x2192 ? op(l, 3, TOK_GUARD) : r == 0x25a1 ? op(l, 3, TOK_BOX) : -1; // an arrow, a box
}

// Operators, and names that begin with a letter beyond ASCII; false: there is
// no token, an error was reported.
static bool scan_other(Lexer *l, int c) {
    const char *begin = l->p;
    int32_t r = c;
    if (c >= 0x80) utf8_decode(l->p, l->limit - l->p, &r);
    if (c >= 0x80 && unicode_name_letter(r)) {
        scan_name(l);
        return true;
    }
    int kind = c < 0x80 ? scan_operator(l, c) : scan_symbol(l, r);
    if (kind < 0) {
        bad_character(l);
        return false;
    }
    l->kind = (uint8_t)kind;
    l->text = (Str){begin, l->p - begin};
    return true;
}

// The end of the text, where a statement may end.
static void end_of_text(Lexer *l) {
    l->end = l->pos;
    if (l->need_semi) {
        auto_semicolon(l, true);
    } else {
        l->kind = TOK_EOF;
        l->text = (Str){l->p, 0};
    }
}

static void finish_token(Lexer *l) {
    l->end = pos_at(l, l->p);
    l->need_semi = ends_statement[l->kind];
}

static void scan_single(Lexer *l) {
    l->kind = single[(unsigned char)*l->p];
    l->text = (Str){l->p++, 1};
}

// A token of any kind, with the line ends and comments before it.
static __attribute__((noinline)) void next_of_any(Lexer *l) {
again:
    if (skip_blanks(l)) return;
    if (l->doc.len && lines_between(l->doc.ptr + l->doc.len, l->p) > 1) l->doc.len = 0;
    l->pos = pos_at(l, l->p);
    int c = peek(l, 0);
    if (c < 0) {
        end_of_text(l);
        return;
    }
    if (char_class[c] == CLASS_LETTER) scan_name(l);
    else if (single[c]) scan_single(l);
    else if (char_class[c] == CLASS_DIGIT || (c == '.' && peek(l, 1) >= '0' && peek(l, 1) <= '9')) scan_number(l);
    else if (c == '"') scan_string(l);
    else if (c == '`') scan_raw_string(l);
    else if (c == '\'') scan_rune(l);
    else if (!scan_other(l, c)) goto again;
    finish_token(l);
}

void lexer_next(Lexer *l) {
    l->prev_end = l->end;
    l->auto_semi = l->at_eof = l->bad = l->newline_before = false;
    l->name = NULL;
    l->doc.len = 0;
    const char *p = l->p;
    for (;; p++) {
        while (char_class[(unsigned char)*p] == CLASS_SPACE) p++;
        if (*p != '\n' || l->need_semi) break;
        l->newline_before = true;
    }
    l->p = p;
    l->pos = pos_at(l, p);
    int class = char_class[(unsigned char)*p];
    if (class == CLASS_LETTER) {
        scan_name(l);
        finish_token(l);
    } else if (single[(unsigned char)*p]) {
        scan_single(l);
        finish_token(l);
    } else if (*p == '\n') {
        line_end_token(l);
    } else if (class == CLASS_OPERATOR && !(*p == '.' && char_class[(unsigned char)p[1]] == CLASS_DIGIT) && !(*p == '?' && lexer_plain_go)) {
        l->kind = (uint8_t)scan_operator(l, (unsigned char)*p);
        l->text = (Str){p, l->p - p};
        finish_token(l);
    } else {
        next_of_any(l);
    }
}
