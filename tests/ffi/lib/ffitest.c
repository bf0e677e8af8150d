// SPDX-License-Identifier: MIT
// ffitest.c: the C side of the tests of C calls.
#include "ffitest.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "layouts.h"
#include "shapes.h"

bool t_bool(bool v) { return !v; }
char t_char(char v) { return (char)(v + 1); }
signed char t_schar(signed char v) { return (signed char)-v; }
unsigned char t_uchar(unsigned char v) { return (unsigned char)~v; }
short t_short(short v) { return (short)-v; }
unsigned short t_ushort(unsigned short v) { return (unsigned short)~v; }
int t_int(int v) { return -v; }
unsigned t_uint(unsigned v) { return ~v; }
long t_long(long v) { return -v; }
unsigned long t_ulong(unsigned long v) { return ~v; }
long long t_llong(long long v) { return -v; }
unsigned long long t_ullong(unsigned long long v) { return ~v; }
float t_float(float v) { return v / 2; }
double t_double(double v) { return v / 2; }
float _Complex t_cfloat(float _Complex v) { return v * v; }
double _Complex t_cdouble(double _Complex v) { return v * v; }
void *t_pointer(void *v) { return v; }
const char *t_string(const char *s) { return s ? strchr(s, 'l') : NULL; }
int8_t t_i8(int8_t v) { return (int8_t)-v; }
uint16_t t_u16(uint16_t v) { return (uint16_t)(v + 1); }
int64_t t_i64(int64_t v) { return -v; }
size_t t_size(size_t v) { return v + 1; }

long many_ints(int a, long b, short c, signed char d, unsigned e, long f, int g, long h, int i, signed char j) { return a + 2 * b + 3 * c + 4 * d + 5 * (long)e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j; }
double many_doubles(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j) { return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j; }
double mixed(int a, double b, long c, float d, char e, double f, unsigned g, float h, long i, double j, int k, double l, float m, double n, double o, double p, float q, int r) { return a + 2 * b + 3 * (double)c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * (double)i + 10 * j + 11 * k + 12 * l + 13 * m + 14 * n + 15 * o + 16 * p + 17 * q + 18 * r; }
double six_eight(long a, double b, long c, double d, long e, double f, long g, double h, long i, double j, long k, double l, float m, double n) { return (double)(a + 2 * c + 3 * e + 4 * g + 5 * i + 6 * k) + b * 10 + d * 20 + f * 30 + h * 40 + j * 50 + l * 60 + m * 70 + n * 80; }

double sum_of(const char *kinds, ...) {
    va_list ap;
    double s = 0;
    va_start(ap, kinds);
    for (; *kinds; kinds++) {
        if (*kinds == 'i') s += va_arg(ap, int);
        else if (*kinds == 'l') s += (double)va_arg(ap, long);
        else if (*kinds == 'd') s += va_arg(ap, double);
        else if (*kinds == 's') s += (double)strlen(va_arg(ap, const char *));
    }
    va_end(ap);
    return s;
}

void divide(int a, int b, int *quotient, int *remainder) {
    *quotient = a / b;
    *remainder = a % b;
}

int sum_array(const int *a, int n) {
    int s = 0;
    for (int i = 0; i < n; i++) s += a[i];
    return s;
}

void fill(char *buf, size_t n, char c) { memset(buf, c, n); }

void swap(void **a, void **b) {
    void *t = *a;
    *a = *b;
    *b = t;
}

int counter = 7;
const char *const version = "1.2.3";
double table[4] = {0.5, 1.5, 2.5, 3.5};
struct pair pair = {3, 4};
int read_counter(void) { return counter; }

int fail_with(int e) {
    errno = e;
    return e ? -1 : 0;
}
void void_fail_with(int e) { errno = e; }
double double_fail_with(int e) {
    errno = e;
    return 0.5;
}

int call_int(int_fn f, int x) { return f(x); }
double call_mix(mix_fn f, void *p) { return f(1, 2.5, "three", 4.5f, -5, 250, 7.25, -8, 9, 10, 11, p); }
void call_void(void_fn f, void *p) { f(p); }
bool call_bool(bool (*f)(bool, signed char, unsigned short), bool b) { return f(b, -100, 65000); }

int call_each(int_fn f, int n) {
    int s = 0;
    for (int i = 0; i < n; i++) s += f(i);
    return s;
}

static int twice(int x) { return 2 * x; }
static int square(int x) { return x * x; }
int_fn choose(int which) { return which == 0 ? NULL : which == 1 ? twice : square; }
int apply_choice(int_fn (*chooser)(int), int which, int x) { return chooser(which)(x); }

typedef struct Job {
    int_fn f;
    int n;
    long sum;
} Job;

static void *run_job(void *p) {
    Job *j = p;
    for (int i = 0; i < j->n; i++) j->sum += j->f(i);
    return NULL;
}

long call_on_threads(int_fn f, int threads, int n) {
    pthread_t *t = malloc((size_t)threads * sizeof *t);
    Job *jobs = malloc((size_t)threads * sizeof *jobs);
    long sum = 0;
    for (int i = 0; i < threads; i++) {
        jobs[i] = (Job){f, n, 0};
        pthread_create(&t[i], NULL, run_job, &jobs[i]);
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(t[i], NULL);
        sum += jobs[i].sum;
    }
    free(t);
    free(jobs);
    return sum;
}

static int_fn kept;
void keep(int_fn f) { kept = f; }
int call_kept(int x) { return kept(x); }

static void pause_ms(int ms) {
    struct timespec t = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&t, NULL);
}

typedef struct Later {
    void_fn f;
    void *p;
    int ms;
} Later;

static void *run_later(void *arg) {
    Later l = *(Later *)arg;
    free(arg);
    pause_ms(l.ms);
    l.f(l.p);
    return NULL;
}

void call_later(void_fn f, void *p, int ms) {
    Later *l = malloc(sizeof *l);
    pthread_t t;
    *l = (Later){f, p, ms};
    pthread_create(&t, NULL, run_later, l);
    pthread_detach(t);
}

int block_ms(int ms) {
    pause_ms(ms);
    return ms;
}

unsigned long thread_id(void) { return (unsigned long)pthread_self(); }

#define SHAPE_CODE(n, ...) \
    s_##n echo_##n(int before, s_##n s, double after) { \
        s_##n none; \
        memset(&none, 0, sizeof none); \
        return before == 12345 && after == 2.5 ? s : none; \
    } \
    s_##n back_##n(s_##n (*f)(double, s_##n, int), s_##n s) { return f(-1.5, s, 54321); }
SHAPES(SHAPE_CODE)

#define LAYOUT_SIZE(t) sizeof(t),
const long layout_sizes[] = {LAYOUTS(LAYOUT_SIZE) -1};

const long layout_offsets[] = {
    offsetof(struct plain, d), offsetof(struct plain, e), offsetof(struct packed, b), offsetof(struct packed, d), offsetof(struct packed, p),
    offsetof(struct half_packed, b), offsetof(struct half_packed, c), offsetof(struct aligned, b), offsetof(struct aligned, c), offsetof(struct bits, d),
    offsetof(struct bits2, c), offsetof(struct bits3, e), offsetof(struct packed_bits, c), offsetof(struct with_union, u), offsetof(struct with_union, b),
    offsetof(struct anonymous, c), offsetof(struct anonymous, d), offsetof(struct arrays, b), offsetof(struct arrays, p), offsetof(struct arrays, z),
    offsetof(struct flexible, data), offsetof(struct zero, c), offsetof(struct enums, t), offsetof(struct enums, b), offsetof(struct pointers, names),
    offsetof(struct wide, b), offsetof(struct wide, c), offsetof(struct wide, d), offsetof(struct self, n), offsetof(struct other, o),
    offsetof(struct complexes, f), offsetof(struct complexes, d), offsetof(struct pack2, b), offsetof(struct pack2, c), offsetof(struct pack2, d), offsetof(struct after_pack, b), -1,
};
