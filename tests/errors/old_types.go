// flags: -lang=go1.16
package p

import "unsafe"

type I interface {
	int // ERROR "embedding non-interface type int requires go1.18 or later"
}

type J interface {
	~int | string // ERROR "embedding interface element ~int . string requires go1.18"
}

type S struct { // ERROR "invalid recursive type S"
	x interface{ S }
}

type T[P interface{}] struct{} // ERROR "type parameter requires go1.18"

func f[P interface{}](x P) { // ERROR "type parameter requires go1.18"
	var _ T[int] // ERROR "type instantiation requires go1.18"
	f[int](0)    // ERROR "function instantiation requires go1.18"
	f(x)         // ERROR "implicit function instantiation requires go1.18"
}

var a any        // ERROR "predeclared any requires go1.18"
var b comparable // ERROR "predeclared comparable requires go1.18|outside a type constraint"

func g(p unsafe.Pointer, s []int) {
	_ = unsafe.Add(p, 0)         // ERROR "unsafe.Add requires go1.17"
	_ = unsafe.Slice(new(int), 1) // ERROR "unsafe.Slice requires go1.17"
	_ = (*[1]int)(s)             // ERROR "cannot convert s"
	for range 3 { // ERROR "requires go1.22 or later"
	}
}
