// SPDX-License-Identifier: MIT
// ops.c: bodies of instructions that are not hot.
#include <complex.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "runtime/panic.h"
#include "runtime/utf8.h"
#include "vm/machine.h"

// --- print and println: Go's own format of the builtins, to standard error

static void print_float(double v) {
    if (isnan(v)) {
        fputs("NaN", stderr);
        return;
    }
    if (isinf(v)) {
        fputs(v > 0 ? "+Inf" : "-Inf", stderr);
        return;
    }
    char buf[64];
    snprintf(buf, sizeof buf, "%+.6e", v);
    char *e = strchr(buf, 'e');
    int exp = 0;
    sscanf(e + 1, "%d", &exp);
    fprintf(stderr, "%.*se%c%03d", (int)(e - buf), buf, exp < 0 ? '-' : '+', exp < 0 ? -exp : exp);
}

static double as_float(uint64_t w) {
    double d;
    memcpy(&d, &w, sizeof d);
    return d;
}

static float as_float32(uint64_t w) {
    float f;
    uint32_t u = (uint32_t)w;
    memcpy(&f, &u, sizeof f);
    return f;
}

static void print_complex(double re, double im) {
    fputc('(', stderr);
    print_float(re);
    print_float(im);
    fputs("i)", stderr);
}

void op_print(const uint64_t *v, uint32_t what) {
    switch (what) {
    case 0x100: fputc(' ', stderr); return;
    case 0x101: fputc('\n', stderr); return;
    case 0x102: case KIND_INT: case KIND_INT8: case KIND_INT16: case KIND_INT32: case KIND_INT64: fprintf(stderr, "%lld", (long long)*v); return;
    case KIND_BOOL: fputs(*v & 1 ? "true" : "false", stderr); return;
    case KIND_UINT: case KIND_UINT8: case KIND_UINT16: case KIND_UINT32: case KIND_UINT64: case KIND_UINTPTR: fprintf(stderr, "%llu", (unsigned long long)*v); return;
    case KIND_FLOAT32: print_float((double)as_float32(*v)); return;
    case KIND_FLOAT64: print_float(as_float(*v)); return;
    case KIND_COMPLEX64: print_complex((double)as_float32(*v), (double)as_float32(*v >> 32)); return;
    case KIND_COMPLEX128: print_complex(as_float(v[0]), as_float(v[1])); return;
    case KIND_STRING:
        if (v[1]) fwrite((const char *)(uintptr_t)v[0], 1, (size_t)v[1], stderr);
        return;
    case KIND_INTERFACE: fprintf(stderr, "(0x%llx,0x%llx)", (unsigned long long)v[0], (unsigned long long)v[1]); return;
    case KIND_SLICE: fprintf(stderr, "[%lld/%lld]0x%llx", (long long)v[1], (long long)v[2], (unsigned long long)v[0]); return;
    default: fprintf(stderr, "0x%llx", (unsigned long long)*v);
    }
}

// --- slicing

// What OP_SLICE says about its operands.
enum { LOW = 1, HIGH = 2, MAX = 4, OF_ARRAY = 8, UNSIGNED = 4 /* how far the bits of the bounds of type uint64 are shifted */ };

static bool bad(G *g, RuntimeError e, int64_t a, int64_t b) {
    rt_panic(g, e, (long long)a, (long long)b);
    return false;
}

// The text of e with an unsigned number at first.
static bool bad_unsigned(G *g, RuntimeError e, int64_t a, int64_t b) {
    const char *text = rt_error_text(e), *second = strstr(text, "%lld");
    char fmt[96];
    snprintf(fmt, sizeof fmt, "%.*s%%llu%s", (int)(second - text), text, second + 4);
    rt_panic_str(g, fmt, (unsigned long long)a, (long long)b);
    return false;
}

// Is the bound out of 0..most? A negative one of an unsigned type is a large one.
static bool outside(G *g, int64_t v, int64_t most, bool is_unsigned, RuntimeError negative, RuntimeError above, int64_t shown) {
    if (v < 0 && is_unsigned) return !bad_unsigned(g, above, v, shown);
    if (v < 0) return !bad(g, negative, v, 0);
    return v > most && !bad(g, above, v, shown);
}

// Go's order of checks and choice of text.
static __attribute__((noinline)) bool find_fault(G *g, int64_t lo, int64_t hi, int64_t max, int64_t cap, int64_t len, unsigned which, bool string) {
    unsigned large = which >> UNSIGNED;
    bool fixed = string || which & OF_ARRAY; // a length, where slices have a capacity
    if (which & MAX) {
        return !outside(g, max, cap, large & MAX, ERR_SLICE3_MAX_NEG, fixed ? ERR_SLICE3_ALEN : ERR_SLICE3_ACAP, cap) &&
               !outside(g, hi, max, large & HIGH, ERR_SLICE3_HIGH_NEG, ERR_SLICE3_B, max) &&
               !outside(g, lo, hi, large & LOW, ERR_SLICE3_LOW_NEG, ERR_SLICE3_C, hi);
    }
    return !outside(g, hi, cap, large & HIGH, ERR_SLICE_HIGH_NEG, fixed ? ERR_SLICE_ALEN : ERR_SLICE_ACAP, string ? len : cap) &&
           !outside(g, lo, hi, large & LOW, ERR_SLICE_LOW_NEG, ERR_SLICE_B, hi);
}

// Bounds mostly are what they should be; a negative one is above all others here.
static inline bool check_bounds(G *g, int64_t lo, int64_t hi, int64_t max, int64_t cap, int64_t len, unsigned which, bool string) {
    uint64_t most = (uint64_t)(which & MAX ? max : cap);
    if (LIKELY((uint64_t)lo <= (uint64_t)hi && (uint64_t)hi <= most && most <= (uint64_t)cap)) return true;
    return find_fault(g, lo, hi, max, cap, len, which, string);
}

void op_swap_bytes(char *a, char *b, uint64_t size) {
    char kept[64];
    if (a == b) return;
    while (size) {
        size_t n = size < sizeof kept ? (size_t)size : sizeof kept;
        memcpy(kept, a, n);
        memcpy(a, b, n);
        memcpy(b, kept, n);
        a += n, b += n, size -= n;
    }
}

bool op_slice(G *g, uint64_t *dst, const uint64_t *s, const uint64_t *bounds, uint64_t x) {
    uint64_t size = (uint32_t)x;
    unsigned which = (unsigned)(x >> 32);
    int64_t len = (int64_t)s[1], cap = (int64_t)s[2];
    int64_t lo = which & LOW ? (int64_t)bounds[0] : 0, hi = which & HIGH ? (int64_t)bounds[1] : len, max = which & MAX ? (int64_t)bounds[2] : cap;
    if (!check_bounds(g, lo, hi, max, cap, len, which, false)) return false;
    uint64_t ptr = s[0];
    if (max - lo > 0) ptr += (uint64_t)lo * size; // an empty rest must not point behind the array
    dst[0] = ptr;
    dst[1] = (uint64_t)(hi - lo);
    dst[2] = (uint64_t)(max - lo);
    return true;
}

bool op_slice_string(G *g, uint64_t *dst, const uint64_t *s, const uint64_t *bounds, uint64_t x) {
    unsigned which = (unsigned)(x >> 32);
    int64_t len = (int64_t)s[1];
    int64_t lo = which & LOW ? (int64_t)bounds[0] : 0, hi = which & HIGH ? (int64_t)bounds[1] : len;
    if (!check_bounds(g, lo, hi, 0, len, len, which, true)) return false;
    uint64_t ptr = s[0];
    if (hi > lo) ptr += (uint64_t)lo;
    dst[0] = ptr;
    dst[1] = (uint64_t)(hi - lo);
    return true;
}

// --- numbers

int64_t op_float_to_int(double v) { return v >= -9223372036854775808.0 && v < 9223372036854775808.0 ? (int64_t)v : INT64_MIN; }

uint64_t op_float_to_uint(double v) {
    if (v < 9223372036854775808.0) return (uint64_t)op_float_to_int(v);
    return v < 18446744073709551616.0 ? (uint64_t)op_float_to_int(v - 9223372036854775808.0) ^ (1ull << 63) : 1ull << 63;
}

void op_complex_div(uint64_t *dst, const uint64_t *x, const uint64_t *y) {
    double n[2], m[2], out[2];
    memcpy(n, x, sizeof n);
    memcpy(m, y, sizeof m);
    bool ninf = isinf(n[0]) || isinf(n[1]), minf = isinf(m[0]) || isinf(m[1]), nnan = !ninf && (isnan(n[0]) || isnan(n[1])), mnan = !minf && (isnan(m[0]) || isnan(m[1]));
    if (nnan || mnan) {
        out[0] = out[1] = NAN;
    } else if (fabs(m[0]) >= fabs(m[1])) { // Smith's method
        double r = m[1] / m[0], d = m[0] + r * m[1];
        out[0] = (n[0] + n[1] * r) / d;
        out[1] = (n[1] - n[0] * r) / d;
    } else {
        double r = m[0] / m[1], d = m[1] + r * m[0];
        out[0] = (n[0] * r + n[1]) / d;
        out[1] = (n[1] * r - n[0]) / d;
    }
    if (isnan(out[0]) && isnan(out[1])) { // C99 annex G
        double a = n[0], b = n[1], c = m[0], d = m[1];
        if (c == 0 && d == 0 && (!isnan(a) || !isnan(b))) {
            out[0] = copysign(INFINITY, c) * a;
            out[1] = copysign(INFINITY, c) * b;
        } else if (ninf && isfinite(c) && isfinite(d)) {
            a = copysign(isinf(a) ? 1 : 0, a);
            b = copysign(isinf(b) ? 1 : 0, b);
            out[0] = INFINITY * (a * c + b * d);
            out[1] = INFINITY * (b * c - a * d);
        } else if (minf && isfinite(a) && isfinite(b)) {
            c = copysign(isinf(c) ? 1 : 0, c);
            d = copysign(isinf(d) ? 1 : 0, d);
            out[0] = 0 * (a * c + b * d);
            out[1] = 0 * (b * c - a * d);
        }
    }
    memcpy(dst, out, sizeof out);
}

// A: index, A1: rune, A2: next index; false at the end.
bool op_range_string(uint64_t *a, const uint64_t *s) {
    int64_t at = (int64_t)a[2], len = (int64_t)s[1];
    if (at >= len) return false;
    int32_t r;
    int n = utf8_decode((const char *)(uintptr_t)s[0] + at, len - at, &r);
    a[0] = (uint64_t)at;
    a[1] = (uint64_t)(int64_t)r;
    a[2] = (uint64_t)(at + n);
    return true;
}
