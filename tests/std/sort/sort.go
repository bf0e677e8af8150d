// Sorting and searching of every kind; the results are checked and a few shown.
package main

import (
	"fmt"
	"math"
	"sort"
)

type person struct {
	name string
	age  int
}

type byAge []person

func (b byAge) Len() int           { return len(b) }
func (b byAge) Less(i, j int) bool { return b[i].age < b[j].age }
func (b byAge) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func main() {
	seed := uint32(1)
	next := func() int {
		seed = seed*1664525 + 1013904223
		return int(seed >> 16)
	}
	for _, n := range []int{0, 1, 2, 11, 12, 13, 100, 1000} {
		for kind := 0; kind < 4; kind++ {
			a := make([]int, n)
			for i := range a {
				switch kind {
				case 0:
					a[i] = next()
				case 1:
					a[i] = i
				case 2:
					a[i] = -i
				case 3:
					a[i] = next() % 4
				}
			}
			b, c, d := append([]int(nil), a...), append([]int(nil), a...), append([]int(nil), a...)
			sort.Ints(a)
			sort.Slice(b, func(i, j int) bool { return b[i] > b[j] })
			sort.SliceStable(c, func(i, j int) bool { return c[i]%10 < c[j]%10 })
			sort.Sort(sort.Reverse(sort.IntSlice(d)))
			fmt.Print(sort.IntsAreSorted(a), sort.SliceIsSorted(b, func(i, j int) bool { return b[i] > b[j] }), sort.IsSorted(sort.Reverse(sort.IntSlice(d))), " ")
		}
	}
	fmt.Println()
	ps := byAge{{"a", 30}, {"b", 25}, {"c", 30}, {"d", 25}, {"e", 20}, {"f", 30}}
	sort.Stable(ps)
	fmt.Println(ps, sort.IsSorted(ps))
	s := []string{"banana", "apple", "", "Cherry", "é", "apple"}
	sort.Strings(s)
	fmt.Println(s, sort.StringsAreSorted(s))
	f := []float64{2, math.NaN(), -1, math.Inf(1), 0, math.Inf(-1)}
	sort.Float64s(f)
	fmt.Println(f, sort.Float64sAreSorted(f))
	a := []int{1, 3, 3, 5, 7}
	for x := 0; x <= 8; x++ {
		i, found := sort.Find(len(a), func(i int) int { return x - a[i] })
		fmt.Print(sort.SearchInts(a, x), sort.Search(len(a), func(i int) bool { return a[i] > x }), i, found, " ")
	}
	fmt.Println(sort.SearchStrings(s, "apple"), sort.SearchFloat64s(f[1:], 0), sort.IntSlice(a).Search(5), sort.StringSlice(s).Len())
	sort.Slice([]int(nil), func(i, j int) bool { return false })
	func() {
		defer func() { fmt.Println("panics:", recover() != nil) }()
		sort.Slice(5, func(i, j int) bool { return false })
	}()
}
