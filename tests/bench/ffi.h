// SPDX-License-Identifier: MIT
// ffi.h: C functions to call; compiled into a library for LuaJIT, part of the
// preamble for csp and cgo.
#ifndef BENCH_FFI_H
#define BENCH_FFI_H
#include <string.h>
typedef struct { double x, y, z; } vec;
FUNC int add(int a, int b) { return a + b; }
FUNC int add_fast(int a, int b) { return a + b; }
FUNC double add_double(double a, double b) { return a + b; }
FUNC vec add_vec(vec a, vec b) {
    vec r = {a.x + b.x, a.y + b.y, a.z + b.z};
    return r;
}
FUNC int length(const char *s) { return (int)strlen(s); }
FUNC int each(int (*f)(int), int n) {
    int s = 0;
    for (int i = 0; i < n; i++) s += f(i);
    return s;
}
#endif
