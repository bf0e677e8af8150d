// SPDX-License-Identifier: MIT
// fmtnum.h: numbers to text and back, exactly. No allocation, no locale.
#ifndef CSP_RUNTIME_FMTNUM_H
#define CSP_RUNTIME_FMTNUM_H

#include "runtime/type.h"

enum { FMTNUM_INT_MAX = 65 }; // longest integer: sign and 64 binary digits

// Write digits (lower case, base 2..36) to buf, no NUL; give the length.
uint32_t fmtnum_uint(char *buf, uint64_t v, uint32_t base);
uint32_t fmtnum_int(char *buf, int64_t v, uint32_t base);

// Room that fmtnum_float may need. prec < 0: as many digits as tell the value
// apart (shortest).
uint64_t fmtnum_float_bound(char fmt, int64_t prec);
// fmt as in strconv.FormatFloat: e E f g G b x X; anything else writes %fmt.
// bits is 32 or 64 (the precision v came from). Returns the length.
uint64_t fmtnum_float(char *buf, double v, char fmt, int64_t prec, int bits);

typedef enum FmtnumStatus { FMTNUM_OK, FMTNUM_SYNTAX, FMTNUM_RANGE, FMTNUM_BASE, FMTNUM_BITS } FmtnumStatus;

// Grammar of strconv.ParseUint and ParseInt: base 0 takes the prefix and
// allows underscores. With FMTNUM_RANGE *out is the nearest value there is.
FmtnumStatus fmtnum_parse_uint(Str s, int64_t base, int64_t bits, uint64_t *out);
FmtnumStatus fmtnum_parse_int(Str s, int64_t base, int64_t bits, int64_t *out);
// Grammar of strconv.ParseFloat. *used is how many bytes of s were taken (the
// longest number at its front); the status judges that prefix only.
FmtnumStatus fmtnum_parse_float(Str s, int bits, double *out, int64_t *used);

#endif
