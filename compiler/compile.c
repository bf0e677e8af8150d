// SPDX-License-Identifier: MIT
// compile.c: drives parser, checker and generation; finds imported packages.
//
// Packages are kept in a table under the arena's root, so library packages of
// the image are found there and never compiled again. Table and packages lie
// close together: a start touches many of them, and few pages.
#include "compiler/build_tags.h"
#include "compiler/compile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/compile_impl.h"
#include "compiler/foreign.h"
#include "compiler/gen.h"
#include "compiler/lower.h"
#include "compiler/gen_impl.h"
#include "compiler/lexer.h"
#include "compiler/parser.h"

enum { MAX_SOURCE_BYTES = 64 << 20 };

typedef struct PackageEntry {
    uint32_t hash; // of the path
    Package *pkg;
} PackageEntry;

enum { PACKAGE_CHUNK = 64 };

typedef struct PackageTable {
    VEC(PackageEntry) list;
    Package *spare;
    uint32_t nspare;
} PackageTable;

static PackageTable *packages(void) {
    void **root = arena_root(ROOT_PACKAGES);
    if (!*root) *root = ARENA_NEW(PackageTable);
    return *root;
}

static uint32_t path_hash(const char *path) {
    uint32_t h = 2166136261u;
    for (; *path; path++) h = (h ^ (unsigned char)*path) * 16777619u;
    return h;
}

static Package *find_package(const char *path) {
    const PackageTable *t = packages();
    uint32_t hash = path_hash(path);
    for (uint32_t i = 0; i < t->list.len; i++)
        if (t->list.at[i].hash == hash && strcmp(t->list.at[i].pkg->path.ptr, path) == 0) return t->list.at[i].pkg;
    return NULL;
}

const char *compile_next_library(const char *path) {
    const PackageTable *t = packages();
    uint32_t i = 0;
    while (path && strcmp(t->list.at[i++].pkg->path.ptr, path) != 0) {}
    while (i < t->list.len && !t->list.at[i].pkg->is_library) i++;
    return i < t->list.len ? t->list.at[i].pkg->path.ptr : NULL;
}

Package *compile_new_package(const char *path, const char *name) {
    PackageTable *t = packages();
    if (!t->nspare) {
        t->spare = ARENA_ARRAY(Package, PACKAGE_CHUNK);
        t->nspare = PACKAGE_CHUNK;
    }
    Package *p = t->spare++;
    t->nspare--;
    p->path = arena_str(path, strlen(path));
    p->name = name_of(name);
    PackageEntry e = {path_hash(path), p};
    VEC_PUSH(&t->list, e);
    return p;
}

// --- reading files

static bool fail(const char *path, const char *why) {
    fprintf(stderr, "csp: %s: %s\n", path, why);
    return false;
}

// Reads fd to its end; the text is NUL-terminated. 0, or what went wrong.
static int read_all(int fd, size_t size, Str *out) {
    size_t cap = size + 2, len = 0; // one byte more than it should have, to see its end, and the NUL
    char *buf = arena_alloc_large(cap);
    for (;;) {
        ssize_t n = read(fd, buf + len, cap - 1 - len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        if (n == 0) break;
        len += (size_t)n;
        if (len > MAX_SOURCE_BYTES) return EFBIG;
        if (len < cap - 1) continue;
        char *more = arena_alloc_large(cap * 2);
        memcpy(more, buf, len);
        buf = more;
        cap *= 2;
    }
    buf[len] = 0;
    *out = (Str){buf, (int64_t)len};
    return 0;
}

bool compile_read_file(const char *path, Str *out) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(path, strerror(errno));
    int error = fstat(fd, &st) != 0 ? errno : S_ISDIR(st.st_mode) ? EISDIR : 0;
    if (!error) error = S_ISREG(st.st_mode) && st.st_size > MAX_SOURCE_BYTES ? EFBIG : read_all(fd, S_ISREG(st.st_mode) ? (size_t)st.st_size : 65536, out);
    close(fd);
    if (!error) return true;
    return fail(path, error == EFBIG ? "file too large (limit is 64 MB)" : error == EISDIR ? "is a directory" : strerror(error));
}

FileAst *compile_parse(Package *p, const char *name, Str text) {
    SourceFile *f = source_add(arena_str(name, strlen(name)), text);
    FileAst *ast = parse_file(f, 0);
    VEC_PUSH(&p->files, ast);
    if (ast->lang_minor && ast->lang_minor < p->lang_minor) p->lang_minor = ast->lang_minor;
    return ast;
}

// --- directories as packages

static bool ends_with(const char *s, const char *end) {
    size_t n = strlen(s), m = strlen(end);
    return n > m && strcmp(s + n - m, end) == 0;
}

bool compile_is_test_file(const char *name) { return ends_with(name, "_test.go") || ends_with(name, "_test.csp"); }

static bool is_source_name(const char *n) {
    if (n[0] == '.' || n[0] == '_' || compile_is_test_file(n)) return false;
    return ends_with(n, ".go") || ends_with(n, ".csp");
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool parse_dir(Package *p, const char *dir) {
    DIR *d = opendir(dir);
    if (!d) return false;
    VEC(char *) names = {0};
    for (struct dirent *e; (e = readdir(d));)
        if (is_source_name(e->d_name) && build_tags_admit(arena_printf("%s/%s", dir, e->d_name))) VEC_PUSH(&names, arena_printf("%s/%s", dir, e->d_name));
    closedir(d);
    if (!names.len) return false;
    qsort(names.at, names.len, sizeof *names.at, by_name);
    p->c_dir = arena_printf("%s", dir);
    for (uint32_t i = 0; i < names.len; i++) {
        Str text;
        if (!compile_read_file(names.at[i], &text)) return false;
        compile_parse(p, names.at[i], text);
    }
    return true;
}

static bool read_module(Compilation *c, const char *dir) {
    FILE *f = fopen(arena_printf("%s/go.mod", dir), "r");
    if (!f) return false;
    char line[1024], path[1024];
    int minor;
    while (fgets(line, sizeof line, f))
        if (sscanf(line, " module %1023s", path) == 1) {
            c->module_path = arena_printf("%s", path);
            c->module_dir = arena_printf("%s", dir);
        } else if (sscanf(line, " go 1.%d", &minor) == 1) {
            c->module_minor = minor;
        }
    fclose(f);
    return true;
}

// The absolute path of the folder of a file, or of a folder itself; NULL: there is none.
const char *compile_folder_of(const char *path) {
    struct stat st;
    char *real = realpath(path, NULL);
    if (!real) return NULL;
    char *dir = arena_printf("%s", real), *slash = strrchr(dir, '/');
    if (stat(real, &st) == 0 && !S_ISDIR(st.st_mode) && slash) slash[slash == dir] = 0;
    free(real);
    return dir;
}

static bool module_above(Compilation *c, const char *folder) {
    if (!folder) return false;
    for (char *dir = arena_printf("%s", folder);;) {
        if (read_module(c, dir)) return true;
        char *slash = strrchr(dir, '/');
        if (!slash || slash == dir) return false;
        *slash = 0;
    }
}

// The module is the one the program lies in, else that of the working directory,
// whose language version is then not the program's.
void compile_find_module_of(Compilation *c, const char *program) {
    if (program && module_above(c, compile_folder_of(program))) return;
    module_above(c, compile_folder_of("."));
    if (program) c->module_minor = 0;
}

void compile_find_module(Compilation *c) { compile_find_module_of(c, c->o->files ? c->o->files[0] : NULL); }

// What of folder lies below dir, with the slash before it; NULL: it does not.
const char *compile_below(const char *folder, const char *dir) {
    size_t n = strlen(dir);
    return strncmp(folder, dir, n) == 0 && (!folder[n] || folder[n] == '/') ? folder + n : NULL;
}

// The import path of the package in a folder of the module; NULL outside of it.
const char *compile_path_of_folder(Compilation *c, const char *folder) {
    const char *rest = folder && c->module_path ? compile_below(folder, c->module_dir) : NULL;
    return rest ? arena_printf("%s%s", c->module_path, rest) : NULL;
}

int compile_language(const Compilation *c, bool in_module) {
    if (c->o->lang_minor) return c->o->lang_minor;
    return in_module && c->module_minor ? c->module_minor : NEWEST_LANG;
}

// A folder as messages show it: relative where it lies below the working directory.
static const char *shown_folder(const char *dir) {
    const char *here = compile_folder_of(".");
    size_t n = here ? strlen(here) : 0;
    if (!n || strncmp(dir, here, n) != 0) return dir;
    return !dir[n] ? "." : dir[n] == '/' ? dir + n + 1 : dir;
}

const char *compile_package_dir(Compilation *c, const char *path) {
    struct stat st;
    const char *dir;
    if (path[0] == '.') return path;
    if (c->module_path) {
        size_t n = strlen(c->module_path);
        if (strncmp(path, c->module_path, n) == 0 && (path[n] == '/' || !path[n])) {
            dir = arena_printf("%s%s", c->module_dir, path + n);
            if (stat(dir, &st) == 0) return dir;
        }
        dir = arena_printf("%s/vendor/%s", c->module_dir, path);
        if (stat(dir, &st) == 0) return dir;
    }
    const char *gopath = getenv("GOPATH");
    if (gopath && *gopath) {
        dir = arena_printf("%s/src/%s", gopath, path);
        if (stat(dir, &st) == 0) return dir;
    }
    return NULL;
}

// --- imports

bool compile_is_library(void *ctx, Str path) {
    Compilation *c = ctx;
    const char *name, *p = arena_printf("%.*s", (int)path.len, path.ptr);
    const Package *e = find_package(p);
    if (e) return e->is_library;
    size_t len;
    return c->o->package_source && c->o->package_source(p, 0, &name, &len);
}

CheckConfig compile_check_config(Compilation *c) { return (CheckConfig){.import_package = compile_import, .is_library = compile_is_library, .next_library = compile_next_library, .ctx = c}; }

// path: how p is imported, NULL when it is not known.
void compile_check_as(Compilation *c, Package *p, const char *path) {
    Importing here = {path, p->is_library, 0, c->importing};
    c->importing = &here;
    compile_check(c, p);
    c->importing = here.up;
}

void compile_check(Compilation *c, Package *p) {
    CheckConfig cfg = compile_check_config(c);
    cfg.ignore_unused = p->earlier != NULL;
    cfg.ignore_bodies = c->o->check_only;
    check_package(p, &cfg);
    p->checked = true;
    p->reflects = p->is_library && strcmp(p->path.ptr, "reflect") == 0;
    for (uint32_t k = 0; k < p->imports.len; k++) p->reflects |= p->imports.at[k]->reflects;
}

void compile_take_name(Package *p) {
    for (uint32_t i = 0; i < p->files.len; i++)
        if (p->files.at[i]->package_name) p->name = p->files.at[i]->package_name->ident.name;
}

static Package *load_library(Compilation *c, const char *path) {
    size_t len;
    const char *name, *text = c->o->package_source ? c->o->package_source(path, 0, &name, &len) : NULL;
    if (!text) return NULL;
    const char *slash = strrchr(path, '/');
    Package *p = compile_new_package(path, slash ? slash + 1 : path);
    p->is_library = true;
    p->lang_minor = NEWEST_LANG;
    for (uint32_t i = 1; text; text = c->o->package_source(path, i++, &name, &len)) compile_parse(p, arena_str(name, strlen(name)).ptr, arena_str(text, len));
    compile_take_name(p);
    compile_check_as(c, p, path);
    return p;
}

// A path with an element "internal" is for the packages below that element's parent.
static bool may_import(const Importing *importer, const char *path) {
    if (!importer) return true;
    const char *last = NULL;
    for (const char *p = path; (p = strstr(p, "internal")); p++)
        if ((p == path || p[-1] == '/') && (!p[8] || p[8] == '/')) last = p;
    if (!last || importer->is_library) return true;
    if (last == path) return false; // of the library
    size_t n = (size_t)(last - path) - 1;
    return !importer->path || (strncmp(importer->path, path, n) == 0 && (!importer->path[n] || importer->path[n] == '/'));
}

static void report_import_cycle(const Compilation *c, const char *name, Pos pos) {
    source_error(pos, "import cycle not allowed: import of %s", name);
    for (const Importing *i = c->importing; i && i->up && i->path && strcmp(i->path, name) != 0; i = i->up) source_note(i->up->pos, "%s imports %s", i->up->path ? i->up->path : "the program", i->path);
}

// Reads and checks the package of a folder.
static Package *load_folder(Compilation *c, const char *name, const char *dir, Pos pos) {
    const char *slash = strrchr(name, '/');
    Package *p = compile_new_package(name, slash ? slash + 1 : name);
    int errors = source_syntax_error_count();
    p->lang_minor = compile_language(c, compile_path_of_folder(c, compile_folder_of(dir)) != NULL);
    if (!parse_dir(p, dir)) {
        source_error(pos, "no source files in %s", dir);
        return NULL;
    }
    compile_take_name(p);
    if (source_syntax_error_count() > errors) { // nothing is said about what it should declare
        p->fake = p->checked = true;
        p->scope = scope_new(universe);
        return p;
    }
    compile_check_as(c, p, name);
    return p;
}

Package *compile_import(void *ctx, Str path, Pos pos) {
    Compilation *c = ctx;
    const char *name = arena_printf("%.*s", (int)path.len, path.ptr);
    if (strcmp(name, "unsafe") == 0) return universe_unsafe();
    Package *p = find_package(name);
    if (c->importing) c->importing->pos = pos;
    if (pos && !may_import(c->importing, name)) {
        source_error(pos, "use of internal package %s not allowed", name);
        return NULL;
    }
    if (p) {
        if (p->checked) return p;
        report_import_cycle(c, name, pos);
        return NULL;
    }
    p = load_library(c, name);
    if (p) return p;
    const char *dir = compile_package_dir(c, name);
    if (!dir) return NULL;
    p = load_folder(c, name, shown_folder(dir), pos);
    if (p && pos && strcmp(p->name->text, "main") == 0) {
        source_error(pos, "import \"%s\" is a program, not an importable package", name);
        return NULL;
    }
    return p;
}

// --- the program

static const TypeDesc *runtime_type(Package *rt, const char *name, bool pointer) {
    Object *o = rt ? scope_lookup_here(rt->scope, name_of(name)) : NULL;
    if (!o || o->kind != OBJ_TYPE) return NULL;
    return lower_type(pointer ? type_pointer_to(o->type) : o->type);
}

void compile_fill_known(WellKnown *k, Package *rt) {
    Type *text_method = type_under(type_error)->methods[0].fn->type; // func() string
    *k = (WellKnown){
        .type_int = lower_type(TY(KIND_INT)),
        .type_string = lower_type(TY(KIND_STRING)),
        .type_bool = lower_type(TY(KIND_BOOL)),
        .type_float64 = lower_type(TY(KIND_FLOAT64)),
        .type_uint8 = lower_type(TY(KIND_UINT8)),
        .type_int32 = lower_type(TY(KIND_INT32)),
        .type_error = lower_type(type_error),
        .type_any = lower_type(type_any),
        .runtime_error = runtime_type(rt, "errorString", false),
        .runtime_plain_error = runtime_type(rt, "plainError", false),
        .type_assertion_error = runtime_type(rt, "TypeAssertionError", true),
        .panic_nil_error = runtime_type(rt, "PanicNilError", true),
        .sel_error = lower_selector(name_of("Error"), NULL, text_method),
        .sel_string = lower_selector(name_of("String"), NULL, text_method),
    };
}

// The type of the error in v, err := C.f().
static Type *errno_type(void) {
    const Package *p = find_package("syscall");
    Object *o = p ? scope_lookup_here(p->scope, name_of("Errno")) : NULL;
    return o ? o->type : TY(KIND_UINTPTR);
}

Type *(*foreign_errno_type)(void) = errno_type;

Program *compile_link(Package *main, Package *rt) {
    Program *p = ARENA_NEW(Program);
    p->entry = gen_entry(main, rt);
    compile_fill_known(&p->known, rt);
    p->language = main->lang_minor;
    if (!gen_foreign_table(&p->foreign)) return NULL;
    gen_drain();
    GenState *s = gen_state();
    p->roots = s->roots.at;
    p->nroots = s->roots.len;
    p->funcs = s->funcs.at;
    p->nfuncs = s->funcs.len;
    p->ntypes = lower_all(&p->types);
    return p;
}

static bool read_program(Package *p, const CompileOptions *o) {
    bool ok = true;
    p->c_dir = o->dir;
    if (!o->files) compile_parse(p, o->text_name, arena_str(o->text, o->text_len));
    for (int i = 0; o->files && i < o->nfiles; i++) {
        Str text;
        if (compile_read_file(o->files[i], &text)) compile_parse(p, o->files[i], text);
        else ok = false;
    }
    return ok;
}

void compile_begin(const CompileOptions *o) {
    source_reset_errors(o->all_errors, o->color);
    if (!universe) universe_init();
    gen_native_index = o->native_index;
    foreign_refused = o->no_ffi;
    lexer_plain_go = o->plain_go;
    gen_foreign_begin();
}

Package *compile_new_main(const CompileOptions *o) {
    Package *main = ARENA_NEW(Package);
    main->name = name_of("main");
    main->path = arena_str("main", 4);
    main->lang_minor = o->lang_minor ? o->lang_minor : NEWEST_LANG;
    return main;
}

Program *compile(const CompileOptions *o, int *nerrors) {
    compile_begin(o);
    Compilation c = {.o = o};
    compile_find_module(&c);
    Package *main = compile_new_main(o);
    bool readable = read_program(main, o);
    Program *prog = NULL;
    Package *rt = NULL;
    if (readable && source_syntax_error_count() == 0) {
        compile_take_name(main);
        if (!o->check_only) rt = compile_import(&c, arena_str("runtime", 7), 0);
        const char *path = o->files ? compile_path_of_folder(&c, compile_folder_of(o->files[0])) : NULL;
        if (path && !o->lang_minor && c.module_minor && c.module_minor < main->lang_minor) main->lang_minor = c.module_minor;
        compile_check_as(&c, main, path);
    }
    if (readable && source_error_count() == 0 && !o->check_only) prog = compile_link(main, rt);
    *nerrors = source_error_count() + !readable;
    source_print_errors(stderr);
    return *nerrors ? NULL : prog;
}

int compile_check_folders(const CompileOptions *o, const char *const *folders, int n) {
    compile_begin(o);
    Compilation c = {.o = o};
    compile_find_module_of(&c, n ? folders[0] : NULL);
    for (int i = 0; i < n; i++) {
        const char *path = compile_path_of_folder(&c, compile_folder_of(folders[i]));
        if (!path) path = folders[i];
        if (!find_package(path)) load_folder(&c, path, folders[i], 0);
    }
    int errors = source_error_count();
    source_print_errors(stderr);
    return errors;
}

bool compile_binding(const CompileOptions *o, FILE *out, const char *header, const char *package, const char *const *flags, uint32_t nflags) {
    compile_begin(o);
    bool ok = foreign_bind(out, header, package, flags, nflags) && source_error_count() == 0;
    source_print_errors(stderr);
    return ok;
}

bool compile_library(const CompileOptions *o, const char *path) {
    compile_begin(o);
    lower_reflected = true; // for the programs that will import it
    Compilation c = {.o = o};
    Package *p = compile_import(&c, arena_str(path, strlen(path)), 0);
    if (p && source_error_count() == 0) {
        gen_package(p);
        gen_drain();
    }
    bool ok = p && source_error_count() == 0;
    source_print_errors(stderr);
    return ok;
}
