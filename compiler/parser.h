// SPDX-License-Identifier: MIT
// parser.h: source file to syntax tree.
#ifndef CSP_COMPILER_PARSER_H
#define CSP_COMPILER_PARSER_H

#include "compiler/ast.h"

// Parses a whole file; syntax errors go to source_error and parsing goes on at
// the next statement or declaration. A file without package clause becomes a
// script.
enum { PARSE_TO_FORMAT = 1 }; // flags: groups without declarations are there, as DECL_BAD at their '('; //go: comments are not looked at
FileAst *parse_file(SourceFile *file, int flags);
// After errors in parse_file: would more text have made sense?
bool parse_ended_early(void);

#endif
