// Comments for Go's compiler stand before what they are for.
//go:build !never

//go:noinline // ERROR "misplaced compiler directive"
package main

//go:build bad // ERROR "misplaced compiler directive"

//go:nosplit
//go:noinline
func f() {
	//go:noinline // ERROR "misplaced compiler directive"
	x := 1
	_ = x //go:noinline // ERROR "misplaced compiler directive"
	//go:notinheap
	type T int
	//go:generate is nobody's business here
}

//go:notinheap // ERROR "misplaced compiler directive"
type (
	//go:notinheap
	T1 int
	//go:noinline // ERROR "misplaced compiler directive"
	T2 int //go:notinheap // ERROR "misplaced compiler directive"
)

//go:notinheap // ERROR "misplaced compiler directive"
type A = int

//go:noinline // ERROR "misplaced compiler directive"
var a, b int

//go:embed x.txt // ERROR "only allowed in Go files that import"
var s string

//go:nowritebarrier // ERROR "only allowed in runtime"
func g() {}

//go:linkname f // ERROR "only allowed in Go files that import .unsafe"

/* //go:noinline is no directive in here */
const c = "//go:noinline"

// EOF
//go:noinline // ERROR "misplaced compiler directive"
