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
	f2 string
	f3 []any
	f4 uint16
}
type S5 struct {
	f6 [4][]uint16
	f7 bool
	S1
}
type S8 struct {
	f9 any
}
type S10 struct {
	f11 *S5
	f12 S1
}
var g13 map[uint8]complex128 = map[uint8]complex128{}
func fn14(a15 bool, a16 float64) (r17 S5) {
	step()
	f18 := func() int32 {
		step()
		var fs19 []func() uint
		for i20 := uint(0); i20 < 1; i20++ {
			v21 := (id[uint](1) &^ (i20 ^ (4)))
			fs19 = append(fs19, func() uint { v21++; return (uint(i20) ^ (id[uint](9) / 3)) })
		}
		for _, f := range fs19 { fmt.Print(f(), f(), " ") }
		fmt.Println()
		return (int32(id[int32](10)) % (id[int32](127) & id[int32](127)))
	}
	v22 := f18()
	_ = v22
	a16 *= (7.75)
	a16 -= -(func() float64 { return a16 }())
	return
}
func (z S8) M23(a24 map[uint8]*S1) uint32 {
	step()
	for i25 := 0; i25 < 4; i25++ {
		step()
		fmt.Printf("g13 %T %v\n", g13, g13)
		for i26 := 0; i26 <= 8; i26 += 2 {
			step()
			p27 := &z
			p27.f9 = pick(id[bool](true), any(id[int16](-8)), any(id[float64](1e3)))
			*p27 = z
			v28 := ((func() uint16 { return id[uint16](9788) }() ^ (28639)) - (max(id[uint16](1), id[uint16](28199)) / func() uint16 { return id[uint16](1426) }()))
			_ = v28
		}
	}
	switch (total(id[int](3), id[int](6386314619163908872), id[int](1132631612809665406)) & id[int](5419385994541150223)) {
		case 100:
			f29 := func() map[bool]int32 {
				step()
				defer func() {
					v30 := func() float32 { return id[float32](0.1) }()
					_ = v30
				}()
				var v31 float32 = (id[float32](0.5) + (3.0))
				_ = v31
				return map[bool]int32{false: -6, true: 1960877252}
			}
			v32 := f29()
			_ = v32
			fmt.Println("case 0")
		case 6:
			for i33 := 0; i33 < 1; i33++ {
				step()
				c34, c35 := make(chan bool, 1), make(chan bool)
				select {
					case v, ok := <-c34:
						fmt.Println("received", v, ok)
					case c35 <- func() bool { return id[bool](false) }():
						fmt.Println("sent")
					default:
						fmt.Println("neither")
				}
				var v36 [2]int8 = func() [2]int8 { return [2]int8{7, id[int8](6)} }()
				_ = v36
				i33 = pick(id[bool](true), i33, i33)
			}
		L37:
			for i38 := 0; i38 <= 12; i38 += 2 {
				step()
				i38 = 3
				var v39 = pick((id[bool](true) || id[bool](false)), map[bool]string{}, map[bool]string{false: "\x00\xff"})
				_ = v39
				i38 = len(a24)
				if (max(id[int64](-6), id[int64](6)) == (id[int64](3938394501796376546) << 0)) { break L37 }
			}
			fmt.Println("case 1")
		default:
			v40 := []any{any(id[bool](true))}
			_ = v40
	}
	return uint32(int(func() int { return id[int](9223372036854775807) }()))
}
func fn41(a42 [3]float64, a43 []*S5, a44 uint8, a45 uint64) (*S5) {
	step()
	defer report()
	v47 := ((func() int64 { return id[int64](-9223372036854775807) }() + (9223372036854775807)) &^ (9))
	_ = v47
	if ((id[int32](8) >= id[int32](9)) == (id[bool](true) || id[bool](false))) {
		for i48 := 4; i48 > 0; i48-- {
			step()
			a42[1] *= (2.0)
			i48 = ((id[int](3) &^ id[int](2)) | (5))
			var v49 uint16
			_ = v49
		}
		switch {
			case (int(id[uint16](18727)) == int(id[uint](2))):
				v50 := len(g13)
				_ = v50
				fmt.Println("case 0")
		}
		_ = a43
	}
	return &S5{S1: S1{"tab\t", []any{any(id[float32](7.75))}, id[uint16](3)}}
}
func (z *S8) M51(a52 []uint8) [3]map[int16]map[bool]uint8 {
	step()
	defer report()
	a52[at(len(a52), 0)] *= (8)
	var v53 S1
	_ = v53
	return [3]map[int16]map[bool]uint8{map[int16]map[bool]uint8{300: map[bool]uint8{false: 0, true: a52[at(len(a52), 5)]}, 5: map[bool]uint8{}, -5: map[bool]uint8{}}, map[int16]map[bool]uint8{-5: map[bool]uint8{false: id[uint8](100), true: id[uint8](8)}, 5: map[bool]uint8{true: a52[at(len(a52), 1)]}, 300: map[bool]uint8{false: 127, true: 10}}, map[int16]map[bool]uint8{}}
}
func fn54(a55 [4]float64, a56 map[string]uint8, a57 bool, a58 *S5) (int, int16, uint16) {
	step()
	var v62 []uint = []uint{1}
	_ = v62
	f63 := func() uint {
		step()
		a57 = false
		return uint(id[int64](127))
	}
	v64 := f63()
	_ = v64
	f65 := func() S8 {
		step()
		var fs66 []func() uint32
		for i67 := uint32(0); i67 < 4; i67++ {
			v68 := (min(i67, i67) ^ max(i67, i67))
			fs66 = append(fs66, func() uint32 { v68++; return func() uint32 { return i67 }() })
		}
		for _, f := range fs66 { fmt.Print(f(), f(), " ") }
		fmt.Println()
		return S8{any(id[uint32](997648018))}
	}
	v69 := f65()
	_ = v69
	c70 := make(chan uint, 1)
	go func(v uint) { c70 <- v; close(c70) }(func() uint { return v62[at(len(v62), 7)] }())
	var v71 uint
	for v := range c70 { v71 = v }
	_ = v71
	c72, c73 := make(chan uint, 1), make(chan uint)
	c72 <- uint(+(v64))
	select {
		case v, ok := <-c72:
			fmt.Println("received", v, ok)
		case c73 <- ((v64 - v71) * (5)):
			fmt.Println("sent")
		default:
			fmt.Println("neither")
	}
	return (int(id[uint32](7)) + int(pick(a57, id[int16](32767), id[int16](0)))), ((^(id[int16](9)) - (id[int16](30582) &^ id[int16](-7))) - (-10)), ((func() uint16 { return id[uint16](2) }() + max(id[uint16](31100), id[uint16](1))) ^ (14395))
}
func (z S1) M74(a75 map[uint8]float64) float64 {
	step()
L76:
	for i77 := 0; i77 <= 10; i77 += 2 {
		step()
		if id[bool](false) { break L76 }
	}
	return pick(func() bool { return id[bool](false) }(), (id[float64](7.75) / id[float64](7.75)), (id[float64](0.1) / (2.0)))
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v78 := fn14((max(id[int64](100), id[int64](-9001644485236782339)) == (id[int64](0) / id[int64](2))), pick(id[bool](true), id[float64](1.25), id[float64](1.25)))
		fmt.Printf("%T %v\n", v78, v78)
	}()
	func() {
		defer report()
		steps = 0
		v79 := fn14(((max(id[int16](4), (-6))) != (int16(id[uint](9)))), float64((id[int16](1) + id[int16](7))))
		fmt.Printf("%T %v\n", v79, v79)
	}()
	func() {
		defer report()
		steps = 0
		v80 := fn41([3]float64{3.0}, []*S5{&S5{f6: [4][]uint16{[]uint16{8}, []uint16{32767, id[uint16](32767), id[uint16](0), 2}, []uint16{3, 5, id[uint16](1)}}, f7: id[bool](true)}, &S5{f6: [4][]uint16{[]uint16{}, []uint16{id[uint16](8)}, []uint16{9, id[uint16](5), 4, 6}}, f7: id[bool](false), S1: S1{f2: id[string]("世界"), f3: []any{any(id[complex128](1i)), any(id[float32](1e3))}, f4: 65535}}, &S5{f6: [4][]uint16{[]uint16{id[uint16](4066), id[uint16](0), 4}}, f7: id[bool](false), S1: S1{f2: "世界", f3: []any{any(id[float64](1e3)), any(id[bool](true)), any(id[bool](false)), any(id[string]("0123456789"))}, f4: 100}}, &S5{f6: [4][]uint16{}, S1: S1{f2: "a", f3: []any{any(id[int8](-6))}, f4: 0}}}, byteAt((id[string]("xyz") + id[string]("a")), 3), uint64((id[int64](5) ^ id[int64](100))))
		_ = v80
	}()
	func() {
		defer report()
		steps = 0
		v81 := fn41([3]float64{id[float64](0.5), id[float64](7.75)}, pick(id[bool](false), []*S5{&S5{f6: [4][]uint16{[]uint16{id[uint16](28067), id[uint16](8)}, []uint16{1, 100, id[uint16](6), 100}}, S1: S1{f2: id[string]("héllo")}}}, []*S5{&S5{f6: [4][]uint16{}, f7: id[bool](false), S1: S1{id[string]("世界"), []any{any(id[string]("héllo")), any(id[int64](-10))}, id[uint16](4)}}, &S5{[4][]uint16{[]uint16{}, []uint16{}, []uint16{}, []uint16{100}}, true, S1{f2: "xyz", f3: []any{}}}, &S5{f6: [4][]uint16{[]uint16{}}, f7: true, S1: S1{f2: "tab\t", f4: 1}}, &S5{[4][]uint16{[]uint16{id[uint16](7), id[uint16](5)}}, true, S1{f2: id[string]("a"), f3: []any{any(id[float64](0.5)), any(id[bool](true)), any(id[uint16](1))}, f4: 100}}}), min(byteAt(id[string]("tab\t"), 0), (3)), ((id[uint64](1) & (4)) - (5)))
		_ = v81
	}()
	func() {
		defer report()
		steps = 0
		v82, v83, v84 := fn54([4]float64{id[float64](0.1)}, map[string]uint8{"b": id[uint8](10)}, (id[float64](0.1) != (2.0)), func() *S5 { return &S5{f6: [4][]uint16{[]uint16{id[uint16](5), 3}, []uint16{id[uint16](2), 9, 127}, []uint16{8, 2986, 10, 9}, []uint16{0, 10, id[uint16](14239), 7}}, f7: id[bool](true), S1: S1{id[string]("a"), []any{any(id[uint8](3))}, 1}} }())
		fmt.Printf("%T %v\n", v82, v82)
		fmt.Printf("%T %v\n", v83, v83)
		fmt.Printf("%T %v\n", v84, v84)
	}()
	func() {
		defer report()
		steps = 0
		v85, v86, v87 := fn54([4]float64{}, func() map[string]uint8 { return map[string]uint8{"": id[uint8](7)} }(), !((id[complex128](2.5i)) != (id[complex128](1i))), pick(id[bool](false), &S5{[4][]uint16{[]uint16{}, []uint16{}}, id[bool](true), S1{"xyz", []any{any(id[uint64](0)), any(id[uint8](100)), any(id[int32](0))}, 65535}}, &S5{[4][]uint16{[]uint16{100, 2, 31272, 4241}, []uint16{id[uint16](1), 7}, []uint16{100, id[uint16](127)}}, false, S1{f2: id[string]("tab\t"), f3: []any{any(id[float32](0.5)), any(id[bool](false)), any(id[int32](-1105553845)), any(id[int64](-10))}, f4: 1}}))
		fmt.Printf("%T %v\n", v85, v85)
		fmt.Printf("%T %v\n", v86, v86)
		fmt.Printf("%T %v\n", v87, v87)
	}()
	fmt.Println("g13", g13)
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
