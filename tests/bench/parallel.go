// parallel: the same computation in two goroutines; prints the sums. The
// speed-up is the time with GOMAXPROCS=1 over the time with 2.
package main

import (
	"fmt"
	"sync"
)

func collatz(from, to int) int {
	longest := 0
	for n := from; n < to; n++ {
		steps := 0
		for k := n; k != 1; steps++ {
			if k&1 == 0 {
				k >>= 1
			} else {
				k = 3*k + 1
			}
		}
		if steps > longest {
			longest = steps
		}
	}
	return longest
}

func main() {
	var wg sync.WaitGroup
	var longest [2]int
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			longest[i] = collatz(1, 400000)
		}(i)
	}
	wg.Wait()
	fmt.Println(longest)
}
