// SPDX-License-Identifier: MIT
// ffi.h: calling C functions, and being called by them.
#ifndef CSP_VM_FFI_H
#define CSP_VM_FFI_H

#include "vm/bytecode.h"
#include "vm/native.h"

// Opens the libraries of a program and finds its C names. Reports what is
// missing on standard error. To be called once, before the program runs.
bool ffi_link(const ForeignTable *t);

// OP_CALL_C: the running goroutine's state is saved; its stack may have moved
// afterwards. base and pointer are slots of its frame.
NativeStatus ffi_invoke(const ForeignCall *c, G *g, uint32_t base, uint32_t pointer);

// A goroutine that served a callback of a C thread has ended; its results are
// at the bottom of its stack if it came to its end.
void ffi_goroutine_ended(G *g, bool returned);

#endif
