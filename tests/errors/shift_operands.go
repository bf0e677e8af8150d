// Constants among the operands of shifts whose count is not constant.
package p

func f(s uint) {
	var _ int = 1<<s + 3.4        // ERROR "truncated to int"
	var _ byte = 0x100 << s       // ERROR "overflows byte"
	var _ int16 = 0x8000 << s     // ERROR "overflows int16"
	var _ int = 2 + 1<<s
	var _ float64 = 1 << s // ERROR "must be integer"
	for _ := range "abc" { // ERROR "no new variables"
	}
}

const (
	a, b = 1, 2
	c    // ERROR "extra init expr"
)
