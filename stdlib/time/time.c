// SPDX-License-Identifier: MIT
// time.c: natives of package time: clocks, sleeping, timers.
#include "runtime/chan.h"
#include "runtime/os.h"
#include "runtime/sched.h"
#include "runtime/timer.h"
#include "vm/native.h"

// Seconds from 1 January of year 1 to 1970, which the library's Time counts from.
#define UNIX_TO_YEAR_1 62135596800LL

// The head of the library's Timer and Ticker (time.csp, runtimeTimer).
typedef struct TimerObject {
    Chan *c;
    const void *closure; // AfterFunc; NULL: send the time to c
    const void *local;   // *Location of times sent
    Timer timer;
} TimerObject;

static NativeStatus now(NativeCall *c) {
    int64_t sec;
    int32_t nsec;
    os_walltime(&sec, &nsec);
    native_ret_int(c, sec + UNIX_TO_YEAR_1);
    native_ret_int(c, nsec);
    native_ret_int(c, os_nanotime());
    return NATIVE_OK;
}

static NativeStatus monotonic(NativeCall *c) {
    native_ret_int(c, os_nanotime());
    return NATIVE_OK;
}

static NativeStatus sleep_for(NativeCall *c) {
    int64_t ns = native_int(c);
    if (ns <= 0) return NATIVE_OK;
    sched_sleep(current_p, c->g, ns);
    return NATIVE_PARKED;
}

static void fire(P *p, void *arg, uint64_t seq) {
    (void)seq;
    TimerObject *t = arg;
    if (t->closure) {
        sched_go(p, t->closure, NULL, 0);
        return;
    }
    int64_t sec;
    int32_t nsec;
    os_walltime(&sec, &nsec);
    uint64_t value[4] = {(uint64_t)(sec + UNIX_TO_YEAR_1), (uint64_t)nsec, (uint64_t)os_nanotime(), (uint64_t)(uintptr_t)t->local};
    chan_try_send(p, NULL, t->c, value);
}

static NativeStatus start_timer(NativeCall *c) {
    TimerObject *t = native_ptr(c);
    int64_t when = native_int(c), period = native_int(c);
    t->timer.fire = fire;
    t->timer.arg = t;
    native_ret_bool(c, timer_reset(current_p, &t->timer, when, period));
    return NATIVE_OK;
}

static NativeStatus stop_timer(NativeCall *c) {
    TimerObject *t = native_ptr(c);
    native_ret_bool(c, timer_stop(&t->timer));
    return NATIVE_OK;
}

_Static_assert(sizeof(Timer) <= 64, "runtimeTimer has room for 64 bytes");

const NativeDef time_natives[] = {
    {"now", now}, {"runtimeNano", monotonic}, {"Sleep", sleep_for}, {"startTimer", start_timer}, {"stopTimer", stop_timer}, {NULL, NULL}};
