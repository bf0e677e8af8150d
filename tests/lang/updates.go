// Updates in place: fields, elements, tuples, and which operand fails first.
package main

import "fmt"

type acc struct {
	n    int
	f    float64
	next *acc
}

func side(log *[]string, s string, v int) int {
	*log = append(*log, s)
	return v
}

func try(name string, f func()) {
	defer func() {
		fmt.Println(name, recover())
	}()
	f()
}

func fibs(n int) (a, b int) {
	a, b = 0, 1
	for i := n; i > 0; i-- {
		a, b = b, a+b
	}
	return
}

func partial(xs []int) (i, j int) {
	defer func() { recover() }()
	i, j = 1, 2
	i, j = 3, xs[5]
	return
}

func sums(xs []float64) (s, t float64) {
	k := 0
	for i := 0; i <= len(xs)-1; i++ {
		s += xs[i] * xs[i]
		t -= xs[i] * 2
		k += i * i
	}
	for i := len(xs) - 1; i >= 0; i-- {
		s += 0.25
	}
	fmt.Println(k)
	return s, t
}

func main() {
	p := &acc{1, 1.5, nil}
	p.n += 41
	p.n -= 2
	p.n++
	p.n--
	p.n -= -32768
	p.n += 32767
	p.f += 2.5
	p.f -= 0.125
	fmt.Println(p.n, p.f)
	a := []int{1, 2, 3}
	f := []float64{1, 2, 3}
	a[0]++
	a[1] -= 5
	a[2] += a[0]
	f[1] += f[2]
	f[0] -= 0.5
	fmt.Println(a, f)
	var u8 = []uint8{250}
	u8[0] += 10
	var u uint = 3
	us := []uint{1}
	us[0] += u
	us[0] -= u
	fmt.Println(u8, us)
	var log []string
	try("index", func() { a[side(&log, "i", 7)] += side(&log, "v", 1) })
	try("nil", func() { p.next.n += side(&log, "w", 1) })
	try("nilf", func() { p.next.f -= 1 })
	fmt.Println(log)
	fmt.Println(fibs(50))
	fmt.Println(partial(a))
	fmt.Println(sums([]float64{1, 2, 3, 4}))
	x, y, z := 1, 2, 3
	x, y, z = z, x, y
	fmt.Println(x, y, z)
	i, j := 0, 9
	for i < j {
		i, j = i+1, j-1
	}
	fmt.Println(i, j)
	i, a[i%3] = 2, 100
	fmt.Println(i, a)
	s, t := "a", "b"
	s, t = t+s, s+t
	fmt.Println(s, t)
	var e1, e2 interface{} = 1, "x"
	e1, e2 = e2, e1
	fmt.Println(e1, e2)
	var i8 int8 = 127
	i8++
	var w int16 = -32768
	w = -w
	m := int8(-128)
	m /= -1
	fmt.Println(i8, w, m, ^uint8(1), uint8(300-u), int8(u8[0]))
}

func init() {
	m := map[string]int{}
	m["a"]++
	m["a"] += 41
	m["b"] -= 2
	s := map[int]string{}
	s[1] += "x"
	s[1] += "y" + s[1]
	f := map[int]float32{}
	f[2] -= 1.5
	b := map[int]uint8{1: 255}
	b[1]++
	b[2] |= 3
	fmt.Println(m, s, f, b)
	zero := 0
	try("div", func() { m["new"] /= zero })
	var none map[int]int
	try("none", func() { none[1]++ })
	try("key", func() { map[interface{}]int{}[[]int{}] += 1 })
	q := map[int]int{1: 1}
	q[1] += func() int { q[2] = 5; delete(q, 1); return 10 }()
	fmt.Println(m, q)
}
