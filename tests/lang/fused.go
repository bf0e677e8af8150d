// Instructions that do the work of several: what they compute, when they panic
// and with what, and that nobody sees a value half made.
package main

import "fmt"

type point struct{ x, y, z int }
type body struct {
	at, v float64
	n     int
	next  *body
	mass  float64
}

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, "panics:", e)
		}
	}()
	f()
	fmt.Println(name, "done")
}

// --- operands in memory

func fields(p, q *body) (r []float64) {
	r = append(r, p.at+q.at, p.at-q.at, p.at*q.at, p.v-q.at, q.v*p.mass)
	a := 2.5
	r = append(r, a+p.at, a-p.at, a*p.at, p.at+a, p.at-a, p.at*a)
	a = a - p.v
	a = p.v * a
	r = append(r, a, a*p.at+q.at*p.v, a-p.at*q.at, p.at*q.at-a, a*a*a, a*a+p.at, a+p.at*a)
	return r
}

func ints(p, q *point) (r []int) {
	r = append(r, p.x+q.x, p.x-q.y, p.y*q.z, p.x+p.x, p.x-p.x, p.x*p.x)
	a := 7
	r = append(r, a+p.x, a-p.x, a*p.x, p.x-a, p.x+1, p.y-1, p.z+65535, p.z-65536, p.x+p.y+p.z, p.x*p.y+p.z, p.x+p.y*p.z, p.x-p.y*p.z)
	r = append(r, a+p.x+3, a-p.x-3, a+a+a, a*a+a, a+a*a, a+1-2+3, a-1+2-3)
	return r
}

func chain(b *body) int   { return b.next.next.n + b.next.n }
func sumBoth(b *body) int { return b.n + b.next.n }
func less(b *body) bool   { return b.n < b.next.n }

func nilOperands() {
	var none *body
	some := &body{at: 1, n: 3}
	f := 1.5
	i := 4
	try("add field", func() { f = f + none.at })
	try("sub field", func() { f = f - none.at })
	try("mul field", func() { f = f * none.mass })
	try("field first", func() { f = none.at * f })
	try("both, second nil", func() { f = some.at - none.at })
	try("both, first nil", func() { f = none.at + some.at })
	try("int field", func() { i = i - none.n })
	try("field and constant", func() { i = none.n + 1 })
	try("chain", func() { i = chain(some) })
	try("sum", func() { i = sumBoth(some) })
	try("less", func() { _ = less(some) })
	try("compare", func() {
		if none.n > 3 {
			i = 1
		}
	})
	try("compare next", func() {
		if none.next == nil {
			i = 1
		}
	})
	fmt.Println(f, i)
}

func branches(p *point, b *body) (s string) {
	if p.x == -5 {
		s += "a"
	}
	if p.x != 0 {
		s += "b"
	}
	if p.y < 10 {
		s += "c"
	}
	if p.y <= 9 {
		s += "d"
	}
	if p.z > -1 {
		s += "e"
	}
	if 32767 >= p.z {
		s += "f"
	}
	if b.next == nil {
		s += "g"
	}
	if nil != b.next || p.x < -32768 {
		s += "h"
	}
	for b.next != nil && b.n > 0 {
		b.n--
		s += "."
	}
	return s
}

// --- rounding

//go:noinline
func rounded(a, b, c float64) (float64, float64, float64, float64) {
	return a*b + c, a*b - c, c - a*b, a * b * c
}

// --- rows

func rows() {
	m := [][]int{{1, 2, 3}, nil, {4}}
	w := []string{"ab", "", "c"}
	bs := [][]byte{[]byte("xyz"), {}}
	flags := [][]bool{{true, false}, {false}}
	grid := [][]float64{{0.5, 1.5}, {2.5, 3.5}}
	total := 0.0
	for i := 0; i < 2; i++ {
		for j := range grid[i] {
			total += grid[i][j] * grid[j][i]
		}
	}
	fmt.Println(total, m[0][2], m[2][0], w[0][1], bs[0][2], flags[0][0], flags[1][0])
	i, j := 1, 0
	try("empty row", func() { fmt.Println(m[i][j]) })
	i = 3
	try("no row", func() { fmt.Println(m[i][j]) })
	i, j = -1, 9
	try("negative row", func() { fmt.Println(m[i][j]) })
	i, j = 2, -1
	try("negative column", func() { fmt.Println(m[i][j]) })
	try("string", func() { fmt.Println(w[1][0]) })
	try("bytes", func() { fmt.Println(bs[1][i]) })
	trace := ""
	row := func(n int) int { trace += "r"; return n }
	col := func(n int) int { trace += "c"; return n }
	try("order", func() { fmt.Println(m[row(0)][col(1)]) })
	k := 1
	set := func() int { k = 0; return 0 }
	fmt.Println(m[set()][k], trace)
	for r := 0; r < 3; r++ { // a row shortened on the way
		sum := 0
		try("shortened", func() {
			for c := 0; c < 3; c++ {
				if r == 2 {
					m[0] = m[0][:2]
				}
				sum += m[0][c]
			}
		})
		fmt.Println(sum)
	}
}

// --- arrays

type board struct {
	name  string
	cells [4][4]int
	seen  [4]bool
	bytes [5]byte
	ptrs  [3]*int
	any   [2]any
	fs    [3]float64
}

func (b *board) sum(i, j int) int { return b.cells[i][j] + b.cells[j][i] + b.cells[i][i] }

func arrays() {
	var b board
	for i := 0; i < 4; i++ {
		for j := range b.cells[i] {
			b.cells[i][j] = i*10 + j
			b.cells[i][j] += 100
			b.cells[i][j]++
			b.cells[i][j] <<= 1
			b.cells[i][j] %= 157
		}
		b.seen[i] = i%2 == 0
		b.bytes[i] = byte(i * 100)
		b.bytes[i] += 77
		b.bytes[i]--
	}
	n := 5
	for i := range b.ptrs {
		b.ptrs[i] = &n
		b.any[i%2] = i
		b.fs[i] = float64(i) / 3
		b.fs[i] *= 1.5
	}
	*b.ptrs[1] = 6
	fmt.Println(b.cells, b.seen, b.bytes, *b.ptrs[2], b.any, b.fs, b.sum(1, 2), b.sum(3, 0))
	i, j := 1, 2
	b.cells[i], b.cells[j] = b.cells[j], b.cells[i]
	b.cells[i][j], b.cells[j][i] = b.cells[j][i], b.cells[i][j]
	b.bytes[i], b.bytes[j] = b.bytes[j], b.bytes[i]
	b.cells[0][i], i = 77, 3
	i, b.cells[0][i] = 2, 88
	fmt.Println(b.cells, b.bytes, i)
	p, q := &[3]int{1, 2, 3}, &[3]int{4, 5, 6}
	old := p
	p, p[i] = q, 9
	p[0], i = i, 0
	fmt.Println(*old, *p, p == q)
	c := b.cells
	c[i][i] = -1
	fmt.Println(c[0][0], b.cells[0][0], c == b.cells)
	var none *board
	var noarray *[4]int
	i = 4
	trace := ""
	value := func() int { trace += "v"; return 1 }
	try("row out", func() { fmt.Println(b.cells[i][0]) })
	try("column out", func() { j = 1; fmt.Println(b.cells[j][i]) })
	try("set out", func() { b.cells[j][i] = value() })
	try("set byte out", func() { i = 5; b.bytes[i] = byte(value()) })
	try("add out", func() { b.fs[i] += 1 })
	try("negative", func() { i = -1; fmt.Println(b.seen[i]) })
	try("nil board", func() { i = 0; fmt.Println(none.cells[i][j]) })
	try("nil board set", func() { none.fs[i] = 1 })
	try("nil array", func() { fmt.Println(noarray[i]) })
	try("nil array set", func() { noarray[i] = value() })
	try("nil beats index", func() { i = 9; fmt.Println(noarray[i]) })
	fmt.Println(trace)
	addr := &b.cells[3][2]
	*addr = 5
	k := 2
	fmt.Println(b.cells[3][k], &b.cells[3][k] == addr)
}

// --- values made in place

type pair struct{ a, b int }
type mixed struct {
	s string
	p *int
	n int
}

func swapped(p pair) pair { return pair{p.b, p.a} }

func named(s []int, i int) (r pair) {
	r = pair{r.b + 1, r.a + 2}
	r = pair{r.b, s[i] + r.a}
	r = swapped(r)
	return r
}

func inPlace() {
	p := pair{1, 2}
	for i := 0; i < 3; i++ {
		p = pair{p.b, p.a}
		p = pair{p.a + p.b, p.a}
		p = pair{b: p.a * 2, a: p.b * p.a}
		p = swapped(pair{p.a + 1, p.b + 2})
	}
	q := pair{p.a, p.a}
	q = pair{q.b + 5, q.a + q.b}
	v := point{1, 2, 3}
	v = point{v.y, v.z, v.x}
	v = point{v.x + v.y, v.y, v.z - v.x}
	w := point{v.z * 2, v.z * 3, v.z * 4}
	w.x, w.y, w.z = w.y, w.z, w.x
	n := 3
	m := mixed{"x", &n, n}
	m = mixed{m.s + "y", m.p, m.n + *m.p}
	m = mixed{n: m.n}
	fmt.Println(p, q, v, w, m.s, m.p == nil, m.n, named([]int{4}, 0))
	s := []int{1, 2}
	got := pair{7, 8}
	try("half made", func() {
		defer func() { fmt.Println(got) }()
		got = pair{9, s[n]}
	})
	seen := [3]pair{}
	for i := range seen {
		seen[i] = pair{i, i * i}
	}
	fmt.Println(seen)
}

// --- moves

func three(a, b, c int) string { return fmt.Sprint(a, b, c) }
func turned(a, b, c int) string { return three(b, c, a) + three(c, a, b) + three(a, a, b) + three(b, a, a) }
func shifted(a, b, c, d int) (int, int, int, int) {
	a, b, c, d = b, c, d, a
	b, c = a, b
	d, a, b = a, b, c
	return a, b, c, d
}

//go:noinline
func add(a, b int) int { return a + b }

//go:noinline
func add8(a, b int8) int8 { return a + b }

//go:noinline
func sub(a, b uint64) uint64 { return a - b }

//go:noinline
func lt(a, b int) bool { return a < b }

//go:noinline
func ult(a, b uint64) bool { return a < b }

//go:noinline
func flt(a, b float64) bool { return a < b }

func main() {
	p, q := &body{at: 1.25, v: 3, n: 2, mass: 0.1}, &body{at: 7, v: 0.3, n: 8}
	p.next, q.next = q, p
	fmt.Println(fields(p, q), chain(p), sumBoth(q), less(p), less(q))
	fmt.Println(ints(&point{3, -4, 5}, &point{11, 13, 17}))
	nilOperands()
	fmt.Println(branches(&point{-5, 9, 0}, p), branches(&point{0, 10, 32768}, &body{}), branches(&point{-40000, 0, -1}, &body{n: 1}))
	fmt.Println(rounded(1+1.0/(1<<30), 1-1.0/(1<<30), -1))
	fmt.Println(rounded(0.1, 10, -1))
	rows()
	arrays()
	inPlace()
	fmt.Println(turned(1, 2, 3))
	fmt.Println(shifted(1, 2, 3, 4))
	fmt.Println(add(1<<62, 1<<62), add8(100, 100), sub(1, 2), lt(-1, 1), lt(1, -1), ult(1, ^uint64(0)), flt(1, 2))
}

func init() {
	g := [][]int{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}
	var a [3][3]int
	for i := 1; i < 3; i++ {
		for j := 1; j < 3; j++ {
			g[i][j] = g[i-1][j-1] + g[i][j-1]*2 - g[i-1][j]
			a[i][j] = a[i-1][j-1] + g[i][j-1]*2 - a[i-1][j] + 1
		}
	}
	fmt.Println(g, a)
	var u uint64 = 1<<64 - 1
	var b uint8 = 200
	i, k := 1, 1
	try("unsigned column", func() { fmt.Println(g[i][u]) })
	try("unsigned column of a sum", func() { fmt.Println(g[i][u-1]) })
	try("unsigned row", func() { fmt.Println(g[u][i-7]) })
	try("signed column", func() { fmt.Println(g[i][k-7]) })
	try("signed row", func() { fmt.Println(g[k-7][u]) })
	try("unsigned column of an array", func() { fmt.Println(a[i][u]) })
	try("unsigned row of an array", func() { fmt.Println(a[u][i]) })
	try("small unsigned", func() { fmt.Println(g[b-199][b], a[b-199][b]) })
	u++
	fmt.Println(g[u][i-1], g[i][u], a[u+1][k+1])
}

func classify(s []int, i int) (r string) {
	if s[i] == -3 {
		r += "a"
	}
	if s[i] != 0 {
		r += "b"
	}
	if s[i] < 5 {
		r += "c"
	}
	if s[i] <= -32768 {
		r += "d"
	}
	if s[i] > 32767 {
		r += "e"
	}
	if 7 <= s[i] {
		r += "f"
	}
	return r + " "
}

func init() {
	s := []int{-3, 0, 5, -32768, 32767, 32768, 7, 6, -1 << 63, 1<<63 - 1}
	all := ""
	for i := range s {
		all += classify(s, i)
	}
	fmt.Println(all)
	try("element and constant", func() { classify(s, len(s)) })
	try("element at -1", func() { classify(s, -len(s)/10) })
	ps := []*int{nil, &s[0]}
	n := 0
	for i := range ps {
		if ps[i] != nil {
			n++
		}
		if nil == ps[i] {
			n += 10
		}
	}
	x := uint64(7)
	for i := 0; i < 20; i++ {
		x = x*6364 + 14426
		n = n*65535 - 65535
	}
	fmt.Println(n, x)
}
