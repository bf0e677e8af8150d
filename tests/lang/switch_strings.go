// Switches over strings with many cases look their tag up.
package main

import (
	"fmt"
	"strings"
)

func keyword(s string) int {
	switch s {
	case "break", "case":
		return 1
	case "chan":
		return 2
	case "const":
		return 3
	case "continue":
		return 4
	case "default", "defer", "else":
		return 5
	case "":
		return 6
	case "a":
		return 7
	case "ab":
		return 8
	case "abc":
		return 9
	case "fallthrough":
		return 10
	}
	return 0
}

func middles(s string) string {
	switch s {
	case "12345678-a-12345678":
		return "a"
	case "12345678-b-12345678":
		return "b"
	case "12345678-c-12345678":
		return "c"
	case "12345678-d-12345678":
		return "d"
	case "12345678-e-12345678":
		return "e"
	case "12345678-f-12345678":
		return "f"
	default:
		return "none"
	}
}

type name string

const six name = "six"

func flow(n name) (r string) {
	switch n + "" {
	default:
		r += "default "
		fallthrough
	case "one":
		r += "1 "
		fallthrough
	case "two":
		r += "2 "
	case "three":
		if len(r) == 0 {
			break
		}
		r += "never"
	case "four", "five":
		r += "4 5 "
	case six:
		for i := 0; i < 3; i++ {
			switch n {
			case "1", "2", "3", "4", "5", "6":
				r += "no"
			case "six":
				if i == 1 {
					continue
				}
				r += fmt.Sprint(i, " ")
			}
		}
	case "se" + "ven":
		return "seven"
	case "z\x00ero", "ünïcödé", "\xff\xfe":
		r += "bytes "
	}
	return r
}

func dynamic(s, t string) string { // a case that is no constant
	switch s {
	case "a", "b", "c", "d", "e":
		return "letter"
	case t:
		return "given"
	case "f", "g":
		return "late"
	}
	return "other"
}

func anyOf(v any) string {
	switch v {
	case "a", "b", "c", "d", "e", "f", "g":
		return "string"
	case 1, 2, 3:
		return "number"
	}
	return "neither"
}

func main() {
	for _, s := range strings.Split("break,case,chan,const,continue,default,defer,else,,a,ab,abc,fallthrough,b,ba,abcd,fallthrougj,continuf,CASE", ",") {
		fmt.Print(keyword(s), " ")
	}
	fmt.Println()
	for c := 'a'; c < 'i'; c++ {
		fmt.Print(middles("12345678-"+string(c)+"-12345678"), " ")
	}
	fmt.Println(middles("12345678-a-1234567"), middles(""))
	for _, n := range []name{"zero", "one", "two", "three", "four", "five", "six", "seven", "z\x00ero", "ünïcödé", "\xff\xfe", "\xff"} {
		fmt.Printf("%q ", flow(n))
	}
	fmt.Println()
	fmt.Println(dynamic("a", ""), dynamic("f", "f"), dynamic("g", "x"), dynamic("", ""), dynamic("z", "y"))
	fmt.Println(anyOf("g"), anyOf(2), anyOf("h"), anyOf(nil), anyOf(name("a")))
}
