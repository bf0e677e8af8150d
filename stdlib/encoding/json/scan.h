// scan.h: what the natives of encoding/json share about texts.
#ifndef CSP_STDLIB_JSON_SCAN_H
#define CSP_STDLIB_JSON_SCAN_H

#include "vm/native.h"

// A text that grows. It begins as a slice of bytes, in whose spare capacity it
// is written, as append would.
typedef struct Out {
    char *ptr;
    int64_t len, cap;
} Out;

void out_grow(Out *o, int64_t more); // to a new place with room for that many bytes; len stays
static inline char *out_room(Out *o, int64_t n) { // n bytes to be written at the end; raise len afterwards
    if (o->cap - o->len < n) out_grow(o, n);
    return o->ptr + o->len;
}
static inline void out_put(Out *o, const char *s, int64_t n) {
    if (n) memcpy(out_room(o, n), s, (size_t)n);
    o->len += n;
}
static inline void out_byte(Out *o, char c) {
    *out_room(o, 1) = c;
    o->len++;
}

// Appends s as a JSON string; escape_html: with <, > and & as \u escapes.
void json_put_quoted(Out *o, Str s, bool escape_html);
// The string that starts with the quote at p, in a text without faults; *end is
// set behind its closing quote.
Str json_unquote(const char *p, const char **end);
// Where the value or the space that begins at p ends, in a text without faults.
const char *json_skip_value(const char *p);
static inline bool json_is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Natives; their Go signatures stand in plain.csp and plan.csp.
NativeStatus json_decode_plain(NativeCall *c);
NativeStatus json_encode_plain(NativeCall *c);
NativeStatus json_find_plan(NativeCall *c);

#endif
