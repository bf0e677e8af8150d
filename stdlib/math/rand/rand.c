// SPDX-License-Identifier: MIT
// rand.c: natives of package math/rand: the additive lagged Fibonacci generator
// x[n] = x[n-607] + x[n-273] (mod 2^64) that Go uses, seeded as Go seeds it, so
// that a seed gives the numbers it gives there.
#include "vm/native.h"

enum { LENGTH = 607, TAP = 273 };

typedef struct Lagged { // rand.csp: type lagged
    int64_t tap, feed;
    uint64_t vec[LENGTH];
} Lagged;

static const uint64_t warmed_up[LENGTH] = {
#include "generated/rand_table.h"
};

// The "minimal standard" generator of Park and Miller.
static uint32_t next_seed(uint32_t x) { return (uint32_t)((uint64_t)x * 48271 % INT32_MAX); }

static NativeStatus lagged_seed(NativeCall *c) {
    Lagged *l = native_ptr(c);
    int64_t seed = native_int(c) % INT32_MAX;
    if (seed < 0) seed += INT32_MAX;
    if (seed == 0) seed = 89482311;
    uint32_t x = (uint32_t)seed;
    for (int i = 0; i < 20; i++) x = next_seed(x);
    for (int i = 0; i < LENGTH; i++) {
        uint64_t a = x = next_seed(x), b = x = next_seed(x), d = x = next_seed(x);
        l->vec[i] = (a << 40 ^ b << 20 ^ d) ^ warmed_up[i];
    }
    l->tap = 0;
    l->feed = LENGTH - TAP;
    return NATIVE_OK;
}

static NativeStatus lagged_uint64(NativeCall *c) {
    Lagged *l = native_ptr(c);
    // A program that shares a source without a lock must not reach beyond it.
    uint64_t tap = (uint64_t)l->tap - 1, feed = (uint64_t)l->feed - 1;
    if (tap >= LENGTH) tap = LENGTH - 1;
    if (feed >= LENGTH) feed = LENGTH - 1;
    l->tap = (int64_t)tap;
    l->feed = (int64_t)feed;
    native_ret_word(c, l->vec[feed] += l->vec[tap]);
    return NATIVE_OK;
}

const NativeDef math_rand_natives[] = {
    {"lagged.Seed", lagged_seed},
    {"lagged.Uint64", lagged_uint64},
    {NULL, NULL},
};
