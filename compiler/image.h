// SPDX-License-Identifier: MIT
// image.h: the library image: compiled library packages, ready to map.
//
// The image is the compiler's arena as it stood after compiling the library at
// build time: sources' names, types, scopes, descriptors and bytecode. It was
// made at a fixed address, so it is mapped there and used as it is; start-up
// reads only the pages that a program touches.
#ifndef CSP_COMPILER_IMAGE_H
#define CSP_COMPILER_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Makes all further arena memory part of an image. Call before any other use
// of the compiler. False: the address is taken.
bool image_begin(void);
// Writes the arena to a file. The checksum ties it to the build's native table.
bool image_write(const char *path, uint64_t checksum);
// Maps the image in bytes [start, start + len) of this executable (a section of
// it) and adopts its arena; false when it does not fit this process (address
// taken, other build), and the compiler then starts empty.
bool image_open(const void *start, size_t len, uint64_t checksum);

#endif
