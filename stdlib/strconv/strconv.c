// SPDX-License-Identifier: MIT
// strconv.c: natives of package strconv. Numbers are runtime/fmtnum's work;
// here are quoting and the forms that append.
#include "runtime/str.h"

#include <string.h>

#include "runtime/fmtnum.h"
#include "runtime/gc.h"
#include "runtime/panic.h"
#include "runtime/slice.h"
#include "runtime/utf8.h"
#include "stdlib/strconv/quote.h"
#include "stdlib/unicode/unicode.h"
#include "vm/native.h"

// The layout of a byte, for growing slices of them.
static const TypeDesc byte_layout = {.size = 1, .align = 1, .kind = KIND_UINT8, .flags = TYPE_DIRECT | TYPE_COMPARABLE | TYPE_MEMEQ};

// How a native hands over its text: as a new string or behind a slice.
typedef struct Target {
    bool append;
    Slice dst;
} Target;

static NativeStatus deliver(NativeCall *c, Target target, const char *text, uint64_t n) {
    if (!target.append) {
        native_ret_str(c, str_make(current_p, text, (int64_t)n));
        return NATIVE_OK;
    }
    Slice out;
    if (!slice_append(current_p, c->g, &byte_layout, target.dst, (Slice){(void *)(uintptr_t)text, (int64_t)n, (int64_t)n}, &out)) return NATIVE_PANIC;
    native_ret_slice(c, out);
    return NATIVE_OK;
}

static const Target new_string = {false, {NULL, 0, 0}};
static Target append_to(NativeCall *c) { return (Target){true, native_slice(c)}; }

// --- integers

static NativeStatus int_text(NativeCall *c, Target target, bool is_signed) {
    char buf[FMTNUM_INT_MAX];
    uint64_t v = native_word(c);
    int64_t base = native_int(c);
    if (base < 2 || base > 36) {
        rt_panic_plain(c->g, "strconv: illegal AppendInt/FormatInt base");
        return NATIVE_PANIC;
    }
    uint32_t n = is_signed ? fmtnum_int(buf, (int64_t)v, (uint32_t)base) : fmtnum_uint(buf, v, (uint32_t)base);
    return deliver(c, target, buf, n);
}

static NativeStatus format_int(NativeCall *c) { return int_text(c, new_string, true); }
static NativeStatus format_uint(NativeCall *c) { return int_text(c, new_string, false); }

static NativeStatus append_int(NativeCall *c) {
    Target target = append_to(c);
    return int_text(c, target, true);
}

static NativeStatus append_uint(NativeCall *c) {
    Target target = append_to(c);
    return int_text(c, target, false);
}

static NativeStatus itoa(NativeCall *c) {
    char buf[FMTNUM_INT_MAX];
    return deliver(c, new_string, buf, fmtnum_int(buf, native_int(c), 10));
}

// parseInt(s string, base, bitSize int) (n int64, status int)
static NativeStatus parse_int(NativeCall *c) {
    Str s = native_str(c);
    int64_t base = native_int(c), bits = native_int(c), v;
    FmtnumStatus status = fmtnum_parse_int(s, base, bits, &v);
    native_ret_int(c, v);
    native_ret_int(c, (int64_t)status);
    return NATIVE_OK;
}

static NativeStatus parse_uint(NativeCall *c) {
    Str s = native_str(c);
    int64_t base = native_int(c), bits = native_int(c);
    uint64_t v;
    FmtnumStatus status = fmtnum_parse_uint(s, base, bits, &v);
    native_ret_word(c, v);
    native_ret_int(c, (int64_t)status);
    return NATIVE_OK;
}

// --- floats

static NativeStatus float_text(NativeCall *c, Target target) {
    double v = native_f64(c);
    char fmt = (char)native_word(c), small[512], *buf = small;
    int64_t prec = native_int(c), bits = native_int(c);
    if (bits != 32 && bits != 64) {
        rt_panic_plain(c->g, "strconv: illegal AppendFloat/FormatFloat bitSize");
        return NATIVE_PANIC;
    }
    uint64_t room = fmtnum_float_bound(fmt, prec);
    if (room > sizeof small) buf = gc_new_noscan(current_p, room);
    return deliver(c, target, buf, fmtnum_float(buf, v, fmt, prec, (int)bits));
}

static NativeStatus format_float(NativeCall *c) { return float_text(c, new_string); }

static NativeStatus append_float(NativeCall *c) {
    Target target = append_to(c);
    return float_text(c, target);
}

// parseFloat(s string, bitSize int) (f float64, used, status int)
static NativeStatus parse_float(NativeCall *c) {
    Str s = native_str(c);
    int64_t bits = native_int(c), used;
    double v;
    FmtnumStatus status = fmtnum_parse_float(s, bits == 32 ? 32 : 64, &v, &used);
    native_ret_f64(c, v);
    native_ret_int(c, used);
    native_ret_int(c, (int64_t)status);
    return NATIVE_OK;
}

// --- quoting

typedef struct Quoting {
    char quote;
    bool ascii_only;   // escape all beyond ASCII
    bool graphic_only; // spaces of other scripts stay
} Quoting;

static const char hex_digits[] = "0123456789abcdef";

static uint64_t put_hex(char *to, char letter, uint32_t v, int digits) {
    to[0] = '\\';
    to[1] = letter;
    for (int i = 0; i < digits; i++) to[2 + i] = hex_digits[v >> (4 * (digits - 1 - i)) & 15];
    return 2 + (uint64_t)digits;
}

static bool stays(int32_t r, const Quoting *q) {
    if (r < 0x80) return r >= ' ' && r < 0x7f;
    if (q->ascii_only) return false;
    return unicode_is_print(r) || (q->graphic_only && unicode_is_graphic(r));
}

enum { ESCAPE_MAX = 10 }; // \U0010ffff

static uint64_t put_rune(char *to, int32_t r, const Quoting *q) {
    static const char controls[] = "abtnvfr"; // codes 7 to 13
    if (r == q->quote || r == '\\') {
        to[0] = '\\';
        to[1] = (char)r;
        return 2;
    }
    if (stays(r, q)) return (uint64_t)utf8_encode(to, r);
    if (r >= 7 && r <= 13) {
        to[0] = '\\';
        to[1] = controls[r - 7];
        return 2;
    }
    if (r < 0x80) return put_hex(to, 'x', (uint32_t)r, 2);
    return r < 0x10000 ? put_hex(to, 'u', (uint32_t)r, 4) : put_hex(to, 'U', (uint32_t)r, 8);
}

static Quoting quoting_args(NativeCall *c) {
    Quoting q = {.quote = (char)native_word(c)};
    q.ascii_only = native_bool(c);
    q.graphic_only = native_bool(c);
    return q;
}

static uint64_t put_quoted(char *buf, Str s, const Quoting *q) {
    uint64_t at = 0;
    buf[at++] = q->quote;
    for (int64_t i = 0; i < s.len;) {
        int32_t r;
        int64_t width = utf8_decode(s.ptr + i, s.len - i, &r);
        if (r == UTF8_ERROR && width == 1) at += put_hex(buf + at, 'x', (uint8_t)s.ptr[i], 2);
        else at += put_rune(buf + at, r, q);
        i += width;
    }
    buf[at++] = q->quote;
    return at;
}

static NativeStatus quoted_text(NativeCall *c, Target target) {
    Str s = native_str(c);
    Quoting q = quoting_args(c);
    char small[512], *buf = small;
    // A byte makes at most 4 (\xff), a longer code point at most ESCAPE_MAX in
    // place of 2 or more: never more than 5 for each byte.
    uint64_t room = 5 * (uint64_t)s.len + 2;
    if (room > sizeof small) buf = gc_new_noscan(current_p, room);
    return deliver(c, target, buf, put_quoted(buf, s, &q));
}

// quote(s string, quote byte, asciiOnly, graphicOnly bool) string
static NativeStatus string_text(NativeCall *c) { return quoted_text(c, new_string); }

static NativeStatus append_quote(NativeCall *c) {
    Target target = append_to(c);
    return quoted_text(c, target);
}

uint64_t quote_str(char *buf, Str s, char quote, bool ascii_only) {
    Quoting q = {.quote = quote, .ascii_only = ascii_only};
    return put_quoted(buf, s, &q);
}

static uint64_t put_quoted_rune(char *buf, int32_t r, const Quoting *q) {
    if (r < 0 || r > 0x10ffff || (r >= 0xd800 && r < 0xe000)) r = UTF8_ERROR;
    uint64_t n = 1 + put_rune(buf + 1, r, q);
    buf[0] = buf[n] = q->quote;
    return n + 1;
}

uint64_t quote_rune(char *buf, int32_t r, bool ascii_only) {
    Quoting q = {.quote = '\'', .ascii_only = ascii_only};
    return put_quoted_rune(buf, r, &q);
}

static NativeStatus rune_text(NativeCall *c) {
    int32_t r = (int32_t)native_int(c);
    Quoting q = quoting_args(c);
    char buf[QUOTE_RUNE_ROOM];
    return deliver(c, new_string, buf, put_quoted_rune(buf, r, &q));
}

bool quote_can_backquote(Str s) {
    for (int64_t i = 0; i < s.len;) {
        int32_t r;
        int64_t width = utf8_decode(s.ptr + i, s.len - i, &r);
        if (r == UTF8_ERROR && width == 1) return false;
        if (r == 0xfeff || (r < ' ' && r != '\t') || r == '`' || r == 0x7f) return false;
        i += width;
    }
    return true;
}

static NativeStatus can_backquote(NativeCall *c) {
    native_ret_bool(c, quote_can_backquote(native_str(c)));
    return NATIVE_OK;
}

static NativeStatus is_print(NativeCall *c) {
    native_ret_bool(c, unicode_is_print((int32_t)native_int(c)));
    return NATIVE_OK;
}

static NativeStatus is_graphic(NativeCall *c) {
    native_ret_bool(c, unicode_is_graphic((int32_t)native_int(c)));
    return NATIVE_OK;
}

extern const NativeDef strconv_natives[];
const NativeDef strconv_natives[] = {
    {"FormatInt", format_int},     {"FormatUint", format_uint},   {"AppendInt", append_int}, {"AppendUint", append_uint},
    {"Itoa", itoa},                {"FormatFloat", format_float}, {"AppendFloat", append_float},
    {"parseInt", parse_int},       {"parseUint", parse_uint},     {"parseFloat", parse_float},
    {"quote", string_text},              {"appendQuote", append_quote}, {"quoteRune", rune_text}, {"CanBackquote", can_backquote},
    {"IsPrint", is_print},         {"IsGraphic", is_graphic},     {NULL, NULL},
};
