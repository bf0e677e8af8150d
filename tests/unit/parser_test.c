// SPDX-License-Identifier: MIT
// parser_test.c: the trees of given texts, and how parsing goes on after errors.
#include "compiler/parser.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/check.h"

static FileAst *parse(const char *text) {
    source_reset_errors(true, false);
    return parse_file(source_add(arena_str("t.csp", 5), arena_str(text, strlen(text))), 0);
}

// --- expressions, written with all their parentheses

static void show(const Expr *e, char **to, char *end);

static void put(const char *s, size_t n, char **to, char *end) {
    if ((size_t)(end - *to) <= n) return;
    memcpy(*to, s, n);
    *to += n;
    **to = 0;
}
#define PUT(s) put(s, strlen(s), to, end)

static void show_list(const ExprList *l, char **to, char *end) {
    for (uint32_t i = 0; i < l->len; i++) {
        if (i) PUT(" ");
        show(l->at[i], to, end);
    }
}

static void show(const Expr *e, char **to, char *end) {
    if (!e) {
        PUT("_");
        return;
    }
    switch ((int)e->kind) {
    case EXPR_IDENT: PUT(e->ident.name->text); return;
    case EXPR_BASIC_LIT: put(e->lit.text.ptr, (size_t)e->lit.text.len, to, end); return;
    case EXPR_PAREN: show(e->paren.x, to, end); return;
    case EXPR_BAD: PUT("BAD"); return;
    default: break;
    }
    PUT("(");
    switch ((int)e->kind) {
    case EXPR_BINARY: show(e->binary.x, to, end), PUT(" "), PUT(token_text[e->op]), PUT(" "), show(e->binary.y, to, end); break;
    case EXPR_UNARY: PUT(token_text[e->op]), show(e->unary.x, to, end); break;
    case EXPR_STAR: PUT("*"), show(e->unary.x, to, end); break;
    case EXPR_RECV_POST: show(e->unary.x, to, end), PUT("?"); break;
    case EXPR_CALL: PUT("call "), show(e->call.fn, to, end), PUT(": "), show_list(&e->call.args, to, end), PUT(e->call.ellipsis ? "..." : ""); break;
    case EXPR_INDEX: PUT("index "), show(e->index.x, to, end), PUT(": "), show_list(&e->index.index, to, end); break;
    case EXPR_SLICE: PUT("slice "), show(e->slice.x, to, end), PUT(" "), show(e->slice.lo, to, end), PUT(" "), show(e->slice.hi, to, end), PUT(" "), show(e->slice.max, to, end); break;
    case EXPR_SELECTOR: show(e->selector.x, to, end), PUT("."), show(e->selector.sel, to, end); break;
    case EXPR_TYPE_ASSERT: PUT("assert "), show(e->assert_.x, to, end), PUT(" "), show(e->assert_.type, to, end); break;
    case EXPR_COMPOSITE: PUT("lit "), show(e->composite.type, to, end), PUT(": "), show_list(&e->composite.elems, to, end); break;
    case EXPR_KEY_VALUE: show(e->kv.key, to, end), PUT(" = "), show(e->kv.value, to, end); break;
    case EXPR_ARRAY_TYPE: PUT("array "), show(e->array.len, to, end), PUT(" "), show(e->array.elem, to, end); break;
    case EXPR_MAP_TYPE: PUT("map "), show(e->map.key, to, end), PUT(" "), show(e->map.elem, to, end); break;
    case EXPR_CHAN_TYPE: PUT(e->chan.dir == 1 ? "from " : e->chan.dir == 2 ? "to " : "chan "), show(e->chan.elem, to, end); break;
    case EXPR_FUNC_LIT: PUT("func"); break;
    case EXPR_FUNC_TYPE: PUT("functype"); break;
    default: PUT("?"); break;
    }
    PUT(")");
}

static void tree(int line, const char *text, const char *want) {
    FileAst *f = parse(arena_printf("_ = %s", text));
    char got[512] = "", *to = got;
    if (source_error_count()) {
        failures++;
        printf("%s:%d: %s is refused\n", __FILE__, line, text);
    } else if (f->script.len != 1 || f->script.at[0]->kind != STMT_ASSIGN) {
        failures++;
        printf("%s:%d: %s is no expression\n", __FILE__, line, text);
    } else {
        show(f->script.at[0]->assign.rhs.at[0], &to, got + sizeof got);
        if (strcmp(got, want) == 0) return;
        failures++;
        printf("%s:%d: %s\n  is   %s\n  want %s\n", __FILE__, line, text, got, want);
    }
}
#define TREE(text, want) tree(__LINE__, text, want)

static void test_expressions(void) {
    TREE("a + b * c - d", "((a + (b * c)) - d)");
    TREE("a || b && c == d + e << f", "(a || (b && (c == (d + (e << f)))))");
    TREE("a &^ b | c ^ d & e", "(((a &^ b) | c) ^ (d & e))");
    TREE("-a * !b", "((-a) * (!b))");
    TREE("*p.x[i]", "(*(index (p.x): i))");
    TREE("<-<-c", "(<-(<-c))");
    TREE("&T{1, x: 2, {3}}", "(&(lit T: 1 (x = 2) (lit _: 3)))");
    TREE("f(a, b...)(c)", "(call (call f: a b...): c)");
    TREE("x.(T).y", "((assert x T).y)");
    TREE("a[:][1:][:2][1:2:3]", "(slice (slice (slice (slice a _ _ _) 1 _ _) _ 2 _) 1 2 3)");
    TREE("m[int, string](x)", "(call (index m: int string): x)");
    TREE("[]*T{}", "(lit (array _ (*T)): )");
    TREE("map[string][]int{\"a\": {1}}", "(lit (map string (array _ int)): (\"a\" = (lit _: 1)))");
    TREE("chan<- chan int(nil)", "(call (to (chan int)): nil)");
    TREE("(<-chan int)(c)", "(call (from int): c)");
    TREE("func(a int) int { return a }(3)", "(call (func): 3)");
    TREE("a - -b", "(a - (-b))");
    TREE("a.b.c(d)[e]", "(index (call ((a.b).c): d): e)");
}

// --- statements and declarations

static bool is_script_of(const char *text, const uint8_t *kinds, uint32_t n) {
    FileAst *f = parse(text);
    bool same = !source_error_count() && f->script.len == n && f->source->is_script;
    for (uint32_t i = 0; same && i < n; i++) same = f->script.at[i]->kind == kinds[i];
    return same;
}
#define SCRIPT(text, ...) CHECK(is_script_of(text, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})))

static void test_statements(void) {
    SCRIPT("x := 1; x++; x += 2\nx, y = y, x", STMT_DEFINE, STMT_INCDEC, STMT_ASSIGN, STMT_ASSIGN);
    SCRIPT("c <- 1\n<-c\ngo f()\ndefer f()", STMT_SEND, STMT_EXPR, STMT_GO, STMT_DEFER);
    SCRIPT("if a := f(); a {} else if b {} else {}\nfor {}\nfor a {}\nfor i := 0; i < 3; i++ {}", STMT_IF, STMT_FOR, STMT_FOR, STMT_FOR);
    SCRIPT("for range x {}\nfor i, v := range x {}\nfor i = range (T{}) {}", STMT_RANGE, STMT_RANGE, STMT_RANGE);
    SCRIPT("switch x {case 1, 2: default:}\nswitch y := x.(type) {case int:}\nselect {case v := <-c: default:}", STMT_SWITCH, STMT_TYPE_SWITCH, STMT_SELECT);
    SCRIPT("L: for {break L}\n{}\nvar z int\ntype T struct{}", STMT_LABELED, STMT_BLOCK, STMT_DECL, STMT_DECL);
    SCRIPT("c ! 1\nc ? x\n*[x > 0 -> x--]\n[a :: b ! 1 || b :: a ? x]", STMT_SEND, STMT_INPUT, STMT_GUARDED, STMT_PARALLEL);
    // a '{' after a control clause begins its block
    FileAst *f = parse("for x == T {}");
    CHECK(!source_error_count() && f->script.at[0]->kind == STMT_FOR && f->script.at[0]->for_.cond->kind == EXPR_BINARY);
    f = parse("if (x == T{}) {}");
    CHECK(!source_error_count() && f->script.at[0]->if_.then->block.list.len == 0);
    f = parse("switch { case a: b(); c()\ndefault: fallthrough }");
    CHECK(!source_error_count() && f->script.at[0]->switch_.nclauses == 2 && f->script.at[0]->switch_.clauses[0].body.len == 2 && f->script.at[0]->switch_.clauses[1].is_default);
}

static void test_declarations(void) {
    FileAst *f = parse("package p\nimport (\"a\"; b \"c\")\nconst (x = iota; y; z)\nvar v, w int = 1, 2\n// doc of f\nfunc (t *T) f(a, b int, c ...string) (r error)\ntype A = B\ntype L[K comparable, V any] []V\ntype N [n * 2]int\n");
    static const uint8_t kinds[] = {DECL_IMPORT, DECL_IMPORT, DECL_CONST, DECL_CONST, DECL_CONST, DECL_VAR, DECL_FUNC, DECL_TYPE, DECL_TYPE, DECL_TYPE};
    CHECK(!source_error_count() && f->decls.len == sizeof kinds && strcmp(f->package_name->ident.name->text, "p") == 0);
    if (failures || f->decls.len != sizeof kinds) return;
    for (uint32_t i = 0; i < sizeof kinds; i++) CHECK(f->decls.at[i]->kind == kinds[i]);
    Decl **d = f->decls.at;
    CHECK(!d[0]->import.name && strcmp(d[1]->import.name->ident.name->text, "b") == 0);
    CHECK(d[4]->value.iota == 2 && d[4]->value.inherited && d[4]->value.values.at[0] == d[2]->value.values.at[0]);
    CHECK(d[5]->value.names.len == 2 && d[5]->value.values.len == 2);
    CHECK(d[6]->func.recv && d[6]->func.sig->sig.params.len == 3 && d[6]->func.sig->sig.params.at[2].type->kind == EXPR_ELLIPSIS && !d[6]->func.body && d[6]->doc.len > 0);
    CHECK(d[7]->type.alias && d[8]->type.tparams.len == 2 && !d[9]->type.tparams.len && d[9]->type.type->kind == EXPR_ARRAY_TYPE);
}

static void test_positions(void) {
    const char *text = "x := foo(1,\n\tbar[2] + y)";
    FileAst *f = parse(text);
    Expr *call = f->script.at[0]->assign.rhs.at[0], *sum = call->call.args.at[1];
    Pos base = f->source->base;
    CHECK(call->start == base + 5 && call->end == base + strlen(text));
    CHECK(sum->start == base + 13 && sum->pos == base + 20 && sum->end == base + 23);
    Location at = source_locate(sum->pos);
    CHECK(at.line == 2 && at.col == 9);
}

// --- errors

// One message for each fault, and the statements behind it are read.
static void recovers(int line, const char *text, int errors, uint32_t statements) {
    FileAst *f = parse(text);
    int got = source_error_count();
    uint32_t n = f->script.len + f->decls.len;
    if (got == errors && n == statements) return;
    failures++;
    printf("%s:%d: %d errors (want %d), %u statements (want %u)\n", __FILE__, line, got, errors, n, statements);
}
#define RECOVERS(text, errors, statements) recovers(__LINE__, text, errors, statements)

static void test_recovery(void) {
    RECOVERS("x := )\ny := 2\nz := ]\n", 2, 3);
    RECOVERS("x := )\ny := 2\nz := (\n", 1, 3); // the end is no further news
    RECOVERS("f(1 2)\ng()", 1, 2);
    RECOVERS("if x {\n  y := ]\n}\nz()", 1, 2);
    RECOVERS("}\nz()", 1, 1);
    RECOVERS("package p\nfunc f() { x := ]; y }\nfunc g() {}\n", 1, 2);
    RECOVERS("package p\nvar x int = = 3\nvar y int\nfoo\nvar z int\n", 2, 3);
    RECOVERS("package p\ntype T struct { a int; b + ; c int }\nvar x T\n", 1, 2);
}

static void test_early_end(void) {
    static const char *const early[] = {"f(", "x := 1 +", "func f() {", "if x {", "/* open", "x := `open", "a.", "[]int{1,"};
    static const char *const not_early[] = {"f)", "x := 1", "x := ]", "func f() {}", "'ab'"};
    for (size_t i = 0; i < sizeof early / sizeof *early; i++) {
        parse(early[i]);
        CHECK(source_error_count() && parse_ended_early());
    }
    for (size_t i = 0; i < sizeof not_early / sizeof *not_early; i++) {
        parse(not_early[i]);
        CHECK(!source_error_count() || !parse_ended_early());
    }
}

// Too deep is an error, not the end of the stack.
static void test_depth(void) {
    enum { N = 20000 };
    char *text = arena_alloc(2 * N + 16);
    memcpy(text, "_ = ", 4);
    memset(text + 4, '(', N);
    text[4 + N] = 'x';
    memset(text + 5 + N, ')', N);
    parse(text);
    CHECK(source_error_count() > 0 && source_error_count() < 5);
    memset(text + 4, '-', N);
    text[4 + N] = 0;
    for (int i = 5; i < N; i += 2) text[i] = ' ';
    parse(text);
    CHECK(source_error_count() > 0 && source_error_count() < 5);
}

// --- copies

static void test_clone(void) {
    FileAst *f = parse("_ = f(a+1, func(x int) { for i := range x { g(i) } }, T{k: []int{1}})[2]");
    Stmt *copy = ast_clone_stmt(f->script.at[0]);
    char a[512] = "", b[512] = "", *to = a;
    show(f->script.at[0]->assign.rhs.at[0], &to, a + sizeof a);
    to = b;
    show(copy->assign.rhs.at[0], &to, b + sizeof b);
    CHECK(strcmp(a, b) == 0 && copy != f->script.at[0] && copy->assign.rhs.at[0] != f->script.at[0]->assign.rhs.at[0]);
}

int main(void) {
    test_expressions();
    test_statements();
    test_declarations();
    test_positions();
    test_recovery();
    test_early_end();
    test_depth();
    test_clone();
    return check_status();
}
