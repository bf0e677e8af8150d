// generics: a stack and functions over any type, instantiated for two.
package main

import "fmt"

type Number interface{ ~int | ~float64 }

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }
func (s *Stack[T]) Pop() T {
	v := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v
}

func Sum[T Number](xs []T) T {
	var sum T
	for _, x := range xs {
		sum += x
	}
	return sum
}

func work[T Number](rounds int, one T) T {
	s := &Stack[T]{}
	var total, v T
	for r := 0; r < rounds; r++ {
		for i := 0; i < 100; i++ {
			s.Push(v)
			v += one
		}
		total += Sum(s.items)
		for len(s.items) > 0 {
			s.Pop()
		}
	}
	return total
}

func main() { fmt.Printf("%d %.1f\n", work(30000, 1), work(30000, 0.5)) }
