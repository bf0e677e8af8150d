// SPDX-License-Identifier: MIT
// format_comment.c: comments among the tokens.
//
// A group of comments is written before the first token that stands behind it in
// the source. The blanks that are due there are shared out: what leads to the
// comment before it, the rest behind it. A comment on the line of the token
// before it goes into a column of its own; one on another line begins a line, as
// deep as what follows, or as what goes before when a block ends there.
#define _GNU_SOURCE
#include "compiler/format_impl.h"

#include <string.h>

#include "runtime/utf8.h"

enum { MAX_NEWLINES = 2 };

// --- texts

static bool is_space(int32_t r) {
    switch (r) {
    case ' ': case '\t': case '\n': case '\v': case '\f': case '\r': case 0x85: case 0xa0: case 0x1680: case 0x2028: case 0x2029: case 0x202f: case 0x205f: case 0x3000: return true;
    default: return r >= 0x2000 && r <= 0x200a;
    }
}

Str trim_right(Str s) {
    while (s.len > 0) {
        int64_t i = s.len - 1;
        int32_t r = (unsigned char)s.ptr[i];
        if (r >= 0x80) {
            while (i > 0 && s.len - i < 4 && ((unsigned char)s.ptr[i] & 0xc0) == 0x80) i--;
            if (utf8_decode(s.ptr + i, s.len - i, &r) != s.len - i) return s;
        }
        if (!is_space(r)) return s;
        s.len = i;
    }
    return s;
}

Str trim_space(Str s) {
    while (s.len > 0) {
        int32_t r;
        int64_t n = utf8_decode(s.ptr, s.len, &r);
        if (!is_space(r)) break;
        s.ptr += n;
        s.len -= n;
    }
    return trim_right(s);
}

static bool is_line_comment(const Comment *c) { return c->text.ptr[1] == '/'; }

// --- the next group

static bool group_has_newline(Format *f, const CommentGroup *g) {
    const Comment *list = &f->comments.at[g->first];
    int line = format_line(f, list[0].pos);
    for (uint32_t i = 0; i < g->n; i++) {
        if (i > 0 && format_line(f, list[i].pos) != line) return true;
        if (is_line_comment(&list[i]) || memchr(list[i].text.ptr, '\n', (size_t)list[i].text.len)) return true;
    }
    return false;
}

void find_comment(Printer *p) {
    Format *f = p->f;
    p->group_offset = UINT32_MAX;
    if (p->next_group >= f->groups.len) return;
    p->group = &f->groups.at[p->next_group++];
    p->group_offset = f->comments.at[p->group->first].pos - f->file->base;
    p->group_newline = group_has_newline(f, p->group);
}

bool comment_before(const Printer *p, Place next) { return p->group_offset < next.offset && (!p->implied_semi || !p->group_newline); }

int comments_size_before(Printer *p, Place next) {
    Printer saved = *p;
    int size = 0;
    while (comment_before(p, next)) {
        for (uint32_t i = 0; i < p->group->n; i++) size += (int)p->f->comments.at[p->group->first + i].text.len;
        find_comment(p);
    }
    p->next_group = saved.next_group;
    p->group = saved.group;
    p->group_offset = saved.group_offset;
    p->group_newline = saved.group_newline;
    return size;
}

// --- blanks before a comment

// On the line of what is before it.
static void prefix_on_line(Printer *p, Place at, Place next, const Comment *prev) {
    bool separated = false;
    if (!prev) {
        int due = 0;
        for (int i = 0; i < p->nblanks; i++) {
            char ch = p->blanks[i];
            if (ch == BLANK) p->blanks[i] = IGNORE;
            else if (ch == VTAB) separated = true;
            else if (ch != INDENT) {
                due = i;
                break;
            }
        }
        write_blanks(p, due);
    }
    if (!separated) write_char(p, at.line == next.line ? ' ' : '\t', 1);
}

// How many of the blanks are written before a comment on a line of its own.
static int blanks_due(Printer *p, Place at, Place next, int kind, bool *dropped, bool first) {
    for (int i = 0; i < p->nblanks; i++) {
        switch (p->blanks[i]) {
        case BLANK: case VTAB:
            p->blanks[i] = IGNORE;
            continue;
        case INDENT: continue;
        case UNINDENT:
            if (i + 1 < p->nblanks && p->blanks[i + 1] == UNINDENT) continue;
            if (kind != TOK_RBRACE && at.col == next.col) continue;
            return i;
        case NEWLINE: case FORMFEED:
            p->blanks[i] = IGNORE;
            *dropped = first;
            return i;
        default: return i;
        }
    }
    return 0;
}

static void prefix_on_new_line(Printer *p, Place at, Place next, const Comment *prev, int kind) {
    bool dropped = false;
    write_blanks(p, blanks_due(p, at, next, kind, &dropped, !prev));
    int n = at.line && p->last.line ? at.line - p->last.line : 0;
    if (n < 0) n = 0;
    if (p->indent == 0 && dropped) n++;
    if (n == 0 && prev && is_line_comment(prev)) n = 1;
    if (n > 0) write_char(p, '\f', n > MAX_NEWLINES ? MAX_NEWLINES : n);
}

static void write_prefix(Printer *p, Place at, Place next, const Comment *prev, int kind) {
    if (!p->out.len) return;
    if (at.line == p->last.line && (!prev || !is_line_comment(prev))) prefix_on_line(p, at, next, prev);
    else prefix_on_new_line(p, at, next, prev, kind);
}

// --- comments of several lines

static bool is_blank(Str s) {
    for (int64_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] > ' ') return false;
    return true;
}

// What both begin with, of blanks and stars.
static Str common_prefix(Str a, Str b) {
    int64_t i = 0;
    while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i] && ((unsigned char)a.ptr[i] <= ' ' || a.ptr[i] == '*')) i++;
    return (Str){a.ptr, i};
}

static bool ends_with(Str s, const char *end, int64_t n) { return s.len >= n && memcmp(s.ptr + s.len - n, end, (size_t)n) == 0; }

// The blanks before the text of the first line may stand in the other lines too:
// they are no indentation of the comment.
static Str without_first_indent(Str prefix, Str first) {
    if (is_blank((Str){first.ptr + 2, first.len - 2})) {
        int64_t i = prefix.len;
        for (int n = 0; n < 3 && i > 0 && prefix.ptr[i - 1] == ' '; n++) i--;
        if (i == prefix.len && i > 0 && prefix.ptr[i - 1] == '\t') i--;
        prefix.len = i;
        return prefix;
    }
    int64_t n = 2;
    while (n < first.len && (unsigned char)first.ptr[n] <= ' ') n++;
    char *suffix = arena_alloc((size_t)n + 1);
    memcpy(suffix, first.ptr, (size_t)n);
    suffix[0] = suffix[1] = ' ';
    bool tab = n > 2 && suffix[2] == '\t'; // it makes up for the "/*"
    int64_t from = tab ? 2 : 0;
    if (ends_with(prefix, suffix + from, n - from)) prefix.len -= n - from;
    return prefix;
}

static Str inner_prefix(Str *lines, uint32_t n) {
    Str prefix = {0};
    bool found = false;
    for (uint32_t i = 1; i + 1 < n; i++) {
        if (is_blank(lines[i])) {
            lines[i].len = 0;
            continue;
        }
        prefix = common_prefix(found ? prefix : lines[i], lines[i]);
        if (!found) prefix = common_prefix(lines[i], lines[i]);
        found = true;
    }
    return found ? prefix : common_prefix(lines[n - 1], lines[n - 1]);
}

// Takes off what the lines behind the first one are indented by in common, so
// that they can be indented anew.
static void strip_common_prefix(Str *lines, uint32_t n) {
    if (n < 2) return;
    Str prefix = inner_prefix(lines, n);
    const char *star = memchr(prefix.ptr, '*', (size_t)prefix.len);
    if (star) {
        prefix.len = star - prefix.ptr;
        if (ends_with(prefix, " ", 1)) prefix.len--;
    } else {
        prefix = without_first_indent(prefix, lines[0]);
    }
    Str *last = &lines[n - 1];
    const char *close = memmem(last->ptr, (size_t)last->len, "*/", 2);
    if (is_blank((Str){last->ptr, close - last->ptr})) {
        *last = joined(prefix, star ? STR(" */") : STR("*/"));
    } else {
        prefix = common_prefix(prefix, *last);
    }
    for (uint32_t i = 1; i < n; i++) {
        if (!lines[i].len) continue;
        lines[i].ptr += prefix.len;
        lines[i].len -= prefix.len;
    }
}

static void write_block_comment(Printer *p, Place at, Str text) {
    StrList lines = split_lines(text);
    if (at.col == 1 && p->indent > 0) // as if it had been indented, which it will be the next time
        for (uint32_t i = 1; i < lines.len; i++) lines.at[i] = joined(STR("   "), lines.at[i]);
    strip_common_prefix(lines.at, lines.len);
    for (uint32_t i = 0; i < lines.len; i++) {
        if (i > 0) {
            write_char(p, '\f', 1);
            at = p->pos;
        }
        if (!lines.at[i].len) continue;
        Str line = trim_right(lines.at[i]);
        write_text(p, at, line, true);
    }
}

static void write_comment(Printer *p, const Comment *c) {
    Place at = format_place(p->f, c->pos);
    int indent = p->indent;
    if (c->text.len > 7 && memcmp(c->text.ptr, "//line ", 7) == 0 && at.col == 1) p->indent = 0;
    if (is_line_comment(c)) {
        if (is_go_build(c->text)) VEC_PUSH(&p->go_build, p->out.len);
        else if (is_plus_build(c->text)) VEC_PUSH(&p->plus_build, p->out.len);
        write_text(p, at, trim_right(c->text), true);
    } else {
        write_block_comment(p, at, c->text);
    }
    p->indent = indent;
}

// --- blanks behind

static Broke write_suffix(Printer *p, bool needs_linebreak) {
    Broke b = {false, false};
    for (int i = 0; i < p->nblanks; i++) {
        char ch = p->blanks[i];
        if (ch == BLANK || ch == VTAB) {
            p->blanks[i] = IGNORE;
        } else if (ch == NEWLINE || ch == FORMFEED) {
            if (needs_linebreak) {
                needs_linebreak = false;
                b.newline = true;
            } else {
                if (ch == FORMFEED) b.dropped_formfeed = true;
                p->blanks[i] = IGNORE;
            }
        }
    }
    write_blanks(p, p->nblanks);
    if (needs_linebreak) {
        write_char(p, '\n', 1);
        b.newline = true;
    }
    return b;
}

static bool breaks_line(const Printer *p) {
    for (int i = 0; i < p->nblanks; i++)
        if (p->blanks[i] == NEWLINE || p->blanks[i] == FORMFEED) return true;
    return false;
}

static Broke write_behind(Printer *p, const Comment *last, int last_line, Place next, int kind) {
    bool block = !is_line_comment(last), linebreak = false;
    bool parted = kind != TOK_COMMA && (kind != TOK_RPAREN || p->prev_open == TOK_LPAREN) && (kind != TOK_RBRACK || p->prev_open == TOK_LBRACK);
    if (!(p->mode & NO_EXTRA_BLANK) && block && last_line == next.line && parted) {
        if (breaks_line(p) && !(p->mode & NO_EXTRA_LINEBREAK) && p->level == 0) linebreak = true;
        else write_char(p, ' ', 1);
    }
    if (!block || kind == TOK_EOF || (kind == TOK_RBRACE && !(p->mode & NO_EXTRA_LINEBREAK))) linebreak = true;
    return write_suffix(p, linebreak);
}

// --- groups

static bool same_place(Place a, Place b) { return a.offset == b.offset && a.line == b.line && a.col == b.col; }

static bool is_declared_by(int kind) { return kind == TOK_CONST || kind == TOK_VAR || kind == TOK_TYPE || kind == TOK_FUNC; }

// A group at the margin, directly above the next token, tells of what is
// declared there. In a script it may also stand above a statement, and is then
// left as it is. What stands above an import may be C.
static bool is_doc(Printer *p, const CommentGroup *g, Place next, int kind) {
    const Comment *list = &p->f->comments.at[g->first];
    if (p->f->file->is_script ? !is_declared_by(kind) : kind == TOK_IMPORT) return false;
    return format_place(p->f, list[0].pos).col == 1 && same_place(format_place(p->f, comment_end(&list[g->n - 1]) + 1), next);
}

static const Comment *write_group(Printer *p, const Comment *list, uint32_t n, Place next, const Comment *prev, int kind) {
    for (uint32_t i = 0; i < n; i++) {
        write_prefix(p, format_place(p->f, list[i].pos), next, prev, kind);
        write_comment(p, &list[i]);
        prev = &list[i];
    }
    return prev;
}

// The canonical form of a group: all of it is said to stand where the group
// begins. NULL: nothing is left of it.
static const Comment *write_doc(Printer *p, const CommentGroup *g, Place next, const Comment *prev, int kind) {
    const Comment *list = &p->f->comments.at[g->first];
    StrList lines = {0};
    if (!format_doc_comment(list, g->n, &lines)) return write_group(p, list, g->n, next, prev, kind);
    if (!lines.len) return NULL;
    Comment *made = ARENA_ARRAY(Comment, lines.len);
    for (uint32_t i = 0; i < lines.len; i++) made[i] = (Comment){list[0].pos, lines.at[i]};
    write_group(p, made, lines.len, next, prev, kind);
    const Comment *last = &list[g->n - 1];
    p->pos = p->last = format_place(p->f, comment_end(last));
    return last;
}

// The comments before the next token, among the blanks that are due.
Broke put_comments(Printer *p, Place next, int kind) {
    const Comment *last = NULL;
    while (comment_before(p, next)) {
        const CommentGroup *g = p->group;
        const Comment *list = &p->f->comments.at[g->first];
        if (!is_doc(p, g, next, kind)) {
            last = write_group(p, list, g->n, next, last, kind);
        } else {
            const Comment *written = write_doc(p, g, next, last, kind);
            if (!written) {
                write_prefix(p, format_place(p->f, list[0].pos), next, last, kind);
                p->pos = p->last = next;
                find_comment(p);
                return write_suffix(p, false);
            }
            last = written;
        }
        find_comment(p);
    }
    return write_behind(p, last, format_line(p->f, last->pos), next, kind);
}
