// What a function does not use any more is no root: finalizers run while the
// function that had the object still runs, but never before its last use.
package main

import (
	"fmt"
	"runtime"
)

type T struct{ a, b *int }

func (t *T) use() {}

func main() {
	n := make(chan string, 10)
	x := &T{}
	runtime.SetFinalizer(x, func(*T) { n <- "x" })
	x.use()
	runtime.GC()
	fmt.Println(<-n)
	y := new(T)
	runtime.SetFinalizer(y, func(*T) { n <- "y" })
	runtime.GC()
	select {
	case s := <-n:
		fmt.Println("too early", s)
	default:
	}
	runtime.KeepAlive(y)
	runtime.GC()
	fmt.Println(<-n)
	each(n)
	deferred(n)
	recovered(n)
	sent(n)
	fmt.Println(chosen(n))
}

// The variable of a loop's last round is dead, its values were too.
func each(n chan string) {
	for i := 0; i < 3; i++ {
		t := new(T)
		runtime.SetFinalizer(t, func(*T) { n <- "each" })
	}
	runtime.GC()
	fmt.Println(<-n, <-n, <-n)
}

func finalized(n chan string, name string) *T {
	t := new(T)
	runtime.SetFinalizer(t, func(*T) { n <- name })
	return t
}

func none(n chan string) {
	runtime.GC()
	runtime.Gosched()
	select {
	case s := <-n:
		fmt.Println("too early:", s)
	default:
	}
}

// Arguments of a deferred call, and results that it may still read.
func deferred(n chan string) {
	t := finalized(n, "deferred")
	defer func(t *T) {
		none(n)
		runtime.KeepAlive(t)
		runtime.GC()
		fmt.Println(<-n)
	}(t)
	none(n)
}

func result(n chan string) (t *T) {
	defer func() {
		recover()
		none(n)
	}()
	t = finalized(n, "result")
	var p *T
	p.a = nil
	return nil
}

func recovered(n chan string) {
	t := result(n)
	none(n)
	fmt.Println(t != nil)
	runtime.GC()
	fmt.Println(<-n)
}

// A value under way from a goroutine that waits for its receiver.
func sent(n chan string) {
	c := make(chan *T)
	go func() { c <- finalized(n, "sent") }()
	for i := 0; i < 10; i++ {
		runtime.Gosched()
		none(n)
	}
	t := <-c
	none(n)
	fmt.Println(t.a == nil)
	runtime.GC()
	fmt.Println(<-n)
}

// A value that a select has got before its goroutine runs again.
func chosen(n chan string) (ok bool) {
	c, d, done := make(chan *T), make(chan *T), make(chan bool)
	go func() {
		select {
		case t := <-c:
			none(n)
			done <- t.a == nil
		case <-d:
		}
	}()
	runtime.Gosched()
	c <- finalized(n, "chosen")
	none(n)
	ok = <-done
	runtime.GC()
	fmt.Println(<-n)
	return ok
}
