// SPDX-License-Identifier: MIT
// image.c: writing and mapping the library image.
//
// Layout: one page of header, then the arena's bytes. Everything inside refers
// to other things inside by address; natives are numbers, and nothing points
// out, which image_write proves by scanning for addresses of this process's
// own code and data.
#define _GNU_SOURCE
#include "compiler/image.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "compiler/arena.h"
#include "compiler/gen.h"
#include "compiler/types.h"

enum { PAGE = 4096 };
#define IMAGE_MAGIC UINT64_C(0x31676d6970736363)
#define IMAGE_MAX (UINT64_C(256) << 20)

// Sanitizers keep most of the address space for themselves.
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
#define IMAGE_BASE UINT64_C(0x7e8400000000)
#else
#define IMAGE_BASE UINT64_C(0x200000000000)
#endif

typedef struct ImageHeader {
    uint64_t magic, base, size, checksum;
} ImageHeader;

bool image_begin(void) { return arena_begin_fixed((void *)IMAGE_BASE, IMAGE_MAX); }

typedef struct AddressRange {
    uintptr_t lo, hi;
} AddressRange;

static int own_segments(struct dl_phdr_info *info, size_t size, void *ctx) {
    (void)size;
    AddressRange *r = ctx;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD) {
            uintptr_t lo = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr, hi = lo + info->dlpi_phdr[i].p_memsz;
            if (lo < r->lo) r->lo = lo;
            if (hi > r->hi) r->hi = hi;
        }
    return 1; // the executable itself comes first
}

// A word that is an address inside the executable would dangle in the next
// process.
static bool self_contained(const uint64_t *p, size_t words) {
    AddressRange r = {UINTPTR_MAX, 0};
    dl_iterate_phdr(own_segments, &r);
    for (size_t i = 0; i < words; i++)
        if (p[i] >= r.lo && p[i] < r.hi) {
            fprintf(stderr, "csp: library image: word at %#zx points out of the image (%#llx)\n", i * 8, (unsigned long long)p[i]);
            return false;
        }
    return true;
}

bool image_write(const char *path, uint64_t checksum) {
    void *start;
    size_t used;
    arena_extent(&start, &used);
    used = (used + PAGE - 1) / PAGE * PAGE;
    if (!self_contained(start, used / 8)) return false;
    char page[PAGE] = {0};
    ImageHeader h = {IMAGE_MAGIC, (uint64_t)(uintptr_t)start, used, checksum};
    memcpy(page, &h, sizeof h);
    FILE *f = fopen(path, "wb");
    if (!f) return false;
    bool ok = fwrite(page, PAGE, 1, f) == 1 && fwrite(start, 1, used, f) == used;
    return fclose(f) == 0 && ok;
}

// --- mapping

typedef struct FileSpot {
    uintptr_t addr;
    uint64_t offset;
    bool found;
} FileSpot;

static int locate(struct dl_phdr_info *info, size_t size, void *ctx) {
    (void)size;
    FileSpot *s = ctx;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *ph = &info->dlpi_phdr[i];
        uintptr_t lo = info->dlpi_addr + ph->p_vaddr;
        if (ph->p_type == PT_LOAD && s->addr >= lo && s->addr < lo + ph->p_filesz) {
            s->offset = ph->p_offset + (s->addr - lo);
            s->found = true;
            return 1;
        }
    }
    return 1; // only the executable is of interest
}

static bool map_from_file(const ImageHeader *h) {
    FileSpot spot = {.addr = (uintptr_t)h + PAGE};
    dl_iterate_phdr(locate, &spot);
    if (!spot.found || spot.offset % PAGE) return false;
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    void *p = mmap((void *)h->base, h->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED_NOREPLACE, fd, (off_t)spot.offset);
    close(fd);
    if (p == MAP_FAILED) return false;
    if (p == (void *)h->base) return true;
    munmap(p, h->size);
    return false;
}

static bool map_copy(const ImageHeader *h) {
    void *p = mmap((void *)h->base, h->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (p == MAP_FAILED) return false;
    if (p != (void *)h->base) {
        munmap(p, h->size);
        return false;
    }
    memcpy(p, (const char *)h + PAGE, h->size);
    return true;
}

bool image_open(const void *start, size_t len, uint64_t checksum) {
    const ImageHeader *h = start;
    if (len < PAGE || h->magic != IMAGE_MAGIC || h->checksum != checksum || h->size > len - PAGE) return false;
    if (!map_from_file(h) && !map_copy(h)) return false;
    arena_adopt((void *)h->base, h->size);
    universe_adopt();
    return true;
}
