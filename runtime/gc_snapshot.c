// SPDX-License-Identifier: MIT
// gc_snapshot.c: marking beside the program, in a copy of the process.
//
// Marking a large heap takes long, and a program that must not change what is
// being marked stands still that long. So the system copies the process as fork
// does, page for page on the first write, and the copy, which nobody changes,
// marks while the program runs. What is dead in the copy is dead for ever: the
// program has no way to it. What the program allocates meanwhile is kept
// (heap_keep_new). No store of the program costs more for that but the first one
// to each page.
// Source: G. Rodriguez-Rivera, V. Russo, "Nonintrusive cloning garbage
// collection with stock operating system support" (Software: Practice and
// Experience, 1997); the same is done by L. Lucarella's collector for D.
//
// The copy has one thread, and locks may be held in it by threads that it does
// not have: it takes none, allocates nothing, and makes system calls itself. It
// closes all files at once, so that pipes of the program end when the program
// closes them, and dies with the thread that made it. Its end sends no signal,
// and wait calls of the program do not see it.
// Lock: snapshot.lock for reaping, which monitor and collecting thread do.
#define _GNU_SOURCE
#include "runtime/gc_snapshot.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/os.h"

typedef struct Result { // shared with the copy
    _Atomic uint32_t done;
    uint64_t marks[];   // of all spans, in the order of heap.all
} Result;

static struct {
    RtLock lock;
    Result *result;
    size_t size;        // of it
    uint32_t nspans;    // at the time of the copy; they stay while it is at work
    pid_t pid;          // 0: reaped
    _Atomic bool at_work, ended;
} snapshot;

static size_t result_size(void) {
    size_t words = 0;
    for (uint32_t i = 0; i < heap.nall; i++) words += span_words(heap.all[i]);
    return sizeof(Result) + words * sizeof(uint64_t);
}

// Copies all marks to the result, or from there.
static void move_marks(bool out) {
    uint64_t *at = snapshot.result->marks;
    for (uint32_t i = 0; i < snapshot.nspans; i++) {
        const Span *s = heap.all[i];
        size_t n = span_words(s) * sizeof *at;
        if (out) memcpy(at, s->mark, n);
        else memcpy(s->mark, at, n);
        at += span_words(s);
    }
}

// --- in the copy

static void close_files(void) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 0u, ~0u, 0u) == 0) return;
#endif
    long n = sysconf(_SC_OPEN_MAX);
    for (int fd = 0; fd < (n > 0 && n < 65536 ? n : 65536); fd++) close(fd);
}

static _Noreturn void mark_in_copy(Marker *m, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    close_files();
    gc_mark_finish(m);
    move_marks(true);
    atomic_store(&snapshot.result->done, 1);
    _exit(0);
}

// --- in the program

static void release_result(void) {
    munmap(snapshot.result, snapshot.size);
    snapshot.result = NULL;
}

bool gc_snapshot_begin(Marker *m) {
    size_t size = result_size();
    Result *r = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (r == MAP_FAILED) return false;
    snapshot.result = r;
    snapshot.size = size;
    snapshot.nspans = heap.nall;
    sigset_t all, old; // signals are the program's
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old);
    pid_t parent = getpid();
    long pid = syscall(SYS_clone, 0ul, 0ul, 0ul, 0ul, 0ul);
    if (pid == 0) mark_in_copy(m, parent);
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (pid < 0) {
        release_result();
        return false;
    }
    gc_mark_forget(m);
    snapshot.pid = (pid_t)pid;
    atomic_store(&snapshot.ended, false);
    atomic_store(&snapshot.at_work, true);
    return true;
}

// how: options of waitpid
static void reap(int how) {
    rt_lock(&snapshot.lock);
    if (snapshot.pid) {
        int status;
        pid_t got;
        do got = waitpid(snapshot.pid, &status, how | __WALL);
        while (got < 0 && errno == EINTR);
        if (got != 0) {
            snapshot.pid = 0;
            atomic_store(&snapshot.ended, true);
        }
    }
    rt_unlock(&snapshot.lock);
}

bool gc_snapshot_poll(void) {
    if (!atomic_load(&snapshot.at_work)) return false;
    if (!atomic_load(&snapshot.ended)) reap(WNOHANG);
    return atomic_load(&snapshot.ended);
}

void gc_snapshot_wait(void) { reap(0); }

bool gc_snapshot_take(void) {
    bool ok = atomic_load(&snapshot.result->done);
    if (ok) move_marks(false);
    else heap_clear_marks();
    release_result();
    atomic_store(&snapshot.at_work, false);
    return ok;
}

void gc_snapshot_abandon(void) {
    if (!atomic_load(&snapshot.at_work)) return;
    rt_lock(&snapshot.lock);
    if (snapshot.pid) kill(snapshot.pid, SIGKILL);
    rt_unlock(&snapshot.lock);
    reap(0);
    heap_clear_marks();
    release_result();
    atomic_store(&snapshot.at_work, false);
}
