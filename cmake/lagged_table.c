// SPDX-License-Identifier: MIT
// lagged_table.c: a program of the build: writes the table that package
// math/rand mixes into its seeds.
//
//     lagged_table OUT
//
// Go seeds its additive lagged Fibonacci generator x[n] = x[n-607] + x[n-273]
// (mod 2^64) with the state that the same generator, begun with seed 1, has
// after 7.8e12 numbers. Seeded alike, csp gives the same numbers as Go. That
// many steps take hours, but the generator is linear: x[n+k] is a combination
// of x[k] .. x[k+606] with the coefficients of z^n modulo the characteristic
// polynomial z^607 - z^334 - 1, and powers are found by squaring.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LENGTH = 607, TAP = 273 };
#define STEPS UINT64_C(7800000000000)

typedef uint64_t Poly[LENGTH];

// p of degree < 2 * LENGTH - 1 modulo z^607 = z^334 + 1.
static void reduce(const uint64_t *p, Poly out) {
    uint64_t t[2 * LENGTH];
    memcpy(t, p, (2 * LENGTH - 1) * sizeof *t);
    for (int i = 2 * LENGTH - 2; i >= LENGTH; i--) {
        t[i - LENGTH] += t[i];
        t[i - TAP] += t[i];
    }
    memcpy(out, t, sizeof(Poly));
}

static void square(Poly p) {
    uint64_t t[2 * LENGTH] = {0};
    for (int i = 0; i < LENGTH; i++)
        for (int k = 0; k < LENGTH; k++) t[i + k] += p[i] * p[k];
    reduce(t, p);
}

static void times_z(Poly p) {
    uint64_t t[2 * LENGTH] = {0};
    memcpy(t + 1, p, sizeof(Poly));
    reduce(t, p);
}

static void power_of_z(uint64_t n, Poly p) {
    memset(p, 0, sizeof(Poly));
    p[0] = 1;
    for (int bit = 63; bit >= 0; bit--) {
        square(p);
        if (n >> bit & 1) times_z(p);
    }
}

// The "minimal standard" generator of Park and Miller.
static uint32_t next_seed(uint32_t x) { return (uint32_t)((uint64_t)x * 48271 % 2147483647); }

// The first state, in the order in which the generator will use it: place i of
// Go's vector is used by step 334 - i (mod 607).
static int order(int i) { return (LENGTH - TAP - i + 2 * LENGTH - 1) % LENGTH; }

static void first_state(uint64_t *x) {
    uint32_t s = 1;
    for (int i = 0; i < 20; i++) s = next_seed(s);
    for (int i = 0; i < LENGTH; i++) {
        uint64_t a = s = next_seed(s), b = s = next_seed(s), c = s = next_seed(s);
        x[order(i)] = a << 20 ^ b << 10 ^ c;
    }
}

int main(int argc, char **argv) {
    static uint64_t x[2 * LENGTH], y[LENGTH];
    static Poly p;
    FILE *f = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!f) {
        fprintf(stderr, "usage: lagged_table OUT\n");
        return 2;
    }
    first_state(x);
    for (int i = LENGTH; i < 2 * LENGTH; i++) x[i] = x[i - LENGTH] + x[i - TAP];
    power_of_z(STEPS, p);
    for (int i = 0; i < LENGTH; i++)
        for (int k = 0; k < LENGTH; k++) y[i] += p[k] * x[i + k];
    // y[j] is number STEPS + j, counted from the oldest one of the first state;
    // it lies where the vector has the number STEPS later.
    fprintf(f, "// Written by cmake/lagged_table.c.\n");
    for (int i = 0; i < LENGTH; i++) {
        int j = (order(i) + LENGTH - (int)(STEPS % LENGTH)) % LENGTH;
        fprintf(f, "0x%016llx,\n", (unsigned long long)y[j]);
    }
    return fclose(f) == 0 ? 0 : 1;
}
