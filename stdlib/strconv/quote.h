// SPDX-License-Identifier: MIT
// quote.h: Go's quoting of strings and runes, for the packages that need it in C.
#ifndef CSP_STDLIB_QUOTE_H
#define CSP_STDLIB_QUOTE_H

#include "runtime/type.h"

enum { QUOTE_RUNE_ROOM = 12 };
static inline uint64_t quote_room(Str s) { return 5 * (uint64_t)s.len + 2; } // bytes that quote_str may write

// Write a literal between quotes to buf and answer its length; ascii_only
// escapes all beyond ASCII.
uint64_t quote_str(char *buf, Str s, char quote, bool ascii_only);
uint64_t quote_rune(char *buf, int32_t r, bool ascii_only);
bool quote_can_backquote(Str s); // s may stand between back quotes on one line

#endif
