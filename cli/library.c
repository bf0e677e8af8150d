// SPDX-License-Identifier: MIT
// library.c: ties the image of the standard library to a build, and maps it.
#include "cli/library.h"

#include <string.h>

#include "compiler/image.h"
#include "stdlib/stdlib.h"

static uint64_t mix(uint64_t h, const char *s) {
    for (; *s; s++) h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
    return (h ^ 0xff) * UINT64_C(0x100000001b3); // an end mark: "ab","c" is not "a","bc"
}

// The order of natives is what an image depends on. Sources need no part in
// it: the build makes image and command from the same ones.
uint64_t library_checksum(void) {
    uint64_t h = mix(UINT64_C(0xcbf29ce484222325), CSP_VERSION);
    for (const NativePackage *p = stdlib_packages; p->path; p++) {
        h = mix(h, p->path);
        for (const NativeDef *d = p->defs; d->name; d++) h = mix(h, d->name);
    }
    return h;
}

void library_open(void) {
#ifdef CSP_HAS_IMAGE
    extern const char library_image_start[], library_image_end[];
    static bool opened;
    if (opened) return;
    opened = true;
    image_open(library_image_start, (size_t)(library_image_end - library_image_start), library_checksum());
#endif
}
