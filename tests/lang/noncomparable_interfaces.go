// Interfaces that hold values which cannot be compared: when it panics, with
// which words, and when the types decide before.
package main

import (
	"fmt"
	"runtime"
)

type s1 struct {
	n int
	l []int
}
type s2 struct {
	n int
	i any
}
type fn func()
type mp map[string]int
type arr [2]fn
type I interface{ m() }
type impl struct{ f func() }

func (impl) m() {}

type implp struct{ f func() }

func (*implp) m() {}

type box[T any] struct{ v T }

func try(name string, f func() any) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(runtime.Error)
			fmt.Println(name, ok, e)
		}
	}()
	fmt.Println(name, f())
}

func eq(a, b any) any { return a == b }

func find(list []any, v any) any {
	for i, x := range list {
		if x == v {
			return i
		}
	}
	return -1
}

func put[K comparable](m map[K]int, k K) any { m[k]++; return len(m) }

func main() {
	var nilI any
	try("slices", func() any { return eq([]int{}, []int{}) })
	try("nil slices", func() any { return eq([]int(nil), []int(nil)) })
	try("slice nil", func() any { return eq([]int(nil), nil) })
	try("different", func() any { return eq([]int{}, []string{}) })
	try("int", func() any { return eq([]int{}, 1) })
	try("maps", func() any { return eq(mp{}, mp{}) })
	try("funcs", func() any { return eq(fn(nil), fn(nil)) })
	try("func lit", func() any { return eq(func(int) string { return "" }, func(int) string { return "" }) })
	try("struct", func() any { return eq(s1{1, nil}, s1{2, nil}) })
	try("struct any", func() any { return eq(s2{1, []int{}}, s2{2, []int{}}) })
	try("struct any same", func() any { return eq(s2{1, []int{}}, s2{1, []int{}}) })
	try("struct any types", func() any { return eq(s2{1, []int{}}, s2{1, mp{}}) })
	try("nested", func() any { return eq(s2{1, s2{2, fn(nil)}}, s2{1, s2{2, fn(nil)}}) })
	try("array", func() any { return eq(arr{}, arr{}) })
	try("pointers", func() any { return eq(&s1{}, &s1{}) })
	try("same pointer", func() any { p := &s1{}; return eq(p, p) })
	try("anonymous", func() any { return eq(struct{ a []int }{}, struct{ a []int }{}) })
	try("generic", func() any { return eq(box[[]int]{}, box[[]int]{}) })
	try("generic fine", func() any { return eq(box[int]{1}, box[int]{1}) })
	try("generic any", func() any { return eq(box[any]{[]int{}}, box[any]{[]int{}}) })
	try("concrete", func() any { return nilI == any([]int(nil)) })
	try("mixed", func() any { var i any = []int{}; return i == 5 })
	try("mixed struct", func() any { var i any = s2{1, []int{}}; return i == s2{1, []int{}} })
	try("not equal", func() any { var a, b any = []int{}, []int{}; return a != b })
	var x, y I = impl{}, impl{}
	try("methods", func() any { return x == y })
	try("methods pointers", func() any { return I(&implp{}) == I(&implp{}) })
	try("methods any", func() any { return any(x) == y })
	try("methods other", func() any { return x == I(&implp{}) })
	try("find", func() any { return find([]any{1, "a", []int{}, 2}, 2) })
	try("find slice", func() any { return find([]any{1, "a", []int{}, 2}, []int{}) })
	try("array of any", func() any { return [2]any{1, []int{}} == [2]any{1, []int{}} })
	try("switch", func() any {
		var i any = []int{}
		switch i {
		case 1, "x", nil:
			return "no"
		case any([]string{}):
			return "no"
		case any([]int{}):
			return "yes"
		}
		return "none"
	})
	m := map[any]int{1: 1}
	try("key", func() any { m[[]int{}] = 1; return len(m) })
	try("key read", func() any { return m[mp{}] })
	try("key ok", func() any { _, ok := m[fn(nil)]; return ok })
	try("key delete", func() any { delete(m, []int{}); return len(m) })
	try("key empty", func() any { return map[any]int{}[[]int{}] })
	try("key nil map", func() any { var n map[any]int; return n[[]int{}] })
	try("key nil map delete", func() any { var n map[any]int; delete(n, s1{}); return 0 })
	try("key nil map set", func() any { var n map[any]int; n[1] = 1; return 0 })
	try("key struct", func() any { return map[s2]int{}[s2{1, []int{}}] })
	try("key struct set", func() any { k := map[s2]int{}; k[s2{1, 2}]++; k[s2{1, mp{}}]++; return len(k) })
	try("key array", func() any { return map[[1]any]int{}[[1]any{fn(nil)}] })
	try("key method", func() any { k := map[I]int{}; k[&implp{}]++; k[impl{}]++; return len(k) })
	try("key literal", func() any { return len(map[any]int{1: 2, nilI: 3, any([]int{}): 4}) })
	try("key generic", func() any { return put(map[[2]string]int{}, [2]string{"a"}) })
	try("key nested", func() any { return m[[2]any{1, [1]any{mp{}}}] })
	try("update", func() any { m[[]int{}]++; return 0 })
	fmt.Println(len(m), m[1])
	func() {
		defer func() { fmt.Println("deferred", recover()) }()
		defer func() { _ = any([]int{}) == any([]int{}) }()
	}()
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		m[fn(nil)] = 1
	}()
	fmt.Println(<-done)
	err := func() (err error) {
		defer func() { err, _ = recover().(error) }()
		_ = x == y
		return nil
	}()
	fmt.Println(err)
}
