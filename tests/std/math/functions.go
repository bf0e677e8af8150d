// Every function of math at ordinary and special places.
package main

import (
	"fmt"
	"math"
	"math/bits"
	"math/cmplx"
)

var special = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 1.5, -1.5, 2, -2, 2.5, 3.7, -3.7, 10, 100.25, -100.75, 1e-10, 1e10, 1e300, -1e300, 1e-300, 2.5e-308, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(), math.Pi, math.Pi / 2, 4503599627370497.5, 9007199254740993}

// show rounds away the last digits, in which libraries differ.
func show(f float64) string { return fmt.Sprintf("%.12g", f) }

func main() {
	exact := map[string]func(float64) float64{"Abs": math.Abs, "Ceil": math.Ceil, "Floor": math.Floor, "Round": math.Round, "RoundToEven": math.RoundToEven, "Trunc": math.Trunc, "Sqrt": math.Sqrt, "Logb": math.Logb}
	for _, n := range []string{"Abs", "Ceil", "Floor", "Round", "RoundToEven", "Trunc", "Sqrt", "Logb"} {
		fmt.Print(n)
		for _, x := range special {
			fmt.Print(" ", exact[n](x))
		}
		fmt.Println()
	}
	names := []string{"Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cbrt", "Cos", "Cosh", "Erf", "Erfc", "Erfinv", "Erfcinv", "Exp", "Exp2", "Expm1", "Gamma", "J0", "J1", "Y0", "Y1", "Log", "Log10", "Log1p", "Log2", "Sin", "Sinh", "Tan", "Tanh"}
	funcs := []func(float64) float64{math.Acos, math.Acosh, math.Asin, math.Asinh, math.Atan, math.Atanh, math.Cbrt, math.Cos, math.Cosh, math.Erf, math.Erfc, math.Erfinv, math.Erfcinv, math.Exp, math.Exp2, math.Expm1, math.Gamma, math.J0, math.J1, math.Y0, math.Y1, math.Log, math.Log10, math.Log1p, math.Log2, math.Sin, math.Sinh, math.Tan, math.Tanh}
	for i, f := range funcs {
		fmt.Print(names[i])
		for _, x := range special {
			if math.Abs(x) > 1e9 && !math.IsInf(x, 0) && (names[i] == "Sin" || names[i] == "Cos" || names[i] == "Tan" || names[i][0] == 'J' || names[i][0] == 'Y') {
				continue
			}
			if names[i] == "Erfcinv" && x > 0 && x < 1e-5 {
				continue // Go loses digits in 1-x
			}
			if (names[i] == "Cos" || names[i] == "Tan") && x == math.Pi/2 || (names[i] == "Sin" || names[i] == "Tan") && x == math.Pi {
				continue // all of the result is rounding
			}
			fmt.Print(" ", show(f(x)))
		}
		fmt.Println()
	}
	for _, x := range special {
		frac, exp := math.Frexp(x)
		i, f := math.Modf(x)
		lg, sign := math.Lgamma(x)
		s, c := math.Sincos(math.Mod(x, 10))
		fmt.Println(frac, exp, i, f, show(lg), sign, show(s), show(c), math.Float64bits(x) == math.Float64bits(math.Float64frombits(math.Float64bits(x))), math.IsNaN(x), math.IsInf(x, 0), math.IsInf(x, -1), math.Signbit(x))
		if !math.IsNaN(x) && !math.IsInf(x, 0) && x != 0 {
			fmt.Println(math.Ilogb(x), math.Ldexp(x, 3), math.Ldexp(x, -1080), math.Ldexp(x, 2000), math.Float32bits(float32(x)))
		}
	}
	for _, x := range special {
		for _, y := range special {
			fmt.Print(math.Copysign(x, y), math.Dim(x, y), math.Max(x, y), math.Min(x, y), math.Mod(x, y), math.Remainder(x, y), show(math.Hypot(x, y)), show(math.Pow(x, y)), show(math.Atan2(x, y)), math.Nextafter(x, y), math.FMA(x, y, 1), " ")
		}
		fmt.Println()
	}
	fmt.Println(math.Ilogb(0), math.Ilogb(math.Inf(-1)), math.Ilogb(math.NaN()), math.Nextafter32(1, 2), math.Nextafter32(0, -1), math.Pow10(-400), math.Pow10(5), math.Pow10(400), math.Float32frombits(0x7f800000), math.Inf(0))
	fmt.Println(show(math.Jn(2, 1.5)), show(math.Jn(-3, 2)), show(math.Yn(2, 1.5)), show(math.Yn(-1, 3)), show(math.Jn(0, 1)), show(math.Yn(0, 0)))
	fmt.Println(math.MaxInt64, math.MinInt64, uint64(math.MaxUint64), math.MaxInt8, math.MaxUint32, math.MaxFloat32, math.SmallestNonzeroFloat32, math.Phi, math.Sqrt2, math.SqrtE, math.SqrtPi, math.SqrtPhi, math.Ln2, math.Log2E, math.Ln10, math.Log10E)

	for _, x := range []uint64{0, 1, 2, 3, 0x80, 0xff, 0x1234, 0xdeadbeef, 1 << 63, math.MaxUint64} {
		fmt.Println(bits.LeadingZeros64(x), bits.TrailingZeros64(x), bits.OnesCount64(x), bits.Len64(x), bits.Reverse64(x), bits.ReverseBytes64(x), bits.RotateLeft64(x, 5), bits.RotateLeft64(x, -5),
			bits.LeadingZeros32(uint32(x)), bits.TrailingZeros32(uint32(x)), bits.OnesCount32(uint32(x)), bits.Len32(uint32(x)), bits.Reverse32(uint32(x)), bits.ReverseBytes32(uint32(x)), bits.RotateLeft32(uint32(x), 9),
			bits.LeadingZeros16(uint16(x)), bits.TrailingZeros16(uint16(x)), bits.OnesCount16(uint16(x)), bits.Len16(uint16(x)), bits.Reverse16(uint16(x)), bits.ReverseBytes16(uint16(x)), bits.RotateLeft16(uint16(x), -3),
			bits.LeadingZeros8(uint8(x)), bits.TrailingZeros8(uint8(x)), bits.OnesCount8(uint8(x)), bits.Len8(uint8(x)), bits.Reverse8(uint8(x)), bits.RotateLeft8(uint8(x), 3), bits.Len(uint(x)), bits.OnesCount(uint(x)), bits.Reverse(uint(x)))
		for _, y := range []uint64{1, 7, 1 << 40, math.MaxUint64} {
			hi, lo := bits.Mul64(x, y)
			sum, carry := bits.Add64(x, y, 1)
			diff, borrow := bits.Sub64(x, y, 1)
			fmt.Print(hi, lo, sum, carry, diff, borrow, bits.Rem64(x, y, 13), " ")
			if x < y {
				q, r := bits.Div64(x, 5, y)
				fmt.Print(q, r, " ")
			}
		}
		fmt.Println()
	}
	for _, f := range []func(){func() { bits.Div64(1, 0, 0) }, func() { bits.Div64(5, 0, 5) }, func() { bits.Rem64(1, 1, 0) }} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}

	for _, z := range []complex128{0, 1, 1i, -1, -1i, 1 + 2i, -3 + 0.5i, 0.25 - 4i} {
		for _, f := range []func(complex128) complex128{cmplx.Acos, cmplx.Acosh, cmplx.Asin, cmplx.Asinh, cmplx.Atan, cmplx.Conj, cmplx.Cos, cmplx.Cosh, cmplx.Exp, cmplx.Log, cmplx.Log10, cmplx.Sin, cmplx.Sinh, cmplx.Sqrt, cmplx.Tan, cmplx.Tanh} {
			if (z == 1i || z == -1i) && fmt.Sprint(f(z)) == fmt.Sprint(cmplx.Atan(z)) {
				continue
			}
			w := f(z)
			fmt.Printf("(%.9f %.9f) ", real(w)+0, imag(w)+0)
		}
		r, theta := cmplx.Polar(z)
		fmt.Println(show(cmplx.Abs(z)), show(cmplx.Phase(z)), show(r), show(theta), cmplx.IsNaN(z), cmplx.IsInf(z))
	}
	p := cmplx.Pow(1+2i, 3-1i)
	fmt.Printf("%.9f %.9f %v %v %v\n", p, cmplx.Rect(2, 1), cmplx.Inf(), cmplx.IsNaN(cmplx.NaN()), cmplx.Pow(0, 0))
	fmt.Println(math.Cbrt(27), math.Cbrt(-8), math.Cbrt(1000), math.Cbrt(0.001))
}
