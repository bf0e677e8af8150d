package main

import "fmt"

var steps int

// step ends what takes too long.
func step() {
	steps++
	if steps > 2000 {
		panic("out of steps")
	}
}

func report() {
	if e := recover(); e != nil {
		fmt.Println("recovered:", e)
	}
}

func id[T any](x T) T { return x }

func pick[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}

// at is an index that panics when there is nothing to index.
func at(n, i int) int {
	if n == 0 {
		return 0
	}
	if i < 0 {
		i = -(i + 1)
	}
	return i % n
}

func cut(n, i int) int {
	if i < 0 {
		i = -(i + 1)
	}
	return i % (n + 1)
}

func total(first int, more ...int) int {
	for i, m := range more {
		first += m * (i + 1)
	}
	return first
}

func byteAt(s string, i int) byte {
	if s == "" {
		return 0
	}
	return s[at(len(s), i)]
}

type S1 struct {
	f2 any
	f3 [][4]int64
	f4 int32
	f5 map[int16][]bool
}
type S6 struct {
	f7 [][]complex128
	f8 [][1]int16
	f9 map[string]*S1
	f10 int16
}
type S11 struct {
	f12 string
	f13 uint16
}
type S14 struct {
	f15 map[uint8][]int64
	f16 int
	f17 uint16
	f18 S1
}
var g19 int16 = id[int16](10)
var g20 int8 = id[int8](-7)
func fn21(a22 string) (complex128, complex128) {
	step()
	defer report()
	defer func() {
		var v25 string = (a22 + ("世界"))
		_ = v25
		fmt.Printf("a22 %T %v\n", a22, a22)
	}()
	return id[complex128](0.5i), complex((-(id[float64](1e3)) / func() float64 { return id[float64](1.25) }()), (func() float64 { return id[float64](1e3) }() * (id[float64](1.25) - (7.75))))
}
func fn26(a27 [3][][2]bool, a28 S11, a29 any) (r30 map[string][]*S6) {
	step()
	defer report()
L31:
	for i32 := 0; i32 < 2; i32++ {
		step()
		v33 := map[bool]int8{false: g20}
		_ = v33
		var fs34 []func() uint8
		for i35 := uint8(0); i35 < 4; i35++ {
			v36 := (byteAt(a28.f12, i32) >> 7)
			fs34 = append(fs34, func() uint8 { v36++; return uint8((id[int32](-268291620) >> (i35))) })
		}
		for _, f := range fs34 { fmt.Print(f(), f(), " ") }
		fmt.Println()
		if ((id[uint64](100) / (1)) < (id[uint64](1590506530389054446) - id[uint64](4))) { continue L31 }
	}
	fmt.Printf("g20 %T %v\n", g20, g20)
	return
}
func fn37(a38 float32, a39 int16, a40 []int32) (float64) {
	step()
	v42 := (((id[uint8](10) | id[uint8](0)) & ^(id[uint8](127))) ^ (func() uint8 { return id[uint8](94) }() << 40))
	_ = v42
	f43 := func() float32 {
		step()
		return -(float32(a38))
	}
	v44 := f43()
	_ = v44
	return func() float64 { return func() float64 { return id[float64](3.0) }() }()
}
func fn45(a46 int, a47 []map[uint8]S1) () {
	step()
	const k48 int = 3*1 + 7%4 - 0x3
	v49 := k48 * len(a47)
	_ = v49
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v50, v51 := fn21(((id[string]("世界") + id[string]("tab\t")) + ("xyz")))
		fmt.Printf("%T %v\n", v50, v50)
		fmt.Printf("%T %v\n", v51, v51)
	}()
	func() {
		defer report()
		steps = 0
		v52, v53 := fn21(func() string { return id[string]("a") }())
		fmt.Printf("%T %v\n", v52, v52)
		fmt.Printf("%T %v\n", v53, v53)
	}()
	func() {
		defer report()
		steps = 0
		v54 := fn26([3][][2]bool{[][2]bool{[2]bool{id[bool](false), id[bool](false)}, [2]bool{id[bool](true)}, [2]bool{id[bool](false)}}}, func() S11 { return S11{f12: id[string]("tab\t")} }(), func() any { return any(id[string]("a")) }())
		_ = v54
	}()
	func() {
		defer report()
		steps = 0
		v55 := fn26([3][][2]bool{}, S11{f12: id[string]("\x00\xff"), f13: 100}, func() any { return any(id[float32](0.5)) }())
		_ = v55
	}()
	func() {
		defer report()
		steps = 0
		v56 := fn37((id[float32](1e-3) + float32(id[float64](1.25))), (+(g19) % (-6)), func() []int32 { return []int32{8, -9, 5} }())
		fmt.Printf("%T %v\n", v56, v56)
	}()
	func() {
		defer report()
		steps = 0
		v57 := fn37((float32(id[float64](1.25)) + id[float32](7.75)), ((g19 << (id[uint8](1))) | (g19 << 7)), []int32{id[int32](8), 100, id[int32](1)})
		fmt.Printf("%T %v\n", v57, v57)
	}()
	func() {
		defer report()
		steps = 0
		fn45(int(func() int { return id[int](10) }()), []map[uint8]S1{map[uint8]S1{0: S1{any(id[complex128](0.5i)), [][4]int64{[4]int64{id[int64](0)}, [4]int64{id[int64](-9), 4, id[int64](5), id[int64](-2)}, [4]int64{id[int64](127), -1, id[int64](6), id[int64](100)}, [4]int64{100, id[int64](10), 8}}, 507041940, map[int16][]bool{-5: []bool{false, true}}}, 200: S1{f2: any(id[string]("\x00\xff")), f4: -2, f5: map[int16][]bool{300: []bool{id[bool](false), id[bool](true), id[bool](false)}, 5: []bool{false}, -5: []bool{}}}, 7: S1{any(id[float32](2.0)), [][4]int64{[4]int64{-1, 1}, [4]int64{-127, id[int64](6), 6, id[int64](9223372036854775807)}, [4]int64{0, 10, id[int64](420250290021552763), id[int64](2)}, [4]int64{}}, 428036998, map[int16][]bool{}}}, map[uint8]S1{}, map[uint8]S1{200: S1{any(id[int32](2147483647)), [][4]int64{[4]int64{id[int64](6), id[int64](-9), id[int64](-4565426663899769146)}, [4]int64{9223372036854775807, 8, id[int64](100), 2}, [4]int64{10, id[int64](-5)}, [4]int64{id[int64](1), 7, 8, id[int64](3)}}, id[int32](0), map[int16][]bool{5: []bool{}, 300: []bool{true, id[bool](true)}}}, 7: S1{f2: any(id[float64](3.0)), f5: map[int16][]bool{-5: []bool{true}, 5: []bool{id[bool](true), false, false}}}}, map[uint8]S1{7: S1{f2: any(id[bool](false)), f3: [][4]int64{[4]int64{5, id[int64](0), 0, 2}, [4]int64{}, [4]int64{-6791377448968946393, id[int64](-6265130725865116484), 8852135890341150298}, [4]int64{id[int64](-9223372036854775807), id[int64](7), id[int64](-1), -2}}, f5: map[int16][]bool{}}, 200: S1{f2: any(id[complex128](0.5i)), f3: [][4]int64{}, f4: 689350896, f5: map[int16][]bool{}}}})
	}()
	func() {
		defer report()
		steps = 0
		fn45((total(id[int](5), []int{2, id[int](2), id[int](10)}...) & (id[int](6) >> (id[uint8](113)))), append([]map[uint8]S1{map[uint8]S1{0: S1{f2: any(id[float64](1.25)), f3: [][4]int64{[4]int64{10, id[int64](3)}, [4]int64{4, 0, 5, -10}}, f4: id[int32](1), f5: map[int16][]bool{5: []bool{id[bool](false)}, 300: []bool{true, id[bool](true), false}}}, 7: S1{any(g19), [][4]int64{[4]int64{}}, 5, map[int16][]bool{-5: []bool{id[bool](false), true}}}, 200: S1{any(id[float32](1e-3)), [][4]int64{[4]int64{7795351297016586007, id[int64](-4), -6}, [4]int64{id[int64](9)}}, id[int32](450532517), map[int16][]bool{5: []bool{true, true, true}, -5: []bool{true, id[bool](true)}}}}, map[uint8]S1{7: S1{any(id[string]("")), [][4]int64{[4]int64{id[int64](3), 8, id[int64](1183785679979504959)}, [4]int64{2, 0, 1}, [4]int64{id[int64](9223372036854775807)}, [4]int64{id[int64](-1), id[int64](6)}}, id[int32](7), map[int16][]bool{300: []bool{}}}, 0: S1{any(g20), [][4]int64{}, id[int32](-9), map[int16][]bool{-5: []bool{false}, 5: []bool{id[bool](false)}}}}}, map[uint8]S1{0: S1{any(id[float32](0.1)), [][4]int64{[4]int64{id[int64](9), 7886059039304823881, id[int64](340609560651908352)}, [4]int64{id[int64](6), 1426403066412784900}, [4]int64{}, [4]int64{5}}, id[int32](100), map[int16][]bool{5: []bool{id[bool](true), id[bool](false)}, 300: []bool{}, -5: []bool{false}}}, 7: S1{f5: map[int16][]bool{}}}, map[uint8]S1{0: S1{any(id[uint](0)), [][4]int64{[4]int64{-9, 8, id[int64](9223372036854775807)}, [4]int64{100, -9, 4, id[int64](1)}, [4]int64{3}, [4]int64{id[int64](0)}}, id[int32](100), map[int16][]bool{-5: []bool{false, true}, 300: []bool{true, false, false, id[bool](true)}, 5: []bool{true, id[bool](true)}}}, 200: S1{f2: any(id[complex128](0.5i)), f3: [][4]int64{[4]int64{id[int64](7896646291517499569), id[int64](-100), -6345306625543851635}}, f4: id[int32](9)}}))
	}()
	fmt.Println("g19", g19)
	fmt.Println("g20", g20)
}

func min[T int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64](a, b T) T {
	if a < b {
		return a
	}
	return b
}

func max[T int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64](a, b T) T {
	if a > b {
		return a
	}
	return b
}
