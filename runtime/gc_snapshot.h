// SPDX-License-Identifier: MIT
// gc_snapshot.h: marking beside the program, in a copy of the process.
//
// At most one copy marks at a time. All but gc_snapshot_poll run while the world
// is stopped.
#ifndef CSP_RUNTIME_GC_SNAPSHOT_H
#define CSP_RUNTIME_GC_SNAPSHOT_H

#include "runtime/gc_mark.h"

// Makes a copy that marks what can be reached from what m, on hold, has to scan;
// m forgets that. False: there can be no copy now, and m still has it.
bool gc_snapshot_begin(Marker *m);
bool gc_snapshot_poll(void);    // a copy was at work and has come to its end; any thread
void gc_snapshot_wait(void);    // until it has
// The marks of the copy, whose end was seen, become the marks here. False: it
// failed, and there are no marks.
bool gc_snapshot_take(void);
void gc_snapshot_abandon(void); // ends a copy if there is one: no marks

#endif
