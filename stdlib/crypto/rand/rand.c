// SPDX-License-Identifier: MIT
// rand.c: native of package crypto/rand: the system's random numbers.
#include <errno.h>
#include <sys/random.h>

#include "runtime/sched.h"
#include "vm/native.h"

// fill(b []byte) (errno int)
static NativeStatus fill(NativeCall *c) {
    Slice b = native_slice(c);
    int64_t done = 0;
    int e = 0;
    sched_enter_syscall(c->g);
    while (done < b.len && e == 0) {
        ssize_t n = getrandom((char *)b.ptr + done, (size_t)(b.len - done), 0);
        if (n > 0) done += n;
        else if (errno != EINTR) e = errno;
    }
    sched_leave_syscall(c->g);
    native_ret_int(c, e);
    return NATIVE_OK;
}

const NativeDef crypto_rand_natives[] = {
    {"fill", fill},
    {NULL, NULL},
};
