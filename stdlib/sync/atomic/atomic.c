// SPDX-License-Identifier: MIT
// atomic.c: natives of package sync/atomic, all sequentially consistent.
#include "runtime/panic.h"
#include "vm/native.h"

// A bad address panics as the access in Go would.
static bool bad_address(NativeCall *c, const void *p) {
    if ((uint64_t)(uintptr_t)p >= 4096) return false;
    rt_panic(c->g, ERR_NIL_DEREF);
    return true;
}

// CTYPE: the type in memory; WIDE: the cast that extends it to its slot.
#define OPERATIONS(NAME, CTYPE, WIDE)                                                        \
    static NativeStatus load_##NAME(NativeCall *c) {                                         \
        CTYPE *p = native_ptr(c);                                                            \
        if (bad_address(c, p)) return NATIVE_PANIC;                                          \
        native_ret_word(c, (uint64_t)(WIDE)__atomic_load_n(p, __ATOMIC_SEQ_CST));            \
        return NATIVE_OK;                                                                    \
    }                                                                                        \
    static NativeStatus store_##NAME(NativeCall *c) {                                        \
        CTYPE *p = native_ptr(c);                                                            \
        if (bad_address(c, p)) return NATIVE_PANIC;                                          \
        __atomic_store_n(p, (CTYPE)native_word(c), __ATOMIC_SEQ_CST);                        \
        return NATIVE_OK;                                                                    \
    }                                                                                        \
    static NativeStatus swap_##NAME(NativeCall *c) {                                         \
        CTYPE *p = native_ptr(c);                                                            \
        if (bad_address(c, p)) return NATIVE_PANIC;                                          \
        native_ret_word(c, (uint64_t)(WIDE)__atomic_exchange_n(p, (CTYPE)native_word(c), __ATOMIC_SEQ_CST)); \
        return NATIVE_OK;                                                                    \
    }                                                                                        \
    static NativeStatus cas_##NAME(NativeCall *c) {                                          \
        CTYPE *p = native_ptr(c);                                                            \
        if (bad_address(c, p)) return NATIVE_PANIC;                                          \
        CTYPE old = (CTYPE)native_word(c), new = (CTYPE)native_word(c);                      \
        native_ret_bool(c, __atomic_compare_exchange_n(p, &old, new, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)); \
        return NATIVE_OK;                                                                    \
    }
#define ARITHMETIC(NAME, CTYPE, WIDE)                                                        \
    static NativeStatus add_##NAME(NativeCall *c) {                                          \
        CTYPE *p = native_ptr(c);                                                            \
        if (bad_address(c, p)) return NATIVE_PANIC;                                          \
        native_ret_word(c, (uint64_t)(WIDE)__atomic_add_fetch(p, (CTYPE)native_word(c), __ATOMIC_SEQ_CST)); \
        return NATIVE_OK;                                                                    \
    }
OPERATIONS(int32, uint32_t, int32_t)
ARITHMETIC(int32, uint32_t, int32_t)
OPERATIONS(int64, uint64_t, int64_t)
ARITHMETIC(int64, uint64_t, int64_t)
OPERATIONS(uint32, uint32_t, uint32_t)
ARITHMETIC(uint32, uint32_t, uint32_t)
OPERATIONS(uint64, uint64_t, uint64_t)
ARITHMETIC(uint64, uint64_t, uint64_t)
OPERATIONS(uintptr, uint64_t, uint64_t)
ARITHMETIC(uintptr, uint64_t, uint64_t)
OPERATIONS(pointer, uint64_t, uint64_t)

#define ROWS(GO, NAME) {"Load" GO, load_##NAME}, {"Store" GO, store_##NAME}, {"Swap" GO, swap_##NAME}, {"CompareAndSwap" GO, cas_##NAME}

const NativeDef sync_atomic_natives[] = {
    ROWS("Int32", int32), {"AddInt32", add_int32},
    ROWS("Int64", int64), {"AddInt64", add_int64},
    ROWS("Uint32", uint32), {"AddUint32", add_uint32},
    ROWS("Uint64", uint64), {"AddUint64", add_uint64},
    ROWS("Uintptr", uintptr), {"AddUintptr", add_uintptr},
    ROWS("Pointer", pointer),
    {NULL, NULL}};
