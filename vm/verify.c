// SPDX-License-Identifier: MIT
// verify.c: checks of bytecode before it runs.
//
// What holds after verify_program:
// - every instruction is known and lies inside of the code with its extension
//   words; control never runs off the end; jumps land on instructions;
// - every slot an operand names lies in the window, runs with their full
//   length, and the fixed part of a callee's window too;
// - what an instruction makes in the heap goes to a slot the collector looks
//   at, and so do the results and arguments of calls to known functions;
// - calls go to functions of the program, and to natives that exist.
#include "vm/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"

typedef struct Check {
    const Func *f;
    const uint8_t *starts; // byte i: an instruction begins at word i
    const Func *const *known; // all functions by address, or NULL: not checked
    uint32_t nknown, nnatives;
    uint32_t pc;
    VerifyError *error;
} Check;

static __attribute__((format(printf, 2, 3))) bool fault(Check *c, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    c->error->func = c->f;
    c->error->pc = c->pc;
    vsnprintf(c->error->text, sizeof c->error->text, fmt, args);
    va_end(args);
    return false;
}

static bool is_pointer_slot(const Func *f, uint64_t slot) { return f->ptr_map[slot / 8] >> (slot % 8) & 1; }

// --- operands

// Values of size 0 take no slot, wherever they are said to be.
static bool check_run(Check *c, uint64_t slot, uint64_t n) {
    if (n == 0) return true;
    if (slot >= FRAME_HEADER && slot + n <= c->f->nslots) return true;
    return fault(c, "slots %llu to %llu of %u", (unsigned long long)slot, (unsigned long long)(slot + n - 1), c->f->nslots);
}

static bool check_pointer(Check *c, uint64_t slot) {
    if (is_pointer_slot(c->f, slot)) return true;
    return fault(c, "a pointer goes to slot %llu, which the collector does not look at", (unsigned long long)slot);
}

static bool check_target(Check *c, int64_t target) {
    if (target >= 0 && target < c->f->ncode && c->starts[target]) return true;
    return fault(c, "jump to word %lld, which begins no instruction", (long long)target);
}

static bool check_role(Check *c, uint8_t role, uint16_t v, uint32_t next) {
    const Word *w = &c->f->code[c->pc];
    switch ((OperandRole)role) {
    case ROLE_DST: case ROLE_SRC: case ROLE_RW: return check_run(c, v, 1);
    case ROLE_DST2: case ROLE_SRC2: return check_run(c, v, 2);
    case ROLE_DST3: case ROLE_SRC3: return check_run(c, v, 3);
    case ROLE_OKR: return v == NO_SLOT || check_run(c, v, 1);
    // other functions' slots begin there, none of ours need be left
    case ROLE_BASE: return (v >= FRAME_HEADER && v <= c->f->nslots) || fault(c, "window at slot %u of %u", v, c->f->nslots);
    case ROLE_JMP: return check_target(c, (int64_t)next + (int16_t)v);
    case ROLE_LIM:
        if (!(op_info[w->op].flags & OPF_JUMP)) return true;
        return check_target(c, (int64_t)next + (int32_t)((uint32_t)w->b | (uint32_t)w->c << 16));
    case ROLE___: case ROLE_HIM: case ROLE_IMM: case ROLE_SIMM: case ROLE_RUN: return true; // runs: by instruction
    }
    return fault(c, "operand of unknown role %u", role);
}

// --- what single instructions ask for

static bool has_type_operand(uint16_t op) {
    switch (op) {
    case OP_STORE_N: case OP_COPY_MEM: case OP_ZERO_MEM: case OP_NEW: case OP_MAKE_SLICE: case OP_APPEND_GROW: case OP_APPEND_64:
    case OP_APPEND_8: case OP_APPEND_MEM: case OP_APPEND_SLICE: case OP_APPEND_STR: case OP_COPY_SLICE: case OP_CLEAR_SLICE: case OP_MAKE_MAP:
    case OP_MAP_GET: case OP_MAP_GET_OK: case OP_MAP_SET: case OP_MAP_DELETE: case OP_MAP_CLEAR: case OP_MAP_ITER: case OP_BOX:
    case OP_BOX_MEM: case OP_ASSERT: case OP_ASSERT_I: case OP_IMPLEMENTS: case OP_EQ_MEM: case OP_EQ_SLOTS: case OP_MAKE_CHAN:
    case OP_CLOSURE: // of a Func
    case OP_SWITCH: case OP_SWITCH_STR: case OP_UNREACHABLE:
    case OP_FAIL: case OP_NETWORK: case OP_PEER: case OP_ARM: return true; // of a table, of a text
    default: return false;
    }
}

// Bytes behind a slot; those of packed structs may lie in two slots.
static bool check_bytes(Check *c, uint64_t slot, uint64_t offset, uint64_t n) { return check_run(c, slot + offset / 8, (offset % 8 + n + 7) / 8); }

static uint64_t scalar_bytes(uint64_t kind) {
    switch (kind) {
    case KIND_BOOL: case KIND_INT8: case KIND_UINT8: return 1;
    case KIND_INT16: case KIND_UINT16: return 2;
    case KIND_INT32: case KIND_UINT32: case KIND_FLOAT32: return 4;
    default: return 8;
    }
}

// Runs of slots, by the operand or type that counts them.
static bool check_runs(Check *c, const Word *w) {
    const TypeDesc *t = op_info[w->op].ext ? w[1].ptr : NULL; // w may be the last word
    uint64_t x = op_info[w->op].ext ? w[1].raw : 0;
    switch ((int)w->op) {
    case OP_MOVES: return check_run(c, w[1].op, 1) && check_run(c, w[1].a, 1);
    case OP_SCAN_LT: case OP_SCAN_LE: case OP_SCAN_GT: case OP_SCAN_GE: return check_run(c, w[1].op, 1);
    case OP_MOVE_N: return check_run(c, w->a, w->c) && check_run(c, w->b, w->c);
    case OP_ZERO: return check_run(c, w->a, w->b);
    case OP_LOAD_CAP: return check_run(c, w->a, w->c);
    case OP_LOAD_N: return check_run(c, w->a, x / 8 + (x % 8 != 0));
    case OP_STORE_N: return check_run(c, w->b, type_slots(t));
    case OP_FRAME_LOAD: return check_bytes(c, w->b, w->c, scalar_bytes(x));
    case OP_FRAME_STORE: return (x == 1 || x == 2 || x == 4 || x == 8 || fault(c, "%llu bytes of a scalar", (unsigned long long)x)) && check_bytes(c, w->a, w->c, x);
    case OP_FRAME_COPY: {
        uint64_t size = (uint32_t)x, to = (uint16_t)(x >> 32), from = x >> 48;
        return check_run(c, w->a, size ? (to + size + 7) / 8 : 0) && check_run(c, w->b, size ? (from + size + 7) / 8 : 0);
    }
    case OP_APPEND_GROW: return check_run(c, w->a, 4);
    case OP_FOR_LT_ADD: case OP_FOR_LT_ADD_F: case OP_FOR_LT_MULADD: case OP_FOR_LT_MULADD_F: return check_run(c, w[1].op, 1) && check_run(c, w[1].a, 1) && (!w[1].b || check_run(c, w[1].b, 1));
    case OP_INDEX2_U8: case OP_INDEX2_64: return check_run(c, w[1].op, 1);
    case OP_FOR_RANGE_2: return check_run(c, x, 2);
    case OP_ARRAY2_64: return check_run(c, (uint16_t)w[2].high, 1);
    case OP_FOR_RANGE_U8: case OP_FOR_RANGE_64: case OP_MEM_ADD_MUL_F: case OP_MEM_SUB_MUL_F: case OP_MUL_ADD: case OP_ADD3: case OP_MUL3_F: case OP_MUL_ADD_F: case OP_MUL_SUB_F: case OP_SUB_MUL_F:
    case OP_FOR_ADD_LT: case OP_FOR_ADD_LE: case OP_JEQ_AT: case OP_JNE_AT: case OP_JLT_AT: case OP_JLE_AT: case OP_JGT_AT: case OP_JGE_AT: return check_run(c, x, 1);
    case OP_CONCAT: return check_run(c, w->b, 2u * w->c);
    case OP_SLICE: case OP_SLICE_STR: return check_run(c, w->c, x >> 32 & 4 ? 3 : x >> 32 & 2 ? 2 : x >> 32 & 1);
    case OP_RANGE_STR: return check_run(c, w->a, 3);
    case OP_MAP_GET: case OP_MAP_GET_OK: case OP_MAP_SET: case OP_MAP_DELETE: return check_run(c, w->c, type_slots(t->key));
    case OP_BOX: return check_run(c, w->b, type_slots(t));
    case OP_EQ_SLOTS: return check_run(c, w->b, type_slots(t)) && check_run(c, w->c, type_slots(t));
    case OP_PRINT: return check_run(c, w->b, op_print_slots(w->c));
    case OP_SEND: return check_run(c, w->c, w->a);
    default: return true;
    }
}

// The slot where an instruction leaves what it has allocated, or NO_SLOT.
static uint32_t fresh_pointer(const Word *w) {
    switch ((int)w->op) {
    case OP_NEW: case OP_MAKE_SLICE: case OP_APPEND_GROW: case OP_APPEND_64: case OP_APPEND_8: case OP_APPEND_SLICE: case OP_APPEND_STR:
    case OP_CONCAT: case OP_BYTES_TO_STR: case OP_STR_TO_BYTES: case OP_RUNES_TO_STR: case OP_STR_TO_RUNES: case OP_RUNE_TO_STR:
    case OP_NETWORK: case OP_PEER: case OP_ARMS:
    case OP_UNSAFE_SLICE: case OP_MAKE_MAP: case OP_MAP_ITER: case OP_BOX: case OP_BOX_MEM: case OP_CLOSURE: case OP_MAKE_CHAN: case OP_SLICE:
    case OP_SLICE_STR: case OP_LEA: case OP_LEA_K: case OP_INDEX_ADDR: case OP_ARRAY_ADDR: return w->a;
    default: return NO_SLOT;
    }
}

static bool check_switch(Check *c, const Word *w, uint32_t next) {
    const int32_t *table = w[1].ptr;
    for (uint32_t i = 0; i < w->b; i++)
        if (!check_target(c, (int64_t)next + table[i])) return false;
    return true;
}

static bool check_string_switch(Check *c, const Word *w, uint32_t next) {
    const StringTable *t = w[1].ptr;
    bool room = false;
    for (uint32_t i = 0; i <= t->mask; i++) {
        if (!t->cases[i].used) room = true;
        else if (!check_target(c, (int64_t)next + t->cases[i].offset)) return false;
    }
    return room || fault(c, "a search in the table would not end");
}

static bool check_select(Check *c, const Word *w) {
    const SelectCase *cases = w[1].ptr;
    if (w->c && !cases) return fault(c, "no cases");
    for (uint32_t i = 0; i < w->c; i++) {
        if (!check_run(c, cases[i].chan, 1)) return false;
        if (cases[i].kind == ARM_CONDITION) continue;
        if (cases[i].kind == ARM_SEND && !check_run(c, cases[i].value, cases[i].slots)) return false;
        if (cases[i].value > c->f->nslots) return check_run(c, cases[i].value, 1); // may be of size 0
        if (cases[i].ok != NO_SLOT && !check_run(c, cases[i].ok, 1)) return false;
    }
    return true;
}

// Runs that the site of the instruction counts.
static bool check_peer(Check *c, const Word *w) { return check_run(c, w->b, 2u + (uint64_t)((const PeerSite *)w[1].ptr)->nsubs) && check_pointer(c, w->b); }

static bool check_arm(Check *c, const Word *w) {
    const ArmSite *s = w[1].ptr;
    if (!check_run(c, w->c, 1u + s->nindices + s->words) || !check_run(c, s->index, s->nindices)) return false;
    return s->ok == NO_SLOT || check_run(c, s->ok, 1);
}

static bool check_network(Check *c, const Word *w) {
    const NetworkSite *s = w[1].ptr;
    return check_run(c, w->b, 2 * (uint64_t)s->nsubs) && check_run(c, w->c, s->nchans);
}

static int by_address(const void *a, const void *b) {
    const Func *x = *(const Func *const *)a, *y = *(const Func *const *)b;
    return (x > y) - (x < y);
}

static bool check_callee(Check *c, const Func *callee) {
    if (!callee) return fault(c, "no function");
    if (c->known && !bsearch(&callee, c->known, c->nknown, sizeof callee, by_address)) return fault(c, "function outside of the program");
    return true;
}

static bool check_call(Check *c, const Word *w) {
    const Func *callee = w[1].ptr;
    if (!check_callee(c, callee)) return false;
    uint32_t end = FRAME_HEADER + callee->nresult_slots + callee->nparam_slots;
    if (!check_run(c, w->a, end)) return false;
    for (uint32_t i = FRAME_HEADER; i < end; i++)
        if (is_pointer_slot(callee, i) && !check_pointer(c, (uint64_t)w->a + i)) return false;
    return true;
}

// Results and arguments, as the extension word counts them.
static bool check_window(Check *c, const Word *w) { return check_run(c, (uint64_t)w->a + FRAME_HEADER, (uint64_t)w[1].b + w[1].c); }

static bool check_foreign(Check *c, const Word *w) {
    const ForeignCall *f = w[1].ptr;
    if (!f) return fault(c, "no C function");
    if (!f->symbol && w->b == NO_SLOT) return fault(c, "C function without address");
    uint64_t slots = (f->result.kind == FOREIGN_VOID ? 0 : f->result.slots) + (f->errno_type ? 2u : 0u);
    for (uint32_t i = 0; i < f->nparams; i++) slots += f->params[i].slots;
    return check_run(c, (uint64_t)w->a + FRAME_HEADER, slots);
}

static bool check_native(Check *c, uint64_t number) {
    if (number < c->nnatives) return true;
    return fault(c, "native %llu of %u", (unsigned long long)number, c->nnatives);
}

static bool check_captures(Check *c, const Word *w) {
    const TypeDesc *t = c->f->closure_type;
    if (t && sizeof(Closure) + 8 * ((uint64_t)w->b + w->c) <= t->size) return true;
    return fault(c, "captures %u to %u of a closure of %llu bytes", w->b, (uint32_t)w->b + w->c, t ? (unsigned long long)t->size : 0);
}

// Behind DEFER_RUN stands the jump back to it, which it skips when all is done.
static bool check_defer_run(Check *c, const Word *w, uint32_t next) {
    if (next + 1 >= c->f->ncode || w[2].op != OP_JUMP) return fault(c, "no jump behind");
    int64_t target = (int64_t)next + 1 + (int32_t)((uint32_t)w[2].b | (uint32_t)w[2].c << 16);
    if (target != c->pc) return fault(c, "the jump behind goes to word %lld", (long long)target);
    // the deferred call is not known: nothing of this frame may lie in its window
    if (w->a < c->f->nslots) return fault(c, "window at slot %u of %u", w->a, c->f->nslots);
    return true;
}

static bool check_special(Check *c, const Word *w, uint32_t next) {
    switch ((int)w->op) {
    case OP_SWITCH: return check_switch(c, w, next);
    case OP_SWITCH_STR: return check_string_switch(c, w, next);
    case OP_SELECT: return check_select(c, w);
    case OP_PEER: return check_peer(c, w);
    case OP_ARM: return check_arm(c, w);
    case OP_NETWORK: return check_network(c, w);
    case OP_CALL: return check_call(c, w);
    case OP_CALL_NATIVE: return check_window(c, w) && check_native(c, (uint32_t)w[1].raw);
    case OP_CALL_CLOSURE: case OP_GO: case OP_DEFER: case OP_DEFER_OUTER: return check_window(c, w);
    case OP_NATIVE: return check_native(c, w[1].raw);
    case OP_CALL_METHOD: return check_run(c, w->c, 1u + w[1].c) && ((uint32_t)w[1].raw != 0 || fault(c, "selector 0"));
    case OP_METHOD_FUNC: return w[1].raw != 0 || fault(c, "selector 0");
    case OP_CLOSURE: return check_callee(c, w[1].ptr) && (((const Func *)w[1].ptr)->closure_type || fault(c, "function without captures"));
    case OP_LOAD_CAP: return check_captures(c, w);
    case OP_DEFER_RUN: return check_defer_run(c, w, next);
    case OP_NEW: return w->b == 0 || w->b == type_alloc_row(w[1].ptr) || fault(c, "allocation row %u", w->b);
    case OP_DIV_I: case OP_REM_I: return w->c != 0 || fault(c, "division by 0");
    case OP_DIV_P2: case OP_REM_P2: return w->c < 63 || fault(c, "power %u", w->c);
    case OP_SHL_I: case OP_SHR_I: case OP_USHR_I: return w->c < 64 || fault(c, "shift by %u", w->c);
    case OP_CALL_C: return check_foreign(c, w);
    case OP_GOEXIT: case OP_PANIC_RET: case OP_C_RETURN: return fault(c, "belongs to the machine");
    default: return true;
    }
}

static bool check_instruction(Check *c) {
    const Word *w = &c->f->code[c->pc];
    const OpInfo *info = &op_info[w->op];
    uint32_t next = c->pc + op_words(w);
    if (!(info->flags & OPF_ENDS) && next >= c->f->ncode) return fault(c, "runs off the end");
    if (has_type_operand(w->op) && !w[1].ptr) return fault(c, "extension word is 0");
    if (!check_role(c, info->a, w->a, next) || !check_role(c, info->b, w->b, next) || !check_role(c, info->c, w->c, next)) return false;
    if (!check_runs(c, w) || !check_special(c, w, next)) return false;
    uint32_t fresh = fresh_pointer(w);
    return fresh == NO_SLOT || check_pointer(c, fresh);
}

// --- functions

static bool check_header(Check *c) {
    const Func *f = c->f;
    if (f->self != f) return fault(c, "not its own closure");
    if (!f->code || !f->ncode) return fault(c, "no code");
    if (!f->ptr_map) return fault(c, "no pointer map");
    if (f->nslots > MAX_SLOTS) return fault(c, "%u slots", f->nslots);
    if ((uint64_t)FRAME_HEADER + f->nresult_slots + f->nparam_slots > f->nslots) return fault(c, "results and parameters take more than %u slots", f->nslots);
    if (is_pointer_slot(f, FRAME_RET)) return fault(c, "the return address is no pointer of the heap");
    for (uint32_t i = 0; i < f->nlines; i++)
        if (f->lines[i].pc > f->ncode || (i && f->lines[i].pc < f->lines[i - 1].pc)) return fault(c, "entry %u of the line table is out of order", i);
    return true;
}

static bool mark_starts(Check *c, uint8_t *starts) {
    const Func *f = c->f;
    for (c->pc = 0; c->pc < f->ncode;) {
        const Word *w = &f->code[c->pc];
        if (w->op >= OP_COUNT) return fault(c, "unknown instruction %u", w->op);
        uint32_t n = op_words(w);
        if (n > f->ncode - c->pc) return fault(c, "%s is cut off", op_info[w->op].name);
        starts[c->pc] = 1;
        c->pc += n;
    }
    return true;
}

// Results that are pointers are cleared before the call.
static bool is_native_stub(const Func *f) {
    uint32_t at = f->code[0].op == OP_ZERO;
    return f->ncode == at + 3 && f->code[at].op == OP_NATIVE && f->code[at + 1].raw == f->native && f->code[at + 2].op == OP_RET;
}

static bool check_code(Check *c) {
    const Func *f = c->f;
    for (c->pc = 0; c->pc < f->ncode; c->pc += op_words(&f->code[c->pc])) {
        if (check_instruction(c)) continue;
        char text[sizeof c->error->text]; // say which instruction it is
        memcpy(text, c->error->text, sizeof text);
        snprintf(c->error->text, sizeof c->error->text, "%s: %.90s", op_info[f->code[c->pc].op].name, text);
        return false;
    }
    c->pc = 0;
    if (f->flags & FUNC_HAS_DEFER && (f->defer_pc >= f->ncode || !c->starts[f->defer_pc] || f->code[f->defer_pc].op != OP_DEFER_RUN))
        return fault(c, "the epilogue is not at word %u", f->defer_pc);
    return !(f->flags & FUNC_NATIVE) || is_native_stub(f) || fault(c, "no stub of native %u", f->native);
}

static bool check_func(Check *c, const Func *f) {
    c->f = f;
    c->pc = 0;
    if (!check_header(c)) return false;
    uint8_t *starts = base_calloc(f->ncode, 1);
    c->starts = starts;
    bool ok = mark_starts(c, starts) && check_code(c);
    base_free(starts);
    c->starts = NULL;
    return ok;
}

bool verify_func(const Func *f, VerifyError *e) {
    Check c = {.nnatives = UINT32_MAX, .error = e};
    return check_func(&c, f);
}

bool verify_program(const Program *p, uint32_t nnatives, VerifyError *e) {
    const Func **known = base_calloc(p->nfuncs + 1, sizeof *known);
    for (uint32_t i = 0; i < p->nfuncs; i++) known[i] = p->funcs[i];
    qsort(known, p->nfuncs, sizeof *known, by_address);
    Check c = {.known = known, .nknown = p->nfuncs, .nnatives = nnatives, .error = e};
    bool ok = true;
    for (uint32_t i = 0; ok && i < p->nfuncs; i++) ok = check_func(&c, p->funcs[i]);
    if (ok && !bsearch(&p->entry, known, p->nfuncs, sizeof *known, by_address)) {
        c.f = p->entry;
        c.pc = 0;
        ok = fault(&c, "the entry is outside of the program");
    }
    base_free(known);
    return ok;
}
