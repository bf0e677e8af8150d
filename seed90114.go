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
	f2 bool
}
var g3 float64
var g4 [2]map[bool]int8 = [2]map[bool]int8{map[bool]int8{true: 25}}
func (z *S1) M5(a6 uint64) map[string]map[bool]int {
	step()
	return map[string]map[bool]int{"a": map[bool]int{true: 5}, "": map[bool]int{}, "b": map[bool]int{false: 0}}
}
func fn7(a8 [1][][]complex128, a9 []int32, a10 [1]uint8, a11 [][3]bool) (uint32) {
	step()
	defer report()
	if ((id[bool](false) && id[bool](true)) && id[bool](true)) {
		const k13 int64 = 9*5 + 100/3 - 2.0
		v14 := k13 - min((id[int64](-6) - id[int64](4)), (4))
		_ = v14
		var v15 = (func() uint16 { return id[uint16](9) }() << 39)
		_ = v15
		switch x16 := any(v14).(type) {
			case uint8:
				fmt.Println("uint8", x16)
			case int16:
				fmt.Println("int16", x16)
				c17 := make(chan float64, 3)
				go func(v float64) { c17 <- v; close(c17) }(pick(id[bool](true), g3, g3))
				v18 := <-c17
				_ = v18
			case bool:
				fmt.Println("bool", x16)
			default:
				fmt.Printf("other %T\n", x16)
		}
	} else {
		a9[at(len(a9), 7)] &^= (7)
	}
	var fs19 []func() int8
	for i20 := int8(0); i20 < 4; i20++ {
		v21 := ((i20 & id[int8](89)) % (8))
		fs19 = append(fs19, func() int8 { v21++; return ^(+(i20)) })
	}
	for _, f := range fs19 { fmt.Print(f(), f(), " ") }
	fmt.Println()
	return (func() uint32 { return id[uint32](100) }() * (6))
}
func fn22() (complex128) {
	step()
	fmt.Printf("g3 %T %v\n", g3, g3)
	var v24 []int32
	_ = v24
	if v25 := func() uint16 { return id[uint16](11201) }(); func() bool { return id[bool](false) }() || v25 > 3 {
		v26 := (-((id[uint8](10) - (8))) / ((id[uint8](10) * id[uint8](10)) + (id[uint8](4) ^ id[uint8](5))))
		_ = v26
	} else {
		v27 := copy(v24, func() []int32 { return v24 }())
		_ = v27
		copy(v24[cut(len(v24), v27):], v24)
	}
	c28, c29 := make(chan int8, 1), make(chan int8)
	select {
		case v, ok := <-c28:
			fmt.Println("received", v, ok)
		case c29 <- id[int8](9):
			fmt.Println("sent")
		default:
			fmt.Println("neither")
	}
	return complex(g3, ((g3 + (1.25)) * (2.0)))
}
func (z *S1) M30() [][2]*S1 {
	step()
	defer report()
	for i31 := 5; i31 > 0; i31-- {
		step()
	L32:
		for i33 := 0; i33 <= 12; i33 += 2 {
			step()
			g3 = pick(id[bool](true), g3, g3)
			i31 = i31
			var v34 = (string(rune((id[uint16](25571) - id[uint16](4)))) + ("xyz"))
			_ = v34
			var v35 float32
			_ = v35
			if pick(id[bool](true), id[bool](false), id[bool](false)) { break L32 }
		}
	}
	fmt.Printf("g3 %T %v\n", g3, g3)
	var v36 = append([]S1{S1{false}, S1{true}, S1{false}}, S1{id[bool](false)}, S1{id[bool](true)})
	_ = v36
	return append([][2]*S1{[2]*S1{&S1{}}, [2]*S1{&S1{f2: true}}, [2]*S1{&S1{f2: id[bool](true)}}}, [2]*S1{&S1{}})
}
func fn37() ([4][1]int64) {
	step()
	switch x39 := func() any { return any(g3) }().(type) {
		case int32:
			fmt.Println("int32", x39)
			const k40 int32 = 3*5 + 7%4 - 2.0
			v41 := k40 + func() int32 { return id[int32](2144037733) }()
			_ = v41
		case int8:
			fmt.Println("int8", x39)
		case float64:
			fmt.Println("float64", x39)
		default:
			fmt.Printf("other %T\n", x39)
	}
	f42 := func() [4]uint64 {
		step()
		v43 := id[uint](7)
		_ = v43
		return [4]uint64{3, id[uint64](7690771246478702754)}
	}
	v44 := f42()
	_ = v44
	if v45 := int64(id[uint8](36)); id[bool](false) || v45 > 3 {
		if ((id[uint32](1556726548) >> (id[uint8](0))) != (9)) {
			var v46 = max(((id[uint32](1250353768) >> 65) & (4)), (+(id[uint32](1033591299)) << 50))
			_ = v46
			var fs47 []func() uint16
			for i48 := uint16(0); i48 < 4; i48++ {
				v49 := ((i48 + (3)) << 53)
				fs47 = append(fs47, func() uint16 { v49++; return ((v49 | v49) * func() uint16 { return v49 }()) })
			}
			for _, f := range fs47 { fmt.Print(f(), f(), " ") }
			fmt.Println()
			fmt.Printf("g3 %T %v\n", g3, g3)
		}
		for i50 := 5; i50 > 0; i50-- {
			step()
		}
	}
	if v51 := func() int64 { return id[int64](127) }(); (((id[uint32](127) + id[uint32](915825563))) != (max(id[uint32](10), id[uint32](0)))) || v51 > 3 {
		c52 := make(chan int, 3)
		go func(v int) { c52 <- v; close(c52) }(int(max(id[int32](-10), (95948957))))
		v53 := <-c52
		_ = v53
	}
	return func() [4][1]int64 { return [4][1]int64{[1]int64{id[int64](127)}, [1]int64{id[int64](-10)}, [1]int64{id[int64](-6636628184495327153)}} }()
}
func fn54(a55 uint64, a56 []int8, a57 uint64, a58 [][]float64) (map[int][2]float64, float64) {
	step()
	var v61 int16
	_ = v61
	v62 := copy(a58, append(append(a58, []float64{id[float64](2.0), 2.0, 1.25, id[float64](0.5)}, []float64{id[float64](0.5), 2.0}, a58[at(len(a58), 1)]), a58[at(len(a58), 7)], a58[at(len(a58), 5)]))
	_ = v62
	copy(a58[cut(len(a58), 9):], a58)
	v62 = -2
	fmt.Printf("v62 %T %v\n", v62, v62)
	f63 := func() uint {
		step()
		return max((id[uint](9223372036854775807) * id[uint](6)), (id[uint](1) & id[uint](5)))
	}
	v64 := f63()
	_ = v64
	return pick(func() bool { return id[bool](false) }(), map[int][2]float64{2: [2]float64{0.5, g3}, 1: [2]float64{g3}, 40: [2]float64{g3}}, map[int][2]float64{}), (float64(func() float32 { return id[float32](1.25) }()) + func() float64 { return id[float64](0.1) }())
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v65 := fn7([1][][]complex128{}, []rune(fmt.Sprint(id[int32](8))), [1]uint8{id[uint8](1)}, [][3]bool{[3]bool{true}, [3]bool{true, true}, [3]bool{id[bool](false), id[bool](true)}, [3]bool{true, false}})
		fmt.Printf("%T %v\n", v65, v65)
	}()
	func() {
		defer report()
		steps = 0
		v66 := fn7([1][][]complex128{}, []rune(string([]int32{id[int32](157737925), id[int32](2147483647)})), [1]uint8{}, [][3]bool{[3]bool{true, true}})
		fmt.Printf("%T %v\n", v66, v66)
	}()
	func() {
		defer report()
		steps = 0
		v67 := fn22()
		fmt.Printf("%T %v\n", v67, v67)
	}()
	func() {
		defer report()
		steps = 0
		v68 := fn22()
		fmt.Printf("%T %v\n", v68, v68)
	}()
	func() {
		defer report()
		steps = 0
		v69 := fn37()
		fmt.Printf("%T %v\n", v69, v69)
	}()
	func() {
		defer report()
		steps = 0
		v70 := fn37()
		fmt.Printf("%T %v\n", v70, v70)
	}()
	func() {
		defer report()
		steps = 0
		v71, v72 := fn54((-(id[uint64](4)) << ((id[uint8](103) + id[uint8](0)))), []int8{id[int8](32), 0, 127, -7}, id[uint64](4), func() [][]float64 { return [][]float64{} }())
		fmt.Printf("%T %v\n", v71, v71)
		fmt.Printf("%T %v\n", v72, v72)
	}()
	func() {
		defer report()
		steps = 0
		v73, v74 := fn54(uint64(id[uint16](751)), []int8{-6, id[int8](-2)}, id[uint64](5), [][]float64{})
		fmt.Printf("%T %v\n", v73, v73)
		fmt.Printf("%T %v\n", v74, v74)
	}()
	fmt.Println("g3", g3)
	fmt.Println("g4", g4)
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
