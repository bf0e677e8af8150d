// Declarations that lead back to themselves: each circle is reported once,
// where it begins.
package main

const a = b + 1 // ERROR "initialization cycle for a"
const b = c
const c = a

const self = self // ERROR "initialization cycle: self refers to itself"

var (
	x int = y
	y int = f() // ERROR "initialization cycle for y"
)

func f() int { return y }

var p, q = two() // ERROR "initialization cycle for q"

func two() (int, int) { return 1, q }

type s struct { // ERROR "invalid recursive type s"
	t t
}
type t [2]s

type first second // ERROR "invalid recursive type first"
type second first

type alias = []other // ERROR "invalid recursive type alias"
type other = alias

type viaParams[P interface{ m() viaParams[P] }] int // ERROR "invalid recursive type viaParams"

type fine struct {
	next *fine
	f    func(fine) handler
}
type handler = func(fine)

var later = func() int { return len(later2) }
var later2 = "a literal may mention what is declared below"

func main() { _, _, _, _ = x, p, later, self }
