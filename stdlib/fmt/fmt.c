// SPDX-License-Identifier: MIT
// fmt.c: natives of package fmt: what formats and lines mostly consist of.
//
// They go as far as there are values of predeclared types and directives
// without rare flags, and say where they stopped; fmt.csp does what stands
// there, and all that is wrong.
#include <math.h>

#include "runtime/fmtnum.h"
#include "runtime/gc.h"
#include "runtime/iface.h"
#include "runtime/str.h"
#include "runtime/utf8.h"
#include "stdlib/strconv/quote.h"
#include "vm/native.h"

typedef struct Out { // begins as a slice, in whose spare capacity it is written
    char *ptr;
    int64_t len, cap;
} Out;

static char *room(Out *o, int64_t n) { // n bytes to be written at the end; raise len afterwards
    if (o->cap - o->len < n) {
        int64_t cap = (int64_t)gc_round_size((uint64_t)(2 * o->len + n + 32), true);
        char *p = gc_new_noscan(current_p, (uint64_t)cap);
        if (o->len) memcpy(p, o->ptr, (size_t)o->len);
        o->ptr = p;
        o->cap = cap;
    }
    return o->ptr + o->len;
}

static void put(Out *o, const char *s, int64_t n) {
    if (n) memcpy(room(o, n), s, (size_t)n);
    o->len += n;
}

static void put_many(Out *o, char c, int64_t n) {
    if (n <= 0) return;
    memset(room(o, n), c, (size_t)n);
    o->len += n;
}

// A directive; WIDTH_MAX and PREC_MAX keep buffers small.
typedef struct Directive {
    bool minus, plus, zero, has_width, has_prec;
    int64_t width, prec;
    char verb;
} Directive;

enum { WIDTH_MAX = 1000, PREC_MAX = 60, NUMBER_ROOM = 512 };

// Puts text, which shows as so many characters, into the width.
static void put_padded(Out *o, const Directive *d, const char *s, int64_t n, int64_t shown) {
    int64_t pad = d->width - shown;
    if (!d->minus) put_many(o, ' ', pad);
    put(o, s, n);
    if (d->minus) put_many(o, ' ', pad);
}

// The same for a number, whose sign stands before zeros.
static void put_number(Out *o, const Directive *d, const char *s, int64_t n) {
    if (!d->zero || d->minus) {
        put_padded(o, d, s, n, n);
        return;
    }
    bool sign = *s == '-' || *s == '+';
    put(o, s, sign);
    put_many(o, '0', d->width - n);
    put(o, s + sign, n - sign);
}

static bool put_integer(Out *o, const Directive *d, const TypeDesc *t, const void *v) {
    char buf[FMTNUM_INT_MAX + 1], *s = buf + 1;
    bool is_signed = t->kind <= KIND_INT64;
    if (d->has_prec || (d->verb == 'v' && d->plus)) return false;
    uint32_t base = d->verb == 'd' || d->verb == 'v' ? 10 : d->verb == 'x' ? 16 : d->verb == 'o' ? 8 : d->verb == 'b' ? 2 : 0;
    if (!base) return false;
    int64_t n = is_signed ? fmtnum_int(s, type_load_int(t, v), base) : fmtnum_uint(s, type_load_uint(t, v), base);
    if (d->plus && *s != '-') {
        *--s = '+';
        n++;
    }
    put_number(o, d, s, n);
    return true;
}

static bool put_float(Out *o, const Directive *d, const TypeDesc *t, const void *place) {
    double v = t->size == 8 ? *(const double *)place : (double)*(const float *)place;
    char buf[NUMBER_ROOM + 1], *s = buf + 1;
    char form = d->verb == 'v' ? 'g' : d->verb;
    if (!isfinite(v) || (form != 'f' && form != 'e' && form != 'g') || (d->verb == 'v' && d->plus)) return false;
    int64_t prec = d->has_prec ? d->prec : form == 'g' ? -1 : 6;
    if (fmtnum_float_bound(form, prec) > NUMBER_ROOM) return false;
    int64_t n = (int64_t)fmtnum_float(s, v, form, prec, (int)t->size * 8);
    if (d->plus && *s != '-') {
        *--s = '+';
        n++;
    }
    put_number(o, d, s, n);
    return true;
}

static int64_t characters(Str s) {
    int64_t count = 0;
    for (int64_t i = 0; i < s.len; count++) {
        int32_t r;
        i += utf8_decode(s.ptr + i, s.len - i, &r);
    }
    return count;
}

static bool put_string(Out *o, const Directive *d, Str s) {
    if (d->has_prec || d->plus || d->zero) return false;
    if (d->verb == 'q' && !d->has_width) {
        o->len += (int64_t)quote_str(room(o, 5 * s.len + 2), s, '"', false);
        return true;
    }
    if (d->verb != 's' && d->verb != 'v') return false;
    if (d->has_width) put_padded(o, d, s.ptr, s.len, characters(s));
    else put(o, s.ptr, s.len);
    return true;
}

static bool put_bool(Out *o, const Directive *d, bool v) {
    if ((d->verb != 't' && d->verb != 'v') || d->has_prec || d->plus || d->zero) return false;
    const char *s = v ? "true" : "false";
    put_padded(o, d, s, (int64_t)strlen(s), (int64_t)strlen(s));
    return true;
}

static bool put_character(Out *o, const Directive *d, const TypeDesc *t, const void *v) {
    if (d->has_width || d->has_prec || d->plus || d->zero) return false;
    uint64_t code = t->kind <= KIND_INT64 ? (uint64_t)type_load_int(t, v) : type_load_uint(t, v);
    o->len += utf8_encode(room(o, UTF8_MAX), code > 0x10ffff ? UTF8_ERROR : (int32_t)code);
    return true;
}

static bool put_value(Out *o, const Directive *d, const Iface *arg) {
    const TypeDesc *t = arg->type;
    if (!t || !(t->flags & TYPE_PREDECLARED)) return false;
    const void *v = iface_value(arg);
    if (t->kind >= KIND_INT && t->kind <= KIND_UINTPTR) return d->verb == 'c' ? put_character(o, d, t, v) : put_integer(o, d, t, v);
    if (t->kind == KIND_FLOAT32 || t->kind == KIND_FLOAT64) return put_float(o, d, t, v);
    if (t->kind == KIND_STRING) return put_string(o, d, *(const Str *)v);
    return t->kind == KIND_BOOL && put_bool(o, d, *(const uint8_t *)v);
}

static int64_t read_number(Str s, int64_t i, int64_t *n) { // at most four digits
    for (int k = 0; k < 4 && i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; k++, i++) *n = *n * 10 + s.ptr[i] - '0';
    return i;
}

// Reads the directive behind the % before i; where it ends, -1: a rare one.
static int64_t read_directive(Str f, int64_t i, Directive *d) {
    *d = (Directive){.verb = 0};
    for (; i < f.len; i++) {
        char c = f.ptr[i];
        if (c == '-') d->minus = true;
        else if (c == '+') d->plus = true;
        else if (c == '0') d->zero = true;
        else break;
    }
    int64_t start = i;
    i = read_number(f, i, &d->width);
    d->has_width = i > start;
    if (i < f.len && f.ptr[i] == '.') {
        d->has_prec = true;
        i = read_number(f, i + 1, &d->prec);
    }
    if (i >= f.len || d->width > WIDTH_MAX || d->prec > PREC_MAX) return -1;
    d->verb = f.ptr[i];
    return i + 1;
}

// formatRun(b []byte, format string, i int, args []any, n int) (out []byte, next, nextArg int)
static NativeStatus format_run(NativeCall *c) {
    Slice b = native_slice(c);
    Str f = native_str(c);
    int64_t i = native_int(c);
    Slice args = native_slice(c);
    int64_t n = native_int(c);
    Out o = {b.ptr, b.len, b.cap};
    while (i < f.len) {
        const char *percent = memchr(f.ptr + i, '%', (size_t)(f.len - i));
        int64_t text = percent ? percent - (f.ptr + i) : f.len - i;
        put(&o, f.ptr + i, text);
        i += text;
        if (!percent) break;
        Directive d;
        int64_t next = read_directive(f, i + 1, &d);
        if (next == i + 2 && d.verb == '%') {
            put(&o, "%", 1);
        } else {
            if (next < 0 || n >= args.len || !put_value(&o, &d, (const Iface *)args.ptr + n)) break;
            n++;
        }
        i = next;
    }
    native_ret_slice(c, (Slice){o.ptr, o.len, o.cap});
    native_ret_int(c, i);
    native_ret_int(c, n);
    return NATIVE_OK;
}

// lineRun(b []byte, args []any, n int) (out []byte, next int): with blanks between
static NativeStatus line_run(NativeCall *c) {
    static const Directive plain = {.verb = 'v'};
    Slice b = native_slice(c), args = native_slice(c);
    int64_t n = native_int(c);
    Out o = {b.ptr, b.len, b.cap};
    for (; n < args.len; n++) {
        int64_t before = o.len;
        if (n) put(&o, " ", 1);
        if (!put_value(&o, &plain, (const Iface *)args.ptr + n)) {
            o.len = before;
            break;
        }
    }
    native_ret_slice(c, (Slice){o.ptr, o.len, o.cap});
    native_ret_int(c, n);
    return NATIVE_OK;
}

// --- scanning

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// An integer as most are written: with few enough digits, and none that names
// another base.
static bool store_integer(const TypeDesc *t, void *place, Str word) {
    bool is_signed = t->kind <= KIND_INT64, sign = word.len && (*word.ptr == '-' || *word.ptr == '+');
    Str digits = {word.ptr + sign, word.len - sign};
    if ((sign && !is_signed) || digits.len < 1 || digits.len > 18 || (digits.len > 1 && *digits.ptr == '0')) return false;
    int64_t v = 0;
    for (int64_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') return false;
        v = v * 10 + digits.ptr[i] - '0';
    }
    if (sign && *word.ptr == '-') v = -v;
    int spare = 64 - 8 * (int)t->size; // bits that must be copies of the last, or zero
    int64_t kept = is_signed ? (int64_t)((uint64_t)v << spare) >> spare : (int64_t)((uint64_t)v << spare >> spare);
    if (kept != v) return false;
    memcpy(place, &v, t->size);
    return true;
}

static bool store_float(const TypeDesc *t, void *place, Str word) {
    for (int64_t i = 0; i < word.len; i++)
        if (!memchr("0123456789+-.e", word.ptr[i], 14)) return false;
    double v;
    int64_t used;
    if (fmtnum_parse_float(word, (int)t->size * 8, &v, &used) != FMTNUM_OK || used != word.len) return false;
    if (t->size == 8) memcpy(place, &v, 8);
    else memcpy(place, &(float){(float)v}, 4);
    return true;
}

static bool store_word(const Iface *arg, Str word) {
    const TypeDesc *t = arg->type && arg->type->kind == KIND_POINTER ? arg->type->elem : NULL;
    void *place = (void *)(uintptr_t)arg->data;
    if (!t || !place || !(t->flags & TYPE_PREDECLARED)) return false;
    if (t->kind >= KIND_INT && t->kind <= KIND_UINTPTR) return store_integer(t, place, word);
    if (t->kind == KIND_FLOAT32 || t->kind == KIND_FLOAT64) return store_float(t, place, word);
    if (t->kind != KIND_STRING) return false;
    *(Str *)place = str_make(current_p, word.ptr, word.len);
    return true;
}

// scanRun(s string, whole bool, args []any, n int) (used, next int)
static NativeStatus scan_run(NativeCall *c) {
    Str s = native_str(c);
    bool whole = native_bool(c);
    Slice args = native_slice(c);
    int64_t n = native_int(c), used = 0;
    for (; n < args.len; n++) {
        int64_t i = used;
        while (i < s.len && is_space(s.ptr[i])) i++;
        int64_t start = i;
        while (i < s.len && s.ptr[i] > ' ' && s.ptr[i] < 0x7f) i++;
        bool ends = i < s.len ? is_space(s.ptr[i]) : whole;
        if (i == start || !ends || !store_word((const Iface *)args.ptr + n, (Str){s.ptr + start, i - start})) break;
        used = i;
    }
    native_ret_int(c, used);
    native_ret_int(c, n);
    return NATIVE_OK;
}

extern const NativeDef fmt_natives[];
const NativeDef fmt_natives[] = {
    {"formatRun", format_run},
    {"lineRun", line_run},
    {"scanRun", scan_run},
    {NULL, NULL},
};
