// spawn: a million goroutines started and waited for, a hundred at a time.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var sum int64
	for r := 0; r < 10000; r++ {
		var wg sync.WaitGroup
		wg.Add(100)
		for i := 0; i < 100; i++ {
			go func(v int64) {
				atomic.AddInt64(&sum, v)
				wg.Done()
			}(int64(i))
		}
		wg.Wait()
	}
	fmt.Println(sum)
}
