// SPDX-License-Identifier: MIT
// verifier_fuzz.c: code that was changed is refused, or can be listed and its
// live slots found.
//
// The input is a list of changes to the functions of one compiled program: each
// of EDIT_BYTES bytes chooses a function, what is changed, and the new value.
// The verifier follows the pointers in extension words, as it is the compiler
// that puts them there; so an extension word stays or becomes 0, and an
// instruction only becomes another one where that has none.
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/arena.h"
#include "vm/disasm.h"
#include "vm/liveness.h"
#include "vm/verify.h"

const char *const fuzz_seeds[] = {"tests/fuzz/seeds", "tests/lang", NULL};

static const char program[] =
    "package main\n"
    "import \"fmt\"\n"
    "type T struct { a int; b string; next *T }\n"
    "type I interface { M(int) (string, error) }\n"
    "func (t *T) M(n int) (string, error) { if n < 0 { return \"\", fmt.Errorf(\"n = %d\", n) }; t.a += n; return t.b[n:] + \"x\", nil }\n"
    "func g[E any](list []E, f func(E) bool) (out []E) { for _, e := range list { if f(e) { out = append(out, e) } }; return }\n"
    "func all(yield func(int, string) bool) { for i := 0; i < 3; i++ { if !yield(i, \"s\") { return } } }\n"
    "func d(n int) (r int) { defer func() { if e := recover(); e != nil { r = n } }(); return [4]int{1, 2, 3, 4}[n] / (n - 1) }\n"
    "func s(a, b chan int, done chan struct{}) { for { select { case v, ok := <-a: if !ok { return }; b <- v; case b <- 1: case <-done: return } } }\n"
    "func w(x any) int { switch v := x.(type) { case int: return v << 2; case string: return len(v); case I: return 7; case nil: return 0 }; return -1 }\n"
    "func k(n int) string { switch n { case 0: return \"a\"; case 1: return \"b\"; case 2: return \"c\"; case 3: return \"d\"; case 9: return \"e\" }; return \"\" }\n"
    "func main() {\n"
    "\tm := map[string][]float64{\"a\": {1, 2.5}}\n"
    "\tfor k, v := range m { m[k] = append(v, 3); delete(m, \"b\") }\n"
    "\tfor i, c := range \"aé\" { fmt.Println(i, c, complex(1, 2) * 2i) }\n"
    "\tfor i, x := range all { if i == 1 { continue }; fmt.Println(x) }\n"
    "\tvar i I = &T{b: \"abc\"}\n"
    "\tz, err := i.M(2)\n"
    "\tc := make(chan int, 2)\n"
    "\tgo s(c, c, nil)\n"
    "\tf := i.M\n"
    "\tb := []byte(z)\n"
    "\tcopy(b, \"zz\")\n"
    "\tfmt.Println(z, err, f, g([]int{1, 2}, func(n int) bool { return n > len(b) }), d(5), w(z), k(3), string(b), []rune(z), uint8(d(2)) >> 1)\n"
    "}\n";

static const Program *compiled;

static void compile_once(void) {
    if (compiled) return;
    CompileOptions o = fuzz_options((const uint8_t *)program, sizeof program - 1);
    int nerrors;
    compiled = compile(&o, &nerrors);
    if (!compiled) fuzz_fail("the program to be changed does not compile\n");
}

// A copy of f, each part in memory of exactly its size.
static void *exact(const void *p, size_t n) {
    void *q = malloc(n ? n : 1);
    if (!q) abort();
    if (n) memcpy(q, p, n);
    return q;
}

static Func *copy_func(const Func *f) {
    Func *c = exact(f, sizeof *f);
    c->self = c;
    c->code = exact(f->code, f->ncode * sizeof *f->code);
    c->ptr_map = exact(f->ptr_map, (f->nslots + 7) / 8);
    c->lines = exact(f->lines, f->nlines * sizeof *f->lines);
    return c;
}

static void free_func(Func *f) {
    free(f->code);
    free((void *)(uintptr_t)f->ptr_map);
    free((void *)(uintptr_t)f->lines);
    free(f);
}

enum { EDIT_BYTES = 6 };

// The instruction that word i belongs to, or is.
static uint32_t start_of(const Func *f, uint32_t i) {
    uint32_t at = 0;
    while (at + op_words(&f->code[at]) <= i) at += op_words(&f->code[at]);
    return at;
}

static void edit_word(Func *f, const Func *original, const uint8_t *e, uint16_t value) {
    uint32_t i = (e[2] | (uint32_t)e[3] << 8) % original->ncode, at = start_of(original, i);
    Word *w = &f->code[i];
    if (i != at) {
        w->raw = 0;
        return;
    }
    switch (e[1] % 4) {
    case 0:
        if (op_words(&original->code[at]) == 1 && (value >= OP_COUNT || op_info[value].ext == 0)) w->op = value;
        break;
    case 1: w->a = value; break;
    case 2: w->b = value; break;
    default: w->c = value; break;
    }
}

static void edit_header(Func *f, const Func *original, const uint8_t *e, uint16_t value) {
    switch (e[2] % 8) {
    case 0: f->ncode = value % (original->ncode + 1); break; // cut off
    case 1: f->nslots = value % (original->nslots + 1); break;
    case 2: f->nresult_slots = value; break;
    case 3: f->nparam_slots = value; break;
    case 4: f->flags = value; break;
    case 5: f->defer_pc = value; break;
    case 6: f->native = value; break;
    default: ((uint8_t *)(uintptr_t)f->ptr_map)[value / 8 % ((original->nslots + 7) / 8)] ^= (uint8_t)(1 << value % 8); break;
    }
}

static const Func *function(uint8_t n) { return compiled->funcs[compiled->nfuncs - 1 - n % (compiled->nfuncs < 24 ? compiled->nfuncs : 24)]; } // the program's own come last

static void use(const Func *f) {
    disasm_func(stderr, NULL, f);
    Liveness *l = liveness_new(f);
    if (!l) return;
    uint64_t *set = calloc(liveness_words(l) + 1, sizeof *set);
    for (uint32_t pc = 0; set && pc < f->ncode; pc++) liveness_at(l, pc, pc % 2, set);
    free(set);
    liveness_free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1 + EDIT_BYTES) return 0;
    compile_once();
    const Func *original = function(data[0]);
    Func *f = copy_func(original);
    for (size_t i = 1; i + EDIT_BYTES <= size && i < 40 * EDIT_BYTES; i += EDIT_BYTES) {
        const uint8_t *e = data + i;
        uint16_t value = (uint16_t)(e[4] | e[5] << 8);
        if (e[0] % 8) edit_word(f, original, e, e[0] % 3 ? value % 64 : value);
        else edit_header(f, original, e, value);
    }
    VerifyError e = {0};
    if (verify_func(f, &e)) use(f);
    else if (e.func != f || !e.text[0]) fuzz_fail("refused without a reason\n");
    free_func(f);
    return 0;
}
