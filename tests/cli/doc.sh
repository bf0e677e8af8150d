#!/bin/sh
# csp doc: the library in its own words.
bad=0

# expect STATUS REGEXP NAME: the regexp is looked for in all that csp doc NAME prints.
expect() {
    out=$("$CSP" doc ${3:+"$3"} 2>&1)
    got=$?
    if [ "$got" != "$1" ] || ! printf '%s\n' "$out" | grep -q -e "$2"; then
        echo "csp doc $3: exit $got (expected $1), printed: $out (expected $2)"
        bad=1
    fi
}

expect 0 '^encoding/json  *Package json writes' ''
expect 0 '^package json  // import "encoding/json"$' json
expect 0 '^package json  // import "encoding/json"$' encoding/json
expect 0 '^func Split(s, sep string) \[\]string$' strings
expect 0 '^    Split splits' strings.Split
expect 0 '^type Builder struct { ... }$' strings
expect 0 '^    func (b \*Builder) Len() int$' strings.Builder
expect 0 '^    func NewReader' strings
expect 0 '^func (c \*Client) Do(req \*Request) (\*Response, error)$' net/http.Client.Do
expect 0 'Second  *= 1000 \* Millisecond' time.Second
expect 0 '^    Package rate limits' golang.org/x/time/rate
expect 0 '^    Allow tells' golang.org/x/time/rate.Limiter.Allow
expect 1 'nothing is known of strings.Splot' strings.Splot
expect 1 'nothing is known of nothing' nothing
expect 1 'nothing is known of no/such' no/such
expect 1 'nothing is known of strings.Builder.Nope' strings.Builder.Nope

# Every package has a comment and can be shown; bodies are not shown.
for p in $("$CSP" doc | cut -d' ' -f1); do
    "$CSP" doc | grep -q "^$p  *Package " || { echo "$p has no comment"; bad=1; }
    out=$("$CSP" doc "$p") || { echo "csp doc $p fails"; bad=1; }
    printf '%s\n' "$out" | grep -q '^	' && { echo "csp doc $p shows a body"; bad=1; }
done
exit $bad
