// SPDX-License-Identifier: MIT
// session.h: a program that grows input by input, as a prompt needs it.
//
// Each input is parsed, checked in the scope of the earlier ones, and generated
// into code that the running machine takes in. An input with an error leaves
// no trace. One that ran is accepted, and then its names are known to later
// inputs, or rejected.
//
// A name may be declared again. A variable of the same type keeps its place,
// so that functions see the new value; otherwise earlier functions keep the
// earlier variable. A function of the same type takes the place of the earlier
// one everywhere. Of a type there are two from then on.
#ifndef CSP_COMPILER_SESSION_H
#define CSP_COMPILER_SESSION_H

#include <stdio.h>

#include "compiler/arena.h"
#include "compiler/compile.h"

typedef struct SessionInput {
    const char *name;  // in messages: "In[3]"
    const char *text;  // copied
    size_t len;
    const char *show;  // function of internal/repl that gets the last expression's value, NULL: none
    bool keep;         // that value is "it" from then on
    bool only_keep;    // a single value is not shown; see SessionResult.hidden
    bool only_expr;    // it must be one expression, which is checked only; see SessionResult.type
} SessionInput;

typedef struct SessionResult {
    Program program;     // entry NULL: nothing to run; roots are the new ones only
    const char *type;    // of the last expression, or NULL; lives until the next input
    bool returns_nothing; // the last statement is a call without result
    bool hidden;       // there is one value, which is kept and not shown
    uint32_t ndeclared;  // names
} SessionResult;

// What a session asks of the machine that runs its programs.
typedef struct SessionMachine {
    void (*stopped)(void (*change)(void *ctx), void *ctx); // runs change(ctx) when no program runs
    ArenaMachine memory;
    size_t (*heap_bytes)(void);
    bool collect_always; // after each input, to find what is freed too early
    // Code, types and variables have been freed: p has what types and functions
    // there are now, is_gone tells of a variable's address.
    void (*collected)(const Program *p, bool (*is_gone)(const void *addr));
    bool (*keeps_result)(int32_t type); // does somebody hold a result of this number (see session_result)?
} SessionMachine;

// Starts the one session of the process. NULL after errors, which were printed to
// standard error; else a program that initialises what every input needs.
Program *session_begin(const CompileOptions *o, const SessionMachine *machine);

// Is the text a whole input, or would more lines make it one?
bool session_is_complete(const char *text, size_t len);
// The canonical form of a script, to be freed; NULL: there are syntax errors, or no memory.
char *session_format(const char *text, size_t len, size_t *n);

// Compiles an input. False: errors were printed to errors (may be NULL) and
// nothing has changed. Else session_accept or session_reject must follow.
bool session_compile(const SessionInput *in, SessionResult *out, FILE *errors);
// The input has run to its end: its names are known from now on. Remarks about
// what earlier things keep go to notes.
void session_accept(FILE *notes);
// It did not. over: none of its code runs any more.
void session_reject(bool over);

// The value the latest input has left as "it": where it is and its size; the
// number of its type, or -1: there is none.
int32_t session_result(void **at, size_t *size);
// Makes "it" the value of that type for the next input; answers the number of
// the type it had before.
int32_t session_choose_it(int32_t type, void **at);
bool session_knows(const char *name); // was it declared?

void session_set_color(bool on); // of messages

// --- looking into the session (session_look.c)

typedef struct SessionName {
    const char *name;
    const char *kind; // "var", "func", "type", "const", "package"
    const char *type; // as messages show it; of a package its path
    uint32_t order;   // of declaration
} SessionName;
// Calls f for each name that was declared.
void session_each_name(void (*f)(void *ctx, const SessionName *n), void *ctx);

// Calls f for each variable that has a place in memory.
void session_each_var(void (*f)(void *ctx, const char *name, const TypeDesc *t, const void *at), void *ctx);

// Completions of the name or selector that ends at the end of text: calls f
// for each with what it stands for ("func(x int) string") and the first line of its
// comment, or "". Returns the offset of the part of text that the completions replace.
size_t session_complete(const char *text, size_t len, void (*f)(void *ctx, const char *name, const char *what, const char *doc), void *ctx);

// The same for the path of an import, of which the quote opens at text[quote].
// False: no import stands there.
bool session_complete_import(const char *text, size_t len, size_t quote, void (*f)(void *ctx, const char *name, const char *what, const char *doc), void *ctx);

// Prints what is known of a name: "x", "strings.Index", "T.Method": its
// declaration and comment, or (source) its whole text. False: unknown.
bool session_describe(const char *name, bool source, FILE *to);

// The function of that name, for disassembly, or NULL.
struct Func *session_func(const char *name);

#endif
