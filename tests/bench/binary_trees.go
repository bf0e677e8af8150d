// binary_trees: allocation and collection of many small objects.
package main

import "fmt"

type Tree struct{ left, right *Tree }

func build(depth int) *Tree {
	if depth == 0 {
		return &Tree{}
	}
	return &Tree{build(depth - 1), build(depth - 1)}
}

func (t *Tree) count() int {
	if t.left == nil {
		return 1
	}
	return 1 + t.left.count() + t.right.count()
}

func main() {
	const minDepth, maxDepth = 4, 15
	long := build(maxDepth)
	for depth := minDepth; depth <= maxDepth; depth += 2 {
		rounds := 1 << (maxDepth - depth + minDepth)
		sum := 0
		for i := 0; i < rounds; i++ {
			sum += build(depth).count()
		}
		fmt.Println(rounds, depth, sum)
	}
	fmt.Println(maxDepth, long.count())
}
