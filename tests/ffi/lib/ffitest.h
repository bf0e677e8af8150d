// SPDX-License-Identifier: MIT
// ffitest.h: the test library.
#ifndef FFITEST_H
#define FFITEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// every scalar type, there and back
bool t_bool(bool);
char t_char(char);
signed char t_schar(signed char);
unsigned char t_uchar(unsigned char);
short t_short(short);
unsigned short t_ushort(unsigned short);
int t_int(int);
unsigned t_uint(unsigned);
long t_long(long);
unsigned long t_ulong(unsigned long);
long long t_llong(long long);
unsigned long long t_ullong(unsigned long long);
float t_float(float);
double t_double(double);
float _Complex t_cfloat(float _Complex);
double _Complex t_cdouble(double _Complex);
void *t_pointer(void *);
const char *t_string(const char *);
int8_t t_i8(int8_t);
uint16_t t_u16(uint16_t);
int64_t t_i64(int64_t);
size_t t_size(size_t);

// registers and stack
long many_ints(int a, long b, short c, signed char d, unsigned e, long f, int g, long h, int i, signed char j);
double many_doubles(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j);
double mixed(int a, double b, long c, float d, char e, double f, unsigned g, float h, long i, double j, int k, double l, float m, double n, double o, double p, float q, int r);
double six_eight(long a, double b, long c, double d, long e, double f, long g, double h, long i, double j, long k, double l, float m, double n);

// variable arguments: kinds tells what follows, one letter each
double sum_of(const char *kinds, ...);

// out parameters, arrays
void divide(int a, int b, int *quotient, int *remainder);
int sum_array(const int *a, int n);
void fill(char *buf, size_t n, char c);
void swap(void **a, void **b);

// globals
extern int counter;
extern const char *const version;
extern double table[4];
extern struct pair { int a, b; } pair;
int read_counter(void);

// errno
int fail_with(int e);
void void_fail_with(int e);
double double_fail_with(int e);

// callbacks
typedef int (*int_fn)(int);
typedef double (*mix_fn)(int, double, const char *, float, long, unsigned char, double, short, int, int, int, void *);
typedef void (*void_fn)(void *);
int call_int(int_fn f, int x);
double call_mix(mix_fn f, void *p);
void call_void(void_fn f, void *p);
int call_each(int_fn f, int n);
int_fn choose(int which);
int apply_choice(int_fn (*chooser)(int), int which, int x);
bool call_bool(bool (*f)(bool, signed char, unsigned short), bool b);
// each of threads threads calls f(i) for i < n; the sum of all answers
long call_on_threads(int_fn f, int threads, int n);
// kept until the next call of it
void keep(int_fn f);
int call_kept(int x);
// a thread that calls f after some milliseconds, without being waited for
void call_later(void_fn f, void *p, int ms);

int block_ms(int ms);
unsigned long thread_id(void);

#endif
