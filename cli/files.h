// SPDX-License-Identifier: MIT
// files.h: which source files are meant by the words of a command line.
#ifndef CSP_CLI_FILES_H
#define CSP_CLI_FILES_H

#include <stdbool.h>

enum { FILES_BAD = 1, FILES_NO_MEMORY = 2 };  // exit statuses
enum { FILES_MOST_BYTES = 64 << 20 };         // of one file, as the compiler's own limit

typedef struct Files {
    char **at;
    int len;
} Files;

// Says on standard error why path is of no use; answers FILES_BAD.
int files_bad(const char *path, const char *why);
void *files_must(void *p); // p, unless it is NULL: then memory is out, and the process ends
bool files_ends_with(const char *s, const char *end);
bool files_is_test(const char *path); // NAME_test.go, NAME_test.csp

void files_add(Files *f, char *path);
// 0, or FILES_BAD after a message. Of a folder all source files belong to it that
// build tags admit, those of tests only when tests are wanted.
int files_add_path(Files *f, char *path);
int files_add_folder(Files *f, const char *dir, bool tests);
// All folders at and below dir that hold source files, for "DIR/...".
void files_find_folders(Files *folders, const char *dir, bool top, bool tests);

#endif
