// SPDX-License-Identifier: MIT
// format_layout.c: columns, as of elastic tabs.
//
// The writer's lines consist of cells that end with '\t' or '\v'; what follows
// the last of them is no cell. A column is a run of neighbouring lines that have
// a cell in one place; it is as wide as its widest cell and one blank. Columns
// are found from left to right: those further right lie within one on their left.
// A '\f' ends a line and all columns. Empty cells at the beginning of a line are
// its indentation, by tabs; a column of empty cells that end with '\v' is not
// there at all. Text between escapes is taken as it is.
#include "compiler/format_impl.h"

#include <string.h>

enum { TAB_WIDTH = 8, PADDING = 1 };

typedef struct Cell {
    const char *text; // as written, with escapes
    uint32_t size;
    int width;        // in characters
    bool hard;        // ended with '\t'
} Cell;

typedef struct Line { uint32_t first, n; } Line; // of cells; the last is what follows them

typedef struct Layout {
    VEC(Cell) cells;
    VEC(Line) lines;
    VEC(int) widths; // of the columns on the left
    Bytes *out;
    uint32_t solid;  // what is before is no blank at a line end
} Layout;

// --- writing

static void pad(Layout *l, int n, char c) {
    static const char blanks[] = "                                ", tabs[] = "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t";
    while (n > 0) {
        int some = n < 16 ? n : 16;
        bytes_add(l->out, c == ' ' ? blanks : tabs, (size_t)some);
        n -= some;
    }
}

static void write_padding(Layout *l, int text, int cell, bool tabs) {
    if (!tabs) {
        pad(l, cell - text, ' ');
        return;
    }
    cell = (cell + TAB_WIDTH - 1) / TAB_WIDTH * TAB_WIDTH;
    pad(l, (cell - text + TAB_WIDTH - 1) / TAB_WIDTH, '\t');
}

static void write_cell(Layout *l, const Cell *c) {
    const char *p = c->text, *end = p + c->size;
    while (p < end) {
        const char *escape = memchr(p, ESCAPE, (size_t)(end - p));
        size_t n = (size_t)((escape ? escape : end) - p);
        if (n) {
            uint32_t from = l->out->len;
            bytes_add(l->out, p, n);
            while (n > 0 && p[n - 1] == ' ') n--;
            if (n) l->solid = from + (uint32_t)n;
        }
        if (!escape) return;
        p = escape + 1;
        escape = memchr(p, ESCAPE, (size_t)(end - p));
        if (!escape) escape = end;
        bytes_add(l->out, p, (size_t)(escape - p));
        l->solid = l->out->len;
        p = escape < end ? escape + 1 : end;
    }
}

static void write_line(Layout *l, const Line *line) {
    bool leading = true;
    for (uint32_t i = 0; i < line->n; i++) {
        const Cell *c = &l->cells.at[line->first + i];
        if (c->size) {
            leading = false;
            write_cell(l, c);
        }
        if (i < l->widths.len) write_padding(l, c->width, l->widths.at[i], leading);
    }
}

static void end_line(Layout *l) {
    l->out->len = l->solid;
    bytes_add_char(l->out, '\n');
    l->solid = l->out->len;
}

// --- columns

static void write_lines(Layout *l, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        write_line(l, &l->lines.at[i]);
        end_line(l);
    }
}

static bool has_cell(const Layout *l, uint32_t line, uint32_t column) { return column + 1 < l->lines.at[line].n; }

static void write_block(Layout *l, uint32_t from, uint32_t to) {
    uint32_t column = l->widths.len;
    for (uint32_t i = from; i < to; i++) {
        if (!has_cell(l, i, column)) continue;
        write_lines(l, from, i);
        from = i;
        int width = 0;
        bool discard = true;
        for (; i < to && has_cell(l, i, column); i++) {
            const Cell *c = &l->cells.at[l->lines.at[i].first + column];
            if (c->width + PADDING > width) width = c->width + PADDING;
            if (c->width > 0 || c->hard) discard = false;
        }
        VEC_PUSH(&l->widths, discard ? 0 : width);
        write_block(l, from, i);
        l->widths.len--;
        from = i--;
    }
    write_lines(l, from, to);
}

static void flush(Layout *l) {
    write_block(l, 0, l->lines.len);
    l->lines.len = l->cells.len = 0;
}

// --- reading

// Characters of a cell; escapes count as none.
static int width_of(const char *p, const char *end) {
    int n = 0;
    for (; p < end; p++) n += ((unsigned char)*p & 0xc0) != 0x80 && *p != ESCAPE;
    return n;
}

static const char *skip_escaped(const char *p, const char *end) {
    const char *escape = memchr(p + 1, ESCAPE, (size_t)(end - p - 1));
    return escape ? escape : end - 1;
}

void layout(const Bytes *in, Bytes *out) {
    Layout l = {.out = out, .solid = out->len};
    const char *p = in->at, *end = p + in->len, *begin = p;
    uint32_t first = 0;
    for (; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        if (c > '\r' && *p != ESCAPE) continue;
        if (*p == ESCAPE) {
            p = skip_escaped(p, end);
            continue;
        }
        if (c != '\t' && c != '\v' && c != '\n' && c != '\f') continue;
        Cell cell = {begin, (uint32_t)(p - begin), width_of(begin, p), c == '\t'};
        VEC_PUSH(&l.cells, cell);
        begin = p + 1;
        if (c == '\t' || c == '\v') continue;
        Line line = {first, l.cells.len - first};
        VEC_PUSH(&l.lines, line);
        first = l.cells.len;
        if (c == '\f' || line.n == 1) {
            flush(&l);
            first = 0;
        }
    }
    flush(&l);
    if (begin < end) { // no line end
        Cell cell = {begin, (uint32_t)(end - begin), 0, false};
        write_cell(&l, &cell);
        out->len = l.solid;
    }
}
