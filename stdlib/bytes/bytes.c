// SPDX-License-Identifier: MIT
// bytes.c: natives of package bytes: those of package strings on slices.
//
// Parts of an argument share its memory; where Go limits their capacity, so
// does this.
#include "runtime/str.h"

#include <string.h>

#include "runtime/gc.h"
#include "runtime/panic.h"
#include "stdlib/strings/text.h"
#include "stdlib/unicode/unicode.h"
#include "vm/native.h"

static const uint8_t first_word[1] = {1};
static const TypeDesc slice_layout = {.size = sizeof(Slice), .align = 8, .kind = KIND_SLICE, .ptr_words = 1, .ptr_map = first_word};
static char no_bytes[1]; // where empty slices that are not nil point

static const Slice nil_slice = {NULL, 0, 0};

static Str view(Slice s) { return (Str){s.ptr, s.len}; }
static Str bytes_arg(NativeCall *c) { return view(native_slice(c)); }

// The part of whole that text, found inside it, is.
static Slice part(Slice whole, Str text) {
    return (Slice){(void *)(uintptr_t)text.ptr, text.len, whole.cap - (text.ptr - (const char *)whole.ptr)};
}

static Slice clipped(Str text) { return (Slice){(void *)(uintptr_t)text.ptr, text.len, text.len}; }

// A slice of its own with the bytes of text; text itself when it is new.
static Slice own(Str text, Slice whole) {
    if (text.len == 0) return (Slice){no_bytes, 0, 0};
    if (text.ptr != whole.ptr) return clipped(text);
    char *copy = gc_new_noscan(current_p, (uint64_t)text.len);
    memcpy(copy, text.ptr, (size_t)text.len);
    return (Slice){copy, text.len, text.len};
}

// --- of two slices

#define TWO(fn, ret, expr)                              \
    static NativeStatus fn(NativeCall *c) {             \
        Str s = bytes_arg(c), t = bytes_arg(c);         \
        ret(c, expr);                                   \
        return NATIVE_OK;                               \
    }

TWO(index_bytes, native_ret_int, text_index(s, t))
TWO(last_index, native_ret_int, text_last_index(s, t))
TWO(count, native_ret_int, text_count(s, t))
TWO(contains, native_ret_bool, text_index(s, t) >= 0)
TWO(equal, native_ret_bool, str_eq(s, t))
TWO(has_prefix, native_ret_bool, text_has_prefix(s, t))
TWO(has_suffix, native_ret_bool, text_has_suffix(s, t))
TWO(equal_fold, native_ret_bool, text_equal_fold(s, t))
TWO(compare, native_ret_int, (str_cmp(s, t) > 0) - (str_cmp(s, t) < 0))

// --- of a slice and a string or code

#define WITH_STRING(fn, ret, expr)                      \
    static NativeStatus fn(NativeCall *c) {             \
        Slice whole = native_slice(c);                  \
        Str s = view(whole), t = native_str(c);         \
        ret(c, expr);                                   \
        return NATIVE_OK;                               \
    }

// What is left of an all trimmed slice is nil when it was trimmed in front.
static Slice trimmed_left(Slice whole, Str left) { return left.len ? part(whole, left) : nil_slice; }

WITH_STRING(index_any, native_ret_int, text_index_any(s, t))
WITH_STRING(last_index_any, native_ret_int, text_last_index_any(s, t))
WITH_STRING(contains_any, native_ret_bool, text_index_any(s, t) >= 0)
WITH_STRING(trim, native_ret_slice, trimmed_left(whole, text_trim_right(text_trim_left(s, t), t)))
WITH_STRING(trim_left, native_ret_slice, trimmed_left(whole, text_trim_left(s, t)))
WITH_STRING(trim_right, native_ret_slice, part(whole, text_trim_right(s, t)))

#define WITH_CODE(fn, ret, expr)                        \
    static NativeStatus fn(NativeCall *c) {             \
        Slice whole = native_slice(c);                  \
        Str s = view(whole);                            \
        int64_t code = native_int(c);                   \
        ret(c, expr);                                   \
        return NATIVE_OK;                               \
    }

WITH_CODE(index_byte, native_ret_int, text_index_byte(s, (uint8_t)code))
WITH_CODE(last_index_byte, native_ret_int, text_last_index_byte(s, (uint8_t)code))
WITH_CODE(index_rune, native_ret_int, text_index_rune(s, (int32_t)code))
WITH_CODE(contains_rune, native_ret_bool, text_index_rune(s, (int32_t)code) >= 0)
WITH_CODE(repeat, native_ret_slice, own(text_repeat(s, code), nil_slice))

// --- of one slice

#define ONE(fn, expr)                                   \
    static NativeStatus fn(NativeCall *c) {             \
        Slice whole = native_slice(c);                  \
        native_ret_slice(c, expr);                      \
        return NATIVE_OK;                               \
    }

ONE(trim_space, trimmed_left(whole, text_trim_space(view(whole))))
ONE(to_upper, own(text_to_upper(view(whole)), whole))
ONE(to_lower, own(text_to_lower(view(whole)), whole))
ONE(to_title, own(text_map(view(whole), unicode_to_title, true), whole))
ONE(runes, str_to_runes(current_p, view(whole)))

static NativeStatus to_valid(NativeCall *c) {
    Slice whole = native_slice(c);
    Str replacement = bytes_arg(c);
    native_ret_slice(c, own(text_to_valid(view(whole), replacement), whole));
    return NATIVE_OK;
}

static NativeStatus replace(NativeCall *c) {
    Slice whole = native_slice(c);
    Str from = bytes_arg(c), to = bytes_arg(c);
    native_ret_slice(c, own(text_replace(view(whole), from, to, native_int(c)), whole));
    return NATIVE_OK;
}

// --- lists

static Slice *new_slices(int64_t n) { return n ? gc_new_array(current_p, &slice_layout, n) : (Slice *)(void *)no_bytes; }

static NativeStatus fields(NativeCall *c) {
    Str rest = bytes_arg(c), field;
    int64_t n = text_count_fields(rest);
    Slice *out = new_slices(n);
    for (int64_t i = 0; i < n; i++) {
        text_next_field(&rest, &field);
        out[i] = clipped(field);
    }
    native_ret_slice(c, (Slice){out, n, n});
    return NATIVE_OK;
}

// split(s, sep []byte, keepSep bool, n int) [][]byte; n is not 0
static NativeStatus split(NativeCall *c) {
    Slice whole = native_slice(c);
    Str rest = view(whole), sep = bytes_arg(c), piece;
    bool keep_sep = native_bool(c);
    int64_t limit = native_int(c);
    int64_t pieces = text_count(rest, sep) + (sep.len ? 1 : -1);
    bool cut_short = limit > 0 && pieces > limit;
    if (cut_short) pieces = limit;
    Slice *out = new_slices(pieces);
    for (int64_t i = 0; i < pieces - 1; i++) {
        text_next_piece(&rest, sep, keep_sep, &piece);
        out[i] = clipped(piece);
    }
    // The last piece keeps the room behind it, unless it is a character.
    if (pieces) out[pieces - 1] = sep.len || cut_short ? part(whole, rest) : clipped(rest);
    native_ret_slice(c, (Slice){out, pieces, pieces});
    return NATIVE_OK;
}

static NativeStatus join(NativeCall *c) {
    Slice list = native_slice(c), *elems = list.ptr;
    Str sep = bytes_arg(c);
    int64_t len = 0;
    bool overflow = list.len && __builtin_mul_overflow(sep.len, list.len - 1, &len);
    for (int64_t i = 0; i < list.len; i++) overflow |= __builtin_add_overflow(len, elems[i].len, &len);
    if (overflow) {
        rt_panic_plain(c->g, "bytes: Join output length overflow");
        return NATIVE_PANIC;
    }
    char *out = len ? gc_new_noscan(current_p, (uint64_t)len) : no_bytes, *at = out;
    for (int64_t i = 0; i < list.len; i++) {
        if (i && sep.len) at = (char *)memcpy(at, sep.ptr, (size_t)sep.len) + sep.len;
        if (elems[i].len) at = (char *)memcpy(at, elems[i].ptr, (size_t)elems[i].len) + elems[i].len;
    }
    native_ret_slice(c, (Slice){out, len, len});
    return NATIVE_OK;
}

extern const NativeDef bytes_natives[];
const NativeDef bytes_natives[] = {
    {"Index", index_bytes},        {"LastIndex", last_index},     {"IndexAny", index_any},         {"LastIndexAny", last_index_any},
    {"IndexByte", index_byte},     {"LastIndexByte", last_index_byte}, {"IndexRune", index_rune},  {"Count", count},
    {"Contains", contains},        {"ContainsAny", contains_any}, {"ContainsRune", contains_rune}, {"Equal", equal},
    {"Compare", compare},          {"HasPrefix", has_prefix},     {"HasSuffix", has_suffix},       {"EqualFold", equal_fold},
    {"Trim", trim},                {"TrimLeft", trim_left},       {"TrimRight", trim_right},       {"TrimSpace", trim_space},
    {"ToUpper", to_upper},         {"ToLower", to_lower},         {"ToTitle", to_title},           {"ToValidUTF8", to_valid},
    {"Runes", runes},              {"repeat", repeat},            {"Fields", fields},              {"split", split},
    {"Join", join},                {"Replace", replace},          {NULL, NULL},
};
