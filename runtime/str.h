// str.h: strings and their conversions. Results are fresh or share their
// argument's bytes; strings are immutable.
#ifndef CSP_RUNTIME_STR_H
#define CSP_RUNTIME_STR_H

#include "runtime/g.h"

Str str_make(P *p, const char *bytes, int64_t n); // a copy
Str str_printf(P *p, const char *fmt, ...);       // of the format of printf
bool str_concat(P *p, G *g, const Str *parts, uint32_t n, Str *out); // false: panic (too long)
static inline bool str_eq(Str a, Str b) { return a.len == b.len && (a.ptr == b.ptr || a.len == 0 || __builtin_memcmp(a.ptr, b.ptr, (size_t)a.len) == 0); }
int str_cmp(Str a, Str b); // <0, 0, >0 bytewise
// Go's conversions string([]byte) and back, string([]rune) and back, string(rune): copies.
Str str_from_bytes(P *p, Slice b);
Slice str_to_bytes(P *p, Str s);
Str str_from_runes(P *p, Slice r);
Slice str_to_runes(P *p, Str s);
Str str_from_rune(P *p, int64_t r);
uint64_t str_hash(Str s, uint64_t seed); // for maps; not the same on all machines
#endif
