// slice.h: making, growing and copying slices.
#ifndef CSP_RUNTIME_SLICE_H
#define CSP_RUNTIME_SLICE_H

#include "runtime/g.h"

// false: a panic was recorded in g.
bool slice_make(P *p, G *g, const TypeDesc *elem, int64_t len, int64_t cap, Slice *out);
// out = s with room for n more elements and its length raised by n; growth and
// rounding as Go's append.
bool slice_grow(P *p, G *g, const TypeDesc *elem, Slice s, int64_t n, Slice *out);
bool slice_append(P *p, G *g, const TypeDesc *elem, Slice s, Slice more, Slice *out);
int64_t slice_copy(const TypeDesc *elem, Slice dst, Slice src);
#endif
