// SPDX-License-Identifier: MIT
// ffi.c: natives of package ffi.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/str.h"
#include "vm/native.h"

static void ret_text(NativeCall *c, const char *s) { native_ret_str(c, s ? str_make(current_p, s, (int64_t)strlen(s)) : (Str){NULL, 0}); }

static char *c_copy(Str s) {
    char *p = base_malloc((size_t)s.len + 1);
    if (s.len) memcpy(p, s.ptr, (size_t)s.len);
    p[s.len] = 0;
    return p;
}

static NativeStatus new_callback(NativeCall *c) {
    const char *why = NULL;
    void *code = native_callback_new(native_iface(c), &why);
    native_ret_ptr(c, code);
    ret_text(c, why);
    return NATIVE_OK;
}

static NativeStatus free_callback(NativeCall *c) {
    native_ret_bool(c, native_callback_free(native_ptr(c)));
    return NATIVE_OK;
}

static NativeStatus warn(NativeCall *c) {
    Str s = native_str(c);
    fprintf(stderr, "%.*s\n", (int)s.len, s.ptr);
    return NATIVE_OK;
}

static NativeStatus open_library(NativeCall *c) {
    char *name = c_copy(native_str(c)), *tried;
    native_ret_ptr(c, native_library_open(name, &tried));
    ret_text(c, tried);
    free(tried);
    free(name);
    return NATIVE_OK;
}

static NativeStatus lookup(NativeCall *c) {
    void *handle = native_ptr(c);
    char *name = c_copy(native_str(c));
    const char *nearest;
    native_ret_ptr(c, native_library_lookup(handle, name, &nearest));
    ret_text(c, nearest);
    free(name);
    return NATIVE_OK;
}

static NativeStatus pinned(NativeCall *c) {
    Iface v = native_iface(c);
    native_pinned(v, native_bool(c));
    return NATIVE_OK;
}

const NativeDef ffi_natives[] = {{"newCallback", new_callback}, {"freeCallback", free_callback}, {"warn", warn}, {"openLibrary", open_library}, {"lookup", lookup}, {"pinned", pinned}, {NULL, NULL}};
