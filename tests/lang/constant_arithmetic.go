// Constants are exact, of any size; kinds of untyped ones, iota, conversions.
package main

import (
	"fmt"
	"math"
)

const (
	huge     = 1 << 400
	hugeRest = huge % 1000007
	back     = huge >> 398
	tiny     = 1.0 / (1 << 200)
	one      = tiny * (1 << 200)
	third    = 1.0 / 3
	exact    = third*3 == 1
	fact20   = 1 * 2 * 3 * 4 * 5 * 6 * 7 * 8 * 9 * 10 * 11 * 12 * 13 * 14 * 15 * 16 * 17 * 18 * 19 * 20
	far      = 1e1000 * 1e1000 / 1e1999
	farther  = 1e100000000 / 1e99999999
	nearly   = 0x1p-100000000 * 0x1p100000001
)

const (
	a, b = iota, iota * 10
	c, d
	_, _
	e, f
	g = "str"
	h
	i = iota
)
const (
	kb = 1 << (10 * (iota + 1))
	mb
	gb
)
const (
	x0 uint8 = iota + 250
	x1
	x2
	x3 = 'a' + iota
	x4
	x5 = iota * 1.5
	x6
	x7 = len("abc") + iota
	x8 = iota == 8
	x9
)

type weekday int

const (
	mon weekday = iota + 1
	tue
	wed
	last = iota - 1
)

func (w weekday) String() string { return "d" + string(rune('0'+w)) }

type bits uint8

const (
	f0 bits = 1 << iota
	f1
	_
	f3
	mask = f0 | f1 | f3
	inv  = ^mask
)
const typed int64 = 1 << 40
const fl32 float32 = 0.1
const str = "héllo" + "\x00"
const r = 'x' + 1
const cplx = (1 + 2i) * (3 - 4i)
const boolean = !(1 < 2) || "a" < "b" && 'a' == 97
const neg = -7
const mixed = 'a' * 2.0
const shifted = 1.0 << 3
const big = math.MaxUint64

func kind(v any) string        { return fmt.Sprintf("%T=%v", v, v) }
func typeOf[T any](v T) string { return fmt.Sprintf("%T", v) }

func main() {
	fmt.Println(hugeRest, back, one, exact, fact20, far, farther, nearly)
	fmt.Println(a, b, c, d, e, f, g, h, i, kb, mb, gb)
	fmt.Println(x0, x1, x2, x3, x4, x5, x6, x7, x8, x9)
	fmt.Println(mon, tue, wed, last, mask, inv, f3)
	fmt.Println(kind(1), kind(1.0), kind('a'), kind("s"), kind(1i), kind(true), kind(1<<3), kind('a'+1), kind(1+2.0), kind(2.5+1i), kind('a'+1.5), kind(typed), kind(fl32), kind(len(str)), kind(r), kind(mixed), kind(shifted), kind(real(cplx)), kind(1 == 2), kind(x3), kind(mon+1))
	fmt.Println(typeOf('a'), typeOf(1.5), typeOf(2i), typeOf(mon), typeOf(x5), typeOf("a"+g))
	fmt.Println(neg/2, neg%2, neg>>1, neg/2.0, neg&3, neg|8, neg^5, ^neg, neg&^2, -neg, +neg, 7/-2, 7%-2, -7%-2)
	fmt.Println(uint64(big), big>>63, big%10, uint8(big&0xff), ^uint32(0), ^int16(0), -5&0xff, uint8(255)&^0xf)
	fmt.Println(real(cplx), imag(cplx), cplx == 11+2i, cplx, cplx*cplx/cplx, complex(1, 2) == 1+2i)
	fmt.Println(boolean, str, len(str), str[1], "abc"[1], len([...]string{"a", "b"}), len([10]int{}), cap([3]int{}))
	var f64 float64 = huge / 3
	var f32 float32 = third
	var i8 int8 = 'a'
	var r1 rune = 97.0
	var by byte = 0.5 * 4
	var u uint = 1 << 63
	var cc complex64 = 3
	var d1 float64 = 1 / 3
	var d2 float64 = 1 / 3.0
	fmt.Println(f64, f32, i8, r1, by, u, cc, d1, d2, float32(0.1) == fl32, float64(fl32) == 0.1)
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), math.MinInt64, math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxFloat32, float32(math.SmallestNonzeroFloat32), math.Pi)
	fmt.Println(0b1011, 0o17, 017, 0xFF, 1_000_000, 0x_ff, 0b_1, 0x1.8p1, 0x1p-2, 1e3, .5, 5., 1e+2, 07_7, 0i, 1e2i, 0x1p1i, 123i)
	fmt.Println('\n', '\x41', '\u00e9', '\U0001F600', '\'', '\\', '\000', "\"", `raw\n`+"x", '\a')
	const local = iota
	const (
		p = 1 << iota
		q
	)
	fmt.Println(local, p, q)
	func() {
		const huge = 5 // shadows
		const iota = 2
		const y = iota
		fmt.Println(huge, y)
	}()
	var s uint = 3
	var w1 = 1 << s
	var w2 float64 = float64(1 << 3)
	var w3 uint8 = 1<<s + 250
	var w4 = uint8(1) << s << s >> s
	w5 := 1<<s == 8
	w6 := make([]int, 1<<s)
	var w7 int64 = 1<<s<<40 | 1<<(s+30)
	fmt.Println(w1, w2, w3, w4, w5, len(w6), w7, 'a'<<s>>s)
	arr := [...]int{mon: 10, wed: 30, 'a' - 90: 70}
	fmt.Println(len(arr), arr)
	m := map[float64]string{1: "one", third: "third", 2 / 4: "zero"}
	fmt.Println(m[1], m[1/3.0], m[0])
	switch tue {
	case 1:
	case 1 + 1.0:
		fmt.Println("two")
	}
	for i := range [kb >> 8]int{} {
		fmt.Print(i)
	}
	fmt.Println()
	fmt.Println(tiny, third, float32(third), huge/1e100, -0.0, 1/(-1e-300), 1e-400, 4.9e-324/1)
	fmt.Println(int64(-1<<63), -1<<63+1<<62, uint64(1<<64-1), int8(-128), -(-128))
	fmt.Println(0.1+0.2 == 0.3, float64(0.1)+float64(0.2) == 0.3, 1e16+1-1e16, 3/2*2.0, 3/2.0*2)
	fmt.Println(5.0/2, 5/2, 1.5+1.5 == 3, int(1.5+1.5), 'b'-'a', 'a'/2, 10/4*4.0, 10/4.0*4)
}
