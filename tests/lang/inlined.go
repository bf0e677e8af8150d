// Small functions are put in place of their calls: nothing but the speed may tell.
package main

import (
	"errors"
	"fmt"
	"runtime"
)

type vec struct{ x, y, z int }

func (a vec) add(b vec) vec     { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) rotated() vec      { return vec{a.y, a.z, a.x} }
func (a *vec) turn()            { a.x, a.y, a.z = a.y, a.z, a.x }
func (a *vec) isNil() bool      { return a == nil }
func (a vec) changed(n int) vec { a.x = n; a.y += n; return a }

func half(n int) int { return n / 2 }
func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
func countdown(n int) int {
	n--
	n--
	return n
}
func divmod(a, b int) (q, r int) {
	q = a / b
	r = a - q*b
	return
}
func swap(a, b int) (int, int)   { return b, a }
func first(a, b int) int         { return a }
func even(n int) bool            { return n%2 == 0 }
func between(n, lo, hi int) bool { return lo <= n && n < hi }
func box(v any) any              { return v }
func pick[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}
func name(n int) string {
	switch {
	case n == 0:
		return "zero"
	case n < 0:
		break
	case n == 1:
		fallthrough
	case n == 2:
		return "few"
	}
	return "other"
}
func at(s []int, i int) int { return s[i] }
func check(err error) error {
	if err != nil {
		return fmt.Errorf("checked: %w", err)
	}
	return nil
}
func named(n int) (err error) {
	if n > 2 {
		err = errors.New("large")
	}
	return
}
func where() int {
	_, _, line, _ := runtime.Caller(1)
	return line
}
func here() int { return where() }

var order []int

func note(n int) int {
	order = append(order, n)
	return n
}
func sum3(a, b, c int) int { return a + b + c }

type stack[T any] struct{ items []T }

func (s *stack[T]) push(v T) { s.items = append(s.items, v) }
func (s *stack[T]) pop() T {
	v := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v
}

// odd and evenly call each other.
func odd(n int) bool    { return n != 0 && evenly(n-1) }
func evenly(n int) bool { return n == 0 || odd(n-1) }

func main() {
	v, w := vec{1, 2, 3}, vec{10, 20, 30}
	v = v.add(w)
	v = v.rotated()
	v = v.rotated().add(v).add(v.changed(5))
	fmt.Println(v, w)
	w.turn()
	w.turn()
	fmt.Println(w, (*vec)(nil).isNil(), (&w).isNil())

	x, y := 7, -3
	x = half(half(x*10)) + abs(y) - abs(x)
	fmt.Println(x, countdown(x), x, countdown(countdown(x)))
	x, y = swap(x, y)
	x, y = swap(y, swapped(x))
	fmt.Println(x, y)
	fmt.Println(divmod(x*x+7, 3))
	q, r := divmod(100, 7)
	fmt.Println(q, r, first(note(1), note(2)), sum3(note(3), note(4), note(5)), order)

	count := 0
	for i := 0; i < 20; i++ {
		if even(i) && between(i, 3, 15) || !even(i) && i > 17 {
			count += pick(i > 10, 1, 100)
		}
	}
	fmt.Println(count, pick(count > 5, "yes", "no"), box(count), box(nil) == nil)
	fmt.Println(name(0), name(-5), name(1), name(2), name(3))
	fmt.Println(check(nil), check(named(1)), check(named(3)))

	s := &stack[vec]{}
	s.push(v)
	s.push(w)
	fmt.Println(s.pop(), s.pop(), len(s.items))
	fmt.Println(odd(7), evenly(7))
	fmt.Println(here()) // its own line, not this one

	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(at([]int{1, 2}, 2))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var p *vec
		p.turn()
	}()
}

func swapped(n int) int {
	a, b := swap(n, 2*n)
	return a - b
}
