// SPDX-License-Identifier: MIT
// build_tags.c: build constraints, as Go has them.
//
// Only for files that are found in a folder: a file that is named on the command
// line is wanted whatever it says. Of both forms of constraints in one file,
// //go:build counts.
#include "compiler/build_tags.h"

#include <stdio.h>
#include <string.h>

enum { HEAD = 16384 }; // bytes looked at

#if defined(__x86_64__)
#define MACHINE "amd64"
#else
#define MACHINE "arm64"
#endif

static bool is_one_of(const char *s, size_t n, const char *const *list) {
    for (; *list; list++)
        if (strlen(*list) == n && memcmp(*list, s, n) == 0) return true;
    return false;
}

static const char *const held[] = {"linux", "unix", MACHINE, "cgo", "gc", "csp", NULL};
static const char *const systems[] = {"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos", NULL};
static const char *const machines[] = {"386", "amd64", "amd64p32", "arm", "arm64", "arm64be", "armbe", "loong64", "mips", "mips64", "mips64le", "mips64p32", "mips64p32le", "mipsle", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64", "wasm", NULL};

bool build_tag_holds(const char *tag, size_t len) {
    if (len > 4 && memcmp(tag, "go1.", 4) == 0) {
        int minor = 0;
        for (size_t i = 4; i < len && tag[i] >= '0' && tag[i] <= '9' && minor < 1000; i++) minor = minor * 10 + (tag[i] - '0');
        return minor <= NEWEST_LANG;
    }
    return is_one_of(tag, len, held);
}

// --- names

static bool name_admits(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *end = name + strcspn(name, ".");
    const char *parts[2] = {NULL, NULL}; // the last two behind underscores, the last one first
    size_t lens[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        const char *p = end;
        while (p > name && p[-1] != '_') p--;
        if (p == name) break;
        parts[i] = p;
        lens[i] = (size_t)(end - p);
        end = p - 1;
    }
    if (!parts[0]) return true;
    bool machine = is_one_of(parts[0], lens[0], machines);
    if (machine && parts[1] && is_one_of(parts[1], lens[1], systems) && !build_tag_holds(parts[1], lens[1])) return false;
    return (!machine && !is_one_of(parts[0], lens[0], systems)) || build_tag_holds(parts[0], lens[0]);
}

// --- //go:build

typedef struct Constraint { const char *p, *end; } Constraint;

static bool is_tag_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; }

static bool take(Constraint *c, const char *what) {
    while (c->p < c->end && (*c->p == ' ' || *c->p == '\t')) c->p++;
    size_t n = strlen(what);
    if ((size_t)(c->end - c->p) < n || memcmp(c->p, what, n) != 0) return false;
    c->p += n;
    return true;
}

static bool any_of(Constraint *c, int depth);

static bool operand(Constraint *c, int depth) {
    if (depth > 100) return false;
    if (take(c, "!")) return !operand(c, depth + 1);
    if (take(c, "(")) {
        bool v = any_of(c, depth + 1);
        take(c, ")");
        return v;
    }
    const char *tag = c->p;
    while (c->p < c->end && is_tag_char(*c->p)) c->p++;
    return build_tag_holds(tag, (size_t)(c->p - tag));
}

static bool all_of(Constraint *c, int depth) {
    bool v = operand(c, depth);
    while (take(c, "&&")) v &= operand(c, depth);
    return v;
}

static bool any_of(Constraint *c, int depth) {
    bool v = all_of(c, depth);
    while (take(c, "||")) v |= all_of(c, depth);
    return v;
}

// --- // +build: alternatives between blanks, each of tags between commas

static bool old_line_holds(const char *p, const char *end) {
    while (p < end) {
        while (p < end && (*p == ' ' || *p == '\t' || *p == '\r')) p++;
        bool holds = p < end;
        while (p < end && *p != ' ' && *p != '\t' && *p != '\r') {
            bool not = *p == '!';
            p += not;
            const char *tag = p;
            while (p < end && is_tag_char(*p)) p++;
            holds &= build_tag_holds(tag, (size_t)(p - tag)) != not;
            if (p == tag || *p == ',') p++;
        }
        if (holds) return true;
    }
    return false;
}

// --- the head of a file

static const char *behind_block(const char *p, const char *end) {
    for (p += 2; p + 1 < end; p++)
        if (p[0] == '*' && p[1] == '/') return p + 2;
    return end;
}

static bool starts(const char *p, const char *end, const char *what) { return (size_t)(end - p) >= strlen(what) && memcmp(p, what, strlen(what)) == 0; }

static bool text_admits(const char *p, const char *end) {
    bool old = true;
    while (p < end) {
        while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')) p++;
        if (starts(p, end, "/*")) {
            p = behind_block(p, end);
            continue;
        }
        if (!starts(p, end, "//") && !starts(p, end, "#!")) break;
        const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl ? nl : end;
        if (starts(p, stop, "//go:build ")) return any_of(&(Constraint){p + 11, stop}, 0);
        const char *word = p + 2;
        while (word < stop && *word == ' ') word++;
        if (starts(word, stop, "+build ")) old &= old_line_holds(word + 7, stop);
        p = stop;
    }
    return old;
}

bool build_tags_admit(const char *path) {
    if (!name_admits(path)) return false;
    char head[HEAD];
    FILE *f = fopen(path, "rb");
    if (!f) return true; // whoever reads it will say so
    size_t n = fread(head, 1, sizeof head, f);
    fclose(f);
    return text_admits(head, head + n);
}
