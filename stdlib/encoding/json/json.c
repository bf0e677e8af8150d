// SPDX-License-Identifier: MIT
// json.c: natives of encoding/json that deal with texts: checking, quoting,
// and the forms that change white space only. plain.c has values.
#include <stdlib.h>

#include "runtime/gc.h"
#include "runtime/str.h"
#include "runtime/utf8.h"
#include "stdlib/encoding/json/scan.h"

// --- output

void out_grow(Out *o, int64_t more) {
    int64_t cap = 2 * o->cap > o->len + more ? 2 * o->cap : o->len + more + 64;
    cap = (int64_t)gc_round_size((uint64_t)cap, true);
    char *p = gc_new_noscan(current_p, (uint64_t)cap);
    if (o->len) memcpy(p, o->ptr, (size_t)o->len);
    o->ptr = p;
    o->cap = cap;
}

static Out out_arg(NativeCall *c) {
    Slice b = native_slice(c);
    return (Out){b.ptr, b.len, b.cap};
}

static NativeStatus answer(NativeCall *c, const Out *o) {
    native_ret_slice(c, (Slice){o->ptr, o->len, o->cap});
    return NATIVE_OK;
}

static const char hex_digits[] = "0123456789abcdef";

static bool needs_escape(uint8_t c, bool html) { return c < ' ' || c == '"' || c == '\\' || (html && (c == '<' || c == '>' || c == '&')); }

static void put_escape(Out *o, uint8_t c) {
    char *to = out_room(o, 6);
    to[0] = '\\';
    char letter = c == '"' || c == '\\' ? (char)c : c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : 0;
    if (letter) {
        to[1] = letter;
        o->len += 2;
        return;
    }
    memcpy(to + 1, "u00", 3);
    to[4] = hex_digits[c >> 4];
    to[5] = hex_digits[c & 15];
    o->len += 6;
}

// Writes the character at s, which is beyond ASCII; its width.
static int64_t put_wide(Out *o, const char *s, int64_t n) {
    int32_t r;
    int64_t width = utf8_decode(s, n, &r);
    if (r == UTF8_ERROR && width == 1) out_put(o, "\\ufffd", 6);
    else if (r == 0x2028 || r == 0x2029) out_put(o, r == 0x2028 ? "\\u2028" : "\\u2029", 6); // no line ends for JavaScript
    else out_put(o, s, width);
    return width;
}

void json_put_quoted(Out *o, Str s, bool escape_html) {
    out_room(o, s.len + 2);
    out_byte(o, '"');
    for (int64_t i = 0; i < s.len;) {
        int64_t start = i;
        while (i < s.len && (uint8_t)s.ptr[i] < 0x80 && !needs_escape((uint8_t)s.ptr[i], escape_html)) i++;
        out_put(o, s.ptr + start, i - start);
        if (i == s.len) break;
        if ((uint8_t)s.ptr[i] >= 0x80) i += put_wide(o, s.ptr + i, s.len - i);
        else put_escape(o, (uint8_t)s.ptr[i++]);
    }
    out_byte(o, '"');
}

// appendString(b []byte, s string, escapeHTML bool) []byte
static NativeStatus append_string(NativeCall *c) {
    Out o = out_arg(c);
    Str s = native_str(c);
    json_put_quoted(&o, s, native_bool(c));
    return answer(c, &o);
}

// --- input

static int hex_value(uint8_t c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int32_t hex4(const char *p) {
    int32_t r = 0;
    for (int i = 0; i < 4; i++) r = r << 4 | hex_value((uint8_t)p[i]);
    return r;
}

// The character that the \u escape at p, before end, stands for; two of them
// may be one character.
static const char *read_escape(const char *p, const char *end, int32_t *r) {
    *r = hex4(p + 2);
    p += 6;
    if (*r < 0xd800 || *r > 0xdfff) return p;
    if (*r < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
        int32_t low = hex4(p + 2);
        if (low >= 0xdc00 && low <= 0xdfff) {
            *r = 0x10000 + ((*r - 0xd800) << 10) + (low - 0xdc00);
            return p + 6;
        }
    }
    *r = UTF8_ERROR;
    return p;
}

// Writes what the text from p to end, between quotes, stands for; its length.
// A bad byte makes three, all else makes at most as many bytes as it has.
static int64_t unescape(char *to, const char *p, const char *end) {
    static const char from[] = "bfnrt", control[] = "\b\f\n\r\t";
    char *start = to;
    while (p < end) {
        int32_t r;
        if (*p != '\\') {
            p += utf8_decode(p, end - p, &r);
        } else if (p[1] == 'u') {
            p = read_escape(p, end, &r);
        } else {
            const char *known = memchr(from, p[1], 5);
            r = known ? control[known - from] : p[1];
            p += 2;
        }
        to += utf8_encode(to, r);
    }
    return to - start;
}

Str json_unquote(const char *p, const char **end) {
    const char *q = ++p;
    bool plain = true;
    for (; *q != '"'; q++)
        if (*q == '\\') plain = false, q++;
        else if ((uint8_t)*q >= 0x80) plain = false;
    *end = q + 1;
    if (plain) return str_make(current_p, p, q - p);
    char small[512], *buf = (q - p) * 3 > (int64_t)sizeof small ? malloc((size_t)(q - p) * 3) : small;
    if (!buf) abort();
    buf[0] = 0; // there is something, but the compiler cannot know
    Str s = str_make(current_p, buf, unescape(buf, p, q));
    if (buf != small) free(buf);
    return s;
}

// unquote(text []byte) string
static NativeStatus unquote(NativeCall *c) {
    const char *end;
    native_ret_str(c, json_unquote(native_slice(c).ptr, &end));
    return NATIVE_OK;
}

static const char *skip_string(const char *p) {
    for (p++; *p != '"'; p++)
        if (*p == '\\') p++;
    return p + 1;
}

const char *json_skip_value(const char *p) {
    int64_t depth = 0;
    do {
        switch (*p) {
        case '"': p = skip_string(p); break;
        case '{': case '[': depth++, p++; break;
        case '}': case ']': depth--, p++; break;
        case ' ': case '\t': case '\r': case '\n': case ',': case ':': p++; break;
        case 't': case 'n': p += 4; break;
        case 'f': p += 5; break;
        default:
            while ((*p >= '0' && *p <= '9') || *p == '-' || *p == '+' || *p == '.' || *p == 'e' || *p == 'E') p++;
        }
    } while (depth > 0);
    return p;
}

// --- checking
//
// One pass without recursion: the open brackets are bits. It can stop where
// the text ends and go on when there is more of it, token by token.

// What may come next.
typedef enum Expect { EXPECT_VALUE, EXPECT_ELEMENT_OR_END, EXPECT_KEY_OR_END, EXPECT_KEY, EXPECT_COLON, EXPECT_COMMA_OR_END } Expect;

// The reasons to refuse a byte; json.csp has their words (faultContext).
typedef enum Fault {
    FAULT_NONE, FAULT_VALUE, FAULT_TOP, FAULT_KEY, FAULT_COLON, FAULT_PAIR, FAULT_ELEMENT, FAULT_STRING, FAULT_ESCAPE, FAULT_HEX,
    FAULT_NUMBER, FAULT_FRACTION, FAULT_EXPONENT, FAULT_DEPTH, FAULT_OPEN_STRING,
    FAULT_LITERAL = 16 // + 8 * which of true, false, null + index of the letter
} Fault;

enum { MAX_DEPTH = 10000 };

typedef struct Scan { // json.csp, scanState
    int64_t at, depth, expect;
    uint64_t objects[MAX_DEPTH / 64 + 1]; // bit: that bracket is { and not [
} Scan;

typedef struct Text {
    const char *p;
    int64_t len;
} Text;

static bool is_digit(const Text *t, int64_t i) { return i < t->len && t->p[i] >= '0' && t->p[i] <= '9'; }
static bool is(const Text *t, int64_t i, char c) { return i < t->len && t->p[i] == c; }

static int64_t digits(const Text *t, int64_t i) {
    while (is_digit(t, i)) i++;
    return i;
}

static int64_t skip_space(const Text *t, int64_t i) {
    while (i < t->len && json_is_space(t->p[i])) i++;
    return i;
}

// The three checkers of tokens answer where the token ends, or the bad byte.
static int64_t check_string(const Text *t, int64_t i, Fault *f) {
    for (i++; i < t->len; i++) {
        uint8_t x = (uint8_t)t->p[i];
        if (x == '"') return i + 1;
        if (x < ' ') return *f = FAULT_STRING, i;
        if (x != '\\') continue;
        i++;
        if (is(t, i, 'u')) {
            for (int k = 0; k < 4; k++) {
                i++;
                if (i >= t->len || hex_value((uint8_t)t->p[i]) < 0) return *f = FAULT_HEX, i;
            }
        } else if (i >= t->len || !memchr("\"\\/bfnrt", t->p[i], 8)) {
            return *f = FAULT_ESCAPE, i;
        }
    }
    return *f = FAULT_OPEN_STRING, i;
}

static int64_t check_number(const Text *t, int64_t i, Fault *f) {
    if (is(t, i, '-')) i++;
    if (is(t, i, '0')) i++;
    else if (is_digit(t, i)) i = digits(t, i);
    else return *f = FAULT_NUMBER, i;
    if (is(t, i, '.')) {
        if (!is_digit(t, ++i)) return *f = FAULT_FRACTION, i;
        i = digits(t, i);
    }
    if (is(t, i, 'e') || is(t, i, 'E')) {
        i++;
        if (is(t, i, '+') || is(t, i, '-')) i++;
        if (!is_digit(t, i)) return *f = FAULT_EXPONENT, i;
        i = digits(t, i);
    }
    return i;
}

static int64_t check_literal(const Text *t, int64_t i, Fault *f) {
    static const char *const words[] = {"true", "false", "null"};
    int which = t->p[i] == 't' ? 0 : t->p[i] == 'f' ? 1 : 2;
    for (int k = 1; words[which][k]; k++)
        if (!is(t, i + k, words[which][k])) return *f = (Fault)(FAULT_LITERAL + 8 * which + k), i + k;
    return i + (int64_t)strlen(words[which]);
}

static bool in_object(const Scan *s) { return s->objects[(s->depth - 1) / 64] >> ((s->depth - 1) % 64) & 1; }

static Fault open_bracket(Scan *s, bool object) {
    if (s->depth == MAX_DEPTH) return FAULT_DEPTH;
    uint64_t bit = 1ull << (s->depth % 64), *word = &s->objects[s->depth / 64];
    *word = object ? *word | bit : *word & ~bit;
    s->depth++;
    s->expect = object ? EXPECT_KEY_OR_END : EXPECT_ELEMENT_OR_END;
    return FAULT_NONE;
}

static int64_t check_value(Scan *s, const Text *t, int64_t i, Fault *f) {
    char x = t->p[i];
    if (x == '{' || x == '[') {
        *f = open_bracket(s, x == '{');
        return i + (*f == FAULT_NONE);
    }
    s->expect = EXPECT_COMMA_OR_END;
    if (x == '"') return check_string(t, i, f);
    if (x == '-' || (x >= '0' && x <= '9')) return check_number(t, i, f);
    if (x == 't' || x == 'f' || x == 'n') return check_literal(t, i, f);
    *f = FAULT_VALUE;
    return i;
}

// Goes over one token at i, which is there and no space.
static int64_t check_token(Scan *s, const Text *t, int64_t i, Fault *f) {
    char x = t->p[i];
    bool end = x == '}' || x == ']';
    switch ((Expect)s->expect) {
    case EXPECT_ELEMENT_OR_END:
        if (x != ']') return check_value(s, t, i, f);
        break;
    case EXPECT_VALUE: return check_value(s, t, i, f);
    case EXPECT_KEY_OR_END:
    case EXPECT_KEY:
        if (x == '"') {
            s->expect = EXPECT_COLON;
            return check_string(t, i, f);
        }
        if (x != '}' || s->expect == EXPECT_KEY) return *f = FAULT_KEY, i;
        break;
    case EXPECT_COLON:
        if (x != ':') return *f = FAULT_COLON, i;
        s->expect = EXPECT_VALUE;
        return i + 1;
    case EXPECT_COMMA_OR_END:
        if (x == ',') {
            s->expect = in_object(s) ? EXPECT_KEY : EXPECT_VALUE;
            return i + 1;
        }
        if (!end || (x == '}') != in_object(s)) return *f = in_object(s) ? FAULT_PAIR : FAULT_ELEMENT, i;
        break;
    }
    s->depth--;
    s->expect = EXPECT_COMMA_OR_END;
    return i + 1;
}

static Fault missing(const Scan *s) { // what the end of the text stands in place of
    switch ((Expect)s->expect) {
    case EXPECT_KEY_OR_END: case EXPECT_KEY: return FAULT_KEY;
    case EXPECT_COLON: return FAULT_COLON;
    case EXPECT_COMMA_OR_END: return in_object(s) ? FAULT_PAIR : FAULT_ELEMENT;
    case EXPECT_VALUE: case EXPECT_ELEMENT_OR_END: break;
    }
    return FAULT_VALUE;
}

// Checks one value from s->at; where it ends, or the bad byte. After a fault s
// is as it was before the token with the fault.
static int64_t check(Scan *s, const Text *t, Fault *f) {
    *f = FAULT_NONE;
    for (;;) {
        int64_t i = s->at = skip_space(t, s->at), expect = s->expect;
        if (i >= t->len) return *f = missing(s), i;
        int64_t next = check_token(s, t, i, f);
        bool cut = next == t->len && s->depth > 0 && (is_digit(t, next - 1) || is_digit(t, i)); // a number that may go on
        if (*f == FAULT_NONE && cut) *f = missing(s);
        if (*f != FAULT_NONE) {
            s->expect = expect;
            return next;
        }
        s->at = next;
        if (s->depth == 0 && s->expect == EXPECT_COMMA_OR_END) return next;
    }
}

static NativeStatus found(NativeCall *c, int64_t at, Fault f) {
    native_ret_int(c, at);
    native_ret_int(c, (int64_t)f);
    return NATIVE_OK;
}

// scanAll(data []byte) (end, fault int): data is one value and space
static NativeStatus scan_all(NativeCall *c) {
    Slice data = native_slice(c);
    Text t = {data.ptr, data.len};
    Scan s;
    s.at = s.depth = s.expect = 0;
    Fault f;
    int64_t i = check(&s, &t, &f);
    if (f == FAULT_NONE && (i = skip_space(&t, i)) < t.len) f = FAULT_TOP;
    return found(c, i, f);
}

// scan(s *scanState, data []byte) (end, fault int): goes on from s
static NativeStatus scan(NativeCall *c) {
    Scan *s = native_ptr(c);
    Slice data = native_slice(c);
    Text t = {data.ptr, data.len};
    Fault f;
    int64_t i = check(s, &t, &f);
    return found(c, i, f);
}

// validNumber(s string) bool
static NativeStatus valid_number(NativeCall *c) {
    Str s = native_str(c);
    Text t = {s.ptr, s.len};
    Fault f = FAULT_NONE;
    int64_t end = check_number(&t, 0, &f);
    native_ret_bool(c, s.len > 0 && f == FAULT_NONE && end == s.len);
    return NATIVE_OK;
}

// skipSpace(data []byte, i int) int
static NativeStatus skip_spaces(NativeCall *c) {
    Slice data = native_slice(c);
    Text t = {data.ptr, data.len};
    native_ret_int(c, skip_space(&t, native_int(c)));
    return NATIVE_OK;
}

// skipValue(data []byte, i int) int: data has no faults, and a value at i
static NativeStatus skip_value(NativeCall *c) {
    Slice data = native_slice(c);
    const char *p = data.ptr;
    // A number may be the last in data: what follows it must not be read.
    int64_t i = native_int(c);
    Text t = {p, data.len};
    Fault f;
    if (is_digit(&t, i) || is(&t, i, '-')) i = check_number(&t, i, &f);
    else i = json_skip_value(p + i) - p;
    native_ret_int(c, i);
    return NATIVE_OK;
}

// --- the forms; src has no faults

// Writes what stands at src[i], escaped for HTML; where to go on.
static int64_t put_escaped(Out *o, Slice src, int64_t i) {
    const uint8_t *p = src.ptr;
    if (p[i] == '<' || p[i] == '>' || p[i] == '&') {
        put_escape(o, p[i]);
        return i + 1;
    }
    if (p[i] == 0xe2 && i + 2 < src.len && p[i + 1] == 0x80 && (p[i + 2] & ~1) == 0xa8) {
        out_put(o, p[i + 2] & 1 ? "\\u2029" : "\\u2028", 6);
        return i + 3;
    }
    out_byte(o, (char)p[i]);
    return i + 1;
}

// appendHTML(b, src []byte) []byte
static NativeStatus append_html(NativeCall *c) {
    Out o = out_arg(c);
    Slice src = native_slice(c);
    for (int64_t i = 0; i < src.len;) i = put_escaped(&o, src, i);
    return answer(c, &o);
}

// appendCompact(b, src []byte, escapeHTML bool) []byte
static NativeStatus append_compact(NativeCall *c) {
    Out o = out_arg(c);
    Slice src = native_slice(c);
    bool html = native_bool(c), in_string = false;
    const char *p = src.ptr;
    out_room(&o, src.len);
    for (int64_t i = 0; i < src.len;) {
        if (in_string && p[i] == '\\') {
            out_put(&o, p + i, 2);
            i += 2;
            continue;
        }
        if (p[i] == '"') in_string = !in_string;
        if (!in_string && json_is_space(p[i])) {
            i++;
        } else if (html) {
            i = put_escaped(&o, src, i);
        } else {
            out_byte(&o, p[i++]);
        }
    }
    return answer(c, &o);
}

static void new_line(Out *o, Str prefix, Str indent, int64_t depth) {
    out_byte(o, '\n');
    out_put(o, prefix.ptr, prefix.len);
    for (; depth > 0; depth--) out_put(o, indent.ptr, indent.len);
}

// appendIndent(b, src []byte, prefix, indent string) []byte
static NativeStatus append_indent(NativeCall *c) {
    Out o = out_arg(c);
    Slice src = native_slice(c);
    Str prefix = native_str(c), indent = native_str(c);
    const char *p = src.ptr, *end = p + src.len;
    int64_t depth = 0;
    bool opened = false; // a bracket stands before, and nothing in it yet
    while (end > p && json_is_space(end[-1])) end--; // kept as it is
    const char *tail = end;
    while (p < end) {
        char x = *p;
        if (json_is_space(x)) {
            p++;
            continue;
        }
        bool closes = x == '}' || x == ']', was_opened = opened;
        opened = false;
        if (was_opened && !closes) new_line(&o, prefix, indent, ++depth);
        if (closes && !was_opened) new_line(&o, prefix, indent, --depth);
        const char *next = x == '"' ? skip_string(p) : p + 1;
        out_put(&o, p, next - p);
        p = next;
        if (x == '{' || x == '[') opened = true;
        else if (x == ',') new_line(&o, prefix, indent, depth);
        else if (x == ':') out_byte(&o, ' ');
    }
    out_put(&o, tail, (const char *)src.ptr + src.len - tail);
    return answer(c, &o);
}

extern const NativeDef encoding_json_natives[];
const NativeDef encoding_json_natives[] = {
    {"appendString", append_string},
    {"unquote", unquote},
    {"scanAll", scan_all},
    {"scan", scan},
    {"validNumber", valid_number},
    {"skipSpace", skip_spaces},
    {"skipValue", skip_value},
    {"appendHTML", append_html},
    {"appendCompact", append_compact},
    {"appendIndent", append_indent},
    {"findPlan", json_find_plan},
    {"decodePlain", json_decode_plain},
    {"encodePlain", json_encode_plain},
    {NULL, NULL},
};
