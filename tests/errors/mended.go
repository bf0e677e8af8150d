// Messages of the checker say how the error is mended.
package main

import (
	"os"
	"strconv"
	"strngs" // ERROR "package strngs is not in std" HINT "did you mean strings"
)

type shape interface {
	area() float64
	name() string
}

type square struct{ a float64 }

func (s *square) area() float64 { return s.a }
func (s *square) name() string  { return "" }

type circle struct{}

func (circle) area() float64 { return 1 }

type disc struct{}

func (disc) area() int    { return 1 }
func (disc) Name() string { return "" }

func (i int) double() int { return i } // ERROR "cannot define new methods on non-local type int" HINT "type T int"

func add(a int, b string) int { return a }
func sum(xs ...int)           {}
func none(a, b) int           { return 1 } // ERROR "undefined: a" HINT "a name and a type"
func swapped(int a) int       { return 1 } // ERROR "undefined: a" HINT "the type follows the name: a int"

func values() (int, error) {
	return 1 // ERROR "not enough return values" HINT "have \(number\)" HINT "want"
}

func interfaces() {
	var s shape = square{1} // ERROR "method area has pointer receiver" HINT "area\(\) float64 is wanted here"
	s = circle{}            // ERROR "missing method name" HINT "name\(\) string is wanted here"
	s = disc{}              // ERROR "wrong type for method area" HINT "have area\(\) int"
	_ = s.(circle)          // ERROR "impossible type assertion" HINT "func \(x circle\) name\(\) string"
}

func names() {
	counter := 1 // unused for the slip alone
	println(conter)    // ERROR "undefined: conter" HINT "did you mean counter"
	Println("a")       // ERROR "undefined: Println" HINT "did you mean fmt.Println"
	printf("%d", 1)    // ERROR "undefined: printf" HINT "did you mean fmt.Printf"
	fmt.Println("a")   // ERROR "undefined: fmt" HINT "import .fmt"
	x = 1              // ERROR "undefined: x" HINT "x := VALUE"
	var y string = null // ERROR "undefined: null" HINT "written nil"
	println(this.x)    // ERROR "undefined: this" HINT "receiver"
	println(strconv.atoi("1")) // ERROR "undefined: strconv.atoi" HINT "did you mean Atoi"
	println(y)
outer:
	for {
		continue outr // ERROR "continue label not defined: outr" HINT "did you mean outer"
	}
}

func numbers(n int, f float64, s string, b byte) {
	_ = f * n        // ERROR "mismatched types float64 and int" HINT "float64\(n\)"
	_ = "n = " + n   // ERROR "mismatched types" HINT "strconv.Itoa"
	_ = s * 3        // ERROR "mismatched types" HINT "strings.Repeat"
	_ = b == "a"     // ERROR "mismatched types" HINT "single quotes: 'a'"
	_ = int("5")     // ERROR "cannot convert" HINT "strconv.Atoi"
	_ = string(1.5)  // ERROR "cannot convert" HINT "fmt.Sprint"
	_ = bool(1)      // ERROR "cannot convert" HINT "1 != 0"
	var r rune = "a" // ERROR "cannot use" HINT "single quotes"
	var t string = 'a' // ERROR "cannot use" HINT "double quotes"
	f = n            // ERROR "cannot use n" HINT "float64\(n\)"
	var p *int = n   // ERROR "cannot use n" HINT "its address is &n"
	n = p            // ERROR "cannot use p" HINT "\*p"
	_, _ = r, t
	if n { // ERROR "non-boolean condition" HINT "n != 0"
	}
	if s { // ERROR "non-boolean condition" HINT "s != "
	}
	for p { // ERROR "non-boolean condition" HINT "p != nil"
	}
}

func lists(xs []int, m map[string]square, s string) {
	xs.append(1)       // ERROR "has no field or method append" HINT "xs = append\(xs, VALUE\)"
	println(xs.length) // ERROR "has no field or method length" HINT "len\(xs\)"
	println(s.ToUpper()) // ERROR "has no field or method ToUpper" HINT "strings.ToUpper\(s\)"
	append(xs, 1)      // ERROR "is not used" HINT "xs = append\(xs, 1\)"
	m["a"].a = 1       // ERROR "cannot assign to struct field" HINT "take the element out"
	s[0] = 'x'         // ERROR "cannot assign to s.0." HINT "strings do not change"
	sum(xs)            // ERROR "cannot use xs" HINT "xs\.\.\."
	var a [3]int
	xs = a // ERROR "cannot use a" HINT "a\[:\]"
}

const limit = 1

func results() {
	add(1)                     // ERROR "not enough arguments" HINT "add is declared here"
	n := strconv.Atoi("5")     // ERROR "assignment mismatch" HINT "v, err := "
	_ = strconv.Atoi("5") + 1  // ERROR "multiple-value" HINT "v, err := "
	limit = 2                  // ERROR "cannot assign to limit" HINT "limit is declared here"
	n == 1
	k := 1
	k := 2 // ERROR "no new variables" HINT "is written =" HINT "k is declared here"
	k == 1 // ERROR "is not used" HINT "written =: k = 1"
	results // ERROR "is not used" HINT "a call has parentheses"
	os.Exit(k)
	goto end // ERROR "jumps over variable declaration" HINT "is declared here"
	late := 1
end:
	println(late)
}

type twice struct {
	a int
	a string // ERROR "a redeclared" HINT "other declaration of a"
}

func cases(n int) {
	switch n {
	case 1, 1: // ERROR "duplicate case 1" HINT "previous case"
	}
}
