// SPDX-License-Identifier: MIT
// liveness_test.c: live slots of small functions, and that the slots of every
// instruction are known.
#include "vm/liveness.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/check.h"

static uint64_t operand[64]; // what extension words point to

static Func func_of(Word *code, uint32_t n, uint32_t nslots) { return (Func){.code = code, .ncode = n, .nslots = nslots}; }

// The slots live at pc, as bits.
static uint64_t live_at(const Func *f, uint32_t pc, bool in_progress) {
    uint64_t set[1] = {0};
    Liveness *l = liveness_new(f);
    CHECK(l != NULL);
    if (!l) return 0;
    CHECK(liveness_words(l) == 1 && liveness_at(l, pc, in_progress, set));
    liveness_free(l);
    return set[0];
}

#define SLOT(n) (1ull << (n))

static const TypeDesc key_type = {.size = 8, .kind = KIND_INT}, map_type = {.size = 8, .kind = KIND_MAP, .key = &key_type};

static void every_instruction_is_known(void) {
    static const Func callee = {.nslots = 2};
    for (uint32_t op = 0; op < OP_COUNT; op++) {
        Word code[8] = {{.op = (uint16_t)op}};
        for (uint32_t i = 1; i < 8; i++) code[i].op = OP_RET;
        for (uint32_t i = 1; i <= op_info[op].ext; i++) code[i].ptr = operand;
        if (op == OP_MAP_GET || op == OP_MAP_GET_OK || op == OP_MAP_SET || op == OP_MAP_DELETE) code[1].ptr = &map_type;
        if (op == OP_CALL) code[1].ptr = &callee;
        if (op == OP_DEFER_RUN) code[2] = (Word){.op = OP_JUMP, .b = (uint16_t)-3, .c = (uint16_t)-1};
        Func f = func_of(code, 8, 8);
        Liveness *l = liveness_new(&f);
        if (!l) printf("slots of %s are not known\n", op_info[op].name), failures++;
        else liveness_free(l);
    }
}

static void straight(void) {
    Word code[] = {
        {.op = OP_NEW, .a = 3}, {.ptr = operand},
        {.op = OP_MOVE, .a = 4, .b = 3},
        {.op = OP_STORE_PTR, .a = 4, .b = 2},
        {.op = OP_RET},
    };
    Func f = func_of(code, 5, 8);
    CHECK(live_at(&f, 0, false) == SLOT(2));
    CHECK(live_at(&f, 2, false) == (SLOT(2) | SLOT(3)));
    CHECK(live_at(&f, 3, false) == (SLOT(2) | SLOT(4)));
    CHECK(live_at(&f, 4, false) == 0);
    Liveness *l = liveness_new(&f);
    uint64_t set[1];
    CHECK(!liveness_at(l, 1, false, set)); // the type of NEW
    CHECK(!liveness_at(l, 5, false, set));
    liveness_free(l);
}

// What the next round reads lives around the loop.
static void loop(void) {
    Word code[] = {
        {.op = OP_LOAD_64, .a = 4, .b = 2},
        {.op = OP_MOVE, .a = 2, .b = 4},
        {.op = OP_FOR_LT, .a = 5, .b = 6, .c = (uint16_t)-3},
        {.op = OP_RET_MOVE, .b = 3},
    };
    Func f = func_of(code, 4, 8);
    CHECK(live_at(&f, 0, false) == (SLOT(2) | SLOT(3) | SLOT(5) | SLOT(6)));
    CHECK(live_at(&f, 1, false) == (SLOT(3) | SLOT(4) | SLOT(5) | SLOT(6)));
    CHECK(live_at(&f, 3, false) == SLOT(3));
}

// A map's iterator writes key and value only when there are some.
static void write_of_one_way(void) {
    Word code[] = {
        {.op = OP_MAP_NEXT, .a = 3, .b = 2, .c = 1},
        {.op = OP_RET_MOVE, .b = 4},
        {.op = OP_RET_MOVE, .b = 3},
    };
    Func f = func_of(code, 3, 8);
    CHECK(live_at(&f, 0, false) == (SLOT(2) | SLOT(3)));
}

// A call's window does not outlive it; its arguments live until then.
static void calls(void) {
    const Func callee = {.nslots = 5, .nresult_slots = 1, .nparam_slots = 2};
    Word code[] = {
        {.op = OP_CALL, .a = 3}, {.ptr = &callee},
        {.op = OP_RET_MOVE, .b = 5},
    };
    Func f = func_of(code, 3, 9);
    CHECK(live_at(&f, 0, false) == (SLOT(6) | SLOT(7)));
    CHECK(live_at(&f, 2, false) == SLOT(5));
    code[0] = (Word){.op = OP_CALL_NATIVE, .a = 3};
    code[1] = (Word){.b = 1, .c = 2};
    CHECK(live_at(&f, 2, false) == SLOT(5));
    CHECK(live_at(&f, 2, true) == (SLOT(5) | SLOT(6) | SLOT(7))); // the native may still run
}

// Any instruction may panic; then the epilogue goes on, which returns the results.
static void epilogue(void) {
    Word code[] = {
        {.op = OP_LOAD_INT, .a = 2},
        {.op = OP_RET},
        {.op = OP_DEFER_RUN, .a = 6}, {.raw = 0}, {.op = OP_JUMP, .b = (uint16_t)-3, .c = (uint16_t)-1},
        {.op = OP_RET},
    };
    Func f = func_of(code, 6, 6);
    f.nresult_slots = 1;
    CHECK(live_at(&f, 0, false) == 0);
    f.flags = FUNC_HAS_DEFER;
    f.defer_pc = 2;
    CHECK(live_at(&f, 0, false) == SLOT(2));
    Liveness *l = liveness_new(&f);
    uint64_t set[1];
    liveness_epilogue(l, set);
    CHECK(set[0] == SLOT(2));
    liveness_free(l);
}

int main(void) {
    every_instruction_is_known();
    straight();
    loop();
    write_of_one_way();
    calls();
    epilogue();
    if (failures) printf("%d failed\n", failures);
    return check_status();
}
