// loops_float: nested loops over floating point numbers.
package main

import "fmt"

func main() {
	x, sum := 0.5, 0.0
	for i := 0; i < 5000; i++ {
		step := float64(i) * 0.25
		for j := 0; j < 10000; j++ {
			x = x*0.999 + step*0.001
			sum += x
		}
	}
	fmt.Printf("%.6e\n", sum)
}
