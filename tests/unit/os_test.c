// SPDX-License-Identifier: MIT
// os_test.c: address space from the system may be touched, also where the
// address sanitizer had marked what was there before.
#include "runtime/os.h"

#include <string.h>
#include <sys/mman.h>

#include "runtime/base.h"

#ifdef ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#else
#define __asan_poison_memory_region(p, size) ((void)0)
#endif

enum { SIZE = 1 << 16 };

// The second mapping lands where the first one was.
int main(void) {
    char *first = os_reserve(SIZE);
    if (!first) return 1;
    __asan_poison_memory_region(first, SIZE);
    munmap(first, SIZE);
    char *second = os_reserve(SIZE);
    if (!second) return 1;
    memset(second, 1, SIZE);
    return second[SIZE - 1] != 1;
}
