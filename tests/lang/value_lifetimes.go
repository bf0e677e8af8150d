// What a variable held is free once the variable is nil, and setting a large
// variable to its zero value makes no other one.
package main

import (
	"fmt"
	"runtime"
)

const large = 8 << 20

type table struct {
	rows [300]int
	n    int
}

type holder struct{ t table }

func reset(t *table)     { *t = table{} }
func (h *holder) reset() { h.t = table{} }

func stats() (s runtime.MemStats) {
	runtime.GC()
	runtime.ReadMemStats(&s)
	return
}

func inUse(s runtime.MemStats) bool { return s.Alloc >= large }

func main() {
	c := make(chan []byte, 2)
	c <- make([]byte, large)
	close(c)
	for x := range c {
		before := inUse(stats())
		runtime.KeepAlive(x)
		x = nil
		fmt.Println(before, inUse(stats()), x == nil)
	}

	t, h := &table{n: 3}, &holder{table{n: 4}}
	t.rows[299] = 1
	var a, b runtime.MemStats
	runtime.ReadMemStats(&a)
	reset(t)
	h.reset()
	runtime.ReadMemStats(&b)
	fmt.Println(b.Mallocs-a.Mallocs, *t == table{}, *h == holder{})

	defer func() { fmt.Println(recover()) }()
	reset(nil)
}
