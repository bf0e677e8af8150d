// SPDX-License-Identifier: MIT
// bytecode.c: facts about instructions, from the one table.
#include "vm/bytecode.h"

#define ROLE(r) ROLE_##r
enum { NONE = OPF_NONE, JUMP = OPF_JUMP, ENDS = OPF_ENDS, PANIC = OPF_PANIC, PARK = OPF_PARK, CALL = OPF_CALL, ALLOC = OPF_ALLOC };

const OpInfo op_info[OP_COUNT] = {
#define OP(name, a, b, c, ext, flags, effect) [OP_##name] = {#name, ROLE(a), ROLE(b), ROLE(c), ext, flags, effect},
#include "vm/opcodes.def"
#undef OP
};

uint32_t op_words(const Word *w) { return 1u + op_info[w->op].ext; }

uint32_t func_line(const Func *f, uint32_t pc) {
    uint32_t lo = 0, hi = f->nlines;
    if (!hi || f->lines[0].pc > pc) return f->line;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->lines[mid].pc <= pc) lo = mid;
        else hi = mid;
    }
    return f->lines[lo].line;
}

bool func_unsigned_index(const Func *f, uint32_t pc) {
    bool is = false;
    for (uint32_t i = 0; i < f->nindex_kinds && f->index_kinds[i] >> 1 <= pc; i++) is = f->index_kinds[i] & 1;
    return is;
}

static Str file_at(const Func *f, uint32_t pc, const Func *owner) {
    Str file = owner->file;
    for (uint32_t i = 0; i < f->nfiles && f->files[i].pc <= pc; i++) file = f->files[i].file;
    return file;
}

bool func_source(const Func *f, uint32_t pc, uint32_t depth, FuncSource *out) {
    uint32_t line = func_line(f, pc), at = pc;
    for (uint32_t i = 0; i < f->ninlined; i++) {
        const InlinedCall *c = &f->inlined[i];
        if (pc < c->from || pc >= c->to) continue;
        if (depth-- == 0) {
            *out = (FuncSource){c->fn, line, file_at(f, at, c->fn)};
            return true;
        }
        line = c->line;
        if (c->from) at = c->from - 1;
    }
    *out = (FuncSource){f, line, file_at(f, at, f)};
    return depth == 0;
}

uint32_t op_print_slots(uint32_t what) {
    switch (what) {
    case 0x100: case 0x101: return 0;
    case KIND_STRING: case KIND_INTERFACE: case KIND_COMPLEX128: return 2;
    case KIND_SLICE: return 3;
    default: return 1;
    }
}
