// SPDX-License-Identifier: MIT
// check_format.c: formats of C's printf and scanf against the arguments.
//
// A variable argument has no type that the C function could look at: what the
// format says is believed. So where the format is a constant, what it wants is
// compared with what is passed, and a difference is a compile error. Functions
// of these families are known by name, or by the attribute format(...) of
// their prototype. Formats with numbered arguments (%1$d) are not looked at.
#include <string.h>

#include "compiler/c_impl.h"
#include "compiler/check_impl.h"

typedef enum Want { WANT_INT, WANT_FLOAT, WANT_TEXT, WANT_POINTER } Want;

typedef struct Conversion {
    Str text;           // "%-5ld"
    Want want;
    uint8_t bytes;      // of an integer or, for scanf, a float; 0: C has no argument for it here
} Conversion;

typedef struct Format {
    Expr *call;
    const ForeignUse *use;
    const char *p, *end;
    uint32_t next;      // argument
    bool scans;
    bool given_up;      // a message was given, or the format is beyond us
} Format;

// --- which functions

typedef struct Known { const char *name; uint8_t format; bool scans; } Known;

static const Known *known_function(const char *name) {
    static const Known table[] = {{"printf", 1, false}, {"fprintf", 2, false}, {"dprintf", 2, false}, {"sprintf", 2, false}, {"snprintf", 3, false},
                                  {"scanf", 1, true}, {"fscanf", 2, true}, {"sscanf", 2, true}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0) return &table[i];
    return NULL;
}

// A constant, as it is or through C.CString.
static bool constant_text(Expr *e, Str *out) {
    e = ast_unparen(e);
    if (e->kind == EXPR_CALL && e->call.args.len == 1) {
        Expr *fn = ast_unparen(e->call.fn);
        if (fn->kind != EXPR_SELECTOR || strcmp(fn->selector.sel->ident.name->text, "CString") != 0) return false;
        e = ast_unparen(e->call.args.at[0]);
    }
    if (e->mode != MODE_CONST || const_kind(e->val) != CONST_STRING) return false;
    *out = const_str_val(e->val);
    return true;
}

// --- reading a conversion

static uint8_t integer_bytes(const char *length, size_t n, bool scans) {
    if (n == 0) return 4;
    if (n == 2 && *length == 'h') return scans ? 1 : 4; // promoted
    if (*length == 'h') return scans ? 2 : 4;
    return *length == 'L' ? 0 : 8; // l ll j z t q
}

// The letter's kind; false: no letter that we know.
static bool classify(Format *f, char letter, const char *length, size_t n, Conversion *c) {
    bool wide = n == 1 && *length == 'l';
    switch (letter) {
    case 'd': case 'i': case 'u': case 'x': case 'X': case 'o':
        c->want = WANT_INT;
        c->bytes = integer_bytes(length, n, f->scans);
        return true;
    case 'c':
        c->want = f->scans ? WANT_TEXT : WANT_INT;
        c->bytes = f->scans ? (wide ? 4 : 1) : 4;
        return true;
    case 'a': case 'A': case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
        c->want = WANT_FLOAT;
        c->bytes = n && *length == 'L' ? 0 : f->scans && !wide ? 4 : 8;
        return true;
    case 's': case '[':
        c->want = WANT_TEXT;
        c->bytes = wide ? 4 : 1;
        return letter == 's' || f->scans;
    case 'p': case 'n':
        c->want = WANT_POINTER;
        c->bytes = 8;
        return true;
    default: return false;
    }
}

static void skip_set(Format *f) { // behind "%["
    if (f->p < f->end && *f->p == '^') f->p++;
    if (f->p < f->end && *f->p == ']') f->p++;
    while (f->p < f->end && *f->p != ']') f->p++;
    if (f->p < f->end) f->p++;
}

static void complain(Format *f, Pos pos, const char *text) {
    f->given_up = true;
    source_error(pos, "%s: %s", ast_string(f->call->call.fn), text);
}

// --- arguments

static uint8_t size_of_kind(int kind) { return kind == FOREIGN_I32 || kind == FOREIGN_U32 ? 4 : 8; }

static bool is_integer(int kind) { return kind == FOREIGN_I32 || kind == FOREIGN_U32 || kind == FOREIGN_I64 || kind == FOREIGN_U64; }

// What a pointer or slice leads to; NULL: unknown, so anything.
static Type *pointee(Type *t) {
    Type *u = type_under(t);
    return u->kind == KIND_POINTER || u->kind == KIND_SLICE ? type_under(u->elem) : NULL;
}

static bool is_pointer(int kind) { return kind == FOREIGN_PTR || kind == FOREIGN_SLICE; }

static bool points_to(const ForeignArg *a, Want want, uint8_t bytes) {
    Type *t = pointee(a->type);
    if (!t || want == WANT_POINTER) return true;
    if (t->kind == KIND_ARRAY) t = type_under(t->elem);
    bool is_float = t->kind == KIND_FLOAT32 || t->kind == KIND_FLOAT64;
    return type_is_numeric(t) && is_float == (want == WANT_FLOAT) && type_size(t) == bytes;
}

static bool fits(const Format *f, const ForeignArg *a, const Conversion *c) {
    if (f->scans) return is_pointer(a->kind) && points_to(a, c->want, c->bytes);
    switch (c->want) {
    case WANT_INT: return is_integer(a->kind) && size_of_kind(a->kind) == c->bytes;
    case WANT_FLOAT: return a->kind == FOREIGN_F64 || a->kind == FOREIGN_PROMOTED;
    case WANT_TEXT: return (a->kind == FOREIGN_STRING && c->bytes == 1) || (is_pointer(a->kind) && points_to(a, WANT_TEXT, c->bytes));
    case WANT_POINTER: return is_pointer(a->kind) || a->kind == FOREIGN_STRING;
    }
    return true;
}

static const char *wanted(const Format *f, const Conversion *c) {
    static const char *const integers[] = {[1] = "C.char", [2] = "C.short", [4] = "C.int", [8] = "C.long"};
    const char *t = c->want == WANT_INT ? integers[c->bytes] : c->want == WANT_FLOAT ? (c->bytes == 4 ? "C.float" : "C.double") : c->want == WANT_TEXT ? "C.char" : NULL;
    if (!t) return "a pointer";
    if (f->scans || c->want == WANT_TEXT) return arena_printf("%s*%s", f->scans ? "" : "a string or ", t);
    return c->want == WANT_INT && c->bytes == 4 ? "C.int, or one of its size or less" : t;
}

static void take(Format *f, const Conversion *c) {
    ExprList *args = &f->call->call.args;
    if (f->next >= args->len) {
        complain(f, f->call->call.rparen, arena_printf("%.*s of the format has no argument", (int)c->text.len, c->text.ptr));
        return;
    }
    uint32_t i = f->next++;
    if (c->bytes == 0) complain(f, args->at[i]->start, arena_printf("%.*s wants a long double, which cannot be passed", (int)c->text.len, c->text.ptr));
    else if (!fits(f, &f->use->args[i], c))
        complain(f, args->at[i]->start, arena_printf("%.*s wants %s, and %s is of type %s", (int)c->text.len, c->text.ptr, wanted(f, c), ast_string(args->at[i]), type_string(f->use->args[i].type)));
}

// Width and precision; each * takes an int of printf, and drops scanf's argument.
static bool counts(Format *f, const char *from, bool *dropped) {
    for (; f->p < f->end && strchr("-+ #0123456789.'*$m", *f->p); f->p++) {
        if (*f->p == '$' || *f->p == 'm') return false;
        if (*f->p != '*') continue;
        if (f->scans) *dropped = true;
        else take(f, &(Conversion){{from, f->p + 1 - from}, WANT_INT, 4});
    }
    return true;
}

static void conversion(Format *f) { // behind the %
    const char *from = f->p - 1;
    bool dropped = false;
    if (!counts(f, from, &dropped)) f->given_up = true;
    const char *length = f->p;
    while (f->p < f->end && strchr("hljztLq", *f->p)) f->p++;
    size_t n = (size_t)(f->p - length);
    if (f->given_up || f->p >= f->end || *f->p == '%' || (*f->p == 'm' && !f->scans)) {
        f->p++;
        return;
    }
    char letter = *f->p++;
    Conversion c = {.text = {from, f->p - from}};
    if (!classify(f, letter, length, n, &c)) f->given_up = true;
    if (letter == '[') skip_set(f);
    if (!dropped && !f->given_up) take(f, &c);
}

void check_format(Expr *e, const CDecl *d, const ForeignUse *use) {
    const Known *k = d->format ? NULL : known_function(d->name->text);
    uint32_t at = d->format ? d->format : k ? k->format : 0;
    Str text;
    if (!at || at > use->nfixed || !constant_text(e->call.args.at[at - 1], &text)) return;
    Format f = {.call = e, .use = use, .p = text.ptr, .end = text.ptr + text.len, .next = use->nfixed, .scans = d->format ? d->format_scans : k->scans};
    while (f.p < f.end && !f.given_up)
        if (*f.p++ == '%') conversion(&f);
    if (!f.given_up && f.next < e->call.args.len) complain(&f, e->call.args.at[f.next]->start, arena_printf("the format has no conversion for %s", ast_string(e->call.args.at[f.next])));
}
