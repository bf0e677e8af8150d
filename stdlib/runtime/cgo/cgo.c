// SPDX-License-Identifier: MIT
// cgo.c: natives of package runtime/cgo: strings and bytes to and from C.
#include <stdlib.h>
#include <string.h>

#include "runtime/gc.h"
#include "runtime/panic.h"
#include "runtime/str.h"
#include "vm/native.h"

static void *c_malloc(size_t n) {
    void *p = malloc(n ? n : 1);
    if (!p) rt_fatal("out of memory: C.malloc of %zu bytes", n);
    return p;
}

static NativeStatus c_string(NativeCall *c) {
    Str s = native_str(c);
    char *p = c_malloc((size_t)s.len + 1);
    if (s.len) memcpy(p, s.ptr, (size_t)s.len);
    p[s.len] = 0;
    native_ret_ptr(c, p);
    return NATIVE_OK;
}

static NativeStatus c_bytes(NativeCall *c) {
    Slice s = native_slice(c);
    void *p = c_malloc((size_t)s.len);
    if (s.len) memcpy(p, s.ptr, (size_t)s.len);
    native_ret_ptr(c, p);
    return NATIVE_OK;
}

static NativeStatus go_string(NativeCall *c) {
    const char *p = native_ptr(c);
    native_ret_str(c, p ? str_make(current_p, p, (int64_t)strlen(p)) : (Str){NULL, 0});
    return NATIVE_OK;
}

static bool bad_length(NativeCall *c, const void *p, int64_t n, const char *who) {
    if (n >= 0 && (p || n == 0)) return false;
    if (n < 0) rt_panic_str(c->g, "C.%s: negative length %lld", who, (long long)n);
    else rt_panic_str(c->g, "C.%s: nil pointer with length %lld", who, (long long)n);
    return true;
}

static NativeStatus go_string_n(NativeCall *c) {
    const char *p = native_ptr(c);
    int64_t n = native_int(c);
    if (bad_length(c, p, n, "GoStringN")) return NATIVE_PANIC;
    native_ret_str(c, str_make(current_p, p, n));
    return NATIVE_OK;
}

static NativeStatus go_bytes(NativeCall *c) {
    const void *p = native_ptr(c);
    int64_t n = native_int(c);
    if (bad_length(c, p, n, "GoBytes")) return NATIVE_PANIC;
    void *bytes = gc_new_noscan(current_p, (uint64_t)n);
    if (n) memcpy(bytes, p, (size_t)n);
    native_ret_slice(c, (Slice){bytes, n, n});
    return NATIVE_OK;
}

const NativeDef runtime_cgo_natives[] = {{"cString", c_string}, {"cBytes", c_bytes}, {"goString", go_string}, {"goStringN", go_string_n}, {"goBytes", go_bytes}, {NULL, NULL}};
