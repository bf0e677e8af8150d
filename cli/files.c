// SPDX-License-Identifier: MIT
// files.c: which source files are meant by the words of a command line.
#define _GNU_SOURCE
#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "compiler/build_tags.h"

int files_bad(const char *path, const char *why) {
    fprintf(stderr, "csp: %s: %s\n", path, why);
    return FILES_BAD;
}

void *files_must(void *p) {
    if (p) return p;
    fputs("csp: out of memory\n", stderr);
    exit(FILES_NO_MEMORY);
}

void files_add(Files *f, char *path) {
    f->at = files_must(realloc(f->at, (size_t)(f->len + 1) * sizeof *f->at));
    f->at[f->len++] = path;
}

bool files_ends_with(const char *s, const char *end) {
    size_t n = strlen(s), m = strlen(end);
    return n > m && strcmp(s + n - m, end) == 0;
}

bool files_is_test(const char *path) { return files_ends_with(path, "_test.go") || files_ends_with(path, "_test.csp"); }

static bool is_source_name(const char *s, bool tests) {
    return s[0] != '.' && s[0] != '_' && (tests || !files_is_test(s)) && (files_ends_with(s, ".go") || files_ends_with(s, ".csp"));
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int files_add_folder(Files *f, const char *dir, bool tests) {
    DIR *d = opendir(dir);
    if (!d) return files_bad(dir, strerror(errno));
    int first = f->len;
    for (struct dirent *e; (e = readdir(d));) {
        if (!is_source_name(e->d_name, tests)) continue;
        char *path;
        if (asprintf(&path, "%s/%s", strcmp(dir, "/") ? dir : "", e->d_name) < 0) files_must(NULL);
        if (build_tags_admit(path)) files_add(f, path);
        else free(path);
    }
    closedir(d);
    if (f->len == first) return files_bad(dir, "no .csp or .go files in this directory");
    qsort(f->at + first, (size_t)(f->len - first), sizeof *f->at, by_name);
    return 0;
}

// Files that are plainly no text get one sentence instead of ten errors. A
// stray NUL further in is the lexer's business.
static const char *not_text(const char *path) {
    unsigned char head[64];
    FILE *f = fopen(path, "rb");
    if (!f) return strerror(errno);
    size_t n = fread(head, 1, sizeof head, f);
    fclose(f);
    bool elf = n >= 4 && memcmp(head, "\177ELF", 4) == 0;
    bool utf16 = n >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff));
    if (utf16) return "not UTF-8 text (it looks like UTF-16)";
    return elf || memchr(head, 0, n) ? "binary file, not source text" : NULL;
}

int files_add_path(Files *f, char *path) {
    struct stat st;
    if (stat(path, &st) != 0) return files_bad(path, strerror(errno));
    if (S_ISDIR(st.st_mode)) return files_add_folder(f, path, false);
    if (S_ISREG(st.st_mode)) {
        const char *why = not_text(path);
        if (!why && st.st_size > FILES_MOST_BYTES) why = "file too large (limit is 64 MB)";
        if (why) return files_bad(path, why);
    }
    files_add(f, path);
    return 0;
}

void files_find_folders(Files *folders, const char *dir, bool top, bool tests) {
    DIR *d = opendir(dir);
    if (!d) return;
    bool holds = false;
    Files below = {0};
    for (struct dirent *e; (e = readdir(d));) {
        const char *n = e->d_name;
        char *path;
        struct stat st;
        if (n[0] == '.' || n[0] == '_') continue;
        if (!top && strcmp(n, "go.mod") == 0) { // another module
            closedir(d);
            return;
        }
        if (asprintf(&path, "%s/%s", dir, n) < 0) files_must(NULL);
        if (stat(path, &st) != 0) continue;
        if (S_ISDIR(st.st_mode) && strcmp(n, "testdata") != 0 && strcmp(n, "vendor") != 0) files_add(&below, path);
        else if (S_ISREG(st.st_mode)) holds |= is_source_name(n, tests);
    }
    closedir(d);
    char *self = strdup(dir);
    if (holds) files_add(folders, files_must(self));
    if (below.len) qsort(below.at, (size_t)below.len, sizeof *below.at, by_name);
    for (int i = 0; i < below.len; i++) files_find_folders(folders, below.at[i], false, tests);
}

