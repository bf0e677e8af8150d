// Complex numbers: arithmetic with infinities and NaN, both widths, constants,
// named types, comparison, printing.
package main

import (
	"fmt"
	"math"
	"math/cmplx"
)

type impedance complex128
type sample complex64

func mul[T ~complex64 | ~complex128](a, b T) T { return a * b }
func div[T ~complex64 | ~complex128](a, b T) T { return a / b }
func poly[T ~complex64 | ~complex128](x T) T   { return x*x + 2*x - (1 - 2i) }

const ci = 3 + 4i
const typed complex64 = 1.5 - 2i

var global = ci * ci / (2i)

type wave struct {
	re, im float32
	c      complex64
	z      [2]complex128
}

func (z impedance) conj() impedance { return impedance(complex(real(z), -imag(z))) }
func two() (float64, float64)       { return 6, 7 }

func class(c complex128) string {
	f := func(x float64) string {
		switch {
		case math.IsNaN(x):
			return "nan"
		case math.IsInf(x, 0):
			return fmt.Sprint(x)
		case x == 0 && math.Signbit(x):
			return "-0"
		}
		return fmt.Sprint(x)
	}
	return "(" + f(real(c)) + "," + f(imag(c)) + ")"
}

func main() {
	a, b := 1+2i, complex(3, -4)
	fmt.Println(a+b, a-b, a*b, a/b, -a, +a, a == b, a != b, real(a*b), imag(a/b))
	fmt.Println(global, ci, typed, typed*typed, ci == 3+4i, real(ci), imag(ci), real(typed))
	c := complex64(a)
	d := complex(float32(0.1), 0.2)
	fmt.Println(c*d, c/d, d+d+d, complex128(d), c == complex64(a), complex128(d) == 0.1+0.2i)
	fmt.Println(mul(a, b), mul(c, d), div(impedance(a), 2), div(sample(c), 3i), poly(a), poly(c), poly(sample(1i)))
	fmt.Println(impedance(a).conj(), impedance.conj(5i), complex(two()))
	a += 1
	a *= 2i
	a -= b
	a /= 1i
	fmt.Println(a)
	a++
	a--
	fmt.Println(a)
	// Powers of i.
	z := 1i
	for i := 0; i < 5; i++ {
		fmt.Print(z, " ")
		z *= 1i
	}
	fmt.Println()
	// Infinities, NaN, zeros.
	inf, nan, zero := math.Inf(1), math.NaN(), 0.0
	vals := []complex128{0, 1, complex(zero, -zero), complex(inf, 0), complex(inf, nan), complex(nan, nan), complex(-inf, inf), complex(0, -inf), complex(-zero, 1), 1 + 1i}
	for _, x := range vals {
		for _, y := range vals {
			fmt.Print(class(x/y), " ", class(x*y), " ")
		}
		fmt.Println()
	}
	for _, x := range vals {
		y := complex64(x)
		fmt.Print(class(complex128(y/complex64(2-1i))), class(complex128(complex64(1)/y)), x == x, y == y, " ")
	}
	fmt.Println()
	fmt.Println(complex(nan, 0) == complex(nan, 0), complex(zero, -zero) == 0, any(complex(1, 0)) == any(1+0i), any(complex64(1)) == any(complex128(1)))
	// Large and small values.
	h := complex(1e200, 1e200)
	fmt.Println(h*h, h/h, 1/h, complex(1e-200, 1e-200)/complex(1e-200, 0), complex(1e308, 1e308)/2, cmplx.Abs(h))
	// Storage.
	w := wave{1, 2, 3 + 4i, [2]complex128{1i, 2}}
	w.c *= w.c
	w.z[1] += w.z[0]
	p := &w.z[1]
	*p *= *p
	fmt.Println(w, *p)
	m := map[complex64]string{1i: "i", 1: "one"}
	fmt.Println(m[1i], m[complex64(1+0i)], m[1i*1i*1i*1i])
	ch := make(chan complex128, 1)
	ch <- a
	fmt.Println(<-ch)
	s := []complex64{1, 2i, 3}
	for i := range s {
		s[i] *= s[i]
	}
	fmt.Println(s, append(s, 4i)[3])
	arr := [2]complex64{1, 2}
	fmt.Println(arr == [2]complex64{1, 2}, arr == [2]complex64{1, 2i})
	f := func(xs ...complex128) (t complex128) {
		defer func() { t *= 2 }()
		for _, x := range xs {
			t += x
		}
		return t
	}
	fmt.Println(f(), f(1, 2i, 3+0.5i))
	var e any = s[0]
	switch v := e.(type) {
	case complex128:
		fmt.Println("complex128", v)
	case complex64:
		fmt.Println("complex64", v)
	}
	fmt.Printf("%v %.2f %8.3f %+g %e %T %T\n", b, b, b, b, c, c, real(c))
	fmt.Println(cmplx.Sqrt(-1), cmplx.Exp(0), cmplx.Pow(1i, 2) == -1, cmplx.Abs(3+4i), cmplx.Conj(1i), cmplx.IsNaN(complex(nan, 1)))
	const k = 5 + 0i
	var n int = k
	var u8 uint8 = 'a' + 0i
	var fl float32 = 2i * 2i
	fmt.Println(n, u8, fl, [k]int{}, "abcdefg"[k], 1<<k)
	switch a * 0 {
	case 0:
		fmt.Println("zero")
	}
	re, im := &w.re, &w.im
	fmt.Println(complex(*re, *im), real(w.c)+*im)
}
