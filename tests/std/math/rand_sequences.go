// The sequences are those of Go.
package main

import (
	"fmt"
	"math/rand"
)

func main() {
	for _, seed := range []int64{1, 42, 0, -5, 1 << 40} {
		r := rand.New(rand.NewSource(seed))
		fmt.Println(r.Int63(), r.Uint32(), r.Uint64(), r.Int31(), r.Int(), r.Int63n(1000), r.Int31n(77), r.Intn(10), r.Intn(1<<40), r.Float64(), r.Float32())
		fmt.Println(r.Perm(10), r.NormFloat64(), r.ExpFloat64())
		b := make([]byte, 10)
		r.Read(b)
		fmt.Println(b)
		x := []int{1, 2, 3, 4, 5, 6, 7, 8}
		r.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] })
		fmt.Println(x)
		s := 0.0
		for i := 0; i < 100000; i++ {
			s += r.NormFloat64()
			s += r.ExpFloat64()
		}
		fmt.Println(s)
	}
	rand.Seed(7)
	fmt.Println(rand.Intn(100), rand.Intn(100), rand.Float64())
}
