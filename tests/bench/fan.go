// fan: work handed out to eight goroutines and collected again.
package main

import (
	"fmt"
	"sync"
)

func main() {
	const jobs = 400000
	in, out := make(chan int, 64), make(chan int, 64)
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for v := range in {
				out <- v*v + 1
			}
		}()
	}
	go func() {
		for i := 0; i < jobs; i++ {
			in <- i
		}
		close(in)
		wg.Wait()
		close(out)
	}()
	sum := 0
	for v := range out {
		sum += v
	}
	fmt.Println(sum)
}
