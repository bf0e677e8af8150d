// hints.h: what was probably meant: names that are spelt nearly the same, and
// what this language writes for words that others have.
#ifndef CSP_COMPILER_HINTS_H
#define CSP_COMPILER_HINTS_H

#include "compiler/source.h"

// Advice on a word of another language; NULL: it is none.
const char *hint_statement_word(Str word);
const char *hint_operator_word(Str word);  // the operator
const char *hint_name_word(Str word);
// The keyword that word is a misspelling of, or NULL.
const char *hint_keyword(Str word);

// Insertions, deletions, changes and swaps of neighbours that make a of b; more
// than most counts as most + 1. 0 also for names that differ in case alone.
uint32_t hint_distance(Str a, Str b, uint32_t most);
uint32_t hint_tolerance(Str word);         // of a distance, by the length of what was written

#endif
