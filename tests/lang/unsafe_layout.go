// Sizes, offsets and alignments, and what may be done with unsafe pointers.
package main

import (
	"fmt"
	"unsafe"
)

type s struct {
	a bool
	b int64
	c bool
	d int32
	e int16
	f string
	g []int
	h any
	i complex64
	j [3]byte
	k func()
	l map[int]int
	m chan int
	n *int
	o struct{}
}
type packed struct {
	a, b, c byte
	d       uint16
}
type embeds struct {
	x byte
	packed
	*s
}
type gen[T any] struct {
	a byte
	v T
}
type empty struct{}
type tail struct {
	n int64
	e empty
}
type header struct {
	data unsafe.Pointer
	len  int
	cap  int
}

const size = unsafe.Sizeof(s{}) + unsafe.Offsetof(s{}.f)

var arr [unsafe.Sizeof(packed{})]int
var fromConst [size % 7]byte

func sizeOf[T any]() uintptr { var v T; return unsafe.Sizeof(v) }
func offset[T any]() uintptr { var v gen[T]; return unsafe.Offsetof(v.v) }
func align[T any]() uintptr  { var v T; return unsafe.Alignof(v) }

func main() {
	var v s
	fmt.Println(unsafe.Offsetof(v.a), unsafe.Offsetof(v.b), unsafe.Offsetof(v.c), unsafe.Offsetof(v.d), unsafe.Offsetof(v.e), unsafe.Offsetof(v.f), unsafe.Offsetof(v.g), unsafe.Offsetof(v.h), unsafe.Offsetof(v.i), unsafe.Offsetof(v.j), unsafe.Offsetof(v.k), unsafe.Offsetof(v.l), unsafe.Offsetof(v.m), unsafe.Offsetof(v.n), unsafe.Offsetof(v.o), unsafe.Sizeof(v), size)
	fmt.Println(len(arr), len(fromConst), unsafe.Sizeof(packed{}), unsafe.Alignof(packed{}), unsafe.Alignof(v), unsafe.Alignof(v.d), unsafe.Alignof(v.j))
	var e embeds
	fmt.Println(unsafe.Offsetof(e.packed), unsafe.Offsetof(e.s), unsafe.Offsetof(e.packed.d), unsafe.Sizeof(e))
	fmt.Println(unsafe.Sizeof(empty{}), unsafe.Sizeof(tail{}), unsafe.Sizeof([0]int{}), unsafe.Sizeof([3]packed{}), unsafe.Sizeof(""), unsafe.Sizeof([]int{}), unsafe.Sizeof(any(1)), unsafe.Sizeof(1i), unsafe.Sizeof('a'), unsafe.Sizeof(uintptr(0)), unsafe.Sizeof([2]bool{}), unsafe.Sizeof(func() {}))
	fmt.Println(sizeOf[int8](), sizeOf[string](), sizeOf[gen[int16]](), sizeOf[gen[gen[byte]]](), sizeOf[[5]gen[bool]](), offset[int32](), offset[string](), offset[byte](), align[int16](), align[gen[int32]](), sizeOf[struct{}]())
	// Reading and writing through other types.
	f := 1.5
	bits := *(*uint64)(unsafe.Pointer(&f))
	*(*uint64)(unsafe.Pointer(&f)) |= 1 << 63
	fmt.Printf("%x %v\n", bits, f)
	n := uint32(0x01020304)
	b := (*[4]byte)(unsafe.Pointer(&n))
	fmt.Println(b[0], b[3], *b)
	b[0] = 0xff
	fmt.Printf("%x\n", n)
	// Walking through an array and a struct.
	a := [4]int32{10, 20, 30, 40}
	p := unsafe.Pointer(&a[0])
	for i := uintptr(0); i < 4; i++ {
		*(*int32)(unsafe.Pointer(uintptr(p) + i*unsafe.Sizeof(a[0]))) += int32(i)
	}
	fmt.Println(a, *(*int32)(unsafe.Add(p, 8)), *(*int32)(unsafe.Add(unsafe.Pointer(&a[3]), -4)))
	v.d, v.f = 77, "text"
	*(*int32)(unsafe.Pointer(uintptr(unsafe.Pointer(&v)) + unsafe.Offsetof(v.d)))++
	*(*string)(unsafe.Add(unsafe.Pointer(&v), unsafe.Offsetof(v.f))) += "!"
	fmt.Println(v.d, v.f)
	// The words of slices and strings.
	sl := make([]int, 3, 10)
	h := (*header)(unsafe.Pointer(&sl))
	fmt.Println(h.len, h.cap, h.data == unsafe.Pointer(&sl[0]))
	h.len = 5
	fmt.Println(len(sl), sl)
	str := "hello"
	sh := (*struct {
		p unsafe.Pointer
		n int
	})(unsafe.Pointer(&str))
	sh.n = 4
	fmt.Println(str, *(*byte)(sh.p))
	by := []byte("bytes")
	fmt.Println(*(*string)(unsafe.Pointer(&by)))
	us := unsafe.Slice(&a[1], 2)
	us[0] = -1
	fmt.Println(us, a, len(us), cap(us), unsafe.Slice((*int)(nil), 0) == nil)
	// Conversions between types of the same layout, pointers to pointers.
	type celsius float64
	temps := []float64{1, 2}
	ct := *(*[]celsius)(unsafe.Pointer(&temps))
	ct[0] = 36.6
	fmt.Println(temps, ct)
	q := &a[0]
	pp := &q
	*(*unsafe.Pointer)(unsafe.Pointer(pp)) = unsafe.Pointer(&a[2])
	fmt.Println(*q, q == &a[2], unsafe.Pointer(q) == unsafe.Pointer(&a[2]), uintptr(unsafe.Pointer(&a[3]))-uintptr(unsafe.Pointer(q)))
	var np unsafe.Pointer
	fmt.Println(np == nil, uintptr(np), (*int)(np) == nil)
	m := map[unsafe.Pointer]string{unsafe.Pointer(q): "q"}
	fmt.Println(m[unsafe.Pointer(&a[2])])
	done := make(chan int32)
	go func(p unsafe.Pointer) { done <- *(*int32)(p) }(unsafe.Pointer(&a[1]))
	fmt.Println(<-done)
	func() {
		defer func() { fmt.Println(recover() != nil) }()
		fmt.Println(*(*int)(np))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		n := -1
		_ = unsafe.Slice(&a[0], n)
	}()
	g := gen[string]{1, "generic"}
	fmt.Println(*(*string)(unsafe.Add(unsafe.Pointer(&g), unsafe.Offsetof(g.v))))
}
