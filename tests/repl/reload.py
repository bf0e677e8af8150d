# :reload runs again what has changed in the files that were loaded: variables keep
# their values, functions are replaced, and what mentions them follows.
from terminal import new_home, start

FIRST = """#!/usr/bin/env csp
package main

import "strings"

// Count is kept.
var Count = 1
total := func() int {
	return 10
}()

type Point struct {
	X, Y int
}

func (p Point) Sum() int { return p.X + p.Y }

func hello(name string) string {
	return "hello " + strings.ToUpper(name)
}

func both() string { return hello("a") + hello("b") }
fmt.Println("loaded")
"""
path = new_home() + '/file.csp'


def write(text):
    with open(path, 'w') as f:
        f.write(text)


write(FIRST.replace('package main\n\n', ''))
t = start()
t.enter(':reload', r'no file was loaded')
t.enter(f':load {path}', r'^\n?loaded\n$')
t.enter('Count, total = 5, 50', r'^\n?$')
t.enter('p := Point{1, 2}', r'^\n?$')
t.enter(':reload', r'file.csp has not changed\n$')

second = FIRST.replace('package main\n\n', '').replace('"hello "', '"hi "')
write(second)
t.enter(':reload', r'^\n?/\S+file.csp:\n  run again: hello\n  kept: Count, total, Point, Point.Sum, both, line 21\n$')
t.enter('both()', r'"hi Ahi B"')
t.enter('Count + total', r'55  // int')
t.enter('p', r'\{X: 1, Y: 2\}  // Point\n')

# another type takes its methods along; positions are those of the file
third = second.replace('X, Y int', 'X, Y, Z int').replace('var Count = 1', 'var Count = 2')
write(third)
t.enter(':reload', r'compiled again with it: Point.Sum\n(?s:.*)run again: Count, Point\n  kept: total, ')
t.enter('Point{1, 2, 3}.Sum() + Count', r'5  // int')
write(third.replace('+ strings.ToUpper(name)', '+ name + 1'))
t.enter(':reload', r'file.csp:17:\d+: ')
t.enter('both()', r'"hi Ahi B"')
write(third.replace('func both() string { return hello("a") + hello("b") }\n', ''))
t.enter(':reload', r'^\n?/\S+file.csp:\n  no longer in the file, still known: both\n  kept: ')
t.enter('both() + strings.Repeat("x", Count)', r'"hi Ahi Bxx"')
t.close()
