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
	f2 []string
}
var g3 any = any(id[uint16](4))
func fn4() (uint8) {
	step()
	defer report()
	const k6 uint32 = 6*4 + 100/3 - 1
	v7 := k6 - (max(id[uint32](9), id[uint32](2)) & (7))
	_ = v7
	return ((pick(id[bool](false), id[uint8](7), id[uint8](8)) * byteAt(id[string]("世界"), 4)) * pick(id[bool](true), id[uint8](6), id[uint8](3)))
}
func fn8(a9 []complex128) (int) {
	step()
	defer report()
	c11, c12 := make(chan bool, 1), make(chan bool)
	c11 <- func() bool { return id[bool](true) }()
	select {
		case v, ok := <-c11:
			fmt.Println("received", v, ok)
		case c12 <- id[bool](true):
			fmt.Println("sent")
		default:
			fmt.Println("neither")
	}
	var v13 string
	_ = v13
	for i14, v15 := range a9 {
		step()
		_, _ = i14, v15
		i14 = func() int { return i14 }()
		c16 := make(chan int16)
		go func(v int16) { c16 <- v; close(c16) }((min(id[int16](4), id[int16](5)) | func() int16 { return id[int16](-6091) }()))
		var v17 int16
		for v := range c16 { v17 = v }
		_ = v17
	}
	return func() int { return int(id[uint16](5)) }()
}
func (z S1) M18(a19 [3]int, a20 int16) [1]uint64 {
	step()
	defer report()
	c21 := make(chan bool, 3)
	go func(v bool) { c21 <- v; close(c21) }(!pick(id[bool](false), id[bool](true), id[bool](true)))
	v22 := <-c21
	_ = v22
	var fs23 []func() int16
	for i24 := int16(0); i24 < 3; i24++ {
		v25 := min(id[int16](9), max(a20, (6)))
		fs23 = append(fs23, func() int16 { v25++; return ((i24 | i24) % (7)) })
	}
	for _, f := range fs23 { fmt.Print(f(), f(), " ") }
	fmt.Println()
	return [1]uint64{}
}
func fn26(a27 map[uint8]int8) (float32, [][]int8, [2]complex128) {
	step()
	if (func() bool { return id[bool](true) }() || id[bool](true)) {
		var v31 int16 = -5036
		_ = v31
	}
	return func() float32 { return id[float32](0.1) }(), [][]int8{[]int8{id[int8](3), id[int8](1), -1}, []int8{0, id[int8](0)}}, [2]complex128{2.5i}
}
func fn32(a33 [][]uint, a34 map[int16]int8, a35 uint, a36 int8) (r37 [][]int, r38 string) {
	step()
	defer report()
L39:
	for i40 := 0; i40 < 2; i40++ {
		step()
		if v41 := (func() int32 { return id[int32](-1) }() % (8)); id[bool](true) || v41 > 3 {
			f42 := func() int32 {
				step()
				return v41
			}
			v43 := f42()
			_ = v43
			var fs44 []func() int64
			for i45 := int64(0); i45 < 1; i45++ {
				v46 := (int64(id[uint64](100)) &^ (7))
				fs44 = append(fs44, func() int64 { v46++; return ((v46 | (2809514641280094062)) + (4)) })
			}
			for _, f := range fs44 { fmt.Print(f(), f(), " ") }
			fmt.Println()
			var fs47 []func() int64
			for i48 := int64(0); i48 < 4; i48++ {
				v49 := pick(id[bool](false), i48, i48)
				fs47 = append(fs47, func() int64 { v49++; return (int64(i48) % (i48 ^ (0))) })
			}
			for _, f := range fs47 { fmt.Print(f(), f(), " ") }
			fmt.Println()
		}
		if ((id[int64](3) < id[int64](-5)) && id[bool](false)) { break L39 }
	}
	var v50 map[string]map[int16][]int16
	_ = v50
	var v51 [3]map[int16][]bool
	_ = v51
	v52 := copy(r37, r37)
	_ = v52
	copy(r37[cut(len(r37), 8):], r37)
	func() {
		defer report()
		func() {
			defer report()
			v52 = -5
			c53, c54 := make(chan float64, 1), make(chan float64)
			select {
				case v, ok := <-c53:
					fmt.Println("received", v, ok)
				case c54 <- id[float64](0.1):
					fmt.Println("sent")
				default:
					fmt.Println("neither")
			}
		}()
		v55 := func() S1 { return S1{[]string{r38, r38}} }()
		_ = v55
		f56 := func() int8 {
			step()
			var v57 [4]*S1 = [4]*S1{&S1{[]string{"0123456789"}}, &S1{v55.f2}, &S1{}, &S1{f2: v55.f2}}
			_ = v57
			v52 = ((v52 & v52) / len(a33))
			return func() int8 { return a36 }()
		}
		v58 := f56()
		_ = v58
	}()
	a35++
	return r37, func() string { return (r38 + ("0123456789")) }()
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v59 := fn4()
		fmt.Printf("%T %v\n", v59, v59)
	}()
	func() {
		defer report()
		steps = 0
		v60 := fn4()
		fmt.Printf("%T %v\n", v60, v60)
	}()
	func() {
		defer report()
		steps = 0
		v61 := fn8([]complex128{1i, 2.5i, 2.5i, id[complex128](1i)})
		fmt.Printf("%T %v\n", v61, v61)
	}()
	func() {
		defer report()
		steps = 0
		v62 := fn8([]complex128{1i, 0.5i, 0.5i})
		fmt.Printf("%T %v\n", v62, v62)
	}()
	func() {
		defer report()
		steps = 0
		v63, v64, v65 := fn26(map[uint8]int8{0: 8, 7: id[int8](0)})
		fmt.Printf("%T %v\n", v63, v63)
		fmt.Printf("%T %v\n", v64, v64)
		fmt.Printf("%T %v\n", v65, v65)
	}()
	func() {
		defer report()
		steps = 0
		v66, v67, v68 := fn26(map[uint8]int8{200: 10})
		fmt.Printf("%T %v\n", v66, v66)
		fmt.Printf("%T %v\n", v67, v67)
		fmt.Printf("%T %v\n", v68, v68)
	}()
	func() {
		defer report()
		steps = 0
		v69, v70 := fn32([][]uint{[]uint{id[uint](0), 3, 4, id[uint](100)}, []uint{}, []uint{id[uint](9), id[uint](6640090889066957793)}, []uint{id[uint](3288565765059498744)}}, map[int16]int8{5: id[int8](127), 300: 127}, ^((id[uint](100) / (1))), func() int8 { return id[int8](112) }())
		fmt.Printf("%T %v\n", v69, v69)
		fmt.Printf("%T %v\n", v70, v70)
	}()
	func() {
		defer report()
		steps = 0
		v71, v72 := fn32([][]uint{[]uint{0, id[uint](5)}}, map[int16]int8{-5: id[int8](8), 300: id[int8](2), 5: id[int8](-73)}, ((id[uint](0) % (1361832632673458509)) - func() uint { return id[uint](4431800198083526514) }()), (max(id[int8](100), (-127)) & (100)))
		fmt.Printf("%T %v\n", v71, v71)
		fmt.Printf("%T %v\n", v72, v72)
	}()
	fmt.Println("g3", g3)
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
