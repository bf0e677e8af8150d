// SPDX-License-Identifier: MIT
// main.c: the command csp: what is asked for, which files, how it ends.
//
// Commands stand in one table, which dispatch and help both read. A first
// argument that is no command is a file or directory to run, so that
// "csp FILE" and "#!/usr/bin/env csp" need no word between.
// Exit: 0; 1 the source has errors or cannot be read; 2 wrong usage, panic or
// fatal error; else what the program said with os.Exit.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/library.h"
#include "cli/repl.h"
#include "compiler/build_tags.h"
#include "compiler/compile.h"
#include "compiler/doc.h"
#include "stdlib/stdlib.h"
#include "vm/disasm.h"
#include "vm/vm.h"

enum { EXIT_SOURCE = 1, EXIT_USAGE = 2 };
enum { MAX_SOURCE_BYTES = 64 << 20 }; // as the compiler's own limit for files

static int wrong_usage(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static int wrong_usage(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    fputs("csp: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputs("\nTry 'csp help'.\n", stderr);
    va_end(ap);
    return EXIT_USAGE;
}

static int bad_source(const char *path, const char *why) {
    fprintf(stderr, "csp: %s: %s\n", path, why);
    return EXIT_SOURCE;
}

static void *must(void *p) {
    if (p) return p;
    fputs("csp: out of memory\n", stderr);
    exit(EXIT_USAGE);
}

// --- the files of a program

typedef struct Files {
    char **at;
    int len;
} Files;

static void add_file(Files *f, char *path) {
    f->at = must(realloc(f->at, (size_t)(f->len + 1) * sizeof *f->at));
    f->at[f->len++] = path;
}

static bool ends_with(const char *s, const char *end) {
    size_t n = strlen(s), m = strlen(end);
    return n > m && strcmp(s + n - m, end) == 0;
}

static bool is_source_name(const char *s) {
    return s[0] != '.' && s[0] != '_' && !ends_with(s, "_test.go") && (ends_with(s, ".go") || ends_with(s, ".csp"));
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int add_directory(Files *f, const char *dir) {
    DIR *d = opendir(dir);
    if (!d) return bad_source(dir, strerror(errno));
    int first = f->len;
    for (struct dirent *e; (e = readdir(d));) {
        if (!is_source_name(e->d_name)) continue;
        char *path;
        if (asprintf(&path, "%s/%s", strcmp(dir, "/") ? dir : "", e->d_name) < 0) must(NULL);
        if (build_tags_admit(path)) add_file(f, path);
        else free(path);
    }
    closedir(d);
    if (f->len == first) return bad_source(dir, "no .csp or .go files in this directory");
    qsort(f->at + first, (size_t)(f->len - first), sizeof *f->at, by_name);
    return 0;
}

// Files that are plainly no text get one sentence instead of ten errors. A
// stray NUL further in is the lexer's business.
static const char *not_text(const char *path) {
    unsigned char head[64];
    FILE *f = fopen(path, "rb");
    if (!f) return strerror(errno);
    size_t n = fread(head, 1, sizeof head, f);
    fclose(f);
    bool elf = n >= 4 && memcmp(head, "\177ELF", 4) == 0;
    bool utf16 = n >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff));
    if (utf16) return "not UTF-8 text (it looks like UTF-16)";
    return elf || memchr(head, 0, n) ? "binary file, not source text" : NULL;
}

static int add_path(Files *f, char *path) {
    struct stat st;
    if (stat(path, &st) != 0) return bad_source(path, strerror(errno));
    if (S_ISDIR(st.st_mode)) return add_directory(f, path);
    if (S_ISREG(st.st_mode)) {
        const char *why = not_text(path);
        if (!why && st.st_size > MAX_SOURCE_BYTES) why = "file too large (limit is 64 MB)";
        if (why) return bad_source(path, why);
    }
    add_file(f, path);
    return 0;
}

// Standard input as source text, for "csp -".
static char *read_stdin(size_t *len) {
    size_t cap = 1 << 16;
    char *buf = must(malloc(cap));
    *len = 0;
    for (size_t n; (n = fread(buf + *len, 1, cap - *len, stdin)) > 0;) {
        *len += n;
        if (*len > MAX_SOURCE_BYTES) {
            bad_source("standard input", "too large (limit is 64 MB)");
            return NULL;
        }
        if (*len == cap) buf = must(realloc(buf, cap *= 2));
    }
    if (!ferror(stdin)) return buf;
    bad_source("standard input", strerror(errno));
    return NULL;
}

// --- options shared by the commands

typedef struct Invocation {
    CompileOptions compile;
    char **rest; // arguments behind the options
    int nrest;
    bool code;    // -e: the next argument is the program, not a file
    bool opcodes; // disasm --opcodes
} Invocation;

static bool use_color(void) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDERR_FILENO) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

// "-lang=go1.19": the language of that Go release; 0 when it is no such thing.
static int lang_option(const char *arg) {
    int minor;
    char end;
    const char *p = arg + (arg[1] == '-');
    return sscanf(p, "-lang=go1.%d%c", &minor, &end) == 1 && minor > 0 && minor <= 99 ? minor : 0;
}

static void prepare_compiler(Invocation *in) {
    library_open();
    in->compile.package_source = stdlib_source;
    in->compile.native_index = stdlib_native_index;
    in->compile.color = use_color();
}

static Program *compile_program(Invocation *in, int *nerrors) {
    prepare_compiler(in);
    return compile(&in->compile, nerrors);
}

// --- the prompt

static int run_prompt(Invocation *in, const char *file) {
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return wrong_usage("a prompt needs a terminal");
    uint32_t natives;
    const NativeFn *table = stdlib_native_table(&natives);
    stdlib_set_args(1, (char *[]){"csp", NULL});
    vm_set_natives(table, natives);
    prepare_compiler(in);
    return repl_run(&in->compile, file);
}

// --- run

static int run_program(Invocation *in, int argc, char **argv) {
    int nerrors;
    Program *prog = compile_program(in, &nerrors);
    if (!prog) return EXIT_SOURCE;
    uint32_t natives;
    const NativeFn *table = stdlib_native_table(&natives);
    stdlib_set_args(argc, argv);
    vm_set_natives(table, natives);
    vm_run(prog, 0); // ends the process
}

static int set_text(Invocation *in, const char *name, const char *text, size_t len) {
    in->compile.text_name = name;
    in->compile.text = text;
    in->compile.text_len = len;
    return 0;
}

// The program is the first argument; with several .go files in a row all of
// them, as with "go run". What follows is the program's own.
static int take_program(Invocation *in, int *nused) {
    *nused = 1;
    if (in->code) return set_text(in, "-e", in->rest[0], strlen(in->rest[0]));
    if (strcmp(in->rest[0], "-") == 0) {
        size_t len;
        char *text = read_stdin(&len);
        return text ? set_text(in, "<stdin>", text, len) : EXIT_SOURCE;
    }
    Files files = {0};
    int status = add_path(&files, in->rest[0]);
    struct stat st;
    if (stat(in->rest[0], &st) == 0 && S_ISDIR(st.st_mode)) in->compile.dir = in->rest[0];
    if (ends_with(in->rest[0], ".go"))
        for (; status == 0 && *nused < in->nrest && ends_with(in->rest[*nused], ".go"); ++*nused)
            status = add_path(&files, in->rest[*nused]);
    in->compile.files = (const char *const *)files.at;
    in->compile.nfiles = files.len;
    return status;
}

static int cmd_run(Invocation *in) {
    if (in->nrest == 0) return wrong_usage("run: no program given");
    int used;
    int status = take_program(in, &used);
    if (status) return status;
    // os.Args[0] is the program as it was named, so the last file stands for all.
    char **args = in->rest + used - 1;
    args[0] = in->rest[0];
    return run_program(in, in->nrest - used + 1, args);
}

// All folders at and below dir that hold source files, for "DIR/...".
static void find_folders(Files *folders, const char *dir, bool top) {
    DIR *d = opendir(dir);
    if (!d) return;
    bool holds = false;
    Files below = {0};
    for (struct dirent *e; (e = readdir(d));) {
        const char *n = e->d_name;
        char *path;
        struct stat st;
        if (n[0] == '.' || n[0] == '_') continue;
        if (!top && strcmp(n, "go.mod") == 0) { // another module
            closedir(d);
            return;
        }
        if (asprintf(&path, "%s/%s", dir, n) < 0) must(NULL);
        if (stat(path, &st) != 0) continue;
        if (S_ISDIR(st.st_mode) && strcmp(n, "testdata") != 0 && strcmp(n, "vendor") != 0) add_file(&below, path);
        else if (S_ISREG(st.st_mode)) holds |= ends_with(n, ".csp") || (ends_with(n, ".go") && !ends_with(n, "_test.go"));
    }
    closedir(d);
    char *self = strdup(dir);
    if (holds) add_file(folders, must(self));
    if (below.len) qsort(below.at, (size_t)below.len, sizeof *below.at, by_name);
    for (int i = 0; i < below.len; i++) find_folders(folders, below.at[i], false);
}

// "DIR/..." and folders into folders, the rest into files.
static int check_argument(Files *files, Files *folders, char *arg) {
    struct stat st;
    if (ends_with(arg, "...")) {
        char *dir = strndup(arg, strlen(arg) - 3);
        size_t n = strlen(must(dir));
        while (n > 1 && dir[n - 1] == '/') dir[--n] = 0;
        if (stat(n ? dir : ".", &st) != 0) return bad_source(arg, strerror(errno));
        int before = folders->len;
        find_folders(folders, n ? dir : ".", true);
        return folders->len > before ? 0 : bad_source(arg, "no .csp or .go files in or below this directory");
    }
    if (stat(arg, &st) != 0 || !S_ISDIR(st.st_mode)) return add_path(files, arg);
    Files inside = {0};
    int status = add_directory(&inside, arg);
    if (status == 0) add_file(folders, arg);
    return status;
}

static int cmd_check(Invocation *in) {
    if (in->nrest == 0) return wrong_usage("check: no files given");
    Files files = {0}, folders = {0};
    for (int i = 0; i < in->nrest; i++) {
        int status = check_argument(&files, &folders, in->rest[i]);
        if (status) return status;
    }
    in->compile.check_only = true;
    int nerrors = 0;
    if (files.len) {
        in->compile.files = (const char *const *)files.at;
        in->compile.nfiles = files.len;
        compile_program(in, &nerrors);
    }
    if (folders.len) {
        in->compile.files = NULL;
        prepare_compiler(in);
        nerrors += compile_check_folders(&in->compile, (const char *const *)folders.at, folders.len);
    }
    return nerrors ? EXIT_SOURCE : 0;
}

static int cmd_disasm(Invocation *in) {
    if (in->opcodes) {
        disasm_opcodes(stdout);
        return 0;
    }
    if (in->nrest == 0) return wrong_usage("disasm: no program given");
    int used, nerrors;
    int status = take_program(in, &used);
    if (status) return status;
    Program *prog = compile_program(in, &nerrors);
    if (!prog) return EXIT_SOURCE;
    disasm_program(stdout, prog);
    return 0;
}

static int cmd_doc(Invocation *in) {
    if (in->nrest > 1) return wrong_usage("doc: one name, please");
    prepare_compiler(in);
    if (compile_doc(&in->compile, in->nrest ? in->rest[0] : "", stdout)) return 0;
    fprintf(stderr, "csp: nothing is known of %s; 'csp doc' lists the packages\n", in->rest[0]);
    return EXIT_SOURCE;
}

// Words with - before the header are the C compiler's and linker's, but for
// -package NAME.
static int cmd_bind(Invocation *in) {
    const char *header = NULL, *package = "main";
    const char **flags = must(calloc((size_t)in->nrest + 1, sizeof *flags));
    uint32_t nflags = 0;
    for (int i = 0; i < in->nrest; i++) {
        if (strcmp(in->rest[i], "-package") == 0 && i + 1 < in->nrest) package = in->rest[++i];
        else if (in->rest[i][0] == '-') flags[nflags++] = in->rest[i];
        else if (header) return wrong_usage("bind: more than one header");
        else header = in->rest[i];
    }
    if (!header) return wrong_usage("bind: no header given");
    in->compile.color = use_color();
    library_open();
    return compile_binding(&in->compile, stdout, header, package, flags, nflags) ? 0 : EXIT_SOURCE;
}

static int cmd_version(Invocation *in) {
    (void)in;
#if defined(__x86_64__)
    const char *machine = "amd64";
#elif defined(__aarch64__)
    const char *machine = "arm64";
#else
#error "csp runs on x86-64 and AArch64"
#endif
    printf("csp %s linux/%s\n", CSP_VERSION, machine);
    return 0;
}

// --- the commands

static int cmd_help(Invocation *in);

typedef struct Command {
    const char *name, *synopsis, *summary, *text;
    int (*run)(Invocation *in);
    const char *options; // letters and words it takes, between spaces
} Command;

static const Command commands[] = {
    {"run", "csp run [-lang=go1.N] FILE|DIR|- [ARG...]", "compile and run a program",
     "FILE is a Go file (it has a package clause) or a script (it has none).\n"
     "Of a directory, all .csp and .go files are one program; of a FILE.go, the\n"
     ".go files that follow it as well; - is standard input.\n"
     "ARG... are the program's own arguments. 'csp FILE' is short for this.\n"
     "Options:\n"
     "  -e 'CODE'      run CODE instead of a file\n"
     "  -no-ffi        refuse programs that call C functions\n"
     "  -check-ffi     watch what C functions do with the program's memory\n"
     "  -plain-go      refuse the notation of CSP: Go and nothing else\n"
     "  -lang=go1.N    use the language rules of that Go release\n",
     cmd_run, " e lang "},
    {"check", "csp check [-e] [-lang=go1.N] FILE...|DIR...|DIR/...", "report errors without running",
     "Files are checked as one package, a main program or any other; of folders,\n"
     "each is a package; DIR/... means all folders at and below DIR.\n"
     "Options:\n"
     "  -e             print all errors, not only ten a file\n"
     "  -lang=go1.N    use the language rules of that Go release\n",
     cmd_check, " all lang "},
    {"disasm", "csp disasm FILE|DIR|-", "print the bytecode of a program",
     "Options:\n"
     "  --opcodes      describe every instruction of the machine instead\n"
     "  -e 'CODE'      disassemble CODE instead of a file\n",
     cmd_disasm, " e opcodes lang "},
    {"doc", "csp doc [PACKAGE[.NAME[.METHOD]]]", "print what the library says of a name",
     "Without a name, the packages of the library and what each is for; of a package\n"
     "its declarations; of a type its methods as well:\n"
     "  csp doc strings\n"
     "  csp doc net/http.Client.Do\n",
     cmd_doc, " "},
    {"bind", "csp bind [-package NAME] [-lLIB] [-IDIR] HEADER", "print a C header as csp source",
     "The output is a file of declarations above import \"C\", to be put beside the\n"
     "program's other files. Unlike #include it needs no C compiler when it is used.\n"
     "-l and -L words go into its #cgo line, other words to the C compiler:\n"
     "  csp bind -lsqlite3 sqlite3.h > sqlite3.csp\n",
     cmd_bind, " raw "},
    {"version", "csp version", "print the version", "", cmd_version, " "},
    {"help", "csp help [COMMAND]", "explain a command", "", cmd_help, " "},
};

static const Command *find_command(const char *name) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static void print_overview(FILE *to) {
    fputs("csp runs Go programs and csp scripts.\n\n"
          "  csp                  a prompt, to try things out\n"
          "  csp FILE [ARG...]    run a program\n"
          "  csp -i FILE          run a program, then a prompt in it\n"
          "  csp -e 'CODE'        run a line of code\n"
          "  csp -                run standard input\n\n", to);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(to, "  csp %-9s        %s\n", commands[i].name, commands[i].summary);
    fputs("\n'csp help COMMAND' tells more.\n", to);
}

static int cmd_help(Invocation *in) {
    if (in->nrest == 0) {
        print_overview(stdout);
        return 0;
    }
    const Command *c = find_command(in->rest[0]);
    if (!c) return wrong_usage("help: no command '%s'", in->rest[0]);
    printf("%s\n\n%c%s.\n", c->synopsis, c->summary[0] - 'a' + 'A', c->summary + 1);
    if (*c->text) printf("%s", c->text);
    return 0;
}

static bool takes(const Command *c, const char *option) { return strstr(c->options, option) != NULL; }

// Reads one option; false when the command does not know it.
static bool read_option(const Command *c, Invocation *in, const char *arg) {
    if (strcmp(arg, "-e") == 0 && takes(c, " e ")) return in->code = true;
    if (strcmp(arg, "-e") == 0 && takes(c, " all ")) return in->compile.all_errors = true;
    if (strcmp(arg, "-no-ffi") == 0 && takes(c, " lang ")) return in->compile.no_ffi = true;
    if (strcmp(arg, "-check-ffi") == 0 && c->run == cmd_run) return vm_check_ffi = true;
    if (strcmp(arg, "-plain-go") == 0 && takes(c, " lang ")) return in->compile.plain_go = true;
    if (strcmp(arg, "--opcodes") == 0 && takes(c, " opcodes ")) return in->opcodes = true;
    int minor = takes(c, " lang ") ? lang_option(arg) : 0;
    if (minor) in->compile.lang_minor = minor;
    return minor != 0;
}

static int dispatch(const Command *c, int argc, char **argv) {
    Invocation in = {0};
    int i = 0;
    for (; i < argc && argv[i][0] == '-' && argv[i][1] && !in.code; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) {
            in.rest = (char *[]){(char *)c->name};
            in.nrest = 1;
            return cmd_help(&in);
        }
        if (takes(c, " raw ")) break; // reads its words itself
        if (!read_option(c, &in, argv[i])) return wrong_usage("%s: unknown option %s", c->name, argv[i]);
    }
    in.rest = argv + i;
    in.nrest = argc - i;
    return c->run(&in);
}

// The compiler descends trees as deep as the parser lets them grow; sanitizers
// need much more stack for that than is usual.
static void raise_stack_limit(void) {
    struct rlimit r;
    const rlim_t want = 120 << 20; // what Linux leaves free below the stack
    if (getrlimit(RLIMIT_STACK, &r) != 0 || r.rlim_cur >= want) return;
    r.rlim_cur = r.rlim_max < want ? r.rlim_max : want;
    setrlimit(RLIMIT_STACK, &r);
}

static bool is_bare_word(const char *s) {
    for (; *s; s++)
        if (*s == '.' || *s == '/') return false;
    return true;
}

// "csp" alone: a prompt on a terminal, else what standard input holds is run.
static int run_without_arguments(void) {
    Invocation in = {0};
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) return run_prompt(&in, NULL);
    return dispatch(find_command("run"), 1, (char *[]){"-", NULL});
}

static int run_then_prompt(int argc, char **argv) {
    Invocation in = {0};
    if (argc != 1) return wrong_usage("-i: one file, please");
    return run_prompt(&in, argv[0]);
}

int main(int argc, char **argv) {
    raise_stack_limit();
    if (argc < 2) return run_without_arguments();
    const char *first = argv[1];
    if (strcmp(first, "-h") == 0 || strcmp(first, "--help") == 0) first = "help";
    if (strcmp(first, "--version") == 0) first = "version";
    if (strcmp(first, "-i") == 0) return run_then_prompt(argc - 2, argv + 2);
    const Command *c = find_command(first);
    if (c) return dispatch(c, argc - 2, argv + 2);
    if (is_bare_word(first) && first[0] != '-' && access(first, F_OK) != 0) return wrong_usage("no command or file '%s'", first);
    return dispatch(find_command("run"), argc - 1, argv + 1);
}
