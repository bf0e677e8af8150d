package main

import "fmt"

func main() {
	for _, format := range []string{"%.", "%.[]", "%[]", "%.[]d", "%[1]", "%.2", "%5.", "%[1].d"} {
		fmt.Printf("%q: %s\n", format, fmt.Sprintf(format, 3))
	}
}
