// SPDX-License-Identifier: MIT
// reflect.c: natives of package reflect.
#include "stdlib/reflect/reflect.h"

#include <string.h>

#include "runtime/chan.h"
#include "runtime/gc.h"
#include "runtime/iface.h"
#include "runtime/panic.h"
#include "runtime/slice.h"
#include "runtime/str.h"
#include "vm/native.h"

// --- types made at run time

static NativeStatus answer(NativeCall *c, TypeDesc want) {
    native_ret_ptr(c, types_of(&want));
    return NATIVE_OK;
}

static NativeStatus pointer_type(NativeCall *c) {
    const TypeDesc *elem = native_ptr(c);
    if (!elem->ptr_to) return answer(c, (TypeDesc){.kind = KIND_POINTER, .elem = elem});
    native_ret_ptr(c, elem->ptr_to);
    return NATIVE_OK;
}

static NativeStatus slice_type(NativeCall *c) { return answer(c, (TypeDesc){.kind = KIND_SLICE, .elem = native_ptr(c)}); }

static NativeStatus array_type(NativeCall *c) {
    int64_t n = native_int(c);
    return answer(c, (TypeDesc){.kind = KIND_ARRAY, .len = n, .elem = native_ptr(c)});
}

static NativeStatus chan_type(NativeCall *c) {
    int64_t dir = native_int(c);
    return answer(c, (TypeDesc){.kind = KIND_CHAN, .chan_dir = (uint8_t)dir, .elem = native_ptr(c)});
}

static NativeStatus map_type(NativeCall *c) {
    const TypeDesc *key = native_ptr(c);
    return answer(c, (TypeDesc){.kind = KIND_MAP, .key = key, .elem = native_ptr(c)});
}

static NativeStatus func_type(NativeCall *c) {
    Slice in = native_slice(c), out = native_slice(c);
    bool variadic = native_bool(c);
    return answer(c, (TypeDesc){.kind = KIND_FUNC, .in = in.ptr, .nin = (uint32_t)in.len, .out = out.ptr, .nout = (uint32_t)out.len, .variadic = variadic});
}

static NativeStatus struct_type(NativeCall *c) {
    Slice fields = native_slice(c); // of fieldDesc, which is FieldDesc
    return answer(c, (TypeDesc){.kind = KIND_STRUCT, .fields = fields.ptr, .nfields = (uint32_t)fields.len});
}

// --- slots

// A value in memory as slots of a frame or channel, and back.
static NativeStatus to_slots(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    uint64_t *slots = native_ptr(c);
    const void *mem = native_ptr(c);
    if (native_is_big(t)) {
        void *copy = gc_new(current_p, t);
        memcpy(copy, mem, t->size);
        slots[0] = (uint64_t)(uintptr_t)copy;
    } else if (t->size) {
        value_load(t, slots, mem);
    }
    return NATIVE_OK;
}

static NativeStatus from_slots(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    void *mem = native_ptr(c);
    const uint64_t *slots = native_ptr(c);
    if (native_is_big(t)) { // a big value that was never set is nil
        if (slots[0]) memcpy(mem, (const void *)(uintptr_t)slots[0], t->size);
    } else {
        value_store(t, mem, slots);
    }
    return NATIVE_OK;
}

static NativeStatus slots_of(NativeCall *c) {
    native_ret_int(c, native_slots(native_ptr(c)));
    return NATIVE_OK;
}

static NativeStatus new_words(NativeCall *c) {
    native_ret_ptr(c, gc_new_scan(current_p, (uint64_t)native_int(c) + 1));
    return NATIVE_OK;
}

// The data word that an interface would have.
static NativeStatus data_word(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    native_ret_word(c, iface_box_mem(current_p, t, native_ptr(c)));
    return NATIVE_OK;
}

// --- methods

// Of an interface type all methods count as exported.
static bool counts(const TypeDesc *t, uint32_t i) { return t->kind == KIND_INTERFACE || t->methods[i].pkg_path.len == 0; }

static NativeStatus num_exported(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    int64_t n = 0;
    for (uint32_t i = 0; i < t->nmethods; i++) n += counts(t, i);
    native_ret_int(c, n);
    return NATIVE_OK;
}

// The place in the table of exported method n; -1: there is none.
static NativeStatus nth_exported(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    int64_t n = native_int(c), at = -1;
    for (uint32_t i = 0; i < t->nmethods && at < 0; i++)
        if (counts(t, i) && n-- == 0) at = i;
    native_ret_int(c, at);
    return NATIVE_OK;
}

// The same of the one with that name, and its number.
static NativeStatus named_exported(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    Str name = native_str(c);
    int64_t at = -1, number = 0;
    for (uint32_t i = 0; i < t->nmethods && at < 0; i++) {
        if (!counts(t, i)) continue;
        if (str_eq(t->methods[i].name, name)) at = i;
        else number++;
    }
    native_ret_int(c, at);
    native_ret_int(c, number);
    return NATIVE_OK;
}

// --- functions

static NativeStatus func_or_panic(NativeCall *c, const void *f) {
    if (!f) {
        rt_panic_plain(c->g, "reflect: too many arguments or cases");
        return NATIVE_PANIC;
    }
    native_ret_ptr(c, f);
    return NATIVE_OK;
}

static NativeStatus caller_of(NativeCall *c) { return func_or_panic(c, native_caller_of(native_ptr(c))); }

static NativeStatus bind(NativeCall *c) {
    const TypeDesc *sig = native_ptr(c);
    const void *entry = native_ptr(c);
    return func_or_panic(c, native_bound(sig, entry, native_word(c)));
}

static NativeStatus make_func(NativeCall *c) {
    const TypeDesc *sig = native_ptr(c);
    const void *context = native_ptr(c);
    return func_or_panic(c, native_made_func(sig, native_ptr(c), context));
}

static NativeStatus method_entry(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    const MethodDesc *m = &t->methods[native_int(c)];
    const TypeDesc *dynamic = native_ptr(c);
    native_ret_ptr(c, native_func_value(t->kind == KIND_INTERFACE ? type_method_find(dynamic, m->sel) : m->fn));
    return NATIVE_OK;
}

static NativeStatus method_func(NativeCall *c) {
    const TypeDesc *t = native_ptr(c);
    return func_or_panic(c, native_method_func(t, &t->methods[native_int(c)]));
}

static NativeStatus select_func(NativeCall *c) {
    Slice send = native_slice(c), size = native_slice(c); // []bool, []int
    return func_or_panic(c, native_select_func(send.ptr, size.ptr, send.len, native_bool(c)));
}

// --- slices

static NativeStatus grow_slice(NativeCall *c) {
    const TypeDesc *elem = native_ptr(c);
    Slice *to = native_ptr(c);
    const Slice *from = native_ptr(c);
    return slice_grow(current_p, c->g, elem, *from, native_int(c), to) ? NATIVE_OK : NATIVE_PANIC;
}

static NativeStatus copy_memory(NativeCall *c) {
    void *dst = native_ptr(c);
    const void *src = native_ptr(c);
    memmove(dst, src, (size_t)native_int(c));
    return NATIVE_OK;
}

// --- channels; words holds the slots of the element

static NativeStatus status(ChanStatus s) {
    return s == CHAN_PANIC ? NATIVE_PANIC : s == CHAN_PARKED ? NATIVE_PARKED : NATIVE_OK;
}

static NativeStatus send(NativeCall *c) {
    Chan *ch = native_ptr(c);
    return status(chan_send(current_p, c->g, ch, native_ptr(c)));
}

static NativeStatus receive(NativeCall *c) {
    Chan *ch = native_ptr(c);
    uint64_t *words = native_ptr(c), *ok = native_ptr(c);
    return status(chan_recv(current_p, c->g, ch, words, ok));
}

static NativeStatus try_send(NativeCall *c) {
    Chan *ch = native_ptr(c);
    ChanStatus s = chan_try_send(current_p, c->g, ch, native_ptr(c));
    if (s == CHAN_PANIC) return NATIVE_PANIC;
    native_ret_bool(c, s == CHAN_DONE);
    return NATIVE_OK;
}

static NativeStatus try_receive(NativeCall *c) {
    Chan *ch = native_ptr(c);
    uint64_t *words = native_ptr(c), *ok = native_ptr(c);
    ChanStatus s = chan_try_recv(current_p, c->g, ch, words, ok);
    if (s == CHAN_PANIC) return NATIVE_PANIC;
    native_ret_bool(c, s == CHAN_DONE);
    return NATIVE_OK;
}

static NativeStatus close_channel(NativeCall *c) { return status(chan_close(current_p, c->g, native_ptr(c))); }

extern const NativeDef reflect_natives[];
const NativeDef reflect_natives[] = {
    {"pointerType", pointer_type},
    {"sliceType", slice_type},
    {"arrayType", array_type},
    {"chanType", chan_type},
    {"mapType", map_type},
    {"funcType", func_type},
    {"structType", struct_type},
    {"numExported", num_exported},
    {"nthExported", nth_exported},
    {"namedExported", named_exported},
    {"callerOf", caller_of},
    {"bind", bind},
    {"makeFunc", make_func},
    {"methodEntry", method_entry},
    {"methodFunc", method_func},
    {"selectFunc", select_func},
    {"slotsOf", slots_of},
    {"toSlots", to_slots},
    {"fromSlots", from_slots},
    {"newWords", new_words},
    {"dataWord", data_word},
    {"growSlice", grow_slice},
    {"copyMemory", copy_memory},
    {"chanSend", send},
    {"chanRecv", receive},
    {"chanTrySend", try_send},
    {"chanTryRecv", try_receive},
    {"chanClose", close_channel},
    {NULL, NULL},
};
