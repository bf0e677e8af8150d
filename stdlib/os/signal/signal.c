// SPDX-License-Identifier: MIT
// signal.c: natives of package os/signal.
//
// The handler writes the signal's number into a pipe, which the one goroutine
// of the package reads. Signals are process-wide, and so is the state here; it
// is changed by natives only, which the package calls under its lock.
#define _GNU_SOURCE // pipe2
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "runtime/sched.h"
#include "vm/native.h"

enum { SIGNALS = 65 };

static int pipe_ends[2] = {-1, -1};
static struct sigaction before[SIGNALS]; // what stood there when it was caught
static bool caught[SIGNALS];

static void on_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    if (write(pipe_ends[1], &byte, 1) < 0) errno = 0; // full: so many are waiting that one may be lost
    errno = saved;
}

// start(): once, before anything is caught.
static NativeStatus start(NativeCall *c) {
    (void)c;
    if (pipe2(pipe_ends, O_CLOEXEC) == 0) fcntl(pipe_ends[1], F_SETFL, O_NONBLOCK);
    return NATIVE_OK;
}

// wait() int: the next signal.
static NativeStatus wait_signal(NativeCall *c) {
    unsigned char byte = 0;
    ssize_t n;
    sched_enter_blocking(c->g);
    do n = read(pipe_ends[0], &byte, 1);
    while (n < 0 && errno == EINTR);
    sched_leave_syscall(c->g);
    native_ret_int(c, byte);
    return NATIVE_OK;
}

static bool valid(int64_t number) { return number > 0 && number < SIGNALS; }

static void set(int number, void (*handler)(int)) {
    struct sigaction sa = {.sa_handler = handler, .sa_flags = SA_RESTART | SA_ONSTACK};
    sigaction(number, &sa, caught[number] ? NULL : &before[number]);
    caught[number] = true;
}

static NativeStatus catch_signal(NativeCall *c) {
    int64_t number = native_int(c);
    if (valid(number)) set((int)number, on_signal);
    return NATIVE_OK;
}

static NativeStatus ignore_signal(NativeCall *c) {
    int64_t number = native_int(c);
    if (valid(number)) set((int)number, SIG_IGN);
    return NATIVE_OK;
}

static NativeStatus restore_signal(NativeCall *c) {
    int64_t number = native_int(c);
    if (valid(number) && caught[number]) {
        sigaction((int)number, &before[number], NULL);
        caught[number] = false;
    }
    return NATIVE_OK;
}

static NativeStatus is_ignored(NativeCall *c) {
    int64_t number = native_int(c);
    struct sigaction sa = {0};
    native_ret_bool(c, valid(number) && sigaction((int)number, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN);
    return NATIVE_OK;
}

extern const NativeDef os_signal_natives[];
const NativeDef os_signal_natives[] = {
    {"start", start},
    {"wait", wait_signal},
    {"catch", catch_signal},
    {"ignore", ignore_signal},
    {"restore", restore_signal},
    {"isIgnored", is_ignored},
    {NULL, NULL},
};
