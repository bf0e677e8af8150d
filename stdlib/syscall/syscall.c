// SPDX-License-Identifier: MIT
// syscall.c: natives of package syscall.
#define _GNU_SOURCE // strerrordesc_np
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "runtime/str.h"
#include "vm/native.h"

static bool small(char c) { return c >= 'a' && c <= 'z'; }

// The empty text for numbers that mean nothing. Texts begin with a small
// letter, as Go's do, where no abbreviation stands.
static NativeStatus error_text(NativeCall *c) {
    int number = (int)native_int(c);
    const char *s = number ? strerrordesc_np(number) : NULL;
    Str text = s ? str_make(current_p, s, (int64_t)strlen(s)) : (Str){"", 0};
    if (text.len > 1 && s[0] >= 'A' && s[0] <= 'Z' && (small(s[1]) || s[1] == ' ')) *(char *)text.ptr |= 0x20;
    native_ret_str(c, text);
    return NATIVE_OK;
}

static NativeStatus send_signal(NativeCall *c) {
    pid_t pid = (pid_t)native_int(c);
    native_ret_int(c, kill(pid, (int)native_int(c)) < 0 ? errno : 0);
    return NATIVE_OK;
}

static NativeStatus ids(NativeCall *c) {
    native_ret_int(c, getpid());
    native_ret_int(c, getppid());
    native_ret_int(c, getuid());
    native_ret_int(c, getgid());
    native_ret_int(c, geteuid());
    native_ret_int(c, getegid());
    return NATIVE_OK;
}

extern const NativeDef syscall_natives[];
const NativeDef syscall_natives[] = {
    {"errorText", error_text},
    {"kill", send_signal},
    {"ids", ids},
    {NULL, NULL},
};
