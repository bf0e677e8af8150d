// SPDX-License-Identifier: MIT
// session_again.c: when a name is declared again as something else, what mentions
// it is declared again with it.
//
// A function with another signature, a variable of another type, a type: what
// earlier inputs declared in terms of them would keep the earlier ones. So the
// texts of those functions, methods and types are put behind the input's own, and
// checked with it, in its transaction. What then has another type of its own
// brings in what mentions it, and so on. What has an error stays as it is, and
// keeps what it knew: its messages are told when the input has run.
//
// Which declarations mention a name is read off their words. One that has a local
// variable of that name comes along for nothing, with no harm.
#define _GNU_SOURCE // open_memstream
#include <stdlib.h>
#include <string.h>

#include "compiler/constant.h"
#include "compiler/lexer.h"
#include "compiler/session_impl.h"

typedef struct Again { // a declaration; texts are the heap's, since the arena goes back between tries
    char *receiver, *name, *text; // receiver: type of a method, or NULL
    uint32_t from, to;   // where it stands behind the input
    bool left_out;       // it has an error
} Again;

static struct {
    Again *at;
    size_t n, cap;
    uint32_t input_len;
    char *messages; // of what was left out
    size_t messages_len;
} again;

void again_begin(void) {
    for (size_t i = 0; i < again.n; i++) {
        free(again.at[i].receiver);
        free(again.at[i].name);
        free(again.at[i].text);
    }
    free(again.messages);
    again.messages = NULL;
    again.n = again.messages_len = 0;
}

static void *have(void *p) {
    if (!p) abort();
    return p;
}

// --- the text of a declaration

static Str path_of(Pos pos) {
    Str path;
    return source_moved(pos, &path) ? path : source_file_of(pos)->path;
}

static bool is_word_byte(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }

static bool is_word_at(const char *at, const char *word) {
    size_t n = strlen(word);
    return strncmp(at, word, n) == 0 && !is_word_byte(at[n]);
}

static const char *line_of(const SourceFile *f, const char *at) {
    while (at > f->text.ptr && at[-1] != '\n') at--;
    return at;
}

// The first line of the comment that stands above line.
static const char *comment_above(const SourceFile *f, const char *line) {
    while (line > f->text.ptr) {
        const char *above = line_of(f, line - 1);
        if (strncmp(above, "//", 2) != 0 || strncmp(above, "//line ", 7) == 0) break;
        line = above;
    }
    return line;
}

// The keyword before the name of a declaration that stands alone on its line.
static bool stands_alone(const char *line, const char *name, const char *keyword) {
    if (!is_word_at(line, keyword)) return false;
    const char *at = line + strlen(keyword);
    while (*at == ' ' || *at == '\t') at++;
    return *keyword == 'f' || at == name; // "type (" begins a group
}

static const char *func_before(const SourceFile *f, const char *name) {
    const char *at = name;
    while (at > f->text.ptr && !(is_word_at(at, "func") && (at == f->text.ptr || !is_word_byte(at[-1])))) at--;
    return at;
}

// "/*line*/" keeps the columns of a first line that begins in the midst of one.
static char *declaration_text(const Object *o) {
    const SourceFile *f = source_file_of(o->pos);
    Pos end = o->kind == OBJ_FUNC ? o->decl->func.end : o->decl->type.type->end;
    const char *name = f->text.ptr + (o->pos - f->base), *line = line_of(f, name), *limit = f->text.ptr + (end - f->base);
    const char *keyword = o->kind == OBJ_FUNC ? "func" : "type", *before = "";
    const char *from = o->kind == OBJ_FUNC ? func_before(f, name) : name;
    bool whole = stands_alone(line, name, keyword) && (o->kind != OBJ_FUNC || from == line);
    if (whole) from = comment_above(f, line);
    else if (o->kind == OBJ_TYPE) before = "type ";
    Pos pos = f->base + (Pos)(from - f->text.ptr);
    Location l = source_locate(pos);
    Str path = path_of(pos);
    char *text = NULL;
    const char *mark = whole ? "//line %.*s:%d:%d\n" : "/*line %.*s:%d:%d*/";
    size_t n;
    FILE *out = have(open_memstream(&text, &n));
    fputs(before, out);
    fprintf(out, mark, (int)path.len, path.ptr, l.line, l.col);
    fprintf(out, "%.*s\n", (int)(limit - from), from);
    fclose(out);
    return text;
}

// --- what mentions what

// A field or method that a type declares: it begins its line, or its part of one,
// and something other than an end follows.
static bool is_member(const SourceFile *f, const char *word, const char *end) {
    while (word > f->text.ptr && (word[-1] == ' ' || word[-1] == '\t')) word--;
    const char *behind = end;
    while (*behind == ' ' || *behind == '\t') behind++;
    return word > f->text.ptr && strchr("{;\n,", word[-1]) && !strchr("};\n`\"/.", *behind);
}

typedef struct Change { const char *name; const Object *old; } Change; // old NULL: any use of the word counts
typedef VEC(Change) Changes;

// A function's uses of variables, functions and constants were noted when it was checked.
static bool is_use(const Object *o, const Object *old) {
    bool noted = o->kind == OBJ_FUNC && old && old->kind != OBJ_TYPE && !o->type->ntparams;
    return !noted || check_mentions_name(o, old->name);
}

// Does the declaration of o mention one of the names, outside of the place where it is declared?
static bool mentions_any(const Object *o, const Change *changes, size_t n) {
    const SourceFile *f = source_file_of(o->pos);
    Pos end = o->kind == OBJ_FUNC ? o->decl->func.end : o->decl->type.type->end;
    const char *limit = f->text.ptr + (end - f->base), *own = f->text.ptr + (o->pos - f->base);
    for (const char *at = o->kind == OBJ_FUNC ? func_before(f, own) : own; at < limit; at++) {
        if (!is_word_byte(*at)) continue;
        const char *word = at;
        while (at < limit && is_word_byte(*at)) at++;
        if (word == own || (o->kind == OBJ_TYPE && is_member(f, word, at))) continue;
        for (size_t i = 0; i < n; i++)
            if (strlen(changes[i].name) == (size_t)(at - word) && memcmp(changes[i].name, word, (size_t)(at - word)) == 0 && is_use(o, changes[i].old)) return true;
    }
    return false;
}

static bool uses_c(const Object *o) {
    static const Change c = {"C", NULL};
    return mentions_any(o, &c, 1);
}

static bool has_text(const Object *o) {
    if (!o->decl || !source_file_of(o->pos)) return false;
    if (o->kind == OBJ_FUNC) return o->decl->kind == DECL_FUNC && o->decl->func.end > o->pos;
    return o->kind == OBJ_TYPE && o->decl->kind == DECL_TYPE && o->decl->type.type;
}

static bool is_listed(const char *receiver, const char *name) {
    for (size_t i = 0; i < again.n; i++)
        if (strcmp(again.at[i].name, name) == 0 && (receiver ? again.at[i].receiver && strcmp(again.at[i].receiver, receiver) == 0 : !again.at[i].receiver)) return true;
    return false;
}

// Does the input itself declare it?
static bool is_declared(const Object *receiver, const Object *o) {
    Scope *s = session->main->scope;
    const Object *there = scope_lookup_here(s, (receiver ? receiver : o)->name);
    if (!receiver) return there != NULL;
    const Type *t = there && there->kind == OBJ_TYPE ? there->type : receiver->type;
    for (uint32_t i = 0; t && t->kind == TYPE_K_NAMED && i < t->nmethods; i++)
        if (t->methods[i].name == o->name && t->methods[i].fn != o) return true;
    return false;
}

static bool consider(const Object *receiver, const Object *o, const Change *changes, size_t n) {
    if (!has_text(o) || is_listed(receiver ? receiver->name->text : NULL, o->name->text) || is_declared(receiver, o)) return false;
    if (!mentions_any(o, changes, n) || uses_c(o)) return false;
    if (again.n == again.cap) again.at = have(realloc(again.at, (again.cap = again.cap * 2 + 16) * sizeof *again.at));
    again.at[again.n++] = (Again){.receiver = receiver ? have(strdup(receiver->name->text)) : NULL, .name = have(strdup(o->name->text)), .text = declaration_text(o)};
    return true;
}

// Adds what mentions one of the names and is not there yet.
static bool find_dependants(const Change *changes, size_t n) {
    Scope *s = session->main->earlier;
    bool more = false;
    for (uint32_t i = 0; i < scope_size(s); i++) {
        const Object *o = scope_at(s, i);
        if (!o || o->pkg != session->main || (o->kind != OBJ_FUNC && o->kind != OBJ_TYPE)) continue;
        more |= consider(NULL, o, changes, n);
        const Type *t = o->kind == OBJ_TYPE && !(o->flags & OBJF_ALIAS) ? o->type : NULL;
        for (uint32_t k = 0; t && t->kind == TYPE_K_NAMED && k < t->nmethods; k++)
            if (t->methods[k].fn) more |= consider(o, t->methods[k].fn, changes, n);
    }
    return more;
}

// --- what has changed

static bool same_value(const Object *a, const Object *b) { return a->konst.val && b->konst.val && const_compare(TOK_EQL, a->konst.val, b->konst.val); }

static bool differs(const Object *old, const Object *o) {
    if (old->kind != o->kind || o->kind == OBJ_TYPE) return true;
    if (o->kind != OBJ_VAR && o->kind != OBJ_FUNC && o->kind != OBJ_CONST) return false;
    if (!old->type || !o->type || !type_identical(old->type, o->type)) return true;
    return o->kind == OBJ_CONST && !same_value(old, o);
}

static Changes changes_of_input(void) {
    Changes l = {0};
    Package *p = session->main;
    for (uint32_t i = 0; i < scope_size(p->scope); i++) {
        const Object *o = scope_at(p->scope, i), *old = o ? scope_lookup_here(p->earlier, o->name) : NULL;
        if (old && old->pkg == p && o->name != name_of("it") && differs(old, o)) VEC_PUSH(&l, ((Change){o->name->text, old}));
    }
    for (uint32_t i = 0; i < p->replaced.len; i++)
        if (!type_identical(p->replaced.at[i].old->type, p->replaced.at[i].by->type)) VEC_PUSH(&l, ((Change){p->replaced.at[i].by->name->text, NULL}));
    return l;
}

bool again_wanted(void) {
    Changes l = changes_of_input();
    return l.len && find_dependants(l.at, l.len);
}

// --- the tries

Str again_with(Str input) {
    size_t n;
    char *text = NULL;
    FILE *out = have(open_memstream(&text, &n));
    fwrite(input.ptr, 1, (size_t)input.len, out);
    again.input_len = (uint32_t)input.len;
    for (size_t i = 0; i < again.n; i++) {
        Again *a = &again.at[i];
        a->from = (uint32_t)ftell(out);
        if (!a->left_out) fputs(a->text, out);
        a->to = (uint32_t)ftell(out);
    }
    fclose(out);
    Str s = arena_str(text, n);
    free(text);
    return s;
}

bool again_is_input(Pos pos) { return pos <= session->main->files.at[0]->source->base + again.input_len; }

// Leaves out what has errors, or all if the input has one itself.
void again_leave_out(void) {
    Pos base = session->main->files.at[0]->source->base;
    bool some = false;
    for (size_t i = 0; i < again.n; i++) {
        Again *a = &again.at[i];
        if (a->left_out || a->from == a->to || !source_error_between(base + a->from, base + a->to)) continue;
        a->left_out = some = true;
    }
    for (size_t i = 0; !some && i < again.n; i++) again.at[i].left_out = true;
    if (!some) return;
    char *text = NULL;
    size_t n;
    FILE *out = have(open_memstream(&text, &n));
    if (again.messages) fputs(again.messages, out);
    source_print_errors(out);
    fclose(out);
    free(again.messages);
    again.messages = text;
}

static void print_list(FILE *to, const char *before, bool left_out) {
    const char *between = before;
    for (size_t i = 0; i < again.n; i++) {
        const Again *a = &again.at[i];
        if (a->left_out != left_out) continue;
        fprintf(to, "%s%s%s%s", between, a->receiver ? a->receiver : "", a->receiver ? "." : "", a->name);
        between = ", ";
    }
    if (between != before) fputs("\n", to);
}

void again_tell(FILE *notes) {
    if (!notes) return;
    if (again.messages) fputs(again.messages, notes);
    print_list(notes, "note: compiled again with it: ", false);
    print_list(notes, "note: left as they were: ", true);
}
