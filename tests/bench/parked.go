// parked: a million goroutines wait on one channel. Standard output gets the
// count, standard error the bytes of each and the nanoseconds to make it.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// resident reads the size of the process's memory in bytes.
func resident() int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, "VmRSS:") {
			kb, _ := strconv.Atoi(strings.Fields(line)[1])
			return kb * 1024
		}
	}
	return 0
}

func main() {
	const n = 1000000
	var started, ended sync.WaitGroup
	gate := make(chan bool)
	started.Add(n)
	ended.Add(n)
	before, start := resident(), time.Now()
	for i := 0; i < n; i++ {
		go func() {
			started.Done()
			<-gate
			ended.Done()
		}()
	}
	started.Wait()
	took := time.Since(start)
	fmt.Fprintf(os.Stderr, "%d %d\n", (resident()-before)/n, int(took)/n)
	close(gate)
	ended.Wait()
	fmt.Println(n)
}
