package main

// Functions that C calls: arguments, results, blocking, panics, threads.

/*
#cgo CFLAGS: -I${SRCDIR}/lib
#cgo LDFLAGS: -lffitest
#include "ffitest.h"
*/
import "C"
import (
	"ffi"
	"fmt"
	"runtime"
	"sync"
	"unsafe"
)

func add1(x C.int) C.int { return x + 1 }

func recovered(what string, f func()) {
	defer func() { fmt.Println(what, "->", recover()) }()
	f()
	fmt.Println(what, "went on")
}

type counter struct{ n int }

func (c *counter) count(x C.int) C.int { c.n++; return x }

func main() {
	fmt.Println(C.call_int(add1, 41), C.call_int(func(x C.int) C.int { return -x }, 5))
	v := 3
	got := C.call_mix(func(a C.int, b C.double, s *C.char, f C.float, l C.long, u C.uchar, d C.double, h C.short, x, y, z C.int, p unsafe.Pointer) C.double {
		fmt.Println(a, b, C.GoString(s), f, l, u, d, h, x, y, z, *(*int)(p))
		return b * 2
	}, unsafe.Pointer(&v))
	fmt.Println(got)
	fmt.Println(C.call_bool(func(b C.bool, c C.schar, u C.ushort) C.bool { fmt.Println(b, c, u); return !b }, true))
	C.call_void(func(p unsafe.Pointer) { *(*int)(p) = 99 }, unsafe.Pointer(&v))
	fmt.Println(v)
	c := &counter{}
	fmt.Println(C.call_each(c.count, 100), c.n)

	// C function pointers, from C and back to it
	fmt.Println(C.choose(0) == nil, C.choose(1)(21), C.call_int(C.choose(2), 12), C.call_int(C.int_fn(C.t_int), 8))
	sq := C.choose(2)
	defer fmt.Println("deferred after", sq(7))
	fmt.Println(C.apply_choice(func(which C.int) C.int_fn { return C.choose(which) }, 2, 9))

	// C in a callback, a callback in that
	fmt.Println(C.call_int(func(x C.int) C.int {
		return C.call_each(func(i C.int) C.int { return i * x }, 4)
	}, 10))

	// a deep stack of the goroutine, moved below the C frames
	var deep func(n C.int) C.int
	deep = func(n C.int) C.int {
		if n == 0 {
			return 0
		}
		return 1 + deep(n-1)
	}
	fmt.Println(C.call_int(deep, 5000))
	var both func(x C.int) C.int
	both = func(x C.int) C.int {
		if x == 0 {
			runtime.GC()
			return 1
		}
		return x + C.call_int(both, x-1)
	}
	fmt.Println(both(50))

	// blocking
	ch := make(chan C.int)
	go func() {
		for i := C.int(0); i < 10; i++ {
			ch <- i
		}
	}()
	fmt.Println(C.call_each(func(i C.int) C.int { return <-ch }, 10))
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for g := 0; g < 20; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			C.call_each(func(i C.int) C.int {
				runtime.Gosched()
				mu.Lock()
				total++
				mu.Unlock()
				return 0
			}, 10)
		}()
	}
	wg.Wait()
	fmt.Println(total)

	// panics
	recovered("panic", func() { C.call_int(func(x C.int) C.int { panic("in callback") }, 1) })
	recovered("runtime error", func() { C.call_int(func(x C.int) C.int { return []C.int{1}[x] }, 3) })
	recovered("once", func() {
		C.call_each(func(x C.int) C.int {
			fmt.Println("called with", x)
			if x == 2 {
				panic("stop")
			}
			return 0
		}, 10)
	})
	recovered("recovered inside", func() {
		fmt.Println(C.call_int(func(x C.int) (r C.int) {
			defer func() { recover(); r = 77 }()
			panic("inside")
		}, 1))
	})
	recovered("nested", func() {
		defer fmt.Println("outer defer")
		C.call_int(func(x C.int) C.int {
			defer fmt.Println("inner defer")
			return C.call_int(func(y C.int) C.int { panic("deep") }, x)
		}, 1)
	})
	recovered("deferred C call", func() {
		defer C.call_int(func(x C.int) C.int { fmt.Println("runs while panicking"); return 0 }, 1)
		panic("outer")
	})
	recovered("nil", func() {
		var f C.int_fn
		f(1)
	})
	recovered("chosen nil", func() { C.choose(0)(1) })
	done := make(chan bool)
	go func() {
		defer close(done)
		C.call_int(func(x C.int) C.int { runtime.Goexit(); return 0 }, 1)
		fmt.Println("not reached")
	}()
	<-done

	// kept callbacks
	k := ffi.Callback(func(x C.int) C.int { return x * 3 })
	C.keep(C.int_fn(k.Pointer()))
	runtime.GC()
	fmt.Println(C.call_kept(4), C.call_kept(5))
	k.Free()
	recovered("freed", func() { C.call_kept(6) })
	recovered("freed twice", func() { k.Free() })
	recovered("pointer of freed", func() { k.Pointer() })
	C.keep(func(x C.int) C.int { return 1 })
	recovered("lent", func() { C.call_kept(6) })
	recovered("no function", func() { ffi.Callback(3) })
	recovered("no C type", func() { ffi.Callback(func(m map[int]int) {}) })

	// threads of C
	fmt.Println(C.call_on_threads(func(x C.int) C.int { return x }, 4, 100))
	results := make(chan C.int, 1)
	fmt.Println(C.call_on_threads(func(x C.int) C.int {
		results <- x
		return <-results
	}, 3, 50))
	later := make(chan int)
	l := ffi.Callback(func(p unsafe.Pointer) { later <- *(*int)(p) })
	n := 42
	pin := ffi.Pin(&n)
	C.call_later(C.void_fn(l.Pointer()), unsafe.Pointer(&n), 5)
	fmt.Println(<-later)
	pin.Unpin()
}
