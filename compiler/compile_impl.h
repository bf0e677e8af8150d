// SPDX-License-Identifier: MIT
// compile_impl.h: what whole programs (compile.c) and sessions (session.c) share.
#ifndef CSP_COMPILER_COMPILE_IMPL_H
#define CSP_COMPILER_COMPILE_IMPL_H

#include "compiler/check.h"
#include "compiler/compile.h"

typedef struct Importing { // a package whose imports are being read, with those that led to it
    const char *path;      // NULL: not known, a program outside of every module
    bool is_library;
    Pos pos;               // of the import of the package below
    struct Importing *up;
} Importing;

typedef struct Compilation {
    const CompileOptions *o;
    const char *module_path, *module_dir; // of go.mod; NULL without one
    int module_minor;                     // its line "go 1.N"; 0 without one
    Importing *importing;
} Compilation;

void compile_begin(const CompileOptions *o);
void compile_find_module(Compilation *c);
Package *compile_new_main(const CompileOptions *o);
FileAst *compile_parse(Package *p, const char *name, Str text); // text: NUL-terminated, and stays
void compile_take_name(Package *p);
void compile_check(Compilation *c, Package *p);
CheckConfig compile_check_config(Compilation *c);
Package *compile_import(void *compilation, Str path, Pos pos);
// Paths of the library packages at hand, one after another: NULL begins and ends.
const char *compile_next_library(const char *path);
void compile_fill_known(WellKnown *k, Package *runtime);

#endif
