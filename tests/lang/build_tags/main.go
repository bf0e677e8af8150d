package main

import (
	"fmt"
	"sort"
	"tags/part"
)

var seen []string

func main() {
	sort.Strings(seen)
	fmt.Println(seen, part.Name)
}
