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
	f2 int
	f3 uint
	f4 float32
	f5 []map[uint8]float32
}
type S6 struct {
	f7 any
	f8 any
	f9 uint8
	f10 uint8
}
type S11 struct {
	f12 []uint8
	f13 map[int16]float32
	f14 any
}
var g15 []S1 = []S1{S1{-270831788204433691, 1, 2.0, []map[uint8]float32{map[uint8]float32{0: 0.5}, map[uint8]float32{7: id[float32](1e3), 200: 1e-3, 0: id[float32](2.0)}, map[uint8]float32{0: 1e-3, 7: id[float32](3.0)}, map[uint8]float32{200: id[float32](1e3), 0: id[float32](1.25), 7: id[float32](1e-3)}}}, S1{4, id[uint](6557958821975421474), 1.25, []map[uint8]float32{}}, S1{f3: id[uint](0), f4: 1e-3, f5: []map[uint8]float32{map[uint8]float32{}}}}
var g16 bool
var g17 []int8 = []int8{-82, id[int8](-3)}
var g18 [3][][]bool = [3][][]bool{[][]bool{[]bool{id[bool](false), true, true, true}, []bool{id[bool](false)}}, [][]bool{[]bool{}, []bool{id[bool](false), true}}, [][]bool{[]bool{}, []bool{false, true, id[bool](false)}}}
func fn19(a20 int32) (r21 [2]uint) {
	step()
	for i22 := 0; i22 < 2; i22++ {
		step()
		if v23 := func() uint { return r21[1] }(); (string([]int32{a20, 100, a20}) < func() string { return id[string]("") }()) || v23 > 3 {
		}
	}
	v24 := func() bool { return (g17[at(len(g17), 3)] > g17[at(len(g17), 1)]) }()
	_ = v24
	return r21
}
func (z S6) M25() []int16 {
	step()
	if (float64(id[int](-9223372036854775807)) != -(id[float64](1e-3))) {
		v26 := func() [3]uint32 { return [3]uint32{} }()
		_ = v26
	} else {
		const k27 uint64 = 4*5 + 100/3 - 1
		v28 := k27 - func() uint64 { return id[uint64](7) }()
		_ = v28
		const k29 int8 = 1*8 + 100/3 - 2.0
		v30 := k29 * (pick(g16, g17[at(len(g17), 3)], g17[at(len(g17), 7)]) | (4))
		_ = v30
		const k31 int = 4*1 + 1<<5 - 0x3
		v32 := k31 * func() int { return id[int](-9) }()
		_ = v32
	}
	c33, c34 := make(chan uint16, 1), make(chan uint16)
	c33 <- ((id[uint16](65535) + id[uint16](14952)) &^ (id[uint16](0) &^ (2)))
	select {
		case v, ok := <-c33:
			fmt.Println("received", v, ok)
		case c34 <- id[uint16](6):
			fmt.Println("sent")
		default:
			fmt.Println("neither")
	}
	return []int16{1, -6626, -1}
}
func fn35(a36 []map[int16]uint8, a37 int8, a38 []int16, a39 uint64) () {
	step()
	var i40 interface{ M25() []int16 } = S6{any(g16), any(id[uint](6501445634594905111)), 5, 5}
	v41 := i40.M25()
	_ = v41
	_, v42 := any(i40).(int8)
	_ = v42
	fmt.Printf("g16 %T %v\n", g16, g16)
L43:
	for i44 := 3; i44 > 0; i44-- {
		step()
		var v45 [2]uint8 = [2]uint8{}
		_ = v45
		var fs46 []func() int64
		for i47 := int64(0); i47 < 1; i47++ {
			v48 := (int64(i44) &^ (i47 & i47))
			fs46 = append(fs46, func() int64 { v48++; return i47 })
		}
		for _, f := range fs46 { fmt.Print(f(), f(), " ") }
		fmt.Println()
		if pick(v42, v42, v42) { break L43 }
	}
}
func fn49() () {
	step()
	const k50 int64 = 8*7 + 100/3 - 0x3
	v51 := k50 + pick(g16, id[int64](9), id[int64](0))
	_ = v51
	v52 := &S11{f12: []byte(id[string]("世界")), f13: map[int16]float32{}}
	_ = v52
	var i53 interface{ M25() []int16 } = S6{any(id[int32](-1706048415)), any(id[int16](5)), id[uint8](127), 21}
	v54 := i53.M25()
	_ = v54
	_, v55 := any(i53).(uint64)
	_ = v55
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v56 := fn19(func() int32 { return id[int32](0) }())
		fmt.Printf("%T %v\n", v56, v56)
	}()
	func() {
		defer report()
		steps = 0
		v57 := fn19(func() int32 { return id[int32](0) }())
		fmt.Printf("%T %v\n", v57, v57)
	}()
	func() {
		defer report()
		steps = 0
		fn35(func() []map[int16]uint8 { return []map[int16]uint8{map[int16]uint8{-5: id[uint8](6), 300: id[uint8](3)}} }(), ((g17[at(len(g17), 0)] << 23) * (9)), append([]int16{127, id[int16](100), id[int16](-10), 8}, 0, id[int16](3), id[int16](3)), +(uint64(id[uint64](3960055088493131922))))
	}()
	func() {
		defer report()
		steps = 0
		fn35(func() []map[int16]uint8 { return []map[int16]uint8{map[int16]uint8{}, map[int16]uint8{-5: id[uint8](100), 300: id[uint8](115), 5: 8}, map[int16]uint8{5: id[uint8](10), 300: id[uint8](9)}, map[int16]uint8{-5: 72, 5: 115}} }(), min(int8(id[uint](3)), (0)), func() []int16 { return []int16{id[int16](22178), 22198, id[int16](32767)} }(), max((id[uint64](2) - id[uint64](1)), (9)))
	}()
	func() {
		defer report()
		steps = 0
		fn49()
	}()
	func() {
		defer report()
		steps = 0
		fn49()
	}()
	fmt.Println("g15", g15)
	fmt.Println("g16", g16)
	fmt.Println("g17", g17)
	fmt.Println("g18", g18)
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
