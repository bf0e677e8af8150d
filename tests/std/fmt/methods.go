// Values that format themselves: Stringer, error, GoStringer, Formatter, with
// pointer and value receivers, nested, nil, panicking; and Errorf.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

type T struct{ n int }

func (t T) String() string { return "T#" + strconv.Itoa(t.n) }

type P struct{ n int }

func (p *P) String() string { return "P#" + strconv.Itoa(p.n) }

type E int

func (e E) Error() string { return "E" + strconv.Itoa(int(e)) }

type Both int

func (Both) Error() string  { return "as error" }
func (Both) String() string { return "as string" }

type G struct{ x int }

func (g G) GoString() string { return "G.go" }

type F struct{ a int }

func (f F) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, "F<%c", verb)
	if w, ok := s.Width(); ok {
		fmt.Fprintf(s, " width %d", w)
	}
	if p, ok := s.Precision(); ok {
		fmt.Fprintf(s, " precision %d", p)
	}
	for _, c := range "+-# 0" {
		if s.Flag(int(c)) {
			fmt.Fprintf(s, " %c", c)
		}
	}
	io.WriteString(s, ">")
}

type Bad struct{}

func (Bad) String() string { panic("oh no") }

type BadErr struct{}

func (BadErr) Error() string { panic(errors.New("in error")) }

type NilPanic struct{ s string }

func (n *NilPanic) String() string { return n.s }

type BadFormat struct{}

func (BadFormat) Format(fmt.State, rune) { panic(7) }

type BadGo struct{}

func (BadGo) GoString() string { panic("go") }

type Inner struct{ T }
type Outer struct {
	T T
	p *P
	E error
	s fmt.Stringer
	x T
}
type Str string

func (s Str) String() string { return "<" + string(s) + ">" }

type Recur []any

type Month int

func (m Month) String() string { return [...]string{"Jan", "Feb"}[m] }

type unexported struct {
	t T
	T T
}

func methods() {
	for _, v := range []any{T{1}, &T{2}, P{3}, &P{4}, E(5), Both(6), Str("s"), Inner{T{7}}, &Inner{T{8}}, G{9}, &G{10}, []T{{1}, {2}}, []*P{nil}, map[T]P{{1}: {2}}, map[E]Str{1: "x"}, [2]G{}, Month(1), Month(5), unexported{T{1}, T{2}}, struct{ any }{T{3}}} {
		if _, ok := v.([]*P); ok {
			continue
		}
		for _, f := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%8v|", "%-8s|", "%t"} {
			if _, ok := v.(*P); ok && f == "%#v" {
				continue
			}
			fmt.Printf(f+" ", v)
		}
		fmt.Println(v)
	}
	fmt.Println(Outer{T: T{1}, E: E(2), s: T{3}, x: T{4}})
	fmt.Printf("%v %+v\n", &Outer{T: T{1}, E: E(2), s: T{3}, x: T{4}}, []any{Outer{}})
	for _, f := range []string{"%v", "%+v", "%#v", "%5.2d", "%-+# 07x", "%s", "%z", "%w", "%T", "%p"} {
		fmt.Printf(f+" ", F{1})
	}
	fmt.Println(F{}, []F{{}}, map[string]F{"k": {}}, struct{ F }{})
	fmt.Printf("%5v %#v\n", []F{{}}, map[string]F{"k": {}})
}

func panics() {
	var nilP *NilPanic
	var nilT *T
	fmt.Println(Bad{}, BadErr{}, nilP, nilT, BadFormat{})
	fmt.Printf("%v %s %d %#v %#v\n", Bad{}, BadErr{}, BadFormat{}, BadGo{}, nilT)
	fmt.Printf("%v %+v\n", []any{Bad{}, 1}, map[string]any{"a": nilP})
	fmt.Printf("%d %x %q\n", Bad{}, nilP, nilP)
	fmt.Printf("after\n")
}

func arguments() {
	fmt.Printf("%d\n")
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%d\n", 1, 2, "x", nil, T{1}, E(2))
	fmt.Printf("%!\n", 1)
	fmt.Printf("%\n")
	fmt.Printf("%")
	fmt.Println()
	fmt.Printf("%z %é %-\n", 1, 2, 3)
	fmt.Printf("%[2]d %[1]d\n", 1, 2)
	fmt.Printf("%[2]*[1]d|\n", 1, 5)
	fmt.Printf("%[3]*.[2]*[1]f|\n", 12.0, 2, 6)
	fmt.Printf("%[1]d %d %[1]x %x\n", 10, 11)
	fmt.Printf("%[3]d %d\n", 1, 2)
	fmt.Printf("%[0]d %[x]d %[]d %[1 %d\n", 1, 2)
	fmt.Printf("%[5]v\n", 1)
	fmt.Printf("%[1]%d %[2]%\n", 1)
	fmt.Printf("%*d|%-*d|%*d|\n", 5, 1, 5, 2, -5, 3)
	fmt.Printf("%.*f|%.*f|\n", 2, 3.14159, -2, 3.14159)
	fmt.Printf("%*d\n", "x", 1)
	fmt.Printf("%.*d\n", "x", 1)
	fmt.Printf("%*d\n", 10000000, 1)
	fmt.Printf("%*d|%*d\n", int8(4), 1, uint16(3), 2)
	fmt.Printf("%.d|%.0d|%.d|%5.d|\n", 0, 0, 1, 0)
	fmt.Printf("%.[2]d\n", 1, 2)
	fmt.Printf("%99999999d\n", 1)
	fmt.Printf("%s %s\n", []string{"a", "b"}, []any{"a", 1, nil})
	fmt.Printf("%d %s %v\n", nil, nil, nil)
	fmt.Printf("%t %t\n", 1, "x")
	fmt.Printf("%c %c %c %U %#U %#U\n", 65, 0x1F600, -1, 0x20AC, 0x20AC, 7)
	fmt.Printf("%v %s\n", errors.New("x"), error(nil))
	fmt.Printf("%6.2f|%-8.3s|%+d|%x|%X|% x|%#x|% X\n", 3.14159, "abcdef", 5, "hi", []byte("hi"), "abc", "abc", []byte{1, 2})
	fmt.Printf("%08.3f|%+08d|%-08d|% d|% d|%+q|%#q|%#q\n", -3.14159, 42, 42, 42, -42, "é", "a`b", "ab")
	fmt.Printf("%x %X %x\n", -255, "é", 3.5)
	fmt.Printf("%t|%5t|%-7t|%q\n", true, false, true, 'x')
	fmt.Printf("%5%|%-5%|%05%\n")
	fmt.Printf("%v %v\n", struct {
		a any
		b *int
	}{}, &struct{ x, y any }{1, "z"})
	fmt.Printf("%#v %#v %#v %#v %#v %#v\n", 1, "s", 'c', 1.0, 1e6, 1e21)
	fmt.Printf("%#v %#v %#v %#v %#v\n", uint8(1), uintptr(10), []byte{1}, [2]byte{1, 2}, float32(2.5))
	fmt.Printf("%#v %#v %#v %#v\n", complex(1, 2), true, []any{1, "a", nil}, map[string]bool{"x": true})
	fmt.Printf("%T %T %T %T %T %T %T\n", 1, "s", 'c', 1i, nil, errors.New("x"), func(int, ...string) (bool, error) { return false, nil })
	fmt.Printf("%T %T %T %T %T\n", struct{}{}, struct {
		A int `json:"a"`
		b []string
	}{}, map[string][]int{}, make(<-chan int), [3]*T{})
	fmt.Printf("%T %T %T\n", []any{}, []error{}, []interface{ M(int) string }{})
	fmt.Printf("%T %T %T\n", make(chan<- bool), make(chan (<-chan int)), new(**int))
}

func prints() {
	fmt.Print("a", "b", 1, 2, "c", 3, 4.5, nil, nil, "d", T{1}, T{2}, "\n")
	fmt.Print(1, 2, "\n")
	fmt.Println("a", 1, nil, true, []string{}, map[string]int{}, [0]int{})
	fmt.Println()
	fmt.Print()
	fmt.Println(fmt.Sprint(), fmt.Sprint("x", 1, 2, "y"), fmt.Sprintln("z", 1) == "z 1\n")
	n, err := fmt.Fprint(os.Stdout, "é\n")
	fmt.Println(n, err)
	fmt.Println(string(fmt.Append(nil, "a", 1, 2)), string(fmt.Appendf([]byte("x"), "%d", 5)), string(fmt.Appendln(nil, "l", 1)))
	fmt.Println(int8(-5), uint8(200), 'x', 1e100, float32(1)/3, 1.0/3, 1e20, 1e21, 1e-5, 100000.0, 3+4i, "é", []byte("hi"), [2]bool{true})
}

func errs() {
	base := errors.New("base")
	e := fmt.Errorf("ctx %d: %w", 1, base)
	fmt.Println(e, errors.Unwrap(e) == base, errors.Is(e, base))
	fmt.Printf("%T %T\n", e, fmt.Errorf("plain %v", base))
	e = fmt.Errorf("%w", nil)
	fmt.Println(e, errors.Unwrap(e))
	e = fmt.Errorf("%w %d", "notanerror", 1)
	fmt.Println(e, errors.Unwrap(e))
	fmt.Printf("%w %w\n", base, 1)
	e = fmt.Errorf("wrapped: %w", fmt.Errorf("inner: %w", E(9)))
	var target E
	fmt.Println(errors.As(e, &target), int(target), e)
	e = fmt.Errorf("%[2]w then %[1]v", 1, base)
	fmt.Println(e, errors.Is(e, base))
}

func main() {
	methods()
	panics()
	arguments()
	prints()
	errs()
}
