// SPDX-License-Identifier: MIT
// line.c: editing one input on a terminal, with GNU readline as the engine.
//
// Readline keeps the text and the point, reads keys, and knows history, undo,
// search and the user's ~/.inputrc. Keys whose meaning depends on lines (Enter,
// Up, Down, Home, End, Tab, closing brackets) are bound to functions here, and
// so is the drawing. Readline never accepts a line itself: on_enter says so.
//
// Drawing goes over rows of the screen. Facts: the block begins at column 0;
// shown.cursor is the row of the cursor below its first row; a block that is
// higher than the screen shows the part around the cursor.
// Thread: the prompt's own.
#define _GNU_SOURCE
#include "cli/line.h"

#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "cli/highlight.h"

#include <readline/history.h>
#include <readline/readline.h>

// --- readline, by name

#define READLINE_SYMBOLS(S)                                                                                         \
    S(rl_callback_handler_install) S(rl_callback_handler_remove) S(rl_callback_read_char) S(rl_callback_sigcleanup) \
    S(rl_insert_text) S(rl_delete_text) S(rl_replace_line) S(rl_initialize)        \
    S(rl_variable_bind) S(rl_get_previous_history) S(rl_get_next_history) S(rl_delete) S(rl_resize_terminal)        \
    S(rl_get_screen_size) S(rl_free_line_state) S(rl_variable_value) S(rl_begin_undo_group) S(rl_end_undo_group)              \
    S(rl_line_buffer) S(rl_point) S(rl_end) S(rl_instream) S(rl_outstream) S(rl_catch_signals) S(rl_catch_sigwinch) \
    S(rl_redisplay_function) S(rl_readline_name) S(rl_display_prompt) S(rl_prompt) S(rl_last_func)                  \
    S(rl_change_environment) S(rl_getc_function) S(rl_prep_term_function) S(rl_prep_terminal) S(add_history) S(remove_history) S(history_get) S(using_history) S(history_length)     \
    S(history_base) S(rl_free_undo_list) S(where_history) S(rl_forward_char) S(rl_bind_keyseq_in_map) S(rl_get_keymap_by_name)

static struct {
#define S(name) __typeof__(&name) name##_;
    READLINE_SYMBOLS(S)
#undef S
} rl;

#define RL(name) (*rl.name##_)

static bool open_readline(void) {
    void *h = dlopen("libreadline.so.8", RTLD_NOW | RTLD_LOCAL);
    if (!h) {
        fputs("csp: a prompt needs the library GNU readline (libreadline.so.8); on Debian: apt-get install libreadline8\n", stderr);
        return false;
    }
    bool all = true;
#define S(name) all = (*(void **)&rl.name##_ = dlsym(h, #name)) && all;
    READLINE_SYMBOLS(S)
#undef S
    if (!all) fputs("csp: this GNU readline is too old for a prompt; version 8.0 or newer is needed\n", stderr);
    return all;
}

// --- state

enum { TAB_WIDTH = 4, PROMPT_MAX = 64, HISTORY_KEPT = 10000 };

static LineHooks hooks;
static FILE *tty;
static bool in_color;
static char first_prompt[PROMPT_MAX] = "csp> ", next_prompt[PROMPT_MAX] = "...> ";

static struct {
    bool active;  // the terminal is ours and a block is on the screen
    bool hidden;
    bool leaving; // drawn for the last time: without what is no part of the text
    int cursor;   // row of the cursor below the block's first
    LineEvent event;
    char *text;
} shown;

void line_set_color(bool color) { in_color = color; }

void line_set_prompt(const char *first, const char *next) {
    snprintf(first_prompt, sizeof first_prompt, "%s", first);
    snprintf(next_prompt, sizeof next_prompt, "%s", next);
}

// --- drawing

typedef struct Canvas {
    char *text;
    size_t len, cap;
    int row, col, width; // where the next character goes
    Style want, style;   // of the next cell, and what the terminal has been told
    int *rows;           // offset in text of each row
    int nrows, rows_cap;
    int point_row, point_col;
} Canvas;

static void *grown(void *p, size_t size) {
    p = realloc(p, size);
    if (!p) abort();
    return p;
}

static void put(Canvas *c, const char *s, size_t n) {
    if (c->len + n > c->cap) c->text = grown(c->text, c->cap = (c->len + n) * 2);
    memcpy(c->text + c->len, s, n);
    c->len += n;
}

static void set_style(Canvas *c, Style style) {
    if (!in_color || style == c->style) return;
    if (c->style) put(c, "\033[0m", 4);
    put(c, style_escapes[style], strlen(style_escapes[style]));
    c->style = style;
}

// Rows are written one by one, so each has whole styles.
static void new_row(Canvas *c) {
    set_style(c, STYLE_PLAIN);
    if (c->nrows == c->rows_cap) c->rows = grown(c->rows, sizeof *c->rows * (size_t)(c->rows_cap = c->rows_cap * 2 + 64));
    c->rows[c->nrows++] = (int)c->len;
    c->row = c->nrows - 1;
    c->col = 0;
}

static void put_cell(Canvas *c, const char *s, size_t n, int cells) {
    if (c->col + cells > c->width) new_row(c);
    set_style(c, c->want);
    put(c, s, n);
    c->col += cells;
}

static void put_prompt(Canvas *c, const char *prompt) {
    c->want = STYLE_PROMPT;
    for (const char *p = prompt; *p; p++) put_cell(c, p, 1, 1);
    c->want = STYLE_PLAIN;
}

// Draws the character at s; returns its length in bytes.
static size_t put_char(Canvas *c, const char *s, size_t left) {
    unsigned char b = (unsigned char)*s;
    if (b == '\t') {
        do put_cell(c, " ", 1, 1);
        while (c->col % TAB_WIDTH != 0 && c->col < c->width);
        return 1;
    }
    if (b < 0x20 || b == 0x7f) {
        char caret[2] = {'^', (char)(b ^ 0x40)};
        put_cell(c, caret, 2, 2);
        return 1;
    }
    wchar_t w;
    mbstate_t state = {0};
    size_t n = mbrtowc(&w, s, left, &state);
    if (n == (size_t)-1 || n == (size_t)-2 || n == 0) {
        put_cell(c, "?", 1, 1);
        return 1;
    }
    int cells = wcwidth(w);
    put_cell(c, s, n, cells < 0 ? 0 : cells);
    return n;
}

static void note_point(Canvas *c) {
    if (c->col >= c->width) new_row(c); // the cursor stands before the next character
    c->point_row = c->row;
    c->point_col = c->col;
}

static bool is_searching(void) {
    const char *message = RL(rl_display_prompt), *prompt = RL(rl_prompt);
    return message && prompt && message != prompt && strcmp(message, prompt) != 0;
}

// What the latest entry of the history that begins with the text goes on with,
// or NULL: shown behind the text, and taken by Right.
static const char *suggestion(void) {
    const char *text = RL(rl_line_buffer);
    size_t len = (size_t)RL(rl_end);
    if (!in_color || !len || RL(rl_point) != RL(rl_end) || shown.leaving || is_searching()) return NULL;
    for (int i = RL(history_length) - 1; i >= 0; i--) {
        HIST_ENTRY *e = RL(history_get)(RL(history_base) + i);
        if (e && strncmp(e->line, text, len) == 0 && e->line[len]) return e->line + len;
    }
    return NULL;
}

static void put_suggestion(Canvas *c) {
    const char *s = suggestion();
    if (!s) return;
    c->want = STYLE_SUGGESTION;
    for (size_t n = strcspn(s, "\n"), at = 0; at < n;) at += put_char(c, s + at, n - at);
    c->want = STYLE_PLAIN;
}

static unsigned char *styles_of(const char *text, size_t len, size_t point) {
    unsigned char *styles = grown(NULL, len + 1);
    memset(styles, STYLE_PLAIN, len + 1);
    if (!in_color) return styles;
    highlight(text, len, styles);
    if (!shown.leaving) highlight_brackets(text, len, point, styles);
    return styles;
}

static void draw_block(Canvas *c) {
    const char *text = RL(rl_line_buffer);
    size_t len = (size_t)RL(rl_end), point = (size_t)RL(rl_point);
    unsigned char *styles = styles_of(text, len, point);
    new_row(c);
    put_prompt(c, is_searching() ? RL(rl_display_prompt) : first_prompt);
    for (size_t at = 0; at < len;) {
        if (at == point) note_point(c);
        if (text[at] == '\n') {
            new_row(c);
            put_prompt(c, next_prompt);
            at++;
        } else {
            c->want = (Style)styles[at];
            at += put_char(c, text + at, len - at);
        }
    }
    c->want = STYLE_PLAIN;
    if (point >= len) note_point(c);
    put_suggestion(c);
    set_style(c, STYLE_PLAIN);
    free(styles);
}

static void to_block_begin(void) {
    if (shown.cursor > 0) fprintf(tty, "\033[%dA", shown.cursor);
    fputs("\r\033[J", tty);
    shown.cursor = 0;
}

static void draw(void) {
    if (!shown.active || shown.hidden || shown.event != LINE_MORE) return; // readline draws once more behind an accepted line
    int height = 24, width = 80;
    RL(rl_get_screen_size)(&height, &width);
    Canvas c = {.width = width > 10 ? width : 10};
    draw_block(&c);
    int from = 0, rows = c.nrows;
    if (rows > height - 1 && height > 2) { // the part around the cursor
        rows = height - 1;
        from = c.point_row - rows + 1;
        if (from < 0) from = 0;
    }
    to_block_begin();
    for (int i = from; i < from + rows; i++) {
        int end = i + 1 < c.nrows ? c.rows[i + 1] : (int)c.len;
        if (i > from) fputs("\r\n", tty);
        fwrite(c.text + c.rows[i], 1, (size_t)(end - c.rows[i]), tty);
    }
    int up = from + rows - 1 - c.point_row;
    if (up > 0) fprintf(tty, "\033[%dA", up);
    fputc('\r', tty);
    if (c.point_col > 0) fprintf(tty, "\033[%dC", c.point_col);
    fflush(tty);
    shown.cursor = c.point_row - from;
    free(c.text);
    free(c.rows);
}

void line_hide(void) {
    if (!shown.active || shown.hidden) return;
    to_block_begin();
    shown.hidden = true;
    fflush(tty);
}

void line_show(void) {
    shown.hidden = false;
    draw();
}

void line_resized(void) {
    RL(rl_resize_terminal)();
    draw();
}

// Leaves the block as it stands; the cursor goes below it.
static void leave_block(void) {
    RL(rl_point) = RL(rl_end);
    shown.leaving = true;
    draw();
    shown.leaving = false;
    fputs("\r\n", tty);
    fflush(tty);
    shown.cursor = 0;
}

// --- keys

static int line_start(int at) {
    while (at > 0 && RL(rl_line_buffer)[at - 1] != '\n') at--;
    return at;
}

static int line_stop(int at) {
    while (at < RL(rl_end) && RL(rl_line_buffer)[at] != '\n') at++;
    return at;
}

static bool blank_before(int at) {
    for (int i = line_start(at); i < at; i++)
        if (RL(rl_line_buffer)[i] != ' ' && RL(rl_line_buffer)[i] != '\t') return false;
    return true;
}

// A further line, indented as the one before it, deeper behind an opening bracket.
static void break_line(void) {
    int start = line_start(RL(rl_point)), at = start;
    char indent[256];
    size_t n = 0;
    while (at < RL(rl_point) && n < sizeof indent - TAB_WIDTH - 2 && (RL(rl_line_buffer)[at] == ' ' || RL(rl_line_buffer)[at] == '\t')) indent[++n] = RL(rl_line_buffer)[at++];
    int last = RL(rl_point) - 1;
    while (last >= start && RL(rl_line_buffer)[last] == ' ') last--;
    if (last >= start && strchr("{([", RL(rl_line_buffer)[last]))
        for (int i = 0; i < TAB_WIDTH; i++) indent[++n] = ' ';
    indent[0] = '\n';
    indent[n + 1] = 0;
    RL(rl_insert_text)(indent);
}

static int accept_as(LineEvent event) {
    leave_block();
    shown.event = event;
    shown.text = strdup(RL(rl_line_buffer));
    return 0;
}

static int on_enter(int count, int key) {
    (void)count, (void)key;
    if (hooks.is_complete(RL(rl_line_buffer))) return accept_as(LINE_INPUT);
    break_line();
    return 0;
}

// Does what Enter would not.
static int on_other_enter(int count, int key) {
    (void)count, (void)key;
    if (!hooks.is_complete(RL(rl_line_buffer))) return accept_as(LINE_INPUT);
    break_line();
    return 0;
}

static int on_edit(int count, int key) {
    (void)count, (void)key;
    return accept_as(LINE_EDIT);
}

static int on_right(int count, int key) {
    const char *rest = suggestion();
    if (!rest) return RL(rl_forward_char)(count, key);
    RL(rl_insert_text)(rest);
    return 0;
}

static int on_end_of_file(int count, int key) {
    if (RL(rl_end) > 0) return RL(rl_delete)(count, key);
    leave_block();
    shown.event = LINE_END;
    return 0;
}

static int on_up(int count, int key);
static int on_down(int count, int key);

// The next entry of the history in step's direction that begins with what was
// typed before the first of several such steps.
static int to_entry(rl_command_func_t *step, rl_command_func_t *back, int key) {
    static char *typed;
    if (RL(rl_last_func) != on_up && RL(rl_last_func) != on_down) {
        free(typed);
        typed = strdup(RL(rl_point) == RL(rl_end) && !strchr(RL(rl_line_buffer), '\n') ? RL(rl_line_buffer) : "");
        if (!typed) abort();
    }
    for (int steps = 0;; steps++) {
        int before = RL(where_history)();
        step(1, key);
        if (RL(where_history)() == before) return steps ? back(steps, key) : 0;
        if (strncmp(RL(rl_line_buffer), typed, strlen(typed)) == 0) return 0;
    }
}

static int on_up(int count, int key) {
    (void)count;
    int start = line_start(RL(rl_point)), col = RL(rl_point) - start;
    if (start == 0) return to_entry(RL(rl_get_previous_history), RL(rl_get_next_history), key);
    int above = line_start(start - 1), stop = start - 1;
    RL(rl_point) = above + col < stop ? above + col : stop;
    return 0;
}

static int on_down(int count, int key) {
    (void)count;
    int stop = line_stop(RL(rl_point)), col = RL(rl_point) - line_start(RL(rl_point));
    if (stop == RL(rl_end)) return to_entry(RL(rl_get_next_history), RL(rl_get_previous_history), key);
    int below = stop + 1, end = line_stop(below);
    RL(rl_point) = below + col < end ? below + col : end;
    return 0;
}

static int on_home(int count, int key) {
    (void)count, (void)key;
    RL(rl_point) = line_start(RL(rl_point));
    return 0;
}

static int on_end(int count, int key) {
    (void)count, (void)key;
    RL(rl_point) = line_stop(RL(rl_point));
    return 0;
}

static int on_vi_end(int count, int key) { // on the last character, not behind it
    on_end(count, key);
    if (RL(rl_point) > line_start(RL(rl_point))) RL(rl_point)--;
    return 0;
}

// A closing bracket that begins its line stands one step to the left.
static int on_close(int count, int key) {
    char text[2] = {(char)key, 0};
    int start = line_start(RL(rl_point)), steps = RL(rl_point) - start;
    RL(rl_begin_undo_group)();
    if (steps >= TAB_WIDTH && start > 0 && blank_before(RL(rl_point)) && RL(rl_line_buffer)[RL(rl_point) - 1] == ' ') {
        RL(rl_delete_text)(RL(rl_point) - TAB_WIDTH, RL(rl_point));
        RL(rl_point) -= TAB_WIDTH;
    }
    for (int i = 0; i < count; i++) RL(rl_insert_text)(text);
    RL(rl_end_undo_group)();
    return 0;
}

// --- completion

typedef struct Choices {
    char **names, **whats, **docs;
    size_t n, cap;
} Choices;

static void add_choice(void *ctx, const char *name, const char *what, const char *doc) {
    Choices *c = ctx;
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 64;
        c->names = grown(c->names, c->cap * sizeof *c->names);
        c->whats = grown(c->whats, c->cap * sizeof *c->whats);
        c->docs = grown(c->docs, c->cap * sizeof *c->docs);
    }
    c->names[c->n] = strdup(name);
    c->docs[c->n] = strdup(doc);
    c->whats[c->n++] = strdup(what);
}

static void free_choices(Choices *c) {
    for (size_t i = 0; i < c->n; i++) {
        free(c->names[i]);
        free(c->whats[i]);
        free(c->docs[i]);
    }
    free(c->names);
    free(c->whats);
    free(c->docs);
}

static size_t common_prefix(const Choices *c) {
    size_t n = strlen(c->names[0]);
    for (size_t i = 1; i < c->n; i++) {
        size_t k = 0;
        while (k < n && c->names[i][k] == c->names[0][k]) k++;
        n = k;
    }
    return n;
}

// Readline's own bell would go to standard error, which is the program's.
static bool has_bell;

static void ring_bell(void) {
    if (!has_bell) return;
    fputc('\a', tty);
    fflush(tty);
}

enum { CHOICES_SHOWN = 60 };

// The part of s that fits; characters are not cut.
static int fitting(const char *s, int room) {
    int n = (int)strlen(s);
    if (n <= room) return n;
    if (room <= 0) return 0;
    for (n = room; n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80;) n--;
    return n;
}

static void print_dim(int n, const char *s, int space) {
    if (n > 0) fprintf(tty, "%*s%s%.*s%s", space, "", in_color ? "\033[2m" : "", n, s, in_color ? "\033[0m" : "");
}

// What is said about each choice stands below it if all of that fits on the
// screen, else behind it as far as the line goes.
static bool docs_stand_below(const Choices *c, int height) {
    size_t lines = c->n;
    for (size_t i = 0; i < c->n; i++) lines += *c->docs[i] != 0;
    return lines < (size_t)height;
}

static void list_choices(const Choices *c) {
    size_t widest = 0;
    int height, width = 80;
    RL(rl_get_screen_size)(&height, &width);
    for (size_t i = 0; i < c->n; i++)
        if (strlen(c->names[i]) > widest) widest = strlen(c->names[i]);
    if (widest > 30) widest = 30;
    bool below = docs_stand_below(c, height);
    int room = width - (int)widest - 5;
    line_hide();
    for (size_t i = 0; i < c->n && i < CHOICES_SHOWN; i++) {
        int shown = fitting(c->whats[i], room), more = below ? 0 : fitting(c->docs[i], room - shown - 2);
        fprintf(tty, "  %-*s", (int)widest, c->names[i]);
        print_dim(shown, c->whats[i], 2);
        print_dim(more, c->docs[i], 2);
        fputs("\r\n", tty);
        if (!below || !*c->docs[i]) continue;
        print_dim(fitting(c->docs[i], width - 7), c->docs[i], 6);
        fputs("\r\n", tty);
    }
    if (c->n > CHOICES_SHOWN) fprintf(tty, "  ... %zu more\r\n", c->n - CHOICES_SHOWN);
    line_show();
}

// Are the letters of word in name, in their order?
static bool has_letters(const char *name, const char *word, size_t n) {
    for (; n && *name; name++)
        if (tolower((unsigned char)*name) == tolower((unsigned char)*word)) word++, n--;
    return n == 0;
}

static bool has_part(const char *name, const char *word, size_t n) {
    for (; strlen(name) >= n; name++)
        if (strncasecmp(name, word, n) == 0) return true;
    return false;
}

// Keeps the choices that contain the word, or else its letters.
static void keep_similar(Choices *c, const char *word, size_t n) {
    bool (*similar)(const char *, const char *, size_t) = has_letters;
    for (size_t i = 0; i < c->n; i++)
        if (has_part(c->names[i], word, n)) similar = has_part;
    size_t kept = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (similar(c->names[i], word, n)) {
            c->names[kept] = c->names[i];
            c->docs[kept] = c->docs[i];
            c->whats[kept++] = c->whats[i];
            continue;
        }
        free(c->names[i]);
        free(c->whats[i]);
        free(c->docs[i]);
    }
    c->n = kept;
}

static void replace_word(size_t from, const char *text) {
    RL(rl_begin_undo_group)();
    RL(rl_delete_text)((int)from, RL(rl_point));
    RL(rl_point) = (int)from;
    RL(rl_insert_text)(text);
    RL(rl_end_undo_group)();
}

// Nothing begins with the word: one choice that is similar takes its place,
// several are listed.
static void complete_similar(size_t from, size_t have) {
    Choices c = {0};
    const char *word = RL(rl_line_buffer) + from;
    if (have) {
        hooks.complete(RL(rl_line_buffer), from, add_choice, &c);
        keep_similar(&c, word, have);
    }
    if (c.n == 0) ring_bell();
    else if (c.n == 1) replace_word(from, c.names[0]);
    else list_choices(&c);
    free_choices(&c);
}

static int on_tab(int count, int key) {
    (void)count, (void)key;
    if (blank_before(RL(rl_point))) {
        RL(rl_insert_text)("    ");
        return 0;
    }
    bool again = RL(rl_last_func) == on_tab;
    Choices c = {0};
    size_t from = hooks.complete(RL(rl_line_buffer), (size_t)RL(rl_point), add_choice, &c), have = (size_t)RL(rl_point) - from;
    if (c.n == 0) {
        complete_similar(from, have);
        return 0;
    }
    size_t common = common_prefix(&c);
    if (common > have || (c.n == 1 && common == have)) {
        c.names[0][common] = 0;
        replace_word(from, c.names[0]);
    }
    if (again) list_choices(&c);
    free_choices(&c);
    return 0;
}

// --- reading keys
//
// Ctrl-C makes the terminal forget what was typed and not yet read: a key that
// poll has told of may be gone. So nothing here waits for a key alone. Reads that
// find none return at once, readline is called only with a key in hand, and where
// it wants further ones (of a paste) the wait ends with Ctrl-C as well.

enum { NO_KEY = -2 };

static int key_in_hand = NO_KEY;
static bool given_up; // in the midst of a key

static void prepare_terminal(int meta) {
    struct termios t;
    int fd = fileno(RL(rl_instream));
    RL(rl_prep_terminal)(meta);
    if (tcgetattr(fd, &t) < 0) return;
    t.c_cc[VMIN] = t.c_cc[VTIME] = 0;
    tcsetattr(fd, TCSANOW, &t);
}

// A key, NO_KEY, or EOF: the terminal is gone.
static int read_key(void) {
    unsigned char c;
    struct pollfd in = {fileno(RL(rl_instream)), POLLIN, 0};
    ssize_t n = read(in.fd, &c, 1);
    if (n == 1) return c;
    if (n < 0) return errno == EINTR || errno == EAGAIN ? NO_KEY : EOF;
    return poll(&in, 1, 0) > 0 && in.revents & (POLLHUP | POLLERR) ? EOF : NO_KEY;
}

// Behind Ctrl-C: NUL, which ends the look for keys that go with a letter, then
// EOF, which ends a paste. Whatever becomes of them is dropped with the block.
static int no_further_key(void) {
    if (given_up) return EOF;
    given_up = true;
    return 0;
}

static int next_key(FILE *in) {
    (void)in;
    int key = key_in_hand;
    key_in_hand = NO_KEY;
    while (key == NO_KEY) key = hooks.wait_for_key() ? read_key() : no_further_key();
    return key;
}

// --- opening

typedef struct Binding { const char *keys; rl_command_func_t *f; } Binding;

static const Binding everywhere[] = {
    {"\\C-m", on_enter}, {"\\C-j", on_enter}, {"\\C-d", on_end_of_file}, {"\\C-p", on_up}, {"\\C-n", on_down},
    {"\\e[A", on_up}, {"\\eOA", on_up}, {"\\e[B", on_down}, {"\\eOB", on_down}, {"\\C-x\\C-e", on_edit},
    {"\\e[H", on_home}, {"\\eOH", on_home}, {"\\e[1~", on_home}, {"\\e[F", on_end}, {"\\eOF", on_end}, {"\\e[4~", on_end}, {NULL, NULL}};
static const Binding typing[] = {
    {"\\e\\C-m", on_other_enter}, {"\\e\\C-j", on_other_enter}, {"\\C-i", on_tab},
    {"\\e[C", on_right}, {"\\eOC", on_right}, {"}", on_close}, {")", on_close}, {"]", on_close}, {NULL, NULL}};
static const Binding emacs_only[] = {{"\\C-a", on_home}, {"\\C-e", on_end}, {"\\C-f", on_right}, {NULL, NULL}};
static const Binding vi_only[] = {{"k", on_up}, {"j", on_down}, {"0", on_home}, {"$", on_vi_end}, {NULL, NULL}};

static void bind_in(const char *map, const Binding *b) {
    for (Keymap k = RL(rl_get_keymap_by_name)(map); b->keys; b++) RL(rl_bind_keyseq_in_map)(b->keys, b->f, k);
}

static void bind_keys(void) {
    static const struct { const char *map; const Binding *bindings; } sets[] = {
        {"emacs", everywhere}, {"emacs", typing}, {"emacs", emacs_only},
        {"vi-insert", everywhere}, {"vi-insert", typing}, {"vi-command", everywhere}, {"vi-command", vi_only}};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) bind_in(sets[i].map, sets[i].bindings);
}

bool line_open(const LineHooks *h, FILE *to, bool color) {
    if (!open_readline()) return false;
    hooks = *h;
    tty = to;
    in_color = color;
    RL(rl_readline_name) = "csp";
    RL(rl_instream) = stdin;
    RL(rl_outstream) = tty;
    RL(rl_catch_signals) = 0;
    RL(rl_catch_sigwinch) = 0;
    RL(rl_change_environment) = 0;
    RL(rl_redisplay_function) = draw;
    RL(rl_getc_function) = next_key;
    RL(rl_prep_term_function) = prepare_terminal;
    RL(rl_initialize)();
    RL(rl_variable_bind)("enable-bracketed-paste", "on"); // rl_initialize would turn it off again
    const char *bell = RL(rl_variable_value)("bell-style");
    has_bell = !bell || strcmp(bell, "none") != 0;
    RL(rl_variable_bind)("bell-style", "none");
    bind_keys();
    RL(using_history)();
    return true;
}

// Readline calls this only if a line was accepted by a key that is bound to its
// own function, as the user's ~/.inputrc may say.
static void accepted_by_readline(char *text) {
    shown.event = text ? LINE_INPUT : LINE_END;
    shown.text = text;
}

void line_begin(const char *text) {
    shown.active = true;
    shown.hidden = false;
    shown.cursor = 0;
    shown.event = LINE_MORE;
    RL(rl_callback_handler_install)("csp> ", accepted_by_readline);
    if (text) {
        RL(rl_insert_text)(text);
        draw();
    }
}

void line_finish(void) {
    if (!shown.active) return;
    RL(rl_callback_handler_remove)();
    shown.active = false;
    fflush(tty);
}

LineEvent line_key(char **text) {
    key_in_hand = read_key();
    if (key_in_hand == NO_KEY) return LINE_MORE;
    if (key_in_hand == EOF) {
        line_finish();
        return LINE_END;
    }
    given_up = false;
    RL(rl_callback_read_char)();
    if (shown.event == LINE_MORE) return LINE_MORE;
    *text = shown.text;
    shown.text = NULL;
    RL(rl_replace_line)("", 1);
    RL(rl_free_undo_list)();
    line_finish();
    return shown.event;
}

void line_give_up(void) {
    if (!shown.active) return;
    leave_block();
    shown.active = false; // what follows is not to draw
    RL(rl_free_line_state)();
    RL(rl_callback_sigcleanup)();
    RL(rl_replace_line)("", 1);
    RL(rl_callback_handler_remove)();
    line_begin(NULL);
}

// --- history
//
// The file has an entry a line, with \n and \\ for what would break it. Sessions
// append to it under a lock, so none loses another's entries.

static char *history_path;

// What was ever entered, by hash: an entry that is new, as most are, need not be
// looked for among all the others.
static uint64_t entered[1 << 14];

static bool was_entered(const char *text) {
    uint32_t h = 2166136261u;
    for (const char *s = text; *s; s++) h = (h ^ (unsigned char)*s) * 16777619u;
    h ^= h >> 15;
    uint64_t *word = &entered[h / 64 % (sizeof entered / sizeof *entered)], bit = 1ull << (h % 64);
    bool was = *word & bit;
    *word |= bit;
    return was;
}

static void remember(const char *text) {
    for (int i = was_entered(text) ? RL(history_length) - 1 : -1; i >= 0; i--) { // an equal earlier one moves to the end
        HIST_ENTRY *e = RL(history_get)(RL(history_base) + i);
        if (!e || strcmp(e->line, text) != 0) continue;
        e = RL(remove_history)(i);
        if (e) {
            free(e->line);
            free(e->timestamp);
            free(e);
        }
        break;
    }
    RL(add_history)(text);
}

static void decode(char *s) {
    char *out = s;
    for (; *s; s++)
        if (*s == '\\' && s[1]) *out++ = *++s == 'n' ? '\n' : *s;
        else *out++ = *s;
    *out = 0;
}

static void put_encoded(FILE *f, const char *s) {
    for (; *s; s++)
        if (*s == '\n') fputs("\\n", f);
        else if (*s == '\\') fputs("\\\\", f);
        else fputc(*s, f);
    fputc('\n', f);
}

// Writes the file anew when it has grown well beyond what is kept.
static void shorten(void) {
    FILE *f = fopen(history_path, "w");
    if (!f) return;
    flock(fileno(f), LOCK_EX);
    for (int i = 0; i < RL(history_length); i++) {
        HIST_ENTRY *e = RL(history_get)(RL(history_base) + i);
        if (e) put_encoded(f, e->line);
    }
    fclose(f);
}

void line_history_open(const char *path) {
    history_path = strdup(path);
    FILE *f = fopen(path, "r");
    if (!f) return;
    flock(fileno(f), LOCK_SH);
    char **lines = NULL;
    size_t n = 0, cap = 0, size = 0;
    char *line = NULL;
    ssize_t len;
    while ((len = getline(&line, &size, f)) > 0) {
        if (line[len - 1] == '\n') line[len - 1] = 0;
        if (!*line) continue;
        if (n == cap) lines = grown(lines, (cap = cap * 2 + 256) * sizeof *lines);
        lines[n++] = strdup(line);
    }
    free(line);
    fclose(f);
    for (size_t i = 0; i < n; i++) {
        decode(lines[i]);
        if (n - i <= HISTORY_KEPT) RL(add_history)(lines[i]);
        was_entered(lines[i]);
        free(lines[i]);
    }
    free(lines);
    if (n > 2 * HISTORY_KEPT) shorten();
}

const char *line_history_at(int i) {
    HIST_ENTRY *e = i < RL(history_length) ? RL(history_get)(RL(history_base) + i) : NULL;
    return e ? e->line : NULL;
}

void line_history_add(const char *text) {
    if (!*text || *text == ' ') return;
    remember(text);
    FILE *f = history_path ? fopen(history_path, "a") : NULL;
    if (!f) return;
    fchmod(fileno(f), 0600);
    flock(fileno(f), LOCK_EX);
    put_encoded(f, text);
    fclose(f);
}
