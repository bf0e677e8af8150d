// exit: 2
// stderr: panic: lost
package main

/*
#cgo CFLAGS: -I${SRCDIR}/lib
#cgo LDFLAGS: -lffitest
#include "ffitest.h"
*/
import "C"

func main() {
	defer println("deferred")
	C.call_int(func(x C.int) C.int { panic("lost") }, 1)
}
