// SPDX-License-Identifier: MIT
// format_build.c: build constraints, in the head of a file.
//
// What is written of them is taken out and put where they count: behind the
// comments above the package clause that an empty line follows. A //go:build line
// gets canonical form, and the lines of the old form, if there are any, are made
// from it; without one it is made from them.
#define _GNU_SOURCE
#include "compiler/format_impl.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/unicode_names.h"
#include "runtime/utf8.h"

enum { MAX_DEPTH = 1000 };

typedef enum TestKind { TEST_TAG, TEST_NOT, TEST_AND, TEST_OR } TestKind;

typedef struct Test {
    TestKind kind;
    Str tag;
    const struct Test *x, *y;
} Test;

typedef VEC(const Test *) TestList;

static const Test *new_test(TestKind kind, Str tag, const Test *x, const Test *y) {
    Test *t = ARENA_NEW(Test);
    *t = (Test){kind, tag, x, y};
    return t;
}

static const Test *tag_of(Str tag) { return new_test(TEST_TAG, tag, NULL, NULL); }
static const Test *not_of(const Test *x) { return new_test(TEST_NOT, (Str){0}, x, NULL); }
static const Test *both(TestKind kind, const Test *x, const Test *y) { return new_test(kind, (Str){0}, x, y); }

// --- reading

static bool starts_with(Str s, const char *with) { return s.len >= (int64_t)strlen(with) && memcmp(s.ptr, with, strlen(with)) == 0; }
static Str from(Str s, int64_t n) { return (Str){s.ptr + n, s.len - n}; }

// What follows the mark of a constraint, behind a blank or the line's end.
static bool split(Str line, const char *mark, Str *text) {
    if (!starts_with(line, mark)) return false;
    Str rest = from(line, (int64_t)strlen(mark));
    *text = trim_space(rest);
    return text->len != rest.len || !rest.len;
}

static bool split_go(Str line, Str *text) { return starts_with(line, "//go:build") && split(trim_space(line), "//go:build", text); }
static bool split_plus(Str line, Str *text) { return starts_with(line, "//") && split(trim_space(from(line, 2)), "+build", text); }

bool is_go_build(Str line) {
    Str text;
    return split_go(line, &text);
}

bool is_plus_build(Str line) {
    Str text;
    return split_plus(line, &text);
}

static int64_t tag_length(Str s) {
    int64_t n = 0;
    while (n < s.len) {
        int32_t r;
        int64_t w = utf8_decode(s.ptr + n, s.len - n, &r);
        bool ascii = (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') || (r >= '0' && r <= '9') || r == '_' || r == '.';
        if (!ascii && (r < 0x80 || (!unicode_name_letter(r) && !unicode_name_digit(r)))) break;
        n += w;
    }
    return n;
}

typedef struct TestReader { Str rest; int depth; } TestReader;

static bool take(TestReader *r, const char *what) {
    while (r->rest.len && (*r->rest.ptr == ' ' || *r->rest.ptr == '\t')) r->rest = from(r->rest, 1);
    if (!starts_with(r->rest, what)) return false;
    r->rest = from(r->rest, (int64_t)strlen(what));
    return true;
}

static const Test *read_or(TestReader *r);

// NULL: it is none.
static const Test *read_operand(TestReader *r) {
    if (take(r, "(")) {
        const Test *x = r->depth < MAX_DEPTH ? read_or(r) : NULL;
        return x && take(r, ")") ? x : NULL;
    }
    int64_t n = tag_length(r->rest);
    if (!n) return NULL;
    Str tag = {r->rest.ptr, n};
    r->rest = from(r->rest, n);
    return tag_of(tag);
}

static const Test *read_not(TestReader *r) {
    if (!take(r, "!")) return read_operand(r);
    take(r, "");
    const Test *x = read_operand(r);
    return x ? not_of(x) : NULL;
}

static const Test *read_and(TestReader *r) {
    const Test *x = read_not(r), *y;
    while (x && take(r, "&&")) x = (y = read_not(r)) ? both(TEST_AND, x, y) : NULL;
    return x;
}

static const Test *read_or(TestReader *r) {
    r->depth++;
    const Test *x = read_and(r), *y;
    while (x && take(r, "||")) x = (y = read_and(r)) ? both(TEST_OR, x, y) : NULL;
    r->depth--;
    return x;
}

static const Test *read_go(Str text) {
    TestReader r = {text, 0};
    const Test *x = read_or(&r);
    take(&r, "");
    return r.rest.len ? NULL : x;
}

// The old form: words are alternatives, each of tags between commas.
static const Test *read_old_tag(Str s) {
    bool not = starts_with(s, "!");
    if (starts_with(s, "!!") || (not && s.len == 1)) return tag_of(STR("ignore"));
    if (not) s = from(s, 1);
    const Test *x = tag_of(s.len && tag_length(s) == s.len ? s : STR("ignore"));
    return not ? not_of(x) : x;
}

static Str take_until(Str *s, const char *seps) {
    int64_t n = 0;
    while (n < s->len && !strchr(seps, s->ptr[n])) n++;
    Str word = {s->ptr, n};
    *s = from(*s, n);
    return word;
}

static const Test *read_old(Str text) {
    const Test *x = NULL;
    for (;;) {
        text = trim_space(text);
        if (!text.len) return x ? x : tag_of(STR("ignore"));
        Str word = take_until(&text, " \t\v\f\r\n");
        const Test *y = NULL;
        for (bool more = true; more;) {
            const Test *z = read_old_tag(take_until(&word, ","));
            y = y ? both(TEST_AND, y, z) : z;
            more = word.len > 0;
            if (more) word = from(word, 1);
        }
        x = x ? both(TEST_OR, x, y) : y;
    }
}

// --- printing

static void print(Bytes *b, const Test *t);

static void print_within(Bytes *b, const Test *t, bool parens) {
    if (parens) bytes_add_char(b, '(');
    print(b, t);
    if (parens) bytes_add_char(b, ')');
}

static void print(Bytes *b, const Test *t) {
    switch (t->kind) {
    case TEST_TAG: bytes_add_str(b, t->tag); break;
    case TEST_NOT:
        bytes_add_char(b, '!');
        print_within(b, t->x, t->x->kind == TEST_AND || t->x->kind == TEST_OR);
        break;
    case TEST_AND: case TEST_OR: {
        TestKind other = t->kind == TEST_AND ? TEST_OR : TEST_AND;
        print_within(b, t->x, t->x->kind == other);
        bytes_add_str(b, t->kind == TEST_AND ? STR(" && ") : STR(" || "));
        print_within(b, t->y, t->y->kind == other);
        break;
    }
    }
}

static const Test *push_not(const Test *t, bool not) {
    switch (t->kind) {
    case TEST_TAG: return not ? not_of(t) : t;
    case TEST_NOT: return push_not(t->x, !not);
    case TEST_AND: case TEST_OR: break;
    }
    TestKind other = t->kind == TEST_AND ? TEST_OR : TEST_AND;
    return both(not ? other : t->kind, push_not(t->x, not), push_not(t->y, not));
}

static void split_by(TestList *list, TestKind kind, const Test *t) {
    if (t->kind != kind) {
        VEC_PUSH(list, t);
        return;
    }
    split_by(list, kind, t->x);
    split_by(list, kind, t->y);
}

static void print_literals(Bytes *b, const Test *t) {
    TestList lits = {0};
    split_by(&lits, TEST_AND, t);
    for (uint32_t i = 0; i < lits.len; i++) {
        if (i > 0) bytes_add_char(b, ',');
        print(b, lits.at[i]);
    }
}

// Is it alternatives of conjunctions, with no alternatives in those?
static bool is_simple(const TestList *ors) {
    for (uint32_t i = 0; i < ors->len; i++) {
        TestList lits = {0};
        split_by(&lits, TEST_AND, ors->at[i]);
        for (uint32_t k = 0; k < lits.len; k++)
            if (lits.at[k]->kind == TEST_OR) return false;
    }
    return true;
}

static void end_line(Bytes *b) {
    bytes_add_char(b, ESCAPE);
    bytes_add_char(b, '\n');
}

static void print_old_line(Bytes *b, const TestList *ors) {
    bytes_add_char(b, ESCAPE);
    bytes_add_str(b, STR("// +build"));
    for (uint32_t i = 0; i < ors->len; i++) {
        bytes_add_char(b, ' ');
        print_literals(b, ors->at[i]);
    }
    end_line(b);
}

// A line for each condition that all must hold; one line when none has alternatives.
static void print_old(Bytes *b, const Test *t) {
    t = push_not(t, false);
    TestList ands = {0};
    split_by(&ands, TEST_AND, t);
    bool alternatives = false;
    for (uint32_t i = 0; i < ands.len; i++) {
        TestList ors = {0};
        split_by(&ors, TEST_OR, ands.at[i]);
        if (!is_simple(&ors)) {
            bytes_add_char(b, ESCAPE);
            bytes_add_str(b, STR("// +build error: expression too complex for // +build lines"));
            end_line(b);
            return;
        }
        alternatives |= ors.len > 1;
    }
    if (!alternatives) {
        TestList one = {&t, 1, 1};
        print_old_line(b, &one);
        return;
    }
    for (uint32_t i = 0; i < ands.len; i++) {
        TestList ors = {0};
        split_by(&ors, TEST_OR, ands.at[i]);
        print_old_line(b, &ors);
    }
}

// --- the head of the output

static bool is_line_end(char c) { return c == '\n' || c == '\f'; }

static Str line_at(const Bytes *b, uint32_t start) {
    uint32_t end = start;
    while (end < b->len && !is_line_end(b->at[end])) end++;
    if (end < b->len) end++;
    return (Str){b->at + start, end - start};
}

static Str text_at(const Bytes *b, uint32_t start) {
    Str s = line_at(b, start);
    if (s.len && *s.ptr == ESCAPE) s = from(s, 1);
    int64_t n = 0;
    while (n < s.len && s.ptr[n] != ESCAPE && !is_line_end(s.ptr[n])) n++;
    return (Str){s.ptr, n};
}

// Behind the last empty line before something that is no comment.
static uint32_t place_for_lines(const Bytes *b) {
    uint32_t insert = 0;
    for (uint32_t pos = 0;;) {
        bool blank = true;
        while (pos < b->len && (b->at[pos] == ' ' || b->at[pos] == '\t')) pos++;
        if (pos + 3 < b->len && b->at[pos] == ESCAPE && b->at[pos + 1] == '/' && b->at[pos + 2] == '/') {
            blank = false;
            while (pos < b->len && !is_line_end(b->at[pos])) pos++;
        }
        if (pos >= b->len || !is_line_end(b->at[pos])) return insert;
        pos++;
        if (blank) insert = pos;
    }
}

// Adds whole lines without making two empty ones in a row.
static void add_lines(Bytes *b, const char *p, size_t n) {
    bool ends_empty = !b->len || (b->len >= 2 && is_line_end(b->at[b->len - 1]) && is_line_end(b->at[b->len - 2]));
    if (n && is_line_end(*p) && ends_empty) {
        p++;
        n--;
    }
    bytes_add(b, p, n);
}

static const Test *meaning(const Printer *p) {
    const Test *x = NULL;
    Str text;
    if (p->go_build.len == 1) return split_go(text_at(&p->out, p->go_build.at[0]), &text) ? read_go(text) : NULL;
    for (uint32_t i = 0; p->go_build.len == 0 && i < p->plus_build.len; i++) {
        if (!split_plus(text_at(&p->out, p->plus_build.at[i]), &text)) return NULL;
        const Test *y = read_old(text);
        x = x ? both(TEST_AND, x, y) : y;
    }
    return x;
}

static void add_block(const Printer *p, Bytes *b) {
    const Test *x = meaning(p);
    if (!x) {
        for (uint32_t i = 0; i < p->go_build.len; i++) bytes_add_str(b, line_at(&p->out, p->go_build.at[i]));
        for (uint32_t i = 0; i < p->plus_build.len; i++) bytes_add_str(b, line_at(&p->out, p->plus_build.at[i]));
    } else {
        bytes_add_char(b, ESCAPE);
        bytes_add_str(b, STR("//go:build "));
        print(b, x);
        end_line(b);
        if (p->plus_build.len) print_old(b, x);
    }
    bytes_add_char(b, '\n');
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

void fix_build_lines(Printer *p) {
    if (!p->go_build.len && !p->plus_build.len) return;
    uint32_t insert = place_for_lines(&p->out);
    if (p->go_build.len && p->go_build.at[0] < insert) insert = p->go_build.at[0];
    else if (p->plus_build.len && p->plus_build.at[0] < insert) insert = p->plus_build.at[0];
    VEC(uint32_t) gone = {0};
    for (uint32_t i = 0; i < p->go_build.len; i++) VEC_PUSH(&gone, p->go_build.at[i]);
    for (uint32_t i = 0; i < p->plus_build.len; i++) VEC_PUSH(&gone, p->plus_build.at[i]);
    qsort(gone.at, gone.len, sizeof *gone.at, by_number);
    Bytes out = {0}, after = {0};
    bytes_add(&out, p->out.at, insert);
    add_block(p, &out);
    uint32_t start = insert;
    for (uint32_t i = 0; i < gone.len; i++) {
        if (gone.at[i] < start) continue;
        add_lines(&after, p->out.at + start, gone.at[i] - start);
        start = gone.at[i] + (uint32_t)line_at(&p->out, gone.at[i]).len;
    }
    add_lines(&after, p->out.at + start, p->out.len - start);
    if (after.len >= 2 && is_line_end(after.at[after.len - 1]) && is_line_end(after.at[after.len - 2])) after.len--;
    bytes_add(&out, after.at, after.len);
    p->out = out;
}
