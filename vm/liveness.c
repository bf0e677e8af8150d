// SPDX-License-Identifier: MIT
// liveness.c: which slots instructions read and write, and what is live.
//
// Sets of slots are kept for the labels of a function only (targets of jumps);
// one between two labels is made by walking back from the next. They grow
// until nothing changes. An instruction that may or may not write a slot (the
// value of a receive that fails, an arm of a select) does not end its life.
// Invariant: an operand that is a run of slots, or stands in an extension
// word, is listed in runs() below; instructions that are not give up.
#include "vm/liveness.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"

enum { MOST_WORDS = 1 << 19 }; // of all sets of a function

struct Liveness {
    const Func *f;
    uint32_t nwords;
    uint32_t *starts, nstarts; // word indices of the instructions
    int32_t *label;            // of each word of the code: number of its set, or -1
    uint32_t nlabels;
    uint64_t *sets;
};

typedef struct Flow { // an instruction's effect on a set
    const Func *f;
    uint64_t *set;
    bool writes; // first the writes are taken out, then the reads put in
} Flow;

// --- effects of an instruction

static void change(const Flow *w, uint64_t at, uint64_t n, bool put) {
    uint64_t end = at + n < w->f->nslots ? at + n : w->f->nslots;
    for (; at < end; at++) {
        if (put) w->set[at / 64] |= 1ull << (at & 63);
        else w->set[at / 64] &= ~(1ull << (at & 63));
    }
}

static void reads(const Flow *w, uint64_t at, uint64_t n) {
    if (!w->writes) change(w, at, n, true);
}

static void writes(const Flow *w, uint64_t at, uint64_t n) {
    if (w->writes) change(w, at, n, false);
}

static void role(const Flow *w, uint8_t role, uint16_t v) {
    switch ((OperandRole)role) {
    case ROLE_DST: writes(w, v, 1); break;
    case ROLE_DST2: writes(w, v, 2); break;
    case ROLE_DST3: writes(w, v, 3); break;
    case ROLE_SRC: case ROLE_RW: reads(w, v, 1); break;
    case ROLE_SRC2: reads(w, v, 2); break;
    case ROLE_SRC3: reads(w, v, 3); break;
    case ROLE_OKR: case ROLE___: case ROLE_BASE: case ROLE_RUN: case ROLE_IMM: case ROLE_SIMM: case ROLE_JMP: case ROLE_LIM: case ROLE_HIM: break;
    }
}

static uint64_t words_of(uint64_t bytes) { return bytes / 8 + (bytes % 8 != 0); }

// The window is the callee's: nothing in it, and behind it, outlives the call.
static void call(const Flow *w, const Word *i, uint32_t results, uint32_t params) {
    writes(w, i->a, UINT16_MAX);
    reads(w, (uint64_t)i->a + FRAME_HEADER + results, params);
}

static void call_c(const Flow *w, const Word *i) {
    const ForeignCall *c = i[1].ptr;
    uint32_t results = c->result.kind == FOREIGN_VOID ? 0 : c->result.slots, params = 0;
    if (c->errno_type) results += 2;
    for (uint32_t k = 0; k < c->nparams; k++) params += c->params[k].slots;
    if (!c->symbol) reads(w, i->b, 1);
    reads(w, (uint64_t)i->a + FRAME_HEADER + results, params);
}

static void select_slots(const Flow *w, const Word *i) {
    const SelectCase *c = i[1].ptr;
    for (uint32_t k = 0; k < i->c; k++) {
        reads(w, c[k].chan, 1);
        if (c[k].kind == ARM_SEND) reads(w, c[k].value, c[k].slots);
    }
}

static void frame_copy(const Flow *w, const Word *i) {
    uint64_t x = i[1].raw, size = (uint32_t)x, to = (uint16_t)(x >> 32), from = x >> 48, first = words_of(to), last = (to + size) / 8;
    if (first < last) writes(w, i->a + first, last - first);
    reads(w, i->b + from / 8, words_of(from % 8 + size));
}

static void params(const Flow *w) { reads(w, FRAME_HEADER + w->f->nresult_slots, w->f->nparam_slots); }

// Operands that roles do not tell; false: not known.
static bool runs(const Flow *w, const Word *i) {
    const OpInfo *info = &op_info[i->op];
    const TypeDesc *t = info->ext ? i[1].ptr : NULL;
    uint64_t x = info->ext ? i[1].raw : 0;
    const Func *callee = info->ext ? i[1].ptr : NULL; // i may be the last word
    switch ((int)i->op) {
    case OP_ENTRY: params(w); return true;
    case OP_MOVES: writes(w, i[1].op, 1), reads(w, i[1].a, 1); return true;
    case OP_SCAN_LT: case OP_SCAN_LE: case OP_SCAN_GT: case OP_SCAN_GE: reads(w, i[1].op, 1); return true;
    case OP_MOVE_N: writes(w, i->a, i->c), reads(w, i->b, i->c); return true;
    case OP_ZERO: writes(w, i->a, i->b); return true;
    case OP_LOAD_CAP: writes(w, i->a, i->c); return true;
    case OP_FOR_LT_ADD: case OP_FOR_LT_ADD_F: reads(w, i[1].op, 1), reads(w, i[1].a, 1); return true;
    case OP_FOR_LT_MULADD: case OP_FOR_LT_MULADD_F: reads(w, i[1].op, 1), reads(w, i[1].a, 1), reads(w, i[1].b, 1); return true;
    case OP_INDEX2_U8: case OP_INDEX2_64: reads(w, i[1].op, 1); return true;
    case OP_FOR_RANGE_U8: case OP_FOR_RANGE_64: case OP_FOR_RANGE_2: return true; // they write only when the loop goes on
    case OP_ARRAY2_64: reads(w, (uint16_t)i[2].high, 1); return true;
    case OP_MEM_ADD_MUL_F: case OP_MEM_SUB_MUL_F: case OP_MUL_ADD: case OP_ADD3: case OP_MUL3_F: case OP_MUL_ADD_F: case OP_MUL_SUB_F: case OP_SUB_MUL_F:
    case OP_FOR_ADD_LT: case OP_FOR_ADD_LE: case OP_JEQ_AT: case OP_JNE_AT: case OP_JLT_AT: case OP_JLE_AT: case OP_JGT_AT: case OP_JGE_AT: reads(w, x, 1); return true;
    case OP_LOAD_N: writes(w, i->a, words_of(x)); return true;
    case OP_STORE_N: reads(w, i->b, type_slots(t)); return true;
    case OP_FRAME_LOAD: reads(w, i->b + i->c / 8u, 2); return true;
    case OP_FRAME_STORE: return true; // a part of a slot, whose rest keeps its life
    case OP_FRAME_COPY: frame_copy(w, i); return true;
    case OP_APPEND_GROW: writes(w, i->a, 4); return true;
    case OP_CONCAT: reads(w, i->b, 2u * i->c); return true;
    case OP_SLICE: case OP_SLICE_STR: reads(w, i->c, 3); return true;
    case OP_RANGE_STR: writes(w, i->a, 2), reads(w, i->a + 2u, 1); return true;
    case OP_MAP_GET: case OP_MAP_GET_OK: case OP_MAP_SET: case OP_MAP_DELETE: reads(w, i->c, type_slots(t->key)); return true;
    case OP_BOX: reads(w, i->b, type_slots(t)); return true;
    case OP_EQ_SLOTS: reads(w, i->b, type_slots(t)), reads(w, i->c, type_slots(t)); return true;
    case OP_PRINT: reads(w, i->b, op_print_slots(i->c)); return true;
    case OP_CALL: call(w, i, callee->nresult_slots, callee->nparam_slots); return true;
    case OP_CALL_CLOSURE: call(w, i, i[1].b, i[1].c); return true;
    case OP_CALL_METHOD: call(w, i, (uint32_t)i->c - i->a - FRAME_HEADER, i[1].c + 1u); return true;
    case OP_CALL_NATIVE: writes(w, i->a + FRAME_HEADER, i[1].b), reads(w, (uint64_t)i->a + FRAME_HEADER + i[1].b, i[1].c); return true;
    case OP_NATIVE: params(w); return true;
    case OP_CALL_C: call_c(w, i); return true;
    case OP_GO: case OP_DEFER: case OP_DEFER_OUTER: reads(w, (uint64_t)i->a + FRAME_HEADER + i[1].b, i[1].c); return true;
    case OP_DEFER_RUN: return true;
    case OP_RET: reads(w, FRAME_HEADER, w->f->nresult_slots); return true;
    case OP_SEND: reads(w, i->c, i->a); return true;
    case OP_RECV: return true;
    case OP_SELECT: select_slots(w, i); return true;
    case OP_NETWORK: reads(w, i->b, 2 * (uint64_t)((const NetworkSite *)x)->nsubs), reads(w, i->c, ((const NetworkSite *)x)->nchans); return true;
    case OP_PEER: reads(w, i->b, 2u + (uint64_t)((const PeerSite *)x)->nsubs); return true;
    case OP_ARM: reads(w, i->c, 1u + (uint64_t)((const ArmSite *)x)->nindices + ((const ArmSite *)x)->words); return true;
    default: {
        uint8_t roles[3] = {info->a, info->b, info->c};
        for (uint32_t k = 0; k < 3; k++)
            if (roles[k] == ROLE_RUN || roles[k] == ROLE_BASE || roles[k] == ROLE_OKR) return false;
        return true;
    }
    }
}

static bool effects(const Flow *w, const Word *i) {
    const OpInfo *info = &op_info[i->op];
    role(w, info->a, i->a);
    role(w, info->b, i->b);
    role(w, info->c, i->c);
    return runs(w, i);
}

// --- control

typedef void Visit(void *ctx, uint32_t target);

static void each_target(const Func *f, uint32_t pc, Visit *visit, void *ctx) {
    const Word *i = &f->code[pc];
    const OpInfo *info = &op_info[i->op];
    uint32_t next = pc + op_words(i);
    if (i->op == OP_DEFER_RUN) visit(ctx, next + 1);
    if (!(info->flags & OPF_JUMP)) return;
    if (i->op == OP_SWITCH) {
        const int32_t *table = i[1].ptr;
        for (uint32_t k = 0; k < i->b; k++) visit(ctx, (uint32_t)((int64_t)next + table[k]));
    } else if (i->op == OP_SWITCH_STR) {
        const StringTable *t = i[1].ptr;
        for (uint32_t k = 0; k <= t->mask; k++)
            if (t->cases[k].used) visit(ctx, (uint32_t)((int64_t)next + t->cases[k].offset));
    } else if (info->c == ROLE_JMP) {
        visit(ctx, (uint32_t)((int64_t)next + (int16_t)i->c));
    } else {
        visit(ctx, (uint32_t)((int64_t)next + (int32_t)((uint32_t)i->b | (uint32_t)i->c << 16)));
    }
}

typedef struct Merge { const Liveness *l; uint64_t *set; } Merge;

static void merge_target(void *ctx, uint32_t target) {
    const Merge *m = ctx;
    const uint64_t *from = m->l->sets + (uint64_t)m->l->label[target] * m->l->nwords;
    for (uint32_t k = 0; k < m->l->nwords; k++) m->set[k] |= from[k];
}

// From the slots live behind the instruction at pc to those live before it.
static bool step_back(const Liveness *l, uint32_t pc, uint64_t *set) {
    const Word *i = &l->f->code[pc];
    if (op_info[i->op].flags & OPF_ENDS) memset(set, 0, l->nwords * sizeof *set);
    Flow w = {l->f, set, true};
    if (!effects(&w, i)) return false;
    Merge m = {l, set}; // a jump that is taken has written nothing that is not read too
    each_target(l->f, pc, merge_target, &m);
    w.writes = false;
    return effects(&w, i);
}

static void number_target(void *ctx, uint32_t target) {
    Liveness *l = ctx;
    if (l->label[target] < 0) l->label[target] = (int32_t)l->nlabels++;
}

static void find_labels(Liveness *l) {
    const Func *f = l->f;
    l->starts = base_malloc((f->ncode + 1) * sizeof *l->starts);
    l->label = base_malloc((f->ncode + 1) * sizeof *l->label);
    for (uint32_t i = 0; i <= f->ncode; i++) l->label[i] = -1;
    for (uint32_t pc = 0; pc < f->ncode; pc += op_words(&f->code[pc])) {
        l->starts[l->nstarts++] = pc;
        each_target(f, pc, number_target, l);
    }
    if (f->flags & FUNC_HAS_DEFER) number_target(l, f->defer_pc);
}

// One walk over the code, backwards. True: a set has grown.
static bool pass(Liveness *l, uint64_t *set, bool *known) {
    bool grown = false;
    memset(set, 0, l->nwords * sizeof *set);
    for (uint32_t i = l->nstarts; i-- > 0;) {
        uint32_t pc = l->starts[i];
        if (!step_back(l, pc, set)) *known = false;
        if (l->label[pc] < 0) continue;
        uint64_t *at = l->sets + (uint64_t)l->label[pc] * l->nwords;
        for (uint32_t k = 0; k < l->nwords; k++) {
            if (set[k] & ~at[k]) grown = true;
            at[k] |= set[k];
        }
    }
    return grown;
}

Liveness *liveness_new(const Func *f) {
    Liveness *l = base_calloc(1, sizeof *l);
    l->f = f;
    l->nwords = (f->nslots + 63) / 64;
    find_labels(l);
    bool known = (uint64_t)l->nlabels * l->nwords <= MOST_WORDS;
    if (known) {
        l->sets = base_calloc((uint64_t)l->nlabels * l->nwords + 1, sizeof *l->sets);
        uint64_t *set = base_malloc((l->nwords + 1) * sizeof *set);
        while (known && pass(l, set, &known)) {}
        base_free(set);
    }
    if (known) return l;
    liveness_free(l);
    return NULL;
}

void liveness_free(Liveness *l) {
    base_free(l->starts);
    base_free(l->label);
    base_free(l->sets);
    base_free(l);
}

uint32_t liveness_words(const Liveness *l) { return l->nwords; }

// --- answers

// Index of the instruction at pc, or nstarts.
static uint32_t find_start(const Liveness *l, uint32_t pc) {
    uint32_t lo = 0, hi = l->nstarts;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (l->starts[mid] < pc) lo = mid + 1;
        else hi = mid;
    }
    return lo < l->nstarts && l->starts[lo] == pc ? lo : l->nstarts;
}

void liveness_epilogue(const Liveness *l, uint64_t *set) {
    memset(set, 0, l->nwords * sizeof *set);
    Merge m = {l, set};
    if (l->f->flags & FUNC_HAS_DEFER) merge_target(&m, l->f->defer_pc);
}

bool liveness_at(const Liveness *l, uint32_t pc, bool in_progress, uint64_t *set) {
    uint32_t i = find_start(l, pc), k = i;
    if (i == l->nstarts) return false;
    memset(set, 0, l->nwords * sizeof *set);
    Merge m = {l, set};
    while (k < l->nstarts && l->label[l->starts[k]] < 0) k++;
    if (k < l->nstarts) merge_target(&m, l->starts[k]);
    while (k-- > i) step_back(l, l->starts[k], set);
    if (l->f->flags & FUNC_HAS_DEFER) merge_target(&m, l->f->defer_pc);
    if (!in_progress || i == 0) return true;
    const Word *before = &l->f->code[l->starts[i - 1]];
    Flow w = {l->f, set, false};
    if (op_info[before->op].flags & OPF_PARK) effects(&w, before);
    return true;
}
