// source.h: source files, positions, diagnostics.
//
// A position is a 32-bit number: the file's base plus the byte offset. 0 is no
// position. Diagnostics are collected, sorted by file and line, at most ten a
// file unless all are asked for, and printed with source line, caret and underline:
//   main.csp:12:7: cannot use x.f (variable of type int) as string value in assignment
//       s = x.f
//           ^~~
#ifndef CSP_COMPILER_SOURCE_H
#define CSP_COMPILER_SOURCE_H

#include <stdbool.h>
#include <stdio.h>

#include "compiler/arena.h"

typedef uint32_t Pos;

typedef struct SourceFile {
    Str path;          // as given, for messages
    Str text;          // arena or caller-owned, outlives the compilation; NUL-terminated
    Pos base;          // position of byte 0; base + text.len is the end of file
    uint32_t *lines;   // offsets of line starts
    uint32_t nlines;
    bool is_script;    // no package clause
    bool has_directives; // //go: comments
} SourceFile;

typedef struct Location { const SourceFile *file; int line, col; } Location; // 1-based; col in bytes

SourceFile *source_add(Str path, Str text); // a NUL byte stands behind the text
bool source_moved(Pos pos, Str *path); // is the file one with directives? *path: where pos is said to be
Location source_locate(Pos pos);      // {NULL,0,0} for no position; honours //line directives
const SourceFile *source_file_of(Pos pos); // NULL for no position
// The line number alone, and the extent around pos in which it is the same (from
// to before to).
uint32_t source_line(Pos pos, Pos *from, Pos *to);
void source_expect_line(uint32_t line); // the next positions asked for are probably near
// A //line directive: text from offset on counts as file:line (and col, 0: not given).
void source_line_directive(SourceFile *f, uint32_t offset, Str file, int line, int col);

void source_reset_errors(bool all_errors, bool color); // forgets them; all_errors: more than the first ten of a file are shown
// printf-like; types are given as type_string() has them. Without an end the name
// or literal at pos is underlined.
void source_error(Pos pos, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void source_error_span(Pos pos, Pos end, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
// A note on the error just reported, at another place; pos 0: advice, at none.
void source_note(Pos pos, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void source_warning(Pos pos, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void source_forget(void);             // drops them, and all memory that the arena gave for them
void source_force_pos(Pos pos);     // until it is called with 0, all errors stand there
int source_error_count(void);
bool source_error_between(Pos from, Pos to); // is there an error from from on, before to?
int source_syntax_error_count(void); // those after which a tree is not worth checking
void source_print_errors(FILE *to);   // sorted; one error per line at most; clears them

// Sessions: the table of files in a collection (see arena.h). A file is kept when
// something else refers to it, or for a position in it.
void source_collect_begin(void);
void source_keep(Pos pos);
void source_sweep(void);

#endif
