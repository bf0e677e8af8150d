# A name that is declared again as something else takes along what mentions it:
# what still fits is compiled again, what does not keeps what it knew, and its
# errors are told with their positions.
from terminal import start

t = start()
t.enter('type P struct{ X, Y int }', r'^\n?$')
t.enter('func area(p P) int { return p.X * p.Y }', r'^\n?$')
t.enter('func twice(p P) int { return 2 * area(p) }', r'^\n?$')
t.enter('func (p P) Sum() int { return p.X + p.Y }', r'^\n?$')
t.enter('func (p *P) Scale(n int) { p.X, p.Y = p.X * n, p.Y * n }', r'^\n?$')
t.enter('type Q struct { P; n int }', r'^\n?$')
t.enter('var old any = Q{P{1, 2}, 3}; n := 1', r'^\n?$')

# a further field: all of it fits, and is there for the new type
t.enter('type P struct { X, Y, Z int }', r'^\n?note: compiled again with it: [^\n]*\n$')
t.enter('q := Q{P{3, 4, 5}, 6}; q.Scale(2); q.Sum() + twice(q.P)', r'110  // int')
t.enter('fmt.Sprintf("%T %T", old, q)', r'"main.Q#1 main.Q"')
t.enter('old.(interface{ Sum() int }).Sum()', r'3  // int')

# fields of another type: what does not fit is told, what calls it keeps it too
out = t.enter('type P struct { X, Y float64 }', None)
for message in ('In[2]:1:29: cannot use p.X * p.Y', 'In[4]:1:31: cannot use p.X + p.Y', 'note: left as they were: twice, area, P.Sum, P.Scale', ' keep the earlier P'):
    assert message in out, (message, out)
t.enter('P{1, 2}.Sum()', r'P{…}.Sum undefined')
t.enter('q.Sum() + twice(q.P)', r'110  // int')
t.enter('type P struct { X, Y int }', r'compiled again')
t.enter('twice(P{3, 4})', r'24  // int')

# functions, through several steps; a method that mentions one
t.enter('func one() string { return "one" }', r'^\n?$')
t.enter('func two() int { return len(one()) + 1 }', r'^\n?$')
t.enter('func (p P) Three() int { return two() + p.X }', r'^\n?$')
t.enter('func one() []int { return []int{1, 2} }', r'^\n?note: compiled again with it: two\n$')
t.enter('P{1, 1}.Three()', r'4  // int')
t.enter('func two() float64 { return 2.5 }', r'(?s)In\[\d+\]:1:33: .*note: left as they were: P.Three')
t.enter('P{1, 1}.Three()', r'4  // int')
t.enter('func one() int { return 1 }; P{2, 2}.Three()', r'5  // int')

# variables and constants; a local name, or a field, is not the variable
t.enter('func get() int { return n }', r'^\n?$')
t.enter('func local(n int) int { return n }', r'^\n?$')
t.enter('n := "s"', r'In\[\d+\]:1:25: cannot use n (?s:.*)note: left as they were: get\nnote: get keeps the earlier n\n$')
t.enter('get()', r'^\n?1  // int')
t.enter('n := 2.0', r'note: left as they were: get\n')
t.enter('n := 7', None)
t.enter('get()', r'^\n?7  // int')
t.enter('const k = 3', r'^\n?$')
t.enter('func double() int { return k * 2 }', r'^\n?$')
t.enter('const k = 4', r'^\n?note: compiled again with it: double\n$')
t.enter('double()', r'8  // int')

# of several lines, with a comment, from a group; positions stay
t.enter('type (\rA struct{ v int }\rB struct{ a A }\r)', None)
t.enter('// Value takes it out.\rfunc (b B) Value() int {\rreturn b.a.v\r}', None)
t.enter('type A struct{ v, w int }', r'compiled again with it: ')
t.enter('B{A{5, 6}}.Value()', r'5  // int')
t.enter(':doc B.Value', r'func \(b B\) Value\(\) int(?s:.*)Value takes it out\.\n$')
t.enter('type A struct{ w int }', r'\]:3:\d+: b.a.v undefined')

# generic ones
t.enter('type Num int', r'^\n?$')
t.enter('func Add[T ~int](a T, b Num) T { return a + T(b) }', r'^\n?$')
t.enter('type Num int8', r'^\n?note: compiled again with it: Add\n$')
t.enter('Add(1, Num(2))', r'^\n?3  // int')

# an input that does not run to its end changes nothing
t.enter('type P struct { X string }; panic("no")', r'panic: no')
t.enter('twice(P{3, 4})', r'24  // int')
t.enter('type P struct { X string }; undefinedName', r'undefined: undefinedName')
t.enter('twice(P{3, 4})', r'24  // int')
t.close()
