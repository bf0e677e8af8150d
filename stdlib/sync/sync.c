// SPDX-License-Identifier: MIT
// sync.c: natives of package sync, over runtime/sema.h.
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "runtime/sema.h"
#include "vm/native.h"

// A nil receiver is a nil dereference, as the field access in Go would be.
static bool nil_receiver(NativeCall *c, const void *p) {
    if (p) return false;
    rt_panic(c->g, ERR_NIL_DEREF);
    return true;
}

static NativeStatus fatal(NativeCall *c) {
    Str s = native_str(c);
    rt_fatal("%.*s", (int)s.len, s.ptr);
}

static const uint8_t reasons[] = {WAIT_SEMACQUIRE, WAIT_RWMUTEX_RLOCK, WAIT_RWMUTEX_LOCK};

static NativeStatus sem_acquire(NativeCall *c) {
    _Atomic uint32_t *s = native_ptr(c);
    return sema_acquire(current_p, c->g, s, (WaitReason)reasons[native_int(c)], false) == SEMA_DONE ? NATIVE_OK : NATIVE_PARKED;
}

static NativeStatus sem_release(NativeCall *c) {
    sema_release(current_p, native_ptr(c), false);
    return NATIVE_OK;
}

static NativeStatus wait_group_wait(NativeCall *c) {
    GroupWords *wg = native_ptr(c);
    if (nil_receiver(c, wg)) return NATIVE_PANIC;
    return sema_group_wait(current_p, c->g, wg) == SEMA_DONE ? NATIVE_OK : NATIVE_PARKED;
}

_Static_assert(sizeof(NotifyList) == 32, "the library's Cond has room for 32 bytes");

static NativeStatus notify_add(NativeCall *c) {
    native_ret_word(c, sema_notify_add(native_ptr(c)));
    return NATIVE_OK;
}

static NativeStatus notify_wait(NativeCall *c) {
    NotifyList *l = native_ptr(c);
    return sema_notify_wait(current_p, c->g, l, (uint32_t)native_word(c)) == SEMA_DONE ? NATIVE_OK : NATIVE_PARKED;
}

static NativeStatus notify_one(NativeCall *c) {
    sema_notify_one(current_p, native_ptr(c));
    return NATIVE_OK;
}

static NativeStatus notify_all(NativeCall *c) {
    sema_notify_all(current_p, native_ptr(c));
    return NATIVE_OK;
}

const NativeDef sync_natives[] = {
    {"fatal", fatal}, {"semAcquire", sem_acquire}, {"semRelease", sem_release}, {"WaitGroup.Wait", wait_group_wait},
    {"notifyAdd", notify_add}, {"notifyWait", notify_wait}, {"notifyOne", notify_one}, {"notifyAll", notify_all}, {NULL, NULL}};
