// Integers and fractions of any size.
package main

import (
	"fmt"
	"math"
	"math/big"
	"math/rand"
)

func i(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 0)
	if !ok {
		panic(s)
	}
	return n
}

func recovered(f func()) {
	defer func() { fmt.Println("panics:", recover()) }()
	f()
}

func ints() {
	xs := []*big.Int{i("0"), i("1"), i("-1"), i("7"), i("-7"), i("18446744073709551616"), i("-18446744073709551615"), i("123456789012345678901234567890"), i("-99999999999999999999999999999999999999"), i("0xffffffffffffffffffffffff")}
	for _, x := range xs {
		fmt.Println(x, x.Sign(), x.BitLen(), x.TrailingZeroBits(), x.Int64(), x.Uint64(), x.IsInt64(), x.IsUint64(), x.Text(2), x.Text(36), x.Text(62), x.Bytes(), x.Bit(0), x.Bit(70), new(big.Int).Not(x), new(big.Int).Abs(x), new(big.Int).Neg(x), new(big.Int).SetBit(x, 3, 1), new(big.Int).SetBit(x, 0, 0), x.ProbablyPrime(5))
		for _, y := range xs {
			z := func() *big.Int { return new(big.Int) }
			fmt.Print(z().Add(x, y), z().Sub(x, y), z().Mul(x, y), z().And(x, y), z().Or(x, y), z().Xor(x, y), z().AndNot(x, y), x.Cmp(y), x.CmpAbs(y), " ")
			fmt.Print(z().GCD(nil, nil, x, y), " ")
			if y.Sign() != 0 {
				q, r := z().QuoRem(x, y, z())
				d, m := z().DivMod(x, y, z())
				fmt.Print(q, r, d, m, z().Quo(x, y), z().Rem(x, y), z().Div(x, y), z().Mod(x, y), z().ModInverse(x, y), z().Exp(x, i("5"), y), " ")
			}
		}
		fmt.Println(new(big.Int).Lsh(x, 67), new(big.Int).Rsh(x, 3), new(big.Int).Rsh(x, 100), new(big.Int).Exp(x, i("4"), nil))
		fmt.Printf("%d %x %X %o %b %s %v %10d|%-10d|%010d|%+d|%#x|%.5d|% d|%q\n", x, x, x, x, x, x, x, x, x, x, x, x, x, x, x)
	}
	g := i("12345678987654321")
	h := i("98765432123456")
	a, b := new(big.Int), new(big.Int)
	d := new(big.Int).GCD(a, b, g, h)
	fmt.Println(d, a, b)
	fmt.Println(new(big.Int).Sqrt(i("1000000000000000000000000000000")), new(big.Int).Binomial(50, 25), new(big.Int).MulRange(1, 30), new(big.Int).MulRange(5, 4), new(big.Int).MulRange(-2, 3), new(big.Int).Exp(i("2"), i("521"), nil))
	fmt.Println(new(big.Int).Sub(new(big.Int).Lsh(i("1"), 127), i("1")).ProbablyPrime(20), i("561").ProbablyPrime(0), big.Jacobi(i("2"), i("15")), big.Jacobi(i("3"), i("7")), new(big.Int).ModSqrt(i("10"), i("13")), new(big.Int).ModSqrt(i("2"), i("3")), new(big.Int).ModSqrt(i("5"), i("41")))
	fmt.Println(new(big.Int).SetBytes([]byte{1, 0, 0, 0, 0, 0, 0, 0, 2}), new(big.Int).FillBytes(make([]byte, 3)), i("258").FillBytes(make([]byte, 4)), new(big.Int).SetInt64(math.MinInt64), new(big.Int).SetUint64(math.MaxUint64), big.NewInt(-5))
	for _, s := range []string{"", "-", "12x", "0x", "0xfg", "1_000", "0b101", "0o17", "017", "0x_f", "1__0", "_1", "1_", "+5", "--5", "08", "zz", "é", "0"} {
		n, ok := new(big.Int).SetString(s, 0)
		m, ok2 := new(big.Int).SetString(s, 36)
		fmt.Print(n, ok, m, ok2, " ")
	}
	fmt.Println()
	x := i("5")
	x.Mul(x, x).Add(x, x).Sub(x, i("1"))
	y := new(big.Int).Set(x)
	x.Add(x, i("1"))
	fmt.Println(x, y)
	var s big.Int
	n, err := fmt.Sscan("  123456789012345678901234567890 ", &s)
	fmt.Println(n, err, &s)
	recovered(func() { new(big.Int).Div(x, new(big.Int)) })
	recovered(func() { new(big.Int).Sqrt(i("-1")) })
	recovered(func() { i("70000").FillBytes(make([]byte, 2)) })
	r := new(big.Int).Rand(rand.New(rand.NewSource(1)), i("1000000000000000000000"))
	fmt.Println(r.Sign() >= 0, r.Cmp(i("1000000000000000000000")) < 0)
	f := big.NewInt(1)
	for k := int64(1); k <= 200; k++ {
		f.Mul(f, big.NewInt(k))
	}
	fmt.Println(f)
	p, q := big.NewInt(0), big.NewInt(1)
	for k := 0; k < 300; k++ {
		p.Add(p, q)
		p, q = q, p
	}
	fmt.Println(p)
	t, err := x.MarshalText()
	fmt.Println(string(t), err, x.UnmarshalText([]byte("77")), x)
	fmt.Println([]*big.Int{i("1"), i("2")}, struct{ N *big.Int }{i("3")})
}

func rats() {
	xs := []*big.Rat{big.NewRat(0, 1), big.NewRat(1, 3), big.NewRat(-6, 4), big.NewRat(22, -7), big.NewRat(100, 10), new(big.Rat).SetFloat64(0.1)}
	for _, x := range xs {
		f, exact := x.Float64()
		fmt.Println(x, x.RatString(), x.FloatString(0), x.FloatString(5), x.Num(), x.Denom(), x.Sign(), x.IsInt(), f, exact, new(big.Rat).Neg(x), new(big.Rat).Abs(x))
		for _, y := range xs {
			fmt.Print(new(big.Rat).Add(x, y), new(big.Rat).Sub(x, y), new(big.Rat).Mul(x, y), x.Cmp(y), " ")
			if y.Sign() != 0 {
				fmt.Print(new(big.Rat).Quo(x, y), new(big.Rat).Inv(y), " ")
			}
		}
		fmt.Println()
	}
	for _, s := range []string{"1/3", "-4/6", "1.25", "-0.5e3", "1e-3", ".5", "5.", "1/0", "x", "", "1/-2", "1.2.3", "3.14159265358979323846264338327950288419716939937510582097494459", "1e400", "1e-330", "5e-324", "2.5e-324"} {
		r, ok := new(big.Rat).SetString(s)
		fmt.Print(r, ok)
		if ok {
			fmt.Print(" ")
			fmt.Print(r.Float64())
		}
		fmt.Println()
	}
	sum := new(big.Rat)
	for k := int64(1); k <= 40; k++ {
		sum.Add(sum, big.NewRat(1, k))
	}
	fmt.Println(sum, sum.FloatString(30))
	var zero big.Rat
	fmt.Println(&zero, zero.IsInt(), zero.Denom())
	recovered(func() { big.NewRat(1, 0) })
}

func main() {
	ints()
	rats()
}
