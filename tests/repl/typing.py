# What is drawn while typing: colours, the partner of a bracket, suggestions
# from the history; keys of both editing modes.
import re
from terminal import start

GREY, KEYWORD, STRING, NUMBER, MATCH = '\x1b[2m', '\x1b[35m', '\x1b[32m', '\x1b[36m', '\x1b[1;4m'


def typed(t, keys, *wanted):
    """Types keys; all of wanted must be drawn, with its escape sequences."""
    t.raw = b''
    t.send(keys)
    for w in wanted:
        t.expect_raw(w)


def give_up(t):
    t.press('\x03', r'\ncsp> $')


t = start(env={'NO_COLOR': '', 'TERM': 'xterm'})
typed(t, 'for x := "a" + `b` + 1e3 // end', KEYWORD + 'for\x1b[0m', STRING + '"a"\x1b[0m', STRING + '`b`\x1b[0m', NUMBER + '1e3\x1b[0m', GREY + '// end\x1b[0m')
give_up(t)
typed(t, 'f(")", [1])', MATCH + '(\x1b[0m', MATCH + ')\x1b[0m')
give_up(t)
typed(t, '"open', STRING + '"open\x1b[0m')
give_up(t)
typed(t, ':goroutines', KEYWORD + ':goroutines\x1b[0m')
give_up(t)

# suggestions: grey, taken by Right, no part of what Enter runs
t.enter('total := 100 + 11')
t.enter('total', r'111')
typed(t, 'total :', GREY + '= 100 + 11\x1b[0m')
t.press('\x1b[C + 1\r', r'\ncsp> $')
t.enter('total', r'112')
typed(t, 'tot', GREY + 'al\x1b[0m')
t.press('\r', r'csp> tot\n(?s:.*)undefined: tot\n(?s:.*)csp> $')
typed(t, 'tota', GREY + 'l\x1b[0m')
t.press('\x1b[D\x1b[Cl\r', r'112(?s:.*)csp> $')

# an entry of several lines is taken whole
t.press('func g() int {\rreturn 7\r}\r', r'\}\ncsp> $')
t.press('func g\x1b[C', r'return 7\n\.\.\.> }$')
give_up(t)
t.enter(':set color off', None)
t.press('tota', r'csp> tota$')
assert b'\x1b[2m' not in t.raw, t.raw
t.send('\x03')
t.expect(r'\ncsp> $')

# Up looks for what begins with what was typed
t.enter('var alpha = 1', None)
t.enter('2 + 2', r'4')
t.enter('var beta = 2', None)
t.enter('3 + 3', r'6')
t.press('var\x1b[A', r'csp> var beta = 2$')
t.send('\x1b[A')
t.expect(r'csp> var alpha = 1$')
t.send('\x1b[B')
t.expect(r'csp> var beta = 2$')
t.send('\x1b[B')
t.expect(r'csp> var$')
t.send('\x03')
t.expect(r'\ncsp> $')

# Alt-Enter: a further line of what is complete, the run of what is not
t.press('1 + 1\x1b\r', r'\n\.\.\.> $')
t.send('+ 2\r')
t.expect(r'csp> $')
t.press('f(\x1b\r', r'syntax error(?s:.*)csp> $')

# similar names, when none begins so
t.enter('var horizontalDistance, verticalDistance, other = 1, 2, 3', r'^\n?$')
t.press('izontalD\t * 10\r', r'10  // int\ncsp> $')
t.press('vDst\t * 10\r', r'20  // int\ncsp> $')
t.press('Distance\t', r'horizontalDistance +int\n  verticalDistance +int\n(?:csp> Distance)+$')
t.send('\x03')
t.expect(r'\ncsp> $')
t.press('strings.upper\t\t', r'ToUpper +func')
t.send('\x03')
t.expect(r'\ncsp> $')
t.close()

# a bell is no output of the program, which would appear above
t = start()
t.raw = b''
t.send('nothingLikeThis\t')
t.expect_raw('\x07')
t.expect(r'csp> nothingLikeThis$')
assert '\n' not in t.text(), t.text()
t.send(' := 1\r')
t.expect(r'csp> nothingLikeThis := 1\ncsp> $')
t.close()

# Ctrl-X Ctrl-E: the text in the editor and back
t = start(env={'EDITOR': 'sed -i s/1/5/'})
t.press('1 + 2\x18\x05', r'csp> 5 \+ 2$')
t.send('\r')
t.expect(r'7  // int\ncsp> $')
t.close()

# vi mode, and further keys, by ~/.inputrc
rc = t.home + '/inputrc'
with open(rc, 'w') as f:
    f.write('set editing-mode vi\nset keyseq-timeout 50\n"\\C-g": "len(os.Args)"\n')
t = start(home=t.home, env={'INPUTRC': rc})
t.enter('20 + 1', r'21  // int')
t.press('\x1bkxi3', r'csp> 30 \+ 1$')
t.send('\r')
t.expect(r'31  // int\ncsp> $')
t.press('func h() int {\rreturn 1\r}\r', r'\}\ncsp> $')
t.press('\x1bkj$s2\r', r'\}\ncsp> $')  # the last character of the second line
t.enter('h()', r'2  // int')
t.press('\x07 > 0\r', r'true  // bool\ncsp> $')
t.close()
