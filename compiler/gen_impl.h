// SPDX-License-Identifier: MIT
// gen_impl.h: what the files of code generation share (emit.c, gen_*.c).
//
// A function is generated in one pass over its checked tree. Slots above the
// variables in scope form a stack of temporaries; every slot has one kind
// (pointer or scalar) for the whole function, so a temporary takes the lowest
// free run of slots whose kinds agree.
#ifndef CSP_COMPILER_GEN_IMPL_H
#define CSP_COMPILER_GEN_IMPL_H

#include "compiler/constant.h"
#include "compiler/lower.h"
#include "compiler/types.h"
#include "vm/bytecode.h"

enum { ANY = -1 };

typedef struct Label {
    int32_t at;          // word index, -1 while unknown
    VEC(uint32_t) uses;  // instructions to patch
} Label;

typedef struct Target { // an enclosing statement that branches may leave or continue
    struct Target *up;
    Stmt *stmt;
    Label *brk, *cont;
} Target;

typedef struct GotoLabel {
    Stmt *stmt;
    Label label;
} GotoLabel;

// A constant that instructions inside of a loop want in a slot: it is put there
// once, before the outermost loop.
typedef struct LoopConst {
    uint64_t bits;
    uint32_t slot;
} LoopConst;

typedef VEC(Word) WordList;
typedef VEC(LineEntry) LineList;
typedef VEC(uint8_t) KindList;

// An expression that is the same in all rounds of an innermost loop: it is
// computed once, before the loop.
typedef struct Hoisted {
    Expr *expr;
    uint32_t slot;
} Hoisted;

// A call that is its callee's body, while that is generated.
typedef struct Inlined {
    struct Inlined *up;
    FuncInfo *func, *caller;
    Stmt *tail;           // its last statement, behind which it ends
    Label end;
    uint32_t from, line;  // word index of the body, line of the call
    Target *targets;      // of the caller, as the following
    Label *fall;
    uint32_t results_at;
    bool ordered;
} Inlined;

// A part of an expression that was evaluated before the rest (gen_order.c).
typedef struct EarlyValue {
    Expr *e;
    uint32_t slot;
} EarlyValue;

typedef struct FuncGen {
    Func *fn;
    FuncInfo *info;       // NULL in wrappers; in the body of an inlined function that one
    WordList code;
    LineList lines;
    KindList kinds;       // SlotKind of each slot
    VEC(InlinedCall) inlines;
    VEC(FilePart) files;
    VEC(uint32_t) index_kinds;
    Inlined *inlined;     // the innermost one
    uint32_t inlined_words;
    uint32_t results_at;  // where return statements put results
    uint32_t top;         // first slot that is free
    uint32_t max_top;
    Target *targets;
    VEC(GotoLabel *) gotos;
    VEC(LoopConst) loop_consts;
    uint32_t loop_depth;
    VEC(Hoisted) hoisted;
    Label *fall;          // body of the next clause, for fallthrough
    Label epilogue;
    Label *range_leave;   // in the body of a range over a function: the end that stops the iteration
    VEC(EarlyValue) early;
    bool calm;            // the statement's expressions run no other code
    bool ordered;         // within a tree whose calls stand in their order
    bool has_epilogue, too_large;
    Type *held;                 // signature of the frame when its parameters live until it returns, or NULL
    bool far;             // branches may need to reach further than 16 bits
    uint32_t last_at;     // word index of the last instruction
    uint32_t before_at;   // of the one emitted before it
    uint32_t third_at;    // and before that one
    uint32_t fence;       // word index: here an instruction begins
    int32_t label_at;     // last word index that is a jump's target
    uint32_t last_line;
    Pos line_at, line_end; // of the last position looked up: where its line begins and ends
    uint32_t line_no;
} FuncGen;

typedef enum SlotKind { SLOT_FREE, SLOT_SCALAR, SLOT_POINTER } SlotKind;

// How a variable is stored; Object.gen_flags.
typedef enum VarStorage { VAR_NONE, VAR_SLOT, VAR_BOX, VAR_GLOBAL } VarStorage;

// --- emit.c: instructions, slots, labels
uint32_t emit(FuncGen *g, Opcode op, uint32_t a, uint32_t b, uint32_t c);
uint32_t emit_ext(FuncGen *g, Opcode op, uint32_t a, uint32_t b, uint32_t c, uint64_t x1);
uint32_t emit_ptr(FuncGen *g, Opcode op, uint32_t a, uint32_t b, uint32_t c, const void *x1);
void emit_new(FuncGen *g, uint32_t dst, const TypeDesc *d); // a new zero value, by address
void emit_word(FuncGen *g, uint64_t raw);
void emit_int(FuncGen *g, uint32_t dst, int64_t v);
void emit_move(FuncGen *g, uint32_t dst, uint32_t src, uint32_t n);
void emit_result(FuncGen *g, uint32_t dst, uint32_t tmp, uint32_t n); // as emit_move; tmp is not used any more
void emit_return(FuncGen *g);
bool emit_muladd(FuncGen *g, Opcode mul, Opcode muladd, uint32_t acc, uint32_t product); // acc += the temporary product just made
// dst = x op y in one with what made x or y, if there is an instruction for
// that; operands in slots from temps on are not read again. Else false.
bool emit_fused(FuncGen *g, Opcode op, uint32_t dst, uint32_t x, uint32_t y, uint32_t temps);
bool emit_step(FuncGen *g, uint32_t slot, int64_t v); // slot += v, 64 bits, in one with a step of another just made
bool emit_fused_imm(FuncGen *g, uint32_t dst, uint32_t x, int64_t v, uint32_t temps); // dst = x + v, 64 bits
bool emit_mem_product(FuncGen *g, bool sub, uint32_t ptr, uint64_t off, uint32_t product, uint32_t temps); // mem[ptr + off] += the temporary product just made
bool emit_index2(FuncGen *g, uint32_t dst, uint32_t row, uint32_t index, bool byte, uint32_t temps);   // of the slice just loaded to row
bool emit_field_index(FuncGen *g, uint32_t dst, uint32_t slice, uint32_t index, bool byte, uint32_t temps); // of the slice whose header was just loaded
bool emit_field_set(FuncGen *g, Opcode set, uint32_t slice, uint32_t value, uint32_t index, uint32_t temps); // the same
bool emit_array2(FuncGen *g, uint32_t dst, uint32_t row, uint32_t index, uint64_t len, uint32_t temps); // of the array whose address was just made
void emit_captures(FuncGen *g, uint32_t dst, uint32_t from, uint32_t n);
// As emit_result, of a value that the instructions from word `start` on have made.
void emit_results(FuncGen *g, uint32_t start, uint32_t dst, uint32_t tmp, uint32_t n);
void emit_zero(FuncGen *g, uint32_t at, uint32_t n);
void emit_jump(FuncGen *g, Label *to);
void emit_branch(FuncGen *g, Opcode op, uint32_t a, uint32_t b, Label *to); // compare and branch, 16-bit offset with escape
void emit_branch1(FuncGen *g, Opcode op, uint32_t a, Label *to);            // JUMP_T, JUMP_F
// Conditions: as emit_branch and emit_branch1, for operands that nobody reads
// again when they are in slots from temps on.
void emit_test(FuncGen *g, Opcode op, uint32_t a, uint32_t b, uint32_t temps, Label *to);
void emit_test_imm(FuncGen *g, Opcode op, uint32_t a, int64_t v, uint32_t temps, Label *to);
void emit_test_bool(FuncGen *g, bool sense, uint32_t a, uint32_t temps, Label *to);
void emit_step_loop(FuncGen *g, bool le, uint32_t i, uint32_t limit, uint32_t step, Label *top); // i += step, then the condition
void emit_range_loop(FuncGen *g, Opcode op, uint32_t i, uint32_t slice, uint32_t value, Label *top);
void emit_loop(FuncGen *g, Opcode op, uint32_t i, uint32_t limit, Label *top); // FOR_*: the end of a counted loop
void label_init(Label *l);
void label_here(FuncGen *g, Label *l);
void label_behind(FuncGen *g, Label *l);            // the same, of a label that nothing jumps back to
void emit_line(FuncGen *g, Pos pos);
void emit_file(FuncGen *g, Str path); // the file of what follows, where it is not the function's
void emit_generated(FuncGen *g); // what follows has no line
uint32_t slot_alloc(FuncGen *g, const TypeDesc *d);   // for a value of type d
uint32_t slot_word(FuncGen *g, bool pointer);         // one slot
uint32_t slot_run(FuncGen *g, const uint8_t *kinds, uint32_t n);
Func *func_new(Str name, Pos pos); // the name is in the arena
void func_finish(FuncGen *g);
void func_begin(FuncGen *g, Func *fn, Type *sig, Type *recv);

// --- representation
static inline bool is_big(const TypeDesc *d) { return d->size > BIG_BYTES; }
static inline uint32_t value_slots(const TypeDesc *d) { return frame_slots(d); }
static inline bool is_scalar_kind(uint8_t k) { return k <= KIND_COMPLEX64 || k == KIND_CHAN || k == KIND_FUNC || k == KIND_MAP || k == KIND_POINTER || k == KIND_UNSAFE_POINTER; }

// --- gen.c: functions, packages
typedef struct GenState {
    VEC(Func *) funcs;
    VEC(GlobalRoot) roots;
    VEC(FuncInfo *) queue;   // bodies still to generate
    struct Wrapper **wrappers; // hash table
    VEC(struct Wrapper *) wrapper_queue;
    int (*native_index)(const char *pkg, const char *name);
    struct Text **texts;     // sessions: constants that going back leaves alone, a hash table; else NULL
    VEC(struct ReplacedFunc *) replaced; // sessions: functions that lead to another one
    uint32_t ninits;         // packages whose initialisers were called
    WordList code;           // buffers for the next function (emit.c)
    LineList lines;
    KindList kinds;
} GenState;
GenState *gen_state(void);
Func *gen_func_of(Object *fn);             // Func of a declared function or method instance; queues its body
Func *gen_func_of_info(FuncInfo *info);
// Function called through an interface for a method of concrete type t.
struct Func *gen_method_entry(Type *t, Selection *sel);
// Closure target for x.M: one capture run holding the receiver value of type recv.
Func *gen_bound_method(Type *recv, Selection *sel);
// T.M as a function value.
Func *gen_method_expr(Type *recv, Selection *sel);
void *gen_global_addr(Object *var);
// Constants where the running program may keep a pointer to them: a string
// with its two words, its bytes alone, any bytes.
const Str *gen_text(Str s);
const char *gen_chars(Str s);
const void *gen_bytes(const void *p, size_t n);
void gen_drain(void);

// --- gen_expr.c
uint32_t expr(FuncGen *g, Expr *e);                 // value's slot; may be a variable's own
void expr_to(FuncGen *g, Expr *e, uint32_t dst);
void expr_discard(FuncGen *g, Expr *e);
void cond_jump(FuncGen *g, Expr *e, bool sense, Label *to);
// e converted to type `to` (assignability conversion: interfaces), into dst or ANY.
uint32_t expr_as(FuncGen *g, Expr *e, Type *to, int64_t dst);
uint32_t convert_slots(FuncGen *g, uint32_t src, Type *from, Type *to, int64_t dst);
bool const_word(Const *v, Type *t, uint64_t *bits); // the slot of a constant of a type with one scalar slot
bool loop_const(FuncGen *g, Const *v, Type *t, uint32_t *slot);
bool hoisted(FuncGen *g, const Expr *e, uint32_t *slot);
bool immediate_form(int op, Type *t, Expr *y);      // x op y has its constant y in the instruction
bool small_const(Expr *e, int64_t lo, int64_t hi, int64_t *v);

typedef enum PlaceKind { PLACE_SLOT, PLACE_MEM, PLACE_GLOBAL, PLACE_INDEX, PLACE_ARRAY, PLACE_MAP, PLACE_BLANK } PlaceKind;
typedef struct Place {
    uint8_t kind;
    bool part;           // SLOT: a field or element of the variable, not the whole
    uint32_t slot;       // SLOT: first slot of the variable; MEM: the pointer; INDEX: slice; ARRAY: pointer; MAP: map
    uint32_t index;      // INDEX, ARRAY: index slot; MAP: key slots
    uint64_t off;        // bytes: SLOT, MEM, GLOBAL; ARRAY: where the array begins
    uint32_t len;        // ARRAY
    void *addr;          // GLOBAL
    Type *type;          // of the value there
    Type *container;     // MAP: map type
    const struct ForeignMember *member; // a bit-field of the integer there; else NULL
} Place;
Place place_of(FuncGen *g, Expr *e);
uint32_t place_load(FuncGen *g, Place *p, int64_t dst);
uint32_t place_load_once(FuncGen *g, Place *p, int64_t dst, uint32_t temps); // of a place not used again, whose temporaries begin there
void place_store(FuncGen *g, Place *p, uint32_t src);
void place_store_once(FuncGen *g, Place *p, uint32_t src, uint32_t temps); // as place_load_once
void place_zero(FuncGen *g, Place *p);
uint32_t place_addr(FuncGen *g, Place *p);
uint32_t place_checked_addr(FuncGen *g, Place *p);  // panics when the place is at the nil pointer
bool behind_pointer(Expr *x);                       // is x reached through a pointer, which may be nil?
Place place_var(FuncGen *g, Object *o);
uint32_t map_key(FuncGen *g, Place *p);             // slots of the key, as map instructions want it
uint32_t multi_value(FuncGen *g, Expr *e, uint32_t *slots); // call with several results, or comma-ok form; count
void gen_source_ended(FuncGen *g);                  // the failure of an input command whose source has ended
void store_mem(FuncGen *g, uint32_t ptr, uint64_t off, Type *t, uint32_t src);
void load_mem(FuncGen *g, uint32_t dst, uint32_t ptr, uint64_t off, Type *t);
void composite_into(FuncGen *g, Expr *e, Place *p);
void comma_ok(FuncGen *g, Expr *e, uint32_t d, uint32_t ok); // the two-result forms; d and ok are not read meanwhile
void func_closure_value(FuncGen *g, FuncInfo *info, uint32_t dst); // a literal's function value
Type *frame_signature(Object *fn, Type *sig);
bool gen_is_marked(Object *o, const char *mark);    // has it a directive like "//go:noinline"?
FuncInfo *known_callee(Expr *call);                 // the declared function called, or NULL
uint32_t call_receiver(FuncGen *g, Expr *method);   // slot of the receiver as the method of x.M wants it
uint32_t gen_call(FuncGen *g, Expr *e);             // window base; results start at base + FRAME_HEADER
bool gen_is_intrinsic(FuncInfo *f);                 // is it one instruction?
bool gen_intrinsic(FuncGen *g, Expr *e, int64_t dst, uint32_t *out); // the call of one
void gen_intrinsic_body(FuncGen *g, FuncInfo *f);   // for its function value
uint32_t gen_builtin(FuncGen *g, Expr *e, int64_t dst);
void equal_values(FuncGen *g, Type *t, uint32_t x, uint32_t y, uint32_t dst);
uint32_t walk_path(FuncGen *g, Expr *x, Selection *sel, uint32_t n, Place *out);
void gen_go_defer(FuncGen *g, Stmt *s);
uint64_t call_counts(uint32_t low, Type *sig, Type *recv); // an extension word: results and parameters above a number
uint32_t call_window(FuncGen *g, Type *sig, Type *recv, uint32_t *first_arg);

// --- gen_order.c
typedef struct Order { // what held outside of the tree
    bool ordered;
    uint32_t early;
} Order;
bool order_is_unit(Expr *e);                        // is e evaluated by itself, in its turn?
Order order_begin(FuncGen *g, Expr *e);             // before the operands of a root or unit
Order order_begin_assign(FuncGen *g, ExprList *to, ExprList *from); // before a list, and where it goes or NULL
Order order_begin_pair(FuncGen *g, Expr *x, Expr *y);
void order_end(FuncGen *g, Order o);
bool order_early(FuncGen *g, Expr *e, uint32_t *slot); // was e evaluated before the rest?

// --- gen_inline.c
FuncInfo *inline_callee(FuncGen *g, Expr *call);    // the function whose body call can be, or NULL
Expr *inline_value(FuncInfo *f);                    // what a body that is one return statement returns, or NULL
void inline_begin(FuncGen *g, Expr *call, FuncInfo *f, Inlined *in); // evaluates the operands; f's parameters are bound until inline_end
void inline_end(FuncGen *g, Expr *call, Inlined *in);
void inline_call(FuncGen *g, Expr *call, FuncInfo *f, uint32_t at); // results into the slots from `at` on
uint32_t inline_results(FuncGen *g, FuncInfo *f);   // slots for the results

// --- gen_csp.c
typedef struct Arm { // operands of a select's case or a guard, evaluated
    uint32_t chan, value, ok;
    uint8_t kind;        // ArmKind
    bool fails;
    uint32_t slots;      // of a value sent
    Type *elem;          // NULL between processes by name
    const TypeDesc *filter;
    uint32_t timer;      // slot of the Timer of a guard with time.After, or NO_SLOT
} Arm;
void comm_arm(FuncGen *g, Stmt *s, Arm *a, bool guard); // all but the channel
void input_bind(FuncGen *g, Stmt *s, const Arm *a);
void input_stmt(FuncGen *g, Stmt *s);
void output_stmt(FuncGen *g, Stmt *s);
void unless_ended(FuncGen *g, uint32_t ok);         // fails unless ok
void comm_channel(FuncGen *g, Stmt *s, uint32_t dst);
void guarded_stmt(FuncGen *g, Stmt *s);
void parallel_stmt(FuncGen *g, Stmt *s);

// --- gen_stmt.c
void bind_received(FuncGen *g, Stmt *c, Arm *a);    // of a receive as Go's select has it
void stmt(FuncGen *g, Stmt *s);
void stmt_list(FuncGen *g, StmtList *l);
void block(FuncGen *g, StmtList *l);
bool needs_box(Object *o);                          // does the variable live in the heap?
void declare_var(FuncGen *g, Object *o);            // storage, not initialised
void init_var(FuncGen *g, Object *o, uint32_t src); // of the variable's type
void init_var_zero(FuncGen *g, Object *o);
void gen_return(FuncGen *g);
void read_held(FuncGen *g);
Target *find_target(FuncGen *g, Stmt *s);           // of a break or continue, or NULL
void branch(FuncGen *g, Stmt *s);
void set_int_var(FuncGen *g, Object *o, int64_t v);
void leave_range(FuncGen *g, int64_t exit);         // of the body of a range over a function
void result_values(FuncGen *g, FuncInfo *info, ExprList *list, uint32_t *slots, Type **types);
void store_result(FuncGen *g, uint32_t i, uint32_t slot, uint32_t v, Type *from);
void freeze_place(FuncGen *g, Place *p);            // copies the slots that it names
bool same_plain(Expr *a, Expr *b);                  // do both denote the same variable or field?
bool mentions(Expr *e, Object *o);
bool without_calls(Expr *e);

// --- gen_switch.c
void if_stmt(FuncGen *g, Stmt *s);
void switch_stmt(FuncGen *g, Stmt *s);
void type_switch(FuncGen *g, Stmt *s);
void select_stmt(FuncGen *g, Stmt *s);

// --- gen_loop.c
void for_stmt(FuncGen *g, Stmt *s);
void range_stmt(FuncGen *g, Stmt *s);
void return_from_range(FuncGen *g, Stmt *s);        // a return statement in the body of a range over a function
void range_func_body(FuncGen *g, FuncInfo *info);   // the function that is the body of a range over a function

#endif
