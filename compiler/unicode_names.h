// SPDX-License-Identifier: MIT
// unicode_names.h: which characters beyond ASCII may stand in identifiers
// (Go spec: categories L* and Nd). The tables are those of the library's
// package unicode, compiled a second time here so that the compiler needs no
// layer above it.
#ifndef CSP_COMPILER_UNICODE_NAMES_H
#define CSP_COMPILER_UNICODE_NAMES_H

#include <stdbool.h>
#include <stdint.h>

// Of code points; of those below 0x80 it is not asked.
bool unicode_name_letter(int32_t r);
bool unicode_name_digit(int32_t r);
bool unicode_upper_case(int32_t r); // category Lu: an exported name begins so

#endif
