// iface.h: interface values: boxing, comparison, hashing, assertions.
#ifndef CSP_RUNTIME_IFACE_H
#define CSP_RUNTIME_IFACE_H

#include "runtime/g.h"

// Conversions between layouts (type.h). Scalars are made canonical.
void value_load(const TypeDesc *t, uint64_t *slots, const void *mem);  // memory to slots
void value_store(const TypeDesc *t, void *mem, const uint64_t *slots); // slots to memory

uint64_t iface_box_slots(P *p, const TypeDesc *t, const uint64_t *slots); // data word; copies when not direct
uint64_t iface_box_mem(P *p, const TypeDesc *t, const void *mem); // the same of a value in memory layout
static inline Iface iface_make(P *p, const TypeDesc *t, const uint64_t *slots) { return (Iface){t, iface_box_slots(p, t, slots)}; }
// Address of the value in memory layout; valid while *i is.
static inline const void *iface_value(const Iface *i) { return type_is_direct(i->type) ? (const void *)&i->data : (const void *)(uintptr_t)i->data; }

// eq and hash give 1/0, and -1 when a panic was recorded in g (g may be NULL: then uncomparable counts as unequal).
int value_eq(G *g, const TypeDesc *t, const void *a, const void *b);
int iface_eq(G *g, Iface a, Iface b);
bool value_hash(G *g, const TypeDesc *t, const void *v, uint64_t seed, uint64_t *out); // false: panic

// iface_implements tells whether dynamic type t has all methods of interface
// type i; answers are cached, lock-free to read. missing may be NULL.
bool iface_implements(const TypeDesc *t, const TypeDesc *i, Str *missing);
// Record the panic of a failed x.(want); have NULL: the interface was nil.
void iface_assert_panic(G *g, const TypeDesc *static_iface, const TypeDesc *have, const TypeDesc *want);
// Types have got other methods: answers are worked out anew. The world is stopped.
void iface_forget(void);

#endif
