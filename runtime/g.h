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
    RESUME_ENDED,  // the process that an output waited for has ended: panic
    RESUME_JOIN,   // all processes of the parallel command have ended: panic when one of them did
    RESUME_PANIC,  // a panic was recorded for it by its waker
    RESUME_CALL,   // entry of a new goroutine
    RESUME_EXIT    // it is to end, as by runtime.Goexit
} GResume;

// An entry of a wait queue (channel, semaphore, condition). The one embedded in
// G serves every plain wait; only a parked select takes more of them. What plain
// waits on channels use fits a cache line.
struct Sudog {
    G *g;
    Sudog *next, *prev; // queue links, under the lock of the queue's owner
    void *owner;        // what is waited for: Chan *, address of a semaphore; NULL once taken off the queue (stays after a plain wait on a channel)
    uint64_t *value;    // slots of g's frame to copy from or to; other queues: their own use
    uint64_t *ok;       // where a receive stores its second result, or NULL; not set for plain sends
    bool is_select;     // the waker must first win G.select_done
    bool send;          // of a select; plain waits have it in G.wait_reason
    bool success;       // a value was passed (as opposed to: the channel ended)
    bool retry;         // nothing has happened, but the select may find something ready now
    uint32_t arm;       // number of the select's arm; ticket of a condition
    Sudog *link;        // next entry of the same select; free lists; queue tail of a semaphore
    const void *filter; // dynamic type wanted of an interface value, or NULL
};

// What a switch and a plain wait touch is in the first two cache lines.
struct G {
    // Owner only, while running; the collector while it is stopped.
    _Alignas(64) uint64_t *stack; // malloc'ed block of stack_slots slots
    uint64_t fp;            // saved: slot index of the current frame
    const void *pc;         // saved: Word *
    uint64_t *stack_end;    // the machine's: frames up to here need not ask for room
    uint32_t stack_slots;
    uint8_t resume;         // GResume
    uint8_t wait_reason;    // WaitReason
    uint8_t interrupted;    // to end at its next safepoint; set while the world is stopped
    uint8_t group;          // of the one that started it (package testing); 0: none
    _Atomic uint32_t status; // GStatus
    M *locked_m;             // the only thread that may run it (LockOSThread, return from a blocking call)
    int64_t wait_since;      // coarse monotonic ns, when it parked, for reports
    Sudog sudog;             // of plain waits
    G *sched_link;           // run queues, free lists
    int64_t id;
    struct Deferred *defers; // newest first
    struct Panic *panics;    // innermost first
    Sudog *waiting;          // wait entries of the current select, in the order of its arms
    int64_t wake_value;      // word for the one parking it: a Mutex keeps the begin of the wait here; 0 otherwise
    void *timer;             // the goroutine's own Timer (Sleep), made on first use
    const void *go_pc;       // Word * behind the go statement that started it
    struct Func *go_func;    // function that executed that go statement
    struct CallbackRun *callbacks; // functions that C called, innermost first (vm/machine.h)
    void *foreign;           // request of a C thread that it serves (vm/ffi_callback.c)
    struct Process *process; // of a parallel command, or NULL (runtime/network.h)
    Iface pending_panic;     // with RESUME_PANIC, and rt_panic to the machine; scanned by Engine.scan
    uint32_t select_case;    // chosen by the waker of a select
    _Atomic uint32_t select_done; // claimed by the first waker
};

_Static_assert(sizeof(G) == 256, "with its first stack block a goroutine takes less than 600 bytes");

// The first stack block: what malloc gives for a chunk of 288 bytes. With G it
// keeps a parked goroutine below 600 bytes.
enum { G_STACK_START = 35, G_STACK_KEEP = 256 }; // KEEP: larger blocks are freed with their goroutine
enum { P_RING = 256 };

// Bits of P.preempt: hints why a safepoint is asked for. Any nonzero value
// makes the safepoint look at everything except the end of the slice.
enum { PREEMPT_STOP = 1, PREEMPT_SLICE = 2, PREEMPT_KICK = 4, PREEMPT_GC = 8 };

struct P {
    // First line: read and written by the running thread, preempt also set by others.
    // Read by the running engine on each jump: nonzero asks for a safepoint.
    _Atomic uint32_t preempt;
    uint32_t hops;          // turns runnext may still take before the ring is looked at; set by sched_give_hops
    bool alone;             // it has always been the only processor: what only goroutines touch needs no atomic instructions
    _Atomic(G *) runnext;   // owner only; atomic because the monitor looks whether it is empty
    G *current;
    _Atomic uint32_t tick;  // goroutine switches, turns of runnext counted late; the monitor sees long slices by it
    uint32_t slow_ticks;    // entries of the slow path of sched_next
    uint32_t back_turns;    // looks for work while some were to be served first
    uint32_t hops_given;    // what hops was when it was last set
    uint64_t rand;          // state of the thread's random numbers
    M *m;                   // under the scheduler's lock, or by the owner
    _Atomic uint64_t status; // PStatus, and with P_SYSCALL the thread's number above it (sched_impl.h)
    _Atomic uint32_t syscall_tick;
    uint32_t id;

    // Run ring; head is moved by thieves too, tail by the owner only.
    _Alignas(64) _Atomic uint32_t head;
    _Atomic uint32_t tail;
    _Atomic(G *) ring[P_RING];

    // Owner only.
    _Alignas(64) struct HeapCache *cache; // runtime/heap.h: spans to allocate from; the machine looks only after p_make
    G *free_gs;    // dead goroutines
    uint32_t nfree_gs;
    uint32_t nsudogs;
    Sudog *sudogs; // free list for selects
    G *slab_next, *slab_end; // goroutines never used yet
    int64_t next_id, end_id; // goroutine numbers at hand
    uint64_t chan_ops;       // operations on channels while the machine counts them (vm/machine.h)
    _Atomic int64_t live;  // goroutines made minus ended here; summed over all P
    struct TimerHeap *_Atomic timers; // runtime/timer.h; any thread may lock it
    P *idle_link;  // scheduler's lock
    _Atomic bool retire; // GOMAXPROCS fell: to be given up; written under the scheduler's lock, a look without it is made sure of later
    uint32_t seen_tick, seen_syscall_tick; // monitor only
    int64_t seen_when;
};

// The machine, as the runtime sees it. Set once before sched_start.
typedef struct Engine {
    // Runs goroutine g on p until p has no runnable goroutine at hand or must
    // stop; may switch goroutines itself with sched_next. Returns with no
    // goroutine running on p.
    void (*run)(P *p, G *g);
    // Calls visit for every heap word that g's frames, defers and panics hold,
    // pending_panic included. g->stack may be NULL (a goroutine being born).
    void (*scan)(G *g, void (*visit)(void *ctx, uint64_t word), void *ctx);
    // Prints g's traceback to standard error, Go's format, without its header line.
    void (*traceback)(G *g);
    // The name of g's process, into buf; "" when it is none.
    const char *(*label)(const G *g, char *buf, size_t size);
    // What a report of a deadlock says besides tracebacks.
    void (*deadlock)(void);
    // Prepares g's first frame: a call of closure with nwords argument slots.
    void (*start_call)(G *g, const void *closure, const uint64_t *args, uint32_t nwords);
} Engine;

extern Engine engine;
extern _Thread_local P *current_p; // the processor this thread holds, or NULL

#endif
