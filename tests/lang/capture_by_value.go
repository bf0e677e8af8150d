// Function literals copy variables that are not assigned any more once the
// literal is made; all others they share.
package main

import "fmt"

func initialised(n int) func() int {
	x := n
	if n > 5 {
		x = 5
	}
	x *= 2
	return func() int { return x }
}

func recursive(n int) int {
	var fact func(int) int
	fact = func(n int) int {
		if n < 2 {
			return 1
		}
		return n * fact(n-1)
	}
	return fact(n)
}

func assignedAfter() int {
	x := 1
	f := func() int { return x }
	x = 2
	return f()
}

func assignedInside() int {
	x := 1
	f := func() { x++ }
	f()
	f()
	return x
}

// The second round assigns what the literal of the first one captured.
func loopOutside() (out []int) {
	x := 0
	var fs []func() int
	for i := 0; i < 3; i++ {
		x = i * 10
		fs = append(fs, func() int { return x })
	}
	for _, f := range fs {
		out = append(out, f())
	}
	return out
}

func loopInside() (out []int) {
	var fs []func() int
	for i := 0; i < 3; i++ {
		x := i
		x += 100
		fs = append(fs, func() int { return x + i })
	}
	for _, f := range fs {
		out = append(out, f())
	}
	return out
}

// The loop's variable is changed before and after the literal.
func loopVariable() (out []int) {
	var fs []func() int
	for i := 0; i < 9; i++ {
		i++
		fs = append(fs, func() int { return i })
		i++
	}
	for j := 0; j < 6; j++ {
		j++
		fs = append(fs, func() int { return j })
	}
	for _, f := range fs {
		out = append(out, f())
	}
	return out
}

// The post statement of the loop outside changes the variable of that loop,
// that of the inner loop another one.
func postStatements() (out []int) {
	var fs []func() int
	y := 0
	for x := 0; x < 2; x, y = x+1, y+10 {
		for k := 0; k < 2; k++ {
			fs = append(fs, func() int { return 100*x + 10*k + y })
		}
	}
	for _, f := range fs {
		out = append(out, f())
	}
	return out
}

func postLiteral() (out []int) {
	var f func() int
	for i, g := 0, (func() int)(nil); i < 3; i, g = i+1, func() int { return i } {
		if g != nil {
			out = append(out, g())
		}
		f = g
	}
	return append(out, f())
}

func backwards() (out []int) {
	x := 1
	n := 0
	var fs []func() int
again:
	x = x * 2
	fs = append(fs, func() int { return x })
	n++
	if n < 3 {
		goto again
	}
	for _, f := range fs {
		out = append(out, f())
	}
	return out
}

func tuple() (int, int) {
	x, f := 1, func() int { return 0 }
	x, f = 2, func() int { return x }
	a := f()
	x, g := 3, func() int { return x }
	return a, g()
}

func rangeTarget() (out []int) {
	var i int
	var fs []func() int
	for i = range []int{1, 2, 3} {
		fs = append(fs, func() int { return i })
	}
	for _, f := range fs {
		out = append(out, f())
	}
	return out
}

func nested() int {
	x := 1
	x = 2
	f := func() func() int { return func() int { return x } }
	g := f()
	return g()
}

func nestedAssigned() int {
	x := 1
	f := func() int { return x }
	func() { func() { x = 7 }() }()
	return f()
}

func parameter(x int) func() int {
	if x < 0 {
		x = -x
	}
	return func() int { return x }
}

type pair struct{ a, b int }

func fields() (int, int) {
	p := pair{1, 2}
	p.a = 10
	f := func() int { return p.a + p.b }
	q := pair{1, 2}
	g := func() int { return q.a + q.b }
	q.b = 20
	return f(), g()
}

func result() (x int) {
	defer func() { x++ }()
	x = 1
	return 5
}

func overFunc(yield func(int) bool) {
	for i := 0; i < 3; i++ {
		if !yield(i) {
			return
		}
	}
}

func rangeFunc() (out []int) {
	sum, base := 0, 1
	base = 100
	var fs []func() int
	for i := range overFunc {
		sum += i + base
		k := i
		k *= 2
		fs = append(fs, func() int { return sum + k })
	}
	for _, f := range fs {
		out = append(out, f())
	}
	return out
}

func goroutines() int {
	c := make(chan int)
	n := 0
	for i := 1; i <= 4; i++ {
		k := i
		k *= k
		go func() { c <- k }()
	}
	for i := 0; i < 4; i++ {
		n += <-c
	}
	return n
}

func main() {
	fmt.Println(initialised(3)(), initialised(9)(), recursive(5), assignedAfter(), assignedInside())
	fmt.Println(loopOutside(), loopInside(), loopVariable())
	fmt.Println(postStatements(), postLiteral(), backwards())
	fmt.Println(tuple())
	fmt.Println(rangeTarget(), nested(), nestedAssigned(), parameter(-4)())
	fmt.Println(fields())
	fmt.Println(result(), rangeFunc(), goroutines())
}
