// The sign of zero survives arithmetic, conversion and storage; constants have none.
package main

import (
	"fmt"
	"math"
	"strconv"
)

type temp float32

func neg[T ~float32 | ~float64](x T) T { return -x }
func sign(f float64) string {
	if math.Signbit(f) {
		return "-"
	}
	return "+"
}

var zero float64
var minus = -zero
var literal = -0.0

type pair struct{ a, b float64 }

func main() {
	fmt.Println(sign(minus), sign(literal), sign(-0.0), sign(float64(-0)), sign(0*-1.0))
	x, y := 0.0, -1.0
	fmt.Println(sign(x*y), sign(-x), sign(0-x), sign(x-x), sign(x/y), sign(-x+x), sign(-x-x), sign(-x+-x), sign(0+-x))
	nx := -x
	fmt.Println(sign(nx), sign(-nx), sign(nx*nx), sign(nx*y), sign(+nx), sign(nx+0), sign(nx-0), sign(0-nx), sign(nx*1), sign(nx/1), sign(1*nx))
	fmt.Println(nx == x, nx < x, nx > x, nx != x, 1/x, 1/nx, nx, float32(nx))
	f := float32(nx)
	fmt.Println(sign(float64(f)), sign(float64(-f)), sign(float64(neg(f))), sign(float64(neg(temp(0)))), sign(neg(x)))
	fmt.Println(math.Float64bits(nx), math.Float32bits(f), math.Float64bits(-nx))
	fmt.Println(sign(float64(int64(nx))), sign(float64(-int64(0))), int(nx), uint8(nx))
	fmt.Println(sign(math.Sqrt(nx)), sign(math.Floor(nx)), sign(math.Ceil(-0.5)), sign(math.Trunc(-0.5)), sign(math.Round(-0.4)), sign(math.Abs(nx)), sign(math.Max(nx, 0)), sign(math.Min(nx, 0)), sign(math.Mod(-4, 2)), sign(math.RoundToEven(-0.5)))
	fmt.Printf("%v %g %f %e %+v %5.1f %08.3f %x %q\n", nx, nx, nx, nx, nx, nx, nx, nx, strconv.FormatFloat(nx, 'g', -1, 64))
	p, err := strconv.ParseFloat("-0", 64)
	fmt.Println(sign(p), err)
	tiny := -math.SmallestNonzeroFloat64
	fmt.Println(sign(tiny/2), tiny/2, float32(-1e-50), sign(-1e-300*1e-300))
	tt := -1e-300
	fmt.Println(sign(tt*1e-300), sign(float64(float32(tt))))
	// Storage: struct, array, slice, map, interface, channel, closure, global.
	s := pair{nx, x}
	a := [2]float64{nx}
	sl := []float64{x, nx}
	var i any = nx
	ch := make(chan float64, 1)
	ch <- nx
	cl := func() float64 { return nx }
	fmt.Println(sign(s.a), sign(s.b), sign(a[0]), sign(sl[1]), sign(i.(float64)), sign(<-ch), sign(cl()))
	fmt.Println(s == pair{}, a == [2]float64{}, i == any(0.0), [1]any{i} == [1]any{0.0})
	c := complex(nx, x)
	fmt.Println(sign(real(c)), sign(imag(c)), c == 0, sign(real(-c)), sign(imag(-c)), c, -c)
	// Updates.
	u := x
	u = -u
	u *= 1
	u += nx
	fmt.Println(sign(u))
	u += 0
	fmt.Println(sign(u))
	u -= 0
	u = 0 - u
	fmt.Println(sign(u))
	switch nx {
	case 0:
		fmt.Println("equal")
	default:
		fmt.Println("different")
	}
	var inc float64 = -1
	inc++
	fmt.Println(sign(inc))
	inc = 1
	inc--
	fmt.Println(sign(inc))
	h := -0.0 * x
	fmt.Println(sign(h), sign(x*-2), sign(-2*x), sign(-(2 * x)), sign(-(x - 0)))
}
