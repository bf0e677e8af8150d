// SPDX-License-Identifier: MIT
// library.h: how the compiler gets at the standard library: as sources, with
// natives by number, and as the image that the build makes of both.
#ifndef CSP_CLI_LIBRARY_H
#define CSP_CLI_LIBRARY_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler/compile.h"

// The callbacks of CompileOptions.
bool library_source(void *ctx, const char *path, SourceText *out);
int library_native(const char *pkg, const char *name);

// Ties an image to the sources and natives of one build.
uint64_t library_checksum(void);

#endif
