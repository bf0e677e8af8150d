package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

var errFirst = errors.New("first")

func firstError() {
	var g errgroup.Group
	failed := make(chan struct{})
	g.Go(func() error {
		defer close(failed)
		return errFirst
	})
	g.Go(func() error {
		<-failed
		return nil
	})
	fmt.Println("wait:", g.Wait())
	var ok errgroup.Group
	ok.Go(func() error { return nil })
	fmt.Println("wait:", ok.Wait())
}

func cancels() {
	g, ctx := errgroup.WithContext(context.Background())
	for i := 0; i < 5; i++ {
		g.Go(func() error {
			<-ctx.Done()
			return ctx.Err()
		})
	}
	g.Go(func() error { return errFirst })
	fmt.Println("wait:", g.Wait(), ctx.Err(), context.Cause(ctx))

	g, ctx = errgroup.WithContext(context.Background())
	g.Go(func() error { return nil })
	fmt.Println("wait:", g.Wait(), ctx.Err())
}

func limits() {
	var g errgroup.Group
	g.SetLimit(3)
	var now, most atomic.Int32
	for i := 0; i < 100; i++ {
		g.Go(func() error {
			n := now.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			now.Add(-1)
			return nil
		})
	}
	g.Wait()
	fmt.Println("never more than 3:", most.Load() >= 1 && most.Load() <= 3)

	g.SetLimit(1)
	release := make(chan struct{})
	fmt.Println("try:", g.TryGo(func() error { <-release; return nil }))
	fmt.Println("try:", g.TryGo(func() error { return nil }))
	func() {
		defer func() { fmt.Println(recover()) }()
		g.SetLimit(2)
	}()
	close(release)
	g.Wait()
	g.SetLimit(-1)
	fmt.Println("try:", g.TryGo(func() error { return nil }), g.Wait())
}

func main() {
	firstError()
	cancels()
	limits()
}
