// What counts as a use of a variable, and what follows from a failed assignment.
package main

import . "strings" // ERROR "\"strings\" imported and not used"
import . "sort"

func one() int { return 1 }

func f() {
	s := "a"
	s += "b"
	n := 0
	n++
	only := 1 // ERROR "declared and not used: only"
	only = 2
	var a, b int
	a, b = one() // ERROR "assignment mismatch: 2 variables but one\(\) returns 1 value"
	c, d := one() // ERROR "assignment mismatch"
	var x string
	x = 1 // ERROR "cannot use 1"
	Ints(nil)
}

func g() {
	switch {
	case true:
	case true: // no constant case is checked twice here
	}
	switch v := interface{}(true); {
	case v:
	case 1: // ERROR "invalid case 1 in switch"
	}
	switch 1 {
	case 1:
	case 1: // ERROR "duplicate case 1"
	}
	goto _ // ERROR "label _ not defined"
}

func main() {}
