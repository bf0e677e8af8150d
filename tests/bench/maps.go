// maps: a map with numbers as keys: insertion, look-up, change, deletion.
package main

import "fmt"

func main() {
	sum := 0
	for round := 0; round < 4; round++ {
		m := make(map[int]int)
		key := 1
		for i := 0; i < 200000; i++ {
			key = (key*1103 + 12345) % 1000003
			m[key] += i
		}
		for k := 0; k < 400000; k++ {
			if v, ok := m[k]; ok {
				sum += v % 7
			}
		}
		for k := 0; k < 1000003; k += 3 {
			delete(m, k)
		}
		sum += len(m)
	}
	fmt.Println(sum)
}
