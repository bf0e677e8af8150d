# Ctrl-C at any moment of typing, drawing and running brings a prompt, and what
# is typed behind it is read from its first character on.
import time
from terminal import start

WHAT = [
    ('strings.upper\t\t', r'ToUpper +func'),
    ('strings.Has\t\t', None),
    ('\x1b[A', None),
    ('\x12len', None),
    ('\x1b[200~' + 'total := 0\r' * 50 + 'total\x1b[201~', None),
    ('\x1b[200~a paste without an end', r'$'),
    ('1 + 1\r', None),
    ('for {}\r', None),
    ('fmt.Println(2)\r', r'\n2\n'),
    ('if true {\r', None),
    (':vars\r', None),
]
STEPS = 12  # from 0 to 10 ms

t = start()
t.enter('len("history")', r'7')
number = 1000
for step in range(STEPS):
    for keys, shown in WHAT:
        t.raw = b''
        t.send(keys)
        if shown:
            t.expect(shown)
        time.sleep(0.010 * step / (STEPS - 1))
        t.send('\x03' * (1 + step % 2))
        t.expect(r'\ncsp> $')
        number += 1
        t.press(f'{number - 1} + 1\r', rf'\n{number}  // int\n(?s:.*)csp> $')
t.close()
