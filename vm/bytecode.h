// bytecode.h: the format in which compiler and machine meet.
//
// Code is a sequence of 64-bit words. An instruction is one word, op:16 a:16
// b:16 c:16, followed by as many extension words as its row in opcodes.def
// says. Extension words are raw 64-bit data (pointers, constants, packed
// numbers). Jump offsets count words and are relative to the word behind the
// instruction (its extension words included).
//
// Frames. A frame is a window of 64-bit slots in the goroutine's stack; an
// operand names a slot of the current window. Slots of a callee's window:
//   0            return address (Word *), written by the call
//   1            Closure * of the running function, written by the call
//   2..          results, in slot layout, each starting at a slot of its own
//   behind them  parameters (the receiver first)
//   behind them  locals and temporaries, up to Func.nslots
// A call names the slot where the callee's window begins; arguments have been
// computed into it before. All call instructions take exactly two words, so
// the return address's word [-2] is the call and its A is the window's base:
// a return is pc = fp[0], fp -= pc[-2].a slots.
// Nothing in memory points into a stack, except the wait entries of a parked
// goroutine; variables whose address is taken live in the heap.
//
// Pointer map. Each slot is of one kind for the whole function: either it may
// hold a heap pointer or it never does (Func.ptr_map). The collector looks at
// pointer slots that are live (liveness.h); others hold anything. Where it does
// not know what is live it looks at all of them: an old pointer to memory that
// is free, or something else by now, does no harm.
//
// Owner: Func, Program and all they point to live in the compiler's arena,
// which is handed over with the Program.
#ifndef CSP_VM_BYTECODE_H
#define CSP_VM_BYTECODE_H

#include <string.h>

#include "runtime/site.h"
#include "runtime/type.h"

typedef union Word {
    struct { uint16_t op, a, b, c; };
    struct { uint32_t low, high; };   // of an extension word
    uint64_t raw;
    const void *ptr;
} Word;

_Static_assert(sizeof(Word) == 8, "an instruction is one 64-bit word");

typedef enum Opcode {
#define OP(name, a, b, c, ext, flags, effect) OP_##name,
#include "vm/opcodes.def"
#undef OP
    OP_COUNT
} Opcode;

enum { FRAME_RET = 0, FRAME_CLOSURE = 1, FRAME_HEADER = 2, NO_SLOT = 0xffff };
enum { MAX_SLOTS = 0xfff0 };

// A value of a type larger than this is represented in slots by one pointer to
// a heap copy that nobody changes.
enum { BIG_BYTES = 1024 };

// Slots that a value of type d takes in frames and channels.
static inline uint32_t frame_slots(const TypeDesc *d) { return d->size > BIG_BYTES ? 1 : (uint32_t)type_slots(d); }

typedef struct Func Func;

// A function value points to a Closure. Functions without captured variables
// use the one inside their Func.
typedef struct Closure {
    Func *fn;
    uint64_t captures[]; // in slot layout, as Func.closure_type describes them
} Closure;

typedef struct LineEntry { // sorted by pc; an entry holds up to the next one
    uint32_t pc;           // word index in Func.code
    uint32_t line;         // 1-based; 0: generated code, not shown in tracebacks
} LineEntry;

typedef struct FilePart { // the same, of functions with parts from elsewhere (//line)
    uint32_t pc;
    Str file;
} FilePart;

// Code of a function that is the body of another one, in place of its call.
// Inner ones stand before the ones around them.
typedef struct InlinedCall {
    uint32_t from, to;     // word indices in Func.code, to exclusive
    uint32_t line;         // of the call
    const Func *fn;        // whose body it is; lines in between are of its file
} InlinedCall;

typedef enum FuncFlag {
    FUNC_HAS_DEFER = 1,   // has an epilogue at defer_pc
    FUNC_WRAPPER = 2,     // generated; skipped by tracebacks and by recover's "called directly" rule
    FUNC_DEFERRED_RECOVER = 8, // "defer recover()": recovers in the name of the function that runs it at its return
    FUNC_NATIVE = 4,      // code is the stub of a native: ZERO of its results if need be, NATIVE, RET
} FuncFlag;

struct Func {
    Func *self;            // makes &fn->self a Closure without captures
    Word *code;
    uint32_t ncode;        // words
    uint32_t nslots;       // whole window, header included, without callee windows beyond it
    uint32_t nresult_slots, nparam_slots;
    const uint8_t *ptr_map; // bit i: slot i may hold a pointer (slot 1 always does); nslots bits
    uint32_t flags;        // FuncFlag
    uint32_t defer_pc;     // with FUNC_HAS_DEFER: word index of the epilogue (see OP_DEFER_RUN)
    uint32_t native;       // with FUNC_NATIVE: index in the table of natives
    const TypeDesc *closure_type; // of Closure objects of this function: size and pointers; NULL without captures
    Str name;              // as tracebacks print it: "main.(*T).Method", "main.main.func1"
    Str file;
    uint32_t line;         // of the declaration
    const LineEntry *lines;
    uint32_t nlines;
    const FilePart *files;   // or none
    uint32_t nfiles;
    const uint32_t *index_kinds; // word index << 1 | whether indices are unsigned from there on; signed at first
    uint32_t nindex_kinds;
    const InlinedCall *inlined;
    uint32_t ninlined;
};

static inline Closure *func_closure(Func *f) { return (Closure *)&f->self; }

// The cases of a switch over strings, for OP_SWITCH_STR: a hash table with open
// addressing, at most half full.
typedef struct StringCase {
    Str s;
    int32_t offset; // relative to the word behind the instruction
    bool used;
} StringCase;

typedef struct StringTable {
    uint32_t mask; // number of cases - 1
    StringCase cases[];
} StringTable;

static inline uint64_t string_table_bytes(const char *p, uint64_t n) {
    uint64_t v = 0;
    memcpy(&v, p, n);
    return v;
}

// Where the search begins: both ends of the string and its length.
static inline uint32_t string_table_hash(Str s) {
    uint64_t n = (uint64_t)s.len, first = 0, last = 0;
    if (n >= 8) first = string_table_bytes(s.ptr, 8), last = string_table_bytes(s.ptr + n - 8, 8);
    else if (n >= 4) first = string_table_bytes(s.ptr, 4), last = string_table_bytes(s.ptr + n - 4, 4);
    else if (n) first = (uint64_t)(uint8_t)s.ptr[0] << 16 | (uint64_t)(uint8_t)s.ptr[n / 2] << 8 | (uint8_t)s.ptr[n - 1];
    uint64_t h = (first ^ n << 56) * 0x9e3779b97f4a7c15u + last;
    h = (h ^ h >> 32) * 0xd6e8feb86659fd93u;
    return (uint32_t)(h >> 32);
}

// A case of OP_SELECT, as constant data behind its extension word. A receive
// into nothing still names a run of slots wide enough for the element.
typedef struct SelectCase {
    uint16_t chan;  // slot of the channel; a nil channel is never ready; of a condition: its value
    uint16_t value; // first slot of the value sent or received
    uint16_t ok;    // slot for the second result of a receive, or NO_SLOT
    uint8_t kind;   // ArmKind
    bool fails;     // a closed channel makes the case fail (guards), instead of Go's meaning
    uint16_t slots; // send: of the value
    const TypeDesc *filter; // receive: only values of this dynamic type, NULL: any
} SelectCase;

// States of a range over a function, for OP_RANGE_CHECK.
typedef enum RangeState { RANGE_READY, RANGE_DONE, RANGE_OVER, RANGE_RUNNING } RangeState;

// Bytes that the collector treats as roots: the package variables.
typedef struct GlobalRoot {
    void *addr;
    const TypeDesc *type;
} GlobalRoot;

// Descriptors the machine itself needs, by role. Filled by the compiler from
// the universe and from package runtime of the library.
typedef struct WellKnown {
    const TypeDesc *type_int, *type_string, *type_bool, *type_float64, *type_uint8, *type_int32, *type_error, *type_any;
    const TypeDesc *runtime_error;        // runtime.errorString: a string kind; Error() adds "runtime error: "
    const TypeDesc *runtime_plain_error;  // runtime.plainError: a string kind; Error() returns it as it is
    const TypeDesc *type_assertion_error; // *runtime.TypeAssertionError; struct {message string}
    const TypeDesc *panic_nil_error;      // *runtime.PanicNilError
    uint32_t sel_error, sel_string;       // selectors of Error() string and String() string
} WellKnown;

// --- C functions. The compiler describes them; the machine finds their
// addresses before the program runs and keeps its own notes in the fields
// marked [machine].

typedef enum ForeignKind { // of a value that goes to C or comes from there
    FOREIGN_VOID, FOREIGN_BOOL, FOREIGN_I8, FOREIGN_I16, FOREIGN_I32, FOREIGN_I64, FOREIGN_U8, FOREIGN_U16, FOREIGN_U32, FOREIGN_U64,
    FOREIGN_F32, FOREIGN_F64, FOREIGN_C64, FOREIGN_C128, FOREIGN_PTR,
    FOREIGN_STRUCT,   // by value; unions too
    FOREIGN_PROMOTED, // a float32 passed as double to the variable part of a function
    FOREIGN_LDOUBLE,  // a float64 that is a long double in C
    FOREIGN_STRING,   // a string as const char *: a copy that lives as long as the call
    FOREIGN_SLICE,    // a slice as pointer to its first element
    FOREIGN_FUNC      // a function value as C function pointer, good as long as the call
} ForeignKind;

typedef struct ForeignField { // a scalar inside of a struct, at any depth
    uint32_t offset;
    uint8_t kind;
} ForeignField;

typedef struct ForeignType {
    uint8_t kind;
    bool boxed;          // the slot holds a pointer to a heap copy: larger than the compiler keeps in slots
    bool misaligned;     // STRUCT: a field is off its alignment, as in packed ones
    uint16_t slots;      // in the window
    uint32_t size, align, nfields; // STRUCT
    const ForeignField *fields;    // STRUCT: for the rules of passing; members of unions overlap
    const TypeDesc *desc;
    const struct ForeignSignature *callee; // FUNC: what C calls it with, when desc does not tell all; else NULL
} ForeignType;

typedef struct ForeignSignature { // of a function with unions by value, which are arrays of bytes in the language
    ForeignType result;
    const ForeignType *params;
} ForeignSignature;

typedef struct ForeignSymbol {
    const char *name;    // C.name
    const char *symbol;  // in libraries
    const char *where;   // "main.go:12:5", for messages
    uint32_t unit;       // number of the unit that knows the libraries
    bool is_var;
    bool in_object;      // the companion object tells its address as csp_address_<name>
    void *addr;          // [machine]
} ForeignSymbol;

typedef struct ForeignCall { // operand of OP_CALL_C
    ForeignSymbol *symbol;      // NULL: the address is in a slot
    ForeignType result;
    const ForeignType *params;
    uint32_t nparams, nfixed;   // nfixed: before the variable part
    bool variadic;
    bool fast;                  // returns at once: the processor is kept
    const TypeDesc *errno_type; // syscall.Errno: errno is the second result; NULL: not wanted
    void *prepared;             // [machine]
} ForeignCall;

typedef struct ForeignExport {  // a function that C code may call by name
    const char *name;
    uint32_t unit;
    const Closure *closure;
    const TypeDesc *type;
} ForeignExport;

typedef struct ForeignUnit {    // the C side of one package
    const char *object;         // path of the companion object, or NULL
    bool temporary;             // it is to be removed once it is loaded: there is no cache
    const char *const *flags;   // -lfoo, -L/dir and other words for the linker
    uint32_t nflags;
    const char *dir;            // of the package's source
    const char *where;          // of its import "C"
} ForeignUnit;

typedef struct ForeignTable {
    ForeignUnit *units;
    ForeignSymbol *const *symbols;
    ForeignCall *const *calls;
    const ForeignExport *exports;
    uint32_t nunits, nsymbols, ncalls, nexports;
} ForeignTable;

// What a compilation hands to the machine.
typedef struct Program {
    Func *entry;           // runs all package initialisers in order, then main.main; no parameters, no results
    const GlobalRoot *roots;
    uint32_t nroots;
    Func *const *funcs;    // every function, for disassembly and verification
    uint32_t nfuncs;
    const TypeDesc *const *types; // every descriptor, for reflection
    uint32_t ntypes;
    ForeignTable foreign;
    WellKnown known;
    int language;          // go1.N
} Program;

// func_line returns the source line of word index pc in f, 0 for generated code;
// of an inlined function's code the line in that function.
uint32_t func_line(const Func *f, uint32_t pc);

// func_unsigned_index: is the index of the instruction at pc of a 64-bit unsigned type?
bool func_unsigned_index(const Func *f, uint32_t pc);

// func_source tells whose source stands at word index pc of f, and which line of
// it: at depth 0 the innermost inlined function's, above it its caller's, at last
// f's own. false: so deep are not.
typedef struct FuncSource { const Func *fn; uint32_t line; Str file; } FuncSource;
bool func_source(const Func *f, uint32_t pc, uint32_t depth, FuncSource *out);

typedef struct OpInfo { // one row of opcodes.def
    const char *name;
    uint8_t a, b, c;      // OperandRole
    uint8_t ext;          // number of extension words; EXT_VAR: see the opcode
    uint16_t flags;       // OpFlag
    const char *effect;
} OpInfo;

typedef enum OperandRole {
    ROLE___,   // unused, zero
    ROLE_DST, ROLE_DST2, ROLE_DST3, // writes 1, 2, 3 slots
    ROLE_SRC, ROLE_SRC2, ROLE_SRC3, // reads 1, 2, 3 slots
    ROLE_RW,   // reads and writes a slot
    ROLE_BASE, // begin of a callee's window
    ROLE_RUN,  // first of several slots, counted by another operand
    ROLE_IMM,  // unsigned 16-bit number
    ROLE_SIMM, // signed 16-bit number
    ROLE_JMP,  // signed 16-bit jump offset
    ROLE_LIM,  // with the next operand: low half of a signed 32-bit number or offset
    ROLE_HIM,  // high half of it
    ROLE_OKR   // slot or NO_SLOT
} OperandRole;

typedef enum OpFlag {
    OPF_NONE = 0,
    OPF_JUMP = 1,      // may continue at its jump target
    OPF_ENDS = 2,      // never continues at the next instruction
    OPF_PANIC = 4,     // may panic
    OPF_PARK = 8,      // may park the goroutine
    OPF_CALL = 16,     // starts a callee; takes two words
    OPF_ALLOC = 32,    // may allocate
} OpFlag;

extern const OpInfo op_info[OP_COUNT];

// op_words returns the length in words of the instruction at w.
uint32_t op_words(const Word *w);
// op_print_slots returns how many slots OP_PRINT prints, by its operand C.
uint32_t op_print_slots(uint32_t what);

#endif
