// flags: -lang=go1.12
package p

type A = int

const (
	_ = 1_000 // ERROR "underscores in numeric literals requires go1.13 or later \(-lang was set to go1.12; check go.mod\)"
	_ = 0b111 // ERROR "binary literals requires go1.13"
	_ = 0o567 // ERROR "0o/0O-style octal literals requires go1.13"
	_ = 0xabc
	_ = 0x0p1  // ERROR "hexadecimal floating-point literals requires go1.13"
	_ = 1_000i // ERROR "underscores"
	_ = 0xabci // ERROR "hexadecimal"
	_ = "1_000"
	_ = '_'
)

var s int
var _ = 1 << s // ERROR "signed shift count s .variable of type int. requires go1.13"
var _ = 1 >> uint(s)
var _ = 1 >> 2

type I interface{ M() }
type J interface {
	I
	I // ERROR "duplicate method M" HINT "other declaration of method M"
}
