// SPDX-License-Identifier: MIT
// emit.c: instructions, slots, labels and line tables of one function.
//
// Invariants: a slot's kind never changes once it is assigned (the function
// has one pointer map); g->top bounds the slots in use; a label's uses are
// patched when it is placed.
#include <string.h>

#include "compiler/gen_impl.h"

uint32_t emit(FuncGen *g, Opcode op, uint32_t a, uint32_t b, uint32_t c) {
    Word w = {.op = (uint16_t)op, .a = (uint16_t)a, .b = (uint16_t)b, .c = (uint16_t)c};
    VEC_PUSH(&g->code, w);
    g->third_at = g->before_at;
    g->before_at = g->last_at;
    g->last_at = g->code.len - 1;
    return g->last_at;
}

void emit_word(FuncGen *g, uint64_t raw) {
    Word w = {.raw = raw};
    VEC_PUSH(&g->code, w);
}

uint32_t emit_ext(FuncGen *g, Opcode op, uint32_t a, uint32_t b, uint32_t c, uint64_t x1) {
    uint32_t at = emit(g, op, a, b, c);
    emit_word(g, x1);
    return at;
}

uint32_t emit_ptr(FuncGen *g, Opcode op, uint32_t a, uint32_t b, uint32_t c, const void *x1) {
    return emit_ext(g, op, a, b, c, (uint64_t)(uintptr_t)x1);
}

void emit_new(FuncGen *g, uint32_t dst, const TypeDesc *d) { emit_ptr(g, OP_NEW, dst, type_alloc_row(d), 0, d); }

void emit_int(FuncGen *g, uint32_t dst, int64_t v) {
    if (v >= INT32_MIN && v <= INT32_MAX) emit(g, OP_LOAD_INT, dst, (uint32_t)v & 0xffff, (uint32_t)v >> 16);
    else emit_ext(g, OP_LOAD_K, dst, 0, 0, (uint64_t)v);
}

// The last instruction, unless control may also come from elsewhere to what
// follows it.
static Word *last_instruction(FuncGen *g) {
    if (g->code.len <= 1 || g->label_at == (int32_t)g->code.len) return NULL; // 1: room for the prologue
    Word *w = &g->code.at[g->last_at];
    return g->last_at + op_words(w) == g->code.len ? w : NULL;
}

static uint32_t slots_moved(const Word *w) { return w->op == OP_MOVE ? 1 : w->op == OP_MOVE2 ? 2 : 0; }

// The move before is of the slots in front: it takes these along. It read its
// source before; what it writes must not be read by this one.
static bool extend_move(FuncGen *g, uint32_t dst, uint32_t src, uint32_t n) {
    Word *w = last_instruction(g);
    uint32_t m = w ? slots_moved(w) : 0;
    if (!m || m + n > 3 || dst != w->a + m || src != w->b + m || (src < dst && src + n > w->a)) return false;
    w->op = m + n == 2 ? OP_MOVE2 : OP_MOVE3;
    return true;
}

// Moves of two slots that do not stand together, one after the other. Results are
// left alone: they may be moved by the return. What begins here begins with an
// instruction.
static bool join_move(FuncGen *g, uint32_t dst, uint32_t src) {
    Word *w = last_instruction(g), second = {.op = (uint16_t)dst, .a = (uint16_t)src};
    if (!w || w->op != OP_MOVE || dst == FRAME_HEADER || g->code.len == g->fence) return false;
    w->op = OP_MOVES;
    emit_word(g, second.raw);
    return true;
}

void emit_move(FuncGen *g, uint32_t dst, uint32_t src, uint32_t n) {
    if (dst == src || n == 0 || extend_move(g, dst, src, n) || (n == 1 && join_move(g, dst, src))) return;
    if (n == 1) emit(g, OP_MOVE, dst, src, 0);
    else if (n == 2) emit(g, OP_MOVE2, dst, src, 0);
    else if (n == 3) emit(g, OP_MOVE3, dst, src, 0);
    else emit(g, OP_MOVE_N, dst, src, n);
}

void emit_captures(FuncGen *g, uint32_t dst, uint32_t from, uint32_t n) {
    if (n == 1) emit(g, OP_LOAD_CAP1, dst, from, 0);
    else emit(g, OP_LOAD_CAP, dst, from, n);
}

// What is written besides is known to nobody here.
static uint32_t slots_written(const Word *w) {
    if (w->op == OP_MOVES) return 0;
    switch (op_info[w->op].a) {
    case ROLE_DST: return 1;
    case ROLE_DST2: return 2;
    case ROLE_DST3: return 3;
    default: return 0;
    }
}

// Where the last instruction made the temporary, it makes the result instead.
// Instructions write only when they can no longer fail, and read before.
void emit_result(FuncGen *g, uint32_t dst, uint32_t tmp, uint32_t n) {
    Word *w = last_instruction(g);
    bool direct = dst != tmp && n && w && w->a == tmp && slots_written(w) == n;
    for (uint32_t i = 0; direct && i < n; i++) direct = g->kinds.at[dst + i] == g->kinds.at[tmp + i];
    if (direct) w->a = (uint16_t)dst;
    else emit_move(g, dst, tmp, n);
}

// --- results made by several instructions

enum { RETARGET_MOST = 32 }; // words looked through

typedef struct Retarget {
    uint32_t dst, tmp, n;
    uint32_t written; // bit i: dst + i has its value
} Retarget;

static bool overlap(uint32_t a, uint32_t n, uint32_t b, uint32_t m) { return a < b + m && b < a + n; }

static bool operand_allows(const Retarget *r, uint32_t slot, uint32_t n) {
    if (overlap(slot, n, r->tmp, r->n)) return false;
    for (uint32_t i = 0; i < r->n; i++)
        if (r->written >> i & 1 && overlap(slot, n, r->dst + i, 1)) return false;
    return true;
}

static bool source_allows(const Retarget *r, uint8_t role, uint32_t slot) {
    switch ((int)role) {
    case ROLE_SRC: return operand_allows(r, slot, 1);
    case ROLE_SRC2: return operand_allows(r, slot, 2);
    case ROLE_SRC3: return operand_allows(r, slot, 3);
    case ROLE___: case ROLE_IMM: case ROLE_SIMM: case ROLE_LIM: case ROLE_HIM: return true;
    default: return false;
    }
}

// Slots that stand in the extension word are read, by these instructions.
static bool third_operand(const Word *w) {
    switch ((int)w->op) {
    case OP_MUL_ADD: case OP_ADD3: case OP_MUL3_F: case OP_MUL_ADD_F: case OP_MUL_SUB_F: case OP_SUB_MUL_F: case OP_INDEX2_U8: case OP_INDEX2_64: return true;
    default: return false;
    }
}

// May w write dst where it wrote tmp? Nobody may see dst before the value is
// whole: not when something panics, nor when an instruction reads it.
static bool retargets(Retarget *r, const Word *w) {
    const OpInfo *info = &op_info[w->op];
    if (info->flags & (OPF_JUMP | OPF_ENDS | OPF_CALL | OPF_PARK) || (r->written && info->flags & (OPF_PANIC | OPF_ALLOC)) || w->op == OP_ARRAY2_64) return false;
    bool rw = info->a == ROLE_RW && w->a >= r->tmp && w->a < r->tmp + r->n;
    uint32_t n = rw ? 1 : slots_written(w);
    if (!n && !source_allows(r, info->a, w->a)) return false;
    if (!source_allows(r, info->b, w->b) || !source_allows(r, info->c, w->c) || (third_operand(w) && !operand_allows(r, w[1].op, 1))) return false;
    if (!n) return true;
    if (w->a >= r->tmp && w->a + n <= r->tmp + r->n) r->written |= ((1u << n) - 1) << (w->a - r->tmp);
    else if (overlap(w->a, n, r->tmp, r->n) || overlap(w->a, n, r->dst, r->n)) return false;
    return true;
}

static bool retarget(FuncGen *g, uint32_t start, uint32_t dst, uint32_t tmp, uint32_t n) {
    if (n > 8 || g->label_at > (int32_t)start || g->code.len - start > RETARGET_MOST || overlap(dst, n, tmp, n)) return false;
    for (uint32_t i = 0; i < n; i++)
        if (g->kinds.at[dst + i] != g->kinds.at[tmp + i]) return false;
    Retarget r = {.dst = dst, .tmp = tmp, .n = n};
    for (uint32_t pc = start; pc < g->code.len; pc += op_words(&g->code.at[pc]))
        if (!retargets(&r, &g->code.at[pc])) return false;
    if (r.written != (1u << n) - 1) return false;
    for (uint32_t pc = start; pc < g->code.len; pc += op_words(&g->code.at[pc])) {
        Word *w = &g->code.at[pc];
        bool writes = slots_written(w) || op_info[w->op].a == ROLE_RW;
        if (writes && w->a >= tmp && w->a < tmp + n) w->a = (uint16_t)(w->a - tmp + dst);
    }
    return true;
}

void emit_results(FuncGen *g, uint32_t start, uint32_t dst, uint32_t tmp, uint32_t n) {
    if (dst == tmp || n == 0) return;
    if (n == 1 || !retarget(g, start, dst, tmp, n)) emit_result(g, dst, tmp, n);
}

// --- two instructions in one

bool emit_muladd(FuncGen *g, Opcode mul, Opcode muladd, uint32_t acc, uint32_t product) {
    Word *w = last_instruction(g);
    if (!w || w->op != mul || w->a != product || acc == product) return false;
    w->op = (uint16_t)muladd;
    w->a = (uint16_t)acc;
    return true;
}

typedef struct Fused {
    Opcode load, loads; // the second operand from memory; both
    bool commutes;
} Fused;

static const Fused *fused_loads(Opcode op) {
    static const Fused add = {OP_ADD_LOAD, OP_ADD_LOADS, true}, sub = {OP_SUB_LOAD, OP_SUB_LOADS, false}, mul = {OP_MUL_LOAD, OP_MUL_LOADS, true};
    static const Fused add_f = {OP_ADD_LOAD_F, OP_ADD_LOADS_F, true}, sub_f = {OP_SUB_LOAD_F, OP_SUB_LOADS_F, false}, mul_f = {OP_MUL_LOAD_F, OP_MUL_LOADS_F, true};
    switch ((int)op) {
    case OP_ADD: return &add;
    case OP_SUB: return &sub;
    case OP_MUL: return &mul;
    case OP_ADD_F: return &add_f;
    case OP_SUB_F: return &sub_f;
    case OP_MUL_F: return &mul_f;
    default: return NULL;
    }
}

// The load just before the last instruction, if they stand on one line of one
// function: the two will be known by one place in the code.
static Word *load_before(FuncGen *g, uint32_t x) {
    uint32_t at = g->before_at;
    if (at == 0 || at + 1 != g->last_at || g->label_at > (int32_t)at) return NULL;
    Word *w = &g->code.at[at];
    bool line = g->lines.len && g->lines.at[g->lines.len - 1].pc > at;
    bool body = (g->inlined && g->inlined->from > at) || (g->inlines.len && g->inlines.at[g->inlines.len - 1].to > at);
    return w->op == OP_LOAD_64 && w->a == x && !line && !body ? w : NULL;
}

static bool fuse_loads(FuncGen *g, const Fused *f, uint32_t dst, uint32_t x, uint32_t y, uint32_t temps) {
    Word *w = last_instruction(g), second = *w;
    if (w->a == y && x >= temps && second.b != x) {
        Word *first = load_before(g, x);
        if (first) {
            Word offsets = {.op = first->c, .a = second.c};
            *first = (Word){.op = (uint16_t)f->loads, .a = (uint16_t)dst, .b = first->b, .c = second.b};
            g->code.at[g->last_at] = offsets;
            g->last_at = g->before_at;
            return true;
        }
    }
    if (w->a != y && !f->commutes) return false;
    *w = (Word){.op = (uint16_t)f->load, .a = (uint16_t)dst, .b = (uint16_t)(second.a == y ? x : y), .c = second.b};
    emit_word(g, second.c);
    return true;
}

static Opcode with_product(Opcode op, bool left) {
    switch ((int)op) {
    case OP_MUL_F: return OP_MUL3_F;
    case OP_ADD_F: return OP_MUL_ADD_F;
    case OP_SUB_F: return left ? OP_MUL_SUB_F : OP_SUB_MUL_F;
    default: return OP_NOP;
    }
}

bool emit_fused(FuncGen *g, Opcode op, uint32_t dst, uint32_t x, uint32_t y, uint32_t temps) {
    Word *w = last_instruction(g);
    if (!w || x == y) return false;
    bool left = w->a == x && (x >= temps || x == dst), right = w->a == y && (y >= temps || y == dst);
    if (!left && !right) return false;
    Opcode both = OP_NOP;
    switch ((int)w->op) {
    case OP_LOAD_64: {
        const Fused *f = fused_loads(op);
        return f && fuse_loads(g, f, dst, x, y, temps);
    }
    case OP_MUL_F: both = with_product(op, left); break;
    case OP_MUL: both = op == OP_ADD ? OP_MUL_ADD : OP_NOP; break;
    case OP_MUL_I: {
        if (op != OP_ADD) return false;
        uint64_t factor = w->c;
        *w = (Word){.op = OP_MUL_I_ADD, .a = (uint16_t)dst, .b = w->b, .c = (uint16_t)(left ? y : x)};
        emit_word(g, factor);
        return true;
    }
    case OP_ADD: both = op == OP_ADD ? OP_ADD3 : OP_NOP; break;
    default: break;
    }
    if (both == OP_NOP) return false;
    w->op = (uint16_t)both;
    w->a = (uint16_t)dst;
    emit_word(g, left ? y : x);
    return true;
}

bool emit_fused_imm(FuncGen *g, uint32_t dst, uint32_t x, int64_t v, uint32_t temps) {
    Word *w = last_instruction(g);
    if (!w || w->a != x || x < temps) return false;
    int64_t sum = w->op == OP_SUB_I ? v - w->c : v + w->c;
    switch ((int)w->op) {
    case OP_ADD: w->op = OP_ADD_ADD_I; break;
    case OP_SUB: w->op = OP_SUB_ADD_I; break;
    case OP_MUL: w->op = OP_MUL_ADD_I; break;
    case OP_MUL_I: w->op = OP_MUL_I_ADD_I; break;
    case OP_LOAD_64: w->op = OP_LOAD_ADD_I; break;
    case OP_ADD_I: case OP_SUB_I:
        if (sum < -UINT16_MAX || sum > UINT16_MAX) return false;
        *w = (Word){.op = sum < 0 ? OP_SUB_I : OP_ADD_I, .a = (uint16_t)dst, .b = w->b, .c = (uint16_t)(sum < 0 ? -sum : sum)};
        return true;
    default: return false;
    }
    w->a = (uint16_t)dst;
    emit_word(g, (uint64_t)v);
    return true;
}

// i++; j--: the compiler's own steps too are of one byte.
bool emit_step(FuncGen *g, uint32_t slot, int64_t v) {
    Word *w = last_instruction(g);
    if (!w || (w->op != OP_ADD_I && w->op != OP_SUB_I) || w->a != w->b || w->a == slot || w->c > INT8_MAX || v < -INT8_MAX || v > INT8_MAX) return false;
    int first = w->op == OP_SUB_I ? -w->c : w->c;
    *w = (Word){.op = OP_STEP2, .a = w->a, .b = (uint16_t)slot, .c = (uint16_t)((first & 0xff) | (v & 0xff) << 8)};
    return true;
}

bool emit_mem_product(FuncGen *g, bool sub, uint32_t ptr, uint64_t off, uint32_t product, uint32_t temps) {
    Word *w = last_instruction(g);
    if (!w || w->op != OP_MUL_F || w->a != product || product < temps) return false;
    uint32_t y = w->c;
    *w = (Word){.op = sub ? OP_MEM_SUB_MUL_F : OP_MEM_ADD_MUL_F, .a = (uint16_t)ptr, .b = w->b, .c = (uint16_t)off};
    emit_word(g, y);
    return true;
}

static bool one_index_kind(FuncGen *g, uint32_t at) { return !g->index_kinds.len || g->index_kinds.at[g->index_kinds.len - 1] >> 1 <= at; }

// Do line and kind of index that hold behind the last instruction hold for it too?
static bool one_place(FuncGen *g) {
    bool line = g->lines.len && g->lines.at[g->lines.len - 1].pc > g->last_at;
    return !line && one_index_kind(g, g->last_at);
}

// Is all from word `at` on of one function's body, and nobody's target? Lines may differ.
static bool one_body(FuncGen *g, uint32_t at) {
    bool body = (g->inlined && g->inlined->from > at) || (g->inlines.len && g->inlines.at[g->inlines.len - 1].to > at);
    bool file = g->files.len && g->files.at[g->files.len - 1].pc > at;
    return !body && !file && g->label_at <= (int32_t)at;
}

static bool one_line(FuncGen *g, uint32_t at) { return one_body(g, at) && one_index_kind(g, at) && !(g->lines.len && g->lines.at[g->lines.len - 1].pc > at); }

static uint32_t row_size(const Word *w) { return w->op == OP_INDEX_2 ? 16 : w->op == OP_INDEX_3 ? 24 : 0; }

bool emit_index2(FuncGen *g, uint32_t dst, uint32_t row, uint32_t index, bool byte, uint32_t temps) {
    Word *w = last_instruction(g);
    if (!w || !one_place(g) || w->a != row || row < temps || !row_size(w) || (index >= row && index < row + row_size(w) / 8)) return false;
    Word x = {.op = (uint16_t)index, .a = (uint16_t)row_size(w)};
    w->op = byte ? OP_INDEX2_U8 : OP_INDEX2_64;
    w->a = (uint16_t)dst;
    emit_word(g, x.raw);
    return true;
}

// Nothing stands between the load of a slice's pointer and length and the use of
// its element, which may take the header from memory.
static Word *header_load(FuncGen *g, uint32_t slice, uint32_t index, uint32_t temps) {
    Word *w = last_instruction(g);
    return w && w->op == OP_LOAD2 && w->a == slice && slice >= temps && one_place(g) && index != slice && index != slice + 1 ? w : NULL;
}

bool emit_field_index(FuncGen *g, uint32_t dst, uint32_t slice, uint32_t index, bool byte, uint32_t temps) {
    Word *w = header_load(g, slice, index, temps);
    if (!w) return false;
    uint64_t offset = w->c;
    *w = (Word){.op = byte ? OP_FIELD_U8 : OP_FIELD_64, .a = (uint16_t)dst, .b = w->b, .c = (uint16_t)index};
    emit_word(g, offset);
    return true;
}

bool emit_field_set(FuncGen *g, Opcode set, uint32_t slice, uint32_t value, uint32_t index, uint32_t temps) {
    if (set != OP_SET_8 && set != OP_SET_64) return false;
    Word *w = header_load(g, slice, index, temps);
    if (!w || value == slice || value == slice + 1) return false;
    uint64_t offset = w->c;
    *w = (Word){.op = set == OP_SET_8 ? OP_FIELD_SET_8 : OP_FIELD_SET_64, .a = w->b, .b = (uint16_t)value, .c = (uint16_t)index};
    emit_word(g, offset);
    return true;
}

bool emit_array2(FuncGen *g, uint32_t dst, uint32_t row, uint32_t index, uint64_t len, uint32_t temps) {
    Word *w = last_instruction(g);
    if (!w || !one_place(g) || w->op != OP_ARRAY_ADDR || w->a != row || row < temps || index == row) return false;
    w->op = OP_ARRAY2_64;
    w->a = (uint16_t)dst;
    emit_word(g, len | (uint64_t)index << 32);
    return true;
}

// What returns the result of w, or OP_NOP.
static Opcode returning(const Word *w) {
    switch ((int)w->op) {
    case OP_ADD: return OP_RET_ADD;
    case OP_SUB: return OP_RET_SUB;
    case OP_LT: return OP_RET_LT;
    default: return OP_NOP;
    }
}

// The function that compares elements for a sort: return s[i] < s[j], where w
// compares what the two instructions before have loaded.
static bool return_less(FuncGen *g, const Word *w) {
    uint32_t at = g->third_at;
    if (at == 0 || at + 1 != g->before_at || at + 2 != g->last_at || !one_line(g, at)) return false;
    Word *x = &g->code.at[at], *y = x + 1;
    if (x->op != OP_INDEX_64 || y->op != OP_INDEX_64 || w->b != x->a || w->c != y->a || x->a == y->a || x->b != y->b) return false;
    if (y->b == x->a || y->b + 1u == x->a || y->c == x->a) return false;
    *x = (Word){.op = OP_RET_LT_AT, .a = y->c, .b = x->b, .c = x->c};
    g->code.len = at + 1;
    g->last_at = at;
    return true;
}

// A return of a variable or small number just put into the one result slot.
void emit_return(FuncGen *g) {
    Word *w = last_instruction(g);
    if (w && g->fn->nresult_slots == 1 && w->a == FRAME_HEADER && (w->op == OP_MOVE || w->op == OP_LOAD_INT)) {
        if (w->op == OP_MOVE) *w = (Word){.op = OP_RET_MOVE, .b = w->b};
        else w->op = OP_RET_INT, w->a = 0;
        return;
    }
    if (w && g->fn->nresult_slots == 1 && w->a == FRAME_HEADER && (w->op == OP_ADD_I || w->op == OP_SUB_I) && w->c <= INT16_MAX) {
        *w = (Word){.op = OP_RET_ADD_I, .b = w->b, .c = (uint16_t)(w->op == OP_SUB_I ? -w->c : w->c)};
        return;
    }
    if (w && w->op == OP_LT && g->fn->nresult_slots == 1 && w->a == FRAME_HEADER && return_less(g, w)) return;
    if (w && g->fn->nresult_slots == 1 && w->a == FRAME_HEADER && returning(w) != OP_NOP) {
        *w = (Word){.op = (uint16_t)returning(w), .b = w->b, .c = w->c};
        return;
    }
    if (w && op_info[w->op].flags & OPF_ENDS && !(op_info[w->op].flags & OPF_PANIC)) return; // tracebacks want a word behind a panic
    emit(g, OP_RET, 0, 0, 0);
}

void emit_zero(FuncGen *g, uint32_t at, uint32_t n) {
    if (n == 1) emit(g, OP_LOAD_INT, at, 0, 0);
    else if (n) emit(g, OP_ZERO, at, n, 0);
}

// --- labels

void label_init(Label *l) { *l = (Label){.at = -1}; }

static void set_long_offset(Word *w, int32_t off) {
    w->b = (uint16_t)((uint32_t)off & 0xffff);
    w->c = (uint16_t)((uint32_t)off >> 16);
}

static void patch(FuncGen *g, uint32_t use, int32_t target) {
    Word *w = &g->code.at[use];
    int32_t off = target - (int32_t)(use + op_words(w));
    if (w->op == OP_JUMP || w->op == OP_JUMP_T || w->op == OP_JUMP_F) {
        set_long_offset(w, off);
        return;
    }
    if (off < INT16_MIN || off > INT16_MAX) g->too_large = true;
    w->c = (uint16_t)off;
}

static void use_label(FuncGen *g, Label *l, uint32_t at) {
    if (l->at >= 0) patch(g, at, l->at);
    else VEC_PUSH(&l->uses, at);
}

void label_here(FuncGen *g, Label *l) {
    l->at = g->label_at = (int32_t)g->code.len;
    for (uint32_t i = 0; i < l->uses.len; i++) patch(g, l->uses.at[i], l->at);
    l->uses.len = 0;
}

void label_behind(FuncGen *g, Label *l) {
    if (l->uses.len) label_here(g, l);
}

void emit_jump(FuncGen *g, Label *to) {
    Word *w = last_instruction(g);
    if (w && op_info[w->op].flags & OPF_ENDS) return; // nobody comes here
    use_label(g, to, emit(g, OP_JUMP, 0, 0, 0));
}

// Compare-and-branch instructions reach 32 K words. In a function that may be
// longer they jump to a long jump behind them.
void emit_branch(FuncGen *g, Opcode op, uint32_t a, uint32_t b, Label *to) {
    if (!g->far) {
        use_label(g, to, emit(g, op, a, b, 0));
        return;
    }
    emit(g, op, a, b, 1);
    emit(g, OP_JUMP, 0, 1, 0);
    use_label(g, to, emit(g, OP_JUMP, 0, 0, 0));
}

// The end of a counted loop takes a sum made just before it along: what w does,
// and the word that says with which slots.
static Opcode summing_loop(const Word *w, Word *slots) {
    bool left = w->a == w->b;
    *slots = (Word){.op = w->a, .a = left ? w->c : w->b};
    switch ((int)w->op) {
    case OP_ADD: return left || w->a == w->c ? OP_FOR_LT_ADD : OP_NOP;
    case OP_ADD_F: return left ? OP_FOR_LT_ADD_F : OP_NOP;
    case OP_MULADD: case OP_MULADD_F:
        *slots = (Word){.op = w->a, .a = w->b, .b = w->c};
        return w->op == OP_MULADD ? OP_FOR_LT_MULADD : OP_FOR_LT_MULADD_F;
    default: return OP_NOP;
    }
}

void emit_loop(FuncGen *g, Opcode op, uint32_t i, uint32_t limit, Label *top) {
    Word *w = last_instruction(g), slots;
    Opcode both = w && op == OP_FOR_LT && !g->far ? summing_loop(w, &slots) : OP_NOP;
    if (both == OP_NOP) {
        emit_branch(g, op, i, limit, top);
        return;
    }
    *w = (Word){.op = (uint16_t)both, .a = (uint16_t)i, .b = (uint16_t)limit};
    emit_word(g, slots.raw);
    use_label(g, top, g->last_at);
}

void emit_range_loop(FuncGen *g, Opcode op, uint32_t i, uint32_t slice, uint32_t value, Label *top) {
    use_label(g, top, emit_ext(g, op, i, slice, 0, value));
}

void emit_step_loop(FuncGen *g, bool le, uint32_t i, uint32_t limit, uint32_t step, Label *top) {
    use_label(g, top, emit_ext(g, le ? OP_FOR_ADD_LE : OP_FOR_ADD_LT, i, limit, 0, step));
}

static Opcode scanning(Opcode op) {
    switch ((int)op) {
    case OP_JLT_AT: return OP_SCAN_LT;
    case OP_JLE_AT: return OP_SCAN_LE;
    case OP_JGT_AT: return OP_SCAN_GT;
    case OP_JGE_AT: return OP_SCAN_GE;
    case OP_JEQ_AT8: return OP_SCAN_EQ8;
    case OP_JNE_AT8: return OP_SCAN_NE8;
    default: return OP_NOP;
    }
}

// The line of the last instruction becomes that of the one at word `at` before
// it, which can not fail and is going to do the work of both.
static void take_line(FuncGen *g, uint32_t at) {
    uint32_t n = g->lines.len;
    if (!n || g->lines.at[n - 1].pc <= at) return;
    g->lines.at[n - 1].pc = at;
    if (n < 2 || g->lines.at[n - 2].pc < at) return;
    g->lines.at[n - 2] = g->lines.at[n - 1];
    g->lines.len--;
}

// The load that a branch back takes along stands behind the step of its index:
// the three become one. (A branch forward is the beginning of something else.)
static bool scan(FuncGen *g, Opcode op, uint64_t x, Label *to) {
    uint32_t at = g->before_at;
    Word load = g->code.at[g->last_at], *step = &g->code.at[at];
    if (scanning(op) == OP_NOP || to->at < 0 || x > UINT16_MAX || at == 0 || at + 1 != g->last_at || !one_body(g, at) || !one_index_kind(g, at)) return false;
    if ((step->op != OP_ADD_I && step->op != OP_SUB_I) || step->a != load.c || step->b != load.c || step->c > INT16_MAX || (op != OP_JEQ_AT8 && op != OP_JNE_AT8 && x == load.c)) return false;
    Word behind = {.op = (uint16_t)x, .a = (uint16_t)(step->op == OP_SUB_I ? -step->c : step->c)};
    *step = (Word){.op = (uint16_t)scanning(op), .a = load.b, .b = load.c};
    take_line(g, at);
    g->code.at[g->last_at] = behind;
    g->last_at = at;
    use_label(g, to, at);
    return true;
}

// A branch on a temporary that the last instruction has loaded from a slice:
// one instruction, if there is one for op with the element on the left.
static bool branch_at(FuncGen *g, Opcode load, Opcode op, uint32_t temp, uint64_t x, Label *to) {
    Word *w = last_instruction(g);
    if (g->far || op == OP_NOP || !w || w->op != load || w->a != temp) return false;
    if (scan(g, op, x, to)) return true;
    *w = (Word){.op = (uint16_t)op, .a = w->b, .b = w->c};
    emit_word(g, x);
    use_label(g, to, g->last_at);
    return true;
}

static Opcode at_left(Opcode op) {
    switch ((int)op) {
    case OP_JEQ: return OP_JEQ_AT;
    case OP_JNE: return OP_JNE_AT;
    case OP_JLT: return OP_JLT_AT;
    case OP_JLE: return OP_JLE_AT;
    default: return OP_NOP;
    }
}

static Opcode at_right(Opcode op) { return op == OP_JLT ? OP_JGT_AT : op == OP_JLE ? OP_JGE_AT : at_left(op); }

void emit_test(FuncGen *g, Opcode op, uint32_t a, uint32_t b, uint32_t temps, Label *to) {
    if (a != b && a >= temps && branch_at(g, OP_INDEX_64, at_left(op), a, b, to)) return;
    if (a != b && b >= temps && branch_at(g, OP_INDEX_64, at_right(op), b, a, to)) return;
    emit_branch(g, op, a, b, to);
}

static Opcode at_imm(Opcode op) {
    switch ((int)op) {
    case OP_JEQ_I: return OP_JEQ_AT_I;
    case OP_JNE_I: return OP_JNE_AT_I;
    case OP_JLT_I: return OP_JLT_AT_I;
    case OP_JLE_I: return OP_JLE_AT_I;
    case OP_JGT_I: return OP_JGT_AT_I;
    case OP_JGE_I: return OP_JGE_AT_I;
    default: return OP_NOP;
    }
}

static Opcode loaded(Opcode op) {
    switch ((int)op) {
    case OP_JEQ_I: return OP_JEQ_LOAD;
    case OP_JNE_I: return OP_JNE_LOAD;
    case OP_JLT_I: return OP_JLT_LOAD;
    case OP_JLE_I: return OP_JLE_LOAD;
    case OP_JGT_I: return OP_JGT_LOAD;
    case OP_JGE_I: return OP_JGE_LOAD;
    default: return OP_NOP;
    }
}

// The same of a word loaded from memory.
static bool branch_load(FuncGen *g, Opcode op, uint32_t temp, int64_t v, Label *to) {
    Word *w = last_instruction(g);
    if (g->far || loaded(op) == OP_NOP || !w || w->op != OP_LOAD_64 || w->a != temp) return false;
    uint64_t offset = w->c;
    *w = (Word){.op = (uint16_t)loaded(op), .a = w->b, .b = (uint16_t)v};
    emit_word(g, offset);
    use_label(g, to, g->last_at);
    return true;
}

void emit_test_imm(FuncGen *g, Opcode op, uint32_t a, int64_t v, uint32_t temps, Label *to) {
    if (a >= temps && (branch_load(g, op, a, v, to) || branch_at(g, OP_INDEX_64, at_imm(op), a, (uint64_t)v, to))) return;
    Opcode at = op == OP_JEQ_I ? OP_JEQ_AT8 : op == OP_JNE_I ? OP_JNE_AT8 : OP_NOP;
    if (a >= temps && v >= 0 && branch_at(g, OP_INDEX_U8, at, a, (uint64_t)v, to)) return;
    emit_branch(g, op, a, (uint32_t)v & 0xffff, to);
}

void emit_test_bool(FuncGen *g, bool sense, uint32_t a, uint32_t temps, Label *to) {
    if (a >= temps && branch_at(g, OP_INDEX_U8, sense ? OP_JNE_AT8 : OP_JEQ_AT8, a, 0, to)) return;
    emit_branch1(g, sense ? OP_JUMP_T : OP_JUMP_F, a, to);
}

void emit_branch1(FuncGen *g, Opcode op, uint32_t a, Label *to) { use_label(g, to, emit(g, op, a, 0, 0)); }

// --- line table

static void add_line(FuncGen *g, uint32_t line) {
    g->last_line = line;
    LineEntry e = {g->code.len, line};
    if (g->lines.len && g->lines.at[g->lines.len - 1].pc == e.pc) g->lines.at[g->lines.len - 1] = e;
    else VEC_PUSH(&g->lines, e);
}

void emit_generated(FuncGen *g) { add_line(g, 0); }

void emit_file(FuncGen *g, Str path) {
    FilePart e = {g->code.len, path}, *last = g->files.len ? &g->files.at[g->files.len - 1] : NULL;
    if (last && last->file.ptr == path.ptr && last->file.len == path.len) return;
    if (last && last->pc == e.pc) *last = e;
    else VEC_PUSH(&g->files, e);
}

void emit_line(FuncGen *g, Pos pos) {
    if (!pos) return;
    if (pos < g->line_at || pos >= g->line_end) {
        g->line_no = source_line(pos, &g->line_at, &g->line_end);
        Str path; // directives //line may put parts of a function into other files
        if (g->line_at == g->line_end && source_moved(pos, &path)) emit_file(g, path);
    }
    if (g->line_no != g->last_line) add_line(g, g->line_no);
}

// --- slots

static void ensure_slots(FuncGen *g, uint32_t n) {
    while (g->kinds.len < n) VEC_PUSH(&g->kinds, SLOT_FREE);
}

// Most functions need no more.
enum { USUAL_SLOTS = 64 };

static void free_slots(FuncGen *g) {
    if (g->kinds.cap < USUAL_SLOTS) vec_grow_to((void **)&g->kinds.at, &g->kinds.cap, USUAL_SLOTS, sizeof *g->kinds.at);
    memset(g->kinds.at, SLOT_FREE, USUAL_SLOTS);
    g->kinds.len = USUAL_SLOTS;
}

uint32_t slot_run(FuncGen *g, const uint8_t *kinds, uint32_t n) {
    uint32_t base = g->top;
    if (n == 0) return base;
    if (n == 1 && base < g->kinds.len && base < MAX_SLOTS && (g->kinds.at[base] == SLOT_FREE || g->kinds.at[base] == *kinds)) {
        g->kinds.at[base] = *kinds;
        g->top = base + 1;
        if (g->top > g->max_top) g->max_top = g->top;
        return base;
    }
    for (;; base++) {
        if (base + n > MAX_SLOTS) {
            g->too_large = true;
            return FRAME_HEADER;
        }
        ensure_slots(g, base + n);
        uint32_t i = 0;
        while (i < n && (g->kinds.at[base + i] == SLOT_FREE || g->kinds.at[base + i] == kinds[i])) i++;
        if (i == n) break;
    }
    for (uint32_t i = 0; i < n; i++) g->kinds.at[base + i] = kinds[i];
    g->top = base + n;
    if (g->top > g->max_top) g->max_top = g->top;
    return base;
}

uint32_t slot_word(FuncGen *g, bool pointer) {
    uint8_t k = pointer ? SLOT_POINTER : SLOT_SCALAR;
    return slot_run(g, &k, 1);
}

uint32_t slot_alloc(FuncGen *g, const TypeDesc *d) {
    if (is_big(d)) return slot_word(g, true);
    uint8_t kinds[BIG_BYTES / 8];
    uint32_t n = value_slots(d);
    for (uint32_t i = 0; i < n; i++) kinds[i] = lower_word_is_ptr(d, i) ? SLOT_POINTER : SLOT_SCALAR;
    return slot_run(g, kinds, n);
}

// --- functions

Func *func_new(Str name, Pos pos) {
    Func *f = ARENA_NEW(Func);
    f->self = f;
    f->name = name;
    if (pos) {
        Pos from, to;
        const SourceFile *file = source_file_of(pos);
        if (file) f->file = file->path;
        f->line = source_line(pos, &from, &to);
    }
    GenState *s = gen_state();
    VEC_PUSH(&s->funcs, f);
    return f;
}

static uint32_t fixed_slots(FuncGen *g, Type *t) { return slot_alloc(g, lower_type(t)); }

// Code, line table and kinds of slots grow in buffers that all functions use in
// turn; what is left of them in the end is copied. (The entry's code is begun
// before that of packages, which then make buffers of their own.)
static void take_buffers(FuncGen *g) {
    GenState *s = gen_state();
    g->code = s->code;
    g->lines = s->lines;
    g->kinds = s->kinds;
    g->code.len = g->lines.len = g->kinds.len = 0;
    s->code = (WordList){0};
    s->lines = (LineList){0};
    s->kinds = (KindList){0};
}

static void give_buffers(FuncGen *g) {
    GenState *s = gen_state();
    s->code = g->code;
    s->lines = g->lines;
    s->kinds = g->kinds;
}

void func_begin(FuncGen *g, Func *fn, Type *sig, Type *recv) {
    *g = (FuncGen){.fn = fn};
    take_buffers(g);
    free_slots(g);
    label_init(&g->epilogue);
    g->results_at = FRAME_HEADER;
    static const uint8_t header[FRAME_HEADER] = {SLOT_SCALAR, SLOT_POINTER};
    slot_run(g, header, FRAME_HEADER);
    for (uint32_t i = 0; i < sig->nresults; i++) fixed_slots(g, sig->results[i]->type);
    fn->nresult_slots = g->top - FRAME_HEADER;
    uint32_t from = g->top;
    if (recv) fixed_slots(g, recv);
    for (uint32_t i = 0; i < sig->nparams; i++) fixed_slots(g, sig->params[i]->type);
    fn->nparam_slots = g->top - from;
    emit(g, OP_NOP, 0, 0, 0); // may become the clearing of results
}

// Puts the clearing of results into the word reserved at the start, or cuts it
// off. Cleared are those that the function may return without having set them:
// named ones, of a function that may recover, of a native.
static void finish_prologue(FuncGen *g) {
    uint32_t nres = g->fn->nresult_slots, skip = 1;
    bool clear = nres && (g->has_epilogue || (g->info && (g->info->named_results || !g->info->body)));
    Word *w = g->code.at;
    if (clear) w[--skip] = (Word){.op = OP_ZERO, .a = FRAME_HEADER, .b = (uint16_t)nres};
    g->fn->ncode = g->code.len - skip;
    g->fn->code = arena_dup(w + skip, g->fn->ncode * sizeof *w);
    for (uint32_t i = 0; i < g->lines.len; i++) g->lines.at[i].pc -= g->lines.at[i].pc > skip ? skip : g->lines.at[i].pc;
    for (uint32_t i = 0; i < g->files.len; i++) g->files.at[i].pc -= g->files.at[i].pc > skip ? skip : g->files.at[i].pc;
    for (uint32_t i = 0; i < g->index_kinds.len; i++) g->index_kinds.at[i] -= skip << 1;
    for (uint32_t i = 0; i < g->inlines.len; i++) {
        g->inlines.at[i].from -= skip;
        g->inlines.at[i].to -= skip;
    }
    if (g->has_epilogue) g->fn->defer_pc -= skip;
}

void func_finish(FuncGen *g) {
    Func *f = g->fn;
    finish_prologue(g);
    f->nslots = g->max_top;
    uint8_t *map = arena_alloc((f->nslots + 7) / 8 + 1);
    for (uint32_t i = 0; i < f->nslots; i++)
        if (g->kinds.at[i] == SLOT_POINTER) map[i / 8] |= (uint8_t)(1u << (i % 8));
    f->ptr_map = map;
    f->lines = arena_dup(g->lines.at, g->lines.len * sizeof *g->lines.at);
    f->nlines = g->lines.len;
    f->index_kinds = g->index_kinds.at;
    f->nindex_kinds = g->index_kinds.len;
    f->files = g->files.at;
    f->nfiles = g->files.len;
    f->inlined = g->inlines.at;
    f->ninlined = g->inlines.len;
    give_buffers(g);
    if (g->too_large) source_error(g->info ? g->info->pos : 0, "function too large for the machine's 16-bit operands");
}
