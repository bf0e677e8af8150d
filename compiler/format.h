// SPDX-License-Identifier: MIT
// format.h: the canonical form of a source text.
//
// For a Go file it is byte for byte what gofmt of Go 1.19 prints; scripts and
// the notation of CSP are laid out in the same spirit. What is in canonical form
// stays as it is.
#ifndef CSP_COMPILER_FORMAT_H
#define CSP_COMPILER_FORMAT_H

#include "compiler/source.h"

// Formats the text of a file; path is for messages, and tells a Go file by its
// ".go", which must have a package clause. A NUL byte stands behind text. NULL:
// there are syntax errors, which source_print_errors tells. The result, with its
// length in *len, and all that was made on the way lie in the arena.
const char *format_source(Str path, Str text, size_t *len);

#endif
