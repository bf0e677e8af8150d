// Conversions between floating-point numbers and integers: truncation toward
// zero, rounding to even, the values next to the limits.
package main

import (
	"fmt"
	"math"
)

type celsius float64
type small int8

func conv[T ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~int, F ~float32 | ~float64](f F) T {
	return T(f)
}

func back[F ~float32 | ~float64, T ~int64 | ~uint64](v T) (F, bool) { f := F(v); return f, T(f) == v }

var huge64 = math.MaxFloat64
var atInit = int(halves[3])
var halves = [...]float64{0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994}

func main() {
	for _, f := range halves {
		fmt.Print(int(f), int8(f), int64(float32(f)), " ")
	}
	fmt.Println(atInit)
	for _, f := range []float64{127.9, -128.9, 1e-300, -1e-300, math.SmallestNonzeroFloat64, -0.999999} {
		fmt.Print(int8(f), " ")
	}
	fmt.Println()
	for _, f := range []float64{255.99, 0.99, -0.99} {
		fmt.Print(uint8(f), " ", conv[uint8](f), " ")
	}
	fmt.Println()
	fmt.Println(int64(float64(1<<62)), int64(math.Nextafter(1<<63, 0)))
	x := math.Nextafter(1<<63, 0)
	y := -float64(1 << 63)
	z := math.Nextafter(1<<64, 0)
	half := float64(1 << 63)
	fmt.Println(int64(x), int64(y), uint64(z), uint64(half), uint64(x), uint64(half+2048))
	fmt.Println(conv[int64](x), conv[int64](y), conv[uint64](z), conv[small](float32(-128)), conv[int16](celsius(-32768.5)), conv[uint32](4294967295.5), conv[int](celsius(1e15+0.5)))
	f32 := float32(math.MaxInt32)
	fmt.Println(float64(f32), int64(f32), float32(16777217), int32(float32(16777216))+1)
	// Integers to floating point: to the nearest, ties to even.
	for _, v := range []int64{1<<53 + 1, 1<<53 + 3, 1<<54 + 2, 1<<62 + 1, math.MaxInt64, math.MinInt64, -(1<<53 + 1), 1<<24 + 1, 1<<24 + 3, 0, -1} {
		a, ok := back[float64](v)
		b := float32(v)
		fmt.Println(v, a, ok || v == math.MaxInt64, b, float64(b))
	}
	for _, v := range []uint64{math.MaxUint64, 1 << 63, 1<<63 + 1, 1<<63 + 1024, 1<<63 + 1025, 1<<63 + 3072, 1<<64 - 1024, 1<<64 - 1025, 1<<40 + 1} {
		a := float64(v)
		fmt.Println(v, a, float32(v), math.Float64bits(a), math.Float32bits(float32(v)))
	}
	// Double rounding must not happen: uint64 to float32 at once.
	u := uint64(1<<63 + 1<<39 + 1)
	fmt.Println(math.Float32bits(float32(u)), math.Float32bits(float32(float64(u))))
	i := int64(1<<62 + 1<<38 + 1)
	fmt.Println(math.Float32bits(float32(i)), math.Float32bits(float32(float64(i))))
	// float32 arithmetic rounds after every operation.
	a, b := float32(16777216), float32(1)
	fmt.Println(a+b == a, a+b+b == a, a+(b+b) == a, float64(a)+float64(b))
	c := float32(0.1)
	fmt.Println(float64(c) == 0.1, c*c, float64(c)*float64(c), c+c+c, c*3 == c+c+c)
	d := celsius(36.6)
	d += 1 / 3.0
	d++
	fmt.Println(d, int(d), small(d), float32(d))
	fmt.Println(math.IsInf(float64(float32(huge64)), 1), float32(1e-46), float32(math.SmallestNonzeroFloat64), float32(1.401298464324817e-45))
	big := 3.5e38
	fmt.Println(float32(big), -float32(big), float32(3.4028235e38))
	// NaN and infinities do not panic; what they give is the machine's.
	nan, inf := math.NaN(), math.Inf(1)
	_, _, _, _ = int64(nan), uint8(inf), int32(-inf), uint64(nan)
	fmt.Println(nan == nan, nan != nan, nan < inf, nan > inf, inf > math.MaxFloat64, -inf < -math.MaxFloat64, inf-inf == inf-inf, 0*inf == 0)
	zero := 0.0
	fmt.Println(1/zero, -1/zero, zero/zero, 1/(-zero), math.Copysign(0, -1), 1/math.Copysign(0, -1))
	// Constants are exact.
	const third = 1.0 / 3
	fmt.Println(third*3 == 1, int64(1<<62*1.0), uint8(255.0), int8(-128.0), 07.5, 0x1p-2, 0x.8p1, 1_000.5e-3)
	const huge = 1 << 500
	fmt.Println(int(huge/(huge-1)), float32(huge>>480), huge>>498)
	go func() {}()
	var e any = celsius(1.5)
	switch v := e.(type) {
	case float64:
		fmt.Println("float64")
	case celsius:
		fmt.Println("celsius", int(v))
	}
	p := &[3]float32{0: 1.9, 2: -1.9}
	s := []int{int(p[0]), int(p[2])}
	s[int(p[0])] = int(celsius(p[0]) * 2)
	fmt.Println(s)
}
