// SPDX-License-Identifier: MIT
// cmplx.c: natives of package math/cmplx, the C library's functions of complex
// numbers.
#include <complex.h>

#include "vm/native.h"

#ifndef CMPLX // glibc's header has it for gcc alone
#define CMPLX(x, y) __builtin_complex((double)(x), (double)(y))
#endif

static double complex native_c128(NativeCall *c) {
    double re = native_f64(c), im = native_f64(c);
    return CMPLX(re, im);
}

static void native_ret_c128(NativeCall *c, double complex z) {
    native_ret_f64(c, creal(z));
    native_ret_f64(c, cimag(z));
}

#define ONE(fn)                                       \
    static NativeStatus native_##fn(NativeCall *c) {  \
        native_ret_c128(c, fn(native_c128(c)));    \
        return NATIVE_OK;                          \
    }

ONE(csqrt)
ONE(cexp)
ONE(clog)
ONE(csin)
ONE(ccos)
ONE(ctan)
ONE(csinh)
ONE(ccosh)
ONE(ctanh)
ONE(casin)
ONE(cacos)
ONE(catan)
ONE(casinh)
ONE(cacosh)
ONE(catanh)

extern const NativeDef math_cmplx_natives[];
const NativeDef math_cmplx_natives[] = {
    {"Sqrt", native_csqrt},
    {"Exp", native_cexp},
    {"Log", native_clog},
    {"Sin", native_csin},
    {"Cos", native_ccos},
    {"Tan", native_ctan},
    {"Sinh", native_csinh},
    {"Cosh", native_ccosh},
    {"Tanh", native_ctanh},
    {"Asin", native_casin},
    {"Acos", native_cacos},
    {"Atan", native_catan},
    {"Asinh", native_casinh},
    {"Acosh", native_cacosh},
    {"Atanh", native_catanh},
    {NULL, NULL},
};
