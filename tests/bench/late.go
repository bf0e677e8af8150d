// late: how late timers are beside goroutines that spin. Prints median and
// longest lateness of a hundred sleeps of 5 ms for 0, 1, 2, 4 and 8 of them.
// Not one of the programs that `run` times: it is wall time that counts here.
package main

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

func spin(stop *int32, ended *sync.WaitGroup) {
	for x := 1; atomic.LoadInt32(stop) == 0; x *= 3 {
	}
	ended.Done()
}

func main() {
	const sleep = 5 * time.Millisecond
	for _, spinners := range []int{0, 1, 2, 4, 8} {
		var stop int32
		var ended sync.WaitGroup
		ended.Add(spinners)
		for i := 0; i < spinners; i++ {
			go spin(&stop, &ended)
		}
		late := make([]time.Duration, 100)
		for i := range late {
			begin := time.Now()
			time.Sleep(sleep)
			late[i] = time.Since(begin) - sleep
		}
		atomic.StoreInt32(&stop, 1)
		ended.Wait()
		sort.Slice(late, func(i, j int) bool { return late[i] < late[j] })
		fmt.Printf("%d spinning: median %6.2f ms, longest %6.2f ms\n", spinners, late[50].Seconds()*1e3, late[99].Seconds()*1e3)
	}
}
