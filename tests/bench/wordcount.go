// wordcount: a text cut into words, the words counted in a map.
package main

import (
	"fmt"
	"strings"
)

func main() {
	words := strings.Fields("the quick brown fox jumps over the lazy dog while seven wise men and one old cat look at them")
	var b strings.Builder
	seed := 7
	for i := 0; i < 400000; i++ {
		seed = (seed*16807 + 11) % 2147483647
		b.WriteString(words[seed%len(words)])
		b.WriteByte(' ')
	}
	text := b.String()
	counts := map[string]int{}
	for round := 0; round < 3; round++ {
		start := 0
		for i := 0; i < len(text); i++ {
			if text[i] == ' ' {
				counts[text[start:i]]++
				start = i + 1
			}
		}
	}
	fmt.Println(len(text), len(counts), counts["the"], counts["fox"])
}
