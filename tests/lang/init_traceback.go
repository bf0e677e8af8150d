// A panic in a variable's initialiser names the place of the variable.
// exit: 2
// stderr: ^panic: in f\n\ngoroutine 1 \[running\]:\nmain\.f\(\)\n\t.*init_traceback\.go:13 .*\nmain\.init\(\)\n\t.*init_traceback\.go:9 
package main

import "fmt"

var first = fmt.Sprint("first")
var second = f()
var third = fmt.Sprint("third")

func f() int {
	panic("in f")
}

func main() {
	fmt.Println(first, second, third)
}
