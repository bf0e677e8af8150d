// SPDX-License-Identifier: MIT
// fmtnum.c: numbers to text and back.
//
// Shortest floats: Giulietti's Schubfach: the interval of reals that round to
// v is scaled by a power of ten, to 128 bits and rounded to odd, and the at
// most two candidates with fewest digits in it are compared. The powers are
// computed once, exactly, on first use.
// Floats with given precision: small cases by one exact 128-bit product, the
// rest by writing the value's whole decimal expansion with a bignum. Both
// round the exact value half to even.
// Parsing: hexadecimal by shifting and rounding once; decimal of up to 19 digits
// and a small exponent by one exact operation, everything else by the C
// library, whose result is correctly rounded, in the C locale.
#define _GNU_SOURCE // strtod_l
#include "runtime/fmtnum.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 u128;

// --- integers

static const char digits36[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static uint32_t put_decimal(char *buf, uint64_t v) {
    char tmp[20];
    uint32_t at = sizeof tmp;
    while (v >= 100) {
        uint64_t pair = v % 100;
        v /= 100;
        tmp[--at] = (char)('0' + pair % 10);
        tmp[--at] = (char)('0' + pair / 10);
    }
    if (v >= 10) {
        tmp[--at] = (char)('0' + v % 10);
        v /= 10;
    }
    tmp[--at] = (char)('0' + v);
    memcpy(buf, tmp + at, sizeof tmp - at);
    return (uint32_t)sizeof tmp - at;
}

uint32_t fmtnum_uint(char *buf, uint64_t v, uint32_t base) {
    if (base == 10) return put_decimal(buf, v);
    char tmp[64];
    uint32_t at = sizeof tmp;
    do {
        tmp[--at] = digits36[v % base];
        v /= base;
    } while (v);
    memcpy(buf, tmp + at, sizeof tmp - at);
    return (uint32_t)sizeof tmp - at;
}

uint32_t fmtnum_int(char *buf, int64_t v, uint32_t base) {
    if (v >= 0) return fmtnum_uint(buf, (uint64_t)v, base);
    buf[0] = '-';
    return 1 + fmtnum_uint(buf + 1, 0 - (uint64_t)v, base);
}

// --- floats taken apart

typedef struct FloatForm { // layout of a binary format
    int mant_bits, exp_bits;
} FloatForm;

static const FloatForm form32 = {23, 8}, form64 = {52, 11};

typedef struct Parts { // |v| = mant * 2^exp
    uint64_t mant;
    int exp;
    bool negative, infinite, nan;
    bool narrow_below; // the gap to the next value below is half the gap above
} Parts;

static Parts take_apart(double v, int bits) {
    const FloatForm *form = bits == 32 ? &form32 : &form64;
    uint64_t raw;
    if (bits == 32) {
        float f = (float)v;
        uint32_t raw32;
        memcpy(&raw32, &f, sizeof raw32);
        raw = raw32;
    } else {
        memcpy(&raw, &v, sizeof raw);
    }
    Parts p = {0};
    int max = (1 << form->exp_bits) - 1, bias = max / 2 + form->mant_bits;
    int e = (int)(raw >> form->mant_bits) & max;
    p.mant = raw & ((1ull << form->mant_bits) - 1);
    p.negative = (raw >> (form->mant_bits + form->exp_bits)) & 1;
    p.infinite = e == max && p.mant == 0;
    p.nan = e == max && p.mant != 0;
    p.narrow_below = p.mant == 0 && e > 1;
    if (e) p.mant |= 1ull << form->mant_bits;
    p.exp = (e ? e : 1) - bias;
    return p;
}

// --- decimal digits: value = 0.d1 d2 d3 ... * 10^point

enum { MAX_DIGITS = 800 }; // the longest expansion of a float64 has 767

typedef struct Decimal {
    char d[MAX_DIGITS];
    int n, point;
} Decimal;

static void trim_zeros(Decimal *dec) {
    while (dec->n > 0 && dec->d[dec->n - 1] == '0') dec->n--;
    if (dec->n == 0) dec->point = 0;
}

static void set_decimal(Decimal *dec, uint64_t v, int exp10) {
    dec->n = v ? (int)put_decimal(dec->d, v) : 0;
    dec->point = dec->n + exp10;
    trim_zeros(dec);
}

// --- exact expansion

enum { LIMB_MAX = 96, LIMB_DIGITS = 9, LIMB_BASE = 1000000000 };

typedef struct Big { // little-endian limbs below LIMB_BASE
    uint32_t limb[LIMB_MAX];
    int n;
} Big;

static void big_mul(Big *b, uint32_t by) {
    uint64_t carry = 0;
    for (int i = 0; i < b->n; i++) {
        uint64_t v = (uint64_t)b->limb[i] * by + carry;
        b->limb[i] = (uint32_t)(v % LIMB_BASE);
        carry = v / LIMB_BASE;
    }
    while (carry) {
        b->limb[b->n++] = (uint32_t)(carry % LIMB_BASE);
        carry /= LIMB_BASE;
    }
}

static void big_digits(const Big *b, Decimal *dec) {
    dec->n = (int)put_decimal(dec->d, b->limb[b->n - 1]);
    for (int i = b->n - 2; i >= 0; i--) {
        uint32_t v = b->limb[i];
        for (int k = LIMB_DIGITS - 1; k >= 0; k--, v /= 10) dec->d[dec->n + k] = (char)('0' + v % 10);
        dec->n += LIMB_DIGITS;
    }
}

// All digits of mant * 2^exp. A negative power of two is a power of five with
// the point moved: m / 2^k = m * 5^k / 10^k.
static void exact_decimal(uint64_t mant, int exp, Decimal *dec) {
    Big b = {.n = 0};
    for (; mant; mant /= LIMB_BASE) b.limb[b.n++] = (uint32_t)(mant % LIMB_BASE);
    if (b.n == 0) {
        dec->n = dec->point = 0;
        return;
    }
    int moved = exp < 0 ? exp : 0;
    for (; exp >= 29; exp -= 29) big_mul(&b, 1u << 29);
    if (exp > 0) big_mul(&b, 1u << exp);
    for (; exp <= -12; exp += 12) big_mul(&b, 244140625); // 5^12
    for (; exp < 0; exp++) big_mul(&b, 5);
    big_digits(&b, dec);
    dec->point = dec->n + moved;
    trim_zeros(dec);
}

// Keeps the first n digits, rounded half to even; the digits are exact.
static void round_digits(Decimal *dec, int n) {
    if (n >= dec->n) return;
    if (n < 0) {
        dec->n = dec->point = 0;
        return;
    }
    bool up = dec->d[n] > '5' || (dec->d[n] == '5' && (n + 1 < dec->n || (n > 0 && (dec->d[n - 1] - '0') % 2)));
    dec->n = n;
    if (up) {
        while (dec->n > 0 && dec->d[dec->n - 1] == '9') dec->n--;
        if (dec->n == 0) {
            dec->d[dec->n++] = '1';
            dec->point++;
            return;
        }
        dec->d[dec->n - 1]++;
        return;
    }
    trim_zeros(dec);
}

// --- shortest digits

enum { POW_MIN = -292, POW_MAX = 325 };
typedef struct Pow10 { uint64_t hi, lo; } Pow10; // 10^k, 128 significant bits, rounded up
static Pow10 pow10_table[POW_MAX - POW_MIN + 1];
static pthread_once_t pow10_once = PTHREAD_ONCE_INIT;

enum { WIDE_LIMBS = 72 }; // 32 bits each, little-endian

// The top 128 bits of a nonzero number, rounded up when bits below are lost or
// inexact says that the number itself was cut.
static Pow10 top_bits(const uint32_t *limb, bool inexact) {
    int top = WIDE_LIMBS - 1;
    while (!limb[top]) top--;
    int shift = __builtin_clz(limb[top]);
    u128 v = 0;
    for (int i = 0; i < 4; i++) v = v << 32 | (top - i >= 0 ? limb[top - i] : 0);
    uint32_t next = top >= 4 ? limb[top - 4] : 0;
    if (shift) {
        v = v << shift | next >> (32 - shift);
        next <<= shift;
    }
    bool lost = inexact || next;
    for (int i = top - 5; i >= 0 && !lost; i--) lost = limb[i] != 0;
    v += lost;
    return (Pow10){(uint64_t)(v >> 64), (uint64_t)v};
}

static void fill_pow10(void) {
    uint32_t w[WIDE_LIMBS] = {1};
    for (int k = 0; k <= POW_MAX; k++) {
        pow10_table[k - POW_MIN] = top_bits(w, false);
        uint64_t carry = 0;
        for (int i = 0; i < WIDE_LIMBS; i++) {
            carry += (uint64_t)w[i] * 10;
            w[i] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    // 2^2272 / 10^k by repeated division: cutting at each step gives the same
    // as cutting once.
    memset(w, 0, sizeof w);
    w[WIDE_LIMBS - 1] = 1;
    for (int k = -1; k >= POW_MIN; k--) {
        uint64_t rest = 0;
        for (int i = WIDE_LIMBS - 1; i >= 0; i--) {
            rest = rest << 32 | w[i];
            w[i] = (uint32_t)(rest / 10);
            rest %= 10;
        }
        pow10_table[k - POW_MIN] = top_bits(w, true);
    }
}

static int floor_log2_pow10(int e) { return (e * 1741647) >> 19; }

// The upper part of g * c, its lowest bit set when anything below is not zero.
static uint64_t round_to_odd(Pow10 g, uint64_t c) {
    uint64_t x_hi = (uint64_t)((u128)g.lo * c >> 64);
    u128 y = (u128)g.hi * c + x_hi;
    return (uint64_t)(y >> 64) | ((uint64_t)y > 1);
}

static void shortest_decimal(const Parts *p, Decimal *dec) {
    if (p->mant == 0 || (p->exp <= 0 && p->exp > -64 && (p->mant & ((1ull << -p->exp) - 1)) == 0)) {
        set_decimal(dec, p->mant ? p->mant >> -p->exp : 0, 0); // an integer below 2^53
        return;
    }
    pthread_once(&pow10_once, fill_pow10);
    bool even = p->mant % 2 == 0;
    uint64_t left = 4 * p->mant - 2 + p->narrow_below, mid = 4 * p->mant, right = 4 * p->mant + 2;
    int k = (p->exp * 1262611 - (p->narrow_below ? 524031 : 0)) >> 22;
    int h = p->exp + floor_log2_pow10(-k) + 1;
    Pow10 g = pow10_table[-k - POW_MIN];
    uint64_t v = round_to_odd(g, mid << h);
    uint64_t lower = round_to_odd(g, left << h) + !even, upper = round_to_odd(g, right << h) - !even;
    uint64_t s = v / 4;
    if (s >= 10) {
        uint64_t tens = s / 10;
        bool down_in = lower <= 40 * tens, up_in = 40 * tens + 40 <= upper;
        if (down_in != up_in) {
            set_decimal(dec, tens + up_in, k + 1);
            return;
        }
    }
    bool down_in = lower <= 4 * s, up_in = 4 * s + 4 <= upper;
    bool up = down_in != up_in ? up_in : v > 4 * s + 2 || (v == 4 * s + 2 && s % 2);
    set_decimal(dec, s + up, k);
}

// --- layouts

static char *put_sign(char *to, bool negative) {
    if (negative) *to++ = '-';
    return to;
}

static char *put_exponent(char *to, char letter, int exp, int least_digits) {
    *to++ = letter;
    *to++ = exp < 0 ? '-' : '+';
    if (exp < 0) exp = -exp;
    if (exp < 10 && least_digits > 1) *to++ = '0';
    return to + put_decimal(to, (uint64_t)exp);
}

static char *layout_e(char *to, const Decimal *dec, int64_t prec, char letter) {
    *to++ = dec->n ? dec->d[0] : '0';
    if (prec > 0) {
        *to++ = '.';
        int64_t have = dec->n - 1 < prec ? dec->n - 1 : prec;
        if (have < 0) have = 0;
        memcpy(to, dec->d + 1, (size_t)have);
        memset(to + have, '0', (size_t)(prec - have));
        to += prec;
    }
    return put_exponent(to, letter, dec->n ? dec->point - 1 : 0, 2);
}

static char *layout_f(char *to, const Decimal *dec, int64_t prec) {
    if (dec->point > 0) {
        int have = dec->n < dec->point ? dec->n : dec->point;
        memcpy(to, dec->d, (size_t)have);
        memset(to + have, '0', (size_t)(dec->point - have));
        to += dec->point;
    } else {
        *to++ = '0';
    }
    if (prec <= 0) return to;
    *to++ = '.';
    for (int64_t i = 0; i < prec; i++) {
        int64_t at = dec->point + i;
        *to++ = at >= 0 && at < dec->n ? dec->d[at] : '0';
    }
    return to;
}

static char *layout_g(char *to, const Decimal *dec, int64_t prec, bool shortest, char letter) {
    int64_t limit = prec;
    if (limit > dec->n && dec->n >= dec->point) limit = dec->n;
    if (shortest) limit = 6;
    int exp = dec->point - 1;
    if (exp < -4 || exp >= limit) {
        if (prec > dec->n) prec = dec->n;
        return layout_e(to, dec, prec - 1, letter);
    }
    return layout_f(to, dec, dec->n > dec->point ? dec->n - dec->point : 0);
}

// mantissa p exponent: -ddddp±ddd
static char *layout_b(char *to, const Parts *p) {
    to += put_decimal(to, p->mant);
    *to++ = 'p';
    if (p->exp >= 0) *to++ = '+';
    return to + fmtnum_int(to, p->exp, 10);
}

// -0x1.yyyyyyyyp±dd; the mantissa is brought to 1.60 bits first.
static char *layout_x(char *to, const Parts *p, int64_t prec, bool upper, int mant_bits) {
    const char *hex = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    uint64_t mant = p->mant;
    int exp = mant ? p->exp + mant_bits : 0;
    mant <<= 60 - mant_bits;
    while (mant && !(mant >> 60)) {
        mant <<= 1;
        exp--;
    }
    if (prec >= 0 && prec < 15) {
        int shift = (int)prec * 4;
        uint64_t extra = (mant << shift) & ((1ull << 60) - 1);
        mant >>= 60 - shift;
        if ((extra | (mant & 1)) > 1ull << 59) mant++;
        mant <<= 60 - shift;
        if (mant & 1ull << 61) {
            mant >>= 1;
            exp++;
        }
    }
    *to++ = '0';
    *to++ = upper ? 'X' : 'x';
    *to++ = (char)('0' + (mant >> 60 & 1));
    mant <<= 4;
    if (prec < 0 && mant) {
        *to++ = '.';
        for (; mant; mant <<= 4) *to++ = hex[mant >> 60];
    } else if (prec > 0) {
        *to++ = '.';
        for (int64_t i = 0; i < prec; i++, mant <<= 4) *to++ = hex[mant >> 60];
    }
    return put_exponent(to, upper ? 'P' : 'p', exp, 2);
}

// %f of everyday numbers: mant * 10^prec / 2^-exp in 128 bits. False when the
// numbers are too large for that.
static bool small_fixed(const Parts *p, int64_t prec, Decimal *dec) {
    static const uint64_t power[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000};
    if (prec >= (int64_t)(sizeof power / sizeof power[0]) || p->exp >= 0 || p->exp < -120) return false;
    u128 scaled = (u128)p->mant * power[prec];
    int shift = -p->exp;
    u128 whole = scaled >> shift, rest = scaled - (whole << shift), half = (u128)1 << (shift - 1);
    if (whole >> 63) return false;
    whole += rest > half || (rest == half && (whole & 1));
    set_decimal(dec, (uint64_t)whole, -(int)prec);
    return true;
}

static void fixed_decimal(const Parts *p, char kind, int64_t prec, Decimal *dec) {
    if (kind == 'f' && small_fixed(p, prec, dec)) return;
    exact_decimal(p->mant, p->exp, dec);
    int64_t keep = kind == 'f' ? dec->point + prec : kind == 'e' ? prec + 1 : prec;
    if (keep < dec->n) round_digits(dec, (int)keep);
}

static int64_t shortest_precision(char kind, const Decimal *dec) {
    switch (kind) {
    case 'e': return dec->n - 1;
    case 'f': return dec->n > dec->point ? dec->n - dec->point : 0;
    default: return dec->n;
    }
}

static uint64_t put_text(char *buf, const char *text) {
    size_t n = strlen(text);
    memcpy(buf, text, n);
    return n;
}

uint64_t fmtnum_float_bound(char fmt, int64_t prec) {
    (void)fmt;
    return 400 + (prec > 0 ? (uint64_t)prec : 0);
}

uint64_t fmtnum_float(char *buf, double v, char fmt, int64_t prec, int bits) {
    Parts p = take_apart(v, bits);
    if (p.nan) return put_text(buf, "NaN");
    if (p.infinite) return put_text(buf, p.negative ? "-Inf" : "+Inf");
    char *to = put_sign(buf, p.negative);
    char kind = fmt >= 'A' && fmt <= 'Z' ? (char)(fmt - 'A' + 'a') : fmt;
    if (fmt == 'b') return (uint64_t)(layout_b(to, &p) - buf);
    if (kind == 'x') return (uint64_t)(layout_x(to, &p, prec, fmt == 'X', bits == 32 ? 23 : 52) - buf);
    if (fmt == 'F' || (kind != 'e' && kind != 'f' && kind != 'g')) {
        buf[0] = '%';
        buf[1] = fmt;
        return 2;
    }
    Decimal dec;
    bool shortest = prec < 0;
    if (shortest) {
        shortest_decimal(&p, &dec);
        prec = shortest_precision(kind, &dec);
    } else {
        if (kind == 'g' && prec == 0) prec = 1;
        fixed_decimal(&p, kind, prec, &dec);
    }
    switch (kind) {
    case 'e': to = layout_e(to, &dec, prec, fmt); break;
    case 'f': to = layout_f(to, &dec, prec); break;
    default: to = layout_g(to, &dec, prec, shortest, fmt == 'G' ? 'E' : 'e'); break;
    }
    return (uint64_t)(to - buf);
}

// --- parsing integers

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

// Underscores may stand only between digits, or between prefix and digit.
static bool underscores_ok(Str s) {
    char last = '^'; // ^ begin, 0 digit or prefix, _ underscore, ! other
    int64_t i = 0;
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+')) i++;
    bool hex = false;
    if (s.len - i >= 2 && s.ptr[i] == '0') {
        char c = s.ptr[i + 1] | 0x20;
        if (c == 'b' || c == 'o' || c == 'x') {
            i += 2;
            last = '0';
            hex = c == 'x';
        }
    }
    for (; i < s.len; i++) {
        char c = s.ptr[i];
        if ((c >= '0' && c <= '9') || (hex && digit_value(c) < 16)) {
            last = '0';
        } else if (c == '_') {
            if (last != '0') return false;
            last = '_';
        } else {
            if (last == '_') return false;
            last = '!';
        }
    }
    return last != '_';
}

static int64_t take_prefix(Str *s) {
    if (s->ptr[0] != '0') return 10;
    char c = s->len >= 3 ? s->ptr[1] | 0x20 : 0;
    int64_t base = c == 'b' ? 2 : c == 'o' ? 8 : c == 'x' ? 16 : 0;
    int64_t skip = base ? 2 : 1;
    s->ptr += skip;
    s->len -= skip;
    return base ? base : 8;
}

FmtnumStatus fmtnum_parse_uint(Str s, int64_t base, int64_t bits, uint64_t *out) {
    *out = 0;
    if (s.len == 0) return FMTNUM_SYNTAX;
    Str all = s;
    bool free_base = base == 0, saw_underscore = false, overflow = false;
    if (free_base) base = take_prefix(&s);
    else if (base < 2 || base > 36) return FMTNUM_BASE;
    if (bits == 0) bits = 64;
    if (bits < 0 || bits > 64) return FMTNUM_BITS;
    uint64_t max = bits == 64 ? UINT64_MAX : (1ull << bits) - 1, n = 0;
    for (int64_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '_' && free_base) {
            saw_underscore = true;
            continue;
        }
        int d = digit_value(s.ptr[i]);
        if (d >= base) return FMTNUM_SYNTAX;
        overflow = overflow || __builtin_mul_overflow(n, (uint64_t)base, &n) || __builtin_add_overflow(n, (uint64_t)d, &n) || n > max;
        if (overflow) { // Go judges the text only up to the digit that overflows
            *out = max;
            return FMTNUM_RANGE;
        }
    }
    if (saw_underscore && !underscores_ok(all)) return FMTNUM_SYNTAX;
    *out = n;
    return FMTNUM_OK;
}

FmtnumStatus fmtnum_parse_int(Str s, int64_t base, int64_t bits, int64_t *out) {
    *out = 0;
    if (s.len == 0) return FMTNUM_SYNTAX;
    bool negative = s.ptr[0] == '-';
    Str rest = s;
    if (negative || s.ptr[0] == '+') {
        rest.ptr++;
        rest.len--;
    }
    uint64_t u;
    FmtnumStatus status = fmtnum_parse_uint(rest, base, bits, &u);
    if (status != FMTNUM_OK && status != FMTNUM_RANGE) return status;
    if (bits == 0) bits = 64;
    uint64_t limit = 1ull << (bits - 1);
    if (!negative && u >= limit) {
        *out = (int64_t)(limit - 1);
        return FMTNUM_RANGE;
    }
    if (negative && u > limit) {
        *out = (int64_t)(0 - limit);
        return FMTNUM_RANGE;
    }
    *out = (int64_t)(negative ? 0 - u : u);
    return status;
}

// --- parsing floats

static locale_t c_locale;
static pthread_once_t locale_once = PTHREAD_ONCE_INIT;
static void make_locale(void) { c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0); }

// What the scan of a number's text found.
typedef struct Scan {
    uint64_t mant;      // the first 19 significant digits, 15 hexadecimal ones
    int64_t exp;        // value = mant * 10^exp (hexadecimal: 2^exp) when not cut
    int64_t used;       // bytes; 0: no number
    bool negative, hex, cut, underscores;
} Scan;

static int64_t match_word(Str s, int64_t at, const char *word) {
    int64_t n = 0;
    while (at + n < s.len && word[n] && (s.ptr[at + n] | 0x20) == word[n]) n++;
    return n;
}

// inf, infinity, nan in any case; nan takes no sign.
static bool special(Str s, double *out, int64_t *used) {
    int64_t at = 0;
    bool negative = false, sign = false;
    if (s.len && (s.ptr[0] == '+' || s.ptr[0] == '-')) {
        sign = true;
        negative = s.ptr[0] == '-';
        at = 1;
    }
    int64_t n = match_word(s, at, "infinity");
    if (n >= 3) {
        *used = at + (n == 8 ? 8 : 3);
        *out = negative ? -INFINITY : INFINITY;
        return true;
    }
    if (!sign && match_word(s, 0, "nan") == 3) {
        *used = 3;
        *out = NAN;
        return true;
    }
    return false;
}

static bool scan_digits(Str s, int64_t *at, Scan *scan) {
    bool any = false, point = false;
    int base = scan->hex ? 16 : 10, most = scan->hex ? 15 : 19, kept = 0;
    for (; *at < s.len; ++*at) {
        char c = s.ptr[*at];
        if (c == '_') {
            scan->underscores = true;
            continue;
        }
        if (c == '.') {
            if (point) break;
            point = true;
            continue;
        }
        int d = digit_value(c);
        if (d >= base) break;
        any = true;
        if (d == 0 && kept == 0) {
            scan->exp -= point;
            continue;
        }
        if (kept < most) {
            scan->mant = scan->mant * (uint64_t)base + (uint64_t)d;
            kept++;
            scan->exp -= point;
        } else {
            scan->cut = scan->cut || d != 0;
            scan->exp += !point;
        }
    }
    if (scan->hex) scan->exp *= 4;
    return any;
}

static bool scan_exponent(Str s, int64_t *at, Scan *scan) {
    int64_t i = *at;
    char want = scan->hex ? 'p' : 'e';
    if (i >= s.len || (s.ptr[i] | 0x20) != want) return !scan->hex;
    i++;
    bool negative = i < s.len && s.ptr[i] == '-';
    if (i < s.len && (s.ptr[i] == '+' || s.ptr[i] == '-')) i++;
    if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    int64_t e = 0;
    for (; i < s.len && ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '_'); i++) {
        if (s.ptr[i] == '_') scan->underscores = true;
        else if (e < 100000000) e = e * 10 + (s.ptr[i] - '0');
    }
    scan->exp += negative ? -e : e;
    *at = i;
    return true;
}

static bool scan_number(Str s, Scan *scan) {
    int64_t at = 0;
    *scan = (Scan){0};
    if (s.len && (s.ptr[0] == '+' || s.ptr[0] == '-')) {
        scan->negative = s.ptr[0] == '-';
        at = 1;
    }
    if (at + 2 < s.len && s.ptr[at] == '0' && (s.ptr[at + 1] | 0x20) == 'x') {
        scan->hex = true;
        at += 2;
    }
    if (!scan_digits(s, &at, scan) || !scan_exponent(s, &at, scan)) return false;
    if (scan->underscores && !underscores_ok((Str){s.ptr, at})) return false;
    scan->used = at;
    return true;
}

// One exact operation on exact operands is correctly rounded.
static bool parse_small(const Scan *scan, int bits, double *out) {
    static const double power[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int64_t e = scan->exp, exact = bits == 32 ? 10 : 22;
    if (scan->hex || scan->cut || e < -exact || e > exact || scan->mant >> (bits == 32 ? 24 : 53)) return false;
    if (bits == 32) {
        float f = (float)scan->mant, by = (float)power[e < 0 ? -e : e];
        *out = (double)(e < 0 ? f / by : f * by);
    } else {
        double d = (double)scan->mant;
        *out = e < 0 ? d / power[-e] : d * power[e];
    }
    if (scan->negative) *out = -*out;
    return true;
}

// mant * 2^exp, rounded once to the precision that the result's size allows.
static double parse_hex(const Scan *scan, int bits) {
    if (scan->mant == 0) return scan->negative ? -0.0 : 0.0;
    int precision = bits == 32 ? 24 : 53, least = bits == 32 ? -126 : -1022;
    int lead = __builtin_clzll(scan->mant);
    uint64_t mant = scan->mant << lead;
    int64_t exp = scan->exp - lead, keep = precision;
    if (exp + 63 < least) keep -= least - (exp + 63); // subnormal
    uint64_t whole = 0;
    if (keep >= 0) {
        uint64_t rest = keep ? mant << keep : mant, half = 1ull << 63;
        whole = keep ? mant >> (64 - keep) : 0;
        whole += rest > half || (rest == half && (scan->cut || (whole & 1)));
    }
    int64_t scale = exp + 64 - keep;
    double v = ldexp((double)whole, scale > 5000 ? 5000 : scale < -5000 ? -5000 : (int)scale);
    if (bits == 32) v = (double)(float)v; // exact but for overflow
    return scan->negative ? -v : v;
}

static double call_strtod(const char *text, int bits) {
    pthread_once(&locale_once, make_locale);
    return bits == 32 ? (double)strtof_l(text, NULL, c_locale) : strtod_l(text, NULL, c_locale);
}

static double parse_slow(Str s, int bits) {
    char small[128], *text = small;
    if (s.len >= (int64_t)sizeof small && !(text = malloc((size_t)s.len + 1))) return NAN;
    int64_t n = 0;
    for (int64_t i = 0; i < s.len; i++)
        if (s.ptr[i] != '_') text[n++] = s.ptr[i];
    text[n] = 0;
    double v = call_strtod(text, bits);
    if (text != small) free(text);
    return v;
}

FmtnumStatus fmtnum_parse_float(Str s, int bits, double *out, int64_t *used) {
    Scan scan;
    *out = 0;
    *used = 0;
    if (special(s, out, used)) return FMTNUM_OK;
    if (!scan_number(s, &scan)) return FMTNUM_SYNTAX;
    *used = scan.used;
    if (parse_small(&scan, bits, out)) return FMTNUM_OK;
    *out = scan.hex ? parse_hex(&scan, bits) : parse_slow((Str){s.ptr, scan.used}, bits);
    return isinf(*out) ? FMTNUM_RANGE : FMTNUM_OK;
}
