// SPDX-License-Identifier: MIT
// gen_foreign.c: calls of C functions, and the table that describes them.
//
// A call's window holds the result, then the error of the two-result form, then
// the arguments, each in slot layout. The ForeignCall behind the instruction
// says how C gets them. Addresses are not known yet: each symbol has a cell
// that the machine fills before the program runs.
#include <string.h>

#include "compiler/c_impl.h"
#include "compiler/gen_impl.h"

typedef struct Callee {
    CType *type;
    const ForeignSignature *signature;
} Callee;

typedef struct ForeignState {
    VEC(ForeignSymbol *) symbols;
    VEC(CDecl *) decls;      // beside symbols
    VEC(ForeignCall *) calls;
    VEC(CUnit *) units;
    VEC(Callee) callees;
} ForeignState;

static ForeignState state; // of the compilation under way

void gen_foreign_begin(void) { memset(&state, 0, sizeof state); }

static const char *place_text(Pos pos) {
    Location at = source_locate(pos);
    return at.file ? arena_printf("%.*s:%d:%d", (int)at.file->path.len, at.file->path.ptr, at.line, at.col) : "";
}

static uint32_t unit_number(CUnit *u) {
    for (uint32_t i = 0; i < state.units.len; i++)
        if (state.units.at[i] == u) return i;
    VEC_PUSH(&state.units, u);
    return state.units.len - 1;
}

static ForeignSymbol *symbol_of(CDecl *d, Pos pos) {
    for (uint32_t i = 0; i < state.decls.len; i++)
        if (state.decls.at[i] == d) return state.symbols.at[i];
    ForeignSymbol *s = ARENA_NEW(ForeignSymbol);
    s->name = d->name->text;
    s->symbol = d->symbol;
    s->where = place_text(pos ? pos : d->obj->pkg->c->pos);
    s->unit = unit_number(d->obj->pkg->c);
    s->is_var = d->kind == CDECL_VAR;
    s->in_object = d->is_static;
    VEC_PUSH(&state.decls, d);
    VEC_PUSH(&state.symbols, s);
    return s;
}

const void *gen_foreign_cell(Object *o, Pos pos) { return &symbol_of(o->c, pos)->addr; }

static bool holds_union(CType *t) {
    t = c_strip(t);
    if (t->kind == C_ARRAY) return holds_union(t->of);
    for (uint32_t i = 0; t->kind == C_STRUCT && i < t->nfields; i++)
        if (holds_union(t->fields[i].type)) return true;
    return t->kind == C_UNION;
}

static ForeignType foreign_type(const ForeignArg *a);

static ForeignType type_in_callback(CType *f, CType *t) {
    ForeignArg a = {.type = foreign_go_type(f->unit->pkg, t), .c = t, .kind = (uint8_t)c_foreign_kind(t)};
    return foreign_type(&a);
}

// For a function that C calls with unions, or that returns one; else NULL.
static const ForeignSignature *callee_of(CType *f) {
    bool returns = c_strip(f->of)->kind != C_VOID, needed = returns && holds_union(f->of);
    for (uint32_t i = 0; i < f->nparams; i++) needed |= holds_union(f->params[i]);
    if (!needed) return NULL;
    for (uint32_t i = 0; i < state.callees.len; i++)
        if (state.callees.at[i].type == f) return state.callees.at[i].signature;
    ForeignSignature *s = ARENA_NEW(ForeignSignature);
    ForeignType *params = ARENA_ARRAY(ForeignType, f->nparams + 1);
    for (uint32_t i = 0; i < f->nparams; i++) params[i] = type_in_callback(f, f->params[i]);
    s->params = params;
    if (returns) s->result = type_in_callback(f, f->of);
    Callee made = {f, s};
    VEC_PUSH(&state.callees, made);
    return s;
}

static ForeignType foreign_type(const ForeignArg *a) {
    const TypeDesc *d = lower_type(a->type);
    ForeignType t = {.kind = a->kind, .boxed = is_big(d), .slots = (uint16_t)value_slots(d), .size = (uint32_t)d->size, .align = d->align, .desc = d};
    if (a->kind == FOREIGN_STRUCT) {
        CType *c = c_strip(a->c);
        ForeignFieldList fields = {0};
        c_flatten(c, 0, &fields);
        t.fields = fields.at;
        t.nfields = fields.len;
        t.align = c->align;
        t.misaligned = c_misaligned(c);
    }
    if (a->kind == FOREIGN_FUNC) t.callee = callee_of(c_strip(c_strip(a->c)->of));
    return t;
}

static ForeignCall *foreign_call(Expr *e, ForeignUse *use, bool with_errno) {
    ForeignCall *c = ARENA_NEW(ForeignCall);
    if (use->decl) {
        c->symbol = symbol_of(use->decl, e->start);
        c->fast = use->decl->fast;
    }
    if (use->result.type) c->result = foreign_type(&use->result);
    ForeignType *params = ARENA_ARRAY(ForeignType, use->nargs + 1);
    for (uint32_t i = 0; i < use->nargs; i++) params[i] = foreign_type(&use->args[i]);
    c->params = params;
    c->nparams = use->nargs;
    c->nfixed = use->nfixed;
    c->variadic = use->variadic;
    if (with_errno) c->errno_type = lower_type(foreign_errno_type());
    VEC_PUSH(&state.calls, c);
    return c;
}

static Object *unnamed(Type *t) { return object_new(OBJ_VAR, 0, NULL, NULL, t); }

// The window as that of a function from the arguments' types to the results'.
static Type *window_type(ForeignUse *use, bool with_errno) {
    Type *sig = type_new(KIND_FUNC);
    sig->params = ARENA_ARRAY(Object *, use->nargs + 1);
    sig->nparams = use->nargs;
    for (uint32_t i = 0; i < use->nargs; i++) sig->params[i] = unnamed(use->args[i].type);
    sig->results = ARENA_ARRAY(Object *, 2);
    if (use->result.type) sig->results[sig->nresults++] = unnamed(use->result.type);
    if (with_errno) sig->results[sig->nresults++] = unnamed(type_error);
    return sig;
}

uint32_t gen_foreign_call(FuncGen *g, Expr *e) {
    e = ast_unparen(e);
    ForeignUse *use = e->call.foreign;
    bool with_errno = (e->flags & EXPR_COMMA_OK) != 0;
    uint32_t pointer = use->decl ? NO_SLOT : expr(g, e->call.fn), at;
    Type *sig = window_type(use, with_errno);
    uint32_t base = call_window(g, sig, NULL, &at), first = at;
    for (uint32_t i = 0; i < use->nargs; i++) {
        uint32_t mark = g->top;
        expr_as(g, e->call.args.at[i], use->args[i].type, at);
        at += value_slots(lower_type(use->args[i].type));
        g->top = mark;
    }
    emit_line(g, e->pos);
    emit_ptr(g, OP_CALL_C, base, pointer, 0, foreign_call(e, use, with_errno));
    g->top = first;
    return base;
}

// --- the table

static const char *const *words(CUnit *u) {
    const char **at = ARENA_ARRAY(const char *, u->ldflags.len + 1);
    for (uint32_t i = 0; i < u->ldflags.len; i++) at[i] = u->ldflags.at[i];
    return at;
}

static const char *folder(Pos pos) {
    Location at = source_locate(pos);
    if (!at.file) return ".";
    const char *path = arena_printf("%.*s", (int)at.file->path.len, at.file->path.ptr), *slash = strrchr(path, '/');
    return slash ? arena_printf("%.*s", (int)(slash - path), path) : ".";
}

static bool fill_unit(CUnit *u, ForeignUnit *out) {
    *out = (ForeignUnit){.flags = words(u), .nflags = u->ldflags.len, .dir = folder(u->pos), .where = place_text(u->pos)};
    return c_companion(u, &out->object, &out->temporary);
}

static ForeignExport *fill_exports(ForeignTable *t) {
    VEC(ForeignExport) list = {0};
    for (uint32_t i = 0; i < state.units.len; i++)
        for (uint32_t k = 0; k < state.units.at[i]->exports.len; k++) {
            ExportedFunc *e = &state.units.at[i]->exports.at[k];
            if (e->fn->type->ntparams || e->fn->type->variadic) {
                source_error(e->pos, "cannot export %s to C: it is generic or variadic", e->name->text);
                continue;
            }
            ForeignExport x = {.name = e->name->text, .unit = i, .closure = func_closure(gen_func_of(e->fn)), .type = lower_type(e->fn->type)};
            VEC_PUSH(&list, x);
        }
    t->nexports = list.len;
    return list.at;
}

void gen_foreign_package(Package *p) {
    if (p->c) unit_number(p->c);
}

bool gen_foreign_table(ForeignTable *out) {
    *out = (ForeignTable){.symbols = state.symbols.at, .nsymbols = state.symbols.len, .calls = state.calls.at, .ncalls = state.calls.len};
    out->nunits = state.units.len;
    out->units = ARENA_ARRAY(ForeignUnit, state.units.len + 1);
    bool ok = true;
    for (uint32_t i = 0; i < state.units.len; i++) ok &= fill_unit(state.units.at[i], &out->units[i]);
    out->exports = fill_exports(out);
    gen_foreign_begin();
    return ok;
}
