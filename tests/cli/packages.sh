#!/bin/sh
# Programs of several packages: modules, internal packages, cycles, the order of
# initialisation, the language of go.mod, folders of packages.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0

# expect STATUS TEXT COMMAND...: what it prints must be TEXT, line by line.
expect() {
    want=$1
    text=$2
    shift 2
    out=$("$@" 2>&1 </dev/null | grep -v '^    ')
    "$@" >/dev/null 2>&1 </dev/null
    got=$?
    if [ "$got" != "$want" ] || [ "$out" != "$text" ]; then
        echo "$*: exit $got (expected $want), printed:"
        echo "$out"
        echo "expected:"
        echo "$text"
        bad=1
    fi
}

mkdir -p a b c/internal/x d cmd cycle/e cycle/f testdata
printf 'module example.com/m\n\ngo 1.21\n' >go.mod
printf 'package a\n\nimport "example.com/m/b"\n\nvar A = b.B + 1\n\nfunc init() { println("a") }\n' >a/a.go
printf 'package b\n\nvar B = 1\n\nfunc init() { println("b") }\n' >b/b.go
printf 'package x\n\nconst X = 3\n' >c/internal/x/x.go
printf 'package c\n\nimport "example.com/m/c/internal/x"\n\nconst C = x.X\n' >c/c.go
printf 'package broken(\n' >cmd/main_test.go
printf 'nonsense\n' >testdata/t.go
cat >cmd/main.go <<'P'
package main

import (
	"example.com/m/a"
	"example.com/m/c"
)

func main() { println(a.A, c.C, helper()) }
P
cat >cmd/helper.go <<'P'
package main

func helper() (sum int) {
	var list []func() int
	for i := 0; i < 2; i++ {
		list = append(list, func() int { return i })
	}
	for _, f := range list {
		sum = sum*10 + f()
	}
	return sum
}
P
expect 0 'b
a
2 3 22' "$CSP" run cmd
expect 0 'b
a
2 3 1' "$CSP" run -lang=go1.22 cmd
expect 0 '' "$CSP" check ./...
expect 0 '' "$CSP" check a c cmd

printf 'package d\n\nimport "example.com/m/c/internal/x"\n\nconst D = x.X\n' >d/d.go
printf 'package e\n\nimport "example.com/m/cycle/f"\n\nvar E = f.F\n' >cycle/e/e.go
printf 'package f\n\nimport "example.com/m/cycle/e"\n\nvar F = e.E\n' >cycle/f/f.go
expect 1 'd/d.go:3:8: use of internal package example.com/m/c/internal/x not allowed' "$CSP" check d
expect 1 'cycle/f/f.go:3:8: import cycle not allowed: import of example.com/m/cycle/e
	cycle/e/e.go:3:8: example.com/m/cycle/e imports example.com/m/cycle/f' "$CSP" check cycle/...
printf 'package g\n\nimport _ "example.com/m/cmd"\nimport _ "internal/value"\n' >d/d.go
expect 1 './d/d.go:3:10: import "example.com/m/cmd" is a program, not an importable package
./d/d.go:4:10: use of internal package internal/value not allowed' "$CSP" check ./d
expect 1 'csp: testdata/nowhere/...: No such file or directory' "$CSP" check testdata/nowhere/...

# without a module, packages are found below GOPATH
mkdir -p go/src/lib alone
printf 'package lib\n\nconst L = "lib"\n' >go/src/lib/lib.go
printf 'package main\n\nimport "lib"\n\nfunc main() { println(lib.L) }\n' >alone/main.go
rm go.mod
GOPATH=$dir/go expect 0 'lib' "$CSP" run alone
exit $bad
