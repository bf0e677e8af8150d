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

exit $bad
