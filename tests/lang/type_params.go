// What type arguments make of generic code: cases that fall together, constants
// that would not fit, loops through the function itself.
package main

import "fmt"

type integer interface{ ~int8 | ~uint16 | ~int64 }

func wraps[T integer]() T { return T(100) << 1 * 2 / 2 }

func size[T integer](v T) string {
	switch v {
	case T(1), T(2):
		return "small"
	case T(1) + 99:
		return "hundred"
	}
	return "other"
}

func kind[T, U any](v any) string {
	switch v.(type) {
	case T:
		return "first"
	case U:
		return "second"
	case int:
		return "int"
	}
	return "none"
}

type named interface{ Name() string }
type id int

func (id) Name() string { return "id" }

func as[T any](v named) bool {
	_, ok := v.(interface{}).(T)
	return ok
}

func asDirect[T any](v named) (ok bool) {
	switch any(v).(type) {
	case T:
		ok = true
	}
	return
}

func nested[S ~[]E, E any](s S, depth int) int {
	if depth == 0 {
		return len(s)
	}
	return nested(s[:len(s)-1], depth-1)
}

func bytesOf[T []byte | string](v T) (n int, part T) {
	for i := 0; i < len(v); i++ {
		n += int(v[i])
	}
	return n + copy(make([]byte, 2), v), v[1:2]
}

func shut[C chan T | chan<- T, T any](c C) { close(c) }

func drop[M map[string]int | map[string]bool](m M) { delete(m, "gone") }

func plus[T integer | ~string](a, b T) T { return a + b }

func pointers[P *T, T any](v T) []P { return []P{&v} }

func literals[P *point]() []P { return []P{{1, 2}} }

type point struct{ x, y int }

func local(n int) any {
	type box[T any] struct{ v T }
	return box[int]{n}.v
}

func main() {
	fmt.Println(wraps[int8](), wraps[uint16](), wraps[int64]())
	fmt.Println(size(int8(1)), size(uint16(100)), size(int64(7)))
	fmt.Println(kind[int, int](1), kind[string, int](1), kind[string, bool](1), kind[string, bool](nil))
	fmt.Println(as[int](id(1)), as[id](id(1)), asDirect[string](id(1)), asDirect[id](id(1)))
	fmt.Println(nested([]int{1, 2, 3}, 2))
	fmt.Println(bytesOf("abc"))
	fmt.Println(bytesOf([]byte("abc")))
	c := make(chan int)
	shut(c)
	_, open := <-c
	m := map[string]bool{"gone": true, "kept": true}
	drop(m)
	fmt.Println(open, m, plus("a", "b"), plus(int8(100), 100))
	fmt.Println(*pointers(5)[0], *literals()[0], local(3))
}
