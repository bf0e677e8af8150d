// SPDX-License-Identifier: MIT
// c_decl.c: reads C declarations: types, layouts, constants.
//
// Bodies of functions and initialisers are passed over. What the grammar of
// extensions cannot be made sense of ends at the next semicolon: in a header
// the declaration is left out, in the preamble itself it is an error.
#include <stdlib.h>
#include <string.h>

#include "compiler/c_impl.h"

typedef struct Parser {
    CLexer l;
    CUnit *u;
    uint32_t preamble;
    bool failed;        // of the declaration under way
    bool not_constant;  // of the expression under way
    int depth;
    CText text;         // of the declaration under way
} Parser;

typedef struct Attributes {
    bool packed, is_static, is_inline, is_typedef, is_extern, is_const, vector;
    uint32_t align;
    int64_t vector_bytes;
    const char *symbol;
    int mode_bytes;
    uint8_t format;     // number of the parameter that is a format, or 0
    bool format_scans;
} Attributes;

enum { MAX_DEPTH = 200 };

static CType *declarator(Parser *p, CType *base, Name **name, Attributes *a);
static CType *specifiers(Parser *p, Attributes *a);
static CValue conditional(Parser *p);

// --- helpers

static void fail(Parser *p, const char *what) {
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

static bool is_punct(Parser *p, uint32_t c) { return p->l.tok.kind == CTOK_PUNCT && p->l.tok.punct == c; }
static bool got(Parser *p, uint32_t c) {
    if (!is_punct(p, c)) return false;
    c_next(&p->l);
    return true;
}
static void want(Parser *p, uint32_t c) {
    if (!got(p, c)) fail(p, arena_printf("expected '%c'", (int)c));
}
static bool at_end(Parser *p) { return p->l.tok.kind == CTOK_EOF; }

static bool is_word(Parser *p, const char *w) { return p->l.tok.kind == CTOK_NAME && strcmp(p->l.tok.name->text, w) == 0; }

// The keyword with its spellings __w and __w__.
static bool is_keyword(Parser *p, const char *w) {
    if (p->l.tok.kind != CTOK_NAME) return false;
    const char *t = p->l.tok.name->text;
    if (strcmp(t, w) == 0) return true;
    if (t[0] != '_' || t[1] != '_') return false;
    size_t n = strlen(w);
    return strncmp(t + 2, w, n) == 0 && (t[2 + n] == 0 || strcmp(t + 2 + n, "__") == 0);
}
static bool got_keyword(Parser *p, const char *w) {
    if (!is_keyword(p, w)) return false;
    c_next(&p->l);
    return true;
}

// Over a bracketed group; the current token opens it.
static void skip_group(Parser *p) {
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

CType *c_basic(int kind) {
    static CType basic[C_BASIC_COUNT]; // not in the arena, which may be taken back
    static const struct { uint8_t size, align; } layout[C_BASIC_COUNT] = {
        [C_VOID] = {1, 1}, [C_BOOL] = {1, 1}, [C_CHAR] = {1, 1}, [C_SCHAR] = {1, 1}, [C_UCHAR] = {1, 1}, [C_SHORT] = {2, 2}, [C_USHORT] = {2, 2},
        [C_INT] = {4, 4}, [C_UINT] = {4, 4}, [C_LONG] = {8, 8}, [C_ULONG] = {8, 8}, [C_LLONG] = {8, 8}, [C_ULLONG] = {8, 8},
        [C_INT128] = {16, 16}, [C_UINT128] = {16, 16}, [C_FLOAT] = {4, 4}, [C_DOUBLE] = {8, 8}, [C_LDOUBLE] = {16, 16},
        [C_CFLOAT] = {8, 4}, [C_CDOUBLE] = {16, 8}, [C_CLDOUBLE] = {32, 16},
    };
    CType *t = &basic[kind];
    if (!t->complete) *t = (CType){.kind = (uint8_t)kind, .size = layout[kind].size, .align = layout[kind].align, .complete = true};
    return t;
}

CType *c_strip(CType *t) {
    while (t && t->kind == C_TYPEDEF) t = t->of;
    return t;
}

// --- layout

static int64_t round_up(int64_t n, int64_t align) { return (n + align - 1) / align * align; }

// Bit-fields of one unit follow each other while they fit into their declared
// type at its own alignment; packed ones always do.
static void place_bits(CType *t, CField *f, int64_t *bit, uint32_t *align) {
    int64_t unit = f->type->size * 8;
    if (f->bits == 0) {
        *bit = round_up(*bit, unit);
        return;
    }
    if (!t->packed && *bit / unit != (*bit + f->bits - 1) / unit) *bit = round_up(*bit, unit);
    f->offset = *bit / unit * f->type->size;
    f->bit_offset = (int32_t)(*bit - f->offset * 8);
    *bit += f->bits;
    uint32_t a = t->packed ? 1 : c_strip(f->type)->align;
    if (f->name && a > *align) *align = a;
}

static bool lay_out_fields(CType *t) {
    int64_t bit = 0, largest = 0;
    uint32_t align = 1;
    for (uint32_t i = 0; i < t->nfields; i++) {
        CField *f = &t->fields[i];
        if (!c_layout(f->type)) return false;
        if (t->kind == C_UNION) bit = 0;
        if (f->bits >= 0) {
            place_bits(t, f, &bit, &align);
        } else {
            uint32_t a = t->packed ? 1 : f->type->align;
            if (f->type->min_align > a) a = f->type->min_align;
            f->offset = round_up((bit + 7) / 8, a);
            bit = (f->offset + f->type->size) * 8;
            if (a > align) align = a;
        }
        if (bit > largest) largest = bit;
    }
    if (t->min_align > align) align = t->min_align;
    t->align = align;
    t->size = round_up((largest + 7) / 8, align);
    return true;
}

bool c_layout(CType *t) {
    if (t->align) return true;
    switch (t->kind) {
    case C_POINTER: t->size = t->align = 8; return true;
    case C_FUNC: t->size = t->align = 1; return true;
    case C_TYPEDEF:
        if (!c_layout(t->of)) return false;
        t->size = t->of->size;
        t->align = t->min_align ? t->min_align : t->of->align;
        return true;
    case C_ENUM:
        if (!t->of) return false;
        t->size = t->of->size;
        t->align = t->of->align;
        return true;
    case C_ARRAY:
        if (!c_layout(t->of)) return false;
        if (__builtin_mul_overflow(t->len > 0 ? t->len : 0, t->of->size, &t->size)) return false;
        t->align = t->of->align;
        return true;
    case C_STRUCT: case C_UNION: return t->complete && lay_out_fields(t);
    default: return false;
    }
}

// --- passing by value

int c_foreign_kind(CType *t) {
    static const uint8_t kinds[C_BASIC_COUNT] = {
        [C_BOOL] = FOREIGN_BOOL, [C_CHAR] = FOREIGN_I8, [C_SCHAR] = FOREIGN_I8, [C_UCHAR] = FOREIGN_U8, [C_SHORT] = FOREIGN_I16, [C_USHORT] = FOREIGN_U16,
        [C_INT] = FOREIGN_I32, [C_UINT] = FOREIGN_U32, [C_LONG] = FOREIGN_I64, [C_ULONG] = FOREIGN_U64, [C_LLONG] = FOREIGN_I64, [C_ULLONG] = FOREIGN_U64,
        [C_FLOAT] = FOREIGN_F32, [C_DOUBLE] = FOREIGN_F64, [C_CFLOAT] = FOREIGN_C64, [C_CDOUBLE] = FOREIGN_C128, [C_LDOUBLE] = FOREIGN_LDOUBLE,
    };
    t = c_strip(t);
#ifdef __aarch64__
    if (t->kind == C_CHAR) return FOREIGN_U8;
#endif
    if (t->kind < C_BASIC_COUNT) return kinds[t->kind];
    if (t->kind == C_POINTER) return FOREIGN_PTR;
    if (t->kind == C_ENUM) return t->of ? c_foreign_kind(t->of) : FOREIGN_U32;
    return t->kind == C_STRUCT || t->kind == C_UNION ? FOREIGN_STRUCT : FOREIGN_VOID;
}

enum { MAX_SCALARS = 4096 };

static void add_scalar(ForeignFieldList *out, int kind, int64_t offset) {
    ForeignField f = {.kind = (uint8_t)kind, .offset = (uint32_t)offset};
    if (out->len < MAX_SCALARS) VEC_PUSH(out, f);
}

bool c_flatten(CType *t, uint32_t offset, ForeignFieldList *out) {
    t = c_strip(t);
    if (!c_layout(t) || out->len >= MAX_SCALARS) return out->len >= MAX_SCALARS;
    if (t->kind == C_ARRAY) {
        for (int64_t i = 0; i < t->len && out->len < MAX_SCALARS; i++)
            if (!c_flatten(t->of, offset + (uint32_t)(i * t->of->size), out)) return false;
        return true;
    }
    if (t->kind != C_STRUCT && t->kind != C_UNION) {
        int kind = c_foreign_kind(t);
        if (kind == FOREIGN_VOID || kind == FOREIGN_LDOUBLE) return false;
        if (kind == FOREIGN_C64 || kind == FOREIGN_C128) {
            int half = kind == FOREIGN_C64 ? FOREIGN_F32 : FOREIGN_F64;
            add_scalar(out, half, offset);
            add_scalar(out, half, offset + t->size / 2);
        } else {
            add_scalar(out, kind, offset);
        }
        return true;
    }
    for (uint32_t i = 0; i < t->nfields; i++) {
        const CField *f = &t->fields[i];
        if (f->bits < 0 && !c_flatten(f->type, offset + (uint32_t)f->offset, out)) return false;
        for (int64_t bit = f->bit_offset; f->bits > 0 && bit < f->bit_offset + f->bits; bit += 8 - bit % 8) add_scalar(out, FOREIGN_U8, offset + f->offset + bit / 8);
    }
    return true;
}

static uint32_t scalar_size(uint8_t kind) {
    switch (kind) {
    case FOREIGN_BOOL: case FOREIGN_I8: case FOREIGN_U8: return 1;
    case FOREIGN_I16: case FOREIGN_U16: return 2;
    case FOREIGN_I32: case FOREIGN_U32: case FOREIGN_F32: return 4;
    default: return 8;
    }
}

bool c_misaligned(CType *t) {
    t = c_strip(t);
    ForeignFieldList fields = {0};
    if ((t->kind != C_STRUCT && t->kind != C_UNION) || !c_flatten(t, 0, &fields)) return false;
    for (uint32_t i = 0; i < fields.len; i++)
        if (fields.at[i].offset % scalar_size(fields.at[i].kind)) return true;
    return false;
}

// --- constant expressions

static CValue int_value(uint64_t v, int bytes, bool is_unsigned) {
    if (bytes == 4) v = is_unsigned ? (uint32_t)v : (uint64_t)(int64_t)(int32_t)v;
    return (CValue){.kind = CVAL_INT, .i = v, .bytes = (uint8_t)bytes, .is_unsigned = is_unsigned};
}

static CValue none(Parser *p) {
    p->not_constant = true;
    return (CValue){.kind = CVAL_NONE};
}

static CValue float_value(double f) { return (CValue){.kind = CVAL_FLOAT, .f = f}; }

static CValue number(Parser *p) {
    Str t = p->l.tok.text;
    char buf[128];
    if ((size_t)t.len >= sizeof buf) return none(p);
    size_t n = 0;
    for (int64_t i = 0; i < t.len; i++)
        if (t.ptr[i] != '\'') buf[n++] = t.ptr[i];
    buf[n] = 0;
    c_next(&p->l);
    bool hex = buf[0] == '0' && (buf[1] == 'x' || buf[1] == 'X');
    char *end;
    if (strpbrk(buf, hex ? ".pP" : ".eE")) {
        double f = strtod(buf, &end);
        if (strspn(end, "fFlL") != strlen(end)) return none(p);
        return float_value(strchr(end, 'f') || strchr(end, 'F') ? (double)(float)f : f);
    }
    bool binary = buf[0] == '0' && (buf[1] == 'b' || buf[1] == 'B');
    uint64_t v = binary ? strtoull(buf + 2, &end, 2) : strtoull(buf, &end, 0);
    bool u = false, l = false;
    for (; *end; end++) {
        if (*end == 'u' || *end == 'U') u = true;
        else if (*end == 'l' || *end == 'L') l = true;
        else return none(p);
    }
    bool decimal = buf[0] != '0';
    if (!l && v <= INT32_MAX) return int_value(v, 4, u);
    if (!l && v <= UINT32_MAX && (u || !decimal)) return int_value(v, 4, true);
    return int_value(v, 8, u || v > INT64_MAX);
}

static bool starts_type(Parser *p);

static CType *type_name(Parser *p) {
    Attributes a = {0};
    Name *name = NULL;
    CType *t = specifiers(p, &a);
    return t ? declarator(p, t, &name, &a) : NULL;
}

static CValue cast(Parser *p, CType *t, CValue v) {
    CType *s = c_strip(t);
    if (!s || v.kind == CVAL_NONE) return none(p);
    if (s->kind == C_FLOAT || s->kind == C_DOUBLE || s->kind == C_LDOUBLE) {
        double f = v.kind == CVAL_FLOAT ? v.f : v.is_unsigned ? (double)v.i : (double)(int64_t)v.i;
        return v.kind == CVAL_STRING ? none(p) : float_value(s->kind == C_FLOAT ? (double)(float)f : f);
    }
    if (v.kind == CVAL_STRING) {
        if (s->kind == C_POINTER) return v; // (char *)"text"
        return none(p);
    }
    uint64_t i = v.kind == CVAL_FLOAT ? (uint64_t)(int64_t)v.f : v.i;
    if (s->kind == C_POINTER) {
        CValue r = int_value(i, 8, true);
        r.type = t;
        return r;
    }
    if (s->kind == C_ENUM) s = s->of ? s->of : c_basic(C_UINT);
    switch (s->kind) {
    case C_BOOL: return int_value(i != 0, 4, false);
    case C_CHAR: case C_SCHAR: return int_value((uint64_t)(int8_t)i, 4, false);
    case C_UCHAR: return int_value((uint8_t)i, 4, false);
    case C_SHORT: return int_value((uint64_t)(int16_t)i, 4, false);
    case C_USHORT: return int_value((uint16_t)i, 4, false);
    case C_INT: return int_value(i, 4, false);
    case C_UINT: return int_value(i, 4, true);
    case C_LONG: case C_LLONG: return int_value(i, 8, false);
    case C_ULONG: case C_ULLONG: return int_value(i, 8, true);
    default: return none(p);
    }
}

static CValue unary(Parser *p);

static CValue sizeof_value(Parser *p, bool align) {
    CType *t = NULL;
    if (got(p, '(')) {
        if (starts_type(p)) {
            t = type_name(p);
        } else if (p->l.tok.kind == CTOK_NAME) {
            CDecl *d = c_find(&p->u->names, p->l.tok.name);
            t = d && d->kind == CDECL_VAR ? d->type : NULL;
            c_next(&p->l);
        }
        want(p, ')');
    }
    if (!t || !c_layout(t)) return none(p);
    return int_value(align ? t->align : (uint64_t)t->size, 8, true);
}

static CValue named_value(Parser *p) {
    CDecl *d = c_find(&p->u->names, p->l.tok.name);
    c_next(&p->l);
    if (!d || d->kind != CDECL_CONST) return none(p);
    bool wide = d->is_unsigned ? (uint64_t)d->value > UINT32_MAX : d->value != (int32_t)d->value;
    return int_value((uint64_t)d->value, wide ? 8 : 4, d->is_unsigned);
}

static CValue offset_value(Parser *p) { // __builtin_offsetof(type, field)
    want(p, '(');
    CType *t = c_strip(type_name(p));
    want(p, ',');
    Name *f = p->l.tok.name;
    c_next(&p->l);
    want(p, ')');
    if (!t || !f || !c_layout(t)) return none(p);
    for (uint32_t i = 0; i < t->nfields; i++)
        if (t->fields[i].name == f) return int_value((uint64_t)t->fields[i].offset, 8, true);
    return none(p);
}

static CValue primary(Parser *p) {
    CToken t = p->l.tok;
    if (t.kind == CTOK_NUMBER) return number(p);
    if (t.kind == CTOK_CHAR) {
        int64_t c;
        c_next(&p->l);
        return c_char_value(&t, &c) ? int_value((uint64_t)c, 4, false) : none(p);
    }
    if (t.kind == CTOK_STRING) {
        CValue v = {.kind = CVAL_STRING, .s = {"", 0}};
        for (; p->l.tok.kind == CTOK_STRING; c_next(&p->l)) {
            Str s;
            if (!c_string_value(&p->l.tok, &s)) return none(p);
            char *all = arena_alloc((size_t)(v.s.len + s.len) + 1);
            memcpy(all, v.s.ptr, (size_t)v.s.len);
            memcpy(all + v.s.len, s.ptr, (size_t)s.len);
            v.s = (Str){all, v.s.len + s.len};
        }
        return v;
    }
    if (got_keyword(p, "sizeof")) return sizeof_value(p, false);
    if (is_word(p, "_Alignof") || is_keyword(p, "alignof")) return c_next(&p->l), sizeof_value(p, true);
    if (is_word(p, "__builtin_offsetof")) return c_next(&p->l), offset_value(p);
    if (t.kind == CTOK_NAME) return named_value(p);
    if (got(p, '(')) {
        CValue v = conditional(p);
        want(p, ')');
        return v;
    }
    return none(p);
}

static CValue unary(Parser *p) {
    if (++p->depth > MAX_DEPTH) return p->depth--, none(p);
    CValue v;
    if (is_punct(p, '(')) {
        Parser saved = *p;
        c_next(&p->l);
        if (starts_type(p)) {
            CType *t = type_name(p);
            want(p, ')');
            v = unary(p);
            p->depth--;
            return cast(p, t, v);
        }
        *p = saved;
    }
    uint32_t op = p->l.tok.kind == CTOK_PUNCT ? p->l.tok.punct : 0;
    if (op != '-' && op != '+' && op != '~' && op != '!') {
        v = primary(p);
        p->depth--;
        return v;
    }
    c_next(&p->l);
    v = unary(p);
    p->depth--;
    if (v.kind == CVAL_FLOAT) return op == '-' ? float_value(-v.f) : op == '+' ? v : op == '!' ? int_value(v.f == 0, 4, false) : none(p);
    if (v.kind != CVAL_INT) return none(p);
    if (op == '!') return int_value(v.i == 0, 4, false);
    return int_value(op == '-' ? -v.i : op == '~' ? ~v.i : v.i, v.bytes, v.is_unsigned);
}

static int precedence(Parser *p) {
    if (p->l.tok.kind != CTOK_PUNCT) return 0;
    switch (p->l.tok.punct) {
    case '*': case '/': case '%': return 10;
    case '+': case '-': return 9;
    case C2('<', '<'): case C2('>', '>'): return 8;
    case '<': case '>': case C2('<', '='): case C2('>', '='): return 7;
    case C2('=', '='): case C2('!', '='): return 6;
    case '&': return 5;
    case '^': return 4;
    case '|': return 3;
    case C2('&', '&'): return 2;
    case C2('|', '|'): return 1;
    default: return 0;
    }
}

static double as_double(CValue v) { return v.kind == CVAL_FLOAT ? v.f : v.is_unsigned ? (double)v.i : (double)(int64_t)v.i; }

static CValue float_op(Parser *p, uint32_t op, double x, double y) {
    switch (op) {
    case '*': return float_value(x * y);
    case '/': return float_value(x / y);
    case '+': return float_value(x + y);
    case '-': return float_value(x - y);
    case '<': return int_value(x < y, 4, false);
    case '>': return int_value(x > y, 4, false);
    case C2('<', '='): return int_value(x <= y, 4, false);
    case C2('>', '='): return int_value(x >= y, 4, false);
    case C2('=', '='): return int_value(x == y, 4, false);
    case C2('!', '='): return int_value(x != y, 4, false);
    case C2('&', '&'): return int_value(x != 0 && y != 0, 4, false);
    case C2('|', '|'): return int_value(x != 0 || y != 0, 4, false);
    default: return none(p);
    }
}

static CValue int_op(Parser *p, uint32_t op, CValue x, CValue y) {
    int bytes = x.bytes > y.bytes ? x.bytes : y.bytes;
    bool u = (x.is_unsigned && x.bytes == bytes) || (y.is_unsigned && y.bytes == bytes);
    uint64_t a = x.i, b = y.i;
    int64_t sa = (int64_t)a, sb = (int64_t)b;
    switch (op) {
    case '*': return int_value(a * b, bytes, u);
    case '+': return int_value(a + b, bytes, u);
    case '-': return int_value(a - b, bytes, u);
    case '/': case '%':
        if (b == 0 || (!u && sb == -1 && sa == INT64_MIN)) return none(p);
        if (op == '/') return int_value(u ? a / b : (uint64_t)(sa / sb), bytes, u);
        return int_value(u ? a % b : (uint64_t)(sa % sb), bytes, u);
    case C2('<', '<'): return b < 64 ? int_value(a << b, x.bytes, x.is_unsigned) : none(p);
    case C2('>', '>'): return b < 64 ? int_value(x.is_unsigned ? a >> b : (uint64_t)(sa >> b), x.bytes, x.is_unsigned) : none(p);
    case '&': return int_value(a & b, bytes, u);
    case '^': return int_value(a ^ b, bytes, u);
    case '|': return int_value(a | b, bytes, u);
    case '<': return int_value(u ? a < b : sa < sb, 4, false);
    case '>': return int_value(u ? a > b : sa > sb, 4, false);
    case C2('<', '='): return int_value(u ? a <= b : sa <= sb, 4, false);
    case C2('>', '='): return int_value(u ? a >= b : sa >= sb, 4, false);
    case C2('=', '='): return int_value(a == b, 4, false);
    case C2('!', '='): return int_value(a != b, 4, false);
    case C2('&', '&'): return int_value(a && b, 4, false);
    case C2('|', '|'): return int_value(a || b, 4, false);
    default: return none(p);
    }
}

static CValue binary(Parser *p, int least) {
    CValue x = unary(p);
    for (int prec; (prec = precedence(p)) >= least && prec > 0;) {
        uint32_t op = p->l.tok.punct;
        c_next(&p->l);
        CValue y = binary(p, prec + 1);
        if (x.kind == CVAL_INT && y.kind == CVAL_INT) x = int_op(p, op, x, y);
        else if ((x.kind == CVAL_INT || x.kind == CVAL_FLOAT) && (y.kind == CVAL_INT || y.kind == CVAL_FLOAT)) x = float_op(p, op, as_double(x), as_double(y));
        else x = none(p);
    }
    return x;
}

static CValue conditional(Parser *p) {
    CValue c = binary(p, 1);
    if (!got(p, '?')) return c;
    bool before = p->not_constant;
    CValue x = conditional(p);
    want(p, ':');
    CValue y = conditional(p);
    if (c.kind != CVAL_INT && c.kind != CVAL_FLOAT) return none(p);
    bool yes = c.kind == CVAL_INT ? c.i != 0 : c.f != 0;
    CValue v = yes ? x : y;
    p->not_constant = before || v.kind == CVAL_NONE;
    return v;
}

static int64_t array_length(Parser *p) {
    p->not_constant = false;
    CValue v = conditional(p);
    return v.kind == CVAL_INT && !p->not_constant && (int64_t)v.i >= 0 ? (int64_t)v.i : -1;
}

CValue c_evaluate(CUnit *u, Str text) {
    Parser p = {.u = u};
    c_lexer_init(&p.l, u, text);
    p.l.in_preamble = false; // quiet
    p.l.line_start = false;
    c_next(&p.l);
    CValue v = conditional(&p);
    if (p.failed || p.not_constant || !at_end(&p)) v.kind = CVAL_NONE;
    return v;
}

CType *c_evaluate_type(CUnit *u, Str text) {
    Parser p = {.u = u};
    c_lexer_init(&p.l, u, text);
    p.l.in_preamble = false; // quiet
    p.l.line_start = false;
    c_next(&p.l);
    CType *t = starts_type(&p) ? type_name(&p) : NULL;
    return p.failed || !at_end(&p) ? NULL : t;
}

// --- attributes

static void format_attribute(Parser *p, Attributes *a) { // (printf, number of the format, of the first variable argument)
    c_next(&p->l);
    bool prints = is_keyword(p, "printf") || is_keyword(p, "gnu_printf"), scans = is_keyword(p, "scanf") || is_keyword(p, "gnu_scanf");
    c_next(&p->l);
    want(p, ',');
    CValue at = conditional(p);
    want(p, ',');
    CValue first = conditional(p);
    want(p, ')');
    if ((!prints && !scans) || at.kind != CVAL_INT || first.kind != CVAL_INT || first.i != at.i + 1 || at.i > UINT8_MAX) return;
    a->format = (uint8_t)at.i;
    a->format_scans = scans;
}

static void attribute(Parser *p, Attributes *a) {
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
        CValue v = conditional(p);
        if (aligned && v.kind == CVAL_INT && v.i > a->align && v.i <= 4096) a->align = (uint32_t)v.i;
        if (vector && v.kind == CVAL_INT) a->vector_bytes = (int64_t)v.i;
        want(p, ')');
    } else if (mode) {
        c_next(&p->l);
        a->mode_bytes = is_keyword(p, "QI") ? 1 : is_keyword(p, "HI") ? 2 : is_keyword(p, "SI") ? 4 : is_keyword(p, "DI") || is_keyword(p, "word") ? 8 : 0;
        c_next(&p->l);
        want(p, ')');
    } else if (format) {
        format_attribute(p, a);
    } else {
        skip_group(p);
    }
}

// Attributes, asm labels and the like, wherever they may stand.
static void attributes(Parser *p, Attributes *a) {
    for (;;) {
        if (is_keyword(p, "attribute")) {
            c_next(&p->l);
            want(p, '(');
            want(p, '(');
            while (!is_punct(p, ')') && !at_end(p) && !p->failed) attribute(p, a);
            want(p, ')');
            want(p, ')');
        } else if (is_keyword(p, "asm")) {
            c_next(&p->l);
            want(p, '(');
            CValue v = primary(p);
            if (v.kind == CVAL_STRING) a->symbol = arena_printf("%.*s", (int)v.s.len, v.s.ptr);
            want(p, ')');
        } else if (is_word(p, "_Alignas")) {
            c_next(&p->l);
            want(p, '(');
            CValue v = {0};
            if (starts_type(p)) {
                CType *t = type_name(p);
                if (t && c_layout(t)) v = int_value(t->align, 4, true);
            } else {
                v = conditional(p);
            }
            if (v.kind == CVAL_INT && v.i > a->align && v.i <= 4096) a->align = (uint32_t)v.i;
            want(p, ')');
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

static void note_defined(Parser *p, Name *n) {
    if (p->u->keep_texts) VEC_PUSH(&p->text.defines, n);
}

static CDecl *new_decl(Parser *p, int kind, Name *name, CType *t) {
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

static void struct_field(Parser *p, CType *base, Attributes *base_attr, CType *owner, uint32_t *cap) {
    do {
        CField f = {.type = base, .bits = -1};
        Attributes a = {.align = base_attr->align};
        if (!is_punct(p, ':')) f.type = declarator(p, base, &f.name, &a);
        if (got(p, ':')) {
            CValue v = conditional(p);
            f.bits = v.kind == CVAL_INT && v.i <= 64 ? (int32_t)v.i : 0;
            if (f.type && !c_layout(f.type)) fail(p, "bit-field of incomplete type");
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
        if (owner->nfields == *cap) {
            *cap = *cap ? *cap * 2 : 8;
            CField *at = ARENA_ARRAY(CField, *cap);
            if (owner->nfields) memcpy(at, owner->fields, owner->nfields * sizeof *at);
            owner->fields = at;
        }
        owner->fields[owner->nfields++] = f;
    } while (got(p, ','));
}

static void struct_body(Parser *p, CType *t) {
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
        if (!base) return fail(p, "expected a field");
        if (is_punct(p, ';')) {
            CType *s = c_strip(base);
            if (s->kind != C_STRUCT && s->kind != C_UNION) continue;
            CField f = {.type = base, .bits = -1};
            if (t->nfields == cap) {
                cap = cap ? cap * 2 : 8;
                CField *at = ARENA_ARRAY(CField, cap);
                if (t->nfields) memcpy(at, t->fields, t->nfields * sizeof *at);
                t->fields = at;
            }
            t->fields[t->nfields++] = f;
        } else {
            struct_field(p, base, &a, t, &cap);
        }
        want(p, ';');
    }
    want(p, '}');
}

static CType *tagged(Parser *p, int kind, Name *tag) {
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

static CType *struct_or_union(Parser *p, int kind) {
    Attributes a = {0};
    attributes(p, &a);
    Name *tag = p->l.tok.kind == CTOK_NAME ? p->l.tok.name : NULL;
    if (tag) c_next(&p->l);
    attributes(p, &a);
    CType *t = tagged(p, kind, tag);
    if (!is_punct(p, '{')) {
        if (!tag) fail(p, "expected a name or '{'");
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

static CType *enumeration(Parser *p) {
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
            CValue v = conditional(p);
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
    want(p, '}');
    attributes(p, &a);
    if (a.packed) t->of = c_basic(lo < 0 ? (lo >= -128 && hi < 128 ? C_SCHAR : lo >= -32768 && hi < 32768 ? C_SHORT : C_INT) : hi < 256 ? C_UCHAR : hi < 65536 ? C_USHORT : C_UINT);
    else if (lo < 0) t->of = c_basic(lo < INT32_MIN || hi > INT32_MAX ? C_LONG : C_INT);
    else t->of = c_basic(hi > UINT32_MAX ? C_ULONG : C_UINT);
    t->complete = true;
    return t;
}

static CType *typeof_type(Parser *p) {
    want(p, '(');
    CType *t = NULL;
    if (starts_type(p)) {
        t = type_name(p);
    } else if (p->l.tok.kind == CTOK_NAME) {
        CDecl *d = c_find(&p->u->names, p->l.tok.name);
        if (d) t = d->kind == CDECL_CONST ? c_basic(C_INT) : d->type;
        c_next(&p->l);
    }
    if (!t) fail(p, "typeof of an expression");
    want(p, ')');
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

static int *word_counter(Parser *p, Words *w) {
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

static CType *typedef_named(Parser *p) {
    if (p->l.tok.kind != CTOK_NAME) return NULL;
    CDecl *d = c_find(&p->u->names, p->l.tok.name);
    if (!d) return standard_typedef(p->u, p->l.tok.name);
    return d->kind == CDECL_TYPEDEF ? d->type : NULL;
}

static bool is_qualifier(Parser *p) { return is_keyword(p, "const") || is_keyword(p, "volatile") || is_keyword(p, "restrict") || is_word(p, "_Atomic"); }

static bool starts_type(Parser *p) {
    Words w;
    if (p->l.tok.kind != CTOK_NAME) return false;
    return word_counter(p, &w) || typedef_named(p) || is_qualifier(p) || is_word(p, "struct") || is_word(p, "union") || is_word(p, "enum") || is_keyword(p, "typeof") || is_word(p, "__builtin_va_list");
}

static bool storage_word(Parser *p, Attributes *a) {
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
static CType *specifiers(Parser *p, Attributes *a) {
    if (++p->depth > MAX_DEPTH) {
        fail(p, "declaration nested too deeply");
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

static void parameters(Parser *p, CType *f) {
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
        if (!base) return fail(p, "expected a parameter's type");
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
    want(p, ')');
    f->params = params.at;
    f->nparams = params.len;
}

// The part behind the name: array bounds and parameters, outermost first.
static CType *suffixes(Parser *p, CType *base) {
    if (got(p, '[')) {
        while (got_keyword(p, "static") || got_keyword(p, "const") || got_keyword(p, "restrict") || got_keyword(p, "volatile")) {}
        int64_t len = is_punct(p, ']') ? -1 : array_length(p);
        want(p, ']');
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

static bool opens_declarator(Parser *p) { // '(' of a nested declarator, not of parameters
    CLexer saved = p->l;
    c_next(&p->l);
    bool nested = is_punct(p, '*') || is_punct(p, '(') || is_punct(p, '^') || is_keyword(p, "attribute") || (p->l.tok.kind == CTOK_NAME && !starts_type(p) && !is_word(p, "void"));
    p->l = saved;
    return nested;
}

static CType *declarator(Parser *p, CType *base, Name **name, Attributes *a) {
    if (++p->depth > MAX_DEPTH) {
        fail(p, "declarator nested too deeply");
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
        want(p, ')');
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

// --- declarations

static void skip_declaration(Parser *p) {
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

static void skip_initializer(Parser *p) {
    while (!at_end(p) && !is_punct(p, ';') && !is_punct(p, ',') && !is_punct(p, '}')) {
        if (is_punct(p, '(') || is_punct(p, '[') || is_punct(p, '{')) skip_group(p);
        else c_next(&p->l);
    }
}

// The length of an array may be told by its initialiser only.
static void initializer(Parser *p, CDecl *d) {
    CType *t = d->type;
    if (d->kind != CDECL_VAR || t->kind != C_ARRAY || t->len >= 0) {
        skip_initializer(p);
        return;
    }
    if (p->l.tok.kind == CTOK_STRING) {
        CValue v = primary(p);
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

static bool named_fast(Parser *p, Name *n) {
    for (uint32_t i = 0; i < p->u->fast.len; i++)
        if (p->u->fast.at[i] == n) return true;
    return false;
}

static CDecl *declare(Parser *p, Name *name, CType *t, const Attributes *a) {
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

static void external(Parser *p) {
    Attributes a = {0};
    CType *base = specifiers(p, &a);
    if (!base) return fail(p, "expected a declaration");
    if (got(p, ';')) return;
    do {
        Attributes own = a;
        Name *name = NULL;
        CType *t = declarator(p, base, &name, &own);
        if (!t) return;
        if (!name) return fail(p, "expected a name");
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
    want(p, ';');
}

void c_parse(CUnit *u, uint32_t preamble, Str text) {
    Parser p = {.u = u, .preamble = preamble};
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
