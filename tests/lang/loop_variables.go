// Each iteration has its own loop variables (Go 1.22): closures, goroutines,
// deferred calls and pointers keep them; changes in the body reach the next one.
package main

import (
	"fmt"
	"sync"
)

type point struct{ x, y int }

func collect() (fs []func() int) {
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	return
}

func call(fs []func() int) (out []int) {
	for _, f := range fs {
		out = append(out, f())
	}
	return
}

func generic[T any](list []T) (ps []*T) {
	for _, v := range list {
		ps = append(ps, &v)
	}
	return
}

func main() {
	fs := collect()
	fmt.Println(call(fs), call(fs))
	// Changed in the body, after the closure was made: the same variable until
	// the iteration ends, when its value is copied to the next one.
	fs = nil
	for i := 0; i < 10; i++ {
		fs = append(fs, func() int { return i })
		i += 2
	}
	fmt.Println(call(fs))
	fs = nil
	for i := 0; i < 3; i++ {
		inc := func() int { i++; return i }
		fs = append(fs, func() int { return i })
		inc()
	}
	fmt.Println(call(fs))
	// The condition and the post statement see the new iteration's variable.
	var conds []func() int
	for i, f := 0, func() int { return -1 }; i < 3; i, f = i+1, func() int { return i * 100 } {
		conds = append(conds, f, func() int { return i })
	}
	fmt.Println(call(conds))
	var ptrs []*int
	for i := 0; func() bool { ptrs = append(ptrs, &i); return i < 2 }(); i++ {
		ptrs = append(ptrs, &i)
	}
	for _, p := range ptrs {
		fmt.Print(*p, " ")
	}
	fmt.Println(ptrs[0] == ptrs[1], ptrs[1] == ptrs[2])
	// continue and labels end an iteration as well.
	fs = nil
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			fs = append(fs, func() int { return i*10 + j })
			if j == 1 {
				continue outer
			}
		}
	}
	fmt.Println(call(fs))
	fs = nil
	i := 0
again:
	for k := i; k < i+2; k++ {
		fs = append(fs, func() int { return k })
		if k == 1 && i == 0 {
			i = 5
			goto again
		}
	}
	fmt.Println(call(fs))
	// Ranges of every kind.
	fs = nil
	for i := range 3 {
		fs = append(fs, func() int { i++; return i })
	}
	for i, v := range []int{5, 6} {
		fs = append(fs, func() int { return i*100 + v })
	}
	for i, r := range "ab" {
		fs = append(fs, func() int { return i + int(r) })
	}
	sum := 0
	for k, v := range map[int]int{1: 10, 2: 20} {
		defer func() { fmt.Print(k*0+v*0, " ") }()
		fs = append(fs, func() int { sum += k * v; return 0 })
	}
	ch := make(chan int, 2)
	ch <- 7
	ch <- 8
	close(ch)
	for v := range ch {
		fs = append(fs, func() int { return v })
	}
	for x := range func(yield func(int) bool) { _ = yield(1) && yield(2) } {
		fs = append(fs, func() int { x *= 3; return x })
	}
	fmt.Println(call(fs), sum)
	arr := [2]point{{1, 2}, {3, 4}}
	var pps []*point
	for _, p := range arr {
		p.x *= 10
		pps = append(pps, &p)
	}
	for i := range arr {
		pps = append(pps, &arr[i])
	}
	pps[2].y = 99
	for _, p := range pps {
		fmt.Print(*p, " ")
	}
	fmt.Println(arr)
	for _, p := range generic([]string{"a", "b"}) {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	// Variables that exist already are shared.
	fs = nil
	var s int
	for s = 0; s < 3; s++ {
		fs = append(fs, func() int { return s })
	}
	for _, s = range []int{7, 9} {
		fs = append(fs, func() int { return s })
	}
	fmt.Println(call(fs))
	var wg sync.WaitGroup
	res := make([]int, 5)
	for i := 0; i < 5; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			res[i] = i * i
		}()
	}
	wg.Wait()
	fmt.Println(res)
	func() {
		for i := 0; i < 3; i++ {
			defer func() { fmt.Print(i, " ") }()
		}
	}()
	fmt.Println()
	// Several variables, some captured, some changed by a nested literal.
	fs = nil
	for a, b := 0, 10; a < b; a, b = a+1, b-3 {
		func() {
			b--
			fs = append(fs, func() int { a += 100; return a + b })
		}()
	}
	fmt.Println(call(fs), call(fs))
	// A large or composite variable.
	fs = nil
	for p := (point{0, 1}); p.x < 3; p.x, p.y = p.x+1, p.y*2 {
		fs = append(fs, func() int { return p.x*100 + p.y })
	}
	for a := [40]int{}; a[0] < 2; a[0]++ {
		fs = append(fs, func() int { a[39]++; return a[0]*10 + a[39] })
	}
	fmt.Println(call(fs))
	n := 0
	for i := 0; i < 3; i++ {
		defer func(j int) { fmt.Print(i, j, ";") }(i)
		f := func() { i++; n++ }
		f()
	}
	fmt.Println(n)
}
