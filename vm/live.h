// SPDX-License-Identifier: MIT
// live.h: a machine that lives on between programs: what a prompt talks to.
//
// It runs on threads of its own. The prompt's thread hands in one program after
// another, an input; the goroutine that runs its entry is the foreground one.
// Others that inputs start go on in the background.
#ifndef CSP_VM_LIVE_H
#define CSP_VM_LIVE_H

#include <stdio.h>

#include "vm/bytecode.h"
#include "vm/vm.h"

typedef enum LiveState {
    LIVE_RUNNING,
    LIVE_RETURNED,
    LIVE_PANICKED, // its report was passed on
    LIVE_EXITED    // interrupted, or it called runtime.Goexit
} LiveState;

// Starts the machine and runs boot to its end. notify is called on any thread
// when the foreground goroutine may have ended, or when all goroutines wait
// for one another; it must not block. report gets the text that says of a
// goroutine which panic ended it, and where; it is called on the goroutine's thread.
bool live_start(const Program *boot, void (*notify)(void), void (*report)(const char *text));

// Takes in an input and runs it in the foreground. False: it needs C functions
// that are not there, as told on standard error.
bool live_run(const Program *input);
LiveState live_state(void);
// The foreground goroutine waits, and nothing that runs could end its wait.
bool live_stuck(void);
int64_t live_foreground(void); // its number
// Leaves the foreground goroutine to the background.
void live_detach(void);

typedef enum LiveInterrupt { LIVE_ASKED, LIVE_CANNOT, LIVE_UNKNOWN } LiveInterrupt;
// Asks goroutine id to end, its deferred calls run first; again: unless it does
// so already. where (may be NULL) gets its traceback. CANNOT: it is in a system
// or C call.
LiveInterrupt live_interrupt(int64_t id, bool again, FILE *where);

// Runs change while no goroutine runs; it may give types other methods.
void live_change(void (*change)(void *ctx), void *ctx);

// A channel that a goroutine waits for.
typedef struct LiveChan {
    const void *at;
    bool send;
    int64_t len, cap;
} LiveChan;

enum { LIVE_CHANS = 8 };

typedef struct LiveGoroutine {
    int64_t id;
    const char *state;  // "running", "chan receive"
    char label[64];     // of a process, or ""
    int64_t waited_ns;  // 0: it does not wait
    Str function, file; // innermost place in the program's own code
    uint32_t line;
    bool foreground;
    LiveChan chans[LIVE_CHANS];
    uint32_t nchans; // of a select there may be more than fit
} LiveGoroutine;
// Calls f for every goroutine; none runs meanwhile.
void live_each(void (*f)(void *ctx, const LiveGoroutine *g), void *ctx);
// Is the channel reached from a value of type t at addr? path gets what is written
// behind the value's name for it: "", ".done", "[3].in". Nothing runs meanwhile.
bool live_chan_path(const void *chan, const TypeDesc *t, const void *addr, char *path, size_t size);
// What a deadlock's report says about the processes of parallel commands.
void live_report_networks(FILE *to);
// Prints the traceback of goroutine id, if there is one.
bool live_traceback(int64_t id, FILE *to);

// --- what running programs can reach of code, types, variables and constants,
// for whoever frees these (live_memory.c). The world is stopped from begin to
// collected.
void live_memory_begin(void);
// Calls visit with each word of stacks and tables; objects of the heap are asked
// for by live_object: true once for each that word points into, with its words
// and one that tells its type (or 0).
void live_visit_roots(void (*visit)(void *ctx, uint64_t word), void *ctx);
bool live_object(uint64_t word, const uint64_t **at, size_t *nwords, uint64_t *type);
// Those that were not reached are to go: p has the types and functions that stay,
// is_gone tells of addresses of variables.
void live_collected(const Program *p, bool (*is_gone)(const void *addr));
size_t live_heap_bytes(void);

typedef struct LiveCounts {
    int64_t goroutines;
    int64_t started;         // goroutines, since the start; the foreground ones too
    uint64_t bytes, mallocs; // allocated since the start
    uint64_t switches;       // between goroutines
    uint64_t chan_ops;       // while the machine counts them
} LiveCounts;
LiveCounts live_counts(void);
// From now on operations on channels are counted, or no longer.
void live_count_chan_ops(bool on);
// Nanoseconds from the latest live_run to the end of its goroutine.
int64_t live_took_ns(void);

#endif
