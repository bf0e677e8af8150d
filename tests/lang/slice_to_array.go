// Conversions of slices to pointers to arrays: they share memory; lengths, nil
// and empty ones.
package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

type buf []byte
type block [4]byte
type pblock *block
type grid [][2]int

func try(name string, f func()) {
	defer func() {
		r := recover()
		if e, ok := r.(runtime.Error); ok {
			fmt.Println(name, e)
		} else {
			fmt.Println(name, r)
		}
	}()
	f()
}

func conv[S ~[]E, E any](s S) *[2]E { return (*[2]E)(s) }

var atInit = (*[2]int)([]int{4, 5, 6})

func main() {
	fmt.Println(*atInit, len(atInit), cap(atInit))
	s := []int{1, 2, 3, 4}
	p := (*[2]int)(s)
	p[1] = 20
	s[0] = 10
	fmt.Println(s, *p)
	q := (*[4]int)(s)
	q[3]++
	fmt.Println(s, q == (*[4]int)(s[:]), p == (*[2]int)(s))
	r := (*[2]int)(s[2:])
	r[0], r[1] = r[1], r[0]
	fmt.Println(s, *r)
	s = append(s, 5)
	s[0] = 99
	fmt.Println(*p)
	var none []int
	empty := []int{}
	fmt.Println((*[0]int)(none) == nil, (*[0]int)(empty) == nil, (*[0]int)(s[:0]) == nil, (*[0]int)(s) != nil)
	try("short", func() { _ = (*[5]int)(s[:4]) })
	try("cap", func() { _ = (*[4]int)(s[:2]) })
	try("nil", func() { _ = (*[1]int)(none) })
	try("fits", func() { _ = (*[2]int)(s[1:3]) })
	b := buf("hello")
	k := (*block)(b)
	k[0] = 'j'
	var pb pblock = (*block)(b)
	pb[1] = 'E'
	fmt.Println(string(b), string(k[:]), len(pb))
	fmt.Println(*conv(s), *conv(b), *conv([]string{"x", "y", "z"}))
	try("generic", func() { conv(s[:1]) })
	g := grid{{1, 2}, {3, 4}, {5, 6}}
	gp := (*[2][2]int)(g)
	gp[1][0] = 33
	fmt.Println(g, gp[1:])
	for i, v := range (*[3]int)(s) {
		fmt.Print(i, v, " ")
	}
	for i := range (*[2]int)(s) {
		fmt.Print(i)
	}
	fmt.Println()
	copyOf := *(*[3]int)(s)
	copyOf[0] = 0
	fmt.Println(s[0], copyOf, len(*(*[3]int)(s)), (*[3]int)(s)[1:2:3])
	m := map[[2]int]string{*(*[2]int)(s): "found"}
	fmt.Println(m[[2]int{s[0], s[1]}])
	try("deferred", func() {
		defer func() { _ = (*[9]int)(s) }()
	})
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		_ = (*[3]byte)(b[:1])
	}()
	fmt.Println(<-done)
	var i any = (*[2]int)(s)
	_, isArr := i.(*[2]int)
	_, isBig := i.(*[3]int)
	fmt.Println(isArr, isBig)
	type pair struct{ a, b *[1]string }
	ss := []string{"a", "b"}
	pr := pair{(*[1]string)(ss), (*[1]string)(ss[1:])}
	ss[1] = "c"
	fmt.Println(*pr.a, *pr.b, unsafe.Pointer(pr.a) == unsafe.Pointer(&ss[0]))
	fns := (*[1]func() int)([]func() int{func() int { return 7 }})
	fmt.Println(fns[0]())
}
