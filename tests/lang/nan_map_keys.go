// NaN is no key that can be found again, whether by itself or inside of
// structs, arrays, interfaces or complex numbers; zeros of both signs are one key.
package main

import (
	"fmt"
	"math"
	"sort"
)

type point struct{ x, y float64 }

func fill[K comparable](k K) (int, bool, int) {
	m := map[K]int{}
	for i := 0; i < 20; i++ {
		m[k] = i
	}
	_, ok := m[k]
	before := len(m)
	delete(m, k)
	return before, ok, len(m)
}

func fillAny(k any) (int, bool, int) {
	m := map[any]int{}
	for i := 0; i < 20; i++ {
		m[k] = i
	}
	_, ok := m[k]
	before := len(m)
	delete(m, k)
	return before, ok, len(m)
}

func sum[K comparable](m map[K]int) (n, s int) {
	for k, v := range m {
		if k == k {
			s += 1000
		}
		n++
		s += v
	}
	return
}

var global = map[float64]string{math.NaN(): "a", math.NaN(): "b", 0: "zero"}

func main() {
	nan := math.NaN()
	fmt.Println(fill(nan))
	fmt.Println(fill(float32(nan)))
	fmt.Println(fill(complex(nan, 1)))
	fmt.Println(fill(complex64(complex(1, nan))))
	fmt.Println(fill(point{nan, 1}))
	fmt.Println(fill([2]float64{1, nan}))
	fmt.Println(fillAny(nan))
	fmt.Println(fillAny(point{1, nan}))
	fmt.Println(fillAny([1]any{nan}))
	fmt.Println(fill(struct {
		s string
		f float32
	}{"k", float32(nan)}))
	fmt.Println(fill(1.5))
	fmt.Println(fillAny([2]float64{1, 2}))
	fmt.Println(len(global), global[0], global[nan] == "")
	m := map[float64]int{}
	for i := 1; i <= 100; i++ {
		m[nan] += i // always a new one
		m[math.Float64frombits(0x7ff8000000000001+uint64(i))] = 0
	}
	fmt.Println(sum(m))
	for k := range m { // not removed: never found
		delete(m, k)
	}
	fmt.Println(len(m))
	grown := map[float64]int{}
	for i := 0; i < 1000; i++ {
		if i%2 == 0 {
			grown[nan] = 1
		} else {
			grown[float64(i)] = 1
		}
	}
	fmt.Println(sum(grown))
	seen := 0
	for k, v := range grown {
		if k != k {
			seen += v
		}
	}
	fmt.Println(seen)
	// Zeros of both signs.
	neg := math.Copysign(0, -1)
	z := map[float64]string{0: "plus"}
	z[neg] = "minus"
	fmt.Println(len(z), z[0], z[neg])
	for k := range z {
		fmt.Println(math.Signbit(k)) // the key is stored anew as it differs in its bits
	}
	y := map[any]int{neg: 1}
	y[0.0] = 2
	fmt.Println(len(y), y[neg])
	c := map[complex128]int{complex(neg, 0): 1}
	c[complex(0, neg)]++
	fmt.Println(len(c), c[0])
	st := map[point]int{{0, neg}: 1}
	st[point{neg, 0}]++
	fmt.Println(len(st), st[point{}])
	ar := map[[2]float32]int{{0, float32(neg)}: 1}
	ar[[2]float32{}]++
	fmt.Println(len(ar))
	// Printed maps sort NaN first.
	fmt.Println(map[float64]int{2: 1, nan: 2, math.Inf(-1): 3})
	keys := []float64{3, nan, 1}
	sort.Float64s(keys)
	fmt.Println(keys)
	w := map[float64]int{nan: 1, 1: 2}
	for k := range w {
		if k != k {
			w[k] = 7 // one more entry, which may or may not be met
			break
		}
	}
	fmt.Println(len(w))
	func() {
		defer func() { fmt.Println(recover()) }()
		var mm map[float64]int
		fmt.Println(mm[nan], len(mm))
		mm[nan] = 1
	}()
}
