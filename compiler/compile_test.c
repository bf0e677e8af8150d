// SPDX-License-Identifier: MIT
// compile_test.c: programs that run the tests of a package.
//
// The files of a folder are up to two packages: the one itself, which test files
// with its package clause belong to, and that of the test files whose clause says
// NAME_test, which imports it. A main package that is written here imports both
// and hands their tests to testing.MainStart. What is a test is told by a
// function's name; its signature is checked here, where the message has a place.
#include <stdlib.h>
#include <string.h>

#include "compiler/compile_impl.h"

typedef enum TestKind { TEST, BENCHMARK, FUZZ, EXAMPLE, TEST_KINDS } TestKind;

static const struct { const char *prefix, *param, *list; } kinds[TEST_KINDS] = {
    [TEST] = {"Test", "T", "InternalTest"},
    [BENCHMARK] = {"Benchmark", "B", "InternalBenchmark"},
    [FUZZ] = {"Fuzz", "F", "InternalFuzzTarget"},
    [EXAMPLE] = {"Example", NULL, "InternalExample"},
};

typedef struct TestList {
    FILE *to[TEST_KINDS]; // elements of the lists of the main package
    char *text[TEST_KINDS];
    size_t len[TEST_KINDS];
    const char *main;     // TestMain with its package, or "nil"
    bool main_is_twice;
} TestList;

static bool has_prefix(const char *name, const char *prefix) {
    size_t n = strlen(prefix);
    return strncmp(name, prefix, n) == 0 && !(name[n] >= 'a' && name[n] <= 'z');
}

// --- signatures

static bool is_pointer_to(Type *t, const char *name) { // of package testing
    if (t->kind != KIND_POINTER || t->elem->kind != TYPE_K_NAMED) return false;
    const Object *o = t->elem->obj;
    return o->pkg && o->pkg->is_library && strcmp(o->pkg->path.ptr, "testing") == 0 && strcmp(o->name->text, name) == 0;
}

static bool takes_one(const Type *sig, const char *param) {
    return !sig->ntparams && sig->nresults == 0 && !sig->variadic && sig->nparams == 1 && is_pointer_to(sig->params[0]->type, param);
}

static bool takes_none(const Type *sig) { return !sig->ntparams && sig->nresults == 0 && sig->nparams == 0; }

static void wrong_signature(const Object *o, const char *param) {
    if (!param) source_error(o->pos, "wrong signature for %s, must be: func %s()", o->name->text, o->name->text);
    else source_error(o->pos, "wrong signature for %s, must be: func %s(%c *testing.%s)", o->name->text, o->name->text, *param + ('a' - 'A'), param);
}

// --- the output that an example has: its last comment

typedef struct Scan {
    const char *p, *end;
    const char *from, *to; // the last group of comments; NULL: none
} Scan;

// Behind a literal that begins at p, which is one of " ' `.
static const char *behind_literal(const char *p, const char *end) {
    char quote = *p++;
    for (; p < end && *p != quote; p++)
        if (*p == '\\' && quote != '`') p++;
    return p < end ? p + 1 : end;
}

static const char *behind_comment(const char *p, const char *end) {
    bool line = p[1] == '/';
    for (p += 2; p < end; p++)
        if (line ? *p == '\n' : p[0] == '/' && p[-1] == '*') return line ? p : p + 1;
    return end;
}

// Are there but blanks between two comments, and no empty line?
static bool adjoins(const char *a, const char *b) {
    int lines = 0;
    for (; a < b; a++) {
        if (*a == '\n') lines++;
        else if (*a != ' ' && *a != '\t' && *a != '\r') return false;
    }
    return lines <= 1;
}

static void find_last_comment(Scan *s) {
    while (s->p < s->end) {
        if (s->p[0] == '"' || s->p[0] == '\'' || s->p[0] == '`') {
            s->p = behind_literal(s->p, s->end);
        } else if (s->p[0] == '/' && s->p + 1 < s->end && (s->p[1] == '/' || s->p[1] == '*')) {
            if (!s->from || !adjoins(s->to, s->p)) s->from = s->p;
            s->p = s->to = behind_comment(s->p, s->end);
        } else {
            s->p++;
        }
    }
}

// The comments without their marks, in the arena.
static char *comment_text(const char *p, const char *end) {
    char *out = arena_alloc((size_t)(end - p) + 2), *o = out;
    while (p < end) {
        if (p[0] != '/') { // blanks between comments
            p++;
            continue;
        }
        const char *stop = behind_comment(p, end), *to = p[1] == '*' ? stop - 2 : stop;
        bool line = p[1] == '/';
        p += 2;
        if (line && p < to && *p == ' ') p++;
        while (p < to) {
            char c = *p++;
            if (c == '\n')
                while (o > out && (o[-1] == ' ' || o[-1] == '\t' || o[-1] == '\r')) o--;
            *o++ = c;
        }
        *o++ = '\n';
        p = stop;
    }
    return out;
}

static const char *behind_word(const char *p, const char *word) { // any case; NULL: something else stands there
    for (; *word; p++, word++)
        if (*p != *word && !(*p >= 'A' && *p <= 'Z' && *p + ('a' - 'A') == *word)) return NULL;
    return p;
}

// The wanted output of function d; NULL: it has none.
static const char *example_output(const Decl *d, bool *unordered) {
    const SourceFile *f = source_file_of(d->func.body->pos);
    Scan s = {.p = f->text.ptr + (d->func.body->pos - f->base), .end = f->text.ptr + (d->func.body->block.rbrace - f->base)};
    find_last_comment(&s);
    if (!s.from) return NULL;
    const char *p = comment_text(s.from, s.to);
    while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r') p++;
    const char *q = behind_word(p, "unordered ");
    *unordered = q != NULL;
    p = behind_word(q ? q : p, "output:");
    if (!p) return NULL;
    while (*p == ' ') p++;
    return p + (*p == '\n');
}

// --- the lists

static void print_quoted(FILE *to, const char *s) {
    fputc('"', to);
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') fprintf(to, "\\x%02x", c);
        else fputc(c, to);
    }
    fputc('"', to);
}

static void add_test_main(TestList *l, const Object *o, const char *alias) {
    if (strcmp(l->main, "nil") != 0) source_error(o->pos, "multiple definitions of TestMain");
    else l->main = arena_printf("%s.TestMain", alias);
}

// Adds the function when it is a test; answers whether the main package names it.
static bool add_function(TestList *l, const Decl *d, const char *alias) {
    const Object *o = d->func.obj;
    if (!o || !o->type || o->type->kind != KIND_FUNC || !d->func.body) return false;
    const char *name = o->name->text;
    int kind = 0;
    while (kind < TEST_KINDS && !has_prefix(name, kinds[kind].prefix)) kind++;
    if (kind == TEST_KINDS) return false;
    if (strcmp(name, "TestMain") == 0 && takes_one(o->type, "M")) {
        add_test_main(l, o, alias);
        return true;
    }
    const char *param = kinds[kind].param;
    if (param ? !takes_one(o->type, param) : !takes_none(o->type)) {
        wrong_signature(o, strcmp(name, "TestMain") == 0 ? "M" : param);
        return false;
    }
    bool unordered = false;
    const char *output = param ? NULL : example_output(d, &unordered);
    if (!param && !output) return false; // is compiled, not run
    fprintf(l->to[kind], "\t\t{\"%s\", %s.%s", name, alias, name);
    if (output) {
        fputs(", ", l->to[kind]);
        print_quoted(l->to[kind], output);
        fputs(unordered ? ", true" : ", false", l->to[kind]);
    }
    fputs("},\n", l->to[kind]);
    return true;
}

static bool add_tests(TestList *l, const Package *p, const char *alias, bool all_files) {
    bool named = false;
    for (uint32_t i = 0; i < p->files.len; i++) {
        const FileAst *f = p->files.at[i];
        if (!all_files && !compile_is_test_file(f->source->path.ptr)) continue;
        for (uint32_t k = 0; k < f->decls.len; k++)
            if (f->decls.at[k]->kind == DECL_FUNC && !f->decls.at[k]->func.recv) named |= add_function(l, f->decls.at[k], alias);
    }
    return named;
}

// --- the main package

static Str main_text(TestList *l, const char *path, const Package *in, bool in_named, const Package *ex, bool ex_named) {
    char *text;
    size_t len;
    FILE *to = open_memstream(&text, &len);
    if (!to) return (Str){NULL, 0};
    fputs("package main\n\nimport (\n\t\"os\"\n\t\"testing\"\n", to);
    if (in) fprintf(to, "\t%s \"%s\"\n", in_named ? "_test" : "_", in->path.ptr);
    if (ex) fprintf(to, "\t%s \"%s\"\n", ex_named ? "_xtest" : "_", ex->path.ptr);
    fputs(")\n\nfunc main() {\n\tos.Exit(testing.MainStart(", to);
    print_quoted(to, path);
    for (int i = 0; i < TEST_KINDS; i++) fprintf(to, ", []testing.%s{\n%s\t}", kinds[i].list, l->text[i]);
    fprintf(to, ", %s))\n}\n", l->main);
    fclose(to);
    Str s = arena_str(text, len);
    free(text);
    return s;
}

static void open_lists(TestList *l) {
    l->main = "nil";
    for (int i = 0; i < TEST_KINDS; i++)
        if (!(l->to[i] = open_memstream(&l->text[i], &l->len[i]))) abort(); // out of memory, with nothing begun
}

// Parses the main package; NULL when there were errors.
static Package *make_main(const CompileOptions *o, const char *path, const Package *in, const Package *ex) {
    TestList l = {0};
    open_lists(&l);
    bool in_named = in && add_tests(&l, in, "_test", !o->dir), ex_named = ex && add_tests(&l, ex, "_xtest", !o->dir);
    for (int i = 0; i < TEST_KINDS; i++) fclose(l.to[i]);
    Package *main = NULL;
    if (source_error_count() == 0) {
        main = compile_new_main(o);
        compile_parse(main, "testmain.go", main_text(&l, path, in, in_named, ex, ex_named));
        compile_take_name(main);
    }
    for (int i = 0; i < TEST_KINDS; i++) free(l.text[i]);
    return main;
}

// --- the packages

static Package *new_tested(Compilation *c, const char *path) {
    const char *slash = strrchr(path, '/');
    Package *p = compile_new_package(path, slash ? slash + 1 : path);
    const char *folder = c->o->nfiles ? compile_folder_of(c->o->files[0]) : NULL;
    p->lang_minor = compile_language(c, compile_path_of_folder(c, folder) != NULL);
    p->c_dir = c->o->dir;
    p->tested = true;
    return p;
}

static bool is_external(const FileAst *f) {
    if (!f->package_name || !compile_is_test_file(f->source->path.ptr)) return false;
    const Name *n = f->package_name->ident.name;
    return n->len > 5 && strcmp(n->text + n->len - 5, "_test") == 0;
}

// Parses the files into the package itself and that of its external tests.
static bool read_files(const CompileOptions *o, Package *in, Package *ex, bool *tests) {
    bool ok = true;
    *tests = !o->dir;
    for (int i = 0; i < o->nfiles; i++) {
        Str text;
        if (!compile_read_file(o->files[i], &text)) {
            ok = false;
            continue;
        }
        FileAst *f = compile_parse(in, o->files[i], text);
        *tests |= compile_is_test_file(o->files[i]);
        if (!is_external(f)) continue;
        in->files.len--;
        VEC_PUSH(&ex->files, f);
    }
    return ok;
}

// All its files are external tests: who imports it finds nothing there.
static void nothing_declared(Package *p) {
    p->fake = p->checked = true;
    p->scope = scope_new(universe);
}

static Program *compile_parsed(Compilation *c, const char *path, Package *in, Package *ex, bool tests) {
    Package *rt = compile_import(c, arena_str("runtime", 7), 0);
    compile_take_name(in);
    compile_take_name(ex);
    if (in->files.len) compile_check_as(c, in, path);
    else nothing_declared(in);
    if (source_error_count() == 0 && ex->files.len) compile_check_as(c, ex, path); // internal packages are its own, too
    if (!tests || source_error_count()) return NULL;
    Package *main = make_main(c->o, path, in->files.len ? in : NULL, ex->files.len ? ex : NULL);
    if (!main) return NULL;
    compile_check_as(c, main, path);
    return source_error_count() ? NULL : compile_link(main, rt);
}

Program *compile_tests(const CompileOptions *o, const char *path, int *nerrors) {
    compile_begin(o);
    Compilation c = {.o = o};
    compile_find_module(&c);
    if (compile_is_library(&c, arena_str(path, strlen(path)))) path = arena_printf("./%s", path); // what imports it means the library's
    Package *in = new_tested(&c, path), *ex = new_tested(&c, arena_printf("%s_test", path));
    bool tests;
    bool readable = read_files(o, in, ex, &tests);
    Program *prog = NULL;
    if (readable && source_syntax_error_count() == 0) prog = compile_parsed(&c, path, in, ex, tests);
    *nerrors = source_error_count() + !readable;
    source_print_errors(stderr);
    return *nerrors ? NULL : prog;
}

const char *compile_tested_path(const char *folder) {
    Compilation c = {0};
    compile_find_module_of(&c, folder);
    const char *full = compile_folder_of(folder), *path = compile_path_of_folder(&c, full);
    if (path || !full) return path ? path : folder;
    const char *gopath = getenv("GOPATH");
    const char *rest = gopath && *gopath ? compile_below(full, arena_printf("%s/src", gopath)) : NULL;
    if (rest && *rest) return rest + 1;
    if (strcmp(folder, ".") == 0) return full[1] ? strrchr(full, '/') + 1 : "."; // a package's usual name
    return folder[0] == '/' || folder[0] == '.' ? folder : arena_printf("./%s", folder);
}

const char *compile_folder_for(const char *path) {
    Compilation c = {0};
    compile_find_module_of(&c, NULL);
    return path[0] == '.' ? NULL : compile_package_dir(&c, path);
}
