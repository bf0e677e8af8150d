// rwmutex: many readers, a writer now and then.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	shared := map[int]int{}
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			for k := 0; k < 100000; k++ {
				if k%100 == 0 {
					mu.Lock()
					shared[k] = k
					mu.Unlock()
				} else {
					mu.RLock()
					_ = shared[k]
					mu.RUnlock()
				}
			}
		}(i)
	}
	wg.Wait()
	fmt.Println(len(shared))
}
