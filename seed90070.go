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
	f2 uint
	f3 int
	f4 uint
	f5 map[string]int
}
type S6 struct {
	f7 [4]uint8
	f8 [2]int8
	f9 [3]float64
	f10 int16
	f11 string
}
type S12 struct {
	f13 int32
	S6
}
type S14 struct {
	f15 float32
	f16 []int8
	S12
}
var g17 uint16 = id[uint16](23826)
var g18 [][4]S14 = [][4]S14{}
var g19 uint = id[uint](2)
var g20 any = any(id[int64](0))
func fn21(a22 float32) (r23 string, r24 int8) {
	step()
	if ((id[int64](-9) * (7884175731883793804)) != (0)) {
	}
	if func() bool { return id[bool](true) }() {
		{
			fmt.Printf("g17 %T %v\n", g17, g17)
			fmt.Printf("g19 %T %v\n", g19, g19)
		}
		v25 := func() float32 { return -(a22) }()
		_ = v25
		c26 := make(chan int32, 3)
		go func(v int32) { c26 <- v; close(c26) }(((id[int32](8) &^ (54468652)) * max(id[int32](-1), id[int32](6))))
		v27 := <-c26
		_ = v27
	}
	return
}
func fn28(a29 [2]any) ([]uint, uint8, [][][]uint) {
	step()
	defer fmt.Println("deferred", ((id[int](-10) << (id[uint8](8))) ^ (0)))
	for i33, v34 := range g18 {
		step()
		_, _ = i33, v34
		i33 = ((id[int](-1) % (6)) << (uint8(g17)))
	}
	return []uint{g19, id[uint](10), 10}, uint8((^(id[uint](5)) % (8813710112083155725))), [][][]uint{[][]uint{[]uint{2, 2986687594031008069, g19}, []uint{id[uint](6), g19, g19}}, [][]uint{[]uint{g19, 0}, []uint{id[uint](9223372036854775807), 0, 127}}, [][]uint{[]uint{}, []uint{}, []uint{0, 6, g19, 1447504358715536948}}, [][]uint{[]uint{g19, g19}, []uint{}, []uint{g19, g19}, []uint{2}}}
}
func fn35() (bool) {
	step()
	switch (func() uint { return id[uint](9223372036854775807) }() / (g19 & g19)) {
		case 2702268060674972810:
			switch int32((id[int8](10) &^ id[int8](2))) {
				case 7, -4, 8:
					fmt.Println("case 0")
				case 102532698:
					f37 := func() int32 {
						step()
						return min((id[int32](5) * (8)), (1))
					}
					v38 := f37()
					_ = v38
					fmt.Println("case 1")
				case 3, -1:
					c39 := make(chan string)
					go func(v string) { c39 <- v; close(c39) }(func() string { return id[string]("0123456789") }())
					v40 := <-c39
					_ = v40
					fmt.Println("case 2")
				case 2054452330:
					fmt.Println("case 3")
			}
			for i41 := 0; i41 <= 2; i41 += 2 {
				step()
				var v42 = ((func() int16 { return id[int16](10) }() ^ (id[int16](3) << 26)) == max(^(id[int16](0)), (id[int16](127) | (-7))))
				_ = v42
			}
			fmt.Println("case 0")
		case 10, 4, 2452038596859988656:
			v43 := string([]rune((id[string]("xyz") + id[string]("héllo"))))
			_ = v43
			fmt.Println("case 1")
		default:
			if v44 := func() uint32 { return id[uint32](1070922309) }(); func() bool { return id[bool](false) }() || v44 > 3 {
				v44 <<= 5
			}
	}
	func() {
		defer report()
		var fs45 []func() int64
		for i46 := int64(0); i46 < 3; i46++ {
			v47 := pick(id[bool](false), i46, id[int64](2))
			fs45 = append(fs45, func() int64 { v47++; return i46 })
		}
		for _, f := range fs45 { fmt.Print(f(), f(), " ") }
		fmt.Println()
	}()
	{
	}
	switch {
		case id[bool](true):
			f48 := func() [2]S6 {
				step()
				v49 := (float32((id[float64](1e3) - id[float64](1e3))) / id[float32](0.1))
				_ = v49
				return [2]S6{S6{[4]uint8{id[uint8](127), id[uint8](3)}, [2]int8{}, [3]float64{0.5, id[float64](7.75)}, id[int16](2), id[string]("0123456789")}}
			}
			v50 := f48()
			_ = v50
			fmt.Println("case 0")
		case id[bool](true):
			v51 := (((id[int](-7) - id[int](6)) >> ((id[uint8](6) * (5)))) + (7345618455871096694))
			_ = v51
			fmt.Println("case 1")
	}
	return id[bool](false)
}
func fn52(a53 []uint) (r54 [][]uint16, r55 float32, r56 int16) {
	step()
	v57 := id[int64](-9223372036854775807)
	_ = v57
	v58, v59 := fn21(func() float32 { return r55 }())
	_, _ = v58, v59
	v57 = 2
	return
}
func fn60(a61 float64) (int, []S6, string) {
	step()
	if fn35() {
	} else {
		f65 := func() string {
			step()
			return (string(rune(g17)) + func() string { return id[string]("世界") }())
		}
		v66 := f65()
		_ = v66
		fmt.Printf("g20 %T %v\n", g20, g20)
	L67:
		for i68 := 0; i68 <= 12; i68 += 2 {
			step()
			if ((id[uint64](4) >= (2)) && func() bool { return id[bool](false) }()) { continue L67 }
		}
	}
	func() {
		defer report()
		switch {
			case (id[bool](false) || pick(id[bool](false), id[bool](true), id[bool](false))):
				fmt.Printf("g20 %T %v\n", g20, g20)
				fmt.Println("case 0")
			case id[bool](true):
				var v69 uint64
				_ = v69
				fmt.Println("case 1")
		}
		fmt.Printf("a61 %T %v\n", a61, a61)
		for i70 := 0; i70 <= 10; i70 += 2 {
			step()
			var v71 = func() S1 { return pick(id[bool](false), S1{f2: g19, f4: 6021357904948431162, f5: map[string]int{"b": -7}}, S1{f2: 6, f3: 1, f4: 2}) }()
			_ = v71
			var v72 []uint32
			_ = v72
		}
	}()
	v73 := S12{id[int32](9), S6{[4]uint8{1, 127, 2}, [2]int8{id[int8](0), -6}, [3]float64{2.0, 2.0, 2.0}, -32739, "tab\t"}}
	_ = v73
	c74 := make(chan uint, 1)
	go func(v uint) { c74 <- v; close(c74) }(id[uint](127))
	var v75 uint
	for v := range c74 { v75 = v }
	_ = v75
	for i76 := 2; i76 > 0; i76-- {
		step()
		v77, v78, v79 := fn28([2]any{})
		_, _, _ = v77, v78, v79
	}
	var v80 = pick(id[bool](true), append([]uint16{100, 5, g17, 6}, 2, 1), func() []uint16 { return []uint16{g17, 32767, 65535} }())
	_ = v80
	return id[int](0), []S6{S6{[4]uint8{id[uint8](111), 7}, [2]int8{}, [3]float64{}, id[int16](1), "héllo"}}, (id[string]("0123456789") + id[string]("\x00\xff"))
}
func fn81(a82 float64, a83 [1]uint8, a84 int64) (r85 float32) {
	step()
	var v86 = &S14{f15: 1e3, f16: []int8{127, id[int8](19), -52}, S12: S12{f13: id[int32](6)}}
	_ = v86
	switch x87 := func() any { return any(id[bool](false)) }().(type) {
		case int32:
			fmt.Println("int32", x87)
			switch {
				case ((a84 & a84) >= a84):
					r85 += func() float32 { return r85 }()
					v88, v89, v90 := fn60(-((a82 - a82)))
					_, _, _ = v88, v89, v90
					fmt.Println("case 0")
				case (string(rune(g17)) > ("tab\t")):
					var v91 S6
					_ = v91
					defer fmt.Println("deferred", (len(g18) / len(g18)))
					fmt.Println("case 1")
				default:
			}
		case float32:
			fmt.Println("float32", x87)
		case int8:
			fmt.Println("int8", x87)
			for i92, v93 := range g18 {
				step()
				_, _ = i92, v93
				i92 = (i92 << 12)
				c94 := make(chan uint, 3)
				go func(v uint) { c94 <- v; close(c94) }((uint(id[uint32](4)) ^ (6)))
				v95 := <-c94
				_ = v95
				const k96 int16 = 6*8 + 100/3 - 0x3
				v97 := k96 * ((id[int16](9) * id[int16](28684)) % (id[int16](127) / (-9)))
				_ = v97
			}
		default:
			fmt.Printf("other %T\n", x87)
	}
	for i98, v99 := range a83 {
		step()
		_, _ = i98, v99
		for i100 := 0; i100 <= 4; i100 += 2 {
			step()
			v101, v102 := fn21(float32((id[uint64](10) & (5))))
			_, _ = v101, v102
			i98 = id[int](9)
			v103 := []S6{S6{[4]uint8{7, v99, v99}, [2]int8{}, [3]float64{}, -27919, "\x00\xff"}}
			_ = v103
		}
		for i104, v105 := range g18 {
			step()
			_, _ = i104, v105
			if ((i98 >> 44) < (6780893873462558450)) { return ((r85 + r85) - float32(id[uint16](3))) }
			v106 := (byteAt((id[string]("0123456789") + id[string]("héllo")), 9) - func() uint8 { return id[uint8](1) }())
			_ = v106
			i98 = i98
		}
	}
	fmt.Printf("g19 %T %v\n", g19, g19)
	return float32((func() uint16 { return g17 }() &^ (g17 | g17)))
}
func fn107() (float32) {
	step()
	f109 := func() S12 {
		step()
		c110, c111 := make(chan float32, 1), make(chan float32)
		c110 <- -(-(id[float32](1e3)))
		select {
			case v, ok := <-c110:
				fmt.Println("received", v, ok)
			case c111 <- float32((id[int16](-1) ^ id[int16](4))):
				fmt.Println("sent")
			default:
				fmt.Println("neither")
		}
		return S12{S6: S6{f7: [4]uint8{87, id[uint8](127)}, f8: [2]int8{id[int8](-1), id[int8](0)}, f9: [3]float64{id[float64](3.0)}, f10: 9}}
	}
	v112 := f109()
	_ = v112
	fmt.Printf("g19 %T %v\n", g19, g19)
	var v113 int8
	_ = v113
	return float32((pick(id[bool](false), id[int64](-1), id[int64](-2)) % (127)))
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v114, v115 := fn21((id[float32](3.0) / float32(g17)))
		fmt.Printf("%T %v\n", v114, v114)
		fmt.Printf("%T %v\n", v115, v115)
	}()
	func() {
		defer report()
		steps = 0
		v116, v117 := fn21(pick(id[bool](false), id[float32](2.0), id[float32](7.75)))
		fmt.Printf("%T %v\n", v116, v116)
		fmt.Printf("%T %v\n", v117, v117)
	}()
	func() {
		defer report()
		steps = 0
		v118, v119, v120 := fn28(func() [2]any { return [2]any{} }())
		fmt.Printf("%T %v\n", v118, v118)
		fmt.Printf("%T %v\n", v119, v119)
		fmt.Printf("%T %v\n", v120, v120)
	}()
	func() {
		defer report()
		steps = 0
		v121, v122, v123 := fn28(pick(id[bool](false), [2]any{}, [2]any{g20}))
		fmt.Printf("%T %v\n", v121, v121)
		fmt.Printf("%T %v\n", v122, v122)
		fmt.Printf("%T %v\n", v123, v123)
	}()
	func() {
		defer report()
		steps = 0
		v124 := fn35()
		fmt.Printf("%T %v\n", v124, v124)
	}()
	func() {
		defer report()
		steps = 0
		v125 := fn35()
		fmt.Printf("%T %v\n", v125, v125)
	}()
	func() {
		defer report()
		steps = 0
		v126, v127, v128 := fn52([]uint{10, 9, 9, g19})
		fmt.Printf("%T %v\n", v126, v126)
		fmt.Printf("%T %v\n", v127, v127)
		fmt.Printf("%T %v\n", v128, v128)
	}()
	func() {
		defer report()
		steps = 0
		v129, v130, v131 := fn52([]uint{})
		fmt.Printf("%T %v\n", v129, v129)
		fmt.Printf("%T %v\n", v130, v130)
		fmt.Printf("%T %v\n", v131, v131)
	}()
	func() {
		defer report()
		steps = 0
		v132, v133, v134 := fn60(float64(id[float64](1e3)))
		fmt.Printf("%T %v\n", v132, v132)
		fmt.Printf("%T %v\n", v133, v133)
		fmt.Printf("%T %v\n", v134, v134)
	}()
	func() {
		defer report()
		steps = 0
		v135, v136, v137 := fn60(float64(id[int16](0)))
		fmt.Printf("%T %v\n", v135, v135)
		fmt.Printf("%T %v\n", v136, v136)
		fmt.Printf("%T %v\n", v137, v137)
	}()
	func() {
		defer report()
		steps = 0
		v138 := fn81(-((id[float64](3.0) * id[float64](0.1))), [1]uint8{100}, min(id[int64](9223372036854775807), max(id[int64](-9), (7523205310625227474))))
		fmt.Printf("%T %v\n", v138, v138)
	}()
	func() {
		defer report()
		steps = 0
		v139 := fn81(pick(id[bool](true), id[float64](1e3), id[float64](3.0)), [1]uint8{id[uint8](43)}, func() int64 { return id[int64](-9) }())
		fmt.Printf("%T %v\n", v139, v139)
	}()
	func() {
		defer report()
		steps = 0
		v140 := fn107()
		fmt.Printf("%T %v\n", v140, v140)
	}()
	func() {
		defer report()
		steps = 0
		v141 := fn107()
		fmt.Printf("%T %v\n", v141, v141)
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
