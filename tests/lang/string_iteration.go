// Ranges over strings and conversions of them where the bytes are no UTF-8.
package main

import (
	"fmt"
	"unicode/utf8"
)

type text string
type runes []rune
type octets []byte
type letter rune

var samples = []string{
	"", "a", "aé日😀", "\xff", "a\xffb", "\xc3", "\xc3(", "\xe6\x97", "\xe6\x97a", "日\xe6\x97", "\xf0\x9f\x98", "\xf0\x9f\x98\x80",
	"\xc0\x80", "\xe0\x80\x80", "\xf0\x80\x80\x80", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
	"\x80\x80", "\x00a\x00", "\ufffd", "\xef\xbf\xbd", "\xef\xbf", "\u0080\u07ff\u0800\uffff\U00010000\U0010ffff", "\xc1\xbf", "\xf5\x80",
}

func iterate[S ~string](s S) (out string) {
	for i, r := range s {
		out += fmt.Sprintf("%d:%x ", i, r)
	}
	return
}

func count(s string) (n, last int) {
	for i := range s {
		n++
		last = i
	}
	return
}

const constant = "x\xffy\u00e9"

var atInit = []rune(constant)

func main() {
	for _, s := range samples {
		n, last := count(s)
		fmt.Printf("%+q %s| %d %d %d %v %x %x\n", s, iterate(s), n, last, utf8.RuneCountInString(s), utf8.ValidString(s), []rune(s), string([]rune(s)))
	}
	fmt.Println(iterate(text("\xffé")), atInit, len(constant), constant[1], constant[3:4] == "\xc3")
	for i, r := range constant {
		fmt.Print(i, ":", r, " ")
	}
	for range "日本\xff" {
		fmt.Print("+")
	}
	fmt.Println()
	// From integers and runes.
	for _, r := range []rune{0, 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdfff, 0xe000, 0xffff, 0x10000, 0x10ffff, 0x110000, -1, 1 << 30} {
		fmt.Printf("%x %x;", string(r), string([]rune{r, 'z'}))
	}
	fmt.Println()
	fmt.Printf("%x %x %x %x\n", string(letter(0x65e5)), text(letter('a')), string(rune(samples[1][0])), string(byte(200)))
	fmt.Println(string(runes{'a', 'é', -5}), text(octets{65, 255, 66}) == "A\xffB", string([]letter{'x', 'y'}), runes("é\xff"), octets("é\xff"))
	// The string may change under the name while the range goes on.
	s := "abc"
	for i, c := range s {
		s += string(c)
		if i > 5 {
			break
		}
	}
	fmt.Println(s)
	// Bytes of the copy are not those of the string.
	b := []byte("hello")
	t := string(b)
	b[0] = 'j'
	fmt.Println(t, string(b))
	for i, c := range []byte("é\xff") {
		fmt.Print(i, c, " ")
	}
	for i, c := range []rune("é\xff") {
		fmt.Print(i, c, " ")
	}
	fmt.Println()
	// Assigned variables, labels, closures, goroutines.
	var i int
	var r rune
	for i, r = range "ab\xe6" {
	}
	fmt.Println(i, r)
	var fs []func() (int, rune)
	for i, r := range "é\x80z" {
		i, r := i, r
		fs = append(fs, func() (int, rune) { return i, r })
	}
	for _, f := range fs {
		fmt.Print(f())
		fmt.Print(" ")
	}
	fmt.Println()
outer:
	for i, r := range "日本語" {
		for j := range "ab" {
			if i == 3 {
				continue outer
			}
			if r == '語' {
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	ch := make(chan rune)
	go func() {
		defer close(ch)
		for _, r := range "\xf0\x9f日" {
			ch <- r
		}
	}()
	for r := range ch {
		fmt.Print(r, " ")
	}
	fmt.Println()
	m := map[rune][]int{}
	for m['k'], r = []int{1}, 'q'; r < 's'; r++ {
	}
	var idx [4]int
	for idx[1], idx[2] = range []int{5, 6} {
	}
	fmt.Println(m, idx)
	// Comparison is by bytes.
	fmt.Println("\xff" > "é", "\x00" < "", "a\x00" > "a", "é" > "z", "日" < "😀", "Z" < "a")
	// Slicing in the middle of a character.
	e := "é日"
	fmt.Printf("%x %x %q %d\n", e[1:], e[:4], e[1:3], []rune(e[1:4]))
	func() {
		defer func() { fmt.Println(recover()) }()
		k := 5
		fmt.Println(e[k])
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		k := 6
		fmt.Println(e[k:])
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		k := 3
		fmt.Println(e[k:2])
	}()
	switch "\xff" {
	case "\ufffd":
		fmt.Println("equal")
	case "\xff":
		fmt.Println("bytes")
	}
	fmt.Println(len("\xff"+"é"), "\xff"+"\xfe" == "\xff\xfe", `\xff`, '\xff', '\377', "\377\x41\u0041\U00000041\101\a\b\f\n\r\t\v\\\""[1:5])
}
