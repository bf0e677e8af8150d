// Constants that grow without bounds are told, not computed.
package main

const (
	a = 1e40000
	b = a * a * a
	c = b * b
	d = c * c // ERROR "constant multiplication overflow"
	_ = 1 / c == 0
)

const (
	s0 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	s1 = s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0
	s2 = s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1
	s3 = s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2
	s4 = s3 + s3
	s5 = s4 + s4
	s6 = s5 + s5
	s7 = s6 + s6
	s8 = s7 + s7
	s9 = s8 + s8
	s10 = s9 + s9
	s11 = s10 + s10
	s12 = s11 + s11 // ERROR "constant string too long"
)

const i = 1 << 1000000 // ERROR "invalid shift count"

func main() {}
