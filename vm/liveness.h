// liveness.h: which slots of a frame a function may still read.
//
// A slot is live at an instruction when some path from there reads it before
// it is written. The collector takes only live slots of a frame for roots, so
// pointer slots need no clearing when a function begins, and what a function
// does not use any more is free.
#ifndef CSP_VM_LIVENESS_H
#define CSP_VM_LIVENESS_H

#include "vm/bytecode.h"

typedef struct Liveness Liveness;

// NULL: the function is too large, or has an instruction whose slots are not
// known; then any slot may be live.
Liveness *liveness_new(const Func *f);
void liveness_free(Liveness *l);
uint32_t liveness_words(const Liveness *l); // of a set of slots
// The slots live before the instruction at word pc; what the epilogue reads is
// among them, since any instruction may panic. With in_progress also those
// that the instruction before reads, when it may be the one that parked.
// False: no instruction begins there.
bool liveness_at(const Liveness *l, uint32_t pc, bool in_progress, uint64_t *set);
// The slots that the epilogue of a function with defer reads.
void liveness_epilogue(const Liveness *l, uint64_t *set);
static inline bool liveness_has(const uint64_t *set, uint32_t slot) { return set[slot / 64] >> (slot & 63) & 1; }

#endif
