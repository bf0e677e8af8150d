// SPDX-License-Identifier: MIT
// adler32.c: the native of package hash/adler32.
#include "vm/native.h"

enum { MOD = 65521, RUN = 5552 }; // so many bytes fit before a sum may overflow

// update(d uint32, p []byte) uint32
static NativeStatus update(NativeCall *c) {
    uint32_t d = (uint32_t)native_word(c), low = d & 0xffff, high = d >> 16;
    Slice data = native_slice(c);
    const uint8_t *p = data.ptr;
    for (int64_t left = data.len; left > 0;) {
        int64_t n = left < RUN ? left : RUN;
        left -= n;
        while (n-- > 0) {
            low += *p++;
            high += low;
        }
        low %= MOD;
        high %= MOD;
    }
    native_ret_word(c, high << 16 | low);
    return NATIVE_OK;
}

extern const NativeDef hash_adler32_natives[];
const NativeDef hash_adler32_natives[] = {
    {"update", update},
    {NULL, NULL},
};
