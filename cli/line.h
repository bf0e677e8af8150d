// SPDX-License-Identifier: MIT
// line.h: editing one input, of one line or many, on a terminal.
//
// GNU readline does the editing; it is opened when a prompt starts, so that
// nothing else waits for it. What is shown is drawn here: a block of lines with
// prompts, above which other output can appear at any time.
#ifndef CSP_CLI_LINE_H
#define CSP_CLI_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct LineHooks {
    // Is the text a whole input? Else Enter begins a further line.
    bool (*is_complete)(const char *text);
    // Calls add for each completion of the text's end: the name, what it is, and
    // a line about it or ""; returns the offset of what they replace.
    size_t (*complete)(const char *text, size_t len, void (*add)(void *ctx, const char *name, const char *what, const char *doc), void *ctx);
    // Waits until a key can be read; false: Ctrl-C has come instead.
    bool (*wait_for_key)(void);
} LineHooks;

typedef enum LineEvent { LINE_MORE, LINE_INPUT, LINE_EDIT, LINE_END } LineEvent;

// tty: where to draw. False: a message was printed, readline is not there.
bool line_open(const LineHooks *hooks, FILE *tty, bool color);
void line_set_color(bool color);
void line_set_prompt(const char *first, const char *next);

// Shows the prompt and takes the terminal; text to begin with, or NULL.
void line_begin(const char *text);
// Handles one key, if there is one. INPUT: *text is the input (to be freed),
// and the terminal is as it was before line_begin; EDIT: the same, for an editor.
LineEvent line_key(char **text);
void line_give_up(void);  // Ctrl-C: the block is left as it stands, a new one begins
void line_finish(void);   // the terminal as before line_begin, with or without an input
void line_resized(void);
// Output between hide and show appears above the block.
void line_hide(void);
void line_show(void);

// History, kept in a file. Entries that begin with a space are not kept.
void line_history_open(const char *path);
void line_history_add(const char *text);
const char *line_history_at(int i); // oldest first; NULL behind the last

#endif
