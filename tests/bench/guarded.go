// guarded: a buffer as a goroutine that takes when there is room and gives when
// something is there: Go's way to say what guarded.csp says.
package main

import "fmt"

const items, room = 300000, 10

func buffer(in, out, more chan int) {
	var slots [room]int
	first, count := 0, 0
	for in != nil || count > 0 {
		take, give := in, more
		if count == room {
			take = nil
		}
		if count == 0 {
			give = nil
		}
		select {
		case x, ok := <-take:
			if !ok {
				in = nil
				break
			}
			slots[(first+count)%room] = x
			count++
		case <-give:
			out <- slots[first]
			first = (first + 1) % room
			count--
		}
	}
	close(out)
}

func main() {
	in, out, more := make(chan int), make(chan int), make(chan int)
	go buffer(in, out, more)
	go func() {
		for i := 0; i < items; i++ {
			in <- i
		}
		close(in)
	}()
	sum := 0
	for i := 0; i < items; i++ {
		more <- 1
		sum += <-out * (i & 3)
	}
	fmt.Println(sum)
}
