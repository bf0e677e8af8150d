// Package variables are initialised in the order of their dependencies, through
// functions, literals and methods too; those without a value take their turn.
package main

import "fmt"

var order []string

func step(name string, _ ...interface{}) int {
	order = append(order, name)
	return len(order)
}

var a = step("a", x)
var b = step("b", y)
var c = func() int { return step("c", z) }()
var d = step("d")
var e = t.use()

var x int
var y int = 42
var z int = func() int { return 42 }()

type typ struct{}

func (typ) use() int { return step("e", late) }

var t typ
var late, later = pair()

func pair() (int, int) { return step("pair"), 0 }

var first, _, _, last = 1, true, "two", 3
const counted = len([iota + 2]int{})

func main() {
	fmt.Println(order, first, last, counted)
}
