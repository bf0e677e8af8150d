// Functions marked //go:uintptrescapes keep alive what addresses given as
// numbers point to, and are otherwise functions like others.
package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

var collected = make(chan string, 1)

// What died before has been finalized when it returns: finalizers run in the
// order of the collections that found their objects.
func collect() {
	for i := 0; i < 2; i++ {
		s := "mark"
		runtime.SetFinalizer(&s, func(p *string) { collected <- *p })
		runtime.GC()
		<-collected
	}
}

func fresh() unsafe.Pointer {
	s := "ok"
	runtime.SetFinalizer(&s, func(p *string) { *p = "dead" })
	return unsafe.Pointer(&s)
}

func text(p uintptr) string { return *(*string)(unsafe.Pointer(p)) }

//go:uintptrescapes
func fixed(p, q uintptr) {
	collect()
	fmt.Println(text(p), text(q))
}

//go:uintptrescapes
func unread(uintptr, ...uintptr) int {
	collect()
	return len(gone)
}

var gone = make(chan bool, 4)

func watched() unsafe.Pointer {
	s := "ok"
	runtime.SetFinalizer(&s, func(*string) { gone <- true })
	return unsafe.Pointer(&s)
}

type T struct{}

//go:uintptrescapes
func (T) any(rest ...uintptr) {
	collect()
	for _, r := range rest {
		fmt.Print(text(r), " ")
	}
	fmt.Println()
}

//go:uintptrescapes
func sum(a uintptr, b int, rest ...uintptr) uintptr {
	for _, x := range rest {
		a += x
	}
	a += uintptr(b)
	return a
}

//go:uintptrescapes
func counter(a, b uintptr) func() uintptr { return func() uintptr { a++; return a + b } }

func two() (uintptr, int)            { return 4, 5 }
func three() (uintptr, int, uintptr) { return 4, 5, 6 }

func main() {
	fixed(uintptr(fresh()), uintptr(fresh()))
	fmt.Println(unread(uintptr(watched()), uintptr(watched()), uintptr(watched())))
	collect()
	fmt.Println(len(gone))
	func() {
		for i := 0; i < 2; i++ {
			defer T{}.any(uintptr(fresh()), uintptr(fresh()))
		}
	}()

	const k = 7
	u := uintptr(9)
	fmt.Println(sum(0, 1), sum(k, 2, 3, k), sum(u, 1, u, u+1), sum(two()), sum(three()), sum(1, 2, []uintptr{3, 4}...))
	c := counter(1, 2)
	c()
	f := sum
	fmt.Println(c(), f(1, 2, 3), ^uintptr(0) == sum(^uintptr(0), 0))
	T{}.any()
	(*T).any(&T{})
	interface{ any(...uintptr) }(T{}).any()
}
