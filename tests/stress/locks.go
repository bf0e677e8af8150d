// Many goroutines on mutexes, conditions, semaphores of channels and counters,
// while the collector runs.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

const workers, rounds = 40, 60

// A queue with room for few, on one Mutex and two conditions.
type queue struct {
	mu              sync.Mutex
	notFull, isFull *sync.Cond
	items           []*int
}

func newQueue() *queue {
	q := &queue{}
	q.notFull, q.isFull = sync.NewCond(&q.mu), sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(n int) {
	q.mu.Lock()
	for len(q.items) == 3 {
		q.notFull.Wait()
	}
	q.items = append(q.items, &n)
	q.mu.Unlock()
	q.isFull.Signal()
}

func (q *queue) get() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.isFull.Wait()
	}
	n := *q.items[0]
	q.items = q.items[1:]
	q.notFull.Broadcast()
	return n
}

func conditions() int {
	q := newQueue()
	var wg sync.WaitGroup
	var sum int64
	for w := 0; w < workers; w++ {
		wg.Add(2)
		go func(w int) {
			defer wg.Done()
			for i := 0; i < rounds; i++ {
				q.put(w*rounds + i)
			}
		}(w)
		go func() {
			defer wg.Done()
			for i := 0; i < rounds; i++ {
				atomic.AddInt64(&sum, int64(q.get()))
			}
		}()
	}
	wg.Wait()
	return int(sum)
}

// Readers must see both halves of what a writer wrote.
func readersAndWriters() (torn, writes int) {
	var mu sync.RWMutex
	var a, b int
	var wg sync.WaitGroup
	var bad int32
	for w := 0; w < workers; w++ {
		wg.Add(1)
		go func(w int) {
			defer wg.Done()
			for i := 0; i < rounds; i++ {
				if (w+i)%5 == 0 {
					mu.Lock()
					a++
					runtime.Gosched()
					b++
					mu.Unlock()
				} else {
					mu.RLock()
					if a != b {
						atomic.AddInt32(&bad, 1)
					}
					mu.RUnlock()
				}
			}
		}(w)
	}
	wg.Wait()
	return int(bad), a
}

func onceEach() int {
	var count int32
	var wg sync.WaitGroup
	for n := 0; n < rounds; n++ {
		var once sync.Once
		for w := 0; w < 8; w++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				once.Do(func() { atomic.AddInt32(&count, 1) })
			}()
		}
	}
	wg.Wait()
	return int(count)
}

func main() {
	stop := make(chan bool)
	go func() { // collects all the while
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
				runtime.Gosched()
			}
		}
	}()
	fmt.Println("conditions", conditions() == workers*rounds*(workers*rounds-1)/2)
	torn, writes := readersAndWriters()
	fmt.Println("readers", torn, writes)
	fmt.Println("once", onceEach())
	stop <- true
}
