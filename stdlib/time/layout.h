// layout.h: natives of package time that layout.c has.
#ifndef CSP_STDLIB_TIME_LAYOUT_H
#define CSP_STDLIB_TIME_LAYOUT_H

#include "vm/native.h"

typedef struct Civil { // a date of the proleptic Gregorian calendar
    int64_t year, month, day;
} Civil;

// Natives; their Go signatures stand in package time.
NativeStatus time_civil(NativeCall *c);
NativeStatus time_append_layout(NativeCall *c);
NativeStatus time_read_layout(NativeCall *c);

#endif
