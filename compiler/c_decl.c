// SPDX-License-Identifier: MIT
// c_decl.c: reads C declarations: types, functions, variables.
//
// Bodies of functions and initialisers are passed over. What the grammar of
// extensions cannot be made sense of ends at the next semicolon: in a header
// the declaration is left out, in the preamble itself it is an error.
#include <string.h>

#include "compiler/c_parser.h"

typedef struct Attributes {
    bool packed, is_static, is_inline, is_typedef, is_extern, is_const, vector;
    uint32_t align;
    int64_t vector_bytes;
    const char *symbol;
    int mode_bytes;
    uint8_t format;     // number of the parameter that is a format, or 0
    bool format_scans;
} Attributes;

static CType *declarator(CParser *p, CType *base, Name **name, Attributes *a);
static CType *specifiers(CParser *p, Attributes *a);

// --- helpers

void c_parser_init(CParser *p, CUnit *u, Str text) {
    *p = (CParser){.u = u};
    c_lexer_init(&p->l, u, text);
    p->l.in_preamble = false;
    p->l.line_start = false;
    c_next(&p->l);
}

void c_fail(CParser *p, const char *what) {
    if (p->failed) return;
    p->failed = true;
    if (!p->l.in_preamble || p->l.unit->failed) return;
    CPreamble *pre = &p->u->preambles.at[p->preamble];
    // the preamble's line in the source file
    Pos pos = pre->pos;
    Location at = source_locate(pos);
    uint32_t want = p->l.line > 0 ? p->l.line - 1 : 0;
    if (at.file) {
        uint32_t off = pos - at.file->base;
        for (; want && off < at.file->text.len; off++) want -= at.file->text.ptr[off] == '\n';
        pos = at.file->base + off;
    }
    const char *near = p->l.tok.kind == CTOK_EOF ? "end of the preamble" : arena_printf("%.*s", (int)p->l.tok.text.len, p->l.tok.text.ptr);
    source_error(pos, "C preamble: %s near %s", what, near);
    p->u->failed = true;
}

void c_want(CParser *p, uint32_t c) {
    if (!got(p, c)) c_fail(p, arena_printf("expected '%c'", (int)c));
}

// Over a bracketed group; the current token opens it.
static void skip_group(CParser *p) {
    int depth = 0;
    do {
        if (is_punct(p, '(') || is_punct(p, '[') || is_punct(p, '{')) depth++;
        else if (is_punct(p, ')') || is_punct(p, ']') || is_punct(p, '}')) depth--;
        c_next(&p->l);
    } while (depth > 0 && !at_end(p));
}

static CType *new_type(int kind) {
    CType *t = ARENA_NEW(CType);
    t->kind = (uint8_t)kind;
    return t;
}

static CType *derived(int kind, CType *of) {
    CType *t = new_type(kind);
    t->of = of;
    return t;
}

// --- attributes

static void format_attribute(CParser *p, Attributes *a) { // (printf, number of the format, of the first variable argument)
    c_next(&p->l);
    bool prints = is_keyword(p, "printf") || is_keyword(p, "gnu_printf"), scans = is_keyword(p, "scanf") || is_keyword(p, "gnu_scanf");
    c_next(&p->l);
    c_want(p, ',');
    CValue at = c_conditional(p);
    c_want(p, ',');
    CValue first = c_conditional(p);
    c_want(p, ')');
    if ((!prints && !scans) || at.kind != CVAL_INT || first.kind != CVAL_INT || first.i != at.i + 1 || at.i > UINT8_MAX) return;
    a->format = (uint8_t)at.i;
    a->format_scans = scans;
}

static void attribute(CParser *p, Attributes *a) {
    if (p->l.tok.kind != CTOK_NAME) {
        c_next(&p->l);
        return;
    }
    bool packed = is_keyword(p, "packed"), aligned = is_keyword(p, "aligned"), vector = is_keyword(p, "vector_size"), mode = is_keyword(p, "mode"), format = is_keyword(p, "format");
    c_next(&p->l);
    if (packed) a->packed = true;
    if (!is_punct(p, '(')) {
        if (aligned && a->align < 16) a->align = 16;
        return;
    }
    if (aligned || vector) {
        c_next(&p->l);
        CValue v = c_conditional(p);
        if (aligned && v.kind == CVAL_INT && v.i > a->align && v.i <= 4096) a->align = (uint32_t)v.i;
        if (vector && v.kind == CVAL_INT) a->vector_bytes = (int64_t)v.i;
        c_want(p, ')');
    } else if (mode) {
        c_next(&p->l);
        a->mode_bytes = is_keyword(p, "QI") ? 1 : is_keyword(p, "HI") ? 2 : is_keyword(p, "SI") ? 4 : is_keyword(p, "DI") || is_keyword(p, "word") ? 8 : 0;
        c_next(&p->l);
        c_want(p, ')');
    } else if (format) {
        format_attribute(p, a);
    } else {
        skip_group(p);
    }
}

// Attributes, asm labels and the like, wherever they may stand.
static void attributes(CParser *p, Attributes *a) {
    for (;;) {
        if (is_keyword(p, "attribute")) {
            c_next(&p->l);
            c_want(p, '(');
            c_want(p, '(');
            while (!is_punct(p, ')') && !at_end(p) && !p->failed) attribute(p, a);
            c_want(p, ')');
            c_want(p, ')');
        } else if (is_keyword(p, "asm")) {
            c_next(&p->l);
            c_want(p, '(');
            CValue v = c_primary(p);
            if (v.kind == CVAL_STRING) a->symbol = arena_printf("%.*s", (int)v.s.len, v.s.ptr);
            c_want(p, ')');
        } else if (is_word(p, "_Alignas")) {
            c_next(&p->l);
            c_want(p, '(');
            CValue v = {0};
            if (c_starts_type(p)) {
                CType *t = c_parse_type_name(p);
                if (t && c_layout(t)) v = c_int_value(t->align, 4, true);
            } else {
                v = c_conditional(p);
            }
            if (v.kind == CVAL_INT && v.i > a->align && v.i <= 4096) a->align = (uint32_t)v.i;
            c_want(p, ')');
        } else if (!got_keyword(p, "extension") && !got_keyword(p, "restrict") && !got_keyword(p, "volatile") && !got_keyword(p, "inline")) {
            return;
        }
        if (p->failed) return;
    }
}

// --- types

static Name *tag_key(int kind, Name *tag) { // struct and union of one name are different things
    return name_of(arena_printf("%s %s", kind == C_STRUCT ? "struct" : kind == C_UNION ? "union" : "enum", tag->text));
}

static void note_defined(CParser *p, Name *n) {
    if (p->u->keep_texts) VEC_PUSH(&p->text.defines, n);
}

static CDecl *new_decl(CParser *p, int kind, Name *name, CType *t) {
    CDecl *d = ARENA_NEW(CDecl);
    d->kind = (uint8_t)kind;
    d->name = name;
    d->type = t;
    d->symbol = name->text;
    d->in_preamble = p->l.in_preamble;
    d->preamble = p->preamble;
    c_enter(&p->u->names, name, d);
    note_defined(p, name);
    return d;
}

static void add_field(CType *t, CField f, uint32_t *cap) {
    if (t->nfields == *cap) {
        *cap = *cap ? *cap * 2 : 8;
        CField *at = ARENA_ARRAY(CField, *cap);
        if (t->nfields) memcpy(at, t->fields, t->nfields * sizeof *at);
        t->fields = at;
    }
    t->fields[t->nfields++] = f;
}

static void struct_field(CParser *p, CType *base, Attributes *base_attr, CType *owner, uint32_t *cap) {
    do {
        CField f = {.type = base, .bits = -1};
        Attributes a = {.align = base_attr->align};
        if (!is_punct(p, ':')) f.type = declarator(p, base, &f.name, &a);
        if (got(p, ':')) {
            CValue v = c_conditional(p);
            f.bits = v.kind == CVAL_INT && v.i <= 64 ? (int32_t)v.i : 0;
            if (f.type && !c_layout(f.type)) c_fail(p, "bit-field of incomplete type");
        }
        attributes(p, &a);
        if ((a.align || a.packed) && f.type) {
            f.type = arena_dup(f.type, sizeof *f.type);
            f.type->go = NULL;
            if (a.packed) {
                CType *packed = derived(C_TYPEDEF, f.type);
                packed->min_align = 1;
                f.type = packed;
            }
            if (a.align) f.type->min_align = a.align;
        }
        if (p->failed || !f.type) return;
        add_field(owner, f, cap);
    } while (got(p, ','));
}

static void struct_body(CParser *p, CType *t) {
    uint32_t cap = 0;
    while (!is_punct(p, '}') && !at_end(p) && !p->failed) {
        if (got(p, ';')) continue;
        if (is_word(p, "_Static_assert")) {
            c_next(&p->l);
            skip_group(p);
            continue;
        }
        Attributes a = {0};
        CType *base = specifiers(p, &a);
        if (!base) return c_fail(p, "expected a field");
        if (is_punct(p, ';')) {
            CType *s = c_strip(base);
            if (s->kind != C_STRUCT && s->kind != C_UNION) continue;
            add_field(t, (CField){.type = base, .bits = -1}, &cap);
        } else {
            struct_field(p, base, &a, t, &cap);
        }
        c_want(p, ';');
    }
    c_want(p, '}');
}

static CType *tagged(CParser *p, int kind, Name *tag) {
    if (!tag) return new_type(kind);
    Name *key = tag_key(kind, tag);
    CType *t = c_find(&p->u->tags, key);
    if (!t) {
        t = new_type(kind);
        t->name = tag;
        c_enter(&p->u->tags, key, t);
    }
    return t;
}

static CType *struct_or_union(CParser *p, int kind) {
    Attributes a = {0};
    attributes(p, &a);
    Name *tag = p->l.tok.kind == CTOK_NAME ? p->l.tok.name : NULL;
    if (tag) c_next(&p->l);
    attributes(p, &a);
    CType *t = tagged(p, kind, tag);
    if (!is_punct(p, '{')) {
        if (!tag) c_fail(p, "expected a name or '{'");
        return t;
    }
    c_next(&p->l);
    if (t->complete) t = new_type(kind); // said twice: the first stays
    if (tag) note_defined(p, tag_key(kind, tag));
    struct_body(p, t);
    attributes(p, &a);
    t->packed = a.packed || (p->l.pack == 1);
    t->min_align = a.align;
    if (p->l.pack > 1 && !p->failed) // fields of greater alignment are drawn closer
        for (uint32_t i = 0; i < t->nfields; i++)
            if (c_layout(t->fields[i].type) && t->fields[i].type->align > p->l.pack) {
                CType *f = derived(C_TYPEDEF, t->fields[i].type);
                f->min_align = p->l.pack;
                t->fields[i].type = f;
            }
    t->complete = !p->failed;
    t->unit = p->u;
    return t;
}

static CType *enumeration(CParser *p) {
    Attributes a = {0};
    attributes(p, &a);
    Name *tag = p->l.tok.kind == CTOK_NAME ? p->l.tok.name : NULL;
    if (tag) c_next(&p->l);
    attributes(p, &a);
    CType *t = tagged(p, C_ENUM, tag);
    if (!got(p, '{')) return t;
    if (tag) note_defined(p, tag_key(C_ENUM, tag));
    int64_t next = 0, lo = 0, hi = 0;
    VEC(CDecl *) consts = {0};
    while (p->l.tok.kind == CTOK_NAME && !p->failed) {
        Name *n = p->l.tok.name;
        c_next(&p->l);
        attributes(p, &a);
        if (got(p, '=')) {
            CValue v = c_conditional(p);
            if (v.kind == CVAL_INT) next = (int64_t)v.i;
        }
        CDecl *d = new_decl(p, CDECL_CONST, n, t);
        d->value = next;
        VEC_PUSH(&consts, d);
        if (next < lo) lo = next;
        if (next > hi) hi = next;
        next++;
        if (!got(p, ',')) break;
    }
    c_want(p, '}');
    attributes(p, &a);
    if (a.packed) t->of = c_basic(lo < 0 ? (lo >= -128 && hi < 128 ? C_SCHAR : lo >= -32768 && hi < 32768 ? C_SHORT : C_INT) : hi < 256 ? C_UCHAR : hi < 65536 ? C_USHORT : C_UINT);
    else if (lo < 0) t->of = c_basic(lo < INT32_MIN || hi > INT32_MAX ? C_LONG : C_INT);
    else t->of = c_basic(hi > UINT32_MAX ? C_ULONG : C_UINT);
    t->complete = true;
    return t;
}

static CType *typeof_type(CParser *p) {
    c_want(p, '(');
    CType *t = NULL;
    if (c_starts_type(p)) {
        t = c_parse_type_name(p);
    } else if (p->l.tok.kind == CTOK_NAME) {
        CDecl *d = c_find(&p->u->names, p->l.tok.name);
        if (d) t = d->kind == CDECL_CONST ? c_basic(C_INT) : d->type;
        c_next(&p->l);
    }
    if (!t) c_fail(p, "typeof of an expression");
    c_want(p, ')');
    return t;
}

static CType *opaque(int64_t size, uint32_t align) {
    CType *t = new_type(C_OPAQUE);
    t->size = size;
    t->align = align;
    t->complete = true;
    return t;
}

typedef struct Words { // counts of the words of a basic type
    int v_void, v_char, v_short, v_int, v_long, v_signed, v_unsigned, v_float, v_double, v_bool, v_complex, v_int128, v_f128;
} Words;

static int *word_counter(CParser *p, Words *w) {
    static const struct { const char *word; size_t at; } table[] = {
        {"void", offsetof(Words, v_void)}, {"char", offsetof(Words, v_char)}, {"short", offsetof(Words, v_short)}, {"int", offsetof(Words, v_int)},
        {"long", offsetof(Words, v_long)}, {"unsigned", offsetof(Words, v_unsigned)}, {"float", offsetof(Words, v_float)}, {"double", offsetof(Words, v_double)},
        {"_Bool", offsetof(Words, v_bool)}, {"_Complex", offsetof(Words, v_complex)}, {"__int128", offsetof(Words, v_int128)}, {"__int128_t", offsetof(Words, v_int128)},
        {"_Float32", offsetof(Words, v_float)}, {"_Float64", offsetof(Words, v_double)}, {"_Float32x", offsetof(Words, v_double)},
        {"_Float64x", offsetof(Words, v_f128)}, {"_Float128", offsetof(Words, v_f128)}, {"__float128", offsetof(Words, v_f128)},
    };
    if (is_keyword(p, "signed")) return &w->v_signed;
    if (is_keyword(p, "complex")) return &w->v_complex;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (is_word(p, table[i].word)) return (int *)((char *)w + table[i].at);
    return NULL;
}

static CType *basic_type(const Words *w) {
    if (w->v_void) return c_basic(C_VOID);
    if (w->v_bool) return c_basic(C_BOOL);
    if (w->v_f128) return opaque(w->v_complex ? 32 : 16, 16);
    if (w->v_float) return c_basic(w->v_complex ? C_CFLOAT : C_FLOAT);
    if (w->v_double || w->v_complex) return c_basic(w->v_complex ? (w->v_long ? C_CLDOUBLE : C_CDOUBLE) : w->v_long ? C_LDOUBLE : C_DOUBLE);
    if (w->v_int128) return c_basic(w->v_unsigned ? C_UINT128 : C_INT128);
    if (w->v_char) return c_basic(w->v_unsigned ? C_UCHAR : w->v_signed ? C_SCHAR : C_CHAR);
    if (w->v_short) return c_basic(w->v_unsigned ? C_USHORT : C_SHORT);
    if (w->v_long > 1) return c_basic(w->v_unsigned ? C_ULLONG : C_LLONG);
    if (w->v_long) return c_basic(w->v_unsigned ? C_ULONG : C_LONG);
    return c_basic(w->v_unsigned ? C_UINT : C_INT);
}

// Names of <stddef.h>, <stdint.h> and <stdbool.h> are known without them.
static CType *standard_typedef(CUnit *u, Name *name) {
    static const struct { const char *name; uint8_t kind; } standard[] = {
        {"size_t", C_ULONG}, {"ssize_t", C_LONG}, {"int8_t", C_SCHAR}, {"int16_t", C_SHORT}, {"int32_t", C_INT}, {"int64_t", C_LONG}, {"uint8_t", C_UCHAR},
        {"uint16_t", C_USHORT}, {"uint32_t", C_UINT}, {"uint64_t", C_ULONG}, {"intptr_t", C_LONG}, {"uintptr_t", C_ULONG}, {"ptrdiff_t", C_LONG}, {"bool", C_BOOL},
    };
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
        if (strcmp(standard[i].name, name->text) == 0) {
            CType *t = derived(C_TYPEDEF, c_basic(standard[i].kind));
            t->name = name;
            CDecl *d = ARENA_NEW(CDecl);
            *d = (CDecl){.kind = CDECL_TYPEDEF, .name = name, .type = t, .symbol = name->text};
            c_enter(&u->names, name, d);
            return t;
        }
    return NULL;
}

static CType *typedef_named(CParser *p) {
    if (p->l.tok.kind != CTOK_NAME) return NULL;
    CDecl *d = c_find(&p->u->names, p->l.tok.name);
    if (!d) return standard_typedef(p->u, p->l.tok.name);
    return d->kind == CDECL_TYPEDEF ? d->type : NULL;
}

static bool is_qualifier(CParser *p) { return is_keyword(p, "const") || is_keyword(p, "volatile") || is_keyword(p, "restrict") || is_word(p, "_Atomic"); }

bool c_starts_type(CParser *p) {
    Words w;
    if (p->l.tok.kind != CTOK_NAME) return false;
    return word_counter(p, &w) || typedef_named(p) || is_qualifier(p) || is_word(p, "struct") || is_word(p, "union") || is_word(p, "enum") || is_keyword(p, "typeof") || is_word(p, "__builtin_va_list");
}

static bool storage_word(CParser *p, Attributes *a) {
    if (is_word(p, "typedef")) a->is_typedef = true;
    else if (is_word(p, "static")) a->is_static = true;
    else if (is_word(p, "extern")) a->is_extern = true;
    else if (is_keyword(p, "inline")) a->is_inline = true;
    else if (is_keyword(p, "const")) a->is_const = true;
    else if (!is_word(p, "register") && !is_word(p, "auto") && !is_word(p, "_Noreturn") && !is_word(p, "_Thread_local") && !is_word(p, "__thread") && !is_qualifier(p) && !is_keyword(p, "extension")) return false;
    c_next(&p->l);
    return true;
}

static CType *sized_int(CType *t, int bytes) {
    static const uint8_t kinds[2][4] = {{C_SCHAR, C_SHORT, C_INT, C_LONG}, {C_UCHAR, C_USHORT, C_UINT, C_ULONG}};
    bool u = t->kind == C_UINT || t->kind == C_ULONG || t->kind == C_UCHAR || t->kind == C_USHORT;
    return c_basic(kinds[u][bytes == 1 ? 0 : bytes == 2 ? 1 : bytes == 4 ? 2 : 3]);
}

// NULL when no type begins here.
static CType *specifiers(CParser *p, Attributes *a) {
    if (++p->depth > C_MAX_DEPTH) {
        c_fail(p, "declaration nested too deeply");
        p->depth--;
        return NULL;
    }
    Words w = {0};
    CType *t = NULL;
    bool any = false;
    while (!at_end(p) && !p->failed) {
        int *count = word_counter(p, &w);
        if (count && !t) {
            ++*count;
            any = true;
            c_next(&p->l);
        } else if (is_keyword(p, "attribute") || is_word(p, "_Alignas") || is_keyword(p, "asm")) {
            attributes(p, a);
        } else if (storage_word(p, a)) {
        } else if (t || any) {
            break;
        } else if (is_word(p, "struct") || is_word(p, "union")) {
            int kind = is_word(p, "struct") ? C_STRUCT : C_UNION;
            c_next(&p->l);
            t = struct_or_union(p, kind);
        } else if (is_word(p, "enum")) {
            c_next(&p->l);
            t = enumeration(p);
        } else if (is_keyword(p, "typeof")) {
            c_next(&p->l);
            t = typeof_type(p);
        } else if (is_word(p, "__builtin_va_list")) {
            c_next(&p->l);
            t = opaque(24, 8);
        } else if (typedef_named(p)) {
            t = typedef_named(p);
            c_next(&p->l);
        } else {
            break;
        }
    }
    p->depth--;
    if (p->failed) return NULL;
    if (any) t = basic_type(&w);
    if (t && a->mode_bytes) t = sized_int(t, a->mode_bytes);
    if (t && a->vector_bytes) t = opaque(a->vector_bytes, (uint32_t)a->vector_bytes);
    if (t && a->is_const) {
        CType *c = arena_dup(t, sizeof *t);
        if (t->kind == C_STRUCT || t->kind == C_UNION || t->kind == C_ENUM) c = derived(C_TYPEDEF, t); // its body may come later
        c->is_const = true;
        t = c;
    }
    return t;
}

// --- declarators

static void parameters(CParser *p, CType *f) {
    VEC(CType *) params = {0};
    if (is_punct(p, ')')) f->no_prototype = true;
    while (!is_punct(p, ')') && !at_end(p) && !p->failed) {
        if (got(p, C3('.', '.', '.'))) {
            f->variadic = true;
            break;
        }
        Attributes a = {0};
        Name *name = NULL;
        CType *base = specifiers(p, &a);
        if (!base) return c_fail(p, "expected a parameter's type");
        CType *t = declarator(p, base, &name, &a);
        if (!t) return;
        attributes(p, &a);
        CType *s = c_strip(t);
        if (s->kind == C_VOID && !name && !params.len && is_punct(p, ')')) break;
        if (s->kind == C_ARRAY) t = derived(C_POINTER, s->of);
        else if (s->kind == C_FUNC) t = derived(C_POINTER, t);
        VEC_PUSH(&params, t);
        if (!got(p, ',')) break;
    }
    c_want(p, ')');
    f->params = params.at;
    f->nparams = params.len;
}

static int64_t array_length(CParser *p) {
    p->not_constant = false;
    CValue v = c_conditional(p);
    return v.kind == CVAL_INT && !p->not_constant && (int64_t)v.i >= 0 ? (int64_t)v.i : -1;
}

// The part behind the name: array bounds and parameters, outermost first.
static CType *suffixes(CParser *p, CType *base) {
    if (got(p, '[')) {
        while (got_keyword(p, "static") || got_keyword(p, "const") || got_keyword(p, "restrict") || got_keyword(p, "volatile")) {}
        int64_t len = is_punct(p, ']') ? -1 : array_length(p);
        c_want(p, ']');
        CType *t = derived(C_ARRAY, NULL);
        t->len = len;
        t->of = suffixes(p, base);
        return t;
    }
    if (got(p, '(')) {
        CType *t = derived(C_FUNC, NULL);
        t->unit = p->u;
        parameters(p, t);
        t->of = suffixes(p, base);
        return t;
    }
    return base;
}

static bool opens_declarator(CParser *p) { // '(' of a nested declarator, not of parameters
    CLexer saved = p->l;
    c_next(&p->l);
    bool nested = is_punct(p, '*') || is_punct(p, '(') || is_punct(p, '^') || is_keyword(p, "attribute") || (p->l.tok.kind == CTOK_NAME && !c_starts_type(p) && !is_word(p, "void"));
    p->l = saved;
    return nested;
}

static CType *declarator(CParser *p, CType *base, Name **name, Attributes *a) {
    if (++p->depth > C_MAX_DEPTH) {
        c_fail(p, "declarator nested too deeply");
        p->depth--;
        return NULL;
    }
    attributes(p, a);
    while (got(p, '*')) {
        base = derived(C_POINTER, base);
        while (is_qualifier(p) || is_keyword(p, "attribute") || is_word(p, "_Nullable") || is_word(p, "_Nonnull")) {
            if (is_keyword(p, "attribute")) attributes(p, a);
            else {
                base->is_const |= is_keyword(p, "const");
                c_next(&p->l);
            }
        }
    }
    attributes(p, a);
    CType *result;
    if (is_punct(p, '(') && opens_declarator(p)) {
        c_next(&p->l);
        CType *hole = new_type(C_TYPEDEF); // filled once what follows the parenthesis is known
        CType *inner = declarator(p, hole, name, a);
        c_want(p, ')');
        CType *outer = suffixes(p, base);
        if (inner == hole) result = outer;
        else {
            hole->of = outer;
            result = inner;
        }
    } else {
        if (p->l.tok.kind == CTOK_NAME && !is_keyword(p, "attribute") && !is_keyword(p, "asm")) {
            *name = p->l.tok.name;
            c_next(&p->l);
        }
        attributes(p, a);
        result = suffixes(p, base);
    }
    p->depth--;
    return p->failed ? NULL : result;
}

CType *c_parse_type_name(CParser *p) {
    Attributes a = {0};
    Name *name = NULL;
    CType *t = specifiers(p, &a);
    return t ? declarator(p, t, &name, &a) : NULL;
}

CType *c_evaluate_type(CUnit *u, Str text) {
    CParser p;
    c_parser_init(&p, u, text);
    CType *t = c_starts_type(&p) ? c_parse_type_name(&p) : NULL;
    return p.failed || !at_end(&p) ? NULL : t;
}

// --- declarations

static void skip_declaration(CParser *p) {
    while (!at_end(p) && !is_punct(p, ';') && !is_punct(p, '}')) {
        if (is_punct(p, '(') || is_punct(p, '[') || is_punct(p, '{')) {
            bool body = is_punct(p, '{');
            skip_group(p);
            if (body && !is_punct(p, ';') && !is_punct(p, ',')) return;
        } else {
            c_next(&p->l);
        }
    }
    if (!at_end(p)) c_next(&p->l);
}

static void skip_initializer(CParser *p) {
    while (!at_end(p) && !is_punct(p, ';') && !is_punct(p, ',') && !is_punct(p, '}')) {
        if (is_punct(p, '(') || is_punct(p, '[') || is_punct(p, '{')) skip_group(p);
        else c_next(&p->l);
    }
}

// The length of an array may be told by its initialiser only.
static void initializer(CParser *p, CDecl *d) {
    CType *t = d->type;
    if (d->kind != CDECL_VAR || t->kind != C_ARRAY || t->len >= 0) {
        skip_initializer(p);
        return;
    }
    if (p->l.tok.kind == CTOK_STRING) {
        CValue v = c_primary(p);
        if (v.kind == CVAL_STRING) t->len = v.s.len + 1;
    } else if (got(p, '{')) {
        int64_t n = 0;
        bool designated = false;
        while (!is_punct(p, '}') && !at_end(p)) {
            designated |= is_punct(p, '[');
            n++;
            skip_initializer(p);
            if (!got(p, ',')) break;
        }
        if (!designated) t->len = n;
        got(p, '}');
    }
    skip_initializer(p);
}

static bool named_fast(CParser *p, Name *n) {
    for (uint32_t i = 0; i < p->u->fast.len; i++)
        if (p->u->fast.at[i] == n) return true;
    return false;
}

static CDecl *declare(CParser *p, Name *name, CType *t, const Attributes *a) {
    CDecl *old = c_find(&p->u->names, name);
    bool function = c_strip(t)->kind == C_FUNC;
    int kind = a->is_typedef ? CDECL_TYPEDEF : function ? CDECL_FUNC : CDECL_VAR;
    if (a->is_typedef) {
        if (old && old->kind == CDECL_TYPEDEF) return old;
        CType *named = derived(C_TYPEDEF, t);
        named->name = name;
        named->min_align = a->align;
        t = named;
    } else if (old && old->kind == kind) { // the first prototype counts; a later one may add a body
        if (c_strip(old->type)->no_prototype || (c_strip(old->type)->kind == C_ARRAY && c_strip(old->type)->len < 0)) old->type = t;
        old->is_static |= a->is_static;
        return old;
    }
    CDecl *d = new_decl(p, kind, name, t);
    d->is_static = a->is_static;
    d->fast = named_fast(p, name);
    if (a->symbol) d->symbol = a->symbol;
    d->format = a->format;
    d->format_scans = a->format_scans;
    return d;
}

static void external(CParser *p) {
    Attributes a = {0};
    CType *base = specifiers(p, &a);
    if (!base) return c_fail(p, "expected a declaration");
    if (got(p, ';')) return;
    do {
        Attributes own = a;
        Name *name = NULL;
        CType *t = declarator(p, base, &name, &own);
        if (!t) return;
        if (!name) return c_fail(p, "expected a name");
        attributes(p, &own);
        CDecl *d = declare(p, name, t, &own);
        if (is_punct(p, '{') && d->kind == CDECL_FUNC) {
            skip_group(p);
            d->defined = true;
            d->is_static |= own.is_inline; // an inline definition has no symbol for sure
            p->text.has_body = true;
            if (p->l.in_preamble) p->u->preambles.at[p->preamble].has_bodies = true;
            return;
        }
        if (d->kind == CDECL_VAR && d->in_preamble && !own.is_extern) {
            d->defined = true;
            p->u->preambles.at[p->preamble].has_bodies = true;
        }
        if (got(p, '=')) initializer(p, d);
    } while (got(p, ','));
    c_want(p, ';');
}

void c_parse(CUnit *u, uint32_t preamble, Str text) {
    CParser p = {.u = u, .preamble = preamble};
    c_lexer_init(&p.l, u, text);
    p.l.preamble = preamble;
    c_next(&p.l);
    while (!at_end(&p)) {
        if (got(&p, ';')) continue;
        if (is_word(&p, "_Static_assert") || is_keyword(&p, "asm")) {
            skip_declaration(&p);
            continue;
        }
        CLexer before = p.l;
        p.failed = false;
        p.depth = 0;
        p.text = (CText){.file = p.l.file};
        external(&p);
        if (!p.failed && u->keep_texts) {
            p.text.text = (Str){before.tok_start, p.l.tok_end - before.tok_start};
            VEC_PUSH(&u->texts, p.text);
        }
        if (!p.failed) continue;
        if (u->failed) return;
        p.l = before;
        skip_declaration(&p);
    }
}

// --- names as cgo has them

CType *c_type_of_name(CUnit *u, const char *name) {
    static const struct { const char *name; uint8_t kind; } basic[] = {
        {"char", C_CHAR}, {"schar", C_SCHAR}, {"uchar", C_UCHAR}, {"short", C_SHORT}, {"ushort", C_USHORT}, {"int", C_INT}, {"uint", C_UINT},
        {"long", C_LONG}, {"ulong", C_ULONG}, {"longlong", C_LLONG}, {"ulonglong", C_ULLONG}, {"float", C_FLOAT}, {"double", C_DOUBLE},
        {"complexfloat", C_CFLOAT}, {"complexdouble", C_CDOUBLE}, {"_Bool", C_BOOL}, {"void", C_VOID},
    };
    static const struct { const char *prefix; uint8_t kind; } tags[] = {{"struct_", C_STRUCT}, {"union_", C_UNION}, {"enum_", C_ENUM}};
    CDecl *d = c_find(&u->names, name_of(name));
    if (d && d->kind == CDECL_TYPEDEF) return d->type;
    for (size_t i = 0; i < sizeof basic / sizeof *basic; i++)
        if (strcmp(basic[i].name, name) == 0) return c_basic(basic[i].kind);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t n = strlen(tags[i].prefix);
        if (strncmp(name, tags[i].prefix, n) == 0 && name[n]) return c_find(&u->tags, tag_key(tags[i].kind, name_of(name + n)));
    }
    return standard_typedef(u, name_of(name));
}
