// Numbers to text and back: all formats, edges and errors.
package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

func floats() {
	values := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 0.2 + 0.1, 1.0 / 3, 2.5, 3.5, 0.5, 1.5, 100, 1e5, 1e6, 1e20, 1e21, 1e22, 1e23, 123456789, 12345678.9, 0.000001, 0.0000001, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308,
		math.MaxFloat64, math.MaxFloat32, math.SmallestNonzeroFloat32, math.Pi, -math.E, math.Inf(1), math.Inf(-1), math.NaN(), 9007199254740993, 4.35, 0.285, 1.005, 99999999999999999999.0, 8.41e21, 9.5367431640625e-7, 1 << 62, 622666234635.3213e-320}
	for _, v := range values {
		for _, f := range "eEfgGbxX" {
			for _, prec := range []int{-1, 0, 1, 3, 6, 17, 25} {
				if prec > 6 && f == 'f' && math.Abs(v) > 1e30 {
					continue
				}
				fmt.Print(strconv.FormatFloat(v, byte(f), prec, 64), " ")
			}
			fmt.Print(strconv.FormatFloat(v, byte(f), -1, 32), " ", strconv.FormatFloat(v, byte(f), 4, 32), "; ")
		}
		fmt.Println()
	}
	fmt.Println(strconv.FormatFloat(1.5, 'z', -1, 64), strconv.FormatFloat(-1.5, 'y', 2, 64), string(strconv.AppendFloat([]byte("f="), 1.5, 'f', 2, 64)))
	fmt.Println(strconv.FormatComplex(complex(1, -2.5), 'g', -1, 128), strconv.FormatComplex(complex(math.Inf(1), math.NaN()), 'f', 1, 64))
}

func parseFloats() {
	texts := []string{"", "0", "-0", "+1", "1.", ".5", ".", "-", "1e", "1e+", "1e5", "1E-5", "1e400", "-1e400", "1e-400", "4.9e-324", "2.4e-324", "2.5e-324", "1.7976931348623157e308", "1.7976931348623159e308", "inf", "+Inf", "-INFINITY", "infin", "nan", "NaN", "+nan",
		"0x1p4", "0x1.8p1", "0X.8P0", "0x1", "0xp1", "0x1p", "0x1.fffffffffffff8p0", "0x1p-1074", "0x1p-1075", "0x1.8p-1075", "0x1p1024", "1_000", "1__0", "_1", "1_", "0x_1p0", "1e1_0", "1.5e", " 1", "1 ", "1.2.3", "abc", "0.1", "123456789012345678901234567890", "9007199254740993", "9007199254740992.999999999", "1.00000000000000011102230246251565404236316680908203125", "1.00000000000000011102230246251565404236316680908203124", "0.000000000000000000000000000000000000000000000000000000000000000001", "1e23", "8.442911973260991817129021e-309", "é", "1é", "3.4028235e38", "3.4028236e38", "1e39", "7e-46", "1.4e-45", "16777217", "0.5000000298023224"}
	for _, s := range texts {
		f, err := strconv.ParseFloat(s, 64)
		g, err32 := strconv.ParseFloat(s, 32)
		fmt.Println(f, err, g, err32, math.Signbit(f))
	}
	for _, s := range []string{"1+2i", "1", "i", "2i", "-i", "(1-2i)", "(1", "1+2", "1e400+1i", "nan+infi", "1+ i", "+1+-2i", "", "0x1p1+0x1p2i", "1_0i"} {
		c, err := strconv.ParseComplex(s, 128)
		fmt.Println(c, err)
	}
}

func ints() {
	texts := []string{"", "0", "-0", "+5", "-", "+", "42", "-42", "0x1F", "0X1f", "0b11", "0o17", "017", "08", "1_000", "_1", "1__0", "0x_f", "0_7", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "127", "128", "-128", "-129", "255", "256", "zz", "ZZ", "7f", "12a", " 1", "1 ", "é", "1.5", "99999999999999999999999"}
	for _, s := range texts {
		for _, base := range []int{0, 2, 8, 10, 16, 36} {
			i, err := strconv.ParseInt(s, base, 64)
			u, uerr := strconv.ParseUint(s, base, 64)
			fmt.Print(i, " ", err, " ", u, " ", uerr, "; ")
		}
		for _, bits := range []int{0, 8, 16, 32} {
			i, err := strconv.ParseInt(s, 10, bits)
			u, uerr := strconv.ParseUint(s, 10, bits)
			fmt.Print(i, " ", err, " ", u, " ", uerr, "; ")
		}
		a, err := strconv.Atoi(s)
		fmt.Println(a, err)
	}
	for _, c := range [][2]int{{1, 64}, {37, 64}, {10, 65}, {10, -1}} {
		_, err := strconv.ParseInt("1", c[0], c[1])
		_, uerr := strconv.ParseUint("1", c[0], c[1])
		fmt.Println(err, uerr)
	}
	for _, v := range []int64{0, 1, -1, 9, 10, 99, 100, 255, math.MaxInt64, math.MinInt64, -1000, 35, 36} {
		for base := 2; base <= 36; base += 7 {
			fmt.Print(strconv.FormatInt(v, base), " ", strconv.FormatUint(uint64(v), base), " ")
		}
		fmt.Println(strconv.Itoa(int(v)), string(strconv.AppendInt([]byte("i="), v, 16)), string(strconv.AppendUint(nil, uint64(v), 10)))
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		strconv.FormatInt(1, 1)
	}()
	_, err := strconv.ParseInt("99999999999999999999", 10, 64)
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Num, ne.Err == strconv.ErrRange, errors.Is(err, strconv.ErrRange), errors.Unwrap(err))
	_, err = strconv.Atoi("x")
	fmt.Println(errors.Is(err, strconv.ErrSyntax))
}

func bools() {
	for _, s := range []string{"1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False", "tRUE", "", "yes"} {
		b, err := strconv.ParseBool(s)
		fmt.Print(b, err, " ")
	}
	fmt.Println(strconv.FormatBool(true), string(strconv.AppendBool([]byte("b="), false)))
}

func quotes() {
	for _, s := range []string{"", "hello", "a\tb\n\"q\" 'x' \\ `", "é€😀", "\x00\x07\x7f\x80\xff", "\u200b\u00a0\u00ad\ufeff\ufffd", "\U0010ffff\u2028", "\xed\xa0\x80", "日本"} {
		fmt.Println(strconv.Quote(s), strconv.QuoteToASCII(s), strconv.QuoteToGraphic(s), strconv.CanBackquote(s))
		u, err := strconv.Unquote(strconv.Quote(s))
		fmt.Println(u == s, err)
	}
	for _, r := range []rune{'a', '\'', '"', '\n', 0, 0x7f, 0xe9, 0x20ac, 0x1f600, 0xfffd, -1, 0x110000, 0xd800, 0xa0, 0x2028} {
		fmt.Print(strconv.QuoteRune(r), strconv.QuoteRuneToASCII(r), strconv.QuoteRuneToGraphic(r), strconv.IsPrint(r), strconv.IsGraphic(r), " ")
	}
	fmt.Println()
	for _, s := range []string{`"abc"`, `'a'`, "`raw\\n`", `"\n\t\x41\u00e9\U0001F600\101\\\""`, `"`, ``, `"abc`, `abc`, `'ab'`, `'\''`, `"\'"`, `'\"'`, `"\q"`, `"\x4"`, `"\400"`, `"\ud800"`, "\"a\nb\"", "`a`b`", `"é"`, `'é'`, `'€x'`, "`\r`", `"\u12"`, `"\08"`} {
		u, err := strconv.Unquote(s)
		p, perr := strconv.QuotedPrefix(s + "rest")
		fmt.Printf("%q %v %q %v\n", u, err, p, perr)
	}
	for _, s := range []string{`a`, `\n`, `\x41b`, `\'`, `\"`, `'`, `"`, ``, `\`, `é`, `\u00e9`, "\xff"} {
		for _, q := range []byte{'"', '\'', 0} {
			c, multi, tail, err := strconv.UnquoteChar(s, q)
			fmt.Print(c, multi, tail, err, " ")
		}
	}
	fmt.Println()
	fmt.Println(string(strconv.AppendQuote([]byte("q="), "x")), string(strconv.AppendQuoteRune(nil, 'x')), string(strconv.AppendQuoteToASCII(nil, "é")), string(strconv.AppendQuoteRuneToASCII(nil, 'é')), string(strconv.AppendQuoteToGraphic(nil, "\u00a0")))
}

func main() {
	floats()
	parseFloats()
	ints()
	bools()
	quotes()
}
