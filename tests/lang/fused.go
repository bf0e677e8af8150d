// Instructions that do two things do both, in order, and fail where they should.
package main

import "fmt"

type grid struct {
	cells []int
	names []string
	big   [][3]string
}

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, e)
		}
	}()
	f()
}

func sums(n int) (int, float64, int, float64) {
	a, b, c, d := 0, 0.0, 1, 0.5
	for i := 0; i < n; i++ {
		a += i
	}
	for i := 0; i < n; i++ {
		b += float64(i) / 4
	}
	for i := 0; i < n; i++ {
		if i == 3 {
			continue
		}
		c += i * i
	}
	for i := range n {
		d += float64(i) * 0.25
	}
	return a, b, c, d
}

func steps() (out []int) {
	step := 3
	for i := -7; i <= 8; i += step {
		out = append(out, i)
	}
	for i := 0; i < 40; i += 9 {
		out = append(out, i)
	}
	for i := 1; i < 100; i += i {
		out = append(out, i)
	}
	for i := 0; i < 50; i += step {
		step += 2
		out = append(out, i)
	}
	for i := 10; i > 0; i -= 4 {
		out = append(out, i)
	}
	return
}

func compare(s []int, v int) (out string) {
	for i := range s {
		if s[i] < v {
			out += "<"
		}
		if s[i] <= v {
			out += "l"
		}
		if s[i] > v {
			out += ">"
		}
		if s[i] >= v {
			out += "g"
		}
		if s[i] == v {
			out += "="
		}
		if s[i] != v {
			out += "!"
		}
		if v < s[i] {
			out += "a"
		}
		if v <= s[i] {
			out += "b"
		}
		if v > s[i] {
			out += "c"
		}
		if v >= s[i] {
			out += "d"
		}
		if i > 0 && s[i-1] > s[i] {
			out += "e"
		}
		if s[i] == s[i] {
			out += "."
		}
	}
	return
}

func bytesAndBools(s string, b []byte, f []bool) (out string) {
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' {
			out += "_"
		} else if s[i] != 'x' && b[i] == 200 {
			out += "B"
		}
		if f[i] {
			out += "t"
		}
		if !f[i] && b[i] != 0 {
			out += "f"
		}
	}
	return
}

func main() {
	fmt.Println(sums(10))
	fmt.Println(steps())
	fmt.Println(compare([]int{3, -1, 4, 1, 5}, 3))
	fmt.Println(bytesAndBools("a x b", []byte{200, 0, 1, 2, 200}, []bool{true, false, true, false, false}))

	g := &grid{[]int{1, 2, 3}, []string{"a", "b", "c"}, [][3]string{{"x"}, {"y", "z"}}}
	i, j := 0, 2
	g.cells[i], g.cells[j] = g.cells[j], g.cells[i]
	g.names[i], g.names[j-1] = g.names[j-1], g.names[i]
	g.big[0], g.big[1] = g.big[1], g.big[0]
	g.cells[1], g.cells[1] = g.cells[1], g.cells[1]
	p := []*int{&i, &j}
	p[0], p[1] = p[1], p[0]
	fmt.Println(g.cells, g.names, g.big, *p[0], *p[1])
	// not swaps
	s := []int{10, 20, 30, 40}
	s[0], s[1] = s[1], s[2]
	s[j], s[i] = s[j], s[i]
	a := [2]int{1, 2}
	a[0], a[1] = a[1], a[0]
	m := map[int]int{1: 5}
	m[1], m[2] = m[2], m[1]
	fmt.Println(s, a, m)

	try("swap left", func() { s[9], s[0] = s[0], s[9] })
	try("swap right", func() { s[0], s[8] = s[8], s[0] })
	try("swap both", func() { s[7], s[8] = s[8], s[7] })
	try("compare", func() {
		for i := 0; s[i] < 100; i++ {
		}
	})
	try("negative", func() {
		for i := len(s) - 1; s[i] > 0; i-- {
		}
	})
	try("byte", func() {
		t := "abc"
		for i := 0; t[i] != 'z'; i++ {
		}
	})
	try("nil", func() { (*grid)(nil).cells[0], g.cells[1] = g.cells[1], (*grid)(nil).cells[0] })
}
