// SPDX-License-Identifier: MIT
// format_expr.c: expressions, types and signatures.
//
// Blanks around binary operators tell the precedences: the deeper an operator
// stands, the fewer there are. Lists keep the line breaks of the source.
#define _GNU_SOURCE
#include "compiler/format_impl.h"

#include <math.h>
#include <string.h>

enum { NO_LIMIT = 1000000 }; // longer than any line
enum { SMALL_SIZE = 40, ONE_LINE_FIELD = 30, ONE_LINE_BODY = 100, ONE_LINE_STMTS = 5 };

static Pos last_byte(const Expr *e) { return e->end - 1; } // of the closing bracket

static void put_name(Printer *p, const Expr *e) {
    put_pos(p, e->start);
    put_text(p, (Str){e->ident.name->text, e->ident.name->len}, TOK_IDENT, false);
}

// --- sizes

static SizeSlot *size_slot(Format *f, const void *node) {
    uint32_t h = (uint32_t)(((uintptr_t)node >> 3) * 0x9e3779b1u);
    for (;; h++) {
        SizeSlot *s = &f->sizes[h & f->sizes_mask];
        if (!s->node || s->node == node) return s;
    }
}

static void grow_sizes(Format *f) {
    SizeSlot *old = f->sizes;
    uint32_t n = old ? f->sizes_mask + 1 : 0;
    f->sizes_mask = n ? n * 2 - 1 : 255;
    f->sizes = ARENA_ARRAY(SizeSlot, f->sizes_mask + 1);
    for (uint32_t i = 0; i < n; i++)
        if (old[i].node) *size_slot(f, old[i].node) = old[i];
}

// The size is kept, since those around it will ask again. It is kept as it was
// for the first limit.
static bool known_size(Printer *p, const void *node, int max, int *size) {
    Format *f = p->f;
    if (f->nsizes * 2 >= f->sizes_mask) grow_sizes(f);
    SizeSlot *s = size_slot(f, node);
    if (s->node) {
        *size = s->size;
        return true;
    }
    *s = (SizeSlot){node, max + 1};
    f->nsizes++;
    return false;
}

static int measured(Printer *m, const void *node, int max) {
    put_end(m);
    if (m->broken || m->size > max) return max + 1;
    return size_slot(m->f, node)->size = m->size;
}

int size_of_expr(Printer *p, const Expr *e, int max) {
    int size;
    if (known_size(p, e, max, &size)) return size;
    Printer m;
    printer_init(&m, p->f);
    m.measures = true;
    m.max = max;
    put_expr(&m, e);
    return measured(&m, e, max);
}

int size_of_stmt(Printer *p, const Stmt *s, int max) {
    int size;
    if (known_size(p, s, max, &size)) return size;
    Printer m;
    printer_init(&m, p->f);
    m.measures = true;
    m.max = max;
    m.indent = s->kind == STMT_LABELED;
    put_stmt(&m, s, false);
    return measured(&m, s, max);
}

// --- lists

// Aligned are elements of like sizes; the mean is the geometric one of those so far.
typedef struct Sizes { double sum; int count; } Sizes;

static bool break_alignment(const Sizes *s, int prev, int size) {
    if (prev <= 0 || size <= 0) return true;
    if (s->count == 0 || (prev <= SMALL_SIZE && size <= SMALL_SIZE)) return false;
    const double most = 2.5;
    double ratio = size / exp(s->sum / s->count);
    return most * ratio <= 1 || most <= ratio;
}

static void put_one_line_list(Printer *p, Expr *const *list, uint32_t n, int depth) {
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0) {
            put_token_at(p, list[i]->start, TOK_COMMA);
            put_blank(p, BLANK);
        }
        put_expr_depth(p, list[i], PREC_LOWEST, depth);
    }
}

// A key of its own line stands in a column.
static void put_pair(Printer *p, const Expr *e) {
    put_expr(p, e->kv.key);
    put_token_at(p, e->pos, TOK_COLON);
    put_blank(p, VTAB);
    put_expr(p, e->kv.value);
}

void put_expr_list(Printer *p, Pos before, Expr *const *list, uint32_t n, int depth, int mode, Pos behind) {
    if (!n || p->broken) return;
    int prev_line = format_line(p->f, before), next_line = format_line(p->f, behind);
    int line = format_line(p->f, list[0]->start), end_line = format_line(p->f, list[n - 1]->end);
    if (prev_line && prev_line == line && line == end_line) {
        put_one_line_list(p, list, n, depth);
        return;
    }
    Blank ws = mode & LIST_NO_INDENT ? IGNORE : INDENT;
    int64_t prev_break = -1; // element that the last line break is before
    if (prev_line && prev_line < line && put_linebreak(p, line, 0, ws, true) > 0) {
        ws = IGNORE;
        prev_break = 0;
    }
    bool placed = prev_line && next_line;
    Sizes sizes = {0};
    int size = 0;
    for (uint32_t i = 0; i < n; i++) {
        const Expr *x = list[i];
        bool pair = x->kind == EXPR_KEY_VALUE;
        line = format_line(p->f, x->start);
        int prev_size = size;
        size = placed ? size_of_expr(p, x, NO_LIMIT) : 0;
        if (size > NO_LIMIT) size = 0;
        else if (size && pair) size = size_of_expr(p, x->kv.key, NO_LIMIT);
        bool section = break_alignment(&sizes, prev_size, size);
        bool needs_linebreak = 0 < prev_line && prev_line < line;
        if (i > 0) {
            if (!needs_linebreak) put_pos(p, x->start);
            put_token(p, TOK_COMMA);
            int breaks = needs_linebreak ? put_linebreak(p, line, 0, ws, section || prev_break + 1 < i) : 0;
            if (breaks > 0) {
                ws = IGNORE;
                prev_break = i;
            } else {
                put_blank(p, BLANK);
            }
            if (breaks > 1) sizes = (Sizes){0};
        }
        if (n > 1 && pair && size > 0 && needs_linebreak) put_pair(p, x);
        else put_expr_depth(p, x, PREC_LOWEST, depth);
        if (size > 0) {
            sizes.sum += log(size);
            sizes.count++;
        }
        prev_line = line;
    }
    bool indented = ws == IGNORE && !(mode & LIST_NO_INDENT);
    if (mode & LIST_COMMA_TERM && next_line && p->pos.line < next_line) {
        put_token(p, TOK_COMMA);
        if (indented) put_blank(p, UNINDENT);
        put_blank(p, FORMFEED);
        return;
    }
    if (indented) put_blank(p, UNINDENT);
}

// --- fields

// Names that share a type are one.
typedef struct FieldGroup {
    Expr **names;
    uint32_t n;
    const Field *field; // the first
    Pos start, end;
} FieldGroup;

static FieldGroup field_group(const FieldList *list, uint32_t *i) {
    const Field *f = &list->at[*i];
    FieldGroup g = {.field = f, .start = f->name ? f->name->start : f->type->start, .end = f->tag ? f->tag->end : f->type->end};
    uint32_t from = *i;
    do ++*i;
    while (f->name && *i < list->len && list->at[*i].name && list->at[*i].type == f->type);
    if (!f->name) return g;
    g.n = *i - from;
    g.names = ARENA_ARRAY(Expr *, g.n);
    for (uint32_t k = 0; k < g.n; k++) g.names[k] = list->at[from + k].name;
    return g;
}

static uint32_t count_groups(const FieldList *list, uint32_t most) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->len && n < most; n++) field_group(list, &i);
    return n;
}

static void put_names(Printer *p, const FieldGroup *g, bool indent) { put_expr_list(p, 0, g->names, g->n, 1, indent ? 0 : LIST_NO_INDENT, 0); }

static const Expr *strip_all_parens(const Expr *e) {
    while (e->kind == EXPR_PAREN) e = e->paren.x;
    return e;
}

static bool is_type_elem(const Expr *e) {
    switch (e->kind) {
    case EXPR_ARRAY_TYPE: case EXPR_STRUCT_TYPE: case EXPR_FUNC_TYPE: case EXPR_INTERFACE_TYPE: case EXPR_MAP_TYPE: case EXPR_CHAN_TYPE: return true;
    case EXPR_UNARY: return e->op == TOK_TILDE;
    case EXPR_BINARY: return is_type_elem(e->binary.x) || is_type_elem(e->binary.y);
    case EXPR_PAREN: return is_type_elem(e->paren.x);
    default: return false;
    }
}

// [P *T] could be the length of an array.
static bool combines_with_name(const Expr *e) {
    if (e->kind == EXPR_STAR) return !is_type_elem(e->unary.x);
    return e->kind == EXPR_BINARY && combines_with_name(e->binary.x) && !is_type_elem(e->binary.y);
}

void put_params(Printer *p, const FieldList *fields, Pos open, Pos close, bool type_params_of_type) {
    if (p->broken) return;
    bool brackets = p->f->file->text.ptr[open - p->f->file->base] == '[';
    put_token_at(p, open, brackets ? TOK_LBRACK : TOK_LPAREN);
    if (fields->len) {
        int prev_line = format_line(p->f, open);
        Blank ws = INDENT;
        for (uint32_t i = 0; i < fields->len;) {
            bool first = i == 0;
            FieldGroup g = field_group(fields, &i);
            int begin = format_line(p->f, g.start);
            bool needs_linebreak = prev_line < begin;
            if (!first) {
                if (!needs_linebreak) put_pos(p, g.start);
                put_token(p, TOK_COMMA);
            }
            if (needs_linebreak && put_linebreak(p, begin, 0, ws, true) > 0) ws = IGNORE;
            else if (!first) put_blank(p, BLANK);
            if (g.n) {
                put_names(p, &g, ws == INDENT);
                put_blank(p, BLANK);
            }
            put_expr(p, strip_all_parens(g.field->type));
            prev_line = format_line(p->f, g.end);
        }
        int closing = format_line(p->f, close);
        if (prev_line < closing) {
            put_token(p, TOK_COMMA);
            put_linebreak(p, closing, 0, IGNORE, true);
        } else if (type_params_of_type && fields->len == 1 && combines_with_name(strip_all_parens(fields->at[0].type))) {
            put_token(p, TOK_COMMA);
        }
        if (ws == IGNORE) put_blank(p, UNINDENT);
    }
    put_token_at(p, close, brackets ? TOK_RBRACK : TOK_RPAREN);
}

void put_type_params(Printer *p, const FieldList *fields, uint32_t open, bool of_type) {
    const FormatToken *t = format_token(p->f, open);
    put_params(p, fields, t->pos, format_token(p->f, t->match)->pos, of_type);
}

static void put_results(Printer *p, const FieldList *results, uint32_t open) {
    put_blank(p, BLANK);
    if (results->len == 1 && !results->at[0].name) {
        put_expr(p, strip_all_parens(results->at[0].type));
        return;
    }
    const FormatToken *t = format_token(p->f, open);
    put_params(p, results, t->pos, format_token(p->f, t->match)->pos, false);
}

void put_signature(Printer *p, const Expr *e) {
    uint32_t open = token_at(p->f, e->sig.lparen), close = format_token(p->f, open)->match;
    if (e->sig.tparams.len) put_type_params(p, &e->sig.tparams, format_token(p->f, open - 1)->match, false);
    put_params(p, &e->sig.params, e->sig.lparen, format_token(p->f, close)->pos, false);
    if (e->sig.results.len) put_results(p, &e->sig.results, close + 1);
}

// --- structs and interfaces

static bool fits_one_line(Printer *p, const FieldList *list) {
    if (count_groups(list, 2) != 1) return false;
    uint32_t i = 0;
    FieldGroup g = field_group(list, &i);
    if (g.field->tag || has_line_comment(p->f, g.end)) return false;
    return (g.n > 0) + size_of_expr(p, g.field->type, ONE_LINE_FIELD) <= ONE_LINE_FIELD; // of the names the blank alone counts
}

// of an interface
static void put_method(Printer *p, const Field *f) {
    if (f->name) {
        put_name(p, f->name);
        put_signature(p, f->type);
    } else {
        put_expr(p, f->type);
    }
}

static void put_one_line_fields(Printer *p, const FieldList *list, bool is_struct) {
    uint32_t i = 0;
    FieldGroup g = field_group(list, &i);
    put_blank(p, BLANK);
    if (!is_struct) {
        put_method(p, g.field);
    } else {
        for (uint32_t k = 0; k < g.n; k++) {
            if (k > 0) {
                put_token(p, TOK_COMMA);
                put_blank(p, BLANK);
            }
            put_name(p, g.names[k]);
        }
        if (g.n) put_blank(p, BLANK);
        put_expr(p, g.field->type);
    }
    put_blank(p, BLANK);
}

static void put_field(Printer *p, const FieldGroup *g, Blank sep) {
    int columns = 2; // to a comment on the line
    if (g->n) {
        put_names(p, g, false);
        put_blank(p, sep);
        columns = 1;
    }
    put_expr(p, g->field->type);
    if (g->field->tag) {
        if (g->n && sep == VTAB) put_blank(p, sep);
        put_blank(p, sep);
        put_expr(p, g->field->tag);
        columns = 0;
    }
    if (has_line_comment(p->f, g->end))
        for (; columns > 0; columns--) put_blank(p, sep);
}

static void put_fields(Printer *p, const FieldList *list, bool is_struct, Pos open, Pos close) {
    Place end = format_place(p->f, close);
    bool comments = comment_before(p, end);
    if (!comments && format_line(p->f, open) == end.line) {
        bool one_line = list->len && fits_one_line(p, list);
        if (!list->len || one_line) {
            put_token_at(p, open, TOK_LBRACE);
            if (one_line) put_one_line_fields(p, list, is_struct);
            put_token_at(p, close, TOK_RBRACE);
            return;
        }
    }
    put_blank(p, BLANK);
    put_token_at(p, open, TOK_LBRACE);
    put_blank(p, INDENT);
    if (comments || list->len) put_blank(p, FORMFEED);
    Blank sep = count_groups(list, 2) == 1 ? BLANK : VTAB;
    int line = 0;
    for (uint32_t i = 0; i < list->len && !p->broken;) {
        bool first = i == 0;
        FieldGroup g = field_group(list, &i);
        if (!first) put_linebreak(p, format_line(p->f, g.start), 1, IGNORE, p->out_line - line > 0);
        wants_line(p, &line);
        if (is_struct) put_field(p, &g, sep);
        else put_method(p, g.field);
    }
    put_blank(p, UNINDENT);
    put_blank(p, FORMFEED);
    put_token_at(p, close, TOK_RBRACE);
}

static void put_braced_type(Printer *p, const Expr *e, int keyword, const FieldList *fields) {
    put_token(p, keyword);
    put_fields(p, fields, keyword == TOK_STRUCT, format_token(p->f, token_at(p->f, e->start) + 1)->pos, last_byte(e));
}

// --- operators

typedef struct Walk { bool has4, has5; int problem; } Walk; // operators of those precedences; where a blank must stand

static Walk operand_problem(const Expr *e) {
    Walk w = {0};
    const Expr *y = e->binary.y;
    if (y->kind == EXPR_STAR && e->op == TOK_QUO) w.problem = 5;
    if (y->kind != EXPR_UNARY) return w;
    bool slow = (e->op == TOK_ADD && y->op == TOK_ADD) || (e->op == TOK_SUB && y->op == TOK_SUB);
    if (e->op == TOK_AND && (y->op == TOK_AND || y->op == TOK_XOR)) w.problem = 5;
    else if (slow) w.problem = 4;
    return w;
}

static Walk join(Walk a, Walk b) { return (Walk){a.has4 || b.has4, a.has5 || b.has5, a.problem > b.problem ? a.problem : b.problem}; }

// What was found out of an operator is kept in the part of the tree that belongs
// to the checker: long chains would be walked through for each of their operators.
static Walk walk(const Expr *e) {
    enum { KNOWN = 0x80, HAS4 = 0x40, HAS5 = 0x20 };
    if (e->mode & KNOWN) return (Walk){e->mode & HAS4, e->mode & HAS5, e->mode & 0xf};
    int prec = token_precedence[e->op];
    const Expr *x = e->binary.x, *y = e->binary.y;
    Walk w = {prec == 4, prec == 5, 0};
    if (x->kind == EXPR_BINARY && token_precedence[x->op] >= prec) w = join(w, walk(x));
    if (y->kind == EXPR_BINARY) {
        if (token_precedence[y->op] > prec) w = join(w, walk(y));
    } else {
        w = join(w, operand_problem(e));
    }
    ((Expr *)e)->mode = (uint8_t)(KNOWN | (w.has4 ? HAS4 : 0) | (w.has5 ? HAS5 : 0) | w.problem);
    return w;
}

// Operators of this precedence and above have no blanks around them.
static int cutoff(const Expr *e, int depth) {
    Walk w = walk(e);
    if (w.problem > 0) return w.problem + 1;
    if (w.has4 && w.has5) return depth == 1 ? 5 : 4;
    return depth == 1 ? 6 : 4;
}

static int deeper(const Expr *e, int prec) { return e->kind == EXPR_BINARY && token_precedence[e->op] == prec ? 0 : 1; }
static int less_deep(int depth) { return depth > 1 ? depth - 1 : 1; }

static void put_binary(Printer *p, const Expr *e, int prec1, int cut, int depth) {
    int prec = token_precedence[e->op];
    if (prec < prec1) {
        put_token(p, TOK_LPAREN);
        put_expr_depth(p, e, PREC_LOWEST, less_deep(depth));
        put_token(p, TOK_RPAREN);
        return;
    }
    bool blank = prec < cut;
    Blank ws = INDENT;
    put_expr_depth(p, e->binary.x, prec, depth + deeper(e->binary.x, prec));
    if (blank) put_blank(p, BLANK);
    int xline = p->pos.line, yline = format_line(p->f, e->binary.y->start);
    put_token_at(p, e->pos, e->op);
    if (xline != yline && put_linebreak(p, yline, 1, ws, true) > 0) {
        ws = IGNORE;
        blank = false;
    }
    if (blank) put_blank(p, BLANK);
    put_expr_depth(p, e->binary.y, prec + 1, depth + 1);
    if (ws == IGNORE) put_blank(p, UNINDENT);
}

static void put_prefix(Printer *p, const Expr *e, int op, int prec1, int depth) {
    bool parens = PREC_UNARY < prec1;
    if (parens) put_token(p, TOK_LPAREN);
    put_token(p, op);
    if (op == TOK_MUL) put_expr(p, e->unary.x);
    else put_expr_depth(p, e->unary.x, PREC_UNARY, depth);
    if (parens) put_token(p, TOK_RPAREN);
}

// --- operands

static const char *last_of(Str s, char c) { return memrchr(s.ptr, c, (size_t)s.len); }

static Str replaced(Str s, const char *at, char c) {
    char *copy = arena_dup(s.ptr, (size_t)s.len + 1);
    copy[at - s.ptr] = c;
    return (Str){copy, s.len};
}

// An imaginary number that looks like an octal one is none.
static Str without_zeros(Str s) {
    if (s.ptr[s.len - 1] != 'i' || memchr(s.ptr, '.', (size_t)s.len) || memchr(s.ptr, 'e', (size_t)s.len)) return s;
    while (s.len > 0 && (*s.ptr == '0' || *s.ptr == '_')) {
        s.ptr++;
        s.len--;
    }
    return s.len == 1 ? STR("0i") : s;
}

// Prefixes and exponents in small letters.
static Str normal_number(Str s) {
    if (s.len < 2) return s;
    char prefix = s.ptr[0] == '0' ? s.ptr[1] : 0;
    if (prefix == 'X' || prefix == 'O' || prefix == 'B') s = replaced(s, s.ptr + 1, (char)(prefix | 0x20));
    prefix |= 0x20;
    if (s.ptr[0] == '0' && (prefix == 'o' || prefix == 'b')) return s;
    bool hex = s.ptr[0] == '0' && prefix == 'x';
    const char *exponent = last_of(s, hex ? 'P' : 'E');
    if (exponent) return replaced(s, exponent, hex ? 'p' : 'e');
    return hex ? s : without_zeros(s);
}

static Str without_returns(Str s) {
    if (!memchr(s.ptr, '\r', (size_t)s.len)) return s;
    Bytes b = {0};
    for (int64_t i = 0; i < s.len; i++)
        if (s.ptr[i] != '\r') bytes_add_char(&b, s.ptr[i]);
    return (Str){b.at, b.len};
}

static void put_literal(Printer *p, const Expr *e) {
    Str s = e->lit.text;
    int kind = e->lit.lit_kind;
    if (kind == TOK_INT || kind == TOK_FLOAT || kind == TOK_IMAG) s = normal_number(s);
    else if (*s.ptr == '`') s = without_returns(s);
    put_text(p, s, kind, true);
}

// Answers whether it goes on in the next line; a method's call goes on indented.
static bool put_selector(Printer *p, const Expr *e, int depth, bool is_method) {
    const Expr *sel = e->selector.sel;
    put_expr_depth(p, e->selector.x, PREC_HIGHEST, depth);
    put_token(p, TOK_PERIOD);
    bool breaks = p->pos.line < format_line(p->f, sel->start);
    if (breaks) {
        put_blank(p, INDENT);
        put_blank(p, NEWLINE);
    }
    put_name(p, sel);
    if (breaks && !is_method) put_blank(p, UNINDENT);
    return breaks;
}

static void put_index(Printer *p, const Expr *e, int depth) {
    put_expr_depth(p, e->index.x, PREC_HIGHEST, 1);
    put_token_at(p, e->pos, TOK_LBRACK);
    if (e->index.index.len == 1) put_expr_depth(p, e->index.index.at[0], PREC_LOWEST, depth + 1);
    else put_expr_list(p, e->pos, e->index.index.at, e->index.index.len, depth + 1, LIST_COMMA_TERM, last_byte(e));
    put_token_at(p, last_byte(e), TOK_RBRACK);
}

static bool needs_blanks(const Expr *const *parts, int n) {
    int count = 0;
    bool binary = false;
    for (int i = 0; i < n; i++) {
        count += parts[i] != NULL;
        binary |= parts[i] && parts[i]->kind == EXPR_BINARY;
    }
    return count > 1 && binary;
}

static void put_slice(Printer *p, const Expr *e, int depth) {
    const Expr *parts[] = {e->slice.lo, e->slice.hi, e->slice.max};
    int n = e->slice.three ? 3 : 2;
    bool blanks = depth <= 1 && needs_blanks(parts, n);
    put_expr_depth(p, e->slice.x, PREC_HIGHEST, 1);
    put_token_at(p, e->pos, TOK_LBRACK);
    for (int i = 0; i < n; i++) {
        if (i > 0) {
            if (parts[i - 1] && blanks) put_blank(p, BLANK);
            put_token(p, TOK_COLON);
            if (parts[i] && blanks) put_blank(p, BLANK);
        }
        if (parts[i]) put_expr_depth(p, parts[i], PREC_LOWEST, depth + 1);
    }
    put_token_at(p, last_byte(e), TOK_RBRACK);
}

static void put_call(Printer *p, const Expr *e, int depth) {
    const ExprList *args = &e->call.args;
    const Expr *fn = e->call.fn;
    if (args->len > 1) depth++;
    bool indented = false;
    if (fn->kind == EXPR_SELECTOR) {
        indented = put_selector(p, fn, depth, true);
    } else {
        bool type = fn->kind == EXPR_FUNC_TYPE; // of which the call would be a part
        if (type) put_token(p, TOK_LPAREN);
        put_expr_depth(p, fn, PREC_HIGHEST, depth);
        if (type) put_token(p, TOK_RPAREN);
    }
    put_token_at(p, e->call.lparen, TOK_LPAREN);
    if (e->call.ellipsis) {
        uint32_t dots = token_at(p->f, e->call.rparen) - 1;
        if (format_token(p->f, dots)->kind == TOK_COMMA) dots--;
        Pos at = format_token(p->f, dots)->pos;
        put_expr_list(p, e->call.lparen, args->at, args->len, depth, 0, at);
        put_token_at(p, at, TOK_ELLIPSIS);
        if (format_line(p->f, at) < format_line(p->f, e->call.rparen)) {
            put_token(p, TOK_COMMA);
            put_blank(p, FORMFEED);
        }
    } else {
        put_expr_list(p, e->call.lparen, args->at, args->len, depth, LIST_COMMA_TERM, e->call.rparen);
    }
    put_token_at(p, e->call.rparen, TOK_RPAREN);
    if (indented) put_blank(p, UNINDENT);
}

static void put_composite(Printer *p, const Expr *e, int depth) {
    const ExprList *elems = &e->composite.elems;
    if (e->composite.type) put_expr_depth(p, e->composite.type, PREC_HIGHEST, depth);
    p->level++;
    put_token_at(p, e->composite.lbrace, TOK_LBRACE);
    put_expr_list(p, e->composite.lbrace, elems->at, elems->len, 1, LIST_COMMA_TERM, e->composite.rbrace);
    uint8_t mode = NO_EXTRA_LINEBREAK | (elems->len ? NO_EXTRA_BLANK : 0);
    put_blank(p, INDENT); // for a comment that stands here alone
    put_blank(p, UNINDENT);
    put_mode(p, mode);
    put_token_at(p, e->composite.rbrace, TOK_RBRACE);
    put_mode(p, mode);
    p->level--;
}

static void put_paren(Printer *p, const Expr *e, int depth) {
    if (e->paren.x->kind == EXPR_PAREN) {
        put_expr_depth(p, e->paren.x, PREC_LOWEST, depth);
        return;
    }
    put_token(p, TOK_LPAREN);
    put_expr_depth(p, e->paren.x, PREC_LOWEST, less_deep(depth));
    put_token_at(p, last_byte(e), TOK_RPAREN);
}

static void put_assert(Printer *p, const Expr *e, int depth) {
    put_expr_depth(p, e->assert_.x, PREC_HIGHEST, depth);
    put_token(p, TOK_PERIOD);
    put_token_at(p, e->pos, TOK_LPAREN);
    if (e->assert_.type) put_expr(p, e->assert_.type);
    else put_token(p, TOK_TYPE);
    put_token_at(p, last_byte(e), TOK_RPAREN);
}

static void put_chan_type(Printer *p, const Expr *e) {
    if (e->chan.dir == 1) put_token(p, TOK_ARROW);
    put_token(p, TOK_CHAN);
    if (e->chan.dir == 2) put_token_at(p, format_token(p->f, token_at(p->f, e->start) + 1)->pos, TOK_ARROW);
    put_blank(p, BLANK);
    put_expr(p, e->chan.elem);
}

static void put_func_literal(Printer *p, const Expr *e) {
    put_token_at(p, e->start, TOK_FUNC);
    int col = p->out_col - 4;
    put_signature(p, e->func.sig);
    put_func_body(p, distance_from(p, e->start, col), BLANK, e->func.body);
}

void put_expr_depth(Printer *p, const Expr *e, int prec1, int depth) {
    if (p->broken) return;
    put_pos(p, e->start);
    switch ((ExprKind)e->kind) {
    case EXPR_BAD: case EXPR_KIND_COUNT: break;
    case EXPR_IDENT: put_text(p, (Str){e->ident.name->text, e->ident.name->len}, TOK_IDENT, false); break;
    case EXPR_BASIC_LIT: put_literal(p, e); break;
    case EXPR_COMPOSITE: put_composite(p, e, depth); break;
    case EXPR_KEY_VALUE:
        put_expr(p, e->kv.key);
        put_token_at(p, e->pos, TOK_COLON);
        put_blank(p, BLANK);
        put_expr(p, e->kv.value);
        break;
    case EXPR_FUNC_LIT: put_func_literal(p, e); break;
    case EXPR_PAREN: put_paren(p, e, depth); break;
    case EXPR_SELECTOR: put_selector(p, e, depth, false); break;
    case EXPR_INDEX: put_index(p, e, depth); break;
    case EXPR_SLICE: put_slice(p, e, depth); break;
    case EXPR_TYPE_ASSERT: put_assert(p, e, depth); break;
    case EXPR_CALL: put_call(p, e, depth); break;
    case EXPR_STAR: put_prefix(p, e, TOK_MUL, prec1, depth); break;
    case EXPR_UNARY: put_prefix(p, e, e->op, prec1, depth); break;
    case EXPR_BINARY: put_binary(p, e, prec1, cutoff(e, depth), depth); break;
    case EXPR_RECV_POST:
        put_expr_depth(p, e->unary.x, PREC_HIGHEST, depth);
        put_token_at(p, e->pos, TOK_QUERY);
        break;
    case EXPR_ARRAY_TYPE:
        put_token(p, TOK_LBRACK);
        if (e->array.len) put_expr(p, e->array.len);
        put_token(p, TOK_RBRACK);
        put_expr(p, e->array.elem);
        break;
    case EXPR_STRUCT_TYPE: put_braced_type(p, e, TOK_STRUCT, &e->struct_.fields); break;
    case EXPR_FUNC_TYPE:
        put_token(p, TOK_FUNC);
        put_signature(p, e);
        break;
    case EXPR_INTERFACE_TYPE: put_braced_type(p, e, TOK_INTERFACE, &e->iface.elems); break;
    case EXPR_MAP_TYPE:
        put_token(p, TOK_MAP);
        put_token(p, TOK_LBRACK);
        put_expr(p, e->map.key);
        put_token(p, TOK_RBRACK);
        put_expr(p, e->map.elem);
        break;
    case EXPR_CHAN_TYPE: put_chan_type(p, e); break;
    case EXPR_ELLIPSIS:
        put_token(p, TOK_ELLIPSIS);
        if (e->ellipsis.elem) put_expr(p, e->ellipsis.elem);
        break;
    }
}

// --- parentheses around a condition

static bool is_type_name(const Expr *e) { return e->kind == EXPR_IDENT || (e->kind == EXPR_SELECTOR && is_type_name(e->selector.x)); }

static bool protects(Expr *e, void *ctx) {
    if (e->kind == EXPR_PAREN) return false;
    if (e->kind != EXPR_COMPOSITE) return true;
    if (e->composite.type && is_type_name(e->composite.type)) *(bool *)ctx = true;
    return false;
}

const Expr *strip_parens(const Expr *e) {
    while (e->kind == EXPR_PAREN) {
        bool needed = false;
        AstVisitor v = {protects, NULL, &needed};
        ast_visit(e->paren.x, &v);
        if (needed) return e;
        e = e->paren.x;
    }
    return e;
}

// --- bodies of functions

int distance_from(const Printer *p, Pos start, int col) { return format_line(p->f, start) == p->pos.line ? p->out_col - col : FAR_AWAY; }

static int body_size(Printer *p, const Stmt *body) {
    Place end = format_place(p->f, body->block.rbrace);
    const StmtList *list = &body->block.list;
    if (format_line(p->f, body->pos) != end.line || list->len > ONE_LINE_STMTS) return ONE_LINE_BODY + 1;
    int size = comments_size_before(p, end);
    for (uint32_t i = 0; i < list->len && size <= ONE_LINE_BODY; i++) size += size_of_stmt(p, list->at[i], ONE_LINE_BODY) + (i > 0 ? 2 : 0);
    return size;
}

static void put_one_line_body(Printer *p, Blank sep, const Stmt *body) {
    const StmtList *list = &body->block.list;
    put_blank(p, sep);
    put_token_at(p, body->pos, TOK_LBRACE);
    for (uint32_t i = 0; i < list->len; i++) {
        if (i > 0) put_token(p, TOK_SEMICOLON);
        put_blank(p, BLANK);
        put_stmt(p, list->at[i], i + 1 == list->len);
    }
    if (list->len) put_blank(p, BLANK);
    put_mode(p, NO_EXTRA_LINEBREAK);
    put_token_at(p, body->block.rbrace, TOK_RBRACE);
    put_mode(p, NO_EXTRA_LINEBREAK);
}

void put_func_body(Printer *p, int header_size, Blank sep, const Stmt *body) {
    if (!body || p->broken) return;
    int level = p->level;
    p->level = 0;
    if (header_size <= ONE_LINE_BODY && header_size + body_size(p, body) <= ONE_LINE_BODY) {
        put_one_line_body(p, sep, body);
    } else {
        put_blank(p, BLANK);
        put_block(p, body);
    }
    p->level = level;
}
