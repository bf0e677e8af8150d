// SPDX-License-Identifier: MIT
// highlight.h: what the parts of a source text are, for its colours.
#ifndef CSP_CLI_HIGHLIGHT_H
#define CSP_CLI_HIGHLIGHT_H

#include <stddef.h>

typedef enum Style { STYLE_PLAIN, STYLE_KEYWORD, STYLE_STRING, STYLE_NUMBER, STYLE_COMMENT, STYLE_MATCH, STYLE_SUGGESTION, STYLE_PROMPT, STYLE_COUNT } Style;

extern const char *const style_escapes[STYLE_COUNT]; // for a terminal; "" of STYLE_PLAIN

// Stores the style of each byte. The text may be unfinished or wrong.
void highlight(const char *text, size_t len, unsigned char *styles);
// Marks the bracket before or behind point and its partner as STYLE_MATCH, if
// there are two.
void highlight_brackets(const char *text, size_t len, size_t point, unsigned char *styles);

#endif
