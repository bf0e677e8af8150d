// Calls within conditions, literals, appends and assignments; lengths take their turn among them.
package main

import "fmt"

var g = 1

func f() int { g++; return g }

type T struct{ a, b int }

func (t T) m(x int) int { return t.a + x }

func main() {
	// conditions with early values
	m := map[int]bool{2: true}
	if m[g] == m[f()] || g > 100 && f() == 3 {
		fmt.Println("a", g)
	}
	for i := 0; g+i < f() && i < 3; i++ {
		fmt.Println(i, g)
	}
	x := []int{g, f(), g, f()}[f()%4]
	fmt.Println(x)
	switch g + f() {
	case g * f():
		fmt.Println("eq")
	default:
		fmt.Println("ne", g)
	}
	s := "x"
	add := func(t string) string { s += t; return s }
	s += add("1") + s + add("2")
	fmt.Println(s, s+add("3") == add("4"))
	var arr [4]int
	p := &arr
	idx := func() int { p = &[4]int{9, 9, 9, 9}; return 1 }
	p[0] = idx()
	fmt.Println(arr, *p)
	p[idx()], p[2] = idx(), p[3]
	fmt.Println(*p)
	ch := make(chan int, 3)
	ch <- g
	ch <- f()
	fmt.Println(g, <-ch, g, <-ch, f())
	a, b := g, <-func() chan int { c := make(chan int, 1); c <- f(); return c }()
	fmt.Println(a, b)
	var i any = g
	set := func() any { i = "str"; return 1 }
	fmt.Println(i, set(), i)
	type big struct{ v [40]int }
	var bg big
	chg := func() int { bg.v[0] = 7; return 1 }
	bs := []big{bg, {v: [40]int{chg()}}}
	fmt.Println(bs[0].v[0], bs[1].v[0])
	cp := bg
	cp.v[chg()] += chg()
	fmt.Println(cp.v[:2])
	fmt.Println(len(s)+len(add("zz")), min2(g, f()), float64(g)/float64(f()))
	defer func(a, b, c int) { fmt.Println(a, b, c) }(g, f(), g)
	var e error
	mk := func() error { e = fmt.Errorf("made"); return nil }
	fmt.Println(e == mk(), e)
	r := func() (int, error, int) { return g, mk(), f() }
	fmt.Println(r())
	ptr := &T{1, 2}
	np := func() int { ptr = &T{10, 20}; return 5 }
	ptr.a, ptr.b = ptr.b, np()
	fmt.Println(*ptr)
	ptr.a += np()
	fmt.Println(*ptr, ptr.m(np()))
	*ptr = T{ptr.a, np()}
	fmt.Println(*ptr)
	sl := make([]int, 1, 10)
	grow := func() int { sl = append(sl, 1); return len(sl) }
	sl = append(sl, grow(), len(sl), grow())
	fmt.Println(sl)
	sl[0], sl[1] = grow(), grow()
	fmt.Println(sl, sl[len(sl)-1]+grow(), sl[1:grow()-5])
	copy(sl, []int{grow(), len(sl)})
	fmt.Println(sl)
	mm := map[string]int{}
	put := func(k string) string { mm[k]++; return k }
	mm[put("a")] = mm["a"] + len(put("a"))
	mm[put("b")] += mm["b"]
	fmt.Println(mm, len(mm), mm[put("c")], len(mm))
}
func min2(a, b int) int {
	if a < b {
		return a
	}
	return b
}
