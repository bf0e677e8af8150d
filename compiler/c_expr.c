// SPDX-License-Identifier: MIT
// c_expr.c: constant expressions of C, as lengths of arrays, values of enumerators
// and bodies of macros have them.
//
// What is no constant gives CVAL_NONE and sets not_constant, which decides: a
// part that is not evaluated, as behind ?:, may be none.
#include <stdlib.h>
#include <string.h>

#include "compiler/c_parser.h"

CValue c_int_value(uint64_t v, int bytes, bool is_unsigned) {
    if (bytes == 4) v = is_unsigned ? (uint32_t)v : (uint64_t)(int64_t)(int32_t)v;
    return (CValue){.kind = CVAL_INT, .i = v, .bytes = (uint8_t)bytes, .is_unsigned = is_unsigned};
}

static CValue none(CParser *p) {
    p->not_constant = true;
    return (CValue){.kind = CVAL_NONE};
}

static CValue float_value(double f) { return (CValue){.kind = CVAL_FLOAT, .f = f}; }

static CValue number(CParser *p) {
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
    if (!l && v <= INT32_MAX) return c_int_value(v, 4, u);
    if (!l && v <= UINT32_MAX && (u || !decimal)) return c_int_value(v, 4, true);
    return c_int_value(v, 8, u || v > INT64_MAX);
}

static CValue cast(CParser *p, CType *t, CValue v) {
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
        CValue r = c_int_value(i, 8, true);
        r.type = t;
        return r;
    }
    if (s->kind == C_ENUM) s = s->of ? s->of : c_basic(C_UINT);
    switch (s->kind) {
    case C_BOOL: return c_int_value(i != 0, 4, false);
    case C_CHAR: case C_SCHAR: return c_int_value((uint64_t)(int8_t)i, 4, false);
    case C_UCHAR: return c_int_value((uint8_t)i, 4, false);
    case C_SHORT: return c_int_value((uint64_t)(int16_t)i, 4, false);
    case C_USHORT: return c_int_value((uint16_t)i, 4, false);
    case C_INT: return c_int_value(i, 4, false);
    case C_UINT: return c_int_value(i, 4, true);
    case C_LONG: case C_LLONG: return c_int_value(i, 8, false);
    case C_ULONG: case C_ULLONG: return c_int_value(i, 8, true);
    default: return none(p);
    }
}

static CValue unary(CParser *p);

static CValue sizeof_value(CParser *p, bool align) {
    CType *t = NULL;
    if (got(p, '(')) {
        if (c_starts_type(p)) {
            t = c_parse_type_name(p);
        } else if (p->l.tok.kind == CTOK_NAME) {
            CDecl *d = c_find(&p->u->names, p->l.tok.name);
            t = d && d->kind == CDECL_VAR ? d->type : NULL;
            c_next(&p->l);
        }
        c_want(p, ')');
    }
    if (!t || !c_layout(t)) return none(p);
    return c_int_value(align ? t->align : (uint64_t)t->size, 8, true);
}

static CValue named_value(CParser *p) {
    CDecl *d = c_find(&p->u->names, p->l.tok.name);
    c_next(&p->l);
    if (!d || d->kind != CDECL_CONST) return none(p);
    bool wide = d->is_unsigned ? (uint64_t)d->value > UINT32_MAX : d->value != (int32_t)d->value;
    return c_int_value((uint64_t)d->value, wide ? 8 : 4, d->is_unsigned);
}

static CValue offset_value(CParser *p) { // __builtin_offsetof(type, field)
    c_want(p, '(');
    CType *t = c_strip(c_parse_type_name(p));
    c_want(p, ',');
    Name *f = p->l.tok.name;
    c_next(&p->l);
    c_want(p, ')');
    if (!t || !f || !c_layout(t)) return none(p);
    for (uint32_t i = 0; i < t->nfields; i++)
        if (t->fields[i].name == f) return c_int_value((uint64_t)t->fields[i].offset, 8, true);
    return none(p);
}

CValue c_primary(CParser *p) {
    CToken t = p->l.tok;
    if (t.kind == CTOK_NUMBER) return number(p);
    if (t.kind == CTOK_CHAR) {
        int64_t c;
        c_next(&p->l);
        return c_char_value(&t, &c) ? c_int_value((uint64_t)c, 4, false) : none(p);
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
        CValue v = c_conditional(p);
        c_want(p, ')');
        return v;
    }
    return none(p);
}

static CValue unary(CParser *p) {
    if (++p->depth > C_MAX_DEPTH) return p->depth--, none(p);
    CValue v;
    if (is_punct(p, '(')) {
        CParser saved = *p;
        c_next(&p->l);
        if (c_starts_type(p)) {
            CType *t = c_parse_type_name(p);
            c_want(p, ')');
            v = unary(p);
            p->depth--;
            return cast(p, t, v);
        }
        *p = saved;
    }
    uint32_t op = p->l.tok.kind == CTOK_PUNCT ? p->l.tok.punct : 0;
    if (op != '-' && op != '+' && op != '~' && op != '!') {
        v = c_primary(p);
        p->depth--;
        return v;
    }
    c_next(&p->l);
    v = unary(p);
    p->depth--;
    if (v.kind == CVAL_FLOAT) return op == '-' ? float_value(-v.f) : op == '+' ? v : op == '!' ? c_int_value(v.f == 0, 4, false) : none(p);
    if (v.kind != CVAL_INT) return none(p);
    if (op == '!') return c_int_value(v.i == 0, 4, false);
    return c_int_value(op == '-' ? -v.i : op == '~' ? ~v.i : v.i, v.bytes, v.is_unsigned);
}

static int precedence(CParser *p) {
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

static CValue float_op(CParser *p, uint32_t op, double x, double y) {
    switch (op) {
    case '*': return float_value(x * y);
    case '/': return float_value(x / y);
    case '+': return float_value(x + y);
    case '-': return float_value(x - y);
    case '<': return c_int_value(x < y, 4, false);
    case '>': return c_int_value(x > y, 4, false);
    case C2('<', '='): return c_int_value(x <= y, 4, false);
    case C2('>', '='): return c_int_value(x >= y, 4, false);
    case C2('=', '='): return c_int_value(x == y, 4, false);
    case C2('!', '='): return c_int_value(x != y, 4, false);
    case C2('&', '&'): return c_int_value(x != 0 && y != 0, 4, false);
    case C2('|', '|'): return c_int_value(x != 0 || y != 0, 4, false);
    default: return none(p);
    }
}

static CValue int_op(CParser *p, uint32_t op, CValue x, CValue y) {
    int bytes = x.bytes > y.bytes ? x.bytes : y.bytes;
    bool u = (x.is_unsigned && x.bytes == bytes) || (y.is_unsigned && y.bytes == bytes);
    uint64_t a = x.i, b = y.i;
    int64_t sa = (int64_t)a, sb = (int64_t)b;
    switch (op) {
    case '*': return c_int_value(a * b, bytes, u);
    case '+': return c_int_value(a + b, bytes, u);
    case '-': return c_int_value(a - b, bytes, u);
    case '/': case '%':
        if (b == 0 || (!u && sb == -1 && sa == INT64_MIN)) return none(p);
        if (op == '/') return c_int_value(u ? a / b : (uint64_t)(sa / sb), bytes, u);
        return c_int_value(u ? a % b : (uint64_t)(sa % sb), bytes, u);
    case C2('<', '<'): return b < 64 ? c_int_value(a << b, x.bytes, x.is_unsigned) : none(p);
    case C2('>', '>'): return b < 64 ? c_int_value(x.is_unsigned ? a >> b : (uint64_t)(sa >> b), x.bytes, x.is_unsigned) : none(p);
    case '&': return c_int_value(a & b, bytes, u);
    case '^': return c_int_value(a ^ b, bytes, u);
    case '|': return c_int_value(a | b, bytes, u);
    case '<': return c_int_value(u ? a < b : sa < sb, 4, false);
    case '>': return c_int_value(u ? a > b : sa > sb, 4, false);
    case C2('<', '='): return c_int_value(u ? a <= b : sa <= sb, 4, false);
    case C2('>', '='): return c_int_value(u ? a >= b : sa >= sb, 4, false);
    case C2('=', '='): return c_int_value(a == b, 4, false);
    case C2('!', '='): return c_int_value(a != b, 4, false);
    case C2('&', '&'): return c_int_value(a && b, 4, false);
    case C2('|', '|'): return c_int_value(a || b, 4, false);
    default: return none(p);
    }
}

static CValue binary(CParser *p, int least) {
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

CValue c_conditional(CParser *p) {
    CValue c = binary(p, 1);
    if (!got(p, '?')) return c;
    bool before = p->not_constant;
    CValue x = c_conditional(p);
    c_want(p, ':');
    CValue y = c_conditional(p);
    if (c.kind != CVAL_INT && c.kind != CVAL_FLOAT) return none(p);
    bool yes = c.kind == CVAL_INT ? c.i != 0 : c.f != 0;
    CValue v = yes ? x : y;
    p->not_constant = before || v.kind == CVAL_NONE;
    return v;
}

CValue c_evaluate(CUnit *u, Str text) {
    CParser p;
    c_parser_init(&p, u, text);
    CValue v = c_conditional(&p);
    if (p.failed || p.not_constant || !at_end(&p)) v.kind = CVAL_NONE;
    return v;
}
