// SPDX-License-Identifier: MIT
// crc64.c: natives of package hash/crc64.
#include "runtime/panic.h"
#include "vm/native.h"

// fill(poly uint64, tab *Table)
static NativeStatus fill(NativeCall *c) {
    uint64_t poly = (uint64_t)native_word(c), *table = native_ptr(c);
    for (uint32_t i = 0; i < 256; i++) {
        uint64_t crc = i;
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ poly : crc >> 1;
        table[i] = crc;
    }
    return NATIVE_OK;
}

// update(crc uint64, tab *Table, p []byte) uint64
static NativeStatus update(NativeCall *c) {
    uint64_t crc = ~(uint64_t)native_word(c);
    const uint64_t *table = native_ptr(c);
    Slice data = native_slice(c);
    const uint8_t *p = data.ptr;
    if (!table) {
        rt_panic(c->g, ERR_NIL_DEREF);
        return NATIVE_PANIC;
    }
    for (int64_t i = 0; i < data.len; i++) crc = table[(uint8_t)crc ^ p[i]] ^ crc >> 8;
    native_ret_word(c, (uint64_t)~crc);
    return NATIVE_OK;
}

extern const NativeDef hash_crc64_natives[];
const NativeDef hash_crc64_natives[] = {
    {"fill", fill},
    {"update", update},
    {NULL, NULL},
};
