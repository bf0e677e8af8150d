package main

// Calls of C functions, in ns each without the loop: the best of many short
// rounds, since a neighbour on the machine disturbs long ones.

/*
#cgo CFLAGS: -I${SRCDIR} -DFUNC=static
#include "ffi.h"
#include <stdlib.h>
//csp:fast add_fast
typedef int (*each_fn)(int);
extern int goEach(int);
*/
import "C"
import (
	"fmt"
	"time"
	"unsafe"
)

//export goEach
func goEach(x C.int) C.int { return x }

const calls, rounds = 20000, 60

func best(f func(n int)) float64 {
	least := time.Hour
	for i := 0; i < rounds; i++ {
		t := time.Now()
		f(calls)
		if d := time.Since(t); d < least {
			least = d
		}
	}
	return float64(least.Nanoseconds()) / calls
}

func main() {
	loop := best(func(n int) {
		var s C.int
		for i := 0; i < n; i++ {
			s = s + 3
		}
	})
	report := func(name string, f func(n int)) { fmt.Printf("%s %.2f\n", name, best(f)-loop) }
	report("add", func(n int) {
		var s C.int
		for i := 0; i < n; i++ {
			s = C.add(s, 3)
		}
	})
	report("add_fast", func(n int) {
		var s C.int
		for i := 0; i < n; i++ {
			s = C.add_fast(s, 3)
		}
	})
	report("add_double", func(n int) {
		var s C.double
		for i := 0; i < n; i++ {
			s = C.add_double(s, 3)
		}
	})
	report("struct", func(n int) {
		v := C.vec{1, 2, 3}
		for i := 0; i < n; i++ {
			v = C.add_vec(v, v)
		}
	})
	report("cstring", func(n int) {
		s := "hello"
		for i := 0; i < n; i++ {
			cs := C.CString(s)
			C.length(cs)
			C.free(unsafe.Pointer(cs))
		}
	})
	report("callback", func(n int) { C.each((C.each_fn)(unsafe.Pointer(C.goEach)), C.int(n)) })
}
