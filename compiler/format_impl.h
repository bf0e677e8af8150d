// SPDX-License-Identifier: MIT
// format_impl.h: what the parts of the formatter share.
//
// The tree comes from the parser as the checker gets it. What it does not tell
// (brackets, commas, keywords, comments) stands in a table of the file's tokens,
// where it is found by position. The printer walks the tree and hands tokens and
// blanks to the writer (format_print.c), which puts the comments between them;
// the writer's output has columns, which format_layout.c makes even.
#ifndef CSP_COMPILER_FORMAT_IMPL_H
#define CSP_COMPILER_FORMAT_IMPL_H

#include "compiler/ast.h"

enum { NO_TOKEN = 0xff };
enum { FAR_AWAY = 1 << 30 };
#define ESCAPE '\xff' // around text that format_layout.c leaves as it is; no byte of UTF-8

typedef struct Comment {
    Pos pos;
    Str text; // without carriage returns
} Comment;

typedef struct CommentGroup { uint32_t first, n; } CommentGroup; // of Format.comments

typedef struct FormatToken {
    Pos pos, end;
    Pos semi;             // of the semicolon that the line end behind it makes, or 0
    uint32_t match;       // the bracket that belongs to this one
    uint8_t kind;
    bool documented;      // a group of comments ends on the line above
    bool line_commented;  // one follows on its line, and nothing else there
} FormatToken;

typedef struct Place { uint32_t offset; int line, col; } Place; // line 0: none

typedef struct SizeSlot { const void *node; int size; } SizeSlot;

typedef struct Format {
    SourceFile *file;
    FileAst *ast;
    VEC(uint32_t) lines;  // where they begin; those of imports that are left out are not there
    uint32_t line_hint;
    VEC(FormatToken) tokens; // ends with TOK_EOF
    VEC(Comment) comments;
    VEC(CommentGroup) groups;
    SizeSlot *sizes;      // of nodes in one line: an open-addressed table
    uint32_t nsizes, sizes_mask;
} Format;

typedef VEC(char) Bytes;
typedef VEC(Str) StrList;

static inline void bytes_add(Bytes *b, const char *p, size_t n) {
    if (n == 0) return; // p may be NULL
    if (b->len + n > b->cap) {
        uint32_t want = b->cap * 2 + 256;
        while (want < b->len + n) want *= 2;
        vec_grow_to((void **)&b->at, &b->cap, want, 1);
    }
    __builtin_memcpy(b->at + b->len, p, n);
    b->len += (uint32_t)n;
}
static inline void bytes_add_str(Bytes *b, Str s) { bytes_add(b, s.ptr, (size_t)s.len); }
static inline void bytes_add_char(Bytes *b, char c) { bytes_add(b, &c, 1); }
static inline Str joined(Str a, Str b) {
    Bytes j = {0};
    bytes_add(&j, a.ptr, (size_t)a.len);
    bytes_add(&j, b.ptr, (size_t)b.len);
    return (Str){j.at, j.len};
}
#define STR(literal) ((Str){literal, sizeof literal - 1})

// --- format.c
int format_line(Format *f, Pos pos);           // 1-based; 0 for no position
Place format_place(Format *f, Pos pos);
static inline Pos comment_end(const Comment *c) { return c->pos + (Pos)c->text.len; }
uint32_t token_at(const Format *f, Pos pos);   // the last token that begins at or before pos
static inline const FormatToken *format_token(const Format *f, uint32_t i) { return &f->tokens.at[i < f->tokens.len ? i : f->tokens.len - 1]; }
static inline uint32_t token_behind(const Format *f, Pos end) { return token_at(f, end - 1) + 1; } // the one after what ends there
bool has_line_comment(const Format *f, Pos end); // behind what ends there, and its semicolon

// --- format_print.c: the writer

typedef enum Blank { IGNORE = 0, BLANK = ' ', VTAB = '\v', NEWLINE = '\n', FORMFEED = '\f', INDENT = '>', UNINDENT = '<' } Blank;
enum { NO_EXTRA_BLANK = 1, NO_EXTRA_LINEBREAK = 2 }; // Printer.mode
enum { MAX_BLANKS = 16 };

typedef struct Printer {
    Format *f;
    Bytes out;
    int indent;
    int line_indent;      // of the line that is being written
    int level;            // of composite literals
    uint8_t mode;
    bool end_alignment;   // the columns end with this line
    bool implied_semi;    // a line end here would make a semicolon
    uint8_t last_token;   // or NO_TOKEN behind blanks
    uint8_t prev_open;    // '(' or '[' just before the last token, or NO_TOKEN
    uint8_t nblanks;
    char blanks[MAX_BLANKS]; // not written yet
    Place pos;            // where in the source it is
    Place last;           // pos behind the last token
    int out_line, out_col;
    int *line_wanted;     // gets the line that the next token is written in
    // the next group of comments
    uint32_t next_group;
    const CommentGroup *group;
    uint32_t group_offset; // UINT32_MAX: there is none
    bool group_newline;
    VEC(uint32_t) go_build, plus_build; // where such lines begin in out
    // measuring: nothing is written, but counted
    bool measures, broken; // broken: it takes more than one line, or than max
    int size, pending, max; // pending: blanks that count once something follows
} Printer;

void printer_init(Printer *p, Format *f);       // without comments until find_comment
void put_blank(Printer *p, Blank b);
void put_pos(Printer *p, Pos pos);             // of the next token
void put_token(Printer *p, int kind);
void put_text(Printer *p, Str text, int kind, bool literal); // a name or literal
void put_mode(Printer *p, uint8_t mode);       // turns it on or off
void put_end(Printer *p);                      // what is left to write
static inline void put_token_at(Printer *p, Pos pos, int kind) {
    put_pos(p, pos);
    put_token(p, kind);
}
static inline void wants_line(Printer *p, int *line) { p->line_wanted = line; }
int put_linebreak(Printer *p, int line, int min, Blank before, bool new_section); // 0: none, 1: one, more: a new section or several

void write_char(Printer *p, char ch, int n);
void write_text(Printer *p, Place at, Str s, bool literal);
void write_blanks(Printer *p, int n);
static inline Place no_place(void) { return (Place){0, 0, 0}; }

// --- format_comment.c
typedef struct Broke { bool newline, dropped_formfeed; } Broke; // a newline was written; a formfeed was not
bool comment_before(const Printer *p, Place next);
void find_comment(Printer *p);                 // the next group
int comments_size_before(Printer *p, Place next);
Broke put_comments(Printer *p, Place next, int kind);
Str trim_right(Str s);
Str trim_space(Str s);

// --- format_expr.c
typedef enum ListMode { LIST_COMMA_TERM = 1, LIST_NO_INDENT = 2 } ListMode;
enum { PREC_LOWEST = 0, PREC_UNARY = 6, PREC_HIGHEST = 7 };
void put_expr_depth(Printer *p, const Expr *e, int prec, int depth);
static inline void put_expr(Printer *p, const Expr *e) { put_expr_depth(p, e, PREC_LOWEST, 1); }
void put_expr_list(Printer *p, Pos before, Expr *const *list, uint32_t n, int depth, int mode, Pos behind);
void put_params(Printer *p, const FieldList *fields, Pos open, Pos close, bool type_params_of_type);
void put_type_params(Printer *p, const FieldList *fields, uint32_t open, bool of_type); // open: the token '['
void put_signature(Printer *p, const Expr *sig);
void put_func_body(Printer *p, int header_size, Blank sep, const Stmt *body);
int distance_from(const Printer *p, Pos start, int col);
const Expr *strip_parens(const Expr *e);       // unless they protect a literal
int size_of_expr(Printer *p, const Expr *e, int max); // as one line; max + 1: it does not fit
int size_of_stmt(Printer *p, const Stmt *s, int max);

// --- format_stmt.c
void put_stmt(Printer *p, const Stmt *s, bool brace_follows);
void put_block(Printer *p, const Stmt *block);
Pos stmt_start(const Stmt *s);
void put_file(Printer *p);

// --- format_csp.c
void put_guarded(Printer *p, const Stmt *s);
void put_parallel(Printer *p, const Stmt *s);
void put_hoare_decl(Printer *p, const Decl *d);
void put_output(Printer *p, const Stmt *s);
void put_input(Printer *p, const Stmt *s);

// --- format_layout.c
void layout(const Bytes *in, Bytes *out);      // makes columns even, and drops blanks at line ends

// --- format_doc.c
StrList split_lines(Str s);                    // at least one, without their ends
// The canonical form of a comment above a declaration, line by line; false: it stays.
bool format_doc_comment(const Comment *list, uint32_t n, StrList *out);

// --- format_build.c
bool is_go_build(Str line);
bool is_plus_build(Str line);
void fix_build_lines(Printer *p);              // puts them where they belong, and makes the old form follow the new one

#endif
