// Package variables declared together: each has a value of its own.
package main

import "fmt"

var (
	a, b              = b + 1, c()
	x, y, z float64   = 1, 2, 3
	p, q              = "p", "q"
	m, n              = both()
	re, im  complex64 = 1, 2i
)

func c() int           { return 41 }
func both() (int, int) { return 5, 6 }

func main() {
	fmt.Println(a, b, x+y+z == 6, p+q, m, n, real(re+im), imag(re+im) == 2)
}
