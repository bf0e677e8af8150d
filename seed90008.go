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
	f2 uint64
	f3 uint
	f4 [2]float64
	f5 any
	f6 string
}
type S7 struct {
	f8 float32
	f9 [2]map[int16]int
	f10 int8
	f11 [][]uint
	f12 any
}
type S13 struct {
	f14 [1]S7
	f15 S7
	f16 []*S7
}
type S17 struct {
	f18 string
	f19 [2]string
	f20 [2]uint32
	f21 complex128
	f22 *S1
}
var g23 [2]int64 = [2]int64{}
func fn24(a25 any) (complex128) {
	step()
	defer report()
	c27, c28 := make(chan uint, 1), make(chan uint)
	close(c27)
	select {
		case v, ok := <-c27:
			fmt.Println("received", v, ok)
		case c28 <- min(id[uint](9), min(id[uint](2587740202536344041), id[uint](0))):
			fmt.Println("sent")
		default:
			fmt.Println("neither")
	}
	var v29 = (uint8(uint(id[uint64](1))) << (((id[uint8](0) << 31) / (100))))
	_ = v29
	v30 := map[int16]any{300: a25, -5: a25, 5: a25}
	_ = v30
	return (func() complex128 { return id[complex128](0.5i) }() + id[complex128](1i))
}
func fn31(a32 int16, a33 map[int]uint32, a34 *S13) (int8) {
	step()
	switch x36 := any(id[uint8](6)).(type) {
		case uint32:
			fmt.Println("uint32", x36)
			for i37 := 0; i37 <= 4; i37 += 2 {
				step()
			}
		case complex128:
			fmt.Println("complex128", x36)
			switch (min(id[uint8](5), (10)) & (8)) {
				case 100, 0, 60:
					a32 = max((a32 ^ a32), (a32 &^ a32))
					v38, v39 := a33[(^(id[int](3)) - (7))]
					_, _ = v38, v39
					fmt.Println("case 0")
				case 6, 1:
					fmt.Printf("x36 %T %v\n", x36, x36)
					fmt.Println("case 1")
				case 10:
					v40, v41 := a33[+((id[int](1) >> 15))]
					_, _ = v40, v41
					v42 := pick((v41 || v41), (id[uint64](9) ^ id[uint64](1023977268905304256)), (id[uint64](9223372036854775807) & (6)))
					_ = v42
					fmt.Println("case 2")
				default:
			}
		case int8:
			fmt.Println("int8", x36)
			const k43 uint8 = 0*5 + 1<<5 - 1
			v44 := k43 * func() uint8 { return id[uint8](100) }()
			_ = v44
		default:
			fmt.Printf("other %T\n", x36)
	}
	defer fmt.Println("deferred", ((id[uint64](8) >> (id[uint8](104))) & uint64(id[uint8](6))))
	var fs45 []func() uint
	for i46 := uint(0); i46 < 4; i46++ {
		v47 := (min(i46, i46) ^ (i46 >> 32))
		fs45 = append(fs45, func() uint { v47++; return min((v47 ^ i46), (v47 * id[uint](10))) })
	}
	for _, f := range fs45 { fmt.Print(f(), f(), " ") }
	fmt.Println()
	return pick(id[bool](false), max(id[int8](127), (101)), (id[int8](127) - (100)))
}
func fn48(a49 []any) ([][4]any, int32) {
	step()
	defer report()
	for i52, v53 := range a49 {
		step()
		_, _ = i52, v53
		if !((g23[1]) == (g23[0])) {
			i52 = 3
			i52 = i52
		} else {
			var v54 = map[bool][1]int{true: [1]int{i52}, false: [1]int{i52}}
			_ = v54
			v55, v56 := v54[(true)]
			_, _ = v55, v56
		}
	}
	{
		f57 := func() float64 {
			step()
			return ((id[float64](0.5) / id[float64](1.25)) + id[float64](7.75))
		}
		v58 := f57()
		_ = v58
		for i59 := 0; i59 < 6; i59++ {
			step()
			i59 = 0
			if (!id[bool](true) == (id[uint64](8) >= (4))) { break }
			i59 = 0
		}
		switch x60 := a49[at(len(a49), 3)].(type) {
			case int8:
				fmt.Println("int8", x60)
			case complex128:
				fmt.Println("complex128", x60)
			case uint:
				fmt.Println("uint", x60)
			default:
				fmt.Printf("other %T\n", x60)
		}
	}
	if (((g23[1] - g23[0])) != (func() int64 { return id[int64](2) }())) {
		defer func() {
			defer func() {
				const k61 uint32 = 8*9 + 7%4 - 1
				v62 := k61 - func() uint32 { return id[uint32](1271562871) }()
				_ = v62
				fmt.Printf("g23 %T %v\n", g23, g23)
			}()
		}()
	}
	return [][4]any{}, (int32(fn31(id[int16](7), map[int]uint32{-3: id[uint32](0), 1: id[uint32](9), 40: id[uint32](1)}, &S13{[1]S7{S7{id[float32](1.25), [2]map[int16]int{map[int16]int{300: 9223372036854775807, -5: id[int](-1), 5: -7715912711291103395}, map[int16]int{300: id[int](100)}}, 3, [][]uint{[]uint{}, []uint{6, id[uint](3), id[uint](7), id[uint](18446744073709551615)}, []uint{1, 8, id[uint](7493246223322765961)}, []uint{}}, a49[at(len(a49), 5)]}}, S7{1e3, [2]map[int16]int{map[int16]int{300: id[int](8), 5: id[int](7), -5: id[int](-9)}}, 5, [][]uint{[]uint{id[uint](4), id[uint](3482708316919448707), 3}, []uint{3, id[uint](8), 1, id[uint](6277634866029932293)}}, a49[at(len(a49), 0)]}, []*S7{&S7{f8: id[float32](7.75), f9: [2]map[int16]int{map[int16]int{-5: id[int](3)}, map[int16]int{5: 127}}, f11: [][]uint{}, f12: a49[at(len(a49), 7)]}}})) / 3)
}
func fn63(a64 uint16, a65 S17, a66 []uint, a67 map[int]bool) () {
	step()
	defer report()
	for i68, v69 := range g23 {
		step()
		_, _ = i68, v69
		c70, c71 := make(chan uint32, 1), make(chan uint32)
		close(c70)
		select {
			case v, ok := <-c70:
				fmt.Println("received", v, ok)
			case c71 <- min(func() uint32 { return id[uint32](8) }(), (id[uint32](0) | id[uint32](316075677))):
				fmt.Println("sent")
			default:
				fmt.Println("neither")
		}
	}
}
func (z S17) M72(a73 *S13) *S7 {
	step()
	if ((func() uint8 { return id[uint8](10) }()) == (byteAt(z.f18, 5))) {
	} else {
	}
	f74 := func() complex128 {
		step()
		return (fn24(any(id[uint16](5))) + (1i))
	}
	v75 := f74()
	_ = v75
	return &S7{func() float32 { return id[float32](1.25) }(), [2]map[int16]int{}, fn31(id[int16](0), map[int]uint32{}, &S13{f14: [1]S7{S7{f8: 7.75, f9: [2]map[int16]int{}, f10: id[int8](0), f12: any(z.f18)}}, f15: S7{f9: [2]map[int16]int{}, f11: [][]uint{[]uint{}, []uint{id[uint](7), id[uint](1), id[uint](127), id[uint](4010407853602615746)}, []uint{18446744073709551615, 7, id[uint](18446744073709551615), 2}, []uint{}}, f12: any(g23[0])}, f16: []*S7{}}), [][]uint{[]uint{id[uint](2), 127}, []uint{id[uint](8), 18446744073709551615}, []uint{id[uint](6), 7, id[uint](9223372036854775807)}}, any(id[int32](2))}
}
func (z *S7) M76(a77 [][]uint32, a78 string) int8 {
	step()
	defer report()
	var v79 [3]bool = [3]bool{id[bool](true), true}
	_ = v79
	return id[int8](-70)
}
func fn80(a81 uint8, a82 int) (r83 int16, r84 any, r85 S1) {
	step()
	defer report()
	c86, c87 := make(chan int16, 1), make(chan int16)
	select {
		case v, ok := <-c86:
			fmt.Println("received", v, ok)
		case c87 <- ((r83 - r83) << ((a81 | a81))):
			fmt.Println("sent")
		default:
			fmt.Println("neither")
	}
	v88 := (pick(id[bool](false), id[int8](127), id[int8](100)) >> (a81))
	_ = v88
	func() {
		defer report()
		switch {
			case (float64(r85.f2) <= float64(v88)):
				c89 := make(chan int32)
				go func(v int32) { c89 <- v; close(c89) }(max(id[int32](9), int32(r83)))
				v90 := <-c89
				_ = v90
				fmt.Println("case 0")
		}
	}()
L93:
	for i91, v92 := range g23 {
		step()
		_, _ = i91, v92
		v88 = ((id[int8](127) - (0)) | (-1))
		if func() bool { return id[bool](false) }() { break L93 }
	}
	for i94 := 0; i94 < 1; i94++ {
		step()
		a82 = 127
		fmt.Printf("a81 %T %v\n", a81, a81)
	}
	return
}
func (z *S17) M95() [2]S13 {
	step()
	defer report()
	if ((id[bool](true) == id[bool](false)) || !id[bool](true)) {
		defer fmt.Println("deferred", (min(id[uint](4696267037524956250), (2667246668645485465)) << 15))
		for i96, v97 := range g23 {
			step()
			_, _ = i96, v97
			v98 := func() uint32 { return pick(id[bool](true), id[uint32](10), id[uint32](7)) }()
			_ = v98
		}
	}
	for i99, v100 := range g23 {
		step()
		_, _ = i99, v100
	}
	return [2]S13{S13{f14: [1]S7{S7{f8: id[float32](0.1), f10: 10, f11: [][]uint{[]uint{id[uint](3)}, []uint{1}, []uint{3, id[uint](1)}, []uint{id[uint](100), 18446744073709551615, 127}}, f12: any(id[uint32](2))}}, f15: S7{f10: id[int8](-8), f12: any(id[string](""))}, f16: []*S7{&S7{f8: 3.0, f9: [2]map[int16]int{}, f10: -8, f11: [][]uint{[]uint{127, id[uint](5)}, []uint{id[uint](4)}, []uint{id[uint](2630273393620834705)}, []uint{id[uint](1), 4}}, f12: any(id[complex128](1i))}, &S7{id[float32](0.5), [2]map[int16]int{map[int16]int{}}, 48, [][]uint{[]uint{id[uint](6), id[uint](10), id[uint](8)}, []uint{id[uint](4310966431149188614), id[uint](10)}}, any(id[int32](6))}, &S7{id[float32](0.5), [2]map[int16]int{}, 1, [][]uint{[]uint{id[uint](2845734131149613048), id[uint](0), 100}, []uint{5359996119818209288, 7, id[uint](3124718403443204491), id[uint](8)}, []uint{id[uint](6), 6, 3879214831924415798, id[uint](6426637261405318226)}}, any(id[float32](1e3))}, &S7{id[float32](0.1), [2]map[int16]int{map[int16]int{5: id[int](8), 300: id[int](0), -5: -1366818019741217886}}, 9, [][]uint{[]uint{}, []uint{6, 6, 1926835456507110448}, []uint{id[uint](7250128832382053037), id[uint](1), 1}, []uint{id[uint](5255542128899185938)}}, any(id[uint](1477311296572988612))}}}, S13{f14: [1]S7{}}}
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v101 := fn24(any(id[uint16](2)))
		fmt.Printf("%T %v\n", v101, v101)
	}()
	func() {
		defer report()
		steps = 0
		v102 := fn24(func() any { return any(id[uint64](1114363276133541012)) }())
		fmt.Printf("%T %v\n", v102, v102)
	}()
	func() {
		defer report()
		steps = 0
		v103 := fn31(id[int16](0), func() map[int]uint32 { return map[int]uint32{} }(), &S13{f15: S7{f8: 2.0, f9: [2]map[int16]int{map[int16]int{-5: 4, 5: 9}, map[int16]int{300: 0, 5: id[int](1)}}, f10: id[int8](127), f12: any(id[uint16](11858))}})
		fmt.Printf("%T %v\n", v103, v103)
	}()
	func() {
		defer report()
		steps = 0
		v104 := fn31(((id[int16](3) / id[int16](-4167)) << ((id[uint8](45) % (9)))), map[int]uint32{40: 10, 1: 9, 2: id[uint32](1897050135), -3: id[uint32](5)}, &S13{[1]S7{}, S7{id[float32](2.0), [2]map[int16]int{map[int16]int{}}, id[int8](-3), [][]uint{[]uint{9, id[uint](4)}, []uint{id[uint](9), id[uint](8501202898200686303), id[uint](6), id[uint](1)}}, any(id[uint32](6))}, []*S7{}})
		fmt.Printf("%T %v\n", v104, v104)
	}()
	func() {
		defer report()
		steps = 0
		v105, v106 := fn48(func() []any { return []any{any(id[bool](true))} }())
		fmt.Printf("%T %v\n", v105, v105)
		fmt.Printf("%T %v\n", v106, v106)
	}()
	func() {
		defer report()
		steps = 0
		v107, v108 := fn48([]any{any(id[bool](true)), any(id[uint](629335638339670793))})
		fmt.Printf("%T %v\n", v107, v107)
		fmt.Printf("%T %v\n", v108, v108)
	}()
	func() {
		defer report()
		steps = 0
		fn63(uint16((id[uint8](0) % (7))), S17{f21: id[complex128](0.5i), f22: &S1{f3: id[uint](0), f4: [2]float64{1e3}, f5: any(id[float32](7.75)), f6: "世界"}}, pick(id[bool](false), []uint{9, 127, 10, 2731125124019927716}, []uint{id[uint](4), id[uint](9)}), map[int]bool{2: id[bool](true), 40: true})
	}()
	func() {
		defer report()
		steps = 0
		fn63(pick(id[bool](true), id[uint16](2), id[uint16](7)), S17{f18: "\x00\xff", f19: [2]string{id[string]("héllo"), id[string]("")}, f20: [2]uint32{id[uint32](0)}, f22: &S1{f4: [2]float64{1e3}, f5: any(id[int8](9)), f6: id[string]("")}}, append([]uint{3, 2530092659420645358, id[uint](8701192195115925088), 4}, id[uint](18446744073709551615), 100, 9223372036854775807), func() map[int]bool { return map[int]bool{-3: true, 1: false} }())
	}()
	func() {
		defer report()
		steps = 0
		v109, v110, v111 := fn80((id[uint8](255) * (id[uint8](127) / (10))), ((id[int](127) >> 43) - (0)))
		fmt.Printf("%T %v\n", v109, v109)
		fmt.Printf("%T %v\n", v110, v110)
		fmt.Printf("%T %v\n", v111, v111)
	}()
	func() {
		defer report()
		steps = 0
		v112, v113, v114 := fn80(func() uint8 { return id[uint8](127) }(), total((id[int](-100) + id[int](9223372036854775807)), +(id[int](5))))
		fmt.Printf("%T %v\n", v112, v112)
		fmt.Printf("%T %v\n", v113, v113)
		fmt.Printf("%T %v\n", v114, v114)
	}()
	fmt.Println("g23", g23)
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
