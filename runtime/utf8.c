// SPDX-License-Identifier: MIT
// utf8.c: encoding and decoding of single runes.
#include "runtime/utf8.h"

int utf8_encode(char *out, int32_t rune) {
    uint32_t r = (uint32_t)rune;
    if (r < 0x80) {
        out[0] = (char)r;
        return 1;
    }
    if (r < 0x800) {
        out[0] = (char)(0xc0 | r >> 6);
        out[1] = (char)(0x80 | (r & 63));
        return 2;
    }
    if (r > 0x10ffff || (r >= 0xd800 && r < 0xe000)) r = UTF8_ERROR;
    if (r < 0x10000) {
        out[0] = (char)(0xe0 | r >> 12);
        out[1] = (char)(0x80 | (r >> 6 & 63));
        out[2] = (char)(0x80 | (r & 63));
        return 3;
    }
    out[0] = (char)(0xf0 | r >> 18);
    out[1] = (char)(0x80 | (r >> 12 & 63));
    out[2] = (char)(0x80 | (r >> 6 & 63));
    out[3] = (char)(0x80 | (r & 63));
    return 4;
}

int utf8_decode_slow(const char *s, int64_t n, int32_t *r) {
    const unsigned char *p = (const unsigned char *)s;
    *r = UTF8_ERROR;
    if (n <= 0) return 0;
    unsigned c = p[0];
    if (c < 0x80) {
        *r = (int32_t)c;
        return 1;
    }
    int more = c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : 0;
    if (more == 0 || n <= more) return 1;
    uint32_t v = c & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xc0) != 0x80) return 1;
        v = v << 6 | (p[i] & 63);
    }
    if (v > 0x10ffff || (v >= 0xd800 && v < 0xe000) || (more == 2 && v < 0x800) || (more == 3 && v < 0x10000)) return 1;
    *r = (int32_t)v;
    return more + 1;
}
