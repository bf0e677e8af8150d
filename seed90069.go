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
	f2 uint8
	f3 complex128
}
type S4 struct {
	f5 int64
	f6 []int8
	f7 []S1
	f8 uint64
	f9 complex128
	S1
}
type S10 struct {
	f11 map[int16][2]int64
	f12 [4]uint64
	f13 [3][]float64
}
type S14 struct {
	f15 uint
}
var g16 map[bool]float64
var g17 [1]complex128
var g18 S10 = S10{f11: map[int16][2]int64{300: [2]int64{3}}}
var g19 [][1]map[bool]int64 = [][1]map[bool]int64{[1]map[bool]int64{map[bool]int64{false: 8, true: 9}}, [1]map[bool]int64{map[bool]int64{}}, [1]map[bool]int64{map[bool]int64{}}, [1]map[bool]int64{}}
func fn20() (int16, float64) {
	step()
	defer report()
	switch x23 := func() any { return any(id[uint32](2)) }().(type) {
		case int16:
			fmt.Println("int16", x23)
			x23 = max(func() int16 { return x23 }(), (-3))
		case int32:
			fmt.Println("int32", x23)
		case uint16:
			fmt.Println("uint16", x23)
			f24 := func() any {
				step()
				return any(id[float32](2.0))
			}
			v25 := f24()
			_ = v25
		default:
			fmt.Printf("other %T\n", x23)
	}
	if id[bool](true) {
		v26 := copy(g19, g19[:cut(len(g19), 9)])
		_ = v26
		copy(g19[cut(len(g19), 6):], g19)
	}
	switch x27 := any(id[int8](-1)).(type) {
		case int8:
			fmt.Println("int8", x27)
			x27 = 21
		case uint8:
			fmt.Println("uint8", x27)
			v28 := (func() int16 { return id[int16](-127) }() << 55)
			_ = v28
		case uint64:
			fmt.Println("uint64", x27)
			switch {
				case (id[float64](1e3) <= (1e-3)):
					c29, c30 := make(chan uint8, 1), make(chan uint8)
					c29 <- (id[uint8](2) & (id[uint8](100) &^ id[uint8](0)))
					close(c29)
					select {
						case v, ok := <-c29:
							fmt.Println("received", v, ok)
						case c30 <- (max(id[uint8](2), (1)) << ((id[uint8](31) / (3)))):
							fmt.Println("sent")
						default:
							fmt.Println("neither")
					}
					fmt.Println("case 0")
				case ((id[int8](-9) % (-2)) < func() int8 { return id[int8](-3) }()):
					var v31 S1
					_ = v31
					fmt.Println("case 1")
				case id[bool](true):
					fmt.Println("case 2")
				default:
					defer func() {
						fmt.Printf("g17 %T %v\n", g17, g17)
						var fs32 []func() int32
						for i33 := int32(0); i33 < 1; i33++ {
							v34 := -((i33 % i33))
							fs32 = append(fs32, func() int32 { v34++; return (func() int32 { return i33 }() % (691407590)) })
						}
						for _, f := range fs32 { fmt.Print(f(), f(), " ") }
						fmt.Println()
					}()
			}
		default:
			fmt.Printf("other %T\n", x27)
	}
	return (int16((id[int](0) + id[int](4))) | min((id[int16](8) << (id[uint8](255))), (127))), float64(max(pick(id[bool](true), id[uint32](9), id[uint32](2052749965)), (3)))
}
func fn35() (uint, uint64, float64) {
	step()
	defer report()
	v39 := pick((id[float64](1.25) == (3.0)), func() [2][][1]int64 { return [2][][1]int64{[][1]int64{[1]int64{-7}, [1]int64{6}, [1]int64{id[int64](-3)}, [1]int64{}}, [][1]int64{[1]int64{}}} }(), [2][][1]int64{[][1]int64{[1]int64{9}}, [][1]int64{}})
	_ = v39
	return min((func() uint { return id[uint](1) }() / (id[uint](3) | (908079582999162076))), (uint(id[int](9)) - (id[uint](127) ^ (0)))), uint64(uint64(byteAt(id[string]("世界"), 5))), pick(!id[bool](true), float64(id[int16](0)), (id[float64](1e3) + id[float64](1e3)))
}
func (z *S14) M40() [1]S10 {
	step()
L41:
	for i42 := 0; i42 < 5; i42++ {
		step()
		i42 = func() int { return i42 }()
		if func() bool { return id[bool](true) }() { continue L41 }
	}
	return [1]S10{}
}
func (z S1) M43() uint64 {
	step()
	var i44 interface{ M40() [1]S10 } = &S14{f15: 3}
	v45 := i44.M40()
	_ = v45
	_, v46 := any(i44).(int64)
	_ = v46
	var v47 = map[string]int8{}
	_ = v47
	v48, v49 := fn20()
	_, _ = v48, v49
	return max(uint64(-(id[uint](7))), (5997105192087711477))
}
func fn50(a51 []uint32, a52 []uint32, a53 S1, a54 float32) ([4]string, complex128, float64) {
	step()
	var fs58 []func() uint
	for i59 := uint(0); i59 < 1; i59++ {
		v60 := i59
		fs58 = append(fs58, func() uint { v60++; return func() uint { return id[uint](5) }() })
	}
	for _, f := range fs58 { fmt.Print(f(), f(), " ") }
	fmt.Println()
	v61 := copy(a51, a51)
	_ = v61
	v61 = pick(id[bool](false), v61, v61)
	for i62, v63 := range g17 {
		step()
		_, _ = i62, v63
		i62, v61 = v61, i62
	}
	return [4]string{id[string]("")}, g17[0], -((func() float64 { return id[float64](2.0) }() + (1e3)))
}
func fn64(a65 any, a66 [][]uint) (uint8, map[int][]uint16) {
	step()
	defer report()
	defer func() {
		var v69 uint16 = pick(id[bool](true), id[uint16](2), id[uint16](22971))
		_ = v69
	}()
	v70 := func() []uint32 { return append([]uint32{5}, 1) }()
	_ = v70
	defer fmt.Println("deferred", (uint8(id[uint16](3)) &^ (4)))
	{
	}
	a65 = any(id[int8](5))
	return min((func() uint8 { return id[uint8](10) }() % (255)), (255)), map[int][]uint16{2: []uint16{9, id[uint16](7)}, -3: []uint16{}, 40: []uint16{id[uint16](3)}, 1: []uint16{id[uint16](3), id[uint16](8), 127, id[uint16](7)}}
}
func fn71() (r72 float64) {
	step()
	if func() bool { return id[bool](true) }() {
		if (id[uint32](8) >= id[uint32](566249183)) {
			v73 := func() bool { return (id[bool](false) == id[bool](false)) }()
			_ = v73
			v74 := v73
			_ = v74
			v75 := copy(g19, func() [][1]map[bool]int64 { return [][1]map[bool]int64{g19[at(len(g19), 7)], g19[at(len(g19), 3)]} }())
			_ = v75
		} else {
			if id[bool](true) { return r72 }
		}
	} else {
		if v76 := id[uint64](1); ((S1{f3: g17[0]}) != (S1{10, 1i})) || v76 > 3 {
		} else {
			c77, c78 := make(chan int8, 1), make(chan int8)
			close(c77)
			select {
				case v, ok := <-c77:
					fmt.Println("received", v, ok)
				case c78 <- (min(id[int8](6), id[int8](6)) / (-68)):
					fmt.Println("sent")
				default:
					fmt.Println("neither")
			}
		}
		v79 := copy(g19, g19[cut(len(g19), 7):])
		_ = v79
		f80 := func() complex128 {
			step()
			var v81 = id[string]("tab\t")
			_ = v81
			f82 := func() S10 {
				step()
				var v83 [4]S10
				_ = v83
				v79 = ((v79 & v79) >> (func() uint8 { return id[uint8](1) }()))
				return func() S10 { return g18 }()
			}
			v84 := f82()
			_ = v84
			return complex(-(r72), r72)
		}
		v85 := f80()
		_ = v85
	}
	p86 := &g18
	p86.f12 = pick(id[bool](true), g18.f12, g18.f12)
	*p86 = func() S10 { return g18 }()
	fmt.Printf("g18 %T %v\n", g18, g18)
	return
}
func fn87(a88 float64, a89 map[string][]float64, a90 S1, a91 S14) (r92 any, r93 uint32, r94 []uint8) {
	step()
	defer report()
	fmt.Printf("r92 %T %v\n", r92, r92)
	v95 := [2]bool{id[bool](true)}
	_ = v95
	var v96 = func() bool { return pick(v95[1], v95[1], v95[0]) }()
	_ = v96
	f97 := func() uint32 {
		step()
		var fs98 []func() uint32
		for i99 := uint32(0); i99 < 2; i99++ {
			v100 := func() uint32 { return r93 }()
			fs98 = append(fs98, func() uint32 { v100++; return (min(i99, v100) * max(r93, (1623909013))) })
		}
		for _, f := range fs98 { fmt.Print(f(), f(), " ") }
		fmt.Println()
		return uint32((a91.f15 | (9223372036854775807)))
	}
	v101 := f97()
	_ = v101
	for i102, v103 := range g19 {
		step()
		_, _ = i102, v103
		var i104 interface{ M40() [1]S10 } = &a91
		v105 := i104.M40()
		_ = v105
		_, v106 := any(i104).(uint16)
		_ = v106
	}
	if v107 := (min(id[int64](6), (9)) >> (+(r94[at(len(r94), 9)]))); ((([1]int8{id[int8](9)}) != ([1]int8{id[int8](-1)})) == (id[int8](0) <= id[int8](-6))) || v107 > 3 {
		f108 := func() []float64 {
			step()
			fmt.Printf("r92 %T %v\n", r92, r92)
			return func() []float64 { return []float64{1e-3, 0.5} }()
		}
		v109 := f108()
		_ = v109
		v110 := pick((id[int8](100) <= (64)), [3]uint32{8, v101, id[uint32](10)}, func() [3]uint32 { return [3]uint32{r93} }())
		_ = v110
	} else {
		for i111, v112 := range g19 {
			step()
			_, _ = i111, v112
			var v113 = append([]int64{v107, 3}, 9, min(v107, v107))
			_ = v113
		}
		f114 := a91.M40
		a91.f15 = 8455961590857880116
		v115 := f114()
		_ = v115
	}
	return any(func() int16 { return id[int16](10) }()), (max(max(r93, r93), (r93 & r93)) & (0)), append(r94[cut(len(r94), 6):], uint8(r93))
}
func fn116(a117 int64, a118 S4, a119 int, a120 S14) (uint64) {
	step()
	defer report()
	func() {
		defer report()
		f122 := func() int32 {
			step()
			fmt.Printf("g18 %T %v\n", g18, g18)
			return func() int32 { return id[int32](882890162) }()
		}
		v123 := f122()
		_ = v123
		defer func() {
			v124 := ((uint16(id[int8](127)) &^ (id[uint16](5) * id[uint16](2))) >> 33)
			_ = v124
		}()
		for i125, v126 := range g17 {
			step()
			_, _ = i125, v126
			i125 = 578747947559597443
		}
	}()
	var v127 = &S14{f15: (a120.f15 - (1))}
	_ = v127
	f128 := func() uint64 {
		step()
		fmt.Printf("a117 %T %v\n", a117, a117)
		return ((a118.f8 + a118.f8) | min(a118.f8, a118.f8))
	}
	v129 := f128()
	_ = v129
	a119 = func() int { return a119 }()
	var v130 map[string]bool = map[string]bool{"a": false, "b": false}
	_ = v130
	return pick(func() bool { return id[bool](true) }(), uint64(id[uint8](27)), (a118.f8 - (1)))
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v131, v132 := fn20()
		fmt.Printf("%T %v\n", v131, v131)
		fmt.Printf("%T %v\n", v132, v132)
	}()
	func() {
		defer report()
		steps = 0
		v133, v134 := fn20()
		fmt.Printf("%T %v\n", v133, v133)
		fmt.Printf("%T %v\n", v134, v134)
	}()
	func() {
		defer report()
		steps = 0
		v135, v136, v137 := fn35()
		fmt.Printf("%T %v\n", v135, v135)
		fmt.Printf("%T %v\n", v136, v136)
		fmt.Printf("%T %v\n", v137, v137)
	}()
	func() {
		defer report()
		steps = 0
		v138, v139, v140 := fn35()
		fmt.Printf("%T %v\n", v138, v138)
		fmt.Printf("%T %v\n", v139, v139)
		fmt.Printf("%T %v\n", v140, v140)
	}()
	func() {
		defer report()
		steps = 0
		v141, v142, v143 := fn50(func() []uint32 { return []uint32{1, id[uint32](2), 6, 9} }(), []uint32{id[uint32](1), 4294967295}, func() S1 { return S1{f3: 0.5i} }(), func() float32 { return id[float32](0.1) }())
		fmt.Printf("%T %v\n", v141, v141)
		fmt.Printf("%T %v\n", v142, v142)
		fmt.Printf("%T %v\n", v143, v143)
	}()
	func() {
		defer report()
		steps = 0
		v144, v145, v146 := fn50(func() []uint32 { return []uint32{2147483647, id[uint32](2), 3, 317433387} }(), []uint32{id[uint32](0), 6}, S1{id[uint8](9), 0.5i}, ((id[float32](0.1) - (0.5)) + (1e3)))
		fmt.Printf("%T %v\n", v144, v144)
		fmt.Printf("%T %v\n", v145, v145)
		fmt.Printf("%T %v\n", v146, v146)
	}()
	func() {
		defer report()
		steps = 0
		v147, v148 := fn64(any(id[int32](0)), append([][]uint{[]uint{id[uint](5434249832795608537)}}, []uint{184367139221144187, 9223372036854775807}))
		fmt.Printf("%T %v\n", v147, v147)
		fmt.Printf("%T %v\n", v148, v148)
	}()
	func() {
		defer report()
		steps = 0
		v149, v150 := fn64(any(id[string]("")), append(append([][]uint{[]uint{8, id[uint](100)}, []uint{1}}, []uint{id[uint](10), 5881775495808443093, id[uint](4), id[uint](8761296825259683399)}), []uint{id[uint](100)}, []uint{}, []uint{id[uint](100)}))
		fmt.Printf("%T %v\n", v149, v149)
		fmt.Printf("%T %v\n", v150, v150)
	}()
	func() {
		defer report()
		steps = 0
		v151 := fn71()
		fmt.Printf("%T %v\n", v151, v151)
	}()
	func() {
		defer report()
		steps = 0
		v152 := fn71()
		fmt.Printf("%T %v\n", v152, v152)
	}()
	func() {
		defer report()
		steps = 0
		v153, v154, v155 := fn87(-((id[float64](3.0) / id[float64](0.1))), map[string][]float64{}, func() S1 { return S1{9, 0.5i} }(), S14{f15: id[uint](4)})
		fmt.Printf("%T %v\n", v153, v153)
		fmt.Printf("%T %v\n", v154, v154)
		fmt.Printf("%T %v\n", v155, v155)
	}()
	func() {
		defer report()
		steps = 0
		v156, v157, v158 := fn87(float64((id[uint32](533447180) - (9))), map[string][]float64{}, S1{f3: g17[0]}, S14{f15: id[uint](2348047594218975991)})
		fmt.Printf("%T %v\n", v156, v156)
		fmt.Printf("%T %v\n", v157, v157)
		fmt.Printf("%T %v\n", v158, v158)
	}()
	func() {
		defer report()
		steps = 0
		v159 := fn116(func() int64 { return id[int64](-1050713050812349941) }(), pick(id[bool](false), S4{f5: id[int64](0), f8: id[uint64](7), f9: g17[0]}, S4{-100, []int8{}, []S1{S1{f2: id[uint8](6)}, S1{f2: id[uint8](10), f3: g17[0]}, S1{f2: 3, f3: 2.5i}, S1{f2: id[uint8](9)}}, 8, 2.5i, S1{id[uint8](6), 2.5i}}), ((id[int](4770526069069335670) % id[int](8)) &^ pick(id[bool](true), id[int](5), id[int](9))), S14{f15: 0})
		fmt.Printf("%T %v\n", v159, v159)
	}()
	func() {
		defer report()
		steps = 0
		v160 := fn116(((id[int64](9) - (9223372036854775807)) / (-7)), S4{f5: id[int64](-7), f6: []int8{}, f7: []S1{}, f8: id[uint64](1), f9: 0.5i, S1: S1{id[uint8](10), 1i}}, min((id[int](2) % (10)), (id[int](9) | id[int](9223372036854775807))), S14{id[uint](1)})
		fmt.Printf("%T %v\n", v160, v160)
	}()
	fmt.Println("g16", g16)
	fmt.Println("g17", g17)
	fmt.Println("g18", g18)
	fmt.Println("g19", g19)
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
