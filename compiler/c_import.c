// SPDX-License-Identifier: MIT
// c_import.c: package "C" as the checker sees it: names made on demand from
// what the preambles declare, types with C's layout under cgo's rules.
//
// Facts: a C type has one counterpart in each package that imports "C";
// structs are structs of the same layout, unions arrays of bytes, enumerations
// their integer type, void * is unsafe.Pointer, function pointers are *[0]byte
// and remember what they point to. A typedef of a named type is an alias.
#include <stdlib.h>
#include <string.h>

#include "compiler/c_impl.h"
#include "compiler/constant.h"

bool foreign_refused;

static Type *go_type(CUnit *u, CType *t);

// --- types

static Type *named_type(CUnit *u, const char *name, Type *underlying) {
    Type *t = type_new(TYPE_K_NAMED);
    Object *o = object_new(OBJ_TYPE, 0, u->pkg, name_of(name), t);
    o->color = 2; // done, see check_impl.h
    t->obj = o;
    t->underlying = underlying;
    t->completed = true;
    return t;
}

static Type *basic_go(CUnit *u, int kind) {
    static const struct { const char *name; uint8_t kind; } table[C_BASIC_COUNT] = {
        [C_VOID] = {"void", 0}, [C_BOOL] = {"_Bool", KIND_BOOL}, [C_CHAR] = {"char", KIND_INT8}, [C_SCHAR] = {"schar", KIND_INT8}, [C_UCHAR] = {"uchar", KIND_UINT8},
        [C_SHORT] = {"short", KIND_INT16}, [C_USHORT] = {"ushort", KIND_UINT16}, [C_INT] = {"int", KIND_INT32}, [C_UINT] = {"uint", KIND_UINT32},
        [C_LONG] = {"long", KIND_INT64}, [C_ULONG] = {"ulong", KIND_UINT64}, [C_LLONG] = {"longlong", KIND_INT64}, [C_ULLONG] = {"ulonglong", KIND_UINT64},
        [C_FLOAT] = {"float", KIND_FLOAT32}, [C_DOUBLE] = {"double", KIND_FLOAT64}, [C_CFLOAT] = {"complexfloat", KIND_COMPLEX64}, [C_CDOUBLE] = {"complexdouble", KIND_COMPLEX128},
        [C_INT128] = {"int128", 0}, [C_UINT128] = {"uint128", 0}, [C_LDOUBLE] = {"longdouble", 0}, [C_CLDOUBLE] = {"complexlongdouble", 0},
    };
    Name *n = name_of(arena_printf("\001%s", table[kind].name)); // no C name
    Object *o = scope_lookup_here(u->pkg->scope, n);
    if (o) return o->type;
    int k = table[kind].kind;
#ifdef __aarch64__
    if (kind == C_CHAR) k = KIND_UINT8; // plain char is unsigned there
#endif
    int64_t bytes = kind == C_VOID ? 0 : c_basic(kind)->size;
    Type *t = named_type(u, table[kind].name, k ? TY(k) : type_array_of(type_byte, bytes));
    o = object_new(OBJ_TYPE, 0, u->pkg, n, t);
    scope_insert(u->pkg->scope, o);
    return t;
}

typedef VEC(StructField) FieldVec;

static void add_field(CUnit *u, FieldVec *v, const char *name, Type *t, bool embedded) {
    StructField f = {.name = name_of(name), .type = t, .embedded = embedded, .pkg = u->owner};
    VEC_PUSH(v, f);
}

static bool is_go_keyword(const char *s) {
    static const char *const words[] = {"break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type", "var"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], s) == 0) return true;
    return false;
}

static const char *field_name(CField *f, int *anonymous) {
    if (!f->name) return arena_printf("anon%d", (*anonymous)++);
    return is_go_keyword(f->name->text) ? arena_printf("_%s", f->name->text) : f->name->text;
}

// The fields at C's offsets: gaps are blank fields, as cgo makes them; a layout
// that alignment rules cannot give is written down offset by offset.
static void fill_struct(CUnit *u, CType *t, Type *s) {
    FieldVec fields = {0};
    VEC(int64_t) offsets = {0};
    int64_t off = 0;
    int anonymous = 0;
    bool odd = false;
    for (uint32_t i = 0; i < t->nfields; i++) {
        CField *f = &t->fields[i];
        if (f->bits >= 0) continue;
        Type *g = go_type(u, f->type);
        int64_t align = type_align(g);
        odd |= f->offset % align != 0;
        int64_t at = (off + align - 1) / align * align;
        if (f->offset > at && !odd) {
            add_field(u, &fields, "_", type_array_of(type_byte, f->offset - at), false);
            VEC_PUSH(&offsets, at);
        }
        CType *c = c_strip(f->type);
        bool promoted = !f->name && c->kind == C_STRUCT;
        add_field(u, &fields, field_name(f, &anonymous), g, promoted);
        VEC_PUSH(&offsets, f->offset);
        off = f->offset + type_size(g);
    }
    if (off < t->size && !odd) {
        add_field(u, &fields, "_", type_array_of(type_byte, t->size - off), false);
        VEC_PUSH(&offsets, off);
    }
    s->fields = fields.at;
    s->nfields = fields.len;
    s->offsets = offsets.at;
    s->c_layout = true;
}

static Type *struct_go(CUnit *u, CType *t) {
    const char *name = t->name ? arena_printf("struct_%s", t->name->text) : arena_printf("struct___%u", u->anonymous++);
    Type *s = type_new(KIND_STRUCT), *n = named_type(u, name, s);
    t->go = n;
    s->c = t;
    if (!c_layout(t)) return n;
    s->size = t->size; // before the fields: one may point to a struct that holds this one
    s->align = t->align > 8 ? 8 : t->align; // what the heap gives
    fill_struct(u, t, s);
    return n;
}

static Type *pointer_go(CUnit *u, CType *t) {
    CType *of = c_strip(t->of);
    if (of->kind == C_VOID) return TY(KIND_UNSAFE_POINTER);
    if (of->kind != C_FUNC) return type_pointer_to(go_type(u, t->of));
    Type *p = type_new(KIND_POINTER);
    *p = *type_pointer_to(type_array_of(type_byte, 0));
    p->c = of;
    p->desc = NULL;
    return p;
}

static Type *union_go(CUnit *u, CType *t) {
    if (!c_layout(t) && t->name) return named_type(u, arena_printf("union_%s", t->name->text), type_array_of(type_byte, 0));
    Type *a = type_new(KIND_ARRAY);
    *a = *type_array_of(type_byte, c_layout(t) ? t->size : 0);
    a->c = t;
    a->desc = NULL;
    return a;
}

// Pointer types whose values need not be addresses: references of the Java
// native interface.
static bool is_fake_pointer(CType *t) {
    static const char *const names[] = {"jobject", "jclass", "jthrowable", "jstring", "jarray", "jbooleanArray", "jbyteArray", "jcharArray", "jshortArray", "jintArray", "jlongArray", "jfloatArray", "jdoubleArray", "jobjectArray", "jweak"};
    if (c_strip(t)->kind != C_POINTER) return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], t->name->text) == 0) return true;
    return false;
}

static Type *typedef_go(CUnit *u, CType *t) {
    if (t->name && strcmp(t->name->text, "_GoString_") == 0) return TY(KIND_STRING); // a string as it is
    if (t->name && is_fake_pointer(t)) return named_type(u, t->name->text, TY(KIND_UINTPTR));
    Type *sub = go_type(u, t->of);
    if (!t->name || (sub->kind == TYPE_K_NAMED && sub->obj->pkg == u->pkg)) return sub;
    Type *n = named_type(u, t->name->text, NULL);
    n->underlying = type_under(sub);
    n->c = sub->c;
    return n;
}

static Type *compute_go(CUnit *u, CType *t) {
    switch (t->kind) {
    case C_POINTER: return pointer_go(u, t);
    case C_ARRAY: return type_array_of(go_type(u, t->of), t->len > 0 ? t->len : 0);
    case C_FUNC: return type_array_of(type_byte, 0);
    case C_STRUCT: return struct_go(u, t);
    case C_ENUM: return t->of ? type_under(go_type(u, t->of)) : TY(KIND_UINT32);
    case C_TYPEDEF: return typedef_go(u, t);
    case C_UNION: return union_go(u, t);
    case C_OPAQUE: return type_array_of(type_byte, c_layout(t) ? t->size : 0);
    default: return basic_go(u, t->kind);
    }
}

static Type *go_type(CUnit *u, CType *t) {
    if (t->kind < C_BASIC_COUNT) return basic_go(u, t->kind);
    if (!t->go) {
        Type *g = compute_go(u, t);
        t->go = g;
    }
    return t->go;
}

Type *foreign_go_type(const Package *c, CType *t) { return go_type(c->c, t); }

CType *foreign_pointee(Type *t) {
    if (!t->c && t->kind == TYPE_K_NAMED && t->underlying) t = t->underlying;
    return t->c && t->c->kind == C_FUNC ? t->c : NULL;
}

static bool find_member(CUnit *u, CType *t, Name *name, int64_t base, bool hidden, ForeignMember *out) {
    for (uint32_t i = 0; i < t->nfields; i++) {
        CField *f = &t->fields[i];
        CType *c = c_strip(f->type);
        if (!f->name && (c->kind == C_STRUCT || c->kind == C_UNION) && f->bits < 0) {
            if (find_member(u, c, name, base + f->offset, hidden || c->kind == C_UNION, out)) return true;
        } else if (f->name == name && (hidden || f->bits >= 0)) {
            int64_t unit = f->type->size;
            if (f->bits > 0 && f->bit_offset + f->bits > unit * 8) return false; // packed across two units
            static const uint8_t kinds[] = {[1] = KIND_UINT8, [2] = KIND_UINT16, [4] = KIND_UINT32, [8] = KIND_UINT64};
            *out = (ForeignMember){.type = go_type(u, f->type), .offset = (uint64_t)(base + f->offset)};
            if (f->bits > 0) *out = (ForeignMember){out->type, out->offset, (uint8_t)f->bits, (uint8_t)f->bit_offset, TY(kinds[unit])};
            return f->bits != 0;
        }
    }
    return false;
}

const ForeignMember *foreign_member(Type *t, Name *name) {
    Type *u = type_under(t);
    if (u && u->kind == KIND_POINTER) u = type_under(t = u->elem);
    if (!u || (u->kind != KIND_STRUCT && u->kind != KIND_ARRAY)) return NULL;
    CType *c = t->c ? t->c : u->c;
    if (!c || (c->kind != C_STRUCT && c->kind != C_UNION) || !c->unit || !c_layout(c)) return NULL;
    ForeignMember m;
    return find_member(c->unit, c, name, 0, c->kind == C_UNION, &m) ? arena_dup(&m, sizeof m) : NULL;
}

// --- names

static Object *enter(CUnit *u, int kind, Name *name, Type *t) {
    Object *o = object_new((ObjKind)kind, 0, u->pkg, name, t);
    o->color = 2;
    o->flags |= OBJF_USED;
    scope_insert(u->pkg->scope, o);
    return o;
}

static Object *constant(CUnit *u, Name *name, Type *t, Const *v) {
    Object *o = enter(u, OBJ_CONST, name, t);
    o->konst.val = v;
    return o;
}

static Object *type_object(CUnit *u, Name *name, CType *c) {
    Object *o = enter(u, OBJ_TYPE, name, go_type(u, c));
    o->flags |= OBJF_ALIAS;
    return o;
}

// A constant that is no Go constant, such as (handle)-1: a variable that holds it.
static Object *pointer_constant(CUnit *u, Name *name, CValue v) {
    Object *o = enter(u, OBJ_VAR, name, go_type(u, v.type));
    o->flags |= OBJF_GLOBAL;
    uint64_t *cell = ARENA_NEW(uint64_t);
    *cell = v.i;
    o->gen = cell;
    return o;
}

static Object *value_object(CUnit *u, Name *name, CValue v, bool is_char) {
    switch (v.kind) {
    case CVAL_INT:
        if (v.type) return pointer_constant(u, name, v);
        return constant(u, name, TY(is_char ? TYPE_K_UNTYPED_RUNE : TYPE_K_UNTYPED_INT), v.is_unsigned ? const_uint(v.i) : const_int((int64_t)v.i));
    case CVAL_FLOAT: return constant(u, name, TY(TYPE_K_UNTYPED_FLOAT), const_float(v.f));
    case CVAL_STRING: return constant(u, name, TY(TYPE_K_UNTYPED_STRING), const_str(v.s));
    case CVAL_NONE: break;
    }
    return NULL;
}

static bool is_identifier(Str s) {
    for (int64_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i && c >= '0' && c <= '9')) return false;
    }
    return s.len > 0;
}

static Object *find(CUnit *u, Name *name);
static Object *decl_object(CUnit *u, CDecl *d);

// What only the C compiler can evaluate: called without arguments.
static Object *value_macro(CUnit *u, CMacro *m) {
    CDecl *d = ARENA_NEW(CDecl);
    *d = (CDecl){.kind = CDECL_MACRO, .macro = m, .name = m->name};
    return decl_object(u, d);
}

static Object *macro_object(CUnit *u, CMacro *m) {
    if (m->busy) return NULL;
    Str text = c_expand(u, m->body);
    CValue v = c_evaluate(u, text);
    if (v.kind != CVAL_NONE) return value_object(u, m->name, v, text.len && text.ptr[0] == '\'');
    CType *type = c_evaluate_type(u, text);
    if (type) return type_object(u, m->name, type);
    if (!is_identifier(text)) return text.len ? value_macro(u, m) : NULL;
    Name *other = name_intern(text.ptr, (size_t)text.len);
    if (other == m->name) return NULL;
    m->busy = true;
    Object *o = find(u, other);
    m->busy = false;
    if (!o) return value_macro(u, m);
    Object *copy = arena_dup(o, sizeof *o);
    copy->name = m->name;
    scope_insert(u->pkg->scope, copy);
    return copy;
}

static Object *param_of(Type *t) { return object_new(OBJ_VAR, 0, NULL, NULL, t); }

// CString and its kind: natives of package runtime/cgo, typed with this package's C types.
static Object *helper(CUnit *u, Name *name) {
    Type *c_char = type_pointer_to(basic_go(u, C_CHAR)), *c_int = basic_go(u, C_INT), *p = TY(KIND_UNSAFE_POINTER), *bytes = type_slice_of(type_byte), *s = TY(KIND_STRING);
    const struct { const char *name, *native; Type *in[2], *out; } table[] = {
        {"CString", "cString", {s, NULL}, c_char},          {"CBytes", "cBytes", {bytes, NULL}, p},     {"GoString", "goString", {c_char, NULL}, s},
        {"GoStringN", "goStringN", {c_char, c_int}, s},     {"GoBytes", "goBytes", {p, c_int}, bytes},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].name, name->text) != 0) continue;
        Type *sig = type_new(KIND_FUNC);
        sig->nparams = table[i].in[1] ? 2 : 1;
        sig->params = ARENA_ARRAY(Object *, 2);
        for (uint32_t k = 0; k < sig->nparams; k++) sig->params[k] = param_of(table[i].in[k]);
        Object *result = param_of(table[i].out);
        sig->results = arena_dup(&result, sizeof result);
        sig->nresults = 1;
        Package *natives = ARENA_NEW(Package);
        natives->name = name_of("C");
        natives->path = arena_str("runtime/cgo", 11);
        Object *o = object_new(OBJ_FUNC, 0, natives, name_of(table[i].native), sig);
        o->color = 2;
        FuncInfo *info = ARENA_NEW(FuncInfo);
        *info = (FuncInfo){.obj = o, .sig = sig, .params = sig->params, .nparams = sig->nparams, .results = sig->results, .nresults = 1, .pkg = natives};
        o->func.info = info;
        Object *visible = arena_dup(o, sizeof *o);
        visible->name = name;
        scope_insert(u->pkg->scope, visible);
        visible->name = o->name;
        return visible;
    }
    return NULL;
}

static Object *decl_object(CUnit *u, CDecl *d) {
    if (d->obj) return d->obj;
    switch ((CDeclKind)d->kind) {
    case CDECL_MACRO: d->obj = enter(u, OBJ_FUNC, d->name, TY(KIND_UNSAFE_POINTER)); break;
    case CDECL_TYPEDEF: return d->obj = type_object(u, d->name, d->type);
    case CDECL_CONST: return d->obj = constant(u, d->name, TY(TYPE_K_UNTYPED_INT), d->is_unsigned ? const_uint((uint64_t)d->value) : const_int(d->value));
    case CDECL_FUNC: d->obj = enter(u, OBJ_FUNC, d->name, TY(KIND_UNSAFE_POINTER)); break;
    case CDECL_VAR:
        d->obj = enter(u, OBJ_VAR, d->name, go_type(u, d->type));
        d->obj->flags |= OBJF_GLOBAL;
        break;
    }
    d->obj->c = d;
    if (d->is_static) VEC_PUSH(&u->wanted, d);
    return d->obj;
}

static Object *size_object(CUnit *u, Name *name) {
    if (strncmp(name->text, "sizeof_", 7) != 0) return NULL;
    CType *t = c_type_of_name(u, name->text + 7);
    if (!t || !c_layout(t)) return NULL;
    return constant(u, name, TY(TYPE_K_UNTYPED_INT), const_int(t->kind == C_VOID ? 1 : t->size));
}

static Object *find(CUnit *u, Name *name) {
    Object *o = scope_lookup_here(u->pkg->scope, name);
    if (o) return o;
    if ((o = helper(u, name))) return o;
    CMacro *m = c_find(&u->macros, name);
    CDecl *d = c_find(&u->names, name);
    if (m && d && d->preamble && m->preamble != d->preamble) m = NULL; // of another file
    if (m && !m->has_params && (o = macro_object(u, m))) return o;
    bool hidden = m && m->has_params && m->in_preamble && d && d->kind == CDECL_FUNC && !d->defined; // the macro is what C code calls
    if (d && !hidden) return decl_object(u, d);
    if ((o = size_object(u, name))) return o;
    CType *t = c_type_of_name(u, name->text);
    if (t) return type_object(u, name, t);
    if (!m || !m->has_params || m->variadic) return NULL;
    d = ARENA_NEW(CDecl);
    *d = (CDecl){.kind = CDECL_MACRO, .macro = m, .name = name};
    return decl_object(u, d);
}

// --- what was meant

static int distance(const char *a, const char *b, int limit) {
    int la = (int)strlen(a), lb = (int)strlen(b), row[64];
    if (la >= 64 || lb >= 64 || abs(la - lb) > limit) return limit + 1;
    for (int j = 0; j <= lb; j++) row[j] = j;
    for (int i = 1; i <= la; i++) {
        int before = row[0]++;
        for (int j = 1; j <= lb; j++) {
            int change = before + (a[i - 1] != b[j - 1]);
            before = row[j];
            int best = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            row[j] = best < change ? best : change;
        }
    }
    return row[lb];
}

static void nearest_in(const CTable *t, const char *want, const char **best, int *score) {
    for (uint32_t i = 0; i < t->cap; i++) {
        if (!t->at[i].name || !t->at[i].what || t->at[i].name->text[0] == '_') continue;
        int d = distance(want, t->at[i].name->text, *score - 1);
        if (d < *score) *score = d, *best = t->at[i].name->text;
    }
}

static void unknown(CUnit *u, Name *name, Pos pos) {
    if (u->failed) return;
    CMacro *m = c_find(&u->macros, name);
    if (m && m->has_params) {
        source_error(pos, "C.%s is a macro with any number of parameters; wrap it in a function of the preamble", name->text);
        return;
    }
    if (m && m->body.len) {
        source_error(pos, "C.%s is a macro whose text is no constant: %.*s", name->text, (int)(m->body.len > 60 ? 60 : m->body.len), m->body.ptr);
        return;
    }
    const char *best = NULL;
    int score = strlen(name->text) > 5 ? 3 : 2;
    nearest_in(&u->names, name->text, &best, &score);
    nearest_in(&u->macros, name->text, &best, &score);
    source_error(pos, "undefined: C.%s%s%s%s", name->text, best ? " (did you mean C." : "", best ? best : "", best ? "?)" : "");
}

Object *foreign_lookup(Package *c, Name *name, Pos pos) {
    CUnit *u = c->c;
    Object *o = find(u, name);
    if (!o) unknown(u, name, pos);
    return o;
}

bool foreign_is_package(const Package *p) { return p && p->c_owner; }

bool foreign_is_value(const Object *o) { return foreign_is_macro(o) && !o->c->macro->has_params; }

bool foreign_is_macro(const Object *o) { return o && o->kind == OBJ_FUNC && o->c && o->c->kind == CDECL_MACRO; }

CDecl *foreign_func(const Object *o) { return o && o->kind == OBJ_FUNC ? o->c : NULL; }

// --- importing

static CUnit *unit_of(Package *owner, Pos pos) {
    if (owner->c) return owner->c;
    CUnit *u = ARENA_NEW(CUnit);
    u->owner = owner;
    u->pos = pos;
    u->pkg = ARENA_NEW(Package);
    *u->pkg = (Package){.name = name_of("C"), .path = arena_str("C", 1), .scope = scope_new(NULL), .checked = true, .generated = true, .c = u, .c_owner = owner};
    owner->c = u;
    VEC_PUSH(&u->fast, name_of("malloc"));
    VEC_PUSH(&u->fast, name_of("free"));
    CPreamble own = {.text = {"", 0}, .path = "", .pos = pos};
    VEC_PUSH(&u->preambles, own);
    static const char always[] = "void *malloc(size_t); void free(void *); typedef struct _GoString_ { const char *p; long n; } _GoString_;";
    c_parse(u, 0, (Str){always, sizeof always - 1});
    return u;
}

Package *foreign_import(Package *p, Str preamble, Pos preamble_pos, Pos pos) {
    if (foreign_refused) {
        source_error(pos, "import \"C\" is refused: C functions are switched off (-no-ffi)");
        return NULL;
    }
    CUnit *u = unit_of(p, pos);
    Location at = source_locate(pos);
    const char *path = at.file ? arena_printf("%.*s", (int)at.file->path.len, at.file->path.ptr) : "";
    if (preamble.len) c_read_preamble(u, preamble, preamble_pos, path);
    return u->pkg;
}

void foreign_add_export(Package *p, Name *name, Object *fn, Pos pos) {
    if (!p->c) return;
    ExportedFunc e = {name, fn, pos};
    VEC_PUSH(&p->c->exports, e);
}
