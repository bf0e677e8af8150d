// SPDX-License-Identifier: MIT
// ffi_fault.c: reports of faults inside of C functions.
//
// A program that calls C can be hit by signals that csp code alone never
// raises. The report names the C function and shows the goroutine that called
// it; the process ends with status 2. The handler runs on a stack of its own,
// so that a C function that used up the thread's is reported too.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/os.h"
#include "runtime/panic.h"
#include "runtime/sched.h"
#include "vm/ffi_impl.h"

enum { SIGNAL_STACK = 64 << 10 };

static const struct { int number; const char *name, *text; } signals[] = {
    {SIGSEGV, "SIGSEGV", "segmentation violation"}, {SIGBUS, "SIGBUS", "bus error"}, {SIGFPE, "SIGFPE", "floating-point exception"},
    {SIGILL, "SIGILL", "illegal instruction"}, {SIGABRT, "SIGABRT", "abort"},
};

static void on_fault(int number, siginfo_t *info, void *context) {
    (void)context;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i].number, SIG_DFL); // a fault in here ends us
    const char *name = "signal", *text = "";
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (signals[i].number == number) name = signals[i].name, text = signals[i].text;
    CallFrame *f = ffi_innermost;
    G *g = f ? f->g : current_p ? current_p->current : NULL;
    sched_freeze();
    fflush(stdout);
    if (f) fprintf(stderr, "fatal error: %s: %s in C function %s\n", name, text, f->call->symbol ? f->call->symbol->name : "called through a pointer");
    else fprintf(stderr, "fatal error: %s: %s%s\n", name, text, g ? "" : " on a thread of C");
    if (number != SIGABRT) fprintf(stderr, "[signal %s: addr=%p]\n", name, info->si_addr);
    if (vm_check_ffi) ffi_guards_explain(f ? f->guards : NULL, info->si_addr, stderr);
    if (g) {
        fprintf(stderr, "\ngoroutine %lld [%s]:\n", (long long)g->id, f ? "in C" : "running");
        if (f && f->call->symbol) fprintf(stderr, "C.%s(...)\n", f->call->symbol->name);
        machine_traceback(g);
    }
    _exit(2);
}

void ffi_watch_faults(void) {
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_sigaction = on_fault;
    sa.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i].number, &sa, NULL);
}

void ffi_prepare_thread(void) {
    void *at = os_reserve(SIGNAL_STACK);
    if (!at) return;
    stack_t s = {.ss_sp = at, .ss_size = SIGNAL_STACK};
    sigaltstack(&s, NULL); // threads of the scheduler live as long as the process
}
