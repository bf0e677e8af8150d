// SPDX-License-Identifier: MIT
// format_print.c: tokens and blanks to lines.
//
// Blanks are held back until the next token comes, since comments before it may
// have to stand among them. The position in the source goes along with what is
// written: where the source breaks a line and that makes no semicolon, the output
// breaks it too, and no more than one empty line is left.
#include "compiler/format_impl.h"

#include <string.h>

enum { MAX_NEWLINES = 2 };

static int limited(int newlines) { return newlines > MAX_NEWLINES ? MAX_NEWLINES : newlines; }

void printer_init(Printer *p, Format *f) {
    *p = (Printer){.f = f, .last_token = NO_TOKEN, .prev_open = NO_TOKEN, .out_line = 1, .out_col = 1, .group_offset = UINT32_MAX};
    p->pos = (Place){0, 1, 1};
}

// --- characters

static void add_blank(Printer *p, char ch, int n) {
    if (p->measures) {
        if (ch == '\n' || ch == '\f') p->broken = true;
        p->pending += n;
        return;
    }
    for (int i = 0; i < n; i++) bytes_add_char(&p->out, ch);
}

static void write_indent(Printer *p) {
    p->line_indent = p->indent;
    add_blank(p, '\t', p->indent);
    p->pos.offset += (uint32_t)p->indent;
    p->pos.col += p->indent;
    p->out_col += p->indent;
}

void write_char(Printer *p, char ch, int n) {
    if (p->end_alignment) {
        if (ch == '\t' || ch == '\v') ch = ' ';
        else if (ch == '\n' || ch == '\f') {
            ch = '\f';
            p->end_alignment = false;
        }
    }
    if (p->out_col == 1) write_indent(p);
    add_blank(p, ch, n);
    p->pos.offset += (uint32_t)n;
    if (ch == '\n' || ch == '\f') {
        p->pos.line += n;
        p->out_line += n;
        p->pos.col = p->out_col = 1;
    } else {
        p->pos.col += n;
        p->out_col += n;
    }
}

static void add_text(Printer *p, Str s, bool escaped) {
    if (p->measures) {
        p->size += p->pending + (int)s.len;
        p->pending = 0;
        if (p->size > p->max) p->broken = true;
        return;
    }
    if (escaped) bytes_add_char(&p->out, ESCAPE);
    bytes_add_str(&p->out, s);
    if (escaped) bytes_add_char(&p->out, ESCAPE);
}

static bool has_control(Str s) {
    for (int64_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < ' ') return true;
    return false;
}

// Lines within a text move the position on, and end the columns.
static void move_over(Printer *p, Str s, bool may_break) {
    int lines = 0;
    int64_t last = 0;
    for (int64_t i = 0; may_break && i < s.len; i++)
        if (s.ptr[i] == '\n' || s.ptr[i] == '\f') {
            lines++;
            last = i;
        }
    p->pos.offset += (uint32_t)s.len;
    if (!lines) {
        p->pos.col += (int)s.len;
        p->out_col += (int)s.len;
        return;
    }
    p->end_alignment = true;
    if (p->measures) p->broken = true;
    p->pos.line += lines;
    p->out_line += lines;
    p->pos.col = p->out_col = (int)(s.len - last);
}

// literal: a comment, or a literal; only those may hold control characters.
void write_text(Printer *p, Place at, Str s, bool literal) {
    bool comment = literal && s.len > 1 && s.ptr[0] == '/';
    bool control = literal && has_control(s);
    if (p->out_col == 1) write_indent(p);
    if (at.line) p->pos = at;
    add_text(p, s, literal && (comment || control));
    move_over(p, s, control);
    p->last = p->pos;
}

// A line end with an unindent behind it ends where the unindent leads to, for
// the labels of statements; the columns end there, lest a long label moves the
// lines before it.
void write_blanks(Printer *p, int n) {
    for (int i = 0; i < n; i++) {
        char ch = p->blanks[i];
        if (ch == IGNORE) continue;
        if (ch == INDENT) {
            p->indent++;
        } else if (ch == UNINDENT) {
            if (p->indent > 0) p->indent--;
        } else if ((ch == NEWLINE || ch == FORMFEED) && i + 1 < n && p->blanks[i + 1] == UNINDENT) {
            p->blanks[i] = UNINDENT;
            p->blanks[i + 1] = FORMFEED;
            i--;
        } else {
            write_char(p, ch, 1);
        }
    }
    memmove(p->blanks, p->blanks + n, (size_t)(p->nblanks - n));
    p->nblanks = (uint8_t)(p->nblanks - n);
}

// --- blanks and tokens

static void note_open(Printer *p) {
    if (p->last_token == NO_TOKEN) return;
    p->prev_open = p->last_token == TOK_LPAREN || p->last_token == TOK_LBRACK ? p->last_token : NO_TOKEN;
}

void put_mode(Printer *p, uint8_t mode) {
    note_open(p);
    p->mode ^= mode;
}

void put_pos(Printer *p, Pos pos) {
    note_open(p);
    if (pos) p->pos = format_place(p->f, pos);
}

void put_blank(Printer *p, Blank b) {
    note_open(p);
    if (b == IGNORE) return;
    if (p->nblanks == MAX_BLANKS) write_blanks(p, MAX_BLANKS);
    p->blanks[p->nblanks++] = (char)b;
    if (b == NEWLINE || b == FORMFEED) p->implied_semi = false;
    p->last_token = NO_TOKEN;
}

static Broke flush(Printer *p, Place next, int kind) {
    if (comment_before(p, next)) return put_comments(p, next, kind);
    write_blanks(p, p->nblanks);
    return (Broke){false, false};
}

static void put(Printer *p, Str s, int kind, bool literal, bool implied_semi) {
    p->last_token = (uint8_t)kind;
    Place next = p->pos;
    Broke broke = flush(p, next, kind);
    if (!p->implied_semi) {
        int n = limited(next.line - p->pos.line);
        if (broke.newline && n == MAX_NEWLINES) n = MAX_NEWLINES - 1;
        if (n > 0) {
            write_char(p, broke.dropped_formfeed ? '\f' : '\n', n);
            implied_semi = false;
        }
    }
    if (p->line_wanted) *p->line_wanted = p->out_line;
    p->line_wanted = NULL;
    write_text(p, next, s, literal);
    p->implied_semi = implied_semi;
}

void put_text(Printer *p, Str text, int kind, bool literal) {
    note_open(p);
    put(p, text, kind, literal, true);
}

// Would the two be read as another token?
static bool may_combine(int prev, char next) {
    switch (prev) {
    case TOK_INT: return next == '.';
    case TOK_ADD: return next == '+';
    case TOK_SUB: return next == '-';
    case TOK_QUO: return next == '*';
    case TOK_LSS: return next == '-' || next == '<';
    case TOK_AND: return next == '&' || next == '^';
    default: return false;
    }
}

static bool implies_semi(int kind) {
    switch (kind) {
    case TOK_BREAK: case TOK_CONTINUE: case TOK_FALLTHROUGH: case TOK_RETURN: case TOK_INC: case TOK_DEC:
    case TOK_RPAREN: case TOK_RBRACK: case TOK_RBRACE: case TOK_QUERY: return true;
    default: return false;
    }
}

void put_token(Printer *p, int kind) {
    const char *text = kind == TOK_COMMA ? "," : kind == TOK_SEMICOLON ? ";" : token_text[kind];
    note_open(p);
    if (kind != TOK_DOTDOT && may_combine(p->last_token, *text)) { // 1..n ends the number
        p->blanks[0] = BLANK;
        p->nblanks = 1;
    }
    put(p, (Str){text, (int64_t)strlen(text)}, kind, false, implies_semi(kind));
}

void put_end(Printer *p) {
    p->implied_semi = false;
    flush(p, (Place){FAR_AWAY, FAR_AWAY, 0}, TOK_EOF);
}

int put_linebreak(Printer *p, int line, int min, Blank before, bool new_section) {
    int n = limited(line - p->pos.line), breaks = 0;
    if (n < min) n = min;
    if (n <= 0) return 0;
    put_blank(p, before);
    if (new_section) {
        put_blank(p, FORMFEED);
        n--;
        breaks = 2;
    }
    for (int i = 0; i < n; i++) put_blank(p, NEWLINE);
    return breaks + n;
}
