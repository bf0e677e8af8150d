// types.h: compile-time types, objects, scopes, packages: what the checker
// makes and generation reads.
//
// Types are compared with type_identical, not by pointer. Kinds up to
// KIND_UNSAFE_POINTER are those of the run time (runtime/type.h).
#ifndef CSP_COMPILER_TYPES_H
#define CSP_COMPILER_TYPES_H

#include "compiler/ast.h"

enum { // further kinds of compile-time types, behind KIND_COUNT
    TYPE_K_UNTYPED_BOOL = KIND_COUNT, TYPE_K_UNTYPED_INT, TYPE_K_UNTYPED_RUNE, TYPE_K_UNTYPED_FLOAT,
    TYPE_K_UNTYPED_COMPLEX, TYPE_K_UNTYPED_STRING, TYPE_K_UNTYPED_NIL,
    TYPE_K_NAMED, TYPE_K_TYPE_PARAM, TYPE_K_TUPLE, TYPE_K_UNION, TYPE_K_INVALID
};

typedef struct StructField {
    Name *name;
    Type *type;
    Str tag;           // unquoted
    bool embedded;
    Pos pos;
    struct Package *pkg; // of the declaration: unexported names of different packages differ
} StructField;

typedef struct Method { // explicit method of an interface, or declared method of a named type
    Name *name;
    struct Package *pkg;
    Object *fn;        // OBJ_FUNC; its type is the signature without receiver
    Pos pos;
} Method;

typedef struct Term { bool tilde; Type *type; Pos pos; } Term; // of a union

struct Type {
    uint8_t kind;
    uint8_t chan_dir;     // 1 receive, 2 send, 3 both
    bool variadic;        // func: the last parameter is ...T, its type here is []T
    bool comparable_constraint; // interface: embeds comparable
    bool completed;       // interface: all_methods computed; named: underlying resolved
    bool has_typeset;     // interface: terms restricts (may be empty set)
    bool c_layout;        // struct: C says where, and how large it is
    // lengths of the arrays below
    uint32_t nfields, nparams, nresults, ntparams, ntypes, nmethods, nembeds, nterms, ntargs;
    uint32_t index;       // TYPE_PARAM
    uint32_t align;       // 0: neither it nor size are computed yet
    Type *elem, *key;     // as in TypeDesc
    int64_t len;          // array; -1 unknown after an error
    StructField *fields;
    Object **params;      // func: OBJ_VAR each, names may be NULL or _
    Object **results;
    Object *recv;         // func: receiver variable of a method declaration
    Type **tparams;       // func and generic named: TYPE_PARAMs (before instantiation)
    Type **types;         // TUPLE: element types
    Method *methods;      // interface: all methods, embedded included, sorted by name; named: declared methods
    Type **embeds;        // interface: embedded types, as written
    Pos *embed_pos;       // interface: where they are written; NULL when made up
    Term *terms;          // UNION; interface: its type set when not all types
    // NAMED
    Object *obj;          // OBJ_TYPE; also for TYPE_PARAM
    Type *underlying;     // never NAMED once resolved
    Type *rhs;            // what the declaration says, maybe another NAMED
    bool expanding;       // instance: its underlying type is being made
    bool valid;           // found not to contain itself
    bool laying_out;      // its size is being computed
    Type *origin;         // instance of this generic type
    Type **targs;
    // TYPE_PARAM
    Type *constraint;
    // generation [gen]
    void *desc;           // TypeDesc * once lowered
    int64_t size;
    const int64_t *offsets; // struct: where its fields lie, with size and align
    // of package "C"
    struct CType *c;        // function pointer: the C function it points to; struct, union: itself
};

typedef enum ObjKind { OBJ_BAD, OBJ_PKG, OBJ_CONST, OBJ_TYPE, OBJ_VAR, OBJ_FUNC, OBJ_BUILTIN, OBJ_NIL, OBJ_LABEL,
    OBJ_PROCESS // label of a parallel command; Object.check is its ProcName
} ObjKind;

typedef enum ObjFlag {
    OBJF_USED = 1,
    OBJF_ADDR_TAKEN = 2,  // &x, x.PtrMethod(), x[:] of an array, or a field/element of it so used
    OBJF_CAPTURED = 4,    // mentioned by a function literal inside its owner
    OBJF_REASSIGNED = 8,  // assigned after its declaration (=, op=, ++, range =, &x counts too)
    OBJF_GLOBAL = 16,     // package variable (also a script's top-level variables)
    OBJF_PARAM = 32, OBJF_RESULT = 64,
    OBJF_FIELD = 128,
    OBJF_LOOP = 256,      // declared by a for clause or range: fresh for each iteration
    OBJF_ALIAS = 512,     // OBJ_TYPE: alias
    OBJF_TYPE_ARG = 2048, // OBJ_TYPE: stands for a type parameter in an instance
    OBJF_IMPORTED_AUTO = 1024, // OBJ_PKG used without import in a script
    OBJF_INDEX = 2048,    // range variable of the notation: constant in its guarded command or process
    OBJF_HEADER = 4096,   // channel of the header of a parallel command
    OBJF_SHADOWS = 8192,  // := in a command, with a variable of that name outside
    OBJF_HELD = 16384,     // package variable: a function mentions it
    OBJF_HELD_NOW = 32768, // a function of the latest input does
} ObjFlag;

struct Object {
    uint8_t kind;
    uint8_t color;        // checker's own: resolution state
    uint8_t builtin;      // BuiltinId
    uint32_t flags;
    Name *name;
    Pos pos;
    Type *type;
    struct Package *pkg;  // NULL: universe
    Scope *parent;
    Decl *decl;
    union {
        struct { Const *val; uint32_t iota; } konst;
        struct { FuncInfo *owner; uint32_t born, assigned, captured; } var; // owner: NULL for package variables; the rest is escape.c's own
        struct { FuncInfo *info; Object *origin; Type **targs; uint32_t ntargs; bool ptr_recv; Type *recv_named; } func; // recv_named: receiver's named type (without pointer)
        struct { struct Package *imported; bool used; } pkg_name;
    };
    struct CDecl *c;      // of package "C": function or variable it stands for
    void *check;          // checker's own: see check_impl.h
    // generation's own
    void *gen;
    int32_t gen_slot;
    uint32_t gen_flags;
};

// A function with a body to generate: declaration, method, literal or instance.
struct FuncInfo {
    Object *obj;         // OBJ_FUNC; NULL for literals
    Type *sig;           // KIND_FUNC, without type parameters
    Object *recv;        // receiver variable, or NULL
    Object **params; uint32_t nparams;   // OBJ_VAR each, also unnamed ones (name NULL)
    Object **results; uint32_t nresults;
    Stmt *body;          // STMT_BLOCK; NULL: native
    FuncInfo *parent;    // of a literal
    Stmt *range_body;    // the STMT_RANGE over a function whose body this is, or NULL
    struct ProcessInfo *process; // the process of a parallel command whose body this is, or NULL
    VEC(Object *) captures; // variables of enclosing functions it mentions (also through its own literals), in order of mention
    VEC(FuncInfo *) literals;
    bool has_defer, has_recover, named_results, has_goto;
    bool deferred_recover; // made for "defer recover()"
    bool inlining;       // generation: its body is being generated, here or in place of a call
    uint8_t inline_weight; // generation: see gen_inline.c
    uint32_t initialiser; // of a literal outside of functions: its number in the package, from 1
    int16_t intrinsic;   // without body: 0 not looked up, -1 a native, else 1 + its place in intrinsics.def
    struct Package *pkg;
    Pos pos, end;
    void *gen;
    ArenaSpan declared, tree, checked; // this with its signature's parts; the declaration as it was parsed; what checking the body made
};

void func_prefetch(const FuncInfo *f); // its memory; f itself is there

// How a selector X.f reaches its field or method: the embedded fields on the
// way, then the field or method itself.
typedef enum SelectionKind { SEL_FIELD, SEL_METHOD, SEL_INTERFACE_METHOD, SEL_METHOD_EXPR } SelectionKind;
struct Selection {
    uint8_t kind;
    Type *recv;          // type of X
    uint32_t *path;      // field indices of embedded fields (pointers are followed implicitly), for SEL_FIELD the last is the field itself
    uint32_t npath;
    Object *method;      // SEL_METHOD, SEL_METHOD_EXPR of a concrete type: the OBJ_FUNC (instance, for generic types)
    Type *iface;         // method belongs to this interface type (SEL_INTERFACE_METHOD, or METHOD_EXPR of an interface)
    Name *name;          // of the method
    bool indirect;       // a pointer was followed on the way
    Type *type;          // of the field, or signature of the method value / method expression
    const struct ForeignMember *member; // SEL_FIELD: a member of a C struct or union that is no field of its counterpart
};

typedef struct InitStep { // one package variable initialisation: lhs... = rhs
    Object **lhs; uint32_t nlhs;
    Expr *rhs;
    Pos pos;
} InitStep;

// What an input of a session shows: the value of its last statement.
typedef struct Shown {
    Stmt *stmt;          // STMT_EXPR
    Object *it;          // variable that keeps the first value, or NULL
    Object *show;        // func(static string, v any) of the library, called for each value
    bool only_type;      // the expression is checked only
    bool only_kept;      // a single value is not shown
} Shown;

typedef struct Replaced { Object *old, *by; } Replaced; // methods of the same name

typedef struct Package {
    Name *name;
    Str path;            // import path; "main" for programs
    Scope *scope;
    VEC(FileAst *) files;
    VEC(struct Package *) imports; // direct, in order of first import
    // results of the checker
    VEC(InitStep) init_order;      // package variables in dependency order
    uint32_t ninitialisers;        // function literals outside of functions
    VEC(FuncInfo *) funcs;         // declared functions and methods with body or native, not generic
    VEC(Object *) inits;           // func init, in source order (also in funcs)
    VEC(Object *) vars;            // package variables, in source order, blank ones too
    FuncInfo *script;              // a script's top-level statements, as a function without parameters
    Object *main;                  // func main of package main
    bool is_library, checked, generated, fake;
    bool tested;                   // its tests are run, not its main function, if any
    bool reflects;                 // is package reflect or imports it, directly or not
    uint32_t init_stamp; // generation: entry that already initialises it
    int lang_minor;                // language version 1.N
    const char *c_dir;             // folder whose C files belong to it, or NULL
    struct CUnit *c;               // the C names it uses
    struct Package *c_owner;       // package "C": who imports it
    void *gen;
    // of a session (session.c): files hold the latest input only
    Scope *earlier;                // what earlier inputs declared; NULL outside of sessions
    Shown shown;
    VEC(Object *) extended;        // types of earlier inputs that the input adds methods to
    VEC(Replaced) replaced;        // methods of theirs that it takes the place of
} Package;

// --- types.c
extern Type *type_basic[TYPE_K_UNTYPED_NIL + 1]; // by kind; set by universe_init
#define TY(k) (type_basic[k])
extern Type *type_byte, *type_rune, *type_error, *type_any, *type_invalid, *type_comparable;

Type *type_new(int kind);            // zeroed but for its kind; in the arena, as all types
// Derived types of the same parts are one object.
Type *type_pointer_to(Type *t);
Type *type_slice_of(Type *t);
Type *type_array_of(Type *t, int64_t len);
Type *type_chan_of(Type *t, int dir); // 1 receive, 2 send, 3 both
Type *type_map_of(Type *k, Type *v);
Type *type_tuple(Type **types, uint32_t n);
void type_collect_begin(void);       // sessions: the table of derived types, see arena.h
void type_sweep(void);
Type *type_under_of_name(Type *t);   // of NAMED and TYPE_PARAM
static inline Type *type_under(Type *t) { // underlying; TYPE_PARAM: its constraint's interface
    return t && (t->kind == TYPE_K_NAMED || t->kind == TYPE_K_TYPE_PARAM) ? type_under_of_name(t) : t;
}
// Does holds hold for all types of type parameter t's type set? false without one.
bool type_each(Type *t, bool (*holds)(Type *term, void *ctx), void *ctx);
Type *type_core(Type *t);            // core type (spec), NULL if none; under() for ordinary types
bool type_identical(Type *a, Type *b);
uint32_t type_hash(Type *t);         // equal for identical types
bool type_is_named(Type *t);         // predeclared, defined or type parameter
static inline bool type_is_untyped(Type *t) { return t->kind >= TYPE_K_UNTYPED_BOOL && t->kind <= TYPE_K_UNTYPED_NIL; }
bool type_is_interface(Type *t);     // under is interface, not a type parameter
bool type_comparable_(Type *t);      // may be compared with ==
bool type_strictly_comparable(Type *t);
bool type_is_boolean(Type *t); bool type_is_integer(Type *t); bool type_is_unsigned(Type *t); bool type_is_float(Type *t);
bool type_is_complex(Type *t); bool type_is_numeric(Type *t); bool type_is_string(Type *t); bool type_is_ordered(Type *t); bool type_is_const_type(Type *t);
Type *type_default(Type *t);         // of an untyped type
const char *type_string(Type *t);    // as messages show it; package-qualified where not local
const char *type_desc_string(Type *t); // as %T shows it: always qualified by package name
Type *type_deref(Type *t, bool *was_pointer);
// Larger types are as large as this: no sum of sizes overflows, and no machine
// can allocate it.
#define MAX_TYPE_SIZE ((int64_t)1 << 50)
int64_t type_size(Type *t);          // bytes, gc layout; computes and caches
uint32_t type_align(Type *t);
int64_t type_field_offset(Type *structure, uint32_t i);

// Field or method of T named name (spec: selectors). On success fills *out
// (kind, path, method, iface, indirect, type). NULL result: not found;
// ambiguous tells why. addressable matters for pointer-receiver methods only
// to callers.
bool type_lookup(Type *t, Name *name, Package *pkg, Selection *out, bool *ambiguous);
bool selection_ends_in_pointer(const Selection *s); // is what the embedded fields on its way lead to a pointer?
// The method set of t (value method set unless t is a pointer), promoted
// methods included, sorted by name: for descriptors and wrappers.
typedef struct MethodSetEntry { Name *name; Package *pkg; Selection sel; bool needs_pointer; } MethodSetEntry;
uint32_t type_method_set(Type *t, MethodSetEntry **out);
// Does t implement interface type i? On failure *missing and *wrong_type (method
// found with another signature) / *ptr_recv describe why.
bool type_implements(Type *t, Type *i, Method **missing, Object **have, bool *ptr_recv);

// The checker's services to the lookups of types.c: the underlying type and
// methods of a generic instance, the methods of an interface with embedded
// ones, the signature of a declared method.
extern void (*type_expand_hook)(Type *named);
extern void (*type_complete_hook)(Type *iface);
extern void (*type_resolve_hook)(Object *method);
extern struct Package *type_local_package; // its types are shown without package name

// --- scopes
struct Scope {
    Scope *parent;
    struct ScopeEntry *table; uint32_t cap, len; // small ones are linear
    Pos pos, end;
    bool is_func;
};
Scope *scope_new(Scope *parent);
Object *scope_lookup_here(Scope *s, Name *name);
Object *scope_lookup(Scope *s, Name *name, Scope **where);
uint32_t scope_size(Scope *s);              // for walks: entries 0 .. size-1, some may be NULL
Object *scope_at(Scope *s, uint32_t i);
void scope_reserve(Scope *s, uint32_t n);    // room for n objects
Object *scope_insert(Scope *s, Object *obj); // returns the previous one, or NULL when entered
void scope_replace(Scope *s, Object *obj);   // enters obj in place of any previous one
Object *object_new(ObjKind kind, Pos pos, Package *pkg, Name *name, Type *type);

// --- universe.c
typedef enum BuiltinId {
#define BUILTIN(name, nmin, variadic, kind) BUILTIN_##name,
#include "compiler/builtins.def"
#undef BUILTIN
    BUILTIN_COUNT
} BuiltinId;
extern Scope *universe;
void universe_init(void);
Package *universe_unsafe(void);
void universe_adopt(void); // after an image was mapped

bool name_exported(const Name *n); // does it begin with an upper-case letter?

#endif
