package main

// libm, all of it that the language has a counterpart for, against that: one
// argument, two, three, integers, out parameters, float, long double, complex.

/*
#cgo LDFLAGS: -lm
#cgo CFLAGS: -D_GNU_SOURCE
#include <complex.h>
#include <math.h>
#undef I
*/
import "C"
import (
	"fmt"
	"math"
	"math/cmplx"
)

type D = C.double

func near(a, b, eps float64) bool {
	if math.IsNaN(a) || math.IsNaN(b) {
		return math.IsNaN(a) && math.IsNaN(b)
	}
	return a == b || math.Abs(a-b) <= eps*math.Max(1, math.Abs(b))
}

var functions, values int

func check(name string, c, own, eps float64, args ...any) {
	values++
	if !near(c, own, eps) {
		fmt.Println(name, args, "C:", c, "here:", own)
	}
}

func one(name string, c func(D) D, own func(float64) float64) {
	functions++
	for x := -4.0; x <= 4; x += 0.0625 {
		check(name, float64(c(D(x))), own(x), 1e-11, x)
	}
	for _, x := range []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1e300, 1e-300, 5e-324, 100.5} {
		if !(math.Abs(x) == 1e300 && (name == "sin" || name == "cos" || name == "tan" || name[0] == 'j' || name[0] == 'y')) {
			check(name, float64(c(D(x))), own(x), 1e-11, x)
		}
	}
}

func two(name string, c func(x, y D) D, own func(x, y float64) float64) {
	functions++
	for x := -3.0; x <= 3; x += 0.375 {
		for y := -3.0; y <= 3; y += 0.375 {
			check(name, float64(c(D(x), D(y))), own(x, y), 1e-12, x, y)
		}
	}
}

func single(name string, c func(C.float) C.float, own func(float64) float64) {
	functions++
	for x := float32(-3); x <= 3; x += 0.125 {
		check(name, float64(c(C.float(x))), own(float64(x)), 1e-5, x)
	}
}

func complexes(name string, c func(C.complexdouble) C.complexdouble, own func(complex128) complex128) {
	functions++
	for x := -2.25; x <= 2; x += 0.5 {
		for y := -2.25; y <= 2; y += 0.5 {
			a, b := complex128(c(C.complexdouble(complex(x, y)))), own(complex(x, y))
			check(name, real(a), real(b), 1e-12, x, y)
			check(name, imag(a), imag(b), 1e-12, x, y)
		}
	}
}

func main() {
	one("acos", func(x D) D { return C.acos(x) }, math.Acos)
	one("acosh", func(x D) D { return C.acosh(x) }, math.Acosh)
	one("asin", func(x D) D { return C.asin(x) }, math.Asin)
	one("asinh", func(x D) D { return C.asinh(x) }, math.Asinh)
	one("atan", func(x D) D { return C.atan(x) }, math.Atan)
	one("atanh", func(x D) D { return C.atanh(x) }, math.Atanh)
	one("cbrt", func(x D) D { return C.cbrt(x) }, math.Cbrt)
	one("ceil", func(x D) D { return C.ceil(x) }, math.Ceil)
	one("cos", func(x D) D { return C.cos(x) }, math.Cos)
	one("cosh", func(x D) D { return C.cosh(x) }, math.Cosh)
	one("erf", func(x D) D { return C.erf(x) }, math.Erf)
	one("erfc", func(x D) D { return C.erfc(x) }, math.Erfc)
	one("exp", func(x D) D { return C.exp(x) }, math.Exp)
	one("exp2", func(x D) D { return C.exp2(x) }, math.Exp2)
	one("expm1", func(x D) D { return C.expm1(x) }, math.Expm1)
	one("fabs", func(x D) D { return C.fabs(x) }, math.Abs)
	one("floor", func(x D) D { return C.floor(x) }, math.Floor)
	one("j0", func(x D) D { return C.j0(x) }, math.J0)
	one("j1", func(x D) D { return C.j1(x) }, math.J1)
	one("log", func(x D) D { return C.log(x) }, math.Log)
	one("log10", func(x D) D { return C.log10(x) }, math.Log10)
	one("log1p", func(x D) D { return C.log1p(x) }, math.Log1p)
	one("log2", func(x D) D { return C.log2(x) }, math.Log2)
	one("logb", func(x D) D { return C.logb(x) }, math.Logb)
	one("rint", func(x D) D { return C.rint(x) }, math.RoundToEven)
	one("nearbyint", func(x D) D { return C.nearbyint(x) }, math.RoundToEven)
	one("round", func(x D) D { return C.round(x) }, math.Round)
	one("sin", func(x D) D { return C.sin(x) }, math.Sin)
	one("sinh", func(x D) D { return C.sinh(x) }, math.Sinh)
	one("sqrt", func(x D) D { return C.sqrt(x) }, math.Sqrt)
	one("tan", func(x D) D { return C.tan(x) }, math.Tan)
	one("tanh", func(x D) D { return C.tanh(x) }, math.Tanh)
	one("trunc", func(x D) D { return C.trunc(x) }, math.Trunc)

	two("atan2", func(x, y D) D { return C.atan2(x, y) }, math.Atan2)
	two("copysign", func(x, y D) D { return C.copysign(x, y) }, math.Copysign)
	two("fdim", func(x, y D) D { return C.fdim(x, y) }, math.Dim)
	two("fmax", func(x, y D) D { return C.fmax(x, y) }, math.Max)
	two("fmin", func(x, y D) D { return C.fmin(x, y) }, math.Min)
	two("fmod", func(x, y D) D { return C.fmod(x, y) }, math.Mod)
	two("hypot", func(x, y D) D { return C.hypot(x, y) }, math.Hypot)
	two("nextafter", func(x, y D) D { return C.nextafter(x, y) }, math.Nextafter)
	two("pow", func(x, y D) D { return C.pow(x, y) }, math.Pow)
	two("remainder", func(x, y D) D { return C.remainder(x, y) }, math.Remainder)

	single("sinf", func(x C.float) C.float { return C.sinf(x) }, math.Sin)
	single("expf", func(x C.float) C.float { return C.expf(x) }, math.Exp)
	single("sqrtf", func(x C.float) C.float { return C.sqrtf(x) }, math.Sqrt)
	single("floorf", func(x C.float) C.float { return C.floorf(x) }, math.Floor)
	one("sinl", func(x D) D { return C.sinl(x) }, math.Sin)
	one("sqrtl", func(x D) D { return C.sqrtl(x) }, math.Sqrt)
	two("powl", func(x, y D) D { return C.powl(x, y) }, math.Pow)

	type Z = C.complexdouble
	complexes("csqrt", func(z Z) Z { return C.csqrt(z) }, cmplx.Sqrt)
	complexes("cexp", func(z Z) Z { return C.cexp(z) }, cmplx.Exp)
	complexes("clog", func(z Z) Z { return C.clog(z) }, cmplx.Log)
	complexes("csin", func(z Z) Z { return C.csin(z) }, cmplx.Sin)
	complexes("ccos", func(z Z) Z { return C.ccos(z) }, cmplx.Cos)
	complexes("ctanh", func(z Z) Z { return C.ctanh(z) }, cmplx.Tanh)
	complexes("conj", func(z Z) Z { return C.conj(z) }, cmplx.Conj)

	for x := -5.25; x <= 5; x += 0.5 {
		check("fma", float64(C.fma(D(x), 3, D(x))), math.FMA(x, 3, x), 0, x)
		check("tgamma", float64(C.tgamma(D(x))), math.Gamma(x), 1e-12, x)
		check("cabs", float64(C.cabs(C.complexdouble(complex(x, 2)))), cmplx.Abs(complex(x, 2)), 1e-15, x)
		check("carg", float64(C.carg(C.complexdouble(complex(x, 2)))), cmplx.Phase(complex(x, 2)), 1e-15, x)
		lgamma, _ := math.Lgamma(x)
		check("lgamma", float64(C.lgamma(D(x))), lgamma, 1e-12, x)
		var e C.int
		fraction, exponent := math.Frexp(x)
		check("frexp", float64(C.frexp(D(x), &e)), fraction, 0, x)
		check("frexp", float64(e), float64(exponent), 0, x)
		var whole D
		i, f := math.Modf(x)
		check("modf", float64(C.modf(D(x), &whole)), f, 0, x)
		check("modf", float64(whole), i, 0, x)
		var s, c D
		sin, cos := math.Sincos(x)
		C.sincos(D(x), &s, &c)
		check("sincos", float64(s), sin, 1e-15, x)
		check("sincos", float64(c), cos, 1e-15, x)
		check("ilogb", float64(C.ilogb(D(x))), float64(math.Ilogb(x)), 0, x)
		for n := -3; n <= 3; n++ {
			check("ldexp", float64(C.ldexp(D(x), C.int(n))), math.Ldexp(x, n), 0, x, n)
			check("jn", float64(C.jn(C.int(n), D(x))), math.Jn(n, x), 1e-12, n, x)
			check("yn", float64(C.yn(C.int(n), D(math.Abs(x)))), math.Yn(n, math.Abs(x)), 1e-11, n, x)
			check("y0", float64(C.y0(D(math.Abs(x)))), math.Y0(math.Abs(x)), 1e-12, x)
			check("y1", float64(C.y1(D(math.Abs(x)))), math.Y1(math.Abs(x)), 1e-12, x)
		}
		check("llround", float64(C.llround(D(x))), math.Round(x), 0, x)
		check("lrint", float64(C.lrint(D(x))), math.RoundToEven(x), 0, x)
		check("isnan", float64(C.isnan(D(x))), 0, 0, x)
	}
	check("nan", float64(C.nan("")), math.NaN(), 0)
	fmt.Println(functions, "functions over a range,", values, "values in all")
}
