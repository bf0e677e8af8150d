#!/bin/sh
# Exit statuses and messages of the command itself.
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

echo 'fmt.Println("hi", os.Args[1:])' >"$dir/ok.csp"
echo 'os.Exit(7)' >"$dir/seven.csp"
echo 'panic("oh")' >"$dir/panic.csp"
echo 'var x int = "s"' >"$dir/wrong.csp"
cp /bin/sh "$dir/binary.csp"
mkdir "$dir/empty" "$dir/many"
printf 'package main\nfunc main() { hello() }\n' >"$dir/many/main.go"
printf 'package main\nimport "fmt"\nfunc hello() { fmt.Println("from two files") }\n' >"$dir/many/hello.go"

expect 0 'hi \[a -b\]' "$CSP" "$dir/ok.csp" a -b
expect 0 'hi \[\]' "$CSP" run "$dir/ok.csp"
expect 0 '^3$' "$CSP" -e 'fmt.Println(1+2)'
expect 0 '^csp [0-9]' "$CSP" version
expect 0 'csp run' "$CSP" help run
expect 0 'csp check' "$CSP" check --help
expect 0 'from two files' "$CSP" run "$dir/many"
expect 0 'from two files' "$CSP" run "$dir/many/main.go" "$dir/many/hello.go"
expect 0 '^$' "$CSP" check "$dir/many"
expect 7 '^$' "$CSP" "$dir/seven.csp"
expect 2 'panic: oh' "$CSP" "$dir/panic.csp"
expect 1 'wrong.csp:1:13: cannot use' "$CSP" "$dir/wrong.csp"
expect 1 'cannot use' "$CSP" check "$dir/wrong.csp"
expect 1 'No such file' "$CSP" "$dir/missing.csp"
expect 1 'binary file' "$CSP" "$dir/binary.csp"
expect 1 'no .csp or .go files' "$CSP" "$dir/empty"
expect 2 'Try' "$CSP" run
expect 2 'unknown option' "$CSP" run --nonsense x.csp
expect 2 'no command or file' "$CSP" nonsense
expect 0 'csp FILE' "$CSP" help
expect 2 'needs a terminal' "$CSP" -i x.csp

out=$(echo 'fmt.Println("from standard input")' | "$CSP" -)
[ "$out" = 'from standard input' ] || { echo "csp -: printed: $out"; bad=1; }
out=$(echo 'fmt.Println("a script")' | "$CSP")
[ "$out" = 'a script' ] || { echo "csp without arguments: printed: $out"; bad=1; }
head -c 100000000 /dev/zero >"$dir/big.csp"
printf 'x' | dd of="$dir/big.csp" conv=notrunc 2>/dev/null
head -c 70000000 /dev/zero | tr '\0' ' ' >"$dir/large.csp"
expect 1 'binary file' "$CSP" "$dir/big.csp"
expect 1 'too large' "$CSP" "$dir/large.csp"
expect 1 'unexpected !' "$CSP" run -plain-go -e 'c := make(chan int, 1); c!5'
expect 0 '^5$' "$CSP" run -e 'c := make(chan int, 1); c!5; fmt.Println(c?)'
exit $bad
