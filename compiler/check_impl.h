// SPDX-License-Identifier: MIT
// check_impl.h: what the parts of the checker share.
//
// Objects of a package are resolved on demand (resolve_object), so declarations
// may stand in any order. Function bodies are checked last, from a queue.
//
// Generics: an instance is a copy of the declaration's tree, checked in a scope
// where the type parameters are aliases of the type arguments. The generic
// signature itself is checked with TYPE_PARAM types, for inference.
#ifndef CSP_COMPILER_CHECK_IMPL_H
#define CSP_COMPILER_CHECK_IMPL_H

#include "compiler/check.h"
#include "compiler/constant.h"

typedef enum Color { WHITE, GREY, BLACK } Color; // Object.color: not begun, being resolved, done

typedef struct Instance { // of a generic function or type
    Type **targs;
    uint32_t ntargs;
    Object *func;  // OBJ_FUNC
    Type *type;    // NAMED
    struct Instance *next;
} Instance;

// Object.check of package-level objects: what else the checker knows of them.
typedef struct ObjInfo {
    Scope *scope;              // where its declaration's expressions are looked up
    uint32_t value_index;      // var and const: number in its spec
    struct VarSpec *spec;      // var: shared by the names of a spec
    VEC(Object *) deps;        // package-level variables and functions it mentions
    VEC(Decl *) method_decls;  // type: methods declared for it
    VEC(Object *) methods;     // type: their objects, same order (not for generic types)
    Instance *instances;       // generic type or function
    uint32_t order;            // var and const: in the source
    uint32_t lineage;          // function of a session: the same number in all that took each other's place; 0: alone
    uint32_t mark;             // visited stamp of walks over deps
    Object *noted_by;          // the last object that took it as a dependency
    bool cyclic;               // var and const: its initialiser needs itself
    bool bad_body;             // generic function: errors were reported in its body
} ObjInfo;

typedef struct VarSpec {
    Object **objs;
    uint32_t nobjs;
    Decl *decl;
    bool resolved;
    Object *holder;            // of one value for all names: the name that took its dependencies
    bool emitted;              // its one value for all names stands in the order of initialisation
} VarSpec;

typedef struct FuncCtx { // the function whose body is being checked
    FuncInfo *info;
    VEC(Object *) locals;      // for unused variables
    VEC(Stmt *) labels;        // STMT_LABELED
    VEC(Stmt *) gotos;
    struct FuncCtx *outer;
    struct Flow *around;       // of a literal: the statements of outer around it
    uint32_t clock;            // of the statement of this function that is being checked
} FuncCtx;

typedef struct Flow { // enclosing statements that break and continue may mean
    Stmt *stmt;
    Name *label;
    Stmt *labeled;
    FuncInfo *func;            // where the statement stands
    bool breaks, continues;
    struct Flow *outer;
    uint32_t clock;            // when the statement began
} Flow;

typedef struct ProcCtx { // a process whose body is being checked
    struct Network *net;
    Process *process;
    struct ProcCtx *outer;
} ProcCtx;

typedef VEC(Object *) ObjectList;

typedef struct FileImports { // a file's scope and what is imported into it
    FileAst *file;
    Scope *scope;
    ObjectList names;
} FileImports;

typedef struct MethodDecl { Decl *d; Scope *scope; } MethodDecl;

typedef struct Body { // a body to be checked, and what is current then
    FuncInfo *info;
    Scope *scope;
    Package *pkg;
    Object *decl;  // package-level object that takes the dependencies
    int64_t iota;
} Body;

typedef struct PackageWork { // what the check of one package gathers
    VEC(FileImports) files;
    ObjectList consts, types, vars, funcs; // in source order; funcs: with the methods of types that are not generic
    VEC(MethodDecl) methods;
    VEC(Body) bodies;
    uint32_t bodies_next;      // the first that is not checked yet
} PackageWork;

typedef struct Checker {
    const CheckConfig *config;
    Package *pkg;
    PackageWork *work;
    Scope *scope;
    FuncCtx *func;
    Flow *flow;
    Object *decl;        // package-level object being resolved or whose body is checked: takes the dependencies
    int64_t iota;        // -1 outside of constant declarations
    int type_depth;      // > 0: inside of type declarations that are not complete
    bool type_params_open; // in a list of type parameters
    bool in_instance;    // in the body of an instance: what its type arguments make odd is no error
    bool methods_known;  // the package's types have their methods
    bool in_script_top;  // directly in a script's top level
    bool fallthrough_ok;
    int instance_depth;
    ProcCtx *proc;       // innermost process of a parallel command
    uint32_t clock;      // statements met so far
    uint32_t calls;      // in the expressions of the statement being checked, so far
    bool in_command;     // directly or indirectly in the list of a command
} Checker;

extern Checker ck;

// Reports an error at the start of an expression and underlines the whole.
#define error_in(e, ...) source_error_span((e)->start, (e)->end, __VA_ARGS__)

// --- check.c
ObjInfo *obj_info(Object *o);
void note_use(Object *o);                         // a mention of a package-level object: dependency
void queue_body(FuncInfo *info, Object *decl, Scope *scope);
bool need_lang(Pos pos, Pos end, int minor, const char *what); // false: reported that what is newer
static inline bool lang_at_least(int minor) { return ck.pkg->lang_minor == 0 || ck.pkg->lang_minor >= minor; } // go1.minor, in the package being checked

// --- check_import.c
void check_import(FileImports *f, Decl *d);
Object *auto_import(Name *name, Pos pos);         // a library package, in scripts
void note_import_use(Object *o, Scope *where);    // o was found in scope where
void unused_imports(void);                        // reports them
void check_import_clashes(void);                  // with the package's own declarations

// --- check_collect.c
void collect_file(FileImports *f);
void collect_methods(void);                       // their objects: method sets are whole before anything is resolved
void attach_methods(Object *o);                   // to the type of o, once that exists
void check_field_method_clash(Object *o);
void prefetch_decl(const Decl *d);                // passes over declarations look at what was parsed next to them

// --- check_resolve.c
void enter_package_level(Package *pkg, Scope *scope); // what is checked next stands outside of all functions
void resolve_object(Object *o);
void forget_open_objects(void);                   // for check_forget
void cycle_notes(Object **at, uint32_t n, uint32_t first); // each refers to the next

// --- check_init.c
void order_initialisation(void);                  // fills Package.init_order

// --- check_type.c
Type *check_type(Expr *e);                        // type_invalid after an error
Type *check_var_type(Expr *e);                    // a type usable for variables: not a constraint
Type *check_type_or_null(Expr *e);                // quiet: NULL when e is not a type
Type *check_signature(Expr *sig, Type *recv_type, Object *recv, Scope *scope); // declares parameters in scope
void check_type_decl(Object *o);
bool require_complete(Type *t, Pos pos);           // false: reported
void complete_types(void);                        // what waited for the outermost declaration
void complete_interface(Type *t);
Type *declare_named(Object *o, Expr *rhs);
void declare_type_params(FieldList *fields, Type *owner, Scope *scope);
void check_recursive_types(void);
Expr *type_expr_base(Expr *e);
void check_length(Expr *literal, Type *elem, int64_t n); // of the array that an array or slice literal makes
void need_alias(const Decl *d);                   // that the language has this alias declaration

// --- check_expr.c
void check_raw(Expr *e, Type *hint);              // anything; hint: wanted type or NULL
void check_value(Expr *e, Type *hint);            // one value
void check_multi(Expr *e);                        // a value or a tuple of them
void check_expr_or_type(Expr *e);
const char *operand_string(Expr *e);
void check_overflow(Expr *e);                     // of a folded operation
void want_comma_ok(Expr *e);                      // turns a COMMAOK or MAPINDEX expression into its two-result form
bool has_comma_ok(Expr *e);
bool foreign_void(Expr *e);                       // a call of a C function without result: as value of type C.void

// What checking an expression found. After an error it is invalid.
static inline bool is_invalid(const Expr *e) { return e->mode == MODE_INVALID; }

static inline void invalidate(Expr *e) {
    e->mode = MODE_INVALID;
    e->type = type_invalid;
    e->val = NULL;
}

static inline void set_value(Expr *e, Type *t) {
    e->mode = MODE_VALUE;
    e->type = t;
    e->val = NULL;
}

static inline void set_novalue(Expr *e) {
    e->mode = MODE_NOVALUE;
    e->type = type_tuple(NULL, 0);
}

static inline void set_const(Expr *e, Type *t, Const *v) {
    e->mode = MODE_CONST;
    e->type = t;
    e->val = v;
}

// --- check_name.c, check_selector.c
void check_ident(Expr *e);
Object *lookup_alone(Name *name, Scope **where);
void check_selector(Expr *e);
Object *package_operand(Expr *x, bool *unknown);  // the package x names, or NULL; *unknown: a name that nothing declares was reported
void check_qualified(Expr *e, Object *p);         // e is p.name
bool names_type(Expr *e);                         // is it a name, or pkg.Name, of a type? Nothing is marked as used
void capture(Object *o);                          // a mention of a variable by the function being checked
void mark_address(Expr *e);
void mark_assigned(Expr *e);
bool is_addressable(Expr *e);

// --- check_literal.c
void check_literal(Expr *e);
void check_func_literal(Expr *e);
void check_composite(Expr *e, Type *hint);

// --- check_index.c
void check_index(Expr *e);
void check_slice(Expr *e);
int64_t check_index_value(Expr *e, int64_t length, const char *what); // constant value, or -1
bool is_bytes_or_string(Type *t);

// --- check_unary.c, check_binary.c
void check_star(Expr *e);
void check_unary(Expr *e);
void check_receive_post(Expr *e);
void check_binary_expr(Expr *e);
void check_binary(Expr *e, int op, Expr *x, Expr *y); // of operands that were checked; e takes the result
void check_comparison(Expr *e, int op, Expr *x, Expr *y);

// --- check_assignable.c
void convert_untyped(Expr *e, Type *t);           // gives an untyped expression its final type
void use_default(Expr *e);                        // its default type
void set_typed(Expr *e, Type *t);                 // makes all of an untyped tree typed
bool assignable(Expr *e, Type *t);
bool assignable_type(Type *v, Type *t);
bool assign_to(Expr *e, Type *t, const char *context); // converts; reports when not assignable
bool assign_argument(Expr *e, Type *t, Expr *callee);   // the same for an argument of a call
bool nil_comparable(Type *t);                     // may a t be nil?

// --- check_hints.c: notes on the error just reported
void undefined_name(Expr *e, bool qualifies);     // reports it; qualifies: a dot follows
void suggest_member(Package *p, Name *name);
void suggest_field(Expr *x, Type *t, Name *name); // x: what has the type, or NULL
void suggest_label(Name *name, Stmt **labels, uint32_t n);
void suggest_package(Str path);
void note_declaration(const Object *o);
const char *method_problem(Type *t, Method *m, Object *have, bool ptr); // why t has not method m
void note_method(Type *t, Method *m, Object *have, bool ptr);
void advise_new_variable(Expr *e);
void advise_mismatch(int op, Expr *x, Expr *y);
void advise_assignment(Expr *e, Type *t);
void advise_spread(Expr *e, Type *given, Type *elem);
void advise_conversion(Expr *x, Type *t);
void advise_condition(Expr *c);
void advise_results(Expr *call, uint32_t wanted);
void advise_unused(Expr *e);

// --- check_call.c, check_conversion.c, check_builtin.c
void check_call(Expr *e);
// The generic function that fn names, and the type arguments that it gives; NULL: fn is something else.
Object *generic_func(Expr *fn, uint32_t *given, Type ***targs);
void check_conversion(Expr *e, Expr *arg, Type *t);
void check_builtin(Expr *e, int id);
const char *have_types(ExprList *args);            // as messages list them
const char *signature_types(Object **objs, uint32_t n, bool variadic);
bool check_args(Expr *call, Type *sig, ExprList *args, bool ellipsis);

// --- check_generic.c
Object *instantiate_func(Object *generic, Type **targs, uint32_t n, Pos pos);
Type *instantiate_type(Object *generic, Type **targs, uint32_t n, Pos pos);
// Fills the missing targs from the arguments (spread: the last one has ...).
// pos 0: quietly.
bool infer(Object *generic, Type **targs, ExprList *args, bool spread, Pos pos);
bool infer_from_type(Object *generic, Type **targs, Type *want, Pos pos); // from a wanted function type
void expand_instance(Type *named);
bool expand_instances(void);
bool type_expr_is_instance(Expr *e);               // T[...], *T[...]
void check_waiting_instances(void);                // against the constraints of their parameters
void forget_instances(void);                      // for check_forget
bool satisfies(Type *t, Type *constraint, const char **why);
Type *self_instance(Object *generic);             // of a generic type: with its own parameters as arguments
bool has_type_param(Type *t);

// --- check_stmt.c
void check_stmt(Stmt *s);
void check_stmts(StmtList *list);
bool is_skip(Expr *e);                            // the null command

// --- check_local.c
void push_scope(void);
void pop_scope(void);
Object *new_local(Name *name, Pos pos, Type *t);  // a variable of the function being checked, in no scope yet
void enter_local(Object *o);                      // into the scope; reports a second declaration
Object *declare_local(Name *name, Pos pos, Type *t); // both
Object *hidden_var(const char *name, Type *t);    // that the source does not have
void check_local_decl(Decl *d);
void const_decl_value(Object *o, Decl *d, uint32_t i, Scope *scope);

// --- check_assign.c
void check_assign(Stmt *s);
void check_define(Stmt *s);
void check_incdec(Stmt *s);
bool check_assign_target(Expr *e);
// Checks the right side of an assignment or declaration of n things. Answers
// the types of the n values in types (NULL: the expression's own), or false.
bool check_sources(ExprList *rhs, uint32_t n, Type **types, Pos pos, Type **hints);
bool check_single_source(Expr *e, uint32_t n, Type **types, Pos pos); // the same for one value
void check_result_type(Expr *call, Type *result, Type *t); // reports when a result is not right for a variable of type t
Type *variable_type(Expr *e, const char *context); // that a new variable takes from its value

// --- check_branch.c
void push_flow(Flow *f, Stmt *s, bool breaks, bool continues);
void pop_flow(void);
FuncCtx *source_func(void);                       // the function as the source has it
void check_branch(Stmt *s);
void check_labeled(Stmt *s);
void collect_labels(StmtList *l);                 // of a body, before it is checked
void check_goto(FuncInfo *info, Stmt *s);         // after it was
bool is_terminating(Stmt *s, Name *label);
bool list_terminates(StmtList *l);

// --- check_switch.c
void check_switch(Stmt *s);
void check_type_switch(Stmt *s);
void check_select(Stmt *s);
bool is_receive_comm(Stmt *c);                    // a receive as Go's select has it

// --- check_loop.c
void check_for(Stmt *s);
void check_range(Stmt *s);

// --- check_body.c
void check_body(FuncInfo *info, Scope *scope);
void check_script(Package *p, FileAst *f);
void check_return(Stmt *s);
void report_unused(FuncCtx *f);                   // variables and labels of f

// --- check_csp.c
void check_output(Stmt *s);                       // STMT_SEND with !
void check_input(Stmt *s);
void check_receive_post(Expr *e);
void check_guarded(Stmt *s);
void check_parallel(Stmt *s);
void note_mention(Object *o, Pos pos);            // of a variable, by the process being checked
void note_assigned(Object *o, Pos pos);
void note_direction(Expr *ch, uint8_t may);       // ch is only used to input or to output

#endif
