// crypto/rand: numbers in their range, all of it met.
package main

import (
	"crypto/rand"
	"fmt"
	"math/big"
)

func main() {
	b := make([]byte, 4096)
	n, err := rand.Read(b)
	seen := map[byte]bool{}
	for _, x := range b {
		seen[x] = true
	}
	fmt.Println(n, err, len(seen) > 200)
	for _, max := range []int64{1, 2, 3, 10, 256, 257} {
		met := map[int64]bool{}
		for i := 0; i < int(max)*20; i++ {
			x, err := rand.Int(rand.Reader, big.NewInt(max))
			if err != nil || x.Sign() < 0 || x.Cmp(big.NewInt(max)) >= 0 {
				fmt.Println(x, err)
			}
			met[x.Int64()] = true
		}
		fmt.Println(max, int64(len(met)) > max*9/10)
	}
	for _, bits := range []int{2, 3, 8, 9, 64, 100} {
		p, err := rand.Prime(rand.Reader, bits)
		fmt.Println(p.BitLen(), p.ProbablyPrime(20), err)
	}
	_, err = rand.Prime(rand.Reader, 1)
	fmt.Println(err)
	defer func() { fmt.Println(recover()) }()
	rand.Int(rand.Reader, new(big.Int))
}
