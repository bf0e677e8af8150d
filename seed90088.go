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
	f2 int64
	f3 float64
	f4 uint16
	f5 any
}
type S6 struct {
	f7 [3]int16
	f8 *S1
	f9 bool
	f10 complex128
}
func fn11(a12 int16) (int64, *S6) {
	step()
	defer report()
	c15 := make(chan string)
	go func(v string) { c15 <- v; close(c15) }(func() string { return id[string]("\x00\xff") }())
	var v16 string
	for v := range c15 { v16 = v }
	_ = v16
	return int64(max((id[int64](-1857356671224521226) % 3), id[int64](7))), func() *S6 { return &S6{[3]int16{}, &S1{f2: 6, f3: 3.0, f5: any(id[int64](0))}, id[bool](false), id[complex128](2.5i)} }()
}
func fn17() (r18 []int32) {
	step()
	defer report()
	f19 := func() S1 {
		step()
		return S1{6, id[float64](0.1), id[uint16](2), any(id[uint64](9))}
	}
	v20 := f19()
	_ = v20
	for i21, v22 := range r18 {
		step()
		_, _ = i21, v22
		var v23 uint32 = (uint32(id[int8](32)) + (id[uint32](2) + id[uint32](806424810)))
		_ = v23
	}
	c24, c25 := make(chan int8, 1), make(chan int8)
	select {
		case v, ok := <-c24:
			fmt.Println("received", v, ok)
		case c25 <- (id[int8](0) + int8(v20.f2)):
			fmt.Println("sent")
		default:
			fmt.Println("neither")
	}
	return
}
func fn26(a27 int64, a28 [1]any, a29 [3]*S1, a30 bool) (r31 int) {
	step()
	defer report()
	{
		for i32, v33 := range a29 {
			step()
			_, _ = i32, v33
			var fs34 []func() int64
			for i35 := int64(0); i35 < 4; i35++ {
				v36 := (func() int64 { return a27 }() / (100))
				fs34 = append(fs34, func() int64 { v36++; return max(max(a27, i35), (-3)) })
			}
			for _, f := range fs34 { fmt.Print(f(), f(), " ") }
			fmt.Println()
			a27++
			r31 = ((r31 + (-9)) | (i32 - r31))
		}
		v37, v38 := fn11((max(id[int16](1), id[int16](-11347)) >> (byteAt(id[string]("\x00\xff"), r31))))
		_, _ = v37, v38
	}
	if !(r31 == r31) { return (r31 >> (+(id[uint8](7)))) }
	return (((r31 << 46) & func() int { return r31 }()) << 58)
}
func fn39(a40 float64, a41 []uint64) (r42 complex128, r43 [3]*S1, r44 uint8) {
	step()
	if ((func() float32 { return id[float32](7.75) }()) != (id[float32](1.25))) {
	} else {
	}
L45:
	for i46 := 0; i46 < 4; i46++ {
		step()
		fmt.Printf("a40 %T %v\n", a40, a40)
		func() {
			defer report()
			defer func() {
				i46 = 127
				fmt.Printf("a40 %T %v\n", a40, a40)
			}()
			const k47 int64 = 2*7 + 1<<5 - 1
			v48 := k47 - ((id[int64](-4) + id[int64](9223372036854775807)) ^ (-8801180911015237677))
			_ = v48
		}()
		if !((id[float32](0.1)) != (id[float32](1e3))) { break L45 }
	}
	defer fmt.Println("deferred", ((a41[at(len(a41), 8)] << 54) & (1)))
L49:
	for i50 := 0; i50 <= 10; i50 += 2 {
		step()
		switch x51 := any(id[bool](true)).(type) {
			case uint32:
				fmt.Println("uint32", x51)
			case uint64:
				fmt.Println("uint64", x51)
				f52 := func() int32 {
					step()
					c53, c54 := make(chan int8, 1), make(chan int8)
					c53 <- ((id[int8](1) | (100)) >> (pick(id[bool](true), r44, r44)))
					close(c53)
					select {
						case v, ok := <-c53:
							fmt.Println("received", v, ok)
						case c54 <- (func() int8 { return id[int8](9) }() + (-6)):
							fmt.Println("sent")
						default:
							fmt.Println("neither")
					}
					var v55 map[uint8]int32 = map[uint8]int32{}
					_ = v55
					return ((id[int32](4) & id[int32](-9)) / pick(id[bool](true), id[int32](2063352730), id[int32](-2)))
				}
				v56 := f52()
				_ = v56
			case bool:
				fmt.Println("bool", x51)
				v57 := complex(func() float64 { return a40 }(), func() float64 { return id[float64](1e-3) }())
				_ = v57
			default:
				fmt.Printf("other %T\n", x51)
		}
	L58:
		for range [5]int{} {
			step()
			a40 *= func() float64 { return a40 }()
			if ((id[int16](1671) / id[int16](0)) < (-1)) { break L58 }
		}
		if ((id[float32](0.5) - id[float32](1e-3)) != (0.1)) { continue L49 }
	}
	return complex((float64(id[int64](-1)) + (1.25)), a40), r43, func() uint8 { return (r44 &^ r44) }()
}
func fn60(a61 int8, a62 S1) (r63 complex128) {
	step()
	switch (uint32(id[uint32](4)) << 49) {
		case 8, 1893769136, 6:
		L64:
			for i65 := 1; i65 > 0; i65-- {
				step()
				const k66 uint32 = 5*7 + 7%4 - 0x3
				v67 := k66 - min(uint32(id[int32](4)), (5))
				_ = v67
				if ((id[int](-4) / id[int](-3)) < total(id[int](5087531022321963118), []int{id[int](4)}...)) { break L64 }
			}
			fmt.Println("case 0")
		case 10, 1301758428:
			f68 := func() uint8 {
				step()
				c69, c70 := make(chan int16, 1), make(chan int16)
				c69 <- (max(id[int16](6), (0)) << (min(id[uint8](127), (4))))
				select {
					case v, ok := <-c69:
						fmt.Println("received", v, ok)
					case c70 <- (id[int16](8) * (id[int16](0) ^ (2))):
						fmt.Println("sent")
					default:
						fmt.Println("neither")
				}
				const k71 uint16 = 0*5 + 100/3 - 1
				v72 := k71 * (pick(id[bool](false), a62.f4, a62.f4) * (1))
				_ = v72
				return +((id[uint8](8) | (9)))
			}
			v73 := f68()
			_ = v73
			fmt.Println("case 1")
		case 1172982960, 182439525:
			defer func() {
			}()
			fmt.Println("case 2")
	}
	c74 := make(chan int64, 1)
	go func(v int64) { c74 <- v; close(c74) }((int64(id[uint64](9)) << ((id[uint8](1) ^ (79)))))
	v75 := <-c74
	_ = v75
	v76 := ((pick(id[bool](false), id[int64](0), a62.f2) << 15) / ((v75 % (1)) - func() int64 { return v75 }()))
	_ = v76
	f77 := func() [4]string {
		step()
		return pick(id[bool](false), [4]string{"héllo", id[string]("xyz"), "xyz"}, [4]string{id[string](""), id[string]("a")})
	}
	v78 := f77()
	_ = v78
	for i79, v80 := range v78 {
		step()
		_, _ = i79, v80
		i79 = (+(i79) | (10))
		a62.f3 *= (1e3)
	}
	return func() complex128 { return func() complex128 { return r63 }() }()
}
func fn81(a82 [4]bool, a83 int16, a84 S6) (r85 [2]string) {
	step()
	a84.f10 = 1i
	a82[3] = func() bool { return a84.f9 }()
	v86 := min(pick(id[bool](false), id[uint16](9), id[uint16](6)), id[uint16](3))
	_ = v86
	return [2]string{}
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v87, v88 := fn11(func() int16 { return id[int16](0) }())
		fmt.Printf("%T %v\n", v87, v87)
		_ = v88
	}()
	func() {
		defer report()
		steps = 0
		v89, v90 := fn11(min(int16(id[int16](-127)), func() int16 { return id[int16](7) }()))
		fmt.Printf("%T %v\n", v89, v89)
		_ = v90
	}()
	func() {
		defer report()
		steps = 0
		v91 := fn17()
		fmt.Printf("%T %v\n", v91, v91)
	}()
	func() {
		defer report()
		steps = 0
		v92 := fn17()
		fmt.Printf("%T %v\n", v92, v92)
	}()
	func() {
		defer report()
		steps = 0
		v93 := fn26((func() int64 { return id[int64](9) }() &^ (id[int64](9223372036854775807) | (1))), [1]any{any(id[uint16](0))}, [3]*S1{&S1{id[int64](2), 1.25, id[uint16](3), any(id[uint64](0))}, &S1{id[int64](6633383851584689678), 0.5, 7, any(id[int64](5))}, &S1{127, id[float64](0.5), 10, any(id[uint8](255))}}, ((id[uint64](5) & id[uint64](1)) != (id[uint64](100) | (2))))
		fmt.Printf("%T %v\n", v93, v93)
	}()
	func() {
		defer report()
		steps = 0
		v94 := fn26((id[int64](4) ^ (0)), [1]any{}, [3]*S1{&S1{f2: id[int64](4052998732179929547), f3: id[float64](2.0), f5: any(id[float32](1.25))}}, id[bool](false))
		fmt.Printf("%T %v\n", v94, v94)
	}()
	func() {
		defer report()
		steps = 0
		v95, v96, v97 := fn39(pick(id[bool](false), id[float64](1e3), id[float64](0.1)), []uint64{})
		fmt.Printf("%T %v\n", v95, v95)
		_ = v96
		fmt.Printf("%T %v\n", v97, v97)
	}()
	func() {
		defer report()
		steps = 0
		v98, v99, v100 := fn39(id[float64](7.75), append([]uint64{1, 8, 3, 3}, 10))
		fmt.Printf("%T %v\n", v98, v98)
		_ = v99
		fmt.Printf("%T %v\n", v100, v100)
	}()
	func() {
		defer report()
		steps = 0
		v101 := fn60(max((id[int8](100) | (-7)), func() int8 { return id[int8](127) }()), S1{7, id[float64](1e3), id[uint16](7), any(id[uint16](0))})
		fmt.Printf("%T %v\n", v101, v101)
	}()
	func() {
		defer report()
		steps = 0
		v102 := fn60(((id[int8](0) - id[int8](-4)) >> 42), S1{f2: id[int64](-9223372036854775807), f4: id[uint16](32767), f5: any(id[int32](572804919))})
		fmt.Printf("%T %v\n", v102, v102)
	}()
	func() {
		defer report()
		steps = 0
		v103 := fn81([4]bool{id[bool](true), true}, min(pick(id[bool](false), id[int16](0), id[int16](20424)), int16(id[int8](-2))), S6{f7: [3]int16{0, id[int16](1630)}, f8: &S1{f2: id[int64](100), f3: id[float64](2.0), f5: any(id[uint32](2052322818))}, f9: false})
		fmt.Printf("%T %v\n", v103, v103)
	}()
	func() {
		defer report()
		steps = 0
		v104 := fn81([4]bool{true, id[bool](false), false}, max(min(id[int16](10), id[int16](-1)), (26591)), S6{f8: &S1{f2: id[int64](9223372036854775807), f3: 0.1, f4: 2}, f10: 0.5i})
		fmt.Printf("%T %v\n", v104, v104)
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
