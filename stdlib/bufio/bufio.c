// SPDX-License-Identifier: MIT
// bufio.c: the native of package bufio.
#include "stdlib/strings/text.h"
#include "vm/native.h"

// word(data []byte) (start, end int)
static NativeStatus word(NativeCall *c) {
    Slice data = native_slice(c);
    Str rest = {data.ptr, data.len}, field;
    text_next_field(&rest, &field);
    int64_t end = data.len - rest.len;
    native_ret_int(c, end - field.len);
    native_ret_int(c, end);
    return NATIVE_OK;
}

extern const NativeDef bufio_natives[];
const NativeDef bufio_natives[] = {
    {"word", word},
    {NULL, NULL},
};
