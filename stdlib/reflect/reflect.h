// SPDX-License-Identifier: MIT
// reflect.h: what the C files of package reflect share.
#ifndef CSP_STDLIB_REFLECT_REFLECT_H
#define CSP_STDLIB_REFLECT_REFLECT_H

#include "runtime/type.h"

// The one descriptor of the composite type that want describes: kind, elem,
// key, len, chan_dir, in and out, variadic, fields (names, tags, types,
// embedded) as the kind needs them. It is found among the program's types or
// made; lists and texts of want are copied then.
const TypeDesc *types_of(const TypeDesc *want);

#endif
