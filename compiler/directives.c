// SPDX-License-Identifier: MIT
// directives.c: //go: comments of Go's compiler, which are mostly without effect
// here, but must stand where Go's compiler wants them.
//
// A directive belongs to the declaration that begins behind it. The text is
// scanned once more for them, of files that have any.
#include <string.h>

#include "compiler/lexer.h"
#include "compiler/parser_impl.h"

typedef enum Place { AT_FUNC = 1, AT_TYPE = 2, AT_VAR = 4, AT_PACKAGE = 8, ANYWHERE = 16, CGO_ONLY = 32, RUNTIME_ONLY = 64 } Place;

typedef struct Known { const char *name; uint8_t places; } Known;

static const Known known[] = {
    {"go:build", AT_PACKAGE}, {"go:embed", AT_VAR}, {"go:notinheap", AT_TYPE}, {"go:linkname", ANYWHERE},
    {"go:noinline", AT_FUNC}, {"go:nosplit", AT_FUNC}, {"go:noescape", AT_FUNC}, {"go:norace", AT_FUNC}, {"go:nocheckptr", AT_FUNC}, {"go:nointerface", AT_FUNC},
    {"go:uintptrescapes", AT_FUNC}, {"go:uintptrkeepalive", AT_FUNC}, {"go:registerparams", AT_FUNC},
    {"go:systemstack", AT_FUNC | RUNTIME_ONLY}, {"go:nowritebarrier", AT_FUNC | RUNTIME_ONLY}, {"go:nowritebarrierrec", AT_FUNC | RUNTIME_ONLY}, {"go:yeswritebarrierrec", AT_FUNC | RUNTIME_ONLY},
    {"go:cgo_export_static", CGO_ONLY}, {"go:cgo_export_dynamic", CGO_ONLY}, {"go:cgo_import_static", CGO_ONLY}, {"go:cgo_dynamic_linker", CGO_ONLY}, {"go:cgo_ldflag", CGO_ONLY},
};

typedef struct Pending { Pos pos, end; const Known *of; } Pending;

typedef struct Scan {
    Lexer l;
    FileAst *file;
    VEC(Pending) pending;
    const char *seen;   // comments before it were taken
    uint32_t depth;     // of braces and parentheses
    int group;          // keyword whose parentheses are open, at depth group_depth; 0: none
    uint32_t group_depth;
} Scan;

static const Known *find(const char *p, size_t n) {
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == n && memcmp(known[i].name, p, n) == 0) return &known[i];
    return NULL;
}

static Pos pos_of(const Scan *s, const char *p) { return s->l.file->base + (Pos)(p - s->l.start); }

// //go:linkname local [remote]
static void take_linkname(Scan *s, const char *at, const char *p, const char *end) {
    while (p < end && (*p == ' ' || *p == '\t')) p++;
    const char *from = p;
    while (p < end && *p != ' ' && *p != '\t' && *p != '\r') p++;
    if (p == from) {
        source_error_span(pos_of(s, at), pos_of(s, end), "usage: //go:linkname localname [linkname]");
        return;
    }
    LinkName n = {pos_of(s, at), pos_of(s, end), name_intern(from, (size_t)(p - from))};
    VEC_PUSH(&s->file->linknames, n);
}

static void take_directive(Scan *s, const char *at, const char *end) {
    const char *p = at + 2;
    while (p < end && *p != ' ' && *p != '\t' && *p != '\r') p++;
    const Known *k = find(at + 2, (size_t)(p - at - 2));
    if (!k) return;
    if (k->places & ANYWHERE) {
        take_linkname(s, at, p, end);
    } else if (k->places & CGO_ONLY) {
        source_error_span(pos_of(s, at), pos_of(s, p), "//%s only allowed in cgo-generated code", k->name);
    } else if (k->places & RUNTIME_ONLY) {
        source_error_span(pos_of(s, at), pos_of(s, p), "//%s only allowed in runtime", k->name);
    } else {
        Pending d = {pos_of(s, at), pos_of(s, p), k};
        VEC_PUSH(&s->pending, d);
    }
}

// The directives of the comments between the last token and the current one.
static void take_comments(Scan *s) {
    const char *p = s->seen, *end = s->l.start + (s->l.pos - s->l.file->base);
    s->seen = s->l.p;
    if (s->l.kind == TOK_SEMICOLON && s->l.auto_semi) end = s->l.p; // with the comment that ends the line
    while (p < end && (p = memchr(p, '/', (size_t)(end - p)))) {
        const char *nl = memchr(p, '\n', (size_t)(s->l.limit - p));
        if (!nl) nl = s->l.limit;
        if (nl - p > 5 && memcmp(p, "//go:", 5) == 0) take_directive(s, p, nl);
        p = nl - p > 1 && p[1] == '*' ? strstr(p, "*/") : nl; // a comment that is not closed was reported
        if (!p) return;
    }
}

static bool imports(const FileAst *f, const char *path) {
    for (uint32_t i = 0; i < f->decls.len; i++) {
        const Decl *d = f->decls.at[i];
        if (d->kind == DECL_IMPORT && d->import.path && d->import.path->lit.text.len == (int64_t)strlen(path) + 2 && memcmp(d->import.path->lit.text.ptr + 1, path, strlen(path)) == 0) return true;
    }
    return false;
}

static void check_embed(const Scan *s, const Pending *d) {
    if (!imports(s->file, "embed")) source_error_span(d->pos, d->end, "go:embed only allowed in Go files that import \"embed\"");
    else if (s->depth > s->group_depth) source_error_span(d->pos, d->end, "go:embed cannot apply to var inside func");
}

// What stands here takes the directives before it that are for such places.
static void settle(Scan *s, uint8_t place) {
    for (uint32_t i = 0; i < s->pending.len; i++) {
        const Pending *d = &s->pending.at[i];
        if (!(d->of->places & place)) source_error_span(d->pos, d->end, "misplaced compiler directive");
        else if (place == AT_VAR) check_embed(s, d);
    }
    s->pending.len = 0;
}

static int kind_behind(const Scan *s) {
    Lexer l = s->l;
    lexer_next(&l);
    return l.kind;
}

static uint8_t place_of(const Scan *s, int keyword) {
    if (keyword == TOK_VAR) return AT_VAR;
    if (keyword != TOK_TYPE) return 0;
    Lexer l = s->l;
    if (l.kind == TOK_TYPE) lexer_next(&l);
    lexer_next(&l);
    return l.kind == TOK_ASSIGN ? 0 : AT_TYPE; // an alias takes none
}

static void declaration(Scan *s, int keyword) {
    if (kind_behind(s) != TOK_LPAREN) {
        settle(s, place_of(s, keyword));
        return;
    }
    settle(s, 0);
    s->group = keyword;
    s->group_depth = s->depth + 1;
}

static void token(Scan *s) {
    int kind = s->l.kind;
    bool in_group = s->group && s->depth == s->group_depth;
    if (in_group && kind == TOK_IDENT && s->pending.len) settle(s, place_of(s, s->group));
    switch (kind) {
    case TOK_LPAREN: case TOK_LBRACE: s->depth++; break;
    case TOK_RPAREN: case TOK_RBRACE:
        if (in_group) s->group = 0, s->group_depth = 0;
        if (s->depth) s->depth--;
        break;
    case TOK_PACKAGE: settle(s, AT_PACKAGE); break;
    case TOK_IMPORT: case TOK_CONST: case TOK_TYPE: case TOK_VAR: declaration(s, kind); break;
    case TOK_FUNC: if (s->depth == 0) settle(s, AT_FUNC); break;
    case TOK_SEMICOLON: settle(s, 0); break;
    default: break;
    }
}

void check_directives(FileAst *f) {
    Scan s = {.file = f};
    lexer_init(&s.l, f->source);
    s.seen = s.l.start;
    do {
        lexer_next(&s.l);
        take_comments(&s);
        token(&s);
    } while (s.l.kind != TOK_EOF);
    settle(&s, 0);
    if (f->linknames.len && !imports(f, "unsafe")) source_error_span(f->linknames.at[0].pos, f->linknames.at[0].end, "//go:linkname only allowed in Go files that import \"unsafe\"");
}
