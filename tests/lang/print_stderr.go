// print and println write to standard error, without buffers, in their own forms.
package main

import (
	"fmt"
	"os"
)

type num int
type str string
type fl float32
type point struct{ x, y int }

func gen[T int | string | float64](v T) { println("gen", v) }
func two() (int, string)                { return 1, "two" }

const big = 1 << 62

var initialised = func() int { println("in init"); return 1 }()

func main() {
	println()
	print()
	print("a", 1, "b", 2, true, "\n")
	println("a", 1, "b", -2, true, false)
	println(1.0, -1.5, 1e100, 1e-100, float32(0.1), 0.1, 100000000.0, 123456789.125)
	println(int8(-128), uint8(255), int64(-1<<63), uint64(1<<64-1), 'a', '日', big, byte('x'), uintptr(10))
	println(1+2i, complex64(-1.5-0.5i), 0i)
	println(num(5), str("named"), fl(2.5))
	zero := 0.0
	println(1/zero, -1/zero, zero/zero == zero/zero, 1/zero-1/zero, -zero)
	println("tab\tquote\"nl\\", "é日\xff", "")
	println(nil == (*int)(nil), len("abc"), 1 < 2)
	gen(1)
	gen("s")
	gen(2.5)
	defer println("deferred", initialised)
	defer print("deferred print\n")
	done := make(chan bool)
	go func() { println("goroutine"); done <- true }()
	<-done
	x, y := two()
	println(x, y)
	println(two())
	p := point{3, 4}
	println(p.x, p.y, [2]int{7, 8}[1], map[string]int{"k": 9}["k"])
	fmt.Fprintln(os.Stderr, "stderr")
	fmt.Println("stdout")
	var e error
	println(e == nil, (*int)(nil), []int(nil), map[int]int(nil), (func())(nil), (chan int)(nil), any(nil))
	func() {
		defer func() { println(recover().(string)) }()
		panic("p")
	}()
}
