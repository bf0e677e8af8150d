// SPDX-License-Identifier: MIT
// time.c: natives of package time: clocks, sleeping, timers, zone files.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/chan.h"
#include "runtime/gc.h"
#include "runtime/os.h"
#include "runtime/sched.h"
#include "runtime/str.h"
#include "runtime/timer.h"
#include "stdlib/time/layout.h"
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

// Zone files are small; what is larger is none.
enum { ZONE_FILE_MAX = 1 << 20 };

static bool name_of(Str s, char *out, size_t room) { // NUL-terminated
    if ((size_t)s.len >= room || memchr(s.len ? s.ptr : "", 0, (size_t)s.len)) return false;
    if (s.len) memcpy(out, s.ptr, (size_t)s.len);
    out[s.len] = 0;
    return true;
}

// The whole file in malloc'ed memory, or NULL.
static char *load_file(const char *path, size_t *len) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return NULL;
    char *data = malloc(ZONE_FILE_MAX);
    *len = 0;
    while (data && *len < ZONE_FILE_MAX) {
        ssize_t n = read(fd, data + *len, ZONE_FILE_MAX - *len);
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) break;
        if (n > 0) *len += (size_t)n;
        if (n < 0 || *len == ZONE_FILE_MAX) {
            free(data);
            data = NULL;
        }
    }
    close(fd);
    return data;
}

static NativeStatus read_file(NativeCall *c) {
    char path[4096];
    size_t len = 0;
    char *data = NULL;
    if (name_of(native_str(c), path, sizeof path)) {
        sched_enter_syscall(c->g);
        data = load_file(path, &len);
        sched_leave_syscall(c->g);
    }
    Slice result = {NULL, 0, 0};
    if (data) {
        result = (Slice){gc_new_noscan(current_p, len ? len : 1), (int64_t)len, (int64_t)len};
        memcpy(result.ptr, data, len);
    }
    free(data);
    native_ret_slice(c, result);
    return NATIVE_OK;
}

static NativeStatus environment(NativeCall *c) {
    char name[256];
    const char *v = name_of(native_str(c), name, sizeof name) ? getenv(name) : NULL;
    native_ret_str(c, v ? str_make(current_p, v, (int64_t)strlen(v)) : (Str){NULL, 0});
    native_ret_bool(c, v != NULL);
    return NATIVE_OK;
}

_Static_assert(sizeof(Timer) <= 64, "runtimeTimer has room for 64 bytes");

const NativeDef time_natives[] = {
    {"now", now},
    {"runtimeNano", monotonic},
    {"Sleep", sleep_for},
    {"startTimer", start_timer},
    {"stopTimer", stop_timer},
    {"readFile", read_file},
    {"getenv", environment},
    {"civil", time_civil},
    {"appendLayout", time_append_layout},
    {"readLayout", time_read_layout},
    {NULL, NULL}};
