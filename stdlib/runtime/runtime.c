// SPDX-License-Identifier: MIT
// runtime.c: natives of package runtime.
#include <stdlib.h>
#include <string.h>

#include "runtime/gc.h"
#include "runtime/lock.h"
#include "runtime/os.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "vm/native.h"

static NativeStatus gosched(NativeCall *c) {
    sched_requeue(current_p, c->g);
    return NATIVE_PARKED;
}

// Finalizers that are due run before the caller goes on, as far as they do not wait.
static NativeStatus run_gc(NativeCall *c) {
    atomic_store(&gc_wanted, true);
    gc_collect(current_p);
    return gosched(c);
}

static NativeStatus max_procs(NativeCall *c) {
    native_ret_int(c, sched_set_procs((int)native_int(c)));
    return NATIVE_OK;
}

static NativeStatus num_cpu(NativeCall *c) {
    native_ret_int(c, os_cpu_count());
    return NATIVE_OK;
}

static NativeStatus num_goroutine(NativeCall *c) {
    native_ret_int(c, sched_num_goroutine());
    return NATIVE_OK;
}

static NativeStatus run_goexit(NativeCall *c) {
    (void)c;
    return NATIVE_EXIT;
}

static NativeStatus lock_os_thread(NativeCall *c) {
    sched_lock_thread(c->g);
    return NATIVE_OK;
}

static NativeStatus unlock_os_thread(NativeCall *c) {
    sched_unlock_thread(c->g);
    return NATIVE_OK;
}

static NativeStatus keep_alive(NativeCall *c) {
    (void)c;
    return NATIVE_OK;
}

static NativeStatus set_finalizer(NativeCall *c) {
    Iface obj = native_iface(c), fin = native_iface(c);
    if (!obj.type) rt_fatal("runtime.SetFinalizer: first argument is nil");
    if (obj.type->kind != KIND_POINTER) rt_fatal("runtime.SetFinalizer: first argument is %.*s, not pointer", (int)obj.type->string.len, obj.type->string.ptr);
    if (fin.type && fin.type->kind != KIND_FUNC) rt_fatal("runtime.SetFinalizer: second argument is %.*s, not a function", (int)fin.type->string.len, fin.type->string.ptr);
    gc_set_finalizer(current_p, (void *)(uintptr_t)obj.data, fin.type ? (const void *)(uintptr_t)fin.data : NULL, obj.type);
    return NATIVE_OK;
}

static NativeStatus caller_info(NativeCall *c) {
    NativeFrame f = {0};
    bool ok = native_caller(c->g, native_int(c), &f);
    native_ret_str(c, f.function);
    native_ret_str(c, f.file);
    native_ret_int(c, f.line);
    native_ret_bool(c, ok);
    return NATIVE_OK;
}

// A spin lock on a word of the program, held for some instructions only.
static NativeStatus lock_table(NativeCall *c) {
    _Atomic uint32_t *p = native_ptr(c);
    for (uint32_t free = 0; !atomic_compare_exchange_strong(p, &free, 1); free = 0) os_sleep(1000);
    return NATIVE_OK;
}

static NativeStatus unlock_table(NativeCall *c) {
    atomic_store((_Atomic uint32_t *)native_ptr(c), 0);
    return NATIVE_OK;
}

static NativeStatus stack_text(NativeCall *c) {
    Slice buf = native_slice(c);
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    if (f) {
        fprintf(f, "goroutine %lld [running]:\n", (long long)c->g->id);
        native_traceback(f, c->g);
        fclose(f);
    }
    if ((int64_t)n > buf.len) n = (size_t)buf.len;
    if (n) memcpy(buf.ptr, text, n);
    free(text);
    native_ret_int(c, (int64_t)n);
    return NATIVE_OK;
}

static NativeStatus read_stats(NativeCall *c) {
    GcStats s;
    uint64_t stacks, records;
    sched_stop_world(current_p);
    gc_stats(&s);
    sched_memory(&stacks, &records);
    sched_start_world(current_p);
    native_ret_word(c, s.heap_alloc);
    native_ret_word(c, s.total_alloc);
    native_ret_word(c, s.sys);
    native_ret_word(c, s.mallocs);
    native_ret_word(c, s.frees);
    native_ret_word(c, s.heap_objects);
    native_ret_word(c, s.next_gc);
    native_ret_word(c, s.last_gc_ns);
    native_ret_word(c, s.pause_total_ns);
    native_ret_word(c, s.num_gc);
    native_ret_word(c, stacks);
    native_ret_word(c, records);
    return NATIVE_OK;
}

static NativeStatus func_at(NativeCall *c) {
    NativeFrame f = {{"", 0}, {"", 0}, 0};
    bool ok = native_func_at(native_word(c), &f);
    native_ret_str(c, f.function);
    native_ret_str(c, f.file);
    native_ret_int(c, f.line);
    native_ret_bool(c, ok);
    return NATIVE_OK;
}

const NativeDef runtime_natives[] = {
    {"GC", run_gc}, {"GOMAXPROCS", max_procs}, {"NumCPU", num_cpu}, {"NumGoroutine", num_goroutine}, {"Gosched", gosched}, {"Goexit", run_goexit},
    {"LockOSThread", lock_os_thread}, {"UnlockOSThread", unlock_os_thread}, {"KeepAlive", keep_alive}, {"SetFinalizer", set_finalizer},
    {"callerInfo", caller_info}, {"funcAt", func_at}, {"lockTable", lock_table}, {"unlockTable", unlock_table}, {"Stack", stack_text}, {"readStats", read_stats}, {NULL, NULL}};
