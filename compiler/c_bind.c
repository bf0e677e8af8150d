// SPDX-License-Identifier: MIT
// c_bind.c: a header as a file of declarations that needs no C compiler.
//
// The binding holds what the header itself declares, what that depends on from
// other headers, and its constant macros as numbers and strings.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compiler/c_impl.h"

typedef struct Binding {
    CUnit *u;
    const char *header;    // as asked for
    Str folder;            // of header, when all of it belongs to the library
    bool *wanted;          // by number of the text
} Binding;

static bool ends_with(Str s, const char *end) {
    size_t n = strlen(end);
    if ((size_t)s.len < n || memcmp(s.ptr + s.len - n, end, n) != 0) return false;
    return (size_t)s.len == n || s.ptr[s.len - (int64_t)n - 1] == '/';
}

static Str folder_of(Str file) {
    while (file.len && file.ptr[file.len - 1] != '/') file.len--;
    return file;
}

static bool same(Str a, Str b) { return a.len == b.len && memcmp(a.ptr, b.ptr, (size_t)a.len) == 0; }

// A folder such as /usr/include/libpng16 is the library's own; /usr/include is not.
static void find_folder(Binding *b) {
    for (uint32_t i = 0; i < b->u->texts.len; i++) {
        Str f = b->u->texts.at[i].file;
        if (!ends_with(f, b->header)) continue;
        Str folder = folder_of(f);
        bool shared = ends_with(folder, "include/") || ends_with(folder, "linux-gnu/");
        b->folder = shared ? (Str){"", 0} : folder;
        return;
    }
}

static bool is_own(const Binding *b, Str file) {
    if (!file.len) return false;
    return ends_with(file, b->header) || (b->folder.len && same(folder_of(file), b->folder));
}

static void want_name(Binding *b, CTable *where, Name *n) {
    uintptr_t i = (uintptr_t)c_find(where, n);
    if (i) b->wanted[i - 1] = true;
}

// Marks what the words of text i refer to.
static void want_words(Binding *b, CTable *where, uint32_t i) {
    CLexer l;
    c_lexer_init(&l, b->u, b->u->texts.at[i].text);
    l.line_start = false;
    const char *tag = NULL;
    for (c_next(&l); l.tok.kind != CTOK_EOF; c_next(&l)) {
        if (l.tok.kind != CTOK_NAME) {
            tag = NULL;
            continue;
        }
        const char *w = l.tok.name->text;
        want_name(b, where, tag ? name_of(arena_printf("%s %s", tag, w)) : l.tok.name);
        bool is_tag = strcmp(w, "struct") == 0 || strcmp(w, "union") == 0 || strcmp(w, "enum") == 0;
        tag = is_tag ? w : NULL;
    }
}

// Dependencies stand before what depends on them, but for tags: so until
// nothing new turns up.
static void select_texts(Binding *b) {
    CTable where = {0};
    uint32_t n = b->u->texts.len;
    b->wanted = arena_alloc(n + 1);
    bool *done = arena_alloc(n + 1);
    for (uint32_t i = 0; i < n; i++) {
        CText *t = &b->u->texts.at[i];
        for (uint32_t k = 0; k < t->defines.len; k++)
            if (!c_find(&where, t->defines.at[k])) c_enter(&where, t->defines.at[k], (void *)(uintptr_t)(i + 1));
        b->wanted[i] = is_own(b, t->file) && !t->has_body;
    }
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = n; i-- > 0;)
            if (b->wanted[i] && !done[i]) {
                done[i] = more = true;
                want_words(b, &where, i);
            }
    }
}

static void print_text(FILE *out, Str s) { // without line markers and empty lines
    for (const char *p = s.ptr, *end = p + s.len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl ? nl : end;
        while (p < stop && (*p == ' ' || *p == '\t')) p++;
        if (p < stop && *p != '#') fprintf(out, "%s%.*s\n", s.ptr == p ? "" : "  ", (int)(stop - p), p);
        p = stop + 1;
    }
}

static void print_string(FILE *out, Str s) {
    fputc('"', out);
    for (int64_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') fprintf(out, "\\%c", c);
        else if (c < ' ' || c >= 0x7f) fprintf(out, "\\%03o", c);
        else fputc(c, out);
    }
    fputc('"', out);
}

static void print_macro(FILE *out, CUnit *u, CMacro *m) {
    if (m->has_params || !m->body.len) return;
    Str text = c_expand(u, m->body);
    CValue v = c_evaluate(u, text);
    switch (v.kind) {
    case CVAL_INT:
        if (v.type) fprintf(out, "#define %s (%.*s)\n", m->name->text, (int)text.len, text.ptr);
        else if (text.ptr[0] == '\'') fprintf(out, "#define %s %.*s\n", m->name->text, (int)text.len, text.ptr);
        else fprintf(out, v.is_unsigned ? "#define %s %lluu%s\n" : (int64_t)v.i < 0 ? "#define %s (%lld%s)\n" : "#define %s %lld%s\n", m->name->text, (unsigned long long)v.i, v.bytes == 8 ? "l" : "");
        return;
    case CVAL_FLOAT:
        if (isfinite(v.f)) fprintf(out, "#define %s %.17g%s\n", m->name->text, v.f, v.f == floor(v.f) && fabs(v.f) < 1e15 ? ".0" : "");
        return;
    case CVAL_STRING:
        fprintf(out, "#define %s ", m->name->text);
        print_string(out, v.s);
        fputc('\n', out);
        return;
    case CVAL_NONE: return;
    }
}

// Macros in the order of the text, not of the table.
static void print_macros(FILE *out, Binding *b, Str text) {
    for (const char *p = text.ptr, *end = p + text.len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl ? nl : end;
        if (stop - p > 8 && memcmp(p, "#define ", 8) == 0) {
            const char *e = p += 8;
            while (e < stop && *e != ' ' && *e != '(') e++;
            CMacro *m = c_find(&b->u->macros, name_intern(p, (size_t)(e - p)));
            if (m && is_own(b, m->file)) print_macro(out, b->u, m);
        }
        p = stop + 1;
    }
}

bool foreign_bind(FILE *out, const char *header, const char *package, const char *const *flags, uint32_t nflags) {
    Package *owner = ARENA_NEW(Package);
    owner->name = name_of(package);
    owner->path = arena_str(package, strlen(package));
    // Messages point into a source text that stands for the preamble.
    char *text = arena_printf("/*\n#include <%s>\n*/", header);
    char *local = arena_printf("/*\n#include \"%s\"\n*/", header);
    FILE *here = fopen(header, "r");
    if (here) fclose(here);
    Str source = {here ? local : text, (int64_t)strlen(here ? local : text)};
    SourceFile *f = source_add(arena_str(header, strlen(header)), source);
    Binding b = {.header = header};
    const char *slash = strrchr(header, '/');
    if (slash && here) b.header = slash + 1;
    Package *c = foreign_import(owner, (Str){"", 0}, 0, f->base);
    if (!c) return false;
    CUnit *u = b.u = c->c;
    u->keep_texts = true;
    for (uint32_t i = 0; i < nflags; i++)
        if (strncmp(flags[i], "-l", 2) != 0 && strncmp(flags[i], "-L", 2) != 0) VEC_PUSH(&u->cflags, flags[i]);
    if (!c_read_preamble(u, source, f->base, here ? "." : "")) return false;
    find_folder(&b);
    select_texts(&b);
    fprintf(out, "// Binding of %s, made by csp bind.\n\npackage %s\n\n/*\n", header, package);
    for (uint32_t i = 0; i < nflags; i++)
        if (strncmp(flags[i], "-l", 2) == 0 || strncmp(flags[i], "-L", 2) == 0) fprintf(out, "#cgo LDFLAGS: %s\n", flags[i]);
    print_macros(out, &b, u->preambles.at[u->preambles.len - 1].expanded);
    for (uint32_t i = 0; i < u->texts.len; i++)
        if (b.wanted[i]) print_text(out, u->texts.at[i].text);
    fputs("*/\nimport \"C\"\n", out);
    return true;
}
