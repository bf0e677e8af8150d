// SPDX-License-Identifier: MIT
// replay.c: drives a fuzz target where libFuzzer is not there.
//
//     NAME_fuzz [-runs=N] [-seed=N] [FILE|FOLDER...]
//
// Gives the target every file (without names: its seeds), and then N inputs
// that are files with a few bytes changed, moved or taken from another file.
// The same seed makes the same inputs. When the target ends the process, the
// input lies in crash-NAME_fuzz in the working directory, as far as it can be written.
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INPUT_LIMIT = 16 << 10 };

typedef struct Input { uint8_t *data; size_t size; } Input;

static Input *inputs;
static size_t ninputs;
static Input current;
static char crash_name[256];
static uint64_t seed = 1;

static void *must(void *p) {
    if (p) return p;
    perror("fuzz");
    exit(2);
}

// --- files

static void add_file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return;
    Input in = {must(malloc(INPUT_LIMIT)), 0};
    in.size = fread(in.data, 1, INPUT_LIMIT, f);
    fclose(f);
    if (ninputs % 64 == 0) inputs = must(realloc(inputs, (ninputs + 64) * sizeof *inputs));
    inputs[ninputs++] = in;
}

static int is_shown(const struct dirent *e) { return e->d_name[0] != '.'; }

static void add_path(const char *path) { // in the order of names: the same ones each time
    struct stat st;
    if (stat(path, &st) != 0) return;
    if (!S_ISDIR(st.st_mode)) {
        add_file(path);
        return;
    }
    struct dirent **list;
    int n = scandir(path, &list, is_shown, alphasort);
    for (int i = 0; i < n; i++) {
        char *below = must(malloc(strlen(path) + strlen(list[i]->d_name) + 2));
        sprintf(below, "%s/%s", path, list[i]->d_name);
        add_path(below);
        free(below);
        free(list[i]);
    }
    if (n >= 0) free(list);
}

static void add_seeds(void) {
    for (const char *const *s = fuzz_seeds; *s; s++) {
        char *path = must(malloc(strlen(CSP_SOURCE_DIR) + strlen(*s) + 2));
        sprintf(path, "%s/%s", CSP_SOURCE_DIR, *s);
        add_path(path);
        free(path);
    }
}

// --- what to do when the process ends

static void keep_input(void) {
    FILE *f = fopen(crash_name, "wb");
    if (!f) return;
    fwrite(current.data, 1, current.size, f);
    fclose(f);
}

static void on_signal(int sig) {
    keep_input();
    signal(sig, SIG_DFL);
    raise(sig);
}

#ifdef __SANITIZE_ADDRESS__
void __asan_on_error(void);
void __asan_on_error(void) { keep_input(); }
#endif

static void run(Input in) {
    current = in;
    LLVMFuzzerTestOneInput(in.data, in.size);
}

// --- changed inputs

static uint64_t draw(uint64_t n) { // below n > 0
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return (seed * 0x2545f4914f6cdd1dULL >> 11) % n;
}

static const uint8_t telling[] = "(){}[]<>=!&|*+-.,:;?\"'`/\\\n\0\xff\x80" "09aZ_";

// A piece of other takes the place of a piece of in.
static void splice(Input *in, const Input *other) {
    if (!other->size) return;
    uint8_t piece[200]; // other may be a part of in
    size_t from = draw(other->size), n = 1 + draw(other->size - from < sizeof piece ? other->size - from : sizeof piece);
    size_t at = draw(in->size + 1), gone = draw(in->size - at < 40 ? in->size - at + 1 : 40);
    if (in->size - gone + n > INPUT_LIMIT) return;
    memcpy(piece, other->data + from, n);
    memmove(in->data + at + n, in->data + at + gone, in->size - at - gone);
    memcpy(in->data + at, piece, n);
    in->size += n - gone;
}

static void change(Input *in) {
    size_t at = in->size ? draw(in->size) : 0;
    switch (draw(5)) {
    case 0:
        if (in->size) in->data[at] = telling[draw(sizeof telling - 1)];
        break;
    case 1:
        if (in->size) in->data[at] = (uint8_t)draw(256);
        break;
    case 2:
        if (in->size) in->size = draw(4) ? in->size : at; // now and then cut off
        break;
    case 3: splice(in, in->size ? &(Input){in->data + at, in->size - at} : in); break;
    default: splice(in, &inputs[draw(ninputs)]); break;
    }
}

static void run_changed(Input *room) {
    const Input *from = &inputs[draw(ninputs)];
    if (from->size) memcpy(room->data, from->data, from->size);
    room->size = from->size;
    for (uint64_t n = 1 + draw(4); n > 0; n--) change(room);
    run(*room);
}

int main(int argc, char **argv) {
    const char *name = strrchr(argv[0], '/');
    snprintf(crash_name, sizeof crash_name, "crash-%s", name ? name + 1 : argv[0]);
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTERM, SIGALRM};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction old; // a sanitizer's handler stays
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL) signal(signals[i], on_signal);
    }
    long long runs = 0;
    for (int i = 1; i < argc; i++) {
        if (sscanf(argv[i], "-runs=%lld", &runs) == 1 || argv[i][0] == '-') continue;
        add_path(argv[i]);
    }
    for (int i = 1; i < argc; i++) sscanf(argv[i], "-seed=%llu", (unsigned long long *)&seed);
    if (!ninputs) add_seeds();
    if (!ninputs || !seed) return 2;
    LLVMFuzzerInitialize(&argc, &argv);
    for (size_t i = 0; i < ninputs; i++) run(inputs[i]);
    Input room = {must(malloc(2 * INPUT_LIMIT)), 0};
    while (runs-- > 0) run_changed(&room);
    return 0;
}
