//go:build go1.19

// Programs of an earlier language get the texts of its run time.
package main

import "fmt"

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	s := []int{1, 2}
	try(func() { _ = (*[3]int)(s) })
	const most = int(^uint(0) >> 1)
	e := make([]struct{}, most)
	try(func() { e = append(e, struct{}{}) })
	try(func() { e = append(e, e[:1]...) })
	try(func() { panic(nil) })
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer func() { panic(recover()) }()
		panic("x")
	}()
	var err error
	try(func() { panic(err) })
}
