// SPDX-License-Identifier: MIT
// debug.c: natives of package runtime/debug.
#include "runtime/gc.h"
#include "vm/native.h"

static NativeStatus set_gc_percent(NativeCall *c) {
    native_ret_int(c, gc_set_percent((int)native_int(c)));
    return NATIVE_OK;
}

static NativeStatus set_max_stack(NativeCall *c) {
    vm_set_max_stack(native_int(c));
    return NATIVE_OK;
}

const NativeDef runtime_debug_natives[] = {{"SetGCPercent", set_gc_percent}, {"setMaxStack", set_max_stack}, {NULL, NULL}};
