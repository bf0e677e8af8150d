// closures: function values that keep state, made and called.
package main

import "fmt"

func counter(step int) func() int {
	n := 0
	return func() int {
		n += step
		return n
	}
}

func apply(f func(int) int, n int) int {
	sum := 0
	for i := 0; i < n; i++ {
		sum += f(i)
	}
	return sum
}

func main() {
	total := 0
	for i := 0; i < 300000; i++ {
		c := counter(i % 7)
		c()
		total += c()
	}
	for k := 1; k <= 20; k++ {
		total += apply(func(x int) int { return x*k - 1 }, 500000)
	}
	fmt.Println(total)
}
