// What a parked goroutine takes is seen in Sys, as in the programs that measure it.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func stats() (s runtime.MemStats) {
	runtime.GC()
	runtime.ReadMemStats(&s)
	return
}

func main() {
	const n = 20000
	var wg sync.WaitGroup
	block := make(chan int)
	before := stats()
	wg.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			wg.Done()
			<-block
		}()
	}
	wg.Wait()
	after := stats()
	each := float64(after.Sys-before.Sys) / n
	fmt.Println("more than 200 bytes each:", each > 200)
	fmt.Println("less than 4000 bytes each:", each < 4000)
	fmt.Println("stacks grew:", after.StackInuse > before.StackInuse+n*100)
	fmt.Println("Sys is the sum:", after.Sys == after.HeapSys+after.StackSys+after.OtherSys)

	var keep [][]byte
	for i := 0; i < 64; i++ {
		keep = append(keep, make([]byte, 1<<20))
	}
	big := stats()
	fmt.Println("64 MB live:", big.Alloc-after.Alloc >= 64<<20, big.HeapSys-after.HeapSys >= 60<<20, big.TotalAlloc-after.TotalAlloc >= 64<<20)
	fmt.Println("collections:", big.NumGC > before.NumGC, len(keep), len(keep[63]))
	close(block)
}
