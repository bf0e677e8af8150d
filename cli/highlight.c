// SPDX-License-Identifier: MIT
// highlight.c: what the parts of a source text are, for its colours.
//
// A scanner of its own, as the compiler's wants whole tokens and reports what is
// wrong: here a string that is still open is a string up to the line's end.
#include "cli/highlight.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "compiler/token.h"

const char *const style_escapes[STYLE_COUNT] = {
    [STYLE_PLAIN] = "", [STYLE_KEYWORD] = "\033[35m", [STYLE_STRING] = "\033[32m", [STYLE_NUMBER] = "\033[36m", [STYLE_COMMENT] = "\033[2m",
    [STYLE_MATCH] = "\033[1;4m", [STYLE_SUGGESTION] = "\033[2m", [STYLE_PROMPT] = "\033[1;34m",
};

static bool is_letter(char c) { return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }

static bool is_keyword(const char *s, size_t n) {
    for (int k = TOK_BREAK; k < TOK_COUNT; k++)
        if (token_text[k] && strlen(token_text[k]) == n && memcmp(token_text[k], s, n) == 0) return true;
    return false;
}

static size_t comment_end(const char *s, size_t at, size_t len) {
    if (s[at + 1] == '/') {
        while (at < len && s[at] != '\n') at++;
        return at;
    }
    for (at += 2; at < len; at++)
        if (s[at] == '/' && s[at - 1] == '*') return at + 1;
    return len;
}

static size_t string_end(const char *s, size_t at, size_t len) {
    char quote = s[at++];
    for (; at < len && s[at] != quote; at++) {
        if (quote == '`') continue;
        if (s[at] == '\n') return at;
        if (s[at] == '\\' && at + 1 < len) at++;
    }
    return at < len ? at + 1 : len;
}

static size_t word_end(const char *s, size_t at, size_t len) {
    while (at < len && (is_letter(s[at]) || isdigit((unsigned char)s[at]))) at++;
    return at;
}

static size_t number_end(const char *s, size_t at, size_t len) {
    while (at < len && (isalnum((unsigned char)s[at]) || s[at] == '_' || s[at] == '.' || (strchr("+-", s[at]) && strchr("eEpP", s[at - 1]) && s[at]))) at++;
    return at;
}

// The end of the part that begins at s[at].
static size_t next_part(const char *s, size_t at, size_t len, Style *style) {
    *style = STYLE_PLAIN;
    if (s[at] == '/' && at + 1 < len && (s[at + 1] == '/' || s[at + 1] == '*')) {
        *style = STYLE_COMMENT;
        return comment_end(s, at, len);
    }
    if (s[at] == '"' || s[at] == '`' || s[at] == '\'') {
        *style = STYLE_STRING;
        return string_end(s, at, len);
    }
    if (isdigit((unsigned char)s[at])) {
        *style = STYLE_NUMBER;
        return number_end(s, at, len);
    }
    if (!is_letter(s[at])) return at + 1;
    size_t end = word_end(s, at, len);
    if (is_keyword(s + at, end - at)) *style = STYLE_KEYWORD;
    return end;
}

void highlight(const char *text, size_t len, unsigned char *styles) {
    size_t at = strspn(text, " \t");
    memset(styles, STYLE_PLAIN, len);
    if (at < len && text[at] == ':') { // a command
        size_t end = word_end(text, at + 1, len);
        memset(styles + at, STYLE_KEYWORD, end - at);
        at = end;
    }
    while (at < len) {
        Style style;
        size_t end = next_part(text, at, len, &style);
        memset(styles + at, (int)style, end - at);
        at = end;
    }
}

static bool is_bracket(const char *text, size_t len, size_t at, const unsigned char *styles) {
    return at < len && text[at] && strchr("()[]{}", text[at]) && styles[at] == STYLE_PLAIN;
}

void highlight_brackets(const char *text, size_t len, size_t point, unsigned char *styles) {
    static const char pairs[] = "(){}[]";
    size_t at = point > 0 && is_bracket(text, len, point - 1, styles) ? point - 1 : point;
    if (!is_bracket(text, len, at, styles)) return;
    size_t which = (size_t)(strchr(pairs, text[at]) - pairs);
    bool closes = which % 2;
    int depth = 0;
    char partner = pairs[which ^ 1];
    for (size_t other = at; other < len; other = closes ? other - 1 : other + 1) { // from 0 down it wraps round
        if (!is_bracket(text, len, other, styles)) continue;
        if (text[other] == text[at]) depth++;
        else if (text[other] == partner) depth--;
        if (depth) continue;
        styles[at] = styles[other] = STYLE_MATCH;
        return;
    }
}
