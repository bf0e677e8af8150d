// SPDX-License-Identifier: MIT
// vm.h: the machine's door: running a Program.
#ifndef CSP_VM_VM_H
#define CSP_VM_VM_H

#include "vm/bytecode.h"
#include "vm/native.h"

// The natives by number; set once, before vm_run. Must stay valid.
void vm_set_natives(const NativeFn *table, uint32_t n);
// Runs program from its entry and ends the process with its exit status.
// nprocs: processors, 0 for $GOMAXPROCS or all.
// C functions get copies of the program's memory, which are checked after the call.
extern bool vm_check_ffi;
_Noreturn void vm_run(const Program *program, int nprocs);
#endif
