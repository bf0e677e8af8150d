// A //go:linkname is about a function or variable of the package.
package main

import _ "unsafe"

type t int

var x int

//go:linkname x ok
//go:linkname none other // ERROR "must refer to declared function or variable"
//go:linkname t other // ERROR "must refer to declared function or variable"
//go:linkname x other // ERROR "duplicate //go:linkname for x"
