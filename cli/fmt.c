// SPDX-License-Identifier: MIT
// fmt.c: the command csp fmt: which files, and what becomes of the result.
//
// A file that is written anew is never seen half written: the text goes to a file
// beside it, which then takes its name and has its mode.
#define _GNU_SOURCE
#include "cli/fmt.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/diff.h"
#include "cli/files.h"
#include "compiler/format.h"

enum { FMT_FAILED = 2 };

typedef struct FmtText {
    char *at; // a NUL stands behind it
    size_t len, cap;
} FmtText;

static int complain(const char *path, const char *why) {
    fflush(stdout);
    files_bad(path, why);
    return FMT_FAILED;
}

// --- reading and writing

// NULL: done; else why not.
static const char *read_all(int fd, FmtText *t) {
    t->len = 0;
    for (;;) {
        if (t->cap - t->len < 2) t->at = files_must(realloc(t->at, t->cap = t->cap ? t->cap * 2 : 1 << 16));
        ssize_t n = read(fd, t->at + t->len, t->cap - t->len - 1);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return strerror(errno);
        t->len += (size_t)n;
        t->at[t->len] = 0;
        if (n == 0) return NULL;
        if (t->len > FILES_MOST_BYTES) return "file too large (limit is 64 MB)";
    }
}

static const char *read_file(const char *path, FmtText *t) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return strerror(errno);
    const char *why = read_all(fd, t);
    close(fd);
    return why;
}

static bool write_all(int fd, const char *p, size_t n) {
    while (n > 0) {
        ssize_t some = write(fd, p, n);
        if (some < 0 && errno == EINTR) continue;
        if (some < 0) return false;
        p += some;
        n -= (size_t)some;
    }
    return true;
}

static bool write_beside(int fd, const struct stat *st, const char *text, size_t len) {
    if (fchown(fd, st->st_uid, st->st_gid) != 0) errno = 0; // who may write here may own it
    return write_all(fd, text, len) && fchmod(fd, st->st_mode & 07777) == 0;
}

// path is no symbolic link.
static bool replace_file(const char *path, const char *text, size_t len) {
    struct stat st;
    char *other;
    if (stat(path, &st) != 0 || access(path, W_OK) != 0) return false;
    if (!S_ISREG(st.st_mode)) return errno = EINVAL, false; // a device or a pipe is not for replacing
    if (asprintf(&other, "%s.XXXXXX", path) < 0) files_must(NULL);
    int fd = mkostemp(other, O_CLOEXEC);
    bool made = fd >= 0, done = made && write_beside(fd, &st, text, len);
    if (made && close(fd) != 0) done = false;
    done = done && rename(other, path) == 0;
    int error = errno;
    if (made && !done) unlink(other);
    free(other);
    errno = error;
    return done;
}

// --- one text

static bool write_back(const char *path, const char *text, size_t len) {
    char *real = realpath(path, NULL);
    bool done = real && replace_file(real, text, len);
    free(real);
    return done;
}

static void print_diff(const char *path, const FmtText *t, const char *text, size_t len) {
    printf("diff %s.orig %s\n--- %s.orig\n+++ %s\n", path, path, path, path);
    diff_print(stdout, t->at, t->len, text, len);
}

static int emit(const FmtOptions *o, const char *path, const FmtText *t, const char *text, size_t len) {
    if (!o->list && !o->write && !o->diff) {
        fwrite(text, 1, len, stdout);
        return 0;
    }
    if (len == t->len && memcmp(text, t->at, len) == 0) return 0;
    if (o->list) puts(path);
    if (o->write && !write_back(path, text, len)) return complain(path, strerror(errno));
    if (o->diff) print_diff(path, t, text, len);
    return 0;
}

static int format_text(const FmtOptions *o, const char *path, const FmtText *t) {
    size_t len;
    source_forget();
    arena_start_over();
    source_reset_errors(o->all_errors, o->color);
    const char *text = format_source((Str){path, (int64_t)strlen(path)}, (Str){t->at, (int64_t)t->len}, &len);
    if (text) return emit(o, path, t, text, len);
    fflush(stdout);
    source_print_errors(stderr);
    return FMT_FAILED;
}

static int format_file(const FmtOptions *o, const char *path) {
    static FmtText t;
    const char *why = read_file(path, &t);
    return why ? complain(path, why) : format_text(o, path, &t);
}

static int format_input(const FmtOptions *o) {
    FmtText t = {0};
    if (o->write) return complain("fmt", "-w needs files, and standard input is none");
    const char *why = read_all(STDIN_FILENO, &t);
    int status = why ? complain("<stdin>", why) : format_text(o, "<stdin>", &t);
    free(t.at);
    return status;
}

// --- folders

static bool is_source(const struct dirent *e) { return e->d_name[0] != '.' && (files_ends_with(e->d_name, ".go") || files_ends_with(e->d_name, ".csp")); }

static bool is_folder(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int worse(int a, int b) { return a > b ? a : b; }

static int format_folder(const FmtOptions *o, const char *dir) {
    struct dirent **list;
    int n = scandir(dir, &list, NULL, alphasort), status = 0;
    if (n < 0) return complain(dir, strerror(errno));
    for (int i = 0; i < n; i++) {
        const char *name = list[i]->d_name;
        char *path;
        if (asprintf(&path, "%s/%s", strcmp(dir, "/") ? dir : "", name) < 0) files_must(NULL);
        bool itself = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
        if (!itself && is_folder(path)) status = worse(status, format_folder(o, path));
        else if (!itself && is_source(list[i])) status = worse(status, format_file(o, path));
        free(path);
        free(list[i]);
    }
    free(list);
    return status;
}

static int format_path(const FmtOptions *o, const char *path) {
    struct stat st;
    if (stat(path, &st) != 0) return complain(path, strerror(errno));
    return S_ISDIR(st.st_mode) ? format_folder(o, path) : format_file(o, path);
}

int fmt_run(const FmtOptions *o, int npaths, char *const *paths) {
    int status = npaths ? 0 : format_input(o);
    for (int i = 0; i < npaths; i++) status = worse(status, format_path(o, paths[i]));
    if (fflush(stdout) != 0) status = complain("standard output", strerror(errno));
    return status;
}
