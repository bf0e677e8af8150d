// SPDX-License-Identifier: MIT
// gen.c: functions, wrappers, package initialisers.
//
// Functions are generated from a queue: mentioning one makes its Func and
// queues its body, so bodies never nest and a Func can be called before its
// code exists. Methods that need another receiver than their own (promoted,
// through an interface, bound, as expressions) are reached through wrappers.
#include "compiler/gen.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/check.h"
#include "compiler/foreign.h"
#include "compiler/gen_impl.h"
#include "compiler/notation.h"

typedef enum WrapperKind {
    WRAP_DATA,    // the receiver is an interface's data word
    WRAP_CAPTURE, // the receiver is captured: method value
    WRAP_PARAM    // the receiver is the first parameter: method expression
} WrapperKind;

typedef struct Wrapper {
    WrapperKind kind;
    Type *recv;
    Selection sel;
    Func *fn;
    struct Wrapper *next;
} Wrapper;

// A function with more source text than this may exceed 32 K words of code.
enum { WRAPPER_BUCKETS = 512, FAR_SOURCE_BYTES = 20000 };

GenState *gen_state(void) {
    void **root = arena_root(ROOT_EMIT);
    if (!*root) {
        GenState *s = ARENA_NEW(GenState);
        s->wrappers = ARENA_ARRAY(Wrapper *, WRAPPER_BUCKETS);
        *root = s;
    }
    return *root;
}

// --- names

// Names are made for every function; formatting them would be felt.
static Str joined(const Str *parts, uint32_t n) {
    int64_t len = 0;
    for (uint32_t i = 0; i < n; i++) len += parts[i].len;
    char *text = arena_alloc((size_t)len + 1), *p = text;
    for (uint32_t i = 0; i < n; p += parts[i++].len) memcpy(p, parts[i].ptr, (size_t)parts[i].len);
    return (Str){text, len};
}

#define LITERAL(text) ((Str){text, sizeof text - 1})
#define JOINED(...) joined((const Str[]){__VA_ARGS__}, sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str))

static Str str_of(const Name *n) { return (Str){n->text, n->len}; }
static Str package_path(const Package *p) { return p ? p->path : LITERAL(""); }

static Str receiver_name(Type *named, bool ptr) {
    Str n = str_of(named->obj->name);
    return ptr ? JOINED(LITERAL("(*"), n, LITERAL(")")) : n;
}

static Str func_name(Object *o) {
    Str pkg = package_path(o->pkg), dot = LITERAL("."), name = str_of(o->name);
    if (!o->func.recv_named) return JOINED(pkg, dot, name);
    Str recv = str_of(o->func.recv_named->obj->name);
    return o->func.ptr_recv ? JOINED(pkg, LITERAL(".(*"), recv, LITERAL(")."), name) : JOINED(pkg, dot, recv, dot, name);
}

static Str formatted(const char *text) { return (Str){text, (int64_t)strlen(text)}; }

static Str info_name(FuncInfo *info) {
    if (info->gen) return ((Func *)info->gen)->name;
    return info->obj ? func_name(info->obj) : LITERAL("main.script");
}

// Of a literal: its number within its outermost function, or the label of its process.
static Str literal_name(FuncInfo *info) {
    FuncInfo *p = info->parent;
    Str of = info_name(p);
    if (info->process && info->process->name) return JOINED(of, LITERAL("."), str_of(info->process->name->name));
    uint32_t n = 1;
    for (uint32_t i = 0; i < p->literals.len; i++)
        if (p->literals.at[i] == info) n = i + 1;
    return formatted(arena_printf(p->parent ? "%.*s.%u" : "%.*s.func%u", (int)of.len, of.ptr, n));
}

// --- making functions

static void make_native(Func *f, Object *o) {
    char path[256];
    snprintf(path, sizeof path, "%.*s", (int)o->pkg->path.len, o->pkg->path.ptr);
    const char *name = o->func.recv_named ? arena_printf("%s.%s", o->func.recv_named->obj->name->text, o->name->text) : o->name->text;
    int i = gen_native_index ? gen_native_index(path, name) : -1;
    if (i < 0) {
        source_error(o->pos, "function %s of package %s has neither body nor native", name, path);
        return;
    }
    f->flags |= FUNC_NATIVE;
    f->native = (uint32_t)i;
}

int (*gen_native_index)(const char *pkg, const char *name);

Func *gen_func_of_info(FuncInfo *info) {
    if (info->gen) return info->gen;
    Str name;
    if (info->obj) name = func_name(info->obj);
    else if (info->parent) name = literal_name(info);
    else if (info->initialiser) name = JOINED(package_path(info->pkg), formatted(arena_printf(".glob..func%u", info->initialiser)));
    else name = JOINED(info->pkg ? str_of(info->pkg->name) : LITERAL("main"), LITERAL(".script"));
    Func *f = func_new(name, info->pos);
    info->gen = f;
    if (info->deferred_recover) f->flags |= FUNC_DEFERRED_RECOVER;
    if (!info->body && info->obj && !gen_is_intrinsic(info)) make_native(f, info->obj);
    GenState *s = gen_state();
    VEC_PUSH(&s->queue, info);
    return f;
}

Func *gen_func_of(Object *fn) { return gen_func_of_info(fn->func.info); }

void *gen_global_addr(Object *var) {
    if (!var->gen) {
        const TypeDesc *d = lower_type(var->type);
        var->gen = arena_alloc_live(d->size ? d->size : 1);
        if (d->ptr_words) {
            GenState *s = gen_state();
            VEC_PUSH(&s->roots, ((GlobalRoot){var->gen, d}));
        }
    }
    return var->gen;
}

// --- constants of sessions
//
// The arena of a session forgets inputs that are over, but strings that they
// have put into variables stay. Equal ones are kept once.

typedef struct Text {
    Str s;
    struct Text *next;
    char bytes[];
} Text;

enum { TEXT_BUCKETS = 4096 };

void gen_keep_texts(void) {
    GenState *s = gen_state();
    if (!s->texts) s->texts = calloc(TEXT_BUCKETS, sizeof *s->texts);
}

static Text *text_new(Str s) {
    Text *t = arena_alloc_text(sizeof *t + (size_t)s.len);
    t->s = (Str){t->bytes, s.len};
    memcpy(t->bytes, s.ptr, (size_t)s.len);
    return t;
}

static const Str *kept_text(GenState *g, Str s) {
    uint32_t h = 2166136261u;
    for (int64_t i = 0; i < s.len; i++) h = (h ^ (unsigned char)s.ptr[i]) * 16777619u;
    Text **at = &g->texts[h % TEXT_BUCKETS];
    for (Text *t = *at; t; t = t->next)
        if (t->s.len == s.len && memcmp(t->bytes, s.ptr, (size_t)s.len) == 0) return &t->s;
    Text *t = text_new(s);
    t->next = *at;
    *at = t;
    return &t->s;
}

const Str *gen_text(Str s) {
    GenState *g = gen_state();
    if (!g->texts) return arena_dup(&s, sizeof s);
    return kept_text(g, s);
}

const void *gen_bytes(const void *p, size_t n) {
    GenState *g = gen_state();
    return g->texts ? kept_text(g, (Str){p, (int64_t)n})->ptr : arena_dup(p, n);
}

const char *gen_chars(Str s) {
    GenState *g = gen_state();
    return g->texts ? kept_text(g, s)->ptr : s.ptr;
}

// --- bodies

static Object *result_named(FuncInfo *info, uint32_t i) {
    Object *o = info->results[i];
    return o->name && strcmp(o->name->text, "_") != 0 ? o : NULL;
}

// A parameter arrives in a fixed slot; one that needs a box is copied there.
static uint32_t bind_param(FuncGen *g, Object *o, uint32_t at) {
    const TypeDesc *d = lower_type(o->type);
    uint32_t n = value_slots(d);
    declare_var(g, o);
    if (o->gen_flags == VAR_BOX) {
        uint32_t box = (uint32_t)o->gen_slot, mark = g->top;
        emit_new(g, box, d);
        if (d->size) store_mem(g, box, 0, o->type, at);
        g->top = mark;
    }
    return at + n;
}

static void bind_params(FuncGen *g, FuncInfo *info) {
    uint32_t at = FRAME_HEADER + g->fn->nresult_slots;
    Object *all[2] = {info->recv, NULL};
    uint32_t total = info->nparams + (info->recv ? 1 : 0);
    for (uint32_t i = 0; i < total; i++) {
        Object *o = info->recv ? (i == 0 ? all[0] : info->params[i - 1]) : info->params[i];
        // Slot variables are used where they arrived.
        uint32_t n = value_slots(lower_type(o->type)), top = g->top;
        declare_var(g, o);
        if (o->gen_flags == VAR_SLOT) {
            g->top = top;
            o->gen_slot = (int32_t)at;
            at += n;
        } else if (o->gen_flags == VAR_BOX) {
            g->top = top;
            at = bind_param(g, o, at);
        } else {
            at += n;
        }
    }
}

static void bind_results(FuncGen *g, FuncInfo *info) {
    uint32_t at = FRAME_HEADER;
    for (uint32_t i = 0; i < info->nresults; i++) {
        Object *o = info->results[i];
        uint32_t n = value_slots(lower_type(o->type)), top = g->top;
        o->gen_flags = VAR_NONE;
        if (result_named(info, i)) {
            declare_var(g, o);
            if (o->gen_flags == VAR_BOX) {
                init_var_zero(g, o);
                g->has_epilogue = true;
            } else {
                g->top = top;
                o->gen_slot = (int32_t)at;
            }
        }
        at += n;
    }
}

static void bind_captures(FuncGen *g, FuncInfo *info, uint8_t *kinds, uint32_t *nkinds) {
    uint32_t at = 0;
    for (uint32_t i = 0; i < info->captures.len; i++) {
        Object *o = info->captures.at[i];
        bool box = o->gen_flags == VAR_BOX;
        const TypeDesc *d = lower_type(o->type);
        uint32_t n = box ? 1 : value_slots(d);
        declare_var(g, o);
        emit_captures(g, (uint32_t)o->gen_slot, at, n);
        for (uint32_t k = 0; k < n; k++) kinds[(*nkinds)++] = box || is_big(d) || lower_word_is_ptr(d, k);
        at += n;
    }
}

static uint32_t capture_words(FuncInfo *info) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < info->captures.len; i++) n += value_slots(lower_type(info->captures.at[i]->type)) + 1;
    return n;
}

static void emit_epilogue(FuncGen *g, FuncInfo *info) {
    label_here(g, &g->epilogue);
    if (info->has_defer) {
        g->fn->flags |= FUNC_HAS_DEFER;
        g->fn->defer_pc = emit_ext(g, OP_DEFER_RUN, 0, 0, 0, 0);
        emit_jump(g, &g->epilogue);
    }
    if (g->held) read_held(g);
    uint32_t at = FRAME_HEADER;
    for (uint32_t i = 0; i < info->nresults; i++) {
        Object *o = info->results[i];
        const TypeDesc *d = lower_type(o->type);
        if (o->gen_flags == VAR_BOX && d->size) load_mem(g, at, (uint32_t)o->gen_slot, 0, o->type);
        at += value_slots(d);
    }
    emit(g, OP_RET, 0, 0, 0);
}

static void native_body(FuncGen *g) {
    emit_ext(g, OP_NATIVE, 0, 0, 0, g->fn->native);
    emit(g, OP_RET, 0, 0, 0);
}

// Declared functions of a session begin with an instruction that a later input
// can make lead elsewhere. No jump goes back to it.
static bool can_be_replaced(FuncInfo *info) { return info->pkg && info->pkg->earlier && info->obj && info->body; }

static Word *entry_of(const Func *f) {
    Word *w = f->code;
    while (w->op != OP_ENTRY) w += op_words(w);
    return w;
}

// Of a replaced function nothing is needed but the beginning, which leads to the
// new one, and its whole code only as long as some frame is in it.
typedef struct ReplacedFunc {
    Func *fn;
    Word beginning[]; // up to and with OP_ENTRY
} ReplacedFunc;

void gen_replace_func(FuncInfo *from, FuncInfo *to) {
    Func *old = from->gen, *new = to->gen;
    if (!old || !new || !can_be_replaced(from)) return;
    Word *entry = entry_of(old);
    __atomic_store_n(&entry[1].ptr, new, __ATOMIC_RELEASE);
    size_t words = (size_t)(entry + 2 - old->code);
    ReplacedFunc *r = arena_alloc(sizeof *r + words * sizeof(Word));
    r->fn = old;
    memcpy(r->beginning, old->code, words * sizeof(Word));
    GenState *s = gen_state();
    VEC_PUSH(&s->replaced, r);
}

static void gen_body(FuncInfo *info) {
    FuncGen g;
    Func *f = info->gen;
    Type *sig = frame_signature(info->obj, info->sig);
    func_begin(&g, f, sig, info->recv ? info->recv->type : NULL);
    g.info = info;
    if (sig != info->sig) g.held = sig;
    if (!info->body) {
        if (gen_is_intrinsic(info)) gen_intrinsic_body(&g, info);
        else native_body(&g);
        func_finish(&g);
        return;
    }
    info->inlining = true;
    if (can_be_replaced(info)) emit_ext(&g, OP_ENTRY, 0, 0, 0, 0);
    g.has_epilogue = info->has_defer;
    g.far = info->end > info->pos + FAR_SOURCE_BYTES;
    source_expect_line(f->line);
    emit_line(&g, info->pos);
    bind_results(&g, info);
    bind_params(&g, info);
    uint8_t *kinds = arena_alloc(capture_words(info) + 1);
    uint32_t nk = 1;
    bind_captures(&g, info, kinds, &nk);
    if (info->captures.len) f->closure_type = lower_raw(kinds, nk);
    if (info->range_body) range_func_body(&g, info);
    else stmt_list(&g, &info->body->block.list);
    emit_line(&g, info->end);
    if (g.has_epilogue) {
        emit_epilogue(&g, info);
        if (info->has_defer) g.code.at[f->defer_pc].a = (uint16_t)g.max_top;
    } else {
        gen_return(&g);
    }
    info->inlining = false;
    func_finish(&g);
}

// --- wrappers

static uint32_t wrapper_hash(WrapperKind kind, Type *recv, const Selection *sel) { return (type_hash(recv) * 31 + sel->name->hash + (uint32_t)kind) % WRAPPER_BUCKETS; }

static Wrapper *find_wrapper(WrapperKind kind, Type *recv, Selection *sel) {
    GenState *s = gen_state();
    uint32_t h = wrapper_hash(kind, recv, sel);
    for (Wrapper *w = s->wrappers[h]; w; w = w->next)
        if (w->kind == kind && w->sel.name == sel->name && w->sel.method == sel->method && w->sel.npath == sel->npath && type_identical(w->recv, recv)) return w;
    Wrapper *w = ARENA_NEW(Wrapper);
    *w = (Wrapper){.kind = kind, .recv = recv, .sel = *sel, .next = s->wrappers[h]};
    bool ptr = recv->kind == KIND_POINTER;
    Type *base = ptr ? recv->elem : recv;
    Str dot = LITERAL("."), tn = base->obj && base->obj->pkg ? JOINED(base->obj->pkg->path, dot, receiver_name(base, ptr)) : formatted(type_desc_string(recv));
    w->fn = func_new(JOINED(tn, dot, str_of(sel->name), kind == WRAP_CAPTURE ? LITERAL("-fm") : LITERAL("")), 0);
    w->fn->flags |= FUNC_WRAPPER;
    s->wrappers[h] = w;
    VEC_PUSH(&s->wrapper_queue, w);
    return w;
}

static bool plain_receiver(Type *t, Selection *sel) {
    return sel->npath == 0 && sel->method && sel->kind != SEL_INTERFACE_METHOD && sel->method->func.ptr_recv == (type_under(t)->kind == KIND_POINTER && t->kind != TYPE_K_NAMED);
}

Func *gen_method_entry(Type *t, Selection *sel) {
    if (plain_receiver(t, sel)) {
        const TypeDesc *d = lower_type(t);
        if (value_slots(d) == 1 && (type_is_direct(d) || is_big(d))) return gen_func_of(sel->method);
    }
    return find_wrapper(WRAP_DATA, t, sel)->fn;
}

Func *gen_bound_method(Type *recv, Selection *sel) { return find_wrapper(WRAP_CAPTURE, recv, sel)->fn; }

Func *gen_method_expr(Type *recv, Selection *sel) {
    if (sel->method && !sel->iface && plain_receiver(recv, sel)) return gen_func_of(sel->method);
    return find_wrapper(WRAP_PARAM, recv, sel)->fn;
}

// The receiver as the wrapper got it.
static Place wrapper_receiver(FuncGen *g, Wrapper *w, uint32_t arg) {
    Place p = {.kind = PLACE_SLOT, .type = w->recv, .slot = arg};
    const TypeDesc *d = lower_type(w->recv);
    if (w->kind == WRAP_CAPTURE) {
        p.slot = slot_alloc(g, d);
        uint32_t n = value_slots(d);
        emit_captures(g, p.slot, 0, n);
        uint8_t *kinds = arena_alloc(n + 1);
        for (uint32_t i = 0; i < n; i++) kinds[i + 1] = is_big(d) || lower_word_is_ptr(d, i);
        w->fn->closure_type = lower_raw(kinds, n + 1);
    } else if (w->kind == WRAP_DATA && !type_is_direct(d)) {
        p.kind = PLACE_MEM;
    }
    return p;
}

static Place step(FuncGen *g, Place p, uint32_t field) {
    Type *u = type_under(p.type);
    if (u->kind == KIND_POINTER) p = (Place){.kind = PLACE_MEM, .slot = place_load(g, &p, ANY), .type = u->elem};
    u = type_under(p.type);
    if (p.kind == PLACE_SLOT && is_big(lower_type(p.type))) p.kind = PLACE_MEM;
    p.off += (uint64_t)type_field_offset(u, field);
    p.part = true;
    p.type = u->fields[field].type;
    return p;
}

// A method of the value, called through the pointer.
static void refuse_nil(FuncGen *g, Object *method, uint32_t ptr) {
    Label fine;
    label_init(&fine);
    emit_branch1(g, OP_JUMP_T, ptr, &fine);
    Str name = func_name(method);
    emit_ptr(g, OP_FAIL, 0, 0, 0, arena_printf("value method %.*s called using nil *%s pointer", (int)name.len, name.ptr, method->func.recv_named->obj->name->text));
    label_here(g, &fine);
}

static void gen_wrapper(Wrapper *w) {
    FuncGen g;
    Type *sig = w->sel.type;
    Type *recv_type = w->kind == WRAP_CAPTURE ? NULL : w->kind == WRAP_DATA ? TY(KIND_UNSAFE_POINTER) : w->recv;
    if (w->sel.kind == SEL_METHOD_EXPR) { // its type has the receiver in front
        Type *full = sig;
        sig = type_new(KIND_FUNC);
        sig->params = full->params + 1;
        sig->nparams = full->nparams - 1;
        sig->results = full->results;
        sig->nresults = full->nresults;
        sig->variadic = full->variadic;
    }
    if (w->sel.method) sig = frame_signature(w->sel.method, sig);
    func_begin(&g, w->fn, sig, recv_type);
    uint32_t arg = FRAME_HEADER + w->fn->nresult_slots;
    Place p = wrapper_receiver(&g, w, arg);
    uint32_t params = arg + (recv_type ? value_slots(lower_type(recv_type)) : 0);
    for (uint32_t i = 0; i < w->sel.npath; i++) p = step(&g, p, w->sel.path[i]);
    bool iface = type_under(p.type)->kind == KIND_INTERFACE;
    uint32_t at, base, recv;
    Type *rt;
    if (iface) {
        rt = TY(KIND_UNSAFE_POINTER);
        recv = place_load(&g, &p, ANY);
    } else {
        bool is_ptr = type_under(p.type)->kind == KIND_POINTER;
        if (w->sel.method->func.ptr_recv) {
            rt = is_ptr ? p.type : type_pointer_to(p.type);
            recv = is_ptr ? place_load(&g, &p, ANY) : place_addr(&g, &p);
        } else {
            if (is_ptr) p = (Place){.kind = PLACE_MEM, .slot = place_load(&g, &p, ANY), .type = type_under(p.type)->elem};
            if (is_ptr && w->sel.npath == 0 && w->kind != WRAP_CAPTURE) refuse_nil(&g, w->sel.method, p.slot);
            rt = p.type;
            recv = place_load(&g, &p, ANY);
        }
    }
    base = call_window(&g, sig, rt, &at);
    uint32_t n = value_slots(lower_type(rt));
    if (!iface) emit_move(&g, at, recv, n);
    uint32_t words = w->fn->nparam_slots - (params - arg);
    emit_move(&g, at + n, params, words);
    if (iface) emit_ext(&g, OP_CALL_METHOD, base, recv, at, call_counts(lower_selector(w->sel.name, w->sel.method ? w->sel.method->pkg : NULL, sig), sig, NULL));
    else emit_ptr(&g, OP_CALL, base, 0, 0, gen_func_of(w->sel.method));
    emit_move(&g, FRAME_HEADER, base + FRAME_HEADER, w->fn->nresult_slots);
    emit(&g, OP_RET, 0, 0, 0);
    func_finish(&g);
}

// While one body is being generated the next one's memory comes near.
static void prefetch_bodies(const GenState *s) {
    if (s->queue.len) func_prefetch(s->queue.at[s->queue.len - 1]);
    if (s->queue.len > 1) arena_prefetch((ArenaSpan){(const char *)s->queue.at[s->queue.len - 2], sizeof(FuncInfo)});
}

static void gen_next_body(GenState *s) {
    FuncInfo *info = s->queue.at[--s->queue.len];
    prefetch_bodies(s);
    gen_body(info);
}

void gen_drain(void) {
    GenState *s = gen_state();
    for (;;) {
        if (s->queue.len) gen_next_body(s);
        else if (s->wrapper_queue.len) gen_wrapper(s->wrapper_queue.at[--s->wrapper_queue.len]);
        else {
            lower_flush();
            if (!s->queue.len && !s->wrapper_queue.len) return;
        }
    }
}

// --- collections of a session

typedef struct CutOff { // during a collection
    ReplacedFunc *of;
    Func whole; // what fn was
} CutOff;

static struct { Wrapper **at; uint32_t n, cap; } wrappers;
static struct { CutOff *at; uint32_t n, cap; } cut;

// A row of replacements is cut short, so that those in the middle can go.
static void lead_to_latest(Func *f) {
    Word *entry = entry_of(f);
    const Func *to = entry[1].ptr;
    for (const Func *next; (next = entry_of(to)[1].ptr);) to = next;
    entry[1].ptr = to;
}

static void cut_off(ReplacedFunc *r) {
    Func *f = r->fn;
    if (f->code == r->beginning) return;
    const Word *entry = entry_of(f);
    LIST_ADD(cut.at, cut.n, cut.cap, ((CutOff){r, *f}));
    f->ncode = (uint32_t)(entry + 2 - f->code);
    f->code = r->beginning;
    entry_of(f)[1] = entry[1];
    f->lines = NULL;
    f->inlined = NULL;
    f->nlines = f->ninlined = 0;
}

static void put_back(CutOff *c) {
    Func *f = c->of->fn;
    entry_of(&c->whole)[1] = entry_of(f)[1];
    *f = c->whole;
    c->of = NULL;
    arena_keep(f->code);
    arena_keep(f->lines);
    arena_keep(f->inlined);
}

void gen_collect_begin(void) {
    GenState *s = gen_state();
    s->code = (WordList){0};
    s->lines = (LineList){0};
    s->kinds = (KindList){0};
    arena_weak(s->funcs.at, s->funcs.len * sizeof *s->funcs.at);
    arena_weak(s->roots.at, s->roots.len * sizeof *s->roots.at);
    arena_weak(s->replaced.at, s->replaced.len * sizeof *s->replaced.at);
    for (uint32_t i = 0; i < s->replaced.len; i++) lead_to_latest(s->replaced.at[i]->fn);
    cut.n = wrappers.n = 0;
    for (uint32_t i = 0; i < s->replaced.len; i++) cut_off(s->replaced.at[i]);
    for (uint32_t i = 0; i < WRAPPER_BUCKETS; i++)
        for (Wrapper **at = &s->wrappers[i], *w; (w = *at);) {
            if (arena_is_alive(w)) {
                at = &w->next;
                continue;
            }
            *at = w->next;
            LIST_ADD(wrappers.at, wrappers.n, wrappers.cap, w);
        }
    for (uint32_t i = 0; i < wrappers.n; i++) wrappers.at[i]->next = NULL;
}

void gen_keep(void) {
    GenState *s = gen_state();
    for (uint32_t i = 0; i < s->replaced.len; i++)
        if (arena_is_alive(s->replaced.at[i]->fn)) arena_keep(s->replaced.at[i]);
    for (uint32_t i = 0; i < cut.n; i++)
        if (cut.at[i].of && arena_is_alive(cut.at[i].of->fn) && arena_is_alive(cut.at[i].whole.code)) put_back(&cut.at[i]);
    for (uint32_t i = 0; i < s->roots.len; i++)
        if (arena_is_alive(s->roots.at[i].addr)) arena_keep(s->roots.at[i].type);
    for (uint32_t i = 0; i < wrappers.n; i++)
        if (arena_is_alive(wrappers.at[i]->fn)) arena_keep(wrappers.at[i]);
}

static void sweep_texts(GenState *s) {
    for (uint32_t i = 0; i < TEXT_BUCKETS; i++)
        for (Text **at = &s->texts[i]; *at;)
            if (arena_is_alive(*at)) at = &(*at)->next;
            else *at = (*at)->next;
}

void gen_sweep(void) {
    GenState *s = gen_state();
    uint32_t n = 0;
    for (uint32_t i = wrappers.n; i-- > 0;) {
        Wrapper *w = wrappers.at[i];
        if (!arena_is_alive(w)) continue;
        Wrapper **b = &s->wrappers[wrapper_hash(w->kind, w->recv, &w->sel)];
        w->next = *b;
        *b = w;
    }
    for (uint32_t i = 0; i < s->funcs.len; i++)
        if (arena_is_alive(s->funcs.at[i])) s->funcs.at[n++] = s->funcs.at[i];
    while (s->funcs.len > n) s->funcs.at[--s->funcs.len] = NULL;
    n = 0;
    for (uint32_t i = 0; i < s->roots.len; i++)
        if (arena_is_alive(s->roots.at[i].addr)) s->roots.at[n++] = s->roots.at[i];
    while (s->roots.len > n) s->roots.at[--s->roots.len] = (GlobalRoot){0};
    n = 0;
    for (uint32_t i = 0; i < s->replaced.len; i++)
        if (arena_is_alive(s->replaced.at[i]->fn)) s->replaced.at[n++] = s->replaced.at[i];
    while (s->replaced.len > n) s->replaced.at[--s->replaced.len] = NULL;
    if (s->texts) sweep_texts(s);
}

// --- packages

static void call_plain(FuncGen *g, Func *f) {
    uint32_t mark = g->top, at;
    uint32_t base = call_window(g, type_new(KIND_FUNC), NULL, &at);
    emit_ptr(g, OP_CALL, base, 0, 0, f);
    g->top = mark;
}

static void init_step(FuncGen *g, InitStep *st) {
    uint32_t mark = g->top;
    const SourceFile *file = source_file_of(st->pos);
    if (file) emit_file(g, file->path);
    emit_line(g, st->pos);
    for (uint32_t i = 0; i < st->nlhs; i++) declare_var(g, st->lhs[i]);
    if (st->nlhs == 1) {
        Object *o = st->lhs[0];
        uint32_t v = expr_as(g, st->rhs, o->type, ANY);
        if (!(o->name && strcmp(o->name->text, "_") == 0)) init_var(g, o, v);
    } else {
        uint32_t slots[256];
        multi_value(g, st->rhs, slots);
        Type **types = ast_unparen(st->rhs)->type->types;
        for (uint32_t i = 0; i < st->nlhs; i++) {
            Object *o = st->lhs[i];
            if (!(o->name && strcmp(o->name->text, "_") == 0)) init_var(g, o, convert_slots(g, slots[i], types[i], o->type, ANY));
        }
    }
    g->top = mark;
}

static void gen_functions(Package *p) {
    for (uint32_t i = 0; i < p->funcs.len; i++) gen_func_of_info(p->funcs.at[i]);
    gen_drain();
}

Func *gen_package(Package *p) {
    if (p->generated) return p->gen;
    p->generated = true;
    if (p->is_library && !p->init_order.len && !p->inits.len) { // no call at every start
        gen_functions(p);
        return NULL;
    }
    Func *f = func_new(JOINED(p->path, LITERAL(".init")), 0);
    p->gen = f;
    FuncInfo *info = ARENA_NEW(FuncInfo); // initialisers may contain literals
    info->pkg = p;
    info->sig = type_new(KIND_FUNC);
    info->gen = f;
    gen_foreign_package(p);
    FuncGen g;
    func_begin(&g, f, info->sig, NULL);
    g.info = info;
    for (uint32_t i = 0; i < p->init_order.len; i++) init_step(&g, &p->init_order.at[i]);
    emit_generated(&g);
    for (uint32_t i = 0; i < p->inits.len; i++) {
        Func *init = gen_func_of(p->inits.at[i]);
        init->name = JOINED(f->name, formatted(arena_printf(".%u", i)));
        call_plain(&g, init);
    }
    emit(&g, OP_RET, 0, 0, 0);
    func_finish(&g);
    gen_functions(p);
    return f;
}

static void init_imports(FuncGen *g, Package *p, uint32_t stamp) {
    if (p->init_stamp == stamp) return;
    p->init_stamp = stamp;
    for (uint32_t i = 0; i < p->imports.len; i++) init_imports(g, p->imports.at[i], stamp);
    Func *init = p->fake ? NULL : gen_package(p);
    if (!init) return; // nothing to initialise
    call_plain(g, init);
    gen_state()->ninits++;
    if (p->script) call_plain(g, gen_func_of_info(p->script)); // with the variables of its functions
}

Func *gen_entry(Package *main, Package *runtime) {
    static uint32_t stamp; // in a session a package is initialised once
    if (main->earlier) {
        lower_reflected = true; // a later input may look into types of this one
        if (stamp == 0) stamp++;
    } else {
        stamp++;
        lower_reflected = main->reflects;
    }
    gen_package(main);
    Func *f = func_new(JOINED(LITERAL("runtime.main")), 0);
    FuncGen g;
    func_begin(&g, f, type_new(KIND_FUNC), NULL);
    if (runtime) init_imports(&g, runtime, stamp);
    init_imports(&g, main, stamp);
    if (main->main && (!main->script || main->script->body->block.list.len == 0)) call_plain(&g, gen_func_of(main->main));
    emit(&g, OP_RET, 0, 0, 0);
    func_finish(&g);
    gen_drain();
    return f;
}
