// SPDX-License-Identifier: MIT
// crc32.c: natives of package hash/crc32.
#include "runtime/panic.h"
#include "vm/native.h"

// fill(poly uint32, tab *Table)
static NativeStatus fill(NativeCall *c) {
    uint32_t poly = (uint32_t)native_word(c), *table = native_ptr(c);
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ poly : crc >> 1;
        table[i] = crc;
    }
    return NATIVE_OK;
}

// update(crc uint32, tab *Table, p []byte) uint32
static NativeStatus update(NativeCall *c) {
    uint32_t crc = ~(uint32_t)native_word(c);
    const uint32_t *table = native_ptr(c);
    Slice data = native_slice(c);
    const uint8_t *p = data.ptr;
    if (!table) {
        rt_panic(c->g, ERR_NIL_DEREF);
        return NATIVE_PANIC;
    }
    for (int64_t i = 0; i < data.len; i++) crc = table[(uint8_t)crc ^ p[i]] ^ crc >> 8;
    native_ret_word(c, (uint32_t)~crc);
    return NATIVE_OK;
}

extern const NativeDef hash_crc32_natives[];
const NativeDef hash_crc32_natives[] = {
    {"fill", fill},
    {"update", update},
    {NULL, NULL},
};
