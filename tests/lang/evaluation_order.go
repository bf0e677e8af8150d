// Calls, receives and logical operations happen in the order of the source;
// operands of an assignment are found before any of its parts is assigned.
package main

import "fmt"

var trace []string

func t(name string) string { trace = append(trace, name); return name }
func n(name string, v int) int {
	trace = append(trace, name)
	return v
}
func p(name string, v *int) *int {
	trace = append(trace, name)
	return v
}
func flush(what string) {
	fmt.Println(what, trace)
	trace = nil
}

type node struct {
	v    int
	next *node
}

func (x *node) get(name string) *node { trace = append(trace, name); return x }
func (x node) sum(a, b int) int       { trace = append(trace, "sum"); return x.v + a + b }

func two(name string) (int, int) { trace = append(trace, name); return 1, 2 }

type adder interface{ add(int) adder }
type acc int

func (a acc) add(i int) adder { trace = append(trace, fmt.Sprint("add", i)); return a + acc(i) }

// In package initialisers.
var (
	pa = n("pa", pb+1)
	pb = n("pb", pc()+1)
	pd = n("pd", 1)
)

func pc() int { trace = append(trace, "pc"); return pd }

func caught(f func()) {
	defer func() { flush(fmt.Sprint("  caught ", recover())) }()
	f()
}

func generic[T any](name string, v T) T { trace = append(trace, name); return v }

func gsum[T int | float64](a, b T) T { return generic("ga", a) + generic("gb", b)*generic("gc", a) }

func main() {
	flush("init")
	// Function value, then arguments.
	f := func(name string) func(...int) int {
		trace = append(trace, name)
		return func(v ...int) int { trace = append(trace, "call"); return len(v) }
	}
	f("f")(n("a", 1), n("b", 2), f("g")(n("c", 3)))
	flush("calls")
	var arr [3]int
	arr[n("i", 1)], arr[n("j", 2)] = n("x", 10), n("y", 20)
	flush(fmt.Sprint("assign ", arr))
	m := map[string]int{}
	m[t("k1")], m[t("k2")] = two("two")
	flush(fmt.Sprint("tuple ", m))
	*p("p", &arr[0]), arr[n("q", 0)] = n("r", 5), n("s", 6)
	flush(fmt.Sprint("pointer ", arr))
	arr[n("op", 1)] += n("rhs", 7)
	flush(fmt.Sprint("update ", arr))
	m[t("mk")] += n("mv", 3)
	flush(fmt.Sprint("map update ", m["mk"]))
	_ = n("a", 1) == 1 && n("b", 0) == 1 && n("c", 1) == 1 || n("d", 1) == 1
	flush("logical")
	l := &node{1, &node{2, &node{3, nil}}}
	l.get("l").next.get("m").next.get("r").sum(n("1", 1), n("2", 2))
	flush("methods")
	var ad adder = acc(1)
	ad.add(n("x", 1)).add(n("y", 2)).add(n("z", 3))
	flush("interface chain")
	// Method value binds its receiver when it is made.
	nd := node{v: 100}
	mv := nd.sum
	nd.v = 1
	fmt.Println(mv(n("a", 1), n("b", 2)))
	flush("method value")
	// Literals.
	_ = []int{2: n("two", 2), 0: n("zero", 0), 1: n("one", 1)}
	_ = struct{ a, b int }{b: n("fb", 1), a: n("fa", 2)}
	flush("literals")
	_ = [...]string{t("1"), t("2") + t("3"), t("4")}
	flush("array")
	// Index operands before the panic of the index; the right side as well.
	caught(func() { var s []int; s[n("idx", 5)] = n("val", 1) })
	caught(func() { var q *node; q.v = n("val", 1) })
	caught(func() { var q *[3]int; q[n("i", 1)] = n("val", 1) })
	caught(func() { var mm map[string]int; mm[t("key")] = n("val", 1) })
	caught(func() { var mm map[any]int; mm[[]int{n("k", 1)}] = n("val", 1) })
	caught(func() { var fn func(int); fn(n("arg", 1)) })
	caught(func() { var i adder; i.add(n("arg", 1)) })
	caught(func() { _ = n("num", 1) / n("den", 0) })
	caught(func() { var x any = "s"; _, _ = n("first", 1), x.(int)+n("last", 1) })
	caught(func() {
		a, s := [2]int{1, 2}, []int{1}
		a[n("a", 0)], s[n("b", 9)], a[n("c", 1)] = n("x", 7), n("y", 8), n("z", 9)
	})
	caught(func() { // what stands left of the failing assignment is done
		a, s := [2]int{1, 2}, []int{1}
		defer func() { fmt.Println("  left", a) }()
		i := 9
		a[0], s[i], a[1] = 7, 8, 9
	})
	// Swaps and rotations.
	s := []int{1, 2, 3}
	i := 0
	i, s[i] = 2, 9
	fmt.Println(i, s)
	s[0], s[1], s[2] = s[2], s[0], s[1]
	fmt.Println(s)
	i = 0
	s[i], i = 5, 2
	fmt.Println(i, s)
	x := []int{1, 2, 3}
	for k, x[k] = range x {
		break
	}
	fmt.Println(x, k)
	y := &node{1, nil}
	y, y.next = &node{2, nil}, y
	fmt.Println(y.v, y.next)
	// A channel's operands.
	ch := make(chan int, 4)
	mkch := func(name string) chan int { trace = append(trace, name); return ch }
	mkch("c") <- n("v", 1)
	ch <- 2
	fmt.Println(<-mkch("r1") - <-mkch("r2")*n("k", 3))
	flush("channels")
	// Return.
	fmt.Println(func() (a int, b int) {
		defer func() { a *= 10 }()
		a, b = 1, 2
		return n("ra", b), n("rb", a)
	}())
	flush("return")
	// Switch and select operands, once each.
	switch n("tag", 2) {
	case n("c1", 1), n("c2", 2), n("c3", 3):
	case n("c4", 4):
	}
	flush("switch")
	switch {
	case n("b1", 0) == 1, n("b2", 1) == 1:
	case n("b3", 1) == 1:
	}
	flush("bool switch")
	fmt.Println(gsum(2, 3), gsum(1.5, 2.0))
	flush("generic")
	// Conversions, slices, comparisons.
	_ = "abcdef"[n("lo", 1):n("hi", 3)]
	_ = []int{1, 2, 3, 4}[n("lo", 1):n("hi", 2):n("max", 3)]
	_ = string(rune(n("rune", 65))) < t("str")
	flush("slices")
	_ = map[string]int{t("k1"): n("v1", 1), t("k2"): n("v2", 2)}
	flush("map literal")
	defer fmt.Println("deferred", n("d1", 1), t("d2"))
	flush("defer")
	done := make(chan bool)
	go func(a, b int) { done <- true }(n("g1", 1), n("g2", 2))
	<-done
	flush("go")
	for i, lim := n("init", 0), n("lim", 2); i < n("cond", lim); i += n("post", 1) {
		t("body")
	}
	flush("for")
	for range [2]int{n("e", 1), n("e", 2)} {
		t("body")
	}
	flush("range")
	if v := n("simple", 1); v > n("cmp", 1) {
		t("then")
	} else if w := n("simple2", v); w == n("cmp2", v) {
		t("else if")
	}
	flush("if")
	_ = append([]int{n("a", 1)}, []int{n("b", 2), n("c", 3)}...)
	_ = copy(make([]int, n("len", 1)), []int{n("src", 2)})
	_ = complex(float64(n("re", 1)), float64(n("im", 2)))
	flush("builtins")
}

var k int
