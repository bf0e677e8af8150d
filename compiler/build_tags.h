// SPDX-License-Identifier: MIT
// build_tags.h: which files of a folder belong to a program on this machine.
#ifndef CSP_COMPILER_BUILD_TAGS_H
#define CSP_COMPILER_BUILD_TAGS_H

#include <stdbool.h>
#include <stddef.h>

enum { NEWEST_LANG = 23 }; // go1.N, whose language this is

// Does the tag hold: the system, the machine, cgo, csp, go1.N of a known release?
bool build_tag_holds(const char *tag, size_t len);
// By the file's name (x_linux.go, x_windows_arm64.c) and the constraints above
// its first line of code (//go:build, // +build).
bool build_tags_admit(const char *path);

#endif
