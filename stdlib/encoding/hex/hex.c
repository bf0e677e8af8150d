// SPDX-License-Identifier: MIT
// hex.c: natives of package encoding/hex. The lengths are checked by their
// callers.
#include "vm/native.h"

// encode(dst, src []byte)
static NativeStatus encode(NativeCall *c) {
    static const char digits[] = "0123456789abcdef";
    Slice dst = native_slice(c), src = native_slice(c);
    char *to = dst.ptr;
    const uint8_t *from = src.ptr;
    for (int64_t i = 0; i < src.len; i++) {
        *to++ = digits[from[i] >> 4];
        *to++ = digits[from[i] & 15];
    }
    return NATIVE_OK;
}

static int digit_value(uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// decode(dst, src []byte) (n, wrong int)
static NativeStatus decode(NativeCall *c) {
    Slice dst = native_slice(c), src = native_slice(c);
    uint8_t *to = dst.ptr;
    const uint8_t *from = src.ptr;
    int64_t n = 0, wrong = -1;
    for (int64_t i = 0; i < src.len && wrong < 0; i++) {
        if (digit_value(from[i]) < 0) wrong = from[i];
        else if (i % 2 && n < dst.len) to[n++] = (uint8_t)(digit_value(from[i - 1]) << 4 | digit_value(from[i]));
    }
    native_ret_int(c, n);
    native_ret_int(c, wrong);
    return NATIVE_OK;
}

extern const NativeDef encoding_hex_natives[];
const NativeDef encoding_hex_natives[] = {
    {"encode", encode},
    {"decode", decode},
    {NULL, NULL},
};
