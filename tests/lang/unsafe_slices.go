// unsafe.Slice takes lengths of any integer type and refuses what can not be.
package main

import (
	"fmt"
	"math"
	"unsafe"
)

func refused(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	p := [4]int16{1, 2, 3, 4}
	s := unsafe.Slice(&p[1], uint8(2))
	fmt.Println(s, len(s), cap(s), *(*int16)(unsafe.Add(unsafe.Pointer(&p[1]), -2)))
	fmt.Println(unsafe.Slice((*int)(nil), 0) == nil)
	one, negative, huge := 1, -1, uint64(math.MaxUint64)
	refused(func() { _ = unsafe.Slice((*int)(nil), one) })
	refused(func() { _ = unsafe.Slice(&p[0], negative) })
	refused(func() { _ = unsafe.Slice(&p[0], huge) })
	refused(func() { _ = unsafe.Slice(&p[0], huge/4) })
}
