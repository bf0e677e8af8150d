// SPDX-License-Identifier: MIT
// c_source.c: where C text comes from: the comment above import "C", headers
// through the system's preprocessor, and the companion object.
//
// A preamble without #include or conditions needs no C compiler. Others go
// through "cc -E -dD" once; the output is kept in the user's cache directory
// under a hash of text and flags, with size and time of every header it read,
// and is used again while those are unchanged. What has no symbol in a library
// (functions and variables defined in the preamble, inline functions) is
// compiled into a small shared object, cached likewise.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compiler/build_tags.h"
#include "compiler/c_impl.h"

extern char **environ;

enum { CACHE_FORMAT = 1 };
#define PREAMBLE_NAME "<csp preamble>"

// --- files and programs

static bool read_whole(const char *path, Str *out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0) return false;
    bool ok = fstat(fd, &st) == 0;
    char *buf = ok ? arena_alloc((size_t)st.st_size + 1) : NULL;
    int64_t len = 0;
    for (ssize_t n; ok && len < st.st_size; len += n)
        if ((n = read(fd, buf + len, (size_t)(st.st_size - len))) <= 0) ok = false;
    close(fd);
    *out = (Str){buf, len};
    return ok;
}

static bool write_whole(const char *path, const Str *parts, int n) {
    FILE *f = fopen(path, "wb");
    if (!f) return false;
    bool ok = true;
    for (int i = 0; i < n; i++) ok &= fwrite(parts[i].ptr, 1, (size_t)parts[i].len, f) == (size_t)parts[i].len;
    return (fclose(f) == 0) & ok;
}

typedef struct Words { const char **at; uint32_t len, cap; } Words;

static void add_word(Words *w, const char *s) {
    if (w->len + 1 >= w->cap) {
        uint32_t cap = w->cap ? w->cap * 2 : 32;
        const char **at = ARENA_ARRAY(const char *, cap);
        if (w->len) memcpy(at, w->at, w->len * sizeof *at);
        w->at = at;
        w->cap = cap;
    }
    w->at[w->len++] = s;
    w->at[w->len] = NULL;
}

static const char *cc_name(void) {
    const char *cc = getenv("CC");
    return cc && *cc ? cc : "cc";
}

// Runs a program with its output in files; its exit status, or -1 when it is
// not there.
static int run(Words *argv, const char *out, const char *err) {
    posix_spawn_file_actions_t fa;
    posix_spawn_file_actions_init(&fa);
    posix_spawn_file_actions_addopen(&fa, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&fa, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&fa, 2, err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t pid;
    int e = posix_spawnp(&pid, argv->at[0], &fa, NULL, (char *const *)argv->at, environ), status = 0;
    posix_spawn_file_actions_destroy(&fa);
    if (e) return -1;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

// --- the cache directory

static bool make_dirs(char *path) {
    for (char *s = path + 1;; s++) {
        char c = *s;
        if (c != '/' && c) continue;
        *s = 0;
        bool ok = mkdir(path, 0700) == 0 || errno == EEXIST;
        *s = c;
        if (!ok) return false;
        if (!c) return true;
    }
}

// "" when there is none that can be written.
static const char *cache_dir(void) {
    static char dir[4096]; // not in the arena, which may be taken back
    static bool known;
    if (known) return dir;
    known = true;
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    char *path = NULL;
    if (base && *base == '/') path = arena_printf("%s/csp/ffi", base);
    else if (home && *home == '/') path = arena_printf("%s/.cache/csp/ffi", home);
    if (path && strlen(path) < sizeof dir && make_dirs(path) && access(path, W_OK) == 0) strcpy(dir, path);
    return dir;
}

typedef struct Hash { uint64_t a, b; } Hash;

static void hash_bytes(Hash *h, const char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        h->a = (h->a ^ (unsigned char)p[i]) * UINT64_C(0x100000001b3);
        h->b = (h->b + (unsigned char)p[i]) * UINT64_C(0x9E3779B97F4A7C15);
        h->b ^= h->b >> 29;
    }
}

static void hash_text(Hash *h, const char *s) { hash_bytes(h, s, strlen(s) + 1); }

static Hash hash_begin(const char *what) {
    Hash h = {UINT64_C(0xcbf29ce484222325), CACHE_FORMAT};
    hash_text(&h, what);
    hash_text(&h, CSP_VERSION);
    hash_text(&h, cc_name());
    return h;
}

static const char *cache_path(Hash h, const char *suffix) { return arena_printf("%s/%016llx%016llx%s", cache_dir(), (unsigned long long)h.a, (unsigned long long)h.b, suffix); }

// A folder of this run for the files that a program reads and writes.
static const char *work_dir(void) {
    const char *tmp = getenv("TMPDIR");
    char *dir = arena_printf("%s/csp-ffi-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    return mkdtemp(dir);
}

static void remove_work(const char *dir) {
    static const char *const names[] = {"in.c", "out", "err", "so", "_cgo_export.h"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) unlink(arena_printf("%s/%s", dir, names[i]));
    for (int i = 0; i < 64 && unlink(arena_printf("%s/%d.c", dir, i)) == 0; i++) {}
    rmdir(dir);
}

// --- #cgo lines

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// One word of a build constraint: "linux,amd64,!cgo".
static bool term_holds(const char *p, const char *end) {
    while (p < end) {
        const char *e = memchr(p, ',', (size_t)(end - p));
        if (!e) e = end;
        bool not = *p == '!';
        p += not;
        if (build_tag_holds(p, (size_t)(e - p)) == not) return false;
        p = e + 1;
    }
    return true;
}

static const char *source_dir(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *dir = slash ? arena_printf("%.*s", (int)(slash - path), path) : ".";
    char full[4096];
    return realpath(dir, full) ? arena_printf("%s", full) : dir;
}

static void split_flags(Words *out, const char *p, const char *end, const char *srcdir) {
    while (p < end) {
        while (p < end && (is_blank(*p) || *p == '\n')) p++;
        if (p >= end) return;
        char *word = arena_alloc((size_t)(end - p) + 1 + strlen(srcdir) * 4), *o = word, quote = 0;
        for (; p < end && (quote || (!is_blank(*p) && *p != '\n')); p++) {
            if (quote ? *p == quote : *p == '"' || *p == '\'') quote = quote ? 0 : *p;
            else if (*p == '\\' && p + 1 < end) *o++ = *++p;
            else if (end - p >= 9 && memcmp(p, "${SRCDIR}", 9) == 0 && (size_t)(o - word) + strlen(srcdir) < (size_t)(end - p) + strlen(srcdir) * 4) {
                o = stpcpy(o, srcdir);
                p += 8;
            } else *o++ = *p;
        }
        add_word(out, word);
    }
}

static void sort_flags(CUnit *u, Words *w) {
    for (uint32_t i = 0; i < w->len; i++) {
        const char *f = w->at[i];
        if (strncmp(f, "-l", 2) == 0 || strncmp(f, "-L", 2) == 0 || strncmp(f, "-Wl,", 4) == 0) VEC_PUSH(&u->ldflags, f);
        else VEC_PUSH(&u->cflags, f);
    }
}

// pkg-config is asked once for each list of packages; its answer is kept while
// the .pc files are as they were.
static bool ask_pkg_config(const Words *packages, Str *answer, Pos pos) {
    Hash h = hash_begin("pkg-config");
    const char *path = getenv("PKG_CONFIG_PATH"), *tool = getenv("PKG_CONFIG");
    if (!tool || !*tool) tool = "pkg-config";
    hash_text(&h, path ? path : "");
    hash_text(&h, tool);
    for (uint32_t i = 0; i < packages->len; i++) hash_text(&h, packages->at[i]);
    const char *kept = cache_path(h, ".flags");
    Str have;
    if (*cache_dir() && read_whole(kept, &have)) { // time and path of a .pc file, one a line; then the flags
        const char *p = have.ptr, *end = p + have.len;
        bool fresh = true;
        long long when;
        int at;
        char file[1024];
        while (fresh && p < end && sscanf(p, "%lld %1023s\n%n", &when, file, &at) == 2) {
            struct stat st;
            fresh = stat(file, &st) == 0 && (long long)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec == when;
            p = memchr(p, '\n', (size_t)(end - p)) + 1;
        }
        if (fresh && p < end && *p == '=') {
            *answer = (Str){p + 1, end - p - 1};
            return true;
        }
    }
    const char *dir = work_dir();
    if (!dir) return source_error(pos, "#cgo pkg-config: cannot make a folder for temporary files"), false;
    const char *out = arena_printf("%s/out", dir), *err = arena_printf("%s/err", dir);
    Words argv = {0};
    add_word(&argv, tool);
    add_word(&argv, "--cflags");
    add_word(&argv, "--libs");
    for (uint32_t i = 0; i < packages->len; i++) add_word(&argv, packages->at[i]);
    int status = run(&argv, out, err);
    Str text = {"", 0}, why = {"", 0};
    read_whole(out, &text);
    read_whole(err, &why);
    if (status == 0 && *cache_dir()) {
        char *list = arena_printf("%s", "");
        for (uint32_t i = 0; i < packages->len; i++) {
            Words ask = {0};
            add_word(&ask, tool);
            add_word(&ask, "--variable=pcfiledir");
            add_word(&ask, packages->at[i]);
            Str where;
            struct stat st;
            if (run(&ask, out, err) != 0 || !read_whole(out, &where) || where.len < 2) continue;
            char *pc = arena_printf("%.*s/%s.pc", (int)where.len - 1, where.ptr, packages->at[i]);
            if (stat(pc, &st) == 0) list = arena_printf("%s%lld %s\n", list, (long long)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec, pc);
        }
        Str parts[] = {{list, (int64_t)strlen(list)}, {"=", 1}, text};
        const char *fresh = arena_printf("%s.%d", kept, (int)getpid());
        if (write_whole(fresh, parts, 3)) rename(fresh, kept);
    }
    remove_work(dir);
    if (status == 0) {
        *answer = text;
        return true;
    }
    if (status < 0) source_error(pos, "#cgo pkg-config: there is no program %s; install it, or write LDFLAGS and CFLAGS instead", tool);
    else source_error(pos, "#cgo pkg-config: %.*s", (int)(why.len ? why.len - 1 : 0), why.ptr);
    return false;
}

static void cgo_line(CUnit *u, const char *p, const char *end, const char *srcdir, Pos pos) {
    const char *colon = memchr(p, ':', (size_t)(end - p));
    if (!colon) {
        source_error(pos, "malformed #cgo line: no colon");
        u->failed = true;
        return;
    }
    Words head = {0}, flags = {0};
    split_flags(&head, p, colon, srcdir);
    split_flags(&flags, colon + 1, end, srcdir);
    if (!head.len) return;
    bool holds = head.len == 1;
    for (uint32_t i = 0; i + 1 < head.len; i++) holds |= term_holds(head.at[i], head.at[i] + strlen(head.at[i]));
    if (!holds) return;
    const char *what = head.at[head.len - 1];
    if (strcmp(what, "CFLAGS") == 0 || strcmp(what, "CPPFLAGS") == 0) {
        for (uint32_t i = 0; i < flags.len; i++) VEC_PUSH(&u->cflags, flags.at[i]);
    } else if (strcmp(what, "LDFLAGS") == 0) {
        for (uint32_t i = 0; i < flags.len; i++) VEC_PUSH(&u->ldflags, flags.at[i]);
    } else if (strcmp(what, "pkg-config") == 0) {
        Str answer;
        if (!ask_pkg_config(&flags, &answer, pos)) {
            u->failed = true;
            return;
        }
        Words all = {0};
        split_flags(&all, answer.ptr, answer.ptr + answer.len, srcdir);
        sort_flags(u, &all);
    } else if (strcmp(what, "CXXFLAGS") != 0 && strcmp(what, "FFLAGS") != 0 && strcmp(what, "noescape") != 0 && strcmp(what, "nocallback") != 0) {
        source_error(pos, "invalid #cgo line: unknown word %s", what);
        u->failed = true;
    }
}

// --- the comment's text

// Blanks out comment marks; lines and columns stay.
static char *strip_marks(Str comment) {
    char *t = arena_alloc((size_t)comment.len + 2);
    memcpy(t, comment.ptr, (size_t)comment.len);
    for (char *p = t, *end = t + comment.len; p < end;) {
        if (p[0] == '/' && p[1] == '/') {
            p[0] = p[1] = ' ';
            while (p < end && *p != '\n') p++;
        } else if (p[0] == '/' && p[1] == '*') {
            p[0] = p[1] = ' ';
            char *close = memmem(p, (size_t)(end - p), "*/", 2);
            if (!close) return t;
            close[0] = close[1] = ' ';
            p = close + 2;
        } else {
            p++;
        }
    }
    t[comment.len] = '\n'; // a directive may end the comment
    return t;
}

static bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

static void add_fast(CUnit *u, const char *p, const char *end) {
    while (p < end) {
        while (p < end && !is_name_char(*p)) p++;
        const char *e = p;
        while (e < end && is_name_char(*e)) e++;
        if (e > p) VEC_PUSH(&u->fast, name_intern(p, (size_t)(e - p)));
        p = e;
    }
}

// "//csp:fast f g" names functions; alone on its line it means the function
// declared next.
static void find_fast(CUnit *u, const char *p, const char *end) {
    for (const char *m; (m = memmem(p, (size_t)(end - p), "//csp:fast", 10)); p = m) {
        m += 10;
        const char *line = memchr(m, '\n', (size_t)(end - m));
        if (!line) line = end;
        uint32_t before = u->fast.len;
        add_fast(u, m, line);
        if (u->fast.len > before) continue;
        const char *paren = memchr(line, '(', (size_t)(end - line));
        if (!paren) return;
        const char *e = paren;
        while (e > line && is_blank(e[-1])) e--;
        const char *s = e;
        while (s > line && is_name_char(s[-1])) s--;
        add_fast(u, s, e);
    }
}

// Takes #cgo lines out; tells whether the rest needs a preprocessor.
static bool take_directives(CUnit *u, char *text, char *end, const char *srcdir, Pos pos) {
    bool needs = false;
    for (char *p = text; p < end;) {
        char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl ? nl : end, *s = p;
        while (s < stop && is_blank(*s)) s++;
        if (s < stop && *s == '#') {
            char *w = s + 1;
            while (w < stop && is_blank(*w)) w++;
            size_t n = (size_t)(stop - w);
            if (n > 3 && memcmp(w, "cgo", 3) == 0 && is_blank(w[3])) {
                cgo_line(u, w + 3, stop, srcdir, pos + (Pos)(s - text));
                memset(s, ' ', (size_t)(stop - s));
            } else if (!(n > 6 && memcmp(w, "define", 6) == 0) && !(n > 5 && memcmp(w, "undef", 5) == 0) && !(n > 6 && memcmp(w, "pragma", 6) == 0)) {
                needs = true;
            }
        }
        p = stop + 1;
    }
    return needs;
}

// --- messages of the C compiler

static Pos preamble_pos(const CPreamble *pre, uint32_t line) {
    Location at = source_locate(pre->pos);
    if (!at.file || !line) return pre->pos;
    uint32_t off = pre->pos - at.file->base;
    for (line--; line && off < at.file->text.len; off++) line -= at.file->text.ptr[off] == '\n';
    while (off < at.file->text.len && is_blank(at.file->text.ptr[off])) off++;
    return at.file->base + off;
}

static void report_cc(CUnit *u, const CPreamble *own, Str err, Pos pos) {
    u->failed = true;
    int before = source_error_count();
    for (const char *p = err.ptr, *end = p + err.len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl ? nl : end;
        const char *msg = memmem(p, (size_t)(stop - p), "error: ", 7), *mark = memmem(p, (size_t)(stop - p), PREAMBLE_NAME, strlen(PREAMBLE_NAME));
        if (msg) {
            uint32_t line = 0, number = 0;
            if (mark) sscanf(mark + strlen(PREAMBLE_NAME), ".%u:%u", &number, &line);
            const CPreamble *pre = own ? own : mark && number < u->preambles.len ? &u->preambles.at[number] : NULL;
            Pos at = mark && pre ? preamble_pos(pre, line) : pos;
            const char *where = mark ? "" : arena_printf("%.*s", (int)(msg - p), p);
            source_error(at, "C compiler: %s%.*s", where, (int)(stop - msg - 7), msg + 7);
        }
        p = stop + 1;
    }
    if (source_error_count() == before) source_error(pos, "C compiler failed: %.*s", (int)(err.len > 2000 ? 2000 : err.len), err.ptr);
}

// --- preprocessing

static const char strings[] = "#ifndef CSP_GO_STRING\n#define CSP_GO_STRING\ntypedef struct _GoString_ { const char *p; long n; } _GoString_;\n"
                              "static inline unsigned long _GoStringLen(_GoString_ s) { return (unsigned long)s.n; }\n"
                              "static inline const char *_GoStringPtr(_GoString_ s) { return s.p; }\n#endif\n";

// What stands before a preamble: the string type of Go sources, when it is
// used, and whose text follows.
static const char *opening(const CPreamble *pre, uint32_t number) {
    bool used = memmem(pre->text.ptr, (size_t)pre->text.len, "_GoString", 9) != NULL;
    return arena_printf("%s# 1 \"" PREAMBLE_NAME ".%u\"\n", used ? strings : "", number);
}

// The files that preprocessed text names, as lines of the cache's header.
static const char *dependencies(Str text) {
    VEC(Str) seen = {0};
    char *list = arena_printf("%s", "");
    Str last = {NULL, 0};
    for (const char *p = text.ptr, *end = p + text.len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl ? nl : end;
        const char *q = *p == '#' && stop - p > 4 && p[1] == ' ' && p[2] >= '0' && p[2] <= '9' ? memchr(p, '"', (size_t)(stop - p)) : NULL;
        const char *e = q ? memchr(q + 1, '"', (size_t)(stop - q - 1)) : NULL;
        p = stop + 1;
        if (!e || q[1] == '<') continue;
        Str f = {q + 1, e - q - 1};
        bool known = last.len == f.len && memcmp(last.ptr, f.ptr, (size_t)f.len) == 0;
        last = f;
        for (uint32_t i = 0; i < seen.len && !known; i++) known = seen.at[i].len == f.len && memcmp(seen.at[i].ptr, f.ptr, (size_t)f.len) == 0;
        if (known) continue;
        VEC_PUSH(&seen, f);
        struct stat st;
        char *name = arena_printf("%.*s", (int)f.len, f.ptr);
        if (stat(name, &st) == 0) list = arena_printf("%s%lld %lld %s\n", list, (long long)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec, (long long)st.st_size, name);
    }
    return list;
}

// The text behind the list of headers, when none of them has changed.
static bool still_fresh(Str kept, Str *text) {
    for (const char *p = kept.ptr, *end = p + kept.len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        if (!nl) return false;
        if (*p == '=') {
            *text = (Str){nl + 1, end - nl - 1};
            return true;
        }
        long long when, size;
        int at = 0;
        char *line = arena_printf("%.*s", (int)(nl - p), p);
        if (sscanf(line, "%lld %lld %n", &when, &size, &at) < 2 || !at) return false;
        struct stat st;
        if (stat(line + at, &st) != 0 || st.st_size != size || (long long)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec != when) return false;
        p = nl + 1;
    }
    return false;
}

static void add_cflags(CUnit *u, Words *argv) {
    for (uint32_t i = 0; i < u->cflags.len; i++) add_word(argv, u->cflags.at[i]);
}

static bool preprocess(CUnit *u, CPreamble *pre, uint32_t number) {
    const char *srcdir = source_dir(pre->path);
    Hash h = hash_begin("preprocessed");
    hash_bytes(&h, pre->text.ptr, (size_t)pre->text.len);
    hash_text(&h, srcdir);
    for (uint32_t i = 0; i < u->cflags.len; i++) hash_text(&h, u->cflags.at[i]);
    const char *kept = cache_path(h, ".i");
    Str file;
    if (*cache_dir() && read_whole(kept, &file) && still_fresh(file, &pre->expanded)) return true;
    const char *dir = work_dir();
    if (!dir) return source_error(pre->pos, "cannot make a folder for temporary files: %s", strerror(errno)), false;
    const char *in = arena_printf("%s/in.c", dir), *out = arena_printf("%s/out", dir), *err = arena_printf("%s/err", dir);
    const char *mark = opening(pre, number);
    Str source[] = {{mark, (int64_t)strlen(mark)}, pre->text};
    write_whole(in, source, 2);
    Words argv = {0};
    add_word(&argv, cc_name());
    add_word(&argv, "-E");
    add_word(&argv, "-dD");
    add_word(&argv, "-I");
    add_word(&argv, srcdir);
    add_cflags(u, &argv);
    add_word(&argv, in);
    int status = run(&argv, out, err);
    Str why = {"", 0};
    read_whole(err, &why);
    bool ok = status == 0 && read_whole(out, &pre->expanded);
    remove_work(dir);
    if (status < 0) source_error(pre->pos, "the C preamble includes headers, and there is no C compiler '%s' to read them\n\tinstall one, or write the prototypes into the preamble, or check in the output of 'csp bind'", cc_name());
    else if (!ok) report_cc(u, pre, why, pre->pos);
    if (!ok) return false;
    if (*cache_dir()) {
        const char *deps = dependencies(pre->expanded), *fresh = arena_printf("%s.%d", kept, (int)getpid());
        Str parts[] = {{deps, (int64_t)strlen(deps)}, {"=\n", 2}, pre->expanded};
        if (write_whole(fresh, parts, 3)) rename(fresh, kept);
    }
    return true;
}

bool c_read_preamble(CUnit *u, Str comment, Pos pos, const char *path) {
    find_fast(u, comment.ptr, comment.ptr + comment.len);
    char *text = strip_marks(comment);
    uint32_t number = u->preambles.len;
    CPreamble pre = {.text = {text, comment.len + 1}, .path = path, .pos = pos};
    bool needs = take_directives(u, text, text + comment.len, source_dir(path), pos);
    if (u->failed) return false;
    if (needs && !preprocess(u, &pre, number)) {
        u->failed = true;
        return false;
    }
    VEC_PUSH(&u->preambles, pre);
    if (needs) c_parse(u, number, pre.expanded);
    else c_parse(u, number, c_expand(u, pre.text));
    return !u->failed;
}

// --- the companion object

static const char *export_stub(const char *name) {
#if defined(__x86_64__)
    return arena_printf("__attribute__((visibility(\"hidden\"))) void *csp_hidden_%s;\n"
                        "extern void *csp_export_%s __attribute__((alias(\"csp_hidden_%s\")));\n"
                        "__asm__(\".text\\n.globl %s\\n.type %s,@function\\n%s:\\n\\tjmp *csp_hidden_%s(%%rip)\\n\");\n",
                        name, name, name, name, name, name, name);
#else
    return arena_printf("__attribute__((visibility(\"hidden\"))) void *csp_hidden_%s;\n"
                        "extern void *csp_export_%s __attribute__((alias(\"csp_hidden_%s\")));\n"
                        "__asm__(\".text\\n.globl %s\\n.type %s,%%function\\n%s:\\n\\tadrp x16, csp_hidden_%s\\n\\tldr x16, [x16, #:lo12:csp_hidden_%s]\\n\\tbr x16\\n\");\n",
                        name, name, name, name, name, name, name, name);
#endif
}

// A preamble's own source: its text, and the addresses of what is static in it.
static Str companion_source(CUnit *u, uint32_t number) {
    CPreamble *pre = &u->preambles.at[number];
    char *tail = arena_printf("\n%s", pre->tail ? pre->tail : "");
    for (uint32_t i = 0; i < u->wanted.len; i++) {
        CDecl *d = u->wanted.at[i];
        if (d->preamble == number) tail = arena_printf("%svoid *const csp_address_%s = (void *)%s%s;\n", tail, d->name->text, d->kind == CDECL_VAR ? "&" : "", d->name->text);
    }
    const char *head = opening(pre, number);
    return (Str){arena_printf("%s%.*s%s", head, (int)pre->text.len, pre->text.ptr, tail), 0};
}

// Others never see half of a file under its final name.
static bool install(const char *from, const char *to) {
    if (rename(from, to) == 0) return true;
    Str bytes; // another file system
    const char *fresh = arena_printf("%s.%d", to, (int)getpid());
    return read_whole(from, &bytes) && write_whole(fresh, &bytes, 1) && rename(fresh, to) == 0;
}

// --- C files beside the package's own

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool has_suffix(const char *s, const char *end) {
    size_t n = strlen(s), m = strlen(end);
    return n > m && strcmp(s + n - m, end) == 0;
}

static void c_files(CUnit *u, Words *out, const char *suffix) {
    DIR *d = u->owner->c_dir ? opendir(u->owner->c_dir) : NULL;
    if (!d) return;
    char full[4096];
    const char *dir = realpath(u->owner->c_dir, full) ? full : u->owner->c_dir;
    for (struct dirent *e; (e = readdir(d));)
        if (e->d_name[0] != '.' && e->d_name[0] != '_' && has_suffix(e->d_name, suffix) && !has_suffix(e->d_name, "_test.c") && build_tags_admit(arena_printf("%s/%s", dir, e->d_name)))
            add_word(out, arena_printf("%s/%s", dir, e->d_name));
    closedir(d);
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_name);
}

static const char *exported_type(CUnit *u, Type *t) {
    int k = type_under(t)->kind;
    return k == KIND_STRING ? "GoString" : k == KIND_SLICE ? "GoSlice" : k == KIND_INTERFACE ? "GoInterface" : c_type_name(u, t);
}

static bool exports_something(CUnit *u, const CPreamble *pre) {
    const SourceFile *f = source_locate(pre->pos).file;
    for (uint32_t i = 0; i < u->exports.len; i++)
        if (f && source_locate(u->exports.at[i].pos).file == f) return true;
    return false;
}

// What cgo writes as _cgo_export.h: the preambles of files that export
// something, and what they export.
static Str export_header(CUnit *u) {
    char *text = arena_printf("%s", "#pragma once\n#include <stddef.h>\n");
    for (uint32_t i = 0; i < u->preambles.len; i++)
        if (exports_something(u, &u->preambles.at[i])) text = arena_printf("%s%s%.*s\n", text, opening(&u->preambles.at[i], i), (int)u->preambles.at[i].text.len, u->preambles.at[i].text.ptr);
    text = arena_printf("%stypedef signed char GoInt8; typedef unsigned char GoUint8; typedef short GoInt16; typedef unsigned short GoUint16; typedef int GoInt32; typedef unsigned int GoUint32;\n"
                        "typedef long long GoInt64; typedef unsigned long long GoUint64; typedef GoInt64 GoInt; typedef GoUint64 GoUint; typedef size_t GoUintptr; typedef float GoFloat32; typedef double GoFloat64;\n"
                        "%s"
                        "typedef _GoString_ GoString; typedef struct { void *data; GoInt len; GoInt cap; } GoSlice; typedef struct { void *t; void *v; } GoInterface;\n", text, strings);
    for (uint32_t i = 0; i < u->exports.len; i++) {
        Type *sig = u->exports.at[i].fn->type;
        const char *name = u->exports.at[i].name->text, *result = sig->nresults == 1 ? exported_type(u, sig->results[0]->type) : "void", *params = "";
        if (sig->nresults > 1) {
            text = arena_printf("%sstruct %s_return {", text, name);
            for (uint32_t k = 0; k < sig->nresults; k++) {
                const char *t = exported_type(u, sig->results[k]->type);
                text = arena_printf("%s %s r%u;", text, t ? t : "void *", k);
            }
            text = arena_printf("%s };\n", text);
            result = arena_printf("struct %s_return", name);
        }
        for (uint32_t k = 0; k < sig->nparams; k++) {
            const char *t = exported_type(u, sig->params[k]->type);
            params = arena_printf("%s%s%s", params, k ? ", " : "", t ? t : "void *");
        }
        text = arena_printf("%sextern %s %s(%s);\n", text, result ? result : "void", name, *params ? params : "void");
    }
    return (Str){text, (int64_t)strlen(text)};
}

static bool build_companion(CUnit *u, const char *dir, const char *object) {
    Words argv = {0};
    add_word(&argv, cc_name());
    static const char *const fixed[] = {"-shared", "-fPIC", "-O2", "-w"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) add_word(&argv, fixed[i]);
    for (uint32_t i = 0; i < u->preambles.len; i++) {
        add_word(&argv, "-I");
        add_word(&argv, source_dir(u->preambles.at[i].path));
    }
    add_cflags(u, &argv);
    add_word(&argv, "-I");
    add_word(&argv, dir);
    add_word(&argv, "-o");
    add_word(&argv, arena_printf("%s/so", dir));
    for (uint32_t i = 0; i < u->preambles.len; i++) {
        Str s = companion_source(u, i);
        s.len = (int64_t)strlen(s.ptr);
        const char *path = arena_printf("%s/%u.c", dir, i);
        if (!write_whole(path, &s, 1)) return false;
        add_word(&argv, path);
    }
    Words own = {0};
    c_files(u, &own, ".c");
    for (uint32_t i = 0; i < own.len; i++) add_word(&argv, own.at[i]);
    if (own.len) {
        Str header = export_header(u);
        write_whole(arena_printf("%s/_cgo_export.h", dir), &header, 1);
    }
    if (u->exports.len) {
        char *text = arena_printf("%s", "");
        for (uint32_t i = 0; i < u->exports.len; i++) text = arena_printf("%s%s", text, export_stub(u->exports.at[i].name->text));
        Str s = {text, (int64_t)strlen(text)};
        const char *path = arena_printf("%s/%u.c", dir, u->preambles.len);
        if (!write_whole(path, &s, 1)) return false;
        add_word(&argv, path);
    }
    for (uint32_t i = 0; i < u->ldflags.len; i++) add_word(&argv, u->ldflags.at[i]);
    const char *err = arena_printf("%s/err", dir);
    int status = run(&argv, arena_printf("%s/out", dir), err);
    if (status < 0) {
        source_error(u->pos, "the C preamble defines functions, and there is no C compiler '%s' to compile them", cc_name());
        return false;
    }
    if (status != 0) {
        Str why = {"", 0};
        read_whole(err, &why);
        report_cc(u, NULL, why, u->pos);
        return false;
    }
    return install(arena_printf("%s/so", dir), object);
}

bool c_probe(CUnit *u, uint32_t number, const char *tail, const char *mark, int32_t *value, const char **why) {
    CPreamble *pre = &u->preambles.at[number];
    Str text = pre->expanded.len ? pre->expanded : pre->text, kept;
    Hash h = hash_begin("probe");
    hash_bytes(&h, text.ptr, (size_t)text.len);
    hash_text(&h, tail);
    for (uint32_t i = 0; i < u->cflags.len; i++) hash_text(&h, u->cflags.at[i]);
    const char *answer = cache_path(h, ".probe");
    if (*cache_dir() && read_whole(answer, &kept) && kept.len == sizeof *value) {
        memcpy(value, kept.ptr, sizeof *value);
        return true;
    }
    const char *dir = work_dir();
    if (why) *why = "no folder for temporary files";
    if (!dir) return false;
    const char *in = arena_printf("%s/in.c", dir), *err = arena_printf("%s/err", dir), *so = arena_printf("%s/so", dir), *head = opening(pre, number);
    Str source[] = {{head, (int64_t)strlen(head)}, pre->text, {tail, (int64_t)strlen(tail)}};
    write_whole(in, source, 3);
    Words argv = {0};
    static const char *const fixed[] = {"-c", "-fPIC", "-O2", "-w", "-I"};
    add_word(&argv, cc_name());
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) add_word(&argv, fixed[i]);
    add_word(&argv, source_dir(pre->path));
    add_cflags(u, &argv);
    add_word(&argv, "-o");
    add_word(&argv, so);
    add_word(&argv, in);
    int status = run(&argv, arena_printf("%s/out", dir), err);
    Str said = {"", 0}, object = {"", 0};
    if (status != 0 && why) {
        read_whole(err, &said);
        const char *e = memmem(said.ptr, (size_t)said.len, "error: ", 7);
        const char *end = e ? memchr(e, '\n', (size_t)(said.ptr + said.len - e)) : NULL;
        *why = status < 0 ? arena_printf("there is no C compiler '%s'", cc_name()) : e ? arena_printf("%.*s", (int)(end ? end - e - 7 : 200), e + 7) : "the C compiler failed";
    }
    bool ok = status == 0 && read_whole(so, &object);
    const char *at = ok ? memmem(object.ptr, (size_t)object.len, mark, strlen(mark) + 1) : NULL;
    ok = at && at + PROBE_MARK + sizeof *value <= object.ptr + object.len;
    if (ok) memcpy(value, at + PROBE_MARK, sizeof *value);
    remove_work(dir);
    Str part = {(const char *)value, sizeof *value};
    const char *fresh = arena_printf("%s.%d", answer, (int)getpid());
    if (ok && *cache_dir() && write_whole(fresh, &part, 1)) rename(fresh, answer);
    return ok;
}

bool c_companion(CUnit *u, const char **object, bool *temporary) {
    *object = NULL;
    *temporary = false;
    Words own = {0};
    c_files(u, &own, ".c");
    bool needed = u->wanted.len || u->exports.len || own.len;
    for (uint32_t i = 0; i < u->preambles.len; i++) needed |= u->preambles.at[i].has_bodies || u->preambles.at[i].tail;
    if (!needed) return true;
    Hash h = hash_begin("object");
    for (uint32_t i = 0; i < u->preambles.len; i++) {
        Str s = u->preambles.at[i].expanded.len ? u->preambles.at[i].expanded : u->preambles.at[i].text;
        hash_bytes(&h, s.ptr, (size_t)s.len);
        hash_text(&h, u->preambles.at[i].tail ? u->preambles.at[i].tail : "");
    }
    if (own.len) c_files(u, &own, ".h");
    for (uint32_t i = 0; i < own.len; i++) {
        Str text;
        hash_text(&h, own.at[i]);
        if (read_whole(own.at[i], &text)) hash_bytes(&h, text.ptr, (size_t)text.len);
    }
    for (uint32_t i = 0; i < u->wanted.len; i++) hash_text(&h, u->wanted.at[i]->name->text);
    for (uint32_t i = 0; i < u->exports.len; i++) hash_text(&h, u->exports.at[i].name->text);
    for (uint32_t i = 0; i < u->cflags.len; i++) hash_text(&h, u->cflags.at[i]);
    for (uint32_t i = 0; i < u->ldflags.len; i++) hash_text(&h, u->ldflags.at[i]);
    *object = cache_path(h, ".so");
    if (*cache_dir() && access(*object, R_OK) == 0) return true;
    const char *dir = work_dir();
    if (!dir) return source_error(u->pos, "cannot make a folder for temporary files: %s", strerror(errno)), false;
    *temporary = !*cache_dir();
    if (*temporary) *object = arena_printf("%s.so", dir);
    bool ok = build_companion(u, dir, *object);
    remove_work(dir);
    return ok;
}
