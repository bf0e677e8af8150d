// SPDX-License-Identifier: MIT
// flate.c: natives of package compress/flate, which zlib computes.
//
// zlib is loaded when a program first needs it. Its state is not malloc'd but
// carved from a block of the collected heap that flate.csp keeps, so that a
// stream that nobody closes is no leak: nothing is ever freed singly. The heap
// does not move, which zlib's pointers into the block rely on.
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "runtime/panic.h"
#include "vm/native.h"

#define ZLIB_FUNCTIONS(F)                                                                   \
    F(deflate) F(deflateInit2_) F(deflateReset) F(deflateSetDictionary) F(inflate)           \
    F(inflateInit2_) F(inflateReset) F(inflateSetDictionary) F(zlibVersion)

#define POINTER(f) __typeof__(f) *f##_fn;
static struct {
    ZLIB_FUNCTIONS(POINTER)
} zlib;
#undef POINTER

static bool loaded;

static void load(void) {
    void *h = dlopen("libz.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!h) return;
    loaded = true;
#define LOAD(f) loaded = (*(void **)&zlib.f##_fn = dlsym(h, #f)) && loaded;
    ZLIB_FUNCTIONS(LOAD)
#undef LOAD
}

static bool ready(NativeCall *c) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (!loaded) rt_panic_plain(c->g, "compress/flate: needs the zlib library (libz.so.1); on Debian: apt-get install zlib1g");
    return loaded;
}

// --- a stream in a block

typedef struct Stream { // lies at the start of the block
    z_stream z;
    uint64_t used, size; // bytes of the block
} Stream;

static void *carve(void *opaque, uInt items, uInt size) {
    Stream *s = opaque;
    uint64_t n = ((uint64_t)items * size + 15) & ~15ULL;
    if (n > s->size - s->used) return Z_NULL;
    void *p = (char *)s + s->used;
    s->used += n;
    return p;
}

static void keep(void *opaque, void *p) {
    (void)opaque;
    (void)p;
}

static Stream *stream_at(Slice block) { return block.ptr; }

static Stream *new_stream(Slice block) {
    Stream *s = stream_at(block);
    s->used = (sizeof *s + 15) & ~15ULL;
    s->size = (uint64_t)block.len;
    s->z.zalloc = carve;
    s->z.zfree = keep;
    s->z.opaque = s;
    return s;
}

static NativeStatus checked(NativeCall *c, int rc) {
    if (rc == Z_OK) return NATIVE_OK;
    rt_panic_plain(c->g, "compress/flate: zlib does not accept the stream");
    return NATIVE_PANIC;
}

// The part of a call in which zlib reads in and writes to out.
static void set_buffers(z_stream *z, Slice in, Slice out) {
    z->next_in = in.ptr;
    z->avail_in = (uInt)in.len;
    z->next_out = out.ptr;
    z->avail_out = (uInt)out.len;
}

static void ret_progress(NativeCall *c, const z_stream *z, Slice in, Slice out) {
    native_ret_int(c, in.len - (int64_t)z->avail_in);
    native_ret_int(c, out.len - (int64_t)z->avail_out);
}

// --- natives

enum { RAW_WINDOW = -15, MEMORY_LEVEL = 8, HUFFMAN_ONLY = -2 };

// startWriter(block []byte, level int)
static NativeStatus start_writer(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    Stream *s = new_stream(native_slice(c));
    int level = (int)native_int(c);
    bool huffman = level == HUFFMAN_ONLY;
    return checked(c, zlib.deflateInit2__fn(&s->z, huffman ? Z_DEFAULT_COMPRESSION : level, Z_DEFLATED, RAW_WINDOW, MEMORY_LEVEL,
                                            huffman ? Z_HUFFMAN_ONLY : Z_DEFAULT_STRATEGY, zlib.zlibVersion_fn(), sizeof s->z));
}

// startReader(block []byte)
static NativeStatus start_reader(NativeCall *c) {
    if (!ready(c)) return NATIVE_PANIC;
    Stream *s = new_stream(native_slice(c));
    return checked(c, zlib.inflateInit2__fn(&s->z, RAW_WINDOW, zlib.zlibVersion_fn(), sizeof s->z));
}

// resetWriter(block []byte)
static NativeStatus reset_writer(NativeCall *c) { return checked(c, zlib.deflateReset_fn(&stream_at(native_slice(c))->z)); }

// resetReader(block []byte)
static NativeStatus reset_reader(NativeCall *c) { return checked(c, zlib.inflateReset_fn(&stream_at(native_slice(c))->z)); }

// setDictionary(block, dict []byte, writer bool)
static NativeStatus set_dictionary(NativeCall *c) {
    z_stream *z = &stream_at(native_slice(c))->z;
    Slice dict = native_slice(c);
    bool writer = native_bool(c);
    return checked(c, (writer ? zlib.deflateSetDictionary_fn : zlib.inflateSetDictionary_fn)(z, dict.ptr, (uInt)dict.len));
}

// deflate(block, in, out []byte, flush int) (used, made int)
static NativeStatus deflate_some(NativeCall *c) {
    static const int flushes[] = {Z_NO_FLUSH, Z_SYNC_FLUSH, Z_FINISH};
    z_stream *z = &stream_at(native_slice(c))->z;
    Slice in = native_slice(c), out = native_slice(c);
    set_buffers(z, in, out);
    zlib.deflate_fn(z, flushes[native_int(c)]);
    ret_progress(c, z, in, out);
    return NATIVE_OK;
}

// inflate(block, in, out []byte) (used, made int, ended, corrupt bool)
static NativeStatus inflate_some(NativeCall *c) {
    z_stream *z = &stream_at(native_slice(c))->z;
    Slice in = native_slice(c), out = native_slice(c);
    set_buffers(z, in, out);
    int rc = zlib.inflate_fn(z, Z_NO_FLUSH);
    ret_progress(c, z, in, out);
    native_ret_bool(c, rc == Z_STREAM_END);
    native_ret_bool(c, rc != Z_STREAM_END && rc != Z_OK && rc != Z_BUF_ERROR);
    return NATIVE_OK;
}

extern const NativeDef compress_flate_natives[];
const NativeDef compress_flate_natives[] = {
    {"startWriter", start_writer},
    {"startReader", start_reader},
    {"resetWriter", reset_writer},
    {"resetReader", reset_reader},
    {"setDictionary", set_dictionary},
    {"deflate", deflate_some},
    {"inflate", inflate_some},
    {NULL, NULL},
};
