// exit: 2
// stderr: \Apanic: 300000\n\tpanic: 299999\n
// Each deferred call panics again: the report lists all of them, and neither
// finding nor printing them may take stack or time for each pair.
package main

func f(n int) {
	if n == 0 {
		return
	}
	defer f(n - 1)
	panic(n)
}

func main() { f(300000) }
