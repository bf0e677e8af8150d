// arrays: the game of life on arrays of fixed size inside of a struct.
package main

import "fmt"

const side, generations = 64, 250

type board struct{ cells [side][side]int }

func (b *board) seed() {
	x := 42
	for i := range b.cells {
		for j := range b.cells[i] {
			x = (x*1103 + 12345) % 1000003
			b.cells[i][j] = x >> 3 & 1
		}
	}
}

func (b *board) neighbours(i, j int) int {
	up, down, left, right := (i+side-1)%side, (i+1)%side, (j+side-1)%side, (j+1)%side
	return b.cells[up][left] + b.cells[up][j] + b.cells[up][right] + b.cells[i][left] + b.cells[i][right] +
		b.cells[down][left] + b.cells[down][j] + b.cells[down][right]
}

func (b *board) step(next *board) {
	for i := 0; i < side; i++ {
		for j := 0; j < side; j++ {
			n := b.neighbours(i, j)
			alive := 0
			if n == 3 || n == 2 && b.cells[i][j] == 1 {
				alive = 1
			}
			next.cells[i][j] = alive
		}
	}
}

func main() {
	var a, b board
	a.seed()
	for g := 0; g < generations; g += 2 {
		a.step(&b)
		b.step(&a)
	}
	var rows [side]int
	sum := 0
	for i := range a.cells {
		for _, v := range a.cells[i] {
			rows[i] += v
		}
		sum += rows[i] * (i + 1)
	}
	fmt.Println(sum)
}
