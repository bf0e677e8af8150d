// mandelbrot: points that stay near the origin, counted.
package main

import "fmt"

func main() {
	const size, limit = 300, 100
	inside := 0
	for py := 0; py < size; py++ {
		ci := 2*float64(py)/size - 1
		for px := 0; px < size; px++ {
			cr := 2*float64(px)/size - 1.5
			zr, zi, n := 0.0, 0.0, 0
			for ; n < limit; n++ {
				r, i := zr*zr, zi*zi
				if r+i > 4 {
					break
				}
				zr, zi = r-i+cr, 2*zr*zi+ci
			}
			if n == limit {
				inside++
			}
		}
	}
	fmt.Println(inside)
}
