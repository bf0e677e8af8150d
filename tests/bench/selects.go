// selects: one goroutine chooses among four senders.
package main

import "fmt"

func send(c chan int, n int, done chan bool) {
	for i := 0; i < n; i++ {
		c <- i
	}
	done <- true
}

func main() {
	const each = 200000
	a, b, c, d, done := make(chan int), make(chan int), make(chan int, 16), make(chan int, 16), make(chan bool, 4)
	for _, ch := range []chan int{a, b, c, d} {
		go send(ch, each, done)
	}
	sum, left := 0, 4*each
	for left > 0 {
		select {
		case v := <-a:
			sum += v
			left--
		case v := <-b:
			sum += 2 * v
			left--
		case v := <-c:
			sum += 3 * v
			left--
		case v := <-d:
			sum += 4 * v
			left--
		case <-done:
		}
	}
	fmt.Println(sum)
}
