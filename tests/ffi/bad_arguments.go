package main

// Bad lengths and pointers are panics.

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"
import (
	"ffi"
	"fmt"
	"runtime/cgo"
	"unsafe"
)

func try(what string, f func()) {
	defer func() { fmt.Println(what+":", recover()) }()
	f()
}

func main() {
	p := C.CString("hello")
	defer C.free(unsafe.Pointer(p))
	try("GoBytes", func() { C.GoBytes(unsafe.Pointer(p), -1) })
	try("GoBytes nil", func() { C.GoBytes(nil, 3) })
	try("GoStringN", func() { C.GoStringN(p, -5) })
	try("GoString nil", func() { fmt.Printf("%q\n", C.GoString(nil)) })
	try("Slice", func() { ffi.Slice(p, -1) })
	try("Slice nil", func() { ffi.Slice((*C.char)(nil), 1) })
	try("Slice huge", func() { ffi.Slice(p, uint64(1)<<60) })
	try("Slice index", func() { fmt.Println(ffi.Slice(p, 5)[1:3], ffi.Slice(p, 5)[7]) })
	b := ffi.Bytes(unsafe.Pointer(p), 5)
	b[0] = 'j'
	fmt.Println(C.GoString(p), string(b))

	closed := 0
	h := ffi.NewHandle(C.malloc(10), func(p unsafe.Pointer) { C.free(p); closed++ })
	C.memset(h.Pointer(), 0, 10)
	h.Close()
	h.Close()
	try("closed handle", func() { h.Pointer() })
	fmt.Println("closed", closed)
	try("NewHandle nil", func() { ffi.NewHandle(nil, nil) })
	pin := ffi.Pin(&closed)
	pin.Unpin()
	try("Unpin twice", func() { pin.Unpin() })
	g := cgo.NewHandle("value")
	fmt.Println(g.Value())
	g.Delete()
	try("deleted handle", func() { g.Value() })

	l, err := ffi.Open("z")
	if err == nil {
		_, err = l.Lookup("zlibVersio")
		fmt.Println(err)
	}
	_, err = ffi.Open("nosuchthing")
	fmt.Println(err != nil)
}
