// SPDX-License-Identifier: MIT
// fmtnum_test.c: numbers to text and back. Hard cases by hand, random ones by
// their round trip and against the C library.
#include "runtime/fmtnum.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

static void expect(const char *want, const char *got, uint64_t n) {
    if (strlen(want) == n && memcmp(want, got, n) == 0) return;
    failures++;
    printf("want %s, got %.*s\n", want, (int)n, got);
}

static void test_floats(void) {
    static const struct { double v; char fmt; int64_t prec; int bits; const char *want; } cases[] = {
        {0, 'g', -1, 64, "0"}, {-0.0, 'g', -1, 64, "-0"}, {1e21, 'g', -1, 64, "1e+21"}, {1e20, 'f', -1, 64, "100000000000000000000"},
        {0.1, 'g', -1, 64, "0.1"}, {(double)0.1f, 'g', -1, 32, "0.1"}, {(double)0.1f, 'g', -1, 64, "0.10000000149011612"},
        {5e-324, 'g', -1, 64, "5e-324"}, {1.7976931348623157e308, 'e', -1, 64, "1.7976931348623157e+308"},
        {123456, 'g', -1, 64, "123456"}, {1234567, 'g', -1, 64, "1.234567e+06"}, {0.0001, 'g', -1, 64, "0.0001"}, {0.00001, 'g', -1, 64, "1e-05"},
        {2.5, 'f', 0, 64, "2"}, {3.5, 'f', 0, 64, "4"}, {0.5, 'f', 0, 64, "0"}, {1.005, 'f', 2, 64, "1.00"}, {999.995, 'f', 2, 64, "1000.00"},
        {9.5, 'e', 0, 64, "1e+01"}, {100, 'G', 3, 64, "100"}, {1000, 'G', 3, 64, "1E+03"}, {0.1, 'f', 30, 64, "0.100000000000000005551115123126"},
        {1, 'b', -1, 64, "4503599627370496p-52"}, {1, 'x', -1, 64, "0x1p+00"}, {-0.75, 'x', 3, 64, "-0x1.800p-01"}, {1e23, 'g', -1, 64, "1e+23"},
        {9007199254740993.0, 'g', -1, 64, "9.007199254740992e+15"}, {INFINITY, 'f', 2, 64, "+Inf"}, {-INFINITY, 'g', -1, 64, "-Inf"}, {NAN, 'e', -1, 64, "NaN"},
        {16777216, 'g', -1, 32, "1.6777216e+07"}, {1e-45, 'g', -1, 32, "1e-45"}, {1, 'q', -1, 64, "%q"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buf[1024];
        uint64_t n = fmtnum_float(buf, cases[i].v, cases[i].fmt, cases[i].prec, cases[i].bits);
        expect(cases[i].want, buf, n);
    }
}

static uint64_t rand_state = 88172645463325252ull;
static uint64_t next_rand(void) {
    rand_state ^= rand_state << 13;
    rand_state ^= rand_state >> 7;
    return rand_state ^= rand_state << 17;
}

static void test_random(void) {
    for (int i = 0; i < 20000; i++) {
        uint64_t raw = next_rand();
        double v;
        memcpy(&v, &raw, sizeof v);
        if (isnan(v) || isinf(v)) continue;
        char buf[1400], want[1400];
        int64_t used;
        double back;
        uint64_t n = fmtnum_float(buf, v, 'g', -1, 64);
        if (fmtnum_parse_float((Str){buf, (int64_t)n}, 64, &back, &used) != FMTNUM_OK || back != v || used != (int64_t)n) expect("round trip", buf, n);
        int prec = (int)(next_rand() % 20);
        n = fmtnum_float(buf, v, 'e', prec, 64);
        snprintf(want, sizeof want, "%.*e", prec, v);
        expect(want, buf, n);
        double small = (double)(int64_t)next_rand() / 1e15;
        n = fmtnum_float(buf, small, 'f', prec, 64);
        snprintf(want, sizeof want, "%.*f", prec, small);
        expect(want, buf, n);
        float f = (float)small;
        n = fmtnum_float(buf, (double)f, 'g', -1, 32);
        if (fmtnum_parse_float((Str){buf, (int64_t)n}, 32, &back, &used) != FMTNUM_OK || (float)back != f) expect("round trip 32", buf, n);
    }
}

static void test_parse_float(void) {
    static const struct { const char *text; FmtnumStatus status; double want; int64_t used; } cases[] = {
        {"1.5", FMTNUM_OK, 1.5, 3}, {"1e400", FMTNUM_RANGE, INFINITY, 5}, {"0x1p-2", FMTNUM_OK, 0.25, 6}, {"-infinityx", FMTNUM_OK, -INFINITY, 9},
        {"1e", FMTNUM_SYNTAX, 0, 0}, {".", FMTNUM_SYNTAX, 0, 0}, {"", FMTNUM_SYNTAX, 0, 0}, {"0x1", FMTNUM_SYNTAX, 0, 0}, {"1__0", FMTNUM_SYNTAX, 0, 0},
        {"12.5abc", FMTNUM_OK, 12.5, 4}, {"9007199254740993", FMTNUM_OK, 9007199254740992.0, 16}, {"0.00000000000000000000000000000000000001", FMTNUM_OK, 1e-38, 40},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double v;
        int64_t used;
        FmtnumStatus s = fmtnum_parse_float((Str){cases[i].text, (int64_t)strlen(cases[i].text)}, 64, &v, &used);
        if (s != cases[i].status || (s != FMTNUM_SYNTAX && v != cases[i].want) || used != cases[i].used) expect(cases[i].text, "parsed otherwise", 16);
    }
}

static void test_ints(void) {
    char buf[FMTNUM_INT_MAX];
    expect("-9223372036854775808", buf, fmtnum_int(buf, INT64_MIN, 10));
    expect("zz", buf, fmtnum_uint(buf, 35 * 36 + 35, 36));
    expect("0", buf, fmtnum_uint(buf, 0, 2));
    expect("18446744073709551615", buf, fmtnum_uint(buf, UINT64_MAX, 10));
    static const struct { const char *text; int64_t base, bits; FmtnumStatus status; int64_t want; } cases[] = {
        {"127", 10, 8, FMTNUM_OK, 127}, {"128", 10, 8, FMTNUM_RANGE, 127}, {"-129", 10, 8, FMTNUM_RANGE, -128}, {"0x_ff", 0, 64, FMTNUM_OK, 255},
        {"1_0", 10, 64, FMTNUM_SYNTAX, 0}, {"1_0", 0, 64, FMTNUM_OK, 10}, {"077", 0, 64, FMTNUM_OK, 63}, {"", 0, 64, FMTNUM_SYNTAX, 0}, {"-", 10, 64, FMTNUM_SYNTAX, 0},
        {"z", 36, 64, FMTNUM_OK, 35}, {"1", 1, 64, FMTNUM_BASE, 0}, {"1", 10, 65, FMTNUM_BITS, 0}, {"-9223372036854775808", 10, 64, FMTNUM_OK, INT64_MIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t v;
        FmtnumStatus s = fmtnum_parse_int((Str){cases[i].text, (int64_t)strlen(cases[i].text)}, cases[i].base, cases[i].bits, &v);
        if (s != cases[i].status || v != cases[i].want) expect(cases[i].text, "parsed otherwise", 16);
    }
}

int main(void) {
    test_floats();
    test_random();
    test_parse_float();
    test_ints();
    return check_status();
}
