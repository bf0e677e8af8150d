// SPDX-License-Identifier: MIT
// main.c: the command csp: what is asked for, which files, how it ends.
//
// Commands stand in one table, which dispatch and help both read. A first
// argument that is no command is a file or directory to run, so that
// "csp FILE" and "#!/usr/bin/env csp" need no word between.
// Exit: 0; 1 the source has errors or cannot be read; 2 wrong usage, panic or
// fatal error; else what the program said with os.Exit.
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/fmt.h"
#include "cli/library.h"
#include "cli/repl.h"
#include "cli/test.h"
#include "compiler/compile.h"
#include "compiler/doc.h"
#include "stdlib/stdlib.h"
#include "vm/disasm.h"
#include "vm/vm.h"

enum { EXIT_SOURCE = 1, EXIT_USAGE = 2 };

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

// Standard input as source text, for "csp -".
static char *read_stdin(size_t *len) {
    size_t cap = 1 << 16;
    char *buf = files_must(malloc(cap));
    *len = 0;
    for (size_t n; (n = fread(buf + *len, 1, cap - *len, stdin)) > 0;) {
        *len += n;
        if (*len > FILES_MOST_BYTES) {
            files_bad("standard input", "too large (limit is 64 MB)");
            return NULL;
        }
        if (*len == cap) buf = files_must(realloc(buf, cap *= 2));
    }
    if (!ferror(stdin)) return buf;
    files_bad("standard input", strerror(errno));
    return NULL;
}

// --- options shared by the commands

typedef struct Invocation {
    CompileOptions compile;
    char **rest; // arguments behind the options
    int nrest;
    bool code;    // -e: the next argument is the program, not a file
    bool opcodes; // disasm --opcodes
    bool list, diff, write; // fmt -l -d -w
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
    int status = files_add_path(&files, in->rest[0]);
    struct stat st;
    if (stat(in->rest[0], &st) == 0 && S_ISDIR(st.st_mode)) in->compile.dir = in->rest[0];
    if (files_ends_with(in->rest[0], ".go"))
        for (; status == 0 && *nused < in->nrest && files_ends_with(in->rest[*nused], ".go"); ++*nused)
            status = files_add_path(&files, in->rest[*nused]);
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

// "DIR/..." and folders into folders, the rest into files.
static int check_argument(Files *files, Files *folders, char *arg) {
    struct stat st;
    if (files_ends_with(arg, "...")) {
        char *dir = strndup(arg, strlen(arg) - 3);
        size_t n = strlen(files_must(dir));
        while (n > 1 && dir[n - 1] == '/') dir[--n] = 0;
        if (stat(n ? dir : ".", &st) != 0) return files_bad(arg, strerror(errno));
        int before = folders->len;
        files_find_folders(folders, n ? dir : ".", true, false);
        return folders->len > before ? 0 : files_bad(arg, "no .csp or .go files in or below this directory");
    }
    if (stat(arg, &st) != 0 || !S_ISDIR(st.st_mode)) return files_add_path(files, arg);
    Files inside = {0};
    int status = files_add_folder(&inside, arg, false);
    if (status == 0) files_add(folders, arg);
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
    const char **flags = files_must(calloc((size_t)in->nrest + 1, sizeof *flags));
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

// Its words are its own, and those of the tests.
static int cmd_test(Invocation *in) {
    prepare_compiler(in);
    return test_run(&in->compile, in->nrest, in->rest);
}

static int cmd_fmt(Invocation *in) {
    FmtOptions o = {.color = use_color(), .list = in->list, .diff = in->diff, .write = in->write, .all_errors = in->compile.all_errors};
    return fmt_run(&o, in->nrest, in->rest);
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
    {"fmt", "csp fmt [-l] [-d] [-w] [-e] [FILE|DIR...]", "give source files their canonical form",
     "Prints the result, which for a Go file is that of gofmt. Of folders, all .go and\n"
     ".csp files in and below them; without a name, standard input.\n"
     "Options:\n"
     "  -l             list the files that would change, instead\n"
     "  -d             print what would change, instead\n"
     "  -w             write the result to the file, instead\n"
     "  -e             print all errors, not only ten a file\n",
     cmd_fmt, " all fmt "},
    {"test", "csp test [FLAG...] [DIR|DIR/...|PACKAGE|FILE...] [-args ARG...]", "run tests, benchmarks and examples",
     "Of each package the tests of its files NAME_test.go and NAME_test.csp are run,\n"
     "or those of FILE..., which are one package; . is meant when nothing is named.\n"
     "Options:\n"
     "  -run REGEXP      run only tests, examples and fuzz seeds of that name;\n"
     "                   a / in it goes on with subtests\n"
     "  -skip REGEXP     leave those of that name out\n"
     "  -bench REGEXP    run benchmarks, too: . all of them\n"
     "  -benchtime T     run each for so long (1s), or so many rounds (100x)\n"
     "  -benchmem        print what they allocate\n"
     "  -v               tell about each test\n"
     "  -short           ask tests to be short\n"
     "  -count N         run everything N times\n"
     "  -cpu 1,2,4       run everything with so many processors\n"
     "  -parallel N      run at most N parallel tests at the same time\n"
     "  -p N             test at most N packages at the same time\n"
     "  -timeout T       end a package's tests after that time (10m; 0: never)\n"
     "  -failfast        begin no test after one has failed\n"
     "  -shuffle on|N    run in a random order, that of seed N\n"
     "  -leaks MODE      of goroutines that a test leaves behind: warn, fail or off\n"
     "  -list REGEXP     print names instead\n"
     "  -json            print events as lines of JSON\n"
     "  -fullpath        print whole names of files\n"
     "  -lang=go1.N      use the language rules of that Go release\n"
     "  -no-ffi, -plain-go as for 'csp run'\n"
     "  -args ARG...     what follows is the tests' own\n",
     cmd_test, " raw "},
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
    if (strcmp(arg, "-l") == 0 && takes(c, " fmt ")) return in->list = true;
    if (strcmp(arg, "-d") == 0 && takes(c, " fmt ")) return in->diff = true;
    if (strcmp(arg, "-w") == 0 && takes(c, " fmt ")) return in->write = true;
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
