// SPDX-License-Identifier: MIT
// universe.c: predeclared types, constants, functions; package unsafe.
#include <string.h>

#include "compiler/constant.h"
#include "compiler/types.h"

Scope *universe;
static Package *unsafe_package;

// All of it, under ROOT_UNIVERSE, so that an image brings its own.
typedef struct Universe {
    Scope *scope;
    Package *unsafe_pkg;
    Type *basic[TYPE_K_UNTYPED_NIL + 1];
    Type *t_byte, *t_rune, *t_error, *t_any, *t_invalid, *t_comparable;
} Universe;

static Object *predeclare(Scope *s, ObjKind kind, const char *name, Type *t) {
    Object *o = object_new(kind, 0, NULL, name_of(name), t);
    o->color = 2; // done, see check_impl.h
    scope_insert(s, o);
    return o;
}

static Type *interface_named(const char *name, Method *methods, uint32_t n, bool comparable) {
    Type *i = type_new(KIND_INTERFACE), *t = type_new(TYPE_K_NAMED);
    i->methods = methods;
    i->nmethods = n;
    i->completed = true;
    i->comparable_constraint = comparable;
    t->obj = predeclare(universe, OBJ_TYPE, name, t);
    t->underlying = i;
    return t;
}

static Type *error_type(void) {
    Type *sig = type_new(KIND_FUNC);
    Object *result = object_new(OBJ_VAR, 0, NULL, NULL, TY(KIND_STRING));
    sig->results = arena_dup(&result, sizeof result);
    sig->nresults = 1;
    Method *m = ARENA_NEW(Method);
    m->name = name_of("Error");
    m->fn = object_new(OBJ_FUNC, 0, NULL, m->name, sig);
    m->fn->color = 2;
    return interface_named("error", m, 1, false);
}

static void declare_types(void) {
    static const struct { const char *name; uint8_t kind; } basic[] = {
        {"bool", KIND_BOOL}, {"int", KIND_INT}, {"int8", KIND_INT8}, {"int16", KIND_INT16}, {"int32", KIND_INT32}, {"int64", KIND_INT64},
        {"uint", KIND_UINT}, {"uint8", KIND_UINT8}, {"uint16", KIND_UINT16}, {"uint32", KIND_UINT32}, {"uint64", KIND_UINT64}, {"uintptr", KIND_UINTPTR},
        {"float32", KIND_FLOAT32}, {"float64", KIND_FLOAT64}, {"complex64", KIND_COMPLEX64}, {"complex128", KIND_COMPLEX128}, {"string", KIND_STRING},
    };
    for (size_t i = 0; i < sizeof basic / sizeof *basic; i++) {
        Type *t = type_basic[basic[i].kind] = type_new(basic[i].kind);
        t->obj = predeclare(universe, OBJ_TYPE, basic[i].name, t);
    }
    type_basic[KIND_UNSAFE_POINTER] = type_new(KIND_UNSAFE_POINTER);
    for (int k = TYPE_K_UNTYPED_BOOL; k <= TYPE_K_UNTYPED_NIL; k++) type_basic[k] = type_new(k);
    type_invalid = type_new(TYPE_K_INVALID);
    type_byte = TY(KIND_UINT8);
    type_rune = TY(KIND_INT32);
    predeclare(universe, OBJ_TYPE, "byte", type_byte)->flags |= OBJF_ALIAS;
    predeclare(universe, OBJ_TYPE, "rune", type_rune)->flags |= OBJF_ALIAS;
    // the paper's names; real is a builtin function of Go, see type_name in check_type.c
    predeclare(universe, OBJ_TYPE, "character", type_rune)->flags |= OBJF_ALIAS;
    predeclare(universe, OBJ_TYPE, "integer", TY(KIND_INT))->flags |= OBJF_ALIAS;
    predeclare(universe, OBJ_TYPE, "boolean", TY(KIND_BOOL))->flags |= OBJF_ALIAS;
    type_any = type_new(KIND_INTERFACE);
    type_any->completed = true;
    predeclare(universe, OBJ_TYPE, "any", type_any)->flags |= OBJF_ALIAS;
    type_error = error_type();
    type_comparable = interface_named("comparable", NULL, 0, true);
}

static void declare_values(void) {
    Object *o = predeclare(universe, OBJ_CONST, "true", TY(TYPE_K_UNTYPED_BOOL));
    o->konst.val = const_bool(true);
    o = predeclare(universe, OBJ_CONST, "false", TY(TYPE_K_UNTYPED_BOOL));
    o->konst.val = const_bool(false);
    o = predeclare(universe, OBJ_CONST, "iota", TY(TYPE_K_UNTYPED_INT));
    o->konst.val = const_int(0);
    predeclare(universe, OBJ_NIL, "nil", TY(TYPE_K_UNTYPED_NIL));
}

static void declare_builtins(void) {
    static const char *const names[] = {
#define BUILTIN(name, nmin, variadic, stmt) #name,
#include "compiler/builtins.def"
#undef BUILTIN
    };
    unsafe_package = ARENA_NEW(Package);
    unsafe_package->name = name_of("unsafe");
    unsafe_package->path = arena_str("unsafe", 6);
    unsafe_package->scope = scope_new(NULL);
    unsafe_package->checked = unsafe_package->generated = unsafe_package->is_library = true;
    for (int i = 0; i < BUILTIN_COUNT; i++) {
        bool in_unsafe = names[i][0] >= 'A' && names[i][0] <= 'Z';
        predeclare(in_unsafe ? unsafe_package->scope : universe, OBJ_BUILTIN, names[i], type_invalid)->builtin = (uint8_t)i;
    }
    Object *p = predeclare(unsafe_package->scope, OBJ_TYPE, "Pointer", TY(KIND_UNSAFE_POINTER));
    p->flags |= OBJF_ALIAS;
    TY(KIND_UNSAFE_POINTER)->obj = p;
}

void universe_init(void) {
    universe = scope_new(NULL);
    declare_types();
    declare_values();
    declare_builtins();
    Universe *u = ARENA_NEW(Universe);
    *u = (Universe){.scope = universe, .unsafe_pkg = unsafe_package, .t_byte = type_byte, .t_rune = type_rune, .t_error = type_error, .t_any = type_any, .t_invalid = type_invalid, .t_comparable = type_comparable};
    memcpy(u->basic, type_basic, sizeof type_basic);
    *arena_root(ROOT_UNIVERSE) = u;
}

void universe_adopt(void) {
    Universe *u = *arena_root(ROOT_UNIVERSE);
    universe = u->scope;
    unsafe_package = u->unsafe_pkg;
    memcpy(type_basic, u->basic, sizeof type_basic);
    type_byte = u->t_byte;
    type_rune = u->t_rune;
    type_error = u->t_error;
    type_any = u->t_any;
    type_invalid = u->t_invalid;
    type_comparable = u->t_comparable;
}

Package *universe_unsafe(void) { return unsafe_package; }
