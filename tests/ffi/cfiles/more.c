#include "more.h"
#include "_cgo_export.h"

int calls;

struct pair halves(int n) {
    struct divide_return r = divide(n, 2);
    calls += note("halves");
    return (struct pair){r.r0, r.r1};
}

int text_length(void) {
    GoString s = {"text from C", 11};
    return length(s);
}
