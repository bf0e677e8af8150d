// SPDX-License-Identifier: MIT
// os.h: the operating system as the runtime sees it: futexes, clocks, memory.
#ifndef CSP_RUNTIME_OS_H
#define CSP_RUNTIME_OS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Sleeps while *addr == value, at most ns (negative: without limit). May wake early.
void os_futex_wait(_Atomic uint32_t *addr, uint32_t value, int64_t ns);
void os_futex_wake(_Atomic uint32_t *addr, int32_t n);

int64_t os_nanotime(void);  // monotonic, ns
int64_t os_cputime(void);   // of the whole process, ns
void os_walltime(int64_t *sec, int32_t *nsec); // since 1970
void os_sleep(int64_t ns);  // the thread, at least so long
int os_cpu_count(void);     // that this process may use

void *os_reserve(size_t size);            // address space of zeroed pages, taken when touched; NULL: none
void *os_resize(void *p, size_t size, size_t to); // what os_reserve gave grows to `to` bytes and may move; p NULL: new; NULL: none
void os_release(void *p, size_t size);    // gives back address space
void os_discard(void *p, size_t size);    // gives the pages back; they read as zero again
void os_huge_pages(void *p, size_t size); // a wish: pages there may be large ones

#endif
