// maps_sort: counting in maps with integer and string keys, sorting the result.
package main

import (
	"fmt"
	"sort"
	"strconv"
)

func main() {
	seed := uint32(1)
	next := func() int {
		seed = seed*1664525 + 1013904223
		return int(seed >> 8)
	}
	byNumber := map[int]int{}
	byName := map[string]int{}
	for i := 0; i < 3000000; i++ {
		k := next() % 50000
		byNumber[k]++
		if i%4 == 0 {
			byName["n"+strconv.Itoa(k%5000)]++
		}
	}
	counts := make([]int, 0, len(byNumber))
	for k, n := range byNumber {
		counts = append(counts, n*100000+k)
	}
	sort.Slice(counts, func(i, j int) bool { return counts[i] < counts[j] })
	names := make([]string, 0, len(byName))
	for name := range byName {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool { return names[i] < names[j] })
	fmt.Println(len(counts), counts[0], counts[len(counts)-1], names[0], byName[names[0]])
}
