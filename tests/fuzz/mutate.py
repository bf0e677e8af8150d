#!/usr/bin/env python3
# mutate.py: changes the programs of the tests at random and compiles them.
#
#     CSP=build/asan/csp tests/fuzz/mutate.py [--runs N | --seconds S] [--seed N] [--keep DIR]
#
# Nothing is run: "csp disasm" goes through lexer, parser, checker and code
# generator. Whatever the bytes are, the compiler must end by itself, with
# status 0 or 1 and without a report of a sanitizer or of its own. Inputs that
# break this are kept in DIR and their names printed; the status is then 1. The
# same seed makes the same inputs.
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOKEN = re.compile(rb'[A-Za-z_]\w*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\'(?:[^\'\\\n]|\\.)*\'|//[^\n]*|\s+|<-|:=|&&|\|\||[-+*/%&|^<>=!:]=|\.\.\.?|->|::|.', re.S)
WORDS = (b'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return '
         b'select struct switch type var nil true iota int string error any len cap append make new panic recover min max clear complex '
         b'[ ] ( ) { } ! ? -> :: .. || [] * & <- := = == ; , . ... : ~ + - << 0 1 -1 1e400 1<<62 0x7fffffffffffffff "s" \'r\' x T').split() + [b'\n']
BYTES = (b'\0', b'\xff', b'\xef\xbb\xbf', b'\xf0\x9f\x98\x80', b'"', b'`', b'/*', b'\\', b'\r', b'\x80')


def corpus():
    files = []
    for folder in ('examples', 'tests'):
        for dirpath, dirnames, names in os.walk(os.path.join(ROOT, folder)):
            dirnames.sort()
            files += [os.path.join(dirpath, n) for n in sorted(names) if n.endswith(('.csp', '.go'))]
    texts = []
    for path in files:
        with open(path, 'rb') as f:
            text = f.read()
        if len(text) < 8000:
            texts.append(TOKEN.findall(text))
    return texts


def a_piece(r, tokens):
    at = r.randrange(len(tokens))
    return tokens[at:at + r.randint(1, 12)]


def mutate(r, texts):
    tokens = list(r.choice(texts)) or [b'']
    for _ in range(r.choice((1, 1, 2, 3, 6))):
        at = r.randrange(len(tokens) + 1)
        end = min(len(tokens), at + r.choice((1, 1, 2, 5, 20)))
        kind = r.randrange(8)
        if kind == 0:
            del tokens[at:end]
        elif kind == 1:
            tokens[at:at] = [r.choice(WORDS), b' ']
        elif kind == 2:
            tokens[at:end] = [r.choice(WORDS), b' ']
        elif kind == 3:
            tokens[at:at] = a_piece(r, r.choice(texts) or [b''])
        elif kind == 4:
            tokens[at:at] = tokens[at:end] * r.choice((1, 1, 2, 50))
        elif kind == 5 and tokens:
            names = [t for t in tokens if t[:1].isalpha()] or [b'x']
            tokens[at:end] = [r.choice(names)]
        elif kind == 6:
            tokens[at:at] = [r.choice(BYTES)]
        else:
            tokens[at:at], tokens[end:] = [b'('] * r.randint(1, 3), tokens[end:]
        tokens = tokens or [b'']
    return b''.join(tokens)


def fault(csp, path):
    """What is wrong with compiling path, or None."""
    env = dict(os.environ, NO_COLOR='1')
    env.setdefault('ASAN_OPTIONS', 'detect_leaks=0')
    try:
        p = subprocess.run([csp, 'disasm', path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=20, env=env)
    except subprocess.TimeoutExpired:
        return 'does not end'
    text = p.stderr.decode('utf-8', 'replace')
    found = re.search(r'Sanitizer.*|: runtime error: .*|^runtime: .*', text, re.M)
    if p.returncode in (0, 1) and not found:
        return None if p.returncode == 0 or text.strip() else 'fails without a message'
    return found[0] if found else f'status {p.returncode}'


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('--runs', type=int, default=300)
    ap.add_argument('--seconds', type=float, default=0)
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--keep', default=tempfile.gettempdir())
    o = ap.parse_args()
    csp = os.environ['CSP']
    texts = corpus()
    faults = 0
    end = time.monotonic() + o.seconds
    with tempfile.TemporaryDirectory() as work:
        n = 0
        while time.monotonic() < end if o.seconds else n < o.runs:
            r = random.Random(o.seed * 1000003 + n)
            n += 1
            text = mutate(r, texts)
            path = os.path.join(work, 'x.csp')
            with open(path, 'wb') as f:
                f.write(text)
            what = fault(csp, path)
            if what:
                kept = os.path.join(o.keep, f'fuzz-{o.seed}-{n}.csp')
                with open(kept, 'wb') as f:
                    f.write(text)
                print(f'{kept}: {what[:200]}', flush=True)
                faults += 1
    if o.seconds:
        print(f'{n} inputs, {faults} faults')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
