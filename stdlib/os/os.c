// SPDX-License-Identifier: MIT
// os.c: natives of package os. Calls that may block are bracketed, so that
// their processor runs other goroutines meanwhile. Buffers of the collected
// heap never move, and stay reachable from the native's arguments.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/gc.h"
#include "runtime/sched.h"
#include "runtime/str.h"
#include "stdlib/stdlib.h"
#include "vm/native.h"

static char *path_of(Str s) { // malloc'ed, NUL-terminated
    char *p = malloc((size_t)s.len + 1);
    if (!p) return NULL;
    if (s.len) memcpy(p, s.ptr, (size_t)s.len);
    p[s.len] = 0;
    return p;
}

static NativeStatus run_exit(NativeCall *c) { sched_exit((int)native_int(c)); }

static NativeStatus args(NativeCall *c) {
    static const uint8_t map[1] = {1};
    static const TypeDesc str_type = {.size = 16, .kind = KIND_STRING, .align = 8, .ptr_words = 1, .ptr_map = map};
    char **argv;
    int n = stdlib_args(&argv);
    Str *list = gc_new_array(current_p, &str_type, n);
    for (int i = 0; i < n; i++) list[i] = str_make(current_p, argv[i], (int64_t)strlen(argv[i]));
    native_ret_slice(c, (Slice){list, n, n});
    return NATIVE_OK;
}

extern char **environ;

static NativeStatus environment(NativeCall *c) {
    static const uint8_t map[1] = {1};
    static const TypeDesc str_type = {.size = 16, .kind = KIND_STRING, .align = 8, .ptr_words = 1, .ptr_map = map};
    int n = 0;
    while (environ && environ[n]) n++;
    Str *list = gc_new_array(current_p, &str_type, n);
    for (int i = 0; i < n; i++) list[i] = str_make(current_p, environ[i], (int64_t)strlen(environ[i]));
    native_ret_slice(c, (Slice){list, n, n});
    return NATIVE_OK;
}

static void ret_result(NativeCall *c, int64_t v) {
    int e = v < 0 ? errno : 0;
    native_ret_int(c, v);
    native_ret_int(c, e);
}

static NativeStatus sys_open(NativeCall *c) {
    char *path = path_of(native_str(c));
    int flags = (int)native_int(c), mode = (int)native_int(c);
    sched_enter_syscall(c->g);
    int fd = open(path, flags | O_CLOEXEC, mode), e = errno;
    sched_leave_syscall(c->g);
    free(path);
    errno = e;
    ret_result(c, fd);
    return NATIVE_OK;
}

static NativeStatus sys_read(NativeCall *c) {
    int fd = (int)native_int(c);
    Slice b = native_slice(c);
    int64_t off = native_int(c);
    sched_enter_syscall(c->g);
    ssize_t n;
    do n = off < 0 ? read(fd, b.ptr, (size_t)b.len) : pread(fd, b.ptr, (size_t)b.len, off);
    while (n < 0 && errno == EINTR);
    int e = errno;
    sched_leave_syscall(c->g);
    errno = e;
    ret_result(c, n);
    return NATIVE_OK;
}

static NativeStatus sys_write(NativeCall *c) {
    int fd = (int)native_int(c);
    Slice b = native_slice(c);
    int64_t off = native_int(c);
    sched_enter_syscall(c->g);
    int64_t done = 0;
    int e = 0;
    while (done < b.len) {
        const char *p = (const char *)b.ptr + done;
        ssize_t n = off < 0 ? write(fd, p, (size_t)(b.len - done)) : pwrite(fd, p, (size_t)(b.len - done), off + done);
        if (n < 0) {
            if (errno == EINTR) continue;
            e = errno;
            break;
        }
        done += n;
    }
    sched_leave_syscall(c->g);
    native_ret_int(c, done);
    native_ret_int(c, e);
    return NATIVE_OK;
}

static NativeStatus sys_close(NativeCall *c) {
    native_ret_int(c, close((int)native_int(c)) < 0 ? errno : 0);
    return NATIVE_OK;
}

static NativeStatus sys_seek(NativeCall *c) {
    int fd = (int)native_int(c);
    int64_t off = native_int(c);
    ret_result(c, lseek(fd, off, (int)native_int(c)));
    return NATIVE_OK;
}

static void ret_stat(NativeCall *c, int r, const struct stat *st) {
    native_ret_int(c, r < 0 ? errno : 0);
    native_ret_int(c, r < 0 ? 0 : st->st_size);
    native_ret_int(c, r < 0 ? 0 : st->st_mode);
    native_ret_int(c, r < 0 ? 0 : st->st_mtim.tv_sec);
    native_ret_int(c, r < 0 ? 0 : st->st_mtim.tv_nsec);
}

static NativeStatus sys_stat(NativeCall *c) {
    char *path = path_of(native_str(c));
    bool follow = native_bool(c);
    struct stat st;
    int r = follow ? stat(path, &st) : lstat(path, &st);
    ret_stat(c, r, &st);
    free(path);
    return NATIVE_OK;
}

static NativeStatus sys_fstat(NativeCall *c) {
    struct stat st;
    int r = fstat((int)native_int(c), &st);
    ret_stat(c, r, &st);
    return NATIVE_OK;
}

// Operations on one or two paths, by number: see pathOp in os.csp.
static NativeStatus path_op(NativeCall *c) {
    int64_t op = native_int(c);
    char *a = path_of(native_str(c)), *b = path_of(native_str(c));
    int64_t mode = native_int(c);
    int r = -1;
    switch (op) {
    case 0: r = unlink(a); break;
    case 1: r = rmdir(a); break;
    case 2: r = mkdir(a, (mode_t)mode); break;
    case 3: r = rename(a, b); break;
    case 4: r = chdir(a); break;
    case 5: r = chmod(a, (mode_t)mode); break;
    case 6: r = setenv(a, b, 1); break;
    case 7: r = unsetenv(a); break;
    case 8: r = symlink(a, b); break;
    case 9: r = link(a, b); break;
    case 10: r = truncate(a, mode); break;
    default: errno = EINVAL; break;
    }
    native_ret_int(c, r < 0 ? errno : 0);
    free(a);
    free(b);
    return NATIVE_OK;
}

static NativeStatus get_env(NativeCall *c) {
    char *name = path_of(native_str(c));
    const char *v = getenv(name);
    free(name);
    native_ret_str(c, v ? str_make(current_p, v, (int64_t)strlen(v)) : (Str){"", 0});
    native_ret_bool(c, v != NULL);
    return NATIVE_OK;
}

static NativeStatus get_wd(NativeCall *c) {
    char buf[4096];
    const char *p = getcwd(buf, sizeof buf);
    native_ret_str(c, p ? str_make(current_p, p, (int64_t)strlen(p)) : (Str){"", 0});
    native_ret_int(c, p ? 0 : errno);
    return NATIVE_OK;
}

static NativeStatus host_name(NativeCall *c) {
    char buf[256] = "";
    int r = gethostname(buf, sizeof buf - 1);
    native_ret_str(c, str_make(current_p, buf, (int64_t)strlen(buf)));
    native_ret_int(c, r < 0 ? errno : 0);
    return NATIVE_OK;
}

// The names in a directory, each ended by NUL.
static NativeStatus read_names(NativeCall *c) {
    char *path = path_of(native_str(c));
    DIR *d = opendir(path);
    int e = errno;
    free(path);
    char *text = NULL;
    size_t n = 0;
    FILE *f = d ? open_memstream(&text, &n) : NULL;
    if (f) {
        for (struct dirent *x; (x = readdir(d));)
            if (strcmp(x->d_name, ".") != 0 && strcmp(x->d_name, "..") != 0) fwrite(x->d_name, 1, strlen(x->d_name) + 1, f);
        fclose(f);
    }
    if (d) closedir(d);
    native_ret_str(c, str_make(current_p, text ? text : "", (int64_t)n));
    native_ret_int(c, d ? 0 : e);
    free(text);
    return NATIVE_OK;
}

static NativeStatus ids(NativeCall *c) {
    native_ret_int(c, getpid());
    native_ret_int(c, getppid());
    native_ret_int(c, getuid());
    native_ret_int(c, getgid());
    return NATIVE_OK;
}

static NativeStatus make_pipe(NativeCall *c) {
    int fd[2] = {-1, -1};
    int r = pipe2(fd, O_CLOEXEC);
    native_ret_int(c, fd[0]);
    native_ret_int(c, fd[1]);
    native_ret_int(c, r < 0 ? errno : 0);
    return NATIVE_OK;
}

const NativeDef os_natives[] = {
    {"exit", run_exit}, {"runtimeArgs", args}, {"Environ", environment}, {"sysOpen", sys_open}, {"sysRead", sys_read},
    {"sysWrite", sys_write}, {"sysClose", sys_close}, {"sysSeek", sys_seek}, {"sysStat", sys_stat}, {"sysFstat", sys_fstat}, {"pathOp", path_op},
    {"LookupEnv", get_env}, {"getwd", get_wd}, {"hostname", host_name}, {"readNames", read_names}, {"ids", ids}, {"pipe", make_pipe}, {NULL, NULL}};
