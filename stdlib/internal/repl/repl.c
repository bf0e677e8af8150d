// SPDX-License-Identifier: MIT
// repl.c: natives of package internal/repl.
#include "runtime/chan.h"
#include "runtime/gc.h"
#include "stdlib/stdlib.h"
#include "vm/native.h"

bool stdlib_repl_color;

static NativeStatus color(NativeCall *c) {
    native_ret_bool(c, stdlib_repl_color);
    return NATIVE_OK;
}

enum { IDS_SHOWN = 64 };

static Slice id_list(const int64_t *ids, uint32_t n) {
    int64_t *list = gc_new_noscan(current_p, n ? n * sizeof *list : 1);
    memcpy(list, ids, n * sizeof *list);
    return (Slice){list, n, n};
}

static NativeStatus chan_state_of(NativeCall *c) {
    int64_t receivers[IDS_SHOWN], senders[IDS_SHOWN];
    ChanState s = {.receivers = receivers, .senders = senders, .room = IDS_SHOWN};
    chan_state(native_ptr(c), &s);
    native_ret_int(c, s.len);
    native_ret_int(c, s.cap);
    native_ret_bool(c, s.closed);
    native_ret_slice(c, id_list(receivers, s.nreceivers));
    native_ret_slice(c, id_list(senders, s.nsenders));
    return NATIVE_OK;
}

static NativeStatus chan_elem(NativeCall *c) {
    Chan *ch = native_ptr(c);
    int64_t i = native_int(c);
    native_ret_bool(c, chan_peek(ch, i, native_ptr(c)));
    return NATIVE_OK;
}

const NativeDef internal_repl_natives[] = {{"color", color}, {"chanState", chan_state_of}, {"chanElem", chan_elem}, {NULL, NULL}};
