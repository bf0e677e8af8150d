// Types that contain themselves, also through arguments and parameters.
package p

import "unsafe"

type Hold[P any] struct{ p P }

type T1 struct{ h Hold[T1] } // ERROR "invalid recursive type T1"
type T2 struct{ h Hold[*T2] }
type T3 [4]Hold[Hold[T3]] // ERROR "invalid recursive type T3"

type S1[P any] struct{ s S1[P] }  // ERROR "invalid recursive type S1"
type S2[P any] struct{ s S2[*P] } // ERROR "invalid recursive type S2"
type S3[P any] struct{ s *S3[P] }

type I1[P any] interface{ I1[P] } // ERROR "invalid recursive type I1"

type N1[P any] N2[P] // ERROR "invalid recursive type N1"
type N2[P any] N1[P]

type A struct{ b B } // ERROR "invalid recursive type A"
type B C
type C [2]A

type Nat interface{ Zero | Succ } // ERROR "invalid recursive type Nat"
type Zero struct{}
type Succ struct{ Nat }

type W1 = W2 // ERROR "invalid recursive type W1"
type W2 = W1

func (W1) m() {}

type M interface {
	m() [M(nil).m()[0]]int // ERROR "invalid recursive type M"
}

type L interface {
	m() [unsafe.Sizeof(l.m())]int
}

var l interface{ m() int }

func F[P any](a [unsafe.Sizeof(F[int])]P) {} // ERROR "invalid cycle in declaration of F"
