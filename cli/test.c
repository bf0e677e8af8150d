// SPDX-License-Identifier: MIT
// test.c: the command "csp test": which packages, a process for each, reports.
//
// A package is compiled and run in a child process that is forked from this
// one, so the library is mapped once and options need no words. What a child
// prints comes through a pipe and is shown in the order of the packages, that
// of the first unfinished one at once when all is to be seen. A child that is
// alone has the command's own output.
#define _GNU_SOURCE
#include "cli/test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/test_json.h"
#include "stdlib/stdlib.h"
#include "vm/vm.h"

enum { TEST_FAILED = 1, TEST_USAGE = 2 };
enum { DEFAULT_LIMIT_S = 600, PATIENCE_S = 60, KILL_S = 5 }; // after its time limit a child is asked for a report, then killed

typedef enum Stage { COMPILING, BAD_SOURCE, WITHOUT_TESTS, RUNNING } Stage;

typedef struct Job { // a package, or files
    const char *dir;      // NULL: files
    Files files;
    const char *path;     // as shown
    volatile int *stage;  // Stage, shared with the child
    pid_t pid;            // 0: not begun, or gone
    int fd;               // its output; -1: closed, or the command's own
    char *text;           // what it printed and nobody has seen yet
    size_t len, cap;
    bool said;            // it printed something through its pipe
    bool done;
    int status;           // as of waitpid, valid when done
    int killed;           // signals sent because it did not end
    double began, ended;  // seconds
} Job;

typedef struct Test {
    CompileOptions *compile;
    Job *jobs;
    int njobs;
    char **args;     // of each child: name, flags, arguments
    int nargs;
    bool local;      // nothing was named: the package here, whose output goes straight out
    bool show_all;   // output of tests that passed is shown, too
    bool bench, json;
    int at_once;     // children at the same time
    double timeout;  // seconds; 0: none
    TestJson events; // of the job whose output is shown
    bool failed;
} Test;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int wrong_usage(const char *what, const char *arg) {
    fprintf(stderr, "csp: test: %s %s\nTry 'csp help test'.\n", what, arg);
    return TEST_USAGE;
}

// --- flags

typedef enum FlagKind { SWITCH, VALUE } FlagKind;

// Those of the tests, which go to them as -test.NAME.
static const struct { const char *name; FlagKind kind; } flags[] = {
    {"v", SWITCH}, {"short", SWITCH}, {"benchmem", SWITCH}, {"failfast", SWITCH}, {"fullpath", SWITCH},
    {"run", VALUE}, {"skip", VALUE}, {"bench", VALUE}, {"benchtime", VALUE}, {"count", VALUE}, {"timeout", VALUE},
    {"parallel", VALUE}, {"cpu", VALUE}, {"list", VALUE}, {"shuffle", VALUE}, {"leaks", VALUE}, {"fuzz", VALUE},
};

static void add_arg(Test *t, const char *text) {
    t->args = files_must(realloc(t->args, (size_t)(t->nargs + 2) * sizeof *t->args));
    t->args[t->nargs++] = files_must(strdup(text));
    t->args[t->nargs] = NULL;
}

static void add_flag(Test *t, const char *name, const char *value) {
    char *text;
    if (asprintf(&text, "-test.%s=%s", name, value) < 0) files_must(NULL);
    add_arg(t, text);
    free(text);
}

// "1m30s" in seconds; < 0: no duration.
static double duration(const char *s) {
    static const struct { const char *unit; double seconds; } units[] = {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}};
    double sum = 0;
    if (strcmp(s, "0") == 0) return 0;
    while (*s) {
        char *end;
        double n = strtod(s, &end);
        if (end == s || n < 0) return -1;
        size_t len = strcspn(end, "0123456789."), i = 0;
        while (i < sizeof units / sizeof *units && (strlen(units[i].unit) != len || memcmp(units[i].unit, end, len) != 0)) i++;
        if (i == sizeof units / sizeof *units) return -1;
        sum += n * units[i].seconds;
        s = end + len;
    }
    return sum;
}

static bool is_true(const char *s) { return strcmp(s, "false") != 0 && strcmp(s, "0") != 0 && strcmp(s, "f") != 0; }

// What a flag of the tests means for the command as well.
static int note_flag(Test *t, const char *name, const char *value) {
    if (strcmp(name, "v") == 0) t->show_all |= is_true(value);
    if (strcmp(name, "list") == 0) t->show_all = true;
    if (strcmp(name, "bench") == 0) t->bench = true;
    if (strcmp(name, "fuzz") == 0) return wrong_usage("-fuzz:", "inputs are not made up; -run runs the seeds of fuzz tests");
    if (strcmp(name, "timeout") != 0) return 0;
    t->timeout = duration(value);
    return t->timeout < 0 ? wrong_usage("-timeout: not a duration:", value) : 0;
}

// A flag of the command itself; false: it is none.
static bool own_flag(Test *t, const char *name, const char *value) {
    int minor;
    char end;
    if (strcmp(name, "json") == 0 && !value) return t->json = true;
    if (strcmp(name, "no-ffi") == 0 && !value) return t->compile->no_ffi = true;
    if (strcmp(name, "plain-go") == 0 && !value) return t->compile->plain_go = true;
    if (strcmp(name, "lang") == 0 && value && sscanf(value, "go1.%d%c", &minor, &end) == 1 && minor > 0 && minor <= 99) return (t->compile->lang_minor = minor) != 0;
    return false;
}

static bool number_flag(const char *name, const char *value, int *n) {
    char end;
    return strcmp(name, "p") == 0 && value && sscanf(value, "%d%c", n, &end) == 1 && *n > 0;
}

// Reads words[*i], and its value behind it. 0, or an exit status.
static int take_flag(Test *t, char **words, int nwords, int *i) {
    const char *word = words[*i];
    char *name = files_must(strdup(word + 1 + (word[1] == '-'))), *value = strchr(name, '=');
    if (value) *value++ = 0;
    const char *bare = strncmp(name, "test.", 5) == 0 ? name + 5 : name;
    if (own_flag(t, name, value)) return 0;
    bool takes_value = strcmp(name, "p") == 0;
    size_t k = 0;
    while (k < sizeof flags / sizeof *flags && strcmp(flags[k].name, bare) != 0) k++;
    bool known = k < sizeof flags / sizeof *flags;
    takes_value |= known && flags[k].kind == VALUE;
    if (takes_value && !value) {
        if (*i + 1 == nwords) return wrong_usage("a value is missing behind", word);
        value = words[++*i];
    }
    if (number_flag(name, value, &t->at_once)) return 0;
    if (!known) {
        add_arg(t, word); // of the tests' own
        return 0;
    }
    if (!value) value = "true"; // a switch
    add_flag(t, bare, value);
    return note_flag(t, bare, value);
}

// --- packages

static Job *add_job(Test *t) {
    t->jobs = files_must(realloc(t->jobs, (size_t)(t->njobs + 1) * sizeof *t->jobs));
    Job *j = &t->jobs[t->njobs++];
    *j = (Job){.fd = -1};
    return j;
}

static int add_folder(Test *t, const char *dir) {
    Files files = {0};
    int status = files_add_folder(&files, dir, true);
    if (status) return status;
    Job *j = add_job(t);
    j->dir = dir;
    j->files = files;
    j->path = compile_tested_path(dir);
    return 0;
}

static int add_below(Test *t, const char *pattern) {
    char *dir = files_must(strndup(pattern, strlen(pattern) - 3));
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/') dir[--n] = 0;
    struct stat st;
    const char *top = n ? dir : ".";
    if (stat(top, &st) != 0 || !S_ISDIR(st.st_mode)) {
        const char *folder = compile_folder_for(top);
        if (!folder) return files_bad(pattern, strerror(ENOENT));
        top = folder;
    }
    Files folders = {0};
    files_find_folders(&folders, top, true, true);
    if (!folders.len) return files_bad(pattern, "no .csp or .go files in or below this directory");
    int status = 0;
    for (int i = 0; i < folders.len && status == 0; i++) status = add_folder(t, folders.at[i]);
    return status;
}

static int add_package(Test *t, char *arg) {
    struct stat st;
    if (files_ends_with(arg, "...")) return add_below(t, arg);
    if (stat(arg, &st) == 0 && S_ISDIR(st.st_mode)) {
        size_t n = strlen(arg);
        while (n > 1 && arg[n - 1] == '/') arg[--n] = 0;
        return add_folder(t, arg);
    }
    const char *folder = compile_folder_for(arg);
    return folder ? add_folder(t, folder) : files_bad(arg, "no such directory or package");
}

static bool names_file(const char *arg) { return files_ends_with(arg, ".go") || files_ends_with(arg, ".csp"); }

static int add_words(Test *t, Files *words) {
    if (!words->len) {
        t->local = true;
        return add_folder(t, ".");
    }
    bool files = names_file(words->at[0]);
    if (files) add_job(t)->path = "command-line-arguments";
    for (int i = 0; i < words->len; i++) {
        if (files && !names_file(words->at[i])) return wrong_usage("named files must be .go or .csp files:", words->at[i]);
        int status = files ? files_add_path(&t->jobs[0].files, words->at[i]) : add_package(t, words->at[i]);
        if (status) return status;
    }
    return 0;
}

// --- the signal of children that end

static void on_child(int sig) { (void)sig; } // the wait returns

// SIGCHLD interrupts only the wait in ppoll, so none is missed.
static void watch_children(void) {
    struct sigaction sa = {.sa_handler = on_child};
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigaction(SIGCHLD, &sa, NULL);
    sigprocmask(SIG_BLOCK, &child, NULL);
}

// In a child, whose own children are the program's business.
static void ignore_children(void) {
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &child, NULL);
}

// --- a child

static void go_to_folder(const Job *j) {
    char *dir = files_must(strdup(j->dir ? j->dir : j->files.at[0])), *slash = strrchr(dir, '/');
    if (!j->dir && !slash) return;
    if (!j->dir) slash[slash == dir] = 0;
    if (chdir(dir) != 0) exit(files_bad(dir, strerror(errno)));
}

// The child's life: compiles the package and runs its tests.
static _Noreturn void live(Test *t, Job *j) {
    CompileOptions o = *t->compile;
    o.files = (const char *const *)j->files.at;
    o.nfiles = j->files.len;
    o.dir = j->dir;
    int nerrors;
    const Program *prog = compile_tests(&o, j->path, &nerrors);
    if (!prog) {
        *j->stage = nerrors ? BAD_SOURCE : WITHOUT_TESTS;
        exit(nerrors ? 1 : 0);
    }
    *j->stage = RUNNING;
    dup2(STDOUT_FILENO, STDERR_FILENO); // both are what the tests say; messages of the compiler are not
    go_to_folder(j);
    const char *slash = strrchr(j->path, '/');
    char *name;
    if (asprintf(&name, "%s.test", slash ? slash + 1 : j->path) < 0) files_must(NULL);
    t->args[0] = name;
    uint32_t natives;
    const NativeFn *table = stdlib_native_table(&natives);
    stdlib_set_args(t->nargs, t->args);
    vm_set_natives(table, natives);
    vm_run(prog, 0);
}

// Alone, a package's tests write where the command does.
static bool has_pipe(const Test *t) { return t->json || !(t->local || (t->njobs == 1 && (t->show_all || t->bench))); }

static void begin_job(Test *t, Job *j) {
    int ends[2];
    if (has_pipe(t) && pipe2(ends, O_CLOEXEC) != 0) exit(files_bad("pipe", strerror(errno)));
    fflush(stdout);
    fflush(stderr);
    j->began = now();
    j->pid = fork();
    if (j->pid < 0) exit(files_bad("fork", strerror(errno)));
    if (j->pid == 0) {
        if (has_pipe(t)) {
            dup2(ends[1], STDOUT_FILENO);
            dup2(ends[1], STDERR_FILENO);
        }
        ignore_children();
        live(t, j);
    }
    if (!has_pipe(t)) return;
    close(ends[1]);
    j->fd = ends[0];
}

// --- what is shown

// Events are of one package after the other.
static void begin_events(Test *t, const Job *j) {
    if (t->json) test_json_begin(&t->events, j->path);
}

static void print_text(Job *j, FILE *to) {
    if (j->len) fwrite(j->text, 1, j->len, to); // without any, text may be NULL
    j->len = 0;
}

static void show_text(Test *t, Job *j) {
    if (t->json) {
        test_json_write(&t->events, j->text, j->len);
        j->len = 0;
    } else {
        print_text(j, stdout);
        fflush(stdout);
    }
}

static void show_line(Test *t, const char *line) {
    if (t->json) test_json_event(&t->events, "output", line, -1);
    else fputs(line, stdout);
}

static bool has_line(const Job *j, const char *begin) {
    size_t n = strlen(begin);
    for (const char *p = j->text, *end = j->text + j->len; p && (size_t)(end - p) >= n; p = memchr(p, '\n', (size_t)(end - p)), p = p ? p + 1 : p)
        if (memcmp(p, begin, n) == 0) return true;
    return false;
}

static const char *seconds_of(const Job *j, char *buf, size_t size) {
    snprintf(buf, size, "%.3fs", j->ended - j->began);
    return buf;
}

static const char *show_failure(Test *t, Job *j, char *line, size_t size) {
    char took[32];
    bool told = !t->local && !t->bench && (j->said || !has_pipe(t)); // why, by the tests
    show_text(t, j);
    if (WIFSIGNALED(j->status)) snprintf(line, size, "signal: %s\n", strsignal(WTERMSIG(j->status)));
    else snprintf(line, size, "exit status %d\n", WEXITSTATUS(j->status));
    if (!told || WIFSIGNALED(j->status)) show_line(t, line);
    snprintf(line, size, "FAIL\t%s\t%s\n", j->path, seconds_of(j, took, sizeof took));
    return "fail";
}

static const char *show_success(Test *t, Job *j, char *line, size_t size) {
    char took[32];
    bool none = has_line(j, "testing: warning: no tests to run");
    if (t->show_all || t->json || t->bench || t->local || has_line(j, "--- LEAK: ")) show_text(t, j);
    snprintf(line, size, "ok  \t%s\t%s%s\n", j->path, seconds_of(j, took, sizeof took), none ? " [no tests to run]" : "");
    return "pass";
}

// The last lines about a package, after what its tests printed.
static void show_end(Test *t, Job *j) {
    char line[4352];
    const char *action = "skip";
    switch ((Stage)*j->stage) {
    case COMPILING: // it was killed, or crashed
    case BAD_SOURCE:
        print_text(j, stderr);
        snprintf(line, sizeof line, "FAIL\t%s [build failed]\n", j->path);
        action = "fail";
        break;
    case WITHOUT_TESTS: snprintf(line, sizeof line, "?   \t%s\t[no test files]\n", j->path); break;
    case RUNNING: action = j->status == 0 ? show_success(t, j, line, sizeof line) : show_failure(t, j, line, sizeof line); break;
    }
    t->failed |= strcmp(action, "fail") == 0;
    show_line(t, line);
    if (t->json) {
        test_json_end(&t->events);
        test_json_event(&t->events, action, NULL, j->ended - j->began);
    }
    fflush(stdout);
}

// --- waiting

static void read_output(Job *j) {
    if (j->len + 4096 > j->cap) j->text = files_must(realloc(j->text, j->cap = (j->cap + 4096) * 2));
    ssize_t n = read(j->fd, j->text + j->len, j->cap - j->len);
    if (n > 0) {
        j->len += (size_t)n;
        j->said = true;
    }
    if (n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN))) return;
    close(j->fd);
    j->fd = -1;
}

// A child that has ended may have left others behind that hold its output: what
// is there is read, and no more waited for.
static void read_rest(Job *j) {
    if (j->fd < 0) return;
    fcntl(j->fd, F_SETFL, O_NONBLOCK);
    for (struct pollfd p = {j->fd, POLLIN, 0}; j->fd >= 0 && poll(&p, 1, 0) > 0;) read_output(j);
    if (j->fd >= 0) close(j->fd);
    j->fd = -1;
}

static void look_after(Test *t, Job *j) {
    if (j->done || !j->pid) return;
    if (waitpid(j->pid, &j->status, WNOHANG) == j->pid) {
        j->ended = now();
        read_rest(j);
        j->done = true;
        return;
    }
    double late = t->timeout > 0 ? now() - j->began - t->timeout - PATIENCE_S : -1;
    if (late < 0 || j->killed > (late > KILL_S)) return;
    kill(j->pid, j->killed++ ? SIGKILL : SIGQUIT);
}

// Waits until a child says something or ends.
static void wait_for_news(Test *t, int first, int begun) {
    struct pollfd *fds = files_must(calloc((size_t)(begun - first) + 1, sizeof *fds));
    nfds_t n = 0;
    int at[begun - first + 1];
    for (int i = first; i < begun; i++)
        if (t->jobs[i].fd >= 0) {
            fds[n] = (struct pollfd){t->jobs[i].fd, POLLIN, 0};
            at[n++] = i;
        }
    sigset_t none;
    sigemptyset(&none);
    struct timespec second = {1, 0};
    if (ppoll(fds, n, &second, &none) > 0)
        for (nfds_t i = 0; i < n; i++)
            if (fds[i].revents) read_output(&t->jobs[at[i]]);
    free(fds);
    for (int i = first; i < begun; i++) look_after(t, &t->jobs[i]);
}

static int running_jobs(const Test *t, int begun) {
    int n = 0;
    for (int i = 0; i < begun; i++) n += !t->jobs[i].done;
    return n;
}

static void run_jobs(Test *t) {
    int first = 0, begun = 0; // first: whose output is shown
    while (first < t->njobs) {
        while (begun < t->njobs && running_jobs(t, begun) < t->at_once) begin_job(t, &t->jobs[begun++]);
        Job *j = &t->jobs[first];
        if (t->json && !t->events.package) begin_events(t, j);
        if (!j->done) wait_for_news(t, first, begun);
        if (*j->stage == RUNNING && (t->json || (t->show_all && j->len))) show_text(t, j);
        if (!j->done) continue;
        show_end(t, j);
        t->events = (TestJson){0};
        free(j->text);
        first++;
    }
}

// --- the command

static void share_stages(Test *t) {
    int *stages = mmap(NULL, (size_t)t->njobs * sizeof *stages, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (stages == MAP_FAILED) files_must(NULL);
    for (int i = 0; i < t->njobs; i++) t->jobs[i].stage = &stages[i];
}

static int read_words(Test *t, int nwords, char **words) {
    Files named = {0};
    int status = 0, i = 0;
    add_arg(t, ""); // the name
    for (; i < nwords && status == 0; i++) {
        if (strcmp(words[i], "-args") == 0 || strcmp(words[i], "--args") == 0) break;
        if (words[i][0] == '-' && words[i][1]) status = take_flag(t, words, nwords, &i);
        else files_add(&named, words[i]);
    }
    if (status) return status;
    if (t->json) add_flag(t, "v", "test2json");
    if (t->timeout == DEFAULT_LIMIT_S) add_flag(t, "timeout", "10m");
    for (i++; i < nwords; i++) add_arg(t, words[i]);
    return add_words(t, &named);
}

int test_run(CompileOptions *o, int nwords, char **words) {
    Test t = {.compile = o, .timeout = DEFAULT_LIMIT_S, .at_once = (int)sysconf(_SC_NPROCESSORS_ONLN)};
    int status = read_words(&t, nwords, words);
    if (status) return status;
    if (t.bench || t.at_once < 1) t.at_once = 1;
    share_stages(&t);
    watch_children();
    run_jobs(&t);
    if (t.failed && !t.local && !t.json) puts("FAIL");
    return t.failed ? TEST_FAILED : 0;
}
