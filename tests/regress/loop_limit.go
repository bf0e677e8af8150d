// The limit of a loop may depend on its counter.
package main

import "fmt"

func main() {
	n, s := 10, []int{1, 2, 3, 4, 5, 6}
	for i := 0; i < n-i; i++ {
		fmt.Print(i, " ")
	}
	for i := 0; i <= len(s)-i; i += 2 {
		fmt.Print(i, " ")
	}
	for i := 1; i < s[i]+1; i++ {
		s[i] -= i / 3
		fmt.Print(i, " ")
		if i == 4 {
			break
		}
	}
	fmt.Println()
}
