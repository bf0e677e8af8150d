// ast.h: the syntax tree, with the places where the checker leaves its answers.
//
// The parser fills the syntax part. The checker fills what is marked [check];
// code generation reads only a fully checked tree. Generic functions are
// checked once in general, and each instance gets a clone of its tree
// (ast_clone_*), checked with its type parameters bound, so generation never
// sees a type parameter.
#ifndef CSP_COMPILER_AST_H
#define CSP_COMPILER_AST_H

#include "compiler/source.h"
#include "compiler/token.h"

typedef struct Expr Expr;
typedef struct Stmt Stmt;
typedef struct Decl Decl;
typedef struct Object Object;
typedef struct Type Type;
typedef struct Const Const;
typedef struct FuncInfo FuncInfo;
typedef struct Selection Selection;
typedef struct Scope Scope;

typedef VEC(Expr *) ExprList;
typedef VEC(Stmt *) StmtList;

typedef enum ExprKind {
    EXPR_BAD,
    EXPR_IDENT,       // identifier
    EXPR_BASIC_LIT,   // int float imaginary rune string
    EXPR_COMPOSITE,   // Type { Elements }; type NULL when elided
    EXPR_KEY_VALUE,   // key : value, in composites only
    EXPR_FUNC_LIT,    // func Signature Body
    EXPR_PAREN,       // ( Expression )
    EXPR_SELECTOR,    // X . identifier
    EXPR_INDEX,       // X [ i ] and instantiation X [ T1, T2 ]
    EXPR_SLICE,       // X [ lo : hi : max ]
    EXPR_TYPE_ASSERT, // X . ( Type ); type NULL for .(type)
    EXPR_CALL,        // F ( args ... )
    EXPR_STAR,        // * X
    EXPR_UNARY,       // op X; op TOK_ARROW is receive, TOK_AND is address, TOK_TILDE in constraints
    EXPR_BINARY,      // X op Y
    EXPR_RECV_POST,   // X ?  (notation: receive; the value or failure)
    // types
    EXPR_ARRAY_TYPE,  // [ len ] Elem; len NULL: slice; len EXPR_ELLIPSIS: [...]
    EXPR_STRUCT_TYPE, EXPR_FUNC_TYPE, EXPR_INTERFACE_TYPE, EXPR_MAP_TYPE,
    EXPR_CHAN_TYPE,
    EXPR_ELLIPSIS,    // ...T in parameters, or ... in [...]T
    EXPR_KIND_COUNT
} ExprKind;

// What an expression denotes. [check]
typedef enum ExprMode {
    MODE_INVALID,   // an error was reported
    MODE_NOVALUE,   // call without result
    MODE_BUILTIN,   // a builtin function, only called
    MODE_TYPE,      // a type
    MODE_CONST,     // a constant; Expr.val is its value
    MODE_VAR,       // addressable
    MODE_MAPINDEX,  // m[k]: assignable, not addressable, comma-ok
    MODE_VALUE,     // a computed value
    MODE_NIL,       // nil; type is the type it is converted to
    MODE_COMMAOK,   // value with optional second result (receive, assertion)
    MODE_PACKAGE
} ExprMode;

typedef struct Field { // parameter, result, struct field, interface element, receiver
    Expr *name;        // EXPR_IDENT, or NULL (anonymous, embedded, union element)
    Expr *type;
    Expr *tag;         // struct fields: EXPR_BASIC_LIT or NULL
    bool embedded;     // struct: embedded field; interface: embedded type or union
} Field;
typedef VEC(Field) FieldList;

struct Expr {
    uint8_t kind;      // ExprKind
    uint8_t mode;      // ExprMode [check]
    uint8_t op;        // TokenKind of unary, binary
    uint8_t flags;     // ExprFlag
    Pos pos;           // of the token Go's compiler reports: operator of a binary, '(' is end of F in a call ...: see each node
    Pos start, end;    // whole extent
    Type *type;        // [check] final type; untyped constants and nil are converted to their context's type
    Const *val;        // [check] with MODE_CONST
    union {
        struct { Name *name; Object *obj; } ident;         // obj [check]
        struct { uint8_t lit_kind; Str text; } lit;        // lit_kind TokenKind; text as in the source
        struct { Expr *type; ExprList elems; Pos lbrace, rbrace; } composite;
        struct { Expr *key, *value; } kv;
        struct { Expr *sig; Stmt *body; FuncInfo *info; } func; // info [check]
        struct { Expr *x; } paren;
        struct { Expr *x; Expr *sel; Selection *selection; Object *obj; } selector; // sel: EXPR_IDENT; obj [check]: qualified identifier pkg.Name; selection [check] otherwise
        struct { Expr *x; ExprList index; Object *instance; } index; // instance [check]: function instance when this instantiates one
        struct { Expr *x, *lo, *hi, *max; bool three; } slice;
        struct { Expr *x, *type; } assert_;
        struct { Expr *fn; ExprList args; Pos lparen, rparen; bool ellipsis; uint8_t call_kind; uint8_t builtin; Object *instance; Expr *spread; struct ForeignUse *foreign; } call; // call_kind CallKind, builtin BuiltinId, instance: inferred function instance of fn, spread: call whose results are the builtin's args, which then name temporaries, foreign: of CALL_FOREIGN [check]
        struct { Expr *x; } unary;                          // also STAR, RECV_POST
        struct { Expr *x, *y; } binary;
        struct { Expr *len, *elem; } array;
        struct { FieldList fields; } struct_;
        struct { FieldList tparams, params, results; Pos lparen; } sig; // FUNC_TYPE
        struct { FieldList elems; } iface;                  // methods have name and FUNC_TYPE type
        struct { Expr *key, *elem; } map;
        struct { Expr *elem; uint8_t dir; } chan;           // dir: 1 receive only, 2 send only, 3 both
        struct { Expr *elem; } ellipsis;
    };
};

typedef enum ExprFlag {
    EXPR_COMMA_OK = 1,     // [check] the two-result form is wanted; type is then the TUPLE (T, bool)
    EXPR_IMPLICIT = 2,     // made by the parser or checker, not in the source
} ExprFlag;

typedef enum CallKind { // [check]
    CALL_FUNC,         // fn is a function value or function name
    CALL_METHOD,       // fn is a selector with a method selection (concrete or interface)
    CALL_CONVERSION,   // fn is a type; one argument
    CALL_BUILTIN,
    CALL_FOREIGN,      // fn is a C function or points to one
} CallKind;

typedef enum StmtKind {
    STMT_BAD, STMT_EMPTY,
    STMT_EXPR,      // Expression
    STMT_SEND,      // Ch <- Value, and the notation's Ch ! Value
    STMT_INCDEC,    // X ++ | X --
    STMT_ASSIGN,    // lhs = rhs, lhs op= rhs
    STMT_DEFINE,    // lhs := rhs
    STMT_GO, STMT_DEFER,
    STMT_RETURN,
    STMT_BRANCH,    // break continue goto fallthrough [ label ]
    STMT_BLOCK,
    STMT_IF,
    STMT_SWITCH,    // expression switch
    STMT_TYPE_SWITCH,
    STMT_SELECT,
    STMT_FOR,
    STMT_RANGE,
    STMT_LABELED,
    STMT_DECL,      // const, var, type inside functions; func in scripts
    // the notation of CSP
    STMT_INPUT,     // Ch ? target [, ok]
    STMT_GUARDED,   // [*] [pri] [ guard -> list [] ... ]
    STMT_PARALLEL,  // [ P || Q ]
    STMT_KIND_COUNT
} StmtKind;

// What stands in a function's body, the bodies of literals in it left out.
typedef enum BodyTrait {
    BODY_LABELS = 1,       // labels
    BODY_NEVER_INLINED = 2 // a statement or literal that is never put in place of a call
} BodyTrait;
extern const uint8_t ast_stmt_traits[STMT_KIND_COUNT];
extern const uint8_t ast_stmt_sizes[STMT_KIND_COUNT]; // a statement takes memory only for the part of its kind, too

typedef struct CaseClause {
    Pos pos, colon;
    ExprList exprs;     // switch: values; type switch: types (nil is EXPR_IDENT nil); empty with is_default
    Stmt *comm;         // select: STMT_SEND, STMT_EXPR (receive), STMT_ASSIGN/STMT_DEFINE (receive), STMT_INPUT; NULL: default
    bool is_default;
    StmtList body;
    Object *var;        // [check] type switch with x := : the clause's variable, else NULL
} CaseClause;

struct Stmt {
    uint8_t kind;       // StmtKind
    uint8_t op;         // TokenKind: op of op=, ++/--, branch keyword
    bool calm;          // [check] no call or receive stands in its own expressions
    Pos pos, end;
    union {
        struct { Expr *x; } expr;
        struct { Expr *ch, *value; ExprList tuple; bool bang; struct Comm *comm; } send; // tuple: the values of c!(a, b), value is then NULL; comm [check]: of the notation's forms
        struct { Expr *x; } incdec;
        struct { ExprList lhs, rhs; uint64_t new_mask; } assign; // DEFINE: bit i: lhs i declares a new variable [check] (lhs beyond 63: look at ident.obj->pos)
        struct { Expr *call; } go;                    // and defer
        struct { ExprList results; FuncInfo *func; } ret;  // func [check]
        struct { Name *label; Pos label_pos; Stmt *target; FuncInfo *func; uint32_t exit; } branch; // [check] target: the labelled or innermost statement left or continued; for goto the STMT_LABELED; func: where it stands; exit: its number when it leaves the body of a range over a function, else 0
        struct { StmtList list; Pos rbrace; uint8_t traits; } block; // traits BodyTrait: of a function's body
        struct { Stmt *init; Expr *cond; Stmt *then, *else_; } if_;
        struct { Stmt *init; Expr *tag; CaseClause *clauses; uint32_t nclauses; Pos rbrace; } switch_;
        struct { Stmt *init; Name *name; Pos name_pos; Expr *x; CaseClause *clauses; uint32_t nclauses; Pos rbrace; } type_switch;
        struct { CaseClause *clauses; uint32_t nclauses; Pos rbrace; } select;
        struct { Stmt *init; Expr *cond; Stmt *post, *body; VEC(Object *) loop_vars; } for_; // loop_vars [check]: variables of init that need a fresh copy each iteration
        struct { Expr *key, *value, *x; bool define; Stmt *body; struct RangeFunc *func; } range; // key/value idents declared when define; func [check]: over a function
        struct { Name *label; Stmt *stmt; bool used; FuncInfo *func; } labeled; // func [check]: where it stands
        struct { Decl *decl; } decl;
        struct { Expr *ch, *ok; ExprList targets; bool tuple; struct Comm *comm; } input; // comm [check]
        struct { struct GuardedCmd *cmds; uint32_t ncmds; bool repeat, pri; } guarded;
        struct { struct Process *procs; uint32_t nprocs; FieldList chans; struct Network *net; } parallel; // net [check]
    };
};

// A range over a function: its body is a function of its own, the argument of
// the call. The variables are made by the checker; those that end control
// belong to the outermost such statement of a function and are shared by the
// ones in its body.
typedef struct RangeFunc {
    FuncInfo *body;
    Object *state;        // of this loop: RANGE_READY for the body, running, or over
    Object *exit;         // why the loop ended: 0, the number of a branch, or RANGE_RETURN*
    Object *frame;        // the function's frame, for defer statements in the body
    Object **results;     // values of a return statement in the body
    VEC(Stmt *) exits;    // branches in the body that leave more than this loop
    uint32_t *nexits;     // last number given in the outermost statement
    bool outermost;
    bool *returns;        // a return statement stands in some body
} RangeFunc;

// Notation (../docs/notation.md): Range, GuardedCmd, Process.
typedef struct Range { Expr *name, *lo, *hi; Object *var; } Range;
typedef struct GuardedCmd {
    Pos pos;
    VEC(Range) ranges;
    bool is_default, is_else;
    StmtList guard;       // STMT_DECL, STMT_EXPR (boolean), last may be a communication
    StmtList body;
} GuardedCmd;
typedef struct Process {
    Pos pos;
    Expr *label;          // EXPR_IDENT or NULL
    VEC(Range) subs;      // name NULL: a single subscript expression in lo
    StmtList body;
    Pos end;
    struct ProcessInfo *info; // [check]
} Process;

typedef enum DeclKind { DECL_BAD, DECL_IMPORT, DECL_CONST, DECL_VAR, DECL_TYPE, DECL_FUNC } DeclKind;

// One Decl is one spec; a parenthesised group gives a chain through next_in_group.
struct Decl {
    uint8_t kind;
    Pos pos;              // of the name(s), or of the keyword without one
    Decl *next_in_group;
    Str doc;              // comment text above, as in the source; may be empty
    union {
        struct { Expr *path; Expr *name; Str preamble; } import;  // name: ident (also _ and .) or NULL
        struct { ExprList names; Expr *type; ExprList values; uint32_t iota; bool inherited; VEC(Object *) objs; } value; // const: inherited type/values of an earlier spec are shared pointers: clone before checking
        struct { Expr *name; FieldList tparams; bool alias; Expr *type; Object *obj; } type;
        struct { Expr *name; Field *recv; Expr *sig; Stmt *body; Object *obj; Pos end; ArenaSpan tree; } func; // tree: all of it; recv NULL for functions; body NULL: external; receiver type parameters stand as EXPR_INDEX in recv->type
    };
};

typedef struct LinkName { Pos pos, end; Name *local; } LinkName; // of a //go:linkname

typedef struct FileAst {
    SourceFile *source;
    Expr *package_name;        // EXPR_IDENT; NULL for a script
    VEC(Decl *) decls;         // package level, imports first, in order
    StmtList script;           // a script's statements in order; its declarations stand here as STMT_DECL, except func declarations, which are in decls
    Str doc;
    int lang_minor;            // from //go:build go1.N, 0: none
    VEC(LinkName) linknames;
} FileAst;

// An expression takes memory only for the part of its kind: copies are made by
// these, never by assignment.
extern const uint8_t ast_expr_sizes[EXPR_KIND_COUNT];
static inline size_t ast_expr_size(int kind) { return ast_expr_sizes[kind]; }
void ast_copy_expr(Expr *to, const Expr *from); // to: room for any kind
Expr *ast_dup_expr(const Expr *e);              // a shallow copy

// Deep copies with the [check] parts cleared.
Expr *ast_clone_expr(const Expr *e);
Stmt *ast_clone_stmt(const Stmt *s);
Decl *ast_clone_decl(const Decl *d);

// Walks over a tree, outside in. Of identifiers it meets those that stand for a
// name in scope (no selectors, no field names of literals that are surely such).
typedef struct AstVisitor {
    bool (*expr)(Expr *e, void *ctx); // false: not what is inside of e
    void (*stmt)(Stmt *s, void *ctx); // or NULL
    void *ctx;
} AstVisitor;
void ast_visit(Expr *e, const AstVisitor *v);
void ast_visit_stmt(Stmt *s, const AstVisitor *v);

static inline Expr *ast_unparen(Expr *e) {
    while (e && e->kind == EXPR_PAREN) e = e->paren.x;
    return e;
}
bool ast_is_call(const Expr *e); // of a checked one: does it run code that may change what is read around it?
// Source-like text of an expression, for messages; arena-owned.
const char *ast_string(const Expr *e);

#endif
