#!/bin/sh
# Sources that are extreme in one way: each runs, or is refused with a message
# that has a position; none ends in a crash or a hang.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 - "$dir" <<'END'
import os, sys
n, deep = 10001, 100000
lines = lambda form, count: ''.join(form.format(i) for i in range(count))
sources = {
    # name: (exit status, text)
    'parentheses': (1, 'x := ' + '(' * n + '1' + ')' * n),
    'blocks': (1, '{' * n + '}' * n),
    'literals': (1, 'x := ' + '[]any{' * n + '}' * n),
    'functions': (1, 'func(){' * n + '}()' * n),
    'signs': (1, 'x := ' + '-' * n + '1'),
    'if': (1, 'if true {' * n + '}' * n),
    'else_if': (1, 'if false {}' + ' else if false {}' * n),
    'pointers': (1, 'var x ' + '*' * n + 'int'),
    'structs': (1, 'var x ' + 'struct{a ' * n + 'int' + '}' * n),
    'maps': (1, 'var x ' + 'map[int]' * n + 'int'),
    'guards': (1, '*[' * n + 'true -> skip' + ']' * n),
    'open_parentheses': (1, '(' * deep),
    'open_brackets': (1, '[' * deep),
    'sum': (0, 'y := 1\nx := y' + '+y' * 49000 + '\n_ = x'),
    'long_sum': (1, 'y := 1\nx := y' + '+y' * 1000000),
    'long_calls': (1, 'type T struct{}\nfunc (t T) f() T { return t }\nT{}' + '.f()' * 1000000),
    'long_constant': (1, 'const x = 1' + '+1' * 1000000),
    'huge_shift': (1, 'const x = 1 << (1 << 40)'),
    'huge_exponent': (1, 'var x = 1e1000000000'),
    'huge_array': (1, 'var x [1 << 62]int'),
    'many_variables': (1, 'func f() {\n' + lines('v{0} := {0}\n_ = v{0}\n', 70000) + '}'),
    'many_parameters': (1, 'func f(' + lines('a{0} int,', 70000) + ') {}'),
    'many_arguments': (0, 'func f(a ...int) int { return len(a) }\n_ = f(' + '1,' * 60000 + ')'),
    'many_cases': (0, 'x := 5\nswitch x {\n' + lines('case {0}: x = -{0}\n', 10000) + '}'),
    'many_fields': (0, 'type T struct {' + lines('a{0} int;', 70000) + '}\nvar t T\nt.a69999 = 3\nu := t\n_ = u'),
    'many_elements': (0, 'x := []int{' + lines('{0},', 200000) + '}\n_ = x'),
    'long_line': (0, '// ' + 'x' * 10000000),
    'long_name': (1, 'x' * 1000000 + ' := 1\n)'),
    'nul': (1, 'x := 1' + ' ' * 100 + '\0'),
    'open_string': (1, 'x := "abc'),
    'open_raw_string': (1, 'x := `abc'),
    'open_comment': (1, '/* abc'),
    'recursive_types': (1, 'type A struct { b B }\ntype B struct { a A }'),
    'recursive_length': (1, 'type A [len(x)]int\nvar x A'),
    'growing_instances': (1, 'func f[T any](n int, x T) { f[[]T](n-1, nil) }\nf(3, 1)'),
}
for name, (status, text) in sources.items():
    with open(os.path.join(sys.argv[1], f'{name}.{status}.csp'), 'w') as f:
        f.write(text + '\n')
END
bad=0
for file in "$dir"/*.csp; do
    want=${file%.csp}
    want=${want##*.}
    out=$("$CSP" "$file" 2>&1 </dev/null)
    got=$?
    if [ "$got" != "$want" ]; then
        printf '%s: exit %s, expected %s: %.200s\n' "${file##*/}" "$got" "$want" "$out"
        bad=1
    elif [ "$want" = 1 ] && ! printf '%s\n' "$out" | grep -q "^$file:[0-9]*:[0-9]*: "; then
        printf '%s: a message without position: %.200s\n' "${file##*/}" "$out"
        bad=1
    fi
done
exit "$bad"
