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

// CTYPE: the type in memory; WIDE: how the value stands in its slot.
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
OPERATIONS(int32, uint32_t, int64_t)(int32_t)
ARITHMETIC(int32, uint32_t, int64_t)(int32_t)
OPERATIONS(int64, uint64_t, int64_t)
ARITHMETIC(int64, uint64_t, int64_t)
OPERATIONS(uint32, uint32_t, uint32_t)
ARITHMETIC(uint32, uint32_t, uint32_t)
OPERATIONS(uint64, uint64_t, uint64_t)
ARITHMETIC(uint64, uint64_t, uint64_t)
OPERATIONS(uintptr, uint64_t, uint64_t)
ARITHMETIC(uintptr, uint64_t, uint64_t)
OPERATIONS(pointer, uint64_t, uint64_t)

const NativeDef sync_atomic_natives[] = {
    {"LoadInt32", load_int32}, {"StoreInt32", store_int32}, {"SwapInt32", swap_int32}, {"CompareAndSwapInt32", cas_int32}, {"AddInt32", add_int32}, {"LoadInt64", load_int64}, {"StoreInt64", store_int64}, {"SwapInt64", swap_int64}, {"CompareAndSwapInt64", cas_int64}, {"AddInt64", add_int64}, {"LoadUint32", load_uint32}, {"StoreUint32", store_uint32}, {"SwapUint32", swap_uint32}, {"CompareAndSwapUint32", cas_uint32}, {"AddUint32", add_uint32}, {"LoadUint64", load_uint64}, {"StoreUint64", store_uint64}, {"SwapUint64", swap_uint64}, {"CompareAndSwapUint64", cas_uint64}, {"AddUint64", add_uint64}, {"LoadUintptr", load_uintptr}, {"StoreUintptr", store_uintptr}, {"SwapUintptr", swap_uintptr}, {"CompareAndSwapUintptr", cas_uintptr}, {"AddUintptr", add_uintptr}, {"LoadPointer", load_pointer}, {"StorePointer", store_pointer}, {"SwapPointer", swap_pointer}, {"CompareAndSwapPointer", cas_pointer}, {NULL, NULL}};
