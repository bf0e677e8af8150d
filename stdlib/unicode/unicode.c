// SPDX-License-Identifier: MIT
// unicode.c: natives of package unicode.
//
// The tables stand in ranges.def and become read-only data in the layout of
// the package's own types, so a *RangeTable variable of the package is the
// address of such data and costs nothing until it is used.
#include "stdlib/unicode/unicode.h"

#include <string.h>

#include "runtime/panic.h"
#include "vm/native.h"

typedef struct Range16 { uint16_t lo, hi, stride; } Range16;
typedef struct Range32 { uint32_t lo, hi, stride; } Range32;
typedef struct RangeTable { Slice r16, r32; int64_t latin_offset; } RangeTable; // as unicode.RangeTable
typedef struct CaseRange { uint32_t lo, hi; int32_t delta[3]; } CaseRange;      // as unicode.CaseRange
typedef struct Fold { int32_t from, to; } Fold;

enum { UPPER, LOWER, TITLE, ALT = 0x110000, MAX_RUNE = 0x10ffff };

#define R(lo, hi, stride) {lo, hi, stride},
#define R16(...) __VA_ARGS__
#define R32(...) __VA_ARGS__
#define CASE(lo, hi, upper, lower, title)
#define FOLD(from, to)

#define TABLE(name, latin, low, high) static const Range16 low_##name[] = {low}; static const Range32 high_##name[] = {high};
#include "runtime/unicode_ranges.def"
#undef TABLE

#define COUNT(array) (int64_t)(sizeof(array) / sizeof((array)[0]))
#define AS_SLICE(array) {(void *)(array), COUNT(array), COUNT(array)}

static const RangeTable tables[] = {
#define TABLE(name, latin, low, high) {AS_SLICE(low_##name), AS_SLICE(high_##name), latin},
#include "runtime/unicode_ranges.def"
#undef TABLE
};

enum {
#define TABLE(name, latin, low, high) TABLE_##name,
#include "runtime/unicode_ranges.def"
#undef TABLE
};

static const char *const table_names[] = { // sorted
#define TABLE(name, latin, low, high) #name,
#include "runtime/unicode_ranges.def"
#undef TABLE
};

#define TABLE(name, latin, low, high)
#undef CASE
#define CASE(lo, hi, upper, lower, title) {lo, hi, {upper, lower, title}},
static const CaseRange case_ranges[] = {
#include "runtime/unicode_ranges.def"
};
#undef CASE
#define CASE(lo, hi, upper, lower, title)
#undef FOLD
#define FOLD(from, to) {from, to},
static const Fold folds[] = {
#include "runtime/unicode_ranges.def"
};

// --- search

static bool in_low(const Range16 *r, int64_t n, uint32_t code) {
    int64_t lo = 0, hi = n;
    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        if (code < r[mid].lo) hi = mid;
        else if (code > r[mid].hi) lo = mid + 1;
        else return r[mid].stride <= 1 || (code - r[mid].lo) % r[mid].stride == 0;
    }
    return false;
}

static bool in_high(const Range32 *r, int64_t n, uint32_t code) {
    int64_t lo = 0, hi = n;
    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        if (code < r[mid].lo) hi = mid;
        else if (code > r[mid].hi) lo = mid + 1;
        else return r[mid].stride <= 1 || (code - r[mid].lo) % r[mid].stride == 0;
    }
    return false;
}

static bool in_table(const RangeTable *t, int32_t r) {
    uint32_t code = (uint32_t)r;
    if (t->r16.len && code <= ((const Range16 *)t->r16.ptr)[t->r16.len - 1].hi) return in_low(t->r16.ptr, t->r16.len, code);
    return t->r32.len && in_high(t->r32.ptr, t->r32.len, code);
}

static bool in(int table, int32_t r) { return in_table(&tables[table], r); }

static bool ascii(int32_t r) { return (uint32_t)r < 0x80; }
static bool ascii_upper(int32_t r) { return r >= 'A' && r <= 'Z'; }
static bool ascii_lower(int32_t r) { return r >= 'a' && r <= 'z'; }

bool unicode_is_letter(int32_t r) { return ascii(r) ? ascii_upper(r) || ascii_lower(r) : in(TABLE_L, r); }
bool unicode_is_digit(int32_t r) { return ascii(r) ? r >= '0' && r <= '9' : in(TABLE_Nd, r); }
bool unicode_is_number(int32_t r) { return ascii(r) ? r >= '0' && r <= '9' : in(TABLE_N, r); }
bool unicode_is_upper(int32_t r) { return ascii(r) ? ascii_upper(r) : in(TABLE_Lu, r); }
bool unicode_is_lower(int32_t r) { return ascii(r) ? ascii_lower(r) : in(TABLE_Ll, r); }

bool unicode_is_space(int32_t r) {
    if (r == ' ' || (r >= '\t' && r <= '\r')) return true;
    return !ascii(r) && in(TABLE_White_Space, r);
}

bool unicode_is_print(int32_t r) {
    if (ascii(r)) return r >= ' ' && r < 0x7f;
    return in(TABLE_L, r) || in(TABLE_M, r) || in(TABLE_N, r) || in(TABLE_P, r) || in(TABLE_S, r);
}

bool unicode_is_graphic(int32_t r) { return unicode_is_print(r) || (!ascii(r) && in(TABLE_Zs, r)); }

// --- cases

static int32_t convert(int which, int32_t r, const CaseRange *ranges, int64_t n, bool *found) {
    int64_t lo = 0, hi = n;
    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        const CaseRange *c = &ranges[mid];
        if ((uint32_t)r < c->lo) {
            hi = mid;
        } else if ((uint32_t)r > c->hi) {
            lo = mid + 1;
        } else {
            *found = true;
            if (c->delta[which] <= MAX_RUNE) return r + c->delta[which];
            // Alternating: upper at even distance from the first, lower at odd.
            return (int32_t)c->lo + (((r - (int32_t)c->lo) & ~1) | (which == LOWER));
        }
    }
    *found = false;
    return r;
}

static int32_t convert_all(int which, int32_t r) {
    bool found;
    return convert(which, r, case_ranges, COUNT(case_ranges), &found);
}

int32_t unicode_to_upper(int32_t r) { return ascii(r) ? (ascii_lower(r) ? r - 32 : r) : convert_all(UPPER, r); }
int32_t unicode_to_lower(int32_t r) { return ascii(r) ? (ascii_upper(r) ? r + 32 : r) : convert_all(LOWER, r); }
int32_t unicode_to_title(int32_t r) { return ascii(r) ? (ascii_lower(r) ? r - 32 : r) : convert_all(TITLE, r); }

int32_t unicode_simple_fold(int32_t r) {
    if (r < 0 || r > MAX_RUNE) return r;
    int64_t lo = 0, hi = COUNT(folds);
    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        if (folds[mid].from == r) return folds[mid].to;
        if (folds[mid].from < r) lo = mid + 1;
        else hi = mid;
    }
    int32_t lower = unicode_to_lower(r);
    return lower != r ? lower : unicode_to_upper(r);
}

// --- natives

static int32_t rune_arg(NativeCall *c) { return (int32_t)native_int(c); }

#define CLASS_NATIVE(fn, test)                \
    static NativeStatus fn(NativeCall *c) {   \
        int32_t r = rune_arg(c);              \
        native_ret_bool(c, test);             \
        return NATIVE_OK;                     \
    }

CLASS_NATIVE(is_letter, unicode_is_letter(r))
CLASS_NATIVE(is_digit, unicode_is_digit(r))
CLASS_NATIVE(is_number, unicode_is_number(r))
CLASS_NATIVE(is_space, unicode_is_space(r))
CLASS_NATIVE(is_upper, unicode_is_upper(r))
CLASS_NATIVE(is_lower, unicode_is_lower(r))
CLASS_NATIVE(is_title, !ascii(r) && in(TABLE_Lt, r))
CLASS_NATIVE(is_punct, in(TABLE_P, r))
CLASS_NATIVE(is_symbol, in(TABLE_S, r))
CLASS_NATIVE(is_mark, in(TABLE_M, r))
CLASS_NATIVE(is_control, (uint32_t)r < 0x20 || (r >= 0x7f && r < 0xa0))
CLASS_NATIVE(is_print, unicode_is_print(r))
CLASS_NATIVE(is_graphic, unicode_is_graphic(r))

#define RUNE_NATIVE(fn, value)                \
    static NativeStatus fn(NativeCall *c) {   \
        int32_t r = rune_arg(c);              \
        native_ret_int(c, value);             \
        return NATIVE_OK;                     \
    }

RUNE_NATIVE(to_upper, unicode_to_upper(r))
RUNE_NATIVE(to_lower, unicode_to_lower(r))
RUNE_NATIVE(to_title, unicode_to_title(r))
RUNE_NATIVE(simple_fold, unicode_simple_fold(r))

static NativeStatus is(NativeCall *c) {
    const RangeTable *t = native_ptr(c);
    int32_t r = rune_arg(c);
    if (!t) {
        rt_panic(c->g, ERR_NIL_DEREF);
        return NATIVE_PANIC;
    }
    native_ret_bool(c, in_table(t, r));
    return NATIVE_OK;
}

static NativeStatus table(NativeCall *c) {
    Str name = native_str(c);
    int64_t lo = 0, hi = COUNT(tables);
    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        const char *have = table_names[mid];
        int order = strncmp(have, name.ptr, (size_t)name.len);
        if (order == 0 && have[name.len] == 0) {
            native_ret_ptr(c, &tables[mid]);
            return NATIVE_OK;
        }
        if (order < 0) lo = mid + 1;
        else hi = mid;
    }
    rt_throw("unicode: no table %.*s", (int)name.len, name.ptr);
}

static NativeStatus all_case_ranges(NativeCall *c) {
    native_ret_slice(c, (Slice)AS_SLICE(case_ranges));
    return NATIVE_OK;
}

// convertCase(which int, r rune, ranges []CaseRange) (mapped rune, found bool)
static NativeStatus convert_case(NativeCall *c) {
    int64_t which = native_int(c);
    int32_t r = rune_arg(c);
    Slice ranges = native_slice(c);
    bool found;
    int32_t mapped = convert((int)which, r, ranges.ptr, ranges.len, &found);
    native_ret_int(c, mapped);
    native_ret_bool(c, found);
    return NATIVE_OK;
}

extern const NativeDef unicode_natives[];
const NativeDef unicode_natives[] = {
    {"IsLetter", is_letter},   {"IsDigit", is_digit},     {"IsNumber", is_number},   {"IsSpace", is_space},
    {"IsUpper", is_upper},     {"IsLower", is_lower},     {"IsTitle", is_title},     {"IsPunct", is_punct},
    {"IsSymbol", is_symbol},   {"IsMark", is_mark},       {"IsControl", is_control}, {"IsPrint", is_print},
    {"IsGraphic", is_graphic}, {"ToUpper", to_upper},     {"ToLower", to_lower},     {"ToTitle", to_title},
    {"SimpleFold", simple_fold}, {"Is", is},              {"table", table},          {"allCaseRanges", all_case_ranges},
    {"convertCase", convert_case}, {NULL, NULL},
};
