// SPDX-License-Identifier: MIT
// math.c: natives of package math, mostly the C library's functions of the
// same name. Where their special cases differ from Go's, Go's are taken.
#define _GNU_SOURCE // sincos, lgamma_r
#include <math.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "vm/native.h"

#define ONE(fn, expr)                            \
    static NativeStatus fn(NativeCall *c) {      \
        double x = native_f64(c);                \
        native_ret_f64(c, expr);                 \
        return NATIVE_OK;                        \
    }

#define TWO(fn, expr)                                \
    static NativeStatus fn(NativeCall *c) {          \
        double x = native_f64(c), y = native_f64(c); \
        native_ret_f64(c, expr);                     \
        return NATIVE_OK;                            \
    }

static double max_of(double x, double y) {
    if (isinf(x) && x > 0) return x;
    if (isinf(y) && y > 0) return y;
    if (isnan(x) || isnan(y)) return NAN;
    if (x == 0 && y == 0) return signbit(x) ? y : x;
    return x > y ? x : y;
}

static double min_of(double x, double y) {
    if (isinf(x) && x < 0) return x;
    if (isinf(y) && y < 0) return y;
    if (isnan(x) || isnan(y)) return NAN;
    if (x == 0 && y == 0) return signbit(x) ? x : y;
    return x < y ? x : y;
}

// y with erf(y) = x: a rational guess from the logarithm of 1 - x*x, then two
// steps of Halley's method; near the ends by erfc, which loses no digits.
static double refine_inverse(double y, double x, double complement) {
    for (int i = 0; i < 3; i++) {
        double miss = fabs(x) < 0.5 ? erf(y) - x : complement - erfc(y);
        double slope = 2 / sqrt(M_PI) * exp(-y * y);
        if (slope == 0) break;
        double step = miss / slope;
        y -= step / (1 + y * step);
    }
    return y;
}

static double guess_inverse(double x, double one_minus_square) {
    const double a = 0.147;
    double log_term = log(one_minus_square), b = 2 / (M_PI * a) + log_term / 2;
    return copysign(sqrt(sqrt(b * b - log_term / a) - b), x);
}

static double inverse_erf(double x) {
    if (isnan(x) || x < -1 || x > 1) return NAN;
    if (x == 1 || x == -1) return copysign(INFINITY, x);
    if (x == 0) return x;
    double positive = fabs(x), y = guess_inverse(positive, (1 - positive) * (1 + positive));
    return copysign(refine_inverse(y, positive, 1 - positive), x);
}

static double inverse_erfc(double x) {
    if (isnan(x) || x < 0 || x > 2) return NAN;
    if (x == 0) return INFINITY;
    if (x >= 0.5) return inverse_erf(1 - x);
    return refine_inverse(guess_inverse(1 - x, x * (2 - x)), 1, x);
}

static double power_of_ten(int64_t n) {
    if (n < -323) return 0;
    if (n > 308) return INFINITY;
    char text[16];
    snprintf(text, sizeof text, "1e%d", (int)n);
    return strtod(text, NULL);
}

static double bessel_order(double (*f)(int, double), int64_t n, double x) {
    if (n > INT_MAX) n = INT_MAX;
    if (n < -INT_MAX) n = -INT_MAX;
    return f((int)n, x);
}

static double log_two(double x) {
    int exp;
    double frac = frexp(x, &exp);
    return frac == 0.5 ? (double)(exp - 1) : log2(x); // exact for powers of two
}

ONE(arc_cos, acos(x))
ONE(arc_cosh, acosh(x))
ONE(arc_sin, asin(x))
ONE(arc_sinh, asinh(x))
ONE(arc_tan, atan(x))
ONE(arc_tanh, atanh(x))
ONE(cube_root, (double)cbrtl(x)) // the C library's cbrt(27) is not 3
ONE(ceil_of, ceil(x))
ONE(cosine, cos(x))
ONE(cosine_h, cosh(x))
ONE(error_function, erf(x))
ONE(error_complement, erfc(x))
ONE(erf_inverse, inverse_erf(x))
ONE(erfc_inverse, inverse_erfc(x))
ONE(exp_e, exp(x))
ONE(exp_two, exp2(x))
ONE(exp_minus_one, expm1(x))
ONE(floor_of, floor(x))
ONE(gamma_of, isinf(x) && x < 0 ? NAN : tgamma(x))
ONE(bessel_j0, j0(x))
ONE(bessel_j1, j1(x) + 0.0) // no negative zeros
ONE(bessel_y0, x == 0 ? -INFINITY : x < 0 ? NAN : y0(x))
ONE(bessel_y1, x == 0 ? -INFINITY : x < 0 ? NAN : y1(x))
ONE(log_e, log(x))
ONE(log_ten, log10(x))
ONE(log_one_plus, log1p(x))
ONE(log_binary, log_two(x))
ONE(log_exponent, logb(x))
ONE(round_away, round(x))
ONE(round_even, rint(x))
ONE(sine, sin(x))
ONE(sine_h, sinh(x))
ONE(tangent, tan(x))
ONE(tangent_h, tanh(x))
ONE(truncate_of, trunc(x))
TWO(arc_tan2, atan2(x, y))
TWO(copy_sign, copysign(x, y))
TWO(hypotenuse, hypot(x, y))
TWO(larger, max_of(x, y))
TWO(smaller, min_of(x, y))
TWO(modulus, fmod(x, y))
TWO(next_after, x == y ? x : nextafter(x, y))
TWO(power, pow(x, y))
TWO(ieee_remainder, remainder(x, y))

static NativeStatus multiply_add(NativeCall *c) {
    double x = native_f64(c), y = native_f64(c), z = native_f64(c);
    native_ret_f64(c, fma(x, y, z));
    return NATIVE_OK;
}

static NativeStatus split_exponent(NativeCall *c) {
    double f = native_f64(c);
    int exp = 0;
    native_ret_f64(c, frexp(f, &exp));
    native_ret_int(c, isinf(f) || isnan(f) ? 0 : exp);
    return NATIVE_OK;
}

static NativeStatus load_exponent(NativeCall *c) {
    double frac = native_f64(c);
    int64_t exp = native_int(c);
    native_ret_f64(c, ldexp(frac, exp > INT_MAX ? INT_MAX : exp < INT_MIN ? INT_MIN : (int)exp));
    return NATIVE_OK;
}

static NativeStatus exponent_int(NativeCall *c) {
    double x = native_f64(c);
    native_ret_int(c, x == 0 ? INT32_MIN : isnan(x) || isinf(x) ? INT32_MAX : ilogb(x));
    return NATIVE_OK;
}

static NativeStatus log_gamma(NativeCall *c) {
    double x = native_f64(c);
    int sign = 1;
    double v = isinf(x) && x < 0 ? x : lgamma_r(x, &sign);
    native_ret_f64(c, v);
    native_ret_int(c, sign < 0 && x != 0 ? -1 : 1);
    return NATIVE_OK;
}

static NativeStatus split_fraction(NativeCall *c) {
    double f = native_f64(c), whole;
    double frac = modf(f, &whole);
    native_ret_f64(c, whole);
    native_ret_f64(c, isinf(f) ? NAN : frac);
    return NATIVE_OK;
}

static NativeStatus next_after32(NativeCall *c) {
    float x = native_f32(c), y = native_f32(c);
    native_ret_f32(c, x == y ? x : nextafterf(x, y));
    return NATIVE_OK;
}

static NativeStatus ten_to(NativeCall *c) {
    native_ret_f64(c, power_of_ten(native_int(c)));
    return NATIVE_OK;
}

static NativeStatus sine_cosine(NativeCall *c) {
    double s, k;
    sincos(native_f64(c), &s, &k);
    native_ret_f64(c, s);
    native_ret_f64(c, k);
    return NATIVE_OK;
}

static NativeStatus sign_bit(NativeCall *c) {
    native_ret_bool(c, native_word(c) >> 63);
    return NATIVE_OK;
}

static NativeStatus bessel_jn(NativeCall *c) {
    int64_t n = native_int(c);
    native_ret_f64(c, bessel_order(jn, n, native_f64(c)) + 0.0);
    return NATIVE_OK;
}

static double bessel_second(int64_t n, double x) {
    if (isnan(x) || x < 0) return NAN;
    if (x == 0) return n < 0 && n % 2 ? INFINITY : -INFINITY;
    return bessel_order(yn, n, x);
}

static NativeStatus bessel_yn(NativeCall *c) {
    int64_t n = native_int(c);
    native_ret_f64(c, bessel_second(n, native_f64(c)));
    return NATIVE_OK;
}

extern const NativeDef math_natives[];
const NativeDef math_natives[] = {
    {"Acos", arc_cos},              {"Acosh", arc_cosh},        {"Asin", arc_sin},
    {"Asinh", arc_sinh},        {"Atan", arc_tan},              {"Atan2", arc_tan2},        {"Atanh", arc_tanh},
    {"Cbrt", cube_root},        {"Ceil", ceil_of},              {"Copysign", copy_sign},    {"Cos", cosine},
    {"Cosh", cosine_h},         {"Erf", error_function},        {"Erfc", error_complement}, {"Erfinv", erf_inverse},
    {"Erfcinv", erfc_inverse},  {"Exp", exp_e},                 {"Exp2", exp_two},          {"Expm1", exp_minus_one},
    {"Floor", floor_of},        {"FMA", multiply_add},          {"Frexp", split_exponent},  {"Gamma", gamma_of},
    {"Hypot", hypotenuse},      {"Ilogb", exponent_int},        {"J0", bessel_j0},          {"J1", bessel_j1},
    {"Jn", bessel_jn},          {"Ldexp", load_exponent},       {"Lgamma", log_gamma},      {"Log", log_e},
    {"Log10", log_ten},         {"Log1p", log_one_plus},        {"Log2", log_binary},       {"Logb", log_exponent},
    {"Max", larger},            {"Min", smaller},               {"Mod", modulus},           {"Modf", split_fraction},
    {"Nextafter", next_after},  {"Nextafter32", next_after32},  {"Pow", power},             {"Pow10", ten_to},
    {"Remainder", ieee_remainder}, {"Round", round_away},       {"RoundToEven", round_even}, {"Signbit", sign_bit},
    {"Sin", sine},              {"Sincos", sine_cosine},        {"Sinh", sine_h},           {"Tan", tangent},
    {"Tanh", tangent_h},        {"Trunc", truncate_of},         {"Y0", bessel_y0},          {"Y1", bessel_y1},
    {"Yn", bessel_yn},          {NULL, NULL},
};
