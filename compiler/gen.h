// SPDX-License-Identifier: MIT
// gen.h: code generation's door.
#ifndef CSP_COMPILER_GEN_H
#define CSP_COMPILER_GEN_H

#include "compiler/types.h"
#include "vm/bytecode.h"

// The number of a native, or -1. Set before generating library packages.
extern int (*gen_native_index)(const char *pkg, const char *name);
// Generates all functions of checked package p; the result initialises its
// variables and calls its init functions.
Func *gen_package(Package *p);
// From now on constants are kept where going back leaves them alone (sessions).
void gen_keep_texts(void);
// Puts to in the place of from in all calls; both have the same signature, and
// from was generated in a session. The world may run.
void gen_replace_func(FuncInfo *from, FuncInfo *to);
// The tables of functions, roots and constants in a collection, see arena.h.
void gen_collect_begin(void);
void gen_keep(void);
void gen_sweep(void);
// The program's entry: initialisers of all packages main needs, then main.
Func *gen_entry(Package *main, Package *runtime);

#endif
