package main
func g[T float64](y T) T { return y }
func main() { _ = g(1.5) }
