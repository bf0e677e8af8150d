// Unused variables and imports.
package main

import (
	"fmt"
	"os" // ERROR "imported and not used"
)

func main() {
	x := 1 // ERROR "declared and not used"
	var y int // ERROR "declared and not used"
	y = 2
	for i := range 3 { // ERROR "declared and not used"
		fmt.Println("x")
	}
}
