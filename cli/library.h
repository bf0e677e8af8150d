// SPDX-License-Identifier: MIT
// library.h: the image of the standard library that an executable carries.
#ifndef CSP_CLI_LIBRARY_H
#define CSP_CLI_LIBRARY_H

#include <stdint.h>

// Ties an image to the sources and natives of one build.
uint64_t library_checksum(void);
// Maps the image, the first time; without one, packages are compiled when they
// are imported.
void library_open(void);

#endif
