package main

// C files beside the Go files are part of the package, and call back by name.

/*
#include "more.h"
static int go_length(_GoString_ s) { return (int)_GoStringLen(s) + _GoStringPtr(s)[0]; }
*/
import "C"
import "fmt"

//export divide
func divide(a, b C.int) (C.int, C.int) { return a / b, a % b }

//export note
func note(s *C.char) C.int {
	fmt.Println("noted", C.GoString(s))
	return 1
}

//export length
func length(s string) C.int { return C.int(len(s)) }

func main() {
	var p C.struct_pair = C.halves(17)
	fmt.Println(p.a, p.b, C.calls)
	fmt.Println(C.text_length(), C.go_length("ABC"))
}
