// SPDX-License-Identifier: MIT
// library.h: what ties the image of the standard library to its build.
#ifndef CSP_CLI_LIBRARY_H
#define CSP_CLI_LIBRARY_H

#include <stdint.h>

// Ties an image to the sources and natives of one build.
uint64_t library_checksum(void);

#endif
