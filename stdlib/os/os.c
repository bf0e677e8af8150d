// SPDX-License-Identifier: MIT
// os.c: natives of package os. Calls that may block are bracketed, so that
// their processor runs other goroutines meanwhile. Buffers of the collected
// heap never move, and stay reachable from the native's arguments.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
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
    while (n < 0 && errno == EINTR && !sched_interrupted(c->g));
    int e = errno;
    sched_leave_syscall(c->g);
    errno = e;
    ret_result(c, n);
    return NATIVE_OK;
}

int64_t (*_Atomic stdlib_output_tag)(const G *g);

enum { TAGGED_MAX = 4096 - 64 }; // with its mark, a pipe takes it at once or not at all

static ssize_t write_tagged(int fd, int64_t who, const char *p, size_t n) {
    char mark[64];
    if (n > TAGGED_MAX) n = TAGGED_MAX;
    int len = snprintf(mark, sizeof mark, "%c%lld,%zu%c", TAG_BEGIN, (long long)who, n, TAG_END);
    struct iovec parts[2] = {{mark, (size_t)len}, {(void *)(uintptr_t)p, n}};
    return writev(fd, parts, 2) < 0 ? -1 : (ssize_t)n;
}

static int64_t tag_of(const G *g, int fd, int64_t off) {
    int64_t (*tag)(const G *) = off < 0 && (fd == STDOUT_FILENO || fd == STDERR_FILENO) ? atomic_load_explicit(&stdlib_output_tag, memory_order_relaxed) : NULL;
    return tag ? tag(g) : 0;
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
        int64_t who = tag_of(c->g, fd, off);
        ssize_t n = who ? write_tagged(fd, who, p, (size_t)(b.len - done)) : off < 0 ? write(fd, p, (size_t)(b.len - done)) : pwrite(fd, p, (size_t)(b.len - done), off + done);
        if (n < 0) {
            if (errno == EINTR && !sched_interrupted(c->g)) continue;
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

// A status of os.csp, and the error.
static void ret_stat(NativeCall *c, int r, const struct stat *st) {
    static const struct stat none;
    int e = r < 0 ? errno : 0;
    if (r < 0) st = &none;
    native_ret_int(c, st->st_size);
    native_ret_int(c, st->st_mode);
    native_ret_int(c, st->st_mtim.tv_sec);
    native_ret_int(c, st->st_mtim.tv_nsec);
    native_ret_int(c, (int64_t)st->st_dev);
    native_ret_int(c, (int64_t)st->st_ino);
    native_ret_int(c, st->st_uid);
    native_ret_int(c, st->st_gid);
    native_ret_int(c, (int64_t)st->st_nlink);
    native_ret_int(c, e);
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
    int64_t mode = native_int(c), other = native_int(c);
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
    case 11: r = chown(a, (uid_t)mode, (gid_t)other); break;
    case 12: r = lchown(a, (uid_t)mode, (gid_t)other); break;
    default: errno = EINVAL; break;
    }
    native_ret_int(c, r < 0 ? errno : 0);
    free(a);
    free(b);
    return NATIVE_OK;
}

// Operations on a descriptor, by number: see fdOp in os.csp.
static NativeStatus fd_op(NativeCall *c) {
    int64_t op = native_int(c);
    int fd = (int)native_int(c);
    int64_t a = native_int(c), b = native_int(c);
    int r = -1, e = EINVAL;
    sched_enter_syscall(c->g);
    switch (op) {
    case 0: r = fsync(fd); break;
    case 1: r = ftruncate(fd, a); break;
    case 2: r = fchmod(fd, (mode_t)a); break;
    case 3: r = fchdir(fd); break;
    case 4: r = fchown(fd, (uid_t)a, (gid_t)b); break;
    default: errno = EINVAL; break;
    }
    e = errno;
    sched_leave_syscall(c->g);
    native_ret_int(c, r < 0 ? e : 0);
    return NATIVE_OK;
}

static NativeStatus read_link(NativeCall *c) {
    char *path = path_of(native_str(c)), buf[4096];
    ssize_t n = readlink(path, buf, sizeof buf);
    int e = errno;
    free(path);
    native_ret_str(c, n > 0 ? str_make(current_p, buf, n) : (Str){"", 0});
    native_ret_int(c, n < 0 ? e : 0);
    return NATIVE_OK;
}

// Negative nanoseconds leave a time as it is.
static NativeStatus set_times(NativeCall *c) {
    char *path = path_of(native_str(c));
    struct timespec t[2];
    for (int i = 0; i < 2; i++) {
        t[i].tv_sec = native_int(c);
        t[i].tv_nsec = native_int(c);
        if (t[i].tv_nsec < 0) t[i].tv_nsec = UTIME_OMIT;
    }
    native_ret_int(c, utimensat(AT_FDCWD, path, t, 0) < 0 ? errno : 0);
    free(path);
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

// The names in a directory, each ended by NUL and behind a letter for its kind:
// 'A' plus the kind's bits in st_mode, which d_type has too.
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
            if (strcmp(x->d_name, ".") != 0 && strcmp(x->d_name, "..") != 0) {
                fputc('A' + x->d_type, f);
                fwrite(x->d_name, 1, strlen(x->d_name) + 1, f);
            }
        fclose(f);
    }
    if (d) closedir(d);
    native_ret_str(c, str_make(current_p, text ? text : "", (int64_t)n));
    native_ret_int(c, d ? 0 : e);
    free(text);
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

// --- processes

static char **vector_of(Slice list) { // malloc'ed, as are its strings; NULL-terminated
    char **v = calloc((size_t)list.len + 1, sizeof *v);
    const Str *strings = list.ptr;
    for (int64_t i = 0; v && i < list.len; i++) v[i] = path_of(strings[i]);
    return v;
}

static void free_vector(char **v) {
    for (char **p = v; p && *p; p++) free(*p);
    free(v);
}

// The child's descriptors 0, 1 ... Copies far above them come first, so that
// none is overwritten before it is used. Returns an error number.
enum { FIRST_COPY = 512 };

static int add_files(posix_spawn_file_actions_t *actions, Slice fds, int *copies) {
    const int64_t *want = fds.ptr;
    for (int64_t i = 0; i < fds.len; i++) copies[i] = -1;
    for (int64_t i = 0; i < fds.len; i++) {
        int to = (int)i;
        if (want[i] < 0) {
            posix_spawn_file_actions_addclose(actions, to);
            continue;
        }
        copies[i] = fcntl((int)want[i], F_DUPFD_CLOEXEC, FIRST_COPY);
        if (copies[i] < 0) return errno;
        posix_spawn_file_actions_adddup2(actions, copies[i], to);
    }
    return 0;
}

static void set_attributes(posix_spawnattr_t *attr, int64_t flags, int64_t pgid) {
    short set = POSIX_SPAWN_SETSIGMASK;
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(attr, &none);
    if (flags & 1) {
        set |= POSIX_SPAWN_SETPGROUP;
        posix_spawnattr_setpgroup(attr, (pid_t)pgid);
    }
    if (flags & 2) set |= POSIX_SPAWN_SETSID;
    posix_spawnattr_setflags(attr, set);
}

// startProcess(path string, argv, envv []string, dir string, fds []int, flags, pgid int) (pid, errno int)
static NativeStatus start_process(NativeCall *c) {
    char *path = path_of(native_str(c)), **argv = vector_of(native_slice(c)), **envv = vector_of(native_slice(c));
    char *dir = path_of(native_str(c));
    Slice fds = native_slice(c);
    int64_t flags = native_int(c), pgid = native_int(c);
    int *copies = malloc(((size_t)fds.len + 1) * sizeof *copies);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attr);
    if (*dir) posix_spawn_file_actions_addchdir_np(&actions, dir);
    set_attributes(&attr, flags, pgid);
    pid_t pid = 0;
    int e = add_files(&actions, fds, copies);
    sched_enter_syscall(c->g);
    if (!e) e = posix_spawn(&pid, path, &actions, &attr, argv, envv);
    sched_leave_syscall(c->g);
    for (int64_t i = 0; i < fds.len; i++)
        if (copies[i] >= 0) close(copies[i]);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attr);
    native_ret_int(c, pid);
    native_ret_int(c, e);
    free(copies);
    free(path);
    free(dir);
    free_vector(argv);
    free_vector(envv);
    return NATIVE_OK;
}

static int64_t microseconds(struct timeval t) { return (int64_t)t.tv_sec * 1000000 + t.tv_usec; }

static NativeStatus wait_process(NativeCall *c) {
    pid_t pid = (pid_t)native_int(c), r;
    int status = 0;
    struct rusage usage = {0};
    sched_enter_blocking(c->g);
    do r = wait4(pid, &status, 0, &usage);
    while (r < 0 && errno == EINTR);
    int e = errno;
    sched_leave_syscall(c->g);
    native_ret_int(c, status);
    native_ret_int(c, microseconds(usage.ru_utime));
    native_ret_int(c, microseconds(usage.ru_stime));
    native_ret_int(c, usage.ru_maxrss);
    native_ret_int(c, r < 0 ? e : 0);
    return NATIVE_OK;
}

const NativeDef os_natives[] = {
    {"exit", run_exit},
    {"runtimeArgs", args},
    {"Environ", environment},
    {"LookupEnv", get_env},
    {"hostname", host_name},
    {"getwd", get_wd},
    {"sysOpen", sys_open},
    {"sysRead", sys_read},
    {"sysWrite", sys_write},
    {"sysClose", sys_close},
    {"sysSeek", sys_seek},
    {"sysStat", sys_stat},
    {"sysFstat", sys_fstat},
    {"pathOp", path_op},
    {"fdOp", fd_op},
    {"readLink", read_link},
    {"setTimes", set_times},
    {"readNames", read_names},
    {"pipe", make_pipe},
    {"startProcess", start_process},
    {"waitProcess", wait_process},
    {NULL, NULL},
};
