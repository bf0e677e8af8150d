// SPDX-License-Identifier: MIT
// regexp.c: the machine that runs what package regexp compiles.
//
// An instruction is four words: operation, argument and up to two successors,
// the first of which is preferred. Two ways to run them give the same results
// in time proportional to program times text: the backtracker, for short
// texts, which never visits an instruction twice at one place, and the
// simulation of all threads at once, in order of preference. Operations and
// their numbers are those of regexp.csp.
#define _GNU_SOURCE // memmem
#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/utf8.h"
#include "stdlib/unicode/unicode.h"
#include "vm/native.h"

enum { OP_CHAR, OP_ANY, OP_ANY_NOT_NL, OP_CLASS, OP_SPLIT, OP_SAVE, OP_ASSERT, OP_NOP, OP_MATCH, OP_FAIL };
enum { BEGIN_LINE = 1, END_LINE = 2, BEGIN_TEXT = 4, END_TEXT = 8, WORD = 16, NO_WORD = 32 };
enum { CLASS_FOLD = 1, CLASS_NOT = 2 };

typedef struct Inst {
    uint32_t op, arg, out, out1;
} Inst;

typedef struct Machine {
    const Inst *prog;
    uint32_t len, start;
    const int32_t *classes; // at each class's number: count of ranges, flags, then pairs
    Str text, prefix;       // every match begins with prefix
    uint32_t ncaps;
    bool longest, anchored; // anchored: matches begin at the text's begin only
    int64_t *best;          // ncaps positions
} Machine;

// --- single runes

static bool in_ranges(const int32_t *ranges, int32_t n, int32_t r) {
    if (n <= 4) {
        for (int32_t i = 0; i < n; i++)
            if (r >= ranges[2 * i] && r <= ranges[2 * i + 1]) return true;
        return false;
    }
    int32_t lo = 0, hi = n;
    while (lo < hi) {
        int32_t mid = (lo + hi) / 2;
        if (r < ranges[2 * mid]) hi = mid;
        else if (r > ranges[2 * mid + 1]) lo = mid + 1;
        else return true;
    }
    return false;
}

static bool class_has(const int32_t *class, int32_t r) {
    int32_t n = class[0], flags = class[1];
    bool found = in_ranges(class + 2, n, r);
    if (!found && flags & CLASS_FOLD)
        for (int32_t f = unicode_simple_fold(r); f != r && !found; f = unicode_simple_fold(f)) found = in_ranges(class + 2, n, f);
    return found != ((flags & CLASS_NOT) != 0);
}

static bool rune_matches(const Machine *m, const Inst *i, int32_t r) {
    switch (i->op) {
    case OP_CHAR: return r == (int32_t)i->arg;
    case OP_ANY: return true;
    case OP_ANY_NOT_NL: return r != '\n';
    default: return class_has(m->classes + i->arg, r);
    }
}

static bool is_word(Str t, int64_t at) {
    if (at < 0 || at >= t.len) return false;
    char c = t.ptr[at];
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static uint32_t conditions(Str t, int64_t at) {
    uint32_t found = is_word(t, at - 1) != is_word(t, at) ? WORD : NO_WORD;
    if (at == 0) found |= BEGIN_TEXT | BEGIN_LINE;
    else if (t.ptr[at - 1] == '\n') found |= BEGIN_LINE;
    if (at == t.len) found |= END_TEXT | END_LINE;
    else if (t.ptr[at] == '\n') found |= END_LINE;
    return found;
}

static int decode_at(Str t, int64_t at, int32_t *r) {
    if (at >= t.len) {
        *r = -1;
        return 0;
    }
    return utf8_decode(t.ptr + at, t.len - at, r);
}

// The next place where a match may begin, or -1.
static int64_t next_start(const Machine *m, int64_t at) {
    if (m->anchored) return at == 0 ? 0 : -1;
    if (!m->prefix.len) return at;
    const char *p = at < m->text.len ? memmem(m->text.ptr + at, (size_t)(m->text.len - at), m->prefix.ptr, (size_t)m->prefix.len) : NULL;
    return p ? p - m->text.ptr : -1;
}

// --- the backtracker

enum { BACKTRACK_BITS = 256 * 1024 };

typedef struct Job { // to be done later: run pc at pos, or restore a capture
    uint32_t pc;
    int32_t slot; // -1: run
    int64_t pos;
} Job;

typedef struct Jobs {
    Job *at;
    size_t len, cap;
} Jobs;

static void push(Jobs *j, Job job) {
    if (j->len == j->cap) {
        j->cap = j->cap ? 2 * j->cap : 64;
        j->at = base_realloc(j->at, j->cap * sizeof *j->at);
    }
    j->at[j->len++] = job;
}

typedef struct Backtracker {
    const Machine *m;
    uint64_t *visited; // bits by (pc, pos - from)
    int64_t from, width;
    int64_t *caps;
    bool matched;
    Jobs jobs;
} Backtracker;

static bool visit(Backtracker *b, uint32_t pc, int64_t pos) {
    uint64_t bit = (uint64_t)pc * (uint64_t)b->width + (uint64_t)(pos - b->from);
    uint64_t mask = 1ull << (bit % 64);
    if (b->visited[bit / 64] & mask) return false;
    b->visited[bit / 64] |= mask;
    return true;
}

static void keep_match(Backtracker *b, int64_t end) {
    if (b->matched && end <= b->m->best[1]) return;
    memcpy(b->m->best, b->caps, b->m->ncaps * sizeof *b->caps);
    b->m->best[1] = end;
    b->matched = true;
}

// Follows the preferred way from pc; true: done, the match is final.
static bool follow(Backtracker *b, uint32_t pc, int64_t pos) {
    const Machine *m = b->m;
    for (;;) {
        if (!visit(b, pc, pos)) return false;
        const Inst *i = &m->prog[pc];
        pc = i->out;
        switch (i->op) {
        case OP_SPLIT: push(&b->jobs, (Job){i->out1, -1, pos}); break;
        case OP_SAVE:
            if (i->arg < m->ncaps) {
                push(&b->jobs, (Job){0, (int32_t)i->arg, b->caps[i->arg]});
                b->caps[i->arg] = pos;
            }
            break;
        case OP_ASSERT:
            if (i->arg & ~conditions(m->text, pos)) return false;
            break;
        case OP_NOP: break;
        case OP_MATCH: keep_match(b, pos); return !m->longest || pos == m->text.len;
        case OP_FAIL: return false;
        default: {
            int32_t r;
            int w = decode_at(m->text, pos, &r);
            if (!w || !rune_matches(m, i, r)) return false;
            pos += w;
        }
        }
    }
}

static bool try_at(Backtracker *b, int64_t pos) {
    for (uint32_t i = 0; i < b->m->ncaps; i++) b->caps[i] = -1;
    b->caps[0] = pos;
    b->jobs.len = 0;
    if (follow(b, b->m->start, pos)) return true;
    while (b->jobs.len) {
        Job j = b->jobs.at[--b->jobs.len];
        if (j.slot >= 0) b->caps[j.slot] = j.pos;
        else if (follow(b, j.pc, j.pos)) return true;
    }
    return b->matched;
}

static bool backtrack(const Machine *m, int64_t from) {
    int64_t width = m->text.len - from + 1;
    size_t words = (size_t)m->len * (size_t)width / 64 + 1;
    Backtracker b = {.m = m, .from = from, .width = width};
    b.visited = base_calloc(words, sizeof *b.visited);
    b.caps = base_calloc(m->ncaps, sizeof *b.caps);
    for (int64_t at = from; at <= m->text.len; at++) {
        at = next_start(m, at);
        if (at < 0 || try_at(&b, at)) break;
        int32_t r;
        int w = decode_at(m->text, at, &r);
        if (w > 1) at += w - 1;
    }
    free(b.visited);
    free(b.caps);
    free(b.jobs.at);
    return b.matched;
}

// --- all threads at once

typedef struct Threads { // a set of instructions in order of preference
    uint32_t *dense, *sparse, n;
    int64_t *caps; // ncaps for each place in dense
} Threads;

typedef struct Simulation {
    const Machine *m;
    Threads now, next;
    int64_t *caps; // of the thread that is being added
    bool matched;
    Jobs jobs;
} Simulation;

static bool insert(Threads *t, uint32_t pc) {
    uint32_t at = t->sparse[pc];
    if (at < t->n && t->dense[at] == pc) return false;
    t->sparse[pc] = t->n;
    t->dense[t->n++] = pc;
    return true;
}

static void add_way(Simulation *s, Threads *t, uint32_t pc, int64_t pos, uint32_t found) {
    const Machine *m = s->m;
    while (insert(t, pc)) {
        const Inst *i = &m->prog[pc];
        pc = i->out;
        switch (i->op) {
        case OP_SPLIT: push(&s->jobs, (Job){i->out1, -1, pos}); break;
        case OP_SAVE:
            if (i->arg < m->ncaps) {
                push(&s->jobs, (Job){0, (int32_t)i->arg, s->caps[i->arg]});
                s->caps[i->arg] = pos;
            }
            break;
        case OP_ASSERT:
            if (i->arg & ~found) return;
            break;
        case OP_NOP: break;
        default: memcpy(t->caps + (t->n - 1) * m->ncaps, s->caps, m->ncaps * sizeof *s->caps); return;
        }
    }
}

static void add_thread(Simulation *s, Threads *t, uint32_t pc, int64_t pos, uint32_t found) {
    add_way(s, t, pc, pos, found);
    while (s->jobs.len) {
        Job j = s->jobs.at[--s->jobs.len];
        if (j.slot >= 0) s->caps[j.slot] = j.pos;
        else add_way(s, t, j.pc, pos, found);
    }
}

static void take_match(Simulation *s, const int64_t *caps, int64_t pos) {
    if (s->m->longest && s->matched && s->m->best[1] >= pos) return;
    memcpy(s->m->best, caps, s->m->ncaps * sizeof *caps);
    s->m->best[1] = pos;
    s->matched = true;
}

// Moves every thread over the rune r of width w at pos.
static void step(Simulation *s, int32_t r, int w, int64_t pos) {
    const Machine *m = s->m;
    uint32_t found = w ? conditions(m->text, pos + w) : 0;
    s->next.n = 0;
    for (uint32_t k = 0; k < s->now.n; k++) {
        const Inst *i = &m->prog[s->now.dense[k]];
        const int64_t *caps = s->now.caps + k * m->ncaps;
        switch (i->op) {
        case OP_SPLIT: case OP_SAVE: case OP_ASSERT: case OP_NOP: case OP_FAIL: break;
        case OP_MATCH:
            if (m->longest && s->matched && m->best[0] < caps[0]) break;
            take_match(s, caps, pos);
            if (!m->longest) return; // the rest is preferred less
            break;
        default:
            if (m->longest && s->matched && m->best[0] < caps[0]) break;
            if (!w || !rune_matches(m, i, r)) break;
            memcpy(s->caps, caps, m->ncaps * sizeof *caps);
            add_thread(s, &s->next, i->out, pos + w, found);
        }
    }
}

static bool run_simulation(Simulation *s, int64_t pos) {
    const Machine *m = s->m;
    for (;;) {
        if (s->now.n == 0) {
            if (s->matched || (pos = next_start(m, pos)) < 0) break;
        }
        if (!s->matched && (!m->anchored || pos == 0)) {
            for (uint32_t i = 0; i < m->ncaps; i++) s->caps[i] = -1;
            s->caps[0] = pos;
            add_thread(s, &s->now, m->start, pos, conditions(m->text, pos));
        }
        int32_t r;
        int w = decode_at(m->text, pos, &r);
        step(s, r, w, pos);
        if (!w) break;
        pos += w;
        Threads t = s->now;
        s->now = s->next;
        s->next = t;
    }
    return s->matched;
}

static Threads new_threads(const Machine *m) {
    return (Threads){base_calloc(m->len, sizeof(uint32_t)), base_calloc(m->len, sizeof(uint32_t)), 0, base_calloc((size_t)m->len * m->ncaps, sizeof(int64_t))};
}

static void free_threads(Threads *t) {
    free(t->dense);
    free(t->sparse);
    free(t->caps);
}

static bool simulate(const Machine *m, int64_t from) {
    Simulation s = {.m = m, .now = new_threads(m), .next = new_threads(m)};
    s.caps = base_calloc(m->ncaps, sizeof *s.caps);
    run_simulation(&s, from);
    free_threads(&s.now);
    free_threads(&s.next);
    free(s.caps);
    free(s.jobs.at);
    return s.matched;
}

// execute(prog []uint32, start uint32, classes []rune, prefix string, anchored, longest bool, text string, from int, caps []int) bool
static NativeStatus execute(NativeCall *c) {
    Slice prog = native_slice(c);
    uint32_t start = (uint32_t)native_word(c);
    Slice classes = native_slice(c);
    Str prefix = native_str(c);
    bool anchored = native_bool(c), longest = native_bool(c);
    Str text = native_str(c);
    int64_t from = native_int(c);
    Slice caps = native_slice(c);
    Machine m = {prog.ptr, (uint32_t)(prog.len / 4), start, classes.ptr, text, prefix, (uint32_t)caps.len, longest, anchored, caps.ptr};
    bool shorts = (text.len - from + 1) < BACKTRACK_BITS / (int64_t)m.len;
    native_ret_bool(c, shorts ? backtrack(&m, from) : simulate(&m, from));
    return NATIVE_OK;
}

extern const NativeDef regexp_natives[];
const NativeDef regexp_natives[] = {
    {"execute", execute},
    {NULL, NULL},
};
