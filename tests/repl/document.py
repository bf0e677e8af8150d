# The session in docs/repl.md is real: it is typed again here, and every line
# that the document shows must appear. Numbers of goroutines may differ, and so
# may the order of what goroutines print.
import os
import re
import time
from terminal import PROMPT, TIMEOUT, start


def recorded(path):
    """Pairs of an input and the lines shown behind it."""
    steps = []
    with open(path, encoding='utf-8') as f:
        text = f.read().split('## A session')[1].split('\n## ')[0]
    for line in text.splitlines():
        if not line.startswith('    '):
            continue
        line = line[4:]
        if line.startswith('csp> '):
            steps.append((line[5:], []))
        elif line.startswith('...> '):
            steps[-1] = (steps[-1][0] + '\r' + line[5:], [])
        else:
            steps[-1][1].append(line)
    return steps


def shape(line):
    """A pattern for a line: other goroutines, ages, widths of columns."""
    line = re.sub(r'^g\d+: ', '', re.sub(r' +', ' ', line.strip()))
    pattern = re.escape(line).replace('\\ ', ' +')
    pattern = re.sub(r',\ \+\d+ms\b', r', +\\w+', pattern)
    return r'(?m)^(?:csp> )?(?:g\d+: )?\s*' + re.sub(r'(?<![\w])g\d+', r'g\\d+', pattern) + r'$'


steps = recorded(os.path.join(os.path.dirname(__file__), '../../docs/repl.md'))
assert len(steps) > 15, steps
t = start()
for text, lines in steps:
    t.press(text + '\r', r'\n(?s:.*)csp> $')
    end = time.monotonic() + TIMEOUT
    for line in lines:
        while line.strip() and not re.search(shape(line), t.text()):
            if time.monotonic() > end:
                t.fail(f'{text!r}: the document shows {line!r}')
            t.read()
            if text == ':goroutines' and t.text().endswith('csp> '):  # they may not have come so far
                t.press(text + '\r', r'\n(?s:.*)csp> $')
t.close()
