// SPDX-License-Identifier: MIT
// check_generic.c: instances of generic functions and types, and inference of
// type arguments.
#include <string.h>

#include "compiler/check_impl.h"

// --- type parameters inside of types

typedef struct Binding { Type **params, **args; uint32_t n; } Binding;

static bool mentions(Type *t, const Binding *open);

static bool is_unbound(const Binding *b, Type *param) {
    for (uint32_t i = 0; i < b->n; i++)
        if (b->params[i] == param) return !b->args[i];
    return false;
}

static bool any_mentions(Type **types, uint32_t n, const Binding *open) {
    for (uint32_t i = 0; i < n; i++)
        if (mentions(types[i], open)) return true;
    return false;
}

// Is there a type parameter in t: any at all, or one that open leaves without argument?
static bool mentions(Type *t, const Binding *open) {
    if (!t) return false;
    switch (t->kind) {
    case TYPE_K_TYPE_PARAM: return !open || is_unbound(open, t);
    case TYPE_K_NAMED: return any_mentions(t->targs, t->ntargs, open);
    case KIND_POINTER: case KIND_SLICE: case KIND_ARRAY: case KIND_CHAN: return mentions(t->elem, open);
    case KIND_MAP: return mentions(t->key, open) || mentions(t->elem, open);
    case KIND_STRUCT:
        for (uint32_t i = 0; i < t->nfields; i++)
            if (mentions(t->fields[i].type, open)) return true;
        return false;
    case KIND_FUNC:
        for (uint32_t i = 0; i < t->nparams; i++)
            if (mentions(t->params[i]->type, open)) return true;
        for (uint32_t i = 0; i < t->nresults; i++)
            if (mentions(t->results[i]->type, open)) return true;
        return false;
    case KIND_INTERFACE:
        for (uint32_t i = 0; i < t->nmethods; i++)
            if (mentions(t->methods[i].fn->type, open)) return true;
        for (uint32_t i = 0; i < t->nterms; i++)
            if (mentions(t->terms[i].type, open)) return true;
        return false;
    case TYPE_K_UNION:
        for (uint32_t i = 0; i < t->nterms; i++)
            if (mentions(t->terms[i].type, open)) return true;
        return false;
    case TYPE_K_TUPLE: return any_mentions(t->types, t->ntypes, open);
    default: return false;
    }
}

bool has_type_param(Type *t) { return mentions(t, NULL); }

static bool any_type_param(Type **types, uint32_t n) { return any_mentions(types, n, NULL); }

static Type *subst(Type *t, const Binding *b);

static Term *subst_terms(const Term *terms, uint32_t n, const Binding *b) {
    Term *out = ARENA_ARRAY(Term, n + 1);
    for (uint32_t i = 0; i < n; i++) out[i] = (Term){terms[i].tilde, subst(terms[i].type, b), terms[i].pos};
    return out;
}

static Object **subst_objects(Object **at, uint32_t n, const Binding *b) {
    Object **out = ARENA_ARRAY(Object *, n);
    for (uint32_t i = 0; i < n; i++) {
        out[i] = arena_dup(at[i], sizeof **at);
        out[i]->type = subst(at[i]->type, b);
    }
    return out;
}

// t with the type parameters of b replaced by their arguments, as far as known.
static Type *subst(Type *t, const Binding *b) {
    if (!has_type_param(t)) return t;
    switch (t->kind) {
    case TYPE_K_TYPE_PARAM:
        for (uint32_t i = 0; i < b->n; i++)
            if (b->params[i] == t) return b->args[i] ? b->args[i] : t;
        return t;
    case TYPE_K_NAMED: {
        Type **targs = ARENA_ARRAY(Type *, t->ntargs);
        for (uint32_t i = 0; i < t->ntargs; i++) targs[i] = subst(t->targs[i], b);
        Type *inst = instantiate_type(t->obj, targs, t->ntargs, 0);
        return inst ? inst : t;
    }
    case KIND_POINTER: return type_pointer_to(subst(t->elem, b));
    case KIND_SLICE: return type_slice_of(subst(t->elem, b));
    case KIND_ARRAY: return type_array_of(subst(t->elem, b), t->len);
    case KIND_CHAN: return type_chan_of(subst(t->elem, b), t->chan_dir);
    case KIND_MAP: return type_map_of(subst(t->key, b), subst(t->elem, b));
    case KIND_FUNC: {
        Type *f = type_new(KIND_FUNC);
        f->params = subst_objects(t->params, t->nparams, b);
        f->nparams = t->nparams;
        f->results = subst_objects(t->results, t->nresults, b);
        f->nresults = t->nresults;
        f->variadic = t->variadic;
        return f;
    }
    case KIND_STRUCT: {
        Type *s = type_new(KIND_STRUCT);
        s->fields = arena_dup(t->fields, t->nfields * sizeof *t->fields);
        s->nfields = t->nfields;
        for (uint32_t i = 0; i < s->nfields; i++) s->fields[i].type = subst(t->fields[i].type, b);
        return s;
    }
    case TYPE_K_UNION: {
        Type *u = type_new(TYPE_K_UNION);
        u->nterms = t->nterms;
        u->terms = subst_terms(t->terms, t->nterms, b);
        return u;
    }
    case KIND_INTERFACE: {
        Type *i = arena_dup(t, sizeof *t);
        i->desc = NULL;
        i->embeds = ARENA_ARRAY(Type *, t->nembeds + 1);
        for (uint32_t k = 0; k < t->nembeds; k++) i->embeds[k] = subst(t->embeds[k], b);
        i->terms = subst_terms(t->terms, t->nterms, b);
        i->methods = t->nmethods ? arena_dup(t->methods, t->nmethods * sizeof *t->methods) : NULL;
        for (uint32_t k = 0; k < t->nmethods; k++) {
            i->methods[k].fn = arena_dup(t->methods[k].fn, sizeof(Object));
            i->methods[k].fn->type = subst(t->methods[k].fn->type, b);
        }
        return i;
    }
    default: return t;
    }
}

// --- unification

static bool unify(const Binding *b, Type *x, Type *y, bool inexact, int depth);

static bool unify_objects(const Binding *b, Object **x, Object **y, uint32_t n, int depth) {
    for (uint32_t i = 0; i < n; i++)
        if (!unify(b, x[i]->type, y[i]->type, false, depth)) return false;
    return true;
}

static bool unify_methods(const Binding *b, Type *iface, Type *y, int depth) {
    for (uint32_t i = 0; i < iface->nmethods; i++) {
        Selection s = {0};
        bool ambiguous;
        if (!type_lookup(y, iface->methods[i].name, iface->methods[i].pkg, &s, &ambiguous) || s.kind == SEL_FIELD) return false;
        if (s.method) resolve_object(s.method), s.type = s.method->type;
        if (!s.type || !unify(b, iface->methods[i].fn->type, s.type, false, depth)) return false;
    }
    return true;
}

static bool unify_param(const Binding *b, uint32_t i, Type *y, bool inexact) {
    Type *known = b->args[i];
    if (!known) {
        b->args[i] = y;
        return true;
    }
    if (type_identical(known, y)) return true;
    if (!inexact) return false;
    Type *ku = type_under(known), *yu = type_under(y);
    if (ku->kind == KIND_CHAN && yu->kind == KIND_CHAN && type_identical(ku->elem, yu->elem)) {
        if (ku->chan_dir == 3) b->args[i] = y; // the direction that both can be given
        return ku->chan_dir == 3 || yu->chan_dir == 3;
    }
    if (!type_identical(ku, yu) || (type_is_named(known) && type_is_named(y))) return false;
    if (type_is_named(y)) b->args[i] = y;
    return true;
}

static bool unify(const Binding *b, Type *x, Type *y, bool inexact, int depth) {
    if (depth > 100 || !x || !y) return false;
    if (x->kind == TYPE_K_TYPE_PARAM)
        for (uint32_t i = 0; i < b->n; i++)
            if (b->params[i] == x) return unify_param(b, i, y, inexact);
    if (x == y) return true;
    if (!has_type_param(x)) return inexact ? true : type_identical(x, y);
    if (x->kind == TYPE_K_NAMED && y->kind == TYPE_K_NAMED && x->obj == y->obj) {
        for (uint32_t i = 0; i < x->ntargs && i < y->ntargs; i++)
            if (!unify(b, x->targs[i], y->targs[i], false, depth + 1)) return false;
        return true;
    }
    if (x->kind == TYPE_K_NAMED && type_under(x)->kind == KIND_INTERFACE && inexact) {
        complete_interface(type_under(x));
        return unify_methods(b, type_under(x), y, depth + 1);
    }
    if (inexact && y->kind == TYPE_K_TYPE_PARAM && type_core(y)) y = type_core(y);
    if (inexact && x->kind != TYPE_K_NAMED && y->kind == TYPE_K_NAMED) y = type_under(y);
    else if (inexact && x->kind == TYPE_K_NAMED && y->kind != TYPE_K_NAMED) x = type_under(x);
    if (x->kind == TYPE_K_TYPE_PARAM || x->kind != y->kind) return false;
    switch (x->kind) {
    case KIND_POINTER: case KIND_SLICE: return unify(b, x->elem, y->elem, false, depth + 1);
    case KIND_ARRAY: return x->len == y->len && unify(b, x->elem, y->elem, false, depth + 1);
    case KIND_CHAN: return (inexact || x->chan_dir == y->chan_dir) && unify(b, x->elem, y->elem, false, depth + 1);
    case KIND_MAP: return unify(b, x->key, y->key, false, depth + 1) && unify(b, x->elem, y->elem, false, depth + 1);
    case KIND_FUNC:
        return x->nparams == y->nparams && x->nresults == y->nresults && x->variadic == y->variadic && unify_objects(b, x->params, y->params, x->nparams, depth + 1) && unify_objects(b, x->results, y->results, x->nresults, depth + 1);
    case KIND_STRUCT:
        if (x->nfields != y->nfields) return false;
        for (uint32_t i = 0; i < x->nfields; i++)
            if (x->fields[i].name != y->fields[i].name || !unify(b, x->fields[i].type, y->fields[i].type, false, depth + 1)) return false;
        return true;
    case KIND_INTERFACE:
        complete_interface(x);
        complete_interface(y);
        if (x->nmethods != y->nmethods) return false;
        for (uint32_t i = 0; i < x->nmethods; i++)
            if (x->methods[i].name != y->methods[i].name || !unify(b, x->methods[i].fn->type, y->methods[i].fn->type, false, depth + 1)) return false;
        return true;
    default: return false;
    }
}

// The single type all of a constraint's type set is made of; *tilde: its
// underlying types.
static Type *constraint_core(Type *c, bool *tilde) {
    Type *u = type_under(c);
    if (!u || u->kind != KIND_INTERFACE) return NULL;
    complete_interface(u);
    if (!u->has_typeset || u->nterms == 0) return NULL;
    Type *core = type_under(u->terms[0].type);
    *tilde = u->terms[0].tilde;
    for (uint32_t i = 1; i < u->nterms; i++) {
        Type *x = type_under(u->terms[i].type);
        if (core->kind == KIND_CHAN && x->kind == KIND_CHAN && type_identical(core->elem, x->elem)) core = core->chan_dir == 3 ? x : core;
        else if (!type_identical(core, x)) return NULL;
        *tilde = true;
    }
    if (!*tilde) core = u->terms[0].type; // a single type
    return core;
}

static void unify_constraints(const Binding *b) {
    for (uint32_t round = 0; round <= b->n; round++)
        for (uint32_t i = 0; i < b->n; i++) {
            bool tilde = false;
            Type *core = constraint_core(b->params[i]->constraint, &tilde);
            if (core) {
                if (b->args[i]) unify(b, core, tilde ? type_core(b->args[i]) : b->args[i], true, 0);
                else if (!tilde) { // with ~ it could be any type of that underlying type
                    Type *t = subst(core, b); // complete once its own parameters are known
                    if (!has_type_param(t)) b->args[i] = t;
                }
            }
            Type *u = type_under(b->params[i]->constraint);
            if (b->args[i] && u && u->kind == KIND_INTERFACE && u->nmethods) unify_methods(b, u, b->args[i], 0);
        }
}

static bool report_mismatch(Object *generic, Expr *arg, Type *param, const Binding *b) {
    error_in(arg, "type %s of %s does not match %s (cannot infer %s)", type_string(arg->type), ast_string(arg), type_string(subst(param, b)), generic->type->tparams[0]->obj->name->text);
    return false;
}

static Type *param_at(Type *sig, uint32_t i, bool spread) {
    if (sig->variadic && i + 1 >= sig->nparams && !spread) return sig->params[sig->nparams - 1]->type->elem;
    return i < sig->nparams ? sig->params[i]->type : NULL;
}

// Untyped arguments of one parameter have its type: before Go 1.21 that of the
// first, since then that of the widest kind.
static bool infer_untyped(Type *sig, ExprList *args, const Binding *b) {
    bool ok = true;
    Type **best = ARENA_ARRAY(Type *, b->n);
    for (uint32_t i = 0; i < args->len; i++) {
        Expr *a = args->at[i];
        Type *p = param_at(sig, i, false);
        if (!p || p->kind != TYPE_K_TYPE_PARAM || !a->type || !type_is_untyped(a->type) || a->mode == MODE_NIL) continue;
        for (uint32_t k = 0; k < b->n; k++) {
            if (b->params[k] != p || b->args[k]) continue;
            bool mix = best[k] && type_is_numeric(best[k]) && type_is_numeric(a->type);
            if (best[k] && best[k]->kind != a->type->kind && !(mix && lang_at_least(21))) {
                error_in(a, "default type %s of %s does not match inferred type %s for %s", type_string(type_default(a->type)), ast_string(a), type_string(type_default(best[k])), p->obj->name->text);
                ok = false;
            } else if (!best[k] || a->type->kind > best[k]->kind) {
                best[k] = a->type;
            }
        }
    }
    for (uint32_t k = 0; k < b->n; k++)
        if (best[k]) b->args[k] = type_default(best[k]);
    return ok;
}

static bool finish_inference(Object *generic, const Binding *b, Pos pos) {
    unify_constraints(b);
    for (uint32_t i = 0; i < b->n; i++)
        if (b->args[i] && has_type_param(b->args[i])) b->args[i] = subst(b->args[i], b);
    for (uint32_t i = 0; i < b->n; i++)
        if (!b->args[i]) {
            if (pos) {
                source_error(pos, "in call to %s, cannot infer %s", generic->name->text, b->params[i]->obj->name->text);
                source_note(0, "type arguments are given in brackets: %s[TYPE](...)", generic->name->text);
            }
            return false;
        }
    return true;
}

// In its own body a generic function's parameters are types like others: a call
// of itself infers with a copy that has fresh ones.
static Type *fresh_params(Type *sig) {
    Type *copy = arena_dup(sig, sizeof *sig);
    Binding b = {sig->tparams, ARENA_ARRAY(Type *, sig->ntparams), sig->ntparams};
    for (uint32_t i = 0; i < b.n; i++) b.args[i] = arena_dup(sig->tparams[i], sizeof(Type));
    for (uint32_t i = 0; i < b.n; i++) b.args[i]->constraint = subst(sig->tparams[i]->constraint, &b);
    copy->tparams = b.args;
    copy->params = subst_objects(sig->params, sig->nparams, &b);
    copy->results = subst_objects(sig->results, sig->nresults, &b);
    return copy;
}

// f, a generic function of signature t, is the argument of a parameter of type p.
// What is known of p decides about f, and once all of f is known, f about the rest of p.
static void infer_from_function(const Binding *b, Type *p, Expr *f, Type *t) {
    uint32_t given;
    Type **targs;
    if (!generic_func(f, &given, &targs) || !(p = type_core(p)) || p->kind != KIND_FUNC || p->nparams != t->nparams || p->nresults != t->nresults) return;
    Type *fresh = fresh_params(t);
    Binding g = {fresh->tparams, targs, fresh->ntparams};
    for (uint32_t i = 0; i < p->nparams + p->nresults; i++) {
        bool result = i >= p->nparams;
        Type *have = subst((result ? p->results[i - p->nparams] : p->params[i])->type, b);
        if (!mentions(have, b)) unify(&g, (result ? fresh->results[i - p->nparams] : fresh->params[i])->type, have, false, 0);
    }
    unify_constraints(&g);
    fresh->ntparams = 0;
    if (!mentions(fresh, &g)) unify(b, p, subst(fresh, &g), true, 0);
}

static void infer_from_functions(Type *sig, ExprList *args, const Binding *b) {
    for (uint32_t round = 0; round < args->len && lang_at_least(21); round++) // one may tell about the next
        for (uint32_t i = 0; i < args->len; i++) {
            Type *t = args->at[i]->type, *p = param_at(sig, i, false);
            if (t && p && t->kind == KIND_FUNC && t->ntparams && mentions(p, b)) infer_from_function(b, p, args->at[i], t);
        }
}

bool infer(Object *generic, Type **targs, ExprList *args, bool spread, Pos pos) {
    Type *sig = ck.decl == generic ? fresh_params(generic->type) : generic->type;
    Binding b = {sig->tparams, targs, sig->ntparams};
    Type *tuple = args->len == 1 && args->at[0]->type && args->at[0]->type->kind == TYPE_K_TUPLE ? args->at[0]->type : NULL;
    uint32_t n = tuple ? tuple->ntypes : args->len;
    for (uint32_t i = 0; i < n; i++) {
        Expr *a = args->at[tuple ? 0 : i];
        Type *t = tuple ? tuple->types[i] : a->type;
        Type *p = param_at(sig, i, spread && i + 1 == n);
        if (!p || !t || type_is_untyped(t) || !has_type_param(p)) continue;
        if (t->kind == KIND_FUNC && t->ntparams) continue; // a generic function: decided by the other arguments
        if (!unify(&b, p, t, true, 0)) return report_mismatch(generic, a, p, &b);
    }
    unify_constraints(&b); // typed arguments and constraints come before untyped arguments
    infer_from_functions(sig, args, &b);
    if (!tuple && !infer_untyped(sig, args, &b)) return false;
    infer_from_functions(sig, args, &b);
    return finish_inference(generic, &b, pos);
}

bool infer_from_type(Object *generic, Type **targs, Type *want, Pos pos) {
    Type *sig = ck.decl == generic ? fresh_params(generic->type) : generic->type, *plain = arena_dup(sig, sizeof *sig);
    Binding b = {sig->tparams, targs, sig->ntparams};
    plain->ntparams = 0;
    return unify(&b, plain, want, true, 0) && finish_inference(generic, &b, pos);
}

// --- constraints

static bool in_type_set(Type *t, const Term *terms, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        Type *u = type_under(terms[i].type);
        if (u->kind == KIND_INTERFACE) {
            complete_interface(u);
            if (!u->has_typeset || in_type_set(t, u->terms, u->nterms)) return true;
            continue;
        }
        if (terms[i].tilde ? type_identical(type_under(t), u) : type_identical(t, terms[i].type)) return true;
    }
    return false;
}

// The interface a constraint stands for: a type or a union alone is the set of
// its types.
static Type *constraint_interface(Type *c) {
    Type *u = type_under(c);
    if (c == type_comparable || !u || u->kind == KIND_INTERFACE) return u;
    Type *wrap = type_new(KIND_INTERFACE);
    wrap->embeds = arena_dup(&c, sizeof c);
    wrap->nembeds = 1;
    return wrap;
}

static bool comparable_argument(Type *t) { return lang_at_least(20) ? type_comparable_(t) : type_strictly_comparable(t); }

// The methods of a constraint u, whatever types it lists.
static bool has_methods_of(Type *t, Type *u, const char **why) {
    if (!u->nmethods) return true;
    Type plain = {.kind = KIND_INTERFACE, .completed = true, .methods = u->methods, .nmethods = u->nmethods};
    Method *missing = NULL;
    Object *have = NULL;
    bool ptr = false;
    if (type_implements(t, arena_dup(&plain, sizeof plain), &missing, &have, &ptr)) return true;
    *why = arena_printf(" %s", method_problem(t, missing, have, ptr));
    return false;
}

// Does every type of t's type set satisfy the constraint, as far as t tells?
static bool param_satisfies(Type *t, Type *constraint, const char **why) {
    Type *u = constraint_interface(constraint), *own = type_under(t);
    if (!u || !own || own->kind != KIND_INTERFACE) return true;
    complete_interface(u);
    complete_interface(own);
    if ((constraint == type_comparable || u->comparable_constraint) && !type_comparable_(t)) return false;
    if (u->has_typeset) {
        bool inside = own->has_typeset;
        for (uint32_t i = 0; inside && i < own->nterms; i++) {
            bool found = false;
            for (uint32_t k = 0; !found && k < u->nterms; k++)
                found = u->terms[k].tilde ? type_identical(type_under(own->terms[i].type), type_under(u->terms[k].type)) : !own->terms[i].tilde && type_identical(own->terms[i].type, u->terms[k].type);
            inside = found;
        }
        if (!inside) return false;
    }
    return has_methods_of(t, u, why);
}

static const char *terms_text(const Type *u, Type *constraint) {
    enum { SHOWN = 12 };
    if (!u->nterms || u->nterms > SHOWN) return type_string(constraint);
    const char *s = "";
    for (uint32_t i = 0; i < u->nterms; i++) s = arena_printf("%s%s%s%s", s, i ? " | " : "", u->terms[i].tilde ? "~" : "", type_string(u->terms[i].type));
    return s;
}

bool satisfies(Type *t, Type *constraint, const char **why) {
    *why = "";
    if (t->kind == TYPE_K_TYPE_PARAM) return param_satisfies(t, constraint, why);
    if (constraint == type_comparable) return comparable_argument(t);
    Type *u = constraint_interface(constraint);
    if (!u || u == type_invalid) return true;
    complete_interface(u);
    if (u->comparable_constraint && !comparable_argument(t)) return false;
    if (u->has_typeset && (type_is_interface(t) || !in_type_set(t, u->terms, u->nterms))) {
        *why = arena_printf(" (%s missing in %s)", type_string(t), terms_text(u, constraint));
        return false;
    }
    return has_methods_of(t, u, why);
}

// --- instances

static Instance *find_instance(ObjInfo *info, Type **targs, uint32_t n) {
    for (Instance *i = info->instances; i; i = i->next) {
        bool same = i->ntargs == n;
        for (uint32_t k = 0; same && k < n; k++) same = type_identical(i->targs[k], targs[k]);
        if (same) return i;
    }
    return NULL;
}

// Of a session: whose instances may go. Under ROOT_INSTANCES.
typedef VEC(ObjInfo *) Generics;

static Generics *generics(void) {
    void **root = arena_root(ROOT_INSTANCES);
    if (!*root) *root = ARENA_NEW(Generics);
    return *root;
}

static void note_generic(ObjInfo *info) {
    Generics *g = generics();
    for (uint32_t i = 0; i < g->len; i++)
        if (g->at[i] == info) return;
    VEC_PUSH(g, info);
}

static Instance *new_instance(ObjInfo *info, Type **targs, uint32_t n) {
    Instance *i = ARENA_NEW(Instance);
    if (arena_in_session) note_generic(info);
    i->targs = arena_dup(targs, n * sizeof *targs);
    i->ntargs = n;
    i->next = info->instances;
    info->instances = i;
    return i;
}

// --- collections of a session: an instance is kept by those who use it, or for
// its type arguments

static struct { Instance **at; uint32_t n, cap; } taken; // NULL behind those of one generic

void check_collect_begin(void) {
    Generics *g = generics();
    arena_weak(g->at, g->len * sizeof *g->at);
    taken.n = 0;
    for (uint32_t i = 0; i < g->len; i++) {
        for (Instance *k = g->at[i]->instances, *next; k; k = next) {
            next = k->next;
            k->next = NULL;
            LIST_ADD(taken.at, taken.n, taken.cap, k);
        }
        LIST_ADD(taken.at, taken.n, taken.cap, NULL);
        g->at[i]->instances = NULL;
    }
}

static bool is_wanted(const Instance *i) {
    if ((i->func && arena_is_alive(i->func)) || (i->type && arena_is_alive(i->type))) return true;
    for (uint32_t k = 0; k < i->ntargs; k++)
        if (!arena_is_alive(i->targs[k])) return false;
    return true;
}

void check_keep(void) {
    Generics *g = generics();
    for (uint32_t i = 0, k = 0; i < g->len; i++, k++)
        for (; taken.at[k]; k++)
            if (arena_is_alive(g->at[i]) && is_wanted(taken.at[k])) arena_keep(taken.at[k]);
}

void check_sweep(void) {
    Generics *g = generics();
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < g->len; i++, k++) {
        ObjInfo *info = g->at[i];
        if (arena_is_alive(info)) g->at[n++] = info;
        for (Instance **end = &info->instances; taken.at[k]; k++) {
            if (!arena_is_alive(info) || !arena_is_alive(taken.at[k])) continue;
            *end = taken.at[k];
            end = &taken.at[k]->next;
        }
    }
    while (g->len > n) g->at[--g->len] = NULL;
}

static Scope *bind_type_params(Scope *parent, Name **names, Type **targs, uint32_t n, Package *pkg) {
    Scope *s = scope_new(parent);
    for (uint32_t i = 0; i < n; i++) {
        if (strcmp(names[i]->text, "_") == 0) continue;
        Object *o = object_new(OBJ_TYPE, 0, pkg, names[i], targs[i]);
        o->flags |= OBJF_ALIAS | OBJF_USED | OBJF_TYPE_ARG;
        o->color = BLACK;
        scope_insert(s, o);
    }
    return s;
}

static Name **tparam_names(FieldList *l) {
    Name **names = ARENA_ARRAY(Name *, l->len);
    for (uint32_t i = 0; i < l->len; i++) names[i] = l->at[i].name->ident.name;
    return names;
}

// Enters the context of generic's declaration; the caller restores the copy.
static Checker enter_context(Object *generic, Scope *scope) {
    Checker saved = ck;
    enter_package_level(generic->pkg, scope);
    ck.decl = NULL;
    ck.type_depth = 0;
    ck.instance_depth++;
    return saved;
}

static void leave_context(Checker *saved) {
    ck = *saved;
}

static bool verify(FieldList *tparams, Type **targs, Scope *scope, Object *generic, Pos pos) {
    Checker saved = enter_context(generic, scope);
    ck.in_instance = true;
    bool ok = true;
    for (uint32_t i = 0; i < tparams->len && ok; i++) {
        Type *c = check_type(ast_clone_expr(tparams->at[i].type));
        const char *why;
        if (c == type_invalid) continue;
        if (!satisfies(targs[i], c, &why)) {
            leave_context(&saved);
            source_error(pos ? pos : generic->pos, "%s does not satisfy %s%s", type_string(targs[i]), ast_string(tparams->at[i].type), why);
            return false;
        }
    }
    leave_context(&saved);
    return ok;
}

enum { INSTANCE_DEPTH = 60 };

static bool too_deep(Object *generic, Pos pos) {
    if (ck.instance_depth < INSTANCE_DEPTH) return false;
    source_error(pos ? pos : generic->pos, "instantiation cycle: %s", generic->name->text);
    return true;
}

static bool nests_too_deep(Type *t, int depth) {
    if (depth > 20) return true;
    if (t->kind == TYPE_K_NAMED) {
        for (uint32_t i = 0; i < t->ntargs; i++)
            if (nests_too_deep(t->targs[i], depth + 1)) return true;
        return false;
    }
    if (t->kind == KIND_POINTER || t->kind == KIND_SLICE || t->kind == KIND_ARRAY || t->kind == KIND_CHAN || t->kind == KIND_MAP) return nests_too_deep(t->elem, depth + 1);
    return false;
}

Object *instantiate_func(Object *generic, Type **targs, uint32_t n, Pos pos) {
    ObjInfo *gi = obj_info(generic);
    Instance *i = find_instance(gi, targs, n);
    if (i && !i->func->type) { // its own signature asks for it
        source_error(generic->pos, "invalid cycle in declaration of %s", generic->name->text);
        return NULL;
    }
    if (i) {
        if (ck.decl) note_use(i->func);
        return i->func;
    }
    for (uint32_t k = 0; k < n; k++) {
        bool grows = ck.decl == generic && targs[k]->kind != TYPE_K_TYPE_PARAM && has_type_param(targs[k]);
        if (grows || nests_too_deep(targs[k], 0)) {
            source_error(generic->pos, "instantiation cycle: %s", generic->name->text);
            if (pos) source_note(pos, "%s instantiated with %s", generic->name->text, type_string(targs[k]));
            return NULL;
        }
    }
    Decl *d = generic->decl;
    FieldList *tps = &d->func.sig->sig.tparams;
    Scope *scope = bind_type_params(gi->scope, tparam_names(tps), targs, n, generic->pkg);
    if (too_deep(generic, pos) || !verify(tps, targs, scope, generic, pos)) return NULL;
    i = new_instance(gi, targs, n);
    Decl *copy = ast_clone_decl(d);
    copy->func.sig->sig.tparams.len = 0;
    Object *o = object_new(OBJ_FUNC, generic->pos, generic->pkg, generic->name, NULL);
    i->func = o;
    o->decl = copy;
    o->color = BLACK;
    o->flags |= OBJF_USED;
    o->func.origin = generic;
    o->func.targs = i->targs;
    o->func.ntargs = n;
    obj_info(o)->scope = scope;
    Checker saved = enter_context(generic, scope);
    Scope *fscope = scope_new(scope);
    fscope->is_func = true;
    o->type = check_signature(copy->func.sig, NULL, NULL, fscope);
    FuncInfo *info = ARENA_NEW(FuncInfo);
    o->func.info = info;
    info->obj = o;
    info->sig = o->type;
    info->params = o->type->params;
    info->nparams = o->type->nparams;
    info->results = o->type->results;
    info->nresults = o->type->nresults;
    info->body = copy->func.body;
    info->pkg = generic->pkg;
    info->pos = generic->pos;
    info->end = d->func.end;
    if (!any_type_param(targs, n)) queue_body(info, o, fscope);
    leave_context(&saved);
    if (ck.decl) note_use(o);
    return o;
}

static VEC(Type *) unexpanded; // instances of types; some may have been expanded since

typedef struct WaitingInstance { Object *generic; Instance *i; Pos pos; } WaitingInstance;
static VEC(WaitingInstance) waiting_instances; // whose arguments were not held against the constraints yet

void check_waiting_instances(void) {
    while (waiting_instances.len) {
        WaitingInstance w = waiting_instances.at[--waiting_instances.len];
        FieldList *tps = &w.generic->decl->type.tparams;
        Scope *scope = bind_type_params(obj_info(w.generic)->scope, tparam_names(tps), w.i->targs, w.i->ntargs, w.generic->pkg);
        verify(tps, w.i->targs, scope, w.generic, w.pos);
    }
}

Type *instantiate_type(Object *generic, Type **targs, uint32_t n, Pos pos) {
    ObjInfo *gi = obj_info(generic);
    Instance *i = find_instance(gi, targs, n);
    if (i) return i->type;
    for (uint32_t k = 0; k < n; k++)
        if (nests_too_deep(targs[k], 0)) {
            source_error(generic->pos, "instantiation cycle: %s", generic->name->text);
            if (pos) source_note(pos, "%s instantiated with %s", generic->name->text, type_string(targs[k]));
            return NULL;
        }
    FieldList *tps = &generic->decl->type.tparams;
    // while declarations are being resolved, constraints are only looked at
    // when nothing is open: their types may not be there yet
    if (ck.type_depth == 0) {
        Scope *scope = bind_type_params(gi->scope, tparam_names(tps), targs, n, generic->pkg);
        if (!verify(tps, targs, scope, generic, pos)) return NULL;
    }
    i = new_instance(gi, targs, n);
    if (ck.type_depth && pos) {
        WaitingInstance w = {generic, i, pos};
        VEC_PUSH(&waiting_instances, w);
    }
    Type *t = type_new(TYPE_K_NAMED);
    t->obj = generic;
    t->origin = generic->type;
    t->targs = i->targs;
    t->ntargs = n;
    i->type = t;
    if (!any_type_param(targs, n)) VEC_PUSH(&unexpanded, t);
    return t;
}

void forget_instances(void) {
    memset(&unexpanded, 0, sizeof unexpanded);
    memset(&waiting_instances, 0, sizeof waiting_instances);
}

// Expands the instances that nothing has looked into yet, so that their methods'
// bodies are checked; false: there were none.
bool expand_instances(void) {
    if (!unexpanded.len) return false;
    while (unexpanded.len) type_under(unexpanded.at[--unexpanded.len]);
    return true;
}

Type *self_instance(Object *generic) {
    Type *t = generic->type;
    return instantiate_type(generic, t->tparams, t->ntparams, 0);
}

static Name **receiver_type_params(Decl *m, uint32_t *n) {
    Expr *r = m->func.recv->type;
    for (;;) {
        if (r->kind == EXPR_PAREN) r = r->paren.x;
        else if (r->kind == EXPR_STAR) r = r->unary.x;
        else break;
    }
    if (r->kind != EXPR_INDEX) {
        *n = 0;
        return NULL;
    }
    *n = r->index.index.len;
    Name **names = ARENA_ARRAY(Name *, *n);
    for (uint32_t i = 0; i < *n; i++) names[i] = r->index.index.at[i]->kind == EXPR_IDENT ? r->index.index.at[i]->ident.name : name_of("_");
    return names;
}

// A method of an instance: the declaration's copy with the receiver's type
// parameters bound. Its signature is resolved on demand.
static Object *instance_method(Type *named, Decl *decl) {
    Object *generic = named->obj;
    uint32_t n;
    Name **names = receiver_type_params(decl, &n);
    Object *o = object_new(OBJ_FUNC, decl->func.name->start, generic->pkg, decl->func.name->ident.name, NULL);
    o->decl = ast_clone_decl(decl);
    o->flags |= OBJF_USED;
    o->func.recv_named = named;
    o->func.targs = named->targs;
    o->func.ntargs = named->ntargs;
    o->func.ptr_recv = ast_unparen(decl->func.recv->type)->kind == EXPR_STAR;
    obj_info(o)->scope = bind_type_params(obj_info(generic)->scope, names, named->targs, n < named->ntargs ? n : named->ntargs, generic->pkg);
    return o;
}

void expand_instance(Type *named) {
    if (named->underlying || !named->origin || named->expanding) return;
    Object *generic = named->obj;
    ObjInfo *gi = obj_info(generic);
    if (too_deep(generic, 0)) {
        named->underlying = type_invalid;
        return;
    }
    FieldList *tps = &generic->decl->type.tparams;
    Scope *scope = bind_type_params(gi->scope, tparam_names(tps), named->targs, named->ntargs, generic->pkg);
    Checker saved = enter_context(generic, scope);
    ck.type_depth = saved.type_depth;
    ck.type_depth++;
    ck.in_instance = memcmp(named->targs, generic->type->tparams, named->ntargs * sizeof *named->targs) != 0;
    named->expanding = true;
    Type *from = named->rhs = check_type(ast_clone_expr(generic->decl->type.type));
    ck.type_depth--;
    Type *u = from->kind == TYPE_K_NAMED ? type_under(from) : from;
    named->expanding = false;
    named->underlying = u ? u : type_invalid;
    VEC(Method) methods = {0};
    for (uint32_t i = 0; i < gi->method_decls.len; i++) {
        Decl *d = gi->method_decls.at[i];
        if (strcmp(d->func.name->ident.name->text, "_") == 0) continue;
        Object *o = instance_method(named, d);
        Method m = {o->name, generic->pkg, o, o->pos};
        VEC_PUSH(&methods, m);
    }
    named->methods = methods.at;
    named->nmethods = methods.len;
    if (ck.type_depth == 0) complete_types();
    for (uint32_t i = 0; i < methods.len; i++) resolve_object(methods.at[i].fn);
    leave_context(&saved);
}
