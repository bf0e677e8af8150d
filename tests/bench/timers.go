// timers: sleeps of many goroutines, and timers that are stopped in time.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	for i := 0; i < 20000; i++ {
		wg.Add(1)
		go func(n int) {
			defer wg.Done()
			for k := 0; k < 5; k++ {
				time.Sleep(time.Duration(n%50) * 100 * time.Microsecond)
			}
		}(i)
	}
	wg.Wait()
	stopped := 0
	for i := 0; i < 200000; i++ {
		if time.AfterFunc(time.Hour, func() {}).Stop() {
			stopped++
		}
	}
	fmt.Println(stopped)
}
