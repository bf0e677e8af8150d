# An input with an error changes nothing, whatever the error is.
from terminal import start

t = start(env={'CSP_MAXSTACK': '800000'})
t.enter('x := 1', r'^\n?$')
t.enter('y', r'In\[2\]:1:1: undefined: y\n    y\n    \^')
t.enter('a := 1; b := "s" + 1', r'In\[3\]:1:\d+: .*\n')
t.enter('a', r'undefined: a')
t.enter('x = "s"', r'cannot use "s"')
t.enter('x', r'1  // int')
t.enter('func f() int { return "s" }', r'cannot use')
t.enter('f()', r'undefined: f')
t.enter('type T struct{ A int }', r'^\n?$')
t.enter('func (t T) M() int { return undefinedName }', r'undefined: undefinedName')
t.enter('T{}.M()', r'T{}.M undefined')
t.enter('x +* 2', r'syntax error|invalid operation')
t.enter(')', r'syntax error')
t.enter('nil', r'use of untyped nil')
t.enter('int', r'is not a value')
t.enter('fmt', r'use of package fmt without selector')
t.enter('x := 5; x := 6', r'no new variables')
t.enter('x', r'1  // int')

# panics print the trace; names of the input are not known
t.enter('panic("no")', r'panic: no\n\ngoroutine \d+ \[running\]:\nmain.script\(\)\n\tIn\[')
t.enter('z := []int{1}[5]', r'index out of range \[5\] with length 1')
t.enter('z', r'undefined: z')

# own calls with their lines; those of the library are left out, and shown by :trace
t.enter('func first(s []int) int {\n    return s[0]\n}', r'^\n?$')
t.enter('sort.Slice([]int{2, 1}, func(i, j int) bool { return first(nil) > 0 })',
        r'main.first\(...\)\n\tIn\[\d+\]:2 \+0x[0-9a-f]+\n\t +return s\[0\]\n'
        r'main.script.func1\(...\)\n\tIn\[\d+\]:1 \S+\n\t +sort.Slice\(\[\]int\{2, 1\}, func.*\n'
        r'main.script\(\)\n\tIn\[\d+\]:1 \S+\n\t +sort.Slice\(.*\n\(\d+ calls in the library left out; :trace shows all\)\n$')
t.enter(':trace', r'main.first\(...\)\n\tIn(?s:.*)sort.Slice\(...\)\n\tsort/sort.csp:\d+ (?s:.*)main.script\(\)\n')
with open(f'{t.home}/loaded.csp', 'w') as f:
    f.write('package main\n\nfunc last(s []int) int {\n\treturn s[len(s)-1]\n}\n')
t.enter(f':load {t.home}/loaded.csp', r'^\n?$')
t.enter('last(nil)', r'main.last\(...\)\n\t\S+loaded.csp:4 \S+\n\t +return s\[len\(s\)-1\]\nmain.script')
t.enter('panic("a\\n\\ngoroutine 1 [running]:\\nsort.x(...)\\n\\tsort/x.csp:1\\n")', r'panic: a\n\ngoroutine 1 \[running\]:\nsort.x\(...\)\n\tsort/x.csp:1\n(?s:.*)main.script\(\)\n\tIn.*\n\t +panic\(')
t.enter('func deep(n int) int { return deep(n + 1) + 1 }', r'^\n?$')
t.enter('deep(0)', r'panic: .*stack overflow')
t.enter('var m map[string]int', r'^\n?$')
t.enter('m["a"] = 1', r'assignment to entry in nil map')
t.enter('x', r'1  // int')
t.enter('func() { defer func() { fmt.Println("recovered", recover()) }(); panic(1) }()', r'recovered 1')
t.enter('runtime.Goexit()', None)
t.enter('x', r'1  // int')
t.enter('import "no/such/package"', r'no/such/package')
t.enter('x', r'1  // int')
t.close()
