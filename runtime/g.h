// g.h: the structs of the scheduler: G (goroutine), M (thread), P (processor),
// and Engine, the runtime's only way upward to the machine.
//
// G, M and P are allocated outside the collected heap, never freed, only
// reused, so a stale pointer to one is never dangling.
#ifndef CSP_RUNTIME_G_H
#define CSP_RUNTIME_G_H

#include <stdatomic.h>

#include "runtime/type.h"

typedef struct G G;
typedef struct M M;
typedef struct P P;
typedef struct Chan Chan;
typedef struct Sudog Sudog;
struct Deferred; // vm/unwind.h
struct Panic;

typedef enum GStatus {
    G_IDLE, G_RUNNABLE, G_RUNNING, G_WAITING, G_SYSCALL, G_DEAD
} GStatus;

typedef enum WaitReason {
#define WAIT_REASON(name, text) WAIT_##name,
#include "runtime/wait_reasons.def"
#undef WAIT_REASON
    WAIT_REASON_COUNT
} WaitReason;

// What the engine must complete when a parked goroutine runs again.
typedef enum GResume {
    RESUME_NEXT,   // nothing: continue at pc
    RESUME_SELECT, // chan_select_finish, then store the chosen case
    RESUME_CLOSED, // the channel was closed under a sender: panic
    RESUME_NATIVE, // call the same native again
    RESUME_PANIC,  // a panic was recorded for it by its waker
    RESUME_CALL    // entry of a new goroutine
} GResume;

struct G {
    // Owner only, while running; the collector while it is stopped.
    uint64_t *stack;        // block of stack_slots slots
    uint64_t fp;            // saved: slot index of the current frame
    const void *pc;         // saved: Word *
    uint32_t stack_slots;
    uint8_t resume;         // GResume
    uint8_t wait_reason;    // WaitReason
    _Atomic uint32_t status; // GStatus
    uint32_t select_case;   // chosen by the waker of a select
    _Atomic uint32_t select_done; // claimed by the first waker
    int64_t id;
    struct Deferred *defers; // newest first
    struct Panic *panics;    // innermost first
    Sudog *waiting;          // wait entries of the current channel operation
    G *sched_link;           // run queues, free lists
    M *locked_m;             // LockOSThread
    int64_t wait_since;      // monotonic ns, when it parked (set lazily), for reports
    int64_t wake_value;      // word handed over by the waker (semaphores, timers)
    void *timer;             // the goroutine's own timer (Sleep), made on first use
    const void *go_pc;       // Word * behind the go statement that started it
    struct Func *go_func;    // function that executed that go statement
    const char *label;       // name of a process of the notation, or NULL
    G *all_link;             // list of all goroutines
    Iface pending_panic;     // with RESUME_PANIC, and rt_panic to the machine
};

enum { P_RING = 256 };

struct P {
    // Read by the running engine on each jump: nonzero asks for a safepoint.
    _Atomic uint32_t preempt;
    uint32_t id;
    M *m;
    _Atomic uint32_t status;
    G *current;
    _Atomic(G *) runnext;
    _Atomic uint32_t head, tail; // of ring: head moved by thieves too, tail by the owner only
    _Atomic(G *) ring[P_RING];
    uint32_t tick;
    uint64_t rand;
    void *cache;   // struct HeapCache *, runtime/heap.h: spans to allocate from
    G *free_gs;    // dead goroutines with small stacks
    uint32_t nfree_gs;
    void *sudogs;  // free list of Sudog
    void *timers;  // struct TimerHeap *
};

// The machine, as the runtime sees it. Set once before sched_start.
typedef struct Engine {
    // Runs goroutine g on p until p has no runnable goroutine at hand or must
    // stop; may switch goroutines itself with sched_next. Returns with no
    // goroutine running on p.
    void (*run)(P *p, G *g);
    // Calls visit for every heap word that g's frames, defers and panics hold.
    void (*scan)(G *g, void (*visit)(void *ctx, uint64_t word), void *ctx);
    // Prints g's traceback to standard error, Go's format, without its header line.
    void (*traceback)(G *g);
    // Prepares g's first frame: a call of closure with nwords argument slots.
    void (*start_call)(G *g, const void *closure, const uint64_t *args, uint32_t nwords);
} Engine;

extern Engine engine;
extern _Thread_local P *current_p; // the processor this thread holds, or NULL

#endif
