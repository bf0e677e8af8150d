// SPDX-License-Identifier: MIT
// verify.h: checks of bytecode before it runs.
//
// The machine trusts its code: operands are not checked when it runs. What
// holds for every Func is stated here once, so that a fault of the code
// generator is told by name and place instead of by a crash later.
#ifndef CSP_VM_VERIFY_H
#define CSP_VM_VERIFY_H

#include "vm/bytecode.h"

typedef struct VerifyError {
    const Func *func;
    uint32_t pc;    // word index of the instruction, 0 for faults of the Func itself
    char text[120];
} VerifyError;

// false: *e tells the first fault.
bool verify_func(const Func *f, VerifyError *e);
// Checks every function, and that calls stay among them. nnatives: number of
// natives the machine knows.
bool verify_program(const Program *p, uint32_t nnatives, VerifyError *e);

#endif
