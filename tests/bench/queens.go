// queens: all ways to place ten queens, by trying and going back.
package main

import "fmt"

const n = 10

type board struct {
	cols, up, down []bool
	count          int
}

func (b *board) place(row int) {
	if row == n {
		b.count++
		return
	}
	for c := 0; c < n; c++ {
		if b.cols[c] || b.up[row+c] || b.down[row-c+n] {
			continue
		}
		b.cols[c], b.up[row+c], b.down[row-c+n] = true, true, true
		b.place(row + 1)
		b.cols[c], b.up[row+c], b.down[row-c+n] = false, false, false
	}
}

func main() {
	b := &board{make([]bool, n), make([]bool, 2*n), make([]bool, 2*n+1), 0}
	for i := 0; i < 3; i++ {
		b.place(0)
	}
	fmt.Println(b.count)
}
