// SPDX-License-Identifier: MIT
// lower.h: from compile-time types to run-time descriptors.
#ifndef CSP_COMPILER_LOWER_H
#define CSP_COMPILER_LOWER_H

#include "compiler/types.h"
#include "runtime/type.h"

// The one descriptor of t (identical types give the same pointer). Its size,
// alignment, flags and pointer map are ready at once; references to other
// descriptors and method tables only after lower_flush.
const TypeDesc *lower_new_type(Type *t); // lower_type's, for the first time
static inline const TypeDesc *lower_type(Type *t) { return t->desc ? t->desc : lower_new_type(t); }
// The program can make pointers to values of any type it has (package
// reflect): *T is lowered with each T that has methods.
extern bool lower_reflected;
// Completes all descriptors made so far. Asks emit_method_entry for the
// functions of method tables, which may ask for further types.
void lower_flush(void);
// named has other methods than before: makes the method tables of all
// descriptors anew that may show them. No program may run meanwhile.
void lower_refresh_methods(Type *named);
// The number that dispatch tables use for a method of this name and signature
// (without receiver), so that a method of another type is another method; pkg
// matters for unexported names only.
uint32_t lower_selector(Name *name, Package *pkg, Type *sig);
// Word i of a value of type d may hold a pointer.
bool lower_word_is_ptr(const TypeDesc *d, uint64_t i);
// A descriptor for memory of the given words, outside of the language's types
// (closure objects). ptr[i] tells which words hold pointers.
const TypeDesc *lower_raw(const uint8_t *ptr, uint32_t nwords);
// Sessions: the tables of types and selectors in a collection, see arena.h.
void lower_collect_begin(void);
void lower_keep(void);
void lower_sweep(void);
// All descriptors, for Program.types.
uint32_t lower_all(const TypeDesc *const **out);

#endif
