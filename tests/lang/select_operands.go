// Channel operands and values of a select are evaluated once, in order, whichever
// case is taken; the left side of a receive only when it is.
package main

import (
	"fmt"
	"time"
)

var trace []string

func t[T any](name string, v T) T { trace = append(trace, name); return v }
func flush(what ...any) {
	fmt.Println(append(what, trace)...)
	trace = nil
}

type hub struct {
	in, out chan int
	vals    [3]int
	m       map[string]int
}

func (h *hub) ch(name string, c chan int) chan int { trace = append(trace, name); return c }

type sender[T any] chan T

func pick[T any](a, b chan T, v T) (got T, from string) {
	select {
	case got = <-t("ga", a):
		return got, "a"
	case t("gb", b) <- t("gv", v):
		return v, "b"
	}
}

func try(f func()) {
	defer func() { flush("  caught", recover()) }()
	f()
}

func main() {
	full, empty, ready := make(chan int, 1), make(chan int, 1), make(chan int, 1)
	full <- 1
	ready <- 7
	var none chan int
	h := &hub{in: ready, out: full, m: map[string]int{}}
	select {
	case t("nil", none) <- t("v1", 1):
	case t("full", full) <- t("v2", 2):
	case h.vals[t("index", 1)] = <-t("ready", ready):
	case h.vals[t("other", 2)] = <-t("empty", empty):
	}
	flush(h.vals)
	select {
	case h.vals[t("index", 1)] = <-t("empty", empty):
	case *t("ptr", &h.vals[0]) = <-none:
	case h.ch("out", full) <- t("v", 5):
	default:
		flush("default")
	}
	ready <- 8
	var ok bool
	select {
	case h.m[t("key", "k")], ok = <-h.ch("in", ready):
		flush(h.m, ok)
	}
	close(ready)
	select {
	case h.m[t("key", "z")], *t("okp", &ok) = <-h.ch("in", ready):
		flush(h.m, ok)
	}
	// New variables, and what stands in the case's scope.
	x := 100
	empty <- 3
	select {
	case x := <-empty:
		x++
		fmt.Println(x)
	case x, ok := <-none:
		fmt.Println(x, ok)
	}
	fmt.Println(x)
	// Values are evaluated even for cases that are not taken, with their panics.
	try(func() {
		var np *hub
		select {
		case none <- np.vals[0]:
		default:
			trace = append(trace, "default")
		}
	})
	try(func() {
		i := 5
		select {
		case <-t("first", none):
		case t("second", none) <- h.vals[i]:
		default:
		}
	})
	try(func() {
		closed := make(chan int)
		close(closed)
		select {
		case t("closed", closed) <- t("value", 1):
		case <-t("none", none):
		}
	})
	try(func() {
		var nilMap map[string]int
		c := make(chan int, 1)
		c <- 1
		select {
		case nilMap[t("key", "k")] = <-t("c", c):
		}
	})
	fmt.Println(pick(make(chan string), make(chan string, 1), "v"))
	flush()
	c := make(chan float64, 1)
	c <- 1.5
	fmt.Println(pick(c, nil, 2))
	flush()
	// Receives within operands.
	inner := make(chan chan int, 2)
	target := make(chan int, 1)
	inner <- target
	src := make(chan int, 1)
	src <- 42
	select {
	case <-inner <- <-src:
		fmt.Println(<-target)
	}
	// The same channel in several cases; conversions to interfaces.
	ch := make(chan any, 1)
	for i := 0; i < 4; i++ {
		select {
		case ch <- i:
		case v := <-ch:
			fmt.Print(v, " ")
		}
	}
	fmt.Println()
	errs := make(chan error, 1)
	var r any
	select {
	case errs <- fmt.Errorf("e%d", t("n", 1)):
		select {
		case r = <-errs: // to an interface
		}
	}
	flush(r)
	// In loops with labels, closures and defer.
	ticks, quit := make(chan int), make(chan bool)
	go func() {
		defer close(quit)
		for i := 0; i < 5; i++ {
			ticks <- i
		}
	}()
	sum := 0
loop:
	for {
		select {
		case v := <-ticks:
			if v == 2 {
				continue loop
			}
			defer func() { fmt.Print("d", v, " ") }()
			sum += v
		case <-quit:
			break loop
		case <-time.After(5 * time.Second):
			fmt.Println("late")
		}
	}
	fmt.Println(sum)
	func() {
		res := make(chan string, 2)
		defer func() { fmt.Println(len(res), <-res) }()
		select {
		case res <- func() string { return t("lit", "value") }():
			return
		}
	}()
	flush()
	// Disabled cases.
	var a, b chan int = make(chan int, 3), nil
	a <- 1
	a <- 2
	close(a)
	for n := 0; a != nil || b != nil; n++ {
		select {
		case v, ok := <-a:
			if !ok {
				a, b = nil, make(chan int, 1)
				b <- 9
				close(b)
				continue
			}
			fmt.Print("a", v, " ")
		case v, ok := <-b:
			if !ok {
				b = nil
			}
			fmt.Print("b", v, ok, " ")
		}
	}
	fmt.Println()
	type pair struct {
		n int
		s string
	}
	pc := make(chan pair, 1)
	var p pair
	select {
	case pc <- pair{t("n", 1), t("s", "x")}:
	}
	select {
	case p = <-pc:
	}
	flush(p)
	big := make(chan [50]int, 1)
	var arr [50]int
	select {
	case big <- [50]int{49: t("e", 6)}:
	}
	select {
	case arr = <-big:
	default:
	}
	flush(arr[49])
	sel := 0
	for i := 0; i < 200; i++ {
		l, r := make(chan int, 1), make(chan int, 1)
		l <- 1
		r <- 1
		select {
		case <-l:
			sel |= 1
		case <-r:
			sel |= 2
		}
	}
	fmt.Println(sel)
}
