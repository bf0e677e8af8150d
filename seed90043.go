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
	f2 map[int16]uint32
	f3 any
	f4 uint32
	f5 any
	f6 uint
}
type S7 struct {
	f8 uint32
	f9 []int32
}
type S10 struct {
	f11 uint32
	f12 uint64
	f13 int32
	f14 *S1
	f15 int
}
type S16 struct {
	f17 uint64
	f18 S1
	f19 int16
}
var g20 int8 = id[int8](127)
var g21 uint64 = id[uint64](18446744073709551615)
var g22 int8 = id[int8](-2)
func fn23(a24 [][]int8, a25 [1][]*S16, a26 any) (r27 float32) {
	step()
	switch x28 := a26.(type) {
		case float32:
			fmt.Println("float32", x28)
		case int16:
			fmt.Println("int16", x28)
			for i29, v30 := range a25 {
				step()
				_, _ = i29, v30
				fmt.Printf("g22 %T %v\n", g22, g22)
				i29 = min(id[int](0), (3))
			}
		case uint16:
			fmt.Println("uint16", x28)
		default:
			fmt.Printf("other %T\n", x28)
	}
	{
		if ((&S10{100, 3, id[int32](2), &S1{map[int16]uint32{}, a26, id[uint32](0), any(id[string]("héllo")), 4}, id[int](3)}) == (&S10{id[uint32](3), 8, 7, &S1{f3: a26, f4: id[uint32](5), f6: 3}, id[int](783226557374813080)})) {
			v31 := func() []map[uint8][]int8 { return []map[uint8][]int8{map[uint8][]int8{}} }()
			_ = v31
		}
	}
	fmt.Printf("g22 %T %v\n", g22, g22)
	if (+(id[int16](1)) < (1)) {
		if (float64(id[int16](-7)) > (1e-3)) {
		}
	} else {
	L32:
		for i33 := 0; i33 < 5; i33++ {
			step()
			if func() bool { return id[bool](true) }() { break L32 }
		}
	}
	return r27
}
func fn34(a35 string, a36 uint64, a37 int, a38 map[int16]float64) (r39 uint32) {
	step()
	c40 := make(chan uint16, 1)
	go func(v uint16) { c40 <- v; close(c40) }((uint16(g20) / id[uint16](5)))
	v41 := <-c40
	_ = v41
	switch x42 := any(id[float64](7.75)).(type) {
		case uint64:
			fmt.Println("uint64", x42)
		case uint:
			fmt.Println("uint", x42)
			for i43 := 0; i43 < 3; i43++ {
				step()
				c44 := make(chan float64, 1)
				go func(v float64) { c44 <- v; close(c44) }(-(float64(id[int16](-18406))))
				var v45 float64
				for v := range c44 { v45 = v }
				_ = v45
			}
		case int8:
			fmt.Println("int8", x42)
			switch ((id[int16](6) * id[int16](0)) - max(id[int16](8), (-10))) {
				case 1:
					fmt.Println("case 0")
				case 2, 0, -3:
					var v46 = pick((g22 <= (10)), []*S10{&S10{f11: 9, f12: 6454349906197948526, f13: 127, f14: &S1{map[int16]uint32{-5: r39, 5: 6, 300: r39}, any(id[uint8](1)), r39, any(id[bool](false)), 10}, f15: a37}, &S10{3, 1, id[int32](1), &S1{map[int16]uint32{5: 6, -5: 1924419690}, any(id[int64](4)), id[uint32](4), any(g20), id[uint](3)}, id[int](5628345973444727654)}}, []*S10{})
					_ = v46
					fmt.Println("case 1")
				case 7, 3:
					v41 &^= v41
					fmt.Println("case 2")
			}
		default:
			fmt.Printf("other %T\n", x42)
	}
	return (((r39 &^ (8)) + (r39 - (4))) >> 42)
}
func fn47(a48 *S16) (r49 [4]uint64, r50 [2][4]S10, r51 []int16) {
	step()
L52:
	for i53 := 0; i53 < 1; i53++ {
		step()
		var fs54 []func() uint
		for i55 := uint(0); i55 < 4; i55++ {
			v56 := (pick(id[bool](false), i55, i55) * (3))
			fs54 = append(fs54, func() uint { v56++; return i55 })
		}
		for _, f := range fs54 { fmt.Print(f(), f(), " ") }
		fmt.Println()
		i53 = ((i53 / (5065767633834727938)) >> (^(id[uint8](5))))
		f57 := func() []int32 {
			step()
			f58 := func() float64 {
				step()
				i53 = (len(r51) << 58)
				return (id[float64](7.75) * func() float64 { return id[float64](7.75) }())
			}
			v59 := f58()
			_ = v59
			return []rune((id[string]("0123456789") + id[string]("\x00\xff")))
		}
		v60 := f57()
		_ = v60
		v60[at(len(v60), i53)] -= (3)
		if ((pick(id[bool](true), id[int16](-127), r51[at(len(r51), 9)])) == ((r51[at(len(r51), 3)] ^ (100)))) { break L52 }
	}
	if v61 := g22; (id[float32](0.1) != (id[float32](7.75) * id[float32](2.0))) || v61 > 3 {
		var v62 map[string]int64 = map[string]int64{"": -2, "b": 7303378315961633452}
		_ = v62
		if func() bool { return id[bool](false) }() {
			g21 = 18446744073709551615
			if v62 != nil { v62[string(rune(max(id[uint16](127), id[uint16](1))))] = 7 }
			r51[at(len(r51), 0)] = min((r51[at(len(r51), 0)] - r51[at(len(r51), 6)]), (r51[at(len(r51), 8)] | r51[at(len(r51), 4)]))
		} else {
			v63 := copy(r51, r51)
			_ = v63
			copy(r51[cut(len(r51), v63):], r51)
			defer fmt.Println("deferred", -(-(id[float64](1.25))))
		}
	}
	return r49, r50, r51
}
func fn64(a65 uint32) () {
	step()
}
func fn66(a67 []map[string]uint32, a68 uint64) (r69 map[bool][]int32) {
	step()
	defer report()
	var v70 = (string([]byte(id[string]("a"))) + (id[string]("0123456789") + ("tab\t")))
	_ = v70
	return
}
func (z *S1) M71(a72 S7) S1 {
	step()
	for i73 := 0; i73 <= 2; i73 += 2 {
		step()
		if ((g22 >> (id[uint8](127))) <= (g22 ^ g22)) { break }
		a72.f8 <<= 1
		p74 := &a72
		p74.f8 = (fn34(id[string]("世界"), g21, id[int](7407139279175129394), map[int16]float64{300: id[float64](0.1), -5: id[float64](0.5), 5: 0.5}) | (8))
		*p74 = func() S7 { return pick(id[bool](false), S7{f8: a72.f8}, a72) }()
	L75:
		for i76 := 0; i76 < 3; i76++ {
			step()
			const k77 uint = 7*3 + 1<<5 - 2.0
			v78 := k77 * uint(pick(id[bool](true), id[uint16](0), id[uint16](100)))
			_ = v78
			const k79 uint16 = 8*4 + 7%4 - 0x3
			v80 := k79 * (min(id[uint16](16206), (28424)) / (20515))
			_ = v80
			v78 = (func() uint { return v78 }() & min(v78, v78))
			if pick(id[bool](false), id[bool](true), id[bool](false)) { continue L75 }
		}
	}
	var v81 bool = false
	_ = v81
	f82 := func() [2]int16 {
		step()
		return [2]int16{id[int16](32767), -9}
	}
	v83 := f82()
	_ = v83
	return func() S1 { return pick(id[bool](false), S1{map[int16]uint32{}, any(id[int](10)), 5, any(id[uint](7)), id[uint](9)}, S1{f2: map[int16]uint32{5: 0}, f3: any(g20), f4: a72.f8, f5: any(id[uint16](25387)), f6: id[uint](4)}) }()
}
func (z *S1) M84() map[string]complex128 {
	step()
	func() {
		defer report()
		fmt.Printf("g20 %T %v\n", g20, g20)
	}()
	var v85 string = id[string]("世界")
	_ = v85
	for i86 := 0; i86 < 4; i86++ {
		step()
		switch (int16(g22) + id[int16](6329)) {
			case 5, -10, 8:
				var fs87 []func() int32
				for i88 := int32(0); i88 < 1; i88++ {
					v89 := max(func() int32 { return i88 }(), (i88 + i88))
					fs87 = append(fs87, func() int32 { v89++; return int32((id[int64](8427140414014095563) &^ id[int64](0))) })
				}
				for _, f := range fs87 { fmt.Print(f(), f(), " ") }
				fmt.Println()
				fmt.Println("case 0")
			case 100, -4, 10:
				var fs90 []func() uint
				for i91 := uint(0); i91 < 3; i91++ {
					v92 := max(func() uint { return i91 }(), func() uint { return i91 }())
					fs90 = append(fs90, func() uint { v92++; return ((i91 & (0)) % (6788008067222228456)) })
				}
				for _, f := range fs90 { fmt.Print(f(), f(), " ") }
				fmt.Println()
				fmt.Println("case 1")
			case 3, 32767, 4:
				fmt.Printf("g20 %T %v\n", g20, g20)
				fmt.Println("case 2")
			case 0:
				defer func() {
					c93, c94 := make(chan uint, 1), make(chan uint)
					close(c93)
					select {
						case v, ok := <-c93:
							fmt.Println("received", v, ok)
						case c94 <- func() uint { return id[uint](8) }():
							fmt.Println("sent")
						default:
							fmt.Println("neither")
					}
				}()
				fmt.Println("case 3")
			default:
				var v95 []int32 = []rune((v85 + id[string]("a")))
				_ = v95
		}
		switch x96 := any(id[int16](-12298)).(type) {
			case float64:
				fmt.Println("float64", x96)
				c97, c98 := make(chan uint16, 1), make(chan uint16)
				c97 <- max((id[uint16](100) ^ (8)), (id[uint16](100) >> (id[uint8](1))))
				select {
					case v, ok := <-c97:
						fmt.Println("received", v, ok)
					case c98 <- id[uint16](2):
						fmt.Println("sent")
					default:
						fmt.Println("neither")
				}
			case float32:
				fmt.Println("float32", x96)
				fmt.Printf("g21 %T %v\n", g21, g21)
			case uint:
				fmt.Println("uint", x96)
				v99 := map[string]float64{"b": id[float64](0.1), "a": 2.0}
				_ = v99
			default:
				fmt.Printf("other %T\n", x96)
		}
	}
	return map[string]complex128{"": 2.5i, "a": 0.5i, "b": 0.5i}
}
func (z S16) M100() float32 {
	step()
	for i101 := 0; i101 < 1; i101++ {
		step()
		if (float64(id[float64](3.0)) <= id[float64](2.0)) {
			v102 := S7{f8: id[uint32](1), f9: []rune(id[string]("tab\t"))}
			_ = v102
			v103, v104, v105 := fn47(&S16{g21, z.f18, 100})
			_, _, _ = v103, v104, v105
		} else {
			v106 := func() uint64 { return uint64(id[uint16](7)) }()
			_ = v106
		}
		z.f19 = int16(id[uint8](3))
	}
	var i107 interface{ M84() map[string]complex128 } = &S1{map[int16]uint32{-5: id[uint32](1)}, any(id[uint32](10)), id[uint32](3), any(id[int](5)), 18446744073709551615}
	v108 := i107.M84()
	_ = v108
	_, v109 := any(i107).(uint16)
	_ = v109
	fmt.Printf("g22 %T %v\n", g22, g22)
	return (-(float32(id[uint16](3))) - pick(id[bool](false), id[float32](2.0), id[float32](1e3)))
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v110 := fn23(pick(id[bool](false), [][]int8{[]int8{id[int8](78), g22}, []int8{}, []int8{-97, 14}}, [][]int8{}), [1][]*S16{[]*S16{}}, any(id[int64](-6562954828194069457)))
		fmt.Printf("%T %v\n", v110, v110)
	}()
	func() {
		defer report()
		steps = 0
		v111 := fn23([][]int8{[]int8{g22, 6}, []int8{}, []int8{100, -8, 8, g22}}, [1][]*S16{[]*S16{&S16{id[uint64](0), S1{f2: map[int16]uint32{-5: 1940769264, 5: id[uint32](4294967295)}, f4: 2147483647, f6: id[uint](3)}, 14281}, &S16{g21, S1{map[int16]uint32{300: id[uint32](2), 5: 219129668}, any(id[uint16](10)), 6, any(id[uint16](32767)), id[uint](5)}, 6}, &S16{f17: g21, f19: id[int16](0)}}}, any(id[uint32](214713938)))
		fmt.Printf("%T %v\n", v111, v111)
	}()
	func() {
		defer report()
		steps = 0
		v112 := fn34((pick(id[bool](false), id[string]("0123456789"), id[string]("世界")) + ("a")), g21, max(pick(id[bool](true), id[int](-2), id[int](9223372036854775807)), (0)), map[int16]float64{300: id[float64](1e3)})
		fmt.Printf("%T %v\n", v112, v112)
	}()
	func() {
		defer report()
		steps = 0
		v113 := fn34(fmt.Sprint(&S7{f8: 127, f9: []int32{8, id[int32](975268014), 127, id[int32](2)}}), uint64(id[uint16](6)), total(func() int { return id[int](5) }(), func() int { return id[int](6) }(), (3)), map[int16]float64{300: id[float64](1.25), -5: id[float64](0.1), 5: 1.25})
		fmt.Printf("%T %v\n", v113, v113)
	}()
	func() {
		defer report()
		steps = 0
		v114, v115, v116 := fn47(&S16{6, S1{f2: map[int16]uint32{}, f3: any(id[int64](-5)), f4: id[uint32](127), f5: any(id[uint](4775690140054758047)), f6: 7645287916505147683}, 9})
		fmt.Printf("%T %v\n", v114, v114)
		_ = v115
		fmt.Printf("%T %v\n", v116, v116)
	}()
	func() {
		defer report()
		steps = 0
		v117, v118, v119 := fn47(&S16{g21, S1{map[int16]uint32{5: id[uint32](0)}, any(id[float32](1e-3)), id[uint32](6), any(id[uint32](1)), id[uint](2)}, -10})
		fmt.Printf("%T %v\n", v117, v117)
		_ = v118
		fmt.Printf("%T %v\n", v119, v119)
	}()
	func() {
		defer report()
		steps = 0
		fn64(id[uint32](8))
	}()
	func() {
		defer report()
		steps = 0
		fn64(fn34(id[string]("世界"), g21, id[int](-1), map[int16]float64{-5: id[float64](3.0), 300: id[float64](1.25), 5: 1.25}))
	}()
	func() {
		defer report()
		steps = 0
		v120 := fn66([]map[string]uint32{map[string]uint32{"a": id[uint32](7), "b": id[uint32](127)}, map[string]uint32{"": 344004635, "b": id[uint32](7)}}, id[uint64](9))
		fmt.Printf("%T %v\n", v120, v120)
	}()
	func() {
		defer report()
		steps = 0
		v121 := fn66(append([]map[string]uint32{map[string]uint32{"b": id[uint32](5), "a": id[uint32](152070155)}, map[string]uint32{}, map[string]uint32{"a": id[uint32](127)}, map[string]uint32{"": 3}}, map[string]uint32{"b": id[uint32](0), "": 3}, map[string]uint32{"a": id[uint32](5), "b": id[uint32](7)}), uint64(id[uint16](9)))
		fmt.Printf("%T %v\n", v121, v121)
	}()
	fmt.Println("g20", g20)
	fmt.Println("g21", g21)
	fmt.Println("g22", g22)
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
