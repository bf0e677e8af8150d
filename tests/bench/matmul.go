// matmul: product of two square matrices, rows as slices.
package main

import "fmt"

func matrix(n int, seed float64) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = seed * float64(i-j) * float64(i+j)
		}
	}
	return m
}

func main() {
	const n = 240
	a, b, c := matrix(n, 0.5), matrix(n, 0.25), make([][]float64, n)
	for i := 0; i < n; i++ {
		row := make([]float64, n)
		for j := 0; j < n; j++ {
			sum := 0.0
			for k := 0; k < n; k++ {
				sum += a[i][k] * b[k][j]
			}
			row[j] = sum
		}
		c[i] = row
	}
	fmt.Printf("%.3f\n", c[n/2][n/3])
}
