// strings: formatting numbers, joining, searching and cutting.
package main

import (
	"fmt"
	"strconv"
	"strings"
)

func main() {
	total := 0
	for round := 0; round < 120; round++ {
		parts := make([]string, 0, 10000)
		for i := 0; i < 10000; i++ {
			parts = append(parts, "key"+strconv.Itoa(i*round))
		}
		text := strings.Join(parts, ",")
		for {
			i := strings.Index(text, ",")
			if i < 0 {
				break
			}
			word := text[:i]
			text = text[i+1:]
			total += len(strings.ToUpper(word))
			if word[len(word)-1] == '7' {
				total++
			}
		}
	}
	fmt.Println(total)
}
