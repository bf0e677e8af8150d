// What a loop computes once must be the same in all its rounds; what a range
// loop takes from its slice is what was there when the round began.
package main

import "fmt"

func sameOrNot(a, b, n int) (r []int) {
	for i := 0; i < n; i++ { // both stay
		r = append(r, a*b+i)
	}
	for i := 0; i < n; i++ { // one changes at the end
		r = append(r, a+b)
		b++
	}
	for i := 0; i < n; i++ { // one changes sometimes
		if i == 1 {
			a = 100
		}
		r = append(r, a-b)
	}
	for i := 0; i < n; i++ { // through a tuple
		r = append(r, a*2+b, a^b)
		a, b = b, a
	}
	for i := 0; i < n-1; i++ { // the limit itself
		r = append(r, n)
		if i == 0 {
			n--
		}
	}
	for i, j := 0, 10; i < j-2; i, j = i+1, j-1 {
		r = append(r, j-2)
	}
	for i := 0; i < n; i++ { // a new variable of the same name
		c := i
		a := a + c
		r = append(r, a*b, c+b)
	}
	for i := 0; i < n; i++ { // one made in a branch and in a switch
		if d := i * 2; d > 0 {
			r = append(r, d+a)
		}
		switch e := i + a; {
		case e > 3:
			r = append(r, e-a)
		}
		var f = i
		r = append(r, f+b)
	}
	return r
}

func seenElsewhere(n int) (r []int) {
	a, b, c := 1, 2, 3
	grow := func() { a++ }
	p := &b
	for i := 0; i < n; i++ {
		r = append(r, a+c, b*c, a*b)
		grow()
		*p += 10
	}
	inner := 5
	for i := 0; i < n; i++ {
		f := func() int { inner := inner * 2; return inner + c }
		r = append(r, f(), inner+c)
	}
	for i := 0; i < n; i++ {
		func() { c = c + i }()
		r = append(r, c+inner)
	}
	return r
}

var global = 1

func bump() int { global++; return global }

func globals(n, k int) (r []int) {
	for i := 0; i < n; i++ {
		r = append(r, global+k, bump())
	}
	return r
}

func received(n, k int) (r []int) {
	c := make(chan int, n)
	for i := 0; i < n; i++ {
		c <- i * k
	}
	close(c)
	x := 1
	for i := 0; i <= n; i++ {
		var ok bool
		r = append(r, x+k)
		x, ok = <-c
		if !ok {
			break
		}
	}
	for i := 0; i < 2; i++ {
		r = append(r, x+k)
		select {
		case x = <-c:
			x = 9
		default:
		}
	}
	return r
}

func labels(n, k int) (r []int) {
outer:
	for i := 0; i < n; i++ {
		for j := 0; j < n; j++ {
			if j*k > i+k {
				continue outer
			}
			if i*j > n+k {
				break outer
			}
			r = append(r, i*k+j)
		}
	}
	i := 0
again:
	r = append(r, i+k)
	if i++; i < n {
		goto again
	}
	return r
}

func floats(n int, a, b float64) (r []float64) {
	for i := 0; i < n; i++ {
		r = append(r, a*b+float64(i), a-b, a*a*b)
	}
	for i := 0; i < n; i++ {
		a = a*b - a
		r = append(r, a*b)
	}
	return r
}

func never(a, b int) int {
	for i := 0; i < 0; i++ {
		a = a*b + a/b
	}
	for b > 0 {
		b -= a * a
	}
	return a*b + 1<<40
}

func bubble(s []int) []int {
	n := len(s)
	for i := 0; i < n-1; i++ {
		for j := 0; j < n-i-1; j++ {
			if s[j] > s[j+1] {
				s[j], s[j+1] = s[j+1], s[j]
			}
		}
	}
	return s
}

func pixels(w, h int) (sum int) {
	px := make([]byte, w*h)
	for y := 0; y < h; y++ {
		for x := 0; x < w; x++ {
			px[y*w+x] = byte(x ^ y)
		}
	}
	for y := 0; y < h; y++ {
		for x := 1; x < w; x++ {
			sum += int(px[y*w+x]) - int(px[y*w+x-1])*y
		}
	}
	return sum
}

// --- range

type named struct{ s string }

func ranges() {
	s := []int{1, 2, 3, 4, 5, 6}
	sum := 0
	for i, v := range s {
		sum += v
		if i+1 < len(s) {
			s[i+1] += v // seen by the next round
		}
	}
	fmt.Println(sum, s)
	for i, v := range s { // the loop keeps its own slice
		if i == 1 {
			s = s[:2]
		}
		if i == 3 {
			s = nil
		}
		fmt.Print(i, v, len(s), " ")
	}
	fmt.Println()
	s = []int{1, 2, 3}
	for i, v := range s {
		s = append(s, v*10)
		s[0] = i
		v += 5
		i += 7
		fmt.Print(i, v, " ")
	}
	fmt.Println(s)
	for _, v := range s {
		if v == 2 {
			continue
		}
		if v > 10 {
			break
		}
		fmt.Print(v, " ")
	}
	var fs []func() int
	for _, v := range s {
		v := v
		fs = append(fs, func() int { v++; return v })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	for _, v := range []string{"a", "", "ccc"} {
		v += "!"
		fmt.Print(v, len(v), " ")
	}
	for _, v := range []any{1, nil, "x", 2.5, named{"n"}, []int{1}} {
		switch x := v.(type) {
		case int, float64:
			fmt.Print("number ", x, " ")
		case nil:
			fmt.Print("nil ")
		default:
			fmt.Print(x, " ")
		}
	}
	for _, v := range []byte("bytes") {
		v++
		fmt.Print(string(rune(v)))
	}
	for _, v := range []bool{true, false, true} {
		v = !v
		fmt.Print(" ", v)
	}
	fmt.Println()
	arr := [4]int{1, 2, 3, 4}
	for i, v := range arr { // of a copy
		arr[3] += v
		fmt.Print(i, v, " ")
	}
	for i, v := range &arr { // of the array itself
		arr[3] += v
		fmt.Print(i, v, " ")
	}
	fmt.Println(arr)
	for _, v := range []int8{-1, 127} {
		fmt.Print(v, " ")
	}
	for _, v := range []int32{-1 << 31, 7} {
		fmt.Print(v, " ")
	}
	for _, v := range []float64{0.5, -1} {
		fmt.Print(v*2, " ")
	}
	for _, v := range []struct{ a, b int }{{1, 2}, {3, 4}} {
		fmt.Print(v.a*v.b, " ")
	}
	var none []int
	for _, v := range none {
		fmt.Print("never", v)
	}
	var v, i int
	for i, v = range []int{7, 8, 9} {
	}
	fmt.Println(i, v)
	var at [3]int
	for i, at[i] = range []int{4, 5, 6} {
	}
	fmt.Println(i, at)
	ps := []*int{&i, nil, &v}
	for _, p := range ps {
		if p != nil {
			*p += 100
		}
		for _, q := range ps {
			if q == p {
				fmt.Print("= ")
			}
		}
	}
	fmt.Println(i, v)
}

// --- the second result

func commaOk() {
	m := map[int]int{1: 2, 2: 3}
	v := 1
	for n := 0; n < 3; n++ {
		v, ok := m[v]
		w, ok2 := m[v]
		fmt.Print(v, ok, w, ok2, " ")
	}
	ok := true
	v, ok = m[9]
	w, ok := m[2]
	fmt.Println(v, ok, w)
	var x any = "text"
	if x, ok := x.(string); ok {
		fmt.Print(x + "! ")
	}
	if x, ok := x.(int); !ok {
		fmt.Print(x, " ")
	}
	if x, ok := x.(fmt.Stringer); !ok {
		fmt.Print(x == nil, " ")
	}
	c := make(chan [2]int, 1)
	c <- [2]int{3, 4}
	for n := 0; n < 2; n++ {
		got, ok := <-c
		fmt.Print(got, ok, " ")
		if n == 0 {
			close(c)
		}
	}
	keep := []func() (string, bool){}
	names := map[string]string{"a": "b"}
	for _, k := range []string{"a", "z"} {
		name, ok := names[k]
		keep = append(keep, func() (string, bool) { return name, ok })
	}
	for _, f := range keep {
		fmt.Print(f())
	}
	n, ok := map[string]float64{}["none"]
	fmt.Println(n, ok)
}

func hash(s string) int {
	h := 7
	for i := 0; i < len(s); i++ {
		h = h*31 + int(s[i])
	}
	return h
}

func scale(a, b, k int) int        { return a*b + 5 - k*3 + b*65535 }
func less(a int) int               { return a - 1 }
func more(a int) int               { return a + 32767 }
func most(a int) int               { return a + 40000 }
func least(a int) int              { return a - 32768 }
func drift(p *[2]float64, k float64) { p[0] += k * p[1]; p[1] -= p[0] * k }

type dot struct{ x, v float64 }

func (d *dot) move(t float64) { d.x += d.v * t; d.v -= t * t; d.x -= t * d.v * 2 }

func main() {
	fmt.Println(sameOrNot(3, 4, 3))
	fmt.Println(seenElsewhere(3))
	fmt.Println(globals(3, 10))
	fmt.Println(received(3, 5))
	fmt.Println(labels(4, 2))
	fmt.Println(floats(2, 1.5, 0.3))
	fmt.Println(never(3, 4), bubble([]int{5, 2, 9, 1, 3}), pixels(7, 5))
	ranges()
	commaOk()
	fmt.Println(hash("hash"), scale(3, 4, 5), less(-1<<63), more(1), most(1), least(1))
	p := [2]float64{1, 2}
	drift(&p, 0.5)
	d := dot{1, 2}
	d.move(0.25)
	fmt.Println(p, d)
	defer func() { fmt.Println(recover()) }()
	var nobody *dot
	nobody.move(1)
}
