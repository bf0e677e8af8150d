// A missing index does not keep the rest from being checked.
package main

var s []int
var (
	_ = s[::1] // ERROR "middle index required"
	_ = s[1:2:] // ERROR "final index required"
	_ = "text"[0:1:2] // ERROR "3-index slice of string"
	_ = s[2:1] // ERROR "invalid slice indices"
)

func main() {}
