// Characters that are none of Go's, and literals that do not end.
package main

func main() {
	# comment // ERROR "invalid character U.0023" HINT "begins with //"
	println(“hello”) // ERROR "invalid character U.201C" HINT "straight quotes"
	x := 5 − 3 // ERROR "invalid character U.2212" HINT "minus"
	println($x) // ERROR "invalid character U.0024" HINT "by its name alone"
	println('hello') // ERROR "more than one character in rune literal" HINT "double quotes"
	if x ≠ 1 { // ERROR "invalid character U.2260" HINT "!="
	}
}
