// SPDX-License-Identifier: MIT
// shapes.h: structs of 1 to 64 bytes, of all classes of the calling conventions.
//
// For each shape: echo gives it back when its neighbours came through intact,
// back sends it through a callback.
#ifndef SHAPES_H
#define SHAPES_H

#define SHAPES(SHAPE) \
    SHAPE(c, char a;) SHAPE(cc, char a, b;) SHAPE(ccc, char a, b, c;) SHAPE(s, short a;) SHAPE(sc, short a; char b;) SHAPE(sss, short a, b, c;) \
    SHAPE(i, int a;) SHAPE(ic, int a; char b;) SHAPE(ii, int a, b;) SHAPE(iii, int a, b, c;) SHAPE(iiii, int a, b, c, d;) \
    SHAPE(l, long a;) SHAPE(lc, long a; char b;) SHAPE(ll, long a, b;) SHAPE(lll, long a, b, c;) SHAPE(p, void *a;) SHAPE(pi, void *a; int b;) \
    SHAPE(f, float a;) SHAPE(ff, float a, b;) SHAPE(fff, float a, b, c;) SHAPE(ffff, float a, b, c, d;) SHAPE(fffff, float a, b, c, d, e;) \
    SHAPE(d, double a;) SHAPE(dd, double a, b;) SHAPE(ddd, double a, b, c;) SHAPE(dddd, double a, b, c, d;) SHAPE(ddddd, double a, b, c, d, e;) \
    SHAPE(fi, float a; int b;) SHAPE(if, int a; float b;) SHAPE(df, double a; float b;) SHAPE(fd, float a; double b;) SHAPE(dl, double a; long b;) \
    SHAPE(ld, long a; double b;) SHAPE(cd, char a; double b;) SHAPE(ffi, float a, b; int c;) SHAPE(iff, int a; float b, c;) SHAPE(fffi, float a, b, c; int d;) \
    SHAPE(c3, char a[3];) SHAPE(c5, char a[5];) SHAPE(c6, char a[6];) SHAPE(c7, char a[7];) SHAPE(c8, char a[8];) SHAPE(c9, char a[9];) SHAPE(c12, char a[12];) \
    SHAPE(c15, char a[15];) SHAPE(c16, char a[16];) SHAPE(c17, char a[17];) SHAPE(c24, char a[24];) SHAPE(c31, char a[31];) SHAPE(c33, char a[33];) SHAPE(c64, char a[64];) \
    SHAPE(s5, short a[5];) SHAPE(i5, int a[5];) SHAPE(f2, float a[2];) SHAPE(f4, float a[4];) SHAPE(d2, double a[2];) SHAPE(d8, double a[8];) SHAPE(l8, long a[8];) \
    SHAPE(nest, struct { char a; struct { float b; } c; } d; short e;) SHAPE(nest2, struct { double a; } b; struct { int c[1]; } d;) \
    SHAPE(uni, union { int i; float f; } a; int b;) SHAPE(unf, union { float f; struct { float g; } h; } a; float b;) SHAPE(und, union { double d; float f[2]; } a;) \
    SHAPE(bits, unsigned a : 3; unsigned b : 7; int c;)

#define SHAPE_DECL(n, ...) \
    typedef struct { __VA_ARGS__ } s_##n; \
    s_##n echo_##n(int before, s_##n s, double after); \
    s_##n back_##n(s_##n (*f)(double, s_##n, int), s_##n s);
SHAPES(SHAPE_DECL)
#undef SHAPE_DECL

#endif
