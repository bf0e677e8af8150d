// SPDX-License-Identifier: MIT
// disasm.c: listings of bytecode.
#include "vm/disasm.h"

#include <string.h>

static void operand(FILE *to, uint8_t role, uint16_t v, const Word *w, uint32_t next) {
    switch (role) {
    case ROLE___: return;
    case ROLE_IMM: fprintf(to, " #%u", v); return;
    case ROLE_SIMM: fprintf(to, " #%d", (int16_t)v); return;
    case ROLE_JMP: fprintf(to, " ->%u", (uint32_t)((int32_t)next + (int16_t)v)); return;
    case ROLE_LIM: {
        int32_t n = (int32_t)((uint32_t)w->b | (uint32_t)w->c << 16);
        if (op_info[w->op].flags & OPF_JUMP) fprintf(to, " ->%u", next + (uint32_t)n);
        else fprintf(to, " #%d", n);
        return;
    }
    case ROLE_HIM: return;
    case ROLE_OKR:
        if (v != NO_SLOT) fprintf(to, " r%u", v);
        return;
    default: fprintf(to, " r%u", v); return;
    }
}

static const Func *func_at(const Program *p, const void *ptr) {
    for (uint32_t i = 0; p && i < p->nfuncs; i++)
        if (p->funcs[i] == ptr) return p->funcs[i];
    return NULL;
}

static const TypeDesc *type_at(const Program *p, const void *ptr) {
    for (uint32_t i = 0; p && i < p->ntypes; i++)
        if (p->types[i] == ptr) return p->types[i];
    return NULL;
}

static void extension(FILE *to, const Program *p, const Word *w) {
    const Func *f = func_at(p, w->ptr);
    const TypeDesc *t = f ? NULL : type_at(p, w->ptr);
    if (f) fprintf(to, " %.*s", (int)f->name.len, f->name.ptr);
    else if (t) fprintf(to, " <%.*s>", (int)t->string.len, t->string.ptr);
    else if (w->raw < 1000000) fprintf(to, " %llu", (unsigned long long)w->raw);
    else fprintf(to, " %#llx", (unsigned long long)w->raw);
}

static void select_cases(FILE *to, const SelectCase *c, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        static const char *const kinds[] = {[ARM_RECEIVE] = "?", [ARM_SEND] = "!", [ARM_CONDITION] = "if"};
        fprintf(to, "%s%s r%u", i ? " | " : "", kinds[c[i].kind], c[i].chan);
        if (c[i].kind != ARM_CONDITION) fprintf(to, " r%u", c[i].value);
        if (c[i].ok != NO_SLOT) fprintf(to, " r%u", c[i].ok);
        if (c[i].fails) fputs(" fails", to);
    }
}

static void processes(FILE *to, const NetworkSite *s) {
    for (uint32_t i = 0; i < s->nprocesses; i++) {
        const ProcessSite *p = &s->processes[i];
        fprintf(to, "%s%s", i ? " || " : "", p->label ? p->label : "_");
        if (p->nsubs) fprintf(to, "(%u)", p->nsubs);
    }
}

// What the extension word of an instruction describes, in words; false: a
// number or an address.
static bool describe_site(FILE *to, const Word *w) {
    switch ((int)w->op) {
    case OP_FAIL: fprintf(to, " \"%s\"", (const char *)w[1].ptr); return true;
    case OP_PEER: {
        const PeerSite *s = w[1].ptr;
        fprintf(to, " process %u %c%s", s->label, s->out ? '!' : '?', s->text);
        return true;
    }
    case OP_ARM: fprintf(to, " guard %u", ((const ArmSite *)w[1].ptr)->guard); return true;
    case OP_NETWORK:
        fputs(" [", to);
        processes(to, w[1].ptr);
        fputs("]", to);
        return true;
    case OP_SELECT:
        fputs(" [", to);
        select_cases(to, w[1].ptr, w->c);
        fputs("]", to);
        return true;
    case OP_INDEX2_U8: case OP_INDEX2_64: fprintf(to, " r%u", w[1].op); return true;
    case OP_ARRAY2_64: fprintf(to, " %#llx r%u %u", (unsigned long long)w[1].raw, (uint16_t)w[2].high, w[2].low); return true;
    case OP_ADD_LOADS: case OP_SUB_LOADS: case OP_MUL_LOADS: case OP_ADD_LOADS_F: case OP_SUB_LOADS_F: case OP_MUL_LOADS_F: fprintf(to, " %u %u", w[1].op, w[1].a); return true;
    case OP_FOR_RANGE_U8: case OP_FOR_RANGE_64: case OP_FOR_RANGE_2: case OP_MEM_ADD_MUL_F: case OP_MEM_SUB_MUL_F: case OP_MUL_ADD: case OP_ADD3: case OP_MUL3_F: case OP_MUL_ADD_F: case OP_MUL_SUB_F: case OP_SUB_MUL_F:
    case OP_FOR_ADD_LT: case OP_FOR_ADD_LE: case OP_JEQ_AT: case OP_JNE_AT: case OP_JLT_AT: case OP_JLE_AT: case OP_JGT_AT: case OP_JGE_AT: fprintf(to, " r%u", w[1].op); return true;
    case OP_MOVES: fprintf(to, " r%u r%u", w[1].op, w[1].a); return true;
    case OP_SCAN_LT: case OP_SCAN_LE: case OP_SCAN_GT: case OP_SCAN_GE: fprintf(to, " r%u %+d", w[1].op, (int16_t)w[1].a); return true;
    case OP_SCAN_EQ8: case OP_SCAN_NE8: fprintf(to, " %u %+d", w[1].op, (int16_t)w[1].a); return true;
    case OP_FOR_LT_ADD: case OP_FOR_LT_ADD_F: fprintf(to, " r%u += r%u", w[1].op, w[1].a); return true;
    case OP_FOR_LT_MULADD: case OP_FOR_LT_MULADD_F: fprintf(to, " r%u += r%u * r%u", w[1].op, w[1].a, w[1].b); return true;
    default: return false;
    }
}

void disasm_func(FILE *to, const Program *p, const Func *f) {
    fprintf(to, "%.*s: %u slots, %u results, %u parameters\n", (int)f->name.len, f->name.ptr, f->nslots, f->nresult_slots, f->nparam_slots);
    FuncSource last = {.fn = f}, now;
    for (uint32_t i = 0; i < f->ncode;) {
        const Word *w = &f->code[i];
        uint32_t n = op_words(w);
        func_source(f, i, 0, &now);
        if (now.line != last.line || now.fn != last.fn) {
            fprintf(to, "  %.*s:%u", (int)now.file.len, now.file.ptr, now.line);
            if (now.fn != f) fprintf(to, " %.*s", (int)now.fn->name.len, now.fn->name.ptr);
            fputc('\n', to);
        }
        last = now;
        const OpInfo *info = &op_info[w->op];
        fprintf(to, "%6u  %-14s", i, info->name);
        operand(to, info->a, w->a, w, i + n);
        operand(to, info->b, w->b, w, i + n);
        operand(to, info->c, w->c, w, i + n);
        if (!describe_site(to, w))
            for (uint32_t k = 1; k < n; k++) extension(to, p, w + k);
        fputc('\n', to);
        i += n;
    }
    fputc('\n', to);
}

void disasm_program(FILE *to, const Program *p) {
    for (uint32_t i = 0; i < p->nfuncs; i++) {
        const Func *f = p->funcs[i];
        if (f->name.len > 5 && memcmp(f->name.ptr, "main.", 5) == 0) disasm_func(to, p, f);
    }
}

void disasm_opcodes(FILE *to) {
    for (int i = 0; i < OP_COUNT; i++) fprintf(to, "%-14s %s\n", op_info[i].name, op_info[i].effect);
}
