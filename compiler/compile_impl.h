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
void compile_find_module_of(Compilation *c, const char *program); // a file or folder, or NULL
const char *compile_folder_of(const char *path); // the absolute path of the folder of a file, or of a folder itself; NULL: there is none
const char *compile_below(const char *folder, const char *dir); // what of folder is below dir, NULL: it is not
const char *compile_path_of_folder(Compilation *c, const char *folder); // import path, NULL outside of modules
const char *compile_package_dir(Compilation *c, const char *path); // the folder of an import path, NULL: none is known
int compile_language(const Compilation *c, bool in_module);
bool compile_is_library(void *compilation, Str path); // is there a library package of this path?
bool compile_is_test_file(const char *name);
bool compile_read_file(const char *path, Str *out);
Package *compile_new_package(const char *path, const char *name); // in the table of packages
Package *compile_new_main(const CompileOptions *o);
FileAst *compile_parse(Package *p, const char *name, Str text); // text: NUL-terminated, and stays
void compile_take_name(Package *p);
void compile_check(Compilation *c, Package *p);
void compile_check_as(Compilation *c, Package *p, const char *path); // path: how p is imported, NULL when it is not known
Program *compile_link(Package *main, Package *runtime);
CheckConfig compile_check_config(Compilation *c);
Package *compile_import(void *compilation, Str path, Pos pos);
// Paths of the library packages at hand, one after another: NULL begins and ends.
const char *compile_next_library(const char *path);
void compile_fill_known(WellKnown *k, Package *runtime);

#endif
