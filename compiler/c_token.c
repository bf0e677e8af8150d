// SPDX-License-Identifier: MIT
// c_token.c: C text to tokens; the table of macros and their expansion.
//
// Directives are taken out on the way: #define and #undef change the table,
// line markers of a preprocessor tell whose text follows, #pragma pack changes
// the packing; others are skipped (a preamble with conditions or includes
// comes here preprocessed).
#define _GNU_SOURCE
#include <ctype.h>
#include <string.h>

#include "compiler/c_impl.h"

// --- tables

static struct CEntry *place(struct CEntry *at, uint32_t cap, Name *n) {
    for (uint32_t i = n->hash & (cap - 1);; i = (i + 1) & (cap - 1))
        if (!at[i].name || at[i].name == n) return &at[i];
}

void *c_find(const CTable *t, Name *n) { return t->cap ? place(t->at, t->cap, n)->what : NULL; }

void c_enter(CTable *t, Name *n, void *what) {
    if (t->len * 2 >= t->cap) {
        uint32_t cap = t->cap ? t->cap * 2 : 256;
        struct CEntry *at = ARENA_ARRAY(struct CEntry, cap);
        for (uint32_t i = 0; i < t->cap; i++)
            if (t->at[i].name) *place(at, cap, t->at[i].name) = t->at[i];
        t->at = at;
        t->cap = cap;
    }
    struct CEntry *e = place(t->at, t->cap, n);
    if (!e->name) t->len++;
    *e = (struct CEntry){n, what};
}

// --- directives

static bool is_name_start(int c) { return isalpha(c) || c == '_' || c == '$' || c >= 0x80; }
static bool is_name_part(int c) { return is_name_start(c) || isdigit(c); }

static const char *skip_spaces(const char *p, const char *end) {
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\f' || *p == '\v' || *p == '\r')) p++;
    return p;
}

static const char *name_end(const char *p, const char *end) {
    while (p < end && is_name_part((unsigned char)*p)) p++;
    return p;
}

static bool word_is(Str w, const char *s) { return (size_t)w.len == strlen(s) && memcmp(w.ptr, s, (size_t)w.len) == 0; }

// A directive's whole text, with continued lines joined and comments blanked.
static Str directive_text(CLexer *l) {
    const char *from = l->p;
    bool plain = true;
    while (l->p < l->end && *l->p != '\n') {
        if (*l->p == '\\' && l->p + 1 < l->end && l->p[1] == '\n') {
            plain = false;
            l->p++;
            l->line++;
        } else if (*l->p == '/' && l->p + 1 < l->end && (l->p[1] == '*' || l->p[1] == '/')) {
            plain = false;
            if (l->p[1] == '*') {
                const char *close = memmem(l->p + 2, (size_t)(l->end - l->p - 2), "*/", 2);
                l->p = close ? close + 1 : l->end - 1;
            } else {
                while (l->p + 1 < l->end && l->p[1] != '\n') l->p++;
            }
        }
        l->p++;
    }
    if (plain) return (Str){from, l->p - from};
    char *out = arena_alloc((size_t)(l->p - from) + 1), *o = out;
    for (const char *s = from; s < l->p; s++) {
        if (*s == '\\' && s + 1 < l->p && s[1] == '\n') s++;
        else if (*s == '/' && s + 1 < l->p && s[1] == '/') break;
        else if (*s == '/' && s + 1 < l->p && s[1] == '*') {
            const char *close = memmem(s + 2, (size_t)(l->p - s - 2), "*/", 2);
            *o++ = ' ';
            s = close ? close + 1 : l->p;
        } else *o++ = *s;
    }
    return (Str){out, o - out};
}

static Str trimmed(const char *p, const char *end) {
    p = skip_spaces(p, end);
    while (end > p && isspace((unsigned char)end[-1])) end--;
    return (Str){p, end - p};
}

static const char *macro_params(CMacro *m, const char *p, const char *end) {
    VEC(Name *) params = {0};
    m->has_params = true;
    for (p++; p < end && *p != ')';) {
        p = skip_spaces(p, end);
        if (end - p >= 3 && memcmp(p, "...", 3) == 0) {
            m->variadic = true;
            VEC_PUSH(&params, name_of("__VA_ARGS__"));
            p += 3;
        } else if (p < end && is_name_start((unsigned char)*p)) {
            const char *e = name_end(p, end);
            VEC_PUSH(&params, name_intern(p, (size_t)(e - p)));
            p = skip_spaces(e, end);
            if (end - p >= 3 && memcmp(p, "...", 3) == 0) m->variadic = true, p += 3;
        } else if (p < end && *p != ')') {
            p++;
        }
    }
    m->params = params.at;
    m->nparams = params.len;
    return p < end ? p + 1 : end;
}

static void define(CLexer *l, const char *p, const char *end) {
    p = skip_spaces(p, end);
    const char *e = name_end(p, end);
    if (e == p) return;
    CMacro *m = ARENA_NEW(CMacro);
    m->name = name_intern(p, (size_t)(e - p));
    if (e < end && *e == '(') e = macro_params(m, e, end);
    m->body = trimmed(e, end);
    m->in_preamble = l->in_preamble;
    m->file = l->file;
    m->preamble = l->preamble;
    c_enter(&l->unit->macros, m->name, m);
}

// # 12 "file" flags: from here on the text is line 12 of that file.
static void line_marker(CLexer *l, const char *p, const char *end) {
    uint32_t line = 0;
    while (p < end && isdigit((unsigned char)*p)) line = line * 10 + (uint32_t)(*p++ - '0');
    p = skip_spaces(p, end);
    l->line = line - 1; // the marker's own line end comes first
    l->in_preamble = memmem(p, (size_t)(end - p), "<csp preamble>", 14) != NULL;
    const char *close = p < end ? memchr(p + 1, '"', (size_t)(end - p - 1)) : NULL;
    l->file = close && !l->in_preamble ? (Str){p + 1, close - p - 1} : (Str){"", 0};
}

static void pragma(CLexer *l, const char *p, const char *end) {
    p = skip_spaces(p, end);
    if (end - p < 4 || memcmp(p, "pack", 4) != 0) return;
    Str s = trimmed(p + 4, end);
    if (s.len < 2 || s.ptr[0] != '(') return;
    bool push = memmem(s.ptr, (size_t)s.len, "push", 4), pop = memmem(s.ptr, (size_t)s.len, "pop", 3);
    uint32_t n = 0;
    for (int64_t i = 0; i < s.len; i++)
        if (isdigit((unsigned char)s.ptr[i])) n = n * 10 + (uint32_t)(s.ptr[i] - '0');
    if (push && l->npacks < 16) l->packs[l->npacks++] = l->pack;
    if (pop) l->pack = l->npacks ? l->packs[--l->npacks] : 0;
    else if (n || !push) l->pack = n;
}

static void directive(CLexer *l) { // behind the #
    Str d = directive_text(l);
    const char *p = skip_spaces(d.ptr, d.ptr + d.len), *end = d.ptr + d.len;
    if (p < end && isdigit((unsigned char)*p)) {
        line_marker(l, p, end);
        return;
    }
    const char *e = name_end(p, end);
    Str word = {p, e - p};
    if (word_is(word, "define")) {
        define(l, e, end);
    } else if (word_is(word, "undef")) {
        Str n = trimmed(e, end);
        if (n.len) c_enter(&l->unit->macros, name_intern(n.ptr, (size_t)n.len), NULL);
    } else if (word_is(word, "pragma")) {
        pragma(l, e, end);
    }
}

// --- tokens

void c_lexer_init(CLexer *l, CUnit *u, Str text) {
    *l = (CLexer){.unit = u, .p = text.ptr, .end = text.ptr + text.len, .line_start = true, .line = 1, .in_preamble = true};
    l->tok_end = text.ptr;
}

static void skip_blanks(CLexer *l) {
    while (l->p < l->end) {
        char c = *l->p;
        if (c == '\n') {
            l->line++;
            l->line_start = true;
            l->p++;
        } else if (isspace((unsigned char)c)) {
            l->p++;
        } else if (c == '\\' && l->p + 1 < l->end && l->p[1] == '\n') {
            l->line++;
            l->p += 2;
        } else if (c == '/' && l->p + 1 < l->end && l->p[1] == '*') {
            const char *close = memmem(l->p + 2, (size_t)(l->end - l->p - 2), "*/", 2);
            const char *to = close ? close + 2 : l->end;
            for (; l->p < to; l->p++) l->line += *l->p == '\n';
        } else if (c == '/' && l->p + 1 < l->end && l->p[1] == '/') {
            while (l->p < l->end && *l->p != '\n') l->p++;
        } else if (c == '#' && l->line_start) {
            l->p++;
            directive(l);
        } else {
            return;
        }
    }
}

static void quoted(CLexer *l, char quote) {
    for (l->p++; l->p < l->end && *l->p != quote && *l->p != '\n'; l->p++)
        if (*l->p == '\\' && l->p + 1 < l->end) l->p++;
    if (l->p < l->end && *l->p == quote) l->p++;
}

static void number(CLexer *l) {
    for (; l->p < l->end; l->p++) {
        char c = *l->p;
        if ((c == '+' || c == '-') && strchr("eEpP", l->p[-1])) continue;
        if (!is_name_part((unsigned char)c) && c != '.') return;
    }
}

static uint32_t punctuation(CLexer *l) {
    static const uint32_t three[] = {C3('<', '<', '='), C3('>', '>', '='), C3('.', '.', '.')};
    static const uint32_t two[] = {C2('-', '>'), C2('+', '+'), C2('-', '-'), C2('<', '<'), C2('>', '>'), C2('<', '='), C2('>', '='), C2('=', '='), C2('!', '='), C2('&', '&'), C2('|', '|'), C2('#', '#'), C2('+', '='), C2('-', '='), C2('*', '='), C2('/', '='), C2('%', '='), C2('&', '='), C2('|', '='), C2('^', '=')};
    const unsigned char *p = (const unsigned char *)l->p;
    ptrdiff_t left = l->end - l->p;
    for (size_t i = 0; left >= 3 && i < sizeof three / sizeof *three; i++)
        if (C3(p[0], p[1], p[2]) == three[i]) return l->p += 3, three[i];
    for (size_t i = 0; left >= 2 && i < sizeof two / sizeof *two; i++)
        if (C2(p[0], p[1]) == two[i]) return l->p += 2, two[i];
    l->p++;
    return *p;
}

void c_next(CLexer *l) {
    l->tok_end = l->p;
    skip_blanks(l);
    l->line_start = false;
    const char *from = l->tok_start = l->p;
    CToken *t = &l->tok;
    *t = (CToken){.kind = CTOK_EOF};
    if (l->p >= l->end) return;
    unsigned char c = (unsigned char)*l->p;
    if (is_name_start(c)) {
        l->p = name_end(l->p, l->end);
        if (l->p < l->end && (*l->p == '"' || *l->p == '\'') && l->p - from <= 2 && strchr("LuU", *from)) {
            c = (unsigned char)*l->p; // L"wide", u8"text"
        } else {
            t->kind = CTOK_NAME;
            t->name = name_intern(from, (size_t)(l->p - from));
        }
    }
    if (t->kind == CTOK_NAME) {
    } else if (c == '"' || c == '\'') {
        t->kind = c == '"' ? CTOK_STRING : CTOK_CHAR;
        quoted(l, (char)c);
    } else if (isdigit(c) || (c == '.' && l->p + 1 < l->end && isdigit((unsigned char)l->p[1]))) {
        t->kind = CTOK_NUMBER;
        l->p++;
        number(l);
    } else {
        t->kind = CTOK_PUNCT;
        t->punct = punctuation(l);
    }
    t->text = (Str){from, l->p - from};
}

// --- literals

static int escape(const char **at, const char *end) {
    const char *p = *at;
    int c = *p++, v = 0, n = 0;
    switch (c) {
    case 'n': v = '\n'; break;
    case 't': v = '\t'; break;
    case 'r': v = '\r'; break;
    case 'a': v = '\a'; break;
    case 'b': v = '\b'; break;
    case 'f': v = '\f'; break;
    case 'v': v = '\v'; break;
    case 'e': v = 27; break;
    case 'x':
        while (p < end && isxdigit((unsigned char)*p)) {
            v = v * 16 + (isdigit((unsigned char)*p) ? *p - '0' : (*p | 32) - 'a' + 10);
            p++;
        }
        break;
    default:
        if (c < '0' || c > '7') {
            v = c;
            break;
        }
        for (p--; p < end && n < 3 && *p >= '0' && *p <= '7'; n++) v = v * 8 + (*p++ - '0');
    }
    *at = p;
    return v;
}

bool c_string_value(const CToken *t, Str *out) {
    const char *p = t->text.ptr, *end = p + t->text.len;
    if (*p != '"' && *p != 'u') return false; // no wide strings
    p = memchr(p, '"', (size_t)(end - p));
    if (!p || end - p < 2) return false;
    end--;
    char *buf = arena_alloc((size_t)(end - p) + 1), *o = buf;
    for (p++; p < end;) {
        if (*p == '\\' && p + 1 < end) {
            p++;
            *o++ = (char)escape(&p, end);
        } else {
            *o++ = *p++;
        }
    }
    *out = (Str){buf, o - buf};
    return true;
}

bool c_char_value(const CToken *t, int64_t *out) {
    const char *p = t->text.ptr, *end = p + t->text.len;
    bool wide = *p != '\'';
    p = memchr(p, '\'', (size_t)(end - p));
    if (!p || end - p < 3) return false;
    p++;
    int v;
    if (*p == '\\') {
        p++;
        v = escape(&p, end);
    } else {
        v = (unsigned char)*p++;
    }
    if (p + 1 != end) return false; // several characters
    *out = wide ? v : (signed char)v;
    return true;
}

// --- expansion

typedef struct Buffer { char *at; size_t len, cap; } Buffer;

static void put(Buffer *b, const char *s, size_t n) {
    if (b->len + n + 1 > b->cap) {
        size_t cap = (b->len + n + 1) * 2;
        char *at = arena_alloc(cap);
        if (b->len) memcpy(at, b->at, b->len);
        b->at = at;
        b->cap = cap;
    }
    if (n) memcpy(b->at + b->len, s, n);
    b->len += n;
}

enum { EXPAND_DEPTH = 64, EXPAND_MAX = 1 << 20 };

static void expand(CUnit *u, Buffer *out, Str text, int depth);

// The arguments of a call; l stands on the '('. Leaves l on the ')'.
static uint32_t macro_args(CLexer *l, CMacro *m, Str *args) {
    uint32_t n = 0;
    int depth = 0;
    const char *from = l->p;
    for (c_next(l); l->tok.kind != CTOK_EOF; c_next(l)) {
        uint32_t c = l->tok.kind == CTOK_PUNCT ? l->tok.punct : 0;
        if (c == '(' || c == '[' || c == '{') depth++;
        else if ((c == ')' || c == ']' || c == '}') && depth > 0) depth--;
        else if (c == ')' || (c == ',' && depth == 0 && !(m->variadic && n + 1 >= m->nparams))) {
            if (n < m->nparams) args[n++] = trimmed(from, l->tok_start);
            from = l->p;
            if (c == ')') return n;
        }
    }
    return n;
}

static int param_index(const CMacro *m, const CToken *t) {
    if (t->kind != CTOK_NAME) return -1;
    for (uint32_t i = 0; i < m->nparams; i++)
        if (m->params[i] == t->name) return (int)i;
    return -1;
}

static void put_quoted(Buffer *b, Str s) {
    put(b, "\"", 1);
    for (int64_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"' || s.ptr[i] == '\\') put(b, "\\", 1);
        put(b, s.ptr + i, 1);
    }
    put(b, "\"", 1);
}

// The body with arguments put in: raw beside # and ##, expanded elsewhere.
static Str substitute(CUnit *u, CMacro *m, const Str *args, int depth) {
    Buffer b = {0};
    CLexer l;
    c_lexer_init(&l, u, m->body);
    l.line_start = false;
    bool paste = false;
    for (c_next(&l); l.tok.kind != CTOK_EOF;) {
        CToken t = l.tok;
        c_next(&l);
        if (t.kind == CTOK_PUNCT && t.punct == C2('#', '#')) {
            paste = true;
            while (b.len && b.at[b.len - 1] == ' ') b.len--;
            continue;
        }
        if (!paste) put(&b, " ", 1);
        bool before_paste = l.tok.kind == CTOK_PUNCT && l.tok.punct == C2('#', '#');
        int i = param_index(m, &t);
        if (t.kind == CTOK_PUNCT && t.punct == '#' && (i = param_index(m, &l.tok)) >= 0) {
            put_quoted(&b, args[i]);
            c_next(&l);
        } else if (i >= 0 && (paste || before_paste)) {
            put(&b, args[i].ptr, (size_t)args[i].len);
        } else if (i >= 0) {
            expand(u, &b, args[i], depth + 1);
        } else {
            put(&b, t.text.ptr, (size_t)t.text.len);
        }
        paste = false;
    }
    return (Str){b.at ? b.at : "", (int64_t)b.len};
}

static void expand_macro(CUnit *u, Buffer *out, CMacro *m, Str body, int depth) {
    m->busy = true;
    expand(u, out, body, depth + 1);
    m->busy = false;
}

static void expand(CUnit *u, Buffer *out, Str text, int depth) {
    CLexer l;
    c_lexer_init(&l, u, text);
    for (c_next(&l); l.tok.kind != CTOK_EOF && out->len < EXPAND_MAX; c_next(&l)) {
        for (const char *s = l.tok_end; s < l.tok_start; s++) // keeps the lines
            if (*s == '\n') put(out, "\n", 1);
        if (out->len && out->at[out->len - 1] != '\n') put(out, " ", 1);
        CMacro *m = l.tok.kind == CTOK_NAME && depth < EXPAND_DEPTH ? c_find(&u->macros, l.tok.name) : NULL;
        if (m && !m->busy && !m->has_params) {
            expand_macro(u, out, m, m->body, depth);
            continue;
        }
        if (m && !m->busy) {
            CLexer here = l;
            c_next(&l);
            if (l.tok.kind == CTOK_PUNCT && l.tok.punct == '(') {
                Str *args = ARENA_ARRAY(Str, m->nparams + 1);
                macro_args(&l, m, args);
                expand_macro(u, out, m, substitute(u, m, args, depth), depth);
                continue;
            }
            l = here;
        }
        put(out, l.tok.text.ptr, (size_t)l.tok.text.len);
    }
}

Str c_expand(CUnit *u, Str text) {
    Buffer b = {0};
    expand(u, &b, text, 0);
    return (Str){b.at ? b.at : "", (int64_t)b.len};
}
