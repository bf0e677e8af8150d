// SPDX-License-Identifier: MIT
// source.c: positions and diagnostics.
#include "compiler/source.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_LINE = 24 }; // bytes

typedef struct LineDirective { // text from offset on counts as file:line
    uint32_t offset, at_line;
    Str file;
    int line, col;
} LineDirective;

typedef struct FileEntry {
    SourceFile file;
    uint32_t lines_cap;
    VEC(LineDirective) directives;
} FileEntry;

typedef struct Files {
    VEC(FileEntry *) list;
    Pos next;
    FileEntry *last; // where the last position was found: the next is mostly near
    uint32_t last_line;
} Files;

static Files *all_files(void) {
    Files *f = *arena_root(ROOT_SOURCES);
    if (!f) {
        *arena_root(ROOT_SOURCES) = f = ARENA_NEW(Files);
        f->next = 1;
    }
    return f;
}

static void add_line(FileEntry *e, const char *begin) {
    SourceFile *f = &e->file;
    if (f->nlines == e->lines_cap) vec_grow((void **)&f->lines, &e->lines_cap, sizeof *f->lines);
    f->lines[f->nlines++] = (uint32_t)(begin - f->text.ptr);
}

SourceFile *source_add(Str path, Str text) {
    Files *fs = all_files();
    FileEntry *e = ARENA_NEW(FileEntry);
    e->file = (SourceFile){.path = path, .text = text, .base = fs->next};
    fs->next += (Pos)text.len + 1;
    e->lines_cap = (uint32_t)(text.len / USUAL_LINE) + 2;
    e->file.lines = ARENA_ARRAY(uint32_t, e->lines_cap);
    const char *end = text.ptr + text.len;
    add_line(e, text.ptr);
    for (const char *p = text.ptr; p < end && (p = memchr(p, '\n', (size_t)(end - p)));) add_line(e, ++p);
    VEC_PUSH(&fs->list, e);
    return &e->file;
}

static uint32_t line_of(const SourceFile *f, uint32_t offset) { // 0-based
    uint32_t lo = 0, hi = f->nlines;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->lines[mid] <= offset) lo = mid;
        else hi = mid;
    }
    return lo;
}

enum { NEAR = 12 }; // lines

// The same, where it probably is a few lines before or behind another.
static uint32_t line_near(const SourceFile *f, uint32_t line, uint32_t offset) {
    const uint32_t *lines = f->lines;
    if (line > f->nlines || line < NEAR || f->nlines - line <= NEAR || lines[line - NEAR] > offset || lines[line + NEAR] <= offset) return line_of(f, offset);
    while (lines[line] > offset) line--;
    while (lines[line + 1] <= offset) line++;
    return line;
}

void source_line_directive(SourceFile *f, uint32_t offset, Str file, int line, int col) {
    FileEntry *e = (FileEntry *)f;
    if (e->directives.len && e->directives.at[e->directives.len - 1].offset >= offset) return; // scanned twice
    if (!file.len && !col) file = (Str){"??", 2}; // as Go has it; with a column the file stays
    else if (!file.len) file = e->directives.len ? e->directives.at[e->directives.len - 1].file : f->path;
    LineDirective d = {offset, 0, file, line, col};
    VEC_PUSH(&e->directives, d);
}

static FileEntry *entry_of(Pos pos) {
    Files *fs = all_files();
    uint32_t lo = 0, hi = fs->list.len;
    if (!pos || !hi || pos >= fs->next) return NULL;
    if (fs->last && pos - fs->last->file.base <= (Pos)fs->last->file.text.len) return fs->last;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (fs->list.at[mid]->file.base <= pos) lo = mid;
        else hi = mid;
    }
    FileEntry *e = fs->list.at[lo];
    if (pos - e->file.base > (Pos)e->file.text.len) return NULL; // its file is gone
    return fs->last = e;
}

// --- collections of a session

void source_collect_begin(void) {
    Files *fs = all_files();
    fs->last = NULL;
    arena_weak(fs->list.at, fs->list.len * sizeof *fs->list.at);
}

void source_keep(Pos pos) {
    const FileEntry *e = entry_of(pos);
    if (e) arena_keep(e);
}

void source_sweep(void) {
    Files *fs = all_files();
    uint32_t n = 0;
    for (uint32_t i = 0; i < fs->list.len; i++)
        if (arena_is_alive(fs->list.at[i])) fs->list.at[n++] = fs->list.at[i];
    while (fs->list.len > n) fs->list.at[--fs->list.len] = NULL;
    fs->last = NULL;
    fs->last_line = 0;
}

const SourceFile *source_file_of(Pos pos) {
    const FileEntry *e = entry_of(pos);
    return e ? &e->file : NULL;
}

// The place in the file itself, directives left out of account.
static Location physical(Pos pos) {
    FileEntry *e = entry_of(pos);
    if (!e) return (Location){NULL, 0, 0};
    SourceFile *f = &e->file;
    uint32_t off = pos - f->base, line = line_near(f, all_files()->last_line, off);
    all_files()->last_line = line;
    return (Location){f, (int)line + 1, (int)(off - f->lines[line]) + 1};
}

static const LineDirective *directive_at(Pos pos) {
    FileEntry *e = entry_of(pos);
    const LineDirective *d = NULL;
    if (!e) return NULL;
    for (uint32_t i = 0; i < e->directives.len && e->directives.at[i].offset <= pos - e->file.base; i++) d = &e->directives.at[i];
    return d;
}

Location source_locate(Pos pos) {
    Location l = physical(pos);
    const LineDirective *d = l.file ? directive_at(pos) : NULL;
    if (d) {
        int at = (int)line_of(l.file, d->offset) + 1;
        if (d->col && at == l.line) l.col = d->col + (int)(pos - l.file->base - d->offset);
        l.line = d->line + (l.line - at);
    }
    return l;
}

void source_expect_line(uint32_t line) { all_files()->last_line = line; }

uint32_t source_line(Pos pos, Pos *from, Pos *to) {
    FileEntry *e = entry_of(pos);
    if (e && !e->directives.len) { // the line of the last position, or the next one
        const SourceFile *f = &e->file;
        uint32_t *at = &all_files()->last_line, off = pos - f->base;
        *at = line_near(f, *at, off);
        *from = f->base + f->lines[*at];
        *to = f->base + (*at + 1 < f->nlines ? f->lines[*at + 1] : (Pos)f->text.len + 1);
        return *at + 1;
    }
    *from = *to = pos;
    return (uint32_t)source_locate(pos).line;
}

static Str path_at(Pos pos, const Location *l) {
    const LineDirective *d = directive_at(pos);
    return d ? d->file : l->file->path;
}

bool source_moved(Pos pos, Str *path) {
    const FileEntry *e = entry_of(pos);
    if (!e || !e->directives.len) return false;
    const LineDirective *d = directive_at(pos);
    *path = d ? d->file : e->file.path;
    return true;
}

// --- diagnostics

typedef struct Note { Pos pos; char *text; struct Note *next; } Note;
typedef struct Diagnostic {
    Pos pos, end;
    char *text;
    bool warning;
    uint32_t order;
    Note *notes, **last_note;
} Diagnostic;

enum { ERRORS_PER_FILE = 10, SHOWN_WIDTH = 160 };

static VEC(Diagnostic) diagnostics;
static int nerrors, nsyntax;
static Pos forced;
static bool show_all, in_color, dropped; // dropped: the last message was; so are its notes

void source_reset_errors(bool all_errors, bool color) {
    diagnostics.len = 0;
    nerrors = nsyntax = 0;
    show_all = all_errors;
    in_color = color;
}

void source_forget(void) {
    diagnostics.at = NULL;
    diagnostics.len = diagnostics.cap = 0;
    nerrors = 0;
}

static char *format(const char *fmt, va_list ap) {
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    char *s = arena_alloc((size_t)n + 1);
    vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(again);
    return s;
}

// A message about an invalid type follows from an error reported before.
static bool is_consequence(const char *text) { return nerrors && strstr(text, "invalid type") > text; }

static void add(Pos pos, Pos end, bool warning, char *text) {
    dropped = is_consequence(text);
    if (dropped) return;
    if (forced && !warning) pos = end = forced;
    nsyntax += strncmp(text, "syntax error", 12) == 0;
    Diagnostic d = {pos, end, text, warning, diagnostics.len, NULL, NULL};
    VEC_PUSH(&diagnostics, d);
    nerrors += !warning;
}

void source_error(Pos pos, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    add(pos, pos, false, format(fmt, ap));
    va_end(ap);
}

void source_error_span(Pos pos, Pos end, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    add(pos, end, false, format(fmt, ap));
    va_end(ap);
}

void source_warning(Pos pos, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    add(pos, pos, true, format(fmt, ap));
    va_end(ap);
}

void source_note(Pos pos, const char *fmt, ...) {
    if (!diagnostics.len || dropped) return;
    va_list ap;
    va_start(ap, fmt);
    char *text = format(fmt, ap);
    va_end(ap);
    Note **p = &diagnostics.at[diagnostics.len - 1].notes;
    for (; *p; p = &(*p)->next)
        if ((*p)->pos == pos && strcmp((*p)->text, text) == 0) return; // said
    Note *n = *p = ARENA_NEW(Note);
    n->pos = pos;
    n->text = text;
}

void source_force_pos(Pos pos) { forced = pos; }
int source_error_count(void) { return nerrors; }

bool source_error_between(Pos from, Pos to) {
    for (uint32_t i = 0; i < diagnostics.len; i++)
        if (!diagnostics.at[i].warning && diagnostics.at[i].pos >= from && diagnostics.at[i].pos < to) return true;
    return false;
}

int source_syntax_error_count(void) { return nsyntax; }

static int by_place(const void *a, const void *b) {
    const Diagnostic *x = a, *y = b;
    Location lx = physical(x->pos), ly = physical(y->pos);
    if (lx.file != ly.file) return !lx.file ? -1 : !ly.file ? 1 : lx.file->base < ly.file->base ? -1 : 1;
    if (lx.line != ly.line) return lx.line < ly.line ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static void put_place(FILE *to, Pos pos) {
    Location l = source_locate(pos);
    if (!l.file) return;
    Str path = path_at(pos, &l);
    fprintf(to, "%.*s:%d:%d: ", (int)path.len, path.ptr, l.line, l.col);
}

// Where the name or literal that begins at p ends; p itself when none does.
static const char *word_end(const char *p, const char *end) {
    if (p < end && (*p == '"' || *p == '`' || *p == '\'')) {
        const char *q = p + 1;
        while (q < end && *q != *p) q += *q == '\\' && *p != '`' && q + 1 < end ? 2 : 1;
        return q < end ? q + 1 : end;
    }
    while (p < end && (*p == '_' || isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80)) p++;
    return p;
}

static void put_marks(FILE *to, const char *begin, const char *at, const char *to_mark) {
    fputs("\n    ", to);
    for (const char *p = begin; p < at; p++)
        if (*p == '\t') fputc('\t', to);
        else if (((unsigned char)*p & 0xc0) != 0x80) fputc(' ', to);
    fputs(in_color ? "\033[1;32m^" : "^", to);
    for (const char *p = at + 1; p < to_mark; p++)
        if (((unsigned char)*p & 0xc0) != 0x80) fputc('~', to);
    fputs(in_color ? "\033[0m\n" : "\n", to);
}

// The source line, a caret below the column, and a line below what is meant, to
// its end or that of the line. Long lines are cut around it.
static void put_line(FILE *to, Pos pos, Pos mark_to) {
    Location l = physical(pos);
    if (!l.file || !l.file->nlines) return;
    const char *text = l.file->text.ptr, *begin = text + l.file->lines[l.line - 1], *limit = text + l.file->text.len;
    const char *end = memchr(begin, '\n', (size_t)(limit - begin));
    if (!end) end = limit;
    if (end > begin && end[-1] == '\r') end--;
    const char *at = begin + l.col - 1;
    if (at > end) at = end;
    if (end - begin > SHOWN_WIDTH) {
        if (at - begin > SHOWN_WIDTH / 2) begin = at - SHOWN_WIDTH / 2;
        while (begin < at && ((unsigned char)*begin & 0xc0) == 0x80) begin++;
        if (end - begin > SHOWN_WIDTH) end = begin + SHOWN_WIDTH;
    }
    const char *to_mark = mark_to > pos ? at + (mark_to - pos) : word_end(at, end);
    fputs("    ", to);
    for (const char *p = begin; p < end; p++) fputc((unsigned char)*p < 0x20 && *p != '\t' ? ' ' : *p, to);
    put_marks(to, begin, at, to_mark < end ? to_mark : end);
}

static void put_diagnostic(FILE *to, const Diagnostic *d) {
    if (in_color) fputs("\033[1m", to);
    put_place(to, d->pos);
    if (in_color) fputs(d->warning ? "\033[33m" : "\033[31m", to);
    if (d->warning) fputs("warning: ", to);
    fprintf(to, "%s%s\n", d->text, in_color ? "\033[0m" : "");
    put_line(to, d->pos, d->end);
    for (Note *n = d->notes; n; n = n->next) {
        fputs("\t", to);
        put_place(to, n->pos);
        fprintf(to, "%s\n", n->text);
    }
}

void source_print_errors(FILE *to) {
    if (!diagnostics.len) return;
    qsort(diagnostics.at, diagnostics.len, sizeof(Diagnostic), by_place);
    const SourceFile *file = NULL;
    int in_file = 0, last_line = 0;
    for (uint32_t i = 0; i < diagnostics.len; i++) {
        Diagnostic *d = &diagnostics.at[i];
        Location l = physical(d->pos);
        if (i == 0 || l.file != file) in_file = last_line = 0;
        file = l.file;
        if (l.file && l.line == last_line) continue;
        last_line = l.line;
        if (!show_all && in_file == ERRORS_PER_FILE) {
            fputs("too many errors\n", to);
            in_file++;
            continue;
        }
        if (!show_all && in_file > ERRORS_PER_FILE) continue;
        in_file++;
        put_diagnostic(to, d);
    }
    diagnostics.len = 0;
}
