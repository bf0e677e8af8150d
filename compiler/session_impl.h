// SPDX-License-Identifier: MIT
// session_impl.h: what the files of sessions share.
#ifndef CSP_COMPILER_SESSION_IMPL_H
#define CSP_COMPILER_SESSION_IMPL_H

#include "compiler/compile_impl.h"
#include "compiler/session.h"

typedef struct Version { Name *name; uint32_t n; } Version; // of a type declared several times

typedef struct Session { // in the arena, so it goes back as well
    CompileOptions options;
    Compilation c;
    Package *main, *runtime, *show;
    VEC(Object *) its;      // variables for the last value, one of each type; NULL: free
    VEC(Version) versions;
    VEC(ForeignTable) foreign; // of inputs that call C: the machine keeps pointers into them
    uint32_t ndeclared;
} Session;

// session_again.c: what is declared again because an input declares a name as
// something else. An input is checked alone; while more is wanted it is undone and
// checked with that.
void again_begin(void);
bool again_wanted(void);           // after a check without errors
Str again_with(Str input);         // the text with the declarations behind it
bool again_is_input(Pos pos);      // it belongs to the input's own text
void again_leave_out(void);        // after a check with errors
void again_tell(FILE *notes);      // what became of them

extern Session *session;
void session_undo(void); // takes the arena back to where no input is under way

#endif
