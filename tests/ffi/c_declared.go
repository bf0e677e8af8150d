// A package that imports "C" may declare a C of its own: the import is for
// selectors only.
package main

// #include <stdlib.h>
import "C"
import "fmt"

type C struct{ n int }

func (c C) twice() C { return C{c.n * 2} }

func main() {
	var c C = C{4}
	var p *C = &c
	fmt.Println(p.twice(), C(c).n, int(C.abs(-3)))
}
