// SPDX-License-Identifier: MIT
// big.c: natives of package math/big, which GMP computes.
//
// A number is a sign and a slice of words, lowest first and the highest not
// zero, in the collected heap. GMP reads arguments where they are; its results
// are copied. The library is loaded when a program first needs it.
#include <dlfcn.h>
#include <gmp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/gc.h"
#include "runtime/panic.h"
#include "runtime/str.h"
#include "vm/native.h"

_Static_assert(sizeof(mp_limb_t) == 8 && GMP_NUMB_BITS == 64, "a word of package big is one of GMP");

#define GMP_FUNCTIONS(F)                                                                          \
    F(init) F(clear) F(add) F(sub) F(mul) F(tdiv_q) F(tdiv_r) F(and) F(ior) F(xor) F(com) F(gcd)   \
    F(sqrt) F(mul_2exp) F(fdiv_q_2exp) F(invert) F(bin_ui) F(powm) F(pow_ui) F(probab_prime_p)     \
    F(gcdext) F(get_str) F(set_str) F(sizeinbase) F(jacobi)

#define POINTER(f) __typeof__(mpz_##f) *f;
static struct {
    GMP_FUNCTIONS(POINTER)
} gmp;
#undef POINTER

static bool loaded;

#define TEXT_OF(name) #name
#define EXPANDED(name) TEXT_OF(name)

static void load(void) {
    void *h = dlopen("libgmp.so.10", RTLD_NOW | RTLD_LOCAL);
    if (!h) return;
    loaded = true;
#define LOAD(f) loaded = (*(void **)&gmp.f = dlsym(h, EXPANDED(mpz_##f))) && loaded;
    GMP_FUNCTIONS(LOAD)
#undef LOAD
}

static bool ready(NativeCall *c) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (!loaded) rt_panic_plain(c->g, "math/big: needs the GMP library (libgmp.so.10); on Debian: apt-get install libgmp10");
    return loaded;
}

// --- numbers

// Reads a sign and words; GMP must not write to the result.
static void read_number(NativeCall *c, mpz_t z) {
    bool negative = native_bool(c);
    Slice words = native_slice(c);
    int n = (int)words.len;
    *z = (__mpz_struct){0, negative ? -n : n, words.ptr};
}

static void ret_number(NativeCall *c, const mpz_t z) {
    int64_t n = z->_mp_size < 0 ? -z->_mp_size : z->_mp_size;
    uint64_t *words = NULL;
    if (n) {
        words = gc_new_noscan(current_p, (uint64_t)n * 8);
        memcpy(words, z->_mp_d, (size_t)n * 8);
    }
    native_ret_bool(c, z->_mp_size < 0);
    native_ret_slice(c, (Slice){words, n, n});
}

// Operations on two numbers; the numbers are known to big.csp.
enum { ADD, SUB, MUL, QUO, REM, AND, OR, XOR, NOT, GCD, SQRT, INVERT, GCD_FACTOR };

static void compute(int64_t op, mpz_t z, const mpz_t x, const mpz_t y) {
    switch (op) {
    case ADD: gmp.add(z, x, y); break;
    case SUB: gmp.sub(z, x, y); break;
    case MUL: gmp.mul(z, x, y); break;
    case QUO: gmp.tdiv_q(z, x, y); break;
    case REM: gmp.tdiv_r(z, x, y); break;
    case AND: gmp.and(z, x, y); break;
    case OR: gmp.ior(z, x, y); break;
    case XOR: gmp.xor(z, x, y); break;
    case NOT: gmp.com(z, x); break;
    case GCD: gmp.gcd(z, x, y); break;
    case SQRT: gmp.sqrt(z, x); break;
    case INVERT:
        if (!gmp.invert(z, x, y)) z->_mp_size = 0;
        break;
    case GCD_FACTOR: { // s of gcd = s*x + t*y
        mpz_t g;
        gmp.init(g);
        gmp.gcdext(g, z, NULL, x, y);
        gmp.clear(g);
        break;
    }
    }
}

// binary(op int, xneg bool, x []Word, yneg bool, y []Word) (neg bool, z []Word)
static NativeStatus binary(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    int64_t op = native_int(c);
    mpz_t x, y, z;
    read_number(c, x);
    read_number(c, y);
    gmp.init(z);
    compute(op, z, x, y);
    ret_number(c, z);
    gmp.clear(z);
    return NATIVE_OK;
}

// Operations on a number and a count.
enum { LSH, RSH, BINOMIAL, POWER };

// counted(op int, xneg bool, x []Word, n uint) (neg bool, z []Word)
static NativeStatus counted(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    int64_t op = native_int(c);
    mpz_t x, z;
    read_number(c, x);
    uint64_t n = native_word(c);
    gmp.init(z);
    switch (op) {
    case LSH: gmp.mul_2exp(z, x, n); break;
    case RSH: gmp.fdiv_q_2exp(z, x, n); break;
    case BINOMIAL: gmp.bin_ui(z, x, n); break;
    case POWER: gmp.pow_ui(z, x, n); break;
    }
    ret_number(c, z);
    gmp.clear(z);
    return NATIVE_OK;
}

// power(xneg bool, x []Word, yneg bool, y []Word, mneg bool, m []Word) (neg bool, z []Word): x**y mod m, y >= 0
static NativeStatus power(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    mpz_t x, y, m, z;
    read_number(c, x);
    read_number(c, y);
    read_number(c, m);
    gmp.init(z);
    gmp.powm(z, x, y, m);
    ret_number(c, z);
    gmp.clear(z);
    return NATIVE_OK;
}

// text(neg bool, x []Word, base int) string
static NativeStatus text(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    mpz_t x;
    read_number(c, x);
    int base = (int)native_int(c);
    char *buf = malloc(gmp.sizeinbase(x, base) + 2);
    if (!buf) {
        rt_panic_plain(c->g, "math/big: out of memory");
        return NATIVE_PANIC;
    }
    gmp.get_str(buf, base, x);
    native_ret_str(c, str_make(current_p, buf, (int64_t)strlen(buf)));
    free(buf);
    return NATIVE_OK;
}

// parse(digits string, base int) (neg bool, z []Word); the digits are checked
static NativeStatus parse(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    Str digits = native_str(c);
    int base = (int)native_int(c);
    char *copy = malloc((size_t)digits.len + 1);
    if (!copy) {
        rt_panic_plain(c->g, "math/big: out of memory");
        return NATIVE_PANIC;
    }
    memcpy(copy, digits.ptr, (size_t)digits.len);
    copy[digits.len] = 0;
    mpz_t z;
    gmp.init(z);
    gmp.set_str(z, copy, base);
    free(copy);
    ret_number(c, z);
    gmp.clear(z);
    return NATIVE_OK;
}

// isPrime(x []Word, n int) bool
static NativeStatus is_prime(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    Slice words = native_slice(c);
    mpz_t x = {{0, (int)words.len, words.ptr}};
    native_ret_bool(c, gmp.probab_prime_p(x, (int)native_int(c)) > 0);
    return NATIVE_OK;
}

// jacobi(xneg bool, x []Word, yneg bool, y []Word) int
static NativeStatus jacobi(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    mpz_t x, y;
    read_number(c, x);
    read_number(c, y);
    native_ret_int(c, gmp.jacobi(x, y));
    return NATIVE_OK;
}

extern const NativeDef math_big_natives[];
const NativeDef math_big_natives[] = {
    {"binary", binary},
    {"counted", counted},
    {"power", power},
    {"text", text},
    {"parse", parse},
    {"isPrime", is_prime},
    {"jacobi", jacobi},
    {NULL, NULL},
};
