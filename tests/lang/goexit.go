// runtime.Goexit runs the deferred calls, cannot be recovered, and ends only its
// goroutine.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

type res struct{ name string }

func (r *res) Close() { say("close " + r.name) }

var mu sync.Mutex
var log []string

func say(s string) {
	mu.Lock()
	log = append(log, s)
	mu.Unlock()
}

func run(name string, f func()) {
	done := make(chan bool)
	go func() {
		defer close(done)
		f()
		say("returned")
	}()
	<-done
	mu.Lock()
	fmt.Println(name, log)
	log = nil
	mu.Unlock()
}

func deep(n int) {
	defer say(fmt.Sprint("d", n))
	if n == 0 {
		runtime.Goexit()
	}
	deep(n - 1)
	say("not here")
}

func generic[T any](v T) T {
	defer func() { say(fmt.Sprint("generic ", v)) }()
	runtime.Goexit()
	return v
}

func main() {
	run("plain", func() { runtime.Goexit() })
	run("deferred", func() { defer say("a"); defer say("b"); runtime.Goexit(); say("no") })
	run("deep", func() { deep(3) })
	run("recover is nil", func() { defer func() { say(fmt.Sprint(recover())) }(); runtime.Goexit() })
	run("in deferred", func() { defer say("a"); defer func() { runtime.Goexit() }(); defer say("b") })
	run("in deferred of panic", func() {
		defer say("a")
		defer func() { runtime.Goexit() }()
		panic("aborted by Goexit")
	})
	run("recovered after", func() {
		defer func() { say(fmt.Sprint("r ", recover())) }()
		defer func() { panic("p") }()
		runtime.Goexit()
	})
	run("panic recovered in deferred of goexit", func() {
		defer say("end")
		defer func() {
			defer func() { say(fmt.Sprint(recover())) }()
			panic("inner")
		}()
		runtime.Goexit()
	})
	run("nested goexit", func() {
		defer say("outer")
		defer func() {
			defer say("inner")
			runtime.Goexit()
			say("no")
		}()
		runtime.Goexit()
	})
	run("method", func() { r := &res{"r"}; defer r.Close(); defer (&res{"q"}).Close(); runtime.Goexit() })
	run("generic", func() { generic(5) })
	run("generic string", func() { generic("s") })
	run("loop", func() {
		for i := 0; i < 3; i++ {
			defer say(fmt.Sprint(i))
			if i == 1 {
				runtime.Goexit()
			}
		}
	})
	run("closure result", func() {
		x := func() (r int) {
			defer func() { r = 1; say("set") }()
			runtime.Goexit()
			return 0
		}()
		say(fmt.Sprint("no", x))
	})
	run("mutex", func() {
		var m sync.Mutex
		func() {
			defer func() { say(fmt.Sprint(m.TryLock())) }()
			m.Lock()
			defer m.Unlock()
			runtime.Goexit()
		}()
	})
	run("recover before", func() {
		func() {
			defer func() { say(fmt.Sprint(recover())) }()
			panic("first")
		}()
		runtime.Goexit()
	})
	var wg sync.WaitGroup
	n := 0
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			defer func() { mu.Lock(); n += i; mu.Unlock() }()
			if i%2 == 0 {
				runtime.Goexit()
			}
			mu.Lock()
			n += 1000
			mu.Unlock()
		}(i)
	}
	wg.Wait()
	fmt.Println(n)
	once := sync.Once{}
	run("once", func() { once.Do(func() { runtime.Goexit() }) })
	once.Do(func() { fmt.Println("not again") })
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := 0; ; i++ {
			if i == 3 {
				runtime.Goexit()
			}
			ch <- i
		}
	}()
	for v := range ch {
		fmt.Print(v, " ")
	}
	fmt.Println()
}
