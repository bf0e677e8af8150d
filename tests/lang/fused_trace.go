// The line of a panic in an instruction that does the work of two lines.
// exit: 2
// stderr: (?s)nil pointer dereference.*main\.total.*fused_trace\.go:1[34].*main\.main.*fused_trace\.go:23
package main

type item struct{ n, m int }

//go:noinline
func total(a, b *item) int {
	if a.n > 100 {
		return 0
	}
	return a.n *
		b.m
}

func show(n int) { println(n) }

func main() {
	var none *item
	defer show(1)
	show(total(&item{2, 3}, &item{4, 5}))
	show(total(&item{2, 3}, none))
}
