package main

// Calls that block leave the processor to others; a locked goroutine stays on its thread.

/*
#cgo CFLAGS: -I${SRCDIR}/lib
#cgo LDFLAGS: -lffitest
#include "ffitest.h"
*/
import "C"
import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func main() {
	start := time.Now()
	var wg sync.WaitGroup
	for i := 0; i < 300; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			C.block_ms(20)
		}()
	}
	ticks := 0
	done := make(chan bool)
	go func() { wg.Wait(); close(done) }()
loop:
	for {
		select {
		case <-done:
			break loop
		default:
			ticks++
			runtime.Gosched()
		}
	}
	// one after the other they would take 6 s
	fmt.Println("in parallel:", time.Since(start) < 3*time.Second, "others ran:", ticks > 10)

	same := true
	var locked sync.WaitGroup
	locked.Add(1)
	go func() {
		defer locked.Done()
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		id := C.thread_id()
		for i := 0; i < 50; i++ {
			runtime.Gosched()
			C.block_ms(0)
			C.call_int(func(x C.int) C.int {
				runtime.Gosched()
				same = same && C.thread_id() == id
				return x
			}, 1)
			same = same && C.thread_id() == id
		}
	}()
	var others sync.WaitGroup
	for i := 0; i < 10; i++ {
		others.Add(1)
		go func() {
			defer others.Done()
			for k := 0; k < 20; k++ {
				C.block_ms(0)
				runtime.Gosched()
			}
		}()
	}
	locked.Wait()
	others.Wait()
	fmt.Println("same thread:", same)

	// go and defer of C functions evaluate their arguments at once
	func() {
		n := C.int(1)
		f := C.choose(1)
		defer fmt.Println("counter", C.counter)
		defer C.call_int(f, n)
		defer f(n)
		n, f = 2, nil
		go C.block_ms(1)
	}()
}
