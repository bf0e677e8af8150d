// Many goroutines in select statements on shared channels, with timers, closed
// channels and values that the collector must follow into queues.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type item struct {
	from, n int
	pad     []byte
}

const senders, receivers, each = 16, 8, 100

// Each value arrives once, whichever of the channels it took.
func crossing() (count, sum int, inOrder bool) {
	chans := make([]chan *item, 4)
	for i := range chans {
		chans[i] = make(chan *item, i)
	}
	done := make(chan struct{})
	results := make(chan []*item)
	for r := 0; r < receivers; r++ {
		go func() {
			var got []*item
			for {
				var it *item
				select {
				case it = <-chans[0]:
				case it = <-chans[1]:
				case it = <-chans[2]:
				case it = <-chans[3]:
				case <-done:
					results <- got
					return
				}
				got = append(got, it)
			}
		}()
	}
	var wg sync.WaitGroup
	for s := 0; s < senders; s++ {
		wg.Add(1)
		go func(s int) {
			defer wg.Done()
			for n := 0; n < each; n++ {
				it := &item{s, n, make([]byte, 100+n)}
				select {
				case chans[s%4] <- it:
				case chans[(s+1)%4] <- it:
				case chans[(s+2)%4] <- it:
				}
			}
		}(s)
	}
	wg.Wait()
	for i := range chans { // what is left in the buffers
		for len(chans[i]) > 0 {
			runtime.Gosched()
		}
	}
	close(done)
	inOrder = true
	for r := 0; r < receivers; r++ {
		for _, it := range <-results {
			count++
			sum += it.from*each + it.n
			inOrder = inOrder && len(it.pad) == 100+it.n
		}
	}
	return
}

// A ring of goroutines that pass a token round, through timers now and then.
func ring() int {
	const size, laps = 50, 20
	first := make(chan int)
	in := first
	for i := 0; i < size; i++ {
		out := make(chan int)
		go func(i int, in, out chan int) {
			for v := range in {
				if i == 7 {
					select {
					case <-time.After(50 * time.Microsecond):
					case <-make(chan int):
					}
				}
				out <- v + 1
			}
			close(out)
		}(i, in, out)
		in = out
	}
	v := 0
	for lap := 0; lap < laps; lap++ {
		first <- v
		v = <-in
	}
	close(first)
	_, open := <-in
	if open {
		return -1
	}
	return v
}

// Time limits that are over and ones that are stopped before.
func timers() (over, stopped int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := 0; i < 100; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			if i%2 == 0 {
				t := time.NewTimer(time.Hour)
				if t.Stop() {
					mu.Lock()
					stopped++
					mu.Unlock()
				}
				return
			}
			t := time.NewTimer(time.Duration(i) * 10 * time.Microsecond)
			select {
			case <-t.C:
				mu.Lock()
				over++
				mu.Unlock()
			case <-time.After(time.Minute):
			}
		}(i)
	}
	wg.Wait()
	return
}

func main() {
	go func() {
		for {
			runtime.GC()
			time.Sleep(time.Millisecond)
		}
	}()
	fmt.Println(crossing())
	fmt.Println(ring())
	fmt.Println(timers())
}
