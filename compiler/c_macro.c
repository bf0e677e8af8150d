// SPDX-License-Identifier: MIT
// c_macro.c: macros with parameters, called like functions.
//
// Only the C compiler knows what a macro means and which type comes out, so the
// first call with arguments of some types makes a function of it: a small
// shared object with that function and a number for its result's type, kept in
// the cache. The object is loaded at once, for the number; the running program
// finds the function there.
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "compiler/c_impl.h"

static const char *const results[] = {
    "void", "_Bool", "char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int", "long", "unsigned long",
    "long long", "unsigned long long", "float", "double", "void *", "const void *", "char *", "const char *",
};
enum { RESULTS = sizeof results / sizeof *results, OTHER_RESULT = 99 };

const char *c_type_name(CUnit *u, Type *t) {
    static const char *const basic[][2] = {
        {"_Bool", "_Bool"}, {"char", "char"}, {"schar", "signed char"}, {"uchar", "unsigned char"}, {"short", "short"}, {"ushort", "unsigned short"}, {"int", "int"},
        {"uint", "unsigned int"}, {"long", "long"}, {"ulong", "unsigned long"}, {"longlong", "long long"}, {"ulonglong", "unsigned long long"}, {"float", "float"}, {"double", "double"},
    };
    static const char *const kinds[KIND_COUNT] = {
        [KIND_BOOL] = "_Bool", [KIND_INT] = "long", [KIND_INT8] = "signed char", [KIND_INT16] = "short", [KIND_INT32] = "int", [KIND_INT64] = "long", [KIND_UINT] = "unsigned long",
        [KIND_UINT8] = "unsigned char", [KIND_UINT16] = "unsigned short", [KIND_UINT32] = "unsigned int", [KIND_UINT64] = "unsigned long", [KIND_UINTPTR] = "unsigned long",
        [KIND_FLOAT32] = "float", [KIND_FLOAT64] = "double", [KIND_STRING] = "const char *", [KIND_UNSAFE_POINTER] = "void *",
    };
    if (t->kind == TYPE_K_NAMED && t->obj->pkg == u->pkg) {
        const char *n = t->obj->name->text;
        for (size_t i = 0; i < sizeof basic / sizeof *basic; i++)
            if (strcmp(basic[i][0], n) == 0) return basic[i][1];
        if (strncmp(n, "struct___", 9) == 0) { // known by a typedef at most
            for (uint32_t i = 0; i < u->names.cap; i++) {
                CDecl *d = u->names.at[i].what;
                if (d && d->kind == CDECL_TYPEDEF && c_strip(d->type)->go == t) return d->name->text;
            }
            return NULL;
        }
        return strncmp(n, "struct_", 7) == 0 ? arena_printf("struct %s", n + 7) : n;
    }
    Type *v = type_under(t);
    if (v->kind == KIND_POINTER) {
        const char *of = c_type_name(u, v->elem);
        return of ? arena_printf("%s *", of) : NULL;
    }
    if (v->kind == KIND_SLICE) {
        const char *of = c_type_name(u, v->elem);
        return of ? arena_printf("%s *", of) : NULL;
    }
    return v->kind < KIND_COUNT ? kinds[v->kind] : NULL;
}

static const char *arguments(const char **names, uint32_t n, const char *fmt) {
    const char *s = "";
    for (uint32_t i = 0; i < n; i++) {
        const char *one = strcmp(fmt, "param") == 0 ? arena_printf("%s a%u", names[i], i) : strcmp(fmt, "use") == 0 ? arena_printf("a%u", i) : arena_printf("*(%s *)0", names[i]);
        s = arena_printf("%s%s%s", s, i ? ", " : "", one);
    }
    return s;
}

// Candidates for the result besides the basic types: types of the arguments.
static bool is_candidate(const char **names, uint32_t i) {
    if (!strchr(names[i], '*') && strncmp(names[i], "struct ", 7) != 0) return false;
    for (size_t k = 0; k < RESULTS; k++)
        if (strcmp(results[k], names[i]) == 0) return false;
    for (uint32_t k = 0; k < i; k++)
        if (strcmp(names[k], names[i]) == 0) return false;
    return true;
}

static const char *function_source(CMacro *m, const char *symbol, const char **names, uint32_t n, bool value) {
    const char *params = arguments(names, n, "param"), *use = arguments(names, n, "use"), *types = arguments(names, n, "type");
    const char *name = m->name->text;
    if (!n) params = "void";
    if (!value) return arena_printf("\nconst int csp_kind_%s = 0;\nvoid %s(%s) { %s(%s); }\n", symbol, symbol, params, name, use);
    const char *list = "";
    for (size_t i = 1; i < RESULTS; i++) list = arena_printf("%s%s: %zu, ", list, results[i], i);
    for (uint32_t i = 0; i < n; i++)
        if (is_candidate(names, i)) list = arena_printf("%s%s: %u, ", list, names[i], 100 + i);
    return arena_printf("\nconst int csp_kind_%s = __builtin_types_compatible_p(__typeof__(%s(%s)), void) ? 0 : _Generic((%s(%s)), %sdefault: %d);\n__typeof__(%s(%s)) %s(%s) { return %s(%s); }\n", symbol, name, types, name, types, list, OTHER_RESULT, name, types, symbol, params, name, use);
}

CDecl *c_macro_function(CUnit *u, CMacro *m, Type **types, uint32_t n, Pos pos) {
    const char **names = ARENA_ARRAY(const char *, n + 1), *key = m->name->text;
    for (uint32_t i = 0; i < n; i++) {
        if (!(names[i] = c_type_name(u, types[i]))) {
            source_error(pos, "cannot pass a value of type %s to the macro C.%s", type_string(types[i]), m->name->text);
            return NULL;
        }
        key = arena_printf("%s,%s", key, names[i]);
    }
    Name *known = name_of(arena_printf("macro %s", key));
    CDecl *d = c_find(&u->names, known);
    if (d) return d;
    const char *symbol = arena_printf("csp_macro_%s_%08x", m->name->text, known->hash), *object, *why = NULL;
    bool temporary;
    if (!c_compile(u, m->preamble, function_source(m, symbol, names, n, true), &object, &temporary, &why) &&
        !c_compile(u, m->preamble, function_source(m, symbol, names, n, false), &object, &temporary, NULL)) {
        source_error(pos, "cannot call the macro C.%s with these arguments: %s", m->name->text, why);
        return NULL;
    }
    void *h = dlopen(object, RTLD_LAZY | RTLD_GLOBAL);
    const int *kind = h ? dlsym(h, arena_printf("csp_kind_%s", symbol)) : NULL;
    if (temporary) remove(object);
    const char *result = !kind ? NULL : *kind < (int)RESULTS ? results[*kind] : *kind >= 100 && *kind - 100 < (int)n ? names[*kind - 100] : NULL;
    if (!result) {
        source_error(pos, kind ? "the macro C.%s gives a type that cannot be named here; wrap it in a function of the preamble" : "the function made of the macro C.%s cannot be loaded", m->name->text);
        return NULL;
    }
    const char *proto = arena_printf("%s %s(%s);", result, symbol, n ? arguments(names, n, "param") : "void");
    c_parse(u, 0, (Str){proto, (int64_t)strlen(proto)});
    d = c_find(&u->names, name_of(symbol));
    if (!d) return NULL;
    d->name = m->name;
    d->symbol = symbol;
    d->obj = object_new(OBJ_FUNC, 0, u->pkg, m->name, TY(KIND_UNSAFE_POINTER));
    c_enter(&u->names, known, d);
    return d;
}
