// SPDX-License-Identifier: MIT
// notation.h: what the checker finds out about the commands of the notation,
// for generation (docs/notation.md tells what they mean).
#ifndef CSP_COMPILER_NOTATION_H
#define CSP_COMPILER_NOTATION_H

#include "compiler/types.h"

// A label of a parallel command: one process, or an array of them.
typedef struct ProcName {
    Name *name;
    Pos pos;
    uint32_t nsubs;
    uint32_t number;     // within its command
    struct Network *net;
} ProcName;

// The form of a message between two labels. Each shape has channels of its own,
// so that a message only meets inputs that it fits.
typedef struct Shape {
    ProcName *from, *to;
    Name *cons;          // constructor, or NULL
    Type **parts;
    uint32_t nparts;
    uint32_t number;     // within its command
} Shape;

typedef struct Mention { Object *var; Pos pos; uint8_t dirs; } Mention; // dirs: of a header channel, MAY_*
enum { MAY_INPUT = 1, MAY_OUTPUT = 2 };

typedef struct VarUse { Object *var; Pos mentioned, assigned; } VarUse; // assigned 0: only read

typedef struct ProcessInfo { // of a Process
    FuncInfo *func;
    ProcName *name;      // NULL: no label
    Object *self;        // the process's number within its network: first parameter of func
    bool replicated;     // several copies run
    VEC(VarUse) uses;    // variables from outside
    VEC(Mention) chans;  // mentions of header channels
    uint8_t *may;        // for each header channel: MAY_*
} ProcessInfo;

typedef struct Network { // of a parallel command
    Object *net;         // hidden variable: the command while it runs
    VEC(ProcName *) names;
    VEC(Shape *) shapes;
    VEC(Object *) chans; // of the header
    VEC(Stmt *) outputs; // to processes by name, until all shapes are known
} Network;

// A communication of one of the notation's own forms.
typedef struct Comm {
    ExprList parts;      // what is sent, or the targets
    Type **types;        // of the parts as they travel
    bool by_fields;      // the one value is a struct; the targets take its fields
    Type *filter;        // c?T(x, y) on a channel of interface type
    // with a process by name
    ProcName *peer;      // NULL: over a channel
    ExprList subs;
    ProcessInfo *self;
    Shape *shape;
} Comm;

// "has(int, string)", as messages show it.
const char *shape_text(const Name *cons, Type *const *parts, uint32_t n);

#endif
