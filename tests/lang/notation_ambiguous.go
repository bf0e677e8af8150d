// Valid Go that looks like the notation keeps its meaning.
package main

import "fmt"

type T struct{ n int }

type real = float32 // the names of the notation may be declared

func (t T) get() int { return t.n }

var (
	skip      = 1
	poison    = 2
	character = "c"
	integer   = []int{3}
)

func pair() (a, b int) { return 1, 2 }

func ret() []int {
	return []int{1, 2,
	}
}

func empty() [][]int { return [][]int{} }

func or(a, b bool) bool {
	return a ||
		b
}

func main() {
	// statements that begin with a bracket
	[]int{1}[0]++
	[1]func(){func() { fmt.Println("called") }}[0]()
	[...]*T{{1}}[0].n = 2
	map[string]int{"a": 1}["a"]++
	[]func(bool){func(b bool) { fmt.Println(b) }}[0](true || false)
	p := []*T{{5}}
	*[]*T{p[0]}[0] = T{6}
	*[2]*int{new(int), new(int)}[1] = 7
	fmt.Println(p[0].n)

	// pri is a name like others
	pri := []int{1, 2, 3, 4}
	pri[3] = 4
	pri [0] = 5
	pri[len([1]bool{true || false})]++
	fmt.Println(pri)

	// labels
	real := 0
L:
	for i := 0; i < 3; i++ {
	M:
		for {
			real++
			if i == 1 {
				continue L
			}
			break M
		}
	}
N:
	switch {
	default:
		if real > 0 {
			break N
		}
		fmt.Println("not reached")
	}
	fmt.Println(real, skip, poison, character, integer)
	skip++

	// arrows, marks, dots
	i, c := 3, make(chan int, 3)
	if i < -1 || !(i != 3) == false {
		fmt.Println("neither")
	}
	c <- -i
	c<-i
	fmt.Println(<-c-<-c, i - -1)
	x, y := 1., .5
	fmt.Println(x-.5, y, 1.5, [...]int{2: 1}, []int{0: 1}[0:1])
	a := [...]bool{true || false, !true}
	fmt.Println(a, or(false, !a[1]))
	s := []int{}
	s = append(s, ret()...)
	s = append(s, []int{1, 2, 3}[1:]...)
	fmt.Println(s, len(empty()), [][]int{{}, {1}})
	switch {
	case !a[1] || a[0]:
		fmt.Println("case")
	}
	switch x := interface{}(s).(type) {
	case []int:
		fmt.Println(len(x))
	}
	f := func(x ...int) (r []int) { return x }
	fmt.Println(f([]int{4}...), T{1}.get(), (T).get(T{8}))
	var m map[T][]int = map[T][]int{{1}: {2}}
	fmt.Println(m[T{1}])
	select {
	case v, ok := <-c:
		fmt.Println(v, ok)
	default:
		fmt.Println("default")
	}
	if v := []int{1}; len(v) > 0 || v[0] == 1 {
		fmt.Println("if")
	}
	for range []int{1, 2} {
	}
	for i := range [2]int{} {
		_ = i
	}
	j, k := pair()
	j, k = k, j
	fmt.Println(j, k)
	goto end
end:
	;
}
