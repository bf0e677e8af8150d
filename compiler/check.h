// check.h: the type checker's door.
#ifndef CSP_COMPILER_CHECK_H
#define CSP_COMPILER_CHECK_H

#include "compiler/types.h"

// Checks package p (files parsed, name and path set) and fills its results.
// Errors go to source_error. Imports are resolved through import_package,
// which returns a checked package, or NULL (not found; the message is the
// checker's). auto_import: a script may use library packages unimported.
typedef struct CheckConfig {
    Package *(*import_package)(void *ctx, Str path, Pos pos);
    bool (*is_library)(void *ctx, Str path); // is there a standard package of this path?
    const char *(*next_library)(const char *path); // the standard package behind it in no special order, NULL: the first and after the last
    void *ctx;
    bool ignore_unused;    // no errors for unused variables and imports (REPL)
    bool ignore_bodies;    // functions may be defined elsewhere, main missing: nothing will be run
} CheckConfig;
void check_package(Package *p, const CheckConfig *config);
// The path of the library package that a script means by name without import.
bool check_library_path(const CheckConfig *config, Name *name, Str *path);
// Does the body or initialiser of package-level object o mention other?
bool check_mentions(const Object *o, const Object *other);
bool check_mentions_name(const Object *o, const Name *name); // does it mention such a variable, function or constant?
// by takes the place of old: what mentions old mentions by.
void check_replaced(Object *old, Object *by);
// o and what it declares will not be looked into again, but for its type: lets
// go of its body or value, and of what these mention.
void check_settle(Object *o);
void check_drop_mentions(Object *o); // nobody will ask check_mentions of o
void check_settle_func(FuncInfo *info);
// Forgets memory of earlier checks, before the arena goes back.
void check_forget(void);
// Sessions: the tables of instances in a collection, see arena.h.
void check_collect_begin(void);
void check_keep(void);
void check_sweep(void);

#endif
