# Keys: several lines, history, completion, paste, resizing, leaving.
import os
from terminal import start, PROMPT

t = start()
# Enter asks the parser
t.press('func f(a int) int {\r', r'\.\.\.>     $')
t.send('return a * 2\r}\r')
t.expect(r'\n\.\.\.> }\ncsp> $')
t.enter('f(21)', r'42  // int')

# up into the block of the history, changed, and run again
t.press('\x1b[A\x1b[A', r'return a \* 2\n\.\.\.> }$')
t.send('\x1b[A\x05\x7f3\r')
t.expect(r'(?s)return a \* 3.*csp> $')
t.enter('f(21)', r'63  // int')

# Ctrl-C leaves a block
t.press('if true {\r', r'\.\.\.>     $')
t.send('\x03')
t.expect(r'\.\.\.>     \ncsp> $')
t.enter('1', r'1  // int')

# moving within a line
t.press('+ 2\x01 1 \x05 + 3\r', r'6  // int\ncsp> $')

# Ctrl-R
t.press('\x12f(2', r"reverse-i-search\)`f\(2': f\(21\)")
t.send('\r')
t.expect(r'63  // int\ncsp> $')

# Tab: names, members through expressions, packages, commands; twice: types
t.enter('type Point struct{ Horizontal, Vertical int }', r'^\n?$')
t.enter('dots := []Point{{1, 2}}', r'^\n?$')
t.press('dot\t[0].Hor\t\r', r'1  // int\ncsp> $')
t.press('strings.ToUpp\t("a")\r', r'"A"  // string\ncsp> $')
t.press('strings.Has\t\t', r'HasPrefix +func\(s(, | string, )prefix string\) bool\n +HasPrefix \S.*\n(?s:.*)csp> strings.Has$')
t.send('\x03')
t.expect(r'csp> strings.Has\ncsp> $')
t.press(':gor\t\r', r'csp> :goroutines\n')
t.expect(PROMPT)
t.press('// Halve divides by two,\r// and rounds.\rfunc Halve(n int) int { return n / 2 }\r', PROMPT)
t.press('Hal\t\t', r'  Halve  func\(n int\) int\n +Halve divides by two,\n(?:csp> Halve)+$')
t.send('\x03')
t.expect(r'csp> Halve\ncsp> $')
t.press('strings.\t\t', r'\n  Contains +func\(s(?:, | string, )substr string\) bool  Contains \S.*\n(?s:.*)csp> strings.$')  # more than the screen holds
t.send('\x03')
t.expect(r'csp> strings.\ncsp> $')
t.press('Halve??\r', r'csp> Halve\?\?\nfunc Halve\(n int\) int \{ return n / 2 \}\ncsp> $')
t.press('sort.Slice??\r', r'\nfunc Slice\(x any, less func\(i, j int\) bool\) \{\n(?s:.*)\n\}\ncsp> $')
t.press('sort.Slice?\r', r'\nfunc Slice\(x any, less func\(i, j int\) bool\)\n +Slice (?s:.*)csp> $')
t.press('nothing??\r', r'\nnothing is known of nothing\ncsp> $')
t.press('x???\r', r'\nIn\[\d+\](?s:.*)csp> $')
t.press(':gor\t\r', r'csp> :goroutines\n')
t.expect(PROMPT)

with open(t.home + '/read-me.txt', 'w') as f:
    f.write('text')
t.press(f'os.ReadFile("{t.home}/read-\t")\r', r'read-me.txt"\)\n\[116, 101, 120, 116\]  // \[\]byte|\[\]uint8')
t.expect(PROMPT)

# a comment waits for what it belongs to
t.press('// Twice doubles.\rfunc Twice(x int) int { return 2 * x }\r', PROMPT)
t.enter(':doc Twice', r'Twice doubles\.')
t.enter('// #include <stdlib.h>\nimport "C"'.replace('\n', '\r'), None)
t.enter('int(C.abs(-5))', r'5  // int')

# pasted: a thousand lines, and a transcript
t.raw = b''
block = 'var total int\n' + ''.join(f'total += {i}\n' for i in range(1000)) + 'total'
t.send('\x1b[200~' + block.replace('\n', '\r') + '\x1b[201~')
t.send('\r')
t.expect(r'499500  // int\ncsp> $')
t.press('\x1b[200~csp> a := 3\ncsp> a * a\n9  // int\x1b[201~\r', r'9  // int\ncsp> $')

# wide characters and long lines
t.enter('s := "' + 'äöü漢字' * 20 + '"', r'^\n?$')
t.enter('len(s)', r'240  // int')
t.resize(10, 40)
t.press('1 + 1\r', r'2  // int\n(csp> )+$')
t.send(' ignored := 1\r')
t.expect(PROMPT)
t.close()

# history of the session before, without the input that began with a space
t2 = start(home=t.home)
t2.press('\x10', r'1 \+ 1$')
t2.send('\x10\x10')
t2.expect(r'len\(s\)|s :=')
t2.send('\x03')
t2.expect(PROMPT)
t2.close()
assert os.path.exists(t.home + '/.local/state/csp/history')
