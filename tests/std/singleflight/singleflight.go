package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

func main() {
	var g singleflight.Group
	v, err, shared := g.Do("a", func() (any, error) { return 1, nil })
	fmt.Println(v, err, shared)
	v, err, shared = g.Do("a", func() (any, error) { return nil, errors.New("sorry") })
	fmt.Println(v, err, shared)

	// Many ask while the first is on its way.
	const n = 20
	calls, open := 0, make(chan struct{})
	var wg sync.WaitGroup
	results := make(chan any, n)
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v, err, shared := g.Do("slow", func() (any, error) {
				calls++
				<-open
				return "value", nil
			})
			results <- fmt.Sprint(v, err, shared)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	close(open)
	wg.Wait()
	same := 0
	for i := 0; i < n; i++ {
		if <-results == "value<nil> true" {
			same++
		}
	}
	fmt.Println("calls:", calls, "answers:", same)

	ch := g.DoChan("b", func() (any, error) { return 2, nil })
	fmt.Println(<-ch)

	// Forgotten: the next one calls.
	hold := make(chan struct{})
	first := g.DoChan("c", func() (any, error) { <-hold; return "old", nil })
	g.Forget("c")
	v, _, _ = g.Do("c", func() (any, error) { return "new", nil })
	close(hold)
	fmt.Println(v, (<-first).Val)

	// A panic reaches the caller.
	func() {
		defer func() {
			err := recover().(error)
			fmt.Println("panicked:", errors.Unwrap(err))
		}()
		g.Do("p", func() (any, error) { panic(errors.New("oops")) })
	}()
	wg.Add(1)
	go func() {
		defer wg.Done()
		g.Do("x", func() (any, error) { runtime.Goexit(); return nil, nil })
		fmt.Println("not reached")
	}()
	wg.Wait()
	v, err, _ = g.Do("x", func() (any, error) { return "after", nil })
	fmt.Println(v, err)
}
