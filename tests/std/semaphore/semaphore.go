package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

func main() {
	bg := context.Background()
	s := semaphore.NewWeighted(3)
	fmt.Println(s.Acquire(bg, 2), s.TryAcquire(2), s.TryAcquire(1), s.TryAcquire(1))

	// Without hope, and with a context that ends.
	ctx, cancel := context.WithTimeout(bg, 5*time.Millisecond)
	fmt.Println(s.Acquire(ctx, 1), s.Acquire(ctx, 100))
	cancel()
	fmt.Println(s.Acquire(ctx, 0))

	// First come, first served: 3 is not overtaken by 1.
	order := make(chan int64, 2)
	var wg sync.WaitGroup
	for _, n := range []int64{3, 1} {
		wg.Add(1)
		waiting := make(chan struct{})
		go func() {
			defer wg.Done()
			close(waiting)
			s.Acquire(bg, n)
			order <- n
			s.Release(n)
		}()
		<-waiting
		time.Sleep(20 * time.Millisecond)
	}
	s.Release(1)
	fmt.Println("nobody yet:", len(order))
	s.Release(2)
	wg.Wait()
	fmt.Println(<-order, <-order)

	// One that gives up lets those behind it pass.
	s.Acquire(bg, 2)
	ctx, cancel = context.WithCancel(bg)
	gone := make(chan error)
	go func() { gone <- s.Acquire(ctx, 3) }()
	time.Sleep(10 * time.Millisecond)
	behind := make(chan error)
	go func() { behind <- s.Acquire(bg, 1) }()
	time.Sleep(10 * time.Millisecond)
	cancel()
	fmt.Println(<-gone, <-behind)
	s.Release(3)

	var now, most atomic.Int64
	for i := 0; i < 200; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n := int64(i%3 + 1)
			s.Acquire(bg, n)
			if now.Add(n) > 3 {
				most.Store(now.Load())
			}
			now.Add(-n)
			s.Release(n)
		}()
	}
	wg.Wait()
	fmt.Println("too many:", most.Load(), "all free:", s.TryAcquire(3))
	s.Release(3)
	defer func() { fmt.Println(recover()) }()
	s.Release(1)
}
