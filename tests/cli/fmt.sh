#!/bin/sh
# csp fmt: what is printed, written and left alone, and how it ends.
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0

fail() {
    echo "$1"
    bad=1
}

# expect STATUS OUTPUT ARGS...: standard output as a whole.
expect() {
    want=$1 text=$2
    shift 2
    out=$("$CSP" fmt "$@" 2>err </dev/null)
    got=$?
    [ "$got" = "$want" ] || fail "csp fmt $*: exit $got, expected $want: $(cat err)"
    [ "$out" = "$text" ] || fail "csp fmt $*: printed: $out (expected $text)"
}

printf 'package p\nvar x=1\n' >a.go
printf 'package p\n\nvar y = 2\n' >b.go
printf 'x:=1\n' >s.csp
printf 'package p\nfunc {\n' >bad.go
printf 'no source\n' >other.txt
mkdir sub
cp a.go sub/.hidden.go
cp a.go sub/c.go

# What is named is formatted; of folders the sources in and below them.
expect 0 "package p

var x = 1" a.go
expect 0 'x := 1' s.csp
expect 2 './a.go
./s.csp
./sub/c.go' -l .
grep -q '^./bad.go:2:6: syntax error' err || fail "no message about bad.go: $(cat err)"
expect 0 '' -l b.go
expect 0 'diff a.go.orig a.go
--- a.go.orig
+++ a.go
@@ -1,2 +1,3 @@
 package p
-var x=1
+
+var x = 1' -d a.go
expect 2 '' missing.go
expect 2 '' -w
[ "$(printf 'x:=c ?\n' | "$CSP" fmt)" = 'x := c?' ] || fail 'standard input is not formatted'
printf 'x :=\n' | "$CSP" fmt >/dev/null 2>&1
[ $? = 2 ] || fail 'a syntax error in standard input does not end with 2'

# A file that is written keeps its mode; what is right or broken is not written.
chmod 754 a.go
ln -s a.go link.go
touch -d '2001-01-01' b.go bad.go
expect 2 '' -w link.go b.go bad.go
[ "$(stat -c %a a.go)" = 754 ] || fail "the mode is $(stat -c %a a.go)"
[ -h link.go ] || fail 'a symbolic link was replaced'
[ "$(cat a.go)" = "package p

var x = 1" ] || fail "a.go was not written: $(cat a.go)"
[ "$(stat -c %Y b.go bad.go | sort -u | wc -l)" = 1 ] || fail 'a file was written for nothing'
mkfifo pipe.go
printf 'var x=1\n' >pipe.go &
expect 2 '' -w pipe.go
[ -p pipe.go ] || fail 'a pipe was replaced'
rm pipe.go
expect 2 's.csp' -l a.go s.csp bad.go
[ "$(ls -A | sort | tr '\n' ' ')" = 'a.go b.go bad.go err link.go other.txt s.csp sub ' ] || fail "left behind: $(ls -A)"

# More than a line of context apart, changes are hunks of their own; a last line without an end shows.
printf 'package p\n\nvar (\n\ta=1\n\tb = 2\n\n\tc = 3\n\n\td = 4\n\n\te = 5\n\n\tf = 6\n\n\tg=7\n)' >d.go
expect 0 'diff d.go.orig d.go
--- d.go.orig
+++ d.go
@@ -1,7 +1,7 @@
 package p
 
 var (
-	a=1
+	a = 1
 	b = 2
 
 	c = 3
@@ -12,5 +12,5 @@
 
 	f = 6
 
-	g=7
-)
\ No newline at end of file
+	g = 7
+)' -d d.go

# The sources of this project are in canonical form.
cd "$root" || exit 1
expect 0 '' -l examples stdlib

exit $bad
