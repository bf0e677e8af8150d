// SPDX-License-Identifier: MIT
// stdlib.h: the library as a whole: sources of its packages and their natives.
//
// A native is known to compiled code by its number: the running number over
// stdlib_packages in order, so numbers are stable within one build only; the
// library image is tied to the build that wrote it.
#ifndef CSP_STDLIB_STDLIB_H
#define CSP_STDLIB_STDLIB_H

#include <stddef.h>

#include "vm/native.h"

// One file of a package, embedded by the build; a package's are in the order of
// their names.
typedef struct StdlibSource {
    const char *path; // import path; NULL ends the table
    const char *name; // of the file, below stdlib
    const char *text;
    size_t len;
} StdlibSource;

extern const StdlibSource stdlib_sources[];

// Packages that have natives; ends with {NULL, NULL}.
extern const NativePackage stdlib_packages[];

int stdlib_native_index(const char *path, const char *name); // -1: there is none
const NativeFn *stdlib_native_table(uint32_t *n);            // all natives by number
// The text of a package's i-th file and its name; NULL: it has no such file.
const char *stdlib_source(const char *import_path, uint32_t i, const char **name, size_t *len);

// Command line of the program, for os.Args; called before it starts.
void stdlib_set_args(int argc, char **argv);
int stdlib_args(char ***argv);

// Who writes to standard output or error: NULL, or what answers the number to
// mark a goroutine's output with, 0: none. A mark is TAG_BEGIN, the number, a
// comma, the number of bytes marked, TAG_END; these bytes follow, and nothing is
// written in between. Set before the program starts.
extern int64_t (*_Atomic stdlib_output_tag)(const G *g);
enum { TAG_BEGIN = 0x0e, TAG_END = 0x0f };
// The goroutine of internal/repl that prints for the prompt; 0: none yet.
extern _Atomic int64_t stdlib_repl_printer;

// Whether package internal/repl prints in colour; set before a session begins.
extern bool stdlib_repl_color;

#endif
