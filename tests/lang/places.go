// When places are found and when addresses are taken.
package main

import "fmt"

type inner struct{ n int }

func (p *inner) method() int { return 1 }

type outer struct {
	inner
	list [4]int
}

func tried(name string, f func()) {
	defer func() { fmt.Println(name, recover() != nil) }()
	f()
}

func result() (x int) {
	defer func() func() {
		return func() { fmt.Println("result is", x) }
	}()()
	return 42
}

func main() {
	x, i := []int{10, 20}, 1
	for i, x[i] = range []int{99} {
	}
	fmt.Println(i, x)
	runes := []rune{0, 0}
	for i, runes[i] = range "é" {
	}
	fmt.Println(i, runes)
	var key string
	m := map[string]string{}
	for key, m[key] = range map[string]string{"k": "v"} {
	}
	fmt.Println(key, m)

	var p *int
	var o *outer
	var list *[3]int
	tried("*p", func() { _ = &*p })
	tried("first field", func() { _ = &o.inner })
	tried("element", func() { _ = &list[0] })
	tried("promoted method", func() { o.method() })
	tried("method of the field", func() { o.inner.method() })
	tried("method of the pointer", func() { (*inner)(nil).method() })
	tried("values of a nil array", func() {
		for _, v := range list {
			_ = v
		}
	})
	tried("indices of a nil array", func() {
		for i := range list {
			_ = i
		}
	})
	result()
}
