// sieve: Eratosthenes, over and over.
package main

import "fmt"

const size = 2000000

func main() {
	count := 0
	for round := 0; round < 8; round++ {
		composite := make([]bool, size+1)
		count = 0
		for i := 2; i <= size; i++ {
			if composite[i] {
				continue
			}
			count++
			for j := i + i; j <= size; j += i {
				composite[j] = true
			}
		}
	}
	fmt.Println(count)
}
