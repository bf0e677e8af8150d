// A constraint is shown as it is written.
package p

func f[U interface{ M(a int) string }](u U) {}

var _ = f[int] // ERROR "int does not satisfy interface.M.a int. string. .missing method M."
