// SPDX-License-Identifier: MIT
// gen_expr.c: expressions: constants, operators, comparisons, conversions,
// composite literals, closures, selections.
//
// expr() may answer a variable's own slot: within one expression nothing
// writes it, since variables that a called function could change live in heap
// cells. expr_to(dst) writes dst only with its last instruction, so dst may be
// a variable that the expression reads; composite_into is the exception and
// its callers give it fresh memory.
#include <string.h>

#include "compiler/foreign.h"
#include "compiler/gen_impl.h"

static Type *under(Expr *e) { return type_under(e->type); }
static bool is_iface(Type *t) { return type_under(t)->kind == KIND_INTERFACE; }

static uint32_t dest(FuncGen *g, Type *t, int64_t dst) { return dst == ANY ? slot_alloc(g, lower_type(t)) : (uint32_t)dst; }

// --- constants

static void load_f64(FuncGen *g, uint32_t dst, double v) {
    uint64_t bits;
    memcpy(&bits, &v, 8);
    if (bits == 0) emit_int(g, dst, 0);
    else emit_ext(g, OP_LOAD_K, dst, 0, 0, bits);
}

static uint32_t f32_bits(float f) {
    uint32_t bits;
    memcpy(&bits, &f, 4);
    return bits;
}

static void load_const(FuncGen *g, Const *v, Type *t, uint32_t dst) {
    Type *u = type_under(t);
    int64_t i;
    uint64_t w;
    switch ((int)u->kind) {
    case KIND_BOOL: case TYPE_K_UNTYPED_BOOL: emit_int(g, dst, const_bool_val(v)); return;
    case KIND_STRING: case TYPE_K_UNTYPED_STRING: {
        Str s = const_str_val(v);
        if (s.len == 0) {
            emit_zero(g, dst, 2);
            return;
        }
        emit(g, OP_LOAD_K2, dst, 0, 0);
        emit_word(g, (uint64_t)(uintptr_t)gen_chars(s));
        emit_word(g, (uint64_t)s.len);
        return;
    }
    case KIND_FLOAT64: case TYPE_K_UNTYPED_FLOAT: load_f64(g, dst, const_f64(v)); return;
    case KIND_FLOAT32: {
        emit_ext(g, OP_LOAD_K, dst, 0, 0, f32_bits(const_f32(v)));
        return;
    }
    case KIND_COMPLEX64:
        emit_ext(g, OP_LOAD_K, dst, 0, 0, f32_bits(const_f32(const_real(v))) | (uint64_t)f32_bits(const_f32(const_imag(v))) << 32);
        return;
    case KIND_COMPLEX128: case TYPE_K_UNTYPED_COMPLEX:
        load_f64(g, dst, const_f64(const_real(v)));
        load_f64(g, dst + 1, const_f64(const_imag(v)));
        return;
    default:
        if (const_is_int64(v, &i)) emit_int(g, dst, i);
        else if (const_is_uint64(v, &w)) emit_ext(g, OP_LOAD_K, dst, 0, 0, w);
        else emit_int(g, dst, 0);
    }
}

bool const_word(Const *v, Type *t, uint64_t *bits) {
    int64_t i;
    switch ((int)type_under(t)->kind) {
    case KIND_BOOL: *bits = const_bool_val(v); return true;
    case KIND_FLOAT64: {
        double d = const_f64(v);
        memcpy(bits, &d, sizeof d);
        return true;
    }
    case KIND_FLOAT32: *bits = f32_bits(const_f32(v)); return true;
    default: break;
    }
    if (!type_is_integer(t)) return false;
    if (const_is_int64(v, &i)) *bits = (uint64_t)i;
    else if (!const_is_uint64(v, bits)) return false;
    return true;
}

bool loop_const(FuncGen *g, Const *v, Type *t, uint32_t *slot) {
    uint64_t bits;
    if (!g->loop_consts.len || !const_word(v, t, &bits)) return false;
    for (uint32_t i = 0; i < g->loop_consts.len; i++)
        if (g->loop_consts.at[i].bits == bits) {
            *slot = g->loop_consts.at[i].slot;
            return true;
        }
    return false;
}

// A constant of type t in slots, dst or any.
static uint32_t const_value(FuncGen *g, Const *v, Type *t, int64_t dst) {
    uint32_t slot;
    if (dst == ANY && loop_const(g, v, t, &slot)) return slot;
    uint32_t d = dest(g, t, dst);
    load_const(g, v, t, d);
    return d;
}

bool small_const(Expr *e, int64_t lo, int64_t hi, int64_t *v) {
    if (e->mode != MODE_CONST || !(type_is_integer(e->type) || type_under(e->type)->kind == TYPE_K_UNTYPED_INT)) return false;
    return const_is_int64(e->val, v) && *v >= lo && *v <= hi;
}

// --- integer and float operators

static void narrow(FuncGen *g, uint8_t kind, uint32_t dst, uint32_t src) {
    static const uint8_t ops[KIND_COUNT] = {
        [KIND_INT8] = OP_SEXT8, [KIND_INT16] = OP_SEXT16, [KIND_INT32] = OP_SEXT32,
        [KIND_UINT8] = OP_ZEXT8, [KIND_UINT16] = OP_ZEXT16, [KIND_UINT32] = OP_ZEXT32};
    if (ops[kind]) emit(g, ops[kind], dst, src, 0);
    else emit_move(g, dst, src, 1);
}

static bool is_unsigned64(uint8_t k) { return k == KIND_UINT || k == KIND_UINT64 || k == KIND_UINTPTR; }

static Opcode float_op(int op, bool f32) {
    switch (op) {
    case TOK_ADD: return f32 ? OP_ADD_F32 : OP_ADD_F;
    case TOK_SUB: return f32 ? OP_SUB_F32 : OP_SUB_F;
    case TOK_MUL: return f32 ? OP_MUL_F32 : OP_MUL_F;
    default: return f32 ? OP_DIV_F32 : OP_DIV_F;
    }
}

static Opcode complex_op(int op) {
    return op == TOK_ADD ? OP_ADD_C : op == TOK_SUB ? OP_SUB_C : op == TOK_MUL ? OP_MUL_C : OP_DIV_C;
}

static uint32_t wide_complex(FuncGen *g, uint32_t x) {
    uint32_t w = slot_alloc(g, lower_type(TY(KIND_COMPLEX128)));
    emit(g, OP_C64_TO_C, w, x, 0);
    return w;
}

static void complex_binary(FuncGen *g, int op, uint8_t kind, uint32_t x, uint32_t y, uint32_t dst) {
    if (kind == KIND_COMPLEX128) {
        emit(g, complex_op(op), dst, x, y);
        return;
    }
    uint32_t wx = wide_complex(g, x), wy = wide_complex(g, y);
    emit(g, complex_op(op), wx, wx, wy);
    emit(g, OP_C_TO_C64, dst, wx, 0);
}

static Opcode int_op(int op, uint8_t kind) {
    switch (op) {
    case TOK_ADD: return kind == KIND_INT32 ? OP_ADD_I32 : kind == KIND_UINT32 ? OP_ADD_U32 : OP_ADD;
    case TOK_SUB: return kind == KIND_INT32 ? OP_SUB_I32 : kind == KIND_UINT32 ? OP_SUB_U32 : OP_SUB;
    case TOK_MUL: return kind == KIND_INT32 ? OP_MUL_I32 : kind == KIND_UINT32 ? OP_MUL_U32 : OP_MUL;
    case TOK_QUO: return is_unsigned64(kind) ? OP_UDIV : OP_DIV;
    case TOK_REM: return is_unsigned64(kind) ? OP_UREM : OP_REM;
    case TOK_AND: return OP_AND;
    case TOK_OR: return OP_OR;
    case TOK_XOR: return OP_XOR;
    default: return OP_ANDNOT;
    }
}

// d = x op y. Slots from temps on are temporaries that nobody reads again.
static void binary_into(FuncGen *g, int op, Type *t, uint32_t x, uint32_t y, uint32_t d, uint32_t temps) {
    uint8_t k = type_under(t)->kind;
    if (k == KIND_STRING) {
        uint32_t run = slot_alloc(g, lower_type(type_array_of(TY(KIND_STRING), 2)));
        emit_move(g, run, x, 2);
        emit_move(g, run + 2, y, 2);
        emit(g, OP_CONCAT, d, run, 2);
    } else if (k == KIND_FLOAT64 || k == KIND_FLOAT32) {
        Opcode o = float_op(op, k == KIND_FLOAT32);
        if (!emit_fused(g, o, d, x, y, temps)) emit(g, o, d, x, y);
    } else if (k == KIND_COMPLEX64 || k == KIND_COMPLEX128) {
        complex_binary(g, op, k, x, y, d);
    } else {
        Opcode o = int_op(op, k);
        bool wraps = (op == TOK_ADD || op == TOK_SUB || op == TOK_MUL) && (o == OP_ADD || o == OP_SUB || o == OP_MUL);
        bool small = k == KIND_INT8 || k == KIND_INT16 || k == KIND_UINT8 || k == KIND_UINT16;
        bool min_by_minus1 = op == TOK_QUO && (k == KIND_INT8 || k == KIND_INT16 || k == KIND_INT32);
        if (type_size(t) != 8 || !emit_fused(g, o, d, x, y, temps)) emit(g, o, d, x, y);
        if ((wraps && small) || min_by_minus1) narrow(g, k, d, d);
    }
}

bool immediate_form(int op, Type *t, Expr *y) {
    int64_t v;
    if (op == TOK_SHL || op == TOK_SHR) return y->mode == MODE_CONST;
    if (!type_is_integer(t) || !small_const(y, -65535, 65535, &v)) return false;
    switch (op) {
    case TOK_ADD: case TOK_SUB: return true;
    case TOK_MUL: case TOK_AND: return v >= 0;
    case TOK_QUO: case TOK_REM: return v > 0 && !is_unsigned64(type_under(t)->kind);
    default: return false;
    }
}

// x op constant with an immediate operand; false when there is no such form.
static bool immediate_op(FuncGen *g, int op, Type *t, uint32_t x, Expr *y, uint32_t dst, uint32_t temps) {
    uint8_t k = type_under(t)->kind;
    int64_t v;
    if (!immediate_form(op, t, y)) return false;
    small_const(y, INT64_MIN, INT64_MAX, &v);
    Opcode o;
    if ((op == TOK_QUO || op == TOK_REM) && (v & (v - 1)) == 0) { // a power of two
        emit(g, op == TOK_QUO ? OP_DIV_P2 : OP_REM_P2, dst, x, (uint32_t)__builtin_ctzll((unsigned long long)v));
        return true;
    }
    bool sum = (op == TOK_ADD || op == TOK_SUB) && type_size(t) == 8;
    if (sum && dst == x && emit_step(g, x, op == TOK_SUB ? -v : v)) return true;
    if (sum && emit_fused_imm(g, dst, x, op == TOK_SUB ? -v : v, temps)) return true;
    switch (op) {
    case TOK_ADD: o = v < 0 ? OP_SUB_I : OP_ADD_I; break;
    case TOK_SUB: o = v < 0 ? OP_ADD_I : OP_SUB_I; break;
    case TOK_MUL: o = OP_MUL_I; break;
    case TOK_QUO: o = OP_DIV_I; break;
    case TOK_REM: o = OP_REM_I; break;
    default: o = OP_AND_I; break;
    }
    emit(g, o, dst, x, (uint32_t)(v < 0 ? -v : v));
    if (op != TOK_AND && op != TOK_REM) narrow(g, k, dst, dst);
    return true;
}

static void shift_op(FuncGen *g, int op, Type *t, uint32_t x, Expr *y, uint32_t dst) {
    uint8_t k = type_under(t)->kind;
    bool uns = type_is_unsigned(t);
    int64_t n;
    uint64_t un;
    if (y->mode == MODE_CONST && (const_is_int64(y->val, &n) || (const_is_uint64(y->val, &un) && (n = INT64_MAX, true)))) {
        if (n > 63) {
            if (op == TOK_SHR && !uns) emit(g, OP_SHR_I, dst, x, 63);
            else emit_int(g, dst, 0);
            return;
        }
        emit(g, op == TOK_SHL ? OP_SHL_I : uns ? OP_USHR_I : OP_SHR_I, dst, x, (uint32_t)n);
    } else {
        uint32_t c = expr(g, y);
        if (!type_is_unsigned(y->type)) emit(g, OP_SHIFT_CHECK, 0, c, 0);
        emit(g, op == TOK_SHL ? OP_SHL : uns ? OP_USHR : OP_SHR, dst, x, c);
    }
    if (op == TOK_SHL) narrow(g, k, dst, dst);
}

static bool is_product(Expr *e) {
    e = ast_unparen(e);
    return e->kind == EXPR_BINARY && e->op == TOK_MUL && e->mode != MODE_CONST;
}

// x + y * z with a computed x: there is an instruction that adds a product.
static bool sum_of_product(Expr *e) {
    Expr *x = ast_unparen(e->binary.x);
    uint8_t k = type_under(e->type)->kind;
    if (e->op != TOK_ADD || x->kind != EXPR_BINARY || x->mode == MODE_CONST || !is_product(e->binary.y)) return false;
    return k == KIND_FLOAT64 || (type_is_integer(e->type) && type_size(e->type) == 8);
}

// op-assignment helper shared with statements: dst = x op y.
static uint32_t arith(FuncGen *g, Expr *e, int64_t dst) {
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    int op = e->op;
    bool commutes = op == TOK_ADD || op == TOK_MUL || op == TOK_AND;
    if (commutes && e->binary.x->mode == MODE_CONST && type_is_integer(e->type)) { // immediate operands stand on the right
        uint32_t y = expr(g, e->binary.y);
        if (!immediate_op(g, op, e->type, y, e->binary.x, d, mark)) binary_into(g, op, e->type, expr(g, e->binary.x), y, d, mark);
        g->top = mark;
        return d;
    }
    uint32_t x;
    if (dst == ANY && sum_of_product(e)) expr_to(g, e->binary.x, x = d); // which the product is added to
    else x = expr(g, e->binary.x);
    if (op == TOK_SHL || op == TOK_SHR) shift_op(g, op, e->type, x, e->binary.y, d);
    else if (!immediate_op(g, op, e->type, x, e->binary.y, d, mark)) {
        uint32_t m = g->top, y = expr(g, e->binary.y);
        bool accumulates = op == TOK_ADD && x == d && y >= m && type_size(e->type) == 8;
        if (!(accumulates && (emit_muladd(g, OP_MUL_F, OP_MULADD_F, d, y) || emit_muladd(g, OP_MUL, OP_MULADD, d, y)))) binary_into(g, op, e->type, x, y, d, mark);
    }
    g->top = mark;
    return d;
}

static void collect_concat(Expr *e, ExprList *parts) {
    e = ast_unparen(e);
    if (e->kind == EXPR_BINARY && e->op == TOK_ADD && e->mode != MODE_CONST) {
        collect_concat(e->binary.x, parts);
        collect_concat(e->binary.y, parts);
    } else {
        VEC_PUSH(parts, e);
    }
}

static uint32_t concat(FuncGen *g, Expr *e, int64_t dst) {
    ExprList parts = {0};
    collect_concat(e, &parts);
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    uint8_t *kinds = arena_alloc(2 * parts.len);
    for (uint32_t i = 0; i < parts.len; i++) {
        kinds[2 * i] = SLOT_POINTER;
        kinds[2 * i + 1] = SLOT_SCALAR;
    }
    uint32_t run = slot_run(g, kinds, 2 * parts.len);
    for (uint32_t i = 0; i < parts.len; i++) {
        uint32_t m = g->top;
        expr_to(g, parts.at[i], run + 2 * i);
        g->top = m;
    }
    emit(g, OP_CONCAT, d, run, parts.len);
    g->top = mark;
    return d;
}

// --- comparisons

void equal_values(FuncGen *g, Type *t, uint32_t x, uint32_t y, uint32_t dst) {
    const TypeDesc *d = lower_type(t);
    switch (d->kind) {
    case KIND_FLOAT64: emit(g, OP_EQ_F, dst, x, y); return;
    case KIND_FLOAT32: emit(g, OP_EQ_F32, dst, x, y); return;
    case KIND_COMPLEX128: emit(g, OP_EQ_C, dst, x, y); return;
    case KIND_COMPLEX64: {
        uint32_t wx = wide_complex(g, x), wy = wide_complex(g, y);
        emit(g, OP_EQ_C, dst, wx, wy);
        return;
    }
    case KIND_STRING: emit(g, OP_EQ_STR, dst, x, y); return;
    case KIND_INTERFACE: emit(g, OP_EQ_IFACE, dst, x, y); return;
    case KIND_STRUCT: case KIND_ARRAY:
        if (d->size == 0) emit_int(g, dst, 1);
        else if (is_big(d)) emit_ptr(g, OP_EQ_MEM, dst, x, y, d);
        else emit_ptr(g, OP_EQ_SLOTS, dst, x, y, d);
        return;
    default: emit(g, OP_EQ, dst, x, y);
    }
}

static bool is_nil(Expr *e) { return ast_unparen(e)->mode == MODE_NIL; }

typedef struct Comparison { // operands ready for an ordering or equality
    Type *type;
    uint32_t x, y;
} Comparison;

static Comparison comparison(FuncGen *g, Expr *e) {
    Expr *x = e->binary.x, *y = e->binary.y;
    Type *t = x->type;
    if (is_iface(y->type) && !is_iface(x->type)) t = y->type;
    else if (type_is_untyped(t)) t = y->type;
    Comparison c = {.type = t};
    c.x = expr_as(g, x, t, ANY);
    c.y = expr_as(g, y, is_iface(t) && is_iface(y->type) ? y->type : t, ANY);
    return c;
}

static void compare_nil(FuncGen *g, Expr *x, bool eq, uint32_t dst) {
    uint32_t v = expr(g, x), z = slot_word(g, false);
    emit_int(g, z, 0);
    emit(g, eq ? OP_EQ : OP_NE, dst, v, z);
}

static void order(FuncGen *g, int op, Comparison *c, uint32_t dst) {
    uint32_t x = c->x, y = c->y;
    if (op == TOK_GTR || op == TOK_GEQ) { // a > b is b < a
        x = c->y;
        y = c->x;
    }
    bool less = op == TOK_LSS || op == TOK_GTR;
    switch (type_under(c->type)->kind) {
    case KIND_STRING: emit(g, less ? OP_LT_STR : OP_LE_STR, dst, x, y); return;
    case KIND_FLOAT64: emit(g, less ? OP_LT_F : OP_LE_F, dst, x, y); return;
    case KIND_FLOAT32: emit(g, less ? OP_LT_F32 : OP_LE_F32, dst, x, y); return;
    default: break;
    }
    if (is_unsigned64(type_under(c->type)->kind)) emit(g, less ? OP_ULT : OP_ULE, dst, x, y);
    else emit(g, less ? OP_LT : OP_LE, dst, x, y);
}

static uint32_t compare(FuncGen *g, Expr *e, int64_t dst) {
    uint32_t d = dst == ANY ? slot_word(g, false) : (uint32_t)dst, mark = g->top;
    int op = e->op;
    if (op == TOK_EQL || op == TOK_NEQ) {
        if (is_nil(e->binary.y)) compare_nil(g, e->binary.x, op == TOK_EQL, d);
        else if (is_nil(e->binary.x)) compare_nil(g, e->binary.y, op == TOK_EQL, d);
        else {
            Comparison c = comparison(g, e);
            uint8_t k = type_under(c.type)->kind;
            if (op == TOK_NEQ && is_scalar_kind(k) && k != KIND_FLOAT32 && k != KIND_FLOAT64 && k != KIND_COMPLEX64) emit(g, OP_NE, d, c.x, c.y);
            else {
                equal_values(g, c.type, c.x, c.y, d);
                if (op == TOK_NEQ) emit(g, OP_NOT, d, d, 0);
            }
        }
    } else {
        Comparison c = comparison(g, e);
        order(g, op, &c, d);
    }
    g->top = mark;
    return d;
}

// --- conditions as jumps

static int negate(int op) {
    switch (op) {
    case TOK_EQL: return TOK_NEQ;
    case TOK_NEQ: return TOK_EQL;
    case TOK_LSS: return TOK_GEQ;
    case TOK_GEQ: return TOK_LSS;
    case TOK_GTR: return TOK_LEQ;
    default: return TOK_GTR;
    }
}

static int mirror(int op) {
    switch (op) {
    case TOK_LSS: return TOK_GTR;
    case TOK_GTR: return TOK_LSS;
    case TOK_LEQ: return TOK_GEQ;
    case TOK_GEQ: return TOK_LEQ;
    default: return op;
    }
}

static void int_branch(FuncGen *g, int op, Type *t, uint32_t x, uint32_t y, uint32_t temps, Label *to) {
    bool u = is_unsigned64(type_under(t)->kind);
    switch (op) {
    case TOK_EQL: emit_test(g, OP_JEQ, x, y, temps, to); break;
    case TOK_NEQ: emit_test(g, OP_JNE, x, y, temps, to); break;
    case TOK_LSS: emit_test(g, u ? OP_JULT : OP_JLT, x, y, temps, to); break;
    case TOK_LEQ: emit_test(g, u ? OP_JULE : OP_JLE, x, y, temps, to); break;
    case TOK_GTR: emit_test(g, u ? OP_JULT : OP_JLT, y, x, temps, to); break;
    default: emit_test(g, u ? OP_JULE : OP_JLE, y, x, temps, to); break;
    }
}

static bool imm_branch(FuncGen *g, int op, Expr *x, Expr *y, Label *to) {
    int64_t v;
    if (!small_const(y, INT16_MIN, INT16_MAX, &v)) return false;
    bool ordered = op != TOK_EQL && op != TOK_NEQ;
    if (ordered && is_unsigned64(under(x)->kind)) return false;
    Opcode o = op == TOK_EQL ? OP_JEQ_I : op == TOK_NEQ ? OP_JNE_I : op == TOK_LSS ? OP_JLT_I : op == TOK_LEQ ? OP_JLE_I : op == TOK_GTR ? OP_JGT_I : OP_JGE_I;
    uint32_t temps = g->top, s = expr(g, x);
    emit_test_imm(g, o, s, v, temps, to);
    return true;
}

static void float_branch(FuncGen *g, int op, bool sense, uint32_t x, uint32_t y, Label *to) {
    if (op == TOK_GTR || op == TOK_GEQ) {
        uint32_t t = x;
        x = y;
        y = t;
    }
    bool less = op == TOK_LSS || op == TOK_GTR;
    emit_branch(g, sense ? (less ? OP_JLT_F : OP_JLE_F) : (less ? OP_JNLT_F : OP_JNLE_F), x, y, to);
}

// A comparison that has a fused form; false when it has none.
static bool compare_jump(FuncGen *g, Expr *e, bool sense, Label *to) {
    Expr *x = e->binary.x, *y = e->binary.y;
    int op = e->op;
    if (is_nil(x) || is_nil(y)) {
        uint32_t temps = g->top, s = expr(g, is_nil(x) ? y : x);
        emit_test_imm(g, (op == TOK_EQL) == sense ? OP_JEQ_I : OP_JNE_I, s, 0, temps, to);
        return true;
    }
    if (is_iface(x->type) || is_iface(y->type)) return false;
    Type *t = type_is_untyped(x->type) ? y->type : x->type;
    uint8_t k = type_under(t)->kind;
    bool equality = op == TOK_EQL || op == TOK_NEQ;
    if (k == KIND_STRING && equality) {
        uint32_t a = expr(g, x), b = expr(g, y);
        emit_branch(g, (op == TOK_EQL) == sense ? OP_JEQ_STR : OP_JNE_STR, a, b, to);
        return true;
    }
    if (k == KIND_FLOAT64 && !equality) {
        uint32_t a = expr(g, x), b = expr(g, y);
        float_branch(g, op, sense, a, b, to);
        return true;
    }
    if (!is_scalar_kind(k) || k == KIND_FLOAT32 || k == KIND_FLOAT64 || k == KIND_COMPLEX64) return false;
    if (!sense) op = negate(op);
    if (imm_branch(g, op, x, y, to) || imm_branch(g, mirror(op), y, x, to)) return true;
    uint32_t temps = g->top, a = expr(g, x), b = expr(g, y);
    int_branch(g, op, t, a, b, temps, to);
    return true;
}

// x && y or x || y; each of both is a root of its own.
static void logical_jump(FuncGen *g, Expr *e, bool sense, Label *to) {
    Order o = order_begin(g, e);
    if ((e->op == TOK_LAND) == sense) { // both decide: skip when the first already fails
        Label skip;
        label_init(&skip);
        cond_jump(g, e->binary.x, !sense, &skip);
        cond_jump(g, e->binary.y, sense, to);
        label_here(g, &skip);
    } else {
        cond_jump(g, e->binary.x, sense, to);
        cond_jump(g, e->binary.y, sense, to);
    }
    order_end(g, o);
}

static void leaf_jump(FuncGen *g, Expr *e, bool sense, Label *to) {
    uint32_t mark = g->top;
    FuncInfo *small = inline_callee(g, e);
    if (small && inline_value(small)) {
        Inlined in;
        inline_begin(g, e, small, &in);
        emit_line(g, small->body->block.list.at[0]->pos);
        cond_jump(g, inline_value(small), sense, to);
        inline_end(g, e, &in);
        g->top = mark;
        return;
    }
    bool comparison_op = e->kind == EXPR_BINARY && (e->op == TOK_EQL || e->op == TOK_NEQ || e->op == TOK_LSS || e->op == TOK_LEQ || e->op == TOK_GTR || e->op == TOK_GEQ);
    if (!(comparison_op && compare_jump(g, e, sense, to))) emit_test_bool(g, sense, expr(g, e), mark, to);
    g->top = mark;
}

void cond_jump(FuncGen *g, Expr *e, bool sense, Label *to) {
    uint32_t mark = g->top, early;
    e = ast_unparen(e);
    if (e->mode == MODE_CONST) {
        if (const_bool_val(e->val) == sense) emit_jump(g, to);
        return;
    }
    if (g->early.len && order_early(g, e, &early)) emit_test_bool(g, sense, early, mark, to);
    else if (e->kind == EXPR_UNARY && e->op == TOK_NOT) cond_jump(g, e->unary.x, !sense, to);
    else if (e->kind == EXPR_BINARY && (e->op == TOK_LAND || e->op == TOK_LOR)) logical_jump(g, e, sense, to);
    else if (g->ordered && !order_is_unit(e)) leaf_jump(g, e, sense, to);
    else {
        Order o = order_begin(g, e);
        leaf_jump(g, e, sense, to);
        order_end(g, o);
        g->top = mark;
    }
}

static uint32_t logical(FuncGen *g, Expr *e, int64_t dst) {
    uint32_t d = dst == ANY ? slot_word(g, false) : (uint32_t)dst;
    Label no, end;
    label_init(&no);
    label_init(&end);
    cond_jump(g, e, false, &no);
    emit_int(g, d, 1);
    emit_jump(g, &end);
    label_here(g, &no);
    emit_int(g, d, 0);
    label_here(g, &end);
    return d;
}

// --- conversions

static void *static_value(Const *v, Type *t) { // memory image of a constant
    if (lower_type(t)->kind == KIND_STRING) return (void *)(uintptr_t)gen_text(const_str_val(v));
    double parts[2] = {const_f64(const_real(v)), const_f64(const_imag(v))}; // complex128
    return (void *)(uintptr_t)gen_bytes(parts, sizeof parts);
}

static uint32_t to_interface(FuncGen *g, Expr *e, Type *to, int64_t dst) {
    const TypeDesc *d = lower_type(e->type);
    uint32_t out = dest(g, to, dst), mark = g->top;
    if (e->mode == MODE_CONST && !type_is_direct(d)) {
        emit_ptr(g, OP_LOAD_K, out, 0, 0, d);
        emit_ptr(g, OP_LOAD_K, out + 1, 0, 0, static_value(e->val, e->type));
        return out;
    }
    uint32_t v = expr(g, e);
    convert_slots(g, v, e->type, to, out);
    g->top = mark;
    return out;
}

// Assignability conversion of a value already in slots.
uint32_t convert_slots(FuncGen *g, uint32_t src, Type *from, Type *to, int64_t dst) {
    if (!is_iface(to) || is_iface(from)) {
        if (dst == ANY) return src;
        emit_move(g, (uint32_t)dst, src, value_slots(lower_type(to)));
        return (uint32_t)dst;
    }
    const TypeDesc *d = lower_type(from);
    uint32_t out = dest(g, to, dst);
    if (d->size == 0) emit_int(g, out + 1, 0);
    else if (type_is_direct(d)) emit_move(g, out + 1, src, 1);
    else if (is_big(d)) emit_move(g, out + 1, src, 1); // already an immutable copy
    else emit_ptr(g, OP_BOX, out + 1, src, 0, d);
    emit_ptr(g, OP_LOAD_K, out, 0, 0, d);
    return out;
}

uint32_t expr_as(FuncGen *g, Expr *e, Type *to, int64_t dst) {
    if (e->mode == MODE_NIL || type_under(e->type)->kind == TYPE_K_UNTYPED_NIL) {
        const TypeDesc *d = lower_type(to);
        uint32_t out = dest(g, to, dst);
        emit_zero(g, out, value_slots(d));
        return out;
    }
    if (is_iface(to) && !is_iface(e->type)) return to_interface(g, e, to, dst);
    if (e->mode == MODE_CONST) return const_value(g, e->val, to, dst);
    if (dst == ANY) return expr(g, e);
    expr_to(g, e, (uint32_t)dst);
    return (uint32_t)dst;
}

static bool is_bytes(Type *u) { return u->kind == KIND_SLICE && type_under(u->elem)->kind == KIND_UINT8; }
static bool is_runes(Type *u) { return u->kind == KIND_SLICE && type_under(u->elem)->kind == KIND_INT32; }

static void int_to_float(FuncGen *g, Type *from, uint8_t to, uint32_t dst, uint32_t v) {
    bool u64 = is_unsigned64(type_under(from)->kind);
    if (to == KIND_FLOAT32) emit(g, u64 ? OP_UINT_TO_F32 : OP_INT_TO_F32, dst, v, 0);
    else emit(g, u64 ? OP_UINT_TO_F : OP_INT_TO_F, dst, v, 0);
}

static void float_to_int(FuncGen *g, uint8_t from, uint8_t to, uint32_t dst, uint32_t v) {
    if (from == KIND_FLOAT32) {
        emit(g, OP_F32_TO_F, dst, v, 0);
        v = dst;
    }
    emit(g, is_unsigned64(to) ? OP_F_TO_UINT : OP_F_TO_INT, dst, v, 0);
    narrow(g, to, dst, dst);
}

static void int_to_int(FuncGen *g, Type *from, Type *to, uint32_t dst, uint32_t v) {
    int64_t fs = type_size(from), ts = type_size(to);
    bool same_range = ts > fs ? !(type_is_unsigned(to) && !type_is_unsigned(from)) : ts == fs && type_is_unsigned(from) == type_is_unsigned(to);
    if (same_range || ts == 8) emit_move(g, dst, v, 1);
    else narrow(g, type_under(to)->kind, dst, v);
}

static bool number_conversion(FuncGen *g, Type *from, Type *to, uint32_t dst, uint32_t v) {
    uint8_t f = type_under(from)->kind, t = type_under(to)->kind;
    if (type_is_integer(from) && type_is_integer(to)) int_to_int(g, from, to, dst, v);
    else if (type_is_integer(from) && type_is_float(to)) int_to_float(g, from, t, dst, v);
    else if (type_is_float(from) && type_is_integer(to)) float_to_int(g, f, t, dst, v);
    else if (type_is_float(from) && type_is_float(to)) {
        if (f == t) emit_move(g, dst, v, 1);
        else emit(g, t == KIND_FLOAT32 ? OP_F_TO_F32 : OP_F32_TO_F, dst, v, 0);
    } else if (type_is_complex(from) && type_is_complex(to)) {
        if (f == t) emit_move(g, dst, v, f == KIND_COMPLEX128 ? 2 : 1);
        else emit(g, t == KIND_COMPLEX64 ? OP_C_TO_C64 : OP_C64_TO_C, dst, v, 0);
    } else return false;
    return true;
}

static bool string_conversion(FuncGen *g, Type *from, Type *to, uint32_t dst, uint32_t v) {
    Type *f = type_under(from), *t = type_under(to);
    if (t->kind == KIND_STRING) {
        if (type_is_integer(from)) emit(g, OP_RUNE_TO_STR, dst, v, 0);
        else if (is_bytes(f)) emit(g, OP_BYTES_TO_STR, dst, v, 0);
        else if (is_runes(f)) emit(g, OP_RUNES_TO_STR, dst, v, 0);
        else return false;
        return true;
    }
    if (f->kind == KIND_STRING && is_bytes(t)) emit(g, OP_STR_TO_BYTES, dst, v, 0);
    else if (f->kind == KIND_STRING && is_runes(t)) emit(g, OP_STR_TO_RUNES, dst, v, 0);
    else return false;
    return true;
}

static uint32_t conversion(FuncGen *g, Expr *e, int64_t dst) {
    Expr *x = e->call.args.at[0];
    Type *to = e->type, *t = type_under(to);
    if (x->mode == MODE_NIL || (is_iface(to) && !is_iface(x->type))) return expr_as(g, x, to, dst);
    uint32_t d = dest(g, to, dst), mark = g->top;
    uint32_t v = expr(g, x);
    Type *f = type_under(x->type);
    if (number_conversion(g, x->type, to, d, v) || string_conversion(g, x->type, to, d, v)) {
    } else if (f->kind == KIND_SLICE && (t->kind == KIND_POINTER || t->kind == KIND_ARRAY)) {
        Type *arr = t->kind == KIND_ARRAY ? t : type_under(t->elem);
        uint32_t p = slot_word(g, true);
        emit_ext(g, OP_SLICE_TO_ARRAY, p, v, 0, (uint64_t)arr->len);
        if (t->kind == KIND_POINTER) emit_result(g, d, p, 1);
        else if (arr->len) load_mem(g, d, p, 0, to);
    } else {
        emit_move(g, d, v, value_slots(lower_type(to)));
    }
    g->top = mark;
    return d;
}

// --- composite literals

static void element_into(FuncGen *g, Expr *v, Place p) {
    uint32_t mark = g->top;
    Expr *u = ast_unparen(v);
    if (u->kind == EXPR_COMPOSITE && (p.kind == PLACE_MEM || p.kind == PLACE_SLOT) && type_identical(u->type, p.type) &&
        (type_under(p.type)->kind == KIND_STRUCT || type_under(p.type)->kind == KIND_ARRAY) && !(p.kind == PLACE_SLOT && is_big(lower_type(p.type)))) {
        composite_into(g, u, &p);
    } else {
        const TypeDesc *d = lower_type(p.type);
        bool direct = p.kind == PLACE_SLOT && p.off % 8 == 0 && d->size % 8 == 0 && !is_big(d);
        if (direct) expr_as(g, v, p.type, p.slot + (uint32_t)(p.off / 8));
        else place_store(g, &p, expr_as(g, v, p.type, ANY));
    }
    g->top = mark;
}

static void struct_into(FuncGen *g, Expr *e, Place *p, bool fresh) {
    Type *u = under(e);
    ExprList *el = &e->composite.elems;
    bool keyed = el->len && el->at[0]->kind == EXPR_KEY_VALUE;
    if (!fresh && (el->len < u->nfields || lower_type(p->type)->size % 8)) place_zero(g, p);
    for (uint32_t i = 0; i < el->len; i++) {
        uint32_t f = i;
        Expr *v = el->at[i];
        if (keyed) {
            for (f = 0; f < u->nfields && u->fields[f].name != v->kv.key->ident.name; f++) {}
            v = v->kv.value;
        }
        if (f >= u->nfields) continue;
        Place fp = *p;
        fp.off += (uint64_t)type_field_offset(u, f);
        fp.part = true;
        fp.type = u->fields[f].type;
        if (strcmp(u->fields[f].name->text, "_") == 0) { // keeps no value
            uint32_t mark = g->top;
            expr_discard(g, v);
            g->top = mark;
            if (!fresh) place_zero(g, &fp);
            continue;
        }
        element_into(g, v, fp);
    }
}

static int64_t element_index(Expr *el, int64_t next, Expr **value) {
    *value = el;
    if (el->kind != EXPR_KEY_VALUE) return next;
    *value = el->kv.value;
    int64_t k = next;
    if (el->kv.key->mode == MODE_CONST) const_is_int64(el->kv.key->val, &k);
    return k;
}

static int64_t literal_length(ExprList *el) {
    int64_t next = 0, max = 0;
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *v;
        next = element_index(el->at[i], next, &v) + 1;
        if (next > max) max = next;
    }
    return max;
}

static void array_into(FuncGen *g, Expr *e, Type *elem, int64_t len, Place *p, bool fresh) {
    Type *whole = type_array_of(elem, len);
    if (type_size(whole) >= MAX_TYPE_SIZE) {
        source_error(e->start, "type %s larger than address space", type_string(whole));
        return;
    }
    ExprList *el = &e->composite.elems;
    if (!fresh && ((int64_t)el->len < len || type_size(elem) % 8 || p->kind == PLACE_SLOT)) place_zero(g, p);
    int64_t next = 0;
    for (uint32_t i = 0; i < el->len; i++) {
        Expr *v;
        int64_t k = element_index(el->at[i], next, &v);
        next = k + 1;
        Place ep = *p;
        ep.off += (uint64_t)(k * type_size(elem));
        ep.part = true;
        ep.type = elem;
        element_into(g, v, ep);
    }
}

void composite_into(FuncGen *g, Expr *e, Place *p) {
    Type *u = under(e);
    emit_line(g, e->pos);
    if (u->kind == KIND_STRUCT) struct_into(g, e, p, false);
    else array_into(g, e, u->elem, u->len, p, false);
}

static void map_literal(FuncGen *g, Expr *e, uint32_t m) {
    Type *u = under(e);
    ExprList *el = &e->composite.elems;
    uint32_t hint = slot_word(g, false);
    emit_int(g, hint, el->len);
    emit_ptr(g, OP_MAKE_MAP, m, hint, 0, lower_type(e->type));
    for (uint32_t i = 0; i < el->len; i++) {
        uint32_t mark = g->top;
        Expr *kv = el->at[i];
        emit_line(g, kv->pos);
        Place p = {.kind = PLACE_MAP, .slot = m, .type = u->elem, .container = e->type};
        p.index = expr_as(g, kv->kv.key, u->key, ANY);
        uint32_t v = expr_as(g, kv->kv.value, u->elem, ANY);
        place_store(g, &p, v);
        g->top = mark;
    }
}

static uint32_t heap_literal(FuncGen *g, Expr *e) { // pointer to a new variable holding e
    uint32_t ptr = slot_word(g, true), mark = g->top;
    emit_new(g, ptr, lower_type(e->type));
    Type *u = under(e);
    if (u->kind == KIND_STRUCT || u->kind == KIND_ARRAY) {
        Place p = {.kind = PLACE_MEM, .slot = ptr, .type = e->type};
        if (e->composite.elems.len == 0) {
        } else if (u->kind == KIND_ARRAY) array_into(g, e, u->elem, u->len, &p, true);
        else struct_into(g, e, &p, true);
    } else {
        store_mem(g, ptr, 0, e->type, expr(g, e));
    }
    g->top = mark;
    return ptr;
}

static uint32_t slice_literal(FuncGen *g, Expr *e, uint32_t out) {
    Type *u = under(e);
    int64_t n = literal_length(&e->composite.elems);
    Type *arr = type_array_of(u->elem, n);
    uint32_t ptr = slot_word(g, true);
    emit_new(g, ptr, lower_type(arr));
    Place p = {.kind = PLACE_MEM, .slot = ptr, .type = arr};
    array_into(g, e, u->elem, n, &p, true);
    emit_result(g, out, ptr, 1);
    emit_int(g, out + 1, n);
    emit_int(g, out + 2, n);
    return out;
}

static uint32_t composite(FuncGen *g, Expr *e, int64_t dst) {
    Type *u = under(e);
    if (u->kind == KIND_POINTER) { // &T elided inside another literal
        Expr *c = ast_dup_expr(e);
        c->type = u->elem;
        uint32_t p = heap_literal(g, c);
        if (dst != ANY) emit_result(g, (uint32_t)dst, p, 1);
        return dst == ANY ? p : (uint32_t)dst;
    }
    const TypeDesc *d = lower_type(e->type);
    if (is_big(d)) {
        uint32_t p = heap_literal(g, e);
        if (dst != ANY) emit_result(g, (uint32_t)dst, p, 1);
        return dst == ANY ? p : (uint32_t)dst;
    }
    uint32_t out = dest(g, e->type, dst), mark = g->top, start = g->fence = g->code.len;
    uint32_t tmp = dst == ANY ? out : slot_alloc(g, d);
    if (u->kind == KIND_MAP) map_literal(g, e, tmp);
    else if (u->kind == KIND_SLICE) slice_literal(g, e, tmp);
    else {
        Place p = {.kind = PLACE_SLOT, .slot = tmp, .type = e->type};
        composite_into(g, e, &p);
    }
    emit_results(g, start, out, tmp, value_slots(d));
    g->top = mark;
    return out;
}

// --- closures and function values

static void capture_into(FuncGen *g, uint32_t closure, FuncInfo *info) {
    uint64_t off = 8;
    for (uint32_t i = 0; i < info->captures.len; i++) {
        Object *o = info->captures.at[i];
        if (o->gen_flags == VAR_BOX) {
            emit(g, OP_STORE_PTR, closure, (uint32_t)o->gen_slot, (uint32_t)off);
            off += 8;
            continue;
        }
        const TypeDesc *d = lower_type(o->type);
        uint32_t n = value_slots(d);
        for (uint32_t k = 0; k < n; k++) {
            bool ptr = is_big(d) || lower_word_is_ptr(d, k);
            emit(g, ptr ? OP_STORE_PTR : OP_STORE_64, closure, (uint32_t)o->gen_slot + k, (uint32_t)off);
            off += 8;
        }
    }
    if (off > UINT16_MAX) g->too_large = true;
}

void func_closure_value(FuncGen *g, FuncInfo *info, uint32_t dst) {
    Func *f = gen_func_of_info(info);
    if (info->captures.len == 0) {
        emit_ptr(g, OP_LOAD_K, dst, 0, 0, func_closure(f));
        return;
    }
    uint32_t mark = g->top, c = slot_word(g, true); // captured variables may be in dst
    emit_ptr(g, OP_CLOSURE, c, 0, 0, f);
    capture_into(g, c, info);
    emit_result(g, dst, c, 1);
    g->top = mark;
}

static uint32_t func_literal(FuncGen *g, Expr *e, int64_t dst) {
    uint32_t d = dst == ANY ? slot_word(g, true) : (uint32_t)dst;
    func_closure_value(g, e->func.info, d);
    return d;
}

static uint32_t func_value(FuncGen *g, Object *fn, int64_t dst) {
    uint32_t d = dst == ANY ? slot_word(g, true) : (uint32_t)dst;
    emit_ptr(g, OP_LOAD_K, d, 0, 0, func_closure(gen_func_of(fn)));
    return d;
}

// x.M as a value: a closure over the receiver, evaluated now.
static uint32_t method_value(FuncGen *g, Expr *e, int64_t dst) {
    Selection *sel = e->selector.selection;
    uint32_t d = dst == ANY ? slot_word(g, true) : (uint32_t)dst, mark = g->top;
    Place p;
    walk_path(g, e->selector.x, sel, sel->npath, &p);
    Type *recv;
    uint32_t v;
    if (sel->kind == SEL_INTERFACE_METHOD) {
        recv = p.type;
        v = place_load(g, &p, ANY);
        uint32_t check = slot_word(g, true);
        emit_ext(g, OP_METHOD_FUNC, check, v, 0, lower_selector(sel->name, sel->method ? sel->method->pkg : NULL, sel->type));
    } else {
        bool is_ptr = type_under(p.type)->kind == KIND_POINTER;
        if (sel->method->func.ptr_recv) {
            recv = is_ptr ? p.type : type_pointer_to(p.type);
            v = is_ptr ? place_load(g, &p, ANY) : place_addr(g, &p);
        } else {
            if (is_ptr) p = (Place){.kind = PLACE_MEM, .slot = place_load(g, &p, ANY), .type = type_under(p.type)->elem};
            recv = p.type;
            v = place_load(g, &p, ANY);
        }
    }
    Selection *own = arena_dup(sel, sizeof *sel);
    own->npath = 0;
    Func *f = gen_bound_method(recv, own);
    uint32_t c = slot_word(g, true);
    emit_ptr(g, OP_CLOSURE, c, 0, 0, f);
    const TypeDesc *rd = lower_type(recv);
    uint32_t n = value_slots(rd);
    for (uint32_t k = 0; k < n; k++) emit(g, is_big(rd) || lower_word_is_ptr(rd, k) ? OP_STORE_PTR : OP_STORE_64, c, v + k, 8 + 8 * k);
    emit_result(g, d, c, 1);
    g->top = mark;
    return d;
}

static uint32_t selector(FuncGen *g, Expr *e, int64_t dst) {
    Object *o = e->selector.obj;
    if (o && o->kind == OBJ_FUNC && o->c) { // address of a C function
        uint32_t d = dst == ANY ? slot_word(g, true) : (uint32_t)dst;
        emit_ptr(g, OP_GLOBAL_GET, d, 0, 0, gen_foreign_cell(o, e->start));
        return d;
    }
    if (o && o->kind == OBJ_FUNC) return func_value(g, o, dst);
    Selection *sel = e->selector.selection;
    if (sel && (sel->kind == SEL_METHOD || sel->kind == SEL_INTERFACE_METHOD)) return method_value(g, e, dst);
    if (sel && sel->kind == SEL_METHOD_EXPR) {
        uint32_t d = dst == ANY ? slot_word(g, true) : (uint32_t)dst;
        emit_ptr(g, OP_LOAD_K, d, 0, 0, func_closure(gen_method_expr(sel->recv, sel)));
        return d;
    }
    Place p = place_of(g, e);
    return place_load(g, &p, dst);
}

// --- slices of things

static uint32_t slice_bounds(FuncGen *g, Expr *e, uint64_t *which) {
    static const uint8_t scalars[3] = {SLOT_SCALAR, SLOT_SCALAR, SLOT_SCALAR};
    uint32_t run = slot_run(g, scalars, 3);
    Expr *b[3] = {e->slice.lo, e->slice.hi, e->slice.max};
    *which = 0;
    for (int i = 0; i < 3; i++)
        if (b[i]) {
            uint32_t mark = g->top;
            if (b[i]->mode == MODE_CONST) {
                int64_t v = 0;
                const_is_int64(b[i]->val, &v);
                emit_int(g, run + (uint32_t)i, v);
            } else {
                expr_to(g, b[i], run + (uint32_t)i);
            }
            g->top = mark;
            *which |= 1u << i;
            if (is_unsigned64(type_under(b[i]->type)->kind)) *which |= 16u << i;
        }
    return run;
}

static uint32_t slice_expr(FuncGen *g, Expr *e, int64_t dst) {
    Expr *x = e->slice.x;
    Type *u = type_core(x->type);
    if (!u) u = type_under(x->type);
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    uint64_t which;
    if (u->kind == KIND_STRING) {
        uint32_t s = expr(g, x);
        uint32_t run = slice_bounds(g, e, &which);
        emit_ext(g, OP_SLICE_STR, d, s, run, which << 32);
    } else {
        uint32_t s;
        Type *elem;
        if (u->kind == KIND_SLICE) {
            s = expr(g, x);
            elem = u->elem;
        } else { // array or pointer to array
            uint32_t ptr;
            Type *arr = u;
            if (u->kind == KIND_POINTER) {
                ptr = expr(g, x);
                arr = type_under(u->elem);
            } else {
                Place p = place_of(g, x);
                ptr = place_addr(g, &p);
            }
            elem = arr->elem;
            s = slot_alloc(g, lower_type(type_slice_of(elem)));
            if (u->kind == KIND_POINTER) emit(g, OP_NIL_CHECK, 0, ptr, 0);
            emit_move(g, s, ptr, 1);
            emit_int(g, s + 1, arr->len);
            emit_int(g, s + 2, arr->len);
        }
        uint32_t run = slice_bounds(g, e, &which);
        if (u->kind != KIND_SLICE) which |= 8;
        emit_ext(g, OP_SLICE, d, s, run, (uint64_t)type_size(elem) | which << 32);
    }
    g->top = mark;
    return d;
}

// --- type assertions

// Unpacks the data word of interface slot v, known to hold type t, into dst.
static void unpack(FuncGen *g, uint32_t v, Type *t, uint32_t dst) {
    const TypeDesc *d = lower_type(t);
    if (d->size == 0) return;
    if (type_is_direct(d) || is_big(d)) emit_move(g, dst, v + 1, 1);
    else load_mem(g, dst, v + 1, 0, t);
}

static uint32_t assertion(FuncGen *g, Expr *e, int64_t dst) {
    Type *want = e->type;
    uint32_t d = dest(g, want, dst), mark = g->top;
    uint32_t v = expr(g, e->assert_.x);
    const TypeDesc *st = lower_type(e->assert_.x->type);
    if (is_iface(want)) {
        emit(g, OP_ASSERT_I, d, v, 0);
        emit_word(g, (uint64_t)(uintptr_t)lower_type(want));
        emit_word(g, (uint64_t)(uintptr_t)st);
    } else {
        emit(g, OP_ASSERT, 0, v, 0);
        emit_word(g, (uint64_t)(uintptr_t)lower_type(want));
        emit_word(g, (uint64_t)(uintptr_t)st);
        unpack(g, v, want, d);
    }
    g->top = mark;
    return d;
}

static void assertion_ok(FuncGen *g, Expr *x, Type *want, uint32_t d, uint32_t ok) {
    uint32_t v = expr(g, x);
    const TypeDesc *wd = lower_type(want);
    Label no, end;
    label_init(&no);
    label_init(&end);
    if (is_iface(want)) {
        emit_ptr(g, OP_IMPLEMENTS, ok, v, 0, wd);
    } else {
        uint32_t t = slot_word(g, false);
        emit_ptr(g, OP_LOAD_K, t, 0, 0, wd);
        emit(g, OP_EQ, ok, v, t);
    }
    emit_branch1(g, OP_JUMP_F, ok, &no);
    if (is_iface(want)) emit_move(g, d, v, 2);
    else unpack(g, v, want, d);
    emit_jump(g, &end);
    label_here(g, &no);
    if (is_big(wd)) emit_new(g, d, wd);
    else emit_zero(g, d, value_slots(wd));
    label_here(g, &end);
}

void comma_ok(FuncGen *g, Expr *e, uint32_t d, uint32_t ok) {
    e = ast_unparen(e);
    Type *t = e->type->kind == TYPE_K_TUPLE ? e->type->types[0] : e->type;
    if (e->kind == EXPR_TYPE_ASSERT) {
        assertion_ok(g, e->assert_.x, t, d, ok);
    } else if (e->kind == EXPR_UNARY || e->kind == EXPR_RECV_POST) {
        uint32_t c = expr(g, e->unary.x);
        emit(g, OP_RECV, d, c, ok);
    } else { // map index
        Type *u = type_core(e->index.x->type);
        uint32_t m = expr(g, e->index.x);
        Place p = {.kind = PLACE_MAP, .slot = m, .type = u->elem, .container = e->index.x->type};
        p.index = expr_as(g, e->index.index.at[0], u->key, ANY);
        uint32_t key = map_key(g, &p);
        static const uint8_t pair[2] = {SLOT_POINTER, SLOT_SCALAR};
        uint32_t r = slot_run(g, pair, 2);
        emit_ptr(g, OP_MAP_GET_OK, r, m, key, lower_type(e->index.x->type));
        if (lower_type(t)->size) load_mem(g, d, r, 0, t);
        emit_move(g, ok, r + 1, 1);
    }
}

static uint32_t several_values(FuncGen *g, Expr *u, uint32_t *slots) {
    if ((u->flags & EXPR_COMMA_OK) && !(u->kind == EXPR_CALL && u->call.call_kind == CALL_FOREIGN)) {
        Type *t = u->type->types[0];
        slots[0] = slot_alloc(g, lower_type(t));
        slots[1] = slot_word(g, false);
        uint32_t mark = g->top;
        comma_ok(g, u, slots[0], slots[1]);
        g->top = mark;
        return 2;
    }
    uint32_t base = gen_call(g, u), at = base + FRAME_HEADER, n = u->type->ntypes;
    for (uint32_t i = 0; i < n; i++) {
        slots[i] = at;
        at += value_slots(lower_type(u->type->types[i]));
    }
    return n;
}

uint32_t multi_value(FuncGen *g, Expr *e, uint32_t *slots) {
    Expr *u = ast_unparen(e);
    Order o = order_begin(g, u);
    uint32_t n = several_values(g, u, slots);
    order_end(g, o);
    return n;
}

// --- unary

static uint32_t address_of(FuncGen *g, Expr *e, int64_t dst) {
    Expr *x = ast_unparen(e->unary.x);
    uint32_t mark = g->top, p;
    if (x->kind == EXPR_COMPOSITE) {
        p = heap_literal(g, x);
    } else {
        Place pl = place_of(g, x);
        p = behind_pointer(x) ? place_checked_addr(g, &pl) : place_addr(g, &pl);
    }
    if (dst == ANY) return p;
    if (p >= mark) emit_result(g, (uint32_t)dst, p, 1);
    else emit_move(g, (uint32_t)dst, p, 1);
    g->top = mark;
    return (uint32_t)dst;
}

static void negate_value(FuncGen *g, Expr *e, uint32_t d, uint32_t v) {
    uint8_t k = under(e)->kind;
    if (k == KIND_FLOAT64) emit(g, OP_NEG_F, d, v, 0);
    else if (k == KIND_FLOAT32) emit(g, OP_NEG_F32, d, v, 0);
    else if (k == KIND_COMPLEX128) emit(g, OP_NEG_C, d, v, 0);
    else if (k == KIND_COMPLEX64) {
        uint32_t w = wide_complex(g, v);
        emit(g, OP_NEG_C, w, w, 0);
        emit(g, OP_C_TO_C64, d, w, 0);
    } else {
        emit(g, OP_NEG, d, v, 0);
        narrow(g, k, d, d);
    }
}

static uint32_t unary(FuncGen *g, Expr *e, int64_t dst) {
    if (e->op == TOK_AND) return address_of(g, e, dst);
    if (e->op == TOK_NOT) return logical(g, e, dst);
    if (e->op == TOK_ADD) {
        if (dst == ANY) return expr(g, e->unary.x);
        expr_to(g, e->unary.x, (uint32_t)dst);
        return (uint32_t)dst;
    }
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    uint32_t v = expr(g, e->unary.x);
    if (e->op == TOK_ARROW) {
        emit_line(g, e->pos);
        emit(g, OP_RECV, d, v, NO_SLOT);
    } else {
        if (e->op == TOK_SUB) negate_value(g, e, d, v);
        else {
            emit(g, OP_COM, d, v, 0);
            narrow(g, under(e)->kind, d, d);
        }
    }
    g->top = mark;
    return d;
}

bool hoisted(FuncGen *g, const Expr *e, uint32_t *slot) {
    for (uint32_t i = 0; i < g->hoisted.len; i++)
        if (g->hoisted.at[i].expr == e) {
            *slot = g->hoisted.at[i].slot;
            return true;
        }
    return false;
}

static uint32_t binary(FuncGen *g, Expr *e, int64_t dst) {
    uint32_t before;
    if (g->hoisted.len && hoisted(g, e, &before)) {
        if (dst == ANY) return before;
        emit_move(g, (uint32_t)dst, before, 1);
        return (uint32_t)dst;
    }
    switch (e->op) {
    case TOK_LAND: case TOK_LOR: return logical(g, e, dst);
    case TOK_EQL: case TOK_NEQ: case TOK_LSS: case TOK_LEQ: case TOK_GTR: case TOK_GEQ: return compare(g, e, dst);
    default: break;
    }
    if (under(e)->kind == KIND_STRING) return concat(g, e, dst);
    return arith(g, e, dst);
}

// c? of the notation: the value, or failure when the source has ended.
static uint32_t receive_or_fail(FuncGen *g, Expr *e, int64_t dst) {
    uint32_t d = dest(g, e->type, dst), mark = g->top;
    uint32_t v = expr(g, e->unary.x), ok = slot_word(g, false);
    Label fine;
    label_init(&fine);
    emit_line(g, e->pos);
    emit(g, OP_RECV, d, v, ok);
    emit_branch1(g, OP_JUMP_T, ok, &fine);
    gen_source_ended(g);
    label_here(g, &fine);
    g->top = mark;
    return d;
}

static uint32_t call(FuncGen *g, Expr *e, int64_t dst) {
    if (e->call.call_kind == CALL_CONVERSION) return conversion(g, e, dst);
    if (e->call.call_kind == CALL_BUILTIN) return gen_builtin(g, e, dst);
    uint32_t r;
    if (gen_intrinsic(g, e, dst, &r)) return r;
    FuncInfo *small = dst == ANY ? NULL : inline_callee(g, e);
    if (small && inline_value(small)) {
        inline_call(g, e, small, (uint32_t)dst);
        return (uint32_t)dst;
    }
    r = gen_call(g, e) + FRAME_HEADER;
    if (dst == ANY) return r;
    emit_result(g, (uint32_t)dst, r, value_slots(lower_type(e->type)));
    return (uint32_t)dst;
}

static uint32_t value(FuncGen *g, Expr *e, int64_t dst) {
    switch ((ExprKind)e->kind) {
    case EXPR_IDENT: {
        Object *o = e->ident.obj;
        if (o && o->kind == OBJ_FUNC) return func_value(g, o, dst);
        Place p = place_of(g, e);
        return place_load(g, &p, dst);
    }
    case EXPR_COMPOSITE: return composite(g, e, dst);
    case EXPR_FUNC_LIT: return func_literal(g, e, dst);
    case EXPR_SELECTOR: return selector(g, e, dst);
    case EXPR_INDEX: {
        if (e->index.instance) return func_value(g, e->index.instance, dst);
        emit_line(g, e->pos);
        uint32_t to = dst == ANY ? slot_alloc(g, lower_type(e->type)) : (uint32_t)dst, temps = g->top;
        Place p = place_of(g, e);
        if (p.kind == PLACE_SLOT) return place_load(g, &p, dst);
        place_load_once(g, &p, to, temps);
        if (dst == ANY) g->top = temps;
        return to;
    }
    case EXPR_SLICE: emit_line(g, e->pos); return slice_expr(g, e, dst);
    case EXPR_TYPE_ASSERT: emit_line(g, e->pos); return assertion(g, e, dst);
    case EXPR_CALL: return call(g, e, dst);
    case EXPR_STAR: {
        Place p = place_of(g, e);
        return place_load(g, &p, dst);
    }
    case EXPR_UNARY: return unary(g, e, dst);
    case EXPR_BINARY: return binary(g, e, dst);
    case EXPR_RECV_POST: return receive_or_fail(g, e, dst);
    case EXPR_BAD: case EXPR_BASIC_LIT: case EXPR_PAREN: case EXPR_KEY_VALUE: case EXPR_ARRAY_TYPE: case EXPR_STRUCT_TYPE: case EXPR_FUNC_TYPE:
    case EXPR_INTERFACE_TYPE: case EXPR_MAP_TYPE: case EXPR_CHAN_TYPE: case EXPR_ELLIPSIS: case EXPR_KIND_COUNT: break;
    }
    source_error(e->pos, "internal compiler error: no value here");
    return FRAME_HEADER;
}

static uint32_t gen(FuncGen *g, Expr *e, int64_t dst) {
    if (e->mode == MODE_CONST) return const_value(g, e->val, e->type, dst); // of the type that the parentheses have
    if (e->mode == MODE_NIL) return expr_as(g, e, e->type, dst);
    e = ast_unparen(e);
    uint32_t early;
    if (g->early.len && order_early(g, e, &early)) {
        if (dst == ANY) return early;
        emit_move(g, (uint32_t)dst, early, value_slots(lower_type(e->type)));
        return (uint32_t)dst;
    }
    if (g->ordered && !order_is_unit(e)) return value(g, e, dst);
    Order o = order_begin(g, e);
    uint32_t v = value(g, e, dst);
    order_end(g, o);
    return v;
}

uint32_t expr(FuncGen *g, Expr *e) { return gen(g, e, ANY); }

void expr_to(FuncGen *g, Expr *e, uint32_t dst) {
    uint32_t mark = g->top, n = value_slots(lower_type(e->type));
    uint32_t s = gen(g, e, dst);
    if (s >= mark) emit_result(g, dst, s, n);
    else emit_move(g, dst, s, n);
    g->top = mark;
}

void expr_discard(FuncGen *g, Expr *e) {
    uint32_t mark = g->top;
    Expr *u = ast_unparen(e);
    uint32_t ignored;
    Order o = order_begin(g, u);
    if (u->kind != EXPR_CALL || u->call.call_kind == CALL_CONVERSION) expr(g, u);
    else if (u->call.call_kind == CALL_BUILTIN) gen_builtin(g, u, ANY);
    else if (!gen_intrinsic(g, u, ANY, &ignored)) gen_call(g, u);
    order_end(g, o);
    g->top = mark;
}
