// SPDX-License-Identifier: MIT
// syscall.c: natives of package syscall.
#define _GNU_SOURCE
#include <string.h>

#include "runtime/str.h"
#include "vm/native.h"

// Go's texts are those of the system, begun with a small letter.
static NativeStatus error_text(NativeCall *c) {
    char buf[128];
    const char *s = strerror_r((int)native_int(c), buf, sizeof buf);
    Str t = str_make(current_p, s, (int64_t)strlen(s));
    bool capital = t.len && t.ptr[0] >= 'A' && t.ptr[0] <= 'Z', acronym = t.len > 1 && t.ptr[1] >= 'A' && t.ptr[1] <= 'Z';
    if (capital && !acronym) ((char *)t.ptr)[0] |= 0x20;
    native_ret_str(c, t);
    return NATIVE_OK;
}

const NativeDef syscall_natives[] = {{"errorText", error_text}, {NULL, NULL}};
