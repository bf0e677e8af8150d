// SPDX-License-Identifier: MIT
// map.c: hash maps.
//
// Shape. Entries stand in the order of their insertion in two arrays, keys and
// values (two, so that each has a plain element type for the collector). A map
// of up to SMALL_CAP entries is searched from the front; a larger one has an
// index: a power of two of 32-bit cells, open addressing, linear probing. A
// cell holds the entry's number plus one in its low `bits` bits and as many
// bits of the hash as fit above, so that most wrong entries are told apart
// without touching them. 0 is an empty cell. Numbers that follow one another
// have cells that follow one another, in groups: who counts through a map's
// keys meets each cache line of the index once.
// Deleting clears the entry and sets its bit in `dead`; its cell stays and
// matches no key since dead entries are checked after a match of the tag.
// Appending to full arrays makes a new Table, with the dead left out. So the
// cells in use never exceed the entries used, and probing always ends.
//
// A Table, once it has been replaced, is never written again. Two things
// follow: an iterator keeps the table it began with and, when the map has moved
// on, looks each old key up in the new one; and an unsynchronised reader may
// see stale data but never indexes beyond an array (bits, cap and the arrays
// change only together, by exchange of one pointer).
//
// Iteration visits the entries that existed when it began, from a random one
// on, wrapping round. Entries added later are not visited (the language leaves
// that open), so a loop that inserts always ends.
#include "runtime/map.h"

#include <string.h>

#include "runtime/gc.h"
#include "runtime/iface.h"
#include "runtime/panic.h"
#include "runtime/str.h"

enum { SMALL_CAP = 8, ZERO_AREA = 1024, MAX_BITS = 32 };
enum { FLAG_WRITING = 1 };

typedef enum KeyClass { KEY_WORD64, KEY_WORD32, KEY_STRING, KEY_OTHER } KeyClass;

typedef struct Table {
    uint32_t *index;  // 1 << bits cells; NULL in small tables
    char *keys;       // cap keys
    char *vals;       // cap values
    uint64_t *dead;   // bit set of deleted entries; NULL until the first deletion
    uint64_t used;    // entries appended, the dead included
    uint64_t cap;
    uint64_t bits;
    uint64_t iterated; // 1 once an iterator has this table: then no entry number is used twice
} Table;

struct Map {
    _Atomic(Table *) table; // current one: &first or a heap object
    int64_t count;          // live entries
    uint64_t seed;
    uint64_t ksize, vsize;
    uint32_t clears;        // how often map_clear ran; ends iterations begun before
    uint8_t key_class;
    _Atomic uint8_t flags;  // FLAG_WRITING while an operation changes the map
    Table first;
};

struct MapIter {
    Map *m;
    Table *table;
    const TypeDesc *type;
    uint64_t pos, end;  // entries [pos, end) come next
    uint64_t start;     // then [0, start), when not wrapped
    uint32_t clears;
    uint32_t wrapped;
};

static const uint64_t zero_area[ZERO_AREA / 8];

// --- hashing and comparing keys

enum { NEAR_BITS = 3, NEAR = 1 << NEAR_BITS };

// The cell in the low half, for an index of 1 << bits cells; the tag in the high
// one. The cells of NEAR numbers that differ in their low bits only are a block,
// in an order of its own. Multiples of the golden ratio put the blocks of numbers
// that follow one another far from each other, so that they fill the index more
// evenly than chance would.
static inline uint64_t hash_word(uint64_t k, uint64_t seed, uint64_t bits) {
    uint64_t h = (k / NEAR ^ seed) * 0x9e3779b97f4a7c15ull;
    uint64_t cell = h >> (64 + NEAR_BITS - bits) << NEAR_BITS | ((k ^ h >> 32) & (NEAR - 1));
    return (h << 32 ^ k << (64 - NEAR_BITS)) | cell;
}

static uint64_t next_random(P *p) {
    uint64_t z = (p->rand += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

static KeyClass classify(const TypeDesc *key) {
    if (key->kind == KIND_STRING) return KEY_STRING;
    if (!(key->flags & TYPE_MEMEQ)) return KEY_OTHER;
    if (key->size == 8) return KEY_WORD64;
    if (key->size == 4) return KEY_WORD32;
    return KEY_OTHER;
}

static inline uint64_t load64(const void *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline uint32_t load32(const void *p) {
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline Str load_str(const void *p) {
    Str s;
    memcpy(&s, p, sizeof s);
    return s;
}

static inline __attribute__((always_inline)) bool hash_key(KeyClass kc, const TypeDesc *t, const Map *m, const Table *tab, const void *key, uint64_t *out) {
    switch (kc) {
    case KEY_WORD64: *out = hash_word(load64(key), m->seed, tab->bits); return true;
    case KEY_WORD32: *out = hash_word(load32(key), m->seed, tab->bits); return true;
    case KEY_STRING: *out = str_hash(load_str(key), m->seed); return true;
    case KEY_OTHER: break;
    }
    return value_hash(NULL, t->key, key, m->seed, out);
}

static inline __attribute__((always_inline)) bool same_key(KeyClass kc, const TypeDesc *t, const void *a, const void *b) {
    switch (kc) {
    case KEY_WORD64: return load64(a) == load64(b);
    case KEY_WORD32: return load32(a) == load32(b);
    case KEY_STRING: return str_eq(load_str(a), load_str(b));
    case KEY_OTHER: break;
    }
    return value_eq(NULL, t->key, a, b) == 1;
}

// --- tables

static inline bool is_dead(const Table *tab, uint64_t i) {
    return tab->dead && (tab->dead[i / 64] >> (i % 64) & 1);
}

static inline void *key_at(const Map *m, const Table *tab, uint64_t i) { return tab->keys + i * m->ksize; }
static inline void *val_at(const Map *m, const Table *tab, uint64_t i) { return tab->vals + i * m->vsize; }

static uint64_t cap_of_bits(uint64_t bits) { return (1ull << bits) / 4 * 3; }

static inline uint32_t tag_of(uint64_t hash, uint64_t mask) { return (uint32_t)(hash >> 32) & ~(uint32_t)mask; }

// An array for the collector; zero-sized elements share one address.
static char *new_entries(P *p, const TypeDesc *t, uint64_t n) {
    if (t->size == 0) return (char *)(uintptr_t)zero_area;
    return gc_new_array(p, t, (int64_t)n);
}

static void table_alloc(P *p, const TypeDesc *t, Table *tab, uint64_t want) {
    uint64_t bits = 0, cap = SMALL_CAP;
    if (want > SMALL_CAP) {
        for (bits = 4; bits < MAX_BITS && cap_of_bits(bits) < want; bits++) {}
        cap = cap_of_bits(bits);
        if (cap < want) rt_fatal("out of memory: map of more than %llu entries", (unsigned long long)cap);
        tab->index = gc_new_noscan(p, 4ull << bits);
    }
    tab->keys = new_entries(p, t->key, cap);
    tab->vals = new_entries(p, t->elem, cap);
    tab->bits = bits;
    tab->cap = cap;
}

// Enters the number of an entry that is known to be new.
static inline void index_put(Table *tab, uint64_t hash, uint64_t entry) {
    uint64_t mask = (1ull << tab->bits) - 1, i = hash & mask;
    while (tab->index[i]) i = (i + 1) & mask;
    tab->index[i] = tag_of(hash, mask) | (uint32_t)(entry + 1);
}

static void index_fill(Map *m, const TypeDesc *t, Table *tab) {
    for (uint64_t i = 0; i < tab->used; i++) {
        uint64_t hash;
        // Keys that are in the map have been hashed before without a panic.
        hash_key((KeyClass)m->key_class, t, m, tab, key_at(m, tab, i), &hash);
        index_put(tab, hash, i);
    }
}

// Copies the live entries of old to the empty table tab, in order.
static void copy_live(const Map *m, Table *tab, const Table *old) {
    if (!old->dead) {
        memcpy(tab->keys, old->keys, old->used * m->ksize);
        if (m->vsize) memcpy(tab->vals, old->vals, old->used * m->vsize);
        tab->used = old->used;
        return;
    }
    for (uint64_t i = 0; i < old->used; i++) {
        if (is_dead(old, i)) continue;
        memcpy(key_at(m, tab, tab->used), key_at(m, old, i), m->ksize);
        if (m->vsize) memcpy(val_at(m, tab, tab->used), val_at(m, old, i), m->vsize);
        tab->used++;
    }
}

// Makes room behind full arrays: twice the size, or the same size when at
// least a third of the entries are dead.
static Table *table_rebuild(P *p, const TypeDesc *t, Map *m, Table *old) {
    uint64_t live = (uint64_t)m->count;
    uint64_t want = live <= old->cap / 3 * 2 ? old->cap : old->cap + 1;
    if (!old->keys) { // a fresh map: the arrays come with the first entry
        table_alloc(p, t, old, 1);
        return old;
    }
    Table *tab = gc_new_scan(p, sizeof *tab / 8);
    table_alloc(p, t, tab, want);
    copy_live(m, tab, old);
    if (tab->index) index_fill(m, t, tab);
    atomic_store_explicit(&m->table, tab, memory_order_release); // pairs with the loads in current_table
    return tab;
}

static inline Table *current_table(const Map *m) { return atomic_load_explicit(&m->table, memory_order_acquire); }

enum { NOT_FOUND = -1 };

static inline __attribute__((always_inline)) int64_t find_indexed(KeyClass kc, const TypeDesc *t, const Map *m, const Table *tab, const void *key, uint64_t hash) {
    uint64_t mask = (1ull << tab->bits) - 1;
    uint32_t tag = tag_of(hash, mask);
    const uint32_t *index = tab->index;
    for (uint64_t i = hash & mask;; i = (i + 1) & mask) {
        uint32_t cell = index[i];
        if (cell == 0) return NOT_FOUND;
        if ((cell & ~(uint32_t)mask) != tag) continue;
        uint64_t entry = (cell & mask) - 1;
        if (same_key(kc, t, key_at(m, tab, entry), key) && !is_dead(tab, entry)) return (int64_t)entry;
    }
}

static inline __attribute__((always_inline)) int64_t find_small(KeyClass kc, const TypeDesc *t, const Map *m, const Table *tab, const void *key) {
    for (uint64_t i = 0; i < tab->used; i++)
        if (same_key(kc, t, key_at(m, tab, i), key) && !is_dead(tab, i)) return (int64_t)i;
    return NOT_FOUND;
}

static inline __attribute__((always_inline)) int64_t find_as(KeyClass kc, const TypeDesc *t, const Map *m, const Table *tab, const void *key, uint64_t *hash) {
    if (!tab->index) return find_small(kc, t, m, tab, key);
    hash_key(kc, t, m, tab, key, hash);
    return find_indexed(kc, t, m, tab, key, *hash);
}

// Finds the entry of key, whose hash cannot panic or has been proved not to.
// *hash is set when the table has an index.
static __attribute__((noinline)) int64_t find(const TypeDesc *t, const Map *m, const Table *tab, const void *key, uint64_t *hash) {
    switch ((KeyClass)m->key_class) {
    case KEY_WORD64: return find_as(KEY_WORD64, t, m, tab, key, hash);
    case KEY_WORD32: return find_as(KEY_WORD32, t, m, tab, key, hash);
    case KEY_STRING: return find_as(KEY_STRING, t, m, tab, key, hash);
    case KEY_OTHER: break;
    }
    return find_as(KEY_OTHER, t, m, tab, key, hash);
}

// The same without a call, for the keys that most maps have.
static inline __attribute__((always_inline)) int64_t find_inline(const TypeDesc *t, const Map *m, const Table *tab, const void *key, uint64_t *hash) {
    return m->key_class == KEY_WORD64 ? find_as(KEY_WORD64, t, m, tab, key, hash) : find(t, m, tab, key, hash);
}

// Keys with interfaces inside may be unhashable: that panics whether or not
// the map has entries, or exists at all.
static bool check_hashable(G *g, const TypeDesc *t, const void *key) {
    uint64_t unused;
    return !(t->key->flags & TYPE_HASHPANIC) || value_hash(g, t->key, key, 0, &unused);
}

// --- the door

static inline void write_begin(Map *m) {
    uint8_t old = atomic_load_explicit(&m->flags, memory_order_relaxed);
    if (old & FLAG_WRITING) rt_fatal("concurrent map writes");
    atomic_store_explicit(&m->flags, old | FLAG_WRITING, memory_order_relaxed);
}

static inline void write_end(Map *m) {
    uint8_t old = atomic_load_explicit(&m->flags, memory_order_relaxed);
    if (!(old & FLAG_WRITING)) rt_fatal("concurrent map writes");
    atomic_store_explicit(&m->flags, old & (uint8_t)~FLAG_WRITING, memory_order_relaxed);
}

static inline bool being_written(const Map *m) {
    return (atomic_load_explicit(&m->flags, memory_order_relaxed) & FLAG_WRITING) != 0;
}

Map *map_make(P *p, const TypeDesc *t, int64_t hint) {
    Map *m = gc_new_scan(p, (sizeof *m + 7) / 8);
    m->seed = next_random(p);
    m->ksize = t->key->size;
    m->vsize = t->elem->size;
    m->key_class = (uint8_t)classify(t->key);
    atomic_store_explicit(&m->table, &m->first, memory_order_relaxed);
    // A hint beyond reason is dropped, as Go does.
    unsigned __int128 bytes = (unsigned __int128)(m->ksize + m->vsize + 4) * (uint64_t)(hint > 0 ? hint : 0);
    if (hint > SMALL_CAP && bytes < ((unsigned __int128)1 << 47) && (uint64_t)hint <= cap_of_bits(MAX_BITS))
        table_alloc(p, t, &m->first, (uint64_t)hint);
    return m;
}

static void *zero_value(P *p, const TypeDesc *elem) {
    return elem->size <= ZERO_AREA ? (void *)(uintptr_t)zero_area : gc_new(p, elem);
}

void *map_get(P *p, G *g, const TypeDesc *t, const Map *m, const void *key, bool *found) {
    if (__builtin_expect(t->key->flags & TYPE_HASHPANIC, 0) && !check_hashable(g, t, key)) return NULL;
    if (m) {
        if (__builtin_expect(being_written(m), 0)) rt_fatal("concurrent map read and map write");
        const Table *tab = current_table(m);
        uint64_t hash;
        int64_t i = find_inline(t, m, tab, key, &hash);
        if (i != NOT_FOUND) {
            if (found) *found = true;
            return val_at(m, tab, (uint64_t)i);
        }
    }
    if (found) *found = false;
    return zero_value(p, t->elem);
}

// hash is valid when tab has an index.
static void *append_entry(P *p, const TypeDesc *t, Map *m, Table *tab, const void *key, uint64_t hash) {
    if (tab->used == tab->cap) {
        tab = table_rebuild(p, t, m, tab);
        if (tab->index) hash_key((KeyClass)m->key_class, t, m, tab, key, &hash); // of its size
    }
    uint64_t i = tab->used;
    memcpy(key_at(m, tab, i), key, m->ksize);
    if (tab->index) index_put(tab, hash, i);
    tab->used = i + 1;
    m->count++;
    return val_at(m, tab, i);
}

void *map_set(P *p, G *g, const TypeDesc *t, Map *m, const void *key) {
    if (!m) {
        rt_panic_plain(g, "assignment to entry in nil map");
        return NULL;
    }
    if (__builtin_expect(t->key->flags & TYPE_HASHPANIC, 0) && !check_hashable(g, t, key)) return NULL;
    write_begin(m);
    Table *tab = current_table(m);
    uint64_t hash = 0;
    int64_t i = find_inline(t, m, tab, key, &hash);
    void *value;
    if (i == NOT_FOUND) {
        value = append_entry(p, t, m, tab, key, hash);
    } else {
        // Equal keys may differ in their bits (zeros, strings): the last one stays.
        if (m->key_class >= KEY_STRING) memcpy(key_at(m, tab, (uint64_t)i), key, m->ksize);
        value = val_at(m, tab, (uint64_t)i);
    }
    write_end(m);
    return value;
}

static void bury(P *p, Map *m, Table *tab, uint64_t i) {
    memset(key_at(m, tab, i), 0, m->ksize);
    if (m->vsize) memset(val_at(m, tab, i), 0, m->vsize);
    m->count--;
    if (!tab->index && !tab->iterated && i + 1 == tab->used) { // the place can be used again at once
        tab->used--;
        return;
    }
    if (!tab->dead) tab->dead = gc_new_noscan(p, (tab->cap + 63) / 64 * 8);
    tab->dead[i / 64] |= 1ull << (i % 64);
}

bool map_delete(P *p, G *g, const TypeDesc *t, Map *m, const void *key) {
    if (!check_hashable(g, t, key)) return false;
    if (!m || m->count == 0) return true;
    write_begin(m);
    Table *tab = current_table(m);
    uint64_t hash;
    int64_t i = find(t, m, tab, key, &hash);
    if (i != NOT_FOUND) bury(p, m, tab, (uint64_t)i);
    write_end(m);
    return true;
}

void map_clear(P *p, const TypeDesc *t, Map *m) {
    (void)p, (void)t;
    if (!m) return;
    write_begin(m);
    Table *tab = current_table(m);
    if (tab->used) {
        if (m->ksize) memset(tab->keys, 0, tab->used * m->ksize);
        if (m->vsize) memset(tab->vals, 0, tab->used * m->vsize);
        if (tab->index) memset(tab->index, 0, 4ull << tab->bits);
        tab->dead = NULL;
        tab->used = 0;
    }
    m->count = 0;
    m->clears++;
    write_end(m);
}

int64_t map_len(const Map *m) { return m ? m->count : 0; }

MapIter *map_iter(P *p, const TypeDesc *t, Map *m) {
    MapIter *it = gc_new_scan(p, (sizeof *it + 7) / 8);
    it->type = t;
    if (!m || m->count == 0) return it;
    if (being_written(m)) rt_fatal("concurrent map iteration and map write");
    it->m = m;
    it->table = current_table(m);
    it->clears = m->clears;
    it->end = it->table->used;
    it->table->iterated = 1;
    it->start = it->pos = next_random(p) % it->end;
    return it;
}

// Whether entry i of the iterator's table is still in the map; gives its
// present place.
static bool still_there(const MapIter *it, uint64_t i, void **key, void **value) {
    const Map *m = it->m;
    const Table *now = current_table(m);
    *key = key_at(m, it->table, i);
    *value = val_at(m, it->table, i);
    if (it->table == now) return true;
    uint64_t hash;
    int64_t at = find(it->type, m, now, *key, &hash);
    if (at == NOT_FOUND) // keys unequal to themselves cannot be deleted one by one
        return m->key_class == KEY_OTHER && value_eq(NULL, it->type->key, *key, *key) != 1;
    *key = key_at(m, now, (uint64_t)at);
    *value = val_at(m, now, (uint64_t)at);
    return true;
}

bool map_next(P *p, MapIter *it, void **key, void **value) {
    (void)p;
    const Map *m = it->m;
    if (!m || it->clears != m->clears) return false;
    if (being_written(m)) rt_fatal("concurrent map iteration and map write");
    for (;;) {
        while (it->pos < it->end) {
            uint64_t i = it->pos++;
            if (!is_dead(it->table, i) && still_there(it, i, key, value)) return true;
        }
        if (it->wrapped) return false;
        it->wrapped = 1;
        it->pos = 0;
        it->end = it->start;
    }
}
