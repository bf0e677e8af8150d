// Calls come first; what they may change is read, and what may fail is tried, behind them.
package main

import "fmt"

var g = 1

func f() int { g = 10; return 1 }

type T struct {
	n int
	a [3]int
	p *T
}

func (t T) val() int     { return t.n }
func (t *T) set() int    { t.n = 10; return 1 }
func id(a, b int) [2]int { return [2]int{a, b} }

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, r)
		}
	}()
	f()
}
func say(s string) int { fmt.Print(s, " "); return 0 }

func main() {
	g = 1
	g += f()
	fmt.Println("g+=f", g)
	g = 1
	x := g + f()
	fmt.Println("g+f", x)
	g = 1
	x = f() + g
	fmt.Println("f+g", x)
	g = 1
	fmt.Println("println", g, f(), g)
	g = 1
	fmt.Println("id", id(g, f()))
	l := 1
	h := func() int { l = 10; return 1 }
	l += h()
	fmt.Println("l+=h", l)
	l = 1
	y := l + h()
	fmt.Println(y)
	l = 1
	fmt.Println(l, h(), l)
	l = 1
	fmt.Println(id(l, h()))
	t := &T{n: 1}
	t.n += t.set()
	fmt.Println("t.n+=", t.n)
	t.n = 1
	fmt.Println(t.n + t.set())
	t.n = 1
	fmt.Println(id(t.n, t.set()))
	t.n = 1
	z := []int{t.n, t.set(), t.n}
	fmt.Println(z)
	t.n = 1
	s := T{n: t.n, a: [3]int{t.set()}}
	fmt.Println(s)
	t.n = 1
	a, b := t.n, t.set()
	fmt.Println(a, b)
	t.n = 1
	a, b = t.n, t.set()
	fmt.Println(a, b)
	g = 1
	a, b = g, f()
	fmt.Println(a, b)
	g = 1
	a, b = g*2, f()
	fmt.Println(a, b)
	arr := []int{1, 2, 3}
	k := 0
	kk := func() int { k = 2; return 9 }
	arr[k] = kk()
	fmt.Println(arr)
	arr = []int{1, 2, 3}
	k = 0
	arr[k] += kk()
	fmt.Println(arr)
	arr = []int{1, 2, 3}
	gr := func() int { arr = []int{7, 7, 7}; return 5 }
	arr[1] = gr()
	fmt.Println(arr)
	arr = []int{1, 2, 3}
	arr[1] += gr()
	fmt.Println(arr)
	arr = []int{1, 2, 3}
	arr = append(arr, gr())
	fmt.Println(arr)
	g = 1
	r := func() (int, int) { return g, f() }
	fmt.Println(r())
	g = 1
	if g < f()+5 {
		fmt.Println("less")
	} else {
		fmt.Println("not less")
	}
	g = 1
	fmt.Println(g+1 == f()*2, g)
	g = 1
	fmt.Println((g + f()) + f()*0)
	m := map[string]int{"a": 1}
	mf := func() int { m["a"] = 10; return 1 }
	m["a"] += mf()
	fmt.Println(m)
	m["a"] = 1
	fmt.Println(m["a"] + mf())
	m["a"] = 1
	fmt.Println(m["a"], mf())
	var np *T
	try("nil", func() { np.p.n = say("called") })
	try("nil+", func() { np.n += say("called") })
	try("nil read", func() { fmt.Println(np.n + say("called")) })
	try("nil arg", func() { id(np.n, say("called")) })
	try("idx", func() { i := 9; arr[i] = say("called") })
	try("idx2", func() { i := 9; var q [3]int; q[i] = say("called"); fmt.Println(q) })
	try("idx3", func() { i := 9; fmt.Println(arr[i] + say("called")) })
	try("div", func() { i := 0; fmt.Println(5/i + say("called")) })
	try("div", func() { i := 0; id(5/i, say("called")) })
	try("assert", func() { var i any = "s"; id(i.(int), say("called")) })
	try("assert", func() { var i any = "s"; arr[i.(int)] = say("called") })
	try("conv", func() { id(len(make([]int, g-100)), say("called")) })
	ifc := any(1)
	chg := func() any { ifc = "new"; return 1 }
	fmt.Println(ifc == chg(), ifc)
	st := "a"
	sf := func() string { st = "b"; return "c" }
	fmt.Println(st + sf() + st)
	st = "a"
	st += sf()
	fmt.Println(st)
	st = "a"
	fmt.Println(st + sf())
	ptr := &T{n: 1}
	pf := func() int { ptr = &T{n: 5}; return 2 }
	fmt.Println(ptr.n*100 + pf())
	ptr = &T{n: 1}
	ptr.n = pf()
	fmt.Println(ptr.n)
	fn := func() int { return 1 }
	fc := func() int { fn = func() int { return 2 }; return 0 }
	ff := func(a int) func(int) int { return func(b int) int { return a } }(1)
	fd := func() int { ff = func(int) int { return 99 }; return 0 }
	fmt.Println(ff(fd()), fn()+fc()+fn())
	tt := T{n: 1}
	td := func() int { tt.n = 5; return 0 }
	fmt.Println(tt.val()+td(), T.val(tt)+td())
	tt.n = 1
	mv := func(x T, y int) int { return x.n }
	fmt.Println(mv(tt, td()))
	tt.n = 1
	u := tt.n<<1 | td()
	fmt.Println(u)
	tt.n = 1
	cpy := [2]T{tt, {n: td()}}
	fmt.Println(cpy)
	tt.n = 1
	ch := make(chan int, 2)
	ch <- tt.n + td()
	fmt.Println(<-ch)
	tt.n = 1
	switch tt.n {
	case td() + 1:
		fmt.Println("one")
	case 5:
		fmt.Println("five")
	}
	tt.n = 1
	defer fmt.Println("deferred", tt.n, td())
	tt.n = 1
	neg := -tt.n + td()
	fmt.Println(neg)
}
