package main

import (
	"fmt"
	"regexp"
)

func main() {
	re := regexp.MustCompile(`(?P<x>hi)|(?P<x>bye)`)
	fmt.Println(re.ReplaceAllString("bye hi", "<$x$x>"), re.ReplaceAllString("bye", "$1|$2|$3"))
	parts := regexp.MustCompile(``).Split("", -1)
	fmt.Println(parts != nil, len(parts))
}
