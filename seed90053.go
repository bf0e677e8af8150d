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
	f2 [][3]bool
	f3 any
	f4 any
	f5 uint
	f6 [3]any
}
type S7 struct {
	f8 []int32
	f9 map[int][]string
}
func fn10() () {
	step()
	defer report()
	if v11 := func() uint64 { return id[uint64](3844105085879082187) }(); func() bool { return id[bool](false) }() || v11 > 3 {
		v12 := S7{f8: append([]int32{id[int32](-1905703684), id[int32](10), id[int32](-1)}, id[int32](-10), id[int32](4), id[int32](1714201702))}
		_ = v12
	}
	var v13 uint8
	_ = v13
	for i14 := 1; i14 > 0; i14-- {
		step()
		c15 := make(chan int64)
		go func(v int64) { c15 <- v; close(c15) }(func() int64 { return id[int64](7141161639530095976) }())
		v16 := <-c15
		_ = v16
	}
	defer func() {
	}()
}
func (z S1) M17(a18 uint, a19 any) string {
	step()
	if func() bool { return id[bool](false) }() {
		v20 := ((func() float64 { return id[float64](3.0) }() * (1e3)) * (3.0))
		_ = v20
		c21 := make(chan string, 1)
		go func(v string) { c21 <- v; close(c21) }(string([]int32{id[int32](8)}))
		v22 := <-c21
		_ = v22
	}
	for i23 := 0; i23 <= 10; i23 += 2 {
		step()
		v24 := []int{}
		_ = v24
	}
	if (func() bool { return id[bool](true) }() || (id[string]("xyz") > id[string](""))) {
		if v25 := (func() uint32 { return id[uint32](4) }() | uint32(id[int8](-127))); (((id[int64](6) & (9))) == (min(id[int64](9223372036854775807), id[int64](-6)))) || v25 > 3 {
			fmt.Printf("a18 %T %v\n", a18, a18)
		} else {
			fmt.Printf("v25 %T %v\n", v25, v25)
		}
		switch x26 := a19.(type) {
			case int:
				fmt.Println("int", x26)
				var v27 = (min((id[uint32](1598946970) - (2135786433)), (id[uint32](1) % 3)) + (max(id[uint32](6), id[uint32](0)) << 55))
				_ = v27
			case uint:
				fmt.Println("uint", x26)
			case uint16:
				fmt.Println("uint16", x26)
			default:
				fmt.Printf("other %T\n", x26)
		}
		a18 = 2
	} else {
		c28 := make(chan bool)
		go func(v bool) { c28 <- v; close(c28) }((id[uint16](9) < max(id[uint16](26293), id[uint16](65535))))
		var v29 bool
		for v := range c28 { v29 = v }
		_ = v29
	}
	return (id[string]("xyz") + ("tab\t"))
}
func fn30() (r31 *S1) {
	step()
	c32 := make(chan uint, 3)
	go func(v uint) { c32 <- v; close(c32) }(((id[uint](242225211645824724) - id[uint](7981889140937275894)) * (18446744073709551615)))
	v33 := <-c32
	_ = v33
	fmt.Printf("v33 %T %v\n", v33, v33)
	fmt.Printf("v33 %T %v\n", v33, v33)
	return &S1{func() [][3]bool { return [][3]bool{} }(), any(id[uint8](5)), any(id[bool](false)), (id[uint](7449309220171074468) / (18446744073709551615)), func() [3]any { return [3]any{any(id[uint8](69)), any(id[int16](10)), any(id[complex128](0.5i))} }()}
}
func (z S1) M34(a35 uint) [4]uint64 {
	step()
	defer report()
	z.f4 = func() any { return z.f4 }()
	func() {
		defer report()
		v36 := (func() uint32 { return id[uint32](1215940763) }() & (127))
		_ = v36
		if ((id[uint8](2) | (7)) >= func() uint8 { return id[uint8](4) }()) {
			var v37 [2]uint64
			_ = v37
		} else {
			c38 := make(chan complex128)
			go func(v complex128) { c38 <- v; close(c38) }((complex(id[float64](3.0), id[float64](0.5)) * id[complex128](2.5i)))
			v39 := <-c38
			_ = v39
		}
	}()
	if id[bool](true) { return func() [4]uint64 { return [4]uint64{id[uint64](10), 7, id[uint64](7600397955145872860)} }() }
	switch {
		case (z.M17(a35, z.f3) > z.M17(z.f5, z.f4)):
			fmt.Println("case 0")
		case id[bool](false):
			fmt.Println("case 1")
		case func() bool { return id[bool](true) }():
			if id[bool](true) {
				var fs40 []func() int32
				for i41 := int32(0); i41 < 2; i41++ {
					v42 := func() int32 { return i41 }()
					fs40 = append(fs40, func() int32 { v42++; return max(pick(id[bool](true), v42, id[int32](4)), max(i41, id[int32](-100))) })
				}
				for _, f := range fs40 { fmt.Print(f(), f(), " ") }
				fmt.Println()
			}
			fmt.Println("case 2")
		case func() bool { return id[bool](true) }():
			for i43 := 5; i43 > 0; i43-- {
				step()
				f44 := func() []map[int16]int {
					step()
					v46 := S1.M17(z, id[uint](4524935979197328335), z.f3)
					_ = v46
					var v47 int16 = 4
					_ = v47
					return append(func() []map[int16]int { return []map[int16]int{map[int16]int{300: -607408635263834941, -5: i43, 5: 2}, map[int16]int{}, map[int16]int{}, map[int16]int{-5: 2674826253602603544, 5: 100}} }(), map[int16]int{300: 0})
				}
				v48 := f44()
				_ = v48
			}
			fmt.Println("case 3")
		default:
			for i49 := 0; i49 <= 8; i49 += 2 {
				step()
				i49 = 4
				z = S1{f2: z.f2, f3: z.f4, f5: 4786707739379868094, f6: z.f6}
				if (max(id[uint64](3180637935040085766), id[uint64](18446744073709551615)) >= (id[uint64](3) << 62)) { break }
			}
	}
	return [4]uint64{id[uint64](8783269894475359418), id[uint64](2657932144502445506)}
}
func fn50(a51 [1][]float32, a52 complex128, a53 int) (S7) {
	step()
	defer report()
	fmt.Printf("a52 %T %v\n", a52, a52)
	a53 = func() int { return id[int](-2) }()
	var v55 = id[int32](127)
	_ = v55
	for i56 := 0; i56 <= 12; i56 += 2 {
		step()
		a53 = ((id[int](7) << (id[uint8](8))) % (a53 | (-3)))
	}
	if v57 := (uint64(id[uint8](90)) ^ (10)); func() bool { return id[bool](false) }() || v57 > 3 {
		f58 := func() []int {
			step()
			return func() []int { return []int{} }()
		}
		v59 := f58()
		_ = v59
		f60 := func() float64 {
			step()
			return func() float64 { return id[float64](2.0) }()
		}
		v61 := f60()
		_ = v61
	}
	a53 ^= int((id[int64](100) % (127)))
	return func() S7 { return S7{[]int32{}, map[int][]string{}} }()
}
func fn62(a63 any, a64 bool, a65 S1) (S1, any, [1]int16) {
	step()
	defer report()
	for i69 := 0; i69 <= 12; i69 += 2 {
		step()
		var v70 = (pick(a64, id[uint8](105), id[uint8](89)) << (id[uint8](2)))
		_ = v70
	}
	return a65, any(uint(id[uint8](96))), [1]int16{id[int16](-9)}
}
func fn71() (r72 []map[int16]complex128, r73 uint) {
	step()
	defer report()
	fmt.Printf("r72 %T %v\n", r72, r72)
	var fs74 []func() int64
	for i75 := int64(0); i75 < 4; i75++ {
		v76 := ((i75 + i75) & (id[int64](10) % (127)))
		fs74 = append(fs74, func() int64 { v76++; return max((v76 - v76), min(i75, i75)) })
	}
	for _, f := range fs74 { fmt.Print(f(), f(), " ") }
	fmt.Println()
	fmt.Printf("r73 %T %v\n", r73, r73)
	return
}
func fn77(a78 []float64) (r79 int16) {
	step()
	v80 := append(append([]int8{}, id[int8](9)), 2, 1)
	_ = v80
	func() {
		defer report()
	}()
	if ((id[int](127) - id[int](0)) != (-4)) {
		f81 := func() int32 {
			step()
			var v82 [3]int32 = [3]int32{id[int32](100), 5, -5}
			_ = v82
			return ((id[int32](-127) - id[int32](4)) << ((id[uint8](1) | id[uint8](59))))
		}
		v83 := f81()
		_ = v83
		switch id[uint](4) {
			case 9, 1:
				var v84 complex128 = 0.5i
				_ = v84
				fmt.Println("case 0")
			case 0, 7, 8:
				var v85 = pick(((id[float32](1e3)) != (id[float32](1e-3))), max(v80[at(len(v80), 2)], v80[at(len(v80), 0)]), min(v80[at(len(v80), 4)], v80[at(len(v80), 1)]))
				_ = v85
				fmt.Println("case 1")
			case 127410249196850022, 127:
				if ((id[uint32](8) > (3)) || id[bool](false)) { return pick(id[bool](true), r79, r79) }
				fmt.Println("case 2")
			case 18446744073709551615, 2:
				var v86 = any(pick(id[bool](false), a78[at(len(a78), 9)], a78[at(len(a78), 7)]))
				_ = v86
				fmt.Println("case 3")
			default:
		}
	} else {
		var v87 map[bool]int
		_ = v87
		for i88, v89 := range a78 {
			step()
			_, _ = i88, v89
			var v90 S1
			_ = v90
		}
	}
	v91 := copy(v80, pick(id[bool](false), v80, v80))
	_ = v91
	copy(v80[cut(len(v80), 9):], v80)
	if id[bool](false) { return (func() int16 { return r79 }() / (6)) }
	{
		v91 = ((v91 - (1)) / (8489985491978401672))
		v91 = func() int { return id[int](127) }()
	}
	f92 := func() complex128 {
		step()
		return id[complex128](2.5i)
	}
	v93 := f92()
	_ = v93
	return
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		fn10()
	}()
	func() {
		defer report()
		steps = 0
		fn10()
	}()
	func() {
		defer report()
		steps = 0
		v94 := fn30()
		_ = v94
	}()
	func() {
		defer report()
		steps = 0
		v95 := fn30()
		_ = v95
	}()
	func() {
		defer report()
		steps = 0
		v96 := fn50(pick(id[bool](true), [1][]float32{}, [1][]float32{}), func() complex128 { return id[complex128](1i) }(), ((id[int](0) &^ id[int](-8)) / (-2)))
		fmt.Printf("%T %v\n", v96, v96)
	}()
	func() {
		defer report()
		steps = 0
		v97 := fn50([1][]float32{}, (func() complex128 { return id[complex128](2.5i) }() + func() complex128 { return id[complex128](1i) }()), (id[int](0) | (0)))
		fmt.Printf("%T %v\n", v97, v97)
	}()
	func() {
		defer report()
		steps = 0
		v98, v99, v100 := fn62(any(id[uint8](127)), id[bool](true), S1{[][3]bool{[3]bool{false}, [3]bool{}}, any(id[float64](1e3)), any(id[float32](1.25)), id[uint](1), [3]any{any(id[int](-9))}})
		fmt.Printf("%T %v\n", v98, v98)
		fmt.Printf("%T %v\n", v99, v99)
		fmt.Printf("%T %v\n", v100, v100)
	}()
	func() {
		defer report()
		steps = 0
		v101, v102, v103 := fn62(func() any { return any(id[float64](7.75)) }(), (func() float32 { return id[float32](2.0) }() != (0.5)), func() S1 { return S1{[][3]bool{[3]bool{true, true, id[bool](true)}, [3]bool{true}, [3]bool{}}, any(id[int8](0)), any(id[complex128](2.5i)), id[uint](1), [3]any{any(id[int64](0))}} }())
		fmt.Printf("%T %v\n", v101, v101)
		fmt.Printf("%T %v\n", v102, v102)
		fmt.Printf("%T %v\n", v103, v103)
	}()
	func() {
		defer report()
		steps = 0
		v104, v105 := fn71()
		fmt.Printf("%T %v\n", v104, v104)
		fmt.Printf("%T %v\n", v105, v105)
	}()
	func() {
		defer report()
		steps = 0
		v106, v107 := fn71()
		fmt.Printf("%T %v\n", v106, v106)
		fmt.Printf("%T %v\n", v107, v107)
	}()
	func() {
		defer report()
		steps = 0
		v108 := fn77(func() []float64 { return []float64{id[float64](0.1), 1e3, 1e3} }())
		fmt.Printf("%T %v\n", v108, v108)
	}()
	func() {
		defer report()
		steps = 0
		v109 := fn77(pick(id[bool](true), []float64{id[float64](0.5), 7.75}, []float64{7.75, 0.5, id[float64](1e3), 1.25}))
		fmt.Printf("%T %v\n", v109, v109)
	}()
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
