// skynet: a tree of goroutines, ten under each, that sum their numbers.
package main

import "fmt"

func skynet(c chan int, num, size int) {
	if size == 1 {
		c <- num
		return
	}
	sub := make(chan int)
	sum := 0
	for i := 0; i < 10; i++ {
		go skynet(sub, num+i*(size/10), size/10)
	}
	for i := 0; i < 10; i++ {
		sum += <-sub
	}
	c <- sum
}

func main() {
	c := make(chan int)
	for i := 0; i < 5; i++ {
		go skynet(c, 0, 100000)
		fmt.Println(<-c)
	}
}
