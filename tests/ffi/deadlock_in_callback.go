// exit: 2
// stderr: fatal error: all goroutines are asleep - deadlock!
package main

/*
#cgo CFLAGS: -I${SRCDIR}/lib
#cgo LDFLAGS: -lffitest
#include "ffitest.h"
*/
import "C"

func main() {
	C.call_int(func(x C.int) C.int { <-make(chan int); return 1 }, 1)
}
