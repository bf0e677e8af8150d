// SPDX-License-Identifier: MIT
// network.h: parallel commands of the notation while they run: their processes,
// the channels between processes by name, header channels, the common end.
#ifndef CSP_RUNTIME_NETWORK_H
#define CSP_RUNTIME_NETWORK_H

#include <stdio.h>

#include "runtime/chan.h"

typedef struct Network Network;
typedef struct Process Process;

// bounds: two words for each subscript of site's processes, in their order;
// chans: the header channels. NULL: a panic was recorded.
Network *network_new(P *p, G *g, const NetworkSite *site, const int64_t *bounds, Chan *const *chans);
// Starts all processes of entry number n. Their function takes the process's
// number and its subscripts.
void network_start(P *p, Network *net, uint32_t n, const void *closure);
// Waits for the end of all processes. CHAN_PANIC: one of them panicked, its
// value is recorded for g. After CHAN_PARKED to be called again.
ChanStatus network_join(P *p, G *g, Network *net);
// The channel of a communication by process number self, for which g runs; CHAN_ENDED when the
// partner has ended or there is none of these subscripts.
Chan *network_peer(P *p, G *g, Network *net, const PeerSite *site, uint64_t self, const int64_t *subs);

// The goroutine of a process has come to its end: whoever waits for it learns it.
void network_ended(P *p, G *g);
// It ends by a panic that nobody recovered, at where ("file:line"), or passed on
// from a process of its own: origin.
void network_failed(P *p, G *g, Iface value, const char *where, const char *origin);
// Name of g's process, into buf: "fac(3)", "#2" for the second one of a command
// when it has no label, "" when g is none. Answers buf.
const char *network_label(const G *g, char *buf, size_t size);
G *network_owner(const G *g); // the goroutine that runs the parallel command g is a process of, or NULL
// Where a panic came from that network_join recorded for g: "process fac(3) at file:line", or NULL.
const char *network_origin(const Network *net);

// The part of a deadlock's report about processes: who waits in what for whom,
// and the cycle. where tells the place a goroutine waits at.
void network_report(FILE *to, bool (*where)(G *g, Str *file, uint32_t *line));

#endif
