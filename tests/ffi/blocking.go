package main

// A thousand goroutines that block in C take about as long as a pool of threads
// would, on two processors, and others keep running.

/*
#include <unistd.h>
*/
import "C"
import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func main() {
	runtime.GOMAXPROCS(2)
	stop, ticks := make(chan bool), 0
	ended := make(chan bool)
	go func() {
		defer close(ended)
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				ticks++
			}
		}
	}()
	start := time.Now()
	var wg sync.WaitGroup
	for i := 0; i < 1000; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 5; k++ { // one after the other all would take 5 s
				C.usleep(1000)
			}
		}()
	}
	wg.Wait()
	took := time.Since(start)
	time.Sleep(2 * time.Millisecond)
	close(stop)
	<-ended
	fmt.Println("in parallel:", took < 3*time.Second, "others ran:", ticks > 0)
}
