// SPDX-License-Identifier: MIT
// parser_impl.h: what the parts of the parser share. Recursive descent, one
// token of look-ahead; types are parsed as expressions where the grammar does
// not tell them apart, and the checker sorts them out.
#ifndef CSP_COMPILER_PARSER_IMPL_H
#define CSP_COMPILER_PARSER_IMPL_H

#include "compiler/lexer.h"
#include "compiler/parser.h"

typedef struct Parser {
    Lexer l;
    uint8_t traits;   // BodyTrait, of the function body so far
    int expr_level;   // < 0: in a control clause, where '{' begins the block
    int depth;        // of nesting, limited
    uint32_t height;  // of the highest tree of operators and suffixes since begin_height
    bool in_func;
    bool fresh_error; // no token was taken since the last error
    int errors_before; // syntax errors of the files before this one
    Pos error_pos;
    uint32_t sync;    // places passed where reading begins anew: a statement, a field, an element
    uint32_t error_sync; // the value of sync at the last error, + 1
    bool unsettled;   // no declaration or statement at the margin has begun since the last error
    Pos broken_at;    // the token before which a statement that went wrong ended with its line
    bool ended_early; // the first error was that the text had ended
    bool to_format;   // PARSE_TO_FORMAT
    // the notation of CSP (parse_csp.c)
    uint8_t command;  // CommandKind: what the statements being read stand directly in
    int input_level;  // expr_level + 1 where a '?' may begin an input command, 0 elsewhere
    const struct BracketTable *brackets; // made when first asked for
} Parser;

typedef enum CommandKind { IN_BRACES, IN_GUARDED, IN_PARALLEL } CommandKind;

extern Parser parser;

enum { MAX_NESTING = 10000, MAX_HEIGHT = 50000 };

// --- parser.c: tokens, errors, declarations
static inline int tok(void) { return parser.l.kind; }
static inline Pos tok_pos(void) { return parser.l.pos; }
static inline void begin_anew(void) { parser.sync++; }
static inline bool broken_before(void) { return parser.broken_at == parser.l.pos; }
static inline void next_token(void) {
    parser.fresh_error = false;
    lexer_next(&parser.l);
}
static inline bool got(int kind) {
    if (tok() != kind) return false;
    next_token();
    return true;
}
bool want_missing(int kind);                  // reports it: false
static inline bool want(int kind) { return got(kind) || want_missing(kind); }
bool syntax_error(const char *msg);           // at the current token: "unexpected X" + msg; false: said before
void syntax_error_at(Pos pos, const char *msg);
bool nesting_too_deep(void);                  // reports it: false
static inline bool enter_nesting(void) { return parser.depth++ < MAX_NESTING || nesting_too_deep(); }
static inline void leave_nesting(void) { parser.depth--; }
static inline uint32_t begin_height(void) {   // of an expression; answers what end_height wants
    uint32_t outer = parser.height;
    parser.height = 0;
    return outer;
}
void grow_height(uint32_t left);              // one more operator or suffix behind an operand of that height
static inline void end_height(uint32_t outer) {
    if (outer > parser.height) parser.height = outer;
}
bool starts_statement(int kind);
void skip_to(const uint8_t *follow, int n);   // error recovery
void colon_before_type(void);                 // at a ':' that should not be there
bool got_assign(void);                        // '='; := is an error and taken for it
Decl *parse_decl(int keyword);                // const, var, type group after its keyword; chain through next_in_group
Decl *parse_func_decl(Pos func_pos);

// --- parse_expr.c
Expr *new_expr(int kind, Pos start);
Expr *finish(Expr *e);                        // sets the end behind the last token taken
Expr *bad_expr(Pos pos);
Expr *parse_name(void);
Expr *parse_expr(void);
ExprList parse_expr_list(void);
Expr *parse_unary(void);
Expr *parse_binary_from(Expr *x, int prec);   // x may be NULL
Expr *parse_operand_suffixes(Expr *x, bool keep_parens);
Expr *parse_type(void);                       // error when there is none
Expr *parse_type_or_null(void);
Expr *parse_signature(Pos start, bool tparams_allowed);
FieldList parse_params(bool type_params, int close);
FieldList parse_params_from(Expr *first_name, Expr *first_type, bool type_params, int close);
Expr *parse_func_body_expr(Expr *sig, Pos start);
Expr *parse_embedded_elem(Expr *first);       // union of types in constraints

// --- parse_stmt.c
Stmt *new_stmt(int kind, Pos pos);
Stmt *parse_stmt(void);                       // NULL: no statement begins here
StmtList parse_stmt_list(void);
Stmt *parse_block(const char *context);
Stmt *parse_func_body(void);
Stmt *parse_simple_stmt(bool range_ok);
Stmt *finish_stmt(Stmt *s);
void skip_statement(void);                    // the rest of one that went wrong, with its block
void stray_else(void);                        // at an else on a line of its own
bool skip_to_block(void);                     // to the '{' that ends a line; false: there is none

// --- parse_hints.c
void report_syntax(const char *text, const char *msg); // at the current token, with advice; msg: what text was made of
bool end_of_statement_error(const char *msg, Pos begin); // of the statement that began there; false: said before
#define COMMA_ADVICE "in a list that goes on in the next line, or is closed there, a comma ends the line"
#define STRAY_STATEMENT "non-declaration statement outside function body"
#define BRACE_ADVICE "a body stands in braces, and its { on this line"
bool at_margin(void);                         // the current token's line is not indented
bool line_ends_behind(void);                  // the current token
bool foreign_block(const char *inside);       // is the name at hand, before a block that begins with inside, a keyword of another language or a misspelt one?

// --- directives.c
void check_directives(FileAst *f);            // that //go: comments stand where they may

// --- parse_csp.c
bool at_command(void);                        // a guarded or parallel command begins here
Stmt *parse_command(void);
bool at_empty_brackets(void);                 // "[]" between guarded commands
bool at_process_bar(void);                    // "||" between processes
bool input_follows(void);                     // at '?': it begins an input command, and is no postfix receive
Stmt *parse_input(Expr *ch);                  // at '?'
Stmt *parse_output(Expr *ch);                 // at '!'
Stmt *parse_hoare_decl(ExprList names);       // at ':'
Stmt *hoare_decl_of_label(Stmt *labeled);     // "a: T" read as a labelled statement; NULL: it is one

#endif
