// SPDX-License-Identifier: MIT
// unicode.h: classes and cases of code points, for the packages that need them
// in C. Any int32 may be asked about; what is no code point is in no class.
#ifndef CSP_STDLIB_UNICODE_H
#define CSP_STDLIB_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

// As the functions of package unicode of these names.
bool unicode_is_letter(int32_t r);
bool unicode_is_digit(int32_t r);
bool unicode_is_number(int32_t r);
bool unicode_is_space(int32_t r);
bool unicode_is_upper(int32_t r);
bool unicode_is_lower(int32_t r);
bool unicode_is_print(int32_t r);   // letters, marks, numbers, punctuation, symbols, ASCII space
bool unicode_is_graphic(int32_t r); // the same and all spaces of category Zs
int32_t unicode_to_upper(int32_t r);
int32_t unicode_to_lower(int32_t r);
int32_t unicode_to_title(int32_t r);
int32_t unicode_simple_fold(int32_t r); // next code of r's folding orbit

#endif
