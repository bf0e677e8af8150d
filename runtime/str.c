// SPDX-License-Identifier: MIT
// str.c: strings and their conversions.
//
// The bytes of a string never change once it is made, so results share bytes
// where they can: strings of one byte point into a table of all bytes, and a
// concatenation with one non-empty part is that part.
#include "runtime/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/gc.h"
#include "runtime/panic.h"
#include "runtime/utf8.h"

static const int64_t MAX_LEN = 1ll << 47;

#define BYTES4(b) (char)(b), (char)((b) + 1), (char)((b) + 2), (char)((b) + 3)
#define BYTES16(b) BYTES4(b), BYTES4((b) + 4), BYTES4((b) + 8), BYTES4((b) + 12)
#define BYTES64(b) BYTES16(b), BYTES16((b) + 16), BYTES16((b) + 32), BYTES16((b) + 48)
static const char single_bytes[256] = {BYTES64(0), BYTES64(64), BYTES64(128), BYTES64(192)};

Str str_make(P *p, const char *bytes, int64_t n) {
    if (n == 0) return (Str){"", 0};
    if (n == 1) return (Str){&single_bytes[(uint8_t)bytes[0]], 1};
    char *copy = gc_new_noscan(p, (uint64_t)n);
    memcpy(copy, bytes, (size_t)n);
    return (Str){copy, n};
}

Str str_printf(P *p, const char *fmt, ...) {
    char small[256];
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, fmt, args);
    va_end(args);
    Str s = {"", 0};
    if (n >= 0 && (size_t)n < sizeof small) {
        s = str_make(p, small, n);
    } else if (n > 0) {
        char *big = gc_new_noscan(p, (uint64_t)n + 1);
        vsnprintf(big, (size_t)n + 1, fmt, again);
        s = (Str){big, n};
    }
    va_end(again);
    return s;
}

bool str_concat(P *p, G *g, const Str *parts, uint32_t n, Str *out) {
    int64_t total = 0;
    const Str *only = NULL;
    uint32_t filled = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (parts[i].len == 0) continue;
        only = &parts[i];
        filled++;
        total += parts[i].len;
        if (total > MAX_LEN) {
            rt_panic_str(g, "string concatenation too long");
            return false;
        }
    }
    if (filled <= 1) {
        *out = only ? *only : (Str){"", 0};
        return true;
    }
    char *to = gc_new_noscan(p, (uint64_t)total);
    *out = (Str){to, total};
    for (uint32_t i = 0; i < n; i++) {
        if (parts[i].len) memcpy(to, parts[i].ptr, (size_t)parts[i].len);
        to += parts[i].len;
    }
    return true;
}

int str_cmp(Str a, Str b) {
    int64_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, (size_t)n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

Str str_from_bytes(P *p, Slice b) { return str_make(p, b.ptr, b.len); }

// Capacities are what the allocator really gives, as in Go.
Slice str_to_bytes(P *p, Str s) {
    static char none[1];
    if (s.len == 0) return (Slice){none, 0, 0};
    int64_t cap = (int64_t)gc_round_size((uint64_t)s.len, true);
    char *copy = gc_new_noscan(p, (uint64_t)cap);
    memcpy(copy, s.ptr, (size_t)s.len);
    return (Slice){copy, s.len, cap};
}

Str str_from_runes(P *p, Slice r) {
    const int32_t *runes = r.ptr;
    int64_t bytes = 0;
    for (int64_t i = 0; i < r.len; i++) bytes += utf8_width(runes[i]);
    if (bytes == 0) return (Str){"", 0};
    char *buf = gc_new_noscan(p, (uint64_t)bytes);
    char *at = buf;
    for (int64_t i = 0; i < r.len; i++) at += utf8_encode(at, runes[i]);
    return (Str){buf, bytes};
}

Slice str_to_runes(P *p, Str s) {
    static int32_t none[1];
    int64_t n = 0;
    for (int64_t i = 0; i < s.len; n++) {
        int32_t r;
        i += utf8_decode(s.ptr + i, s.len - i, &r);
    }
    if (n == 0) return (Slice){none, 0, 0};
    uint64_t size = gc_round_size((uint64_t)n * 4, true);
    int32_t *runes = gc_new_noscan(p, size);
    int64_t k = 0;
    for (int64_t i = 0; i < s.len;) i += utf8_decode(s.ptr + i, s.len - i, &runes[k++]);
    return (Slice){runes, n, (int64_t)(size / 4)};
}

Str str_from_rune(P *p, int64_t r) {
    char buf[4];
    int32_t rune = r < 0 || r > 0x10ffff ? UTF8_ERROR : (int32_t)r;
    return str_make(p, buf, utf8_encode(buf, rune));
}

// --- hashing: 16 bytes a step, two words folded into the state by one
// 64x64 to 128 bit product; the last up to 16 bytes by overlapping reads

static inline uint64_t mix(uint64_t a, uint64_t b) {
    unsigned __int128 r = (unsigned __int128)a * b;
    return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static inline uint64_t read64(const char *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline uint64_t read32(const char *p) {
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

uint64_t str_hash(Str s, uint64_t seed) {
    static const uint64_t A = 0xa0761d6478bd642full ^ 0x5555, B = 0xe7037ed1a0b428dbull, C = 0x8ebc6af09c88c6e3ull;
    const char *p = s.ptr;
    uint64_t n = (uint64_t)s.len, lo = 0, hi = 0;
    uint64_t h = seed ^ A;
    while (n > 16) {
        h = mix(read64(p) ^ B, read64(p + 8) ^ h);
        p += 16;
        n -= 16;
    }
    if (n >= 8) {
        lo = read64(p);
        hi = read64(p + n - 8);
    } else if (n >= 4) {
        lo = read32(p);
        hi = read32(p + n - 4);
    } else if (n > 0) {
        lo = (uint64_t)(uint8_t)p[0] << 16 | (uint64_t)(uint8_t)p[n / 2] << 8 | (uint8_t)p[n - 1];
    }
    return mix(C ^ (uint64_t)s.len, mix(lo ^ B, hi ^ h));
}
