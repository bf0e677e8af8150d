// SPDX-License-Identifier: MIT
// ffi_impl.h: what the files of the foreign function interface share (ffi*.c).
#ifndef CSP_VM_FFI_IMPL_H
#define CSP_VM_FFI_IMPL_H

#include <ffi.h>
#include <stdio.h>

#include "vm/ffi.h"
#include "vm/machine.h"

// --- ffi_types.c: libffi, loaded when the first call or callback needs it

typedef struct LibFfi {
    ffi_status (*prep_cif)(ffi_cif *, ffi_abi, unsigned, ffi_type *, ffi_type **);
    ffi_status (*prep_cif_var)(ffi_cif *, ffi_abi, unsigned, unsigned, ffi_type *, ffi_type **);
    void (*call)(ffi_cif *, void (*)(void), void *, void **);
    void *(*closure_alloc)(size_t, void **);
    ffi_status (*prep_closure_loc)(ffi_closure *, ffi_cif *, void (*)(ffi_cif *, void *, void **, void *), void *, void *);
    ffi_type *scalars[FOREIGN_PTR + 1], *ldouble;
} LibFfi;

const LibFfi *ffi_library(void);          // NULL: it is not there (ffi_library_error)
const char *ffi_library_error(void);
ffi_type *ffi_type_for(const LibFfi *lib, const ForeignType *t); // lives for ever; structs are made anew
// The passing of a Go type that came from C; kind FOREIGN_VOID when it has none.
ForeignType ffi_describe(const TypeDesc *d);

// --- ffi.c

typedef struct FfiGuards FfiGuards; // ffi_check.c

// A C call under way on this thread.
typedef struct CallFrame {
    struct CallFrame *up;
    G *g;
    const ForeignCall *call;
    int64_t since;      // when a call that is known to block began, else 0
    bool entered;       // the processor was given away
    uint8_t ended;      // NativeStatus: a callback panicked or called Goexit
    FfiGuards *guards;  // with vm_check_ffi only
} CallFrame;

extern _Thread_local CallFrame *ffi_innermost; // NULL while csp code runs

enum { TEMP_BYTES = 256, TEMP_CALLBACKS = 8 };

// What the arguments need besides their slots, as long as the call.
typedef struct FfiTemps {
    char *bytes;              // copies of strings; small's, or malloc'ed
    size_t used;
    struct Callback *callbacks[TEMP_CALLBACKS];
    uint32_t ncallbacks;
    FfiGuards *guards;        // of calls under watch, or NULL
    char small[TEMP_BYTES];
} FfiTemps;

bool ffi_prepare(ForeignCall *c); // false: it needs libffi, which is not there
// The word that stands for a scalar argument.
uint64_t ffi_word_of(FfiTemps *t, const ForeignType *p, const uint64_t *slot);
// Slots from a C value and back; kinds are scalar.
uint64_t ffi_load(int kind, const void *from);
void ffi_load_struct(const ForeignType *t, uint64_t *slots, const void *from); // a large one into a box
void ffi_store_result(int kind, void *to, uint64_t slot); // as libffi wants results: integers widened to a word

// --- ffi_sysv.c: where arguments go, for what registers alone cannot do

typedef struct FfiPlan FfiPlan;
FfiPlan *ffi_plan(const ForeignCall *c);     // NULL: libffi has to do it
uint32_t ffi_plan_words(const FfiPlan *p);   // of the image that load fills and call passes
void ffi_plan_load(const FfiPlan *p, const ForeignCall *c, const uint64_t *args, FfiTemps *t, uint64_t *image, void *result);
void ffi_plan_call(const FfiPlan *p, void *addr, const uint64_t *image, void *result);

// --- ffi_callback.c

typedef struct Callback Callback;
// A C function pointer for a function value of type t; it serves one call at
// a time and is given back with ffi_callback_release. callee: as in ForeignType.
Callback *ffi_callback_lend(const Closure *fn, const TypeDesc *t, const ForeignSignature *callee);
void ffi_callback_release(Callback *c);
void *ffi_callback_code(const Callback *c);
// For ever, or until it is freed through package ffi. NULL: *why says.
Callback *ffi_callback_keep(const Closure *fn, const TypeDesc *t, const char **why);

// --- ffi_check.c: calls under watch

// Copies what args point to.
FfiGuards *ffi_guards_make(const ForeignCall *c, const uint64_t *args);
const uint64_t *ffi_guards_args(const FfiGuards *gs);   // what C shall get instead of args
void ffi_guards_exchange(FfiGuards *gs);                // brings copies and objects up to date
bool ffi_guards_end(FfiGuards *gs, G *running);         // false: C wrote where it must not; a panic was recorded
void ffi_guards_explain(const FfiGuards *gs, const void *addr, FILE *to);

// --- ffi_fault.c

void ffi_watch_faults(void);
void ffi_prepare_thread(void); // a stack for signal handlers

#endif
