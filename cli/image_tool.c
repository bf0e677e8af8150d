// SPDX-License-Identifier: MIT
// image_tool.c: the build's own program: compiles every package of the library
// and writes the image that the command carries.
//
//     csp_image_tool OUT
//
// It fails when a package does not compile, when a function without body has
// no native (the compiler says so), and when a native has no function.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/library.h"
#include "compiler/compile.h"
#include "compiler/image.h"
#include "stdlib/stdlib.h"

static bool *asked; // by number: the compiler found a declaration for this native

static int native_asked(const char *pkg, const char *name) {
    int number = stdlib_native_index(pkg, name);
    if (number >= 0) asked[number] = true;
    return number;
}

static bool all_asked(void) {
    bool ok = true;
    int number = 0;
    for (const NativePackage *p = stdlib_packages; p->path; p++)
        for (const NativeDef *d = p->defs; d->name; d++, number++)
            if (!asked[number]) {
                fprintf(stderr, "csp_image_tool: %s: native %s has no declaration\n", p->path, d->name);
                ok = false;
            }
    return ok;
}

static bool is_first_file(const StdlibSource *s) {
    const char *name;
    size_t len;
    return stdlib_source(s->path, 0, &name, &len) == s->text;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: csp_image_tool OUT\n");
        return 2;
    }
    uint32_t natives;
    stdlib_native_table(&natives);
    asked = calloc(natives + 1, sizeof *asked);
    if (!asked || !image_begin()) {
        fprintf(stderr, "csp_image_tool: no memory at the image's address\n");
        return 1;
    }
    CompileOptions o = {.all_errors = true, .package_source = stdlib_source, .native_index = native_asked};
    bool ok = true;
    for (const StdlibSource *s = stdlib_sources; s->path; s++)
        if (is_first_file(s) && !compile_library(&o, s->path)) {
            fprintf(stderr, "csp_image_tool: %s: does not compile\n", s->path);
            ok = false;
        }
    ok = ok && all_asked();
    if (ok && !image_write(argv[1], library_checksum())) {
        fprintf(stderr, "csp_image_tool: cannot write %s\n", argv[1]);
        ok = false;
    }
    if (!ok) remove(argv[1]);
    return ok ? 0 : 1;
}
