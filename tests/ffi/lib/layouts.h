// SPDX-License-Identifier: MIT
// layouts.h: structs whose layout is easy to get wrong.
#ifndef LAYOUTS_H
#define LAYOUTS_H

#include <stdint.h>

enum small { SMALL_A, SMALL_B = 7, SMALL_C };
enum below { BELOW = -5, ABOVE = 5 };
enum __attribute__((packed)) tiny { TINY_A, TINY_B };
typedef enum { COLOR_RED = 1 << 0, COLOR_GREEN = 1 << 1, COLOR_ALL = COLOR_RED | COLOR_GREEN } color;

struct plain { char a; int b; char c; double d; char e; };
struct __attribute__((packed)) packed { char a; int b; char c; double d; void *p; };
struct half_packed { char a; int b __attribute__((packed)); short c; };
struct aligned { char a; int b __attribute__((aligned(16))); char c; };
struct __attribute__((aligned(32))) whole_aligned { int a; };
struct bits { unsigned a : 3, b : 5; unsigned : 0; int c : 17; char d; };
struct bits2 { char a; long b : 40; short c; int d : 3; };
struct bits3 { int a; unsigned char b : 1, c : 7; unsigned short d : 9; int e; };
struct __attribute__((packed)) packed_bits { unsigned a : 3; unsigned b : 30; char c; };
struct only_bits { unsigned a : 1; };
union mixed { char a; double d; int i[3]; };
struct with_union { char a; union mixed u; char b; };
struct anonymous { int a; struct { int b; char c; }; union { float f; double g; }; char d; };
struct arrays { char a[3]; short b[2][3]; struct plain p[2]; char z; };
struct flexible { int n; char data[]; };
struct zero { int n; double d[0]; char c; };
struct enums { enum small s; enum tiny t; enum below b; color c; };
struct pointers { int (*f)(int); void *(*g[2])(void *, ...); const char *const *names; struct pointers *next; };
struct wide { char a; long double b; char c; __int128 d; };
struct self { struct self *next; struct other *other; uint8_t bytes[5]; uint16_t n; };
struct other { struct self s; struct other *o; };
struct keywords { int type; int func; int range; int select; };
struct complexes { char a; float _Complex f; char b; double _Complex d; };
#pragma pack(push, 2)
struct pack2 { char a; int b; double c; char d; };
#pragma pack(pop)
struct after_pack { char a; int b; };
typedef struct { int x, y; } point;
typedef struct rect { point min, max; } rect, *rectptr;

#define LAYOUTS(L) \
    L(struct plain) L(struct packed) L(struct half_packed) L(struct aligned) L(struct whole_aligned) L(struct bits) L(struct bits2) L(struct bits3) \
    L(struct packed_bits) L(struct only_bits) L(union mixed) L(struct with_union) L(struct anonymous) L(struct arrays) L(struct flexible) L(struct zero) L(struct enums) \
    L(struct pointers) L(struct wide) L(struct self) L(struct other) L(struct keywords) L(struct complexes) L(struct pack2) L(struct after_pack) L(point) L(rect)

// Sizes as the C compiler has them, in the order of LAYOUTS; offsets of some fields.
extern const long layout_sizes[];
extern const long layout_offsets[];

#endif
