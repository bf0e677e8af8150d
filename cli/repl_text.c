// SPDX-License-Identifier: MIT
// repl_text.c: what the files of the prompt do with texts: growing, saying, reading
// files, taking prompts off, indenting.
#define _GNU_SOURCE
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/repl_impl.h"

void *repl_need(void *p) {
    if (p) return p;
    fputs("csp: out of memory\n", repl.tty ? repl.tty : stderr);
    exit(2);
}

void text_add(Text *t, const char *s, size_t n) {
    if (t->len + n + 1 > t->cap) t->at = repl_need(realloc(t->at, t->cap = (t->len + n + 1) * 2));
    memcpy(t->at + t->len, s, n);
    t->len += n;
    t->at[t->len] = 0;
}

void repl_say(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    vfprintf(repl.tty, fmt, ap);
    va_end(ap);
    fflush(repl.tty);
}

const char *repl_dim(void) { return repl.color ? "\033[2m" : ""; }
const char *repl_red(void) { return repl.color ? "\033[31m" : ""; }
const char *repl_plain(void) { return repl.color ? "\033[0m" : ""; }

// --- text of inputs

static const char *const pasted_prompts[] = {"csp> ", "...> ", "$ "};

static size_t prompt_length(const char *line) {
    size_t blanks = strspn(line, " ");
    for (size_t i = 0; i < sizeof pasted_prompts / sizeof *pasted_prompts; i++) {
        size_t n = strlen(pasted_prompts[i]);
        if (strncmp(line + blanks, pasted_prompts[i], n) == 0) return blanks + n;
        if (strncmp(line + blanks, pasted_prompts[i], n - 1) == 0 && strchr("\n", line[blanks + n - 1])) return blanks + n - 1; // an empty line
    }
    return 0;
}

// A pasted transcript: prompts are taken off, and lines without one are output.
char *repl_without_prompts(const char *text) {
    if (!prompt_length(text)) return repl_need(strdup(text));
    Text out = {0};
    text_add(&out, "", 0);
    while (*text) {
        const char *end = strchrnul(text, '\n');
        size_t skip = prompt_length(text);
        if (skip) {
            text_add(&out, text + skip, (size_t)(end - text) - skip);
            text_add(&out, "\n", 1);
        }
        text = *end ? end + 1 : end;
    }
    if (out.len) out.at[--out.len] = 0;
    return out.at;
}

bool repl_is_blank(const char *s) { return s[strspn(s, " \t\r\n")] == 0; }

const char *repl_skip_blanks(const char *s) { return s + strspn(s, " \t"); }

char *repl_read_whole(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    Text t = {0};
    char buf[4096];
    text_add(&t, "", 0);
    for (size_t n; (n = fread(buf, 1, sizeof buf, f)) > 0;) text_add(&t, buf, n);
    bool bad = ferror(f);
    fclose(f);
    if (!bad) return t.at;
    free(t.at);
    return NULL;
}

bool repl_is_command(const char *text) { return *repl_skip_blanks(text) == ':'; }

// --- indentation
//
// A line stands as many steps to the right as there are lines that opened a
// bracket which is still open; a case stands with its switch. Lines of raw strings
// and comments of several lines stay as they are.

enum { OPEN_MOST = 256 };

typedef struct Indent {
    int line, depth;      // number of the line; open brackets
    int opened[OPEN_MOST]; // the line of each
    char inside;          // ` or *: of a raw string, a comment; 0: of neither
} Indent;

static int steps_of(const Indent *in, int depth) {
    int n = 0;
    for (int i = 0; i < depth && i < OPEN_MOST; i++) n += i == 0 || in->opened[i] != in->opened[i - 1];
    return n;
}

static void bracket(Indent *in, char c) {
    if (strchr("([{", c)) {
        if (in->depth < OPEN_MOST) in->opened[in->depth] = in->line;
        in->depth++;
    } else if (strchr(")]}", c) && in->depth > 0) {
        in->depth--;
    }
}

static void read_line(Indent *in, const char *s, const char *end) {
    for (; s < end; s++) {
        if (in->inside == '`' ? *s == '`' : in->inside && s[0] == '*' && s + 1 < end && s[1] == '/') {
            s += in->inside == '*';
            in->inside = 0;
        } else if (in->inside) {
            continue;
        } else if (*s == '"' || *s == '\'') {
            for (char quote = *s++; s < end && *s != quote; s++)
                if (*s == '\\') s++;
        } else if (*s == '/' && s + 1 < end && s[1] == '/') {
            return;
        } else if (*s == '`' || (*s == '/' && s + 1 < end && s[1] == '*')) {
            in->inside = *s == '`' ? '`' : '*';
            s += in->inside == '*';
        } else {
            bracket(in, *s);
        }
    }
}

const char *repl_closed_end(const char *text, const char *at) {
    Indent in = {0};
    for (const char *end; *text; text = *end ? end + 1 : end, in.line++) {
        if (text > at && !in.depth && !in.inside) break;
        end = strchrnul(text, '\n');
        read_line(&in, text, end);
    }
    return text;
}

static bool is_case(const char *s) {
    size_t n = strncmp(s, "case", 4) == 0 ? 4 : strncmp(s, "default", 7) == 0 ? 7 : 0;
    return n && !isalnum((unsigned char)s[n]) && s[n] != '_';
}

void repl_add_indented(Text *t, const char *code, size_t len) {
    Indent in = {0};
    bool blank = false;
    for (const char *end, *limit = code + len; code < limit; code = end + 1, in.line++) {
        end = memchr(code, '\n', (size_t)(limit - code));
        if (!end) end = limit;
        bool raw = in.inside;
        const char *first = code, *last = end;
        while (!raw && first < end && strchr(" \t", *first)) first++;
        read_line(&in, first, end);
        while (!in.inside && last > first && strchr(" \t\r", last[-1])) last--;
        if (!raw && first == last) {
            blank = true;
            continue;
        }
        if (blank && t->len) text_add(t, "\n", 1);
        blank = false;
        Indent before = in; // without what the line opens itself
        while (before.depth > 0 && before.depth <= OPEN_MOST && before.opened[before.depth - 1] == in.line) before.depth--;
        int steps = raw ? 0 : steps_of(&before, before.depth) - is_case(first);
        while (steps-- > 0) text_add(t, "\t", 1);
        text_add(t, first, (size_t)(last - first));
        text_add(t, "\n", 1);
    }
}
