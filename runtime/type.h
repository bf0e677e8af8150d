// type.h: run-time type descriptors, the one description of values that
// collector, maps, channels, interfaces and natives share.
//
// Invariant: descriptors are unique: two identical Go types have one TypeDesc,
// so type identity at run time is pointer equality.
// Descriptors are made by the compiler (compiler/lower), live in its arenas or
// in the library image, are never freed while code that uses them can run, and
// are read-only to the runtime. They hold no C function pointers, since the
// image is mapped into processes whose code lies elsewhere.
//
// Memory layout of values (in heap objects, globals, array elements, fields):
// sizes and alignments as the gc toolchain has them on 64-bit machines:
//   string   {ptr, len}            16 bytes
//   slice    {ptr, len, cap}       24 bytes
//   any kind of interface  {const TypeDesc *type, data}  16 bytes
//   map, chan, func, pointer, unsafe.Pointer   one word
//   complex64 8 bytes, complex128 16 bytes
//
// Slot layout (frames, channel buffers, arguments of natives): a value takes
// type_slots(t) = ceil(size/8) 64-bit slots, at least 0 for size 0:
//   integers, bool   one slot, sign- or zero-extended to 64 bits (canonical)
//   float32          one slot, the bits in the low half, upper half zero
//   everything else  the memory image, padded to whole slots
// The machine is little-endian, so the address of a canonical slot is also a
// valid address of the narrow value in memory layout.
//
// Data word of an interface: when the type has TYPE_DIRECT the word is the
// value's one slot (all scalars, pointers, maps, chans, funcs and structs or
// arrays of at most 8 bytes); otherwise it points to an immutable heap copy in
// memory layout. The word is a "pointer slot" to the collector, which ignores
// words that are not addresses of heap objects.
#ifndef CSP_RUNTIME_TYPE_H
#define CSP_RUNTIME_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Kind values are those of Go's reflect.Kind.
typedef enum Kind {
    KIND_INVALID, KIND_BOOL, KIND_INT, KIND_INT8, KIND_INT16, KIND_INT32, KIND_INT64,
    KIND_UINT, KIND_UINT8, KIND_UINT16, KIND_UINT32, KIND_UINT64, KIND_UINTPTR,
    KIND_FLOAT32, KIND_FLOAT64, KIND_COMPLEX64, KIND_COMPLEX128,
    KIND_ARRAY, KIND_CHAN, KIND_FUNC, KIND_INTERFACE, KIND_MAP, KIND_POINTER,
    KIND_SLICE, KIND_STRING, KIND_STRUCT, KIND_UNSAFE_POINTER,
    KIND_COUNT
} Kind;

typedef enum TypeFlag {
    TYPE_DIRECT = 1,     // an interface holds the value itself, not a pointer to it
    TYPE_COMPARABLE = 2, // == is defined (may still panic inside for interfaces)
    TYPE_MEMEQ = 4,      // == of two values is memcmp over size bytes (no floats, padding, strings, interfaces)
    TYPE_NAMED = 8,      // a defined type (has a name of its own)
    TYPE_HASHPANIC = 16, // == or hash may meet an interface and so may panic
    TYPE_PREDECLARED = 32 // int, string, error, ...
} TypeFlag;

typedef struct Str { // a Go string: not NUL-terminated, may hold any bytes
    const char *ptr;
    int64_t len;
} Str;

typedef struct Slice { // a Go slice
    void *ptr;
    int64_t len, cap;
} Slice;

typedef struct TypeDesc TypeDesc;
struct Func; // vm/bytecode.h
struct Closure;

typedef struct Iface { // an interface value; type == NULL is the nil interface
    const TypeDesc *type;
    uint64_t data;
} Iface;

typedef struct FieldDesc {
    Str name;
    Str tag;
    Str pkg_path;   // empty for exported names
    const TypeDesc *type;
    uint64_t offset; // bytes
    bool embedded;
} FieldDesc;

// A method of a concrete type, or a wanted method of an interface type.
typedef struct MethodDesc {
    Str name;
    Str pkg_path;         // empty for exported names
    const TypeDesc *type; // function type without receiver; may be NULL when nothing needs it
    uint32_t sel;         // the program-wide number of (name, pkg_path, type)
    // Entry called through an interface: its receiver is the one data word.
    // NULL in interface types.
    struct Func *fn;
} MethodDesc;

typedef struct MethodSlot { // an entry of the dispatch table: open addressing, linear
    uint32_t sel;           // 0: empty
    uint32_t unused;
    struct Func *fn;
} MethodSlot;

struct TypeDesc {
    uint64_t size;          // bytes in memory layout
    uint32_t hash;          // of the type's identity, stable within a program
    uint8_t kind;           // Kind
    uint8_t align;
    uint8_t flags;          // TypeFlag
    uint8_t chan_dir;       // 1 receive, 2 send, 3 both (as reflect.ChanDir)
    uint64_t ptr_words;     // words of a value up to and including its last pointer word; 0: no pointers
    const uint8_t *ptr_map; // bit i (byte i/8, bit i%8): word i may hold a pointer; ptr_words bits, the last byte's others clear.
                            // NULL for arrays: elem's map repeats len times
    Str string;             // as %T prints it: "main.T", "[]int"
    Str name;               // defined types: "T" or "T[int]"
    Str pkg_path;           // defined types: import path
    const TypeDesc *elem;   // array, chan, map (value), pointer, slice
    const TypeDesc *key;    // map
    int64_t len;            // array
    const FieldDesc *fields; // struct
    const TypeDesc *const *in, *const *out; // func
    uint32_t nfields, nin, nout;
    bool variadic;          // func
    uint32_t nmethods;      // interface: wanted methods; others: the method set of the value type
    const MethodDesc *methods; // sorted by name, exported before unexported of the same name
    const MethodSlot *mtab; // dispatch table, NULL without methods or for interface types
    uint32_t mtab_mask;     // table length - 1
    const TypeDesc *ptr_to; // *T where the program has it, else NULL
};

// type.c, for those who make descriptors.
// Sets the flags and ptr_words of a type whose kind, size, and contained types
// (elem and len of an array, fields of a struct) are set. Returns the bytes of
// its pointer map, 0 when it needs none.
uint64_t type_shape(TypeDesc *d);
// Sets the bits of a zeroed map of that size.
void type_pointer_map(const TypeDesc *d, uint8_t *map);
// Word i of a value of type d may hold a pointer.
bool type_word_is_ptr(const TypeDesc *d, uint64_t i);

// Where allocation caches find the place for one value of type t
// (runtime/heap.h): by words, types without pointers in rows of their own.
// 0: sizes that take the general way.
enum { ALLOC_WORDS = 128, ALLOC_ROWS = 2 * (ALLOC_WORDS + 1) };
static inline uint32_t type_alloc_row(const TypeDesc *t) {
    uint64_t words = t->size / 8 + (t->size % 8 != 0);
    return words == 0 || words > ALLOC_WORDS ? 0 : (uint32_t)words + (t->ptr_words ? 0 : ALLOC_WORDS + 1);
}

// The value of an integer of type t that lies at v.
static inline int64_t type_load_int(const TypeDesc *t, const void *v) {
    switch (t->size) {
    case 1: return *(const int8_t *)v;
    case 2: return *(const int16_t *)v;
    case 4: return *(const int32_t *)v;
    default: return *(const int64_t *)v;
    }
}

static inline uint64_t type_load_uint(const TypeDesc *t, const void *v) {
    switch (t->size) {
    case 1: return *(const uint8_t *)v;
    case 2: return *(const uint16_t *)v;
    case 4: return *(const uint32_t *)v;
    default: return *(const uint64_t *)v;
    }
}

static inline uint64_t type_slots(const TypeDesc *t) { return (t->size + 7) / 8; }
static inline bool type_is_direct(const TypeDesc *t) { return (t->flags & TYPE_DIRECT) != 0; }

// type_method_find returns the function that serves selector sel on dynamic
// type t, or NULL when t has no such method. Never allocates.
static inline struct Func *type_method_find(const TypeDesc *t, uint32_t sel) {
    if (!t->mtab) return NULL;
    for (uint32_t i = sel & t->mtab_mask;; i = (i + 1) & t->mtab_mask) {
        if (t->mtab[i].sel == sel) return t->mtab[i].fn;
        if (t->mtab[i].sel == 0) return NULL;
    }
}

#endif
