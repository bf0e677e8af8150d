// SPDX-License-Identifier: MIT
// unicode_names.c: characters of identifiers, from the Unicode tables.
#include "compiler/unicode_names.h"

#include <stddef.h>

typedef struct Run { int32_t lo, hi, stride; } Run;

// Every table of the file is expanded; the compiler drops the ones not used.
#define R(lo, hi, stride) {lo, hi, stride},
#define R16(...) __VA_ARGS__
#define R32(...) __VA_ARGS__
#define CASE(lo, hi, upper, lower, title)
#define FOLD(from, to)
#define TABLE(name, latin, low, high) __attribute__((unused)) static const Run runs_##name[] = {low high};
#include "runtime/unicode_ranges.def"

static bool find(const Run *runs, size_t n, int32_t r) {
    while (n > 0) {
        size_t mid = n / 2;
        if (r < runs[mid].lo) n = mid;
        else if (r > runs[mid].hi) runs += mid + 1, n -= mid + 1;
        else return (r - runs[mid].lo) % runs[mid].stride == 0;
    }
    return false;
}

#define FIND(table, r) find(runs_##table, sizeof runs_##table / sizeof(Run), r)

bool unicode_name_letter(int32_t r) { return r == '_' || FIND(L, r); }
bool unicode_name_digit(int32_t r) { return FIND(Nd, r); }
bool unicode_upper_case(int32_t r) { return FIND(Lu, r); }
