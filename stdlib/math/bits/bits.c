// SPDX-License-Identifier: MIT
// bits.c: natives of package math/bits. Narrow arguments are zero-extended.
#include "runtime/panic.h"
#include "vm/native.h"

typedef unsigned __int128 u128;

#define ONE(fn, expr)                            \
    static NativeStatus fn(NativeCall *c) {      \
        uint64_t x = native_word(c);             \
        native_ret_word(c, (uint64_t)(expr));    \
        return NATIVE_OK;                        \
    }

static int len64(uint64_t x) { return x ? 64 - __builtin_clzll(x) : 0; }
static int zeros_below(uint64_t x, int width) { return x ? __builtin_ctzll(x) : width; }

static uint64_t reverse64(uint64_t x) {
    x = (x >> 1 & 0x5555555555555555ull) | (x & 0x5555555555555555ull) << 1;
    x = (x >> 2 & 0x3333333333333333ull) | (x & 0x3333333333333333ull) << 2;
    x = (x >> 4 & 0x0f0f0f0f0f0f0f0full) | (x & 0x0f0f0f0f0f0f0f0full) << 4;
    return __builtin_bswap64(x);
}

ONE(bit_len, len64(x))
ONE(ones_count, __builtin_popcountll(x))
ONE(leading8, 8 - len64(x))
ONE(leading16, 16 - len64(x))
ONE(leading32, 32 - len64(x))
ONE(leading64, 64 - len64(x))
ONE(trailing8, zeros_below(x, 8))
ONE(trailing16, zeros_below(x, 16))
ONE(trailing32, zeros_below(x, 32))
ONE(trailing64, zeros_below(x, 64))
ONE(reverse_8, reverse64(x) >> 56)
ONE(reverse_16, reverse64(x) >> 48)
ONE(reverse_32, reverse64(x) >> 32)
ONE(reverse_64, reverse64(x))
ONE(swap16, __builtin_bswap16((uint16_t)x))
ONE(swap32, __builtin_bswap32((uint32_t)x))
ONE(swap64, __builtin_bswap64(x))

static NativeStatus multiply(NativeCall *c, int width) {
    uint64_t x = native_word(c), y = native_word(c);
    u128 product = (u128)x * y;
    native_ret_word(c, (uint64_t)(product >> width));
    native_ret_word(c, width == 64 ? (uint64_t)product : (uint32_t)product);
    return NATIVE_OK;
}

static NativeStatus divide_by_zero(NativeCall *c) {
    rt_panic(c->g, ERR_DIVIDE);
    return NATIVE_PANIC;
}

static NativeStatus divide(NativeCall *c, int width) {
    uint64_t hi = native_word(c), lo = native_word(c), y = native_word(c);
    if (y == 0) return divide_by_zero(c);
    if (y <= hi) {
        rt_panic_str(c->g, "integer overflow");
        return NATIVE_PANIC;
    }
    u128 whole = (u128)hi << width | lo;
    native_ret_word(c, (uint64_t)(whole / y));
    native_ret_word(c, (uint64_t)(whole % y));
    return NATIVE_OK;
}

static NativeStatus rest(NativeCall *c, int width) {
    uint64_t hi = native_word(c), lo = native_word(c), y = native_word(c);
    if (y == 0) return divide_by_zero(c);
    native_ret_word(c, (uint64_t)(((u128)(hi % y) << width | lo) % y));
    return NATIVE_OK;
}

static NativeStatus mul32(NativeCall *c) { return multiply(c, 32); }
static NativeStatus mul64(NativeCall *c) { return multiply(c, 64); }
static NativeStatus div32(NativeCall *c) { return divide(c, 32); }
static NativeStatus div64(NativeCall *c) { return divide(c, 64); }
static NativeStatus rem32(NativeCall *c) { return rest(c, 32); }
static NativeStatus rem64(NativeCall *c) { return rest(c, 64); }

extern const NativeDef math_bits_natives[];
const NativeDef math_bits_natives[] = {
    {"LeadingZeros", leading64}, {"TrailingZeros", trailing64}, {"OnesCount", ones_count}, {"Len", bit_len},
    {"Reverse", reverse_64}, {"ReverseBytes", swap64}, {"LeadingZeros8", leading8}, {"TrailingZeros8", trailing8},
    {"OnesCount8", ones_count}, {"Len8", bit_len}, {"Reverse8", reverse_8}, {"LeadingZeros16", leading16},
    {"TrailingZeros16", trailing16}, {"OnesCount16", ones_count}, {"Len16", bit_len}, {"Reverse16", reverse_16},
    {"ReverseBytes16", swap16}, {"LeadingZeros32", leading32}, {"TrailingZeros32", trailing32}, {"OnesCount32", ones_count},
    {"Len32", bit_len}, {"Reverse32", reverse_32}, {"ReverseBytes32", swap32}, {"LeadingZeros64", leading64},
    {"TrailingZeros64", trailing64}, {"OnesCount64", ones_count}, {"Len64", bit_len}, {"Reverse64", reverse_64},
    {"ReverseBytes64", swap64}, {"Mul", mul64}, {"Div", div64}, {"Rem", rem64},
    {"Mul32", mul32}, {"Div32", div32}, {"Rem32", rem32}, {"Mul64", mul64},
    {"Div64", div64}, {"Rem64", rem64},
    {NULL, NULL},
};
