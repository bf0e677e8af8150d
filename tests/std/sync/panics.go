package main

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
)

func try(f func()) {
	defer func() {
		v := recover()
		fmt.Printf("%T %v\n", v, v)
	}()
	f()
}

func main() {
	var wg sync.WaitGroup
	try(func() { wg.Done() })
	var v atomic.Value
	v.Store(1)
	try(func() { v.CompareAndSwap("a", 2) })
	try(func() { v.CompareAndSwap(1, "b") })
	try(func() { v.CompareAndSwap(1, nil) })
	fmt.Println(v.CompareAndSwap(2, 3), v.CompareAndSwap(1, 3), v.Load())
	fmt.Println(sort.Float64Slice{1, 2.5, 7}.Search(3))
}
