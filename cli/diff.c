// SPDX-License-Identifier: MIT
// diff.c: differences of two texts, as a unified diff.
//
// The shortest way from one text to the other, by the greedy search of Myers: the
// furthest point on each diagonal that is reached with d changes, for d = 0, 1,
// ... Texts that have hardly anything in common are taken as replaced as a whole,
// so that time and memory stay bounded.
#define _GNU_SOURCE
#include "cli/diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/files.h"

enum { CONTEXT = 3, MOST_CHANGES = 2000 };

typedef struct DiffLine { const char *text; size_t len; } DiffLine;
typedef struct DiffText { DiffLine *at; int n; } DiffText;

typedef struct Edits {  // which lines go, and which come
    const DiffText *a, *b;
    bool *gone, *come;
} Edits;

static DiffText split(const char *p, size_t len) {
    DiffText t = {0};
    int cap = 0;
    for (const char *end = p + len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p)), *next = nl ? nl + 1 : end;
        if (t.n == cap) t.at = files_must(realloc(t.at, (size_t)(cap = cap * 2 + 256) * sizeof *t.at));
        t.at[t.n++] = (DiffLine){p, (size_t)(next - p)};
        p = next;
    }
    return t;
}

static bool same(const Edits *e, int i, int k) {
    const DiffLine *x = &e->a->at[i], *y = &e->b->at[k];
    return x->len == y->len && memcmp(x->text, y->text, x->len) == 0;
}

// --- the search, between the lines that are the same at both ends

typedef struct Search {
    const Edits *e;
    int from, alen, blen; // the lines that differ
    int *rows[MOST_CHANGES + 1]; // of d: the furthest x on the diagonals -d, -d + 2, ... d
} Search;

static int slide(const Search *s, int x, int diagonal) {
    while (x < s->alen && x - diagonal < s->blen && same(s->e, s->from + x, s->from + x - diagonal)) x++;
    return x;
}

static bool goes_down(const int *row, int d, int k) { return k == -d || (k != d && row[(k - 1 + d - 1) / 2] < row[(k + 1 + d - 1) / 2]); }

static int begin_of(const int *row, int d, int k) { return goes_down(row, d, k) ? row[(k + 1 + d - 1) / 2] : row[(k - 1 + d - 1) / 2] + 1; }

// The number of changes, or -1: too many.
static int search(Search *s) {
    for (int d = 0; d <= MOST_CHANGES; d++) {
        int *row = s->rows[d] = files_must(malloc((size_t)(d + 1) * sizeof *row));
        for (int k = -d; k <= d; k += 2) {
            int x = slide(s, d ? begin_of(s->rows[d - 1], d, k) : 0, k);
            row[(k + d) / 2] = x;
            if (x >= s->alen && x - k >= s->blen) return d;
        }
    }
    return -1;
}

static void trace_back(const Search *s, int d) {
    int k = s->alen - s->blen;
    for (; d > 0; d--) {
        const int *row = s->rows[d - 1];
        bool down = goes_down(row, d, k);
        int x = begin_of(row, d, k);
        if (down) s->e->come[s->from + x - k - 1] = true;
        else s->e->gone[s->from + x - 1] = true;
        k += down ? 1 : -1;
    }
}

static void find_edits(Edits *e) {
    int n = e->a->n < e->b->n ? e->a->n : e->b->n, from = 0, behind = 0;
    while (from < n && same(e, from, from)) from++;
    while (behind < n - from && same(e, e->a->n - 1 - behind, e->b->n - 1 - behind)) behind++;
    Search *s = files_must(calloc(1, sizeof *s));
    *s = (Search){.e = e, .from = from, .alen = e->a->n - from - behind, .blen = e->b->n - from - behind};
    int d = search(s);
    if (d >= 0) {
        trace_back(s, d);
    } else {
        for (int i = 0; i < s->alen; i++) e->gone[from + i] = true;
        for (int i = 0; i < s->blen; i++) e->come[from + i] = true;
    }
    for (int i = 0; i <= MOST_CHANGES; i++) free(s->rows[i]);
    free(s);
}

// --- printing

static void print_line(FILE *to, char sign, const DiffLine *l) {
    fputc(sign, to);
    fwrite(l->text, 1, l->len, to);
    if (l->text[l->len - 1] != '\n') fputs("\n\\ No newline at end of file\n", to);
}

// From line i of a and k of b: the next place where one goes or comes.
static void skip_same(const Edits *e, int *i, int *k) {
    while (*i < e->a->n && *k < e->b->n && !e->gone[*i] && !e->come[*k]) {
        ++*i;
        ++*k;
    }
}

static void skip_changes(const Edits *e, int *i, int *k) {
    while (*i < e->a->n && e->gone[*i]) ++*i;
    while (*k < e->b->n && e->come[*k]) ++*k;
}

static void print_hunk(FILE *to, const Edits *e, int i, int i_end, int k, int k_end) {
    fprintf(to, "@@ -%d,%d +%d,%d @@\n", i + (i_end > i), i_end - i, k + (k_end > k), k_end - k);
    while (i < i_end || k < k_end) {
        if (i < i_end && e->gone[i]) {
            print_line(to, '-', &e->a->at[i++]);
        } else if (k < k_end && e->come[k]) {
            print_line(to, '+', &e->b->at[k++]);
        } else {
            print_line(to, ' ', &e->a->at[i++]);
            k++;
        }
    }
}

static void print_edits(FILE *to, const Edits *e) {
    for (int i = 0, k = 0;;) {
        skip_same(e, &i, &k);
        if (i >= e->a->n && k >= e->b->n) return;
        int before = i < CONTEXT ? i : CONTEXT, begin_i = i - before, begin_k = k - before, next_i, next_k;
        do { // changes with little between them are one hunk
            skip_changes(e, &i, &k);
            next_i = i;
            next_k = k;
            skip_same(e, &next_i, &next_k);
            bool more = (next_i < e->a->n || next_k < e->b->n) && next_i - i <= 2 * CONTEXT;
            if (!more) break;
            i = next_i;
            k = next_k;
        } while (true);
        int after = next_i - i < CONTEXT ? next_i - i : CONTEXT;
        print_hunk(to, e, begin_i, i + after, begin_k, k + after);
        i = next_i;
        k = next_k;
    }
}

void diff_print(FILE *to, const char *a, size_t alen, const char *b, size_t blen) {
    DiffText x = split(a, alen), y = split(b, blen);
    Edits e = {&x, &y, files_must(calloc((size_t)x.n + 1, 1)), files_must(calloc((size_t)y.n + 1, 1))};
    find_edits(&e);
    print_edits(to, &e);
    free(e.gone);
    free(e.come);
    free(x.at);
    free(y.at);
}
