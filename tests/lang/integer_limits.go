// Division, remainder and shifts at the limits of every integer type.
package main

import (
	"fmt"
	"math"
	"runtime"
)

type signed interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~int
}
type unsigned interface {
	~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uint | ~uintptr
}
type integer interface{ signed | unsigned }

type tiny int8
type word uint16

func limits[T signed](name string, min, max T) {
	var zero, one, minus T = 0, 1, -1
	fmt.Println(name, min/minus, min%minus, -min, min-one, max+one, max*max, min*min, min/max, min%max, max/min, max%min)
	fmt.Println(" ", min>>1, min>>7, min>>200, max>>200, one<<100, minus<<3, minus>>100, ^min, ^max, min&^minus, min|max, min^minus)
	x := min
	x--
	fmt.Println("  wrapped", x == max, x)
	x++
	fmt.Println("  back", x == min)
	x /= minus
	fmt.Println("  divided", x)
	x %= minus
	fmt.Println("  rest", x)
	fmt.Println("  zero:", try(func() { x = one / zero }), try(func() { x = min % zero }), try(func() { x /= zero }), try(func() { x %= zero }))
	for _, d := range []T{1, 2, 3, 5, 7, -1, -2, -3, -5, -7, max, min} {
		for _, v := range []T{0, 1, -1, 2, -2, 7, -7, 8, -8, max, min, max - 1, min + 1} {
			if q, r := v/d, v%d; q*d+r != v || (r != 0 && (r < 0) != (v < 0)) {
				fmt.Println("  wrong", name, v, d, q, r)
			}
		}
	}
}

func ulimits[T unsigned](name string, max T) {
	var zero, one T = 0, 1
	fmt.Println(name, zero-one == max, max+one, max*max, max/max, max%(max-1), -one == max, ^zero == max, max<<1, max>>1, max>>300, one<<300)
	x := zero
	x--
	fmt.Println("  wrapped", x == max)
	fmt.Println("  zero:", try(func() { x = one / zero }), try(func() { x %= zero }))
}

func try(f func()) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = r.(runtime.Error).Error()
		}
	}()
	f()
	return "fine"
}

func shifts[T integer, C integer](x T, counts ...C) {
	for _, c := range counts {
		fmt.Print(" ", x<<c, "/", x>>c)
	}
	fmt.Println()
}

func shiftBy[T signed](x int64, c T) (int64, int64) { return x << c, x >> c }

var initialised = func() string { var z int; return try(func() { z = 5 / z }) }()

const big = 1 << 100

func main() {
	fmt.Println("init:", initialised)
	limits[int8]("int8", math.MinInt8, math.MaxInt8)
	limits[int16]("int16", math.MinInt16, math.MaxInt16)
	limits[int32]("int32", math.MinInt32, math.MaxInt32)
	limits[int64]("int64", math.MinInt64, math.MaxInt64)
	limits[int]("int", math.MinInt, math.MaxInt)
	limits[tiny]("tiny", math.MinInt8, math.MaxInt8)
	ulimits[uint8]("uint8", math.MaxUint8)
	ulimits[uint16]("uint16", math.MaxUint16)
	ulimits[uint32]("uint32", math.MaxUint32)
	ulimits[uint64]("uint64", math.MaxUint64)
	ulimits[uintptr]("uintptr", math.MaxUint64)
	ulimits[word]("word", math.MaxUint16)
	shifts[int8, uint8](-128, 0, 1, 6, 7, 8, 255)
	shifts[uint8, uint64](255, 0, 1, 7, 8, 63, 64, 1<<63, math.MaxUint64)
	shifts[int16, int8](-1, 0, 15, 16, 127)
	shifts[int32, uint](math.MinInt32, 0, 31, 32, 64, 1<<32, 1<<32+1)
	shifts[int64, uint16](math.MinInt64, 0, 1, 62, 63, 64, 65, 65535)
	shifts[uint64, int64](math.MaxUint64, 0, 1, 63, 64, math.MaxInt64)
	shifts[tiny, tiny](-3, 0, 1, 7, 127)
	for _, c := range []int{-1, math.MinInt} {
		fmt.Println(try(func() { fmt.Println(1 << c) }), try(func() { fmt.Println(1 >> c) }))
		x := 3
		fmt.Println(try(func() { x <<= c }), try(func() { x >>= c }), x)
	}
	fmt.Println(try(func() { shiftBy[int8](1, -1) }), try(func() { shiftBy[tiny](1, -128) }))
	// Constant operands beside variables.
	a, b := int32(math.MinInt32), uint8(200)
	fmt.Println(a/-1, a%-1, a/1, a%1, a*-1, -a, a-1, b+100, b*2, b<<1, b>>1, b/3, b%7, -b, ^b)
	fmt.Println(a/2, a%2, a/3, a/-2, a%-2, a/8, a%8, a/16, (a+1)/16, (a+1)%16, (a+1)/-16)
	var i64 int64 = math.MinInt64
	fmt.Println(i64/-1, i64%-1, i64/10, i64%10, i64/1024, i64%1024, uint64(i64)/10, uint64(i64)%10)
	var u64 uint64 = math.MaxUint64
	fmt.Println(u64/3, u64%3, u64/7, u64/10, u64/(1<<63), u64%(1<<63), u64/u64)
	// Narrow types wrap after every operation, not at the end.
	var u8 uint8 = 255
	fmt.Println((u8+1)/2, u8+1 == 0, (u8+u8)>>1, u8*u8/3, ^u8+1, u8<<4>>4, int(u8)+1)
	var i8 int8 = 127
	fmt.Println((i8+1)/2, i8+1 < 0, (i8+i8)>>1, i8*i8, -(i8 + 1), i8<<1>>1)
	// The count of a shift keeps its own type; an untyped left operand takes the context's.
	var s uint = 33
	var w int64 = 1 << s
	var f = uint64(1<<s) + 1<<s
	fmt.Println(w, f, uint32(1)<<s, int64(1<<s)>>s, 1.0<<3, 1<<3.0)
	var arr [8]int
	arr[1<<(s-31)>>1]++
	fmt.Println(arr, big>>98, big>>99<<2)
	// Conversions between widths.
	v := int64(-1)
	fmt.Println(uint8(v), uint16(v), uint32(v), uint64(v), int8(v+129), int16(v<<15), int32(v<<31-1), uint32(int8(v-127)), int64(uint32(v)), int64(int32(uint32(v))))
	// In goroutines and deferred calls.
	done := make(chan string)
	go func() {
		defer func() { done <- fmt.Sprint(recover()) }()
		z := int8(0)
		fmt.Println(int8(1) % z)
	}()
	fmt.Println(<-done)
	func() {
		defer func() { fmt.Println(recover()) }()
		z := 0
		defer func(int) {}(1 / z)
	}()
	p := &struct{ n int8 }{-128}
	p.n /= -1
	fmt.Println(p.n)
	m := map[int8]int8{1: -128}
	m[1] /= -1
	m[1]--
	fmt.Println(m)
}
