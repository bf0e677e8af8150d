// exit: 2
// stderr: (?s)fatal error: SIGSEGV: segmentation violation in C function strlen\n\[signal SIGSEGV: addr=0x12[0-9a-f]+\]\n\ngoroutine 1 \[in C\]:\nC\.strlen\(\.\.\.\)\nmain\.inner\(\.\.\.\)\n\ttests/ffi/fault_segv\.go:16 \S+\nmain\.main
package main

/*
unsigned long strlen(const char *s);
*/
import "C"
import (
	"fmt"
	"unsafe"
)

func inner(p unsafe.Pointer) {
	fmt.Println("before")
	C.strlen((*C.char)(p))
}

func main() {
	p := uintptr(0x1234)
	inner(*(*unsafe.Pointer)(unsafe.Pointer(&p)))
}
