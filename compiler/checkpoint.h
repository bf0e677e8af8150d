// SPDX-License-Identifier: MIT
// checkpoint.h: memory that can be made what it was before.
#ifndef CSP_COMPILER_CHECKPOINT_H
#define CSP_COMPILER_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Pages of one address range. `leave` tells which of them keep what is written.
typedef struct Region {
    char *base;
    uint64_t offset; // of base in the file
    bool (*leave)(const char *page);
    uint64_t *kept;  // one bit for each page: it was kept once; NULL: nobody asks
} Region;

// Keeps [base, base + size) of a region as it is now.
void checkpoint_keep(Region *r, size_t size);
// Makes it so again. Nobody else may write there meanwhile.
void checkpoint_go_back(const Region *r, size_t size);
// Pages of a region become zero, now and in what is kept.
void checkpoint_zero(const Region *r, char *from, size_t size);
// Was the page changed since the region began to exist?
bool checkpoint_changed(const Region *r, const char *page);
void checkpoint_look(const Region *r, size_t size); // before a row of checkpoint_changed

#endif
