// A value is no type, so { behind it begins no literal.
package main

func f(s string) {
	switch s[0] {
	case 'a':
	case s[2] { // ERROR "unexpected {, expected :"
	case 'b':
	}
}
