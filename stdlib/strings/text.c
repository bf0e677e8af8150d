// SPDX-License-Identifier: MIT
// text.c: searching and taking apart of byte strings.
//
// Searching leans on the C library's vectorised memchr, memrchr and its linear
// memmem. Sets of characters are a bitmap of ASCII codes when they can be.
#define _GNU_SOURCE // memmem, memrchr
#include "stdlib/strings/text.h"

#include <string.h>

#include "runtime/gc.h"
#include "runtime/str.h"
#include "runtime/utf8.h"
#include "stdlib/unicode/unicode.h"

bool text_has_prefix(Str s, Str prefix) {
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, (size_t)prefix.len) == 0);
}

bool text_has_suffix(Str s, Str suffix) {
    return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, (size_t)suffix.len) == 0);
}

int64_t text_index_byte(Str s, uint8_t b) {
    const char *at = s.len ? memchr(s.ptr, b, (size_t)s.len) : NULL;
    return at ? at - s.ptr : TEXT_NONE;
}

int64_t text_last_index_byte(Str s, uint8_t b) {
    const char *at = s.len ? memrchr(s.ptr, b, (size_t)s.len) : NULL;
    return at ? at - s.ptr : TEXT_NONE;
}

int64_t text_index(Str s, Str sub) {
    if (sub.len == 0) return 0;
    if (sub.len > s.len) return TEXT_NONE;
    if (sub.len == 1) return text_index_byte(s, (uint8_t)sub.ptr[0]);
    const char *at = memmem(s.ptr, (size_t)s.len, sub.ptr, (size_t)sub.len);
    return at ? at - s.ptr : TEXT_NONE;
}

// From the back by a rolling hash, so that no input makes it quadratic.
int64_t text_last_index(Str s, Str sub) {
    enum { PRIME = 16777619 };
    if (sub.len == 0) return s.len;
    if (sub.len > s.len) return TEXT_NONE;
    if (sub.len == 1) return text_last_index_byte(s, (uint8_t)sub.ptr[0]);
    uint32_t want = 0, have = 0, top = 1;
    for (int64_t i = sub.len - 1; i >= 0; i--) {
        want = want * PRIME + (uint8_t)sub.ptr[i];
        have = have * PRIME + (uint8_t)s.ptr[s.len - sub.len + i];
        top *= PRIME;
    }
    for (int64_t at = s.len - sub.len;; at--) {
        if (have == want && memcmp(s.ptr + at, sub.ptr, (size_t)sub.len) == 0) return at;
        if (at == 0) return TEXT_NONE;
        have = have * PRIME + (uint8_t)s.ptr[at - 1] - top * (uint8_t)s.ptr[at + sub.len - 1];
    }
}

static inline int64_t decode(Str s, int64_t at, int32_t *r) {
    uint8_t b = (uint8_t)s.ptr[at];
    if (b < 0x80) {
        *r = b;
        return 1;
    }
    return utf8_decode(s.ptr + at, s.len - at, r);
}

static int64_t decode_back(Str s, int64_t end, int32_t *r) {
    if ((uint8_t)s.ptr[end - 1] < 0x80) {
        *r = s.ptr[end - 1];
        return 1;
    }
    for (int64_t width = 1; width <= 4 && width <= end; width++) {
        if ((s.ptr[end - width] & 0xc0) == 0x80) continue;
        if (utf8_decode(s.ptr + end - width, width, r) == width) return width;
        break;
    }
    *r = UTF8_ERROR;
    return 1;
}

static bool is_rune(int32_t r) { return (r >= 0 && r < 0xd800) || (r > 0xdfff && r <= 0x10ffff); }

int64_t text_index_rune(Str s, int32_t r) {
    if (r >= 0 && r < 0x80) return text_index_byte(s, (uint8_t)r);
    if (!is_rune(r)) return TEXT_NONE;
    if (r != UTF8_ERROR) {
        char buf[4];
        return text_index(s, (Str){buf, utf8_encode(buf, r)});
    }
    for (int64_t i = 0; i < s.len;) { // wrong bytes count as U+FFFD
        int32_t have;
        int64_t width = decode(s, i, &have);
        if (have == UTF8_ERROR) return i;
        i += width;
    }
    return TEXT_NONE;
}

// --- sets of characters

typedef struct CharSet {
    uint64_t low[2];  // ASCII members
    Str chars;        // all members
    bool all_ascii;
} CharSet;

static CharSet make_set(Str chars) {
    CharSet set = {.chars = chars, .all_ascii = true};
    for (int64_t i = 0; i < chars.len; i++) {
        uint8_t b = (uint8_t)chars.ptr[i];
        if (b < 0x80) set.low[b / 64] |= 1ull << (b % 64);
        else set.all_ascii = false;
    }
    return set;
}

static bool in_set(const CharSet *set, int32_t r) {
    if (r < 0x80) return set->low[r / 64] >> (r % 64) & 1;
    return !set->all_ascii && text_index_rune(set->chars, r) >= 0;
}

int64_t text_index_any(Str s, Str chars) {
    CharSet set = make_set(chars);
    for (int64_t i = 0; i < s.len;) {
        int32_t r;
        int64_t width = decode(s, i, &r);
        if (in_set(&set, r)) return i;
        i += width;
    }
    return TEXT_NONE;
}

int64_t text_last_index_any(Str s, Str chars) {
    CharSet set = make_set(chars);
    for (int64_t i = s.len; i > 0;) {
        int32_t r;
        i -= decode_back(s, i, &r);
        if (in_set(&set, r)) return i;
    }
    return TEXT_NONE;
}

Str text_trim_left(Str s, Str cutset) {
    CharSet set = make_set(cutset);
    int64_t i = 0;
    while (i < s.len) {
        int32_t r;
        int64_t width = decode(s, i, &r);
        if (!in_set(&set, r)) break;
        i += width;
    }
    return text_from(s, i);
}

Str text_trim_right(Str s, Str cutset) {
    CharSet set = make_set(cutset);
    int64_t end = s.len;
    while (end > 0) {
        int32_t r;
        int64_t width = decode_back(s, end, &r);
        if (!in_set(&set, r)) break;
        end -= width;
    }
    return text_to(s, end);
}

Str text_trim_space(Str s) {
    int64_t i = 0, end = s.len;
    int32_t r;
    while (i < end) {
        int64_t width = decode(s, i, &r);
        if (!unicode_is_space(r)) break;
        i += width;
    }
    while (end > i) {
        int64_t width = decode_back(s, end, &r);
        if (!unicode_is_space(r)) break;
        end -= width;
    }
    return text_from(text_to(s, end), i);
}

// --- counting, splitting

static int64_t count_runes(Str s) {
    int64_t n = 0;
    int32_t r;
    for (int64_t i = 0; i < s.len; n++) i += decode(s, i, &r);
    return n;
}

int64_t text_count(Str s, Str sub) {
    if (sub.len == 0) return count_runes(s) + 1;
    int64_t n = 0;
    if (sub.len == 1) {
        for (int64_t i = 0; i < s.len; i++) n += s.ptr[i] == sub.ptr[0];
        return n;
    }
    for (;; n++) {
        int64_t at = text_index(s, sub);
        if (at < 0) return n;
        s = text_from(s, at + sub.len);
    }
}

bool text_next_field(Str *rest, Str *field) {
    int64_t i = 0, begin;
    int32_t r;
    while (i < rest->len) {
        int64_t width = decode(*rest, i, &r);
        if (!unicode_is_space(r)) break;
        i += width;
    }
    begin = i;
    while (i < rest->len) {
        int64_t width = decode(*rest, i, &r);
        if (unicode_is_space(r)) break;
        i += width;
    }
    *field = text_from(text_to(*rest, i), begin);
    *rest = text_from(*rest, i);
    return i > begin;
}

int64_t text_count_fields(Str s) {
    int64_t n = 0;
    for (Str field; text_next_field(&s, &field);) n++;
    return n;
}

bool text_next_piece(Str *rest, Str sep, bool keep_sep, Str *piece) {
    int64_t at;
    if (sep.len == 0) {
        int32_t r;
        if (rest->len == 0) return false;
        at = decode(*rest, 0, &r);
    } else if ((at = text_index(*rest, sep)) < 0) {
        return false;
    }
    *piece = text_to(*rest, keep_sep ? at + sep.len : at);
    *rest = text_from(*rest, at + sep.len);
    return true;
}

// --- folding

bool text_equal_fold(Str s, Str t) {
    int64_t i = 0, j = 0;
    while (i < s.len && j < t.len) {
        int32_t a, b;
        i += decode(s, i, &a);
        j += decode(t, j, &b);
        if (a == b) continue;
        if (a < 0x80 && b < 0x80) {
            int32_t low = a | 0x20;
            if (low == (b | 0x20) && low >= 'a' && low <= 'z') continue;
            return false;
        }
        int32_t r = unicode_simple_fold(a);
        while (r != a && r != b) r = unicode_simple_fold(r);
        if (r != b) return false;
    }
    return i == s.len && j == t.len;
}

// --- building

static char *new_bytes(int64_t n) { return gc_new_noscan(current_p, n ? (uint64_t)n : 1); }

// Where the mapping first changes s, or s.len. Wrong bytes become U+FFFD.
static int64_t first_change(Str s, TextMapping *mapping) {
    for (int64_t i = 0; i < s.len;) {
        int32_t r;
        int64_t width = decode(s, i, &r);
        if (mapping(r) != r || (r == UTF8_ERROR && width == 1)) return i;
        i += width;
    }
    return s.len;
}

Str text_map(Str s, TextMapping *mapping, bool share) {
    int64_t i = first_change(s, mapping);
    if (i == s.len && share) return s;
    int64_t room = i, at = i;
    int32_t r;
    for (int64_t k = i; k < s.len; room += utf8_width(mapping(r))) k += decode(s, k, &r);
    char *out = new_bytes(room);
    if (i) memcpy(out, s.ptr, (size_t)i);
    while (i < s.len) {
        i += decode(s, i, &r);
        at += utf8_encode(out + at, mapping(r));
    }
    return (Str){out, at};
}

// Texts in ASCII, most of all, change in loops that the compiler vectorises.
static Str change_case(Str s, uint8_t first, uint8_t last, TextMapping *mapping) {
    uint8_t all = 0, change = 0;
    for (int64_t i = 0; i < s.len; i++) {
        uint8_t b = (uint8_t)s.ptr[i];
        all |= b;
        change |= b >= first && b <= last;
    }
    if (all >= 0x80) return text_map(s, mapping, true);
    if (!change) return s;
    char *out = new_bytes(s.len);
    for (int64_t i = 0; i < s.len; i++) {
        uint8_t b = (uint8_t)s.ptr[i];
        out[i] = (char)(b ^ (b >= first && b <= last ? 0x20 : 0));
    }
    return (Str){out, s.len};
}

Str text_to_upper(Str s) { return change_case(s, 'a', 'z', unicode_to_upper); }
Str text_to_lower(Str s) { return change_case(s, 'A', 'Z', unicode_to_lower); }

Str text_replace(Str s, Str from, Str to, int64_t n) {
    if (n == 0 || str_eq(from, to)) return s;
    int64_t m = text_count(s, from);
    if (m == 0) return s;
    if (n < 0 || m < n) n = m;
    int64_t len = s.len + n * (to.len - from.len), at = 0;
    char *out = new_bytes(len);
    for (int64_t i = 0; i < n; i++) {
        int64_t keep = 0; // an empty text is found before each code point and at the end
        int32_t r;
        if (from.len) keep = text_index(s, from);
        else if (i > 0) keep = decode(s, 0, &r);
        if (keep) memcpy(out + at, s.ptr, (size_t)keep);
        at += keep;
        if (to.len) memcpy(out + at, to.ptr, (size_t)to.len);
        at += to.len;
        s = text_from(s, keep + from.len);
    }
    if (s.len) memcpy(out + at, s.ptr, (size_t)s.len);
    return (Str){out, len};
}

Str text_repeat(Str s, int64_t count) {
    int64_t len = s.len * count;
    if (len == 0) return (Str){"", 0};
    char *out = new_bytes(len);
    memcpy(out, s.ptr, (size_t)s.len);
    for (int64_t have = s.len; have < len; have *= 2) memcpy(out + have, out, (size_t)(have < len - have ? have : len - have));
    return (Str){out, len};
}

// One pass that counts when out is NULL and writes otherwise.
static int64_t valid_pass(Str s, Str replacement, char *out) {
    int64_t at = 0;
    bool in_wrong = false;
    for (int64_t i = 0; i < s.len;) {
        int32_t r;
        int64_t width = decode(s, i, &r);
        bool wrong = r == UTF8_ERROR && width == 1;
        Str piece = wrong ? (in_wrong ? (Str){"", 0} : replacement) : (Str){s.ptr + i, width};
        if (out && piece.len) memcpy(out + at, piece.ptr, (size_t)piece.len);
        at += piece.len;
        in_wrong = wrong;
        i += width;
    }
    return at;
}

Str text_to_valid(Str s, Str replacement) {
    bool wrong = false;
    for (int64_t i = 0; i < s.len && !wrong;) {
        int32_t r;
        int64_t width = decode(s, i, &r);
        wrong = r == UTF8_ERROR && width == 1;
        i += width;
    }
    if (!wrong) return s;
    int64_t len = valid_pass(s, replacement, NULL);
    char *out = new_bytes(len);
    valid_pass(s, replacement, out);
    return (Str){out, len};
}
