// append writes into the array while there is room and makes a new one when not:
// who sees what.
package main

import "fmt"

type stack[T any] struct{ items []T }

func (s *stack[T]) push(v ...T) *stack[T] { s.items = append(s.items, v...); return s }
func (s stack[T]) pushed(v T) stack[T]    { s.items = append(s.items, v); return s }

type names []string

func (n names) with(s string) names { return append(n, s) }

func variadic(xs ...int) []int { xs = append(xs, 100); xs[0] = -1; return xs }

var base = make([]int, 3, 10)
var left = append(base, 1)
var right = append(base, 2)

func main() {
	fmt.Println(left, right, base, base[:4], len(left), cap(left))
	a := make([]int, 2, 4)
	b := append(a, 1)
	c := append(a, 2)
	fmt.Println(b, c, a[:4])
	d := append(a, 7, 8, 9) // no room: a new array
	d[0] = 42
	fmt.Println(a, d, a[:4])
	e := append(a[:1:1], 5)
	e[0] = 11
	fmt.Println(a, e)
	// Appending a slice to itself.
	s := []int{1, 2, 3}
	s = append(s, s...)
	s = append(s[:2], s...)
	fmt.Println(s)
	t := make([]int, 3, 20)
	copy(t, []int{1, 2, 3})
	t = append(t, t...)
	t = append(t[1:2], t...)
	fmt.Println(t, t[:cap(t)][:8])
	u := append([]int(nil), s...)
	u[0] = 99
	fmt.Println(s[0], u[0])
	// Elements that the operands read from the same array.
	v := []int{1, 2, 3, 4}
	v = append(v[:1], v[3], v[2])
	fmt.Println(v, v[:4])
	w := []int{1, 2, 3, 4}
	w = append(w[:0], w[1:]...)
	fmt.Println(w, w[:4])
	// Removing while ranging: the range keeps the length of the beginning.
	x := []int{1, 2, 3, 4, 5, 6}
	var met []int
	for i, e := range x {
		met = append(met, e)
		if e%2 == 0 && i < len(x) {
			x = append(x[:i], x[i+1:]...)
		}
	}
	fmt.Println(met, x)
	y := []int{1, 2, 3}
	for _, e := range y {
		y = append(y, e*10)
	}
	fmt.Println(y)
	// Pointers to elements stay with the old array.
	z := make([]int, 1, 1)
	p := &z[0]
	z = append(z, 2)
	*p = 7
	fmt.Println(z, *p)
	// Variadic calls: a slice passed with ... is not copied.
	args := make([]int, 2, 3)
	r := variadic(args...)
	fmt.Println(args, args[:3], r)
	fmt.Println(variadic(1, 2), args)
	// Values of structs share, pointers follow.
	st := stack[string]{items: make([]string, 0, 2)}
	st1, st2 := st.pushed("x"), st.pushed("y")
	fmt.Println(st1.items, st2.items, st.items, st.items[:1])
	st.push("a", "b").push("c")
	st3 := st
	st3.items[0] = "shared"
	fmt.Println(st.items, len(st3.items))
	n := make(names, 0, 1).with("p")
	m := n.with("q")
	m[0] = "changed"
	fmt.Println(n, m)
	// Slices of slices, of arrays.
	grid := make([][]int, 2)
	row := make([]int, 0, 4)
	for i := range grid {
		grid[i] = append(row, i)
	}
	fmt.Println(grid)
	arr := [5]int{1, 2, 3, 4, 5}
	mid := arr[1:3]
	mid = append(mid, 0)
	fmt.Println(arr, mid, cap(mid))
	mid = append(mid, 0, 0)
	mid[0] = -1
	fmt.Println(arr, mid)
	cp := arr
	sl := cp[:2]
	sl = append(sl, 77)
	fmt.Println(cp, arr)
	// Strings onto bytes, nothing, nil.
	bs := append([]byte("ab"), "cd"...)
	bs = append(bs, ""...)
	fmt.Println(string(append(bs[:1], "日"...)), string(bs))
	var none []int
	fmt.Println(append(none) == nil, append(none, none...) == nil, append([]int{}) == nil, append([]struct{}(nil), struct{}{}, struct{}{}))
	// In closures, deferred calls and goroutines.
	acc := make([]int, 0, 8)
	add := func(v int) { acc = append(acc, v) }
	for i := 0; i < 3; i++ {
		add(i)
	}
	func() {
		defer func() { acc = append(acc, 9) }()
		defer add(8)
		acc := append(acc, 7)
		fmt.Println(acc)
	}()
	fmt.Println(acc)
	done := make(chan []int)
	go func(s []int) { done <- append(s, 1) }(acc[:1:1])
	g := <-done
	g[0] = 55
	fmt.Println(acc, g)
	mp := map[string][]int{}
	mp["k"] = append(mp["k"], 1)
	h := append(mp["k"], 2)
	mp["k"] = append(mp["k"], 3)
	fmt.Println(mp, h, len(mp["none"]))
	var i any = acc[:1]
	j := append(i.([]int), -5)
	fmt.Println(acc, j)
	type pair struct{ l, r []int }
	q := pair{}
	q.l, q.r = append(q.l, 1), append(q.l, 2)
	fmt.Println(q)
	caps := []int{}
	prev := -1
	var gr []int64
	for i := 0; i < 2000; i++ {
		gr = append(gr, 1)
		if cap(gr) != prev {
			prev = cap(gr)
			caps = append(caps, prev)
		}
	}
	fmt.Println(caps)
}
