// Everybody gets a turn: what a timer wakes goes before goroutines that use up
// their slices, and ten thousand goroutines run beside others that spin, that
// hand each other over without end, and that never leave a lock alone.
package main

import (
	"fmt"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

var over atomic.Bool
var done atomic.Int64   // rounds of those who leave little to others
var ends sync.WaitGroup // of those who go on until it is over

func start(n int, f func()) {
	ends.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			f()
			ends.Done()
		}()
	}
}

func finish() {
	over.Store(true)
	ends.Wait()
	over.Store(false)
}

func spin() {
	for x := 1; !over.Load(); x *= 3 {
	}
}

// With one processor: counts how many turns eight spinning goroutines take
// until one that a timer wakes has its own. Only the clock and the turns are
// looked at together, so a slow machine makes no difference.
func timers() {
	const spinners, sleeps = 8, 60
	old := runtime.GOMAXPROCS(1)
	var turn, turns atomic.Int64
	for i := int64(1); i <= spinners; i++ {
		start(1, func() {
			for !over.Load() {
				if turn.Load() != i {
					turn.Store(i)
					turns.Add(1)
				}
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	var taken []int64
	for i := 0; i < sleeps; i++ {
		before := turns.Load()
		if i%2 == 0 {
			time.Sleep(time.Millisecond)
		} else {
			<-time.After(time.Millisecond)
		}
		taken = append(taken, turns.Load()-before)
	}
	finish()
	runtime.GOMAXPROCS(old)
	sort.Slice(taken, func(i, j int) bool { return taken[i] < taken[j] })
	if median := taken[sleeps/2]; median > spinners/2 {
		fmt.Println("a timer waited for", median, "turns of others")
	}
}

// Ten thousand goroutines, each of which comes back for more, finish while
// others leave them as little as they can; but that is at least one turn for so
// many rounds of theirs.
func beside(what string, monopolists func()) {
	const many, visits, rounds = 10000, 3, 20000
	done.Store(0)
	monopolists()
	var left sync.WaitGroup
	left.Add(many)
	for i := 0; i < many; i++ {
		go func() {
			for k := 0; k < visits; k++ {
				runtime.Gosched()
			}
			left.Done()
		}()
	}
	left.Wait()
	if n := done.Load() / (many * visits); n > rounds {
		fmt.Println(n, "rounds of", what, "for one turn of another")
	}
	finish()
}

func spinners() { start(4, spin) }

func pairs() {
	start(50, func() {
		ping, pong := make(chan int), make(chan int)
		go func() {
			for n := range ping {
				pong <- n
			}
			close(pong)
		}()
		for !over.Load() {
			ping <- 1
			<-pong
			done.Add(1)
		}
		close(ping)
	})
}

func lockers() {
	var mu sync.Mutex
	start(20, func() {
		for !over.Load() {
			mu.Lock()
			done.Add(1)
			mu.Unlock()
		}
	})
	go func() {
		mu.Lock() // one who comes seldom gets it too
		mu.Unlock()
	}()
}

func main() {
	timers()
	beside("spinning ones", spinners)
	beside("pairs", pairs)
	beside("locks", lockers)
	fmt.Println("done")
}
