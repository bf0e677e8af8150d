// Contexts: ends, reasons, values, texts.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type key string

func main() {
	bg := context.Background()
	fmt.Println(bg, context.TODO(), bg.Err(), bg.Done() == nil, bg.Value("x"))
	_, has := bg.Deadline()
	fmt.Println(has)

	ctx, cancel := context.WithCancel(bg)
	child, cancelChild := context.WithCancel(context.WithValue(ctx, key("user"), "ann"))
	fmt.Println(child.Value(key("user")), child.Value("user"), child.Err())
	cancelChild()
	<-child.Done()
	fmt.Println(child.Err(), ctx.Err())
	grand, cancelGrand := context.WithTimeout(ctx, time.Hour)
	defer cancelGrand()
	cancel()
	cancel()
	<-grand.Done()
	fmt.Println(grand.Err(), errors.Is(ctx.Err(), context.Canceled))
	_, has = grand.Deadline()
	fmt.Println(has)

	short, stop := context.WithTimeout(bg, 5*time.Millisecond)
	defer stop()
	select {
	case <-short.Done():
		fmt.Println(short.Err(), errors.Is(short.Err(), context.DeadlineExceeded))
	case <-time.After(10 * time.Second):
		fmt.Println("late")
	}
	var timeout interface{ Timeout() bool }
	fmt.Println(errors.As(short.Err(), &timeout) && timeout.Timeout())
	past, stop2 := context.WithDeadline(bg, time.Now().Add(-time.Second))
	defer stop2()
	fmt.Println(past.Err())
	later, stop3 := context.WithTimeout(past, time.Hour)
	defer stop3()
	fmt.Println(later.Err())

	fmt.Println(ctx)
	for _, f := range []func(){func() { context.WithValue(bg, nil, 1) }, func() { context.WithValue(bg, []int{}, 1) }, func() { context.WithCancel(nil) }} {
		func() {
			defer func() { fmt.Println("panics:", recover()) }()
			f()
		}()
	}
}
