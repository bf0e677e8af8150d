#!/bin/sh
# Listings of bytecode tell guards, messages and processes in words.
set -eu
file=$(mktemp)
trap 'rm -f "$file"' EXIT
cat >"$file" <<'END'
func f(c, d chan int) {
	n := 0
	*[ n < 3; c?n -> skip [] d!n -> skip [] n > 5 -> n = 0 ]
	[ X :: Y(1)!put(n) || Y(i:1..2) :: m: int; [ (j:0..3) X?put(m) -> skip ] ]
}
END
out=$("$CSP" disasm "$file")
for want in 'SELECT .*\[? .* fails | ! .* fails | if ' 'NETWORK .*\[X || Y(1)\]' 'PEER .* process 1 !put(int)' 'PEER .* process 0 ?put(int)' \
	'ARM .* guard 0' 'FAIL .*"csp: alternative failed at .*:4"' 'f.X: ' 'f.Y: '; do
	if ! echo "$out" | grep -q "$want"; then
		echo "no line like: $want"
		exit 1
	fi
done
