// SPDX-License-Identifier: MIT
// fnv.c: natives of package hash/fnv.
#include "vm/native.h"

// updateN(h uintN, b []byte, a bool) uintN; a: exclusive-or before the product
#define UPDATE(fn, type, prime)                             \
    static NativeStatus fn(NativeCall *c) {                 \
        type h = (type)native_word(c);                      \
        Slice b = native_slice(c);                          \
        bool a = native_bool(c);                            \
        const uint8_t *p = b.ptr;                           \
        if (a) {                                            \
            for (int64_t i = 0; i < b.len; i++) h = (h ^ p[i]) * (prime); \
        } else {                                            \
            for (int64_t i = 0; i < b.len; i++) h = (h * (prime)) ^ p[i]; \
        }                                                   \
        native_ret_word(c, h);                              \
        return NATIVE_OK;                                   \
    }

UPDATE(update32, uint32_t, 16777619u)
UPDATE(update64, uint64_t, UINT64_C(1099511628211))

extern const NativeDef hash_fnv_natives[];
const NativeDef hash_fnv_natives[] = {
    {"update32", update32},
    {"update64", update64},
    {NULL, NULL},
};
