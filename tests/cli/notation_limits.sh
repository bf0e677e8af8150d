#!/bin/sh
# Bad input for the notation: messages with a position, never a crash.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail=0

repeat() { # TEXT TIMES
	awk -v t="$1" -v n="$2" 'BEGIN { while (n-- > 0) printf "%s", t }'
}

# check NAME WANTED-STATUS REGEXP: runs $dir/NAME.csp
check() {
	timeout 20 "$CSP" "$dir/$1.csp" >"$dir/out" 2>&1
	status=$?
	if [ $status -ne "$2" ]; then
		echo "$1: exit status $status, expected $2"
		cut -c1-200 "$dir/out" | head -5
		fail=1
	elif ! grep -Eq "$3" "$dir/out"; then
		echo "$1: no match for $3"
		cut -c1-200 "$dir/out" | head -5
		fail=1
	fi
}

{ echo 'x := 1'; repeat '[ x == 1 -> ' 10000; echo skip; repeat ' ]' 10000; echo; } >"$dir/nested.csp"
check nested 1 'nested.csp:2:[0-9]+: .*nesting is deeper than 10000'

{ echo 'x := 1'; repeat '[ x == 1 -> ' 4000; echo 'fmt.Println("deep")'; repeat ' ]' 4000; echo; } >"$dir/deep.csp"
check deep 0 '^deep$'

{ repeat '[ ' 2000; echo 'fmt.Println("deep") || skip'; repeat ' || skip ]' 2000; echo; } >"$dir/parallel.csp"
check parallel 0 '^deep$'

{ echo 'x := 1'; repeat '*[ ' 5000; echo; } >"$dir/open.csp"
check open 1 'open.csp:[0-9]+:[0-9]+: '

echo '[ x == 1 -> skip' >"$dir/unclosed.csp"
check unclosed 1 'unclosed.csp:2:1: syntax error: unexpected EOF, expected ]'

printf 'n := 2\n[ X(i:1..n) :: skip || X(n) :: skip ]\n' >"$dir/twice.csp"
check twice 2 'panic: csp: two processes of one name, X, in the parallel command at .*twice.csp:2'

printf 'n := 1 << 40\n[ X(i:1..n) :: skip || skip ]\n' >"$dir/many.csp"
check many 2 'panic: csp: more than [0-9]+ processes in the parallel command at .*many.csp:2'

printf 'n := 1 << 40\n[ X(i:-n..n, j:-n..n) :: skip || skip ]\n' >"$dir/overflow.csp"
check overflow 2 'panic: csp: more than [0-9]+ processes'

printf '[ X(i:1..3) :: skip\n|| Y :: n: int; X(4)?n ]\n' >"$dir/outside.csp"
check outside 2 'panic: csp: source ended'
check outside 2 'in process Y at .*outside.csp:2'

printf 'x := 3\n\n[ x == 1 -> skip [] x == 2 -> skip ]\n' >"$dir/alternative.csp"
check alternative 2 'panic: csp: alternative failed at .*alternative.csp:3'

{ echo 'c := make(chan int)'; echo '['; i=0; while [ $i -lt 2000 ]; do echo "(i:0..1) c?x$i -> skip []"; i=$((i + 1)); done; echo 'default -> skip ]'; } >"$dir/undeclared.csp"
check undeclared 1 'undeclared.csp:3:[0-9]+: undefined: x0'

exit $fail
