// A deferred call sees the place of the panic among its callers.
package main

import (
	"fmt"
	"runtime"
)

func fails() {
	var p *int
	*p = 1
}

func main() {
	defer func() {
		recover()
		for i := 0; ; i++ {
			pc, _, line, ok := runtime.Caller(i)
			if !ok {
				return
			}
			if name := runtime.FuncForPC(pc).Name(); name == "main.fails" {
				fmt.Println(name, line)
			}
		}
	}()
	fails()
}
