// stderr: ^in init\n\na1b2true\na 1 b \-2 true false\n\+1\.000000e\+000 \-1\.500000e\+000 \+1\.000000e\+100 \+1\.000000e\-100 \+1\.000000e\-001 \+1\.000000e\-001 \+1\.000000e\+008 \+1\.234568e\+008\n\-128 255 \-9223372036854775808 18446744073709551615 97 26085 4611686018427387904 120 10\n\(\+1\.000000e\+000\+2\.000000e\+000i\) \(\-1\.500000e\+000\-5\.000000e\-001i\) \(\+0\.000000e\+000\+0\.000000e\+000i\)\n5 named \+2\.500000e\+000\n\+Inf \-Inf false NaN \-0\.000000e\+000\ntab\tquote"nl\\ é日. \ntrue 3 true\ngen 1\ngen s\ngen \+2\.500000e\+000\ngoroutine\n1 two\n1 two\n3 4 8 9\nstderr\ntrue 0x0 \[0/0\]0x0 0x0 0x0 0x0 \(0x0,0x0\)\np\ndeferred print\ndeferred 1\n$
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
