// SPDX-License-Identifier: MIT
// layout.c: natives of package time that go by layouts: writing times and
// reading them.
#include "stdlib/time/layout.h"

#include "runtime/gc.h"

// --- elements of layouts

typedef enum Element {
    ELEMENT_NONE, ELEMENT_YEAR, ELEMENT_YEAR2, ELEMENT_MONTH_NAME, ELEMENT_MONTH_SHORT, ELEMENT_MONTH, ELEMENT_DAY_NAME, ELEMENT_DAY_SHORT,
    ELEMENT_DAY, ELEMENT_YEARDAY, ELEMENT_HOUR24, ELEMENT_HOUR12, ELEMENT_MINUTE, ELEMENT_SECOND, ELEMENT_UPPER_PM, ELEMENT_LOWER_PM,
    ELEMENT_ZONE, ELEMENT_OFFSET, ELEMENT_FRACTION,
} Element;

typedef struct Row {
    const char *text;
    Element element;
    uint8_t len;
    char pad; // of numbers: what makes them as long as the text; 0: nothing
} Row;

// Longer ones before their beginnings.
static const Row rows[] = {
    {"January", ELEMENT_MONTH_NAME, 7, 0}, {"Jan", ELEMENT_MONTH_SHORT, 3, 0},
    {"Monday", ELEMENT_DAY_NAME, 6, 0},    {"Mon", ELEMENT_DAY_SHORT, 3, 0},
    {"MST", ELEMENT_ZONE, 3, 0},           {"2006", ELEMENT_YEAR, 4, '0'},
    {"002", ELEMENT_YEARDAY, 3, '0'},      {"01", ELEMENT_MONTH, 2, '0'},
    {"02", ELEMENT_DAY, 2, '0'},           {"03", ELEMENT_HOUR12, 2, '0'},
    {"04", ELEMENT_MINUTE, 2, '0'},        {"05", ELEMENT_SECOND, 2, '0'},
    {"06", ELEMENT_YEAR2, 2, '0'},         {"15", ELEMENT_HOUR24, 2, '0'},
    {"Z070000", ELEMENT_OFFSET, 7, 0},     {"Z07:00:00", ELEMENT_OFFSET, 9, 0},
    {"Z0700", ELEMENT_OFFSET, 5, 0},       {"Z07:00", ELEMENT_OFFSET, 6, 0},
    {"Z07", ELEMENT_OFFSET, 3, 0},         {"-070000", ELEMENT_OFFSET, 7, 0},
    {"-07:00:00", ELEMENT_OFFSET, 9, 0},   {"-0700", ELEMENT_OFFSET, 5, 0},
    {"-07:00", ELEMENT_OFFSET, 6, 0},      {"-07", ELEMENT_OFFSET, 3, 0},
    {"__2", ELEMENT_YEARDAY, 3, ' '},      {"_2", ELEMENT_DAY, 2, ' '},
    {"PM", ELEMENT_UPPER_PM, 2, 0},        {"pm", ELEMENT_LOWER_PM, 2, 0},
    {"1", ELEMENT_MONTH, 1, 0},            {"2", ELEMENT_DAY, 1, 0},
    {"3", ELEMENT_HOUR12, 1, 0},           {"4", ELEMENT_MINUTE, 1, 0},
    {"5", ELEMENT_SECOND, 1, 0},
};

// A layout in three pieces: what stands before its first element, the element,
// the rest.
typedef struct Split {
    Str before, text, rest;
    Element element;
    char pad;
} Split;

static bool is_digit(Str s, int64_t i) { return i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; }

static Split split_at(Str layout, int64_t i, int64_t len, Element e, char pad) {
    return (Split){{layout.ptr, i}, {layout.ptr + i, len}, {layout.ptr + i + len, layout.len - i - len}, e, pad};
}

// The length of the fraction that begins at i, as .000 or ,999; 0: none.
static int64_t fraction_at(Str layout, int64_t i) {
    char digit = i + 1 < layout.len ? layout.ptr[i + 1] : 0;
    if (digit != '0' && digit != '9') return 0;
    int64_t j = i + 1;
    while (j < layout.len && layout.ptr[j] == digit) j++;
    return is_digit(layout, j) ? 0 : j - i;
}

static const Row *row_at(Str layout, int64_t i) {
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const Row *r = &rows[k];
        if (r->text[0] != layout.ptr[i] || r->len > layout.len - i || memcmp(r->text, layout.ptr + i, r->len) != 0) continue;
        bool word = r->element == ELEMENT_MONTH_SHORT || r->element == ELEMENT_DAY_SHORT; // which may begin a longer one
        if (word && layout.len - i > 3 && layout.ptr[i + 3] >= 'a' && layout.ptr[i + 3] <= 'z') continue;
        return r;
    }
    return NULL;
}

static Split split(Str layout) {
    for (int64_t i = 0; i < layout.len; i++) {
        char c = layout.ptr[i];
        if (c == '.' || c == ',') {
            int64_t n = fraction_at(layout, i);
            if (n) return split_at(layout, i, n, ELEMENT_FRACTION, 0);
            continue;
        }
        if (!memchr("JM0123456789Z-_Pp", c, 17)) continue;
        if (c == '_' && layout.len - i >= 5 && memcmp(layout.ptr + i, "_2006", 5) == 0) continue; // a blank, then the year
        const Row *r = row_at(layout, i);
        if (r) return split_at(layout, i, r->len, r->element, r->pad);
    }
    return (Split){layout, {NULL, 0}, {NULL, 0}, ELEMENT_NONE, 0};
}

// --- dates

enum { DAY = 24 * 60 * 60 };

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

// Days since January 1 of year 1 as a date. Years begin in March, so that leap
// days come last.
static Civil civil(int64_t days) {
    int64_t d = days + 306, era = floor_div(d, 146097);
    int64_t in_era = d - era * 146097;
    int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t yday = in_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * yday + 2) / 153;
    return (Civil){year + era * 400 + (month >= 10), month < 10 ? month + 3 : month - 9, yday - (153 * month + 2) / 5 + 1};
}

static int64_t days_before_year(int64_t year) {
    int64_t y = year - 1;
    return y * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400);
}

// civil(days int64) (year int, month Month, day int)
NativeStatus time_civil(NativeCall *c) {
    Civil v = civil(native_int(c));
    native_ret_int(c, v.year);
    native_ret_int(c, v.month);
    native_ret_int(c, v.day);
    return NATIVE_OK;
}

// --- writing

static const char *const month_names[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
static const char *const day_names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

typedef struct Text { // begins as a slice, in whose spare capacity it is written
    char *ptr;
    int64_t len, cap;
} Text;

static void put(Text *t, const char *s, int64_t n) {
    if (t->cap - t->len < n) {
        int64_t cap = (int64_t)gc_round_size((uint64_t)(t->len + n + (t->len ? t->len : 32)), true);
        char *p = gc_new_noscan(current_p, (uint64_t)cap);
        if (t->len) memcpy(p, t->ptr, (size_t)t->len);
        t->ptr = p;
        t->cap = cap;
    }
    if (n) memcpy(t->ptr + t->len, s, (size_t)n);
    t->len += n;
}

static void put_number(Text *t, int64_t v, int width, char pad) {
    char buf[24], *end = buf + sizeof buf, *p = end;
    uint64_t n = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do *--p = (char)('0' + n % 10);
    while (n /= 10);
    while (end - p < width) *--p = pad;
    if (v < 0) put(t, "-", 1);
    put(t, p, end - p);
}

static void put_name(Text *t, const char *name, bool whole) { put(t, name, whole ? (int64_t)strlen(name) : 3); }

static void put_offset(Text *t, Str element, int64_t offset) {
    if (element.ptr[0] == 'Z' && offset == 0) {
        put(t, "Z", 1);
        return;
    }
    put(t, offset < 0 ? "-" : "+", 1);
    if (offset < 0) offset = -offset;
    int64_t colon = element.len > 3 && element.ptr[3] == ':';
    put_number(t, offset / 3600, 2, '0');
    if (element.len > 3) {
        put(t, ":", colon);
        put_number(t, offset / 60 % 60, 2, '0');
    }
    if (element.len > 6) {
        put(t, ":", colon);
        put_number(t, offset % 60, 2, '0');
    }
}

static void put_fraction(Text *t, Str element, int64_t nsec) {
    char d[9];
    for (int i = 8; i >= 0; i--, nsec /= 10) d[i] = (char)('0' + nsec % 10);
    int64_t n = element.len - 1 < 9 ? element.len - 1 : 9;
    if (element.ptr[1] == '9') {
        while (n > 0 && d[n - 1] == '0') n--;
        if (n == 0) return;
    }
    put(t, element.ptr, 1);
    put(t, d, n);
}

typedef struct Moment {
    Civil date;
    int64_t day, sec, nsec, offset; // day: since January 1 of year 1; sec: of the day
    Str zone;
} Moment;

static void put_element(Text *t, const Split *s, const Moment *m) {
    int width = s->pad ? (int)s->text.len : 0;
    int64_t hour = m->sec / 3600;
    switch (s->element) {
    case ELEMENT_NONE: break;
    case ELEMENT_YEAR: put_number(t, m->date.year, width, s->pad); break;
    case ELEMENT_YEAR2: put_number(t, (m->date.year < 0 ? -m->date.year : m->date.year) % 100, width, s->pad); break;
    case ELEMENT_MONTH_NAME: case ELEMENT_MONTH_SHORT: put_name(t, month_names[m->date.month - 1], s->element == ELEMENT_MONTH_NAME); break;
    case ELEMENT_MONTH: put_number(t, m->date.month, width, s->pad); break;
    case ELEMENT_DAY_NAME: case ELEMENT_DAY_SHORT:
        put_name(t, day_names[m->day + 1 - floor_div(m->day + 1, 7) * 7], s->element == ELEMENT_DAY_NAME);
        break;
    case ELEMENT_DAY: put_number(t, m->date.day, width, s->pad); break;
    case ELEMENT_YEARDAY: put_number(t, m->day - days_before_year(m->date.year) + 1, width, s->pad); break;
    case ELEMENT_HOUR24: put_number(t, hour, width, s->pad); break;
    case ELEMENT_HOUR12: put_number(t, hour % 12 ? hour % 12 : 12, width, s->pad); break;
    case ELEMENT_MINUTE: put_number(t, m->sec / 60 % 60, width, s->pad); break;
    case ELEMENT_SECOND: put_number(t, m->sec % 60, width, s->pad); break;
    case ELEMENT_UPPER_PM: put(t, hour < 12 ? "AM" : "PM", 2); break;
    case ELEMENT_LOWER_PM: put(t, hour < 12 ? "am" : "pm", 2); break;
    case ELEMENT_ZONE:
        if (m->zone.len) put(t, m->zone.ptr, m->zone.len);
        else put_offset(t, (Str){"-0700", 5}, m->offset);
        break;
    case ELEMENT_OFFSET: put_offset(t, s->text, m->offset); break;
    case ELEMENT_FRACTION: put_fraction(t, s->text, m->nsec); break;
    }
}

// appendLayout(b []byte, layout string, local, nsec int64, zone string, offset int) []byte
NativeStatus time_append_layout(NativeCall *c) {
    Slice b = native_slice(c);
    Str layout = native_str(c);
    int64_t local = native_int(c);
    Moment m;
    m.nsec = native_int(c);
    m.zone = native_str(c);
    m.offset = native_int(c);
    m.day = floor_div(local, DAY);
    m.sec = local - m.day * DAY;
    m.date = civil(m.day);
    Text t = {b.ptr, b.len, b.cap};
    while (layout.len) {
        Split s = split(layout);
        put(&t, s.before.ptr, s.before.len);
        put_element(&t, &s, &m);
        layout = s.rest;
    }
    native_ret_slice(c, (Slice){t.ptr, t.len, t.cap});
    return NATIVE_OK;
}

// --- reading

typedef struct Fields { // time.csp, fields
    int64_t year, month, day, yday, hour, min, sec, nsec;
    bool pm, pm_set, utc;
    Str zone;
    int64_t offset;
    bool has_offset;
    Str rest, out_of;
} Fields;

static void drop(Fields *f, int64_t n) {
    f->rest.ptr += n;
    f->rest.len -= n;
}

static bool starts(Str s, const char *with) {
    int64_t n = (int64_t)strlen(with);
    return s.len >= n && memcmp(s.ptr, with, (size_t)n) == 0;
}

static bool number(Fields *f, int least, int most, int64_t *n) {
    int i = 0;
    int64_t v = 0;
    for (; i < most && is_digit(f->rest, i); i++) v = v * 10 + f->rest.ptr[i] - '0';
    if (i < least) return false;
    drop(f, i);
    *n = v;
    return true;
}

// One or two digits, two if the element has them; outside the bounds it is
// reported by name.
static bool ranged(Fields *f, int least, int64_t low, int64_t high, const char *name, int64_t *n) {
    if (!number(f, least, 2, n)) return false;
    if (*n < low || *n > high) f->out_of = (Str){name, (int64_t)strlen(name)};
    return true;
}

static bool one_of(Fields *f, const char *const *names, int count, bool whole, int64_t *found) {
    for (int i = 0; i < count; i++) {
        int64_t n = whole ? (int64_t)strlen(names[i]) : 3, k = 0;
        if (f->rest.len < n) continue;
        while (k < n && (f->rest.ptr[k] | 0x20) == (names[i][k] | 0x20)) k++;
        if (k < n) continue;
        drop(f, n);
        *found = i;
        return true;
    }
    return false;
}

static void blanks(Fields *f, int64_t most) {
    while (most-- > 0 && f->rest.len && f->rest.ptr[0] == ' ') drop(f, 1);
}

static bool starts_fraction(Str s) { return s.len > 1 && (s.ptr[0] == '.' || s.ptr[0] == ',') && is_digit(s, 1); }

// A separator and at most so many digits, of which nine count.
static void fraction(Fields *f, int64_t most) {
    int64_t n = 1, scale = 100000000;
    f->nsec = 0;
    for (; n <= most && is_digit(f->rest, n); n++, scale /= 10) f->nsec += (f->rest.ptr[n] - '0') * scale;
    drop(f, n);
}

static bool wanted_fraction(Fields *f, Str element) {
    if (element.ptr[1] == '9') { // may be missing
        if (starts_fraction(f->rest)) fraction(f, f->rest.len);
        return true;
    }
    int64_t n = 1;
    while (n < element.len && is_digit(f->rest, n)) n++;
    if (n != element.len || (f->rest.ptr[0] != '.' && f->rest.ptr[0] != ',')) return false;
    fraction(f, n - 1);
    return true;
}

static bool half(Fields *f, const char *am, const char *pm) {
    bool is_pm = starts(f->rest, pm);
    if (!is_pm && !starts(f->rest, am)) return false;
    f->pm = is_pm;
    f->pm_set = true;
    drop(f, 2);
    return true;
}

// The length of a sign and hours from -23 to 23; 0: there are none.
static int64_t hour_offset(Str s) {
    if (!s.len || (s.ptr[0] != '+' && s.ptr[0] != '-')) return 0;
    int64_t n = 1, v = 0;
    for (; is_digit(s, n) && v <= 23; n++) v = v * 10 + s.ptr[n] - '0';
    return n == 1 || v > 23 ? 0 : n;
}

// The length of the name of a zone at the beginning of v.
static int64_t zone_name_length(Str v) {
    int64_t n = 0;
    while (n < v.len && n < 6 && v.ptr[n] >= 'A' && v.ptr[n] <= 'Z') n++;
    if (starts(v, "ChST") || starts(v, "MeST")) return 4;
    if (starts(v, "GMT")) return 3 + hour_offset((Str){v.ptr + 3, v.len - 3});
    if (v.len && (v.ptr[0] == '+' || v.ptr[0] == '-')) return hour_offset(v); // zones without letters
    if (n == 5) return v.ptr[4] == 'T' ? 5 : 0;
    if (n == 4) return v.ptr[3] == 'T' || starts(v, "WITA") ? 4 : 0;
    return n == 3 ? 3 : 0;
}

static bool zone_name(Fields *f) {
    if (starts(f->rest, "UTC")) {
        f->utc = true;
        drop(f, 3);
        return true;
    }
    int64_t n = zone_name_length(f->rest);
    if (n == 0) return false;
    f->zone = (Str){f->rest.ptr, n};
    drop(f, n);
    return true;
}

static bool zone_offset(Fields *f, Str element) {
    static const struct { int length, most; const char *name; } parts[] = {
        {3, 24, "time zone offset hour"}, {5, 60, "time zone offset minute"}, {7, 60, "time zone offset second"}};
    if (element.ptr[0] == 'Z' && starts(f->rest, "Z")) {
        f->utc = true;
        drop(f, 1);
        return true;
    }
    if (!starts(f->rest, "+") && !starts(f->rest, "-")) return false;
    int64_t sign = f->rest.ptr[0] == '-' ? -1 : 1, total = 0, unit = 3600;
    bool colon = element.len > 3 && element.ptr[3] == ':';
    drop(f, 1);
    for (int i = 0; i < 3 && element.len >= parts[i].length; i++, unit /= 60) {
        int64_t n;
        if (i > 0 && colon) {
            if (!starts(f->rest, ":")) return false;
            drop(f, 1);
        }
        if (!number(f, 2, 2, &n)) return false;
        if (n > parts[i].most) f->out_of = (Str){parts[i].name, (int64_t)strlen(parts[i].name)};
        total += n * unit;
    }
    f->offset = sign * total;
    f->has_offset = true;
    return true;
}

static bool read_second(Fields *f, const Split *s) {
    if (!ranged(f, (int)s->text.len, 0, 59, "second", &f->sec)) return false;
    // A fraction may follow even where the layout has none.
    if (f->out_of.len == 0 && starts_fraction(f->rest) && split(s->rest).element != ELEMENT_FRACTION) fraction(f, f->rest.len);
    return true;
}

// Reads what an element stands for.
static bool read_element(Fields *f, const Split *s) {
    int least = s->pad == ' ' ? 1 : (int)s->text.len;
    bool ok;
    switch (s->element) {
    case ELEMENT_NONE: break;
    case ELEMENT_YEAR: return number(f, 4, 4, &f->year);
    case ELEMENT_YEAR2:
        ok = number(f, 2, 2, &f->year);
        f->year += f->year >= 69 ? 1900 : 2000;
        return ok;
    case ELEMENT_MONTH_NAME: case ELEMENT_MONTH_SHORT:
        ok = one_of(f, month_names, 12, s->element == ELEMENT_MONTH_NAME, &f->month);
        f->month++;
        return ok;
    case ELEMENT_MONTH: return ranged(f, least, 1, 12, "month", &f->month);
    case ELEMENT_DAY_NAME: case ELEMENT_DAY_SHORT: return one_of(f, day_names, 7, s->element == ELEMENT_DAY_NAME, &(int64_t){0});
    case ELEMENT_DAY: // checked with the month
        if (s->pad == ' ') blanks(f, 1);
        return number(f, least, 2, &f->day);
    case ELEMENT_YEARDAY:
        if (s->pad == ' ') blanks(f, 2);
        return number(f, least, 3, &f->yday);
    case ELEMENT_HOUR24: return ranged(f, 1, 0, 23, "hour", &f->hour);
    case ELEMENT_HOUR12: return ranged(f, least, 0, 12, "hour", &f->hour);
    case ELEMENT_MINUTE: return ranged(f, least, 0, 59, "minute", &f->min);
    case ELEMENT_SECOND: return read_second(f, s);
    case ELEMENT_UPPER_PM: return half(f, "AM", "PM");
    case ELEMENT_LOWER_PM: return half(f, "am", "pm");
    case ELEMENT_ZONE: return zone_name(f);
    case ELEMENT_OFFSET: return zone_offset(f, s->text);
    case ELEMENT_FRACTION: return wanted_fraction(f, s->text);
    }
    return false;
}

// Takes the literal text of a layout off the value; a blank in the layout
// stands for any number of them.
static bool skip_literal(Fields *f, Str text) {
    for (int64_t i = 0; i < text.len;) {
        if (text.ptr[i] == ' ') {
            if (f->rest.len && f->rest.ptr[0] != ' ') return false;
            while (i < text.len && text.ptr[i] == ' ') i++;
            blanks(f, f->rest.len);
            continue;
        }
        if (!f->rest.len || f->rest.ptr[0] != text.ptr[i]) return false;
        i++;
        drop(f, 1);
    }
    return true;
}

// How reading ended; time.csp, parse.
typedef enum Reading { READ_ALL, READ_NOT, READ_EXTRA, READ_RANGE } Reading;

static Reading read_all(Fields *f, Str layout, Str *element, Str *at) {
    for (;;) {
        Split s = split(layout);
        bool ok = skip_literal(f, s.before);
        *element = ok ? s.text : s.before;
        *at = f->rest;
        if (!ok) return READ_NOT;
        if (s.element == ELEMENT_NONE) return f->rest.len ? READ_EXTRA : READ_ALL;
        ok = read_element(f, &s);
        if (f->out_of.len) {
            *at = f->rest;
            return READ_RANGE;
        }
        if (!ok) return READ_NOT;
        layout = s.rest;
    }
}

// readLayout(layout string, f *fields) (how int, element, at string)
NativeStatus time_read_layout(NativeCall *c) {
    Str layout = native_str(c), element, at;
    Fields *f = native_ptr(c);
    Reading how = read_all(f, layout, &element, &at);
    native_ret_int(c, (int64_t)how);
    native_ret_str(c, element);
    native_ret_str(c, at);
    return NATIVE_OK;
}
