# Ten thousand inputs do not make the session grow: what an input leaves behind
# is only what it declares.
from terminal import start

# What the collector knows of the code of an input does not outlast it: the next
# one may lie in the same place.
t = start()
t.enter('type T struct{ v int; rest [6]int }; keep := []*T{}', None)
t.enter('func churn() { for i := 0; i < 2000; i++ { keep = append(keep, &T{v: -1}) } }', None)
for _ in range(3):
    t.enter('{ a, p := 5, &T{v: 6}; runtime.GC(); churn(); fmt.Println(a, p.v) }', r'^\n?5 6\n')
    t.enter('{ p, a := &T{v: 6}, 5; runtime.GC(); churn(); fmt.Println(a, p.v) }', r'^\n?5 6\n')
t.close()

t = start(env={'ASAN_OPTIONS': 'detect_leaks=0:quarantine_size_mb=4'})  # freed memory counts too
t.enter('x := 0', None)
t.enter('func f(n int) string { return strconv.Itoa(n) }', None)

# Calls of a function that was replaced many times go to the latest one at once.
t.enter('func step(n int) int { return n }', None)
t.enter('func sum() int { s := 0; for i := range 10000 { s += step(i) }; return s }', None)
t.enter('sum()', r'49995000  // int')


def sums():
    """Seconds of processor time of a million calls."""
    begun = t.cpu()
    t.enter('for range 100 { sum() }', r'^\n?$')
    return t.cpu() - begun


before = sums()
for i in range(0, 500, 10):
    t.press(''.join(f'func step(n int) int {{ return n + {i + k} }}\r' for k in range(10)) + f'"step" + "{i}"\r', f'"step{i}"  // string\ncsp> $')
t.enter('sum()', r'54985000  // int')
after = sums()
if after > 20 * before + 0.1:
    t.fail(f'calls took {before} s, and {after} s after the replacements')


def block(first, count):
    for i in range(first, first + count, 5):
        t.raw = b''
        t.send(f'x := {i}\rx + 1\rf(x) + "abc"\rb := make([]byte, 100000)\rundefined{i % 3}\r')
        while t.text().count('undefined: undefined') < 1 or not t.text().endswith('csp> '):
            t.read()
            if t.ended:
                t.fail('it ended')


block(0, 1000)
t.enter('runtime.GC()', None)
before = t.memory()
block(1000, 9000)
t.enter('runtime.GC()', None)
grown = t.memory() - before
t.enter('x', r'9995  // int')
if grown > 6 << 20:
    t.fail(f'grew by {grown} bytes over 9,000 inputs')
t.close()
