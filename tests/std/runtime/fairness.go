// Goroutines that run without pause hold up neither timers nor one another, and
// a pair that wakes each other all the time leaves others their turns.
package main

import (
	"fmt"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// The median, since others may use the machine too.
func timerDelay() time.Duration {
	var stop atomic.Bool
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for n := 0; !stop.Load(); n++ {
		}
	}()
	var late []time.Duration
	for i := 0; i < 15; i++ {
		start := time.Now()
		time.Sleep(time.Millisecond)
		late = append(late, time.Since(start)-time.Millisecond)
	}
	stop.Store(true)
	wg.Wait()
	sort.Slice(late, func(i, k int) bool { return late[i] < late[k] })
	return late[len(late)/2]
}

// Goroutines that wait for one another without a word: each must get a slice.
func spinners(n int32) {
	var there atomic.Int32
	var wg sync.WaitGroup
	for i := int32(0); i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			there.Add(1)
			for there.Load() < n {
			}
		}()
	}
	wg.Wait()
}

// n goroutines take turns beside a pair that hands a value to and fro.
func besidePair(n int) {
	ping, pong, stop := make(chan int), make(chan int), make(chan bool)
	go func() {
		for v := range ping {
			pong <- v + 1
		}
	}()
	go func() {
		for v := 0; ; {
			select {
			case ping <- v:
				v = <-pong
			case <-stop:
				close(ping)
				return
			}
		}
	}()
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for turn := 0; turn < 3; turn++ {
				runtime.Gosched()
			}
		}()
	}
	wg.Wait()
	stop <- true
}

func main() {
	runtime.GOMAXPROCS(1)
	if d := timerDelay(); d > 20*time.Millisecond {
		fmt.Println("timers are late by", d)
	}
	spinners(4)
	besidePair(10000)
	runtime.GOMAXPROCS(2)
	spinners(4)
	besidePair(10000)
	runtime.GOMAXPROCS(64) // more than there are processors in most machines
	spinners(8)
	besidePair(10000)
	fmt.Println("fair")
}
