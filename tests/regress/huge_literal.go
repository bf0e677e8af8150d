// exit: 1
// stderr: huge_literal.go:8:6: type \[4611686018427387905\]int larger than address space
// The length of a literal follows from its indices; its size overflowed in the
// generator.
package main

func main() {
	_ = []int{1 << 62: 1}
}
