// SPDX-License-Identifier: MIT
// verify_test.c: what the verifier refuses and that it accepts good code. Each
// fault is one change to a function that is good without it.
#include "vm/verify.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/check.h"

enum { NSLOTS = 10, PTR = 4 }; // slot 4 holds a pointer, as slot 1 does

static const TypeDesc type_int = {.size = 8, .align = 8, .kind = KIND_INT};
static const TypeDesc type_closure = {.size = 24, .align = 8, .kind = KIND_STRUCT};

static Func func;
static uint8_t ptr_map[2];
static Word code[16];

static Word ins(uint16_t op, uint16_t a, uint16_t b, uint16_t c) { return (Word){.op = op, .a = a, .b = b, .c = c}; }
static Word far(uint16_t op, uint16_t a, int32_t offset) { return ins(op, a, (uint16_t)offset, (uint16_t)((uint32_t)offset >> 16)); }
static Word pointer(const void *q) { return (Word){.ptr = q}; }
static Word number(uint64_t n) { return (Word){.raw = n}; }

// A function of those words, with a result in slot 2 and a parameter in slot 3.
static Func *make(const Word *words, uint32_t n) {
    memcpy(code, words, n * sizeof *words);
    ptr_map[0] = 1 << FRAME_CLOSURE | 1 << PTR;
    ptr_map[1] = 0;
    func = (Func){.self = &func, .code = code, .ncode = n, .nslots = NSLOTS, .nresult_slots = 1, .nparam_slots = 1, .ptr_map = ptr_map, .name = {"f", 1}};
    return &func;
}
#define MAKE(...) make((const Word[]){__VA_ARGS__}, sizeof((const Word[]){__VA_ARGS__}) / sizeof(Word))

static void expect_good(int line, const Func *f) {
    VerifyError e = {0};
    if (verify_func(f, &e)) return;
    failures++;
    printf("%s:%d: refused at word %u: %s\n", __FILE__, line, e.pc, e.text);
}

static void expect_bad(int line, const Func *f, uint32_t pc, const char *want) {
    VerifyError e = {0};
    if (verify_func(f, &e)) {
        failures++;
        printf("%s:%d: accepted, want: %s\n", __FILE__, line, want);
    } else if (!strstr(e.text, want) || e.pc != pc || e.func != f) {
        failures++;
        printf("%s:%d: got at word %u: %s\n    want at word %u: %s\n", __FILE__, line, e.pc, e.text, pc, want);
    }
}
#define GOOD(...) expect_good(__LINE__, MAKE(__VA_ARGS__))
#define BAD(pc, text, ...) expect_bad(__LINE__, MAKE(__VA_ARGS__), pc, text)

#define RETURN ins(OP_RET, 0, 0, 0)

static void test_good(void) {
    GOOD(RETURN);
    GOOD(ins(OP_MOVE, 2, 3, 0), RETURN);
    GOOD(ins(OP_LOAD_K, 5, 0, 0), number(UINT64_MAX), ins(OP_ADD, 2, 3, 5), RETURN);
    GOOD(ins(OP_NEW, PTR, 0, 0), pointer(&type_int), RETURN);
    GOOD(far(OP_JUMP, 0, -1)); // for ever
    GOOD(ins(OP_JLT, 3, 5, 1), ins(OP_MOVE, 2, 3, 0), RETURN);
    GOOD(ins(OP_MOVE3, 7, 5, 0), ins(OP_ZERO, 5, 5, 0), RETURN);
}

static void test_end(void) {
    BAD(0, "MOVE: runs off the end", ins(OP_MOVE, 2, 3, 0));
    BAD(0, "JUMP_T: runs off the end", far(OP_JUMP_T, 3, -1));
    BAD(1, "LOAD_K is cut off", RETURN, ins(OP_LOAD_K, 2, 0, 0));
    BAD(1, "unknown instruction", RETURN, ins(OP_COUNT, 0, 0, 0));
    BAD(0, "unknown instruction 65535", ins(0xffff, 0, 0, 0), RETURN);
}

static void test_jumps(void) {
    BAD(0, "jump to word 2,", far(OP_JUMP, 0, 1), RETURN);
    BAD(0, "jump to word -1,", far(OP_JUMP, 0, -2), RETURN);
    BAD(0, "jump to word -1,", far(OP_JUMP_F, 3, -2), RETURN);
    BAD(0, "jump to word 65538,", far(OP_JUMP_T, 3, 65537), RETURN);
    BAD(2, "jump to word 1,", ins(OP_LOAD_K, 2, 0, 0), ins(OP_RET, 0, 0, 0), far(OP_JUMP, 0, -2)); // into an extension word
    BAD(0, "jump to word 2,", ins(OP_JEQ, 3, 3, 1), RETURN);
    BAD(0, "jump to word -1,", ins(OP_JEQ_I, 3, 0, (uint16_t)-2), RETURN);
    static const int32_t inside[] = {0, 1}, outside[] = {0, 2};
    GOOD(ins(OP_SWITCH, 3, 2, 0), pointer(inside), RETURN, RETURN);
    BAD(0, "jump to word 4,", ins(OP_SWITCH, 3, 2, 0), pointer(outside), RETURN, RETURN);
    BAD(0, "extension word is 0", ins(OP_SWITCH, 3, 2, 0), pointer(NULL), RETURN);
}

static void test_slots(void) {
    BAD(0, "MOVE: slots 10 to 10 of 10", ins(OP_MOVE, NSLOTS, 3, 0), RETURN);
    BAD(0, "slots 10 to 10 of 10", ins(OP_MOVE, 2, NSLOTS, 0), RETURN);
    BAD(0, "slots 0 to 0", ins(OP_MOVE, FRAME_RET, 3, 0), RETURN);
    BAD(0, "slots 1 to 1", ins(OP_MOVE, 2, FRAME_CLOSURE, 0), RETURN);
    BAD(0, "slots 9 to 10", ins(OP_MOVE2, 9, 3, 0), RETURN);
    BAD(0, "slots 8 to 10", ins(OP_MOVE3, 5, 8, 0), RETURN);
    BAD(0, "slots 65535 to 65535", ins(OP_ADD, 2, 3, 0xffff), RETURN);
    GOOD(ins(OP_MOVE_N, 2, 6, 4), RETURN);
    BAD(0, "slots 7 to 10", ins(OP_MOVE_N, 2, 7, 4), RETURN);
    BAD(0, "slots 7 to 10", ins(OP_MOVE_N, 7, 2, 4), RETURN);
    GOOD(ins(OP_ZERO, NSLOTS, 0, 0), RETURN); // of size 0, wherever that is
    BAD(0, "slots 2 to 10", ins(OP_ZERO, 2, 9, 0), RETURN);
    GOOD(ins(OP_CONCAT, PTR, 6, 2), RETURN);
    BAD(0, "slots 6 to 11", ins(OP_CONCAT, PTR, 6, 3), RETURN);
}

static void test_pointers(void) {
    BAD(0, "NEW: a pointer goes to slot 5, ", ins(OP_NEW, 5, 0, 0), pointer(&type_int), RETURN);
    BAD(0, "NEW: extension word is 0", ins(OP_NEW, PTR, 0, 0), pointer(NULL), RETURN);
    BAD(0, "a pointer goes to slot 6, ", ins(OP_CONCAT, 6, 8, 1), RETURN);
    Func callee;
    static uint8_t callee_map[1] = {1 << FRAME_CLOSURE | 1 << 2}; // its result is a pointer
    static Word callee_code[1];
    callee_code[0] = RETURN;
    callee = (Func){.self = &callee, .code = callee_code, .ncode = 1, .nslots = 4, .nresult_slots = 1, .nparam_slots = 1, .ptr_map = callee_map};
    expect_good(__LINE__, &callee);
    GOOD(ins(OP_CALL, PTR - 2, 0, 0), pointer(&callee), RETURN);
    BAD(0, "a pointer goes to slot 7, ", ins(OP_CALL, 5, 0, 0), pointer(&callee), RETURN);
    BAD(0, "CALL: slots 7 to 10", ins(OP_CALL, 7, 0, 0), pointer(&callee), RETURN);
    BAD(0, "window at slot 11 of 10", ins(OP_CALL, 11, 0, 0), pointer(&callee), RETURN);
    BAD(0, "no function", ins(OP_CALL, 2, 0, 0), pointer(NULL), RETURN);
    BAD(0, "function without captures", ins(OP_CLOSURE, PTR, 0, 0), pointer(&callee), RETURN);
    callee.closure_type = &type_closure;
    GOOD(ins(OP_CLOSURE, PTR, 0, 0), pointer(&callee), RETURN);
}

static void test_special(void) {
    GOOD(ins(OP_DIV_I, 2, 3, 7), ins(OP_SHL_I, 2, 3, 63), RETURN);
    BAD(0, "division by 0", ins(OP_DIV_I, 2, 3, 0), RETURN);
    BAD(0, "division by 0", ins(OP_REM_I, 2, 3, 0), RETURN);
    BAD(0, "shift by 64", ins(OP_SHL_I, 2, 3, 64), RETURN);
    BAD(0, "belongs to the machine", ins(OP_GOEXIT, 0, 0, 0), RETURN);
    BAD(0, "captures 0 to 1 of a closure of 0 bytes", ins(OP_LOAD_CAP, 5, 0, 1), RETURN);
    Func *f = MAKE(ins(OP_LOAD_CAP, 5, 0, 2), RETURN);
    f->closure_type = &type_closure; // the Func and two captures
    expect_good(__LINE__, f);
    code[0].b = 1;
    expect_bad(__LINE__, f, 0, "captures 1 to 3 of a closure of 24 bytes");
}

static void test_header(void) {
    Func *f = MAKE(RETURN), other;
    other = *f;
    expect_bad(__LINE__, &other, 0, "not its own closure");
    f->ncode = 0;
    expect_bad(__LINE__, f, 0, "no code");
    f = MAKE(RETURN);
    f->ptr_map = NULL;
    expect_bad(__LINE__, f, 0, "no pointer map");
    f = MAKE(RETURN);
    f->nslots = 3;
    expect_bad(__LINE__, f, 0, "results and parameters take more than 3 slots");
    f->nslots = 4;
    expect_good(__LINE__, f);
    f->nslots = MAX_SLOTS + 1;
    expect_bad(__LINE__, f, 0, "65521 slots");
    f = MAKE(RETURN);
    ptr_map[0] |= 1 << FRAME_RET;
    expect_bad(__LINE__, f, 0, "the return address is no pointer");
    static const LineEntry sorted[] = {{0, 1}, {1, 2}}, unsorted[] = {{1, 1}, {0, 2}};
    f = MAKE(RETURN);
    f->lines = sorted, f->nlines = 2;
    expect_good(__LINE__, f);
    f->lines = unsorted;
    expect_bad(__LINE__, f, 0, "entry 1 of the line table");
    f = MAKE(RETURN);
    f->flags = FUNC_HAS_DEFER;
    expect_bad(__LINE__, f, 0, "the epilogue is not at word 0");
}

static void test_defer(void) {
    Func *f = MAKE(ins(OP_DEFER_RUN, NSLOTS, 0, 0), number(0), far(OP_JUMP, 0, -3), RETURN);
    f->flags = FUNC_HAS_DEFER;
    expect_good(__LINE__, f);
    code[0].a = NSLOTS - 1;
    expect_bad(__LINE__, f, 0, "window at slot 9 of 10");
    code[0].a = NSLOTS;
    code[2] = far(OP_JUMP, 0, 0);
    expect_bad(__LINE__, f, 0, "the jump behind goes to word 3");
    code[2] = RETURN;
    expect_bad(__LINE__, f, 0, "no jump behind");
}

// Calls and natives are known only in a program.
static void test_program(void) {
    Func *f = MAKE(RETURN);
    Func *const funcs[] = {f};
    Program program = {.entry = f, .funcs = funcs, .nfuncs = 1};
    VerifyError e;
    CHECK(verify_program(&program, 0, &e));
    Func stranger = *f;
    program.entry = &stranger;
    CHECK(!verify_program(&program, 0, &e) && strstr(e.text, "the entry is outside"));
    program.entry = f;
    MAKE(ins(OP_CALL, 2, 0, 0), pointer(&stranger), RETURN);
    CHECK(verify_func(f, &e) && !verify_program(&program, 0, &e) && strstr(e.text, "function outside of the program"));
    MAKE(ins(OP_CALL, 2, 0, 0), pointer(f), RETURN);
    CHECK(verify_program(&program, 0, &e));
    MAKE(ins(OP_NATIVE, 0, 0, 0), number(3), RETURN);
    CHECK(!verify_program(&program, 3, &e) && strstr(e.text, "native 3 of 3"));
    CHECK(verify_program(&program, 4, &e));
    f->flags = FUNC_NATIVE;
    f->native = 2;
    CHECK(!verify_program(&program, 4, &e) && strstr(e.text, "no stub of native 2"));
    f->native = 3;
    CHECK(verify_program(&program, 4, &e));
}

int main(void) {
    test_good();
    test_end();
    test_jumps();
    test_slots();
    test_pointers();
    test_special();
    test_header();
    test_defer();
    test_program();
    return check_status();
}
