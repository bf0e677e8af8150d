// SPDX-License-Identifier: MIT
// repl_complete.c: what Tab offers: files and imports in strings, commands, and
// what the session knows.
#define _GNU_SOURCE
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "cli/repl_impl.h"
#include "compiler/session.h"

// Files whose names begin as the string that is open at the end of text does.
static bool complete_file(const char *text, size_t len, size_t *from, void (*add)(void *ctx, const char *name, const char *what, const char *doc), void *ctx) {
    size_t quote = 0;
    bool inside = false;
    for (size_t i = 0; i < len; i++)
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) {
            inside = !inside;
            quote = i;
        }
    if (!inside) return false;
    *from = quote + 1;
    if (session_complete_import(text, len, quote, add, ctx)) return true;
    char *path = repl_need(strndup(text + quote + 1, len - quote - 1)), *slash = strrchr(path, '/');
    const char *begin = slash ? slash + 1 : path;
    *from = quote + 1 + (size_t)(begin - path);
    char *folder = slash ? repl_need(strndup(path, (size_t)(slash - path) + 1)) : repl_need(strdup("."));
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
        if (strncmp(e->d_name, begin, strlen(begin)) == 0 && (e->d_name[0] != '.' || *begin == '.')) add(ctx, e->d_name, e->d_type == DT_DIR ? "folder" : "file", "");
    if (d) closedir(d);
    free(folder);
    free(path);
    return true;
}

size_t repl_complete(const char *text, size_t len, void (*add)(void *ctx, const char *name, const char *what, const char *doc), void *ctx) {
    size_t in_string;
    if (complete_file(text, len, &in_string, add, ctx)) return in_string;
    const char *word = repl_skip_blanks(text);
    if (*word != ':' || memchr(word, ' ', len - (size_t)(word - text))) return session_complete(text, len, add, ctx);
    size_t from = (size_t)(word + 1 - text);
    const char *help, *name;
    for (int i = 0; (name = repl_command_name(i, &help)); i++)
        if (strncmp(name, word + 1, len - from) == 0) add(ctx, name, help, "");
    return from;
}
