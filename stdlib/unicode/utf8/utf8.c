// SPDX-License-Identifier: MIT
// utf8.c: natives of package unicode/utf8.
#include "runtime/utf8.h"

#include "vm/native.h"

static Str bytes_arg(NativeCall *c) {
    Slice s = native_slice(c);
    return (Str){s.ptr, s.len};
}

static int64_t decode_last(Str s, int32_t *r) {
    *r = UTF8_ERROR;
    if (s.len == 0) return 0;
    for (int64_t back = 1; back <= 4 && back <= s.len; back++) {
        const char *at = s.ptr + s.len - back;
        if ((*at & 0xc0) == 0x80) continue;
        if (utf8_decode(at, back, r) == back) return back;
        break;
    }
    *r = UTF8_ERROR;
    return 1;
}

static int64_t count(Str s) {
    int64_t n = 0;
    for (int64_t i = 0; i < s.len; n++) {
        int32_t r;
        i += (uint8_t)s.ptr[i] < 0x80 ? 1 : utf8_decode(s.ptr + i, s.len - i, &r);
    }
    return n;
}

static bool valid(Str s) {
    for (int64_t i = 0; i < s.len;) {
        uint64_t eight;
        if (i + 8 <= s.len && (memcpy(&eight, s.ptr + i, 8), !(eight & 0x8080808080808080ull))) {
            i += 8;
            continue;
        }
        int32_t r;
        int64_t width = utf8_decode(s.ptr + i, s.len - i, &r);
        if (width == 1 && r == UTF8_ERROR) return false;
        i += width;
    }
    return true;
}

// Whether more bytes could turn the beginning of s into a code point: then it
// is not yet full.
static bool full(Str s) {
    int32_t r;
    if (s.len == 0) return false;
    if (s.len >= 4 || utf8_decode(s.ptr, s.len, &r) > 1 || (uint8_t)s.ptr[0] < 0x80) return true;
    static const char *const tails[] = {"\x80\x80\x80", "\x90\x80\x80", "\xa0\x80\x80", "\xbf\x80\x80"};
    char longer[8] = {0};
    for (int i = 0; i < 4; i++) {
        memcpy(longer, s.ptr, (size_t)s.len);
        memcpy(longer + s.len, tails[i], 3);
        if (utf8_decode(longer, s.len + 3, &r) > s.len) return false;
    }
    return true;
}

static NativeStatus ret_decoded(NativeCall *c, int32_t r, int64_t width) {
    native_ret_int(c, r);
    native_ret_int(c, width);
    return NATIVE_OK;
}

static NativeStatus decode_first(NativeCall *c, Str s) {
    int32_t r = UTF8_ERROR;
    int64_t width = s.len ? utf8_decode(s.ptr, s.len, &r) : 0;
    return ret_decoded(c, r, width);
}

static NativeStatus decode_end(NativeCall *c, Str s) {
    int32_t r;
    int64_t width = decode_last(s, &r);
    return ret_decoded(c, r, width);
}

#define BOTH(fn, ...)                                                        \
    static NativeStatus fn##_bytes(NativeCall *c) { Str s = bytes_arg(c); __VA_ARGS__ } \
    static NativeStatus fn##_string(NativeCall *c) { Str s = native_str(c); __VA_ARGS__ }

BOTH(decode_rune, return decode_first(c, s);)
BOTH(decode_last_rune, return decode_end(c, s);)
BOTH(full_rune, native_ret_bool(c, full(s)); return NATIVE_OK;)
BOTH(rune_count, native_ret_int(c, count(s)); return NATIVE_OK;)
BOTH(is_valid, native_ret_bool(c, valid(s)); return NATIVE_OK;)

extern const NativeDef unicode_utf8_natives[];
const NativeDef unicode_utf8_natives[] = {
    {"DecodeRune", decode_rune_bytes},
    {"DecodeRuneInString", decode_rune_string},
    {"DecodeLastRune", decode_last_rune_bytes},
    {"DecodeLastRuneInString", decode_last_rune_string},
    {"FullRune", full_rune_bytes},
    {"FullRuneInString", full_rune_string},
    {"RuneCount", rune_count_bytes},
    {"RuneCountInString", rune_count_string},
    {"Valid", is_valid_bytes},
    {"ValidString", is_valid_string},
    {NULL, NULL},
};
