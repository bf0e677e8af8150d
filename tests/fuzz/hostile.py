#!/usr/bin/env python3
# hostile.py: sources that are small to say and large to compile: deep nesting
# of everything that nests, huge constants, types, functions and literals, bytes
# that are no text. Each must compile or be refused with a message, in time.
# Nothing is run: "csp disasm" goes through the whole compiler. An argument is
# the depth, 10000 to be thorough; with it the slow ones are named.
import os
import re
import resource
import subprocess
import sys
import tempfile

CSP = os.environ['CSP']
N = int(sys.argv[1]) if len(sys.argv) > 1 else 1000


def program(body, top=''):
    return f'package main\n{top}\nfunc main() {{\n{body}\n}}\n'


def chain(n, line):
    return ''.join(line.format(i, i + 1) + '\n' for i in range(n))


NESTED_EXPRESSIONS = ['(', '- ', '!', '^', '*', '& ', '<-', 'int(', 'f(', 'a[', '[]any{', 'T{', 'x + (', 'x && (', 'func() {', 'any(', '[]int(']
NESTED_TYPES = ['[]', '[1]', '*', 'map[int]', 'map[', 'chan ', '<-chan ', 'chan(', 'func(', 'func() ', 'struct{a ', 'interface{m() ', 'G[']
NESTED_STATEMENTS = ['{', 'if true {', 'for {', 'switch {case true:', 'select {default:', 'func() {', 'L: {', 'switch x := x.(type) {default:']
NOTATION = ['[', '*[true -> ', '[x::', '[x ? y -> ', '[i:1..9: ', 'x!', 'x?', 'a::', 'a -> ', '.. ', '|| ']
CLOSING = {'(': ')', '[': ']', '{': '}'}


def close(opening, n):
    return ''.join(CLOSING[c] for c in reversed(opening) if c in CLOSING and CLOSING[c] not in opening.replace('[]', '')) * n


def sources():
    for piece in NESTED_EXPRESSIONS:
        yield 'expression ' + piece, program(f'_ = {piece * N}1{close(piece, N)}')
    for tail in ('()', '[0]', '.b', '.(any)', ' + x', ' && x', ' == x', ' << 1', '{}', '?', '!'):
        yield 'tail ' + tail, program('x := 1\n_ = x' + tail * N)
    for piece in NESTED_TYPES:
        yield 'type ' + piece, program(f'var x {piece * N}int{close(piece, N)}\n_ = x', 'type G[T any] struct { x T }')
    for piece in NESTED_STATEMENTS:
        yield 'statement ' + piece, program(f'{piece * N}{close(piece, N)}')
    yield 'else if', program('x := 1\nif x == 0 {}' + ' else if x == 0 {}' * N)
    for piece in NOTATION:
        yield 'notation ' + piece, piece * N + '1' + close(piece, N)
    for number in ('1<<1000000', '1<<100000000000', '1e1000000000', '1e-1000000000', '1e99999999999999999999', '0x1p99999999999', '1e1000000000i', '9' * (20 * N), '0.' + '9' * (20 * N), '0x' + 'f' * (20 * N)):
        yield 'number ' + number[:20], program(f'const c = {number}\n_ = c')
    for first in ('12345678901234567890', '1234567890.1234567890', '1e-300', '1i+2.5'):
        yield 'squares of ' + first, program(chain(150, 'const c{1} = c{0} * c{0}'), f'const c0 = {first}')
    for size in ('1<<31', '1<<40', '1<<62', '1<<63', '-1', '1<<20][1<<20][1<<20'):
        yield 'array of ' + size, program(f'var a [{size}]int\na[0] = 1', f'var b [{size}]int')
    yield 'fields double', program('var x T0\n_ = x', chain(60, 'type T{0} struct {{ a, b T{1} }}') + 'type T60 int')
    yield 'empty fields double', program('var x T0\n_ = x', chain(40, 'type T{0} struct {{ a, b T{1} }}') + 'type T40 struct{}')
    yield 'index of a literal', program('a := []int{1<<62: 1}\n_ = a')
    yield 'locals', program(chain(7 * N, 'x{0} := {0}; _ = x{0}'))
    yield 'large values', program('var a [70000]int\nb := a\nf(b)', 'func f(a [70000]int) [70000]int { return a }')
    yield 'arguments', program('f(' + '1,' * 7 * N + ')', 'func f(a ...int) {}')
    yield 'parameters', program('', 'func f(' + ', '.join(f'a{i} int' for i in range(7 * N)) + ') {}')
    yield 'results', program('f()', 'func f() (' + 'int, ' * 7 * N + ') { panic(1) }')
    yield 'elements', program('a := []int{' + '1,' * (10 * N) + '}\n_ = a')
    yield 'keys', program('a := map[int]string{' + ''.join(f'{i}: "x",' for i in range(3 * N)) + '}\n_ = a')
    yield 'cases', program('x := 5\nswitch x {\n' + chain(N, 'case {0}: x++') + '}')
    yield 'types of a switch', program('var x any\nswitch x.(type) {\n' + chain(N, 'case [{0}]int:') + '}')
    yield 'arms', program('c := make(chan int)\nselect {\n' + 'case <-c:\n' * 7 * N + '}')
    yield 'sum of strings', program('x := "a"\n_ = ' + ' + '.join('x' * (2 * N)))
    yield 'fields', program(f'var x T\nx.f{7 * N - 1} = 1', 'type T struct {\n' + chain(7 * N, 'f{0} int') + '}')
    yield 'variables in reverse', program('_ = v0', chain(N, 'var v{0} = v{1} + 1') + f'var v{N} = 1')
    yield 'constants in reverse', program('_ = c0', chain(N, 'const c{0} = c{1} + 1') + f'const c{N} = 1')
    yield 'types in reverse', program('var x T0\n_ = x', chain(N, 'type T{0} struct {{ a T{1} }}') + f'type T{N} int')
    yield 'aliases in reverse', program('var x T0\n_ = x', chain(N, 'type T{0} = T{1}') + f'type T{N} int')
    yield 'endless instances', program('f[int]()', 'func f[T any]() { f[[]T]() }')
    yield 'endless type', program('var x T[int]\n_ = x', 'type T[P any] struct { f *T[T[P]] }')
    for text in ('type T struct { a T }', 'type T [2]T', 'type T interface { T }', 'type T U; type U T', 'type T [len(x)]int; var x T', 'type T = []T', 'const c = c', 'var v = v', 'func f() { type T struct { T } }'):
        yield text, program('', text)
    for name, text in (('NUL', b'package main\0'), ('mark', b'\xef\xbb\xbf' * 3), ('bad UTF-8', b'var \xff\xfe\x80 = 1'), ('half a rune', b"'\xf0\x9f"), ('string', b'x := "abc'), ('raw string', b'x := `abc'),
                       ('comment', b'/* abc'), ('braces', b'{' * (30 * N)), ('arrows', b'<-' * (30 * N)), ('a word', b'a' * (100 * N)), ('a line', b'x := ' + b'1 + ' * (20 * N) + b'1'), ('nothing', b''), ('\\', b'\\')):
        yield 'bytes: ' + name, text


def fault(path):
    try:
        p = subprocess.run([CSP, 'disasm', path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=60, env=dict(os.environ, NO_COLOR='1'))
    except subprocess.TimeoutExpired:
        return 'does not end'
    text = p.stderr.decode('utf-8', 'replace')
    found = re.search(r'Sanitizer.*|: runtime error: .*|^runtime: .*', text, re.M)
    if found or p.returncode not in (0, 1):
        return f'status {p.returncode}: ' + (found[0] if found else text[:200])
    return 'no message' if p.returncode and not text.strip() else None


def cpu():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


faults = 0
with tempfile.TemporaryDirectory() as work:
    path = os.path.join(work, 'x.csp')
    for name, text in sources():
        with open(path, 'wb') as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        start = cpu()
        what = fault(path)
        if len(sys.argv) > 1 and cpu() - start > 0.5:
            print(f'{cpu() - start:.1f} s: {name}')
        if what:
            print(f'{name}: {what}')
            faults += 1
sys.exit(1 if faults else 0)
