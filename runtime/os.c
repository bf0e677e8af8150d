// SPDX-License-Identifier: MIT
// os.c: Linux.
#define _GNU_SOURCE
#include "runtime/os.h"

#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "runtime/base.h"

#ifdef ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

void os_futex_wait(_Atomic uint32_t *addr, uint32_t value, int64_t ns) {
    struct timespec ts = {ns / 1000000000, ns % 1000000000};
    syscall(SYS_futex, addr, FUTEX_WAIT_PRIVATE, value, ns < 0 ? NULL : &ts, NULL, 0);
}

void os_futex_wake(_Atomic uint32_t *addr, int32_t n) { syscall(SYS_futex, addr, FUTEX_WAKE_PRIVATE, n, NULL, NULL, 0); }

static int64_t read_clock(clockid_t clock) {
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int64_t os_nanotime(void) { return read_clock(CLOCK_MONOTONIC); }
int64_t os_cputime(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

void os_walltime(int64_t *sec, int32_t *nsec) {
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    *sec = ts.tv_sec;
    *nsec = (int32_t)ts.tv_nsec;
}

void os_sleep(int64_t ns) {
    struct timespec ts = {ns / 1000000000, ns % 1000000000};
    while (nanosleep(&ts, &ts) != 0 && errno == EINTR) {}
}

int os_cpu_count(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (int)n : 1;
}

// The address sanitizer leaves its marks on address space that it gave back, so
// a mapping that falls there looks forbidden. What it gives back is small.
static void clear_sanitizer_marks(void *p, size_t size) {
#ifdef ADDRESS_SANITIZER
    if (size <= 1 << 24) __asan_unpoison_memory_region(p, size);
#else
    (void)p, (void)size;
#endif
}

void *os_reserve(size_t size) {
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) return NULL;
    clear_sanitizer_marks(p, size);
    return p;
}

void *os_resize(void *p, size_t size, size_t to) {
    if (!p) return os_reserve(to);
    void *q = mremap(p, size, to, MREMAP_MAYMOVE);
    if (q == MAP_FAILED) return NULL;
    clear_sanitizer_marks(q, to);
    return q;
}

void os_release(void *p, size_t size) { munmap(p, size); }
void os_discard(void *p, size_t size) { madvise(p, size, MADV_DONTNEED); }
void os_huge_pages(void *p, size_t size) { madvise(p, size, MADV_HUGEPAGE); }
