// SPDX-License-Identifier: MIT
// compile.h: the compiler's one door: sources in, a Program or diagnostics out.
#ifndef CSP_COMPILER_COMPILE_H
#define CSP_COMPILER_COMPILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "vm/bytecode.h"

typedef struct CompileOptions {
    const char *const *files; // paths of the package's files, read by the compiler
    int nfiles;
    const char *dir;          // the files are all of this folder, or NULL
    const char *text;         // or one source text (with files NULL)
    size_t text_len;
    const char *text_name;    // its name in messages
    bool all_errors;          // else at most ten a file
    bool check_only;          // no generation; any package
    bool color;
    bool no_ffi;              // import "C" is an error
    bool plain_go;            // the notation is an error
    int lang_minor;           // language go1.N; 0: the newest
    // The text of a library package's i-th file, and its name in messages; NULL
    // behind the last one. Both stay valid.
    const char *(*package_source)(const char *path, uint32_t i, const char **name, size_t *len);
    int (*native_index)(const char *pkg, const char *name);
} CompileOptions;

// Compiles one program. Diagnostics go to standard error; *nerrors counts them.
// NULL when there were errors or with check_only. The Program lives as long as
// the process.
Program *compile(const CompileOptions *o, int *nerrors);

// Compiles a package and its tests into a program that runs them. o->files are
// those of the package and of its tests, of one folder; with o->dir only the files
// named as such have tests, else each. NULL with *nerrors 0: there are no tests.
Program *compile_tests(const CompileOptions *o, const char *path, int *nerrors);
// The import path of the package in a folder, as the tests' reports show it.
const char *compile_tested_path(const char *folder);
// The folder of the package that is imported as path; NULL: none is known.
const char *compile_folder_for(const char *path);

// Prints a C header as a source file of declarations (see foreign_bind); false
// after messages on standard error.
bool compile_binding(const CompileOptions *o, FILE *out, const char *header, const char *package, const char *const *flags, uint32_t nflags);

// Checks the packages in folders; answers the number of errors.
int compile_check_folders(const CompileOptions *o, const char *const *folders, int n);

// Compiles a library package into the arena, for the image; false on errors.
bool compile_library(const CompileOptions *o, const char *path);

#endif
