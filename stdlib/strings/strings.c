// SPDX-License-Identifier: MIT
// strings.c: natives of package strings.
//
// Results that are parts of an argument share its bytes.
#include "runtime/str.h"

#include <string.h>

#include "runtime/gc.h"
#include "runtime/panic.h"
#include "stdlib/strings/text.h"
#include "stdlib/unicode/unicode.h"
#include "vm/native.h"

// The layout of a string, for arrays of them.
static const uint8_t first_word[1] = {1};
static const TypeDesc string_layout = {.size = sizeof(Str), .align = 8, .kind = KIND_STRING, .ptr_words = 1, .ptr_map = first_word};

// --- of two strings

#define TWO(fn, ret, expr)                            \
    static NativeStatus fn(NativeCall *c) {           \
        Str s = native_str(c), t = native_str(c);     \
        ret(c, expr);                                 \
        return NATIVE_OK;                             \
    }

TWO(index_string, native_ret_int, text_index(s, t))
TWO(last_index, native_ret_int, text_last_index(s, t))
TWO(index_any, native_ret_int, text_index_any(s, t))
TWO(last_index_any, native_ret_int, text_last_index_any(s, t))
TWO(count, native_ret_int, text_count(s, t))
TWO(contains, native_ret_bool, text_index(s, t) >= 0)
TWO(contains_any, native_ret_bool, text_index_any(s, t) >= 0)
TWO(has_prefix, native_ret_bool, text_has_prefix(s, t))
TWO(has_suffix, native_ret_bool, text_has_suffix(s, t))
TWO(equal_fold, native_ret_bool, text_equal_fold(s, t))
TWO(trim, native_ret_str, text_trim_right(text_trim_left(s, t), t))
TWO(trim_left, native_ret_str, text_trim_left(s, t))
TWO(trim_right, native_ret_str, text_trim_right(s, t))
TWO(trim_prefix, native_ret_str, text_has_prefix(s, t) ? text_from(s, t.len) : s)
TWO(trim_suffix, native_ret_str, text_has_suffix(s, t) ? text_to(s, s.len - t.len) : s)
TWO(to_valid, native_ret_str, text_to_valid(s, t))

static NativeStatus compare(NativeCall *c) {
    Str s = native_str(c), t = native_str(c);
    int order = str_cmp(s, t);
    native_ret_int(c, (order > 0) - (order < 0));
    return NATIVE_OK;
}

static NativeStatus cut(NativeCall *c) {
    Str s = native_str(c), sep = native_str(c);
    int64_t at = text_index(s, sep);
    native_ret_str(c, at < 0 ? s : text_to(s, at));
    native_ret_str(c, at < 0 ? (Str){"", 0} : text_from(s, at + sep.len));
    native_ret_bool(c, at >= 0);
    return NATIVE_OK;
}

// --- of a string and a code

#define WITH_CODE(fn, ret, expr)                      \
    static NativeStatus fn(NativeCall *c) {           \
        Str s = native_str(c);                        \
        int64_t code = native_int(c);                 \
        ret(c, expr);                                 \
        return NATIVE_OK;                             \
    }

WITH_CODE(index_byte, native_ret_int, text_index_byte(s, (uint8_t)code))
WITH_CODE(last_index_byte, native_ret_int, text_last_index_byte(s, (uint8_t)code))
WITH_CODE(index_rune, native_ret_int, text_index_rune(s, (int32_t)code))
WITH_CODE(contains_rune, native_ret_bool, text_index_rune(s, (int32_t)code) >= 0)
WITH_CODE(repeat, native_ret_str, text_repeat(s, code))

// --- of one string

#define ONE(fn, ret, expr)                            \
    static NativeStatus fn(NativeCall *c) {           \
        Str s = native_str(c);                        \
        ret(c, expr);                                 \
        return NATIVE_OK;                             \
    }

ONE(trim_space, native_ret_str, text_trim_space(s))
ONE(to_upper, native_ret_str, text_to_upper(s))
ONE(to_lower, native_ret_str, text_to_lower(s))
ONE(to_title, native_ret_str, text_map(s, unicode_to_title, true))

static NativeStatus clone(NativeCall *c) {
    Str s = native_str(c);
    char *copy = NULL;
    if (s.len) {
        copy = gc_new_noscan(current_p, (uint64_t)s.len);
        memcpy(copy, s.ptr, (size_t)s.len);
    }
    native_ret_str(c, (Str){copy, s.len});
    return NATIVE_OK;
}

// --- lists

static Str *new_strings(int64_t n) { return n ? gc_new_array(current_p, &string_layout, n) : (Str *)(uintptr_t)first_word; }

static NativeStatus fields(NativeCall *c) {
    Str s = native_str(c);
    int64_t n = text_count_fields(s);
    Str *out = new_strings(n);
    for (int64_t i = 0; i < n; i++) text_next_field(&s, &out[i]);
    native_ret_slice(c, (Slice){out, n, n});
    return NATIVE_OK;
}

// split(s, sep string, keepSep bool, n int) []string; n is not 0
static NativeStatus split(NativeCall *c) {
    Str s = native_str(c), sep = native_str(c);
    bool keep_sep = native_bool(c);
    int64_t limit = native_int(c);
    int64_t pieces = text_count(s, sep) + (sep.len ? 1 : -1);
    if (limit > 0 && pieces > limit) pieces = limit;
    Str *out = new_strings(pieces);
    for (int64_t i = 0; i < pieces - 1; i++) text_next_piece(&s, sep, keep_sep, &out[i]);
    if (pieces) out[pieces - 1] = s;
    native_ret_slice(c, (Slice){out, pieces, pieces});
    return NATIVE_OK;
}

static NativeStatus join(NativeCall *c) {
    Slice list = native_slice(c);
    Str sep = native_str(c), *elems = list.ptr;
    if (list.len <= 1) {
        native_ret_str(c, list.len ? elems[0] : (Str){"", 0});
        return NATIVE_OK;
    }
    int64_t len = 0;
    bool overflow = __builtin_mul_overflow(sep.len, list.len - 1, &len);
    for (int64_t i = 0; i < list.len; i++) overflow |= __builtin_add_overflow(len, elems[i].len, &len);
    if (overflow) {
        rt_panic_plain(c->g, "strings: Join output length overflow");
        return NATIVE_PANIC;
    }
    char *out = gc_new_noscan(current_p, len ? (uint64_t)len : 1), *at = out;
    for (int64_t i = 0; i < list.len; i++) {
        if (i && sep.len) at = (char *)memcpy(at, sep.ptr, (size_t)sep.len) + sep.len;
        if (elems[i].len) at = (char *)memcpy(at, elems[i].ptr, (size_t)elems[i].len) + elems[i].len;
    }
    native_ret_str(c, (Str){out, len});
    return NATIVE_OK;
}

static NativeStatus replace(NativeCall *c) {
    Str s = native_str(c), from = native_str(c), to = native_str(c);
    native_ret_str(c, text_replace(s, from, to, native_int(c)));
    return NATIVE_OK;
}

static NativeStatus replace_all(NativeCall *c) {
    Str s = native_str(c), from = native_str(c), to = native_str(c);
    native_ret_str(c, text_replace(s, from, to, -1));
    return NATIVE_OK;
}

// --- Replacer: pairs of old and new strings; at each place the first pair in
// order whose old string is there wins

typedef struct Pairs {
    const Str *strings;     // old, new, old, new ...
    int64_t n;
    uint64_t starts[4];     // bytes that begin an old string
    bool has_empty;
} Pairs;

static Pairs make_pairs(Slice list) {
    Pairs p = {.strings = list.ptr, .n = list.len};
    for (int64_t i = 0; i < list.len; i += 2) {
        if (p.strings[i].len == 0) {
            p.has_empty = true;
            continue;
        }
        uint8_t b = (uint8_t)p.strings[i].ptr[0];
        p.starts[b / 64] |= 1ull << (b % 64);
    }
    return p;
}

static int64_t match_pair(const Pairs *p, Str rest, bool skip_empty) {
    uint8_t b = rest.len ? (uint8_t)rest.ptr[0] : 0;
    bool starts = rest.len && (p->starts[b / 64] >> (b % 64) & 1);
    if (!starts && (!p->has_empty || skip_empty)) return TEXT_NONE;
    for (int64_t i = 0; i < p->n; i += 2)
        if ((p->strings[i].len || !skip_empty) && text_has_prefix(rest, p->strings[i])) return i;
    return TEXT_NONE;
}

// One pass that counts when out is NULL and writes otherwise; *changed tells
// whether anything was replaced.
static int64_t replace_pass(const Pairs *p, Str s, char *out, bool *changed) {
    int64_t at = 0;
    bool was_empty = false; // behind an empty match one byte passes first
    for (int64_t i = 0; i <= s.len;) {
        int64_t pair = match_pair(p, text_from(s, i), was_empty);
        Str piece = text_from(text_to(s, i < s.len ? i + 1 : i), i);
        int64_t step = 1;
        was_empty = pair >= 0 && p->strings[pair].len == 0;
        if (pair >= 0) {
            piece = p->strings[pair + 1];
            step = p->strings[pair].len;
            *changed = true;
        }
        if (out && piece.len) memcpy(out + at, piece.ptr, (size_t)piece.len);
        at += piece.len;
        i += step;
    }
    return at;
}

static NativeStatus replace_pairs(NativeCall *c) {
    Pairs p = make_pairs(native_slice(c));
    Str s = native_str(c);
    bool changed = false;
    int64_t len = replace_pass(&p, s, NULL, &changed);
    if (changed) {
        char *out = gc_new_noscan(current_p, len ? (uint64_t)len : 1);
        replace_pass(&p, s, out, &changed);
        s = (Str){out, len};
    }
    native_ret_str(c, s);
    return NATIVE_OK;
}

extern const NativeDef strings_natives[];
const NativeDef strings_natives[] = {
    {"Index", index_string},         {"LastIndex", last_index},       {"IndexAny", index_any},     {"LastIndexAny", last_index_any},
    {"IndexByte", index_byte},       {"LastIndexByte", last_index_byte}, {"IndexRune", index_rune}, {"Count", count},
    {"Contains", contains},          {"ContainsAny", contains_any},   {"ContainsRune", contains_rune},
    {"HasPrefix", has_prefix},       {"HasSuffix", has_suffix},       {"EqualFold", equal_fold},   {"Compare", compare},
    {"Cut", cut},                    {"Trim", trim},                  {"TrimLeft", trim_left},     {"TrimRight", trim_right},
    {"TrimPrefix", trim_prefix},     {"TrimSuffix", trim_suffix},     {"TrimSpace", trim_space},   {"ToUpper", to_upper},
    {"ToLower", to_lower},           {"ToTitle", to_title},           {"ToValidUTF8", to_valid},   {"Clone", clone},
    {"repeat", repeat},              {"Fields", fields},              {"split", split},            {"Join", join},
    {"Replace", replace},            {"ReplaceAll", replace_all},     {"replacePairs", replace_pairs},
    {NULL, NULL},
};
