// Channels that are nil: never ready, never closed, and what may be asked of them.
package main

import (
	"fmt"
	"sync"
	"time"
)

type events chan<- string
type node struct {
	in  <-chan int
	out chan<- int
	all map[string]chan int
}

var global chan int
var table [2]chan struct{}

func merge[T any](a, b <-chan T) (out []T) {
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				break
			}
			out = append(out, v)
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			out = append(out, v)
		}
	}
	return
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func ready(c chan int) string {
	select {
	case v, ok := <-c:
		return fmt.Sprint("received ", v, ok)
	case c <- 1:
		return "sent"
	default:
		return "not ready"
	}
}

func main() {
	var c chan int
	var r <-chan int = c
	var s chan<- int = c
	fmt.Println(len(c), cap(c), len(r), cap(s), c == nil, r == nil, s == nil, c == global, table == [2]chan struct{}{}, c)
	fmt.Println(ready(c), ready(make(chan int)), ready(make(chan int, 1)))
	try("close", func() { close(c) })
	try("close send-only", func() { close(s) })
	try("close field", func() { close(node{}.out) })
	try("close of map's", func() { close(node{}.all["x"]) })
	try("deferred close", func() { defer close(global) })
	try("close twice", func() { d := make(chan int); close(d); close(d) })
	try("send closed", func() { d := make(chan int, 1); close(d); d <- 1 })
	try("select send closed", func() {
		d := make(chan int, 1)
		close(d)
		select {
		case c <- 1:
		case d <- 1:
		}
	})
	var i any = c
	_, isChan := i.(chan int)
	_, isRecv := i.(<-chan int)
	fmt.Println(i == nil, isChan, isRecv, i == any((chan int)(nil)), i == any((<-chan int)(nil)))
	m := map[chan int]string{nil: "nil", make(chan int): "made"}
	fmt.Println(m[c], len(m), m[nil])
	// A nil channel switches a case off.
	a, b := make(chan int, 3), make(chan int, 3)
	for i := 0; i < 3; i++ {
		a <- i
		b <- i * 10
	}
	close(a)
	close(b)
	out := merge(a, b)
	sum := 0
	for _, v := range out {
		sum += v
	}
	fmt.Println(len(out), sum, merge[string](nil, nil) == nil)
	in, dst := make(chan int), make(chan int)
	go func() {
		for i := 1; i <= 5; i++ {
			in <- i
		}
		close(in)
	}()
	go func() { // a queue without limit
		var queue []int
		src := in
		for src != nil || len(queue) > 0 {
			var to chan int
			var first int
			if len(queue) > 0 {
				to, first = dst, queue[0]
			}
			select {
			case v, ok := <-src:
				if !ok {
					src = nil
				} else {
					queue = append(queue, v)
				}
			case to <- first:
				queue = queue[1:]
			}
		}
		close(dst)
	}()
	time.Sleep(time.Millisecond)
	for v := range dst {
		fmt.Print(v, " ")
	}
	fmt.Println()
	// Blocked for ever, while others go on.
	var wg sync.WaitGroup
	stuck := make(chan bool, 3)
	for _, f := range []func(){func() { <-c }, func() { c <- 1 }, func() {
		for range c {
		}
	}, func() {
		select {
		case <-c:
		case s <- 2:
		}
	}} {
		f := f
		wg.Add(1)
		go func() {
			wg.Done()
			f()
			stuck <- true
		}()
	}
	wg.Wait()
	select {
	case <-stuck:
		fmt.Println("went on")
	case <-time.After(20 * time.Millisecond):
		fmt.Println("all stuck")
	}
	var ev events
	select {
	case ev <- fmt.Sprint("evaluated"):
	default:
		fmt.Println("default", ev == nil, len(ev))
	}
	timeout := time.After(time.Millisecond)
	var never chan struct{}
	select {
	case <-never:
	case <-timeout:
		fmt.Println("timeout")
	}
	var pc *chan int = &global
	fmt.Println(*pc == nil, ready(*pc))
	*pc = make(chan int, 1)
	fmt.Println(ready(global), ready(*pc))
	fn := func() chan int { return nil }
	fmt.Println(len(fn()), ready(fn()))
	switch fn() {
	case nil:
		fmt.Println("is nil")
	}
}
