// Declarations as other languages have them.
package main

import fmt // ERROR "missing import path" HINT "import .fmt"

var between int

fucn f() { // ERROR "non-declaration statement" HINT "did you mean func"
	var x int
}

var again int

x := 1 // ERROR "non-declaration statement" HINT "var x = VALUE"

type more int

println("a") // ERROR "non-declaration statement" HINT "stand in functions"

func brace()
{ // ERROR "unexpected semicolon or newline before {" HINT "on the line of the function"
}

func arrow(a int) -> int { // ERROR "unexpected -> after top level declaration" HINT "without a sign"
	return a
}

func colon(a int): int { // ERROR "unexpected : after top level declaration" HINT "without a sign"
	return a
}

func types(a: int, b: string) { // ERROR "unexpected : in parameter list" HINT "without a colon"
	var c: int = 1 // ERROR "unexpected :, expected type" HINT "without a colon"
	var d int[3] // ERROR "expected type" HINT "brackets stand before"
	e := int[]{1, 2} // ERROR "unexpected \]" HINT "brackets stand before"
	g := map(string)int{} // ERROR "unexpected \(, expected \[" HINT "map\[KEY\]VALUE"
	func inner() int { // ERROR "unexpected name inner, expected \(" HINT "inner := func"
		return 1
	}
	println(1)
}

func less<T>(a, b T) bool { // ERROR "unexpected <, expected \(" HINT "\[T any\]"
	return true
}

type fields struct {
	a: int // ERROR "unexpected :, expected type" HINT "without a colon"
	b int, // ERROR "unexpected comma" HINT "ends with its line"
	c int = 1 // ERROR "unexpected =" HINT "no values of their own"
}

type braces { // ERROR "unexpected { in type declaration" HINT "struct"
}

func cast() {
	x := (int) 3.5 // ERROR "unexpected literal 3.5" HINT "int\(x\)"
}

func lists() {
	a := []int{1, 2 // ERROR "unexpected newline in composite literal" HINT "a } is missing"
	b := []int{
		1,
		2 // ERROR "unexpected newline in composite literal" HINT "a comma ends the line"
	}
	c := map[string]int{
		"a": 1 // ERROR "unexpected newline in composite literal"
		"b": 2,
	}
	println("a" // ERROR "unexpected newline in argument list" HINT "a \) is missing"
	println(
		1,
		2 // ERROR "unexpected newline in argument list" HINT "a comma ends the line"
	)
	d := fields{a = 1} // ERROR "unexpected = in composite literal" HINT "T{x: VALUE}"
	println("a" "b") // ERROR "unexpected literal" HINT "joined by \+"
	switch a {
		println(3) // ERROR "expected case or default"
	}
}

func last() {
	if true { // the } of this one is missing
		println(1)
}

func main() { // ERROR "unexpected name main, expected \(" HINT "83:10: this { is not closed"
}
