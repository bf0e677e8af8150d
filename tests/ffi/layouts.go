package main

// Layouts of structs against the C compiler's.

/*
#cgo CFLAGS: -I${SRCDIR}/lib
#cgo LDFLAGS: -lffitest
#include "layouts.h"
*/
import "C"
import (
	"fmt"
	"unsafe"
)

func main() {
	sizes := []uintptr{
		unsafe.Sizeof(C.struct_plain{}), unsafe.Sizeof(C.struct_packed{}), unsafe.Sizeof(C.struct_half_packed{}), unsafe.Sizeof(C.struct_aligned{}), unsafe.Sizeof(C.struct_whole_aligned{}),
		unsafe.Sizeof(C.struct_bits{}), unsafe.Sizeof(C.struct_bits2{}), unsafe.Sizeof(C.struct_bits3{}), unsafe.Sizeof(C.struct_packed_bits{}), unsafe.Sizeof(C.struct_only_bits{}),
		unsafe.Sizeof(C.union_mixed{}), unsafe.Sizeof(C.struct_with_union{}), unsafe.Sizeof(C.struct_anonymous{}), unsafe.Sizeof(C.struct_arrays{}), unsafe.Sizeof(C.struct_flexible{}),
		unsafe.Sizeof(C.struct_zero{}), unsafe.Sizeof(C.struct_enums{}), unsafe.Sizeof(C.struct_pointers{}), unsafe.Sizeof(C.struct_wide{}), unsafe.Sizeof(C.struct_self{}),
		unsafe.Sizeof(C.struct_other{}), unsafe.Sizeof(C.struct_keywords{}), unsafe.Sizeof(C.struct_complexes{}), unsafe.Sizeof(C.struct_pack2{}), unsafe.Sizeof(C.struct_after_pack{}),
		unsafe.Sizeof(C.point{}), unsafe.Sizeof(C.rect{}),
	}
	p := (*[64]C.long)(unsafe.Pointer(&C.layout_sizes))
	for i, s := range sizes {
		if C.long(s) != p[i] {
			fmt.Println("size", i, "is", s, "in C", p[i])
		}
	}
	if p[len(sizes)] != -1 {
		fmt.Println("not all sizes compared")
	}

	var a C.struct_plain
	var b C.struct_packed
	var c C.struct_half_packed
	var d C.struct_aligned
	var e C.struct_bits
	var f C.struct_bits2
	var g C.struct_bits3
	var h C.struct_packed_bits
	var i C.struct_with_union
	var j C.struct_anonymous
	var k C.struct_arrays
	var l C.struct_flexible
	var m C.struct_zero
	var n C.struct_enums
	var o C.struct_pointers
	var q C.struct_wide
	var r C.struct_self
	var s C.struct_other
	var t C.struct_complexes
	var u C.struct_pack2
	var v C.struct_after_pack
	offsets := []uintptr{
		unsafe.Offsetof(a.d), unsafe.Offsetof(a.e), unsafe.Offsetof(b.b), unsafe.Offsetof(b.d), unsafe.Offsetof(b.p),
		unsafe.Offsetof(c.b), unsafe.Offsetof(c.c), unsafe.Offsetof(d.b), unsafe.Offsetof(d.c), unsafe.Offsetof(e.d),
		unsafe.Offsetof(f.c), unsafe.Offsetof(g.e), unsafe.Offsetof(h.c), unsafe.Offsetof(i.u), unsafe.Offsetof(i.b),
		uintptr(unsafe.Pointer(&j.c)) - uintptr(unsafe.Pointer(&j)), unsafe.Offsetof(j.d), unsafe.Offsetof(k.b), unsafe.Offsetof(k.p), unsafe.Offsetof(k.z),
		unsafe.Offsetof(l.data), unsafe.Offsetof(m.c), unsafe.Offsetof(n.t), unsafe.Offsetof(n.b), unsafe.Offsetof(o.names),
		unsafe.Offsetof(q.b), unsafe.Offsetof(q.c), unsafe.Offsetof(q.d), unsafe.Offsetof(r.n), unsafe.Offsetof(s.o),
		unsafe.Offsetof(t.f), unsafe.Offsetof(t.d), unsafe.Offsetof(u.b), unsafe.Offsetof(u.c), unsafe.Offsetof(u.d), unsafe.Offsetof(v.b),
	}
	w := (*[64]C.long)(unsafe.Pointer(&C.layout_offsets))
	for i, at := range offsets {
		if C.long(at) != w[i] {
			fmt.Println("offset", i, "is", at, "in C", w[i])
		}
	}
	if w[len(offsets)] != -1 {
		fmt.Println("not all offsets compared")
	}
	var x C.struct_keywords
	x._type, x._func = 1, 2
	var y C.color = C.COLOR_ALL
	var z C.enum_below = C.BELOW
	fmt.Println(len(sizes), len(offsets), x._type+x._func, y, z, C.SMALL_C, C.sizeof_struct_packed, C.sizeof_rect, C.sizeof_rectptr)
	b.b, b.d = 77, 1.5
	bp := &b
	bp.c = 3
	cp := *bp
	fmt.Println(cp.a, cp.b, cp.c, cp.d, cp == b)
}
