// Composite literals, conversions and constants.
package main

type point struct {
	x, y int
	_    int
}
type line struct{ from point }
type named string

var (
	_ = point{_: 1}               // ERROR "unknown field _"
	_ = line{from: {1, 2, 3}}     // ERROR "missing type in composite literal"
	_ = []point{{1, 2, 3}}
	_ = map[any]int{"a": 1, named("a"): 2, "a": 3} // ERROR "duplicate key"
	s uint = 3
	_ = float64(1 << s) // ERROR "shifted operand 1"
	_ = string(1 << s)  // ERROR "shifted operand 1"
	_ int = 1e-100000 // ERROR "truncated"
	_ = make([]int, uint64(1<<63)) // ERROR "overflows int"
	_ = struct{ f func(struct{ a int "x" }) }(struct{ f func(struct{ a int }) }{})
)

const (
	small = byte(iota + 254)
	still
	over // ERROR "overflows byte"
)

func main() {}
