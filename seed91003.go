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
	f3 any
	f4 float64
}
type S5 struct {
	f6 [][]int64
	f7 bool
	f8 map[bool]uint
	f9 uint8
	f10 [3]map[bool]int16
}
var g11 S5 = S5{f7: false, f8: map[bool]uint{}, f10: [3]map[bool]int16{map[bool]int16{true: id[int16](10), false: id[int16](-10)}, map[bool]int16{true: id[int16](2)}}}
func fn12() (r13 [][][4]float32) {
	step()
	for i14, v15 := range r13 {
		step()
		_, _ = i14, v15
		v16 := copy(v15, func() [][4]float32 { return v15 }())
		_ = v16
		copy(v15[cut(len(v15), i14):], v15)
	}
	return
}
func fn17(a18 [1][4][2]float32, a19 int64) (r20 int) {
	step()
	v21 := g11.f8
	_ = v21
	f22 := func() [4]uint {
		step()
		v23 := []float32{7.75, 2.0, id[float32](1e-3)}
		_ = v23
		return [4]uint{9}
	}
	v24 := f22()
	_ = v24
L25:
	for i26 := 0; i26 < 1; i26++ {
		step()
		if !pick(g11.f7, id[bool](true), id[bool](false)) { continue L25 }
	}
	func() {
		defer report()
		c27 := make(chan int16)
		go func(v int16) { c27 <- v; close(c27) }(id[int16](-2))
		var v28 int16
		for v := range c27 { v28 = v }
		_ = v28
		{
			g11.f7 = !g11.f7
		}
	}()
	f29 := func() S1 {
		step()
		r20 = (r20 ^ (9223372036854775807))
		r20 = 2
		return S1{f2: 4, f3: any(id[float64](0.1)), f4: id[float64](7.75)}
	}
	v30 := f29()
	_ = v30
	v31 := func() [4]int { return [4]int{v30.f2, v30.f2} }()
	_ = v31
	return int(max(id[uint64](7), (1)))
}
func fn32(a33 [3]float32, a34 any) (r35 uint16, r36 *S5, r37 uint32) {
	step()
	fmt.Printf("a33 %T %v\n", a33, a33)
	f38 := func() int16 {
		step()
		return ((id[int16](-100) << (g11.f9)) << ((g11.f9 << 48)))
	}
	v39 := f38()
	_ = v39
	return max((pick(id[bool](false), r35, r35) + (id[uint16](12591) * (1))), (4556)), r36, (((r37 ^ (9)) / (r37 & r37)) >> 14)
}
func (z S1) M40(a41 int) string {
	step()
	g11.f7 = true
	if g11.f7 {
	}
	for i42 := 0; i42 < 6; i42++ {
		step()
		switch {
			case !func() bool { return g11.f7 }():
				f43 := func() []int16 {
					step()
					var v44 map[string]S1 = func() map[string]S1 { return map[string]S1{} }()
					_ = v44
					return func() []int16 { return []int16{-1, id[int16](9), id[int16](2)} }()
				}
				v45 := f43()
				_ = v45
				fmt.Println("case 0")
			case (pick(g11.f7, g11.f7, g11.f7) == (g11.f7 && g11.f7)):
				a41 = 8
				fmt.Printf("z %T %v\n", z, z)
				fmt.Println("case 1")
			case g11.f7:
				var fs46 []func() int64
				for i47 := int64(0); i47 < 1; i47++ {
					v48 := pick(g11.f7, id[int64](-7), id[int64](-1))
					fs46 = append(fs46, func() int64 { v48++; return min((i47 * (2)), (id[int64](4) * i47)) })
				}
				for _, f := range fs46 { fmt.Print(f(), f(), " ") }
				fmt.Println()
				z.f2 = +((a41 * a41))
				fmt.Println("case 2")
		}
		for i49 := 0; i49 < 3; i49++ {
			step()
			f50 := func() uint32 {
				step()
				p51 := &g11
				p51.f9 = ((g11.f9 % (3)) &^ byteAt(id[string]("xyz"), 8))
				*p51 = g11
				return (id[uint32](7) % (458104605))
			}
			v52 := f50()
			_ = v52
		}
	}
	return string(func() []int32 { return []int32{id[int32](5), id[int32](6)} }())
}
func fn53(a54 [3]any, a55 float32, a56 map[uint8]string) (S5, int) {
	step()
	defer report()
	var v59 = func() uint { return func() uint { return id[uint](18446744073709551615) }() }()
	_ = v59
	switch func() uint32 { return id[uint32](3) }() {
		case 6, 226690429:
			if v60 := max(v59, (2)); ((max(id[int32](2), id[int32](-2147483647))) == (-(id[int32](0)))) || v60 > 3 {
			}
			fmt.Println("case 0")
		case 609177640:
			fmt.Println("case 1")
	}
	return g11, fn17([1][4][2]float32{[4][2]float32{[2]float32{3.0}, [2]float32{}, [2]float32{2.0}, [2]float32{}}}, (id[int64](1) % id[int64](2070850099212625588)))
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v61 := fn12()
		fmt.Printf("%T %v\n", v61, v61)
	}()
	func() {
		defer report()
		steps = 0
		v62 := fn12()
		fmt.Printf("%T %v\n", v62, v62)
	}()
	func() {
		defer report()
		steps = 0
		v63 := fn17([1][4][2]float32{}, int64((id[int64](4756583803420455445) | (1))))
		fmt.Printf("%T %v\n", v63, v63)
	}()
	func() {
		defer report()
		steps = 0
		v64 := fn17([1][4][2]float32{[4][2]float32{[2]float32{}, [2]float32{}}}, min(min(id[int64](3), (5)), ^(id[int64](4633491443136271362))))
		fmt.Printf("%T %v\n", v64, v64)
	}()
	func() {
		defer report()
		steps = 0
		v65, v66, v67 := fn32([3]float32{id[float32](3.0), 2.0, 7.75}, func() any { return any(id[uint32](7)) }())
		fmt.Printf("%T %v\n", v65, v65)
		_ = v66
		fmt.Printf("%T %v\n", v67, v67)
	}()
	func() {
		defer report()
		steps = 0
		v68, v69, v70 := fn32([3]float32{1e-3}, any(id[string]("世界")))
		fmt.Printf("%T %v\n", v68, v68)
		_ = v69
		fmt.Printf("%T %v\n", v70, v70)
	}()
	func() {
		defer report()
		steps = 0
		v71, v72 := fn53([3]any{any(id[string]("\x00\xff")), any(id[uint32](8)), any(id[uint64](4))}, id[float32](1e-3), func() map[uint8]string { return map[uint8]string{} }())
		fmt.Printf("%T %v\n", v71, v71)
		fmt.Printf("%T %v\n", v72, v72)
	}()
	func() {
		defer report()
		steps = 0
		v73, v74 := fn53(func() [3]any { return [3]any{any(id[uint32](4294967295)), any(id[uint32](9)), any(id[int16](100))} }(), ((id[float32](0.5) * id[float32](2.0)) - (id[float32](3.0) / (0.1))), map[uint8]string{})
		fmt.Printf("%T %v\n", v73, v73)
		fmt.Printf("%T %v\n", v74, v74)
	}()
	fmt.Println("g11", g11)
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
