// Directives count in runtime.Caller and in tracebacks, within one function too.
package main

import (
	"fmt"
	"path/filepath"
	"runtime"
)

func where() string {
	_, file, line, ok := runtime.Caller(1)
	return fmt.Sprint(filepath.Base(file), ":", line, " ", ok)
}

func small() string { return where() }

func main() {
	fmt.Println(where())
//line grammar.y:10
	fmt.Println(where())
	f := func() string {
		return where()
	}
	fmt.Println(f(), small())
//line other.y:100
	fmt.Println(where(), f()); /*line third.y:7:3*/ fmt.Println(where())
	fmt.Println(where())
//line :50
	fmt.Println(where())
	defer func() {
		recover()
//line deferred.y:1
		_, file, line, _ := runtime.Caller(2)
		fmt.Println(filepath.Base(file), line)
	}()
//line panics.y:77
	panic(
		where(),
	)
}
