// SPDX-License-Identifier: MIT
// base64.c: natives of package encoding/base64.
#include "runtime/panic.h"
#include "vm/native.h"

enum { NONE = 255, NO_PADDING = -1 };

static char *encode_rest(char *to, const char *alphabet, int32_t pad, const uint8_t *p, int64_t n) {
    uint32_t group = (uint32_t)p[0] << 16 | (n > 1 ? (uint32_t)p[1] << 8 : 0);
    *to++ = alphabet[group >> 18];
    *to++ = alphabet[group >> 12 & 63];
    if (n > 1) *to++ = alphabet[group >> 6 & 63];
    for (int64_t i = n; i < 3 && pad != NO_PADDING; i++) *to++ = (char)pad;
    return to;
}

// encode(alphabet string, pad rune, dst, src []byte); dst is long enough
static NativeStatus encode(NativeCall *c) {
    const char *alphabet = native_str(c).ptr;
    int32_t pad = (int32_t)native_int(c);
    Slice dst = native_slice(c), src = native_slice(c);
    char *to = dst.ptr;
    const uint8_t *p = src.ptr;
    int64_t left = src.len;
    for (; left >= 3; left -= 3, p += 3) {
        uint32_t group = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
        *to++ = alphabet[group >> 18];
        *to++ = alphabet[group >> 12 & 63];
        *to++ = alphabet[group >> 6 & 63];
        *to++ = alphabet[group & 63];
    }
    if (left) encode_rest(to, alphabet, pad, p, left);
    return NATIVE_OK;
}

typedef struct Input {
    const uint8_t *values, *src;
    int64_t len, at;
    int32_t pad;
    int64_t wrong; // where an error is, or -1
} Input;

static void skip_newlines(Input *in) {
    while (in->at < in->len && (in->src[in->at] == '\n' || in->src[in->at] == '\r')) in->at++;
}

// Reads what follows the first padding character of a group of n.
static void read_padding(Input *in, int n) {
    if (n < 2) {
        in->wrong = in->at - 1;
        return;
    }
    skip_newlines(in);
    if (n == 2) {
        if (in->at == in->len) in->wrong = in->len;
        else if (in->src[in->at] != in->pad) in->wrong = in->at - 1;
        else in->at++;
        if (in->wrong >= 0) return;
        skip_newlines(in);
    }
}

// Reads up to four characters of a group; returns how many, 0 at the end and
// on errors.
static int read_group(Input *in, uint8_t group[4]) {
    int n = 0;
    while (n < 4) {
        if (in->at == in->len) {
            if (n == 1 || (n && in->pad != NO_PADDING)) {
                in->wrong = in->at - n;
                return 0;
            }
            break;
        }
        uint8_t ch = in->src[in->at++];
        if (in->values[ch] != NONE) {
            group[n++] = in->values[ch];
        } else if (ch == in->pad) {
            read_padding(in, n);
            if (in->wrong >= 0) return 0;
            if (in->at < in->len) in->wrong = in->at; // behind the end; what is decoded counts
            break;
        } else if (ch != '\n' && ch != '\r') {
            in->wrong = in->at - 1;
            return 0;
        }
    }
    for (int i = n; i < 4; i++) group[i] = 0;
    return n;
}

// Where unused bits of a group of n are not zero, or -1.
static int64_t loose_bits(const Input *in, const uint8_t group[4], int n) {
    if (n == 3 && group[2] & 3) return in->at - 1;
    if (n == 2 && group[1] & 15) return in->at - 2;
    return -1;
}

// decode(values *[256]uint8, pad rune, strict bool, dst, src []byte) (n, at int)
static NativeStatus decode(NativeCall *c) {
    Input in = {.values = native_ptr(c), .pad = (int32_t)native_int(c), .wrong = -1};
    bool strict = native_bool(c);
    Slice dst = native_slice(c), src = native_slice(c);
    in.src = src.ptr;
    in.len = src.len;
    uint8_t *to = dst.ptr, g[4];
    int64_t n = 0;
    for (int k; in.wrong < 0 && (k = read_group(&in, g)) > 0;) {
        const uint8_t bytes[3] = {(uint8_t)(g[0] << 2 | g[1] >> 4), (uint8_t)(g[1] << 4 | g[2] >> 2), (uint8_t)(g[2] << 6 | g[3])};
        int64_t loose = strict ? loose_bits(&in, g, k) : -1;
        if (loose >= 0) {
            in.wrong = loose;
            break;
        }
        if (n + k - 1 > dst.len) {
            rt_panic(c->g, ERR_INDEX, (long long)dst.len, (long long)dst.len);
            return NATIVE_PANIC;
        }
        for (int i = 0; i < k - 1; i++) to[n++] = bytes[i];
        if (k < 4) break;
    }
    native_ret_int(c, n);
    native_ret_int(c, in.wrong);
    return NATIVE_OK;
}

extern const NativeDef encoding_base64_natives[];
const NativeDef encoding_base64_natives[] = {
    {"encode", encode},
    {"decode", decode},
    {NULL, NULL},
};
