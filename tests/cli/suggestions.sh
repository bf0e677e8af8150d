#!/bin/sh
# Notes that tell what a wrong name may have meant, and none where nothing is near.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat >"$dir/names.go" <<'P'
package main

import "strings"

type point struct{ count, Y int }

func (p *point) Length() int { return 0 }

func main() {
	total := 1
	p := point{coutn: 1}
	println(totla)
	println(p.cuont)
	println(p.Lenght())
	println(p.y)
	println(strings.TrimSpce(" "))
	var q pont
	prinln(q)
	println(nothing, total)
}
P
want="11: 5:20: did you mean count?
12: 10:2: did you mean total?
13: 5:20: did you mean count?
14: 7:17: did you mean Length?
16: did you mean TrimSpace?
17: 5:6: did you mean point?
18: did you mean println?"
got=$("$CSP" check -e "$dir/names.go" 2>&1 | awk -F: -v f="$dir/names.go" '
    index($0, f) == 1 { line = $2 }
    /did you mean/ { sub("^\t", ""); i = index($0, f ":"); if (i) $0 = substr($0, length(f) + 2); print line ": " $0 }' |
    sed 's/^16: .*did you/16: did you/')
[ "$got" = "$want" ] && exit 0
echo "expected:"
echo "$want"
echo "printed:"
echo "$got"
exit 1
