#!/usr/bin/env python3
# prompt.py: types random inputs at the prompt.
#
#     CSP=build/asan/csp tests/fuzz/prompt.py [--runs N | --seconds S] [--seed N]
#
# A session is some dozens of inputs over few names: declarations, other
# declarations of the same names, statements, commands of the prompt, and all of
# these changed at random. What must hold: the process lives and no sanitizer
# speaks; an input that does not compile changes nothing that a look at all the
# names shows. An input that does not end is interrupted. The same seed makes the
# same inputs. A session that breaks this is printed, and the status is then 1.
import argparse
import os
import random
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), 'repl')]
import mutate
import terminal

START = ['x := 1', 's := "a"', 'm := map[string]int{"k": 2}', 'type T struct{ A int; B string }', 'func (t T) M() int { return t.A + x }',
         'func f(n int) int { return n + x }', 'v := T{3, "b"}', 'c := make(chan int, 8)', 'g := func() int { x++; return x }', 'type I interface{ M() int }', 'var i I = v',
         'func G[K any](k K) []K { return []K{k} }', 'const k = 5']
INPUTS = START + [
    'x = f(x)', 'x := "now a string"', 'x := 2.5', 'var x = []int{1, 2}', 's += "z"', 's = strings.Repeat(s, 2)', 'm[s] = len(s)', 'm = nil', 'delete(m, "k")', 'clear(m)',
    'type T struct{ A int; C []int }', 'type T int', 'func (t *T) N() { t.A++ }', 'func (t T) M() int { return 7 }', 'v.N()', 'v = T{A: x}', 'v := &T{}',
    'func f(n int) string { return fmt.Sprint(n) }', 'func f(n int) int { if n <= 0 { return 0 }; return 1 + f(n-1) }', 'f(3)', 'f("s")', 'v.M()', 'i.M()', 'i = v',
    'c <- x', 'c!x', 'len(c)', 'select { case y := <-c: x = y; default: s = "none" }', '[ len(c) > 0 -> x = <-c [] else -> skip ]', '*[ x > 3 -> x-- ]', 'g()', 'g = func() int { return k }',
    'for q := range 3 { x += q }', 'for a, b := range m { s += a; x += b }', 'if x > 2 { s = "big" } else { s = "small" }', 'switch x { case 1: s = "one"; default: s = "other" }',
    'func() { defer func() { s = fmt.Sprint(recover()) }(); panic(x) }()', 'panic("p")', '[]int{1}[x]', 'v.A / 0', 'var e error = fmt.Errorf("%w", fmt.Errorf("in"))', 'e', 'errors.Unwrap(e)',
    'x, s', 'x, y := 1, 2', 'y := undefinedName', 'x := 3; z := q', 'x = 4; s = 5', 'type R struct{ r *R; t T }', 'var r R', 'r.r = &r', 'G(x)', 'G[string](s)', 'G[T]', 'const k = "c"', 'k + 1',
    'import "strings"', 'import "no/such"', 'func h() int { return f(1) + g() }', 'h()', '[ chan p int; p!x || p?x ]', 'func init() { x = 9 }', 'goto L', 'return', 'x++', 'L: for { break L }',
    ':type x', ':vars', ':help', ':doc strings.Index', ':nonsense', 'x.y.z', '_ = x', 'fmt.Printf("%v %T\\n", v, i)', 'unsafe.Sizeof(v)', 'reflect.TypeOf(v)', 'sort.Ints([]int{2, 1})']
LOOKS = ['x', 's', 'm', 'v', 'f', 'f(2)', 'len(c)', 'T{}', 'v.M()', 'k', 'G(k)', 'i']
KEEP_OUT = re.compile(r'[^ -~]|\b(os|exec|syscall|net|http|unsafe|go|time|C|runtime|debug|ioutil|filepath|log)\b|:(q|quit|exit|reset|load|edit|save|run|time|shell|!)|\d{5}')
DOES_NOT_COMPILE = re.compile(r'^In\[\d+\]:\d+:\d+: ', re.M)
BROKEN = re.compile(r'Sanitizer|:\d+: runtime error: |^runtime: [^g]|Assertion', re.M)


class Broken(Exception):
    pass


class Session:
    def __init__(self, r):
        env = {'ASAN_OPTIONS': 'detect_leaks=0', 'CSP_MAXSTACK': '800000'}
        self.r, self.typed, self.prompt = r, [], terminal.start(env=env)

    def wait(self, patience):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            self.prompt.read()
            m = re.search(r'(csp|\.\.\.)> *$', self.prompt.text())
            if m and '\n' in self.prompt.text():
                return m[1]
            if self.prompt.ended:
                raise Broken('the process ended')
        return None

    def enter(self, text):
        """What is printed between the input and the next prompt."""
        self.typed.append(text)
        self.prompt.raw = b''
        self.prompt.send(text + '\r')
        found, out = self.wait(5), ''
        for _ in range(5):
            out += self.prompt.text()
            if found == 'csp':
                break
            self.prompt.raw = b''
            self.prompt.send('\x03')  # it goes on, or wants more lines
            found = self.wait(10)
        else:
            raise Broken('no prompt any more')
        if BROKEN.search(out):
            raise Broken(BROKEN.search(out)[0])
        return out[out.find('\n') + 1:]

    def state(self):
        shown = [self.enter(name) for name in LOOKS]
        del self.typed[-len(LOOKS):]
        return [re.sub(r'In\[\d+\]', 'In[]', re.sub(r'0x[0-9a-f]+', '0x', t)) for t in shown]

    def change(self, text):
        for _ in range(20):
            new = mutate.mutate(self.r, TOKENS).decode('latin-1') if self.r.random() < 0.7 else text
            if len(new) < 200 and new.strip() and not KEEP_OUT.search(new):
                return new
        return text

    def go(self, n):
        for text in START:
            self.enter(text)
        before = self.state()
        for _ in range(n):
            out = self.enter(self.change(self.r.choice(INPUTS)))
            after = self.state()
            if DOES_NOT_COMPILE.search(out) and after != before:
                at = next(i for i, (a, b) in enumerate(zip(before, after)) if a != b)
                raise Broken(f'an input that does not compile changed {LOOKS[at]}: {before[at][-200:]!r} and {after[at][-200:]!r}')
            before = after
        self.prompt.kill()
        return n


TOKENS = [mutate.TOKEN.findall(t.encode()) for t in INPUTS]


def main():
    ap = argparse.ArgumentParser(description='Types random inputs at the prompt.')
    ap.add_argument('--runs', type=int, default=1, help='sessions')
    ap.add_argument('--seconds', type=float, default=0)
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--inputs', type=int, default=20, help='inputs of a session')
    o = ap.parse_args()
    end, n, inputs, faults = time.monotonic() + o.seconds, 0, 0, 0
    while time.monotonic() < end if o.seconds else n < o.runs:
        session = Session(random.Random(o.seed * 1000003 + n))
        n += 1
        try:
            inputs += session.go(o.inputs)
        except Broken as e:
            faults += 1
            print(f'session {n}: {e}\n' + '\n'.join('    ' + t for t in session.typed) + '\n' + session.prompt.text()[-1500:], flush=True)
            session.prompt.kill()
    if o.seconds:
        print(f'{n} sessions, {inputs} inputs, {faults} faults')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
