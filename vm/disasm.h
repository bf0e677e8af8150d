// SPDX-License-Identifier: MIT
// disasm.h: readable listings of bytecode.
#ifndef CSP_VM_DISASM_H
#define CSP_VM_DISASM_H

#include <stdio.h>

#include "vm/bytecode.h"

void disasm_func(FILE *to, const Program *p, const Func *f); // p may be NULL
void disasm_program(FILE *to, const Program *p);             // all functions outside of the library
void disasm_opcodes(FILE *to);                               // the table of instructions

#endif
