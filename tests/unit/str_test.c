// SPDX-License-Identifier: MIT
// str_test.c: strings and their conversions.
#include "runtime/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/sched.h"
#include "tests/unit/check.h"

#define LIT(s) ((Str){s, sizeof s - 1})

static P *p;

static void test_basics(void) {
    CHECK(str_eq(str_make(p, "abc", 3), LIT("abc")));
    CHECK(str_make(p, "", 0).len == 0);
    CHECK(str_eq(str_make(p, "\xff", 1), LIT("\xff")));
    CHECK(str_eq(str_printf(p, "%d-%s", 12, "x"), LIT("12-x")));
    CHECK(str_printf(p, "%0*d", 1000, 7).len == 1000);
    CHECK(str_cmp(LIT("a"), LIT("b")) < 0 && str_cmp(LIT("ab"), LIT("a")) > 0 && str_cmp(LIT("x"), LIT("x")) == 0);
    CHECK(str_cmp(LIT("\x80"), LIT("a")) > 0 && str_cmp((Str){NULL, 0}, LIT("")) == 0);
}

static void test_concat(void) {
    Str parts[] = {LIT(""), LIT("ab"), LIT(""), LIT("cd")}, out;
    CHECK(str_concat(p, NULL, parts, 4, &out) && str_eq(out, LIT("abcd")));
    CHECK(str_concat(p, NULL, parts, 3, &out) && out.ptr == parts[1].ptr);
    CHECK(str_concat(p, NULL, parts, 1, &out) && out.len == 0);
}

static void test_runes(void) {
    Str s = LIT("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xff\xed\xa0\x80");
    Slice r = str_to_runes(p, s);
    static const int32_t want[] = {'a', 0xe4, 0x20ac, 0x1f600, 0xfffd, 0xfffd, 0xfffd, 0xfffd};
    CHECK(r.len == 8 && memcmp(r.ptr, want, sizeof want) == 0);
    int32_t odd[] = {'x', 0xd800, -1, 0x110000, 0x10ffff};
    Str t = str_from_runes(p, (Slice){odd, 5, 5});
    CHECK(str_eq(t, LIT("x\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xf4\x8f\xbf\xbf")));
    CHECK(str_eq(str_from_rune(p, 0x20ac), LIT("\xe2\x82\xac")) && str_eq(str_from_rune(p, 65), LIT("A")));
    CHECK(str_eq(str_from_rune(p, 1ll << 40), LIT("\xef\xbf\xbd")) && str_eq(str_from_rune(p, 0xe4), LIT("\xc3\xa4")));
    Slice none = str_to_runes(p, LIT(""));
    CHECK(none.ptr && none.len == 0);
}

static void test_bytes(void) {
    Slice b = str_to_bytes(p, LIT("hello"));
    CHECK(b.len == 5 && b.cap >= 5 && memcmp(b.ptr, "hello", 5) == 0);
    Str s = str_from_bytes(p, b);
    ((char *)b.ptr)[0] = 'j';
    CHECK(str_eq(s, LIT("hello")));
    CHECK(str_to_bytes(p, LIT("")).ptr != NULL);
}

// No length may lose bytes of the string: flipping any byte changes the hash.
static void test_hash(void) {
    char text[70];
    for (int64_t n = 1; n < 70; n++) {
        memset(text, 'a', sizeof text);
        uint64_t h = str_hash((Str){text, n}, 1);
        CHECK(h == str_hash((Str){text, n}, 1) && h != str_hash((Str){text, n}, 2) && h != str_hash((Str){text, n - 1}, 1));
        for (int64_t i = 0; i < n; i++) {
            text[i] = 'b';
            CHECK(str_hash((Str){text, n}, 1) != h);
            text[i] = 'a';
        }
    }
}

int main(void) {
    sched_init(1);
    p = current_p;
    test_basics();
    test_concat();
    test_runes();
    test_bytes();
    test_hash();
    return check_status();
}
