// SPDX-License-Identifier: MIT
// session_test.c: inputs of a session as the compiler sees them; nothing runs.
#include "compiler/session.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/arena.h"
#include "stdlib/stdlib.h"

#define CHECK(cond)                                                     \
    do {                                                                \
        if (!(cond)) {                                                  \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #cond);   \
            exit(1);                                                    \
        }                                                               \
    } while (0)

static void at_once(void (*change)(void *ctx), void *ctx) { change(ctx); }
static void begin(void) {}

static void visit_nothing(void (*visit)(void *ctx, uint64_t word), void *ctx) {
    (void)visit;
    (void)ctx;
}

static bool no_object(uint64_t word, const uint64_t **at, size_t *nwords, uint64_t *type) {
    (void)word, (void)at, (void)nwords, (void)type;
    return false;
}

static size_t no_heap(void) { return 0; }
static int collections;

static void collected(const Program *p, bool (*is_gone)(const void *addr)) {
    (void)is_gone;
    CHECK(p->nfuncs && p->ntypes);
    collections++;
}

static bool keeps_none(int32_t type) {
    (void)type;
    return false;
}

static bool compiles(const char *text, SessionResult *r) {
    SessionInput in = {.name = "In", .text = text, .len = strlen(text), .show = "Show", .keep = true};
    return session_compile(&in, r, NULL);
}

static bool accepted(const char *text) {
    SessionResult r;
    if (!compiles(text, &r)) return false;
    session_accept(NULL);
    return true;
}

static bool complete(const char *text) { return session_is_complete(text, strlen(text)); }

static void test_completeness(void) {
    CHECK(complete("x := 1"));
    CHECK(!complete("f("));
    CHECK(!complete("func f() {"));
    CHECK(complete("func f() {\n}"));
    CHECK(!complete("x := `raw"));
    CHECK(!complete("/* open"));
    CHECK(!complete("a +"));
    CHECK(complete("x := )") && complete(")")); // errors, whatever follows
    CHECK(complete(""));
}

static void test_transactions(void) {
    CHECK(accepted("x := 1"));
    size_t used = arena_used();
    CHECK(!accepted("y := x; z := undefined"));
    CHECK(!accepted("type T struct{ A int }; func (t T) M() { nothing() }"));
    CHECK(!accepted("import \"no/such/package\""));
    CHECK(!accepted("func ("));
    CHECK(arena_used() == used);
    CHECK(!accepted("y") && !accepted("T{}"));
    SessionResult r;
    CHECK(compiles("w := 2", &r));
    session_reject(true); // it panicked, say
    CHECK(!accepted("w"));
    CHECK(accepted("x"));
}

// What leaves nothing behind takes no memory for good.
static void test_passing_inputs(void) {
    CHECK(accepted("s := \"text\"") && accepted("s + \"more\"") && accepted("x + 1"));
    size_t used = arena_used();
    for (int i = 0; i < 100; i++) CHECK(accepted("x + 1") && accepted("s + \"more\"") && accepted("x = x * 3") && accepted("x := 7"));
    CHECK(arena_used() == used);
    CHECK(accepted("func kept() int { return x }"));
    CHECK(arena_used() > used);
}

static void test_replacement(void) {
    CHECK(accepted("func f() int { return 1 }") && accepted("func g() int { return f() }"));
    struct Func *first = session_func("f");
    CHECK(accepted("func f() int { return 2 }") && session_func("f") != first);
    CHECK(accepted("type P struct{ X int }") && accepted("p := P{1}") && accepted("type P struct{ Y int }"));
    CHECK(!accepted("p = P{2}") && accepted("p.X") && accepted("P{}.Y"));
    CHECK(accepted("func (p P) M() int { return p.Y }") && accepted("P{}.M()"));
}

static int found;
static void count(void *ctx, const char *name, const char *what, const char *doc) {
    (void)what, (void)doc;
    if (strcmp(name, ctx) == 0) found++;
}

static size_t completions(const char *text, char *wanted) {
    found = 0;
    return session_complete(text, strlen(text), count, wanted);
}

static void test_completion(void) {
    CHECK(accepted("ps := []P{{1}}"));
    CHECK(completions("ps[0].", "Y") == 6 && found == 1);
    CHECK(completions("x + ps[0].M", "M") == 10 && found == 1);
    CHECK(completions("strings.Ind", "Index") == 8 && found == 1);
    CHECK(completions("1 + ke", "kept") == 4 && found == 1);
    CHECK(completions("fo", "for") == 0 && found == 1);
    completions("undefined.x", "x");
    CHECK(found == 0);
    completions(")].", "x");
    CHECK(found == 0);
}

static size_t imports(const char *text, size_t quote, char *wanted) {
    found = 0;
    return session_complete_import(text, strlen(text), quote, count, wanted) ? quote + 1 : 0;
}

// What fits only where it stands.
static void test_completion_of_places(void) {
    CHECK(accepted("type Line struct { From, To struct{ X int }; width int; Next *Line }"));
    CHECK(completions("Line{F", "From: ") == 5 && found == 1);
    CHECK(completions("Line{", "wide") == 5 && found == 0);
    CHECK(completions("ls := []*Line{{wi", "width: ") == 15 && found == 1);
    CHECK(completions("map[string]Line{\"a{\": {To: f(1), ", "Next: ") && found == 1);
    CHECK(completions("Line{From: wi", "width: ") && found == 0);  // a value
    CHECK(completions("if Line == nil { wi", "width: ") && found == 0);
    CHECK(accepted("type Hue int; const ( Red Hue = iota; Green; Blue ); const Other = 3; hue := Green"));
    CHECK(completions("switch hue {\ncase Re", "Red") == 18 && found == 1);
    CHECK(completions("switch h := hue + 1; h {\ncase Red, G", "Green") && found == 0); // h is not known yet
    CHECK(completions("switch hue { case Red: ; case ", "Blue") && found == 1);
    CHECK(completions("switch hue { case ", "Other") && found == 0);
    CHECK(completions("switch time.Now().Weekday() { case ti", "time.Monday") && found == 1);
    CHECK(completions("[ left :: right!1 || ri", "right") && found == 0);
    CHECK(completions("[ left :: x: int || worker(i:1..2) :: le", "left") && found == 1);
    CHECK(completions("[ left :: x: int || worker(i:1..2) :: wo", "worker") && found == 1);
    CHECK(imports("import \"ru", 7, "runtime") == 8 && found == 1);
    CHECK(imports("import (\n\t\"fmt\"\n\tj \"run", 19, "runtime") == 20 && found == 1);
    CHECK(imports("import \"", 7, "internal/repl") == 8 && found == 0);
    CHECK(imports("os.Open(\"ru", 8, "runtime") == 0);
    CHECK(accepted("hue"));
}

int main(void) {
    CompileOptions o = {.package_source = stdlib_source, .native_index = stdlib_native_index};
    static const SessionMachine machine = {at_once, {begin, visit_nothing, no_object}, no_heap, true, collected, keeps_none};
    CHECK(session_begin(&o, &machine));
    test_completeness();
    test_transactions();
    test_passing_inputs();
    test_replacement();
    test_completion();
    test_completion_of_places();
    CHECK(collections > 10);
    return 0;
}
