// SPDX-License-Identifier: MIT
// doc.h: what a package says of itself: declarations and the comments above them.
#ifndef CSP_COMPILER_DOC_H
#define CSP_COMPILER_DOC_H

#include "compiler/check.h"
#include "compiler/compile.h"

// The comment of a package and a line for each exported declaration.
void doc_print_package(const Package *p, FILE *to);
// A declaration and its comment, of a type also its exported functions and methods; source: the
// whole text instead. o was declared in a source file.
void doc_print_object(const Object *o, bool source, FILE *to);

// The first line of the comment above what is declared at pos, in its source text;
// empty: there is none.
Str doc_first_line(Pos pos);

// csp doc: query is empty (the packages of the library), a package ("json",
// "net/http"), or something in one ("strings.Builder", "net/http.Client.Do").
// False: there is no such thing.
bool compile_doc(const CompileOptions *o, const char *query, FILE *to);

#endif
