// SPDX-License-Identifier: MIT
// site.h: constant descriptions that the compiler makes of places in the source
// where processes are started or communicate, read by the machine and the
// runtime. They live as long as the program.
#ifndef CSP_RUNTIME_SITE_H
#define CSP_RUNTIME_SITE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum ArmKind { ARM_RECEIVE, ARM_SEND, ARM_CONDITION } ArmKind; // of a select's arm

// A communication with a process by name.
typedef struct PeerSite {
    uint32_t label;    // number of the name in its parallel command
    uint32_t nsubs;
    uint32_t shape;    // number of the message's shape
    uint32_t slots;    // of a message
    bool out;          // output
    const char *text;  // the message, for reports: "has(int)"
} PeerSite;

// A guard of a command with ranges, where arms are collected one by one.
typedef struct ArmSite {
    uint16_t guard;    // number of the guarded command
    uint8_t kind;      // ArmKind
    bool fails;
    uint16_t value;    // receive: first slot that takes the value
    uint16_t ok;       // slot or 0xffff
    uint16_t index;    // first of the slots that take the range's variables again
    uint16_t nindices;
    uint16_t words;    // send: slots of the value
    const void *filter;
} ArmSite;

typedef struct ProcessSite { // one process of a parallel command, or an array of them
    const char *label;       // NULL: none
    uint32_t name;           // number of the label
    uint32_t nsubs;
    const uint8_t *may;      // for each header channel: 1 may input, 2 may output
} ProcessSite;

typedef struct NetworkSite { // a parallel command
    const ProcessSite *processes;
    uint32_t nprocesses;
    uint32_t nsubs;          // of all of them
    const char *const *chans; // names of the header channels
    uint32_t nchans;
    const char *where;       // "file:line"
} NetworkSite;

#endif
