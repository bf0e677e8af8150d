// SPDX-License-Identifier: MIT
// checkpoint.c: memory that can be made what it was before.
//
// What is kept stands in a file without name, and the memory is a private
// mapping of it: a page that is written becomes a copy of its own, which the
// kernel tells apart (in pagemap a page of a file is marked as such). So keeping
// means writing the copies to the file and mapping it anew, going back means
// dropping them, and both touch only pages that were changed. Memory that was
// never kept is what it was mapped as: zero, or an image's file.
#define _GNU_SOURCE
#include "compiler/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096, BLOCK = 4096 }; // pages looked up at once

static int file = -1;
static int pagemap = -2; // -1: the kernel does not tell

static void fail(const char *what) {
    fprintf(stderr, "csp: cannot keep the state of the session: %s\n", what);
    exit(1);
}

static void write_file(const char *from, size_t size, uint64_t offset) {
    if (file < 0) file = memfd_create("csp-session", MFD_CLOEXEC);
    while (size) {
        ssize_t n = syscall(SYS_pwrite64, file, from, size, (off_t)offset); // a sanitizer would find fault with free memory
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) fail("no memory");
        from += n;
        offset += (uint64_t)n;
        size -= (size_t)n;
    }
}

static bool read_pagemap(const char *from, size_t npages, uint64_t *out) {
    if (pagemap == -2) pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    size_t bytes = npages * sizeof *out;
    return pagemap >= 0 && pread(pagemap, out, bytes, (off_t)((uintptr_t)from / PAGE * sizeof *out)) == (ssize_t)bytes;
}

static bool is_copy(uint64_t entry) {
    bool present = entry >> 63 & 1, swapped = entry >> 62 & 1, of_file = entry >> 61 & 1;
    return (present || swapped) && !of_file;
}

typedef void Run(void *ctx, char *from, size_t size);

// Calls f for each run of pages that were written. All count where the kernel
// does not tell.
static void each_run(const Region *r, size_t size, Run *f, void *ctx) {
    static uint64_t map[BLOCK];
    char *run = NULL;
    size_t npages = (size + PAGE - 1) / PAGE;
    for (size_t at = 0; at < npages; at += BLOCK) {
        size_t n = npages - at < BLOCK ? npages - at : BLOCK;
        bool told = read_pagemap(r->base + at * PAGE, n, map);
        for (size_t i = 0; i < n; i++) {
            char *page = r->base + (at + i) * PAGE;
            bool written = (!told || is_copy(map[i])) && !(r->leave && r->leave(page));
            if (written && !run) run = page;
            if (!written && run) f(ctx, run, (size_t)(page - run));
            if (!written) run = NULL;
        }
    }
    if (run) f(ctx, run, (size_t)(r->base + npages * PAGE - run));
}

static void note_kept(const Region *r, const char *from, size_t size) {
    for (size_t i = (size_t)(from - r->base) / PAGE, end = i + size / PAGE; r->kept && i < end; i++) r->kept[i / 64] |= 1ull << (i % 64);
}

static void keep_run(void *ctx, char *from, size_t size) {
    const Region *r = ctx;
    uint64_t offset = r->offset + (uint64_t)(from - r->base);
    write_file(from, size, offset);
    if (mmap(from, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, file, (off_t)offset) == MAP_FAILED) fail("no address space");
    note_kept(r, from, size);
}

static void drop_run(void *ctx, char *from, size_t size) {
    (void)ctx;
    madvise(from, size, MADV_DONTNEED);
}

void checkpoint_keep(Region *r, size_t size) { each_run(r, size, keep_run, r); }
void checkpoint_go_back(const Region *r, size_t size) { each_run(r, size, drop_run, NULL); }

void checkpoint_zero(const Region *r, char *from, size_t size) {
    if (file >= 0) fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)(r->offset + (uint64_t)(from - r->base)), (off_t)size);
    madvise(from, size, MADV_DONTNEED);
}

// --- which pages were changed

static void note_run(void *ctx, char *from, size_t size) { note_kept(ctx, from, size); }

void checkpoint_look(const Region *r, size_t size) {
    Region all = *r;
    all.leave = NULL;
    each_run(&all, size, note_run, &all);
}

bool checkpoint_changed(const Region *r, const char *page) {
    size_t i = (size_t)(page - r->base) / PAGE;
    return r->kept[i / 64] >> (i % 64) & 1;
}
