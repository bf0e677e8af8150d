// SPDX-License-Identifier: MIT
// stdlib.c: the one table of packages with natives. A new package is its
// folder and, when it has natives, one row here.
#include "stdlib/stdlib.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// row: C name (path with _ for /), import path
#define STDLIB_PACKAGES(PACKAGE) \
    PACKAGE(bufio, "bufio") \
    PACKAGE(bytes, "bytes") \
    PACKAGE(compress_flate, "compress/flate") \
    PACKAGE(crypto_rand, "crypto/rand") \
    PACKAGE(encoding_base64, "encoding/base64") \
    PACKAGE(encoding_hex, "encoding/hex") \
    PACKAGE(encoding_json, "encoding/json") \
    PACKAGE(ffi, "ffi") \
    PACKAGE(fmt, "fmt") \
    PACKAGE(internal_digest, "internal/digest") \
    PACKAGE(internal_repl, "internal/repl") \
    PACKAGE(hash_adler32, "hash/adler32") \
    PACKAGE(hash_crc32, "hash/crc32") \
    PACKAGE(hash_crc64, "hash/crc64") \
    PACKAGE(hash_fnv, "hash/fnv") \
    PACKAGE(internal_openssl, "internal/openssl") \
    PACKAGE(internal_value, "internal/value") \
    PACKAGE(math, "math") \
    PACKAGE(math_big, "math/big") \
    PACKAGE(math_bits, "math/bits") \
    PACKAGE(math_cmplx, "math/cmplx") \
    PACKAGE(math_rand, "math/rand") \
    PACKAGE(net, "net") \
    PACKAGE(os, "os") \
    PACKAGE(os_signal, "os/signal") \
    PACKAGE(reflect, "reflect") \
    PACKAGE(regexp, "regexp") \
    PACKAGE(runtime, "runtime") \
    PACKAGE(runtime_cgo, "runtime/cgo") \
    PACKAGE(runtime_debug, "runtime/debug") \
    PACKAGE(strconv, "strconv") \
    PACKAGE(strings, "strings") \
    PACKAGE(sync, "sync") \
    PACKAGE(syscall, "syscall") \
    PACKAGE(testing, "testing") \
    PACKAGE(time, "time") \
    PACKAGE(unicode, "unicode") \
    PACKAGE(unicode_utf8, "unicode/utf8")

#define PACKAGE(name, path) extern const NativeDef name##_natives[];
STDLIB_PACKAGES(PACKAGE)
#undef PACKAGE

#define PACKAGE(name, path) {path, name##_natives},
const NativePackage stdlib_packages[] = {STDLIB_PACKAGES(PACKAGE){NULL, NULL}};
#undef PACKAGE

int stdlib_native_index(const char *path, const char *name) {
    int number = 0;
    for (const NativePackage *p = stdlib_packages; p->path; p++) {
        bool here = strcmp(p->path, path) == 0;
        for (const NativeDef *d = p->defs; d->name; d++, number++)
            if (here && strcmp(d->name, name) == 0) return number;
        if (here) return -1;
    }
    return -1;
}

static NativeFn *table;
static uint32_t table_len;

static void make_table(void) {
    for (const NativePackage *p = stdlib_packages; p->path; p++)
        for (const NativeDef *d = p->defs; d->name; d++) table_len++;
    table = malloc((table_len + 1) * sizeof *table);
    if (!table) abort(); // before any goroutine runs; nothing to report to
    uint32_t n = 0;
    for (const NativePackage *p = stdlib_packages; p->path; p++)
        for (const NativeDef *d = p->defs; d->name; d++) table[n++] = d->fn;
}

const NativeFn *stdlib_native_table(uint32_t *n) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_table);
    *n = table_len;
    return table;
}

const char *stdlib_source(const char *import_path, uint32_t i, const char **name, size_t *len) {
    for (const StdlibSource *s = stdlib_sources; s->path; s++)
        if (strcmp(s->path, import_path) == 0 && i-- == 0) {
            *name = s->name;
            *len = s->len;
            return s->text;
        }
    return NULL;
}

static int args_count;
static char **args_vector;

void stdlib_set_args(int argc, char **argv) {
    args_count = argc;
    args_vector = argv;
}

int stdlib_args(char ***argv) {
    *argv = args_vector;
    return args_count;
}
