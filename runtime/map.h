// map.h: hash maps of the language. Iteration order is random as in Go; an
// iteration sees each entry at most once and never one deleted before it came.
// Unsynchronised concurrent use is reported when seen (rt_fatal, Go's text).
#ifndef CSP_RUNTIME_MAP_H
#define CSP_RUNTIME_MAP_H

#include "runtime/g.h"

typedef struct Map Map;
typedef struct MapIter MapIter;

// t is the map's TypeDesc. key points to a key (slot or memory layout).
// Functions that return NULL where a pointer is due have recorded a panic in g.
// Returned addresses are valid until the next operation on the map.
Map *map_make(P *p, const TypeDesc *t, int64_t hint);
void *map_get(P *p, G *g, const TypeDesc *t, const Map *m, const void *key, bool *found); // never NULL unless panic: a zero value when missing
void *map_set(P *p, G *g, const TypeDesc *t, Map *m, const void *key); // address of the value to write
bool map_delete(P *p, G *g, const TypeDesc *t, Map *m, const void *key); // false: panic
void map_clear(P *p, const TypeDesc *t, Map *m);
int64_t map_len(const Map *m);
MapIter *map_iter(P *p, const TypeDesc *t, Map *m); // a heap object; m may be NULL
bool map_next(P *p, MapIter *it, void **key, void **value); // false: done
#endif
