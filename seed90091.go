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
	f2 float64
	f3 complex128
	f4 int16
	f5 int
	f6 []uint64
}
type S7 struct {
	f8 bool
	S1
}
type S9 struct {
	f10 int32
	f11 uint8
	f12 bool
	f13 []map[int]string
	f14 []int
	S7
}
type S15 struct {
	f16 float64
}
var g17 uint64 = id[uint64](10)
var g18 int16 = id[int16](0)
var g19 uint8
var g20 int8 = id[int8](1)
func fn21(a22 int, a23 float64, a24 float32, a25 [][]float64) (r26 complex128) {
	step()
	c27 := make(chan complex128)
	go func(v complex128) { c27 <- v; close(c27) }((id[complex128](1i) + (2.5i)))
	var v28 complex128
	for v := range c27 { v28 = v }
	_ = v28
	for i29 := 0; i29 < 4; i29++ {
		step()
		fmt.Printf("a25 %T %v\n", a25, a25)
		f30 := func() []uint {
			step()
			return []uint{id[uint](1), id[uint](5652300968026308898), id[uint](7461940837534543328)}
		}
		v31 := f30()
		_ = v31
		f32 := func() float64 {
			step()
			v33 := copy(v31, func() []uint { return v31 }())
			_ = v33
			return float64((id[uint32](10) + id[uint32](1)))
		}
		v34 := f32()
		_ = v34
	}
	fmt.Printf("r26 %T %v\n", r26, r26)
	f35 := func() any {
		step()
		var v36 bool = id[bool](false)
		_ = v36
		return any(g20)
	}
	v37 := f35()
	_ = v37
	return
}
func fn38(a39 S9) (r40 int16, r41 uint) {
	step()
	if (func() int16 { return g18 }() <= (100)) {
		c42, c43 := make(chan int, 1), make(chan int)
		c42 <- ((id[int](3251663108854065958) | id[int](0)) >> (uint8(id[uint64](9))))
		select {
			case v, ok := <-c42:
				fmt.Println("received", v, ok)
			case c43 <- (+(id[int](1553801009844899907)) | (10)):
				fmt.Println("sent")
			default:
				fmt.Println("neither")
		}
		var v44 [3]bool
		_ = v44
	} else {
		if ((a39.f10 % (9)) == (2147483647)) {
			f45 := func() int64 {
				step()
				return func() int64 { return id[int64](-10) }()
			}
			v46 := f45()
			_ = v46
			c47 := make(chan complex128, 1)
			go func(v complex128) { c47 <- v; close(c47) }(id[complex128](2.5i))
			v48 := <-c47
			_ = v48
		} else {
		}
	}
	return func() int16 { return -(g18) }(), r41
}
func fn49() (string, *S7, []string) {
	step()
	v53 := [][]float32{[]float32{1.25, 3.0}, []float32{0.5, 1.25}}
	_ = v53
	switch id[uint8](125) {
		case 7:
			switch x54 := any(id[string]("")).(type) {
				case complex128:
					fmt.Println("complex128", x54)
					c55 := make(chan string)
					go func(v string) { c55 <- v; close(c55) }(string(rune((id[uint16](31279) | id[uint16](10)))))
					var v56 string
					for v := range c55 { v56 = v }
					_ = v56
				case float64:
					fmt.Println("float64", x54)
					g20 &^= (g20 &^ (0))
				case uint8:
					fmt.Println("uint8", x54)
					v57, v58 := fn38(func() S9 { return S9{id[int32](-6), 6, true, []map[int]string{map[int]string{40: id[string]("xyz"), -3: "\x00\xff", 2: "\x00\xff", 1: id[string]("xyz")}, map[int]string{}, map[int]string{40: "héllo"}, map[int]string{-3: id[string]("xyz"), 2: id[string](""), 1: id[string]("a"), 40: id[string]("a")}}, []int{id[int](-8726952280259838962), 0, -6}, S7{id[bool](false), S1{1.25, 2.5i, 8, id[int](7), []uint64{}}}} }())
					_, _ = v57, v58
				default:
					fmt.Printf("other %T\n", x54)
			}
			fmt.Println("case 0")
		case 10, 1:
			for i59, v60 := range v53 {
				step()
				_, _ = i59, v60
				var v61 = [1]int8{}
				_ = v61
				c62, c63 := make(chan int64, 1), make(chan int64)
				c62 <- ((id[int64](6) ^ (-4)) / (1))
				select {
					case v, ok := <-c62:
						fmt.Println("received", v, ok)
					case c63 <- func() int64 { return id[int64](-4) }():
						fmt.Println("sent")
					default:
						fmt.Println("neither")
				}
				v64, v65 := fn38(func() S9 { return S9{f12: false, f14: []int{}, S7: S7{}} }())
				_, _ = v64, v65
			}
			fmt.Println("case 1")
		case 50, 80, 5:
			fmt.Printf("g17 %T %v\n", g17, g17)
			fmt.Println("case 2")
	}
L66:
	for i67 := 0; i67 < 6; i67++ {
		step()
		if v68 := uint64(pick(id[bool](true), id[uint32](8), id[uint32](4))); id[bool](false) || v68 > 3 {
			f69 := func() []map[string]int64 {
				step()
				c70, c71 := make(chan int64, 1), make(chan int64)
				select {
					case v, ok := <-c70:
						fmt.Println("received", v, ok)
					case c71 <- ^((id[int64](5) | id[int64](10))):
						fmt.Println("sent")
					default:
						fmt.Println("neither")
				}
				return []map[string]int64{map[string]int64{"b": id[int64](-3), "": 0, "a": 2}}
			}
			v72 := f69()
			_ = v72
			v73 := copy(v53, append(append(v53, v53[at(len(v53), 0)]), v53[at(len(v53), 4)], v53[at(len(v53), 2)], v53[at(len(v53), 0)]))
			_ = v73
		} else {
			v74 := S7{f8: false}
			_ = v74
		}
		v75 := func() int32 { return (id[int32](-3) & id[int32](6)) }()
		_ = v75
		var fs76 []func() int16
		for i77 := int16(0); i77 < 3; i77++ {
			v78 := id[int16](0)
			fs76 = append(fs76, func() int16 { v78++; return (func() int16 { return g18 }() + (9)) })
		}
		for _, f := range fs76 { fmt.Print(f(), f(), " ") }
		fmt.Println()
		if (id[bool](true) == ((id[float64](3.0)) == (id[float64](2.0)))) { break L66 }
	}
	for i79 := 0; i79 < 5; i79++ {
		step()
		c80, c81 := make(chan complex128, 1), make(chan complex128)
		c80 <- (fn21(i79, id[float64](1e-3), id[float32](0.1), [][]float64{[]float64{}, []float64{1e-3, 1e3, 1e3, id[float64](0.1)}, []float64{3.0}, []float64{id[float64](2.0), 1.25, 1e-3, id[float64](1.25)}}) * (1i))
		select {
			case v, ok := <-c80:
				fmt.Println("received", v, ok)
			case c81 <- func() complex128 { return id[complex128](1i) }():
				fmt.Println("sent")
			default:
				fmt.Println("neither")
		}
		g18 |= func() int16 { return g18 }()
		i79 = i79
	}
	if ((max(g20, (-127))) == (func() int8 { return g20 }())) {
		v82, v83 := fn38(S9{-8, g19, false, []map[int]string{map[int]string{1: "xyz", 40: id[string]("héllo"), 2: "世界"}, map[int]string{}}, []int{}, S7{f8: true, S1: S1{0.5, id[complex128](2.5i), g18, id[int](3), []uint64{8081512967125011797}}}})
		_, _ = v82, v83
		switch {
			case (!id[bool](true) == !id[bool](true)):
				fmt.Printf("v83 %T %v\n", v83, v83)
				fmt.Println("case 0")
			case (func() float32 { return id[float32](2.0) }() > float32(id[uint32](5))):
				f84 := func() S1 {
					step()
					return S1{0.5, id[complex128](1i), 127, id[int](127), []uint64{}}
				}
				v85 := f84()
				_ = v85
				if (max(id[int16](0), v82) == v82) { return fmt.Sprint([4][3]uint64{[3]uint64{g17, g17, 9177726849634107908}, [3]uint64{6, g17, 100}, [3]uint64{}, [3]uint64{}}), &S7{false, v85}, append([]string{"0123456789"}, "a") }
				fmt.Println("case 1")
			case func() bool { return id[bool](false) }():
				fmt.Println("case 2")
			case func() bool { return id[bool](false) }():
				fmt.Printf("g18 %T %v\n", g18, g18)
				fmt.Println("case 3")
			default:
				var v86 map[string]map[string]complex128 = func() map[string]map[string]complex128 { return map[string]map[string]complex128{} }()
				_ = v86
		}
	} else {
		v87 := copy(v53, func() [][]float32 { return v53 }())
		_ = v87
		copy(v53[cut(len(v53), v87):], v53)
	}
	return func() string { return (id[string]("0123456789") + ("tab\t")) }(), &S7{false, S1{f2: 0.5, f3: 1i, f4: g18, f6: []uint64{4937966471120380341}}}, append([]string{"tab\t", id[string]("a"), id[string](""), "xyz"}, func() string { return id[string]("tab\t") }())
}
func fn88(a89 int32) (any) {
	step()
	defer report()
	var v91 float32 = -((id[float32](1.25) * id[float32](0.1)))
	_ = v91
	return any((id[uint8](33) ^ (3)))
}
func (z S7) M92(a93 S15, a94 string) []bool {
	step()
	for i95 := 0; i95 <= 2; i95 += 2 {
		step()
		for i96, v97 := range a94 {
			step()
			_, _ = i96, v97
			var v98 uint64 = (func() uint64 { return g17 }() - (6))
			_ = v98
			i95 = +((i95 ^ i96))
		}
		for i99 := 1; i99 > 0; i99-- {
			step()
			v100 := id[float32](1e3)
			_ = v100
			v101 := -((id[int32](8) * (0)))
			_ = v101
		}
		if func() bool { return z.f8 }() {
			i95 = ((i95 - i95) << 40)
		} else {
			i95 = total((i95 | (0)), func() int { return i95 }(), func() int { return i95 }())
			z.f8 = ((g17 &^ g17) == (7))
		}
	}
	switch {
		case z.f8:
			fmt.Printf("a94 %T %v\n", a94, a94)
			fmt.Println("case 0")
		case !!z.f8:
			const k102 uint = 6*6 + 100/3 - 2.0
			v103 := k102 - max(^(id[uint](9)), (5534634868289671270))
			_ = v103
			fmt.Println("case 1")
		default:
			v104 := (((id[int8](17) - g20) ^ (65)) ^ ((id[int8](3) & g20) ^ func() int8 { return id[int8](4) }()))
			_ = v104
	}
	return append(func() []bool { return []bool{z.f8, false, false} }(), (z.f8 == z.f8), true)
}
func (z *S1) M105(a106 uint64, a107 S7) []uint32 {
	step()
	defer report()
	fmt.Printf("g19 %T %v\n", g19, g19)
	var fs108 []func() uint32
	for i109 := uint32(0); i109 < 3; i109++ {
		v110 := pick(id[bool](true), id[uint32](1), i109)
		fs108 = append(fs108, func() uint32 { v110++; return ^((v110 ^ (4))) })
	}
	for _, f := range fs108 { fmt.Print(f(), f(), " ") }
	fmt.Println()
	return func() []uint32 { return []uint32{2, id[uint32](4), id[uint32](3)} }()
}
func fn111(a112 int64) (int, []S1) {
	step()
	g20, g19 = func() int8 { return g20 }(), 5
	var fs115 []func() int16
	for i116 := int16(0); i116 < 2; i116++ {
		v117 := +((g18 + (1)))
		fs115 = append(fs115, func() int16 { v117++; return ((i116 | (10)) - (1)) })
	}
	for _, f := range fs115 { fmt.Print(f(), f(), " ") }
	fmt.Println()
	if v118 := ((g18 | (-4)) % (-7)); ((id[int8](9) / (-8)) > g20) || v118 > 3 {
		if id[bool](false) {
			fmt.Printf("a112 %T %v\n", a112, a112)
		} else {
			v119 := string(append([]int32{id[int32](9), 0, id[int32](0), 1687182207}, id[int32](7), -3))
			_ = v119
		}
	} else {
		f120 := func() float32 {
			step()
			return id[float32](0.1)
		}
		v121 := f120()
		_ = v121
	}
	c122 := make(chan float64)
	go func(v float64) { c122 <- v; close(c122) }(id[float64](2.0))
	v123 := <-c122
	_ = v123
	return (func() int { return id[int](1) }() & ((id[int](-3087346324323913399) | (10)) << 1)), []S1{S1{f3: id[complex128](2.5i), f4: g18, f5: 0, f6: []uint64{g17, g17, 1, g17}}}
}
func fn124(a125 S1, a126 uint32, a127 int, a128 map[uint8][]map[bool]int32) (r129 [2][]int64) {
	step()
	{
		a125 = a125
		c130, c131 := make(chan uint64, 1), make(chan uint64)
		c130 <- ((g17 % (2573612763595074298)) | (id[uint64](1) &^ id[uint64](10)))
		select {
			case v, ok := <-c130:
				fmt.Println("received", v, ok)
			case c131 <- ((g17 / g17) * (g17 * g17)):
				fmt.Println("sent")
			default:
				fmt.Println("neither")
		}
		if v132 := int16(id[uint](9223372036854775807)); id[bool](true) || v132 > 3 {
			c133, c134 := make(chan uint64, 1), make(chan uint64)
			c133 <- func() uint64 { return g17 }()
			select {
				case v, ok := <-c133:
					fmt.Println("received", v, ok)
				case c134 <- ((g17 >> (g19)) & max(g17, (9))):
					fmt.Println("sent")
				default:
					fmt.Println("neither")
			}
			g19 %= (pick(id[bool](false), id[uint8](4), g19) - (65))
		}
	}
	fmt.Printf("g18 %T %v\n", g18, g18)
	for i135 := 0; i135 < 2; i135++ {
		step()
		a125.f5 = func() int { return i135 }()
		if a128 != nil { a128[(255)] = []map[bool]int32{} }
		switch x136 := any(id[uint](2)).(type) {
			case float32:
				fmt.Println("float32", x136)
				a125.f2 *= (3.0)
			case int:
				fmt.Println("int", x136)
				var v137 int16 = (int16(id[uint64](957112385591304013)) * (0))
				_ = v137
			case string:
				fmt.Println("string", x136)
				g19 = 13
			default:
				fmt.Printf("other %T\n", x136)
		}
	}
L138:
	for i139 := 0; i139 <= 8; i139 += 2 {
		step()
		g18++
		if func() bool { return id[bool](true) }() { continue L138 }
	}
	c140 := make(chan uint32, 3)
	go func(v uint32) { c140 <- v; close(c140) }(min(min(id[uint32](2140697787), a126), uint32(g20)))
	var v141 uint32
	for v := range c140 { v141 = v }
	_ = v141
	a127 = id[int](73926561721623246)
	return
}
func fn142(a143 [2]map[bool]uint) (r144 uint) {
	step()
	switch (uint(id[uint16](127)) &^ (id[uint](10) % 3)) {
		case 8806112137107630948, 100:
			fmt.Println("case 0")
		case 7:
			v145 := [][]uint8{}
			_ = v145
			fmt.Println("case 1")
		case 3501224776840795615:
			var v146 map[bool][]map[int]int = map[bool][]map[int]int{false: []map[int]int{}, true: []map[int]int{map[int]int{}}}
			_ = v146
			fmt.Println("case 2")
		default:
			var v147 uint64 = 1
			_ = v147
	}
	if ((id[bool](false) || id[bool](false)) == id[bool](true)) {
	L148:
		for i149 := 0; i149 <= 8; i149 += 2 {
			step()
			if (!id[bool](true) || id[bool](false)) { continue L148 }
		}
	}
	c150 := make(chan bool, 3)
	go func(v bool) { c150 <- v; close(c150) }(((id[uint16](7) / id[uint16](5)) >= (6)))
	var v151 bool
	for v := range c150 { v151 = v }
	_ = v151
	return uint(r144)
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v152 := fn21(pick(id[bool](false), id[int](6), id[int](-9)), float64(pick(id[bool](true), g20, g20)), id[float32](1e3), [][]float64{})
		fmt.Printf("%T %v\n", v152, v152)
	}()
	func() {
		defer report()
		steps = 0
		v153 := fn21(((id[int](5) % (-261709648117647240)) &^ (id[int](4) ^ (-5289204041621442858))), func() float64 { return id[float64](0.1) }(), (float32(g17) * id[float32](0.5)), append([][]float64{[]float64{id[float64](0.1), 7.75}}, []float64{3.0, 1.25, 7.75}, []float64{id[float64](1e3)}))
		fmt.Printf("%T %v\n", v153, v153)
	}()
	func() {
		defer report()
		steps = 0
		v154, v155 := fn38(S9{f10: id[int32](-127), f11: g19, f14: []int{id[int](9223372036854775807)}, S7: S7{id[bool](true), S1{f4: 1748}}})
		fmt.Printf("%T %v\n", v154, v154)
		fmt.Printf("%T %v\n", v155, v155)
	}()
	func() {
		defer report()
		steps = 0
		v156, v157 := fn38(S9{id[int32](127), g19, true, []map[int]string{map[int]string{2: "tab\t"}, map[int]string{1: "xyz", -3: "\x00\xff"}, map[int]string{2: id[string]("0123456789"), 40: "héllo"}, map[int]string{}}, []int{id[int](-4)}, S7{id[bool](false), S1{id[float64](3.0), 1i, g18, id[int](1), []uint64{}}}})
		fmt.Printf("%T %v\n", v156, v156)
		fmt.Printf("%T %v\n", v157, v157)
	}()
	func() {
		defer report()
		steps = 0
		v158, v159, v160 := fn49()
		fmt.Printf("%T %v\n", v158, v158)
		_ = v159
		fmt.Printf("%T %v\n", v160, v160)
	}()
	func() {
		defer report()
		steps = 0
		v161, v162, v163 := fn49()
		fmt.Printf("%T %v\n", v161, v161)
		_ = v162
		fmt.Printf("%T %v\n", v163, v163)
	}()
	func() {
		defer report()
		steps = 0
		v164 := fn88((int32(id[uint32](1487808536)) | (-808345080)))
		fmt.Printf("%T %v\n", v164, v164)
	}()
	func() {
		defer report()
		steps = 0
		v165 := fn88((pick(id[bool](true), id[int32](8), id[int32](118218241)) & (id[int32](100) << (g19))))
		fmt.Printf("%T %v\n", v165, v165)
	}()
	func() {
		defer report()
		steps = 0
		v166, v167 := fn111(id[int64](5))
		fmt.Printf("%T %v\n", v166, v166)
		fmt.Printf("%T %v\n", v167, v167)
	}()
	func() {
		defer report()
		steps = 0
		v168, v169 := fn111(((id[int64](6797190660055165242) / (-4)) &^ (-9)))
		fmt.Printf("%T %v\n", v168, v168)
		fmt.Printf("%T %v\n", v169, v169)
	}()
	func() {
		defer report()
		steps = 0
		v170 := fn124(S1{id[float64](7.75), 0.5i, 3, 5, []uint64{7, 8, 1}}, ((id[uint32](1048787069) &^ id[uint32](4)) / (7)), ((id[int](127) | id[int](6)) >> 68), map[uint8][]map[bool]int32{200: []map[bool]int32{map[bool]int32{}}, 7: []map[bool]int32{map[bool]int32{false: -5}, map[bool]int32{true: 2}, map[bool]int32{true: 4, false: 2147483647}, map[bool]int32{false: 1486121907}}, 0: []map[bool]int32{map[bool]int32{false: id[int32](0), true: 127}}})
		fmt.Printf("%T %v\n", v170, v170)
	}()
	func() {
		defer report()
		steps = 0
		v171 := fn124(S1{id[float64](1e-3), id[complex128](2.5i), -10617, id[int](3), []uint64{2, id[uint64](1), 3630401572489535519, 18446744073709551615}}, func() uint32 { return id[uint32](5) }(), func() int { return id[int](8533364120475645097) }(), map[uint8][]map[bool]int32{200: []map[bool]int32{map[bool]int32{false: 1}, map[bool]int32{}, map[bool]int32{true: id[int32](4)}, map[bool]int32{}}})
		fmt.Printf("%T %v\n", v171, v171)
	}()
	func() {
		defer report()
		steps = 0
		v172 := fn142([2]map[bool]uint{})
		fmt.Printf("%T %v\n", v172, v172)
	}()
	func() {
		defer report()
		steps = 0
		v173 := fn142([2]map[bool]uint{map[bool]uint{}, map[bool]uint{}})
		fmt.Printf("%T %v\n", v173, v173)
	}()
	fmt.Println("g17", g17)
	fmt.Println("g18", g18)
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
