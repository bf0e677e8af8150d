// SPDX-License-Identifier: MIT
// unwind.h: what unwinding must know of the program.
#ifndef CSP_VM_UNWIND_H
#define CSP_VM_UNWIND_H

#include "vm/bytecode.h"

void unwind_set_known(const WellKnown *known); // types and selectors of the report

#endif
