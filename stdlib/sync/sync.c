// SPDX-License-Identifier: MIT
// sync.c: natives of package sync, over runtime/sema.h.
#include <stddef.h>

#include "runtime/panic.h"
#include "runtime/sched.h"
#include "runtime/sema.h"
#include "stdlib/stdlib.h"
#include "vm/native.h"

// A nil receiver is a nil dereference, as the field access in Go would be.
static bool nil_receiver(NativeCall *c, const void *p) {
    if (p) return false;
    rt_panic(c->g, ERR_NIL_DEREF);
    return true;
}

static NativeStatus mutex_lock(NativeCall *c) {
    MutexWords *m = native_ptr(c);
    if (nil_receiver(c, m)) return NATIVE_PANIC;
    if (c->g->wake_value == 0 && sema_mutex_try_lock(m)) return NATIVE_OK;
    native_again(c);
    return sema_mutex_lock(current_p, c->g, m, WAIT_MUTEX_LOCK) == SEMA_DONE ? NATIVE_OK : NATIVE_AGAIN;
}

static NativeStatus mutex_try_lock(NativeCall *c) {
    MutexWords *m = native_ptr(c);
    if (nil_receiver(c, m)) return NATIVE_PANIC;
    native_ret_bool(c, sema_mutex_try_lock(m));
    return NATIVE_OK;
}

static NativeStatus mutex_unlock(NativeCall *c) {
    MutexWords *m = native_ptr(c);
    if (nil_receiver(c, m)) return NATIVE_PANIC;
    if (!sema_mutex_unlock(current_p, m)) rt_fatal("sync: unlock of unlocked mutex");
    return NATIVE_OK;
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

typedef struct WaitGroup {
    _Atomic uint64_t state;
    _Atomic uint32_t sema;
} WaitGroup;

static NativeStatus group_add(NativeCall *c, WaitGroup *wg, int64_t delta) {
    if (nil_receiver(c, wg)) return NATIVE_PANIC;
    uint64_t now = atomic_fetch_add(&wg->state, (uint64_t)delta << 32) + ((uint64_t)delta << 32);
    int32_t count = (int32_t)(now >> 32);
    uint32_t waiters = (uint32_t)now;
    if (count < 0) {
        rt_panic_plain(c->g, "sync: negative WaitGroup counter");
        return NATIVE_PANIC;
    }
    if (count > 0 || waiters == 0) return NATIVE_OK;
    atomic_store(&wg->state, 0);
    for (; waiters > 0; waiters--) sema_release(current_p, &wg->sema, false);
    return NATIVE_OK;
}

static NativeStatus wait_group_add(NativeCall *c) {
    WaitGroup *wg = native_ptr(c);
    return group_add(c, wg, native_int(c));
}

static NativeStatus wait_group_done(NativeCall *c) { return group_add(c, native_ptr(c), -1); }

static NativeStatus wait_group_wait(NativeCall *c) {
    WaitGroup *wg = native_ptr(c);
    if (nil_receiver(c, wg)) return NATIVE_PANIC;
    uint64_t old = atomic_load(&wg->state);
    do {
        if (old >> 32 == 0) return NATIVE_OK;
    } while (!atomic_compare_exchange_weak(&wg->state, &old, old + 1));
    return sema_acquire(current_p, c->g, &wg->sema, WAIT_WAITGROUP_WAIT, false) == SEMA_DONE ? NATIVE_OK : NATIVE_PARKED;
}

// --- goroutines that are ended while they wait, see sema_cancel

typedef struct RWMutex { // as in sync.csp
    MutexWords w;
    _Atomic uint32_t writer_sem, reader_sem;
    _Atomic int32_t readers, readers_left;
} RWMutex;

enum { MAX_READERS = 1 << 30 };

// A writer at Unlock that has counted this reader will grant to it.
static bool leave_readers(RWMutex *rw) {
    if (atomic_load(&rw->readers) >= 0) return false;
    atomic_fetch_sub(&rw->readers, 1);
    return true;
}

// As Unlock does it, but the readers that the writer waited for go on.
static bool leave_writer(RWMutex *rw) {
    int32_t waiting = (int32_t)sema_waiters(&rw->reader_sem);
    if (atomic_load(&rw->readers) + MAX_READERS != atomic_load(&rw->readers_left) + waiting) return false;
    atomic_store(&rw->readers_left, 0);
    atomic_fetch_add(&rw->readers, MAX_READERS);
    for (; waiting > 0; waiting--) sema_release(NULL, &rw->reader_sem, false);
    return sema_mutex_unlock(NULL, &rw->w);
}

bool stdlib_sync_leave(WaitReason why, _Atomic uint32_t *sema) {
    char *at = (char *)sema;
    switch (why) {
    case WAIT_RWMUTEX_RLOCK: return leave_readers((RWMutex *)(at - offsetof(RWMutex, reader_sem)));
    case WAIT_RWMUTEX_LOCK: return leave_writer((RWMutex *)(at - offsetof(RWMutex, writer_sem)));
    default: atomic_fetch_sub(&((WaitGroup *)(at - offsetof(WaitGroup, sema)))->state, 1); return true;
    }
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
    {"Mutex.Lock", mutex_lock}, {"Mutex.TryLock", mutex_try_lock}, {"Mutex.Unlock", mutex_unlock}, {"fatal", fatal},
    {"semAcquire", sem_acquire}, {"semRelease", sem_release}, {"WaitGroup.Add", wait_group_add}, {"WaitGroup.Done", wait_group_done},
    {"WaitGroup.Wait", wait_group_wait}, {"notifyAdd", notify_add}, {"notifyWait", notify_wait}, {"notifyOne", notify_one},
    {"notifyAll", notify_all}, {NULL, NULL}};
