// SPDX-License-Identifier: MIT
// plain.c: natives of encoding/json that read and write whole values.
//
// They know types by plans, which plan.csp makes: a plan is plain when nothing
// it reaches has methods of its own for JSON or options that are rare. On
// anything unusual (a value that does not fit, a number out of range, an
// unknown type in an interface) they give up, and the package does the same
// value again in its own way, with all messages. Doing it again is harmless:
// what was stored already is stored anew.
// The collector does not run meanwhile (vm/native.h).
#include <math.h>
#include <stdlib.h>

#include "runtime/fmtnum.h"
#include "runtime/gc.h"
#include "runtime/iface.h"
#include "runtime/map.h"
#include "runtime/str.h"
#include "stdlib/encoding/json/scan.h"

// --- plans; the layouts are those of plan.csp

typedef enum PlanOp { PLAN_CUSTOM, PLAN_BOOL, PLAN_INT, PLAN_UINT, PLAN_FLOAT, PLAN_STRING, PLAN_ANY, PLAN_POINTER, PLAN_SLICE, PLAN_ARRAY, PLAN_MAP, PLAN_STRUCT } PlanOp;

typedef struct Plan {
    int64_t op;
    const TypeDesc *type;
    const struct Plan *elem;
    Slice fields; // of PlanField
    bool plain;
} Plan;

typedef struct PlanField {
    Str name, lead, lead_html; // lead: the quoted name and the colon
    uint64_t offset;
    const Plan *plan;
    bool omit_empty;
} PlanField;

typedef struct PlanTable { // open addressing; never changed once made
    Slice slots;           // of const Plan *
} PlanTable;

typedef struct AnyTypes { // of values for interfaces
    const TypeDesc *boolean, *number, *text, *list, *object, *literal;
} AnyTypes;

static const Plan *find_plan(const PlanTable *t, const TypeDesc *type) {
    if (!t || !type) return NULL;
    const Plan *const *slots = t->slots.ptr;
    uint64_t mask = (uint64_t)t->slots.len - 1;
    for (uint64_t i = (uint64_t)(uintptr_t)type >> 4 & mask; slots[i]; i = (i + 1) & mask)
        if (slots[i]->type == type) return slots[i];
    return NULL;
}

NativeStatus json_find_plan(NativeCall *c) {
    const PlanTable *t = native_ptr(c);
    native_ret_ptr(c, find_plan(t, native_ptr(c)));
    return NATIVE_OK;
}

// So deep values may be nested here; what is deeper is done by the package.
enum { DEEPEST = 500 };

// --- reading

typedef struct Reader {
    P *p;
    G *g;
    const char *at;
    const AnyTypes *types;
    bool use_number, known_only, too_deep;
    int depth;
} Reader;

static bool read_value(Reader *r, const Plan *plan, void *place);
static bool read_any(Reader *r, Iface *place);

static void space(Reader *r) {
    while (json_is_space(*r->at)) r->at++;
}

static Str read_string(Reader *r) { return json_unquote(r->at, &r->at); }

// The text of the number at hand; behind the last value of all there may be
// nothing, so the caller has made sure that a bracket or quote follows or that
// the text is a copy with a NUL behind it.
static Str number_text(Reader *r) {
    const char *start = r->at;
    r->at = json_skip_value(start);
    return (Str){start, r->at - start};
}

static bool starts_number(char c) { return c == '-' || (c >= '0' && c <= '9'); }

static bool read_bool(Reader *r, uint8_t *place) {
    if (*r->at != 't' && *r->at != 'f') return false;
    *place = *r->at == 't';
    r->at += *place ? 4 : 5;
    return true;
}

static bool read_int(Reader *r, const TypeDesc *t, void *place) {
    int64_t v;
    if (!starts_number(*r->at) || fmtnum_parse_int(number_text(r), 10, 64, &v) != FMTNUM_OK) return false;
    int shift = 64 - 8 * (int)t->size;
    if ((int64_t)((uint64_t)v << shift) >> shift != v) return false;
    memcpy(place, &v, t->size);
    return true;
}

static bool read_uint(Reader *r, const TypeDesc *t, void *place) {
    uint64_t v;
    if (!starts_number(*r->at) || fmtnum_parse_uint(number_text(r), 10, 64, &v) != FMTNUM_OK) return false;
    int shift = 64 - 8 * (int)t->size;
    if (v << shift >> shift != v) return false;
    memcpy(place, &v, t->size);
    return true;
}

static bool read_float(Reader *r, const TypeDesc *t, void *place) {
    if (!starts_number(*r->at)) return false;
    double v;
    int64_t used;
    if (fmtnum_parse_float(number_text(r), (int)t->size * 8, &v, &used) != FMTNUM_OK) return false;
    if (t->size == 8) memcpy(place, &v, 8);
    else memcpy(place, &(float){(float)v}, 4);
    return true;
}

// Passes over what stands before the next element; false: there is none.
static bool next_element(Reader *r, bool first, char end) {
    space(r);
    if (*r->at == end) {
        r->at++;
        return false;
    }
    if (!first) {
        r->at++; // comma
        space(r);
    }
    return true;
}

static void colon(Reader *r) {
    space(r);
    r->at++;
    space(r);
}

static bool enter(Reader *r) {
    if (++r->depth <= DEEPEST) return true;
    r->too_deep = true;
    return false;
}

// --- values for interfaces

static uint64_t box(Reader *r, const TypeDesc *t, const void *v) { return iface_box_mem(r->p, t, v); }

static bool any_list(Reader *r, Iface *place) {
    Slice list = {gc_new_array(r->p, r->types->list->elem, 0), 0, 0};
    r->at++;
    for (int64_t n = 0; next_element(r, n == 0, ']'); n++) {
        if (n == list.cap) {
            int64_t cap = n ? 2 * n : 4;
            Iface *more = gc_new_array(r->p, r->types->list->elem, cap);
            if (n) memcpy(more, list.ptr, (size_t)n * sizeof *more);
            list.ptr = more;
            list.cap = cap;
        }
        if (!read_any(r, (Iface *)list.ptr + n)) return false;
        list.len = n + 1;
    }
    *place = (Iface){r->types->list, box(r, r->types->list, &list)};
    return true;
}

static bool any_object(Reader *r, Iface *place) {
    const TypeDesc *t = r->types->object;
    Map *m = map_make(r->p, t, 0);
    r->at++;
    for (bool first = true; next_element(r, first, '}'); first = false) {
        Str key = read_string(r);
        Iface v = {NULL, 0};
        colon(r);
        if (!read_any(r, &v)) return false;
        Iface *slot = map_set(r->p, r->g, t, m, &key);
        if (!slot) return false;
        *slot = v;
    }
    *place = (Iface){t, (uint64_t)(uintptr_t)m};
    return true;
}

static bool any_number(Reader *r, Iface *place) {
    Str text = number_text(r);
    if (r->use_number) {
        Str copy = str_make(r->p, text.ptr, text.len);
        *place = (Iface){r->types->literal, box(r, r->types->literal, &copy)};
        return true;
    }
    double v;
    int64_t used;
    if (fmtnum_parse_float(text, 64, &v, &used) != FMTNUM_OK) return false;
    *place = (Iface){r->types->number, box(r, r->types->number, &v)};
    return true;
}

// Fills an empty interface, which holds nothing yet.
static bool read_any(Reader *r, Iface *place) {
    switch (*r->at) {
    case '{':
    case '[': {
        if (!enter(r)) return false;
        bool ok = *r->at == '{' ? any_object(r, place) : any_list(r, place);
        r->depth--;
        return ok;
    }
    case '"': {
        Str s = read_string(r);
        *place = (Iface){r->types->text, box(r, r->types->text, &s)};
        return true;
    }
    case 'n':
        *place = (Iface){NULL, 0};
        r->at += 4;
        return true;
    case 't':
    case 'f': {
        uint8_t v;
        read_bool(r, &v);
        *place = (Iface){r->types->boolean, box(r, r->types->boolean, &v)};
        return true;
    }
    default: return any_number(r, place);
    }
}

// --- values of known types

static bool read_elements(Reader *r, const Plan *plan, Slice *s) {
    const TypeDesc *t = plan->elem->type;
    int64_t n = 0;
    r->at++;
    for (; next_element(r, n == 0, ']'); n++) {
        if (n >= s->cap) {
            int64_t cap = s->cap + s->cap / 2 > 4 ? s->cap + s->cap / 2 : 4;
            void *grown = gc_new_array(r->p, t, cap);
            if (s->len && t->size) memcpy(grown, s->ptr, (size_t)s->len * t->size);
            *s = (Slice){grown, s->len, cap};
        }
        if (n >= s->len) s->len = n + 1;
        if (!read_value(r, plan->elem, (char *)s->ptr + (uint64_t)n * t->size)) return false;
    }
    s->len = n;
    if (n == 0) *s = (Slice){gc_new_array(r->p, t, 0), 0, 0};
    return true;
}

static bool read_array(Reader *r, const Plan *plan, char *place) {
    const TypeDesc *t = plan->elem->type;
    int64_t n = 0;
    r->at++;
    for (; next_element(r, n == 0, ']'); n++) {
        if (n >= plan->type->len) r->at = json_skip_value(r->at);
        else if (!read_value(r, plan->elem, place + (uint64_t)n * t->size)) return false;
    }
    if (n < plan->type->len && t->size) memset(place + (uint64_t)n * t->size, 0, (uint64_t)(plan->type->len - n) * t->size);
    return true;
}

static bool read_map(Reader *r, const Plan *plan, Map **place) {
    const TypeDesc *t = plan->type;
    if (!*place) *place = map_make(r->p, t, 0);
    void *value = gc_new(r->p, t->elem);
    r->at++;
    for (bool first = true; next_element(r, first, '}'); first = false) {
        Str key = read_string(r);
        colon(r);
        if (t->elem->size) memset(value, 0, t->elem->size);
        if (!read_value(r, plan->elem, value)) return false;
        void *slot = map_set(r->p, r->g, t, *place, &key);
        if (!slot) return false;
        if (t->elem->size) memcpy(slot, value, t->elem->size);
    }
    return true;
}

static bool same_but_case(Str a, Str b) { // both ASCII
    if (a.len != b.len) return false;
    for (int64_t i = 0; i < a.len; i++) {
        char x = a.ptr[i], y = b.ptr[i];
        if (x == y) continue;
        x |= 0x20;
        if (x != (y | 0x20) || x < 'a' || x > 'z') return false;
    }
    return true;
}

// A key before its quotes are taken off: what has no escapes and nothing beyond
// ASCII is compared where it stands. false: neither is the case.
static bool plain_key(Reader *r, Str *key) {
    const char *p = r->at + 1;
    while (*p != '"') {
        if (*p == '\\' || (uint8_t)*p >= 0x80) return false;
        p++;
    }
    *key = (Str){r->at + 1, p - r->at - 1};
    r->at = p + 1;
    return true;
}

// Fields mostly come in the order of the struct: the search begins at hint.
static const PlanField *find_field(const Plan *plan, Str key, int64_t *hint) {
    const PlanField *fields = plan->fields.ptr;
    int64_t n = plan->fields.len;
    for (int64_t k = 0, i = *hint; k < n; k++, i++) {
        if (i >= n) i = 0;
        if (str_eq(fields[i].name, key)) {
            *hint = i + 1;
            return &fields[i];
        }
    }
    for (int64_t i = 0; i < n; i++)
        if (same_but_case(fields[i].name, key)) return &fields[i];
    return NULL;
}

static bool read_struct(Reader *r, const Plan *plan, char *place) {
    int64_t hint = 0;
    r->at++;
    for (bool first = true; next_element(r, first, '}'); first = false) {
        Str key;
        if (!plain_key(r, &key)) return false;
        const PlanField *f = find_field(plan, key, &hint);
        colon(r);
        if (!f && r->known_only) return false;
        if (!f) r->at = json_skip_value(r->at);
        else if (!read_value(r, f->plan, place + f->offset)) return false;
    }
    return true;
}

static bool read_null(Reader *r, const Plan *plan, void *place) {
    r->at += 4;
    PlanOp op = (PlanOp)plan->op;
    if (op == PLAN_ANY || op == PLAN_POINTER || op == PLAN_SLICE || op == PLAN_MAP) memset(place, 0, plan->type->size);
    return true;
}

static bool read_pointer(Reader *r, const Plan *plan, void **place) {
    if (!*place) *place = gc_new(r->p, plan->elem->type);
    return read_value(r, plan->elem, *place);
}

static bool read_nested(Reader *r, const Plan *plan, void *place) {
    char open = *r->at;
    switch ((PlanOp)plan->op) {
    case PLAN_POINTER: return read_pointer(r, plan, place);
    case PLAN_SLICE: return open == '[' && read_elements(r, plan, place);
    case PLAN_ARRAY: return open == '[' && read_array(r, plan, place);
    case PLAN_MAP: return open == '{' && read_map(r, plan, place);
    case PLAN_STRUCT: return open == '{' && read_struct(r, plan, place);
    case PLAN_CUSTOM: case PLAN_BOOL: case PLAN_INT: case PLAN_UINT: case PLAN_FLOAT: case PLAN_STRING: case PLAN_ANY: break;
    }
    return false;
}

static bool read_value(Reader *r, const Plan *plan, void *place) {
    if (*r->at == 'n') return read_null(r, plan, place);
    switch ((PlanOp)plan->op) {
    case PLAN_CUSTOM: return false;
    case PLAN_BOOL: return read_bool(r, place);
    case PLAN_INT: return read_int(r, plan->type, place);
    case PLAN_UINT: return read_uint(r, plan->type, place);
    case PLAN_FLOAT: return read_float(r, plan->type, place);
    case PLAN_STRING:
        if (*r->at != '"') return false;
        *(Str *)place = read_string(r);
        return true;
    case PLAN_ANY: {
        Iface *i = place;
        if (i->type && i->type->kind == KIND_POINTER) return false; // reads into what it points to
        return read_any(r, i);
    }
    case PLAN_POINTER: case PLAN_SLICE: case PLAN_ARRAY: case PLAN_MAP: case PLAN_STRUCT: break;
    }
    if (!enter(r)) return false;
    bool ok = read_nested(r, plan, place);
    r->depth--;
    return ok;
}

// A number that ends the text is the only token whose end is not in it.
static bool ends_with_number(Slice data) {
    char last = data.len ? ((const char *)data.ptr)[data.len - 1] : 0;
    return last >= '0' && last <= '9';
}

// decodePlain(p *plan, place unsafe.Pointer, data []byte, at int, types *anyTypes, useNumber, knownOnly bool) (end int)
// end < 0: given up, -2 for the depth
NativeStatus json_decode_plain(NativeCall *c) {
    const Plan *plan = native_ptr(c);
    void *place = native_ptr(c);
    Slice data = native_slice(c);
    int64_t at = native_int(c);
    Reader r = {.p = current_p, .g = c->g, .types = native_ptr(c)};
    r.use_number = native_bool(c);
    r.known_only = native_bool(c);
    const char *text = data.ptr;
    if (ends_with_number(data)) { // data is that number
        char *copy = gc_new_noscan(r.p, (uint64_t)data.len + 1);
        memcpy(copy, text, (size_t)data.len);
        text = copy;
    }
    r.at = text + at;
    bool ok = read_value(&r, plan, place);
    native_ret_int(c, ok ? r.at - text : r.too_deep ? -2 : -1);
    return NATIVE_OK;
}

// --- writing

typedef struct Writer {
    P *p;
    Out out;
    const PlanTable *table;
    const TypeDesc *unknown; // met in an interface
    bool html, too_deep;
    int depth;
} Writer;

static bool write_value(Writer *w, const Plan *plan, const void *v);

static bool put_literal(Writer *w, const char *s) {
    out_put(&w->out, s, (int64_t)strlen(s));
    return true;
}

// The shortest text, with an exponent for very large and small numbers.
static bool write_float(Writer *w, const TypeDesc *t, const void *place) {
    int bits = (int)t->size * 8;
    double v = bits == 64 ? *(const double *)place : (double)*(const float *)place;
    if (!isfinite(v)) return false;
    double size = fabs(v);
    bool small = bits == 64 ? size < 1e-6 : (float)size < 1e-6f, large = bits == 64 ? size >= 1e21 : (float)size >= 1e21f;
    char format = size != 0 && (small || large) ? 'e' : 'f';
    char *to = out_room(&w->out, (int64_t)fmtnum_float_bound(format, -1));
    int64_t n = (int64_t)fmtnum_float(to, v, format, -1, bits);
    if (format == 'e' && n >= 4 && memcmp(to + n - 4, "e-0", 3) == 0) { // e-09 is e-9
        to[n - 2] = to[n - 1];
        n--;
    }
    w->out.len += n;
    return true;
}

static bool write_sequence(Writer *w, const Plan *elem, const char *v, int64_t n) {
    out_byte(&w->out, '[');
    for (int64_t i = 0; i < n; i++) {
        if (i) out_byte(&w->out, ',');
        if (!write_value(w, elem, v + (uint64_t)i * elem->type->size)) return false;
    }
    out_byte(&w->out, ']');
    return true;
}

typedef struct Entry {
    const Str *key;
    const void *value;
} Entry;

static int by_key(const void *a, const void *b) { return str_cmp(*((const Entry *)a)->key, *((const Entry *)b)->key); }

static bool write_entries(Writer *w, const Plan *elem, Entry *entries, int64_t n) {
    qsort(entries, (size_t)n, sizeof *entries, by_key);
    out_byte(&w->out, '{');
    for (int64_t i = 0; i < n; i++) {
        if (i) out_byte(&w->out, ',');
        json_put_quoted(&w->out, *entries[i].key, w->html);
        out_byte(&w->out, ':');
        if (!write_value(w, elem, entries[i].value)) return false;
    }
    out_byte(&w->out, '}');
    return true;
}

static bool write_map(Writer *w, const Plan *plan, Map *m) {
    if (!m) return put_literal(w, "null");
    int64_t room = map_len(m), n = 0;
    Entry *entries = malloc((size_t)(room + 1) * sizeof *entries);
    if (!entries) return false;
    MapIter *it = map_iter(w->p, plan->type, m);
    void *key, *value;
    while (n < room && map_next(w->p, it, &key, &value)) entries[n++] = (Entry){key, value};
    bool ok = write_entries(w, plan->elem, entries, n);
    free(entries);
    return ok;
}

static bool is_empty(const Plan *plan, const void *v) {
    switch ((PlanOp)plan->op) {
    case PLAN_STRING: return ((const Str *)v)->len == 0;
    case PLAN_SLICE: return ((const Slice *)v)->len == 0;
    case PLAN_ARRAY: return plan->type->len == 0;
    case PLAN_MAP: return !*(Map *const *)v || map_len(*(Map *const *)v) == 0;
    case PLAN_ANY: return !((const Iface *)v)->type;
    case PLAN_BOOL: case PLAN_INT: case PLAN_UINT: case PLAN_FLOAT: case PLAN_POINTER: return type_load_uint(plan->type, v) == 0;
    case PLAN_CUSTOM: case PLAN_STRUCT: break;
    }
    return false;
}

static bool write_struct(Writer *w, const Plan *plan, const char *v) {
    const PlanField *fields = plan->fields.ptr;
    char open = '{';
    for (int64_t i = 0; i < plan->fields.len; i++) {
        const PlanField *f = &fields[i];
        if (f->omit_empty && is_empty(f->plan, v + f->offset)) continue;
        out_byte(&w->out, open);
        open = ',';
        out_put(&w->out, w->html ? f->lead_html.ptr : f->lead.ptr, w->html ? f->lead_html.len : f->lead.len);
        if (!write_value(w, f->plan, v + f->offset)) return false;
    }
    if (open == '{') out_byte(&w->out, '{');
    out_byte(&w->out, '}');
    return true;
}

static bool write_any(Writer *w, const Iface *i) {
    if (!i->type) return put_literal(w, "null");
    const Plan *plan = find_plan(w->table, i->type);
    if (!plan) w->unknown = i->type;
    return plan && plan->plain && write_value(w, plan, iface_value(i));
}

static bool write_nested(Writer *w, const Plan *plan, const void *v) {
    switch ((PlanOp)plan->op) {
    case PLAN_ANY: return write_any(w, v);
    case PLAN_POINTER: {
        const void *p = *(void *const *)v;
        return p ? write_value(w, plan->elem, p) : put_literal(w, "null");
    }
    case PLAN_SLICE: {
        const Slice *s = v;
        return s->ptr ? write_sequence(w, plan->elem, s->ptr, s->len) : put_literal(w, "null");
    }
    case PLAN_ARRAY: return write_sequence(w, plan->elem, v, plan->type->len);
    case PLAN_MAP: return write_map(w, plan, *(Map *const *)v);
    case PLAN_STRUCT: return write_struct(w, plan, v);
    case PLAN_CUSTOM: case PLAN_BOOL: case PLAN_INT: case PLAN_UINT: case PLAN_FLOAT: case PLAN_STRING: break;
    }
    return false;
}

static bool write_value(Writer *w, const Plan *plan, const void *v) {
    switch ((PlanOp)plan->op) {
    case PLAN_CUSTOM: return false;
    case PLAN_BOOL: return put_literal(w, *(const uint8_t *)v ? "true" : "false");
    case PLAN_INT: w->out.len += fmtnum_int(out_room(&w->out, FMTNUM_INT_MAX), type_load_int(plan->type, v), 10); return true;
    case PLAN_UINT: w->out.len += fmtnum_uint(out_room(&w->out, FMTNUM_INT_MAX), type_load_uint(plan->type, v), 10); return true;
    case PLAN_FLOAT: return write_float(w, plan->type, v);
    case PLAN_STRING: json_put_quoted(&w->out, *(const Str *)v, w->html); return true;
    case PLAN_ANY: case PLAN_POINTER: case PLAN_SLICE: case PLAN_ARRAY: case PLAN_MAP: case PLAN_STRUCT: break;
    }
    if (++w->depth > DEEPEST) {
        w->too_deep = true;
        return false;
    }
    bool ok = write_nested(w, plan, v);
    w->depth--;
    return ok;
}

// encodePlain(p *plan, v unsafe.Pointer, b []byte, table *planTable, escapeHTML bool) (out []byte, ok, tooDeep bool, unknown *value.Type)
NativeStatus json_encode_plain(NativeCall *c) {
    const Plan *plan = native_ptr(c);
    const void *v = native_ptr(c);
    Slice b = native_slice(c);
    Writer w = {.p = current_p, .out = {b.ptr, b.len, b.cap}, .table = native_ptr(c)};
    w.html = native_bool(c);
    bool ok = write_value(&w, plan, v);
    native_ret_slice(c, ok ? (Slice){w.out.ptr, w.out.len, w.out.cap} : b);
    native_ret_bool(c, ok);
    native_ret_bool(c, w.too_deep);
    native_ret_ptr(c, w.unknown);
    return NATIVE_OK;
}
