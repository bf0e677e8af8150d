// zone.h: memory that is freed object by object when nothing refers to it.
//
// A zone is a stretch of address space. Objects are cut off one after another,
// from the gaps that the last sweep found and then from the end, and are not
// freed singly: the owner marks what is reachable, and a sweep makes gaps of
// the rest. What was allocated since a checkpoint can be taken back. Memory
// given out is zeroed.
#ifndef CSP_COMPILER_ZONE_H
#define CSP_COMPILER_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Gap { char *from, *to; } Gap;

typedef struct ZonePlace { // where the next object comes from
    uint32_t gap;          // number of the gap being filled; the zone's ngaps: none is left
    char *cursor;          // in it
    char *next;            // the end of the zone's used part
    size_t used;           // bytes of objects
} ZonePlace;

// One bit for each 8 bytes: objects and what is left of gaps begin at `starts`;
// of these `free` are no objects. All of [base, at.next) is covered by them.
typedef struct Zone {
    char *base, *limit;
    uint64_t *starts, *free, *marks;
    Gap *gaps;
    uint32_t ngaps, gaps_cap;
    ZonePlace at, kept;    // kept: at the last checkpoint
    void (*release)(char *from, size_t size); // pages that no object lies in: gives them back, zeroed
} Zone;

bool zone_init(Zone *z, size_t reserve, void (*release)(char *from, size_t size)); // false: no address space
void *zone_alloc(Zone *z, size_t size); // NULL: the zone is full
void zone_checkpoint(Zone *z); // what is allocated so far stays
// Takes back what was allocated since the checkpoint.
void zone_go_back(Zone *z);

static inline bool zone_has(const Zone *z, uint64_t word) { return word - (uint64_t)(uintptr_t)z->base < (uint64_t)(z->at.next - z->base); }
// The object that a word in the zone points into. False: there is none.
bool zone_object(const Zone *z, uint64_t word, char **from, char **to);
bool zone_is_marked(const Zone *z, const char *object);
bool zone_mark(Zone *z, const char *object); // false: it was marked before
void zone_clear_marks(Zone *z);
void zone_sweep(Zone *z);                    // then a checkpoint

#endif
