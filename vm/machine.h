// SPDX-License-Identifier: MIT
// machine.h: what the parts of the machine share.
//
// A goroutine's stack is one block of slots. Nothing points into it but the
// wait entries of a parked goroutine, so it can be moved whenever its owner
// runs. G.pc and G.fp (a slot index) are valid while the goroutine does not
// run, and whenever a function of unwind.c or stack.c is called.
#ifndef CSP_VM_MACHINE_H
#define CSP_VM_MACHINE_H

#include "runtime/base.h"
#include "runtime/chan.h"
#include "runtime/g.h"
#include "vm/vm.h"

// Slots kept free above each frame's window, for the calls that unwinding makes.
// STACK_ALL keeps all of it free, so that each call asks for a stack.
enum { STACK_HEADROOM = 16, STACK_ALL = 1 << 30, DEFER_ARGS_KEPT = 8 };

typedef struct Deferred {
    struct Deferred *link;
    const Closure *closure; // NULL: panics when run
    uint64_t fp;            // slot index of the frame that deferred it
    uint32_t nargs;
    uint32_t room;          // slots in args
    uint64_t args[];
} Deferred;

// What unwinding does once the deferred call it made has returned.
typedef struct Panic {
    struct Panic *link;     // the panic it interrupted
    Iface value;
    char *text;             // what the report prints, once known (malloc'ed)
    char *origin;           // the process it comes from, when a parallel command passes it on (malloc'ed), or NULL
    const Word *pc;         // where it happened
    uint64_t fp;            // frame that panicked
    uint64_t call_fp;       // frame of the deferred call under way
    uint64_t defer_fp;      // frame that deferred it
    bool recovered, goexit;
    struct Panic *printed;  // only in the newest: whose Error or String method is being run for the report
    Word stub[3];           // call, its extension, PANIC_RET: the return address of its calls is &stub[2]
} Panic;

// A function that C called, running on its goroutine's stack (ffi_callback.c).
typedef struct CallbackRun {
    struct CallbackRun *up; // an outer one of the same goroutine
    Word stub[3];           // call, its extension, C_RETURN: the return address of its frame is &stub[2]
    const Word *pc;         // the goroutine's, in the function that called C
    uint64_t fp;
    uint64_t base;          // slot index of its frame
    const char *c_name;     // of the C function, or NULL
    bool done;              // its frame is gone
    uint8_t ended;          // NativeStatus: by a panic (pending in G), or by Goexit; else NATIVE_OK
} CallbackRun;

extern const NativeFn *machine_natives;
extern uint64_t machine_max_slots;
extern uint64_t machine_headroom; // slots of a stack that calls may not take without asking

// While this is set, operations on channels are counted in P.chan_ops. It changes
// when the world is stopped.
extern bool machine_counts_chan_ops;

// What ends a program ends only an input of a live machine (live.c), which
// changes these; for others: the first goroutine, whose return ends the process.
extern _Atomic int64_t machine_main_id;
extern void (*machine_main_ended)(G *g, bool returned);
// Called with a panic's report instead of ending the process; takes nothing.
extern void (*machine_panic_report)(G *g, const char *text, size_t len);
// May turn a stack that would grow up to top into a panic: true.
extern bool (*machine_overflow)(G *g, uint64_t top);

// --- stack.c
// Makes room for slots up to top (an index); moves the stack. Ends the process
// on overflow of the limit.
void stack_reserve(G *g, uint64_t top);
static inline const Closure *frame_closure(const uint64_t *fp) { return (const Closure *)(uintptr_t)fp[FRAME_CLOSURE]; }
static inline const Func *frame_func(const uint64_t *fp) { return frame_closure(fp)->fn; }
extern const Word goexit_code[3];  // return address of a goroutine's bottom frame is &goexit_code[2]
void machine_start_call(G *g, const void *closure, const uint64_t *args, uint32_t nwords);
void machine_scan(G *g, void (*visit)(void *ctx, uint64_t word), void *ctx);
void machine_forget_functions(void); // what scanning knows of functions, when some may be gone

// --- unwind.c: all of these change g->pc and g->fp to where running goes on.
// false: the goroutine has ended.
bool unwind_panic(P *p, G *g);      // the panic in g->pending_panic begins at g->pc
bool unwind_join_panic(P *p, G *g, const char *origin); // as unwind_panic, for the panic of a process
bool unwind_goexit(P *p, G *g);     // runtime.Goexit
bool unwind_continue(P *p, G *g);   // a call that unwinding made has returned (OP_PANIC_RET)
Iface unwind_recover(G *g);         // recover(), called by the frame at g->fp
Deferred *defer_new(uint32_t nargs);
void defer_free(Deferred *d);
void machine_traceback(G *g);
void machine_deadlock(void);        // the part of the report about processes
// Enters a call of closure in the window at slot index base; arguments are in
// place already. ret is the return address.
void enter_call(G *g, const Closure *closure, uint64_t base, const Word *ret);

// --- vm.c
// Sets everything up to run program from its entry on this thread (sched_run).
void machine_begin(const Program *program, int nprocs);
// Makes a program's roots, types and C functions known; false: a C library or
// name was not found, as told on standard error.
bool machine_take(const Program *program);
void machine_set_tables(const Program *program); // of types and functions

// --- interp.c
void machine_run(P *p, G *g);
// --- ops.c: bodies of instructions that are not hot, out of line. They return
// false when a panic was recorded.
void op_print(const uint64_t *v, uint32_t what);
// Elements i and j of an array of elements of that size exchange their values.
void op_swap_bytes(char *a, char *b, uint64_t size);
static inline void op_swap(char *base, uint64_t size, uint64_t i, uint64_t j) {
    if (LIKELY(size == 8)) {
        uint64_t *at = (uint64_t *)(void *)base, v = at[i];
        at[i] = at[j];
        at[j] = v;
    } else {
        op_swap_bytes(base + i * size, base + j * size, size);
    }
}
#define RESLICE_HIGH (2ull << 32) // only the high bound is given, behind the place of the low one
bool op_slice(G *g, uint64_t *dst, const uint64_t *s, const uint64_t *bounds, uint64_t x);
bool op_slice_string(G *g, uint64_t *dst, const uint64_t *s, const uint64_t *bounds, uint64_t x);
void op_complex_div(uint64_t *dst, const uint64_t *x, const uint64_t *y);
int64_t op_float_to_int(double v);
uint64_t op_float_to_uint(double v);
bool op_range_string(uint64_t *a, const uint64_t *s);

#endif
