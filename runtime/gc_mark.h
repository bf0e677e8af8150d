// SPDX-License-Identifier: MIT
// gc_mark.h: the marking phase of a collection, by one thread or several.
//
// All of this runs while the world is stopped. The collecting thread begins,
// gives roots to its Marker, drains as often as it likes, and ends. Helpers
// live from begin to end only on work that the collecting thread hands over.
#ifndef CSP_RUNTIME_GC_MARK_H
#define CSP_RUNTIME_GC_MARK_H

#include "runtime/heap.h"

typedef struct Marker Marker;

// nthreads: how many may mark, the caller included.
Marker *gc_mark_begin(uint32_t nthreads);
void gc_mark_word(void *marker, uint64_t word); // as a visitor: ctx is the Marker
void gc_mark_typed(Marker *m, const char *mem, const TypeDesc *t);
void gc_mark_contents(Marker *m, const Span *s, uint32_t index); // what the object holds, not itself
void gc_mark_relieve(Marker *m); // scans if much waits; for use between roots
void gc_mark_hold(Marker *m);    // from now on m only collects what it is to scan
void gc_mark_forget(Marker *m);  // m scans again, and has nothing to scan
void gc_mark_drain(Marker *m);  // until m has nothing left to scan; others may have
void gc_mark_finish(Marker *m); // until nobody has: all that is reachable is marked
void gc_mark_end(Marker *m);    // helpers are at rest on return

#endif
