// SPDX-License-Identifier: MIT
// format_doc.c: the canonical form of comments above declarations.
//
// Such a comment is a text of paragraphs, headings, lists and code: code and
// lists are indented, what is between empty lines or indented lines is one block.
// Blocks get an empty line between them, code a tab, list items their marks; the
// addresses of links go to the end, those that nothing refers to behind the
// others, and behind all that the directives such as //go:noinline.
#define _GNU_SOURCE
#include "compiler/format_impl.h"

#include <string.h>

#include "compiler/unicode_names.h"
#include "runtime/utf8.h"

typedef enum BlockKind { BLOCK_CODE, BLOCK_HEADING, BLOCK_LIST, BLOCK_OLD_HEADING, BLOCK_PARA } BlockKind;

typedef struct Block { uint32_t start, end; BlockKind kind; } Block; // of lines

typedef struct Link { Str text, url; bool used; } Link;

typedef struct Paragraph { Str text; } Paragraph;

typedef struct ListItem {
    Str number;
    VEC(Str) paragraphs;
} ListItem;

typedef VEC(ListItem) ItemList;

typedef struct Content { // a block as it is printed
    BlockKind kind;
    Str text;             // paragraph, heading
    uint32_t start, end;  // code: the lines
    ItemList items;
    bool blank_before, blank_between;
} Content;

typedef struct Doc {
    StrList lines;
    VEC(Block) blocks;
    VEC(Content) contents;
    VEC(Link) links;
    Bytes out;
} Doc;

// --- lines

static bool starts_with(Str s, const char *with) {
    int64_t n = (int64_t)strlen(with);
    return s.len >= n && memcmp(s.ptr, with, (size_t)n) == 0;
}

static bool ends_with(Str s, char c) { return s.len > 0 && s.ptr[s.len - 1] == c; }
static bool same(Str a, Str b) { return a.len == b.len && memcmp(a.ptr, b.ptr, (size_t)a.len) == 0; }
static bool indented(Str s) { return s.len > 0 && (*s.ptr == ' ' || *s.ptr == '\t'); }
static Str from(Str s, int64_t n) { return (Str){s.ptr + n, s.len - n}; }

static Str leading_space(Str s) {
    int64_t n = 0;
    while (n < s.len && (s.ptr[n] == ' ' || s.ptr[n] == '\t')) n++;
    return (Str){s.ptr, n};
}

static Str common(Str a, Str b) {
    int64_t n = 0;
    while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n]) n++;
    return (Str){a.ptr, n};
}

static void trim_empty(StrList *l) {
    while (l->len && !l->at[0].len) {
        l->at++;
        l->len--;
        l->cap--;
    }
    while (l->len && !l->at[l->len - 1].len) l->len--;
}

// Lines without what all of them are indented by, and without empty ones around.
static StrList unindented(const Str *lines, uint32_t n) {
    StrList l = {0};
    for (uint32_t i = 0; i < n; i++) VEC_PUSH(&l, lines[i]);
    trim_empty(&l);
    if (!l.len) return l;
    Str prefix = leading_space(l.at[0]);
    for (uint32_t i = 1; i < l.len; i++)
        if (l.at[i].len) prefix = common(prefix, leading_space(l.at[i]));
    for (uint32_t i = 0; i < l.len; i++) {
        Str s = l.at[i];
        if (s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, (size_t)prefix.len) == 0) s = from(s, prefix.len);
        if (!trim_space(s).len) s.len = 0;
        l.at[i] = s;
    }
    trim_empty(&l);
    return l;
}

// --- what a line is

// A mark at the beginning of a list item: *number is empty for a bullet.
static bool list_marker(Str line, Str *number, Str *rest) {
    line = trim_space(line);
    if (!line.len) return false;
    int32_t r;
    int64_t n = utf8_decode(line.ptr, line.len, &r);
    *number = (Str){line.ptr, 0};
    if (r >= '0' && r <= '9') {
        while (n < line.len && line.ptr[n] >= '0' && line.ptr[n] <= '9') n++;
        if (n >= line.len || (line.ptr[n] != '.' && line.ptr[n] != ')')) return false;
        number->len = n++;
    } else if (r != 0x2022 && r != '*' && r != '+' && r != '-') {
        return false;
    }
    *rest = from(line, n);
    return indented(*rest) && trim_space(*rest).len;
}

static bool is_list(Str line) {
    Str number, rest;
    return list_marker(line, &number, &rest);
}

static bool is_heading(Str s) {
    Str t = trim_space(s);
    return s.len >= 2 && s.ptr[0] == '#' && (s.ptr[1] == ' ' || s.ptr[1] == '\t') && t.len > 1;
}

static bool is_letter(int32_t r) { return r < 0x80 ? (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') : unicode_name_letter(r); }
static bool is_digit(int32_t r) { return r < 0x80 ? r >= '0' && r <= '9' : unicode_name_digit(r); }
static bool is_upper(int32_t r) { return r < 0x80 ? r >= 'A' && r <= 'Z' : unicode_upper_case(r); }

static int32_t last_rune(Str s) {
    int64_t i = s.len - 1;
    int32_t r;
    while (i > 0 && s.len - i < UTF8_MAX && ((unsigned char)s.ptr[i] & 0xc0) == 0x80) i--;
    utf8_decode(s.ptr + i, s.len - i, &r);
    return r;
}

static bool has_sign(Str s) { // of those that do not stand in headings
    if (memmem(s.ptr, (size_t)s.len, "\u00b0", 2) || memmem(s.ptr, (size_t)s.len, "\u00a7", 2)) return true;
    for (int64_t i = 0; i < s.len; i++)
        if (strchr(";:!?+*/=[]{}_^&~%#@<\">\\", s.ptr[i])) return true;
    return false;
}

// An apostrophe only as in "John's", a dot only within a word.
static bool has_stray_mark(Str s) {
    for (int64_t i = 0; i < s.len; i++) {
        Str rest = from(s, i + 1);
        if (s.ptr[i] == '\'' && !(rest.len == 1 && *rest.ptr == 's') && !starts_with(rest, "s ")) return true;
        if (s.ptr[i] == '.' && (!rest.len || *rest.ptr == ' ')) return true;
    }
    return false;
}

// A heading without a mark: a line between empty ones, with text below, that looks like one.
static bool is_old_heading(const StrList *all, uint32_t i) {
    if (i == 0 || all->at[i - 1].len || i + 2 >= all->len || all->at[i + 1].len || leading_space(all->at[i + 2]).len) return false;
    Str s = trim_space(all->at[i]);
    int32_t r;
    utf8_decode(s.ptr, s.len, &r);
    if (!is_letter(r) || !is_upper(r)) return false;
    r = last_rune(s);
    return (is_letter(r) || is_digit(r)) && !has_sign(s) && !has_stray_mark(s);
}

// --- blocks

// Code and lists that somebody forgot to indent: lines before this one count as indented.
typedef struct Reader { const StrList *lines; uint32_t forced; } Reader;

static bool is_indented(const Reader *r, uint32_t i) { return i < r->forced || indented(r->lines->at[i]); }

static Block indented_block(const Reader *r, uint32_t start, uint32_t *next) {
    const Str *l = r->lines->at;
    uint32_t n = r->lines->len, i = start + 1, end;
    bool loose_list = is_list(l[start]) && start < r->forced;
    for (; i < n && (!l[i].len || is_indented(r, i) || (loose_list && is_list(l[i]))); i++)
        if (!l[i].len) loose_list = false;
    for (end = i; end > start && !l[end - 1].len; end--) {}
    if (end < n && starts_with(l[end], "}")) end++;
    *next = end;
    return (Block){start, end, is_list(l[start]) ? BLOCK_LIST : BLOCK_CODE};
}

static Block plain_block(Reader *r, uint32_t start) {
    const Str *l = r->lines->at;
    uint32_t n = r->lines->len, i = start + 1;
    while (i < n && l[i].len && !indented(l[i])) i++;
    uint32_t end = i;
    if (i < n && l[i].len && !is_list(l[i])) { // the last lines may belong to what is indented below
        if (is_list(l[i - 1])) {
            r->forced = end--;
            while (end > start && is_list(l[end - 1])) end--;
        } else if (ends_with(l[i - 1], '{') || ends_with(l[i - 1], '\\')) {
            r->forced = end--;
        }
    }
    bool one = end - start == 1;
    BlockKind kind = one && is_heading(l[start]) ? BLOCK_HEADING : one && is_old_heading(r->lines, start) ? BLOCK_OLD_HEADING : BLOCK_PARA;
    return (Block){start, end, kind};
}

static void find_blocks(Doc *d) {
    Reader r = {&d->lines, 0};
    uint32_t n = d->lines.len;
    for (uint32_t i = 0;;) {
        while (i < n && !d->lines.at[i].len) i++;
        if (i >= n) return;
        Block b;
        if (is_indented(&r, i)) {
            b = indented_block(&r, i, &i);
        } else {
            b = plain_block(&r, i);
            if (b.start == b.end) continue; // all of it is indented after all
            i = b.end;
        }
        VEC_PUSH(&d->blocks, b);
    }
}

// --- links

static bool is_scheme(Str s) {
    static const char *const schemes[] = {"file", "ftp", "gopher", "http", "https", "mailto", "nntp"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if ((int64_t)strlen(schemes[i]) == s.len && starts_with(s, schemes[i])) return true;
    return false;
}

// [text]: address
static bool link_line(Str s, Link *link) {
    if (!starts_with(s, "[")) return false;
    const char *close = memmem(s.ptr, (size_t)s.len, "]:", 2);
    if (!close) return false;
    int64_t i = close - s.ptr;
    if (i + 3 >= s.len || (s.ptr[i + 2] != ' ' && s.ptr[i + 2] != '\t')) return false;
    Str url = trim_space(from(s, i + 3));
    const char *sep = memmem(url.ptr, (size_t)url.len, "://", 3);
    if (!sep || !is_scheme((Str){url.ptr, sep - url.ptr})) return false;
    *link = (Link){{s.ptr + 1, i - 1}, url, false};
    return true;
}

// Joins the lines of a paragraph; false when they are links, which are kept.
static bool paragraph(Doc *d, const Str *lines, uint32_t n, Str *text) {
    Link link;
    uint32_t links = 0;
    while (links < n && link_line(lines[links], &link)) links++;
    if (links == n) {
        for (uint32_t i = 0; i < n; i++) {
            link_line(lines[i], &link);
            VEC_PUSH(&d->links, link);
        }
        return false;
    }
    Bytes b = {0};
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0) bytes_add_char(&b, '\n');
        bytes_add_str(&b, lines[i]);
    }
    *text = (Str){b.at, b.len};
    return true;
}

static Link *find_link(Doc *d, Str text) {
    for (uint32_t i = 0; i < d->links.len; i++)
        if (same(d->links.at[i].text, text)) return &d->links.at[i];
    return NULL;
}

// --- contents

static void end_item(Doc *d, ItemList *items, StrList *text) {
    Str s;
    if (items->len && paragraph(d, text->at, text->len, &s)) VEC_PUSH(&items->at[items->len - 1].paragraphs, s);
    text->len = 0;
}

static Content list_content(Doc *d, const Block *b, bool blank_before) {
    Content c = {.kind = BLOCK_LIST, .blank_before = blank_before};
    Str first, number, rest;
    StrList text = {0};
    list_marker(d->lines.at[b->start], &first, &rest);
    for (uint32_t i = b->start; i < b->end; i++) {
        Str line = d->lines.at[i];
        if (list_marker(line, &number, &rest) && !number.len == !first.len) {
            end_item(d, &c.items, &text);
            ListItem item = {.number = number};
            VEC_PUSH(&c.items, item);
            line = rest;
        }
        line = trim_space(line);
        if (line.len) {
            VEC_PUSH(&text, line);
            continue;
        }
        c.blank_between = true;
        end_item(d, &c.items, &text);
    }
    end_item(d, &c.items, &text);
    for (uint32_t i = 0; i < c.items.len; i++)
        if (c.items.at[i].paragraphs.len != 1) c.blank_between = true;
    c.blank_before |= c.blank_between;
    return c;
}

static void find_contents(Doc *d) {
    uint32_t prev_end = 0;
    for (uint32_t i = 0; i < d->blocks.len; i++) {
        const Block *b = &d->blocks.at[i];
        Content c = {.kind = b->kind, .start = b->start, .end = b->end, .blank_before = true};
        bool there = true;
        Str line = d->lines.at[b->start];
        switch (b->kind) {
        case BLOCK_LIST: c = list_content(d, b, prev_end < b->start); break;
        case BLOCK_HEADING: c.text = trim_space(from(line, 1)); break;
        case BLOCK_OLD_HEADING: c.text = trim_space(line); break;
        case BLOCK_PARA: there = paragraph(d, d->lines.at + b->start, b->end - b->start, &c.text); break;
        case BLOCK_CODE: break;
        }
        if (there) VEC_PUSH(&d->contents, c);
        prev_end = b->end;
    }
}

// --- text

static bool is_host(char c) { return is_letter((unsigned char)c) || is_digit((unsigned char)c) || (c && strchr("_@-.[]:", c)); }
static bool is_punct(char c) { return c && strchr(".,:;?!", c); }
static bool is_path(char c) { return is_letter((unsigned char)c) || is_digit((unsigned char)c) || (c && strchr("$'()*+&#=@~_/-[]{}%", c)); }

// Brackets in the path of an address must match; marks at its end are the sentence's.
static int64_t url_path_end(Str s, int64_t i) {
    Bytes open = {0};
    int64_t end = i;
    for (; i < s.len; i++) {
        char c = s.ptr[i];
        if (is_punct(c)) continue;
        if (!is_path(c)) break;
        if (c == '(' || c == '[' || c == '{') bytes_add_char(&open, c == '(' ? ')' : c == '[' ? ']' : '}');
        if ((c == ')' || c == ']' || c == '}') && (!open.len || open.at[--open.len] != c)) break;
        if (!open.len) end = i + 1;
    }
    return end;
}

// The length of the address that s begins with, or 0.
static int64_t url_at(Str s) {
    int64_t i = 3;
    if (s.len < 7) return 0;
    while (i < 7 && s.ptr[i] != ':') i++;
    if (i == 7 || !starts_with(from(s, i), "://") || !is_scheme((Str){s.ptr, i})) return 0;
    i += 3;
    if (i >= s.len || (unsigned char)s.ptr[i] >= 0x80 || !is_host(s.ptr[i]) || is_punct(s.ptr[i])) return 0;
    int64_t end = ++i;
    for (; i < s.len && (unsigned char)s.ptr[i] < 0x80 && is_host(s.ptr[i]); i++)
        if (!is_punct(s.ptr[i])) end = i + 1;
    return url_path_end(s, end);
}

static int64_t word_at(Str s) {
    int64_t n = 0;
    while (n < s.len) {
        int32_t r;
        int64_t w = utf8_decode(s.ptr + n, s.len - n, &r);
        if (!is_letter(r) && !(r < 0x80 && (r == '_' || (n > 0 && is_digit(r))))) break;
        n += w;
    }
    return n;
}

// Two backquotes or apostrophes are quotation marks, but for three backquotes and
// what is part of an address.
static void add_plain(Doc *d, Str s, Str indent, bool urls) {
    for (int64_t i = 0; i < s.len;) {
        Str t = from(s, i);
        int64_t n = urls ? url_at(t) : 0;
        if (!n && urls) n = word_at(t);
        if (!n && starts_with(t, "```"))
            for (n = 3; n < t.len && t.ptr[n] == '`'; n++) {}
        if (!n && (starts_with(t, "``") || starts_with(t, "''"))) {
            bytes_add(&d->out, *t.ptr == '`' ? "\u201c" : "\u201d", 3);
            i += 2;
            continue;
        }
        if (!n) n = 1;
        for (int64_t k = 0; k < n; k++) {
            bytes_add_char(&d->out, t.ptr[k]);
            if (t.ptr[k] == '\n') bytes_add_str(&d->out, indent);
        }
        i += n;
    }
}

// Text in brackets that a link is given for refers to it.
static void add_text(Doc *d, Str s, Str indent) {
    Bytes name = {0};
    int64_t open = -1, done = 0;
    for (int64_t i = 0; i < s.len; i++) {
        char c = s.ptr[i] == '\n' || s.ptr[i] == '\t' ? ' ' : s.ptr[i];
        if (c == '[') {
            open = i;
            continue;
        }
        if (c != ']') {
            if (open >= 0) bytes_add_char(&name, c);
            continue;
        }
        Link *link = open >= 0 ? find_link(d, (Str){name.at, name.len}) : NULL;
        if (link) {
            link->used = true;
            add_plain(d, (Str){s.ptr + done, open - done}, indent, true);
            bytes_add_char(&d->out, '[');
            add_plain(d, (Str){s.ptr + open + 1, i - open - 1}, indent, false);
            bytes_add_char(&d->out, ']');
            done = i + 1;
        }
        open = -1;
        name.len = 0;
    }
    add_plain(d, from(s, done), indent, true);
}

static void add_code(Doc *d, const Content *c) {
    StrList l = unindented(d->lines.at + c->start, c->end - c->start);
    for (uint32_t i = 0; i < l.len; i++) {
        if (l.at[i].len) bytes_add_char(&d->out, '\t');
        bytes_add_str(&d->out, l.at[i]);
        bytes_add_char(&d->out, '\n');
    }
}

static void add_list(Doc *d, const Content *c) {
    for (uint32_t i = 0; i < c->items.len; i++) {
        const ListItem *item = &c->items.at[i];
        if (i > 0 && c->blank_between) bytes_add_char(&d->out, '\n');
        bytes_add_char(&d->out, ' ');
        bytes_add_str(&d->out, item->number.len ? item->number : STR(" - "));
        if (item->number.len) bytes_add_str(&d->out, STR(". "));
        for (uint32_t k = 0; k < item->paragraphs.len; k++) {
            if (k > 0) bytes_add_str(&d->out, STR("\n    "));
            add_text(d, item->paragraphs.at[k], STR("    "));
            bytes_add_char(&d->out, '\n');
        }
    }
}

static void add_content(Doc *d, const Content *c) {
    switch (c->kind) {
    case BLOCK_CODE: add_code(d, c); break;
    case BLOCK_LIST: add_list(d, c); break;
    case BLOCK_HEADING: case BLOCK_OLD_HEADING:
        bytes_add_str(&d->out, STR("# "));
        bytes_add_str(&d->out, c->text);
        bytes_add_char(&d->out, '\n');
        break;
    case BLOCK_PARA:
        add_text(d, c->text, STR(""));
        bytes_add_char(&d->out, '\n');
        break;
    }
}

static void add_links(Doc *d, bool used) {
    bool first = true;
    for (uint32_t i = 0; i < d->links.len; i++) {
        const Link *l = &d->links.at[i];
        if (l->used != used) continue;
        bytes_add_str(&d->out, first ? STR("\n[") : STR("["));
        first = false;
        bytes_add_str(&d->out, l->text);
        bytes_add_str(&d->out, STR("]: "));
        bytes_add_str(&d->out, l->url);
        bytes_add_char(&d->out, '\n');
    }
}

StrList split_lines(Str s) {
    StrList list = {0};
    for (;;) {
        const char *nl = memchr(s.ptr, '\n', (size_t)s.len);
        Str line = {s.ptr, nl ? nl - s.ptr : s.len};
        VEC_PUSH(&list, line);
        if (!nl) return list;
        s = from(s, line.len + 1);
    }
}

static Str canonical(Str text) {
    Doc d = {0};
    StrList raw = split_lines(text);
    d.lines = unindented(raw.at, raw.len);
    find_blocks(&d);
    find_contents(&d);
    for (uint32_t i = 0; i < d.contents.len; i++) {
        if (i > 0 && d.contents.at[i].blank_before) bytes_add_char(&d.out, '\n');
        add_content(&d, &d.contents.at[i]);
    }
    add_links(&d, true);
    add_links(&d, false);
    return (Str){d.out.at, d.out.len};
}

// --- comments

static bool is_small(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Of a comment's text behind the "//": is it for a tool?
static bool is_directive(Str s) {
    if (starts_with(s, "line ") || starts_with(s, "extern ") || starts_with(s, "export ")) return true;
    int64_t n = 0;
    while (n < s.len && is_small(s.ptr[n])) n++;
    return n > 0 && n + 1 < s.len && s.ptr[n] == ':' && is_small(s.ptr[n + 1]);
}

// Does a star stand at the beginning of each line?
static bool all_stars(Str s) {
    for (int64_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '\n') continue;
        int64_t k = i + 1;
        while (k < s.len && (s.ptr[k] == ' ' || s.ptr[k] == '\t')) k++;
        if (k < s.len && s.ptr[k] != '*') return false;
    }
    return true;
}

static bool format_block_comment(Str s, StrList *out) {
    if (!memchr(s.ptr, '\n', (size_t)s.len) || all_stars(s)) return false;
    Str text = canonical((Str){s.ptr + 2, s.len - 4});
    Bytes b = {0};
    bytes_add_str(&b, STR("/*\n"));
    bytes_add_str(&b, text);
    bytes_add_str(&b, STR("*/"));
    Str line = {b.at, b.len};
    VEC_PUSH(out, line);
    return true;
}

static void add_comment_line(StrList *out, Str s) {
    Str line = joined(!s.len || *s.ptr == '\t' ? STR("//") : STR("// "), s);
    VEC_PUSH(out, line);
}

bool format_doc_comment(const Comment *list, uint32_t n, StrList *out) {
    if (n == 1 && starts_with(list[0].text, "/*")) return format_block_comment(list[0].text, out);
    Bytes text = {0};
    StrList directives = {0};
    for (uint32_t i = 0; i < n; i++) {
        if (!starts_with(list[i].text, "//")) return false;
        Str s = from(list[i].text, 2);
        if (is_directive(s)) {
            VEC_PUSH(&directives, list[i].text);
            continue;
        }
        bytes_add_str(&text, starts_with(s, " ") ? from(s, 1) : s);
        bytes_add_char(&text, '\n');
    }
    if (!text.len) return false;
    Str s = canonical((Str){text.at, text.len});
    if (s.len) {
        s.len--; // the last line end
        StrList lines = split_lines(s);
        for (uint32_t i = 0; i < lines.len; i++) add_comment_line(out, lines.at[i]);
    }
    if (directives.len) add_comment_line(out, (Str){"", 0});
    for (uint32_t i = 0; i < directives.len; i++) VEC_PUSH(out, directives.at[i]);
    return true;
}
