// Reading back with Sscan, Sscanln, Sscanf and Fscan in all forms, with every
// verb, width and error.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

func scan(text string, a ...any) {
	n, err := fmt.Sscan(text, a...)
	show(text, "", n, err, a)
}

func scanln(text string, a ...any) {
	n, err := fmt.Sscanln(text, a...)
	show(text, "ln", n, err, a)
}

func scanf(text, format string, a ...any) {
	n, err := fmt.Sscanf(text, format, a...)
	show(text, format, n, err, a)
}

func show(text, format string, n int, err error, a []any) {
	fmt.Printf("%q %q: %d %v", text, format, n, err)
	for _, p := range a {
		switch p := p.(type) {
		case *int:
			fmt.Printf(" %d", *p)
		case *int8:
			fmt.Printf(" %d", *p)
		case *int32:
			fmt.Printf(" %d", *p)
		case *uint8:
			fmt.Printf(" %d", *p)
		case *uint:
			fmt.Printf(" %d", *p)
		case *uint64:
			fmt.Printf(" %d", *p)
		case *float32:
			fmt.Printf(" %v", *p)
		case *float64:
			fmt.Printf(" %v", *p)
		case *complex64:
			fmt.Printf(" %v", *p)
		case *complex128:
			fmt.Printf(" %v", *p)
		case *bool:
			fmt.Printf(" %v", *p)
		case *string:
			fmt.Printf(" %q", *p)
		case *[]byte:
			fmt.Printf(" %q", *p)
		case *named:
			fmt.Printf(" %v", *p)
		case *point:
			fmt.Printf(" %v", *p)
		}
	}
	fmt.Println()
}

type named int16

type point struct{ x, y int }

func (p *point) Scan(s fmt.ScanState, verb rune) error {
	w, ok := s.Width()
	if verb != 'v' && verb != 'P' {
		return errors.New("bad verb for point")
	}
	if ok {
		fmt.Print("width ", w, " ")
	}
	_, err := fmt.Fscan(s, &p.x, &p.y)
	return err
}

type word string

func (w *word) Scan(s fmt.ScanState, verb rune) error {
	t, err := s.Token(true, func(r rune) bool { return r >= 'a' && r <= 'z' })
	*w = word(t)
	r, size, rerr := s.ReadRune()
	fmt.Printf("[%q %d %v]", r, size, rerr)
	s.UnreadRune()
	return err
}

type bytesOnly struct{ r io.Reader }

func (b bytesOnly) Read(p []byte) (int, error) { return b.r.Read(p) }

func integers() {
	var i int
	var i8 int8
	var i32 int32
	var u8 uint8
	var u uint
	var u64 uint64
	var n named
	for _, s := range []string{"12", "  -12\n", "+7", "0x1F", "0b101", "0o17", "017", "1_000", "0", "0_1", "x", "", "-", "99999999999999999999", "12x", "0xg", "12 13"} {
		i = 0
		scan(s, &i)
	}
	scan("127 -128 255", &i8, &i, &u8)
	scan("128", &i8)
	scan("-129", &i8)
	scan("256", &u8)
	scan("-1", &u)
	scan("18446744073709551615", &u64)
	scan("18446744073709551616", &u64)
	scan("-5", &n)
	scan("40000", &n)
	scan("1\n2\r\n3", &i, &u, &i32)
	scanf("ff 77 101 A7", "%x %o %b %X", &i, &u, &i32, &u64)
	scanf("0xff", "%x", &i)
	scanf("U+20AC", "%U", &i)
	scanf("20AC", "%U", &i)
	scanf("€x", "%c%c", &i32, &i)
	scanf("€", "%c", &u8)
	scanf("€", "%c", &i8)
	scanf("12345678", "%3d%2d%d", &i, &u, &u64)
	scanf("12 34", "%5d%d", &i, &u)
	scanf("-12", "%2d", &i)
	scanf("12", "%q", &i)
	scanf("12", "%s", &i)
}

func others() {
	var b bool
	var f32 float32
	var f float64
	var c64 complex64
	var c complex128
	var s string
	var by []byte
	for _, t := range []string{"true", "T", "t", "1", "false", "F", "0", "tRUE", "trux", "fal", "falsy", "x", ""} {
		b = false
		scan(t, &b)
	}
	scanf("true", "%d", &b)
	for _, t := range []string{"1.5", "-2e10", "+.5", "1.", "inf", "-Inf", "nan", "1e400", "0x1p-2", "0x1.8P1", "1_0.5", "3p2", "abc", ".", "1e", "--1"} {
		f = 0
		scan(t, &f)
	}
	scan("1.1 1e39", &f32, &f)
	scan("1e39", &f32)
	scanf("3.25 4.5 2", "%f %e %g", &f, &f32, &f)
	scanf("3.14159", "%4f", &f)
	scanf("3.1", "%d", &f)
	for _, t := range []string{"(1+2i)", "1-2.5i", "(3+4)", "3", "(1+2i", "inf+nani"} {
		c = 0
		scan(t, &c)
	}
	scan("(1+2i)", &c64)
	scan("héllo wörld", &s, &by)
	scan("", &s)
	scanf("'a' \"quo\\\"ted\" `raw\\n` rest", "'a' %q %q %s", &s, &by, &s)
	scanf("bad", "%q", &s)
	scanf("\"open", "%q", &s)
	scanf("48656c6c6f zz", "%x %x", &s, &by)
	scanf("4", "%x", &s)
	scanf("4x", "%x", &s)
	scanf("hello", "%3s%s", &s, &by)
	scanf("hello", "%d", &s)
	scanf("x", "%v", &s)
	var i int
	scan("1", i)
	scan("1", &struct{}{})
	scan("1", &[]int{1})
	if math.IsNaN(f) {
		fmt.Println("nan")
	}
}

func lines() {
	var i, j int
	var s string
	scanln("1 2", &i, &j)
	scanln("1 2\n", &i, &j)
	scanln("1 2 3\n", &i, &j)
	scanln("1\n2\n", &i, &j)
	scanln("", &i)
	scanln("\n", &i)
	scanln("  x  \n", &s)
	scanln("x\r\n", &s)
	scanln("1")
	scanln("")
}

func formats() {
	var i, j int
	var s string
	scanf("10:20", "%d:%d", &i, &j)
	scanf("10 : 20", "%d:%d", &i, &j)
	scanf("10:20", "%d : %d", &i, &j)
	scanf("10, 20", "%d,%d", &i, &j)
	scanf("10%20", "%d%%%d", &i, &j)
	scanf("10 %", "%d%%", &i)
	scanf("10", "%d%%", &i)
	scanf("x=1 y=2", "x=%d y=%d", &i, &j)
	scanf("x=1 z=2", "x=%d y=%d", &i, &j)
	scanf("1 2", "%d", &i, &j)
	scanf("1 2", "%d %d", &i)
	scanf("1", "%d %d", &i, &j)
	scanf("1\n2", "%d\n%d", &i, &j)
	scanf("1 \n 2", "%d\n%d", &i, &j)
	scanf("1\n2", "%d %d", &i, &j)
	scanf("1 2", "%d\n%d", &i, &j)
	scanf("1\n\n2", "%d\n\n%d", &i, &j)
	scanf("1   2", "%d %d", &i, &j)
	scanf("1 2", "%d%d", &i, &j)
	scanf("ab", "ab")
	scanf("ab", "abc")
	scanf("ac", "ab")
	scanf("1", "%d%", &i)
	scanf("1", "%z", &i)
	scanf("日本 語", "日本 %s", &s)
	scanf("", "%d", &i)
	scanf("", "")
	scanf("5 apples", "%d %s", &i, &s)
	scanf("abc123", "%3s%d", &s, &i)
	scanf("2024-01-15", "%d-%d", &i, &j)
	scanf("7", " %d", &i)
	scanf("  7", "%d ", &i)
	scanf("7x", "%d x", &i)
}

func own() {
	var p point
	var w word
	var i int
	scan("3 4", &p)
	scan("3", &p)
	scanf("3 4", "%P", &p)
	scanf("3 4", "%7P", &p)
	scanf("3 4", "%d", &p)
	scan("  abc1", &w, &i)
	fmt.Println(w)
	n, err := fmt.Sscan("abc", &w)
	fmt.Println(n, err, w)
}

func readers() {
	var a, b int
	var s string
	r := strings.NewReader("1 2 three\n4\n")
	fmt.Println(fmt.Fscan(r, &a))
	fmt.Println(fmt.Fscan(r, &b, &s))
	fmt.Println(a, b, s)
	fmt.Println(fmt.Fscanln(r))
	fmt.Println(fmt.Fscanln(r, &a))
	fmt.Println(fmt.Fscanln(r, &a))
	fmt.Println(fmt.Fscan(r, &a))
	br := bufio.NewReader(strings.NewReader("10 20\n30\n"))
	for {
		n, err := fmt.Fscan(br, &a)
		if err != nil {
			fmt.Println(n, err)
			break
		}
		fmt.Print(a, " ")
	}
	one := bytesOnly{strings.NewReader("é€ 7 \xff x")}
	fmt.Println(fmt.Fscan(one, &s, &a))
	fmt.Printf("%q %d\n", s, a)
	fmt.Println(fmt.Fscan(one, &s))
	fmt.Printf("%q\n", s)
	fmt.Println(fmt.Fscanf(one, "%s", &s))
	fmt.Printf("%q\n", s)
	fmt.Println(fmt.Fscanf(one, "%s", &s))
}

func main() {
	integers()
	others()
	lines()
	formats()
	own()
	readers()
}
