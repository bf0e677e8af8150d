// sort: the library's sort with a comparison, and a quicksort by hand.
package main

import (
	"fmt"
	"sort"
)

func numbers(n int) []int {
	a, seed := make([]int, n), 42
	for i := range a {
		seed = (seed*16807 + 11) % 2147483647
		a[i] = seed
	}
	return a
}

func quick(a []int, lo, hi int) {
	for lo < hi {
		p, i, j := a[(lo+hi)/2], lo, hi
		for i <= j {
			for a[i] < p {
				i++
			}
			for a[j] > p {
				j--
			}
			if i <= j {
				a[i], a[j] = a[j], a[i]
				i++
				j--
			}
		}
		quick(a, lo, j)
		lo = i
	}
}

func main() {
	a, b := numbers(200000), numbers(500000)
	sort.Slice(a, func(i, j int) bool { return a[i] < a[j] })
	quick(b, 0, len(b)-1)
	fmt.Println(a[0], a[100000], b[0], b[250000])
}
