// heap: a large live heap of small objects that refer to each other at random,
// a part of which is replaced again and again. HEAP_NODES sets its size.
package main

import (
	"fmt"
	"os"
	"strconv"
)

type Node struct {
	left, right *Node
	name        string
	value       int
}

func size() int {
	if n, err := strconv.Atoi(os.Getenv("HEAP_NODES")); err == nil {
		return n
	}
	return 500000
}

func main() {
	n := size()
	nodes := make([]*Node, n)
	seed := uint32(1)
	random := func() int {
		seed = seed*1664525 + 1013904223
		return int(uint64(seed) * uint64(n) >> 32)
	}
	for i := range nodes {
		nodes[i] = &Node{value: i}
	}
	for i := range nodes {
		nodes[i].left = nodes[random()]
		nodes[i].right = nodes[random()]
	}
	for round := 0; round < 2*n; round++ {
		nodes[random()] = &Node{left: nodes[random()], value: round}
	}
	sum := 0
	for _, p := range nodes {
		sum += p.value
		if p.left != nil {
			sum -= p.left.value
		}
	}
	fmt.Println(sum)
}
