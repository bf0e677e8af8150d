// SPDX-License-Identifier: MIT
// ffi_link.c: finding libraries and the C names of a program.
//
// A word -lfoo is looked for as libfoo.so in the folders of -L, of
// LD_LIBRARY_PATH and of the program's source, then as the newest libfoo.so.N
// that the loader's cache knows, then in the system's folders. So programs run
// without the development packages whose libfoo.so is only for the linker.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/base.h"
#include "runtime/sched.h"
#include "vm/ffi_impl.h"

typedef struct Library {
    void *handle;
    char *name;     // as it was asked for
    uint32_t unit;
} Library;

static Library *libraries;
static uint32_t nlibraries;

// --- names

static char *joined(const char *a, const char *b, const char *c) {
    size_t n = strlen(a) + strlen(b) + strlen(c) + 1;
    char *s = base_malloc(n);
    snprintf(s, n, "%s%s%s", a, b, c);
    return s;
}

// libfoo.so.10 is newer than libfoo.so.9.
static int compare_versions(const char *a, const char *b) {
    while (*a && *b) {
        if (*a >= '0' && *a <= '9' && *b >= '0' && *b <= '9') {
            char *ea, *eb;
            long x = strtol(a, &ea, 10), y = strtol(b, &eb, 10);
            if (x != y) return x < y ? -1 : 1;
            a = ea;
            b = eb;
        } else {
            if (*a != *b) return *a < *b ? -1 : 1;
            a++;
            b++;
        }
    }
    return *a ? 1 : *b ? -1 : 0;
}

static bool is_version_of(const char *file, const char *stem) { // "libfoo.so", then the end or ".digits"
    size_t n = strlen(stem);
    if (strncmp(file, stem, n) != 0) return false;
    return file[n] == 0 || (file[n] == '.' && file[n + 1] >= '0' && file[n + 1] <= '9');
}

static void keep_newest(char **best, const char *name) {
    if (*best && compare_versions(name, *best) <= 0) return;
    free(*best);
    *best = joined(name, "", "");
}

static char *newest_in(const char *dir, const char *stem) {
    DIR *d = opendir(dir);
    char *best = NULL;
    if (!d) return NULL;
    for (struct dirent *e; (e = readdir(d));)
        if (is_version_of(e->d_name, stem)) keep_newest(&best, e->d_name);
    closedir(d);
    return best;
}

// --- the loader's cache, as ldconfig writes it

typedef struct CacheHeader {
    char magic[20];
    uint32_t count, string_bytes;
    uint32_t unused[5];
} CacheHeader;

typedef struct CacheEntry {
    int32_t flags;
    uint32_t key, value, osversion;
    uint64_t hwcap;
} CacheEntry;

static char *newest_in_cache(const char *stem) {
    static const char magic[] = "glibc-ld.so.cache1.1";
    int fd = open("/etc/ld.so.cache", O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0) return NULL;
    const char *map = MAP_FAILED;
    size_t size = fstat(fd, &st) == 0 ? (size_t)st.st_size : 0;
    if (size > sizeof(CacheHeader)) map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (map == MAP_FAILED) return NULL;
    char *best = NULL;
    const char *start = memmem(map, size < 1 << 20 ? size : 1 << 20, magic, sizeof magic - 1);
    size_t left = start ? size - (size_t)(start - map) : 0;
    const CacheHeader *h = (const CacheHeader *)(const void *)start;
    if (start && left > sizeof *h && h->count < left / sizeof(CacheEntry)) {
        const CacheEntry *e = (const CacheEntry *)(h + 1);
        for (uint32_t i = 0; i < h->count; i++)
            if (e[i].key < left && memchr(start + e[i].key, 0, left - e[i].key) && is_version_of(start + e[i].key, stem)) keep_newest(&best, start + e[i].key);
    }
    munmap((void *)(uintptr_t)map, size);
    return best;
}

// --- libraries

typedef struct Search { // one -lfoo
    const ForeignUnit *unit;
    const char *stem;   // "libfoo.so"
    void *handle;
    char tried[2000];
} Search;

static void note(Search *s, const char *what) {
    size_t n = strlen(s->tried);
    snprintf(s->tried + n, sizeof s->tried - n, "%s%s", n ? ", " : "", what);
}

static void try_open(Search *s, const char *path) {
    if (s->handle) return;
    s->handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    if (s->handle) return;
    const char *why = dlerror();
    // a file that is there and cannot be loaded is worth its reason; a linker
    // script under the plain name is not
    bool there = path[0] == '/' && access(path, F_OK) == 0;
    if (there && why && !strstr(why, "invalid ELF header") && !strstr(why, "file too short")) note(s, why);
    else note(s, path);
}

static void try_folder(Search *s, const char *dir) {
    if (s->handle || !*dir) return;
    char *name = newest_in(dir, s->stem);
    char *path = joined(dir, "/", name ? name : s->stem);
    char *full = name ? realpath(path, NULL) : NULL;
    if (full) try_open(s, full);
    else note(s, path);
    free(full);
    free(path);
    free(name);
}

static void try_path_list(Search *s, const char *list) {
    while (list && *list) {
        size_t n = strcspn(list, ":");
        char *dir = base_malloc(n + 1);
        memcpy(dir, list, n);
        dir[n] = 0;
        try_folder(s, dir);
        free(dir);
        list += n + (list[n] == ':');
    }
}

static void *open_named(const ForeignUnit *u, const char *stem, char **tried) {
    Search s = {.unit = u, .stem = stem};
    for (uint32_t i = 0; i < u->nflags; i++)
        if (strncmp(u->flags[i], "-L", 2) == 0) try_folder(&s, u->flags[i] + 2);
    try_path_list(&s, getenv("LD_LIBRARY_PATH"));
    try_folder(&s, u->dir);
    char *cached = s.handle ? NULL : newest_in_cache(stem);
    if (cached) try_open(&s, cached);
    free(cached);
    try_open(&s, stem);
    static const char *const system[] = {"/usr/local/lib", "/usr/lib/" CSP_MULTIARCH, "/lib/" CSP_MULTIARCH, "/usr/lib64", "/usr/lib", "/lib"};
    for (size_t i = 0; i < sizeof system / sizeof *system; i++) try_folder(&s, system[i]);
    *tried = s.handle ? NULL : joined(s.tried, "", "");
    return s.handle;
}

static void add_library(void *handle, const char *name, uint32_t unit) {
    libraries = base_realloc(libraries, (nlibraries + 1) * sizeof *libraries);
    libraries[nlibraries++] = (Library){handle, joined(name, "", ""), unit};
}

static bool ends_in_so(const char *s) {
    const char *so = strstr(s, ".so");
    return so && (so[3] == 0 || so[3] == '.');
}

static bool open_flag(const ForeignUnit *u, uint32_t number, const char *flag) {
    char *stem = NULL, *tried = NULL;
    if (strncmp(flag, "-l:", 3) == 0) stem = joined(flag + 3, "", "");
    else if (strncmp(flag, "-l", 2) == 0) stem = joined("lib", flag + 2, ".so");
    void *h = NULL;
    if (stem) {
        h = open_named(u, stem, &tried);
    } else if (flag[0] != '-' && ends_in_so(flag)) {
        h = dlopen(flag, RTLD_NOW | RTLD_GLOBAL);
        if (!h) tried = joined(dlerror(), "", "");
    } else {
        return true; // for the linker of the companion object
    }
    if (h) add_library(h, stem ? stem : flag, number);
    else fprintf(stderr, "%s: C library %s not found\n\ttried %s\n", u->where, flag, tried);
    free(stem);
    free(tried);
    return h != NULL;
}

static bool open_libraries(const ForeignTable *t) {
    bool ok = true;
    for (uint32_t i = 0; i < t->nunits; i++) {
        const ForeignUnit *u = &t->units[i];
        for (uint32_t k = 0; k < u->nflags; k++) ok &= open_flag(u, i, u->flags[k]);
        if (!ok || !u->object) continue;
        void *h = dlopen(u->object, RTLD_NOW | RTLD_GLOBAL);
        if (u->temporary) unlink(u->object);
        if (h) add_library(h, u->object, i);
        else fprintf(stderr, "%s: the object compiled from the C preamble cannot be loaded: %s\n", u->where, dlerror()), ok = false;
    }
    return ok;
}

// --- what was meant

static uint32_t distance(const char *a, const char *b, uint32_t limit) {
    uint32_t la = (uint32_t)strlen(a), lb = (uint32_t)strlen(b), row[64];
    if (la >= 64 || lb >= 64 || (la > lb ? la - lb : lb - la) > limit) return limit + 1;
    for (uint32_t j = 0; j <= lb; j++) row[j] = j;
    for (uint32_t i = 1; i <= la; i++) {
        uint32_t before = row[0]++;
        for (uint32_t j = 1; j <= lb; j++) {
            uint32_t change = before + (a[i - 1] != b[j - 1]);
            before = row[j];
            uint32_t best = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = best < change ? best : change;
        }
    }
    return row[lb];
}

// The symbol of a library that is spelled most like want.
static void nearest_symbol(void *handle, const char *want, uint32_t *score, const char **best) {
    struct link_map *m;
    if (dlinfo(handle, RTLD_DI_LINKMAP, &m) != 0) return;
    const ElfW(Sym) *symbols = NULL;
    const char *strings = NULL;
    for (const ElfW(Dyn) *d = m->l_ld; d && d->d_tag != DT_NULL; d++) {
        if (d->d_tag == DT_SYMTAB) symbols = (const void *)d->d_un.d_ptr;
        if (d->d_tag == DT_STRTAB) strings = (const void *)d->d_un.d_ptr;
    }
    // the string table follows the symbols in every linker's output
    if (!symbols || !strings || (const char *)symbols >= strings) return;
    for (const ElfW(Sym) *s = symbols; (const char *)(s + 1) <= strings; s++) {
        if (s->st_shndx == SHN_UNDEF || !s->st_name) continue;
        uint32_t d = distance(want, strings + s->st_name, *score - 1);
        if (d < *score) *score = d, *best = strings + s->st_name;
    }
}

// --- symbols

// Does the library itself define what lies at addr, or one it depends on?
static bool is_own_symbol(const Library *l, void *addr) {
    Dl_info info;
    struct link_map *own, *owner;
    return dlinfo(l->handle, RTLD_DI_LINKMAP, &own) == 0 && dladdr1(addr, &info, (void **)&owner, RTLD_DL_LINKMAP) && own == owner;
}

// The libraries of the unit in reverse order, so the companion object first;
// then as the loader resolves names for everybody (malloc may be replaced).
static void *find_symbol(const ForeignSymbol *s) {
    if (s->in_object) {
        char *name = joined("csp_address_", s->name, "");
        void **cell = NULL;
        for (uint32_t i = 0; i < nlibraries && !cell; i++)
            if (libraries[i].unit == s->unit) cell = dlsym(libraries[i].handle, name);
        free(name);
        return cell ? *cell : NULL;
    }
    void *dependency = NULL;
    for (uint32_t i = nlibraries; i-- > 0;) {
        void *addr = libraries[i].unit == s->unit ? dlsym(libraries[i].handle, s->symbol) : NULL;
        if (addr && is_own_symbol(&libraries[i], addr)) return addr;
        if (addr) dependency = addr;
    }
    void *addr = dlsym(RTLD_DEFAULT, s->symbol);
    return addr ? addr : dependency;
}

static bool report_missing(const ForeignSymbol *s) {
    fprintf(stderr, "%s: C %s %s not found in", s->where, s->is_var ? "variable" : "function", s->symbol);
    const char *best = NULL;
    uint32_t score = strlen(s->symbol) > 5 ? 3 : 2;
    for (uint32_t i = 0; i < nlibraries; i++) {
        if (libraries[i].unit != s->unit) continue;
        const char *slash = strrchr(libraries[i].name, '/');
        fprintf(stderr, " %s,", strstr(libraries[i].name, "/csp") ? "the preamble" : slash ? slash + 1 : libraries[i].name);
        nearest_symbol(libraries[i].handle, s->symbol, &score, &best);
    }
    fputs(" the C library", stderr);
    fputs(best ? "\n\tdid you mean " : "\n\t#cgo LDFLAGS: -lNAME adds a library", stderr);
    fprintf(stderr, "%s%s\n", best ? best : "", best ? "?" : "");
    return false;
}

static bool find_symbols(const ForeignTable *t) {
    bool ok = true;
    for (uint32_t i = 0; i < t->nsymbols; i++) {
        ForeignSymbol *s = t->symbols[i];
        if (!s->addr) s->addr = find_symbol(s);
        if (!s->addr) ok = report_missing(s);
    }
    return ok;
}

// Gives C the functions marked //export: their stubs jump through these cells.
static bool fill_exports(const ForeignTable *t) {
    for (uint32_t i = 0; i < t->nexports; i++) {
        const ForeignExport *e = &t->exports[i];
        const char *why = NULL;
        Callback *c = ffi_callback_keep(e->closure, e->type, &why);
        if (!c) {
            fprintf(stderr, "%s: cannot export %s to C: %s\n", t->units[e->unit].where, e->name, why);
            return false;
        }
        char *name = joined("csp_export_", e->name, "");
        for (uint32_t k = 0; k < nlibraries; k++) {
            void **cell = libraries[k].unit == e->unit ? dlsym(libraries[k].handle, name) : NULL;
            if (cell) *cell = ffi_callback_code(c);
        }
        free(name);
    }
    return true;
}

static bool has_callback(const ForeignCall *c) {
    for (uint32_t i = 0; i < c->nparams; i++)
        if (c->params[i].kind == FOREIGN_FUNC) return true;
    return false;
}

static void flush_c_streams(void) { fflush(NULL); }

bool ffi_link(const ForeignTable *t) {
    if (!t->nunits) return true;
    if (!open_libraries(t) || !find_symbols(t)) return false;
    for (uint32_t i = 0; i < t->ncalls; i++) {
        if (!ffi_prepare(t->calls[i]) || (has_callback(t->calls[i]) && !ffi_library())) {
            fprintf(stderr, "%s: the call of C.%s needs libffi: %s\n", t->units[0].where, t->calls[i]->symbol ? t->calls[i]->symbol->name : "(pointer)", ffi_library_error());
            return false;
        }
    }
    if (!fill_exports(t)) return false;
    ffi_watch_faults();
    static bool flushes; // a session links again for each input
    if (!flushes) sched_at_exit(flush_c_streams);
    flushes = true;
    return true;
}

// --- package ffi

void *native_library_open(const char *name, char **tried) {
    static const char *const no_flags[1];
    static const ForeignUnit here = {.flags = no_flags, .dir = "."};
    *tried = NULL;
    void *h = strchr(name, '/') || ends_in_so(name) ? dlopen(name, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (h) return h;
    if (strchr(name, '/') || ends_in_so(name)) {
        *tried = joined(dlerror(), "", "");
        return NULL;
    }
    char *stem = joined(strncmp(name, "lib", 3) == 0 ? "" : "lib", name, ".so"), *list = NULL;
    h = open_named(&here, stem, &list);
    if (list) *tried = joined("tried ", list, "");
    free(list);
    free(stem);
    return h;
}

void *native_library_lookup(void *handle, const char *name, const char **nearest) {
    void *addr = dlsym(handle, name);
    uint32_t score = strlen(name) > 5 ? 3 : 2;
    *nearest = NULL;
    if (!addr) nearest_symbol(handle, name, &score, nearest);
    return addr;
}
