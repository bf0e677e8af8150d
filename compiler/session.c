// SPDX-License-Identifier: MIT
// session.c: a program that grows input by input.
//
// All inputs are one package, main. Each is checked in a scope of its own inside
// of the scope of what earlier inputs declared; accepting it moves its names
// there. What the compiler makes of an input stays only as long as something may
// refer to it:
// - an input with errors is undone by taking the arena back (arena_go_back);
// - so is one that has run and left nothing: no names, no types, no functions
//   but its own body, no goroutines. Most inputs at a prompt are of this kind.
// - what others leave is collected when enough of it has come together: trees,
//   names, types, code, variables that neither names nor running programs reach.
//   Trees of bodies and values are let go of as soon as their input is accepted,
//   since they would hold what they mention for ever.
// The arena is at its checkpoint whenever no input is under way.
#include "compiler/session.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/foreign.h"
#include "compiler/format.h"
#include "compiler/gen.h"
#include "compiler/gen_impl.h"
#include "compiler/parser.h"
#include "compiler/session_impl.h"

Session *session;
static const SessionMachine *machine;
static Object *last_it;     // of session->its: what "it" means to the next input

// The input under way.
static struct {
    Object *it;
    uint32_t nfuncs, nroots, ntypes;
    bool new_it;
    bool passing; // leaves nothing behind
    Func *entry;
} now;

void session_undo(void) {
    check_forget();
    source_forget();
    arena_go_back();
}

static bool wrong(FILE *errors) {
    if (errors) source_print_errors(errors);
    session_undo();
    return false;
}

void session_set_color(bool on) { session->options.color = on; }

// --- beginning

static void new_roots(Program *p, uint32_t from) {
    GenState *s = gen_state();
    p->roots = s->roots.at + from;
    p->nroots = s->roots.len - from;
    p->funcs = s->funcs.at;
    p->nfuncs = s->funcs.len;
    p->ntypes = lower_all(&p->types);
}

Program *session_begin(const CompileOptions *o, const SessionMachine *m) {
    compile_begin(o);
    machine = m;
    session = ARENA_NEW(Session);
    session->options = *o;
    session->c.o = &session->options;
    compile_find_module(&session->c);
    session->main = compile_new_main(o);
    session->main->earlier = scope_new(universe);
    session->main->scope = scope_new(session->main->earlier);
    session->runtime = compile_import(&session->c, arena_str("runtime", 7), 0);
    session->show = compile_import(&session->c, arena_str("internal/repl", 13), 0);
    if (source_error_count() || !session->runtime || !session->show) {
        source_print_errors(stderr);
        return NULL;
    }
    VEC_PUSH(&session->main->imports, session->show);
    arena_begin_session();
    gen_keep_texts();
    type_local_package = session->main; // for the names of types that are shown
    Program *p = ARENA_NEW(Program);
    p->entry = gen_entry(session->main, session->runtime);
    compile_fill_known(&p->known, session->runtime);
    gen_drain();
    new_roots(p, 0);
    source_forget();
    arena_checkpoint();
    return p;
}

static Str with_line_end(const char *text, size_t len) {
    char *copy = arena_alloc(len + 2);
    memcpy(copy, text, len);
    copy[len] = '\n';
    return (Str){copy, (int64_t)len + 1};
}

bool session_is_complete(const char *text, size_t len) {
    source_reset_errors(true, false);
    parse_file(source_add(arena_str("", 0), with_line_end(text, len)), 0);
    bool more = source_error_count() && parse_ended_early();
    session_undo();
    return !more;
}

char *session_format(const char *text, size_t len, size_t *n) {
    source_reset_errors(true, false);
    const char *s = format_source(arena_str("", 0), with_line_end(text, len), n);
    char *copy = s ? malloc(*n + 1) : NULL;
    if (copy) memcpy(copy, s, *n + 1);
    session_undo();
    return copy;
}

// --- compiling

#define EMPTY(v) ((v).at = NULL, (v).len = (v).cap = 0)

static void clear_package(Package *p) {
    EMPTY(p->files);
    EMPTY(p->init_order);
    EMPTY(p->funcs);
    EMPTY(p->inits);
    EMPTY(p->vars);
    EMPTY(p->extended);
    EMPTY(p->replaced);
    p->script = NULL;
    p->main = NULL;
    p->generated = p->checked = false;
    p->init_stamp = 0;
    p->gen = NULL;
    p->shown = (Shown){0};
}

static Stmt *last_expression(FileAst *f) {
    Stmt *s = NULL;
    for (uint32_t i = 0; i < f->script.len; i++)
        if (again_is_input(f->script.at[i]->pos)) s = f->script.at[i];
    return s && s->kind == STMT_EXPR ? s : NULL;
}

// Names of earlier inputs start unheld, so that afterwards it is known which
// of them functions of this input hold.
static void release_names(void) {
    Scope *s = session->main->earlier;
    for (uint32_t i = 0; i < scope_size(s); i++)
        if (scope_at(s, i)) scope_at(s, i)->flags &= ~(uint32_t)OBJF_HELD_NOW;
}

// What fmt.Println and its like return is of no interest.
static bool is_print(Expr *e) {
    e = ast_unparen(e);
    Object *fn = e->kind == EXPR_CALL && ast_unparen(e->call.fn)->kind == EXPR_SELECTOR ? ast_unparen(e->call.fn)->selector.obj : NULL;
    if (!fn || !fn->pkg || fn->pkg->path.len != 3 || memcmp(fn->pkg->path.ptr, "fmt", 3) != 0) return false;
    return strncmp(fn->name->text, "Print", 5) == 0 || strncmp(fn->name->text, "Fprint", 6) == 0;
}

static Type *shown_type(void) {
    Stmt *s = session->main->shown.stmt;
    if (!s || s->expr.x->mode == MODE_NOVALUE || is_print(s->expr.x)) return NULL;
    Type *t = s->expr.x->type;
    return t && t->kind == TYPE_K_TUPLE ? t->ntypes ? t->types[0] : NULL : t;
}

static Object *it_of_type(Type *t, Pos pos) {
    uint32_t free = session->its.len;
    for (uint32_t i = 0; i < session->its.len; i++) {
        Object *o = session->its.at[i];
        if (!o) free = i;
        else if (type_identical(o->type, t)) return o;
    }
    Object *o = object_new(OBJ_VAR, pos, session->main, name_of("it"), t);
    o->color = 2; // done, see check_impl.h
    o->flags |= OBJF_GLOBAL | OBJF_USED;
    if (free == session->its.len) VEC_PUSH(&session->its, o);
    session->its.at[free] = o;
    now.new_it = true;
    return o;
}

static Object *earlier(const Object *o) { return scope_lookup_here(session->main->earlier, o->name); }

// Does o, a new variable, take the place of an earlier one? Not if a function
// of the same input still means the earlier one.
static bool keeps_place(const Object *o) {
    const Object *old = o->kind == OBJ_VAR && !o->decl ? earlier(o) : NULL;
    return old && old->kind == OBJ_VAR && old->gen && !(old->flags & OBJF_HELD_NOW) && type_identical(old->type, o->type);
}

static void place_variables(void) {
    Scope *s = session->main->scope;
    for (uint32_t i = 0; i < scope_size(s); i++) {
        Object *o = scope_at(s, i);
        if (o && keeps_place(o)) o->gen = earlier(o)->gen;
    }
}

static bool declares_nothing(void) {
    Package *p = session->main;
    for (uint32_t i = 0; i < scope_size(p->scope); i++) {
        Object *o = scope_at(p->scope, i);
        if (o && !keeps_place(o)) return false;
    }
    return p->extended.len == 0;
}

static bool starts_goroutines(const Func *f) {
    for (uint32_t at = 0; at < f->ncode; at += op_words(&f->code[at]))
        if (f->code[at].op == OP_GO) return true;
    return false;
}

enum { OWN_FUNCS = 3 }; // of every input: initialisers, body, entry

static bool leaves_nothing(uint32_t ninits, const ForeignTable *foreign) {
    GenState *s = gen_state();
    const TypeDesc *const *types;
    FuncInfo *script = session->main->script;
    return declares_nothing() && !now.new_it && s->funcs.len <= now.nfuncs + OWN_FUNCS && s->roots.len == now.nroots && lower_all(&types) == now.ntypes &&
           s->ninits == ninits + 1 && !foreign->nsymbols && !foreign->ncalls && !foreign->nunits && !(script && script->gen && starts_goroutines(script->gen));
}

static void refresh(void *ctx) {
    Package *p = ctx;
    for (uint32_t i = 0; i < p->extended.len; i++) lower_refresh_methods(p->extended.at[i]->type);
    gen_drain();
}

static void link_input(SessionResult *out) {
    GenState *s = gen_state();
    uint32_t ninits = s->ninits;
    const TypeDesc *const *types;
    now.nfuncs = s->funcs.len;
    now.nroots = s->roots.len;
    now.ntypes = lower_all(&types);
    if (now.it) now.it->gen_flags = VAR_GLOBAL;
    place_variables();
    out->program.entry = gen_entry(session->main, session->runtime);
    if (!gen_foreign_table(&out->program.foreign)) return;
    gen_drain();
    if (session->main->extended.len) machine->stopped(refresh, session->main);
    new_roots(&out->program, now.nroots);
    const ForeignTable *f = &out->program.foreign;
    if (f->nsymbols || f->ncalls || f->nunits || f->nexports) VEC_PUSH(&session->foreign, *f);
    now.passing = leaves_nothing(ninits, f);
    now.entry = out->program.entry;
}

static bool parse_input(const SessionInput *in) {
    Package *p = session->main;
    clear_package(p);
    FileAst *f = compile_parse(p, in->name, again_with(with_line_end(in->text, in->len)));
    p->shown.stmt = in->show || in->only_expr ? last_expression(f) : NULL;
    p->shown.only_type = in->only_expr;
    if (source_error_count() == 0 && in->only_expr && !(f->script.len == 1 && f->decls.len == 0 && p->shown.stmt)) source_error(f->source->base, "expected one expression");
    return source_error_count() == 0;
}

static bool find_show(const SessionInput *in) {
    Package *p = session->main;
    p->shown.show = scope_lookup_here(session->show->scope, name_of(in->show));
    return p->shown.show != NULL;
}

static const char *type_text(Expr *e) {
    if (e->mode == MODE_NOVALUE) return "no value";
    Type *t = e->type;
    if (e->mode != MODE_TYPE || t->kind != TYPE_K_NAMED) return type_string(t);
    return arena_printf("type %s %s", type_string(t), type_string(type_under(t)));
}

static bool check_input(const SessionInput *in) {
    Package *p = session->main;
    source_reset_errors(false, session->options.color);
    if (last_it) scope_replace(p->earlier, last_it);
    release_names();
    if (!parse_input(in)) return false;
    compile_take_name(p);
    compile_check(&session->c, p);
    return source_error_count() == 0;
}

// With what the input concerns besides; alone it is right.
static void check_again(const SessionInput *in) {
    session_undo();
    while (!check_input(in)) {
        again_leave_out();
        session_undo();
    }
}

bool session_compile(const SessionInput *in, SessionResult *out, FILE *errors) {
    Package *p = session->main;
    *out = (SessionResult){0};
    now.it = NULL;
    now.entry = NULL;
    now.new_it = false;
    again_begin();
    if (!check_input(in)) return wrong(errors);
    while (!in->only_expr && again_wanted()) check_again(in);
    Type *shown = shown_type();
    if (p->shown.stmt) out->type = type_text(p->shown.stmt->expr.x);
    out->returns_nothing = p->shown.stmt && !shown;
    if (in->only_expr) return true;
    if (!shown || !find_show(in)) p->shown.stmt = NULL;
    else if (in->keep) out->hidden = p->shown.only_kept = in->only_keep && p->shown.stmt->expr.x->type->kind != TYPE_K_TUPLE, p->shown.it = now.it = it_of_type(shown, p->shown.stmt->pos);
    link_input(out);
    if (source_error_count()) return wrong(errors);
    return true;
}

// --- accepting

static void clear_value(Object *o) {
    const TypeDesc *d = o->gen ? lower_type(o->type) : NULL;
    if (d) memset(o->gen, 0, d->size);
}

static void rename_type(Object *old) {
    Session *s = session;
    uint32_t i = 0;
    while (i < s->versions.len && s->versions.at[i].name != old->name) i++;
    if (i == s->versions.len) VEC_PUSH(&s->versions, ((Version){old->name, 0}));
    const char *name = arena_printf("%s#%u", old->name->text, ++s->versions.at[i].n);
    old->name = name_of(name);
    TypeDesc *d = old->type->desc;
    if (!d || (old->flags & OBJF_ALIAS) || old->type->kind != TYPE_K_NAMED) return;
    const char *full = type_desc_string(old->type);
    d->string.ptr = full; // the earlier text is its beginning
    d->string.len = (int64_t)strlen(full);
    d->name = (Str){name, (int64_t)strlen(name)};
}

static bool type_mentions(Type *t, Type *wanted, int depth) {
    if (!t || depth > 8) return false;
    if (t == wanted) return true;
    if (t->kind == TYPE_K_NAMED) return t->obj && t->obj->pkg == session->main && type_mentions(t->underlying, wanted, depth + 1);
    for (uint32_t i = 0; i < t->nfields; i++)
        if (type_mentions(t->fields[i].type, wanted, depth + 1)) return true;
    for (uint32_t i = 0; i < t->nparams; i++)
        if (type_mentions(t->params[i]->type, wanted, depth + 1)) return true;
    for (uint32_t i = 0; i < t->nresults; i++)
        if (type_mentions(t->results[i]->type, wanted, depth + 1)) return true;
    return type_mentions(t->elem, wanted, depth + 1) || type_mentions(t->key, wanted, depth + 1);
}

// A note that names what keeps the earlier meaning of old.
static void note_keepers(FILE *notes, Object *old, const char *was, bool (*keeps)(Object *o, Object *old)) {
    Scope *s = session->main->earlier;
    const char *list = "";
    uint32_t n = 0;
    for (uint32_t i = 0; i < scope_size(s); i++) {
        Object *o = scope_at(s, i);
        if (!o || o == old || o->pkg != session->main || o->name == name_of("it") || !keeps(o, old)) continue;
        list = n++ ? arena_printf("%s, %s", list, o->name->text) : o->name->text;
    }
    if (n && notes) fprintf(notes, "note: %s keep%s the earlier %s\n", list, n == 1 ? "s" : "", was);
}

static bool keeps_type(Object *o, Object *old) { return (o->kind == OBJ_VAR || o->kind == OBJ_FUNC || o->kind == OBJ_TYPE) && type_mentions(o->type, old->type, 0); }

static bool keeps_object(Object *o, Object *old) { return o->kind == OBJ_FUNC && check_mentions(o, old); }

// What is told of an earlier object that did not simply give its place away.
typedef struct Keeping { Object *old; const char *was; bool (*keeps)(Object *o, Object *old); } Keeping;
typedef VEC(Keeping) Keepings;

static void replace(Object *old, Object *o, Keepings *kept) {
    Keeping k = {old, old->name->text, keeps_object};
    switch (old->kind) {
    case OBJ_VAR:
        if (!(old->flags & (OBJF_HELD | OBJF_ADDR_TAKEN))) clear_value(old);
        else VEC_PUSH(kept, k);
        break;
    case OBJ_FUNC:
        if (o->kind == OBJ_FUNC && old->func.info && o->func.info && type_identical(old->type, o->type)) {
            gen_replace_func(old->func.info, o->func.info);
            check_replaced(old, o);
        } else {
            VEC_PUSH(kept, k);
        }
        break;
    case OBJ_TYPE:
        k.keeps = keeps_type;
        VEC_PUSH(kept, k);
        rename_type(old);
        break;
    default: break;
    }
}

static bool is_generic(const Object *o) {
    if (o->kind == OBJ_TYPE) return o->decl && o->decl->kind == DECL_TYPE && o->decl->type.tparams.len;
    return o->kind == OBJ_FUNC && o->type && o->type->ntparams;
}

// Nothing of the input is looked into again but what it declares.
static void settle(void) {
    Package *p = session->main;
    bool generic = false; // such a declaration is checked again, in the scope of its input, for each instance
    for (uint32_t i = 0; i < scope_size(p->scope); i++) {
        Object *o = scope_at(p->scope, i);
        if (!o) continue;
        check_settle(o);
        o->parent = p->earlier;
        generic |= is_generic(o);
    }
    for (uint32_t i = 0; i < p->funcs.len; i++) check_settle_func(p->funcs.at[i]);
    if (!generic) p->scope = scope_new(p->earlier);
}

static void take_names(FILE *notes) {
    Package *p = session->main;
    Keepings kept = {0};
    VEC(Object *) gone = {0};
    for (uint32_t i = 0; i < scope_size(p->scope); i++) {
        Object *o = scope_at(p->scope, i);
        if (!o) continue;
        Object *old = earlier(o);
        if (old && keeps_place(o)) {
            old->flags |= o->flags & (OBJF_HELD | OBJF_ADDR_TAKEN);
            continue;
        }
        if (old) replace(old, o, &kept);
        o->gen_slot = (int32_t)++session->ndeclared; // order, for lists
        scope_replace(p->earlier, o);
        if (old) VEC_PUSH(&gone, old);
    }
    for (uint32_t i = 0; i < p->replaced.len; i++) {
        Replaced *r = &p->replaced.at[i];
        if (r->by->func.info && r->old->func.info && type_identical(r->old->type, r->by->type)) gen_replace_func(r->old->func.info, r->by->func.info);
    }
    again_tell(notes);
    for (uint32_t i = 0; i < kept.len; i++) note_keepers(notes, kept.at[i].old, kept.at[i].was, kept.at[i].keeps);
    for (uint32_t i = 0; i < gone.len; i++) check_drop_mentions(gone.at[i]);
    settle();
}

// --- collecting

static bool is_gone(const void *addr) { return !arena_is_alive(addr); }

// The variable for the last value of a type goes with the type.
static bool it_is_wanted(int32_t number) {
    const Object *o = session->its.at[number];
    return o == last_it || machine->keeps_result(number) || arena_is_alive(o->type) || (o->type->desc && arena_is_alive(o->type->desc));
}

static void keep_its(void) {
    for (uint32_t i = 0; i < session->its.len; i++)
        if (session->its.at[i] && it_is_wanted((int32_t)i)) arena_keep(session->its.at[i]);
}

static void sweep_its(void) {
    for (uint32_t i = 0; i < session->its.len; i++)
        if (session->its.at[i] && is_gone(session->its.at[i])) session->its.at[i] = NULL;
}

// Texts of inputs are kept for what has a name.
static void keep_sources(void) {
    Scope *s = session->main->earlier;
    for (uint32_t i = 0; i < scope_size(s); i++) {
        const Object *o = scope_at(s, i);
        if (!o || o->pkg != session->main) continue;
        source_keep(o->pos);
        for (uint32_t k = 0; o->kind == OBJ_TYPE && o->type && o->type->kind == TYPE_K_NAMED && k < o->type->nmethods; k++) source_keep(o->type->methods[k].pos);
    }
}

static void collect(void *ctx) {
    Program *p = ctx;
    arena_collect_begin(&machine->memory);
    name_collect_begin();
    source_collect_begin();
    type_collect_begin();
    lower_collect_begin();
    gen_collect_begin();
    check_collect_begin();
    arena_weak(session->its.at, session->its.len * sizeof *session->its.at);
    arena_mark_roots();
    keep_sources();
    while (arena_drain()) {
        lower_keep();
        gen_keep();
        check_keep();
        keep_its();
    }
    lower_sweep();
    gen_sweep();
    check_sweep();
    type_sweep();
    source_sweep();
    name_sweep();
    sweep_its();
    new_roots(p, gen_state()->roots.len);
    machine->collected(p, is_gone);
    arena_collect_end();
}

static void keep_state(void) {
    check_forget();
    source_forget();
    if (machine->collect_always || arena_wants_collection(machine->heap_bytes())) {
        Program p = {0};
        clear_package(session->main);
        machine->stopped(collect, &p);
    }
    arena_checkpoint();
}

void session_accept(FILE *notes) {
    Object *it = now.it;
    if (now.passing) {
        session_undo();
    } else {
        take_names(notes);
        keep_state();
    }
    if (!it || it == last_it) return;
    if (last_it && !(last_it->flags & (OBJF_HELD | OBJF_ADDR_TAKEN))) clear_value(last_it);
    last_it = it;
}

static int32_t number_of_it(const Object *it) {
    for (uint32_t i = 0; i < session->its.len; i++)
        if (session->its.at[i] == it) return (int32_t)i;
    return -1;
}

int32_t session_result(void **at, size_t *size) {
    int32_t type = now.it ? number_of_it(now.it) : -1;
    const TypeDesc *d = type >= 0 && now.it->gen ? lower_type(now.it->type) : NULL;
    if (!d) return -1;
    *at = now.it->gen;
    *size = d->size;
    return type;
}

int32_t session_choose_it(int32_t type, void **at) {
    int32_t before = number_of_it(last_it);
    last_it = session->its.at[type];
    *at = last_it->gen;
    return before;
}

bool session_knows(const char *name) {
    Scope *s = session->main->earlier;
    for (uint32_t i = 0; i < scope_size(s); i++)
        if (scope_at(s, i) && strcmp(scope_at(s, i)->name->text, name) == 0) return true;
    return false;
}

void session_reject(bool over) {
    if (!now.entry || (over && now.passing)) {
        session_undo();
    } else { // its code may be referred to
        keep_state();
    }
    now.entry = NULL;
}
