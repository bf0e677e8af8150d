// Methods of values called through nil pointers: in an interface and as a function
// the panic names the method, in a direct call it is that of any nil pointer.
package main

import (
	"fmt"
	"runtime"
)

type T struct{ n int }

func (t T) M() int           { return t.n }
func (t *T) P() bool         { return t == nil }
func (t T) Args(a, b string) {}

type inner struct{ T }
type outer struct{ *inner }
type I interface{ M() int }
type G[E any] struct{ v E }

func (g G[E]) M() int { return 1 }

type num int

func (n num) M() int { return int(n) }

func hide(v any) any { return holder[v] }

var holder = map[any]any{}

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, ok := r.(runtime.Error)
		fmt.Println(name, ok, r)
	}()
	f()
}

func main() {
	var p *T
	var i I = p
	var in *inner
	var np *num
	holder[p], holder[np] = p, np
	try("interface", func() { i.M() })
	try("method value of interface", func() { f := i.M; f() })
	try("direct", func() { p.M() })
	try("method value", func() { f := p.M; f() })
	try("expression", func() { f := (*T).M; f(nil) })
	try("arguments", func() { x := hide(p).(interface{ Args(a, b string) }); x.Args("a", "b") })
	try("embedded value", func() { I(in).M() })
	try("embedded pointer", func() { I(outer{}).M() })
	try("number", func() { hide(np).(I).M() })
	try("pointer method", func() { fmt.Println(interface{ P() bool }(p).P()) })
	try("deferred", func() { defer i.M() })
	try("nil interface", func() { var n I; n.M() })
	done := make(chan bool)
	go func() { try("goroutine", func() { i.M() }); done <- true }()
	<-done
}
