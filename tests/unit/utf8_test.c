// SPDX-License-Identifier: MIT
// utf8_test.c: every rune there and back, and every short byte sequence
// against a decoder written from the table of well-formed sequences.
#include "runtime/utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

// Unicode's table of well-formed sequences: ranges of the first two bytes; any further byte is 80..bf.
static const struct Row { unsigned char lo, hi, lo2, hi2; int width; } rows[] = {
    {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
    {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};

static int expected_width(const unsigned char *s, int n) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct Row *r = &rows[i];
        if (s[0] < r->lo || s[0] > r->hi) continue;
        if (n < r->width || (r->width > 1 && (s[1] < r->lo2 || s[1] > r->hi2))) return 0;
        for (int k = 2; k < r->width; k++)
            if ((s[k] & 0xc0) != 0x80) return 0;
        return r->width;
    }
    return 0;
}

// The bytes lie at the end of a block of their own, so that a sanitizer sees any reading beyond.
static void check_bytes(const unsigned char *s, int n) {
    char *exact = malloc((size_t)n), back[UTF8_MAX];
    memcpy(exact, s, (size_t)n);
    int32_t r = -1;
    int width = utf8_decode(exact, n, &r), want = expected_width(s, n);
    if (want == 0) CHECK(width == 1 && r == UTF8_ERROR);
    else CHECK(width == want && utf8_encode(back, r) == want && memcmp(back, exact, (size_t)want) == 0);
    free(exact);
}

static void test_runes(void) {
    for (int32_t r = -3; r <= 0x110003; r++) {
        char out[UTF8_MAX + 1];
        memset(out, 'x', sizeof out);
        bool bad = r < 0 || r > 0x10ffff || (r >= 0xd800 && r <= 0xdfff);
        int width = utf8_encode(out, r);
        int32_t back = -1;
        CHECK(width == utf8_width(r) && out[width] == 'x');
        CHECK(utf8_decode(out, width, &back) == width && back == (bad ? UTF8_ERROR : r));
        if (failures > 20) return;
    }
}

static void test_bytes(void) {
    static const unsigned char edges[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    unsigned char s[4];
    for (int a = 0; a < 256; a++) {
        s[0] = (unsigned char)a;
        check_bytes(s, 1);
        for (int b = 0; b < 256; b++) {
            s[1] = (unsigned char)b;
            check_bytes(s, 2);
            for (size_t c = 0; c < sizeof edges; c++) {
                s[2] = edges[c];
                check_bytes(s, 3);
                s[3] = edges[(c * 7 + (size_t)b) % sizeof edges];
                check_bytes(s, 4);
            }
        }
        if (failures > 20) return;
    }
}

int main(void) {
    test_runes();
    test_bytes();
    return check_status();
}
