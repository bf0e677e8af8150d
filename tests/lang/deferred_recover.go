// A deferred call of recover itself recovers for the function that runs it when
// that function returns, and not when it panics.
package main

import "fmt"

func atReturn() {
	defer func() {
		defer recover()
	}()
	panic("stopped by the function that defers recover")
}

func atPanic() {
	defer func() { fmt.Println("outer", recover()) }()
	defer func() {
		defer func() { fmt.Println("inner", recover()) }()
		defer recover()
		panic(2)
	}()
	panic(1)
}

func direct() {
	defer func() { fmt.Println("direct", recover()) }()
	defer recover()
	panic(3)
}

func main() {
	atReturn()
	atPanic()
	direct()
}
