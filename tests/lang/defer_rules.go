// Deferred calls: when operands are evaluated, in which order calls run, what
// they see and change, through loops, closures, methods and generics.
package main

import (
	"errors"
	"fmt"
	"os"
)

type counter struct{ n int }

func (c counter) show(tag string)      { fmt.Println(tag, c.n) }
func (c *counter) inc(by int) *counter { c.n += by; return c }

type shower interface{ show(string) }

func named() (n int, err error) {
	defer func() {
		n *= 2
		if n > 10 {
			err = errors.New("big")
		}
	}()
	n = 3
	return n + 4, nil
}
func unnamed() int {
	n := 1
	defer func() { n = 100 }()
	return n
}
func pointer() *int {
	n := 1
	defer func() { n = 100 }()
	return &n
}
func order() (s string) {
	for i := 0; i < 4; i++ {
		defer func(i int) { s += fmt.Sprint(i) }(i)
	}
	defer func() { s += "|" }()
	return "r"
}
func nested() (s string) {
	defer func() {
		defer func() { s += "3" }()
		s += "2"
	}()
	s = "1"
	return s
}
func result(f func() int) (x int) {
	defer func() { x += f() }()
	return f()
}
func arg(s string) string { fmt.Print("<", s, ">"); return s }
func ret(s string) func(string) {
	fmt.Print("[", s, "]")
	return func(t string) { fmt.Println("called", s, t) }
}
func genericDefer[T any](v T, f func(T)) (out T) {
	defer f(v)
	defer func(t T) { out = t }(v)
	var z T
	v = z
	return v
}
func variadic(xs ...any) { fmt.Println(len(xs), xs) }
func early(n int) (s string) {
	defer func() { s += " a" }()
	if n == 0 {
		return "zero"
	}
	defer func() { s += " b" }()
	switch n {
	case 1:
		return "one"
	}
	for {
		defer func() { s += " loop" }()
		if n--; n == 0 {
			return "many"
		}
	}
}
func recursive(n int) (sum int) {
	defer func() { sum += n }()
	if n == 0 {
		return 0
	}
	return recursive(n - 1)
}
func labels() {
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			defer fmt.Print(i, j, ";")
			if j == i {
				continue outer
			}
			if i == 2 {
				break outer
			}
		}
	}
	i := 0
again:
	defer fmt.Print("g", i, " ")
	if i++; i < 3 {
		goto again
	}
}

var atInit = func() (s string) {
	defer func() { s += " deferred" }()
	return "init"
}()

func init() {
	defer fmt.Println("init deferred")
	fmt.Println(atInit)
}

type closer struct{ name string }

func (c *closer) Close() error { fmt.Println("close", c.name); return nil }

func multi() (a, b int, c string) {
	defer func(x int) { a, b = b, a+x; c += "!" }(a + 10)
	a, b = 1, 2
	return a + 1, b + 1, "c"
}

func big() (r [100]int) {
	defer func() { r[99]++ }()
	r[99] = 5
	return r
}

func main() {
	fmt.Println(named())
	fmt.Println(unnamed(), *pointer(), order(), nested(), recursive(4))
	k := 1
	fmt.Println(result(func() int { k *= 3; return k }))
	fmt.Println(early(0), early(1), early(3))
	fmt.Println(multi())
	fmt.Println(big()[99])
	func() {
		c := counter{1}
		defer c.show("value at defer")
		defer c.inc(10).inc(100).show("chain")
		p := &c
		defer p.show("through pointer")
		var s shower = c
		defer s.show("interface")
		defer counter.show(c, "expression")
		f := c.show
		defer f("method value")
		c.n = 1000
		s = counter{-1}
		f = nil
		defer func() { fmt.Println("closure sees", c.n) }()
	}()
	func() {
		defer ret("x")(arg("y"))
		defer fmt.Println(arg("1"), arg("2"))
		fmt.Println("body")
	}()
	func() {
		x := []int{1, 2}
		defer fmt.Println(x, len(x), x[0])
		x[0] = 9
		x = append(x, 3)
		m := map[string]int{"a": 1}
		defer fmt.Println(m, m["a"])
		m["a"] = 2
		a := [2]int{1, 2}
		defer fmt.Println(a)
		a[0] = 5
		defer variadic()
		defer variadic(x)
		defer variadic([]any{1, "two", nil}...)
	}()
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		var f func()
		defer f() // panics when it runs, not here
		fmt.Println("reached")
	}()
	func() {
		defer func() { fmt.Println("recovered:", recover() != nil) }()
		var s shower
		defer s.show("x") // panics here
		fmt.Println("not reached")
	}()
	func() {
		defer func() { fmt.Println("recovered:", recover() != nil) }()
		var p *counter
		defer p.show("x") // the receiver is copied here
		fmt.Println("not reached")
	}()
	fmt.Println(genericDefer("g", func(s string) { fmt.Println("f", s) }), genericDefer(counter{4}, func(c counter) { c.show("f") }))
	labels()
	fmt.Println()
	for i := 0; i < 3; i++ {
		func() {
			defer fmt.Print("iteration ", i, "; ")
			if i == 1 {
				return
			}
			fmt.Print("body ", i, "; ")
		}()
	}
	fmt.Println()
	func() {
		for _, n := range []string{"a", "b"} {
			c := &closer{n}
			defer c.Close()
		}
		defer (&closer{"literal"}).Close()
	}()
	ch := make(chan int, 3)
	func() {
		defer close(ch)
		defer func() { ch <- 2 }()
		ch <- 1
	}()
	for v := range ch {
		fmt.Print(v, " ")
	}
	m := map[string]int{"x": 1, "y": 2}
	func() {
		defer delete(m, "x")
		defer print()
		fmt.Print(len(m), " ")
	}()
	fmt.Println(len(m))
	done := make(chan bool)
	go func() {
		defer func() { done <- true }()
		defer fmt.Println("in goroutine", k)
	}()
	<-done
	func() { // thousands of them
		n := 0
		defer func() { fmt.Println("ran", n) }()
		for i := 0; i < 5000; i++ {
			defer func() { n++ }()
		}
	}()
	func() (n int) {
		defer func() { n++ }()
		defer func() { _ = n }()
		return 1
	}()
	if len(os.Args) > 5 {
		return
	}
	defer os.Exit(0)
	defer fmt.Println("last")
}
