// SPDX-License-Identifier: MIT
// network.c: parallel commands while they run.
//
// A Network lives in the collected heap; the frame of the goroutine that runs
// the command holds it until all processes have ended, so a Process pointer in
// a G stays good. Processes are numbered through, the cells of an array row by
// row. A channel between two processes is made when one of them first names the
// other, once for each direction and shape of message.
//
// Lock: Network.lock guards insertion into the table, ended, the lists of a
// process's channels, the counts and the failure. The table is read without it:
// a Link does not change once it is in its bucket. Never held while a channel's
// lock is taken.
#include "runtime/network.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/base.h"
#include "runtime/gc.h"
#include "runtime/lock.h"
#include "runtime/panic.h"
#include "runtime/sched.h"

enum { MAX_PROCESSES = 1 << 22, MAX_SUBS = 8 };

typedef struct Link { // a channel between two processes
    struct Link *next;           // of the bucket
    struct Link *next_from, *next_to; // of the lists of both ends
    uint32_t from, to, shape;
    const char *text;            // of the message
    uint64_t chan[];             // the Chan
} Link;

// Channels a process has used last, looked up by itself only: most processes
// talk to one or two others.
typedef struct Recent {
    const PeerSite *site;        // NULL: empty
    int64_t sub;
    Chan *chan;
} Recent;

enum { NRECENT = 2 };

struct Process {
    Network *net;
    uint32_t entry, cell;        // which ProcessSite, and number within
    bool ended;
    Link *from, *to;             // channels it outputs on, inputs from
    Recent recent[NRECENT];
};

typedef struct Entry { // of a ProcessSite: the cells
    uint32_t first, count;       // numbers of its processes
    uint32_t bounds;             // its first subscript in Network.bounds
} Entry;

typedef struct Header { // a header channel
    Chan *chan;
    uint64_t inputs, outputs;    // processes that may still do so
} Header;

struct Network {
    RtLock lock;
    const NetworkSite *site;
    G *owner;                    // runs the command
    int64_t *bounds;
    Entry *entries;
    Header *headers;
    Process *processes;
    uint32_t nprocesses;
    uint32_t remaining;
    bool joining;                // owner is parked
    bool failed;
    Iface failure;               // the first panic
    const char *origin;          // and where it was
    uint32_t mask;               // buckets - 1
    _Atomic(Link *) *buckets;
};

// --- making one

static bool count_cells(const int64_t *b, uint32_t nsubs, uint64_t *count) {
    *count = 1;
    for (uint32_t i = 0; i < nsubs; i++) {
        uint64_t n = b[2 * i + 1] < b[2 * i] ? 0 : (uint64_t)b[2 * i + 1] - (uint64_t)b[2 * i] + 1;
        if (n == 0 && b[2 * i + 1] >= b[2 * i]) return false; // all numbers there are
        if (__builtin_mul_overflow(*count, n, count)) return false;
    }
    return *count <= MAX_PROCESSES;
}

static bool entries_meet(const Network *net, uint32_t i, uint32_t k) {
    const ProcessSite *a = &net->site->processes[i], *b = &net->site->processes[k];
    if (!a->label || !b->label || a->name != b->name || !net->entries[i].count || !net->entries[k].count) return false;
    const int64_t *x = net->bounds + 2 * (size_t)net->entries[i].bounds, *y = net->bounds + 2 * (size_t)net->entries[k].bounds;
    for (uint32_t d = 0; d < a->nsubs; d++)
        if (x[2 * d + 1] < y[2 * d] || y[2 * d + 1] < x[2 * d]) return false;
    return true;
}

static bool lay_out(Network *net, G *g) {
    uint64_t total = 0, count;
    uint32_t sub = 0;
    for (uint32_t i = 0; i < net->site->nprocesses; i++) {
        Entry *e = &net->entries[i];
        uint32_t nsubs = net->site->processes[i].nsubs;
        bool fits = count_cells(net->bounds + 2 * (size_t)sub, nsubs, &count);
        total += fits ? count : 0;
        if (!fits || total > MAX_PROCESSES) {
            rt_panic_plain(g, "csp: more than %d processes in the parallel command at %s", (int)MAX_PROCESSES, net->site->where);
            return false;
        }
        *e = (Entry){(uint32_t)(total - count), (uint32_t)count, sub};
        sub += nsubs;
        for (uint32_t k = 0; k < i; k++)
            if (entries_meet(net, i, k)) {
                rt_panic_plain(g, "csp: two processes of one name, %s, in the parallel command at %s", net->site->processes[i].label, net->site->where);
                return false;
            }
    }
    net->nprocesses = net->remaining = (uint32_t)total;
    return true;
}

static void make_processes(P *p, Network *net) {
    net->processes = gc_new_scan(p, ((uint64_t)net->nprocesses + 1) * (sizeof(Process) / 8));
    for (uint32_t i = 0; i < net->site->nprocesses; i++)
        for (uint32_t k = 0; k < net->entries[i].count; k++) {
            Process *q = &net->processes[net->entries[i].first + k];
            q->net = net;
            q->entry = i;
            q->cell = k;
        }
}

static void end_header(P *p, Header *h, bool close, bool poison) {
    if (close) chan_close_quietly(p, h->chan);
    if (poison) chan_poison(p, NULL, h->chan);
}

static void make_headers(P *p, Network *net, Chan *const *chans) {
    uint32_t n = net->site->nchans;
    net->headers = gc_new_scan(p, ((uint64_t)n + 1) * (sizeof(Header) / 8));
    for (uint32_t c = 0; c < n; c++) {
        Header *h = &net->headers[c];
        h->chan = chans[c];
        for (uint32_t i = 0; i < net->site->nprocesses; i++) {
            uint8_t may = net->site->processes[i].may[c];
            if (may & 1) h->inputs += net->entries[i].count;
            if (may & 2) h->outputs += net->entries[i].count;
        }
        end_header(p, h, !h->outputs, !h->inputs); // the last of none has ended
    }
}

Network *network_new(P *p, G *g, const NetworkSite *site, const int64_t *bounds, Chan *const *chans) {
    Network *net = gc_new_scan(p, (sizeof *net + 7) / 8);
    net->site = site;
    net->owner = g;
    net->bounds = gc_new_noscan(p, ((uint64_t)site->nsubs * 2 + 1) * sizeof *bounds);
    memcpy(net->bounds, bounds, site->nsubs * 2 * sizeof *bounds);
    net->entries = gc_new_noscan(p, ((uint64_t)site->nprocesses + 1) * sizeof(Entry));
    if (!lay_out(net, g)) return NULL;
    make_processes(p, net);
    make_headers(p, net, chans);
    uint32_t buckets = 8;
    while (buckets < net->nprocesses) buckets *= 2;
    net->mask = buckets - 1;
    net->buckets = gc_new_scan(p, buckets);
    return net;
}

// Subscripts of cell number k.
static void cell_subs(const Network *net, uint32_t entry, uint32_t k, int64_t *subs) {
    const int64_t *b = net->bounds + 2 * (size_t)net->entries[entry].bounds;
    for (uint32_t d = net->site->processes[entry].nsubs; d-- > 0;) {
        uint64_t n = (uint64_t)b[2 * d + 1] - (uint64_t)b[2 * d] + 1;
        subs[d] = (int64_t)((uint64_t)b[2 * d] + k % n);
        k = (uint32_t)(k / n);
    }
}

void network_start(P *p, Network *net, uint32_t n, const void *closure) {
    const Entry *e = &net->entries[n];
    uint32_t nsubs = net->site->processes[n].nsubs;
    uint64_t small[1 + MAX_SUBS], *args = nsubs <= MAX_SUBS ? small : base_malloc((1 + (size_t)nsubs) * sizeof *args);
    for (uint32_t k = 0; k < e->count; k++) {
        args[0] = e->first + k;
        cell_subs(net, n, k, (int64_t *)args + 1);
        sched_go_process(p, closure, args, 1 + nsubs, &net->processes[e->first + k]);
    }
    if (args != small) base_free(args);
}

// --- channels between processes

// Number of the cell of entry i with these subscripts; false: outside.
static bool find_cell(const Network *net, uint32_t i, const int64_t *subs, uint32_t *number) {
    const int64_t *b = net->bounds + 2 * (size_t)net->entries[i].bounds;
    uint64_t k = 0;
    for (uint32_t d = 0; d < net->site->processes[i].nsubs; d++) {
        if (subs[d] < b[2 * d] || subs[d] > b[2 * d + 1]) return false;
        k = k * ((uint64_t)b[2 * d + 1] - (uint64_t)b[2 * d] + 1) + ((uint64_t)subs[d] - (uint64_t)b[2 * d]);
    }
    *number = net->entries[i].first + (uint32_t)k;
    return true;
}

static bool find_process(const Network *net, const PeerSite *site, const int64_t *subs, uint32_t *number) {
    for (uint32_t i = 0; i < net->site->nprocesses; i++) {
        const ProcessSite *s = &net->site->processes[i];
        if (s->label && s->name == site->label && net->entries[i].count && find_cell(net, i, subs, number)) return true;
    }
    return false;
}

static inline uint32_t bucket_of(const Network *net, uint32_t from, uint32_t to, uint32_t shape) {
    uint64_t h = ((uint64_t)from << 32 | to) * 0x9e3779b97f4a7c15ULL + shape * 0xc2b2ae3d27d4eb4fULL;
    return (uint32_t)(h >> 40) & net->mask;
}

static Link *find_link(const Network *net, uint32_t bucket, uint32_t from, uint32_t to, uint32_t shape) {
    Link *l = atomic_load_explicit(&net->buckets[bucket], memory_order_acquire); // pairs with add_link
    while (l && (l->from != from || l->to != to || l->shape != shape)) l = l->next;
    return l;
}

// Lock held.
static void add_link(Network *net, uint32_t bucket, Link *l) {
    Process *from = &net->processes[l->from], *to = &net->processes[l->to];
    l->next_from = from->from;
    from->from = l;
    l->next_to = to->to;
    to->to = l;
    l->next = atomic_load_explicit(&net->buckets[bucket], memory_order_relaxed);
    atomic_store_explicit(&net->buckets[bucket], l, memory_order_release); // pairs with find_link
}

static Link *new_link(P *p, Network *net, const PeerSite *site, uint32_t bucket, uint32_t from, uint32_t to) {
    Link *fresh = gc_new_scan(p, (sizeof *fresh + chan_size() + 7) / 8), *l;
    fresh->from = from;
    fresh->to = to;
    fresh->shape = site->shape;
    fresh->text = site->text;
    chan_init_part((Chan *)fresh->chan, site->slots);
    rt_lock(&net->lock);
    l = find_link(net, bucket, from, to, site->shape);
    if (!l && !net->processes[from].ended && !net->processes[to].ended) add_link(net, bucket, l = fresh);
    rt_unlock(&net->lock);
    return l;
}

static Chan *look_up(P *p, Network *net, const PeerSite *site, uint64_t self, const int64_t *subs) {
    uint32_t other;
    if (!find_process(net, site, subs, &other)) return CHAN_ENDED;
    uint32_t from = site->out ? (uint32_t)self : other, to = site->out ? other : (uint32_t)self;
    uint32_t bucket = bucket_of(net, from, to, site->shape);
    Link *l = find_link(net, bucket, from, to, site->shape);
    if (!l) l = new_link(p, net, site, bucket, from, to);
    return l ? (Chan *)l->chan : CHAN_ENDED;
}

Chan *network_peer(P *p, G *g, Network *net, const PeerSite *site, uint64_t self, const int64_t *subs) {
    Process *q = &net->processes[self];
    if (g->process != q || site->nsubs > 1) return look_up(p, net, site, self, subs); // a process within it, for it
    Recent *r = &q->recent[site->shape % NRECENT];
    int64_t sub = site->nsubs ? subs[0] : 0;
    if (r->site == site && r->sub == sub) return r->chan;
    *r = (Recent){site, sub, look_up(p, net, site, self, subs)};
    return r->chan;
}

// --- ends

static void end_headers(P *p, Network *net, const Process *q) {
    const uint8_t *may = net->site->processes[q->entry].may;
    for (uint32_t c = 0; c < net->site->nchans; c++) {
        Header *h = &net->headers[c];
        if (!may[c]) continue;
        rt_lock(&net->lock);
        bool poison = may[c] & 1 && --h->inputs == 0, close = may[c] & 2 && --h->outputs == 0;
        rt_unlock(&net->lock);
        end_header(p, h, close, poison);
    }
}

void network_ended(P *p, G *g) {
    Process *q = g->process;
    Network *net = q->net;
    rt_lock(&net->lock);
    q->ended = true; // from here on its lists do not grow
    rt_unlock(&net->lock);
    for (Link *l = q->from; l; l = l->next_from) chan_poison(p, g, (Chan *)l->chan);
    for (Link *l = q->to; l; l = l->next_to) chan_poison(p, g, (Chan *)l->chan);
    end_headers(p, net, q);
    rt_lock(&net->lock);
    bool last = --net->remaining == 0 && net->joining;
    rt_unlock(&net->lock);
    if (last) sched_ready(p, net->owner);
}

const char *network_label(const G *g, char *buf, size_t size) {
    *buf = 0;
    const Process *q = g->process;
    if (!q) return buf;
    const ProcessSite *s = &q->net->site->processes[q->entry];
    int n = s->label ? snprintf(buf, size, "%s", s->label) : snprintf(buf, size, "#%u", q->entry + 1);
    if (!s->nsubs) return buf;
    int64_t small[MAX_SUBS];
    if (s->nsubs > MAX_SUBS) return buf;
    cell_subs(q->net, q->entry, q->cell, small);
    for (uint32_t i = 0; i < s->nsubs && n > 0 && (size_t)n < size; i++) n += snprintf(buf + n, size - (size_t)n, "%s%lld", i ? ", " : "(", (long long)small[i]);
    if (n > 0 && (size_t)n < size) snprintf(buf + n, size - (size_t)n, ")");
    return buf;
}

G *network_owner(const G *g) { return g->process ? g->process->net->owner : NULL; }

void network_failed(P *p, G *g, Iface value, const char *where, const char *origin) {
    Network *net = g->process->net;
    char label[128], text[400];
    if (origin) snprintf(text, sizeof text, "%s", origin);
    else snprintf(text, sizeof text, "process %s at %s", network_label(g, label, sizeof label), where);
    char *kept = gc_new_noscan(p, strlen(text) + 1);
    strcpy(kept, text);
    rt_lock(&net->lock);
    if (!net->failed) {
        net->failed = true;
        net->failure = value;
        net->origin = kept;
    }
    rt_unlock(&net->lock);
}

const char *network_origin(const Network *net) { return net->origin; }

ChanStatus network_join(P *p, G *g, Network *net) {
    (void)p;
    rt_lock(&net->lock);
    bool done = net->remaining == 0;
    net->joining = !done;
    if (!done) sched_park_begin(g, WAIT_PARALLEL);
    rt_unlock(&net->lock);
    if (!done) return CHAN_PARKED;
    if (!net->failed) return CHAN_DONE;
    g->pending_panic = net->failure;
    return CHAN_PANIC;
}

// --- the report of a deadlock

typedef struct Waits { // what a process waits in
    G *g;
    const Process *process;
    uint32_t to[8];        // numbers of Waits it waits for
    uint32_t nto;
    uint8_t colour;        // of the search for a cycle
} Waits;

typedef struct Report {
    FILE *out;
    Waits *all;
    uint32_t n, cap;
} Report;

static void collect(G *g, void *ctx) {
    Report *r = ctx;
    if (!g->process || atomic_load(&g->status) != G_WAITING) return;
    if (r->n == r->cap) r->all = base_realloc(r->all, (r->cap = r->cap ? 2 * r->cap : 64) * sizeof *r->all);
    r->all[r->n++] = (Waits){.g = g, .process = g->process};
}

static int by_id(const void *a, const void *b) {
    const Waits *x = a, *y = b;
    return (x->g->id > y->g->id) - (x->g->id < y->g->id);
}

static const Link *link_of(const Process *q, const Chan *c) {
    for (const Link *l = q->from; l; l = l->next_from)
        if ((const Chan *)l->chan == c) return l;
    for (const Link *l = q->to; l; l = l->next_to)
        if ((const Chan *)l->chan == c) return l;
    return NULL;
}

static void process_label(const Process *q, char *buf, size_t size) {
    G g = {.process = (Process *)q};
    network_label(&g, buf, size);
}

static void add_edge(Report *r, Waits *w, const Process *to) {
    for (uint32_t i = 0; i < r->n; i++) {
        if (r->all[i].process != to) continue;
        for (uint32_t k = 0; k < w->nto; k++)
            if (w->to[k] == i) return;
        if (w->nto < sizeof w->to / sizeof *w->to) w->to[w->nto++] = i;
        return;
    }
}

// Who may be the partner in a header channel: all that have not ended and may
// do the other thing.
static void header_edges(Report *r, Waits *w, const Network *net, uint32_t c, bool send) {
    for (uint32_t i = 0; i < net->nprocesses; i++) {
        const Process *q = &net->processes[i];
        if (!q->ended && q != w->process && net->site->processes[q->entry].may[c] & (send ? 1 : 2)) add_edge(r, w, q);
    }
}

// Describes one wait entry; false: over a channel that no network knows.
static bool describe_entry(Report *r, Waits *w, const Chan *c, bool send, bool *first) {
    const char *sep = *first ? "" : " | ";
    for (const Process *q = w->process; q; q = q->net->owner->process) { // the commands around, too
        const Link *l = link_of(q, c);
        if (l) {
            const Process *other = &q->net->processes[send ? l->to : l->from];
            char label[128];
            process_label(other, label, sizeof label);
            fprintf(r->out, "%s%s%c%s", sep, label, send ? '!' : '?', l->text);
            add_edge(r, w, other);
            return true;
        }
        for (uint32_t i = 0; i < q->net->site->nchans; i++)
            if (q->net->headers[i].chan == c) {
                fprintf(r->out, "%s%s%c", sep, q->net->site->chans[i], send ? '!' : '?');
                header_edges(r, w, q->net, i, send);
                return true;
            }
    }
    return false;
}

enum { GUARDS_SHOWN = 6 };

static bool describe_waits(Report *r, Waits *w) {
    bool first = true;
    uint32_t n = 0, more = 0;
    if (w->g->wait_reason == WAIT_CHAN_SEND || w->g->wait_reason == WAIT_CHAN_RECEIVE)
        return describe_entry(r, w, w->g->sudog.owner, w->g->wait_reason == WAIT_CHAN_SEND, &first);
    if (w->g->wait_reason != WAIT_SELECT) return false;
    for (const Sudog *s = w->g->waiting; s; s = s->link) {
        if (!s->owner) continue;
        if (n == GUARDS_SHOWN) {
            more++;
            continue;
        }
        if (!describe_entry(r, w, s->owner, s->send, &first)) continue;
        first = false;
        n++;
    }
    if (more) fprintf(r->out, " | %u more", more);
    return n > 0;
}

static const char *plain_wait(uint8_t reason) {
    switch (reason) {
    case WAIT_CHAN_SEND: return "an output on a channel";
    case WAIT_CHAN_RECEIVE: return "an input from a channel";
    case WAIT_SELECT: return "guards over channels";
    case WAIT_PARALLEL: return "its parallel command";
    default: return "something else";
    }
}

static void describe(Report *r, Waits *w, bool (*where)(G *g, Str *file, uint32_t *line)) {
    char label[128];
    Str file;
    uint32_t line;
    fprintf(r->out, "  %s", network_label(w->g, label, sizeof label));
    if (where && where(w->g, &file, &line)) fprintf(r->out, " at %.*s:%u", (int)file.len, file.ptr, line);
    fputs(" waits in ", r->out);
    if (!describe_waits(r, w)) fputs(plain_wait(w->g->wait_reason), r->out);
    for (uint32_t i = 0; i < w->nto; i++) {
        process_label(r->all[w->to[i]].process, label, sizeof label);
        fprintf(r->out, "%s%s", i ? ", " : ", for ", label);
    }
    fputc('\n', r->out);
}

// Depth first; answers true when the cycle was found: the path from the one
// met again is it. path has room for all.
static bool find_cycle(Report *r, uint32_t start, uint32_t *path, uint32_t *from, uint32_t *len) {
    uint32_t *next = base_calloc(r->n, sizeof *next), n = 0;
    bool found = false;
    path[n++] = start;
    r->all[start].colour = 1;
    while (n && !found) {
        Waits *w = &r->all[path[n - 1]];
        if (next[path[n - 1]] == w->nto) {
            w->colour = 2;
            n--;
            continue;
        }
        uint32_t to = w->to[next[path[n - 1]]++];
        if (r->all[to].colour == 0) {
            r->all[to].colour = 1;
            path[n++] = to;
        } else if (r->all[to].colour == 1) {
            found = true;
            for (*from = 0; path[*from] != to; ++*from) {}
            *len = n;
        }
    }
    base_free(next);
    return found;
}

enum { CYCLE_SHOWN = 40, PROCESSES_SHOWN = 200 };

static void draw_cycle(Report *r) {
    uint32_t *path = base_calloc(r->n + 1, sizeof *path), from = 0, len = 0;
    char label[128];
    bool found = false;
    for (uint32_t i = 0; i < r->n && !found; i++)
        if (r->all[i].colour == 0) found = find_cycle(r, i, path, &from, &len);
    if (found) {
        fputs("cycle:\n  ", r->out);
        for (uint32_t i = from; i < len && i - from < CYCLE_SHOWN; i++) {
            process_label(r->all[path[i]].process, label, sizeof label);
            fprintf(r->out, "%s -> ", label);
        }
        if (len - from > CYCLE_SHOWN) fprintf(r->out, "... (%u more) -> ", len - from - CYCLE_SHOWN);
        process_label(r->all[path[from]].process, label, sizeof label);
        fprintf(r->out, "%s\n", label);
    }
    base_free(path);
}

void network_report(FILE *to, bool (*where)(G *g, Str *file, uint32_t *line)) {
    Report r = {.out = to};
    sched_each_g(collect, &r);
    if (!r.n) return;
    qsort(r.all, r.n, sizeof *r.all, by_id);
    fputs("\nprocesses:\n", to);
    for (uint32_t i = 0; i < r.n && i < PROCESSES_SHOWN; i++) describe(&r, &r.all[i], where);
    if (r.n > PROCESSES_SHOWN) fprintf(to, "  ... and %u more\n", r.n - PROCESSES_SHOWN);
    draw_cycle(&r);
    base_free(r.all);
}
