// Scanning words of all kinds, from strings and from readers whose buffer ends
// in the midst of them.
package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

type level int

func (l *level) Scan(state fmt.ScanState, verb rune) error {
	token, err := state.Token(true, nil)
	*l = level(len(token))
	return err
}

func main() {
	words := []string{"1", "-7", "+5", "0", "007", "0x1f", "1_000", "12abc", "999999999999999999999", "300", "-129", "1.5", "-2e3", ".5", "1e400", "nan", "inf", "0x1p4", "word", "wörd", "é", "+", "-", "x1", "1.", "3\r", "4\v5", "\x01"}
	for _, w := range words {
		for _, text := range []string{w, " \t\n" + w + " rest", w + "\n", w + "\u00a0x"} {
			var i int
			var i8 int8
			var u uint
			var f float64
			var f32 float32
			var s string
			var r rune
			for k, p := range []any{&i, &i8, &u, &f, &f32, &s, &r} {
				n, err := fmt.Sscan(text, p)
				n2, err2 := fmt.Fscan(bufio.NewReader(strings.NewReader(text)), p)
				b := bufio.NewReaderSize(strings.NewReader("x "+text), 16)
				fmt.Fscan(b, new(string))
				n3, err3 := fmt.Fscan(b, p)
				left, _ := io.ReadAll(b)
				fmt.Print(k, ":", n, n2, n3, err != nil, err2 != nil, err3 != nil, len(left), " ")
			}
			fmt.Printf("%q %d %d %d %g %g %q %d\n", text, i, i8, u, f, f32, s, r)
		}
	}
	var sb strings.Builder
	for n := 0; n < 3000; n++ {
		fmt.Fprintf(&sb, "%d w%d %g\n", n*n-500, n, float64(n)/4)
	}
	for _, size := range []int{16, 100, 4096} {
		r := bufio.NewReaderSize(strings.NewReader(sb.String()), size)
		sum, length, total, lines := 0, 0, 0.0, 0
		for {
			var i int
			var s string
			var f float64
			n, err := fmt.Fscan(r, &i, &s, &f)
			if err != nil {
				fmt.Println(n, err)
				break
			}
			sum, length, total, lines = sum+i, length+len(s), total+f, lines+1
		}
		fmt.Println(sum, length, total, lines)
	}
	var a, b int
	var s string
	var l level
	fmt.Println(fmt.Sscan("1 2", &a, &b))
	fmt.Println(a, b)
	fmt.Println(fmt.Sscan("1\n\n 2 word", &a, &b, &s))
	fmt.Println(s)
	fmt.Println(fmt.Sscan("1", &a, &b))
	fmt.Println(fmt.Sscan("1 x", &a, &b))
	fmt.Println(fmt.Sscan("1 four 2", &a, &l, &b))
	fmt.Println(l, b)
	fmt.Println(fmt.Sscan("", &a))
	fmt.Println(fmt.Sscan("1", a))
	fmt.Println(fmt.Sscan("1"))
	r := bufio.NewReader(strings.NewReader("1 2\n3"))
	fmt.Println(fmt.Fscan(r, &a))
	c, _ := r.ReadByte()
	line, _ := r.ReadString('\n')
	fmt.Printf("%q %q\n", c, line)
	fmt.Println(fmt.Fscanln(r, &a))
}
