// SPDX-License-Identifier: MIT
// text.h: searching and taking apart of byte strings, shared by the natives of
// packages strings and bytes. Positions are byte offsets, -1 for none.
// Results that are new live in the collected heap of the current processor.
#ifndef CSP_STDLIB_TEXT_H
#define CSP_STDLIB_TEXT_H

#include "runtime/type.h"

enum { TEXT_NONE = -1 };

static inline Str text_from(Str s, int64_t from) { return from ? (Str){s.ptr + from, s.len - from} : s; }
static inline Str text_to(Str s, int64_t to) { return (Str){s.ptr, to}; }

// As the functions of package strings of these names.
bool text_has_prefix(Str s, Str prefix);
bool text_has_suffix(Str s, Str suffix);
int64_t text_index(Str s, Str sub);
int64_t text_last_index(Str s, Str sub);
int64_t text_index_byte(Str s, uint8_t b);
int64_t text_last_index_byte(Str s, uint8_t b);
int64_t text_index_rune(Str s, int32_t r);
int64_t text_index_any(Str s, Str chars);
int64_t text_last_index_any(Str s, Str chars);
int64_t text_count(Str s, Str sub); // of an empty sub: one more than code points
bool text_equal_fold(Str s, Str t);

Str text_trim_space(Str s);
Str text_trim_left(Str s, Str cutset);
Str text_trim_right(Str s, Str cutset);

// Next field of *rest between white space; false at the end.
bool text_next_field(Str *rest, Str *field);
int64_t text_count_fields(Str s);
// Splits off the first piece of *rest in front of sep (behind it with keep_sep);
// an empty sep splits off one code point. False when sep does not occur.
bool text_next_piece(Str *rest, Str sep, bool keep_sep, Str *piece);

typedef int32_t TextMapping(int32_t r);
// s with each code point mapped; s itself when nothing changes and share is set.
Str text_map(Str s, TextMapping *mapping, bool share);
Str text_to_upper(Str s); // s itself when nothing changes
Str text_to_lower(Str s);
// s with the first n occurrences of from replaced (n < 0: all); s itself when
// there is none.
Str text_replace(Str s, Str from, Str to, int64_t n);
Str text_repeat(Str s, int64_t count);
Str text_to_valid(Str s, Str replacement);

#endif
