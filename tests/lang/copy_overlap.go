// copy moves as if through a copy: ranges that overlap, in both directions,
// elements of every size and with pointers.
package main

import "fmt"

type big struct {
	a, b, c, d int
	s          string
	p          *int
}
type ints []int

func shift[S ~[]T, T any](s S, dst, src int) (int, string) {
	n := copy(s[dst:], s[src:])
	return n, fmt.Sprint(s)
}

func make8[T any](f func(int) T) []T {
	var s []T
	for i := 0; i < 8; i++ {
		s = append(s, f(i))
	}
	return s
}

func all[T any](name string, f func(int) T) {
	for _, c := range [][2]int{{0, 0}, {0, 1}, {1, 0}, {0, 3}, {3, 0}, {7, 0}, {0, 7}, {8, 0}, {0, 8}, {2, 5}, {5, 2}} {
		n, s := shift(make8(f), c[0], c[1])
		fmt.Println(name, c, n, s)
	}
}

var initial = []int{1, 2, 3, 4, 5}
var moved = copy(initial[1:], initial)

func main() {
	fmt.Println(moved, initial)
	all("int", func(i int) int { return i })
	all("byte", func(i int) byte { return byte(i + 65) })
	all("string", func(i int) string { return fmt.Sprint("s", i) })
	all("any", func(i int) any {
		if i%2 == 0 {
			return i
		}
		return "x"
	})
	all("int16", func(i int) int16 { return int16(-i) })
	all("array", func(i int) [3]byte { return [3]byte{byte(i), 0, 1} })
	all("empty", func(i int) struct{} { return struct{}{} })
	all("slice", func(i int) []int { return make([]int, i%3) })
	x := 5
	bs := make8(func(i int) big { return big{i, i, i, i, fmt.Sprint(i), &x} })
	fmt.Println(copy(bs[2:], bs), bs[7].a, bs[2].s, *bs[3].p)
	copy(bs, bs[2:])
	fmt.Println(bs[0].a, bs[5].s)
	// Strings as the source.
	b := []byte("hello, world")
	fmt.Println(copy(b, "HELLO"), copy(b[7:], string(b)), copy(b, ""), copy(b[:0], "x"))
	fmt.Println(string(b))
	type octets []byte
	o := octets("abc")
	fmt.Println(copy(o[1:], "é"), o)
	// nil and lengths.
	var nilInts []int
	fmt.Println(copy(nilInts, []int{1}), copy([]int{1}, nilInts), copy(ints{1, 2, 3}, []int{7}), copy(make([]int, 2, 10), []int{1, 2, 3}))
	// Through arrays.
	arr := [6]int{1, 2, 3, 4, 5, 6}
	copy(arr[:3], arr[3:])
	pa := &arr
	copy(pa[1:], pa[:])
	fmt.Println(arr)
	// Operands are found once, in order.
	calls := ""
	get := func(name string, s []int) []int { calls += name; return s }
	n := copy(get("d", arr[2:]), get("s", arr[:2]))
	fmt.Println(n, calls, arr)
	// Windows of one array with a limited capacity.
	base := make([]int, 10)
	for i := range base {
		base[i] = i
	}
	w1, w2 := base[2:5:5], base[4:8:8]
	fmt.Println(copy(w1, w2), base, copy(w2, w1), base)
	// Two-dimensional: rows are shared, not copied.
	rows := [][]int{{1}, {2}, {3}}
	copy(rows, rows[1:])
	rows[0][0] = 9
	fmt.Println(rows)
	// As an insertion and a removal.
	s := []int{1, 2, 3, 5, 6}
	s = append(s, 0)
	copy(s[4:], s[3:])
	s[3] = 4
	fmt.Println(s)
	s = append(s[:1], s[2:]...)
	fmt.Println(s)
	s = append(s[:2], append([]int{100, 200}, s[2:]...)...)
	fmt.Println(s)
	defer func() { copy(s, s[1:]) }()
	done := make(chan int)
	go func(s []int) { done <- copy(s[1:], s) }(s)
	fmt.Println(<-done, s)
	large := make([]byte, 1<<16)
	for i := range large {
		large[i] = byte(i >> 4)
	}
	copy(large[1:], large)
	fmt.Println(large[0], large[16], large[17], large[1<<16-1], large[4097])
	copy(large, large[33:])
	fmt.Println(large[0], large[1<<16-34])
}
