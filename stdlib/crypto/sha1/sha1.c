// SPDX-License-Identifier: MIT
// sha1.c: the native of package crypto/sha1.
#include "vm/native.h"

static uint32_t rotate(uint32_t x, unsigned n) { return x << n | x >> (32 - n); }

static uint32_t big_endian(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }

static void block(uint32_t *h, const uint8_t *p) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (unsigned i = 0; i < 16; i++) w[i] = big_endian(p + 4 * i);
    for (unsigned i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (unsigned i = 0; i < 80; i++) {
        uint32_t f, k;
        switch (i / 20) {
        case 0: f = d ^ (b & (c ^ d)), k = 0x5a827999; break;
        case 1: f = b ^ c ^ d, k = 0x6ed9eba1; break;
        case 2: f = (b & c) | (d & (b | c)), k = 0x8f1bbcdc; break;
        default: f = b ^ c ^ d, k = 0xca62c1d6; break;
        }
        uint32_t next = rotate(a, 5) + f + e + k + w[i];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

// blocks(h *[5]uint32, p []byte) int
static NativeStatus blocks(NativeCall *c) {
    uint32_t *h = native_ptr(c);
    Slice data = native_slice(c);
    const uint8_t *p = data.ptr;
    int64_t n = 0;
    for (; data.len - n >= 64; n += 64) block(h, p + n);
    native_ret_int(c, n);
    return NATIVE_OK;
}

extern const NativeDef crypto_sha1_natives[];
const NativeDef crypto_sha1_natives[] = {
    {"blocks", blocks},
    {NULL, NULL},
};
