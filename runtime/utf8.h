// SPDX-License-Identifier: MIT
// utf8.h: UTF-8, with Go's rules for what is not valid: each bad byte counts as
// U+FFFD of width 1; surrogates and codes beyond U+10FFFF are bad.
#ifndef CSP_RUNTIME_UTF8_H
#define CSP_RUNTIME_UTF8_H

#include <stdint.h>

enum { UTF8_ERROR = 0xfffd, UTF8_MAX = 4 };

// Bytes that utf8_encode writes for r.
static inline int utf8_width(int32_t r) { return (uint32_t)r < 0x80 ? 1 : (uint32_t)r < 0x800 ? 2 : (uint32_t)r < 0x10000 || (uint32_t)r > 0x10ffff ? 3 : 4; }
int utf8_encode(char *out, int32_t r);                       // the width; bad runes as U+FFFD
int utf8_decode_slow(const char *p, int64_t n, int32_t *r);
// The rune at p, n > 0 bytes at hand; answers its width.
static inline int utf8_decode(const char *p, int64_t n, int32_t *r) {
    if (n > 0 && (unsigned char)*p < 0x80) {
        *r = *p;
        return 1;
    }
    return utf8_decode_slow(p, n, r);
}

#endif
