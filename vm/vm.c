// SPDX-License-Identifier: MIT
// vm.c: bringing a program to life.
#include "vm/vm.h"

#include <stdlib.h>

#include "runtime/debug.h"
#include "runtime/gc.h"
#include "runtime/heap.h"
#include "runtime/network.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "vm/ffi.h"
#include "vm/machine.h"
#include "vm/unwind.h"
#include "vm/verify.h"

const NativeFn *machine_natives;
bool machine_counts_chan_ops;
static uint32_t nnatives;

static void end_process(G *g, bool returned) {
    (void)g;
    if (returned) sched_exit(0); // main has
}

_Atomic int64_t machine_main_id = 1;
void (*machine_main_ended)(G *g, bool returned) = end_process;
void (*machine_panic_report)(G *g, const char *text, size_t len);
bool (*machine_overflow)(G *g, uint64_t top);

void vm_set_natives(const NativeFn *table, uint32_t n) {
    machine_natives = table;
    nnatives = n;
}

// Of the program that runs; they grow, and shrink only while it is stopped.
static const TypeDesc *const *_Atomic types;
static _Atomic uint32_t ntypes;

const TypeDesc *const *native_types(uint32_t *n) {
    *n = atomic_load(&ntypes);
    return atomic_load(&types);
}

static Func *const *_Atomic funcs;
static _Atomic uint32_t nfuncs;

bool native_func_at(uint64_t f, NativeFrame *out) {
    uint32_t n = atomic_load(&nfuncs);
    Func *const *all = atomic_load(&funcs);
    for (uint32_t i = 0; i < n; i++) {
        if ((uint64_t)(uintptr_t)all[i] != f) continue;
        *out = (NativeFrame){all[i]->name, all[i]->file, all[i]->line};
        return true;
    }
    return false;
}

void machine_set_tables(const Program *program) {
    atomic_store(&types, program->types); // the number later: it never says too much
    atomic_store(&ntypes, program->ntypes);
    atomic_store(&funcs, program->funcs);
    atomic_store(&nfuncs, program->nfuncs);
}

bool machine_take(const Program *program) {
    machine_set_tables(program);
    for (uint32_t i = 0; i < program->nroots; i++) gc_add_root(program->roots[i].addr, program->roots[i].type);
    return ffi_link(&program->foreign);
}

int64_t vm_set_max_stack(int64_t bytes) {
    int64_t old = (int64_t)machine_max_slots * 8;
    if (bytes >= 4096) machine_max_slots = (uint64_t)bytes / 8 > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint64_t)bytes / 8;
    return old;
}

static void verify(const Program *program) {
    VerifyError e;
    if (verify_program(program, nnatives, &e)) return;
    rt_throw("bytecode of %.*s (%.*s:%u), word %u: %s", (int)e.func->name.len, e.func->name.ptr, (int)e.func->file.len, e.func->file.ptr, func_line(e.func, e.pc), e.pc, e.text);
}

void machine_begin(const Program *program, int nprocs) {
    debug_init();
    if (debug_flags.verify) verify(program);
    if (debug_flags.stackmove) machine_headroom = STACK_ALL;
    heap_init();
    const char *max = getenv("CSP_MAXSTACK");
    if (max) vm_set_max_stack(atoll(max));
    engine = (Engine){.run = machine_run, .scan = machine_scan, .traceback = machine_traceback, .label = network_label, .deadlock = machine_deadlock, .start_call = machine_start_call};
    unwind_set_known(&program->known);
    rt_set_language(program->language);
    rt_set_error_types(program->known.type_string, program->known.runtime_error, program->known.runtime_plain_error, program->known.type_assertion_error, program->known.panic_nil_error);
    sched_init(nprocs);
    if (!machine_take(program)) exit(1);
    sched_go(current_p, func_closure(program->entry), NULL, 0);
}

void vm_run(const Program *program, int nprocs) {
    machine_begin(program, nprocs);
    sched_run();
    sched_exit(0);
}
