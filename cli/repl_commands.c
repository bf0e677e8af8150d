// SPDX-License-Identifier: MIT
// repl_commands.c: the commands of the prompt, which begin with a colon. Their table
// is commands.def.
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/line.h"
#include "cli/repl_impl.h"
#include "compiler/session.h"
#include "runtime/sched.h"
#include "stdlib/stdlib.h"
#include "vm/disasm.h"

// --- commands

typedef struct Command {
    const char *name, *args, *help;
    void (*run)(const char *arg);
} Command;

static void cmd_quit(const char *arg) {
    (void)arg;
    repl.quit = true;
}

// The type of an expression; NULL: an error was printed.
static const char *type_of(const char *expr, SessionResult *r) {
    SessionInput in = {.name = "In", .text = expr, .len = strlen(expr), .only_expr = true};
    if (!session_compile(&in, r, repl.tty)) return NULL;
    return r->type;
}

static void cmd_type(const char *arg) {
    SessionResult r;
    const char *type = type_of(arg, &r);
    if (!type) return;
    repl_say("%s\n", type);
    session_reject(true);
}

void repl_describe(const char *arg, bool source) {
    if (!session_describe(arg, source, repl.tty)) repl_say("nothing is known of %s\n", arg);
    fflush(repl.tty);
}

static void cmd_doc(const char *arg) { repl_describe(arg, false); }
static void cmd_source(const char *arg) { repl_describe(arg, true); }
static void cmd_src(const char *arg) { repl_describe(arg, true); }

static void cmd_load(const char *arg) { repl_load(arg); }

static void cmd_reload(const char *arg) {
    (void)arg;
    repl_reload();
}

static void cmd_save(const char *arg) {
    size_t len = repl.saved.len;
    char *text = len ? session_format(repl.saved.at, len, &len) : NULL;
    FILE *f = fopen(arg, "w");
    if (!text) len = repl.saved.len;
    if (!f || fwrite(text ? text : repl.saved.at, 1, len, f) != len || fclose(f) != 0) repl_say("%s: %s\n", arg, strerror(errno));
    free(text);
}

// A new process is the one way to be sure that nothing is left.
static void cmd_reset(const char *arg) {
    (void)arg;
    repl_restore();
    execv("/proc/self/exe", (char *[]){"csp", NULL});
    repl_say("cannot start again: %s\n", strerror(errno));
}

static void cmd_time(const char *arg) { repl_measure_input(arg); }

static void cmd_bench(const char *arg) {
    SessionResult r;
    const char *type = type_of(arg, &r);
    if (!type) return;
    Text t = {0};
    const char *head = r.returns_nothing ? "func() { " : "func() { _ = ";
    text_add(&t, head, strlen(head));
    text_add(&t, arg, strlen(arg));
    text_add(&t, "\n}", 2);
    session_reject(true);
    repl_run_named("In", t.at, t.len, "Bench");
    free(t.at);
}

static void cmd_disasm(const char *arg) {
    struct Func *f = session_func(arg);
    if (f) disasm_func(repl.tty, NULL, f);
    else repl_say("no function %s\n", arg);
    fflush(repl.tty);
}

typedef struct NameList { const char *kind; SessionName *at; size_t n, cap; } NameList;

static void collect_name(void *ctx, const SessionName *n) {
    NameList *l = ctx;
    bool wanted = l->kind ? strcmp(n->kind, l->kind) == 0 : strcmp(n->kind, "package") != 0;
    if (!wanted) return;
    if (l->n == l->cap) l->at = repl_need(realloc(l->at, (l->cap = l->cap * 2 + 64) * sizeof *l->at));
    l->at[l->n++] = *n;
}

static int by_order(const void *a, const void *b) {
    const SessionName *x = a, *y = b;
    return x->order < y->order ? -1 : x->order > y->order;
}

// kind NULL: all but packages
static NameList names_of_kind(const char *kind) {
    NameList l = {.kind = kind};
    session_each_name(collect_name, &l);
    qsort(l.at, l.n, sizeof *l.at, by_order);
    return l;
}

static void list_names(const char *kind) {
    NameList l = names_of_kind(kind);
    for (size_t i = 0; i < l.n; i++) repl_say("%s%-7s%s %s %s\n", repl_dim(), l.at[i].kind, repl_plain(), l.at[i].name, l.at[i].type);
    free(l.at);
}

static void cmd_vars(const char *arg) {
    (void)arg;
    list_names(NULL);
}

static void cmd_funcs(const char *arg) {
    (void)arg;
    list_names("func");
}

static void cmd_types(const char *arg) {
    (void)arg;
    list_names("type");
}

static void cmd_imports(const char *arg) {
    (void)arg;
    list_names("package");
}

static void print_input(int number, const char *text) {
    int line = 1;
    repl_say("%sIn[%d]%s\n", repl_dim(), number, repl_plain());
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = strchrnul(text, '\n');
        repl_say("%4d  %.*s\n", line++, (int)(end - text), text);
    }
}

enum { LISTED = 20 };

static void cmd_list(const char *arg) {
    int only = atoi(arg + (strncmp(arg, "In[", 3) == 0 ? 3 : 0)), first = only > 0 ? only : repl.number - LISTED + 1;
    if (*arg && only <= 0) {
        repl_say("%s is no number of an input\n", arg);
        return;
    }
    for (int n = first > 0 ? first : 1; n <= (only > 0 ? only : repl.number); n++) {
        const char *text = repl_input_text(n);
        if (text) print_input(n, text);
        else if (only > 0) repl_say("In[%d] is no longer kept\n", n);
    }
    if (only > repl.number) repl_say("there is no In[%d] yet\n", only);
}

static void cmd_history(const char *arg) {
    char *pattern = repl_need(strdup(*arg == '/' ? arg + 1 : arg));
    size_t n = strlen(pattern);
    regex_t rx;
    if (*arg == '/' && n && pattern[n - 1] == '/') pattern[n - 1] = 0;
    int wrong = regcomp(&rx, pattern, REG_EXTENDED | REG_NOSUB);
    free(pattern);
    if (wrong) {
        char message[128];
        regerror(wrong, &rx, message, sizeof message);
        repl_say("%s: %s\n", arg, message);
        return;
    }
    const char *text;
    for (int i = 0; (text = line_history_at(i)); i++)
        if (regexec(&rx, text, 0, NULL, 0) == 0) repl_say("%s\n", text);
    regfree(&rx);
}

// "12ms", "3s", "2m05s", "3h07m", "2d04h"
static int age_text(int64_t ns, char *buf, size_t size) {
    long long s = ns / 1000000000;
    if (s < 1) return snprintf(buf, size, "%lldms", (long long)(ns / 1000000));
    if (s < 60) return snprintf(buf, size, "%llds", s);
    if (s < 3600) return snprintf(buf, size, "%lldm%02llds", s / 60, s % 60);
    if (s < 86400) return snprintf(buf, size, "%lldh%02lldm", s / 3600, s / 60 % 60);
    return snprintf(buf, size, "%lldd%02lldh", s / 86400, s / 3600 % 24);
}

enum { PLACE_COLUMN = 36 };

static void print_goroutine(void *ctx, const LiveGoroutine *g) {
    if (repl_is_own(g)) return;
    Text *t = ctx;
    size_t begin = t->len;
    char buf[512];
    int n = snprintf(buf, sizeof buf, "g%-4lld %s", (long long)g->id, g->state);
    text_add(t, buf, (size_t)n);
    repl_add_chans(t, g);
    if (g->waited_ns) {
        text_add(t, ", ", 2);
        text_add(t, buf, (size_t)age_text(g->waited_ns, buf, sizeof buf));
    }
    int width = (int)(t->len - begin);
    n = snprintf(buf, sizeof buf, "%*s  %.*s (%.*s:%u)%s%s\n", width < PLACE_COLUMN ? PLACE_COLUMN - width : 0, "", (int)g->function.len, g->function.ptr, (int)g->file.len, g->file.ptr, g->line, *g->label ? "  process " : "", g->label);
    text_add(t, buf, (size_t)n);
}

static void cmd_goroutines(const char *arg) {
    (void)arg;
    Text t = {0};
    text_add(&t, "", 0);
    live_each(print_goroutine, &t);
    repl_say("%s", t.len ? t.at : "no goroutines\n");
    free(t.at);
}

static void cmd_chan(const char *arg) { repl_run_named("In", arg, strlen(arg), "Chan"); }
static bool is_chan(const char *type) { return strncmp(type, "chan", 4) == 0 || strncmp(type, "<-chan", 6) == 0; }

// All channels that variables hold. The inputs that look at them take the names
// away, hence the copies.
static void cmd_chans(const char *arg) {
    (void)arg;
    NameList l = names_of_kind("var");
    Text chans = {0};
    for (size_t i = 0; i < l.n; i++)
        if (is_chan(l.at[i].type)) text_add(&chans, l.at[i].name, strlen(l.at[i].name) + 1);
    free(l.at);
    for (const char *name = chans.at; name && name < chans.at + chans.len; name += strlen(name) + 1) {
        repl_say("%s: ", name);
        repl_run_named("In", name, strlen(name), "Chan");
    }
    free(chans.at);
}

static void cmd_watch(const char *arg) { repl_run_named("In", arg, strlen(arg), "Watch"); }

static void cmd_more(const char *arg) {
    (void)arg;
    repl_run_named("In", "true", 4, "More");
}

static bool goroutine_number(const char *arg, int64_t *id) {
    char *end;
    *id = strtoll(arg + (*arg == 'g'), &end, 10);
    if (*id > 0 && *end == 0) return true;
    repl_say("%s is no number of a goroutine; see :goroutines\n", arg);
    return false;
}

static void cmd_trace(const char *arg) {
    int64_t id;
    if (!*arg) {
        repl_show_latest_trace();
        return;
    }
    if (!goroutine_number(arg, &id)) return;
    if (!live_traceback(id, repl.tty)) repl_say("no goroutine g%lld\n", (long long)id);
    fflush(repl.tty);
}

static void cmd_kill(const char *arg) {
    int64_t id;
    if (!goroutine_number(arg, &id)) return;
    for (int i = 0; i < INTERRUPT_TRIES; i++) {
        LiveInterrupt answer = live_interrupt(id, true, NULL);
        if (answer == LIVE_UNKNOWN && i == 0) repl_say("no goroutine g%lld\n", (long long)id);
        if (answer == LIVE_UNKNOWN) return;
        if (answer == LIVE_CANNOT && i > 10) break;
        poll(NULL, 0, 5);
    }
    repl_say("g%lld is in a system or C call; it cannot be ended there\n", (long long)id);
}

// Waits until the background is at rest: all goroutines have ended or wait for
// one another.
static void cmd_wait(const char *arg) {
    (void)arg;
    char *buf = repl_need(malloc(READ_MAX));
    while (!sched_asleep() && !repl.interrupted) {
        struct pollfd fds[2] = {{repl.output, POLLIN, 0}, {repl.wake[0], POLLIN, 0}};
        poll(fds, 2, 100);
        if (fds[1].revents) repl_drain_wake();
        ssize_t n = fds[0].revents ? repl_read_output(buf) : 0;
        if (n > 0) repl_pass_on_output(buf, (size_t)n);
    }
    repl.interrupted = 0;
    free(buf);
    repl_drain_output();
    repl_end_line();
}

static int run_program(char *const *argv) {
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fileno(repl.tty), STDOUT_FILENO);
        dup2(fileno(repl.tty), STDERR_FILENO);
        signal(SIGINT, SIG_DFL);
        execvp(argv[0], argv);
        _exit(127);
    }
    int status = -1;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    repl.interrupted = 0;
    return status;
}

static void shell(const char *command) { run_program((char *[]){"sh", "-c", (char *)(uintptr_t)command, NULL}); }

// The text of what arg names, or of the latest input.
static char *text_to_edit(const char *arg) {
    if (!*arg) return repl_need(strdup(repl.last ? repl.last : ""));
    char *text = NULL;
    size_t n = 0;
    FILE *f = repl_need(open_memstream(&text, &n));
    session_describe(arg, true, f);
    fclose(f);
    return text;
}

// Has the user's editor change text; then the next prompt begins with it.
void repl_edit(const char *text) {
    const char *dir = getenv("TMPDIR");
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/csp-edit-XXXXXX.csp", dir && *dir ? dir : P_tmpdir);
    int fd = mkstemps(path, 4);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f) {
        repl_say("cannot make a file to edit: %s\n", strerror(errno));
        return;
    }
    fputs(text, f);
    fclose(f);
    const char *editor = getenv("VISUAL");
    if (!editor || !*editor) editor = getenv("EDITOR");
    Text command = {0};
    if (!editor || !*editor) editor = "vi";
    text_add(&command, editor, strlen(editor));
    text_add(&command, " ", 1);
    text_add(&command, path, strlen(path));
    shell(command.at);
    free(command.at);
    free(repl.editing);
    repl.editing = repl_read_whole(path);
    if (repl.editing) { // without the last line end, which Enter makes
        size_t n = strlen(repl.editing);
        while (n && repl.editing[n - 1] == '\n') repl.editing[--n] = 0;
    }
    unlink(path);
}

static void cmd_edit(const char *arg) {
    char *text = text_to_edit(arg);
    repl_edit(text);
    free(text);
}

static void set_color(bool on) {
    repl.color = on;
    stdlib_repl_color = on;
    session_set_color(on);
    line_set_color(on);
}

static void cmd_set(const char *arg) {
    char first[64], next[64];
    if (strcmp(arg, "color on") == 0) set_color(true);
    else if (strcmp(arg, "color off") == 0) set_color(false);
    else if (sscanf(arg, "prompt \"%63[^\"]\" \"%63[^\"]\"", first, next) == 2) line_set_prompt(first, next);
    else if (sscanf(arg, "prompt \"%63[^\"]\"", first) == 1) line_set_prompt(first, "...> ");
    else repl_say(":set color on|off\n:set prompt \"FIRST\" \"NEXT\"\n");
}

static void cmd_help(const char *arg);

static const Command commands[] = {
#define COMMAND(name, args, help) {#name, args, help, cmd_##name},
#include "cli/commands.def"
#undef COMMAND
};

enum { NCOMMANDS = sizeof commands / sizeof *commands };

static void cmd_help(const char *arg) {
    (void)arg;
    repl_say("Statements and declarations run; the value of an expression is shown, and is\n"
        "then called it or _. Packages of the library need no import. Ctrl-C interrupts\n"
        "the input, Tab completes (twice: with types), Alt-Enter runs an input that looks\n"
        "unfinished, Ctrl-R searches the history.\n\n");
    for (int i = 0; i < NCOMMANDS; i++) repl_say("  :%-11s%-8s %s\n", commands[i].name, commands[i].args, commands[i].help);
    repl_say("  :!%-18s run a command of the shell\n", "COMMAND");
}

// The one command that begins with the word, or whose name it is.
static const Command *find_command(const char *word, size_t n) {
    const Command *found = NULL;
    for (int i = 0; i < NCOMMANDS; i++) {
        if (strncmp(commands[i].name, word, n) != 0) continue;
        if (strlen(commands[i].name) == n) return &commands[i];
        if (found) return NULL;
        found = &commands[i];
    }
    return found;
}

void repl_run_command(const char *line) {
    line = repl_skip_blanks(line) + 1;
    if (*line == '!') {
        shell(line + 1);
        return;
    }
    size_t n = strcspn(line, " \t\n");
    const Command *c = n ? find_command(line, n) : NULL;
    if (!c) {
        repl_say("no command :%.*s; see :help\n", (int)n, line);
        return;
    }
    char *arg = repl_need(strdup(repl_skip_blanks(line + n)));
    size_t len = strlen(arg);
    while (len && isspace((unsigned char)arg[len - 1])) arg[--len] = 0;
    if (!len && isupper((unsigned char)c->args[0])) repl_say("usage: :%s %s\n", c->name, c->args);
    else c->run(arg);
    free(arg);
}

const char *repl_command_name(int i, const char **help) {
    if (i >= NCOMMANDS) return NULL;
    *help = commands[i].help;
    return commands[i].name;
}
