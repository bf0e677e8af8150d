// Type arguments that follow from constraints and from arguments together, in
// whatever order the parameters stand.
package main

import "fmt"

func f0[S1 ~[]E1, S2 ~[]E2, E1 ~byte, E2 ~byte](S1, S2) string { return fmt.Sprintf("%T %T", *new(E1), *new(E2)) }
func f1[E2 ~byte, S2 ~[]E2, E1 ~byte, S1 ~[]E1](S1, S2) string { return fmt.Sprintf("%T %T", *new(E1), *new(E2)) }

func ptrs[F interface{ *Q }, G interface{ *R }, Q, R any](q Q, r R) string {
	return fmt.Sprintf("%T %T %T %T", *new(F), *new(G), q, r)
}

func related[Elem any, Slice interface{ []Elem }](e Elem, s Slice) string { return fmt.Sprintf("%T %T", e, s) }

type A1 [2]uint64
type A2 [2]uint64

func (a A1) m() A1 { return a }
func (a A2) m() A2 { return a }

func method[B any, T interface {
	A1 | A2
	m() T
}](v T) string {
	return fmt.Sprintf("%T %T", *new(B), v.m())
}

type myByte byte

func main() {
	var a []byte
	var b []myByte
	fmt.Println(f0(a, b), f1(a, b), f1(b, a))
	fmt.Println(ptrs(1, "x"), ptrs[*float64](1, 2))
	fmt.Println(related(1.0, []int{}), related[string]("a", nil))
	fmt.Println(method[int](A2{}))
}

// Methods declared below count for the constraints of fields above.
type Wants[U interface{ M() int }] struct{ u U }
type Uses struct {
	a Wants[Late]
	b Wants[*Later]
}
type Late int
type Later struct{ Late }

func (Late) M() int { return 7 }

func init() {
	var u Uses
	fmt.Println(u.a.u.M())
}
