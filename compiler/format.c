// SPDX-License-Identifier: MIT
// format.c: the formatter's door, and what it knows of a source text beside the
// tree: tokens, comments, lines.
//
// Comments are what stands between tokens. They come in groups: lines without an
// empty one between them, or what stands on one line behind a token.
#define _GNU_SOURCE
#include "compiler/format.h"

#include <string.h>

#include "compiler/format_impl.h"
#include "compiler/lexer.h"
#include "compiler/parser.h"
#include "runtime/utf8.h"

// --- places

static uint32_t find_line(Format *f, uint32_t offset) { // 0-based
    const uint32_t *at = f->lines.at;
    uint32_t n = f->lines.len, near = f->line_hint;
    if (near < n && at[near] <= offset) {
        for (uint32_t i = near; i < near + 4; i++)
            if (i + 1 >= n || at[i + 1] > offset) return f->line_hint = i < n ? i : n - 1;
    }
    uint32_t lo = 0, hi = n;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (at[mid] <= offset) lo = mid;
        else hi = mid;
    }
    return f->line_hint = lo;
}

int format_line(Format *f, Pos pos) { return pos ? (int)find_line(f, pos - f->file->base) + 1 : 0; }

Place format_place(Format *f, Pos pos) {
    uint32_t offset = pos - f->file->base;
    if (!pos || offset > (uint32_t)f->file->text.len) return no_place();
    uint32_t line = find_line(f, offset);
    return (Place){offset, (int)line + 1, (int)(offset - f->lines.at[line]) + 1};
}

uint32_t token_at(const Format *f, Pos pos) {
    uint32_t lo = 0, hi = f->tokens.len;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->tokens.at[mid].pos <= pos) lo = mid;
        else hi = mid;
    }
    return lo;
}

bool has_line_comment(const Format *f, Pos end) {
    uint32_t i = token_at(f, end - 1);
    const FormatToken *t = format_token(f, i), *next = format_token(f, i + 1);
    return !t->semi && next->kind == TOK_SEMICOLON ? next->line_commented : t->line_commented;
}

// --- comments

static Str without_returns(Str s) {
    Bytes b = {0};
    bool block = s.ptr[1] == '*';
    for (int64_t i = 0; i < s.len; i++) {
        bool closes = block && i > 2 && s.ptr[i - 1] == '*' && i + 1 < s.len && s.ptr[i + 1] == '/'; // it keeps "*/" apart
        if (s.ptr[i] != '\r' || closes) bytes_add_char(&b, s.ptr[i]);
    }
    return (Str){b.at, b.len};
}

static void check_encoding(Pos pos, Str s) {
    for (int64_t i = 0; i < s.len;) {
        int32_t r;
        int n = utf8_decode(s.ptr + i, s.len - i, &r);
        if (!r || (r == UTF8_ERROR && n == 1)) {
            source_error(pos + (Pos)i, r ? "invalid UTF-8 encoding" : "invalid NUL character");
            return;
        }
        i += n;
    }
}

static void add_comment(Format *f, const char *from, const char *to) {
    Str s = {from, to - from};
    if (from[1] == '/' && to[-1] == '\r') s.len--;
    Comment c = {f->file->base + (Pos)(from - f->file->text.ptr), s};
    check_encoding(c.pos, s);
    if (s.len > 0 && memchr(s.ptr, '\r', (size_t)s.len)) c.text = without_returns(s);
    VEC_PUSH(&f->comments, c);
}

// The comments in the text between two tokens.
static void add_comments(Format *f, const char *p, const char *end) {
    while (p < end) {
        if (*p != '/') {
            p++;
            continue;
        }
        const char *from = p, *to;
        if (p[1] == '/') to = memchr(p, '\n', (size_t)(end - p));
        else to = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);
        p = !to ? end : from[1] == '/' ? to : to + 2;
        add_comment(f, from, p);
    }
}

static int lines_in(Str s) {
    int n = 0;
    for (const char *p = s.ptr, *end = p + s.len; (p = memchr(p, '\n', (size_t)(end - p))); p++) n++;
    return n;
}

// Comments from first on, as long as each begins at most `apart` lines below the
// end of the one before. Answers the line where the last one ends.
static int add_group(Format *f, uint32_t *first, int apart) {
    CommentGroup g = {*first, 0};
    int end = format_line(f, f->comments.at[*first].pos);
    for (; *first < f->comments.len; ++*first, g.n++) {
        const Comment *c = &f->comments.at[*first];
        int line = format_line(f, c->pos);
        if (line > end + apart) break;
        end = line + (c->text.ptr[1] == '*' ? lines_in(c->text) : 0);
    }
    VEC_PUSH(&f->groups, g);
    return end;
}

// The comments behind a token (NULL: before the first) and before the next.
static void group_comments(Format *f, uint32_t first, FormatToken *prev, FormatToken *next) {
    int next_line = format_line(f, next->pos), end = -1;
    if (prev && format_line(f, f->comments.at[first].pos) == format_line(f, prev->semi ? prev->semi : prev->pos)) {
        end = add_group(f, &first, 0);
        int behind = first < f->comments.len ? format_line(f, f->comments.at[first].pos) : next_line;
        prev->line_commented = behind != end || (first == f->comments.len && next->kind == TOK_EOF);
        end = -1;
    }
    while (first < f->comments.len) end = add_group(f, &first, 1);
    next->documented = end + 1 == next_line;
}

// --- tokens

static bool opens(int kind) { return kind == TOK_LPAREN || kind == TOK_LBRACK || kind == TOK_LBRACE; }
static bool closes(int kind) { return kind == TOK_RPAREN || kind == TOK_RBRACK || kind == TOK_RBRACE; }

static void read_tokens(Format *f) {
    Lexer l;
    VEC(uint32_t) open = {0};
    lexer_init(&l, f->file);
    f->tokens.cap = (uint32_t)(f->file->text.len / 4) + 16;
    f->tokens.at = ARENA_ARRAY(FormatToken, f->tokens.cap);
    const char *end = l.p;
    int kind;
    do {
        lexer_next(&l);
        kind = l.kind;
        if (kind == TOK_SEMICOLON && l.auto_semi) {
            if (f->tokens.len) f->tokens.at[f->tokens.len - 1].semi = l.pos;
            continue;
        }
        uint32_t first = f->comments.len, i = f->tokens.len;
        const char *begin = l.start + (l.pos - f->file->base);
        FormatToken t = {.pos = l.pos, .end = l.end, .match = i, .kind = (uint8_t)kind};
        if (opens(kind)) VEC_PUSH(&open, i);
        if (closes(kind) && open.len) {
            t.match = open.at[--open.len];
            f->tokens.at[t.match].match = i;
        }
        VEC_PUSH(&f->tokens, t);
        if (begin > end) add_comments(f, end, begin);
        if (f->comments.len > first) group_comments(f, first, i > 0 ? &f->tokens.at[i - 1] : NULL, &f->tokens.at[i]);
        end = l.start + (l.end - f->file->base);
    } while (kind != TOK_EOF);
}

// --- the whole

static void copy_lines(Format *f) {
    f->lines.len = f->lines.cap = f->file->nlines;
    f->lines.at = arena_dup(f->file->lines, sizeof *f->file->lines * f->file->nlines);
}

// The line that names a script's interpreter is none of the language.
static void add_interpreter_line(const Format *f, Bytes *out) {
    Str s = f->file->text;
    if (s.len < 2 || s.ptr[0] != '#' || s.ptr[1] != '!') return;
    const char *nl = memchr(s.ptr, '\n', (size_t)s.len);
    Str line = trim_right((Str){s.ptr, nl ? nl - s.ptr : s.len});
    bytes_add_str(out, line);
    bytes_add_char(out, '\n');
    if (nl && nl + 1 < s.ptr + s.len && (nl[1] == '\n' || nl[1] == '\r')) bytes_add_char(out, '\n');
}

const char *format_source(Str path, Str text, size_t *len) {
    SourceFile *file = source_add(path, text);
    FileAst *ast = parse_file(file, PARSE_TO_FORMAT);
    if (source_error_count()) return NULL;
    Format f = {.file = file, .ast = ast};
    copy_lines(&f);
    read_tokens(&f);
    if (source_error_count()) return NULL;
    Printer p;
    printer_init(&p, &f);
    put_file(&p);
    put_end(&p);
    fix_build_lines(&p);
    Bytes out = {0};
    vec_grow_to((void **)&out.at, &out.cap, p.out.len + p.out.len / 4 + 256, 1);
    add_interpreter_line(&f, &out);
    layout(&p.out, &out);
    *len = out.len;
    bytes_add_char(&out, 0);
    return out.at;
}
