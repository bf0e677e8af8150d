// ring: a token handed round a ring of goroutines.
package main

import "fmt"

func main() {
	const size, rounds = 500, 1000
	first := make(chan int)
	in := first
	for i := 1; i < size; i++ {
		out := make(chan int)
		go func(in, out chan int) {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}(in, out)
		in = out
	}
	token := 0
	for r := 0; r < rounds; r++ {
		first <- token
		token = <-in
	}
	close(first)
	fmt.Println(token)
}
