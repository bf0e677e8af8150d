// SPDX-License-Identifier: MIT
// arena_impl.h: what the files of the arena share.
#ifndef CSP_COMPILER_ARENA_IMPL_H
#define CSP_COMPILER_ARENA_IMPL_H

#include "compiler/arena.h"

extern char *arena_base;  // of the stretch that arena_room is the rest of
extern char *image_base;  // of an adopted image
extern size_t image_size;
_Noreturn void arena_out_of_memory(void);
void *arena_session_alloc(size_t size);

#endif
