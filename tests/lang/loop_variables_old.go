//go:build go1.19

// Before Go 1.22 all iterations of a loop share its variables.
package main

import "fmt"

func main() {
	var fs []func() int
	for i, v := range []int{10, 20, 30} {
		fs = append(fs, func() int { return i }, func() int { return v })
	}
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { return i })
	}
	for i := range map[int]bool{5: true} {
		fs = append(fs, func() int { return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println()
}
