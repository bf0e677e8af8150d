// SPDX-License-Identifier: MIT
// c_macro.c: macros with parameters, called like functions.
//
// Only the C compiler knows what a macro means and which type comes out, so the
// first call with arguments of some types makes a function of it, compiled with
// the rest of the preamble into the companion object. The type of the result is
// asked for before: a number in a compiled file that is thrown away.
#include <stdio.h>
#include <string.h>

#include "compiler/c_impl.h"

static const char *const results[] = {
    "void", "_Bool", "char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int", "long", "unsigned long",
    "long long", "unsigned long long", "float", "double", "void *", "const void *", "char *", "const char *",
    "unsigned char *", "short *", "int *", "const int *", "unsigned int *", "long *", "unsigned long *", "float *", "double *", "char **", "void **", "float _Complex", "double _Complex",
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

static bool same_spelling(const char *a, const char *b) { // "int **" and "int * *"
    for (;; a++, b++) {
        while (*a == ' ') a++;
        while (*b == ' ') b++;
        if (*a != *b) return false;
        if (!*a) return true;
    }
}

// Candidates for the result besides the basic types: types of the arguments.
static bool is_candidate(const char **names, uint32_t i) {
    if (!strchr(names[i], '*') && strncmp(names[i], "struct ", 7) != 0) return false;
    for (size_t k = 0; k < RESULTS; k++)
        if (same_spelling(results[k], names[i])) return false;
    for (uint32_t k = 0; k < i; k++)
        if (same_spelling(names[k], names[i])) return false;
    return true;
}

static const char *candidates(const char **names, uint32_t n) {
    const char *list = "";
    for (size_t i = 1; i < RESULTS; i++) list = arena_printf("%s%s: %zu, ", list, results[i], i);
    for (uint32_t i = 0; i < n; i++)
        if (is_candidate(names, i)) list = arena_printf("%s%s: %u, ", list, names[i], 100 + i);
    return list;
}

// The number of the result's type, where c_probe finds it.
static const char *probe_source(const char *mark, const char *expression, const char *number) {
    return arena_printf("\nconst struct { char mark[%d]; int number; } csp_probe = {\"%s\", %s};\n__typeof__(%s) csp_probed(void);\n", PROBE_MARK, mark, number, expression);
}

// How the macro is used: with the arguments' types, or the parameters.
static const char *expression_of(CMacro *m, const char **names, uint32_t n, const char *what) {
    return m->has_params ? arena_printf("%s(%s)", m->name->text, arguments(names, n, what)) : m->name->text;
}

// 0: void; else in results, 100 up: the type of an argument. -1: it does not compile.
static int result_number(CUnit *u, CMacro *m, const char *symbol, const char **names, uint32_t n, const char **why) {
    const char *mark = arena_printf("csp-probe-%.60s", symbol), *e = expression_of(m, names, n, "type");
    const char *number = arena_printf("__builtin_types_compatible_p(__typeof__(%s), void) ? 0 : _Generic((%s), %sdefault: %d)", e, e, candidates(names, n), OTHER_RESULT);
    int32_t value;
    if (c_probe(u, m->preamble, probe_source(mark, e, number), mark, &value, why)) return value;
    if (!m->has_params) return -1;
    // perhaps it is a statement
    const char *params = n ? arguments(names, n, "param") : "void";
    const char *statement = arena_printf("%s\nvoid csp_statement(%s) { %s; }\n", probe_source(mark, "(void)0", "0"), params, expression_of(m, names, n, "use"));
    return c_probe(u, m->preamble, statement, mark, &value, NULL) ? value : -1;
}

CDecl *c_macro_function(CUnit *u, CMacro *m, Type **types, uint32_t n, Pos pos) {
    const char **names = ARENA_ARRAY(const char *, n + 1), *key = m->name->text, *why = "";
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
    const char *symbol = arena_printf("csp_macro_%s_%08x", m->name->text, known->hash);
    int number = result_number(u, m, symbol, names, n, &why);
    if (number < 0) {
        source_error(pos, "cannot call the macro C.%s with these arguments: %s", m->name->text, why);
        return NULL;
    }
    const char *result = number < (int)RESULTS ? results[number] : number >= 100 && number - 100 < (int)n ? names[number - 100] : NULL;
    if (!result) {
        source_error(pos, "the macro C.%s gives a type that cannot be named here; wrap it in a function of the preamble", m->name->text);
        return NULL;
    }
    const char *params = n ? arguments(names, n, "param") : "void", *proto = arena_printf("%s %s(%s)", result, symbol, params), *text = arena_printf("%s;", proto);
    c_parse(u, 0, (Str){text, (int64_t)strlen(text)});
    if (!(d = c_find(&u->names, name_of(symbol)))) return NULL;
    CPreamble *pre = &u->preambles.at[m->preamble];
    pre->tail = arena_printf("%s%s { %s%s; }\n", pre->tail ? pre->tail : "", proto, number ? "return " : "", expression_of(m, names, n, "use"));
    d->name = m->name;
    d->symbol = symbol;
    d->obj = object_new(OBJ_FUNC, 0, u->pkg, m->name, TY(KIND_UNSAFE_POINTER));
    c_enter(&u->names, known, d);
    return d;
}
