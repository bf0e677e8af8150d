// Arrays compare element by element, and so do structs with arrays in them;
// arrays are values everywhere.
package main

import (
	"fmt"
	"math"
)

type point struct{ x, y int8 }
type cell struct {
	name string
	pos  [2]point
	_    int
	any  any
}
type key [3]string
type matrix [2][2]float64
type shape interface{ area() int }
type sq struct{ n int }

func (s sq) area() int { return s.n * s.n }

func same[T comparable](a, b T) bool { return a == b }
func index[T comparable](l []T, v T) int {
	for i, x := range l {
		if x == v {
			return i
		}
	}
	return -1
}

func try(f func() bool) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("panic: ", r)
		}
	}()
	return fmt.Sprint(f())
}

func change(a [3]int) [3]int    { a[0] = 100; return a }
func changeP(a *[3]int)         { a[0] = 100 }
func (k key) with(s string) key { k[0] = s; return k }
func (k *key) set(s string)     { k[0] = s }

var global = [...]int{5: 1, 2, 1: 7}

func main() {
	fmt.Println(len(global), global, global == [7]int{0, 7, 0, 0, 0, 1, 2})
	a, b := [3]int{1, 2, 3}, [...]int{1, 2, 3}
	fmt.Println(a == b, a != b, &a == &b, same(a, b), [0]int{} == [0]int{}, [1]struct{}{} == [1]struct{}{})
	b[2]++
	fmt.Println(a == b, same(a, b))
	nan := math.NaN()
	f := [2]float64{1, nan}
	fmt.Println(f == f, [1]float64{0} == [1]float64{math.Copysign(0, -1)}, matrix{{1, 2}, {3, 4}} == matrix{{1, 2}, {3, 4}}, matrix{{1, nan}} == matrix{{1, nan}})
	c, d := cell{"a", [2]point{{1, 2}, {3, 4}}, 0, 1}, cell{"a", [2]point{{1, 2}, {3, 4}}, 0, 1}
	fmt.Println(c == d, same(c.pos, d.pos))
	d.any = int64(1)
	fmt.Println(c == d)
	d.any = [1]any{[2]any{1, "x"}}
	c.any = [1]any{[2]any{1, "x"}}
	fmt.Println(c == d)
	fmt.Println(try(func() bool { c.any, d.any = []int{}, []int{}; return c == d }))
	fmt.Println(try(func() bool { d.name = "b"; return c == d }))
	fmt.Println(try(func() bool { return [2]any{1, []int{}} == [2]any{2, []int{}} }))
	fmt.Println(try(func() bool { return [2]any{[]int{}, 1} == [2]any{[]int{}, 2} }))
	fmt.Println(try(func() bool { return any([1]any{func() {}}) == any([1]any{func() {}}) }))
	fmt.Println(try(func() bool { return any([1]any{map[int]int{}}) == any([2]any{}) }))
	var s1, s2 shape = sq{2}, sq{2}
	fmt.Println([2]shape{s1, nil} == [2]shape{s2, nil}, [1]shape{s1} == [1]shape{&sq{2}}, [1]any{s1} == [1]any{s2})
	ch := make(chan int)
	fmt.Println([2]chan int{ch, nil} == [2]chan int{ch, nil}, [1]*int{nil} == [1]*int{new(int)})
	// Narrow elements: nothing but the elements counts.
	e, g := [3]int8{1, -1, 127}, [3]int8{1, -1, 127}
	fmt.Println(e == g, [3]bool{true, false, true} == [3]bool{true, false, false}, [5]uint16{1, 2, 3, 4, 5} == [5]uint16{1, 2, 3, 4, 5}, [3]string{"a", "", "c"} == [3]string{"a", "", "c"})
	type padded struct {
		a byte
		b int64
		c byte
	}
	fmt.Println([2]padded{{1, 2, 3}} == [2]padded{{1, 2, 3}}, [2]complex64{1i} == [2]complex64{1i, 0}, [2][0]int{} == [2][0]int{})
	big1, big2 := [2000]int{1999: 1}, [2000]int{1999: 1}
	fmt.Println(big1 == big2, any(big1) == any(big2))
	big2[1000] = 1
	fmt.Println(big1 == big2, any(big1) == any(big2), same(big1, big2))
	// Keys.
	m := map[key]int{{"a", "b", "c"}: 1}
	k := key{"a", "b", "c"}
	m[k]++
	k[2] = "d"
	m[k] += 5
	fmt.Println(len(m), m[key{"a", "b", "c"}], m[k], m[k.with("z")])
	mm := map[[2]any]string{{1, "x"}: "1x", {1.0, "x"}: "1.0x", {nil, nil}: "nil"}
	fmt.Println(mm[[2]any{1, "x"}], mm[[2]any{1.0, "x"}], mm[[2]any{}], mm[[2]any{int8(1), "x"}] == "")
	fmt.Println(try(func() bool { _ = mm[[2]any{1, []int{}}]; return true }))
	type nest [2][2]key
	nm := map[nest]int{}
	var nk nest
	nm[nk] = 1
	nk[1][1].set("q")
	nm[nk] = 2
	fmt.Println(len(nm), nm[nest{}], nm[nk], index([]nest{{}, nk}, nk))
	// Copies.
	x := [3]int{1, 2, 3}
	y := x
	y[0] = 9
	fmt.Println(x, y, change(x), x)
	changeP(&x)
	fmt.Println(x, [3]int{7}[0], len([...]string{9: ""}))
	for i, v := range x { // the range is over a copy
		x[2] = 55
		fmt.Print(i, v, " ")
	}
	x[2] = 3
	for i, v := range &x {
		x[2] = 55
		fmt.Print(i, v, " ")
	}
	fmt.Println()
	fn := func() [3]int { return x }
	z := fn()
	x[1] = -1
	fmt.Println(z, fn() == x, fn()[1])
	st := struct{ a [2]int }{[2]int{1, 2}}
	st2 := st
	st2.a[0] = 5
	sl := [][2]int{st.a, st2.a}
	for _, v := range sl {
		v[0] = 0
	}
	fmt.Println(st, st2, sl)
	pa := &sl[0]
	pa[1], (*pa)[0] = 8, 9
	fmt.Println(sl, len(pa))
	mp := map[string][2]int{"k": {1, 2}}
	t := mp["k"]
	t[0] = 100
	fmt.Println(mp, mp["none"])
	chn := make(chan [2]int, 1)
	chn <- t
	t[1] = 200
	fmt.Println(<-chn, t)
	var i any = t
	t[0] = 0
	fmt.Println(i, i == any([2]int{100, 200}), i == any([2]int8{100}))
	switch i.(type) {
	case [3]int:
		fmt.Println("three")
	case [2]int:
		fmt.Println("two")
	}
	switch t {
	case [2]int{0, 200}:
		fmt.Println("matched")
	}
	defer func(v [2]int) { fmt.Println("deferred", v, t) }(t)
	t[0] = 77
	w := [2][2]int{{1, 2}, {3, 4}}
	w[0], w[1] = w[1], w[0]
	w[0][0], w[1] = 50, w[0]
	fmt.Println(w)
	self := [2]any{}
	self[0] = self
	self[1] = self
	fmt.Println(self)
}
