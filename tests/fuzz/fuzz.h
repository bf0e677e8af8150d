// SPDX-License-Identifier: MIT
// fuzz.h: what the fuzz targets share.
//
// A target is one file NAME_fuzz.c with the entry that libFuzzer and AFL++ call
// for each input. Built with -DCSP_FUZZ=ON (clang) libFuzzer drives it; otherwise
// replay.c does, which knows how to go through files and to change them a little.
#ifndef CSP_TESTS_FUZZ_H
#define CSP_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "compiler/compile.h"
#include "compiler/source.h"

// The target's own.
extern const char *const fuzz_seeds[]; // files and folders below the root of the sources, to NULL
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// --- support.c

// Before the first input: messages of the compiler go nowhere from now on, those
// of sanitizers stay; packages of the library are compiled, which later
// compilations find, and the arena is kept as it is then.
int LLVMFuzzerInitialize(int *argc, char ***argv);
// The text in memory of its size and the NUL byte behind it, so that a read
// beyond that is seen by the sanitizer.
SourceFile *fuzz_source(const uint8_t *data, size_t size);
void fuzz_undo(void); // everything since LLVMFuzzerInitialize, and the text of fuzz_source
CompileOptions fuzz_options(const uint8_t *data, size_t size);
// What must hold did not: ends the process so that the input is kept.
_Noreturn void fuzz_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
