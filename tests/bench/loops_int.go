// loops_int: nested loops over integers.
package main

import "fmt"

func main() {
	sum := 0
	for i := 0; i < 1000; i++ {
		for j := 0; j < 1000; j++ {
			for k := 0; k < 100; k++ {
				sum += (i ^ j) & k
			}
		}
	}
	fmt.Println(sum)
}
