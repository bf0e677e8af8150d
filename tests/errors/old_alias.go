// flags: -lang=go1.8
package p

type A = int // ERROR "type aliases requires go1.9 or later"
type B int

func f() {
	type C = B // ERROR "type aliases requires go1.9 or later"
}
