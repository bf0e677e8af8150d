#!/bin/sh
# Calls of C from the command's side: bindings, refusal, cache, no compiler.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0

# expect STATUS REGEXP COMMAND...: the regexp is looked for in all that it prints.
expect() {
    want=$1
    rx=$2
    shift 2
    out=$("$@" 2>&1 </dev/null)
    got=$?
    if [ "$got" != "$want" ] || ! printf '%s\n' "$out" | grep -q -e "$rx"; then
        echo "$*: exit $got (expected $want), printed: $out (expected $rx)"
        bad=1
    fi
}

XDG_CACHE_HOME=$dir/cache
export XDG_CACHE_HOME

cat >"$dir/plain.csp" <<'END'
/*
int abs(int);
*/
import "C"

println(C.abs(-5))
END
cat >"$dir/include.csp" <<'END'
/*
#include "own.h"
*/
import "C"

println(C.OWN, C.abs(-6))
END
cat >"$dir/code.csp" <<'END'
/*
static int twice(int x) { return 2 * x; }
*/
import "C"

println(C.twice(21))
END
printf '#include <stdlib.h>\n#define OWN 1\n' >"$dir/own.h"

expect 0 '^5$' "$CSP" "$dir/plain.csp"
expect 1 'is refused.*-no-ffi' "$CSP" run -no-ffi "$dir/plain.csp"

# Plain declarations need no compiler, and nothing is cached for them.
expect 0 '^5$' env CC=/nonexistent "$CSP" "$dir/plain.csp"
expect 1 "no C compiler '/nonexistent' to read them" env CC=/nonexistent "$CSP" "$dir/include.csp"
expect 1 "no C compiler '/nonexistent' to compile them" env CC=/nonexistent "$CSP" "$dir/code.csp"

# The preprocessor and the compiler run once.
cat >"$dir/cc" <<END
#!/bin/sh
echo run >>"$dir/runs"
exec cc "\$@"
END
chmod +x "$dir/cc"
CC=$dir/cc
export CC
expect 0 '^1 6$' "$CSP" "$dir/include.csp"
expect 0 '^1 6$' "$CSP" "$dir/include.csp"
expect 0 '^42$' "$CSP" "$dir/code.csp"
expect 0 '^42$' "$CSP" "$dir/code.csp"
[ "$(wc -l <"$dir/runs")" -eq 2 ] || { echo "the C compiler ran $(wc -l <"$dir/runs") times, expected 2"; bad=1; }

# A changed header is read again.
printf '#include <stdlib.h>\n#define OWN 234\n' >"$dir/own.h"
expect 0 '^234 6$' "$CSP" "$dir/include.csp"

# Without a place for the cache everything works, each time anew.
expect 0 '^234 6$' env XDG_CACHE_HOME=/nonexistent/cache HOME=/nonexistent "$CSP" "$dir/include.csp"
expect 0 '^42$' env XDG_CACHE_HOME=/nonexistent/cache HOME=/nonexistent "$CSP" "$dir/code.csp"
unset CC

# A binding is used without a compiler.
mkdir "$dir/program"
cat >"$dir/lib.h" <<'END'
#include <stddef.h>
#ifndef LIB_H
#define LIB_H
#define LIB_NAME "lib"
#define LIB_SIZE (3 * sizeof(struct entry))
#define LIB_NEGATIVE (-4)
#define LIB_RATIO 0.25
#define LIB_CALL(x) f(x)
struct entry { int key; double value; };
enum color { RED = 1, GREEN };
typedef int (*compare)(const void *, const void *);
void qsort(void *base, size_t n, size_t size, compare how);
static inline int hidden(int x) { return x; }
#endif
END
cat >"$dir/program/main.csp" <<'END'
package main

import "C"
import "unsafe"

func main() {
	a := []C.int{3, 1, 2}
	C.qsort(unsafe.Pointer(&a[0]), 3, 4, func(x, y unsafe.Pointer) C.int { return *(*C.int)(x) - *(*C.int)(y) })
	println(a[0], a[1], a[2], C.LIB_NAME, C.LIB_SIZE, C.LIB_NEGATIVE, C.LIB_RATIO*4 == 1, C.GREEN, C.sizeof_struct_entry)
}
END
(cd "$dir" && "$CSP" bind -package main lib.h >program/lib.csp) || { echo "csp bind failed"; bad=1; }
expect 0 '^1 2 3 lib 48 -4 true 2 16$' env CC=/nonexistent "$CSP" "$dir/program"
expect 1 'nosuch.h: No such file' "$CSP" bind nosuch.h
expect 2 'no header given' "$CSP" bind -lfoo
expect 0 'print a C header\|Print a C header' "$CSP" help bind


# Under watch, C functions get copies between guards.
cat >"$dir/watch.csp" <<'END'
/*
#include <stdlib.h>
typedef struct { int x, y; } point;
static void fill(char *p, int n, char c) { for (int i = 0; i < n; i++) p[i] = c; }
static void before(long *p) { p[-1] = 3; }
static void change(const char *s) { ((char *)s)[0] = 'X'; }
static int *kept;
static void keep(int *p) { kept = p; }
static int get(void) { return *kept; }
static int call(int (*f)(int *), int *p) { *p = 1; int r = f(p); return r + *p; }
static point set(point p, point *q, int k) { q->x = p.x + k; return *q; }
static long swap(long *a, long *b) { long t = *a; *a = *b; *b = t; return a < b; }
*/
import "C"
import (
	"ffi"
	"fmt"
	"os"
	"unsafe"
)

func try(what string, f func()) {
	defer func() { fmt.Print(what, " ", recover(), "; ") }()
	f()
}

buf, x, n := make([]C.char, 16), new(C.int), new(C.long)
*x, *n = 7, 8
switch os.Args[1] {
case "good":
	try("object", func() { C.fill(&buf[0], 16, 'a') })
	try("slice", func() { C.fill(buf[2:], 14, 'b') })
	var q C.point
	try("struct", func() { C.set(C.point{x: 3}, &q, 4) })
	a := []C.int{3, 1, 2}
	try("sort", func() { C.qsort(unsafe.Pointer(&a[0]), 3, 4, func(p, q unsafe.Pointer) C.int { return *(*C.int)(p) - *(*C.int)(q) }) })
	l := []C.long{1, 2}
	try("two of one", func() { C.swap(&l[0], &l[1]) })
	p := ffi.Pin(x)
	C.keep(x)
	*x++
	fmt.Println(buf[0], buf[15], q, a, l, C.get())
	p.Unpin()
	r := C.call(func(p *C.int) C.int {
		r := *p*10 + *x
		*x = 5
		return r
	}, x)
	fmt.Println(r, *x)
case "bad":
	try("behind", func() { C.fill(buf[:5:5], 6, 'c') })
	try("before", func() { C.before(n) })
	try("string", func() { C.change("abc") })
	fmt.Println(buf[5], *n)
case "far":
	C.fill(&buf[0], 4000, 'd') // no farther than the page that cannot be touched: what lies behind it, the address sanitizer minds
case "kept":
	C.keep(x)
	C.get()
}
END
expect 0 '^object <nil>; slice <nil>; struct <nil>; sort <nil>; two of one <nil>; 97 98 {7 0} \[1 2 3\] \[2 1\] 8$' "$CSP" run -check-ffi "$dir/watch.csp" good
expect 0 '^16 5$' "$CSP" run -check-ffi "$dir/watch.csp" good
expect 0 'behind ffi: C.fill wrote behind the end of argument 1 (5 bytes); before ffi: C.before wrote before the begin of argument 1 (8 bytes); string ffi: C.change changed the string that is argument 1 (3 bytes); 0 8' "$CSP" run -check-ffi "$dir/watch.csp" bad
expect 2 'the address is behind the end of argument 1' "$CSP" run -check-ffi "$dir/watch.csp" far
expect 2 'in C function fill' "$CSP" run -check-ffi "$dir/watch.csp" far
expect 2 'the address was an argument of an earlier call, of C.keep' "$CSP" run -check-ffi "$dir/watch.csp" kept

exit $bad
