// Loops that step and test in one instruction, two steps in one, comparisons of
// elements that are returned: what they do at the ends of slices, where they panic,
// and where they must not be joined.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, "panics:", e, "line", line())
		}
	}()
	f()
	fmt.Println(name, "done")
}

// line of the panic in this file, as the deferred function sees it.
func line() int {
	pcs := make([]uintptr, 20)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
	for more, panicked := true, false; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if panicked && strings.HasPrefix(f.Function, "main.") {
			return f.Line
		}
		panicked = panicked || f.Function == "runtime.gopanic"
	}
	return 0
}

func up(a []int, p int) (i int) {
	for a[i] < p {
		i++
	}
	return i
}

func upTo(a []int, p int) int {
	i := 0
	for a[i] <= p {
		i += 2
	}
	return i
}

func down(a []int, p int) int {
	j := len(a) - 1
	for a[j] > p {
		j--
	}
	return j
}

func downTo(a []int, p int) int {
	j := len(a) - 1
	for a[j] >= p {
		j -= 3
	}
	return j
}

func skip(s string, c byte) int {
	i := 0
	for s[i] == ' ' {
		i++
	}
	for s[i] != 'x' {
		i++
	}
	return i
}

func backwards(b []byte) int {
	i := len(b) - 1
	for b[i] != '/' {
		i--
	}
	return i
}

// The index is the limit: both change.
func own(a []int) int {
	i := 0
	for a[i] > i {
		i++
	}
	return i
}

// The step is behind a label, in the branch of an if, or of another variable.
func jumps(a []int, p int) (n int) {
	i, k := 0, 0
	for a[i] < p {
		if a[i] == 2 {
			i++
			continue
		}
		n++
		if n > 2 {
			k++
		}
		i++
	}
	for a[k] < p {
		n += 10
		k++
	}
	return n*100 + i*10 + k
}

func large(a []int) int {
	i := 0
	for a[i] < 5 {
		i += 40000
	}
	return i
}

// unsigned indices tell themselves in the text of the panic.
func unsignedIndex(a []int) uint {
	var i uint
	for a[i] < 9 {
		i--
	}
	return i
}

func signedIndex(a []int) int {
	i := 1
	for a[i] < 9 {
		i--
	}
	return i
}

// A variable that a pointer shares lives in memory.
func shared(a []int) int {
	i := 0
	p := &i
	for a[i] < 3 {
		*p++
	}
	return i
}

func captured(a []int) int {
	i := 0
	step := func() { i++ }
	for a[i] < 3 {
		step()
		i++
	}
	return i
}

// --- two steps

func meet(n int) (steps, sum int) {
	i, j := 0, n
	for i < j {
		i++
		j--
		steps++
	}
	i += 127
	j -= 127
	i += 128
	j -= 128
	i--
	i--
	j++
	i++
	return steps, i*1000 + j
}

func narrow() (a int8, b uint8, c int) {
	for k := 0; k < 200; k++ {
		a++
		b--
		c++
	}
	return a, b, c
}

func tuple(n int) (s string) {
	for i, j := 0, n; i < j; i, j = i+1, j-1 {
		s += fmt.Sprint(i, j, ";")
	}
	return s
}

// --- comparisons that are returned

type ints []int

func (x ints) Less(i, j int) bool { return x[i] < x[j] }

//go:noinline
func less(a []int, i, j int) bool { return a[i] < a[j] }

//go:noinline
func more(a []int, i, j int) bool { return a[i] > a[j] }

//go:noinline
func other(a, b []int, i, j int) bool { return a[i] < b[j] }

//go:noinline
func twoLines(a []int, i, j int) bool {
	return a[i] <
		a[j]
}

//go:noinline
func unsignedLess(a []uint, i, j int) bool { return a[i] < a[j] }

//go:noinline
func named(a []int, i, j int) (r bool) {
	defer func() {
		if recover() != nil {
			r = true
		}
	}()
	return a[i] < a[j]
}

//go:noinline
func kinds(a []int, i uint, j int) bool { return a[i] < a[j] }

// --- two moves

//go:noinline
func order(a, b, c, d int) int { return a*1000 + b*100 + c*10 + d }

func moves(a, b, c, d int) (r []int) {
	r = append(r, order(d, b, a, c), order(b, a, d, c), order(a, c, b, d))
	a, b, c, d = d, c, b, a
	r = append(r, order(a, b, c, d))
	a, c = c, a
	b, d = a, c
	r = append(r, order(a, b, c, d))
	return r
}

type triple struct {
	a int
	s string
	b int
}

// A literal that begins with a move stands behind one.
func literals(a, b int) (r []triple) {
	for i := 40000; i < 120000; i += 7001 { // both ways round
		k := a
		v := triple{b, "v", k}
		k = v.b + i
		w := triple{k, v.s, a}
		a, b = b, a
		r = append(r, v, w)
	}
	return r
}

func main() {
	a := []int{1, 2, 3, 4, 5, 6, 7, 8, 9}
	fmt.Println(up(a, 5), upTo(a, 4), down(a, 4), downTo(a, 5), skip("   abx", ' '), backwards([]byte("a/bc")), own([]int{3, 3, 1}), jumps(a, 5))
	try("up", func() { up(a, 100) })
	try("up of none", func() { up(nil, 100) })
	try("upTo", func() { upTo(a, 100) })
	try("down", func() { down(a, -1) })
	try("downTo", func() { downTo(a, -1) })
	try("skip", func() { skip("    ", ' ') })
	try("skip to the end", func() { skip("  abc", ' ') })
	try("backwards", func() { backwards([]byte("abc")) })
	try("large", func() { large(a) })
	try("unsigned", func() { unsignedIndex(a) })
	try("signed", func() { signedIndex(a) })
	fmt.Println(shared(a), captured(a))
	fmt.Println(meet(9))
	fmt.Println(narrow())
	fmt.Println(tuple(6))
	fmt.Println(less(a, 0, 1), less(a, 1, 0), less(a, 2, 2), more(a, 0, 1), other(a, []int{0}, 0, 0), twoLines(a, 3, 4), ints(a).Less(2, 1))
	fmt.Println(unsignedLess([]uint{1, 1 << 63}, 0, 1), unsignedLess([]uint{1, 1 << 63}, 1, 0), less([]int{1, -1 << 63}, 0, 1), named(a, 0, 9), named(a, 1, 0))
	try("less, first", func() { less(a, -1, 20) })
	try("less, second", func() { less(a, 1, 20) })
	try("two lines", func() { twoLines(a, 1, 20) })
	try("kinds, first", func() { kinds(a, ^uint(0), -7) })
	try("kinds, second", func() { kinds(a, 0, -7) })
	fmt.Println(moves(1, 2, 3, 4))
	fmt.Println(literals(1, 2))
}
