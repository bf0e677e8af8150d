// SPDX-License-Identifier: MIT
// repl_files.c: files that are run at the prompt, and those of them that have
// changed since.
//
// Of a changed file only the parts that are new run again: declarations and
// statements of the top level, found by the parser. The others are blanked out,
// so that positions stay those of the file, and variables keep their values.
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/repl_impl.h"
#include "compiler/session.h"

typedef struct Part { // of a file's text
    const char *at;
    size_t len;
    int line;
} Part;

typedef struct Parts { Part *at; size_t n, cap; } Parts;

typedef struct LoadedFile { char *path, *text; } LoadedFile;

static struct { LoadedFile *at; size_t n; } loaded;

// --- parts

static void add_part(Parts *p, const char *at, size_t len, int line) {
    if (p->n == p->cap) p->at = repl_need(realloc(p->at, (p->cap = p->cap * 2 + 32) * sizeof *p->at));
    p->at[p->n++] = (Part){at, len, line};
}

static bool is_saved(const char *text) { return strncmp(text, repl_input_mark, strlen(repl_input_mark)) == 0; }

static const char *next_input(const char *text) {
    const char *next = strstr(text + 1, repl_input_mark);
    while (next && next[-1] != '\n') next = strstr(next + 1, repl_input_mark);
    return next ? next : text + strlen(text);
}

static const char *next_line(const char *at) {
    at = strchrnul(at, '\n');
    return *at ? at + 1 : at;
}

static bool is_remark(const char *line) {
    line = repl_skip_blanks(line);
    return *line == '\n' || *line == '\r' || !*line || strncmp(line, "//", 2) == 0;
}

// Behind the declaration or statement at text, with the comments above it: where
// all brackets are closed and the parser wants no more.
static const char *part_end(const char *text) {
    const char *at = text;
    while (*at && is_remark(at)) at = next_line(at);
    do at = repl_closed_end(text, at);
    while (*at && !session_is_complete(text, (size_t)(at - text)));
    return at;
}

static Parts parts_of(const char *text) {
    Parts p = {0};
    int line = 1;
    bool saved = is_saved(text);
    for (const char *end; *text; text = end) {
        end = saved ? next_input(text) : part_end(text);
        add_part(&p, text, (size_t)(end - text), line);
        for (const char *c = text; c < end; c++) line += *c == '\n';
    }
    return p;
}

static Part trimmed(Part p) {
    while (p.len && isspace((unsigned char)*p.at)) p.at++, p.len--;
    while (p.len && isspace((unsigned char)p.at[p.len - 1])) p.len--;
    return p;
}

static bool same_text(const Part *a, const Part *b) {
    Part x = trimmed(*a), y = trimmed(*b);
    return x.len == y.len && memcmp(x.at, y.at, x.len) == 0;
}

static const char *code_of(const Part *p) { // without the comments above it
    const char *at = p->at, *end = p->at + p->len;
    while (at < end && is_remark(at)) at = next_line(at);
    return at < end ? at : end;
}

static bool is_word(const char *at, const char *word) {
    size_t n = strlen(word);
    return strncmp(at, word, n) == 0 && !isalnum((unsigned char)at[n]) && at[n] != '_';
}

static size_t name_length(const char *at) {
    size_t n = 0;
    while (isalnum((unsigned char)at[n]) || at[n] == '_' || (unsigned char)at[n] >= 0x80) n++;
    return n;
}

// "Name", "Type.Method", or "line 7".
static void add_title(Text *t, const Part *p) {
    const char *at = code_of(p);
    bool declares = is_word(at, "func") || is_word(at, "type") || is_word(at, "var") || is_word(at, "const");
    char buf[32];
    if (declares) at = repl_skip_blanks(at + name_length(at));
    if (declares && *at == '(' && is_word(code_of(p), "func")) { // the receiver's type is its last name before [ or )
        const char *close = at + strcspn(at, "[)"), *type = close;
        while (type > at && (isalnum((unsigned char)type[-1]) || type[-1] == '_' || (unsigned char)type[-1] >= 0x80)) type--;
        text_add(t, type, (size_t)(close - type));
        text_add(t, ".", 1);
        at = repl_skip_blanks(at + strcspn(at, ")") + 1);
    }
    size_t n = name_length(at);
    if (n && (declares || strncmp(repl_skip_blanks(at + n), ":=", 2) == 0)) {
        text_add(t, at, n);
        return;
    }
    int line = p->line;
    for (const char *c = p->at; c < code_of(p); c++) line += *c == '\n';
    text_add(t, buf, (size_t)snprintf(buf, sizeof buf, "line %d", line));
}

static bool is_kept_always(const Part *p) { return is_word(code_of(p), "import") || is_word(code_of(p), "package"); }

static bool is_empty(const Part *p) { return code_of(p) == p->at + p->len; }

// --- running

static Outcome run_inputs(const char *text) {
    Outcome o = FINE;
    for (const char *next; *text && o == FINE; text = next) {
        next = next_input(text);
        const char *body = strchrnul(text, '\n');
        if (body < next) o = repl_run_numbered(body + 1, (size_t)(next - body - 1), NULL);
    }
    return o;
}

static Outcome run_text(const char *path, const char *text) { return is_saved(text) ? run_inputs(text) : repl_run_named(path, text, strlen(text), NULL); }

static LoadedFile *file_at(const char *path) {
    for (size_t i = 0; i < loaded.n; i++)
        if (strcmp(loaded.at[i].path, path) == 0) return &loaded.at[i];
    return NULL;
}

static void remember(const char *path, char *text) {
    LoadedFile *f = file_at(path);
    if (!f) {
        loaded.at = repl_need(realloc(loaded.at, (loaded.n + 1) * sizeof *loaded.at));
        f = &loaded.at[loaded.n++];
        *f = (LoadedFile){repl_need(strdup(path)), NULL};
    }
    free(f->text);
    f->text = text;
}

static char *read_source(const char *path) {
    char *text = repl_read_whole(path);
    if (!text) repl_say("%s: %s\n", path, strerror(errno));
    else if (text[0] == '#' && text[1] == '!') text[0] = text[1] = '/'; // of a script, and no Go
    return text;
}

Outcome repl_load(const char *path) {
    char *text = read_source(path);
    if (!text) return WRONG;
    Outcome o = run_text(path, text);
    remember(path, text);
    return o;
}

// --- running once more

// Takes out of news what is in olds too, each of these once.
static size_t mark_changed(const Parts *news, const Parts *olds, bool *changed, bool *used) {
    size_t n = 0;
    for (size_t i = 0; i < news->n; i++) {
        changed[i] = !is_empty(&news->at[i]);
        for (size_t k = 0; k < olds->n && changed[i]; k++)
            if (!used[k] && same_text(&news->at[i], &olds->at[k])) {
                used[k] = true;
                changed[i] = false;
            }
        n += changed[i];
    }
    return n;
}

// The text with blanks for what is not to run again; of saved inputs what is to run.
static char *text_to_run(const char *text, const Parts *parts, const bool *changed) {
    Text t = {0};
    text_add(&t, "", 0);
    for (size_t i = 0; i < parts->n; i++) {
        const Part *p = &parts->at[i];
        if (changed[i] || is_kept_always(p)) {
            text_add(&t, p->at, p->len);
            continue;
        }
        for (size_t k = 0; k < p->len && !is_saved(text); k++) text_add(&t, p->at[k] == '\n' ? "\n" : " ", 1);
    }
    return t.at;
}

static bool has_title(const Parts *parts, const char *title) {
    bool has = false;
    for (size_t i = 0; i < parts->n && !has; i++) {
        Text t = {0};
        add_title(&t, &parts->at[i]);
        has = strcmp(t.at, title) == 0;
        free(t.at);
    }
    return has;
}

// Parts for which wanted is as is says; not those that others have as well.
static void list_parts(const char *what, const Parts *parts, const bool *wanted, bool is, const Parts *others) {
    Text t = {0};
    for (size_t i = 0; i < parts->n; i++) {
        if (wanted[i] != is || is_empty(&parts->at[i]) || is_kept_always(&parts->at[i])) continue;
        Text title = {0};
        add_title(&title, &parts->at[i]);
        if (!others || !has_title(others, title.at)) {
            if (t.len) text_add(&t, ", ", 2);
            text_add(&t, title.at, title.len);
        }
        free(title.at);
    }
    if (t.len) repl_say("  %s: %s\n", what, t.at);
    free(t.at);
}

static void reload(const char *path, const char *old) {
    char *text = read_source(path);
    if (!text) return;
    if (strcmp(text, old) == 0) {
        repl_say("%s has not changed\n", path);
        free(text);
        return;
    }
    Parts news = parts_of(text), olds = parts_of(old);
    bool *changed = repl_need(calloc(news.n + 1, 1)), *used = repl_need(calloc(olds.n + 1, 1));
    size_t n = mark_changed(&news, &olds, changed, used);
    char *run = text_to_run(text, &news, changed);
    Outcome o = n ? run_text(path, run) : FINE;
    if (o == FINE) {
        repl_say("%s:\n", path);
        list_parts("run again", &news, changed, true, NULL);
        list_parts("no longer in the file, still known", &olds, used, false, &news);
        list_parts("kept", &news, changed, false, NULL);
    }
    free(run);
    free(changed);
    free(used);
    free(news.at);
    free(olds.at);
    if (o == FINE) remember(path, text);
    else free(text);
}

void repl_reload(void) {
    if (!loaded.n) repl_say("no file was loaded yet\n");
    for (size_t i = 0; i < loaded.n; i++) reload(loaded.at[i].path, loaded.at[i].text);
}
