// SPDX-License-Identifier: MIT
// support.c: compiles many inputs in one process, each in the same state.
//
// The library's packages are compiled once; behind them the arena is kept, and
// taken back after each input, as the prompt does with inputs that fail.
#include "tests/fuzz/fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/library.h"
#include "compiler/arena.h"
#include "compiler/check.h"
#include "stdlib/stdlib.h"

static FILE *complaints; // standard error as it was
static char *text;       // of fuzz_source

static void be_quiet(void) {
    complaints = stderr;
    FILE *nowhere = fopen("/dev/null", "w");
    if (nowhere) stderr = nowhere;
}

void fuzz_fail(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    vfprintf(complaints ? complaints : stderr, fmt, ap);
    va_end(ap);
    abort();
}

SourceFile *fuzz_source(const uint8_t *data, size_t size) {
    text = malloc(size + 1);
    if (!text) abort();
    if (size) memcpy(text, data, size);
    text[size] = 0;
    source_reset_errors(true, false);
    return source_add((Str){"fuzz.csp", 8}, (Str){text, (int64_t)size});
}

CompileOptions fuzz_options(const uint8_t *data, size_t size) {
    return (CompileOptions){.text = (const char *)data, .text_len = size, .text_name = "fuzz.csp", .all_errors = true, .no_ffi = true,
                            .package_source = stdlib_source, .native_index = stdlib_native_index};
}

// As the command does: trees may be deep.
static void raise_stack_limit(void) {
    struct rlimit r;
    if (getrlimit(RLIMIT_STACK, &r) != 0) return;
    r.rlim_cur = r.rlim_max < 120u << 20 ? r.rlim_max : 120u << 20;
    setrlimit(RLIMIT_STACK, &r);
}

static void compile_library_packages(void) {
    static const char program[] = "import (\"fmt\"; \"strings\"; \"sync\"; \"time\"; \"errors\"; \"sort\"; \"os\")\n"
                                  "fmt.Println(strings.ToUpper(\"x\"), time.Second, errors.New(\"x\"), os.Args)\n"
                                  "var m sync.Mutex\nm.Lock()\nsort.Ints([]int{1})\n";
    CompileOptions o = fuzz_options((const uint8_t *)program, sizeof program - 1);
    int nerrors;
    if (!compile(&o, &nerrors)) fuzz_fail("the library does not compile\n");
    check_forget();
    source_forget();
    arena_checkpoint();
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    be_quiet();
    raise_stack_limit();
    library_open();
    compile_library_packages();
    return 0;
}

void fuzz_undo(void) {
    check_forget();
    source_forget();
    arena_go_back();
    free(text);
    text = NULL;
}
