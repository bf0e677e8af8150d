// SPDX-License-Identifier: MIT
// c_fuzz.c: any bytes are read as declarations of C, as in the comment above
// import "C", and what they declare has a counterpart or none. The C compiler
// is never asked: lines that would need it are passed over.
#include "tests/fuzz/fuzz.h"

#include "compiler/c_impl.h"

const char *const fuzz_seeds[] = {"tests/fuzz/seeds", "tests/ffi", "examples/ffi", NULL};

static void look_up(CUnit *u, Name *name) {
    CDecl *d = c_find(&u->names, name);
    foreign_lookup(u->pkg, name, 0);
    if (!d || !d->type) return;
    c_layout(d->type);
    c_foreign_kind(d->type);
    foreign_go_type(u->pkg, d->type);
    ForeignFieldList fields = {0};
    c_flatten(d->type, 0, &fields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SourceFile *f = fuzz_source(data, size);
    Package *owner = ARENA_NEW(Package);
    owner->name = name_of("main");
    owner->path = arena_str("main", 4);
    owner->scope = scope_new(universe);
    foreign_refused = false;
    CUnit *u = foreign_import(owner, (Str){"", 0}, 0, f->base)->c;
    CPreamble own = {.text = f->text, .path = "fuzz.csp", .pos = f->base};
    VEC_PUSH(&u->preambles, own);
    u->keep_texts = true;
    c_parse(u, u->preambles.len - 1, c_expand(u, f->text));
    for (uint32_t i = 0; i < u->names.cap; i++)
        if (u->names.at[i].what) look_up(u, u->names.at[i].name);
    for (uint32_t i = 0; i < u->macros.cap; i++)
        if (u->macros.at[i].what) c_evaluate(u, ((CMacro *)u->macros.at[i].what)->body);
    c_evaluate(u, f->text);
    c_evaluate_type(u, f->text);
    source_print_errors(stderr);
    fuzz_undo();
    return 0;
}
