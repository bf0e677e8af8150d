# Ten thousand inputs that declare functions, types, methods and variables again
# and again: what was replaced is collected, and the ten thousandth input takes no
# longer than the first ones. Code that something can still reach stays.
import sys

from terminal import start

INPUTS = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
t = start(env={'ASAN_OPTIONS': 'detect_leaks=0:quarantine_size_mb=4'})  # freed memory counts too

# What old code can still be reached by: a goroutine inside of it, a closure, a
# method value, a deferred call, a value of an old type, a variable of one.
t.enter('stop := make(chan bool); out := make(chan string, 10)', r'^\n?$')
t.enter('func old(n int) string { defer func() { out <- fmt.Sprint("deferred ", n) }(); <-stop; return fmt.Sprint("old ", n) }', r'^\n?$')
t.enter('go func() { out <- old(1) }()', r'^\n?$')
t.enter('func counter() func() int { n := 0; return func() int { n++; return n } }', r'^\n?$')
t.enter('next := counter(); next()', r'^\n?1  // int')
t.enter('type Kept struct { name string }', r'^\n?$')
t.enter('func (k Kept) Hello() string { return "I am " + k.name }', r'^\n?$')
t.enter('hello := Kept{"old"}.Hello; any1 := any(Kept{"old"}); all := []any{Kept{"a"}, &Kept{"b"}, counter}', r'^\n?$')
t.enter('type Greeter interface { Hello() string }; greeter := Greeter(&Kept{"greeter"})', r'^\n?$')
t.enter('var self func() int; self = func() int { if self == nil { return 0 }; return 7 }', r'^\n?$')
t.enter('func old(n int) string { return "new" }; func counter() int { return 0 }; type Kept struct { age int }')
t.enter('func (k Kept) Hello() string { return "young" }', r'^\n?$')
t.enter('func g(n int) int { return 0 }', r'^\n?$')


def inputs(i):
    """Ten inputs, their number in some of them."""
    return [f'func f(n int) int {{ if n == 0 {{ return {i} }}; return g(n - 1) + len("some text {i}") }}',
            f'func g(n int) int {{ s := []int{{n, {i}}}; sort.Ints(s); return f(0) + s[0] }}',
            f'type T struct {{ a, b int; s [{i % 7 + 1}]string }}',
            f'func (t T) Sum() int {{ return t.a + t.b + {i} }}; func (t *T) Set(n int) {{ t.a = n }}',
            f'v := T{{a: {i}}}; w := map[string]T{{"x": v}}; v.Set(2)',
            f'fs := []func() int{{v.Sum, func() int {{ return f({i}) + v.a }}}}; var set interface{{ Set(int) }} = &v',
            f'func pair[A any](a A) [2]A {{ return [2]A{{a, a}} }}; p := pair(v)',
            f'go func() {{ out <- fmt.Sprint("ran", {i}) }}(); <-out',
            f'x := {"1.5" if i % 2 else "1"}; y := fmt.Sprint(x, f(1), fs[0]())',
            f'if x > 100 {{ panic("no") }}; undefined{i}']


def block(first, count):
    """Types inputs and waits for each error at the end of ten; the processor
    time that they took."""
    begun = t.cpu()
    for i in range(first, first + count, 10):
        t.raw = b''
        t.send(''.join(line + '\r' for line in inputs(i)))
        t.expect(rf'undefined: undefined{i}\n(?s:.*)csp> $')
    return t.cpu() - begun


def blocks(first):
    """A tenth of all inputs; what a fiftieth took, the least of five, which a busy
    machine disturbs less."""
    return min(block(first + k * INPUTS // 50, INPUTS // 50) for k in range(5))


tenth = INPUTS // 10
block(0, tenth // 2)                       # caches and the first collections
first = blocks(tenth // 2)
t.enter('runtime.GC()', r'^\n?$')
before = t.memory()
block(tenth * 3 // 2, INPUTS - tenth * 5 // 2)
last = blocks(INPUTS - tenth)
t.enter('runtime.GC()', r'^\n?$')
grown = t.memory() - before
if len(sys.argv) > 1:
    print(f'{INPUTS} inputs: {INPUTS // 50} of them took {first:.2f} s at first, {last:.2f} s at last; {before >> 10} KB, grown by {grown >> 10} KB')
if grown > 6 << 20:  # half of it is what :save and the history keep of 10,000 inputs; the code alone was more than 100 MB
    t.fail(f'grew by {grown >> 10} KB from {before >> 10} KB')
if last > 3 * first + 0.03:  # nine times, if each input added to the next; a busy machine alone makes it 1.6
    t.fail(f'{INPUTS // 50} inputs took {first:.2f} s at first and {last:.2f} s at last')

t.enter('stop <- true', r'^\n?$')
t.enter('<-out + ", " + <-out', r'^\n?"deferred 1, old 1"  // string')
t.enter('next()', r'^\n?2  // int')
t.enter('hello()', r'^\n?"I am old"  // string')
t.enter('any1', r'^\n?\{name: "old"\}  // main.Kept#1')
t.enter('all[1].(Greeter).Hello() + greeter.Hello()', r'"I am bI am greeter"  // string')
t.enter('all[2].(func() func() int)()()', r'^\n?1  // int')
t.enter('self()', r'^\n?7  // int')
t.enter('Kept{1}.Hello()', r'^\n?"young"  // string')
t.close()
