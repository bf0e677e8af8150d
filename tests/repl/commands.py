# Commands, files, and the init file.
import os
import re
import time
from terminal import TIMEOUT, new_home, start

home = new_home()
os.makedirs(home + '/.config/csp')
with open(home + '/.config/csp/init.csp', 'w') as f:
    f.write(':set prompt "csp> " "more> "\nfunc fromInit() int { return 77 }\n')
t = start(home=home)
t.enter('fromInit()', r'77  // int')
t.enter(':help', r':goroutines')
t.enter(':type 1 << 3', r'^\n?int\n$')
t.enter(':type strings.Index', r'func\(s.*string\) int')
t.enter(':type fmt.Println()', r'\(n int, err error\)|\(int, error\)')
t.enter(':doc strings.Index', r'func Index\(s, substr string\) int\n +Index returns')
t.enter('strings.Index?', r'Index returns')
t.enter(':doc strings', r'package strings')
t.enter('func Twice(x int) int { return 2 * x }', r'^\n?$')
t.enter(':source Twice', r'func Twice\(x int\) int { return 2 \* x }')
t.enter(':source strings.Fields', r'func Fields')
t.enter('x := Twice(4)', r'^\n?$')
t.enter(':vars', r'func +Twice func\(x int\) int\nvar +x int')
t.enter('strings.ToUpper("a")', None)
t.enter(':imports', r'package strings strings')
t.enter(':disasm Twice', r'MUL|ADD|SHL')
t.enter(':time Twice(3)', r'6  // int\n[\d.]+ ms, 0 bytes in 0 allocations, 0 goroutines started, 0 channel operations, \d+ switches\n')
t.enter(':time strconv.Atoi("7")', r'7  // int\nnil  // error\n[\d.]+ ms, ')
t.enter(':time undefinedName', r'undefined: undefinedName\n(?!(?s:.*)allocations)')
t.enter(':time len(make([]int64, x))', r'8  // int\n[\d.]+ ms, 64 bytes in 1 allocation, ')
c = t.enter(':time func() { c := make(chan int); go func() { for i := range 100 { c <- i }; close(c) }(); for range c {} }()')
assert int(re.search(r'(\d+) switches', c).group(1)) >= 2, c
t.enter(':bench Twice(3)', r'\d+ runs, [\d.]+ ns each')
t.enter(':funcs', r'^\n?(?s:.*)func +Twice')
t.enter('type Pair struct{ A, B int }', None)
t.enter(':types', r'^\n?type +Pair struct')
t.enter('ch, only := make(chan int, 2), make(chan<- string)', None)
t.enter('ch <- 1', None)
t.enter(':chans', r'^\n?ch: chan int: 1 of 2 buffered\n  1\nonly: chan<- string: unbuffered\n$')
# channels that were there before, and a goroutine that runs on
t.enter('ask, answer := make(chan int), make(chan int, 1)', None)
t.enter('go func() { for n := range ask { answer <- n } }()', None)
t.poll(':goroutines', r'chan receive')
for calls in (1, 1000):
    c = t.enter(f':time for range {calls} {{ ask <- 1; <-answer }}')
    # the server's own wait for the next one is under way at either end
    assert int(re.search(r' 0 goroutines started, (\d+) channel operation', c).group(1)) - 4 * calls in (-1, 0, 1), c
t.enter(':time for range 10 { go func() { select { case ask <- 1: case <-time.After(time.Hour): } }() }; for range 10 { <-answer }', r' 10 goroutines started, \d\d channel operations')
t.enter('close(ask)', None)
t.enter(':src Twice', r'func Twice')
t.enter('func two() int {\rreturn 2\r}', None)
t.enter(':list', r'In\[\d+\]\n   1  func two\(\) int {\n   2 +return 2\n   3  }\n$')
t.enter(':list 1', r'^\n?In\[1\]\n   1  fromInit\(\)\n$')
t.enter(':list In[2]', r'In\[2\]')
t.enter(':list 900', r'there is no In\[900\] yet')
t.enter(':list x', r'no number')
t.enter(':history /^type P.ir/', r'^\n?type Pair struct{ A, B int }\n$')
t.enter(':history Twice', r'func Twice(?s:.*)Twice\(4\)')
t.enter(':history /(/', r'/\(/: ')
t.enter(':nonsense', r'no command')
t.enter(':type', r'usage: :type EXPR')
t.enter(':!echo from the shell', r'from the shell')
t.enter('x := "again"; y := 5', r'^\n?$')
t.enter('x := 8', r'^\n?$')
path = home + '/saved.csp'
t.enter(f':save {path}', r'^\n?$')
with open(path) as f:
    saved = f.read()
assert 'func Twice' in saved and 'x := Twice(4)' in saved, saved
assert 'func two() int {\n\treturn 2\n}\n' in saved, saved
t.enter(':reset', None)
t.enter('x', r'undefined: x')
t.enter(f':load {path}', r'^\n?$')
t.enter('x + y', r'13  // int')
t.enter(':load /no/such/file', r'No such file')
t.enter('x = 1', r'^\n?$')
t.enter(':reload', r'^\n?/\S+ has not changed\n$')
t.enter('x + y', r'6  // int')
t.enter('x = 8', r'^\n?$')

# what :save writes is indented as gofmt does
block = ['func shape(n int) string {', 'switch n {', 'case 1: // one', '    text := `raw', '    as it is`', 'return text', 'default:',
         'f(func() {', 'for i := range 3 {', 'fmt.Println("}", i)', '}', '})', '}', '', 'return "" ', '}']
t.press('func f(g func()) { g() }\r', r'\ncsp> $')
t.press('\x1b[200~' + '\n'.join(block) + '\x1b[201~\r', r'\ncsp> $')
t.enter(f':save {path}', r'^\n?$')
with open(path) as f:
    saved = f.read()
assert saved.endswith("""func shape(n int) string {
\tswitch n {
\tcase 1: // one
\t\ttext := `raw
    as it is`
\t\treturn text
\tdefault:
\t\tf(func() {
\t\t\tfor i := range 3 {
\t\t\t\tfmt.Println("}", i)
\t\t\t}
\t\t})
\t}

\treturn ""
}
"""), saved

# the document knows every command
with open(os.path.join(os.path.dirname(__file__), '../../docs/repl.md'), encoding='utf-8') as f:
    document = f.read()
for name in re.findall(r'(?m)^  (:[a-z]+)', t.enter(':help')):
    assert f'`{name}' in document, f'docs/repl.md lacks {name}'
t.close()

program = home + '/program.csp'
with open(program, 'w') as f:
    f.write('#!/usr/bin/env csp\nname := "file"\nfunc hello() string { return "hello " + name }\nfmt.Println(hello())\n')
t = start('-i', program)
t.expect('hello file')
t.enter('hello()', r'"hello file"')
t.close()

# :edit brings the text back to the prompt
t = start(env={'EDITOR': "sed -i s/1/5/"})
t.enter('1 + 2', r'3  // int')
t.press(':edit\r', r'csp> 5 \+ 2$')
t.send('\r')
t.expect(r'7  // int\ncsp> $')
t.enter('os.Stdout.WriteString("no line end")', r'no line end')
t.send(':quit\r')
end = time.monotonic() + TIMEOUT
while not t.ended and time.monotonic() < end:
    t.read()
assert t.ended
